/* dB/dt at a place, from slew rates: ideal coils with their concomitant components, or a scanner's
 * field reference radius. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DBDT_H
#define MRSE_DBDT_H

#include <stdbool.h>

#include "mrse/stimulation.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a scanner file says of its gradient system; missing (NaN), or 0, what it does not say. */
typedef struct mrse_gradient_system {
    mrse_value amplitude, slew;     /* of one axis, rated */
    mrse_value dbdt_max;            /* declared largest dB/dt that a patient can meet, peak */
    mrse_value linear_radius;       /* volume in which gradients are linear: cylinder about the */
    mrse_value linear_half_length;  /* axis; the ideal field holds inside it */
    mrse_value reference_radius;    /* alpha: dB/dt = alpha times slew, largest in that volume */
    mrse_value rheobase, chronaxie; /* of the stimulation law; missing: IEC's, [untraced] */
    bool has_safe;                  /* SAFE model of the vendor, peripheral and cardiac */
    mrse_safe_hardware safe, safe_cardiac;
    char *coil; /* name in the convolution model's table; NULL */
} mrse_gradient_system;

typedef struct mrse_dbdt {
    mrse_value peak, rms;    /* missing when not known */
    mrse_value component[3]; /* of the vector at the peak, T/s; missing when not from the vector */
    bool declared;           /* the scanner's declared maximum, because nothing better holds */
    char reason[192];        /* which way was taken, or why none */
} mrse_dbdt;

/** dB/dt at a place in the magnet from slew rates of the three axes.
 *  Given     system
 *            place_m, u_place_m   x, y, z from isocentre and their standard uncertainties
 *            slew_T_m_s           largest of each axis (the worst combination of signs and times
 *                                 counts), and their rms in `slew_rms` (NULL: not known)
 *            u_slew               relative standard uncertainty of them
 *  Returned  out      beyond the linear volume with its uncertainty: the declared maximum scaled by
 *                     nothing, or missing
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Valid     ideal axes with Maxwell's concomitant terms: x coil S (z, 0, x), y coil S (0, z, y),
 *            z coil S (-x/2, -y/2, z)
 *  Tests     tests/unit/test_dbdt.c */
mrse_status mrse_dbdt_at(const mrse_gradient_system *system, const double place_m[3],
                         const double u_place_m[3], const double slew_T_m_s[3],
                         const double slew_rms_T_m_s[3], double u_slew,
                         mrse_dbdt *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

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

#define MRSE_METHOD_DBDT "dbdt-position"

typedef struct mrse_dbdt {
    mrse_value peak, rms;    /* missing when not known */
    mrse_value component[3]; /* of the vector at the peak, T/s; missing when not from the vector */
    bool declared;           /* the scanner's declared maximum, because nothing better holds */
    char reason[192];        /* which way was taken, or why none */
} mrse_dbdt;

/** dB/dt at a place in the magnet from slew rates of the three axes.
 *  Given     system
 *            place_m, u_place_m   x, y, z from isocentre and their standard uncertainties, m; NaN
 *                                 when not known: then only the declared maximum can hold
 *            slew_T_m_s           largest of each axis, >= 0 (the worst combination of signs and
 *                                 times counts; an oblique lobe counts on all three), and their
 *                                 rms in `slew_rms` (NULL: not known); NaN: not known
 *            u_slew               relative standard uncertainty of them, >= 0; NaN: not known
 *  Returned  out      the first of these that holds:
 *                     within the linear volume, by 2 u of the place: the vector of ideal axes, an
 *                     upper bound over all signs; u from the place (the largest change when one
 *                     coordinate moves by its u) and from the slew rates;
 *                     without a linear volume, nearer than the reference radius, by 2 u: that
 *                     radius times the slew rates; origin no better than assumed;
 *                     the declared maximum as it stands, declared; rms missing;
 *                     missing, with the reason
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL; infinite; a slew rate or an uncertainty below zero)
 *  Accuracy  relative 1e-15 of the bound, which signs reach: peak = |dB/dt| of `component`
 *  Valid     ideal axes with Maxwell's concomitant terms: x coil S (z, 0, x), y coil S (0, z, y),
 *            z coil S (-x/2, -y/2, z). Currents induced in cryostat and patient are left out
 *  Source    M. A. Bernstein et al., Concomitant gradient terms in phase contrast MR, Magn. Reson.
 *            Med. 39 (1998) 300: curl and divergence of each coil's field vanish
 *  Tests     tests/unit/test_dbdt.c */
mrse_status mrse_dbdt_at(const mrse_gradient_system *system, const double place_m[3],
                         const double u_place_m[3], const double slew_T_m_s[3],
                         const double slew_rms_T_m_s[3], double u_slew,
                         mrse_dbdt *out) MRSE_MUST_USE;

/** The largest dB/dt that these slew rates make where a patient can be.
 *  Given     as above
 *  Returned  out      from the reference radius when there is one: a manufacturer's number for real
 *                     coils; else over the linear volume; else the declared maximum; else missing
 *  Status    as mrse_dbdt_at
 *  Valid     reference radius alpha: sqrt(8/7) alpha times the root of the sum of squares of the
 *            slew rates, the largest that ideal axes reach in any cylinder about the axis in which
 *            one axis reaches alpha; of one axis alone alpha times its slew rate
 *  Tests     tests/unit/test_dbdt.c */
mrse_status mrse_dbdt_largest(const mrse_gradient_system *system, const double slew_T_m_s[3],
                              const double slew_rms_T_m_s[3], double u_slew,
                              mrse_dbdt *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Function of magnets and magnetic switches in the field: torque on a permanent magnet, whether it may
 * be demagnetised, and where on the ride reed switches and magnet modes respond.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MAGNET_FUNCTION_H
#define MRSE_MAGNET_FUNCTION_H

#include "mrse/hazard.h"
#include "mrse/object.h"
#include "mrse/path.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_DEMAGNETISED "magnet-demagnetisation"
#define MRSE_METHOD_REED         "switch-places"

/** Torque on a magnet: Br V / mu0 B sin(angle), N m; the largest force in a gradient: Br V / mu0
 *  times it, N.
 *  Returned  NaN when an argument is not finite, or Br, V, B, gradient negative
 *  Valid     rigid magnetisation
 *  Tests     tests/unit/test_hazard_function.c, tests/evidence/evidence_hazards.c T7, T8 */
double mrse_magnet_torque_N_m(double br_T, double volume_m3, double b_T, double angle_rad);
double mrse_magnet_force_N(double br_T, double volume_m3, double grad_T_m);

typedef enum mrse_demagnetised {
    MRSE_DEMAGNETISED_UNKNOWN = 0,
    MRSE_DEMAGNETISED_UNLIKELY, /* the knee is known and not reached */
    MRSE_DEMAGNETISED_POSSIBLE, /* beyond 80 deg, or the knee is not known and the field opposes */
    MRSE_DEMAGNETISED_EXPECTED, /* the knee is known and exceeded */
} mrse_demagnetised;

typedef struct mrse_magnet_state {
    mrse_demagnetised grade;
    double h_A_m;    /* inside, along its magnetisation; negative demagnetises */
    double knee_A_m; /* as given */
    char reason[208];
} mrse_magnet_state;

/** Whether a magnet may lose magnetisation in a field at an angle to its own.
 *  Given     n          demagnetising factor along its magnetisation, 0 to 1
 *            br_T       remanence, > 0
 *            knee_A_m   opposing field at the knee of its curve, > 0; NaN: not known
 *            b_T, angle_rad   of the field, 0 to pi
 *  Returned  out        H = B cos(angle) / mu0 - N Br / mu0, against -knee
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE
 *  Valid     coherent reversal only is judged by H; from 80 deg on magnets of cochlear implants did
 *            lose magnetisation at 3 T, so that is never graded unlikely
 *  Source    Otolaryngol. Head Neck Surg. 2008, doi 10.1016/j.otohns.2008.07.026
 *  Tests     tests/unit/test_hazard_function.c */
mrse_status mrse_magnet_judge(double n, double br_T, double knee_A_m, double b_T, double angle_rad,
                              mrse_magnet_state *out) MRSE_MUST_USE;

/* Levels at which magnetic switches may respond: the line of the MR environment (0.5 mT), the hazard
 * line of IEC 60601-2-33:2022 (0.9 mT), and the usual threshold of magnet modes (1 mT) [untraced]. */
#define MRSE_REED_LEVELS                                                                           \
    {                                                                                              \
        0.5e-3, 0.9e-3, 1.0e-3                                                                     \
    }
enum { MRSE_REED_COUNT = 3 };

typedef struct mrse_reed_place {
    double level_T;
    bool reached;     /* somewhere on the ride */
    bool from_start;  /* the field is already there where the ride starts */
    double z_first_m; /* where it is first met; NaN when not reached */
    double z_last_m;  /* the last place of the ride at or above it; NaN */
} mrse_reed_place;

/** Where on a ride |B| is first and last at or above each level.
 *  Given     level_T   n of them, > 0
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (the field has no value on the path) |
 *            MRSE_ERR_NOMEM; `out` is zero on failure
 *  Accuracy  1e-6 m; stretches shorter than 5 mm may be missed between two others
 *  Valid     as mrse_field_at; switches respond to the component along them, which is no larger
 *  Tests     tests/unit/test_hazard_function.c */
mrse_status mrse_reed_places(const mrse_magnet *magnet, const mrse_path *path,
                             const double *level_T, size_t n, mrse_reed_place *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* What the hazards of an object have in common: a number that knows when it may not be believed, and
 * the customary comparisons with weight. A force below the weight is a reference point and no
 * acceptance criterion (ASTM F2052-21, 5.2): nothing here is a verdict.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_HAZARD_H
#define MRSE_HAZARD_H

#include <stdbool.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_STANDARD_GRAVITY_M_S2 9.80665

typedef struct mrse_hazard {
    mrse_value value;      /* missing when its formula does not hold, never a silent number */
    double validity;       /* the number that decides whether it holds; NaN when none is needed */
    double validity_limit; /* it must stay below this */
    bool is_bound;         /* no less than the true one, and perhaps much more */
    char reason[208];      /* why it is missing, or what it leaves out; "" for nothing to say */
} mrse_hazard;

/** A hazard that has no number, and why; one that has, whose validity was found good.
 *  Given     reason   NULL: nothing to say
 *  Tests     tests/unit/test_hazard_compare.c */
mrse_hazard mrse_hazard_missing(mrse_kind kind, double validity, double limit, const char *reason);
mrse_hazard mrse_hazard_of(double v, double u, mrse_kind kind, const char *method,
                           const char *reason);

/** Force over weight; the angle from the vertical at which a string would hang, rad; the mass that a
 *  force deflects by an angle; force over weight of an angle.
 *  Given     force_N >= 0, mass_kg > 0, angle_rad in 0 ... pi/2
 *  Returned  NaN when an argument is out of range or not finite
 *  Valid     horizontal force
 *  Source    ASTM F2052: tan(alpha) = F / (m g)
 *  Tests     tests/unit/test_hazard_compare.c, tests/evidence/evidence_hazards.c F3 to F9 */
double mrse_force_ratio(double force_N, double mass_kg);
double mrse_force_deflection_rad(double force_N, double mass_kg);
double mrse_deflection_mass_kg(double force_N, double angle_rad);
double mrse_deflection_ratio(double angle_rad);

/** The gradient, or the force product, at which a test object would hang at another angle.
 *  Given     tested      of the test: gradient when saturated, product when weakly magnetic
 *            tested_rad, wanted_rad   0 < angle < pi/2
 *  Returned  NaN when an argument is out of range or not finite
 *  Valid     the same regime, saturated or linear, in both fields
 *  Source    ASTM F2052, from tan(alpha) = F / (m g)
 *  Tests     tests/unit/test_hazard_compare.c, tests/evidence/evidence_hazards.c F16, F17 */
double mrse_deflection_scaled(double tested, double tested_rad, double wanted_rad);

/** Torque over weight times longest dimension, the reference of ASTM F2213; no criterion either.
 *  Returned  NaN when an argument is out of range or not finite
 *  Tests     tests/unit/test_hazard_compare.c, tests/evidence/evidence_hazards.c T3, T5 */
double mrse_torque_ratio(double torque_N_m, double mass_kg, double longest_m);

#ifdef __cplusplus
}
#endif
#endif

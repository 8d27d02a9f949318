/* How a body is magnetised, and the force and torque on it at a point of the field. One law from
 * weakly magnetic to saturated, derived from one energy: the force is its gradient, the torque its
 * derivative by angle, and both are continuous through saturation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MAGNETISATION_H
#define MRSE_MAGNETISATION_H

#include "mrse/field.h"
#include "mrse/object.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_MAGNETISATION "magnetisation-energy"

/* B (magnet frame, x y z) and its gradient tensor dB_i/dx_j at a point. */
typedef struct mrse_field3 {
    double b_T[3];
    double gradient_T_m[3][3];
} mrse_field3;

/** The same field in Cartesian components, at azimuth atan2(y, x).
 *  Tests     tests/unit/test_hazard_magnetisation.c */
void mrse_field3_of(const mrse_field *field, double azimuth_rad, mrse_field3 *out);

/* Moment, force, torque and energy in one field; vectors in the magnet frame. */
typedef struct mrse_magnetic_action {
    double m_A_m[3]; /* magnetisation */
    double force_N[3], torque_N_m[3];
    double energy_J;   /* its gradient is -force; zero without field */
    double saturation; /* |M| / Ms; 0 when the material has no Ms */
} mrse_magnetic_action;

/** Magnetisation, force and torque of a body in a field.
 *  Given     substance  chi > -1, not NaN; soft: chi > 0, Ms > 0; hard: Br > 0, |B| any
 *            body       n >= 0, their sum 1
 *            axes       of mrse_orientation_axes
 *  Returned  out        hard: M = Br / mu0 along axis 3, whatever the field
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (as above; a ring or spring with |chi| >= 1,
 *            for which n means nothing: ask mrse_magnetise_bound) | MRSE_ERR_NUMERIC
 *  Accuracy  1e-13 relative in |M|; force and torque against differences of the energy 1e-8
 *  Valid     single uniform field over the body (small against the distance to the windings); no
 *            hysteresis (soft); M uniform. Law of soft materials: Froehlich and Kennelly,
 *            H = M / (chi (1 - M/Ms)), with H = B0/mu0 - N M. Torque of weakly magnetic alloys is a
 *            lower bound: anisotropy of chi itself gave 100 times more (ISMRM 2018, 4063)
 *  Source    W. F. Brown, Magnetostatic Principles in Ferromagnetism, 1962; limits: D. McRobbie,
 *            Essentials of MRI Safety, 2020, 2.16 to 2.18
 *  Tests     tests/unit/test_hazard_magnetisation.c, tests/evidence/evidence_hazards.c F, T */
mrse_status mrse_magnetise(const mrse_substance *substance, const mrse_body *body,
                           const mrse_axes *axes, const mrse_field3 *field,
                           mrse_magnetic_action *out) MRSE_MUST_USE;

/** |M| when the body lies with its most easily magnetised axis along B: the largest there is.
 *  Returned  A/m; of a strongly magnetic ring or spring Ms, which bounds it; negative for
 *            diamagnetic bodies; NaN when the arguments are out of range, and of a linear ring or
 *            spring of |chi| >= 1
 *  Tests     tests/unit/test_hazard_magnetisation.c */
double mrse_magnetise_bound_A_m(const mrse_substance *substance, const mrse_body *body, double b_T);

/** The largest torque in a uniform field over all orientations, N m, and the angle between B and the
 *  body's long axis where it occurs.
 *  Returned  angle_rad may be NULL
 *  Status    as mrse_magnetise
 *  Accuracy  1e-9 relative
 *  Tests     tests/unit/test_hazard_magnetisation.c, tests/evidence/evidence_hazards.c T4, T6 */
mrse_status mrse_torque_largest(const mrse_substance *substance, const mrse_body *body, double b_T,
                                double *torque_N_m, double *angle_rad) MRSE_MUST_USE;

/** Field above which a body of infinite chi is saturated: mu0 N Ms, T; NaN when out of range.
 *  Tests     tests/unit/test_hazard_magnetisation.c, tests/evidence/evidence_hazards.c F10 */
double mrse_saturation_onset_T(double n, double ms_A_m);

/** First order in chi of the torque: V chi^2 B^2 dN sin(2 theta) / (2 mu0), N m.
 *  Returned  NaN when out of range
 *  Valid     chi << 1 (an error of about chi); what publications quote. mrse_magnetise has no such
 *            limit
 *  Tests     tests/unit/test_hazard_magnetisation.c, tests/evidence/evidence_hazards.c T1, T2 */
double mrse_torque_weak_N_m(double volume_m3, double chi, double b_T, double n_along,
                            double n_across, double angle_rad);

#ifdef __cplusplus
}
#endif
#endif

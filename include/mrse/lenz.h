/* Drag on conductors that move in the static field (Lenz's law): turning in it, or moving along its
 * gradient. Felt by the wearer, and by mechanisms such as valve discs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_LENZ_H
#define MRSE_LENZ_H

#include "mrse/hazard.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_LENZ "lenz-disc"

/* Speeds that assessments use unless told otherwise; assumed, no standard's numbers. */
#define MRSE_COUCH_SPEED_M_S   0.2
#define MRSE_WALKING_SPEED_M_S 1.5

/* A thin conducting disc: what is in the way of eddy currents. */
typedef struct mrse_disc {
    double radius_m, thickness_m;
    double conductivity_S_m;
} mrse_disc;

/** Torque on a disc that turns about a diameter in a uniform field, at its largest (field
 *  in its plane): pi sigma t R^4 B^2 w / 8.
 *  Given     disc       lengths > 0, conductivity > 0 (NaN: not known)
 *            b_T >= 0, rate_rad_s >= 0
 *  Returned  out        missing when the conductivity is not known; validity mu0 sigma t R w, below 1:
 *                       beyond it currents shield each other, and the formula says more than there is
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (as above)
 *  Accuracy  at validity v, high by about v^2; thickness beyond the radius is refused
 *  Valid     quasi-static, t <= R, no self-inductance
 *  Source    derived from P = (sigma/2) integral (r dB/dt / 2)^2 dV; skin effect neglected as in
 *            arXiv:2509.14976 (falling plate at 1.5 T)
 *  Tests     tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c L1, L2 */
mrse_status mrse_lenz_torque(const mrse_disc *disc, double b_T, double rate_rad_s,
                             mrse_hazard *out) MRSE_MUST_USE;

/** Force on a disc that moves with its face across a gradient: pi sigma t R^4 G^2 v / 8.
 *  Given     grad_T_m   dB/ds along the way of the component normal to the face, >= 0; speed_m_s >= 0
 *  Returned  out        as above; validity mu0 sigma t R (v G / B), the rate of change of flux taken
 *                       as that of a sinusoid; B the field there, > 0
 *  Status    as mrse_lenz_torque
 *  Source    as above, with dB/dt = v G
 *  Tests     tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c L3 */
mrse_status mrse_lenz_force(const mrse_disc *disc, double b_T, double grad_T_m, double speed_m_s,
                            mrse_hazard *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

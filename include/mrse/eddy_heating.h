/* Heating by switched gradients: power that eddy currents leave in a conductor, and a bound on the
 * temperature it can reach. RF heating adds to it: never judge one without the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_EDDY_HEATING_H
#define MRSE_EDDY_HEATING_H

#include "mrse/hazard.h"
#include "mrse/lenz.h"
#include "mrse/object.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_EDDY "eddy-power"

/** dB/dt of a field that changes evenly: B / time, T/s; NaN when out of range.
 *  Tests     tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c U3 */
double mrse_ramp_dbdt_T_s(double b_T, double time_s);

/** Skin depth sqrt(2 / (w mu0 sigma)), m; NaN when out of range.
 *  Tests     tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c G5 */
double mrse_skin_depth_m(double conductivity_S_m, double frequency_Hz);

/** Power in a thin disc with dB/dt normal to it: pi sigma t R^4 (dB/dt)^2 / 8; in a sphere:
 *  2 pi sigma R^5 (dB/dt)^2 / 15; in a closed ring of wire, normal: (pi R^2 dB/dt)^2 / resistance.
 *  Given     dbdt_rms_T_s  >= 0, rms over the time in question; peak gives an upper bound
 *            frequency_Hz  dominating frequency of the waveform, > 0: decides the validity
 *            wire_m        diameter of the ring's wire, < radius
 *  Returned  out           W. Missing when the conductivity is NaN, and out of validity: disc, the larger
 *                          of t / skin depth and mu0 sigma w t R; sphere, (R / skin depth)^2; ring,
 *                          w L / resistance and wire / skin depth; below 1
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (lengths, dB/dt, frequency, sigma <= 0)
 *  Accuracy  of the formula at validity v: high by up to v^2 / 10 (sphere), v^2 (disc, ring)
 *  Valid     uniform dB/dt over the body
 *  Source    derived; ISO/TS 10974 level of 42 T/s rms as quoted by JMRI doi 10.1002/jmri.28321
 *  Tests     tests/unit/test_hazard_eddy.c, tests/evidence/evidence_hazards.c G1 to G4 */
mrse_status mrse_eddy_disc(const mrse_disc *disc, double dbdt_rms_T_s, double frequency_Hz,
                           mrse_hazard *out) MRSE_MUST_USE;
mrse_status mrse_eddy_sphere(double radius_m, double conductivity_S_m, double dbdt_rms_T_s,
                             double frequency_Hz, mrse_hazard *out) MRSE_MUST_USE;
mrse_status mrse_eddy_ring(double radius_m, double wire_m, double conductivity_S_m,
                           double dbdt_rms_T_s, double frequency_Hz,
                           mrse_hazard *out) MRSE_MUST_USE;

/** Power in a body of any shape but a coil, dB/dt along its worst direction:
 *  sigma (dB/dt)^2 Ixx Iyy / (Ixx + Iyy), Ixx the integral of x^2 over the body; rings as above.
 *  Given     body      of mrse_body_of
 *            others    as above; frequency 0: steady, always valid
 *  Returned  out       W. Exact in spheres, ellipsoids and cylinders along the field (discs); an upper
 *                      bound in plates, pins and wires (18 % above in a square plate). Missing when the
 *                      conductivity is NaN, of coils, and out of validity: mu0 sigma w times half width
 *                      times thickness (no more than half the width), and thickness over skin depth;
 *                      below 1
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (dB/dt, frequency, sigma, volume)
 *  Valid     uniform dB/dt over the body; not for what is strongly magnetic and not saturated, inside
 *            which the field changes more than outside
 *  Source    Thomson's principle of least dissipation with a linear trial field; derived
 *  Tests     tests/unit/test_hazard_eddy.c */
mrse_status mrse_eddy_body(const mrse_body *body, double conductivity_S_m, double dbdt_rms_T_s,
                           double frequency_Hz, mrse_hazard *out) MRSE_MUST_USE;

/** Drag on such a body: torque when it turns in the field, force when it moves along its gradient, the
 *  worst way round. It is the power above over the rate, with dB/dt = rate B, or speed times gradient.
 *  Given     b_T, grad_T_m, rate_rad_s, speed_m_s   >= 0; of the force b_T > 0
 *  Returned  out       as mrse_eddy_body, and as mrse_lenz_torque and _force of discs
 *  Status    as mrse_eddy_body
 *  Tests     tests/unit/test_hazard_eddy.c */
mrse_status mrse_lenz_body_torque(const mrse_body *body, double conductivity_S_m, double b_T,
                                  double rate_rad_s, mrse_hazard *out) MRSE_MUST_USE;
mrse_status mrse_lenz_body_force(const mrse_body *body, double conductivity_S_m, double b_T,
                                 double grad_T_m, double speed_m_s, mrse_hazard *out) MRSE_MUST_USE;

/** The temperature rise if no heat leaves: P time / (m c), K.
 *  Given     power         of the functions above: missing stays missing
 *            heat_J_kg_K   specific heat, > 0; NaN: not known, missing
 *  Returned  out           a bound (is_bound): tissue cools, so the true rise is less
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (mass, time, heat <= 0)
 *  Valid     the whole power stays in the object, evenly; RF not included
 *  Tests     tests/unit/test_hazard_eddy.c */
mrse_status mrse_eddy_rise(const mrse_hazard *power, double mass_kg, double heat_J_kg_K,
                           double time_s, mrse_hazard *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

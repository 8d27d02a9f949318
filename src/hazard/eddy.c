/* Eddy currents: drag on moving conductors, power from switched gradients.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/eddy_heating.h"
#include "mrse/field.h"

static const char *const UNKNOWN_SIGMA = "the conductivity is not known";
static const char *const SHIELDED =
    "eddy currents shield each other here: the formula would say more than there is";

static bool is_positive(double x)
{
    return isfinite(x) && x > 0.0;
}

static bool is_magnitude(double x)
{
    return isfinite(x) && x >= 0.0;
}

/* A conductivity may be unknown, but not nonsense. */
static bool is_sigma(double sigma_S_m)
{
    return isnan(sigma_S_m) || is_positive(sigma_S_m);
}

static mrse_hazard judge(double v, mrse_kind kind, const char *method, double validity,
                         double sigma_S_m)
{
    mrse_hazard h;

    if (isnan(sigma_S_m))
        return mrse_hazard_missing(kind, (double)NAN, 1.0, UNKNOWN_SIGMA);
    if (!(validity < 1.0))
        return mrse_hazard_missing(kind, validity, 1.0, SHIELDED);
    /* The formula is exact within its validity; what is not known are its inputs. */
    h = mrse_hazard_of(v, 0.0, kind, method, NULL);
    h.validity = validity;
    h.validity_limit = 1.0;
    return h;
}

static mrse_status check_disc(const mrse_disc *disc)
{
    if (!disc)
        return MRSE_ERR_ARG;
    return is_positive(disc->radius_m) && is_positive(disc->thickness_m) &&
                   disc->thickness_m <= disc->radius_m && is_sigma(disc->conductivity_S_m)
               ? MRSE_OK
               : MRSE_ERR_RANGE;
}

/* pi sigma t R^4 / 8: times the square of dB/dt it is the power in a disc. */
static double disc_factor(const mrse_disc *d)
{
    double r2 = d->radius_m * d->radius_m;

    return MRSE_PI * d->conductivity_S_m * d->thickness_m * r2 * r2 / 8.0;
}

static double disc_validity(const mrse_disc *d, double rate_rad_s)
{
    return MRSE_MU0 * d->conductivity_S_m * d->thickness_m * d->radius_m * rate_rad_s;
}

mrse_status mrse_lenz_torque(const mrse_disc *disc, double b_T, double rate_rad_s, mrse_hazard *out)
{
    mrse_status status;

    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_hazard_missing(MRSE_KIND_TORQUE, (double)NAN, 1.0, "not computed");
    status = check_disc(disc);
    if (!status && (!is_magnitude(b_T) || !is_magnitude(rate_rad_s)))
        status = MRSE_ERR_RANGE;
    if (!status)
        *out = judge(disc_factor(disc) * b_T * b_T * rate_rad_s, MRSE_KIND_TORQUE, MRSE_METHOD_LENZ,
                     disc_validity(disc, rate_rad_s), disc->conductivity_S_m);
    return status;
}

mrse_status mrse_lenz_force(const mrse_disc *disc, double b_T, double grad_T_m, double speed_m_s,
                            mrse_hazard *out)
{
    mrse_status status;

    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_hazard_missing(MRSE_KIND_FORCE, (double)NAN, 1.0, "not computed");
    status = check_disc(disc);
    if (!status && (!is_positive(b_T) || !is_magnitude(grad_T_m) || !is_magnitude(speed_m_s)))
        status = MRSE_ERR_RANGE;
    if (!status)
        *out = judge(disc_factor(disc) * grad_T_m * grad_T_m * speed_m_s, MRSE_KIND_FORCE,
                     MRSE_METHOD_LENZ, disc_validity(disc, speed_m_s * grad_T_m / b_T),
                     disc->conductivity_S_m);
    return status;
}

double mrse_ramp_dbdt_T_s(double b_T, double time_s)
{
    return isfinite(b_T) && is_positive(time_s) ? b_T / time_s : (double)NAN;
}

double mrse_skin_depth_m(double conductivity_S_m, double frequency_Hz)
{
    if (!is_positive(conductivity_S_m) || !is_positive(frequency_Hz))
        return (double)NAN;
    return sqrt(1.0 / (MRSE_PI * frequency_Hz * MRSE_MU0 * conductivity_S_m));
}

/* NaN stays NaN, as where the conductivity is not known. */
static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? (double)NAN : fmax(a, b);
}

static mrse_status begin(double dbdt_T_s, double frequency_Hz, double sigma_S_m, mrse_hazard *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_hazard_missing(MRSE_KIND_POWER, (double)NAN, 1.0, "not computed");
    return is_magnitude(dbdt_T_s) && is_positive(frequency_Hz) && is_sigma(sigma_S_m)
               ? MRSE_OK
               : MRSE_ERR_RANGE;
}

mrse_status mrse_eddy_disc(const mrse_disc *disc, double dbdt_rms_T_s, double frequency_Hz,
                           mrse_hazard *out)
{
    mrse_status status = begin(dbdt_rms_T_s, frequency_Hz, (double)NAN, out);

    if (status != MRSE_ERR_ARG && check_disc(disc) != MRSE_OK)
        status = check_disc(disc);
    if (status)
        return status;
    double skin = disc->thickness_m / mrse_skin_depth_m(disc->conductivity_S_m, frequency_Hz);
    *out = judge(disc_factor(disc) * dbdt_rms_T_s * dbdt_rms_T_s, MRSE_KIND_POWER, MRSE_METHOD_EDDY,
                 larger(skin, disc_validity(disc, 2.0 * MRSE_PI * frequency_Hz)),
                 disc->conductivity_S_m);
    return MRSE_OK;
}

mrse_status mrse_eddy_sphere(double radius_m, double conductivity_S_m, double dbdt_rms_T_s,
                             double frequency_Hz, mrse_hazard *out)
{
    mrse_status status = begin(dbdt_rms_T_s, frequency_Hz, conductivity_S_m, out);

    if (!status && !is_positive(radius_m))
        status = MRSE_ERR_RANGE;
    if (status)
        return status;
    double skin = radius_m / mrse_skin_depth_m(conductivity_S_m, frequency_Hz);
    double r2 = radius_m * radius_m;
    *out = judge(2.0 * MRSE_PI * conductivity_S_m * r2 * r2 * radius_m / 15.0 * dbdt_rms_T_s *
                     dbdt_rms_T_s,
                 MRSE_KIND_POWER, MRSE_METHOD_EDDY, skin * skin, conductivity_S_m);
    return MRSE_OK;
}

mrse_status mrse_eddy_ring(double radius_m, double wire_m, double conductivity_S_m,
                           double dbdt_rms_T_s, double frequency_Hz, mrse_hazard *out)
{
    mrse_status status = begin(dbdt_rms_T_s, frequency_Hz, conductivity_S_m, out);

    if (!status && (!is_positive(radius_m) || !is_positive(wire_m) || wire_m >= radius_m))
        status = MRSE_ERR_RANGE;
    if (status)
        return status;
    double emf_V = MRSE_PI * radius_m * radius_m * dbdt_rms_T_s;
    double resistance = 8.0 * radius_m / (conductivity_S_m * wire_m * wire_m);
    /* thin ring with uniform current: its inductance by Jackson, problem 5.32 */
    double inductance_H = MRSE_MU0 * radius_m * (log(16.0 * radius_m / wire_m) - 1.75);
    *out = judge(emf_V * emf_V / resistance, MRSE_KIND_POWER, MRSE_METHOD_EDDY,
                 larger(2.0 * MRSE_PI * frequency_Hz * inductance_H / resistance,
                        wire_m / mrse_skin_depth_m(conductivity_S_m, frequency_Hz)),
                 conductivity_S_m);
    return MRSE_OK;
}

mrse_status mrse_eddy_rise(const mrse_hazard *power, double mass_kg, double heat_J_kg_K,
                           double time_s, mrse_hazard *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out =
        mrse_hazard_missing(MRSE_KIND_TEMPERATURE_RISE, (double)NAN, (double)NAN, "not computed");
    if (!power)
        return MRSE_ERR_ARG;
    if (!is_positive(mass_kg) || !is_positive(time_s) || !is_sigma(heat_J_kg_K))
        return MRSE_ERR_RANGE;
    if (isnan(power->value.v)) {
        *out = mrse_hazard_missing(MRSE_KIND_TEMPERATURE_RISE, power->validity,
                                   power->validity_limit, power->reason);
        return MRSE_OK;
    }
    if (isnan(heat_J_kg_K)) {
        *out = mrse_hazard_missing(MRSE_KIND_TEMPERATURE_RISE, (double)NAN, (double)NAN,
                                   "the specific heat is not known");
        return MRSE_OK;
    }
    double slope = time_s / (mass_kg * heat_J_kg_K);
    *out = mrse_hazard_of(power->value.v * slope, power->value.u * slope,
                          MRSE_KIND_TEMPERATURE_RISE, MRSE_METHOD_EDDY,
                          "upper bound: as if no heat left the object; RF heating adds to it");
    out->validity = power->validity;
    out->validity_limit = power->validity_limit;
    out->is_bound = true;
    return MRSE_OK;
}

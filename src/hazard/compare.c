/* A number that may be missing, and the customary comparisons with weight.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/hazard.h"
#include "mrse/text.h"

static bool is_positive(double x)
{
    return isfinite(x) && x > 0.0;
}

static bool is_magnitude(double x)
{
    return isfinite(x) && x >= 0.0;
}

static bool is_slope(double angle_rad)
{
    return angle_rad > 0.0 && angle_rad < MRSE_PI / 2.0;
}

mrse_hazard mrse_hazard_missing(mrse_kind kind, double validity, double limit, const char *reason)
{
    mrse_hazard h = {
        .value = mrse_value_missing(kind), .validity = validity, .validity_limit = limit};
    mrse_text_copy(h.reason, sizeof h.reason, reason);
    return h;
}

mrse_hazard mrse_hazard_of(double v, double u, mrse_kind kind, const char *method,
                           const char *reason)
{
    mrse_hazard h;

    if (!isfinite(v))
        return mrse_hazard_missing(kind, (double)NAN, (double)NAN, "the result is not finite");
    h = (mrse_hazard){.value = mrse_value_computed(v, u, kind, method),
                      .validity = (double)NAN,
                      .validity_limit = (double)NAN};
    mrse_text_copy(h.reason, sizeof h.reason, reason);
    return h;
}

double mrse_force_ratio(double force_N, double mass_kg)
{
    if (!is_magnitude(force_N) || !is_positive(mass_kg))
        return (double)NAN;
    return force_N / (mass_kg * MRSE_STANDARD_GRAVITY_M_S2);
}

double mrse_force_deflection_rad(double force_N, double mass_kg)
{
    return atan(mrse_force_ratio(force_N, mass_kg));
}

double mrse_deflection_mass_kg(double force_N, double angle_rad)
{
    if (!is_positive(force_N) || !is_slope(angle_rad))
        return (double)NAN;
    return force_N / (MRSE_STANDARD_GRAVITY_M_S2 * tan(angle_rad));
}

double mrse_deflection_ratio(double angle_rad)
{
    if (angle_rad == 0.0)
        return 0.0;
    return is_slope(angle_rad) ? tan(angle_rad) : (double)NAN;
}

double mrse_deflection_scaled(double tested, double tested_rad, double wanted_rad)
{
    if (!is_positive(tested) || !is_slope(tested_rad) || !is_slope(wanted_rad))
        return (double)NAN;
    return tested * tan(wanted_rad) / tan(tested_rad);
}

double mrse_torque_ratio(double torque_N_m, double mass_kg, double longest_m)
{
    if (!is_magnitude(torque_N_m) || !is_positive(mass_kg) || !is_positive(longest_m))
        return (double)NAN;
    return torque_N_m / (mass_kg * MRSE_STANDARD_GRAVITY_M_S2 * longest_m);
}

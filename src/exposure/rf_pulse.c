/* RF pulse shapes: peak B1 and the integral of B1 squared, from flip angle and duration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/rf_pulse.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Of Gauss-Legendre quadrature; kinks of the shapes lie at the middle, which is an end here. */
enum { NODES = 5, INTERVALS = 32, INTERVALS_FERMI = 1024 };

static bool within(double value, double low, double high)
{
    return value >= low && value <= high;
}

static mrse_status check_shape(const mrse_rf_shape *s)
{
    bool finite = true, inside = true;

    switch (s->form) {
    case MRSE_RF_SINC:
        finite = isfinite(s->time_bandwidth) && isfinite(s->apodisation);
        inside = within(s->time_bandwidth, 0.1, 100.0) && within(s->apodisation, 0.0, 0.5);
        break;
    case MRSE_RF_GAUSS:
        finite = isfinite(s->sigmas);
        inside = within(s->sigmas, 0.1, 20.0);
        break;
    case MRSE_RF_FERMI:
        finite = isfinite(s->flat) && isfinite(s->edge);
        inside = within(s->flat, 0.0, 0.5) && within(s->edge, 0.002, 0.5);
        break;
    case MRSE_RF_HARD:
    case MRSE_RF_HANN:
    case MRSE_RF_HALF_SINE:
    case MRSE_RF_TRIANGLE:
        break;
    default:
        return MRSE_ERR_ARG;
    }
    if (!finite)
        return MRSE_ERR_ARG;
    return inside ? MRSE_OK : MRSE_ERR_RANGE;
}

/* B1 at |t| = x T, 0 <= x <= 1/2; largest at 0. */
static double envelope(const mrse_rf_shape *s, double x)
{
    double a;

    switch (s->form) {
    case MRSE_RF_SINC:
        a = MRSE_PI * s->time_bandwidth * x;
        return (a > 0.0 ? sin(a) / a : 1.0) *
               (1.0 - s->apodisation + s->apodisation * cos(2.0 * MRSE_PI * x));
    case MRSE_RF_GAUSS:
        a = 2.0 * s->sigmas * x;
        return exp(-0.5 * a * a);
    case MRSE_RF_HANN:
        return 0.5 + 0.5 * cos(2.0 * MRSE_PI * x);
    case MRSE_RF_HALF_SINE:
        return cos(MRSE_PI * x);
    case MRSE_RF_TRIANGLE:
        return 1.0 - 2.0 * x;
    case MRSE_RF_FERMI:
        return 1.0 / (1.0 + exp((x - s->flat) / s->edge));
    case MRSE_RF_HARD:
    default:
        return 1.0;
    }
}

/* Enough for 1e-12: so many for each lobe of a sinc or standard deviation of a Gauss, and for the
 * steepest edge. A search asks for the same shapes ten thousand times. */
static int intervals_for(const mrse_rf_shape *s)
{
    switch (s->form) {
    case MRSE_RF_SINC:
        return INTERVALS + (int)(8.0 * s->time_bandwidth);
    case MRSE_RF_GAUSS:
        return INTERVALS + (int)(16.0 * s->sigmas);
    case MRSE_RF_FERMI:
        return INTERVALS_FERMI;
    default:
        return INTERVALS;
    }
}

mrse_status mrse_rf_pulse_factors(const mrse_rf_shape *shape, mrse_rf_factors *factors)
{
    /* M. Abramowitz and I. A. Stegun, 1964, 25.4.30, in closed form. */
    const double root = 2.0 * sqrt(10.0 / 7.0), more = 13.0 * sqrt(70.0);
    const double inner = sqrt(5.0 - root) / 3.0, outer = sqrt(5.0 + root) / 3.0;
    const double node[NODES] = {-outer, -inner, 0.0, inner, outer};
    const double weight[NODES] = {(322.0 - more) / 900.0, (322.0 + more) / 900.0, 128.0 / 225.0,
                                  (322.0 + more) / 900.0, (322.0 - more) / 900.0};
    double peak, b, step, amplitude = 0.0, power = 0.0;
    mrse_status status;
    int i, k, n;

    if (factors)
        *factors = (mrse_rf_factors){0};
    if (!shape || !factors)
        return MRSE_ERR_ARG;
    status = check_shape(shape);
    if (status != MRSE_OK)
        return status;
    peak = envelope(shape, 0.0);
    n = intervals_for(shape);
    step = 0.5 / n;
    for (i = 0; i < n; i++)
        for (k = 0; k < NODES; k++) {
            b = envelope(shape, step * (i + 0.5 + 0.5 * node[k])) / peak;
            amplitude += 0.5 * weight[k] * b / n;
            power += 0.5 * weight[k] * b * b / n;
        }
    if (!(amplitude > 1e-3))
        return MRSE_ERR_RANGE;
    factors->amplitude = amplitude;
    factors->power = power;
    factors->peak_ratio = 1.0 / amplitude;
    factors->power_ratio = power / (amplitude * amplitude);
    return MRSE_OK;
}

mrse_status mrse_rf_pulse_exposure(const mrse_rf_shape *shape, double flip_rad, double duration_s,
                                   double gamma_Hz_T, mrse_rf_exposure *exposure)
{
    mrse_rf_factors factors;
    mrse_status status;
    double hard_T, b1_squared_T2;

    if (exposure)
        *exposure = (mrse_rf_exposure){0};
    if (!exposure || !isfinite(flip_rad) || !isfinite(duration_s) || !isfinite(gamma_Hz_T))
        return MRSE_ERR_ARG;
    status = mrse_rf_pulse_factors(shape, &factors);
    if (status != MRSE_OK)
        return status;
    if (flip_rad < 0.0 || !(duration_s > 0.0) || !(gamma_Hz_T > 0.0))
        return MRSE_ERR_RANGE;
    hard_T = flip_rad / (2.0 * MRSE_PI * gamma_Hz_T * duration_s);
    b1_squared_T2 = factors.power_ratio * hard_T * hard_T;
    if (!isfinite(b1_squared_T2))
        return MRSE_ERR_RANGE;
    exposure->b1_peak_T = factors.peak_ratio * hard_T;
    exposure->b1_squared_T2_s = b1_squared_T2 * duration_s;
    exposure->b1_rms_T = sqrt(b1_squared_T2);
    return MRSE_OK;
}

mrse_status mrse_rf_b1_rms(double b1_squared_T2_s, double time_s, double *b1_rms_T)
{
    if (b1_rms_T)
        *b1_rms_T = 0.0;
    if (!b1_rms_T || !isfinite(b1_squared_T2_s) || !isfinite(time_s))
        return MRSE_ERR_ARG;
    if (b1_squared_T2_s < 0.0 || !(time_s > 0.0))
        return MRSE_ERR_RANGE;
    *b1_rms_T = sqrt(b1_squared_T2_s / time_s);
    return MRSE_OK;
}

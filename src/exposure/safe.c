/* The SAFE model: three low-pass filters of the slew rate for each axis, weighted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/stimulation.h"

enum { SHORT_REST = 64 };

#define MS      1e-3
#define AS_ZERO 1e-60 /* of filters that have come to rest: before they get slow as subnormals */

const mrse_safe_hardware mrse_safe_example_peripheral = {
    "SAFE example, peripheral",
    {{{0.20 * MS, 0.03 * MS, 3.00 * MS}, {0.40, 0.10, 0.50}, 30.0, 0.35},
     {{1.50 * MS, 2.50 * MS, 0.15 * MS}, {0.55, 0.15, 0.30}, 15.0, 0.31},
     {{2.00 * MS, 0.12 * MS, 1.00 * MS}, {0.42, 0.40, 0.18}, 25.0, 0.25}}};

const mrse_safe_hardware mrse_safe_example_cardiac = {
    "SAFE example, cardiac",
    {{{3.2 * MS, 2.0 * MS, 1.1 * MS}, {0.70, 0.25, 0.05}, 20.0, 0.35},
     {{3.2 * MS, 2.0 * MS, 1.1 * MS}, {0.70, 0.25, 0.05}, 20.0, 0.35},
     {{3.2 * MS, 2.0 * MS, 1.1 * MS}, {0.70, 0.25, 0.05}, 13.0, 0.30}}};

static mrse_status begin_axis(mrse_safe_filter *filter, const mrse_safe_axis *axis, double dt_s)
{
    int f;

    if (!(axis->limit_T_m_s > 0.0 && isfinite(axis->limit_T_m_s) && axis->g_scale >= 0.0 &&
          isfinite(axis->g_scale)))
        return MRSE_ERR_ARG;
    for (f = 0; f < MRSE_SAFE_FILTERS; f++) {
        if (!(axis->tau_s[f] > 0.0 && isfinite(axis->tau_s[f]) && axis->a[f] >= 0.0 &&
              isfinite(axis->a[f])))
            return MRSE_ERR_ARG;
        filter[f].alpha = dt_s / (axis->tau_s[f] + dt_s);
        filter[f].keep = 1.0 - filter[f].alpha;
        filter[f].weight = axis->a[f] / axis->limit_T_m_s * axis->g_scale;
    }
    return MRSE_OK;
}

mrse_status mrse_safe_begin(mrse_safe *safe, const mrse_safe_hardware *hardware, double dt_s)
{
    mrse_status status = MRSE_OK;
    int a;

    if (!safe)
        return MRSE_ERR_ARG;
    memset(safe, 0, sizeof *safe);
    safe->peak = (double)NAN;
    if (!hardware || !(dt_s > 0.0 && isfinite(dt_s)))
        return MRSE_ERR_ARG;
    for (a = 0; a < MRSE_AXES && status == MRSE_OK; a++)
        status = begin_axis(safe->filter[a], &hardware->axis[a], dt_s);
    if (status == MRSE_OK)
        safe->peak = 0.0;
    return status;
}

/* One sample; returns the square of the prediction. */
static inline double advance(mrse_safe *safe, const double x[MRSE_AXES], double part[MRSE_AXES])
{
    double sum = 0.0;
    int a;

    for (a = 0; a < MRSE_AXES; a++) {
        const mrse_safe_filter *f = safe->filter[a];
        double *y = safe->y[a], stim;

        y[0] = f[0].alpha * x[a] + f[0].keep * y[0];
        y[1] = f[1].alpha * fabs(x[a]) + f[1].keep * y[1];
        y[2] = f[2].alpha * x[a] + f[2].keep * y[2];
        stim = f[0].weight * fabs(y[0]) + f[1].weight * y[1] + f[2].weight * fabs(y[2]);
        sum += stim * stim;
        part[a] = stim;
        if (stim > safe->peak_axis[a])
            safe->peak_axis[a] = stim;
    }
    return sum;
}

/* Without slew every filter decays, and with them the prediction: no new peak. */
static void rest(mrse_safe *safe, size_t n)
{
    int a, f;

    for (a = 0; a < MRSE_AXES; a++)
        for (f = 0; f < MRSE_SAFE_FILTERS; f++) {
            double *y = &safe->y[a][f];

            if (*y != 0.0)
                *y *= pow(safe->filter[a][f].keep, (double)n);
            if (fabs(*y) < AS_ZERO)
                *y = 0.0;
        }
}

void mrse_safe_feed(mrse_safe *safe, const double slew_T_m_s[MRSE_AXES], size_t n)
{
    const double *x = slew_T_m_s;
    size_t i;

    if (!safe || !x)
        return;
    if (!isfinite(x[0] + x[1] + x[2]))
        safe->peak2 = (double)NAN;
    if (x[0] == 0.0 && x[1] == 0.0 && x[2] == 0.0 && n > SHORT_REST) {
        rest(safe, n);
    } else {
        for (i = 0; i < n; i++) {
            double part[MRSE_AXES], now = advance(safe, x, part);

            if (now > safe->peak2) {
                safe->peak2 = now;
                memcpy(safe->peak_part, part, sizeof part);
                safe->at = safe->n + i;
            }
        }
    }
    safe->n += n;
    safe->peak = sqrt(safe->peak2);
}

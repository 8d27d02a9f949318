/* Windows and rests of a device's exposure. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/activity.h"

#include <math.h>
#include <stdbool.h>

static const double SLACK_s = 1e-9; /* the rounding of minutes in seconds */

static bool is_in_order(const mrse_active *a, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(a[i].from_s) || !isfinite(a[i].to_s) || a[i].to_s < a[i].from_s ||
            (i > 0 && a[i].from_s < a[i - 1].to_s))
            return false;
    return true;
}

static double within(const mrse_active *a, size_t n, double from_s, double to_s)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += fmax(0.0, fmin(a[i].to_s, to_s) - fmax(a[i].from_s, from_s));
    return sum;
}

mrse_status mrse_activity_most(const mrse_active *active, size_t n, double window_s, double *most_s)
{
    if (!most_s)
        return MRSE_ERR_ARG;
    *most_s = (double)NAN;
    if ((!active && n > 0) || !isfinite(window_s) || window_s <= 0.0 || !is_in_order(active, n))
        return MRSE_ERR_ARG;
    *most_s = 0.0;
    for (size_t i = 0; i < n; i++) {
        double from_s = active[i].from_s, to_s = active[i].to_s;
        *most_s = fmax(*most_s, within(active, n, from_s, from_s + window_s));
        *most_s = fmax(*most_s, within(active, n, to_s - window_s, to_s));
    }
    return MRSE_OK;
}

mrse_status mrse_activity_rested(const mrse_active *active, size_t n, double limit_s, double rest_s,
                                 size_t *which)
{
    double sum_s = 0.0;

    if (!which)
        return MRSE_ERR_ARG;
    *which = n;
    if ((!active && n > 0) || !(limit_s > 0.0) || !(rest_s > 0.0) || !is_in_order(active, n))
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && active[i].from_s - active[i - 1].to_s >= rest_s - SLACK_s)
            sum_s = 0.0;
        bool is_due = sum_s >= limit_s - SLACK_s;
        sum_s += active[i].to_s - active[i].from_s;
        if (is_due || sum_s > limit_s + SLACK_s) {
            *which = i;
            return MRSE_OK;
        }
    }
    return MRSE_OK;
}

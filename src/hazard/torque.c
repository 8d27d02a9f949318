/* The largest torque over all orientations. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "magnetisation_internal.h"

enum { SCAN = 48, GOLDEN_STEPS = 60 };
static const double GOLDEN = 0.61803398874989485;

typedef struct tilted {
    const mrse_substance *substance;
    double n[3]; /* smallest first */
    double b_T;
} tilted;

/* Torque of a unit of volume with B at an angle to the axis of the smallest factor. */
static double torque_at(const tilted *t, double angle_rad)
{
    double b[3] = {t->b_T * cos(angle_rad), 0.0, t->b_T * sin(angle_rad)}, m[3], x;

    if (mrse_magnetise_body(t->substance, t->n, b, m, NULL, &x) != MRSE_OK)
        return (double)NAN;
    return fabs(m[0] * b[2] - m[2] * b[0]);
}

/* The largest over 0 to pi/2: the best of a scan, then golden sections about it. */
static double search(const tilted *t, double *angle_rad)
{
    const double step = MRSE_PI / 2.0 / SCAN;
    double best = 0.0, at = MRSE_PI / 4.0;

    for (int i = 1; i < SCAN; i++) {
        double y = torque_at(t, i * step);
        if (!(y <= best)) {
            best = y;
            at = i * step;
        }
    }
    double low = at - step, high = at + step;
    for (int k = 0; k < GOLDEN_STEPS; k++) {
        double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
        if (torque_at(t, a) < torque_at(t, b))
            low = a;
        else
            high = b;
    }
    *angle_rad = 0.5 * (low + high);
    return torque_at(t, *angle_rad);
}

static void sort3(const double n[3], double out[3])
{
    double low = fmin(n[0], fmin(n[1], n[2])), high = fmax(n[0], fmax(n[1], n[2]));

    out[0] = low;
    out[1] = n[0] + n[1] + n[2] - low - high;
    out[2] = high;
}

mrse_status mrse_torque_largest(const mrse_substance *substance, const mrse_body *body, double b_T,
                                double *torque_N_m, double *angle_rad)
{
    tilted t = {substance, {0.0}, b_T};
    double angle = MRSE_PI / 4.0, torque;

    if (!torque_N_m)
        return MRSE_ERR_ARG;
    *torque_N_m = (double)NAN;
    if (angle_rad)
        *angle_rad = (double)NAN;
    mrse_status status = mrse_magnetic_check(substance, body);
    if (status)
        return status;
    if (!(b_T >= 0.0) || !isfinite(b_T) || !mrse_magnetic_factors_hold(substance, body))
        return MRSE_ERR_RANGE;
    sort3(body->n, t.n);
    switch (substance->magnetic) {
    case MRSE_MAGNETIC_HARD: /* whatever its shape: across its own axis */
        angle = MRSE_PI / 2.0;
        torque = substance->br_T / MRSE_MU0 * b_T;
        break;
    case MRSE_MAGNETIC_LINEAR: /* M1 and M2 go as cos and sin: at 45 degrees, exactly */
        torque = torque_at(&t, angle);
        break;
    default:
        /* The middle axis gives no more than the extremes: the plane of the two is enough. */
        torque = t.n[2] - t.n[0] > 1e-14 ? search(&t, &angle) : 0.0;
        break;
    }
    if (!isfinite(torque))
        return MRSE_ERR_NUMERIC;
    *torque_N_m = torque * body->volume_m3;
    if (angle_rad)
        *angle_rad = angle;
    return MRSE_OK;
}

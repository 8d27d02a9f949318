/* Where a line turns sharply (a saddle of |B|, the surface of a winding, where its direction jumps):
 * the way on is looked for on a small circle, without derivatives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"

enum { CIRCLE = 24 };

typedef struct circle {
    const mrse_drawing *d;
    double radius_m;
} circle;

static void on_circle(const circle *c, double angle, double *r_m, double *z_m)
{
    const mrse_pen *p = &c->d->at;
    *r_m = p->r_m + c->radius_m * (p->tr * cos(angle) + p->tz * sin(angle));
    *z_m = p->z_m + c->radius_m * (p->tz * cos(angle) - p->tr * sin(angle));
}

static mrse_status circle_misfit(void *context, double angle, double *y)
{
    const circle *c = context;
    double r, z;
    mrse_sfg sfg;
    on_circle(c, angle, &r, &z);
    if (!mrse_tracer_probe(c->d->t, r, z, &sfg))
        return MRSE_ERR_RANGE;
    *y = mrse_tracer_misfit(c->d->t, &sfg);
    return MRSE_OK;
}

/* Angles from -pi to pi, close together near the way back, where a narrow needle would show. */
static double circle_angle(int k)
{
    double from_back =
        MRSE_PI * pow(1e-3, 1.0 - (k <= CIRCLE ? k : 2 * CIRCLE - k) / (double)CIRCLE);
    return k <= CIRCLE ? from_back - MRSE_PI : MRSE_PI - from_back;
}

/* The way on is where |B| passes the level in the sense that keeps the higher side where it was (the
 * way back is passed in the other sense); of several the one most nearly straight on. */
static bool try_circle(const mrse_drawing *d, double radius_m, mrse_pen *to)
{
    circle c = {d, radius_m};
    double before = 0.0, best = HUGE_VAL;
    for (int k = 0; k <= 2 * CIRCLE; k++) {
        double y, root;
        if (circle_misfit(&c, circle_angle(k), &y))
            return false;
        double ends[2] = {circle_angle(k > 0 ? k - 1 : 0), circle_angle(k)},
               values[2] = {before, y};
        before = y;
        if (k == 0 || (values[0] > 0.0) == (y > 0.0) || (y > 0.0) != (d->turn > 0.0))
            continue;
        if (mrse_brent_root(circle_misfit, &c, ends, values, 1e-15, &root))
            return false;
        if (fabs(root) < fabs(best))
            best = root;
    }
    if (!isfinite(best))
        return false;
    double r, z;
    mrse_sfg sfg;
    on_circle(&c, best, &r, &z);
    if (!mrse_tracer_probe(d->t, r, z, &sfg))
        return false;
    *to = mrse_pen_at(d, r, z, &sfg);
    /* At the surface itself rounding may give the gradient of the wrong side. */
    return (r - d->at.r_m) * to->tr + (z - d->at.z_m) * to->tz > 0.0;
}

static bool near_sheet(const mrse_drawing *d, double radius_m)
{
    for (size_t i = 0; i < d->t->survey->n_slits; i++) {
        const mrse_slit *slit = &d->t->survey->slit[i];
        if (fabs(d->at.r_m - slit->r_m) <= radius_m && d->at.z_m >= slit->z_min_m - radius_m &&
            d->at.z_m <= slit->z_max_m + radius_m)
            return true;
    }
    return false;
}

bool mrse_corner_pass(const mrse_drawing *d, mrse_pen *to)
{
    double radius = 0.05 * fmin(d->t->survey->chord_m, d->at.length_m);
    for (int k = 0; k < 6; k++) {
        if (!near_sheet(d, 2.0 * radius) && try_circle(d, radius, to))
            return true;
        radius *= 0.2;
    }
    return false;
}

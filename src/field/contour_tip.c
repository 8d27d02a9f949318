/* Contours at the edge of a thin current sheet. There |B| grows without limit, if only as a logarithm:
 * a small disk about the edge counts as above the level, and lines go around it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"

enum { STEPS = 72, ROUNDS = 2 };
/* As near to the faces of the sheet as angles go. */
static const double FACE = 1e-3;

typedef struct ring {
    const mrse_tracer *t;
    const mrse_tip *tip;
} ring;

/* Angle 0 is the outer face of the sheet, 2 pi its inner face, pi straight on beyond the edge. */
static mrse_vertex on_ring(const ring *c, double angle)
{
    const mrse_tip *tip = c->tip;
    mrse_vertex v = {tip->slit->r_m + tip->circle_m * sin(angle),
                     tip->z_m - tip->outward * tip->circle_m * cos(angle)};
    return v;
}

static mrse_status ring_misfit(void *context, double angle, double *y)
{
    const ring *c = context;
    mrse_vertex v = on_ring(c, angle);
    mrse_sfg sfg;
    if (!mrse_tracer_probe(c->t, v.r_m, v.z_m, &sfg))
        return MRSE_ERR_RANGE;
    *y = log(sfg.b_T / c->t->level_T);
    return MRSE_OK;
}

static double at_step(int step)
{
    return FACE + (2.0 * MRSE_PI - 2.0 * FACE) * step / STEPS;
}

/* Through the low part of the ring, from `step` on (below the level there) in the sense given, to
 * where it ends: at a crossing of the level, or at a face whose other side is above. */
static mrse_departure walk_low(ring *c, int step, int sense, mrse_touch *touch, mrse_vertex *leave)
{
    double before, y;
    if (ring_misfit(c, at_step(step), &before))
        return MRSE_DEPART_FAILED;
    for (int k = 0; k < ROUNDS * STEPS; k++) {
        int next = step + sense;
        bool across = next < 0 || next > STEPS;
        if (across)
            next = next < 0 ? STEPS : 0;
        if (ring_misfit(c, at_step(next), &y))
            return MRSE_DEPART_FAILED;
        if (y > 0.0 && across) {
            const mrse_tip *tip = c->tip;
            *touch = (mrse_touch){tip->slit, tip->z_m - tip->outward * tip->circle_m, 1.0};
            return mrse_slit_start(c->t, -tip->outward, touch, leave);
        }
        if (y > 0.0) {
            double ends[2] = {at_step(step), at_step(next)}, values[2] = {before, y}, root;
            if (mrse_brent_root(ring_misfit, c, ends, values, 1e-15, &root))
                return MRSE_DEPART_FAILED;
            *leave = on_ring(c, root);
            return MRSE_DEPART_TIP;
        }
        step = next;
        before = y;
    }
    return MRSE_DEPART_FAILED;
}

mrse_departure mrse_tip_round(const mrse_tracer *t, const mrse_tip *tip, bool outer_above,
                              mrse_touch *touch, mrse_vertex *leave)
{
    ring c = {t, tip};
    return walk_low(&c, outer_above ? STEPS : 0, outer_above ? -1 : 1, touch, leave);
}

mrse_departure mrse_tip_enter(const mrse_tracer *t, const mrse_tip *tip, mrse_vertex near,
                              mrse_vertex *enter, mrse_touch *touch, mrse_vertex *leave)
{
    ring c = {t, tip};
    double before = 0.0, best = HUGE_VAL;
    int low = 0, sense = 0;
    for (int k = 0; k <= STEPS; k++) {
        double y, root;
        if (ring_misfit(&c, at_step(k), &y))
            return MRSE_DEPART_FAILED;
        double ends[2] = {at_step(k - 1), at_step(k)}, values[2] = {before, y};
        before = y;
        if (k == 0 || (values[0] > 0.0) == (y > 0.0))
            continue;
        if (mrse_brent_root(ring_misfit, &c, ends, values, 1e-15, &root))
            return MRSE_DEPART_FAILED;
        mrse_vertex v = on_ring(&c, root);
        double away = hypot(v.r_m - near.r_m, v.z_m - near.z_m);
        if (away >= best)
            continue;
        best = away;
        *enter = v;
        low = y > 0.0 ? k - 1 : k;
        sense = y > 0.0 ? -1 : 1;
    }
    return sense == 0 ? MRSE_DEPART_FAILED : walk_low(&c, low, sense, touch, leave);
}

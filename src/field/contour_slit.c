/* Where a contour meets a thin current sheet. |B| has two values there, so the border of the region
 * above the level can run along the sheet: from where one side passes the level to where the other
 * side, or the same again, does.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "contour_internal.h"

/* One side of a sheet is taken this part of its radius away from it; the edges, where the field
 * grows without limit, are left out by so much. */
static const double BESIDE = 1e-9;
static const double EDGE = 1e-5;
static const double ROOT_PART = 1e-7;
static const double STEP = 0.2;
static const double LEVEL_NEAR = 3e-12;
enum { NEWTON_STEPS = 20, WALK_MAX = 20000 };

bool mrse_tracer_probe_beside(const mrse_tracer *t, double r_m, double z_m, mrse_sfg *out)
{
    for (int k = 0; k < 5; k++) {
        double r = r_m * (1.0 + (k % 2 ? 1e-9 : 3e-9) * (k > 0)), z = z_m + 5e-6 * r_m * (k > 2);
        if (mrse_tracer_probe(t, r, z, out))
            return true;
    }
    return false;
}

double mrse_touch_r_m(const mrse_touch *touch)
{
    return touch->slit->r_m * (1.0 + touch->side * BESIDE);
}

const mrse_slit *mrse_slit_crossed(const contour_survey *survey, mrse_vertex from, mrse_vertex to,
                                   double *z_m)
{
    const mrse_slit *first = NULL;
    double least = 2.0;
    for (size_t i = 0; i < survey->n_slits; i++) {
        const mrse_slit *slit = &survey->slit[i];
        double before = from.r_m - slit->r_m, after = fabs(to.r_m) - slit->r_m;
        if ((before > 0.0) == (after > 0.0))
            continue;
        double part = before / (before - after), z = from.z_m + part * (to.z_m - from.z_m);
        double at = survey->mirrored ? fabs(z) : z;
        if (at < slit->z_min_m || at > slit->z_max_m || part >= least)
            continue;
        least = part;
        first = slit;
        *z_m = z;
    }
    return first;
}

static bool side_misfit(const mrse_tracer *t, const mrse_touch *touch, double side, double z_m,
                        double *y, double *slope)
{
    mrse_touch there = {touch->slit, z_m, side};
    mrse_sfg sfg;
    double r = mrse_touch_r_m(&there);
    /* Where two sheets meet, an edge of each, the value a little further on will do. */
    if (!mrse_tracer_probe(t, r, z_m, &sfg) &&
        !mrse_tracer_probe(t, r, z_m + 0.5 * EDGE * touch->slit->r_m, &sfg))
        return false;
    *y = log(sfg.b_T / t->level_T);
    if (slope)
        *slope = sfg.grad_z_T_m / sfg.b_T;
    return true;
}

bool mrse_slit_meet(const mrse_tracer *t, double within_m, mrse_touch *touch)
{
    double z = touch->z_m, best = HUGE_VAL, slack = 0.0, edge = EDGE * touch->slit->r_m;
    for (int k = 0; k < NEWTON_STEPS && best > LEVEL_NEAR; k++) {
        double y, slope;
        if (!side_misfit(t, touch, touch->side, z, &y, &slope))
            return false;
        if (fabs(y) < best) {
            best = fabs(y);
            slack = 3e-10 + 8.0 * DBL_EPSILON * hypot(touch->slit->r_m, z) * fabs(slope);
            touch->z_m = z;
        }
        double next = z - y / slope;
        if (!(fabs(next - z) <= within_m))
            return false;
        z = next;
    }
    if (t->survey->mirrored && touch->z_m < 0.0)
        return false;
    return best <= slack && touch->z_m > touch->slit->z_min_m + edge &&
           touch->z_m < touch->slit->z_max_m - edge;
}

typedef struct walk {
    const mrse_tracer *t;
    const mrse_touch *touch;
    double side;      /* of the misfit to be solved for */
    double direction; /* along z */
} walk;

static mrse_status walk_misfit(void *context, double z_m, double *y)
{
    const walk *w = context;
    return side_misfit(w->t, w->touch, w->side, z_m, y, NULL) ? MRSE_OK : MRSE_ERR_RANGE;
}

/* Which side passes the level first between two places on the sheet. */
static mrse_departure first_change(walk *w, const double z[2], const double in[2],
                                   const double out[2], mrse_touch *touch)
{
    double found = 0.0, found_side = 0.0;
    for (int k = 0; k < 2; k++) {
        const double *y = k == 0 ? in : out;
        double root;
        if ((y[0] > 0.0) == (y[1] > 0.0))
            continue;
        w->side = k == 0 ? -1.0 : 1.0;
        if (mrse_brent_root(walk_misfit, w, z, y, 1e-15, &root))
            return MRSE_DEPART_FAILED;
        if (found_side == 0.0 || (found - root) * w->direction > 0.0) {
            found = root;
            found_side = w->side;
        }
    }
    touch->z_m = found;
    touch->side = found_side;
    return MRSE_DEPART_SHEET;
}

/* From *touch, where the misfits of the inner and outer side have the signs given, in direction
 * w->direction until one of them changes. */
static mrse_departure go_along(walk *w, double in, double out, mrse_touch *touch,
                               mrse_vertex *leave)
{
    const contour_survey *s = w->t->survey;
    const mrse_slit *slit = touch->slit;
    bool to_middle = s->mirrored && w->direction < 0.0;
    double edge = EDGE * slit->r_m, z = touch->z_m;
    mrse_tip tip = {slit, w->direction > 0.0 ? slit->z_max_m : slit->z_min_m, w->direction, edge};
    double end = tip.z_m - w->direction * edge;
    if (to_middle && end < 0.0)
        end = 0.0;
    for (int k = 0; k < WALK_MAX; k++) {
        if ((end - z) * w->direction <= 0.0)
            return end == 0.0 && to_middle ? MRSE_DEPART_MIDDLE
                                           : mrse_tip_round(w->t, &tip, out > 0.0, touch, leave);
        double step = fmax(STEP * mrse_windings_scale_m(s->magnet, slit->r_m, z), edge);
        double next = z + w->direction * step, y[2];
        if ((end - next) * w->direction < 0.0)
            next = end;
        /* Two sheets that touch have an edge there: step over it. */
        for (int j = 0; j < 4; j++) {
            if (side_misfit(w->t, touch, -1.0, next, &y[0], NULL) &&
                side_misfit(w->t, touch, 1.0, next, &y[1], NULL))
                break;
            next += w->direction * edge;
            if (j == 3)
                return MRSE_DEPART_FAILED;
        }
        if ((y[0] > 0.0) != (in > 0.0) || (y[1] > 0.0) != (out > 0.0)) {
            double places[2] = {z, next}, ins[2] = {in, y[0]}, outs[2] = {out, y[1]};
            return first_change(w, places, ins, outs, touch);
        }
        in = y[0];
        out = y[1];
        z = next;
    }
    return MRSE_DEPART_FAILED;
}

mrse_departure mrse_slit_follow(const mrse_tracer *t, mrse_touch *touch, mrse_vertex *leave)
{
    double own, slope, other;
    if (!side_misfit(t, touch, touch->side, touch->z_m, &own, &slope) ||
        !side_misfit(t, touch, -touch->side, touch->z_m, &other, NULL) || slope == 0.0)
        return MRSE_DEPART_FAILED;
    /* On from here the own side is on the other side of the level than the other one. */
    bool own_above = other <= 0.0;
    walk w = {.t = t, .touch = touch};
    w.direction = (slope > 0.0) == own_above ? 1.0 : -1.0;
    mrse_touch from = *touch;
    w.touch = &from;
    /* Off the root itself, where the sign is only rounding. */
    touch->z_m += w.direction * ROOT_PART * touch->slit->r_m;
    if (!side_misfit(t, touch, touch->side, touch->z_m, &own, NULL) || (own > 0.0) != own_above)
        return MRSE_DEPART_FAILED;
    return go_along(&w, touch->side < 0.0 ? own : other, touch->side < 0.0 ? other : own, touch,
                    leave);
}

mrse_departure mrse_slit_start(const mrse_tracer *t, double direction, mrse_touch *touch,
                               mrse_vertex *leave)
{
    double in, out;
    mrse_touch from = *touch;
    walk w = {.t = t, .touch = &from, .direction = direction};
    if (!side_misfit(t, touch, -1.0, touch->z_m, &in, NULL) ||
        !side_misfit(t, touch, 1.0, touch->z_m, &out, NULL) || (in > 0.0) == (out > 0.0))
        return MRSE_DEPART_FAILED;
    return go_along(&w, in, out, touch, leave);
}

bool mrse_tip_near(const contour_survey *survey, double r_m, double z_m, double within,
                   mrse_tip *tip)
{
    for (size_t i = 0; i < survey->n_slits; i++)
        for (int k = 0; k < 2; k++) {
            const mrse_slit *slit = &survey->slit[i];
            mrse_tip one = {slit, k == 0 ? slit->z_min_m : slit->z_max_m, k == 0 ? -1.0 : 1.0,
                            EDGE * slit->r_m};
            if (hypot(r_m - slit->r_m, z_m - one.z_m) < within * one.circle_m) {
                *tip = one;
                return true;
            }
        }
    return false;
}

mrse_status mrse_slit_scan(contour_survey *survey)
{
    for (size_t i = 0; i < survey->n_slits; i++) {
        mrse_slit *slit = &survey->slit[i];
        double edge = EDGE * slit->r_m, from = slit->z_min_m + edge, to = slit->z_max_m - edge;
        if (survey->mirrored)
            from = fmax(from, 0.0);
        for (int k = 0; k < 2 && from < to; k++) {
            mrse_touch touch = {slit, 0.0, k == 0 ? -1.0 : 1.0};
            mrse_status status = mrse_scan_create(survey->magnet, false, mrse_touch_r_m(&touch),
                                                  from, to, &slit->face[k]);
            if (status && status != MRSE_ERR_RANGE)
                return status;
        }
    }
    return MRSE_OK;
}

bool mrse_slit_crossing(const mrse_tracer *t, const mrse_slit *slit, int face, size_t i,
                        mrse_touch *touch)
{
    const mrse_sample *a = &slit->face[face]->sample[i], *b = a + 1;
    double z[2] = {a->x_m, b->x_m};
    double y[2] = {log(a->value[MRSE_QUANTITY_B] / t->level_T),
                   log(b->value[MRSE_QUANTITY_B] / t->level_T)};
    if ((y[0] > 0.0) == (y[1] > 0.0))
        return false;
    *touch = (mrse_touch){slit, z[0], face == 0 ? -1.0 : 1.0};
    walk w = {.t = t, .touch = touch, .side = touch->side};
    double root;
    if (mrse_brent_root(walk_misfit, &w, z, y, 1e-15, &root))
        return false;
    touch->z_m = root;
    return true;
}

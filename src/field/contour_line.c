/* One line of |B| = level, followed point by point on the exact field: a step along the tangent,
 * Newton along grad |B| back onto the level, and the middle of the chord looked at, so that every
 * chord is known to be as close to the curve as asked.
 * Source: E. L. Allgower and K. Georg, Numerical Continuation Methods, 1990, chapters 2 and 6.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <string.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

enum { VERTICES_MAX = 9999, VERTICES_FIRST = 128, NEWTON_STEPS = 8, ANCHOR = 5, ANCHOR_LAST = 15 };
/* Newton goes on to this; cancellation between shielding coils may stop it short of that. */
static const double LEVEL_AIM = 1e-12;
static const double LEVEL_SLACK = 3e-10;
/* Where the chord is looked at it keeps to this part of what is asked. */
static const double FIT = 0.8;
static const double STEP_LEAST_m = 1e-10;
static const double SAME_m = 1e-7;

bool mrse_tracer_probe(const mrse_tracer *t, double r_m, double z_m, mrse_sfg *out)
{
    bool below = t->survey->mirrored && z_m < 0.0;
    if (mrse_sfg_at(t->survey->magnet, fabs(r_m), below ? -z_m : z_m, out))
        return false;
    if (r_m < 0.0)
        out->grad_r_T_m = -out->grad_r_T_m;
    if (below)
        out->grad_z_T_m = -out->grad_z_T_m;
    return out->b_T > 0.0 && isfinite(out->b_T) && isfinite(out->grad_T_m);
}

double mrse_tracer_misfit(const mrse_tracer *t, const mrse_sfg *sfg)
{
    return log(sfg->b_T / t->level_T);
}

double mrse_tracer_slack(double r_m, double z_m, const mrse_sfg *sfg)
{
    /* A rounded coordinate is felt where the gradient is steep and the level low. */
    return LEVEL_SLACK + 8.0 * DBL_EPSILON * hypot(r_m, z_m) * sfg->grad_T_m / sfg->b_T;
}

bool mrse_tracer_correct(const mrse_tracer *t, double max_m, double *r_m, double *z_m,
                         mrse_sfg *out)
{
    double r = *r_m, z = *z_m, best = HUGE_VAL;
    *out = (mrse_sfg){0};
    for (int k = 0; k < NEWTON_STEPS; k++) {
        mrse_sfg sfg;
        if (!mrse_tracer_probe(t, r, z, &sfg))
            return false;
        double f = mrse_tracer_misfit(t, &sfg);
        if (fabs(f) < best) {
            best = fabs(f);
            *r_m = r;
            *z_m = z;
            *out = sfg;
        }
        if (fabs(f) <= LEVEL_AIM || (k > 2 && best <= 0.1 * LEVEL_SLACK))
            break;
        double move = -f * sfg.b_T / (sfg.grad_T_m * sfg.grad_T_m);
        if (!(fabs(move) * sfg.grad_T_m <= max_m))
            return false;
        r += move * sfg.grad_r_T_m;
        z += move * sfg.grad_z_T_m;
    }
    return isfinite(best) && best <= mrse_tracer_slack(*r_m, *z_m, out);
}

mrse_status mrse_curve_push(mrse_curve *curve, double r_m, double z_m)
{
    const mrse_vertex *last = curve->n > 0 ? &curve->vertex[curve->n - 1] : NULL;
    if (last && last->r_m == r_m && last->z_m == z_m)
        return MRSE_OK;
    if (curve->n == VERTICES_MAX)
        return MRSE_ERR_LIMIT;
    if (!curve->vertex || curve->n == curve->capacity) {
        size_t capacity = curve->capacity ? 2 * curve->capacity : VERTICES_FIRST;
        mrse_vertex *grown = mrse_realloc(curve->vertex, capacity, sizeof(mrse_vertex));
        if (!grown)
            return MRSE_ERR_NOMEM;
        curve->vertex = grown;
        curve->capacity = capacity;
    }
    curve->vertex[curve->n++] = (mrse_vertex){r_m, z_m};
    return MRSE_OK;
}

mrse_pen mrse_pen_at(const mrse_drawing *d, double r_m, double z_m, const mrse_sfg *sfg)
{
    double unit = d->turn / sfg->grad_T_m;
    mrse_pen p = {r_m, z_m, -unit * sfg->grad_z_T_m, unit * sfg->grad_r_T_m,
                  sfg->b_T / sfg->grad_T_m};
    return p;
}

/* How far a point of a chord is from the curve. */
static double sagitta(const mrse_tracer *t, const mrse_pen *a, double part, double r_m, double z_m)
{
    mrse_sfg sfg;
    if (!mrse_tracer_probe(t, a->r_m + part * (r_m - a->r_m), a->z_m + part * (z_m - a->z_m), &sfg))
        return HUGE_VAL;
    return fabs(mrse_tracer_misfit(t, &sfg)) * sfg.b_T / sfg.grad_T_m;
}

/* Whether the chord is within chord_m of the curve: at its middle, and where a winding is so near
 * that the curve may not be smooth, at its quarters. At the surface of a winding, where it has a
 * corner, the chord is kept short. */
static bool fits(const mrse_tracer *t, const mrse_pen *a, double r_m, double z_m)
{
    double most = FIT * t->survey->chord_m, chord = hypot(r_m - a->r_m, z_m - a->z_m);
    if (chord > 4.0 * most && mrse_windings_entered(t->survey->magnet, a->r_m, a->z_m, r_m, z_m))
        return false;
    if (sagitta(t, a, 0.5, r_m, z_m) > most)
        return false;
    if (mrse_windings_scale_m(t->survey->magnet, a->r_m, a->z_m) > 3.0 * chord)
        return true;
    return sagitta(t, a, 0.25, r_m, z_m) <= most && sagitta(t, a, 0.75, r_m, z_m) <= most;
}

typedef enum outcome { STEP_TAKEN, STEP_TOO_LONG, STEP_CROSSES } outcome;

static outcome try_step(const mrse_drawing *d, mrse_pen *to, const mrse_slit **slit,
                        double *slit_z_m)
{
    const contour_survey *s = d->t->survey;
    const mrse_pen *p = &d->at;
    double h = d->step_m, angle = 0.5 * h * d->bend_per_m;
    double r = p->r_m + h * (p->tr * cos(angle) + p->tz * sin(angle));
    double z = p->z_m + h * (p->tz * cos(angle) - p->tr * sin(angle));
    mrse_vertex from = {p->r_m, p->z_m}, guess = {r, z};
    *slit = mrse_slit_crossed(s, from, guess, slit_z_m);
    if (*slit)
        return STEP_CROSSES;
    mrse_sfg sfg;
    if (!mrse_tracer_correct(d->t, 0.5 * h, &r, &z, &sfg))
        return STEP_TOO_LONG;
    mrse_vertex found = {r, z};
    *slit = mrse_slit_crossed(s, from, found, slit_z_m);
    if (*slit)
        return STEP_CROSSES;
    *to = mrse_pen_at(d, r, z, &sfg);
    double dr = r - p->r_m, dz = z - p->z_m, chord = hypot(dr, dz);
    bool forward = dr * p->tr + dz * p->tz > 0.7 * chord && dr * to->tr + dz * to->tz > 0.7 * chord;
    if (!forward || chord < 0.3 * h || chord > 1.7 * h)
        return STEP_TOO_LONG;
    /* A short chord may turn sharply, as it must at the surface of a winding. */
    if (p->tr * to->tr + p->tz * to->tz < 0.85 && chord > 0.2 * s->chord_m)
        return STEP_TOO_LONG;
    return fits(d->t, p, r, z) ? STEP_TAKEN : STEP_TOO_LONG;
}

/* ---- ends ---- */

/* Where the line meets the axis (or z = 0 of a mirrored magnet), a little further on. */
static bool meet_border(const mrse_drawing *d, const mrse_pen *to, bool axis, double *r_m,
                        double *z_m)
{
    double from = axis ? d->at.r_m : d->at.z_m, beyond = axis ? to->r_m : to->z_m;
    double part = from / (from - beyond);
    double r = axis ? 0.0 : d->at.r_m + part * (to->r_m - d->at.r_m);
    double z = axis ? d->at.z_m + part * (to->z_m - d->at.z_m) : 0.0;
    double *x = axis ? &z : &r, guess = *x, best = HUGE_VAL, slack = 0.0;
    for (int k = 0; k < 2 * NEWTON_STEPS; k++) {
        mrse_sfg sfg;
        if (!mrse_tracer_probe(d->t, r, z, &sfg))
            return false;
        double f = mrse_tracer_misfit(d->t, &sfg);
        if (fabs(f) < best) {
            best = fabs(f);
            slack = mrse_tracer_slack(r, z, &sfg);
            *r_m = r;
            *z_m = z;
        }
        if (fabs(f) <= LEVEL_AIM || (k > 3 && best <= 0.1 * LEVEL_SLACK))
            break;
        *x -= f * sfg.b_T / (axis ? sfg.grad_z_T_m : sfg.grad_r_T_m);
        if (!(fabs(*x - guess) <= d->step_m))
            return false;
    }
    return best <= slack && fits(d->t, &d->at, *r_m, *z_m);
}

/* Whether the chord to a point passes the place `at`, in the direction that the line has there. */
static bool passes(const mrse_drawing *d, double r_m, double z_m, const mrse_pen *at)
{
    const double slack = 1e-6;
    double dr = r_m - d->at.r_m, dz = z_m - d->at.z_m, chord = hypot(dr, dz);
    double br = at->r_m - d->at.r_m, bz = at->z_m - d->at.z_m;
    double along = (br * dr + bz * dz) / chord, off = fabs(br * dz - bz * dr) / chord;
    return along >= -slack * chord && along <= (1.0 + slack) * chord &&
           off <= 2.0 * d->t->survey->chord_m && off <= 0.5 * chord &&
           at->tr * dr + at->tz * dz > 0.5 * chord;
}

/* Whether the line is back where it began. When that is a corner it may pass beside: then a later
 * vertex tells, and the line is cut to begin there. */
static bool closes(mrse_drawing *d, double r_m, double z_m)
{
    mrse_curve *c = d->curve;
    if (c->n > 2 && passes(d, r_m, z_m, &d->first))
        return true;
    for (size_t k = ANCHOR; k <= ANCHOR_LAST && k + 4 < c->n; k += ANCHOR) {
        double dr = c->vertex[k + 1].r_m - c->vertex[k].r_m;
        double dz = c->vertex[k + 1].z_m - c->vertex[k].z_m, chord = hypot(dr, dz);
        mrse_pen at = {c->vertex[k].r_m, c->vertex[k].z_m, dr / chord, dz / chord, 0.0};
        if (!passes(d, r_m, z_m, &at))
            continue;
        c->n -= k;
        memmove(c->vertex, c->vertex + k, c->n * sizeof(mrse_vertex));
        d->first = at;
        return true;
    }
    return false;
}

static mrse_status finish(mrse_drawing *d, double r_m, double z_m, mrse_curve_end end, bool *done)
{
    d->curve->end = end;
    *done = true;
    return mrse_curve_push(d->curve, r_m, z_m);
}

static mrse_status close_line(mrse_drawing *d, bool *done)
{
    return finish(d, d->first.r_m, d->first.z_m, MRSE_END_NONE, done);
}

/* ---- sheets ---- */

/* Put the mrse_pen down where the line leaves a sheet, unless it is the place where it began. */
static mrse_status depart(mrse_drawing *d, mrse_departure how, const mrse_touch *touch,
                          mrse_vertex leave, bool *done)
{
    if (how == MRSE_DEPART_FAILED)
        return MRSE_ERR_NUMERIC;
    if (how == MRSE_DEPART_MIDDLE) {
        d->curve->end = MRSE_END_MIDDLE;
        *done = true;
        return MRSE_OK;
    }
    mrse_sfg sfg;
    if (how == MRSE_DEPART_SHEET)
        leave = (mrse_vertex){mrse_touch_r_m(touch), touch->z_m};
    if (d->curve->n > 1 && hypot(leave.r_m - d->first.r_m, leave.z_m - d->first.z_m) < SAME_m)
        return close_line(d, done);
    if (!mrse_tracer_probe(d->t, leave.r_m, leave.z_m, &sfg))
        return MRSE_ERR_NUMERIC;
    d->at = mrse_pen_at(d, leave.r_m, leave.z_m, &sfg);
    d->bend_per_m = 0.0;
    d->step_m = fmin(0.1 * d->at.length_m, 10.0 * d->t->survey->chord_m);
    return mrse_curve_push(d->curve, leave.r_m, leave.z_m);
}

static mrse_status along_sheet(mrse_drawing *d, mrse_touch *touch, bool *done)
{
    mrse_vertex leave = {0.0, 0.0};
    mrse_departure how = mrse_slit_follow(d->t, touch, &leave);
    return depart(d, how, touch, leave, done);
}

static mrse_status around_tip(mrse_drawing *d, const mrse_tip *tip, const mrse_pen *to, bool *done)
{
    mrse_vertex near = {to->r_m, to->z_m}, enter = {0.0, 0.0}, leave = {0.0, 0.0};
    mrse_touch touch = {0};
    mrse_departure how = mrse_tip_enter(d->t, tip, near, &enter, &touch, &leave);
    if (how == MRSE_DEPART_FAILED)
        return MRSE_ERR_NUMERIC;
    if (closes(d, enter.r_m, enter.z_m))
        return close_line(d, done);
    mrse_status status = mrse_curve_push(d->curve, enter.r_m, enter.z_m);
    return status ? status : depart(d, how, &touch, leave, done);
}

static mrse_status meet_sheet(mrse_drawing *d, const mrse_slit *slit, double z_m, bool *met,
                              bool *done)
{
    mrse_touch touch = {slit, z_m, d->at.r_m < slit->r_m ? -1.0 : 1.0};
    *met = mrse_slit_meet(d->t, d->step_m, &touch);
    double r = mrse_touch_r_m(&touch);
    if (*met)
        *met = hypot(r - d->at.r_m, touch.z_m - d->at.z_m) <= 3.0 * d->step_m &&
               fits(d->t, &d->at, r, touch.z_m);
    if (!*met)
        return MRSE_OK;
    if (closes(d, r, touch.z_m))
        return close_line(d, done);
    mrse_status status = mrse_curve_push(d->curve, r, touch.z_m);
    return status ? status : along_sheet(d, &touch, done);
}

/* ---- the line ---- */

static void adapt(mrse_drawing *d, const mrse_pen *to)
{
    double dr = to->r_m - d->at.r_m, dz = to->z_m - d->at.z_m, chord = hypot(dr, dz);
    double bend =
        atan2(to->tr * d->at.tz - to->tz * d->at.tr, to->tr * d->at.tr + to->tz * d->at.tz);
    /* The sign is that of try_step: towards +r, seen along +z. */
    d->bend_per_m = bend / chord;
    double longest = sqrt(6.0 * d->t->survey->chord_m / (fabs(d->bend_per_m) + 1e-9));
    double turn = 0.35 / (fabs(d->bend_per_m) + 1e-9);
    d->at = *to;
    d->step_m = fmin(fmin(2.0 * d->step_m, longest),
                     fmin(turn, fmax(0.5 * to->length_m, 0.1 * d->t->survey->chord_m)));
}

static mrse_status accept(mrse_drawing *d, const mrse_pen *to, bool *done)
{
    const contour_survey *s = d->t->survey;
    mrse_tip tip;
    if (mrse_tip_near(s, to->r_m, to->z_m, 1.0, &tip))
        return around_tip(d, &tip, to, done);
    bool axis = to->r_m <= 0.0, middle = s->mirrored && to->z_m <= 0.0;
    if (axis || middle) {
        double r = 0.0, z = 0.0;
        bool axis_first = axis && (!middle || d->at.r_m * (d->at.z_m - to->z_m) <
                                                  d->at.z_m * (d->at.r_m - to->r_m));
        if (!meet_border(d, to, axis_first, &r, &z)) {
            d->step_m *= 0.5;
            return d->step_m < STEP_LEAST_m ? MRSE_ERR_NUMERIC : MRSE_OK;
        }
        return finish(d, r, z, axis_first ? MRSE_END_AXIS : MRSE_END_MIDDLE, done);
    }
    if (closes(d, to->r_m, to->z_m))
        return close_line(d, done);
    if (to->r_m > 2.0 * s->r_limit_m || fabs(to->z_m) > 2.0 * s->z_limit_m)
        return MRSE_ERR_RANGE;
    adapt(d, to);
    return mrse_curve_push(d->curve, to->r_m, to->z_m);
}

static mrse_status draw(mrse_drawing *d, bool *done)
{
    mrse_pen to;
    const mrse_slit *slit;
    double slit_z;
    outcome step = try_step(d, &to, &slit, &slit_z);
    if (step == STEP_TAKEN)
        return accept(d, &to, done);
    if (step == STEP_CROSSES) {
        bool met;
        mrse_status status = meet_sheet(d, slit, slit_z, &met, done);
        if (status || met)
            return status;
    }
    d->step_m *= 0.5;
    d->bend_per_m *= 0.5;
    double least = 0.05 * fmin(d->t->survey->chord_m, d->at.length_m);
    if (step == STEP_TOO_LONG && d->step_m < least && mrse_corner_pass(d, &to)) {
        mrse_status status = accept(d, &to, done);
        d->bend_per_m = 0.0; /* that was a corner, not a bend */
        d->step_m = 4.0 * least;
        return status;
    }
    return d->step_m < STEP_LEAST_m ? MRSE_ERR_NUMERIC : MRSE_OK;
}

static mrse_status draw_from(mrse_drawing *d, const mrse_pen *start, mrse_touch *touch)
{
    bool done = false;
    mrse_status status = MRSE_OK;
    d->at = *start;
    d->bend_per_m = 0.0;
    d->step_m = fmin(0.1 * start->length_m, 10.0 * d->t->survey->chord_m);
    if (touch)
        status = along_sheet(d, touch, &done);
    while (!status && !done)
        status = draw(d, &done);
    return status;
}

static void reverse(mrse_curve *curve)
{
    for (size_t i = 0; i < curve->n / 2; i++) {
        mrse_vertex swap = curve->vertex[i];
        curve->vertex[i] = curve->vertex[curve->n - 1 - i];
        curve->vertex[curve->n - 1 - i] = swap;
    }
}

mrse_status mrse_curve_trace(const mrse_tracer *t, mrse_vertex seed, const mrse_touch *touch,
                             mrse_curve *out)
{
    bool axis = seed.r_m == 0.0, middle = t->survey->mirrored && seed.z_m == 0.0;
    mrse_drawing d = {.t = t, .curve = out, .turn = 1.0};
    mrse_sfg sfg;
    *out = (mrse_curve){0};
    if (!mrse_tracer_probe(t, seed.r_m, seed.z_m, &sfg) || sfg.grad_T_m == 0.0)
        return MRSE_ERR_NUMERIC;
    mrse_pen start = mrse_pen_at(&d, seed.r_m, seed.z_m, &sfg);
    bool leaves = axis ? start.tr < 0.0 : middle && start.tz < 0.0;
    mrse_tip tip;
    if (touch)
        leaves = start.tr * touch->side < 0.0;
    else if (mrse_tip_near(t->survey, seed.r_m, seed.z_m, 1.001, &tip))
        leaves = start.tr * (seed.r_m - tip.slit->r_m) + start.tz * (seed.z_m - tip.z_m) < 0.0;
    if (leaves) {
        d.turn = -1.0;
        start = mrse_pen_at(&d, seed.r_m, seed.z_m, &sfg);
    }
    d.first = start;
    mrse_status status = mrse_curve_push(out, seed.r_m, seed.z_m);
    if (!status)
        status = draw_from(&d, &start, NULL);
    out->start = axis ? MRSE_END_AXIS : middle ? MRSE_END_MIDDLE : MRSE_END_NONE;
    if (status || out->end == MRSE_END_NONE || out->start != MRSE_END_NONE)
        return status;
    /* From inside the half-plane to its border: the other half of the line is still missing. */
    reverse(out);
    out->start = out->end;
    out->end = MRSE_END_NONE;
    d.turn = -d.turn;
    start = mrse_pen_at(&d, seed.r_m, seed.z_m, &sfg);
    mrse_touch back = touch ? *touch : (mrse_touch){0};
    return draw_from(&d, &start, touch ? &back : NULL);
}

/* One line of |B| = level, followed point by point on the exact field: a step along the tangent,
 * Newton along grad |B| back onto the level, and the middle of the chord looked at, so that every
 * chord is known to be as close to the curve as asked.
 * Source: E. L. Allgower and K. Georg, Numerical Continuation Methods, 1990, chapters 2 and 6.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

enum { VERTICES_MAX = 9999, VERTICES_FIRST = 128, NEWTON_STEPS = 8, CIRCLE = 24 };
/* Newton goes on to this; cancellation between shielding coils may stop it short of that. */
static const double LEVEL_AIM = 1e-12;
static const double LEVEL_ACCEPT = 3e-10;
static const double STEP_LEAST_m = 1e-10;
static const double SAME_m = 1e-7;

/* Where the drawing is: a point of the level, its unit tangent with the higher side on its left
 * (turn = 1) or right (-1), and the length over which |B| changes. */
typedef struct pen {
    double r_m, z_m, tr, tz, length_m;
} pen;

typedef struct drawing {
    const mrse_tracer *t;
    mrse_curve *curve;
    pen at, first;
    double turn, step_m, bend_per_m;
} drawing;

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

static double misfit(const mrse_tracer *t, const mrse_sfg *sfg)
{
    return log(sfg->b_T / t->level_T);
}

bool mrse_tracer_correct(const mrse_tracer *t, double max_m, double *r_m, double *z_m,
                         mrse_sfg *out)
{
    double r = *r_m, z = *z_m, best = INFINITY;
    for (int k = 0; k < NEWTON_STEPS; k++) {
        mrse_sfg sfg;
        if (!mrse_tracer_probe(t, r, z, &sfg))
            return false;
        double f = misfit(t, &sfg);
        if (fabs(f) < best) {
            best = fabs(f);
            *r_m = r;
            *z_m = z;
            *out = sfg;
        }
        if (fabs(f) <= LEVEL_AIM || (k > 2 && best <= 0.1 * LEVEL_ACCEPT))
            break;
        double move = -f * sfg.b_T / (sfg.grad_T_m * sfg.grad_T_m);
        if (!(fabs(move) * sfg.grad_T_m <= max_m))
            return false;
        r += move * sfg.grad_r_T_m;
        z += move * sfg.grad_z_T_m;
    }
    return best <= LEVEL_ACCEPT;
}

mrse_status mrse_curve_push(mrse_curve *curve, double r_m, double z_m)
{
    if (curve->n == VERTICES_MAX)
        return MRSE_ERR_LIMIT;
    if (curve->n == curve->capacity) {
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

static pen put_pen(const drawing *d, double r_m, double z_m, const mrse_sfg *sfg)
{
    double unit = d->turn / sfg->grad_T_m;
    pen p = {r_m, z_m, -unit * sfg->grad_z_T_m, unit * sfg->grad_r_T_m, sfg->b_T / sfg->grad_T_m};
    return p;
}

/* How far the middle of a chord is from the curve. */
static double sagitta(const mrse_tracer *t, const pen *a, double r_m, double z_m)
{
    mrse_sfg sfg;
    if (!mrse_tracer_probe(t, 0.5 * (a->r_m + r_m), 0.5 * (a->z_m + z_m), &sfg))
        return INFINITY;
    return fabs(misfit(t, &sfg)) * sfg.b_T / sfg.grad_T_m;
}

typedef enum outcome { STEP_TAKEN, STEP_TOO_LONG, STEP_CROSSES } outcome;

static outcome try_step(const drawing *d, pen *to, const mrse_slit **slit, double *slit_z_m)
{
    const mrse_survey *s = d->t->survey;
    const pen *p = &d->at;
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
    *to = put_pen(d, r, z, &sfg);
    double dr = r - p->r_m, dz = z - p->z_m, chord = hypot(dr, dz);
    bool forward = dr * p->tr + dz * p->tz > 0.7 * chord && dr * to->tr + dz * to->tz > 0.7 * chord;
    if (!forward || chord < 0.3 * h || chord > 1.7 * h)
        return STEP_TOO_LONG;
    /* A short chord may turn sharply, as it must at the surface of a winding. */
    if (p->tr * to->tr + p->tz * to->tz < 0.85 && chord > 0.2 * s->chord_m)
        return STEP_TOO_LONG;
    return sagitta(d->t, p, r, z) <= s->chord_m ? STEP_TAKEN : STEP_TOO_LONG;
}

/* ---- a kink or a saddle: look around on a small circle instead ---- */

typedef struct circle {
    const drawing *d;
    double radius_m;
} circle;

static void on_circle(const circle *c, double angle, double *r_m, double *z_m)
{
    const pen *p = &c->d->at;
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
    *y = misfit(c->d->t, &sfg);
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
static bool try_circle(const drawing *d, double radius_m, pen *to)
{
    circle c = {d, radius_m};
    double before = 0.0, best = INFINITY;
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
    if (!mrse_tracer_correct(d->t, 0.1 * radius_m, &r, &z, &sfg))
        return false;
    *to = put_pen(d, r, z, &sfg);
    return true;
}

static bool near_sheet(const drawing *d, double radius_m)
{
    for (size_t i = 0; i < d->t->survey->n_slits; i++) {
        const mrse_slit *slit = &d->t->survey->slit[i];
        if (fabs(d->at.r_m - slit->r_m) <= radius_m && d->at.z_m >= slit->z_min_m - radius_m &&
            d->at.z_m <= slit->z_max_m + radius_m)
            return true;
    }
    return false;
}

static bool look_around(const drawing *d, pen *to)
{
    double radius = 0.05 * fmin(d->t->survey->chord_m, d->at.length_m);
    for (int k = 0; k < 6; k++, radius *= 0.2)
        if (!near_sheet(d, 2.0 * radius) && try_circle(d, radius, to))
            return true;
    return false;
}

/* ---- ends ---- */

/* Where the line meets the axis (or z = 0 of a mirrored magnet), a little further on. */
static bool meet_border(const drawing *d, const pen *to, bool axis, double *r_m, double *z_m)
{
    double from = axis ? d->at.r_m : d->at.z_m, beyond = axis ? to->r_m : to->z_m;
    double part = from / (from - beyond);
    double r = axis ? 0.0 : d->at.r_m + part * (to->r_m - d->at.r_m);
    double z = axis ? d->at.z_m + part * (to->z_m - d->at.z_m) : 0.0;
    double *x = axis ? &z : &r, guess = *x, best = INFINITY;
    for (int k = 0; k < 2 * NEWTON_STEPS; k++) {
        mrse_sfg sfg;
        if (!mrse_tracer_probe(d->t, r, z, &sfg))
            return false;
        double f = misfit(d->t, &sfg);
        if (fabs(f) < best) {
            best = fabs(f);
            *r_m = r;
            *z_m = z;
        }
        if (fabs(f) <= LEVEL_AIM || (k > 3 && best <= 0.1 * LEVEL_ACCEPT))
            break;
        *x -= f * sfg.b_T / (axis ? sfg.grad_z_T_m : sfg.grad_r_T_m);
        if (!(fabs(*x - guess) <= d->step_m))
            return false;
    }
    return best <= LEVEL_ACCEPT && sagitta(d->t, &d->at, *r_m, *z_m) <= d->t->survey->chord_m;
}

static bool closes(const drawing *d, const pen *to)
{
    double dr = to->r_m - d->at.r_m, dz = to->z_m - d->at.z_m, chord = hypot(dr, dz);
    double br = d->first.r_m - d->at.r_m, bz = d->first.z_m - d->at.z_m;
    double along = (br * dr + bz * dz) / chord, off = fabs(br * dz - bz * dr) / chord;
    return d->curve->n > 2 && along > 0.0 && along <= chord && off <= 2.0 * d->t->survey->chord_m &&
           off <= 0.5 * chord && d->first.tr * dr + d->first.tz * dz > 0.5 * chord;
}

/* ---- sheets ---- */

/* Put the pen down where the line leaves a sheet, unless it is the place where it began. */
static mrse_status depart(drawing *d, mrse_departure how, const mrse_touch *touch,
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
    if (d->curve->n > 1 && hypot(leave.r_m - d->first.r_m, leave.z_m - d->first.z_m) < SAME_m) {
        d->curve->end = MRSE_END_NONE;
        *done = true;
        return mrse_curve_push(d->curve, d->first.r_m, d->first.z_m);
    }
    if (!mrse_tracer_probe(d->t, leave.r_m, leave.z_m, &sfg))
        return MRSE_ERR_NUMERIC;
    d->at = put_pen(d, leave.r_m, leave.z_m, &sfg);
    d->bend_per_m = 0.0;
    d->step_m = fmin(0.1 * d->at.length_m, 10.0 * d->t->survey->chord_m);
    return mrse_curve_push(d->curve, leave.r_m, leave.z_m);
}

static mrse_status along_sheet(drawing *d, mrse_touch *touch, bool *done)
{
    mrse_vertex leave = {0.0, 0.0};
    mrse_departure how = mrse_slit_follow(d->t, touch, &leave);
    return depart(d, how, touch, leave, done);
}

static mrse_status around_tip(drawing *d, const mrse_tip *tip, const pen *to, bool *done)
{
    mrse_vertex near = {to->r_m, to->z_m}, enter = {0.0, 0.0}, leave = {0.0, 0.0};
    mrse_touch touch = {0};
    mrse_departure how = mrse_tip_enter(d->t, tip, near, &enter, &touch, &leave);
    if (how == MRSE_DEPART_FAILED)
        return MRSE_ERR_NUMERIC;
    mrse_status status = mrse_curve_push(d->curve, enter.r_m, enter.z_m);
    return status ? status : depart(d, how, &touch, leave, done);
}

static mrse_status meet_sheet(drawing *d, const mrse_slit *slit, double z_m, bool *met, bool *done)
{
    mrse_touch touch = {slit, z_m, d->at.r_m < slit->r_m ? -1.0 : 1.0};
    *met = mrse_slit_meet(d->t, d->step_m, &touch);
    double r = mrse_touch_r_m(&touch);
    if (*met)
        *met = hypot(r - d->at.r_m, touch.z_m - d->at.z_m) <= 3.0 * d->step_m &&
               sagitta(d->t, &d->at, r, touch.z_m) <= d->t->survey->chord_m;
    if (!*met)
        return MRSE_OK;
    mrse_status status = mrse_curve_push(d->curve, r, touch.z_m);
    return status ? status : along_sheet(d, &touch, done);
}

/* ---- the line ---- */

static void adapt(drawing *d, const pen *to)
{
    double dr = to->r_m - d->at.r_m, dz = to->z_m - d->at.z_m, chord = hypot(dr, dz);
    double bend =
        atan2(to->tr * d->at.tz - to->tz * d->at.tr, to->tr * d->at.tr + to->tz * d->at.tz);
    /* The sign is that of try_step: towards +r, seen along +z. */
    d->bend_per_m = bend / chord;
    double longest = sqrt(6.0 * d->t->survey->chord_m / (fabs(d->bend_per_m) + 1e-9));
    double turn = 0.35 / (fabs(d->bend_per_m) + 1e-9);
    d->at = *to;
    d->step_m = fmin(fmin(2.0 * d->step_m, longest), fmin(turn, 0.5 * to->length_m));
}

static mrse_status finish(drawing *d, double r_m, double z_m, mrse_curve_end end, bool *done)
{
    d->curve->end = end;
    *done = true;
    return mrse_curve_push(d->curve, r_m, z_m);
}

static mrse_status accept(drawing *d, const pen *to, bool *done)
{
    const mrse_survey *s = d->t->survey;
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
    if (closes(d, to))
        return finish(d, d->first.r_m, d->first.z_m, MRSE_END_NONE, done);
    if (to->r_m > 2.0 * s->r_limit_m || fabs(to->z_m) > 2.0 * s->z_limit_m)
        return MRSE_ERR_RANGE;
    adapt(d, to);
    return mrse_curve_push(d->curve, to->r_m, to->z_m);
}

static mrse_status draw(drawing *d, bool *done)
{
    pen to;
    const mrse_slit *slit;
    double slit_z;
    outcome step = try_step(d, &to, &slit, &slit_z);
    mrse_tip tip;
    if (step == STEP_TAKEN)
        return mrse_tip_near(d->t->survey, to.r_m, to.z_m, &tip) ? around_tip(d, &tip, &to, done)
                                                                 : accept(d, &to, done);
    if (step == STEP_CROSSES) {
        bool met;
        mrse_status status = meet_sheet(d, slit, slit_z, &met, done);
        if (status || met)
            return status;
    }
    d->step_m *= 0.5;
    d->bend_per_m *= 0.5;
    double least = 0.05 * fmin(d->t->survey->chord_m, d->at.length_m);
    if (step == STEP_TOO_LONG && d->step_m < least && look_around(d, &to))
        return accept(d, &to, done);
    return d->step_m < STEP_LEAST_m ? MRSE_ERR_NUMERIC : MRSE_OK;
}

static mrse_status draw_from(drawing *d, const pen *start, mrse_touch *touch)
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
    drawing d = {.t = t, .curve = out, .turn = 1.0};
    mrse_sfg sfg;
    *out = (mrse_curve){0};
    if (!mrse_tracer_probe(t, seed.r_m, seed.z_m, &sfg) || sfg.grad_T_m == 0.0)
        return MRSE_ERR_NUMERIC;
    pen start = put_pen(&d, seed.r_m, seed.z_m, &sfg);
    bool leaves = axis ? start.tr < 0.0 : middle && start.tz < 0.0;
    if (touch)
        leaves = start.tr * touch->side < 0.0;
    if (leaves) {
        d.turn = -1.0;
        start = put_pen(&d, seed.r_m, seed.z_m, &sfg);
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
    start = put_pen(&d, seed.r_m, seed.z_m, &sfg);
    mrse_touch back = touch ? *touch : (mrse_touch){0};
    return draw_from(&d, &start, touch ? &back : NULL);
}

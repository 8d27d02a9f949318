/* How far the region above a level reaches. Vertices of a line under-read its largest radius by
 * millimetres: each extreme is solved for, as the point of the level where the other component of
 * grad |B| vanishes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"

enum { NEWTON_STEPS = 20 };
static const double LEVEL_AIM = 1e-12;
static const double LEVEL_NEAR = 3e-11;

/* ---- which lines are outermost ---- */

static bool encloses(const mrse_polyline *line, double r_m, double z_m)
{
    bool inside = false;
    for (size_t i = 0; i < line->n; i++) {
        size_t j = i + 1 < line->n ? i + 1 : 0;
        double z0 = line->z_m[i], z1 = line->z_m[j], r0 = line->r_m[i], r1 = line->r_m[j];
        if ((z0 > z_m) != (z1 > z_m) && r_m < r0 + (r1 - r0) * (z_m - z0) / (z1 - z0))
            inside = !inside;
    }
    return inside;
}

void mrse_lines_classify(mrse_contour *contour)
{
    for (size_t k = 0; k < contour->n_lines; k++) {
        mrse_polyline *line = &contour->line[k];
        line->outer = true;
        for (size_t m = 0; m < contour->n_lines && line->outer; m++) {
            /* Lines do not cross; three points guard against one that is within a chord's error. */
            unsigned inside = 0;
            for (size_t p = 1; p <= 3 && m != k; p++) {
                size_t i = p * line->n / 4;
                inside += encloses(&contour->line[m], line->r_m[i], line->z_m[i]) ? 1 : 0;
            }
            line->outer = inside < 2;
        }
    }
}

/* ---- extremes ---- */

typedef struct extreme {
    const mrse_tracer *t;
    bool radial;    /* an extreme of r, as a function of z; else of z, as a function of r */
    double value_m; /* the last solution, where the next search starts */
    double within_m;
} extreme;

/* The point of the level at this z (or r): one-dimensional Newton from e->value_m. */
static bool settle(extreme *e, double other_m, mrse_sfg *out)
{
    double x = e->value_m, best = HUGE_VAL;
    for (int k = 0; k < NEWTON_STEPS; k++) {
        mrse_sfg sfg;
        if (!mrse_tracer_probe(e->t, e->radial ? x : other_m, e->radial ? other_m : x, &sfg))
            return false;
        double f = log(sfg.b_T / e->t->level_T);
        if (fabs(f) < best) {
            best = fabs(f);
            e->value_m = x;
            *out = sfg;
        }
        if (fabs(f) <= LEVEL_AIM || (k > 3 && best <= LEVEL_NEAR))
            break;
        double next = x - f * sfg.b_T / (e->radial ? sfg.grad_r_T_m : sfg.grad_z_T_m);
        if (!(fabs(next - x) <= e->within_m))
            return false;
        x = next;
    }
    return isfinite(best) && best <= mrse_tracer_slack(e->value_m, other_m, out);
}

static mrse_status slant(void *context, double other_m, double *y)
{
    extreme *e = context;
    mrse_sfg sfg;
    if (!settle(e, other_m, &sfg))
        return MRSE_ERR_NUMERIC;
    *y = (e->radial ? sfg.grad_z_T_m : sfg.grad_r_T_m) / sfg.grad_T_m;
    return MRSE_OK;
}

typedef struct found {
    double value_m, other_m; /* the extreme coordinate, times sign; the other one */
} found;

/* Between the neighbours a and b of a vertex that is the largest of the three. */
static void refine(const mrse_tracer *t, bool radial, const double a[2], const double b[2],
                   double sign, found *top)
{
    double ends[2] = {a[1], b[1]}, y[2], other;
    extreme e = {t, radial, a[0], fabs(b[1] - a[1]) + fabs(top->value_m - sign * a[0])};
    if (ends[0] == ends[1] || slant(&e, ends[0], &y[0]))
        return;
    e.value_m = b[0];
    if (slant(&e, ends[1], &y[1]))
        return;
    e.value_m = sign * top->value_m;
    /* Without a root between them the line has a kink here (the surface of a winding): then the
     * vertex is as close as its chord. */
    if (mrse_brent_root(slant, &e, ends, y, 1e-14, &other))
        return;
    mrse_sfg sfg;
    if (settle(&e, other, &sfg) && sign * e.value_m >= top->value_m) {
        top->value_m = sign * e.value_m;
        top->other_m = other;
    }
}

static void point_of(const mrse_polyline *line, size_t i, bool radial, double out[2])
{
    out[0] = radial ? line->r_m[i] : line->z_m[i];
    out[1] = radial ? line->z_m[i] : line->r_m[i];
}

static void extreme_of_line(const mrse_tracer *t, const mrse_polyline *line, bool radial,
                            double sign, found *best)
{
    const double *x = radial ? line->r_m : line->z_m;
    double top = -HUGE_VAL;
    for (size_t i = 0; i < line->n; i++)
        top = fmax(top, sign * x[i]);
    for (size_t i = 0; i < line->n; i++) {
        bool end = !line->closed && (i == 0 || i + 1 == line->n);
        size_t before = i > 0 ? i - 1 : line->n - 2, after = i + 1 < line->n ? i + 1 : 1;
        if (sign * x[i] < top - 2.0 * t->survey->chord_m)
            continue;
        double here[2], a[2], b[2];
        point_of(line, i, radial, here);
        found f = {sign * here[0], here[1]};
        if (!end && sign * x[before] <= f.value_m && sign * x[after] <= f.value_m) {
            point_of(line, before, radial, a);
            point_of(line, after, radial, b);
            refine(t, radial, a, b, sign, &f);
        }
        /* Of two mirror images the one at positive z. */
        bool same = fabs(f.value_m - best->value_m) < 1e-10;
        if (same ? radial && f.other_m > best->other_m : f.value_m > best->value_m)
            *best = f;
    }
}

static mrse_status slope_at(const mrse_tracer *t, double r_m, double z_m, double *slope_T_m)
{
    mrse_sfg sfg;
    if (!mrse_tracer_probe(t, r_m, z_m, &sfg))
        return MRSE_ERR_NUMERIC;
    *slope_T_m = sfg.grad_T_m;
    return MRSE_OK;
}

static mrse_status largest(const mrse_tracer *t, mrse_contour *c)
{
    found r = {-HUGE_VAL, -HUGE_VAL}, z = {-HUGE_VAL, 0.0};
    for (size_t k = 0; k < c->n_lines; k++) {
        if (!c->line[k].outer)
            continue;
        extreme_of_line(t, &c->line[k], true, 1.0, &r);
        extreme_of_line(t, &c->line[k], false, 1.0, &z);
        if (!t->survey->mirrored)
            extreme_of_line(t, &c->line[k], false, -1.0, &z);
    }
    mrse_extents *e = &c->extents;
    e->r_max_m = r.value_m;
    e->z_at_r_max_m = r.other_m;
    e->z_max_m = z.value_m;
    e->r_at_z_max_m = z.other_m;
    mrse_status status = slope_at(t, r.value_m, r.other_m, &e->slope_r_max_T_m);
    return status ? status : slope_at(t, z.other_m, z.value_m, &e->slope_z_max_T_m);
}

/* ---- where the outermost lines meet the axis and the plane z = 0 ---- */

static mrse_status meet_axis(const mrse_tracer *t, mrse_contour *c)
{
    double z = (double)NAN;
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        for (size_t i = 0; i < 2 && line->outer && !line->closed; i++) {
            double end = line->z_m[i * (line->n - 1)];
            if (!(fabs(end) <= fabs(z)))
                z = end;
        }
    }
    if (isnan(z))
        return MRSE_OK;
    c->extents.z_axis_m = fabs(z);
    return slope_at(t, 0.0, z, &c->extents.slope_z_axis_T_m);
}

static mrse_status meet_middle(const mrse_tracer *t, mrse_contour *c)
{
    extreme e = {t, true, 0.0, 0.1};
    mrse_sfg sfg;
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        for (size_t i = 0; i + 1 < line->n && line->outer; i++) {
            double z0 = line->z_m[i], z1 = line->z_m[i + 1];
            if ((z0 > 0.0) == (z1 > 0.0) && z0 != 0.0)
                continue;
            double part = z0 == z1 ? 0.0 : z0 / (z0 - z1);
            e.value_m = line->r_m[i] + part * (line->r_m[i + 1] - line->r_m[i]);
            if (e.value_m < c->extents.r_mid_m)
                continue;
            /* Along a sheet the line is where the sheet is. */
            double r = e.value_m;
            if (!settle(&e, 0.0, &sfg)) {
                e.value_m = r;
                if (!mrse_tracer_probe_beside(t, r, 0.0, &sfg))
                    return MRSE_ERR_NUMERIC;
            }
            c->extents.r_mid_m = e.value_m;
            c->extents.slope_r_mid_T_m = fabs(sfg.grad_r_T_m);
        }
    }
    return MRSE_OK;
}

mrse_status mrse_lines_extents(const mrse_tracer *t, mrse_contour *c)
{
    const double none = (double)NAN;
    c->extents = (mrse_extents){none, none, none, none, none, none, none, none, none, none};
    if (c->n_lines == 0)
        return MRSE_OK;
    mrse_status status = largest(t, c);
    if (!status)
        status = meet_axis(t, c);
    if (!status)
        status = meet_middle(t, c);
    return status;
}

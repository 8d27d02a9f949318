/* All lines of one level: wherever the map shows that the level is passed, and at every spot that
 * the map may hide, unless a line already found goes through there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

enum { LINES_MAX = 1000, BISECTIONS = 30, RAY_STEPS = 60 };

void mrse_curves_free(mrse_curves *curves)
{
    for (size_t i = 0; i < curves->n; i++)
        mrse_free(curves->curve[i].vertex);
    mrse_free(curves->curve);
    *curves = (mrse_curves){0};
}

static mrse_status push_curve(mrse_curves *curves, const mrse_curve *curve)
{
    if (curves->n == LINES_MAX)
        return MRSE_ERR_LIMIT;
    if (curves->n == curves->capacity) {
        size_t capacity = curves->capacity ? 2 * curves->capacity : 8;
        mrse_curve *grown = mrse_realloc(curves->curve, capacity, sizeof(mrse_curve));
        if (!grown)
            return MRSE_ERR_NOMEM;
        curves->curve = grown;
        curves->capacity = capacity;
    }
    curves->curve[curves->n++] = *curve;
    return MRSE_OK;
}

static double chord_distance(mrse_vertex a, mrse_vertex b, double r_m, double z_m)
{
    double dr = b.r_m - a.r_m, dz = b.z_m - a.z_m, square = dr * dr + dz * dz;
    double part = square > 0.0 ? ((r_m - a.r_m) * dr + (z_m - a.z_m) * dz) / square : 0.0;
    part = fmin(fmax(part, 0.0), 1.0);
    return hypot(r_m - a.r_m - part * dr, z_m - a.z_m - part * dz);
}

static bool on_known_line(const mrse_curves *curves, double r_m, double z_m, double tol_m)
{
    for (size_t k = 0; k < curves->n; k++) {
        const mrse_curve *c = &curves->curve[k];
        for (size_t i = 0; i + 1 < c->n; i++) {
            mrse_vertex a = c->vertex[i], b = c->vertex[i + 1];
            if (r_m < fmin(a.r_m, b.r_m) - tol_m || r_m > fmax(a.r_m, b.r_m) + tol_m ||
                z_m < fmin(a.z_m, b.z_m) - tol_m || z_m > fmax(a.z_m, b.z_m) + tol_m)
                continue;
            if (chord_distance(a, b, r_m, z_m) <= tol_m)
                return true;
        }
    }
    return false;
}

/* ---- a stretch of a grid line, or of a ray, on which the level is passed ---- */

typedef struct stretch {
    const mrse_tracer *t;
    double r_m[2], z_m[2], misfit[2]; /* ln(|B| / level) at the ends, of opposite sign */
} stretch;

static mrse_status stretch_misfit(void *context, double part, double *y)
{
    const stretch *s = context;
    double r = s->r_m[0] + part * (s->r_m[1] - s->r_m[0]);
    double z = s->z_m[0] + part * (s->z_m[1] - s->z_m[0]);
    mrse_sfg sfg;
    if (!mrse_tracer_probe_beside(s->t, r, z, &sfg))
        return MRSE_ERR_NUMERIC;
    *y = log(sfg.b_T / s->t->level_T);
    return MRSE_OK;
}

static mrse_status trace_and_keep(const mrse_tracer *t, mrse_vertex seed, const mrse_touch *touch,
                                  mrse_curves *curves)
{
    mrse_curve curve;
    mrse_tip tip;
    if (mrse_tip_near(t->survey, seed.r_m, seed.z_m, 1.0, &tip)) {
        /* Inside the disk about an edge only what comes out of it counts. */
        mrse_touch along;
        mrse_vertex leave;
        if (mrse_tip_enter(t, &tip, seed, &seed, &along, &leave) == MRSE_DEPART_FAILED ||
            on_known_line(curves, seed.r_m, seed.z_m, 1e-3 * tip.circle_m))
            return MRSE_OK;
        touch = NULL;
    }
    mrse_status status = mrse_curve_trace(t, seed, touch, &curve);
    if (!status)
        status = push_curve(curves, &curve);
    if (status)
        mrse_free(curve.vertex);
    return status;
}

/* The level is passed by a jump: a sheet lies across. Its line starts where a side has the level. */
static mrse_status seed_on_sheet(const mrse_tracer *t, mrse_vertex place, mrse_curves *curves)
{
    const contour_survey *s = t->survey;
    double near = 1e-6 * place.r_m;
    mrse_vertex from = {place.r_m - near, place.z_m}, to = {place.r_m + near, place.z_m}, leave;
    double z;
    mrse_touch touch = {mrse_slit_crossed(s, from, to, &z), place.z_m, 1.0};
    if (!touch.slit)
        return MRSE_ERR_NUMERIC;
    mrse_departure how = mrse_slit_start(t, 1.0, &touch, &leave);
    if (how == MRSE_DEPART_FAILED || how == MRSE_DEPART_MIDDLE)
        return MRSE_ERR_NUMERIC;
    bool tip = how == MRSE_DEPART_TIP;
    if (!tip)
        leave = (mrse_vertex){mrse_touch_r_m(&touch), touch.z_m};
    if (on_known_line(curves, leave.r_m, leave.z_m, 2.0 * s->chord_m))
        return MRSE_OK;
    return trace_and_keep(t, leave, tip ? NULL : &touch, curves);
}

static mrse_status seed_exactly(stretch *s, mrse_curves *curves)
{
    static const double ends[2] = {0.0, 1.0};
    double part, y, chord = s->t->survey->chord_m;
    if (mrse_brent_root(stretch_misfit, s, ends, s->misfit, 1e-15, &part))
        return MRSE_ERR_NUMERIC;
    double r = s->r_m[0] + part * (s->r_m[1] - s->r_m[0]);
    double z = s->z_m[0] + part * (s->z_m[1] - s->z_m[0]);
    if (on_known_line(curves, r, z, 1.5 * chord))
        return MRSE_OK;
    mrse_vertex seed = {r, z};
    if (stretch_misfit(s, part, &y) || fabs(y) > 1e-6)
        return seed_on_sheet(s->t, seed, curves);
    mrse_sfg sfg;
    if (!mrse_tracer_correct(s->t, chord, &seed.r_m, &seed.z_m, &sfg))
        return MRSE_ERR_NUMERIC;
    /* On a border there is no way but along it. */
    if (r == 0.0)
        seed.r_m = 0.0;
    if (z == 0.0)
        seed.z_m = 0.0;
    return trace_and_keep(s->t, seed, NULL, curves);
}

/* ---- the map ---- */

/* Where ln |B| passes the level between two nodes, from values and slopes at both. */
static double hermite_part(double f0, double f1, double slope0, double slope1)
{
    double a = 0.0, b = 1.0;
    for (int k = 0; k < BISECTIONS; k++) {
        double x = 0.5 * (a + b), u = 1.0 - x;
        double f = (1.0 + 2.0 * x) * u * u * f0 + x * x * (3.0 - 2.0 * x) * f1 +
                   x * u * u * slope0 - x * x * u * slope1;
        if ((f > 0.0) == (f0 > 0.0))
            a = x;
        else
            b = x;
    }
    return 0.5 * (a + b);
}

static mrse_status look_at_edge(const mrse_tracer *t, size_t i, size_t j, bool along_r,
                                mrse_curves *curves)
{
    const contour_survey *s = t->survey;
    size_t p = j * s->n_r + i, q = along_r ? p + 1 : p + s->n_r;
    if ((s->b_T[p] > t->level_T) == (s->b_T[q] > t->level_T))
        return MRSE_OK;
    stretch e = {.t = t,
                 .r_m = {s->r_m[i], s->r_m[along_r ? i + 1 : i]},
                 .z_m = {s->z_m[j], s->z_m[along_r ? j : j + 1]}};
    const double *slope = along_r ? s->grad_r_T_m : s->grad_z_T_m;
    double length = along_r ? e.r_m[1] - e.r_m[0] : e.z_m[1] - e.z_m[0];
    double least = 1e-30 * t->level_T;
    e.misfit[0] = log(fmax(s->b_T[p], least) / t->level_T);
    e.misfit[1] = log(fmax(s->b_T[q], least) / t->level_T);
    double part = hermite_part(e.misfit[0], e.misfit[1], slope[p] / s->b_T[p] * length,
                               slope[q] / s->b_T[q] * length);
    double r = e.r_m[0] + part * (e.r_m[1] - e.r_m[0]);
    double z = e.z_m[0] + part * (e.z_m[1] - e.z_m[0]);
    if (on_known_line(curves, r, z, 2.0 * s->chord_m))
        return MRSE_OK;
    return seed_exactly(&e, curves);
}

/* Lines that reach the axis or the plane of symmetry are started there, where they end. */
static mrse_status look_at_borders(const mrse_tracer *t, mrse_curves *curves)
{
    const contour_survey *s = t->survey;
    mrse_status status = MRSE_OK;
    for (size_t j = s->n_z - 1; j-- > 0 && !status;)
        status = look_at_edge(t, 0, j, false, curves);
    for (size_t i = s->n_r - 1; i-- > 0 && !status && s->mirrored;)
        status = look_at_edge(t, i, 0, true, curves);
    return status;
}

static mrse_status look_at_map(const mrse_tracer *t, mrse_curves *curves)
{
    const contour_survey *s = t->survey;
    mrse_status status = MRSE_OK;
    for (size_t j = 0; j < s->n_z && !status; j++)
        for (size_t i = 0; i < s->n_r && !status; i++) {
            if (i + 1 < s->n_r)
                status = look_at_edge(t, i, j, true, curves);
            if (j + 1 < s->n_z && !status)
                status = look_at_edge(t, i, j, false, curves);
        }
    return status;
}

/* ---- spots ---- */

static size_t cell_of(const double *x_m, size_t n, double at_m)
{
    size_t low = 0, high = n - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (x_m[middle] <= at_m)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Whether the spot is on one side of the level and all corners of its cell on the other. */
static bool hidden(const mrse_tracer *t, const mrse_spot *spot, double *size_m)
{
    const contour_survey *s = t->survey;
    size_t i = cell_of(s->r_m, s->n_r, spot->r_m), j = cell_of(s->z_m, s->n_z, spot->z_m);
    bool above = spot->b_T > t->level_T;
    *size_m = fmax(s->r_m[i + 1] - s->r_m[i], s->z_m[j + 1] - s->z_m[j]);
    for (size_t k = 0; k < 4; k++)
        if ((s->b_T[(j + k / 2) * s->n_r + i + k % 2] > t->level_T) == above)
            return false;
    return true;
}

/* Straight out from the spot, in steps that grow, until the level is passed. */
static mrse_status look_from_spot(const mrse_tracer *t, const mrse_spot *spot, double size_m,
                                  mrse_curves *curves)
{
    static const double way[4][2] = {{1.0, 0.0}, {-1.0, 0.0}, {0.0, 1.0}, {0.0, -1.0}};
    double first = log(fmax(spot->b_T, 1e-30 * t->level_T) / t->level_T);
    for (int k = 0; k < 4; k++) {
        stretch e = {
            .t = t, .r_m = {spot->r_m, 0.0}, .z_m = {spot->z_m, 0.0}, .misfit = {first, 0.0}};
        double away = 0.1 * t->survey->chord_m;
        for (int step = 0; step < RAY_STEPS && away < 3.0 * size_m; step++) {
            e.r_m[1] = spot->r_m + way[k][0] * away;
            e.z_m[1] = spot->z_m + way[k][1] * away;
            if (e.r_m[1] < 0.0 || stretch_misfit(&e, 1.0, &e.misfit[1]))
                break;
            bool passed = (e.misfit[1] > 0.0) != (first > 0.0);
            if (passed && away <= t->survey->chord_m)
                break; /* that way at least, the island is too small to be drawn */
            if (passed)
                return seed_exactly(&e, curves);
            e.r_m[0] = e.r_m[1];
            e.z_m[0] = e.z_m[1];
            e.misfit[0] = e.misfit[1];
            away *= 1.5;
        }
    }
    return MRSE_OK;
}

static mrse_status look_at_spots(const mrse_tracer *t, mrse_curves *curves)
{
    mrse_status status = MRSE_OK;
    for (size_t k = 0; k < t->survey->n_spots && !status; k++) {
        double size;
        if (hidden(t, &t->survey->spot[k], &size))
            status = look_from_spot(t, &t->survey->spot[k], size, curves);
    }
    return status;
}

/* Lines that touch a sheet pass the level along one of its faces. */
static mrse_status look_at_faces(const mrse_tracer *t, mrse_curves *curves)
{
    const contour_survey *s = t->survey;
    mrse_status status = MRSE_OK;
    for (size_t k = 0; k < 2 * s->n_slits && !status; k++) {
        const mrse_slit *slit = &s->slit[k / 2];
        const mrse_scan *face = slit->face[k % 2];
        for (size_t i = 0; face && i + 1 < face->n && !status; i++) {
            mrse_touch touch;
            if (!mrse_slit_crossing(t, slit, (int)(k % 2), i, &touch))
                continue;
            mrse_vertex seed = {mrse_touch_r_m(&touch), touch.z_m};
            /* Both faces are 1e-9 of the radius apart, and each has its own line. */
            if (!on_known_line(curves, seed.r_m, seed.z_m, 0.2 * s->chord_m))
                status = trace_and_keep(t, seed, &touch, curves);
        }
    }
    return status;
}

mrse_status mrse_curves_find(const mrse_tracer *t, mrse_curves *out)
{
    *out = (mrse_curves){0};
    mrse_status status = look_at_borders(t, out);
    if (!status)
        status = look_at_faces(t, out);
    if (!status)
        status = look_at_spots(t, out);
    if (!status)
        status = look_at_map(t, out);
    if (status)
        mrse_curves_free(out);
    return status;
}

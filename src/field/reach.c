/* The largest |B|, gradient and force product in the region that people can reach: the bore and
 * everything in front of the covers.
 * In free space |B| is largest on the boundary of a region and the others usually are, so the
 * boundary is searched line by line, exactly; the inside is then searched for anything larger.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maximum_internal.h"
#include "mrse/alloc.h"

static const double FAR_m = 10.0;
/* Cells no larger than this part of the distance to the windings. */
static const double CELL = 0.5;
static const double CANDIDATE = 0.9;
enum { STARTS = 4, DEPTH_MAX = 20, FIRST_CELLS = 512, BOXES_MAX = 3 };

typedef struct cell {
    double r_m, z_m, size_m;
    double value[MRSE_QUANTITIES];
    const mrse_box *box;
    bool used;
} cell;

typedef struct search {
    const mrse_magnet *magnet;
    mrse_box box[BOXES_MAX];
    size_t n_boxes;
    cell *cell;
    size_t n, capacity;
    mrse_peak best[MRSE_QUANTITIES];
} search;

static bool winding_within_reach(const mrse_magnet *magnet, const mrse_reach *reach)
{
    for (size_t i = 0; i < magnet->n; i++) {
        mrse_box box = mrse_winding_box(&magnet->source[i]);
        double half = reach->cover_half_length_m;
        if (box.z_max_m >= half || box.z_min_m <= -half || box.r_min_m <= reach->bore_radius_m)
            return true;
    }
    return false;
}

/* ---- the boundary ---- */

static mrse_status search_line(search *s, bool radial, double fixed_m, double from_m, double to_m)
{
    mrse_scan *scan = NULL;
    mrse_status status = mrse_scan_create(s->magnet, radial, fixed_m, from_m, to_m, &scan);
    for (int q = 0; q < MRSE_QUANTITIES && !status; q++) {
        mrse_peak peak = {0};
        status = mrse_scan_peak(scan, (mrse_quantity)q, &peak);
        if (!status && peak.value > s->best[q].value)
            s->best[q] = peak;
    }
    mrse_scan_free(scan);
    return status;
}

static mrse_status search_boundary(search *s, const mrse_reach *reach, bool mirrored)
{
    double half = reach->cover_half_length_m, radius = reach->bore_radius_m;
    double back = mirrored ? 0.0 : -half;
    mrse_status status = search_line(s, false, radius, back, half);
    if (!status)
        status = search_line(s, true, half, radius, FAR_m);
    if (!status && !mirrored)
        status = search_line(s, true, -half, radius, FAR_m);
    if (!status)
        status = search_line(s, false, 0.0, mirrored ? 0.0 : -half - FAR_m, half + FAR_m);
    return status;
}

/* ---- the inside ---- */

static mrse_status push_cell(search *s, cell c)
{
    if (s->n == s->capacity) {
        size_t capacity = s->capacity ? 2 * s->capacity : FIRST_CELLS;
        cell *grown = mrse_realloc(s->cell, capacity, sizeof(cell));
        if (!grown)
            return MRSE_ERR_NOMEM;
        s->cell = grown;
        s->capacity = capacity;
    }
    s->cell[s->n++] = c;
    return MRSE_OK;
}

static mrse_status divide(search *s, const mrse_box *whole, mrse_box part, int depth)
{
    double dr = part.r_max_m - part.r_min_m, dz = part.z_max_m - part.z_min_m;
    double r = part.r_min_m + 0.5 * dr, z = part.z_min_m + 0.5 * dz;
    double least = CELL * mrse_windings_scale_m(s->magnet, r, z);
    if (depth == DEPTH_MAX || fmax(dr, dz) <= least) {
        cell c = {.r_m = r, .z_m = z, .size_m = fmax(dr, dz), .box = whole};
        return push_cell(s, c);
    }
    mrse_box low = part, high = part;
    if (dr > dz)
        low.r_max_m = high.r_min_m = r;
    else
        low.z_max_m = high.z_min_m = z;
    mrse_status status = divide(s, whole, low, depth + 1);
    return status ? status : divide(s, whole, high, depth + 1);
}

static mrse_status evaluate_cells(search *s)
{
    size_t n = s->n;
    double *block = mrse_alloc(5 * n, sizeof(double));
    if (!block)
        return MRSE_ERR_NOMEM;
    double *value[MRSE_QUANTITIES] = {block + 2 * n, block + 3 * n, block + 4 * n};
    for (size_t i = 0; i < n; i++) {
        block[i] = s->cell[i].r_m;
        block[n + i] = s->cell[i].z_m;
    }
    mrse_field_arrays out = {.b_T = value[MRSE_QUANTITY_B],
                             .grad_T_m = value[MRSE_QUANTITY_GRAD],
                             .product_T2_m = value[MRSE_QUANTITY_PRODUCT]};
    mrse_status status = mrse_field_batch(s->magnet, n, block, block + n, &out, 1);
    for (size_t i = 0; i < n && !status; i++)
        for (int q = 0; q < MRSE_QUANTITIES; q++) {
            s->cell[i].value[q] = value[q][i];
            if (!isfinite(value[q][i]))
                status = MRSE_ERR_RANGE;
        }
    mrse_free(block);
    return status;
}

/* Compass search within the box of its cell, down to steps of `least_m`. */
static mrse_status ascend(const search *s, const mrse_box *box, mrse_quantity q, double step_m,
                          double least_m, mrse_peak *p)
{
    static const double way[4][2] = {{1.0, 0.0}, {-1.0, 0.0}, {0.0, 1.0}, {0.0, -1.0}};
    while (step_m > least_m) {
        bool moved = false;
        for (int k = 0; k < 4; k++) {
            double r = fmin(fmax(p->r_m + way[k][0] * step_m, box->r_min_m), box->r_max_m);
            double z = fmin(fmax(p->z_m + way[k][1] * step_m, box->z_min_m), box->z_max_m);
            if (r == p->r_m && z == p->z_m)
                continue;
            mrse_sfg sfg;
            mrse_status status = mrse_sfg_at(s->magnet, r, z, &sfg);
            if (status)
                return status;
            if (mrse_quantity_of(&sfg, q) > p->value) {
                *p = (mrse_peak){mrse_quantity_of(&sfg, q), r, z};
                moved = true;
            }
        }
        step_m *= moved ? 1.0 : 0.5;
    }
    return MRSE_OK;
}

static cell *best_unused(search *s, mrse_quantity q)
{
    cell *top = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (!s->cell[i].used && (!top || s->cell[i].value[q] > top->value[q]))
            top = &s->cell[i];
    if (!top || top->value[q] < CANDIDATE * s->best[q].value)
        return NULL;
    for (size_t i = 0; i < s->n; i++)
        if (hypot(s->cell[i].r_m - top->r_m, s->cell[i].z_m - top->z_m) < 2.0 * top->size_m)
            s->cell[i].used = true;
    return top;
}

static mrse_status search_inside(search *s, mrse_quantity q)
{
    const double rough_m = 1e-3, fine_m = 1e-8;
    for (size_t i = 0; i < s->n; i++)
        s->cell[i].used = false;
    for (int k = 0; k < STARTS; k++) {
        const cell *c = best_unused(s, q);
        if (!c)
            return MRSE_OK;
        mrse_peak p = {c->value[q], c->r_m, c->z_m};
        mrse_status status = ascend(s, c->box, q, 0.5 * c->size_m, rough_m, &p);
        if (status)
            return status;
        bool known = hypot(p.r_m - s->best[q].r_m, p.z_m - s->best[q].z_m) < 3.0 * rough_m;
        if (p.value < s->best[q].value && (known || p.value < (1.0 - 1e-4) * s->best[q].value))
            continue;
        status = ascend(s, c->box, q, rough_m, fine_m, &p);
        if (status)
            return status;
        if (p.value > s->best[q].value)
            s->best[q] = p;
    }
    return MRSE_OK;
}

static mrse_status run(search *s, const mrse_reach *reach)
{
    double half = reach->cover_half_length_m, radius = reach->bore_radius_m;
    bool mirrored;
    mrse_status status = mrse_windings_mirrored(s->magnet, &mirrored);
    if (!status)
        status = search_boundary(s, reach, mirrored);
    s->box[s->n_boxes++] = (mrse_box){0.0, radius, mirrored ? 0.0 : -half, half};
    s->box[s->n_boxes++] = (mrse_box){0.0, FAR_m, half, half + FAR_m};
    if (!mirrored)
        s->box[s->n_boxes++] = (mrse_box){0.0, FAR_m, -half - FAR_m, -half};
    for (size_t i = 0; i < s->n_boxes && !status; i++)
        status = divide(s, &s->box[i], s->box[i], 0);
    if (!status)
        status = evaluate_cells(s);
    for (int q = 0; q < MRSE_QUANTITIES && !status; q++)
        status = search_inside(s, (mrse_quantity)q);
    mrse_free(s->cell);
    return status;
}

mrse_status mrse_reach_search(const mrse_magnet *magnet, const mrse_reach *reach,
                              mrse_reach_maxima *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_reach_maxima){0};
    if (!reach || !isfinite(reach->bore_radius_m) || !isfinite(reach->cover_half_length_m) ||
        reach->bore_radius_m <= 0.0 || reach->cover_half_length_m <= 0.0)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_windings_check(magnet);
    if (status)
        return status;
    if (reach->bore_radius_m > FAR_m || winding_within_reach(magnet, reach))
        return MRSE_ERR_RANGE;
    search s = {.magnet = magnet};
    status = run(&s, reach);
    if (status)
        return status;
    out->b = s.best[MRSE_QUANTITY_B];
    out->grad = s.best[MRSE_QUANTITY_GRAD];
    out->product = s.best[MRSE_QUANTITY_PRODUCT];
    return MRSE_OK;
}

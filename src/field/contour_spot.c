/* Where a line can hide between the nodes of the map: |B| has no maximum in free space, so high
 * islands are at the windings; low ones are at nulls and minima of |B|.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

enum {
    NEWTON_STEPS = 12,
    PLACES = 6,
    MINIMA_MAX = 512,
    LATTICE_MIN = 5,
    LATTICE_MAX = 25,
    WORK = 3 * LATTICE_MAX * LATTICE_MAX
};
/* Windings are looked at on a lattice of this spacing, unless they are very large. */
static const double LATTICE_m = 0.01;
/* The field of an ideal wire or edge grows without limit: islands smaller than this are its own. */
static const double WIRE_m = 1e-3;
static const double WIRE_PART = 0.01;

/* ---- sheets ---- */

static bool joined(const mrse_slit *a, const mrse_slit *b)
{
    double near = 1e-9 * a->r_m;
    return fabs(a->r_m - b->r_m) <= near && a->z_min_m <= b->z_max_m + near &&
           b->z_min_m <= a->z_max_m + near;
}

mrse_status contour_survey_find_slits(contour_survey *survey)
{
    survey->slit = mrse_alloc(survey->magnet->n, sizeof(mrse_slit));
    if (!survey->slit)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < survey->magnet->n; i++) {
        const mrse_source *source = &survey->magnet->source[i];
        if (source->type != MRSE_SOURCE_SHEET || source->current_A == 0.0)
            continue;
        mrse_slit slit = {.r_m = source->r1_m, .z_min_m = source->z1_m, .z_max_m = source->z2_m};
        for (size_t k = survey->n_slits; k-- > 0;) {
            mrse_slit *other = &survey->slit[k];
            if (!joined(&slit, other))
                continue;
            slit.z_min_m = fmin(slit.z_min_m, other->z_min_m);
            slit.z_max_m = fmax(slit.z_max_m, other->z_max_m);
            *other = survey->slit[--survey->n_slits];
            k = survey->n_slits;
        }
        survey->slit[survey->n_slits++] = slit;
    }
    return mrse_slit_scan(survey);
}

/* ---- high spots ---- */

/* Beside a wire or the edge of a sheet, where no lattice helps. */
static size_t list_places(const mrse_source *source, mrse_spot out[PLACES])
{
    mrse_box box = mrse_winding_box(source);
    double beside = fmin(WIRE_m, WIRE_PART * box.r_max_m);
    double middle = 0.5 * (box.z_min_m + box.z_max_m), half = 0.5 * (box.z_max_m - box.z_min_m);
    half -= fmin(beside, 0.25 * half);
    bool loop = source->type == MRSE_SOURCE_LOOP;
    size_t n = 0;
    for (int j = loop ? 0 : -1; j <= (loop ? 0 : 1); j++)
        for (int i = -1; i <= 1; i += 2)
            out[n++] = (mrse_spot){box.r_min_m + i * beside, middle + j * half, 0.0};
    return n;
}

static mrse_status high_spot(contour_survey *survey, const mrse_source *source)
{
    mrse_spot place[PLACES], *top = &survey->spot[survey->n_spots];
    size_t n = list_places(source, place);
    *top = place[0];
    for (size_t i = 0; i < n; i++) {
        mrse_sfg sfg;
        mrse_status status = mrse_sfg_at(survey->magnet, place[i].r_m, place[i].z_m, &sfg);
        if (status == MRSE_ERR_RANGE)
            continue; /* two windings share an edge: another place will do */
        if (status)
            return status;
        place[i].b_T = sfg.b_T;
        if (sfg.b_T > top->b_T)
            *top = place[i];
    }
    survey->n_spots++;
    return MRSE_OK;
}

/* ---- low spots ---- */

/* |B| at the nodes of a rectangular mesh, node (i, j) at j * n_r + i. */
typedef struct mesh {
    const double *r_m, *z_m, *b_T;
    size_t n_r, n_z;
} mesh;

static bool lowest_around(const mesh *m, size_t i, size_t j)
{
    double b = m->b_T[j * m->n_r + i];
    if (b <= 0.0)
        return false; /* below every level: seen without help */
    for (size_t y = j > 0 ? j - 1 : 0; y <= j + 1 && y < m->n_z; y++)
        for (size_t x = i > 0 ? i - 1 : 0; x <= i + 1 && x < m->n_r; x++)
            if (m->b_T[y * m->n_r + x] < b)
                return false;
    return true;
}

/* Newton on the two components: exact when the minimum is a null. */
static mrse_status towards_null(const contour_survey *survey, double within_m, mrse_spot *spot)
{
    double r = spot->r_m, z = spot->z_m;
    for (int k = 0; k < NEWTON_STEPS; k++) {
        mrse_field f;
        mrse_status status = mrse_field_at(survey->magnet, r, z, &f);
        if (status)
            return status == MRSE_ERR_RANGE ? MRSE_OK : status;
        double b = hypot(f.br_T, f.bz_T);
        if (k > 0 && b >= spot->b_T)
            return MRSE_OK;
        *spot = (mrse_spot){r, z, b};
        double det = f.dbr_dr_T_m * f.dbz_dz_T_m - f.dbr_dz_T_m * f.dbz_dr_T_m;
        double dr = (f.dbr_dz_T_m * f.bz_T - f.dbz_dz_T_m * f.br_T) / det;
        double dz = (f.dbz_dr_T_m * f.br_T - f.dbr_dr_T_m * f.bz_T) / det;
        if (!(hypot(dr, dz) <= within_m))
            return MRSE_OK;
        r = fabs(r + dr);
        z += dz;
    }
    return MRSE_OK;
}

/* Compass search: down with sign = 1, up with sign = -1. */
static mrse_status settle(const contour_survey *survey, double sign, double step_m, mrse_spot *spot)
{
    static const double way[4][2] = {{1.0, 0.0}, {-1.0, 0.0}, {0.0, 1.0}, {0.0, -1.0}};
    for (double least_m = 1e-3 * step_m; step_m > least_m;) {
        bool moved = false;
        for (int k = 0; k < 4; k++) {
            double r = fabs(spot->r_m + way[k][0] * step_m), z = spot->z_m + way[k][1] * step_m;
            mrse_sfg sfg;
            mrse_status status = mrse_sfg_at(survey->magnet, r, z, &sfg);
            if (status && status != MRSE_ERR_RANGE)
                return status;
            if (!status && sign * sfg.b_T < sign * spot->b_T) {
                *spot = (mrse_spot){r, z, sfg.b_T};
                moved = true;
            }
        }
        step_m *= moved ? 1.0 : 0.5;
    }
    return MRSE_OK;
}

static mrse_status low_spot(contour_survey *survey, const mesh *m, size_t i, size_t j)
{
    double step = fmax(m->r_m[i + 1] - m->r_m[i], m->z_m[j + 1] - m->z_m[j]);
    double node_b = m->b_T[j * m->n_r + i];
    mrse_spot *spot = &survey->spot[survey->n_spots];
    *spot = (mrse_spot){m->r_m[i], m->z_m[j], node_b};
    mrse_status status = towards_null(survey, step, spot);
    if (!status && spot->b_T > 1e-6 * node_b)
        status = settle(survey, 1.0, 0.5 * step, spot);
    survey->n_spots++;
    return status;
}

/* Minima among the nodes, those on the first row and column only where `border` says so. */
static mrse_status low_spots(contour_survey *survey, const mesh *m, bool axis, bool middle)
{
    for (size_t j = middle ? 0 : 1; j + 1 < m->n_z; j++)
        for (size_t i = axis ? 0 : 1; i + 1 < m->n_r; i++) {
            if (survey->n_spots >= survey->magnet->n + MINIMA_MAX)
                return MRSE_OK;
            if (!lowest_around(m, i, j))
                continue;
            mrse_status status = low_spot(survey, m, i, j);
            if (status)
                return status;
        }
    return MRSE_OK;
}

/* ---- a lattice over each winding ---- */

static size_t lattice_axis(double from_m, double to_m, double margin_part, double *out)
{
    double size = to_m - from_m, margin = margin_part * size;
    size_t n = LATTICE_MIN;
    while (n < LATTICE_MAX && size > (double)n * LATTICE_m)
        n++;
    for (size_t i = 0; i < n; i++)
        out[i] = from_m - margin + (size + 2.0 * margin) * (double)i / (double)(n - 1);
    return n;
}

static mrse_status look_at_winding(contour_survey *survey, const mrse_source *source,
                                   double margin_part, double *work)
{
    mrse_box box = mrse_winding_box(source);
    double r_m[LATTICE_MAX], z_m[LATTICE_MAX];
    mesh m = {r_m, z_m, work, lattice_axis(box.r_min_m, box.r_max_m, margin_part, r_m),
              lattice_axis(box.z_min_m, box.z_max_m, margin_part, z_m)};
    size_t n = m.n_r * m.n_z, top = 0;
    double *r = work + n, *z = work + 2 * n;
    for (size_t k = 0; k < n; k++) {
        r[k] = r_m[k % m.n_r];
        z[k] = z_m[k / m.n_r];
    }
    mrse_field_arrays out = {.b_T = work};
    mrse_status status = mrse_field_batch(survey->magnet, n, r, z, &out, 1);
    if (status)
        return status;
    for (size_t k = 1; k < n; k++)
        if (work[k] > work[top])
            top = k;
    mrse_spot *spot = &survey->spot[survey->n_spots++];
    *spot = (mrse_spot){r[top], z[top], work[top]};
    status = settle(survey, -1.0, 0.5 * (r_m[1] - r_m[0]), spot);
    return status ? status : low_spots(survey, &m, false, false);
}

static mrse_status look_at_source(contour_survey *survey, const mrse_source *source, double *work)
{
    mrse_box box = mrse_winding_box(source);
    if (survey->mirrored && box.z_max_m < 0.0)
        return MRSE_OK;
    if (source->type != MRSE_SOURCE_COIL)
        return high_spot(survey, source);
    mrse_status status = look_at_winding(survey, source, 0.11, work);
    /* A node on the wire or the edge of another source: once more with other nodes. */
    return status == MRSE_ERR_RANGE ? look_at_winding(survey, source, 0.13, work) : status;
}

mrse_status contour_survey_find_spots(contour_survey *survey)
{
    const mrse_magnet *magnet = survey->magnet;
    mesh map = {survey->r_m, survey->z_m, survey->b_T, survey->n_r, survey->n_z};
    survey->spot = mrse_alloc(2 * magnet->n + MINIMA_MAX, sizeof(mrse_spot));
    if (!survey->spot)
        return MRSE_ERR_NOMEM;
    double *work = mrse_alloc(WORK, sizeof(double));
    mrse_status status = work ? low_spots(survey, &map, true, survey->mirrored) : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < magnet->n && !status; i++)
        status = look_at_source(survey, &magnet->source[i], work);
    for (size_t k = 0; k < survey->n_spots && survey->mirrored; k++)
        survey->spot[k].z_m = fabs(survey->spot[k].z_m);
    mrse_free(work);
    return status;
}

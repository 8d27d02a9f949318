/* Where a line can hide between the nodes of the map: |B| has no maximum in free space, so high
 * islands are at the windings; low ones are at nulls and minima of |B|.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

enum { NEWTON_STEPS = 12, PER_SOURCE = 9, MINIMA_MAX = 256 };
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

mrse_status mrse_survey_find_slits(mrse_survey *survey)
{
    survey->slit = mrse_alloc(survey->magnet->n, sizeof(mrse_slit));
    if (!survey->slit)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < survey->magnet->n; i++) {
        const mrse_source *source = &survey->magnet->source[i];
        if (source->type != MRSE_SOURCE_SHEET || source->current_A == 0.0)
            continue;
        mrse_slit slit = {source->r1_m, source->z1_m, source->z2_m};
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
    return MRSE_OK;
}

/* ---- high spots ---- */

static size_t list_places(const mrse_source *source, mrse_spot out[PER_SOURCE])
{
    mrse_box box = mrse_winding_box(source);
    double beside = fmin(WIRE_m, WIRE_PART * box.r_max_m);
    size_t n = 0;
    if (source->type == MRSE_SOURCE_LOOP) {
        out[n++] = (mrse_spot){box.r_min_m - beside, box.z_min_m, 0.0};
        out[n++] = (mrse_spot){box.r_min_m + beside, box.z_min_m, 0.0};
        return n;
    }
    double inset = source->type == MRSE_SOURCE_SHEET ? 1.0 : 0.98;
    double r = 0.5 * (box.r_min_m + box.r_max_m), dr = 0.5 * inset * (box.r_max_m - box.r_min_m);
    double z = 0.5 * (box.z_min_m + box.z_max_m), dz = 0.5 * inset * (box.z_max_m - box.z_min_m);
    if (source->type == MRSE_SOURCE_SHEET) {
        dr = beside;
        dz -= fmin(beside, 0.25 * dz);
    }
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            if (source->type == MRSE_SOURCE_COIL || i != 0)
                out[n++] = (mrse_spot){r + i * dr, z + j * dz, 0.0};
    return n;
}

static mrse_status high_spot(const mrse_survey *survey, const mrse_source *source, mrse_spot *top)
{
    mrse_spot place[PER_SOURCE];
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
    return MRSE_OK;
}

/* ---- low spots ---- */

static bool lowest_around(const mrse_survey *s, size_t i, size_t j)
{
    double b = s->b_T[j * s->n_r + i];
    if (b <= 0.0)
        return false; /* below every level: seen without help */
    for (size_t y = j > 0 ? j - 1 : 0; y <= j + 1 && y < s->n_z; y++)
        for (size_t x = i > 0 ? i - 1 : 0; x <= i + 1 && x < s->n_r; x++)
            if (s->b_T[y * s->n_r + x] < b)
                return false;
    return true;
}

/* Newton on the two components: exact when the minimum is a null. */
static mrse_status towards_null(const mrse_survey *survey, double within_m, mrse_spot *spot)
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

static mrse_status descend(const mrse_survey *survey, double step_m, mrse_spot *spot)
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
            if (!status && sfg.b_T < spot->b_T) {
                *spot = (mrse_spot){r, z, sfg.b_T};
                moved = true;
            }
        }
        step_m *= moved ? 1.0 : 0.5;
    }
    return MRSE_OK;
}

static mrse_status low_spot(const mrse_survey *s, size_t i, size_t j, mrse_spot *spot)
{
    double step = fmax(s->r_m[i + 1] - s->r_m[i], s->z_m[j + 1] - s->z_m[j]);
    double node_b = s->b_T[j * s->n_r + i];
    *spot = (mrse_spot){s->r_m[i], s->z_m[j], node_b};
    mrse_status status = towards_null(s, step, spot);
    if (!status && spot->b_T > 1e-6 * node_b)
        status = descend(s, 0.5 * step, spot);
    return status;
}

mrse_status mrse_survey_find_spots(mrse_survey *survey)
{
    const mrse_magnet *magnet = survey->magnet;
    survey->spot = mrse_alloc(magnet->n + MINIMA_MAX, sizeof(mrse_spot));
    if (!survey->spot)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < magnet->n; i++) {
        mrse_box box = mrse_winding_box(&magnet->source[i]);
        if (survey->mirrored && box.z_max_m < 0.0)
            continue;
        mrse_spot *spot = &survey->spot[survey->n_spots++];
        mrse_status status = high_spot(survey, &magnet->source[i], spot);
        if (status)
            return status;
        if (survey->mirrored)
            spot->z_m = fabs(spot->z_m);
    }
    size_t minima = 0;
    for (size_t j = survey->mirrored ? 0 : 1; j + 1 < survey->n_z; j++)
        for (size_t i = 0; i + 1 < survey->n_r && minima < MINIMA_MAX; i++) {
            if (!lowest_around(survey, i, j))
                continue;
            mrse_spot *spot = &survey->spot[survey->n_spots++];
            minima++;
            mrse_status status = low_spot(survey, i, j, spot);
            if (status)
                return status;
            if (survey->mirrored)
                spot->z_m = fabs(spot->z_m);
        }
    return MRSE_OK;
}

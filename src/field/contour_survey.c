/* A coarse map of |B|, made once for all levels. It only says what lines there are; every point of
 * them is found on the exact field afterwards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

static const double DEFAULT_LIMIT_m = 20.0;
static const double DEFAULT_CHORD_m = 0.5e-3;
/* Spacing near the windings, and how it grows with the distance from them. */
static const double SPACING_m = 0.03;
static const double SPACING_PART = 0.04;
static const double GROWTH = 0.08;
static const double MARGIN_PART = 0.25;
enum { NODES_MAX = 4000 };

void contour_survey_free(contour_survey *survey)
{
    if (!survey)
        return;
    mrse_free(survey->r_m);
    mrse_free(survey->z_m);
    mrse_free(survey->b_T);
    mrse_free(survey->grad_r_T_m);
    mrse_free(survey->grad_z_T_m);
    for (size_t i = 0; i < survey->n_slits; i++)
        for (int k = 0; k < 2; k++)
            mrse_scan_free(survey->slit[i].face[k]);
    mrse_free(survey->slit);
    mrse_free(survey->spot);
    mrse_free(survey);
}

typedef struct grade {
    double from_m, to_m, core_from_m, core_to_m, spacing_m;
} grade;

/* Nodes from one limit to the other, close together in the core; counts only when out is NULL. */
static size_t place_nodes(const grade *g, double *out)
{
    size_t n = 0;
    double x = g->from_m, step = 0.0;
    while (x < g->to_m - 0.3 * step && n < NODES_MAX) {
        if (out)
            out[n] = x;
        n++;
        double away = fmax(0.0, fmax(g->core_from_m - x, x - g->core_to_m));
        step = (g->spacing_m + GROWTH * away) / (1.0 + (x < g->core_from_m ? GROWTH : 0.0));
        x += step;
    }
    if (out)
        out[n] = g->to_m;
    return n + 1;
}

/* On a wire or a sheet the field has no value: move the nodes off them. */
static void avoid(double *x_m, size_t n, double singular_m, double spacing_m)
{
    for (size_t i = 1; i + 1 < n; i++)
        if (fabs(x_m[i] - singular_m) < 1e-4 * spacing_m)
            x_m[i] = singular_m + 0.01 * spacing_m;
}

static mrse_status make_axes(contour_survey *s)
{
    mrse_box box = mrse_windings_box(s->magnet);
    double size = fmax(box.r_max_m, 0.5 * (box.z_max_m - box.z_min_m));
    double spacing = fmin(SPACING_m, SPACING_PART * size), margin = MARGIN_PART * size;
    grade r = {0.0, s->r_limit_m, 0.0, box.r_max_m + margin, spacing};
    grade z = {s->mirrored ? 0.0 : -s->z_limit_m, s->z_limit_m,
               s->mirrored ? 0.0 : box.z_min_m - margin, box.z_max_m + margin, spacing};
    s->n_r = place_nodes(&r, NULL);
    s->n_z = place_nodes(&z, NULL);
    if (s->n_r > NODES_MAX || s->n_z > NODES_MAX)
        return MRSE_ERR_LIMIT;
    s->r_m = mrse_alloc(s->n_r, sizeof(double));
    s->z_m = mrse_alloc(s->n_z, sizeof(double));
    if (!s->r_m || !s->z_m)
        return MRSE_ERR_NOMEM;
    place_nodes(&r, s->r_m);
    place_nodes(&z, s->z_m);
    for (size_t i = 0; i < s->magnet->n; i++) {
        mrse_box one = mrse_winding_box(&s->magnet->source[i]);
        avoid(s->r_m, s->n_r, one.r_min_m, spacing);
        avoid(s->r_m, s->n_r, one.r_max_m, spacing);
    }
    return MRSE_OK;
}

static mrse_status map_field(contour_survey *s)
{
    size_t n = s->n_r * s->n_z;
    double *place = mrse_alloc(2 * n, sizeof(double));
    s->b_T = mrse_alloc(n, sizeof(double));
    s->grad_r_T_m = mrse_alloc(n, sizeof(double));
    s->grad_z_T_m = mrse_alloc(n, sizeof(double));
    mrse_status status =
        place && s->b_T && s->grad_r_T_m && s->grad_z_T_m ? MRSE_OK : MRSE_ERR_NOMEM;
    if (!status) {
        for (size_t k = 0; k < n; k++) {
            place[k] = s->r_m[k % s->n_r];
            place[n + k] = s->z_m[k / s->n_r];
        }
        mrse_field_arrays out = {
            .b_T = s->b_T, .grad_r_T_m = s->grad_r_T_m, .grad_z_T_m = s->grad_z_T_m};
        status = mrse_field_batch(s->magnet, n, place, place + n, &out, 1);
    }
    mrse_free(place);
    for (size_t k = 0; k < n && !status; k++) {
        size_t i = k % s->n_r, j = k / s->n_r;
        if (!isfinite(s->b_T[k]))
            status = MRSE_ERR_RANGE;
        if (i + 1 == s->n_r || j + 1 == s->n_z || (j == 0 && !s->mirrored))
            s->limit_b_T = fmax(s->limit_b_T, s->b_T[k]);
    }
    return status;
}

mrse_status contour_survey_create(const mrse_magnet *magnet, const mrse_contour_options *options,
                                  contour_survey **out)
{
    *out = NULL;
    contour_survey *s = mrse_alloc(1, sizeof(*s));
    if (!s)
        return MRSE_ERR_NOMEM;
    s->magnet = magnet;
    s->r_limit_m = options && options->r_limit_m > 0.0 ? options->r_limit_m : DEFAULT_LIMIT_m;
    s->z_limit_m = options && options->z_limit_m > 0.0 ? options->z_limit_m : DEFAULT_LIMIT_m;
    s->chord_m = options && options->chord_m > 0.0 ? options->chord_m : DEFAULT_CHORD_m;
    mrse_box box = mrse_windings_box(magnet);
    bool contained =
        box.r_max_m < s->r_limit_m && box.z_max_m < s->z_limit_m && box.z_min_m > -s->z_limit_m;
    mrse_status status = contained ? mrse_windings_mirrored(magnet, &s->mirrored) : MRSE_ERR_RANGE;
    if (!status)
        status = make_axes(s);
    if (!status)
        status = map_field(s);
    if (!status)
        status = contour_survey_find_slits(s);
    if (!status)
        status = contour_survey_find_spots(s);
    if (status) {
        contour_survey_free(s);
        return status;
    }
    *out = s;
    return MRSE_OK;
}

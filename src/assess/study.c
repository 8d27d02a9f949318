/* Everything that can be said of a scanner's static field, each number with its uncertainty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/study.h"

#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

static const double DEFAULT_LEVEL_T[] = {0.5e-3, 0.9e-3, 1e-3,  3e-3,  5e-3,
                                         10e-3,  20e-3,  40e-3, 200e-3};
enum { N_DEFAULT_LEVELS = sizeof DEFAULT_LEVEL_T / sizeof DEFAULT_LEVEL_T[0] };

static const double RADIUS_STEP_M = 0.05;

bool mrse_same_level(double a_T, double b_T)
{
    return fabs(a_T - b_T) <= 1e-9 * fabs(b_T);
}

static const char *level_name(double level_T)
{
    if (mrse_same_level(level_T, MRSE_LEVEL_MHRA_T))
        return "0.5 mT: bounds the MR ENVIRONMENT (MHRA)";
    if (mrse_same_level(level_T, MRSE_LEVEL_IEC_T))
        return "0.9 mT: hazard line of IEC 60601-2-33:2022";
    return "";
}

/* Insert into a sorted list without repeating. */
static void insert_level(double *list_T, size_t *n, double level_T)
{
    size_t at = 0;
    while (at < *n && list_T[at] < level_T && !mrse_same_level(list_T[at], level_T))
        at++;
    if (at < *n && mrse_same_level(list_T[at], level_T))
        return;
    memmove(list_T + at + 1, list_T + at, (*n - at) * sizeof *list_T);
    list_T[at] = level_T;
    (*n)++;
}

static double u_at(const mrse_model *model, double r_m, double z_m)
{
    mrse_sfg at, u;
    return mrse_model_at(model, r_m, z_m, &at, &u) == MRSE_OK ? u.b_T : (double)NAN;
}

/* u of |B| at an extent of a contour. Without variants it is the same share of |B| everywhere. An
 * extent holds |z|: in a magnet that is not symmetric either side may be meant. */
static double u_field_at(const mrse_model *model, double level_T, double r_m, double z_m)
{
    if (model->n_variants == 0)
        return model->u_field * level_T;
    double here_T = u_at(model, r_m, z_m), mirrored_T = u_at(model, r_m, -z_m);
    return isnan(here_T) || isnan(mirrored_T) ? (double)NAN : fmax(here_T, mirrored_T);
}

/* u of an extent: the field's uncertainty over the slope across the contour. */
static double u_extent(const mrse_model *model, double level_T, double r_m, double z_m,
                       double slope_T_m)
{
    return slope_T_m > 0.0 ? u_field_at(model, level_T, r_m, z_m) / slope_T_m : (double)NAN;
}

void mrse_contour_row_fill(const mrse_model *model, mrse_contour *contour, mrse_contour_row *row)
{
    const mrse_extents *e = &contour->extents;
    double level_T = contour->level_T;
    row->contour = contour;
    row->name = level_name(level_T);
    row->u_z_axis_m = u_extent(model, level_T, 0.0, e->z_axis_m, e->slope_z_axis_T_m);
    row->u_r_mid_m = u_extent(model, level_T, e->r_mid_m, 0.0, e->slope_r_mid_T_m);
    row->u_z_max_m = u_extent(model, level_T, e->r_at_z_max_m, e->z_max_m, e->slope_z_max_T_m);
    row->u_r_max_m = u_extent(model, level_T, e->r_max_m, e->z_at_r_max_m, e->slope_r_max_T_m);
}

/* One survey of the field serves all levels. */
static mrse_status trace(mrse_study *s, const double *level_T, size_t n)
{
    mrse_contour **contour = mrse_alloc(n, sizeof *contour);
    if (contour == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = mrse_contour_trace_levels(&s->model.magnet, n, level_T, NULL, contour);
    for (size_t i = 0; i < n && status == MRSE_OK; i++)
        mrse_contour_row_fill(&s->model, contour[i], &s->contour[s->n_contours++]);
    mrse_free(contour);
    return status;
}

static mrse_status run_contours(mrse_study *s, const mrse_study_options *o)
{
    const double *asked_T = o->level_T != NULL ? o->level_T : DEFAULT_LEVEL_T;
    size_t n_asked = o->level_T != NULL ? o->n_levels : N_DEFAULT_LEVELS;
    double *level_T = mrse_alloc(n_asked + 2, sizeof *level_T);
    s->contour = mrse_alloc(n_asked + 2, sizeof *s->contour);
    mrse_status status = level_T != NULL && s->contour != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    if (status == MRSE_OK) {
        size_t n = 0;
        for (size_t i = 0; i < n_asked; i++)
            insert_level(level_T, &n, asked_T[i]);
        insert_level(level_T, &n, MRSE_LEVEL_MHRA_T);
        insert_level(level_T, &n, MRSE_LEVEL_IEC_T);
        status = trace(s, level_T, n);
    }
    mrse_free(level_T);
    return status;
}

static mrse_status add_cylinder(mrse_study *s, double radius_m)
{
    mrse_cylinder_row *row = &s->cylinder[s->n_cylinders];
    mrse_cylinder u;
    mrse_status status = mrse_model_cylinder(&s->model, radius_m, &row->at, &u);
    if (status != MRSE_OK)
        return status;
    row->u_b_T = u.b_T;
    row->u_grad_T_m = u.grad_T_m;
    row->u_product_T2_m = u.product_T2_m;
    mrse_sheet_state_cylinder(&s->scanner->sheet, row);
    s->n_cylinders++;
    return MRSE_OK;
}

static void insert_radius(double *list_m, size_t *n, double radius_m)
{
    size_t at = 0;
    while (at < *n && list_m[at] < radius_m - MRSE_SAME_RADIUS_M)
        at++;
    if (at < *n && list_m[at] <= radius_m + MRSE_SAME_RADIUS_M)
        return;
    memmove(list_m + at + 1, list_m + at, (*n - at) * sizeof *list_m);
    list_m[at] = radius_m;
    (*n)++;
}

/* Every 5 cm up to the bore wall, and the cylinders of the data sheet. Where the bore is not known
 * the widest of those bounds the steps. */
static size_t default_radii(const mrse_study *s, double *list_m, size_t n_steps, double wall_m)
{
    const mrse_data_sheet *sheet = &s->scanner->sheet;
    size_t n = 0;
    for (size_t i = 0; i < n_steps; i++)
        list_m[n++] = (double)i * RADIUS_STEP_M;
    if (n_steps > 0)
        insert_radius(list_m, &n, wall_m);
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        if (isfinite(sheet->cylinder[i].radius.v))
            insert_radius(list_m, &n, sheet->cylinder[i].radius.v);
    }
    return n;
}

static double widest_stated_m(const mrse_data_sheet *sheet)
{
    double widest_m = NAN;
    for (size_t i = 0; i < sheet->n_cylinders; i++)
        widest_m = fmax(widest_m, sheet->cylinder[i].radius.v); /* fmax drops the unknown */
    return widest_m;
}

static mrse_status run_cylinders(mrse_study *s, const mrse_study_options *o)
{
    double wall_m = s->reach.bore_radius_m;
    if (!isfinite(wall_m))
        wall_m = widest_stated_m(&s->scanner->sheet);
    size_t n_steps = isfinite(wall_m) ? (size_t)floor(wall_m / RADIUS_STEP_M - 1e-6) + 1 : 0;
    size_t n = o->radius_m != NULL ? o->n_radii : n_steps + 1 + s->scanner->sheet.n_cylinders;
    double *radius_m = mrse_alloc(n, sizeof *radius_m);
    s->cylinder = mrse_alloc(n, sizeof *s->cylinder);
    mrse_status status = radius_m != NULL && s->cylinder != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    if (status == MRSE_OK && o->radius_m == NULL)
        n = default_radii(s, radius_m, n_steps, wall_m);
    else if (status == MRSE_OK)
        memcpy(radius_m, o->radius_m, n * sizeof *radius_m);
    for (size_t i = 0; i < n && status == MRSE_OK; i++)
        status = add_cylinder(s, radius_m[i]);
    mrse_free(radius_m);
    return status;
}

bool mrse_study_has_model(const mrse_study *study)
{
    return study->no_model[0] == '\0';
}

static mrse_status set_up(mrse_study *s, const mrse_scanner *scanner, bool model_optional,
                          mrse_sheet_data *data, mrse_diags *diags)
{
    s->scanner = scanner;
    s->reach.bore_radius_m = scanner->bore_diameter.v / 2.0;
    s->reach.cover_half_length_m = scanner->cover_length.v / 2.0;
    mrse_status status = mrse_sheet_data_load(scanner, data);
    if (status == MRSE_OK) {
        mrse_study_f0(s, data);
        status = mrse_needs_of(scanner, &s->needs);
    }
    if (status == MRSE_OK)
        status = mrse_study_model(s, data, model_optional, diags);
    s->b0_T = s->u_b0_T = NAN;
    if (status != MRSE_OK || !mrse_study_has_model(s))
        return status;
    mrse_sfg centre, u;
    status = mrse_model_at(&s->model, 0.0, 0.0, &centre, &u);
    s->b0_T = centre.b_T;
    s->u_b0_T = u.b_T;
    return status;
}

mrse_status mrse_study_run(const mrse_scanner *scanner, const mrse_study_options *options,
                           mrse_study **out, mrse_diags *diags)
{
    static const mrse_study_options defaults = {0};
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (scanner == NULL)
        return MRSE_ERR_ARG;
    const mrse_study_options *o = options != NULL ? options : &defaults;
    mrse_study *s = mrse_alloc(1, sizeof *s);
    if (s == NULL)
        return MRSE_ERR_NOMEM;
    mrse_sheet_data data = {0};
    mrse_status status = set_up(s, scanner, o->model_optional, &data, diags);
    bool modelled = mrse_study_has_model(s);
    if (status == MRSE_OK && modelled)
        status = run_contours(s, o);
    if (status == MRSE_OK && modelled)
        status = run_cylinders(s, o);
    if (status == MRSE_OK)
        status = mrse_study_reach(s);
    if (status == MRSE_OK && modelled)
        status = mrse_study_agreement(s, &data);
    mrse_sheet_data_clear(&data);
    if (status != MRSE_OK) {
        mrse_study_free(s);
        return status;
    }
    *out = s;
    return MRSE_OK;
}

void mrse_study_free(mrse_study *study)
{
    if (study == NULL)
        return;
    for (size_t i = 0; i < study->n_contours; i++)
        mrse_contour_free(study->contour[i].contour);
    mrse_free(study->contour);
    mrse_free(study->cylinder);
    mrse_free(study->agreement);
    mrse_calibration_free(study->calibration);
    mrse_needs_clear(&study->needs);
    mrse_map_clear(&study->room);
    mrse_map_clear(&study->bore);
    mrse_free(study);
}

mrse_status mrse_study_point(const mrse_study *study, double r_m, double z_m, mrse_point_row *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (study == NULL)
        return MRSE_ERR_ARG;
    mrse_point_row row = {.r_m = r_m, .z_m = z_m};
    mrse_sfg u;
    mrse_status status = mrse_model_at(&study->model, r_m, z_m, &row.at, &u);
    if (status != MRSE_OK)
        return status;
    row.u_b_T = u.b_T;
    row.u_grad_T_m = u.grad_T_m;
    row.u_product_T2_m = u.product_T2_m;
    *out = row;
    return MRSE_OK;
}

/* Everything that can be said of a scanner's static field, each number with its uncertainty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/study.h"

#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

/* Numerical error of the field and of its gradient, relative; far below any coil set's own. */
static const double METHOD_U_FIELD = 1e-10;
static const double METHOD_U_GRAD = 1e-9;

static const double DEFAULT_LEVEL_T[] = {0.5e-3, 0.9e-3, 1e-3,  3e-3,  5e-3,
                                         10e-3,  20e-3,  40e-3, 200e-3};
enum { N_DEFAULT_LEVELS = sizeof DEFAULT_LEVEL_T / sizeof DEFAULT_LEVEL_T[0] };

static const double RADIUS_STEP_M = 0.05;

static bool same_level(double a_T, double b_T)
{
    return fabs(a_T - b_T) <= 1e-9 * fabs(b_T);
}

static const char *level_name(double level_T)
{
    if (same_level(level_T, MRSE_LEVEL_MHRA_T))
        return "0.5 mT: bounds the MR ENVIRONMENT (MHRA)";
    if (same_level(level_T, MRSE_LEVEL_IEC_T))
        return "0.9 mT: hazard line of IEC 60601-2-33:2022";
    return "";
}

/* Insert into a sorted list without repeating. */
static void insert_level(double *list_T, size_t *n, double level_T)
{
    size_t at = 0;
    while (at < *n && list_T[at] < level_T && !same_level(list_T[at], level_T))
        at++;
    if (at < *n && same_level(list_T[at], level_T))
        return;
    memmove(list_T + at + 1, list_T + at, (*n - at) * sizeof *list_T);
    list_T[at] = level_T;
    (*n)++;
}

/* u of an extent: the field's uncertainty over the slope across the contour. */
static double u_extent(double level_T, double u_field, double slope_T_m)
{
    return slope_T_m > 0.0 ? u_field * level_T / slope_T_m : (double)NAN;
}

static void fill_row(const mrse_study *s, mrse_contour *contour, mrse_contour_row *row)
{
    const mrse_extents *e = &contour->extents;
    double level_T = contour->level_T;
    row->contour = contour;
    row->name = level_name(level_T);
    row->u_z_axis_m = u_extent(level_T, s->u_field, e->slope_z_axis_T_m);
    row->u_r_mid_m = u_extent(level_T, s->u_field, e->slope_r_mid_T_m);
    row->u_z_max_m = u_extent(level_T, s->u_field, e->slope_z_max_T_m);
    row->u_r_max_m = u_extent(level_T, s->u_field, e->slope_r_max_T_m);
}

/* One survey of the field serves all levels. */
static mrse_status trace(mrse_study *s, const double *level_T, size_t n)
{
    mrse_contour **contour = mrse_alloc(n, sizeof *contour);
    if (contour == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = mrse_contour_trace_levels(&s->magnet, n, level_T, NULL, contour);
    for (size_t i = 0; i < n && status == MRSE_OK; i++)
        fill_row(s, contour[i], &s->contour[s->n_contours++]);
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
    mrse_status status = mrse_cylinder_maxima(&s->magnet, radius_m, &row->at);
    if (status != MRSE_OK)
        return status;
    row->u_b_T = s->u_field * row->at.b_T;
    row->u_grad_T_m = s->u_grad * row->at.grad_T_m;
    row->u_product_T2_m = mrse_u_product(s->u_field, s->u_grad) * row->at.product_T2_m;
    s->n_cylinders++;
    return MRSE_OK;
}

static mrse_status run_cylinders(mrse_study *s, const mrse_study_options *o)
{
    double wall_m = s->reach.bore_radius_m;
    size_t n_steps = isfinite(wall_m) ? (size_t)floor(wall_m / RADIUS_STEP_M - 1e-6) + 1 : 0;
    size_t n = o->radius_m != NULL ? o->n_radii : n_steps + 1;
    s->cylinder = mrse_alloc(n, sizeof *s->cylinder);
    if (s->cylinder == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = MRSE_OK;
    if (o->radius_m != NULL) {
        for (size_t i = 0; i < o->n_radii && status == MRSE_OK; i++)
            status = add_cylinder(s, o->radius_m[i]);
        return status;
    }
    for (size_t i = 0; i < n_steps && status == MRSE_OK; i++)
        status = add_cylinder(s, (double)i * RADIUS_STEP_M);
    if (status == MRSE_OK && n_steps > 0)
        status = add_cylinder(s, wall_m);
    return status;
}

/* The bore wall and the covers are where the largest values lie, so the uncertainty of the printed
 * bore diameter and cover length belongs to them: half of the change over two standard
 * uncertainties, towards the windings. */
static mrse_status reach_spread(const mrse_study *s, double u_radius_m, double u_length_m,
                                mrse_reach_maxima *u)
{
    memset(u, 0, sizeof *u);
    const double step[2][2] = {{2.0 * u_radius_m, 0.0}, {0.0, -2.0 * u_length_m}};
    for (int i = 0; i < 2; i++) {
        if (step[i][0] == 0.0 && step[i][1] == 0.0)
            continue;
        mrse_reach moved = s->reach;
        moved.bore_radius_m += step[i][0];
        moved.cover_half_length_m += step[i][1];
        mrse_reach_maxima there;
        mrse_status status = mrse_reach_search(&s->magnet, &moved, &there);
        if (status != MRSE_OK)
            return status;
        u->b.value = hypot(u->b.value, (there.b.value - s->reach_at.b.value) / 2.0);
        u->grad.value = hypot(u->grad.value, (there.grad.value - s->reach_at.grad.value) / 2.0);
        u->product.value =
            hypot(u->product.value, (there.product.value - s->reach_at.product.value) / 2.0);
    }
    return MRSE_OK;
}

/* A maximum over the reach is no better founded than the bore and covers that bound it. */
static mrse_value reach_value(const mrse_study *s, double v, double u, mrse_kind kind)
{
    mrse_value value = mrse_value_computed(v, u, kind, "reach-maximum");
    value.origin = mrse_origin_weaker(value.origin, s->scanner->coils.origin);
    value.origin = mrse_origin_weaker(value.origin, s->scanner->bore_diameter.origin);
    value.origin = mrse_origin_weaker(value.origin, s->scanner->cover_length.origin);
    value.origin = mrse_origin_weaker(value.origin, s->scanner->u_field.origin);
    value.origin = mrse_origin_weaker(value.origin, s->scanner->u_grad.origin);
    return value;
}

static mrse_status run_reach(mrse_study *s)
{
    s->reach_b = mrse_value_missing(MRSE_KIND_FIELD);
    s->reach_grad = mrse_value_missing(MRSE_KIND_SFG);
    s->reach_product = mrse_value_missing(MRSE_KIND_PRODUCT);
    if (!isfinite(s->reach.bore_radius_m) || !isfinite(s->reach.cover_half_length_m))
        return MRSE_OK;
    mrse_status status = mrse_reach_search(&s->magnet, &s->reach, &s->reach_at);
    mrse_reach_maxima u = {0};
    if (status == MRSE_OK)
        status = reach_spread(s, s->scanner->bore_diameter.u / 2.0,
                              s->scanner->cover_length.u / 2.0, &u);
    if (status != MRSE_OK)
        return status;
    const mrse_reach_maxima *at = &s->reach_at;
    s->reach_b =
        reach_value(s, at->b.value, hypot(u.b.value, s->u_field * at->b.value), MRSE_KIND_FIELD);
    s->reach_grad = reach_value(s, at->grad.value, hypot(u.grad.value, s->u_grad * at->grad.value),
                                MRSE_KIND_SFG);
    double u_product = mrse_u_product(s->u_field, s->u_grad) * at->product.value;
    s->reach_product =
        reach_value(s, at->product.value, hypot(u.product.value, u_product), MRSE_KIND_PRODUCT);
    return MRSE_OK;
}

static mrse_status no_coils(const mrse_scanner *scanner, mrse_diags *diags)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                 "this scanner file holds no coil set, and without one there is no "
                                 "field to compute");
    mrse_diag_place(d, scanner->path, 0, 0, "static_field.coils",
                    "give the coil set under static_field, each coil with its source");
    return MRSE_ERR_INPUT;
}

static mrse_status set_up(mrse_study *s, const mrse_scanner *scanner, mrse_diags *diags)
{
    s->scanner = scanner;
    s->magnet = mrse_scanner_magnet(scanner);
    if (s->magnet.n == 0)
        return no_coils(scanner, diags);
    s->u_field = hypot(scanner->u_field.v, METHOD_U_FIELD);
    s->u_grad = hypot(scanner->u_grad.v, METHOD_U_GRAD);
    s->reach.bore_radius_m = scanner->bore_diameter.v / 2.0;
    s->reach.cover_half_length_m = scanner->cover_length.v / 2.0;
    mrse_sfg centre;
    mrse_status status = mrse_sfg_at(&s->magnet, 0.0, 0.0, &centre);
    s->b0_T = status == MRSE_OK ? centre.b_T : (double)NAN;
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
    mrse_status status = set_up(s, scanner, diags);
    if (status == MRSE_OK)
        status = run_contours(s, o);
    if (status == MRSE_OK)
        status = run_cylinders(s, o);
    if (status == MRSE_OK)
        status = run_reach(s);
    if (status == MRSE_OK && o->maps)
        status = mrse_study_maps(s);
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
    mrse_status status = mrse_sfg_at(&study->magnet, r_m, z_m, &row.at);
    if (status != MRSE_OK)
        return status;
    row.u_b_T = study->u_field * row.at.b_T;
    row.u_grad_T_m = study->u_grad * row.at.grad_T_m;
    row.u_product_T2_m = mrse_u_product(study->u_field, study->u_grad) * row.at.product_T2_m;
    *out = row;
    return MRSE_OK;
}

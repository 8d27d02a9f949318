/* A field model: every quantity of the best magnet, and how much it changes in each of the other
 * magnets that the data allow. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/model.h"

#include <math.h>
#include <string.h>

#include "field_internal.h"

enum { QUANTITIES = 5 };

/* Sum of squares for up to QUANTITIES numbers; NaN once a change is not known. */
typedef struct tally {
    size_t n;
    double base[QUANTITIES], worst[QUANTITIES], sum[QUANTITIES];
} tally;

static bool is_relative_u(double u)
{
    return isfinite(u) && u >= 0.0;
}

mrse_status mrse_model_check(const mrse_model *model)
{
    if (model == NULL || !is_relative_u(model->u_field) || !is_relative_u(model->u_grad) ||
        (model->variant == NULL && model->n_variants > 0))
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < model->n_variants; i++) {
        if (!is_relative_u(model->variant[i].weight))
            return MRSE_ERR_ARG;
    }
    return MRSE_OK;
}

/* fmax would drop a NaN, and with it the fact that nothing is known. */
static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? (double)NAN : fmax(a, b);
}

static double part_of(const mrse_variant *variant, double change)
{
    return variant->weight * change * change;
}

static bool ends_direction(const mrse_model *model, size_t i)
{
    return i + 1 == model->n_variants ||
           model->variant[i + 1].direction != model->variant[i].direction;
}

/* `value` NULL: the variant has no value there. */
static void tally_add(tally *t, const mrse_model *model, size_t i, const double *value)
{
    for (size_t q = 0; q < t->n; q++) {
        double change = value != NULL ? value[q] - t->base[q] : (double)NAN;
        t->worst[q] = larger(t->worst[q], part_of(&model->variant[i], change));
        if (!ends_direction(model, i))
            continue;
        t->sum[q] += t->worst[q];
        t->worst[q] = 0.0;
    }
}

static double combine(const tally *t, size_t q, double relative, double magnitude)
{
    return hypot(relative * magnitude, sqrt(t->sum[q]));
}

/* One search of one magnet, its numbers in value[]. */
typedef mrse_status (*search)(const mrse_magnet *magnet, const void *where, void *found,
                              double *value);

static mrse_status run(const mrse_model *model, search find, const void *where, void *found,
                       void *scratch, tally *t)
{
    mrse_status status = find(&model->magnet, where, found, t->base);
    for (size_t i = 0; i < model->n_variants && status == MRSE_OK; i++) {
        double value[QUANTITIES];
        status = find(&model->variant[i].magnet, where, scratch, value);
        tally_add(t, model, i, status == MRSE_OK ? value : NULL);
        if (status != MRSE_ERR_NOMEM)
            status = MRSE_OK;
    }
    return status;
}

/* ---- a point ---- */

typedef struct point {
    double r_m, z_m;
} point;

static mrse_status find_point(const mrse_magnet *magnet, const void *where, void *found,
                              double *value)
{
    const point *p = where;
    mrse_sfg *at = found;
    mrse_status status = mrse_sfg_at(magnet, p->r_m, p->z_m, at);
    value[0] = at->b_T;
    value[1] = at->grad_T_m;
    value[2] = at->product_T2_m;
    value[3] = at->grad_r_T_m;
    value[4] = at->grad_z_T_m;
    return status;
}

mrse_status mrse_model_at(const mrse_model *model, double r_m, double z_m, mrse_sfg *at,
                          mrse_sfg *u)
{
    if (at == NULL || u == NULL)
        return MRSE_ERR_ARG;
    memset(at, 0, sizeof *at);
    memset(u, 0, sizeof *u);
    if (mrse_model_check(model) != MRSE_OK)
        return MRSE_ERR_ARG;
    const point where = {r_m, z_m};
    tally t = {.n = 5};
    mrse_sfg found, scratch;
    mrse_status status = run(model, find_point, &where, &found, &scratch, &t);
    if (status != MRSE_OK)
        return status;
    *at = found;
    u->b_T = combine(&t, 0, model->u_field, at->b_T);
    u->grad_T_m = combine(&t, 1, model->u_grad, at->grad_T_m);
    u->product_T2_m =
        combine(&t, 2, mrse_u_product(model->u_field, model->u_grad), at->product_T2_m);
    /* A component may vanish while the vector does not: its share is that of the vector. */
    u->grad_r_T_m = combine(&t, 3, model->u_grad, at->grad_T_m);
    u->grad_z_T_m = combine(&t, 4, model->u_grad, at->grad_T_m);
    return MRSE_OK;
}

/* ---- maxima ---- */

static mrse_status find_cylinder(const mrse_magnet *magnet, const void *where, void *found,
                                 double *value)
{
    const double *radius_m = where;
    mrse_cylinder *at = found;
    mrse_status status = mrse_cylinder_maxima(magnet, *radius_m, at);
    value[0] = at->b_T;
    value[1] = at->grad_T_m;
    value[2] = at->product_T2_m;
    return status;
}

static mrse_status find_reach(const mrse_magnet *magnet, const void *where, void *found,
                              double *value)
{
    mrse_reach_maxima *at = found;
    mrse_status status = mrse_reach_search(magnet, where, at);
    value[0] = at->b.value;
    value[1] = at->grad.value;
    value[2] = at->product.value;
    return status;
}

static mrse_status find_path(const mrse_magnet *magnet, const void *where, void *found,
                             double *value)
{
    mrse_path_maxima *at = found;
    mrse_status status = mrse_path_search(magnet, where, at);
    value[0] = at->b.value;
    value[1] = at->grad.value;
    value[2] = at->product.value;
    return status;
}

/* |B|, gradient, product in this order, of anything that was searched. */
static void u_of_maxima(const mrse_model *model, const tally *t, double *b, double *grad,
                        double *product)
{
    *b = combine(t, 0, model->u_field, t->base[0]);
    *grad = combine(t, 1, model->u_grad, t->base[1]);
    *product = combine(t, 2, mrse_u_product(model->u_field, model->u_grad), t->base[2]);
}

mrse_status mrse_model_cylinder(const mrse_model *model, double radius_m, mrse_cylinder *at,
                                mrse_cylinder *u)
{
    if (at == NULL || u == NULL)
        return MRSE_ERR_ARG;
    memset(at, 0, sizeof *at);
    memset(u, 0, sizeof *u);
    if (mrse_model_check(model) != MRSE_OK)
        return MRSE_ERR_ARG;
    tally t = {.n = 3};
    mrse_cylinder found, scratch;
    mrse_status status = run(model, find_cylinder, &radius_m, &found, &scratch, &t);
    if (status != MRSE_OK)
        return status;
    *at = found;
    u_of_maxima(model, &t, &u->b_T, &u->grad_T_m, &u->product_T2_m);
    return MRSE_OK;
}

mrse_status mrse_model_reach(const mrse_model *model, const mrse_reach *reach,
                             mrse_reach_maxima *at, mrse_reach_maxima *u)
{
    if (at == NULL || u == NULL)
        return MRSE_ERR_ARG;
    memset(at, 0, sizeof *at);
    memset(u, 0, sizeof *u);
    if (mrse_model_check(model) != MRSE_OK)
        return MRSE_ERR_ARG;
    tally t = {.n = 3};
    mrse_reach_maxima found, scratch;
    mrse_status status = run(model, find_reach, reach, &found, &scratch, &t);
    if (status != MRSE_OK)
        return status;
    *at = found;
    u_of_maxima(model, &t, &u->b.value, &u->grad.value, &u->product.value);
    return MRSE_OK;
}

/* Values of the end of the path have their own u: it is a point. */
static mrse_status end_of_path(const mrse_model *model, const mrse_path *path, mrse_sfg *u)
{
    mrse_sfg at;
    return mrse_model_at(model, path->r_m, path->z_end_m, &at, u);
}

mrse_status mrse_model_path(const mrse_model *model, const mrse_path *path, mrse_path_maxima *at,
                            mrse_path_maxima *u)
{
    if (at == NULL || u == NULL)
        return MRSE_ERR_ARG;
    memset(at, 0, sizeof *at);
    memset(u, 0, sizeof *u);
    if (path == NULL || mrse_model_check(model) != MRSE_OK)
        return MRSE_ERR_ARG;
    tally t = {.n = 3};
    mrse_path_maxima found, scratch;
    mrse_sfg u_end;
    mrse_status status = run(model, find_path, path, &found, &scratch, &t);
    if (status == MRSE_OK)
        status = end_of_path(model, path, &u_end);
    if (status != MRSE_OK)
        return status;
    *at = found;
    u->at_end = u_end;
    u_of_maxima(model, &t, &u->b.value, &u->grad.value, &u->product.value);
    return MRSE_OK;
}

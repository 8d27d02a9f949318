/* The largest values that anybody can reach: the model's, and the manufacturer's where the data
 * sheet states them for the bore wall. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"

/* A radius in front of which the covers are everything and the bore is nothing: what is left of the
 * reach when the data sheet speaks for the bore. */
static const double AXIS_RADIUS_M = 1e-3;

/* A stated cylinder this much narrower than the bore still stands for its wall. */
static const double WALL_SLACK_M = 1e-3;

static double worse(double u, double change)
{
    return hypot(u, change / 2.0);
}

/* The bore wall and the covers are where the largest values lie, so the uncertainty of the printed
 * bore diameter and cover length belongs to them: half of the change over two standard
 * uncertainties, towards the windings. */
static mrse_status spread(const mrse_study *s, const mrse_reach *reach, double u_radius_m,
                          double u_length_m, const mrse_reach_maxima *at, mrse_reach_maxima *u)
{
    memset(u, 0, sizeof *u);
    const double step[2][2] = {{2.0 * u_radius_m, 0.0}, {0.0, -2.0 * u_length_m}};
    for (int i = 0; i < 2; i++) {
        if (step[i][0] == 0.0 && step[i][1] == 0.0)
            continue;
        mrse_reach moved = *reach;
        moved.bore_radius_m += step[i][0];
        moved.cover_half_length_m += step[i][1];
        mrse_reach_maxima there;
        mrse_status status = mrse_reach_search(&s->model.magnet, &moved, &there);
        if (status != MRSE_OK)
            return status;
        u->b.value = worse(u->b.value, there.b.value - at->b.value);
        u->grad.value = worse(u->grad.value, there.grad.value - at->grad.value);
        u->product.value = worse(u->product.value, there.product.value - at->product.value);
    }
    return MRSE_OK;
}

/* Maxima of the model over a reach, with the uncertainty of model and housing. */
static mrse_status search(const mrse_study *s, const mrse_reach *reach, double u_radius_m,
                          mrse_reach_maxima *at, mrse_reach_maxima *u)
{
    mrse_reach_maxima housing;
    mrse_status status = mrse_model_reach(&s->model, reach, at, u);
    if (status == MRSE_OK)
        status = spread(s, reach, u_radius_m, s->scanner->cover_length.u / 2.0, at, &housing);
    if (status != MRSE_OK)
        return status;
    u->b.value = hypot(housing.b.value, u->b.value);
    u->grad.value = hypot(housing.grad.value, u->grad.value);
    u->product.value = hypot(housing.product.value, u->product.value);
    return MRSE_OK;
}

/* A maximum over the reach is no better founded than the model, the bore and the covers. */
static void lower_origin(const mrse_study *s, mrse_value *value)
{
    value->origin = mrse_origin_weaker(value->origin, s->basis.origin);
    value->origin = mrse_origin_weaker(value->origin, s->scanner->bore_diameter.origin);
    value->origin = mrse_origin_weaker(value->origin, s->scanner->cover_length.origin);
}

static mrse_value reach_value(const mrse_study *s, double v, double u, mrse_kind kind)
{
    mrse_value value = mrse_value_computed(v, u, kind, MRSE_METHOD_REACH);
    lower_origin(s, &value);
    return value;
}

bool mrse_reach_is_stated(const mrse_value *value)
{
    return isfinite(value->v) && strcmp(value->src, MRSE_METHOD_REACH) != 0;
}

/* What the data sheet states of one quantity on the narrowest cylinder that holds the whole bore;
 * NULL: nothing. A lower bound is no maximum. */
static const mrse_stated_cylinder *stated_at_wall(const mrse_study *s, mrse_kind kind)
{
    const mrse_data_sheet *sheet = &s->scanner->sheet;
    const mrse_stated_cylinder *best = NULL;
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *c = &sheet->cylinder[i];
        const mrse_value *value = mrse_sheet_maximum(sheet, c, kind);
        if (value == NULL || !(c->radius.v >= s->reach.bore_radius_m - WALL_SLACK_M))
            continue;
        if (best == NULL || c->radius.v < best->radius.v)
            best = c;
    }
    return best;
}

bool mrse_reach_wall(const mrse_study *s, mrse_kind kind, mrse_value *out)
{
    const mrse_stated_cylinder *wall = stated_at_wall(s, kind);
    if (wall == NULL)
        return false;
    *out = *mrse_sheet_maximum(&s->scanner->sheet, wall, kind);
    out->kind = kind;
    /* that it is the wall's rests on the bore, that it is the largest on all */
    lower_origin(s, out);
    return true;
}

const mrse_value *mrse_reach_wall_stated(const mrse_study *s, mrse_kind kind)
{
    const mrse_stated_cylinder *wall = stated_at_wall(s, kind);
    return wall != NULL ? mrse_sheet_maximum(&s->scanner->sheet, wall, kind) : NULL;
}

static double upper_end(double v, double u)
{
    return v + 2.0 * u;
}

/* The manufacturer's number stands for the bore; in front of the covers only the model speaks. The
 * larger of the two, each with its U, is what somebody can meet: where the model does not know its
 * uncertainty there, neither is the whole known. */
static void prefer_stated(const mrse_study *s, mrse_kind kind, const mrse_peak *front,
                          double u_front, mrse_value *value, mrse_peak *place)
{
    mrse_value stated;
    if (!mrse_reach_wall(s, kind, &stated))
        return;
    double u_stated = stated.basis == MRSE_BASIS_DECLARED ? 0.0 : stated.u;
    if (!(upper_end(stated.v, u_stated) >= upper_end(front->value, u_front))) {
        *value = reach_value(s, front->value, u_front, kind);
        *place = *front;
        return;
    }
    *value = stated;
    *place = (mrse_peak){.value = stated.v, .r_m = stated_at_wall(s, kind)->radius.v, .z_m = NAN};
}

static mrse_status apply_sheet(mrse_study *s)
{
    if (stated_at_wall(s, MRSE_KIND_FIELD) == NULL && stated_at_wall(s, MRSE_KIND_SFG) == NULL &&
        stated_at_wall(s, MRSE_KIND_PRODUCT) == NULL)
        return MRSE_OK;
    const mrse_reach outside = {AXIS_RADIUS_M, s->reach.cover_half_length_m};
    mrse_reach_maxima at, u;
    mrse_status status = search(s, &outside, 0.0, &at, &u);
    if (status != MRSE_OK)
        return status;
    prefer_stated(s, MRSE_KIND_FIELD, &at.b, u.b.value, &s->reach_b, &s->reach_at.b);
    prefer_stated(s, MRSE_KIND_SFG, &at.grad, u.grad.value, &s->reach_grad, &s->reach_at.grad);
    prefer_stated(s, MRSE_KIND_PRODUCT, &at.product, u.product.value, &s->reach_product,
                  &s->reach_at.product);
    return MRSE_OK;
}

/* The model's own maxima, `at` with `u`, and then the data sheet's where it speaks for the bore. */
static mrse_status of_model(mrse_study *s, mrse_reach_maxima *at, mrse_reach_maxima *u)
{
    mrse_reach_maxima found;
    mrse_status status = search(s, &s->reach, s->scanner->bore_diameter.u / 2.0, &found, u);
    /* A fitted winding that comes out within reach makes the reach unknown, not the whole study. */
    if (status == MRSE_ERR_RANGE && s->calibration != NULL)
        return MRSE_OK;
    if (status != MRSE_OK)
        return status;
    s->reach_at = *at = found;
    s->reach_b = reach_value(s, at->b.value, u->b.value, MRSE_KIND_FIELD);
    s->reach_grad = reach_value(s, at->grad.value, u->grad.value, MRSE_KIND_SFG);
    s->reach_product = reach_value(s, at->product.value, u->product.value, MRSE_KIND_PRODUCT);
    return apply_sheet(s);
}

/* What the manufacturer states of everywhere needs no model. Where there is one, and it has more by
 * more than its uncertainty, one of the two is wrong. */
static bool prefer_accessible(const mrse_study *s, mrse_kind kind, double v, double u,
                              mrse_value *value, mrse_peak *place)
{
    const mrse_value *stated = mrse_sheet_accessible(&s->scanner->sheet, kind);
    if (stated == NULL)
        return false;
    *value = *stated;
    value->kind = kind;
    *place = (mrse_peak){.value = stated->v, .r_m = NAN, .z_m = NAN};
    return v - 2.0 * u > stated->v;
}

mrse_status mrse_study_reach(mrse_study *s)
{
    const mrse_peak nowhere = {NAN, NAN, NAN};
    mrse_reach_maxima at = {nowhere, nowhere, nowhere}, u = at;
    s->reach_b = mrse_value_missing(MRSE_KIND_FIELD);
    s->reach_grad = mrse_value_missing(MRSE_KIND_SFG);
    s->reach_product = mrse_value_missing(MRSE_KIND_PRODUCT);
    bool known = mrse_study_has_model(s) && isfinite(s->reach.bore_radius_m) &&
                 isfinite(s->reach.cover_half_length_m);
    mrse_status status = known ? of_model(s, &at, &u) : MRSE_OK;
    if (status != MRSE_OK)
        return status;
    s->doubt_b =
        prefer_accessible(s, MRSE_KIND_FIELD, at.b.value, u.b.value, &s->reach_b, &s->reach_at.b);
    s->doubt_grad = prefer_accessible(s, MRSE_KIND_SFG, at.grad.value, u.grad.value, &s->reach_grad,
                                      &s->reach_at.grad);
    s->doubt_product = prefer_accessible(s, MRSE_KIND_PRODUCT, at.product.value, u.product.value,
                                         &s->reach_product, &s->reach_at.product);
    return MRSE_OK;
}

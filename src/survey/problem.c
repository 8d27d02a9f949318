/* What a fit of a survey is made of: the field at its points, what each point's reading is worth,
 * and the ways in which the field model may be wrong at all points together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "mrse/alloc.h"
#include "survey_internal.h"

/* Nobody knows ln|B| at a point better than this: it also keeps a weight from being infinite. */
static const double LEAST_U = 1e-4;
/* Of what the variants say of a point, the share that no mode follows. */
static const double OWN_SHARE = 0.2;

static bool is_usable(const mrse_survey_point *q)
{
    return isfinite(q->x_m) && isfinite(q->y_m) && isfinite(q->z_m) && isfinite(q->b_T) &&
           q->b_T > 0.0 && isfinite(q->u_position_m) && q->u_position_m >= 0.0 &&
           isfinite(q->u_b_T) && q->u_b_T >= 0.0;
}

static bool is_last(const mrse_model *model, size_t i)
{
    return i + 1 == model->n_variants ||
           model->variant[i + 1].direction != model->variant[i].direction;
}

static double *numbers(size_t n, mrse_status *status)
{
    double *made = mrse_alloc(n, sizeof *made);
    if (made == NULL)
        *status = MRSE_ERR_NOMEM;
    return made;
}

mrse_status survey_problem_make(const mrse_model *model, const mrse_survey_point *point, size_t n,
                                survey_problem *p)
{
    mrse_status status = MRSE_OK;
    memset(p, 0, sizeof *p);
    p->model = model;
    p->n_modes = model->n_variants + (model->u_field > 0.0 ? 2 : 0);
    p->point = mrse_alloc(n, sizeof *p->point);
    p->amplitude = numbers(p->n_modes, &status);
    p->mode = n > 0 && p->n_modes > SIZE_MAX / n ? NULL : numbers(p->n_modes * n, &status);
    double **each[] = {&p->s, &p->weight, &p->t,      &p->r,      &p->z,
                       &p->b, &p->grad_r, &p->grad_z, &p->changed};
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        *each[i] = numbers(n, &status);
    if (p->point == NULL || p->mode == NULL || status != MRSE_OK) {
        survey_problem_clear(p);
        return MRSE_ERR_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        if (is_usable(&point[i]))
            p->point[p->n++] = &point[i];
    }
    return MRSE_OK;
}

void survey_problem_clear(survey_problem *p)
{
    double *each[] = {p->amplitude, p->mode, p->s,      p->weight, p->t,      p->r,
                      p->z,         p->b,    p->grad_r, p->grad_z, p->changed};
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        mrse_free(each[i]);
    mrse_free((void *)p->point);
    memset(p, 0, sizeof *p);
}

mrse_status survey_evaluate(survey_problem *p, const double place[SURVEY_PLACE])
{
    const mrse_field_arrays out = {.b_T = p->b, .grad_r_T_m = p->grad_r, .grad_z_T_m = p->grad_z};
    for (size_t i = 0; i < p->n; i++)
        survey_to_magnet(place, p->point[i], &p->r[i], &p->z[i], NULL, NULL);
    mrse_status status = mrse_field_batch(&p->model->magnet, p->n, p->r, p->z, &out, 1);
    /* A search may put a point on a winding's corner: it then says nothing of this placement. */
    return status == MRSE_ERR_RANGE && p->n > 0 ? MRSE_OK : status;
}

/* A constant factor is not all that may be wrong with a relative uncertainty: errors along the axis
 * and across it are taken as two, which makes points of one side go together and each point have
 * the whole. */
static void add_field_modes(survey_problem *p, size_t k)
{
    for (size_t i = 0; i < p->n; i++) {
        const double far = hypot(p->r[i], p->z[i]);
        p->mode[k * p->n + i] = p->model->u_field * (far > 0.0 ? p->z[i] / far : 1.0);
        p->mode[(k + 1) * p->n + i] = p->model->u_field * (far > 0.0 ? p->r[i] / far : 0.0);
        p->mode[k * p->n + i] = fabs(p->mode[k * p->n + i]);
    }
}

static double known(double x)
{
    return isfinite(x) ? x : 0.0;
}

/* The two sides of a direction are one amplitude, and what both have in common another. */
static void pair_modes(survey_problem *p, size_t k)
{
    double *one = p->mode + k * p->n, *other = one + p->n;
    for (size_t i = 0; i < p->n; i++) {
        const double half = 0.5 * (one[i] - other[i]), mean = 0.5 * (one[i] + other[i]);
        one[i] = half;
        other[i] = mean;
    }
}

static mrse_status add_variant_modes(survey_problem *p)
{
    const mrse_field_arrays out = {.b_T = p->changed};
    size_t first = 0;
    for (size_t k = 0; k < p->model->n_variants; k++) {
        const mrse_variant *v = &p->model->variant[k];
        mrse_status status = mrse_field_batch(&v->magnet, p->n, p->r, p->z, &out, 1);
        if (status != MRSE_OK && status != MRSE_ERR_RANGE)
            return status;
        for (size_t i = 0; i < p->n; i++)
            p->mode[k * p->n + i] = known(sqrt(v->weight) * log(p->changed[i] / p->b[i]));
        if (!is_last(p->model, k))
            continue;
        if (k - first == 1)
            pair_modes(p, first);
        first = k + 1;
    }
    return MRSE_OK;
}

mrse_status survey_refresh(survey_problem *p)
{
    mrse_status status = survey_evaluate(p, p->place);
    if (status == MRSE_OK)
        status = add_variant_modes(p);
    if (status != MRSE_OK)
        return status;
    if (p->n_modes > p->model->n_variants)
        add_field_modes(p, p->model->n_variants);
    for (size_t i = 0; i < p->n; i++) {
        const mrse_survey_point *q = p->point[i];
        const double slope = hypot(p->grad_r[i], p->grad_z[i]) / p->b[i];
        double own = 0.0;
        for (size_t k = 0; k < p->n_modes; k++)
            own += p->mode[k * p->n + i] * p->mode[k * p->n + i];
        own = sqrt(OWN_SHARE * OWN_SHARE * own + LEAST_U * LEAST_U);
        p->s[i] = hypot(hypot(q->u_b_T / q->b_T, known(slope) * q->u_position_m), own);
    }
    return MRSE_OK;
}

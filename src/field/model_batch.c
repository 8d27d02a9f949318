/* A field model at many points at once: one batch of the best magnet, one of each variant.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "field_internal.h"
#include "mrse/alloc.h"
#include "mrse/model.h"

/* As many threads as there are processors: the numbers do not depend on it. */
static const unsigned THREADS = 0;

/* |B| or the gradient of n points: what it is, what it is in one variant, and the sums over the
 * variants of one direction and over the directions. */
typedef struct column {
    double *base, *there, *worst, *sum;
    double *u; /* the caller's; NULL: not asked for */
    double relative;
} column;

static void column_place(column *c, double *block, size_t n)
{
    c->base = block;
    c->there = block + n;
    c->worst = block + 2 * n;
    c->sum = block + 3 * n;
}

static void column_add(column *c, size_t n, double weight, bool last)
{
    for (size_t i = 0; i < n; i++) {
        double change = c->there[i] - c->base[i], part = weight * change * change;
        /* NaN stays: a variant that has no value there leaves nothing known. */
        if (!(part <= c->worst[i]) && !isnan(c->worst[i]))
            c->worst[i] = part;
        if (!last)
            continue;
        c->sum[i] += c->worst[i];
        c->worst[i] = 0.0;
    }
}

static void column_finish(const column *c, size_t n)
{
    for (size_t i = 0; c->u != NULL && i < n; i++)
        c->u[i] =
            isnan(c->base[i]) ? (double)NAN : hypot(c->relative * c->base[i], sqrt(c->sum[i]));
}

static mrse_status run(const mrse_model *model, size_t n, const double *r_m, const double *z_m,
                       column *b, column *g)
{
    const mrse_field_arrays base = {.b_T = b->base, .grad_T_m = g->base};
    mrse_status first = mrse_field_batch(&model->magnet, n, r_m, z_m, &base, THREADS);
    if (first != MRSE_OK && first != MRSE_ERR_RANGE)
        return first;
    for (size_t i = 0; i < model->n_variants; i++) {
        const mrse_variant *v = &model->variant[i];
        const mrse_field_arrays there = {.b_T = b->there, .grad_T_m = g->there};
        /* A magnet that is refused as a whole writes nothing. */
        for (size_t k = 0; k < n; k++)
            b->there[k] = g->there[k] = (double)NAN;
        mrse_status status = mrse_field_batch(&v->magnet, n, r_m, z_m, &there, THREADS);
        if (status == MRSE_ERR_NOMEM)
            return status;
        bool last = i + 1 == model->n_variants || model->variant[i + 1].direction != v->direction;
        column_add(b, n, v->weight, last);
        column_add(g, n, v->weight, last);
    }
    return first;
}

mrse_status mrse_model_batch(const mrse_model *model, size_t n, const double *r_m,
                             const double *z_m, double *b_T, double *u_b_T, double *grad_T_m,
                             double *u_grad_T_m)
{
    if (mrse_model_check(model) != MRSE_OK || (n > 0 && (r_m == NULL || z_m == NULL)))
        return MRSE_ERR_ARG;
    if (n == 0)
        return MRSE_OK;
    column b = {.u = u_b_T, .relative = model->u_field};
    column g = {.u = u_grad_T_m, .relative = model->u_grad};
    double *block = mrse_alloc(n, 8 * sizeof *block);
    if (block == NULL)
        return MRSE_ERR_NOMEM;
    column_place(&b, block, n);
    column_place(&g, block + 4 * n, n);
    for (size_t i = 0; i < n; i++)
        b.base[i] = g.base[i] = (double)NAN;
    mrse_status status = run(model, n, r_m, z_m, &b, &g);
    if (status == MRSE_OK || status == MRSE_ERR_RANGE) {
        if (b_T != NULL)
            memcpy(b_T, b.base, n * sizeof *b_T);
        if (grad_T_m != NULL)
            memcpy(grad_T_m, g.base, n * sizeof *grad_T_m);
        column_finish(&b, n);
        column_finish(&g, n);
    }
    mrse_free(block);
    return status;
}

/* How the model reproduces each number of the data sheet, as a reader would check it: an extent from
 * the slope of the field, and a bound by what the model has, not by whether it is kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

/* Beyond a null of the field a line has no slope that leads to it: the fit's own is used there. */
static const double LEAST_FALL = 1.0;

typedef struct table {
    mrse_datum *exact; /* the data as if none were a bound */
    double *residual, *jacobian, *predicted;
} table;

/* The power of the distance by which |B| falls outwards where an extent is printed. */
static double fall_at(const mrse_magnet *magnet, const mrse_datum *d, double r_m, double z_m)
{
    const bool axial = cal_is_axial(d->type);
    mrse_sfg at;
    if (mrse_sfg_at(magnet, r_m, z_m, &at) != MRSE_OK || at.b_T <= 0.0)
        return cal_fall(d->type);
    const double fall = -(axial ? at.grad_z_T_m : at.grad_r_T_m) * d->value / at.b_T;
    return fall >= LEAST_FALL ? fall : cal_fall(d->type);
}

static void fill(const cal_problem *p, const table *t, const double *steps, mrse_calibration *c)
{
    for (size_t i = 0; i < p->n; i++) {
        const mrse_datum *d = &p->datum[i];
        mrse_fit_row *row = &c->row[i];
        double u = 0.0, scale = 1.0;
        for (size_t k = 0; k < CAL_PARAMS; k++) {
            double change = 0.0;
            for (size_t j = 0; j < CAL_PARAMS; j++)
                change += t->jacobian[i * CAL_PARAMS + j] * steps[j * CAL_PARAMS + k];
            u = hypot(u, change);
        }
        row->predicted = t->predicted[i];
        if (cal_is_extent(d->type)) {
            const cal_work *w = p->work;
            const size_t place = w->place_at[i];
            scale = cal_fall(d->type) / fall_at(&c->model.magnet, d, w->r_m[place], w->z_m[place]);
            /* exact where |B| is a power of the distance */
            row->predicted = d->value * exp(t->residual[i] * d->u * scale / d->value);
        }
        row->u_predicted = u * d->u * scale;
        row->residual = row->predicted - d->value;
    }
}

mrse_status cal_rows(const cal_problem *p, const double *theta, const double *steps,
                     mrse_calibration *c)
{
    const size_t rows = cal_residual_count(p);
    cal_problem exact = *p;
    table t = {.exact = mrse_alloc(p->n, sizeof *t.exact),
               .residual = mrse_alloc(rows, sizeof(double)),
               .jacobian = mrse_alloc(rows * CAL_PARAMS, sizeof(double)),
               .predicted = mrse_alloc(p->n, sizeof(double))};
    c->row = mrse_alloc(p->n, sizeof *c->row);
    c->n_rows = p->n;
    mrse_status status =
        t.exact && t.residual && t.jacobian && t.predicted && c->row ? MRSE_OK : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
        t.exact[i] = p->datum[i];
        t.exact[i].bound = MRSE_BOUND_EXACT;
    }
    exact.datum = t.exact;
    if (status == MRSE_OK)
        status = cal_evaluate(&exact, theta, t.residual, t.jacobian, t.predicted);
    if (status == MRSE_OK)
        fill(&exact, &t, steps, c);
    mrse_free(t.exact);
    mrse_free(t.residual);
    mrse_free(t.jacobian);
    mrse_free(t.predicted);
    return status;
}

/* How the model reproduces each number of the data sheet, as a reader would check it: an extent
 * as a distance, and a bound by what the model has, not by whether it is kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

typedef struct table {
    mrse_datum *exact; /* the data as if none were a bound */
    double *residual, *jacobian, *predicted;
} table;

static void fill(const cal_problem *p, const table *t, const double *steps, mrse_calibration *c)
{
    for (size_t i = 0; i < p->n; i++) {
        const mrse_datum *d = &p->datum[i];
        mrse_fit_row *row = &c->row[i];
        double u = 0.0;
        for (size_t k = 0; k < CAL_PARAMS; k++) {
            double change = 0.0;
            for (size_t j = 0; j < CAL_PARAMS; j++)
                change += t->jacobian[i * CAL_PARAMS + j] * steps[j * CAL_PARAMS + k];
            u = hypot(u, change);
        }
        /* of an extent the residual is one of distance; exact where |B| is a power of it */
        row->predicted = cal_is_extent(d->type) ? d->value * exp(t->residual[i] * d->u / d->value)
                                                : t->predicted[i];
        row->u_predicted = u * d->u;
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

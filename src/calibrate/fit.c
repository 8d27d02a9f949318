/* One fit: GSL's Levenberg-Marquardt, with the data's weight raised in stages so that far contours
 * do not trap it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

static int gsl_residuals(const gsl_vector *x, void *context, gsl_vector *f)
{
    return cal_evaluate(context, x->data, f->data, NULL, NULL) == MRSE_OK ? GSL_SUCCESS : GSL_EDOM;
}

static int gsl_jacobian(const gsl_vector *x, void *context, gsl_matrix *j)
{
    cal_problem *p = context;
    return cal_evaluate(p, x->data, p->residual, j->data, NULL) == MRSE_OK ? GSL_SUCCESS : GSL_EDOM;
}

static void take(const gsl_multifit_nlinear_workspace *w, const cal_problem *p, cal_fit *fit)
{
    const gsl_vector *f = gsl_multifit_nlinear_residual(w);
    memcpy(fit->theta, gsl_multifit_nlinear_position(w)->data, sizeof fit->theta);
    fit->cost = fit->chi2 = 0.0;
    for (size_t i = 0; i < f->size; i++) {
        const double r = gsl_vector_get(f, i);
        fit->cost += r * r;
        fit->chi2 += i < p->n ? r * r : 0.0;
    }
}

/* A stage: by how much the uncertainties are widened, and when it has gone far enough. */
typedef struct plan {
    double soften;
    size_t steps;
    double gain;
} plan;

/* Iterate until three steps together gain less than `gain`, of what is dimensionless. */
static mrse_status stage(cal_problem *p, const plan *how, gsl_multifit_nlinear_workspace *w,
                         cal_fit *fit)
{
    gsl_multifit_nlinear_fdf fdf = {.f = gsl_residuals,
                                    .df = gsl_jacobian,
                                    .n = cal_residual_count(p),
                                    .p = CAL_PARAMS,
                                    .params = p};
    gsl_vector_view x = gsl_vector_view_array(fit->theta, CAL_PARAMS);
    double before = INFINITY;
    p->soften = how->soften;
    if (gsl_multifit_nlinear_init(&x.vector, &fdf, w) != GSL_SUCCESS)
        return MRSE_ERR_NUMERIC;
    for (size_t i = 0; i < how->steps; i++) {
        if (gsl_multifit_nlinear_iterate(w) != GSL_SUCCESS)
            break; /* no step improves: as good as it gets */
        take(w, p, fit);
        if (i % 3 == 2) {
            if (before - fit->cost < how->gain)
                break;
            before = fit->cost;
        }
    }
    take(w, p, fit);
    return isfinite(fit->cost) ? MRSE_OK : MRSE_ERR_NUMERIC;
}

static mrse_status run(cal_problem *p, cal_fit *fit, const plan *stages, size_t n)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *w = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &how, cal_residual_count(p), CAL_PARAMS);
    mrse_status status = w != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < n && status == MRSE_OK; i++)
        status = stage(p, &stages[i], w, fit);
    gsl_multifit_nlinear_free(w);
    fit->status = status;
    return status;
}

mrse_status cal_fit_rough(cal_problem *p, cal_fit *fit)
{
    static const plan SIGNED[] = {{30.0, 12, 1.0}}, ROUGH[] = {{30.0, 9, 1.0}, {5.0, 12, 1.0}};
    mrse_status status = MRSE_OK;
    p->pattern = fit->pattern;
    if (p->pattern != CAL_UNSIGNED)
        status = run(p, fit, SIGNED, 1);
    p->pattern = CAL_UNSIGNED;
    return status == MRSE_OK ? run(p, fit, ROUGH, 2) : status;
}

mrse_status cal_fit_finish(cal_problem *p, cal_fit *fit)
{
    static const plan FINISH[] = {{1.0, 60, 0.01}};
    return run(p, fit, FINISH, 1);
}

mrse_status cal_fit_again(cal_problem *p, cal_fit *fit)
{
    static const plan AGAIN[] = {{5.0, 12, 0.3}, {1.0, 20, 0.3}};
    return run(p, fit, AGAIN, 2);
}

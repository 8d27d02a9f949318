/* One fit of a placement: GSL's Levenberg-Marquardt on ln|B|, its robust form, and what the result
 * says of each point. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "survey_internal.h"

/* The losses of Cauchy and Tukey with 95 % efficiency for normal errors. */
static const double CAUCHY = 2.385, TUKEY = 4.685;

static size_t place_count(const survey_problem *p)
{
    size_t n = 0;
    for (int k = 0; k < SURVEY_PLACE; k++)
        n += p->known[k].fitted;
    return n;
}

static size_t datum_count(const survey_problem *p)
{
    size_t n = 0;
    for (int k = 0; k < SURVEY_PLACE; k++)
        n += p->known[k].fitted && isfinite(p->known[k].u);
    return n;
}

static void placed(const survey_problem *p, const gsl_vector *x, double place[SURVEY_PLACE])
{
    size_t j = 0;
    for (int k = 0; k < SURVEY_PLACE; k++)
        place[k] = p->known[k].fitted ? gsl_vector_get(x, j++) : p->known[k].at;
}

static double off(const survey_problem *p, int k, double value)
{
    const double by = k == SURVEY_AZIMUTH || k == SURVEY_TILT ? survey_turn(value, p->known[k].at)
                                                              : value - p->known[k].at;
    return by / p->known[k].u;
}

static int residuals(const gsl_vector *x, void *context, gsl_vector *f)
{
    survey_problem *p = context;
    double place[SURVEY_PLACE];
    const size_t m = place_count(p);
    placed(p, x, place);
    if (survey_evaluate(p, place) != MRSE_OK)
        return GSL_EDOM;
    for (size_t i = 0; i < p->n; i++) {
        double e = log(p->b[i] / p->point[i]->b_T);
        for (size_t k = 0; k < p->n_modes; k++)
            e += gsl_vector_get(x, m + k) * p->mode[k * p->n + i];
        gsl_vector_set(f, i, isfinite(e) ? p->weight[i] * e / p->s[i] : 0.0);
    }
    for (size_t k = 0; k < p->n_modes; k++)
        gsl_vector_set(f, p->n + k, gsl_vector_get(x, m + k));
    size_t row = p->n + p->n_modes;
    for (int k = 0; k < SURVEY_PLACE; k++) {
        if (p->known[k].fitted && isfinite(p->known[k].u))
            gsl_vector_set(f, row++, off(p, k, place[k]));
    }
    return GSL_SUCCESS;
}

static double slope(const survey_problem *p, size_t i, double dr, double dz)
{
    const double by = (p->grad_r[i] * dr + p->grad_z[i] * dz) / p->b[i];
    return isfinite(by) ? by : 0.0;
}

static int jacobian(const gsl_vector *x, void *context, gsl_matrix *jac)
{
    survey_problem *p = context;
    double place[SURVEY_PLACE], dr[SURVEY_PLACE], dz[SURVEY_PLACE], r, z;
    const size_t m = place_count(p);
    placed(p, x, place);
    if (survey_evaluate(p, place) != MRSE_OK)
        return GSL_EDOM;
    gsl_matrix_set_zero(jac);
    for (size_t i = 0; i < p->n; i++) {
        const double by = p->weight[i] / p->s[i];
        size_t j = 0;
        survey_to_magnet(place, p->point[i], &r, &z, dr, dz);
        for (int k = 0; k < SURVEY_PLACE; k++) {
            if (p->known[k].fitted)
                gsl_matrix_set(jac, i, j++, by * slope(p, i, dr[k], dz[k]));
        }
        for (size_t k = 0; k < p->n_modes; k++)
            gsl_matrix_set(jac, i, m + k, by * p->mode[k * p->n + i]);
    }
    for (size_t k = 0; k < p->n_modes; k++)
        gsl_matrix_set(jac, p->n + k, m + k, 1.0);
    size_t row = p->n + p->n_modes, j = 0;
    for (int k = 0; k < SURVEY_PLACE; k++) {
        if (!p->known[k].fitted)
            continue;
        if (isfinite(p->known[k].u))
            gsl_matrix_set(jac, row++, j, 1.0 / p->known[k].u);
        j++;
    }
    return GSL_SUCCESS;
}

static mrse_status iterate(survey_problem *p, size_t steps, gsl_vector *x,
                           gsl_multifit_nlinear_workspace *w)
{
    gsl_multifit_nlinear_fdf fdf = {.f = residuals,
                                    .df = jacobian,
                                    .n = p->n + p->n_modes + datum_count(p),
                                    .p = x->size,
                                    .params = p};
    const size_t m = place_count(p);
    int info = 0;
    if (gsl_multifit_nlinear_init(x, &fdf, w) != GSL_SUCCESS)
        return MRSE_ERR_NUMERIC;
    /* No progress, or steps used up: as good as it gets here; the next round goes on from there. */
    (void)gsl_multifit_nlinear_driver(steps, 1e-9, 1e-10, 0.0, NULL, NULL, &info, w);
    const gsl_vector *at = gsl_multifit_nlinear_position(w);
    for (size_t k = 0; k < at->size; k++) {
        if (!isfinite(gsl_vector_get(at, k)))
            return MRSE_ERR_NUMERIC;
    }
    placed(p, at, p->place);
    for (size_t k = 0; k < p->n_modes; k++)
        p->amplitude[k] = gsl_vector_get(at, m + k);
    return MRSE_OK;
}

static void fill(const survey_problem *p, gsl_vector *x)
{
    size_t j = 0;
    for (int k = 0; k < SURVEY_PLACE; k++) {
        if (p->known[k].fitted)
            gsl_vector_set(x, j++, p->place[k]);
    }
    for (size_t k = 0; k < p->n_modes; k++)
        gsl_vector_set(x, j++, p->amplitude[k]);
}

mrse_status survey_fit(survey_problem *p, size_t steps)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    const size_t m = place_count(p) + p->n_modes, n = p->n + p->n_modes + datum_count(p);
    mrse_status status = MRSE_ERR_NOMEM;
    if (m == 0)
        return MRSE_OK;
    if (n < m)
        return MRSE_ERR_RANGE;
    gsl_vector *x = gsl_vector_alloc(m);
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, n, m);
    if (x != NULL && w != NULL) {
        fill(p, x);
        status = iterate(p, steps, x, w);
    }
    gsl_multifit_nlinear_free(w);
    gsl_vector_free(x);
    return status;
}

/* Residuals at the placement as it stands, each over its own standard uncertainty. */
static mrse_status take_t(survey_problem *p)
{
    mrse_status status = survey_evaluate(p, p->place);
    for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
        double e = log(p->b[i] / p->point[i]->b_T);
        for (size_t k = 0; k < p->n_modes; k++)
            e += p->amplitude[k] * p->mode[k * p->n + i];
        p->t[i] = isfinite(e) ? e / p->s[i] : (double)INFINITY;
    }
    return status;
}

static void sort(double *value, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const double v = value[i];
        size_t k = i;
        for (; k > 0 && value[k - 1] > v; k--)
            value[k] = value[k - 1];
        value[k] = v;
    }
}

double survey_scale(const survey_problem *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->weight[i] > 0.0)
            p->changed[n++] = fabs(p->t[i]);
    }
    sort(p->changed, n);
    if (n == 0)
        return 1.0;
    /* The factor makes it the standard deviation of normal errors. */
    return fmax(1.0, 1.4826 * 0.5 * (p->changed[(n - 1) / 2] + p->changed[n / 2]));
}

/* Weights stand before the residual, not its square. Cauchy's finds its way from afar; Tukey's then
 * takes away what is left of the pull of points that do not belong. */
static double weight_of(double t, bool redescend)
{
    const double u = t / (redescend ? TUKEY : CAUCHY);
    if (!redescend)
        return 1.0 / hypot(1.0, u);
    return fabs(u) < 1.0 ? 1.0 - u * u : 0.0;
}

static mrse_status weigh(survey_problem *p, bool redescend, double *cost)
{
    for (size_t i = 0; i < p->n; i++)
        p->weight[i] = 1.0;
    mrse_status status = take_t(p);
    if (status != MRSE_OK)
        return status;
    const double scale = survey_scale(p);
    *cost = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        p->weight[i] = isfinite(p->t[i]) ? weight_of(p->t[i] / scale, redescend) : 0.0;
        *cost += log1p(fmin(p->t[i] * p->t[i], 1e12) / (CAUCHY * CAUCHY));
    }
    for (size_t k = 0; k < p->n_modes; k++)
        *cost += 0.5 * p->amplitude[k] * p->amplitude[k];
    return MRSE_OK;
}

mrse_status survey_fit_robust(survey_problem *p, double *cost)
{
    enum { FAR = 12, NEAR = 6, STEPS = 6 };
    double before = INFINITY;
    mrse_status status = MRSE_OK;
    for (size_t round = 0; round < FAR + NEAR && status == MRSE_OK; round++) {
        status = survey_refresh(p);
        if (status == MRSE_OK)
            status = weigh(p, round >= FAR, cost);
        if (status != MRSE_OK)
            break;
        if (round > 3 && round < FAR && before - *cost < 1e-4 * (1.0 + *cost))
            round = FAR - 1;
        before = *cost;
        status = survey_fit(p, STEPS);
    }
    return status == MRSE_OK ? take_t(p) : status;
}

/* ---- what a finished fit says ---- */

static double form(const gsl_matrix *inverse, const gsl_vector *v)
{
    double sum = 0.0;
    for (size_t a = 0; a < v->size; a++)
        for (size_t b = 0; b < v->size; b++)
            sum += gsl_vector_get(v, a) * gsl_matrix_get(inverse, a, b) * gsl_vector_get(v, b);
    return sum;
}

/* Each residual over its own standard deviation: smaller than s for a point that the fit follows,
 * larger for one that was left out and is predicted. */
static void studentise(survey_problem *p, const gsl_matrix *jac, const gsl_matrix *inverse)
{
    for (size_t i = 0; i < p->n; i++) {
        gsl_vector_const_view row = gsl_matrix_const_row(jac, i);
        const double h = form(inverse, &row.vector);
        p->t[i] /= p->weight[i] > 0.0 ? sqrt(fmax(1.0 - h, 0.02)) : sqrt(1.0 + h);
    }
}

static mrse_status invert(const gsl_matrix *jac, gsl_matrix *inverse)
{
    for (size_t a = 0; a < jac->size2; a++)
        for (size_t b = 0; b < jac->size2; b++) {
            double sum = 0.0;
            for (size_t i = 0; i < jac->size1; i++)
                sum += gsl_matrix_get(jac, i, a) * gsl_matrix_get(jac, i, b);
            gsl_matrix_set(inverse, a, b, sum);
        }
    for (size_t a = 0; a < jac->size2; a++) {
        if (!(gsl_matrix_get(inverse, a, a) > 0.0))
            return MRSE_ERR_RANGE; /* nothing depends on it */
    }
    if (gsl_linalg_cholesky_decomp1(inverse) != GSL_SUCCESS ||
        gsl_linalg_cholesky_invert(inverse) != GSL_SUCCESS)
        return MRSE_ERR_RANGE;
    return MRSE_OK;
}

static void take_covariance(survey_problem *p, const gsl_matrix *inverse)
{
    size_t a = 0;
    memset(p->cov, 0, sizeof p->cov);
    for (int k = 0; k < SURVEY_PLACE; k++) {
        size_t b = 0;
        if (!p->known[k].fitted)
            continue;
        for (int l = 0; l < SURVEY_PLACE; l++) {
            if (p->known[l].fitted)
                p->cov[k][l] = gsl_matrix_get(inverse, a, b++);
        }
        a++;
    }
}

static mrse_status judge(survey_problem *p, gsl_vector *x, gsl_vector *f, gsl_matrix *jac,
                         gsl_matrix *inverse, double *weight)
{
    memcpy(weight, p->weight, p->n * sizeof *weight);
    fill(p, x);
    if (residuals(x, p, f) != GSL_SUCCESS || jacobian(x, p, jac) != GSL_SUCCESS)
        return MRSE_ERR_NUMERIC;
    mrse_status status = invert(jac, inverse);
    if (status != MRSE_OK)
        return status;
    take_covariance(p, inverse);
    p->chi2 = 0.0;
    for (size_t i = 0; i < f->size; i++)
        p->chi2 += gsl_vector_get(f, i) * gsl_vector_get(f, i);
    size_t used = 0;
    for (size_t i = 0; i < p->n; i++)
        used += p->weight[i] > 0.0;
    const size_t rows = used + datum_count(p), free = place_count(p);
    p->dof = rows > free ? rows - free : 0;
    /* Rows of the points that were left out are asked for as well. */
    for (size_t i = 0; i < p->n; i++)
        p->weight[i] = 1.0;
    if (jacobian(x, p, jac) != GSL_SUCCESS)
        status = MRSE_ERR_NUMERIC;
    memcpy(p->weight, weight, p->n * sizeof *weight);
    if (status == MRSE_OK)
        status = take_t(p);
    if (status == MRSE_OK)
        studentise(p, jac, inverse);
    return status;
}

mrse_status survey_statistics(survey_problem *p)
{
    const size_t m = place_count(p) + p->n_modes, n = p->n + p->n_modes + datum_count(p);
    mrse_status status = MRSE_ERR_NOMEM;
    if (m == 0) { /* everything is held, and the model exact */
        memset(p->cov, 0, sizeof p->cov);
        status = take_t(p);
        p->chi2 = 0.0;
        p->dof = 0;
        for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
            p->chi2 += p->weight[i] * p->t[i] * p->t[i];
            p->dof += p->weight[i] > 0.0;
        }
        return status;
    }
    gsl_vector *x = gsl_vector_alloc(m), *f = gsl_vector_alloc(n);
    gsl_matrix *jac = gsl_matrix_alloc(n, m), *inverse = gsl_matrix_alloc(m, m);
    double *weight = mrse_alloc(p->n, sizeof *weight);
    if (x != NULL && f != NULL && jac != NULL && inverse != NULL && weight != NULL)
        status = judge(p, x, f, jac, inverse, weight);
    mrse_free(weight);
    gsl_matrix_free(inverse);
    gsl_matrix_free(jac);
    gsl_vector_free(f);
    gsl_vector_free(x);
    return status;
}

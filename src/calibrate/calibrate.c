/* Calibration: several fits from several reference designs, the best of them, and what else the data
 * allow. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

/* Fits within this of the best one are believed as well (the 95 % of one degree of freedom). */
static const double ADMISSIBLE = 4.0;
/* A rough fit so much worse than the best one ends on a wrong branch: not worth finishing. */
static const double HOPELESS = 4.0, HOPELESS_PLUS = 4.0;

const char *mrse_calibrate_design(size_t i)
{
    return i < cal_design_count() ? cal_design_get(i)->name : NULL;
}

static bool is_positive(double x)
{
    return isfinite(x) && x > 0.0;
}

static bool is_known(const mrse_datum *d)
{
    return (unsigned)d->type <= MRSE_DATUM_POINT_GRADIENT &&
           (unsigned)d->bound <= MRSE_BOUND_AT_LEAST;
}

/* NaN: not known. */
static bool is_size(double x)
{
    return isnan(x) || is_positive(x);
}

static bool is_usable(const mrse_datum *d)
{
    const bool place = d->type == MRSE_DATUM_POINT_FIELD || d->type == MRSE_DATUM_POINT_GRADIENT;
    const bool extent = cal_is_extent(d->type);
    if (!is_positive(d->value) || !is_positive(d->u) || !is_known(d))
        return false;
    if (d->type == MRSE_DATUM_CENTRE)
        return true;
    return extent ? is_positive(d->at)
                  : d->at >= 0.0 && isfinite(d->at) && (!place || isfinite(d->z_m));
}

static double centre_of(const mrse_datum *data, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (data[i].type == MRSE_DATUM_CENTRE)
            return data[i].value;
    }
    return NAN;
}

/* One problem per meaning of the radial extents. */
static mrse_status problem_begin(cal_problem *p, const mrse_datum *data, size_t n,
                                 const mrse_housing_size *size)
{
    static const mrse_housing_size nothing = {NAN, NAN, NAN};
    *p = (cal_problem){.datum = data,
                       .n = n,
                       .size = size != NULL ? *size : nothing,
                       .b0_T = centre_of(data, n),
                       .soften = 1.0,
                       .without = n};
    mrse_status status = cal_work_new(n, &p->work);
    p->residual = mrse_alloc(cal_residual_count(p), sizeof *p->residual);
    return status == MRSE_OK && p->residual == NULL ? MRSE_ERR_NOMEM : status;
}

static void problem_end(cal_problem *p)
{
    cal_work_free(p->work);
    mrse_free(p->residual);
}

static void fit_bring(cal_problem *p, const cal_fit *fit)
{
    cal_family_set(&p->family, cal_design_get(fit->design), p->b0_T, &p->size);
}

/* The same magnet found again from another start. */
static bool is_same(const cal_fit *a, const cal_fit *b)
{
    double apart = 0.0;
    for (size_t i = 0; i < CAL_PARAMS; i++)
        apart = fmax(apart, fabs(a->theta[i] - b->theta[i]));
    return a->design == b->design && a->meaning == b->meaning && apart < 0.05;
}

/* Every design with every pattern, roughly; then those that promise something, to the end. */
static mrse_status run_starts(cal_problem problem[], size_t n_problems, unsigned without,
                              cal_starts *s)
{
    double best = INFINITY;
    for (size_t k = 0; k < n_problems * cal_design_count() * CAL_PATTERNS; k++) {
        cal_fit *fit = &s->fit[s->n];
        *fit = (cal_fit){.design = k / CAL_PATTERNS % cal_design_count(),
                         .pattern = (cal_pattern)(k % CAL_PATTERNS),
                         .meaning = k / CAL_PATTERNS / cal_design_count()};
        if ((without >> fit->design & 1U) != 0)
            continue;
        fit_bring(&problem[fit->meaning], fit);
        mrse_status status = cal_fit_rough(&problem[fit->meaning], fit);
        if (status == MRSE_ERR_NOMEM)
            return status;
        s->n_starts++;
        if (status != MRSE_OK)
            continue;
        best = fmin(best, fit->cost);
        s->n++;
    }
    size_t kept = 0;
    for (size_t k = 0; k < s->n; k++) {
        cal_fit fit = s->fit[k];
        bool known = fit.cost > HOPELESS * best + HOPELESS_PLUS;
        for (size_t j = 0; j < kept && !known; j++)
            known = is_same(&s->rough[j], &fit);
        if (known)
            continue;
        s->rough[kept] = fit;
        fit_bring(&problem[fit.meaning], &fit);
        mrse_status status = cal_fit_finish(&problem[fit.meaning], &fit);
        if (status == MRSE_ERR_NOMEM)
            return status;
        fit.status = status;
        s->fit[kept++] = fit;
    }
    s->n = kept;
    return MRSE_OK;
}

static size_t best_of(const cal_starts *s)
{
    size_t best = s->n;
    for (size_t k = 0; k < s->n; k++) {
        if (s->fit[k].status == MRSE_OK && (best == s->n || s->fit[k].cost < s->fit[best].cost))
            best = k;
    }
    return best;
}

/* Other magnets that the data allow as well: one per design and branch. */
static void keep_admissible(cal_starts *s)
{
    const cal_fit best = s->fit[best_of(s)];
    size_t kept = 1;
    cal_fit *list = s->rough; /* no longer needed */
    list[0] = best;
    for (size_t k = 0; k < s->n; k++) {
        bool known = s->fit[k].status != MRSE_OK || s->fit[k].cost > best.cost + ADMISSIBLE;
        for (size_t j = 0; j < kept && !known; j++)
            known = is_same(&list[j], &s->fit[k]);
        if (!known)
            list[kept++] = s->fit[k];
    }
    memcpy(s->fit, list, kept * sizeof *list);
    s->n = kept;
}

static bool constrains_gradient(const mrse_datum *d)
{
    return d->bound == MRSE_BOUND_EXACT &&
           (d->type == MRSE_DATUM_CYLINDER_GRADIENT || d->type == MRSE_DATUM_CYLINDER_PRODUCT ||
            d->type == MRSE_DATUM_CYLINDER_MAXIMA || d->type == MRSE_DATUM_POINT_GRADIENT);
}

static mrse_status conclude(cal_problem *problem, cal_starts *s, mrse_calibration **out,
                            mrse_clash *clash)
{
    if (best_of(s) == s->n)
        return MRSE_ERR_NUMERIC;
    keep_admissible(s);
    cal_problem *p = &problem[s->fit[0].meaning];
    fit_bring(p, &s->fit[0]);
    mrse_status status = cal_clash_of_fit(p, &s->fit[0], clash);
    if (status != MRSE_OK)
        return status;
    mrse_calibration *c = mrse_alloc(1, sizeof *c);
    if (c == NULL)
        return MRSE_ERR_NOMEM;
    c->chi2 = s->fit[0].chi2;
    c->n_starts = s->n_starts;
    c->n_admissible = s->n;
    c->design = cal_design_get(s->fit[0].design)->name;
    for (size_t i = 0; i < p->n; i++)
        c->gradient_from_data |= constrains_gradient(&p->datum[i]);
    status = cal_posterior(problem, s, c);
    if (status != MRSE_OK) {
        mrse_calibration_free(c);
        return status;
    }
    *out = c;
    return MRSE_OK;
}

/* The data with radial extents read as the largest radius. */
static mrse_datum *other_meaning(const mrse_datum *data, size_t n)
{
    mrse_datum *other = mrse_alloc(n, sizeof *other);
    for (size_t i = 0; other != NULL && i < n; i++) {
        other[i] = data[i];
        if (data[i].type == MRSE_DATUM_R_MID)
            other[i].type = MRSE_DATUM_R_MAX;
    }
    return other;
}

static mrse_status run(const mrse_datum *data, size_t n, const mrse_housing_size *size,
                       const mrse_calibrate_options *options, mrse_calibration **out,
                       mrse_clash *clash)
{
    const size_t n_problems = options->wide_radial ? 2 : 1;
    cal_problem problem[2] = {{0}};
    mrse_datum *other = options->wide_radial ? other_meaning(data, n) : NULL;
    cal_starts *s = mrse_alloc(1, sizeof *s);
    mrse_status status =
        s == NULL || (options->wide_radial && other == NULL) ? MRSE_ERR_NOMEM : MRSE_OK;
    for (size_t i = 0; i < n_problems && status == MRSE_OK; i++)
        status = problem_begin(&problem[i], i == 0 ? data : other, n, size);
    if (status == MRSE_OK)
        status = run_starts(problem, n_problems, options->without, s);
    if (status == MRSE_OK)
        status = conclude(problem, s, out, clash);
    problem_end(&problem[0]);
    problem_end(&problem[1]);
    mrse_free(s);
    mrse_free(other);
    return status;
}

mrse_status mrse_calibrate(const mrse_datum *data, size_t n, const mrse_housing_size *size,
                           const mrse_calibrate_options *options, mrse_calibration **out,
                           mrse_clash *clash)
{
    static const mrse_calibrate_options defaults = {0};
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    const mrse_calibrate_options *o = options != NULL ? options : &defaults;
    const unsigned all = (1U << cal_design_count()) - 1U;
    if (data == NULL || n < 2 || !isfinite(centre_of(data, n)) || (o->without & all) == all)
        return MRSE_ERR_ARG;
    if (size != NULL && (!is_size(size->bore_radius_m) || !is_size(size->cover_half_length_m) ||
                         !is_size(size->cover_radius_m)))
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n; i++) {
        if (!is_usable(&data[i]))
            return MRSE_ERR_ARG;
    }
    mrse_clash unheard;
    if (clash == NULL)
        clash = &unheard;
    *clash = (mrse_clash){0};
    mrse_status status = cal_clash_plain(data, n, clash);
    return status == MRSE_OK ? run(data, n, size, o, out, clash) : status;
}

void mrse_calibration_free(mrse_calibration *calibration)
{
    if (calibration == NULL)
        return;
    mrse_free((void *)(uintptr_t)calibration->model.magnet.source);
    for (size_t i = 0; i < calibration->model.n_variants; i++)
        mrse_free((void *)(uintptr_t)calibration->model.variant[i].magnet.source);
    mrse_free((void *)(uintptr_t)calibration->model.variant);
    mrse_free(calibration->row);
    mrse_free(calibration);
}

/* What the data leave open: magnets one standard uncertainty away from the best, in as few directions
 * as carry the uncertainty of field and gradient, and the other branches that fit as well.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

enum { BORE_R = 5, BORE_Z = 9, ROOM_D = 9, PLACES = BORE_R * BORE_Z + 3 * ROOM_D };
enum { PROBES = PLACES + BORE_R * BORE_Z }; /* |B| everywhere, the gradient in the bore */

/* Directions are kept until what is left out is this share of any probe's, or datum's, variance. */
static const double LEFT_OUT = 0.1;

/* What no member of the family can do, however well it is fitted: windings in steps, joints, leads. */
static const double FAMILY_U_FIELD = 1e-3, FAMILY_U_GRAD = 2e-3;

/* All of one calibration's linear algebra; freed in one place. */
typedef struct algebra {
    double *residual, *jacobian;
    gsl_matrix *normal, *vectors;
    gsl_vector *values;
    gsl_eigen_symmv_workspace *space;
    gsl_matrix *effect, *turn; /* of every direction on every probe; the better directions */
    gsl_vector *singular, *scratch;
} algebra;

static void algebra_free(algebra *a)
{
    mrse_free(a->residual);
    mrse_free(a->jacobian);
    gsl_matrix_free(a->normal);
    gsl_matrix_free(a->vectors);
    gsl_vector_free(a->values);
    gsl_eigen_symmv_free(a->space);
    gsl_matrix_free(a->effect);
    gsl_matrix_free(a->turn);
    gsl_vector_free(a->singular);
    gsl_vector_free(a->scratch);
}

static mrse_status algebra_new(const cal_problem *p, algebra *a)
{
    const size_t rows = cal_residual_count(p);
    *a = (algebra){.residual = mrse_alloc(rows, sizeof(double)),
                   .jacobian = mrse_alloc(rows * CAL_PARAMS, sizeof(double)),
                   .normal = gsl_matrix_alloc(CAL_PARAMS, CAL_PARAMS),
                   .vectors = gsl_matrix_alloc(CAL_PARAMS, CAL_PARAMS),
                   .values = gsl_vector_alloc(CAL_PARAMS),
                   .space = gsl_eigen_symmv_alloc(CAL_PARAMS),
                   .effect = gsl_matrix_alloc(PROBES + p->n, CAL_PARAMS),
                   .turn = gsl_matrix_alloc(CAL_PARAMS, CAL_PARAMS),
                   .singular = gsl_vector_alloc(CAL_PARAMS),
                   .scratch = gsl_vector_alloc(CAL_PARAMS)};
    return a->residual && a->jacobian && a->normal && a->vectors && a->values && a->space &&
                   a->effect && a->turn && a->singular && a->scratch
               ? MRSE_OK
               : MRSE_ERR_NOMEM;
}

/* Columns of `vectors` become the steps of one standard uncertainty: C = sum of their squares. The
 * data count less when the family does not reproduce them within their uncertainty. */
static mrse_status find_steps(const cal_problem *p, const cal_fit *fit, algebra *a)
{
    mrse_status status = cal_evaluate(p, fit->theta, a->residual, a->jacobian, NULL);
    if (status != MRSE_OK)
        return status;
    const size_t rows = cal_residual_count(p);
    const double misfit = p->n > 2 ? fit->chi2 / (double)(p->n - 1) : 1.0;
    const double trust = 1.0 / fmax(1.0, misfit);
    gsl_matrix_set_zero(a->normal);
    for (size_t i = 0; i < rows; i++) {
        gsl_vector_const_view row =
            gsl_vector_const_view_array(a->jacobian + i * CAL_PARAMS, CAL_PARAMS);
        (void)gsl_blas_dsyr(CblasLower, i < p->n ? trust : 1.0, &row.vector, a->normal);
    }
    if (gsl_eigen_symmv(a->normal, a->values, a->vectors, a->space) != GSL_SUCCESS)
        return MRSE_ERR_NUMERIC;
    for (size_t k = 0; k < CAL_PARAMS; k++) {
        gsl_vector_view column = gsl_matrix_column(a->vectors, k);
        (void)gsl_vector_scale(&column.vector,
                               1.0 / sqrt(fmax(gsl_vector_get(a->values, k), 1e-12)));
    }
    return MRSE_OK;
}

/* Where it matters: gradient and field in the bore, field in the room. */
static void probe_places(const cal_problem *p, const cal_pair *pair, double *r_m, double *z_m)
{
    const double wall_m =
        isfinite(p->size.bore_radius_m) ? p->size.bore_radius_m : 0.7 * pair[CAL_MAIN - 1].r_m;
    const double end_m = pair[CAL_MAIN - 1].z_m + pair[CAL_MAIN - 1].half_m;
    size_t n = 0;
    for (size_t i = 0; i < BORE_R; i++) {
        for (size_t k = 0; k < BORE_Z; k++, n++) {
            r_m[n] = wall_m * (double)i / (BORE_R - 1);
            z_m[n] = end_m * (0.6 + 0.9 * (double)k / (BORE_Z - 1));
        }
    }
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < ROOM_D; k++, n++) {
            const double d_m = 2.0 * end_m * pow(4.0, (double)k / (ROOM_D - 1));
            r_m[n] = d_m * sin(0.25 * MRSE_PI * (double)i);
            z_m[n] = d_m * cos(0.25 * MRSE_PI * (double)i);
        }
    }
}

static void probe_values(const cal_family *f, const double *theta, const double *r_m,
                         const double *z_m, double *value)
{
    cal_pair pair[CAL_PAIRS];
    mrse_source source[2 * CAL_PAIRS];
    double b_T[PLACES], grad_T_m[PLACES];
    const mrse_magnet magnet = {source, 2 * CAL_PAIRS};
    const mrse_field_arrays arrays = {.b_T = b_T, .grad_T_m = grad_T_m};
    cal_family_pairs(f, theta, pair);
    cal_pairs_sources(pair, source);
    /* a place inside a winding has no value: it then says nothing about directions */
    if (mrse_field_batch(&magnet, PLACES, r_m, z_m, &arrays, 1) == MRSE_ERR_ARG)
        memset(b_T, 0, sizeof b_T);
    for (size_t i = 0; i < PLACES; i++)
        value[i] = log(b_T[i]);
    for (size_t i = 0; i < BORE_R * BORE_Z; i++)
        value[PLACES + i] = log(grad_T_m[i]);
}

static void step_from(const double *theta, const gsl_matrix *steps, size_t k, double by,
                      double *out)
{
    for (size_t j = 0; j < CAL_PARAMS; j++)
        out[j] = theta[j] + by * gsl_matrix_get(steps, j, k);
}

/* What one step in direction `k` changes residual `row` by. */
static double change_of_row(const algebra *a, size_t row, size_t k)
{
    double change = 0.0;
    for (size_t j = 0; j < CAL_PARAMS; j++)
        change += a->jacobian[row * CAL_PARAMS + j] * gsl_matrix_get(a->vectors, j, k);
    return change;
}

/* How much one step in each direction changes every probe and every datum, as a share of what all
 * steps together change it by: what is known well must stay known as well as it is. */
static void find_effects(const cal_problem *p, const cal_fit *fit, algebra *a)
{
    static const double SMALL = 0.1;
    double r_m[PLACES], z_m[PLACES], plus[PROBES], minus[PROBES], there[CAL_PARAMS];
    cal_pair pair[CAL_PAIRS];
    cal_family_pairs(&p->family, fit->theta, pair);
    probe_places(p, pair, r_m, z_m);
    for (size_t k = 0; k < CAL_PARAMS; k++) {
        step_from(fit->theta, a->vectors, k, SMALL, there);
        probe_values(&p->family, there, r_m, z_m, plus);
        step_from(fit->theta, a->vectors, k, -SMALL, there);
        probe_values(&p->family, there, r_m, z_m, minus);
        for (size_t i = 0; i < PROBES; i++) {
            const double slope = (plus[i] - minus[i]) / (2.0 * SMALL);
            gsl_matrix_set(a->effect, i, k, isfinite(slope) ? slope : 0.0);
        }
        for (size_t i = 0; i < p->n; i++)
            gsl_matrix_set(a->effect, PROBES + i, k, change_of_row(a, i, k));
    }
    for (size_t i = 0; i < PROBES + p->n; i++) {
        gsl_vector_view row = gsl_matrix_row(a->effect, i);
        const double all = gsl_blas_dnrm2(&row.vector);
        (void)gsl_vector_scale(&row.vector, all > 0.0 ? 1.0 / all : 0.0);
    }
}

/* How many of the turned steps it takes until no probe lacks more than LEFT_OUT of its variance. */
static size_t count_steps(const algebra *a)
{
    size_t needed = 1;
    for (size_t i = 0; i < a->effect->size1; i++) {
        double left = 1.0;
        size_t k = 0;
        for (; k < CAL_PARAMS && left > LEFT_OUT; k++)
            left -= pow(gsl_matrix_get(a->effect, i, k) * gsl_vector_get(a->singular, k), 2);
        needed = k > needed ? k : needed;
    }
    return needed;
}

/* Turn the steps among themselves, which leaves the covariance as it is, so that the first few of
 * them carry nearly all of the uncertainty. Returns how many. */
static size_t turn_steps(const cal_problem *p, const cal_fit *fit, algebra *a)
{
    find_effects(p, fit, a);
    if (gsl_linalg_SV_decomp(a->effect, a->turn, a->singular, a->scratch) != GSL_SUCCESS)
        return CAL_PARAMS;
    (void)gsl_matrix_memcpy(a->normal, a->vectors);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1.0, a->normal, a->turn, 0.0, a->vectors);
    return count_steps(a);
}

static mrse_status make_magnet(const cal_family *f, const double *theta, mrse_magnet *out)
{
    cal_pair pair[CAL_PAIRS];
    mrse_source *source = mrse_alloc(2 * CAL_PAIRS, sizeof *source);
    if (source == NULL)
        return MRSE_ERR_NOMEM;
    cal_family_pairs(f, theta, pair);
    cal_pairs_sources(pair, source);
    *out = (mrse_magnet){source, 2 * CAL_PAIRS};
    return MRSE_OK;
}

/* Windings that stick out of the covers, or into the bore, are no magnet of this scanner. */
static double step_length(const cal_problem *p, const double *theta, const gsl_matrix *steps,
                          size_t k, double by)
{
    double there[CAL_PARAMS];
    cal_pair pair[CAL_PAIRS];
    for (int half = 0; half < 6; half++, by /= 2.0) {
        step_from(theta, steps, k, by, there);
        cal_family_pairs(&p->family, there, pair);
        if (cal_has_room(p, pair))
            break;
    }
    return by;
}

static mrse_status add_variant(mrse_calibration *c, mrse_variant *list, const cal_family *f,
                               const double *theta, int direction, double weight)
{
    mrse_variant *v = &list[c->model.n_variants];
    mrse_status status = make_magnet(f, theta, &v->magnet);
    v->direction = direction;
    v->weight = weight;
    c->model.n_variants += status == MRSE_OK;
    return status;
}

static mrse_status add_branches(cal_problem *problem, const cal_starts *s, mrse_calibration *c,
                                mrse_variant *list, int direction)
{
    double total = 0.0;
    mrse_status status = MRSE_OK;
    for (size_t k = 0; k < s->n; k++)
        total += exp((s->fit[0].cost - s->fit[k].cost) / 2.0);
    for (size_t k = 1; k < s->n && status == MRSE_OK; k++) {
        cal_family family;
        const cal_problem *p = &problem[s->fit[k].meaning];
        cal_family_set(&family, cal_design_get(s->fit[k].design), p->b0_T, &p->size);
        status = add_variant(c, list, &family, s->fit[k].theta, direction + (int)k,
                             exp((s->fit[0].cost - s->fit[k].cost) / 2.0) / total);
    }
    return status;
}

mrse_status cal_posterior(cal_problem *problem, const cal_starts *s, mrse_calibration *c)
{
    const cal_fit *best = &s->fit[0];
    cal_problem *p = &problem[best->meaning];
    const size_t most = 2 * CAL_PARAMS + s->n;
    mrse_variant *list = mrse_alloc(most, sizeof *list);
    algebra a;
    size_t n_steps = 0;
    double there[CAL_PARAMS];
    mrse_status status = algebra_new(p, &a);
    c->model.variant = list;
    c->model.u_field = FAMILY_U_FIELD;
    c->model.u_grad = FAMILY_U_GRAD;
    if (list == NULL)
        status = MRSE_ERR_NOMEM;
    if (status == MRSE_OK)
        status = make_magnet(&p->family, best->theta, &c->model.magnet);
    if (status == MRSE_OK)
        status = find_steps(p, best, &a);
    if (status == MRSE_OK)
        status = cal_rows(p, best->theta, a.vectors->data, c);
    if (status == MRSE_OK)
        n_steps = turn_steps(p, best, &a);
    for (size_t k = 0; k < 2 * n_steps && status == MRSE_OK; k++) {
        const double by = step_length(p, best->theta, a.vectors, k / 2, k % 2 == 0 ? 1.0 : -1.0);
        step_from(best->theta, a.vectors, k / 2, by, there);
        status = add_variant(c, list, &p->family, there, (int)(k / 2), 1.0);
    }
    if (status == MRSE_OK)
        status = add_branches(problem, s, c, list, (int)n_steps);
    algebra_free(&a);
    return status;
}

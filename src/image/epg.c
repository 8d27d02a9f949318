/* Extended phase graphs of trains of RF pulses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/epg.h"

#include <math.h>
#include <stdbool.h>

#include "image_internal.h"
#include "mrse/alloc.h"

enum { PARTS = 6 };

/* Configuration states 0 ... n-1. A dephasing moves F+ up and F- down by one state: here the two
 * arrays slide under their indices, so that nothing is copied. */
typedef struct graph {
    double *memory;
    double *plus_re, *plus_im;   /* F+ */
    double *minus_re, *minus_im; /* F-, conjugated: F-[0] is the conjugate of F+[0] */
    double *z_re, *z_im;
    size_t n;
} graph;

/* What time does to the states: factors, and what Mz regains. */
typedef struct decay {
    double e1, e2, regained;
} decay;

static decay decay_over(double time_s, const mrse_relaxation *relaxation)
{
    const double lost = -expm1(-time_s / relaxation->t1_s);
    return (decay){1.0 - lost, exp(-time_s / relaxation->t2_s), lost};
}

/* `shifts` in all, never more than `states` kept at a time. */
static mrse_status graph_begin(graph *g, size_t shifts, size_t states, double mz)
{
    const size_t length = shifts + states + 1;

    g->memory = mrse_alloc(PARTS * length, sizeof *g->memory);
    if (!g->memory)
        return MRSE_ERR_NOMEM;
    g->plus_re = g->memory + shifts;
    g->plus_im = g->plus_re + length;
    g->minus_re = g->memory + 2 * length;
    g->minus_im = g->minus_re + length;
    g->z_re = g->memory + 4 * length;
    g->z_im = g->z_re + length;
    g->z_re[0] = mz;
    g->n = 1;
    return MRSE_OK;
}

/* One RF pulse mixes F+, F- and Z of each state. */
static void graph_pulse(graph *g, double flip_rad, double phase_rad)
{
    const double ch = cos(0.5 * flip_rad), sh = sin(0.5 * flip_rad);
    const double c2 = ch * ch, s2 = sh * sh, ca = cos(flip_rad), sa = sin(flip_rad);
    const double p = s2 * cos(2.0 * phase_rad), q = s2 * sin(2.0 * phase_rad);
    const double u = sa * sin(phase_rad), v = -sa * cos(phase_rad); /* -i exp(i phase) sin */
    double *restrict ar = g->plus_re, *restrict ai = g->plus_im;
    double *restrict br = g->minus_re, *restrict bi = g->minus_im;
    double *restrict zr = g->z_re, *restrict zi = g->z_im;
    size_t k;

    for (k = 0; k < g->n; k++) {
        const double a = ar[k], b = ai[k], c = br[k], d = bi[k], x = zr[k], y = zi[k];
        ar[k] = c2 * a + (p * c - q * d) + (u * x - v * y);
        ai[k] = c2 * b + (p * d + q * c) + (u * y + v * x);
        br[k] = (p * a + q * b) + c2 * c + (u * x + v * y);
        bi[k] = (p * b - q * a) + c2 * d + (u * y - v * x);
        zr[k] = ca * x - 0.5 * ((u * a + v * b) + (u * c - v * d));
        zi[k] = ca * y - 0.5 * ((u * b - v * a) + (u * d + v * c));
    }
}

static void graph_decay(graph *g, const decay *d)
{
    size_t k;

    for (k = 0; k < g->n; k++) {
        g->plus_re[k] *= d->e2;
        g->plus_im[k] *= d->e2;
        g->minus_re[k] *= d->e2;
        g->minus_im[k] *= d->e2;
        g->z_re[k] *= d->e1;
        g->z_im[k] *= d->e1;
    }
    g->z_re[0] += d->regained;
}

/* Dephase by one state. What cannot come back within `reach` further shifts is no longer kept: no
 * echo, and no Mz of the voxel, can depend on it. */
static void graph_shift(graph *g, size_t reach)
{
    g->plus_re--;
    g->plus_im--;
    g->minus_re++;
    g->minus_im++;
    g->plus_re[0] = g->minus_re[0];
    g->plus_im[0] = -g->minus_im[0];
    g->n++;
    if (g->n > reach + 1)
        g->n = reach + 1;
}

static mrse_status check_train(const mrse_echo_train *t, const mrse_relaxation *relaxation)
{
    size_t i;

    if (!t || !relaxation || !t->refocusing || t->n == 0 || !isfinite(t->excitation.flip_rad) ||
        !isfinite(t->excitation.phase_rad) || !isfinite(t->esp_s) || !isfinite(t->b1_scale))
        return MRSE_ERR_ARG;
    if (t->n > MRSE_EPG_MAX_PULSES)
        return MRSE_ERR_LIMIT;
    for (i = 0; i < t->n; i++)
        if (!isfinite(t->refocusing[i].flip_rad) || !isfinite(t->refocusing[i].phase_rad))
            return MRSE_ERR_ARG;
    if (!(t->esp_s > 0.0) || !(t->b1_scale > 0.0))
        return MRSE_ERR_RANGE;
    return mrse_image_check(relaxation);
}

static void clear(mrse_transverse *echo, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        echo[i] = (mrse_transverse){0.0, 0.0};
}

/* After check_train. Returns Mz at the last echo. */
static mrse_status run_train(const mrse_echo_train *t, const mrse_relaxation *relaxation, double mz,
                             mrse_transverse *echo, double *mz_end)
{
    const decay half = decay_over(0.5 * t->esp_s, relaxation);
    size_t i, left = 2 * t->n;
    graph g;
    mrse_status status = graph_begin(&g, left, t->n + 2, mz);

    if (status != MRSE_OK)
        return status;
    graph_pulse(&g, t->b1_scale * t->excitation.flip_rad, t->excitation.phase_rad);
    for (i = 0; i < t->n; i++) {
        graph_decay(&g, &half);
        graph_shift(&g, --left);
        graph_pulse(&g, t->b1_scale * t->refocusing[i].flip_rad, t->refocusing[i].phase_rad);
        graph_decay(&g, &half);
        graph_shift(&g, --left);
        echo[i] = (mrse_transverse){g.plus_re[0], g.plus_im[0]};
    }
    *mz_end = g.z_re[0];
    mrse_free(g.memory);
    return MRSE_OK;
}

mrse_status mrse_epg_echo_train(const mrse_echo_train *train, const mrse_relaxation *relaxation,
                                double mz_start, mrse_transverse *echo, double *mz_end)
{
    double mz = 0.0;
    mrse_status status;

    if (mz_end)
        *mz_end = 0.0;
    if (!echo || !isfinite(mz_start))
        return MRSE_ERR_ARG;
    status = check_train(train, relaxation);
    if (train && status != MRSE_ERR_LIMIT)
        clear(echo, train->n);
    if (status == MRSE_OK)
        status = run_train(train, relaxation, mz_start, echo, &mz);
    if (status == MRSE_OK && mz_end)
        *mz_end = mz;
    return status;
}

/* Mz before the next excitation, of Mz at the last echo. */
static double next_mz(const mrse_echo_train *t, const mrse_repetition *r, double t1_s,
                      double mz_end)
{
    const double free_s = r->tr_s - (double)t->n * t->esp_s;
    double mz;

    if (r->inversion_rad == 0.0)
        return mrse_image_recover(mz_end, free_s, t1_s);
    mz = mrse_image_recover(mz_end, free_s - r->ti_s, t1_s);
    return mrse_image_recover(cos(t->b1_scale * r->inversion_rad) * mz, r->ti_s, t1_s);
}

static mrse_status check_repetition(const mrse_echo_train *t, const mrse_repetition *r)
{
    double busy_s;

    if (!r || !isfinite(r->tr_s) || !isfinite(r->inversion_rad) ||
        (r->inversion_rad != 0.0 && !isfinite(r->ti_s)))
        return MRSE_ERR_ARG;
    if (r->inversion_rad != 0.0 && !(r->ti_s > 0.0))
        return MRSE_ERR_RANGE;
    busy_s = (double)t->n * t->esp_s + (r->inversion_rad != 0.0 ? r->ti_s : 0.0);
    return r->tr_s >= busy_s ? MRSE_OK : MRSE_ERR_RANGE;
}

mrse_status mrse_epg_steady_train(const mrse_echo_train *train, const mrse_repetition *repetition,
                                  const mrse_relaxation *relaxation, mrse_transverse *echo,
                                  double *mz)
{
    double end[2] = {0.0, 0.0}, offset, gain, start;
    mrse_status status;

    if (mz)
        *mz = 0.0;
    if (!echo)
        return MRSE_ERR_ARG;
    status = check_train(train, relaxation);
    if (train && status != MRSE_ERR_LIMIT)
        clear(echo, train->n);
    if (status == MRSE_OK)
        status = check_repetition(train, repetition);
    /* The Bloch equations are linear: two trains say what Mz any other start leaves. */
    if (status == MRSE_OK)
        status = run_train(train, relaxation, 0.0, echo, &end[0]);
    if (status == MRSE_OK)
        status = run_train(train, relaxation, 1.0, echo, &end[1]);
    if (status == MRSE_OK) {
        offset = next_mz(train, repetition, relaxation->t1_s, end[0]);
        gain = next_mz(train, repetition, relaxation->t1_s, end[1]) - offset;
        start = gain == 1.0 ? 0.0 : offset / (1.0 - gain);
        status = run_train(train, relaxation, start, echo, &end[0]);
        if (status == MRSE_OK && mz)
            *mz = start;
    }
    if (status != MRSE_OK && train && status != MRSE_ERR_LIMIT)
        clear(echo, train->n);
    return status;
}

static mrse_status check_gradient(const mrse_gradient_train *t, const mrse_relaxation *relaxation)
{
    if (!t || !relaxation || t->n == 0 || !isfinite(t->flip_rad) || !isfinite(t->phase_step_rad) ||
        !isfinite(t->rf_increment_rad) || !isfinite(t->tr_s) || !isfinite(t->te_s) ||
        !isfinite(t->b1_scale) || (t->dephasing != 0 && t->dephasing != 1))
        return MRSE_ERR_ARG;
    if (t->n > MRSE_EPG_MAX_PULSES)
        return MRSE_ERR_LIMIT;
    if (!(t->tr_s > 0.0) || t->te_s < 0.0 || t->te_s > t->tr_s || !(t->b1_scale > 0.0))
        return MRSE_ERR_RANGE;
    return mrse_image_check(relaxation);
}

static void run_gradient(graph *g, const mrse_gradient_train *t, const mrse_relaxation *relaxation,
                         mrse_transverse *echo)
{
    const decay all = decay_over(t->tr_s, relaxation);
    const double e2 = exp(-t->te_s / relaxation->t2_s);
    const double more = t->rf_increment_rad / (2.0 * MRSE_PI);
    double step = t->phase_step_rad / (2.0 * MRSE_PI), turn = 0.0;
    size_t i;

    for (i = 0; i < t->n; i++) {
        const double c = cos(2.0 * MRSE_PI * turn), s = sin(2.0 * MRSE_PI * turn);
        graph_pulse(g, t->b1_scale * t->flip_rad, 2.0 * MRSE_PI * turn);
        echo[i].re = e2 * (c * g->plus_re[0] + s * g->plus_im[0]);
        echo[i].im = e2 * (c * g->plus_im[0] - s * g->plus_re[0]);
        graph_decay(g, &all);
        if (t->dephasing)
            graph_shift(g, t->n - 1 - i);
        /* Whole turns are taken off exactly, so that the phase of a late pulse keeps its digits. */
        step = fmod(step + more, 1.0);
        turn = fmod(turn + step, 1.0);
    }
}

mrse_status mrse_epg_gradient_train(const mrse_gradient_train *train,
                                    const mrse_relaxation *relaxation, mrse_transverse *echo)
{
    mrse_status status;
    graph g;

    if (!echo)
        return MRSE_ERR_ARG;
    status = check_gradient(train, relaxation);
    if (train && status != MRSE_ERR_LIMIT)
        clear(echo, train->n);
    if (status == MRSE_OK)
        status = graph_begin(&g, train->n, train->n / 2 + 2, 1.0);
    if (status != MRSE_OK)
        return status;
    run_gradient(&g, train, relaxation, echo);
    mrse_free(g.memory);
    return MRSE_OK;
}

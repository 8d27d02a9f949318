/* What a change of a sequence does to signal-to-noise ratio and to contrast between tissues.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/contrast.h"

#include <math.h>
#include <stdbool.h>

#include "mrse/alloc.h"

/* Low end, half-way, value, half-way, high end, of T1 and of T2. */
enum { LEVELS = 5, GRID = LEVELS * LEVELS, MIDDLE = GRID / 2 };

typedef struct signals {
    double at[GRID];
} signals;

static mrse_status train_signal(const mrse_weighting *w, const mrse_relaxation *relaxation,
                                double *signal)
{
    mrse_transverse *echo;
    mrse_status status;

    if (w->centre >= w->train.n)
        return MRSE_ERR_ARG;
    if (w->train.n > MRSE_EPG_MAX_PULSES)
        return MRSE_ERR_LIMIT;
    echo = mrse_alloc(w->train.n, sizeof *echo);
    if (!echo)
        return MRSE_ERR_NOMEM;
    status = mrse_epg_steady_train(&w->train, &w->repetition, relaxation, echo, NULL);
    if (status == MRSE_OK)
        *signal = hypot(echo[w->centre].re, echo[w->centre].im);
    mrse_free(echo);
    return status;
}

mrse_status mrse_image_signal(const mrse_weighting *weighting, const mrse_relaxation *relaxation,
                              double *signal)
{
    mrse_status status = MRSE_ERR_ARG;
    double s = 0.0;

    if (signal)
        *signal = 0.0;
    if (!weighting || !relaxation || !signal)
        return MRSE_ERR_ARG;
    switch (weighting->family) {
    case MRSE_SIGNAL_SPIN_ECHO:
        status = mrse_signal_spin_echo(&weighting->spin_echo, relaxation, &s);
        break;
    case MRSE_SIGNAL_SPOILED:
        status = mrse_signal_spoiled(&weighting->gradient_echo, relaxation, &s);
        break;
    case MRSE_SIGNAL_BALANCED:
        status = mrse_signal_balanced(&weighting->gradient_echo, relaxation, &s);
        break;
    case MRSE_SIGNAL_INVERSION:
        status = mrse_signal_inversion(&weighting->inversion, relaxation, &s);
        break;
    case MRSE_SIGNAL_TRAIN:
        status = train_signal(weighting, relaxation, &s);
        break;
    }
    if (status == MRSE_OK)
        *signal = fabs(s);
    return status;
}

static double level(const mrse_tissue_time *t, int i)
{
    const double at_s[LEVELS] = {t->low_s, 0.5 * (t->low_s + t->v_s), t->v_s,
                                 0.5 * (t->v_s + t->high_s), t->high_s};
    return at_s[i];
}

static bool range_holds(const mrse_tissue_time *t)
{
    return t->low_s > 0.0 && t->low_s <= t->v_s && t->v_s <= t->high_s && isfinite(t->high_s);
}

static mrse_status tissue_signals(const mrse_weighting *weighting, const mrse_tissue *tissue,
                                  signals *out)
{
    mrse_relaxation relaxation;
    mrse_status status;
    int i;

    if (!tissue)
        return MRSE_ERR_ARG;
    if (!range_holds(&tissue->t1) || !range_holds(&tissue->t2))
        return MRSE_ERR_RANGE;
    for (i = 0; i < GRID; i++) {
        relaxation =
            (mrse_relaxation){level(&tissue->t1, i / LEVELS), level(&tissue->t2, i % LEVELS)};
        status = mrse_image_signal(weighting, &relaxation, &out->at[i]);
        if (status != MRSE_OK)
            return status;
    }
    return MRSE_OK;
}

static void widen(mrse_span *span, double value)
{
    span->low = fmin(span->low, value);
    span->high = fmax(span->high, value);
}

static mrse_span span_of(const signals *s)
{
    mrse_span span = {s->at[MIDDLE], s->at[MIDDLE], s->at[MIDDLE]};
    int i;

    for (i = 0; i < GRID; i++)
        widen(&span, s->at[i]);
    return span;
}

static mrse_status check_acquisition(const mrse_acquisition *a)
{
    if (!a || !isfinite(a->voxel_m3) || !isfinite(a->averages) || !isfinite(a->lines_pe) ||
        !isfinite(a->lines_3d) || !isfinite(a->bandwidth_Hz_px) || !isfinite(a->g_factor))
        return MRSE_ERR_ARG;
    return a->voxel_m3 > 0.0 && a->averages > 0.0 && a->lines_pe > 0.0 && a->lines_3d > 0.0 &&
                   a->bandwidth_Hz_px > 0.0 && a->g_factor >= 1.0
               ? MRSE_OK
               : MRSE_ERR_RANGE;
}

static double sensitivity(const mrse_acquisition *a)
{
    return a->voxel_m3 * sqrt(a->averages * a->lines_pe * a->lines_3d / a->bandwidth_Hz_px) /
           a->g_factor;
}

static mrse_status sensitivity_ratio(const mrse_acquisition *before, const mrse_acquisition *after,
                                     double *ratio)
{
    mrse_status status = check_acquisition(before);

    if (status == MRSE_OK)
        status = check_acquisition(after);
    if (status == MRSE_OK)
        *ratio = sensitivity(after) / sensitivity(before);
    return status;
}

mrse_status mrse_image_snr_ratio(double signal_before, const mrse_acquisition *before,
                                 double signal_after, const mrse_acquisition *after, double *ratio)
{
    mrse_status status;
    double gain = 0.0;

    if (ratio)
        *ratio = 0.0;
    if (!ratio || !isfinite(signal_before) || !isfinite(signal_after))
        return MRSE_ERR_ARG;
    status = sensitivity_ratio(before, after, &gain);
    if (status != MRSE_OK)
        return status;
    if (!(signal_before > 0.0) || signal_after < 0.0)
        return MRSE_ERR_RANGE;
    *ratio = signal_after / signal_before * gain;
    return MRSE_OK;
}

mrse_status mrse_image_snr_change(const mrse_tissue *tissue, const mrse_weighting *weighting_before,
                                  const mrse_acquisition *before,
                                  const mrse_weighting *weighting_after,
                                  const mrse_acquisition *after, mrse_span *ratio)
{
    signals s[2];
    mrse_span span;
    mrse_status status;
    double value;
    int i;

    if (!ratio)
        return MRSE_ERR_ARG;
    *ratio = (mrse_span){0};
    status = tissue_signals(weighting_before, tissue, &s[0]);
    if (status == MRSE_OK)
        status = tissue_signals(weighting_after, tissue, &s[1]);
    if (status == MRSE_OK)
        status = mrse_image_snr_ratio(s[0].at[MIDDLE], before, s[1].at[MIDDLE], after, &span.v);
    if (status != MRSE_OK)
        return status;
    span.low = span.high = span.v;
    for (i = 0; i < GRID; i++) {
        status = mrse_image_snr_ratio(s[0].at[i], before, s[1].at[i], after, &value);
        if (status != MRSE_OK)
            return status;
        widen(&span, value);
    }
    *ratio = span;
    return MRSE_OK;
}

static double relative(double a, double b)
{
    return (a - b) / (a + b);
}

mrse_status mrse_image_contrast(const mrse_weighting *weighting, const mrse_tissue *a,
                                const mrse_tissue *b, mrse_contrast *contrast)
{
    signals s[2];
    mrse_span p, q;
    mrse_status status;

    if (!contrast)
        return MRSE_ERR_ARG;
    *contrast = (mrse_contrast){0};
    status = tissue_signals(weighting, a, &s[0]);
    if (status == MRSE_OK)
        status = tissue_signals(weighting, b, &s[1]);
    if (status != MRSE_OK)
        return status;
    p = span_of(&s[0]);
    q = span_of(&s[1]);
    if (!(p.low + q.low > 0.0))
        return MRSE_ERR_RANGE;
    contrast->signal_a = p;
    contrast->signal_b = q;
    /* Both measures grow with a and fall with b, so their extremes are at the signals' extremes. */
    contrast->difference = (mrse_span){p.v - q.v, p.low - q.high, p.high - q.low};
    contrast->relative =
        (mrse_span){relative(p.v, q.v), relative(p.low, q.high), relative(p.high, q.low)};
    return MRSE_OK;
}

/* Over all pairs of grid points: the ratio, and whether either difference changes its sign. */
static void pair_ratios(const signals s[4], mrse_span *ratio)
{
    const double first[2] = {s[0].at[MIDDLE] - s[1].at[MIDDLE], s[2].at[MIDDLE] - s[3].at[MIDDLE]};
    bool vanishes[2] = {false, false};
    double before, after;
    int i, k;

    for (i = 0; i < GRID; i++)
        for (k = 0; k < GRID; k++) {
            before = s[0].at[i] - s[1].at[k];
            after = s[2].at[i] - s[3].at[k];
            vanishes[0] = vanishes[0] || !(before * first[0] > 0.0);
            vanishes[1] = vanishes[1] || !(after * first[1] > 0.0);
            if (before != 0.0)
                widen(ratio, fabs(after / before));
        }
    if (vanishes[0])
        ratio->high = (double)INFINITY;
    if (vanishes[1])
        ratio->low = 0.0;
}

mrse_status mrse_image_contrast_change(const mrse_tissue *a, const mrse_tissue *b,
                                       const mrse_weighting *weighting_before,
                                       const mrse_acquisition *before,
                                       const mrse_weighting *weighting_after,
                                       const mrse_acquisition *after, mrse_span *ratio)
{
    signals s[4];
    mrse_span span;
    mrse_status status;
    double gain = 0.0, first;

    if (!ratio)
        return MRSE_ERR_ARG;
    *ratio = (mrse_span){0};
    status = sensitivity_ratio(before, after, &gain);
    if (status == MRSE_OK)
        status = tissue_signals(weighting_before, a, &s[0]);
    if (status == MRSE_OK)
        status = tissue_signals(weighting_before, b, &s[1]);
    if (status == MRSE_OK)
        status = tissue_signals(weighting_after, a, &s[2]);
    if (status == MRSE_OK)
        status = tissue_signals(weighting_after, b, &s[3]);
    if (status != MRSE_OK)
        return status;
    first = s[0].at[MIDDLE] - s[1].at[MIDDLE];
    if (first == 0.0)
        return MRSE_ERR_RANGE;
    span.v = fabs((s[2].at[MIDDLE] - s[3].at[MIDDLE]) / first);
    span.low = span.high = span.v;
    pair_ratios(s, &span);
    *ratio = (mrse_span){gain * span.v, gain * span.low, gain * span.high};
    return MRSE_OK;
}

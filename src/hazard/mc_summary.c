/* What the samples say: quantiles, and which input decides.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "mc_internal.h"

/* Hazards are products of their inputs, so it is their logarithm whose variance is shared out; what
 * is this much smaller than the largest counts as this. */
static const double NEGLIGIBLE = 1e-9;
/* Up to one sample in so many, of each candidate, may be out of validity. */
enum { CLASSES_MAX = 256, REFUSED_SHARE = 100 };

/* Correlation ratio: variance between the means of the classes over the whole variance, less what
 * chance alone would give. */
static double share_of(const hazard_samples *s, mrse_hazard_input input, const double *y,
                       double mean, double total)
{
    double sum[CLASSES_MAX] = {0.0}, between = 0.0;
    size_t count[CLASSES_MAX] = {0}, filled = 0;

    if (s->classes[input] < 2 || total <= 0.0)
        return 0.0;
    for (size_t i = 0; i < s->n; i++) {
        unsigned char k = s->class_of[i * MRSE_INPUT_COUNT + input];
        sum[k] += y[i] - mean;
        count[k]++;
    }
    for (size_t k = 0; k < s->classes[input]; k++) {
        if (count[k] == 0)
            continue;
        between += sum[k] * sum[k] / (double)count[k];
        filled++;
    }
    if (filled < 2 || filled >= s->n)
        return 0.0;
    double by_chance = (double)(s->n - 1) / (double)(s->n - filled);
    return fmax(0.0, 1.0 - (1.0 - between / total) * by_chance);
}

static void share_out(const hazard_samples *s, const double *value, mrse_hazard_summary *out)
{
    double *y = s->scratch, mean = 0.0, total = 0.0;
    double floor_at = NEGLIGIBLE * out->largest;

    if (!(out->largest > 0.0))
        return;
    for (size_t i = 0; i < s->n; i++) {
        y[i] = log(fmax(isnan(value[i]) ? out->largest : value[i], floor_at));
        mean += y[i] / (double)s->n;
    }
    for (size_t i = 0; i < s->n; i++)
        total += (y[i] - mean) * (y[i] - mean);
    /* What is the same for all samples has rounding for variance, not a cause. */
    if (total < 1e-20 * (double)s->n)
        total = 0.0;
    for (int k = 0; k < MRSE_INPUT_COUNT; k++) {
        out->share[k] = share_of(s, (mrse_hazard_input)k, y, mean, total);
        if (out->share[k] > out->share[out->dominant])
            out->dominant = (mrse_hazard_input)k;
    }
}

static double order_statistic(double *y, size_t n, double p)
{
    return gsl_stats_select(y, 1, n, (size_t)(p * (double)(n - 1) + 0.5));
}

/* The samples of one candidate; those out of validity as far down or up as they could be. */
static size_t gather(const hazard_samples *s, const double *value, size_t candidate, double refused,
                     size_t *n_refused)
{
    size_t n = 0;

    *n_refused = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->class_of[i * MRSE_INPUT_COUNT + MRSE_INPUT_MATERIAL] == candidate) {
            *n_refused += isnan(value[i]) ? 1 : 0;
            s->scratch[n++] = isnan(value[i]) ? refused : value[i];
        }
    return n;
}

/* From the least to the largest of any candidate: one that is dangerous must not drown among many that
 * are not. False when too little is known of one of them. */
static bool span(const hazard_samples *s, const double *value, mrse_hazard_summary *out)
{
    out->low = (double)INFINITY;
    out->high = 0.0;
    for (size_t k = 0; k < s->classes[MRSE_INPUT_MATERIAL]; k++) {
        size_t refused, n = gather(s, value, k, 0.0, &refused);
        if (n == 0)
            continue;
        if (refused * REFUSED_SHARE > n)
            return false;
        out->low = fmin(out->low, order_statistic(s->scratch, n, 0.025));
        n = gather(s, value, k, (double)INFINITY, &refused);
        out->high = fmax(out->high, order_statistic(s->scratch, n, 0.975));
    }
    return true;
}

void mrse_hazard_summarise(const hazard_samples *s, mrse_hazard_id id, mrse_hazard_summary *out)
{
    const double *value = s->value + (size_t)id * s->n;

    out->median = out->low = out->high = out->largest = (double)NAN;
    if (out->n_refused * REFUSED_SHARE > s->n)
        return;
    if (!span(s, value, out)) {
        out->low = out->high = (double)NAN;
        return;
    }
    out->largest = 0.0;
    for (size_t i = 0; i < s->n; i++)
        out->largest = fmax(out->largest, value[i]);
    share_out(s, value, out);
    for (size_t i = 0; i < s->n; i++)
        s->scratch[i] = isnan(value[i]) ? (double)INFINITY : value[i];
    out->median = order_statistic(s->scratch, s->n, 0.5);
    if (out->n_refused > 0)
        out->largest = (double)NAN;
}

/* What a search found: candidates in full, the most different first chosen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/search_internal.h"

enum { MOST = 12 };

#define SLIGHT 1.01 /* what a longer scan must gain, in SNR or CNR, to be worth showing */

void mrse_search_candidate_clear(mrse_candidate *candidate)
{
    mrse_protocol_copy_free(candidate->protocol);
    mrse_free(candidate->exposure);
    mrse_free(candidate->decision);
    *candidate = (mrse_candidate){0};
}

/* With the range over T1 and T2, which the search itself does not need. */
static mrse_status image_of(const mrse_search_base *base, mrse_candidate *c)
{
    const mrse_weighting *w = &base->weighting.weighting;
    mrse_protocol_weighting after;
    mrse_acquisition acquisition;
    char why[MRSE_IMAGE_WHY];
    mrse_status status = mrse_protocol_weighting_of(c->protocol, &after);

    if (status == MRSE_OK)
        status = mrse_protocol_acquisition_of(c->protocol, &acquisition, why);
    if (status == MRSE_OK && base->has_snr)
        status = mrse_image_snr_change(&base->tissue, w, &base->acquisition, &after.weighting,
                                       &acquisition, &c->snr);
    if (status == MRSE_OK && base->has_cnr)
        status = mrse_image_contrast_change(&base->pair[0], &base->pair[1], w, &base->acquisition,
                                            &after.weighting, &acquisition, &c->cnr);
    mrse_protocol_weighting_clear(&after);
    return status;
}

static mrse_status limits_of(const mrse_search_base *base, mrse_search_subject *subject,
                             mrse_candidate *c)
{
    const mrse_search *s = base->search;
    char why[MRSE_IMAGE_WHY];
    mrse_status status = MRSE_OK;

    c->exposure = mrse_alloc(s->n_limits, sizeof *c->exposure);
    c->decision = mrse_alloc(s->n_limits, sizeof *c->decision);
    if (!c->exposure || !c->decision)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < s->n_limits && status == MRSE_OK; i++) {
        status =
            mrse_search_expose(s, &base->rf, subject, s->limit[i].value.kind, &c->exposure[i], why);
        c->decision[i] = mrse_decide(&c->exposure[i], &s->limit[i]);
        c->excess = fmax(c->excess, mrse_search_excess(&c->decision[i], &s->limit[i]));
        if (why[0])
            mrse_text_copy(c->decision[i].reason, sizeof c->decision[i].reason, why);
    }
    return status;
}

mrse_status mrse_search_candidate(mrse_search_base *base, const mrse_search_point *point,
                                  mrse_candidate *out)
{
    const mrse_span none = {(double)NAN, (double)NAN, (double)NAN};
    char why[MRSE_IMAGE_WHY];
    mrse_search_subject subject = {0};
    mrse_status status;

    *out = (mrse_candidate){.snr = none, .cnr = none};
    status = mrse_protocol_modified(base->search->base, point->value, &out->protocol, why);
    if (status == MRSE_OK && !out->protocol)
        status = MRSE_ERR_RANGE;
    if (status != MRSE_OK)
        return status;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++) {
        const mrse_search_parameter p = (mrse_search_parameter)i;
        const bool factor = p == MRSE_SEARCH_RF_DURATION || p == MRSE_SEARCH_SLEW;

        out->before[i] = mrse_search_value(base->search->base, p);
        out->after[i] = factor ? point->value[i] : mrse_search_value(out->protocol, p);
    }
    subject.protocol = out->protocol;
    status = mrse_search_expose(base->search, &base->rf, &subject, MRSE_KIND_TIME, &out->time, why);
    if (status == MRSE_OK)
        status = limits_of(base, &subject, out);
    mrse_search_subject_end(&subject);
    if (status == MRSE_OK)
        status = image_of(base, out);
    if (status != MRSE_OK)
        mrse_search_candidate_clear(out);
    return status;
}

/* Distance of two members in the logarithms of what they cost. */
static double apart(const mrse_search_point *a, const mrse_search_point *b)
{
    double d = 0.0;

    if (a->time_s > 0.0 && b->time_s > 0.0)
        d += fabs(log(a->time_s / b->time_s));
    if (a->snr > 0.0 && b->snr > 0.0)
        d += fabs(log(a->snr / b->snr));
    if (a->cnr > 0.0 && b->cnr > 0.0)
        d += fabs(log(a->cnr / b->cnr));
    return d;
}

/* In the order of scan time: false for what is slower than another worth showing and hardly better. */
static void worth_showing(const mrse_search_list *front, bool *worth)
{
    for (size_t k = 0; k < front->n; k++) {
        const mrse_search_point *p = &front->point[k];

        worth[k] = true;
        for (size_t i = 0; i < k && worth[k]; i++)
            worth[k] = !(worth[i] && front->point[i].snr * SLIGHT >= p->snr &&
                         front->point[i].cnr * SLIGHT >= p->cnr);
    }
}

static double nearest_chosen(const mrse_search_list *front, const bool *chosen, size_t k)
{
    double d = (double)INFINITY;

    for (size_t i = 0; i < front->n; i++)
        if (chosen[i])
            d = fmin(d, apart(&front->point[i], &front->point[k]));
    return d;
}

/* The fastest, then always the one farthest from all chosen so far. */
static void choose(const mrse_search_list *front, size_t most, const bool *worth, bool *chosen)
{
    chosen[0] = true;
    for (size_t n = 1; n < most && n < front->n; n++) {
        size_t best = 0;
        double farthest = 0.0;

        for (size_t k = 0; k < front->n; k++) {
            const double d = chosen[k] || !worth[k] ? 0.0 : nearest_chosen(front, chosen, k);
            if (d > farthest) {
                farthest = d;
                best = k;
            }
        }
        chosen[best] = true;
    }
}

mrse_status mrse_search_report(mrse_search_base *base, mrse_search_list *front,
                               mrse_search_result *out)
{
    const size_t asked = base->search->most ? base->search->most : MOST;
    const size_t most = asked < front->n ? asked : front->n;
    bool *chosen, *worth;
    mrse_status status = MRSE_OK;

    out->n_pareto = front->n;
    if (!base->has_snr)
        mrse_text_copy(out->reason, sizeof out->reason, base->why);
    if (front->n == 0)
        return MRSE_OK;
    chosen = mrse_alloc(2 * front->n, sizeof *chosen);
    out->front = mrse_alloc(most, sizeof *out->front);
    if (chosen && out->front) {
        worth = chosen + front->n;
        worth_showing(front, worth);
        choose(front, most, worth, chosen);
        for (size_t k = 0; k < front->n && status == MRSE_OK; k++)
            if (chosen[k]) {
                status = mrse_search_candidate(base, &front->point[k], &out->front[out->n_front]);
                out->n_front += status == MRSE_OK;
            }
    } else {
        status = MRSE_ERR_NOMEM;
    }
    mrse_free(chosen);
    return status;
}

void mrse_search_result_clear(mrse_search_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->n_front; i++)
        mrse_search_candidate_clear(&result->front[i]);
    if (result->nearest)
        mrse_search_candidate_clear(result->nearest);
    mrse_free(result->front);
    mrse_free(result->nearest);
    mrse_free(result->binding);
    *result = (mrse_search_result){0};
}

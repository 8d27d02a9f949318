/* What a setting costs, and whether it meets the limits. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/search_internal.h"

static mrse_status signal_of(const mrse_weighting *w, const mrse_tissue *t, double *signal)
{
    const mrse_relaxation r = {t->t1.v_s, t->t2.v_s};

    return mrse_image_signal(w, &r, signal);
}

/* Signal of the first tissue and difference of the first pair; not told outside the equations. */
static mrse_status signals(const mrse_search_base *base, const mrse_weighting *w, bool *told,
                           double *first, double *difference)
{
    double a = 0.0, b = 0.0;
    mrse_status status = signal_of(w, &base->tissue, first);

    if (status == MRSE_OK && base->choice.n_pairs > 0)
        status = signal_of(w, &base->pair[0], &a);
    if (status == MRSE_OK && base->choice.n_pairs > 0)
        status = signal_of(w, &base->pair[1], &b);
    *told = status == MRSE_OK;
    *difference = fabs(a - b);
    return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
}

static mrse_status find_tissues(mrse_search_base *base)
{
    const mrse_image_choice *c = &base->choice;
    mrse_field_class field;
    mrse_status status;

    if (c->n_tissues == 0 || c->n_tissues > MRSE_IMAGE_TISSUES || c->n_pairs > MRSE_IMAGE_PAIRS)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < c->n_pairs; i++)
        if (c->pair[i].a >= c->n_tissues || c->pair[i].b >= c->n_tissues)
            return MRSE_ERR_ARG;
    if (mrse_tissue_field(base->search->base->b0.v, &field) != MRSE_OK) {
        mrse_text_copy(base->why, sizeof base->why, "'b0' is not stated, or neither 1.5 T nor 3 T");
        return MRSE_OK;
    }
    status = mrse_tissue_find(c->tissue[0], field, &base->tissue);
    for (size_t i = 0; i < 2 && c->n_pairs > 0 && status == MRSE_OK; i++)
        status =
            mrse_tissue_find(c->tissue[i ? c->pair[0].b : c->pair[0].a], field, &base->pair[i]);
    return status;
}

static mrse_status image_of_base(mrse_search_base *base)
{
    const mrse_protocol *p = base->search->base;
    char why[MRSE_IMAGE_WHY];
    bool told = false;
    mrse_status status = mrse_protocol_acquisition_of(p, &base->acquisition, why);

    if (status == MRSE_OK)
        status = mrse_protocol_weighting_of(p, &base->weighting);
    if (status != MRSE_OK)
        return status;
    if (!base->why[0])
        mrse_text_copy(base->why, sizeof base->why,
                       base->weighting.refused[0] ? base->weighting.refused : why);
    if (base->why[0])
        return MRSE_OK;
    status = signals(base, &base->weighting.weighting, &told, &base->signal, &base->difference);
    base->has_snr = told && base->signal > 0.0;
    base->has_cnr = told && base->difference > 0.0;
    if (!base->has_snr)
        mrse_text_copy(base->why, sizeof base->why,
                       "times and angles are outside what the signal equations hold for");
    return status;
}

static mrse_status check(const mrse_search *s)
{
    if (!s || !s->base || !s->limit || s->n_limits == 0)
        return MRSE_ERR_ARG;
    return s->n_limits > MRSE_SEARCH_LIMITS ? MRSE_ERR_LIMIT : MRSE_OK;
}

mrse_status mrse_search_base_begin(mrse_search_base *base, const mrse_search *search)
{
    mrse_status status = check(search);
    mrse_scan_plan plan;
    mrse_scan_time time;
    char why[MRSE_IMAGE_WHY];

    *base = (mrse_search_base){.search = search};
    if (status != MRSE_OK)
        return status;
    if (search->choice)
        base->choice = *search->choice;
    else
        mrse_image_choice_of(search->base->region, &base->choice);
    status = find_tissues(base);
    if (status == MRSE_OK)
        status = image_of_base(base);
    if (status == MRSE_OK)
        status = mrse_protocol_plan_of(search->base, &plan, why);
    if (status == MRSE_OK)
        base->has_time = !why[0] && mrse_scan_time_of(&plan, &time) == MRSE_OK;
    if (status == MRSE_OK)
        status = mrse_protocol_rf_of(search->base, &base->rf);
    if (status != MRSE_OK)
        mrse_search_base_end(base);
    return status;
}

void mrse_search_base_end(mrse_search_base *base)
{
    mrse_protocol_rf_clear(&base->rf);
    mrse_protocol_weighting_clear(&base->weighting);
    mrse_free(base->memory);
    mrse_free(base->remembered);
    *base = (mrse_search_base){0};
}

/* Slices, passes and averages do not change what an echo is worth. */
static bool same_signals(const mrse_search_signals *last, const double v[MRSE_SEARCH_PARAMETERS])
{
    if (!last->known)
        return false;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        if (i != MRSE_SEARCH_SLICES && i != MRSE_SEARCH_CONCATENATIONS &&
            i != MRSE_SEARCH_AVERAGES && last->key[i] != v[i] &&
            !(isnan(last->key[i]) && isnan(v[i])))
            return false;
    return true;
}

static mrse_status signals_of(mrse_search_base *base, const mrse_protocol *p,
                              const double v[MRSE_SEARCH_PARAMETERS])
{
    mrse_search_signals *last = &base->last;
    mrse_protocol_weighting w;
    mrse_status status;

    if (same_signals(last, v))
        return MRSE_OK;
    *last = (mrse_search_signals){.known = true};
    memcpy(last->key, v, sizeof last->key);
    status = mrse_protocol_weighting_of(p, &w);
    if (status == MRSE_OK && !w.refused[0])
        status = signals(base, &w.weighting, &last->told, &last->first, &last->difference);
    mrse_protocol_weighting_clear(&w);
    return status;
}

static double effort_of(const mrse_protocol *base, const double v[MRSE_SEARCH_PARAMETERS])
{
    double effort = 0.0;

    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++) {
        const double now = mrse_search_value(base, (mrse_search_parameter)i);
        if (isfinite(v[i]) && now > 0.0 && v[i] != now)
            effort += 1.0 + fabs(log(v[i] / now));
    }
    return effort;
}

static mrse_status image_cost(mrse_search_base *base, const mrse_protocol *p,
                              mrse_search_point *point, bool *fits)
{
    mrse_acquisition acquisition;
    char why[MRSE_IMAGE_WHY];
    mrse_status status;
    double gain = 0.0;

    if (!base->has_snr)
        return MRSE_OK;
    status = signals_of(base, p, point->value);
    if (status == MRSE_OK)
        status = mrse_protocol_acquisition_of(p, &acquisition, why);
    if (status != MRSE_OK)
        return status;
    *fits = base->last.told && !why[0] &&
            mrse_image_snr_ratio(base->signal, &base->acquisition, base->last.first, &acquisition,
                                 &point->snr) == MRSE_OK &&
            mrse_image_snr_ratio(1.0, &base->acquisition, 1.0, &acquisition, &gain) == MRSE_OK;
    if (base->has_cnr)
        point->cnr = gain * base->last.difference / base->difference;
    return MRSE_OK;
}

mrse_status mrse_search_cost(mrse_search_base *base, mrse_search_point *point, bool *fits)
{
    mrse_scan_plan plan;
    mrse_scan_time time = {0};
    mrse_protocol *p;
    char why[MRSE_IMAGE_WHY];
    mrse_status status = mrse_protocol_modified(base->search->base, point->value, &p, why);

    *fits = false;
    if (status != MRSE_OK || !p)
        return status;
    *fits = true;
    point->time_s = point->snr = point->cnr = 0.0;
    point->excess = (double)NAN;
    point->effort = effort_of(base->search->base, point->value);
    status = mrse_protocol_plan_of(p, &plan, why);
    if (status == MRSE_OK && base->has_time) {
        *fits = !why[0] && mrse_scan_time_of(&plan, &time) == MRSE_OK;
        point->time_s = time.time_s;
    }
    if (status == MRSE_OK && *fits)
        status = image_cost(base, p, point, fits);
    mrse_protocol_copy_free(p);
    return status;
}

/* The place where the exposure of a setting is kept; NULL: nowhere. */
static mrse_value *memory_of(mrse_search_base *base, const mrse_search_point *point, size_t limit,
                             bool **remembered)
{
    const mrse_kind kind = base->search->limit[limit].value.kind;
    const size_t i = mrse_search_is_rf(kind)         ? point->rf
                     : mrse_search_is_gradient(kind) ? point->slew
                                                     : SIZE_MAX;

    if (!base->memory || i >= base->n_memory)
        return NULL;
    *remembered = &base->remembered[i * base->search->n_limits + limit];
    return &base->memory[i * base->search->n_limits + limit];
}

/* From the memory, or of the protocol, which is made when first needed. */
static mrse_status exposure_of(mrse_search_base *base, const mrse_search_point *point, size_t limit,
                               mrse_search_subject *subject, mrse_protocol **p, mrse_value *value)
{
    const mrse_search *s = base->search;
    bool *remembered = NULL;
    mrse_value *memory = memory_of(base, point, limit, &remembered);
    char why[MRSE_IMAGE_WHY];
    mrse_status status = MRSE_OK;

    *value = mrse_value_missing(s->limit[limit].value.kind);
    if (memory && *remembered) {
        *value = *memory;
        return MRSE_OK;
    }
    if (!*p)
        status = mrse_protocol_modified(s->base, point->value, p, why);
    subject->protocol = *p;
    if (status == MRSE_OK && *p)
        status = mrse_search_expose(s, &base->rf, subject, s->limit[limit].value.kind, value, why);
    if (status == MRSE_OK && memory) {
        *memory = *value;
        *remembered = true;
    }
    return status;
}

mrse_status mrse_search_decide(mrse_search_base *base, mrse_search_point *point)
{
    const mrse_search *s = base->search;
    mrse_search_subject subject = {0};
    mrse_protocol *p = NULL;
    mrse_status status = MRSE_OK;

    point->excess = 0.0;
    point->failing = 0;
    point->worst = 0;
    for (size_t i = 0; i < s->n_limits && status == MRSE_OK; i++) {
        mrse_decision decision;
        mrse_value value;
        double excess;

        status = exposure_of(base, point, i, &subject, &p, &value);
        decision = mrse_decide(&value, &s->limit[i]);
        excess = mrse_search_excess(&decision, &s->limit[i]);
        if (decision.verdict != MRSE_VERDICT_MET)
            point->failing |= 1U << i;
        if (excess > point->excess) {
            point->excess = excess;
            point->worst = i;
        }
    }
    mrse_search_subject_end(&subject);
    mrse_protocol_copy_free(p);
    return status;
}

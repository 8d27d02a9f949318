/* What a changed protocol exposes to, by the functions that say it of any protocol.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/text.h"
#include "protocol/search_internal.h"

bool mrse_search_is_rf(mrse_kind kind)
{
    return kind == MRSE_KIND_B1_RMS || kind == MRSE_KIND_B1_PEAK ||
           (kind >= MRSE_KIND_SAR_WHOLE_BODY && kind <= MRSE_KIND_SAR_UNSPECIFIED);
}

bool mrse_search_is_gradient(mrse_kind kind)
{
    return kind == MRSE_KIND_DBDT_PEAK || kind == MRSE_KIND_DBDT_RMS ||
           kind == MRSE_KIND_SLEW_SEQUENCE || kind == MRSE_KIND_GRADIENT || kind == MRSE_KIND_RATIO;
}

static mrse_origin weaker_if_known(mrse_origin origin, const mrse_value *v)
{
    return isfinite(v->v) ? mrse_origin_weaker(origin, v->origin) : origin;
}

/* B1+ is as well known as the worst of what it is worked out from. */
static mrse_origin rf_origin(const mrse_protocol *p)
{
    mrse_origin origin = weaker_if_known(MRSE_ORIGIN_COMPUTED, &p->tr);

    for (size_t i = 0; i < p->n_pulses; i++) {
        const mrse_protocol_pulse *pulse = &p->pulse[i];

        origin = weaker_if_known(origin, &pulse->flip);
        origin = weaker_if_known(origin, &pulse->duration);
        for (size_t k = 0; k < pulse->n_train; k++)
            origin = weaker_if_known(origin, &pulse->train[k]);
    }
    return origin;
}

/* Where the console states B1+ of the base, that is carried along by the ratio: it knows its pulses
 * better than flip angle and duration tell. */
static void b1_value(const mrse_search *search, const mrse_protocol_rf *base,
                     const mrse_protocol_rf *rf, const mrse_protocol *candidate, mrse_kind kind,
                     mrse_value *value)
{
    const bool peak = kind == MRSE_KIND_B1_PEAK;
    const mrse_value *said =
        peak ? &search->base->reported.b1_peak : &search->base->reported.b1_rms;
    const double was = peak ? base->peak_T : base->rms_window_T;
    double v = peak ? rf->peak_T : rf->rms_window_T;
    mrse_origin origin = rf_origin(candidate);

    if (isfinite(said->v) && said->v > 0.0 && was > 0.0) {
        v *= said->v / was;
        origin = mrse_origin_weaker(origin, said->origin);
    }
    if (!isfinite(v))
        return;
    *value = mrse_value_computed(v, v * rf->u_relative, kind, MRSE_METHOD_RF_PULSE);
    value->origin = mrse_origin_weaker(value->origin, origin);
}

void mrse_search_subject_end(mrse_search_subject *subject)
{
    if (subject->has_rf)
        mrse_protocol_rf_clear(&subject->rf);
    subject->has_rf = false;
}

static mrse_status rf_value(const mrse_search *search, const mrse_protocol_rf *base,
                            mrse_search_subject *subject, mrse_kind kind, mrse_value *value,
                            char why[MRSE_IMAGE_WHY])
{
    const mrse_protocol_rf *rf = &subject->rf;
    mrse_sar sar;
    mrse_status status = MRSE_OK;

    if (kind == MRSE_KIND_SAR_UNSPECIFIED) {
        mrse_text_copy(why, MRSE_IMAGE_WHY, "the limit does not say which SAR");
        return MRSE_OK;
    }
    if (!subject->has_rf)
        status = mrse_protocol_rf_of(subject->protocol, &subject->rf);
    if (status != MRSE_OK)
        return status;
    subject->has_rf = true;
    if (kind == MRSE_KIND_B1_RMS || kind == MRSE_KIND_B1_PEAK) {
        mrse_text_copy(why, MRSE_IMAGE_WHY, rf->refused);
        if (!rf->refused[0])
            b1_value(search, base, rf, subject->protocol, kind, value);
        return MRSE_OK;
    }
    status = mrse_sar_after(search->base, subject->protocol, base, rf, search->pair,
                            search->n_pairs, &sar);
    if (status == MRSE_OK) {
        *value = sar.value[kind - MRSE_KIND_SAR_WHOLE_BODY];
        mrse_text_copy(why, MRSE_IMAGE_WHY, sar.reason);
    }
    return status;
}

/* The largest relative uncertainty of the three slew rates; NaN when one is not known. */
static double slew_uncertainty(const mrse_value slew[MRSE_AXES])
{
    double u = 0.0;

    for (size_t i = 0; i < MRSE_AXES; i++) {
        if (!isfinite(slew[i].v) || !isfinite(slew[i].u))
            return (double)NAN;
        if (slew[i].v > 0.0)
            u = fmax(u, slew[i].u / slew[i].v);
    }
    return u;
}

static mrse_status dbdt_of(const mrse_search *search, const mrse_gradient_use *use, mrse_dbdt *dbdt)
{
    double slew[MRSE_AXES], rms[MRSE_AXES];

    for (size_t i = 0; i < MRSE_AXES; i++) {
        slew[i] = use->slew[i].v;
        rms[i] = use->slew_rms[i].v;
    }
    return mrse_dbdt_at(search->system, search->place_m, search->u_place_m, slew, rms,
                        slew_uncertainty(use->slew), dbdt);
}

static bool has_dbdt_limit(const mrse_search *search)
{
    for (size_t i = 0; i < search->n_limits; i++)
        if (search->limit[i].value.kind == MRSE_KIND_DBDT_PEAK ||
            search->limit[i].value.kind == MRSE_KIND_DBDT_RMS)
            return true;
    return false;
}

mrse_status mrse_search_notice(const mrse_search *search, char *notice, size_t size)
{
    const mrse_protocol *base = search->base;
    mrse_gradient_use use;
    mrse_dbdt dbdt;

    notice[0] = '\0';
    if (!search->system || !has_dbdt_limit(search))
        return MRSE_OK;
    mrse_status status = mrse_protocol_gradient(search->system, base, &use);
    if (status == MRSE_OK)
        status = dbdt_of(search, &use, &dbdt);
    if (status != MRSE_OK || (isfinite(dbdt.peak.v) && !dbdt.declared))
        return status;
    (void)snprintf(notice, size, "dB/dt: %s%s%s",
                   base->n_lobes == 0 ? "the sequence file lists no gradient lobes "
                                        "(gradients.lobes); "
                                      : "",
                   dbdt.reason,
                   dbdt.declared ? ". The same number is compared for every setting: no change of "
                                   "the sequence lowers it"
                                 : ". No setting can be compared with the limit");
    return MRSE_OK;
}

static mrse_status dbdt_value(const mrse_search *search, const mrse_gradient_use *use,
                              mrse_kind kind, mrse_value *value, char why[MRSE_IMAGE_WHY])
{
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;
    mrse_status status;
    mrse_dbdt dbdt;

    if (!search->system) {
        mrse_text_copy(why, MRSE_IMAGE_WHY, "dB/dt needs the gradient system of a scanner file");
        return MRSE_OK;
    }
    for (size_t i = 0; i < MRSE_AXES; i++)
        origin = weaker_if_known(origin, &use->slew[i]);
    status = dbdt_of(search, use, &dbdt);
    if (status != MRSE_OK)
        return status;
    *value = kind == MRSE_KIND_DBDT_PEAK ? dbdt.peak : dbdt.rms;
    if (!dbdt.declared)
        value->origin = mrse_origin_weaker(value->origin, origin);
    mrse_text_copy(why, MRSE_IMAGE_WHY, dbdt.reason);
    return MRSE_OK;
}

static mrse_status gradient_value(const mrse_search *search, const mrse_protocol *candidate,
                                  mrse_kind kind, mrse_value *value, char why[MRSE_IMAGE_WHY])
{
    mrse_gradient_use use;
    const mrse_gradient_figure *figure;
    mrse_status status = mrse_protocol_gradient(search->system, candidate, &use);

    if (status != MRSE_OK)
        return status;
    if (kind == MRSE_KIND_DBDT_PEAK || kind == MRSE_KIND_DBDT_RMS)
        return dbdt_value(search, &use, kind, value, why);
    figure = kind == MRSE_KIND_SLEW_SEQUENCE ? &use.slew_max
             : kind == MRSE_KIND_GRADIENT    ? &use.amplitude
             : isfinite(use.safe.value.v)    ? &use.safe
                                             : &use.peripheral;
    *value = figure->value;
    mrse_text_copy(why, MRSE_IMAGE_WHY, figure->note);
    return MRSE_OK;
}

/* Consoles round the lines to rules of their own: by a train more or less; a single shot cannot be
 * rounded, and what may be added to it is a repetition without data. */
static mrse_status time_value(const mrse_protocol *candidate, mrse_value *value,
                              char why[MRSE_IMAGE_WHY])
{
    mrse_scan_plan plan;
    mrse_scan_time time;
    mrse_status status = mrse_protocol_plan_of(candidate, &plan, why);

    if (status != MRSE_OK || why[0])
        return status;
    if (mrse_scan_time_of(&plan, &time) != MRSE_OK || time.trains == 0) {
        mrse_text_copy(why, MRSE_IMAGE_WHY, "the counts of lines and echoes do not fit together");
        return MRSE_OK;
    }
    const double step_s = time.trains > 1 ? time.time_s / (double)time.trains : candidate->tr.v;
    *value =
        mrse_value_computed(time.time_s, step_s / sqrt(3.0), MRSE_KIND_TIME, MRSE_METHOD_SCAN_TIME);
    value->origin = weaker_if_known(value->origin, &candidate->tr);
    return MRSE_OK;
}

mrse_status mrse_search_expose(const mrse_search *search, const mrse_protocol_rf *rf_base,
                               mrse_search_subject *subject, mrse_kind kind, mrse_value *value,
                               char why[MRSE_IMAGE_WHY])
{
    mrse_status status = MRSE_OK;

    *value = mrse_value_missing(kind);
    why[0] = '\0';
    if (mrse_search_is_rf(kind))
        status = rf_value(search, rf_base, subject, kind, value, why);
    else if (mrse_search_is_gradient(kind))
        status = gradient_value(search, subject->protocol, kind, value, why);
    else if (kind == MRSE_KIND_TIME)
        status = time_value(subject->protocol, value, why);
    else
        mrse_text_copy(why, MRSE_IMAGE_WHY, "not a quantity that a protocol can be searched by");
    if (!isfinite(value->v) || value->kind != kind) {
        *value = mrse_value_missing(kind);
        if (!why[0])
            mrse_text_copy(why, MRSE_IMAGE_WHY, "it cannot be told from what is stated");
    } else {
        why[0] = '\0';
    }
    return status;
}

mrse_status mrse_search_exposure(const mrse_search *search, const mrse_protocol *candidate,
                                 mrse_kind kind, mrse_value *value, char why[MRSE_IMAGE_WHY])
{
    mrse_search_subject subject = {.protocol = candidate};
    mrse_protocol_rf rf;
    mrse_status status;

    if (value)
        *value = mrse_value_missing(kind);
    if (why)
        why[0] = '\0';
    if (!search || !search->base || !candidate || !value || !why)
        return MRSE_ERR_ARG;
    status = mrse_protocol_rf_of(search->base, &rf);
    if (status != MRSE_OK)
        return status;
    status = mrse_search_expose(search, &rf, &subject, kind, value, why);
    mrse_search_subject_end(&subject);
    mrse_protocol_rf_clear(&rf);
    return status;
}

double mrse_search_excess(const mrse_decision *decision, const mrse_limit *limit)
{
    const double size = fabs(limit->value.v);
    double excess;

    if (decision->verdict == MRSE_VERDICT_MET)
        return 0.0;
    excess = (decision->guard - decision->margin) / (size > 0.0 ? size : 1.0);
    if (decision->verdict == MRSE_VERDICT_NOT_MET && isfinite(excess))
        return fmax(excess, 1e-12); /* equality with < */
    return isfinite(excess) && excess > 0.0 && !decision->provisional ? excess : (double)INFINITY;
}

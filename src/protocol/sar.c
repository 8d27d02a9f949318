/* SAR of a changed sequence: the ways to it in order of what they rest on; energy and means of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "sar_internal.h"

#define MEAN_S 360.0
/* Of a ratio seen elsewhere: as of times; four positions of one subject agreed to 1e-7. */
#define U_REFERENCE 5e-4

static void clear(mrse_sar *out)
{
    const double unknown = (double)NAN;
    size_t i;

    *out = (mrse_sar){.ratio = unknown, .u_ratio = unknown};
    for (i = 0; i < MRSE_SAR_KINDS; i++)
        out->value[i] = mrse_value_missing((mrse_kind)(MRSE_KIND_SAR_WHOLE_BODY + i));
}

void mrse_sar_reason(mrse_sar *out, mrse_sar_method method, const char *reason)
{
    out->method = method;
    (void)snprintf(out->reason, sizeof out->reason, "%s", reason);
}

static const mrse_value *reported(const mrse_reported *r, size_t kind)
{
    const mrse_value *const value[MRSE_SAR_KINDS] = {&r->sar_whole_body, &r->sar_partial_body,
                                                     &r->sar_head, &r->sar_local};

    return value[kind];
}

/* 0.0 in a header means that it was not filled in. */
static bool stated(const mrse_value *x)
{
    return isfinite(x->v) && x->v > 0.0;
}

static bool any_stated(const mrse_reported *r)
{
    size_t i;

    for (i = 0; i < MRSE_SAR_KINDS; i++)
        if (stated(reported(r, i)))
            return true;
    return false;
}

static bool as_reported(const mrse_protocol *after, mrse_sar *out)
{
    size_t i;

    for (i = 0; i < MRSE_SAR_KINDS; i++) {
        const mrse_value *value = reported(&after->reported, i);

        if (stated(value) && value->kind == out->value[i].kind) {
            out->value[i] = *value;
            mrse_sar_reason(out, MRSE_SAR_AS_REPORTED, "the console states it for this sequence");
        }
    }
    return out->method == MRSE_SAR_AS_REPORTED;
}

static void scale(const mrse_value *before, mrse_sar *out, mrse_value *value)
{
    if (!stated(before) || before->kind != value->kind)
        return;
    *value = mrse_value_computed(before->v * out->ratio,
                                 hypot(before->u * out->ratio, before->v * out->u_ratio),
                                 value->kind, MRSE_METHOD_SAR_RATIO);
    value->origin = mrse_origin_weaker(MRSE_ORIGIN_COMPUTED, before->origin);
}

static bool by_ratio(const mrse_protocol *before, const mrse_protocol *after,
                     const mrse_protocol_rf *rf_before, const mrse_protocol_rf *rf_after,
                     mrse_sar *out)
{
    size_t i;

    if (!any_stated(&before->reported) ||
        !(mrse_sar_ratio_time(before, after, out) || mrse_sar_ratio_b1(before, after, out) ||
          mrse_sar_ratio_pulse(before, after, rf_before, rf_after, out)))
        return false;
    for (i = 0; i < MRSE_SAR_KINDS; i++)
        scale(reported(&before->reported, i), out, &out->value[i]);
    return true;
}

/* Why no ratio was found, the first that stands in the way. */
static const char *missing(const mrse_protocol *before, const mrse_protocol *after,
                           const mrse_protocol_rf *rf_before, const mrse_protocol_rf *rf_after)
{
    if (!any_stated(&before->reported))
        return "the console's SAR before the change is not stated";
    if (!mrse_sar_same_acceleration(before, after))
        return "acceleration or partial Fourier differs, and with it SAR in a way that is not "
               "explained";
    if (rf_before->refused[0])
        return rf_before->refused;
    if (rf_after->refused[0])
        return rf_after->refused;
    return "neither B1+rms of both nor the energy of their pulses is known";
}

mrse_status mrse_sar_after(const mrse_protocol *before, const mrse_protocol *after,
                           const mrse_protocol_rf *rf_before, const mrse_protocol_rf *rf_after,
                           const mrse_sar_pair *pair, size_t n_pairs, mrse_sar *out)
{
    const char *why;

    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!before || !after || !rf_before || !rf_after || (n_pairs > 0 && !pair))
        return MRSE_ERR_ARG;
    if (as_reported(after, out))
        return MRSE_OK;
    why = mrse_sar_incomparable(before, after);
    if (!why && by_ratio(before, after, rf_before, rf_after, out))
        return MRSE_OK;
    if (mrse_sar_site(after, rf_after, pair, n_pairs, out))
        return MRSE_OK;
    if (!why && mrse_sar_same_acceleration(before, after) &&
        mrse_sar_analytic(after, rf_after, out))
        return MRSE_OK;
    mrse_sar_reason(out, MRSE_SAR_NONE, why ? why : missing(before, after, rf_before, rf_after));
    return MRSE_OK;
}

mrse_status mrse_sar_by_reference(const mrse_value *before, const mrse_value *ref_before,
                                  const mrse_value *ref_after, mrse_sar *out)
{
    size_t i;

    if (!out)
        return MRSE_ERR_ARG;
    clear(out);
    if (!before || !ref_before || !ref_after)
        return MRSE_ERR_ARG;
    mrse_sar_reason(out, MRSE_SAR_NONE, "a SAR is missing, or they are of different kinds");
    if (!stated(before) || !stated(ref_before) || !stated(ref_after) ||
        before->kind != ref_before->kind || before->kind != ref_after->kind)
        return MRSE_OK;
    for (i = 0; i < MRSE_SAR_KINDS; i++)
        if (out->value[i].kind == before->kind) {
            out->ratio = ref_after->v / ref_before->v;
            out->u_ratio = out->ratio * hypot(U_REFERENCE, hypot(ref_before->u / ref_before->v,
                                                                 ref_after->u / ref_after->v));
            mrse_sar_reason(out, MRSE_SAR_REFERENCE,
                            "the ratio of the same two sequences in another examination");
            scale(before, out, &out->value[i]);
            out->value[i].origin = mrse_origin_weaker(
                mrse_origin_weaker(out->value[i].origin, ref_before->origin), ref_after->origin);
        }
    return MRSE_OK;
}

mrse_status mrse_sed(const mrse_value *sar, const mrse_value *time, mrse_value *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_value_missing(MRSE_KIND_SED);
    if (!sar || !time)
        return MRSE_ERR_ARG;
    if (sar->kind != MRSE_KIND_SAR_WHOLE_BODY || time->kind != MRSE_KIND_TIME ||
        !(sar->v >= 0.0 && time->v >= 0.0 && isfinite(sar->v * time->v)))
        return MRSE_OK;
    *out = mrse_value_computed(sar->v * time->v, hypot(sar->u * time->v, sar->v * time->u),
                               MRSE_KIND_SED, MRSE_METHOD_SED);
    out->origin = mrse_origin_weaker(mrse_origin_weaker(out->origin, sar->origin), time->origin);
    return MRSE_OK;
}

mrse_status mrse_sar_10s(const mrse_value *sar, const mrse_protocol_rf *rf, mrse_value *out)
{
    double more;

    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_value_missing(sar ? sar->kind : MRSE_KIND_NONE);
    if (!sar || !rf)
        return MRSE_ERR_ARG;
    more = rf->rms_window_T / rf->rms_T * (rf->rms_window_T / rf->rms_T);
    if (rf->refused[0] || !(sar->v >= 0.0) || !isfinite(sar->v * more))
        return MRSE_OK;
    /* how sure the shapes are does not matter: both are of the same pulses */
    *out = mrse_value_computed(sar->v * more, sar->u * more, sar->kind, MRSE_METHOD_SAR_RATIO);
    out->origin = mrse_origin_weaker(out->origin, sar->origin);
    return MRSE_OK;
}

mrse_status mrse_sar_6min(const mrse_value *sar, const mrse_value *time, mrse_value *out)
{
    double share;

    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_value_missing(sar ? sar->kind : MRSE_KIND_NONE);
    if (!sar || !time)
        return MRSE_ERR_ARG;
    if (time->kind != MRSE_KIND_TIME || !(sar->v >= 0.0 && time->v >= 0.0 && isfinite(sar->v)))
        return MRSE_OK;
    share = fmin(1.0, time->v / MEAN_S);
    *out = mrse_value_computed(sar->v * share,
                               hypot(sar->u * share, share < 1.0 ? sar->v * time->u / MEAN_S : 0.0),
                               sar->kind, MRSE_METHOD_SAR_RATIO);
    out->origin = mrse_origin_weaker(mrse_origin_weaker(out->origin, sar->origin), time->origin);
    return MRSE_OK;
}

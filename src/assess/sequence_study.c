/* A sequence, or one before and one after a modification, worked out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/sequence_study.h"

#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "sequence_internal.h"

bool mrse_sequence_is_pair(const mrse_sequence_study *study)
{
    return study->after.path != NULL;
}

mrse_status mrse_sequence_dbdt(const mrse_scanner *scanner, const mrse_sequence_input *in,
                               const double place_m[3], const double u_place_m[3], mrse_dbdt *out)
{
    double slew[3], rms[3], u = 0.0;
    const mrse_gradient_use *g = &in->gradient;
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;

    for (int i = 0; i < 3; i++) {
        slew[i] = g->slew[i].v;
        rms[i] = g->slew_rms[i].v;
        double u_of_axis = g->slew[i].u / slew[i];
        if (slew[i] > 0.0 && !(u_of_axis <= u))
            u = isnan(u) ? u : u_of_axis;
        origin = mrse_origin_weaker(origin, g->slew[i].origin);
    }
    mrse_status status = mrse_dbdt_at(&scanner->gradients, place_m, u_place_m, slew, rms, u, out);
    if (status != MRSE_OK || out->declared) /* the declared maximum holds for any slew rate */
        return status;
    out->peak.origin = mrse_origin_weaker(out->peak.origin, origin);
    out->rms.origin = mrse_origin_weaker(out->rms.origin, origin);
    return MRSE_OK;
}

static mrse_status run_dbdt(const mrse_sequence_study *s, const mrse_sequence_input *in,
                            mrse_dbdt *out)
{
    memset(out, 0, sizeof *out);
    out->peak = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    out->rms = mrse_value_missing(MRSE_KIND_DBDT_RMS);
    if (!s->has_place || s->scanner == NULL || in->path == NULL) {
        mrse_text_copy(out->reason, sizeof out->reason,
                       s->scanner == NULL ? "no scanner file is given"
                                          : "no place of an implant is given");
        return MRSE_OK;
    }
    return mrse_sequence_dbdt(s->scanner, in, s->place_m, s->u_place_m, out);
}

/* Two headers, or two files, do not say that they are of one examination: somebody must. */
static mrse_status state_exam(mrse_sequence_study *s, const mrse_sequence_options *o)
{
    if (!o->same_exam || s->before.protocol == NULL || s->after.protocol == NULL)
        return MRSE_OK;
    mrse_protocol *p[] = {s->before.protocol, s->after.protocol};
    for (int i = 0; i < 2; i++) {
        if (p[i]->exam == NULL)
            p[i]->exam = mrse_strdup("one examination, as stated");
        if (p[i]->exam == NULL)
            return MRSE_ERR_NOMEM;
    }
    return MRSE_OK;
}

/* A ratio of SAR holds within one examination. Where neither file says which it is of, and nobody
 * states it, that is an assumption, and every verdict on it has to say so. */
static void doubt_exam(const mrse_protocol *before, const mrse_protocol *after, mrse_sar *sar)
{
    bool ratio = sar->method == MRSE_SAR_RATIO_TIME || sar->method == MRSE_SAR_RATIO_B1 ||
                 sar->method == MRSE_SAR_RATIO_PULSE;
    size_t n = strlen(sar->reason);
    if (!ratio || (before->exam != NULL && after->exam != NULL))
        return;
    for (int i = 0; i < MRSE_SAR_KINDS; i++)
        sar->value[i].origin = mrse_origin_weaker(sar->value[i].origin, MRSE_ORIGIN_ASSUMED);
    mrse_text_copy(sar->reason + n, sizeof sar->reason - n,
                   "; that both are of one examination is assumed, as no one states it");
}

static mrse_status run_sar(mrse_sequence_study *s)
{
    const mrse_sar_pair *pair = s->scanner != NULL ? s->scanner->sar_pair : NULL;
    size_t n_pairs = s->scanner != NULL ? s->scanner->n_sar_pairs : 0;
    const mrse_sequence_input *b = &s->before, *a = mrse_sequence_is_pair(s) ? &s->after : b;

    for (int i = 0; i < MRSE_SAR_KINDS; i++)
        s->sar.value[i] = mrse_value_missing((mrse_kind)(MRSE_KIND_SAR_WHOLE_BODY + i));
    s->sar.ratio = s->sar.u_ratio = (double)NAN;
    if (b->protocol == NULL || a->protocol == NULL) {
        mrse_text_copy(s->sar.reason, sizeof s->sar.reason,
                       "a Pulseq file holds no SAR, and no patient, coil and landmark to work it "
                       "out for");
        return MRSE_OK;
    }
    mrse_status status =
        mrse_sar_after(b->protocol, a->protocol, &b->rf, &a->rf, pair, n_pairs, &s->sar);
    if (status == MRSE_OK)
        doubt_exam(b->protocol, a->protocol, &s->sar);
    return status;
}

static mrse_status run_image(mrse_sequence_study *s)
{
    if (!mrse_sequence_is_pair(s))
        return MRSE_OK;
    if (s->before.protocol != NULL && s->after.protocol != NULL)
        return mrse_protocol_image_effect(s->before.protocol, s->after.protocol, NULL, &s->image);
    mrse_text_copy(s->image_refused, sizeof s->image_refused,
                   "a Pulseq file does not say what it images: write both as sequence/1 files");
    return MRSE_OK;
}

static mrse_status run_all(mrse_sequence_study *s, const char *before, const char *after,
                           const mrse_sequence_options *o, mrse_diags *diags)
{
    mrse_status status = mrse_sequence_input_load(before, o, &s->before, diags);
    if (status == MRSE_OK && after != NULL)
        status = mrse_sequence_input_load(after, o, &s->after, diags);
    if (status == MRSE_OK)
        status = state_exam(s, o);
    if (status == MRSE_OK)
        status = run_dbdt(s, &s->before, &s->dbdt_before);
    if (status == MRSE_OK)
        status = run_dbdt(s, &s->after, &s->dbdt_after);
    if (status == MRSE_OK)
        status = run_sar(s);
    if (status == MRSE_OK)
        status = run_image(s);
    if (status == MRSE_OK)
        status = mrse_sequence_changes(s);
    if (status == MRSE_OK)
        status = mrse_sequence_rows(s);
    if (status == MRSE_OK)
        status = mrse_sequence_limits(s);
    return status == MRSE_OK ? mrse_sequence_working(s) : status;
}

mrse_status mrse_sequence_study_run(const char *before, const char *after,
                                    const mrse_sequence_options *options, mrse_sequence_study **out,
                                    mrse_diags *diags)
{
    static const mrse_sequence_options none = {0};

    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (before == NULL)
        return MRSE_ERR_ARG;
    const mrse_sequence_options *o = options != NULL ? options : &none;
    mrse_sequence_study *s = mrse_alloc(1, sizeof *s);
    if (s == NULL)
        return MRSE_ERR_NOMEM;
    s->scanner = o->scanner;
    s->has_place = o->has_place;
    memcpy(s->place_m, o->place_m, sizeof s->place_m);
    memcpy(s->u_place_m, o->u_place_m, sizeof s->u_place_m);
    mrse_status status = run_all(s, before, after, o, diags);
    if (status != MRSE_OK) {
        mrse_sequence_study_free(s);
        return status;
    }
    *out = s;
    return MRSE_OK;
}

void mrse_sequence_study_free(mrse_sequence_study *study)
{
    if (study == NULL)
        return;
    mrse_sequence_input_clear(&study->before);
    mrse_sequence_input_clear(&study->after);
    mrse_image_effect_clear(&study->image);
    mrse_free(study->change);
    mrse_free(study->row);
    mrse_free(study->limit);
    mrse_free(study->step);
    mrse_free(study);
}

const char *mrse_sequence_topic_text(mrse_sequence_topic topic)
{
    static const char *const text[MRSE_SEQUENCE_TOPICS] = {
        [MRSE_SEQUENCE_RF] = "RF field",
        [MRSE_SEQUENCE_SAR] = "SAR",
        [MRSE_SEQUENCE_GRADIENT] = "switched gradients",
        [MRSE_SEQUENCE_STIMULATION] = "stimulation",
        [MRSE_SEQUENCE_SOUND] = "sound",
    };

    return (unsigned)topic < MRSE_SEQUENCE_TOPICS ? text[topic] : "";
}

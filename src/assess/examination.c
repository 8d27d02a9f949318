/* What the case says of the examination: coil, plan, place of the isocentre, what is confirmed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "label_internal.h"
#include "mrse/alloc.h"

/* Consoles write "Body", "BODY", "body". */
static bool same_name(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcasecmp(a, b) == 0;
}

bool mrse_exam_coil_named(const mrse_assessment *a, const char *name, mrse_exam_coil *out)
{
    static const struct {
        const char *word;
        mrse_transmit transmit;
    } kind[] = {{"body", MRSE_TRANSMIT_BODY},
                {"head", MRSE_TRANSMIT_HEAD},
                {"extremity", MRSE_TRANSMIT_EXTREMITY},
                {"local", MRSE_TRANSMIT_LOCAL}};
    *out = (mrse_exam_coil){.name = name, .channels = (double)NAN};
    if (name == NULL)
        return false;
    for (size_t i = 0; i < a->scanner->rf.n_coils; i++) {
        const mrse_rf_coil *coil = &a->scanner->rf.coil[i];
        if (!same_name(coil->name, name))
            continue;
        out->transmit = coil->transmit;
        out->drive = coil->drive;
        out->channels = coil->channels;
        out->fpo_b = coil->fpo_b;
        return coil->transmit != MRSE_TRANSMIT_UNKNOWN;
    }
    for (size_t i = 0; i < sizeof kind / sizeof kind[0]; i++)
        if (same_name(name, kind[i].word))
            out->transmit = kind[i].transmit;
    return out->transmit != MRSE_TRANSMIT_UNKNOWN;
}

mrse_known mrse_exam_same_coil(const mrse_assessment *a, const char *name)
{
    mrse_exam_coil here, there;
    if (same_name(name, a->kase->examination.coil))
        return MRSE_KNOWN_YES;
    if (!mrse_exam_coil_of(a, &here) || !mrse_exam_coil_named(a, name, &there))
        return MRSE_KNOWN_NOT;
    return here.transmit == there.transmit ? MRSE_KNOWN_YES : MRSE_KNOWN_NO;
}

bool mrse_exam_coil_of(const mrse_assessment *a, mrse_exam_coil *out)
{
    return mrse_exam_coil_named(a, a->kase->examination.coil, out);
}

static bool reported_b1_rms(const mrse_planned *p)
{
    const mrse_protocol *protocol = p->study->before.protocol;
    return protocol != NULL && isfinite(protocol->reported.b1_rms.v);
}

mrse_answer mrse_exam_shows_b1_rms(const mrse_assessment *a)
{
    mrse_answer answer = {.is = a->scanner->rf.reports_b1_rms,
                          .why = "whether the console displays B1+rms is not stated",
                          .ask = "look at the console; rf.reports_b1_rms in the scanner file"};
    bool shown = false;
    for (size_t i = 0; i < a->n_planned && !a->foreign; i++)
        shown = shown || reported_b1_rms(&a->planned[i]);
    if (answer.is != MRSE_KNOWN_NO || !shown)
        return answer;
    answer.is = MRSE_KNOWN_NOT;
    mrse_text_copy(answer.why, sizeof answer.why,
                   "the scanner file says that the console does not display B1+rms, and a sequence "
                   "file holds what it displayed");
    return answer;
}

/* The fixed parameter option: basic keeps B1+ within what the manufacturer states. */
static const char *beyond_fpo_b(const mrse_assessment *a)
{
    const mrse_rf_system *rf = &a->scanner->rf;
    for (size_t i = 0; i < a->n_planned && !a->foreign; i++) {
        const mrse_protocol *p = a->planned[i].study->before.protocol;
        if (p != NULL &&
            (p->reported.b1_rms.v > rf->fpo_b1_rms.v || p->reported.b1_peak.v > rf->fpo_b1_peak.v))
            return a->planned[i].name;
    }
    return NULL;
}

bool mrse_exam_denies_mode(const mrse_assessment *a, mrse_answer *out)
{
    mrse_exam_coil coil;
    if (a->kase->examination.mode != MRSE_LABEL_MODE_FPO_B + 1)
        return false;
    const char *beyond = beyond_fpo_b(a);
    *out =
        (mrse_answer){.is = MRSE_KNOWN_NOT,
                      .ask = "the radiographer: whether FPO:B is set, and what the console shows"};
    if (a->scanner->rf.fpo_b == MRSE_KNOWN_NO)
        mrse_text_copy(out->why, sizeof out->why,
                       "FPO:B is set, and the scanner does not offer it");
    else if (mrse_exam_coil_of(a, &coil) && coil.fpo_b == MRSE_KNOWN_NO)
        mrse_text_copy(out->why, sizeof out->why,
                       "FPO:B is set, and the scanner does not offer it with this coil");
    else if (beyond != NULL)
        (void)snprintf(out->why, sizeof out->why,
                       "FPO:B is set, and %.60s shows more B1+ than it leaves", beyond);
    return out->why[0] != '\0';
}

/* The regions of the examination that a sequence file may mean by its own. */
static mrse_set meant_by(mrse_landmark_region region)
{
#define ONE(name) ((mrse_set)1 << MRSE_BODY_##name)
    static const mrse_set set[] = {[MRSE_REGION_HEAD] = ONE(HEAD),
                                   [MRSE_REGION_NECK] = ONE(NECK),
                                   [MRSE_REGION_CHEST] = ONE(CHEST),
                                   [MRSE_REGION_ABDOMEN] = ONE(ABDOMEN),
                                   [MRSE_REGION_PELVIS] = ONE(PELVIS),
                                   [MRSE_REGION_KNEE] = ONE(LEG),
                                   [MRSE_REGION_FOOT] = ONE(LEG),
                                   [MRSE_REGION_ARM] = ONE(ARM),
                                   [MRSE_REGION_SPINE] =
                                       ONE(NECK) | ONE(CHEST) | ONE(ABDOMEN) | ONE(PELVIS)};
#undef ONE
    return (unsigned)region < sizeof set / sizeof set[0] ? set[region] : 0;
}

/* An arm may lie anywhere beside the trunk. */
static bool excludes(const mrse_case_examination *e, mrse_body_region region)
{
    const mrse_anatomy person = mrse_anatomy_of(&e->height);
    if (e->region != MRSE_BODY_UNKNOWN)
        return e->region != region;
    return mrse_anatomy_excludes(&person, region, e->level,
                                 isfinite(e->offset.v) ? e->offset.v : 0.0);
}

bool mrse_exam_is_elsewhere(const mrse_assessment *a, const mrse_planned *p)
{
    const mrse_protocol *protocol = p->study->before.protocol;
    mrse_set meant = protocol != NULL ? meant_by(protocol->region) : 0;
    for (mrse_body_region region = MRSE_BODY_HEAD; region <= MRSE_BODY_ARM; region++)
        if (mrse_set_has(meant, region) && !excludes(&a->kase->examination, region))
            return false;
    return meant != 0;
}

bool mrse_exam_moves(const mrse_assessment *a, mrse_answer *out)
{
    for (size_t i = 0; i < a->n_planned; i++) {
        const mrse_planned *p = &a->planned[i];
        if (!mrse_exam_is_elsewhere(a, p))
            continue;
        *out =
            (mrse_answer){.is = MRSE_KNOWN_NOT,
                          .ask = "a case for each place of the isocentre, with the sequences that "
                                 "are run there"};
        (void)snprintf(out->why, sizeof out->why,
                       "%.60s is of the %s, which is not what the examination has at the isocentre",
                       p->name, mrse_region_text(p->study->before.protocol->region));
        return true;
    }
    return false;
}

const mrse_case_confirmed *mrse_exam_confirmed(const mrse_case_implant *implant, const char *what)
{
    for (size_t i = 0; i < implant->n_confirmed; i++)
        if (mrse_text_equal(implant->confirmed[i].what, what))
            return &implant->confirmed[i];
    return NULL;
}

/* What another scanner's console showed is an assumption here. */
static mrse_value shown_duration(const mrse_assessment *a, const mrse_sequence_study *study)
{
    if (study->before.played != NULL)
        return mrse_value_computed(1e-9 * study->before.played->sequence->duration_ns, 0.0,
                                   MRSE_KIND_TIME, "pulseq-rf");
    const mrse_protocol *protocol = study->before.protocol;
    mrse_value shown =
        protocol != NULL ? protocol->reported.scan_time : mrse_value_missing(MRSE_KIND_TIME);
    if (a->foreign && isfinite(shown.v))
        shown.origin = mrse_origin_weaker(shown.origin, MRSE_ORIGIN_ASSUMED);
    return shown;
}

/* What the case plans goes before what the console or the file says, unless that lasts longer: a plan
 * that is too short would keep a clock which the scan breaks. */
static mrse_value duration_of(const mrse_assessment *a, const mrse_case_sequence *s,
                              const mrse_sequence_study *study)
{
    mrse_value shown = shown_duration(a, study);
    bool planned = isfinite(s->duration.v) && !(shown.v > s->duration.v);
    return planned ? s->duration : shown;
}

/* A sequence plays RF and gradients; what the label counts is then both. */
mrse_status mrse_exam_plan(const mrse_assessment *a, const mrse_implant_result *r,
                           mrse_clock_plan *out)
{
    mrse_clock_item *item = mrse_alloc(2 * a->n_planned + 1, sizeof *item);
    *out = (mrse_clock_plan){.item = item,
                             .free_before = a->kase->examination.free_before,
                             .lifetime_used = r != NULL ? r->implant->lifetime_used
                                                        : mrse_value_missing(MRSE_KIND_TIME)};
    if (item == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < a->n_planned; i++) {
        const mrse_planned *p = &a->planned[i];
        item[out->n++] =
            (mrse_clock_item){.name = p->name,
                              .duration = duration_of(a, p->sequence, p->study),
                              .rf = MRSE_ON_YES,
                              .gradients = MRSE_ON_YES,
                              .region = mrse_exam_is_elsewhere(a, p) ? MRSE_BODY_UNKNOWN
                                                                     : a->kase->examination.region};
        if (p->sequence->pause.v > 0.0)
            item[out->n++] = (mrse_clock_item){
                .name = "break", .is_break = true, .duration = p->sequence->pause};
    }
    return MRSE_OK;
}

void mrse_exam_setup(const mrse_assessment *a, mrse_anatomy *person, mrse_zone_setup *out)
{
    const mrse_case_examination *e = &a->kase->examination;
    *person = mrse_anatomy_of(&e->height);
    *out = (mrse_zone_setup){.person = person,
                             .isocentre = mrse_zone_at(e->level),
                             .device_top = {.offset = mrse_value_missing(MRSE_KIND_LENGTH)},
                             .device_bottom = {.offset = mrse_value_missing(MRSE_KIND_LENGTH)},
                             .bore_half_length = a->scanner->cover_length,
                             .coil_centre = mrse_value_missing(MRSE_KIND_LENGTH),
                             .coil_half_length = mrse_value_missing(MRSE_KIND_LENGTH),
                             .coil_radius = mrse_value_missing(MRSE_KIND_LENGTH)};
    out->bore_half_length.v /= 2.0;
    out->bore_half_length.u /= 2.0;
    if (isfinite(e->offset.v))
        out->isocentre.offset = e->offset;
}

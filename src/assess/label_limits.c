/* Limits that are numbers: each sequence of the examination against each of them, fallbacks where the
 * scanner does not show a quantity. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"

static mrse_status plain(mrse_assessment *a, const mrse_implant_result *r,
                         const mrse_label_branch *b, const mrse_label_limit *limit,
                         mrse_verdict verdict, const char *reason, const char *ask)
{
    mrse_kind kind = limit->limit.value.kind;
    const char *topic = limit->subject == MRSE_SUBJECT_EXPOSURE
                            ? mrse_kind_get(kind)->name
                            : mrse_label_subject_text(limit->subject);
    mrse_finding *f = mrse_finding_start(a, r, b, topic, limit->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->numeric = !limit->not_applicable;
    f->limit = limit->limit;
    mrse_finding_say(f, verdict, reason, ask);
    return MRSE_OK;
}

/* Scope and subject are part of what is limited; where the value is one implant's, its name is too. */
static void name_quantity(mrse_finding *f, const mrse_label_limit *limit)
{
    const char *kind = mrse_kind_get(limit->limit.value.kind)->name;
    bool exam = mrse_set_has(limit->scope, MRSE_SCOPE_EXAM);
    if (limit->subject == MRSE_SUBJECT_HEIGHT)
        mrse_text_copy(f->quantity, sizeof f->quantity, "height of the patient");
    else if (limit->subject != MRSE_SUBJECT_EXPOSURE)
        (void)snprintf(f->quantity, sizeof f->quantity, "%s of %.64s",
                       mrse_label_subject_text(limit->subject), f->implant);
    else
        (void)snprintf(f->quantity, sizeof f->quantity, "%s%s", kind,
                       f->sequence[0] == '\0' ? ""
                       : exam                 ? ", whole examination"
                                              : ", each sequence");
}

static mrse_finding *compare(mrse_assessment *a, const mrse_implant_result *r,
                             const mrse_label_branch *b, const mrse_label_limit *limit,
                             const char *topic, const mrse_value *exposure, const char *name,
                             const char *sequence)
{
    mrse_finding *f = mrse_finding_start(a, r, b, topic, limit->printed);
    if (f == NULL)
        return NULL;
    f->numeric = true;
    f->limit = limit->limit;
    f->exposure = *exposure;
    f->sequence = sequence;
    name_quantity(f, limit);
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name, name);
    if (limit->subject != MRSE_SUBJECT_EXPOSURE || !mrse_finding_from_below(f))
        f->decision = mrse_decide(exposure, &limit->limit);
    return f;
}

static void ask_for(mrse_finding *f, mrse_kind kind, const char *sequence)
{
    if (f->decision.verdict != MRSE_VERDICT_UNDETERMINED || f->ask[0] != '\0')
        return;
    const char *what = "read it off the console for this patient and write it under reported";
    if (kind == MRSE_KIND_DBDT_PEAK || kind == MRSE_KIND_DBDT_RMS)
        what =
            "give the gradient lobes, the implant's position, and the scanner's linear volume or "
            "declared maximum";
    else if (kind == MRSE_KIND_SED) /* adds up over an examination: no sequence alone meets it */
        what =
            "add the console's values of all sequences up and compare by hand: not compared here";
    else if (kind == MRSE_KIND_GRADIENT || kind == MRSE_KIND_TIME || kind == MRSE_KIND_FIELD)
        what = "compare it by hand: this quantity is not compared here";
    else if (kind == MRSE_KIND_SLEW_SYSTEM)
        what = "the scanner's data sheet: rated slew rate of one axis; gradients.slew";
    (void)snprintf(f->ask, sizeof f->ask, "%.60s%s%s", sequence, sequence[0] ? ": " : "", what);
}

/* "Up to 200 T/m/s per axis" rates the system, whatever the sequence uses. */
static mrse_status rate_system(mrse_assessment *a, const mrse_implant_result *r,
                               const mrse_label_branch *b, const mrse_label_limit *limit)
{
    mrse_value rated = a->scanner->gradients.slew;
    rated.kind = limit->limit.value.kind;
    mrse_finding *f = compare(a, r, b, limit, mrse_kind_get(limit->limit.value.kind)->name, &rated,
                              "the scanner's rating of one axis: no sequence changes it", "");
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    ask_for(f, MRSE_KIND_SLEW_SYSTEM, "");
    return MRSE_OK;
}

/* A label that limits what the console shows before the scan is not met by what was worked out. */
static void need_prescan(mrse_finding *f, const mrse_label_limit *limit)
{
    if (!mrse_set_has(limit->scope, MRSE_SCOPE_PRESCAN) ||
        f->exposure.origin == MRSE_ORIGIN_CONSOLE || f->decision.verdict == MRSE_VERDICT_NOT_MET)
        return;
    mrse_finding_say(
        f, MRSE_VERDICT_UNDETERMINED, "the label limits what the console shows before the scan",
        "the radiographer: the value on the console after preparation, before starting");
}

/* A protocol of another field strength is not the one that will be run here. Consoles print B0 from f0
 * (2.89 T), within 4 % of the class; classes are farther apart than that. On another scanner than the
 * case's, a sequence that does not say its field strength is not known to be for this one. */
static void doubt_field(const mrse_assessment *a, mrse_finding *f, const mrse_planned *p)
{
    static const double SAME_CLASS = 0.05;
    const mrse_protocol *protocol = p->study->before.protocol;
    double b0_T = protocol != NULL ? protocol->b0.v : (double)NAN;
    bool known = isfinite(b0_T) && isfinite(a->scanner->b0_nominal.v);
    if (known ? fabs(b0_T - a->scanner->b0_nominal.v) <= SAME_CLASS * b0_T : !a->foreign)
        return;
    if (f->decision.verdict == MRSE_VERDICT_NOT_MET && !a->foreign)
        return;
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                     known ? "the sequence file is of another field strength than the scanner"
                           : "the sequence file does not say for which field strength it is",
                     "the radiographer: the sequence as it stands on this scanner");
}

static bool of_gradients(mrse_kind kind)
{
    return kind == MRSE_KIND_DBDT_PEAK || kind == MRSE_KIND_DBDT_RMS ||
           kind == MRSE_KIND_SLEW_SYSTEM || kind == MRSE_KIND_SLEW_SEQUENCE;
}

/* SAR and B1 of another transmit coil say nothing of this one. A file, or a case, that names none means
 * the coil of the other. */
static void doubt_coil(const mrse_assessment *a, mrse_finding *f, const mrse_planned *p)
{
    const mrse_protocol *protocol = p->study->before.protocol;
    if (f->decision.verdict != MRSE_VERDICT_MET || protocol == NULL || protocol->coil == NULL ||
        a->kase->examination.coil == NULL)
        return;
    switch (mrse_exam_same_coil(a, protocol->coil)) {
    case MRSE_KNOWN_YES:
        return;
    case MRSE_KNOWN_NO:
        mrse_finding_say(
            f, MRSE_VERDICT_UNDETERMINED,
            "the sequence file is of another transmit coil than the examination",
            "the radiographer: the sequence as it stands with the coil that transmits");
        return;
    case MRSE_KNOWN_NOT:
        break;
    }
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                     "whether the coil that the sequence file names is that of the examination is "
                     "not known",
                     "the radiographer: which coil this is; rf.coils of the scanner file, by the "
                     "name that the console uses");
}

static bool is_sar(mrse_kind kind)
{
    return kind >= MRSE_KIND_SAR_WHOLE_BODY && kind <= MRSE_KIND_SAR_LOCAL;
}

/* SAR depends on what of the body is in the coil. */
static void doubt_region(const mrse_assessment *a, mrse_finding *f, const mrse_planned *p)
{
    if (f->decision.verdict != MRSE_VERDICT_MET || !is_sar(f->limit.value.kind) ||
        !mrse_exam_is_elsewhere(a, p))
        return;
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                     "the sequence file is of another part of the body than the examination",
                     "the radiographer: the sequence as it stands for this examination");
}

/* What a sequence does to this implant. Places where dB/dt is known are those of implants with a position:
 * for any other the largest that a patient meets counts. */
static mrse_value exposure_of(const mrse_planned *p, const mrse_implant_result *r, mrse_kind kind,
                              const char **name)
{
    bool elsewhere = p->study->has_place && !r->implant->has_position;
    if (elsewhere && kind == MRSE_KIND_DBDT_RMS)
        return mrse_value_missing(kind);
    if (!elsewhere || kind != MRSE_KIND_DBDT_PEAK)
        return mrse_sequence_exposure_of(p->study, false, kind, name);
    *name = "largest that a patient meets";
    return p->study->before.gradient.dbdt.value;
}

/* A second number in the same file for what is compared, where it is the larger one: the slew rate of its
 * lobes beside the console's, the console's dB/dt beside the declared or computed largest. At the place of
 * an implant less than the largest is to be expected. */
static mrse_value second_of(const mrse_planned *p, const mrse_implant_result *r, mrse_kind kind)
{
    const mrse_sequence_study *s = p->study;
    const mrse_protocol *protocol = s->before.protocol;
    bool placed = s->has_place && r->implant->has_position && !s->dbdt_before.declared;
    if (protocol != NULL && kind == MRSE_KIND_SLEW_SEQUENCE)
        return s->before.gradient.slew_max.value;
    if (protocol != NULL && kind == MRSE_KIND_DBDT_PEAK && !placed)
        return protocol->reported.dbdt;
    return mrse_value_missing(kind);
}

static void doubt_second(mrse_finding *f, const mrse_planned *p, const mrse_implant_result *r)
{
    mrse_value other = second_of(p, r, f->limit.value.kind);
    if (f->decision.verdict != MRSE_VERDICT_MET || !(other.v > f->exposure.v) ||
        mrse_decide(&other, &f->limit).verdict == MRSE_VERDICT_MET)
        return;
    mrse_finding_say(
        f, MRSE_VERDICT_UNDETERMINED,
        "the sequence file holds a larger number for the same, which does not meet it",
        "the radiographer: what the console shows of this sequence, and its gradients");
}

/* dB/dt at the implant rests on where the implant is, the declared maximum does not. */
static void lower_by_place(const mrse_assessment *a, const mrse_planned *p, mrse_value *v)
{
    const mrse_value *couch = &a->kase->couch_height;
    bool dbdt = v->kind == MRSE_KIND_DBDT_PEAK || v->kind == MRSE_KIND_DBDT_RMS;
    if (!dbdt || !p->study->has_place || p->study->dbdt_before.declared)
        return;
    for (size_t i = 0; i < a->kase->n_implants; i++) {
        const mrse_case_implant *at = &a->kase->implant[i];
        const mrse_value *rests_on[] = {&at->x, &at->y, &at->z, couch};
        for (size_t k = 0; k < 4 && at->has_position; k++)
            v->origin = mrse_origin_weaker(v->origin, rests_on[k]->origin);
    }
}

/* What one console shows of a sequence is not what another will show: that rests on pulses, coil and
 * model of the other maker. A number that was read from a file was reported, whatever its origin; what
 * is worked out from pulses and gradients holds on any scanner that plays them. */
static void doubt_console(const mrse_assessment *a, mrse_finding *f)
{
    bool reported = f->exposure.origin == MRSE_ORIGIN_CONSOLE || f->exposure.line > 0;
    if (a->foreign && reported)
        mrse_finding_say(
            f, MRSE_VERDICT_UNDETERMINED,
            "the value was read off the console of the case's own scanner",
            "the radiographer of this scanner: what its console shows of the sequence");
}

static mrse_status each_sequence(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b, const mrse_label_limit *limit)
{
    mrse_kind kind = limit->limit.value.kind;
    char topic[96], shown[96];
    if (a->n_planned == 0)
        return plain(
            a, r, b, limit, MRSE_VERDICT_UNDETERMINED, "no sequence is planned in this case",
            "which sequences are to be run, and what the console shows of them; sequences");
    for (size_t i = 0; i < a->n_planned; i++) {
        const mrse_planned *p = &a->planned[i];
        const char *name = "";
        mrse_value v = exposure_of(p, r, kind, &name);
        if (r->implant->has_position)
            lower_by_place(a, p, &v);
        (void)snprintf(topic, sizeof topic, "%.44s: %.46s", mrse_kind_get(kind)->name, p->name);
        (void)snprintf(shown, sizeof shown, "%.90s", isfinite(v.v) ? name : "not known");
        mrse_finding *f = compare(a, r, b, limit, topic, &v, shown, p->name);
        if (f == NULL)
            return MRSE_ERR_NOMEM;
        ask_for(f, kind, p->name);
        need_prescan(f, limit);
        doubt_second(f, p, r);
        doubt_field(a, f, p);
        if (!of_gradients(kind))
            doubt_coil(a, f, p);
        doubt_region(a, f, p);
        doubt_console(a, f);
        mrse_status status = mrse_label_lever(a, r, f, p);
        if (status != MRSE_OK)
            return status;
    }
    return MRSE_OK;
}

/* Whole days between two dates. */
static double days_between(const mrse_date *from, const mrse_date *to)
{
    return (double)(mrse_date_seconds(to) - mrse_date_seconds(from)) / 86400.0;
}

static mrse_status since_implantation(mrse_assessment *a, const mrse_implant_result *r,
                                      const mrse_label_branch *b, const mrse_label_limit *limit)
{
    const mrse_date *on = a->kase->performed.year != 0 ? &a->kase->performed : &a->kase->requested;
    /* after the request time goes on: that keeps a limit from below, and none from above */
    bool from_below = limit->limit.op == MRSE_OP_GE || limit->limit.op == MRSE_OP_GT;
    bool too_early = a->kase->performed.year == 0 && !from_below;
    if (r->implant->implanted.year == 0 || on->year == 0 || too_early)
        return plain(a, r, b, limit, MRSE_VERDICT_UNDETERMINED,
                     "the day of implantation, or of the examination, is not given",
                     "the implant centre: day of implantation; implants.implanted, performed");
    double days = days_between(&r->implant->implanted, on);
    if (days < 0.0)
        return plain(a, r, b, limit, MRSE_VERDICT_UNDETERMINED,
                     "the day of implantation is after that of the examination",
                     "one of the two is wrong: implants.implanted, performed");
    mrse_value v = mrse_value_computed(86400.0 * days, 0.0, MRSE_KIND_TIME, "rounding");
    v.origin = MRSE_ORIGIN_MEASURED;
    v.basis = MRSE_BASIS_DECLARED;
    return compare(a, r, b, limit, mrse_label_subject_text(limit->subject), &v,
                   "from the dates in the case", "") != NULL
               ? MRSE_OK
               : MRSE_ERR_NOMEM;
}

/* Lengths and settings that a person reads off: compared when they are given. */
static mrse_status by_subject(mrse_assessment *a, const mrse_implant_result *r,
                              const mrse_label_branch *b, const mrse_label_limit *limit)
{
    if (limit->subject == MRSE_SUBJECT_SINCE_IMPLANT)
        return since_implantation(a, r, b, limit);
    if (limit->subject == MRSE_SUBJECT_HEIGHT)
        return compare(a, r, b, limit, "height of the patient", &a->kase->examination.height,
                       "in the case", "") != NULL
                   ? MRSE_OK
                   : MRSE_ERR_NOMEM;
    const char *subject = mrse_label_subject_text(limit->subject);
    const mrse_case_confirmed *c = mrse_label_words_alone(r, b, limit->printed)
                                       ? mrse_exam_confirmed(r->implant, limit->printed)
                                       : NULL;
    if (c == NULL && mrse_label_alone(a, r, b, subject))
        c = mrse_exam_confirmed(r->implant, subject);
    if (c != NULL && mrse_text_equal(c->is, "met"))
        return plain(a, r, b, limit, MRSE_VERDICT_MET, "confirmed by a person, see the case", "");
    if (c != NULL && mrse_text_equal(c->is, "not met"))
        return plain(a, r, b, limit, MRSE_VERDICT_NOT_MET, "a person found it not met", "");
    return plain(a, r, b, limit, MRSE_VERDICT_UNDETERMINED, "this is not known from the case",
                 "the implant centre; then write it under confirmed, with met or not met");
}

mrse_status mrse_label_limit_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b, const mrse_label_limit *limit)
{
    mrse_kind kind = limit->limit.value.kind;
    if (limit->not_applicable)
        return plain(a, r, b, limit, MRSE_VERDICT_NOT_STATED,
                     "the label says that there is no such limit here", "");
    if (limit->subject != MRSE_SUBJECT_EXPOSURE)
        return by_subject(a, r, b, limit);
    if (kind == MRSE_KIND_SAR_UNSPECIFIED)
        return plain(a, r, b, limit, MRSE_VERDICT_UNDETERMINED, "the label does not say which SAR",
                     "the implant's manufacturer: whole-body, head or another SAR");
    bool rates = mrse_set_has(limit->scope, MRSE_SCOPE_SYSTEM);
    if (kind == MRSE_KIND_SLEW_SYSTEM || (rates && kind == MRSE_KIND_SLEW_SEQUENCE))
        return rate_system(a, r, b, limit);
    if (rates) /* of other quantities the scanner file holds no rating */
        return plain(a, r, b, limit, MRSE_VERDICT_UNDETERMINED,
                     "the label rates the scanner, and its file has no such rating",
                     "the scanner's manufacturer: its rating of this quantity");
    return each_sequence(a, r, b, limit);
}

/* ---- fallback chains ---- */

static mrse_answer reports(const mrse_assessment *a, mrse_kind kind)
{
    if (kind == MRSE_KIND_B1_RMS)
        return mrse_exam_shows_b1_rms(a);
    return (mrse_answer){.is = MRSE_KNOWN_NOT,
                         .why =
                             "whether the console displays the quantity of the first is not stated",
                         .ask = "look at the console"};
}

static mrse_status add_step(mrse_assessment *a, const mrse_implant_result *r,
                            const mrse_label_branch *b, const mrse_label_step *step, bool decisive)
{
    mrse_status status = MRSE_OK;
    size_t first = a->n_findings;
    for (size_t i = 0; i < step->n_limits && status == MRSE_OK; i++)
        status = mrse_label_limit_add(a, r, b, &step->limit[i]);
    for (size_t i = first; i < a->n_findings; i++)
        a->finding[i].decisive &= decisive;
    return status;
}

/* The step that counts is the first whose quantity the scanner shows; it is nobody's choice. */
mrse_status mrse_label_chain_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b, const mrse_label_chain *chain)
{
    size_t counts = 0;
    mrse_answer shown = {.is = MRSE_KNOWN_YES};
    for (size_t i = 1; i < chain->n_steps && shown.is != MRSE_KNOWN_NOT && counts == i - 1; i++) {
        shown = reports(a, chain->step[i].unreported);
        if (shown.is == MRSE_KNOWN_NO)
            counts = i;
    }
    bool known = shown.is != MRSE_KNOWN_NOT;
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < chain->n_steps && status == MRSE_OK; i++)
        if (known ? i == counts : true)
            status = add_step(a, r, b, &chain->step[i], known);
    if (status != MRSE_OK || known)
        return status;
    mrse_finding *f = mrse_finding_start(a, r, b, "which of these limits counts", chain->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, shown.why, shown.ask);
    return MRSE_OK;
}

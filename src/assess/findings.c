/* Findings: each condition of a label beside what the scanner does, and the verdict.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"
#include "mrse/alloc.h"

mrse_finding *mrse_finding_new(mrse_assessment *a)
{
    mrse_finding *grown = mrse_realloc(a->finding, a->n_findings + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    a->finding = grown;
    mrse_finding *f = &grown[a->n_findings++];
    memset(f, 0, sizeof *f);
    f->branch = "";
    f->printed = "";
    f->sequence = "";
    f->limit.value = mrse_value_missing(MRSE_KIND_NONE);
    f->exposure = mrse_value_missing(MRSE_KIND_NONE);
    f->decision.guard = NAN;
    f->decision.margin = NAN;
    return f;
}

mrse_finding *mrse_finding_start(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *branch, const char *topic,
                                 const char *printed)
{
    mrse_finding *f = mrse_finding_new(a);
    if (f == NULL)
        return NULL;
    f->implant = r->implant->name;
    f->branch = branch != NULL ? branch->name : "";
    f->printed = printed != NULL ? printed : "";
    f->decisive = true;
    mrse_text_copy(f->topic, sizeof f->topic, topic);
    return f;
}

void mrse_finding_say(mrse_finding *f, mrse_verdict verdict, const char *reason, const char *ask)
{
    f->decision.verdict = verdict;
    mrse_text_copy(f->decision.reason, sizeof f->decision.reason, reason);
    mrse_text_copy(f->ask, sizeof f->ask, ask);
}

bool mrse_finding_from_below(mrse_finding *f)
{
    if (f->limit.op != MRSE_OP_GE && f->limit.op != MRSE_OP_GT)
        return false;
    f->decision.margin = NAN;
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                     "a label bounds this quantity from above, not from below",
                     "check the operator of this limit against the label");
    return true;
}

static mrse_status add_status(mrse_assessment *a, const mrse_implant_result *r)
{
    const mrse_label *label = r->label;
    if (label->status == MRSE_LABEL_CONDITIONAL)
        return MRSE_OK;
    mrse_finding *f = mrse_finding_start(a, r, NULL, "labelling status", label->status_printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    switch (label->status) {
    case MRSE_LABEL_UNSAFE:
        mrse_finding_say(f, MRSE_VERDICT_NOT_MET,
                         "the label excludes the item from the MR ENVIRONMENT", "");
        break;
    case MRSE_LABEL_SAFE:
        mrse_finding_say(f, MRSE_VERDICT_NOT_STATED, "the label states no MR conditions", "");
        break;
    case MRSE_LABEL_LEGACY:
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                         "a legacy statement is not MR labelling under ASTM F2503",
                         "ask the manufacturer for current MR labelling of this item");
        break;
    case MRSE_LABEL_CONDITIONAL:
    case MRSE_LABEL_UNLABELLED:
        mrse_finding_say(
            f, MRSE_VERDICT_UNDETERMINED, "the item has no MR labelling to compare with",
            "treat as MR Unlabelled (MHRA 4.11.4): a risk assessment decides, not this comparison");
        break;
    }
    return MRSE_OK;
}

/* A label file that says when to compare it with its document again is not relied on beyond that day. */
static mrse_status add_recheck(mrse_assessment *a, const mrse_implant_result *r)
{
    const mrse_date *due = &r->label->recheck;
    const mrse_date *on = a->kase->performed.year != 0 ? &a->kase->performed : &a->kase->requested;
    char day[MRSE_DATE_TEXT], reason[128];
    if (due->year == 0 || on->year == 0 || mrse_date_seconds(on) <= mrse_date_seconds(due))
        return MRSE_OK;
    mrse_finding *f = mrse_finding_start(a, r, NULL, "label file", "");
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_date_text(due, day);
    (void)snprintf(reason, sizeof reason,
                   "it was to be compared with the labelling document again by %s", day);
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, reason,
                     "the implant's manufacturer: the current labelling; then checked and recheck "
                     "in the label file");
    return MRSE_OK;
}

/* The classes of a branch as the label prints them: "1.5 T or 3 T". A list too long for its place is
 * said to go on: cut in the middle it would name a class that the label does not. */
static void classes_text(const mrse_label_branch *b, char *out, size_t size)
{
    static const char OTHERS[] = " or others";
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < b->n_b0; i++) {
        const char *between = i > 0 ? " or " : "";
        if (used + strlen(between) + strlen(b->b0[i].printed) + sizeof OTHERS > size) {
            mrse_text_copy(out + used, size - used, OTHERS);
            return;
        }
        used += (size_t)snprintf(out + used, size - used, "%s%s", between, b->b0[i].printed);
    }
}

static void judge_b0(const mrse_value *nominal, const mrse_label_branch *b, mrse_finding *f)
{
    f->exposure = *nominal;
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name, "scanner's nominal field strength");
    if (b->n_b0 == 0 && !isfinite(b->b0_most.value.v)) {
        mrse_finding_say(f, MRSE_VERDICT_NOT_STATED, "this branch names no field strength", "");
        return;
    }
    f->numeric = true;
    if (!isfinite(nominal->v)) {
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED,
                         "the scanner's nominal field strength is not known",
                         "read it from the scanner's data sheet and add it under b0");
        return;
    }
    bool admits = mrse_branch_admits(b, nominal);
    mrse_origin weakest = nominal->origin;
    if (b->n_b0 == 0) {
        f->limit = b->b0_most;
        mrse_text_copy(f->quantity, sizeof f->quantity, "static field strength (nominal class)");
        (void)snprintf(f->limit.value.printed, sizeof f->limit.value.printed, "%s %.40s",
                       mrse_op_text(b->b0_most.op), b->b0_most.value.printed);
        weakest = mrse_origin_weaker(weakest, b->b0_most.value.origin);
    }
    for (size_t i = 0; i < b->n_b0; i++) {
        if (!admits || fabs(b->b0[i].v - nominal->v) <= 1e-9) {
            f->limit.value = b->b0[i];
            weakest = mrse_origin_weaker(weakest, b->b0[i].origin);
        }
    }
    if (weakest == MRSE_ORIGIN_UNVERIFIED) {
        f->decision.provisional = true;
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, "rests on an unverified field strength",
                         "name the document that states the field strength");
        return;
    }
    f->decision.on_assumption = weakest == MRSE_ORIGIN_ASSUMED;
    mrse_finding_say(f, admits ? MRSE_VERDICT_MET : MRSE_VERDICT_NOT_MET,
                     admits ? "the scanner's nominal class is one that the label names"
                            : "the label names other field strengths than this scanner's",
                     "");
}

static mrse_status add_b0(mrse_assessment *a, const mrse_implant_result *r,
                          const mrse_label_branch *b)
{
    mrse_finding *f = mrse_finding_start(a, r, b, "static field strength (nominal class)", "");
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    judge_b0(&a->scanner->b0_nominal, b, f);
    if (b->n_b0 > 0)
        classes_text(b, f->limit.value.printed, sizeof f->limit.value.printed);
    return MRSE_OK;
}

static mrse_status add_comparison(mrse_assessment *a, const mrse_implant_result *r,
                                  const mrse_label_branch *b, const mrse_label_limit *limit,
                                  const mrse_value *exposure, const char *name, bool decisive)
{
    const mrse_kind_info *kind = mrse_kind_get(limit->limit.value.kind);
    mrse_finding *f = mrse_finding_start(a, r, b, kind->name, limit->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->numeric = true;
    f->decisive = decisive;
    f->limit = limit->limit;
    f->exposure = *exposure;
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name, name);
    if (mrse_finding_from_below(f))
        return MRSE_OK;
    f->decision = mrse_decide(exposure, &limit->limit);
    if (f->decision.verdict != MRSE_VERDICT_UNDETERMINED)
        return MRSE_OK;
    const char *ask = "reduce the uncertainty of the position, or ask the manufacturer of the "
                      "scanner for its gradient at this place";
    if (!isfinite(exposure->v) && !mrse_study_has_model(a->study)) {
        mrse_text_copy(f->decision.reason, sizeof f->decision.reason,
                       "of this scanner no field can be computed, and nothing is stated of this");
        ask = "the manufacturer of the scanner: the largest spatial gradient, and the largest "
              "product with |B|, anywhere that a person can reach; static_field.accessible";
    } else if (!isfinite(exposure->v) || !isfinite(a->study->reach.bore_radius_m) ||
               !isfinite(a->study->reach.cover_half_length_m))
        ask = "give bore diameter and cover length in the scanner file";
    else if (f->decision.provisional)
        ask = "name the document behind each number marked unverified";
    else if (!isfinite(exposure->u))
        ask = "find out the position better: its uncertainty reaches into the covers";
    mrse_text_copy(f->ask, sizeof f->ask, ask);
    return MRSE_OK;
}

/* The manufacturer's maximum bounds the ride from above. Where the model leaves the ride
 * UNDETERMINED that bound may show that a limit is met. It can show nothing else: a ride may stay
 * below a limit that the cylinder exceeds, and a lower end of a range is not reached by an upper
 * bound. Against a model that says NOT MET it does not count. */
static void let_bound_decide(mrse_finding *ride, mrse_finding *bound)
{
    bool from_above = ride->limit.op == MRSE_OP_LE || ride->limit.op == MRSE_OP_LT;
    if (!from_above || ride->decision.verdict != MRSE_VERDICT_UNDETERMINED ||
        bound->decision.verdict != MRSE_VERDICT_MET)
        return;
    ride->decisive = false;
    bound->decisive = true;
}

/* What the comparison with the whole scanner compares: the words must not claim a model's number for
 * the manufacturer's, nor the other way round. */
static const char *reach_name(const mrse_study *study, const mrse_value *reach)
{
    if (mrse_sheet_accessible(&study->scanner->sheet, reach->kind) != NULL)
        return "manufacturer's maximum anywhere that a person can reach";
    return mrse_reach_is_stated(reach)
               ? "data sheet's maximum at the bore wall; the model has less in front of the covers"
               : "scanner's maximum over what a patient can reach";
}

/* A number that the field model contradicts may be misread: nothing is MET on it. */
static void doubt(mrse_finding *f)
{
    if (f->decision.verdict == MRSE_VERDICT_MET)
        mrse_finding_say(
            f, MRSE_VERDICT_UNDETERMINED,
            "the data sheet's number and the field model differ by more than their uncertainty",
            "find out which is wrong: the number as copied, its meaning, or the field model");
}

/* Each implant has a ride of its own, and all have the scanner in common. */
static void name_quantity(mrse_assessment *a, const mrse_implant_result *ride, mrse_kind kind)
{
    mrse_finding *f = &a->finding[a->n_findings - 1];
    (void)snprintf(f->quantity, sizeof f->quantity, "%.60s, %s%.64s", mrse_kind_get(kind)->name,
                   ride != NULL ? "on the ride of " : "scanner's maximum",
                   ride != NULL ? ride->implant->name : "");
}

/* The scanner's maximum. Where the model has more in front of the covers than the data sheet states
 * for the bore wall, or where the covers are not known, the manufacturer's number is compared as
 * well: a limit that it exceeds is exceeded, however uncertain the model is in front. */
static mrse_status add_reach(mrse_assessment *a, const mrse_implant_result *r,
                             const mrse_label_branch *b, const mrse_label_limit *limit,
                             bool decisive)
{
    mrse_kind kind = limit->limit.value.kind;
    const mrse_value *reach =
        kind == MRSE_KIND_PRODUCT ? &a->study->reach_product : &a->study->reach_grad;
    mrse_value wall;
    bool stated = mrse_reach_is_stated(reach);
    mrse_status status =
        add_comparison(a, r, b, limit, reach, reach_name(a->study, reach), decisive);
    if (status == MRSE_OK)
        name_quantity(a, NULL, kind);
    if (status == MRSE_OK && !stated && mrse_reach_wall(a->study, kind, &wall)) {
        stated = true;
        status = add_comparison(a, r, b, limit, &wall, "data sheet's maximum at the bore wall",
                                decisive);
        if (status == MRSE_OK)
            name_quantity(a, NULL, kind);
    }
    if (status == MRSE_OK && stated && mrse_reach_differs(a->study, kind))
        doubt(&a->finding[a->n_findings - 1]);
    return status;
}

static const char RIDE_NAME[] = "maximum on the implant's own ride";

/* Spatial gradient and force product: the scanner's maximum over what a patient can reach, and
 * beside it the implant's own ride. Both are shown; the author's choice says which decides. */
static mrse_status add_ride(mrse_assessment *a, const mrse_implant_result *r,
                            const mrse_label_branch *b, const mrse_label_limit *limit,
                            bool decisive)
{
    mrse_kind kind = limit->limit.value.kind;
    mrse_containing held;
    if (!r->has_ride) { /* without a field model: the position is there, and nothing to ride in */
        const mrse_value unknown = mrse_value_missing(kind);
        mrse_status unrun = add_comparison(a, r, b, limit, &unknown, RIDE_NAME, decisive);
        if (unrun == MRSE_OK)
            name_quantity(a, r, kind);
        return unrun;
    }
    mrse_status status = add_comparison(
        a, r, b, limit, kind == MRSE_KIND_PRODUCT ? &r->ride.at.product : &r->ride.at.grad,
        RIDE_NAME, decisive);
    if (status == MRSE_OK)
        name_quantity(a, r, kind);
    if (status != MRSE_OK || !mrse_sheet_holds_ride(a, r, kind, &held))
        return status;
    status = add_comparison(a, r, b, limit, &held.maximum, held.name, false);
    if (status != MRSE_OK)
        return status;
    name_quantity(a, r, kind);
    if (decisive && held.agrees)
        let_bound_decide(&a->finding[a->n_findings - 2], &a->finding[a->n_findings - 1]);
    return MRSE_OK;
}

mrse_status mrse_findings_add_spatial(mrse_assessment *a, const mrse_implant_result *r,
                                      const mrse_label_branch *b, const mrse_label_limit *limit)
{
    size_t first = a->n_findings;
    bool placed = r->implant->has_position;
    bool path_decides = r->implant->decisive == MRSE_DECISIVE_PATH && placed;
    mrse_status status = add_reach(a, r, b, limit, !path_decides);
    if (status == MRSE_OK && placed)
        status = add_ride(a, r, b, limit, path_decides);
    return status == MRSE_OK ? mrse_advise_spatial(a, r, first) : status;
}

static mrse_status add_none_stated(mrse_assessment *a, const mrse_implant_result *r,
                                   const mrse_label_branch *b, mrse_kind kind, const char *printed,
                                   const char *why)
{
    mrse_finding *f = mrse_finding_start(a, r, b, mrse_kind_get(kind)->name, printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, MRSE_VERDICT_NOT_STATED, why, "");
    return MRSE_OK;
}

/* A label that is silent on the gradient is said to be silent. */
static mrse_status add_silence(mrse_assessment *a, const mrse_implant_result *r,
                               const mrse_label_branch *b)
{
    const mrse_label_terms *terms[] = {&b->must, &r->label->must};
    for (size_t t = 0; t < sizeof terms / sizeof terms[0]; t++)
        for (size_t i = 0; i < terms[t]->n_limits; i++)
            if (terms[t]->limit[i].limit.value.kind == MRSE_KIND_SFG)
                return MRSE_OK;
    return add_none_stated(a, r, b, MRSE_KIND_SFG, "", "this branch of the label states no limit");
}

/* A guard that does not hold, or is not known to, is a finding of its own: a branch may have been named
 * by the author against it. */
static mrse_status add_guard(mrse_assessment *a, const mrse_implant_result *r,
                             const mrse_label_branch *b, const mrse_label_guard *when)
{
    if (when->line == 0)
        return MRSE_OK;
    mrse_answer answer = mrse_label_guard_holds(a, r, when);
    mrse_finding *f = mrse_finding_start(a, r, b, "when this holds", when->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    if (answer.is == MRSE_KNOWN_YES)
        mrse_finding_say(f, MRSE_VERDICT_MET, "what the label asks for here is so", "");
    else if (answer.is == MRSE_KNOWN_NO)
        mrse_finding_say(f, MRSE_VERDICT_NOT_MET, answer.why, "");
    else
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, answer.why, answer.ask);
    return MRSE_OK;
}

static mrse_status add_branch(mrse_assessment *a, const mrse_implant_result *r,
                              const mrse_label_branch *b)
{
    mrse_status status = add_b0(a, r, b);
    if (status == MRSE_OK)
        status = add_guard(a, r, b, &b->when);
    if (status == MRSE_OK)
        status = add_silence(a, r, b);
    return status == MRSE_OK ? mrse_label_terms_add(a, r, b, &b->must) : status;
}

/* Several branches fit and the case does not say which: each is shown, none decides. */
static mrse_status add_candidates(mrse_assessment *a, const mrse_implant_result *r)
{
    size_t first = a->n_findings;
    for (size_t i = 0; i < r->label->n_branches; i++) {
        const mrse_label_branch *b = &r->label->branch[i];
        if (!mrse_branch_admits(b, &a->scanner->b0_nominal))
            continue;
        mrse_status status = add_branch(a, r, b);
        if (status != MRSE_OK)
            return status;
    }
    for (size_t i = first; i < a->n_findings; i++)
        a->finding[i].decisive = false;
    mrse_finding *f = mrse_finding_start(a, r, NULL, "which branch applies", "");
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, r->branch_reason, r->branch_ask);
    return MRSE_OK;
}

static mrse_status add_unchosen(mrse_assessment *a, const mrse_implant_result *r)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < r->label->n_branches; i++) {
        if (mrse_branch_admits(&r->label->branch[i], &a->scanner->b0_nominal))
            return add_candidates(a, r);
    }
    for (size_t i = 0; i < r->label->n_branches && status == MRSE_OK; i++)
        status = add_b0(a, r, &r->label->branch[i]);
    return status;
}

mrse_status mrse_findings_add(mrse_assessment *a, const mrse_implant_result *r)
{
    mrse_status status = add_status(a, r);
    if (status == MRSE_OK)
        status = add_recheck(a, r);
    if (status == MRSE_OK)
        status = r->branch != NULL ? add_branch(a, r, r->branch) : add_unchosen(a, r);
    if (status == MRSE_OK)
        status = add_guard(a, r, NULL, &r->label->when);
    if (status == MRSE_OK)
        status = mrse_label_parts_add(a, r);
    if (status == MRSE_OK)
        status = mrse_label_terms_add(a, r, NULL, &r->label->must);
    return status;
}

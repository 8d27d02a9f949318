/* A clock of a label against a planned examination. Four readings are measured: as planned, with
 * unfavourable durations, with all doubt against the plan, with all doubt for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/clock.h"

#include <math.h>
#include <string.h>

#include "clock_internal.h"
#include "mrse/alloc.h"
#include "phrase.h"

static const char METHOD[] = "clock-schedule";

static bool is_duration(const mrse_value *duration)
{
    return isnan(duration->v) || (isfinite(duration->v) && duration->v >= 0.0);
}

bool mrse_clock_is_plan(const mrse_clock_plan *plan)
{
    bool ok = plan != NULL && (plan->item != NULL || plan->n == 0) &&
              (plan->earlier != NULL || plan->n_earlier == 0);
    for (size_t i = 0; ok && i < plan->n; i++)
        ok = is_duration(&plan->item[i].duration);
    for (size_t i = 0; ok && i < plan->n_earlier; i++)
        ok = is_duration(&plan->earlier[i].duration);
    if (!ok)
        return false;
    bool never_before = isinf(plan->free_before.v) && plan->free_before.v > 0.0;
    return is_duration(&plan->lifetime_used) && (never_before || is_duration(&plan->free_before));
}

static mrse_status measure(const mrse_clock_plan *plan, const mrse_clock *clock,
                           clock_reading reading, clock_peak *peak)
{
    clock_line line;
    mrse_status status = mrse_clock_line(plan, clock, reading, &line);
    if (status != MRSE_OK)
        return status;
    *peak = mrse_clock_peak(&line, clock, reading.side);
    mrse_free(line.stretch);
    if (clock->kind != MRSE_CLOCK_LIFETIME)
        return MRSE_OK;
    double used_s = mrse_clock_length(&plan->lifetime_used, reading.side);
    if (isnan(used_s) && reading.side != CLOCK_PLANNED)
        used_s = reading.side == CLOCK_MOST ? (double)INFINITY : 0.0;
    peak->value_s += used_s;
    return MRSE_OK;
}

/* Weakest origin of all that counts: a duration that nobody vouches for makes the sum provisional,
 * also when it is a break. */
static mrse_origin weakest(const mrse_clock_plan *plan, const mrse_clock *clock)
{
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;
    for (size_t i = 0; i < plan->n; i++)
        origin = mrse_origin_weaker(origin, plan->item[i].duration.origin);
    bool looks_back = clock->kind != MRSE_CLOCK_PER_SEQUENCE && clock->kind != MRSE_CLOCK_EXAM &&
                      clock->kind != MRSE_CLOCK_LIFETIME;
    for (size_t i = 0; looks_back && i < plan->n_earlier; i++)
        origin = mrse_origin_weaker(origin, plan->earlier[i].duration.origin);
    if (clock->kind == MRSE_CLOCK_WINDOW)
        origin = mrse_origin_weaker(origin, clock->window.origin);
    if (clock->kind == MRSE_CLOCK_REST)
        origin = mrse_origin_weaker(origin, clock->rest.origin);
    if ((clock->kind == MRSE_CLOCK_WINDOW || clock->kind == MRSE_CLOCK_REST) &&
        !isnan(plan->free_before.v))
        origin = mrse_origin_weaker(origin, plan->free_before.origin);
    if (clock->kind == MRSE_CLOCK_LIFETIME && !isnan(plan->lifetime_used.v))
        origin = mrse_origin_weaker(origin, plan->lifetime_used.origin);
    if ((clock->kind == MRSE_CLOCK_CONTINUOUS || clock->kind == MRSE_CLOCK_REGION) &&
        !isnan(clock->gap.v))
        origin = mrse_origin_weaker(origin, clock->gap.origin);
    return origin;
}

static bool all_declared(const mrse_clock_plan *plan)
{
    for (size_t i = 0; i < plan->n; i++)
        if (plan->item[i].duration.basis != MRSE_BASIS_DECLARED)
            return false;
    return true;
}

static void say_reason(const mrse_clock *clock, const mrse_clock_result *r, mrse_decision *d)
{
    phrase p = {d->reason, sizeof d->reason};
    d->reason[0] = '\0';
    phrase_add(p, mrse_clock_kind_text(clock->kind));
    if (clock->kind == MRSE_CLOCK_WINDOW)
        phrase_num(p, clock->window.v, 60.0, 3, " min");
    phrase_add(p, ": ");
    if (isfinite(r->value.v))
        phrase_num(p, r->value.v, 60.0, 4, " min");
    else
        phrase_add(p, "not known");
    if (isinf(r->most_s)) {
        phrase_add(p, ", no upper bound");
    } else if (!(fabs(r->most_s - r->value.v) <= 1e-4 * r->most_s)) {
        phrase_add(p, ", at most ");
        phrase_num(p, r->most_s, 60.0, 4, " min");
    }
    phrase_add(p, ", against ");
    phrase_add(p, mrse_op_text(clock->limit.op));
    phrase_add(p, " ");
    phrase_num(p, clock->limit.value.v, 60.0, 4, " min");
    if (d->provisional)
        phrase_add(p, "; rests on an unverified number");
}

/* The verdict holds for every reading, or there is none: the largest must meet the limit, or the
 * smallest miss it. */
static void decide(const mrse_clock *clock, mrse_clock_result *r)
{
    mrse_value bound = r->value;
    bound.u = 0.0;
    bound.v = r->most_s;
    mrse_decision most = mrse_decide(&bound, &clock->limit);
    bound.v = r->least_s;
    mrse_decision least = mrse_decide(&bound, &clock->limit);
    r->decision = most.verdict == MRSE_VERDICT_MET ? most : least;
    if (most.verdict != MRSE_VERDICT_MET && least.verdict != MRSE_VERDICT_NOT_MET)
        r->decision.verdict = MRSE_VERDICT_UNDETERMINED;
    r->decision.guard = r->most_s - r->value.v;
    r->decision.margin = clock->limit.value.v - r->value.v;
    r->remaining_s = fmax(0.0, clock->limit.value.v - r->most_s);
    say_reason(clock, r, &r->decision);
}

static const char *question(const mrse_clock_plan *plan, const mrse_clock *clock,
                            const mrse_clock_result *r)
{
    if (r->decision.provisional)
        return "Name a source for each duration and for the limit.";
    for (size_t i = 0; i < plan->n; i++)
        if (isnan(mrse_clock_length(&plan->item[i].duration, CLOCK_MOST)))
            return "How long is each sequence and each break, and how sure is that?";
    if (clock->kind == MRSE_CLOCK_LIFETIME && isnan(plan->lifetime_used.v))
        return "How long has the patient been scanned since implantation, all examinations "
               "together?";
    if (clock->active == MRSE_ACTIVE_UNSTATED)
        return "Ask the manufacturer what counts as scanning: RF on, gradients on, or both?";
    for (size_t i = 0; i < plan->n; i++)
        if (!plan->item[i].is_break &&
            (plan->item[i].rf == MRSE_ON_UNKNOWN || plan->item[i].gradients == MRSE_ON_UNKNOWN))
            return "Are RF and gradients on in every sequence?";
    if (clock->kind == MRSE_CLOCK_REGION)
        for (size_t i = 0; i < plan->n; i++)
            if (!plan->item[i].is_break && plan->item[i].region == MRSE_BODY_UNKNOWN)
                return "Which part of the body is at the isocentre in each sequence?";
    if ((clock->kind == MRSE_CLOCK_WINDOW || clock->kind == MRSE_CLOCK_REST) &&
        !isinf(plan->free_before.v))
        return "When was the patient last scanned, and for how long, before this examination?";
    if (clock->kind == MRSE_CLOCK_CONTINUOUS || clock->kind == MRSE_CLOCK_REGION)
        return "Ask the manufacturer how long a pause must be to interrupt continuous scanning.";
    return "Time the sequences on the console: the limit lies within the uncertainty.";
}

static void undecided(mrse_clock_result *out, const char *why, const char *ask)
{
    out->value = mrse_value_missing(MRSE_KIND_TIME);
    out->most_s = INFINITY;
    out->remaining_s = NAN;
    out->decision = (mrse_decision){.guard = NAN, .margin = NAN};
    mrse_text_copy(out->decision.reason, sizeof out->decision.reason, why);
    mrse_text_copy(out->ask, sizeof out->ask, ask);
}

mrse_status mrse_clock_evaluate(const mrse_clock_plan *plan, const mrse_clock *clock,
                                mrse_clock_result *out)
{
    static const clock_reading reading[] = {
        {CLOCK_PLANNED, false}, {CLOCK_MOST, false}, {CLOCK_MOST, true}, {CLOCK_LEAST, false}};
    clock_peak peak[4] = {0};
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (clock == NULL || !mrse_clock_is_plan(plan))
        return MRSE_ERR_ARG;
    const char *flaw = mrse_clock_flaw(clock);
    if (flaw == NULL && plan->n == 0)
        flaw = "nothing is planned";
    if (flaw != NULL) {
        undecided(out, flaw, "Complete the time condition, and list what is planned.");
        return MRSE_OK;
    }
    for (size_t i = 0; i < 4; i++) {
        mrse_status status = measure(plan, clock, reading[i], &peak[i]);
        if (status != MRSE_OK)
            return status;
    }
    double u_s = fmax(0.0, (peak[1].value_s - peak[0].value_s) / 2.0);
    out->value = mrse_value_computed(peak[0].value_s, u_s, MRSE_KIND_TIME, METHOD);
    if (!isfinite(peak[0].value_s) || !isfinite(peak[1].value_s))
        out->value.u = NAN;
    out->value.origin = weakest(plan, clock);
    out->value.basis = all_declared(plan) ? MRSE_BASIS_DECLARED : MRSE_BASIS_COMPUTED;
    out->most_s = peak[2].value_s;
    out->least_s = peak[3].value_s;
    out->start_s = peak[2].start_s;
    out->end_s = peak[2].end_s;
    out->first = peak[2].first;
    out->last = peak[2].last;
    out->rest_after_s = clock->kind == MRSE_CLOCK_REST && out->most_s > 0.0 ? clock->rest.v : 0.0;
    decide(clock, out);
    if (out->decision.verdict == MRSE_VERDICT_UNDETERMINED)
        mrse_text_copy(out->ask, sizeof out->ask, question(plan, clock, out));
    return MRSE_OK;
}

const char *mrse_clock_kind_text(mrse_clock_kind kind)
{
    switch (kind) {
    case MRSE_CLOCK_PER_SEQUENCE:
        return "each sequence";
    case MRSE_CLOCK_CONTINUOUS:
        return "continuous scanning";
    case MRSE_CLOCK_WINDOW:
        return "scanning in any window of ";
    case MRSE_CLOCK_REST:
        return "scanning between rests";
    case MRSE_CLOCK_REGION:
        return "uninterrupted scanning of the region";
    case MRSE_CLOCK_EXAM:
        return "whole examination";
    case MRSE_CLOCK_LIFETIME:
        return "since implantation";
    case MRSE_CLOCK_UNKNOWN:
        break;
    }
    return "unknown time condition";
}

const char *mrse_clock_active_text(mrse_clock_active active)
{
    switch (active) {
    case MRSE_ACTIVE_RF:
        return "RF on";
    case MRSE_ACTIVE_GRADIENTS:
        return "gradients on";
    case MRSE_ACTIVE_RF_AND_GRADIENTS:
        return "RF and gradients on";
    case MRSE_ACTIVE_RF_OR_GRADIENTS:
        return "RF or gradients on";
    case MRSE_ACTIVE_UNSTATED:
        break;
    }
    return "scanning, not further said";
}

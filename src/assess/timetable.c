/* One timetable for all clocks of all labels, where the examination as planned does not keep to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"
#include "mrse/alloc.h"

enum { MINUTE_S = 60 };

typedef struct clock_list {
    mrse_clock *clock;
    size_t n;
} clock_list;

static size_t count_clocks(const mrse_assessment *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_implants; i++)
        n += a->implant[i].label->must.n_clocks +
             (a->implant[i].branch != NULL ? a->implant[i].branch->must.n_clocks : 0);
    return n;
}

/* A limit of a life is spent by all examinations of one implant together: what is left of it, when that
 * is known, bounds this one. */
static mrse_clock as_planned(const mrse_label_clock *c, const mrse_implant_result *r)
{
    mrse_clock clock = c->clock;
    const mrse_value *used = &r->implant->lifetime_used;
    if (clock.kind != MRSE_CLOCK_LIFETIME || !isfinite(used->v))
        return clock;
    clock.kind = MRSE_CLOCK_EXAM;
    double used_s = used->v + (used->basis == MRSE_BASIS_DECLARED ? 0.0 : 2.0 * used->u);
    clock.limit.value.v = fmax(0.0, clock.limit.value.v - used_s);
    clock.limit.value.origin = mrse_origin_weaker(clock.limit.value.origin, used->origin);
    return clock;
}

static void take(clock_list *list, const mrse_label_terms *t, const mrse_implant_result *r)
{
    for (size_t i = 0; i < t->n_clocks; i++)
        if (!t->clock[i].not_applicable)
            list->clock[list->n++] = as_planned(&t->clock[i], r);
}

static void collect(const mrse_assessment *a, clock_list *list)
{
    for (size_t i = 0; i < a->n_implants; i++) {
        if (a->implant[i].branch != NULL)
            take(list, &a->implant[i].branch->must, &a->implant[i]);
        take(list, &a->implant[i].label->must, &a->implant[i]);
    }
}

/* The worst verdict of a plan over all clocks. */
static mrse_status judge(const mrse_clock_plan *plan, const clock_list *list, mrse_decision *out)
{
    *out = (mrse_decision){.verdict = MRSE_VERDICT_MET};
    for (size_t i = 0; i < list->n; i++) {
        mrse_clock_result result;
        mrse_status status = mrse_clock_evaluate(plan, &list->clock[i], &result);
        if (status != MRSE_OK)
            return status;
        out->verdict = mrse_verdict_worse(out->verdict, result.decision.verdict);
        out->on_assumption |= result.decision.on_assumption;
    }
    return MRSE_OK;
}

/* Which planned sequence an item of the plan is: breaks do not count. */
static size_t planned_of(const mrse_clock_plan *plan, size_t item)
{
    size_t n = 0;
    for (size_t i = 0; i < item; i++)
        n += !plan->item[i].is_break;
    return n;
}

/* The plan itself, breaks as pauses before what follows. */
static void fill_planned(mrse_timetable *t, const mrse_clock_plan *plan)
{
    double at_s = 0.0, pause_s = 0.0;
    t->n = 0;
    for (size_t i = 0; i < plan->n; i++) {
        const mrse_clock_item *item = &plan->item[i];
        if (item->is_break) {
            pause_s += item->duration.v;
            continue;
        }
        mrse_slot *s = &t->slot[t->n];
        *s = (mrse_slot){.planned = t->n++,
                         .length = item->duration,
                         .start_s = at_s + pause_s,
                         .pause_s = pause_s};
        at_s = s->start_s + item->duration.v;
        pause_s = 0.0;
    }
}

/* Nobody times a pause by the second: what was made longer goes up to the next whole minute. A longer
 * pause breaks no clock; all are judged again all the same. */
static void fill(mrse_timetable *t, const mrse_clock_plan *plan, const mrse_clock_timetable *found)
{
    double at_s = 0.0;
    t->n = 0;
    t->added_s = 0.0;
    for (size_t i = 0; i < found->n; i++) {
        const mrse_clock_slot *from = &found->slot[i];
        mrse_slot *s = &t->slot[t->n++];
        bool longer = from->added_s > 0.0;
        double planned_s = from->pause_s - from->added_s;
        *s = (mrse_slot){.planned = planned_of(plan, from->item),
                         .length = plan->item[from->item].duration,
                         .pause_s = from->pause_s};
        if (longer)
            s->pause_s = MINUTE_S * ceil(from->pause_s / MINUTE_S - 1e-9);
        s->added_s = longer ? s->pause_s - planned_s : 0.0;
        s->start_s = at_s + s->pause_s;
        at_s = s->start_s + s->length.v;
        t->added_s += s->added_s;
    }
    t->reordered = found->reordered;
    t->rest_after_s = MINUTE_S * ceil(found->rest_after_s / MINUTE_S - 1e-9);
}

/* The examination as the timetable has it, held against every clock again. */
static mrse_status judge_again(const mrse_timetable *t, const mrse_clock_plan *plan,
                               const mrse_clock_timetable *found, const clock_list *list,
                               mrse_decision *out)
{
    mrse_clock_plan again = *plan;
    mrse_clock_item *item = mrse_alloc(2 * t->n + 1, sizeof *item);
    if (item == NULL)
        return MRSE_ERR_NOMEM;
    again.item = item;
    again.n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->slot[i].pause_s > 0.0) {
            mrse_value pause = mrse_value_computed(t->slot[i].pause_s, 0.0, MRSE_KIND_TIME, "");
            pause.basis = MRSE_BASIS_DECLARED; /* it is kept by whoever starts the next sequence */
            item[again.n++] = (mrse_clock_item){.is_break = true, .duration = pause};
        }
        item[again.n++] = plan->item[found->slot[i].item];
    }
    mrse_status status = judge(&again, list, out);
    mrse_free(item);
    return status;
}

/* One order: `t` holds the timetable when it is possible and keeps to every clock. */
static mrse_status propose(const mrse_clock_plan *plan, const clock_list *list, bool reorder,
                           mrse_timetable *t)
{
    mrse_clock_timetable found = {0};
    mrse_decision is = {0};
    mrse_status status = mrse_clock_schedule(plan, list->clock, list->n, reorder, &found);
    if (status == MRSE_ERR_LIMIT) { /* too many sequences for a search: none is proposed */
        mrse_text_copy(t->reason, sizeof t->reason, "too many sequences to search for a timetable");
        return MRSE_OK;
    }
    if (status != MRSE_OK)
        return status;
    if (!found.possible) {
        mrse_text_copy(t->reason, sizeof t->reason, found.reason);
    } else {
        fill(t, plan, &found);
        status = judge_again(t, plan, &found, list, &is);
        t->possible = status == MRSE_OK && is.verdict == MRSE_VERDICT_MET;
        t->on_assumption = is.on_assumption;
        if (!t->possible)
            mrse_text_copy(t->reason, sizeof t->reason,
                           "pauses alone do not settle it: a time is not known or not verified");
    }
    mrse_clock_timetable_clear(&found);
    return status;
}

/* Of a branch that is not chosen the clocks are not known: then nothing is proposed. */
static bool all_chosen(const mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_implants; i++)
        if (a->implant[i].branch == NULL && a->implant[i].label->n_branches > 0)
            return false;
    return true;
}

static bool choose_clocks(const mrse_label_terms *t)
{
    for (size_t i = 0; i < t->n_choices; i++)
        for (size_t k = 0; k < t->choice[i].n_options; k++)
            if (t->choice[i].option[k].must.n_clocks > 0)
                return true;
    return false;
}

/* The ways that a label leaves may have clocks of their own: a timetable that keeps the others only would
 * promise too much. */
static bool leaves_clocks(const mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_implants; i++)
        if (choose_clocks(&a->implant[i].label->must) ||
            (a->implant[i].branch != NULL && choose_clocks(&a->implant[i].branch->must)))
            return true;
    return false;
}

static const char *not_known(const mrse_assessment *a, const mrse_clock_plan *plan,
                             const clock_list *list)
{
    if (!all_chosen(a))
        return "which branch of a label applies is not decided, nor are its clocks";
    if (leaves_clocks(a))
        return "a label leaves several ways with clocks of their own: first choose one";
    for (size_t i = 0; i < list->n; i++)
        if (list->clock[i].kind == MRSE_CLOCK_LIFETIME)
            return "how long the patient was scanned since implantation is not known";
    for (size_t i = 0; i < plan->n; i++)
        if (!isfinite(plan->item[i].duration.v))
            return "how long a sequence or a pause lasts is not known";
    return NULL;
}

static mrse_status find(mrse_assessment *a, const mrse_clock_plan *plan, const clock_list *list)
{
    mrse_timetable *t = &a->timetable;
    mrse_decision is;
    fill_planned(t, plan);
    if (plan->n == 0)
        return MRSE_OK;
    mrse_status status = judge(plan, list, &is);
    if (status != MRSE_OK || is.verdict == MRSE_VERDICT_MET)
        return status;
    t->needed = true;
    const char *why = not_known(a, plan, list);
    if (why != NULL) {
        mrse_text_copy(t->reason, sizeof t->reason, why);
        return MRSE_OK;
    }
    status = propose(plan, list, false, t);
    if (status == MRSE_OK && !t->possible)
        status = propose(plan, list, true, t);
    if (status == MRSE_OK && !t->possible) {
        t->added_s = t->rest_after_s = 0.0;
        t->reordered = false;
        fill_planned(t, plan);
    }
    return status;
}

mrse_status mrse_timetable_find(mrse_assessment *a)
{
    mrse_clock_plan plan;
    clock_list list = {mrse_alloc(count_clocks(a) + 1, sizeof *list.clock), 0};
    a->timetable.slot = mrse_alloc(a->n_planned + 1, sizeof *a->timetable.slot);
    mrse_status status = list.clock != NULL && a->timetable.slot != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    if (status == MRSE_OK) {
        status = mrse_exam_plan(a, NULL, &plan);
        collect(a, &list);
        if (status == MRSE_OK)
            status = find(a, &plan, &list);
        mrse_free((void *)(uintptr_t)plan.item);
    }
    mrse_free(list.clock);
    return status;
}

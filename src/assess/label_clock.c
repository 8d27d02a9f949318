/* Clocks of a label, run over the planned examination.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "label_internal.h"
#include "mrse/alloc.h"

/* What breaks would keep this clock; all clocks together: timetable.c. */
static mrse_status say_breaks(const mrse_clock_plan *plan, const mrse_clock *clock, mrse_finding *f)
{
    mrse_clock_timetable table = {0};
    char minutes[MRSE_NUM_MAX];
    mrse_status status = mrse_clock_schedule(plan, clock, 1, false, &table);
    if (status != MRSE_OK) /* too many sequences for a search: the verdict stands by itself */
        return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
    /* up to the next whole minute: nobody times a break by the second, and a shorter one breaks it */
    mrse_text_fixed(minutes, ceil(table.added_s / 60.0 - 1e-9), 0);
    if (!table.possible)
        (void)snprintf(f->ask, sizeof f->ask, "no break helps: %.150s", table.reason);
    else if (table.added_s > 0.0)
        (void)snprintf(f->ask, sizeof f->ask,
                       "with breaks of %s min in all, in the order planned, it is kept", minutes);
    mrse_clock_timetable_clear(&table);
    return MRSE_OK;
}

/* What is timed: two windows of other lengths, or other rests, are not the same quantity, nor are the
 * lives of two implants. */
static mrse_status name_clock(const mrse_implant_result *r, const mrse_clock *c, mrse_finding *f)
{
    const mrse_value *by = c->kind == MRSE_CLOCK_WINDOW ? &c->window
                           : c->kind == MRSE_CLOCK_REST ? &c->rest
                                                        : &c->gap;
    mrse_buf text = {0};
    mrse_buf_addf(&text, "scanning time, %s", mrse_clock_kind_text(c->kind));
    if (c->kind == MRSE_CLOCK_REGION)
        mrse_buf_addf(&text, " %s", mrse_body_region_text(c->region));
    if (c->kind == MRSE_CLOCK_LIFETIME)
        mrse_buf_addf(&text, " of %s", r->implant->name);
    if (isfinite(by->v)) {
        mrse_buf_add(&text, c->kind == MRSE_CLOCK_WINDOW ? "" : ", pause ");
        mrse_quantity_print(&text, by->v, MRSE_KIND_TIME, 3, 0);
    }
    if (c->active != MRSE_ACTIVE_UNSTATED)
        mrse_buf_addf(&text, ", %s", mrse_clock_active_text(c->active));
    mrse_text_copy(f->quantity, sizeof f->quantity, mrse_buf_text(&text));
    mrse_status status = text.status;
    mrse_buf_free(&text);
    return status;
}

static mrse_status say(mrse_assessment *a, const mrse_implant_result *r, const mrse_label_branch *b,
                       const mrse_label_clock *c, mrse_verdict verdict, const char *reason,
                       const char *ask)
{
    mrse_finding *f = mrse_finding_start(a, r, b, "scanning time", c->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, verdict, reason, ask);
    return MRSE_OK;
}

static mrse_status add_clock(mrse_assessment *a, const mrse_implant_result *r,
                             const mrse_label_branch *b, const mrse_clock_plan *plan,
                             const mrse_label_clock *c)
{
    mrse_clock_result result;
    if (c->not_applicable)
        return say(a, r, b, c, MRSE_VERDICT_NOT_STATED,
                   "the label says that there is no such limit", "");
    if (plan->n == 0)
        return say(a, r, b, c, MRSE_VERDICT_UNDETERMINED, "no sequence is planned in this case",
                   "which sequences are to be run, how long, with which pauses; sequences");
    mrse_status status = mrse_clock_evaluate(plan, &c->clock, &result);
    if (status != MRSE_OK)
        return status;
    mrse_finding *f = mrse_finding_start(a, r, b, "scanning time", c->printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->numeric = true;
    f->limit = c->clock.limit;
    f->exposure = result.value;
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name,
                   "of the planned sequences, pauses counted");
    f->decision = result.decision;
    mrse_text_copy(f->ask, sizeof f->ask, result.ask);
    if (result.decision.verdict == MRSE_VERDICT_NOT_MET)
        status = say_breaks(plan, &c->clock, f);
    return status == MRSE_OK ? name_clock(r, &c->clock, f) : status;
}

mrse_status mrse_label_clocks_add(mrse_assessment *a, const mrse_implant_result *r,
                                  const mrse_label_branch *b, const mrse_label_terms *t)
{
    mrse_clock_plan plan;
    if (t->n_clocks == 0)
        return MRSE_OK;
    mrse_status status = mrse_exam_plan(a, r, &plan);
    for (size_t i = 0; i < t->n_clocks && status == MRSE_OK; i++)
        status = add_clock(a, r, b, &plan, &t->clock[i]);
    mrse_free((void *)(uintptr_t)plan.item);
    return status;
}

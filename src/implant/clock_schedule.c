/* The shortest timetable that keeps to all clocks.
 *
 * For a fixed order, let it be settled at each sequence which of the resting clocks (rest, gap) the
 * pause before it starts anew. Then every condition is a lower bound on a start: a pause of at least
 * so long after an earlier end, or a window that holds no more than its budget. Moving all earlier
 * sequences forward eases both kinds: ends come earlier, and less activity lies after any given
 * moment. So by induction each sequence at its earliest is optimal, for all of them at once. What is
 * left to search is which pauses start a clock anew, and the order where it is free: branch and
 * bound over the few starts that differ in this. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "clock_internal.h"
#include "mrse/alloc.h"
#include "phrase.h"

/* A strict limit is kept by this: no timetable can come nearer than any other. */
static const double STRICT_S = 1.0;

typedef struct placed {
    double start_s, end_s, length_s;
    const bool *active; /* for each clock */
} placed;

typedef struct job {
    size_t item;
    double length_s, pause_s; /* the least pause before it */
    bool fixed;
    const bool *active;
} job;

typedef struct search {
    const mrse_clock_plan *plan;
    const mrse_clock *clock;
    size_t n_clocks;
    bool *active; /* backing store of all flags */
    placed *line; /* the past, then the timetable as far as it is laid */
    size_t n_past, n_line;
    job *job;
    size_t n_jobs;
    bool *used;
    size_t *order, *best_order;
    double *best_start;
    double best_end_s, lower_end_s;
    size_t nodes;
    bool reorder;
} search;

static bool within(const mrse_clock *clock, double sum_s)
{
    double limit_s = clock->limit.value.v;
    if (clock->limit.op == MRSE_OP_LT)
        return sum_s < limit_s;
    return sum_s <= limit_s * (1.0 + 1e-13);
}

static bool is_run(const mrse_clock *clock)
{
    return clock->kind == MRSE_CLOCK_CONTINUOUS || clock->kind == MRSE_CLOCK_REST ||
           clock->kind == MRSE_CLOCK_REGION;
}

/* The run that would be continued, and when it ended. */
static double run_before(const search *s, size_t c, double *end_s)
{
    double least_s = mrse_clock_pause(&s->clock[c]);
    double sum_s = 0.0;
    *end_s = -INFINITY;
    for (size_t i = 0; i < s->n_line; i++) {
        const placed *p = &s->line[i];
        if (!p->active[c] || p->length_s == 0.0)
            continue;
        if (mrse_clock_separates(p->start_s - *end_s, least_s))
            sum_s = 0.0;
        sum_s += p->length_s;
        *end_s = p->end_s;
    }
    return sum_s;
}

/* Earliest start that leaves a window its budget. The fullest window is the one that ends with the
 * sequence, as all activity of the past lies before it. */
static double window_start(const search *s, size_t c, double length_s)
{
    const mrse_clock *clock = &s->clock[c];
    double limit_s = clock->limit.value.v;
    if (within(clock, clock->window.v))
        return -INFINITY; /* a window cannot hold more than itself */
    if (clock->limit.op == MRSE_OP_LT)
        limit_s = fmax(length_s, limit_s - STRICT_S);
    double budget_s = fmax(0.0, limit_s - length_s);
    for (size_t i = s->n_line; i-- > 0;) {
        const placed *p = &s->line[i];
        if (!p->active[c])
            continue;
        if (p->length_s > budget_s)
            return p->end_s - budget_s + clock->window.v - length_s;
        budget_s -= p->length_s;
    }
    return -INFINITY;
}

/* The earliest start not before at_s; false when a run would grow too long there. */
static bool settle(const search *s, const job *j, double at_s, double *start_s)
{
    *start_s = at_s;
    for (size_t c = 0; c < s->n_clocks; c++)
        if (j->active[c] && s->clock[c].kind == MRSE_CLOCK_WINDOW)
            *start_s = fmax(*start_s, window_start(s, c, j->length_s));
    for (size_t c = 0; c < s->n_clocks; c++) {
        if (!j->active[c] || !is_run(&s->clock[c]))
            continue;
        double end_s, sum_s = run_before(s, c, &end_s);
        if (mrse_clock_separates(*start_s - end_s, mrse_clock_pause(&s->clock[c])))
            sum_s = 0.0;
        if (!within(&s->clock[c], sum_s + j->length_s))
            return false;
    }
    return true;
}

static void keep_best(search *s, double end_s)
{
    s->best_end_s = end_s;
    for (size_t i = 0; i < s->n_jobs; i++) {
        s->best_order[i] = s->order[i];
        s->best_start[i] = s->line[s->n_past + i].start_s;
    }
}

static void extend(search *s, size_t depth, double now_s, double left_s);

static void lay(search *s, size_t depth, size_t which, double start_s, double left_s)
{
    const job *j = &s->job[which];
    s->line[s->n_line++] = (placed){start_s, start_s + j->length_s, j->length_s, j->active};
    s->used[which] = true;
    s->order[depth] = which;
    extend(s, depth + 1, start_s + j->length_s, left_s - j->length_s - j->pause_s);
    s->used[which] = false;
    s->n_line--;
}

/* All starts worth trying: at once, and where a resting clock starts anew, earliest first. */
static void try_job(search *s, size_t depth, size_t which, double now_s, double left_s)
{
    const job *j = &s->job[which];
    double at_s = now_s + j->pause_s;
    while (isfinite(at_s)) {
        double start_s, next_s = INFINITY;
        bool ok = settle(s, j, at_s, &start_s);
        if (start_s + left_s - j->pause_s >= s->best_end_s - 1e-9)
            return;
        if (ok)
            lay(s, depth, which, start_s, left_s);
        for (size_t c = 0; c < s->n_clocks; c++) {
            if (!j->active[c] || !is_run(&s->clock[c]))
                continue;
            double end_s;
            run_before(s, c, &end_s);
            double anew_s = end_s + mrse_clock_pause(&s->clock[c]);
            if (anew_s > start_s &&
                !mrse_clock_separates(start_s - end_s, mrse_clock_pause(&s->clock[c])))
                next_s = fmin(next_s, anew_s);
        }
        at_s = next_s;
    }
}

static void extend(search *s, size_t depth, double now_s, double left_s)
{
    if (depth == s->n_jobs) {
        keep_best(s, now_s);
        return;
    }
    if (s->nodes >= MRSE_CLOCK_NODES || s->best_end_s <= s->lower_end_s + 1e-9)
        return;
    s->nodes++;
    if (!s->reorder || s->job[depth].fixed) {
        try_job(s, depth, depth, now_s, left_s);
        return;
    }
    for (size_t i = 0; i < s->n_jobs; i++)
        if (!s->used[i] && !s->job[i].fixed)
            try_job(s, depth, i, now_s, left_s);
}

static void refuse(mrse_clock_timetable *out, size_t clock, size_t at, const char *name,
                   const char *why)
{
    phrase p = {out->reason, sizeof out->reason};
    out->clock = clock;
    out->at = at;
    phrase_add(p, name == NULL ? "" : name);
    phrase_add(p, name == NULL ? "" : ": ");
    phrase_add(p, why);
}

/* What no pause can mend. A label that does not say what interrupts leaves one run for ever. */
static bool is_possible(const search *s, mrse_clock_timetable *out)
{
    for (size_t c = 0; c < s->n_clocks; c++) {
        const mrse_clock *clock = &s->clock[c];
        const char *flaw = mrse_clock_flaw(clock);
        double sum_s = 0.0;
        if (flaw != NULL) {
            refuse(out, c, s->plan->n, NULL, flaw);
            return false;
        }
        for (size_t i = 0; i < s->n_jobs; i++) {
            const job *j = &s->job[i];
            const char *name = s->plan->item[j->item].name;
            if (isinf(j->length_s)) {
                refuse(out, c, j->item, name, "it is not known how long it lasts");
                return false;
            }
            double alone_s =
                clock->kind == MRSE_CLOCK_WINDOW ? fmin(j->length_s, clock->window.v) : j->length_s;
            if (j->active[c] && !within(clock, alone_s)) {
                refuse(out, c, j->item, name, "alone longer than the label allows; shorten it");
                return false;
            }
            sum_s += j->active[c] ? j->length_s : 0.0;
        }
        if (clock->kind == MRSE_CLOCK_LIFETIME) {
            double used_s = mrse_clock_length(&s->plan->lifetime_used, CLOCK_MOST);
            sum_s += isnan(used_s) ? (double)INFINITY : used_s;
        }
        bool sums = clock->kind == MRSE_CLOCK_EXAM || clock->kind == MRSE_CLOCK_LIFETIME;
        if (sums && !within(clock, sum_s)) {
            refuse(out, c, s->plan->n, NULL, "all sequences together are too long; leave some out");
            return false;
        }
        double end_s;
        if (is_run(clock) && isinf(mrse_clock_pause(clock)) &&
            !within(clock, sum_s + run_before(s, c, &end_s))) {
            refuse(out, c, s->plan->n, NULL, "the label does not say how long a pause interrupts");
            return false;
        }
    }
    return true;
}

/* The past as each clock sees it: its own stretches, laid side by side on one line. */
static mrse_status lay_past(search *s)
{
    size_t most = s->plan->n_earlier + 2;
    for (size_t c = 0; c < s->n_clocks; c++) {
        clock_line line;
        mrse_status status =
            mrse_clock_line(s->plan, &s->clock[c], (clock_reading){CLOCK_MOST, true}, &line);
        if (status != MRSE_OK)
            return status;
        size_t n = 0;
        while (n < line.n && line.stretch[n].item == CLOCK_EARLIER)
            n++;
        bool complete = mrse_clock_flaw(&s->clock[c]) == NULL;
        for (size_t i = 0; complete && i < n && n <= most; i++) {
            if (!line.stretch[i].active)
                continue;
            bool *flag = &s->active[s->n_line * s->n_clocks];
            flag[c] = true;
            s->line[s->n_line++] = (placed){line.stretch[i].start_s, line.stretch[i].end_s,
                                            line.stretch[i].length_s, flag};
        }
        mrse_free(line.stretch);
    }
    s->n_past = s->n_line;
    return MRSE_OK;
}

static void list_jobs(search *s, size_t flags_used)
{
    double pause_s = 0.0;
    bool *flag = &s->active[flags_used];
    for (size_t i = 0; i < s->plan->n; i++) {
        const mrse_clock_item *item = &s->plan->item[i];
        if (item->is_break) {
            pause_s += isnan(item->duration.v) ? 0.0 : item->duration.v;
            continue;
        }
        double length_s = mrse_clock_length(&item->duration, CLOCK_MOST);
        s->job[s->n_jobs++] = (job){.item = i,
                                    .length_s = isnan(length_s) ? (double)INFINITY : length_s,
                                    .pause_s = pause_s,
                                    .fixed = item->fixed,
                                    .active = flag};
        for (size_t c = 0; c < s->n_clocks; c++)
            *flag++ = mrse_clock_counts(&s->clock[c], item, CLOCK_MOST);
        pause_s = 0.0;
    }
}

static mrse_status prepare(search *s)
{
    size_t n = s->plan->n, past = s->n_clocks * (s->plan->n_earlier + 2);
    s->active = mrse_alloc((past + n) * s->n_clocks + 1, sizeof *s->active);
    s->line = mrse_alloc(past + n, sizeof *s->line);
    s->job = mrse_alloc(n, sizeof *s->job);
    s->used = mrse_alloc(n, sizeof *s->used);
    s->order = mrse_alloc(n, sizeof *s->order);
    s->best_order = mrse_alloc(n, sizeof *s->best_order);
    s->best_start = mrse_alloc(n, sizeof *s->best_start);
    if (s->active == NULL || s->line == NULL || s->job == NULL || s->used == NULL ||
        s->order == NULL || s->best_order == NULL || s->best_start == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = lay_past(s);
    if (status != MRSE_OK)
        return status;
    list_jobs(s, past * s->n_clocks);
    for (size_t i = 0; i < s->n_jobs; i++)
        s->lower_end_s += s->job[i].pause_s + s->job[i].length_s;
    s->best_end_s = INFINITY;
    return MRSE_OK;
}

static void release(search *s)
{
    mrse_free(s->active);
    mrse_free(s->line);
    mrse_free(s->job);
    mrse_free(s->used);
    mrse_free(s->order);
    mrse_free(s->best_order);
    mrse_free(s->best_start);
}

static mrse_status report(const search *s, mrse_clock_timetable *out)
{
    out->slot = mrse_alloc(s->n_jobs, sizeof *out->slot);
    if (out->slot == NULL)
        return MRSE_ERR_NOMEM;
    out->n = s->n_jobs;
    out->possible = true;
    out->shortest = s->nodes < MRSE_CLOCK_NODES;
    if (!out->shortest)
        mrse_text_copy(out->reason, sizeof out->reason,
                       "too many timetables to try all: a shorter one may exist");
    double end_s = 0.0;
    for (size_t i = 0; i < s->n_jobs; i++) {
        const job *j = &s->job[s->best_order[i]];
        double pause_s = s->best_start[i] - end_s;
        out->slot[i] =
            (mrse_clock_slot){j->item, s->best_start[i], pause_s, fmax(0.0, pause_s - j->pause_s)};
        out->added_s += out->slot[i].added_s;
        out->reordered = out->reordered || s->best_order[i] != i;
        end_s = s->best_start[i] + j->length_s;
    }
    out->end_s = end_s;
    for (size_t c = 0; c < s->n_clocks; c++)
        for (size_t i = 0; s->clock[c].kind == MRSE_CLOCK_REST && i < s->n_jobs; i++)
            if (s->job[i].active[c])
                out->rest_after_s = fmax(out->rest_after_s, s->clock[c].rest.v);
    return MRSE_OK;
}

mrse_status mrse_clock_schedule(const mrse_clock_plan *plan, const mrse_clock *clock, size_t n,
                                bool reorder, mrse_clock_timetable *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!mrse_clock_is_plan(plan) || (clock == NULL && n > 0))
        return MRSE_ERR_ARG;
    if (plan->n > MRSE_CLOCK_ITEMS || plan->n_earlier > MRSE_CLOCK_ITEMS || n > MRSE_CLOCK_ITEMS)
        return MRSE_ERR_LIMIT;
    search s = {.plan = plan, .clock = clock, .n_clocks = n, .reorder = reorder};
    mrse_status status = prepare(&s);
    if (status == MRSE_OK && is_possible(&s, out)) {
        extend(&s, 0, 0.0, s.lower_end_s);
        if (isfinite(s.best_end_s))
            status = report(&s, out);
        else
            refuse(out, n, plan->n, NULL, "no timetable was found");
    }
    release(&s);
    if (status != MRSE_OK)
        mrse_clock_timetable_clear(out);
    return status;
}

void mrse_clock_timetable_clear(mrse_clock_timetable *timetable)
{
    if (timetable == NULL)
        return;
    mrse_free(timetable->slot);
    memset(timetable, 0, sizeof *timetable);
}

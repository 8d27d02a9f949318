/* The clocks measured on a line of stretches. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "clock_internal.h"
#include "mrse/alloc.h"

static bool is_positive_time(const mrse_value *v)
{
    return v->kind == MRSE_KIND_TIME && isfinite(v->v) && v->v > 0.0;
}

const char *mrse_clock_flaw(const mrse_clock *clock)
{
    const mrse_limit *limit = &clock->limit;
    if (clock->kind <= MRSE_CLOCK_UNKNOWN || clock->kind > MRSE_CLOCK_LIFETIME)
        return "it is not known which time the label limits";
    if (limit->op != MRSE_OP_LE && limit->op != MRSE_OP_LT)
        return "a time is limited from above only";
    if (limit->value.kind != MRSE_KIND_TIME || !isfinite(limit->value.v) || limit->value.v < 0.0)
        return "the time limit is missing or no time";
    if (clock->kind == MRSE_CLOCK_WINDOW && !is_positive_time(&clock->window))
        return "the length of the window is missing";
    if (clock->kind == MRSE_CLOCK_REST && !is_positive_time(&clock->rest))
        return "the length of the rest is missing";
    bool has_gap = clock->kind == MRSE_CLOCK_CONTINUOUS || clock->kind == MRSE_CLOCK_REGION;
    if (has_gap && !isnan(clock->gap.v) && !is_positive_time(&clock->gap))
        return "the pause that interrupts is no time";
    return NULL;
}

static mrse_on both(mrse_on a, mrse_on b)
{
    if (a == MRSE_ON_NO || b == MRSE_ON_NO)
        return MRSE_ON_NO;
    return a == MRSE_ON_YES && b == MRSE_ON_YES ? MRSE_ON_YES : MRSE_ON_UNKNOWN;
}

static mrse_on either(mrse_on a, mrse_on b)
{
    if (a == MRSE_ON_YES || b == MRSE_ON_YES)
        return MRSE_ON_YES;
    return a == MRSE_ON_NO && b == MRSE_ON_NO ? MRSE_ON_NO : MRSE_ON_UNKNOWN;
}

static mrse_on is_active(mrse_clock_active active, const mrse_clock_item *item, clock_side side)
{
    switch (active) {
    case MRSE_ACTIVE_RF:
        return item->rf;
    case MRSE_ACTIVE_GRADIENTS:
        return item->gradients;
    case MRSE_ACTIVE_RF_AND_GRADIENTS:
        return both(item->rf, item->gradients);
    case MRSE_ACTIVE_RF_OR_GRADIENTS:
        return either(item->rf, item->gradients);
    case MRSE_ACTIVE_UNSTATED:
        break;
    }
    return side == CLOCK_LEAST ? both(item->rf, item->gradients)
                               : either(item->rf, item->gradients);
}

static mrse_on is_there(const mrse_clock *clock, const mrse_clock_item *item)
{
    if (clock->kind != MRSE_CLOCK_REGION)
        return MRSE_ON_YES;
    if (clock->region == MRSE_BODY_UNKNOWN || item->region == MRSE_BODY_UNKNOWN)
        return MRSE_ON_UNKNOWN;
    return clock->region == item->region ? MRSE_ON_YES : MRSE_ON_NO;
}

bool mrse_clock_counts(const mrse_clock *clock, const mrse_clock_item *item, clock_side side)
{
    if (item->is_break)
        return false;
    mrse_on on = both(is_active(clock->active, item, side), is_there(clock, item));
    return on == MRSE_ON_YES || (on == MRSE_ON_UNKNOWN && side != CLOCK_LEAST);
}

double mrse_clock_pause(const mrse_clock *clock)
{
    double least_s = clock->kind == MRSE_CLOCK_REST ? clock->rest.v : clock->gap.v;
    return isfinite(least_s) ? least_s : (double)INFINITY;
}

bool mrse_clock_separates(double pause_s, double least_s)
{
    return pause_s >= least_s * (1.0 - 1e-12);
}

double mrse_clock_length(const mrse_value *duration, clock_side side)
{
    if (side == CLOCK_PLANNED || duration->basis == MRSE_BASIS_DECLARED)
        return duration->v;
    double length_s = duration->v + (int)side * 2.0 * duration->u;
    if (isnan(length_s) || duration->u < 0.0)
        return NAN;
    return fmax(0.0, length_s);
}

/* The length that a stretch has on this side: activity long and pauses short, or the other way
 * round. A pause of unknown length is none, or as long as any clock can look (`far_s`). */
static double stretch_length(const mrse_value *duration, bool active, clock_side side, double far_s)
{
    double length_s = mrse_clock_length(duration, active ? side : (clock_side)-side);
    if (!isnan(length_s) || side == CLOCK_PLANNED)
        return length_s;
    if (active)
        return side == CLOCK_MOST ? (double)INFINITY : 0.0;
    return side == CLOCK_MOST ? 0.0 : far_s;
}

static void put(clock_line *line, double length_s, bool active, size_t item)
{
    line->stretch[line->n++] =
        (clock_stretch){.length_s = length_s, .active = active, .item = item};
}

static void put_items(clock_line *line, const mrse_clock *clock, clock_side side, double far_s,
                      const mrse_clock_item *item, size_t n, bool planned)
{
    for (size_t i = 0; i < n; i++) {
        bool active = mrse_clock_counts(clock, &item[i], side);
        double length_s = stretch_length(&item[i].duration, active, side, far_s);
        if (isinf(length_s) && clock->kind == MRSE_CLOCK_WINDOW)
            length_s = clock->window.v; /* it fills a window, however long it is */
        put(line, length_s, active, planned ? i : CLOCK_EARLIER);
    }
}

/* Before all that is known the scanner may have been active for ever, of which a window sees its
 * own length. The start of an examination interrupts what is continuous. */
static void put_unknown(clock_line *line, const mrse_clock_plan *plan, const mrse_clock *clock,
                        double far_s)
{
    bool looks_back = clock->kind == MRSE_CLOCK_WINDOW || clock->kind == MRSE_CLOCK_REST;
    if (!looks_back || isinf(plan->free_before.v))
        return;
    double seen_s = clock->kind == MRSE_CLOCK_WINDOW ? clock->window.v : (double)INFINITY;
    put(line, seen_s, true, CLOCK_EARLIER);
    put(line, stretch_length(&plan->free_before, false, CLOCK_MOST, far_s), false, CLOCK_EARLIER);
}

static void put_starts(clock_line *line)
{
    size_t planned = 0;
    while (planned < line->n && line->stretch[planned].item == CLOCK_EARLIER)
        planned++;
    for (size_t i = planned; i-- > 0;) {
        line->stretch[i].end_s = i + 1 < planned ? line->stretch[i + 1].start_s : 0.0;
        line->stretch[i].start_s = line->stretch[i].end_s - line->stretch[i].length_s;
    }
    for (size_t i = planned; i < line->n; i++) {
        line->stretch[i].start_s = i > planned ? line->stretch[i - 1].end_s : 0.0;
        line->stretch[i].end_s = line->stretch[i].start_s + line->stretch[i].length_s;
    }
}

mrse_status mrse_clock_line(const mrse_clock_plan *plan, const mrse_clock *clock,
                            clock_reading reading, clock_line *line)
{
    *line = (clock_line){0};
    line->stretch = mrse_alloc(plan->n + plan->n_earlier + 2, sizeof *line->stretch);
    if (line->stretch == NULL)
        return MRSE_ERR_NOMEM;
    double far_s = 1.0 + fmax(0.0, clock->window.v) + fmax(0.0, clock->rest.v);
    far_s += fmax(0.0, clock->gap.v);
    if (reading.unknown_before)
        put_unknown(line, plan, clock, far_s);
    put_items(line, clock, reading.side, far_s, plan->earlier, plan->n_earlier, false);
    put_items(line, clock, reading.side, far_s, plan->item, plan->n, true);
    put_starts(line);
    return MRSE_OK;
}

static void enlarge(clock_peak *peak, double value_s, double start_s, double end_s, size_t first,
                    size_t last)
{
    if (value_s > peak->value_s || isnan(value_s))
        *peak = (clock_peak){value_s, start_s, end_s, first, last};
}

/* Activity in the window that ends at end_s. A stretch wholly inside counts with its own length, so
 * that rounding of its ends does not make 30 min more than 30 min. */
static clock_peak in_window(const clock_line *line, double end_s, double window_s)
{
    clock_peak p = {.start_s = end_s - window_s, .end_s = end_s, .first = CLOCK_EARLIER};
    for (size_t i = 0; i < line->n; i++) {
        const clock_stretch *s = &line->stretch[i];
        bool inside = s->start_s >= p.start_s && s->end_s <= end_s;
        double part_s = fmin(s->end_s, end_s) - fmax(s->start_s, p.start_s);
        if (!s->active || part_s <= 0.0)
            continue;
        p.value_s += inside ? s->length_s : part_s;
        if (s->item == CLOCK_EARLIER)
            continue;
        if (p.first == CLOCK_EARLIER)
            p.first = s->item;
        p.last = s->item;
    }
    if (p.first == CLOCK_EARLIER)
        p.first = p.last = 0;
    return p;
}

/* From the first activity of the plan (INFINITY when there is none) to its end; false when a length
 * on the way is not known. */
static bool span_of_plan(const clock_line *line, double *first_s, double *last_s)
{
    *first_s = INFINITY;
    *last_s = 0.0;
    for (size_t i = 0; i < line->n; i++) {
        const clock_stretch *s = &line->stretch[i];
        if (isnan(s->length_s))
            return false;
        *last_s = fmax(*last_s, s->end_s);
        if (s->active && s->item != CLOCK_EARLIER)
            *first_s = fmin(*first_s, s->start_s);
    }
    return true;
}

/* As the window moves, its activity is a piecewise linear function, so it is largest at a corner:
 * where the window ends with a stretch or begins with one. Windows that end before the first
 * sequence of the plan are the past. */
static clock_peak largest_window(const clock_line *line, double window_s)
{
    double first_s, last_s;
    clock_peak best = {0};
    if (!span_of_plan(line, &first_s, &last_s))
        return (clock_peak){.value_s = NAN};
    for (size_t i = 0; i < line->n; i++) {
        double corner[] = {line->stretch[i].end_s, line->stretch[i].start_s + window_s,
                           line->stretch[i].start_s};
        for (size_t k = 0; k < sizeof corner / sizeof corner[0]; k++) {
            if (corner[k] < first_s || corner[k] > last_s)
                continue;
            clock_peak p = in_window(line, corner[k], window_s);
            enlarge(&best, p.value_s, p.start_s, p.end_s, p.first, p.last);
        }
    }
    return best;
}

/* The largest sum of activity between two pauses that interrupt it, of the sums that reach into the
 * plan. */
static clock_peak longest_run(const clock_line *line, double least_s)
{
    clock_peak best = {.value_s = 0.0}, run = {.value_s = 0.0, .first = CLOCK_EARLIER};
    double pause_s = 0.0;
    for (size_t i = 0; i < line->n; i++) {
        const clock_stretch *s = &line->stretch[i];
        if (!s->active || s->length_s == 0.0) {
            pause_s += s->length_s;
            continue;
        }
        if (pause_s > 0.0 && mrse_clock_separates(pause_s, least_s))
            run = (clock_peak){.value_s = 0.0, .first = CLOCK_EARLIER};
        if (run.value_s == 0.0)
            run.start_s = s->start_s;
        pause_s = 0.0;
        run.value_s += s->length_s;
        run.end_s = s->end_s;
        if (s->item == CLOCK_EARLIER)
            continue;
        run.first = run.first == CLOCK_EARLIER ? s->item : run.first;
        run.last = s->item;
        enlarge(&best, run.value_s, run.start_s, run.end_s, run.first, run.last);
    }
    return best;
}

/* The longest sequence, or with `all` the sum of the plan. */
static clock_peak of_plan(const clock_line *line, bool all)
{
    clock_peak best = {0}, sum = {.first = CLOCK_EARLIER};
    for (size_t i = 0; i < line->n; i++) {
        const clock_stretch *s = &line->stretch[i];
        if (!s->active || s->item == CLOCK_EARLIER)
            continue;
        enlarge(&best, s->length_s, s->start_s, s->end_s, s->item, s->item);
        sum.start_s = sum.first == CLOCK_EARLIER ? s->start_s : sum.start_s;
        sum.first = sum.first == CLOCK_EARLIER ? s->item : sum.first;
        sum.value_s += s->length_s;
        sum.last = s->item;
        sum.end_s = s->end_s;
    }
    if (sum.first == CLOCK_EARLIER)
        sum.first = 0;
    return all ? sum : best;
}

clock_peak mrse_clock_peak(const clock_line *line, const mrse_clock *clock, clock_side side)
{
    double least_s = mrse_clock_pause(clock);
    switch (clock->kind) {
    case MRSE_CLOCK_PER_SEQUENCE:
        return of_plan(line, false);
    case MRSE_CLOCK_EXAM:
    case MRSE_CLOCK_LIFETIME:
        return of_plan(line, true);
    case MRSE_CLOCK_WINDOW:
        return largest_window(line, clock->window.v);
    case MRSE_CLOCK_CONTINUOUS:
    case MRSE_CLOCK_REGION:
    case MRSE_CLOCK_REST:
        /* A label that does not say what interrupts: in favour of the plan any pause does. */
        return longest_run(line, side == CLOCK_LEAST && isinf(least_s) ? 0.0 : least_s);
    case MRSE_CLOCK_UNKNOWN:
        break;
    }
    return (clock_peak){.value_s = NAN};
}

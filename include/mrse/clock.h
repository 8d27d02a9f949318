/* The clocks of a label, run on a planned examination: how long the scanner may be active at a
 * stretch, in a rolling window, before a rest, in a life; and the breaks that keep to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CLOCK_H
#define MRSE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/anatomy.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_clock_kind {
    MRSE_CLOCK_UNKNOWN = 0,  /* never MET */
    MRSE_CLOCK_PER_SEQUENCE, /* each sequence */
    MRSE_CLOCK_CONTINUOUS,   /* activity that no pause of `gap` or longer interrupts */
    MRSE_CLOCK_WINDOW,       /* activity in any stretch of time of length `window` */
    MRSE_CLOCK_REST,         /* activity between two pauses of `rest` or longer */
    MRSE_CLOCK_REGION,       /* as continuous, of what is done with `region` at the isocentre */
    MRSE_CLOCK_EXAM,         /* activity of the whole examination */
    MRSE_CLOCK_LIFETIME,     /* activity of all examinations since implantation */
} mrse_clock_kind;

/* What the label counts as active. Not said: the verdict must hold for every reading. */
typedef enum mrse_clock_active {
    MRSE_ACTIVE_UNSTATED = 0,
    MRSE_ACTIVE_RF,
    MRSE_ACTIVE_GRADIENTS,
    MRSE_ACTIVE_RF_AND_GRADIENTS, /* both at once */
    MRSE_ACTIVE_RF_OR_GRADIENTS,  /* either */
} mrse_clock_active;

typedef struct mrse_clock {
    mrse_clock_kind kind;
    mrse_clock_active active;
    mrse_limit limit;        /* kind time; <= or < */
    mrse_value window;       /* WINDOW: its length */
    mrse_value rest;         /* REST: the pause that starts the count again */
    mrse_value gap;          /* CONTINUOUS, REGION: the shortest pause that interrupts; missing when
                              * the label does not say */
    mrse_body_region region; /* REGION: which */
} mrse_clock;

typedef enum mrse_on { MRSE_ON_UNKNOWN = 0, MRSE_ON_YES, MRSE_ON_NO } mrse_on;

/* One thing after another on the scanner. Prescans and repeats are sequences too. */
typedef struct mrse_clock_item {
    const char *name;    /* borrowed; may be NULL */
    bool is_break;       /* a pause: nothing is switched on, whatever rf and gradients say */
    bool fixed;          /* keeps its place when sequences are reordered (after contrast agent) */
    mrse_value duration; /* s. Missing: a sequence may last any time; a break any, or none */
    mrse_on rf, gradients;
    mrse_body_region region; /* at the isocentre; unknown counts as any */
} mrse_clock_item;

typedef struct mrse_clock_plan {
    const mrse_clock_item *item; /* the planned examination, in its order */
    size_t n;
    const mrse_clock_item *earlier; /* MR done before, in order, up to the break before the first
                                     * planned item; may be NULL */
    size_t n_earlier;
    mrse_value free_before; /* known to be without MR before all that: INFINITY when never scanned;
                             * missing: anything may have been done just before */
    mrse_value lifetime_used; /* LIFETIME: active time of all before `item`; missing: not known */
} mrse_clock_plan;

typedef struct mrse_clock_result {
    mrse_value value;       /* largest on the schedule as planned; NaN when a duration is missing */
    double least_s, most_s; /* bounds that hold for every reading of the label and the plan, with
                             * U = 2u of computed durations; most_s INFINITY when there is none */
    double start_s, end_s;  /* where the worst reading has its most, from the first planned item */
    size_t first, last;     /* planned items there; 0, 0 when nothing is active */
    double remaining_s;  /* limit - most_s, not below 0: what may be added there; NaN: not known */
    double rest_after_s; /* REST: pause due after the last active item; else 0 */
    mrse_decision decision;
    char ask[192]; /* what to find out when undetermined; "" */
} mrse_clock_result;

/** Does the planned examination keep to a clock?
 *  Given     plan      items in order, back to back, with what is known of the time before
 *            clock     as the label says
 *  Returned  out       decision MET when most_s meets the limit, NOT MET when least_s does not,
 *                      otherwise UNDETERMINED; also when a number is unverified or the clock
 *                      incomplete. Zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, a duration below 0 or infinite) | MRSE_ERR_NOMEM
 *  Accuracy  rounding of sums: the largest of a piecewise linear function is at one of its corners
 *  Valid     unfavourable: sequences longer, pauses shorter, each by U = 2u, all at once, so that
 *            correlated errors are covered; durations as declared stand as they are. What is not
 *            said (what counts as active, what pause interrupts, whether RF was on) is taken both
 *            ways. A window or rest looks back before the plan; a continuous run does so only
 *            through `earlier`: else the examination begins it. Unverified origins, also that of
 *            `free_before`, leave it UNDETERMINED
 *  Source    method `clock-schedule`; decision: mrse_decide
 *  Tests     tests/unit/test_clock.c */
mrse_status mrse_clock_evaluate(const mrse_clock_plan *plan, const mrse_clock *clock,
                                mrse_clock_result *out) MRSE_MUST_USE;

typedef struct mrse_clock_slot {
    size_t item;    /* of the plan */
    double start_s; /* from the beginning of the plan */
    double pause_s; /* before it, the planned pause included */
    double added_s; /* of that, more than was planned */
} mrse_clock_slot;

typedef struct mrse_clock_timetable {
    bool possible; /* false: `clock` and `at` say what stands in the way, `reason` why */
    bool shortest; /* the search was complete; false: a shorter one may exist */
    bool reordered;
    mrse_clock_slot *slot; /* one for each sequence, in time */
    size_t n;
    double end_s, added_s; /* of the last sequence; all added pauses together */
    double rest_after_s;   /* largest pause due afterwards */
    size_t clock, at;      /* when not possible: index of the clock; of the item (n: the sum) */
    char reason[192];      /* when not possible, or not proved shortest */
} mrse_clock_timetable;

/** The shortest timetable that keeps to all clocks, by adding pauses.
 *  Given     plan      planned breaks are kept as the least pause before the next sequence
 *            clock, n  all clocks of all labels that apply
 *            reorder   also try other orders of the sequences that are not fixed
 *  Returned  out       clear with mrse_clock_timetable_clear; empty on failure. Durations count with
 *                      U = 2u, what is not known as active. A wait before the first sequence means:
 *                      that long must be known to be without MR
 *  Status    MRSE_OK, also when not possible | MRSE_ERR_ARG | MRSE_ERR_LIMIT (more than
 *            MRSE_CLOCK_ITEMS items) | MRSE_ERR_NOMEM
 *  Accuracy  exact; below a strict limit (<) it stays by 1 s
 *  Valid     search is given up after MRSE_CLOCK_NODES partial timetables: then `shortest` is false
 *  Source    exchange argument, src/implant/clock_schedule.c
 *  Tests     tests/unit/test_clock_schedule.c, against brute force */
mrse_status mrse_clock_schedule(const mrse_clock_plan *plan, const mrse_clock *clock, size_t n,
                                bool reorder, mrse_clock_timetable *out) MRSE_MUST_USE;

enum { MRSE_CLOCK_ITEMS = 200, MRSE_CLOCK_NODES = 2000000 };

/** Free what it holds and empty it; NULL is fine. */
void mrse_clock_timetable_clear(mrse_clock_timetable *timetable);

const char *mrse_clock_kind_text(mrse_clock_kind kind);       /* "whole examination" */
const char *mrse_clock_active_text(mrse_clock_active active); /* "RF on" */

#ifdef __cplusplus
}
#endif
#endif

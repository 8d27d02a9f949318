/* The examination as a line of stretches, active or not, as one clock reads it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CLOCK_INTERNAL_H
#define MRSE_CLOCK_INTERNAL_H

#include "mrse/clock.h"

/* What is not known is taken for or against: as few seconds of activity as it may be, as planned,
 * or as many. */
typedef enum clock_side { CLOCK_LEAST = -1, CLOCK_PLANNED = 0, CLOCK_MOST = 1 } clock_side;

typedef struct clock_reading {
    clock_side side;
    bool unknown_before; /* count what may have been done before all that is known */
} clock_reading;

#define CLOCK_EARLIER ((size_t)-1)

typedef struct clock_stretch {
    double start_s, end_s; /* the first planned item starts at 0 */
    double length_s;       /* as given: without the rounding of a difference; may be INFINITY */
    bool active;
    size_t item; /* of the plan, or CLOCK_EARLIER */
} clock_stretch;

typedef struct clock_line {
    clock_stretch *stretch;
    size_t n;
} clock_line;

typedef struct clock_peak {
    double value_s, start_s, end_s;
    size_t first, last;
} clock_peak;

/* No NULL where there should be items, no duration below 0 or infinite. */
bool mrse_clock_is_plan(const mrse_clock_plan *plan);

/* Why a clock can decide nothing; NULL when it is complete. */
const char *mrse_clock_flaw(const mrse_clock *clock);

/* Does the item count as active for the clock? */
bool mrse_clock_counts(const mrse_clock *clock, const mrse_clock_item *item, clock_side side);

/* The pause that starts a count again: `rest` or `gap`; INFINITY when the label does not say. */
double mrse_clock_pause(const mrse_clock *clock);
bool mrse_clock_separates(double pause_s, double least_s); /* to rounding */

/* How long a duration may be on this side, U = 2u; NaN when it is not known. */
double mrse_clock_length(const mrse_value *duration, clock_side side);

/* Free line.stretch afterwards. */
mrse_status mrse_clock_line(const mrse_clock_plan *plan, const mrse_clock *clock,
                            clock_reading reading, clock_line *line) MRSE_MUST_USE;

/* The largest value on a line. */
clock_peak mrse_clock_peak(const clock_line *line, const mrse_clock *clock, clock_side side);

#endif

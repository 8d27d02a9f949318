/* Times during which a device is exposed: how much of them falls into a window, and whether it rested
 * long enough. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ACTIVITY_H
#define MRSE_ACTIVITY_H

#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_active {
    double from_s, to_s; /* from <= to; in order, not overlapping */
} mrse_active;

/** The most active time in any window of a length ("30 min active in any 90 min").
 *  Given     window_s  > 0
 *  Returned  most_s    NaN on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, out of order, window)
 *  Accuracy  exact: the most is met by a window that starts with an activity or ends with one
 *  Tests     tests/unit/test_hazard_function.c, tests/evidence/evidence_hazards.c D1, D2 */
mrse_status mrse_activity_most(const mrse_active *active, size_t n, double window_s,
                               double *most_s) MRSE_MUST_USE;

/** The first activity that begins too early: after `limit_s` of activity in all a rest of `rest_s` is
 *  due, and then counting starts again; a rest as long before the limit also starts it again.
 *  Returned  which     its index; n when there is none, and on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, out of order, limit or rest not > 0)
 *  Valid     an activity that itself passes the limit is reported as too early itself
 *  Tests     tests/unit/test_hazard_function.c, tests/evidence/evidence_hazards.c D3 */
mrse_status mrse_activity_rested(const mrse_active *active, size_t n, double limit_s, double rest_s,
                                 size_t *which) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Whether there is room for the windings between bore and covers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "calibrate_internal.h"

/* Room for what stands around the windings, and how hard its edges are. */
static const double ROOM_END_M = 0.06, ROOM_WALL_M = 0.05, ROOM_SHELL_M = 0.03, SD_ROOM_M = 0.01;

static double beyond(double excess_m)
{
    return excess_m > 0.0 ? excess_m / SD_ROOM_M : 0.0;
}

/* How far the windings stick out of the space there is for them. */
void cal_room(const cal_problem *p, const cal_pair pair[CAL_PAIRS], double out[CAL_ROOM])
{
    const cal_pair *shield = &pair[CAL_MAIN];
    double end_m = 0.0, inner_m = INFINITY, outer_m = 0.0;
    for (int i = 0; i < CAL_PAIRS; i++) {
        end_m = fmax(end_m, pair[i].z_m + pair[i].half_m);
        inner_m = fmin(inner_m, pair[i].r_m - pair[i].thick_m / 2);
    }
    for (int i = 0; i < CAL_MAIN; i++)
        outer_m = fmax(outer_m, pair[i].r_m + pair[i].thick_m / 2);
    /* a size that is not known bounds nothing: comparisons with NaN are false */
    out[0] = beyond(end_m + ROOM_END_M - p->size.cover_half_length_m);
    out[1] = beyond(p->size.bore_radius_m + ROOM_WALL_M - inner_m);
    out[2] = beyond(shield->r_m + shield->thick_m / 2 + ROOM_SHELL_M - p->size.cover_radius_m);
    out[3] = beyond(outer_m + ROOM_SHELL_M - (shield->r_m - shield->thick_m / 2));
}

bool cal_has_room(const cal_problem *p, const cal_pair pair[CAL_PAIRS])
{
    double edge[CAL_ROOM];
    cal_room(p, pair, edge);
    for (size_t i = 0; i < CAL_ROOM; i++) {
        if (edge[i] > 2.0)
            return false;
    }
    return true;
}

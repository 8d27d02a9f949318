/* The thin solenoid: a uniform current sheet. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "field_internal.h"

enum { NO_VALUE, ENDS }; /* other codes: that many rings */

static void part_add(const mrse_lanes *part, const mrse_source *s, unsigned code)
{
    const double length = s->z2_m - s->z1_m, unit = MRSE_MU0 * s->current_A;
    if (code == NO_VALUE) {
        for (size_t i = 0; i < part->n; i++) {
            part->curl[i] = (double)NAN;
        }
    } else if (code == ENDS) {
        mrse_ends_add(part, s->r1_m, s->z1_m, s->z2_m, unit / length, 1);
    } else {
        /* Far away the difference of the two ends cancels (Bz loses the third power of the
         * distance), and a few rings along the sheet are exact to rounding. */
        for (unsigned i = 0; i < code; i++) {
            double x, weight;
            mrse_gauss_node(code, i, &x, &weight);
            mrse_rings_add(part, s->r1_m, 0.5 * (s->z1_m + s->z2_m + length * x),
                           0.5 * unit * weight, 1);
        }
    }
}

void mrse_sheet_add(const mrse_lanes *lanes, const mrse_source *s)
{
    const double a = s->r1_m, half = 0.5 * (s->z2_m - s->z1_m);
    double code[MRSE_BLOCK];
    for (size_t i = 0; i < lanes->n; i++) {
        const double apart = a - lanes->r_m[i];
        const double h1 = lanes->z_m[i] - s->z1_m, h2 = lanes->z_m[i] - s->z2_m;
        const double middle = 0.5 * (h1 + h2);
        const double near2 = fmin(h1 * h1, h2 * h2) + apart * apart;
        const double w2 = (middle * middle + apart * apart) / (half * half);
        code[i] = w2 >= 100.0 ? 8.0 : w2 >= 9.0 ? 12.0 : (double)ENDS;
        /* On an edge, or on the sheet itself, where Bz has two values. */
        if (!(near2 > 1e-12 * a * a) || (apart == 0.0 && h1 >= 0.0 && h2 <= 0.0)) {
            code[i] = NO_VALUE;
        }
    }
    mrse_lanes_split(lanes, s, code, part_add);
}

/* How long one calibration takes, with all its starts: a whole data sheet of M15, and one that says
 * little. One thread; each is meant to stay below 0.5 s.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "mrse/mrse.h"
#include "support/magnets.h"
#include "support/printed.h"

enum { ROUNDS = 3, TARGET_MS = 500 };

static double seconds(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t))
        return 0.0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(void)
{
    static const printed_sheet sheet[] = {
        {.name = "8 lines, 5 cylinders",
         .levels = PRINTED_ALL_LEVELS,
         .radii = PRINTED_WIDE_RADII,
         .gradient = true,
         .field = true,
         .product = true,
         PRINTED_STEPS},
        {.name = "8 lines, widest places",
         .levels = PRINTED_ALL_LEVELS,
         .largest = true,
         PRINTED_STEPS},
        {.name = "8 lines", .levels = PRINTED_ALL_LEVELS, PRINTED_STEPS},
        {.name = "0.5 mT", .levels = 1, PRINTED_STEPS},
    };
    const mrse_housing_size size = {0.35, 0.85, NAN};
    printed_truth truth;
    if (mrse_init() != MRSE_OK || printed_truth_of(&test_m15, &size, &truth) != MRSE_OK)
        return 1;
    for (size_t i = 0; i < sizeof sheet / sizeof sheet[0]; i++) {
        double least = 1e9;
        size_t n_starts = 0, n = 0;
        for (int k = 0; k < ROUNDS; k++) {
            mrse_calibration *c;
            const double start = seconds();
            if (printed_calibrate(&truth, &sheet[i], 0, &c) != MRSE_OK)
                return 1;
            least = fmin(least, seconds() - start);
            n_starts = c->n_starts;
            n = c->n_rows;
            mrse_calibration_free(c);
        }
        printf("%-24s %3zu numbers %3zu starts %8.1f ms, meant to stay below %d ms\n",
               sheet[i].name, n, n_starts, 1e3 * least, (int)TARGET_MS);
    }
    return 0;
}

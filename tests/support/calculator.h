/* A calculator, as a reader of a working has one: it takes an expression as it is printed, units and
 * all, and knows nothing of the program. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_CALCULATOR_H
#define MRSE_TEST_CALCULATOR_H

#include <stdbool.h>
#include <stddef.h>

/* Numbers, + − × / ( ) |x| ² ° π √ exp sin cos ceil round min max, with units behind numbers and
 * brackets, which are passed over. False when text[0..n) is anything else. */
bool calculate(const char *text, size_t n, double *value);

/* One clause of a working. */
typedef struct worked {
    bool has_value;       /* false: words */
    double put_in, shown; /* what a calculator makes of it; what stands behind " = " */
    double half_place;    /* half of the last place shown */
    const char *value;    /* where the value and its unit begin */
} worked;

/* The next clause of `numbers`, and on to the one behind it; NULL when there is none. Fails the test
 * when there is a " = " that no calculator can follow. */
const char *next_clause(const char *numbers, worked *clause);

#endif

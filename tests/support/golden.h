/* Reference numbers that are kept outside the project: CSV files under MRSE_GOLDEN_DIR (by default
 * ../shared/data, from the project's root). Tests that need them pass, and say so, without them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_GOLDEN_H
#define MRSE_TEST_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct golden {
    FILE *file;
    const char *name; /* borrowed */
    size_t line;      /* of the row read last, 1-based */
} golden;

/* Open "field/loop.csv"; false, with a line that says "skipped", when the data are not there. */
bool golden_open(golden *g, const char *name);
/* The numbers of the next row, an empty cell as NaN; comments and the row of names are passed over.
 * How many columns it has, 0 at the end. The test fails when a cell is not a number or when there
 * are more than `most` columns. */
size_t golden_row(golden *g, double *value, size_t most);
void golden_close(golden *g);

#endif

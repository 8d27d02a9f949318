/* What the files of needs share: every number of a scanner, with its key.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_NEEDS_INTERNAL_H
#define MRSE_SPEC_NEEDS_INTERNAL_H

#include "mrse/needs.h"

typedef struct mrse_number {
    char key[96]; /* "static_field.contours.lines[3].axial" */
    const mrse_value *value;
} mrse_number;

/* All numbers that are given; the list is the caller's (mrse_free). NULL: out of memory. */
mrse_number *mrse_spec_numbers(const mrse_scanner *scanner, size_t *n);
/* "Maker Model", else (or when it is no product) the scanner's name. */
void mrse_spec_scanner_name(const mrse_scanner *scanner, char *out, size_t size);
/* The questions about what stands in the file (needs_ask.c). */
mrse_status mrse_spec_ask(const mrse_scanner *scanner, mrse_needs *out) MRSE_MUST_USE;

#endif

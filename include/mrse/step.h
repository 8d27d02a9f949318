/* Working: what was put into a formula and what came out, for readers who redo it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_STEP_H
#define MRSE_STEP_H

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_STEP_MISSING                                                                          \
    "missing: " /* begins the numbers of a figure that could not be worked out */

/* One line of working: formula, numbers put in, result, source. */
typedef struct mrse_step {
    char what[192];
    char formula[320];
    char numbers[640];
    mrse_value result; /* of no kind: the number in `unit` */
    char unit[16];     /* what has no kind: "µT² s"; "" */
    char source[160];
    bool detail; /* in the record and in --explain, not printed on a sheet */
} mrse_step;

#ifdef __cplusplus
}
#endif
#endif

/* Working: what was put into a formula and what came out, for readers who redo it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_STEP_H
#define MRSE_STEP_H

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One line of working: formula, numbers put in, result, source. */
typedef struct mrse_step {
    char what[128];
    char formula[160];
    char numbers[256];
    mrse_value result;
    char source[160];
} mrse_step;

#ifdef __cplusplus
}
#endif
#endif

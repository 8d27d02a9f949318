/* The decision rule: one exposure against one limit. This is where a number becomes a word, so it
 * is small, total, and tested value by value. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_VERDICT_H
#define MRSE_VERDICT_H

#include <stdbool.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero is UNDETERMINED: nothing defaults to MET. */
typedef enum mrse_verdict {
    MRSE_VERDICT_UNDETERMINED = 0,
    MRSE_VERDICT_NOT_STATED,
    MRSE_VERDICT_NOT_MET,
    MRSE_VERDICT_MET,
} mrse_verdict;

typedef enum mrse_op { MRSE_OP_LE = 0, MRSE_OP_LT, MRSE_OP_GE, MRSE_OP_GT, MRSE_OP_RANGE } mrse_op;

typedef struct mrse_limit {
    mrse_op op;
    mrse_value value; /* the limit; for a range its lower end */
    double upper;     /* upper end of a range, SI; unused otherwise */
} mrse_limit;

typedef struct mrse_decision {
    mrse_verdict verdict;
    double guard;       /* U, SI: 2u for a computed or measured value, 0 for a declared one */
    double margin;      /* distance from value to limit, SI, positive on the permitted side */
    bool provisional;   /* rests on an unverified number: then never MET */
    bool on_assumption; /* rests on an assumption of the author */
    char reason[192];   /* one sentence, with the numbers */
} mrse_decision;

/** Does the exposure meet the limit?
 *  Given     exposure   mrse_value   what the patient or implant meets; same kind as the limit
 *            limit      mrse_limit   as the label states it
 *  Returned  mrse_decision; UNDETERMINED with the reason for: not finite, u missing or negative,
 *            kinds that differ, unverified on either side, guard interval across the limit
 *  Valid     guarded acceptance with U = 2u for computed and measured values (ISO/IEC Guide 98-4);
 *            simple comparison, U = 0, for values as displayed or declared. Equality: MET for <=
 *            and >=, NOT MET for < and >
 *  Source    ISO/IEC Guide 98-4:2012, 8.3.2; design decision on declared values: README "Why"
 *  Tests     tests/unit/test_verdict.c */
mrse_decision mrse_decide(const mrse_value *exposure, const mrse_limit *limit);

/** The worse of two: NOT MET, then UNDETERMINED, then MET; NOT STATED changes nothing. */
mrse_verdict mrse_verdict_worse(mrse_verdict a, mrse_verdict b);

const char *mrse_verdict_text(mrse_verdict verdict); /* "NOT MET" */
const char *mrse_op_text(mrse_op op);                /* "≤" */

#ifdef __cplusplus
}
#endif
#endif

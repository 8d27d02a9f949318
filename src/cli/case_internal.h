/* The runner of .case files: plain text that a physicist can read, review and extend.
 *
 *   method  field-loop            # source: where the expected numbers come from
 *   given   radius 0.5 m; current 1 A; point 0 0.3 m
 *   expect  Bz 7.92322e-7 T  within 1e-5 relative
 *   given   radius 0 m            # the other keys keep their values until the next method
 *   expect  failure arg
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CASE_INTERNAL_H
#define MRSE_CASE_INTERNAL_H

#include "cli_internal.h"

enum { CASE_KEYS = 16, CASE_RESULTS = 16, CASE_WORD = 32, CASE_TEXT = 160 };

typedef struct case_given {
    char key[CASE_WORD], value[CASE_TEXT];
} case_given;

typedef struct case_result {
    const char *name;
    mrse_kind kind; /* of a number; NONE: `text` holds the result */
    double si;
    char text[CASE_TEXT];
} case_result;

/* One question to the library: what is given, and what came out. */
typedef struct case_run {
    const struct case_method *method;
    case_given given[CASE_KEYS];
    size_t n_given;
    case_result result[CASE_RESULTS];
    size_t n_results;
    char wrong[CASE_TEXT]; /* a mistake in the case file itself; "" when there is none */
} case_run;

typedef struct case_method {
    const char *name;
    mrse_source_type source; /* of field methods */
    const char *keys;        /* " radius current " : with a space on each side of every key */
    mrse_status (*run)(case_run *run);
} case_method;

extern const case_method case_methods[];
extern const size_t case_n_methods;

/* Run by case_field.c and case_rule.c. */
mrse_status case_point(case_run *run);
mrse_status case_contour(case_run *run);
mrse_status case_ride(case_run *run);
mrse_status case_quantity(case_run *run);
mrse_status case_decision(case_run *run);
mrse_status case_position(case_run *run);

/* The value of a key, NULL when it is not given (and then, if needed, `wrong` says so). */
const char *case_text(case_run *run, const char *key, bool needed);
/* A number with its unit; `otherwise` when not given; NaN for "nan" or a mistake. */
double case_number(case_run *run, const char *key, mrse_kind kind, double otherwise);
double case_needed(case_run *run, const char *key, mrse_kind kind);
/* A name out of a list; 0 and a mistake when it is none of them. */
size_t case_choice(case_run *run, const char *key, const char *const *names, size_t n,
                   size_t otherwise);
void case_wrong(case_run *run, const char *format, ...) MRSE_PRINTF(2, 3);
void case_add(case_run *run, const char *name, mrse_kind kind, double si);
void case_add_text(case_run *run, const char *name, const char *text);

/* What became of one file. */
typedef struct case_outcome {
    size_t expected, held;
    size_t failures; /* how many expected a failure, or a verdict other than MET */
    size_t mistakes; /* lines that cannot be understood */
    mrse_buf report; /* one line for each expectation that does not hold, or each mistake */
} case_outcome;

void case_file_run(const char *name, const char *text, size_t n, case_outcome *outcome);

#endif

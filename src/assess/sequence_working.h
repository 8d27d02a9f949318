/* Between the parts of a sequence's working: a step under construction, and the sections.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEQUENCE_WORKING_H
#define MRSE_SEQUENCE_WORKING_H

#include "sequence_internal.h"

/* The numbers of a step are clauses, kept apart by "; ". A clause is either words, or an expression
 * that a calculator takes, " = ", its value and unit: what goes in is printed with enough digits that
 * the value comes out as it is printed. tests/unit/test_sequence_working.c types every one of them. */
typedef struct working {
    mrse_sequence_study *s;
    mrse_buf numbers;
    mrse_status status;  /* the first failure stays */
    const char *when;    /* "before", "after"; "" of a single sequence */
    const void *context; /* of a section */
} working;

/* What a step is, and where it comes from. */
typedef struct working_head {
    const char *what, *of; /* `of`: what it is of, added after a colon; "" */
    const char *formula, *source;
} working_head;

void working_text(working *w, const char *words);
/* Between `before` and `after`: 8 digits, without the zeros at their end. */
void working_num(working *w, const char *before, double value, const char *after);
/* The same with 12 digits, for what is taken from a number near it. */
void working_fine(working *w, const char *before, double value, const char *after);
/* The value of the clause: " = ", 5 digits, unit. */
void working_is(working *w, double value, const char *unit);
/* `n` terms with " + " between them; more than fit into a step are added up in steps of their own. */
typedef struct working_sum {
    const char *what, *unit; /* of such a step */
    double (*term)(const void *of, size_t i);
    const void *of;
    size_t n;
} working_sum;
void working_add_up(working *w, const working_sum *sum);

/* End a step: with a value of a kind; with a number that has none; without a number, and why. */
void working_end(working *w, const working_head *head, const mrse_value *result);
void working_end_plain(working *w, const working_head *head, double result, double u,
                       const char *unit);
void working_end_missing(working *w, const working_head *head, mrse_kind kind, const char *why);
/* The last step goes on a sheet, too. */
void working_show(working *w);

/* The same step of either sequence, of both at once when the numbers are the same. */
typedef void working_step(working *w, const mrse_sequence_input *in, size_t i);
void working_each(working *w, working_step *step, size_t i);

/* The sections: sequence_working_rf.c, _sar.c, _gradient.c, _nerve.c, _image.c. */
void working_rf(working *w);
void working_sar(working *w);
void working_gradient(working *w);
void working_stimulation(working *w);
mrse_status working_image(working *w) MRSE_MUST_USE;

/* The largest dB/dt of these slew rates, without its value, as mrse_dbdt_largest chooses; returns the
 * formula, NULL where only the declared maximum holds (sequence_working_gradient.c). */
const char *working_put_dbdt(working *w, const double slew_T_m_s[3]);
/* The signal of one T1 and T2, without its value; returns the formula (sequence_working_signal.c). */
const char *working_put_signal(working *w, const mrse_weighting *weighting,
                               const mrse_relaxation *relaxation);

#endif

/* The files of a small case about one labelled device, written to the scratch folder, and what comes
 * out of assessing it. Everything has a harmless default, so that a test writes only what it is about.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_LABEL_CASE_H
#define MRSE_TEST_LABEL_CASE_H

#include "mrse/mrse.h"

#define MET          MRSE_VERDICT_MET
#define NOT_MET      MRSE_VERDICT_NOT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED
#define NOT_STATED   MRSE_VERDICT_NOT_STATED

/* Set-up of a group of tests (scratch_end ends it), and of each: a scanner of 1.5 T, a quiet sequence
 * of 10 min on its console, and a case of one device. The label is for the test to write. */
int label_case_begin(void **state);
int label_case_reset(void **state);

/* ---- files: each call writes one anew ---- */

/* scanner.yaml: a thin sheet of current, quick to compute, whose field at isocentre follows the
 * current. `more` goes to its end: rf, gradients. Its sources: design (computed, for the whole file),
 * sheet (manufacturer), gauge (measured), rumour (unverified). */
#define HOUSING                                                                                    \
    "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"                                 \
    "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
void scanner_from(const char *source, const char *b0, const char *housing, const char *ampere_turns,
                  const char *more);
void scanner_of(const char *b0, const char *ampere_turns, const char *more);
void scanner_shows(const char *more); /* of 1.5 T */

/* A label file; `head` holds its status. */
void label_file(const char *name, const char *head, const char *tail);
void label_is(const char *tail);       /* label.yaml, MR Conditional */
void label_demands(const char *terms); /* in its only branch, for 1.5 T; indented by four */

/* A sequence of 1.5 T; `origin` says how its numbers are known that name no other source: page
 * (console), gauge (measured), rumour (unverified). */
void sequence_file(const char *file, const char *origin, const char *tail);
void sequence_from(const char *file, const char *origin, const char *reported); /* by the console */
void sequence_is(const char *reported); /* scan.yaml, from the console */

/* case.yaml. `head`: sequences, examination; `implants`: items of the list. Its sources: xray
 * and gauge (measured), plan (console), rumour (unverified). */
void case_of(const char *head, const char *implants);

#define DEVICE "  - name: device\n    label: label.yaml\n"
#define ONE    "sequences: [{source: plan, file: scan.yaml, minutes: 10 min}]\n"

/* DEVICE, of which one thing is confirmed; borrowed until the next call. */
const char *device_confirmed(const char *what, const char *is);

/* ---- what comes out ---- */

/* The case, assessed; fails the test when it is refused. */
mrse_assessment *assess(void);
void assert_refused(void); /* the files say what cannot be: no verdict at all */

/* The verdict of the case; `row` says which of a table it is. */
#define assert_row(row, want) label_case_overall(want, row, __FILE__, __LINE__)
#define assert_overall(want)  assert_row("case", want)
void label_case_overall(mrse_verdict want, const char *row, const char *file, int line);

/* The first finding with these words of the label and this verdict. */
const mrse_finding *finding_of(const mrse_assessment *a, const char *printed, mrse_verdict verdict);

/* Not known: and then the question is put, for those words of the label. */
void assert_asks(const char *printed);

#endif

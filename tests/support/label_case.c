/* The files of a small case about one labelled device, and what comes out of assessing it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/label_case.h"

#include <stdio.h>
#include <string.h>

#include "support/close.h"
#include "support/scratch.h"

/* ---- files ---- */

void scanner_from(const char *source, const char *b0, const char *housing, const char *ampere_turns,
                  const char *more)
{
    static char text[4096];
    snprintf(text, sizeof text,
             "mrse: scanner/1\n"
             "id: test\n"
             "name: Test magnet\n"
             "checked: 2026-01-15\n"
             "source: %s\n"
             "sources:\n"
             "  design: {origin: computed, title: 'test design, exact by definition'}\n"
             "  sheet: {origin: manufacturer, title: data sheet}\n"
             "  gauge: {origin: measured, title: instrument}\n"
             "  rumour: {origin: unverified, title: hearsay}\n"
             "b0: {nominal: %s}\n"
             "%s"
             "static_field:\n"
             "  coils:\n"
             "    - sheet: {radius: 50 cm, from: -65 cm, to: 65 cm, ampere_turns: %s}\n"
             "  uncertainty: {field: 1 %%, gradient: 2 %%, because: test}\n"
             "%s",
             source, b0, housing, ampere_turns, more);
    scratch_write("scanner.yaml", text);
}

void scanner_of(const char *b0, const char *ampere_turns, const char *more)
{
    scanner_from("design", b0, HOUSING, ampere_turns, more);
}

void scanner_shows(const char *more)
{
    scanner_of("1.5 T", "1965 kA", more);
}

void label_file(const char *name, const char *head, const char *tail)
{
    static char text[8192];
    snprintf(text, sizeof text,
             "mrse: label/1\n"
             "id: test-label\n"
             "device: Test device\n"
             "manufacturer: Nobody\n"
             "checked: 2026-02-01\n"
             "document: ifu\n"
             "complete: yes\n"
             "sources:\n"
             "  ifu: {origin: manufacturer, title: test manual}\n"
             "%s%s",
             head, tail);
    scratch_write(name, text);
}

void label_is(const char *tail)
{
    label_file("label.yaml", "status: MR Conditional\n", tail);
}

/* A label whose only branch, for 1.5 T, demands these terms. */
void label_demands(const char *terms)
{
    static char text[4096];
    snprintf(text, sizeof text, "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n%s", terms);
    label_is(text);
}

void sequence_file(const char *file, const char *origin, const char *tail)
{
    static char text[2048];
    snprintf(text, sizeof text,
             "mrse: sequence/1\n"
             "name: %s\n"
             "sources:\n"
             "  screen: {origin: %s, title: safety page, read: 2026-11-22, because: test}\n"
             "  page: {origin: console, title: another page, read: 2026-11-22}\n"
             "  gauge: {origin: measured, title: instrument}\n"
             "  rumour: {origin: unverified, title: hearsay}\n"
             "source: screen\n"
             "family: TSE\n"
             "b0: 1.5 T\n"
             "%s",
             file, origin, tail);
    scratch_write(file, text);
}

void sequence_from(const char *file, const char *origin, const char *reported)
{
    char tail[1024];
    snprintf(tail, sizeof tail, "reported: {%s}\n", reported);
    sequence_file(file, origin, tail);
}

void sequence_is(const char *reported)
{
    sequence_from("scan.yaml", "console", reported);
}

void case_of(const char *head, const char *implants)
{
    static char text[8192];
    snprintf(text, sizeof text,
             "mrse: case/1\n"
             "title: Test case\n"
             "question: May it go in?\n"
             "simulated: yes\n"
             "requested: {by: radiologist, date: 2026-11-01}\n"
             "performed: 2026-11-22\n"
             "author: {name: A. N. Example, role: physicist}\n"
             "scanner: scanner.yaml\n"
             "sources:\n"
             "  xray: {origin: measured, title: X-ray}\n"
             "  plan: {origin: console, title: times as the console shows them, read: 2026-11-22}\n"
             "  gauge: {origin: measured, title: instrument}\n"
             "  rumour: {origin: unverified, title: hearsay}\n"
             "source: xray\n"
             "scan: {landmark: sternum, entry: head first, posture: supine,\n"
             "       couch_height: {value: 0 cm, u: 0 cm}}\n"
             "%simplants:\n%s",
             head, implants);
    scratch_write("case.yaml", text);
}

const char *device_confirmed(const char *what, const char *is)
{
    static char text[512];
    snprintf(text, sizeof text,
             DEVICE "    confirmed: [{what: '%s', is: '%s', by: radiographer, date: 2026-11-22}]\n",
             what, is);
    return text;
}

/* ---- what comes out ---- */

mrse_assessment *assess(void)
{
    static mrse_diags diags;
    mrse_assessment *a = NULL;
    mrse_diags_init(&diags);
    mrse_status status = mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags);
    if (status != MRSE_OK)
        for (size_t i = 0; i < diags.n; i++)
            print_error("%s:%d: %s: %s\n", diags.item[i].file, diags.item[i].line,
                        diags.item[i].field, diags.item[i].text);
    assert_int_equal(status, MRSE_OK);
    return a;
}

void label_case_overall(mrse_verdict want, const char *row, const char *file, int line)
{
    mrse_assessment *a = assess();
    mrse_verdict got = a->overall;
    for (size_t i = 0; got != want && i < a->n_findings; i++)
        print_error("%s: %s: %s (%s)\n", row, a->finding[i].topic,
                    mrse_verdict_text(a->finding[i].decision.verdict),
                    a->finding[i].decision.reason);
    mrse_assessment_free(a);
    if (got != want) {
        print_error("%s: the case is %s, not %s\n", row, mrse_verdict_text(got),
                    mrse_verdict_text(want));
        _fail(file, line);
    }
}

/* The first finding with these words of the label and this verdict. */
const mrse_finding *finding_of(const mrse_assessment *a, const char *printed, mrse_verdict verdict)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].printed, printed) != NULL &&
            a->finding[i].decision.verdict == verdict)
            return &a->finding[i];
    fail_msg("no finding '%s' that is %s", printed, mrse_verdict_text(verdict));
    return NULL;
}

void assert_refused(void)
{
    mrse_assessment *a = NULL;
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, NULL), MRSE_ERR_INPUT);
    assert_null(a);
}

/* Not known: and then the question is put, for those words of the label. */
void assert_asks(const char *printed)
{
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, UNDETERMINED);
    assert_true(finding_of(a, printed, UNDETERMINED)->ask[0] != '\0');
    mrse_assessment_free(a);
}

int label_case_begin(void **state)
{
    return mrse_init() != MRSE_OK ? -1 : scratch_begin(state);
}

int label_case_reset(void **state)
{
    (void)state;
    scanner_shows("");
    sequence_is("b1_rms: 1.0 uT, sar_whole_body: 0.3 W/kg, sar_head: 0.3 W/kg");
    case_of(ONE, DEVICE);
    return 0;
}

/* A case on several scanners, and what its record, text and worksheet say to a radiographer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/file.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/oom.h"
#include "support/scratch.h"

static const mrse_making MAKING = {.date = "2026-11-22", .date_source = "--date"};

/* Another scanner beside the case's own, which stays in scanner.yaml. */
static void other_scanner(const char *name, double b0_T, const char *more)
{
    char *text = NULL, b0[32], turns[32];
    size_t n = 0;
    snprintf(b0, sizeof b0, "%.2f T", b0_T);
    snprintf(turns, sizeof turns, "%.1f kA", 1310.0 * b0_T);
    scanner_of(b0, turns, more);
    assert_int_equal(mrse_file_read(scratch_path("scanner.yaml"), MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    scratch_write(name, text);
    mrse_free(text);
    scanner_shows("");
}

static mrse_assessment *on(const char *scanner)
{
    char path[512];
    mrse_assessment *a = NULL;
    snprintf(path, sizeof path, "%s", scratch_path(scanner));
    assert_int_equal(mrse_assess_case_on(scratch_path("case.yaml"), path, NULL, &a, NULL), MRSE_OK);
    return a;
}

static mrse_verdict overall_on(const char *scanner)
{
    mrse_assessment *a = on(scanner);
    mrse_verdict verdict = a->overall;
    mrse_assessment_free(a);
    return verdict;
}

static void label_of_two_fields(void)
{
    label_is("branches:\n"
             "  - name: at 1.5 T\n"
             "    b0: [1.5 T]\n"
             "    limits: [{quantity: sfg, limit: <= 40 T/m, printed: p}]\n"
             "  - name: at 3 T\n"
             "    b0: [3.0 T]\n"
             "    limits: [{quantity: sfg, limit: <= 0.5 T/m, printed: p}]\n");
}

/* ---- one other scanner ---- */

static void on_scanner__its_own_file__same_as_the_case(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n");
    assert_overall(MET);
    mrse_assessment *a = on("scanner.yaml");
    assert_false(a->foreign);
    assert_int_equal(a->overall, MET);
    mrse_assessment_free(a);
}

/* A number off one console is no number of another, whichever way it would go. */
static void on_scanner__console_values_of_another__undetermined_both_ways(void **state)
{
    (void)state;
    other_scanner("other.yaml", 1.5, "# another\n");
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n");
    assert_overall(MET);
    mrse_assessment *a = on("other.yaml");
    assert_true(a->foreign);
    assert_int_equal(a->overall, UNDETERMINED);
    const mrse_finding *f = finding_of(a, "p", UNDETERMINED);
    assert_non_null(strstr(f->decision.reason, "case's own scanner"));
    assert_true(f->ask[0] != '\0');
    mrse_assessment_free(a);
    label_demands("    limits: [{quantity: b1-rms, limit: <= 0.5 uT, printed: p}]\n");
    assert_overall(NOT_MET);
    assert_int_equal(overall_on("other.yaml"), UNDETERMINED);
}

static void on_scanner__sequence_of_another_field__undetermined(void **state)
{
    (void)state;
    other_scanner("three.yaml", 3.0, "");
    other_scanner("near.yaml", 1.55, "");
    sequence_from("scan.yaml", "assumed", "b1_rms: 1.0 uT");
    label_is("branches:\n"
             "  - {name: any, b0_limit: <= 3 T,\n"
             "     limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]}\n");
    assert_int_equal(overall_on("scanner.yaml"), MET);
    assert_int_equal(overall_on("near.yaml"), MET); /* of a class, as consoles print B0 */
    mrse_assessment *a = on("three.yaml");
    assert_int_equal(a->overall, UNDETERMINED);
    assert_non_null(
        strstr(finding_of(a, "p", UNDETERMINED)->decision.reason, "another field strength"));
    mrse_assessment_free(a);
    scratch_write("scan.yaml", "mrse: sequence/1\n"
                               "name: scan\n"
                               "sources: {screen: {origin: assumed, title: t, because: test}}\n"
                               "source: screen\n"
                               "family: TSE\n"
                               "reported: {b1_rms: 1.0 uT}\n");
    assert_int_equal(overall_on("scanner.yaml"), MET);
    assert_int_equal(overall_on("near.yaml"), UNDETERMINED); /* nobody says for which it is */
}

static void on_scanner__mode_that_another_console_asked_for__no_reason(void **state)
{
    (void)state;
    other_scanner("other.yaml", 1.5, "# another\n");
    sequence_is("b1_rms: 1 uT, mode: first level");
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    case_of(ONE "examination: {mode: normal}\n"
                "patient: {child: yes, mode_chosen: normal, because: test}\n",
            DEVICE);
    assert_overall(NOT_MET);
    assert_int_equal(overall_on("other.yaml"), MET);
}

/* A scan time that a console showed is an assumption on another; one that the plan states is not. */
static void on_scanner__scan_time_of_another_console__on_assumption(void **state)
{
    (void)state;
    other_scanner("other.yaml", 1.5, "# another\n");
    sequence_is("b1_rms: 1 uT, scan_time: 8 min");
    label_demands("    clocks: [{kind: per-sequence, limit: <= 10 min, printed: p}]\n");
    case_of("sequences: [{file: scan.yaml}]\n", DEVICE);
    mrse_assessment *a = on("other.yaml");
    assert_int_equal(a->overall, MET);
    assert_true(a->on_assumption);
    mrse_assessment_free(a);
    a = on("scanner.yaml");
    assert_false(a->on_assumption);
    mrse_assessment_free(a);
}

static void on_scanner__branch__follows_the_field(void **state)
{
    (void)state;
    other_scanner("three.yaml", 3.0, "");
    label_of_two_fields();
    case_of(ONE, DEVICE);
    mrse_assessment *a = on("three.yaml");
    assert_string_equal(a->implant[0].branch->name, "at 3 T");
    assert_int_equal(a->overall, NOT_MET);
    mrse_assessment_free(a);
    case_of(ONE, DEVICE "    branch: at 1.5 T\n"); /* named for the case's own scanner */
    a = on("three.yaml");
    assert_string_equal(a->implant[0].branch->name, "at 3 T");
    mrse_assessment_free(a);
    a = on("scanner.yaml");
    assert_string_equal(a->implant[0].branch->name, "at 1.5 T");
    assert_int_equal(a->overall, MET);
    mrse_assessment_free(a);
}

static void on_scanner__own_scanner_gone__foreign(void **state)
{
    (void)state;
    char own[512];
    other_scanner("other.yaml", 1.5, "");
    label_of_two_fields();
    snprintf(own, sizeof own, "%s", scratch_path("scanner.yaml"));
    assert_int_equal(remove(own), 0);
    mrse_assessment *a = on("other.yaml"); /* the same bytes, and nobody can tell */
    assert_true(a->foreign);
    mrse_assessment_free(a);
}

static void on_scanner__arguments__errors(void **state)
{
    (void)state;
    mrse_assessment *a = NULL;
    char path[512], scanner[512];
    label_of_two_fields();
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(scanner, sizeof scanner, "%s", scratch_path("scanner.yaml"));
    assert_int_equal(mrse_assess_case_on(path, scanner, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_case_on(NULL, scanner, NULL, &a, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_case_on(path, NULL, NULL, &a, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_case_on(path, scratch_path("gone.yaml"), NULL, &a, NULL),
                     MRSE_ERR_IO);
    assert_null(a);
    scratch_write("empty.yaml", "mrse: case/1\n"
                                "title: t\n"
                                "question: q\n"
                                "simulated: yes\n"
                                "scanner: scanner.yaml\n"
                                "sequences: [{file: scan.yaml}]\n");
    assert_int_equal(mrse_assess_case_on(scratch_path("empty.yaml"), scanner, NULL, &a, NULL),
                     MRSE_ERR_INPUT);
    assert_null(a);
}

/* ---- side by side ---- */

static mrse_comparison *compare(const char *first, const char *second)
{
    static char path[2][512];
    const char *list[] = {path[0], path[1]};
    mrse_comparison *c = NULL;
    snprintf(path[0], sizeof path[0], "%s", scratch_path(first));
    snprintf(path[1], sizeof path[1], "%s", scratch_path(second != NULL ? second : first));
    assert_int_equal(
        mrse_assess_compare(scratch_path("case.yaml"), list, second != NULL ? 2 : 1, &c, NULL),
        MRSE_OK);
    return c;
}

static void compare__met_on_one_only__never_met_as_a_whole(void **state)
{
    (void)state;
    other_scanner("three.yaml", 3.0, "");
    label_of_two_fields();
    case_of(ONE, DEVICE);
    mrse_comparison *c = compare("scanner.yaml", "three.yaml");
    assert_int_equal(c->n, 2);
    assert_int_equal(c->on[0]->overall, MET);
    assert_int_equal(c->on[1]->overall, NOT_MET);
    assert_int_equal(c->overall, NOT_MET);
    mrse_comparison_free(c);
    c = compare("scanner.yaml", NULL);
    assert_int_equal(c->overall, MET);
    mrse_comparison_free(c);
    other_scanner("eight.yaml", 0.8, "");
    label_is("branches:\n"
             "  - {name: any, b0_limit: <= 3 T,\n"
             "     limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]}\n");
    c = compare("scanner.yaml", "eight.yaml");
    assert_int_equal(c->on[0]->overall, MET);
    assert_int_equal(c->overall, UNDETERMINED);
    mrse_comparison_free(c);
}

static void compare__message_of_the_case__once(void **state)
{
    (void)state;
    static mrse_diags one, two;
    mrse_assessment *a = NULL;
    mrse_comparison *c = NULL;
    char path[512], scanner[512];
    label_of_two_fields();
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(scanner, sizeof scanner, "%s", scratch_path("scanner.yaml"));
    const char *list[] = {scanner, scanner};
    mrse_diags_init(&one);
    mrse_diags_init(&two);
    assert_int_equal(mrse_assess_case_on(path, scanner, NULL, &a, &one), MRSE_OK);
    assert_int_equal(mrse_assess_compare(path, list, 2, &c, &two), MRSE_OK);
    assert_true(one.n > 0);
    assert_int_equal(two.n, one.n);
    assert_int_equal(two.warnings, one.warnings);
    mrse_assessment_free(a);
    mrse_comparison_free(c);
}

static void compare__arguments__errors(void **state)
{
    (void)state;
    char path[512], scanner[512];
    mrse_comparison *c = NULL;
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(scanner, sizeof scanner, "%s", scratch_path("scanner.yaml"));
    const char *list[MRSE_SCANNERS_MAX + 1];
    for (size_t i = 0; i <= MRSE_SCANNERS_MAX; i++)
        list[i] = scanner;
    label_of_two_fields();
    assert_int_equal(mrse_assess_compare(path, list, 1, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_compare(NULL, list, 1, &c, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_compare(path, NULL, 1, &c, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_compare(path, list, 0, &c, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_compare(path, list, MRSE_SCANNERS_MAX + 1, &c, NULL),
                     MRSE_ERR_ARG);
    list[1] = path; /* no scanner file */
    assert_int_equal(mrse_assess_compare(path, list, 2, &c, NULL), MRSE_ERR_INPUT);
    assert_null(c);
    mrse_comparison_free(NULL);
}

static mrse_buf text_of(const mrse_record *record)
{
    mrse_buf text = {0};
    assert_int_equal(mrse_record_text(record, &text), MRSE_OK);
    return text;
}

static void assert_says(const mrse_buf *text, const char *words)
{
    if (strstr(mrse_buf_text(text), words) == NULL)
        fail_msg("nothing says '%s' in:\n%s", words, mrse_buf_text(text));
}

static void compare_record__two_scanners__a_column_each(void **state)
{
    (void)state;
    mrse_record *record = NULL;
    other_scanner("three.yaml", 3.0, "");
    label_of_two_fields();
    case_of(ONE, DEVICE);
    mrse_comparison *c = compare("scanner.yaml", "three.yaml");
    assert_int_equal(mrse_record_of_comparison(c, &MAKING, &record, NULL), MRSE_OK);
    mrse_buf text = text_of(record), json = {0};
    assert_says(&text, "at 1.5 T (the only branch");
    assert_says(&text, "at 3 T (the only branch");
    assert_says(&text, "conditions as a whole");
    assert_says(&text, "what is not met, what is missing");
    assert_int_equal(mrse_record_json(record, &json), MRSE_OK);
    assert_says(&json, "\"kind\": \"comparison\"");
    assert_says(&json, "\"verdict\": \"NOT MET\"");
    mrse_buf_free(&text);
    mrse_buf_free(&json);
    mrse_record_free(record);
    assert_int_equal(mrse_record_of_comparison(c, &MAKING, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_record_of_comparison(NULL, &MAKING, &record, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_record_of_comparison(c, NULL, &record, NULL), MRSE_ERR_ARG);
    assert_null(record);
    mrse_comparison_free(c);
}

/* Why a cell is empty: nothing is asked, nobody chose the branch, or the step may not count. */
static void compare_record__empty_cells__say_why(void **state)
{
    (void)state;
    mrse_record *record = NULL;
    other_scanner("three.yaml", 3.0, "");
    other_scanner("seven.yaml", 7.0, "");
    label_is("branches:\n"
             "  - name: at 1.5 T\n"
             "    b0: [1.5 T]\n"
             "    limits: [{quantity: sar-head, limit: <= 1 W/kg, printed: p},\n"
             "             {quantity: b1-rms, limit: <= 2 uT, printed: q}]\n"
             "  - {name: one of two, b0: [3.0 T],\n"
             "     limits: [{quantity: b1-rms, limit: <= 2 uT, printed: q}]}\n"
             "  - {name: two of two, b0: [3.0 T],\n"
             "     limits: [{quantity: b1-rms, limit: <= 3 uT, printed: q}]}\n"
             "  - {name: alone, b0: [7.0 T], modes: [{allowed: normal, printed: p}]}\n");
    case_of(ONE, DEVICE);
    mrse_comparison *c = compare("scanner.yaml", "three.yaml");
    assert_int_equal(mrse_record_of_comparison(c, &MAKING, &record, NULL), MRSE_OK);
    mrse_buf json = {0};
    assert_int_equal(mrse_record_json(record, &json), MRSE_OK);
    assert_says(&json, "\"none\": \"no branch chosen\"");
    assert_says(&json, "\"none\": \"not decided whether it counts\"");
    mrse_buf_free(&json);
    mrse_record_free(record);
    mrse_comparison_free(c);
    c = compare("scanner.yaml", "seven.yaml");
    assert_int_equal(mrse_record_of_comparison(c, &MAKING, &record, NULL), MRSE_OK);
    assert_int_equal(mrse_record_json(record, &json), MRSE_OK);
    assert_says(&json, "\"none\": \"not asked here\"");
    mrse_buf_free(&json);
    mrse_record_free(record);
    mrse_comparison_free(c);
}

/* ---- what the views say of several labels, and to the radiographer ---- */

static mrse_buf case_text(void)
{
    mrse_record *record = NULL;
    mrse_assessment *a = assess();
    assert_int_equal(mrse_record_of_assessment(a, &MAKING, &record, NULL), MRSE_OK);
    mrse_buf text = text_of(record);
    mrse_record_free(record);
    mrse_assessment_free(a);
    return text;
}

static void text__two_labels__table_of_what_binds(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2.8 uT, printed: p}]\n");
    label_file("other.yaml", "status: MR Conditional\n",
               "branches:\n"
               "  - {name: x, b0: [1.5 T],\n"
               "     limits: [{quantity: b1-rms, limit: < 2.0 uT, printed: p}]}\n");
    label_file("third.yaml", "status: MR Conditional\n",
               "branches:\n"
               "  - {name: y, b0: [1.5 T],\n"
               "     limits: [{quantity: b1-rms, limit: <= 0.1 uT, printed: third words}]}\n"
               "  - {name: z, b0: [1.5 T],\n"
               "     limits: [{quantity: b1-rms, limit: <= 0.2 uT, printed: third words}]}\n");
    case_of(ONE, DEVICE);
    mrse_buf text = case_text();
    assert_null(strstr(mrse_buf_text(&text), "the limit that binds"));
    mrse_buf_free(&text);
    case_of(ONE, DEVICE "  - {name: other, label: other.yaml}\n"
                        "  - {name: third, label: third.yaml}\n");
    text = case_text();
    assert_says(&text, "the limit that binds");
    assert_says(&text, "other (limited by: device,");
    assert_says(&text, "Not merged, because it is not decided whether it applies: third");
    assert_says(&text, "third words");
    mrse_buf_free(&text);
}

static void text__clock_not_kept__timetable_or_why_not(void **state)
{
    (void)state;
    static const char scans[] =
        "sequences:\n"
        "  - {source: plan, file: scan.yaml, name: long, minutes: 20 min}\n"
        "  - {source: plan, file: scan.yaml, name: longer, minutes: 21 min}\n"
        "examination: {free_before: {value: 30 d, source: plan}}\n";
    label_demands("    clocks: [{kind: rest, limit: <= 30 min, rest: 60 min, active: rf,\n"
                  "              printed: p}]\n");
    case_of(scans, DEVICE);
    mrse_buf text = case_text();
    assert_says(&text, "In the order planned, with breaks");
    assert_says(&text, "60.0 min");
    assert_says(&text, "Held against every clock of every label again, and MET;");
    mrse_buf_free(&text);
    label_demands("    clocks: [{kind: per-sequence, limit: <= 10 min, printed: p}]\n");
    text = case_text();
    assert_says(&text, "None is proposed: ");
    mrse_buf_free(&text);
}

static void text__patient__own_table(void **state)
{
    (void)state;
    label_demands("    modes: [{allowed: [normal, first-level], printed: p}]\n");
    case_of(ONE "patient: {pregnant: yes}\nexamination: {mode: first-level}\n", DEVICE);
    mrse_buf text = case_text();
    assert_says(&text, "The patient and the operating mode");
    assert_says(&text, "patient.mode_chosen");
    mrse_buf_free(&text);
}

/* One sentence where the case names another scanner; the verdict of the case is not touched by it, and
 * the other file travels with the sheet. */
static void text__compare_scanner__one_sentence(void **state)
{
    (void)state;
    mrse_verify_result result = MRSE_VERIFY_CANNOT;
    mrse_buf report = {0};
    char path[512], dir[512];
    other_scanner("three.yaml", 3.0, "");
    label_of_two_fields();
    case_of(ONE "compare_scanner: three.yaml\n", DEVICE);
    assert_overall(MET);
    mrse_buf text = case_text();
    assert_says(&text, "On Test magnet (3.000 T) the same labels and examination are NOT MET");
    mrse_buf_free(&text);
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(dir, sizeof dir, "%s", scratch_path("two"));
    assert_int_equal(mrse_worksheet_write(path, dir, true, &MAKING, NULL, NULL, NULL), MRSE_OK);
    assert_int_equal(mrse_worksheet_verify(dir, &result, &report, NULL), MRSE_OK);
    assert_int_equal(result, MRSE_VERIFY_SAME);
    mrse_buf_free(&report);
    case_of(ONE "compare_scanner: gone.yaml\n", DEVICE);
    mrse_assessment *a = NULL;
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    assert_int_equal(mrse_assess_case(path, NULL, &a, NULL), MRSE_ERR_IO);
    assert_null(a);
}

/* The HTML view of the worksheet, tags and all; lines are not wrapped there. */
static mrse_buf worksheet(void)
{
    mrse_buf html = {0};
    char *bytes = NULL, path[600], dir[512];
    size_t n = 0;
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(dir, sizeof dir, "%s", scratch_path("sheet"));
    assert_int_equal(mrse_worksheet_write(path, dir, true, &MAKING, NULL, NULL, NULL), MRSE_OK);
    snprintf(path, sizeof path, "%s/worksheet.html", dir);
    assert_int_equal(mrse_file_read(path, 16 << 20, &bytes, &n, NULL), MRSE_OK);
    mrse_buf_addn(&html, bytes, n);
    mrse_free(bytes);
    return html;
}

static bool has(const mrse_buf *html, const char *words)
{
    return strstr(mrse_buf_text(html), words) != NULL;
}

static void operator__not_met__do_not_scan_and_what_is_missing(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 0.5 uT, printed: p}]\n"
                  "    modes: [{allowed: normal, printed: p}]\n");
    mrse_buf html = worksheet();
    assert_true(has(&html, "For the radiographer: DO NOT SCAN"));
    assert_true(has(&html, "B1+rms: scan.yaml. "));
    assert_true(has(&html, "operating mode. What to do about each point"));
    assert_true(has(&html, "transmit with: not said in the case"));
    assert_true(has(&html, "not said in the case: ask before the patient is called"));
    assert_true(has(&html, "the case does not say whether the patient can report pain"));
    mrse_buf_free(&html);
}

static void operator__met__what_to_set_and_where(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n"
                  "    modes: [{allowed: [normal, first-level], printed: p}]\n"
                  "    checks:\n"
                  "      - {when: before, action: interrogate, printed: words before}\n"
                  "      - {when: during, action: pulse oximetry, printed: words during}\n"
                  "      - {when: after, action: set back, printed: words after}\n"
                  "    states: [{kind: therapy, ruling: required, setting: 'off', printed: w}]\n");
    case_of("sequences:\n"
            "  - {source: plan, file: scan.yaml, name: first, minutes: 10 min, pause: 5 min}\n"
            "  - {source: plan, file: scan.yaml, name: second, minutes: 10 min}\n"
            "patient: {can_report: no, mode_chosen: normal, because: reports nothing}\n"
            "examination: {coil: body, receive_coil: spine array, mode: normal, level: L3,\n"
            "              offset: 2 cm, attending: [cardiac physiologist]}\n",
            DEVICE "    confirmed:\n"
                   "      - {what: interrogate, is: done, by: nurse}\n"
                   "      - {what: pulse oximetry, is: arranged, by: nurse}\n"
                   "      - {what: set back, is: arranged, by: nurse}\n"
                   "      - {what: therapy, is: 'off', by: nurse}\n");
    assert_overall(MET);
    mrse_buf html = worksheet();
    static const char *const words[] = {
        "For the radiographer</h2>",
        "transmit with: body; receive with: spine array",
        "planned: normal; the labels leave: normal, first level; chosen for this patient: normal",
        "because: reports nothing",
        "landmark: sternum; at the isocentre: L3",
        "1. first 10.0 min; PAUSE 5.00 min without RF and gradients; 2. second 10.0 min",
        "interrogate, words before",
        "pulse oximetry, words during",
        "set back, words after",
        "therapy: off, w",
        "cardiac physiologist"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!has(&html, words[i]))
            fail_msg("the sheet does not say '%s'", words[i]);
    assert_false(has(&html, "DO NOT SCAN"));
    mrse_buf_free(&html);
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    static char scanner[512];
    const char *list[] = {context, scanner};
    mrse_comparison *c = NULL;
    mrse_record *record = NULL;
    mrse_buf text = {0};
    snprintf(scanner, sizeof scanner, "%s", scratch_path("scanner.yaml"));
    mrse_status status = mrse_assess_compare(scratch_path("case.yaml"), list, 2, &c, NULL);
    if (status == MRSE_OK)
        status = mrse_record_of_comparison(c, &MAKING, &record, NULL);
    if (status == MRSE_OK)
        status = mrse_record_text(record, &text);
    mrse_buf_free(&text);
    mrse_record_free(record);
    mrse_comparison_free(c);
    return status;
}

static void compare__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    static char path[512];
    other_scanner("three.yaml", 3.0, "");
    label_of_two_fields();
    snprintf(path, sizeof path, "%s", scratch_path("three.yaml"));
    assert_true(oom_exhaust(once, path) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(on_scanner__its_own_file__same_as_the_case),
        T(on_scanner__console_values_of_another__undetermined_both_ways),
        T(on_scanner__sequence_of_another_field__undetermined),
        T(on_scanner__mode_that_another_console_asked_for__no_reason),
        T(on_scanner__scan_time_of_another_console__on_assumption),
        T(on_scanner__branch__follows_the_field),
        T(on_scanner__own_scanner_gone__foreign),
        T(on_scanner__arguments__errors),
        T(compare__met_on_one_only__never_met_as_a_whole),
        T(compare__message_of_the_case__once),
        T(compare__arguments__errors),
        T(compare_record__two_scanners__a_column_each),
        T(compare_record__empty_cells__say_why),
        T(text__two_labels__table_of_what_binds),
        T(text__clock_not_kept__timetable_or_why_not),
        T(text__patient__own_table),
        T(text__compare_scanner__one_sentence),
        T(operator__not_met__do_not_scan_and_what_is_missing),
        T(operator__met__what_to_set_and_where),
        T(compare__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

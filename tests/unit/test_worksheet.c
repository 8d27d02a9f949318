/* Records, worksheet folders and their verification, on one small case.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char SCANNER[] =
    "mrse: scanner/1\nid: test\nname: Test magnet\nchecked: 2026-01-15\n"
    "source: design\n"
    "sources: {design: {origin: computed, title: test design}}\n"
    "b0: {nominal: 1.5 T}\n"
    "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
    "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
    "static_field:\n"
    "  coils:\n"
    "    - winding: {inner: 48 cm, outer: 52 cm, from: -65 cm, to: 65 cm,\n"
    "                ampere_turns: 1965 kA}\n"
    "  uncertainty: {field: 1 %, gradient: 2 %, because: test}\n";
static const char LABEL[] = "mrse: label/1\nid: l\ndevice: Test device\nmanufacturer: Nobody\n"
                            "status: MR Conditional\nchecked: 2026-02-01\ndocument: ifu\n"
                            "complete: yes\n"
                            "sources: {ifu: {origin: manufacturer, title: manual}}\n"
                            "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n    limits:\n"
                            "      - {quantity: sfg, limit: <= 40 T/m, printed: 40 T/m}\n";
static const char CASE[] = "mrse: case/1\ntitle: Test <case> & co\nquestion: May it go in?\n"
                           "simulated: yes\nauthor: {name: A. N. Example, role: physicist}\n"
                           "scanner: scanner.yaml\n"
                           "sources: {xray: {origin: measured, title: X-ray}}\nsource: xray\n"
                           "scan: {landmark: sternum, entry: head first, posture: supine,\n"
                           "       couch_height: {value: 0 cm, u: 0 cm}}\n"
                           "implants:\n  - name: device\n    label: label.yaml\n"
                           "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n";

static const char *const ARGV[] = {"mrse", "worksheet", "/home/somebody/case.yaml", NULL};
static const mrse_making MAKING = {
    .date = "2026-11-22T10:00:00Z", .date_source = "--date", .argv = ARGV};

static char case_path[1024], dir[1024];

static int begin(void **state)
{
    if (mrse_init() != MRSE_OK || scratch_begin(state) != 0)
        return -1;
    scratch_write("scanner.yaml", SCANNER);
    scratch_write("label.yaml", LABEL);
    snprintf(case_path, sizeof case_path, "%s", scratch_write("case.yaml", CASE));
    snprintf(dir, sizeof dir, "%s", scratch_path("out"));
    return 0;
}

static void write_sheet(void)
{
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_OK);
}

static char *slurp(const char *name, size_t *n)
{
    char path[2048], *bytes = NULL;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(mrse_file_read(path, 64 << 20, &bytes, n, NULL), MRSE_OK);
    return bytes;
}

static json_t *record(void)
{
    size_t n;
    char *bytes = slurp("worksheet.json", &n);
    json_t *json = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
    mrse_free(bytes);
    assert_non_null(json);
    return json;
}

static void worksheet__written__holds_each_part(void **state)
{
    (void)state;
    static const char *const name[] = {
        "worksheet.json",     "worksheet.html",    "worksheet.pdf",       "SHA256SUMS",
        "contours.csv",       "inputs/case.yaml",  "inputs/scanner.yaml", "inputs/label.yaml",
        "figures/1-bore.png", "figures/2-ride.png"};
    mrse_verdict verdict;
    char *pdf = NULL;
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, &verdict, &pdf, NULL),
                     MRSE_OK);
    assert_int_equal(verdict, MRSE_VERDICT_MET);
    assert_non_null(strstr(pdf, "worksheet.pdf"));
    mrse_free(pdf);
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        size_t n;
        char *bytes = slurp(name[i], &n);
        assert_true(n > 0);
        mrse_free(bytes);
    }
}

static void worksheet__same_inputs_and_date__same_bytes(void **state)
{
    (void)state;
    static const char *const name[] = {"worksheet.json", "worksheet.html", "worksheet.pdf",
                                       "SHA256SUMS", "figures/1-bore.png"};
    char *first[5];
    size_t n[5];
    write_sheet();
    for (size_t i = 0; i < 5; i++)
        first[i] = slurp(name[i], &n[i]);
    write_sheet();
    for (size_t i = 0; i < 5; i++) {
        size_t m;
        char *again = slurp(name[i], &m);
        assert_int_equal(m, n[i]);
        assert_memory_equal(again, first[i], m);
        mrse_free(again);
        mrse_free(first[i]);
    }
}

static void record__fields__author_date_and_no_path(void **state)
{
    (void)state;
    write_sheet();
    size_t n;
    char *text = slurp("worksheet.json", &n);
    assert_null(strstr(text, "somebody"));
    assert_null(strstr(text, dir));
    mrse_free(text);
    json_t *json = record();
    assert_string_equal(json_string_value(json_object_get(json, "schema")), "mrse/record/1");
    assert_string_equal(json_string_value(json_object_get(json, "created")), MAKING.date);
    json_t *author = json_object_get(json, "author");
    assert_string_equal(json_string_value(json_object_get(author, "name")), "A. N. Example");
    assert_int_equal(strlen(json_string_value(json_object_get(json, "id"))), 12);
    assert_true(json_array_size(json_object_get(json, "findings")) >= 3);
    assert_true(json_array_size(json_object_get(json, "methods")) >= 3);
    json_decref(json);
}

/* Same question, same id, on any day and by any hand; another input, another id. */
static void record__id__depends_on_inputs_and_results_only(void **state)
{
    (void)state;
    char id[3][16];
    mrse_making later = MAKING;
    later.date = "2027-01-01";
    later.author = "B. Other";
    const mrse_making *making[3] = {&MAKING, &later, &MAKING};
    for (int i = 0; i < 3; i++) {
        mrse_assessment *a = NULL;
        mrse_record *r = NULL;
        if (i == 2) { /* one more comment line: same numbers, another input */
            char label[2048];
            snprintf(label, sizeof label, "%s# changed\n", LABEL);
            scratch_write("label.yaml", label);
        }
        assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_OK);
        assert_int_equal(mrse_record_of_assessment(a, making[i], &r, NULL), MRSE_OK);
        snprintf(id[i], sizeof id[i], "%s", mrse_record_id(r));
        mrse_record_free(r);
        mrse_assessment_free(a);
    }
    scratch_write("label.yaml", LABEL);
    assert_string_equal(id[0], id[1]);
    assert_string_not_equal(id[0], id[2]);
}

static mrse_verify_result verify(mrse_buf *report)
{
    mrse_verify_result result;
    mrse_status status = mrse_worksheet_verify(dir, &result, report, NULL);
    if (status != MRSE_OK)
        assert_int_equal(result, MRSE_VERIFY_CANNOT);
    return result;
}

static void verify__untouched__same(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    assert_int_equal(verify(&report), MRSE_VERIFY_SAME);
    assert_non_null(strstr(mrse_buf_text(&report), "unchanged  worksheet.pdf"));
    assert_non_null(strstr(mrse_buf_text(&report), mrse_version()));
    mrse_buf_free(&report);
}

static void replace_in(const char *name, const char *from, const char *to)
{
    size_t n;
    char path[2048];
    char *bytes = slurp(name, &n);
    char *at = strstr(bytes, from);
    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(mrse_file_write(path, bytes, n, true, NULL), MRSE_OK);
    mrse_free(bytes);
}

static void verify__one_digit_of_an_input_changed__says_which_numbers(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    replace_in("inputs/scanner.yaml", "1965 kA", "1966 kA");
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    const char *text = mrse_buf_text(&report);
    assert_non_null(strstr(text, "CHANGED    inputs/scanner.yaml"));
    assert_non_null(strstr(text, "differs    record.isocentre.b_T"));
    mrse_buf_free(&report);
}

static void verify__verdict_in_record_changed__differs(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    replace_in("worksheet.json", "\"verdict\": \"MET\"", "\"verdict\": \"XXX\"");
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    assert_non_null(strstr(mrse_buf_text(&report), ".verdict"));
    mrse_buf_free(&report);
}

/* Somebody changes a page and the list of hashes with it: the page does not come out again. */
static void verify__page_and_its_hash_changed__differs(void **state)
{
    (void)state;
    mrse_buf report = {0};
    size_t n;
    char hash[MRSE_SHA256_HEX], was[MRSE_SHA256_HEX];
    write_sheet();
    char *html = slurp("worksheet.html", &n);
    mrse_sha256_hex(html, n, was);
    mrse_free(html);
    replace_in("worksheet.html", "MET", "met");
    html = slurp("worksheet.html", &n);
    mrse_sha256_hex(html, n, hash);
    mrse_free(html);
    replace_in("SHA256SUMS", was, hash);
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    assert_non_null(strstr(mrse_buf_text(&report), "NOT AS MADE  worksheet.html"));
    mrse_buf_free(&report);
}

static void verify__author_in_record_changed__differs(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    replace_in("worksheet.json", "\"question\": \"May", "\"question\": \"Can");
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    assert_non_null(strstr(mrse_buf_text(&report), "record.case.question"));
    mrse_buf_free(&report);
}

static void verify__file_missing__differs_or_cannot(void **state)
{
    (void)state;
    mrse_buf report = {0};
    char path[2048];
    write_sheet();
    snprintf(path, sizeof path, "%s/worksheet.html", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    assert_non_null(strstr(mrse_buf_text(&report), "missing    worksheet.html"));
    mrse_buf_free(&report);
    snprintf(path, sizeof path, "%s/inputs/label.yaml", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(verify(&report), MRSE_VERIFY_CANNOT);
    mrse_buf_free(&report);
}

static void verify__not_a_worksheet__cannot(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    replace_in("worksheet.json", "mrse/record/1", "mrse/record/9");
    assert_int_equal(verify(&report), MRSE_VERIFY_CANNOT);
    replace_in("worksheet.json", "{", "x");
    assert_int_equal(verify(&report), MRSE_VERIFY_CANNOT);
    mrse_buf_free(&report);
}

/* A folder from elsewhere must not make us read outside it. */
static void verify__names_that_lead_out__cannot(void **state)
{
    (void)state;
    mrse_buf report = {0};
    write_sheet();
    replace_in("worksheet.json", "\"stored\": \"inputs/scanner.yaml\"",
               "\"stored\": \"../scanner.yamlXXXX\"");
    assert_int_equal(verify(&report), MRSE_VERIFY_CANNOT);
    mrse_buf_free(&report);
}

static void worksheet__exists__refused_without_force_and_kept(void **state)
{
    (void)state;
    write_sheet();
    static mrse_diags diags;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_worksheet_write(case_path, dir, false, &MAKING, NULL, NULL, &diags),
                     MRSE_ERR_IO);
    assert_true(diags.errors > 0);
    size_t n;
    char *bytes = slurp("worksheet.pdf", &n);
    assert_true(n > 1000);
    mrse_free(bytes);
}

static void worksheet__bad_date_or_arguments__refused(void **state)
{
    (void)state;
    mrse_making bad = MAKING;
    bad.date = "yesterday";
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &bad, NULL, NULL, NULL),
                     MRSE_ERR_INPUT);
    assert_int_equal(mrse_worksheet_write(NULL, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_ERR_ARG);
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, NULL, NULL, NULL, NULL),
                     MRSE_ERR_ARG);
}

static void worksheet__no_author__unattributed_on_every_view(void **state)
{
    (void)state;
    char *text = mrse_strdup(CASE);
    char *at = strstr(text, "author:");
    memset(at, '#', 1);
    scratch_write("anonymous.yaml", text);
    mrse_free(text);
    char path[1024];
    snprintf(path, sizeof path, "%s", scratch_path("anonymous.yaml"));
    assert_int_equal(mrse_worksheet_write(path, dir, true, &MAKING, NULL, NULL, NULL), MRSE_OK);
    size_t n;
    char *html = slurp("worksheet.html", &n);
    assert_non_null(strstr(html, "UNATTRIBUTED"));
    mrse_free(html);
}

static mrse_status record_once(void *assessment)
{
    mrse_record *r = NULL;
    mrse_buf json = {0}, text = {0}, csv = {0};
    const mrse_assessment *a = assessment;
    mrse_status status = mrse_record_of_assessment(a, &MAKING, &r, NULL);
    if (status == MRSE_OK)
        status = mrse_record_json(r, &json);
    if (status == MRSE_OK)
        status = mrse_record_text(r, &text);
    if (status == MRSE_OK)
        status = mrse_contours_csv(a->study, &csv);
    mrse_buf_free(&json);
    mrse_buf_free(&text);
    mrse_buf_free(&csv);
    mrse_record_free(r);
    return status;
}

static void record__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    mrse_assessment *a = NULL;
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_OK);
    assert_true(oom_exhaust(record_once, a) > 200);
    mrse_assessment_free(a);
}

/* Whatever allocation fails: no folder under its final name, and nothing left beside it. */
static void worksheet__allocations_fail__no_partial_folder(void **state)
{
    (void)state;
    char fresh[1024];
    snprintf(fresh, sizeof fresh, "%s", scratch_path("fresh"));
    int before = scratch_count();
    size_t total = 0;
    oom_hook_begin(0);
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_OK);
    total = oom_hook_end();
    assert_true(total > 1000);
    for (size_t n = 1; n < total; n += 1 + n / 6) {
        oom_hook_begin(n);
        mrse_status status =
            mrse_worksheet_write(case_path, fresh, false, &MAKING, NULL, NULL, NULL);
        assert_int_equal(oom_hook_live(), 0);
        oom_hook_end();
        assert_int_equal(status, MRSE_ERR_NOMEM);
        assert_int_equal(scratch_count(), before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worksheet__written__holds_each_part),
        cmocka_unit_test(worksheet__same_inputs_and_date__same_bytes),
        cmocka_unit_test(record__fields__author_date_and_no_path),
        cmocka_unit_test(record__id__depends_on_inputs_and_results_only),
        cmocka_unit_test(verify__untouched__same),
        cmocka_unit_test(verify__one_digit_of_an_input_changed__says_which_numbers),
        cmocka_unit_test(verify__verdict_in_record_changed__differs),
        cmocka_unit_test(verify__page_and_its_hash_changed__differs),
        cmocka_unit_test(verify__author_in_record_changed__differs),
        cmocka_unit_test(verify__file_missing__differs_or_cannot),
        cmocka_unit_test(verify__not_a_worksheet__cannot),
        cmocka_unit_test(verify__names_that_lead_out__cannot),
        cmocka_unit_test(worksheet__exists__refused_without_force_and_kept),
        cmocka_unit_test(worksheet__bad_date_or_arguments__refused),
        cmocka_unit_test(worksheet__no_author__unattributed_on_every_view),
        cmocka_unit_test(record__each_allocation_fails__no_memory_and_no_leak),
        cmocka_unit_test(worksheet__allocations_fail__no_partial_folder),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

/* The PDF of a worksheet on its own: verified from what is attached to it; and what stops a worksheet
 * from being written, and what explains one. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/scratch.h"

static const char SCANNER[] =
    "mrse: scanner/1\nid: test\nname: Test magnet\nchecked: 2026-01-15\nsource: design\n"
    "sources: {design: {origin: computed, title: test design}}\nb0: {nominal: 1.5 T}\n"
    "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
    "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
    "static_field:\n  coils:\n    - winding: {inner: 48 cm, outer: 52 cm, from: -65 cm, to: 65 "
    "cm,\n"
    "                ampere_turns: 1965 kA}\n"
    "  uncertainty: {field: 1 %, gradient: 2 %, because: test}\n";
static const char LABEL[] =
    "mrse: label/1\nid: l\ndevice: Test device\nmanufacturer: Nobody\nstatus: MR Conditional\n"
    "checked: 2026-02-01\ndocument: ifu\ncomplete: yes\n"
    "sources: {ifu: {origin: manufacturer, title: manual}}\nbranches:\n  - name: 1.5 T\n"
    "    b0: [1.5 T]\n    limits:\n      - {quantity: sfg, limit: <= 40 T/m, printed: 40 T/m}\n";
static const char CASE[] = "mrse: case/1\ntitle: A case\nquestion: May it go in?\nsimulated: yes\n"
                           "author: {name: A. N. Example}\nscanner: scanner.yaml\n"
                           "scan: {landmark: sternum, entry: head first, posture: supine}\n"
                           "implants:\n  - {name: device, label: label.yaml}\n";

static const mrse_making MAKING = {.date = "2026-11-22", .date_source = "--date"};

static char case_path[1024], dir[1024];

static int begin(void **state)
{
    if (mrse_init() != MRSE_OK || scratch_begin(state) != 0)
        return -1;
    (void)scratch_write("scanner.yaml", SCANNER);
    (void)scratch_write("label.yaml", LABEL);
    (void)snprintf(case_path, sizeof case_path, "%s", scratch_write("case.yaml", CASE));
    (void)snprintf(dir, sizeof dir, "%s", scratch_path("out"));
    return 0;
}

static char *pdf_of_sheet(size_t *n)
{
    char path[2048], *bytes = NULL;
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_OK);
    (void)snprintf(path, sizeof path, "%s/worksheet.pdf", dir);
    assert_int_equal(mrse_file_read(path, 64 << 20, &bytes, n, NULL), MRSE_OK);
    return bytes;
}

static mrse_verify_result verify(const char *bytes, size_t n, mrse_buf *report)
{
    char path[1024];
    mrse_verify_result result;
    (void)snprintf(path, sizeof path, "%s", scratch_path("alone.pdf"));
    assert_int_equal(mrse_file_write(path, bytes, n, true, NULL), MRSE_OK);
    mrse_status status = mrse_worksheet_verify(path, &result, report, NULL);
    assert_int_equal(status == MRSE_OK, result != MRSE_VERIFY_CANNOT);
    return result;
}

static void verify_pdf__untouched__same(void **state)
{
    size_t n;
    mrse_buf report = {0};
    char *bytes = pdf_of_sheet(&n);
    (void)state;
    assert_int_equal(verify(bytes, n, &report), MRSE_VERIFY_SAME);
    assert_non_null(strstr(mrse_buf_text(&report), "unchanged  inputs/label.yaml"));
    mrse_buf_free(&report);
    mrse_free(bytes);
}

/* The same attachments in another PDF, one of them changed by `change`. */
static void attach_again(const mrse_pdf *pdf, const char *name, void (*change)(char *),
                         mrse_buf *out)
{
    mrse_attachment file[16] = {{0}};
    mrse_document *d = mrse_document_create();
    assert_non_null(d);
    mrse_document_heading(d, 1, "Another document");
    assert_true(pdf->n_files <= 16);
    for (size_t i = 0; i < pdf->n_files; i++) {
        if (strcmp(pdf->file[i].name, name) == 0)
            change(pdf->file[i].bytes);
        file[i] = (mrse_attachment){.name = pdf->file[i].name,
                                    .mime = "text/plain",
                                    .bytes = pdf->file[i].bytes,
                                    .n = pdf->file[i].n};
    }
    assert_int_equal(mrse_document_pdf(d, file, pdf->n_files, out), MRSE_OK);
    mrse_document_free(d);
}

static void one_digit(char *text)
{
    char *at = strstr(text, "<= 40 T/m");
    assert_non_null(at);
    at[3] = '5';
}

static void older(char *text)
{
    char *at = strstr(text, "\"version\": \"0.1.0\"");
    assert_non_null(at);
    at[strlen("\"version\": \"0.")] = '0';
}

static void check_changed(const char *name, void (*change)(char *), const char *expected)
{
    size_t n;
    mrse_pdf pdf;
    mrse_buf other = {0}, report = {0};
    char *bytes = pdf_of_sheet(&n);
    assert_int_equal(mrse_pdf_read(bytes, n, &pdf), MRSE_OK);
    attach_again(&pdf, name, change, &other);
    assert_int_equal(verify(other.data, other.len, &report), MRSE_VERIFY_DIFFERS);
    if (strstr(mrse_buf_text(&report), expected) == NULL)
        fail_msg("'%s' is not in: %s", expected, mrse_buf_text(&report));
    mrse_buf_free(&report);
    mrse_buf_free(&other);
    mrse_pdf_free(&pdf);
    mrse_free(bytes);
}

static void verify_pdf__one_digit_of_an_input_changed__says_which(void **state)
{
    (void)state;
    check_changed("label.yaml", one_digit, "CHANGED    inputs/label.yaml");
}

/* Pages cannot be compared with what another version drew; the version is named. */
static void verify_pdf__made_by_another_version__says_so(void **state)
{
    size_t n;
    mrse_pdf pdf;
    mrse_buf other = {0}, report = {0};
    char *bytes = pdf_of_sheet(&n);
    (void)state;
    assert_int_equal(mrse_pdf_read(bytes, n, &pdf), MRSE_OK);
    attach_again(&pdf, "worksheet.json", older, &other);
    (void)verify(other.data, other.len, &report);
    assert_non_null(strstr(mrse_buf_text(&report), "made by mrse 0.0.0"));
    mrse_buf_free(&report);
    mrse_buf_free(&other);
    mrse_pdf_free(&pdf);
    mrse_free(bytes);
}

static void verify_pdf__nothing_attached__cannot(void **state)
{
    static const mrse_pdf nothing = {0};
    mrse_buf pdf = {0}, report = {0};
    (void)state;
    attach_again(&nothing, "", one_digit, &pdf);
    assert_int_equal(verify(pdf.data, pdf.len, &report), MRSE_VERIFY_CANNOT);
    assert_int_equal(verify("no PDF", 6, &report), MRSE_VERIFY_CANNOT);
    mrse_buf_free(&report);
    mrse_buf_free(&pdf);
}

static void worksheet_write__identifier__refused_unless_reviewed(void **state)
{
    char path[1024];
    mrse_diags diags;
    mrse_buf text = {0};
    mrse_making reviewed = MAKING;
    (void)state;
    mrse_buf_add(&text, CASE);
    mrse_buf_add(&text, "reasoning: asked for NHS 943 476 5919\n");
    (void)snprintf(path, sizeof path, "%s", scratch_write("named.yaml", mrse_buf_text(&text)));
    mrse_diags_init(&diags);
    int before = scratch_count();
    assert_int_equal(
        mrse_worksheet_write(path, scratch_path("named"), false, &MAKING, NULL, NULL, &diags),
        MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(scratch_count(), before);
    reviewed.reviewed = "a number of the NHS's own examples";
    assert_int_equal(
        mrse_worksheet_write(path, scratch_path("named"), false, &reviewed, NULL, NULL, NULL),
        MRSE_OK);
    mrse_buf_free(&text);
}

static void record_explain__a_case__formulas_with_numbers(void **state)
{
    mrse_assessment *a = NULL;
    mrse_record *record = NULL;
    mrse_buf out = {0};
    (void)state;
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_OK);
    assert_int_equal(mrse_record_of_assessment(a, &MAKING, &record, NULL), MRSE_OK);
    assert_int_equal(mrse_record_explain(record, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "Step 1: "));
    assert_non_null(strstr(mrse_buf_text(&out), "reach-maximum"));
    assert_non_null(strstr(mrse_buf_text(&out), "label.yaml line 14"));
    assert_int_equal(mrse_record_explain(NULL, &out), MRSE_ERR_ARG);
    mrse_buf_free(&out);
    mrse_record_free(record);
    mrse_assessment_free(a);
}

/* Two to six pages are read; one of each layout, those that were longest. */
static void worksheet_pdf__each_layout__has_two_to_six_pages(void **state)
{
    static const char *const example[] = {"cochlear-implant", "pacemaker",  "aneurysm-clip",
                                          "siting",           "acceptance", "dwi-dbdt"};
    (void)state;
    for (size_t i = 0; i < sizeof example / sizeof example[0]; i++) {
        char path[2048];
        (void)snprintf(path, sizeof path, "examples/%s/case.yaml", example[i]);
        assert_int_equal(mrse_worksheet_write(path, dir, true, &MAKING, NULL, NULL, NULL), MRSE_OK);
        (void)snprintf(path, sizeof path, "%s/worksheet.pdf", dir);
        qpdf_data pdf = qpdf_init();
        assert_int_equal(qpdf_read(pdf, path, NULL), 0);
        int pages = qpdf_get_num_pages(pdf);
        qpdf_cleanup(&pdf);
        if (pages < 2 || pages > 6)
            fail_msg("%s: %d pages", example[i], pages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_pdf__untouched__same),
        cmocka_unit_test(verify_pdf__one_digit_of_an_input_changed__says_which),
        cmocka_unit_test(verify_pdf__made_by_another_version__says_so),
        cmocka_unit_test(verify_pdf__nothing_attached__cannot),
        cmocka_unit_test(worksheet_write__identifier__refused_unless_reviewed),
        cmocka_unit_test(worksheet_pdf__each_layout__has_two_to_six_pages),
        cmocka_unit_test(record_explain__a_case__formulas_with_numbers),
    };
    return cmocka_run_group_tests_name("worksheet PDF", tests, begin, scratch_end);
}

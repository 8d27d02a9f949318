/* What a manufacturer states of everywhere that a person can reach, and scanners of which nothing more
 * is known: from the file to the verdict, and to a worksheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

/* ---- files ---- */

/* An open magnet: no field model, whatever its numbers. */
static void open_magnet(const char *static_field)
{
    char text[2048];
    snprintf(text, sizeof text,
             "mrse: scanner/1\n"
             "id: open\n"
             "name: Open magnet\n"
             "checked: 2026-01-15\n"
             "sources:\n"
             "  sheet: {origin: manufacturer, title: data sheet}\n"
             "  rumour: {origin: unverified, title: hearsay}\n"
             "  guess: {origin: assumed, title: a guess, because: test}\n"
             "source: sheet\n"
             "b0: {nominal: 1.5 T}\n"
             "bore: {shape: open}\n"
             "%s",
             static_field);
    scratch_write("scanner.yaml", text);
}

static void stated_everywhere(const char *row)
{
    char text[512];
    snprintf(text, sizeof text, "static_field:\n  accessible: {%s}\n", row);
    open_magnet(text);
}

#define GRADIENT "    limits: [{quantity: sfg, limit: '<= 5.4 T/m', printed: five and a half}]\n"
#define PRODUCT  "    limits: [{quantity: product, limit: '<= 8 T2/m', printed: eight}]\n"
#define PLACED   DEVICE "    position: {x: 5 cm, y: 2 cm, z: 10 cm, u: 1 cm, evidence: xray}\n"

static int reset(void **state)
{
    label_case_reset(state);
    label_demands(GRADIENT);
    return 0;
}

/* The scanner's file alone; `want` is found in its first message. */
static void assert_file_refused(const char *want)
{
    static mrse_diags diags;
    mrse_scanner *s = NULL;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &s, &diags), MRSE_ERR_INPUT);
    if (strstr(diags.item[0].text, want) == NULL)
        fail_msg("'%s' is not in: %s", want, diags.item[0].text);
}

/* ---- the file ---- */

static void file__nothing_stated__refused(void **state)
{
    (void)state;
    stated_everywhere("gradient_is: sfg");
    assert_file_refused("none of: gradient, field, product");
}

static void file__less_field_than_at_isocentre__refused(void **state)
{
    (void)state;
    stated_everywhere("field: 1.2 T");
    assert_file_refused("less than the main field");
}

static void file__product_beyond_both_maxima__refused(void **state)
{
    (void)state;
    stated_everywhere("gradient: 5.00 T/m, gradient_is: sfg, field: 1.60 T, product: 8.20 T2/m");
    assert_file_refused("more than the largest |B|");
}

static void file__less_than_on_a_cylinder_in_the_bore__refused(void **state)
{
    (void)state;
    open_magnet("static_field:\n"
                "  cylinders:\n"
                "    gradient: sfg\n"
                "    rows: [{radius: 20 cm, gradient: 6.0 T/m}]\n"
                "  accessible: {gradient: 5 T/m, gradient_is: sfg}\n");
    mrse_scanner *s = NULL; /* of an open magnet nobody can say what lies inside what */
    assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &s, NULL), MRSE_OK);
    mrse_scanner_free(s);
    scanner_from("design", "1.5 T", HOUSING, "1965 kA",
                 "  cylinders:\n"
                 "    gradient: sfg\n"
                 "    source: sheet\n"
                 "    rows: [{radius: 20 cm, gradient: 6.0 T/m}]\n"
                 "  accessible: {source: sheet, gradient: 5 T/m, gradient_is: sfg}\n");
    assert_file_refused("a part cannot have more than the whole");
}

static void needs__meaning_not_said__asked(void **state)
{
    mrse_needs needs;
    mrse_scanner *s = NULL;
    (void)state;
    stated_everywhere("gradient: 5 T/m, product: 8 T2/m");
    assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &s, NULL), MRSE_OK);
    assert_int_equal(mrse_needs_of(s, &needs), MRSE_OK);
    assert_int_equal(needs.n_questions, 2);
    assert_string_equal(needs.question[0].field, "static_field.accessible.gradient_is");
    assert_string_equal(needs.question[1].field, "static_field.accessible.product_is");
    assert_int_equal(needs.need[4].ready, MRSE_READY_NO);
    assert_non_null(strstr(needs.need[4].question, "anywhere that a person can reach"));
    mrse_needs_clear(&needs);
    mrse_scanner_free(s);
}

static void needs__stated__label_limits_are_ready(void **state)
{
    static const struct {
        const char *row;
        mrse_ready want;
    } row[] = {
        {"gradient: 5 T/m, gradient_is: sfg", MRSE_READY_YES},
        {"gradient: 5 T/m, gradient_is: sfg, source: guess", MRSE_READY_ASSUMED},
        {"gradient: 5 T/m, gradient_is: sfg, source: rumour", MRSE_READY_PROVISIONAL},
        {"gradient: 5 T/m, gradient_is: sfg, bound: at_least", MRSE_READY_NO},
        {"gradient: 5 T/m, gradient_is: dbz_dz", MRSE_READY_NO},
        {"field: 1.6 T", MRSE_READY_NO},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_needs needs;
        mrse_scanner *s = NULL;
        stated_everywhere(row[i].row);
        assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &s, NULL), MRSE_OK);
        assert_int_equal(mrse_needs_of(s, &needs), MRSE_OK);
        if (needs.need[4].ready != row[i].want)
            fail_msg("%s: %s", row[i].row, mrse_ready_text(needs.need[4].ready));
        mrse_needs_clear(&needs);
        mrse_scanner_free(s);
    }
}

/* ---- verdicts without a field model ---- */

static void open_magnet__gradient__as_the_manufacturer_states_it(void **state)
{
    static const struct {
        const char *row;
        mrse_verdict want;
    } row[] = {
        {"gradient: 5.4 T/m, gradient_is: sfg", MET}, /* declared: equal is within <= */
        {"gradient: 5.5 T/m, gradient_is: sfg", NOT_MET},
        {"gradient: 5.3 T/m, gradient_is: sfg, bound: at_most", MET},
        {"gradient: 5.3 T/m, gradient_is: sfg, bound: at_least", UNDETERMINED},
        {"gradient: 5.3 T/m, gradient_is: sfg, source: rumour", UNDETERMINED},
        {"gradient: 5.3 T/m, gradient_is: dbz_dz", UNDETERMINED},
        {"gradient: 5.3 T/m, gradient_is: tensor_norm", UNDETERMINED},
        {"gradient: 5.3 T/m, gradient_is: unstated", UNDETERMINED},
        {"gradient: 5.3 T/m", UNDETERMINED},
        {"field: 1.6 T", UNDETERMINED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        stated_everywhere(row[i].row);
        assert_row(row[i].row, row[i].want);
    }
}

static void open_magnet__product__as_the_manufacturer_states_it(void **state)
{
    static const struct {
        const char *row;
        mrse_verdict want;
    } row[] = {
        {"product: 8 T2/m, product_is: of_point", MET},
        {"product: 8.1 T2/m, product_is: of_point", NOT_MET},
        {"product: 7 T2/m, product_is: of_maxima", UNDETERMINED},
        {"product: 7 T2/m", UNDETERMINED},
        {"gradient: 5 T/m, gradient_is: dbz_dz, product: 7 T2/m, product_is: of_point",
         UNDETERMINED}, /* whose gradient? */
    };
    (void)state;
    label_demands(PRODUCT);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        stated_everywhere(row[i].row);
        assert_row(row[i].row, row[i].want);
    }
}

static void open_magnet__nothing_stated__asked_and_all_else_judged(void **state)
{
    (void)state;
    label_demands("    limits:\n"
                  "      - {quantity: sfg, limit: <= 5.4 T/m, printed: five and a half}\n"
                  "      - {quantity: b1-rms, limit: <= 2 uT, printed: two}\n");
    open_magnet("");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, UNDETERMINED);
    const mrse_finding *f = finding_of(a, "five and a half", UNDETERMINED);
    assert_non_null(strstr(f->ask, "static_field.accessible"));
    finding_of(a, "two", MET);
    mrse_assessment_free(a);
}

/* The author lets the path decide, and there is nothing to compute it with. */
static void open_magnet__path_decides__not_known(void **state)
{
    (void)state;
    stated_everywhere("gradient: 5 T/m, gradient_is: sfg");
    case_of(ONE, PLACED);
    assert_overall(MET);
    case_of(ONE, PLACED "    decisive: path\n    because: it stays near the axis\n");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, UNDETERMINED);
    assert_false(finding_of(a, "five", MET)->decisive);
    assert_true(finding_of(a, "five", UNDETERMINED)->decisive);
    mrse_assessment_free(a);
}

static void open_magnet__too_much__no_lever_that_needs_a_model(void **state)
{
    (void)state;
    stated_everywhere("gradient: 9 T/m, gradient_is: sfg");
    mrse_assessment *a = assess();
    const mrse_finding *f = finding_of(a, "five", NOT_MET);
    assert_null(strstr(f->ask, "position"));
    assert_non_null(strstr(f->ask, "--scanner"));
    mrse_assessment_free(a);
}

/* Too few numbers for a fit are no error either; what needs a field still is. */
static void too_few_numbers__labels_yes_room_no(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = NULL;
    mrse_study *study = NULL;
    (void)state;
    scratch_write("scanner.yaml",
                  "mrse: scanner/1\nid: few\nname: Few\nchecked: 2026-01-15\n"
                  "sources: {sheet: {origin: manufacturer, title: data sheet}}\nsource: sheet\n"
                  "b0: {nominal: 1.5 T}\nbore: {shape: cylinder, diameter: 70 cm}\n"
                  "static_field:\n  accessible: {gradient: 5 T/m, gradient_is: sfg}\n");
    assert_overall(MET);
    mrse_diags_init(&diags);
    assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &s, &diags), MRSE_OK);
    assert_int_equal(mrse_study_run(s, NULL, &study, &diags), MRSE_ERR_INPUT);
    assert_string_equal(diags.item[0].field, "static_field");
    const mrse_study_options options = {.model_optional = true};
    assert_int_equal(mrse_study_run(s, &options, &study, NULL), MRSE_OK);
    assert_non_null(strstr(study->no_model, "too few numbers"));
    assert_true(isnan(study->b0_T) && study->n_contours == 0 && study->n_cylinders == 0);
    assert_int_equal(mrse_study_maps(study), MRSE_ERR_ARG);
    mrse_study_free(study);
    mrse_scanner_free(s);
}

static void compared__with_an_open_magnet__both_stand(void **state)
{
    mrse_comparison *c = NULL;
    char here[512], there[512];
    (void)state;
    stated_everywhere("gradient: 5 T/m, gradient_is: sfg");
    snprintf(here, sizeof here, "%s", scratch_path("case.yaml"));
    snprintf(there, sizeof there, "%s", scratch_path("scanner.yaml"));
    const char *const on[] = {there, there};
    assert_int_equal(mrse_assess_compare(here, on, 2, &c, NULL), MRSE_OK);
    assert_int_equal(c->n, 2);
    finding_of(c->on[1], "five", MET);
    mrse_comparison_free(c);
}

static void open_magnet__worksheet__is_written_and_verified(void **state)
{
    const mrse_making making = {.date = "2026-11-22", .author = "A. N. Example"};
    mrse_verify_result result;
    mrse_buf report = {0};
    char path[512], dir[512];
    (void)state;
    stated_everywhere("gradient: 5 T/m, gradient_is: sfg");
    case_of(ONE, PLACED);
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    snprintf(dir, sizeof dir, "%s", scratch_path("sheet"));
    assert_int_equal(mrse_worksheet_write(path, dir, true, &making, NULL, NULL, NULL), MRSE_OK);
    assert_int_equal(mrse_worksheet_verify(dir, &result, &report, NULL), MRSE_OK);
    if (result != MRSE_VERIFY_SAME)
        fail_msg("%s", mrse_buf_text(&report));
    mrse_buf_free(&report);
}

/* ---- beside a field model ---- */

static mrse_study *study_of(fixture *f)
{
    f->study = NULL;
    assert_int_equal(mrse_study_run(&f->s, NULL, &f->study, NULL), MRSE_OK);
    return f->study;
}

static void beside_a_model__it_stands_for_the_reach(void **state)
{
    fixture *f = with_coils();
    (void)state;
    mrse_study *study = study_of(f);
    double model = study->reach_grad.v, u = study->reach_grad.u;
    mrse_study_free(study);
    assert_true(model > 1.0 && u > 0.0);

    /* within the uncertainty of the model, and more than it */
    const double share[] = {1.0 - u / model, 1.5};
    for (int i = 0; i < 2; i++) {
        f->s.sheet.accessible.gradient = stated(model * share[i], 0.01, MRSE_KIND_SFG, 30);
        f->s.sheet.accessible.gradient_is = MRSE_GRADIENT_SFG;
        study = study_of(f);
        assert_rel(study->reach_grad.v, model * share[i], 0.0);
        assert_string_equal(study->reach_grad.src, "sheet");
        assert_true(isnan(study->reach_at.grad.r_m) && isnan(study->reach_at.grad.z_m));
        assert_false(study->doubt_grad);
        assert_true(isfinite(study->reach_at.b.r_m)); /* nothing is stated of |B| */
        mrse_study_free(study);
    }
    /* the model has more than is stated for everywhere: one of the two is wrong */
    f->s.sheet.accessible.gradient = stated(model - 3.0 * u, 0.0, MRSE_KIND_SFG, 30);
    study = study_of(f);
    assert_true(study->doubt_grad);
    assert_false(study->doubt_product || study->doubt_b);
    mrse_study_free(study);
}

static void model_has_more__nothing_is_met_on_it(void **state)
{
    (void)state;
    scanner_from("design", "1.5 T", HOUSING, "1965 kA",
                 "  accessible: {source: sheet, gradient: 1.6 T/m, gradient_is: sfg}\n");
    mrse_assessment *a = assess();
    const mrse_finding *f = finding_of(a, "five", UNDETERMINED);
    assert_non_null(strstr(f->decision.reason, "differ"));
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(file__nothing_stated__refused, reset),
        cmocka_unit_test_setup(file__less_field_than_at_isocentre__refused, reset),
        cmocka_unit_test_setup(file__product_beyond_both_maxima__refused, reset),
        cmocka_unit_test_setup(file__less_than_on_a_cylinder_in_the_bore__refused, reset),
        cmocka_unit_test_setup(needs__meaning_not_said__asked, reset),
        cmocka_unit_test_setup(needs__stated__label_limits_are_ready, reset),
        cmocka_unit_test_setup(open_magnet__gradient__as_the_manufacturer_states_it, reset),
        cmocka_unit_test_setup(open_magnet__product__as_the_manufacturer_states_it, reset),
        cmocka_unit_test_setup(open_magnet__nothing_stated__asked_and_all_else_judged, reset),
        cmocka_unit_test_setup(open_magnet__path_decides__not_known, reset),
        cmocka_unit_test_setup(open_magnet__too_much__no_lever_that_needs_a_model, reset),
        cmocka_unit_test_setup(too_few_numbers__labels_yes_room_no, reset),
        cmocka_unit_test_setup(compared__with_an_open_magnet__both_stand, reset),
        cmocka_unit_test_setup(open_magnet__worksheet__is_written_and_verified, reset),
        cmocka_unit_test_setup(beside_a_model__it_stands_for_the_reach, reset),
        cmocka_unit_test_setup(model_has_more__nothing_is_met_on_it, reset),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

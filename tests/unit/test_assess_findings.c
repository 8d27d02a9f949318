/* Findings on field strength and gradient: which class is shown and vouched for, what is asked, whose
 * number is doubted. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define LIMIT "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"

/* A label whose only branch is for these classes. */
static void branch_for(const char *classes)
{
    char text[512];
    snprintf(text, sizeof text, "branches:\n  - name: a\n    %s\n" LIMIT, classes);
    label_is(text);
}

static const mrse_finding *of_class(const mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].topic, "static field strength") != NULL)
            return &a->finding[i];
    fail_msg("no finding on the field strength");
    return a->finding;
}

/* ---- field strength ---- */

/* The finding holds the class that the scanner is of, and shows all that the label names. */
static void field__several_classes__holds_the_scanners_and_shows_all(void **state)
{
    (void)state;
    static const struct {
        const char *classes;
        double limit_T;
        const char *printed;
    } row[] = {{"b0: [1.5 T]", 1.5, "1.5 T"},
               {"b0: [1.5 T, 3 T]", 1.5, "1.5 T or 3 T"},
               {"b0: [3 T, 1.5 T]", 1.5, "3 T or 1.5 T"},
               {"b0: [1.5 T, 1.2 T]", 1.5, "1.5 T or 1.2 T"},
               {"b0_limit: <= 3 T", 3.0, "≤ 3 T"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        branch_for(row[i].classes);
        mrse_assessment *a = assess();
        const mrse_finding *f = of_class(a);
        assert_int_equal(f->decision.verdict, MET);
        assert_rel(f->limit.value.v, row[i].limit_T, 1e-12);
        assert_string_equal(f->limit.value.printed, row[i].printed);
        mrse_assessment_free(a);
    }
}

static void field__more_classes_than_there_is_room__none_is_cut(void **state)
{
    (void)state;
    static const struct {
        const char *classes, *printed;
    } row[] = {{"b0: [0.2 T, 0.35 T, 1.0 T, 1.2 T, 1.5 T, 3.0 T, 7.0 T, 9.4 T]",
                "0.2 T or 0.35 T or 1.0 T or 1.2 T or others"},
               {"b0: [0.25 T, 0.35 T, 1.50 T, 10.50 T, 3.0 T]", /* filled to the last letter */
                "0.25 T or 0.35 T or 1.50 T or 10.50 T or others"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        branch_for(row[i].classes);
        mrse_assessment *a = assess();
        const mrse_finding *f = of_class(a);
        assert_int_equal(f->decision.verdict, MET);
        assert_string_equal(f->limit.value.printed, row[i].printed);
        mrse_assessment_free(a);
    }
}

static void branch__named_of_a_label_that_has_none__refused(void **state)
{
    (void)state;
    label_file("label.yaml", "status: MR Unsafe\n", "");
    case_of(ONE, DEVICE);
    assert_overall(NOT_MET);
    case_of(ONE, DEVICE "    branch: any\n");
    assert_refused();
}

/* A class is a name: 1.2 T is not 1.5 T, and a limit of 1.2 T leaves no 1.5 T. */
static void field__class_or_limit_near_by__is_another(void **state)
{
    (void)state;
    static const struct {
        const char *classes;
        mrse_verdict is;
    } row[] = {{"b0: [1.2 T]", NOT_MET},        {"b0: [1.4 T, 1.6 T]", NOT_MET},
               {"b0_limit: <= 1.2 T", NOT_MET}, {"b0_limit: <= 1.4 T", NOT_MET},
               {"b0_limit: <= 1.5 T", MET},     {"b0_limit: < 1.5 T", NOT_MET},
               {"b0_limit: < 1.6 T", MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        branch_for(row[i].classes);
        assert_row(row[i].classes, row[i].is);
    }
}

/* The class that the scanner is of has to be vouched for; where it is of none, all that are named. */
static void field__origin_of_each_class__counts_where_it_decides(void **state)
{
    (void)state;
    branch_for("b0: [1.5 T, 3 T]");
    for (int k = 0; k < 2; k++) {
        mrse_assessment *a = assess();
        mrse_label_branch *b = (mrse_label_branch *)(uintptr_t)a->implant[0].branch;
        size_t first = a->n_findings;
        b->b0[k].origin = MRSE_ORIGIN_UNVERIFIED;
        assert_int_equal(mrse_findings_add(a, &a->implant[0]), MRSE_OK);
        assert_int_equal(a->finding[first].decision.verdict, k == 0 ? UNDETERMINED : MET);
        assert_int_equal(a->finding[first].decision.provisional, k == 0);
        b->b0[k].origin = MRSE_ORIGIN_ASSUMED;
        first = a->n_findings;
        assert_int_equal(mrse_findings_add(a, &a->implant[0]), MRSE_OK);
        assert_int_equal(a->finding[first].decision.verdict, MET);
        assert_int_equal(a->finding[first].decision.on_assumption, k == 0);
        b->b0[k].origin = MRSE_ORIGIN_UNVERIFIED;
        ((mrse_scanner *)(uintptr_t)a->scanner)->b0_nominal.v = 7.0;
        first = a->n_findings;
        assert_int_equal(mrse_findings_add(a, &a->implant[0]), MRSE_OK);
        assert_int_equal(a->finding[first].decision.verdict, UNDETERMINED);
        mrse_assessment_free(a);
    }
}

/* ---- the gradient ---- */

/* Bore and covers bound what a patient can reach: without either they are asked for. */
static void reach__bore_or_covers_missing__both_are_asked_for(void **state)
{
    (void)state;
    static const char *const housing[] = {
        "", "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n",
        "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"};
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: words}]\n");
    case_of("", DEVICE);
    for (size_t i = 0; i < sizeof housing / sizeof housing[0]; i++) {
        scanner_from("design", "1.5 T", housing[i], "1965 kA", "");
        mrse_assessment *a = assess();
        assert_string_equal(finding_of(a, "words", UNDETERMINED)->ask,
                            "give bore diameter and cover length in the scanner file");
        mrse_assessment_free(a);
    }
}

/* Only a label without such a limit is said to have none. */
static void gradient__label_silent_or_not__said_so(void **state)
{
    (void)state;
    static const char *const quantity[] = {"b1-rms, limit: <= 2 uT", "sfg, limit: <= 40 T/m"};
    for (size_t i = 0; i < 2; i++) {
        char text[128];
        size_t silent = 0;
        snprintf(text, sizeof text, "    limits: [{quantity: %s, printed: words}]\n", quantity[i]);
        label_demands(text);
        mrse_assessment *a = assess();
        for (size_t k = 0; k < a->n_findings; k++)
            silent += strstr(a->finding[k].decision.reason, "states no limit") != NULL;
        assert_int_equal(silent, i == 0 ? 1 : 0);
        mrse_assessment_free(a);
    }
}

/* ---- the sheet beside the model ---- */

#define PLACED DEVICE "    position: {x: 4 cm, y: 0 cm, z: 0 cm, u: 1 mm, evidence: test}\n"

static void two_cylinders(void)
{
    scanner_shows("  cylinders:\n    source: sheet\n    gradient: sfg\n    product: of_point\n"
                  "    rows:\n"
                  "      - {radius: 5 cm, gradient: 3 T/m, product: 3 T2/m}\n"
                  "      - {radius: 20 cm, gradient: 4 T/m, product: 4 T2/m}\n");
}

/* With its two uncertainties a ride may reach the surface of the stated cylinder, and not beyond. */
static void bound__ride_to_the_surface__held_by_that_cylinder(void **state)
{
    (void)state;
    static const struct {
        double r_m, u_x_m, u_y_m, u_couch_m, stated_T_m;
    } row[] = {{0.04, 0, 0, 0, 3.0},      {0.05, 0, 0, 0, 3.0},      {0.0501, 0, 0, 0, 4.0},
               {0.04, 0.0049, 0, 0, 3.0}, {0.04, 0.0051, 0, 0, 4.0}, {0.04, 0, 0.0051, 0, 4.0},
               {0.04, 0, 0, 0.0051, 4.0}};
    two_cylinders();
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: words}]\n");
    case_of("", PLACED);
    mrse_assessment *a = assess();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_containing held;
        mrse_ride *ride = &a->implant[0].ride;
        ride->at.path.r_m = row[i].r_m;
        ride->position.u_x_m = row[i].u_x_m;
        ride->position.u_y_m = row[i].u_y_m;
        ride->position.u_couch_m = row[i].u_couch_m;
        assert_true(mrse_sheet_holds_ride(a, &a->implant[0], MRSE_KIND_SFG, &held));
        assert_rel(held.maximum.v, row[i].stated_T_m, 1e-12);
    }
    mrse_assessment_free(a);
}

/* A maximum over a cylinder bounds a ride where the surface has more: asked of the quantity at hand. */
static void bound__surface_has_less_of_one_quantity__of_that_one_only(void **state)
{
    (void)state;
    two_cylinders();
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: words}]\n");
    case_of("", PLACED);
    for (int product = 0; product < 2; product++) {
        mrse_assessment *a = assess();
        mrse_study *study = (mrse_study *)(uintptr_t)a->study;
        mrse_containing held;
        for (size_t i = 0; i < study->n_agreements; i++)
            study->agreement[i].differs = false;
        for (int k = 0; k < 2; k++) {
            mrse_kind kind = k == 0 ? MRSE_KIND_SFG : MRSE_KIND_PRODUCT;
            assert_true(mrse_sheet_holds_ride(a, &a->implant[0], kind, &held));
            assert_true(held.agrees);
        }
        for (size_t i = 0; i < study->n_cylinders; i++) {
            double *surface =
                product ? &study->cylinder[i].at.product_T2_m : &study->cylinder[i].at.grad_T_m;
            *surface *= 0.1;
        }
        for (int k = 0; k < 2; k++) {
            mrse_kind kind = k == 0 ? MRSE_KIND_SFG : MRSE_KIND_PRODUCT;
            assert_true(mrse_sheet_holds_ride(a, &a->implant[0], kind, &held));
            assert_int_equal(held.agrees, k != product);
        }
        mrse_assessment_free(a);
    }
}

/* The model's number beside the sheet's, with two of its uncertainties and the method it is from. */
static void agreement__differs__says_twice_the_uncertainty(void **state)
{
    (void)state;
    label_demands(LIMIT);
    scanner_shows("  cylinders:\n    source: sheet\n    gradient: sfg\n    rows:\n"
                  "      - {radius: 20 cm, gradient: 0.1 T/m}\n");
    mrse_assessment *a = assess();
    const mrse_finding *f = finding_of(a, "0.1 T/m", UNDETERMINED);
    mrse_buf says = {0};
    mrse_buf_add(&says, " ± ");
    mrse_quantity_print(&says, f->exposure.u + f->exposure.u, MRSE_KIND_SFG, 2, 0);
    mrse_buf_add(&says, ": E_n");
    assert_non_null(strstr(f->decision.reason, mrse_buf_text(&says)));
    assert_string_equal(f->exposure.src, MRSE_METHOD_FIELD_COIL);
    mrse_buf_free(&says);
    mrse_assessment_free(a);
}

/* ---- gradients ---- */

/* The strictest limit of the gradient is one of the gradient, whatever else is limited. */
static void gradient_limit__among_others__the_strictest_of_its_kind(void **state)
{
    (void)state;
    label_demands("    limits:\n"
                  "      - {quantity: b1-rms, limit: <= 2 uT, printed: rf}\n"
                  "      - {quantity: sfg, limit: <= 30 T/m, printed: wide}\n"
                  "      - {quantity: sfg, limit: <= 20 T/m, printed: narrow}\n");
    mrse_assessment *a = assess();
    assert_string_equal(a->implant[0].grad_limit->printed, "narrow");
    mrse_assessment_free(a);
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: rf}]\n");
    a = assess();
    assert_null(a->implant[0].grad_limit);
    mrse_assessment_free(a);
}

/* The limit lies within the uncertainty of the ride, and bore or covers could tell more. */
static void gradient__housing_not_whole__asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *housing;
        bool asked;
    } row[] = {{HOUSING, false},
               {"bore: {shape: cylinder}\n"
                "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n",
                true},
               {"bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n", true}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256], limit[MRSE_NUM_MAX];
        scanner_from("design", "1.5 T", row[i].housing, "1965 kA", "");
        case_of(ONE, DEVICE "    position: {x: 5 cm, y: 2 cm, z: 10 cm, u: 1 cm, evidence: xray}\n"
                            "    decisive: path\n    because: test\n");
        label_demands("    limits: [{quantity: sfg, limit: <= 99 T/m, printed: ride}]\n");
        mrse_assessment *a = assess();
        mrse_text_num(limit, a->implant[0].ride.at.grad.v, 9);
        mrse_assessment_free(a);
        snprintf(text, sizeof text,
                 "    limits: [{quantity: sfg, limit: <= %s T/m, printed: ride}]\n", limit);
        label_demands(text);
        a = assess();
        for (size_t k = 0; k < a->n_findings; k++)
            if (strstr(a->finding[k].exposure_name, "own ride") != NULL)
                assert_int_equal(strstr(a->finding[k].ask, "bore diameter and cover length") !=
                                     NULL,
                                 row[i].asked);
        assert_non_null(finding_of(a, "ride", UNDETERMINED));
        mrse_assessment_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(field__several_classes__holds_the_scanners_and_shows_all),
        T(field__more_classes_than_there_is_room__none_is_cut),
        T(branch__named_of_a_label_that_has_none__refused),
        T(field__class_or_limit_near_by__is_another),
        T(field__origin_of_each_class__counts_where_it_decides),
        T(reach__bore_or_covers_missing__both_are_asked_for),
        T(gradient__label_silent_or_not__said_so),
        T(agreement__differs__says_twice_the_uncertainty),
        T(bound__ride_to_the_surface__held_by_that_cylinder),
        T(bound__surface_has_less_of_one_quantity__of_that_one_only),
        T(gradient_limit__among_others__the_strictest_of_its_kind),
        T(gradient__housing_not_whole__asked_for),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

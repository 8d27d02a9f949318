/* What a file does not say, in each place where an assessment asks for it: the finding stays open, or
 * says so. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define LIMIT "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"

static mrse_scanner *scanner_of_case(mrse_assessment *a)
{
    return (mrse_scanner *)(uintptr_t)a->scanner;
}

static void sequence_of(const char *example, const char *as)
{
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read(example, MRSE_FILE_MAX, &text, &n, NULL), MRSE_OK);
    scratch_write(as, text);
    mrse_free(text);
}

/* ---- the scanner ---- */

static void field__nominal_not_known__asked(void **state)
{
    (void)state;
    label_demands(LIMIT);
    mrse_assessment *a = assess();
    size_t first = a->n_findings;
    scanner_of_case(a)->b0_nominal.v = NAN;
    assert_int_equal(mrse_findings_add(a, &a->implant[0]), MRSE_OK);
    assert_int_equal(a->finding[first].decision.verdict, UNDETERMINED);
    assert_non_null(strstr(a->finding[first].ask, "data sheet"));
    assert_false(mrse_branch_admits(a->implant[0].branch, &a->scanner->b0_nominal));
    const mrse_label_branch any = {.b0_most = {.value = {.v = NAN}}};
    assert_false(mrse_branch_admits(&any, &a->scanner->b0_nominal));
    mrse_assessment_free(a);
}

static void guard__bore_not_known__neither_yes_nor_no(void **state)
{
    (void)state;
    label_demands(LIMIT);
    mrse_assessment *a = assess();
    const mrse_label_guard bore = {.bores = 1u << MRSE_BORE_CYLINDER},
                           field = {.horizontal_field = MRSE_KNOWN_YES};
    assert_int_equal(mrse_label_guard_holds(a, &a->implant[0], &bore).is, MRSE_KNOWN_YES);
    assert_int_equal(mrse_label_guard_holds(a, &a->implant[0], &field).is, MRSE_KNOWN_YES);
    scanner_of_case(a)->bore_shape = MRSE_BORE_UNKNOWN;
    assert_int_equal(mrse_label_guard_holds(a, &a->implant[0], &bore).is, MRSE_KNOWN_NOT);
    assert_int_equal(mrse_label_guard_holds(a, &a->implant[0], &field).is, MRSE_KNOWN_NOT);
    mrse_assessment_free(a);
}

static void coil__second_of_the_scanner__its_own_drive(void **state)
{
    (void)state;
    label_is("branches:\n  - name: guarded\n    b0: [1.5 T]\n"
             "    when: {transmit: body, drive: CP, printed: w}\n" LIMIT);
    scanner_shows("rf: {coils: [{name: first, transmit: body, drive: linear},\n"
                  "             {name: second, transmit: body, drive: CP}]}\n");
    case_of(ONE "examination: {coil: second}\n", DEVICE);
    assert_overall(MET);
    case_of(ONE "examination: {coil: first}\n", DEVICE);
    assert_overall(UNDETERMINED); /* the only branch does not apply */
}

/* ---- the sheet beside the model ---- */

static void agreement__model_has_no_such_value__says_nothing(void **state)
{
    (void)state;
    label_demands(LIMIT);
    scanner_shows("  cylinders:\n    source: sheet\n    gradient: sfg\n    rows:\n"
                  "      - {radius: 20 cm, gradient: 0.1 T/m}\n");
    mrse_assessment *a = assess();
    assert_non_null(strstr(finding_of(a, "0.1 T/m", UNDETERMINED)->decision.reason, "E_n = "));
    mrse_agreement *row = &((mrse_study *)(uintptr_t)a->study)->agreement[0];
    row->predicted = row->u_predicted = row->en = NAN;
    size_t first = a->n_findings;
    assert_int_equal(mrse_findings_add_agreement(a), MRSE_OK);
    assert_int_equal(a->n_findings, first + 1);
    assert_string_equal(a->finding[first].decision.reason,
                        "the data sheet prints 0.1 T/m, the model gives nothing");
    assert_int_equal(a->finding[first].decision.verdict, UNDETERMINED);
    mrse_assessment_free(a);
}

/* Of the cylinders that hold a ride the narrowest bounds it, wherever it stands in the table. */
static void ride__in_several_cylinders__narrowest_bounds_it(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: words}]\n");
    scanner_shows("  cylinders:\n    source: sheet\n    gradient: sfg\n    rows:\n"
                  "      - {radius: 20 cm, gradient: 4 T/m}\n"
                  "      - {radius: 4 cm, gradient: 1 T/m}\n"
                  "      - {radius: 15 cm, gradient: 3 T/m}\n"
                  "      - {radius: 25 cm, gradient: 5 T/m}\n");
    case_of("", DEVICE "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 mm, evidence: test}\n");
    mrse_assessment *a = assess();
    const mrse_finding *f = NULL;
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].exposure_name, "contains the ride") != NULL)
            f = &a->finding[i];
    if (f == NULL)
        fail_msg("no bound on the ride");
    else
        assert_rel(f->exposure.v, 3.0, 1e-12);
    assert_non_null(strstr(f != NULL ? f->exposure_name : "", "radius 0.150 m"));
    mrse_assessment_free(a);
}

/* ---- sequences ---- */

/* A Pulseq file lasts as long as it plays. */
static void clock__pulseq_without_minutes__as_long_as_it_plays(void **state)
{
    (void)state;
    sequence_of("examples/sequence/gre.seq", "gre.seq");
    label_demands("    clocks: [{kind: exam, limit: <= 30 min, active: rf, printed: words}]\n");
    case_of("sequences: [{source: plan, file: gre.seq}]\n", DEVICE);
    mrse_assessment *a = assess();
    const mrse_sequence_study *s = a->planned[0].study;
    mrse_clock_plan plan;
    assert_non_null(s->before.played);
    assert_int_equal(mrse_exam_plan(a, NULL, &plan), MRSE_OK);
    assert_rel(plan.item[0].duration.v, 1e-9 * s->before.played->sequence->duration_ns, 1e-12);
    assert_true(isnan(plan.lifetime_used.v));
    mrse_free((void *)(uintptr_t)plan.item);
    assert_int_equal(a->overall, MET);
    mrse_assessment_free(a);
}

/* The sequence as it was is not run: its exposure is held against no label. */
static void planned__sequence_before_a_modification__left_out(void **state)
{
    (void)state;
    sequence_from("loud.yaml", "console", "b1_rms: 3 uT");
    label_demands(LIMIT);
    case_of("sequences: [{source: plan, file: loud.yaml, role: before},\n"
            "            {source: plan, file: scan.yaml, role: after}]\n"
            "modification: {reason: r, constraint: c, limits: [{quantity: b1-rms,\n"
            "               limit: <= 2 uT, printed: two}], image_quality: q}\n",
            DEVICE);
    mrse_assessment *a = assess();
    assert_int_equal(a->n_planned, 1);
    assert_string_equal(a->planned[0].name, "scan.yaml");
    (void)finding_of(a, "two", MET);
    mrse_assessment_free(a);
}

static void timetable__more_sequences_than_a_search_takes__none_proposed(void **state)
{
    static char text[8192];
    size_t used = (size_t)snprintf(text, sizeof text, "sequences:\n");
    (void)state;
    for (int i = 0; i <= MRSE_CLOCK_ITEMS / 2; i++) /* with its pause each is two */
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "- {source: plan, file: scan.yaml, minutes: 9 min, pause: 1 s}\n");
    snprintf(text + used, sizeof text - used,
             "examination: {free_before: {value: 30 d, source: plan}}\n");
    label_demands("    clocks: [{kind: window, limit: <= 30 min, window: 90 min, active: rf,\n"
                  "              printed: p}]\n");
    case_of(text, DEVICE);
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, NOT_MET);
    assert_false(a->timetable.possible);
    assert_non_null(strstr(a->timetable.reason, "too many sequences"));
    mrse_assessment_free(a);
}

/* ---- what to do about it ---- */

static void advice__place_of_the_device__no_landmark_is_named(void **state)
{
    (void)state;
    label_demands(LIMIT);
    case_of(ONE "examination: {level: T8, height: {value: 1.7 m, u: 1 cm}}\n", DEVICE);
    mrse_assessment *a = assess();
    mrse_anatomy person;
    mrse_zone_setup setup;
    mrse_finding f = {0};
    const mrse_zone_rule rule = {.kind = MRSE_ZONE_OUTSIDE_BORE};
    mrse_exam_setup(a, &person, &setup);
    assert_int_equal(mrse_advise_place(&setup, &rule, &f), MRSE_OK);
    assert_non_null(strstr(f.ask, "another place of the device in bore or coil"));
    mrse_assessment_free(a);
}

/* No open point is left without a word: the number has to become better known. */
static void advice__limit_within_the_uncertainty__better_number(void **state)
{
    char terms[128];
    (void)state;
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: words}]\n");
    mrse_assessment *a = assess();
    double most_T_m = finding_of(a, "words", MET)->exposure.v;
    mrse_assessment_free(a);
    snprintf(terms, sizeof terms,
             "    limits: [{quantity: sfg, limit: <= %.6f T/m, printed: words}]\n",
             1.001 * most_T_m);
    label_demands(terms);
    a = assess();
    mrse_finding *f = (mrse_finding *)(uintptr_t)finding_of(a, "words", UNDETERMINED);
    assert_non_null(strstr(f->ask, "gradient at this place"));
    f->ask[0] = '\0'; /* whatever else is open and names nobody */
    mrse_advise_rest(a);
    assert_string_equal(f->ask, "the number named in the reason, with its source and uncertainty");
    mrse_assessment_free(a);
}

/* ---- one case on another scanner ---- */

/* Without the case's own file nothing shows that a scanner is the same; nor is a lost one read. */
static void foreign__file_not_there__another_scanner(void **state)
{
    char path[512], lost[600];
    bool foreign = false;
    (void)state;
    label_demands(LIMIT);
    mrse_assessment *a = assess();
    snprintf(path, sizeof path, "%s", scratch_path("scanner.yaml"));
    snprintf(lost, sizeof lost, "%s.lost", path);
    assert_int_equal(mrse_case_is_foreign(a->kase, path, NULL, &foreign), MRSE_OK);
    assert_false(foreign);
    assert_int_equal(mrse_case_is_foreign(a->kase, lost, NULL, &foreign), MRSE_OK);
    assert_true(foreign);
    const mrse_refs none = {0};
    foreign = false;
    assert_int_equal(mrse_case_is_foreign(a->kase, path, &none, &foreign), MRSE_OK);
    assert_true(foreign);
    mrse_assessment_free(a);
}

/* ---- rides and sheets that there are not ---- */

static void ride__nothing_to_ride_on__argument_error(void **state)
{
    static const mrse_path path = {0};
    mrse_profile profile;
    mrse_ride ride;
    (void)state;
    label_demands(LIMIT);
    mrse_assessment *a = assess();
    const mrse_magnet *magnet = &a->study->model.magnet;
    const mrse_position axis = {.entry = MRSE_ENTRY_HEAD_FIRST};
    assert_int_equal(mrse_profile_run(magnet, &path, 2, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_profile_run(NULL, &path, 2, &profile), MRSE_ERR_ARG);
    assert_int_equal(mrse_profile_run(magnet, NULL, 2, &profile), MRSE_ERR_ARG);
    assert_int_equal(mrse_profile_run(magnet, &path, 1, &profile), MRSE_ERR_ARG);
    assert_null(profile.b_T);
    assert_int_equal(mrse_study_ride(a->study, &axis, NAN, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_study_ride(NULL, &axis, NAN, &ride), MRSE_ERR_ARG);
    assert_int_equal(mrse_study_ride(a->study, NULL, NAN, &ride), MRSE_ERR_ARG);
    assert_null(ride.profile.b_T);
    mrse_profile_free(NULL);
    mrse_ride_clear(NULL);
    mrse_assessment_free(a);
}

/* A product needs to know of which gradient: of the table's, or of the word when the table has none. */
static void sheet__product__only_of_a_gradient_that_is_known(void **state)
{
    mrse_stated_cylinder row = {.gradient = mrse_value_missing(MRSE_KIND_SFG),
                                .product = mrse_value_computed(3.0, 0.0, MRSE_KIND_PRODUCT, "")};
    mrse_data_sheet sheet = {.cylinder = &row,
                             .n_cylinders = 1,
                             .product = MRSE_PRODUCT_OF_POINT,
                             .gradient = MRSE_GRADIENT_SFG};
    (void)state;
    assert_ptr_equal(mrse_sheet_maximum(&sheet, &row, MRSE_KIND_PRODUCT), &row.product);
    sheet.gradient = MRSE_GRADIENT_ASK;
    assert_ptr_equal(mrse_sheet_maximum(&sheet, &row, MRSE_KIND_PRODUCT), &row.product);
    row.gradient = mrse_value_computed(2.0, 0.0, MRSE_KIND_SFG, "");
    assert_null(mrse_sheet_maximum(&sheet, &row, MRSE_KIND_PRODUCT));
    sheet.gradient = MRSE_GRADIENT_SFG;
    row.product.v = 0.0; /* no magnet has none */
    assert_null(mrse_sheet_maximum(&sheet, &row, MRSE_KIND_PRODUCT));
    row.product.v = NAN;
    assert_null(mrse_sheet_maximum(&sheet, &row, MRSE_KIND_PRODUCT));
}

/* What no sequence is compared with is not asked for as if it were. */
static void quantity__never_compared__said_so(void **state)
{
    (void)state;
    sequence_is("sed: 1 kJ/kg");
    label_demands("    limits:\n"
                  "      - {quantity: sed, limit: <= 6 kJ/kg, printed: energy}\n"
                  "      - {quantity: gradient, limit: <= 33 mT/m, printed: amplitude}\n");
    mrse_assessment *a = assess();
    assert_non_null(strstr(finding_of(a, "energy", UNDETERMINED)->ask, "all sequences"));
    assert_non_null(strstr(finding_of(a, "amplitude", UNDETERMINED)->ask, "by hand"));
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(field__nominal_not_known__asked),
        T(guard__bore_not_known__neither_yes_nor_no),
        T(coil__second_of_the_scanner__its_own_drive),
        T(agreement__model_has_no_such_value__says_nothing),
        T(ride__in_several_cylinders__narrowest_bounds_it),
        T(clock__pulseq_without_minutes__as_long_as_it_plays),
        T(planned__sequence_before_a_modification__left_out),
        T(timetable__more_sequences_than_a_search_takes__none_proposed),
        T(advice__place_of_the_device__no_landmark_is_named),
        T(advice__limit_within_the_uncertainty__better_number),
        T(foreign__file_not_there__another_scanner),
        T(ride__nothing_to_ride_on__argument_error),
        T(sheet__product__only_of_a_gradient_that_is_known),
        T(quantity__never_compared__said_so),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

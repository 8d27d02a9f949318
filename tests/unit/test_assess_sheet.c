/* Cases on scanners with a data sheet: whose number decides, and what a weak number is worth.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/scratch.h"

static const char HEAD[] = "mrse: scanner/1\n"
                           "id: test\n"
                           "name: Test magnet\n"
                           "checked: 2026-01-15\n"
                           "source: design\n"
                           "sources:\n"
                           "  design: {origin: computed, title: test design}\n"
                           "  sheet: {origin: manufacturer, title: Data sheet}\n"
                           "  note: {origin: unverified, title: a note without a source}\n"
                           "  guess: {origin: assumed, title: my guess, because: test}\n"
                           "b0: {nominal: 1.5 T}\n";

/* One thick winding, about 1.5 T at isocentre, known to 1 % and 2 %. */
static const char COILS[] = "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
                            "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
                            "static_field:\n"
                            "  coils:\n"
                            "    - winding: {inner: 48 cm, outer: 52 cm, from: -65 cm, to: 65 cm,\n"
                            "                ampere_turns: 1965 kA}\n"
                            "  uncertainty: {field: 1 %, gradient: 2 %, because: test}\n";
static const mrse_source COIL = {.type = MRSE_SOURCE_COIL,
                                 .r1_m = 0.48,
                                 .r2_m = 0.52,
                                 .z1_m = -0.65,
                                 .z2_m = 0.65,
                                 .current_A = 1.965e6};

/* Numbers of the reference design M15, to be calibrated on; the sources of two are put in. */
static const char SHEET[] = "bore: {shape: cylinder, diameter: 70 cm}\n"
                            "covers: {length: 220 cm, diameter: 210 cm}\n"
                            "static_field:\n"
                            "  source: sheet\n"
                            "  contours:\n"
                            "    axial: z_axis\n"
                            "    radial: r_mid\n"
                            "    lines:\n"
                            "      - {level: 0.5 mT, axial: 3.999 m, radial: 2.500 m}\n"
                            "      - {level: 3 mT, axial: {value: 2.792 m, source: %s},\n"
                            "         radial: 1.985 m}\n"
                            "  cylinders:\n"
                            "    gradient: sfg\n"
                            "    rows:\n"
                            "      - {radius: 20 cm, gradient: {value: 2.98 T/m, source: %s}}\n";

static char text[8192];

static void scanner_with(const char *tail)
{
    snprintf(text, sizeof text, "%s%s", HEAD, tail);
    scratch_write("scanner.yaml", text);
}

/* The winding, and rows of stated cylinders. */
static void coils_and(const char *rows)
{
    char tail[2048];
    snprintf(tail, sizeof tail,
             "%s  cylinders:\n    source: sheet\n    gradient: sfg\n    rows:\n%s", COILS, rows);
    scanner_with(tail);
}

static void limit_is(const char *op, double limit_T_m)
{
    char number[MRSE_NUM_MAX];
    mrse_text_num(number, limit_T_m, 9);
    snprintf(text, sizeof text,
             "mrse: label/1\nid: t\ndevice: d\nmanufacturer: m\nstatus: MR Conditional\n"
             "checked: 2026-02-01\ndocument: ifu\ncomplete: yes\nsources:\n"
             "  ifu: {origin: manufacturer, title: test manual}\n"
             "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n    limits:\n"
             "      - {quantity: sfg, limit: \"%s %s T/m\", printed: as printed}\n",
             op, number);
    scratch_write("label.yaml", text);
}

/* An implant 5 cm from the axis, u = 2 mm in each coordinate; `decisive` may be empty. */
static void case_with(const char *origin, const char *decisive)
{
    snprintf(text, sizeof text,
             "mrse: case/1\ntitle: Test case\nquestion: May it go in?\nsimulated: yes\n"
             "author: {name: A. N. Example, role: physicist}\nscanner: scanner.yaml\n"
             "sources: {xray: {origin: %s, title: X-ray, because: test}}\nsource: xray\n"
             "scan: {landmark: sternum, entry: head first, posture: supine,\n"
             "       couch_height: {value: 0 cm, u: 0 cm}}\n"
             "implants:\n  - name: device\n    label: label.yaml\n"
             "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 2 mm, evidence: X-ray}\n%s",
             origin, decisive);
    scratch_write("case.yaml", text);
}

static const char PATH[] = "    decisive: path\n    because: the position is known\n";

static mrse_assessment *assess(void)
{
    static mrse_diags diags;
    mrse_assessment *a = NULL;
    mrse_diags_init(&diags);
    mrse_status status = mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags);
    for (size_t i = 0; status != MRSE_OK && i < diags.n; i++)
        print_error("%s:%d: %s: %s\n", diags.item[i].file, diags.item[i].line, diags.item[i].field,
                    diags.item[i].text);
    assert_int_equal(status, MRSE_OK);
    return a;
}

static const mrse_finding *look_for(const mrse_assessment *a, const char *exposure)
{
    for (size_t i = 0; i < a->n_findings; i++) {
        if (strstr(a->finding[i].exposure_name, exposure) != NULL)
            return &a->finding[i];
    }
    return NULL;
}

static const mrse_finding *find(const mrse_assessment *a, const char *exposure)
{
    const mrse_finding *f = look_for(a, exposure);
    if (f == NULL)
        fail_msg("no finding with '%s'", exposure);
    return f;
}

static double cylinder_maximum(double radius_m)
{
    mrse_magnet magnet = {&COIL, 1};
    mrse_cylinder at;
    assert_int_equal(mrse_cylinder_maxima(&magnet, radius_m, &at), MRSE_OK);
    return at.grad_T_m;
}

static void row(char *out, size_t size, const char *radius, const char *bound, double grad_T_m)
{
    char number[MRSE_NUM_MAX];
    mrse_text_num(number, grad_T_m, 9);
    snprintf(out, size, "      - {radius: %s, bound: %s, gradient: %s T/m}\n", radius, bound,
             number);
}

static int begin(void **state)
{
    return mrse_init() == MRSE_OK ? scratch_begin(state) : -1;
}

/* ---- the scanner's maximum ---- */

static void scanner__sheet_at_the_wall__declared_number_decides_as_it_stands(void **state)
{
    (void)state;
    double wall = cylinder_maximum(0.30);
    char rows[256];
    row(rows, sizeof rows, "{value: 30 cm, u: 0 cm}", "exact", wall);
    coils_and(rows);
    /* the model's own guard interval would leave this undetermined */
    limit_is("<=", 1.01 * wall);
    case_with("measured", "");
    mrse_assessment *a = assess();
    const mrse_finding *f = find(a, "data sheet's maximum at the bore wall");
    assert_true(f->decisive);
    assert_int_equal(f->decision.verdict, MRSE_VERDICT_MET);
    assert_rel(f->exposure.v, wall, 1e-6);
    assert_null(look_for(a, "what a patient can reach"));
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    bool working = false;
    for (size_t i = 0; i < a->n_steps; i++)
        working |= strstr(a->step[i].formula, "manufacturer's number") != NULL;
    assert_true(working);
    mrse_assessment_free(a);
    limit_is("<=", 0.99 * wall);
    a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    mrse_assessment_free(a);
}

/* In front of the covers the model may have more, give or take its U; what the sheet states for the
 * wall exceeds the limit all the same. */
static void scanner__model_has_more_in_front__stated_wall_counts_too(void **state)
{
    (void)state;
    char rows[256];
    row(rows, sizeof rows, "{value: 30 cm, u: 0 cm}", "exact", 2.30);
    coils_and(rows);
    case_with("measured", "");
    limit_is("<=", 2.29);
    mrse_assessment *a = assess();
    const mrse_finding *reach = find(a, "what a patient can reach");
    assert_abs(reach->exposure.v, 2.28, 0.005);
    assert_int_equal(reach->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    const mrse_finding *wall = find(a, "data sheet's maximum at the bore wall");
    assert_int_equal(wall->decision.verdict, MRSE_VERDICT_NOT_MET);
    assert_string_equal(wall->quantity, reach->quantity); /* so that both bind as one */
    assert_true(reach->decisive && wall->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    mrse_assessment_free(a);
    limit_is("<=", 2.31); /* the wall would meet it; but the coil set has more there */
    a = assess();
    assert_int_equal(find(a, "at the bore wall")->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void scanner__stated_number_that_the_model_contradicts__never_met(void **state)
{
    (void)state;
    double wall = cylinder_maximum(0.30);
    static const struct {
        double stated, limit;
        mrse_verdict verdict;
    } each[] = {{0.995, 2.0, MRSE_VERDICT_MET}, /* within 2 % of the model */
                {1.30, 2.0, MRSE_VERDICT_UNDETERMINED},
                {1.30, 1.2, MRSE_VERDICT_NOT_MET}};
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        char rows[256];
        row(rows, sizeof rows, "{value: 30 cm, u: 0 cm}", "exact", each[i].stated * wall);
        coils_and(rows);
        limit_is("<=", each[i].limit * wall);
        case_with("measured", "");
        mrse_assessment *a = assess();
        assert_int_equal(find(a, "at the bore wall")->decision.verdict, each[i].verdict);
        assert_int_equal(a->overall, each[i].verdict);
        mrse_assessment_free(a);
    }
}

/* ---- the ride ---- */

/* Ride and limit such that the model alone cannot say: the limit lies within its U. */
static double hold_ride(double share, const char *origin, const char *decisive)
{
    double held = share * cylinder_maximum(0.06);
    char rows[256];
    row(rows, sizeof rows, "{value: 6 cm, u: 0 cm}", "at_most", held);
    coils_and(rows);
    case_with(origin, decisive);
    return held;
}

static void ride__held_by_a_stated_cylinder__bound_decides_where_model_cannot(void **state)
{
    (void)state;
    double held = hold_ride(1.0, "measured", PATH);
    limit_is("<=", 1.002 * held);
    mrse_assessment *a = assess();
    const mrse_finding *ride = find(a, "own ride"), *bound = find(a, "that contains the ride");
    assert_int_equal(ride->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_false(ride->decisive);
    assert_int_equal(bound->decision.verdict, MRSE_VERDICT_MET);
    assert_true(bound->decisive);
    assert_non_null(strstr(bound->exposure_name, "radius 0.0600 m"));
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    mrse_assessment_free(a);
}

static void ride__bound_above_the_limit__decides_nothing(void **state)
{
    (void)state;
    double held = hold_ride(1.0, "measured", PATH);
    limit_is("<=", 0.998 * held);
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "that contains the ride")->decision.verdict, MRSE_VERDICT_NOT_MET);
    assert_false(find(a, "that contains the ride")->decisive);
    assert_true(find(a, "own ride")->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void ride__path_not_chosen__bound_is_shown_only(void **state)
{
    (void)state;
    double held = hold_ride(1.0, "measured", "");
    limit_is("<=", 1.002 * held);
    mrse_assessment *a = assess();
    assert_false(find(a, "that contains the ride")->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET); /* the scanner's maximum exceeds it */
    mrse_assessment_free(a);
}

/* A limit that the model says is exceeded stays exceeded, whatever the sheet prints; and the
 * disagreement is said. */
static void ride__model_says_not_met__stays_so(void **state)
{
    (void)state;
    double held = hold_ride(0.5, "measured", PATH);
    limit_is("<=", 1.1 * held);
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "own ride")->decision.verdict, MRSE_VERDICT_NOT_MET);
    assert_int_equal(find(a, "that contains the ride")->decision.verdict, MRSE_VERDICT_MET);
    assert_false(find(a, "that contains the ride")->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    mrse_assessment_free(a);
}

/* Sheet and model contradict each other, and the model cannot decide: neither may the sheet. */
static void ride__bound_that_the_model_contradicts__does_not_decide(void **state)
{
    (void)state;
    double held = hold_ride(0.955, "measured", PATH);
    limit_is("<=", 1.01 * held); /* within U of the ride, above the bound */
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "own ride")->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(find(a, "that contains the ride")->decision.verdict, MRSE_VERDICT_MET);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    const mrse_finding *differs = find(a, "largest |∇|B||");
    assert_string_equal(differs->topic, "field model against data sheet");
    assert_int_equal(differs->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_false(differs->decisive);
    assert_non_null(strstr(differs->decision.reason, "E_n"));
    assert_true(strlen(differs->ask) > 0);
    mrse_assessment_free(a);
}

/* The cylinder must hold the ride with 2u of its position: 5 cm + 4 mm. */
static void ride__not_held_with_its_uncertainty__no_line(void **state)
{
    (void)state;
    char rows[256];
    row(rows, sizeof rows, "{value: 5.3 cm, u: 0 cm}", "at_most", 1.0);
    coils_and(rows);
    limit_is("<=", 40);
    case_with("measured", PATH);
    mrse_assessment *a = assess();
    assert_null(look_for(a, "contains the ride"));
    mrse_assessment_free(a);
    row(rows, sizeof rows, "{value: 5.65 cm, u: 0 cm}", "at_most",
        1.0); /* just holds it: 2u of x and y together are 5.7 mm */
    coils_and(rows);
    a = assess();
    assert_non_null(look_for(a, "contains the ride"));
    mrse_assessment_free(a);
    row(rows, sizeof rows, "{value: 6 cm, u: 0 cm}", "at_least", 1.0); /* bounds nothing */
    coils_and(rows);
    a = assess();
    assert_null(look_for(a, "contains the ride"));
    mrse_assessment_free(a);
}

/* That the cylinder holds the ride rests on the position: an unverified one decides nothing. */
static void ride__held_by_a_weak_position__never_met(void **state)
{
    (void)state;
    double held = hold_ride(1.0, "unverified", PATH);
    limit_is("<=", 1.002 * held);
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "that contains the ride")->decision.verdict,
                     MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    assert_true(a->provisional);
    mrse_assessment_free(a);
    held = hold_ride(1.0, "assumed", PATH);
    a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    assert_true(a->on_assumption);
    mrse_assessment_free(a);
}

/* A range has a lower end, which an upper bound does not reach. */
static void ride__limit_is_a_range__bound_does_not_decide(void **state)
{
    (void)state;
    double held = hold_ride(1.0, "measured", PATH);
    limit_is("<", 1.002 * held);
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_MET); /* strict, and below */
    mrse_assessment_free(a);
    limit_is(">=", 0.5 * held);
    a = assess();
    assert_false(find(a, "that contains the ride")->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

/* ---- calibrated scanners ---- */

static void calibrated_with(const char *contour, const char *cylinder)
{
    char tail[2048];
    snprintf(tail, sizeof tail, SHEET, contour, cylinder);
    scanner_with(tail);
    limit_is("<=", 100);
}

static void calibrated__sound_numbers__met(void **state)
{
    (void)state;
    calibrated_with("sheet", "sheet");
    case_with("measured", "");
    mrse_assessment *a = assess();
    assert_non_null(a->study->calibration);
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    assert_false(a->provisional || a->on_assumption);
    assert_true(find(a, "own ride")->exposure.u > 0.0);
    mrse_assessment_free(a);
}

/* One number that nobody looked up, among those that were fitted: no verdict rests on it. */
static void calibrated__one_unverified_number__provisional_and_never_met(void **state)
{
    (void)state;
    const char *const source[][2] = {{"note", "sheet"}, {"sheet", "note"}, {"sheet", "note"}};
    const char *const decisive[] = {"", "", PATH};
    for (size_t i = 0; i < 3; i++) {
        calibrated_with(source[i][0], source[i][1]);
        case_with("measured", decisive[i]);
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
        assert_true(a->provisional);
        assert_int_equal(find(a, "own ride")->decision.verdict, MRSE_VERDICT_UNDETERMINED);
        assert_int_equal(find(a, "patient can reach")->decision.verdict, MRSE_VERDICT_UNDETERMINED);
        mrse_assessment_free(a);
    }
}

/* The model rests on nothing that counts; the manufacturer's bound does not rest on the model. */
static void calibrated__model_unverified_bound_sourced__bound_decides_the_path(void **state)
{
    (void)state;
    calibrated_with("note", "sheet");
    case_with("measured", PATH);
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "own ride")->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_true(find(a, "that contains the ride")->decisive);
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    mrse_assessment_free(a);
}

static void calibrated__one_assumed_number__on_assumption(void **state)
{
    (void)state;
    const char *const decisive[] = {"", PATH};
    for (size_t i = 0; i < 2; i++) {
        calibrated_with("guess", "sheet");
        case_with("measured", decisive[i]);
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, MRSE_VERDICT_MET);
        assert_true(a->on_assumption && !a->provisional);
        mrse_assessment_free(a);
    }
}

/* ---- what is said of it ---- */

static char *say_study(bool json)
{
    static mrse_diags diags;
    static char said[65536];
    const mrse_making making = {.date = "2026-11-22T10:00:00Z", .date_source = "--date"};
    mrse_scanner *scanner = NULL;
    mrse_study *study = NULL;
    mrse_record *record = NULL;
    mrse_buf out = {0};
    mrse_diags_init(&diags);
    assert_int_equal(mrse_scanner_load(scratch_path("scanner.yaml"), &scanner, &diags), MRSE_OK);
    assert_int_equal(mrse_study_run(scanner, NULL, &study, &diags), MRSE_OK);
    assert_int_equal(
        mrse_record_of_study(study, NULL, 0, NULL, NULL, NULL, &making, &record, &diags), MRSE_OK);
    assert_int_equal(json ? mrse_record_json(record, &out) : mrse_record_text(record, &out),
                     MRSE_OK);
    assert_true(out.len < sizeof said);
    mrse_text_copy(said, sizeof said, mrse_buf_text(&out));
    mrse_buf_free(&out);
    mrse_record_free(record);
    mrse_study_free(study);
    mrse_scanner_free(scanner);
    return said;
}

static void holds(const char *said, const char *const *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strstr(said, part[i]) == NULL)
            fail_msg("'%s' is not said", part[i]);
    }
}

static void record__calibrated__says_how_and_what_is_missing(void **state)
{
    (void)state;
    static const char *const text_part[] = {"How the field model was made",
                                            "field-calibration",
                                            "Fits begun",
                                            "Admissible fits",
                                            "UNVERIFIED",
                                            "PROVISIONAL",
                                            "The data sheet and the field model",
                                            "0.500 mT: extent on",
                                            "3.999 m",
                                            "fitted",
                                            "0.200 m data sheet",
                                            "0.200 m model",
                                            "What is missing, and what to ask",
                                            "b0.frequency",
                                            "gradients.slew"};
    static const char *const json_part[] = {"\"calibration\"",
                                            "\"agreement\"",
                                            "\"needs\"",
                                            "\"admissible\"",
                                            "\"chi2\"",
                                            "\"stated_grad\"",
                                            "\"id\": \"field-calibration\""};
    calibrated_with("note", "sheet");
    holds(say_study(false), text_part, sizeof text_part / sizeof text_part[0]);
    holds(say_study(true), json_part, sizeof json_part / sizeof json_part[0]);
}

/* A plain coil set has none of these sections: its record is what it was. */
static void record__coil_set_alone__no_new_section(void **state)
{
    (void)state;
    scanner_with(COILS);
    const char *said = say_study(true);
    assert_null(strstr(said, "\"calibration\""));
    assert_null(strstr(said, "\"agreement\""));
    assert_null(strstr(said, "\"needs\""));
    assert_null(strstr(said, "\"f0\""));
    assert_null(strstr(said, "stated_"));
}

static void record__f0_given__name_and_field_told_apart(void **state)
{
    (void)state;
    static const char *const part[] = {"f0 123.22 MHz is 2.894 T", "the nominal 3 T is a name",
                                       "3.5 % lower", "force products 6.9 %"};
    snprintf(text, sizeof text, "%.*sb0: {nominal: 3 T, frequency: 123.22 MHz}\n%s",
             (int)(strstr(HEAD, "b0:") - HEAD), HEAD, COILS);
    char *turns = strstr(text, "1965 kA");
    memcpy(turns, "3791 kA", 7); /* 2.894 T */
    scratch_write("scanner.yaml", text);
    char *said = say_study(false);
    for (char *c = said; *c != '\0'; c++) /* lines are broken anywhere */
        *c = *c == '\n' ? ' ' : *c;
    holds(said, part, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scanner__sheet_at_the_wall__declared_number_decides_as_it_stands),
        cmocka_unit_test(scanner__model_has_more_in_front__stated_wall_counts_too),
        cmocka_unit_test(scanner__stated_number_that_the_model_contradicts__never_met),
        cmocka_unit_test(ride__held_by_a_stated_cylinder__bound_decides_where_model_cannot),
        cmocka_unit_test(ride__bound_above_the_limit__decides_nothing),
        cmocka_unit_test(ride__path_not_chosen__bound_is_shown_only),
        cmocka_unit_test(ride__model_says_not_met__stays_so),
        cmocka_unit_test(ride__bound_that_the_model_contradicts__does_not_decide),
        cmocka_unit_test(ride__not_held_with_its_uncertainty__no_line),
        cmocka_unit_test(ride__held_by_a_weak_position__never_met),
        cmocka_unit_test(ride__limit_is_a_range__bound_does_not_decide),
        cmocka_unit_test(calibrated__sound_numbers__met),
        cmocka_unit_test(calibrated__one_unverified_number__provisional_and_never_met),
        cmocka_unit_test(calibrated__model_unverified_bound_sourced__bound_decides_the_path),
        cmocka_unit_test(calibrated__one_assumed_number__on_assumption),
        cmocka_unit_test(record__calibrated__says_how_and_what_is_missing),
        cmocka_unit_test(record__coil_set_alone__no_new_section),
        cmocka_unit_test(record__f0_given__name_and_field_told_apart),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

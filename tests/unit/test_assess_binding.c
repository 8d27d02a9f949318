/* Several labels and what is known of the examination: which limit binds, modes beyond each other,
 * lengths and places that a verdict rests on, several scanners. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

/* ---- the limit that binds ---- */

static void two_limits(const char *first, const char *second)
{
    char text[512];
    snprintf(text, sizeof text,
             "    limits: [{%s, printed: one},\n             {%s, printed: two}]\n", first, second);
    label_demands(text);
}

/* At the same number `>` leaves less than `>=`; a range is its own quantity, both its ends told. */
static void binding__two_limits_alike_but_one_sign__the_stricter(void **state)
{
    (void)state;
#define HEIGHT "quantity: patient-height, limit: "
#define SAR    "quantity: sar-head, limit: "
    static const struct {
        const char *first, *second, *of;
        size_t n;
    } row[] = {{HEIGHT "'>= 1.5 m'", HEIGHT "'> 1.5 m'", "two", 1},
               {HEIGHT "'> 1.5 m'", HEIGHT "'>= 1.5 m'", "one", 1},
               {HEIGHT "<= 1.9 m", HEIGHT "< 1.9 m", "two", 1},
               {HEIGHT "< 1.9 m", HEIGHT "<= 1.9 m", "one", 1},
               {HEIGHT "<= 1.9 m", HEIGHT "<= 1.9 m", "one", 1},
               {HEIGHT "<= 1.9 m", HEIGHT "<= 1.8 m", "two", 1},
               {SAR "0.1 to 0.5 W/kg", SAR "0.1 to 0.5 W/kg", "one", 1},
               {SAR "0.1 to 0.5 W/kg", SAR "0.1 to 0.6 W/kg", "one", 2},
               {SAR "0.1 to 0.5 W/kg", SAR "0.2 to 0.5 W/kg", "one", 2}};
    case_of(ONE "examination: {height: {value: 1.7 m, u: 1 cm}}\n", DEVICE);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        two_limits(row[i].first, row[i].second);
        mrse_assessment *a = assess();
        if (a->n_bindings != row[i].n)
            fail_msg("row %zu: %zu bindings", i, a->n_bindings);
        assert_string_equal(a->finding[a->binding[0].tightest].printed, row[i].of);
        mrse_assessment_free(a);
    }
}

/* Neither is decided, and of one sequence there is not even a number: that is worse. */
static void binding__both_undetermined__not_known_is_the_worst(void **state)
{
    (void)state;
    static const char *const order[] = {"{file: scan.yaml}, {file: silent.yaml}",
                                        "{file: silent.yaml}, {file: scan.yaml}"};
    sequence_is("b1_rms: {value: 1 uT, source: rumour}");
    sequence_from("silent.yaml", "console", "sar_head: 1 W/kg");
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n");
    for (size_t i = 0; i < 2; i++) {
        char text[256];
        snprintf(text, sizeof text, "sequences: [%s]\n", order[i]);
        case_of(text, DEVICE);
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, UNDETERMINED);
        assert_string_equal(a->finding[a->binding[0].worst].sequence, "silent.yaml");
        mrse_assessment_free(a);
    }
}

/* ---- lengths of time ---- */

/* The plan goes before what the console showed, unless that is longer: alike, the plan stands. */
static void duration__planned_as_long_as_shown__the_plan_stands(void **state)
{
    (void)state;
    static const struct {
        const char *shown;
        bool on_assumption;
    } row[] = {{"9 min", false}, {"10 min", false}, {"10.5 min", true}};
    label_demands("    clocks: [{kind: exam, limit: <= 30 min, active: rf, printed: p}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "scan_time: %s", row[i].shown);
        sequence_from("scan.yaml", "assumed", text);
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, MET);
        assert_int_equal(a->on_assumption, row[i].on_assumption);
        mrse_assessment_free(a);
    }
}

static size_t count_items(const char *pause)
{
    char text[256];
    mrse_clock_plan plan;
    snprintf(text, sizeof text,
             "sequences: [{source: plan, file: scan.yaml, minutes: 10 min, pause: %s},\n"
             "            {source: plan, file: scan.yaml, minutes: 10 min}]\n",
             pause);
    case_of(text, DEVICE);
    mrse_assessment *a = assess();
    assert_int_equal(mrse_exam_plan(a, NULL, &plan), MRSE_OK);
    size_t n = plan.n;
    for (size_t i = 0; i < n; i++)
        assert_int_equal(plan.item[i].is_break, n == 3 && i == 1);
    mrse_free((void *)(uintptr_t)plan.item);
    mrse_assessment_free(a);
    return n;
}

static void plan__pause__a_break_only_when_there_is_one(void **state)
{
    (void)state;
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    assert_int_equal(count_items("0 s"), 2);
    assert_int_equal(count_items("0.3 s"), 3);
    assert_int_equal(count_items("5 min"), 3);
}

/* What a Pulseq file plays lasts exactly so long. */
static void plan__pulseq__no_uncertainty(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n = 0;
    mrse_clock_plan plan;
    assert_int_equal(mrse_file_read("examples/sequence/gre.seq", MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    scratch_write("gre.seq", text);
    mrse_free(text);
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    case_of("sequences: [{source: plan, file: gre.seq}]\n", DEVICE);
    mrse_assessment *a = assess();
    assert_int_equal(mrse_exam_plan(a, NULL, &plan), MRSE_OK);
    assert_int_equal(plan.n, 1);
    assert_abs(plan.item[0].duration.v, 0.096, 1e-9); /* TotalDuration */
    assert_abs(plan.item[0].duration.u, 0.0, 0.0);
    mrse_free((void *)(uintptr_t)plan.item);
    mrse_assessment_free(a);
}

/* From the isocentre to the edge of the bore it is half of what the covers are long. */
static void setup__covers__half_their_length_and_half_its_uncertainty(void **state)
{
    (void)state;
    scanner_from("design", "1.5 T",
                 "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
                 "covers: {length: {value: 160 cm, u: 8 mm}, diameter: 200 cm}\n",
                 "1965 kA", "");
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    mrse_assessment *a = assess();
    mrse_anatomy person;
    mrse_zone_setup setup;
    mrse_exam_setup(a, &person, &setup);
    assert_rel(setup.bore_half_length.v, 0.8, 1e-12);
    assert_rel(setup.bore_half_length.u, 0.004, 1e-12);
    mrse_assessment_free(a);
}

/* ---- the patient ---- */

static void patient_says__little_room__cut_within_it(void **state)
{
    (void)state;
    static const char all[] =
        "cannot report pain or heat, is pregnant, cannot regulate heat, is a child";
    const mrse_case_patient p = {.can_report = MRSE_KNOWN_NO,
                                 .pregnant = MRSE_KNOWN_YES,
                                 .regulates_heat = MRSE_KNOWN_NO,
                                 .child = MRSE_KNOWN_YES};
    char out[128];
    assert_true(mrse_patient_says(&p, out, sizeof out));
    assert_string_equal(out, all);
    memset(out, '#', sizeof out);
    assert_true(mrse_patient_says(&p, out, 40));
    assert_memory_equal(out, all, 39);
    assert_int_equal(out[39], '\0');
    for (size_t i = 40; i < sizeof out; i++)
        assert_int_equal(out[i], '#');
}

/* First level lies within second, as normal within both. */
static void patient__mode_set_below_the_chosen__within_it(void **state)
{
    (void)state;
    static const char *const mode[] = {"normal", "first-level", "second-level"};
    label_demands("    modes: [{allowed: [normal, first-level, second-level], printed: words}]\n");
    for (size_t chosen = 0; chosen < 3; chosen++)
        for (size_t set = 0; set < 3; set++) {
            char head[256];
            snprintf(head, sizeof head,
                     ONE "patient: {child: yes, mode_chosen: %s, because: our rule}\n"
                         "examination: {mode: %s}\n",
                     mode[chosen], mode[set]);
            case_of(head, DEVICE);
            assert_row(head, set <= chosen ? MET : NOT_MET);
        }
}

static void patient__mode_chosen__said_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        const char *patient, *says;
    } row[] = {{"pregnant: yes, ", "chosen: first level; the patient is pregnant"},
               {"", "chosen: first level"}};
    label_demands("    modes: [{allowed: [normal, first-level], printed: words}]\n");
    for (size_t i = 0; i < 2; i++) {
        char head[256];
        snprintf(head, sizeof head,
                 ONE "patient: {%smode_chosen: first-level, because: our rule}\n"
                     "examination: {mode: normal}\n",
                 row[i].patient);
        case_of(head, DEVICE);
        mrse_assessment *a = assess();
        assert_string_equal(finding_of(a, "our rule", MET)->decision.reason, row[i].says);
        mrse_assessment_free(a);
    }
}

/* ---- what a case asks ---- */

/* A case about sequences alone needs no field, and holds none of them against a label. */
static void case__sequences_only__field_is_not_asked_for(void **state)
{
    (void)state;
    scratch_write("case.yaml", "mrse: case/1\n"
                               "title: t\n"
                               "question: q\n"
                               "simulated: yes\n"
                               "scanner: scanner.yaml\n"
                               "sequences: [{file: scan.yaml}]\n");
    mrse_assessment *a = assess();
    assert_null(a->study);
    assert_int_equal(a->n_planned, 0);
    assert_int_equal(a->n_findings, 0);
    assert_int_equal(a->overall, UNDETERMINED);
    mrse_assessment_free(a);
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: p}]\n");
    case_of(ONE, DEVICE);
    a = assess();
    assert_non_null(a->study);
    assert_int_equal(a->n_planned, 1);
    mrse_assessment_free(a);
}

/* ---- several scanners ---- */

static void copy_scanner(const char *as)
{
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read(scratch_path("scanner.yaml"), MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    scratch_write(as, text);
    mrse_free(text);
}

/* What is wrong in two scanner files is said of both, however alike; of the case it is said once. */
static void compare__same_slip_in_two_files__said_of_each(void **state)
{
    (void)state;
    static mrse_diags diags;
    static char path[MRSE_SCANNERS_MAX][512];
    const char *list[MRSE_SCANNERS_MAX];
    size_t slips = 0;
    mrse_comparison *c = NULL;
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: p}]\n");
    scanner_shows("gradients: {rheobase: {value: 20 T/s, source: sheet}}\n");
    for (size_t i = 0; i < MRSE_SCANNERS_MAX; i++) { /* as many as there may be */
        char name[32];
        snprintf(name, sizeof name, "copy%zu.yaml", i % 2);
        copy_scanner(name);
        snprintf(path[i], sizeof path[i], "%s", scratch_path(name));
        list[i] = path[i];
    }
    mrse_diags_init(&diags);
    assert_int_equal(
        mrse_assess_compare(scratch_path("case.yaml"), list, MRSE_SCANNERS_MAX, &c, &diags),
        MRSE_OK);
    assert_int_equal(c->n, MRSE_SCANNERS_MAX);
    for (size_t i = 0; i < diags.n; i++)
        slips += strstr(diags.item[i].text, "rheobase and chronaxie") != NULL;
    assert_int_equal(slips, 2);
    mrse_comparison_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(binding__two_limits_alike_but_one_sign__the_stricter),
        T(binding__both_undetermined__not_known_is_the_worst),
        T(duration__planned_as_long_as_shown__the_plan_stands),
        T(plan__pause__a_break_only_when_there_is_one),
        T(plan__pulseq__no_uncertainty),
        T(setup__covers__half_their_length_and_half_its_uncertainty),
        T(patient_says__little_room__cut_within_it),
        T(patient__mode_set_below_the_chosen__within_it),
        T(patient__mode_chosen__said_with_the_reason),
        T(case__sequences_only__field_is_not_asked_for),
        T(compare__same_slip_in_two_files__said_of_each),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

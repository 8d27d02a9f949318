/* What to do about a condition that is not met: landmarks, the other way round, a wait, a change of the
 * sequence; and nothing where it decides nothing. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/oom.h"
#include "support/scratch.h"

/* ---- another landmark ---- */

#define PERSON "examination: {level: T8, height: {value: 1.75 m, u: 1 cm}}\n"

static const char KEPT[] = "another landmark; it is kept with one of these at the isocentre: ";

/* Marks the levels that a text names: "C1 to C5, L4 to S1, knee", each once. */
static void mark_named(const char *list, bool *named)
{
    char text[256];
    mrse_text_copy(text, sizeof text, list);
    for (char *word = text, *next; word != NULL; word = next) {
        next = strstr(word, ", ");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        char *to = strstr(word, " to ");
        if (to != NULL)
            *to = '\0';
        mrse_level first = mrse_level_from_text(word);
        mrse_level last = to != NULL ? mrse_level_from_text(to + 4) : first;
        assert_int_not_equal(first, MRSE_LEVEL_UNKNOWN);
        assert_true(to == NULL || last > first);
        for (mrse_level i = first; i <= last; i++) {
            assert_false(named[i]);
            named[i] = true;
        }
    }
}

/* What is named keeps the rule, and what keeps it is named; returns how many vertebrae do. */
static size_t check_landmarks(const mrse_zone_setup *setup, const mrse_zone_rule *rule)
{
    bool named[MRSE_LEVEL_COUNT] = {false}, any = false;
    size_t n = 0;
    mrse_finding f = {0};
    assert_int_equal(mrse_advise_place(setup, rule, &f), MRSE_OK);
    if (strncmp(f.ask, KEPT, strlen(KEPT)) == 0)
        mark_named(f.ask + strlen(KEPT), named);
    else
        assert_string_equal(f.ask, "no other landmark is known to keep it for this patient");
    for (mrse_level i = MRSE_LEVEL_C1; i < MRSE_LEVEL_COUNT; i++) {
        mrse_zone_setup there = *setup;
        mrse_zone_result result;
        there.isocentre = mrse_zone_at(i);
        assert_int_equal(mrse_zone_decide(&there, rule, &result), MRSE_OK);
        assert_int_equal(named[i], result.decision.verdict == MET);
        n += named[i] && i <= MRSE_LEVEL_S1;
        any |= named[i];
    }
    assert_int_equal(any, strncmp(f.ask, KEPT, strlen(KEPT)) == 0);
    return n;
}

static mrse_value length_of(double v_m)
{
    mrse_value v = mrse_value_computed(v_m, 0.0, MRSE_KIND_LENGTH, "label");
    v.basis = MRSE_BASIS_DECLARED;
    return v;
}

/* From the head down and from the feet up, so that stretches of every length come up. */
static void landmarks__any_rule__those_that_keep_it_and_no_others(void **state)
{
    (void)state;
    bool alone = false, none = false, at_isocentre = false;
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    case_of(PERSON, DEVICE);
    mrse_assessment *a = assess();
    mrse_anatomy person;
    mrse_zone_setup setup;
    mrse_exam_setup(a, &person, &setup);
    for (int k = 0; k <= 60; k++) {
        mrse_zone_rule below = {.kind = MRSE_ZONE_ISO_BELOW, .a = mrse_zone_at(MRSE_LEVEL_L5)};
        below.a.offset = length_of(-0.05 + 0.002 * k);
        size_t n = check_landmarks(&setup, &below);
        alone |= n == 1;
        none |= n == 0;
        mrse_zone_rule near = {.kind = MRSE_ZONE_ISO_DISTANCE, .op = MRSE_OP_LT};
        near.a = mrse_zone_at(MRSE_LEVEL_VERTEX);
        near.length = length_of(0.03 * k);
        at_isocentre |= check_landmarks(&setup, &near) > 0;
    }
    assert_true(alone && none && at_isocentre);
    mrse_assessment_free(a);
}

static mrse_status advise_place(void *setup)
{
    const mrse_zone_rule below = {.kind = MRSE_ZONE_ISO_BELOW, .a = mrse_zone_at(MRSE_LEVEL_T8)};
    mrse_finding f = {0};
    return mrse_advise_place(setup, &below, &f);
}

static void landmarks__each_allocation_fails__no_memory(void **state)
{
    (void)state;
    label_demands("    modes: [{allowed: normal, printed: p}]\n");
    case_of(PERSON, DEVICE);
    mrse_assessment *a = assess();
    mrse_anatomy person;
    mrse_zone_setup setup;
    mrse_exam_setup(a, &person, &setup);
    assert_true(oom_exhaust(advise_place, &setup) >= 2);
    mrse_assessment_free(a);
}

/* ---- the static field ---- */

#define PLACED(more) PLACED_AT("5 cm", more)
#define PLACED_AT(x, more)                                                                         \
    "  - name: device\n    label: label.yaml\n" more "    position: {x: " x                        \
    ", y: 0 cm, z: 5 cm, u: 1 mm, evidence: test}\n"
#define PATH "    decisive: path\n    because: test\n"

static void limit_is(const char *quantity, double limit, const char *unit)
{
    char text[256], number[MRSE_NUM_MAX];
    mrse_text_num(number, limit, 9);
    snprintf(text, sizeof text, "    limits: [{quantity: %s, limit: <= %s %s, printed: words}]\n",
             quantity, number, unit);
    label_demands(text);
}

static void assert_advised(const char *words, bool is)
{
    mrse_assessment *a = assess();
    const mrse_finding *open = NULL;
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->finding[i].decisive && a->finding[i].decision.verdict == NOT_MET)
            open = &a->finding[i];
    if (open == NULL || (strstr(open->ask, words) != NULL) != is)
        fail_msg("'%s' in '%s'", words, open != NULL ? open->ask : "no finding");
    mrse_assessment_free(a);
}

/* The number that is told of the other way round is that of the patient who goes in so. */
static void turned__ride_the_other_way_round__its_own_number(void **state)
{
    (void)state;
    static const struct {
        const char *quantity, *unit;
        bool product;
    } row[] = {{"sfg", "T/m", false}, {"product", "T2/m", true}};
    for (size_t i = 0; i < 2; i++) {
        mrse_buf says = {0};
        limit_is("sfg", 40.0, "T/m");
        case_of("", PLACED(PATH));
        mrse_assessment *a = assess();
        mrse_position p = a->implant[0].ride.position;
        mrse_ride ride;
        p.entry = MRSE_ENTRY_FEET_FIRST;
        assert_int_equal(mrse_study_ride(a->study, &p, (double)NAN, &ride), MRSE_OK);
        double v = row[i].product ? ride.at.product.v : ride.at.grad.v;
        mrse_buf_add(&says, "feet first, the ride meets ");
        mrse_quantity_print(&says, v, row[i].product ? MRSE_KIND_PRODUCT : MRSE_KIND_SFG, 3, 0);
        mrse_buf_add(&says, " (NOT MET); ");
        mrse_ride_clear(&ride);
        mrse_assessment_free(a);
        limit_is(row[i].quantity, 0.2 * v, row[i].unit);
        assert_advised(mrse_buf_text(&says), true);
        mrse_buf_free(&says);
    }
}

/* How near the axis it would be kept: of a gradient that the ride does not keep, where it is known. */
static void radius__within_which_it_is_kept__told_of_the_gradient_only(void **state)
{
    (void)state;
    static const char words[] = "without uncertainty the ride keeps it within ";
    limit_is("sfg", 40.0, "T/m");
    case_of("", PLACED_AT("25 cm", PATH));
    mrse_assessment *a = assess();
    const double ride_T_m = a->implant[0].ride.at.grad.v;
    const double ride_T2_m = a->implant[0].ride.at.product.v;
    mrse_position axis = a->implant[0].ride.position;
    mrse_ride on_axis;
    axis.x_m = 0.0;
    assert_int_equal(mrse_study_ride(a->study, &axis, (double)NAN, &on_axis), MRSE_OK);
    const double axis_T_m = on_axis.at.grad.v;
    mrse_ride_clear(&on_axis);
    mrse_assessment_free(a);
    assert_true(axis_T_m < 0.85 * ride_T_m);
    limit_is("sfg", axis_T_m + 0.05 * (ride_T_m - axis_T_m), "T/m");
    assert_advised(words, true);
    limit_is("product", 0.5 * ride_T2_m, "T2/m");
    assert_advised(words, false);
    limit_is("sfg", 0.5 * axis_T_m, "T/m"); /* not even on the axis */
    assert_advised(words, false);
    limit_is("sfg", 1.06 * ride_T_m, "T/m"); /* the ride keeps it, the scanner's maximum does not */
    case_of("", PLACED_AT("25 cm", ""));
    assert_advised(words, false);
}

/* What does not count gets no advice, and what has its own keeps it. */
static void spatial__shown_only_or_advised_already__left_alone(void **state)
{
    (void)state;
    limit_is("sfg", 40.0, "T/m");
    case_of("", PLACED(PATH));
    mrse_assessment *a = assess();
    double ride_T_m = a->implant[0].ride.at.grad.v;
    mrse_assessment_free(a);
    limit_is("sfg", 1.3 * ride_T_m, "T/m");
    a = assess();
    assert_int_equal(a->overall, MET);
    mrse_finding *f = (mrse_finding *)(uintptr_t)finding_of(a, "words", NOT_MET);
    assert_false(f->decisive); /* the scanner's maximum */
    assert_string_equal(f->ask, "");
    f->decisive = true;
    mrse_text_copy(f->ask, sizeof f->ask, "as it was");
    assert_int_equal(mrse_advise_spatial(a, &a->implant[0], 0), MRSE_OK);
    assert_string_equal(f->ask, "as it was");
    f->ask[0] = '\0';
    assert_int_equal(mrse_advise_spatial(a, &a->implant[0], 0), MRSE_OK);
    assert_non_null(strstr(f->ask, "mrse assess CASE --scanner FILE"));
    mrse_assessment_free(a);
}

static mrse_status advise_spatial(void *context)
{
    mrse_assessment *a = context;
    for (size_t i = 0; i < a->n_findings; i++)
        a->finding[i].ask[0] = '\0';
    return mrse_advise_spatial(a, &a->implant[0], 0);
}

static void spatial__each_allocation_fails__no_memory(void **state)
{
    (void)state;
    limit_is("sfg", 0.1, "T/m");
    case_of("", PLACED(PATH));
    mrse_assessment *a = assess();
    assert_true(oom_exhaust_late(advise_spatial, a, 20, 1) >= 2);
    mrse_assessment_free(a);
}

/* ---- a wait ---- */

/* "More than six weeks" is kept a day later than "six weeks or more". */
static void wait__since_implantation__days_until_it_is_kept(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *says;
    } row[] = {{"'>= 42 d'", "it is kept 21 days later"}, {"'> 42 d'", "it is kept 22 days later"}};
    for (size_t i = 0; i < 2; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    limits: [{quantity: since-implant, limit: %s, printed: words}]\n",
                 row[i].limit);
        label_demands(text);
        case_of("", DEVICE "    implanted: 2026-11-01\n"); /* 21 days before */
        assert_advised(row[i].says, true);
    }
    case_of("", DEVICE "    implanted: 2026-10-31\n"); /* of the last: more than 42 days */
    assert_advised("it is kept 21 days later", true);
    label_demands("    limits: [{quantity: since-implant, limit: <= 20 d, printed: words}]\n");
    assert_advised("wait", false); /* too late: no waiting helps */
}

/* ---- a change of the sequence ---- */

/* Whole-body and local SAR, first and last of their kind, are searched for as the others are. */
static void lever__each_kind_of_sar__searched(void **state)
{
    (void)state;
    static const struct {
        const char *quantity, *key;
    } row[] = {{"sar-whole-body", "sar_whole_body"},
               {"sar-partial-body", "sar_partial_body"},
               {"sar-head", "sar_head"},
               {"sar-local", "sar_local"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char *text = NULL, tail[128];
        mrse_buf file = {0};
        size_t n = 0;
        assert_int_equal(
            mrse_file_read("examples/tse-b1rms/before.yaml", MRSE_FILE_MAX, &text, &n, NULL),
            MRSE_OK);
        char *reported = strstr(text, "reported:");
        assert_non_null(reported);
        mrse_buf_addn(&file, text, (size_t)(reported - text));
        snprintf(tail, sizeof tail, "reported: {%s: 3 W/kg}\n", row[i].key);
        mrse_buf_add(&file, tail);
        scratch_write("scan.yaml", mrse_buf_text(&file));
        mrse_buf_free(&file);
        mrse_free(text);
        limit_is(row[i].quantity, 2.5, "W/kg");
        case_of(ONE, DEVICE);
        assert_advised("mrse modify", true);
    }
}

/* Of a header nothing is changed: the sequence is not in it. */
static void lever__dicom_header__none(void **state)
{
    (void)state;
    sequence_is("b1_rms: 3 uT");
    limit_is("b1-rms", 2.0, "uT");
    case_of(ONE, DEVICE);
    mrse_assessment *a = assess();
    mrse_finding *f = (mrse_finding *)(uintptr_t)finding_of(a, "words", NOT_MET);
    mrse_planned *p = &a->planned[0];
    static mrse_dicom header;
    assert_true(f->ask[0] != '\0');
    f->ask[0] = '\0';
    p->study->before.dicom = &header;
    assert_int_equal(mrse_label_lever(a, &a->implant[0], f, p), MRSE_OK);
    assert_string_equal(f->ask, "");
    p->study->before.dicom = NULL;
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(landmarks__any_rule__those_that_keep_it_and_no_others),
        T(landmarks__each_allocation_fails__no_memory),
        T(turned__ride_the_other_way_round__its_own_number),
        T(radius__within_which_it_is_kept__told_of_the_gradient_only),
        T(spatial__shown_only_or_advised_already__left_alone),
        T(spatial__each_allocation_fails__no_memory),
        T(wait__since_implantation__days_until_it_is_kept),
        T(lever__each_kind_of_sar__searched),
        T(lever__dicom_header__none),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

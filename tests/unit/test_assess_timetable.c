/* The timetable of an examination whose clocks are not kept as planned: its pauses to the minute, what
 * is left of a life, and no proposal that would not hold. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define FREE_BEFORE "examination: {free_before: {value: 30 d, source: plan}}\n"

static void clocks_are(const char *clocks)
{
    char text[1024];
    snprintf(text, sizeof text, "    clocks: [%s]\n", clocks);
    label_demands(text);
}

/* Scans of 12 min, `pause` after each but the last; the origin of their lengths is `source`. */
static void scans(const char *source, int n, const char *pause)
{
    char text[1024];
    size_t used = (size_t)snprintf(text, sizeof text, "sequences:\n");
    for (int i = 0; i < n; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  - {source: %s, file: scan.yaml, minutes: 12 min, pause: "
                                 "{value: %s, source: plan}}\n",
                                 source, i + 1 < n ? pause : "0 min");
    snprintf(text + used, sizeof text - used, FREE_BEFORE);
    case_of(text, DEVICE);
}

/* Slot after slot without a gap, and the sum is that of its parts. */
static void assert_adds_up(const mrse_timetable *t)
{
    double at_s = 0.0, added_s = 0.0;
    for (size_t i = 0; i < t->n; i++) {
        assert_abs(t->slot[i].start_s, at_s + t->slot[i].pause_s, 1e-9);
        at_s = t->slot[i].start_s + t->slot[i].length.v;
        added_s += t->slot[i].added_s;
    }
    assert_abs(t->added_s, added_s, 1e-9);
}

/* What has to be longer goes up to the next whole minute and no further; what need not stays. */
static void pause__made_longer__to_the_next_minute_and_no_further(void **state)
{
    (void)state;
    static const struct {
        const char *gap, *pause;
        double pause_s, added_s;
    } row[] = {{"10 min", "0 min", 600.0, 600.0},
               {"10.4 min", "0 min", 660.0, 660.0},
               {"10 min", "4 min", 600.0, 360.0},
               {"10 min", "9.995 min", 600.0, 0.3}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "{kind: continuous, limit: <= 15 min, gap: %s, active: rf, printed: p}",
                 row[i].gap);
        clocks_are(text);
        scans("plan", 2, row[i].pause);
        mrse_assessment *a = assess();
        const mrse_timetable *t = &a->timetable;
        assert_true(t->needed && t->possible);
        assert_int_equal(t->n, 2);
        assert_abs(t->slot[0].start_s, 0.0, 0.0);
        assert_abs(t->slot[0].added_s, 0.0, 0.0);
        assert_abs(t->slot[1].pause_s, row[i].pause_s, 1e-6);
        assert_abs(t->slot[1].added_s, row[i].added_s, 1e-6);
        assert_adds_up(t);
        mrse_assessment_free(a);
    }
}

/* Pauses that another clock rests on, however short, stay as planned beside the one that grows. */
static void pause__long_enough_as_planned__stays(void **state)
{
    (void)state;
    static const struct {
        const char *gap, *pause;
        double pause_s;
    } row[] = {{"4.5 min", "4.5 min", 270.0}, {"1 s", "1 s", 1.0}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "{kind: continuous, limit: <= 15 min, gap: %s, active: rf, printed: p},\n"
                 "             {kind: window, limit: <= 30 min, window: 90 min, active: rf,\n"
                 "              printed: p}",
                 row[i].gap);
        clocks_are(text);
        scans("plan", 3, row[i].pause);
        mrse_assessment *a = assess();
        const mrse_timetable *t = &a->timetable;
        assert_int_equal(a->overall, NOT_MET);
        if (!t->possible)
            fail_msg("row %zu: %s", i, t->reason);
        assert_abs(t->slot[1].pause_s, row[i].pause_s, 1e-9);
        assert_abs(t->slot[1].added_s, 0.0, 0.0);
        assert_true(t->slot[2].added_s > 0.0);
        assert_abs(fmod(t->slot[2].pause_s, 60.0), 0.0, 1e-9);
        assert_adds_up(t);
        mrse_assessment_free(a);
    }
}

static void rest__due_afterwards__whole_minutes(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        double rest_s;
    } row[] = {{"60 min", 3600.0}, {"60.4 min", 3660.0}};
    for (size_t i = 0; i < 2; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "{kind: rest, limit: <= 15 min, rest: %s, active: rf, printed: p}", row[i].rest);
        clocks_are(text);
        scans("plan", 2, "0 min");
        mrse_assessment *a = assess();
        assert_true(a->timetable.possible);
        assert_abs(a->timetable.rest_after_s, row[i].rest_s, 1e-6);
        assert_abs(a->timetable.slot[1].pause_s, row[i].rest_s, 1e-6);
        mrse_assessment_free(a);
    }
}

/* Two standard uncertainties of what was used go off, nothing where the value stands as declared. */
static void lifetime__used_in_part__rest_of_it_bounds_the_examination(void **state)
{
    (void)state;
    static const struct {
        const char *used, *minutes;
        bool kept;
    } row[] = {{"{value: 50 min, source: plan}", "10 min", true},
               {"{value: 50.1 min, source: plan}", "10 min", false},
               {"{value: 48 min, source: xray, u: 1 min}", "10 min", true},
               {"{value: 49 min, source: xray, u: 1 min}", "10 min", false},
               {"{value: 2 h, source: plan}", "0.005 min", false}};
    clocks_are("{kind: lifetime, limit: <= 1 h, active: rf, printed: p}");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char head[256], implant[256];
        snprintf(head, sizeof head,
                 "sequences: [{source: plan, file: scan.yaml, minutes: %s}]\n" FREE_BEFORE,
                 row[i].minutes);
        snprintf(implant, sizeof implant, DEVICE "    lifetime_used: %s\n", row[i].used);
        case_of(head, implant);
        assert_row(row[i].used, row[i].kept ? MET : i == 3 ? UNDETERMINED : NOT_MET);
        mrse_assessment *a = assess();
        assert_int_equal(a->timetable.needed, !row[i].kept);
        mrse_assessment_free(a);
    }
}

/* A time for which nobody stands makes no proposal, and what is shown is the plan. */
static void proposal__on_an_unverified_time__none(void **state)
{
    (void)state;
    clocks_are("{kind: continuous, limit: <= 15 min, gap: 10 min, active: rf, printed: p}");
    scans("rumour", 2, "4 min");
    mrse_assessment *a = assess();
    const mrse_timetable *t = &a->timetable;
    assert_true(t->needed);
    assert_false(t->possible);
    assert_string_equal(t->reason,
                        "pauses alone do not settle it: a time is not known or not verified");
    assert_int_equal(t->n, 2);
    assert_abs(t->slot[1].pause_s, 240.0, 1e-9);
    assert_abs(t->added_s, 0.0, 0.0);
    mrse_assessment_free(a);
}

/* A label without branches leaves nothing to be chosen. */
static void proposal__label_without_branches__its_clocks_are_known(void **state)
{
    (void)state;
    label_file("label.yaml", "status: legacy statement\nstatus_printed: may be scanned\n",
               "clocks: [{kind: continuous, limit: <= 15 min, gap: 10 min, active: rf,\n"
               "          printed: p}]\n");
    scans("plan", 2, "0 min");
    mrse_assessment *a = assess();
    assert_true(a->timetable.needed);
    if (!a->timetable.possible)
        fail_msg("%s", a->timetable.reason);
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(pause__made_longer__to_the_next_minute_and_no_further),
        T(pause__long_enough_as_planned__stays),
        T(rest__due_afterwards__whole_minutes),
        T(lifetime__used_in_part__rest_of_it_bounds_the_examination),
        T(proposal__on_an_unverified_time__none),
        T(proposal__label_without_branches__its_clocks_are_known),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

/* Clocks: on what a verdict rests, what it says of itself, and what it asks. A duration that nobody
 * vouches for must make the whole provisional wherever it counts, and nowhere else.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/clock.h"
#include "support/close.h"

#define MET          MRSE_VERDICT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED

static const mrse_value MISSING = {.v = NAN, .u = NAN, .kind = MRSE_KIND_TIME};

static mrse_value minutes(double v)
{
    return (mrse_value){.v = v * 60.0,
                        .kind = MRSE_KIND_TIME,
                        .origin = MRSE_ORIGIN_CONSOLE,
                        .basis = MRSE_BASIS_DECLARED};
}

static mrse_value rumour(double v)
{
    mrse_value value = minutes(v);
    value.origin = MRSE_ORIGIN_UNVERIFIED;
    return value;
}

static mrse_clock_item scan(double min)
{
    return (mrse_clock_item){.name = "scan",
                             .duration = minutes(min),
                             .rf = MRSE_ON_YES,
                             .gradients = MRSE_ON_YES,
                             .region = MRSE_BODY_CHEST};
}

/* Far within every clock: 5 min, after 5 min an hour before, of a patient scanned 5 min in all. */
typedef struct setting {
    mrse_clock_item item[1], earlier[2];
    mrse_clock_plan plan;
    mrse_clock clock;
} setting;

static setting *of(mrse_clock_kind kind)
{
    static setting s;
    s.item[0] = scan(5.0);
    s.earlier[0] = scan(5.0);
    s.earlier[1] = (mrse_clock_item){.is_break = true, .duration = minutes(60.0)};
    s.plan = (mrse_clock_plan){.item = s.item,
                               .n = 1,
                               .earlier = s.earlier,
                               .n_earlier = 2,
                               .free_before = minutes(10000.0),
                               .lifetime_used = minutes(5.0)};
    s.clock = (mrse_clock){.kind = kind,
                           .active = MRSE_ACTIVE_RF,
                           .limit = {.op = MRSE_OP_LE, .value = minutes(30.0)},
                           .window = minutes(90.0),
                           .rest = minutes(30.0),
                           .gap = minutes(1.0),
                           .region = MRSE_BODY_CHEST};
    return &s;
}

static mrse_clock_result run(const setting *s)
{
    mrse_clock_result r;
    assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_OK);
    return r;
}

static const mrse_clock_kind kinds[] = {
    MRSE_CLOCK_PER_SEQUENCE, MRSE_CLOCK_CONTINUOUS, MRSE_CLOCK_WINDOW,  MRSE_CLOCK_REST,
    MRSE_CLOCK_REGION,       MRSE_CLOCK_EXAM,       MRSE_CLOCK_LIFETIME};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

#define SET(kind) (1u << (kind))

static void unverified__where_it_counts__provisional_and_nowhere_else(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        unsigned counts; /* in these kinds */
    } row[] = {
        {"planned", ~0u},
        {"earlier", SET(MRSE_CLOCK_CONTINUOUS) | SET(MRSE_CLOCK_WINDOW) | SET(MRSE_CLOCK_REST) |
                        SET(MRSE_CLOCK_REGION)},
        {"window", SET(MRSE_CLOCK_WINDOW)},
        {"rest", SET(MRSE_CLOCK_REST)},
        {"free before", SET(MRSE_CLOCK_WINDOW) | SET(MRSE_CLOCK_REST)},
        {"used", SET(MRSE_CLOCK_LIFETIME)},
        {"gap", SET(MRSE_CLOCK_CONTINUOUS) | SET(MRSE_CLOCK_REGION)},
        {"limit", ~0u},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        for (size_t k = 0; k < KINDS; k++) {
            setting *s = of(kinds[k]);
            assert_int_equal(run(s).decision.verdict, MET);
            mrse_value *at[] = {&s->item[0].duration, &s->earlier[0].duration,
                                &s->clock.window,     &s->clock.rest,
                                &s->plan.free_before, &s->plan.lifetime_used,
                                &s->clock.gap,        &s->clock.limit.value};
            *at[i] = rumour(at[i]->v / 60.0);
            mrse_clock_result r = run(s);
            bool counts = (row[i].counts & SET(kinds[k])) != 0;
            if (r.decision.provisional != counts)
                fail_msg("%s, %s", row[i].what, mrse_clock_kind_text(kinds[k]));
            assert_int_equal(r.decision.verdict, counts ? UNDETERMINED : MET);
            assert_int_equal(strstr(r.decision.reason, "unverified") != NULL, counts);
        }
}

/* What is not there rests on nothing. */
static void missing__of_what_may_be_missing__no_origin(void **state)
{
    (void)state;
    setting *s = of(MRSE_CLOCK_WINDOW);
    s->plan.free_before = MISSING;
    assert_false(run(s).decision.provisional);
    s = of(MRSE_CLOCK_LIFETIME);
    s->plan.lifetime_used = MISSING;
    mrse_clock_result r = run(s);
    assert_false(r.decision.provisional);
    assert_true(isinf(r.most_s));
    assert_rel(r.least_s, 300.0, 1e-15); /* at least what is planned, and not a second more */
    s = of(MRSE_CLOCK_CONTINUOUS);
    s->clock.gap = MISSING;
    assert_false(run(s).decision.provisional);
}

static void reason__each_number__in_minutes(void **state)
{
    (void)state;
    setting *s = of(MRSE_CLOCK_WINDOW);
    mrse_clock_result r = run(s);
    assert_string_equal(r.decision.reason, "scanning in any window of 90.0 min: 10.00 min, against "
                                           "≤ 30.00 min");
    assert_abs(r.decision.margin, 1200.0, 1e-9);
    assert_abs(r.decision.guard, 0.0, 1e-9);
    assert_abs(r.value.u, 0.0, 0.0);
    s->item[0].duration.basis = MRSE_BASIS_COMPUTED;
    s->item[0].duration.u = 30.0; /* so 6 min at most */
    r = run(s);
    assert_string_equal(r.decision.reason, "scanning in any window of 90.0 min: 10.00 min, at most "
                                           "11.00 min, against ≤ 30.00 min");
    assert_abs(r.decision.guard, 60.0, 1e-9);
    assert_abs(r.decision.margin, 1200.0, 1e-9);
    assert_abs(r.value.u, 30.0, 1e-9);
    s->item[0].duration.u = 0.02; /* 0.04 s of 10 min is not worth a word */
    assert_null(strstr(run(s).decision.reason, "at most"));
    s->item[0].rf = MRSE_ON_NO; /* nothing at all, and no more than nothing */
    s->plan.n_earlier = 0;
    assert_null(strstr(run(s).decision.reason, "at most"));
    s = of(MRSE_CLOCK_WINDOW);
    s->item[0].duration = MISSING;
    r = run(s);
    assert_true(isnan(r.value.v) && isnan(r.value.u));
    assert_non_null(strstr(r.decision.reason, ": not known, "));
    s = of(MRSE_CLOCK_EXAM);
    assert_string_equal(run(s).decision.reason,
                        "whole examination: 5.000 min, against ≤ 30.00 min");
}

static void rest__due_afterwards__only_after_activity(void **state)
{
    (void)state;
    setting *s = of(MRSE_CLOCK_REST);
    assert_abs(run(s).rest_after_s, 1800.0, 0.0);
    s->item[0].duration = minutes(0.2 / 60.0); /* however short */
    s->plan.n_earlier = 0;
    assert_abs(run(s).rest_after_s, 1800.0, 0.0);
    s->item[0].is_break = true;
    assert_abs(run(s).rest_after_s, 0.0, 0.0);
    for (size_t k = 0; k < KINDS; k++)
        if (kinds[k] != MRSE_CLOCK_REST)
            assert_abs(run(of(kinds[k])).rest_after_s, 0.0, 0.0);
}

/* What is asked for is what leaves it undetermined, the nearest first. */
static void ask__each_doubt__its_own_question(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        setting *s = of(kinds[k]);
        bool looks_back = kinds[k] == MRSE_CLOCK_WINDOW || kinds[k] == MRSE_CLOCK_REST;
        bool runs_on = kinds[k] == MRSE_CLOCK_CONTINUOUS || kinds[k] == MRSE_CLOCK_REGION;
        /* the limit lies within the uncertainty of a sequence, and nothing else is in doubt */
        s->plan.n_earlier = 0;
        s->plan.free_before = (mrse_value){.v = INFINITY, .kind = MRSE_KIND_TIME};
        s->plan.free_before.origin = MRSE_ORIGIN_CONSOLE;
        s->plan.lifetime_used = minutes(0.0);
        s->item[0].duration.v = 1800.0;
        s->item[0].duration.u = 60.0;
        s->item[0].duration.basis = MRSE_BASIS_COMPUTED;
        mrse_clock_result r = run(s);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        assert_non_null(strstr(r.ask, runs_on ? "how long a pause" : "Time the sequences"));
        s->plan.free_before = minutes(1.0);
        assert_int_equal(strstr(run(s).ask, "last scanned") != NULL, looks_back);
        s->item[0].region = MRSE_BODY_UNKNOWN;
        assert_int_equal(strstr(run(s).ask, "part of the body") != NULL,
                         kinds[k] == MRSE_CLOCK_REGION);
        s->item[0].rf = MRSE_ON_UNKNOWN;
        assert_non_null(strstr(run(s).ask, "RF and gradients on"));
        s->item[0].rf = MRSE_ON_YES;
        s->item[0].gradients = MRSE_ON_UNKNOWN;
        assert_non_null(strstr(run(s).ask, "RF and gradients on"));
        s->clock.active = MRSE_ACTIVE_UNSTATED;
        assert_non_null(strstr(run(s).ask, "counts as scanning"));
        s->item[0].duration.v = NAN;
        assert_non_null(strstr(run(s).ask, "How long is each sequence"));
    }
}

/* What is not known is taken both ways, and never below nothing. */
static void bounds__of_doubt__from_nothing_to_everything(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        setting *s = of(kinds[k]);
        s->plan.n_earlier = 0;
        s->plan.lifetime_used = minutes(0.0);
        s->item[0].duration = MISSING;
        mrse_clock_result r = run(s);
        assert_abs(r.least_s, 0.0, 0.0);
        assert_true(isinf(r.most_s) || kinds[k] == MRSE_CLOCK_WINDOW);
        s->item[0].duration = minutes(1.0);
        s->item[0].duration.basis = MRSE_BASIS_COMPUTED; /* and exact */
        r = run(s);
        assert_abs(r.least_s, 60.0, 1e-9);
        assert_abs(r.most_s, 60.0, 1e-9);
        s->item[0].duration.u = 0.3;
        r = run(s);
        assert_abs(r.least_s, 59.4, 1e-9);
        assert_abs(r.most_s, 60.6, 1e-9);
        s->item[0].duration.u = 40.0;
        r = run(s);
        assert_abs(r.least_s, 0.0, 0.0); /* not 20 s less than nothing */
        assert_abs(r.most_s, 140.0, 1e-9);
        s->item[0].duration.u = 0.0;
        s->clock.active = MRSE_ACTIVE_RF_OR_GRADIENTS;
        s->item[0].rf = MRSE_ON_NO;
        s->item[0].gradients = MRSE_ON_UNKNOWN;
        r = run(s);
        assert_abs(r.least_s, 0.0, 0.0);
        assert_abs(r.most_s, 60.0, 1e-9);
        s->item[0].rf = MRSE_ON_UNKNOWN;
        s->item[0].gradients = MRSE_ON_NO;
        r = run(s);
        assert_abs(r.least_s, 0.0, 0.0);
        assert_abs(r.most_s, 60.0, 1e-9);
    }
}

/* No scanning at all is a limit too; a limit of another kind, below zero or without end is none. */
static void limit__of_nothing__and_none(void **state)
{
    (void)state;
    static const double flawed_s[] = {-1.0, INFINITY, NAN};
    for (size_t k = 0; k < KINDS; k++) {
        setting *s = of(kinds[k]);
        s->plan.n_earlier = 0;
        s->plan.lifetime_used = minutes(0.0);
        s->clock.limit.value = minutes(0.0);
        assert_int_equal(run(s).decision.verdict, MRSE_VERDICT_NOT_MET);
        s->item[0].rf = MRSE_ON_NO;
        assert_int_equal(run(s).decision.verdict, MET);
        s->clock.limit.value.kind = MRSE_KIND_LENGTH;
        assert_int_equal(run(s).decision.verdict, UNDETERMINED);
        for (size_t i = 0; i < 3; i++) {
            s->clock.limit.value = minutes(flawed_s[i]);
            mrse_clock_result r = run(s);
            assert_int_equal(r.decision.verdict, UNDETERMINED);
            assert_non_null(strstr(r.ask, "Complete the time condition"));
        }
    }
}

/* Of two peaks that are alike the first is named, with its beginning and its end. */
static void peak__two_alike__the_first_is_named(void **state)
{
    (void)state;
    const mrse_clock_item item[] = {
        scan(5.0), {.is_break = true, .duration = minutes(200.0)}, scan(5.0)};
    for (size_t k = 0; k < KINDS; k++) {
        setting *s = of(kinds[k]);
        s->plan.item = item;
        s->plan.n = 3;
        s->plan.n_earlier = 0;
        s->plan.lifetime_used = minutes(0.0);
        mrse_clock_result r = run(s);
        bool sum = kinds[k] == MRSE_CLOCK_EXAM || kinds[k] == MRSE_CLOCK_LIFETIME;
        assert_abs(r.value.v, sum ? 600.0 : 300.0, 1e-9);
        assert_int_equal(r.first, 0);
        assert_int_equal(r.last, sum ? 2 : 0);
        assert_true(r.start_s <= 0.0);
        assert_true(sum ? r.end_s >= 12600.0 : r.end_s >= 300.0 - 1e-9);
    }
}

/* A plan is one when its lists are there, and no time of it is below zero or without end. */
static void plan__lists_and_times__refused_when_they_cannot_be(void **state)
{
    (void)state;
    mrse_clock_result r;
    setting *s = of(MRSE_CLOCK_WINDOW);
    s->item[0].duration.v = 0.0; /* nothing is something */
    assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_OK);
    static const double wrong_s[] = {-1.0, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        s = of(MRSE_CLOCK_WINDOW);
        s->item[0].duration.v = wrong_s[i];
        assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_ERR_ARG);
        s = of(MRSE_CLOCK_WINDOW);
        s->earlier[1].duration.v = wrong_s[i];
        assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_ERR_ARG);
        s = of(MRSE_CLOCK_WINDOW);
        s->plan.lifetime_used.v = wrong_s[i];
        assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_ERR_ARG);
        s = of(MRSE_CLOCK_WINDOW);
        s->plan.free_before.v = wrong_s[i];
        assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r),
                         i == 1 ? MRSE_OK : MRSE_ERR_ARG); /* never before has no end */
    }
    s = of(MRSE_CLOCK_WINDOW);
    s->plan.item = NULL;
    assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_ERR_ARG);
    s = of(MRSE_CLOCK_WINDOW);
    s->plan.earlier = NULL;
    assert_int_equal(mrse_clock_evaluate(&s->plan, &s->clock, &r), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unverified__where_it_counts__provisional_and_nowhere_else),
        cmocka_unit_test(missing__of_what_may_be_missing__no_origin),
        cmocka_unit_test(reason__each_number__in_minutes),
        cmocka_unit_test(rest__due_afterwards__only_after_activity),
        cmocka_unit_test(ask__each_doubt__its_own_question),
        cmocka_unit_test(bounds__of_doubt__from_nothing_to_everything),
        cmocka_unit_test(limit__of_nothing__and_none),
        cmocka_unit_test(peak__two_alike__the_first_is_named),
        cmocka_unit_test(plan__lists_and_times__refused_when_they_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

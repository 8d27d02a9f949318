/* Clocks: the time rules of real labels, equality and its neighbours, what is not known, and a
 * sliding window against counting seconds. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/clock.h"
#include "support/close.h"
#include "support/oom.h"

#define MET          MRSE_VERDICT_MET
#define NOT_MET      MRSE_VERDICT_NOT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED

static mrse_value minutes(double v)
{
    return (mrse_value){.v = v * 60.0,
                        .kind = MRSE_KIND_TIME,
                        .origin = MRSE_ORIGIN_CONSOLE,
                        .basis = MRSE_BASIS_DECLARED};
}

static mrse_value uncertain(double v, double u)
{
    mrse_value x = minutes(v);
    x.basis = MRSE_BASIS_COMPUTED;
    x.u = u * 60.0;
    return x;
}

static const mrse_value MISSING = {.v = NAN, .u = NAN, .kind = MRSE_KIND_TIME};
static const mrse_value NEVER = {
    .v = INFINITY, .kind = MRSE_KIND_TIME, .origin = MRSE_ORIGIN_CONSOLE};

static mrse_clock_item scan(double min)
{
    return (mrse_clock_item){.name = "scan",
                             .duration = minutes(min),
                             .rf = MRSE_ON_YES,
                             .gradients = MRSE_ON_YES,
                             .region = MRSE_BODY_CHEST};
}

static mrse_clock_item pause_of(double min)
{
    return (mrse_clock_item){.is_break = true, .duration = minutes(min)};
}

static mrse_clock clock_of(mrse_clock_kind kind, double limit_min)
{
    return (mrse_clock){.kind = kind,
                        .active = MRSE_ACTIVE_RF,
                        .limit = {.op = MRSE_OP_LE, .value = minutes(limit_min)},
                        .window = MISSING,
                        .rest = MISSING,
                        .gap = MISSING};
}

static mrse_clock window_of(double limit_min, double window_min)
{
    mrse_clock c = clock_of(MRSE_CLOCK_WINDOW, limit_min);
    c.window = minutes(window_min);
    return c;
}

static mrse_clock_result run(const mrse_clock_item *item, size_t n, const mrse_clock *clock)
{
    mrse_clock_plan plan = {.item = item, .n = n, .free_before = NEVER, .lifetime_used = MISSING};
    mrse_clock_result r;
    assert_int_equal(mrse_clock_evaluate(&plan, clock, &r), MRSE_OK);
    return r;
}

/* DBS: no more than 30 min of active scanning in any 90 min. */
static void window__thirty_in_ninety__equality_and_neighbours(void **state)
{
    (void)state;
    mrse_clock dbs = window_of(30.0, 90.0);
    mrse_clock_item item[] = {scan(20.0), pause_of(5.0), scan(10.0)};
    mrse_clock_result r = run(item, 3, &dbs);
    assert_int_equal(r.decision.verdict, MET);
    assert_rel(r.value.v, 1800.0, 1e-15);
    assert_abs(r.remaining_s, 0.0, 1e-9);
    assert_int_equal(r.first, 0);
    assert_int_equal(r.last, 2);
    dbs.limit.op = MRSE_OP_LT;
    assert_int_equal(run(item, 3, &dbs).decision.verdict, NOT_MET);
    item[2] = scan(9.99);
    assert_int_equal(run(item, 3, &dbs).decision.verdict, MET);
    dbs.limit.op = MRSE_OP_LE;
    item[2] = scan(10.01);
    assert_int_equal(run(item, 3, &dbs).decision.verdict, NOT_MET);
    /* 20 min, 60 min apart: a window of 90 min holds 20 + 10 of the second 20. */
    item[1] = pause_of(60.0);
    item[2] = scan(20.0);
    r = run(item, 3, &dbs);
    assert_rel(r.value.v, 1800.0, 1e-15);
    assert_int_equal(r.decision.verdict, MET);
    item[1] = pause_of(59.0);
    r = run(item, 3, &dbs);
    assert_rel(r.value.v, 31.0 * 60.0, 1e-15);
    assert_int_equal(r.decision.verdict, NOT_MET);
    assert_true(strlen(r.decision.reason) > 20);
}

/* VNS: 15 min of scanning in any 30 min. */
static void window__fifteen_in_thirty__two_scans_need_a_pause(void **state)
{
    (void)state;
    mrse_clock vns = window_of(15.0, 30.0);
    mrse_clock_item item[] = {scan(10.0), pause_of(10.0), scan(10.0)};
    mrse_clock_result r = run(item, 3, &vns);
    assert_rel(r.value.v, 1200.0, 1e-15);
    assert_int_equal(r.decision.verdict, NOT_MET);
    item[1] = pause_of(15.0);
    assert_int_equal(run(item, 3, &vns).decision.verdict, MET);
}

/* WaveWriter: 30 min of active scanning (RF on), then 60 min without. */
static void rest__thirty_then_sixty__sum_between_rests(void **state)
{
    (void)state;
    mrse_clock spine = clock_of(MRSE_CLOCK_REST, 30.0);
    spine.rest = minutes(60.0);
    mrse_clock_item item[] = {scan(20.0), pause_of(59.0), scan(11.0)};
    mrse_clock_result r = run(item, 3, &spine);
    assert_rel(r.value.v, 31.0 * 60.0, 1e-15);
    assert_int_equal(r.decision.verdict, NOT_MET);
    item[1] = pause_of(60.0);
    r = run(item, 3, &spine);
    assert_rel(r.value.v, 20.0 * 60.0, 1e-15);
    assert_int_equal(r.decision.verdict, MET);
    assert_rel(r.rest_after_s, 3600.0, 1e-15);
    assert_rel(r.remaining_s, 600.0, 1e-12);
    /* RF off is no activity, and counts as rest. */
    item[1] = scan(60.0);
    item[1].rf = MRSE_ON_NO;
    assert_int_equal(run(item, 3, &spine).decision.verdict, MET);
}

/* Confirm: 60 min uninterrupted over the chest; active means RF and gradients. */
static void region__sixty_over_the_chest__other_regions_interrupt(void **state)
{
    (void)state;
    mrse_clock chest = clock_of(MRSE_CLOCK_REGION, 60.0);
    chest.active = MRSE_ACTIVE_RF_AND_GRADIENTS;
    chest.region = MRSE_BODY_CHEST;
    chest.gap = minutes(5.0);
    mrse_clock_item item[] = {scan(40.0), scan(10.0), scan(40.0)};
    assert_int_equal(run(item, 3, &chest).decision.verdict, NOT_MET);
    item[1].region = MRSE_BODY_HEAD;
    mrse_clock_result r = run(item, 3, &chest);
    assert_int_equal(r.decision.verdict, MET);
    assert_rel(r.value.v, 2400.0, 1e-15);
    item[1] = scan(4.0);
    item[1].region = MRSE_BODY_HEAD; /* too short to interrupt */
    assert_int_equal(run(item, 3, &chest).decision.verdict, NOT_MET);
    item[1] = scan(40.0);
    item[1].region = MRSE_BODY_UNKNOWN;
    assert_int_equal(run(item, 3, &chest).decision.verdict, UNDETERMINED);
    assert_true(strlen(run(item, 3, &chest).ask) > 0);
}

static void continuous__gap_not_stated__undetermined_unless_the_total_is_within(void **state)
{
    (void)state;
    mrse_clock c = clock_of(MRSE_CLOCK_CONTINUOUS, 30.0);
    mrse_clock_item item[] = {scan(20.0), pause_of(5.0), scan(20.0)};
    mrse_clock_result r = run(item, 3, &c);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    assert_rel(r.least_s, 1200.0, 1e-15);
    assert_rel(r.most_s, 2400.0, 1e-15);
    assert_non_null(strstr(r.ask, "pause"));
    assert_int_equal(run(item, 2, &c).decision.verdict, MET); /* total 20 min */
    item[2] = scan(10.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, MET); /* total 30 min */
    item[2] = scan(31.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, NOT_MET); /* whatever interrupts */
    c.gap = minutes(5.0);
    item[2] = scan(20.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, MET);
    item[1] = pause_of(4.9);
    assert_int_equal(run(item, 3, &c).decision.verdict, NOT_MET);
}

static void per_sequence_exam_and_lifetime__sums_and_largest(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(10.0), pause_of(5.0), scan(15.0)};
    mrse_clock c = clock_of(MRSE_CLOCK_PER_SEQUENCE, 15.0);
    mrse_clock_result r = run(item, 3, &c);
    assert_int_equal(r.decision.verdict, MET);
    assert_int_equal(r.first, 2);
    c.limit.op = MRSE_OP_LT;
    assert_int_equal(run(item, 3, &c).decision.verdict, NOT_MET);
    c = clock_of(MRSE_CLOCK_EXAM, 25.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, MET);
    c = clock_of(MRSE_CLOCK_EXAM, 24.9);
    assert_int_equal(run(item, 3, &c).decision.verdict, NOT_MET);

    c = clock_of(MRSE_CLOCK_LIFETIME, 600.0);
    mrse_clock_plan plan = {
        .item = item, .n = 3, .free_before = MISSING, .lifetime_used = minutes(575.0)};
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, MET);
    plan.lifetime_used = minutes(575.1);
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, NOT_MET);
    plan.lifetime_used = MISSING;
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    assert_non_null(strstr(r.ask, "implantation"));
    assert_true(isinf(r.most_s));
    c = clock_of(MRSE_CLOCK_LIFETIME, 24.0); /* the plan alone is too long */
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, NOT_MET);
}

static void history__earlier_scans_and_unknown_time__count_in_the_window(void **state)
{
    (void)state;
    mrse_clock dbs = window_of(30.0, 90.0);
    mrse_clock_item item[] = {scan(20.0)}, before[] = {scan(15.0), pause_of(30.0)};
    mrse_clock_plan plan = {.item = item,
                            .n = 1,
                            .earlier = before,
                            .n_earlier = 2,
                            .free_before = NEVER,
                            .lifetime_used = MISSING};
    mrse_clock_result r;
    assert_int_equal(mrse_clock_evaluate(&plan, &dbs, &r), MRSE_OK);
    assert_rel(r.value.v, 35.0 * 60.0, 1e-15);
    assert_int_equal(r.decision.verdict, NOT_MET);
    plan.n_earlier = 0;
    plan.free_before = MISSING; /* anything may have been done just before */
    assert_int_equal(mrse_clock_evaluate(&plan, &dbs, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    assert_rel(r.value.v, 1200.0, 1e-15); /* of what is known */
    assert_non_null(strstr(r.ask, "last scanned"));
    /* 80 min free, then 20: the window of 90 min that ends with the scan begins 10 min after the
     * unknown time; one that ends after 10 min of it holds 10 + 0. */
    plan.free_before = minutes(80.0);
    assert_int_equal(mrse_clock_evaluate(&plan, &dbs, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, MET);
    plan.free_before = minutes(60.0); /* 90 - 60 = 30 shared: 30 min is just met */
    assert_int_equal(mrse_clock_evaluate(&plan, &dbs, &r), MRSE_OK);
    assert_rel(r.most_s, 1800.0, 1e-15);
    assert_int_equal(r.decision.verdict, MET);
    plan.free_before = minutes(59.0);
    assert_int_equal(mrse_clock_evaluate(&plan, &dbs, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    mrse_clock rest = clock_of(MRSE_CLOCK_REST, 30.0);
    rest.rest = minutes(60.0);
    assert_int_equal(mrse_clock_evaluate(&plan, &rest, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, UNDETERMINED);
    plan.free_before = minutes(60.0);
    assert_int_equal(mrse_clock_evaluate(&plan, &rest, &r), MRSE_OK);
    assert_int_equal(r.decision.verdict, MET);
}

static void durations__computed__guarded_with_two_u(void **state)
{
    (void)state;
    mrse_clock dbs = window_of(30.0, 90.0);
    mrse_clock_item item[] = {scan(0.0), scan(0.0)};
    item[0].duration = uncertain(14.0, 0.25);
    item[1].duration = uncertain(15.0, 0.25);
    mrse_clock_result r = run(item, 2, &dbs);
    assert_rel(r.most_s, 30.0 * 60.0, 1e-12);
    assert_rel(r.value.u, 30.0, 1e-9); /* both at once, not in quadrature */
    assert_int_equal(r.decision.verdict, MET);
    item[1].duration = uncertain(15.5, 0.25);
    assert_int_equal(run(item, 2, &dbs).decision.verdict, UNDETERMINED);
    item[1].duration = uncertain(17.1, 0.25);
    assert_int_equal(run(item, 2, &dbs).decision.verdict, NOT_MET);
    item[1].duration = uncertain(1.0, NAN);
    assert_int_equal(run(item, 2, &dbs).decision.verdict, UNDETERMINED);
    /* A pause that may be too short does not interrupt for certain. */
    mrse_clock c = clock_of(MRSE_CLOCK_CONTINUOUS, 15.0);
    c.gap = minutes(5.0);
    mrse_clock_item broken[] = {scan(10.0), pause_of(0.0), scan(10.0)};
    broken[1].duration = uncertain(5.5, 0.3);
    assert_int_equal(run(broken, 3, &c).decision.verdict, UNDETERMINED);
    broken[1].duration = uncertain(5.7, 0.3);
    assert_int_equal(run(broken, 3, &c).decision.verdict, MET);
    broken[1].duration = uncertain(4.3, 0.3);
    assert_int_equal(run(broken, 3, &c).decision.verdict, NOT_MET);
}

static void active__each_reading__counts_as_the_label_says(void **state)
{
    (void)state;
    static const struct {
        mrse_clock_active active;
        mrse_on rf, gradients;
        mrse_verdict verdict;
    } row[] = {
        {MRSE_ACTIVE_RF, MRSE_ON_YES, MRSE_ON_NO, NOT_MET},
        {MRSE_ACTIVE_RF, MRSE_ON_NO, MRSE_ON_YES, MET},
        {MRSE_ACTIVE_RF, MRSE_ON_UNKNOWN, MRSE_ON_YES, UNDETERMINED},
        {MRSE_ACTIVE_GRADIENTS, MRSE_ON_NO, MRSE_ON_YES, NOT_MET},
        {MRSE_ACTIVE_RF_AND_GRADIENTS, MRSE_ON_YES, MRSE_ON_NO, MET},
        {MRSE_ACTIVE_RF_AND_GRADIENTS, MRSE_ON_YES, MRSE_ON_UNKNOWN, UNDETERMINED},
        {MRSE_ACTIVE_RF_OR_GRADIENTS, MRSE_ON_YES, MRSE_ON_NO, NOT_MET},
        {MRSE_ACTIVE_RF_OR_GRADIENTS, MRSE_ON_NO, MRSE_ON_NO, MET},
        {MRSE_ACTIVE_UNSTATED, MRSE_ON_YES, MRSE_ON_NO, UNDETERMINED},
        {MRSE_ACTIVE_UNSTATED, MRSE_ON_YES, MRSE_ON_YES, NOT_MET},
        {MRSE_ACTIVE_UNSTATED, MRSE_ON_NO, MRSE_ON_NO, MET},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_clock c = clock_of(MRSE_CLOCK_EXAM, 30.0);
        c.active = row[i].active;
        mrse_clock_item item = scan(40.0);
        item.rf = row[i].rf;
        item.gradients = row[i].gradients;
        mrse_clock_result r = run(&item, 1, &c);
        if (r.decision.verdict != row[i].verdict)
            print_error("row %zu: %s\n", i, r.decision.reason);
        assert_int_equal(r.decision.verdict, row[i].verdict);
        assert_true((r.ask[0] != '\0') == (row[i].verdict == UNDETERMINED));
        assert_true(strlen(mrse_clock_active_text(row[i].active)) > 0);
    }
}

static void missing__durations_limits_sources__never_met(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(10.0), pause_of(5.0), scan(10.0)};
    for (int kind = MRSE_CLOCK_PER_SEQUENCE; kind <= MRSE_CLOCK_LIFETIME; kind++) {
        mrse_clock good = clock_of((mrse_clock_kind)kind, 30.0), c = good;
        good.window = good.rest = good.gap = minutes(90.0);
        good.region = MRSE_BODY_CHEST;
        mrse_clock_plan plan = {
            .item = item, .n = 3, .free_before = NEVER, .lifetime_used = minutes(0.0)};
        mrse_clock_result r;
        assert_int_equal(mrse_clock_evaluate(&plan, &good, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, MET);
        assert_int_equal(r.value.basis, MRSE_BASIS_DECLARED);
        assert_string_equal(r.value.src, "clock-schedule");

        mrse_clock_item worse[] = {item[0], item[1], item[2]};
        plan.item = worse;
        worse[2].duration = MISSING;
        assert_int_equal(mrse_clock_evaluate(&plan, &good, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        assert_true(isnan(r.value.v));
        worse[2] = item[2];
        worse[0].duration.origin = MRSE_ORIGIN_UNVERIFIED;
        assert_int_equal(mrse_clock_evaluate(&plan, &good, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        assert_true(r.decision.provisional);
        worse[0].duration.origin = MRSE_ORIGIN_ASSUMED;
        assert_int_equal(mrse_clock_evaluate(&plan, &good, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, MET);
        assert_true(r.decision.on_assumption);

        plan.item = item;
        c = good;
        c.limit.value.origin = MRSE_ORIGIN_UNVERIFIED;
        assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        c = good;
        c.limit.value.v = NAN;
        assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        c = good;
        c.limit.op = MRSE_OP_GE;
        assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        c = good;
        c.limit.value.kind = MRSE_KIND_LENGTH;
        assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
        plan.n = 0;
        assert_int_equal(mrse_clock_evaluate(&plan, &good, &r), MRSE_OK);
        assert_int_equal(r.decision.verdict, UNDETERMINED);
    }
    mrse_clock c = window_of(30.0, NAN);
    assert_int_equal(run(item, 3, &c).decision.verdict, UNDETERMINED);
    c = clock_of(MRSE_CLOCK_REST, 30.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, UNDETERMINED);
    c = clock_of(MRSE_CLOCK_CONTINUOUS, 30.0);
    c.gap = minutes(0.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, UNDETERMINED);
    c.gap = minutes(5.0);
    c.gap.kind = MRSE_KIND_LENGTH;
    assert_int_equal(run(item, 3, &c).decision.verdict, UNDETERMINED);
    c = clock_of(MRSE_CLOCK_UNKNOWN, 30.0);
    assert_int_equal(run(item, 3, &c).decision.verdict, UNDETERMINED);
}

static void evaluate__bad_arguments__error_and_zero(void **state)
{
    (void)state;
    mrse_clock c = window_of(30.0, 90.0);
    mrse_clock_item item = scan(10.0);
    mrse_clock_plan plan = {.item = &item, .n = 1, .free_before = NEVER, .lifetime_used = MISSING};
    mrse_clock_result r;
    assert_int_equal(mrse_clock_evaluate(NULL, &c, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_clock_evaluate(&plan, NULL, &r), MRSE_ERR_ARG);
    assert_int_equal(mrse_clock_evaluate(&plan, &c, NULL), MRSE_ERR_ARG);
    item.duration.v = -1.0;
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_ERR_ARG);
    item.duration.v = INFINITY;
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_ERR_ARG);
    item.duration.v = 1.0;
    plan.free_before.v = -INFINITY;
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_ERR_ARG);
    plan.free_before = NEVER;
    plan.n_earlier = 1;
    assert_int_equal(mrse_clock_evaluate(&plan, &c, &r), MRSE_ERR_ARG);
    assert_true(r.value.v == 0.0 && r.decision.verdict == UNDETERMINED);
}

static mrse_status evaluate_work(void *context)
{
    mrse_clock c = window_of(30.0, 90.0);
    mrse_clock_result r;
    return mrse_clock_evaluate(context, &c, &r);
}

static void evaluate__out_of_memory__reported_without_leak(void **state)
{
    (void)state;
    mrse_clock_item item = scan(10.0);
    mrse_clock_plan plan = {.item = &item, .n = 1, .free_before = NEVER, .lifetime_used = MISSING};
    assert_int_equal(oom_exhaust(evaluate_work, &plan), 4);
}

/* Whole seconds, so that counting them second by second is exact. */
enum { SECONDS = 400 };

static unsigned next(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

static void window__random_plans__equal_counting_seconds(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 2000; round++) {
        mrse_clock_item item[8];
        bool on[SECONDS] = {false};
        size_t n = 1 + next(&seed, 8), end = 0;
        for (size_t i = 0; i < n; i++) {
            size_t s = next(&seed, 40);
            item[i] = next(&seed, 3) == 0 ? pause_of((double)s / 60.0) : scan((double)s / 60.0);
            item[i].duration.v = (double)s;
            for (size_t t = end; t < end + s; t++)
                on[t] = !item[i].is_break;
            end += s;
        }
        size_t w = 1 + next(&seed, 90), most = 0;
        for (size_t t = 0; t < end; t++) {
            size_t sum = 0;
            for (size_t k = t; k < t + w && k < end; k++)
                sum += on[k];
            most = sum > most ? sum : most;
        }
        mrse_clock c = window_of(30.0, 1.0);
        c.window.v = (double)w;
        mrse_clock_result r = run(item, n, &c);
        assert_abs(r.value.v, (double)most, 1e-9);
        assert_abs(r.most_s, (double)most, 1e-9);
        assert_abs(r.least_s, (double)most, 1e-9);
        if (most > 0)
            assert_true(r.first <= r.last && r.last < n);
    }
}

static void text__each_kind__in_words(void **state)
{
    (void)state;
    assert_string_equal(mrse_clock_kind_text(MRSE_CLOCK_EXAM), "whole examination");
    assert_string_equal(mrse_clock_kind_text(MRSE_CLOCK_UNKNOWN), "unknown time condition");
    assert_string_equal(mrse_clock_active_text(MRSE_ACTIVE_RF), "RF on");
    for (int k = MRSE_CLOCK_UNKNOWN; k <= MRSE_CLOCK_LIFETIME; k++)
        assert_true(strlen(mrse_clock_kind_text((mrse_clock_kind)k)) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window__thirty_in_ninety__equality_and_neighbours),
        cmocka_unit_test(window__fifteen_in_thirty__two_scans_need_a_pause),
        cmocka_unit_test(rest__thirty_then_sixty__sum_between_rests),
        cmocka_unit_test(region__sixty_over_the_chest__other_regions_interrupt),
        cmocka_unit_test(continuous__gap_not_stated__undetermined_unless_the_total_is_within),
        cmocka_unit_test(per_sequence_exam_and_lifetime__sums_and_largest),
        cmocka_unit_test(history__earlier_scans_and_unknown_time__count_in_the_window),
        cmocka_unit_test(durations__computed__guarded_with_two_u),
        cmocka_unit_test(active__each_reading__counts_as_the_label_says),
        cmocka_unit_test(missing__durations_limits_sources__never_met),
        cmocka_unit_test(evaluate__bad_arguments__error_and_zero),
        cmocka_unit_test(evaluate__out_of_memory__reported_without_leak),
        cmocka_unit_test(window__random_plans__equal_counting_seconds),
        cmocka_unit_test(text__each_kind__in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

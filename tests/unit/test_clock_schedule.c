/* Timetables: by hand for real labels, and against trying every timetable in whole seconds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/clock.h"
#include "support/close.h"
#include "support/oom.h"

static mrse_value seconds(double s)
{
    return (mrse_value){.v = s,
                        .kind = MRSE_KIND_TIME,
                        .origin = MRSE_ORIGIN_CONSOLE,
                        .basis = MRSE_BASIS_DECLARED};
}

static const mrse_value MISSING = {.v = NAN, .u = NAN, .kind = MRSE_KIND_TIME};
static const mrse_value NEVER = {
    .v = INFINITY, .kind = MRSE_KIND_TIME, .origin = MRSE_ORIGIN_CONSOLE};

static mrse_clock_item scan(double s)
{
    return (mrse_clock_item){
        .duration = seconds(s), .rf = MRSE_ON_YES, .gradients = MRSE_ON_YES, .name = "T2"};
}

static mrse_clock_item pause_of(double s)
{
    return (mrse_clock_item){.is_break = true, .duration = seconds(s)};
}

static mrse_clock clock_of(mrse_clock_kind kind, double limit_s, double other_s)
{
    return (mrse_clock){.kind = kind,
                        .active = MRSE_ACTIVE_RF,
                        .limit = {.op = MRSE_OP_LE, .value = seconds(limit_s)},
                        .window = seconds(other_s),
                        .rest = seconds(other_s),
                        .gap = seconds(other_s),
                        .region = MRSE_BODY_CHEST};
}

static mrse_clock_plan plan_of(const mrse_clock_item *item, size_t n)
{
    return (mrse_clock_plan){.item = item, .n = n, .free_before = NEVER, .lifetime_used = MISSING};
}

static mrse_clock_timetable schedule(const mrse_clock_plan *plan, const mrse_clock *clock, size_t n,
                                     bool reorder)
{
    mrse_clock_timetable t;
    assert_int_equal(mrse_clock_schedule(plan, clock, n, reorder, &t), MRSE_OK);
    return t;
}

/* The timetable as a plan, judged by the clocks themselves. */
static bool keeps(const mrse_clock_plan *plan, const mrse_clock_timetable *t,
                  const mrse_clock *clock, size_t n)
{
    mrse_clock_item item[64];
    mrse_clock_plan laid = *plan;
    laid.item = item;
    laid.n = 0;
    for (size_t i = 0; i < t->n; i++) {
        item[laid.n++] = pause_of(t->slot[i].pause_s);
        item[laid.n++] = plan->item[t->slot[i].item];
    }
    for (size_t c = 0; c < n; c++) {
        mrse_clock_result r;
        assert_int_equal(mrse_clock_evaluate(&laid, &clock[c], &r), MRSE_OK);
        double limit_s = clock[c].limit.value.v;
        bool ok = clock[c].limit.op == MRSE_OP_LT ? r.most_s < limit_s
                                                  : r.most_s <= limit_s * (1.0 + 1e-12);
        if (!ok)
            return false;
    }
    return true;
}

/* DBS, 30 min in 90 min: 3 x 15 min. The third must wait until only 15 min of the window are left
 * of the first two: it ends 90 min after the first ended, 15 + 90 = 105 min. */
static void schedule__thirty_in_ninety__least_pause(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0), scan(900.0), scan(900.0)};
    mrse_clock_plan plan = plan_of(item, 3);
    mrse_clock dbs = clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0);
    mrse_clock_timetable t = schedule(&plan, &dbs, 1, false);
    assert_true(t.possible && t.shortest && !t.reordered);
    assert_int_equal(t.n, 3);
    assert_rel(t.end_s, 105.0 * 60.0, 1e-12);
    assert_rel(t.slot[2].added_s, 60.0 * 60.0, 1e-12);
    assert_rel(t.added_s, 60.0 * 60.0, 1e-12);
    assert_true(keeps(&plan, &t, &dbs, 1));
    mrse_clock_timetable_clear(&t);
    assert_null(t.slot);
}

/* WaveWriter, 30 min then 60 min: 20, (55 planned), 10, 20. Pausing as late as possible would end
 * at 165 min; making the planned pause 60 min ends at 110 min. */
static void schedule__rest__lengthens_the_right_pause(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(1200.0), pause_of(3300.0), scan(600.0), scan(1200.0)};
    mrse_clock_plan plan = plan_of(item, 4);
    mrse_clock spine = clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0);
    mrse_clock_timetable t = schedule(&plan, &spine, 1, false);
    assert_true(t.possible && t.shortest);
    assert_rel(t.end_s, 110.0 * 60.0, 1e-12);
    assert_rel(t.slot[1].added_s, 300.0, 1e-12);
    assert_rel(t.rest_after_s, 3600.0, 1e-12);
    assert_true(keeps(&plan, &t, &spine, 1));
    mrse_clock_timetable_clear(&t);
}

static void schedule__planned_one_keeps_to_all__nothing_added(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(600.0), pause_of(60.0), scan(600.0)};
    mrse_clock_plan plan = plan_of(item, 3);
    mrse_clock c[] = {clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0),
                      clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0)};
    mrse_clock_timetable t = schedule(&plan, c, 2, true);
    assert_true(t.possible && t.shortest && !t.reordered);
    assert_abs(t.added_s, 0.0, 0.0);
    assert_rel(t.end_s, 1260.0, 1e-15);
    assert_rel(t.slot[1].pause_s, 60.0, 1e-12);
    mrse_clock_timetable_clear(&t);
    t = schedule(&plan, NULL, 0, false);
    assert_true(t.possible && t.n == 2);
    mrse_clock_timetable_clear(&t);
}

/* 10, 30, 20 min under 30 min then 60 min: two rests as planned; the 10 beside the 20 saves one. */
static void schedule__reordering__saves_a_rest_unless_fixed(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(600.0), scan(1800.0), scan(1200.0)};
    mrse_clock_plan plan = plan_of(item, 3);
    mrse_clock spine = clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0);
    mrse_clock_timetable t = schedule(&plan, &spine, 1, false);
    assert_rel(t.end_s, 180.0 * 60.0, 1e-12);
    mrse_clock_timetable_clear(&t);
    t = schedule(&plan, &spine, 1, true);
    assert_true(t.possible && t.shortest && t.reordered);
    assert_rel(t.end_s, 120.0 * 60.0, 1e-12);
    assert_true(keeps(&plan, &t, &spine, 1));
    mrse_clock_timetable_clear(&t);
    item[1].fixed = true;
    t = schedule(&plan, &spine, 1, true);
    assert_rel(t.end_s, 180.0 * 60.0, 1e-12);
    assert_int_equal(t.slot[1].item, 1);
    mrse_clock_timetable_clear(&t);
}

static void schedule__unknown_time_before__waits_for_it(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0)};
    mrse_clock_plan plan = plan_of(item, 1);
    plan.free_before = MISSING;
    mrse_clock dbs = clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0);
    mrse_clock_timetable t = schedule(&plan, &dbs, 1, false);
    /* 15 min of the unknown time may be in the window that ends with the scan. */
    assert_rel(t.slot[0].pause_s, 5400.0 - 900.0 - 900.0, 1e-12);
    assert_true(keeps(&plan, &t, &dbs, 1));
    mrse_clock_timetable_clear(&t);
    mrse_clock spine = clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0);
    t = schedule(&plan, &spine, 1, false);
    assert_rel(t.slot[0].pause_s, 3600.0, 1e-12);
    mrse_clock_timetable_clear(&t);
    plan.free_before = seconds(3000.0);
    t = schedule(&plan, &spine, 1, false);
    assert_rel(t.slot[0].pause_s, 600.0, 1e-12);
    mrse_clock_timetable_clear(&t);
}

static void schedule__strict_limit__stays_below(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0), scan(900.0)};
    mrse_clock_plan plan = plan_of(item, 2);
    mrse_clock c = clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0);
    c.limit.op = MRSE_OP_LT;
    mrse_clock_timetable t = schedule(&plan, &c, 1, false);
    assert_true(t.possible && keeps(&plan, &t, &c, 1));
    assert_rel(t.added_s, 1.0 + 5400.0 - 1800.0, 1e-12);
    mrse_clock_timetable_clear(&t);
}

static void schedule__uncertain_durations__count_with_two_u(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0), scan(900.0)};
    item[1].duration.basis = MRSE_BASIS_COMPUTED;
    item[1].duration.u = 15.0;
    mrse_clock_plan plan = plan_of(item, 2);
    mrse_clock c = clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0);
    mrse_clock_timetable t = schedule(&plan, &c, 1, false);
    assert_true(t.added_s > 0.0 && keeps(&plan, &t, &c, 1));
    /* The last 930 s leave 870 s of the window to the first: it ends at 30 s + 5400 s. */
    assert_rel(t.end_s, 30.0 + 5400.0, 1e-12);
    mrse_clock_timetable_clear(&t);
}

static void schedule__no_pause_helps__says_what_stands_in_the_way(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0), scan(1801.0)};
    mrse_clock_plan plan = plan_of(item, 2);
    static const mrse_clock_kind kind[] = {MRSE_CLOCK_WINDOW, MRSE_CLOCK_REST,
                                           MRSE_CLOCK_CONTINUOUS, MRSE_CLOCK_REGION,
                                           MRSE_CLOCK_PER_SEQUENCE};
    for (size_t k = 0; k < 5; k++) {
        mrse_clock c[] = {clock_of(MRSE_CLOCK_EXAM, 1e6, 0.0), clock_of(kind[k], 1800.0, 5400.0)};
        mrse_clock_timetable t = schedule(&plan, c, 2, true);
        assert_false(t.possible);
        assert_int_equal(t.clock, 1);
        assert_int_equal(t.at, 1);
        assert_non_null(strstr(t.reason, "T2"));
        assert_null(t.slot);
    }
    mrse_clock c = clock_of(MRSE_CLOCK_EXAM, 2700.0, 0.0);
    mrse_clock_timetable t = schedule(&plan, &c, 1, false);
    assert_false(t.possible);
    assert_int_equal(t.at, 2);
    c = clock_of(MRSE_CLOCK_LIFETIME, 1e6, 0.0); /* not known what was used */
    assert_false(schedule(&plan, &c, 1, false).possible);
    c = clock_of(MRSE_CLOCK_CONTINUOUS, 2700.0, NAN); /* no pause is said to interrupt */
    t = schedule(&plan, &c, 1, false);
    assert_false(t.possible);
    assert_non_null(strstr(t.reason, "pause"));
    c = clock_of(MRSE_CLOCK_CONTINUOUS, 2701.0, NAN);
    t = schedule(&plan, &c, 1, false);
    assert_true(t.possible);
    mrse_clock_timetable_clear(&t);
    c = clock_of(MRSE_CLOCK_UNKNOWN, 1e6, 0.0);
    assert_false(schedule(&plan, &c, 1, false).possible);
    item[0].duration = MISSING;
    c = clock_of(MRSE_CLOCK_WINDOW, 1e6, 5400.0);
    assert_false(schedule(&plan, &c, 1, false).possible);
}

/* ---- every timetable in whole seconds --------------------------------------------------------- */

enum { JOBS = 4, LENGTH = 96 };

typedef struct brute {
    size_t n, n_clocks;
    int length[JOBS], pause[JOBS];
    bool active[2][JOBS]; /* by clock */
    const mrse_clock *clock;
    int before, since; /* s active just before, and s that passed since */
    int longest_pause, best;
} brute;

static bool holds(const brute *b, const size_t *order, const int *start, int end, size_t c)
{
    const mrse_clock *clock = &b->clock[c];
    bool on[LENGTH] = {false};
    int zero = b->before + b->since;
    for (int t = 0; t < b->before; t++)
        on[t] = true;
    for (size_t i = 0; i < b->n; i++)
        for (int t = start[i]; t < start[i] + b->length[order[i]]; t++)
            on[zero + t] = b->active[c][order[i]];
    end += zero;
    int limit = (int)clock->limit.value.v, other = (int)clock->window.v;
    if (clock->kind == MRSE_CLOCK_WINDOW) {
        for (int t = 0; t < end; t++) {
            int sum = 0;
            for (int k = t; k < t + other && k < end; k++)
                sum += on[k];
            if (sum > limit)
                return false;
        }
        return true;
    }
    int sum = 0, off = 0;
    for (int t = 0; t < end; t++) {
        off = on[t] ? 0 : off + 1;
        sum = on[t] ? sum + 1 : (off >= other ? 0 : sum);
        if (sum > limit)
            return false;
    }
    return true;
}

static void try_all(brute *b, const size_t *order, int *start, size_t depth, int now)
{
    if (now >= b->best)
        return;
    if (depth == b->n) {
        for (size_t c = 0; c < b->n_clocks; c++)
            if (!holds(b, order, start, now, c))
                return;
        b->best = now;
        return;
    }
    int least = b->pause[order[depth]];
    for (int p = least; p <= least + b->longest_pause; p++) {
        start[depth] = now + p;
        try_all(b, order, start, depth + 1, now + p + b->length[order[depth]]);
    }
}

static void permute(brute *b, size_t *order, size_t depth)
{
    int start[JOBS];
    if (depth == b->n) {
        try_all(b, order, start, 0, 0);
        return;
    }
    for (size_t i = depth; i < b->n; i++) {
        size_t keep = order[depth];
        order[depth] = order[i];
        order[i] = keep;
        permute(b, order, depth + 1);
        order[i] = order[depth];
        order[depth] = keep;
    }
}

static unsigned next(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

/* True when pauses had to be added. */
static bool compare(unsigned *seed, bool reorder, size_t n)
{
    static const mrse_clock_kind kinds[] = {MRSE_CLOCK_WINDOW, MRSE_CLOCK_REST,
                                            MRSE_CLOCK_CONTINUOUS, MRSE_CLOCK_REGION};
    mrse_clock clock[2];
    mrse_clock_item item[2 * JOBS];
    brute b = {.n = n, .clock = clock, .n_clocks = 1 + next(seed, 2), .best = LENGTH - 16};
    b.before = (int)next(seed, 5);
    b.since = (int)next(seed, 8);
    for (size_t c = 0; c < b.n_clocks; c++) {
        int limit = 4 + (int)next(seed, 4), other = 1 + (int)next(seed, 8);
        mrse_clock_kind kind = kinds[next(seed, 4)];
        if (kind == MRSE_CLOCK_WINDOW)
            other += limit;
        clock[c] = clock_of(kind, limit, other);
        b.longest_pause = other > b.longest_pause ? other : b.longest_pause;
    }
    size_t n_items = 0;
    for (size_t i = 0; i < n; i++) {
        b.length[i] = 1 + (int)next(seed, 4);
        b.pause[i] = next(seed, 2) == 0 ? 0 : (int)next(seed, 4);
        if (b.pause[i] > 0)
            item[n_items++] = pause_of(b.pause[i]);
        item[n_items] = scan(b.length[i]);
        item[n_items].rf = next(seed, 6) == 0 ? MRSE_ON_NO : MRSE_ON_YES;
        item[n_items].region = next(seed, 3) == 0 ? MRSE_BODY_HEAD : MRSE_BODY_CHEST;
        for (size_t c = 0; c < b.n_clocks; c++)
            b.active[c][i] =
                item[n_items].rf == MRSE_ON_YES &&
                (clock[c].kind != MRSE_CLOCK_REGION || item[n_items].region == MRSE_BODY_CHEST);
        n_items++;
    }
    size_t order[JOBS] = {0, 1, 2, 3};
    int start[JOBS];
    if (reorder)
        permute(&b, order, 0);
    else
        try_all(&b, order, start, 0, 0);
    mrse_clock_plan plan = plan_of(item, n_items);
    mrse_clock_item earlier[] = {scan(b.before), pause_of(b.since)};
    earlier[0].region = MRSE_BODY_CHEST;
    plan.earlier = earlier;
    plan.n_earlier = 2;
    mrse_clock_timetable t = schedule(&plan, clock, b.n_clocks, reorder);
    assert_true(t.possible && t.shortest);
    assert_true(b.best < LENGTH - 16);
    assert_abs(t.end_s, b.best, 1e-9);
    assert_true(keeps(&plan, &t, clock, b.n_clocks));
    bool added = t.added_s > 0.0;
    mrse_clock_timetable_clear(&t);
    return added;
}

static void schedule__random_plans__as_short_as_the_best_of_all(void **state)
{
    (void)state;
    unsigned seed = 11;
    int added = 0;
    for (int round = 0; round < 2000; round++)
        added += compare(&seed, false, 2 + next(&seed, 3));
    for (int round = 0; round < 300; round++)
        added += compare(&seed, true, 3 + next(&seed, 2));
    assert_in_range(added, 500, 2299); /* the comparison is about something */
}

static void schedule__many_sequences__shortest_in_reasonable_time(void **state)
{
    (void)state;
    mrse_clock_item item[24];
    for (size_t i = 0; i < 24; i++)
        item[i] = scan(180.0 + 20.0 * (double)(i % 7));
    mrse_clock_plan plan = plan_of(item, 24);
    mrse_clock c[] = {clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0),
                      clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0)};
    mrse_clock_timetable t = schedule(&plan, c, 2, false);
    assert_true(t.possible && keeps(&plan, &t, c, 2));
    mrse_clock_timetable_clear(&t);
    /* All orders of 24 are too many: what is found keeps to the clocks, and says so. */
    t = schedule(&plan, c, 2, true);
    assert_true(t.possible && keeps(&plan, &t, c, 2));
    assert_true(t.shortest || t.reason[0] != '\0');
    mrse_clock_timetable_clear(&t);
}

static void schedule__bad_arguments__error_and_empty(void **state)
{
    (void)state;
    mrse_clock_item item[MRSE_CLOCK_ITEMS + 1];
    for (size_t i = 0; i < MRSE_CLOCK_ITEMS + 1; i++)
        item[i] = scan(1.0);
    mrse_clock_plan plan = plan_of(item, 1);
    mrse_clock c = clock_of(MRSE_CLOCK_EXAM, 1.0, 1.0);
    mrse_clock_timetable t;
    assert_int_equal(mrse_clock_schedule(NULL, &c, 1, false, &t), MRSE_ERR_ARG);
    assert_int_equal(mrse_clock_schedule(&plan, NULL, 1, false, &t), MRSE_ERR_ARG);
    assert_int_equal(mrse_clock_schedule(&plan, &c, 1, false, NULL), MRSE_ERR_ARG);
    plan.n = MRSE_CLOCK_ITEMS + 1;
    assert_int_equal(mrse_clock_schedule(&plan, &c, 1, false, &t), MRSE_ERR_LIMIT);
    plan.n = 1;
    item[0].duration.v = -1.0;
    assert_int_equal(mrse_clock_schedule(&plan, &c, 1, false, &t), MRSE_ERR_ARG);
    assert_true(t.slot == NULL && t.n == 0 && !t.possible);
    mrse_clock_timetable_clear(NULL);
}

static mrse_status schedule_work(void *context)
{
    mrse_clock c[] = {clock_of(MRSE_CLOCK_WINDOW, 1800.0, 5400.0),
                      clock_of(MRSE_CLOCK_REST, 1800.0, 3600.0)};
    mrse_clock_timetable t;
    mrse_status status = mrse_clock_schedule(context, c, 2, false, &t);
    mrse_clock_timetable_clear(&t);
    return status;
}

static void schedule__out_of_memory__reported_without_leak(void **state)
{
    (void)state;
    mrse_clock_item item[] = {scan(900.0), scan(1200.0)};
    mrse_clock_plan plan = plan_of(item, 2);
    assert_true(oom_exhaust(schedule_work, &plan) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schedule__thirty_in_ninety__least_pause),
        cmocka_unit_test(schedule__rest__lengthens_the_right_pause),
        cmocka_unit_test(schedule__planned_one_keeps_to_all__nothing_added),
        cmocka_unit_test(schedule__reordering__saves_a_rest_unless_fixed),
        cmocka_unit_test(schedule__unknown_time_before__waits_for_it),
        cmocka_unit_test(schedule__strict_limit__stays_below),
        cmocka_unit_test(schedule__uncertain_durations__count_with_two_u),
        cmocka_unit_test(schedule__no_pause_helps__says_what_stands_in_the_way),
        cmocka_unit_test(schedule__random_plans__as_short_as_the_best_of_all),
        cmocka_unit_test(schedule__many_sequences__shortest_in_reasonable_time),
        cmocka_unit_test(schedule__bad_arguments__error_and_empty),
        cmocka_unit_test(schedule__out_of_memory__reported_without_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

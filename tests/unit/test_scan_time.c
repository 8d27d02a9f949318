/* Scan time: families by hand, laws, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "image_support.h"
#include "mrse/scan_time.h"

static mrse_scan_time time_for(const mrse_scan_plan *plan)
{
    mrse_scan_time t;

    assert_int_equal(mrse_scan_time_of(plan, &t), MRSE_OK);
    return t;
}

static void scan_time__families__equal_sums_by_hand(void **state)
{
    static const struct {
        mrse_scan_plan plan;
        size_t lines, partitions, trains;
        double time_s;
    } cases[] = {
        /* SE: 0.5 s × 256 × 2 averages */
        {{.tr_s = 0.5, .lines = 256, .averages = 2}, 256, 1, 256, 256.0},
        /* TSE: 4 s × ceil(256 / 15) = 18 trains × 2 concatenations */
        {{.tr_s = 4, .lines = 256, .lines_per_tr = 15, .concatenations = 2}, 256, 1, 18, 144.0},
        /* the same, with acceleration 2 and 24 reference lines: 128 + 24 = 152; 11 trains */
        {{.tr_s = 4,
          .lines = 256,
          .lines_per_tr = 15,
          .concatenations = 2,
          .acceleration_pe = 2,
          .reference_lines = 24},
         152,
         1,
         11,
         88.0},
        /* 3D GRE: 8 ms × 192 × (6/8 of 160 = 120) */
        {{.tr_s = 0.008, .lines = 192, .partitions = 160, .partial_3d = 0.75},
         192,
         120,
         23040,
         184.32},
        /* MPRAGE: cycle 2.3 s, 160 partitions a cycle, 240 lines accelerated by 2 */
        {{.tr_s = 2.3, .lines = 240, .partitions = 160, .lines_per_tr = 160, .acceleration_pe = 2},
         120,
         160,
         120,
         276.0},
        /* EPI: single shot, 6/8 of 128 = 96 lines, 64 directions + 1, 2 dummies, TR 5 s */
        {{.tr_s = 5,
          .lines = 128,
          .lines_per_tr = 96,
          .partial_pe = 0.75,
          .volumes = 65,
          .dummies = 2},
         96,
         1,
         1,
         335.0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const mrse_scan_time t = time_for(&cases[i].plan);
        assert_int_equal(t.lines, cases[i].lines);
        assert_int_equal(t.partitions, cases[i].partitions);
        assert_int_equal(t.trains, cases[i].trains);
        assert_rel(t.time_s, cases[i].time_s, 1e-14);
        assert_rel(t.repetitions, cases[i].time_s / cases[i].plan.tr_s, 1e-14);
    }
}

static void scan_time__longer_train__is_never_slower(void **state)
{
    double last = 1e9;
    size_t etl;

    (void)state;
    for (etl = 1; etl <= 256; etl++) {
        const mrse_scan_plan p = {.tr_s = 3, .lines = 256, .lines_per_tr = etl};
        const mrse_scan_time t = time_for(&p);
        assert_true(t.time_s <= last);
        assert_true(t.trains * etl >= 256 && (t.trains - 1) * etl < 256);
        last = t.time_s;
    }
    assert_rel(last, 3.0, 1e-15);
}

static void scan_time__acceleration__never_takes_more_lines(void **state)
{
    double r;

    (void)state;
    for (r = 1.0; r <= 8.0; r += 0.25) {
        const mrse_scan_plan p = {
            .tr_s = 1, .lines = 100, .acceleration_pe = r, .reference_lines = 30};
        const mrse_scan_time t = time_for(&p);
        assert_true(t.lines <= 100);
        assert_true((double)t.lines >= 100.0 / r);
    }
}

static void scan_time__a_rounded_share__gives_the_intended_count(void **state)
{
    const mrse_scan_plan p = {.tr_s = 1, .lines = 256, .partial_pe = 0.75000000001};
    const mrse_scan_plan q = {.tr_s = 1, .lines = 255, .partial_pe = 0.75};

    (void)state;
    assert_int_equal(time_for(&p).lines, 192);
    assert_int_equal(time_for(&q).lines, 192); /* 191.25 */
}

static void scan_time__what_cannot_be__is_refused(void **state)
{
    const mrse_scan_plan good = {.tr_s = 1, .lines = 64, .lines_per_tr = 4};
    mrse_scan_plan p;
    mrse_scan_time t;

    (void)state;
#define REFUSED(change, want)                                                                      \
    p = good, p.change, t.time_s = 7.0;                                                            \
    assert_int_equal(mrse_scan_time_of(&p, &t), want);                                             \
    assert_true(t.time_s == 0.0)
    REFUSED(lines = 0, MRSE_ERR_ARG);
    REFUSED(tr_s = (double)NAN, MRSE_ERR_ARG);
    REFUSED(partial_pe = (double)NAN, MRSE_ERR_ARG);
    REFUSED(acceleration_3d = (double)INFINITY, MRSE_ERR_ARG);
    REFUSED(tr_s = 0, MRSE_ERR_RANGE);
    REFUSED(partial_pe = 0.4, MRSE_ERR_RANGE);
    REFUSED(partial_3d = 1.1, MRSE_ERR_RANGE);
    REFUSED(acceleration_pe = 0.5, MRSE_ERR_RANGE);
    REFUSED(acceleration_3d = -1, MRSE_ERR_RANGE);
    REFUSED(lines_per_tr = 65, MRSE_ERR_RANGE);
    REFUSED(lines = 1000001, MRSE_ERR_LIMIT);
    REFUSED(volumes = (size_t)-1, MRSE_ERR_LIMIT);
    REFUSED(reference_lines = 2000000, MRSE_ERR_LIMIT);
#undef REFUSED
    assert_int_equal(mrse_scan_time_of(NULL, &t), MRSE_ERR_ARG);
    assert_int_equal(mrse_scan_time_of(&good, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scan_time__families__equal_sums_by_hand),
        cmocka_unit_test(scan_time__longer_train__is_never_slower),
        cmocka_unit_test(scan_time__acceleration__never_takes_more_lines),
        cmocka_unit_test(scan_time__a_rounded_share__gives_the_intended_count),
        cmocka_unit_test(scan_time__what_cannot_be__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

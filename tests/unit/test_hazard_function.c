/* Magnets, switches, artefacts, times of exposure. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/activity.h"
#include "mrse/artefact.h"
#include "mrse/magnet_function.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/oom.h"

static mrse_magnet_state judge(double knee, double b, double degrees)
{
    mrse_magnet_state s;
    assert_int_equal(mrse_magnet_judge(0.3, 1.3, knee, b, degrees * MRSE_PI / 180, &s), MRSE_OK);
    assert_true(strlen(s.reason) > 0);
    return s;
}

static void magnet__torque_and_force__scale(void **state)
{
    (void)state;
    assert_rel(mrse_magnet_torque_N_m(1.3, 1e-7, 3.0, MRSE_PI / 2), 1.3e-7 / MRSE_MU0 * 3.0, 1e-15);
    assert_rel(mrse_magnet_torque_N_m(1.3, 1e-7, 3.0, MRSE_PI / 6),
               0.5 * mrse_magnet_torque_N_m(1.3, 1e-7, 3.0, MRSE_PI / 2), 1e-14);
    assert_abs(mrse_magnet_torque_N_m(1.3, 1e-7, 3.0, 0.0), 0.0, 0.0);
    assert_rel(mrse_magnet_force_N(1.3, 1e-7, 5.0), 1.3e-7 / MRSE_MU0 * 5.0, 1e-15);
    assert_true(isnan(mrse_magnet_torque_N_m(-1.3, 1e-7, 3.0, 0.0)));
    assert_true(isnan(mrse_magnet_torque_N_m(1.3, 1e-7, 3.0, (double)NAN)));
    assert_true(isnan(mrse_magnet_force_N(1.3, 1e-7, (double)NAN)));
}

static void magnet_judge__angle_and_knee__grade(void **state)
{
    const double none = (double)NAN;
    (void)state;
    assert_int_equal(judge(none, 3.0, 85).grade, MRSE_DEMAGNETISED_POSSIBLE);
    assert_int_equal(judge(none, 3.0, 180).grade, MRSE_DEMAGNETISED_POSSIBLE);
    assert_int_equal(judge(none, 3.0, 20).grade, MRSE_DEMAGNETISED_UNKNOWN);
    assert_int_equal(judge(9e5, 3.0, 20).grade, MRSE_DEMAGNETISED_UNLIKELY);
    assert_int_equal(judge(9e5, 3.0, 180).grade, MRSE_DEMAGNETISED_EXPECTED);
    assert_int_equal(judge(9e5, 1e-3, 20).grade, MRSE_DEMAGNETISED_UNLIKELY);
    /* its own factor alone may be too much for a weak material */
    assert_int_equal(judge(2e5, 0.0, 20).grade, MRSE_DEMAGNETISED_EXPECTED);
    assert_rel(judge(none, 3.0, 180).h_A_m, (-3.0 - 0.3 * 1.3) / MRSE_MU0, 1e-14);
}

static void magnet_judge__nonsense__is_refused(void **state)
{
    mrse_magnet_state s;
    (void)state;
    assert_int_equal(mrse_magnet_judge(1.1, 1.3, 1e6, 3, 0, &s), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnet_judge(0.3, 0.0, 1e6, 3, 0, &s), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnet_judge(0.3, 1.3, -1e6, 3, 0, &s), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnet_judge(0.3, 1.3, 1e6, (double)NAN, 0, &s), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnet_judge(0.3, 1.3, 1e6, 3, 4.0, &s), MRSE_ERR_RANGE);
    assert_int_equal(s.grade, MRSE_DEMAGNETISED_UNKNOWN);
    assert_int_equal(mrse_magnet_judge(0.3, 1.3, 1e6, 3, 0, NULL), MRSE_ERR_ARG);
}

static double b_at(double r, double z)
{
    mrse_sfg sfg;
    assert_int_equal(mrse_sfg_at(&test_m15, r, z, &sfg), MRSE_OK);
    return sfg.b_T;
}

static void reed__a_ride_in__meets_each_level(void **state)
{
    const double level[MRSE_REED_COUNT] = MRSE_REED_LEVELS;
    const mrse_path path = {0.2, 6.0, 0.0};
    mrse_reed_place p[MRSE_REED_COUNT];
    (void)state;
    assert_int_equal(mrse_reed_places(&test_m15, &path, level, 3, p), MRSE_OK);
    for (int i = 0; i < 3; i++) {
        assert_true(p[i].reached && !p[i].from_start);
        assert_rel(b_at(0.2, p[i].z_first_m), level[i], 1e-6);
        assert_abs(p[i].z_last_m, 0.0, 0.0);
        assert_true(i == 0 || p[i].z_first_m < p[i - 1].z_first_m);
    }
}

static void reed__through_the_magnet_or_never__says_so(void **state)
{
    const double level[2] = {1e-3, 9.0};
    const mrse_path through = {0.0, 6.0, -6.0}, inside = {0.0, 0.5, 0.0};
    mrse_reed_place p[2];
    (void)state;
    assert_int_equal(mrse_reed_places(&test_m15, &through, level, 2, p), MRSE_OK);
    assert_abs(p[0].z_last_m, -p[0].z_first_m, 1e-6);
    assert_false(p[1].reached);
    assert_true(isnan(p[1].z_first_m) && isnan(p[1].z_last_m));
    assert_int_equal(mrse_reed_places(&test_m15, &inside, level, 1, p), MRSE_OK);
    assert_true(p[0].from_start);
    assert_abs(p[0].z_first_m, 0.5, 0.0);
}

static void reed__nonsense__is_refused(void **state)
{
    const double level = 1e-3, bad = 0.0;
    const mrse_path path = {0.2, 6.0, 0.0}, far = {0.2, 1e6, 0.0}, nan = {(double)NAN, 1, 0};
    const mrse_source loop = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.0};
    const mrse_magnet ring = {&loop, 1};
    mrse_reed_place p;
    (void)state;
    assert_int_equal(mrse_reed_places(NULL, &path, &level, 1, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, NULL, &level, 1, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, &path, &bad, 1, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, &far, &level, 1, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, &nan, &level, 1, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, &path, &level, 0, &p), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&test_m15, &path, &level, 1, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_reed_places(&ring, &(mrse_path){0.5, 1.0, 0.0}, &level, 1, &p),
                     MRSE_ERR_RANGE);
    assert_false(p.reached);
}

static mrse_status reed_work(void *context)
{
    const double level = 1e-3;
    const mrse_path path = {0.2, 2.0, 0.0};
    mrse_reed_place p;
    (void)context;
    return mrse_reed_places(&test_m15, &path, &level, 1, &p);
}

static void reed__no_memory__is_reported(void **state)
{
    (void)state;
    assert_true(oom_exhaust(reed_work, NULL) > 0);
}

static const mrse_artefact_input TI_SCREW = {.moment_A_m2 = 5e-5,
                                             .longest_m = 5e-3,
                                             .gamma_Hz_T = 42.577e6,
                                             .bandwidth_Hz = 200,
                                             .shift_pixels = 1,
                                             .echo_time_s = 10e-3,
                                             .voxel_m = 1e-3};

static void artefact__extent__is_where_the_dipole_shifts_a_pixel(void **state)
{
    mrse_artefact a;
    (void)state;
    assert_int_equal(mrse_artefact_estimate(&TI_SCREW, &a), MRSE_OK);
    double r = a.along_m.value.v, c = MRSE_MU0 * 5e-5 / (4 * MRSE_PI);
    assert_rel(2 * c / (r * r * r) * 42.577e6, 200.0, 1e-12);
    assert_rel(a.across_m.value.v, r / cbrt(2.0), 1e-12);
    double d = a.dephasing_m.value.v, h = 1e-6;
    double slope = (2 * c / pow(d - h, 3) - 2 * c / pow(d + h, 3)) / (2 * h);
    assert_rel(slope * 1e-3 * 42.577e6 * 10e-3, 1.0, 1e-6);
    assert_true(a.along_m.validity < 1.0);
}

static void artefact__unknown_or_inside__is_missing(void **state)
{
    mrse_artefact_input in = TI_SCREW;
    mrse_artefact a;
    (void)state;
    in.echo_time_s = (double)NAN;
    assert_int_equal(mrse_artefact_estimate(&in, &a), MRSE_OK);
    assert_true(isnan(a.dephasing_m.value.v) && !isnan(a.along_m.value.v));
    in.longest_m = 0.5;
    assert_int_equal(mrse_artefact_estimate(&in, &a), MRSE_OK);
    assert_true(isnan(a.along_m.value.v) && a.along_m.validity > 1.0);
    in.longest_m = -1.0;
    assert_int_equal(mrse_artefact_estimate(&in, &a), MRSE_ERR_RANGE);
    assert_true(isnan(a.along_m.value.v));
    assert_int_equal(mrse_artefact_estimate(NULL, &a), MRSE_ERR_ARG);
    assert_int_equal(mrse_artefact_estimate(&in, NULL), MRSE_ERR_ARG);
    assert_rel(mrse_artefact_moment_A_m2(182e-6, -9e-6, 1e-7, 1.5), 191e-6 * 1e-7 * 1.5 / MRSE_MU0,
               1e-12);
    assert_true(isnan(mrse_artefact_moment_A_m2(1.0, -9e-6, 1e-7, 1.5)));
}

static void activity__windows__hold_the_most(void **state)
{
    const mrse_active a[] = {{0, 10}, {20, 28}, {60, 61}}, wrong[] = {{0, 10}, {5, 20}};
    double most;
    (void)state;
    assert_int_equal(mrse_activity_most(a, 3, 30, &most), MRSE_OK);
    assert_rel(most, 18.0, 1e-15);
    assert_int_equal(mrse_activity_most(a, 3, 27, &most), MRSE_OK);
    assert_rel(most, 17.0, 1e-15);
    assert_int_equal(mrse_activity_most(a, 3, 5, &most), MRSE_OK);
    assert_rel(most, 5.0, 1e-15);
    assert_int_equal(mrse_activity_most(a, 0, 5, &most), MRSE_OK);
    assert_abs(most, 0.0, 0.0);
    assert_int_equal(mrse_activity_most(wrong, 2, 5, &most), MRSE_ERR_ARG);
    assert_true(isnan(most));
    assert_int_equal(mrse_activity_most(a, 3, 0, &most), MRSE_ERR_ARG);
    assert_int_equal(mrse_activity_most(NULL, 1, 5, &most), MRSE_ERR_ARG);
    assert_int_equal(mrse_activity_most(a, 3, 5, NULL), MRSE_ERR_ARG);
}

static void activity__rest__is_kept_or_not(void **state)
{
    const mrse_active late[] = {{0, 30}, {90, 100}}, early[] = {{0, 30}, {75, 80}};
    const mrse_active parts[] = {{0, 20}, {25, 35}, {40, 41}}, over[] = {{0, 31}};
    size_t which;
    (void)state;
    assert_int_equal(mrse_activity_rested(late, 2, 30, 60, &which), MRSE_OK);
    assert_int_equal(which, 2);
    assert_int_equal(mrse_activity_rested(early, 2, 30, 60, &which), MRSE_OK);
    assert_int_equal(which, 1);
    assert_int_equal(mrse_activity_rested(parts, 3, 30, 60, &which), MRSE_OK);
    assert_int_equal(which, 2);
    assert_int_equal(mrse_activity_rested(over, 1, 30, 60, &which), MRSE_OK);
    assert_int_equal(which, 0);
    assert_int_equal(mrse_activity_rested(over, 1, 0, 60, &which), MRSE_ERR_ARG);
    assert_int_equal(which, 1);
    assert_int_equal(mrse_activity_rested(over, 1, 30, 60, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(magnet__torque_and_force__scale),
        cmocka_unit_test(magnet_judge__angle_and_knee__grade),
        cmocka_unit_test(magnet_judge__nonsense__is_refused),
        cmocka_unit_test(reed__a_ride_in__meets_each_level),
        cmocka_unit_test(reed__through_the_magnet_or_never__says_so),
        cmocka_unit_test(reed__nonsense__is_refused),
        cmocka_unit_test(reed__no_memory__is_reported),
        cmocka_unit_test(artefact__extent__is_where_the_dipole_shifts_a_pixel),
        cmocka_unit_test(artefact__unknown_or_inside__is_missing),
        cmocka_unit_test(activity__windows__hold_the_most),
        cmocka_unit_test(activity__rest__is_kept_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

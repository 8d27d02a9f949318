/* Maxima on cylinders and over what a person can reach: reference numbers, closed forms on the axis
 * of a loop, and comparison with brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/reach.h"

#include "field_support.h"
#include "support/golden.h"
#include "support/magnets.h"
#include "support/oom.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static mrse_cylinder cylinder(const mrse_magnet *magnet, double radius_m)
{
    mrse_cylinder c;
    assert_int_equal(mrse_cylinder_maxima(magnet, radius_m, &c), MRSE_OK);
    assert_true(c.radius_m == radius_m);
    return c;
}

static mrse_sfg at(const mrse_magnet *magnet, double r_m, double z_m)
{
    mrse_sfg sfg;
    assert_int_equal(mrse_sfg_at(magnet, r_m, z_m, &sfg), MRSE_OK);
    return sfg;
}

/* --- Cylinders -------------------------------------------------------------------------------- */

static void check_cylinders(const char *name, const mrse_magnet *magnet)
{
    golden g;
    double v[8];
    size_t rows = 0;
    if (!golden_open(&g, name))
        return;
    while (golden_row(&g, v, 8) == 8) {
        mrse_cylinder c = cylinder(magnet, v[0]);
        assert_rel(c.grad_T_m, v[1], 1e-10);
        assert_abs(c.grad_z_m, v[2], 1e-6);
        assert_rel(at(magnet, v[0], c.grad_z_m).b_T, v[3], 1e-6);
        assert_rel(c.b_T, v[4], 1e-10);
        assert_abs(c.b_z_m, v[5], 1e-5);
        assert_rel(c.product_T2_m, v[6], 1e-10);
        assert_abs(c.product_z_m, v[7], 1e-6);
        rows++;
    }
    assert_int_equal(rows, 5);
    golden_close(&g);
}

static void cylinder_maxima__reference_designs__golden(void **state)
{
    (void)state;
    check_cylinders("field/magnet_m15_cylinders.csv", &test_m15);
    check_cylinders("field/magnet_m30_cylinders.csv", &test_m30);
    check_cylinders("field/magnet_m15s_cylinders.csv", &test_m15s);
}

/* B = B0 (1 + z^2/a^2)^-3/2: the gradient is largest at a/2, the product at a/sqrt(7). */
static void cylinder_maxima__axis_of_a_loop__closed_form(void **state)
{
    (void)state;
    const double a = 0.43, current = -7e5;
    for (int k = 0; k < 3; k++) {
        const double z = k * 0.6;
        const mrse_source loop = loop_of(a, z, current);
        const mrse_magnet magnet = {&loop, 1};
        mrse_cylinder c = cylinder(&magnet, 0.0);
        double b0 = MRSE_MU0 * 7e5 / (2.0 * a);
        assert_rel(c.b_T, b0, 1e-12);
        assert_abs(c.b_z_m, z, 1e-6);
        assert_rel(c.grad_T_m, 1.5 * b0 / a / pow(1.25, 2.5), 1e-12);
        assert_abs(fabs(c.grad_z_m - z), 0.5 * a, 1e-6);
        assert_rel(c.product_T2_m, 3.0 * b0 * b0 / (sqrt(7.0) * a) / pow(8.0 / 7.0, 4.0), 1e-12);
        assert_abs(fabs(c.product_z_m - z), a / sqrt(7.0), 1e-6);
        if (k == 0)
            assert_true(c.grad_z_m > 0.0 && c.product_z_m > 0.0);
    }
}

static void cylinder_maxima__doubled_current__scales(void **state)
{
    (void)state;
    mrse_source twice[16];
    for (size_t i = 0; i < test_m30.n; i++) {
        twice[i] = test_m30.source[i];
        twice[i].current_A *= 2.0;
    }
    const mrse_magnet magnet = {twice, test_m30.n};
    mrse_cylinder a = cylinder(&magnet, 0.3), b = cylinder(&test_m30, 0.3);
    assert_rel(a.b_T, 2.0 * b.b_T, 1e-13);
    assert_rel(a.grad_T_m, 2.0 * b.grad_T_m, 1e-13);
    assert_rel(a.product_T2_m, 4.0 * b.product_T2_m, 1e-13);
}

static void cylinder_maxima__magnet_off_centre__both_sides_searched(void **state)
{
    (void)state;
    const double shift[] = {-2.5, -0.2, 0.2, 2.5};
    mrse_cylinder want = cylinder(&test_m15s, 0.3);
    for (size_t k = 0; k < COUNT(shift); k++) {
        mrse_source moved[16];
        for (size_t i = 0; i < test_m15s.n; i++) {
            moved[i] = test_m15s.source[i];
            moved[i].z1_m += shift[k];
            moved[i].z2_m += shift[k];
        }
        const mrse_magnet magnet = {moved, test_m15s.n};
        mrse_cylinder c = cylinder(&magnet, 0.3);
        assert_rel(c.grad_T_m, want.grad_T_m, 1e-10);
        assert_abs(fabs(c.grad_z_m - shift[k]), want.grad_z_m, 1e-6);
        assert_rel(c.b_T, want.b_T, 1e-10);
        assert_abs(fabs(c.b_z_m - shift[k]), want.b_z_m, 1e-6);
        assert_rel(c.product_T2_m, want.product_T2_m, 1e-10);
        assert_abs(fabs(c.product_z_m - shift[k]), want.product_z_m, 1e-6);
    }
}

/* The stronger end of a magnet is at negative z. */
static void cylinder_maxima__stronger_end_behind__found(void **state)
{
    (void)state;
    const mrse_source s[] = {coil_of(0.5, 0.52, -0.8, -0.6, 9e5),
                             coil_of(0.5, 0.52, 0.6, 0.8, 8e5)};
    const mrse_magnet magnet = {s, 2};
    mrse_cylinder c = cylinder(&magnet, 0.3);
    assert_true(c.grad_z_m < -0.5 && c.b_z_m < -0.5 && c.product_z_m < -0.5);
}

/* Two peaks that differ by less than a scan's samples miss them by: the larger one counts. */
static void cylinder_maxima__nearly_equal_peaks__larger_found(void **state)
{
    (void)state;
    for (int k = 0; k < 40; k++) {
        double far_m = 5.0 + 0.013 * k;
        const mrse_source s[] = {loop_of(0.5, 0.0, 1e6), loop_of(0.5, far_m, 1e6 * (1.0 + 1e-5))};
        const mrse_magnet magnet = {s, 2};
        mrse_cylinder c = cylinder(&magnet, 0.3);
        assert_abs(c.b_z_m, far_m, 1e-3);
        assert_true(fabs(c.grad_z_m - far_m) < 0.5 && fabs(c.product_z_m - far_m) < 0.5);
    }
}

/* No sample of a fine scan is larger, and the largest is not much smaller (at the face of a winding
 * |B| has a corner, which a scan misses by a few per cent). */
static void assert_largest(const mrse_magnet *magnet, double radius_m, double step_m)
{
    mrse_cylinder c = cylinder(magnet, radius_m);
    double b = 0.0, grad = 0.0, product = 0.0;
    for (double z = -4.0; z < 4.0; z += step_m) {
        mrse_sfg s = at(magnet, radius_m, z);
        b = fmax(b, s.b_T);
        grad = fmax(grad, s.grad_T_m);
        product = fmax(product, s.product_T2_m);
    }
    assert_true(c.b_T >= b * (1.0 - 1e-12) && c.grad_T_m >= grad * (1.0 - 1e-12));
    assert_true(c.product_T2_m >= product * (1.0 - 1e-12));
    assert_rel(c.b_T, b, 0.06);
    assert_rel(c.grad_T_m, grad, 0.06);
    assert_rel(c.product_T2_m, product, 0.06);
    assert_rel(at(magnet, radius_m, c.b_z_m).b_T, c.b_T, 1e-12);
    assert_rel(at(magnet, radius_m, c.grad_z_m).grad_T_m, c.grad_T_m, 1e-12);
    assert_rel(at(magnet, radius_m, c.product_z_m).product_T2_m, c.product_T2_m, 1e-12);
}

static void cylinder_maxima__any_radius__none_larger_by_brute_force(void **state)
{
    (void)state;
    const double radius[] = {0.0, 0.05, 0.42, 0.47, 0.4967, 0.7, 0.91, 0.95, 1.2, 2.91, 6.0};
    for (size_t i = 0; i < COUNT(radius); i++)
        assert_largest(&test_m15, radius[i], 1.3e-3);
}

static void cylinder_maxima__random_magnets__none_larger_by_brute_force(void **state)
{
    (void)state;
    dice d = {31415926};
    for (int m = 0; m < 40; m++) {
        mrse_source s[5];
        for (size_t i = 0; i < 5; i++) {
            double r = dice_between(&d, 0.3, 0.8), z = dice_between(&d, -1.0, 0.8);
            double current = dice_between(&d, -1e6, 1e6);
            s[i] = i == 0   ? loop_of(r, z, 0.1 * current)
                   : i == 1 ? sheet_of(r, z, z + 0.3, current)
                            : coil_of(r, r + 0.05, z, z + 0.1, current);
        }
        const mrse_magnet magnet = {s, 5};
        assert_largest(&magnet, dice_between(&d, 0.0, 0.29), 1.7e-3);
    }
}

static void cylinder_maxima__no_current__zero(void **state)
{
    (void)state;
    const mrse_source loop = loop_of(0.5, 0.0, 0.0);
    const mrse_magnet magnet = {&loop, 1};
    mrse_cylinder c = cylinder(&magnet, 0.2);
    assert_true(c.b_T == 0.0 && c.grad_T_m == 0.0 && c.product_T2_m == 0.0);
}

static void cylinder_maxima__not_acceptable__refused(void **state)
{
    (void)state;
    const double bad[] = {-0.1, (double)NAN, (double)INFINITY};
    const mrse_source loop = loop_of(0.5, 0.1, 1e5), wrong = coil_of(0.5, 0.4, 0.0, 0.1, 1.0);
    const mrse_source sheet = sheet_of(0.5, -0.1, 0.3, 1e5);
    const mrse_magnet empty = {&loop, 0}, one = {&loop, 1}, misshapen = {&wrong, 1};
    const mrse_magnet thin = {&sheet, 1};
    mrse_cylinder c = {.b_T = 7.0};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(mrse_cylinder_maxima(&test_m15, bad[i], &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_cylinder_maxima(NULL, 0.1, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_cylinder_maxima(&empty, 0.1, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_cylinder_maxima(&one, 0.1, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_cylinder_maxima(&misshapen, 0.1, &c), MRSE_ERR_RANGE);
    c.b_T = 7.0;
    assert_int_equal(mrse_cylinder_maxima(&one, 0.5, &c), MRSE_ERR_RANGE); /* along the wire */
    assert_true(c.b_T == 0.0);
    assert_int_equal(mrse_cylinder_maxima(&thin, 0.5, &c), MRSE_ERR_RANGE); /* in the sheet */
}

/* --- What a person can reach ------------------------------------------------------------------ */

static void assert_peak_at(const mrse_peak *peak, double value)
{
    assert_rel(peak->value, value, 1e-12);
}

static mrse_reach_maxima reach_of(const mrse_magnet *magnet, const mrse_reach *reach)
{
    mrse_reach_maxima m;
    assert_int_equal(mrse_reach_search(magnet, reach, &m), MRSE_OK);
    assert_peak_at(&m.b, at(magnet, m.b.r_m, m.b.z_m).b_T);
    assert_peak_at(&m.grad, at(magnet, m.grad.r_m, m.grad.z_m).grad_T_m);
    assert_peak_at(&m.product, at(magnet, m.product.r_m, m.product.z_m).product_T2_m);
    const mrse_peak *p[] = {&m.b, &m.grad, &m.product};
    for (size_t i = 0; i < 3; i++)
        assert_true(p[i]->r_m >= 0.0 && (p[i]->r_m <= reach->bore_radius_m ||
                                         fabs(p[i]->z_m) >= reach->cover_half_length_m));
    return m;
}

/* Covers far in front of the windings: the bore wall has it all. */
static void reach_search__long_covers__as_on_the_wall(void **state)
{
    (void)state;
    const mrse_magnet *magnet[] = {&test_m15, &test_m30, &test_m15s};
    for (size_t i = 0; i < COUNT(magnet); i++) {
        mrse_reach_maxima m = reach_of(magnet[i], &(mrse_reach){0.35, 1.2});
        mrse_cylinder c = cylinder(magnet[i], 0.35);
        assert_rel(m.b.value, c.b_T, 1e-12);
        assert_rel(m.grad.value, c.grad_T_m, 1e-12);
        assert_rel(m.product.value, c.product_T2_m, 1e-12);
        assert_abs(m.grad.z_m, c.grad_z_m, 1e-6);
        assert_true(m.b.r_m == 0.35 && m.grad.r_m == 0.35 && m.product.r_m == 0.35);
    }
}

/* Covers close to the coils: the face in front of the main coil is worse than the bore. */
static void reach_search__short_covers__on_the_face(void **state)
{
    (void)state;
    mrse_reach_maxima m = reach_of(&test_m30, &(mrse_reach){0.3, 0.84});
    assert_true(m.grad.z_m == 0.84 && m.grad.r_m > 0.45 && m.grad.r_m < 0.6);
    assert_true(m.grad.value > cylinder(&test_m30, 0.3).grad_T_m);
}

static void assert_none_larger(const mrse_magnet *magnet, const mrse_reach *reach, dice *d)
{
    mrse_reach_maxima m = reach_of(magnet, reach);
    double half = reach->cover_half_length_m;
    for (int i = 0; i < 6000; i++) {
        double z = dice_between(d, -half, half), r = dice_between(d, 0.0, reach->bore_radius_m);
        if (i % 3) {
            z = copysign(half + pow(dice_between(d, 0.0, 1.2), 3.0), z);
            r = dice_between(d, 0.0, 1.5);
        }
        mrse_sfg s = at(magnet, r, z);
        assert_true(s.b_T <= m.b.value * (1.0 + 1e-12));
        assert_true(s.grad_T_m <= m.grad.value * (1.0 + 1e-12));
        assert_true(s.product_T2_m <= m.product.value * (1.0 + 1e-12));
    }
}

static void reach_search__random_points__none_larger(void **state)
{
    (void)state;
    dice d = {271828};
    const mrse_reach reach[] = {{0.35, 0.85}, {0.30, 1.0}, {0.45, 0.83}, {0.1, 2.0}};
    for (size_t i = 0; i < COUNT(reach); i++) {
        assert_none_larger(&test_m15, &reach[i], &d);
        assert_none_larger(&test_m30, &reach[i], &d);
    }
    for (int k = 0; k < 12; k++) {
        mrse_source s[4];
        for (size_t i = 0; i < 4; i++) {
            double z = dice_between(&d, -0.7, 0.4), r = dice_between(&d, 0.45, 0.9);
            s[i] = coil_of(r, r + 0.05, z, z + 0.3, dice_between(&d, -1e6, 1e6));
        }
        const mrse_magnet magnet = {s, 4};
        assert_none_larger(&magnet, &(mrse_reach){0.4, 0.75}, &d);
    }
}

/* Opposed loops: |B| has a null inside the bore, beside which the gradient is not small, and a ring
 * of large gradient that a search of corners only would miss. */
static void reach_search__opposed_loops__none_larger(void **state)
{
    (void)state;
    const mrse_source s[] = {loop_of(0.6, 0.2, 1e6), loop_of(0.6, -0.25, -1e6)};
    const mrse_magnet magnet = {s, 2};
    dice d = {161803};
    assert_none_larger(&magnet, &(mrse_reach){0.2, 0.5}, &d);
    assert_none_larger(&magnet, &(mrse_reach){0.4, 0.3}, &d);
}

static void reach_search__winding_within_reach__range(void **state)
{
    (void)state;
    const mrse_reach bad[] = {{0.35, 0.73}, {0.486, 0.9}, {0.485, 0.9}, {0.35, 0.7367}, {11., 12.}};
    mrse_reach_maxima m = {.b = {7.0, 7.0, 7.0}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(mrse_reach_search(&test_m15, &bad[i], &m), MRSE_ERR_RANGE);
        assert_true(m.b.value == 0.0);
    }
    mrse_source behind = coil_of(0.5, 0.6, -1.2, -0.9, 1e5);
    const mrse_magnet magnet = {&behind, 1};
    assert_int_equal(mrse_reach_search(&magnet, &(mrse_reach){0.35, 1.0}, &m), MRSE_ERR_RANGE);
    assert_int_equal(mrse_reach_search(&magnet, &(mrse_reach){0.35, 1.3}, &m), MRSE_OK);
}

static void reach_search__bad_arguments__arg(void **state)
{
    (void)state;
    const double bad[] = {0.0, -0.3, (double)NAN, (double)INFINITY};
    const mrse_reach good = {0.35, 0.9};
    mrse_reach_maxima m;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(mrse_reach_search(&test_m15, &(mrse_reach){bad[i], 0.9}, &m),
                         MRSE_ERR_ARG);
        assert_int_equal(mrse_reach_search(&test_m15, &(mrse_reach){0.35, bad[i]}, &m),
                         MRSE_ERR_ARG);
    }
    assert_int_equal(mrse_reach_search(NULL, &good, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_reach_search(&test_m15, NULL, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_reach_search(&test_m15, &good, NULL), MRSE_ERR_ARG);
}

/* --- Memory ----------------------------------------------------------------------------------- */

static mrse_status search_both(void *context)
{
    mrse_cylinder c;
    mrse_reach_maxima m;
    mrse_status status = mrse_cylinder_maxima(context, 0.3, &c);
    return status ? status : mrse_reach_search(context, &(mrse_reach){0.3, 0.9}, &m);
}

static void maxima__no_memory__reported_and_nothing_lost(void **state)
{
    (void)state;
    mrse_magnet magnet = test_m15;
    assert_true(oom_exhaust(search_both, &magnet) > 20);
    magnet.n = 3;
    assert_true(oom_exhaust(search_both, &magnet) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cylinder_maxima__reference_designs__golden),
        cmocka_unit_test(cylinder_maxima__axis_of_a_loop__closed_form),
        cmocka_unit_test(cylinder_maxima__doubled_current__scales),
        cmocka_unit_test(cylinder_maxima__magnet_off_centre__both_sides_searched),
        cmocka_unit_test(cylinder_maxima__stronger_end_behind__found),
        cmocka_unit_test(cylinder_maxima__nearly_equal_peaks__larger_found),
        cmocka_unit_test(cylinder_maxima__any_radius__none_larger_by_brute_force),
        cmocka_unit_test(cylinder_maxima__random_magnets__none_larger_by_brute_force),
        cmocka_unit_test(cylinder_maxima__no_current__zero),
        cmocka_unit_test(cylinder_maxima__not_acceptable__refused),
        cmocka_unit_test(reach_search__long_covers__as_on_the_wall),
        cmocka_unit_test(reach_search__short_covers__on_the_face),
        cmocka_unit_test(reach_search__random_points__none_larger),
        cmocka_unit_test(reach_search__opposed_loops__none_larger),
        cmocka_unit_test(reach_search__winding_within_reach__range),
        cmocka_unit_test(reach_search__bad_arguments__arg),
        cmocka_unit_test(maxima__no_memory__reported_and_nothing_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

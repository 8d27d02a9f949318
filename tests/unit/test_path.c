/* Rides: maxima on the way, stretches over a limit, and the radius within which it is met.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/path.h"

#include "field_support.h"
#include "support/magnets.h"
#include "support/oom.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static double grad_at(const mrse_magnet *magnet, double r_m, double z_m)
{
    mrse_sfg sfg;
    assert_int_equal(mrse_sfg_at(magnet, r_m, z_m, &sfg), MRSE_OK);
    return sfg.grad_T_m;
}

static mrse_path_maxima ride(const mrse_magnet *magnet, double r_m, double start_m, double end_m)
{
    mrse_path_maxima m;
    const mrse_path path = {r_m, start_m, end_m};
    assert_int_equal(mrse_path_search(magnet, &path, &m), MRSE_OK);
    return m;
}

/* --- Maxima ----------------------------------------------------------------------------------- */

static void path_search__whole_bore__as_on_the_cylinder(void **state)
{
    (void)state;
    for (double r = 0.0; r < 0.36; r += 0.07) {
        mrse_cylinder c;
        assert_int_equal(mrse_cylinder_maxima(&test_m30, r, &c), MRSE_OK);
        mrse_path_maxima in = ride(&test_m30, r, 4.0, -0.1), out = ride(&test_m30, r, -0.1, 4.0);
        assert_rel(in.grad.value, c.grad_T_m, 1e-12);
        assert_abs(in.grad.z_m, c.grad_z_m, 1e-6);
        assert_rel(in.b.value, c.b_T, 1e-12);
        assert_rel(in.product.value, c.product_T2_m, 1e-12);
        assert_abs(in.product.z_m, c.product_z_m, 1e-6);
        assert_true(in.grad.r_m == r && in.b.r_m == r && in.product.r_m == r);
        assert_rel(out.grad.value, c.grad_T_m, 1e-12);
        assert_rel(out.at_end.grad_T_m, grad_at(&test_m30, r, 4.0), 1e-15);
        assert_rel(in.at_end.grad_T_m, grad_at(&test_m30, r, -0.1), 1e-15);
    }
}

/* The peak of this bore is at 0.804 m: a ride that stops before has its maximum where it stops. */
static void path_search__stops_before_the_peak__maximum_at_the_end(void **state)
{
    (void)state;
    const double stops[] = {2.0, 1.2, 0.9, 0.81, 0.8041};
    for (size_t i = 0; i < COUNT(stops); i++) {
        mrse_path_maxima m = ride(&test_m15, 0.2, 4.0, stops[i]);
        assert_true(m.grad.z_m == stops[i]);
        assert_rel(m.grad.value, grad_at(&test_m15, 0.2, stops[i]), 1e-13);
        assert_rel(m.grad.value, m.at_end.grad_T_m, 1e-13);
        m = ride(&test_m15, 0.2, stops[i], 4.0); /* the same from the other end */
        assert_true(m.grad.z_m == stops[i]);
    }
    mrse_path_maxima m = ride(&test_m15, 0.2, 4.0, 0.80);
    assert_abs(m.grad.z_m, 0.804013658607, 1e-6);
    assert_rel(m.grad.value, 2.975461329395, 1e-11);
    assert_true(m.grad.value > m.at_end.grad_T_m);
}

static void path_search__no_way_at_all__the_point(void **state)
{
    (void)state;
    mrse_path_maxima m = ride(&test_m15, 0.1, 0.7, 0.7);
    assert_rel(m.grad.value, grad_at(&test_m15, 0.1, 0.7), 1e-13);
    assert_true(m.grad.z_m == 0.7 && m.b.z_m == 0.7 && m.product.z_m == 0.7);
}

/* Past the null of |B| in the room, close by and through it, the gradient varies within millimetres:
 * no point of the ride may exceed the maximum. */
static void path_search__beside_a_null__nothing_missed(void **state)
{
    (void)state;
    double r0 = 2.91, z0 = 1.25, b0 = 1.0;
    for (double step = 0.02; step > 1e-9; step *= 0.5)
        for (int i = 0; i < 400; i++) { /* towards the null */
            double r = r0 + (i % 20 - 9.5) * step / 5.0, z = z0 + (i / 20 - 9.5) * step / 5.0;
            mrse_sfg s;
            assert_int_equal(mrse_sfg_at(&test_m15, r, z, &s), MRSE_OK);
            if (s.b_T < b0) {
                b0 = s.b_T;
                r0 = r;
                z0 = z;
            }
        }
    assert_true(b0 < 1e-10);
    for (double beside = 1e-5; beside < 0.1; beside *= 10.0) {
        mrse_path_maxima m = ride(&test_m15, r0 + beside, z0 + 0.4, z0 - 0.4);
        double most = 0.0;
        for (double z = -0.4; z < 0.4; z += 1e-4)
            most = fmax(most, grad_at(&test_m15, r0 + beside, z0 + z));
        for (double z = -1.0; z < 1.0; z += 1e-3)
            most = fmax(most, grad_at(&test_m15, r0 + beside, z0 + 10.0 * beside * z));
        assert_true(m.grad.value >= most * (1.0 - 1e-9));
        assert_rel(m.grad.value, most, 1e-3);
    }
}

/* --- Over a limit ----------------------------------------------------------------------------- */

static size_t exceeds(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                      mrse_interval out[MRSE_PATH_INTERVALS])
{
    size_t n = 99;
    assert_int_equal(mrse_path_exceeds(magnet, path, limit_T_m, out, &n), MRSE_OK);
    return n;
}

/* Every point of a fine scan is over the limit exactly when it is in one of the stretches. */
static void assert_stretches(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m)
{
    mrse_interval s[MRSE_PATH_INTERVALS];
    size_t n = exceeds(magnet, path, limit_T_m, s);
    double way = path->z_end_m >= path->z_start_m ? 1.0 : -1.0, last = path->z_start_m;
    for (size_t i = 0; i < n; i++) {
        assert_true((s[i].z_from_m - last) * way >= 0.0);
        assert_true((s[i].z_to_m - s[i].z_from_m) * way > 0.0);
        last = s[i].z_to_m;
        const double end[2] = {s[i].z_from_m, s[i].z_to_m};
        for (int k = 0; k < 2; k++)
            if (end[k] != path->z_start_m && end[k] != path->z_end_m)
                assert_rel(grad_at(magnet, path->r_m, end[k]), limit_T_m, 1e-6);
    }
    assert_true((path->z_end_m - last) * way >= 0.0);
    for (int i = 0; i <= 4000; i++) {
        double z = path->z_start_m + (path->z_end_m - path->z_start_m) * i / 4000.0;
        bool in = false, border = false;
        for (size_t k = 0; k < n; k++) {
            in = in || ((z - s[k].z_from_m) * way > 0.0 && (s[k].z_to_m - z) * way > 0.0);
            border = border || fabs(z - s[k].z_from_m) < 1e-6 || fabs(z - s[k].z_to_m) < 1e-6;
        }
        if (!border)
            assert_int_equal(in, grad_at(magnet, path->r_m, z) > limit_T_m);
    }
}

static void path_exceeds__any_limit__stretches_of_a_fine_scan(void **state)
{
    (void)state;
    const mrse_path path[] = {
        {0.2, 4.0, -0.1}, {0.2, -4.0, 4.0}, {0.35, 1.0, -1.0}, {0.0, 4.0, 0.75}, {0.6, 0.3, 1.5},
    };
    const double limit[] = {1e-3, 0.05, 0.3, 1.0, 2.0, 2.9, 5.0, 9.0, 30.0};
    for (size_t i = 0; i < COUNT(path); i++)
        for (size_t k = 0; k < COUNT(limit); k++) {
            assert_stretches(&test_m15, &path[i], limit[k]);
            assert_stretches(&test_m30, &path[i], limit[k]);
        }
}

static void path_exceeds__limit_never_passed__none(void **state)
{
    (void)state;
    mrse_interval s[MRSE_PATH_INTERVALS];
    const mrse_path path = {0.2, 4.0, -0.1};
    double most = ride(&test_m15, 0.2, 4.0, -0.1).grad.value;
    assert_int_equal(exceeds(&test_m15, &path, 1e3, s), 0);
    /* Equal is not over, and a touch of the peak is found however narrow. */
    assert_int_equal(exceeds(&test_m15, &path, most * (1.0 + 1e-13), s), 0);
    for (double below = 1e-4; below > 1e-11; below *= 0.1) {
        assert_int_equal(exceeds(&test_m15, &path, most * (1.0 - below), s), 1);
        assert_true(s[0].z_from_m > s[0].z_to_m);
        assert_abs(0.5 * (s[0].z_from_m + s[0].z_to_m), 0.804013658607, 1e-3 * sqrt(1e4 * below));
    }
}

static void path_exceeds__over_all_the_way__both_ends(void **state)
{
    (void)state;
    mrse_interval s[MRSE_PATH_INTERVALS];
    const mrse_path path = {0.3, 1.0, 0.7};
    assert_int_equal(exceeds(&test_m30, &path, 1.0, s), 1);
    assert_true(s[0].z_from_m == 1.0 && s[0].z_to_m == 0.7);
    const mrse_path point = {0.3, 0.8, 0.8};
    assert_int_equal(exceeds(&test_m30, &point, 1.0, s), 1);
    assert_true(s[0].z_from_m == 0.8 && s[0].z_to_m == 0.8);
}

/* A peak between the last two samples of a ride, near its end. */
static void path_exceeds__peak_just_before_the_end__found(void **state)
{
    (void)state;
    const double peak_m = 0.804013658607;
    for (double beyond = 1e-2; beyond > 1e-7; beyond *= 0.3) {
        const mrse_path path = {0.2, 4.0, peak_m - beyond};
        mrse_path_maxima m = ride(&test_m15, 0.2, 4.0, path.z_end_m);
        double limit = 0.5 * (m.grad.value + m.at_end.grad_T_m);
        mrse_interval s[MRSE_PATH_INTERVALS];
        if (beyond < 1e-5)
            continue; /* the difference is rounding */
        assert_int_equal(exceeds(&test_m15, &path, limit, s), 1);
        assert_true(s[0].z_to_m > path.z_end_m && s[0].z_from_m > s[0].z_to_m);
    }
}

static void path_exceeds__many_peaks__limit(void **state)
{
    (void)state;
    mrse_source s[24];
    for (size_t i = 0; i < 24; i++)
        s[i] = loop_of(0.1, 0.5 * (double)i, 1e4);
    const mrse_magnet magnet = {s, 24};
    mrse_interval out[MRSE_PATH_INTERVALS];
    size_t n = 7;
    const mrse_path path = {0.08, -1.0, 12.5};
    assert_int_equal(mrse_path_exceeds(&magnet, &path, 0.2, out, &n), MRSE_ERR_LIMIT);
    assert_int_equal(n, 0);
    const mrse_path half = {0.08, -1.0, 3.75}; /* 8 loops */
    assert_int_equal(exceeds(&magnet, &half, 0.2, out) % 8, 0);
    assert_stretches(&magnet, &half, 0.2);
}

/* --- Radius ----------------------------------------------------------------------------------- */

static double radius(const mrse_magnet *magnet, double start_m, double end_m, double limit_T_m,
                     double most_m)
{
    double r = -1.0;
    const mrse_path path = {0.0, start_m, end_m};
    assert_int_equal(mrse_path_radius(magnet, &path, limit_T_m, most_m, &r), MRSE_OK);
    return r;
}

static void path_radius__between_axis_and_wall__limit_met_there_and_not_beyond(void **state)
{
    (void)state;
    const double limit[] = {2.6, 3.0, 4.0, 5.5};
    for (size_t i = 0; i < COUNT(limit); i++) {
        double r = radius(&test_m15, 4.0, -0.1, limit[i], 0.35);
        assert_true(r > 0.05 && r < 0.35);
        assert_rel(ride(&test_m15, r, 4.0, -0.1).grad.value, limit[i], 1e-6);
        assert_true(ride(&test_m15, r - 2e-9, 4.0, -0.1).grad.value <= limit[i]);
        for (int k = 1; k <= 40; k++)
            assert_true(ride(&test_m15, r * k / 40.0 - 2e-9 * (k == 40), 4.0, -0.1).grad.value <=
                        limit[i]);
        assert_true(ride(&test_m15, r + 1e-7, 4.0, -0.1).grad.value > limit[i]);
    }
    assert_abs(radius(&test_m15, 4.0, -0.1, 2.975461329395262, 0.35), 0.2, 1e-8);
}

static void path_radius__met_everywhere_or_nowhere(void **state)
{
    (void)state;
    assert_true(radius(&test_m15, 4.0, -0.1, 5.7, 0.35) == 0.35);
    assert_true(isnan(radius(&test_m15, 4.0, -0.1, 2.4, 0.35)));
    assert_true(radius(&test_m15, 4.0, 1.2, 2.4, 0.35) == 0.35); /* it stops short */
}

/* Off the axis the gradient falls before it rises again behind: the first radius counts. On this
 * ride it is over the limit only in a shell. */
static void path_radius__limit_passed_in_a_shell_only__inner_side_of_the_shell(void **state)
{
    (void)state;
    const double z = 0.95; /* in front of the coils of m30, from axis to beyond the shield */
    double peak = 0.0, where = 0.0;
    for (double r = 0.0; r < 2.0; r += 1e-3)
        if (grad_at(&test_m30, r, z) > peak) {
            peak = grad_at(&test_m30, r, z);
            where = r;
        }
    assert_true(where > 0.3 && where < 1.0 && peak > grad_at(&test_m30, 2.0, z));
    for (double below = 0.3; below > 1e-7; below *= 0.1) {
        double limit = peak * (1.0 - below), r = radius(&test_m30, z, z, limit, 2.0);
        assert_true(r < where);
        assert_rel(grad_at(&test_m30, r, z), limit, 1e-7);
    }
    assert_true(radius(&test_m30, z, z, peak * 1.001, 2.0) == 2.0);
    /* As far as is looked, a little beyond the peak: it is in the last step. */
    for (int k = 1; k <= 40; k++)
        assert_true(radius(&test_m30, z, z, peak * (1.0 - 1e-6), where + 1e-4 * k) < where);
}

static void path__bad_arguments__arg(void **state)
{
    (void)state;
    const double nan = (double)NAN, inf = (double)INFINITY;
    const mrse_path good = {0.1, 1.0, 0.0};
    const mrse_path bad[] = {{-0.1, 1., 0.}, {nan, 1., 0.},  {inf, 1., 0.},  {0.1, nan, 0.},
                             {0.1, 1., nan}, {0.1, inf, 0.}, {0.1, 1., -inf}};
    const double limit[] = {0.0, -1.0, nan, inf};
    mrse_path_maxima m;
    mrse_interval s[MRSE_PATH_INTERVALS];
    size_t n = 5;
    double r = 7.0;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(mrse_path_search(&test_m15, &bad[i], &m), MRSE_ERR_ARG);
        assert_int_equal(mrse_path_exceeds(&test_m15, &bad[i], 1.0, s, &n), MRSE_ERR_ARG);
        assert_int_equal(mrse_path_radius(&test_m15, &bad[i], 1.0, 0.3, &r), MRSE_ERR_ARG);
    }
    for (size_t i = 0; i < COUNT(limit); i++) {
        n = 5;
        r = 7.0;
        assert_int_equal(mrse_path_exceeds(&test_m15, &good, limit[i], s, &n), MRSE_ERR_ARG);
        assert_int_equal(n, 0);
        assert_int_equal(mrse_path_radius(&test_m15, &good, limit[i], 0.3, &r), MRSE_ERR_ARG);
        assert_true(isnan(r));
        assert_int_equal(mrse_path_radius(&test_m15, &good, 1.0, limit[i], &r), MRSE_ERR_ARG);
    }
    assert_int_equal(mrse_path_search(NULL, &good, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_search(&test_m15, NULL, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_search(&test_m15, &good, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_exceeds(&test_m15, &good, 1.0, NULL, &n), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_exceeds(&test_m15, &good, 1.0, s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_path_radius(&test_m15, &good, 1.0, 0.3, NULL), MRSE_ERR_ARG);
}

static void path__through_a_wire__range(void **state)
{
    (void)state;
    const mrse_source loop = loop_of(0.2, 0.5, 1e5);
    const mrse_magnet magnet = {&loop, 1};
    const mrse_path path = {0.2, 1.0, 0.0};
    mrse_path_maxima m = {.grad = {7.0, 7.0, 7.0}};
    mrse_interval s[MRSE_PATH_INTERVALS];
    size_t n = 5;
    assert_int_equal(mrse_path_search(&magnet, &path, &m), MRSE_ERR_RANGE);
    assert_true(m.grad.value == 0.0);
    assert_int_equal(mrse_path_exceeds(&magnet, &path, 1.0, s, &n), MRSE_ERR_RANGE);
    assert_int_equal(n, 0);
    /* The limit is passed before the wire is reached. */
    double r = radius(&magnet, 1.0, 0.0, 3.0, 0.4);
    assert_true(r > 0.0 && r < 0.2);
}

/* --- Memory ----------------------------------------------------------------------------------- */

static mrse_status all_three(void *context)
{
    const mrse_path path = {0.3, 4.0, -0.1};
    mrse_path_maxima m;
    mrse_interval s[MRSE_PATH_INTERVALS];
    size_t n;
    double r;
    mrse_status status = mrse_path_search(context, &path, &m);
    if (!status)
        status = mrse_path_exceeds(context, &path, 3.0, s, &n);
    if (!status) /* ends on the flank: an extremum is put beside the last sample */
        status = mrse_path_exceeds(context, &(mrse_path){0.2, 4.0, 0.8035}, 2.97546, s, &n);
    return status ? status : mrse_path_radius(context, &path, 3.5, 0.35, &r);
}

static void path__no_memory__reported_and_nothing_lost(void **state)
{
    (void)state;
    mrse_magnet magnet = test_m15;
    assert_true(oom_exhaust(all_three, &magnet) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path_search__whole_bore__as_on_the_cylinder),
        cmocka_unit_test(path_search__stops_before_the_peak__maximum_at_the_end),
        cmocka_unit_test(path_search__no_way_at_all__the_point),
        cmocka_unit_test(path_search__beside_a_null__nothing_missed),
        cmocka_unit_test(path_exceeds__any_limit__stretches_of_a_fine_scan),
        cmocka_unit_test(path_exceeds__limit_never_passed__none),
        cmocka_unit_test(path_exceeds__over_all_the_way__both_ends),
        cmocka_unit_test(path_exceeds__peak_just_before_the_end__found),
        cmocka_unit_test(path_exceeds__many_peaks__limit),
        cmocka_unit_test(path_radius__between_axis_and_wall__limit_met_there_and_not_beyond),
        cmocka_unit_test(path_radius__met_everywhere_or_nowhere),
        cmocka_unit_test(path_radius__limit_passed_in_a_shell_only__inner_side_of_the_shell),
        cmocka_unit_test(path__bad_arguments__arg),
        cmocka_unit_test(path__through_a_wire__range),
        cmocka_unit_test(path__no_memory__reported_and_nothing_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

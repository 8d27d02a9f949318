/* Positions and rides: geometry by hand, and the ride through a single loop in closed form.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/position.h"
#include "support/close.h"

/* On the axis of a loop: B = mu0 I a^2 / (2 (a^2 + z^2)^(3/2)), and its slope. */
static const double A_M = 0.5, CURRENT_A = 1e6;

static double axis_slope(double z_m)
{
    return 1.5 * MRSE_MU0 * CURRENT_A * A_M * A_M * fabs(z_m) / pow(A_M * A_M + z_m * z_m, 2.5);
}

static const mrse_source LOOP = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1e6};
static const mrse_magnet MAGNET = {.source = &LOOP, .n = 1};

static mrse_path path_of(mrse_position p)
{
    mrse_path path;
    assert_int_equal(mrse_position_path(&p, &path), MRSE_OK);
    return path;
}

static void path__each_posture__radius_by_hand(void **state)
{
    (void)state;
    /* x 3 cm to the patient's left, y 10 cm to the front, landmark 6 cm below the axis. */
    mrse_position p = {.x_m = 0.03, .y_m = 0.10, .couch_height_m = -0.06};
    assert_rel(path_of(p).r_m, 0.05, 1e-12); /* 3, 10 - 6 */
    p.posture = MRSE_POSTURE_PRONE;
    assert_rel(path_of(p).r_m, hypot(0.03, 0.16), 1e-12); /* front is down */
    p.posture = MRSE_POSTURE_LEFT_LATERAL;
    assert_rel(path_of(p).r_m, hypot(0.10, 0.09), 1e-12); /* left is down */
    p.posture = MRSE_POSTURE_RIGHT_LATERAL;
    assert_rel(path_of(p).r_m, hypot(0.10, 0.03), 1e-12); /* left is up */
}

static void path__entry__decides_the_side_where_it_stops(void **state)
{
    (void)state;
    mrse_position p = {.z_m = 0.7};
    assert_rel(path_of(p).z_end_m, -0.7, 1e-12); /* the head leads through isocentre */
    p.entry = MRSE_ENTRY_FEET_FIRST;
    assert_rel(path_of(p).z_end_m, 0.7, 1e-12); /* the head stays outside */
    assert_rel(path_of(p).z_start_m, 4.0, 1e-12);
}

static void path__not_usable__argument_error_and_zero(void **state)
{
    (void)state;
    mrse_path path;
    mrse_position beyond = {.z_m = 4.0}, nan = {.x_m = NAN}, height = {.couch_height_m = INFINITY};
    assert_int_equal(mrse_position_path(&beyond, &path), MRSE_ERR_ARG);
    assert_true(path.z_start_m == 0.0 && path.r_m == 0.0);
    assert_int_equal(mrse_position_path(&nan, &path), MRSE_ERR_ARG);
    assert_int_equal(mrse_position_path(&height, &path), MRSE_ERR_ARG);
    assert_int_equal(mrse_position_path(NULL, &path), MRSE_ERR_ARG);
    assert_int_equal(mrse_position_path(&nan, NULL), MRSE_ERR_ARG);
}

static mrse_exposure ride(mrse_position p, double u_field, double u_grad)
{
    mrse_exposure e;
    mrse_model model = {.magnet = MAGNET, .u_field = u_field, .u_grad = u_grad};
    assert_int_equal(mrse_exposure_on_ride(&model, &p, &e), MRSE_OK);
    return e;
}

static void exposure__through_a_loop__peak_at_half_the_radius(void **state)
{
    (void)state;
    mrse_exposure e = ride((mrse_position){.z_m = 0.7}, 0.0, 0.0);
    assert_rel(e.grad.v, axis_slope(A_M / 2.0), 1e-9);
    assert_rel(fabs(e.at.grad.z_m), A_M / 2.0, 1e-4);
    assert_rel(e.b.v, MRSE_MU0 * CURRENT_A / (2.0 * A_M), 1e-9);
    assert_abs(e.grad.u, 0.0, 0.0);
}

static void exposure__stops_before_the_peak__end_value_decides(void **state)
{
    (void)state;
    mrse_position p = {.z_m = 1.0, .entry = MRSE_ENTRY_FEET_FIRST};
    mrse_exposure e = ride(p, 0.0, 0.0);
    assert_rel(e.grad.v, axis_slope(1.0), 1e-9);
    assert_rel(e.at.grad.z_m, 1.0, 1e-9);
    assert_rel(e.at.at_end.grad_T_m, axis_slope(1.0), 1e-9);
}

/* Where it stops is uncertain by u: the maximum may be that of a point 2u further in. */
static void exposure__uncertain_end__half_the_change_over_two_u(void **state)
{
    (void)state;
    mrse_position p = {.z_m = 1.0, .u_z_m = 0.02, .entry = MRSE_ENTRY_FEET_FIRST};
    mrse_exposure e = ride(p, 0.0, 0.0);
    assert_rel(e.grad.u, (axis_slope(0.96) - axis_slope(1.0)) / 2.0, 1e-6);
    p.z_m = 0.7;                     /* still before the peak at 0.25 m */
    p.entry = MRSE_ENTRY_HEAD_FIRST; /* but now it passes the peak: the end no longer matters */
    assert_abs(ride(p, 0.0, 0.0).grad.u, 0.0, 1e-9);
}

static void exposure__on_the_axis__sideways_uncertainty_does_not_vanish(void **state)
{
    (void)state;
    mrse_exposure e = ride((mrse_position){.z_m = 0.7, .u_x_m = 0.05}, 0.0, 0.0);
    mrse_exposure off = ride((mrse_position){.z_m = 0.7, .x_m = 0.10}, 0.0, 0.0);
    assert_true(e.grad.u > 0.0);
    assert_rel(e.grad.u, fabs(off.grad.v - e.grad.v) / 2.0, 1e-9);
}

/* The worst place is not always the farthest: here the crest lies half way. */
static void exposure__crest_between__is_found(void **state)
{
    (void)state;
    mrse_position p = {.z_m = 0.85, .u_z_m = 0.4, .entry = MRSE_ENTRY_FEET_FIRST};
    mrse_exposure e = ride(p, 0.0, 0.0);
    assert_rel(e.grad.u, (axis_slope(A_M / 2.0) - axis_slope(0.85)) / 2.0, 1e-6);
}

static void exposure__all_parts__root_sum_of_squares(void **state)
{
    (void)state;
    mrse_position p = {.x_m = 0.1, .z_m = 0.7, .u_x_m = 0.01};
    mrse_exposure both = ride(p, 0.02, 0.03);
    assert_rel(both.grad.u, hypot(both.u_position_grad_T_m, both.u_model_grad_T_m), 1e-12);
    assert_rel(both.u_model_grad_T_m, 0.03 * both.grad.v, 1e-12);
    p.u_x_m = 0.0;
    mrse_exposure model = ride(p, 0.02, 0.03);
    assert_rel(model.b.u, 0.02 * model.b.v, 1e-12);
    assert_rel(model.product.u, (0.02 + 0.03) * model.product.v, 1e-12);
}

/* Field and product have uncertainties of their own, each half of its own change. */
static void exposure__field_and_product__half_of_their_own_change(void **state)
{
    (void)state;
    mrse_position p = {.z_m = 1.0, .u_z_m = 0.02, .entry = MRSE_ENTRY_FEET_FIRST};
    mrse_exposure e = ride(p, 0.0, 0.0);
    p.u_z_m = 0.0;
    mrse_exposure there = ride(p, 0.0, 0.0);
    p.z_m = 0.96;
    mrse_exposure nearer = ride(p, 0.0, 0.0);
    assert_rel(e.b.u, (nearer.b.v - there.b.v) / 2.0, 1e-9);
    assert_rel(e.product.u, (nearer.product.v - there.product.v) / 2.0, 1e-9);
    /* the other way in it is the other end of the interval that is nearer */
    p = (mrse_position){.z_m = -1.0, .u_z_m = 0.02, .entry = MRSE_ENTRY_HEAD_FIRST};
    assert_rel(ride(p, 0.0, 0.0).b.u, e.b.u, 1e-12);
    p.u_z_m = 0.5; /* however much */
    assert_true(ride(p, 0.0, 0.0).b.u > e.b.u);
    const mrse_model model = {.magnet = MAGNET};
    assert_int_equal(mrse_exposure_on_ride(NULL, &p, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_exposure_on_ride(&model, NULL, &e), MRSE_ERR_ARG);
    for (int i = 0; i < 3; i++) {
        double place_m[3], u_m[3];
        mrse_position gone = {.x_m = 0.1, .y_m = 0.1, .z_m = 0.1};
        *(i == 0 ? &gone.x_m : i == 1 ? &gone.y_m : &gone.z_m) = NAN;
        assert_int_equal(mrse_position_place(&gone, place_m, u_m), MRSE_ERR_ARG);
    }
}

static void exposure__two_coordinates__root_sum_of_squares(void **state)
{
    (void)state;
    const mrse_position along = {
        .x_m = 0.1, .z_m = 0.7, .u_z_m = 0.02, .entry = MRSE_ENTRY_FEET_FIRST};
    mrse_position across = along, both = along;
    across.u_z_m = 0.0;
    across.u_x_m = both.u_x_m = 0.01;
    mrse_exposure z = ride(along, 0.0, 0.0), x = ride(across, 0.0, 0.0), e = ride(both, 0.0, 0.0);
    assert_true(x.b.u > 0.0 && z.b.u > 0.0 && x.product.u > 0.0 && z.product.u > 0.0);
    assert_rel(e.b.u, hypot(x.b.u, z.b.u), 1e-12);
    assert_rel(e.grad.u, hypot(x.grad.u, z.grad.u), 1e-12);
    assert_rel(e.product.u, hypot(x.product.u, z.product.u), 1e-12);
}

static void exposure__bad_uncertainty__argument_error(void **state)
{
    (void)state;
    mrse_exposure e;
    mrse_position good = {.z_m = 0.5}, negative = {.z_m = 0.5, .u_x_m = -0.01},
                  nan = {.z_m = 0.5, .u_z_m = NAN};
    const mrse_model exact = {.magnet = MAGNET};
    const double bad[] = {NAN, -1.0, INFINITY};
    assert_int_equal(mrse_exposure_on_ride(&exact, &negative, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_exposure_on_ride(&exact, &nan, &e), MRSE_ERR_ARG);
    for (size_t i = 0; i < 3; i++) {
        mrse_model model = {.magnet = MAGNET, .u_field = bad[i]};
        assert_int_equal(mrse_exposure_on_ride(&model, &good, &e), MRSE_ERR_ARG);
        model = (mrse_model){.magnet = MAGNET, .u_grad = bad[i]};
        assert_int_equal(mrse_exposure_on_ride(&model, &good, &e), MRSE_ERR_ARG);
    }
    assert_int_equal(mrse_exposure_on_ride(NULL, &good, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_exposure_on_ride(&exact, NULL, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_exposure_on_ride(&exact, &good, NULL), MRSE_ERR_ARG);
    assert_true(e.grad.v == 0.0);
}

static void place__each_posture__axes_and_their_uncertainty(void **state)
{
    mrse_position p = {.x_m = 0.03,
                       .y_m = -0.06,
                       .z_m = -0.17,
                       .u_x_m = 0.01,
                       .u_y_m = 0.003,
                       .u_z_m = 0.02,
                       .couch_height_m = 0.09,
                       .u_couch_m = 0.004};
    double at[3], u[3];

    (void)state;
    assert_int_equal(mrse_position_place(&p, at, u), MRSE_OK);
    assert_abs(at[0], 0.03, 1e-15);
    assert_abs(at[1], 0.03, 1e-15);
    assert_abs(at[2], 0.17, 0);
    assert_rel(u[0], 0.01, 0);
    assert_rel(u[1], 0.005, 1e-12);
    assert_rel(u[2], 0.02, 0);
    p.posture = MRSE_POSTURE_LEFT_LATERAL;
    p.entry = MRSE_ENTRY_FEET_FIRST;
    assert_int_equal(mrse_position_place(&p, at, u), MRSE_OK);
    assert_abs(at[0], -0.06, 0);
    assert_abs(at[1], 0.06, 1e-15);
    assert_abs(at[2], -0.17, 0);
    assert_rel(u[0], 0.003, 0);
    assert_rel(u[1], hypot(0.01, 0.004), 1e-12);
    p.z_m = NAN;
    assert_int_equal(mrse_position_place(&p, at, u), MRSE_ERR_ARG);
    assert_true(isnan(at[2]) && isnan(u[2]));
    assert_int_equal(mrse_position_place(NULL, at, u), MRSE_ERR_ARG);
    assert_int_equal(mrse_position_place(&p, NULL, u), MRSE_ERR_ARG);
    assert_int_equal(mrse_position_place(&p, at, NULL), MRSE_ERR_ARG);
}

static void text__entry_and_posture__in_words(void **state)
{
    (void)state;
    assert_string_equal(mrse_entry_text(MRSE_ENTRY_HEAD_FIRST), "head first");
    assert_string_equal(mrse_entry_text(MRSE_ENTRY_FEET_FIRST), "feet first");
    assert_string_equal(mrse_posture_text(MRSE_POSTURE_SUPINE), "supine");
    assert_string_equal(mrse_posture_text(MRSE_POSTURE_PRONE), "prone");
    assert_string_equal(mrse_posture_text(MRSE_POSTURE_LEFT_LATERAL), "lying on the left side");
    assert_string_equal(mrse_posture_text(MRSE_POSTURE_RIGHT_LATERAL), "lying on the right side");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path__each_posture__radius_by_hand),
        cmocka_unit_test(path__entry__decides_the_side_where_it_stops),
        cmocka_unit_test(path__not_usable__argument_error_and_zero),
        cmocka_unit_test(exposure__through_a_loop__peak_at_half_the_radius),
        cmocka_unit_test(exposure__stops_before_the_peak__end_value_decides),
        cmocka_unit_test(exposure__uncertain_end__half_the_change_over_two_u),
        cmocka_unit_test(exposure__on_the_axis__sideways_uncertainty_does_not_vanish),
        cmocka_unit_test(exposure__crest_between__is_found),
        cmocka_unit_test(exposure__all_parts__root_sum_of_squares),
        cmocka_unit_test(exposure__field_and_product__half_of_their_own_change),
        cmocka_unit_test(exposure__two_coordinates__root_sum_of_squares),
        cmocka_unit_test(exposure__bad_uncertainty__argument_error),
        cmocka_unit_test(place__each_posture__axes_and_their_uncertainty),
        cmocka_unit_test(text__entry_and_posture__in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

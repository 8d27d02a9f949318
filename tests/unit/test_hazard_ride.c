/* Force and torque on a ride: against the path search where the law is simple, and against a fine
 * scan where it is not. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/ride_hazard.h"

#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/oom.h"

static const mrse_object_ride RIDE = {{0.25, 4.0, 0.1}, 0.7};

static mrse_model model(void)
{
    return (mrse_model){.magnet = test_m30, .u_field = 0.01, .u_grad = 0.05};
}

static mrse_object ball(mrse_substance s)
{
    return (mrse_object){
        .shape = {.type = MRSE_SHAPE_SPHERE, .diameter_m = 5e-3}, .substance = s, .mass_kg = 0.4e-3};
}

static const mrse_substance TI = {
    .magnetic = MRSE_MAGNETIC_LINEAR, .chi = 182e-6, .density_kg_m3 = 4510};
static const mrse_substance STEEL = {
    .magnetic = MRSE_MAGNETIC_SOFT, .chi = 1e3, .ms_A_m = 1.3e6, .density_kg_m3 = 7700};
static const mrse_substance MAGNET = {
    .magnetic = MRSE_MAGNETIC_HARD, .br_T = 1.3, .density_kg_m3 = 7500};

static mrse_ride_force of(const mrse_object *o)
{
    mrse_model m = model();
    mrse_ride_force f;
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, o, &f), MRSE_OK);
    return f;
}

static void ride__linear__is_at_the_largest_product(void **state)
{
    mrse_path_maxima p;
    mrse_object o = ball(TI);
    (void)state;
    mrse_ride_force f = of(&o);
    assert_int_equal(mrse_path_search(&test_m30, &RIDE.path, &p), MRSE_OK);
    double v = MRSE_PI / 6 * 125e-9;
    assert_rel(f.force.value.v, 182e-6 / (1 + 182e-6 / 3) * v * p.product.value / MRSE_MU0, 1e-8);
    assert_abs(f.place.z_m, p.product.z_m, 1e-4);
    assert_rel(f.ratio.value.v, mrse_force_ratio(f.force.value.v, 0.4e-3), 1e-12);
    assert_rel(f.deflection.value.v, atan(f.ratio.value.v), 1e-12);
    assert_rel(f.force.value.u / f.force.value.v, 0.06, 1e-3); /* product: |B| and gradient add */
    assert_rel(f.ratio.value.u / f.ratio.value.v, 0.06, 1e-3);
    assert_true(f.worst_orientation && f.force.is_bound);
    assert_abs(f.torque.value.v, 0.0, 1e-20);
}

static void ride__saturated__is_at_the_largest_gradient(void **state)
{
    mrse_path_maxima p;
    mrse_object o = ball(STEEL);
    (void)state;
    mrse_ride_force f = of(&o);
    assert_int_equal(mrse_path_search(&test_m30, &RIDE.path, &p), MRSE_OK);
    double v = MRSE_PI / 6 * 125e-9;
    assert_rel(f.force.value.v, 1.3e6 * v * p.grad.value, 2e-2);
    assert_true(f.force.value.v < 1.3e6 * v * p.grad.value);
    assert_true(fabs(f.place.z_m - p.grad.z_m) < fabs(f.place.z_m - p.product.z_m));
    assert_true(f.saturation > 0.98 && f.saturation < 1.0);
    assert_true(f.force.value.u / f.force.value.v < 0.052);
}

static void ride__known_orientation__is_the_best_of_a_fine_scan(void **state)
{
    mrse_object o = {.shape = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 1e-3, .length_m = 8e-3},
                     .substance = STEEL,
                     .mass_kg = (double)NAN,
                     .orientation = {true, {0.5, 0.4, 0.6}, {1, 0, 0}}};
    double force = 0.0, torque = 0.0;
    mrse_axes axes;
    mrse_body body;
    (void)state;
    mrse_ride_force f = of(&o);
    assert_int_equal(mrse_orientation_axes(&o.orientation, &axes), MRSE_OK);
    assert_int_equal(mrse_body_of(&o.shape, &body), MRSE_OK);
    for (int i = 0; i <= 20000; i++) {
        mrse_field at;
        mrse_field3 xyz;
        mrse_magnetic_action a;
        assert_int_equal(mrse_field_at(&test_m30, 0.25, 4.0 - 3.9 * i / 20000.0, &at), MRSE_OK);
        mrse_field3_of(&at, RIDE.azimuth_rad, &xyz);
        assert_int_equal(mrse_magnetise(&o.substance, &body, &axes, &xyz, &a), MRSE_OK);
        force = fmax(force, hypot(hypot(a.force_N[0], a.force_N[1]), a.force_N[2]));
        torque = fmax(torque, hypot(hypot(a.torque_N_m[0], a.torque_N_m[1]), a.torque_N_m[2]));
    }
    assert_rel(f.force.value.v, force, 1e-6);
    assert_rel(f.torque.value.v, torque, 1e-6);
    assert_false(f.worst_orientation || f.force.is_bound);
    /* the worst orientation is no better */
    o.orientation.known = false;
    mrse_ride_force worst = of(&o);
    assert_true(worst.force.value.v > force && worst.torque.value.v >= torque * (1 - 1e-9));
    assert_rel(worst.torque_ratio.value.v,
               mrse_torque_ratio(worst.torque.value.v, 7700 * body.volume_m3, body.longest_m),
               1e-12);
}

static void ride__magnet__is_drawn_by_the_whole_tensor(void **state)
{
    mrse_path_maxima p;
    mrse_object o = ball(MAGNET);
    (void)state;
    mrse_ride_force f = of(&o);
    assert_int_equal(mrse_path_search(&test_m30, &RIDE.path, &p), MRSE_OK);
    double moment = 1.3 / MRSE_MU0 * MRSE_PI / 6 * 125e-9;
    assert_true(f.force.value.v >= moment * p.grad.value * (1 - 1e-9));
    assert_rel(f.torque.value.v, moment * p.b.value, 1e-6);
}

static void ride__steel_spring__is_bounded_by_saturation(void **state)
{
    mrse_path_maxima p;
    mrse_object o = {.shape = {.type = MRSE_SHAPE_SPRING,
                               .diameter_m = 1e-3,
                               .length_m = 1e-2,
                               .wire_m = 2e-4,
                               .turns = 40},
                     .substance = STEEL,
                     .mass_kg = (double)NAN};
    mrse_body body;
    (void)state;
    mrse_ride_force f = of(&o);
    assert_int_equal(mrse_body_of(&o.shape, &body), MRSE_OK);
    assert_int_equal(mrse_path_search(&test_m30, &RIDE.path, &p), MRSE_OK);
    assert_true(f.force.is_bound && strlen(f.force.reason) > 0);
    assert_true(f.force.value.v >= 1.3e6 * body.volume_m3 * p.grad.value * (1 - 1e-9));
    o.substance.magnetic = MRSE_MAGNETIC_LINEAR;
    o.substance.chi = 5.0;
    f = of(&o);
    assert_true(isnan(f.force.value.v) && strlen(f.force.reason) > 0);
}

/* A flask weighs a fifth of a solid body: neither its volume nor its mass then gives the force. */
static void ride__hollow_by_its_mass__is_missing(void **state)
{
    mrse_object o = ball(STEEL);
    (void)state;
    o.mass_kg = 0.2 * 7700 * MRSE_PI / 6 * 125e-9;
    mrse_ride_force f = of(&o);
    assert_true(isnan(f.force.value.v) && isnan(f.ratio.value.v) && isnan(f.torque.value.v));
    assert_non_null(strstr(f.force.reason, "hollow"));
}

static void ride__what_is_not_known__is_missing(void **state)
{
    mrse_object o = ball(STEEL);
    (void)state;
    o.substance.ms_A_m = (double)NAN;
    mrse_ride_force f = of(&o);
    assert_true(isnan(f.force.value.v) && isnan(f.torque.value.v) && isnan(f.deflection.value.v));
    assert_true(strstr(f.force.reason, "saturation") != NULL);
    o = ball(TI);
    o.mass_kg = o.substance.density_kg_m3 = (double)NAN;
    f = of(&o);
    assert_true(!isnan(f.force.value.v));
    assert_true(isnan(f.ratio.value.v) && isnan(f.deflection.value.v));
    assert_true(strstr(f.ratio.reason, "mass") != NULL);
    o = ball(TI);
    o.mass_kg = (double)NAN;
    o.shape = (mrse_shape){.type = MRSE_SHAPE_WIRE, .wire_m = 1e-3, .length_m = 2.0};
    f = of(&o);
    assert_true(isnan(f.force.value.v) && f.force.validity > 1.0);
    assert_true(isnan(f.ratio.value.v));
}

static void ride__variants__widen_the_uncertainty(void **state)
{
    mrse_source stronger[sizeof test_m30_coils / sizeof test_m30_coils[0]];
    mrse_object o = ball(STEEL);
    mrse_ride_force f;
    (void)state;
    memcpy(stronger, test_m30_coils, sizeof stronger);
    for (size_t i = 0; i < sizeof stronger / sizeof stronger[0]; i++)
        stronger[i].current_A *= 1.1;
    const mrse_variant v = {.magnet = {stronger, test_m30.n}, .direction = 0, .weight = 1.0};
    const mrse_model m = {.magnet = test_m30, .variant = &v, .n_variants = 1};
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, &o, &f), MRSE_OK);
    assert_rel(f.force.value.u / f.force.value.v, 0.1, 0.05);
}

static void ride__nonsense__is_refused(void **state)
{
    mrse_object o = ball(TI), bad = ball(TI), turned = ball(TI);
    mrse_object_ride nan = RIDE;
    mrse_model m = model(), wrong = model();
    mrse_ride_force f;
    (void)state;
    bad.shape.diameter_m = -1.0;
    nan.path.r_m = (double)NAN;
    wrong.u_field = -1.0;
    turned.orientation.known = true;
    assert_int_equal(mrse_ride_force_of(NULL, &RIDE, &o, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&m, NULL, &o, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, NULL, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, &o, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&m, &nan, &o, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&wrong, &RIDE, &o, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, &bad, &f), MRSE_ERR_RANGE);
    assert_int_equal(mrse_ride_force_of(&m, &RIDE, &turned, &f), MRSE_ERR_RANGE);
    assert_true(f.force.value.v == 0.0 && f.force.value.origin == MRSE_ORIGIN_UNVERIFIED);
}

static mrse_status work(void *context)
{
    mrse_object o = ball(TI);
    mrse_model m = model();
    mrse_ride_force f;
    (void)context;
    return mrse_ride_force_of(&m, &RIDE, &o, &f);
}

static void ride__no_memory__is_reported(void **state)
{
    (void)state;
    assert_true(oom_exhaust(work, NULL) > 0);
}

static int setup(void **state)
{
    (void)state;
    return mrse_init() != MRSE_OK;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ride__linear__is_at_the_largest_product),
        cmocka_unit_test(ride__saturated__is_at_the_largest_gradient),
        cmocka_unit_test(ride__known_orientation__is_the_best_of_a_fine_scan),
        cmocka_unit_test(ride__magnet__is_drawn_by_the_whole_tensor),
        cmocka_unit_test(ride__steel_spring__is_bounded_by_saturation),
        cmocka_unit_test(ride__hollow_by_its_mass__is_missing),
        cmocka_unit_test(ride__what_is_not_known__is_missing),
        cmocka_unit_test(ride__variants__widen_the_uncertainty),
        cmocka_unit_test(ride__nonsense__is_refused),
        cmocka_unit_test(ride__no_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}

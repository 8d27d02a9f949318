/* Eddy currents: closed forms against quadrature, scaling, validity, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/eddy_heating.h"

#include <string.h>

#include "mrse/field.h"
#include "support/close.h"

static const mrse_disc TI = {25e-3, 2e-3, 5.85e5};

static double disc(mrse_disc d, double dbdt, double f)
{
    mrse_hazard h;
    assert_int_equal(mrse_eddy_disc(&d, dbdt, f, &h), MRSE_OK);
    return h.value.v;
}

static void eddy_disc__quadrature_of_e_squared__agrees(void **state)
{
    enum { N = 1000 };
    double sum = 0.0;
    (void)state;
    for (int i = 0; i < N; i++) {
        double r = TI.radius_m * (i + 0.5) / N, e = 0.5 * r * 42.0; /* induced E at r */
        sum += TI.conductivity_S_m * e * e * 2 * MRSE_PI * r * TI.radius_m / N * TI.thickness_m;
    }
    assert_rel(disc(TI, 42.0, 100.0), sum, 1e-5);
}

static void eddy_sphere__stack_of_discs__agrees(void **state)
{
    enum { N = 2000 };
    const double R = 14e-3;
    double sum = 0.0;
    mrse_hazard h;
    (void)state;
    for (int i = 0; i < N; i++) {
        double z = R * (2 * (i + 0.5) / N - 1), r2 = R * R - z * z;
        sum += MRSE_PI * 1.2e6 * (2 * R / N) * r2 * r2 / 8 * 42 * 42;
    }
    assert_int_equal(mrse_eddy_sphere(R, 1.2e6, 42, 100.0, &h), MRSE_OK);
    assert_rel(h.value.v, sum, 1e-5);
}

static void eddy_ring__emf_over_resistance(void **state)
{
    mrse_hazard h;
    (void)state;
    assert_int_equal(mrse_eddy_ring(10e-3, 1e-3, 1e6, 42, 1000.0, &h), MRSE_OK);
    double emf = MRSE_PI * 1e-4 * 42;
    double resistance = 2 * MRSE_PI * 10e-3 / (1e6 * MRSE_PI / 4 * 1e-6);
    assert_rel(h.value.v, emf * emf / resistance, 1e-12);
    assert_true(h.validity > 0.0 && h.validity < 1.0);
    assert_int_equal(h.value.kind, MRSE_KIND_POWER);
}

static mrse_hazard of_body(mrse_shape shape, double sigma, double dbdt, double f)
{
    mrse_body body;
    mrse_hazard h;
    assert_int_equal(mrse_body_of(&shape, &body), MRSE_OK);
    assert_int_equal(mrse_eddy_body(&body, sigma, dbdt, f, &h), MRSE_OK);
    return h;
}

static void eddy_body__disc_sphere_ring__are_the_closed_forms(void **state)
{
    const mrse_shape coin = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 50e-3, .length_m = 2e-3};
    const mrse_shape ball = {.type = MRSE_SHAPE_SPHERE, .diameter_m = 28e-3};
    const mrse_shape ring = {.type = MRSE_SHAPE_RING, .diameter_m = 20e-3, .wire_m = 1e-3};
    mrse_hazard h;
    (void)state;
    assert_rel(of_body(coin, 5.85e5, 42, 100).value.v, disc(TI, 42.0, 100.0), 1e-12);
    assert_int_equal(mrse_eddy_sphere(14e-3, 1.2e6, 42, 100, &h), MRSE_OK);
    assert_rel(of_body(ball, 1.2e6, 42, 100).value.v, h.value.v, 1e-12);
    assert_rel(of_body(ball, 1.2e6, 42, 100).validity, h.validity, 1e-12);
    assert_int_equal(mrse_eddy_ring(10e-3, 1e-3, 1e6, 42, 1000, &h), MRSE_OK);
    assert_rel(of_body(ring, 1e6, 42, 1000).value.v, h.value.v, 1e-12);
}

/* Square plate: Fourier series of the stream function gives 0.03514 a^4 t; the bound is 1/24. */
static void eddy_body__square_plate__is_bounded_by_a_fifth(void **state)
{
    const mrse_shape plate = {
        .type = MRSE_SHAPE_PLATE, .width_m = 10e-3, .depth_m = 10e-3, .length_m = 1e-3};
    double sum = 0.0, a = 10e-3;
    (void)state;
    for (int m = 1; m < 400; m += 2)
        for (int n = 1; n < 400; n += 2)
            sum += 64.0 / (pow(MRSE_PI, 6) * m * m * n * n * (m * m + n * n));
    double exact = 1e6 * 20.0 * 20.0 * 1e-3 * pow(a, 4) * sum;
    double bound = of_body(plate, 1e6, 20, 100).value.v;
    assert_rel(bound, 1e6 * 400.0 * 1e-3 * pow(a, 4) / 24.0, 1e-12);
    assert_true(bound > exact && bound < 1.2 * exact);
}

/* A long wire across the field: E = x dB/dt along it. */
static void eddy_body__long_wire__is_the_strip_of_the_textbook(void **state)
{
    const mrse_shape wire = {.type = MRSE_SHAPE_WIRE, .length_m = 0.1, .wire_m = 0.5e-3};
    double a = 0.25e-3;
    (void)state;
    assert_rel(of_body(wire, 1e6, 30, 1000).value.v, 1e6 * 900.0 * MRSE_PI * pow(a, 4) / 4.0 * 0.1,
               1e-4);
}

static void lenz_body__disc__is_the_closed_form(void **state)
{
    const mrse_shape coin = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 50e-3, .length_m = 2e-3};
    mrse_body body;
    mrse_hazard got, want;
    (void)state;
    assert_int_equal(mrse_body_of(&coin, &body), MRSE_OK);
    assert_int_equal(mrse_lenz_body_torque(&body, 5.85e5, 3.0, 10.0, &got), MRSE_OK);
    assert_int_equal(mrse_lenz_torque(&TI, 3.0, 10.0, &want), MRSE_OK);
    assert_rel(got.value.v, want.value.v, 1e-12);
    assert_int_equal(got.value.kind, MRSE_KIND_TORQUE);
    assert_int_equal(mrse_lenz_body_force(&body, 5.85e5, 1.5, 8.0, 0.5, &got), MRSE_OK);
    assert_int_equal(mrse_lenz_force(&TI, 1.5, 8.0, 0.5, &want), MRSE_OK);
    assert_rel(got.value.v, want.value.v, 1e-12);
    assert_int_equal(got.value.kind, MRSE_KIND_FORCE);
    assert_int_equal(mrse_lenz_body_force(&body, 5.85e5, 1.5, 8.0, 0.0, &got), MRSE_OK);
    assert_abs(got.value.v, 0.0, 0.0);
}

static void eddy_body__coil_unknown_or_shielded__is_missing(void **state)
{
    const mrse_shape spring = {.type = MRSE_SHAPE_SPRING,
                               .diameter_m = 3e-3,
                               .length_m = 2e-2,
                               .wire_m = 3e-4,
                               .turns = 30};
    const mrse_shape ball = {.type = MRSE_SHAPE_SPHERE, .diameter_m = 28e-3};
    mrse_body body;
    mrse_hazard h;
    (void)state;
    assert_non_null(strstr(of_body(spring, 1e6, 20, 100).reason, "coil"));
    assert_non_null(strstr(of_body(ball, (double)NAN, 20, 100).reason, "conductivity"));
    assert_true(isnan(of_body(ball, 5.8e7, 20, 1e4).value.v));
    assert_non_null(strstr(of_body(ball, 5.8e7, 20, 1e4).reason, "shield"));
    assert_int_equal(mrse_body_of(&ball, &body), MRSE_OK);
    assert_int_equal(mrse_eddy_body(&body, 1e6, -1, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_body(&body, -1, 1, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_lenz_body_force(&body, 1e6, 0.0, 8.0, 0.5, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_body(NULL, 1e6, 1, 100, &h), MRSE_ERR_ARG);
    assert_int_equal(mrse_eddy_body(&body, 1e6, 1, 100, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_body_torque(NULL, 1e6, 1, 1, &h), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_body_torque(&body, 1e6, 1, 1, NULL), MRSE_ERR_ARG);
}

static void eddy__beyond_validity__is_missing_with_reason(void **state)
{
    mrse_hazard h;
    (void)state;
    assert_int_equal(mrse_eddy_disc(&TI, 42, 1e4, &h), MRSE_OK);
    assert_true(isnan(h.value.v));
    assert_true(h.validity > 1.0 && strlen(h.reason) > 0);
    assert_int_equal(mrse_eddy_sphere(14e-3, 1.2e6, 42, 1e4, &h), MRSE_OK);
    assert_true(isnan(h.value.v) && h.validity > 1.0);
    assert_int_equal(mrse_eddy_ring(10e-3, 3e-3, 5.8e7, 42, 1e4, &h), MRSE_OK);
    assert_true(isnan(h.value.v) && h.validity > 1.0);
}

/* The limit is where it is said to be: mu0 sigma w t R = 1. */
static void eddy_disc__validity__is_its_formula(void **state)
{
    mrse_hazard h;
    (void)state;
    assert_int_equal(mrse_eddy_disc(&TI, 42, 100.0, &h), MRSE_OK);
    double skin = TI.thickness_m / mrse_skin_depth_m(TI.conductivity_S_m, 100.0);
    double shield = MRSE_MU0 * 5.85e5 * 2 * MRSE_PI * 100.0 * 2e-3 * 25e-3;
    assert_rel(h.validity, fmax(skin, shield), 1e-12);
    double limit_Hz = 100.0 / shield;
    assert_true(disc(TI, 42, 0.999 * limit_Hz) > 0.0);
    assert_true(isnan(disc(TI, 42, 1.001 * limit_Hz)));
}

static void eddy__unknown_conductivity__is_missing(void **state)
{
    mrse_disc d = TI;
    mrse_hazard h;
    (void)state;
    d.conductivity_S_m = (double)NAN;
    assert_true(isnan(disc(d, 42, 100)));
    assert_int_equal(mrse_eddy_sphere(1e-2, (double)NAN, 42, 100, &h), MRSE_OK);
    assert_true(isnan(h.value.v) && strstr(h.reason, "conductivity"));
    assert_int_equal(mrse_eddy_ring(1e-2, 1e-3, (double)NAN, 42, 100, &h), MRSE_OK);
    assert_true(isnan(h.value.v));
    assert_int_equal(mrse_lenz_torque(&d, 3, 1, &h), MRSE_OK);
    assert_true(isnan(h.value.v));
    assert_int_equal(mrse_lenz_force(&d, 3, 8, 1, &h), MRSE_OK);
    assert_true(isnan(h.value.v));
}

static void lenz__power_of_the_drag__is_the_heat(void **state)
{
    /* A disc moved at v through G loses F v; a disc in dB/dt = v G heats by the same. */
    mrse_hazard force, torque;
    (void)state;
    assert_int_equal(mrse_lenz_force(&TI, 1.5, 8.0, 0.5, &force), MRSE_OK);
    assert_rel(force.value.v * 0.5, disc(TI, 0.5 * 8.0, 10.0), 1e-12);
    /* Turning at w in B: dB/dt through the face has rms w B / sqrt 2, the mean torque is half. */
    assert_int_equal(mrse_lenz_torque(&TI, 1.5, 3.0, &torque), MRSE_OK);
    assert_rel(0.5 * torque.value.v * 3.0, disc(TI, 1.5 * 3.0 / sqrt(2.0), 10.0), 1e-12);
    assert_rel(torque.validity, MRSE_MU0 * 5.85e5 * 2e-3 * 25e-3 * 3.0, 1e-12);
}

static void lenz__beyond_validity__is_missing(void **state)
{
    const mrse_disc plate = {0.3, 0.02, 3.5e7};
    mrse_hazard h;
    (void)state;
    assert_int_equal(mrse_lenz_torque(&plate, 3.0, 6.0, &h), MRSE_OK);
    assert_true(isnan(h.value.v) && h.validity > 1.0 && strlen(h.reason) > 0);
    assert_int_equal(mrse_lenz_force(&plate, 0.5, 8.0, 1.5, &h), MRSE_OK);
    assert_true(isnan(h.value.v) && h.validity > 1.0);
}

static void rise__adiabatic__is_a_bound(void **state)
{
    mrse_hazard power, rise;
    (void)state;
    assert_int_equal(mrse_eddy_disc(&TI, 42, 100, &power), MRSE_OK);
    assert_int_equal(mrse_eddy_rise(&power, 0.02, 520, 600, &rise), MRSE_OK);
    assert_rel(rise.value.v, power.value.v * 600 / (0.02 * 520), 1e-12);
    assert_true(rise.is_bound);
    assert_int_equal(rise.value.kind, MRSE_KIND_TEMPERATURE_RISE);
    assert_int_equal(mrse_eddy_rise(&power, 0.02, (double)NAN, 600, &rise), MRSE_OK);
    assert_true(isnan(rise.value.v));
    assert_int_equal(mrse_eddy_disc(&TI, 42, 1e4, &power), MRSE_OK);
    assert_int_equal(mrse_eddy_rise(&power, 0.02, 520, 600, &rise), MRSE_OK);
    assert_true(isnan(rise.value.v));
    assert_string_equal(rise.reason, power.reason);
    assert_int_equal(mrse_eddy_rise(&power, 0.0, 520, 600, &rise), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_rise(NULL, 0.02, 520, 600, &rise), MRSE_ERR_ARG);
    assert_int_equal(mrse_eddy_rise(&power, 0.02, 520, 600, NULL), MRSE_ERR_ARG);
}

static void eddy__nonsense__is_refused(void **state)
{
    const mrse_disc bad[] = {
        {0, 1e-3, 1e6}, {1e-2, 2e-2, 1e6}, {1e-2, 1e-3, 0}, {(double)NAN, 1, 1}};
    mrse_hazard h;
    (void)state;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(mrse_eddy_disc(&bad[i], 42, 100, &h), MRSE_ERR_RANGE);
        assert_true(isnan(h.value.v));
        assert_int_equal(mrse_lenz_torque(&bad[i], 3, 1, &h), MRSE_ERR_RANGE);
        assert_int_equal(mrse_lenz_force(&bad[i], 3, 8, 1, &h), MRSE_ERR_RANGE);
        assert_true(isnan(h.value.v));
    }
    assert_int_equal(mrse_eddy_disc(&TI, -1, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_disc(&TI, 42, 0, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_disc(NULL, 42, 100, &h), MRSE_ERR_ARG);
    assert_int_equal(mrse_eddy_disc(&TI, 42, 100, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_eddy_sphere(0, 1e6, 42, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_sphere(1e-2, -1, 42, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_sphere(1e-2, 1e6, 42, 100, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_eddy_ring(1e-2, 1e-2, 1e6, 42, 100, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_eddy_ring(1e-2, 1e-3, 1e6, 42, 100, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_torque(&TI, -3, 1, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_lenz_torque(NULL, 3, 1, &h), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_torque(&TI, 3, 1, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_force(&TI, 0, 8, 1, &h), MRSE_ERR_RANGE);
    assert_int_equal(mrse_lenz_force(NULL, 3, 8, 1, &h), MRSE_ERR_ARG);
    assert_int_equal(mrse_lenz_force(&TI, 3, 8, 1, NULL), MRSE_ERR_ARG);
    assert_true(isnan(mrse_ramp_dbdt_T_s(1.0, 0.0)));
    assert_rel(mrse_ramp_dbdt_T_s(60e-3, 225e-6), 266.667, 1e-5);
    assert_true(isnan(mrse_skin_depth_m(0.0, 1.0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eddy_disc__quadrature_of_e_squared__agrees),
        cmocka_unit_test(eddy_sphere__stack_of_discs__agrees),
        cmocka_unit_test(eddy_ring__emf_over_resistance),
        cmocka_unit_test(eddy_body__disc_sphere_ring__are_the_closed_forms),
        cmocka_unit_test(eddy_body__square_plate__is_bounded_by_a_fifth),
        cmocka_unit_test(eddy_body__long_wire__is_the_strip_of_the_textbook),
        cmocka_unit_test(lenz_body__disc__is_the_closed_form),
        cmocka_unit_test(eddy_body__coil_unknown_or_shielded__is_missing),
        cmocka_unit_test(eddy__beyond_validity__is_missing_with_reason),
        cmocka_unit_test(eddy_disc__validity__is_its_formula),
        cmocka_unit_test(eddy__unknown_conductivity__is_missing),
        cmocka_unit_test(lenz__power_of_the_drag__is_the_heat),
        cmocka_unit_test(lenz__beyond_validity__is_missing),
        cmocka_unit_test(rise__adiabatic__is_a_bound),
        cmocka_unit_test(eddy__nonsense__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

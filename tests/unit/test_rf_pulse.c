/* RF pulse shapes: reference factors, closed forms, laws of scaling, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_expint.h>
#include <string.h>

#include "image_support.h"
#include "mrse/rf_pulse.h"

/* The reference file's names. Its numbers come from 20 000 samples whose largest lies beside the
 * middle: what is relative to the peak is off by up to 2e-7, and by 1e-4 for a triangle. */
static const struct {
    const char *name;
    mrse_rf_shape shape;
    double rtol;
} known[] = {
    {"hard", {MRSE_RF_HARD, 0, 0, 0, 0, 0}, 1e-13},
    {"sinc_tbw2_apo_0", {MRSE_RF_SINC, 2, 0, 0, 0, 0}, 2e-7},
    {"sinc_tbw2_apo_0.5", {MRSE_RF_SINC, 2, 0.5, 0, 0, 0}, 2e-7},
    {"sinc_tbw2_apo_0.46", {MRSE_RF_SINC, 2, 0.46, 0, 0, 0}, 2e-7},
    {"sinc_tbw2.7_apo_0", {MRSE_RF_SINC, 2.7, 0, 0, 0, 0}, 2e-7},
    {"sinc_tbw2.7_apo_0.5", {MRSE_RF_SINC, 2.7, 0.5, 0, 0, 0}, 2e-7},
    {"sinc_tbw2.7_apo_0.46", {MRSE_RF_SINC, 2.7, 0.46, 0, 0, 0}, 2e-7},
    {"sinc_tbw4_apo_0", {MRSE_RF_SINC, 4, 0, 0, 0, 0}, 2e-7},
    {"sinc_tbw4_apo_0.5", {MRSE_RF_SINC, 4, 0.5, 0, 0, 0}, 2e-7},
    {"sinc_tbw4_apo_0.46", {MRSE_RF_SINC, 4, 0.46, 0, 0, 0}, 2e-7},
    {"sinc_tbw6_apo_0", {MRSE_RF_SINC, 6, 0, 0, 0, 0}, 2e-7},
    {"sinc_tbw6_apo_0.5", {MRSE_RF_SINC, 6, 0.5, 0, 0, 0}, 2e-7},
    {"sinc_tbw6_apo_0.46", {MRSE_RF_SINC, 6, 0.46, 0, 0, 0}, 2e-7},
    {"sinc_tbw8_apo_0", {MRSE_RF_SINC, 8, 0, 0, 0, 0}, 2e-7},
    {"sinc_tbw8_apo_0.5", {MRSE_RF_SINC, 8, 0.5, 0, 0, 0}, 2e-7},
    {"sinc_tbw8_apo_0.46", {MRSE_RF_SINC, 8, 0.46, 0, 0, 0}, 2e-7},
    {"gauss_trunc_2sigma_total_width_4sigma", {MRSE_RF_GAUSS, 0, 0, 2, 0, 0}, 2e-7},
    {"gauss_trunc_2.5sigma_total_width_5.0sigma", {MRSE_RF_GAUSS, 0, 0, 2.5, 0, 0}, 2e-7},
    {"gauss_trunc_3sigma_total_width_6sigma", {MRSE_RF_GAUSS, 0, 0, 3, 0, 0}, 2e-7},
    {"gauss_trunc_4sigma_total_width_8sigma", {MRSE_RF_GAUSS, 0, 0, 4, 0, 0}, 2e-7},
    {"gauss_trunc_5sigma_total_width_10sigma", {MRSE_RF_GAUSS, 0, 0, 5, 0, 0}, 2e-7},
    {"half_sine (cosine lobe)", {MRSE_RF_HALF_SINE, 0, 0, 0, 0, 0}, 2e-7},
    {"hann_window", {MRSE_RF_HANN, 0, 0, 0, 0, 0}, 2e-7},
    {"triangle", {MRSE_RF_TRIANGLE, 0, 0, 0, 0, 0}, 1.1e-4},
    {"fermi_t0_0.31T_a_0.01T", {MRSE_RF_FERMI, 0, 0, 0, 0.31, 0.01}, 2e-7},
};
enum { KNOWN = sizeof known / sizeof known[0] };

static const mrse_rf_shape hard = {MRSE_RF_HARD, 0, 0, 0, 0, 0};

static mrse_rf_factors factors_of(const mrse_rf_shape *shape)
{
    mrse_rf_factors f;

    assert_int_equal(mrse_rf_pulse_factors(shape, &f), MRSE_OK);
    return f;
}

static void factors__reference_shapes__agree(void **state)
{
    json_t *root = golden_json("rf_pulse_factors.json"), *c;
    double worst = 0.0;
    size_t i;

    (void)state;
    if (!root)
        skip();
    for (i = 0; i < KNOWN; i++) {
        const mrse_rf_factors f = factors_of(&known[i].shape);
        const double rtol = known[i].rtol;

        c = json_object_get(json_object_get(root, "shapes"), known[i].name);
        if (!c)
            fail_msg("no %s", known[i].name);
        worst = fmax(worst, fabs(f.power_ratio / number_of(c, "power_ratio_vs_hard") - 1.0));
        assert_rel(f.power_ratio, number_of(c, "power_ratio_vs_hard"), 1e-8);
        assert_rel(f.peak_ratio, number_of(c, "peak_ratio_vs_hard"), rtol);
        assert_rel(f.amplitude, number_of(c, "amplitude_integral"), rtol);
        assert_rel(f.power, number_of(c, "power_integral"), rtol);
    }
    print_message("%d shapes, power ratio within %.2g relative\n", KNOWN, worst);
    json_decref(root);
}

static void exposure__reference_examples__agree(void **state)
{
    json_t *root = golden_json("rf_pulse_factors.json"), *c;
    double worst = 0.0;
    size_t i, k;

    (void)state;
    if (!root)
        skip();
    assert_true(json_array_size(json_object_get(root, "examples")) >= 12);
    json_array_foreach (json_object_get(root, "examples"), i, c) {
        const char *name = json_string_value(json_object_get(c, "shape"));
        mrse_rf_exposure e;

        for (k = 0; k < KNOWN && strcmp(known[k].name, name) != 0; k++)
            ;
        assert_true(k < KNOWN);
        assert_int_equal(mrse_rf_pulse_exposure(&known[k].shape, number_of(c, "flip_deg") * DEG,
                                                number_of(c, "dur_ms") / 1e3, 42.576e6, &e),
                         MRSE_OK);
        assert_rel(e.b1_peak_T * 1e6, number_of(c, "b1_peak_uT"), 1e-7);
        assert_rel(e.b1_squared_T2_s * 1e15, number_of(c, "int_b1sq_uT2_ms"), 1e-7);
        worst = fmax(worst, fabs(e.b1_squared_T2_s * 1e15 / number_of(c, "int_b1sq_uT2_ms") - 1.0));
    }
    print_message("%zu examples, integral of B1 squared within %.2g relative\n", i, worst);
    json_decref(root);
}

/* --- Closed forms -------------------------------------------------------------------------------------- */

static void factors__windows_and_lobes__equal_closed_forms(void **state)
{
    mrse_rf_factors f = factors_of(&hard);

    (void)state;
    assert_rel(f.power_ratio, 1.0, 1e-13);
    assert_rel(f.peak_ratio, 1.0, 1e-13);
    f = factors_of(&(mrse_rf_shape){.form = MRSE_RF_HANN});
    assert_rel(f.amplitude, 0.5, 1e-13);
    assert_rel(f.power, 0.375, 1e-13);
    f = factors_of(&(mrse_rf_shape){.form = MRSE_RF_HALF_SINE});
    assert_rel(f.amplitude, 2.0 / MRSE_PI, 1e-13);
    assert_rel(f.power, 0.5, 1e-13);
    f = factors_of(&(mrse_rf_shape){.form = MRSE_RF_TRIANGLE});
    assert_rel(f.amplitude, 0.5, 1e-13);
    assert_rel(f.power, 1.0 / 3.0, 1e-13);
}

static void factors__gauss__equals_error_functions(void **state)
{
    double n;

    (void)state;
    for (n = 0.5; n <= 20.0; n += 0.5) {
        const mrse_rf_factors f = factors_of(&(mrse_rf_shape){.form = MRSE_RF_GAUSS, .sigmas = n});
        assert_rel(f.amplitude, sqrt(0.5 * MRSE_PI) * gsl_sf_erf(n / sqrt(2.0)) / n, 1e-12);
        assert_rel(f.power, 0.5 * sqrt(MRSE_PI) * gsl_sf_erf(n) / n, 1e-12);
    }
}

/* Without window: means are Si(pi b / 2) and, by parts, Si(pi b) - 2 sin^2(pi b / 2) / (pi b). */
static void factors__sinc__equals_sine_integrals(void **state)
{
    double b;

    (void)state;
    for (b = 0.5; b <= 40.0; b += 0.5) {
        const mrse_rf_factors f =
            factors_of(&(mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = b});
        const double a = MRSE_PI * b, s = sin(0.5 * a);
        assert_rel(f.amplitude, 2.0 * gsl_sf_Si(0.5 * a) / a, 1e-11);
        assert_rel(f.power, 2.0 / a * (gsl_sf_Si(a) - 2.0 * s * s / a), 1e-11);
    }
}

static void factors__fermi__equals_logarithms(void **state)
{
    const double flat = 0.31;
    double edge;

    (void)state;
    for (edge = 0.002; edge <= 0.1; edge *= 1.5) {
        const mrse_rf_factors f =
            factors_of(&(mrse_rf_shape){.form = MRSE_RF_FERMI, .flat = flat, .edge = edge});
        /* Antiderivatives of p = 1/(1+e^u): u - ln(1+e^u); of p^2: that + p ... of -u. */
        const double u0 = -flat / edge, u1 = (0.5 - flat) / edge;
        const double p0 = 1.0 / (1.0 + exp(u0)), p1 = 1.0 / (1.0 + exp(u1));
        const double one = edge * ((-log1p(exp(-u1))) - (u0 - log1p(exp(u0))));
        const double two = one + edge * (p1 - p0);
        assert_rel(f.amplitude, 2.0 * one / p0, 1e-10);
        assert_rel(f.power, 2.0 * two / (p0 * p0), 1e-10);
    }
}

/* --- Laws ------------------------------------------------------------------------------------------------ */

static void exposure__hard_pulse__has_the_energy_of_its_flip_angle(void **state)
{
    mrse_rf_exposure e;

    (void)state;
    /* 1 ms 180 deg: B1 = 1 / (2 gamma T) */
    assert_int_equal(mrse_rf_pulse_exposure(&hard, MRSE_PI, 1e-3, MRSE_GAMMA_HZ_T, &e), MRSE_OK);
    assert_rel(e.b1_peak_T, 1.0 / (2.0 * 42.577478518e6 * 1e-3), 1e-13);
    assert_abs(e.b1_peak_T, 11.744e-6, 1e-9); /* the reference voltage pulse of Siemens */
    assert_rel(e.b1_squared_T2_s, e.b1_peak_T * e.b1_peak_T * 1e-3, 1e-13);
    assert_rel(e.b1_rms_T, e.b1_peak_T, 1e-13);
}

static void exposure__goes_as_flip_angle_squared_over_duration(void **state)
{
    mrse_rf_exposure one, other;
    size_t i;

    (void)state;
    for (i = 0; i < KNOWN; i++) {
        const mrse_rf_shape *s = &known[i].shape;
        assert_int_equal(mrse_rf_pulse_exposure(s, 1.0, 2e-3, MRSE_GAMMA_HZ_T, &one), MRSE_OK);
        assert_int_equal(mrse_rf_pulse_exposure(s, 2.0, 3e-3, MRSE_GAMMA_HZ_T, &other), MRSE_OK);
        assert_rel(other.b1_squared_T2_s / one.b1_squared_T2_s, 4.0 * 2.0 / 3.0, 1e-13);
        assert_rel(other.b1_peak_T / one.b1_peak_T, 2.0 * 2.0 / 3.0, 1e-13);
        assert_rel(one.b1_rms_T * one.b1_rms_T * 2e-3, one.b1_squared_T2_s, 1e-13);
    }
}

/* Of all shapes of one flip angle and duration the rectangle deposits least (Cauchy-Schwarz). */
static void factors__every_shape__takes_more_than_the_rectangle(void **state)
{
    size_t i;

    (void)state;
    for (i = 1; i < KNOWN; i++) {
        const mrse_rf_factors f = factors_of(&known[i].shape);
        assert_true(f.power_ratio > 1.0 && f.peak_ratio > 1.0);
        assert_true(f.power_ratio <= f.peak_ratio * (1.0 + 1e-12) || f.power > f.amplitude);
    }
}

static void factors__sinc_of_no_bandwidth__is_nearly_a_rectangle(void **state)
{
    const mrse_rf_factors f =
        factors_of(&(mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = 0.1});

    (void)state;
    assert_abs(f.power_ratio, 1.0, 1e-4);
}

static void b1_rms__pulses_over_a_time__is_the_root_of_the_mean(void **state)
{
    double got;

    (void)state;
    assert_int_equal(mrse_rf_b1_rms(4e-12 * 0.25, 1.0, &got), MRSE_OK);
    assert_rel(got, 1e-6, 1e-15);
    assert_int_equal(mrse_rf_b1_rms(0.0, 1.0, &got), MRSE_OK);
    assert_true(got == 0.0);
    got = 7.0;
    assert_int_equal(mrse_rf_b1_rms(-1.0, 1.0, &got), MRSE_ERR_RANGE);
    assert_true(got == 0.0);
    assert_int_equal(mrse_rf_b1_rms(1.0, 0.0, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_b1_rms((double)NAN, 1.0, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_b1_rms(1.0, (double)INFINITY, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_b1_rms(1.0, 1.0, NULL), MRSE_ERR_ARG);
}

/* --- Refusals ---------------------------------------------------------------------------------------------- */

static void refuse(mrse_rf_shape shape, mrse_status want)
{
    mrse_rf_factors f = {7, 7, 7, 7};
    mrse_rf_exposure e = {7, 7, 7};

    assert_int_equal(mrse_rf_pulse_factors(&shape, &f), want);
    assert_true(f.amplitude == 0.0 && f.power_ratio == 0.0);
    assert_int_equal(mrse_rf_pulse_exposure(&shape, 1, 1e-3, MRSE_GAMMA_HZ_T, &e), want);
    assert_true(e.b1_peak_T == 0.0 && e.b1_squared_T2_s == 0.0);
}

static void factors__what_cannot_be__is_refused(void **state)
{
    mrse_rf_factors f;

    (void)state;
    refuse((mrse_rf_shape){.form = (mrse_rf_form)99}, MRSE_ERR_ARG);
    refuse((mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = (double)NAN}, MRSE_ERR_ARG);
    refuse((mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = 4, .apodisation = (double)NAN},
           MRSE_ERR_ARG);
    refuse((mrse_rf_shape){.form = MRSE_RF_GAUSS, .sigmas = (double)INFINITY}, MRSE_ERR_ARG);
    refuse((mrse_rf_shape){.form = MRSE_RF_FERMI, .flat = (double)NAN, .edge = 0.1}, MRSE_ERR_ARG);
    refuse((mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = 0}, MRSE_ERR_RANGE);
    refuse((mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = 101}, MRSE_ERR_RANGE);
    refuse((mrse_rf_shape){.form = MRSE_RF_SINC, .time_bandwidth = 4, .apodisation = 0.6},
           MRSE_ERR_RANGE);
    refuse((mrse_rf_shape){.form = MRSE_RF_GAUSS, .sigmas = 0.05}, MRSE_ERR_RANGE);
    refuse((mrse_rf_shape){.form = MRSE_RF_FERMI, .flat = 0.6, .edge = 0.1}, MRSE_ERR_RANGE);
    refuse((mrse_rf_shape){.form = MRSE_RF_FERMI, .flat = 0.3, .edge = 0.001}, MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_pulse_factors(NULL, &f), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_factors(&hard, NULL), MRSE_ERR_ARG);
}

static void exposure__what_cannot_be__is_refused(void **state)
{
    mrse_rf_exposure e;

    (void)state;
    assert_int_equal(mrse_rf_pulse_exposure(&hard, -1, 1e-3, 42e6, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1, 0, 42e6, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1, 1e-3, 0, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1e300, 1e-300, 42e6, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, (double)NAN, 1e-3, 42e6, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1, (double)NAN, 42e6, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1, 1e-3, (double)NAN, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_exposure(NULL, 1, 1e-3, 42e6, &e), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 1, 1e-3, 42e6, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_rf_pulse_exposure(&hard, 0, 1e-3, 42e6, &e), MRSE_OK);
    assert_true(e.b1_peak_T == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors__reference_shapes__agree),
        cmocka_unit_test(exposure__reference_examples__agree),
        cmocka_unit_test(factors__windows_and_lobes__equal_closed_forms),
        cmocka_unit_test(factors__gauss__equals_error_functions),
        cmocka_unit_test(factors__sinc__equals_sine_integrals),
        cmocka_unit_test(factors__fermi__equals_logarithms),
        cmocka_unit_test(exposure__hard_pulse__has_the_energy_of_its_flip_angle),
        cmocka_unit_test(exposure__goes_as_flip_angle_squared_over_duration),
        cmocka_unit_test(factors__every_shape__takes_more_than_the_rectangle),
        cmocka_unit_test(factors__sinc_of_no_bandwidth__is_nearly_a_rectangle),
        cmocka_unit_test(b1_rms__pulses_over_a_time__is_the_root_of_the_mean),
        cmocka_unit_test(factors__what_cannot_be__is_refused),
        cmocka_unit_test(exposure__what_cannot_be__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Point-spread widths: reference values, invariances, orders of k-space, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "image_support.h"
#include "mrse/psf.h"
#include "support/oom.h"

enum { LINES = 256, MOST = 64 };

static mrse_transverse echo[MOST], weight[LINES];
static mrse_epg_pulse pulse[MOST];

static void make_echoes(size_t etl, double deg, double esp_s, double t1_s, double t2_s)
{
    const mrse_relaxation r = {t1_s, t2_s};
    const mrse_echo_train t = {{90 * DEG, 90 * DEG}, pulse, etl, esp_s, 1.0};
    size_t i;

    for (i = 0; i < etl; i++)
        pulse[i] = (mrse_epg_pulse){deg * DEG, 0.0};
    assert_int_equal(mrse_epg_echo_train(&t, &r, 1.0, echo, NULL), MRSE_OK);
}

static double width_of(mrse_phase_order order, size_t etl)
{
    double fwhm_px;

    assert_int_equal(mrse_psf_train_width(order, LINES, echo, etl, &fwhm_px), MRSE_OK);
    return fwhm_px;
}

static void train_width__reference_values__within_1e_3(void **state)
{
    json_t *root = golden_json("tse_psf_golden.json"), *c;
    double worst = 0.0;
    size_t i;

    (void)state;
    if (!root)
        skip();
    assert_true(json_array_size(json_object_get(root, "cases")) >= 8);
    json_array_foreach (json_object_get(root, "cases"), i, c) {
        const char *order = json_string_value(json_object_get(c, "order"));
        const size_t etl = (size_t)number_of(c, "etl");
        double got;

        make_echoes(etl, number_of(c, "fa"), time_of(c, "ESP_ms"), time_of(c, "T1"),
                    time_of(c, "T2"));
        assert_int_equal((int)number_of(c, "npe"), LINES);
        got = width_of(strcmp(order, "linear") == 0 ? MRSE_PHASE_LINEAR : MRSE_PHASE_CENTRIC, etl);
        worst = fmax(worst, fabs(got - number_of(c, "psf_fwhm_pixels")));
        assert_abs(got, number_of(c, "psf_fwhm_pixels"), 1e-3);
    }
    print_message("%zu widths, largest difference %.2g px\n", i, worst);
    json_decref(root);
}

/* sin(pi x) / (N sin(pi x / N)) = 1/2, solved here by bisection. */
static void width__equal_weights__is_that_of_the_dirichlet_kernel(void **state)
{
    double low = 0.1, high = 0.9, got;
    size_t i;
    int k;

    (void)state;
    for (k = 0; k < 60; k++) {
        const double x = 0.5 * (low + high);
        if (sin(MRSE_PI * x) / (LINES * sin(MRSE_PI * x / LINES)) > 0.5)
            low = x;
        else
            high = x;
    }
    for (i = 0; i < LINES; i++)
        weight[i] = (mrse_transverse){0.7, 0.0};
    assert_int_equal(mrse_psf_width(weight, LINES, &got), MRSE_OK);
    assert_abs(got, 2.0 * low, 1e-9);
}

static void width__scaled_turned_reversed_or_ramped__is_unchanged(void **state)
{
    mrse_transverse other[LINES];
    size_t index[LINES], i;
    double want, got;

    (void)state;
    make_echoes(16, 120, 0.01, 1.084, 0.069);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, LINES, 16, index), MRSE_OK);
    for (i = 0; i < LINES; i++)
        weight[i] = echo[index[i]];
    assert_int_equal(mrse_psf_width(weight, LINES, &want), MRSE_OK);

    for (i = 0; i < LINES; i++) /* times -3i: no longer of one sign, so that the peak is searched */
        other[i] = (mrse_transverse){3.0 * weight[i].im, -3.0 * weight[i].re};
    assert_int_equal(mrse_psf_width(other, LINES, &got), MRSE_OK);
    assert_abs(got, want, 1e-6);
    for (i = 0; i < LINES; i++)
        other[i] = weight[LINES - 1 - i];
    assert_int_equal(mrse_psf_width(other, LINES, &got), MRSE_OK);
    assert_abs(got, want, 1e-9);
    for (i = 0; i < LINES; i++) { /* a ramp of phase shifts the object by 12.3 pixels */
        const double turn = 2.0 * MRSE_PI * 12.3 * (double)i / LINES;
        other[i] = (mrse_transverse){weight[i].re * cos(turn), weight[i].re * sin(turn)};
    }
    assert_int_equal(mrse_psf_width(other, LINES, &got), MRSE_OK);
    assert_abs(got, want, 1e-6);
}

static void train_width__faster_decay_or_longer_train__is_wider(void **state)
{
    double last = 0.0, got;
    size_t etl;
    int t2_ms;

    (void)state;
    for (t2_ms = 200; t2_ms >= 40; t2_ms -= 20) {
        make_echoes(16, 180, 0.01, 1.0, t2_ms / 1e3);
        got = width_of(MRSE_PHASE_CENTRIC, 16);
        assert_true(got > last && got > 1.2067);
        assert_true(got > width_of(MRSE_PHASE_LINEAR, 16));
        last = got;
    }
    last = 0.0;
    for (etl = 2; etl <= 32; etl *= 2) {
        make_echoes(etl, 180, 0.01, 1.084, 0.069);
        got = width_of(MRSE_PHASE_CENTRIC, etl);
        assert_true(got > last);
        last = got;
    }
}

/* Half of the lines: twice the width, in pixels of the whole. */
static void width__half_of_the_lines__is_twice(void **state)
{
    double whole, half;
    size_t i;

    (void)state;
    for (i = 0; i < LINES; i++)
        weight[i] = (mrse_transverse){1.0, 0.0};
    assert_int_equal(mrse_psf_width(weight, LINES, &whole), MRSE_OK);
    for (i = LINES / 2; i < LINES; i++)
        weight[i].re = 0.0;
    assert_int_equal(mrse_psf_width(weight, LINES, &half), MRSE_OK);
    assert_rel(half, 2.0 * whole, 1e-4);
}

static void order__each_echo__fills_its_band(void **state)
{
    size_t index[LINES], count[16] = {0}, i, nearest;

    (void)state;
    assert_int_equal(mrse_psf_order(MRSE_PHASE_CENTRIC, LINES, 16, index), MRSE_OK);
    assert_int_equal(index[LINES / 2], 0);
    for (i = 0; i < LINES; i++) {
        count[index[i]]++;
        if (i > LINES / 2)
            assert_true(index[i] >= index[i - 1]); /* later and later outwards */
        nearest = i < LINES / 2 ? LINES / 2 - i : i - LINES / 2;
        assert_true(index[i] <= nearest / 8 && index[i] + 1 >= nearest / 8);
    }
    for (i = 0; i < 16; i++)
        assert_int_equal(count[i], 16);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, LINES, 16, index), MRSE_OK);
    for (i = 0; i < LINES; i++)
        assert_int_equal(index[i], i / 16);
}

static void order__lines_do_not_fill_the_last_train__last_band_is_short(void **state)
{
    size_t index[LINES], count[7] = {0}, i;

    (void)state;
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 100, 7, index), MRSE_OK); /* 15 trains */
    for (i = 0; i < 100; i++)
        count[index[i]]++;
    for (i = 0; i < 6; i++)
        assert_int_equal(count[i], 15);
    assert_int_equal(count[6], 10);
}

/* By hand: outwards from line 4, the lower of two at one distance first, three lines to a band. */
static void order__nine_lines_outwards__are_as_written_down(void **state)
{
    static const size_t want[9] = {2, 1, 1, 0, 0, 0, 1, 2, 2};
    size_t index[9];

    (void)state;
    assert_int_equal(mrse_psf_order(MRSE_PHASE_CENTRIC, 9, 3, index), MRSE_OK);
    assert_memory_equal(index, want, sizeof want);
}

static void psf__what_cannot_be__is_refused(void **state)
{
    size_t index[LINES];
    double got = 7.0;

    (void)state;
    memset(weight, 0, sizeof weight);
    assert_int_equal(mrse_psf_width(weight, LINES, &got), MRSE_ERR_RANGE); /* nothing acquired */
    assert_true(got == 0.0);
    weight[3].re = 1.0; /* one line has no width */
    assert_int_equal(mrse_psf_width(weight, LINES, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_psf_width(weight + 3, 1, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_psf_width(weight, MRSE_PSF_MAX_LINES + 1, &got), MRSE_ERR_LIMIT);
    weight[4].im = (double)NAN;
    assert_int_equal(mrse_psf_width(weight, LINES, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_width(NULL, LINES, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_width(weight, LINES, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 0, 1, index), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 8, 0, index), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_order((mrse_phase_order)9, 8, 2, index), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 8, 2, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 1, 1, index), MRSE_ERR_RANGE);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, 8, 9, index), MRSE_ERR_RANGE);
    assert_int_equal(mrse_psf_order(MRSE_PHASE_LINEAR, MRSE_PSF_MAX_LINES + 1, 1, index),
                     MRSE_ERR_LIMIT);
    assert_int_equal(mrse_psf_train_width(MRSE_PHASE_LINEAR, 8, NULL, 2, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_train_width(MRSE_PHASE_LINEAR, 8, echo, 2, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_psf_train_width(MRSE_PHASE_LINEAR, 8, echo, 9, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_psf_train_width(MRSE_PHASE_LINEAR, MRSE_PSF_MAX_LINES + 1, echo, 2, &got),
                     MRSE_ERR_LIMIT);
}

static mrse_status train_work(void *context)
{
    double got;

    (void)context;
    return mrse_psf_train_width(MRSE_PHASE_CENTRIC, 64, echo, 8, &got);
}

static void psf__no_memory__is_reported(void **state)
{
    (void)state;
    make_echoes(8, 150, 0.01, 1.0, 0.1);
    assert_int_equal(oom_exhaust(train_work, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(train_width__reference_values__within_1e_3),
        cmocka_unit_test(width__equal_weights__is_that_of_the_dirichlet_kernel),
        cmocka_unit_test(width__scaled_turned_reversed_or_ramped__is_unchanged),
        cmocka_unit_test(train_width__faster_decay_or_longer_train__is_wider),
        cmocka_unit_test(width__half_of_the_lines__is_twice),
        cmocka_unit_test(order__each_echo__fills_its_band),
        cmocka_unit_test(order__lines_do_not_fill_the_last_train__last_band_is_short),
        cmocka_unit_test(order__nine_lines_outwards__are_as_written_down),
        cmocka_unit_test(psf__what_cannot_be__is_refused),
        cmocka_unit_test(psf__no_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

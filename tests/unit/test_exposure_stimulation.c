/* Stimulation: SAFE and the convolution model against their published examples, against a plain
 * loop, and the laws against closed forms. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/stimulation.h"

#include <jansson.h>
#include <string.h>

#include "support/close.h"
#include "support/oom.h"

enum { ROWS = 76 };

/* The example waveform that SAFE is published with, T/m, one row a millisecond. */
static bool example(double gwf[ROWS][3])
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[1024];
    json_t *json;

    (void)snprintf(path, sizeof path, "%s/sequence/safe_example_octave.json",
                   folder && folder[0] ? folder : "../shared/data");
    json = json_load_file(path, 0, NULL);
    if (!json) {
        print_message("skipped: no sequence/safe_example_octave.json under MRSE_GOLDEN_DIR\n");
        return false;
    }
    assert_int_equal(json_array_size(json_object_get(json, "gwf_T_per_m")), ROWS);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t a = 0; a < 3; a++)
            gwf[i][a] = json_number_value(
                json_array_get(json_array_get(json_object_get(json, "gwf_T_per_m"), i), a));
    json_decref(json);
    return true;
}

static mrse_safe run_safe(const mrse_safe_hardware *hardware, double gwf[ROWS][3])
{
    mrse_safe safe;

    assert_int_equal(mrse_safe_begin(&safe, hardware, 1e-3), MRSE_OK);
    for (size_t i = 1; i < ROWS; i++) {
        double x[3];

        for (size_t a = 0; a < 3; a++)
            x[a] = (gwf[i][a] - gwf[i - 1][a]) / 1e-3;
        mrse_safe_feed(&safe, x, 1);
    }
    return safe;
}

static void safe_feed__published_example__gives_its_figures(void **state)
{
    double gwf[ROWS][3];
    mrse_safe safe;

    (void)state;
    if (!example(gwf))
        return;
    safe = run_safe(&mrse_safe_example_peripheral, gwf);
    assert_rel(100.0 * safe.peak, 85.5160692287262, 1e-12);
    safe = run_safe(&mrse_safe_example_cardiac, gwf);
    assert_rel(100.0 * safe.peak, 60.2792204879996, 1e-12);
}

static void convolution_feed__published_example__gives_its_figures(void **state)
{
    double gwf[ROWS][3];
    mrse_convolution *c = NULL;
    mrse_convolution_peak p;

    (void)state;
    if (!example(gwf))
        return;
    assert_int_equal(mrse_convolution_begin(mrse_gradient_coil_find("xrm"), 1e-5, 0.1, &c),
                     MRSE_OK);
    for (size_t i = 1; i < ROWS; i++) {
        double x[3];

        for (size_t a = 0; a < 3; a++)
            x[a] = (gwf[i][a] - gwf[i - 1][a]) / 1e-3;
        assert_int_equal(mrse_convolution_feed(c, x, 100), MRSE_OK);
    }
    p = mrse_convolution_get(c);
    assert_rel(100.0 * p.peak, 97.5706694872576, 1e-10);
    mrse_convolution_free(c);
}

/* Runs as sequences have them: long rests, plateaus, single samples. */
static const struct {
    double x[3];
    size_t n;
} runs[] = {{{100, 0, 50}, 20},  {{0, 0, 0}, 300},      {{-100, 0, 0}, 20}, {{0, 0, 0}, 5},
            {{0, -150, 75}, 31}, {{12, -3, 0}, 1},      {{0, 0, 0}, 9000},  {{180, 160, -90}, 15},
            {{0, 0, 0}, 70},     {{-180, 160, -90}, 15}};
enum { RUNS = sizeof runs / sizeof runs[0], SAMPLES = 20 + 300 + 20 + 5 + 31 + 1 + 9000 + 100 };

static size_t expand(double x[][3])
{
    size_t n = 0;

    for (size_t i = 0; i < RUNS; i++)
        for (size_t k = 0; k < runs[i].n; k++)
            memcpy(x[n++], runs[i].x, sizeof runs[i].x);
    return n;
}

static void check_part(double peak, const double part[3], const double most[3])
{
    assert_rel(sqrt(part[0] * part[0] + part[1] * part[1] + part[2] * part[2]), peak, 1e-14);
    for (size_t a = 0; a < 3; a++)
        assert_true(part[a] >= 0.0 && part[a] <= most[a]);
}

/* The axes at the time of the peak make it up, and none is larger than at its own worst time. */
static void peak_part__of_both_models__makes_up_the_peak(void **state)
{
    mrse_convolution *c = NULL;
    mrse_convolution_peak p;
    mrse_safe safe;

    (void)state;
    assert_int_equal(mrse_safe_begin(&safe, &mrse_safe_example_peripheral, 1e-5), MRSE_OK);
    assert_int_equal(mrse_convolution_begin(mrse_gradient_coil_find("xrm"), 1e-5, 0.02, &c),
                     MRSE_OK);
    for (size_t i = 0; i < RUNS; i++) {
        mrse_safe_feed(&safe, runs[i].x, runs[i].n);
        assert_int_equal(mrse_convolution_feed(c, runs[i].x, runs[i].n), MRSE_OK);
        p = mrse_convolution_get(c);
        check_part(safe.peak, safe.peak_part, safe.peak_axis);
        check_part(p.peak, p.peak_part, p.peak_axis);
    }
    mrse_convolution_free(c);
    assert_true(isnan(mrse_convolution_get(NULL).peak_part[0]));
}

static void safe_feed__runs__equal_single_samples(void **state)
{
    static double x[SAMPLES][3];
    size_t n = expand(x);
    mrse_safe whole, single;

    (void)state;
    assert_int_equal(n, SAMPLES);
    assert_int_equal(mrse_safe_begin(&whole, &mrse_safe_example_peripheral, 1e-5), MRSE_OK);
    assert_int_equal(mrse_safe_begin(&single, &mrse_safe_example_peripheral, 1e-5), MRSE_OK);
    for (size_t i = 0; i < RUNS; i++)
        mrse_safe_feed(&whole, runs[i].x, runs[i].n);
    for (size_t i = 0; i < n; i++)
        mrse_safe_feed(&single, x[i], 1);
    assert_rel(whole.peak, single.peak, 1e-12);
    assert_int_equal(whole.at, single.at);
    assert_int_equal(whole.n, n);
    for (size_t a = 0; a < 3; a++) {
        assert_rel(whole.peak_axis[a], single.peak_axis[a], 1e-12);
        assert_rel(whole.y[a][0], single.y[a][0], 1e-9);
    }
}

static void safe_feed__step__follows_its_filters(void **state)
{
    /* one axis, constant slew: y = x (1 - keep^n) in every filter */
    static const double x[3] = {100.0, 0.0, 0.0};
    const mrse_safe_axis *hw = &mrse_safe_example_peripheral.axis[0];
    double want = 0.0;
    mrse_safe safe;

    (void)state;
    assert_int_equal(mrse_safe_begin(&safe, &mrse_safe_example_peripheral, 1e-5), MRSE_OK);
    mrse_safe_feed(&safe, x, 50);
    for (int f = 0; f < 3; f++)
        want += hw->a[f] * 100.0 * (1.0 - pow(hw->tau_s[f] / (hw->tau_s[f] + 1e-5), 50.0));
    assert_rel(safe.peak, want / 30.0 * 0.35, 1e-12);
    assert_int_equal(safe.at, 49);
}

static void convolution_feed__runs__equal_the_plain_sum(void **state)
{
    static double x[SAMPLES][3];
    const mrse_gradient_coil *coil = mrse_gradient_coil_find("whole");
    size_t n = expand(x), at = 0;
    double best = 0.0, axis[3] = {0};
    mrse_convolution *c = NULL;
    mrse_convolution_peak p;

    (void)state;
    assert_int_equal(mrse_convolution_begin(coil, 1e-5, 0.02, &c), MRSE_OK);
    for (size_t i = 0; i < RUNS; i++)
        assert_int_equal(mrse_convolution_feed(c, runs[i].x, runs[i].n), MRSE_OK);
    p = mrse_convolution_get(c);
    for (size_t i = 0; i < n; i++) {
        double r[3] = {0}, now = 0.0;

        for (size_t k = 0; k < 2000 && k <= i; k++) {
            double t = coil->chronaxie_s + ((double)k + 0.5) * 1e-5;

            for (size_t a = 0; a < 3; a++)
                r[a] += x[i - k][a] * coil->chronaxie_s * 1e-5 / (t * t);
        }
        for (size_t a = 0; a < 3; a++) {
            r[a] *= coil->alpha_m / coil->rheobase_T_s;
            axis[a] = fmax(axis[a], fabs(r[a]));
            now += r[a] * r[a];
        }
        if (sqrt(now) > best) {
            best = sqrt(now);
            at = i;
        }
    }
    assert_rel(p.peak, best, 1e-11);
    assert_int_equal(p.at, at);
    assert_int_equal(p.n, n);
    for (size_t a = 0; a < 3; a++)
        assert_rel(p.peak_axis[a], axis[a], 1e-11);
    mrse_convolution_free(c);
}

static void safe_begin__misuse__is_err_arg(void **state)
{
    mrse_safe_hardware hw = mrse_safe_example_cardiac;
    static const double x[3] = {0}, nan[3] = {(double)NAN, 0, 0};
    mrse_safe safe;

    (void)state;
    assert_int_equal(mrse_safe_begin(NULL, &hw, 1e-5), MRSE_ERR_ARG);
    assert_int_equal(mrse_safe_begin(&safe, NULL, 1e-5), MRSE_ERR_ARG);
    assert_true(isnan(safe.peak));
    assert_int_equal(mrse_safe_begin(&safe, &hw, 0.0), MRSE_ERR_ARG);
    hw.axis[2].tau_s[1] = 0.0;
    assert_int_equal(mrse_safe_begin(&safe, &hw, 1e-5), MRSE_ERR_ARG);
    hw = mrse_safe_example_cardiac;
    hw.axis[1].limit_T_m_s = (double)NAN;
    assert_int_equal(mrse_safe_begin(&safe, &hw, 1e-5), MRSE_ERR_ARG);
    mrse_safe_feed(NULL, x, 1);
    assert_int_equal(mrse_safe_begin(&safe, &mrse_safe_example_cardiac, 1e-5), MRSE_OK);
    mrse_safe_feed(&safe, NULL, 1);
    mrse_safe_feed(&safe, nan, 1);
    assert_true(isnan(safe.peak));
    mrse_safe_feed(&safe, x, 1000); /* and it stays so */
    assert_true(isnan(safe.peak));
}

static void convolution_begin__misuse__is_err_arg(void **state)
{
    mrse_gradient_coil coil = *mrse_gradient_coil_find("hrmw");
    static const double x[3] = {0};
    mrse_convolution *c = NULL;

    (void)state;
    assert_null(mrse_gradient_coil_find("none"));
    assert_null(mrse_gradient_coil_find(NULL));
    assert_rel(coil.chronaxie_s, 642.4e-6, 1e-15);
    assert_int_equal(mrse_convolution_begin(NULL, 1e-5, 0.02, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_convolution_begin(&coil, 0.0, 0.02, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_convolution_begin(&coil, 1e-12, 0.02, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_convolution_begin(&coil, 1.0, 0.02, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_convolution_begin(&coil, 1e-5, 0.02, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_convolution_begin(&coil, 1e-5, (double)NAN, &c), MRSE_ERR_ARG);
    coil.rheobase_T_s = 0.0;
    assert_int_equal(mrse_convolution_begin(&coil, 1e-5, 0.02, &c), MRSE_ERR_ARG);
    assert_null(c);
    assert_int_equal(mrse_convolution_feed(NULL, x, 1), MRSE_ERR_ARG);
    assert_true(isnan(mrse_convolution_get(NULL).peak));
    mrse_convolution_free(NULL);
}

static mrse_status work(void *context)
{
    mrse_convolution *c = NULL;
    mrse_status status = mrse_convolution_begin(context, 1e-5, 0.02, &c);

    for (int i = 0; status == MRSE_OK && i < 200; i++)
        status = mrse_convolution_feed(c, (const double[3]){(double)i, 0.0, 1.0}, 1);
    mrse_convolution_free(c);
    return status;
}

static void convolution__out_of_memory__is_reported(void **state)
{
    mrse_gradient_coil coil = *mrse_gradient_coil_find("xrm");

    (void)state;
    assert_true(oom_exhaust(work, &coil) >= 5);
}

static void stimulation__laws__give_closed_forms(void **state)
{
    (void)state;
    assert_rel(mrse_stimulation_dbdt_T_s(20.0, 0.36e-3, 0.36e-3), 40.0, 1e-15);
    assert_rel(mrse_stimulation_dbdt_T_s(20.0, 0.36e-3, 0.1e-3), 92.0, 1e-15);
    /* M. Klein: 1.66 kT/s at 0.45 ms is about 11 times the limit */
    assert_rel(mrse_stimulation_cardiac_T_s(0.45e-3), 20.0 / (1.0 - exp(-0.15)), 1e-14);
    assert_rel(1660.0 / mrse_stimulation_cardiac_T_s(0.45e-3), 11.6, 0.01);
    assert_rel(mrse_stimulation_cardiac_T_s(1.0), 20.0, 1e-12);
    assert_true(isnan(mrse_stimulation_dbdt_T_s(20.0, 0.36e-3, 0.0)));
    assert_true(isnan(mrse_stimulation_dbdt_T_s((double)NAN, 0.36e-3, 1.0)));
    assert_true(isnan(mrse_stimulation_dbdt_T_s(20.0, -1.0, 1.0)));
    assert_true(isnan(mrse_stimulation_cardiac_T_s(-1.0)));
    assert_true(isnan(mrse_stimulation_cardiac_T_s((double)INFINITY)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(safe_feed__published_example__gives_its_figures),
        cmocka_unit_test(convolution_feed__published_example__gives_its_figures),
        cmocka_unit_test(peak_part__of_both_models__makes_up_the_peak),
        cmocka_unit_test(safe_feed__runs__equal_single_samples),
        cmocka_unit_test(safe_feed__step__follows_its_filters),
        cmocka_unit_test(convolution_feed__runs__equal_the_plain_sum),
        cmocka_unit_test(safe_begin__misuse__is_err_arg),
        cmocka_unit_test(convolution_begin__misuse__is_err_arg),
        cmocka_unit_test(convolution__out_of_memory__is_reported),
        cmocka_unit_test(stimulation__laws__give_closed_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

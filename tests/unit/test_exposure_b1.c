/* RF exposure: closed forms, the worst window against a search in small steps, what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/b1.h"

#include "pulseq_support.h"
#include "support/oom.h"

#define GAMMA MRSE_GAMMA_PULSEQ_HZ_T

/* Hard pulses of 1 ms, 425.76 Hz (10 uT), one in a block of 20 ms. */
static const char hard[] =
    PULSEQ_HEAD_15 "[BLOCKS]\n1 2000 1 0 0 0 0 0\n2 2000 1 0 0 0 0 0\n3 6000 0 0 0 0 0 0\n"
                   "[RF]\n1 425.76 1 0 0 500 100 0 0 0 0 e\n"
                   "[SHAPES]\nshape_id 1\nnum_samples 1000\n1\n0\n0\n997\n";

static mrse_b1_exposure compute(const char *text, double window_s)
{
    mrse_pulseq *s = pulseq_read(text);
    mrse_b1_exposure b1;

    assert_int_equal(mrse_b1_compute(s, GAMMA, window_s, &b1), MRSE_OK);
    mrse_pulseq_free(s);
    return b1;
}

static void b1_compute__hard_pulses__give_closed_forms(void **state)
{
    mrse_b1_exposure b1 = compute(hard, 10.0);

    (void)state;
    assert_rel(b1.peak_T, 10e-6, 1e-14);
    assert_rel(b1.integral_T2_s, 2e-3 * 1e-10, 1e-13);
    assert_rel(b1.integral_Hz2_s, 2e-3 * 425.76 * 425.76, 1e-13);
    assert_rel(b1.rms_T, 10e-6 * sqrt(0.002 / 0.1), 1e-13);
    assert_rel(b1.on_time_s, 0.002, 1e-13);
    assert_int_equal(b1.n_pulses, 2);
    /* 100 repeats fill 10 s exactly */
    assert_rel(b1.rms_periodic_T, b1.rms_T, 1e-12);
    assert_rel(b1.rms_padded_T, 10e-6 * sqrt(0.002 / 10.0), 1e-13);
    assert_true(isnan(b1.rms_window_T));
}

static void b1_compute__window_shorter_than_sequence__takes_the_worst(void **state)
{
    /* both pulses are 20 ms apart: within 21 ms, and one and a half within 20.5 ms */
    mrse_b1_exposure b1 = compute(hard, 0.021);

    (void)state;
    assert_rel(b1.rms_window_T, 10e-6 * sqrt(0.002 / 0.021), 1e-12);
    b1 = compute(hard, 0.0205);
    assert_rel(b1.rms_window_T, 10e-6 * sqrt(0.0015 / 0.0205), 1e-12);
    /* half a pulse */
    b1 = compute(hard, 0.0005);
    assert_rel(b1.rms_window_T, 10e-6, 1e-12);
    assert_rel(b1.rms_periodic_T, 10e-6, 1e-12);
}

static void b1_compute__window_across_the_end__is_seen_when_periodic(void **state)
{
    /* a pulse at the very start and one at the very end: 21 ms holds both only across the seam */
    static const char text[] =
        PULSEQ_HEAD_15 "[BLOCKS]\n1 110 1 0 0 0 0 0\n2 20000 0 0 0 0 0 0\n3 110 1 0 0 0 0 0\n"
                       "[RF]\n1 425.76 1 0 0 500 100 0 0 0 0 e\n"
                       "[SHAPES]\nshape_id 1\nnum_samples 1000\n1\n0\n0\n997\n";
    mrse_b1_exposure b1 = compute(text, 0.021);

    (void)state;
    assert_rel(b1.rms_window_T, 10e-6 * sqrt(0.001 / 0.021), 1e-12);
    assert_rel(b1.rms_periodic_T, 10e-6 * sqrt(0.002 / 0.021), 1e-12);
}

/* Triangles between times of their own: int (1 - |x|)^2 = 2/3. */
static const char timed[] = PULSEQ_HEAD_15
    "[BLOCKS]\n1 150 1 0 0 0 0 0\n2 130 2 0 0 0 0 0\n3 50 0 0 0 0 0 0\n"
    "[RF]\n1 425.76 1 2 3 500 100 0 0 0 0 e\n2 300 1 4 3 500 50 0 0 0 0 e\n"
    "[SHAPES]\nshape_id 1\nnum_samples 3\n0\n1\n0\nshape_id 2\nnum_samples 3\n0\n0\n0\n"
    "shape_id 3\nnum_samples 3\n0\n400\n1000\nshape_id 4\nnum_samples 3\n0\n0.25\n0.75\n";

static void b1_compute__pulse_with_times__is_a_line_between_samples(void **state)
{
    mrse_b1_exposure b1 = compute(timed, 10.0);

    (void)state;
    assert_rel(b1.integral_Hz2_s, (425.76 * 425.76 + 9e4) * 1e-3 / 3.0, 1e-12);
    assert_rel(b1.peak_T, 10e-6, 1e-13);
}

static double power_at(double t_s)
{
    static const double start[] = {0.1e-3, 1.55e-3}, amplitude[] = {425.76, 300.0};
    double sum = 0.0;

    for (size_t i = 0; i < 2; i++) {
        double u = (t_s - start[i]) * 1e3;
        double m = u < 0.0 || u > 1.0 ? 0.0 : u < 0.4 ? u / 0.4 : (1.0 - u) / 0.6;

        sum += amplitude[i] * amplitude[i] * m * m;
    }
    return sum;
}

/* The worst window by brute force: an independent sum in steps of 0.1 us. */
static void b1_compute__worst_window__is_not_missed_by_small_steps(void **state)
{
    enum { N = 33000 };
    static double sum[N + 1];
    static const double windows_s[] = {0.3e-3, 1.2e-3, 1.45e-3, 1.9e-3};

    (void)state;
    for (int i = 0; i < N; i++)
        sum[i + 1] = sum[i] + 1e-7 * power_at((i + 0.5) * 1e-7);
    for (size_t k = 0; k < sizeof windows_s / sizeof windows_s[0]; k++) {
        int n = (int)(windows_s[k] * 1e7 + 0.5);
        double best = 0.0, got;
        mrse_b1_exposure b1 = compute(timed, windows_s[k]);

        for (int i = 0; i + n <= N; i++)
            best = fmax(best, sum[i + n] - sum[i]);
        got = b1.rms_window_T * GAMMA * b1.rms_window_T * GAMMA * windows_s[k];
        assert_rel(got, best, 1e-6);
        assert_true(got >= best * (1.0 - 1e-8));
    }
}

static void b1_compute__ramped_raster_shape__is_summed_sample_by_sample(void **state)
{
    /* differences of 0.25: 0.25 0.5 0.75 1, then down to 0 at once */
    static const char text[] =
        PULSEQ_HEAD_15 "[BLOCKS]\n1 1 1 0 0 0 0 0\n[RF]\n1 1000 1 0 0 2 0 0 0 0 0 e\n"
                       "[SHAPES]\nshape_id 1\nnum_samples 5\n0.25\n0.25\n2\n-1\n";
    mrse_b1_exposure b1 = compute(text, 10.0);

    (void)state;
    assert_rel(b1.integral_Hz2_s, 1e6 * 1e-6 * (0.0625 + 0.25 + 0.5625 + 1.0), 1e-13);
}

static void b1_compute__several_channels__are_refused_with_the_reason(void **state)
{
    char *backwards = pulseq_changed(timed, "0\n400\n1000", "0\n400\n0");
    char *list = pulseq_changed(hard, "1 2000 1 0 0 0 0 0", "1 2000 1 0 0 0 0 1");
    char *shims = pulseq_changed(
        list, "[SHAPES]", "[EXTENSIONS]\n1 1 1 0\nextension RF_SHIMS 1\n1 2 1 0 1 0\n[SHAPES]");
    mrse_b1_exposure b1 = compute(backwards, 10.0);

    (void)state;
    assert_non_null(strstr(b1.refused, "runs backwards"));
    assert_true(isnan(b1.peak_T) && isnan(b1.rms_T) && isnan(b1.rms_periodic_T) &&
                isnan(b1.integral_T2_s));
    b1 = compute(shims, 10.0);
    assert_non_null(strstr(b1.refused, "RF_SHIMS"));
    assert_true(isnan(b1.rms_periodic_T));
    free(shims);
    shims = pulseq_changed(hard, "0 0 0 0 e\n", "0 0 0 0 e 0 0\n");
    b1 = compute(shims, 10.0);
    assert_string_equal(b1.refused, ""); /* columns that say: no shims */
    assert_rel(b1.peak_T, 10e-6, 1e-14);
    free(shims);
    shims = pulseq_changed(hard, "0 0 0 0 e\n", "0 0 0 0 e 1 2\n");
    b1 = compute(shims, 10.0);
    assert_non_null(strstr(b1.refused, "further columns"));
    assert_true(isnan(b1.peak_T));
    free(backwards);
    free(list);
    free(shims);
}

static void b1_compute__no_pulse__is_zero(void **state)
{
    mrse_b1_exposure b1 = compute(PULSEQ_HEAD_15 "[BLOCKS]\n1 100 0 0 0 0 0 0\n", 10.0);

    (void)state;
    assert_abs(b1.rms_periodic_T, 0.0, 0.0);
    assert_abs(b1.peak_T, 0.0, 0.0);
    b1 = compute(PULSEQ_HEAD_15 "[BLOCKS]\n1 0 0 0 0 0 0 0\n", 10.0);
    assert_true(isnan(b1.rms_T)); /* over no time there is no mean */
}

static void b1_compute__misuse__is_err_arg(void **state)
{
    mrse_pulseq *s = pulseq_read(hard);
    mrse_b1_exposure b1;

    (void)state;
    assert_int_equal(mrse_b1_compute(NULL, GAMMA, 10.0, &b1), MRSE_ERR_ARG);
    assert_true(isnan(b1.rms_T));
    assert_int_equal(mrse_b1_compute(s, 0.0, 10.0, &b1), MRSE_ERR_ARG);
    assert_int_equal(mrse_b1_compute(s, (double)NAN, 10.0, &b1), MRSE_ERR_ARG);
    assert_int_equal(mrse_b1_compute(s, GAMMA, 0.0, &b1), MRSE_ERR_ARG);
    assert_int_equal(mrse_b1_compute(s, GAMMA, 10.0, NULL), MRSE_ERR_ARG);
    mrse_pulseq_free(s);
}

static mrse_status work(void *context)
{
    mrse_b1_exposure b1;

    return mrse_b1_compute(context, GAMMA, 10.0, &b1);
}

static void b1_compute__out_of_memory__is_reported(void **state)
{
    mrse_pulseq *s = pulseq_read(timed);

    (void)state;
    assert_true(oom_exhaust(work, s) >= 5);
    mrse_pulseq_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(b1_compute__hard_pulses__give_closed_forms),
        cmocka_unit_test(b1_compute__window_shorter_than_sequence__takes_the_worst),
        cmocka_unit_test(b1_compute__window_across_the_end__is_seen_when_periodic),
        cmocka_unit_test(b1_compute__pulse_with_times__is_a_line_between_samples),
        cmocka_unit_test(b1_compute__worst_window__is_not_missed_by_small_steps),
        cmocka_unit_test(b1_compute__ramped_raster_shape__is_summed_sample_by_sample),
        cmocka_unit_test(b1_compute__several_channels__are_refused_with_the_reason),
        cmocka_unit_test(b1_compute__no_pulse__is_zero),
        cmocka_unit_test(b1_compute__misuse__is_err_arg),
        cmocka_unit_test(b1_compute__out_of_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Signal-to-noise ratio and contrast: laws, ranges over T1 and T2, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "image_support.h"
#include "mrse/contrast.h"
#include "support/oom.h"

enum { ETL = 16 };

static mrse_epg_pulse pulse[ETL];
static const mrse_acquisition base = {1e-9, 2, 256, 1, 200, 1};
static const mrse_relaxation white_r = {1.084, 0.069};

static mrse_weighting spin_echo(double tr_s, double te_s)
{
    mrse_weighting w = {.family = MRSE_SIGNAL_SPIN_ECHO};
    w.spin_echo = (mrse_spin_echo){tr_s, te_s, 90 * DEG, 180 * DEG, 0, 0};
    return w;
}

static mrse_weighting tse(double deg, double tr_s, size_t centre)
{
    mrse_weighting w = {.family = MRSE_SIGNAL_TRAIN, .centre = centre};
    size_t i;

    for (i = 0; i < ETL; i++)
        pulse[i] = (mrse_epg_pulse){deg * DEG, 0.0};
    w.train = (mrse_echo_train){{90 * DEG, 90 * DEG}, pulse, ETL, 0.01, 1.0};
    w.repetition = (mrse_repetition){tr_s, 0, 0};
    return w;
}

static mrse_tissue tissue_of(const char *id)
{
    mrse_tissue tissue;

    assert_int_equal(mrse_tissue_find(id, MRSE_FIELD_3_T, &tissue), MRSE_OK);
    return tissue;
}

static void signal__each_family__is_the_magnitude_of_its_own(void **state)
{
    mrse_weighting w = spin_echo(0.6, 0.02);
    mrse_transverse echo[ETL];
    double got, want;

    (void)state;
    assert_int_equal(mrse_image_signal(&w, &white_r, &got), MRSE_OK);
    assert_int_equal(mrse_signal_spin_echo(&w.spin_echo, &white_r, &want), MRSE_OK);
    assert_true(got == want && got > 0.0);
    w.family = MRSE_SIGNAL_SPOILED;
    w.gradient_echo = (mrse_gradient_echo){0.01, 0.004, 15 * DEG};
    assert_int_equal(mrse_image_signal(&w, &white_r, &got), MRSE_OK);
    assert_int_equal(mrse_signal_spoiled(&w.gradient_echo, &white_r, &want), MRSE_OK);
    assert_true(got == want && got > 0.0);
    w.family = MRSE_SIGNAL_BALANCED;
    assert_int_equal(mrse_image_signal(&w, &white_r, &got), MRSE_OK);
    assert_int_equal(mrse_signal_balanced(&w.gradient_echo, &white_r, &want), MRSE_OK);
    assert_true(got == want && got > 0.0);
    w.family = MRSE_SIGNAL_INVERSION;
    w.inversion = (mrse_inversion){6, 0.2, 0.01, 0};
    assert_int_equal(mrse_image_signal(&w, &white_r, &got), MRSE_OK);
    assert_int_equal(mrse_signal_inversion(&w.inversion, &white_r, &want), MRSE_OK);
    assert_true(got == -want && got > 0.0);
    w = tse(120, 3.0, 7);
    assert_int_equal(mrse_image_signal(&w, &white_r, &got), MRSE_OK);
    assert_int_equal(mrse_epg_steady_train(&w.train, &w.repetition, &white_r, echo, NULL), MRSE_OK);
    assert_true(got == hypot(echo[7].re, echo[7].im) && got > 0.0);
}

static void snr_ratio__each_factor__has_its_power(void **state)
{
    mrse_acquisition a = base;
    double got;

    (void)state;
#define RATIO(change, want)                                                                        \
    a = base, a.change;                                                                            \
    assert_int_equal(mrse_image_snr_ratio(0.5, &base, 0.5, &a, &got), MRSE_OK);                    \
    assert_rel(got, want, 1e-14)
    RATIO(voxel_m3 = 2e-9, 2.0);
    RATIO(averages = 8, 2.0);
    RATIO(lines_pe = 128, sqrt(0.5)); /* acceleration 2 */
    RATIO(lines_3d = 64, 8.0);
    RATIO(bandwidth_Hz_px = 800, 0.5);
    RATIO(g_factor = 1.25, 0.8);
#undef RATIO
    assert_int_equal(mrse_image_snr_ratio(0.5, &base, 0.25, &base, &got), MRSE_OK);
    assert_rel(got, 0.5, 1e-15);
    assert_int_equal(mrse_image_snr_ratio(0.5, &base, 0.0, &base, &got), MRSE_OK);
    assert_true(got == 0.0);
}

static void snr_change__nothing_changed__is_one_over_the_whole_range(void **state)
{
    const mrse_tissue white = tissue_of("white-matter");
    const mrse_weighting w = tse(150, 3.0, 7);
    mrse_span ratio;

    (void)state;
    assert_int_equal(mrse_image_snr_change(&white, &w, &base, &w, &base, &ratio), MRSE_OK);
    assert_true(ratio.v == 1.0 && ratio.low == 1.0 && ratio.high == 1.0);
}

/* TR alone, spin echo: T2 cancels, and the ratio is monotonic in T1, so the corners are exact. */
static void snr_change__tr_shortened__spans_the_corners(void **state)
{
    const mrse_tissue white = tissue_of("white-matter");
    const mrse_weighting before = spin_echo(2.0, 0.02), after = spin_echo(0.5, 0.02);
    mrse_relaxation r = {0, 0.069};
    double s[2], corner[3];
    mrse_span ratio;
    int i;

    (void)state;
    for (i = 0; i < 3; i++) {
        r.t1_s = i == 0 ? white.t1.low_s : i == 1 ? white.t1.v_s : white.t1.high_s;
        assert_int_equal(mrse_signal_spin_echo(&before.spin_echo, &r, &s[0]), MRSE_OK);
        assert_int_equal(mrse_signal_spin_echo(&after.spin_echo, &r, &s[1]), MRSE_OK);
        corner[i] = s[1] / s[0];
    }
    assert_int_equal(mrse_image_snr_change(&white, &before, &base, &after, &base, &ratio), MRSE_OK);
    assert_rel(ratio.v, corner[1], 1e-14);
    assert_rel(ratio.high, corner[0], 1e-14);
    assert_rel(ratio.low, corner[2], 1e-14);
    assert_true(ratio.low < ratio.v && ratio.v < ratio.high && ratio.high < 1.0);
}

static void contrast__swapped__changes_its_sign(void **state)
{
    const mrse_tissue white = tissue_of("white-matter"), csf = tissue_of("csf");
    const mrse_weighting w = tse(150, 4.0, 8);
    mrse_contrast one, other;

    (void)state;
    assert_int_equal(mrse_image_contrast(&w, &white, &csf, &one), MRSE_OK);
    assert_int_equal(mrse_image_contrast(&w, &csf, &white, &other), MRSE_OK);
    assert_true(one.difference.v < 0.0); /* T2 weighted: fluid is brighter */
    assert_rel(other.difference.v, -one.difference.v, 1e-14);
    assert_rel(other.difference.low, -one.difference.high, 1e-14);
    assert_rel(other.relative.high, -one.relative.low, 1e-14);
    assert_rel(one.relative.v, one.difference.v / (one.signal_a.v + one.signal_b.v), 1e-14);
    assert_true(one.difference.low < one.difference.v && one.difference.v < one.difference.high);
    assert_true(one.relative.low >= -1.0 && one.relative.high <= 1.0);
}

/* No draw from the ranges lies outside what is said of them. */
static void contrast__draws_from_the_ranges__lie_within(void **state)
{
    const mrse_tissue white = tissue_of("white-matter"), grey = tissue_of("grey-matter");
    const mrse_weighting w = spin_echo(0.6, 0.02);
    unsigned seed = 12345;
    mrse_contrast c;
    double draw[4], s[2];
    int i, k;

    (void)state;
    assert_int_equal(mrse_image_contrast(&w, &white, &grey, &c), MRSE_OK);
    for (i = 0; i < 500; i++) {
        mrse_relaxation a, b;
        for (k = 0; k < 4; k++) {
            seed = seed * 1664525U + 1013904223U;
            draw[k] = (double)(seed >> 8) / 16777216.0;
        }
        a.t1_s = white.t1.low_s + draw[0] * (white.t1.high_s - white.t1.low_s);
        a.t2_s = white.t2.low_s + draw[1] * (white.t2.high_s - white.t2.low_s);
        b.t1_s = grey.t1.low_s + draw[2] * (grey.t1.high_s - grey.t1.low_s);
        b.t2_s = grey.t2.low_s + draw[3] * (grey.t2.high_s - grey.t2.low_s);
        assert_int_equal(mrse_image_signal(&w, &a, &s[0]), MRSE_OK);
        assert_int_equal(mrse_image_signal(&w, &b, &s[1]), MRSE_OK);
        assert_true(s[0] - s[1] >= c.difference.low);
        assert_true(s[0] - s[1] <= c.difference.high);
        assert_true((s[0] - s[1]) / (s[0] + s[1]) >= c.relative.low);
        assert_true((s[0] - s[1]) / (s[0] + s[1]) <= c.relative.high);
    }
}

static void contrast_change__only_noise_changed__is_the_noise(void **state)
{
    const mrse_tissue liver = tissue_of("liver"), spleen = tissue_of("spleen");
    const mrse_weighting w = spin_echo(0.5, 0.015);
    mrse_acquisition after = base;
    mrse_span ratio;

    (void)state;
    after.averages = 1;
    assert_int_equal(mrse_image_contrast_change(&liver, &spleen, &w, &base, &w, &after, &ratio),
                     MRSE_OK);
    assert_rel(ratio.v, sqrt(0.5), 1e-14);
    assert_rel(ratio.low, sqrt(0.5), 1e-14);
    assert_rel(ratio.high, sqrt(0.5), 1e-14);
}

/* White matter's range of T1 includes grey matter's: which of the two is brighter is open. */
static void contrast_change__contrast_may_vanish__has_no_bound(void **state)
{
    const mrse_tissue white = tissue_of("white-matter"), grey = tissue_of("grey-matter");
    const mrse_weighting before = spin_echo(0.5, 0.01), after = spin_echo(0.8, 0.01);
    mrse_span ratio;

    (void)state;
    assert_int_equal(
        mrse_image_contrast_change(&white, &grey, &before, &base, &after, &base, &ratio), MRSE_OK);
    assert_true(isfinite(ratio.v) && ratio.v > 0.0);
    assert_true(ratio.low == 0.0 && isinf(ratio.high));
}

static void image__what_cannot_be__is_refused(void **state)
{
    const mrse_tissue white = tissue_of("white-matter"), csf = tissue_of("csf");
    mrse_tissue bad = white;
    mrse_weighting w = spin_echo(0.5, 0.01), odd = w;
    mrse_acquisition a = base;
    mrse_contrast c;
    mrse_span span;
    double got = 7.0;

    (void)state;
    odd.family = (mrse_signal_family)77;
    assert_int_equal(mrse_image_signal(&odd, &white_r, &got), MRSE_ERR_ARG);
    assert_true(got == 0.0);
    assert_int_equal(mrse_image_signal(NULL, &white_r, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_signal(&w, NULL, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_signal(&w, &white_r, NULL), MRSE_ERR_ARG);
    odd = tse(150, 3, ETL);
    assert_int_equal(mrse_image_signal(&odd, &white_r, &got), MRSE_ERR_ARG);
    odd.train.n = MRSE_EPG_MAX_PULSES + 1;
    assert_int_equal(mrse_image_signal(&odd, &white_r, &got), MRSE_ERR_LIMIT);
    odd = tse(150, 0.1, 3); /* TR shorter than the train */
    assert_int_equal(mrse_image_signal(&odd, &white_r, &got), MRSE_ERR_RANGE);
#define REFUSED(change, want)                                                                      \
    a = base, a.change, got = 7.0;                                                                 \
    assert_int_equal(mrse_image_snr_ratio(1, &base, 1, &a, &got), want);                           \
    assert_true(got == 0.0);                                                                       \
    assert_int_equal(mrse_image_snr_ratio(1, &a, 1, &base, &got), want);                           \
    assert_int_equal(mrse_image_contrast_change(&white, &csf, &w, &a, &w, &base, &span), want)
    REFUSED(voxel_m3 = 0, MRSE_ERR_RANGE);
    REFUSED(averages = -1, MRSE_ERR_RANGE);
    REFUSED(lines_pe = 0, MRSE_ERR_RANGE);
    REFUSED(lines_3d = 0, MRSE_ERR_RANGE);
    REFUSED(bandwidth_Hz_px = 0, MRSE_ERR_RANGE);
    REFUSED(g_factor = 0.9, MRSE_ERR_RANGE);
    REFUSED(g_factor = (double)NAN, MRSE_ERR_ARG);
#undef REFUSED
    assert_int_equal(mrse_image_snr_ratio(0, &base, 1, &base, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_image_snr_ratio(1, &base, -1, &base, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_image_snr_ratio((double)NAN, &base, 1, &base, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_snr_ratio(1, NULL, 1, &base, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_snr_ratio(1, &base, 1, &base, NULL), MRSE_ERR_ARG);
    bad.t1.low_s = (double)NAN; /* a range that is not known never gives a span */
    assert_int_equal(mrse_image_contrast(&w, &bad, &csf, &c), MRSE_ERR_RANGE);
    assert_int_equal(mrse_image_contrast(&w, &csf, &bad, &c), MRSE_ERR_RANGE);
    assert_int_equal(mrse_image_snr_change(&bad, &w, &base, &w, &base, &span), MRSE_ERR_RANGE);
    assert_int_equal(mrse_image_contrast(&w, NULL, &csf, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_contrast(&w, &white, &csf, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_snr_change(&white, &w, &base, &w, &base, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_image_contrast_change(&white, &white, &w, &base, &w, &base, &span),
                     MRSE_ERR_RANGE); /* no contrast before */
    assert_int_equal(mrse_image_contrast_change(&white, &csf, &w, &base, &w, &base, NULL),
                     MRSE_ERR_ARG);
    w.spin_echo.excitation_rad = 0.0; /* no signal at all */
    assert_int_equal(mrse_image_contrast(&w, &white, &csf, &c), MRSE_ERR_RANGE);
}

static mrse_status change_work(void *context)
{
    const mrse_tissue white = tissue_of("white-matter"), csf = tissue_of("csf");
    const mrse_weighting w = tse(120, 3.0, 7);
    mrse_span span;

    (void)context;
    return mrse_image_contrast_change(&white, &csf, &w, &base, &w, &base, &span);
}

static void image__no_memory__is_reported(void **state)
{
    (void)state;
    assert_int_equal(oom_exhaust(change_work, NULL), 4 * 25 * 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signal__each_family__is_the_magnitude_of_its_own),
        cmocka_unit_test(snr_ratio__each_factor__has_its_power),
        cmocka_unit_test(snr_change__nothing_changed__is_one_over_the_whole_range),
        cmocka_unit_test(snr_change__tr_shortened__spans_the_corners),
        cmocka_unit_test(contrast__swapped__changes_its_sign),
        cmocka_unit_test(contrast__draws_from_the_ranges__lie_within),
        cmocka_unit_test(contrast_change__only_noise_changed__is_the_noise),
        cmocka_unit_test(contrast_change__contrast_may_vanish__has_no_bound),
        cmocka_unit_test(image__what_cannot_be__is_refused),
        cmocka_unit_test(image__no_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Signal equations: reference values, the Bloch equations iterated, limits, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "image_support.h"
#include "mrse/signal.h"

static const mrse_relaxation white = {1.084, 0.069};
static double worst;

static double row_at(const json_t *row, size_t i)
{
    return number_at(row, i);
}

static mrse_relaxation row_relaxation(const json_t *row)
{
    return (mrse_relaxation){row_at(row, 1) / 1e3, row_at(row, 2) / 1e3};
}

static void near(double got, double want)
{
    worst = fmax(worst, fabs(got - want));
    assert_abs(got, want, 1e-12);
}

static void signals__reference_values__within_1e_12(void **state)
{
    json_t *root = golden_json("signal_golden.json"), *row;
    double got, n = 0;
    size_t i;

    (void)state;
    if (!root)
        skip();
    worst = 0.0;
    json_array_foreach (json_object_get(root, "se"), i, row) {
        const mrse_relaxation r = row_relaxation(row);
        const mrse_spin_echo s = {row_at(row, 3) / 1e3,
                                  row_at(row, 4) / 1e3,
                                  row_at(row, 5) * DEG,
                                  row_at(row, 6) * DEG,
                                  0,
                                  0};
        assert_int_equal(mrse_signal_spin_echo(&s, &r, &got), MRSE_OK);
        near(got, row_at(row, 7));
        n++;
    }
    json_array_foreach (json_object_get(root, "gre"), i, row) {
        const mrse_relaxation r = row_relaxation(row);
        const mrse_gradient_echo g = {row_at(row, 3) / 1e3, row_at(row, 4) / 1e3,
                                      row_at(row, 5) * DEG};
        assert_int_equal(mrse_signal_spoiled(&g, &r, &got), MRSE_OK);
        near(got, row_at(row, 6));
        n++;
    }
    json_array_foreach (json_object_get(root, "bssfp"), i, row) {
        const mrse_relaxation r = row_relaxation(row);
        const mrse_gradient_echo g = {row_at(row, 3) / 1e3, row_at(row, 4) / 1e3,
                                      row_at(row, 5) * DEG};
        assert_int_equal(mrse_signal_balanced(&g, &r, &got), MRSE_OK);
        near(got, row_at(row, 6));
        n++;
    }
    json_array_foreach (json_object_get(root, "ir"), i, row) {
        const mrse_relaxation r = row_relaxation(row);
        const mrse_inversion s = {row_at(row, 3) / 1e3, row_at(row, 4) / 1e3, row_at(row, 5) / 1e3,
                                  0};
        assert_int_equal(mrse_signal_inversion(&s, &r, &got), MRSE_OK);
        near(got, row_at(row, 6));
        n++;
    }
    json_array_foreach (json_object_get(root, "ernst"), i, row) {
        assert_int_equal(mrse_signal_ernst_angle(row_at(row, 2) / 1e3, row_at(row, 1) / 1e3, &got),
                         MRSE_OK);
        near(got / DEG, row_at(row, 3));
        n++;
    }
    assert_true(n >= 90);
    print_message("%d values, largest difference %.2g\n", (int)n, worst);
    json_decref(root);
}

/* --- Bloch equations, event by event, repeated until nothing changes -------------------------------- */

static double regrow(double mz, double time_s, double t1_s)
{
    return 1.0 + (mz - 1.0) * exp(-time_s / t1_s);
}

static void spin_echo__any_angles__equals_repeated_events(void **state)
{
    static const mrse_spin_echo cases[] = {
        {0.4, 0.03, 70 * DEG, 150 * DEG, 0, 0},
        {0.8, 0.06, 90 * DEG, 180 * DEG, 0.2, 180 * DEG},
        {0.8, 0.06, 100 * DEG, 120 * DEG, 0.3, 160 * DEG},
    };
    size_t i;
    int k;

    (void)state;
    for (i = 0; i < 3; i++) {
        const mrse_spin_echo *s = &cases[i];
        double mz = 1.0, before = 0.0, got, half = sin(0.5 * s->refocusing_rad);
        for (k = 0; k < 400; k++) {
            if (s->inversion_rad != 0.0)
                mz = regrow(mz * cos(s->inversion_rad), s->ti_s, white.t1_s);
            before = mz;
            mz = regrow(mz * cos(s->excitation_rad), 0.5 * s->te_s, white.t1_s);
            mz = regrow(mz * cos(s->refocusing_rad), s->tr_s - s->ti_s - 0.5 * s->te_s, white.t1_s);
        }
        assert_int_equal(mrse_signal_spin_echo(s, &white, &got), MRSE_OK);
        assert_abs(got, before * sin(s->excitation_rad) * half * half * exp(-s->te_s / white.t2_s),
                   1e-14);
    }
}

/* A spin on resonance, pulses about x that alternate; no spoiling at all. */
static void balanced__equals_a_repeated_spin(void **state)
{
    const mrse_gradient_echo g = {0.005, 0.0025, 35 * DEG};
    double y = 0.0, z = 1.0, got, a, flip = g.flip_rad;
    int k;

    (void)state;
    for (k = 0; k < 9000; k++) {
        a = y * cos(flip) - z * sin(flip);
        z = y * sin(flip) + z * cos(flip);
        y = a;
        flip = -flip;
        if (k == 8999)
            break;
        y *= exp(-g.tr_s / white.t2_s);
        z = regrow(z, g.tr_s, white.t1_s);
    }
    assert_int_equal(mrse_signal_balanced(&g, &white, &got), MRSE_OK);
    assert_abs(got, fabs(y) * exp(-g.te_s / white.t2_s), 1e-13);
}

static void spoiled__equals_repeated_events_and_is_largest_at_ernst(void **state)
{
    mrse_gradient_echo g = {0.012, 0.004, 20 * DEG};
    double mz = 1.0, got, ernst, best, side;
    int k;

    (void)state;
    for (k = 0; k < 3000; k++)
        mz = regrow(mz * cos(g.flip_rad), g.tr_s, white.t1_s);
    assert_int_equal(mrse_signal_spoiled(&g, &white, &got), MRSE_OK);
    assert_abs(got, mz * sin(g.flip_rad) * exp(-g.te_s / white.t2_s), 1e-13);

    assert_int_equal(mrse_signal_ernst_angle(g.tr_s, white.t1_s, &ernst), MRSE_OK);
    assert_rel(cos(ernst), exp(-g.tr_s / white.t1_s), 1e-14);
    g.flip_rad = ernst;
    assert_int_equal(mrse_signal_spoiled(&g, &white, &best), MRSE_OK);
    for (k = -1; k <= 1; k += 2) {
        g.flip_rad = ernst + 0.01 * k;
        assert_int_equal(mrse_signal_spoiled(&g, &white, &side), MRSE_OK);
        assert_true(side < best);
    }
}

/* --- Limits ------------------------------------------------------------------------------------------- */

static void inversion__at_the_null__is_zero_and_negative_before(void **state)
{
    /* 1 - 2 E + exp(-TR/T1) = 0 at TI = T1 ln(2 / (1 + exp(-TR/T1))) */
    const double null_s = white.t1_s * log(2.0 / (1.0 + exp(-6.0 / white.t1_s)));
    mrse_inversion s = {6.0, 0, 0.01, 0};
    double got;

    (void)state;
    s.ti_s = null_s;
    assert_int_equal(mrse_signal_inversion(&s, &white, &got), MRSE_OK);
    assert_abs(got, 0.0, 1e-15);
    s.ti_s = null_s - 0.05;
    assert_int_equal(mrse_signal_inversion(&s, &white, &got), MRSE_OK);
    assert_true(got < -1e-3);
    s.ti_s = null_s + 0.05;
    assert_int_equal(mrse_signal_inversion(&s, &white, &got), MRSE_OK);
    assert_true(got > 1e-3);
}

static void inversion__with_a_readout__equals_repeated_events(void **state)
{
    const mrse_inversion s = {3.0, 0.8, 0.02, 0.5};
    double mz = 0.0, at = 0.0, got;
    int k;

    (void)state;
    for (k = 0; k < 3; k++) { /* forgets at once: the readout leaves nothing */
        mz = regrow(0.0, s.tr_s - s.ti_s - s.readout_s, white.t1_s);
        at = regrow(-mz, s.ti_s, white.t1_s);
    }
    assert_int_equal(mrse_signal_inversion(&s, &white, &got), MRSE_OK);
    assert_abs(got, at * exp(-s.te_s / white.t2_s), 1e-15);
}

static void signals__long_tr_short_te__approach_the_pulse_alone(void **state)
{
    const mrse_spin_echo s = {1e3, 1e-9, 90 * DEG, 180 * DEG, 0, 0};
    const mrse_gradient_echo g = {1e3, 0.0, 30 * DEG};
    double got;

    (void)state;
    assert_int_equal(mrse_signal_spin_echo(&s, &white, &got), MRSE_OK);
    assert_abs(got, 1.0, 1e-7);
    assert_int_equal(mrse_signal_spoiled(&g, &white, &got), MRSE_OK);
    assert_abs(got, 0.5, 1e-12);
}

static void signals__longer_te__fall_and_longer_tr__rise(void **state)
{
    double last_te = 2.0, last_tr = -1.0, got;
    int i;

    (void)state;
    for (i = 1; i <= 20; i++) {
        const mrse_spin_echo te = {2.0, 0.01 * i, 90 * DEG, 180 * DEG, 0, 0};
        const mrse_spin_echo tr = {0.1 * i, 0.01, 90 * DEG, 180 * DEG, 0, 0};
        assert_int_equal(mrse_signal_spin_echo(&te, &white, &got), MRSE_OK);
        assert_true(got < last_te);
        last_te = got;
        assert_int_equal(mrse_signal_spin_echo(&tr, &white, &got), MRSE_OK);
        assert_true(got > last_tr);
        last_tr = got;
    }
}

static void signals__very_short_tr__keep_their_digits(void **state)
{
    const mrse_relaxation slow = {1e9, 1e9};
    const mrse_gradient_echo g = {1e-3, 0.0, 90 * DEG};
    double got;

    (void)state;
    /* 1 - E1 = 1e-12 here: sin/(1 - E1 cos) (1 - E1) at 90 degrees is 1 - E1 itself. */
    assert_int_equal(mrse_signal_spoiled(&g, &slow, &got), MRSE_OK);
    assert_rel(got, 1e-12, 1e-11);
    assert_int_equal(mrse_signal_balanced(&g, &slow, &got), MRSE_OK);
    assert_rel(got, 0.5, 1e-11);
}

static void signals__nothing_relaxes__have_no_steady_signal(void **state)
{
    const mrse_relaxation none = {(double)INFINITY, (double)INFINITY};
    const mrse_gradient_echo g = {0.01, 0.0, 0.0};
    const mrse_spin_echo s = {1, 0.01, 0.0, 0.0, 0, 0};
    double got = 1.0;

    (void)state;
    assert_int_equal(mrse_signal_spoiled(&g, &none, &got), MRSE_OK);
    assert_true(got == 0.0);
    assert_int_equal(mrse_signal_balanced(&g, &none, &got), MRSE_OK);
    assert_true(got == 0.0);
    assert_int_equal(mrse_signal_spin_echo(&s, &none, &got), MRSE_OK);
    assert_true(got == 0.0);
}

/* --- Refusals ------------------------------------------------------------------------------------------- */

static void refuse_se(mrse_spin_echo s, mrse_status want)
{
    double got = 7.0;

    assert_int_equal(mrse_signal_spin_echo(&s, &white, &got), want);
    assert_true(got == 0.0);
}

static void refuse_gre(mrse_gradient_echo g, mrse_status want)
{
    double got = 7.0;

    assert_int_equal(mrse_signal_spoiled(&g, &white, &got), want);
    assert_true(got == 0.0);
    got = 7.0;
    assert_int_equal(mrse_signal_balanced(&g, &white, &got), want);
    assert_true(got == 0.0);
}

static void refuse_ir(mrse_inversion s, mrse_status want)
{
    double got = 7.0;

    assert_int_equal(mrse_signal_inversion(&s, &white, &got), want);
    assert_true(got == 0.0);
}

static void signals__what_cannot_be__is_refused(void **state)
{
    const double nan = (double)NAN;
    double got = 7.0;

    (void)state;
    refuse_se((mrse_spin_echo){nan, 0.01, 1, 3, 0, 0}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, nan, 1, 3, 0, 0}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, 0.01, nan, 3, 0, 0}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, 0.01, 1, nan, 0, 0}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, 0.01, 1, 3, nan, 3}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, 0.01, 1, 3, 0.1, nan}, MRSE_ERR_ARG);
    refuse_se((mrse_spin_echo){1, 0.0, 1, 3, 0, 0}, MRSE_ERR_RANGE);
    refuse_se((mrse_spin_echo){1, 1.1, 1, 3, 0, 0}, MRSE_ERR_RANGE);
    refuse_se((mrse_spin_echo){1, 0.1, 1, 3, 0.95, 3}, MRSE_ERR_RANGE);
    refuse_se((mrse_spin_echo){1, 0.1, 1, 3, 0.0, 3}, MRSE_ERR_RANGE);
    refuse_gre((mrse_gradient_echo){nan, 0.01, 1}, MRSE_ERR_ARG);
    refuse_gre((mrse_gradient_echo){1, nan, 1}, MRSE_ERR_ARG);
    refuse_gre((mrse_gradient_echo){1, 0.01, nan}, MRSE_ERR_ARG);
    refuse_gre((mrse_gradient_echo){0, 0, 1}, MRSE_ERR_RANGE);
    refuse_gre((mrse_gradient_echo){1, -0.1, 1}, MRSE_ERR_RANGE);
    refuse_gre((mrse_gradient_echo){1, 1.1, 1}, MRSE_ERR_RANGE);
    refuse_ir((mrse_inversion){nan, 1, 0, 0}, MRSE_ERR_ARG);
    refuse_ir((mrse_inversion){3, nan, 0, 0}, MRSE_ERR_ARG);
    refuse_ir((mrse_inversion){3, 1, nan, 0}, MRSE_ERR_ARG);
    refuse_ir((mrse_inversion){3, 1, 0, nan}, MRSE_ERR_ARG);
    refuse_ir((mrse_inversion){3, 0, 0, 0}, MRSE_ERR_RANGE);
    refuse_ir((mrse_inversion){3, 1, -1, 0}, MRSE_ERR_RANGE);
    refuse_ir((mrse_inversion){3, 1, 0, -1}, MRSE_ERR_RANGE);
    refuse_ir((mrse_inversion){3, 1, 0, 2.5}, MRSE_ERR_RANGE);
    assert_int_equal(mrse_signal_ernst_angle(nan, 1, &got), MRSE_ERR_ARG);
    assert_true(got == 0.0);
    assert_int_equal(mrse_signal_ernst_angle(0, 1, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_signal_ernst_angle(1, -1, &got), MRSE_ERR_RANGE);
    assert_int_equal(mrse_signal_ernst_angle(1, 1, NULL), MRSE_ERR_ARG);
}

static void signals__relaxation_that_cannot_be__is_refused(void **state)
{
    static const struct {
        mrse_relaxation r;
        mrse_status want;
    } bad[] = {
        {{0, 0.1}, MRSE_ERR_RANGE},         {{1, 0}, MRSE_ERR_RANGE},
        {{0.1, 0.21}, MRSE_ERR_RANGE},      {{1, (double)INFINITY}, MRSE_ERR_RANGE},
        {{(double)NAN, 0.1}, MRSE_ERR_ARG}, {{1, (double)NAN}, MRSE_ERR_ARG},
    };
    const mrse_spin_echo s = {1, 0.01, 1, 3, 0, 0};
    const mrse_gradient_echo g = {1, 0.01, 1};
    const mrse_inversion v = {3, 1, 0.01, 0};
    double got;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(mrse_signal_spin_echo(&s, &bad[i].r, &got), bad[i].want);
        assert_int_equal(mrse_signal_spoiled(&g, &bad[i].r, &got), bad[i].want);
        assert_int_equal(mrse_signal_balanced(&g, &bad[i].r, &got), bad[i].want);
        assert_int_equal(mrse_signal_inversion(&v, &bad[i].r, &got), bad[i].want);
    }
    assert_int_equal(mrse_signal_spin_echo(&s, NULL, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_signal_spin_echo(NULL, &white, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_signal_spin_echo(&s, &white, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_signal_spoiled(NULL, &white, &got), MRSE_ERR_ARG);
    assert_int_equal(mrse_signal_balanced(&g, &white, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_signal_inversion(NULL, &white, &got), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals__reference_values__within_1e_12),
        cmocka_unit_test(spin_echo__any_angles__equals_repeated_events),
        cmocka_unit_test(balanced__equals_a_repeated_spin),
        cmocka_unit_test(spoiled__equals_repeated_events_and_is_largest_at_ernst),
        cmocka_unit_test(inversion__at_the_null__is_zero_and_negative_before),
        cmocka_unit_test(inversion__with_a_readout__equals_repeated_events),
        cmocka_unit_test(signals__long_tr_short_te__approach_the_pulse_alone),
        cmocka_unit_test(signals__longer_te__fall_and_longer_tr__rise),
        cmocka_unit_test(signals__very_short_tr__keep_their_digits),
        cmocka_unit_test(signals__nothing_relaxes__have_no_steady_signal),
        cmocka_unit_test(signals__what_cannot_be__is_refused),
        cmocka_unit_test(signals__relaxation_that_cannot_be__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Extended phase graphs: reference trains, isochromats of the Bloch equations, limits, invariances,
 * refusals. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "image_support.h"
#include "mrse/epg.h"
#include "support/oom.h"

enum { MOST = 256, SPINS = 512 };

static const mrse_relaxation white = {1.084, 0.069};
static mrse_epg_pulse pulse[MOST];
static mrse_transverse echo[MRSE_EPG_MAX_PULSES];

static mrse_echo_train cpmg(size_t n, double refocusing_deg, double esp_s)
{
    size_t i;

    for (i = 0; i < n; i++)
        pulse[i] = (mrse_epg_pulse){refocusing_deg * DEG, 0.0};
    return (mrse_echo_train){{90 * DEG, 90 * DEG}, pulse, n, esp_s, 1.0};
}

/* Angles and phases without a pattern. */
static mrse_echo_train wild(size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        pulse[i] = (mrse_epg_pulse){(40.0 + 37.0 * (double)(i * i % 5)) * DEG,
                                    53.0 * (double)(i * (i + 3) % 7) * DEG};
    return (mrse_echo_train){{75 * DEG, 20 * DEG}, pulse, n, 0.009, 1.1};
}

/* --- Isochromats: spins that turn by 2 pi j / SPINS in each interval between events ------------- */

static double spin[SPINS][3];

static void spins_start(double mz)
{
    size_t j;

    for (j = 0; j < SPINS; j++) {
        spin[j][0] = spin[j][1] = 0.0;
        spin[j][2] = mz;
    }
}

/* Rodrigues' rotation about (cos phase, sin phase, 0), right-handed. */
static void spins_pulse(double flip, double phase)
{
    const double n[2] = {cos(phase), sin(phase)}, c = cos(flip), s = sin(flip);
    size_t j;

    for (j = 0; j < SPINS; j++) {
        const double x = spin[j][0], y = spin[j][1], z = spin[j][2];
        const double along = (n[0] * x + n[1] * y) * (1.0 - c);
        spin[j][0] = x * c + n[1] * z * s + n[0] * along;
        spin[j][1] = y * c - n[0] * z * s + n[1] * along;
        spin[j][2] = z * c + (n[0] * y - n[1] * x) * s;
    }
}

static void spins_wait(double time_s, const mrse_relaxation *r, int dephase)
{
    const double e1 = exp(-time_s / r->t1_s), e2 = exp(-time_s / r->t2_s);
    size_t j;

    for (j = 0; j < SPINS; j++) {
        const double turn = dephase ? 2.0 * MRSE_PI * (double)j / SPINS : 0.0;
        const double x = spin[j][0] * e2, y = spin[j][1] * e2;
        spin[j][0] = x * cos(turn) - y * sin(turn);
        spin[j][1] = x * sin(turn) + y * cos(turn);
        spin[j][2] = 1.0 + (spin[j][2] - 1.0) * e1;
    }
}

static double spins_mean(int axis)
{
    double sum = 0.0;
    size_t j;

    for (j = 0; j < SPINS; j++)
        sum += spin[j][axis];
    return sum / SPINS;
}

static void check_against_spins(const mrse_echo_train *t, const mrse_relaxation *r, double mz)
{
    double mz_end;
    size_t i;

    assert_int_equal(mrse_epg_echo_train(t, r, mz, echo, &mz_end), MRSE_OK);
    spins_start(mz);
    spins_pulse(t->b1_scale * t->excitation.flip_rad, t->excitation.phase_rad);
    for (i = 0; i < t->n; i++) {
        spins_wait(0.5 * t->esp_s, r, 1);
        spins_pulse(t->b1_scale * t->refocusing[i].flip_rad, t->refocusing[i].phase_rad);
        spins_wait(0.5 * t->esp_s, r, 1);
        assert_abs(echo[i].re, spins_mean(0), 2e-14);
        assert_abs(echo[i].im, spins_mean(1), 2e-14);
    }
    assert_abs(mz_end, spins_mean(2), 2e-14);
}

static void echo_train__any_angles_and_phases__equals_isochromats(void **state)
{
    const mrse_relaxation none = {(double)INFINITY, (double)INFINITY};
    mrse_echo_train t;

    (void)state;
    t = wild(60);
    check_against_spins(&t, &white, 1.0);
    check_against_spins(&t, &white, -0.3);
    check_against_spins(&t, &none, 1.0);
    t = cpmg(100, 130, 0.006);
    check_against_spins(&t, &white, 0.8);
}

static void gradient_train__rf_spoiled__equals_isochromats(void **state)
{
    const mrse_gradient_train t = {25 * DEG, 10 * DEG, 117 * DEG, 0.008, 0.002, 100, 1, 0.9};
    double phase = 0.0, step = t.phase_step_rad;
    size_t i;

    (void)state;
    assert_int_equal(mrse_epg_gradient_train(&t, &white, echo), MRSE_OK);
    spins_start(1.0);
    for (i = 0; i < t.n; i++) {
        double x, y, e2 = exp(-t.te_s / white.t2_s);
        spins_pulse(t.b1_scale * t.flip_rad, phase);
        x = e2 * spins_mean(0);
        y = e2 * spins_mean(1);
        assert_abs(echo[i].re, x * cos(phase) + y * sin(phase), 1e-13);
        assert_abs(echo[i].im, y * cos(phase) - x * sin(phase), 1e-13);
        spins_wait(t.tr_s, &white, 1);
        step += t.rf_increment_rad;
        phase += step;
    }
}

/* --- Reference numbers --------------------------------------------------------------------------- */

static double worst;

static void near(double got, double want, const char *name, size_t i)
{
    worst = fmax(worst, fabs(got - want));
    if (!close_abs(got, want, 1e-12))
        fail_msg("%s, echo %zu: got %.17g, want %.17g", name, i, got, want);
}

static void echo_train__reference_trains__within_1e_12(void **state)
{
    json_t *root = golden_json("epg_golden.json"), *c;
    size_t i, k;

    (void)state;
    if (!root)
        skip();
    worst = 0.0;
    assert_true(json_array_size(json_object_get(root, "cpmg")) >= 15);
    json_array_foreach (json_object_get(root, "cpmg"), i, c) {
        const char *name = json_string_value(json_object_get(c, "name"));
        const json_t *angles = json_object_get(c, "refocusing_deg");
        const json_t *want = json_object_get(c, "echo_real");
        mrse_relaxation r = {time_of(c, "T1_ms"), time_of(c, "T2_ms")};
        mrse_echo_train t = cpmg(json_array_size(angles), 0, number_of(c, "ESP_ms") / 1e3);

        if (json_object_get(c, "b1_scale"))
            t.b1_scale = number_of(c, "b1_scale");
        for (k = 0; k < t.n; k++)
            pulse[k].flip_rad = number_at(angles, k) * DEG;
        assert_int_equal(json_array_size(want), t.n);
        assert_int_equal(mrse_epg_echo_train(&t, &r, 1.0, echo, NULL), MRSE_OK);
        for (k = 0; k < t.n; k++) {
            near(echo[k].re, number_at(want, k), name, k);
            near(echo[k].im, 0.0, name, k);
        }
    }
    print_message("%zu trains, largest difference %.2g\n", i, worst);
    json_decref(root);
}

static void gradient_train__reference_trains__within_1e_12(void **state)
{
    json_t *root = golden_json("epg_golden.json"), *c;
    size_t i, k;

    (void)state;
    if (!root)
        skip();
    worst = 0.0;
    assert_true(json_array_size(json_object_get(root, "gre")) >= 4);
    json_array_foreach (json_object_get(root, "gre"), i, c) {
        const char *name = json_string_value(json_object_get(c, "name"));
        const json_t *first = json_object_get(c, "first10");
        const mrse_relaxation r = {time_of(c, "T1_ms"), time_of(c, "T2_ms")};
        const mrse_gradient_echo g = {number_of(c, "TR_ms") / 1e3, 0.0,
                                      number_of(c, "fa_deg") * DEG};
        const mrse_gradient_train t = {g.flip_rad, 0, number_of(c, "rf_increment_deg") * DEG,
                                       g.tr_s,     0, (size_t)number_of(c, "n"),
                                       1,          1};
        double ernst;

        assert_int_equal(mrse_epg_gradient_train(&t, &r, echo), MRSE_OK);
        for (k = 0; k < json_array_size(first); k++)
            near(hypot(echo[k].re, echo[k].im), number_at(first, k), name, k);
        k = t.n - 1;
        /* Phases of whole degrees taken exactly give what we give, to 1e-16, and differ from the
         * reference by up to 1.2e-12: it has lost digits in the phases of 800 pulses. */
        assert_abs(hypot(echo[k].re, echo[k].im), number_of(c, "steady_abs"), 2e-12);
        assert_int_equal(mrse_signal_spoiled(&g, &r, &ernst), MRSE_OK);
        near(ernst, number_of(c, "ernst_formula"), name, 0);
    }
    print_message("%zu trains, largest difference %.2g\n", i, worst);
    json_decref(root);
}

/* --- Laws ------------------------------------------------------------------------------------------ */

static void echo_train__cpmg_180_without_relaxation__stays_one(void **state)
{
    const mrse_relaxation none = {(double)INFINITY, (double)INFINITY};
    const mrse_echo_train t = cpmg(MOST, 180, 0.01);
    size_t i;

    (void)state;
    assert_int_equal(mrse_epg_echo_train(&t, &none, 1.0, echo, NULL), MRSE_OK);
    for (i = 0; i < t.n; i++) {
        assert_abs(echo[i].re, 1.0, 1e-12);
        assert_abs(echo[i].im, 0.0, 1e-12);
    }
}

static void echo_train__cpmg_180__decays_with_t2(void **state)
{
    const mrse_echo_train t = cpmg(64, 180, 0.005);
    size_t i;

    (void)state;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, echo, NULL), MRSE_OK);
    for (i = 0; i < t.n; i++)
        assert_rel(echo[i].re, exp(-0.005 * (double)(i + 1) / white.t2_s), 1e-12);
}

static void echo_train__first_echo__is_sine_squared(void **state)
{
    const mrse_relaxation none = {(double)INFINITY, (double)INFINITY};
    double last = -1.0;
    int deg;

    (void)state;
    for (deg = 10; deg <= 180; deg += 10) {
        const mrse_echo_train t = cpmg(1, deg, 0.01);
        const double half = sin(0.5 * deg * DEG);
        assert_int_equal(mrse_epg_echo_train(&t, &none, 1.0, echo, NULL), MRSE_OK);
        assert_abs(echo[0].re, half * half, 1e-15);
        assert_true(echo[0].re > last); /* more angle, more first echo */
        last = echo[0].re;
    }
}

static void echo_train__all_phases_turned__echoes_turn(void **state)
{
    mrse_transverse before[40];
    mrse_echo_train t = wild(40);
    const double turn = 1.234;
    size_t i;

    (void)state;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, before, NULL), MRSE_OK);
    t.excitation.phase_rad += turn;
    for (i = 0; i < t.n; i++)
        pulse[i].phase_rad += turn;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, echo, NULL), MRSE_OK);
    for (i = 0; i < t.n; i++) {
        assert_abs(echo[i].re, before[i].re * cos(turn) - before[i].im * sin(turn), 1e-14);
        assert_abs(echo[i].im, before[i].re * sin(turn) + before[i].im * cos(turn), 1e-14);
    }
}

static void echo_train__all_times_scaled__unchanged(void **state)
{
    const mrse_relaxation slow = {8 * white.t1_s, 8 * white.t2_s};
    mrse_transverse before[40];
    mrse_echo_train t = wild(40);

    (void)state;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, before, NULL), MRSE_OK);
    t.esp_s *= 8;
    assert_int_equal(mrse_epg_echo_train(&t, &slow, 1.0, echo, NULL), MRSE_OK);
    assert_memory_equal(before, echo, sizeof before);
}

static void echo_train__b1_scale__equals_scaled_pulses(void **state)
{
    mrse_transverse before[30];
    mrse_echo_train t = cpmg(30, 150, 0.01);
    size_t i;

    (void)state;
    t.b1_scale = 0.8;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, before, NULL), MRSE_OK);
    t = cpmg(30, 120, 0.01);
    t.excitation.flip_rad = 72 * DEG;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, echo, NULL), MRSE_OK);
    for (i = 0; i < t.n; i++)
        assert_abs(echo[i].re, before[i].re, 1e-14);
}

/* What a longer train leaves out because it cannot come back is not missed by a shorter one. */
static void echo_train__longer_train__begins_with_the_same_echoes(void **state)
{
    mrse_transverse shorter[17];
    mrse_echo_train t = wild(17);

    (void)state;
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, shorter, NULL), MRSE_OK);
    t = wild(90);
    assert_int_equal(mrse_epg_echo_train(&t, &white, 1.0, echo, NULL), MRSE_OK);
    assert_memory_equal(shorter, echo, sizeof shorter);
}

static void gradient_train__balanced_and_alternating__reaches_bssfp(void **state)
{
    const mrse_gradient_train t = {40 * DEG, MRSE_PI, 0, 0.004, 0.002, 8000, 0, 1};
    const mrse_gradient_echo g = {0.004, 0.002, 40 * DEG};
    double want;

    (void)state;
    assert_int_equal(mrse_epg_gradient_train(&t, &white, echo), MRSE_OK);
    assert_int_equal(mrse_signal_balanced(&g, &white, &want), MRSE_OK);
    assert_abs(hypot(echo[7999].re, echo[7999].im), want, 1e-13);
}

static void gradient_train__rf_spoiled__is_near_ernst_but_not_equal(void **state)
{
    const mrse_relaxation r = {1.0, 0.1};
    const mrse_gradient_train t = {15 * DEG, 0, 117 * DEG, 0.01, 0, 1000, 1, 1};
    const mrse_gradient_echo g = {0.01, 0, 15 * DEG};
    double want, got;

    (void)state;
    assert_int_equal(mrse_epg_gradient_train(&t, &r, echo), MRSE_OK);
    assert_int_equal(mrse_signal_spoiled(&g, &r, &want), MRSE_OK);
    got = hypot(echo[999].re, echo[999].im) / want;
    assert_true(got > 0.96 && got < 0.98);
}

/* --- Steady state ------------------------------------------------------------------------------------ */

static void steady_train__solved__equals_many_repetitions(void **state)
{
    const mrse_repetition plain = {0.5, 0, 0}, inverted = {0.9, 0.2, 170 * DEG};
    const mrse_repetition *both[2] = {&plain, &inverted};
    mrse_transverse once[20];
    mrse_echo_train t = wild(20);
    double mz, solved, end;
    size_t i, k;

    (void)state;
    for (k = 0; k < 2; k++) {
        const mrse_repetition *r = both[k];
        double wait_s = r->tr_s - 20 * t.esp_s - r->ti_s;
        for (i = 0, mz = 1.0; i < 200; i++) {
            assert_int_equal(mrse_epg_echo_train(&t, &white, mz, once, &end), MRSE_OK);
            mz = 1.0 + (end - 1.0) * exp(-wait_s / white.t1_s);
            if (r->inversion_rad != 0.0)
                mz = 1.0 + (cos(1.1 * r->inversion_rad) * mz - 1.0) * exp(-r->ti_s / white.t1_s);
        }
        assert_int_equal(mrse_epg_steady_train(&t, r, &white, echo, &solved), MRSE_OK);
        assert_abs(solved, mz, 1e-14);
        for (i = 0; i < 20; i++) {
            assert_abs(echo[i].re, once[i].re, 1e-14);
            assert_abs(echo[i].im, once[i].im, 1e-14);
        }
    }
}

static void steady_train__one_echo__equals_spin_echo(void **state)
{
    const mrse_spin_echo s[2] = {{0.6, 0.03, 80 * DEG, 140 * DEG, 0, 0},
                                 {0.6, 0.03, 80 * DEG, 140 * DEG, 0.15, 180 * DEG}};
    double want;
    int i;

    (void)state;
    for (i = 0; i < 2; i++) {
        const mrse_repetition r = {s[i].tr_s, s[i].ti_s, s[i].inversion_rad};
        mrse_echo_train t = cpmg(1, 140, 0.03);
        t.excitation.flip_rad = 80 * DEG;
        assert_int_equal(mrse_epg_steady_train(&t, &r, &white, echo, NULL), MRSE_OK);
        assert_int_equal(mrse_signal_spin_echo(&s[i], &white, &want), MRSE_OK);
        assert_abs(echo[0].re, want, 1e-15);
        assert_abs(echo[0].im, 0, 1e-15);
    }
}

static void steady_train__nothing_ever_changes__has_no_signal(void **state)
{
    const mrse_relaxation none = {(double)INFINITY, (double)INFINITY};
    const mrse_repetition r = {1.0, 0, 0};
    mrse_echo_train t = cpmg(4, 0, 0.01);
    double mz = 1.0;

    (void)state;
    t.excitation.flip_rad = 0.0;
    assert_int_equal(mrse_epg_steady_train(&t, &r, &none, echo, &mz), MRSE_OK);
    assert_true(mz == 0.0 && echo[3].re == 0.0);
}

/* --- Refusals ------------------------------------------------------------------------------------------ */

static void check_train(mrse_status want, const mrse_echo_train *t, double t1_s, double t2_s)
{
    const mrse_relaxation r = {t1_s, t2_s};
    const mrse_repetition rep = {10, 0, 0};
    double mz = 7.0;

    echo[0].re = echo[1].im = 7.0;
    assert_int_equal(mrse_epg_echo_train(t, &r, 1.0, echo, &mz), want);
    assert_true(mz == 0.0);
    if (want == MRSE_ERR_RANGE)
        assert_true(echo[0].re == 0.0 && echo[1].im == 0.0);
    mz = 7.0;
    assert_int_equal(mrse_epg_steady_train(t, &rep, &r, echo, &mz), want);
    assert_true(mz == 0.0);
}

static void echo_train__what_cannot_be__is_refused(void **state)
{
    const mrse_echo_train good = cpmg(3, 150, 0.01);
    mrse_echo_train t;

    (void)state;
    check_train(MRSE_ERR_RANGE, &good, 0.0, 0.1);
    check_train(MRSE_ERR_RANGE, &good, 1.0, -0.1);
    check_train(MRSE_ERR_RANGE, &good, 0.1, 0.3);
    check_train(MRSE_ERR_ARG, &good, (double)NAN, 0.1);
    t = good, t.esp_s = 0.0;
    check_train(MRSE_ERR_RANGE, &t, 1, 0.1);
    t = good, t.b1_scale = 0.0;
    check_train(MRSE_ERR_RANGE, &t, 1, 0.1);
    t = good, t.esp_s = (double)NAN;
    check_train(MRSE_ERR_ARG, &t, 1, 0.1);
    t = good, t.n = 0;
    check_train(MRSE_ERR_ARG, &t, 1, 0.1);
    t = good, t.refocusing = NULL;
    check_train(MRSE_ERR_ARG, &t, 1, 0.1);
    t = good, t.excitation.phase_rad = (double)INFINITY;
    check_train(MRSE_ERR_ARG, &t, 1, 0.1);
    t = good, t.n = MRSE_EPG_MAX_PULSES + 1;
    check_train(MRSE_ERR_LIMIT, &t, 1, 0.1);
    pulse[1].flip_rad = (double)NAN;
    check_train(MRSE_ERR_ARG, &good, 1, 0.1);
    check_train(MRSE_ERR_ARG, NULL, 1, 0.1);
    assert_int_equal(mrse_epg_echo_train(&good, NULL, 1, echo, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_echo_train(&good, &white, 1, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_echo_train(&good, &white, (double)NAN, echo, NULL), MRSE_ERR_ARG);
}

static void steady_train__what_cannot_be__is_refused(void **state)
{
    const mrse_echo_train t = cpmg(3, 150, 0.01);
    const mrse_repetition shorter = {0.029, 0, 0}, inverted = {0.1, 0.08, MRSE_PI},
                          no_ti = {1, 0, MRSE_PI}, nan = {(double)NAN, 0, 0},
                          nan_ti = {1, (double)NAN, MRSE_PI}, unused = {1, (double)NAN, 0};

    (void)state;
    assert_int_equal(mrse_epg_steady_train(&t, &shorter, &white, echo, NULL), MRSE_ERR_RANGE);
    assert_int_equal(mrse_epg_steady_train(&t, &inverted, &white, echo, NULL), MRSE_ERR_RANGE);
    assert_int_equal(mrse_epg_steady_train(&t, &no_ti, &white, echo, NULL), MRSE_ERR_RANGE);
    assert_int_equal(mrse_epg_steady_train(&t, &nan, &white, echo, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_steady_train(&t, &nan_ti, &white, echo, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_steady_train(&t, NULL, &white, echo, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_steady_train(&t, &shorter, &white, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_steady_train(&t, &unused, &white, echo, NULL), MRSE_OK);
}

static void gradient_train__what_cannot_be__is_refused(void **state)
{
    const mrse_gradient_train good = {0.3, 0, 0, 0.01, 0.002, 3, 1, 1};
    const mrse_relaxation impossible = {0.1, 0.3};
    mrse_gradient_train t;

    (void)state;
#define REFUSED(change, want)                                                                      \
    t = good, t.change;                                                                            \
    echo[0].re = 7.0;                                                                              \
    assert_int_equal(mrse_epg_gradient_train(&t, &white, echo), want);                             \
    assert_true(want == MRSE_ERR_LIMIT || t.n == 0 || echo[0].re == 0.0)
    REFUSED(n = 0, MRSE_ERR_ARG);
    REFUSED(dephasing = 2, MRSE_ERR_ARG);
    REFUSED(flip_rad = (double)NAN, MRSE_ERR_ARG);
    REFUSED(rf_increment_rad = (double)INFINITY, MRSE_ERR_ARG);
    REFUSED(tr_s = 0.0, MRSE_ERR_RANGE);
    REFUSED(te_s = -0.001, MRSE_ERR_RANGE);
    REFUSED(te_s = 0.011, MRSE_ERR_RANGE);
    REFUSED(b1_scale = 0.0, MRSE_ERR_RANGE);
    REFUSED(n = MRSE_EPG_MAX_PULSES + 1, MRSE_ERR_LIMIT);
#undef REFUSED
    assert_int_equal(mrse_epg_gradient_train(NULL, &white, echo), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_gradient_train(&good, NULL, echo), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_gradient_train(&good, &white, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_epg_gradient_train(&good, &impossible, echo), MRSE_ERR_RANGE);
}

static mrse_status all_of_it(void *context)
{
    const mrse_gradient_train g = {0.3, 0, 0, 0.01, 0.002, 3, 1, 1};
    const mrse_repetition r = {1, 0, 0};
    const mrse_echo_train t = cpmg(3, 150, 0.01);
    mrse_status status = mrse_epg_steady_train(&t, &r, &white, echo, NULL);

    (void)context;
    if (status == MRSE_OK)
        status = mrse_epg_gradient_train(&g, &white, echo);
    return status;
}

static void epg__no_memory__is_reported(void **state)
{
    (void)state;
    assert_int_equal(oom_exhaust(all_of_it, NULL), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(echo_train__any_angles_and_phases__equals_isochromats),
        cmocka_unit_test(gradient_train__rf_spoiled__equals_isochromats),
        cmocka_unit_test(echo_train__reference_trains__within_1e_12),
        cmocka_unit_test(gradient_train__reference_trains__within_1e_12),
        cmocka_unit_test(echo_train__cpmg_180_without_relaxation__stays_one),
        cmocka_unit_test(echo_train__cpmg_180__decays_with_t2),
        cmocka_unit_test(echo_train__first_echo__is_sine_squared),
        cmocka_unit_test(echo_train__all_phases_turned__echoes_turn),
        cmocka_unit_test(echo_train__all_times_scaled__unchanged),
        cmocka_unit_test(echo_train__b1_scale__equals_scaled_pulses),
        cmocka_unit_test(echo_train__longer_train__begins_with_the_same_echoes),
        cmocka_unit_test(gradient_train__balanced_and_alternating__reaches_bssfp),
        cmocka_unit_test(gradient_train__rf_spoiled__is_near_ernst_but_not_equal),
        cmocka_unit_test(steady_train__solved__equals_many_repetitions),
        cmocka_unit_test(steady_train__one_echo__equals_spin_echo),
        cmocka_unit_test(steady_train__nothing_ever_changes__has_no_signal),
        cmocka_unit_test(echo_train__what_cannot_be__is_refused),
        cmocka_unit_test(steady_train__what_cannot_be__is_refused),
        cmocka_unit_test(gradient_train__what_cannot_be__is_refused),
        cmocka_unit_test(epg__no_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

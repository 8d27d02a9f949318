/* RF exposure of protocols, against sums by hand. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/protocol_rf.h"
#include "support/close.h"
#include "support/oom.h"

/* A hard 180 degree pulse of 1 ms: pi / (2 pi gamma 1 ms). */
static const double B1_180_T = 0.5 / (42.577478518e6 * 1e-3);
static const double PI = 3.14159265358979323846;

static mrse_value number(double v)
{
    return (mrse_value){.v = v};
}

static mrse_value nothing(void)
{
    return mrse_value_missing(MRSE_KIND_NONE);
}

static mrse_protocol_pulse hard(mrse_pulse_role role, double deg, mrse_pulse_per per)
{
    return (mrse_protocol_pulse){.role = role,
                                 .flip = number(deg * PI / 180.0),
                                 .duration = number(1e-3),
                                 .has_shape = true,
                                 .shape = {.form = MRSE_RF_HARD},
                                 .b1_peak = nothing(),
                                 .count = 1.0,
                                 .per = per,
                                 .bands = 1.0};
}

typedef struct tse {
    mrse_protocol_pulse pulse[3];
    mrse_protocol p;
} tse;

static void make_tse(tse *t)
{
    memset(t, 0, sizeof *t);
    t->pulse[0] = hard(MRSE_PULSE_EXCITATION, 90, MRSE_PER_SHOT);
    t->pulse[1] = hard(MRSE_PULSE_REFOCUSING, 180, MRSE_PER_ECHO);
    t->pulse[2] = hard(MRSE_PULSE_FAT_SATURATION, 90, MRSE_PER_TR);
    t->p = (mrse_protocol){.family = MRSE_FAMILY_TSE,
                           .tr = number(3.0),
                           .esp = number(10e-3),
                           .etl = 8,
                           .slices = 20,
                           .concatenations = 2,
                           .simultaneous = (double)NAN,
                           .pulse = t->pulse,
                           .n_pulses = 2};
}

static double squared(double x)
{
    return x * x;
}

static void protocol_rf_of__tse__the_sum_by_hand(void **state)
{
    tse t;
    mrse_protocol_rf rf;

    (void)state;
    make_tse(&t);
    t.p.n_pulses = 3;
    assert_int_equal(mrse_protocol_rf_of(&t.p, &rf), MRSE_OK);
    assert_string_equal(rf.refused, "");
    double each = squared(B1_180_T) * 1e-3; /* 10 slices in a TR, 8 echoes; 90 degrees: a quarter */
    double energy = 10 * (0.25 * each + 8 * each) + 0.25 * each;
    assert_rel(rf.b1_squared_T2_s, energy, 1e-12);
    assert_rel(rf.rms_T, sqrt(energy / 3.0), 1e-12);
    assert_rel(rf.peak_T, B1_180_T, 1e-12);
    assert_int_equal(rf.n_energies, 3);
    assert_rel(rf.energy[1].per_tr, 80, 0);
    assert_rel(rf.energy[1].b1_squared_T2_s, 80 * each, 1e-12);
    assert_true(rf.u_relative > 0.0 && rf.u_relative < 0.05);
    mrse_protocol_rf_clear(&rf);
}

/* 10 s hold 3 TRs of 3 s and a third of a fourth: with the slices evenly spread 3 or 4 of its 10
 * shots. */
static void protocol_rf_of__ten_seconds__no_more_than_what_they_can_hold(void **state)
{
    tse t;
    mrse_protocol_rf rf;

    (void)state;
    make_tse(&t);
    assert_int_equal(mrse_protocol_rf_of(&t.p, &rf), MRSE_OK);
    double shot = rf.b1_squared_T2_s / 10.0;
    assert_true(rf.rms_window_T >= rf.rms_T);
    assert_rel(rf.rms_window_T, sqrt(34 * shot / 10.0), 1e-6);
    mrse_protocol_rf_clear(&rf);
    t.p.slices = 2; /* one shot in a TR of 3 s: four in the worst 10 s */
    assert_int_equal(mrse_protocol_rf_of(&t.p, &rf), MRSE_OK);
    assert_rel(rf.rms_window_T, sqrt(4 * shot / 10.0), 1e-6);
    mrse_protocol_rf_clear(&rf);
    t.p.tr = number(20.0); /* a TR longer than the window */
    assert_int_equal(mrse_protocol_rf_of(&t.p, &rf), MRSE_OK);
    assert_rel(rf.rms_window_T, sqrt(shot / 10.0), 1e-6);
    assert_rel(rf.rms_T, sqrt(shot / 20.0), 1e-12);
    mrse_protocol_rf_clear(&rf);
}

/* The 90 degree pulses stay, so that 120 for 180 degrees gives more than (120/180) squared. */
static void protocol_rf_of__smaller_refocusing_angle__less_energy(void **state)
{
    tse t;
    mrse_protocol_rf before, after;
    mrse_value train[8];

    (void)state;
    make_tse(&t);
    assert_int_equal(mrse_protocol_rf_of(&t.p, &before), MRSE_OK);
    t.pulse[1].flip = number(120.0 * PI / 180.0);
    assert_int_equal(mrse_protocol_rf_of(&t.p, &after), MRSE_OK);
    double ratio = after.b1_squared_T2_s / before.b1_squared_T2_s;
    assert_rel(ratio, (0.25 + 8 * 4.0 / 9.0) / 8.25, 1e-12);
    mrse_protocol_rf_clear(&after);
    for (int i = 0; i < 8; i++) /* the same, angle by angle */
        train[i] = t.pulse[1].flip;
    t.pulse[1].train = train;
    t.pulse[1].n_train = 8;
    t.pulse[1].flip = nothing();
    assert_int_equal(mrse_protocol_rf_of(&t.p, &after), MRSE_OK);
    assert_rel(after.b1_squared_T2_s / before.b1_squared_T2_s, ratio, 1e-12);
    mrse_protocol_rf_clear(&before);
    mrse_protocol_rf_clear(&after);
}

static void protocol_rf_of__multiband_and_slabs__count_bands_and_shots(void **state)
{
    tse t;
    mrse_protocol_rf one, two;

    (void)state;
    make_tse(&t);
    assert_int_equal(mrse_protocol_rf_of(&t.p, &one), MRSE_OK);
    t.p.simultaneous = 2;
    t.pulse[0].bands = t.pulse[1].bands = 2;
    assert_int_equal(mrse_protocol_rf_of(&t.p, &two), MRSE_OK);
    assert_rel(two.b1_squared_T2_s, one.b1_squared_T2_s,
               1e-12); /* half the shots, twice the energy */
    assert_rel(two.peak_T, 2 * one.peak_T, 1e-12);
    mrse_protocol_rf_clear(&two);
    t.p.three_d = true;
    t.pulse[0].bands = t.pulse[1].bands = 1;
    assert_int_equal(mrse_protocol_rf_of(&t.p, &two), MRSE_OK);
    assert_rel(two.b1_squared_T2_s, one.b1_squared_T2_s / 10, 1e-12);
    mrse_protocol_rf_clear(&one);
    mrse_protocol_rf_clear(&two);
}

static void protocol_rf_of__stated_peak__fixes_the_scale(void **state)
{
    tse t;
    mrse_protocol_rf rf;

    (void)state;
    make_tse(&t);
    t.p.n_pulses = 1;
    t.pulse[0].b1_peak = number(10e-6);
    t.pulse[0].b1_peak.u = 0.1e-6;
    t.pulse[0].shape = (mrse_rf_shape){.form = MRSE_RF_HANN};
    assert_int_equal(mrse_protocol_rf_of(&t.p, &rf), MRSE_OK);
    assert_rel(rf.peak_T, 10e-6, 1e-12);
    assert_rel(rf.energy[0].b1_squared_T2_s, 10 * 0.375 * 1e-10 * 1e-3, 1e-12); /* mean of cos^4 */
    assert_rel(rf.u_relative, 0.5 * hypot(0.02, 0.02), 1e-12);
    mrse_protocol_rf_clear(&rf);
}

static void assert_refused(const tse *t, const char *why)
{
    mrse_protocol_rf rf;

    assert_int_equal(mrse_protocol_rf_of(&t->p, &rf), MRSE_OK);
    if (!strstr(rf.refused, why))
        fail_msg("'%s' is not in '%s'", why, rf.refused);
    assert_true(isnan(rf.rms_T) && isnan(rf.rms_window_T) && isnan(rf.peak_T) &&
                isnan(rf.b1_squared_T2_s) && isnan(rf.u_relative));
    assert_null(rf.energy);
    mrse_protocol_rf_clear(&rf);
}

static void protocol_rf_of__something_missing__refused_by_name(void **state)
{
    tse t;
    mrse_protocol_rf rf;

    (void)state;
    make_tse(&t);
    t.p.tr = nothing();
    assert_refused(&t, "timing.tr");
    make_tse(&t);
    t.p.slices = (double)NAN;
    assert_refused(&t, "slices.number");
    make_tse(&t);
    t.p.etl = (double)NAN;
    assert_refused(&t, "train.etl");
    make_tse(&t);
    t.p.n_pulses = 0;
    assert_refused(&t, "no RF pulse");
    make_tse(&t);
    t.p.adiabatic_or_verse = true;
    assert_refused(&t, "VERSE");
    make_tse(&t);
    t.pulse[1].has_shape = false;
    assert_refused(&t, "shape of the pulse 'refocusing'");
    make_tse(&t);
    t.pulse[1].duration = nothing();
    assert_refused(&t, "duration of the pulse 'refocusing'");
    make_tse(&t);
    t.pulse[0].flip = nothing();
    t.pulse[0].name = (char[]){"exc"};
    assert_refused(&t, "flip angle of the pulse 'exc'");
    make_tse(&t);
    t.p.tr = number(50e-3);
    assert_refused(&t, "do not fit");
    make_tse(&t);
    t.p.slices = 1e6;
    assert_refused(&t, "more than 200000");
    assert_int_equal(mrse_protocol_rf_of(NULL, &rf), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_rf_of(&t.p, NULL), MRSE_ERR_ARG);
    mrse_protocol_rf_clear(NULL);
}

static mrse_status run(void *context)
{
    mrse_protocol_rf rf;
    mrse_status status = mrse_protocol_rf_of(context, &rf);
    mrse_protocol_rf_clear(&rf);
    return status;
}

static void protocol_rf_of__no_memory__says_so(void **state)
{
    tse t;

    (void)state;
    make_tse(&t);
    assert_true(oom_exhaust(run, &t.p) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protocol_rf_of__tse__the_sum_by_hand),
        cmocka_unit_test(protocol_rf_of__ten_seconds__no_more_than_what_they_can_hold),
        cmocka_unit_test(protocol_rf_of__smaller_refocusing_angle__less_energy),
        cmocka_unit_test(protocol_rf_of__multiband_and_slabs__count_bands_and_shots),
        cmocka_unit_test(protocol_rf_of__stated_peak__fixes_the_scale),
        cmocka_unit_test(protocol_rf_of__something_missing__refused_by_name),
        cmocka_unit_test(protocol_rf_of__no_memory__says_so),
    };
    return cmocka_run_group_tests_name("protocol_rf", tests, NULL, NULL);
}

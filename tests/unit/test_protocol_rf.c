/* RF of protocols against sums worked out by hand. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/protocol_rf.h"
#include "support/close.h"
#include "support/oom.h"

static const mrse_rf_shape hann_sinc = {
    .form = MRSE_RF_SINC, .time_bandwidth = 4.0, .apodisation = MRSE_RF_WINDOW_HANN};

static mrse_value exact(double v, mrse_kind kind)
{
    return mrse_value_computed(v, 0.0, kind, "test");
}

static mrse_protocol_pulse pulse_of(mrse_pulse_role role, double flip_deg, double duration_s)
{
    mrse_protocol_pulse p = {.role = role, .has_shape = true, .count = 1.0, .bands = 1.0};

    p.shape = hann_sinc;
    p.flip = exact(flip_deg * MRSE_PI / 180.0, MRSE_KIND_ANGLE);
    p.duration = exact(duration_s, MRSE_KIND_TIME);
    p.b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    return p;
}

static double energy_of(const mrse_protocol_pulse *p)
{
    mrse_rf_exposure x;

    assert_int_equal(
        mrse_rf_pulse_exposure(&p->shape, p->flip.v, p->duration.v, MRSE_GAMMA_HZ_T, &x), MRSE_OK);
    return x.b1_squared_T2_s;
}

static mrse_protocol protocol_of(mrse_family family, mrse_protocol_pulse *pulse, size_t n)
{
    mrse_protocol p = {.family = family, .pulse = pulse, .n_pulses = n};

    p.tr = exact(2.0, MRSE_KIND_TIME);
    p.te = p.ti = mrse_value_missing(MRSE_KIND_TIME);
    p.slices = 12.0;
    p.concatenations = p.etl = (double)NAN;
    p.simultaneous = 1.0;
    return p;
}

static mrse_protocol_rf rf_of(const mrse_protocol *p)
{
    mrse_protocol_rf rf;

    assert_int_equal(mrse_protocol_rf_of(p, &rf), MRSE_OK);
    if (rf.refused[0])
        fail_msg("%s", rf.refused);
    return rf;
}

static void refuses(const mrse_protocol *p, const char *with)
{
    mrse_protocol_rf rf;

    assert_int_equal(mrse_protocol_rf_of(p, &rf), MRSE_OK);
    if (!strstr(rf.refused, with))
        fail_msg("'%s' is not in '%s'", with, rf.refused);
    assert_true(isnan(rf.rms_T) && isnan(rf.rms_window_T) && isnan(rf.peak_T));
    assert_null(rf.energy);
    mrse_protocol_rf_clear(&rf);
}

/* The series of one Pulseq TSE: its energy at 120 deg over that at 180 deg was .45130. */
static void tse__lower_refocusing__follows_the_measured_series(void **state)
{
    mrse_protocol_pulse pulse[2] = {pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2.5e-3),
                                    pulse_of(MRSE_PULSE_REFOCUSING, 180.0, 2.0e-3)};
    mrse_protocol p = protocol_of(MRSE_FAMILY_TSE, pulse, 2);
    mrse_protocol_rf high, low;

    (void)state;
    p.etl = 16.0;
    pulse[1].per = MRSE_PER_ECHO;
    high = rf_of(&p);
    assert_rel(high.b1_squared_T2_s, 12.0 * (energy_of(&pulse[0]) + 16.0 * energy_of(&pulse[1])),
               1e-13);
    assert_rel(high.rms_T, sqrt(high.b1_squared_T2_s / 2.0), 1e-13);
    assert_rel(high.energy[1].per_tr, 192.0, 0.0);
    /* ten seconds are five TR */
    assert_rel(high.rms_window_T, high.rms_T, 1e-9);
    assert_abs(high.u_relative, 0.01, 1e-12);
    pulse[1].flip.v *= 2.0 / 3.0;
    low = rf_of(&p);
    assert_abs(low.b1_squared_T2_s / high.b1_squared_T2_s, 0.45130, 5e-6);
    mrse_protocol_rf_clear(&low);
    mrse_protocol_rf_clear(&high);
}

static void counts__slices_passes_bands__as_played(void **state)
{
    mrse_protocol_pulse pulse = pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3);
    mrse_protocol p = protocol_of(MRSE_FAMILY_EPI, &pulse, 1);
    mrse_protocol_rf rf;

    (void)state;
    p.slices = 11.0;
    p.concatenations = 2.0;
    rf = rf_of(&p);
    assert_rel(rf.b1_squared_T2_s, 6.0 * energy_of(&pulse), 1e-13);
    mrse_protocol_rf_clear(&rf);
    p.simultaneous = 3.0; /* two excitations of three slices each */
    rf = rf_of(&p);
    assert_rel(rf.b1_squared_T2_s, 2.0 * 3.0 * energy_of(&pulse), 1e-13);
    mrse_protocol_rf_clear(&rf);
    p.three_d = true;
    p.simultaneous = 1.0;
    p.slices = (double)NAN;
    rf = rf_of(&p);
    assert_rel(rf.b1_squared_T2_s, energy_of(&pulse), 1e-13);
    mrse_protocol_rf_clear(&rf);
}

static void mprage__lines_of_a_cycle__all_count(void **state)
{
    mrse_protocol_pulse pulse[2] = {pulse_of(MRSE_PULSE_INVERSION, 180.0, 5e-3),
                                    pulse_of(MRSE_PULSE_EXCITATION, 9.0, 1e-3)};
    mrse_protocol p = protocol_of(MRSE_FAMILY_GRE, pulse, 2);
    mrse_protocol_rf rf;

    (void)state;
    p.three_d = true;
    refuses(&p, "lines in a cycle");
    p.etl = 176.0;
    rf = rf_of(&p);
    assert_rel(rf.b1_squared_T2_s, energy_of(&pulse[0]) + 176.0 * energy_of(&pulse[1]), 1e-13);
    mrse_protocol_rf_clear(&rf);
}

/* 10 s hold three cycles of 3 s and one more inversion. */
static void window__long_tr__is_above_the_mean(void **state)
{
    mrse_protocol_pulse pulse = pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3);
    mrse_protocol p = protocol_of(MRSE_FAMILY_GRE, &pulse, 1);
    mrse_protocol_rf rf;

    (void)state;
    p.three_d = true;
    p.tr.v = 3.0;
    rf = rf_of(&p);
    assert_rel(rf.rms_window_T, sqrt(4.0 * energy_of(&pulse) / 10.0), 1e-9);
    assert_true(rf.rms_window_T > rf.rms_T);
    mrse_protocol_rf_clear(&rf);
    p.tr.v = 0.005;
    rf = rf_of(&p);
    assert_rel(rf.rms_window_T, rf.rms_T, 1e-9);
    mrse_protocol_rf_clear(&rf);
}

static void train__angles_of_its_own__are_added(void **state)
{
    mrse_value angle[3] = {exact(MRSE_PI, MRSE_KIND_ANGLE), exact(2.0, MRSE_KIND_ANGLE),
                           exact(1.0, MRSE_KIND_ANGLE)};
    mrse_protocol_pulse pulse[2] = {pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3),
                                    pulse_of(MRSE_PULSE_REFOCUSING, 180.0, 2e-3)};
    mrse_protocol p = protocol_of(MRSE_FAMILY_TSE, pulse, 2);
    double one = energy_of(&pulse[1]) / (MRSE_PI * MRSE_PI);
    mrse_protocol_rf rf;

    (void)state;
    p.etl = 3.0;
    pulse[1].per = MRSE_PER_ECHO;
    pulse[1].train = angle;
    pulse[1].n_train = 3;
    pulse[1].flip = mrse_value_missing(MRSE_KIND_ANGLE);
    rf = rf_of(&p);
    assert_rel(rf.energy[1].b1_squared_T2_s, 12.0 * one * (MRSE_PI * MRSE_PI + 4.0 + 1.0), 1e-13);
    /* and what it was worked out from: the largest angle, the squares of all relative to it */
    const mrse_pulse_energy *e = &rf.energy[1];
    assert_int_equal(e->way, MRSE_PULSE_BY_FLIP);
    assert_rel(e->flip_rad, MRSE_PI, 0.0);
    assert_rel(e->flip_square, (1.0 + 5.0 / (MRSE_PI * MRSE_PI)) / 3.0, 1e-13);
    assert_rel(e->per_tr * e->power * e->b1_flip_T * e->b1_flip_T * 2e-3 * e->flip_square,
               e->b1_squared_T2_s, 1e-13);
    mrse_protocol_rf_clear(&rf);
    p.etl = 4.0;
    refuses(&p, "one angle for each echo");
}

static void stated_peak__fixes_the_scale(void **state)
{
    mrse_protocol_pulse pulse = pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3);
    mrse_protocol p = protocol_of(MRSE_FAMILY_GRE, &pulse, 1);
    mrse_rf_factors f;
    mrse_protocol_rf rf;

    (void)state;
    assert_int_equal(mrse_rf_pulse_factors(&hann_sinc, &f), MRSE_OK);
    pulse.b1_peak = exact(12e-6, MRSE_KIND_B1_PEAK);
    rf = rf_of(&p);
    assert_rel(rf.b1_squared_T2_s, 12.0 * 144e-12 * f.power * 2e-3, 1e-13);
    assert_rel(rf.peak_T, 12e-6, 0.0);
    assert_int_equal(rf.energy[0].way, MRSE_PULSE_BY_PEAK_AND_SHAPE);
    assert_rel(rf.energy[0].mean, f.amplitude, 1e-13);
    assert_rel(rf.energy[0].power, f.power, 1e-13);
    assert_abs(rf.u_relative, 0.005, 1e-12);
    mrse_protocol_rf_clear(&rf);
    /* without its shape: within 2u of the truth for this one */
    pulse.b1_peak.v = 11.596e-6;
    pulse.has_shape = false;
    rf = rf_of(&p);
    assert_abs(rf.b1_squared_T2_s / (12.0 * 53.536344e-15), 1.0, 4.0 * rf.u_relative);
    assert_int_equal(rf.energy[0].way, MRSE_PULSE_BY_PEAK);
    assert_rel(rf.energy[0].b1_flip_T, 0.25 / (MRSE_GAMMA_HZ_T * 2e-3), 1e-13);
    assert_true(isnan(rf.energy[0].power));
    mrse_protocol_rf_clear(&rf);
    pulse.b1_peak.v = 1e-6;
    refuses(&p, "too low");
    pulse.b1_peak.v = (double)NAN;
    refuses(&p, "neither its shape nor its peak");
}

static void unknown_u__stays_unknown(void **state)
{
    mrse_protocol_pulse pulse = pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3);
    mrse_protocol p = protocol_of(MRSE_FAMILY_GRE, &pulse, 1);
    mrse_protocol_rf rf;

    (void)state;
    pulse.flip.u = (double)NAN;
    rf = rf_of(&p);
    assert_true(isnan(rf.u_relative));
    mrse_protocol_rf_clear(&rf);
}

static void what_is_missing__is_named(void **state)
{
    mrse_protocol_pulse pulse[2] = {pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3),
                                    pulse_of(MRSE_PULSE_REFOCUSING, 180.0, 2e-3)};
    mrse_protocol p = protocol_of(MRSE_FAMILY_TSE, pulse, 2);
    mrse_protocol_rf rf;

    (void)state;
    refuses(&p, "number of echoes");
    p.etl = 16.0;
    refuses(&p, "fewer refocusing pulses");
    pulse[1].per = MRSE_PER_ECHO;
    p.adiabatic_or_verse = true;
    refuses(&p, "adiabatic");
    p.adiabatic_or_verse = false;
    p.tr.v = (double)NAN;
    refuses(&p, "TR is not stated");
    p.tr.v = 0.1;
    refuses(&p, "longer than TR");
    p.tr.v = 2.0;
    p.slices = (double)NAN;
    refuses(&p, "slices");
    p.slices = 12.0;
    p.n_pulses = 1;
    refuses(&p, "no refocusing");
    p.n_pulses = 0;
    refuses(&p, "no excitation");
    p.n_pulses = 2;
    p.ti = exact(0.2, MRSE_KIND_TIME);
    refuses(&p, "no inversion");
    p.ti.v = (double)NAN;
    p.family = MRSE_FAMILY_UNKNOWN;
    refuses(&p, "family");
    assert_int_equal(mrse_protocol_rf_of(NULL, &rf), MRSE_ERR_ARG);
    assert_int_equal(mrse_protocol_rf_of(&p, NULL), MRSE_ERR_ARG);
    mrse_protocol_rf_clear(NULL);
}

static mrse_status work(void *context)
{
    mrse_protocol_rf rf;
    mrse_status status = mrse_protocol_rf_of(context, &rf);

    mrse_protocol_rf_clear(&rf);
    return status;
}

static void no_memory__is_said(void **state)
{
    mrse_protocol_pulse pulse = pulse_of(MRSE_PULSE_EXCITATION, 90.0, 2e-3);
    mrse_protocol p = protocol_of(MRSE_FAMILY_GRE, &pulse, 1);

    (void)state;
    assert_true(oom_exhaust(work, &p) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tse__lower_refocusing__follows_the_measured_series),
        cmocka_unit_test(counts__slices_passes_bands__as_played),
        cmocka_unit_test(mprage__lines_of_a_cycle__all_count),
        cmocka_unit_test(window__long_tr__is_above_the_mean),
        cmocka_unit_test(train__angles_of_its_own__are_added),
        cmocka_unit_test(stated_peak__fixes_the_scale),
        cmocka_unit_test(unknown_u__stays_unknown),
        cmocka_unit_test(what_is_missing__is_named),
        cmocka_unit_test(no_memory__is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

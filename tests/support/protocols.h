/* Protocols for tests: blank, with nothing stated; a T2-weighted TSE; a diffusion-weighted EPI. Their
 * arrays are static: one of each at a time, never cleared.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_PROTOCOLS_H
#define MRSE_TEST_PROTOCOLS_H

#include <math.h>
#include <string.h>

#include "mrse/mrse.h"

#define DEGREE (MRSE_PI / 180.0)

static inline mrse_value protocols_value(double v, mrse_kind kind)
{
    return (mrse_value){
        .v = v, .kind = kind, .origin = MRSE_ORIGIN_CONSOLE, .basis = MRSE_BASIS_DECLARED};
}

static inline void protocols_no_numbers(mrse_protocol *p)
{
    mrse_reported *r = &p->reported;

    p->etl = p->centre_echo = p->slices = p->concatenations = p->averages = p->volumes =
        p->dummies = p->matrix_read = p->matrix_phase = p->partitions = p->phase_oversampling =
            p->acceleration_phase = p->acceleration_slice = p->reference_lines = p->g_factor =
                p->partial_phase = p->partial_slice = NAN;
    p->simultaneous = 1.0;
    r->b1_rms = mrse_value_missing(MRSE_KIND_B1_RMS);
    r->b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    r->sar_whole_body = mrse_value_missing(MRSE_KIND_SAR_WHOLE_BODY);
    r->sar_partial_body = mrse_value_missing(MRSE_KIND_SAR_PARTIAL_BODY);
    r->sar_head = mrse_value_missing(MRSE_KIND_SAR_HEAD);
    r->sar_local = mrse_value_missing(MRSE_KIND_SAR_LOCAL);
    r->sed = mrse_value_missing(MRSE_KIND_SED);
    r->dbdt = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    r->stimulation = mrse_value_missing(MRSE_KIND_RATIO);
    r->slew = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
    r->gradient = mrse_value_missing(MRSE_KIND_GRADIENT);
    r->scan_time = mrse_value_missing(MRSE_KIND_TIME);
    r->acoustic = mrse_value_missing(MRSE_KIND_SOUND_LEVEL);
    r->patient_mass = mrse_value_missing(MRSE_KIND_MASS);
}

static inline mrse_protocol protocols_blank(void)
{
    mrse_protocol p;

    memset(&p, 0, sizeof p);
    protocols_no_numbers(&p);
    p.b0 = mrse_value_missing(MRSE_KIND_B0);
    p.tr = p.te = p.ti = p.esp = mrse_value_missing(MRSE_KIND_TIME);
    p.b_value = mrse_value_missing(MRSE_KIND_B_VALUE);
    p.fov_read = p.fov_phase = p.thickness = p.gap = mrse_value_missing(MRSE_KIND_LENGTH);
    p.bandwidth = mrse_value_missing(MRSE_KIND_FREQUENCY);
    p.gradient_amplitude = mrse_value_missing(MRSE_KIND_GRADIENT);
    p.gradient_slew = mrse_value_missing(MRSE_KIND_SLEW_SEQUENCE);
    return p;
}

static inline mrse_protocol_pulse protocols_pulse(mrse_pulse_role role, double flip_deg,
                                                  double duration_s, mrse_pulse_per per)
{
    mrse_protocol_pulse p;

    memset(&p, 0, sizeof p);
    p.role = role;
    p.flip = protocols_value(flip_deg * DEGREE, MRSE_KIND_ANGLE);
    p.duration = protocols_value(duration_s, MRSE_KIND_TIME);
    p.has_shape = true;
    p.shape = (mrse_rf_shape){
        .form = MRSE_RF_SINC, .time_bandwidth = 2.7, .apodisation = MRSE_RF_WINDOW_HANN};
    p.b1_peak = mrse_value_missing(MRSE_KIND_B1_PEAK);
    p.count = 1.0;
    p.per = per;
    p.bands = 1.0;
    return p;
}

static inline void protocols_brain(mrse_protocol *p)
{
    p->b0 = protocols_value(1.5, MRSE_KIND_B0);
    p->region = MRSE_REGION_HEAD;
    p->averages = 1.0;
    p->concatenations = 1.0;
    p->slices = 24.0;
    p->matrix_read = p->matrix_phase = 256.0;
    p->fov_read = p->fov_phase = protocols_value(0.23, MRSE_KIND_LENGTH);
    p->thickness = protocols_value(0.005, MRSE_KIND_LENGTH);
    p->bandwidth = protocols_value(200.0, MRSE_KIND_FREQUENCY);
}

/* 24 slices in 4 s, 16 echoes of 10 ms, 180 deg: B1+rms well above 3 uT. */
static inline mrse_protocol protocols_tse(void)
{
    static mrse_protocol_pulse pulse[2];
    mrse_protocol p = protocols_blank();

    protocols_brain(&p);
    p.family = MRSE_FAMILY_TSE;
    p.tr = protocols_value(4.0, MRSE_KIND_TIME);
    p.te = protocols_value(0.1, MRSE_KIND_TIME);
    p.esp = protocols_value(0.01, MRSE_KIND_TIME);
    p.etl = 16.0;
    p.order = 1 + (int)MRSE_PHASE_LINEAR;
    pulse[0] = protocols_pulse(MRSE_PULSE_EXCITATION, 90.0, 2.5e-3, MRSE_PER_SHOT);
    pulse[1] = protocols_pulse(MRSE_PULSE_REFOCUSING, 180.0, 2.5e-3, MRSE_PER_ECHO);
    p.pulse = pulse;
    p.n_pulses = 2;
    return p;
}

/* Diffusion lobes at 30 mT/m and 100 T/m/s, an alternating readout at 180 T/m/s. */
static inline mrse_protocol protocols_dwi(void)
{
    static mrse_protocol_pulse pulse[2];
    static mrse_protocol_lobe lobe[2];
    mrse_protocol p = protocols_blank();

    protocols_brain(&p);
    p.family = MRSE_FAMILY_DWI;
    p.tr = protocols_value(6.0, MRSE_KIND_TIME);
    p.te = protocols_value(0.08, MRSE_KIND_TIME);
    p.esp = protocols_value(0.7e-3, MRSE_KIND_TIME);
    p.etl = p.matrix_read = p.matrix_phase = 128.0;
    p.acceleration_phase = 2.0;
    p.partial_phase = 0.75;
    p.bandwidth = protocols_value(1800.0, MRSE_KIND_FREQUENCY);
    p.b_value = protocols_value(1e9, MRSE_KIND_B_VALUE);
    p.volumes = 4.0;
    pulse[0] = protocols_pulse(MRSE_PULSE_EXCITATION, 90.0, 3e-3, MRSE_PER_SHOT);
    pulse[1] = protocols_pulse(MRSE_PULSE_REFOCUSING, 180.0, 4e-3, MRSE_PER_SHOT);
    p.pulse = pulse;
    p.n_pulses = 2;
    memset(lobe, 0, sizeof lobe);
    lobe[0].axis = MRSE_GRADIENT_ANY;
    lobe[0].amplitude = protocols_value(0.03, MRSE_KIND_GRADIENT);
    lobe[0].slew = protocols_value(100.0, MRSE_KIND_SLEW_SEQUENCE);
    lobe[0].ramp = mrse_value_missing(MRSE_KIND_TIME);
    lobe[0].flat = protocols_value(0.02, MRSE_KIND_TIME);
    lobe[0].alternating = 1.0;
    lobe[1] = lobe[0];
    lobe[1].amplitude = protocols_value(0.025, MRSE_KIND_GRADIENT);
    lobe[1].slew = protocols_value(180.0, MRSE_KIND_SLEW_SEQUENCE);
    lobe[1].flat = protocols_value(0.42e-3, MRSE_KIND_TIME);
    lobe[1].alternating = 48.0;
    p.lobe = lobe;
    p.n_lobes = 2;
    p.gradient_slew = protocols_value(180.0, MRSE_KIND_SLEW_SEQUENCE);
    p.gradient_amplitude = protocols_value(0.03, MRSE_KIND_GRADIENT);
    return p;
}

#endif

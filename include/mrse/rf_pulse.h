/* RF pulse shapes: peak B1 and the integral of B1 squared, from flip angle and duration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RF_PULSE_H
#define MRSE_RF_PULSE_H

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_RF_PULSE "rf-pulse-shape"

/* Proton gyromagnetic ratio over 2 pi, CODATA 2018. Pulseq tools use 42.576e6, 3.5e-5 less. */
#define MRSE_GAMMA_HZ_T 42.577478518e6

typedef enum mrse_rf_form {
    MRSE_RF_HARD = 0,  /* rectangle */
    MRSE_RF_SINC,      /* time_bandwidth, apodisation */
    MRSE_RF_GAUSS,     /* truncated at `sigmas` standard deviations on either side */
    MRSE_RF_HANN,      /* one period of a raised cosine */
    MRSE_RF_HALF_SINE, /* one lobe of a cosine */
    MRSE_RF_TRIANGLE,
    MRSE_RF_FERMI, /* 1 / (1 + exp((|t| - flat T) / (edge T))) */
} mrse_rf_form;

#define MRSE_RF_WINDOW_NONE    0.0
#define MRSE_RF_WINDOW_HANN    0.5
#define MRSE_RF_WINDOW_HAMMING 0.46

/* What a form does not use is not looked at. */
typedef struct mrse_rf_shape {
    mrse_rf_form form;
    double time_bandwidth; /* sinc: duration times bandwidth, 0.1 ... 100 */
    double apodisation;    /* sinc: a of the window 1 - a + a cos(2 pi t / T), 0 ... 0.5 */
    double sigmas;         /* Gauss: half of the duration in standard deviations, 0.1 ... 20 */
    double flat, edge; /* Fermi: as shares of the duration, flat 0 ... 0.5, edge 0.002 ... 0.5 */
} mrse_rf_shape;

typedef struct mrse_rf_factors {
    double amplitude;   /* mean of B1 over its peak: 1 for a rectangle */
    double power;       /* mean of B1 squared over its peak squared */
    double peak_ratio;  /* peak B1 over that of a rectangle of the same flip angle and duration */
    double power_ratio; /* integral of B1 squared over that of such a rectangle */
} mrse_rf_factors;

typedef struct mrse_rf_exposure {
    double b1_peak_T;
    double b1_squared_T2_s; /* integral over the pulse */
    double b1_rms_T;        /* over the pulse itself */
} mrse_rf_exposure;

/** The factors of a pulse shape.
 *  Returned  factors  zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, unknown form, a parameter that is not finite) |
 *            MRSE_ERR_RANGE (a parameter outside what mrse_rf_shape says; a shape whose lobes cancel:
 *            a mean below 1e-3 of the peak, where the flip angle does not say what B1 is)
 *  Accuracy  1e-12 relative, 1e-10 with Fermi edges below 0.01; Gauss-Legendre quadrature of five nodes
 *            on 32 to 1024 intervals
 *  Valid     one real envelope, no frequency modulation (adiabatic pulses), no VERSE; vendors' pulses
 *            of these names may differ: the console's own value goes before
 *  Source    definitions; mean and mean square after G. B. Matson, Magn. Reson. Imaging 12 (1994)
 *            1205
 *  Tests     tests/unit/test_rf_pulse.c */
mrse_status mrse_rf_pulse_factors(const mrse_rf_shape *shape,
                                  mrse_rf_factors *factors) MRSE_MUST_USE;

/** Peak B1+ and integral of B1+ squared of a pulse.
 *  Given     flip_rad    of the nominal flip angle, on resonance, >= 0
 *            duration_s  > 0
 *            gamma_Hz_T  MRSE_GAMMA_HZ_T, or what another tool used
 *  Returned  exposure    zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not finite) | MRSE_ERR_RANGE (negative flip angle, duration
 *            or gamma not positive; as mrse_rf_pulse_factors)
 *  Accuracy  1e-12 relative, for the gamma given
 *  Valid     circularly polarised component B1+ that turns the spins; as mrse_rf_pulse_factors
 *  Source    flip angle = 2 pi gamma times the integral of B1
 *  Tests     tests/unit/test_rf_pulse.c */
mrse_status mrse_rf_pulse_exposure(const mrse_rf_shape *shape, double flip_rad, double duration_s,
                                   double gamma_Hz_T, mrse_rf_exposure *exposure) MRSE_MUST_USE;

/** B1+rms of pulses over a time: sqrt(integral / time).
 *  Given     b1_squared_T2_s  summed over all pulses of that time, >= 0
 *            time_s           > 0
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE
 *  Tests     tests/unit/test_rf_pulse.c */
mrse_status mrse_rf_b1_rms(double b1_squared_T2_s, double time_s, double *b1_rms_T) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

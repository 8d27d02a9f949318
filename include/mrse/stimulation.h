/* Stimulation by switched gradients: the law of rheobase and chronaxie, the SAFE model, the
 * convolution model. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_STIMULATION_H
#define MRSE_STIMULATION_H

#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MRSE_AXES = 3, MRSE_SAFE_FILTERS = 3 };

typedef struct mrse_safe_axis {
    double tau_s[MRSE_SAFE_FILTERS], a[MRSE_SAFE_FILTERS];
    double limit_T_m_s, g_scale;
} mrse_safe_axis;

/* Of one gradient system; a vendor's numbers are in the scanner's own files. */
typedef struct mrse_safe_hardware {
    const char *name;
    mrse_safe_axis axis[MRSE_AXES];
} mrse_safe_hardware;

/* The invented hardware that the published model comes with: no scanner's numbers. */
extern const mrse_safe_hardware mrse_safe_example_peripheral, mrse_safe_example_cardiac;

typedef struct mrse_safe_filter {
    double alpha, keep, weight; /* y = alpha x + keep y; weight as a fraction of the limit */
} mrse_safe_filter;

/* A running SAFE prediction: O(1) memory whatever the length. Read `peak` at any time. */
typedef struct mrse_safe {
    mrse_safe_filter filter[MRSE_AXES][MRSE_SAFE_FILTERS];
    double y[MRSE_AXES][MRSE_SAFE_FILTERS];
    double peak2;
    double peak;                 /* root of the sum over axes of squares, fraction of the limit */
    double peak_axis[MRSE_AXES]; /* the largest of each axis, at whatever time */
    double
        peak_part[MRSE_AXES]; /* each axis at the time of the peak: peak2 is their squares' sum */
    size_t at, n;             /* sample of the peak, samples fed */
} mrse_safe;

/** Begin a SAFE prediction at rest.
 *  Given     hardware   time constants > 0, limits > 0, weights and scales >= 0
 *            dt_s       sampling interval, s
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Source    F. Hebrank, M. Gebhardt, SAFE model, Proc. ISMRM 8, 2000, 2007; filters as in
 *            filip-szczepankiewicz/safe_pns_prediction, commit 0774e805
 *  Tests     tests/unit/test_exposure_stimulation.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_safe_begin(mrse_safe *safe, const mrse_safe_hardware *hardware,
                            double dt_s) MRSE_MUST_USE;
/** Feed n samples of one slew rate; NaN makes the peak NaN.
 *  Accuracy  relative 1e-12 of the filters' own definition, n in any pieces
 *  Tests     tests/unit/test_exposure_stimulation.c */
void mrse_safe_feed(mrse_safe *safe, const double slew_T_m_s[MRSE_AXES], size_t n);

typedef struct mrse_gradient_coil {
    const char *name;
    double rheobase_T_s, chronaxie_s, alpha_m; /* alpha: dB/dt of a slew rate, m */
} mrse_gradient_coil;

/** Coils of the convolution model, as published with it; NULL when there is none of this name.
 *  Source    toppeMRI/toppe, +toppe/pns.m: xrmw xrm whole zoom hrmb hrmw magnus
 *  Tests     tests/unit/test_exposure_stimulation.c */
const mrse_gradient_coil *mrse_gradient_coil_find(const char *name);

#define MRSE_CONVOLUTION_KERNEL_S 0.02 /* for sequences: older slew moves the peak by < 0.1 % */

typedef struct mrse_convolution mrse_convolution;

typedef struct mrse_convolution_peak {
    double peak, peak_axis[MRSE_AXES]; /* fraction of the threshold */
    double peak_part[MRSE_AXES];       /* each axis at the time of the peak */
    size_t at, n;
} mrse_convolution_peak;

/** Begin a prediction R = 1/SRmin sum SR(t') c dt / (c + t - t')^2, SRmin = rheobase / alpha.
 *  Given     kernel_s   double   slew older than this is left out; the published model leaves out
 *                                nothing: as long as the waveform, then
 *  Returned  out        owned by the caller (mrse_convolution_free)
 *  Status    MRSE_OK | MRSE_ERR_ARG (also: a kernel of no or more than 2^20 samples) |
 *            MRSE_ERR_NOMEM
 *  Source    toppeMRI/toppe, +toppe/pns.m ("DIN EN 60601-2-33"; the standard was not read)
 *  Tests     tests/unit/test_exposure_stimulation.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_convolution_begin(const mrse_gradient_coil *coil, double dt_s, double kernel_s,
                                   mrse_convolution **out) MRSE_MUST_USE;
/** Feed n samples of one slew rate.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_exposure_stimulation.c */
mrse_status mrse_convolution_feed(mrse_convolution *convolution, const double slew_T_m_s[MRSE_AXES],
                                  size_t n) MRSE_MUST_USE;
/** The largest so far. */
mrse_convolution_peak mrse_convolution_get(const mrse_convolution *convolution);
/** Free a prediction; NULL is fine. */
void mrse_convolution_free(mrse_convolution *convolution);

/* Constants of the limits whose text could not be read: shown as such wherever they are used. */
#define MRSE_IEC_RHEOBASE_T_S  20.0
#define MRSE_IEC_CHRONAXIE_S   0.36e-3
#define MRSE_IEC_NORMAL        0.8 /* of the first level's limit */
#define MRSE_IEC_CARDIAC_T_S   20.0
#define MRSE_IEC_CARDIAC_TAU_S 3e-3

/** The dB/dt at which stimulation sets in: rheobase (1 + chronaxie / ts).
 *  Given     ts_s    duration of the change of field, s, > 0
 *  Returned  T/s; NaN when an argument is not finite or not > 0
 *  Valid     a single change of field, or repeated ones far apart; constants [untraced]
 *  Tests     tests/unit/test_exposure_stimulation.c */
double mrse_stimulation_dbdt_T_s(double rheobase_T_s, double chronaxie_s, double ts_s);
/** The limit of dB/dt against cardiac stimulation: 20 T/s / (1 - exp(-ts / 3 ms)).
 *  Returned  T/s; NaN as above
 *  Valid     constants [untraced]; agrees with M. Klein's figures to the digits given
 *  Tests     tests/unit/test_exposure_stimulation.c */
double mrse_stimulation_cardiac_T_s(double ts_s);

#ifdef __cplusplus
}
#endif
#endif

/* RF exposure of a protocol: B1+rms and B1+ peak from pulse shapes, flip angles and timing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_RF_H
#define MRSE_PROTOCOL_RF_H

#include "mrse/b1.h"
#include "mrse/protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the energy of a pulse was worked out from. */
typedef enum mrse_pulse_way {
    MRSE_PULSE_BY_FLIP = 0,       /* bands × power × b1_flip_T² × duration */
    MRSE_PULSE_BY_PEAK_AND_SHAPE, /* power × (stated peak)² × duration */
    MRSE_PULSE_BY_PEAK, /* MRSE_PULSE_PEAK_ENERGY × stated peak × b1_flip_T × duration, no more than
                         * a rectangle's of that peak */
} mrse_pulse_way;

#define MRSE_PULSE_PEAK_ENERGY 0.86

/* One line of working: what a kind of pulse adds in one TR. */
typedef struct mrse_pulse_energy {
    const mrse_protocol_pulse *pulse; /* borrowed */
    mrse_pulse_way way;
    double bands;
    double mean, power; /* of the shape, over its peak and its peak squared; NaN: no shape */
    double flip_rad;    /* the largest of its train; NaN when not stated */
    double b1_flip_T; /* amplitude of one band that turns by this; without a shape a rectangle's */
    double flip_square; /* mean over the train of (angle / flip_rad) squared; 1 without a train */
    double per_tr;      /* how many in one TR */
    double b1_peak_T;   /* of the largest of them */
    double b1_squared_T2_s; /* of all of them in one TR */
    double u_relative;      /* of the energy: what is known of the shape */
} mrse_pulse_energy;

/* Every number is NaN when it is not known. */
typedef struct mrse_protocol_rf {
    char refused[192];         /* why it cannot be told; "" when it can */
    double slots;              /* how many times slices are excited in one TR */
    mrse_pulse_energy *energy; /* one for each pulse of the protocol; owned */
    size_t n_energies;
    double b1_squared_T2_s; /* in one TR */
    double rms_T;           /* over one TR: the steady state */
    double rms_window_T;    /* the worst 10 s of it */
    double peak_T;
    double u_relative; /* standard uncertainty of rms_T, rms_window_T: half of the energy's */
} mrse_protocol_rf;

/** B1+rms and peak of a protocol in the steady state.
 *  Given     protocol
 *  Returned  out   free with mrse_protocol_rf_clear; `refused` says which pulse or time is missing
 *  Status    MRSE_OK (also when refused) | MRSE_ERR_ARG | MRSE_ERR_RANGE | MRSE_ERR_NOMEM
 *  Accuracy  u_relative, from what is known of shapes, flip angles and durations; NaN when one of
 *            these has no u. Sums and windows 1e-6
 *  Valid     slices evenly spread over TR; passes that are not stated count as one, the most RF.
 *            GRE and bSSFP: one excitation for each TR and slice, but for the lines of a cycle
 *            behind an inversion or a preparation. Refused: adiabatic pulses, VERSE, a pulse without
 *            shape and peak, a family without the pulses it needs
 *  Source    definition; mrse_b1_compute for the worst 10 s
 *  Tests     tests/unit/test_protocol_rf.c */
mrse_status mrse_protocol_rf_of(const mrse_protocol *protocol, mrse_protocol_rf *out) MRSE_MUST_USE;
void mrse_protocol_rf_clear(mrse_protocol_rf *rf);

#ifdef __cplusplus
}
#endif
#endif

/* RF exposure of a sequence: B1+ peak, B1+rms over the whole and over the worst 10 s.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_B1_H
#define MRSE_B1_H

#include "mrse/pulseq.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Pulseq gives amplitudes in Hz; its own tools divide by the first, CODATA 2018 (proton, free) is
 * the second, 3.5e-5 higher. */
#define MRSE_GAMMA_PULSEQ_HZ_T 42.576e6
#define MRSE_GAMMA_CODATA_HZ_T 42.577478518e6
#define MRSE_B1_WINDOW_S       10.0

/* Every number is NaN when it is not known. */
typedef struct mrse_b1_exposure {
    char refused[192]; /* why B1+ cannot be told from this file; "" when it can */
    double gamma_Hz_T, window_s;
    size_t n_pulses;
    double on_time_s;
    double peak_T;
    double integral_Hz2_s, integral_T2_s; /* of B1+ squared, over the sequence */
    double rms_T;                         /* over the whole sequence */
    double rms_window_T, window_at_s;     /* the worst window inside it, and where that begins;
                                           * NaN when the sequence is shorter */
    double rms_periodic_T;                /* the worst window of the sequence played back to back */
    double rms_padded_T;                  /* of a shorter one, with silence around it */
} mrse_b1_exposure;

/** The RF exposure of a sequence.
 *  Given     gamma_Hz_T   double   > 0
 *            window_s     double   length of the sliding window, s, > 0
 *  Returned  out          `refused` says why when several transmit channels make the file's
 *                         amplitudes something else than B1+
 *  Status    MRSE_OK (also when refused) | MRSE_ERR_ARG | MRSE_ERR_LIMIT (too many samples) |
 *            MRSE_ERR_RANGE (overflows) | MRSE_ERR_NOMEM
 *  Accuracy  relative 1e-12; the maximum over windows is exact, not sampled: between two samples of
 *            the pulses at its ends the energy of a window is a polynomial, whose maximum is taken
 *  Valid     one transmit channel, amplitude as played by the scanner at the calibrated place
 *  Source    Pulseq specification 1.5.1, 2.6; B1+rms over any 10 s: IEC 60601-2-33 (D. McRobbie's
 *            account of it; the standard's own text was not read)
 *  Tests     tests/unit/test_exposure_b1.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_b1_compute(const mrse_pulseq *sequence, double gamma_Hz_T, double window_s,
                            mrse_b1_exposure *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

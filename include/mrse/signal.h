/* Signal equations: the steady-state signal of a sequence family for one T1 and T2.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SIGNAL_H
#define MRSE_SIGNAL_H

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_SIGNAL "image-signal"

/* Relaxation of one tissue. INFINITY: none. 0 < T1, 0 < T2 <= 2 T1. */
typedef struct mrse_relaxation {
    double t1_s, t2_s;
} mrse_relaxation;

/* Excitation, refocusing pulse at TE/2, echo at TE; with an inversion, TI before the excitation. */
typedef struct mrse_spin_echo {
    double tr_s, te_s, excitation_rad, refocusing_rad;
    double ti_s, inversion_rad; /* inversion_rad 0: none, and then TI is not used */
} mrse_spin_echo;

typedef struct mrse_gradient_echo {
    double tr_s, te_s, flip_rad;
} mrse_gradient_echo;

/* A 180 deg inversion, TI, a 90 deg excitation, and a readout that leaves no Mz at its end. */
typedef struct mrse_inversion {
    double tr_s, ti_s, te_s;
    double readout_s; /* from excitation to the last pulse of the readout; 0: short against T1 */
} mrse_inversion;

/** Signal of a spin echo, with or without inversion: any flip angles, one slice.
 *  Given     relaxation  of the tissue
 *  Returned  signal      of M0 = 1, signed: negative before the null of an inversion; zero on
 *                        failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, a number that is not finite) | MRSE_ERR_RANGE (a time
 *            that is not positive, TE + TI > TR, TE/2 > TR, T2 > 2 T1)
 *  Accuracy  1e-14 absolute against the Bloch equations
 *  Valid     transverse magnetisation is gone at the next pulse (spoiled, or TR >> T2), ideal
 *            crushers: only what the refocusing pulse refocuses, sin^2 of its half, makes the echo;
 *            pulses short against T2; on resonance; slice profiles are not included
 *  Source    Bloch equations, closed form; with 90 and 180 degrees: E. M. Haacke and others, Magnetic
 *            Resonance Imaging, Physical Principles and Sequence Design, 1999, chapter 8
 *  Tests     tests/unit/test_signal.c */
mrse_status mrse_signal_spin_echo(const mrse_spin_echo *sequence, const mrse_relaxation *relaxation,
                                  double *signal) MRSE_MUST_USE;

/** Signal of a gradient echo whose transverse magnetisation is spoiled perfectly (FLASH, SPGR).
 *  Given     relaxation  t2_s is T2*, which no table of T2 gives: with T2 it is an upper bound
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (times not positive, TE > TR, T2 > 2 T1)
 *  Accuracy  1e-14 absolute against the equation
 *  Valid     perfect spoiling; RF spoiling by 117 deg is 1 to 4 % away from it: see
 *            mrse_epg_gradient_train
 *  Source    R. R. Ernst and W. A. Anderson, Rev. Sci. Instrum. 37 (1966) 93
 *  Tests     tests/unit/test_signal.c */
mrse_status mrse_signal_spoiled(const mrse_gradient_echo *sequence,
                                const mrse_relaxation *relaxation, double *signal) MRSE_MUST_USE;

/** Signal of a balanced gradient echo (bSSFP, TrueFISP, FIESTA), alternating pulses.
 *  Status    as mrse_signal_spoiled
 *  Accuracy  1e-14 absolute against the equation
 *  Valid     on resonance, pulses alternating by 180 deg, T2 (not T2*) decay from pulse to TE
 *  Source    K. Scheffler and S. Lehnhardt, Eur. Radiol. 13 (2003) 2409
 *  Tests     tests/unit/test_signal.c */
mrse_status mrse_signal_balanced(const mrse_gradient_echo *sequence,
                                 const mrse_relaxation *relaxation, double *signal) MRSE_MUST_USE;

/** Signal of an inversion recovery with a readout (STIR, FLAIR): (1 - 2 exp(-TI/T1) +
 *  exp(-(TR - readout)/T1)) exp(-TE/T2), signed.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (times not positive, readout negative,
 *            TI + readout > TR, T2 > 2 T1)
 *  Accuracy  1e-14 absolute against the equation
 *  Valid     180 and 90 degrees, Mz = 0 at the end of the readout; other angles:
 *            mrse_signal_spin_echo, mrse_epg_steady_train
 *  Source    Bloch equations with Mz = 0 at the end of the readout; Haacke 1999, chapter 8
 *  Tests     tests/unit/test_signal.c */
mrse_status mrse_signal_inversion(const mrse_inversion *sequence, const mrse_relaxation *relaxation,
                                  double *signal) MRSE_MUST_USE;

/** The flip angle of the largest spoiled signal: arccos(exp(-TR/T1)).
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (a time that is not positive)
 *  Accuracy  1e-15 relative; Source: Ernst and Anderson 1966
 *  Tests     tests/unit/test_signal.c */
mrse_status mrse_signal_ernst_angle(double tr_s, double t1_s, double *flip_rad) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

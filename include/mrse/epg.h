/* Extended phase graphs: echoes of trains of RF pulses with any angles and phases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_EPG_H
#define MRSE_EPG_H

#include <stddef.h>

#include "mrse/signal.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_EPG "image-epg"

enum { MRSE_EPG_MAX_PULSES = 8192 };

typedef struct mrse_epg_pulse {
    double flip_rad, phase_rad; /* phase 0: about x; pi/2: about y, which turns +z to +x */
} mrse_epg_pulse;

/* Transverse magnetisation of M0 = 1. */
typedef struct mrse_transverse {
    double re, im;
} mrse_transverse;

/* Excitation, then every ESP a refocusing pulse; echoes lie half-way between. CPMG: excitation phase
 * pi/2, refocusing phases 0. */
typedef struct mrse_echo_train {
    mrse_epg_pulse excitation;
    const mrse_epg_pulse *refocusing; /* one for each echo; borrowed */
    size_t n;                         /* echoes */
    double esp_s;
    double b1_scale; /* actual over nominal flip angle, of all pulses; > 0 */
} mrse_echo_train;

/* Pulses of one angle every TR. The phase of pulse j = 0, 1, ... is j step + j (j+1)/2 increment. */
typedef struct mrse_gradient_train {
    double flip_rad;
    double phase_step_rad;   /* pi: alternating, as in bSSFP */
    double rf_increment_rad; /* 117 deg: RF spoiled; 0: not */
    double tr_s, te_s;       /* TE 0: right after the pulse */
    size_t n;                /* pulses */
    int dephasing;           /* 1: gradients dephase once each TR; 0: balanced, on resonance */
    double b1_scale;
} mrse_gradient_train;

/* A train that is repeated: what is left of Mz recovers until the next excitation. */
typedef struct mrse_repetition {
    double tr_s;                /* from excitation to excitation */
    double ti_s, inversion_rad; /* inversion_rad 0: none, and then TI is not used */
} mrse_repetition;

/** The echoes of one refocusing train.
 *  Given     mz_start  Mz before the excitation; 1 is equilibrium
 *  Returned  echo      n of them, echo k at (k+1) ESP; zero on failure
 *            mz_end    Mz at the last echo, averaged over the voxel; may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, n = 0, a number that is not finite) | MRSE_ERR_RANGE (ESP,
 *            B1 scale, T1 or T2 not positive, T2 > 2 T1) | MRSE_ERR_LIMIT (more than
 *            MRSE_EPG_MAX_PULSES) | MRSE_ERR_NOMEM
 *  Accuracy  1e-13 absolute against isochromats of the Bloch equations; states that can no longer come
 *            back to an echo are left out, which changes nothing; time grows with n^2
 *  Valid     the same crusher moment on both sides of each pulse, diffusion and flow not included,
 *            pulses short against T2, no slice profile, on resonance
 *  Source    M. Weigel, J. Magn. Reson. Imaging 41 (2015) 266
 *  Tests     tests/unit/test_epg.c */
mrse_status mrse_epg_echo_train(const mrse_echo_train *train, const mrse_relaxation *relaxation,
                                double mz_start, mrse_transverse *echo,
                                double *mz_end) MRSE_MUST_USE;

/** The echoes of a train that has been repeated until they no longer change: TSE, with or without
 *  inversion.
 *  Returned  echo      n of them; zero on failure
 *            mz        Mz before each excitation; may be NULL
 *  Status    as mrse_epg_echo_train; MRSE_ERR_RANGE also when TR < n ESP + TI
 *  Accuracy  as mrse_epg_echo_train: Mz before the excitation is solved for, not iterated
 *  Valid     as mrse_epg_echo_train; transverse magnetisation is spoiled after the last echo; no
 *            saturation by pulses of other slices (magnetisation transfer)
 *  Source    as mrse_epg_echo_train; Mz of one repetition is linear in that of the one before
 *  Tests     tests/unit/test_epg.c */
mrse_status mrse_epg_steady_train(const mrse_echo_train *train, const mrse_repetition *repetition,
                                  const mrse_relaxation *relaxation, mrse_transverse *echo,
                                  double *mz) MRSE_MUST_USE;

/** The signal of a gradient-echo train from equilibrium, pulse by pulse.
 *  Returned  echo      n of them, at TE after each pulse, in the phase of that pulse; zero on failure
 *  Status    as mrse_epg_echo_train; MRSE_ERR_RANGE also when TE < 0 or TE > TR; MRSE_ERR_ARG when
 *            dephasing is neither 0 nor 1
 *  Accuracy  as mrse_epg_echo_train
 *  Valid     as mrse_epg_echo_train; t2_s is T2: decay by T2* from pulse to TE is not included
 *  Source    Weigel 2015; RF spoiling: Y. Zur, M. L. Wood and L. J. Neuringer, Magn. Reson. Med. 21
 *            (1991) 251
 *  Tests     tests/unit/test_epg.c */
mrse_status mrse_epg_gradient_train(const mrse_gradient_train *train,
                                    const mrse_relaxation *relaxation,
                                    mrse_transverse *echo) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Inside RF exposure: the energy of pulses as a function of time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_B1_INTERNAL_H
#define MRSE_B1_INTERNAL_H

#include "mrse/b1.h"

/* Power c[0] + c[1] u + c[2] u^2 from t_ns on, u in ns since then; amplitude 1. */
typedef struct b1_piece {
    double t_ns, energy; /* energy of all before */
    double c[3];
} b1_piece;

/* The power of a pulse of amplitude 1: what pulses of the same shapes share. */
typedef struct b1_wave {
    int32_t magnitude, phase, time;
    int32_t next;    /* wave of the same magnitude shape */
    size_t piece, n; /* in the list of pieces */
    double duration_ns, energy, peak;
} b1_wave;

typedef struct b1_pulse {
    double start_ns, before; /* energy of all pulses before, Hz^2 ns */
    int32_t rf;
} b1_pulse;

typedef struct b1_work {
    const mrse_pulseq *seq;
    b1_wave *wave;
    size_t n_waves;
    int32_t *wave_of; /* of each RF event */
    b1_piece *piece;
    size_t n_pieces, cap_pieces;
    b1_pulse *pulse;
    size_t n_pulses;
    double energy; /* of all pulses, Hz^2 ns */
} b1_work;

/* b1_wave.c */
mrse_status mrse_b1_make_waves(b1_work *w) MRSE_MUST_USE;
/* Energy of a wave up to t_ns (clamped to the pulse), amplitude 1. */
double mrse_b1_energy(const b1_work *w, const b1_wave *wave, double t_ns);

/* b1_window.c: the largest energy in a window that begins in [0, last_ns]; periodic: the sequence
 * follows itself. */
double mrse_b1_window(const b1_work *w, double window_ns, double last_ns, double *at_ns);
/* The largest of E_b(t) - E_a(t) less its value at the start, t from 0 to h: pulse b has run since
 * b_ns, pulse a since a_ns. *at is where. */
double mrse_b1_gain(const b1_work *w, const b1_wave *a, double a_scale, double a_ns,
                    const b1_wave *b, double b_scale, double b_ns, double h, double *at);

#endif

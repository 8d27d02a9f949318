/* Inside RF of protocols: pulses with their energies, laid out in time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RF_INTERNAL_H
#define MRSE_RF_INTERNAL_H

#include "mrse/protocol_rf.h"

enum { RF_BLOCKS = 1 << 20 };

/* One kind of pulse of a protocol. */
typedef struct rf_part {
    double *energy_T2_s; /* one, or one for each echo of a train; owned */
    size_t n_energies;
    size_t times; /* for each slice, or in the TR */
    bool per_tr;
    double duration_s;
} rf_part;

typedef struct rf_timeline {
    mrse_pulseq seq; /* one TR; only its RF */
} rf_timeline;

/* How many times slices are excited in one TR; NaN when it is not known. rf_count.c */
double mrse_rf_slots(const mrse_protocol *p);
/* How often a pulse is played in each of them (in a TR); NaN when it is not known. */
double mrse_rf_times(const mrse_protocol *p, const mrse_protocol_pulse *pulse);
/* Slices that a pulse excites at once. */
double mrse_rf_bands(const mrse_protocol *p, const mrse_protocol_pulse *pulse);
/* Why the energy in a TR cannot be told from what is stated; NULL when it can. */
const char *mrse_rf_refusal(const mrse_protocol *p);

/* MRSE_ERR_RANGE: the pulses do not fit into the TR; MRSE_ERR_LIMIT: too many of them. */
mrse_status mrse_rf_timeline_make(const rf_part *part, size_t n, size_t slots, double tr_s,
                                  rf_timeline *line) MRSE_MUST_USE;
void mrse_rf_timeline_clear(rf_timeline *line);

#endif

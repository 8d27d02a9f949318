/* Between the energy of a protocol's pulses and when they are played.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_RF_INTERNAL_H
#define MRSE_PROTOCOL_RF_INTERNAL_H

#include "mrse/protocol_rf.h"

enum { MRSE_RF_PULSES = 200000 }; /* of one TR: more is a slip of the file */

/* How many shots (excitations of a slice or slab) one TR holds, and how many echoes each. 0: not
 * known, and `refused` of the result says why. */
typedef struct rf_rhythm {
    double shots, echoes;
} rf_rhythm;

/* How often a pulse is played in one TR. */
double mrse_rf_per_tr(const mrse_protocol_pulse *pulse, rf_rhythm rhythm);

/* B1+rms of the worst 10 s when the TR follows itself (rf_timeline.c); `refused` when the pulses do
 * not fit into the TR. */
mrse_status mrse_rf_window(const mrse_protocol *protocol, rf_rhythm rhythm,
                           mrse_protocol_rf *out) MRSE_MUST_USE;

#endif

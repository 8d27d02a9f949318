/* Between the tables of sequence files and their checks. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_SEQUENCE_INTERNAL_H
#define MRSE_SPEC_SEQUENCE_INTERNAL_H

#include "mrse/protocol.h"
#include "spec_internal.h"

extern const mrse_schema mrse_sequence_pulse, mrse_sequence_gradients, mrse_sequence_reported;

/* In the order of mrse_landmark_region, which begins with "not stated". */
extern const char *const mrse_sequence_regions[];

void mrse_sequence_finish_pulse(mrse_reader *r, const mrse_node *node, void *base);
void mrse_sequence_finish_lobe(mrse_reader *r, const mrse_node *node, void *base);
void mrse_sequence_finish_reported(mrse_reader *r, const mrse_node *node, void *base);
/* What stands in one block against what stands in another. */
void mrse_sequence_finish(mrse_reader *r, const mrse_node *node, void *base);
/* What one pulse asks of the rest of the protocol. */
void mrse_sequence_check_pulses(mrse_reader *r, const mrse_node *root, mrse_protocol *p);

#endif

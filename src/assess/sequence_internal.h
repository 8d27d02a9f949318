/* Between the parts of a sequence study. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEQUENCE_INTERNAL_H
#define MRSE_SEQUENCE_INTERNAL_H

#include "mrse/sequence_study.h"

/* One sequence: read, RF and gradients computed (sequence_input.c). */
mrse_status mrse_sequence_input_load(const char *path, const mrse_sequence_options *options,
                                     mrse_sequence_input *out, mrse_diags *diags) MRSE_MUST_USE;
void mrse_sequence_input_clear(mrse_sequence_input *input);

/* What differs (sequence_change.c), what the patient meets (sequence_rows.c), what IEC 60601-2-33
 * says to that (sequence_limits.c). */
mrse_status mrse_sequence_changes(mrse_sequence_study *study) MRSE_MUST_USE;
mrse_status mrse_sequence_rows(mrse_sequence_study *study) MRSE_MUST_USE;
mrse_status mrse_sequence_limits(mrse_sequence_study *study) MRSE_MUST_USE;
/* The working of all that (sequence_working.c). */
mrse_status mrse_sequence_working(mrse_sequence_study *study) MRSE_MUST_USE;

/* dB/dt of one input at a place from the isocentre (sequence_study.c). */
mrse_status mrse_sequence_dbdt(const mrse_scanner *scanner, const mrse_sequence_input *input,
                               const double place_m[3], const double u_place_m[3],
                               mrse_dbdt *out) MRSE_MUST_USE;

/* Numbers of one input that several parts use (sequence_rows.c). */
mrse_value mrse_sequence_b1_rms(const mrse_sequence_input *input); /* worst 10 s, computed */
mrse_value mrse_sequence_b1_mean(const mrse_sequence_input *input);
mrse_value mrse_sequence_b1_peak(const mrse_sequence_input *input);
/* What the console will show after the change: its own value times the ratio of the pulses. */
mrse_value mrse_sequence_b1_expected(const mrse_sequence_study *study);

bool mrse_sequence_is_pair(const mrse_sequence_study *study);

#endif

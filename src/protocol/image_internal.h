/* Shared by the parts of the image effect. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_IMAGE_INTERNAL_H
#define MRSE_PROTOCOL_IMAGE_INTERNAL_H

#include "mrse/protocol_image.h"

/* All that is derived from one of the two protocols; a `why` that is not empty tells what lacks. */
typedef struct mrse_image_side {
    const mrse_protocol *protocol;
    mrse_scan_time time;
    mrse_acquisition acquisition;
    mrse_protocol_weighting weighting;
    char time_why[MRSE_IMAGE_WHY], acquisition_why[MRSE_IMAGE_WHY];
} mrse_image_side;

typedef struct mrse_image_work {
    mrse_image_side side[2]; /* before, after */
    mrse_image_choice choice;
    mrse_tissue tissue[MRSE_IMAGE_TISSUES];
    char tissue_why[MRSE_IMAGE_WHY];
    mrse_image_effect *effect;
} mrse_image_work;

/* A new row, its numbers missing. */
mrse_image_row *mrse_image_add(mrse_image_work *work, mrse_image_quantity quantity,
                               const char *what, const char *how);
/* Both numbers, and their ratio when it makes sense. */
void mrse_image_set(mrse_image_row *row, const double v[2], mrse_kind kind, const char *method);
void mrse_image_note(mrse_image_row *row, const char *text); /* added to what is there */

bool mrse_image_has_train(const mrse_protocol *protocol); /* TSE, EPI, DWI: echo spacing counts */
bool mrse_image_is_epi(const mrse_protocol *protocol);
/* Phase-encoding lines of the full k-space, oversampling included; NaN when not stated. */
double mrse_image_full_lines(const mrse_protocol *protocol);
const mrse_protocol_pulse *mrse_image_pulse(const mrse_protocol *protocol, mrse_pulse_role role);

/* The rows that rest on T1 and T2, and those that rest on the echo train. MRSE_OK, MRSE_ERR_LIMIT,
 * MRSE_ERR_NOMEM: what else fails is told in the row. */
mrse_status mrse_image_tissue_rows(mrse_image_work *work);
mrse_status mrse_image_train_rows(mrse_image_work *work);

#endif

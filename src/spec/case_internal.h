/* Between the table of case files and its checks. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_CASE_INTERNAL_H
#define MRSE_SPEC_CASE_INTERNAL_H

#include "spec_internal.h"

#define MRSE_CASE_REACH 3.0 /* m from the landmark: nothing in a patient is farther */

void mrse_case_finish_position(mrse_reader *r, const mrse_node *node, void *base);
void mrse_case_finish_implant(mrse_reader *r, const mrse_node *node, void *base);
void mrse_case_finish_sequence(mrse_reader *r, const mrse_node *node, void *base);
void mrse_case_finish(mrse_reader *r, const mrse_node *node, void *base);

/* Keys of an examination, and of what is confirmed (case_examination.c). */
extern const mrse_schema mrse_spec_examination_schema, mrse_spec_confirmed_schema;

#endif

/* Between the table of case files and its checks. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_CASE_INTERNAL_H
#define MRSE_SPEC_CASE_INTERNAL_H

#include "spec_internal.h"

#define MRSE_CASE_REACH 3.0 /* m from the landmark: nothing in a patient is farther */

void mrse_case_finish_position(mrse_reader *r, const mrse_node *node, void *base);
void mrse_case_finish_implant(mrse_reader *r, const mrse_node *node, void *base);
void mrse_case_finish_sequence(mrse_reader *r, const mrse_node *node, void *base);
/* The tables of objects and of the author's hazards (case_object.c); of a position (case.c). */
extern const mrse_schema mrse_case_position_schema, mrse_case_object_schema,
    mrse_case_hazard_schema;
/* What objects and hazards ask of the rest of the case. */
void mrse_case_check_objects(mrse_reader *r, const mrse_node *node, const mrse_case *c);

void mrse_case_finish(mrse_reader *r, const mrse_node *node, void *base);

/* Keys of an examination, and of what is confirmed (case_examination.c). */
extern const mrse_schema mrse_spec_examination_schema, mrse_spec_confirmed_schema;
/* What the case says of the patient (case_patient.c). */
extern const mrse_schema mrse_case_patient_schema;

#endif

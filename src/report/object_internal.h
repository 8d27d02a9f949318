/* Objects without a label: between record and documents. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_REPORT_OBJECT_INTERNAL_H
#define MRSE_REPORT_OBJECT_INTERNAL_H

#include "json_internal.h"
#include "mrse/assess.h"
#include "mrse/document.h"

/* One object with its hazards and levers, into an item of a list (object_record.c). `name`: what the
 * case calls it, or NULL. */
void mrse_record_put_object(json_put o, const char *name, const mrse_object_study *study,
                            const mrse_object_lever *lever, size_t n_levers);

/* The objects of a case with their levers, and what the author judges (object_case_record.c). */
void mrse_record_put_objects(json_put o, const mrse_assessment *a);

/* The working, step by step (record_case.c). */
void mrse_record_put_working(json_put o, const mrse_step *step, size_t n);

/* What could be done otherwise; the first is what is planned. */
void mrse_record_put_levers(json_put o, const mrse_object_lever *lever, size_t n_levers);

/* A torque that is none whatever the numbers say: of a sphere that is no magnet. */
bool mrse_object_turns_nowhere(const mrse_object_study *study, mrse_hazard_id id);

/* Objects of a record, with their hazards (object_doc.c); what the author judges of them
 * (object_case_doc.c). Nothing where the record has none. */
void mrse_document_add_objects(mrse_document *document, const json_t *record, int level);
void mrse_document_add_levers(mrse_document *document, const json_t *object);
void mrse_document_add_risks(mrse_document *document, const json_t *record, int level);

#endif

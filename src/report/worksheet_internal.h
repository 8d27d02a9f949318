/* Parts of a worksheet document that stand in their own files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_WORKSHEET_INTERNAL_H
#define MRSE_WORKSHEET_INTERNAL_H

#include <jansson.h>

#include "mrse/document.h"

/* The verdict of the case in one framed sentence (worksheet_doc.c). */
void mrse_document_add_overall(mrse_document *document, const json_t *record);
/* What the author wrote: kept apart from what was computed (opinion_doc.c). */
void mrse_document_add_opinion(mrse_document *document, const json_t *record);
/* Sources with their age, methods, input files with hashes (provenance_doc.c). */
void mrse_document_add_provenance(mrse_document *document, const json_t *record);

#endif

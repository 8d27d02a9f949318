/* Numbers of a record in words: value, unit in both customs, uncertainty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SAY_INTERNAL_H
#define MRSE_SAY_INTERNAL_H

#include <jansson.h>

#include "mrse/document.h"
#include "mrse/text.h"
#include "mrse/units.h"

/* A row of cells under construction. Initialise with {0}. */
enum { SAY_CELLS = 12 };
typedef struct say_row {
    mrse_buf cell[SAY_CELLS];
} say_row;

/* Hand a finished text to the document and empty it. A text that ran out of memory fails the
 * document: a number must never vanish quietly. */
void say_row_add(mrse_document *document, say_row *row, size_t n);
void say_pair_add(mrse_document *document, const char *label, mrse_buf *text);
void say_paragraph_add(mrse_document *document, mrse_text_style style, mrse_buf *text);
void say_heading_add(mrse_document *document, int level, mrse_buf *text);

/* What stands under every table of computed values. */
#define SAY_NEGLIGIBLE "U = 2u; a computed value without ± has U below 0.01 %."

/* "2.54 T/m (254 G/cm) ± 0.03 T/m"; without the last part when u is negligible or not known. */
void say_si(mrse_buf *out, double si, double u, mrse_kind kind, int both);
/* A value of the field model, likewise; an uncertainty that is not known is said to be so: nothing
 * there would read as negligible. */
void say_model(mrse_buf *out, double si, double u, mrse_kind kind, int both);
/* A {v, u, kind} object of the record, likewise; computed values as say_model. */
void say_value(mrse_buf *out, const json_t *value, int both);
/* Length with millimetres: "2.498 m"; "does not exist" when NaN. */
void say_length(mrse_buf *out, double m);
/* U = 2u of a length. Lengths are printed to the millimetre: below half of one it is said to be so. */
void say_U_length(mrse_buf *out, double u_m);
/* Limit object of a finding: "≤ 25 T/m (2500 G/cm)". */
void say_limit(mrse_buf *out, const json_t *limit);
/* "manufacturer: sheet (label.yaml:12)" or "computed: path-maximum". */
void say_origin(mrse_buf *out, const json_t *value);

#endif

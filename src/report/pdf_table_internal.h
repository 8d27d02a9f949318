/* Shared by the parts that set tables. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PDF_TABLE_INTERNAL_H
#define MRSE_PDF_TABLE_INTERNAL_H

#include "pdf_internal.h"

#define MRSE_PDF_CELL_PAD 4.5 /* left and right of a cell's text */

/* Columns of a table, or of pairs (label, text). */
typedef struct mrse_pdf_grid {
    const mrse_block *block;
    size_t n;
    double *width;       /* of each column, with padding; they add up to the page's */
    mrse_pdf_text *head; /* NULL for pairs */
    double head_height;
    bool repeat; /* the header, on each page */
} mrse_pdf_grid;

/* The role of a cell of the block; in small print where the block is. */
mrse_pdf_role mrse_pdf_grid_role(const mrse_block *block, size_t column, bool head);

/* Finds the widths: the document's wishes or the contents decide, no column is narrower than its
 * longest word while others have room. */
void mrse_pdf_grid_widths(mrse_pdf_sheet *sheet, mrse_pdf_grid *grid);

#endif

/* Widths of table columns in the PDF view. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "pdf_table_internal.h"

#define SLACK 0.5 /* a line as wide as its text may still be broken by rounding */

typedef struct extent {
    double least, natural; /* longest word; longest line */
} extent;

mrse_pdf_role mrse_pdf_grid_role(const mrse_block *block, size_t column, bool head)
{
    bool strong = head || (block->kind != MRSE_BLOCK_TABLE && column == 0);
    if (block->style == MRSE_STYLE_SMALL)
        return strong ? MRSE_PDF_FINE_HEAD : MRSE_PDF_FINE;
    return head ? MRSE_PDF_CELL_HEAD : strong ? MRSE_PDF_LABEL : MRSE_PDF_CELL;
}

static void widen(mrse_pdf_sheet *sheet, extent *column, const char *text, mrse_pdf_role role,
                  bool verdict, bool number)
{
    mrse_pdf_form form = {.role = role,
                          .width = -1,
                          .newline = MRSE_NEWLINE_KEEP,
                          .whole = number,
                          .lead_verdict = verdict};
    size_t n = strlen(text);
    mrse_verdict_span span;
    double extra = 2 * MRSE_PDF_CELL_PAD + SLACK;
    mrse_pdf_text line = mrse_pdf_text_make(sheet, text, n, &form);
    double natural = mrse_pdf_text_width(&line) + extra;
    double least;
    mrse_pdf_text_free(&line);
    /* A verdict is one thing: "NOT" and "MET" stay on one line where the table has room. */
    if (verdict && mrse_document_verdict_leads(text, n, &span)) {
        form.newline = MRSE_NEWLINE_SPACE;
        line = mrse_pdf_text_make(sheet, text, span.n, &form);
        least = mrse_pdf_text_width(&line) + extra;
    } else {
        form.width = 0;
        form.lead_verdict = false;
        line = mrse_pdf_text_make(sheet, text, n, &form);
        least = mrse_pdf_text_width(&line) + extra;
    }
    mrse_pdf_text_free(&line);
    column->natural = natural > column->natural ? natural : column->natural;
    column->least = least > column->least ? least : column->least;
}

static void measure(mrse_pdf_sheet *sheet, const mrse_pdf_grid *grid, extent *column)
{
    const mrse_block *block = grid->block;
    bool table = block->kind == MRSE_BLOCK_TABLE;
    for (size_t i = 0; table && i < grid->n; i++)
        widen(sheet, &column[i], block->column[i].header, mrse_pdf_grid_role(block, i, true), false,
              false);
    for (size_t i = 0; grid->n > 0 && i < block->n_cells && sheet->status == MRSE_OK; i++) {
        bool label = !table && i % 2 == 0;
        widen(sheet, &column[i % grid->n], block->cell[i],
              mrse_pdf_grid_role(block, i % grid->n, false), !label,
              table && block->column[i % grid->n].number);
    }
}

/* What each column would get if words could be broken anywhere. */
static void wishes(const mrse_pdf_grid *grid, const extent *column)
{
    const mrse_block *block = grid->block;
    double sum = 0;
    if (block->kind == MRSE_BLOCK_PAIRS) {
        double label = column[0].natural;
        double most = MRSE_PDF_BODY * (block->style == MRSE_STYLE_SMALL ? 0.22 : 0.32);
        label = label < most ? label : most;
        grid->width[0] = label < 70 ? 70 : label;
        grid->width[1] = MRSE_PDF_BODY - grid->width[0];
        return;
    }
    bool weighted = true;
    for (size_t i = 0; i < grid->n; i++)
        weighted = weighted && block->column[i].weight > 0;
    for (size_t i = 0; i < grid->n; i++) {
        /* One very long cell must not starve the others. */
        double natural = column[i].natural < MRSE_PDF_BODY ? column[i].natural : MRSE_PDF_BODY;
        grid->width[i] = weighted ? block->column[i].weight : natural;
        sum += grid->width[i];
    }
    for (size_t i = 0; i < grid->n; i++)
        grid->width[i] *= MRSE_PDF_BODY / sum;
}

/* Columns narrower than their longest word take from those that have more than they need. */
static void balance(const mrse_pdf_grid *grid, const extent *column)
{
    double need = 0, spare = 0;
    for (size_t i = 0; i < grid->n; i++) {
        double missing = column[i].least - grid->width[i];
        if (missing > 0)
            need += missing;
        else
            spare -= missing;
    }
    if (!(need > 0) || !(spare > 0))
        return;
    double give = need < spare ? need / spare : 1, take = need < spare ? 1 : spare / need;
    for (size_t i = 0; i < grid->n; i++) {
        double missing = column[i].least - grid->width[i];
        grid->width[i] += missing * (missing > 0 ? take : give);
    }
}

void mrse_pdf_grid_widths(mrse_pdf_sheet *sheet, mrse_pdf_grid *grid)
{
    extent *column = mrse_alloc(grid->n, sizeof *column);
    if (!column) {
        mrse_pdf_fail(sheet, MRSE_ERR_NOMEM);
        return;
    }
    measure(sheet, grid, column);
    /* A long address or formula is broken rather than given the page. */
    for (size_t i = 0; i < grid->n; i++) {
        double most = MRSE_PDF_BODY * (grid->n > 2 ? 0.3 : 0.5);
        column[i].least = column[i].least < most ? column[i].least : most;
    }
    wishes(grid, column);
    balance(grid, column);
    mrse_free(column);
}

/* Building a document: blocks are appended, texts copied, and the first failure sticks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/document.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "document_internal.h"
#include "mrse/alloc.h"

const char *const mrse_signoff_person[2] = {"Prepared by", "Checked by"};
const char *const mrse_signoff_field[3] = {"Name and role", "Signature", "Date"};

mrse_document *mrse_document_create(void)
{
    return mrse_alloc(1, sizeof(mrse_document));
}

static void free_block(mrse_block *block)
{
    for (size_t i = 0; i < block->n_columns; i++)
        mrse_free(block->column[i].header);
    mrse_free(block->column);
    for (size_t i = 0; i < block->n_cells; i++)
        mrse_free(block->cell[i]);
    mrse_free(block->cell);
    mrse_free(block->text);
    mrse_free(block->alt);
    mrse_free(block->file);
}

void mrse_document_free(mrse_document *document)
{
    if (!document)
        return;
    for (size_t i = 0; i < document->n; i++)
        free_block(&document->block[i]);
    mrse_free(document->block);
    mrse_free(document->title);
    mrse_free(document->id);
    mrse_free(document->author);
    mrse_free(document->date);
    mrse_free(document->tool);
    mrse_free(document->subject);
    mrse_free(document->language);
    mrse_free(document->stamp);
    mrse_free(document->watermark);
    mrse_free(document);
}

static void fail(mrse_document *document, mrse_status status)
{
    if (document->status == MRSE_OK)
        document->status = status;
}

static char *copy_text(mrse_document *document, const char *text)
{
    char *copy = mrse_strdup(text ? text : "");
    if (!copy)
        fail(document, MRSE_ERR_NOMEM);
    return copy;
}

/* A new last block, or NULL when the document has failed. Its `text` is a copy. */
static mrse_block *add_block(mrse_document *document, mrse_block_kind kind, const char *text)
{
    if (!document || document->status != MRSE_OK)
        return NULL;
    if (document->n == document->cap) {
        size_t cap = document->cap ? 2 * document->cap : 32;
        mrse_block *block = mrse_realloc(document->block, cap, sizeof *block);
        if (!block) {
            fail(document, MRSE_ERR_NOMEM);
            return NULL;
        }
        document->block = block;
        document->cap = cap;
    }
    mrse_block *block = &document->block[document->n];
    *block =
        (mrse_block){.kind = kind, .style = document->fine ? MRSE_STYLE_SMALL : MRSE_STYLE_PLAIN};
    block->text = copy_text(document, text);
    if (!block->text)
        return NULL;
    document->n++;
    return block;
}

/* The block that a list or pairs continue: the last one when it is of the same kind. */
static mrse_block *continue_block(mrse_document *document, mrse_block_kind kind)
{
    if (document && document->status == MRSE_OK && document->n > 0 &&
        document->block[document->n - 1].kind == kind)
        return &document->block[document->n - 1];
    return add_block(document, kind, NULL);
}

/* Appends copies of `n` cells to a block; the block stays whole when memory runs out. */
static void add_cells(mrse_document *document, mrse_block *block, const char *const *cells,
                      size_t n)
{
    if (n > SIZE_MAX / 2 - block->n_cells) {
        fail(document, MRSE_ERR_LIMIT);
        return;
    }
    if (block->n_cells + n > block->cap_cells) {
        size_t cap = 2 * (block->n_cells + n);
        char **cell = mrse_realloc(block->cell, cap, sizeof *cell);
        if (!cell) {
            fail(document, MRSE_ERR_NOMEM);
            return;
        }
        block->cell = cell;
        block->cap_cells = cap;
    }
    size_t first = block->n_cells;
    for (size_t i = 0; i < n; i++) {
        char *copy = copy_text(document, cells[i]);
        if (!copy)
            break;
        block->cell[block->n_cells++] = copy;
    }
    /* Half a row would shift every later cell into the wrong column. */
    while (document->status != MRSE_OK && block->n_cells > first)
        mrse_free(block->cell[--block->n_cells]);
}

void mrse_document_heading(mrse_document *document, int level, const char *text)
{
    mrse_block *block = add_block(document, MRSE_BLOCK_HEADING, text);
    if (!block)
        return;
    int last = 1; /* without a heading at the start the views print the title as level 1 */
    for (size_t i = document->n - 1; i-- > 0;) {
        if (document->block[i].kind == MRSE_BLOCK_HEADING) {
            last = document->block[i].level;
            break;
        }
    }
    if (document->n == 1 && level <= 1) {
        block->level = 1;
        return;
    }
    if (level > last + 1)
        level = last + 1;
    block->level = level < 2 ? 2 : level > 3 ? 3 : level;
}

void mrse_document_paragraph(mrse_document *document, mrse_text_style style, const char *text)
{
    mrse_block *block = add_block(document, MRSE_BLOCK_PARAGRAPH, text);
    if (block && style != MRSE_STYLE_PLAIN)
        block->style = style;
}

void mrse_document_pairs(mrse_document *document, const char *const *cells, size_t n_pairs)
{
    if (document && n_pairs > 0 && !cells)
        fail(document, MRSE_ERR_ARG);
    if (document && n_pairs > SIZE_MAX / 4)
        fail(document, MRSE_ERR_LIMIT);
    mrse_block *block = continue_block(document, MRSE_BLOCK_PAIRS);
    if (block)
        add_cells(document, block, cells, 2 * n_pairs);
}

void mrse_document_list(mrse_document *document, const char *const *items, size_t n)
{
    if (document && n > 0 && !items)
        fail(document, MRSE_ERR_ARG);
    mrse_block *block = continue_block(document, MRSE_BLOCK_LIST);
    if (block)
        add_cells(document, block, items, n);
}

void mrse_document_table(mrse_document *document, const char *caption, const char *const *headers,
                         const double *weights, size_t n_columns)
{
    if (document && (!headers || n_columns == 0))
        fail(document, MRSE_ERR_ARG);
    mrse_block *block = add_block(document, MRSE_BLOCK_TABLE, caption);
    if (!block)
        return;
    block->column = mrse_alloc(n_columns, sizeof *block->column);
    if (!block->column) {
        fail(document, MRSE_ERR_NOMEM);
        return;
    }
    block->n_columns = n_columns;
    for (size_t i = 0; i < n_columns; i++) {
        mrse_column *column = &block->column[i];
        const char *header = headers[i] ? headers[i] : "";
        column->number = header[0] == '#';
        column->header = copy_text(document, header + (column->number ? 1 : 0));
        column->weight = weights && isfinite(weights[i]) && weights[i] > 0 ? weights[i] : 0;
    }
}

void mrse_document_row(mrse_document *document, const char *const *cells)
{
    if (!document || document->status != MRSE_OK)
        return;
    mrse_block *block = document->n > 0 ? &document->block[document->n - 1] : NULL;
    if (!cells || !block || block->kind != MRSE_BLOCK_TABLE) {
        fail(document, MRSE_ERR_ARG);
        return;
    }
    add_cells(document, block, cells, block->n_columns);
}

void mrse_document_figure(mrse_document *document, const mrse_figure *figure, const char *caption,
                          const char *file)
{
    if (document && !figure)
        fail(document, MRSE_ERR_ARG);
    mrse_block *block = add_block(document, MRSE_BLOCK_FIGURE, caption);
    if (!block)
        return;
    block->figure = *figure;
    mrse_buf alt = {0};
    mrse_status status = mrse_figure_alt(figure, &alt);
    if (status == MRSE_OK)
        status = alt.status;
    if (status != MRSE_OK)
        fail(document, status);
    else
        block->alt = copy_text(document, mrse_buf_text(&alt));
    mrse_buf_free(&alt);
    if (file)
        block->file = copy_text(document, file);
}

void mrse_document_fine(mrse_document *document, bool fine)
{
    if (document)
        document->fine = fine;
}

void mrse_document_signoff(mrse_document *document)
{
    (void)add_block(document, MRSE_BLOCK_SIGNOFF, NULL);
}

void mrse_document_break(mrse_document *document)
{
    (void)add_block(document, MRSE_BLOCK_BREAK, NULL);
}

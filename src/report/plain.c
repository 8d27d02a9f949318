/* A document as plain text for a terminal: the same blocks as the HTML and PDF views, without
 * figures. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "record_internal.h"

enum { MAX_COLUMNS = 12, GAP = 2 };

/* Characters on screen: bytes that do not continue a UTF-8 sequence. */
static size_t columns_of(const char *text, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++)
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    return width;
}

static void spaces(mrse_buf *out, size_t n)
{
    while (n-- > 0)
        mrse_buf_add(out, " ");
}

/* The next line of `text` that fits `width`: its bytes; *rest is where the following one starts. A
 * word longer than the line is left whole: cutting a number is worse than a ragged edge. */
static size_t take_line(const char *text, size_t width, const char **rest)
{
    size_t end = 0, i = 0;
    while (text[i] != '\0' && text[i] != '\n') {
        size_t word = i + strcspn(text + i, " \n");
        if (end > 0 && columns_of(text, word) > width)
            break;
        end = word;
        i = word + strspn(text + word, " ");
    }
    const char *next = text + end + strspn(text + end, " ");
    *rest = *next == '\n' ? next + 1 : next;
    return end;
}

static void paragraph(mrse_buf *out, const char *text, size_t indent, const char *lead,
                      size_t width)
{
    bool first = true;
    do {
        const char *rest;
        size_t n = take_line(text, width > indent ? width - indent : 1, &rest);
        size_t lead_width = first ? columns_of(lead, strlen(lead)) : 0;
        spaces(out, indent > lead_width ? indent - lead_width : 0);
        if (first)
            mrse_buf_add(out, lead);
        mrse_buf_addn(out, text, n);
        mrse_buf_add(out, "\n");
        text = rest;
        first = false;
    } while (*text != '\0');
}

static void heading(mrse_buf *out, const mrse_block *b)
{
    mrse_buf_add(out, "\n");
    mrse_buf_add(out, b->text);
    mrse_buf_add(out, "\n");
    for (size_t n = columns_of(b->text, strlen(b->text)); n > 0; n--)
        mrse_buf_add(out, b->level == 1 ? "=" : "-");
    mrse_buf_add(out, "\n");
}

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, " \n");
        size_t width = columns_of(text, n);
        longest = width > longest ? width : longest;
        text += n + (text[n] != '\0');
    }
    return longest;
}

/* Natural widths when they fit; else the widest columns give way, none below its longest word. */
static void table_widths(const mrse_block *b, size_t total, size_t width[MAX_COLUMNS])
{
    size_t least[MAX_COLUMNS] = {0}, sum = 0, n = b->n_columns;
    for (size_t c = 0; c < n; c++) {
        width[c] = columns_of(b->column[c].header, strlen(b->column[c].header));
        least[c] = longest_word(b->column[c].header);
        for (size_t k = c; k < b->n_cells; k += n) {
            size_t w = columns_of(b->cell[k], strlen(b->cell[k]));
            size_t l = longest_word(b->cell[k]);
            width[c] = w > width[c] ? w : width[c];
            least[c] = l > least[c] ? l : least[c];
        }
        sum += width[c] + GAP;
    }
    while (sum > total + GAP) {
        size_t widest = n;
        for (size_t c = 0; c < n; c++) {
            if (width[c] > least[c] && (widest == n || width[c] > width[widest]))
                widest = c;
        }
        if (widest == n)
            return;
        width[widest]--;
        sum--;
    }
}

static void table_row(mrse_buf *out, const mrse_block *b, const char *const *cell,
                      const size_t width[MAX_COLUMNS])
{
    const char *rest[MAX_COLUMNS];
    bool more = true;
    for (size_t c = 0; c < b->n_columns; c++)
        rest[c] = cell[c];
    while (more) {
        size_t pending = 0;
        more = false;
        for (size_t c = 0; c < b->n_columns; c++) {
            const char *text = rest[c];
            size_t n = take_line(text, width[c], &rest[c]);
            size_t w = columns_of(text, n);
            size_t pad = width[c] > w ? width[c] - w : 0;
            bool number = b->column[c].number;
            pending += number ? pad : 0;
            if (n > 0) { /* spaces only before text: lines do not end in blanks */
                spaces(out, pending);
                mrse_buf_addn(out, text, n);
                pending = 0;
            }
            pending += (number ? 0 : pad) + GAP;
            more |= *rest[c] != '\0';
        }
        mrse_buf_add(out, "\n");
    }
}

static void table(mrse_buf *out, const mrse_block *b, size_t total)
{
    size_t width[MAX_COLUMNS] = {0};
    const char *header[MAX_COLUMNS];
    if (b->n_columns == 0 || b->n_columns > MAX_COLUMNS) {
        out->status = out->status == MRSE_OK ? MRSE_ERR_ARG : out->status;
        return;
    }
    table_widths(b, total, width);
    mrse_buf_add(out, "\n");
    paragraph(out, b->text, 0, "", total);
    for (size_t c = 0; c < b->n_columns; c++)
        header[c] = b->column[c].header;
    table_row(out, b, header, width);
    for (size_t k = 0; k + b->n_columns <= b->n_cells; k += b->n_columns) {
        const char *row[MAX_COLUMNS];
        for (size_t c = 0; c < b->n_columns; c++)
            row[c] = b->cell[k + c];
        table_row(out, b, row, width);
    }
}

static void block(mrse_buf *out, const mrse_block *b, size_t width)
{
    switch (b->kind) {
    case MRSE_BLOCK_HEADING:
        heading(out, b);
        break;
    case MRSE_BLOCK_PARAGRAPH:
        mrse_buf_add(out, "\n");
        paragraph(out, b->text, b->style == MRSE_STYLE_CALLOUT ? 2 : 0,
                  b->style == MRSE_STYLE_CALLOUT ? "* " : "", width);
        break;
    case MRSE_BLOCK_PAIRS:
        for (size_t i = 0; i + 1 < b->n_cells; i += 2) {
            mrse_buf_addf(out, "%s: ", b->cell[i]);
            paragraph(out, b->cell[i + 1], 0, "", width);
        }
        break;
    case MRSE_BLOCK_LIST:
        for (size_t i = 0; i < b->n_cells; i++)
            paragraph(out, b->cell[i], 2, "- ", width);
        break;
    case MRSE_BLOCK_TABLE:
        table(out, b, width);
        break;
    case MRSE_BLOCK_FIGURE:
    case MRSE_BLOCK_SIGNOFF:
    case MRSE_BLOCK_BREAK:
        break;
    }
}

mrse_status mrse_document_plain(const mrse_document *document, size_t width, mrse_buf *out)
{
    if (document == NULL || out == NULL)
        return MRSE_ERR_ARG;
    if (document->status != MRSE_OK)
        return document->status;
    for (size_t i = 0; i < document->n; i++)
        block(out, &document->block[i], width);
    return out->status;
}

mrse_status mrse_record_text(const mrse_record *record, mrse_buf *out)
{
    static const size_t WIDTH = 110;
    if (record == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_document *document = mrse_record_document(record);
    if (document == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = mrse_document_plain(document, WIDTH, out);
    mrse_document_free(document);
    return status;
}

/* A document: a list of blocks that the HTML and the PDF view both print, so that they never say
 * different things. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DOCUMENT_H
#define MRSE_DOCUMENT_H

#include "mrse/figure.h"
#include "mrse/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_block_kind {
    MRSE_BLOCK_HEADING,   /* level 1 (title, once) to 3 */
    MRSE_BLOCK_PARAGRAPH, /* text; style below; blank line in the text starts a new paragraph */
    MRSE_BLOCK_PAIRS,     /* two-column list: label, text */
    MRSE_BLOCK_TABLE,
    MRSE_BLOCK_LIST, /* bullet points */
    MRSE_BLOCK_FIGURE,
    MRSE_BLOCK_SIGNOFF, /* empty boxes: prepared, checked: name, signature, date */
    MRSE_BLOCK_BREAK,   /* start a new page when less than a third of this one is left */
} mrse_block_kind;

typedef enum mrse_text_style {
    MRSE_STYLE_PLAIN = 0,
    MRSE_STYLE_CALLOUT, /* framed, for what must not be missed */
    MRSE_STYLE_QUOTE,   /* words of a person or a label, not of the program */
    MRSE_STYLE_SMALL,
    MRSE_STYLE_BANNER, /* one large line, for what is seen before anything is read */
} mrse_text_style;

typedef struct mrse_column {
    char *header;
    double weight; /* relative width; 0: from the contents */
    bool number;   /* right-aligned, tabular figures */
} mrse_column;

typedef struct mrse_block {
    mrse_block_kind kind;
    int level;
    mrse_text_style style; /* of a paragraph; SMALL: pairs, a table or a list in small print */
    char *text;            /* heading, paragraph; caption of a table or figure */
    char *alt;             /* of a figure: the finding in words */
    mrse_column *column;   /* of a table */
    size_t n_columns;
    char **cell; /* table: row by row; pairs: label, text, ...; list: items. Owned */
    size_t n_cells, cap_cells;
    mrse_figure figure; /* borrowed contents */
    char *file;         /* figure: name of its PNG in the folder, for the reader */
} mrse_block;

/* The strings are owned (mrse_strdup) and may be NULL; the views print a substitute. */
typedef struct mrse_document {
    char *title, *id, *author, *date,
        *tool;                /* footer of every page; author "UNATTRIBUTED" if none */
    char *subject, *language; /* language "en-GB" if NULL */
    char *stamp;              /* printed at the head of every page; NULL when none */
    char *watermark;          /* "DRAFT: PROVISIONAL"; NULL when none */
    mrse_block *block;
    size_t n, cap;
    bool fine;          /* blocks added now are in small print: mrse_document_fine */
    mrse_status status; /* the first failure sticks: check once, after building */
} mrse_document;

mrse_document *mrse_document_create(void); /* NULL: no memory */
void mrse_document_free(mrse_document *document);

/* Builders copy what they are given (a NULL text is an empty one); on failure they set `status` and
 * do nothing more. Text is UTF-8; the views drop control and bidirectional override characters.
 * A cell, a value of a pair, a list item or a callout that begins with a verdict word is shown with
 * its mark. */
/* Levels are made orderly: one level 1, at the start; no level skipped. */
void mrse_document_heading(mrse_document *document, int level, const char *text);
void mrse_document_paragraph(mrse_document *document, mrse_text_style style, const char *text);
/* Pairs that follow pairs, and a list that follows a list, continue it. */
void mrse_document_pairs(mrse_document *document, const char *const *cells, size_t n_pairs);
void mrse_document_list(mrse_document *document, const char *const *items, size_t n);
/* headers[i] may start with '#': a number column; weights may be NULL. The views number captions:
 * "Table 1: caption"; an empty caption has no number. */
void mrse_document_table(mrse_document *document, const char *caption, const char *const *headers,
                         const double *weights, size_t n_columns);
void mrse_document_row(mrse_document *document, const char *const *cells); /* of the last table */
void mrse_document_figure(mrse_document *document, const mrse_figure *figure, const char *caption,
                          const char *file);
/* From here on (or, with false, no longer) pairs, tables, lists and plain paragraphs are set in small
 * print: what is looked up, and not read through. */
void mrse_document_fine(mrse_document *document, bool fine);
void mrse_document_signoff(mrse_document *document);
void mrse_document_break(mrse_document *document);

/** The document as one self-contained HTML page: no script, no network, headings, table scopes, alt
 *  text, light and dark, prints well. Figures as SVG in data URIs.
 *  Given     document   built without failure
 *  Returned  out        appended to; incomplete when the status is not MRSE_OK
 *  Status    MRSE_OK | MRSE_ERR_ARG | the status of the document | that of a figure | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_document.c, tests/fuzz/fuzz_escape.c */
mrse_status mrse_document_html(const mrse_document *document, mrse_buf *out) MRSE_MUST_USE;

/** The document as plain text for a terminal.
 *  Given     width    characters of a line
 *  Returned  out      appended to
 *  Status    as mrse_document_html
 *  Tests     tests/unit/test_document.c, tests/cli */
mrse_status mrse_document_plain(const mrse_document *document, size_t width,
                                mrse_buf *out) MRSE_MUST_USE;

/* A file attached to the PDF. */
typedef struct mrse_attachment {
    const char *name, *mime, *description;
    const void *bytes; /* borrowed */
    size_t n;
} mrse_attachment;

/** The document as an A4 PDF: tagged, with outline, embedded fonts, Info = XMP, attachments
 *  (AFRelationship Source); the same bytes for the same document.
 *  Given     document      date "2026-11-22" or "2026-11-22T10:20:30Z"; NULL: undated
 *            attachment    names differ; may be NULL when n_attachments is 0
 *  Returned  out           appended to; nothing is added when the status is not MRSE_OK
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, malformed date, no or repeated name) |
 *            MRSE_ERR_IO (the font or the PDF library failed) | that of the document or of a figure |
 *            MRSE_ERR_NOMEM
 *  Source    ISO 32000-2:2020, 7.11.4, 14.3, 14.8, 14.13; XMP: ISO 16684-1:2019
 *  Tests     tests/unit/test_document.c */
mrse_status mrse_document_pdf(const mrse_document *document, const mrse_attachment *attachment,
                              size_t n_attachments, mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* What the views of a document share: text that is fit to print, verdict words, XMP, attachments.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DOCUMENT_INTERNAL_H
#define MRSE_DOCUMENT_INTERNAL_H

#include "mrse/document.h"
#include "mrse/verdict.h"

#define MRSE_DOCUMENT_UNATTRIBUTED "UNATTRIBUTED"

/* One code point of text[0..n) as the views may show it: 0 when it is to be dropped (controls,
 * bidirectional overrides, non-characters), U+FFFD for malformed UTF-8, '\n' for every kind of line
 * end. Sets how many bytes it took, at least 1. n > 0. */
unsigned long mrse_document_point(const char *text, size_t n, size_t *taken);

/* What a line end in the text becomes: in running text a space, in cells a line break. */
typedef enum mrse_newline { MRSE_NEWLINE_SPACE = 0, MRSE_NEWLINE_KEEP } mrse_newline;

/* text[0..n) without what must not be shown; still plain text. */
void mrse_document_clean(mrse_buf *out, const char *text, size_t n, mrse_newline newline);
/* The same, escaped for XML and HTML, element content or quoted attribute alike. KEEP writes <br>
 * and so is for HTML element content only. */
void mrse_document_escape(mrse_buf *out, const char *text, size_t n, mrse_newline newline);

/* The next paragraph of a text: paragraphs are parted by blank lines. False at the end. */
bool mrse_document_next_paragraph(const char **rest, const char **text, size_t *n);

/* A verdict word standing alone: where it is, and which. */
typedef struct mrse_verdict_span {
    size_t at, n;
    mrse_verdict verdict;
} mrse_verdict_span;

/* The first verdict word at or after `from` in text[0..n). */
bool mrse_document_verdict_find(const char *text, size_t n, size_t from, mrse_verdict_span *span);
/* Does text[0..n) begin with a verdict word? */
bool mrse_document_verdict_leads(const char *text, size_t n, mrse_verdict_span *span);

const char *mrse_document_author(const mrse_document *document);   /* or UNATTRIBUTED */
const char *mrse_document_title(const mrse_document *document);    /* or the first heading */
const char *mrse_document_language(const mrse_document *document); /* or en-GB */
/* The level-1 heading is given by the blocks; when false the views print the title instead. */
bool mrse_document_has_heading(const mrse_document *document);
/* What the sign-off boxes ask for: one row per person. */
extern const char *const mrse_signoff_person[2];
extern const char *const mrse_signoff_field[3];

/* The XMP packet that says what the Info dictionary says. `producer` is the Info's Producer. */
void mrse_document_xmp(const mrse_document *document, const char *producer, mrse_buf *out);

/* Where a figure was put, for the structure tree: page and box in PDF coordinates (origin at the
 * lower left corner), in the order of the figure blocks. */
typedef struct mrse_figure_box {
    double left, bottom, right, top;
} mrse_figure_box;

/* Add to cairo's PDF what cairo cannot write: attachments, XMP, alternative text, header scopes. */
mrse_status mrse_pdf_finish(const mrse_document *document, const mrse_attachment *attachment,
                            size_t n_attachments, const mrse_figure_box *box, const mrse_buf *drawn,
                            mrse_buf *out) MRSE_MUST_USE;

#endif

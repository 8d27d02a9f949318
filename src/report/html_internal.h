/* Shared by the parts of the HTML view. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_HTML_INTERNAL_H
#define MRSE_HTML_INTERNAL_H

#include "document_internal.h"

/* The style sheet in pieces, NULL at the end; holds nothing of the document. */
extern const char *const mrse_html_style[];
extern const char *const mrse_html_marks; /* SVG symbols of the verdicts */

/* Captions are numbered in the order of the blocks, as in the PDF view. */
typedef struct mrse_html_count {
    unsigned tables, figures, sections;
} mrse_html_count;

void mrse_html_text(mrse_buf *out, const char *text); /* escaped, one line */
/* Escaped, line breaks kept, a leading verdict word with its mark. */
void mrse_html_cell(mrse_buf *out, const char *text);
void mrse_html_table(mrse_buf *out, const mrse_block *block, mrse_html_count *count);
void mrse_html_signoff(mrse_buf *out);

#endif

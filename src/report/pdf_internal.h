/* Shared by the parts that typeset a document on A4 with cairo and pango. Lengths are points, y runs
 * downwards from the top edge. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PDF_INTERNAL_H
#define MRSE_PDF_INTERNAL_H

#include "cairo_internal.h"
#include "document_internal.h"

#define MRSE_PDF_WIDTH  595.276 /* A4: 210 mm x 297 mm */
#define MRSE_PDF_HEIGHT 841.890
#define MRSE_PDF_LEFT   48.189 /* 17 mm */
#define MRSE_PDF_BODY   (MRSE_PDF_WIDTH - 2 * MRSE_PDF_LEFT)

/* The type scale: every text on a page has one of these roles. */
typedef enum mrse_pdf_role {
    MRSE_PDF_TITLE,
    MRSE_PDF_BANNER,
    MRSE_PDF_H2,
    MRSE_PDF_H3,
    MRSE_PDF_TEXT,
    MRSE_PDF_QUOTE,
    MRSE_PDF_SMALL,
    MRSE_PDF_CAPTION,
    MRSE_PDF_CELL,
    MRSE_PDF_CELL_HEAD,
    MRSE_PDF_LABEL,
    MRSE_PDF_FINE, /* cells of small print */
    MRSE_PDF_FINE_HEAD,
    MRSE_PDF_STAMP,
    MRSE_PDF_FOOT,
} mrse_pdf_role;

/* A document being set. The same code runs twice: first to count the pages, then to draw. */
typedef struct mrse_pdf_sheet {
    const mrse_document *document;
    cairo_t *cr;
    bool draw;
    double y;           /* where the next thing goes */
    double top, bottom; /* of the body of a page */
    int page, n_pages;
    unsigned n_tables, n_figures;
    size_t n_boxes;
    mrse_figure_box *box; /* one per figure block */
    int outline[4];       /* the last outline entry of each heading level */
    mrse_status status;   /* the first failure sticks */
} mrse_pdf_sheet;

typedef struct mrse_pdf_line {
    PangoLayoutLine *line; /* borrowed from the layout */
    double x, top, bottom, baseline;
} mrse_pdf_line;

/* A text broken into lines. {0} is an empty one. */
typedef struct mrse_pdf_text {
    PangoLayout *layout;
    mrse_pdf_line *line;
    size_t n;
    double height;
    mrse_pdf_role role;
    bool marked; /* begins with a verdict word: its mark is drawn in front of it */
    mrse_verdict verdict;
} mrse_pdf_text;

/* How to break and mark a text. */
typedef struct mrse_pdf_form {
    mrse_pdf_role role;
    double width; /* of the lines; < 0: one line per paragraph; 0: one word per line */
    bool right;
    mrse_newline newline;
    bool bold_verdicts; /* verdict words in running text are bold */
    bool lead_verdict;  /* a verdict word at the start gets its mark */
    bool whole;         /* a short text, such as a number, stays on one line if it fits */
    size_t bold_bytes;  /* of the cleaned text's start */
} mrse_pdf_form;

void mrse_pdf_fail(mrse_pdf_sheet *sheet, mrse_status status);
void mrse_pdf_new_page(mrse_pdf_sheet *sheet);
/* A new page unless `height` is left on this one, or it is empty. */
void mrse_pdf_room(mrse_pdf_sheet *sheet, double height);
/* A tag of the structure tree around what is drawn; nothing while counting. */
void mrse_pdf_tag(mrse_pdf_sheet *sheet, const char *name);
void mrse_pdf_untag(mrse_pdf_sheet *sheet, const char *name);

mrse_pdf_text mrse_pdf_text_make(mrse_pdf_sheet *sheet, const char *text, size_t n,
                                 const mrse_pdf_form *form);
/* Takes the lines out of the layout. */
mrse_status mrse_pdf_text_lines(mrse_pdf_text *text) MRSE_MUST_USE;
void mrse_pdf_text_free(mrse_pdf_text *text);
double mrse_pdf_text_width(const mrse_pdf_text *text); /* of its longest line, with the mark */
/* How many lines from `from` fit into `room`, and their height. */
size_t mrse_pdf_text_fit(const mrse_pdf_text *text, size_t from, double room, double *height);
void mrse_pdf_text_draw(mrse_pdf_sheet *sheet, const mrse_pdf_text *text, size_t from, size_t to,
                        double x, double y);
double mrse_pdf_mark_width(mrse_pdf_role role);
/* The mark of a verdict, in a square with its upper left corner at (x, y). */
void mrse_pdf_mark(cairo_t *cr, mrse_verdict verdict, double x, double y, double size);

/* A text that flows over pages, tagged, with what frames it. */
typedef struct mrse_pdf_frame {
    double indent, pad;
    bool box, bar;
    const char *tag;
} mrse_pdf_frame;

void mrse_pdf_flow(mrse_pdf_sheet *sheet, const mrse_pdf_text *text, const mrse_pdf_frame *frame);
/* The room the first lines need so that no line stands alone. */
double mrse_pdf_flow_first(const mrse_pdf_text *text, double pad);

/* Each sets a block; `first` is the room it wants before it begins on a page. */
void mrse_pdf_table(mrse_pdf_sheet *sheet, const mrse_block *block);
double mrse_pdf_table_first(mrse_pdf_sheet *sheet, const mrse_block *block);
void mrse_pdf_pairs(mrse_pdf_sheet *sheet, const mrse_block *block);
double mrse_pdf_pairs_first(mrse_pdf_sheet *sheet, const mrse_block *block);
void mrse_pdf_figure(mrse_pdf_sheet *sheet, const mrse_block *block);
double mrse_pdf_figure_first(mrse_pdf_sheet *sheet, const mrse_block *block);
void mrse_pdf_signoff(mrse_pdf_sheet *sheet);
double mrse_pdf_signoff_first(void);
void mrse_pdf_title(mrse_pdf_sheet *sheet); /* when the blocks do not begin with it */
void mrse_pdf_block(mrse_pdf_sheet *sheet, size_t index);

#endif

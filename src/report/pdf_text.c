/* Text of the PDF view: broken into lines by pango, drawn line by line so that it can flow over
 * pages. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/units.h"
#include "pdf_internal.h"

enum { WHOLE_MAX = 32 }; /* bytes of a number that is kept on one line */

typedef struct type_size {
    double size, spacing;
    int style;
    double ink[3];
} type_size;

/* Spacing multiplies the font's own line height, which is 1.16 of its size. */
static const type_size scale[] = {
    [MRSE_PDF_TITLE] = {16, 1.03, MRSE_FONT_BOLD, {0.12, 0.23, 0.37}},
    [MRSE_PDF_BANNER] = {13, 1.05, MRSE_FONT_BOLD, {0.08, 0.08, 0.08}},
    [MRSE_PDF_H2] = {12, 1.05, MRSE_FONT_BOLD, {0.12, 0.23, 0.37}},
    [MRSE_PDF_H3] = {9.5, 1.08, MRSE_FONT_BOLD, {0.12, 0.23, 0.37}},
    [MRSE_PDF_TEXT] = {9, 1.12, MRSE_FONT_PLAIN, {0.08, 0.08, 0.08}},
    [MRSE_PDF_QUOTE] = {9, 1.12, MRSE_FONT_ITALIC, {0.08, 0.08, 0.08}},
    [MRSE_PDF_SMALL] = {7.2, 1.04, MRSE_FONT_PLAIN, {0.22, 0.25, 0.28}},
    [MRSE_PDF_CAPTION] = {8, 1.06, MRSE_FONT_PLAIN, {0.08, 0.08, 0.08}},
    [MRSE_PDF_CELL] = {8, 1.04, MRSE_FONT_PLAIN, {0.08, 0.08, 0.08}},
    [MRSE_PDF_CELL_HEAD] = {8, 1.04, MRSE_FONT_BOLD, {0.08, 0.08, 0.08}},
    [MRSE_PDF_LABEL] = {8, 1.04, MRSE_FONT_BOLD, {0.08, 0.08, 0.08}},
    [MRSE_PDF_FINE] = {7, 1.02, MRSE_FONT_PLAIN, {0.12, 0.13, 0.15}},
    [MRSE_PDF_FINE_HEAD] = {7, 1.02, MRSE_FONT_BOLD, {0.12, 0.13, 0.15}},
    [MRSE_PDF_STAMP] = {8, 1.2, MRSE_FONT_BOLD, {0.08, 0.08, 0.08}},
    [MRSE_PDF_FOOT] = {7, 1.2, MRSE_FONT_PLAIN, {0.25, 0.27, 0.3}},
};

double mrse_pdf_mark_width(mrse_pdf_role role)
{
    return 1.35 * scale[role].size;
}

static void add_bold(PangoAttrList *list, size_t from, size_t to)
{
    PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->start_index = (guint)from;
    bold->end_index = (guint)to;
    pango_attr_list_insert(list, bold);
}

static void add_unbroken(PangoAttrList *list, size_t from, size_t to)
{
    PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
    whole->start_index = (guint)from;
    whole->end_index = (guint)to;
    pango_attr_list_insert(list, whole);
}

/* The length of a unit that begins text[0..n), 0 when there is none. */
static size_t unit_length(const char *text, size_t n)
{
    char word[16];
    size_t length = 0;
    while (length < n && !strchr(" \n,;:()", text[length]))
        length++;
    while (length > 0 && text[length - 1] == '.')
        length--;
    if (length == 0 || length >= sizeof word)
        return 0;
    memcpy(word, text, length);
    word[length] = 0;
    return mrse_unit_find(word) ? length : 0;
}

/* Where the number that ends before text[end] begins, with an operator or sign in front of it. */
static size_t number_start(const char *text, size_t end)
{
    static const char *const before[] = {"<", ">", "=", "≤", "≥", "±", "−", "-"};
    size_t start = end;
    while (start > 0 && strchr("0123456789.e+-", text[start - 1]))
        start--;
    for (size_t k = 0; start > 1 && k < sizeof before / sizeof before[0]; k++) {
        size_t length = strlen(before[k]), gap = text[start - 1] == ' ';
        if (start >= length + gap && memcmp(text + start - gap - length, before[k], length) == 0)
            return start - gap - length;
    }
    return start;
}

/* A number and its unit stay on one line, with the operator: "≤ 7.20 T/m" must not be read as
 * "7.20". */
static void keep_quantities(PangoAttrList *list, const char *text, size_t n)
{
    for (size_t i = 0; i + 2 < n; i++) {
        bool number = text[i] >= '0' && text[i] <= '9' && text[i + 1] == ' ';
        size_t unit = number ? unit_length(text + i + 2, n - i - 2) : 0;
        if (unit > 0)
            add_unbroken(list, number_start(text, i + 1), i + 2 + unit);
    }
}

static void set_attributes(const mrse_pdf_text *made, const char *text, size_t n,
                           const mrse_pdf_form *form, bool keep)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_font_features_new("tnum=1, liga=0"));
    /* No hyphens where a long word must be broken: they would change what is written. */
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    mrse_verdict_span span = {0};
    if (form->bold_bytes > 0)
        add_bold(list, 0, form->bold_bytes);
    if (made->marked && mrse_document_verdict_leads(text, n, &span))
        add_bold(list, 0, span.n);
    for (size_t from = 0; form->bold_verdicts && mrse_document_verdict_find(text, n, from, &span);
         from = span.at + span.n)
        add_bold(list, span.at, span.at + span.n);
    for (size_t from = 0, to = 0; keep && form->whole && from < n; from = to + 1) {
        const char *end = memchr(text + from, '\n', n - from);
        to = end ? (size_t)(end - text) : n;
        if (to - from <= WHOLE_MAX)
            add_unbroken(list, from, to);
    }
    if (keep && !form->whole)
        keep_quantities(list, text, n);
    pango_layout_set_attributes(made->layout, list);
    pango_attr_list_unref(list);
}

mrse_status mrse_pdf_text_lines(mrse_pdf_text *text)
{
    size_t n = (size_t)pango_layout_get_line_count(text->layout);
    text->line = mrse_alloc(n, sizeof *text->line);
    if (!text->line)
        return MRSE_ERR_NOMEM;
    PangoLayoutIter *iter = pango_layout_get_iter(text->layout);
    do {
        mrse_pdf_line *line = &text->line[text->n++];
        PangoRectangle extents;
        int top = 0, bottom = 0;
        line->line = pango_layout_iter_get_line_readonly(iter);
        pango_layout_iter_get_line_extents(iter, NULL, &extents);
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        line->x = pango_units_to_double(extents.x);
        line->top = pango_units_to_double(top);
        line->bottom = pango_units_to_double(bottom);
        line->baseline = pango_units_to_double(pango_layout_iter_get_baseline(iter));
    } while (text->n < n && pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    text->height = text->line[text->n - 1].bottom - text->line[0].top;
    return MRSE_OK;
}

mrse_pdf_text mrse_pdf_text_make(mrse_pdf_sheet *sheet, const char *text, size_t n,
                                 const mrse_pdf_form *form)
{
    mrse_pdf_text made = {.role = form->role};
    mrse_buf clean = {0};
    if (sheet->status != MRSE_OK)
        return made;
    mrse_document_clean(&clean, text, n, form->newline);
    mrse_verdict_span span;
    if (form->lead_verdict && clean.status == MRSE_OK &&
        mrse_document_verdict_leads(mrse_buf_text(&clean), clean.len, &span)) {
        made.marked = true;
        made.verdict = span.verdict;
    }
    mrse_status status = clean.status;
    if (status == MRSE_OK)
        status = mrse_cairo_layout(sheet->cr, &made.layout);
    if (status == MRSE_OK) {
        const type_size *type = &scale[form->role];
        double width = made.marked ? form->width - mrse_pdf_mark_width(form->role) : form->width;
        mrse_cairo_font(made.layout, type->size, type->style);
        pango_layout_set_line_spacing(made.layout, (float)type->spacing);
        pango_layout_set_wrap(made.layout,
                              form->width > 0 ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
        pango_layout_set_alignment(made.layout, form->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
        if (form->width >= 0)
            pango_layout_set_width(made.layout, pango_units_from_double(width > 0 ? width : 0));
        mrse_cairo_text(made.layout, mrse_buf_text(&clean));
        set_attributes(&made, mrse_buf_text(&clean), clean.len, form, true);
        /* What is kept together may be wider than a narrow column: then it must break after all. */
        int set = 0;
        pango_layout_get_size(made.layout, &set, NULL);
        if (form->width > 0 && pango_units_to_double(set) > width)
            set_attributes(&made, mrse_buf_text(&clean), clean.len, form, false);
        status = mrse_pdf_text_lines(&made);
    }
    mrse_buf_free(&clean);
    mrse_pdf_fail(sheet, status);
    return made;
}

void mrse_pdf_text_free(mrse_pdf_text *text)
{
    mrse_free(text->line);
    if (text->layout)
        g_object_unref(text->layout);
    *text = (mrse_pdf_text){0};
}

double mrse_pdf_text_width(const mrse_pdf_text *text)
{
    if (!text->layout)
        return 0;
    int width = 0;
    pango_layout_get_size(text->layout, &width, NULL);
    return pango_units_to_double(width) + (text->marked ? mrse_pdf_mark_width(text->role) : 0);
}

size_t mrse_pdf_text_fit(const mrse_pdf_text *text, size_t from, double room, double *height)
{
    size_t to = from;
    *height = 0;
    while (to < text->n && text->line[to].bottom - text->line[from].top <= room) {
        *height = text->line[to].bottom - text->line[from].top;
        to++;
    }
    return to;
}

void mrse_pdf_text_draw(mrse_pdf_sheet *sheet, const mrse_pdf_text *text, size_t from, size_t to,
                        double x, double y)
{
    if (!sheet->draw || sheet->status != MRSE_OK)
        return;
    const type_size *type = &scale[text->role];
    if (text->marked) {
        if (from == 0 && to > 0)
            mrse_pdf_mark(sheet->cr, text->verdict, x,
                          y + text->line[0].baseline - text->line[0].top - 0.88 * type->size,
                          1.02 * type->size);
        x += mrse_pdf_mark_width(text->role);
    }
    cairo_set_source_rgb(sheet->cr, type->ink[0], type->ink[1], type->ink[2]);
    for (size_t i = from; i < to; i++) {
        const mrse_pdf_line *line = &text->line[i];
        cairo_move_to(sheet->cr, x + line->x, y + line->baseline - text->line[from].top);
        pango_cairo_show_layout_line(sheet->cr, line->line);
    }
}

double mrse_pdf_flow_first(const mrse_pdf_text *text, double pad)
{
    if (text->n == 0)
        return 0;
    /* Two lines, or all of three: nothing stands alone on either side of the break. */
    size_t n = text->n <= 3 ? text->n : 2;
    return text->line[n - 1].bottom - text->line[0].top + 2 * pad;
}

static void draw_frame(mrse_pdf_sheet *sheet, const mrse_pdf_frame *frame, double height)
{
    cairo_t *cr = sheet->cr;
    double x = MRSE_PDF_LEFT, width = MRSE_PDF_BODY;
    if (!sheet->draw)
        return;
    if (frame->box) {
        cairo_rectangle(cr, x, sheet->y, width, height);
        cairo_set_source_rgba(cr, 1, 0.965, 0.867, 0.75);
        cairo_fill_preserve(cr);
        cairo_set_source_rgb(cr, 0.54, 0.38, 0);
        cairo_set_line_width(cr, 0.6);
        cairo_stroke(cr);
    }
    if (frame->box || frame->bar) {
        cairo_rectangle(cr, x, sheet->y, frame->box ? 4 : 2, height);
        if (frame->box)
            cairo_set_source_rgb(cr, 0.54, 0.38, 0);
        else
            cairo_set_source_rgb(cr, 0.72, 0.76, 0.8);
        cairo_fill(cr);
    }
}

/* How many lines to put on this page; 0 when the text should begin on the next. */
static size_t lines_here(const mrse_pdf_sheet *sheet, const mrse_pdf_text *text, size_t from,
                         double pad)
{
    double height = 0;
    size_t to = mrse_pdf_text_fit(text, from, sheet->bottom - sheet->y - 2 * pad, &height);
    bool at_top = sheet->y <= sheet->top + 0.01;
    if (to == text->n)
        return to - from;
    if (text->n - to == 1 && to - from > 1)
        to--;
    if (!at_top && to - from < 2)
        return 0;
    return to > from ? to - from : 1; /* a page always takes a line, or this would not end */
}

void mrse_pdf_flow(mrse_pdf_sheet *sheet, const mrse_pdf_text *text, const mrse_pdf_frame *frame)
{
    double page = sheet->bottom - sheet->top, whole = text->height + 2 * frame->pad;
    /* What is framed stays in one piece unless it is long. */
    if (frame->box && whole > sheet->bottom - sheet->y && whole < page / 2)
        mrse_pdf_new_page(sheet);
    /* Before the tag: a container that has no part on its first page confuses cairo. */
    if (lines_here(sheet, text, 0, frame->pad) == 0)
        mrse_pdf_new_page(sheet);
    bool split = whole > sheet->bottom - sheet->y;
    mrse_pdf_tag(sheet, frame->tag);
    for (size_t from = 0; from < text->n && sheet->status == MRSE_OK;) {
        size_t n = lines_here(sheet, text, from, frame->pad);
        if (n == 0) {
            mrse_pdf_new_page(sheet);
            continue;
        }
        double height = text->line[from + n - 1].bottom - text->line[from].top;
        draw_frame(sheet, frame, height + 2 * frame->pad);
        if (split)
            mrse_pdf_tag(sheet, "Span");
        mrse_pdf_text_draw(sheet, text, from, from + n, MRSE_PDF_LEFT + frame->indent,
                           sheet->y + frame->pad);
        if (split)
            mrse_pdf_untag(sheet, "Span");
        sheet->y += height + 2 * frame->pad;
        from += n;
        if (from < text->n)
            mrse_pdf_new_page(sheet);
    }
    mrse_pdf_untag(sheet, frame->tag);
}

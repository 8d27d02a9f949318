/* The PDF view of a document: pages with header, footer and watermark, set twice because "page n of
 * m" needs m. SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/date.h"
#include "pdf_internal.h"

#define MARGIN_TOP  50.0
#define MARGIN_FOOT 26.0 /* below the footer */
#define FOOT_GAP    20.0 /* between body and footer; the end mark fits in */
#define FOOT_LINES  3    /* of a long author or tool name */

void mrse_pdf_fail(mrse_pdf_sheet *sheet, mrse_status status)
{
    if (sheet->status == MRSE_OK)
        sheet->status = status;
}

void mrse_pdf_tag(mrse_pdf_sheet *sheet, const char *name)
{
    if (sheet->draw)
        cairo_tag_begin(sheet->cr, name, NULL);
}

void mrse_pdf_untag(mrse_pdf_sheet *sheet, const char *name)
{
    if (sheet->draw)
        cairo_tag_end(sheet->cr, name);
}

/* Watermark and stamp, in words: the stamp's line is text, the diagonal one is drawn as a shape, or
 * its letters would be read out between the lines of the page. */
static mrse_pdf_text make_stamp(mrse_pdf_sheet *sheet)
{
    const mrse_document *document = sheet->document;
    const char *watermark = document->watermark, *stamp = document->stamp;
    mrse_buf buf = {0};
    mrse_pdf_text text = {0};
    mrse_pdf_form form = {.role = MRSE_PDF_STAMP, .width = MRSE_PDF_BODY - 12};
    if (watermark && watermark[0])
        mrse_buf_add(&buf, watermark);
    if (stamp && stamp[0])
        mrse_buf_addf(&buf, "%s%s", buf.len > 0 ? " · " : "", stamp);
    mrse_pdf_fail(sheet, buf.status);
    if (buf.len > 0)
        text = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    return text;
}

static double stamp_height(const mrse_pdf_text *text)
{
    double most = MRSE_PDF_HEIGHT / 4, height = 0;
    (void)mrse_pdf_text_fit(text, 0, most, &height);
    return text->n > 0 ? height + 8 : 0;
}

static void draw_stamp(mrse_pdf_sheet *sheet)
{
    mrse_pdf_text text = make_stamp(sheet);
    double height = 0;
    size_t n = mrse_pdf_text_fit(&text, 0, MRSE_PDF_HEIGHT / 4, &height);
    if (n > 0) {
        cairo_rectangle(sheet->cr, MRSE_PDF_LEFT, MARGIN_TOP - 22, MRSE_PDF_BODY, height + 8);
        cairo_set_source_rgb(sheet->cr, 0.08, 0.08, 0.08);
        cairo_set_line_width(sheet->cr, 1);
        cairo_stroke(sheet->cr);
        mrse_pdf_text_draw(sheet, &text, 0, n, MRSE_PDF_LEFT + 6, MARGIN_TOP - 18);
    }
    mrse_pdf_text_free(&text);
}

static void draw_watermark(mrse_pdf_sheet *sheet)
{
    const char *words = sheet->document->watermark;
    cairo_t *cr = sheet->cr;
    mrse_pdf_form form = {.role = MRSE_PDF_TITLE, .width = -1};
    if (!words || !words[0])
        return;
    mrse_pdf_text text = mrse_pdf_text_make(sheet, words, strlen(words), &form);
    double width = mrse_pdf_text_width(&text);
    if (text.n > 0 && width > 0) {
        double factor = 640 / width < 4.5 ? 640 / width : 4.5;
        cairo_save(cr);
        cairo_translate(cr, MRSE_PDF_WIDTH / 2, MRSE_PDF_HEIGHT / 2);
        cairo_rotate(cr, -atan2(MRSE_PDF_HEIGHT, MRSE_PDF_WIDTH));
        cairo_scale(cr, factor, factor);
        cairo_move_to(cr, -width / 2, text.line[0].baseline * 0.4);
        pango_cairo_layout_line_path(cr, text.line[0].line);
        cairo_set_source_rgb(cr, 0.935, 0.935, 0.94);
        cairo_fill(cr);
        cairo_restore(cr);
    }
    mrse_pdf_text_free(&text);
}

static const char *or_else(const char *text, const char *substitute)
{
    return text && text[0] ? text : substitute;
}

static mrse_pdf_text make_foot(mrse_pdf_sheet *sheet)
{
    const mrse_document *document = sheet->document;
    mrse_pdf_form form = {.role = MRSE_PDF_FOOT, .width = MRSE_PDF_BODY - 90};
    mrse_buf buf = {0};
    mrse_buf_addf(&buf, "Record %s · %s · %s · %s", or_else(document->id, "without id"),
                  or_else(document->date, "undated"), mrse_document_author(document),
                  or_else(document->tool, "unknown version"));
    mrse_pdf_fail(sheet, buf.status);
    mrse_pdf_text text = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    if (text.layout && text.n > FOOT_LINES) {
        /* Cut with an ellipsis; the whole is in the document's metadata. */
        mrse_free(text.line);
        text.line = NULL;
        text.n = 0;
        pango_layout_set_ellipsize(text.layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(text.layout, -FOOT_LINES);
        mrse_pdf_fail(sheet, mrse_pdf_text_lines(&text));
    }
    return text;
}

static void draw_foot(mrse_pdf_sheet *sheet)
{
    mrse_pdf_text text = make_foot(sheet), number = {0};
    mrse_pdf_form form = {.role = MRSE_PDF_FOOT, .width = 90, .right = true};
    double y = MRSE_PDF_HEIGHT - MARGIN_FOOT - text.height;
    mrse_buf buf = {0};
    mrse_buf_addf(&buf, "page %d of %d", sheet->page, sheet->n_pages);
    mrse_pdf_fail(sheet, buf.status);
    number = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    cairo_set_source_rgb(sheet->cr, 0.12, 0.23, 0.37);
    cairo_set_line_width(sheet->cr, 0.6);
    cairo_move_to(sheet->cr, MRSE_PDF_LEFT, y - 4);
    cairo_line_to(sheet->cr, MRSE_PDF_LEFT + MRSE_PDF_BODY, y - 4);
    cairo_stroke(sheet->cr);
    mrse_pdf_text_draw(sheet, &text, 0, text.n, MRSE_PDF_LEFT, y);
    mrse_pdf_text_draw(sheet, &number, 0, number.n, MRSE_PDF_LEFT + MRSE_PDF_BODY - 90, y);
    mrse_pdf_text_free(&text);
    mrse_pdf_text_free(&number);
}

static void begin_page(mrse_pdf_sheet *sheet)
{
    sheet->page++;
    sheet->y = sheet->top;
    if (!sheet->draw)
        return;
    draw_watermark(sheet);
    draw_stamp(sheet);
}

static void end_page(mrse_pdf_sheet *sheet)
{
    if (!sheet->draw)
        return;
    draw_foot(sheet);
    cairo_show_page(sheet->cr);
}

void mrse_pdf_new_page(mrse_pdf_sheet *sheet)
{
    end_page(sheet);
    begin_page(sheet);
}

void mrse_pdf_room(mrse_pdf_sheet *sheet, double height)
{
    if (sheet->y > sheet->top + 0.01 && height > sheet->bottom - sheet->y)
        mrse_pdf_new_page(sheet);
}

/* Nothing can be added behind it unseen. It may stand in the gap above the footer, so that it never
 * has a page to itself. */
static void draw_end(mrse_pdf_sheet *sheet)
{
    const mrse_document *document = sheet->document;
    mrse_pdf_form form = {.role = MRSE_PDF_FOOT, .width = -1};
    mrse_buf buf = {0};
    mrse_buf_addf(&buf, "End of record %s, %d %s", or_else(document->id, "without id"),
                  sheet->n_pages, sheet->n_pages == 1 ? "page" : "pages");
    mrse_pdf_fail(sheet, buf.status);
    mrse_pdf_text text = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    if (sheet->draw && text.n > 0) {
        double y = sheet->y + 8 < sheet->bottom + 4 ? sheet->y + 8 : sheet->bottom + 4;
        double width = mrse_pdf_text_width(&text), x = (MRSE_PDF_WIDTH - width) / 2;
        mrse_pdf_tag(sheet, "P");
        mrse_pdf_text_draw(sheet, &text, 0, text.n, x > 0 ? x : 0, y);
        mrse_pdf_untag(sheet, "P");
        cairo_set_source_rgb(sheet->cr, 0.12, 0.23, 0.37);
        cairo_set_line_width(sheet->cr, 1.2);
        for (int side = -1; side <= 1; side += 2) {
            double edge = MRSE_PDF_WIDTH / 2 + side * (width / 2 + 8);
            cairo_move_to(sheet->cr, edge, y + text.height / 2);
            cairo_rel_line_to(sheet->cr, side * 40, 0);
        }
        cairo_stroke(sheet->cr);
    }
    mrse_pdf_text_free(&text);
}

static void measure_page(mrse_pdf_sheet *sheet)
{
    mrse_pdf_text stamp = make_stamp(sheet), foot = make_foot(sheet);
    double height = stamp_height(&stamp);
    sheet->top = MARGIN_TOP + (height > 0 ? height - 8 : 0);
    sheet->bottom = MRSE_PDF_HEIGHT - MARGIN_FOOT - foot.height - FOOT_GAP;
    mrse_pdf_text_free(&stamp);
    mrse_pdf_text_free(&foot);
}

static void set_all(mrse_pdf_sheet *sheet, bool draw)
{
    sheet->draw = draw;
    sheet->page = 0;
    sheet->n_tables = sheet->n_figures = 0;
    begin_page(sheet);
    mrse_pdf_tag(sheet, "Document");
    if (!mrse_document_has_heading(sheet->document))
        mrse_pdf_title(sheet);
    for (size_t i = 0; i < sheet->document->n && sheet->status == MRSE_OK; i++)
        mrse_pdf_block(sheet, i);
    draw_end(sheet);
    mrse_pdf_untag(sheet, "Document");
    end_page(sheet);
    sheet->n_pages = sheet->page;
}

/* Never tells cairo of a failure: cairo 1.16 crashes on closing a PDF that it could not write (seen
 * with each allocation failed in turn under AddressSanitizer). The buffer remembers. */
static cairo_status_t collect(void *closure, const unsigned char *bytes, unsigned int n)
{
    mrse_buf_addn(closure, (const char *)bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static mrse_status draw_pages(const mrse_document *document, mrse_figure_box *box, mrse_buf *drawn)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(collect, drawn, MRSE_PDF_WIDTH, MRSE_PDF_HEIGHT);
    /* Replaced later; without it cairo would ask the clock. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_t *cr = cairo_create(surface);
    mrse_pdf_sheet sheet = {.document = document, .cr = cr, .box = box};
    sheet.status = mrse_cairo_status(cairo_status(cr));
    if (sheet.status == MRSE_OK)
        measure_page(&sheet);
    if (sheet.status == MRSE_OK)
        set_all(&sheet, false);
    if (sheet.status == MRSE_OK)
        set_all(&sheet, true);
    cairo_status_t drawing = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    mrse_pdf_fail(&sheet, drawn->status);
    mrse_pdf_fail(&sheet, mrse_cairo_status(drawing));
    mrse_pdf_fail(&sheet, mrse_cairo_status(cairo_surface_status(surface)));
    cairo_surface_destroy(surface);
    return sheet.status;
}

static mrse_status check(const mrse_document *document, const mrse_attachment *attachment,
                         size_t n_attachments)
{
    mrse_date date;
    if (!document || (n_attachments > 0 && !attachment))
        return MRSE_ERR_ARG;
    if (document->status != MRSE_OK)
        return document->status;
    if (document->date && document->date[0] && mrse_date_read(document->date, &date) != MRSE_OK)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n_attachments; i++) {
        if (!attachment[i].name || !attachment[i].name[0] ||
            (attachment[i].n > 0 && !attachment[i].bytes))
            return MRSE_ERR_ARG;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(attachment[i].name, attachment[k].name) == 0)
                return MRSE_ERR_ARG;
        }
    }
    return MRSE_OK;
}

mrse_status mrse_document_pdf(const mrse_document *document, const mrse_attachment *attachment,
                              size_t n_attachments, mrse_buf *out)
{
    mrse_status status = out ? check(document, attachment, n_attachments) : MRSE_ERR_ARG;
    if (status != MRSE_OK)
        return status;
    size_t n_figures = 0;
    for (size_t i = 0; i < document->n; i++)
        n_figures += document->block[i].kind == MRSE_BLOCK_FIGURE;
    mrse_figure_box *box = mrse_alloc(n_figures + 1, sizeof *box);
    mrse_buf drawn = {0};
    if (!box)
        return MRSE_ERR_NOMEM;
    status = draw_pages(document, box, &drawn);
    if (status == MRSE_OK)
        status = mrse_pdf_finish(document, attachment, n_attachments, box, &drawn, out);
    mrse_buf_free(&drawn);
    mrse_free(box);
    return status;
}

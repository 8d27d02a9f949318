/* Figures and sign-off boxes of the PDF view. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pdf_internal.h"

#define GAP          10.0
#define SHRINK       0.78 /* a figure may be this much smaller to stay on the page */
#define HEADING_ROOM 60   /* a figure leaves this on its page for the heading before it */
#define SIGN_HEAD    15.0
#define SIGN_ROW     30.0

static mrse_pdf_text make_caption(mrse_pdf_sheet *sheet, const mrse_block *block, unsigned number)
{
    mrse_buf buf = {0};
    mrse_pdf_text text = {0};
    mrse_pdf_form form = {.role = MRSE_PDF_CAPTION, .width = MRSE_PDF_BODY};
    if (block->text[0]) {
        mrse_buf_addf(&buf, "Figure %u:", number);
        form.bold_bytes = buf.len;
        mrse_buf_addf(&buf, " %s", block->text);
    }
    if (block->file && block->file[0])
        mrse_buf_addf(&buf, "%sFile: %s", buf.len > 0 ? " " : "", block->file);
    mrse_pdf_fail(sheet, buf.status);
    if (buf.len > 0)
        text = mrse_pdf_text_make(sheet, mrse_buf_text(&buf), buf.len, &form);
    mrse_buf_free(&buf);
    return text;
}

/* The largest scale, at most 1, at which the figure fits a page of its own with its caption. */
static double figure_scale(const mrse_pdf_sheet *sheet, const mrse_block *block, double caption,
                           double *width, double *height)
{
    double room = sheet->bottom - sheet->top - caption - 4 - HEADING_ROOM, scale = 1;
    if (room < 100)
        room = 100; /* a caption of a page flows on behind the figure */
    mrse_figure_size(&block->figure, width, height);
    if (!(*width > 0) || !(*height > 0)) {
        *width = *height = 1;
    }
    if (*width > MRSE_PDF_BODY)
        scale = MRSE_PDF_BODY / *width;
    if (*height * scale > room)
        scale = room / *height;
    return scale;
}

double mrse_pdf_figure_first(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    double width = 0, height = 0;
    mrse_pdf_text caption = make_caption(sheet, block, sheet->n_figures + 1);
    double scale = figure_scale(sheet, block, caption.height, &width, &height);
    double first = SHRINK * scale * height + 4 + caption.height;
    mrse_pdf_text_free(&caption);
    return first;
}

static void draw_figure(mrse_pdf_sheet *sheet, const mrse_block *block, double width, double height,
                        double scale)
{
    double x = MRSE_PDF_LEFT + (MRSE_PDF_BODY - width * scale) / 2, y = sheet->y;
    if (!sheet->draw || sheet->status != MRSE_OK)
        return;
    sheet->box[sheet->n_boxes++] = (mrse_figure_box){x, MRSE_PDF_HEIGHT - y - height * scale,
                                                     x + width * scale, MRSE_PDF_HEIGHT - y};
    mrse_pdf_tag(sheet, "Figure");
    cairo_save(sheet->cr);
    cairo_translate(sheet->cr, x, y);
    cairo_scale(sheet->cr, scale, scale);
    cairo_rectangle(sheet->cr, 0, 0, width, height);
    cairo_clip(sheet->cr);
    mrse_pdf_fail(sheet, mrse_figure_draw(sheet->cr, &block->figure, width, height));
    cairo_restore(sheet->cr);
    mrse_pdf_untag(sheet, "Figure");
}

void mrse_pdf_figure(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    double width = 0, height = 0;
    mrse_pdf_text caption = make_caption(sheet, block, sheet->n_figures + 1);
    double scale = figure_scale(sheet, block, caption.height, &width, &height);
    if (block->text[0])
        sheet->n_figures++;
    double keep = caption.height < 100 ? caption.height : mrse_pdf_flow_first(&caption, 0);
    mrse_pdf_room(sheet, SHRINK * scale * height + 4 + keep);
    double room = (sheet->bottom - sheet->y - 4 - keep) / height;
    if (room > 0 && room < scale)
        scale = room;
    draw_figure(sheet, block, width, height, scale);
    sheet->y += height * scale + 4;
    mrse_pdf_frame frame = {.tag = "Caption"};
    if (caption.n > 0)
        mrse_pdf_flow(sheet, &caption, &frame);
    sheet->y += GAP;
    mrse_pdf_text_free(&caption);
}

static void sign_cell(mrse_pdf_sheet *sheet, const char *text, bool head, double x, double y,
                      double width, double height)
{
    mrse_pdf_form form = {.role = MRSE_PDF_CELL_HEAD, .width = width - 8};
    mrse_pdf_text line = mrse_pdf_text_make(sheet, text, strlen(text), &form);
    if (sheet->draw) {
        cairo_rectangle(sheet->cr, x, y, width, height);
        cairo_set_source_rgb(sheet->cr, 0.35, 0.38, 0.42);
        cairo_set_line_width(sheet->cr, 0.6);
        cairo_stroke(sheet->cr);
    }
    mrse_pdf_tag(sheet, head ? "TH" : "TD");
    mrse_pdf_text_draw(sheet, &line, 0, text[0] ? line.n : 0, x + 4, y + 3);
    mrse_pdf_untag(sheet, head ? "TH" : "TD");
    mrse_pdf_text_free(&line);
}

static void sign_row(mrse_pdf_sheet *sheet, int row)
{
    static const double width[] = {0.16, 0.36, 0.3, 0.18};
    double x = MRSE_PDF_LEFT, height = row < 0 ? SIGN_HEAD : SIGN_ROW;
    mrse_pdf_tag(sheet, "TR");
    for (int i = 0; i < 4; i++) {
        const char *text = "";
        if (row < 0)
            text = i > 0 ? mrse_signoff_field[i - 1] : "Person";
        else if (i == 0)
            text = mrse_signoff_person[row];
        sign_cell(sheet, text, row < 0 || i == 0, x, sheet->y, width[i] * MRSE_PDF_BODY, height);
        x += width[i] * MRSE_PDF_BODY;
    }
    mrse_pdf_untag(sheet, "TR");
    sheet->y += height;
}

double mrse_pdf_signoff_first(void)
{
    return SIGN_HEAD + 2 * SIGN_ROW + 14;
}

void mrse_pdf_signoff(mrse_pdf_sheet *sheet)
{
    static const char note[] = "To be filled in by hand";
    mrse_pdf_form form = {.role = MRSE_PDF_SMALL, .width = MRSE_PDF_BODY};
    mrse_pdf_text caption = mrse_pdf_text_make(sheet, note, sizeof note - 1, &form);
    mrse_pdf_room(sheet, mrse_pdf_signoff_first());
    mrse_pdf_tag(sheet, "Table");
    mrse_pdf_tag(sheet, "Caption");
    mrse_pdf_text_draw(sheet, &caption, 0, caption.n, MRSE_PDF_LEFT, sheet->y);
    mrse_pdf_untag(sheet, "Caption");
    sheet->y += 14;
    for (int row = -1; row < 2; row++)
        sign_row(sheet, row);
    mrse_pdf_untag(sheet, "Table");
    sheet->y += GAP;
    mrse_pdf_text_free(&caption);
}

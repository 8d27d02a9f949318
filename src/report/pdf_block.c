/* Headings, paragraphs and lists of the PDF view; and which block is set how. SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <string.h>

#include "pdf_internal.h"

#define GAP          5.0 /* after a paragraph or block */
#define GAP_FINE     2.5
#define GAP_H2       9.0 /* above a heading, besides the gap before it */
#define GAP_H3       4.0
#define BULLET       11.0 /* indent of a list item */
#define FRAME_INDENT 12.0

static mrse_pdf_text make_whole(mrse_pdf_sheet *sheet, const char *text, mrse_pdf_role role,
                                double width)
{
    mrse_pdf_form form = {.role = role, .width = width};
    return mrse_pdf_text_make(sheet, text, strlen(text), &form);
}

static mrse_pdf_role heading_role(int level)
{
    return level <= 1 ? MRSE_PDF_TITLE : level == 2 ? MRSE_PDF_H2 : MRSE_PDF_H3;
}

static void add_outline(mrse_pdf_sheet *sheet, int level, const char *text)
{
    mrse_buf name = {0}, place = {0};
    if (!sheet->draw || sheet->status != MRSE_OK)
        return;
    mrse_document_clean(&name, text, strlen(text), MRSE_NEWLINE_SPACE);
    mrse_buf_addf(&place, "page=%d pos=[0 %d]", sheet->page, (int)sheet->y);
    mrse_pdf_fail(sheet, name.status != MRSE_OK ? name.status : place.status);
    if (sheet->status == MRSE_OK) {
        int id = cairo_pdf_surface_add_outline(
            cairo_get_target(sheet->cr), sheet->outline[level - 1], mrse_buf_text(&name),
            mrse_buf_text(&place), level < 2 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
        for (int i = level; i < 4; i++)
            sheet->outline[i] = id;
    }
    mrse_buf_free(&name);
    mrse_buf_free(&place);
}

static void set_heading(mrse_pdf_sheet *sheet, int level, const char *text, double next)
{
    static const char *const tag[] = {"H1", "H1", "H2", "H3"};
    mrse_pdf_text heading = make_whole(sheet, text, heading_role(level), MRSE_PDF_BODY);
    double above = level <= 1 ? 0 : level == 2 ? GAP_H2 : GAP_H3;
    double room = above + heading.height + 4 + next, most = sheet->bottom - sheet->top;
    mrse_pdf_room(sheet, room < most ? room : most);
    if (sheet->y > sheet->top + 0.01)
        sheet->y += above;
    add_outline(sheet, level, text);
    mrse_pdf_frame frame = {.tag = tag[level]};
    mrse_pdf_flow(sheet, &heading, &frame);
    sheet->y += level <= 1 ? 8 : level == 2 ? 5 : 3;
    mrse_pdf_text_free(&heading);
}

void mrse_pdf_title(mrse_pdf_sheet *sheet)
{
    set_heading(sheet, 1, mrse_document_title(sheet->document), 0);
}

/* All paragraphs of a framed block are one text, so that one frame holds them. */
static void join_paragraphs(const char *text, mrse_buf *out)
{
    const char *rest = text, *part = NULL;
    size_t n = 0;
    while (mrse_document_next_paragraph(&rest, &part, &n)) {
        if (out->len > 0)
            mrse_buf_add(out, "\n\n");
        mrse_document_clean(out, part, n, MRSE_NEWLINE_SPACE);
    }
}

static mrse_pdf_text make_framed(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    bool callout = block->style == MRSE_STYLE_CALLOUT;
    mrse_pdf_form form = {.role = callout ? MRSE_PDF_TEXT : MRSE_PDF_QUOTE,
                          .width = MRSE_PDF_BODY - 2 * FRAME_INDENT,
                          .newline = MRSE_NEWLINE_KEEP,
                          .bold_verdicts = callout,
                          .lead_verdict = callout};
    mrse_buf joined = {0};
    join_paragraphs(block->text, &joined);
    mrse_pdf_fail(sheet, joined.status);
    mrse_pdf_text text = {0};
    if (joined.len > 0)
        text = mrse_pdf_text_make(sheet, mrse_buf_text(&joined), joined.len, &form);
    mrse_buf_free(&joined);
    return text;
}

static bool is_framed(const mrse_block *block)
{
    return block->style == MRSE_STYLE_CALLOUT || block->style == MRSE_STYLE_QUOTE;
}

static mrse_pdf_frame frame_of(const mrse_block *block)
{
    bool callout = block->style == MRSE_STYLE_CALLOUT;
    return (mrse_pdf_frame){.indent = FRAME_INDENT,
                            .pad = callout ? 6 : 1,
                            .box = callout,
                            .bar = !callout,
                            .tag = callout ? "P" : "BlockQuote"};
}

static mrse_pdf_form running_form(const mrse_block *block, double width)
{
    mrse_pdf_role role = block->style == MRSE_STYLE_SMALL    ? MRSE_PDF_SMALL
                         : block->style == MRSE_STYLE_BANNER ? MRSE_PDF_BANNER
                                                             : MRSE_PDF_TEXT;
    return (mrse_pdf_form){.role = role, .width = width, .bold_verdicts = true};
}

static void set_paragraphs(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    mrse_pdf_frame frame = {.tag = "P"};
    mrse_pdf_text text = {0};
    if (is_framed(block)) {
        frame = frame_of(block);
        text = make_framed(sheet, block);
        if (text.n > 0) {
            mrse_pdf_flow(sheet, &text, &frame);
            sheet->y += GAP + (frame.box ? 3 : 0);
        }
        mrse_pdf_text_free(&text);
        return;
    }
    const char *rest = block->text, *part = NULL;
    size_t n = 0;
    mrse_pdf_form form = running_form(block, MRSE_PDF_BODY);
    while (sheet->status == MRSE_OK && mrse_document_next_paragraph(&rest, &part, &n)) {
        text = mrse_pdf_text_make(sheet, part, n, &form);
        mrse_pdf_flow(sheet, &text, &frame);
        sheet->y += block->style == MRSE_STYLE_SMALL ? GAP_FINE : GAP;
        mrse_pdf_text_free(&text);
    }
    if (block->style == MRSE_STYLE_SMALL) /* what follows small print stands off from it */
        sheet->y += GAP - GAP_FINE;
}

static double paragraph_first(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    mrse_pdf_text text = {0};
    double height = 0;
    if (is_framed(block)) {
        mrse_pdf_frame frame = frame_of(block);
        text = make_framed(sheet, block);
        double whole = text.height + 2 * frame.pad;
        height = frame.box && whole < (sheet->bottom - sheet->top) / 2
                     ? whole
                     : mrse_pdf_flow_first(&text, frame.pad);
    } else {
        const char *rest = block->text, *part = NULL;
        size_t n = 0;
        mrse_pdf_form form = running_form(block, MRSE_PDF_BODY);
        if (mrse_document_next_paragraph(&rest, &part, &n))
            text = mrse_pdf_text_make(sheet, part, n, &form);
        height = mrse_pdf_flow_first(&text, 0);
    }
    mrse_pdf_text_free(&text);
    return height;
}

static mrse_pdf_text make_item(mrse_pdf_sheet *sheet, const mrse_block *block, size_t i)
{
    mrse_pdf_form form = running_form(block, MRSE_PDF_BODY - BULLET);
    return mrse_pdf_text_make(sheet, block->cell[i], strlen(block->cell[i]), &form);
}

static double list_first(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    if (block->n_cells == 0)
        return 0;
    mrse_pdf_text item = make_item(sheet, block, 0);
    double height = mrse_pdf_flow_first(&item, 0);
    mrse_pdf_text_free(&item);
    return height;
}

static void set_item(mrse_pdf_sheet *sheet, const mrse_pdf_text *bullet, const mrse_pdf_text *item)
{
    mrse_pdf_frame frame = {.indent = BULLET, .tag = "LBody"};
    mrse_pdf_tag(sheet, "LI");
    mrse_pdf_tag(sheet, "Lbl");
    mrse_pdf_text_draw(sheet, bullet, 0, bullet->n, MRSE_PDF_LEFT + 2, sheet->y);
    mrse_pdf_untag(sheet, "Lbl");
    mrse_pdf_flow(sheet, item, &frame);
    mrse_pdf_untag(sheet, "LI");
    sheet->y += 2;
}

static void set_list(mrse_pdf_sheet *sheet, const mrse_block *block)
{
    if (block->n_cells == 0)
        return;
    mrse_pdf_text bullet = make_whole(sheet, "•", MRSE_PDF_TEXT, -1);
    mrse_pdf_room(sheet, list_first(sheet, block));
    mrse_pdf_tag(sheet, "L");
    for (size_t i = 0; i < block->n_cells && sheet->status == MRSE_OK; i++) {
        mrse_pdf_text item = make_item(sheet, block, i);
        mrse_pdf_room(sheet, mrse_pdf_flow_first(&item, 0));
        set_item(sheet, &bullet, &item);
        mrse_pdf_text_free(&item);
    }
    mrse_pdf_untag(sheet, "L");
    sheet->y += GAP - 2;
    mrse_pdf_text_free(&bullet);
}

static double first_height(mrse_pdf_sheet *sheet, size_t index);

/* What a heading keeps with it: the beginning of the next block, and no heading left behind. */
static double next_height(mrse_pdf_sheet *sheet, size_t index)
{
    const mrse_block *block = &sheet->document->block[index];
    double most = (sheet->bottom - sheet->top) / 2;
    /* Measuring a long table is work: not needed where half a page is left anyway. */
    if (index + 1 >= sheet->document->n ||
        (block[1].kind != MRSE_BLOCK_FIGURE && sheet->bottom - sheet->y > most + 120))
        return 0;
    return first_height(sheet, index + 1);
}

static double first_height(mrse_pdf_sheet *sheet, size_t index)
{
    const mrse_block *block = &sheet->document->block[index];
    switch (block->kind) {
    case MRSE_BLOCK_HEADING: {
        mrse_pdf_text text =
            make_whole(sheet, block->text, heading_role(block->level), MRSE_PDF_BODY);
        double height = text.height + GAP_H2;
        mrse_pdf_text_free(&text);
        bool last = index + 1 >= sheet->document->n ||
                    sheet->document->block[index + 1].kind == MRSE_BLOCK_HEADING;
        return height + (last ? 0 : first_height(sheet, index + 1));
    }
    case MRSE_BLOCK_PARAGRAPH:
        return paragraph_first(sheet, block);
    case MRSE_BLOCK_PAIRS:
        return block->n_cells >= 2 ? mrse_pdf_pairs_first(sheet, block) : 0;
    case MRSE_BLOCK_TABLE:
        return mrse_pdf_table_first(sheet, block);
    case MRSE_BLOCK_LIST:
        return list_first(sheet, block);
    case MRSE_BLOCK_FIGURE:
        return mrse_pdf_figure_first(sheet, block);
    case MRSE_BLOCK_SIGNOFF:
        return mrse_pdf_signoff_first();
    case MRSE_BLOCK_BREAK:
        break;
    }
    return 0;
}

void mrse_pdf_block(mrse_pdf_sheet *sheet, size_t index)
{
    const mrse_block *block = &sheet->document->block[index];
    switch (block->kind) {
    case MRSE_BLOCK_HEADING:
        set_heading(sheet, block->level, block->text, next_height(sheet, index));
        break;
    case MRSE_BLOCK_PARAGRAPH:
        set_paragraphs(sheet, block);
        break;
    case MRSE_BLOCK_PAIRS:
        mrse_pdf_pairs(sheet, block);
        break;
    case MRSE_BLOCK_TABLE:
        mrse_pdf_table(sheet, block);
        break;
    case MRSE_BLOCK_LIST:
        set_list(sheet, block);
        break;
    case MRSE_BLOCK_FIGURE:
        mrse_pdf_figure(sheet, block);
        break;
    case MRSE_BLOCK_SIGNOFF:
        mrse_pdf_signoff(sheet);
        break;
    case MRSE_BLOCK_BREAK:
        mrse_pdf_room(sheet, (sheet->bottom - sheet->top) / 3);
        break;
    }
}

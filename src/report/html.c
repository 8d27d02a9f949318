/* The HTML view of a document: one self-contained, accessible page. Free of cairo: figures arrive
 * as finished SVG text. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "html_internal.h"

static void write_base64(mrse_buf *out, const char *bytes, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned long group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (i + k < n ? (unsigned char)bytes[i + k] : 0U);
        char four[4] = {digit[group >> 18 & 63], digit[group >> 12 & 63], digit[group >> 6 & 63],
                        digit[group & 63]};
        if (i + 2 >= n)
            four[3] = '=';
        if (i + 1 >= n)
            four[2] = '=';
        mrse_buf_addn(out, four, sizeof four);
    }
}

/* One paragraph; verdict words bold, a leading one with its mark in callouts and lists. A quotation
 * is somebody's words: nothing is added to it. */
static void write_running(mrse_buf *out, const char *text, size_t n, bool quote, bool mark)
{
    mrse_verdict_span span;
    size_t from = 0;
    while (!quote && mrse_document_verdict_find(text, n, from, &span)) {
        mrse_document_escape(out, text + from, span.at - from, MRSE_NEWLINE_SPACE);
        if (span.at == 0 && mark)
            mrse_html_cell(out, mrse_verdict_text(span.verdict));
        else
            mrse_buf_addf(out, "<strong>%s</strong>", mrse_verdict_text(span.verdict));
        from = span.at + span.n;
    }
    mrse_document_escape(out, text + from, n - from, MRSE_NEWLINE_SPACE);
}

static void write_paragraphs(mrse_buf *out, const mrse_block *block)
{
    static const char *const open[] = {"", "<div class=\"note\" role=\"note\">\n", "<blockquote>\n",
                                       "", ""};
    static const char *const close[] = {"", "</div>\n", "</blockquote>\n", "", ""};
    size_t style = (size_t)block->style < 5 ? (size_t)block->style : 0;
    const char *rest = block->text, *text = NULL;
    size_t n = 0;
    bool any = false;
    while (mrse_document_next_paragraph(&rest, &text, &n)) {
        if (!any)
            mrse_buf_add(out, open[style]);
        any = true;
        mrse_buf_add(out, style == MRSE_STYLE_SMALL    ? "<p class=\"small\">"
                          : style == MRSE_STYLE_BANNER ? "<p class=\"banner\">"
                                                       : "<p>");
        write_running(out, text, n, style == MRSE_STYLE_QUOTE, style == MRSE_STYLE_CALLOUT);
        mrse_buf_add(out, "</p>\n");
    }
    if (any)
        mrse_buf_add(out, close[style]);
}

static void write_pairs(mrse_buf *out, const mrse_block *block)
{
    if (block->n_cells < 2)
        return;
    mrse_buf_add(out, block->style == MRSE_STYLE_SMALL ? "<dl class=\"fine\">\n" : "<dl>\n");
    for (size_t i = 0; i + 1 < block->n_cells; i += 2) {
        mrse_buf_add(out, "<div><dt>");
        mrse_html_text(out, block->cell[i]);
        mrse_buf_add(out, "</dt><dd>");
        mrse_html_cell(out, block->cell[i + 1]);
        mrse_buf_add(out, "</dd></div>\n");
    }
    mrse_buf_add(out, "</dl>\n");
}

static void write_list(mrse_buf *out, const mrse_block *block)
{
    if (block->n_cells == 0)
        return;
    mrse_buf_add(out, "<ul>\n");
    for (size_t i = 0; i < block->n_cells; i++) {
        mrse_buf_add(out, "<li>");
        write_running(out, block->cell[i], strlen(block->cell[i]), false, true);
        mrse_buf_add(out, "</li>\n");
    }
    mrse_buf_add(out, "</ul>\n");
}

static mrse_status write_figure(mrse_buf *out, const mrse_block *block, mrse_html_count *count)
{
    mrse_buf svg = {0};
    mrse_status status = mrse_figure_svg(&block->figure, &svg);
    if (status == MRSE_OK)
        status = svg.status;
    if (status == MRSE_OK) {
        double width_pt = 0, height_pt = 0;
        mrse_figure_size(&block->figure, &width_pt, &height_pt);
        mrse_buf_add(out, "<figure>\n<img alt=\"");
        mrse_html_text(out, block->alt ? block->alt : "");
        /* CSS pixels are 1/96 in, points 1/72 in. */
        mrse_buf_addf(out, "\" width=\"%d\" height=\"%d\" src=\"data:image/svg+xml;base64,",
                      (int)(width_pt * 96 / 72 + 0.5), (int)(height_pt * 96 / 72 + 0.5));
        write_base64(out, svg.data ? svg.data : "", svg.len);
        mrse_buf_add(out, "\">\n<figcaption>");
        if (block->text[0]) {
            mrse_buf_addf(out, "<b>Figure %u:</b> ", ++count->figures);
            mrse_html_text(out, block->text);
        }
        if (block->file && block->file[0]) {
            mrse_buf_add(out, " <span class=\"file\">File: ");
            mrse_html_text(out, block->file);
            mrse_buf_add(out, "</span>");
        }
        mrse_buf_add(out, "</figcaption>\n</figure>\n");
    }
    mrse_buf_free(&svg);
    return status;
}

static mrse_status write_block(mrse_buf *out, const mrse_block *block, mrse_html_count *count)
{
    switch (block->kind) {
    case MRSE_BLOCK_HEADING:
        mrse_buf_addf(out, "<h%d id=\"section-%u\">", block->level, ++count->sections);
        mrse_html_text(out, block->text);
        mrse_buf_addf(out, "</h%d>\n", block->level);
        break;
    case MRSE_BLOCK_PARAGRAPH:
        write_paragraphs(out, block);
        break;
    case MRSE_BLOCK_PAIRS:
        write_pairs(out, block);
        break;
    case MRSE_BLOCK_TABLE:
        mrse_html_table(out, block, count);
        break;
    case MRSE_BLOCK_LIST:
        write_list(out, block);
        break;
    case MRSE_BLOCK_FIGURE:
        return write_figure(out, block, count);
    case MRSE_BLOCK_SIGNOFF:
        mrse_html_signoff(out);
        break;
    case MRSE_BLOCK_BREAK:
        break; /* pages are the printer's business here */
    }
    return MRSE_OK;
}

static void write_meta(mrse_buf *out, const char *name, const char *content)
{
    if (!content || !content[0])
        return;
    mrse_buf_addf(out, "<meta name=\"%s\" content=\"", name);
    mrse_html_text(out, content);
    mrse_buf_add(out, "\">\n");
}

static void write_head(mrse_buf *out, const mrse_document *document)
{
    mrse_buf_add(out, "<!DOCTYPE html>\n<html lang=\"");
    mrse_html_text(out, mrse_document_language(document));
    mrse_buf_add(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
                      "form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    mrse_html_text(out, mrse_document_title(document));
    mrse_buf_add(out, "</title>\n");
    write_meta(out, "author", mrse_document_author(document));
    write_meta(out, "description", document->subject);
    write_meta(out, "generator", document->tool);
    write_meta(out, "dcterms.created", document->date);
    write_meta(out, "dcterms.identifier", document->id);
    mrse_buf_add(out, "<style>\n");
    for (size_t i = 0; mrse_html_style[i]; i++)
        mrse_buf_add(out, mrse_html_style[i]);
    mrse_buf_add(out, "</style>\n</head>\n");
}

static void write_stamps(mrse_buf *out, const mrse_document *document)
{
    const char *const stamp[] = {document->watermark, document->stamp};
    for (size_t i = 0; i < 2; i++) {
        if (!stamp[i] || !stamp[i][0])
            continue;
        mrse_buf_add(out, "<p class=\"stamp\">");
        mrse_html_text(out, stamp[i]);
        mrse_buf_add(out, "</p>\n");
    }
}

static void write_item(mrse_buf *out, const char *label, const char *text, const char *substitute)
{
    mrse_buf_addf(out, "%s: ", label);
    mrse_html_text(out, text && text[0] ? text : substitute);
}

static void write_footer(mrse_buf *out, const mrse_document *document)
{
    mrse_buf_add(out, "<footer>\n<p>");
    write_item(out, "Record", document->id, "no id");
    mrse_buf_add(out, " · ");
    write_item(out, "Author", mrse_document_author(document), "");
    mrse_buf_add(out, " · ");
    write_item(out, "Date", document->date, "undated");
    mrse_buf_add(out, " · ");
    write_item(out, "Made with", document->tool, "unknown version");
    mrse_buf_add(out, "</p>\n<p>End of record ");
    mrse_html_text(out, document->id && document->id[0] ? document->id : "without id");
    mrse_buf_add(out, ".</p>\n</footer>\n</body>\n</html>\n");
}

mrse_status mrse_document_html(const mrse_document *document, mrse_buf *out)
{
    if (!document || !out)
        return MRSE_ERR_ARG;
    if (document->status != MRSE_OK)
        return document->status;
    write_head(out, document);
    mrse_buf_add(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
    mrse_buf_add(out, mrse_html_marks);
    mrse_buf_add(out, "<header>\n");
    write_stamps(out, document);
    mrse_buf_add(out, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    mrse_html_count count = {0};
    if (!mrse_document_has_heading(document)) {
        mrse_buf_add(out, "<h1>");
        mrse_html_text(out, mrse_document_title(document));
        mrse_buf_add(out, "</h1>\n");
    }
    for (size_t i = 0; i < document->n; i++) {
        mrse_status status = write_block(out, &document->block[i], &count);
        if (status != MRSE_OK)
            return status;
    }
    mrse_buf_add(out, "</main>\n");
    write_footer(out, document);
    return out->status;
}

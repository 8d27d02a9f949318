/* Tables and cells of the HTML view. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "html_internal.h"

void mrse_html_text(mrse_buf *out, const char *text)
{
    mrse_document_escape(out, text, strlen(text), MRSE_NEWLINE_SPACE);
}

static const char *verdict_class(mrse_verdict verdict)
{
    switch (verdict) {
    case MRSE_VERDICT_MET:
        return "met";
    case MRSE_VERDICT_NOT_MET:
        return "not";
    case MRSE_VERDICT_NOT_STATED:
        return "nst";
    case MRSE_VERDICT_UNDETERMINED:
        break;
    }
    return "und";
}

void mrse_html_cell(mrse_buf *out, const char *text)
{
    mrse_verdict_span span = {0};
    size_t n = strlen(text);
    if (mrse_document_verdict_leads(text, n, &span)) {
        const char *class = verdict_class(span.verdict);
        mrse_buf_addf(out,
                      "<span class=\"v %s\"><svg aria-hidden=\"true\"><use href=\"#mark-%s\"/>"
                      "</svg><strong>%s</strong></span>",
                      class, class, mrse_verdict_text(span.verdict));
    }
    mrse_document_escape(out, text + span.n, n - span.n, MRSE_NEWLINE_KEEP);
}

static void write_columns(mrse_buf *out, const mrse_block *block)
{
    double sum = 0;
    for (size_t i = 0; i < block->n_columns; i++) {
        if (!(block->column[i].weight > 0))
            return; /* the browser finds the widths from the contents */
        sum += block->column[i].weight;
    }
    mrse_buf_add(out, "<colgroup>");
    for (size_t i = 0; i < block->n_columns; i++)
        mrse_buf_addf(out, "<col style=\"width:%d%%\">",
                      (int)(100 * block->column[i].weight / sum + 0.5));
    mrse_buf_add(out, "</colgroup>\n");
}

static void write_row(mrse_buf *out, const mrse_block *block, const char *const *cell)
{
    mrse_buf_add(out, "<tr>");
    for (size_t i = 0; i < block->n_columns; i++) {
        bool number = block->column[i].number;
        /* The first cell names the row, unless it is empty or a number. */
        bool head = i == 0 && !number && cell[0][strspn(cell[0], " \t\r\n")];
        mrse_buf_add(out, head ? "<th scope=\"row\"" : "<td");
        /* A short number stays on one line; a long text in a number column may wrap. */
        const char *class = strlen(cell[i]) <= 32 ? " class=\"n one\"" : " class=\"n\"";
        mrse_buf_addf(out, "%s>", number ? class : "");
        mrse_html_cell(out, cell[i]);
        mrse_buf_add(out, head ? "</th>" : "</td>");
    }
    mrse_buf_add(out, "</tr>\n");
}

void mrse_html_table(mrse_buf *out, const mrse_block *block, mrse_html_count *count)
{
    bool named = block->text[0] != 0;
    if (named)
        count->tables++;
    /* A container that scrolls must be reachable by keyboard, and then needs a name. */
    mrse_buf_add(out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
    if (named) {
        mrse_buf_addf(out, "Table %u: ", count->tables);
        mrse_html_text(out, block->text);
    } else {
        mrse_buf_add(out, "Table");
    }
    mrse_buf_addf(out, "\">\n<table%s>\n",
                  block->n_columns > 4   ? " class=\"wide\""
                  : block->n_columns > 2 ? " class=\"mid\""
                                         : "");
    if (named) {
        mrse_buf_addf(out, "<caption><b>Table %u:</b> ", count->tables);
        mrse_html_text(out, block->text);
        mrse_buf_add(out, "</caption>\n");
    }
    write_columns(out, block);
    mrse_buf_add(out, "<thead><tr>");
    for (size_t i = 0; i < block->n_columns; i++) {
        mrse_buf_addf(out, "<th scope=\"col\"%s>", block->column[i].number ? " class=\"n\"" : "");
        mrse_document_escape(out, block->column[i].header, strlen(block->column[i].header),
                             MRSE_NEWLINE_KEEP);
        mrse_buf_add(out, "</th>");
    }
    mrse_buf_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i + block->n_columns <= block->n_cells; i += block->n_columns)
        write_row(out, block, (const char *const *)&block->cell[i]);
    mrse_buf_add(out, "</tbody>\n</table>\n</div>\n");
}

void mrse_html_signoff(mrse_buf *out)
{
    mrse_buf_add(out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" "
                      "aria-label=\"Sign-off boxes, to be filled in by hand\">\n"
                      "<table class=\"sign mid\">\n<caption>To be filled in by hand</caption>\n"
                      "<thead><tr><th scope=\"col\">Person</th>");
    for (size_t i = 0; i < 3; i++)
        mrse_buf_addf(out, "<th scope=\"col\">%s</th>", mrse_signoff_field[i]);
    mrse_buf_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < 2; i++)
        mrse_buf_addf(out, "<tr><th scope=\"row\">%s</th><td></td><td></td><td></td></tr>\n",
                      mrse_signoff_person[i]);
    mrse_buf_add(out, "</tbody>\n</table>\n</div>\n");
}

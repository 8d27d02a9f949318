/* Around the plan of a site: its keys, and the list that explains the codes and numbers in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "figure_internal.h"

static const double ROW = 10.5, MARGIN = 10;
enum { ROWS_MAX = 20, ITEMS_WIDE = 8 }; /* more items than that stand in two columns */

void mrse_site_mark(mrse_canvas *c, mrse_verdict verdict, double x, double y, double r)
{
    cairo_new_path(c->cr);
    switch (verdict) {
    case MRSE_VERDICT_MET:
        cairo_arc(c->cr, x, y, r, 0, 2 * MRSE_PI);
        mrse_canvas_ink(c, MRSE_INK_MET);
        break;
    case MRSE_VERDICT_NOT_MET:
        cairo_rectangle(c->cr, x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
        mrse_canvas_ink(c, MRSE_INK_LIMIT);
        break;
    default: /* a diamond */
        cairo_move_to(c->cr, x, y - 1.2 * r);
        cairo_line_to(c->cr, x + 1.2 * r, y);
        cairo_line_to(c->cr, x, y + 1.2 * r);
        cairo_line_to(c->cr, x - 1.2 * r, y);
        cairo_close_path(c->cr);
        mrse_canvas_ink(c, MRSE_INK_OPEN);
        break;
    }
    cairo_fill_preserve(c->cr);
    mrse_canvas_ink(c, MRSE_INK_PAPER);
    cairo_set_line_width(c->cr, 0.7);
    cairo_stroke(c->cr);
    if (verdict != MRSE_VERDICT_NOT_MET)
        return;
    for (int way = -1; way <= 1; way += 2) { /* a cross in the square */
        cairo_move_to(c->cr, x - 0.5 * r, y - way * 0.5 * r);
        cairo_line_to(c->cr, x + 0.5 * r, y + way * 0.5 * r);
    }
    cairo_set_line_width(c->cr, 0.9);
    cairo_stroke(c->cr);
}

void mrse_site_code(const mrse_site_study *s, size_t line, char out[8])
{
    static const char letter[MRSE_SITE_KINDS] = {'W', 'D', 'G', 'A', 'N'};
    mrse_site_kind kind = s->line[line].line->kind;
    unsigned nth = 0;

    for (size_t i = 0; i <= line; i++)
        nth += s->line[i].line->kind == kind;
    (void)snprintf(out, 8, "%c%u", letter[kind], nth % 1000);
}

/* ---- the list: equipment, then lines that have a verdict, then the others */

static size_t item_rows(const mrse_site_study *s)
{
    return s->n_items > ITEMS_WIDE ? (s->n_items + 1) / 2 : s->n_items;
}

size_t mrse_site_rows(const mrse_site_study *s)
{
    size_t rows = item_rows(s) + (s->n_lines + 1) / 2;

    return rows > ROWS_MAX ? ROWS_MAX + 1 : rows;
}

/* In mT whatever the size: the numbers are to be compared with each other. */
static void say_field(mrse_buf *out, const mrse_value *b)
{
    char number[MRSE_NUM_MAX];

    mrse_text_num(number, 1e3 * b->v, 3);
    if (isfinite(b->v))
        mrse_buf_addf(out, "≤ %s mT", number);
    else
        mrse_buf_add(out, "not known");
}

static void item_text(const mrse_site_item_row *row, size_t i, mrse_buf *out)
{
    const mrse_limit *limit = &row->item->limit.limit;

    mrse_buf_addf(out, "%zu  %s: %s; ", i + 1, mrse_verdict_text(row->decision.verdict),
                  row->item->name);
    say_field(out, &row->largest.b);
    mrse_buf_addf(out, ", limit %s %s", mrse_op_text(limit->op), limit->value.printed);
}

static bool is_judged(const mrse_site_line *line)
{
    return line->kind == MRSE_SITE_AREA || line->kind == MRSE_SITE_NEIGHBOUR;
}

static void line_text(const mrse_site_study *s, size_t i, mrse_buf *out)
{
    const mrse_site_line_row *row = &s->line[i];
    char code[8];

    mrse_site_code(s, i, code);
    mrse_buf_addf(out, "%s  ", code);
    if (is_judged(row->line))
        mrse_buf_addf(out, "0.5 mT %s, ", mrse_verdict_text(row->level[0].decision.verdict));
    else if (row->level[0].n_over > 0)
        mrse_buf_add(out, "crossed by 0.5 mT, ");
    say_field(out, &row->largest.b); /* the name last: of a long one the end may be cut */
    mrse_buf_addf(out, ": %s", mrse_site_line_name(row->line));
}

static void add_row(mrse_canvas *c, mrse_buf *text, bool marked, mrse_verdict verdict, double x,
                    double y, double width)
{
    if (marked)
        mrse_site_mark(c, verdict, x + 4, y + 5, 3);
    mrse_canvas_line(c, MRSE_FACE_NOTE, MRSE_INK_TEXT, mrse_buf_text(text), x + 11, y, width - 16);
    if (c->status == MRSE_OK)
        c->status = text->status;
    mrse_buf_free(text);
}

/* A place in the list: row and column; false when the list is full. */
static bool place_of(size_t first, size_t nth, size_t columns, double width, double top, double *x,
                     double *y)
{
    size_t row = first + nth / columns;

    *x = MARGIN + (double)(nth % columns) * width / (double)columns;
    *y = top + ROW * (double)row;
    return row < ROWS_MAX;
}

void mrse_site_list(mrse_canvas *c, const mrse_site_study *s, double top)
{
    double width = c->w_pt - 2 * MARGIN, x, y;
    size_t columns = s->n_items > ITEMS_WIDE ? 2 : 1, hidden = 0, nth = 0;
    char more[64];

    for (size_t i = 0; i < s->n_items; i++) {
        mrse_buf text = {0};

        if (!place_of(0, i, columns, width, top, &x, &y)) {
            hidden++;
            continue;
        }
        item_text(&s->item[i], i, &text);
        add_row(c, &text, true, s->item[i].decision.verdict, x, y, width / (double)columns);
    }
    for (int judged = 1; judged >= 0; judged--)
        for (size_t i = 0; i < s->n_lines; i++) {
            mrse_buf text = {0};

            if (is_judged(s->line[i].line) != (judged == 1))
                continue;
            if (!place_of(item_rows(s), nth++, 2, width, top, &x, &y)) {
                hidden++;
                continue;
            }
            line_text(s, i, &text);
            add_row(c, &text, judged == 1, s->line[i].level[0].decision.verdict, x, y, width / 2);
        }
    if (hidden == 0)
        return;
    (void)snprintf(more, sizeof more, "and %zu more: see the tables", hidden);
    mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, more, MARGIN, top + ROW * ROWS_MAX, 0, 0);
}

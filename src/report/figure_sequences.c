/* What a modification changes: after over before on a logarithmic axis, one line for each quantity.
 * Exposure is a filled point, image quality an open one, so that paper without colour tells them
 * apart. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double LEFT = 206, RIGHT = 96, ROW = 17, AXIS = 32, CAPTION = 8, RADIUS = 3.2;

/* ---- what is shown */

static void add_mark(mrse_change_mark *mark, size_t *n, mrse_change_mark one)
{
    if (*n < MRSE_CHANGE_MARKS && isfinite(one.ratio) && one.ratio > 0)
        mark[(*n)++] = one;
}

/* What the console states and what the pulses say are one quantity: the first that is known. */
static bool is_shown_already(const mrse_sequence_study *s, size_t i)
{
    const mrse_sequence_row *row = &s->row[i];

    for (size_t k = 0; k < i; k++)
        if (s->row[k].topic == row->topic && s->row[k].before.kind == row->before.kind &&
            isfinite(s->row[k].ratio) && row->topic == MRSE_SEQUENCE_RF)
            return true;
    return false;
}

static bool is_same(double ratio)
{
    return fabs(ratio - 1) <= 1e-9;
}

static bool matters(mrse_image_quantity quantity)
{
    return quantity == MRSE_IMAGE_SCAN_TIME || quantity == MRSE_IMAGE_SNR ||
           quantity == MRSE_IMAGE_CNR || quantity == MRSE_IMAGE_BLUR ||
           quantity == MRSE_IMAGE_DISTORTION;
}

size_t mrse_change_marks(const mrse_sequence_study *s, mrse_change_mark mark[MRSE_CHANGE_MARKS])
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_rows; i++) {
        const mrse_sequence_row *row = &s->row[i];
        double U = 2 * row->u_ratio;
        /* the system's rating is no property of a sequence */
        if (is_shown_already(s, i) || row->before.kind == MRSE_KIND_SLEW_SYSTEM ||
            is_same(row->ratio))
            continue;
        add_mark(mark, &n,
                 (mrse_change_mark){row->what, row->ratio, row->ratio - U, row->ratio + U, false,
                                    false});
    }
    for (size_t i = 0; i < s->image.n_rows; i++) {
        const mrse_image_row *row = &s->image.row[i];
        if (matters(row->quantity) && !is_same(row->ratio.v))
            add_mark(mark, &n,
                     (mrse_change_mark){row->what, row->ratio.v, row->ratio.low, row->ratio.high,
                                        true, row->turns || isinf(row->ratio.high)});
    }
    return n;
}

double mrse_sequences_figure_height(const mrse_figure *figure, double head)
{
    mrse_change_mark mark[MRSE_CHANGE_MARKS];

    return head + CAPTION + ROW * (double)mrse_change_marks(figure->sequences, mark) + AXIS +
           11.5 * 2 + 13;
}

void mrse_figure_alt_sequences(const mrse_figure *figure, mrse_buf *out)
{
    mrse_change_mark mark[MRSE_CHANGE_MARKS];
    size_t n = mrse_change_marks(figure->sequences, mark);

    mrse_buf_addf(out, "After over before: ");
    for (size_t i = 0; i < n; i++) {
        mrse_buf_addf(out, "%s%s ", i ? "; " : "", mark[i].what);
        mrse_buf_num(out, mark[i].ratio, 3);
        mrse_buf_add(out, mark[i].turns ? " (may vanish or turn round)" : "");
    }
    mrse_buf_add(out, n ? "." : "no ratio is known.");
}

/* ---- drawing */

static void extent(const mrse_change_mark *mark, size_t n, mrse_panel *p)
{
    double low = 0.9, high = 1.1;

    for (size_t i = 0; i < n; i++) {
        low = fmin(low, mark[i].ratio);
        high = fmax(high, mark[i].ratio);
        if (mark[i].turns)
            continue;
        low = isfinite(mark[i].low) && mark[i].low > 0 ? fmin(low, mark[i].low) : low;
        high = isfinite(mark[i].high) ? fmax(high, mark[i].high) : high;
    }
    p->x0 = log10(low) - 0.03;
    p->x1 = log10(high) + 0.03;
    p->y0 = 0;
    p->y1 = 1;
}

static void vertical(mrse_canvas *c, const mrse_panel *p, double ratio)
{
    double x = mrse_panel_x(p, log10(ratio));

    cairo_move_to(c->cr, x, p->box.y);
    cairo_line_to(c->cr, x, p->box.y + p->box.h);
}

static void draw_axis(mrse_canvas *c, const mrse_panel *p)
{
    static const double at[] = {0.1, 0.15, 0.2,  0.3, 0.4, 0.5, 0.6, 0.7,
                                0.8, 1.0,  1.25, 1.5, 2.0, 3.0, 5.0, 10.0};
    double last_x = -1e9;

    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        char text[MRSE_NUM_MAX];
        double x = mrse_panel_x(p, log10(at[i]));
        if (x < p->box.x || x > p->box.x + p->box.w || (x - last_x < 26 && at[i] != 1.0))
            continue;
        vertical(c, p, at[i]);
        mrse_canvas_ink(c, MRSE_INK_GRID);
        cairo_set_line_width(c->cr, 0.5);
        cairo_stroke(c->cr);
        mrse_text_num(text, at[i], 2);
        mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, x, p->box.y + p->box.h + 4, 0.5,
                         0);
        last_x = x;
    }
    vertical(c, p, 1.0);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_text(c, MRSE_FACE_LABEL, MRSE_INK_TEXT, "after / before (logarithmic)",
                     p->box.x + p->box.w / 2, p->box.y + p->box.h + 17, 0.5, 0);
}

static void draw_bar(mrse_canvas *c, const mrse_panel *p, const mrse_change_mark *m, double y)
{
    double low = mrse_panel_x(p, m->low > 0 ? fmax(log10(m->low), p->x0) : p->x0);
    double high = mrse_panel_x(p, isfinite(m->high) ? fmin(log10(m->high), p->x1) : p->x1);

    if (!m->turns && !(m->high > m->low))
        return;
    if (m->turns) { /* no end on either side */
        low = p->box.x;
        high = p->box.x + p->box.w;
    }
    cairo_move_to(c->cr, low, y);
    cairo_line_to(c->cr, high, y);
    mrse_canvas_stroke(c, m->turns ? MRSE_PEN_UNKNOWN : MRSE_PEN_THIN);
    for (int i = 0; i < 2 && !m->turns; i++) {
        cairo_move_to(c->cr, i ? high : low, y - 3);
        cairo_line_to(c->cr, i ? high : low, y + 3);
        mrse_canvas_stroke(c, MRSE_PEN_THIN);
    }
}

static void draw_row(mrse_canvas *c, const mrse_panel *p, const mrse_change_mark *m, double y)
{
    double x = mrse_panel_x(p, log10(m->ratio)), one = mrse_panel_x(p, 0);
    char text[MRSE_NUM_MAX];

    mrse_canvas_line(c, MRSE_FACE_TICK, MRSE_INK_TEXT, m->what, 12, y - 5.5, LEFT - 20);
    cairo_move_to(c->cr, one, y); /* from 1 to the value */
    cairo_line_to(c->cr, x, y);
    mrse_canvas_ink(c, m->image ? MRSE_INK_GRID : MRSE_INK_SOFT);
    cairo_set_line_width(c->cr, 4);
    cairo_stroke(c->cr);
    draw_bar(c, p, m, y);
    cairo_new_path(c->cr);
    cairo_arc(c->cr, x, y, RADIUS, 0, 2 * MRSE_PI);
    mrse_canvas_ink(c, m->image ? MRSE_INK_PAPER : MRSE_INK_TEXT);
    cairo_fill_preserve(c->cr);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    cairo_set_line_width(c->cr, 1);
    cairo_stroke(c->cr);
    mrse_text_num(text, m->ratio, 3);
    mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, p->box.x + p->box.w + 8, y, 0, 0.5);
    if (m->turns)
        mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_LIMIT, "(may turn)", c->w_pt - 6, y, 1, 0.5);
}

void mrse_figure_draw_sequences(mrse_canvas *c)
{
    mrse_change_mark mark[MRSE_CHANGE_MARKS];
    size_t n = mrse_change_marks(c->figure->sequences, mark);
    mrse_panel p;

    extent(mark, n, &p);
    p.box.y = mrse_canvas_head(c, "Left of 1: less after than before. Filled: exposure; open: time "
                                  "and image. What is unchanged is left out.") +
              CAPTION;
    mrse_canvas_legend(c);
    p.box.x = LEFT;
    p.box.w = c->w_pt - LEFT - RIGHT;
    p.box.h = c->h_pt - mrse_canvas_legend_height(c) - AXIS - p.box.y;
    if (!(p.box.w > 40 && p.box.h > 10)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    draw_axis(c, &p);
    for (size_t i = 0; i < n; i++)
        draw_row(c, &p, &mark[i], p.box.y + p.box.h * ((double)i + 0.5) / (double)n);
    mrse_axis_frame(c, &p);
}

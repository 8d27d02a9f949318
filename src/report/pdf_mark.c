/* The marks of the verdicts. The shapes differ, so that a photocopy says the same: filled square
 * with a tick, filled octagon with a cross, triangle with a bar, circle with a dash.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_internal.h"

typedef struct mark_line {
    double x[3], y[3];
    int n;
} mark_line;

/* In a square of 16 by 16, y downwards. */
static const mark_line tick[] = {{{4, 7, 12}, {8.5, 11.5, 4.5}, 3}};
static const mark_line cross[] = {{{5, 11}, {5, 11}, 2}, {{11, 5}, {5, 11}, 2}};
static const mark_line bar[] = {{{8, 8}, {6, 10}, 2}, {{8, 8}, {11.2, 12.6}, 2}};
static const mark_line dash[] = {{{5, 11}, {8, 8}, 2}};

static void draw_lines(cairo_t *cr, const mark_line *line, int n)
{
    for (int i = 0; i < n; i++) {
        cairo_move_to(cr, line[i].x[0], line[i].y[0]);
        for (int k = 1; k < line[i].n; k++)
            cairo_line_to(cr, line[i].x[k], line[i].y[k]);
    }
    cairo_stroke(cr);
}

static void octagon(cairo_t *cr)
{
    static const double x[] = {5, 11, 15, 15, 11, 5, 1, 1}, y[] = {1, 1, 5, 11, 15, 15, 11, 5};
    for (int i = 0; i < 8; i++)
        cairo_line_to(cr, x[i], y[i]);
    cairo_close_path(cr);
}

static void triangle(cairo_t *cr)
{
    cairo_move_to(cr, 8, 1.5);
    cairo_line_to(cr, 14.8, 14);
    cairo_line_to(cr, 1.2, 14);
    cairo_close_path(cr);
}

void mrse_pdf_mark(cairo_t *cr, mrse_verdict verdict, double x, double y, double size)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, size / 16, size / 16);
    cairo_set_line_width(cr, 1.6);
    cairo_new_path(cr);
    switch (verdict) {
    case MRSE_VERDICT_MET:
        cairo_rectangle(cr, 1, 1, 14, 14);
        cairo_set_source_rgb(cr, 0.09, 0.38, 0.18);
        cairo_fill(cr);
        cairo_set_source_rgb(cr, 1, 1, 1);
        draw_lines(cr, tick, 1);
        break;
    case MRSE_VERDICT_NOT_MET:
        octagon(cr);
        cairo_set_source_rgb(cr, 0.61, 0.11, 0.11);
        cairo_fill(cr);
        cairo_set_source_rgb(cr, 1, 1, 1);
        draw_lines(cr, cross, 2);
        break;
    case MRSE_VERDICT_NOT_STATED:
        cairo_set_source_rgb(cr, 0.25, 0.27, 0.3);
        cairo_arc(cr, 8, 8, 6.4, 0, 2 * MRSE_PI);
        cairo_stroke(cr);
        draw_lines(cr, dash, 1);
        break;
    case MRSE_VERDICT_UNDETERMINED:
        cairo_set_source_rgb(cr, 0.48, 0.29, 0);
        triangle(cr);
        cairo_stroke(cr);
        draw_lines(cr, bar, 2);
        break;
    }
    cairo_restore(cr);
}

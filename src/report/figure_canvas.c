/* The canvas of a figure: inks, pens, type, hatching, title and legend.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double MARGIN = 10, KEY_ROW = 11.5, KEY_WIDTH = 22;

static const mrse_rgb ink_rgb[] = {
    [MRSE_INK_TEXT] = {0.10, 0.12, 0.14},
    [MRSE_INK_SOFT] = {0.34, 0.38, 0.43},
    [MRSE_INK_GRID] = {0.88, 0.89, 0.91},
    [MRSE_INK_HOUSING] = {0.90, 0.91, 0.92},
    [MRSE_INK_WINDING] = {0.74, 0.76, 0.78},
    [MRSE_INK_LIMIT] = {0.80, 0.23, 0.05},
    [MRSE_INK_TINT] = {0.99, 0.88, 0.82},
    [MRSE_INK_STAMP] = {0.55, 0.10, 0.10},
    [MRSE_INK_PAPER] = {1, 1, 1},
    [MRSE_INK_WALL] = {0.45, 0.47, 0.50},
    [MRSE_INK_AREA] = {0.00, 0.36, 0.62},
    [MRSE_INK_ROOM] = {0.95, 0.95, 0.91},
    [MRSE_INK_MET] = {0.00, 0.42, 0.26},
    [MRSE_INK_OPEN] = {0.62, 0.42, 0.00},
};

typedef struct pen_style {
    double width;
    double casing; /* how much wider a pale line below it is: it shows on deep colours */
    mrse_ink ink;
    int n_dashes;
    double dash[4];
} pen_style;

static const pen_style pen_table[] = {
    [MRSE_PEN_THIN] = {0.7, 1.5, MRSE_INK_TEXT, 0, {0}},
    [MRSE_PEN_FIRST] = {1.8, 1.5, MRSE_INK_TEXT, 0, {0}},
    [MRSE_PEN_SECOND] = {1.8, 1.5, MRSE_INK_TEXT, 2, {6, 2.6}},
    [MRSE_PEN_OTHER] = {1.8, 1.5, MRSE_INK_TEXT, 2, {1.8, 2}},
    [MRSE_PEN_LIMIT] = {1.9, 1.5, MRSE_INK_LIMIT, 0, {0}},
    [MRSE_PEN_RIDE] = {1.5, 1.5, MRSE_INK_TEXT, 0, {0}},
    [MRSE_PEN_AXIS] = {0.7, 0.6, MRSE_INK_SOFT, 4, {9, 2.5, 1.5, 2.5}},
    [MRSE_PEN_HATCH] = {0.7, 0, MRSE_INK_LIMIT, 0, {0}},
    [MRSE_PEN_UNKNOWN] = {0.6, 0, MRSE_INK_SOFT, 0, {0}},
    [MRSE_PEN_DIMENSION] = {0.6, 0, MRSE_INK_TEXT, 0, {0}},
    [MRSE_PEN_CURVE] = {1.3, 0, MRSE_INK_TEXT, 0, {0}},
    [MRSE_PEN_WALL] = {3, 0, MRSE_INK_WALL, 0, {0}},
    [MRSE_PEN_DOOR] = {1.2, 3.4, MRSE_INK_WALL, 2, {2.2, 1.6}},
    [MRSE_PEN_WINDOW] = {1, 2.6, MRSE_INK_WALL, 0, {0}},
    [MRSE_PEN_AREA] = {1.5, 1, MRSE_INK_AREA, 4, {8, 2, 2, 2}},
    [MRSE_PEN_ROOM] = {0.8, 0, MRSE_INK_SOFT, 2, {3, 2}},
};

typedef struct face_style {
    double size;
    int style;
} face_style;

static const face_style face_table[] = {
    [MRSE_FACE_TITLE] = {11, MRSE_FONT_BOLD},   [MRSE_FACE_LABEL] = {8, MRSE_FONT_PLAIN},
    [MRSE_FACE_STRONG] = {7.5, MRSE_FONT_BOLD}, [MRSE_FACE_TICK] = {7.5, MRSE_FONT_PLAIN},
    [MRSE_FACE_TAG] = {7, MRSE_FONT_PLAIN},     [MRSE_FACE_TAG_STRONG] = {7.2, MRSE_FONT_BOLD},
    [MRSE_FACE_NOTE] = {7.2, MRSE_FONT_PLAIN},
};

void mrse_canvas_ink(mrse_canvas *c, mrse_ink ink)
{
    cairo_set_source_rgb(c->cr, ink_rgb[ink].r, ink_rgb[ink].g, ink_rgb[ink].b);
}

void mrse_canvas_stroke(mrse_canvas *c, mrse_pen pen)
{
    const pen_style *p = &pen_table[pen];

    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(c->cr, NULL, 0, 0);
    if (p->casing > 0) {
        cairo_set_source_rgba(c->cr, 1, 1, 1, 0.7);
        cairo_set_line_width(c->cr, p->width + p->casing);
        cairo_stroke_preserve(c->cr);
    }
    cairo_set_dash(c->cr, p->dash, p->n_dashes, 0);
    cairo_set_line_width(c->cr, p->width);
    mrse_canvas_ink(c, p->ink);
    cairo_stroke(c->cr);
    cairo_set_dash(c->cr, NULL, 0, 0);
}

static void set_type(mrse_canvas *c, mrse_face face, const char *text)
{
    pango_layout_set_width(c->layout, -1);
    pango_layout_set_single_paragraph_mode(c->layout, TRUE);
    mrse_cairo_font(c->layout, face_table[face].size, face_table[face].style);
    mrse_cairo_text(c->layout, text);
}

static void type_size(const mrse_canvas *c, double *w_pt, double *h_pt)
{
    int w, h;

    pango_layout_get_size(c->layout, &w, &h);
    *w_pt = (double)w / PANGO_SCALE;
    *h_pt = (double)h / PANGO_SCALE;
}

void mrse_canvas_size(mrse_canvas *c, mrse_face face, const char *text, double *w_pt, double *h_pt)
{
    set_type(c, face, text);
    type_size(c, w_pt, h_pt);
}

void mrse_canvas_text(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double ax, double ay)
{
    double w, h;

    mrse_canvas_size(c, face, text, &w, &h);
    mrse_canvas_ink(c, ink);
    cairo_move_to(c->cr, x - ax * w, y - ay * h);
    pango_cairo_show_layout(c->cr, c->layout);
    cairo_new_path(c->cr);
}

void mrse_canvas_turned(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                        double y, double angle)
{
    cairo_save(c->cr);
    cairo_translate(c->cr, x, y);
    cairo_rotate(c->cr, angle);
    mrse_canvas_text(c, face, ink, text, 0, 0, 0.5, 0.5);
    cairo_restore(c->cr);
}

void mrse_canvas_ground(mrse_canvas *c, mrse_box b, double radius, double alpha)
{
    double quarter = MRSE_PI / 2;

    cairo_new_sub_path(c->cr);
    cairo_arc(c->cr, b.x + b.w - radius, b.y + radius, radius, -quarter, 0);
    cairo_arc(c->cr, b.x + b.w - radius, b.y + b.h - radius, radius, 0, quarter);
    cairo_arc(c->cr, b.x + radius, b.y + b.h - radius, radius, quarter, 2 * quarter);
    cairo_arc(c->cr, b.x + radius, b.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(c->cr);
    cairo_set_source_rgba(c->cr, 1, 1, 1, alpha);
    cairo_fill(c->cr);
}

void mrse_canvas_pill(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double angle)
{
    double w, h;

    mrse_canvas_size(c, face, text, &w, &h);
    cairo_save(c->cr);
    cairo_translate(c->cr, x, y);
    cairo_rotate(c->cr, angle);
    mrse_canvas_ground(c, (mrse_box){-w / 2 - 2, -h / 2, w + 4, h}, 2.5, 0.72);
    mrse_canvas_text(c, face, ink, text, 0, 0, 0.5, 0.5);
    cairo_restore(c->cr);
}

void mrse_canvas_arrowhead(mrse_canvas *c, double x, double y, double angle, double length)
{
    cairo_save(c->cr);
    cairo_translate(c->cr, x, y);
    cairo_rotate(c->cr, angle);
    cairo_move_to(c->cr, 0, 0);
    cairo_line_to(c->cr, -length, -0.36 * length);
    cairo_line_to(c->cr, -0.78 * length, 0);
    cairo_line_to(c->cr, -length, 0.36 * length);
    cairo_close_path(c->cr);
    cairo_fill(c->cr);
    cairo_restore(c->cr);
}

static double head_title(mrse_canvas *c, double y)
{
    double w, h;

    if (!c->figure->title || !c->figure->title[0])
        return y;
    set_type(c, MRSE_FACE_TITLE, c->figure->title);
    pango_layout_set_width(c->layout, (int)((c->w_pt - 2 * MARGIN) * PANGO_SCALE));
    pango_layout_set_wrap(c->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(c->layout, -2); /* two lines */
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_single_paragraph_mode(c->layout, TRUE);
    type_size(c, &w, &h);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    cairo_move_to(c->cr, MARGIN, y);
    pango_cairo_show_layout(c->cr, c->layout);
    cairo_new_path(c->cr);
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_height(c->layout, -1);
    return y + h + 2;
}

/* One line that ends with "..." where it does not fit. */
void mrse_canvas_line(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double width)
{
    set_type(c, face, text);
    pango_layout_set_width(c->layout, (int)(width * PANGO_SCALE));
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_END);
    mrse_canvas_ink(c, ink);
    cairo_move_to(c->cr, x, y);
    pango_cairo_show_layout(c->cr, c->layout);
    cairo_new_path(c->cr);
    pango_layout_set_ellipsize(c->layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_width(c->layout, -1);
}

double mrse_canvas_head(mrse_canvas *c, const char *subtitle)
{
    double y = head_title(c, MARGIN - 2), w, h, room = c->w_pt - 2 * MARGIN;
    const char *stamp = c->figure->stamp;

    if (stamp && stamp[0]) {
        mrse_canvas_size(c, MRSE_FACE_STRONG, stamp, &w, &h);
        w = fmin(w, room - 8);
        cairo_rectangle(c->cr, MARGIN + 0.5, y + 1, w + 8, h + 2);
        mrse_canvas_ink(c, MRSE_INK_STAMP);
        cairo_set_line_width(c->cr, 0.8);
        cairo_stroke(c->cr);
        mrse_canvas_line(c, MRSE_FACE_STRONG, MRSE_INK_STAMP, stamp, MARGIN + 4.5, y + 2, w + 1);
        y += h + 6;
    }
    if (subtitle && subtitle[0]) {
        mrse_canvas_size(c, MRSE_FACE_NOTE, subtitle, &w, &h);
        mrse_canvas_line(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, subtitle, MARGIN, y, room);
        y += h + 2;
    }
    return y;
}

/* ---- legend */

mrse_key *mrse_canvas_key(mrse_canvas *c, mrse_symbol symbol, mrse_pen pen)
{
    mrse_key *key = &c->key[c->n_keys < MRSE_KEYS_MAX ? c->n_keys++ : MRSE_KEYS_MAX - 1];

    memset(key, 0, sizeof *key);
    key->symbol = symbol;
    key->pen = pen;
    return key;
}

/* Row and column of each key; returns the number of rows. */
static size_t key_rows(const mrse_canvas *c, size_t row[MRSE_KEYS_MAX],
                       size_t column[MRSE_KEYS_MAX])
{
    size_t r = 0, col = 0;

    for (size_t i = 0; i < c->n_keys; i++) {
        if (c->key[i].wide && col > 0) {
            r++;
            col = 0;
        }
        row[i] = r;
        column[i] = col;
        if (c->key[i].wide || ++col == 2) {
            r++;
            col = 0;
        }
    }
    return r + (col > 0);
}

double mrse_canvas_legend_height(const mrse_canvas *c)
{
    size_t row[MRSE_KEYS_MAX], column[MRSE_KEYS_MAX];

    return KEY_ROW * (double)key_rows(c, row, column) + (c->figure->record_id ? 13 : 6);
}

static double always(const void *context, double x, double y)
{
    (void)context;
    (void)x;
    (void)y;
    return 1;
}

static void key_area(mrse_canvas *c, const mrse_key *key, mrse_box b)
{
    if (key->symbol == MRSE_SYMBOL_HOUSING || key->symbol == MRSE_SYMBOL_WINDING ||
        key->symbol == MRSE_SYMBOL_BAND || key->symbol == MRSE_SYMBOL_SPAN) {
        cairo_rectangle(c->cr, b.x, b.y, b.w, b.h);
        mrse_canvas_ink(c, key->symbol == MRSE_SYMBOL_HOUSING   ? MRSE_INK_HOUSING
                           : key->symbol == MRSE_SYMBOL_WINDING ? MRSE_INK_WINDING
                                                                : MRSE_INK_TINT);
        cairo_fill(c->cr);
    }
    if (key->symbol == MRSE_SYMBOL_HATCH || key->symbol == MRSE_SYMBOL_SPAN)
        mrse_canvas_hatch(c, b, 3.2, true, MRSE_PEN_HATCH, always, NULL);
    if (key->symbol == MRSE_SYMBOL_UNKNOWN)
        mrse_canvas_hatch(c, b, 3.2, false, MRSE_PEN_UNKNOWN, always, NULL);
    if (key->symbol != MRSE_SYMBOL_WINDING && key->symbol != MRSE_SYMBOL_BAND) {
        cairo_rectangle(c->cr, b.x, b.y, b.w, b.h);
        mrse_canvas_stroke(c, key->symbol == MRSE_SYMBOL_HATCH ? key->pen : MRSE_PEN_DIMENSION);
    }
}

static void key_end(mrse_canvas *c, double x, double y, bool bar)
{
    bool ellipse = c->figure->u_r_m > 0 && c->figure->u_z_m > 0;

    if (!bar && ellipse) {
        cairo_save(c->cr);
        cairo_translate(c->cr, x, y);
        cairo_scale(c->cr, 5, 3);
        cairo_arc(c->cr, 0, 0, 1, 0, 2 * MRSE_PI);
        cairo_restore(c->cr);
    }
    if (!bar) {
        cairo_move_to(c->cr, x - 5, y);
        cairo_line_to(c->cr, x + 5, y);
    }
    for (int i = -1; bar && i <= 1; i += 2) {
        cairo_move_to(c->cr, x - 2.5, y + 4 * i);
        cairo_line_to(c->cr, x + 2.5, y + 4 * i);
    }
    cairo_move_to(c->cr, x, y - (bar ? 4 : 3));
    cairo_line_to(c->cr, x, y + (bar ? 4 : 3));
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
}

static void key_symbol(mrse_canvas *c, const mrse_key *key, double x, double y)
{
    switch (key->symbol) {
    case MRSE_SYMBOL_LINE:
    case MRSE_SYMBOL_RIDE:
        cairo_move_to(c->cr, x, y);
        cairo_line_to(c->cr, x + KEY_WIDTH, y);
        mrse_canvas_stroke(c, key->pen);
        if (key->symbol == MRSE_SYMBOL_RIDE)
            mrse_canvas_arrowhead(c, x, y, MRSE_PI, 6);
        break;
    case MRSE_SYMBOL_END:
    case MRSE_SYMBOL_BAR:
        key_end(c, x + KEY_WIDTH / 2, y, key->symbol == MRSE_SYMBOL_BAR);
        break;
    case MRSE_SYMBOL_POINT:
        mrse_survey_mark(c, key->mark, x + KEY_WIDTH / 2, y);
        break;
    case MRSE_SYMBOL_ITEM:
        mrse_site_mark(c, key->verdict, x + KEY_WIDTH / 2, y, 3.6);
        break;
    default:
        key_area(c, key, (mrse_box){x, y - 3.5, KEY_WIDTH, 7});
        break;
    }
}

void mrse_canvas_legend(mrse_canvas *c)
{
    size_t row[MRSE_KEYS_MAX] = {0}, column[MRSE_KEYS_MAX] = {0};
    double top = c->h_pt - mrse_canvas_legend_height(c), room = c->w_pt - 2 * MARGIN;
    char text[64];

    (void)key_rows(c, row, column);
    for (size_t i = 0; i < c->n_keys; i++) {
        double width = (c->key[i].wide ? room : room / 2) - KEY_WIDTH - 6 - 6;
        double x = MARGIN + (double)column[i] * room / 2;
        double y = top + KEY_ROW * ((double)row[i] + 0.5);

        key_symbol(c, &c->key[i], x, y);
        mrse_canvas_line(c, MRSE_FACE_NOTE, MRSE_INK_TEXT, c->key[i].text, x + KEY_WIDTH + 6,
                         y - 4.6, width);
    }
    if (c->figure->record_id) {
        (void)snprintf(text, sizeof text, "record %.48s", c->figure->record_id);
        mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, text, c->w_pt - MARGIN, c->h_pt - 3, 1,
                         1);
    }
}

/* ---- hatching: lines at 45 degrees, drawn where `inside` is positive */

static void hatch_line(mrse_canvas *c, mrse_box box, double offset, bool rising,
                       mrse_inside_fn inside, const void *context)
{
    static const double STEP = 1.0;
    double x0 = fmax(0, offset - box.h), x1 = fmin(box.w, offset), before = -1, x = x0;
    bool on = false;
    size_t n = (size_t)fmax(ceil((x1 - x0) / STEP), 1);

    for (size_t i = 0; i <= n; i++) {
        double at = x0 + (x1 - x0) * (double)i / (double)n;
        double up = offset - at; /* height above the lower edge, or depth below the upper */
        double py = rising ? box.y + up : box.y + box.h - up;
        double v = inside(context, box.x + at, py), t;

        v = isfinite(v) ? v : -1;
        if ((v > 0) != on) {
            t = i == 0 ? at : x + (at - x) * (before / (before - v));
            py = rising ? box.y + offset - t : box.y + box.h - offset + t;
            if (on)
                cairo_line_to(c->cr, box.x + t, py);
            else
                cairo_move_to(c->cr, box.x + t, py);
            on = !on;
        }
        if (on && i == n)
            cairo_line_to(c->cr, box.x + at, rising ? box.y + up : box.y + box.h - up);
        before = v;
        x = at;
    }
}

void mrse_canvas_hatch(mrse_canvas *c, mrse_box box, double spacing, bool rising, mrse_pen pen,
                       mrse_inside_fn inside, const void *context)
{
    cairo_new_path(c->cr);
    for (int i = 0; (i + 0.5) * spacing < box.w + box.h; i++)
        hatch_line(c, box, (i + 0.5) * spacing, rising, inside, context);
    mrse_canvas_stroke(c, pen);
}

/* Force and torque on an object along its ride, one band for each material that it may be of: together
 * they would be bands between answers. Logarithmic, since answers differ by powers of ten.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double LEFT = 52, RIGHT = 14, AXIS = 30, GAP = 12, PANEL = 108, STRIP = 6;
static const double FAR_m = 2.5; /* beyond it nothing pulls that is worth a panel's width */
static const double BELOW = 2, MOST = 10; /* decades: below the least of the maxima; in all */
static const double HEADROOM = 0.06;
enum { SHOWN = 9 };

typedef double band[3][MRSE_BAND_PLACES];

typedef struct chart {
    mrse_canvas *c;
    const mrse_object_study *s;
    mrse_panel panel;
    bool torque;
} chart;

static const band *band_of(const chart *t, size_t i)
{
    const mrse_hazard_band *b = &t->s->candidate[i].band;

    return t->torque ? &b->torque : &b->force;
}

static double highest(const band *b)
{
    double top = 0;

    for (size_t k = 0; k < MRSE_BAND_PLACES; k++)
        top = fmax(top, (*b)[2][k]);
    return top;
}

/* A sphere's torque is rounding, not a curve; what is not known has none. */
static bool is_drawn(const chart *t, size_t i)
{
    const mrse_object_study *s = t->s;
    bool turns = s->body.shape.type != MRSE_SHAPE_SPHERE ||
                 s->candidate[i].material.magnetic == MRSE_MAGNETIC_HARD;
    const mrse_hazard_band *b = &s->candidate[i].band;

    return i < SHOWN && b->z_m[0] != b->z_m[MRSE_BAND_PLACES - 1] &&
           isfinite((*band_of(t, i))[1][0]) && highest(band_of(t, i)) > 0 && (!t->torque || turns);
}

static size_t drawn(const mrse_object_study *s, bool torque)
{
    const chart t = {.s = s, .torque = torque};
    size_t n = 0;

    for (size_t i = 0; i < s->n_candidates; i++)
        n += is_drawn(&t, i);
    return n;
}

static size_t rows(const mrse_object_study *s)
{
    return ((s->n_candidates < SHOWN ? s->n_candidates : SHOWN) + 1) / 2 +
           (s->n_candidates > SHOWN);
}

double mrse_object_figure_height(const mrse_figure *figure, double head)
{
    const mrse_object_study *s = figure->object;
    double panels = drawn(s, true) > 0 ? 2 : 1;

    return head + STRIP + panels * PANEL + (panels - 1) * GAP + AXIS + 11.5 * (double)rows(s) + 13;
}

void mrse_figure_alt_object(const mrse_figure *figure, mrse_buf *out)
{
    const mrse_object_study *s = figure->object;
    const chart force = {.s = s}, torque = {.s = s, .torque = true};

    mrse_buf_add(out, "Largest along the ride, 97.5 %:");
    for (size_t i = 0; i < s->n_candidates && i < SHOWN; i++) {
        mrse_buf_addf(out, "%s if %s, force over weight ", i ? ";" : "",
                      s->candidate[i].material.name);
        if (is_drawn(&force, i))
            mrse_buf_num(out, highest(band_of(&force, i)), 3);
        else
            mrse_buf_add(out, "not known");
        if (!is_drawn(&torque, i))
            continue;
        mrse_buf_add(out, " and torque over its reference ");
        mrse_buf_num(out, highest(band_of(&torque, i)), 3);
    }
    mrse_buf_add(out, ".");
}

/* ---- one panel */

static void choose_ranges(chart *t)
{
    double top = 1, least = (double)INFINITY;
    double end_m = t->s->ride.at.path.z_end_m, start_m = t->s->ride.at.path.z_start_m;

    for (size_t i = 0; i < t->s->n_candidates; i++)
        if (is_drawn(t, i)) {
            top = fmax(top, highest(band_of(t, i)));
            least = fmin(least, highest(band_of(t, i)));
        }
    t->panel.x0 = end_m - 0.05;
    t->panel.x1 = end_m < FAR_m - 1 ? FAR_m : start_m;
    t->panel.y1 = log10(top) + 0.4;
    t->panel.y0 = fmin(isfinite(least) ? log10(least) - BELOW : -1, -0.5);
    t->panel.y0 = fmax(t->panel.y0, t->panel.y1 - MOST);
    t->panel.y1 += HEADROOM * (t->panel.y1 - t->panel.y0); /* for words above the reference */
}

static double y_of(const chart *t, double value)
{
    return mrse_panel_y(&t->panel,
                        value > 0 ? fmax(log10(value), t->panel.y0 - 1) : t->panel.y0 - 1);
}

static void clip(const chart *t)
{
    const mrse_box *b = &t->panel.box;
    double end = mrse_panel_x(&t->panel, t->s->ride.at.path.z_end_m);

    cairo_save(t->c->cr);
    cairo_rectangle(t->c->cr, end, b->y, b->x + b->w - end, b->h);
    cairo_clip(t->c->cr);
}

static void draw_band(const chart *t, size_t i)
{
    const double *z_m = t->s->candidate[i].band.z_m;
    const band *b = band_of(t, i);
    cairo_t *cr = t->c->cr;

    for (size_t k = 0; k < MRSE_BAND_PLACES; k++)
        cairo_line_to(cr, mrse_panel_x(&t->panel, z_m[k]), y_of(t, (*b)[2][k]));
    for (size_t k = MRSE_BAND_PLACES; k-- > 0;)
        cairo_line_to(cr, mrse_panel_x(&t->panel, z_m[k]), y_of(t, (*b)[0][k]));
    cairo_close_path(cr);
    mrse_canvas_ink(t->c, MRSE_INK_GRID);
    cairo_fill(cr);
}

static void draw_median(const chart *t, size_t i)
{
    const double *z_m = t->s->candidate[i].band.z_m;
    const band *b = band_of(t, i);

    for (size_t k = 0; k < MRSE_BAND_PLACES; k++)
        cairo_line_to(t->c->cr, mrse_panel_x(&t->panel, z_m[k]), y_of(t, (*b)[1][k]));
    mrse_canvas_stroke(t->c, MRSE_PEN_CURVE);
}

/* Its number in the legend, on the curve from where it is highest; each further out, so that near
 * curves stay apart. */
static void draw_number(const chart *t, size_t i)
{
    const double *z_m = t->s->candidate[i].band.z_m;
    const band *b = band_of(t, i);
    char text[24];
    double end_m = t->s->ride.at.path.z_end_m;
    size_t k = 0;

    for (size_t j = 0; j < MRSE_BAND_PLACES && z_m[j] >= end_m; j++)
        if ((*b)[1][j] > (*b)[1][k])
            k = j;
    double want_m = fmax(z_m[k], end_m + 0.1) + 0.09 * (double)i;
    while (k > 0 && z_m[k] < want_m)
        k--;
    double y = y_of(t, (*b)[1][k]), low = t->panel.box.y + t->panel.box.h - 8;
    (void)snprintf(text, sizeof text, "%zu", i + 1);
    mrse_canvas_pill(t->c, MRSE_FACE_TAG_STRONG, MRSE_INK_TEXT, text,
                     mrse_panel_x(&t->panel, z_m[k]), fmin(y, low), 0);
}

static void draw_decades(const chart *t)
{
    const mrse_box *b = &t->panel.box;
    int step = t->panel.y1 - t->panel.y0 > 5 ? 2 : 1;

    for (int e = -20; e <= 20; e += step) {
        double y = mrse_panel_y(&t->panel, e);
        char text[MRSE_NUM_MAX];
        if (y < b->y || y > b->y + b->h)
            continue;
        cairo_move_to(t->c->cr, b->x, y);
        cairo_line_to(t->c->cr, b->x + b->w, y);
        mrse_canvas_ink(t->c, MRSE_INK_GRID);
        cairo_set_line_width(t->c->cr, 0.5);
        cairo_stroke(t->c->cr);
        mrse_text_num(text, pow(10, e), 1);
        mrse_canvas_text(t->c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, b->x - 4, y, 1, 0.5);
    }
}

static void draw_reference(const chart *t)
{
    const mrse_box *b = &t->panel.box;
    const char *text = t->torque ? "weight × longest dimension: a reference, no limit"
                                 : "its weight: a reference, no limit";
    double y = mrse_panel_y(&t->panel, 0), w, h;

    cairo_move_to(t->c->cr, b->x, y);
    cairo_line_to(t->c->cr, b->x + b->w, y);
    mrse_canvas_stroke(t->c, MRSE_PEN_AXIS);
    mrse_canvas_size(t->c, MRSE_FACE_NOTE, text, &w, &h);
    mrse_canvas_ground(t->c, (mrse_box){b->x + b->w - w - 6, y - h - 2, w + 4, h}, 2, 0.85);
    mrse_canvas_text(t->c, MRSE_FACE_NOTE, MRSE_INK_SOFT, text, b->x + b->w - 4, y - 2, 1, 1);
}

static void draw_panel(chart *t, bool lowest)
{
    choose_ranges(t);
    draw_decades(t);
    clip(t);
    for (size_t i = 0; i < t->s->n_candidates; i++)
        if (is_drawn(t, i))
            draw_band(t, i);
    for (size_t i = 0; i < t->s->n_candidates; i++)
        if (is_drawn(t, i))
            draw_median(t, i);
    cairo_restore(t->c->cr);
    draw_reference(t);
    for (size_t i = 0; i < t->s->n_candidates; i++)
        if (is_drawn(t, i))
            draw_number(t, i);
    mrse_axis_frame(t->c, &t->panel);
    mrse_axis_bottom(t->c, &t->panel,
                     lowest ? "z of the object (m); the ride ends on the left" : NULL, lowest);
    mrse_canvas_turned(t->c, MRSE_FACE_LABEL, MRSE_INK_TEXT,
                       t->torque ? "torque / reference" : "force / weight", 12,
                       t->panel.box.y + t->panel.box.h / 2, -MRSE_PI / 2);
}

/* ---- the whole */

static void make_keys(mrse_canvas *c, const mrse_object_study *s)
{
    mrse_key *key;

    for (size_t i = 0; i < s->n_candidates && i < SHOWN; i++) {
        const chart t = {.s = s};
        key = mrse_canvas_key(c, MRSE_SYMBOL_LINE, MRSE_PEN_CURVE);
        (void)snprintf(key->text, sizeof key->text, "%zu %.90s%s", i + 1,
                       s->candidate[i].material.name, is_drawn(&t, i) ? "" : " (not known)");
    }
    if (s->n_candidates <= SHOWN)
        return;
    key = mrse_canvas_key(c, MRSE_SYMBOL_UNKNOWN, MRSE_PEN_UNKNOWN);
    (void)snprintf(key->text, sizeof key->text, "%zu further candidates are in the table only",
                   s->n_candidates - SHOWN);
}

void mrse_figure_draw_object(mrse_canvas *c)
{
    const mrse_object_study *s = c->figure->object;
    chart t = {.c = c, .s = s};
    mrse_buf text = {0};
    int panels = drawn(s, true) > 0 ? 2 : 1;

    make_keys(c, s);
    mrse_buf_add(&text, "The object rides ");
    mrse_figure_axis_distance(&text, s->place.r_m);
    mrse_buf_add(&text,
                 "; median and 95 % (grey) of what is not known of it, each candidate by itself");
    double top = mrse_canvas_head(c, mrse_buf_text(&text)) + STRIP;
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
    mrse_canvas_legend(c);
    double height = c->h_pt - mrse_canvas_legend_height(c) - AXIS - top - GAP * (panels - 1);
    if (!(height > 60) || !(c->w_pt - LEFT - RIGHT > 60)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    for (int i = 0; i < panels; i++) {
        t.torque = i == 1;
        t.panel.box = (mrse_box){LEFT, top + i * (height / panels + GAP), c->w_pt - LEFT - RIGHT,
                                 height / panels};
        draw_panel(&t, i + 1 == panels);
    }
}

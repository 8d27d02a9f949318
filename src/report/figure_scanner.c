/* The scanner as far as a figure shows it: covers, windings of the field model, patient axis, and
 * the ride of an implant with its end. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "figure_internal.h"

static double given(const mrse_value *value, double factor)
{
    return isfinite(value->v) && value->v > 0 ? factor * value->v : (double)NAN;
}

mrse_housing mrse_housing_of(const mrse_study *study)
{
    mrse_housing h = {false, (double)NAN, (double)NAN, (double)NAN};

    if (!study->scanner)
        return h;
    h.bore_r_m = given(&study->scanner->bore_diameter, 0.5);
    h.half_m = given(&study->scanner->cover_length, 0.5);
    h.cover_r_m = given(&study->scanner->cover_diameter, 0.5);
    h.known = isfinite(h.half_m) && h.cover_r_m > h.bore_r_m;
    return h;
}

bool mrse_housing_hides(const mrse_housing *housing, double z_m, double r_m)
{
    return housing->known && fabs(z_m) < housing->half_m && fabs(r_m) > housing->bore_r_m &&
           fabs(r_m) < housing->cover_r_m;
}

/* The part of a world rectangle that the panel shows. */
static mrse_box shown(const mrse_panel *p, double x0, double x1, double y0, double y1)
{
    double left = mrse_panel_x(p, fmax(x0, p->x0)), right = mrse_panel_x(p, fmin(x1, p->x1));
    double low = mrse_panel_y(p, fmax(y0, p->y0)), high = mrse_panel_y(p, fmin(y1, p->y1));

    return (mrse_box){left, high, right - left, low - high};
}

static void draw_windings(mrse_canvas *c, const mrse_panel *panel)
{
    const mrse_magnet *magnet = &c->figure->study->model.magnet;

    mrse_canvas_ink(c, MRSE_INK_WINDING);
    for (size_t i = 0; i < magnet->n; i++) {
        const mrse_source *s = &magnet->source[i];
        bool loop = s->type == MRSE_SOURCE_LOOP, coil = s->type == MRSE_SOURCE_COIL;
        double z1 = s->z1_m, z2 = loop ? s->z1_m : s->z2_m;
        double r1 = s->r1_m, r2 = coil ? s->r2_m : s->r1_m;

        for (int way = -1; way <= 1; way += 2) {
            mrse_box b = shown(panel, z1, z2, fmin(way * r1, way * r2), fmax(way * r1, way * r2));

            if (!(b.w >= 0 && b.h >= 0))
                continue;
            /* A loop or a sheet has no thickness: a line's worth stands for it. */
            cairo_rectangle(c->cr, b.x - (loop ? 0.6 : 0), b.y - (coil ? 0 : 0.6),
                            b.w + (loop ? 1.2 : 0), b.h + (coil ? 0 : 1.2));
            cairo_fill(c->cr);
        }
    }
}

/* Bore wall alone, where the outside of the covers is not known. */
static void draw_wall(mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing)
{
    double half = isfinite(housing->half_m) ? housing->half_m : (double)INFINITY;

    for (int way = -1; way <= 1; way += 2) {
        double y = mrse_panel_y(panel, way * housing->bore_r_m);

        cairo_move_to(c->cr, mrse_panel_x(panel, fmax(-half, panel->x0)), y);
        cairo_line_to(c->cr, mrse_panel_x(panel, fmin(half, panel->x1)), y);
    }
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
}

/* One of the two halves of the section through the covers. */
static mrse_box part(const mrse_panel *panel, const mrse_housing *housing, int way)
{
    double near = way * housing->bore_r_m, off = way * housing->cover_r_m;

    return shown(panel, -housing->half_m, housing->half_m, fmin(near, off), fmax(near, off));
}

void mrse_housing_keep_free(const mrse_panel *panel, const mrse_housing *housing, mrse_tags *tags)
{
    for (int way = -1; way <= 1 && housing->known; way += 2)
        mrse_tags_keep_free(tags, part(panel, housing, way));
}

static void draw_part(mrse_canvas *c, mrse_box b)
{
    if (!(b.w > 0 && b.h > 0))
        return;
    cairo_rectangle(c->cr, b.x, b.y, b.w, b.h);
    mrse_canvas_ink(c, MRSE_INK_HOUSING);
    cairo_fill_preserve(c->cr);
    mrse_canvas_ink(c, MRSE_INK_SOFT);
    cairo_set_line_width(c->cr, 0.8);
    cairo_stroke(c->cr);
}

void mrse_housing_draw(mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing,
                       bool windings)
{
    cairo_save(c->cr);
    cairo_rectangle(c->cr, panel->box.x, panel->box.y, panel->box.w, panel->box.h);
    cairo_clip(c->cr);
    if (housing->known) {
        draw_part(c, part(panel, housing, 1));
        draw_part(c, part(panel, housing, -1));
    } else if (isfinite(housing->bore_r_m)) {
        draw_wall(c, panel, housing);
    }
    if (windings)
        draw_windings(c, panel);
    cairo_restore(c->cr);
}

void mrse_housing_keys(mrse_canvas *c, const mrse_housing *housing, bool windings)
{
    mrse_key *key;

    if (housing->known) {
        key = mrse_canvas_key(c, MRSE_SYMBOL_HOUSING, MRSE_PEN_DIMENSION);
        mrse_text_copy(key->text, sizeof key->text, "scanner, within its covers");
    } else {
        key = mrse_canvas_key(c, MRSE_SYMBOL_LINE, MRSE_PEN_DIMENSION);
        mrse_text_copy(key->text, sizeof key->text,
                       isfinite(housing->bore_r_m) ? "bore wall (extent of the covers not given)"
                                                   : "bore and covers: not given");
    }
    if (windings && c->figure->study->model.magnet.n > 0) {
        key = mrse_canvas_key(c, MRSE_SYMBOL_WINDING, MRSE_PEN_DIMENSION);
        mrse_text_copy(key->text, sizeof key->text, "windings of the field model");
    }
}

void mrse_scanner_axis(mrse_canvas *c, const mrse_panel *panel)
{
    double y = mrse_panel_y(panel, 0), x = mrse_panel_x(panel, 0);

    cairo_move_to(c->cr, panel->box.x, y);
    cairo_line_to(c->cr, panel->box.x + panel->box.w, y);
    mrse_canvas_stroke(c, MRSE_PEN_AXIS);
    if (x > panel->box.x && x < panel->box.x + panel->box.w) {
        cairo_move_to(c->cr, x, y - 4);
        cairo_line_to(c->cr, x, y + 4);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    }
}

void mrse_scanner_couch_note(mrse_canvas *c, const mrse_panel *panel)
{
    double x = panel->box.x + panel->box.w, y = panel->box.y - 7, w, h;
    const char *text = "couch enters from the right, +z";

    mrse_canvas_size(c, MRSE_FACE_NOTE, text, &w, &h);
    cairo_move_to(c->cr, x, y);
    cairo_line_to(c->cr, x - 20, y);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, x - 22, y, MRSE_PI, 6);
    mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, text, x - 26, y, 1, 0.5);
}

/* ---- the ride */

static bool rides(const mrse_figure *f)
{
    return f->path && isfinite(f->path->r_m) && isfinite(f->path->z_start_m) &&
           isfinite(f->path->z_end_m);
}

/* Half-axes on paper of the 2u ellipse; false, and those of a plain cross, when u is not known. An
 * end must be seen, however well it is known. */
static bool end_size(const mrse_figure *f, const mrse_panel *panel, double *a, double *b)
{
    bool known = isfinite(f->u_r_m) && isfinite(f->u_z_m) && f->u_r_m > 0 && f->u_z_m > 0;

    *a = known ? 2 * f->u_z_m * panel->box.w / (panel->x1 - panel->x0) : 4;
    *b = known ? 2 * f->u_r_m * panel->box.h / (panel->y1 - panel->y0) : 4;
    *a = fmax(*a, 2.5);
    *b = fmax(*b, 2.5);
    return known;
}

static void draw_end(mrse_canvas *c, const mrse_panel *panel, double x, double y)
{
    double a, b;

    if (end_size(c->figure, panel, &a, &b)) {
        cairo_save(c->cr);
        cairo_translate(c->cr, x, y);
        cairo_scale(c->cr, a, b);
        cairo_new_sub_path(c->cr);
        cairo_arc(c->cr, 0, 0, 1, 0, 2 * MRSE_PI);
        cairo_restore(c->cr);
        mrse_canvas_stroke(c, MRSE_PEN_THIN);
    }
    cairo_move_to(c->cr, x - a, y);
    cairo_line_to(c->cr, x + a, y);
    cairo_move_to(c->cr, x, y - b);
    cairo_line_to(c->cr, x, y + b);
    mrse_canvas_stroke(c, MRSE_PEN_THIN);
}

/* Where the ride runs on paper; false when the panel does not show it. */
static bool run(const mrse_figure *f, const mrse_panel *panel, double *x0, double *x1, double *y)
{
    if (!rides(f) || !(fabs(f->path->r_m) <= panel->y1))
        return false;
    *x0 = mrse_panel_x(panel, fmin(fmax(f->path->z_start_m, panel->x0), panel->x1));
    *x1 = mrse_panel_x(panel, fmin(fmax(f->path->z_end_m, panel->x0), panel->x1));
    *y = mrse_panel_y(panel, fabs(f->path->r_m));
    return true;
}

void mrse_ride_keep_free(const mrse_canvas *c, const mrse_panel *panel, mrse_tags *tags)
{
    double x0, x1, y;

    if (run(c->figure, panel, &x0, &x1, &y))
        mrse_tags_keep_free(tags, (mrse_box){fmin(x0, x1) - 5, y - 5, fabs(x1 - x0) + 10, 10});
}

void mrse_ride_draw(mrse_canvas *c, const mrse_panel *panel)
{
    const mrse_figure *f = c->figure;
    double x0, x1, y, way, a, b, tip;
    bool ends;

    if (!run(f, panel, &x0, &x1, &y))
        return;
    way = x1 < x0 ? -1 : 1;
    ends = f->path->z_end_m >= panel->x0 && f->path->z_end_m <= panel->x1;
    (void)end_size(f, panel, &a, &b);
    tip = ends && fabs(x1 - x0) > a + 12 ? x1 - way * a : x1;
    cairo_move_to(c->cr, x0, y);
    cairo_line_to(c->cr, tip - way * 3, y);
    mrse_canvas_stroke(c, MRSE_PEN_RIDE);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, tip, y, way < 0 ? MRSE_PI : 0, 7);
    if (fabs(x1 - x0) > 120)
        mrse_canvas_arrowhead(c, x0 + 0.25 * (x1 - x0), y, way < 0 ? MRSE_PI : 0, 7);
    if (ends)
        draw_end(c, panel, x1, y);
}

void mrse_ride_keys(mrse_canvas *c)
{
    const mrse_figure *f = c->figure;
    mrse_buf text = {0};
    mrse_key *key;

    if (!rides(f))
        return;
    mrse_buf_addf(&text,
                  "ride of %.60s: ", f->implant && f->implant[0] ? f->implant : "the implant");
    mrse_figure_axis_distance(&text, f->path->r_m);
    key = mrse_canvas_key(c, MRSE_SYMBOL_RIDE, MRSE_PEN_RIDE);
    mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(&text));
    text.len = 0;
    if (f->u_r_m > 0 && f->u_z_m > 0 && isfinite(f->u_r_m) && isfinite(f->u_z_m)) {
        mrse_buf_add(&text, "its end ± 2u: r ± ");
        mrse_quantity_print(&text, 2 * f->u_r_m, MRSE_KIND_LENGTH, 2, 0);
        mrse_buf_add(&text, ", z ± ");
        mrse_quantity_print(&text, 2 * f->u_z_m, MRSE_KIND_LENGTH, 2, 0);
    } else {
        mrse_buf_add(&text, "its end (uncertainty of the position not given)");
    }
    key = mrse_canvas_key(c, MRSE_SYMBOL_END, MRSE_PEN_THIN);
    mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(&text));
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
}

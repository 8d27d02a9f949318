/* The plan of a site: its drawing, lines and rooms, the scanner turned as it stands, isocontours of
 * |B| at the height of the isocentre, and equipment. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure_internal.h"

static const double LEFT = 46, RIGHT = 14, CAPTION = 8, AXIS = 34, ROW = 10.5, MARGIN_M = 0.4;
static const double PANEL_MOST = 400, PANEL_LEAST = 150, WHOLE_MOST = 680; /* of a page */

typedef struct extent {
    double x0, x1, y0, y1;
} extent;

/* ---- what the panel shows */

static void include(extent *e, double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return;
    e->x0 = fmin(e->x0, x);
    e->x1 = fmax(e->x1, x);
    e->y0 = fmin(e->y0, y);
    e->y1 = fmax(e->y1, y);
}

static void include_contour(extent *e, const mrse_figure *f)
{
    const mrse_study *study = f->study;

    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour *contour = study->contour[i].contour;

        if (!contour || mrse_contour_pen(&study->contour[i]) == MRSE_PEN_THIN)
            continue;
        for (size_t k = 0; k < contour->n_lines; k++)
            for (size_t j = 0; j < contour->line[k].n; j++)
                for (int way = -1; way <= 1; way += 2) {
                    mrse_site_place p = mrse_site_turned(f->site->site, contour->line[k].z_m[j],
                                                         way * contour->line[k].r_m[j]);
                    include(e, p.x_m, p.y_m);
                }
    }
}

static double picture_height(const mrse_figure *f)
{
    const mrse_picture *p = f->picture;

    return f->site->site->image.width_m * (double)p->file_height / (double)p->file_width;
}

/* Everything that the file names, the scanner, and the two lines that matter. A drawing of a whole
 * building is cut to that. */
static extent view(const mrse_figure *f)
{
    const mrse_site *site = f->site->site;
    mrse_housing h = mrse_housing_of(f->study);
    extent e = {INFINITY, -INFINITY, INFINITY, -INFINITY};

    for (int i = 0; i < 4; i++) {
        double z = isfinite(h.half_m) ? h.half_m : 1, x = isfinite(h.cover_r_m) ? h.cover_r_m : 1;
        mrse_site_place p = mrse_site_turned(site, i & 1 ? z : -z, i & 2 ? x : -x);

        include(&e, p.x_m, p.y_m);
    }
    for (size_t i = 0; i < site->n_outlines; i++)
        for (size_t k = 0; k < site->outline[i].n; k++)
            include(&e, site->outline[i].place[k].x_m, site->outline[i].place[k].y_m);
    for (size_t i = 0; i < site->n_items; i++)
        include(&e, site->item[i].x.v, site->item[i].y.v);
    include_contour(&e, f);
    if (f->picture && site->n_outlines == 0) {
        include(&e, site->image.x_m, site->image.y_m);
        include(&e, site->image.x_m + site->image.width_m, site->image.y_m + picture_height(f));
    }
    e.x0 -= MARGIN_M;
    e.x1 += MARGIN_M;
    e.y0 -= MARGIN_M;
    e.y1 += MARGIN_M;
    return e;
}

/* ---- the drawing below */

static uint32_t faded(uint32_t pixel)
{
    uint32_t out = 0;

    for (int shift = 0; shift <= 16; shift += 8)
        out |= (255 - (255 - (pixel >> shift & 255)) * 2 / 5) << shift;
    return out;
}

static void draw_picture(mrse_canvas *c, const mrse_panel *panel)
{
    const mrse_picture *p = c->figure->picture;
    const mrse_site *site = c->figure->site->site;
    cairo_surface_t *surface;
    double x, y, w, h;

    if (!p || !p->pixel)
        return;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)p->width, (int)p->height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        c->status = MRSE_ERR_NOMEM;
        cairo_surface_destroy(surface);
        return;
    }
    cairo_surface_flush(surface);
    for (size_t row = 0; row < p->height; row++) {
        unsigned char *at = cairo_image_surface_get_data(surface) +
                            row * (size_t)cairo_image_surface_get_stride(surface);
        for (size_t i = 0; i < p->width; i++) {
            uint32_t pixel = faded(p->pixel[row * p->width + i]);
            memcpy(at + 4 * i, &pixel, sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(surface);
    x = mrse_panel_x(panel, site->image.x_m);
    y = mrse_panel_y(panel, site->image.y_m + picture_height(c->figure));
    w = mrse_panel_x(panel, site->image.x_m + site->image.width_m) - x;
    h = mrse_panel_y(panel, site->image.y_m) - y;
    cairo_save(c->cr);
    cairo_translate(c->cr, x, y);
    cairo_scale(c->cr, w / (double)p->width, h / (double)p->height);
    cairo_set_source_surface(c->cr, surface, 0, 0);
    cairo_paint(c->cr);
    cairo_restore(c->cr);
    cairo_surface_destroy(surface);
}

/* ---- lines and rooms */

static void line_path(mrse_canvas *c, const mrse_panel *p, const mrse_site_line *line)
{
    for (size_t i = 0; i < line->n; i++)
        cairo_line_to(c->cr, mrse_panel_x(p, line->place[i].x_m),
                      mrse_panel_y(p, line->place[i].y_m));
    if (line->closed)
        cairo_close_path(c->cr);
}

static void draw_rooms(mrse_canvas *c, const mrse_panel *p)
{
    const mrse_site *site = c->figure->site->site;

    for (size_t i = 0; i < site->n_outlines; i++) {
        const mrse_site_line *line = &site->outline[i];

        if (line->kind != MRSE_SITE_NEIGHBOUR || !line->closed)
            continue;
        line_path(c, p, line);
        mrse_canvas_ink(c, MRSE_INK_ROOM);
        if (c->figure->picture) /* the drawing shows what is in the room */
            cairo_new_path(c->cr);
        else
            cairo_fill(c->cr);
    }
}

static void draw_lines(mrse_canvas *c, const mrse_panel *p)
{
    static const mrse_pen pen[MRSE_SITE_KINDS] = {MRSE_PEN_WALL, MRSE_PEN_DOOR, MRSE_PEN_WINDOW,
                                                  MRSE_PEN_AREA, MRSE_PEN_ROOM};
    static const mrse_site_kind order[] = {MRSE_SITE_NEIGHBOUR, MRSE_SITE_WALL, MRSE_SITE_WINDOW,
                                           MRSE_SITE_DOOR, MRSE_SITE_AREA};
    const mrse_site *site = c->figure->site->site;

    for (size_t k = 0; k < MRSE_SITE_KINDS; k++)
        for (size_t i = 0; i < site->n_outlines; i++) {
            if (site->outline[i].kind != order[k])
                continue;
            line_path(c, p, &site->outline[i]);
            mrse_canvas_stroke(c, pen[order[k]]);
        }
}

static void draw_panel(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h)
{
    mrse_tags tags = {.bounds = {p->box.x + 3, p->box.y + 3, p->box.w - 6, p->box.h - 6}};
    mrse_figure_curves curves = {.single = true};

    cairo_save(c->cr);
    cairo_rectangle(c->cr, p->box.x, p->box.y, p->box.w, p->box.h);
    cairo_clip(c->cr);
    draw_rooms(c, p);
    draw_picture(c, p);
    draw_lines(c, p);
    mrse_site_contours(c, p, h, &curves);
    mrse_tags_keep_free(&tags, mrse_axis_scale_bar(c, p, false));
    mrse_site_keep_free(c, p, h, &tags);
    if (c->status == MRSE_OK)
        mrse_figure_curves_draw(c, p, &curves, &tags);
    mrse_site_scanner(c, p, h);
    if (c->status == MRSE_OK) {
        mrse_site_items(c, p, &tags, &curves);
        mrse_site_codes(c, p, &tags, &curves);
    }
    cairo_restore(c->cr);
    mrse_figure_curves_free(&curves);
    (void)mrse_axis_scale_bar(c, p, true);
}

/* ---- the whole */

static void site_key(mrse_canvas *c, mrse_pen pen, const char *text)
{
    mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_LINE, pen);

    mrse_text_copy(key->text, sizeof key->text, text);
}

/* Only what the plan holds. */
static void add_keys(mrse_canvas *c, const mrse_housing *h)
{
    static const char *const line[MRSE_SITE_KINDS] = {"W: wall", "D: door", "G: window",
                                                      "A: MR CONTROLLED ACCESS AREA",
                                                      "N: neighbouring room or way"};
    static const mrse_verdict verdict[] = {MRSE_VERDICT_MET, MRSE_VERDICT_NOT_MET,
                                           MRSE_VERDICT_UNDETERMINED};
    const mrse_site_study *s = c->figure->site;

    mrse_contour_keys(c, false);
    mrse_housing_keys(c, h, false);
    for (mrse_site_kind kind = 0; kind < MRSE_SITE_KINDS; kind++)
        for (size_t i = 0; i < s->n_lines; i++)
            if (s->line[i].line->kind == kind) {
                site_key(c, MRSE_PEN_WALL + kind, line[kind]);
                break;
            }
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < s->n_items; i++)
            if (s->item[i].decision.verdict == verdict[k]) {
                mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_ITEM, MRSE_PEN_THIN);

                key->verdict = verdict[k];
                mrse_text_copy(key->text, sizeof key->text, "its own limit: ");
                mrse_text_copy(key->text + 15, sizeof key->text - 15,
                               mrse_verdict_text(verdict[k]));
                break;
            }
}

static double list_height(const mrse_figure *f)
{
    return ROW * (double)mrse_site_rows(f->site) + 6;
}

double mrse_site_figure_height(const mrse_figure *f, double head, double width)
{
    extent e = view(f);
    double w = width - LEFT - RIGHT, h = w * (e.y1 - e.y0) / (e.x1 - e.x0);
    mrse_canvas c = {.figure = f};
    mrse_housing housing = mrse_housing_of(f->study);
    double rest;

    add_keys(&c, &housing);
    rest = head + CAPTION + AXIS + list_height(f) + mrse_canvas_legend_height(&c);
    return rest + fmax(fmin(h, fmin(PANEL_MOST, WHOLE_MOST - rest)), PANEL_LEAST);
}

void mrse_figure_draw_site(mrse_canvas *c)
{
    mrse_housing housing = mrse_housing_of(c->figure->study);
    double top, bottom, w, h, aspect;
    mrse_panel p;
    extent e;

    if (!c->figure->site) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    e = view(c->figure);
    add_keys(c, &housing);
    top = mrse_canvas_head(c, "|B| in the horizontal plane through isocentre; the arrow shows +z, "
                              "where the couch enters. Air, no iron in the building.") +
          CAPTION;
    mrse_canvas_legend(c);
    bottom = c->h_pt - mrse_canvas_legend_height(c) - list_height(c->figure);
    w = c->w_pt - LEFT - RIGHT;
    h = bottom - AXIS - top;
    if (!(w > 40 && h > 30)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    aspect = (e.x1 - e.x0) / (e.y1 - e.y0);
    p.box.w = fmin(w, h * aspect);
    p.box.h = p.box.w / aspect;
    p.box.x = LEFT + (w - p.box.w) / 2;
    p.box.y = top + (h - p.box.h) / 2;
    p.x0 = e.x0;
    p.x1 = e.x1;
    p.y0 = e.y0;
    p.y1 = e.y1;
    draw_panel(c, &p, &housing);
    mrse_axis_frame(c, &p);
    mrse_axis_bottom(c, &p, "x in plan (m)", true);
    mrse_axis_side(c, &p, false, 1, false, "y in plan (m)");
    mrse_site_list(c, c->figure->site, bottom + 2);
}

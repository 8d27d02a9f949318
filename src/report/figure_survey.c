/* The plan of a survey in room coordinates: contours of the aligned model, and the points by how
 * they agree with it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

static const double LEFT = 46, RIGHT = 14, CAPTION = 15, AXIS = 30, MARGIN_M = 0.6, RADIUS = 2.6;

typedef enum mark { MARK_AGREES, MARK_DIFFERS, MARK_OUTLIER, MARK_UNKNOWN } mark;

static mark mark_of(const mrse_survey_row *row)
{
    if (row->outlier)
        return MARK_OUTLIER;
    if (!isfinite(row->en))
        return MARK_UNKNOWN;
    return fabs(row->en) <= 1 ? MARK_AGREES : MARK_DIFFERS;
}

static void turned(const mrse_placement *at, double z_m, double across_m, double *x, double *y)
{
    double c = cos(at->azimuth_rad), s = sin(at->azimuth_rad);

    *x = at->x_m + z_m * c - across_m * s;
    *y = at->y_m + z_m * s + across_m * c;
}

/* ---- what is in view */

static void widen(double *low, double *high, double v)
{
    *low = fmin(*low, v);
    *high = fmax(*high, v);
}

static void extent(const mrse_survey_study *s, double *x0, double *x1, double *y0, double *y1)
{
    mrse_housing h = mrse_housing_of(s->study);
    double half = h.known ? h.half_m : 1, across = h.known ? h.cover_r_m : 1, x, y;

    *x0 = *y0 = INFINITY;
    *x1 = *y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        turned(&s->alignment.at, i < 2 ? half : -half, i % 2 ? across : -across, &x, &y);
        widen(x0, x1, x);
        widen(y0, y1, y);
    }
    for (size_t i = 0; i < s->survey->n; i++) {
        widen(x0, x1, s->survey->point[i].x_m);
        widen(y0, y1, s->survey->point[i].y_m);
    }
    *x0 -= MARGIN_M;
    *y0 -= MARGIN_M;
    *x1 += MARGIN_M;
    *y1 += MARGIN_M;
}

double mrse_survey_figure_height(const mrse_figure *f, double head, double width)
{
    double x0, x1, y0, y1;

    extent(f->survey, &x0, &x1, &y0, &y1);
    return head + CAPTION + fmin(fmax((width - LEFT - RIGHT) * (y1 - y0) / (x1 - x0), 200), 420) +
           AXIS + 11.5 * 5 + 13;
}

/* ---- contours, turned; each half is a curve of its own */

static mrse_status add_line(const mrse_placement *at, const mrse_panel *p,
                            const mrse_polyline *line, mrse_pen pen, const char *text,
                            mrse_figure_curves *curves)
{
    mrse_polyline out = {.n = line->n};
    mrse_status status = MRSE_OK;

    out.z_m = mrse_alloc(line->n, sizeof *out.z_m);
    out.r_m = mrse_alloc(line->n, sizeof *out.r_m);
    if (!out.z_m || !out.r_m)
        status = MRSE_ERR_NOMEM;
    for (int way = 1; way >= -1 && status == MRSE_OK; way -= 2) {
        for (size_t i = 0; i < line->n; i++)
            turned(at, line->z_m[i], way * line->r_m[i], &out.z_m[i], &out.r_m[i]);
        status = mrse_figure_curves_add(curves, p, &out, pen, way > 0 ? text : "");
    }
    mrse_free(out.z_m);
    mrse_free(out.r_m);
    return status;
}

static bool is_covered(const mrse_polyline *line, const mrse_housing *h)
{
    for (size_t i = 0; i < line->n; i++)
        if (!h->known || fabs(line->z_m[i]) > h->half_m || line->r_m[i] > h->cover_r_m)
            return false;
    return true;
}

static void add_contours(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h,
                         mrse_figure_curves *curves)
{
    const mrse_study *study = c->figure->study;
    char text[MRSE_AXIS_TEXT];

    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour *contour = study->contour[i].contour;

        if (!contour)
            continue;
        mrse_contour_text(text, contour->level_T);
        for (size_t k = 0; k < contour->n_lines && c->status == MRSE_OK; k++)
            if (!is_covered(&contour->line[k], h))
                c->status = add_line(&c->figure->survey->alignment.at, p, &contour->line[k],
                                     mrse_contour_pen(&study->contour[i]), text, curves);
    }
}

/* ---- scanner */

static void outline(mrse_canvas *c, const mrse_panel *p, double half_m, double across_m)
{
    double x, y;

    for (int i = 0; i < 4; i++) {
        turned(&c->figure->survey->alignment.at, i == 0 || i == 3 ? -half_m : half_m,
               i < 2 ? -across_m : across_m, &x, &y);
        cairo_line_to(c->cr, mrse_panel_x(p, x), mrse_panel_y(p, y));
    }
    cairo_close_path(c->cr);
}

static void draw_scanner(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h)
{
    const mrse_placement *at = &c->figure->survey->alignment.at;
    double x = mrse_panel_x(p, at->x_m), y = mrse_panel_y(p, at->y_m), tip_x, tip_y;

    if (h->known) {
        outline(c, p, h->half_m, h->cover_r_m);
        mrse_canvas_ink(c, MRSE_INK_HOUSING);
        cairo_fill_preserve(c->cr);
        mrse_canvas_ink(c, MRSE_INK_SOFT);
        cairo_set_line_width(c->cr, 1);
        cairo_stroke(c->cr);
        outline(c, p, h->half_m, h->bore_r_m);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    }
    turned(at, h->known ? h->half_m : 1, 0, &tip_x, &tip_y);
    cairo_move_to(c->cr, x, y);
    cairo_line_to(c->cr, mrse_panel_x(p, tip_x), mrse_panel_y(p, tip_y));
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, mrse_panel_x(p, tip_x), mrse_panel_y(p, tip_y), -at->azimuth_rad, 6);
    for (int i = 0; i < 2; i++) {
        cairo_move_to(c->cr, x - (i ? 0 : 4), y - (i ? 4 : 0));
        cairo_line_to(c->cr, x + (i ? 0 : 4), y + (i ? 4 : 0));
    }
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
}

static void keep_scanner_free(const mrse_canvas *c, const mrse_panel *p, const mrse_housing *h,
                              mrse_tags *tags)
{
    const mrse_placement *at = &c->figure->survey->alignment.at;
    double scale = p->box.w / (p->x1 - p->x0);

    if (h->known && tags->n < MRSE_TAGS_MAX)
        tags->tag[tags->n++] =
            (mrse_tag){mrse_panel_x(p, at->x_m), mrse_panel_y(p, at->y_m), -at->azimuth_rad,
                       2 * h->half_m * scale, 2 * h->cover_r_m * scale};
}

/* ---- points: shape and ink both say how it agrees */

static void diamond(cairo_t *cr, double x, double y, double r)
{
    cairo_move_to(cr, x, y - r);
    cairo_line_to(cr, x + r, y);
    cairo_line_to(cr, x, y + r);
    cairo_line_to(cr, x - r, y);
    cairo_close_path(cr);
}

static void cross(cairo_t *cr, double x, double y, double r)
{
    for (int i = -1; i <= 1; i += 2) {
        cairo_move_to(cr, x - r, y - i * r);
        cairo_line_to(cr, x + r, y + i * r);
    }
}

static void draw_mark(mrse_canvas *c, mark m, double x, double y)
{
    mrse_ink ink = m == MARK_OUTLIER || m == MARK_DIFFERS ? MRSE_INK_LIMIT : MRSE_INK_TEXT;

    cairo_new_path(c->cr);
    if (m == MARK_AGREES)
        cairo_arc(c->cr, x, y, RADIUS, 0, 2 * MRSE_PI);
    else if (m == MARK_DIFFERS)
        diamond(c->cr, x, y, 1.5 * RADIUS);
    else if (m == MARK_OUTLIER)
        cairo_rectangle(c->cr, x - 1.5 * RADIUS, y - 1.5 * RADIUS, 3 * RADIUS, 3 * RADIUS);
    else
        cairo_rectangle(c->cr, x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    mrse_canvas_ink(c, m == MARK_AGREES ? ink : MRSE_INK_PAPER);
    cairo_fill_preserve(c->cr);
    mrse_canvas_ink(c, ink);
    cairo_set_line_width(c->cr, m == MARK_AGREES ? 0.6 : 1.2);
    cairo_stroke(c->cr);
    if (m != MARK_OUTLIER)
        return;
    cross(c->cr, x, y, 1.2 * RADIUS);
    cairo_stroke(c->cr);
}

void mrse_survey_mark(mrse_canvas *c, int which, double x, double y)
{
    draw_mark(c, (mark)which, x, y);
}

/* Beside its point, on the first of eight sides that has room; what stands out may go farther. */
static bool place_name(const mrse_survey_study *s, const mrse_panel *p, size_t i, size_t rings,
                       mrse_tags *tags, mrse_tag *tag)
{
    double x = mrse_panel_x(p, s->survey->point[i].x_m), w = tag->w;
    double y = mrse_panel_y(p, s->survey->point[i].y_m), h = tag->h;

    for (size_t k = 0; k < 8 * rings && w < 60; k++) {
        double angle = (double)(k % 8) * MRSE_PI / 4, far = (double)(k / 8) * 9;

        *tag = (mrse_tag){x + cos(angle) * (w / 2 + 1.9 * RADIUS + far),
                          y - sin(angle) * (h / 2 + 1.4 * RADIUS + far), 0, w, h - 2};
        if (mrse_tags_add(tags, tag))
            return true;
    }
    return false;
}

static void draw_names(mrse_canvas *c, const mrse_panel *p, mrse_tags *tags)
{
    const mrse_survey_study *s = c->figure->survey;

    for (mark m = MARK_UNKNOWN + 1; m-- > MARK_AGREES;) /* those that matter choose first */
        for (size_t i = 0; i < s->survey->n; i++) {
            bool plain = m == MARK_AGREES;
            mrse_face face = plain ? MRSE_FACE_TAG : MRSE_FACE_TAG_STRONG;
            mrse_tag tag = {0, 0, 0, 0, 0};

            if (mark_of(&s->alignment.row[i]) != m)
                continue;
            mrse_canvas_size(c, face, s->survey->name[i], &tag.w, &tag.h);
            if (!place_name(s, p, i, plain ? 1 : 4, tags, &tag))
                continue;
            if (hypot(tag.x - mrse_panel_x(p, s->survey->point[i].x_m),
                      tag.y - mrse_panel_y(p, s->survey->point[i].y_m)) > tag.w / 2 + 8) {
                cairo_move_to(c->cr, mrse_panel_x(p, s->survey->point[i].x_m),
                              mrse_panel_y(p, s->survey->point[i].y_m));
                cairo_line_to(c->cr, tag.x, tag.y);
                mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
            }
            mrse_canvas_ground(
                c, (mrse_box){tag.x - tag.w / 2 - 1, tag.y - tag.h / 2, tag.w + 2, tag.h}, 1.5,
                0.75);
            mrse_canvas_text(c, face, plain ? MRSE_INK_TEXT : MRSE_INK_LIMIT, s->survey->name[i],
                             tag.x, tag.y, 0.5, 0.5);
        }
}

static void draw_points(mrse_canvas *c, const mrse_panel *p)
{
    const mrse_survey_study *s = c->figure->survey;

    for (mark m = MARK_AGREES; m <= MARK_UNKNOWN; m++)
        for (size_t i = 0; i < s->survey->n; i++)
            if (mark_of(&s->alignment.row[i]) == m)
                draw_mark(c, m, mrse_panel_x(p, s->survey->point[i].x_m),
                          mrse_panel_y(p, s->survey->point[i].y_m));
}

/* ---- the whole */

static void keys(mrse_canvas *c, const mrse_housing *h)
{
    static const char *const text[] = {"agrees with the model: |E_n| ≤ 1", "differs: |E_n| > 1",
                                       "outlier: iron nearby, or a reading error",
                                       "no value of the model there"};
    const mrse_survey_study *s = c->figure->survey;
    size_t n[4] = {0};

    for (size_t i = 0; i < s->survey->n; i++)
        n[mark_of(&s->alignment.row[i])]++;
    for (int m = 0; m < 4; m++) {
        if (n[m] == 0 && m == MARK_UNKNOWN)
            continue;
        mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_POINT, MRSE_PEN_DIMENSION);
        key->mark = m;
        (void)snprintf(key->text, sizeof key->text, "%s (%zu)", text[m], n[m]);
    }
    mrse_contour_keys(c, false);
    mrse_housing_keys(c, h, false);
}

static void draw_grid(mrse_canvas *c, const mrse_panel *p)
{
    for (int x = (int)ceil(p->x0); x <= p->x1; x++) {
        cairo_move_to(c->cr, mrse_panel_x(p, x), p->box.y);
        cairo_line_to(c->cr, mrse_panel_x(p, x), p->box.y + p->box.h);
    }
    for (int y = (int)ceil(p->y0); y <= p->y1; y++) {
        cairo_move_to(c->cr, p->box.x, mrse_panel_y(p, y));
        cairo_line_to(c->cr, p->box.x + p->box.w, mrse_panel_y(p, y));
    }
    mrse_canvas_ink(c, MRSE_INK_GRID);
    cairo_set_line_width(c->cr, 0.5);
    cairo_stroke(c->cr);
}

static void draw_plan(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h)
{
    const mrse_survey *survey = c->figure->survey->survey;
    mrse_tags tags = {.bounds = {p->box.x + 3, p->box.y + 3, p->box.w - 6, p->box.h - 6}};
    mrse_figure_curves curves = {.single = true};

    draw_grid(c, p);
    keep_scanner_free(c, p, h, &tags);
    mrse_tags_keep_free(&tags, mrse_axis_scale_bar(c, p, false));
    /* Only as many as the tags can hold with room for texts; the rest may be written over. */
    for (size_t i = 0; i < survey->n && tags.n < MRSE_TAGS_MAX / 2; i++)
        mrse_tags_keep_free(&tags, (mrse_box){mrse_panel_x(p, survey->point[i].x_m) - 1.3 * RADIUS,
                                              mrse_panel_y(p, survey->point[i].y_m) - 1.3 * RADIUS,
                                              2.6 * RADIUS, 2.6 * RADIUS});
    add_contours(c, p, h, &curves);
    if (c->status == MRSE_OK)
        mrse_figure_curves_draw(c, p, &curves, &tags);
    mrse_figure_curves_free(&curves);
    cairo_save(c->cr);
    cairo_rectangle(c->cr, p->box.x, p->box.y, p->box.w, p->box.h);
    cairo_clip(c->cr);
    draw_scanner(c, p, h);
    draw_names(c, p, &tags);
    draw_points(c, p);
    cairo_restore(c->cr);
    (void)mrse_axis_scale_bar(c, p, true);
}

void mrse_figure_draw_survey(mrse_canvas *c)
{
    const mrse_survey_study *s = c->figure->survey;
    mrse_housing housing = mrse_housing_of(c->figure->study);
    mrse_panel p;
    double top, w, h, aspect;

    if (!s) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    extent(s, &p.x0, &p.x1, &p.y0, &p.y1);
    keys(c, &housing);
    top = mrse_canvas_head(c, "Room seen from above; contours in the horizontal plane through "
                              "isocentre, points at their own heights.") +
          CAPTION;
    mrse_canvas_legend(c);
    w = c->w_pt - LEFT - RIGHT;
    h = c->h_pt - mrse_canvas_legend_height(c) - AXIS - top;
    if (!(w > 40 && h > 30)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    aspect = (p.x1 - p.x0) / (p.y1 - p.y0);
    p.box.w = fmin(w, h * aspect);
    p.box.h = p.box.w / aspect;
    p.box.x = LEFT + (w - p.box.w) / 2;
    p.box.y = top + (h - p.box.h) / 2;
    draw_plan(c, &p, &housing);
    mrse_axis_frame(c, &p);
    mrse_axis_bottom(c, &p, "x of the room (m)", true);
    mrse_axis_side(c, &p, false, 1, false, "y of the room (m)");
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT, "the arrow is +z of the magnet", p.box.x,
                     p.box.y - 7, 0, 0.5);
}

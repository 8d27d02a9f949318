/* What stands in the plan of a site: contours and scanner turned as the magnet is, equipment by its
 * verdict, and the codes of lines. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

mrse_site_place mrse_site_turned(const mrse_site *site, double z_m, double across_m)
{
    double c = cos(site->magnet.azimuth.v), s = sin(site->magnet.azimuth.v);

    return (mrse_site_place){site->magnet.x.v + z_m * c - across_m * s,
                             site->magnet.y.v + z_m * s + across_m * c};
}

/* ---- contours: turned, and both halves in one line so that a tag may stand anywhere */

static bool is_covered(const mrse_polyline *line, const mrse_housing *h)
{
    for (size_t i = 0; i < line->n; i++)
        if (!h->known || fabs(line->z_m[i]) > h->half_m || line->r_m[i] > h->cover_r_m)
            return false;
    return true;
}

static mrse_status add_line(const mrse_site *site, const mrse_panel *p, const mrse_polyline *line,
                            mrse_pen pen, const char *text, mrse_figure_curves *curves)
{
    mrse_polyline out = {.n = line->closed ? line->n : 2 * line->n};
    mrse_status status = MRSE_OK;

    out.z_m = mrse_alloc(out.n, sizeof *out.z_m);
    out.r_m = mrse_alloc(out.n, sizeof *out.r_m);
    if (!out.z_m || !out.r_m)
        status = MRSE_ERR_NOMEM;
    for (int way = 1; way >= -1 && status == MRSE_OK; way -= 2) {
        for (size_t i = 0; i < out.n; i++) {
            bool back = i >= line->n; /* the other half, from its end to its beginning */
            size_t k = back ? 2 * line->n - 1 - i : i;
            mrse_site_place q =
                mrse_site_turned(site, line->z_m[k], (back ? -way : way) * line->r_m[k]);

            out.z_m[i] = q.x_m;
            out.r_m[i] = q.y_m;
        }
        if (way > 0 || line->closed)
            status = mrse_figure_curves_add(curves, p, &out, pen, way > 0 ? text : "");
    }
    mrse_free(out.z_m);
    mrse_free(out.r_m);
    return status;
}

void mrse_site_contours(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h,
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
                c->status = add_line(c->figure->site->site, p, &contour->line[k],
                                     mrse_contour_pen(&study->contour[i]), text, curves);
    }
}

/* ---- scanner and equipment */

static void scanner_path(mrse_canvas *c, const mrse_panel *p, double half_m, double across_m)
{
    for (int i = 0; i < 4; i++) {
        mrse_site_place q =
            mrse_site_turned(c->figure->site->site, i == 0 || i == 3 ? -half_m : half_m,
                             i < 2 ? -across_m : across_m);
        cairo_line_to(c->cr, mrse_panel_x(p, q.x_m), mrse_panel_y(p, q.y_m));
    }
    cairo_close_path(c->cr);
}

/* Where tags must not stand: the corners' box in eighths, so that a turned scanner keeps its own
 * shape free and not the box around it. */
static void keep_scanner_free(const mrse_canvas *c, const mrse_panel *p, const mrse_housing *h,
                              mrse_tags *tags)
{
    mrse_site_place o = mrse_site_turned(c->figure->site->site, 0, 0);
    double scale = p->box.w / (p->x1 - p->x0);

    if (!h->known || tags->n >= MRSE_TAGS_MAX)
        return;
    tags->tag[tags->n++] = (mrse_tag){mrse_panel_x(p, o.x_m), mrse_panel_y(p, o.y_m),
                                      -c->figure->site->site->magnet.azimuth.v,
                                      2 * h->half_m * scale, 2 * h->cover_r_m * scale};
}

void mrse_site_scanner(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h)
{
    mrse_site_place o = mrse_site_turned(c->figure->site->site, 0, 0);
    double x = mrse_panel_x(p, o.x_m), y = mrse_panel_y(p, o.y_m), tip_m = 1;
    mrse_site_place tip;

    if (h->known) {
        scanner_path(c, p, h->half_m, h->cover_r_m);
        mrse_canvas_ink(c, MRSE_INK_HOUSING);
        cairo_fill_preserve(c->cr);
        mrse_canvas_ink(c, MRSE_INK_SOFT);
        cairo_set_line_width(c->cr, 1);
        cairo_stroke(c->cr);
        scanner_path(c, p, h->half_m, h->bore_r_m);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
        tip_m = h->half_m;
    }
    tip = mrse_site_turned(c->figure->site->site, tip_m, 0);
    cairo_move_to(c->cr, x, y);
    cairo_line_to(c->cr, mrse_panel_x(p, tip.x_m), mrse_panel_y(p, tip.y_m));
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, mrse_panel_x(p, tip.x_m), mrse_panel_y(p, tip.y_m),
                          -c->figure->site->site->magnet.azimuth.v, 6);
    for (int i = 0; i < 2; i++) {
        cairo_move_to(c->cr, x - (i ? 0 : 4), y - (i ? 4 : 0));
        cairo_line_to(c->cr, x + (i ? 0 : 4), y + (i ? 4 : 0));
    }
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
}

/* ---- tags of lines and equipment: codes that the list below explains */

/* Around a point, farther and farther, until there is room. */
static bool place_near(mrse_canvas *c, mrse_tags *tags, const mrse_figure_curves *curves,
                       const char *text, double x, double y, double first, mrse_tag *out)
{
    double w, h;

    mrse_canvas_size(c, MRSE_FACE_TAG_STRONG, text, &w, &h);
    for (int strict = 1; strict >= 0; strict--)
        for (double far = first; far <= 90; far += 3)
            for (int i = 0; i < 16; i++) {
                double angle = (i % 2 ? -1 : 1) * (0.25 + (i / 2) / 8.0) * MRSE_PI;
                mrse_tag t = {x + (far + w / 2) * cos(angle), y - (far + h / 2) * sin(angle), 0,
                              w + 3, h};

                if ((strict && mrse_figure_curves_meet(curves, &t, true)) ||
                    !mrse_tags_add(tags, &t))
                    continue;
                *out = t;
                return true;
            }
    return false;
}

static void draw_code(mrse_canvas *c, const mrse_tag *t, const char *text, mrse_ink ink, double x,
                      double y, double radius)
{
    double dx = t->x - x, dy = t->y - y, length = hypot(dx, dy);
    double from = radius / fmax(length, 1e-9),
           to = 1 - 0.5 * hypot(t->w, t->h) / fmax(length, 1e-9);

    if (to - from > 0.15 && length > 16) {
        cairo_move_to(c->cr, x + from * dx, y + from * dy);
        cairo_line_to(c->cr, x + to * dx, y + to * dy);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    }
    mrse_canvas_pill(c, MRSE_FACE_TAG_STRONG, ink, text, t->x, t->y, 0);
}

/* The middle of a room, or of the longest straight part of a line: where a reader looks. */
static mrse_site_place middle(const mrse_site_line *line)
{
    mrse_site_place best = line->place[0], mean = {0, 0};
    double longest = 0;

    for (size_t i = 0; i < line->n; i++) {
        mean.x_m += line->place[i].x_m / (double)line->n;
        mean.y_m += line->place[i].y_m / (double)line->n;
    }
    if (line->kind == MRSE_SITE_NEIGHBOUR && mrse_site_holds(line, mean.x_m, mean.y_m))
        return mean;

    for (size_t i = 0; i + !line->closed < line->n; i++) {
        const mrse_site_place *a = &line->place[i], *b = &line->place[(i + 1) % line->n];
        double length = hypot(b->x_m - a->x_m, b->y_m - a->y_m);

        if (length > longest + 1e-9) {
            longest = length;
            best = (mrse_site_place){(a->x_m + b->x_m) / 2, (a->y_m + b->y_m) / 2};
        }
    }
    return best;
}

/* Marks that would cover each other are drawn smaller. */
static double mark_radius(const mrse_canvas *c, const mrse_panel *p)
{
    const mrse_site_study *s = c->figure->site;
    double nearest = INFINITY, scale = p->box.w / (p->x1 - p->x0);

    for (size_t i = 0; i < s->n_items; i++)
        for (size_t j = 0; j < i; j++)
            nearest = fmin(nearest, hypot(s->item[i].item->x.v - s->item[j].item->x.v,
                                          s->item[i].item->y.v - s->item[j].item->y.v));
    return fmin(fmax(0.45 * nearest * scale, 1.8), 3.6);
}

/* The worst on top: nothing may hide it. */
static void draw_marks(mrse_canvas *c, const mrse_panel *p)
{
    static const mrse_verdict order[] = {MRSE_VERDICT_NOT_STATED, MRSE_VERDICT_MET,
                                         MRSE_VERDICT_UNDETERMINED, MRSE_VERDICT_NOT_MET};
    const mrse_site_study *s = c->figure->site;
    double radius = mark_radius(c, p);

    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < s->n_items; i++)
            if (s->item[i].decision.verdict == order[k])
                mrse_site_mark(c, order[k], mrse_panel_x(p, s->item[i].item->x.v),
                               mrse_panel_y(p, s->item[i].item->y.v), radius);
}

void mrse_site_items(mrse_canvas *c, const mrse_panel *p, mrse_tags *tags,
                     const mrse_figure_curves *curves)
{
    const mrse_site_study *s = c->figure->site;

    for (size_t i = 0; i < s->n_items; i++) {
        const mrse_site_item *item = s->item[i].item;
        double x = mrse_panel_x(p, item->x.v), y = mrse_panel_y(p, item->y.v);
        double within = item->within.v * p->box.w / (p->x1 - p->x0);

        if (!isfinite(within) || within <= 1)
            continue;
        cairo_new_sub_path(c->cr);
        cairo_arc(c->cr, x, y, within, 0, 2 * MRSE_PI);
        mrse_canvas_stroke(c, MRSE_PEN_ROOM);
    }
    draw_marks(c, p);
    for (size_t i = 0; i < s->n_items; i++) {
        double x = mrse_panel_x(p, s->item[i].item->x.v), y = mrse_panel_y(p, s->item[i].item->y.v);
        mrse_verdict verdict = s->item[i].decision.verdict;
        char text[24];
        mrse_tag tag;

        (void)snprintf(text, sizeof text, "%zu", i + 1);
        if (place_near(c, tags, curves, text, x, y, 5, &tag))
            draw_code(c, &tag, text,
                      verdict == MRSE_VERDICT_MET       ? MRSE_INK_TEXT
                      : verdict == MRSE_VERDICT_NOT_MET ? MRSE_INK_LIMIT
                                                        : MRSE_INK_OPEN,
                      x, y, 4);
    }
}

void mrse_site_codes(mrse_canvas *c, const mrse_panel *p, mrse_tags *tags,
                     const mrse_figure_curves *curves)
{
    const mrse_site *site = c->figure->site->site;

    for (size_t i = 0; i < site->n_outlines; i++) {
        mrse_site_place m = middle(&site->outline[i]);
        double x = mrse_panel_x(p, m.x_m), y = mrse_panel_y(p, m.y_m);
        char text[8];
        mrse_tag tag;

        mrse_site_code(c->figure->site, i, text);
        if (place_near(c, tags, curves, text, x, y, 3, &tag))
            draw_code(c, &tag, text,
                      site->outline[i].kind == MRSE_SITE_AREA ? MRSE_INK_AREA : MRSE_INK_SOFT, x, y,
                      1);
    }
}

/* Marks are kept free before any tag chooses its place. */
static void keep_items_free(const mrse_canvas *c, const mrse_panel *p, mrse_tags *tags)
{
    const mrse_site_study *s = c->figure->site;

    for (size_t i = 0; i < s->n_items; i++)
        mrse_tags_keep_free(tags,
                            (mrse_box){mrse_panel_x(p, s->item[i].item->x.v) - 4.2,
                                       mrse_panel_y(p, s->item[i].item->y.v) - 4.2, 8.4, 8.4});
}

void mrse_site_keep_free(const mrse_canvas *c, const mrse_panel *p, const mrse_housing *h,
                         mrse_tags *tags)
{
    keep_scanner_free(c, p, h, tags);
    keep_items_free(c, p, tags);
}

/* The floor plan: the scanner from above with the isocontours around it, in metres.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "figure_internal.h"

static const double LEFT = 46, RIGHT = 14, CAPTION = 15, AXIS = 30;

/* One measured extent: from the axis or the mid-plane to the farthest point of a contour. */
typedef struct dimension {
    double z0, x0, z1, x1; /* world */
    double z_far, x_far;   /* the point it measures, when that is not its end */
    char text[MRSE_AXIS_TEXT];
} dimension;

void mrse_plan_extent(const mrse_study *study, double *z_half_m, double *x_half_m)
{
    mrse_housing h = mrse_housing_of(study);
    double z = fmax(1.3 * h.half_m, 1.5), x = fmax(1.3 * h.cover_r_m, 1.5);

    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour *contour = study->contour[i].contour;

        if (contour && isfinite(contour->extents.z_max_m))
            z = fmax(z, 1.12 * fabs(contour->extents.z_max_m));
        if (contour && isfinite(contour->extents.r_max_m))
            x = fmax(x, 1.2 * contour->extents.r_max_m);
    }
    *z_half_m = z;
    *x_half_m = x;
}

static void draw_grid(mrse_canvas *c, const mrse_panel *p)
{
    for (int z = (int)ceil(p->x0); z <= p->x1; z++) {
        cairo_move_to(c->cr, mrse_panel_x(p, z), p->box.y);
        cairo_line_to(c->cr, mrse_panel_x(p, z), p->box.y + p->box.h);
    }
    for (int x = (int)ceil(p->y0); x <= p->y1; x++) {
        cairo_move_to(c->cr, p->box.x, mrse_panel_y(p, x));
        cairo_line_to(c->cr, p->box.x + p->box.w, mrse_panel_y(p, x));
    }
    mrse_canvas_ink(c, MRSE_INK_GRID);
    cairo_set_line_width(c->cr, 0.5);
    cairo_stroke(c->cr);
}

/* Seen from above the covers hide everything: one outline, with the bore's width at its ends. */
static void draw_scanner(mrse_canvas *c, const mrse_panel *p, const mrse_housing *h)
{
    double x, y, w, height;

    mrse_housing_draw(c, p, h, false);
    if (!h->known)
        return;
    x = mrse_panel_x(p, -h->half_m);
    y = mrse_panel_y(p, h->cover_r_m);
    w = mrse_panel_x(p, h->half_m) - x;
    height = mrse_panel_y(p, -h->cover_r_m) - y;
    cairo_rectangle(c->cr, x, y, w, height);
    mrse_canvas_ink(c, MRSE_INK_SOFT);
    cairo_set_line_width(c->cr, 0.9);
    cairo_stroke(c->cr);
}

/* The side (+1, -1) on which the contour reaches its largest |z|; the other when both do and
 * `other` is asked for. */
static int side_of_z_max(const mrse_contour *contour, bool other)
{
    double largest[2] = {0, 0};

    for (size_t k = 0; k < contour->n_lines; k++)
        for (size_t i = 0; i < contour->line[k].n; i++) {
            double z = contour->line[k].z_m[i];

            largest[z > 0] = fmax(largest[z > 0], fabs(z));
        }
    if (fabs(largest[0] - largest[1]) <= 0.002 * largest[1])
        return other ? -1 : 1;
    return largest[1] > largest[0] ? 1 : -1;
}

static size_t measure(const mrse_contour_row *row, size_t nth, dimension out[2])
{
    const mrse_extents *e = &row->contour->extents;
    char level[MRSE_AXIS_TEXT], number[MRSE_NUM_MAX];
    int along = side_of_z_max(row->contour, nth % 2 == 1), across = nth % 2 == 1 ? -1 : 1;
    size_t n = 0;

    mrse_contour_text(level, row->contour->level_T);
    if (isfinite(e->z_max_m) && isfinite(e->r_at_z_max_m)) {
        double z = along * fabs(e->z_max_m);

        out[n] = (dimension){0, 0, z, 0, z, e->r_at_z_max_m, ""};
        mrse_text_fixed(number, fabs(e->z_max_m), 2);
        (void)snprintf(out[n].text, sizeof out[n].text, "%.20s: %s m", level, number);
        n++;
    }
    if (isfinite(e->r_max_m) && isfinite(e->z_at_r_max_m)) {
        double x = across * e->r_max_m, z = e->z_at_r_max_m;

        out[n] = (dimension){z, 0, z, x, z, x, ""};
        mrse_text_fixed(number, e->r_max_m, 2);
        (void)snprintf(out[n].text, sizeof out[n].text, "%.20s: %s m", level, number);
        n++;
    }
    return n;
}

/* Where the arrow's text stands: upright arrows have it beyond their tip, else it stands on the
 * arrow, from near the tip inwards; never on a strong line. */
static bool place_text(mrse_canvas *c, const mrse_panel *p, const dimension *d,
                       const mrse_figure_curves *curves, mrse_tags *texts, mrse_tag *out)
{
    double x0 = mrse_panel_x(p, d->z0), y0 = mrse_panel_y(p, d->x0);
    double x1 = mrse_panel_x(p, d->z1), y1 = mrse_panel_y(p, d->x1), w, h;
    bool upright = fabs(y1 - y0) > fabs(x1 - x0);
    double beyond = 1 + 8.5 / fmax(hypot(x1 - x0, y1 - y0), 9);

    mrse_canvas_size(c, MRSE_FACE_TAG_STRONG, d->text, &w, &h);
    for (int i = upright ? -1 : 0; i < 17; i++) {
        double t = i < 0 ? beyond : 0.84 - 0.04 * i;
        mrse_tag tag = {x0 + t * (x1 - x0), y0 + t * (y1 - y0), 0, w + 6, h + 1};

        if (!mrse_figure_curves_meet(curves, &tag, true) && mrse_tags_add(texts, &tag)) {
            *out = tag;
            return true;
        }
    }
    return false;
}

static void draw_dimension(mrse_canvas *c, const mrse_panel *p, const dimension *d,
                           const mrse_tag *tag)
{
    double x0 = mrse_panel_x(p, d->z0), y0 = mrse_panel_y(p, d->x0);
    double x1 = mrse_panel_x(p, d->z1), y1 = mrse_panel_y(p, d->x1);

    cairo_move_to(c->cr, x0, y0);
    cairo_line_to(c->cr, x1, y1);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, x1, y1, atan2(y1 - y0, x1 - x0), 6.5);
    if (fabs(d->x_far - d->x1) > 0.02) { /* from the tip to the point that is measured */
        cairo_move_to(c->cr, x1, y1);
        cairo_line_to(c->cr, x1, mrse_panel_y(p, d->x_far));
        cairo_set_dash(c->cr, (const double[]){2, 2}, 2, 0);
        cairo_set_line_width(c->cr, 0.5);
        cairo_stroke(c->cr);
        cairo_set_dash(c->cr, NULL, 0, 0);
    }
    if (!(tag->w > 0))
        return;
    mrse_canvas_ground(c, (mrse_box){tag->x - tag->w / 2, tag->y - tag->h / 2, tag->w, tag->h}, 2,
                       1);
    mrse_canvas_turned(c, MRSE_FACE_TAG_STRONG, MRSE_INK_TEXT, d->text, tag->x, tag->y, 0);
}

static size_t dimensions(const mrse_study *study, dimension *list)
{
    size_t n = 0, nth = 0;

    for (size_t i = 0; i < study->n_contours && nth < 2; i++) {
        const mrse_contour_row *row = &study->contour[i];

        if (row->contour && mrse_contour_pen(row) != MRSE_PEN_THIN)
            n += measure(row, nth++, list + n);
    }
    return n;
}

static void keep_dimension_free(const mrse_panel *p, const dimension *d, const mrse_tag *tag,
                                mrse_tags *tags)
{
    double x0 = mrse_panel_x(p, fmin(d->z0, d->z1)), x1 = mrse_panel_x(p, fmax(d->z0, d->z1));
    double y0 = mrse_panel_y(p, fmax(d->x0, d->x1)), y1 = mrse_panel_y(p, fmin(d->x0, d->x1));

    mrse_tags_keep_free(tags, (mrse_box){x0 - 3, y0 - 3, x1 - x0 + 6, y1 - y0 + 6});
    mrse_tags_keep_free(tags, (mrse_box){tag->x - tag->w / 2, tag->y - tag->h / 2, tag->w, tag->h});
}

static void draw_plan(mrse_canvas *c, const mrse_panel *p, const mrse_housing *housing)
{
    mrse_tags tags = {.bounds = {p->box.x + 3, p->box.y + 3, p->box.w - 6, p->box.h - 6}}, texts;
    mrse_figure_curves curves = {.housing = housing};
    dimension list[4];
    mrse_tag place[4] = {{0, 0, 0, 0, 0}};
    size_t n = dimensions(c->figure->study, list);

    draw_grid(c, p);
    if (c->status == MRSE_OK)
        c->status = mrse_contour_curves(c->figure->study, p, &curves);
    mrse_tags_keep_free(&tags, mrse_axis_scale_bar(c, p, false));
    mrse_housing_keep_free(p, housing, &tags);
    texts = tags; /* the arrows' texts stand on the arrows; other tags keep off both */
    for (size_t i = 0; i < n; i++) {
        if (!place_text(c, p, &list[i], &curves, &texts, &place[i]))
            place[i].w = 0;
        keep_dimension_free(p, &list[i], &place[i], &tags);
    }
    if (c->status == MRSE_OK)
        mrse_figure_curves_draw(c, p, &curves, &tags);
    mrse_figure_curves_free(&curves);
    draw_scanner(c, p, housing);
    mrse_scanner_axis(c, p);
    for (size_t i = 0; i < n; i++)
        draw_dimension(c, p, &list[i], &place[i]);
    (void)mrse_axis_scale_bar(c, p, true);
}

void mrse_figure_draw_plan(mrse_canvas *c)
{
    const mrse_scanner *scanner = c->figure->study->scanner;
    mrse_housing housing = mrse_housing_of(c->figure->study);
    double z_half, x_half, top, w, h, aspect;
    mrse_panel p;

    mrse_plan_extent(c->figure->study, &z_half, &x_half);
    mrse_contour_keys(c, true);
    mrse_housing_keys(c, &housing, false);
    top = mrse_canvas_head(c, "Contours in the horizontal plane through isocentre; the same in the "
                              "vertical plane (rotational symmetry, air, no iron).") +
          CAPTION;
    mrse_canvas_legend(c);
    w = c->w_pt - LEFT - RIGHT;
    h = c->h_pt - mrse_canvas_legend_height(c) - AXIS - top;
    if (!(w > 40 && h > 30)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    aspect = z_half / x_half;
    p.box.w = fmin(w, h * aspect);
    p.box.h = p.box.w / aspect;
    p.box.x = LEFT + (w - p.box.w) / 2;
    p.box.y = top + (h - p.box.h) / 2;
    p.x0 = -z_half;
    p.x1 = z_half;
    p.y0 = -x_half;
    p.y1 = x_half;
    draw_plan(c, &p, &housing);
    mrse_axis_frame(c, &p);
    mrse_axis_bottom(c, &p, "z along the bore (m)", true);
    mrse_axis_side(c, &p, false, 1, false, "x across (m)");
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT,
                     scanner && scanner->name ? scanner->name : "", p.box.x, p.box.y - 7, 0, 0.5);
    mrse_scanner_couch_note(c, &p);
}

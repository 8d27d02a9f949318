/* Maps: a section through the magnet's axis with the field as colour; bore and room.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double LEFT = 46, RIGHT = 92, CAPTION = 15, AXIS = 30, BAR = 11;
static const double LOG_DECADES = 4; /* of a gradient in the room */

typedef struct scene {
    mrse_canvas *c;
    const mrse_map *map;
    const double *value;
    const mrse_quantity_style *style;
    mrse_housing housing;
    mrse_scale scale;
    mrse_panel panel;
    bool unknown; /* some of the map is not known */
} scene;

bool mrse_map_usable(const mrse_map *map, const double *value)
{
    return map && value && map->nz >= 2 && map->nr >= 2 && map->dz_m > 0 && map->dr_m > 0 &&
           isfinite(map->z0_m) && isfinite(map->dz_m) && isfinite(map->dr_m);
}

const mrse_map *mrse_figure_map(const mrse_figure *figure, const double **value)
{
    const mrse_map *map =
        figure->kind == MRSE_FIGURE_BORE_MAP ? &figure->study->bore : &figure->study->room;

    *value = figure->quantity == MRSE_MAP_FIELD     ? map->b_T
             : figure->quantity == MRSE_MAP_PRODUCT ? map->product_T2_m
                                                    : map->grad_T_m;
    return mrse_map_usable(map, *value) ? map : NULL;
}

/* ---- the scale */

static void range(scene *s, double *lo, double *hi)
{
    *lo = (double)INFINITY;
    *hi = -(double)INFINITY;
    for (size_t j = 0; j < s->map->nr; j++)
        for (size_t i = 0; i < s->map->nz; i++) {
            double v = s->value[j * s->map->nz + i];

            if (mrse_housing_hides(&s->housing, s->map->z0_m + s->map->dz_m * (double)i,
                                   s->map->dr_m * (double)j))
                continue;
            if (!isfinite(v)) {
                s->unknown = true;
                continue;
            }
            *lo = fmin(*lo, v);
            *hi = fmax(*hi, v);
        }
}

/* The largest value within reach tops the scale: what lies in the windings does not. */
static double reach_top(const scene *s)
{
    const mrse_study *study = s->c->figure->study;
    const mrse_value *top = s->c->figure->quantity == MRSE_MAP_FIELD     ? &study->reach_b
                            : s->c->figure->quantity == MRSE_MAP_PRODUCT ? &study->reach_product
                                                                         : &study->reach_grad;
    return isfinite(top->v) && top->v > 0 ? top->v : (double)NAN;
}

/* To two digits, so that a round number tops the scale where one is near. */
static double round_up(double top)
{
    double place = pow(10, floor(log10(top)) - 1);

    return place * ceil(top / place * (1 - 1e-9));
}

static void choose_scale(scene *s)
{
    double lo, hi, top = reach_top(s);
    bool room = s->c->figure->kind == MRSE_FIGURE_ROOM_MAP;

    range(s, &lo, &hi);
    if (!(hi >= lo))
        lo = hi = 0; /* nothing is known */
    s->scale.hi = isfinite(top) ? top : hi;
    if (!(s->scale.hi > 0))
        s->scale.hi = 1;
    s->scale.hi = round_up(s->scale.hi);
    s->scale.over = hi > 1.001 * s->scale.hi;
    s->scale.log = room || (s->c->figure->quantity == MRSE_MAP_FIELD && s->scale.hi > 50 * lo);
    s->scale.lo = 0;
    if (s->scale.log) {
        double least = s->scale.hi * pow(10, -LOG_DECADES);

        s->scale.lo = lo > least ? lo : least;
        /* From a whole decade, unless that would spend half of the scale on nothing. */
        if (s->scale.hi / s->scale.lo > 100)
            s->scale.lo = pow(10, floor(log10(s->scale.lo) + 0.3));
        if (!(s->scale.lo < 0.5 * s->scale.hi))
            s->scale.lo = 0.1 * s->scale.hi;
        s->scale.under = lo < 0.999 * s->scale.lo;
    }
}

/* ---- what lies over the colours */

static double above_limit(const void *context, double x, double y)
{
    const scene *s = context;
    const mrse_panel *p = &s->panel;
    double z = p->x0 + (p->x1 - p->x0) * (x - p->box.x) / p->box.w;
    double r = p->y1 + (p->y0 - p->y1) * (y - p->box.y) / p->box.h;

    if (mrse_housing_hides(&s->housing, z, r))
        return -1;
    return mrse_map_sample(s->map, s->value, z, r) - s->c->figure->limit_T_m;
}

static double not_known(const void *context, double x, double y)
{
    const scene *s = context;
    const mrse_panel *p = &s->panel;
    double z = p->x0 + (p->x1 - p->x0) * (x - p->box.x) / p->box.w;
    double r = p->y1 + (p->y0 - p->y1) * (y - p->box.y) / p->box.h;

    return isfinite(mrse_map_sample(s->map, s->value, z, r)) ? -1 : 1;
}

static bool draws_limit(const mrse_figure *f)
{
    return f->kind == MRSE_FIGURE_BORE_MAP && f->quantity == MRSE_MAP_GRADIENT &&
           mrse_figure_limited(f);
}

static mrse_status add_level(scene *s, double level, mrse_pen pen, const char *text,
                             mrse_figure_curves *curves)
{
    mrse_lines lines = {0};
    mrse_status status = mrse_iso_trace(s->map, s->value, level, &lines);

    for (size_t i = 0; i < lines.n && status == MRSE_OK; i++)
        if (lines.line[i].n > 2)
            status = mrse_figure_curves_add(curves, &s->panel, &lines.line[i], pen, text);
    mrse_lines_free(&lines);
    return status;
}

/* Lines at the ticks of the colour bar; the limit's own replaces one that it would cover. */
static mrse_status iso_curves(scene *s, mrse_figure_curves *curves)
{
    const mrse_figure *f = s->c->figure;
    double limit = draws_limit(f) ? f->limit_T_m : (double)NAN;
    mrse_ticks ticks;
    char number[MRSE_AXIS_TEXT], text[MRSE_AXIS_TEXT + 16];
    mrse_status status = MRSE_OK;

    mrse_scale_ticks(&s->scale, s->style->to_unit, &ticks);
    for (size_t i = 0; i < ticks.n && status == MRSE_OK; i++) {
        double level = ticks.at[i] / s->style->to_unit;

        if (!(level > 0) || fabs(level - limit) < 0.02 * limit)
            continue;
        mrse_axis_trimmed(number, ticks.at[i]);
        (void)snprintf(text, sizeof text, "%s %s", number, s->style->unit);
        status = add_level(s, level, MRSE_PEN_THIN, text, curves);
    }
    if (status == MRSE_OK && draws_limit(f)) {
        mrse_axis_trimmed(number, limit);
        (void)snprintf(text, sizeof text, "%s T/m", number);
        status = add_level(s, limit, MRSE_PEN_LIMIT, text, curves);
    }
    return status;
}

static void draw_lines(scene *s, mrse_tags *tags)
{
    mrse_canvas *c = s->c;
    mrse_figure_curves curves = {.housing = &s->housing};

    if (c->status != MRSE_OK)
        return;
    c->status = c->figure->kind == MRSE_FIGURE_ROOM_MAP
                    ? mrse_contour_curves(c->figure->study, &s->panel, &curves)
                    : iso_curves(s, &curves);
    if (c->status == MRSE_OK)
        mrse_figure_curves_draw(c, &s->panel, &curves, tags);
    mrse_figure_curves_free(&curves);
}

/* ---- layout */

static void limit_key(mrse_canvas *c)
{
    mrse_buf text = {0};
    mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_HATCH, MRSE_PEN_LIMIT);

    mrse_buf_add(&text, "gradient above the label's limit, ");
    mrse_figure_limit_text(c->figure, &text);
    mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(&text));
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
}

static void make_keys(scene *s)
{
    mrse_canvas *c = s->c;

    if (c->figure->kind == MRSE_FIGURE_ROOM_MAP)
        mrse_contour_keys(c, false);
    if (draws_limit(c->figure))
        limit_key(c);
    mrse_ride_keys(c);
    mrse_housing_keys(c, &s->housing, true);
    if (s->unknown) {
        mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_UNKNOWN, MRSE_PEN_UNKNOWN);

        mrse_text_copy(key->text, sizeof key->text, "not known");
    }
}

/* The largest panel of the map's shape in the room there is. */
static bool fit_panel(scene *s, double top, double bottom)
{
    const mrse_map *m = s->map;
    double z_end = m->z0_m + m->dz_m * (double)(m->nz - 1), r_end = m->dr_m * (double)(m->nr - 1);
    double aspect = (z_end - m->z0_m) / (2 * r_end), w = s->c->w_pt - LEFT - RIGHT;
    double h = bottom - top;

    if (!(w > 40 && h > 30))
        return false;
    s->panel.box.w = fmin(w, h * aspect);
    s->panel.box.h = s->panel.box.w / aspect;
    s->panel.box.x = LEFT + (w - s->panel.box.w) / 2;
    s->panel.box.y = top + (h - s->panel.box.h) / 2;
    s->panel.x0 = m->z0_m;
    s->panel.x1 = z_end;
    s->panel.y0 = -r_end;
    s->panel.y1 = r_end;
    return true;
}

static void draw_axes(scene *s)
{
    mrse_canvas *c = s->c;
    const mrse_box *b = &s->panel.box;
    char text[128];

    mrse_axis_frame(c, &s->panel);
    mrse_axis_bottom(c, &s->panel, "z along the bore (m)", true);
    mrse_axis_side(c, &s->panel, false, 1, true, "distance from the axis (m)");
    (void)snprintf(text, sizeof text, "%s%s%s", s->style->name,
                   s->style->kind == MRSE_KIND_FIELD ? " " : ", ", s->style->symbol);
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT, text, b->x, b->y - 7, 0, 0.5);
    mrse_scanner_couch_note(c, &s->panel);
    mrse_colour_bar(c, (mrse_box){b->x + b->w + 40, b->y + 12, BAR, b->h - 12}, &s->scale,
                    s->style);
}

static void draw_scene(scene *s)
{
    mrse_canvas *c = s->c;
    const mrse_box *b = &s->panel.box;
    mrse_tags tags = {.bounds = {b->x + 3, b->y + 3, b->w - 6, b->h - 6}};

    if (s->unknown)
        mrse_canvas_hatch(c, *b, 5, false, MRSE_PEN_UNKNOWN, not_known, s);
    mrse_colour_map(c, &s->panel, s->map, s->value, &s->scale);
    if (draws_limit(c->figure))
        mrse_canvas_hatch(c, *b, 4.5, true, MRSE_PEN_HATCH, above_limit, s);
    mrse_housing_keep_free(&s->panel, &s->housing, &tags);
    mrse_tags_keep_free(&tags, mrse_axis_scale_bar(c, &s->panel, false));
    mrse_ride_keep_free(c, &s->panel, &tags);
    draw_lines(s, &tags);
    mrse_housing_draw(c, &s->panel, &s->housing, true);
    mrse_scanner_axis(c, &s->panel);
    cairo_save(c->cr);
    cairo_rectangle(c->cr, b->x, b->y, b->w, b->h);
    cairo_clip(c->cr);
    mrse_ride_draw(c, &s->panel);
    cairo_restore(c->cr);
    (void)mrse_axis_scale_bar(c, &s->panel, true);
    draw_axes(s);
}

void mrse_figure_draw_map(mrse_canvas *c)
{
    scene s = {.c = c, .housing = mrse_housing_of(c->figure->study)};
    double top;

    s.map = mrse_figure_map(c->figure, &s.value);
    if (!s.map) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    s.style = mrse_colour_quantity(c->figure->quantity);
    choose_scale(&s);
    make_keys(&s);
    top = mrse_canvas_head(
        c, "Section through the axis, both half-planes. Computed in air, without iron.");
    mrse_canvas_legend(c);
    if (!fit_panel(&s, top + CAPTION, c->h_pt - mrse_canvas_legend_height(c) - AXIS)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    draw_scene(&s);
}

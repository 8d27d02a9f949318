/* The colours of a map: one scale from pale to deep whose CIE lightness falls evenly, so that it
 * reads the same in greyscale and without red, green or blue vision; its bar, and the map itself
 * painted once as an image. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

/* Points at equal steps, made for this program: L* = 96 - 72 u; hue 110, 150, 205, 262, 296 degrees
 * and chroma 7, 26, 31, 36, 40 at u = 0, 1/4, 1/2, 3/4, 1 (CIELAB, D65), chroma cut to sRGB. */
static const unsigned char point[][3] = {
    {244, 244, 231}, {236, 239, 221}, {227, 233, 211}, {218, 228, 202}, {207, 223, 194},
    {196, 218, 186}, {184, 213, 179}, {171, 209, 173}, {157, 204, 168}, {144, 199, 167},
    {131, 194, 166}, {117, 188, 165}, {104, 183, 165}, {90, 177, 165},  {76, 171, 166},
    {61, 165, 166},  {45, 159, 167},  {26, 153, 167},  {7, 146, 167},   {3, 139, 165},
    {9, 132, 163},   {3, 125, 162},   {6, 118, 160},   {2, 112, 159},   {3, 105, 158},
    {11, 98, 153},   {18, 91, 148},   {25, 85, 143},   {30, 78, 137},   {35, 71, 131},
    {39, 65, 125},   {43, 58, 118},   {46, 51, 112}};
/* 160 shades are steps of less than half a unit of lightness: too small to see, and they compress. */
enum { N_POINTS = sizeof point / sizeof point[0], N_SHADES = 160 };

/* Pixels of a map per point on surfaces that have no pixels of their own. */
static const double VECTOR_PX_PT = 2.0;
enum { MAP_PX_MAX = 4096 };

static const mrse_quantity_style quantity_style[] = {
    [MRSE_MAP_GRADIENT] = {"spatial field gradient", "|∇|B||", "T/m", "G/cm", 1, 100,
                           MRSE_KIND_SFG},
    [MRSE_MAP_PRODUCT] = {"force product", "|B| |∇|B||", "T²/m", "kG²/cm", 1, 1, MRSE_KIND_PRODUCT},
    [MRSE_MAP_FIELD] = {"flux density", "|B|", "mT", "G", 1e3, 1e4, MRSE_KIND_FIELD},
};

const mrse_quantity_style *mrse_colour_quantity(mrse_map_quantity quantity)
{
    switch (quantity) {
    case MRSE_MAP_PRODUCT:
        return &quantity_style[MRSE_MAP_PRODUCT];
    case MRSE_MAP_FIELD:
        return &quantity_style[MRSE_MAP_FIELD];
    case MRSE_MAP_GRADIENT:
    default:
        return &quantity_style[MRSE_MAP_GRADIENT];
    }
}

mrse_rgb mrse_colour_at(double unit)
{
    double at = fmin(fmax(unit, 0), 1) * (N_POINTS - 1);
    size_t i = at < N_POINTS - 2 ? (size_t)at : N_POINTS - 2;
    double t = at - (double)i;
    const unsigned char *a = point[i], *b = point[i + 1];

    return (mrse_rgb){(a[0] + t * (b[0] - a[0])) / 255, (a[1] + t * (b[1] - a[1])) / 255,
                      (a[2] + t * (b[2] - a[2])) / 255};
}

static double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

double mrse_colour_lightness(mrse_rgb rgb)
{
    double y = 0.2126 * linear(rgb.r) + 0.7152 * linear(rgb.g) + 0.0722 * linear(rgb.b);

    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

double mrse_scale_unit(const mrse_scale *scale, double value)
{
    if (!isfinite(value))
        return (double)NAN;
    if (!scale->log)
        return (value - scale->lo) / (scale->hi - scale->lo);
    if (value <= 0) /* a field null is known: it lies below any logarithmic scale */
        return -1;
    return log(value / scale->lo) / log(scale->hi / scale->lo);
}

void mrse_scale_ticks(const mrse_scale *scale, double factor, mrse_ticks *out)
{
    if (scale->log)
        mrse_ticks_log(scale->lo * factor, scale->hi * factor, out);
    else
        mrse_ticks_linear(scale->lo * factor, scale->hi * factor, 8, out);
}

static void bar_image(mrse_canvas *c, mrse_box bar)
{
    cairo_pattern_t *fill = cairo_pattern_create_linear(0, bar.y + bar.h, 0, bar.y);

    for (int i = 0; i < N_POINTS; i++)
        cairo_pattern_add_color_stop_rgb(fill, (double)i / (N_POINTS - 1), point[i][0] / 255.0,
                                         point[i][1] / 255.0, point[i][2] / 255.0);
    cairo_rectangle(c->cr, bar.x, bar.y, bar.w, bar.h);
    cairo_set_source(c->cr, fill);
    cairo_fill(c->cr);
    cairo_pattern_destroy(fill);
}

/* A triangle above the bar: the map holds values beyond the scale. */
static void bar_over(mrse_canvas *c, mrse_box bar)
{
    mrse_rgb top = mrse_colour_at(1);

    cairo_move_to(c->cr, bar.x, bar.y);
    cairo_line_to(c->cr, bar.x + bar.w / 2, bar.y - 0.8 * bar.w);
    cairo_line_to(c->cr, bar.x + bar.w, bar.y);
    cairo_set_source_rgb(c->cr, top.r, top.g, top.b);
    cairo_fill(c->cr);
}

static void bar_ticks(mrse_canvas *c, mrse_box bar, const mrse_scale *scale, double factor,
                      bool right)
{
    mrse_ticks ticks;
    mrse_scale printed = *scale;
    double x = right ? bar.x + bar.w : bar.x, way = right ? 1 : -1;
    char number[MRSE_AXIS_TEXT], text[MRSE_AXIS_TEXT + 8];
    bool below;

    printed.lo *= factor;
    printed.hi *= factor;
    mrse_scale_ticks(scale, factor, &ticks);
    for (size_t i = 0; i < ticks.n; i++) {
        double y = bar.y + bar.h * (1 - mrse_scale_unit(&printed, ticks.at[i]));

        cairo_move_to(c->cr, x, y);
        cairo_line_to(c->cr, x + 2.5 * way, y);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
        mrse_axis_trimmed(number, ticks.at[i]);
        below = i == 0 && scale->under && ticks.at[i] < printed.lo * (1 + 1e-9);
        (void)snprintf(text, sizeof text, "%s%s", below ? "≤ " : "", number);
        mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, x + 4.5 * way, y, right ? 0 : 1,
                         0.5);
    }
}

void mrse_colour_bar(mrse_canvas *c, mrse_box bar, const mrse_scale *scale,
                     const mrse_quantity_style *style)
{
    double head_y = bar.y - (scale->over ? 0.8 * bar.w + 4 : 5);

    bar_image(c, bar);
    if (scale->over)
        bar_over(c, bar);
    cairo_rectangle(c->cr, bar.x, bar.y, bar.w, bar.h);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    bar_ticks(c, bar, scale, style->to_unit, false);
    bar_ticks(c, bar, scale, style->to_custom, true);
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT, style->unit, bar.x + 1, head_y, 1, 1);
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT, style->custom, bar.x + bar.w + 2, head_y,
                     0, 1);
}

/* ---- the map as an image */

typedef struct shading {
    const mrse_map *map;
    float *unit; /* place on the scale at each node; NaN where not known */
    uint32_t shade[N_SHADES];
    size_t *column; /* cell left of each pixel; SIZE_MAX: outside */
    float *across;  /* and how far into it */
} shading;

static void shade_table(uint32_t *shade)
{
    for (int i = 0; i < N_SHADES; i++) {
        mrse_rgb rgb = mrse_colour_at((double)i / (N_SHADES - 1));

        shade[i] = 0xff000000u | (uint32_t)lround(255 * rgb.r) << 16 |
                   (uint32_t)lround(255 * rgb.g) << 8 | (uint32_t)lround(255 * rgb.b);
    }
}

/* One pixel from its cell's four corners; 0 (clear) where a corner is not known. */
static uint32_t shade_of(const shading *s, size_t i, size_t j, float across, float up)
{
    const float *low = s->unit + j * s->map->nz + i, *high = low + s->map->nz;
    float a = low[0] + across * (low[1] - low[0]);
    float b = high[0] + across * (high[1] - high[0]);
    float unit = a + up * (b - a);

    if (!(unit == unit))
        return 0;
    if (unit <= 0)
        return s->shade[0];
    if (unit >= 1)
        return s->shade[N_SHADES - 1];
    return s->shade[(size_t)(unit * (N_SHADES - 1) + 0.5F)];
}

static void shade_row(const shading *s, size_t width, double r_m, uint32_t *row)
{
    double at = fabs(r_m) / s->map->dr_m;
    size_t j;

    memset(row, 0, width * sizeof *row);
    if (!(at <= (double)(s->map->nr - 1)))
        return;
    j = at < (double)(s->map->nr - 2) ? (size_t)at : s->map->nr - 2;
    for (size_t k = 0; k < width; k++)
        if (s->column[k] != SIZE_MAX)
            row[k] = shade_of(s, s->column[k], j, s->across[k], (float)(at - (double)j));
}

static bool shade_prepare(shading *s, const mrse_panel *panel, const double *value,
                          const mrse_scale *scale, size_t width)
{
    size_t n = s->map->nz * s->map->nr;

    s->unit = mrse_alloc(n, sizeof *s->unit);
    s->column = mrse_alloc(width, sizeof *s->column);
    s->across = mrse_alloc(width, sizeof *s->across);
    if (!s->unit || !s->column || !s->across)
        return false;
    /* Limited before interpolating: one node beside a wire must not outshine its neighbours. */
    for (size_t k = 0; k < n; k++) {
        double unit = mrse_scale_unit(scale, value[k]);

        s->unit[k] = unit < -1 ? -1.0F : unit > 2 ? 2.0F : (float)unit;
    }
    for (size_t k = 0; k < width; k++) {
        double x = panel->x0 + (panel->x1 - panel->x0) * ((double)k + 0.5) / (double)width;
        double at = (x - s->map->z0_m) / s->map->dz_m;

        s->column[k] = SIZE_MAX;
        if (!(at >= 0 && at <= (double)(s->map->nz - 1)))
            continue;
        s->column[k] = at < (double)(s->map->nz - 2) ? (size_t)at : s->map->nz - 2;
        s->across[k] = (float)(at - (double)s->column[k]);
    }
    shade_table(s->shade);
    return true;
}

static size_t pixels(const mrse_canvas *c, double length_pt)
{
    double sx = 1, sy = 0, n;

    if (cairo_surface_get_type(cairo_get_group_target(c->cr)) == CAIRO_SURFACE_TYPE_IMAGE) {
        cairo_user_to_device_distance(c->cr, &sx, &sy);
        n = length_pt * hypot(sx, sy);
    } else {
        n = length_pt * VECTOR_PX_PT;
    }
    return (size_t)fmin(fmax(ceil(n), 2), MAP_PX_MAX);
}

static void paint(mrse_canvas *c, const mrse_panel *panel, cairo_surface_t *image)
{
    cairo_save(c->cr);
    cairo_rectangle(c->cr, panel->box.x, panel->box.y, panel->box.w, panel->box.h);
    cairo_clip(c->cr);
    cairo_translate(c->cr, panel->box.x, panel->box.y);
    cairo_scale(c->cr, panel->box.w / cairo_image_surface_get_width(image),
                panel->box.h / cairo_image_surface_get_height(image));
    cairo_set_source_surface(c->cr, image, 0, 0);
    /* Padding keeps the outermost pixels from fading into nothing. */
    cairo_pattern_set_extend(cairo_get_source(c->cr), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(c->cr), CAIRO_FILTER_BILINEAR);
    cairo_paint(c->cr);
    cairo_restore(c->cr);
}

void mrse_colour_map(mrse_canvas *c, const mrse_panel *panel, const mrse_map *map,
                     const double *value, const mrse_scale *scale)
{
    shading s = {.map = map};
    size_t width = pixels(c, panel->box.w), height = pixels(c, panel->box.h);
    cairo_surface_t *image;

    if (c->status != MRSE_OK)
        return;
    image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    c->status = mrse_cairo_status(cairo_surface_status(image));
    if (c->status == MRSE_OK && !shade_prepare(&s, panel, value, scale, width))
        c->status = MRSE_ERR_NOMEM;
    if (c->status == MRSE_OK) {
        size_t stride = (size_t)cairo_image_surface_get_stride(image);
        unsigned char *data = cairo_image_surface_get_data(image);

        for (size_t k = 0; k < height; k++) {
            double y = panel->y1 + (panel->y0 - panel->y1) * ((double)k + 0.5) / (double)height;

            shade_row(&s, width, y, (uint32_t *)(void *)(data + k * stride));
        }
        cairo_surface_mark_dirty(image);
        paint(c, panel, image);
    }
    cairo_surface_destroy(image);
    mrse_free(s.unit);
    mrse_free(s.column);
    mrse_free(s.across);
}

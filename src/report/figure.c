/* Figures: size, dispatch to the drawing routine of each kind, and what the kinds share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

static const double WIDTH_PT = 504, PNG_DPI = 200; /* 7 inches */

bool mrse_figure_limited(const mrse_figure *figure)
{
    return isfinite(figure->limit_T_m) && figure->limit_T_m > 0;
}

void mrse_figure_limit_text(const mrse_figure *figure, mrse_buf *out)
{
    char number[MRSE_AXIS_TEXT];

    if (figure->limit_printed && figure->limit_printed[0]) {
        mrse_buf_add(out, figure->limit_printed);
        return;
    }
    mrse_axis_trimmed(number, figure->limit_T_m);
    mrse_buf_addf(out, "%s T/m", number);
    mrse_axis_trimmed(number, 100 * figure->limit_T_m);
    mrse_buf_addf(out, " (%s G/cm)", number);
}

void mrse_figure_axis_distance(mrse_buf *out, double r_m)
{
    if (r_m == 0) {
        mrse_buf_add(out, "on the axis");
        return;
    }
    mrse_quantity_print(out, fabs(r_m), MRSE_KIND_LENGTH, 3, 0);
    mrse_buf_add(out, " from the axis");
}

int mrse_figure_digits(double value, double limit)
{
    double apart = fabs(value - limit), place;
    int digits = 3;

    if (!isfinite(apart) || apart == 0 || value == 0)
        return digits;
    /* Two units of the last place: one may be rounding alone. */
    place = pow(10, floor(log10(fabs(value))) - 2);
    for (; digits < 7 && apart < 2 * place; digits++)
        place /= 10;
    return digits;
}

mrse_peak mrse_figure_peak(const mrse_figure *figure)
{
    mrse_peak peak = {(double)NAN, figure->path ? figure->path->r_m : (double)NAN, (double)NAN};
    const mrse_profile *p = figure->profile;

    if (figure->maxima)
        return figure->maxima->grad;
    for (size_t i = 0; p && p->z_m && p->grad_T_m && i < p->n; i++) {
        if (!isfinite(p->grad_T_m[i])) /* a hole in the ride may hide the largest value */
            return (mrse_peak){(double)NAN, peak.r_m, (double)NAN};
        if (!(p->grad_T_m[i] <= peak.value)) {
            peak.value = p->grad_T_m[i];
            peak.z_m = p->z_m[i];
        }
    }
    return peak;
}

static size_t text_length(const char *text)
{
    size_t n = 0;

    for (; text && *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* What title, stamp and subtitle are likely to take; drawing measures. */
static double head_height(const mrse_figure *f)
{
    return 8 + (text_length(f->title) > 72 ? 30 : 16) + (f->stamp && f->stamp[0] ? 16 : 0) + 12;
}

static size_t named_contours(const mrse_study *study)
{
    size_t n = 0;

    for (size_t i = 0; i < study->n_contours; i++)
        n += study->contour[i].contour && mrse_contour_pen(&study->contour[i]) != MRSE_PEN_THIN;
    return n;
}

/* Rows of a map's legend, two keys to a row. */
static double map_rows(const mrse_figure *f)
{
    size_t keys = 2; /* scanner, windings */

    keys += f->kind == MRSE_FIGURE_ROOM_MAP ? named_contours(f->study) + 1 : 0;
    keys += f->kind == MRSE_FIGURE_BORE_MAP && mrse_figure_limited(f) ? 1 : 0;
    keys += f->path ? 2 : 0;
    keys = (keys + 1) / 2;
    return (double)keys;
}

/* Panel height for its width, within what a page can spare. */
static double panel_height(double width, double aspect)
{
    return fmin(fmax(width / aspect, 110), 240);
}

void mrse_figure_size(const mrse_figure *figure, double *width_pt, double *height_pt)
{
    const mrse_map *map;
    const double *value;
    double aspect = 1.6, z_half, x_half, legend, height;

    if (width_pt)
        *width_pt = WIDTH_PT;
    /* where a limit is drawn, what lies between it and the curve must be seen */
    height = figure && mrse_figure_limited(figure) ? 324 : 270;
    if (figure && figure->study && figure->kind == MRSE_FIGURE_PLAN) {
        mrse_plan_extent(figure->study, &z_half, &x_half);
        legend = 11.5 * (2 + (double)named_contours(figure->study)) + 13;
        height =
            head_height(figure) + 15 + panel_height(WIDTH_PT - 60, z_half / x_half) + 30 + legend;
    } else if (figure && figure->study &&
               (figure->kind == MRSE_FIGURE_BORE_MAP || figure->kind == MRSE_FIGURE_ROOM_MAP)) {
        map = mrse_figure_map(figure, &value);
        if (map)
            aspect = map->dz_m * (double)(map->nz - 1) / (2 * map->dr_m * (double)(map->nr - 1));
        legend = 11.5 * map_rows(figure) + 13;
        height = head_height(figure) + 15 + panel_height(WIDTH_PT - 138, aspect) + 30 + legend;
    }
    if (figure && figure->study && figure->kind == MRSE_FIGURE_SURVEY && figure->survey)
        height = mrse_survey_figure_height(figure, head_height(figure), WIDTH_PT);
    if (figure && figure->sequences && figure->kind == MRSE_FIGURE_SEQUENCES)
        height = mrse_sequences_figure_height(figure, head_height(figure));
    if (figure && figure->study && figure->kind == MRSE_FIGURE_SITE && figure->site)
        height = mrse_site_figure_height(figure, head_height(figure), WIDTH_PT);
    if (figure && figure->object && figure->kind == MRSE_FIGURE_OBJECT)
        height = mrse_object_figure_height(figure, head_height(figure));
    if (height_pt)
        *height_pt = 9 * ceil(height / 9); /* whole pixels at 200 dpi */
}

static bool has_subject(const mrse_figure *f)
{
    return f->kind == MRSE_FIGURE_SEQUENCES ? f->sequences != NULL
           : f->kind == MRSE_FIGURE_OBJECT  ? f->object != NULL
                                            : f->study != NULL;
}

mrse_status mrse_figure_draw(cairo_t *cr, const mrse_figure *figure, double w_pt, double h_pt)
{
    mrse_canvas c = {.cr = cr, .figure = figure, .w_pt = w_pt, .h_pt = h_pt};

    if (!cr || !figure || !has_subject(figure) || !(w_pt > 0) || !(h_pt > 0) || !isfinite(w_pt) ||
        !isfinite(h_pt))
        return MRSE_ERR_ARG;
    c.status = mrse_cairo_layout(cr, &c.layout);
    if (c.status != MRSE_OK)
        return c.status;
    cairo_save(cr);
    cairo_rectangle(cr, 0, 0, w_pt, h_pt);
    mrse_canvas_ink(&c, MRSE_INK_PAPER);
    cairo_fill(cr);
    switch (figure->kind) {
    case MRSE_FIGURE_BORE_MAP:
    case MRSE_FIGURE_ROOM_MAP:
        mrse_figure_draw_map(&c);
        break;
    case MRSE_FIGURE_PLAN:
        mrse_figure_draw_plan(&c);
        break;
    case MRSE_FIGURE_PROFILE:
        mrse_figure_draw_profile(&c);
        break;
    case MRSE_FIGURE_SITE:
        mrse_figure_draw_site(&c);
        break;
    case MRSE_FIGURE_SURVEY:
        mrse_figure_draw_survey(&c);
        break;
    case MRSE_FIGURE_SEQUENCES:
        mrse_figure_draw_sequences(&c);
        break;
    case MRSE_FIGURE_OBJECT:
        mrse_figure_draw_object(&c);
        break;
    default:
        c.status = MRSE_ERR_ARG;
        break;
    }
    cairo_restore(cr);
    g_object_unref(c.layout);
    if (c.status == MRSE_OK)
        c.status = mrse_cairo_status(cairo_status(cr));
    return c.status;
}

mrse_status mrse_figure_png(const mrse_figure *figure, const mrse_figure_meta *meta, mrse_buf *out)
{
    double w_pt, h_pt;
    cairo_surface_t *surface;
    cairo_t *cr;
    mrse_status status;

    if (out)
        memset(out, 0, sizeof *out);
    if (!figure || !out)
        return MRSE_ERR_ARG;
    mrse_figure_size(figure, &w_pt, &h_pt);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(w_pt * PNG_DPI / 72),
                                         (int)lround(h_pt * PNG_DPI / 72));
    cr = cairo_create(surface);
    cairo_scale(cr, PNG_DPI / 72, PNG_DPI / 72);
    status = mrse_cairo_status(cairo_status(cr));
    if (status == MRSE_OK)
        status = mrse_figure_draw(cr, figure, w_pt, h_pt);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (status == MRSE_OK) /* 4 bytes a pixel: cairo's rows have no padding */
        status =
            mrse_png_write((const uint32_t *)(const void *)cairo_image_surface_get_data(surface),
                           (size_t)cairo_image_surface_get_width(surface),
                           (size_t)cairo_image_surface_get_height(surface), PNG_DPI, meta, out);
    cairo_surface_destroy(surface);
    return status;
}

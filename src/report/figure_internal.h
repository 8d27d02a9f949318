/* How figures are drawn: the canvas with its type, inks and lines; panels and axes; colours; lines
 * of equal value; tags on lines that never overlap. Lengths on paper are points, y downwards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIGURE_INTERNAL_H
#define MRSE_FIGURE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "cairo_internal.h"
#include "mrse/units.h"

/* ---- canvas (figure_canvas.c) */
typedef struct mrse_box {
    double x, y, w, h;
} mrse_box;

typedef enum mrse_ink {
    MRSE_INK_TEXT,
    MRSE_INK_SOFT,
    MRSE_INK_GRID,
    MRSE_INK_HOUSING,
    MRSE_INK_WINDING,
    MRSE_INK_LIMIT,
    MRSE_INK_TINT, /* pale form of the limit's ink, for areas */
    MRSE_INK_STAMP,
    MRSE_INK_PAPER,
    MRSE_INK_WALL,
    MRSE_INK_AREA,
    MRSE_INK_ROOM, /* pale, for neighbouring rooms */
    MRSE_INK_MET,
    MRSE_INK_OPEN, /* undetermined */
} mrse_ink;

typedef enum mrse_face {
    MRSE_FACE_TITLE,
    MRSE_FACE_LABEL,
    MRSE_FACE_STRONG,
    MRSE_FACE_TICK,
    MRSE_FACE_TAG,
    MRSE_FACE_TAG_STRONG,
    MRSE_FACE_NOTE,
} mrse_face;

typedef enum mrse_pen {
    MRSE_PEN_THIN,
    MRSE_PEN_FIRST,  /* 0.5 mT: heavy, unbroken */
    MRSE_PEN_SECOND, /* 0.9 mT: heavy, dashed */
    MRSE_PEN_OTHER,  /* other named lines: heavy, dotted */
    MRSE_PEN_LIMIT,
    MRSE_PEN_RIDE,
    MRSE_PEN_AXIS, /* dash-dot centre line */
    MRSE_PEN_HATCH,
    MRSE_PEN_UNKNOWN,
    MRSE_PEN_DIMENSION,
    MRSE_PEN_CURVE,
    MRSE_PEN_WALL,
    MRSE_PEN_DOOR,
    MRSE_PEN_WINDOW,
    MRSE_PEN_AREA,
    MRSE_PEN_ROOM,
} mrse_pen;

typedef enum mrse_symbol {
    MRSE_SYMBOL_LINE,
    MRSE_SYMBOL_HATCH,
    MRSE_SYMBOL_UNKNOWN,
    MRSE_SYMBOL_RIDE,
    MRSE_SYMBOL_END,
    MRSE_SYMBOL_HOUSING,
    MRSE_SYMBOL_WINDING,
    MRSE_SYMBOL_BAND,
    MRSE_SYMBOL_SPAN,
    MRSE_SYMBOL_BAR,
    MRSE_SYMBOL_ITEM,  /* equipment; the key's verdict gives its shape */
    MRSE_SYMBOL_POINT, /* a point of a survey; the key's mark gives its shape */
} mrse_symbol;

enum { MRSE_KEYS_MAX = 12, MRSE_KEY_TEXT = 240 };

typedef struct mrse_key {
    mrse_symbol symbol;
    mrse_pen pen;
    bool wide; /* takes a whole row of the legend */
    mrse_verdict verdict;
    int mark; /* of a point */
    char text[MRSE_KEY_TEXT];
} mrse_key;

typedef struct mrse_canvas {
    cairo_t *cr;
    PangoLayout *layout;
    const mrse_figure *figure;
    double w_pt, h_pt;
    mrse_key key[MRSE_KEYS_MAX];
    size_t n_keys;
    mrse_status status; /* the first failure sticks */
} mrse_canvas;

void mrse_canvas_ink(mrse_canvas *c, mrse_ink ink);
void mrse_canvas_stroke(mrse_canvas *c, mrse_pen pen); /* the current path, which is consumed */
void mrse_canvas_size(mrse_canvas *c, mrse_face face, const char *text, double *w_pt, double *h_pt);
/* (ax, ay): which point of the text lies at (x, y); 0, 0 is its top left, 1, 1 its bottom right. */
void mrse_canvas_text(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double ax, double ay);
/* One line that ends with "..." where it is wider; its top left at (x, y). */
void mrse_canvas_line(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double width);
void mrse_canvas_turned(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                        double y, double angle); /* centred on (x, y) */
/* Text over a picture: on a pale rounded ground. */
void mrse_canvas_pill(mrse_canvas *c, mrse_face face, mrse_ink ink, const char *text, double x,
                      double y, double angle);
void mrse_canvas_ground(mrse_canvas *c, mrse_box box, double radius, double alpha);
void mrse_canvas_arrowhead(mrse_canvas *c, double x, double y, double angle, double length);
/* Title, stamp and subtitle; returns the y below them. */
double mrse_canvas_head(mrse_canvas *c, const char *subtitle);
mrse_key *mrse_canvas_key(mrse_canvas *c, mrse_symbol symbol, mrse_pen pen); /* never NULL */
double mrse_canvas_legend_height(const mrse_canvas *c);
void mrse_canvas_legend(mrse_canvas *c); /* and the record id, along the lower edge */

/* Positive inside the area that is hatched; NaN counts as outside. */
typedef double (*mrse_inside_fn)(const void *context, double x, double y);
void mrse_canvas_hatch(mrse_canvas *c, mrse_box box, double spacing, bool rising, mrse_pen pen,
                       mrse_inside_fn inside, const void *context);

/* ---- panels and axes (axes.c) */
typedef struct mrse_panel {
    mrse_box box;
    double x0, x1, y0, y1; /* world at the left, right, lower, upper edge */
} mrse_panel;

enum { MRSE_TICKS_MAX = 24 };
typedef struct mrse_ticks {
    size_t n;
    double at[MRSE_TICKS_MAX];
    int decimals;
} mrse_ticks;

enum { MRSE_AXIS_TEXT = MRSE_NUM_MAX + 24 };

double mrse_panel_x(const mrse_panel *panel, double x);
double mrse_panel_y(const mrse_panel *panel, double y);
/** Ticks at 1, 2 or 5 times a power of ten, at most `most`, within [lo, hi]. */
void mrse_ticks_linear(double lo, double hi, size_t most, mrse_ticks *out);
void mrse_ticks_log(double lo, double hi, mrse_ticks *out);
void mrse_axis_number(char out[MRSE_AXIS_TEXT], double value,
                      int decimals);                            /* minus sign, groups */
void mrse_axis_trimmed(char out[MRSE_AXIS_TEXT], double value); /* 4 digits, no trailing zeros */
void mrse_axis_bottom(mrse_canvas *c, const mrse_panel *panel, const char *label, bool numbers);
/* `factor` turns the world's unit into the printed one; `absolute` prints |y|. */
void mrse_axis_side(mrse_canvas *c, const mrse_panel *panel, bool right, double factor,
                    bool absolute, const char *label);
void mrse_axis_frame(mrse_canvas *c, const mrse_panel *panel);
/* Lower left; returns its ground for the tags to avoid, which is asked for before drawing. */
mrse_box mrse_axis_scale_bar(mrse_canvas *c, const mrse_panel *panel, bool draw);

/* ---- colours (colour.c) */
typedef struct mrse_rgb {
    double r, g, b; /* sRGB, 0..1 */
} mrse_rgb;

typedef struct mrse_scale {
    double lo, hi;
    bool log;
    bool over, under; /* something in view is above hi, below lo */
} mrse_scale;

typedef struct mrse_quantity_style {
    const char *name, *symbol, *unit, *custom;
    double to_unit, to_custom;
    mrse_kind kind;
} mrse_quantity_style;

const mrse_quantity_style *mrse_colour_quantity(mrse_map_quantity quantity);
mrse_rgb mrse_colour_at(double unit);       /* clamped; the caller keeps NaN away */
double mrse_colour_lightness(mrse_rgb rgb); /* CIE L* */
double mrse_scale_unit(const mrse_scale *scale, double value); /* NaN for what is not known */
void mrse_scale_ticks(const mrse_scale *scale, double factor, mrse_ticks *out); /* printed unit */
void mrse_colour_bar(mrse_canvas *c, mrse_box bar, const mrse_scale *scale,
                     const mrse_quantity_style *style);
/** Paint the map once, as one image, mirrored about the axis; not known: left as it is. */
void mrse_colour_map(mrse_canvas *c, const mrse_panel *panel, const mrse_map *map,
                     const double *value, const mrse_scale *scale);

/* ---- lines of equal value on a grid (figure_iso.c) */
typedef struct mrse_lines {
    size_t n, cap;
    mrse_polyline *line;
} mrse_lines;

/** Marching squares: for drawing only, the numbers come from mrse_contour_trace. A cell with a
 *  corner that is not finite is left out. */
mrse_status mrse_iso_trace(const mrse_map *map, const double *value, double level,
                           mrse_lines *out) MRSE_MUST_USE;
void mrse_lines_free(mrse_lines *lines);
/** Bilinear value at a place, mirrored about the axis; NaN outside the map and next to a node that
 *  is not finite. */
double mrse_map_sample(const mrse_map *map, const double *value, double z_m, double r_m);

/* ---- tags on lines (figure_tag.c) */
typedef struct mrse_tag {
    double x, y, angle; /* centre; radians, clockwise on paper */
    double w, h;
} mrse_tag;

enum { MRSE_TAGS_MAX = 256 };
typedef struct mrse_tags {
    mrse_box bounds;
    size_t n;
    mrse_tag tag[MRSE_TAGS_MAX]; /* what is placed, and what must be kept free */
} mrse_tags;

bool mrse_tag_overlap(const mrse_tag *a, const mrse_tag *b);
/** Room for a tag: inside the bounds and off all others; it is then kept. */
bool mrse_tags_add(mrse_tags *tags, const mrse_tag *tag);
void mrse_tags_keep_free(mrse_tags *tags, mrse_box box);

/* Where the scanner's covers are; a section through them hides what lies within. */
typedef struct mrse_housing {
    bool known;
    double bore_r_m, half_m, cover_r_m; /* NaN: not known */
} mrse_housing;

/* A line on paper with the text that names it; half of a mirrored pair when `mirror`. */
typedef struct mrse_figure_curve {
    size_t n;
    double *x, *y; /* owned */
    mrse_pen pen;
    char text[MRSE_AXIS_TEXT]; /* "": none */
    bool strong, tagged;
    mrse_tag tag;
} mrse_figure_curve;

typedef struct mrse_figure_curves {
    size_t n, cap;
    mrse_figure_curve *curve;
    double axis_y;               /* curves are mirrored about this */
    bool single;                 /* they are not mirrored */
    const mrse_housing *housing; /* a line wholly within is not kept; NULL: none hides */
} mrse_figure_curves;

mrse_status mrse_figure_curves_add(mrse_figure_curves *curves, const mrse_panel *panel,
                                   const mrse_polyline *line, mrse_pen pen,
                                   const char *text) MRSE_MUST_USE;
void mrse_figure_curves_free(mrse_figure_curves *curves);
/* True when a strong (or a thin) curve runs through the tag. */
bool mrse_figure_curves_meet(const mrse_figure_curves *curves, const mrse_tag *tag, bool strong);
/** Draw all curves, clipped to the panel, each interrupted where its tag stands. A tag that finds no
 *  room is left out. */
void mrse_figure_curves_draw(mrse_canvas *c, const mrse_panel *panel, mrse_figure_curves *curves,
                             mrse_tags *tags);

/* ---- scanner, ride (figure_scanner.c) */
mrse_housing mrse_housing_of(const mrse_study *study);
bool mrse_housing_hides(const mrse_housing *housing, double z_m, double r_m);
void mrse_housing_keep_free(const mrse_panel *panel, const mrse_housing *housing, mrse_tags *tags);
void mrse_housing_draw(mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing,
                       bool windings);
void mrse_scanner_axis(mrse_canvas *c, const mrse_panel *panel);
void mrse_scanner_couch_note(mrse_canvas *c, const mrse_panel *panel);
void mrse_ride_keep_free(const mrse_canvas *c, const mrse_panel *panel, mrse_tags *tags);
void mrse_ride_draw(mrse_canvas *c, const mrse_panel *panel);
void mrse_ride_keys(mrse_canvas *c);
void mrse_housing_keys(mrse_canvas *c, const mrse_housing *housing, bool windings);

/* ---- contours of a study (figure_contour.c) */
mrse_pen mrse_contour_pen(const mrse_contour_row *row);
void mrse_contour_text(char out[MRSE_AXIS_TEXT], double level_T);
mrse_status mrse_contour_curves(const mrse_study *study, const mrse_panel *panel,
                                mrse_figure_curves *curves) MRSE_MUST_USE;
void mrse_contour_keys(mrse_canvas *c, bool extents);

/* ---- the figures */
bool mrse_figure_limited(const mrse_figure *figure); /* a limit is given */
bool mrse_map_usable(const mrse_map *map, const double *value);
const mrse_map *mrse_figure_map(const mrse_figure *figure, const double **value);
void mrse_figure_limit_text(const mrse_figure *figure, mrse_buf *out);
void mrse_figure_axis_distance(mrse_buf *out, double r_m); /* "3.60 cm from the axis" */
/* Significant digits, at least 3, that show on which side of the limit a value lies. */
int mrse_figure_digits(double value, double limit);
/* The ride's largest gradient: of figure->maxima, else of the profile's samples. */
mrse_peak mrse_figure_peak(const mrse_figure *figure);
void mrse_figure_draw_map(mrse_canvas *c);
void mrse_figure_draw_plan(mrse_canvas *c);
void mrse_figure_draw_profile(mrse_canvas *c);
void mrse_plan_extent(const mrse_study *study, double *z_half_m, double *x_half_m);

void mrse_figure_draw_site(mrse_canvas *c);
double mrse_site_figure_height(const mrse_figure *figure, double head, double width);
/* Shape and ink by verdict, so that paper without colour still tells them apart; centre (x, y). */
void mrse_site_mark(mrse_canvas *c, mrse_verdict verdict, double x, double y, double radius);
/* Parts of the plan (figure_site_parts.c). `across_m` is to the left of +z, seen from above. */
mrse_site_place mrse_site_turned(const mrse_site *site, double z_m, double across_m);
void mrse_site_contours(mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing,
                        mrse_figure_curves *curves);
void mrse_site_keep_free(const mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing,
                         mrse_tags *tags);
void mrse_site_scanner(mrse_canvas *c, const mrse_panel *panel, const mrse_housing *housing);
void mrse_site_items(mrse_canvas *c, const mrse_panel *panel, mrse_tags *tags,
                     const mrse_figure_curves *curves);
void mrse_site_codes(mrse_canvas *c, const mrse_panel *panel, mrse_tags *tags,
                     const mrse_figure_curves *curves);
/* Codes of the lines and equipment of a plan, and the rows below it (figure_site_list.c). */
void mrse_site_code(const mrse_site_study *site, size_t line, char out[8]);
size_t mrse_site_rows(const mrse_site_study *site);
void mrse_site_list(mrse_canvas *c, const mrse_site_study *site, double y);

/* A quantity of a modification that the figure shows (figure_sequences.c). */
typedef struct mrse_change_mark {
    const char *what; /* borrowed */
    double ratio, low, high; /* low and high: U or range; NaN when there is none */
    bool image, turns;       /* of the image; may vanish or turn round */
} mrse_change_mark;
enum { MRSE_CHANGE_MARKS = 20 };
size_t mrse_change_marks(const mrse_sequence_study *s, mrse_change_mark mark[MRSE_CHANGE_MARKS]);
void mrse_figure_draw_sequences(mrse_canvas *c);
double mrse_sequences_figure_height(const mrse_figure *figure, double head);
void mrse_figure_alt_sequences(const mrse_figure *figure, mrse_buf *out);

/* Force and torque along a ride (figure_object.c). */
void mrse_figure_draw_object(mrse_canvas *c);
double mrse_object_figure_height(const mrse_figure *figure, double head);
void mrse_figure_alt_object(const mrse_figure *figure, mrse_buf *out);

void mrse_figure_draw_survey(mrse_canvas *c);
double mrse_survey_figure_height(const mrse_figure *figure, double head, double width);
void mrse_survey_mark(mrse_canvas *c, int mark, double x, double y);

/* ---- profile's inset (figure_inset.c); the curve is figure_profile.c's */
bool mrse_inset_wanted(const mrse_panel *whole, const mrse_figure *figure, double peak_T_m);
void mrse_inset_draw(mrse_canvas *c, mrse_box place, mrse_peak peak, double u_T_m);
void mrse_profile_curve(mrse_canvas *c, const mrse_panel *panel, const double *z, const double *v,
                        size_t n);

/* ---- PNG text (png.c) */
mrse_status mrse_png_write(const uint32_t *pixel, size_t width, size_t height, double dpi,
                           const mrse_figure_meta *meta, mrse_buf *out) MRSE_MUST_USE;

#endif

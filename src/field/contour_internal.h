/* What the files that trace contours and look for maxima share; not part of the public interface.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CONTOUR_INTERNAL_H
#define MRSE_CONTOUR_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/contour.h"
#include "mrse/field.h"
#include "mrse/path.h"

/* ---- one-dimensional numerics (maximum_brent.c): no allocation, unlike the GSL's ---- */

typedef mrse_status (*mrse_curve_fn)(void *context, double x, double *y);

/* A root between a and b, whose values fa and fb differ in sign; to x_tol or to rounding. */
mrse_status mrse_brent_root(mrse_curve_fn fn, void *context, const double ab[2],
                            const double fab[2], double x_tol, double *x) MRSE_MUST_USE;
/* The maximum between a and b, from the best point known so far, (*x, *y), which it improves. */
mrse_status mrse_brent_max(mrse_curve_fn fn, void *context, double a, double b, double *x,
                           double *y) MRSE_MUST_USE;

/* ---- the windings as geometry (maximum_source.c) ---- */

typedef struct mrse_box {
    double r_min_m, r_max_m, z_min_m, z_max_m;
} mrse_box;

mrse_status mrse_windings_check(const mrse_magnet *magnet) MRSE_MUST_USE;
mrse_box mrse_winding_box(const mrse_source *source);
mrse_box mrse_windings_box(const mrse_magnet *magnet);
/* The length over which the field can change much at a point: about the distance to the windings. */
double mrse_windings_scale_m(const mrse_magnet *magnet, double r_m, double z_m);
/* Whether |B|(r, -z) = |B|(r, z): every source has its mirror image, all with the same or all with
 * the opposite current. */
mrse_status mrse_windings_mirrored(const mrse_magnet *magnet, bool *mirrored) MRSE_MUST_USE;

/* ---- maxima along a straight segment parallel to z or to r (maximum.c) ---- */

typedef enum mrse_quantity {
    MRSE_QUANTITY_B,
    MRSE_QUANTITY_GRAD,
    MRSE_QUANTITY_PRODUCT,
    MRSE_QUANTITIES,
} mrse_quantity;

typedef struct mrse_sample {
    double x_m, value[MRSE_QUANTITIES];
    bool halve; /* the interval that follows is not yet known well enough */
} mrse_sample;

typedef struct mrse_scan {
    const mrse_magnet *magnet;
    bool radial; /* x is r at z = fixed, else x is z at r = fixed */
    double fixed_m;
    size_t n;
    mrse_sample *sample; /* x ascending, both ends included */
} mrse_scan;

/* Samples dense enough that no extremum that matters hides between two of them. */
mrse_status mrse_scan_create(const mrse_magnet *magnet, bool radial, double fixed_m, double from_m,
                             double to_m, mrse_scan **out) MRSE_MUST_USE;
void mrse_scan_free(mrse_scan *scan);
mrse_status mrse_scan_value(const mrse_scan *scan, mrse_quantity quantity, double x_m,
                            double *value) MRSE_MUST_USE;
/* The maximum inside the two intervals around sample i (or the minimum, with sign = -1). */
mrse_status mrse_scan_refine(const mrse_scan *scan, mrse_quantity quantity, size_t i, double sign,
                             double *x_m, double *value) MRSE_MUST_USE;
bool mrse_scan_is_peak(const mrse_scan *scan, mrse_quantity quantity, size_t i, double sign);
mrse_status mrse_scan_peak(const mrse_scan *scan, mrse_quantity quantity,
                           mrse_peak *peak) MRSE_MUST_USE;

double mrse_quantity_of(const mrse_sfg *sfg, mrse_quantity quantity);

/* ---- what all levels share: the map, and where islands may hide (contour_survey.c) ---- */

/* A current sheet: |B| jumps across it, so a contour that meets it follows it. */
typedef struct mrse_slit {
    double r_m, z_min_m, z_max_m;
} mrse_slit;

/* An extremum of |B| that a cell of the map may hide. */
typedef struct mrse_spot {
    double r_m, z_m, b_T;
} mrse_spot;

typedef struct mrse_survey {
    const mrse_magnet *magnet;
    bool mirrored; /* only z >= 0 is mapped and traced */
    double r_limit_m, z_limit_m, chord_m;
    size_t n_r, n_z;
    double *r_m, *z_m;                     /* ascending; r_m[0] = 0; z_m[0] = 0 when mirrored */
    double *b_T, *grad_r_T_m, *grad_z_T_m; /* node (i, j) at j * n_r + i */
    double limit_b_T;                      /* largest |B| on the outer limits of the map */
    size_t n_slits, n_spots;
    mrse_slit *slit;
    mrse_spot *spot;
} mrse_survey;

mrse_status mrse_survey_create(const mrse_magnet *magnet, const mrse_contour_options *options,
                               mrse_survey **out) MRSE_MUST_USE;
void mrse_survey_free(mrse_survey *survey);
mrse_status mrse_survey_find_slits(mrse_survey *survey) MRSE_MUST_USE;
mrse_status mrse_survey_find_spots(mrse_survey *survey) MRSE_MUST_USE;

/* ---- one line of one level (contour_line.c, contour_slit.c) ---- */

typedef struct mrse_vertex {
    double r_m, z_m;
} mrse_vertex;

typedef enum mrse_curve_end {
    MRSE_END_NONE, /* closed in itself */
    MRSE_END_AXIS,
    MRSE_END_MIDDLE, /* at z = 0 of a mirrored magnet, where its image continues */
} mrse_curve_end;

typedef struct mrse_curve {
    mrse_vertex *vertex;
    size_t n, capacity;
    mrse_curve_end start, end;
} mrse_curve;

typedef struct mrse_tracer {
    const mrse_survey *survey;
    double level_T;
} mrse_tracer;

/* Where a line touches a sheet, and on which side. */
typedef struct mrse_touch {
    const mrse_slit *slit;
    double z_m, side; /* side -1: just inside its radius, +1: just outside */
} mrse_touch;

/* |B| and its gradient, continued evenly across the axis and the plane of symmetry; false where the
 * field has no value (on a wire, an edge). */
bool mrse_tracer_probe(const mrse_tracer *t, double r_m, double z_m, mrse_sfg *out);
/* Newton along grad |B| onto the level, within max_m of the start. */
bool mrse_tracer_correct(const mrse_tracer *t, double max_m, double *r_m, double *z_m,
                         mrse_sfg *out);
mrse_status mrse_curve_push(mrse_curve *curve, double r_m, double z_m) MRSE_MUST_USE;
/* From a point of the level; `touch` when that point is on a sheet, else NULL. */
mrse_status mrse_curve_trace(const mrse_tracer *t, mrse_vertex seed, const mrse_touch *touch,
                             mrse_curve *out) MRSE_MUST_USE;

double mrse_touch_r_m(const mrse_touch *touch);
/* The sheet that a straight step crosses first, NULL when none, and where. */
const mrse_slit *mrse_slit_crossed(const mrse_survey *survey, mrse_vertex from, mrse_vertex to,
                                   double *z_m);
/* Where the level meets that side of the sheet, near touch->z_m. */
bool mrse_slit_meet(const mrse_tracer *t, double within_m, mrse_touch *touch);
typedef enum mrse_departure {
    MRSE_DEPART_SHEET,  /* *touch is where the line leaves the sheet again */
    MRSE_DEPART_TIP,    /* *leave is where it leaves beside the sheet's edge */
    MRSE_DEPART_MIDDLE, /* the sheet leads across the plane of symmetry */
    MRSE_DEPART_FAILED,
} mrse_departure;
/* Along the sheet, between a side above the level and a side below, to where that ends. */
mrse_departure mrse_slit_follow(const mrse_tracer *t, mrse_touch *touch, mrse_vertex *leave);
/* The same from a place where the sides differ, in the direction given. */
mrse_departure mrse_slit_start(const mrse_tracer *t, double direction, mrse_touch *touch,
                               mrse_vertex *leave);

/* The edge of a sheet, with a disk about it that lines go around (contour_tip.c). */
typedef struct mrse_tip {
    const mrse_slit *slit;
    double z_m, outward, circle_m; /* outward: the direction along z off the sheet, 1 or -1 */
} mrse_tip;

bool mrse_tip_near(const mrse_survey *survey, double r_m, double z_m, mrse_tip *tip);
/* From the sheet, one face above the level and the other below, around its edge. */
mrse_departure mrse_tip_round(const mrse_tracer *t, const mrse_tip *tip, bool outer_above,
                              mrse_touch *touch, mrse_vertex *leave);
/* From free space, close to `near`, around the edge. */
mrse_departure mrse_tip_enter(const mrse_tracer *t, const mrse_tip *tip, mrse_vertex near,
                              mrse_vertex *enter, mrse_touch *touch, mrse_vertex *leave);

/* ---- all lines of one level (contour_seed.c), extents (contour_extent.c) ---- */

typedef struct mrse_curves {
    mrse_curve *curve;
    size_t n, capacity;
} mrse_curves;

mrse_status mrse_curves_find(const mrse_tracer *t, mrse_curves *out) MRSE_MUST_USE;
void mrse_curves_free(mrse_curves *curves);

/* Sets polyline.outer of every line. */
void mrse_lines_classify(mrse_contour *contour);
mrse_status mrse_lines_extents(const mrse_tracer *t, mrse_contour *contour) MRSE_MUST_USE;

#endif

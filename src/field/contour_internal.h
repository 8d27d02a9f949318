/* What the files that trace contours share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CONTOUR_INTERNAL_H
#define MRSE_CONTOUR_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "maximum_internal.h"
#include "mrse/contour.h"

/* ---- what all levels share: the map, and where islands may hide (contour_survey.c) ---- */

/* A current sheet: |B| jumps across it, so a contour that meets it follows it. */
typedef struct mrse_slit {
    double r_m, z_min_m, z_max_m;
    mrse_scan *face[2]; /* |B| along the inner and the outer face, NULL where it could not be had */
} mrse_slit;

/* An extremum of |B| that a cell of the map may hide. */
typedef struct mrse_spot {
    double r_m, z_m, b_T;
} mrse_spot;

typedef struct contour_survey {
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
} contour_survey;

mrse_status contour_survey_create(const mrse_magnet *magnet, const mrse_contour_options *options,
                                  contour_survey **out) MRSE_MUST_USE;
void contour_survey_free(contour_survey *survey);
mrse_status contour_survey_find_slits(contour_survey *survey) MRSE_MUST_USE;
mrse_status contour_survey_find_spots(contour_survey *survey) MRSE_MUST_USE;

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
    const contour_survey *survey;
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
/* Exactly on a sheet, or where two of them meet, there is no value: take one beside it, if need be
 * on the other side, as the first may be on the sheet in its turn. */
bool mrse_tracer_probe_beside(const mrse_tracer *t, double r_m, double z_m, mrse_sfg *out);
/* Newton along grad |B| onto the level, within max_m of the start. */
bool mrse_tracer_correct(const mrse_tracer *t, double max_m, double *r_m, double *z_m,
                         mrse_sfg *out);
/* How far from the level ln |B| may stay at a vertex. */
double mrse_tracer_slack(double r_m, double z_m, const mrse_sfg *sfg);
mrse_status mrse_curve_push(mrse_curve *curve, double r_m, double z_m) MRSE_MUST_USE;
/* From a point of the level; `touch` when that point is on a sheet, else NULL. */
mrse_status mrse_curve_trace(const mrse_tracer *t, mrse_vertex seed, const mrse_touch *touch,
                             mrse_curve *out) MRSE_MUST_USE;

/* Where the drawing is: a point of the level, its unit tangent with the higher side on its left
 * (turn = 1) or right (-1), and the length over which |B| changes. */
typedef struct mrse_pen {
    double r_m, z_m, tr, tz, length_m;
} mrse_pen;

typedef struct mrse_drawing {
    const mrse_tracer *t;
    mrse_curve *curve;
    mrse_pen at, first;
    double turn, step_m, bend_per_m;
} mrse_drawing;

double mrse_tracer_misfit(const mrse_tracer *t, const mrse_sfg *sfg); /* ln(|B| / level) */
mrse_pen mrse_pen_at(const mrse_drawing *d, double r_m, double z_m, const mrse_sfg *sfg);
bool mrse_corner_pass(const mrse_drawing *d, mrse_pen *to);

double mrse_touch_r_m(const mrse_touch *touch);
/* The sheet that a straight step crosses first, NULL when none, and where. */
const mrse_slit *mrse_slit_crossed(const contour_survey *survey, mrse_vertex from, mrse_vertex to,
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

/* Whether a point is closer to an edge than `within` times its disk. */
bool mrse_tip_near(const contour_survey *survey, double r_m, double z_m, double within,
                   mrse_tip *tip);
mrse_status mrse_slit_scan(contour_survey *survey) MRSE_MUST_USE;
/* The place between samples i and i + 1 of a face where it passes the level. */
bool mrse_slit_crossing(const mrse_tracer *t, const mrse_slit *slit, int face, size_t i,
                        mrse_touch *touch);
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

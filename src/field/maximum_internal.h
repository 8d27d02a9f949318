/* What the files that look for maxima and trace contours share: numerics of one variable, the
 * windings as geometry, scans along a straight segment.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MAXIMUM_INTERNAL_H
#define MRSE_MAXIMUM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/field.h"
#include "mrse/path.h"
#include "mrse/reach.h"

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
/* Whether one of two points is inside a winding and the other is not. */
bool mrse_windings_entered(const mrse_magnet *magnet, double r0_m, double z0_m, double r1_m,
                           double z1_m);
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

#endif

/* Isocontours of |B|, maxima on cylinders and over what a person can reach.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CONTOUR_H
#define MRSE_CONTOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/field.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_polyline {
    size_t n;
    double *z_m, *r_m; /* first point repeated at the end when closed in the half-plane */
    bool closed;       /* false: both ends lie on the axis r = 0 (closed once mirrored) */
    bool outer;        /* false: an island that another line of the same level encloses or not */
} mrse_polyline;

/* Four extents that are not the same thing. NaN where the contour does not exist there. All are of
 * the outermost line of the level. gradient_* is |d|B|/dn| at that point, for the uncertainty. */
typedef struct mrse_extents {
    double z_axis_m;                      /* where the contour meets the axis, z > 0 side */
    double r_mid_m;                       /* where it meets the mid-plane z = 0 */
    double z_max_m, r_at_z_max_m;         /* its largest |z| */
    double r_max_m, z_at_r_max_m;         /* its largest r */
    double slope_z_axis_T_m, slope_r_mid_T_m, slope_z_max_T_m, slope_r_max_T_m;
} mrse_extents;

typedef struct mrse_contour {
    double level_T;
    mrse_extents extents;
    size_t n_lines;
    mrse_polyline *line;
} mrse_contour;

typedef struct mrse_contour_options {
    double r_limit_m, z_limit_m; /* half-plane searched: 0..r_limit, -z_limit..z_limit; 0 = 20 m */
    double chord_m;              /* largest distance of a chord from the curve; 0 = 0.5 mm */
} mrse_contour_options;

mrse_status mrse_contour_trace(const mrse_magnet *magnet, double level_T,
                               const mrse_contour_options *options,
                               mrse_contour **out) MRSE_MUST_USE;
mrse_status mrse_contour_trace_levels(const mrse_magnet *magnet, size_t n, const double *level_T,
                                      const mrse_contour_options *options,
                                      mrse_contour **out) MRSE_MUST_USE;
void mrse_contour_free(mrse_contour *contour);

/* Maxima over one cylinder r = radius, all z; and where. */
typedef struct mrse_cylinder {
    double radius_m;
    double grad_T_m, grad_z_m;          /* largest spatial field gradient, and its z */
    double b_T, b_z_m;                  /* largest |B|, and its z */
    double product_T2_m, product_z_m;   /* largest force product, and its z */
} mrse_cylinder;

mrse_status mrse_cylinder_maxima(const mrse_magnet *magnet, double radius_m,
                                 mrse_cylinder *out) MRSE_MUST_USE;

/* What a patient or another person can reach: the bore, and everything in front of the covers. */
typedef struct mrse_reach {
    double bore_radius_m;
    double cover_half_length_m; /* |z| of the front covers */
} mrse_reach;

typedef struct mrse_peak {
    double value, r_m, z_m;
} mrse_peak;

typedef struct mrse_reach_maxima {
    mrse_peak b, grad, product; /* T, T/m, T2/m, each with where */
} mrse_reach_maxima;

mrse_status mrse_reach_search(const mrse_magnet *magnet, const mrse_reach *reach,
                              mrse_reach_maxima *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Isocontours of |B| in the half-plane r >= 0. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CONTOUR_H
#define MRSE_CONTOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/field.h"
#include "mrse/reach.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_CONTOUR "contour-continuation"

typedef struct mrse_polyline {
    size_t n;
    double *z_m, *r_m; /* first point repeated at the end when closed in the half-plane */
    bool closed;       /* false: both ends lie on the axis r = 0 (closed once mirrored) */
    bool outer;        /* no other line of the level encloses it: it borders the outside */
} mrse_polyline;

/* Four extents that are not the same thing, of the outermost line, or of all of them together where
 * several border the outside (lobes). NaN where they have none: z_axis when none meets the axis,
 * r_mid when none crosses z = 0, all when there is no line. r_mid counts a crossing deep in the
 * cryostat, between the shield coils, too. In a magnet that is not symmetric z_axis and z_max are
 * the larger |z| of the two sides. slope_* is the slope of |B| at that point in the direction of
 * the extent: uncertainty of the extent = uncertainty of |B| / slope. */
typedef struct mrse_extents {
    double z_axis_m;              /* where the contour meets the axis: |z| */
    double r_mid_m;               /* where it meets the mid-plane z = 0, the outermost crossing */
    double z_max_m, r_at_z_max_m; /* its largest |z| */
    double r_max_m, z_at_r_max_m; /* its largest r; of two mirror images the one at z >= 0 */
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

/** All lines |B| = level: outermost, islands, inner lines; and how far the outermost reach.
 *  Given     level_T   > 0
 *            options   NULL for the defaults; the limits must contain every source
 *  Returned  out       owned by the caller, who frees it with mrse_contour_free; no line and NaN
 *                      extents when |B| is below the level everywhere. At most 20000 vertices a line
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no source, level or options not acceptable) |
 *            MRSE_ERR_RANGE (a source's shape; a source outside the limits; |B| above the level on
 *            the limits, so that the contour goes on beyond) | MRSE_ERR_LIMIT (too many lines or
 *            vertices) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Accuracy  vertices on the level to 1e-9 relative; extents 1e-9 m against the field itself; chords
 *            within chord_m. Islands larger than about 2 cm (4 cm within windings) are not missed,
 *            smaller ones found at nulls and minima of |B|; below 2 chord_m they may be left out
 *  Valid     as mrse_field_at. |B| of an ideal wire, or edge of a sheet, grows without limit: islands
 *            nearer to it than 1 mm are its own and left out. A line that meets a thin sheet, across
 *            which |B| jumps, follows the sheet, vertices 1e-9 of its radius beside it
 *  Source    Allgower and Georg, Numerical Continuation Methods, 1990, chapters 2 and 6
 *  Tests     tests/unit/test_contour.c */
mrse_status mrse_contour_trace(const mrse_magnet *magnet, double level_T,
                               const mrse_contour_options *options,
                               mrse_contour **out) MRSE_MUST_USE;

/** The same for n levels at once, with one survey of the field for all: several times faster.
 *  Returned  out       n contours, or n NULL pointers on failure
 *  Status    as mrse_contour_trace, of the first level that fails
 *  Tests     tests/unit/test_contour.c */
mrse_status mrse_contour_trace_levels(const mrse_magnet *magnet, size_t n, const double *level_T,
                                      const mrse_contour_options *options,
                                      mrse_contour **out) MRSE_MUST_USE;

/** Release; NULL is fine. */
void mrse_contour_free(mrse_contour *contour);

#ifdef __cplusplus
}
#endif
#endif

/* A path through the field: what a point that rides on the couch meets on its way in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PATH_H
#define MRSE_PATH_H

#include <stddef.h>

#include "mrse/contour.h"
#include "mrse/field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A straight ride parallel to the axis, as the couch gives it. */
typedef struct mrse_path {
    double r_m;       /* distance from the axis, constant on the way */
    double z_start_m; /* usually 4 m in front of isocentre */
    double z_end_m;   /* where it stops: the object's own offset, not isocentre */
} mrse_path;

typedef struct mrse_interval {
    double z_from_m, z_to_m; /* in the order travelled */
} mrse_interval;

enum { MRSE_PATH_INTERVALS = 16 };

typedef struct mrse_path_maxima {
    mrse_peak b, grad, product;
    mrse_sfg at_end;
} mrse_path_maxima;

/** The largest |B|, gradient and product on the path, each with where, and the values at its end.
 *  Accuracy  1e-9 relative in the value, 1e-6 m in the place */
mrse_status mrse_path_search(const mrse_magnet *magnet, const mrse_path *path,
                             mrse_path_maxima *out) MRSE_MUST_USE;

/** Over which z the gradient exceeds a limit.
 *  Status    MRSE_OK | MRSE_ERR_LIMIT (more than MRSE_PATH_INTERVALS) */
mrse_status mrse_path_exceeds(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                              mrse_interval out[MRSE_PATH_INTERVALS], size_t *n) MRSE_MUST_USE;

/** The radius within which the limit is met on the whole ride z_start..z_end: the largest R such
 *  that every r <= R stays at or below the limit; NaN when even the axis exceeds it, r_limit_m when
 *  it is met everywhere up to there. */
mrse_status mrse_path_radius(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                             double r_limit_m, double *radius_m) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

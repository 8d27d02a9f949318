/* A path through the field: what a point that rides on the couch meets on its way in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PATH_H
#define MRSE_PATH_H

#include <stddef.h>

#include "mrse/field.h"
#include "mrse/reach.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_PATH "path-maximum"

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
 *  Given     path      r_m >= 0; both ends belong to it: a ride that stops short of the peak of the
 *                      bore has its maximum at the end
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no source, path not finite) | MRSE_ERR_RANGE (a source's
 *            shape; the path meets a conductor where the field has no value) | MRSE_ERR_NUMERIC |
 *            MRSE_ERR_NOMEM; `out` is zero on failure
 *  Accuracy  1e-9 relative in the value, 1e-6 m in the place, against the field itself
 *  Valid     as mrse_field_at
 *  Tests     tests/unit/test_path.c */
mrse_status mrse_path_search(const mrse_magnet *magnet, const mrse_path *path,
                             mrse_path_maxima *out) MRSE_MUST_USE;

/** Over which z of the path the gradient exceeds a limit, in the order travelled.
 *  Given     limit_T_m > 0. A gradient equal to the limit does not exceed it
 *  Returned  out, n    n = 0 when the limit is met on the whole path
 *  Status    as mrse_path_search | MRSE_ERR_ARG (also: limit NaN or not positive) |
 *            MRSE_ERR_LIMIT (more than MRSE_PATH_INTERVALS); n = 0 then does not mean met
 *  Accuracy  ends within 1e-6 m; a stretch is found however short it is
 *  Valid     as mrse_field_at
 *  Tests     tests/unit/test_path.c */
mrse_status mrse_path_exceeds(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                              mrse_interval out[MRSE_PATH_INTERVALS], size_t *n) MRSE_MUST_USE;

/** The radius within which the limit is met on the whole ride z_start..z_end (path->r_m is not
 *  used): the largest R such that every r <= R stays at or below the limit.
 *  Given     limit_T_m > 0; r_limit_m > 0, as far as is looked
 *  Returned  radius_m  NaN when even the axis exceeds the limit, and on failure; r_limit_m when it is
 *                      met everywhere up to there
 *  Status    as mrse_path_exceeds
 *  Accuracy  1e-8 m, never above the true radius by more than 1e-9 m
 *  Valid     as mrse_field_at
 *  Tests     tests/unit/test_path.c */
mrse_status mrse_path_radius(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                             double r_limit_m, double *radius_m) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

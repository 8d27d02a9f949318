/* The largest |B|, spatial field gradient and force product on a cylinder, and over all that a
 * person can reach. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_REACH_H
#define MRSE_REACH_H

#include "mrse/field.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_CYLINDER "cylinder-maximum"
#define MRSE_METHOD_REACH    "reach-maximum"

/* Maxima over one cylinder r = radius, all z; and where. */
typedef struct mrse_cylinder {
    double radius_m;
    double grad_T_m, grad_z_m;        /* largest spatial field gradient, and its z */
    double b_T, b_z_m;                /* largest |B|, and its z */
    double product_T2_m, product_z_m; /* largest force product, and its z */
} mrse_cylinder;

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

/** The largest |B|, gradient and product on the cylinder r = radius, over all z.
 *  Given     radius_m  >= 0; 0 is the axis; a cylinder through or beyond the windings is fine
 *  Returned  out       of two equal maxima of a symmetric magnet the one at z >= 0; where a cylinder
 *                      passes through the face of a winding, the larger one-sided gradient there.
 *                      Zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no source, radius negative or not finite) |
 *            MRSE_ERR_RANGE (a source's shape; the cylinder meets a loop or a sheet, where the field
 *            has no value) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Accuracy  values 1e-10 relative, places 1e-6 m (wider where the maximum is flat), against the
 *            field itself; method: a scan in steps of 0.15 of the distance to the windings, halved
 *            where values change unevenly, then Brent's on every maximum within 10 % of the largest
 *  Valid     as mrse_field_at
 *  Source    Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5
 *  Tests     tests/unit/test_cylinder.c */
mrse_status mrse_cylinder_maxima(const mrse_magnet *magnet, double radius_m,
                                 mrse_cylinder *out) MRSE_MUST_USE;

/** The largest |B|, gradient and product that a person can reach, and where: over r <= bore radius
 *  within the covers, and over every r <= 10 m from the covers to 10 m in front of them, both ends.
 *  Given     reach     bore_radius_m > 0, cover_half_length_m > 0
 *  Returned  out       in a symmetric magnet the place at z >= 0; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no source, a length not positive or not finite) |
 *            MRSE_ERR_RANGE (a source's shape; a winding within the region, or touching it: then the
 *            bore, the covers or the windings are not what the file says) | MRSE_ERR_NUMERIC |
 *            MRSE_ERR_NOMEM
 *  Accuracy  as mrse_cylinder_maxima on the bore wall, the covers and the axis; inside, cells of half
 *            the distance to the windings and a compass search from the best: 1e-8 m
 *  Valid     as mrse_field_at; covers that are flat and a bore that is a cylinder: flared covers let
 *            hands closer to the windings than the flat ones of this region
 *  Tests     tests/unit/test_cylinder.c */
mrse_status mrse_reach_search(const mrse_magnet *magnet, const mrse_reach *reach,
                              mrse_reach_maxima *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

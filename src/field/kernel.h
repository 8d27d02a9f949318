/* The loops that a compiler vectorises: one source, many points.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIELD_KERNEL_H
#define MRSE_FIELD_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

/* Points that are worked on together, so that their sums stay in the first-level cache; and the
 * strips of them in which a near wire is looked for. */
enum { MRSE_BLOCK = 512, MRSE_STRIP = 64 };

typedef enum mrse_simd { MRSE_SIMD_NONE, MRSE_SIMD_AVX2, MRSE_SIMD_AVX512 } mrse_simd;

/* Points of one block, and the sums that a source adds to. In free space four numbers carry the
 * tensor; inside a winding the curl adds mu0 J. */
typedef struct mrse_lanes {
    size_t n;
    const double *r_m, *z_m;
    double *br_over_r, *bz;
    double *dbz_dz, *dbr_dz; /* not written without `gradient` */
    double *curl;            /* dBr/dz - dBz/dr = mu0 J, T/m; NaN marks a point that has no value */
    bool gradient;
    const struct mrse_kernels *kernels;
} mrse_lanes;

/* Each adds to every lane that its number of AGM steps serves; in the result, bit k tells that
 * strip k holds others. */
typedef unsigned mrse_ring_kernel(const mrse_lanes *lanes, double a_m, double z_m, double unit_T_m);
typedef unsigned mrse_sheet_kernel(const mrse_lanes *lanes, double a_m, double z1_m, double z2_m,
                                   double unit_T);

/* By steps: 0 far from the wire, 1 elsewhere. */
typedef struct mrse_kernels {
    mrse_ring_kernel *ring_b[2], *ring_gradient[2]; /* unit: mu0 I, T m */
    mrse_sheet_kernel *sheet[2];                    /* unit: mu0 I / length, T */
} mrse_kernels;

/** The widest level that this processor and this build have. */
mrse_simd mrse_simd_best(void);
/** The loops of a level, or of the widest one below it that exists. Every level gives the same
 *  bits: there is no fused multiply-add and no reordering. */
const mrse_kernels *mrse_kernels_get(mrse_simd level);

#endif

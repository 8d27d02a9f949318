/* What the files of the field kernel share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIELD_INTERNAL_H
#define MRSE_FIELD_INTERNAL_H

#include <stdbool.h>

#include "kernel.h"
#include "mrse/field.h"
#include "mrse/model.h"

enum { MRSE_GAUSS_MAX = 12 };

/** Node `index` (0 = most negative) of the Gauss-Legendre rule of 2 <= order <= MRSE_GAUSS_MAX. */
void mrse_gauss_node(unsigned order, unsigned index, double *x, double *weight);
/** For each order, how far the nearest singularity must be, squared, in half-lengths from the
 *  middle of the interval. */
extern const double mrse_gauss_reach2[MRSE_GAUSS_MAX + 1];

/* Each adds one conductor to every lane; a lane where it has no value gets a NaN in `curl`.
 * `steps` is 0 when every lane is known to be far from the wire. */
void mrse_rings_add(const mrse_lanes *lanes, double a_m, double z_m, double unit_T_m,
                    unsigned steps);
void mrse_ends_add(const mrse_lanes *lanes, double a_m, double z1_m, double z2_m, double unit_T,
                   unsigned steps);
void mrse_sheet_add(const mrse_lanes *lanes, const mrse_source *source);
void mrse_coil_add(const mrse_lanes *lanes, const mrse_source *source);

/* Sort the lanes by what they need and hand each kind over together. Codes are whole numbers below
 * MRSE_CODES, held as double because the loops that choose them are vectorised. */
enum { MRSE_CODES = 288 };
typedef void mrse_lanes_part(const mrse_lanes *part, const mrse_source *source, unsigned code);
void mrse_lanes_split(const mrse_lanes *lanes, const mrse_source *source, const double *code,
                      mrse_lanes_part *add);

/* Sums of one block, and what is read off them. */
typedef struct mrse_sums {
    double br_over_r[MRSE_BLOCK], bz[MRSE_BLOCK], dbz_dz[MRSE_BLOCK], dbr_dz[MRSE_BLOCK];
    double curl[MRSE_BLOCK];
} mrse_sums;

/** The field of a checked magnet at n <= MRSE_BLOCK points. */
void mrse_block_sum(const mrse_magnet *magnet, size_t n, const double *r_m, const double *z_m,
                    bool gradient, const mrse_kernels *kernels, mrse_sums *sums);
/** NULL magnet, and each source. */
mrse_status mrse_magnet_check(const mrse_magnet *magnet) MRSE_MUST_USE;
/** As mrse_field_batch, with at most the given vector width. */
mrse_status mrse_field_batch_simd(const mrse_magnet *magnet, size_t n, const double *r_m,
                                  const double *z_m, const mrse_field_arrays *out, unsigned threads,
                                  mrse_simd level) MRSE_MUST_USE;
/** Uncertainties and weights that are numbers and not negative. */
mrse_status mrse_model_check(const mrse_model *model) MRSE_MUST_USE;

#endif

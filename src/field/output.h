/* From the sums of a point to what is reported of it: the same lines for one point and for many.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIELD_OUTPUT_H
#define MRSE_FIELD_OUTPUT_H

#include <math.h>

#include "agm.h"
#include "field_internal.h"

/* Further than any room, and fourth powers of it stay far from overflow. */
#define MRSE_FAR_M 1e6

MRSE_INLINE bool mrse_point_in_range(double r_m, double z_m)
{
    return (r_m >= 0.0) & (r_m <= MRSE_FAR_M) & (z_m >= -MRSE_FAR_M) & (z_m <= MRSE_FAR_M);
}

static inline mrse_field mrse_field_from_sums(const mrse_sums *s, size_t i, double r_m)
{
    const double q = s->br_over_r[i];
    return (mrse_field){.br_T = r_m * q,
                        .bz_T = s->bz[i],
                        .dbr_dr_T_m = -s->dbz_dz[i] - q,
                        .dbr_dz_T_m = s->dbr_dz[i],
                        .dbz_dr_T_m = s->dbr_dz[i] - s->curl[i],
                        .dbz_dz_T_m = s->dbz_dz[i],
                        .br_over_r_T_m = q};
}

/* Any NaN or infinity among the sums makes this false. */
MRSE_INLINE bool mrse_sums_finite(const mrse_sums *s, size_t i)
{
    const double total = (s->br_over_r[i] - s->br_over_r[i]) + (s->bz[i] - s->bz[i]) +
                         (s->dbz_dz[i] - s->dbz_dz[i]) + (s->dbr_dz[i] - s->dbr_dz[i]) +
                         (s->curl[i] - s->curl[i]);
    return total == 0.0;
}

/* |B| has a cone at a null: |B| = eps |T u| a step eps u away, T the 2 x 2 gradient tensor. The
 * largest slope is the larger singular value of T, towards its right singular vector. */
static inline mrse_sfg mrse_sfg_at_null(const mrse_field *f)
{
    const double a = f->dbr_dr_T_m, b = f->dbr_dz_T_m, c = f->dbz_dr_T_m, d = f->dbz_dz_T_m;
    const double rr = a * a + c * c, zz = b * b + d * d, rz = a * b + c * d;
    const double half = 0.5 * (rr - zz), root = sqrt(half * half + rz * rz);
    const double slope = sqrt(0.5 * (rr + zz) + root);
    /* Eigenvector of T^T T for its larger eigenvalue, from the row without cancellation. */
    const double u = half >= 0.0 ? half + root : fabs(rz);
    const double w = half >= 0.0 ? rz : copysign(root - half, rz);
    const double norm = sqrt(u * u + w * w);
    mrse_sfg out = {.grad_T_m = slope, .at_null = 1};
    out.grad_r_T_m = norm > 0.0 ? slope * (u / norm) : slope;
    out.grad_z_T_m = norm > 0.0 ? slope * (w / norm) : 0.0;
    return out;
}

/* |B|, grad |B|, its length and the product, where |B| is not 0. */
MRSE_INLINE mrse_sfg mrse_sfg_regular(double br, double bz, double drr, double drz, double dzr,
                                      double dzz)
{
    const double b = sqrt(br * br + bz * bz), per_b = 1.0 / b;
    const double gr = (br * drr + bz * dzr) * per_b, gz = (br * drz + bz * dzz) * per_b;
    const double g = sqrt(gr * gr + gz * gz);
    return (mrse_sfg){b, gr, gz, g, b * g, 0};
}

/* Within a picometre of a null the direction of B is no longer known. */
MRSE_INLINE bool mrse_is_null(double b, double drr, double drz, double dzr, double dzz)
{
    return b <= 1e-12 * (fabs(drr) + fabs(drz) + fabs(dzr) + fabs(dzz));
}

static inline mrse_sfg mrse_sfg_of(const mrse_field *f)
{
    mrse_sfg out = mrse_sfg_regular(f->br_T, f->bz_T, f->dbr_dr_T_m, f->dbr_dz_T_m, f->dbz_dr_T_m,
                                    f->dbz_dz_T_m);
    if (mrse_is_null(out.b_T, f->dbr_dr_T_m, f->dbr_dz_T_m, f->dbz_dr_T_m, f->dbz_dz_T_m)) {
        const double b = out.b_T;
        out = mrse_sfg_at_null(f);
        out.b_T = b;
        out.product_T2_m = b * out.grad_T_m;
    }
    return out;
}

#endif

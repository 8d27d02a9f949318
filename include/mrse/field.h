/* The static field of coaxial sources: what B and its gradient are at a point.
 * Frame: origin isocentre, z along the bore, r the distance from the axis; SI throughout.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIELD_H
#define MRSE_FIELD_H

#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* CODATA 2018; the 2022 value differs in the 10th digit. */
#define MRSE_MU0 1.25663706212e-6

typedef enum mrse_source_type {
    MRSE_SOURCE_LOOP,  /* r1 radius, z1 position */
    MRSE_SOURCE_SHEET, /* thin solenoid: r1 radius, z1 < z2 */
    MRSE_SOURCE_COIL,  /* rectangular section r1 < r2, z1 < z2, uniform azimuthal current density */
} mrse_source_type;

typedef struct mrse_source {
    mrse_source_type type;
    double r1_m, r2_m; /* r2 is ignored by loop and sheet */
    double z1_m, z2_m; /* z2 is ignored by the loop */
    double current_A;  /* ampere-turns, sign = direction (positive gives Bz > 0 at the centre) */
} mrse_source;

typedef struct mrse_magnet {
    const mrse_source *source; /* borrowed */
    size_t n;
} mrse_magnet;

/* B and the full gradient tensor in cylindrical coordinates (B_phi = 0, d/dphi = 0). The azimuthal
 * entry is br_over_r. Outside conductors dbr_dz = dbz_dr and dbr_dr = -dbz_dz - br_over_r. */
typedef struct mrse_field {
    double br_T, bz_T;
    double dbr_dr_T_m, dbr_dz_T_m, dbz_dr_T_m, dbz_dz_T_m;
    double br_over_r_T_m;
} mrse_field;

/* What people ask of a point. Where |B| = 0 its gradient has only one-sided values: grad_* is then
 * the largest one-sided slope and at_null is set. */
typedef struct mrse_sfg {
    double b_T;           /* |B| */
    double grad_r_T_m;    /* d|B|/dr */
    double grad_z_T_m;    /* d|B|/dz */
    double grad_T_m;      /* |grad |B|| : the spatial field gradient */
    double product_T2_m;  /* |B| |grad |B|| */
    int at_null;
} mrse_sfg;

/* Arrays of n entries each, owned by the caller; a NULL array is not written. */
typedef struct mrse_field_arrays {
    double *br_T, *bz_T;
    double *dbr_dz_T_m, *dbz_dz_T_m, *dbr_dr_T_m, *dbz_dr_T_m;
    double *b_T, *grad_r_T_m, *grad_z_T_m, *grad_T_m, *product_T2_m;
} mrse_field_arrays;

mrse_status mrse_source_check(const mrse_source *source) MRSE_MUST_USE;
mrse_status mrse_field_at(const mrse_magnet *magnet, double r_m, double z_m,
                          mrse_field *out) MRSE_MUST_USE;
void mrse_sfg_from_field(const mrse_field *field, mrse_sfg *out);
mrse_status mrse_sfg_at(const mrse_magnet *magnet, double r_m, double z_m,
                        mrse_sfg *out) MRSE_MUST_USE;
mrse_status mrse_field_batch(const mrse_magnet *magnet, size_t n, const double *r_m,
                             const double *z_m, const mrse_field_arrays *out,
                             unsigned threads) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

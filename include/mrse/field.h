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

/* What people ask of a point. Where |B| = 0 (nearer than 1e-12 m to a null) |B| is a cone: grad_T_m
 * is then its largest one-sided slope, grad_r and grad_z its direction, and at_null is set. */
typedef struct mrse_sfg {
    double b_T;          /* |B| */
    double grad_r_T_m;   /* d|B|/dr */
    double grad_z_T_m;   /* d|B|/dz */
    double grad_T_m;     /* |grad |B|| : the spatial field gradient */
    double product_T2_m; /* |B| |grad |B|| */
    int at_null;
} mrse_sfg;

/* Arrays of n entries each, owned by the caller; a NULL array is not written. With only br and bz
 * asked for, no derivative is computed. */
typedef struct mrse_field_arrays {
    double *br_T, *bz_T;
    double *dbr_dz_T_m, *dbz_dz_T_m, *dbr_dr_T_m, *dbz_dr_T_m;
    double *b_T, *grad_r_T_m, *grad_z_T_m, *grad_T_m, *product_T2_m;
} mrse_field_arrays;

/* Method ids, as in `mrse methods`, for the origin of a number. */
#define MRSE_METHOD_FIELD_LOOP  "field-loop-agm"
#define MRSE_METHOD_FIELD_SHEET "field-sheet-cel"
#define MRSE_METHOD_FIELD_COIL  "field-coil-gauss"

/** Whether a source has a shape that the field can be computed of.
 *  Given     source    1e-6 m <= r1 <= 1e6 m, |z| <= 1e6 m, |current| <= 1e15 A; sheet and coil:
 *                      z2 - z1 >= 1e-6 r1; coil: r2 - r1 >= 1e-6 r1
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such type) | MRSE_ERR_RANGE (shape, NaN, infinity)
 *  Tests     tests/unit/test_field.c, tests/cases/field_{loop,sheet,coil}.case */
mrse_status mrse_source_check(const mrse_source *source) MRSE_MUST_USE;

/** B and its gradient at a point: the sum over the sources.
 *  Given     r_m, z_m  0 <= r <= 1e6 m, |z| <= 1e6 m
 *  Returned  out       zero on failure. On a face of a coil, where a derivative jumps by mu0 J, the
 *                      value from outside; inside, dbz_dr = dbr_dz - mu0 J
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such type) | MRSE_ERR_RANGE (a source's shape; the
 *            point out of range or NaN; within 1e-6 r1 of a loop or of a sheet's edge; on a sheet,
 *            where Bz has two values; within 1e-9 r2 of a coil's corner, where the gradient has no
 *            bound)
 *  Accuracy  of each source, relative to |B| and to its largest derivative there: loop 1e-14, sheet
 *            (length up to 20 radii) 1e-12, coil 1e-11 outside the winding and 1e-10 inside. Of the
 *            sum, relative to the largest source: where sources cancel, so do figures
 *  Valid     static field in air; no iron, no passive shielding; rotational symmetry
 *  Source    loop: Jackson, Classical Electrodynamics, 3rd ed. 1999, 5.5, by the arithmetic-
 *            geometric mean, derived in src/field/agm.h; sheet: Derby and Olbert, Am. J. Phys. 78
 *            (2010) 229; coil: Gauss-Legendre quadrature of sheets, Abramowitz and Stegun 25.4.29
 *  Tests     tests/unit/test_field.c, test_field_laws.c, test_field_nodes.c,
 *            tests/cases/field_{loop,sheet,coil}.case */
mrse_status mrse_field_at(const mrse_magnet *magnet, double r_m, double z_m,
                          mrse_field *out) MRSE_MUST_USE;

/** |B|, its gradient and the force product from B and its gradient; NaN gives NaN.
 *  Accuracy  a few roundings; grad |B| loses figures only where B nearly vanishes
 *  Tests     tests/unit/test_field.c */
void mrse_sfg_from_field(const mrse_field *field, mrse_sfg *out);

/** The same two in one: |B|, its gradient and the force product at a point.
 *  Status    as mrse_field_at; `out` is zero on failure
 *  Tests     tests/unit/test_field.c */
mrse_status mrse_sfg_at(const mrse_magnet *magnet, double r_m, double z_m,
                        mrse_sfg *out) MRSE_MUST_USE;

/** B, its gradient and what follows from them at many points.
 *  Given     threads   how many to use; 0 as many as there are processors. The numbers do not
 *                      depend on it, nor on the vector width of the machine
 *  Returned  out       every array that is not NULL; NaN at a point that has no value
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such type) | MRSE_ERR_RANGE (a source's shape: nothing
 *            is written; or some points have no value, as in mrse_field_at: theirs are NaN)
 *  Accuracy  the same as mrse_field_at, from which it differs by less than 1e-13 of |B|
 *  Tests     tests/unit/test_field_batch.c, tests/bench/bench_field.c */
mrse_status mrse_field_batch(const mrse_magnet *magnet, size_t n, const double *r_m,
                             const double *z_m, const mrse_field_arrays *out,
                             unsigned threads) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

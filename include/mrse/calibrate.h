/* Calibration: from the numbers of a data sheet to a field model with its uncertainty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CALIBRATE_H
#define MRSE_CALIBRATE_H

#include <stdbool.h>

#include "mrse/model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_CALIBRATION "field-calibration"

/* What a number of a data sheet says, in terms of the field. */
typedef enum mrse_datum_type {
    MRSE_DATUM_CENTRE, /* |B| at the isocentre */
    MRSE_DATUM_Z_AXIS, /* extents of the contour `at` (T), as in contour.h */
    MRSE_DATUM_Z_MAX,
    MRSE_DATUM_R_MID,
    MRSE_DATUM_R_MAX,
    MRSE_DATUM_CYLINDER_FIELD, /* maxima over the cylinder of radius `at` (m), |z| without limit */
    MRSE_DATUM_CYLINDER_GRADIENT, /* of |grad |B|| */
    MRSE_DATUM_CYLINDER_PRODUCT,  /* of |B| |grad |B|| */
    MRSE_DATUM_CYLINDER_MAXIMA,   /* max |B| times max |grad |B||, which is more */
    MRSE_DATUM_POINT_FIELD,       /* |B| at r = `at`, z */
    MRSE_DATUM_POINT_GRADIENT,
} mrse_datum_type;

typedef enum mrse_bound {
    MRSE_BOUND_EXACT = 0,
    MRSE_BOUND_AT_MOST,
    MRSE_BOUND_AT_LEAST
} mrse_bound;

typedef struct mrse_datum {
    mrse_datum_type type;
    double at;    /* T or m, by type; 0 for the centre */
    double z_m;   /* points only */
    double value; /* m, T, T/m or T2/m, by type */
    double u;     /* standard uncertainty, same unit: of the rounding when nothing else is known */
    mrse_bound bound;
    char name[64]; /* "0.5 mT, axial: 4.0 m", for messages */
} mrse_datum;

/* What else is known of the magnet; NaN where it is not. */
typedef struct mrse_housing_size {
    double bore_radius_m, cover_half_length_m, cover_radius_m;
} mrse_housing_size;

typedef struct mrse_calibrate_options {
    unsigned without; /* bit i: the i-th reference design is not used, to test the method on it */
    bool
        wide_radial; /* the sheet does not say whether radial extents are r_mid or r_max: try both */
} mrse_calibrate_options;

/* How the model reproduces one number; of a bound, what the model has, kept or not. */
typedef struct mrse_fit_row {
    double predicted, u_predicted; /* same unit as the datum; u without the model's relative part */
    double residual;               /* predicted - value */
} mrse_fit_row;

typedef struct mrse_calibration {
    mrse_model model;  /* owned by the calibration */
    mrse_fit_row *row; /* one per datum */
    size_t n_rows;
    double chi2;                   /* of the data, without the prior */
    size_t n_starts, n_admissible; /* fits begun; those that agree with the data within Dchi2 < 4 */
    const char *design;            /* reference design that the best fit began from */
    bool gradient_from_data; /* some number of the sheet constrains the gradient in the bore */
} mrse_calibration;

/* Two numbers that cannot both be true of one magnet. */
typedef struct mrse_clash {
    size_t a, b; /* indices of the data */
    char reason[192];
} mrse_clash;

/** The name of the i-th reference design that fits begin from; NULL beyond the last.
 *  Returned  borrowed, for good
 *  Tests     tests/unit/test_calibrate.c */
const char *mrse_calibrate_design(size_t i);

/** Fit a coil family to the numbers of a data sheet: four pairs of main windings and a shield pair,
 *  22 parameters around a reference design scaled to B0, bore and covers.
 *  Given     data, n   at least the centre and one other number; value and u > 0, `at` > 0 (of a
 *                      cylinder or a point >= 0)
 *            size      NULL: nothing known; each > 0, or NaN
 *            options   NULL for the defaults
 *  Returned  out       free with mrse_calibration_free; NULL on failure. The same bytes every time
 *            clash     filled when the status is MRSE_ERR_INPUT; may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG (data, size or options not as above; every design left out) |
 *            MRSE_ERR_INPUT (two numbers contradict each other) | MRSE_ERR_NUMERIC (no start
 *            converged) | MRSE_ERR_NOMEM
 *  Accuracy  as the model says of itself: 2u covers 95 % or more of each kind of hidden number, 99 %
 *            of all, for the magnets and sheets of `make evidence-field`. With lines to 0.1 m and
 *            gradients to 0.1 T/m at five radii of a 70 cm bore: extents within 4 cm, largest gradient
 *            within 1 %, product within 4 % (6 % for windings of another family; 1 % when products
 *            are printed too). Lines alone: gradient within 9 %, product 14 %. A row's extent is within
 *            5 mm of the model's own line. A misread number that the family can follow is not found
 *  Valid     horizontal-field, cylindrical, actively shielded magnets in air, no iron; windings 0.10 m
 *            to 0.20 m outside the liner of the bore. Beyond that u is too small: with windings 0.23 m
 *            outside (7 T), 2u covered half of the gradients on a ride
 *  Source    Marquardt, J. Soc. Ind. Appl. Math. 11 (1963) 431, as gsl_multifit_nlinear of the GNU
 *            Scientific Library has it; normal prior on every parameter; variants: JCGM 101:2008 and
 *            JCGM 102:2011, one standard uncertainty along each direction of the posterior
 *  Tests     tests/unit/test_calibrate.c, test_calibrate_input.c; tests/evidence/evidence_field.c */
mrse_status mrse_calibrate(const mrse_datum *data, size_t n, const mrse_housing_size *size,
                           const mrse_calibrate_options *options, mrse_calibration **out,
                           mrse_clash *clash) MRSE_MUST_USE;

/** Release; NULL is fine. */
void mrse_calibration_free(mrse_calibration *calibration);

#ifdef __cplusplus
}
#endif
#endif

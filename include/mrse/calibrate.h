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

/* How the model reproduces one number. */
typedef struct mrse_fit_row {
    double predicted, u_predicted; /* same unit as the datum */
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
 *  Tests     tests/unit/test_calibrate.c */
const char *mrse_calibrate_design(size_t i);

/** Fit a coil family to the numbers of a data sheet.
 *  Given     data, n   at least the centre and one other number
 *            size      NULL: nothing known
 *            options   NULL for the defaults
 *  Returned  out       free with mrse_calibration_free; NULL on failure
 *            clash     filled when the status is MRSE_ERR_INPUT; may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (two numbers contradict each other) |
 *            MRSE_ERR_NUMERIC (no start converged) | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_calibrate.c */
mrse_status mrse_calibrate(const mrse_datum *data, size_t n, const mrse_housing_size *size,
                           const mrse_calibrate_options *options, mrse_calibration **out,
                           mrse_clash *clash) MRSE_MUST_USE;
void mrse_calibration_free(mrse_calibration *calibration);

#ifdef __cplusplus
}
#endif
#endif

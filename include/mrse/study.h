/* The static field of one scanner, worked out: contours, cylinders, reach and maps, each number
 * with its uncertainty. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_STUDY_H
#define MRSE_STUDY_H

#include "mrse/contour.h"
#include "mrse/model.h"
#include "mrse/needs.h"
#include "mrse/position.h"
#include "mrse/scanner.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lines that every study shows, whatever levels are asked for. */
#define MRSE_LEVEL_MHRA_T 0.5e-3 /* bounds the MR ENVIRONMENT in MHRA terms */
#define MRSE_LEVEL_IEC_T  0.9e-3 /* hazard line of IEC 60601-2-33:2022 */

/* A regular grid over one half-plane: node (i, j) at z0 + i dz, j dr; index j * nz + i. */
typedef struct mrse_map {
    size_t nz, nr;
    double z0_m, dz_m, dr_m;
    double *b_T, *grad_T_m, *product_T2_m;
} mrse_map;

typedef struct mrse_contour_row {
    mrse_contour *contour; /* owned */
    const char *name;      /* "MR ENVIRONMENT boundary (MHRA), 0.5 mT"; "" when it has none */
    double u_z_axis_m, u_r_mid_m, u_z_max_m, u_r_max_m;
} mrse_contour_row;

/* Values of the model; and those that the data sheet prints for this cylinder, which stand before
 * them. Missing (NaN) where the sheet says nothing. */
typedef struct mrse_cylinder_row {
    mrse_cylinder at;
    double u_b_T, u_grad_T_m, u_product_T2_m;
    mrse_value stated_b, stated_grad, stated_product;
} mrse_cylinder_row;

/* A number of the data sheet beside what the model says of the same thing. */
typedef struct mrse_agreement {
    const mrse_value *stated;   /* borrowed from the scanner: as printed, and where */
    char what[96];              /* "0.5 mT: extent on the axis" */
    mrse_kind kind;             /* of the numbers below; the stated value may be a frequency */
    double stated_si, u_stated; /* as compared; u with what no sheet says of itself */
    mrse_bound bound;
    double predicted, u_predicted; /* by the model; NaN where it has no such value */
    double en;                     /* (predicted - stated) / (2 u combined) */
    bool fitted;                   /* the model was calibrated on it */
    bool differs; /* |E_n| > 1, of a bound on its wrong side, or not known: a finding */
} mrse_agreement;

typedef struct mrse_study_options {
    const double *level_T; /* NULL: 0.5 0.9 1 3 5 10 20 40 200 mT */
    size_t n_levels;
    const double *radius_m; /* NULL: 0, 0.05 m, ..., the bore wall, and the data sheet's */
    size_t n_radii;
    /* A scanner file that gives no field model (an open magnet, or too few numbers) is a study
     * without one, and not an error: what the manufacturer states is all there is. */
    bool model_optional;
} mrse_study_options;

typedef struct mrse_study {
    const mrse_scanner *scanner;   /* borrowed */
    char no_model[128];            /* why there is no field model; "": there is one */
    mrse_model model;              /* of the coil set, or of the calibration */
    mrse_calibration *calibration; /* owned; NULL: the file holds a coil set */
    mrse_value basis;              /* v: none; origin: the weakest among what the model rests on */
    double b0_T, u_b0_T;           /* |B| at isocentre; NaN without a model */
    mrse_value b0_f0;              /* B0 from f0; missing when the file gives no f0 */
    double f0_field, f0_product;   /* b0_f0 over the nominal field, less 1; the same squared */
    mrse_agreement *agreement;     /* one per number of the data sheet with a meaning */
    size_t n_agreements;
    mrse_needs needs; /* what the scanner file is good for, and what to ask */
    mrse_contour_row *contour;
    size_t n_contours;
    mrse_cylinder_row *cylinder;
    size_t n_cylinders;
    mrse_reach reach;
    mrse_reach_maxima reach_at; /* places; z NaN where the data sheet states the value */
    /* The manufacturer's number for everywhere that a person can reach, where one is stated. Else
     * missing when bore or covers are not known, or without a model; of a data sheet's cylinder
     * that holds the bore the manufacturer's number, unless the model has more in front of the
     * covers. */
    mrse_value reach_b, reach_grad, reach_product;
    /* The model has more, by more than its uncertainty, than is stated for everywhere. */
    bool doubt_b, doubt_grad, doubt_product;
    mrse_map room, bore; /* empty before mrse_study_maps */
} mrse_study;

/** Everything that `mrse field` says about a scanner.
 *  Given     scanner   borrowed until the study is freed
 *            options   NULL: the default levels and radii
 *  Returned  out       free with mrse_study_free; NULL on failure
 *  Status    MRSE_OK | MRSE_ERR_INPUT (no coil set, and a bore that is no cylinder or a data sheet
 *            that does not suffice, unless options.model_optional, or that contradicts itself:
 *            diagnostics say what) | MRSE_ERR_RANGE (a
 *            level or radius outside the methods) | MRSE_ERR_NUMERIC (also: no fit) | MRSE_ERR_NOMEM
 *  Valid     static field in air, rotational symmetry, no iron, normal operation
 *  Tests     tests/unit/test_study.c, test_study_sheet.c, test_study_parts.c */
mrse_status mrse_study_run(const mrse_scanner *scanner, const mrse_study_options *options,
                           mrse_study **out, mrse_diags *diags) MRSE_MUST_USE;
void mrse_study_free(mrse_study *study);

/** Fill the maps of room and bore. Apart, because only figures need them and they take most of the
 *  time that a scanner takes.
 *  Given     study   as run; maps that it has already are replaced
 *  Status    MRSE_OK | MRSE_ERR_ARG (also: no model) | MRSE_ERR_NOMEM (the maps are empty)
 *  Valid     a node on a winding is NaN
 *  Tests     tests/unit/test_study.c, test_study_parts.c */
mrse_status mrse_study_maps(mrse_study *study) MRSE_MUST_USE;

/* A point of interest and a ride, each with uncertainty. */
typedef struct mrse_point_row {
    double r_m, z_m;
    mrse_sfg at;
    double u_b_T, u_grad_T_m, u_product_T2_m;
} mrse_point_row;

/** |B|, gradient and product at one point, with the uncertainty of the field model.
 *  Given     study; r_m, z_m   distance from the axis and place along it, m, taken as exact
 *  Returned  out
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (on a wire or a sheet)
 *  Tests     tests/unit/test_study.c */
mrse_status mrse_study_point(const mrse_study *study, double r_m, double z_m,
                             mrse_point_row *out) MRSE_MUST_USE;

/* |B|, gradient and product along a ride, for figures and CSV: n samples each. */
typedef struct mrse_profile {
    size_t n;
    double *z_m, *b_T, *grad_T_m, *product_T2_m;
} mrse_profile;

/** Values at `n` places along a ride, ends included.
 *  Given     magnet; path; n   at least 2
 *  Returned  out   free with mrse_profile_free; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (the ride meets a conductor) | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_study.c */
mrse_status mrse_profile_run(const mrse_magnet *magnet, const mrse_path *path, size_t n,
                             mrse_profile *out) MRSE_MUST_USE;
void mrse_profile_free(mrse_profile *profile);

/* The ride of an object into the magnet, against a gradient limit when there is one. */
typedef struct mrse_ride {
    mrse_position position;
    mrse_exposure at;
    double limit_T_m; /* NaN: none given */
    mrse_interval exceeds[MRSE_PATH_INTERVALS];
    size_t n_exceeds;
    double radius_met_m; /* within which the limit is met on this ride; NaN: nowhere, or no limit */
    mrse_profile profile; /* owned */
} mrse_ride;

/** What an object meets on its ride, where a limit is exceeded, and how near the axis it is met.
 *  Given     study; position; limit_T_m  largest gradient, T/m, NaN for none
 *  Returned  out   free with mrse_ride_clear
 *  Status    MRSE_OK | MRSE_ERR_ARG (position or limit not usable) | MRSE_ERR_RANGE (the ride meets
 *            a conductor) | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_study.c */
mrse_status mrse_study_ride(const mrse_study *study, const mrse_position *position,
                            double limit_T_m, mrse_ride *out) MRSE_MUST_USE;
void mrse_ride_clear(mrse_ride *ride);

#ifdef __cplusplus
}
#endif
#endif

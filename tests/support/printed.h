/* Made-up data sheets: what the sheet of a magnet whose coils are known would print, rounded as
 * sheets round, and how near a calibration with those numbers comes to what the sheet hides.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_PRINTED_H
#define MRSE_TEST_PRINTED_H

#include "mrse/calibrate.h"
#include "mrse/contour.h"

enum { PRINTED_LEVELS = 9, PRINTED_RADII = 7, PRINTED_MOST = 64, PRINTED_SOURCES = 12 };

/* 0.5 1 3 5 10 20 40 200 mT, and 0.9 mT, which no sheet here prints. */
extern const double printed_level_T[PRINTED_LEVELS];
/* 5 10 15 20 25 30 35 cm in a bore of 70 cm: shares of the bore's radius. */
extern const double printed_radius[PRINTED_RADII];

/* All that can be asked of a magnet: what a sheet prints of it, and what it hides. */
typedef struct printed_truth {
    mrse_magnet magnet; /* borrowed */
    double b0_T;
    mrse_housing_size size;
    mrse_extents extents[PRINTED_LEVELS];
    mrse_cylinder cylinder[PRINTED_RADII];
} printed_truth;

mrse_status printed_truth_of(const mrse_magnet *magnet, const mrse_housing_size *size,
                             printed_truth *out) MRSE_MUST_USE;

/* A magnet of the same shape, all lengths times `size`, |B| times `strength`. */
mrse_magnet printed_scaled(const mrse_magnet *magnet, double size, double strength,
                           mrse_source out[PRINTED_SOURCES]);

/* What a sheet says. Bit i of levels and radii: the i-th of them is printed. */
typedef struct printed_sheet {
    const char *name;
    unsigned levels, radii;
    bool no_radial, largest; /* extents: on the axis only; z_max and r_max */
    bool gradient, field, product, maxima;
    bool no_housing;                            /* neither bore nor covers are known */
    double step_m, step_T, step_T_m, step_T2_m; /* of rounding */
} printed_sheet;

#define PRINTED_ALL_LEVELS 0xffu
#define PRINTED_WIDE_RADII 0x7au /* 10 20 25 30 35 cm */

/* Extents to 0.1 m, |B| to 10 mT, gradients to 0.1 T/m, products to 0.1 T2/m. */
#define PRINTED_STEPS .step_m = 0.1, .step_T = 0.01, .step_T_m = 0.1, .step_T2_m = 0.1

size_t printed_data(const printed_truth *truth, const printed_sheet *sheet,
                    mrse_datum out[PRINTED_MOST]);

/* Calibrate with what the sheet says. */
mrse_status printed_calibrate(const printed_truth *truth, const printed_sheet *sheet,
                              unsigned without, mrse_calibration **out) MRSE_MUST_USE;

enum {
    PRINTED_EXTENT, /* of all levels, in m; not within the covers, where there is no line to see */
    PRINTED_GRADIENT, /* maxima over cylinders, relative */
    PRINTED_FIELD,
    PRINTED_PRODUCT,
    PRINTED_RIDE_FIELD, /* on rides from 3 m to 0.2 m at several r, in T and T/m */
    PRINTED_RIDE_GRADIENT,
    PRINTED_ROOM_FIELD, /* in the room, in T */
    PRINTED_KINDS
};

/* Errors (calibrated - true) of one kind, with z = error / u. */
typedef struct printed_errors {
    size_t n, within_2u;
    double sum_z2, largest_z;
    double largest, sum_error2, sum_u; /* unit by kind */
} printed_errors;

mrse_status printed_compare(const mrse_calibration *calibration, const printed_truth *truth,
                            printed_errors out[PRINTED_KINDS]) MRSE_MUST_USE;
void printed_add(printed_errors *sum, const printed_errors *more);
/* Share within 2u, rms z, rms error, mean u: of at least one. */
double printed_share(const printed_errors *e);
double printed_rms_z(const printed_errors *e);
double printed_rms_error(const printed_errors *e);
double printed_mean_u(const printed_errors *e);

#endif

/* The numbers of a scanner's compatibility data sheet, as printed, each with what it means.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DATA_SHEET_H
#define MRSE_DATA_SHEET_H

#include "mrse/calibrate.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero is "the file does not say": then the number is not used and its meaning is asked for by
 * name. UNSTATED is the author's word that the sheet itself does not say. */
typedef enum mrse_axial {
    MRSE_AXIAL_ASK = 0,
    MRSE_AXIAL_UNSTATED,
    MRSE_AXIAL_Z_AXIS,
    MRSE_AXIAL_Z_MAX
} mrse_axial;
typedef enum mrse_radial {
    MRSE_RADIAL_ASK = 0,
    MRSE_RADIAL_UNSTATED,
    MRSE_RADIAL_R_MID,
    MRSE_RADIAL_R_MAX
} mrse_radial;
typedef enum mrse_stated_gradient {
    MRSE_GRADIENT_ASK = 0,
    MRSE_GRADIENT_UNSTATED,
    MRSE_GRADIENT_SFG,    /* |grad |B|| */
    MRSE_GRADIENT_DBZ_DZ, /* kept and shown, not compared with SFG limits */
    MRSE_GRADIENT_TENSOR, /* norm of the tensor of B: an upper bound of the SFG */
} mrse_stated_gradient;
typedef enum mrse_stated_product {
    MRSE_PRODUCT_ASK = 0,
    MRSE_PRODUCT_UNSTATED,
    MRSE_PRODUCT_OF_POINT,  /* max (|B| |grad |B||) */
    MRSE_PRODUCT_OF_MAXIMA, /* max |B| times max |grad |B|| */
} mrse_stated_product;

/* A contour line: any of the two extents may be missing (NaN). */
typedef struct mrse_stated_contour {
    mrse_value level, axial, radial;
    int line;
} mrse_stated_contour;

/* Maxima on one cylinder about the axis: any number may be missing. */
typedef struct mrse_stated_cylinder {
    mrse_value radius; /* half of the diameter when that is printed */
    bool by_diameter;  /* `printed` of the radius is the diameter */
    mrse_value field, gradient, product;
    mrse_bound bound;
    int line;
} mrse_stated_cylinder;

/* Maxima anywhere that a person can reach, in the bore and in front of the covers, whatever the
 * shape of the magnet: any number may be missing. */
typedef struct mrse_stated_accessible {
    mrse_stated_gradient gradient_is;
    mrse_stated_product product_is;
    mrse_value field, gradient, product;
    mrse_bound bound;
    int line;
} mrse_stated_accessible;

typedef struct mrse_stated_point {
    mrse_value r, z, field, gradient;
    int line;
} mrse_stated_point;

/* A contour of a fault or quench: larger than the normal one, for a while. */
typedef struct mrse_stated_event {
    char *what; /* "quench" */
    mrse_value level, axial, radial, lasting;
    int line;
} mrse_stated_event;

typedef struct mrse_data_sheet {
    mrse_axial axial;
    mrse_radial radial;
    mrse_stated_gradient gradient;
    mrse_stated_product product;
    mrse_stated_contour *contour;
    size_t n_contours;
    mrse_stated_cylinder *cylinder;
    size_t n_cylinders;
    mrse_stated_accessible accessible;
    mrse_stated_point *point;
    size_t n_points;
    mrse_stated_event *event;
    size_t n_events;
} mrse_data_sheet;

#ifdef __cplusplus
}
#endif
#endif

/* A physical object as it is described: shape, size, substance, mass, and how it lies. What follows
 * from its shape: volume, mass, demagnetising factors, longest dimension.
 * Body frame: axis 3 is that of rotation, thickness or magnetisation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_OBJECT_H
#define MRSE_OBJECT_H

#include <stdbool.h>

#include "mrse/material.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_DEMAGNETISATION "demagnetising-factors"

typedef enum mrse_shape_type {
    MRSE_SHAPE_SPHERE = 0, /* diameter */
    MRSE_SHAPE_ELLIPSOID,  /* width, depth, length: full axes 1, 2, 3 */
    MRSE_SHAPE_CYLINDER,   /* diameter, length; a disc is a short one, a pin a long one */
    MRSE_SHAPE_PLATE,      /* width, depth, length: edges along 1, 2, 3 */
    MRSE_SHAPE_RING,       /* closed loop of wire: mean diameter, wire */
    MRSE_SHAPE_WIRE,       /* straight: length, wire */
    MRSE_SHAPE_SPRING,     /* coiled wire: mean diameter, free length, wire, turns */
    MRSE_SHAPE_COUNT
} mrse_shape_type;

/* Only the lengths that the type names are read. The same struct holds their standard uncertainties
 * (the type is then not read). */
typedef struct mrse_shape {
    mrse_shape_type type;
    double diameter_m, length_m, width_m, depth_m;
    double wire_m; /* diameter of the wire */
    double turns;
} mrse_shape;

typedef enum mrse_demagnetisation {
    MRSE_DEMAGNETISATION_EXACT = 0,   /* ellipsoids: whatever the material */
    MRSE_DEMAGNETISATION_PROPORTIONS, /* the ellipsoid of the same proportions */
    MRSE_DEMAGNETISATION_WIRE,        /* mean over the directions of a thin wire: |chi| < 1 only */
} mrse_demagnetisation;

typedef struct mrse_body {
    mrse_shape shape;
    double volume_m3;
    double longest_m;    /* largest distance of two of its points */
    double n[3];         /* demagnetising factors used, body axes; their sum is 1 */
    double n_uniform[3]; /* exact for uniform magnetisation (weak or saturated); NaN where there is
                            no closed form. How far `n` is from it is how sure `n` is */
    mrse_demagnetisation how;
} mrse_body;

/* How an object lies in the magnet: the directions of its axes 3 and 1, magnet frame (x, y, z; z
 * along the bore). Not known: the worst is taken. */
typedef struct mrse_orientation {
    bool known;
    double axis3[3], axis1[3]; /* any length; axis1 is made perpendicular to axis3 */
} mrse_orientation;

typedef struct mrse_object {
    mrse_shape shape;
    mrse_substance substance;
    double mass_kg; /* weighed; NaN: density times volume */
    mrse_orientation orientation;
} mrse_object;

/** Name in a file ("sphere"), NULL for none; and back, false when unknown.
 *  Tests     tests/unit/test_hazard_shape.c */
const char *mrse_shape_text(mrse_shape_type type);
bool mrse_shape_from_text(const char *text, mrse_shape_type *type);

/** Volume, longest dimension and demagnetising factors of a shape.
 *  Given     shape   its lengths 1e-6 m to 100 m; ring: wire < diameter; spring: wire < diameter,
 *                    turns * wire <= length, turns >= 0.5
 *  Returned  out     n: ellipsoids exactly; cylinder, plate and wire those of the ellipsoid of the same
 *                    proportions, which is more anisotropic than the body (so errs towards more
 *                    torque); ring and spring the mean over directions of their wire, a thin one.
 *                    n_uniform: cylinder and plate, magnetometric. Zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such type) | MRSE_ERR_RANGE (a length)
 *  Accuracy  n 1e-12 absolute; n_uniform 1e-9, NaN where figures are lost (proportions beyond 1000)
 *  Valid     strongly magnetic cylinders and plates that are not saturated are magnetised more than
 *            by n: along its axis a cylinder of infinite chi by 29 % when as long as wide, 15 % when
 *            a tenth, 18 % when three times, 1 % when ten times (boundary elements); a cube by 21 %
 *  Source    ellipsoid: J. A. Osborn, Phys. Rev. 67 (1945) 351, by Carlson's RD (DLMF 19.16, 19.33);
 *            cylinder: 1 - Nagaoka's coefficient (L. Lorenz 1879), equal to R. I. Joseph, J. Appl.
 *            Phys. 37 (1966) 4639; plate: A. Aharoni, J. Appl. Phys. 83 (1998) 3432, eq. 1
 *  Tests     tests/unit/test_hazard_shape.c, tests/evidence/evidence_hazards.c T0 */
mrse_status mrse_body_of(const mrse_shape *shape, mrse_body *out) MRSE_MUST_USE;

/** Mass: as weighed, else density times volume; NaN when neither is known.
 *  Tests     tests/unit/test_hazard_shape.c */
double mrse_object_mass_kg(const mrse_object *object, const mrse_body *body);

/* The body's axes 1, 2, 3 in the magnet frame: three rows, orthonormal. */
typedef struct mrse_axes {
    double row[3][3];
} mrse_axes;

/** The axes of a body that lies as stated.
 *  Returned  axes    zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not known) | MRSE_ERR_RANGE (an axis of no length or not
 *            finite; the two parallel)
 *  Tests     tests/unit/test_hazard_shape.c */
mrse_status mrse_orientation_axes(const mrse_orientation *orientation,
                                  mrse_axes *axes) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Force and torque on an object that rides on the couch: the largest on the way, and where.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RIDE_HAZARD_H
#define MRSE_RIDE_HAZARD_H

#include "mrse/hazard.h"
#include "mrse/magnetisation.h"
#include "mrse/model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_FORCE  "object-force"
#define MRSE_METHOD_TORQUE "object-torque"

/* A ride with its side: x = r cos(azimuth), y = r sin(azimuth). */
typedef struct mrse_object_ride {
    mrse_path path;
    double azimuth_rad; /* only orientations that are known depend on it */
} mrse_object_ride;

/* Where on the ride, and the field there. */
typedef struct mrse_ride_place {
    double r_m, z_m, b_T, grad_T_m, product_T2_m;
} mrse_ride_place;

typedef struct mrse_ride_force {
    mrse_hazard force;        /* the largest, N */
    mrse_hazard ratio;        /* over the weight; missing without a mass */
    mrse_hazard deflection;   /* the angle of equal force, rad */
    mrse_ride_place place;    /* of the largest force */
    double saturation;        /* |M| / Ms there: near 1 the force follows the gradient, near 0 the
                                product */
    mrse_hazard torque;       /* the largest, N m: its own place */
    mrse_hazard torque_ratio; /* over weight times longest dimension */
    mrse_ride_place torque_place;
    bool worst_orientation; /* the orientation was not known */
} mrse_ride_force;

/** The largest force and torque on an object on its ride.
 *  Given     model    the field, with its uncertainty
 *            object   orientation known: as it lies, all the way. Not known: upper bounds,
 *                     force with the most easily magnetised axis along the field and, unless weak
 *                     or a sphere, along its steepest direction; torque at the worst angle
 *  Returned  out      u from the field model only: what is not known of the object is the matter of
 *                     mrse_hazard_sample. Missing, with the reason, where a property is NaN or the law
 *                     does not hold
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (the field has no value on the path; a size) |
 *            MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM; zero on failure
 *  Accuracy  1e-6 relative against mrse_magnetise in the model's field; places 1e-4 m, wider where the
 *            maximum is flat
 *  Valid     as mrse_magnetise, and for an object small against its distance to the windings: validity
 *            is longest dimension times |grad B| over |B|, below 1 (above, it is the field at its
 *            middle that is taken and the number is missing)
 *  Source    AAPM 2022, abstract 65027, on why the place matters; ASTM F2052, F2213 for the references
 *  Tests     tests/unit/test_hazard_ride.c */
mrse_status mrse_ride_force_of(const mrse_model *model, const mrse_object_ride *ride,
                               const mrse_object *object, mrse_ride_force *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

/* Where an implant is: from the patient's frame to a ride through the magnet.
 * Patient frame: origin at the landmark; x towards the patient's left, y towards the front
 * (anterior), z towards the head. Magnet frame: origin isocentre, z along the bore, positive at the
 * end where the couch enters; y up. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_POSITION_H
#define MRSE_POSITION_H

#include "mrse/model.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_entry { MRSE_ENTRY_HEAD_FIRST = 0, MRSE_ENTRY_FEET_FIRST } mrse_entry;
typedef enum mrse_posture {
    MRSE_POSTURE_SUPINE = 0,
    MRSE_POSTURE_PRONE,
    MRSE_POSTURE_LEFT_LATERAL,  /* lying on the left side */
    MRSE_POSTURE_RIGHT_LATERAL, /* lying on the right side */
} mrse_posture;

/* Lengths in m; u_* are standard uncertainties. */
typedef struct mrse_position {
    double x_m, y_m, z_m; /* from the landmark, patient frame */
    double u_x_m, u_y_m, u_z_m;
    double couch_height_m; /* the landmark above (+) or below (-) the magnet axis */
    double u_couch_m;
    mrse_entry entry;
    mrse_posture posture;
} mrse_position;

/** Where a point lies in the magnet when the landmark is at isocentre.
 *  Given     position   as above
 *  Returned  place_m    across the bore (any sense), up, along the bore, from isocentre
 *            u_place_m  standard uncertainties of them
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not finite)
 *  Source    geometry
 *  Tests     tests/unit/test_position.c */
mrse_status mrse_position_place(const mrse_position *position, double place_m[3],
                                double u_place_m[3]) MRSE_MUST_USE;

/* Standard 4 m: beyond the 0.5 mT line of most magnets on the axis. */
#define MRSE_RIDE_START_M 4.0

/** The ride of a point: distance from the axis and where it stops when the landmark is at isocentre.
 *  Given     position   as above
 *  Returned  path       r = hypot(x', y' + couch height), z from 4 m to s z, s = -1 head first
 *                       (the head leads towards -z), +1 feet first
 *  Status    MRSE_OK | MRSE_ERR_ARG (not finite, or z beyond the start)
 *  Source    geometry; DICOM PS3.3 C.7.3.1.1.2 for the names of patient positions
 *  Tests     tests/unit/test_position.c */
mrse_status mrse_position_path(const mrse_position *position, mrse_path *path) MRSE_MUST_USE;

/* What the ride meets, with the uncertainty of the position and of the field model combined. */
typedef struct mrse_exposure {
    mrse_path path;
    mrse_path_maxima at;         /* at the stated position */
    mrse_value b, grad, product; /* maxima on the ride, with u */
    double u_position_grad_T_m;  /* part of u that comes from the position */
    double u_model_grad_T_m;     /* part of u that comes from the field model */
} mrse_exposure;

/** The largest |B|, gradient and product on the ride, with uncertainty.
 *  Given     model; position
 *  Returned  exposure; u = root sum of squares of: for each coordinate half of the largest change of
 *            the maximum when it moves by up to 2u either way (4 steps), and the model's part
 *            (mrse_model_path); NaN where the model does not know its part
 *  Status    MRSE_OK | MRSE_ERR_ARG (an uncertainty negative or not finite) | of the path search
 *  Accuracy  larger side taken, so that it does not vanish on the axis or at a maximum's crest
 *  Valid     independent coordinates
 *  Source    JCGM 100:2008, 5.1.2; sensitivities found numerically as in 5.1.3 note 2
 *  Tests     tests/unit/test_position.c */
mrse_status mrse_exposure_on_ride(const mrse_model *model, const mrse_position *position,
                                  mrse_exposure *out) MRSE_MUST_USE;

const char *mrse_entry_text(mrse_entry entry);
const char *mrse_posture_text(mrse_posture posture);

#ifdef __cplusplus
}
#endif
#endif

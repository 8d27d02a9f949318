/* A fringe-field survey: |B| measured at points of a room, against a field model.
 * Room frame: right-handed, z up, origin wherever the surveyor put it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SURVEY_H
#define MRSE_SURVEY_H

#include "mrse/model.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_ALIGN "survey-alignment"

typedef struct mrse_survey_point {
    double x_m, y_m, z_m; /* room */
    double b_T;           /* measured */
    double u_position_m;  /* standard uncertainty of each coordinate */
    double u_b_T;         /* standard uncertainty of the reading */
} mrse_survey_point;

/* Where the magnet stands in the room. The axis is horizontal unless tilt is fitted; roll about the
 * axis does not matter. */
typedef struct mrse_placement {
    double x_m, y_m, z_m; /* isocentre, room */
    double azimuth_rad;   /* of +z of the magnet, from +x of the room towards +y */
    double tilt_rad;      /* above the horizontal */
} mrse_placement;

/* What is known of the placement before: NaN where nothing is. u NaN or infinite: no constraint;
 * 0: held. A symmetric magnet cannot tell azimuth from azimuth + 180 degrees: the one nearer to
 * `start` is returned. */
typedef struct mrse_placement_prior {
    mrse_placement at;
    double u_position_m, u_azimuth_rad, u_tilt_rad;
} mrse_placement_prior;

typedef struct mrse_survey_row {
    double r_m, z_m;                   /* in the magnet's frame, after alignment */
    double predicted_T, u_predicted_T; /* model and placement */
    double u_measured_T;               /* reading, and position through the gradient */
    double en; /* (measured - predicted) / (2 u combined): |E_n| <= 1 agrees */
    double outward_m,
        u_outward_m; /* by how much the measured line lies outside the predicted one */
    bool outlier;    /* left out of the alignment: something near it is not in the model */
} mrse_survey_row;

typedef struct mrse_alignment {
    mrse_placement at, u; /* with standard uncertainties */
    double chi2;
    size_t n_used, n_outliers;
    mrse_survey_row *row; /* one per point; owned */
    size_t n_rows;
} mrse_alignment;

/** Rigid alignment of measured points to a field model, with outliers found and left out.
 *  Given     point, n  at least 6 usable points
 *            prior     NULL: nothing known, axis horizontal
 *  Returned  out       clear with mrse_alignment_clear; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (too few points, or they do not fix the
 *            placement) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_survey.c */
mrse_status mrse_survey_align(const mrse_model *model, const mrse_survey_point *point, size_t n,
                              const mrse_placement_prior *prior, mrse_alignment *out) MRSE_MUST_USE;
void mrse_alignment_clear(mrse_alignment *alignment);

/** A room point in the magnet's frame. */
void mrse_placement_to_magnet(const mrse_placement *at, double x_m, double y_m, double z_m,
                              double *r_m, double *along_m);

#ifdef __cplusplus
}
#endif
#endif

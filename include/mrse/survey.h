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

/* What is known of the placement before: NaN where nothing is. u NaN or infinite: a place to begin
 * from, no constraint; 0: held. Tilt is held (at 0 where it is NaN) unless u_tilt > 0. A symmetric
 * magnet cannot tell azimuth from azimuth + 180 degrees: the one nearer to `at` is returned, without
 * it the one that points to +x. */
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
    double chi2;          /* of the points used, the model's errors and what was known before */
    size_t dof;           /* u was multiplied by sqrt(chi2 / dof) where that exceeds 1 */
    size_t n_used, n_outliers;
    mrse_survey_row *row; /* one per point; owned */
    size_t n_rows;
} mrse_alignment;

/** Rigid alignment of measured points to a field model, with outliers found and left out.
 *  Given     point, n  at least 6 usable points (finite, |B| > 0, u >= 0); others get a row of NaN
 *            prior     NULL: nothing known, axis horizontal
 *  Returned  out       clear with mrse_alignment_clear; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (too few points, or they do not fix the
 *            placement: u above 0.3 m or 10 degrees) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Accuracy  60 points of 5 mm and 2 %, five of them disturbed by 10 to 60 %: within 1 cm and 0.5
 *            degrees; clean surveys lose a point in about one of a hundred
 *  Valid     one rigid magnet in air. Points in one plane (heights within 0.2 m) see a magnet above
 *            and below it alike: without a height it is taken to lie in the plane, with the distance
 *            at which chi2 has grown by one as its u; RANGE when that is more than 0.3 m, or when
 *            chi2 is less by 4 more than 0.2 m away from the plane. A height without u then counts as known to 0.1 m
 *  Source    residuals of ln|B|, Cauchy's loss, then least squares with the model's variants as
 *            common errors: JCGM 100:2008, 5.2; studentised residuals against a threshold of
 *            Chauvenet's kind (Taylor, An Introduction to Error Analysis, 2nd ed. 1997, chapter 6),
 *            one false alarm in 100 surveys, 2 within 0.5 m of a flagged point; E_n: ISO 13528:2022
 *  Tests     tests/unit/test_survey.c */
mrse_status mrse_survey_align(const mrse_model *model, const mrse_survey_point *point, size_t n,
                              const mrse_placement_prior *prior, mrse_alignment *out) MRSE_MUST_USE;
/** Free what it holds and empty it; NULL is fine.
 *  Tests     tests/unit/test_survey.c */
void mrse_alignment_clear(mrse_alignment *alignment);

/** A room point in the magnet's frame: distance from the axis, and place along it.
 *  Tests     tests/unit/test_survey.c */
void mrse_placement_to_magnet(const mrse_placement *at, double x_m, double y_m, double z_m,
                              double *r_m, double *along_m);

#ifdef __cplusplus
}
#endif
#endif

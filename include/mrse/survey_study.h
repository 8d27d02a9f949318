/* A survey against the field model: where the magnet stands, and whether the lines that were
 * measured lie within the lines that are drawn. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SURVEY_STUDY_H
#define MRSE_SURVEY_STUDY_H

#include "mrse/study.h"
#include "mrse/survey_file.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where points lie, seen from the magnet: within 45 degrees of its axis, or not. Bits. */
enum { MRSE_SIDE_PLUS_Z = 1, MRSE_SIDE_MINUS_Z = 2, MRSE_SIDE_ACROSS = 4, MRSE_SIDES = 7 };

enum { MRSE_LINE_POINTS = 3 }; /* fewer near a line say nothing of it */

/* One drawn line: by how much the measured one lies outside it. */
typedef struct mrse_survey_level {
    double level_T;
    const char *name; /* as mrse_contour_row */
    size_t
        n_points; /* measured or predicted within a factor of 2 of the level, outliers included */
    size_t n_outliers;
    unsigned sides;         /* on which there are such points */
    mrse_value outward;     /* of the point that decides; missing when there are too few */
    size_t point;           /* which that is */
    mrse_limit limit;       /* <= tolerance; 0 when the file has none */
    mrse_decision decision; /* the worst among the points; UNDETERMINED when there are too few */
} mrse_survey_level;

typedef struct mrse_survey_study {
    const mrse_study *study;   /* borrowed */
    const mrse_survey *survey; /* borrowed */
    mrse_alignment alignment;
    mrse_origin origin; /* the weaker of the points' and the model's: unverified is PROVISIONAL */
    unsigned sides;     /* on which there are points at all */
    mrse_survey_level *level;
    size_t n_levels;
} mrse_survey_study;

/** Align a survey to the model of a study, and judge each of its lines that the points can speak of.
 *  Given     study, survey   borrowed until the result is freed
 *            diags           what does not fit, and what to do; may be NULL
 *  Returned  out       free with mrse_survey_study_free; NULL on failure. Levels between the least and
 *                      the largest reading
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (the points do not fix the placement, or are
 *            too few: a diagnostic says so) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Valid     as mrse_survey_align. The displacement of a line is that at the points: between them it
 *            is not known. Of all points near a line the worst verdict counts, then the largest
 *            displacement. Nothing is MET when the points scatter more than twice as much as their
 *            uncertainties explain (a warning says so)
 *  Tests     tests/unit/test_survey_study.c */
mrse_status mrse_survey_study_run(const mrse_study *study, const mrse_survey *survey,
                                  mrse_survey_study **out, mrse_diags *diags) MRSE_MUST_USE;
/** Free a study of a survey; NULL is fine.
 *  Tests     tests/unit/test_survey_study.c */
void mrse_survey_study_free(mrse_survey_study *study);

/** "+z, -z, sideways", those of the sides that are set; "none".
 *  Tests     tests/unit/test_survey_study.c */
void mrse_sides_text(unsigned sides, mrse_buf *out);

#ifdef __cplusplus
}
#endif
#endif

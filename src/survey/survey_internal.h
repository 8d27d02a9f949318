/* Inside of the alignment of a survey: the points that are used, what may move, and one fit of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SURVEY_INTERNAL_H
#define MRSE_SURVEY_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/survey.h"

/* The five numbers of a placement, in the order of mrse_placement. */
enum { SURVEY_X, SURVEY_Y, SURVEY_Z, SURVEY_AZIMUTH, SURVEY_TILT, SURVEY_PLACE };

/* What is known of one of them beforehand. */
typedef struct survey_known {
    bool fitted;
    double at, u; /* u finite: a datum; infinite: none. Held at `at` when not fitted */
} survey_known;

/* A fit. Everything that depends on the placement but is no residual (weights, modes of the model's
 * error) is taken at the placement of the last refresh, so that the residuals are smooth.
 * Residuals: a row for each point, then one for each mode, then one for each datum on the placement.
 * Parameters: what is fitted of the placement, then one amplitude for each mode. */
typedef struct survey_problem {
    const mrse_model *model;
    const mrse_survey_point **point; /* the usable ones; owned, as all arrays below */
    size_t n;
    survey_known known[SURVEY_PLACE];
    double place[SURVEY_PLACE]; /* the best so far; where refreshed */
    double *amplitude;          /* of the modes */
    double *s;                  /* standard uncertainty of ln|B| of a point, without modes */
    double *weight;             /* 0: left out */
    double *mode;               /* [n_modes][n]: change of ln|B| */
    size_t n_modes;
    double *t; /* residual over its own standard deviation, after a fit */
    double cov[SURVEY_PLACE][SURVEY_PLACE]; /* of the placement, without the scale; 0 where held */
    double chi2;
    size_t dof;
    double *r, *z, *b, *grad_r, *grad_z; /* room for one evaluation */
    double *changed;                     /* |B| of a variant */
} survey_problem;

mrse_placement survey_placement(const double place[SURVEY_PLACE]);

/* A room point in the magnet's frame, and how r and z change with the placement; the last two may
 * be NULL. */
void survey_to_magnet(const double place[SURVEY_PLACE], const mrse_survey_point *point, double *r_m,
                      double *z_m, double dr[SURVEY_PLACE], double dz[SURVEY_PLACE]);

mrse_status survey_problem_make(const mrse_model *model, const mrse_survey_point *point, size_t n,
                                survey_problem *p);
void survey_problem_clear(survey_problem *p);

/* |B| and its gradient at every point for a placement, into b, grad_r, grad_z. */
mrse_status survey_evaluate(survey_problem *p, const double place[SURVEY_PLACE]);
/* Weights' uncertainties and modes at p->place. */
mrse_status survey_refresh(survey_problem *p);
/* Least squares with the weights as they are: at most `steps` steps from p->place, which moves. */
mrse_status survey_fit(survey_problem *p, size_t steps);
/* The same with points that fit badly counting less; `cost` is small for a good placement. */
mrse_status survey_fit_robust(survey_problem *p, double *cost);
/* cov, chi2, dof and t of a finished fit. */
mrse_status survey_statistics(survey_problem *p);
/* Standard deviation of what is typical among the used points, at least 1. */
double survey_scale(const survey_problem *p);

/* A placement to begin from. */
typedef struct survey_start {
    double place[SURVEY_PLACE];
    double cost;
} survey_start;
enum { SURVEY_STARTS = 8 };
/* The best of many placements, the best first; how many there are. */
mrse_status survey_starts(survey_problem *p, survey_start best[SURVEY_STARTS], size_t *n);
/* From the starts to the best robust fit. */
mrse_status survey_search(survey_problem *p, const mrse_placement_prior *prior);
/* Outliers found and left out, least squares with the others. */
mrse_status survey_settle(survey_problem *p);

/* How different two angles are, from -pi to pi. */
double survey_turn(double a_rad, double b_rad);

#endif

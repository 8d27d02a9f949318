/* Searching the field of a magnet over the lines and places of a site.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ASSESS_SITE_INTERNAL_H
#define MRSE_ASSESS_SITE_INTERNAL_H

#include "mrse/site_study.h"

/* What is searched: a magnet in its place, at one height or over all heights where people are. */
typedef struct mrse_seeker {
    const mrse_model *model;
    const mrse_site *site;
    double height_m; /* NaN: from the floor to MRSE_SITE_PEOPLE_M */
    bool failed;     /* a place had no value (on a wire): nothing found since can be relied on */
} mrse_seeker;

/* A curve in plan: a line of the site, or a circle (line NULL). */
typedef struct mrse_track {
    const mrse_site_line *line;
    mrse_site_place centre;
    double radius_m, start_rad; /* where the circle begins: away from the magnet */
    double length_m;
} mrse_track;

/* Values along a track, every local extreme among them; in order of s. */
typedef struct mrse_samples {
    double *s_m, *b_T;
    size_t n, cap;
} mrse_samples;

/* A place in plan with the largest |B| over the heights searched there. */
typedef struct mrse_found {
    double b_T, x_m, y_m, height_m;
} mrse_found;

mrse_track mrse_track_of_line(const mrse_site_line *line);
mrse_track mrse_track_of_circle(const mrse_site *site, double x_m, double y_m, double radius_m);
mrse_site_place mrse_track_at(const mrse_track *track, double s_m);

/* |B| at a place in plan; NaN, and seeker->failed, where it has none. */
mrse_found mrse_seek_at(mrse_seeker *seeker, double x_m, double y_m);
/* Distance to the nearest conductor, m. */
double mrse_seek_clear(const mrse_seeker *seeker, double x_m, double y_m);

mrse_status mrse_samples_take(mrse_seeker *seeker, const mrse_track *track,
                              mrse_samples *out) MRSE_MUST_USE;
void mrse_samples_free(mrse_samples *samples);
/* The largest of the samples. */
mrse_found mrse_samples_peak(mrse_seeker *seeker, const mrse_track *track,
                             const mrse_samples *samples);
/* Where the level is exceeded; owned by the caller. */
mrse_status mrse_samples_over(mrse_seeker *seeker, const mrse_track *track,
                              const mrse_samples *samples, double level_T, mrse_site_stretch **out,
                              size_t *n) MRSE_MUST_USE;

/* The larger of `best` and the largest found on a grid within a closed line or a circle. */
mrse_found mrse_seek_inside(mrse_seeker *seeker, const mrse_track *track, mrse_found best);
/* Least distance in plan from a place to where |B| goes through the level; NaN: farther than most. */
double mrse_seek_distance(mrse_seeker *seeker, mrse_site_place from, double level_T, double most_m,
                          mrse_site_place *there);
/* Half of the largest change of the peak when the place moves by up to two standard uncertainties
 * in any direction; other places that may then be the largest count too. u_m: of each coordinate of
 * line or item, without the magnet's. */
double mrse_seek_spread(mrse_seeker *seeker, const mrse_track *track, const mrse_samples *samples,
                        const mrse_found *peak, double u_m);

#endif

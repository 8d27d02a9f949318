/* Room and magnet: where a point of the room lies in the magnet's frame.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "survey_internal.h"

mrse_placement survey_placement(const double place[SURVEY_PLACE])
{
    mrse_placement at = {place[SURVEY_X], place[SURVEY_Y], place[SURVEY_Z],
                         survey_turn(place[SURVEY_AZIMUTH], 0.0), place[SURVEY_TILT]};
    return at;
}

double survey_turn(double a_rad, double b_rad)
{
    return remainder(a_rad - b_rad, 2.0 * MRSE_PI);
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

void survey_to_magnet(const double place[SURVEY_PLACE], const mrse_survey_point *point, double *r_m,
                      double *z_m, double dr[SURVEY_PLACE], double dz[SURVEY_PLACE])
{
    const double ca = cos(place[SURVEY_AZIMUTH]), sa = sin(place[SURVEY_AZIMUTH]);
    const double ct = cos(place[SURVEY_TILT]), st = sin(place[SURVEY_TILT]);
    const double axis[3] = {ca * ct, sa * ct, st};
    const double turned[3] = {-sa * ct, ca * ct, 0.0}, tilted[3] = {-ca * st, -sa * st, ct};
    const double d[3] = {point->x_m - place[SURVEY_X], point->y_m - place[SURVEY_Y],
                         point->z_m - place[SURVEY_Z]};
    const double along = dot(d, axis);
    double out[3];
    for (int k = 0; k < 3; k++)
        out[k] = d[k] - along * axis[k];
    const double r = sqrt(dot(out, out));
    *r_m = r;
    *z_m = along;
    if (dr == NULL || dz == NULL)
        return;
    /* On the axis r has a corner, and the field no slope: whatever stands here does not count. */
    for (int k = 0; k < 3; k++) {
        dz[k] = -axis[k];
        dr[k] = r > 0.0 ? -out[k] / r : 0.0;
    }
    dz[SURVEY_AZIMUTH] = dot(d, turned);
    dz[SURVEY_TILT] = dot(d, tilted);
    dr[SURVEY_AZIMUTH] = r > 0.0 ? -along * dot(out, turned) / r : 0.0;
    dr[SURVEY_TILT] = r > 0.0 ? -along * dot(out, tilted) / r : 0.0;
}

void mrse_placement_to_magnet(const mrse_placement *at, double x_m, double y_m, double z_m,
                              double *r_m, double *along_m)
{
    const double place[SURVEY_PLACE] = {at->x_m, at->y_m, at->z_m, at->azimuth_rad, at->tilt_rad};
    const mrse_survey_point point = {.x_m = x_m, .y_m = y_m, .z_m = z_m};
    survey_to_magnet(place, &point, r_m, along_m, NULL, NULL);
}

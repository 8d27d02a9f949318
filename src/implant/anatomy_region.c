/* Whether a level of the body and a region can both be at the isocentre.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/anatomy.h"

/* Regions shade into each other, and a field of view is larger than a level. */
static const double SHADE_M = 0.05;

/* Which level belongs to which region hardly depends on stature: without one, that of an adult. */
static bool depth_of(const mrse_anatomy *person, mrse_level level, mrse_value *depth)
{
    const mrse_value adult = mrse_value_computed(1.7, 0.0, MRSE_KIND_LENGTH, "anatomy-stature");
    const mrse_anatomy anyone = mrse_anatomy_of(&adult);
    return (person != NULL && mrse_anatomy_depth(person, level, depth) == MRSE_OK) ||
           mrse_anatomy_depth(&anyone, level, depth) == MRSE_OK;
}

bool mrse_anatomy_excludes(const mrse_anatomy *person, mrse_body_region region, mrse_level level,
                           double offset_m)
{
    mrse_level first, last;
    mrse_value top, bottom, at;
    if (!mrse_anatomy_region(region, &first, &last) || !isfinite(offset_m) ||
        !depth_of(person, level, &at) || !depth_of(person, first, &top) ||
        !depth_of(person, last, &bottom))
        return false;
    double depth_m = at.v - offset_m; /* offsets are towards the head, depths towards the feet */
    return depth_m < top.v - SHADE_M || depth_m > bottom.v + SHADE_M;
}

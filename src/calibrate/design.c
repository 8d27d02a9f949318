/* Reference designs that fits begin from: actively shielded magnets of our own, not products.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate_internal.h"

/* A winding of rectangular section at z > 0, as in scanners/reference-*.yaml. */
#define WINDING(r1, r2, z1, z2, turns)                                                             \
    {                                                                                              \
        .z_m = ((z1) + (z2)) / 2, .half_m = ((z2) - (z1)) / 2, .r_m = ((r1) + (r2)) / 2,           \
        .thick_m = (r2) - (r1), .turns_A = (turns)                                                 \
    }

static const cal_design designs[] = {
    {.name = "M15",
     .b0_T = 1.5,
     .bore_radius_m = 0.35,
     .cover_half_length_m = 0.85,
     .pair = {WINDING(0.4850, 0.5090, 0.0387, 0.1239, 255689),
              WINDING(0.4850, 0.5090, 0.2107, 0.3320, 363466),
              WINDING(0.4850, 0.5090, 0.4685, 0.5299, 185063),
              WINDING(0.4850, 0.5210, 0.5533, 0.7367, 824300),
              WINDING(0.9000, 0.9335, 0.5249, 0.6380, -473489)}},
    {.name = "M30",
     .b0_T = 3.0,
     .bore_radius_m = 0.35,
     .cover_half_length_m = 0.925,
     .pair = {WINDING(0.4850, 0.5290, 0.0383, 0.1312, 531370),
              WINDING(0.4850, 0.5290, 0.2153, 0.3391, 707777),
              WINDING(0.4850, 0.5290, 0.4408, 0.5172, 437302),
              WINDING(0.4850, 0.5490, 0.5875, 0.8057, 1814639),
              WINDING(0.9200, 0.9579, 0.5075, 0.7163, -1029412)}},
    {.name = "M15S",
     .b0_T = 1.5,
     .bore_radius_m = 0.35,
     .cover_half_length_m = 0.825,
     .pair = {WINDING(0.5050, 0.5290, 0.0436, 0.1255, 275201),
              WINDING(0.5050, 0.5290, 0.2215, 0.2860, 216282),
              WINDING(0.5000, 0.5300, 0.2955, 0.3408, 190338),
              WINDING(0.5000, 0.5420, 0.5374, 0.7164, 1052331),
              WINDING(0.8800, 0.9105, 0.5093, 0.6435, -572301)}},
};

size_t cal_design_count(void)
{
    return sizeof designs / sizeof designs[0];
}

const cal_design *cal_design_get(size_t i)
{
    return &designs[i];
}

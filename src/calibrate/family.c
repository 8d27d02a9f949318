/* The coil family: main pairs and a shield pair, around a reference design scaled to the scanner at
 * hand. Every parameter is 0 +- 1 before any data: its spread is the prior.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "calibrate_internal.h"

enum { TURNS, PLACE, LENGTH, RADIUS };

/* Spread of the parameters between designs of one class: relative for turns and lengths. */
static const double SD_TURNS = 0.3, SD_PLACE_M = 0.02, SD_LENGTH = 0.28, SD_RADIUS_M = 0.01;
static const double SD_SHIELD_TURNS = 0.3, SD_SHIELD_PLACE_M = 0.08, SD_SHIELD_RADIUS_M = 0.06;

/* Of the room between the bore's liner and the main windings, which gradient coil, shims and
 * cryostat fill: part of what a bore is narrower than the design's goes into it. */
static const double SD_WALL_M = 0.02, SD_WALL_SHARE = 0.4, SD_WALL_UNKNOWN_M = 0.05;
/* Stronger and weaker magnets than the design's need other windings: for each doubling. */
static const double SD_DOUBLING_M = 0.02;
/* Of the length of the windings in covers of a given length. */
static const double SD_STRETCH = 0.04, SD_STRETCH_UNKNOWN = 0.15;

void cal_family_set(cal_family *f, const cal_design *design, double b0_T,
                    const mrse_housing_size *size)
{
    const double stretch = isfinite(size->cover_half_length_m)
                               ? size->cover_half_length_m / design->cover_half_length_m
                               : 1.0;
    const double shift_m =
        isfinite(size->bore_radius_m) ? size->bore_radius_m - design->bore_radius_m : 0.0;
    const double scale_b = b0_T / design->b0_T;
    f->start = *design;
    const double known_m = hypot(SD_WALL_M, SD_WALL_SHARE * shift_m);
    f->sd_radius_m = hypot(isfinite(size->bore_radius_m) ? known_m : SD_WALL_UNKNOWN_M,
                           SD_DOUBLING_M * log2(scale_b));
    f->sd_stretch = isfinite(size->cover_half_length_m) ? SD_STRETCH : SD_STRETCH_UNKNOWN;
    for (int i = 0; i < CAL_PAIRS; i++) {
        cal_pair *pair = &f->start.pair[i];
        pair->z_m *= stretch;
        pair->half_m *= stretch;
        pair->r_m += shift_m;
        pair->turns_A *= scale_b * stretch;
        pair->thick_m *= scale_b;
    }
}

void cal_family_pairs(const cal_family *f, const double *theta, cal_pair out[CAL_PAIRS])
{
    const double radius_m = f->sd_radius_m * theta[CAL_PAIRS * CAL_EACH];
    const double stretch = exp(f->sd_stretch * theta[CAL_PAIRS * CAL_EACH + 1]);
    for (int i = 0; i < CAL_PAIRS; i++) {
        const bool shield = i == CAL_MAIN;
        const double *t = theta + i * CAL_EACH;
        cal_pair p = f->start.pair[i];
        p.turns_A *= exp((shield ? SD_SHIELD_TURNS : SD_TURNS) * t[TURNS]);
        p.z_m = p.z_m * stretch + (shield ? SD_SHIELD_PLACE_M : SD_PLACE_M) * t[PLACE];
        p.half_m *= stretch * exp(SD_LENGTH * t[LENGTH]);
        p.r_m += (shield ? SD_SHIELD_RADIUS_M : SD_RADIUS_M) * t[RADIUS] + radius_m;
        out[i] = p;
    }
}

static mrse_source winding(const cal_pair *p, double sign)
{
    return (mrse_source){.type = MRSE_SOURCE_COIL,
                         .r1_m = p->r_m - p->thick_m / 2,
                         .r2_m = p->r_m + p->thick_m / 2,
                         .z1_m = sign * p->z_m - p->half_m,
                         .z2_m = sign * p->z_m + p->half_m,
                         .current_A = p->turns_A};
}

void cal_pair_sources(const cal_pair *pair, mrse_source out[2])
{
    out[0] = winding(pair, 1.0);
    out[1] = winding(pair, -1.0);
}

void cal_pairs_sources(const cal_pair pair[CAL_PAIRS], mrse_source out[2 * CAL_PAIRS])
{
    for (int i = 0; i < CAL_PAIRS; i++)
        cal_pair_sources(&pair[i], out + 2 * i);
}

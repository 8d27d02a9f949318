/* The table of materials. A range is one that sources were read to give; what is unverified here is a
 * handbook's figure that nobody has yet traced, and no result built on it is more than that.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/material.h"

#include <math.h>
#include <string.h>

#include "mrse/field.h"

#define READ(low, high)                                                                            \
    {                                                                                              \
        (low), (high), MRSE_ORIGIN_MEASURED                                                        \
    }
#define CLAIM(low, high)                                                                           \
    {                                                                                              \
        (low), (high), MRSE_ORIGIN_UNVERIFIED                                                      \
    }
#define NOTHING                                                                                    \
    {                                                                                              \
        (double)NAN, (double)NAN, MRSE_ORIGIN_UNVERIFIED                                           \
    }
#define MCROBBIE "D. McRobbie, Essentials of MRI Safety, 2020"

/* clang-format off */
static const mrse_material table[] = {
    {"tissue", "water, soft tissue", MRSE_MAGNETIC_LINEAR, READ(-9.05e-6, -9.05e-6), NOTHING,
     CLAIM(1000, 1000), CLAIM(0.5, 0.7), "chi: " MCROBBIE "; conductivity at RF: no source"},
    {"cortical-bone", "cortical bone", MRSE_MAGNETIC_LINEAR, READ(-8.86e-6, -8.86e-6), NOTHING,
     CLAIM(1900, 1900), NOTHING, "chi: " MCROBBIE},
    {"ti-cp", "titanium, commercially pure", MRSE_MAGNETIC_LINEAR, READ(182e-6, 182e-6), NOTHING,
     CLAIM(4510, 4510), CLAIM(2.4e6, 2.4e6), "chi: " MCROBBIE},
    {"ti-6al-4v", "titanium alloy Ti-6Al-4V", MRSE_MAGNETIC_LINEAR, CLAIM(180e-6, 182e-6), NOTHING,
     CLAIM(4430, 4430), CLAIM(5.85e5, 5.85e5), "handbook; chi as of titanium"},
    {"nitinol", "nickel-titanium", MRSE_MAGNETIC_LINEAR, CLAIM(245e-6, 245e-6), NOTHING,
     CLAIM(6450, 6450), CLAIM(1.2e6, 1.2e6), "handbook"},
    {"cocrmo", "cobalt-chromium-molybdenum", MRSE_MAGNETIC_LINEAR, READ(920e-6, 920e-6), NOTHING,
     CLAIM(8300, 8300), CLAIM(1.2e6, 1.2e6), "chi: " MCROBBIE},
    {"elgiloy", "Elgiloy, cobalt-chromium-nickel", MRSE_MAGNETIC_LINEAR, READ(1.82e-3, 1.82e-3),
     NOTHING, CLAIM(8300, 8300), CLAIM(1.0e6, 1.0e6), "chi about 10 times titanium's: ISMRM 2018, 4063"},
    {"316l", "stainless steel 316L, annealed", MRSE_MAGNETIC_LINEAR, CLAIM(3520e-6, 6700e-6), NOTHING,
     CLAIM(7990, 7990), CLAIM(1.35e6, 1.35e6), "handbook; cold work and delta ferrite raise chi"},
    {"martensitic-steel", "stainless steel 420, 17-4 PH, 430", MRSE_MAGNETIC_SOFT, READ(1e3, 1e3),
     CLAIM(1.5, 1.8), CLAIM(7700, 7700), CLAIM(1.7e6, 1.7e6),
     "chi: " MCROBBIE ", which uses 1.6 T in figure 2.15; saturation otherwise a handbook's"},
    {"silicon-steel", "silicon steel", MRSE_MAGNETIC_SOFT, READ(1e3, 1e4), READ(2.0, 2.0),
     CLAIM(7650, 7650), NOTHING, "chi, saturation: " MCROBBIE},
    {"mumetal", "mumetal", MRSE_MAGNETIC_SOFT, READ(1e4, 1e5), READ(0.6, 1.0), CLAIM(8700, 8700),
     NOTHING, "chi, saturation: " MCROBBIE},
    {"iron", "iron, pure", MRSE_MAGNETIC_SOFT, READ(1e5, 1e5), CLAIM(2.15, 2.15), CLAIM(7870, 7870),
     CLAIM(1.0e7, 1.0e7), "chi: " MCROBBIE "; saturation 1.71e6 A/m: handbook"},
    {"ndfeb", "neodymium-iron-boron magnet", MRSE_MAGNETIC_HARD, NOTHING, CLAIM(1.2, 1.4),
     CLAIM(7500, 7500), CLAIM(6e5, 6e5), "handbook"},
    {"gold", "gold", MRSE_MAGNETIC_LINEAR, CLAIM(-34e-6, -34e-6), NOTHING, CLAIM(19300, 19300),
     CLAIM(4.5e7, 4.5e7), "handbook"},
    {"platinum", "platinum", MRSE_MAGNETIC_LINEAR, CLAIM(260e-6, 279e-6), NOTHING,
     CLAIM(21450, 21450), CLAIM(9.4e6, 9.4e6), "chi 26e-5: HyperPhysics; 279e-6: handbook"},
    {"silver", "silver", MRSE_MAGNETIC_LINEAR, CLAIM(-26e-6, -24e-6), NOTHING, CLAIM(10490, 10490),
     CLAIM(6.2e7, 6.2e7), "chi -26e-6: HyperPhysics; -24e-6: handbook"},
    {"copper", "copper", MRSE_MAGNETIC_LINEAR, READ(-10e-6, -9.63e-6), NOTHING, CLAIM(8960, 8960),
     CLAIM(5.8e7, 5.8e7), "chi: " MCROBBIE " and HyperPhysics"},
    {"aluminium", "aluminium", MRSE_MAGNETIC_LINEAR, READ(20.7e-6, 20.7e-6), NOTHING,
     CLAIM(2700, 2700), CLAIM(3.5e7, 3.5e7), "chi: " MCROBBIE},
    {"bismuth", "bismuth", MRSE_MAGNETIC_LINEAR, READ(-166e-6, -166e-6), NOTHING, CLAIM(9780, 9780),
     CLAIM(8e5, 8e5), "chi: HyperPhysics"},
    {"lead", "lead", MRSE_MAGNETIC_LINEAR, READ(-18e-6, -18e-6), NOTHING, CLAIM(11340, 11340),
     CLAIM(4.8e6, 4.8e6), "chi: HyperPhysics"},
    {"graphite", "graphite", MRSE_MAGNETIC_LINEAR, CLAIM(-600e-6, -200e-6), NOTHING,
     CLAIM(2200, 2200), CLAIM(1e4, 1e6), "handbook; anisotropic, which is not modelled"},
};
/* clang-format on */
enum { ROWS = sizeof table / sizeof table[0] };

static const char *const orthopaedic[] = {"ti-cp", "ti-6al-4v", "cocrmo", "316l"};
static const char *const clip[] = {"ti-cp", "elgiloy", "316l", "martensitic-steel"};
static const char *const stent[] = {"316l", "nitinol", "elgiloy", "cocrmo", "platinum"};
static const char *const dental[] = {"ti-cp", "cocrmo", "gold", "316l", "martensitic-steel",
                                     "ndfeb"};
static const char *const jewellery[] = {"gold", "silver", "platinum", "ti-cp", "316l", "copper"};
static const char *const steel[] = {"316l", "martensitic-steel", "silicon-steel", "iron"};
static const char *const fragment[] = {"lead", "copper", "aluminium", "316l", "martensitic-steel",
                                       "iron"};
static const char *const metal[] = {
    "ti-cp", "ti-6al-4v", "nitinol",   "cocrmo", "316l", "elgiloy", "martensitic-steel",
    "iron",  "copper",    "aluminium", "gold",   "lead", "silver",  "platinum"};

#define SET(id, text, list)                                                                        \
    {                                                                                              \
        id, text, list, sizeof(list) / sizeof(list)[0]                                             \
    }
static const mrse_material_set sets[] = {
    SET("orthopaedic-implant", "plates, screws, rods, joints", orthopaedic),
    SET("surgical-clip", "clips and staples of unknown make, old ones too", clip),
    SET("stent-or-coil", "stents, coils, filters", stent),
    SET("dental", "dental and orthodontic work, with keepers and magnets", dental),
    SET("jewellery", "rings and piercings", jewellery),
    SET("steel", "steel, of which nothing more is known", steel),
    SET("metal-fragment", "fragments, shot, bullets", fragment),
    SET("unknown-metal", "metal, of which nothing is known; not a magnet", metal),
};
enum { SETS = sizeof sets / sizeof sets[0] };

const mrse_material *mrse_materials(size_t *n)
{
    if (n)
        *n = ROWS;
    return table;
}

const mrse_material_set *mrse_material_sets(size_t *n)
{
    if (n)
        *n = SETS;
    return sets;
}

const mrse_material *mrse_material_find(const char *id)
{
    for (size_t i = 0; id && i < ROWS; i++)
        if (strcmp(table[i].id, id) == 0)
            return &table[i];
    return NULL;
}

const mrse_material_set *mrse_material_set_find(const char *id)
{
    for (size_t i = 0; id && i < SETS; i++)
        if (strcmp(sets[i].id, id) == 0)
            return &sets[i];
    return NULL;
}

static double within(const mrse_range *range, double at, bool logarithmic)
{
    if (range->low == range->high) /* exactly, whatever the rounding of what follows */
        return range->low;
    if (logarithmic)
        return range->low * pow(range->high / range->low, at);
    return range->low + at * (range->high - range->low);
}

mrse_status mrse_material_take(const mrse_material *material, const double at[4],
                               mrse_substance *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_substance){0};
    if (!material || !at)
        return MRSE_ERR_ARG;
    for (int i = 0; i < 4; i++)
        if (!(at[i] >= 0.0 && at[i] <= 1.0))
            return MRSE_ERR_ARG;
    double polarisation_T = within(&material->polarisation_T, at[1], false);
    *out = (mrse_substance){
        .magnetic = material->magnetic,
        .chi = within(&material->chi, at[0], material->magnetic == MRSE_MAGNETIC_SOFT),
        .ms_A_m = (double)NAN,
        .br_T = (double)NAN,
        .density_kg_m3 = within(&material->density_kg_m3, at[2], false),
        .conductivity_S_m = within(&material->conductivity_S_m, at[3], true)};
    if (material->magnetic == MRSE_MAGNETIC_SOFT)
        out->ms_A_m = polarisation_T / MRSE_MU0;
    if (material->magnetic == MRSE_MAGNETIC_HARD)
        out->br_T = polarisation_T;
    return MRSE_OK;
}

mrse_origin mrse_material_origin(const mrse_material *material)
{
    if (!material)
        return MRSE_ORIGIN_UNVERIFIED;
    const mrse_range *range[] = {&material->chi, &material->polarisation_T,
                                 &material->density_kg_m3, &material->conductivity_S_m};
    mrse_origin weakest = MRSE_ORIGIN_MEASURED;
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++)
        if (!isnan(range[i]->low))
            weakest = mrse_origin_weaker(weakest, range[i]->origin);
    return weakest;
}

/* What an object may be made of: magnetic, electrical and mechanical properties with their ranges,
 * and sets of candidates for an object whose material is not known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MATERIAL_H
#define MRSE_MATERIAL_H

#include <stddef.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_magnetic_class {
    MRSE_MAGNETIC_LINEAR = 0, /* M = chi H; |chi| < 0.02 in the table, but any chi > -1 */
    MRSE_MAGNETIC_SOFT,       /* ferromagnetic: chi initial, saturates at Ms, no remanence */
    MRSE_MAGNETIC_HARD,       /* permanent magnet: remanence along the object's axis 3 */
} mrse_magnetic_class;

/* Closed range of what sources give, SI; NaN: no source gives it. */
typedef struct mrse_range {
    double low, high;
    mrse_origin origin; /* unverified until someone read it in a source */
} mrse_range;

typedef struct mrse_material {
    const char *id;   /* as used in files: "ti-6al-4v" */
    const char *name; /* "titanium alloy Ti-6Al-4V" */
    mrse_magnetic_class magnetic;
    mrse_range chi;            /* volume susceptibility; soft: initial; hard: unused */
    mrse_range polarisation_T; /* mu0 Ms of soft, Br of hard materials; NaN when linear */
    mrse_range density_kg_m3;
    mrse_range conductivity_S_m;
    const char *source; /* who gives what, and what is still without a source */
} mrse_material;

/* One definite material: a row's middle, one sample of its ranges, or what was measured. */
typedef struct mrse_substance {
    mrse_magnetic_class magnetic;
    double chi;
    double ms_A_m;                          /* saturation of soft materials; unused when linear */
    double br_T;                            /* remanence of hard materials */
    double density_kg_m3, conductivity_S_m; /* NaN: not known */
} mrse_substance;

/* A set of materials that an object of unknown identity may consist of. */
typedef struct mrse_material_set {
    const char *id;              /* "orthopaedic-implant" */
    const char *text;            /* what kind of object it is for */
    const char *const *material; /* ids */
    size_t n;
} mrse_material_set;

/** The table of materials, and of candidate sets.
 *  Tests     tests/unit/test_hazard_material.c */
const mrse_material *mrse_materials(size_t *n);
const mrse_material_set *mrse_material_sets(size_t *n);

/** The row, or the set, of this id; NULL when there is none.
 *  Tests     tests/unit/test_hazard_material.c */
const mrse_material *mrse_material_find(const char *id);
const mrse_material_set *mrse_material_set_find(const char *id);

/** One substance out of the ranges of a row.
 *  Given     at[4]   where in each range, 0 low to 1 high: chi, polarisation, density,
 *                    conductivity. chi of soft materials, which spans decades, is taken
 *                    logarithmically
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, outside 0...1)
 *  Valid     a range without a number gives NaN, and what needs it is missing then
 *  Tests     tests/unit/test_hazard_material.c */
mrse_status mrse_material_take(const mrse_material *material, const double at[4],
                               mrse_substance *out) MRSE_MUST_USE;

/** The weakest origin of the ranges a material has numbers for.
 *  Tests     tests/unit/test_hazard_material.c */
mrse_origin mrse_material_origin(const mrse_material *material);

#ifdef __cplusplus
}
#endif
#endif

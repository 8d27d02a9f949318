/* What is not known of an object, propagated: many samples of size, material, orientation and place,
 * each taken along its own ride. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_HAZARD_MC_H
#define MRSE_HAZARD_MC_H

#include "mrse/hazard.h"
#include "mrse/ride_hazard.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_HAZARD_MC "hazard-monte-carlo"

/* The field along rides near one ride: a table over r and z, linear between. */
typedef struct mrse_ride_table mrse_ride_table;

/** Build the table for rides whose distance from the axis and end lie within given bounds.
 *  Given     r_low_m >= 0, r_high_m > r_low_m; z_start > z_end: 400 places
 *  Returned  out      owned by the caller (mrse_ride_table_free); NULL on failure
 *            error    may be NULL: the largest error met, of |B| relative to it, of the gradient tensor
 *                     relative to the largest on the rides; in 512 places between nodes
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (the field has no value in the region) |
 *            MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_hazard_mc.c */
mrse_status mrse_ride_table_build(const mrse_magnet *magnet, double r_low_m, double r_high_m,
                                  double z_start_m, double z_end_m, mrse_ride_table **out,
                                  double error[2]) MRSE_MUST_USE;
/** Free a table; NULL is fine. */
void mrse_ride_table_free(mrse_ride_table *table);

/* Place: normal distributions; u 0 for what is known. */
typedef struct mrse_place_spread {
    double r_m, u_r_m, z_end_m, u_z_end_m, azimuth_rad;
} mrse_place_spread;

/* What is known of the object, and how well. */
typedef struct mrse_object_spread {
    mrse_shape shape, u_shape;             /* normal, cut at a tenth of the value */
    double mass_kg, u_mass_kg;             /* weighed; NaN: from density and volume */
    const mrse_material *const *candidate; /* one of these */
    const double *weight;                  /* NULL: equally likely */
    size_t n_candidates;
    mrse_orientation orientation; /* not known: uniform over all directions */
} mrse_object_spread;

/* What else acts; NaN: not known, and the hazards that need it are missing. */
typedef struct mrse_hazard_setting {
    double u_field, u_grad;                    /* relative, normal: of |B| and of the gradient */
    double couch_m_s, walking_m_s, rate_rad_s; /* of moving in; of turning */
    double dbdt_rms_T_s, u_dbdt_T_s, frequency_Hz; /* gradients at the object */
} mrse_hazard_setting;

typedef enum mrse_hazard_id {
    MRSE_HAZARD_FORCE = 0,   /* N */
    MRSE_HAZARD_FORCE_RATIO, /* of the weight */
    MRSE_HAZARD_TORQUE,      /* N m */
    MRSE_HAZARD_TORQUE_RATIO,
    MRSE_HAZARD_LENZ_COUCH,   /* N, at couch speed */
    MRSE_HAZARD_LENZ_WALKING, /* N */
    MRSE_HAZARD_LENZ_TORQUE,  /* N m */
    MRSE_HAZARD_EDDY_POWER,   /* W */
    MRSE_HAZARD_COUNT
} mrse_hazard_id;

typedef enum mrse_hazard_input {
    MRSE_INPUT_DIAMETER = 0,
    MRSE_INPUT_LENGTH,
    MRSE_INPUT_WIDTH,
    MRSE_INPUT_DEPTH,
    MRSE_INPUT_WIRE,
    MRSE_INPUT_TURNS,
    MRSE_INPUT_MASS,
    MRSE_INPUT_MATERIAL,
    MRSE_INPUT_CHI,
    MRSE_INPUT_POLARISATION,
    MRSE_INPUT_DENSITY,
    MRSE_INPUT_CONDUCTIVITY,
    MRSE_INPUT_SHAPE,
    MRSE_INPUT_TILT,
    MRSE_INPUT_RADIUS,
    MRSE_INPUT_END,
    MRSE_INPUT_FIELD,
    MRSE_INPUT_DBDT,
    MRSE_INPUT_COUNT
} mrse_hazard_input;

typedef struct mrse_hazard_summary {
    mrse_kind kind;
    double median;    /* of all samples: it depends on how likely each candidate is */
    double low, high; /* least 2.5 % and largest 97.5 % of any candidate: they do not */
    double largest;   /* NaN when missing, as the others; also when any sample was refused */
    double share[MRSE_INPUT_COUNT]; /* of the variance of its logarithm, by each input alone */
    mrse_hazard_input dominant;
    size_t
        n_refused; /* samples out of validity. Of up to 1 % of each candidate's, each counts as 0 for
                         `low` and as without bound for the others; with more there are no numbers */
    char reason[208];
} mrse_hazard_summary;

typedef struct mrse_hazard_result {
    mrse_hazard_summary hazard[MRSE_HAZARD_COUNT];
    size_t n;
    unsigned long seed;
    mrse_origin origin; /* weakest of the candidates' */
} mrse_hazard_result;

#define MRSE_HAZARD_SEED 20261122UL

/** Sample the hazards of an object on rides through a table.
 *  Given     n      samples, 100 to 10^6
 *            seed   of GSL's mt19937; the same seed gives the same numbers on every machine whose
 *                   libm agrees
 *  Returned  out    shares: correlation ratios in up to 20 classes of equal probability, corrected for
 *                   chance; what is left over are interactions
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, n, no candidate, u negative or not finite; the place
 *            further than 4u outside the table) | MRSE_ERR_RANGE (a shape) | MRSE_ERR_NOMEM
 *  Accuracy  of the quantiles with n samples: that of n; of the ride 0.2 % (table and 400 places)
 *  Valid     as mrse_magnetise; inputs independent
 *  Source    JCGM 101:2008; Saltelli and others, Global Sensitivity Analysis, 2008, 1.2.6
 *  Tests     tests/unit/test_hazard_mc.c, tests/bench/bench_hazard.c */
mrse_status mrse_hazard_sample(const mrse_ride_table *table, const mrse_object_spread *object,
                               const mrse_place_spread *place, const mrse_hazard_setting *setting,
                               size_t n, unsigned long seed, mrse_hazard_result *out) MRSE_MUST_USE;

/* Along the ride: 2.5, 50 and 97.5 % at each place, of force over weight and of torque over weight
 * times longest dimension. NaN: not known for some sample. */
enum { MRSE_BAND_PLACES = 100 };
typedef struct mrse_hazard_band {
    double z_m[MRSE_BAND_PLACES]; /* from the start of the ride */
    double force[3][MRSE_BAND_PLACES], torque[3][MRSE_BAND_PLACES];
} mrse_hazard_band;

/** What is not known of object and place as a band along the ride: for figures.
 *  Given     as mrse_hazard_sample; n 100 to 10^5
 *  Returned  out      the whole table long, whatever end was drawn
 *  Status    as mrse_hazard_sample
 *  Valid     as mrse_hazard_sample; rings and springs of strongly magnetic material: missing
 *  Tests     tests/unit/test_hazard_mc.c */
mrse_status mrse_hazard_band_of(const mrse_ride_table *table, const mrse_object_spread *object,
                                const mrse_place_spread *place, const mrse_hazard_setting *setting,
                                size_t n, unsigned long seed, mrse_hazard_band *out) MRSE_MUST_USE;

/** Names: "largest force", "orientation"; never NULL. */
const char *mrse_hazard_text(mrse_hazard_id id);
const char *mrse_hazard_input_text(mrse_hazard_input input);

#ifdef __cplusplus
}
#endif
#endif

/* One sample of an object and its ride, and the table its ride is looked up in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_HAZARD_MC_INTERNAL_H
#define MRSE_HAZARD_MC_INTERNAL_H

#include <gsl/gsl_rng.h>

#include "mrse/hazard_mc.h"

enum { RIDE_COLUMNS = 400, RIDE_BLOCK = 4, RIDE_BLOCKS = RIDE_COLUMNS / RIDE_BLOCK };

/* B and the independent entries of its gradient tensor, cylindrical; dbz/dr = dbr/dz in air. */
typedef struct ride_node {
    double br, bz, rz, zz, pp;
} ride_node;

struct mrse_ride_table {
    double r_low_m, r_step_m, z_start_m, z_step_m; /* z falls by z_step from column to column */
    size_t rows;
    ride_node *node;        /* rows x RIDE_COLUMNS */
    double *block_b_T;      /* rows x RIDE_BLOCKS: largest |B| from the block's first column to the
                               next block's */
    double *block_grad_T_m; /* and largest norm of the tensor */
};

/* An object as it was drawn. Axes: rows in the frame (radial, azimuthal, axial). */
typedef struct ride_draw {
    mrse_substance substance;
    mrse_body body;
    double mass_kg;
    double axes[3][3];
    double r_m, z_end_m;
    double b_scale, grad_scale; /* the field's own error */
    double dbdt_rms_T_s;
} ride_draw;

typedef struct ride_found {
    double force_N, torque_N_m;
    double extent;                     /* longest dimension times gradient over |B| at the force */
    double b_T, grad_T_m, b_at_grad_T; /* the largest on the way, bounds to a block's resolution */
    double b_end_T;                    /* where the ride stops */
} ride_found;

/* The largest force and torque of one draw on its ride. */
void mrse_ride_look(const mrse_ride_table *table, const ride_draw *draw, ride_found *out);

double mrse_tensor_norm(double rr, double rz, double zz, double pp);

/* Everything that the samples left behind: value[h][i], class[i][input]. */
typedef struct hazard_samples {
    size_t n;
    double *value;
    unsigned char *class_of;
    size_t classes[MRSE_INPUT_COUNT];
    double *scratch; /* n */
} hazard_samples;

enum { MC_CANDIDATES_MAX = 64 };

typedef struct mc_sampler {
    const mrse_ride_table *table;
    const mrse_object_spread *object;
    const mrse_place_spread *place;
    const mrse_hazard_setting *setting;
    gsl_rng *rng;
    double edge[MC_CANDIDATES_MAX]; /* cumulative probability of the candidates */
    bool same_shape;                /* nothing about the shape varies */
    mrse_body body;                 /* of the stated shape */
    mrse_axes axes;                 /* when the orientation is known, cylindrical frame */
    hazard_samples samples;
    size_t refused[MRSE_HAZARD_COUNT];
    char reason[MRSE_HAZARD_COUNT][208];
} mc_sampler;

/* Check what is given and make room for n samples; draw number i of them (mc_draw.c). The sampler holds
 * table, object, place and setting; it is cleared also after a failure. */
mrse_status mrse_mc_prepare(mc_sampler *sampler, size_t n, unsigned long seed);
mrse_status mrse_mc_draw(mc_sampler *sampler, size_t i, ride_draw *draw);
void mrse_mc_clear(mc_sampler *sampler);

/* Force and torque of one draw at `n` columns of the table that it passes, from the first (mc_table.c);
 * `step` apart. */
void mrse_ride_follow(const mrse_ride_table *table, const ride_draw *draw, size_t step, size_t n,
                      double *force_N, double *torque_N_m);

/* Quantiles and shares of one hazard. */
void mrse_hazard_summarise(const hazard_samples *samples, mrse_hazard_id id,
                           mrse_hazard_summary *out);

#endif

/* Drawing objects and places: what is checked before, and what is drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "mc_internal.h"
#include "mrse/alloc.h"

enum { CLASSES = 20, LENGTHS = 6 };
static const double CUT = 4.0;        /* standard deviations of what is normal */
static const double SIZE_LEAST = 0.1; /* of its value: no length is drawn below it */
static const double CLOSEST = 0.99;   /* wire of the diameter of its turns */

/* A number in [0, 1); its class of equal probability is noted for the input. */
static double uniform(mc_sampler *s, size_t i, mrse_hazard_input input)
{
    double u = gsl_rng_uniform(s->rng);

    s->samples.class_of[i * MRSE_INPUT_COUNT + input] = (unsigned char)(u * CLASSES);
    return u;
}

/* Drawn even when u is 0, so that one input more does not change the others' numbers. */
static double normal(mc_sampler *s, size_t i, mrse_hazard_input input, double mean, double u)
{
    double p = uniform(s, i, input);

    if (!(u > 0.0))
        return mean;
    return mean + u * fmin(fmax(gsl_cdf_ugaussian_Pinv(p), -CUT), CUT);
}

static mrse_status draw_shape(mc_sampler *s, size_t i, mrse_body *body)
{
    const mrse_shape *v = &s->object->shape, *u = &s->object->u_shape;
    const double *from[LENGTHS] = {&v->diameter_m, &v->length_m, &v->width_m,
                                   &v->depth_m,    &v->wire_m,   &v->turns};
    const double *spread[LENGTHS] = {&u->diameter_m, &u->length_m, &u->width_m,
                                     &u->depth_m,    &u->wire_m,   &u->turns};
    mrse_shape drawn = *v;
    double *to[LENGTHS] = {&drawn.diameter_m, &drawn.length_m, &drawn.width_m,
                           &drawn.depth_m,    &drawn.wire_m,   &drawn.turns};
    mrse_status status = MRSE_OK;

    for (int k = 0; k < LENGTHS; k++) {
        double x = normal(s, i, (mrse_hazard_input)k, *from[k], *spread[k]);
        *to[k] = *spread[k] > 0.0 ? fmax(x, SIZE_LEAST * *from[k]) : x;
    }
    /* Wires that would not fit are drawn as those that just do. */
    if (drawn.type == MRSE_SHAPE_RING || drawn.type == MRSE_SHAPE_SPRING)
        drawn.wire_m = fmin(drawn.wire_m, CLOSEST * drawn.diameter_m);
    if (drawn.type == MRSE_SHAPE_SPRING)
        drawn.turns = fmin(drawn.turns, drawn.length_m / drawn.wire_m);
    double edges = uniform(s, i, MRSE_INPUT_SHAPE);
    *body = s->body;
    if (!s->same_shape)
        status = mrse_body_of(&drawn, body);
    /* Between the ellipsoid of the same proportions and uniform magnetisation. */
    for (int k = 0; k < 3 && isfinite(body->n_uniform[0]); k++)
        body->n[k] += edges * (body->n_uniform[k] - body->n[k]);
    return status;
}

static mrse_status draw_substance(mc_sampler *s, size_t i, mrse_substance *out)
{
    double u = gsl_rng_uniform(s->rng), at[4];
    size_t k = 0;

    while (k + 1 < s->object->n_candidates && u >= s->edge[k])
        k++;
    s->samples.class_of[i * MRSE_INPUT_COUNT + MRSE_INPUT_MATERIAL] = (unsigned char)k;
    for (int q = 0; q < 4; q++)
        at[q] = uniform(s, i, (mrse_hazard_input)(MRSE_INPUT_CHI + q));
    return mrse_material_take(s->object->candidate[k], at, out);
}

/* Axis 3 uniform over the sphere, axis 1 uniform about it. */
static void draw_axes(mc_sampler *s, size_t i, double axes[3][3])
{
    double c = 2.0 * uniform(s, i, MRSE_INPUT_TILT) - 1.0, r = sqrt(1.0 - c * c);
    double turn = 2.0 * MRSE_PI * gsl_rng_uniform(s->rng);
    double spin = 2.0 * MRSE_PI * gsl_rng_uniform(s->rng);

    if (s->object->orientation.known) {
        memcpy(axes, s->axes.row, sizeof s->axes.row);
        return;
    }
    double ct = cos(turn), st = sin(turn), cs = cos(spin), ss = sin(spin);
    const double across[2][3] = {{c * ct, c * st, -r}, {-st, ct, 0.0}};
    for (int j = 0; j < 3; j++) {
        axes[0][j] = cs * across[0][j] + ss * across[1][j];
        axes[1][j] = cs * across[1][j] - ss * across[0][j];
    }
    axes[2][0] = r * ct;
    axes[2][1] = r * st;
    axes[2][2] = c;
}

mrse_status mrse_mc_draw(mc_sampler *s, size_t i, ride_draw *d)
{
    const mrse_place_spread *p = s->place;
    mrse_status status = draw_shape(s, i, &d->body);

    if (!status)
        status = draw_substance(s, i, &d->substance);
    double mass_kg = normal(s, i, MRSE_INPUT_MASS, s->object->mass_kg, s->object->u_mass_kg);
    d->mass_kg = isnan(mass_kg) ? d->substance.density_kg_m3 * d->body.volume_m3
                                : fmax(mass_kg, SIZE_LEAST * s->object->mass_kg);
    draw_axes(s, i, d->axes);
    d->r_m = fabs(normal(s, i, MRSE_INPUT_RADIUS, p->r_m, p->u_r_m));
    d->z_end_m = normal(s, i, MRSE_INPUT_END, p->z_end_m, p->u_z_end_m);
    /* |B| and its gradient scale with the same currents: their errors go together. */
    double error = normal(s, i, MRSE_INPUT_FIELD, 0.0, 1.0);
    d->b_scale = fmax(1.0 + error * s->setting->u_field, SIZE_LEAST);
    d->grad_scale = fmax(1.0 + error * s->setting->u_grad, SIZE_LEAST);
    d->dbdt_rms_T_s =
        fmax(normal(s, i, MRSE_INPUT_DBDT, s->setting->dbdt_rms_T_s, s->setting->u_dbdt_T_s),
             isnan(s->setting->dbdt_rms_T_s) ? (double)NAN : 0.0);
    return status;
}

/* ---- before ---- */

static bool is_spread(double u)
{
    return isfinite(u) && u >= 0.0;
}

static mrse_status check_object(const mrse_object_spread *o)
{
    const double u[] = {o->u_shape.diameter_m, o->u_shape.length_m, o->u_shape.width_m,
                        o->u_shape.depth_m,    o->u_shape.wire_m,   o->u_shape.turns};
    double sum = 0.0;

    for (size_t i = 0; i < sizeof u / sizeof u[0]; i++)
        if (!is_spread(u[i]))
            return MRSE_ERR_ARG;
    if (!isnan(o->mass_kg) &&
        (!(o->mass_kg > 0.0) || isinf(o->mass_kg) || !is_spread(o->u_mass_kg)))
        return MRSE_ERR_ARG;
    if (!o->candidate || o->n_candidates == 0 || o->n_candidates > MC_CANDIDATES_MAX)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < o->n_candidates; i++) {
        if (!o->candidate[i] || (o->weight && !is_spread(o->weight[i])))
            return MRSE_ERR_ARG;
        sum += o->weight ? o->weight[i] : 1.0;
    }
    return sum > 0.0 && isfinite(sum) ? MRSE_OK : MRSE_ERR_ARG;
}

static mrse_status check_place(const mrse_ride_table *t, const mrse_place_spread *p,
                               const mrse_hazard_setting *e)
{
    const double slack = 1e-9;
    double r_high_m = t->r_low_m + (double)(t->rows - 1) * t->r_step_m;
    double z_end_m = t->z_start_m - (RIDE_COLUMNS - 1) * t->z_step_m;

    if (!(p->r_m >= 0.0) || !isfinite(p->r_m) || !is_spread(p->u_r_m) || !isfinite(p->z_end_m) ||
        !is_spread(p->u_z_end_m) || !isfinite(p->azimuth_rad))
        return MRSE_ERR_ARG;
    if (fmax(p->r_m - CUT * p->u_r_m, 0.0) < t->r_low_m - slack ||
        p->r_m + CUT * p->u_r_m > r_high_m + slack ||
        p->z_end_m - CUT * p->u_z_end_m < z_end_m - slack ||
        p->z_end_m + CUT * p->u_z_end_m > t->z_start_m + slack)
        return MRSE_ERR_ARG;
    if (!is_spread(e->u_field) || !is_spread(e->u_grad) ||
        (!isnan(e->dbdt_rms_T_s) && !is_spread(e->u_dbdt_T_s)))
        return MRSE_ERR_ARG;
    return MRSE_OK;
}

static void cumulate(mc_sampler *s)
{
    const mrse_object_spread *o = s->object;
    double sum = 0.0, at = 0.0;

    for (size_t i = 0; i < o->n_candidates; i++)
        sum += o->weight ? o->weight[i] : 1.0;
    for (size_t i = 0; i < o->n_candidates; i++) {
        at += o->weight ? o->weight[i] : 1.0;
        s->edge[i] = at / sum;
    }
}

/* Into the frame of a ride at this azimuth. */
static mrse_status turn_axes(mc_sampler *s)
{
    double c = cos(s->place->azimuth_rad), sn = sin(s->place->azimuth_rad);
    mrse_status status = mrse_orientation_axes(&s->object->orientation, &s->axes);

    for (int k = 0; k < 3; k++) {
        double x = s->axes.row[k][0], y = s->axes.row[k][1];
        s->axes.row[k][0] = c * x + sn * y;
        s->axes.row[k][1] = c * y - sn * x;
    }
    return status;
}

mrse_status mrse_mc_prepare(mc_sampler *s, size_t n, unsigned long seed)
{
    const mrse_shape *u = &s->object->u_shape;
    mrse_status status = check_object(s->object);

    if (!status)
        status = check_place(s->table, s->place, s->setting);
    if (!status)
        status = mrse_body_of(&s->object->shape, &s->body);
    if (!status && s->object->orientation.known)
        status = turn_axes(s);
    if (status)
        return status;
    cumulate(s);
    s->same_shape =
        u->diameter_m + u->length_m + u->width_m + u->depth_m + u->wire_m + u->turns == 0.0;
    for (int k = 0; k < MRSE_INPUT_COUNT; k++)
        s->samples.classes[k] = CLASSES;
    s->samples.classes[MRSE_INPUT_MATERIAL] = s->object->n_candidates;
    s->samples.n = n;
    s->samples.value = mrse_alloc(MRSE_HAZARD_COUNT * n, sizeof(double));
    s->samples.scratch = mrse_alloc(n, sizeof(double));
    s->samples.class_of = mrse_alloc(MRSE_INPUT_COUNT * n, 1);
    s->rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!s->samples.value || !s->samples.scratch || !s->samples.class_of || !s->rng)
        return MRSE_ERR_NOMEM;
    gsl_rng_set(s->rng, seed);
    return MRSE_OK;
}

void mrse_mc_clear(mc_sampler *s)
{
    if (s->rng)
        gsl_rng_free(s->rng);
    mrse_free(s->samples.value);
    mrse_free(s->samples.scratch);
    mrse_free(s->samples.class_of);
}

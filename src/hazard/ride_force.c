/* The largest force and torque on an object on its ride: sampled along the way, sharpened about the
 * best places, repeated in every magnet that the field's calibration allows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/ride_hazard.h"

#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"
#include "mrse/alloc.h"
#include "mrse/text.h"

enum { PLACES = 801, ARRAYS = 6, GOLDEN_STEPS = 40 };
static const double GOLDEN = 0.61803398874989485;
/* Between two places 5 mm apart a maximum rises by far less than this. */
static const double NEARLY = 0.99;

typedef struct rider {
    const mrse_object *object;
    const mrse_object_ride *ride;
    mrse_body body;
    mrse_axes axes;
    bool known;    /* orientation */
    bool as_bound; /* strongly magnetic coil: saturated, across the field */
} rider;

typedef double (*quantity)(const rider *who, const mrse_field *field);

static double norm3(const double v[3])
{
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/* The largest |dB . u| over unit vectors u: the tensor is a 2 x 2 block and one eigenvalue. */
static double tensor_norm(const mrse_field *f)
{
    double mean = 0.5 * (f->dbr_dr_T_m + f->dbz_dz_T_m);
    double half = 0.5 * (f->dbr_dr_T_m - f->dbz_dz_T_m);
    double off = 0.5 * (f->dbr_dz_T_m + f->dbz_dr_T_m);

    return fmax(fabs(mean) + hypot(half, off), fabs(f->br_over_r_T_m));
}

static mrse_status act(const rider *who, const mrse_field *field, mrse_magnetic_action *action)
{
    mrse_field3 cartesian;

    mrse_field3_of(field, who->ride->azimuth_rad, &cartesian);
    return mrse_magnetise(&who->object->substance, &who->body, &who->axes, &cartesian, action);
}

/* Whether M may lie off the field by more than a thousandth: magnets, and what is strongly magnetic
 * and no sphere. The steepest direction of the field then bounds the force; along the field alone,
 * a pin on the bore's wall was found to be pulled up to 4 % more. */
static bool strays(const rider *who)
{
    const mrse_substance *s = &who->object->substance;
    const double *n = who->body.n;
    double spread = fmax(n[0], fmax(n[1], n[2])) - fmin(n[0], fmin(n[1], n[2]));

    return s->magnetic == MRSE_MAGNETIC_HARD || fabs(s->chi) * spread > 1e-3;
}

static double force_at(const rider *who, const mrse_field *field)
{
    mrse_magnetic_action action;
    mrse_sfg sfg;

    if (who->known && !who->as_bound)
        return act(who, field, &action) ? (double)NAN : norm3(action.force_N);
    mrse_sfg_from_field(field, &sfg);
    double m = mrse_magnetise_bound_A_m(&who->object->substance, &who->body, sfg.b_T);
    bool any = who->as_bound || strays(who);
    return fabs(m) * who->body.volume_m3 * (any ? tensor_norm(field) : sfg.grad_T_m);
}

/* Of unknown orientation it only grows with |B|, which is then what is searched. */
static double torque_at(const rider *who, const mrse_field *field)
{
    mrse_magnetic_action action;

    if (!who->known || who->as_bound)
        return hypot(field->br_T, field->bz_T);
    return act(who, field, &action) ? (double)NAN : norm3(action.torque_N_m);
}

static double torque_of(const rider *who, const mrse_field *field)
{
    double b_T = hypot(field->br_T, field->bz_T), torque;

    if (who->as_bound)
        return who->object->substance.ms_A_m * who->body.volume_m3 * b_T;
    if (who->known)
        return torque_at(who, field);
    if (mrse_torque_largest(&who->object->substance, &who->body, b_T, &torque, NULL))
        return (double)NAN;
    return torque;
}

/* ---- one magnet ---- */

typedef struct sampled {
    double r_m[PLACES], z_m[PLACES], array[ARRAYS][PLACES], value[PLACES];
} sampled;

static mrse_field field_of(const sampled *s, size_t i)
{
    return (mrse_field){.br_T = s->array[0][i],
                        .bz_T = s->array[1][i],
                        .dbr_dr_T_m = s->array[2][i],
                        .dbr_dz_T_m = s->array[3][i],
                        .dbz_dr_T_m = s->array[4][i],
                        .dbz_dz_T_m = s->array[5][i],
                        .br_over_r_T_m = -s->array[2][i] - s->array[5][i]};
}

static mrse_status sample(const mrse_magnet *magnet, const mrse_path *path, sampled *s)
{
    const mrse_field_arrays arrays = {.br_T = s->array[0],
                                      .bz_T = s->array[1],
                                      .dbr_dr_T_m = s->array[2],
                                      .dbr_dz_T_m = s->array[3],
                                      .dbz_dr_T_m = s->array[4],
                                      .dbz_dz_T_m = s->array[5]};

    for (size_t i = 0; i < PLACES; i++) {
        double way = (double)i / (PLACES - 1);
        s->r_m[i] = path->r_m;
        s->z_m[i] = path->z_start_m + way * (path->z_end_m - path->z_start_m);
    }
    s->z_m[PLACES - 1] = path->z_end_m;
    return mrse_field_batch(magnet, PLACES, s->r_m, s->z_m, &arrays, 1);
}

typedef struct best {
    double value, z_m;
    mrse_field field;
} best;

static mrse_status try_at(const mrse_magnet *magnet, const rider *who, quantity q, double z_m,
                          double *y, best *found)
{
    mrse_field field;
    mrse_status status = mrse_field_at(magnet, who->ride->path.r_m, z_m, &field);

    if (status)
        return status;
    *y = q(who, &field);
    if (*y > found->value)
        *found = (best){*y, z_m, field};
    return isnan(*y) ? MRSE_ERR_NUMERIC : MRSE_OK;
}

static mrse_status sharpen(const mrse_magnet *magnet, const rider *who, quantity q, double low,
                           double high, best *found)
{
    double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low), ya = 0.0, yb = 0.0;
    mrse_status status = try_at(magnet, who, q, a, &ya, found);

    if (!status)
        status = try_at(magnet, who, q, b, &yb, found);
    for (int k = 0; k < GOLDEN_STEPS && !status; k++) {
        if (ya > yb) {
            high = b;
            b = a;
            yb = ya;
            a = high - GOLDEN * (high - low);
            status = try_at(magnet, who, q, a, &ya, found);
        } else {
            low = a;
            a = b;
            ya = yb;
            b = low + GOLDEN * (high - low);
            status = try_at(magnet, who, q, b, &yb, found);
        }
    }
    return status;
}

static mrse_status search(const mrse_magnet *magnet, const rider *who, quantity q, sampled *s,
                          best *found)
{
    double most = -1.0;
    mrse_status status = MRSE_OK;

    *found = (best){.value = -1.0};
    for (size_t i = 0; i < PLACES; i++) {
        mrse_field field = field_of(s, i);
        s->value[i] = q(who, &field);
        if (isnan(s->value[i]))
            return MRSE_ERR_NUMERIC;
        if (s->value[i] > most) {
            most = s->value[i];
            *found = (best){most, s->z_m[i], field};
        }
    }
    for (size_t i = 0; i < PLACES && !status && most > 0.0; i++) {
        size_t before = i > 0 ? i - 1 : i, after = i + 1 < PLACES ? i + 1 : i;
        if (s->value[i] >= NEARLY * most && s->value[i] >= s->value[before] &&
            s->value[i] > s->value[after] - 1e-12 * most)
            status = sharpen(magnet, who, q, fmin(s->z_m[before], s->z_m[after]),
                             fmax(s->z_m[before], s->z_m[after]), found);
        /* On a plateau the first place is as good as any. */
        while (i + 1 < PLACES && s->value[i + 1] == s->value[i])
            i++;
    }
    return status;
}

static mrse_status search_both(const mrse_magnet *magnet, const rider *who, sampled *s, best *force,
                               best *torque)
{
    mrse_status status = sample(magnet, &who->ride->path, s);

    if (!status)
        status = search(magnet, who, force_at, s, force);
    if (!status)
        status = search(magnet, who, torque_at, s, torque);
    if (!status) {
        torque->value = torque_of(who, &torque->field);
        if (isnan(torque->value))
            status = MRSE_ERR_NUMERIC;
    }
    return status;
}

/* ---- the field's uncertainty ---- */

/* Relative change of a quantity for a relative change of |B| alone. */
static double exponent(const rider *who, double (*q)(const rider *, const mrse_field *),
                       const mrse_field *field)
{
    const double step = 1e-3;
    mrse_field more = *field;
    double y = q(who, field);

    more.br_T *= 1.0 + step;
    more.bz_T *= 1.0 + step;
    return y > 0.0 ? fabs(q(who, &more) / y - 1.0) / step : 0.0;
}

static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? (double)NAN : fmax(a, b);
}

/* Standard uncertainties of force and torque; NaN where a magnet has no value. */
static mrse_status spread(const mrse_model *model, const rider *who, sampled *s,
                          const best found[2], double u[2])
{
    double sum[2], worst[2] = {0.0, 0.0};

    sum[0] = found[0].value *
             (exponent(who, force_at, &found[0].field) * model->u_field + model->u_grad);
    sum[1] = found[1].value * exponent(who, torque_of, &found[1].field) * model->u_field;
    for (int q = 0; q < 2; q++)
        sum[q] *= sum[q];
    for (size_t i = 0; i < model->n_variants; i++) {
        best other[2];
        bool ends = i + 1 == model->n_variants ||
                    model->variant[i + 1].direction != model->variant[i].direction;
        mrse_status status = search_both(&model->variant[i].magnet, who, s, &other[0], &other[1]);
        if (status == MRSE_ERR_NOMEM)
            return status;
        for (int q = 0; q < 2; q++) {
            double change = status ? (double)NAN : other[q].value - found[q].value;
            worst[q] = larger(worst[q], model->variant[i].weight * change * change);
            if (ends) {
                sum[q] += worst[q];
                worst[q] = 0.0;
            }
        }
    }
    u[0] = sqrt(sum[0]);
    u[1] = sqrt(sum[1]);
    return MRSE_OK;
}

/* ---- what is said of it ---- */

static mrse_ride_place place_of(const rider *who, const best *found)
{
    mrse_sfg sfg;

    mrse_sfg_from_field(&found->field, &sfg);
    return (mrse_ride_place){.r_m = who->ride->path.r_m,
                             .z_m = found->z_m,
                             .b_T = sfg.b_T,
                             .grad_T_m = sfg.grad_T_m,
                             .product_T2_m = sfg.product_T2_m};
}

static const char *caveat(const rider *who, bool torque)
{
    if (who->as_bound)
        return "upper bound: a strongly magnetic coil, taken as saturated and lying the worst way";
    if (torque && who->object->substance.magnetic == MRSE_MAGNETIC_LINEAR)
        return "lower bound: anisotropic susceptibility of alloys gave more than 100 times this "
               "(ISMRM 2018, 4063)";
    if (who->body.how == MRSE_DEMAGNETISATION_PROPORTIONS &&
        who->object->substance.magnetic == MRSE_MAGNETIC_SOFT)
        return "magnetised as the ellipsoid of the same proportions; not saturated, up to 30 % "
               "more";
    return NULL;
}

static mrse_hazard judge(const rider *who, const best *found, const mrse_ride_place *place,
                         double u, bool torque)
{
    mrse_kind kind = torque ? MRSE_KIND_TORQUE : MRSE_KIND_FORCE;
    double extent =
        place->b_T > 0.0 ? who->body.longest_m * place->grad_T_m / place->b_T : (double)INFINITY;
    mrse_hazard h;

    if (!(extent < 1.0))
        return mrse_hazard_missing(kind, extent, 1.0,
                                   "the field changes too much over the length of the object");
    h = mrse_hazard_of(found->value, u, kind, torque ? MRSE_METHOD_TORQUE : MRSE_METHOD_FORCE,
                       caveat(who, torque));
    h.validity = extent;
    h.validity_limit = 1.0;
    h.is_bound = who->as_bound || !who->known;
    return h;
}

/* A number that follows from another: missing when that is, or when the weight is not known. */
static mrse_hazard follow(const mrse_hazard *from, double v, double slope, mrse_kind kind)
{
    mrse_hazard h;

    if (isnan(from->value.v))
        return mrse_hazard_missing(kind, from->validity, from->validity_limit, from->reason);
    if (isnan(v))
        return mrse_hazard_missing(kind, (double)NAN, (double)NAN,
                                   "neither the mass nor the density is known");
    h = *from;
    h.value = mrse_value_computed(v, from->value.u * slope, kind, from->value.src);
    return h;
}

static void report(const rider *who, const best found[2], const double u[2], mrse_ride_force *out)
{
    double mass_kg = mrse_object_mass_kg(who->object, &who->body), longest_m = who->body.longest_m;
    double ratio = mrse_force_ratio(found[0].value, mass_kg);
    mrse_magnetic_action action;

    out->worst_orientation = !who->known;
    out->place = place_of(who, &found[0]);
    out->torque_place = place_of(who, &found[1]);
    out->force = judge(who, &found[0], &out->place, u[0], false);
    out->torque = judge(who, &found[1], &out->torque_place, u[1], true);
    out->ratio = follow(&out->force, ratio, mrse_force_ratio(1.0, mass_kg), MRSE_KIND_RATIO);
    out->deflection =
        follow(&out->force, atan(ratio), mrse_force_ratio(1.0, mass_kg) / (1.0 + ratio * ratio),
               MRSE_KIND_ANGLE);
    out->torque_ratio = follow(&out->torque, mrse_torque_ratio(found[1].value, mass_kg, longest_m),
                               mrse_torque_ratio(1.0, mass_kg, longest_m), MRSE_KIND_RATIO);
    if (who->object->substance.magnetic != MRSE_MAGNETIC_SOFT)
        return;
    if (who->as_bound)
        out->saturation = 1.0;
    else if (!who->known)
        out->saturation =
            mrse_magnetise_bound_A_m(&who->object->substance, &who->body, out->place.b_T) /
            who->object->substance.ms_A_m;
    else if (act(who, &found[0].field, &action) == MRSE_OK)
        out->saturation = action.saturation;
}

static void report_missing(mrse_ride_force *out, const char *reason)
{
    const double none = (double)NAN;

    out->force = mrse_hazard_missing(MRSE_KIND_FORCE, none, none, reason);
    out->ratio = mrse_hazard_missing(MRSE_KIND_RATIO, none, none, reason);
    out->deflection = mrse_hazard_missing(MRSE_KIND_ANGLE, none, none, reason);
    out->torque = mrse_hazard_missing(MRSE_KIND_TORQUE, none, none, reason);
    out->torque_ratio = mrse_hazard_missing(MRSE_KIND_RATIO, none, none, reason);
    out->saturation = none;
}

static const char *what_lacks(const mrse_substance *s)
{
    if (s->magnetic == MRSE_MAGNETIC_HARD)
        return isnan(s->br_T) ? "the remanence is not known" : NULL;
    if (isnan(s->chi))
        return "the susceptibility is not known";
    if (s->magnetic == MRSE_MAGNETIC_SOFT && isnan(s->ms_A_m))
        return "the saturation magnetisation is not known";
    return NULL;
}

static mrse_status check(const mrse_model *model, const mrse_object_ride *ride)
{
    if (!model || !ride || !isfinite(ride->azimuth_rad) || !isfinite(ride->path.r_m) ||
        ride->path.r_m < 0.0 || !isfinite(ride->path.z_start_m) || !isfinite(ride->path.z_end_m))
        return MRSE_ERR_ARG;
    if (!(model->u_field >= 0.0) || !(model->u_grad >= 0.0) || !isfinite(model->u_field) ||
        !isfinite(model->u_grad) || (!model->variant && model->n_variants > 0))
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < model->n_variants; i++)
        if (!(model->variant[i].weight >= 0.0) || !isfinite(model->variant[i].weight))
            return MRSE_ERR_ARG;
    return MRSE_OK;
}

mrse_status mrse_ride_force_of(const mrse_model *model, const mrse_object_ride *ride,
                               const mrse_object *object, mrse_ride_force *out)
{
    rider who = {.object = object, .ride = ride};
    best found[2];
    double u[2];
    sampled *s = NULL;

    if (!out)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!object)
        return MRSE_ERR_ARG;
    mrse_status status = check(model, ride);
    if (!status)
        status = mrse_body_of(&object->shape, &who.body);
    if (status)
        return status;
    if (what_lacks(&object->substance)) {
        report_missing(out, what_lacks(&object->substance));
        return MRSE_OK;
    }
    if (!mrse_mass_fits(object->mass_kg, object->substance.density_kg_m3, who.body.volume_m3)) {
        report_missing(out, MRSE_MASS_DOES_NOT_FIT);
        return MRSE_OK;
    }
    status = mrse_magnetic_check(&object->substance, &who.body);
    who.known = object->orientation.known;
    who.as_bound = !mrse_magnetic_factors_hold(&object->substance, &who.body);
    if (!status && who.known)
        status = mrse_orientation_axes(&object->orientation, &who.axes);
    if (!status && who.as_bound && object->substance.magnetic == MRSE_MAGNETIC_LINEAR) {
        report_missing(out, "no law for a coil of strongly magnetic material without saturation");
        return MRSE_OK;
    }
    if (!status && !(s = mrse_alloc(1, sizeof *s)))
        status = MRSE_ERR_NOMEM;
    if (!status)
        status = search_both(&model->magnet, &who, s, &found[0], &found[1]);
    if (!status)
        status = spread(model, &who, s, found, u);
    if (!status)
        report(&who, found, u, out);
    mrse_free(s);
    return status;
}

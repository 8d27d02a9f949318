/* Eddy currents in bodies of any solid shape: power in a changing field, and the drag that follows.
 *
 * Of all electric fields with the curl that dB/dt asks for, the one that flows leaves least power, so
 * any other gives a bound. The linear one, E = dB/dt (-p y, q x) with p + q = 1 shared out for the
 * least power, is the true one in ellipsoids and in cylinders along the field, and a bound elsewhere:
 * P = sigma (dB/dt)^2 Ixx Iyy / (Ixx + Iyy), Ixx the integral of x^2 over the body.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/eddy_heating.h"
#include "mrse/field.h"

static const char *const UNKNOWN_SIGMA = "the conductivity is not known";
static const char *const COIL = "eddy currents of a coil depend on which of its turns touch";
static const char *const SHIELDED =
    "eddy currents shield each other here: the formula would say more than there is";

static const double STEADY_HZ = 1e-9; /* for rings, whose formula asks for a frequency */

/* Full lengths along the body's axes, and the integrals of the squares of its coordinates. */
typedef struct extent {
    double e_m[3], i_m5[3];
} extent;

static bool extent_of(const mrse_body *body, extent *x)
{
    const mrse_shape *s = &body->shape;
    double across = s->type == MRSE_SHAPE_WIRE ? s->wire_m : s->diameter_m;
    double share[3] = {1.0 / 16.0, 1.0 / 16.0, 1.0 / 12.0}; /* of V e^2: cylinders */

    *x = (extent){.e_m = {across, across, s->length_m}};
    if (s->type == MRSE_SHAPE_SPHERE)
        x->e_m[2] = across;
    else if (s->type == MRSE_SHAPE_ELLIPSOID || s->type == MRSE_SHAPE_PLATE)
        *x = (extent){.e_m = {s->width_m, s->depth_m, s->length_m}};
    else if (s->type != MRSE_SHAPE_CYLINDER && s->type != MRSE_SHAPE_WIRE)
        return false;
    bool round = s->type == MRSE_SHAPE_SPHERE || s->type == MRSE_SHAPE_ELLIPSOID;
    for (int k = 0; k < 3; k++) {
        if (round || s->type == MRSE_SHAPE_PLATE)
            share[k] = round ? 1.0 / 20.0 : 1.0 / 12.0;
        x->i_m5[k] = share[k] * body->volume_m3 * x->e_m[k] * x->e_m[k];
    }
    return true;
}

/* The axis along which dB/dt leaves most power, and that power over sigma (dB/dt)^2. */
static int worst_axis(const extent *x, double *factor_m5)
{
    int worst = 0;

    *factor_m5 = 0.0;
    for (int k = 0; k < 3; k++) {
        double a = x->i_m5[(k + 1) % 3], b = x->i_m5[(k + 2) % 3], f = a * b / (a + b);
        if (f > *factor_m5) {
            *factor_m5 = f;
            worst = k;
        }
    }
    return worst;
}

/* Field of the currents against the one that drives them: mu0 sigma w R t of a disc; what is thicker
 * than its half width counts as that thick. Thickness over skin depth, when that is more. Of a sphere,
 * where the true power is known, the square of radius over skin depth. */
static double shielding(const mrse_body *body, const extent *x, int axis, double sigma_S_m,
                        double frequency_Hz)
{
    double half = 0.5 * fmin(x->e_m[(axis + 1) % 3], x->e_m[(axis + 2) % 3]);
    double thick = fmin(x->e_m[axis], half);
    double pull = 2.0 * MRSE_PI * frequency_Hz * MRSE_MU0 * sigma_S_m;

    if (body->shape.type == MRSE_SHAPE_SPHERE)
        return 0.5 * pull * half * half;
    return fmax(pull * half * thick, thick * sqrt(0.5 * pull));
}

mrse_status mrse_eddy_body(const mrse_body *body, double conductivity_S_m, double dbdt_rms_T_s,
                           double frequency_Hz, mrse_hazard *out)
{
    double sigma = conductivity_S_m, factor_m5;
    extent x;

    if (!out)
        return MRSE_ERR_ARG;
    *out = mrse_hazard_missing(MRSE_KIND_POWER, (double)NAN, 1.0, "not computed");
    if (!body)
        return MRSE_ERR_ARG;
    if (!isfinite(dbdt_rms_T_s) || dbdt_rms_T_s < 0.0 || !isfinite(frequency_Hz) ||
        frequency_Hz < 0.0 || isinf(sigma) || sigma <= 0.0 || !(body->volume_m3 > 0.0))
        return MRSE_ERR_RANGE;
    if (body->shape.type == MRSE_SHAPE_RING)
        return mrse_eddy_ring(0.5 * body->shape.diameter_m, body->shape.wire_m, sigma, dbdt_rms_T_s,
                              fmax(frequency_Hz, STEADY_HZ), out);
    if (isnan(sigma) || !extent_of(body, &x)) {
        *out = mrse_hazard_missing(MRSE_KIND_POWER, (double)NAN, 1.0,
                                   isnan(sigma) ? UNKNOWN_SIGMA : COIL);
        return MRSE_OK;
    }
    int axis = worst_axis(&x, &factor_m5);
    double validity = shielding(body, &x, axis, sigma, frequency_Hz);
    *out = validity < 1.0 ? mrse_hazard_of(sigma * factor_m5 * dbdt_rms_T_s * dbdt_rms_T_s, 0.0,
                                           MRSE_KIND_POWER, MRSE_METHOD_EDDY, NULL)
                          : mrse_hazard_missing(MRSE_KIND_POWER, validity, 1.0, SHIELDED);
    out->validity = validity;
    out->validity_limit = 1.0;
    return MRSE_OK;
}

/* Power taken from the motion, over its rate. */
static mrse_status drag(const mrse_body *body, double sigma_S_m, double dbdt_T_s,
                        double change_rad_s, double rate, mrse_kind kind, mrse_hazard *out)
{
    mrse_status status =
        mrse_eddy_body(body, sigma_S_m, dbdt_T_s, change_rad_s / (2.0 * MRSE_PI), out);

    if (out)
        out->value.kind = kind;
    if (!status && isfinite(out->value.v)) {
        mrse_hazard power = *out;
        *out = mrse_hazard_of(rate > 0.0 ? power.value.v / rate : 0.0, 0.0, kind, MRSE_METHOD_LENZ,
                              NULL);
        out->validity = power.validity;
        out->validity_limit = power.validity_limit;
    }
    return status;
}

mrse_status mrse_lenz_body_torque(const mrse_body *body, double conductivity_S_m, double b_T,
                                  double rate_rad_s, mrse_hazard *out)
{
    return drag(body, conductivity_S_m, b_T * rate_rad_s, rate_rad_s, rate_rad_s, MRSE_KIND_TORQUE,
                out);
}

mrse_status mrse_lenz_body_force(const mrse_body *body, double conductivity_S_m, double b_T,
                                 double grad_T_m, double speed_m_s, mrse_hazard *out)
{
    return drag(body, conductivity_S_m, grad_T_m * speed_m_s,
                b_T > 0.0 ? speed_m_s * grad_T_m / b_T : (double)NAN, speed_m_s, MRSE_KIND_FORCE,
                out);
}

/* Volume, longest dimension and demagnetising factors of the shapes an object may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sf_ellint.h>
#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"
#include "mrse/object.h"

static const double LENGTH_MIN_m = 1e-6, LENGTH_MAX_m = 100.0;
/* Closed forms for bodies with edges lose figures beyond these proportions. */
static const double PROPORTIONS_MAX = 1000.0;

static const char *const names[MRSE_SHAPE_COUNT] = {
    [MRSE_SHAPE_SPHERE] = "sphere",     [MRSE_SHAPE_ELLIPSOID] = "ellipsoid",
    [MRSE_SHAPE_CYLINDER] = "cylinder", [MRSE_SHAPE_PLATE] = "plate",
    [MRSE_SHAPE_RING] = "ring",         [MRSE_SHAPE_WIRE] = "wire",
    [MRSE_SHAPE_SPRING] = "spring",
};

const char *mrse_shape_text(mrse_shape_type type)
{
    return (unsigned)type < MRSE_SHAPE_COUNT ? names[type] : NULL;
}

bool mrse_shape_from_text(const char *text, mrse_shape_type *type)
{
    for (unsigned i = 0; text && type && i < MRSE_SHAPE_COUNT; i++) {
        if (strcmp(text, names[i]) == 0) {
            *type = (mrse_shape_type)i;
            return true;
        }
    }
    return false;
}

static bool is_length(double x_m)
{
    return x_m >= LENGTH_MIN_m && x_m <= LENGTH_MAX_m; /* false for NaN */
}

/* Carlson's RD is homogeneous of degree -3/2: in units of the geometric mean nothing overflows.
 * N_i = abc/3 RD(a_j^2, a_k^2, a_i^2). */
static mrse_status ellipsoid_factors(const double axis_m[3], double n[3])
{
    double scale = cbrt(axis_m[0] * axis_m[1] * axis_m[2]), sum = 0.0;
    double a2[3];

    for (int i = 0; i < 3; i++)
        a2[i] = axis_m[i] / scale * (axis_m[i] / scale);
    for (int i = 0; i < 3; i++) {
        gsl_sf_result rd;
        if (gsl_sf_ellint_RD_e(a2[(i + 1) % 3], a2[(i + 2) % 3], a2[i], GSL_PREC_DOUBLE, &rd))
            return MRSE_ERR_NUMERIC;
        n[i] = rd.val / 3.0;
        sum += n[i];
    }
    return fabs(sum - 1.0) < 1e-9 ? MRSE_OK : MRSE_ERR_NUMERIC;
}

/* A uniformly magnetised cylinder is a current sheet: the mean of its own B along the axis is mu0 M
 * times Nagaoka's coefficient of the sheet's inductance, so N is 1 less that coefficient. */
static void cylinder_factors(double diameter_m, double length_m, double n[3])
{
    double diagonal_m = hypot(diameter_m, length_m);
    double k = diameter_m / diagonal_m, kc = length_m / diagonal_m;
    gsl_sf_result rd, e;

    n[0] = n[1] = n[2] = (double)NAN;
    if (k > PROPORTIONS_MAX * kc || kc > PROPORTIONS_MAX * k ||
        gsl_sf_ellint_RD_e(0.0, kc * kc, 1.0, GSL_PREC_DOUBLE, &rd) ||
        gsl_sf_ellint_Ecomp_e(k, GSL_PREC_DOUBLE, &e))
        return;
    /* (K - E) / k^2 = RD(0, kc^2, 1) / 3: no difference of nearly equal numbers for long ones */
    n[2] = 1.0 - 4.0 / (3.0 * MRSE_PI * kc) * (kc * kc * rd.val / 3.0 + e.val - k);
    n[0] = n[1] = (1.0 - n[2]) / 2.0;
}

/* pi times the factor along c of a block with edges 2a, 2b, 2c. */
static double block_factor(double a, double b, double c)
{
    double ab = hypot(a, b), bc = hypot(b, c), ca = hypot(c, a), r = hypot(ab, c);
    double ab3 = ab * ab * ab, bc3 = bc * bc * bc, ca3 = ca * ca * ca;
    double sum = (b * b - c * c) / (2.0 * b * c) * log((r - a) / (r + a)) +
                 (a * a - c * c) / (2.0 * a * c) * log((r - b) / (r + b)) +
                 b / (2.0 * c) * log((ab + a) / (ab - a)) +
                 a / (2.0 * c) * log((ab + b) / (ab - b)) +
                 c / (2.0 * a) * log((bc - b) / (bc + b)) +
                 c / (2.0 * b) * log((ca - a) / (ca + a)) + 2.0 * atan(a * b / (c * r));

    sum += (a * a * a + b * b * b - 2.0 * c * c * c) / (3.0 * a * b * c);
    sum += (a * a + b * b - 2.0 * c * c) / (3.0 * a * b * c) * r;
    sum += c / (a * b) * (ca + bc);
    return sum - (ab3 + bc3 + ca3) / (3.0 * a * b * c);
}

static void plate_factors(const double edge_m[3], double n[3])
{
    double longest = fmax(edge_m[0], fmax(edge_m[1], edge_m[2])), sum = 0.0;
    double e[3];

    for (int i = 0; i < 3; i++)
        e[i] = edge_m[i] / longest;
    for (int i = 0; i < 3; i++) {
        n[i] = block_factor(e[(i + 1) % 3], e[(i + 2) % 3], e[i]) / MRSE_PI;
        sum += n[i];
    }
    /* What figures are lost of shows in the sum, which is 1. */
    if (!(fabs(sum - 1.0) < 1e-9))
        n[0] = n[1] = n[2] = (double)NAN;
}

/* Everywhere in a thin wire the factor is 1/2 across and 0 along: the mean over its directions, of
 * which `along3` is the mean square component on axis 3. */
static void wire_factors(double along3, double n[3])
{
    n[2] = (1.0 - along3) / 2.0;
    n[0] = n[1] = (1.0 - n[2]) / 2.0;
}

static mrse_status straight(const mrse_shape *s, mrse_body *b)
{
    double axis_m[3] = {s->width_m, s->depth_m, s->length_m};
    double d = s->type == MRSE_SHAPE_WIRE ? s->wire_m : s->diameter_m;

    if (s->type == MRSE_SHAPE_CYLINDER || s->type == MRSE_SHAPE_WIRE)
        axis_m[0] = axis_m[1] = d;
    if (s->type == MRSE_SHAPE_SPHERE)
        axis_m[0] = axis_m[1] = axis_m[2] = s->diameter_m;
    if (!is_length(axis_m[0]) || !is_length(axis_m[1]) || !is_length(axis_m[2]))
        return MRSE_ERR_RANGE;
    double box_m3 = axis_m[0] * axis_m[1] * axis_m[2];
    switch (s->type) {
    case MRSE_SHAPE_PLATE:
        b->volume_m3 = box_m3;
        b->longest_m = hypot(hypot(axis_m[0], axis_m[1]), axis_m[2]);
        break;
    case MRSE_SHAPE_CYLINDER:
    case MRSE_SHAPE_WIRE:
        b->volume_m3 = MRSE_PI / 4.0 * box_m3;
        b->longest_m = hypot(axis_m[0], axis_m[2]);
        break;
    default:
        b->volume_m3 = MRSE_PI / 6.0 * box_m3;
        b->longest_m = fmax(axis_m[0], fmax(axis_m[1], axis_m[2]));
        break;
    }
    mrse_status status = ellipsoid_factors(axis_m, b->n);
    memcpy(b->n_uniform, b->n, sizeof b->n);
    b->how = MRSE_DEMAGNETISATION_EXACT;
    if (s->type == MRSE_SHAPE_PLATE)
        plate_factors(axis_m, b->n_uniform);
    if (s->type == MRSE_SHAPE_CYLINDER || s->type == MRSE_SHAPE_WIRE)
        cylinder_factors(axis_m[0], axis_m[2], b->n_uniform);
    if (s->type == MRSE_SHAPE_PLATE || s->type == MRSE_SHAPE_CYLINDER || s->type == MRSE_SHAPE_WIRE)
        b->how = MRSE_DEMAGNETISATION_PROPORTIONS;
    return status;
}

static mrse_status curved(const mrse_shape *s, mrse_body *b)
{
    double turn_m = MRSE_PI * s->diameter_m, wire_m = turn_m, along3 = 0.0;

    if (!is_length(s->diameter_m) || !is_length(s->wire_m) || s->wire_m >= s->diameter_m)
        return MRSE_ERR_RANGE;
    b->longest_m = s->diameter_m + s->wire_m;
    if (s->type == MRSE_SHAPE_SPRING) {
        /* From the middle of the wire at one end to that at the other. */
        double rise_m = s->length_m - s->wire_m;
        if (!is_length(s->length_m) || !isfinite(s->turns) || s->turns < 0.5 ||
            s->turns * s->wire_m > s->length_m * (1.0 + 1e-12))
            return MRSE_ERR_RANGE;
        wire_m = hypot(turn_m * s->turns, rise_m);
        along3 = rise_m / wire_m * (rise_m / wire_m);
        b->longest_m = hypot(s->diameter_m + s->wire_m, s->length_m);
    }
    b->volume_m3 = MRSE_PI / 4.0 * s->wire_m * s->wire_m * wire_m;
    wire_factors(along3, b->n);
    b->n_uniform[0] = b->n_uniform[1] = b->n_uniform[2] = (double)NAN;
    b->how = MRSE_DEMAGNETISATION_WIRE;
    return MRSE_OK;
}

mrse_status mrse_body_of(const mrse_shape *shape, mrse_body *out)
{
    mrse_status status;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_body){0};
    if (!shape || (unsigned)shape->type >= MRSE_SHAPE_COUNT)
        return MRSE_ERR_ARG;
    out->shape = *shape;
    status = shape->type == MRSE_SHAPE_RING || shape->type == MRSE_SHAPE_SPRING
                 ? curved(shape, out)
                 : straight(shape, out);
    if (status)
        *out = (mrse_body){0};
    return status;
}

bool mrse_mass_fits(double mass_kg, double density_kg_m3, double volume_m3)
{
    double share = mass_kg / (density_kg_m3 * volume_m3);

    return isnan(share) || (share > 0.5 && share < 2.0);
}

double mrse_object_mass_kg(const mrse_object *object, const mrse_body *body)
{
    if (!object || !body)
        return (double)NAN;
    double mass_kg = isnan(object->mass_kg) ? object->substance.density_kg_m3 * body->volume_m3
                                            : object->mass_kg;
    return isfinite(mass_kg) && mass_kg > 0.0 ? mass_kg : (double)NAN;
}

static bool normalise(double v[3])
{
    double length = hypot(hypot(v[0], v[1]), v[2]);

    if (!isfinite(length) || length < 1e-150)
        return false;
    for (int i = 0; i < 3; i++)
        v[i] /= length;
    return true;
}

mrse_status mrse_orientation_axes(const mrse_orientation *orientation, mrse_axes *axes)
{
    double along = 0.0;

    if (!axes)
        return MRSE_ERR_ARG;
    *axes = (mrse_axes){0};
    if (!orientation || !orientation->known)
        return MRSE_ERR_ARG;
    double w[3], u[3];
    memcpy(w, orientation->axis3, sizeof w);
    memcpy(u, orientation->axis1, sizeof u);
    if (!normalise(w) || !normalise(u))
        return MRSE_ERR_RANGE;
    for (int i = 0; i < 3; i++)
        along += u[i] * w[i];
    if (fabs(along) > 1.0 - 1e-6)
        return MRSE_ERR_RANGE;
    for (int i = 0; i < 3; i++)
        u[i] -= along * w[i];
    (void)normalise(u);
    for (int i = 0; i < 3; i++) {
        axes->row[0][i] = u[i];
        axes->row[1][i] = w[(i + 1) % 3] * u[(i + 2) % 3] - w[(i + 2) % 3] * u[(i + 1) % 3];
        axes->row[2][i] = w[i];
    }
    return MRSE_OK;
}

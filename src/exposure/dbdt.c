/* dB/dt at a place: ideal axes with their concomitant terms where the gradients are linear, else
 * what the scanner's file states. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/dbdt.h"

#include <math.h>
#include <stdio.h>

enum { X, Y, Z };

#define COVERAGE 2.0 /* of "within": the place and two standard uncertainties of it */

/* --- The vector ----------------------------------------------------------------------------------- */

/* Each component at the slew rates given, signs included. */
static void vector(const double p[3], const double s[3], double b[3])
{
    b[X] = s[X] * p[Z] - s[Z] * p[X] / 2;
    b[Y] = s[Y] * p[Z] - s[Z] * p[Y] / 2;
    b[Z] = s[X] * p[X] + s[Y] * p[Y] + s[Z] * p[Z];
}

/* The worst signs are those of the coordinates. The square of the vector's length is a quadratic
 * form in the slew rates whose mixed terms are xy, xz/2 and yz/2: with these signs none of them is
 * negative, so no other choice is worse, and no correlation of the axes either: the same expression
 * bounds the peak and the rms. */
static double largest(const double p[3], const double s[3])
{
    double signed_s[3], b[3];

    for (int i = 0; i < 3; i++)
        signed_s[i] = copysign(s[i], p[i]);
    vector(p, signed_s, b);
    return sqrt(b[X] * b[X] + b[Y] * b[Y] + b[Z] * b[Z]);
}

/* Moves of each coordinate to either side, not a derivative: at isocentre, and where the worst signs
 * change, there is none. */
static double u_of_place(const double p[3], const double u_p[3], const double s[3])
{
    double here = largest(p, s), sum = 0;

    for (int i = 0; i < 3; i++) {
        double up[3] = {p[X], p[Y], p[Z]}, down[3] = {p[X], p[Y], p[Z]};
        up[i] += u_p[i];
        down[i] -= u_p[i];
        double change = fmax(fabs(largest(up, s) - here), fabs(largest(down, s) - here));
        sum += change * change;
    }
    return sqrt(sum);
}

/* --- What the file states ------------------------------------------------------------------------- */

static bool is_known(const mrse_value *value)
{
    return isfinite(value->v) && value->v > 0;
}

static bool has_volume(const mrse_gradient_system *system)
{
    return is_known(&system->linear_radius) && is_known(&system->linear_half_length);
}

static bool are_finite(const double x[3])
{
    return x && isfinite(x[X]) && isfinite(x[Y]) && isfinite(x[Z]);
}

static bool is_in_volume(const mrse_gradient_system *system, const double p[3], const double u[3])
{
    double r = hypot(fabs(p[X]) + COVERAGE * u[X], fabs(p[Y]) + COVERAGE * u[Y]);

    return r <= system->linear_radius.v &&
           fabs(p[Z]) + COVERAGE * u[Z] <= system->linear_half_length.v;
}

/* The sphere of the reference radius holds every cylinder in which one ideal axis reaches it. */
static bool is_in_sphere(const mrse_gradient_system *system, const double p[3], const double u[3])
{
    double square = 0;

    for (int i = 0; i < 3; i++) {
        double far = fabs(p[i]) + COVERAGE * u[i];
        square += far * far;
    }
    return sqrt(square) <= system->reference_radius.v;
}

/* --- Results -------------------------------------------------------------------------------------- */

static mrse_value computed(double v, double u, mrse_kind kind, mrse_origin origin)
{
    mrse_value value = mrse_value_computed(v, u, kind, MRSE_METHOD_DBDT);

    value.origin = mrse_origin_weaker(value.origin, origin);
    return value;
}

static void begin(mrse_dbdt *out)
{
    *out = (mrse_dbdt){0};
    out->peak = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
    out->rms = mrse_value_missing(MRSE_KIND_DBDT_RMS);
    for (int i = 0; i < 3; i++)
        out->component[i] = mrse_value_missing(MRSE_KIND_DBDT_PEAK);
}

static void declare(const mrse_gradient_system *system, const char *why, mrse_dbdt *out)
{
    bool known = is_known(&system->dbdt_max);

    (void)snprintf(out->reason, sizeof out->reason, "%s%s", why,
                   known ? ": the scanner's declared maximum, as it stands"
                         : "; nor does the scanner file give gradients.dbdt_max");
    if (known) {
        out->peak = system->dbdt_max;
        out->peak.kind = MRSE_KIND_DBDT_PEAK;
        out->peak.basis = MRSE_BASIS_DECLARED;
        out->declared = true;
    }
}

/* The component for the worst signs, which stay as they are when the place moves. */
static mrse_value component(const double p[3], const double u_p[3], const double s[3], double u_s,
                            int k, mrse_origin origin)
{
    double signed_s[3], b[3], square;

    for (int i = 0; i < 3; i++)
        signed_s[i] = copysign(s[i], p[i]);
    vector(p, signed_s, b);
    square = u_s * b[k] * (u_s * b[k]);
    for (int i = 0; i < 3; i++) {
        double one_m[3] = {i == X, i == Y, i == Z}, per_m[3];
        vector(one_m, signed_s, per_m);
        square += per_m[k] * u_p[i] * (per_m[k] * u_p[i]);
    }
    return computed(b[k], sqrt(square), MRSE_KIND_DBDT_PEAK, origin);
}

static mrse_value bound(const double p[3], const double u_p[3], const double s[3], double u_s,
                        mrse_kind kind, mrse_origin origin)
{
    double v = largest(p, s);

    return computed(v, hypot(u_of_place(p, u_p, s), u_s * v), kind, origin);
}

static void by_vector(const mrse_gradient_system *system, const double p[3], const double u_p[3],
                      const double s[3], const double s_rms[3], double u_s, mrse_dbdt *out)
{
    mrse_origin origin =
        mrse_origin_weaker(system->linear_radius.origin, system->linear_half_length.origin);

    out->peak = bound(p, u_p, s, u_s, MRSE_KIND_DBDT_PEAK, origin);
    for (int k = 0; k < 3; k++)
        out->component[k] = component(p, u_p, s, u_s, k, origin);
    if (are_finite(s_rms))
        out->rms = bound(p, u_p, s_rms, u_s, MRSE_KIND_DBDT_RMS, origin);
    (void)snprintf(out->reason, sizeof out->reason,
                   "ideal axes with concomitant terms, within the linear volume; upper bound: the "
                   "axes at their largest together, with the worst signs");
}

/* One axis reaches alpha times its slew rate. Several: the largest share of concomitant terms in
 * common that a cylinder of any proportion allows (8/7, at half length : radius = sqrt(5/2)). */
static double by_alpha(double alpha_m, const double s[3])
{
    int playing = (s[X] > 0) + (s[Y] > 0) + (s[Z] > 0);
    double length = sqrt(s[X] * s[X] + s[Y] * s[Y] + s[Z] * s[Z]);

    return (playing > 1 ? sqrt(8.0 / 7.0) : 1.0) * alpha_m * length;
}

static mrse_value scaled(const mrse_value *alpha, const double s[3], double u_s, mrse_kind kind,
                         mrse_origin origin)
{
    double v = by_alpha(alpha->v, s);

    return computed(v, hypot(alpha->u / alpha->v, u_s) * v, kind, origin);
}

static void by_reference(const mrse_gradient_system *system, const double s[3],
                         const double s_rms[3], double u_s, mrse_origin origin, mrse_dbdt *out)
{
    const mrse_value *alpha = &system->reference_radius;

    origin = mrse_origin_weaker(alpha->origin, origin);
    out->peak = scaled(alpha, s, u_s, MRSE_KIND_DBDT_PEAK, origin);
    if (are_finite(s_rms))
        out->rms = scaled(alpha, s_rms, u_s, MRSE_KIND_DBDT_RMS, origin);
    (void)snprintf(out->reason, sizeof out->reason,
                   "reference radius of the scanner times slew rate; upper bound: the axes at "
                   "their largest together");
}

static void by_place(const mrse_gradient_system *system, const double p[3], const double u_p[3],
                     const double s[3], const double s_rms[3], double u_s, mrse_dbdt *out)
{
    bool volume = has_volume(system), alpha = is_known(&system->reference_radius);

    if (!are_finite(s))
        declare(system, "the slew rate of the sequence is not known", out);
    else if (!are_finite(p) || !are_finite(u_p))
        declare(system, "the place, or its uncertainty, is not known", out);
    else if (volume && is_in_volume(system, p, u_p))
        by_vector(system, p, u_p, s, s_rms, u_s, out);
    else if (volume)
        declare(system, "not within the linear volume by two standard uncertainties of the place",
                out);
    else if (alpha && is_in_sphere(system, p, u_p))
        by_reference(system, s, s_rms, u_s, MRSE_ORIGIN_ASSUMED, out);
    else if (alpha)
        declare(system, "farther from isocentre than the reference radius", out);
    else
        declare(system,
                "the scanner file has no gradients.linear_volume and no "
                "gradients.reference_radius",
                out);
}

/* The corner of the cylinder, with x and y where the two transverse coils add up best. */
static void by_volume(const mrse_gradient_system *system, const double s[3], const double s_rms[3],
                      double u_s, mrse_dbdt *out)
{
    static const double exact[3] = {0, 0, 0};
    double r = system->linear_radius.v, t = hypot(s[X], s[Y]);
    double corner[3] = {t > 0 ? r * (s[X] / t) : r, t > 0 ? r * (s[Y] / t) : 0,
                        system->linear_half_length.v};

    by_vector(system, corner, exact, s, NULL, u_s, out);
    if (are_finite(s_rms)) {
        mrse_dbdt rms;
        begin(&rms);
        by_volume(system, s_rms, NULL, u_s, &rms);
        out->rms = rms.peak;
        out->rms.kind = MRSE_KIND_DBDT_RMS;
    }
}

/* --- Questions ------------------------------------------------------------------------------------ */

static bool is_valid(const double *x, bool may_be_negative)
{
    for (int i = 0; x && i < 3; i++)
        if (isinf(x[i]) || (x[i] < 0 && !may_be_negative))
            return false;
    return true;
}

mrse_status mrse_dbdt_at(const mrse_gradient_system *system, const double place_m[3],
                         const double u_place_m[3], const double slew_T_m_s[3],
                         const double slew_rms_T_m_s[3], double u_slew, mrse_dbdt *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    begin(out);
    if (!system || !place_m || !u_place_m || !slew_T_m_s || !is_valid(place_m, true) ||
        !is_valid(u_place_m, false) || !is_valid(slew_T_m_s, false) ||
        !is_valid(slew_rms_T_m_s, false) || !is_valid((double[3]){u_slew}, false))
        return MRSE_ERR_ARG;
    by_place(system, place_m, u_place_m, slew_T_m_s, slew_rms_T_m_s, u_slew, out);
    return MRSE_OK;
}

mrse_status mrse_dbdt_largest(const mrse_gradient_system *system, const double slew_T_m_s[3],
                              const double slew_rms_T_m_s[3], double u_slew, mrse_dbdt *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    begin(out);
    if (!system || !slew_T_m_s || !is_valid(slew_T_m_s, false) ||
        !is_valid(slew_rms_T_m_s, false) || !is_valid((double[3]){u_slew}, false))
        return MRSE_ERR_ARG;
    if (!are_finite(slew_T_m_s))
        declare(system, "the slew rate of the sequence is not known", out);
    else if (is_known(&system->reference_radius))
        by_reference(system, slew_T_m_s, slew_rms_T_m_s, u_slew, MRSE_ORIGIN_COMPUTED, out);
    else if (has_volume(system))
        by_volume(system, slew_T_m_s, slew_rms_T_m_s, u_slew, out);
    else
        declare(system,
                "the scanner file has no gradients.linear_volume and no "
                "gradients.reference_radius",
                out);
    return MRSE_OK;
}

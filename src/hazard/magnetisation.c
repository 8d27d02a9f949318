/* Magnetisation of an ellipsoid by the least of its energy, and what follows from that energy.
 *
 * Energy of a unit of volume: e(M) = integral of mu0 H dM + mu0/2 M N M - M B0. Where it is least,
 * M_i (h + N_i) = B0_i / mu0, with h = H / |M| from the material's curve. Froehlich and Kennelly's
 * H = M / (chi (1 - M/Ms)) makes h grow with |M|, so that e is convex: there is one least, and one
 * scalar equation for |M| finds it however the body lies. M turns towards B0 as it saturates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/magnetisation.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"

enum { STEPS_MAX = 100 };

void mrse_field3_of(const mrse_field *field, double azimuth_rad, mrse_field3 *out)
{
    double c = cos(azimuth_rad), s = sin(azimuth_rad);
    double rr = field->dbr_dr_T_m, pp = field->br_over_r_T_m;

    out->b_T[0] = field->br_T * c;
    out->b_T[1] = field->br_T * s;
    out->b_T[2] = field->bz_T;
    out->gradient_T_m[0][0] = rr * c * c + pp * s * s;
    out->gradient_T_m[1][1] = rr * s * s + pp * c * c;
    out->gradient_T_m[0][1] = out->gradient_T_m[1][0] = (rr - pp) * c * s;
    out->gradient_T_m[0][2] = field->dbr_dz_T_m * c;
    out->gradient_T_m[1][2] = field->dbr_dz_T_m * s;
    out->gradient_T_m[2][0] = field->dbz_dr_T_m * c;
    out->gradient_T_m[2][1] = field->dbz_dr_T_m * s;
    out->gradient_T_m[2][2] = field->dbz_dz_T_m;
}

static bool is_positive(double x)
{
    return isfinite(x) && x > 0.0;
}

mrse_status mrse_magnetic_check(const mrse_substance *s, const mrse_body *body)
{
    if (!s || !body)
        return MRSE_ERR_ARG;
    if (!is_positive(body->volume_m3))
        return MRSE_ERR_RANGE;
    double sum = body->n[0] + body->n[1] + body->n[2];
    if (!(body->n[0] >= 0.0 && body->n[1] >= 0.0 && body->n[2] >= 0.0 && fabs(sum - 1.0) < 1e-6))
        return MRSE_ERR_RANGE;
    switch (s->magnetic) {
    case MRSE_MAGNETIC_LINEAR:
        return isfinite(s->chi) && s->chi > -1.0 ? MRSE_OK : MRSE_ERR_RANGE;
    case MRSE_MAGNETIC_SOFT:
        return is_positive(s->chi) && is_positive(s->ms_A_m) ? MRSE_OK : MRSE_ERR_RANGE;
    case MRSE_MAGNETIC_HARD:
        return is_positive(s->br_T) ? MRSE_OK : MRSE_ERR_RANGE;
    }
    return MRSE_ERR_ARG;
}

bool mrse_magnetic_factors_hold(const mrse_substance *s, const mrse_body *body)
{
    return body->how != MRSE_DEMAGNETISATION_WIRE || s->magnetic == MRSE_MAGNETIC_HARD ||
           fabs(s->chi) < 1.0;
}

/* (h - 1/chi) (h + N) = b h, the root above 1/chi, without cancellation: a body of one factor N in a
 * field b = B0 / (mu0 Ms). */
static double stiffness(double chi, double n, double b)
{
    double k = 1.0 / chi, s = n - k - b, root = sqrt(s * s + 4.0 * k * n);

    return s < 0.0 ? 0.5 * (root - s) : 2.0 * k * n / (s + root);
}

/* h = H / |M|, with |M| / Ms = 1 - 1 / (chi h). Of a body of one factor, 1/|M| is a straight line
 * over h; of any other nearly so. Each step takes the line that touches it and solves with that:
 * a body of one factor, three to five times. */
static mrse_status saturate(const mrse_substance *s, const double n[3], const double field[3],
                            double *h)
{
    double b2 = field[0] * field[0] + field[1] * field[1] + field[2] * field[2];
    double along = 0.0, last = (double)INFINITY;

    *h = 1.0 / s->chi;
    if (b2 == 0.0)
        return MRSE_OK;
    for (int i = 0; i < 3; i++)
        along += n[i] * (field[i] * field[i] / b2);
    *h = stiffness(s->chi, along, sqrt(b2));
    for (int k = 0; k < STEPS_MAX; k++) {
        double m2 = 0.0, slope = 0.0;
        for (int i = 0; i < 3; i++) {
            double softness = 1.0 / (*h + n[i]), m = field[i] * softness;
            m2 += m * m;
            slope += m * m * softness;
        }
        double reach = m2 / slope;
        double next = stiffness(s->chi, fmax(reach - *h, 0.0), reach * sqrt(m2));
        double step = fabs(next - *h);
        *h = next;
        /* Steps square: after one of 1e-8 nothing is left. Where h is tiny against N they end in
         * rounding, which M does not feel. */
        if (step <= 1e-8 * *h || (step >= last && step <= 1e-6 * (*h + along)))
            return MRSE_OK;
        last = step;
    }
    return MRSE_ERR_NUMERIC;
}

/* The same search for several fields at once: the chains of divisions of one fill the pauses of the
 * others. All go on until the slowest is there. */
void mrse_saturate_lanes(const mrse_substance *s, const double n[3],
                         const double field[3][MRSE_LANES], double close, double h[MRSE_LANES])
{
    double far = (double)INFINITY;

    for (int j = 0; j < MRSE_LANES; j++) {
        double b2 = DBL_MIN, along = 0.0;
        for (int i = 0; i < 3; i++) {
            b2 += field[i][j] * field[i][j];
            along += n[i] * field[i][j] * field[i][j];
        }
        h[j] = stiffness(s->chi, along / b2, sqrt(b2));
    }
    for (int k = 0; k < STEPS_MAX && far > close; k++) {
        far = 0.0;
        for (int j = 0; j < MRSE_LANES; j++) {
            double m2 = DBL_MIN, slope = DBL_MIN;
            for (int i = 0; i < 3; i++) {
                double softness = 1.0 / (h[j] + n[i]), m = field[i][j] * softness;
                m2 += m * m;
                slope += m * m * softness;
            }
            double reach = m2 / slope, rest = reach - h[j];
            double next = stiffness(s->chi, rest > 0.0 ? rest : 0.0, reach * sqrt(m2));
            double step = fabs(next - h[j]) / (next + n[0] + n[1] + n[2]);
            h[j] = next;
            far = step > far ? step : far;
        }
    }
}

/* N x^2 - x (1/chi + N + b) + b = 0, the smaller root, without cancellation. */
double mrse_saturation_fraction(double chi, double n, double b)
{
    double q = 1.0 / chi + n + b;

    return 2.0 * b / (q + sqrt(fmax(q * q - 4.0 * n * b, 0.0)));
}

/* integral of H dM of a unit of volume, at x = |M| / Ms and 1 - x = rest. */
static double curve_energy(const mrse_substance *s, double x, double rest)
{
    /* -x - ln(1 - x), by its series where that cancels */
    double y = x < 1e-3 ? x * x * (0.5 + x * (1.0 / 3.0 + x * (0.25 + x * (0.2 + x / 6.0))))
                        : -x - log(rest);

    return MRSE_MU0 * s->ms_A_m * s->ms_A_m / s->chi * y;
}

mrse_status mrse_magnetise_body(const mrse_substance *s, const double n[3], const double b_T[3],
                                double m_A_m[3], double *energy_J_m3, double *saturation)
{
    double h = 0.0;
    mrse_status status = MRSE_OK;

    *saturation = 0.0;
    if (s->magnetic == MRSE_MAGNETIC_HARD) {
        m_A_m[0] = m_A_m[1] = 0.0;
        m_A_m[2] = s->br_T / MRSE_MU0;
        if (energy_J_m3)
            *energy_J_m3 = -m_A_m[2] * b_T[2];
        return MRSE_OK;
    }
    if (s->magnetic == MRSE_MAGNETIC_SOFT) {
        double unit_T = MRSE_MU0 * s->ms_A_m;
        double field[3] = {b_T[0] / unit_T, b_T[1] / unit_T, b_T[2] / unit_T};
        status = saturate(s, n, field, &h);
    }
    for (int i = 0; i < 3; i++) /* linear: chi / (1 + N chi) stays good for chi = 0 */
        m_A_m[i] = s->magnetic == MRSE_MAGNETIC_LINEAR
                       ? b_T[i] / MRSE_MU0 * (s->chi / (1.0 + n[i] * s->chi))
                       : b_T[i] / MRSE_MU0 / (h + n[i]);
    double m2 = m_A_m[0] * m_A_m[0] + m_A_m[1] * m_A_m[1] + m_A_m[2] * m_A_m[2];
    if (s->magnetic == MRSE_MAGNETIC_SOFT)
        *saturation = sqrt(m2) / s->ms_A_m;
    if (energy_J_m3) {
        *energy_J_m3 = -0.5 * (m_A_m[0] * b_T[0] + m_A_m[1] * b_T[1] + m_A_m[2] * b_T[2]);
        /* mu0/2 M N M - M B0 = -mu0/2 (h M^2) - M B0 / 2; of linear bodies the rest cancels */
        if (s->magnetic == MRSE_MAGNETIC_SOFT)
            *energy_J_m3 +=
                curve_energy(s, *saturation, 1.0 / (s->chi * h)) - 0.5 * MRSE_MU0 * h * m2;
    }
    return status;
}

mrse_status mrse_magnetise(const mrse_substance *substance, const mrse_body *body,
                           const mrse_axes *axes, const mrse_field3 *field,
                           mrse_magnetic_action *out)
{
    double b[3] = {0.0}, m[3], energy;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_magnetic_action){0};
    if (!axes || !field)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_magnetic_check(substance, body);
    if (!status && !mrse_magnetic_factors_hold(substance, body))
        status = MRSE_ERR_RANGE;
    for (int i = 0; i < 3 && !status; i++) {
        for (int j = 0; j < 3; j++)
            b[i] += axes->row[i][j] * field->b_T[j];
        if (!isfinite(b[i]))
            status = MRSE_ERR_RANGE;
    }
    if (!status)
        status = mrse_magnetise_body(substance, body->n, b, m, &energy, &out->saturation);
    if (status) {
        *out = (mrse_magnetic_action){0};
        return status;
    }
    out->energy_J = energy * body->volume_m3;
    for (int j = 0; j < 3; j++)
        out->m_A_m[j] = axes->row[0][j] * m[0] + axes->row[1][j] * m[1] + axes->row[2][j] * m[2];
    for (int j = 0; j < 3; j++) {
        int k = (j + 1) % 3, l = (j + 2) % 3;
        for (int i = 0; i < 3; i++)
            out->force_N[j] += body->volume_m3 * out->m_A_m[i] * field->gradient_T_m[i][j];
        out->torque_N_m[j] =
            body->volume_m3 * (out->m_A_m[k] * field->b_T[l] - out->m_A_m[l] * field->b_T[k]);
    }
    return MRSE_OK;
}

double mrse_magnetise_bound_A_m(const mrse_substance *s, const mrse_body *body, double b_T)
{
    if (mrse_magnetic_check(s, body) != MRSE_OK || !(b_T >= 0.0) || !isfinite(b_T))
        return (double)NAN;
    double n = fmin(body->n[0], fmin(body->n[1], body->n[2]));
    if (s->magnetic == MRSE_MAGNETIC_HARD)
        return s->br_T / MRSE_MU0;
    if (!mrse_magnetic_factors_hold(s, body))
        return s->magnetic == MRSE_MAGNETIC_SOFT ? s->ms_A_m : (double)NAN;
    if (s->magnetic == MRSE_MAGNETIC_LINEAR) {
        if (s->chi < 0.0) /* diamagnetic: the largest factor gives most */
            n = fmax(body->n[0], fmax(body->n[1], body->n[2]));
        return b_T / MRSE_MU0 * (s->chi / (1.0 + n * s->chi));
    }
    return s->ms_A_m * mrse_saturation_fraction(s->chi, n, b_T / (MRSE_MU0 * s->ms_A_m));
}

double mrse_saturation_onset_T(double n, double ms_A_m)
{
    return n >= 0.0 && n <= 1.0 && is_positive(ms_A_m) ? MRSE_MU0 * n * ms_A_m : (double)NAN;
}

double mrse_torque_weak_N_m(double volume_m3, double chi, double b_T, double n_along,
                            double n_across, double angle_rad)
{
    if (!is_positive(volume_m3) || !isfinite(chi) || !isfinite(b_T) || !isfinite(angle_rad) ||
        !(n_along >= 0.0 && n_along <= 1.0 && n_across >= 0.0 && n_across <= 1.0))
        return (double)NAN;
    return volume_m3 * chi * chi * b_T * b_T * (n_across - n_along) / (2.0 * MRSE_MU0) *
           sin(2.0 * angle_rad);
}

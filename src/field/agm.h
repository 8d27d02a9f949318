/* The field of one circular ring and of one end of a thin solenoid, each from a single
 * arithmetic-geometric mean, in forms that do not cancel on the axis, far away or beside the wire.
 * Only + - * / and sqrt, which IEEE 754 rounds correctly: the same bits on every machine.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With A = a^2, p = rho^2, Z = h^2, D = A - p = (a - rho)(a + rho), s = A + p + Z, and the shortest
 * and longest distance to the wire al, be (al^2 = (a - rho)^2 + Z, be^2 = (a + rho)^2 + Z):
 *   A_phi = (mu0 I A / 2 pi) G pl / rho,  G = K / be = pi / (2 agm(al, be)),
 *   pl    = p / A1 + (1 / A) sum_{n>=2} 2^(n-1) c_n^2,  A1 = (s + al be) / 2,
 * which is the textbook (1 - k^2/2) K - E after E/K = 1 - sum 2^(n-1) c_n^2 and c_1^2 = A p / A1.
 * E > 0 means pl < 2, and eps = 2 - pl keeps its figures towards the wire, where pl -> 2. Writing
 * the numerators of B and of its derivatives in D and eps removes their leading terms exactly:
 *   Bz      = F ((D - Z) eps + 4 Z),             F = mu0 I A G / (2 pi al^2 be^2)
 *   Br/rho  = F h (4 - s pl / p)
 *   dBz/dz  = F h (8 (D^2 - Z^2) + eps ((D - Z)^2 - 4 A (2 D + Z))) / (al be)^2
 *   dBr/dz  = F rho ((al be)^2 (4 - (A + p) pl / p) - 16 Z (s - A pl)) / (al be)^2
 */
#ifndef MRSE_FIELD_AGM_H
#define MRSE_FIELD_AGM_H

#include <math.h>

#include "mrse/status.h"

#if defined(__GNUC__)
#define MRSE_INLINE static inline __attribute__((always_inline))
#else
#define MRSE_INLINE static inline
#endif

/* Times `unit`, which is mu0 I or for a sheet mu0 I / length: the numbers from which the rest of the tensor follows in free space. */
typedef struct mrse_ring {
    double br_over_r, bz, dbz_dz, dbr_dz;
    double
        aphi_over_r;   /* vector potential / rho: its difference between ends gives Br of a sheet */
    double half_space; /* Bz of a sheet that ends here, less half its jump */
} mrse_ring;

/* The third kind, Bulirsch's cel with p = gamma^2 in AGM scale, as fractions with common parts so
 * that two of its steps share one division: Bulirsch's s/p = S/Q, c = C/Q, p^2 = N/M. */
typedef struct mrse_third {
    double S, C, Q, N, M;
} mrse_third;

MRSE_INLINE mrse_third mrse_third_step(mrse_third t, double e)
{
    const double eM = e * t.M, up = t.N + eM;
    return (mrse_third){t.S * t.N + t.C * eM, 0.5 * (t.C + t.S) * up, t.Q * up, up * up,
                        4.0 * (t.N * t.M)};
}

MRSE_INLINE mrse_third mrse_third_reduce(mrse_third t)
{
    const double per = 1.0 / (t.Q * t.M), per_Q = per * t.M;
    return (mrse_third){t.S * per_Q, t.C * per_Q, 1.0, t.N * (per * t.Q), 1.0};
}

/* `apart_m` is a - rho, passed separately because a quadrature node beside the point knows it
 * better than the difference would. `steps` is constant in the vector loops, so that they unroll;
 * what is left after them, (x - y)/(x + y) <= 0.06, is a power series to rounding. `unit` multiplies
 * every result. */
MRSE_INLINE mrse_ring mrse_ring_at(double a_m, double apart_m, double rho_m, double h_m, int steps,
                                   double unit)
{
    const double A = a_m * a_m, p = rho_m * rho_m, Z = h_m * h_m;
    const double both = a_m + rho_m, D = apart_m * both;
    const double al2 = apart_m * apart_m + Z, be2 = both * both + Z;
    const double s = 0.5 * (al2 + be2), ab2 = al2 * be2, ab = sqrt(ab2);
    const double A1 = 0.5 * (s + ab);
    double x = sqrt(A1), y = sqrt(ab), sum = 0.0, weight = 2.0;
    /* On the cylinder of the sheet either side of its jump serves: beyond the ends it cancels. */
    const double least = 1e-16 * a_m;
    const double away = apart_m * apart_m > least * least ? apart_m : least;
    mrse_third third = {a_m * both, a_m * away, both * away, away * away * be2, both * both};
    third = mrse_third_step(third, ab);
    for (int i = 0; i < steps; i++) {
        const double c = 0.5 * (x - y), e = x * y;
        third = mrse_third_reduce(mrse_third_step(third, e));
        sum += weight * (c * c);
        weight *= 2.0;
        x = 0.5 * (x + y);
        y = sqrt(e);
    }
    const double c = 0.5 * (x - y), xe = 0.5 * (x + y), inverse = 1.0 / xe;
    const double d = c * inverse, m = d * d;
    /* 2 K(d) / pi, and 2 (1 - m/2 - E/K) / m, in powers of m = d^2. */
    const double kk =
        1.0 + m * (1.0 / 4 + m * (9.0 / 64 + m * (25.0 / 256 + m * (1225.0 / 16384))));
    const double rest = m * (1.0 / 8 + m * (1.0 / 16 + m * (41.0 / 1024 + m * (59.0 / 2048))));
    sum += weight * (c * c) * (1.0 + rest);

    /* Below p = 1e-15 s the sum is smaller than the rounding of 1/A1. */
    const double ps = p > 1e-15 * s ? p : 1e-15 * s;
    const double A1ps = A1 * ps, shared = 1.0 / (A1ps * ab2);
    const double share = shared * ab2, wire = shared * A1ps;
    const double lb = (ps + sum * (1.0 / A) * A1) * share, eps = 2.0 - p * lb;
    const double per_mean = 0.25 * A * unit * (inverse * kk), F = per_mean * wire, F2 = F * wire;
    const double DZ = D - Z, Ap = A * p;
    mrse_ring ring;
    ring.bz = F * (DZ * eps + 4.0 * Z);
    ring.br_over_r = F * h_m * (4.0 - s * lb);
    ring.dbz_dz = F2 * h_m * (8.0 * DZ * (D + Z) + eps * (DZ * DZ - 4.0 * A * (2.0 * D + Z)));
    ring.dbr_dz = F2 * rho_m * (ab2 * (4.0 - (A + p) * lb) - 16.0 * Z * (s - Ap * lb));
    ring.aphi_over_r = per_mean * lb;

    /* The third kind needs (x - y)/(x + y) < 1e-7: two more steps, with x y of the second from the
     * series of sqrt(1 - m), and the mean itself in place of both x and y at the end. */
    const double mean =
        xe * (1.0 - m * (1.0 / 4 + m * (5.0 / 64 + m * (11.0 / 256 + m * (469.0 / 16384)))));
    const double root1 =
        1.0 - m * (1.0 / 2 + m * (1.0 / 8 + m * (1.0 / 16 + m * (5.0 / 128 + m * (7.0 / 256)))));
    third = steps == 0 ? mrse_third_reduce(third) : third;
    third = mrse_third_step(mrse_third_step(third, x * y), xe * xe * root1);
    const double root = sqrt(third.N * third.M), meanM = mean * third.M;
    ring.half_space =
        0.5 * unit * h_m * (third.S * root + third.C * meanM) / (mean * third.Q * (meanM + root));
    return ring;
}

/* Least al^2 / be^2 at which the series alone, and after one step, reach rounding; measured, like
 * the limits below, against ten steps. */
#define MRSE_AGM_NO_STEP  0.25
#define MRSE_AGM_ONE_STEP 3.2e-3

/* Steps that serve one point. */
MRSE_INLINE int mrse_agm_steps(double al2, double be2)
{
    return al2 >= MRSE_AGM_ONE_STEP * be2 ? 1
           : al2 >= 1e-6 * be2            ? 2
           : al2 >= 1e-14 * be2           ? 3
           : al2 >= 1e-30 * be2           ? 4
                                          : 5;
}

static inline mrse_ring mrse_ring_auto(double a_m, double apart_m, double rho_m, double h_m,
                                       double unit)
{
    const double both = a_m + rho_m, Z = h_m * h_m;
    return mrse_ring_at(a_m, apart_m, rho_m, h_m,
                        mrse_agm_steps(apart_m * apart_m + Z, both * both + Z), unit);
}

#endif

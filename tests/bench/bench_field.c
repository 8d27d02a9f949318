/* How fast the field kernel is, beside the textbook loop with GSL's elliptic integrals timed in the
 * same run. Prints figures; fails only when the two disagree.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sf_ellint.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "field/field_internal.h"
#include "mrse/field.h"
#include "support/magnets.h"

enum { LOOPS = 10, POINTS = 1000000, GSL_POINTS = 20000, ROUNDS = 7, SIDE = 346, OUTPUTS = 6 };

static mrse_source loop[LOOPS];
static const mrse_magnet loops = {loop, LOOPS};
static double *r, *z, *out[OUTPUTS];
static const double never = 1e300;

static double seconds(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double between(uint64_t *state, double low, double high)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return low + (high - low) * ((double)(*state >> 11) / 9007199254740992.0);
}

/* Textbook: Smythe for B, Simpson and others (NASA/TM-2001) for the derivatives. */
static void textbook(const mrse_source *s, double p, double zp, int gradient, double sum[4])
{
    const double a = s->r1_m, h = zp - s->z1_m, A = a * a, P = p * p, Z = h * h, r2 = P + Z;
    const double al2 = (a - p) * (a - p) + Z, be2 = (a + p) * (a + p) + Z, be = sqrt(be2);
    const double k = sqrt(4.0 * a * p / be2);
    const double K = gsl_sf_ellint_Kcomp(k, GSL_PREC_DOUBLE);
    const double E = gsl_sf_ellint_Ecomp(k, GSL_PREC_DOUBLE);
    const double c = MRSE_MU0 * s->current_A / (2.0 * MRSE_PI * be * al2);
    sum[0] += c * h / p * ((A + r2) * E - al2 * K);
    sum[1] += c * ((A - r2) * E + al2 * K);
    if (gradient) {
        const double d = c / (al2 * be2);
        sum[2] +=
            d / p *
            (((A + P) * (Z * Z + (A - P) * (A - P)) + 2.0 * Z * (A * A - 6.0 * A * P + P * P)) * E -
             al2 * ((A - P) * (A - P) + (A + P) * Z) * K);
        sum[3] += d * h * ((6.0 * A * (P - Z) - 7.0 * A * A + r2 * r2) * E + al2 * (A - r2) * K);
    }
}

/* ns per loop and point. */
static double time_gsl(int gradient)
{
    static double sum[GSL_POINTS][4];
    const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (size_t i = 0; i < GSL_POINTS; i++) {
        sum[i][0] = sum[i][1] = sum[i][2] = sum[i][3] = 0.0;
        for (size_t k = 0; k < LOOPS; k++) {
            textbook(&loop[k], r[i], z[i], gradient, sum[i]);
        }
    }
    return (seconds(CLOCK_THREAD_CPUTIME_ID) - start) * 1e9 / GSL_POINTS / LOOPS;
}

/* Wall time in seconds, or the processor's with one thread. */
static double time_batch(const mrse_magnet *magnet, size_t n, const mrse_field_arrays *arrays,
                         unsigned threads, mrse_simd level, clockid_t clock)
{
    const double start = seconds(clock);
    if (mrse_field_batch_simd(magnet, n, r, z, arrays, threads, level) != MRSE_OK) {
        (void)fprintf(stderr, "bench_field: a point has no value\n");
        exit(1);
    }
    return seconds(clock) - start;
}

static double disagreement(void)
{
    const mrse_field_arrays all = {
        .br_T = out[0], .bz_T = out[1], .dbr_dz_T_m = out[2], .dbz_dz_T_m = out[3]};
    double worst = 0.0;
    (void)time_batch(&loops, GSL_POINTS, &all, 1, mrse_simd_best(), CLOCK_MONOTONIC);
    for (size_t i = 0; i < GSL_POINTS; i++) {
        double sum[4] = {0};
        for (size_t k = 0; k < LOOPS; k++) {
            textbook(&loop[k], r[i], z[i], 1, sum);
        }
        worst = fmax(worst, hypot(sum[0] - out[0][i], sum[1] - out[1][i]) / hypot(sum[0], sum[1]));
        worst = fmax(worst, hypot(sum[2] - out[2][i], sum[3] - out[3][i]) / hypot(sum[2], sum[3]));
    }
    return worst;
}

static void bench_loops(void)
{
    static const char *const name[] = {"no vectors", "AVX2", "AVX-512"};
    const mrse_field_arrays b = {.br_T = out[0], .bz_T = out[1]};
    const mrse_field_arrays tensor = {.br_T = out[0],
                                      .bz_T = out[1],
                                      .dbr_dz_T_m = out[2],
                                      .dbz_dz_T_m = out[3],
                                      .dbr_dr_T_m = out[4],
                                      .dbz_dr_T_m = out[5]};
    double gsl[2] = {never, never}, own[3][2], wall[2] = {never, never};
    const int best = (int)mrse_simd_best();
    for (int level = 0; level <= best; level++) {
        own[level][0] = own[level][1] = never;
    }
    /* Interleaved, least of several: a busy machine slows both alike. */
    for (int round = 0; round < ROUNDS; round++) {
        for (int g = 0; g < 2; g++) {
            gsl[g] = fmin(gsl[g], time_gsl(g));
            for (int level = 0; level <= best; level++) {
                const double t = time_batch(&loops, POINTS, g ? &tensor : &b, 1, (mrse_simd)level,
                                            CLOCK_THREAD_CPUTIME_ID);
                own[level][g] = fmin(own[level][g], t * 1e9 / POINTS / LOOPS);
            }
        }
    }
    /* Short runs, so that some of them have both processors to themselves. */
    for (unsigned round = 0; round < 20 * ROUNDS; round++) {
        double *least = &wall[round % 2];
        *least = fmin(*least, time_batch(&loops, POINTS / 5, &tensor, 1 + round % 2,
                                         mrse_simd_best(), CLOCK_MONOTONIC));
    }
    (void)printf("%d loops x %d points, one thread, ns per loop and point\n"
                 "                         B             B + gradient tensor\n"
                 "  GSL textbook      %6.1f               %6.1f\n",
                 LOOPS, POINTS, gsl[0], gsl[1]);
    for (int level = best; level >= 0; level--) {
        (void)printf("  %-14s    %6.2f (%5.1f x)     %6.2f (%5.1f x)\n", name[level], own[level][0],
                     gsl[0] / own[level][0], own[level][1], gsl[1] / own[level][1]);
    }
    (void)printf("  two threads against one: %.2f x\n", wall[0] / wall[1]);
}

static void bench_map(const char *name, double r1, double r2, double z1, double z2)
{
    const mrse_field_arrays sfg = {.b_T = out[0], .grad_T_m = out[1], .product_T2_m = out[2]};
    const size_t n = (size_t)SIDE * SIDE;
    double best = never, single = never;
    mrse_field field;
    for (size_t i = 0; i < n; i++) {
        r[i] = r1 + (r2 - r1) * (double)(i / SIDE) / SIDE;
        z[i] = z1 + (z2 - z1) * (double)(i % SIDE) / SIDE;
    }
    for (int round = 0; round < ROUNDS; round++) {
        best = fmin(best,
                    time_batch(&test_m15, n, &sfg, 1, mrse_simd_best(), CLOCK_THREAD_CPUTIME_ID));
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (size_t i = 0; i < n; i += 100) {
            if (mrse_field_at(&test_m15, r[i], z[i], &field) != MRSE_OK) {
                exit(1);
            }
        }
        single = fmin(single, (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / ((double)n / 100.0));
    }
    (void)printf("  %-28s %6.1f ms   (one point alone %.2f us)\n", name, best * 1e3, single * 1e6);
}

int main(void)
{
    uint64_t state = 88172645463325252U;
    double *memory = malloc((OUTPUTS + 2) * sizeof(double) * POINTS);
    if (memory == NULL) {
        return 1;
    }
    r = memory;
    z = memory + POINTS;
    for (size_t k = 0; k < OUTPUTS; k++) {
        out[k] = memory + (k + 2) * POINTS;
    }
    for (size_t k = 0; k < LOOPS; k++) {
        loop[k] = (mrse_source){
            MRSE_SOURCE_LOOP, 0.4 + 0.03 * (double)k, 0.0, 0.17 * (double)k - 0.8, 0.0, 1e6};
    }
    for (size_t i = 0; i < POINTS; i++) {
        r[i] = between(&state, 0.01, 2.01);
        z[i] = between(&state, -2.0, 2.0);
    }
    const double worst = disagreement();
    bench_loops();
    (void)printf("  largest relative difference from GSL: %.1e\n", worst);
    (void)printf("thick coils (10), |B|, gradient, product at %d points, one thread\n",
                 SIDE * SIDE);
    bench_map("bore, r < 0.35 m, |z| < 2 m", 0.0, 0.35, -2.0, 2.0);
    bench_map("room, 5 m x 5 m, and windings", 0.0, 5.0, 0.0, 5.0);
    bench_map("room outside the cryostat", 1.05, 5.0, -5.0, 5.0);
    free(memory);
    return worst < 1e-9 ? 0 : 1;
}

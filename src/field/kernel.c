/* The inner loops over points, compiled once for each vector width. The objects of this folder are
 * built with -O3 -fno-math-errno -fno-trapping-math, without which sqrt and the selections are not
 * vectorised. SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel.h"

#include <stdint.h>

#include "agm.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(MRSE_NO_SIMD)
#define HAVE_LEVELS 1
#if defined(__clang__)
#define AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))
#else
#define AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,prefer-vector-width=512")))
#endif
#define AVX2 __attribute__((target("avx2")))
#endif

/* The lanes' arrays do not overlap. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed" /* said of builds that do not optimise */
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define INDEPENDENT
#endif

MRSE_INLINE bool serves(int steps, double apart, double both, double h)
{
    const double limit = steps == 0 ? MRSE_AGM_NO_STEP : MRSE_AGM_ONE_STEP;
    return apart * apart + h * h >= limit * (both * both + h * h);
}

/* Lanes first..last-1; true when some were left out. */
MRSE_INLINE bool ring_strip(const mrse_lanes *lanes, size_t first, size_t last, double a_m,
                            double z_m, double unit, int steps, bool gradient)
{
    const double *r = lanes->r_m, *z = lanes->z_m;
    double *q = lanes->br_over_r, *bz = lanes->bz, *dzz = lanes->dbz_dz, *drz = lanes->dbr_dz;
    uint64_t left_out = 0;
    INDEPENDENT
    for (size_t i = first; i < last; i++) {
        const double apart = a_m - r[i], h = z[i] - z_m;
        const bool served = serves(steps, apart, a_m + r[i], h);
        const mrse_ring ring = mrse_ring_at(a_m, apart, r[i], h, steps, unit);
        left_out |= served ? 0U : 1U;
        q[i] += served ? ring.br_over_r : 0.0;
        bz[i] += served ? ring.bz : 0.0;
        if (gradient) {
            dzz[i] += served ? ring.dbz_dz : 0.0;
            drz[i] += served ? ring.dbr_dz : 0.0;
        }
    }
    return left_out != 0;
}

MRSE_INLINE bool sheet_strip(const mrse_lanes *lanes, size_t first, size_t last, double a_m,
                             double z1_m, double z2_m, double unit, int steps)
{
    const double *r = lanes->r_m, *z = lanes->z_m;
    double *q = lanes->br_over_r, *bz = lanes->bz, *dzz = lanes->dbz_dz, *drz = lanes->dbr_dz;
    uint64_t left_out = 0;
    INDEPENDENT
    for (size_t i = first; i < last; i++) {
        const double apart = a_m - r[i], both = a_m + r[i], h1 = z[i] - z1_m, h2 = z[i] - z2_m;
        const bool served = serves(steps, apart, both, h1) && serves(steps, apart, both, h2);
        const mrse_ring low = mrse_ring_at(a_m, apart, r[i], h1, steps, unit);
        const mrse_ring high = mrse_ring_at(a_m, apart, r[i], h2, steps, unit);
        left_out |= served ? 0U : 1U;
        q[i] += served ? high.aphi_over_r - low.aphi_over_r : 0.0;
        bz[i] += served ? low.half_space - high.half_space : 0.0;
        dzz[i] += served ? low.bz - high.bz : 0.0;
        drz[i] += served ? r[i] * (low.br_over_r - high.br_over_r) : 0.0;
    }
    return left_out != 0;
}

MRSE_INLINE size_t strip_end(const mrse_lanes *lanes, size_t first)
{
    return lanes->n - first < MRSE_STRIP ? lanes->n : first + MRSE_STRIP;
}

MRSE_INLINE unsigned ring_strips(const mrse_lanes *l, double a, double z, double unit, int steps,
                                 bool gradient)
{
    unsigned left_out = 0;
    for (size_t i = 0; i < l->n; i += MRSE_STRIP) {
        const bool some = ring_strip(l, i, strip_end(l, i), a, z, unit, steps, gradient);
        left_out |= (some ? 1U : 0U) << i / MRSE_STRIP;
    }
    return left_out;
}

MRSE_INLINE unsigned sheet_strips(const mrse_lanes *l, double a, double z1, double z2, double unit,
                                  int steps)
{
    unsigned left_out = 0;
    for (size_t i = 0; i < l->n; i += MRSE_STRIP) {
        const bool some = sheet_strip(l, i, strip_end(l, i), a, z1, z2, unit, steps);
        left_out |= (some ? 1U : 0U) << i / MRSE_STRIP;
    }
    return left_out;
}

#define RING(name, target, steps, gradient)                                                        \
    target static unsigned name(const mrse_lanes *l, double a, double z, double unit)              \
    {                                                                                              \
        return ring_strips(l, a, z, unit, steps, gradient);                                        \
    }
#define SHEET(name, target, steps)                                                                 \
    target static unsigned name(const mrse_lanes *l, double a, double z1, double z2, double unit)  \
    {                                                                                              \
        return sheet_strips(l, a, z1, z2, unit, steps);                                            \
    }
#define LEVEL(name, target)                                                                        \
    RING(b0_##name, target, 0, false)                                                              \
    RING(b1_##name, target, 1, false)                                                              \
    RING(g0_##name, target, 0, true)                                                               \
    RING(g1_##name, target, 1, true)                                                               \
    SHEET(s0_##name, target, 0)                                                                    \
    SHEET(s1_##name, target, 1)                                                                    \
    static const mrse_kernels kernels_##name = {                                                   \
        {b0_##name, b1_##name}, {g0_##name, g1_##name}, {s0_##name, s1_##name}};

LEVEL(none, )
#ifdef HAVE_LEVELS
LEVEL(avx2, AVX2)
LEVEL(avx512, AVX512)
#endif

mrse_simd mrse_simd_best(void)
{
#ifdef HAVE_LEVELS
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
        return MRSE_SIMD_AVX512;
    }
    if (__builtin_cpu_supports("avx2")) {
        return MRSE_SIMD_AVX2;
    }
#endif
    return MRSE_SIMD_NONE;
}

const mrse_kernels *mrse_kernels_get(mrse_simd level)
{
#ifdef HAVE_LEVELS
    const mrse_simd best = mrse_simd_best();
    level = level < best ? level : best;
    if (level == MRSE_SIMD_AVX512) {
        return &kernels_avx512;
    }
    if (level == MRSE_SIMD_AVX2) {
        return &kernels_avx2;
    }
#endif
    (void)level;
    return &kernels_none;
}

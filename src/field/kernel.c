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
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define INDEPENDENT
#endif

MRSE_INLINE bool one_step_serves(double apart, double both, double h)
{
    return apart * apart + h * h >= MRSE_AGM_ONE_STEP * (both * both + h * h);
}

MRSE_INLINE bool ring_loop(const mrse_lanes *lanes, double a_m, double z_m, double unit,
                           bool gradient)
{
    const size_t n = lanes->n;
    const double *restrict r = lanes->r_m, *restrict z = lanes->z_m;
    double *restrict q = lanes->br_over_r, *restrict bz = lanes->bz;
    double *restrict dzz = lanes->dbz_dz, *restrict drz = lanes->dbr_dz;
    uint64_t left_out = 0;
    INDEPENDENT
    for (size_t i = 0; i < n; i++) {
        const double apart = a_m - r[i], h = z[i] - z_m;
        const bool served = one_step_serves(apart, a_m + r[i], h);
        const mrse_ring ring = mrse_ring_at(a_m, apart, r[i], h, 1);
        left_out |= served ? 0U : 1U;
        q[i] += served ? unit * ring.br_over_r : 0.0;
        bz[i] += served ? unit * ring.bz : 0.0;
        if (gradient) {
            dzz[i] += served ? unit * ring.dbz_dz : 0.0;
            drz[i] += served ? unit * ring.dbr_dz : 0.0;
        }
    }
    return left_out != 0;
}

MRSE_INLINE bool sheet_loop(const mrse_lanes *lanes, double a_m, double z1_m, double z2_m,
                            double unit)
{
    const size_t n = lanes->n;
    const double *restrict r = lanes->r_m, *restrict z = lanes->z_m;
    double *restrict q = lanes->br_over_r, *restrict bz = lanes->bz;
    double *restrict dzz = lanes->dbz_dz, *restrict drz = lanes->dbr_dz;
    uint64_t left_out = 0;
    INDEPENDENT
    for (size_t i = 0; i < n; i++) {
        const double apart = a_m - r[i], both = a_m + r[i], h1 = z[i] - z1_m, h2 = z[i] - z2_m;
        const bool served = one_step_serves(apart, both, h1) && one_step_serves(apart, both, h2);
        const mrse_ring low = mrse_ring_at(a_m, apart, r[i], h1, 1);
        const mrse_ring high = mrse_ring_at(a_m, apart, r[i], h2, 1);
        left_out |= served ? 0U : 1U;
        q[i] += served ? unit * (high.aphi_over_r - low.aphi_over_r) : 0.0;
        bz[i] += served ? unit * (low.half_space - high.half_space) : 0.0;
        dzz[i] += served ? unit * (low.bz - high.bz) : 0.0;
        drz[i] += served ? unit * (r[i] * (low.br_over_r - high.br_over_r)) : 0.0;
    }
    return left_out != 0;
}

#define LEVEL(name, target)                                                                        \
    target static bool ring_b_##name(const mrse_lanes *l, double a, double z, double u)            \
    {                                                                                              \
        return ring_loop(l, a, z, u, false);                                                       \
    }                                                                                              \
    target static bool ring_gradient_##name(const mrse_lanes *l, double a, double z, double u)     \
    {                                                                                              \
        return ring_loop(l, a, z, u, true);                                                        \
    }                                                                                              \
    target static bool sheet_##name(const mrse_lanes *l, double a, double z1, double z2, double u) \
    {                                                                                              \
        return sheet_loop(l, a, z1, z2, u);                                                        \
    }                                                                                              \
    static const mrse_kernels kernels_##name = {ring_b_##name, ring_gradient_##name, sheet_##name};

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

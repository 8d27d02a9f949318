/* Many points at once, on as many threads as asked for. Points are cut into blocks by their place
 * in the array, so that the number of threads changes nothing but the time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "agm.h"
#include "field_internal.h"
#include "output.h"

#ifndef MRSE_NO_THREADS
#include <pthread.h>
#include <unistd.h>
#endif

typedef struct batch {
    const mrse_magnet *magnet;
    size_t n;
    const double *r_m, *z_m;
    const mrse_field_arrays *out;
    bool gradient;
    const mrse_kernels *kernels;
    atomic_size_t next; /* block to be taken */
    atomic_bool refused;
} batch;

static bool wants_sfg(const mrse_field_arrays *out)
{
    return out->grad_r_T_m != NULL || out->grad_z_T_m != NULL || out->grad_T_m != NULL ||
           out->product_T2_m != NULL || out->b_T != NULL;
}

static bool wants_gradient(const mrse_field_arrays *out)
{
    return out->dbr_dz_T_m != NULL || out->dbz_dz_T_m != NULL || out->dbr_dr_T_m != NULL ||
           out->dbz_dr_T_m != NULL || wants_sfg(out);
}

static void put(double *array, size_t first, size_t n, const double *value)
{
    if (array != NULL) {
        memcpy(array + first, value, n * sizeof(double));
    }
}

/* What is reported of one block, before it is copied to the arrays that the caller asked for. */
typedef struct page {
    double br[MRSE_BLOCK], drr[MRSE_BLOCK], dzr[MRSE_BLOCK];
    double b[MRSE_BLOCK], gr[MRSE_BLOCK], gz[MRSE_BLOCK], g[MRSE_BLOCK], product[MRSE_BLOCK];
} page;

static void page_sfg(page *p, const mrse_sums *s, size_t n)
{
    bool null = false;
    for (size_t i = 0; i < n; i++) {
        const mrse_sfg sfg =
            mrse_sfg_regular(p->br[i], s->bz[i], p->drr[i], s->dbr_dz[i], p->dzr[i], s->dbz_dz[i]);
        p->b[i] = sfg.b_T;
        p->gr[i] = sfg.grad_r_T_m;
        p->gz[i] = sfg.grad_z_T_m;
        p->g[i] = sfg.grad_T_m;
        p->product[i] = sfg.product_T2_m;
    }
    for (size_t i = 0; i < n; i++) {
        null |= mrse_is_null(p->b[i], p->drr[i], s->dbr_dz[i], p->dzr[i], s->dbz_dz[i]);
    }
    for (size_t i = 0; null && i < n; i++) {
        const mrse_field field = {.br_T = p->br[i],
                                  .bz_T = s->bz[i],
                                  .dbr_dr_T_m = p->drr[i],
                                  .dbr_dz_T_m = s->dbr_dz[i],
                                  .dbz_dr_T_m = p->dzr[i],
                                  .dbz_dz_T_m = s->dbz_dz[i]};
        const mrse_sfg sfg = mrse_sfg_of(&field);
        p->gr[i] = sfg.grad_r_T_m;
        p->gz[i] = sfg.grad_z_T_m;
        p->g[i] = sfg.grad_T_m;
        p->product[i] = sfg.product_T2_m;
    }
}

static void block_put(const batch *b, size_t first, size_t n, const double *r_m, const mrse_sums *s)
{
    const mrse_field_arrays *out = b->out;
    page p;
    for (size_t i = 0; i < n; i++) {
        p.br[i] = r_m[i] * s->br_over_r[i];
    }
    put(out->br_T, first, n, p.br);
    put(out->bz_T, first, n, s->bz);
    if (!b->gradient) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        p.drr[i] = -s->dbz_dz[i] - s->br_over_r[i];
        p.dzr[i] = s->dbr_dz[i] - s->curl[i];
    }
    put(out->dbr_dz_T_m, first, n, s->dbr_dz);
    put(out->dbz_dz_T_m, first, n, s->dbz_dz);
    put(out->dbr_dr_T_m, first, n, p.drr);
    put(out->dbz_dr_T_m, first, n, p.dzr);
    if (wants_sfg(out)) {
        page_sfg(&p, s, n);
        put(out->b_T, first, n, p.b);
        put(out->grad_r_T_m, first, n, p.gr);
        put(out->grad_z_T_m, first, n, p.gz);
        put(out->grad_T_m, first, n, p.g);
        put(out->product_T2_m, first, n, p.product);
    }
}

/* 0 when a point is in range and its sums are finite, otherwise NaN or positive. */
MRSE_INLINE double trouble(const mrse_sums *s, size_t i, double moved_m)
{
    return (s->br_over_r[i] - s->br_over_r[i]) + (s->bz[i] - s->bz[i]) +
           (s->dbz_dz[i] - s->dbz_dz[i]) + (s->dbr_dz[i] - s->dbr_dz[i]) +
           (s->curl[i] - s->curl[i]) + moved_m;
}

/* Make every number of a point that has no value NaN; true when there was one. `moved_m` tells how
 * far a point out of range was moved to bring it in. */
static bool refuse(mrse_sums *s, size_t n, const double *moved_m)
{
    enum { WIDTH = 8 }; /* sums side by side, so that they are vectorised */
    double total[WIDTH] = {0};
    size_t i = 0;
    for (; i + WIDTH <= n; i += WIDTH) {
        for (size_t k = 0; k < WIDTH; k++) {
            total[k] += trouble(s, i + k, moved_m[i + k]);
        }
    }
    for (; i < n; i++) {
        total[0] += trouble(s, i, moved_m[i]);
    }
    for (size_t k = 1; k < WIDTH; k++) {
        total[0] += total[k];
    }
    if (total[0] == 0.0) {
        return false;
    }
    for (i = 0; i < n; i++) {
        if (!(trouble(s, i, moved_m[i]) == 0.0)) {
            s->br_over_r[i] = s->bz[i] = (double)NAN;
            s->dbz_dz[i] = s->dbr_dz[i] = s->curl[i] = (double)NAN;
        }
    }
    return true;
}

static void block_run(batch *b, size_t block)
{
    const size_t first = block * MRSE_BLOCK;
    const size_t n = b->n - first < MRSE_BLOCK ? b->n - first : MRSE_BLOCK;
    const double *r_m = b->r_m + first, *z_m = b->z_m + first;
    double r[MRSE_BLOCK] = {0}, z[MRSE_BLOCK] = {0}, moved[MRSE_BLOCK];
    mrse_sums sums;
    for (size_t i = 0; i < n; i++) {
        const bool good = mrse_point_in_range(r_m[i], z_m[i]);
        r[i] = good ? r_m[i] : 0.0;
        z[i] = good ? z_m[i] : 0.0;
        moved[i] = fabs(r_m[i] - r[i]) + fabs(z_m[i] - z[i]);
    }
    mrse_block_sum(b->magnet, n, r, z, b->gradient, b->kernels, &sums);
    if (refuse(&sums, n, moved)) {
        atomic_store(&b->refused, true);
    }
    block_put(b, first, n, r, &sums);
}

static void *work(void *argument)
{
    batch *b = argument;
    const size_t blocks = (b->n + MRSE_BLOCK - 1) / MRSE_BLOCK;
    for (;;) {
        const size_t block = atomic_fetch_add(&b->next, 1);
        if (block >= blocks) {
            return NULL;
        }
        block_run(b, block);
    }
}

#ifndef MRSE_NO_THREADS
static void run(batch *b, unsigned threads)
{
    enum { MOST = 64 };
    const size_t blocks = (b->n + MRSE_BLOCK - 1) / MRSE_BLOCK;
    pthread_t helper[MOST];
    unsigned started = 0;
    if (threads == 0) {
        const long online = sysconf(_SC_NPROCESSORS_ONLN);
        threads = online > 1 ? (unsigned)online : 1;
    }
    /* A helper that cannot be started is not missed: the others take its blocks. */
    while (started + 1 < threads && started + 1 < blocks && started < MOST &&
           pthread_create(&helper[started], NULL, work, b) == 0) {
        started++;
    }
    (void)work(b);
    for (unsigned i = 0; i < started; i++) {
        (void)pthread_join(helper[i], NULL);
    }
}
#else
static void run(batch *b, unsigned threads)
{
    (void)threads;
    (void)work(b);
}
#endif

mrse_status mrse_field_batch_simd(const mrse_magnet *magnet, size_t n, const double *r_m,
                                  const double *z_m, const mrse_field_arrays *out, unsigned threads,
                                  mrse_simd level)
{
    if (out == NULL || (n > 0 && (r_m == NULL || z_m == NULL))) {
        return MRSE_ERR_ARG;
    }
    const mrse_status status = mrse_magnet_check(magnet);
    if (status != MRSE_OK) {
        return status;
    }
    batch b = {.magnet = magnet,
               .n = n,
               .r_m = r_m,
               .z_m = z_m,
               .out = out,
               .gradient = wants_gradient(out),
               .kernels = mrse_kernels_get(level)};
    atomic_init(&b.next, 0);
    atomic_init(&b.refused, false);
    run(&b, threads);
    return atomic_load(&b.refused) ? MRSE_ERR_RANGE : MRSE_OK;
}

mrse_status mrse_field_batch(const mrse_magnet *magnet, size_t n, const double *r_m,
                             const double *z_m, const mrse_field_arrays *out, unsigned threads)
{
    return mrse_field_batch_simd(magnet, n, r_m, z_m, out, threads, mrse_simd_best());
}

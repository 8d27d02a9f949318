/* One block of points: every source in turn, the points sorted by what each needs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "field_internal.h"

/* A copy of some lanes, side by side. */
typedef struct gathered {
    double r[MRSE_BLOCK], z[MRSE_BLOCK];
    mrse_sums sums;
} gathered;

static void gather(gathered *to, size_t n, const unsigned short *index, const mrse_lanes *from)
{
    for (size_t k = 0; k < n; k++) {
        const size_t i = index[k];
        to->r[k] = from->r_m[i];
        to->z[k] = from->z_m[i];
        to->sums.br_over_r[k] = from->br_over_r[i];
        to->sums.bz[k] = from->bz[i];
        to->sums.dbz_dz[k] = from->dbz_dz[i];
        to->sums.dbr_dz[k] = from->dbr_dz[i];
        to->sums.curl[k] = from->curl[i];
    }
}

static void scatter(const mrse_lanes *to, size_t n, const unsigned short *index,
                    const gathered *from)
{
    for (size_t k = 0; k < n; k++) {
        const size_t i = index[k];
        to->br_over_r[i] = from->sums.br_over_r[k];
        to->bz[i] = from->sums.bz[k];
        to->dbz_dz[i] = from->sums.dbz_dz[k];
        to->dbr_dz[i] = from->sums.dbr_dz[k];
        to->curl[i] = from->sums.curl[k];
    }
}

static mrse_lanes lanes_of(mrse_sums *sums, size_t n, const double *r_m, const double *z_m,
                           bool gradient, const mrse_kernels *kernels)
{
    return (mrse_lanes){n,        r_m,          z_m,          sums->br_over_r,
                        sums->bz, sums->dbz_dz, sums->dbr_dz, sums->curl,
                        gradient, kernels};
}

void mrse_lanes_split(const mrse_lanes *lanes, const mrse_source *source, const double *code,
                      mrse_lanes_part *add)
{
    unsigned short count[MRSE_CODES] = {0}, begin[MRSE_CODES + 1] = {0}, index[MRSE_BLOCK];
    for (size_t i = 0; i < lanes->n; i++) {
        count[(unsigned)code[i]]++;
    }
    if (lanes->n == 0 || count[(unsigned)code[0]] == lanes->n) {
        add(lanes, source, (unsigned)code[0]);
        return;
    }
    for (unsigned c = 0; c < MRSE_CODES; c++) {
        begin[c + 1] = (unsigned short)(begin[c] + count[c]);
    }
    for (size_t i = lanes->n; i-- > 0;) {
        const unsigned c = (unsigned)code[i];
        index[begin[c] + --count[c]] = (unsigned short)i;
    }
    gathered part;
    for (unsigned c = 0; c < MRSE_CODES; c++) {
        const size_t n = (size_t)begin[c + 1] - begin[c];
        if (n > 0) {
            gather(&part, n, index + begin[c], lanes);
            const mrse_lanes view =
                lanes_of(&part.sums, n, part.r, part.z, lanes->gradient, lanes->kernels);
            add(&view, source, c);
            scatter(lanes, n, index + begin[c], &part);
        }
    }
}

void mrse_block_sum(const mrse_magnet *magnet, size_t n, const double *r_m, const double *z_m,
                    bool gradient, const mrse_kernels *kernels, mrse_sums *sums)
{
    memset(sums->br_over_r, 0, n * sizeof(double));
    memset(sums->bz, 0, n * sizeof(double));
    memset(sums->dbz_dz, 0, n * sizeof(double));
    memset(sums->dbr_dz, 0, n * sizeof(double));
    memset(sums->curl, 0, n * sizeof(double));
    const mrse_lanes lanes = lanes_of(sums, n, r_m, z_m, gradient, kernels);
    for (size_t i = 0; i < magnet->n; i++) {
        const mrse_source *s = &magnet->source[i];
        switch (s->type) {
        case MRSE_SOURCE_LOOP:
            mrse_rings_add(&lanes, s->r1_m, s->z1_m, MRSE_MU0 * s->current_A, 1);
            break;
        case MRSE_SOURCE_SHEET:
            mrse_sheet_add(&lanes, s);
            break;
        case MRSE_SOURCE_COIL:
            mrse_coil_add(&lanes, s);
            break;
        }
    }
}

/* Rings and sheet ends at many points: the vector loops, and one point at a time where a wire is
 * near. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "agm.h"
#include "field_internal.h"

static bool serves(unsigned steps, double apart, double both, double h)
{
    const double limit = steps == 0 ? MRSE_AGM_NO_STEP : MRSE_AGM_ONE_STEP;
    return apart * apart + h * h >= limit * (both * both + h * h);
}

/* The first lane from i on in a strip that holds lanes left out; MRSE_BLOCK when there is none. */
static size_t next_lane(unsigned left_out, size_t i)
{
    while (i < MRSE_BLOCK && (left_out >> i / MRSE_STRIP & 1U) == 0) {
        i = (i / MRSE_STRIP + 1) * MRSE_STRIP;
    }
    return i;
}

void mrse_rings_add(const mrse_lanes *l, double a_m, double z_m, double unit_T_m, unsigned steps)
{
    const unsigned left_out = l->gradient ? l->kernels->ring_gradient[steps](l, a_m, z_m, unit_T_m)
                                          : l->kernels->ring_b[steps](l, a_m, z_m, unit_T_m);
    for (size_t i = next_lane(left_out, 0); i < l->n; i = next_lane(left_out, i + 1)) {
        const double apart = a_m - l->r_m[i], h = l->z_m[i] - z_m;
        if (serves(steps, apart, a_m + l->r_m[i], h)) {
            continue;
        }
        if (!(apart * apart + h * h > 1e-12 * a_m * a_m)) {
            l->curl[i] = (double)NAN; /* on the wire */
            continue;
        }
        const mrse_ring ring = mrse_ring_auto(a_m, apart, l->r_m[i], h, unit_T_m);
        l->br_over_r[i] += ring.br_over_r;
        l->bz[i] += ring.bz;
        if (l->gradient) {
            l->dbz_dz[i] += ring.dbz_dz;
            l->dbr_dz[i] += ring.dbr_dz;
        }
    }
}

void mrse_ends_add(const mrse_lanes *l, double a_m, double z1_m, double z2_m, double unit_T,
                   unsigned steps)
{
    const unsigned left_out = l->kernels->sheet[steps](l, a_m, z1_m, z2_m, unit_T);
    for (size_t i = next_lane(left_out, 0); i < l->n; i = next_lane(left_out, i + 1)) {
        const double r = l->r_m[i], apart = a_m - r, both = a_m + r;
        const double h1 = l->z_m[i] - z1_m, h2 = l->z_m[i] - z2_m;
        if (serves(steps, apart, both, h1) && serves(steps, apart, both, h2)) {
            continue;
        }
        const mrse_ring low = mrse_ring_auto(a_m, apart, r, h1, unit_T);
        const mrse_ring high = mrse_ring_auto(a_m, apart, r, h2, unit_T);
        l->br_over_r[i] += high.aphi_over_r - low.aphi_over_r;
        l->bz[i] += low.half_space - high.half_space;
        l->dbz_dz[i] += low.bz - high.bz;
        l->dbr_dz[i] += r * (low.br_over_r - high.br_over_r);
    }
}

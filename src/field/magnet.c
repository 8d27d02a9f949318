/* A magnet is the sum of its sources; what people ask of a point of its field.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "field_internal.h"
#include "output.h"

static bool within(double x, double limit)
{
    return x >= -limit && x <= limit; /* false for NaN */
}

mrse_status mrse_source_check(const mrse_source *source)
{
    if (source == NULL) {
        return MRSE_ERR_ARG;
    }
    const bool thick = source->type == MRSE_SOURCE_COIL, loop = source->type == MRSE_SOURCE_LOOP;
    if (!thick && !loop && source->type != MRSE_SOURCE_SHEET) {
        return MRSE_ERR_ARG;
    }
    const double r1 = source->r1_m, r2 = source->r2_m, z1 = source->z1_m, z2 = source->z2_m;
    bool good =
        r1 >= 1e-6 && r1 <= MRSE_FAR_M && within(z1, MRSE_FAR_M) && within(source->current_A, 1e15);
    if (!loop) {
        good = good && within(z2, MRSE_FAR_M) && z2 - z1 >= 1e-6 * r1;
    }
    if (thick) {
        good = good && r2 <= MRSE_FAR_M && r2 - r1 >= 1e-6 * r1;
    }
    return good ? MRSE_OK : MRSE_ERR_RANGE;
}

mrse_status mrse_magnet_check(const mrse_magnet *magnet)
{
    if (magnet == NULL || (magnet->source == NULL && magnet->n > 0)) {
        return MRSE_ERR_ARG;
    }
    for (size_t i = 0; i < magnet->n; i++) {
        const mrse_status status = mrse_source_check(&magnet->source[i]);
        if (status != MRSE_OK) {
            return status;
        }
    }
    return MRSE_OK;
}

mrse_status mrse_field_at(const mrse_magnet *magnet, double r_m, double z_m, mrse_field *out)
{
    if (out == NULL) {
        return MRSE_ERR_ARG;
    }
    *out = (mrse_field){0};
    const mrse_status status = mrse_magnet_check(magnet);
    if (status != MRSE_OK) {
        return status;
    }
    if (!mrse_point_in_range(r_m, z_m)) {
        return MRSE_ERR_RANGE;
    }
    mrse_sums sums;
    mrse_block_sum(magnet, 1, &r_m, &z_m, true, mrse_kernels_get(mrse_simd_best()), &sums);
    if (!mrse_sums_finite(&sums, 0)) {
        return MRSE_ERR_RANGE;
    }
    *out = mrse_field_from_sums(&sums, 0, r_m);
    return MRSE_OK;
}

void mrse_sfg_from_field(const mrse_field *field, mrse_sfg *out)
{
    *out = mrse_sfg_of(field);
}

mrse_status mrse_sfg_at(const mrse_magnet *magnet, double r_m, double z_m, mrse_sfg *out)
{
    if (out == NULL) {
        return MRSE_ERR_ARG;
    }
    *out = (mrse_sfg){0};
    mrse_field field;
    const mrse_status status = mrse_field_at(magnet, r_m, z_m, &field);
    if (status == MRSE_OK) {
        mrse_sfg_from_field(&field, out);
    }
    return status;
}

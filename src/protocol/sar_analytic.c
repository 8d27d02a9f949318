/* SAR of a uniform body in a uniform field: an order of magnitude, never a number to decide by.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sar_internal.h"

/* u such that U = 2u spans a factor of three upwards; the origin stays unverified, so that no limit
 * is ever met by it. */
static void put(mrse_value *value, double sar)
{
    *value = mrse_value_computed(sar, sar, value->kind, MRSE_METHOD_SAR_ANALYTIC);
    value->origin = MRSE_ORIGIN_UNVERIFIED;
}

bool mrse_sar_analytic(const mrse_protocol *p, const mrse_protocol_rf *rf, mrse_sar *out)
{
    const mrse_value b1 = mrse_sar_b1(p, rf);
    double e = 2.0 * MRSE_PI * MRSE_GAMMA_HZ_T * p->b0.v * b1.v, density;

    if (!isfinite(e) || !(e > 0.0))
        return false;
    density = MRSE_SAR_CONDUCTIVITY_S_M * e * e / MRSE_SAR_DENSITY_KG_M3;
    if (p->region == MRSE_REGION_HEAD) {
        put(&out->value[2], density * MRSE_SAR_HEAD_M * MRSE_SAR_HEAD_M / 10.0);
    } else if (p->region == MRSE_REGION_CHEST || p->region == MRSE_REGION_ABDOMEN ||
               p->region == MRSE_REGION_PELVIS) {
        put(&out->value[1], density * MRSE_SAR_TRUNK_M * MRSE_SAR_TRUNK_M / 4.0);
        put(&out->value[0], MRSE_SAR_TRUNK_SHARE * out->value[1].v);
    } else {
        return false;
    }
    mrse_sar_reason(out, MRSE_SAR_ANALYTIC,
                    "order of magnitude only: a uniform sphere or cylinder, within a factor of 3");
    return true;
}

/* The largest |B|, gradient and force product on a cylinder about the axis.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maximum_internal.h"

/* Beyond a few times the largest radius from the ends only the far field is left, which falls. */
static const double REACH = 5.0;

static mrse_status search(const mrse_magnet *magnet, double radius_m, mrse_peak peak[])
{
    bool mirrored;
    mrse_status status = mrse_windings_mirrored(magnet, &mirrored);
    if (status)
        return status;
    mrse_box box = mrse_windings_box(magnet);
    double margin = REACH * fmax(radius_m, box.r_max_m);
    double from_m = mirrored ? 0.0 : box.z_min_m - margin;
    mrse_scan *scan = NULL;
    status = mrse_scan_create(magnet, false, radius_m, from_m, box.z_max_m + margin, &scan);
    for (int q = 0; q < MRSE_QUANTITIES && !status; q++)
        status = mrse_scan_peak(scan, (mrse_quantity)q, &peak[q]);
    mrse_scan_free(scan);
    return status;
}

mrse_status mrse_cylinder_maxima(const mrse_magnet *magnet, double radius_m, mrse_cylinder *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_cylinder){0};
    if (!isfinite(radius_m) || radius_m < 0.0)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_windings_check(magnet);
    mrse_peak peak[MRSE_QUANTITIES];
    if (!status)
        status = search(magnet, radius_m, peak);
    if (status)
        return status;
    out->radius_m = radius_m;
    out->b_T = peak[MRSE_QUANTITY_B].value;
    out->b_z_m = peak[MRSE_QUANTITY_B].z_m;
    out->grad_T_m = peak[MRSE_QUANTITY_GRAD].value;
    out->grad_z_m = peak[MRSE_QUANTITY_GRAD].z_m;
    out->product_T2_m = peak[MRSE_QUANTITY_PRODUCT].value;
    out->product_z_m = peak[MRSE_QUANTITY_PRODUCT].z_m;
    return MRSE_OK;
}

/* Scan time of SE, TSE, GRE and EPI families from what the console shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/scan_time.h"

#include <math.h>

/* Product of counts stays exact in a double and far from overflow in a size_t. */
enum { MOST = 1000000 };

static size_t at_least_one(size_t count)
{
    return count ? count : 1;
}

static int share_ok(double share)
{
    return share == 0.0 || (share >= 0.5 && share <= 1.0);
}

static int acceleration_ok(double acceleration)
{
    return acceleration == 0.0 || acceleration >= 1.0;
}

/* 6/8 of 256 is 192 also when 6/8 was written 0.75000000001. */
static size_t round_up(double count)
{
    const double nearest = nearbyint(count);
    return (size_t)(fabs(count - nearest) < 1e-6 ? nearest : ceil(count));
}

static size_t acquired(size_t lines, double share, double acceleration, size_t reference)
{
    const size_t kept = round_up((share > 0.0 ? share : 1.0) * (double)lines);
    size_t n;

    if (!(acceleration > 1.0))
        return kept;
    n = round_up((double)kept / acceleration) + reference;
    return n < kept ? n : kept;
}

static mrse_status check_plan(const mrse_scan_plan *p)
{
    if (!p || !isfinite(p->tr_s) || !isfinite(p->partial_pe) || !isfinite(p->partial_3d) ||
        !isfinite(p->acceleration_pe) || !isfinite(p->acceleration_3d) || p->lines == 0)
        return MRSE_ERR_ARG;
    if (p->lines > MOST || p->partitions > MOST || p->lines_per_tr > MOST || p->averages > MOST ||
        p->concatenations > MOST || p->volumes > MOST || p->dummies > MOST ||
        p->reference_lines > MOST || p->reference_partitions > MOST)
        return MRSE_ERR_LIMIT;
    if (!(p->tr_s > 0.0) || !share_ok(p->partial_pe) || !share_ok(p->partial_3d) ||
        !acceleration_ok(p->acceleration_pe) || !acceleration_ok(p->acceleration_3d))
        return MRSE_ERR_RANGE;
    return MRSE_OK;
}

mrse_status mrse_scan_time_of(const mrse_scan_plan *plan, mrse_scan_time *out)
{
    mrse_scan_time t;
    mrse_status status;
    size_t per_tr, all;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_scan_time){0};
    status = check_plan(plan);
    if (status != MRSE_OK)
        return status;
    per_tr = at_least_one(plan->lines_per_tr);
    t.lines = acquired(plan->lines, plan->partial_pe, plan->acceleration_pe, plan->reference_lines);
    t.partitions = acquired(at_least_one(plan->partitions), plan->partial_3d, plan->acceleration_3d,
                            plan->reference_partitions);
    all = t.lines * t.partitions;
    if (per_tr > all)
        return MRSE_ERR_RANGE;
    t.trains = (all + per_tr - 1) / per_tr;
    t.repetitions = ((double)t.trains * (double)at_least_one(plan->averages) *
                         (double)at_least_one(plan->volumes) +
                     (double)plan->dummies) *
                    (double)at_least_one(plan->concatenations);
    t.time_s = plan->tr_s * t.repetitions;
    *out = t;
    return MRSE_OK;
}

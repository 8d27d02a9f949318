/* A protocol as the formulas of scan time and noise want it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "protocol/image_internal.h"

enum { MOST = 1000000 };

static bool stated(double v, const char *key, char why[MRSE_IMAGE_WHY])
{
    if (isfinite(v) && v > 0.0)
        return true;
    if (!why[0])
        (void)snprintf(why, MRSE_IMAGE_WHY, "'%s' is not stated", key);
    return false;
}

/* What is not stated, or not a count, is not used: 0. */
static size_t count(double v)
{
    return isfinite(v) && v >= 1.0 && v <= (double)MOST ? (size_t)nearbyint(v) : 0;
}

static double share(double v)
{
    return isfinite(v) ? v : 0.0;
}

bool mrse_image_is_epi(const mrse_protocol *p)
{
    return p->family == MRSE_FAMILY_EPI || p->family == MRSE_FAMILY_DWI;
}

bool mrse_image_has_train(const mrse_protocol *p)
{
    return p->family == MRSE_FAMILY_TSE || mrse_image_is_epi(p);
}

const mrse_protocol_pulse *mrse_image_pulse(const mrse_protocol *p, mrse_pulse_role role)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == role)
            return &p->pulse[i];
    return NULL;
}

double mrse_image_full_lines(const mrse_protocol *p)
{
    return nearbyint(p->matrix_phase * (1.0 + share(p->phase_oversampling)));
}

/* Slices of a 2D bSSFP follow one another: no slice can wait for another within its TR. */
static size_t passes(const mrse_protocol *p)
{
    if (isfinite(p->concatenations) || p->family != MRSE_FAMILY_BSSFP || p->three_d)
        return count(p->concatenations);
    return count(ceil(p->slices / fmax(1.0, p->simultaneous)));
}

/* The last train is short, and a console's EPI factor may count lines that acceleration leaves out. */
static void limit_lines_per_tr(mrse_scan_plan *plan)
{
    mrse_scan_plan one = *plan;
    mrse_scan_time time;

    one.lines_per_tr = 1;
    if (mrse_scan_time_of(&one, &time) == MRSE_OK && plan->lines_per_tr > time.trains)
        plan->lines_per_tr = time.trains;
}

mrse_status mrse_protocol_plan_of(const mrse_protocol *p, mrse_scan_plan *plan,
                                  char why[MRSE_IMAGE_WHY])
{
    bool train, known;

    if (why)
        why[0] = '\0';
    if (plan)
        *plan = (mrse_scan_plan){0};
    if (!p || !plan || !why)
        return MRSE_ERR_ARG;
    train = mrse_image_has_train(p) || mrse_image_pulse(p, MRSE_PULSE_INVERSION);
    train = train && p->family != MRSE_FAMILY_SE;
    known = stated(p->family != MRSE_FAMILY_UNKNOWN ? 1.0 : 0.0, "family", why) &&
            stated(p->tr.v, "tr", why) && stated(p->matrix_phase, "matrix_phase", why) &&
            (!p->three_d || stated(p->partitions, "partitions", why)) &&
            (!train || stated(p->etl, "etl", why));
    if (!known)
        return MRSE_OK;
    plan->tr_s = p->tr.v;
    plan->lines = count(mrse_image_full_lines(p));
    plan->partitions = p->three_d ? count(p->partitions) : 0;
    plan->lines_per_tr = train ? count(p->etl) : 1;
    plan->averages = count(p->averages);
    plan->concatenations = passes(p);
    plan->volumes = count(p->volumes);
    plan->dummies = count(p->dummies);
    plan->partial_pe = share(p->partial_phase);
    plan->partial_3d = p->three_d ? share(p->partial_slice) : 0.0;
    plan->acceleration_pe = share(p->acceleration_phase);
    plan->acceleration_3d = p->three_d ? share(p->acceleration_slice) : 0.0;
    plan->reference_lines = count(p->reference_lines);
    limit_lines_per_tr(plan);
    return MRSE_OK;
}

mrse_status mrse_protocol_acquisition_of(const mrse_protocol *p, mrse_acquisition *acquisition,
                                         char why[MRSE_IMAGE_WHY])
{
    mrse_scan_plan plan;
    mrse_scan_time time;
    mrse_status status;
    bool known;

    if (why)
        why[0] = '\0';
    if (acquisition)
        *acquisition = (mrse_acquisition){0};
    if (!p || !acquisition || !why)
        return MRSE_ERR_ARG;
    status = mrse_protocol_plan_of(p, &plan, why);
    if (status != MRSE_OK || why[0])
        return status;
    known = stated(p->fov_read.v, "fov_read", why) && stated(p->fov_phase.v, "fov_phase", why) &&
            stated(p->matrix_read, "matrix_read", why) &&
            stated(p->thickness.v, "thickness", why) && stated(p->bandwidth.v, "bandwidth", why);
    if (!known)
        return MRSE_OK;
    if (mrse_scan_time_of(&plan, &time) != MRSE_OK) {
        (void)snprintf(why, MRSE_IMAGE_WHY, "the lines of k-space cannot be counted");
        return MRSE_OK;
    }
    acquisition->voxel_m3 =
        p->fov_read.v / p->matrix_read * (p->fov_phase.v / p->matrix_phase) * p->thickness.v;
    acquisition->averages = plan.averages ? (double)plan.averages : 1.0;
    acquisition->lines_pe = (double)time.lines;
    acquisition->lines_3d = (double)time.partitions;
    acquisition->bandwidth_Hz_px = p->bandwidth.v;
    acquisition->g_factor = isfinite(p->g_factor) && p->g_factor >= 1.0 ? p->g_factor : 1.0;
    return MRSE_OK;
}

/* What two protocols have in common, as far as SAR goes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sar_internal.h"

/* A registered mass of 72.57 and one of 72.5747 kg are the same patient's. */
#define SAME_MASS 1e-3
/* Files give angles in degrees, consoles rounded: what they read is the same number. */
#define SAME 1e-9

static bool differ(double a, double b, double within)
{
    return isfinite(a) && isfinite(b) && fabs(a - b) > within * fmax(fabs(a), fabs(b));
}

/* Not stated on both sides is the same; on one side only it is not. */
static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || (isfinite(a) && isfinite(b) && !differ(a, b, SAME));
}

static bool texts_differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

static double factor(double stated)
{
    return stated >= 1.0 ? stated : 1.0;
}

bool mrse_sar_multiband(const mrse_protocol *p)
{
    size_t i;

    for (i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].bands > 1.0)
            return true;
    return p->simultaneous > 1.0;
}

bool mrse_sar_same_acceleration(const mrse_protocol *a, const mrse_protocol *b)
{
    return same(factor(a->acceleration_phase), factor(b->acceleration_phase)) &&
           same(factor(a->acceleration_slice), factor(b->acceleration_slice)) &&
           same(a->partial_phase, b->partial_phase) && same(a->partial_slice, b->partial_slice);
}

const char *mrse_sar_incomparable(const mrse_protocol *a, const mrse_protocol *b)
{
    if (texts_differ(a->exam, b->exam))
        return "they are of different examinations";
    if (differ(a->reported.patient_mass.v, b->reported.patient_mass.v, SAME_MASS))
        return "the registered patient's mass differs";
    if (a->region != MRSE_REGION_UNKNOWN && b->region != MRSE_REGION_UNKNOWN &&
        a->region != b->region)
        return "the table has moved: another region is at the isocentre";
    if (texts_differ(a->coil, b->coil))
        return "the transmit coil differs";
    if (differ(a->b0.v, b->b0.v, SAME))
        return "the field strength differs";
    if (factor(a->simultaneous) != factor(b->simultaneous) ||
        mrse_sar_multiband(a) != mrse_sar_multiband(b))
        return "the multiband factor differs, and with it pulses and reference scans in a way that "
               "no ratio was seen to follow";
    return NULL;
}

static bool same_shape(const mrse_protocol_pulse *a, const mrse_protocol_pulse *b)
{
    if (!a->has_shape || !b->has_shape)
        return a->has_shape == b->has_shape;
    return a->shape.form == b->shape.form &&
           same(a->shape.time_bandwidth, b->shape.time_bandwidth) &&
           same(a->shape.apodisation, b->shape.apodisation) &&
           same(a->shape.sigmas, b->shape.sigmas) && same(a->shape.flat, b->shape.flat) &&
           same(a->shape.edge, b->shape.edge);
}

static bool same_pulse(const mrse_protocol_pulse *a, const mrse_protocol_pulse *b)
{
    size_t i;

    if (a->role != b->role || a->per != b->per || !same(a->count, b->count) ||
        !same(a->bands, b->bands) || a->n_train != b->n_train || !same(a->flip.v, b->flip.v) ||
        !same(a->duration.v, b->duration.v) || !same(a->b1_peak.v, b->b1_peak.v) ||
        texts_differ(a->name, b->name) || !same_shape(a, b))
        return false;
    /* a pulse of which nothing is stated is not known to be the same */
    if (!isfinite(a->flip.v) && a->n_train == 0 && !isfinite(a->b1_peak.v))
        return false;
    for (i = 0; i < a->n_train; i++)
        if (!same(a->train[i].v, b->train[i].v))
            return false;
    return true;
}

bool mrse_sar_same_pulses(const mrse_protocol *a, const mrse_protocol *b)
{
    size_t i;

    if (a->n_pulses == 0 || a->n_pulses != b->n_pulses || a->family != b->family ||
        a->family == MRSE_FAMILY_UNKNOWN || a->three_d != b->three_d || !same(a->etl, b->etl) ||
        !same(a->te.v, b->te.v) || !same(a->ti.v, b->ti.v) || !same(a->esp.v, b->esp.v) ||
        !same(a->thickness.v, b->thickness.v) || !same(a->b_value.v, b->b_value.v) ||
        a->adiabatic_or_verse != b->adiabatic_or_verse || !mrse_sar_same_acceleration(a, b) ||
        texts_differ(a->gradient_mode, b->gradient_mode))
        return false;
    for (i = 0; i < a->n_pulses; i++)
        if (!same_pulse(&a->pulse[i], &b->pulse[i]))
            return false;
    return true;
}

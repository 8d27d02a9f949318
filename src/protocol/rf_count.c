/* How often the pulses of a protocol are played in one TR, and whether that is known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rf_internal.h"

static bool has_role(const mrse_protocol *p, mrse_pulse_role role)
{
    size_t i;

    for (i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == role)
            return true;
    return false;
}

static bool whole(double n)
{
    return n >= 1.0 && n <= RF_BLOCKS && floor(n) == n;
}

/* Lines read after each inversion or preparation: TR is then the whole cycle. */
static bool is_cycle(const mrse_protocol *p)
{
    return (p->family == MRSE_FAMILY_GRE || p->family == MRSE_FAMILY_BSSFP) &&
           (has_role(p, MRSE_PULSE_INVERSION) ||
            (has_role(p, MRSE_PULSE_PREPARATION) && p->etl > 1.0));
}

double mrse_rf_slots(const mrse_protocol *p)
{
    /* fewer passes: more slices in each; not stated means one, the most RF */
    double passes = isnan(p->concatenations) ? 1.0 : p->concatenations;
    double together = isnan(p->simultaneous) || p->simultaneous == 0.0 ? 1.0 : p->simultaneous;

    if (p->three_d)
        return 1.0;
    if (!whole(p->slices) || !whole(passes) || !whole(together))
        return (double)NAN;
    return ceil(ceil(p->slices / passes) / together);
}

double mrse_rf_times(const mrse_protocol *p, const mrse_protocol_pulse *pulse)
{
    bool readout = pulse->role == MRSE_PULSE_EXCITATION && is_cycle(p);
    bool gradient = p->family == MRSE_FAMILY_GRE || p->family == MRSE_FAMILY_BSSFP;
    double train = 1.0;

    if (!whole(pulse->count))
        return (double)NAN;
    if (readout || (pulse->per == MRSE_PER_ECHO && !gradient))
        train = p->etl;
    return whole(train) ? pulse->count * train : (double)NAN;
}

double mrse_rf_bands(const mrse_protocol *p, const mrse_protocol_pulse *pulse)
{
    bool selects = pulse->role == MRSE_PULSE_EXCITATION || pulse->role == MRSE_PULSE_REFOCUSING;

    /* slices that are read together are excited together, whatever the pulse's own line says */
    return selects && p->simultaneous > pulse->bands ? p->simultaneous : pulse->bands;
}

/* Each echo of a train has its pulse: fewer would make the exposure too small. */
static bool train_is_short(const mrse_protocol *p)
{
    double sum = 0.0;
    size_t i;

    for (i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == MRSE_PULSE_REFOCUSING)
            sum += mrse_rf_times(p, &p->pulse[i]);
    return !(sum >= p->etl);
}

const char *mrse_rf_refusal(const mrse_protocol *p)
{
    bool refocused =
        p->family == MRSE_FAMILY_SE || p->family == MRSE_FAMILY_TSE || p->family == MRSE_FAMILY_DWI;

    if (p->adiabatic_or_verse)
        return "a pulse is adiabatic or VERSE: flip angle and duration do not give its energy";
    if (p->family == MRSE_FAMILY_UNKNOWN)
        return "the family of the sequence is not stated";
    if (!(p->tr.v > 0.0 && isfinite(p->tr.v)))
        return "TR is not stated";
    if (isnan(mrse_rf_slots(p)))
        return "the number of slices is not stated";
    if (!has_role(p, MRSE_PULSE_EXCITATION))
        return "no excitation pulse is stated";
    if (refocused && !has_role(p, MRSE_PULSE_REFOCUSING))
        return "no refocusing pulse is stated";
    if (isfinite(p->ti.v) && !has_role(p, MRSE_PULSE_INVERSION))
        return "TI is stated, but no inversion pulse";
    if ((p->family == MRSE_FAMILY_TSE || is_cycle(p)) && !whole(p->etl))
        return "the number of echoes in a train, or of lines in a cycle, is not stated";
    if (p->family == MRSE_FAMILY_TSE && train_is_short(p))
        return "fewer refocusing pulses than echoes are stated";
    return NULL;
}

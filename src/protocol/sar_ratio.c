/* SAR after over SAR before: by times, by the consoles' B1+rms, by the energy of pulses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rf_internal.h"
#include "sar_internal.h"

/* Consoles round TR to what their pulses take: three pairs were off by 4e-4 to 7e-4. */
#define U_TIME 5e-4
/* B1+rms is of the worst 10 s and SAR of 6 min: two Philips pairs were off by 0.7 %, Siemens' by
 * less than 1e-7. */
#define U_B1 5e-3
/* 10 s then hold fewer than two repetitions; no such pair was compared. */
#define LONGEST_TR_S 5.0

static bool positive(double x)
{
    return isfinite(x) && x > 0.0;
}

static double relative(const mrse_value *x)
{
    return x->u / x->v;
}

static bool give(mrse_sar *out, mrse_sar_method method, double ratio, double u_relative,
                 const char *reason)
{
    if (!positive(ratio))
        return false;
    out->ratio = ratio;
    out->u_ratio = ratio * u_relative;
    mrse_sar_reason(out, method, reason);
    return true;
}

bool mrse_sar_ratio_time(const mrse_protocol *a, const mrse_protocol *b, mrse_sar *out)
{
    double slots_a = mrse_rf_slots(a), slots_b = mrse_rf_slots(b);
    size_t i;

    if (!mrse_sar_same_pulses(a, b) || !positive(a->tr.v) || !positive(b->tr.v) || isnan(slots_a) ||
        isnan(slots_b))
        return false;
    /* what is played once in a TR does not go with the slices */
    for (i = 0; slots_a != slots_b && i < a->n_pulses; i++)
        if (a->pulse[i].per == MRSE_PER_TR)
            return false;
    return give(out, MRSE_SAR_RATIO_TIME, slots_b / b->tr.v / (slots_a / a->tr.v),
                hypot(U_TIME, hypot(relative(&a->tr), relative(&b->tr))),
                "the pulses are unchanged: SAR goes with the slices excited in one TR, over TR");
}

bool mrse_sar_ratio_b1(const mrse_protocol *a, const mrse_protocol *b, mrse_sar *out)
{
    const mrse_value *x = &a->reported.b1_rms, *y = &b->reported.b1_rms;

    if (!positive(x->v) || !positive(y->v) || mrse_sar_multiband(a) || mrse_sar_multiband(b) ||
        !(a->tr.v <= LONGEST_TR_S && b->tr.v <= LONGEST_TR_S))
        return false;
    return give(out, MRSE_SAR_RATIO_B1, y->v / x->v * (y->v / x->v),
                hypot(U_B1, 2.0 * hypot(relative(x), relative(y))),
                "both consoles' B1+rms, squared: SAR is a mean of 6 min, B1+rms of the worst 10 s");
}

bool mrse_sar_ratio_pulse(const mrse_protocol *a, const mrse_protocol *b,
                          const mrse_protocol_rf *rf_a, const mrse_protocol_rf *rf_b, mrse_sar *out)
{
    bool echo_planar = a->family == MRSE_FAMILY_EPI || a->family == MRSE_FAMILY_DWI ||
                       b->family == MRSE_FAMILY_EPI || b->family == MRSE_FAMILY_DWI;

    if (rf_a->refused[0] || rf_b->refused[0] || !positive(rf_a->rms_T) || !positive(rf_b->rms_T))
        return false;
    /* one console was seen to double its SAR with acceleration, at equal flip angle and TR */
    if (echo_planar && !mrse_sar_same_acceleration(a, b))
        return false;
    return give(out, MRSE_SAR_RATIO_PULSE, rf_b->rms_T / rf_a->rms_T * (rf_b->rms_T / rf_a->rms_T),
                2.0 * hypot(rf_a->u_relative, rf_b->u_relative),
                "energy of the stated pulses in one TR, over TR");
}

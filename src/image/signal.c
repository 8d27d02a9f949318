/* Signal equations of spin echo, spoiled and balanced gradient echo and inversion recovery.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/signal.h"

#include <math.h>
#include <stddef.h>

#include "image_internal.h"

mrse_status mrse_image_check(const mrse_relaxation *relaxation)
{
    const double t1_s = relaxation->t1_s, t2_s = relaxation->t2_s;

    if (isnan(t1_s) || isnan(t2_s))
        return MRSE_ERR_ARG;
    return t1_s > 0.0 && t2_s > 0.0 && t2_s <= 2.0 * t1_s ? MRSE_OK : MRSE_ERR_RANGE;
}

double mrse_image_recover(double mz, double time_s, double t1_s)
{
    return mz * exp(-time_s / t1_s) - expm1(-time_s / t1_s);
}

mrse_status mrse_signal_spin_echo(const mrse_spin_echo *sequence, const mrse_relaxation *relaxation,
                                  double *signal)
{
    const mrse_spin_echo *s = sequence;
    double te1, free_s, gain, offset, half, mz;
    mrse_status status;

    if (signal)
        *signal = 0.0;
    if (!s || !relaxation || !signal || !isfinite(s->tr_s) || !isfinite(s->te_s) ||
        !isfinite(s->excitation_rad) || !isfinite(s->refocusing_rad) ||
        !isfinite(s->inversion_rad) || (s->inversion_rad != 0.0 && !isfinite(s->ti_s)))
        return MRSE_ERR_ARG;
    status = mrse_image_check(relaxation);
    if (status != MRSE_OK)
        return status;
    free_s = s->tr_s - s->te_s - (s->inversion_rad != 0.0 ? s->ti_s : 0.0);
    if (!(s->te_s > 0.0) || (s->inversion_rad != 0.0 && !(s->ti_s > 0.0)) || !(free_s >= 0.0))
        return MRSE_ERR_RANGE;
    /* Mz just after the refocusing pulse is offset + gain × Mz before the excitation ... */
    te1 = exp(-0.5 * s->te_s / relaxation->t1_s);
    gain = cos(s->excitation_rad) * te1 * cos(s->refocusing_rad);
    offset = (1.0 - te1) * cos(s->refocusing_rad);
    /* ... and so it stays through every later event until the next excitation. */
    free_s += 0.5 * s->te_s;
    gain *= exp(-free_s / relaxation->t1_s);
    offset = mrse_image_recover(offset, free_s, relaxation->t1_s);
    if (s->inversion_rad != 0.0) {
        gain *= cos(s->inversion_rad) * exp(-s->ti_s / relaxation->t1_s);
        offset = mrse_image_recover(offset * cos(s->inversion_rad), s->ti_s, relaxation->t1_s);
    }
    half = sin(0.5 * s->refocusing_rad);
    mz = gain == 1.0 ? 0.0 : offset / (1.0 - gain); /* no pulse and no relaxation: no signal */
    *signal = mz * sin(s->excitation_rad) * half * half * exp(-s->te_s / relaxation->t2_s);
    return MRSE_OK;
}

static mrse_status check_echo(const mrse_gradient_echo *s, const mrse_relaxation *relaxation,
                              double *signal)
{
    mrse_status status;

    if (signal)
        *signal = 0.0;
    if (!s || !relaxation || !signal || !isfinite(s->tr_s) || !isfinite(s->te_s) ||
        !isfinite(s->flip_rad))
        return MRSE_ERR_ARG;
    status = mrse_image_check(relaxation);
    if (status != MRSE_OK)
        return status;
    return s->tr_s > 0.0 && s->te_s >= 0.0 && s->te_s <= s->tr_s ? MRSE_OK : MRSE_ERR_RANGE;
}

mrse_status mrse_signal_spoiled(const mrse_gradient_echo *sequence,
                                const mrse_relaxation *relaxation, double *signal)
{
    double e1, lost, below;
    mrse_status status;

    status = check_echo(sequence, relaxation, signal);
    if (status != MRSE_OK)
        return status;
    e1 = exp(-sequence->tr_s / relaxation->t1_s);
    lost = -expm1(-sequence->tr_s / relaxation->t1_s);
    /* 1 - E1 cos = (1 - E1) + 2 E1 sin²(half): no difference of nearly equal numbers at TR << T1. */
    below = sin(0.5 * sequence->flip_rad);
    below = lost + 2.0 * e1 * below * below;
    if (below > 0.0)
        *signal = sin(sequence->flip_rad) * lost / below * exp(-sequence->te_s / relaxation->t2_s);
    return MRSE_OK;
}

mrse_status mrse_signal_balanced(const mrse_gradient_echo *sequence,
                                 const mrse_relaxation *relaxation, double *signal)
{
    double lost1, lost2, e1, e2, half, below;
    mrse_status status;

    status = check_echo(sequence, relaxation, signal);
    if (status != MRSE_OK)
        return status;
    lost1 = -expm1(-sequence->tr_s / relaxation->t1_s);
    lost2 = -expm1(-sequence->tr_s / relaxation->t2_s);
    e1 = 1.0 - lost1;
    e2 = 1.0 - lost2;
    half = sin(0.5 * sequence->flip_rad);
    /* 1 - (E1 - E2) cos - E1 E2 in terms that all have one sign where it gets small. */
    below = lost1 * (1.0 + e2) + 2.0 * (e1 - e2) * half * half;
    if (below > 0.0)
        *signal = sin(sequence->flip_rad) * lost1 / below * exp(-sequence->te_s / relaxation->t2_s);
    return MRSE_OK;
}

mrse_status mrse_signal_inversion(const mrse_inversion *sequence, const mrse_relaxation *relaxation,
                                  double *signal)
{
    const mrse_inversion *s = sequence;
    mrse_status status;

    if (signal)
        *signal = 0.0;
    if (!s || !relaxation || !signal || !isfinite(s->tr_s) || !isfinite(s->ti_s) ||
        !isfinite(s->te_s) || !isfinite(s->readout_s))
        return MRSE_ERR_ARG;
    status = mrse_image_check(relaxation);
    if (status != MRSE_OK)
        return status;
    if (!(s->ti_s > 0.0) || s->te_s < 0.0 || s->readout_s < 0.0 || s->ti_s + s->readout_s > s->tr_s)
        return MRSE_ERR_RANGE;
    *signal = (1.0 - 2.0 * exp(-s->ti_s / relaxation->t1_s) +
               exp(-(s->tr_s - s->readout_s) / relaxation->t1_s)) *
              exp(-s->te_s / relaxation->t2_s);
    return MRSE_OK;
}

mrse_status mrse_signal_ernst_angle(double tr_s, double t1_s, double *flip_rad)
{
    double lost;

    if (flip_rad)
        *flip_rad = 0.0;
    if (!flip_rad || !isfinite(tr_s) || !isfinite(t1_s))
        return MRSE_ERR_ARG;
    if (!(tr_s > 0.0) || !(t1_s > 0.0))
        return MRSE_ERR_RANGE;
    /* arccos(E1) from 1 - E1 = 2 sin²(half): keeps its digits where TR << T1. */
    lost = -expm1(-tr_s / t1_s);
    *flip_rad = 2.0 * asin(sqrt(0.5 * lost));
    return MRSE_OK;
}

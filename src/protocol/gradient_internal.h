/* What the files on gradients of a protocol share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_GRADIENT_INTERNAL_H
#define MRSE_PROTOCOL_GRADIENT_INTERNAL_H

#include "mrse/protocol_gradient.h"

/* A lobe with what follows from what is stated; NaN where nothing does. */
typedef struct gradient_lobe {
    int axis; /* mrse_gradient_axis */
    double amplitude_T_m, slew_T_m_s, ramp_s, flat_s;
    double stimulus_s; /* longest change in one direction */
    double count;      /* of alternating sign, without a gap */
    double u_slew;     /* relative */
    mrse_origin origin;
    bool shaped; /* amplitude, ramp and flat are those of a waveform, not of a bound */
} gradient_lobe;

/* Of each axis the largest share, and of lobes that may be on any of them. */
typedef struct gradient_worst {
    double axis[MRSE_AXES], any;
} gradient_worst;

void gradient_worst_take(gradient_worst *worst, int axis, double share); /* NaN stays */
/* Axes together as root of the sum of squares, the lobe of any axis on the worst of them. */
double gradient_worst_get(const gradient_worst *worst);

void gradient_missing(mrse_gradient_figure *figure, mrse_kind kind, const char *note);

/* gradient_law.c: dB/dt and its limits. */
void gradient_dbdt(const mrse_gradient_system *system, mrse_gradient_use *use);
void gradient_law(const mrse_gradient_system *system, const gradient_lobe *lobe, size_t n,
                  mrse_gradient_use *use);

/* gradient_train.c: SAFE and the convolution model on trains of lobes. */
mrse_status gradient_trains(const mrse_gradient_system *system, const gradient_lobe *lobe, size_t n,
                            mrse_gradient_use *use) MRSE_MUST_USE;

#endif

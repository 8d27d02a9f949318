/* How a protocol weights tissue. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/image_internal.h"

static bool refuse(mrse_protocol_weighting *out, const char *text)
{
    mrse_text_copy(out->refused, sizeof out->refused, text);
    return false;
}

static bool need(mrse_protocol_weighting *out, double v, const char *key)
{
    if (isfinite(v) && v > 0.0)
        return true;
    (void)snprintf(out->refused, sizeof out->refused, "'%s' is not stated", key);
    return false;
}

static bool need_flip(mrse_protocol_weighting *out, const mrse_protocol *p, mrse_pulse_role role,
                      double *flip_rad)
{
    const mrse_protocol_pulse *pulse = mrse_image_pulse(p, role);

    if (!pulse || !isfinite(pulse->flip.v)) {
        (void)snprintf(out->refused, sizeof out->refused, "'flip' of the %s pulse is not stated",
                       mrse_pulse_role_text(role));
        return false;
    }
    *flip_rad = pulse->flip.v;
    return true;
}

/* An inversion pulse, when there is one, needs TI; its angle, when adiabatic, is 180 deg. */
static bool inversion(mrse_protocol_weighting *out, const mrse_protocol *p, double *ti_s,
                      double *flip_rad)
{
    const mrse_protocol_pulse *pulse = mrse_image_pulse(p, MRSE_PULSE_INVERSION);

    *ti_s = 0.0;
    *flip_rad = 0.0;
    if (!pulse)
        return true;
    if (!need(out, p->ti.v, "ti"))
        return false;
    *ti_s = p->ti.v;
    *flip_rad = pulse->flip.v;
    if (isfinite(*flip_rad))
        return true;
    *flip_rad = MRSE_PI;
    mrse_text_copy(out->note, sizeof out->note, "the inversion is taken as 180 deg");
    return true;
}

static bool spin_echo(mrse_protocol_weighting *out, const mrse_protocol *p)
{
    mrse_spin_echo *s = &out->weighting.spin_echo;

    out->weighting.family = MRSE_SIGNAL_SPIN_ECHO;
    s->tr_s = p->tr.v;
    s->te_s = p->te.v;
    return need(out, p->tr.v, "tr") && need(out, p->te.v, "te") &&
           need_flip(out, p, MRSE_PULSE_EXCITATION, &s->excitation_rad) &&
           need_flip(out, p, MRSE_PULSE_REFOCUSING, &s->refocusing_rad) &&
           inversion(out, p, &s->ti_s, &s->inversion_rad);
}

static bool gradient_echo(mrse_protocol_weighting *out, const mrse_protocol *p,
                          mrse_signal_family family)
{
    mrse_gradient_echo *g = &out->weighting.gradient_echo;

    out->weighting.family = family;
    if (mrse_image_pulse(p, MRSE_PULSE_INVERSION))
        return refuse(out, "a gradient echo prepared by inversion (MPRAGE): its signal is not "
                           "computed");
    g->tr_s = p->tr.v;
    g->te_s = p->te.v;
    if (family == MRSE_SIGNAL_SPOILED)
        mrse_text_copy(out->note, sizeof out->note,
                       "T2 stands for T2*, which no table gives: an upper bound");
    return need(out, p->tr.v, "tr") && need(out, p->te.v, "te") &&
           need_flip(out, p, MRSE_PULSE_EXCITATION, &g->flip_rad);
}

/* The echo at the centre of k-space, from 0: as stated, else the one nearest to TE. */
static bool centre(mrse_protocol_weighting *out, const mrse_protocol *p, size_t n, size_t *index)
{
    double echo = p->centre_echo;

    if (!isfinite(echo)) {
        if (!need(out, p->te.v, "te"))
            return false;
        echo = nearbyint(p->te.v / p->esp.v);
    }
    if (!(echo >= 1.0 && echo <= (double)n))
        return refuse(out, "the echo of 'te' is not one of the train: see 'te', 'echo_spacing', "
                           "'etl'");
    *index = (size_t)echo - 1;
    return true;
}

static double angle(const mrse_protocol_pulse *pulse, size_t i)
{
    if (pulse->train && pulse->n_train > 0)
        return pulse->train[i < pulse->n_train ? i : pulse->n_train - 1].v;
    return pulse->flip.v;
}

/* The pulse that makes the echoes; a first one of its own is passed over. */
static const mrse_protocol_pulse *refocusing(const mrse_protocol *p)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].role == MRSE_PULSE_REFOCUSING && p->pulse[i].per == MRSE_PER_ECHO)
            return &p->pulse[i];
    return mrse_image_pulse(p, MRSE_PULSE_REFOCUSING);
}

static bool train_inputs(mrse_protocol_weighting *out, const mrse_protocol *p, double *excitation)
{
    mrse_repetition *r = &out->weighting.repetition;

    out->weighting.family = MRSE_SIGNAL_TRAIN;
    r->tr_s = p->tr.v;
    if (!need(out, p->tr.v, "tr") || !need(out, p->esp.v, "echo_spacing") ||
        !need(out, p->etl, "etl") || !need_flip(out, p, MRSE_PULSE_EXCITATION, excitation) ||
        !inversion(out, p, &r->ti_s, &r->inversion_rad))
        return false;
    if (!refocusing(p))
        return refuse(out, "the refocusing pulse is not stated");
    if (p->tr.v < p->etl * p->esp.v + r->ti_s)
        return refuse(out, "'tr' is shorter than the train of echoes");
    return true;
}

static mrse_status echo_train(mrse_protocol_weighting *out, const mrse_protocol *p)
{
    mrse_weighting *w = &out->weighting;
    const mrse_protocol_pulse *pulse = refocusing(p);
    double excitation = 0.0;
    size_t n;

    if (!train_inputs(out, p, &excitation))
        return MRSE_OK;
    if (p->etl > (double)MRSE_EPG_MAX_PULSES)
        return MRSE_ERR_LIMIT;
    n = (size_t)nearbyint(p->etl);
    if (!centre(out, p, n, &w->centre))
        return MRSE_OK;
    out->pulse = mrse_alloc(n, sizeof *out->pulse);
    if (!out->pulse)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        out->pulse[i] = (mrse_epg_pulse){angle(pulse, i), 0.0};
        if (!isfinite(out->pulse[i].flip_rad)) {
            refuse(out, "'flip' of the refocusing pulse is not stated");
            return MRSE_OK;
        }
    }
    w->train = (mrse_echo_train){.excitation = {excitation, 0.5 * MRSE_PI},
                                 .refocusing = out->pulse,
                                 .n = n,
                                 .esp_s = p->esp.v,
                                 .b1_scale = 1.0};
    return MRSE_OK;
}

mrse_status mrse_protocol_weighting_of(const mrse_protocol *p, mrse_protocol_weighting *out)
{
    mrse_status status = MRSE_OK;

    if (out)
        *out = (mrse_protocol_weighting){0};
    if (!p || !out)
        return MRSE_ERR_ARG;
    switch (p->family) {
    case MRSE_FAMILY_SE:
    case MRSE_FAMILY_DWI:
        (void)spin_echo(out, p);
        break;
    case MRSE_FAMILY_TSE:
        status = echo_train(out, p);
        break;
    case MRSE_FAMILY_GRE:
        (void)gradient_echo(out, p, MRSE_SIGNAL_SPOILED);
        break;
    case MRSE_FAMILY_BSSFP:
        (void)gradient_echo(out, p, MRSE_SIGNAL_BALANCED);
        break;
    case MRSE_FAMILY_EPI:
        if (mrse_image_pulse(p, MRSE_PULSE_REFOCUSING))
            (void)spin_echo(out, p);
        else
            (void)gradient_echo(out, p, MRSE_SIGNAL_SPOILED);
        break;
    case MRSE_FAMILY_UNKNOWN:
        (void)refuse(out, "'family' is not stated");
        break;
    }
    if (status != MRSE_OK)
        mrse_protocol_weighting_clear(out);
    return status;
}

void mrse_protocol_weighting_clear(mrse_protocol_weighting *weighting)
{
    if (!weighting)
        return;
    mrse_free(weighting->pulse);
    *weighting = (mrse_protocol_weighting){0};
}

/* RF exposure of a protocol: the energy of every pulse in one TR, B1+rms and peak.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "rf_internal.h"

/* Of the energy of a pulse whose shape is stated with its parameters: Hann and Hamming windows of
 * one sinc differ by 0.4 to 4 %, and a vendor's pulse is neither exactly. A stated peak fixes the
 * scale; what is left is the mean square, 1.2 % between the same two windows. */
#define U_SHAPE      0.02
#define U_SHAPE_PEAK 0.01
/* Of a pulse whose peak is stated and whose shape is not: energy over peak times the mean of a
 * rectangle is 0.667 (triangle) to 1.052 (sinc without window, bandwidth 4) for 28 shapes; the
 * middle, and the half width over sqrt(3). */
#define PEAK_ENERGY   MRSE_PULSE_PEAK_ENERGY
#define U_PEAK_ENERGY 0.13

static double relative(const mrse_value *x)
{
    return x->v == 0.0 ? 0.0 : x->u / fabs(x->v);
}

static bool stated(const mrse_value *x)
{
    return isfinite(x->v) && x->v > 0.0;
}

/* What the working shows of an angle, of a train the largest. */
static void note_angle(mrse_pulse_energy *e, const mrse_protocol_pulse *p, double flip_rad,
                       const mrse_rf_exposure *x)
{
    double peak_T = x->b1_peak_T;

    if (flip_rad <= e->flip_rad)
        return;
    e->flip_rad = flip_rad;
    e->b1_flip_T = peak_T;
    if (p->has_shape && peak_T > 0.0) {
        e->mean = flip_rad / (2.0 * MRSE_PI * MRSE_GAMMA_HZ_T * p->duration.v * peak_T);
        e->power = x->b1_squared_T2_s / (peak_T * peak_T * p->duration.v);
    }
}

/* One band of a pulse with this flip angle; false, with the reason, when it cannot be told. */
static bool one_energy(const mrse_protocol_pulse *p, const mrse_value *flip, double bands,
                       rf_part *part, size_t k, mrse_pulse_energy *e, const char **why)
{
    const mrse_rf_shape hard = {.form = MRSE_RF_HARD};
    mrse_rf_exposure x = {0};
    mrse_rf_factors f;
    /* bands that interfere share the stated peak in a way that is not known */
    bool by_peak = stated(&p->b1_peak) && bands == 1.0 && !p->train, turns = isfinite(flip->v);
    double u = U_SHAPE, u_scale = 2.0 * relative(flip), peak, energy;

    e->bands = bands;
    *why = "its flip angle, duration and shape do not make a pulse";
    if (turns && mrse_rf_pulse_exposure(p->has_shape ? &p->shape : &hard, flip->v, p->duration.v,
                                        MRSE_GAMMA_HZ_T, &x) != MRSE_OK)
        return false;
    if (turns)
        note_angle(e, p, flip->v, &x);
    peak = x.b1_peak_T * bands;
    energy = x.b1_squared_T2_s * bands;
    if (by_peak && p->has_shape) {
        if (mrse_rf_pulse_factors(&p->shape, &f) != MRSE_OK)
            return false;
        e->way = MRSE_PULSE_BY_PEAK_AND_SHAPE;
        e->mean = f.amplitude;
        e->power = f.power;
        energy = p->b1_peak.v * p->b1_peak.v * f.power * p->duration.v;
        u = U_SHAPE_PEAK;
        u_scale = 2.0 * relative(&p->b1_peak);
    } else if (by_peak && turns) {
        *why = "its stated peak is too low for its flip angle";
        if (p->b1_peak.v < x.b1_peak_T)
            return false;
        e->way = MRSE_PULSE_BY_PEAK;
        energy = fmin(PEAK_ENERGY * p->b1_peak.v * x.b1_peak_T, p->b1_peak.v * p->b1_peak.v) *
                 p->duration.v;
        u = U_PEAK_ENERGY;
        u_scale = hypot(relative(&p->b1_peak), relative(flip));
    } else if (!p->has_shape || !turns) {
        *why = p->has_shape ? "its flip angle is not stated"
                            : "neither its shape nor its peak B1 (of a single band) is stated";
        return false;
    }
    if (stated(&p->b1_peak))
        peak = p->b1_peak.v;
    part->energy_T2_s[k] = energy;
    e->b1_peak_T = fmax(e->b1_peak_T, peak);
    u = hypot(hypot(u, u_scale), relative(&p->duration));
    e->u_relative = isnan(u) || isnan(e->u_relative) ? (double)NAN : fmax(e->u_relative, u);
    return true;
}

static double mean_square(const mrse_value *angle, size_t n, double largest_rad)
{
    double sum = 0.0;

    for (size_t i = 0; i < n && largest_rad > 0.0; i++)
        sum += angle[i].v / largest_rad * (angle[i].v / largest_rad);
    return sum / (double)n;
}

static mrse_status one_pulse(const mrse_protocol *p, const mrse_protocol_pulse *pulse,
                             rf_part *part, mrse_pulse_energy *e, const char **why)
{
    double times = mrse_rf_times(p, pulse), bands = mrse_rf_bands(p, pulse), sum = 0.0;
    size_t k;

    *e = (mrse_pulse_energy){.pulse = pulse,
                             .mean = (double)NAN,
                             .power = (double)NAN,
                             .flip_rad = (double)NAN,
                             .b1_flip_T = (double)NAN,
                             .flip_square = 1.0};
    *why = NULL;
    if (!stated(&pulse->duration) || pulse->duration.v > 1.0)
        *why = "its duration is not stated, or is above 1 s";
    else if (!(times >= 1.0 && times <= RF_BLOCKS))
        *why = "how often it is played is not stated";
    else if (!(bands >= 1.0 && isfinite(bands)))
        *why = "how many slices it excites is not stated";
    else if (pulse->n_train > 0 && (!pulse->train || (double)pulse->n_train != times))
        *why = "its train does not have one angle for each echo";
    if (*why)
        return MRSE_OK;
    *part = (rf_part){.n_energies = pulse->n_train > 0 ? pulse->n_train : 1,
                      .times = (size_t)times,
                      .per_tr = pulse->per == MRSE_PER_TR,
                      .duration_s = pulse->duration.v};
    part->energy_T2_s = mrse_alloc(part->n_energies, sizeof *part->energy_T2_s);
    if (!part->energy_T2_s)
        return MRSE_ERR_NOMEM;
    for (k = 0; k < part->n_energies; k++)
        if (!one_energy(pulse, pulse->n_train > 0 ? &pulse->train[k] : &pulse->flip, bands, part, k,
                        e, why))
            return MRSE_OK;
    *why = NULL;
    for (k = 0; k < part->n_energies; k++)
        sum += part->energy_T2_s[k];
    if (pulse->n_train > 0)
        e->flip_square = mean_square(pulse->train, pulse->n_train, e->flip_rad);
    e->per_tr = times * (part->per_tr ? 1.0 : mrse_rf_slots(p));
    e->b1_squared_T2_s = sum * (e->per_tr / (double)part->n_energies);
    return MRSE_OK;
}

/* Shapes of one vendor err together, so the uncertainties of pulses are added, not their squares. */
static mrse_status add_up(const mrse_protocol *p, const rf_part *part, mrse_protocol_rf *out)
{
    rf_timeline line;
    mrse_b1_exposure b1;
    mrse_status status;
    double u = 0.0, sum = 0.0, peak = 0.0;
    size_t i;

    status = mrse_rf_timeline_make(part, p->n_pulses, (size_t)mrse_rf_slots(p), p->tr.v, &line);
    if (status == MRSE_ERR_RANGE || status == MRSE_ERR_LIMIT)
        (void)snprintf(out->refused, sizeof out->refused, "%s",
                       status == MRSE_ERR_RANGE ? "the pulses take longer than TR"
                                                : "too many pulses in one TR");
    if (status != MRSE_OK)
        return out->refused[0] ? MRSE_OK : status;
    status = mrse_b1_compute(&line.seq, MRSE_GAMMA_HZ_T, MRSE_B1_WINDOW_S, &b1);
    mrse_rf_timeline_clear(&line);
    if (status != MRSE_OK)
        return status;
    for (i = 0; i < p->n_pulses; i++) {
        sum += out->energy[i].b1_squared_T2_s;
        u += out->energy[i].b1_squared_T2_s * out->energy[i].u_relative;
        peak = fmax(peak, out->energy[i].b1_peak_T);
    }
    status = mrse_rf_b1_rms(sum, p->tr.v, &out->rms_T);
    if (status != MRSE_OK)
        return status;
    out->b1_squared_T2_s = sum;
    out->peak_T = peak;
    out->rms_window_T = fmax(out->rms_T, b1.rms_periodic_T);
    out->u_relative = 0.5 * hypot(sum > 0.0 ? u / sum : 0.0, relative(&p->tr));
    return MRSE_OK;
}

mrse_status mrse_protocol_rf_of(const mrse_protocol *protocol, mrse_protocol_rf *out)
{
    const double unknown = (double)NAN;
    const char *why;
    rf_part *part = NULL;
    mrse_status status = MRSE_OK;
    size_t i;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_protocol_rf){.slots = unknown,
                              .b1_squared_T2_s = unknown,
                              .rms_T = unknown,
                              .rms_window_T = unknown,
                              .peak_T = unknown,
                              .u_relative = unknown};
    if (!protocol || (protocol->n_pulses > 0 && !protocol->pulse))
        return MRSE_ERR_ARG;
    out->slots = mrse_rf_slots(protocol);
    why = mrse_rf_refusal(protocol);
    if (why) {
        (void)snprintf(out->refused, sizeof out->refused, "%s", why);
        return MRSE_OK;
    }
    out->energy = mrse_alloc(protocol->n_pulses, sizeof *out->energy);
    part = mrse_alloc(protocol->n_pulses, sizeof *part);
    if (!out->energy || !part)
        status = MRSE_ERR_NOMEM;
    for (i = 0; status == MRSE_OK && i < protocol->n_pulses && !out->refused[0]; i++) {
        const mrse_protocol_pulse *pulse = &protocol->pulse[i];

        status = one_pulse(protocol, pulse, &part[i], &out->energy[i], &why);
        if (status == MRSE_OK && why)
            (void)snprintf(out->refused, sizeof out->refused, "%s pulse (line %d): %s",
                           mrse_pulse_role_text(pulse->role), pulse->line, why);
    }
    if (status == MRSE_OK && !out->refused[0])
        status = add_up(protocol, part, out);
    for (i = 0; part && i < protocol->n_pulses; i++)
        mrse_free(part[i].energy_T2_s);
    mrse_free(part);
    if (status != MRSE_OK || out->refused[0]) {
        mrse_free(out->energy);
        out->energy = NULL;
    } else {
        out->n_energies = protocol->n_pulses;
    }
    return status;
}

void mrse_protocol_rf_clear(mrse_protocol_rf *rf)
{
    if (!rf)
        return;
    mrse_free(rf->energy);
    *rf = (mrse_protocol_rf){0};
}

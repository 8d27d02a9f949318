/* Energy of a protocol's RF pulses in one TR. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "rf_internal.h"

/* What a name and a time-bandwidth product leave open of a vendor's pulse (exact window, number of
 * samples, ramps): energy of a pulse of given flip angle and duration. */
static const double U_SHAPE = 0.02;

static void refuse(mrse_protocol_rf *out, const char *format, ...) MRSE_PRINTF(2, 3);

static void refuse(mrse_protocol_rf *out, const char *format, ...)
{
    va_list args;
    if (out->refused[0] != '\0')
        return;
    va_start(args, format);
    (void)vsnprintf(out->refused, sizeof out->refused, format, args);
    va_end(args);
}

static const char *name_of(const mrse_protocol_pulse *p)
{
    return p->name != NULL ? p->name : mrse_pulse_role_text(p->role);
}

static double or_one(double count)
{
    return count >= 1.0 ? count : 1.0;
}

static bool needs_echoes(const mrse_protocol *p)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].per == MRSE_PER_ECHO)
            return true;
    return false;
}

/* A slab is excited once in a TR; slices of one concatenation share it. */
static rf_rhythm rhythm_of(const mrse_protocol *p, mrse_protocol_rf *out)
{
    rf_rhythm r = {.shots = 1.0, .echoes = or_one(p->etl)};

    if (!p->three_d && !(p->slices >= 1.0))
        refuse(out, "slices.number is not stated: how many slices share one TR is not known");
    if (!p->three_d && p->slices >= 1.0)
        r.shots = ceil(p->slices / (or_one(p->concatenations) * or_one(p->simultaneous)) - 1e-9);
    if (needs_echoes(p) && !(p->etl >= 1.0))
        refuse(out, "train.etl is not stated: how many echoes follow one excitation is not known");
    return r;
}

double mrse_rf_per_tr(const mrse_protocol_pulse *pulse, rf_rhythm rhythm)
{
    double n = or_one(pulse->count);

    if (pulse->per == MRSE_PER_TR)
        return n;
    return n * rhythm.shots * (pulse->per == MRSE_PER_ECHO ? rhythm.echoes : 1.0);
}

/* One pulse of this flip angle. Bands that are simply added have the energies added, and in the worst
 * moment the amplitudes. */
static mrse_status one_pulse(const mrse_protocol_pulse *p, double flip_rad, double *peak_T,
                             double *energy_T2_s)
{
    mrse_rf_exposure e = {0};
    mrse_rf_factors f = {.power = 1.0};
    double bands = or_one(p->bands);
    mrse_status status = MRSE_OK;

    if (p->has_shape)
        status = mrse_rf_pulse_factors(&p->shape, &f);
    if (status == MRSE_OK && isfinite(p->b1_peak.v)) { /* the console's amplitude fixes the scale */
        *peak_T = p->b1_peak.v;
        *energy_T2_s = f.power * p->b1_peak.v * p->b1_peak.v * p->duration.v;
        return status;
    }
    if (status == MRSE_OK)
        status = mrse_rf_pulse_exposure(&p->shape, flip_rad, p->duration.v, MRSE_GAMMA_HZ_T, &e);
    *peak_T = bands * e.b1_peak_T;
    *energy_T2_s = bands * e.b1_squared_T2_s;
    return status;
}

static double relative(const mrse_value *value)
{
    return value->u > 0.0 && value->v != 0.0 ? value->u / fabs(value->v) : 0.0;
}

/* Energy goes with the square of flip angle, or of the stated peak, and inversely with duration. */
static double u_of(const mrse_protocol_pulse *p)
{
    bool stated = isfinite(p->b1_peak.v);
    double amplitude = 2.0 * relative(stated ? &p->b1_peak : &p->flip);
    double shape = stated && !p->has_shape ? 0.0 : U_SHAPE;
    return sqrt(amplitude * amplitude + pow(relative(&p->duration), 2) + shape * shape);
}

static void check_pulse(const mrse_protocol_pulse *p, mrse_protocol_rf *out)
{
    bool has_flip = isfinite(p->flip.v) || p->n_train > 0;

    if (!(p->duration.v > 0.0))
        refuse(out, "the duration of the pulse '%s' is not stated", name_of(p));
    if (isfinite(p->b1_peak.v) && p->has_shape)
        return;
    if (!p->has_shape)
        refuse(out,
               "the shape of the pulse '%s' is not stated: flip angle and duration alone do "
               "not give its energy",
               name_of(p));
    else if (!has_flip)
        refuse(out, "the flip angle of the pulse '%s' is not stated", name_of(p));
}

/* A train with an angle for each echo is played as it is listed. */
static mrse_status energy_of(const mrse_protocol_pulse *p, rf_rhythm rhythm, mrse_pulse_energy *out)
{
    bool listed = p->n_train > 0 && !isfinite(p->b1_peak.v);
    size_t angles = listed ? p->n_train : 1;
    mrse_status status = MRSE_OK;

    *out =
        (mrse_pulse_energy){.pulse = p, .per_tr = mrse_rf_per_tr(p, rhythm), .u_relative = u_of(p)};
    for (size_t i = 0; i < angles && status == MRSE_OK; i++) {
        double peak_T, energy_T2_s;
        status = one_pulse(p, listed ? p->train[i].v : p->flip.v, &peak_T, &energy_T2_s);
        if (status != MRSE_OK)
            return status;
        out->b1_peak_T = fmax(out->b1_peak_T, peak_T);
        out->b1_squared_T2_s += energy_T2_s * out->per_tr / (double)angles;
    }
    return status;
}

static void sum_up(const mrse_protocol *p, mrse_protocol_rf *out)
{
    double u_energy = 0.0;

    out->b1_squared_T2_s = out->peak_T = 0.0;
    for (size_t i = 0; i < out->n_energies; i++) {
        const mrse_pulse_energy *e = &out->energy[i];
        out->b1_squared_T2_s += e->b1_squared_T2_s;
        out->peak_T = fmax(out->peak_T, e->b1_peak_T);
        u_energy += e->u_relative * e->b1_squared_T2_s; /* the same ignorance of every pulse */
    }
    out->rms_T = sqrt(out->b1_squared_T2_s / p->tr.v);
    if (out->b1_squared_T2_s > 0.0)
        out->u_relative = 0.5 * u_energy / out->b1_squared_T2_s;
}

static void start(mrse_protocol_rf *out)
{
    const double unknown = (double)NAN;

    *out = (mrse_protocol_rf){.b1_squared_T2_s = unknown,
                              .rms_T = unknown,
                              .rms_window_T = unknown,
                              .peak_T = unknown,
                              .u_relative = unknown};
}

/* Nothing half-known stays. */
static void give_up(mrse_protocol_rf *out)
{
    char refused[sizeof out->refused];

    mrse_text_copy(refused, sizeof refused, out->refused);
    mrse_protocol_rf_clear(out);
    mrse_text_copy(out->refused, sizeof out->refused, refused);
}

mrse_status mrse_protocol_rf_of(const mrse_protocol *protocol, mrse_protocol_rf *out)
{
    mrse_status status = MRSE_OK;

    if (out == NULL)
        return MRSE_ERR_ARG;
    start(out);
    if (protocol == NULL)
        return MRSE_ERR_ARG;
    rf_rhythm rhythm = rhythm_of(protocol, out);
    if (protocol->n_pulses == 0)
        refuse(out, "no RF pulse is stated");
    if (!(protocol->tr.v > 0.0))
        refuse(out, "timing.tr is not stated");
    if (protocol->adiabatic_or_verse)
        refuse(out, "some pulses are adiabatic or reshaped (VERSE): flip angle and duration do not "
                    "give their energy");
    for (size_t i = 0; i < protocol->n_pulses; i++)
        check_pulse(&protocol->pulse[i], out);
    if (out->refused[0] != '\0')
        return MRSE_OK;
    out->energy = mrse_alloc(protocol->n_pulses, sizeof *out->energy);
    if (out->energy == NULL)
        return MRSE_ERR_NOMEM;
    for (; out->n_energies < protocol->n_pulses && status == MRSE_OK; out->n_energies++)
        status =
            energy_of(&protocol->pulse[out->n_energies], rhythm, &out->energy[out->n_energies]);
    if (status == MRSE_OK) {
        sum_up(protocol, out);
        status = mrse_rf_window(protocol, rhythm, out);
    }
    if (status != MRSE_OK || out->refused[0] != '\0')
        give_up(out);
    return status;
}

void mrse_protocol_rf_clear(mrse_protocol_rf *rf)
{
    if (rf == NULL)
        return;
    mrse_free(rf->energy);
    start(rf);
}

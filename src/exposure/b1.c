/* RF exposure of a whole sequence. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/b1.h"

#include <math.h>
#include <stdio.h>

#include "b1_internal.h"
#include "mrse/alloc.h"

#define NS 1e-9

static size_t count_pulses(const mrse_pulseq *seq)
{
    size_t n = 0, i;

    for (i = 0; i < seq->n_blocks; i++)
        n += seq->block[i].rf >= 0;
    return n;
}

/* Amplitudes that are not B1+ of one channel must not be read as if they were. */
static void refuse(const mrse_pulseq *seq, mrse_b1_exposure *out)
{
    size_t i;

    if (seq->n_shimmed > 0)
        (void)snprintf(
            out->refused, sizeof out->refused,
            "%zu blocks set amplitude and phase of several transmit channels (RF_SHIMS): "
            "B1+ then depends on coil and patient",
            seq->n_shimmed);
    for (i = 0; i < seq->n_blocks && !out->refused[0]; i++) {
        const mrse_pulseq_rf *rf = seq->block[i].rf < 0 ? NULL : &seq->rf[seq->block[i].rf];

        if (rf && rf->shimmed)
            (void)snprintf(
                out->refused, sizeof out->refused,
                "RF event %u (line %u): its further columns are not zero, as where shims "
                "of several transmit channels are written: B1+ is not in the file",
                (unsigned)rf->id, (unsigned)rf->line);
        else if (rf && rf->backwards)
            (void)snprintf(
                out->refused, sizeof out->refused,
                "RF event %u (line %u): its time shape runs backwards, as when the channels of a "
                "parallel-transmit coil are written one after another: B1+ is not in the file",
                (unsigned)rf->id, (unsigned)rf->line);
    }
}

static mrse_status list_pulses(b1_work *w, mrse_b1_exposure *out)
{
    const mrse_pulseq *seq = w->seq;
    double rasters_ns = 0.0, carry = 0.0;
    size_t i;

    w->pulse = mrse_alloc(count_pulses(seq), sizeof *w->pulse);
    if (!w->pulse)
        return MRSE_ERR_NOMEM;
    for (i = 0; i < seq->n_blocks; i++) {
        double sum, part;

        if (seq->block[i].rf >= 0) {
            const mrse_pulseq_rf *rf = &seq->rf[seq->block[i].rf];
            const b1_wave *wave = &w->wave[w->wave_of[seq->block[i].rf]];

            w->pulse[w->n_pulses++] =
                (b1_pulse){rasters_ns + rf->delay_ns, w->energy, seq->block[i].rf};
            w->energy += rf->amplitude_Hz * rf->amplitude_Hz * wave->energy;
            out->peak_T = fmax(out->peak_T, fabs(rf->amplitude_Hz) * wave->peak / out->gamma_Hz_T);
            out->on_time_s += NS * rf->duration_ns;
        }
        /* compensated, for files whose times are no whole nanoseconds */
        part = seq->block[i].duration_ns - carry;
        sum = rasters_ns + part;
        carry = (sum - rasters_ns) - part;
        rasters_ns = sum;
    }
    out->n_pulses = w->n_pulses;
    return MRSE_OK;
}

static double rms(const mrse_b1_exposure *out, double energy_Hz2_ns, double over_ns)
{
    return sqrt(fmax(energy_Hz2_ns, 0.0) / over_ns) / out->gamma_Hz_T;
}

static void find_windows(const b1_work *w, mrse_b1_exposure *out)
{
    double duration = w->seq->duration_ns, window = out->window_s / NS, at, rounds;

    if (!(duration > 0.0))
        return;
    out->rms_T = rms(out, w->energy, duration);
    rounds = floor(window / duration);
    out->rms_periodic_T =
        rms(out, rounds * w->energy + mrse_b1_window(w, window - rounds * duration, duration, &at),
            window);
    if (duration >= window) {
        out->rms_window_T = rms(out, mrse_b1_window(w, window, duration - window, &at), window);
        out->window_at_s = NS * at;
    } else {
        out->rms_padded_T = rms(out, w->energy, window);
    }
}

mrse_status mrse_b1_compute(const mrse_pulseq *sequence, double gamma_Hz_T, double window_s,
                            mrse_b1_exposure *out)
{
    b1_work w = {.seq = sequence};
    mrse_status status = MRSE_OK;
    const double unknown = (double)NAN;

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_b1_exposure){.gamma_Hz_T = gamma_Hz_T,
                              .window_s = window_s,
                              .on_time_s = unknown,
                              .peak_T = unknown,
                              .integral_Hz2_s = unknown,
                              .integral_T2_s = unknown,
                              .rms_T = unknown,
                              .rms_window_T = unknown,
                              .window_at_s = unknown,
                              .rms_periodic_T = unknown,
                              .rms_padded_T = unknown};
    if (!sequence || !(gamma_Hz_T > 0.0 && isfinite(gamma_Hz_T)) ||
        !(window_s > 0.0 && isfinite(window_s)))
        return MRSE_ERR_ARG;
    refuse(sequence, out);
    if (out->refused[0])
        return MRSE_OK;
    out->peak_T = out->on_time_s = 0.0;
    status = mrse_b1_make_waves(&w);
    if (status == MRSE_OK)
        status = list_pulses(&w, out);
    if (status == MRSE_OK && !isfinite(w.energy + out->peak_T))
        status = MRSE_ERR_RANGE;
    if (status == MRSE_OK) {
        out->integral_Hz2_s = NS * w.energy;
        out->integral_T2_s = out->integral_Hz2_s / (gamma_Hz_T * gamma_Hz_T);
        find_windows(&w, out);
    }
    mrse_free(w.wave);
    mrse_free(w.wave_of);
    mrse_free(w.piece);
    mrse_free(w.pulse);
    return status;
}

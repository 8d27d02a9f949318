/* The working of B1+: flip angles to amplitudes, amplitudes to energies, energies to B1+rms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "sequence_working.h"

#define UT       1e6  /* µT in 1 T */
#define UT2      1e12 /* µT² in 1 T² */
#define HZ_PER   1e-6 /* Hz/µT in 1 Hz/T */
#define DEG      (180.0 / MRSE_PI)
#define PULSES   "rf-pulse-shape; the pulse as the sequence file states it"
#define PROTOCOL "method protocol-b1rms"
#define PLAYED   "method pulseq-rf"

/* --- Pulses of a protocol ------------------------------------------------------------------------- */

static void say_shape(working *w, const mrse_protocol_pulse *p)
{
    static const char *const name[] = {
        [MRSE_RF_HARD] = "rectangle",       [MRSE_RF_SINC] = "sinc",
        [MRSE_RF_GAUSS] = "Gauss",          [MRSE_RF_HANN] = "Hann",
        [MRSE_RF_HALF_SINE] = "half sine",  [MRSE_RF_TRIANGLE] = "triangle",
        [MRSE_RF_FERMI] = "Fermi function",
    };
    const mrse_rf_shape *s = &p->shape;

    if (!p->has_shape) {
        working_text(w, "shape not stated, as a rectangle; ");
        return;
    }
    working_text(w, name[s->form]);
    if (s->form == MRSE_RF_SINC) {
        working_num(w, " of time-bandwidth ", s->time_bandwidth, "");
        working_num(w, ", window ", s->apodisation, "");
    } else if (s->form == MRSE_RF_GAUSS) {
        working_num(w, " to ", s->sigmas, " standard deviations");
    } else if (s->form == MRSE_RF_FERMI) {
        working_num(w, ", flat ", s->flat, "");
        working_num(w, ", edge ", s->edge, " of the duration");
    }
    working_text(w, "; ");
}

/* "pulse 2, refocusing" */
static void name_pulse(char of[64], const mrse_protocol_pulse *p, size_t i)
{
    (void)snprintf(of, 64, "pulse %zu, %.28s", i + 1, mrse_pulse_role_text(p->role));
}

static const mrse_pulse_energy *energy_of(const mrse_sequence_input *in, size_t i)
{
    return in->protocol != NULL && i < in->rf.n_energies ? &in->rf.energy[i] : NULL;
}

static void amplitude(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_pulse_energy *e = energy_of(in, i);
    char of[64];
    const working_head head = {
        .what = "B1+ that turns by the flip angle",
        .of = of,
        .formula = "B1 = flip / (360° × γ × duration × m), m the mean of the shape over its peak",
        .source = PULSES};

    if (e == NULL || !(e->flip_rad > 0.0))
        return;
    name_pulse(of, e->pulse, i);
    say_shape(w, e->pulse);
    if (e->pulse->n_train > 0)
        working_text(w, "the largest angle of the train; ");
    working_num(w, "", e->flip_rad * DEG, "° / (360° × ");
    working_num(w, "", MRSE_GAMMA_HZ_T * HZ_PER, " Hz/µT × ");
    working_num(w, "", e->pulse->duration.v, " s × ");
    working_num(w, "", e->pulse->has_shape ? e->mean : 1.0, ")");
    working_is(w, e->b1_flip_T * UT, "µT");
    mrse_value v = mrse_value_computed(e->b1_flip_T, 0.5 * e->u_relative * e->b1_flip_T,
                                       MRSE_KIND_B1_PEAK, MRSE_METHOD_RF_PULSE);
    working_end(w, &head, &v);
}

static double angle_square(const void *of, size_t i)
{
    const mrse_protocol_pulse *p = of;

    return p->train[i].v * DEG * p->train[i].v * DEG;
}

static void angles(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_pulse_energy *e = energy_of(in, i);
    char of[64];
    const working_head head = {.what = "Mean square of the train's angles",
                               .of = of,
                               .formula = "a = Σ angle² / (number × largest angle²)",
                               .source = "angles as the sequence file states them"};

    if (e == NULL || e->pulse->n_train == 0 || !(e->flip_rad > 0.0))
        return;
    name_pulse(of, e->pulse, i);
    working_text(w, "in deg²: (");
    working_add_up(w, &(working_sum){.what = "Squares of the train's angles",
                                     .unit = "deg²",
                                     .term = angle_square,
                                     .of = e->pulse,
                                     .n = e->pulse->n_train});
    working_num(w, ") / (", (double)e->pulse->n_train, " × ");
    working_num(w, "", e->flip_rad * DEG * e->flip_rad * DEG, ")");
    working_is(w, e->flip_square, "");
    working_end_plain(w, &head, e->flip_square, 0.0, "");
}

static void put_energy(working *w, const mrse_pulse_energy *e)
{
    const mrse_protocol_pulse *p = e->pulse;

    working_num(w, "", e->per_tr, " × ");
    switch (e->way) {
    case MRSE_PULSE_BY_FLIP:
        working_num(w, "", e->bands, " × ");
        working_num(w, "", e->power, " × (");
        working_num(w, "", e->b1_flip_T * UT, " µT)² × ");
        break;
    case MRSE_PULSE_BY_PEAK_AND_SHAPE:
        working_num(w, "", e->power, " × (");
        working_num(w, "", p->b1_peak.v * UT, " µT)² × ");
        break;
    case MRSE_PULSE_BY_PEAK:
        working_num(w, "min(", MRSE_PULSE_PEAK_ENERGY, " × ");
        working_num(w, "", p->b1_peak.v * UT, " µT × ");
        working_num(w, "", e->b1_flip_T * UT, " µT, (");
        working_num(w, "", p->b1_peak.v * UT, " µT)²) × ");
        break;
    }
    working_num(w, "", p->duration.v, " s");
    if (p->n_train > 0)
        working_num(w, " × ", e->flip_square, "");
}

static void energy(working *w, const mrse_sequence_input *in, size_t i)
{
    static const char *const formula[] = {
        [MRSE_PULSE_BY_FLIP] = "E = n × bands × p × B1² × duration (× a of a train), n how many in "
                               "one TR, p the mean of the shape squared over its peak squared",
        [MRSE_PULSE_BY_PEAK_AND_SHAPE] =
            "E = n × p × B1² × duration, B1 the stated peak, n how many "
            "in one TR, p the mean of the shape squared over its peak "
            "squared",
        [MRSE_PULSE_BY_PEAK] =
            "E = n × min(0.86 × stated peak × B1 of a rectangle, stated peak²) × "
            "duration, n how many in one TR",
    };
    const mrse_pulse_energy *e = energy_of(in, i);
    char of[64];

    if (e == NULL)
        return;
    const working_head head = {
        .what = "∫B1²dt in one TR", .of = of, .formula = formula[e->way], .source = PULSES};
    name_pulse(of, e->pulse, i);
    if (e->way == MRSE_PULSE_BY_FLIP && !isfinite(e->power)) {
        working_text(w, "it does not turn: no energy"); /* an angle of zero */
    } else {
        put_energy(w, e);
        working_is(w, e->b1_squared_T2_s * UT2, "µT² s");
    }
    working_end_plain(w, &head, e->b1_squared_T2_s * UT2, e->u_relative * e->b1_squared_T2_s * UT2,
                      "µT² s");
}

static double duty_term(const void *of, size_t i)
{
    const mrse_pulse_energy *e = (const mrse_pulse_energy *)of + i;

    return e->per_tr * e->pulse->duration.v;
}

static void put_duty(working *w, const mrse_sequence_input *in)
{
    working_text(w, "100 % × (");
    working_add_up(w, &(working_sum){.what = "Time with RF in one TR",
                                     .unit = "s",
                                     .term = duty_term,
                                     .of = in->rf.energy,
                                     .n = in->rf.n_energies});
    working_num(w, ") s / ", in->protocol->tr.v, " s");
}

static void duty(working *w, const mrse_sequence_input *in, size_t i)
{
    const bool played = in->played != NULL;
    const working_head head = {.what = "RF duty cycle",
                               .formula = played ? "time with RF / duration of the file"
                                                 : "Σ number in one TR × duration / TR",
                               .source = played ? PLAYED : PROTOCOL};
    double on_s = 0.0, of_s;

    (void)i;
    if (in->rf.refused[0] != '\0' || (played && in->played->b1.refused[0] != '\0'))
        return; /* B1+rms says why */
    of_s = played ? 1e-9 * in->played->sequence->duration_ns : in->protocol->tr.v;
    if (!(of_s > 0.0))
        return;
    for (size_t k = 0; k < in->rf.n_energies; k++)
        on_s += duty_term(in->rf.energy, k);
    if (played) {
        on_s = in->played->b1.on_time_s;
        working_num(w, "100 % × ", on_s, " s / ");
        working_num(w, "", of_s, " s");
    } else {
        put_duty(w, in);
    }
    working_is(w, 100.0 * on_s / of_s, "%");
    mrse_value v = mrse_value_computed(on_s / of_s, 0.0, MRSE_KIND_RATIO, "");
    working_end(w, &head, &v);
}

/* --- B1+rms --------------------------------------------------------------------------------------- */

static double energy_term(const void *of, size_t i)
{
    return ((const mrse_pulse_energy *)of)[i].b1_squared_T2_s * UT2;
}

/* True when it is: a figure that is missing says why. */
static bool refused(working *w, const mrse_sequence_input *in, const working_head *head,
                    mrse_kind kind)
{
    const char *why = in->played != NULL ? in->played->b1.refused : in->rf.refused;

    if (why[0] != '\0')
        working_end_missing(w, head, kind, why);
    return why[0] != '\0';
}

static void mean_played(working *w, const mrse_sequence_input *in)
{
    const mrse_b1_exposure *b1 = &in->played->b1;

    working_num(w, "∫ summed over the samples of ", (double)b1->n_pulses, " pulses; √(");
    working_num(w, "", b1->integral_Hz2_s, " Hz² s / ");
    working_num(w, "", 1e-9 * in->played->sequence->duration_ns, " s) / ");
    working_num(w, "", b1->gamma_Hz_T * HZ_PER, " Hz/µT");
}

static void mean(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_value v = mrse_sequence_b1_mean(in);
    const bool played = in->played != NULL;
    const working_head head = {
        .what = "B1+rms over the whole, from the pulses",
        .formula = played ? "B1rms = √(∫f²dt / duration) / γ, f the amplitude in Hz of the file"
                          : "B1rms = √(Σ ∫B1²dt of the pulses of one TR / TR)",
        .source = played ? PLAYED : PROTOCOL};

    (void)i;
    if (refused(w, in, &head, MRSE_KIND_B1_RMS))
        return;
    if (!isfinite(v.v)) {
        working_end_missing(w, &head, v.kind, "the sequence has no duration");
        return;
    }
    if (played) {
        mean_played(w, in);
    } else {
        working_text(w, "√((");
        working_add_up(w, &(working_sum){.what = "∫B1²dt in one TR",
                                         .unit = "µT² s",
                                         .term = energy_term,
                                         .of = in->rf.energy,
                                         .n = in->rf.n_energies});
        working_num(w, ") µT² s / ", in->protocol->tr.v, " s)");
    }
    working_is(w, v.v * UT, "µT");
    working_end(w, &head, &v);
    working_show(w);
}

/* Whole rounds of what repeats, and the richest stretch of the rest, which a search found. */
static void put_window(working *w, double round_T2_s, double round_s, double window_s,
                       double window_T)
{
    double rounds = floor(window_s / round_s), energy = window_T * window_T * window_s;
    double rest = fmax(0.0, energy - rounds * round_T2_s);

    working_num(w, "the richest ", window_s - rounds * round_s, " s");
    working_num(w, rounds > 0.0 ? " beside whole rounds of " : " of ", round_s, " s");
    working_num(w, " hold ", rest * UT2, " µT² s, found by sliding a window; √((");
    if (rounds > 0.0) {
        working_num(w, "", rounds, " × ");
        working_num(w, "", round_T2_s * UT2, " + ");
    }
    working_num(w, "", rest * UT2, ") µT² s / ");
    working_num(w, "", window_s, " s)");
}

static void window(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_value v = mrse_sequence_b1_rms(in);
    const mrse_b1_exposure *b1 = in->played != NULL ? &in->played->b1 : NULL;
    const working_head head = {
        .what = "B1+rms over the worst 10 s, from the pulses",
        .formula =
            "B1rms = √((rounds × ∫B1²dt of one round + ∫B1²dt of the richest rest) / 10 s), a "
            "round one TR, or the whole of a file",
        .source = b1 != NULL ? PLAYED : PROTOCOL};

    (void)i;
    if (refused(w, in, &head, MRSE_KIND_B1_RMS))
        return;
    if (!isfinite(v.v)) {
        working_end_missing(w, &head, v.kind, "the sequence has no duration");
        return;
    }
    if (b1 == NULL)
        put_window(w, in->rf.b1_squared_T2_s, in->protocol->tr.v, MRSE_B1_WINDOW_S, v.v);
    else if (isfinite(b1->rms_window_T)) /* inside the file: nothing repeats */
        put_window(w, b1->integral_T2_s, (double)INFINITY, b1->window_s, v.v);
    else
        put_window(w, b1->integral_T2_s, 1e-9 * in->played->sequence->duration_ns, b1->window_s,
                   v.v);
    working_is(w, v.v * UT, "µT");
    working_end(w, &head, &v);
}

static void peak(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_value v = mrse_sequence_b1_peak(in);
    const bool played = in->played != NULL;
    const working_head head = {
        .what = "Peak B1+, from the pulses",
        .formula = played ? "B1 = largest amplitude of the file / γ"
                          : "the largest of all pulses: bands × B1 by the flip angle, or the peak "
                            "that the file states",
        .source = played ? PLAYED : PROTOCOL};

    (void)i;
    if (refused(w, in, &head, MRSE_KIND_B1_PEAK))
        return;
    if (played) {
        const mrse_b1_exposure *b1 = &in->played->b1;
        working_num(w, "", b1->peak_T * b1->gamma_Hz_T, " Hz / ");
        working_num(w, "", b1->gamma_Hz_T * HZ_PER, " Hz/µT");
    } else {
        working_text(w, "max(");
        for (size_t k = 0; k < in->rf.n_energies; k++)
            working_num(w, k > 0 ? ", " : "", in->rf.energy[k].b1_peak_T * UT, "");
        working_text(w, ") µT");
    }
    working_is(w, v.v * UT, "µT");
    working_end(w, &head, &v);
}

/* What the console will show: its own value, times what the pulses do. */
static void expected(working *w)
{
    const mrse_sequence_study *s = w->s;
    const mrse_value v = mrse_sequence_b1_expected(s);
    const working_head head = {
        .what = "B1+rms expected on the console",
        .formula =
            "B1rms on the console before × B1rms (worst 10 s) after / before, from the pulses",
        .source = "console; " PROTOCOL};

    if (!isfinite(v.v)) {
        working_end_missing(w, &head, MRSE_KIND_B1_RMS,
                            "the console's B1+rms before, or that of the pulses of either");
        return;
    }
    working_num(w, "", s->before.protocol->reported.b1_rms.v * UT, " µT × ");
    working_num(w, "", s->after.rf.rms_window_T * UT, " µT / ");
    working_num(w, "", s->before.rf.rms_window_T * UT, " µT");
    working_is(w, v.v * UT, "µT");
    working_end(w, &head, &v);
    if (s->after.rf.rms_window_T != s->before.rf.rms_window_T)
        working_show(w);
}

void working_rf(working *w)
{
    const mrse_sequence_study *s = w->s;
    size_t n = s->before.rf.n_energies;

    n = s->after.rf.n_energies > n ? s->after.rf.n_energies : n;
    for (size_t i = 0; i < n; i++) {
        working_each(w, amplitude, i);
        working_each(w, angles, i);
        working_each(w, energy, i);
    }
    working_each(w, duty, 0);
    working_each(w, mean, 0);
    working_each(w, window, 0);
    working_each(w, peak, 0);
    if (mrse_sequence_is_pair(s))
        expected(w);
}

/* Rows of events: RF pulses, gradients, readouts, delays. The columns depend on the version.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "pulseq_internal.h"

enum { US = 3, NS = 0 }; /* powers of ten from the file's unit to nanoseconds */

static bool begin(seq_reader *r, size_t least, size_t most, const char *field, const char *order,
                  uint32_t *id)
{
    if (!seq_columns(r, least, most, field, order) || !seq_id(r, 0, field, id))
        return false;
    if (*id > 0)
        return true;
    seq_error(r, 0, field, "id 0 stands for 'none'", "an event cannot have id 0");
    return false;
}

/* Some writers of 1.4 add the shapes of transmit shims, 0 when there are none. */
static bool has_shims(const seq_reader *r, size_t columns)
{
    size_t i;

    for (i = columns; i < r->n_tokens && i < SEQ_TOKENS; i++)
        if (!seq_token_is(r, i, "0"))
            return true;
    return false;
}

void seq_row_rf(seq_reader *r)
{
    int minor = r->seq->minor;
    bool v15 = minor >= SEQ_V15;
    size_t time = 4, delay = v15 ? 6 : minor >= SEQ_V14 ? 5 : 4;
    uint32_t id, magnitude, phase, shape = 0;
    double amplitude, delay_ns;
    mrse_pulseq_rf *rf;

    if (!begin(r,
               v15                ? 11
               : minor >= SEQ_V14 ? 8
                                  : 7,
               v15                ? 12
               : minor >= SEQ_V14 ? 8
                                  : 7,
               "RF",
               v15 ? "id amp mag phase time center delay freqPPM phasePPM freq phase use"
               : minor >= SEQ_V14 ? "id amp mag phase time delay freq phase"
                                  : "id amp mag phase delay freq phase",
               &id))
        return;
    if (!seq_number(r, 1, 0, "RF.amplitude", &amplitude) ||
        !seq_id(r, 2, "RF.mag_id", &magnitude) || !seq_id(r, 3, "RF.phase_id", &phase) ||
        (minor >= SEQ_V14 && !seq_id(r, time, "RF.time_id", &shape)) ||
        !seq_positive(r, delay, US, "RF.delay", &delay_ns))
        return;
    if (magnitude == 0) {
        seq_error(r, 2, "RF.mag_id", NULL, "a pulse needs a shape of its magnitude");
        return;
    }
    rf = seq_push(r, &r->rf, sizeof *rf);
    if (!rf)
        return;
    rf->id = id;
    rf->line = r->line;
    rf->amplitude_Hz = amplitude;
    rf->magnitude = (int32_t)magnitude; /* ids until they are linked */
    rf->phase = (int32_t)phase;
    rf->time = (int32_t)shape;
    rf->delay_ns = delay_ns;
    rf->shimmed = has_shims(r, v15 ? 12 : minor >= SEQ_V14 ? 8 : 7);
    rf->use = v15 && r->n_tokens > 11 && r->token[11].n == 1 ? r->token[11].s[0] : 'u';
    if (!memchr("erispou", rf->use, 7))
        rf->use = 'u';
}

static mrse_pulseq_gradient *push_gradient(seq_reader *r, uint32_t id, double amplitude)
{
    mrse_pulseq_gradient *g = seq_push(r, &r->gradient, sizeof *g);

    if (!g)
        return NULL;
    g->id = id;
    g->line = r->line;
    g->amplitude_Hz_m = amplitude;
    return g;
}

/* -1: a sample every half raster. */
static bool read_time_id(seq_reader *r, size_t i, bool *oversampled, uint32_t *time)
{
    *oversampled = seq_token_is(r, i, "-1");
    *time = 0;
    return *oversampled || seq_id(r, i, "GRADIENTS.time_id", time);
}

void seq_row_gradient(seq_reader *r)
{
    int minor = r->seq->minor;
    size_t columns = minor >= SEQ_V15 ? 7 : minor >= SEQ_V14 ? 5 : 4;
    size_t shape_at = minor >= SEQ_V15 ? 4 : 2;
    uint32_t id, shape, time = 0;
    double amplitude, delay_ns, first = (double)NAN, last = (double)NAN;
    bool oversampled = false;
    mrse_pulseq_gradient *g;

    if (!begin(r, columns, columns, "GRADIENTS",
               minor >= SEQ_V15   ? "id amp first last shape time delay"
               : minor >= SEQ_V14 ? "id amp shape time delay"
                                  : "id amp shape delay",
               &id))
        return;
    if (!seq_number(r, 1, 0, "GRADIENTS.amplitude", &amplitude) ||
        (minor >= SEQ_V15 && (!seq_number(r, 2, 0, "GRADIENTS.first", &first) ||
                              !seq_number(r, 3, 0, "GRADIENTS.last", &last))) ||
        !seq_id(r, shape_at, "GRADIENTS.shape_id", &shape) ||
        (minor >= SEQ_V14 && !read_time_id(r, shape_at + 1, &oversampled, &time)) ||
        !seq_positive(r, columns - 1, US, "GRADIENTS.delay", &delay_ns))
        return;
    if (shape == 0) {
        seq_error(r, shape_at, "GRADIENTS.shape_id", NULL, "a shaped gradient needs a shape");
        return;
    }
    g = push_gradient(r, id, amplitude);
    if (!g)
        return;
    g->first_Hz_m = first;
    g->last_Hz_m = last;
    g->shape = (int32_t)shape;
    g->time = (int32_t)time;
    g->oversampled = oversampled;
    g->delay_ns = delay_ns;
}

void seq_row_trap(seq_reader *r)
{
    uint32_t id;
    double amplitude, rise, flat, fall, delay_ns;
    mrse_pulseq_gradient *g;

    if (!begin(r, 6, 6, "TRAP", "id amp rise flat fall delay", &id) ||
        !seq_number(r, 1, 0, "TRAP.amplitude", &amplitude) ||
        !seq_positive(r, 2, US, "TRAP.rise", &rise) ||
        !seq_positive(r, 3, US, "TRAP.flat", &flat) ||
        !seq_positive(r, 4, US, "TRAP.fall", &fall) ||
        !seq_positive(r, 5, US, "TRAP.delay", &delay_ns))
        return;
    g = push_gradient(r, id, amplitude);
    if (!g)
        return;
    g->rise_ns = rise;
    g->flat_ns = flat;
    g->fall_ns = fall;
    g->delay_ns = delay_ns;
    g->duration_ns = rise + flat + fall;
    g->shape = g->time = 0;
}

void seq_row_adc(seq_reader *r)
{
    uint32_t id, samples;
    double dwell_ns, delay_ns;
    size_t columns = r->seq->minor >= SEQ_V15 ? 8 : 6;
    seq_adc *adc;

    if (!begin(r, columns, columns + 1, "ADC", "id num dwell delay ...", &id) ||
        !seq_id(r, 1, "ADC.num", &samples) || !seq_positive(r, 2, NS, "ADC.dwell", &dwell_ns) ||
        !seq_positive(r, 3, US, "ADC.delay", &delay_ns))
        return;
    adc = seq_push(r, &r->adc, sizeof *adc);
    if (!adc)
        return;
    adc->id = id;
    adc->line = r->line;
    adc->end_ns = delay_ns + samples * dwell_ns;
}

void seq_row_delay(seq_reader *r)
{
    uint32_t id;
    double ns;
    seq_delay *delay;

    if (!begin(r, 2, 2, "DELAYS", "id delay", &id) || !seq_positive(r, 1, US, "DELAYS.delay", &ns))
        return;
    delay = seq_push(r, &r->delay, sizeof *delay);
    if (!delay)
        return;
    delay->id = id;
    delay->line = r->line;
    delay->ns = ns;
}

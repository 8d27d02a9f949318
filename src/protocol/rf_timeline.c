/* When the pulses of a protocol are played: a sequence of one TR in memory, so that the worst window
 * is found by the same exact search as for a played sequence. Each pulse is a rectangle with its own
 * duration and energy: over 10 s its shape does not matter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "rf_internal.h"

static const double RASTER_NS = 1000.0, NS_PER_S = 1e9;

typedef struct timeline {
    mrse_pulseq seq;
    double filled_ns;
} timeline;

/* One rectangle for each kind of pulse. */
static void add_kind(timeline *t, const mrse_pulse_energy *e)
{
    uint32_t rasters = (uint32_t)fmax(1.0, round(e->pulse->duration.v * NS_PER_S / RASTER_NS));
    double duration_s = rasters * RASTER_NS / NS_PER_S;
    int32_t i = (int32_t)t->seq.n_rf;

    t->seq.run[i] = (mrse_pulseq_run){.n = rasters, .value = 1.0};
    t->seq.shape[i] = (mrse_pulseq_shape){.n = rasters, .run = (size_t)i, .n_runs = 1};
    t->seq.rf[i] = (mrse_pulseq_rf){
        .amplitude_Hz = MRSE_GAMMA_HZ_T * sqrt(e->b1_squared_T2_s / (e->per_tr * duration_s)),
        .duration_ns = rasters * RASTER_NS,
        .magnitude = i,
        .phase = MRSE_PULSEQ_NONE,
        .time = MRSE_PULSEQ_NONE};
    t->seq.n_rf++;
    t->seq.n_shapes++;
    t->seq.n_runs++;
}

static void add_block(timeline *t, int32_t rf, double duration_ns)
{
    mrse_pulseq_block *b = &t->seq.block[t->seq.n_blocks++];

    *b = (mrse_pulseq_block){.duration_ns = duration_ns,
                             .rf = rf,
                             .gradient = {MRSE_PULSEQ_NONE, MRSE_PULSEQ_NONE, MRSE_PULSEQ_NONE},
                             .rotation = MRSE_PULSEQ_NONE};
    t->filled_ns += duration_ns;
}

static void add_pulses(timeline *t, int32_t rf, double count)
{
    for (double i = 0.0; i < count; i += 1.0)
        add_block(t, rf, t->seq.rf[rf].duration_ns);
}

/* Silence up to a moment, when that lies ahead. */
static void wait_until(timeline *t, double moment_ns)
{
    if (moment_ns > t->filled_ns)
        add_block(t, MRSE_PULSEQ_NONE, moment_ns - t->filled_ns);
}

/* Preparation, then the excitation, then the train, evenly spaced where the spacing is known. */
static void add_shot(timeline *t, const mrse_protocol *p, rf_rhythm rhythm)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].per == MRSE_PER_SHOT)
            add_pulses(t, (int32_t)i, mrse_rf_per_tr(&p->pulse[i], (rf_rhythm){1.0, 1.0}));
    double begin_ns = t->filled_ns, spacing_ns = p->esp.v > 0.0 ? p->esp.v * NS_PER_S : 0.0;
    bool train = false;
    for (size_t i = 0; i < p->n_pulses; i++)
        train |= p->pulse[i].per == MRSE_PER_ECHO;
    for (double k = 0.0; train && k < rhythm.echoes; k += 1.0) {
        wait_until(t, begin_ns + k * spacing_ns);
        for (size_t i = 0; i < p->n_pulses; i++)
            if (p->pulse[i].per == MRSE_PER_ECHO)
                add_pulses(t, (int32_t)i, mrse_rf_per_tr(&p->pulse[i], (rf_rhythm){1.0, 1.0}));
    }
}

static void fill(timeline *t, const mrse_protocol *p, rf_rhythm rhythm)
{
    for (size_t i = 0; i < p->n_pulses; i++)
        if (p->pulse[i].per == MRSE_PER_TR)
            add_pulses(t, (int32_t)i, mrse_rf_per_tr(&p->pulse[i], rhythm));
    double tr_ns = p->tr.v * NS_PER_S;
    for (double k = 0.0; k < rhythm.shots; k += 1.0) {
        wait_until(t, k * tr_ns / rhythm.shots);
        add_shot(t, p, rhythm);
    }
    wait_until(t, tr_ns);
    t->seq.duration_ns = t->filled_ns;
}

static mrse_status allocate(timeline *t, const mrse_protocol *p, double pulses, rf_rhythm rhythm)
{
    /* each pulse may have silence before it, and so may each shot and the end */
    size_t blocks = 2 * (size_t)pulses + (size_t)rhythm.shots * ((size_t)rhythm.echoes + 1) + 2;

    t->seq.rf_raster_ns = RASTER_NS;
    t->seq.block = mrse_alloc(blocks, sizeof *t->seq.block);
    t->seq.rf = mrse_alloc(p->n_pulses, sizeof *t->seq.rf);
    t->seq.shape = mrse_alloc(p->n_pulses, sizeof *t->seq.shape);
    t->seq.run = mrse_alloc(p->n_pulses, sizeof *t->seq.run);
    bool all =
        t->seq.block != NULL && t->seq.rf != NULL && t->seq.shape != NULL && t->seq.run != NULL;
    return all ? MRSE_OK : MRSE_ERR_NOMEM;
}

static void release(timeline *t)
{
    mrse_free(t->seq.block);
    mrse_free(t->seq.rf);
    mrse_free(t->seq.shape);
    mrse_free(t->seq.run);
}

mrse_status mrse_rf_window(const mrse_protocol *protocol, rf_rhythm rhythm, mrse_protocol_rf *out)
{
    timeline t = {0};
    mrse_b1_exposure b1;
    double pulses = 0.0;

    for (size_t i = 0; i < out->n_energies; i++)
        pulses += out->energy[i].per_tr;
    if (!(pulses <= MRSE_RF_PULSES) || !(rhythm.shots * rhythm.echoes <= MRSE_RF_PULSES)) {
        (void)snprintf(out->refused, sizeof out->refused,
                       "more than %d pulses in one TR: check slices, echo train and counts",
                       (int)MRSE_RF_PULSES);
        return MRSE_OK;
    }
    mrse_status status = allocate(&t, protocol, pulses, rhythm);
    if (status == MRSE_OK) {
        for (size_t i = 0; i < out->n_energies; i++)
            add_kind(&t, &out->energy[i]);
        fill(&t, protocol, rhythm);
        if (t.seq.duration_ns > protocol->tr.v * NS_PER_S * (1.0 + 1e-9))
            (void)snprintf(out->refused, sizeof out->refused,
                           "the pulses of all slices do not fit into one TR");
        else
            status = mrse_b1_compute(&t.seq, MRSE_GAMMA_HZ_T, MRSE_B1_WINDOW_S, &b1);
        if (status == MRSE_OK && out->refused[0] == '\0')
            out->rms_window_T = b1.rms_periodic_T;
    }
    release(&t);
    return status;
}

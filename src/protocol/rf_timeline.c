/* A protocol as a timeline of pulses, for the window search of the Pulseq reader: one TR, slices
 * evenly spread over it as consoles do. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "rf_internal.h"

#define NS 1e-9

void mrse_rf_timeline_clear(rf_timeline *line)
{
    mrse_free(line->seq.block);
    mrse_free(line->seq.rf);
    mrse_free(line->seq.shape);
    mrse_free(line->seq.run);
    *line = (rf_timeline){0};
}

/* What it lasts counts in whole ns; the amplitude makes up for that, so that the energy is exact.
 * A rectangle of the same energy stands for the pulse: a window then may be off by part of one. */
static void add_event(rf_timeline *line, double energy_T2_s, double duration_s)
{
    mrse_pulseq *seq = &line->seq;
    size_t k = seq->n_rf++;
    double ns = fmax(1.0, floor(duration_s / NS + 0.5));

    seq->run[k] = (mrse_pulseq_run){0, (uint32_t)ns, 1.0, 0.0};
    seq->shape[k] = (mrse_pulseq_shape){(uint32_t)k + 1, 0, (uint32_t)ns, k, 1};
    seq->rf[k] = (mrse_pulseq_rf){.id = (uint32_t)k + 1,
                                  .amplitude_Hz = MRSE_GAMMA_HZ_T * sqrt(energy_T2_s / (NS * ns)),
                                  .duration_ns = ns,
                                  .magnitude = (int32_t)k,
                                  .phase = MRSE_PULSEQ_NONE,
                                  .time = MRSE_PULSEQ_NONE};
    seq->n_shapes = seq->n_runs = seq->n_rf;
}

static void add_block(rf_timeline *line, size_t rf, double idle_ns)
{
    mrse_pulseq *seq = &line->seq;
    double ns = seq->rf[rf].duration_ns + idle_ns;

    seq->block[seq->n_blocks++] =
        (mrse_pulseq_block){ns,
                            (int32_t)rf,
                            {MRSE_PULSEQ_NONE, MRSE_PULSEQ_NONE, MRSE_PULSEQ_NONE},
                            MRSE_PULSEQ_NONE,
                            0};
    seq->duration_ns += ns;
}

/* All pulses of one slice, or of the start of a TR; the pulses of a train take turns. */
static void add_group(rf_timeline *line, const rf_part *part, size_t n, bool per_tr, double idle_ns)
{
    size_t i, k, first = 0;

    for (i = 0; i < n; first += part[i].n_energies, i++)
        for (k = 0; part[i].per_tr == per_tr && k < part[i].times; k++)
            add_block(line, first + k % part[i].n_energies, idle_ns);
}

mrse_status mrse_rf_timeline_make(const rf_part *part, size_t n, size_t slots, double tr_s,
                                  rf_timeline *line)
{
    size_t events = 0, once = 0, each = 0, i, k;
    double once_ns = 0.0, each_ns = 0.0, idle;
    mrse_pulseq *seq = &line->seq;

    *line = (rf_timeline){0};
    for (i = 0; i < n; i++) {
        double ns = fmax(1.0, floor(part[i].duration_s / NS + 0.5)) * (double)part[i].times;

        events += part[i].n_energies;
        *(part[i].per_tr ? &once : &each) += part[i].times;
        *(part[i].per_tr ? &once_ns : &each_ns) += ns;
    }
    if (once + each * slots > RF_BLOCKS)
        return MRSE_ERR_LIMIT;
    idle = (tr_s / NS - once_ns - each_ns * (double)slots) / (double)(once + each * slots);
    if (!(idle >= 0.0))
        return MRSE_ERR_RANGE;
    seq->block = mrse_alloc(once + each * slots, sizeof *seq->block);
    seq->rf = mrse_alloc(events, sizeof *seq->rf);
    seq->shape = mrse_alloc(events, sizeof *seq->shape);
    seq->run = mrse_alloc(events, sizeof *seq->run);
    if (!seq->block || !seq->rf || !seq->shape || !seq->run) {
        mrse_rf_timeline_clear(line);
        return MRSE_ERR_NOMEM;
    }
    seq->rf_raster_ns = 1.0;
    for (i = 0; i < n; i++)
        for (k = 0; k < part[i].n_energies; k++)
            add_event(line, part[i].energy_T2_s[k], part[i].duration_s);
    add_group(line, part, n, true, idle);
    for (i = 0; i < slots; i++)
        add_group(line, part, n, false, idle);
    return MRSE_OK;
}

/* The three gradient axes of a sequence, block by block, as lines through points, and as runs of
 * equal slew between samples at raster centres. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_WAVEFORM_INTERNAL_H
#define MRSE_WAVEFORM_INTERNAL_H

#include "mrse/gradient_exposure.h"

typedef struct wave_point {
    double t_ns, g_Hz_m; /* time since the block began */
} wave_point;

/* From the beginning of the block to its end; two points of one time are a jump. */
typedef struct wave_line {
    wave_point *point;
    size_t n, cap;
} wave_line;

typedef struct wave_reader {
    const mrse_pulseq *seq;
    size_t next;                    /* block */
    double begin_ns, begin_rasters; /* of the block read last */
    double next_ns, carry;
    wave_line line[MRSE_AXES]; /* of that block */
    wave_line unrotated[MRSE_AXES];
    double last_Hz_m[MRSE_AXES]; /* where each channel ended, before rotation */
} wave_reader;

typedef struct wave_run {
    size_t n;
    double slew; /* Hz/m/ns */
} wave_run;

typedef struct wave_sampler {
    double raster_ns, value_Hz_m; /* of the last sample */
    double at;                    /* number of the next sample */
    wave_run *run;                /* of the block given last */
    size_t n, cap;
} wave_sampler;

/* The next block; false at the end, and when memory has run out. */
bool mrse_wave_next(wave_reader *reader, mrse_status *status);
void mrse_wave_clear(wave_reader *reader);
/* The runs of a block's line: samples with centres in [begin, begin + length). */
mrse_status mrse_wave_sample(wave_sampler *sampler, const wave_line *line,
                             double begin_ns) MRSE_MUST_USE;

#endif

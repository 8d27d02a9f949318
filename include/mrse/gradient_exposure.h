/* Gradient exposure of a sequence: amplitude, slew rate by each definition that is in use,
 * stimulation. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_GRADIENT_EXPOSURE_H
#define MRSE_GRADIENT_EXPOSURE_H

#include "mrse/pulseq.h"
#include "mrse/stimulation.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MRSE_SAFE_MAX = 4 };

typedef struct mrse_gradient_options {
    double gamma_Hz_T;
    const mrse_safe_hardware *safe[MRSE_SAFE_MAX]; /* borrowed */
    size_t n_safe;
    const mrse_gradient_coil *coil; /* of the convolution model; NULL: not computed */
} mrse_gradient_options;

/* Times are those of the sequence. Four slew rates: they differ, and are told apart. */
typedef struct mrse_gradient_exposure {
    double amplitude_T_m[MRSE_AXES], rms_T_m[MRSE_AXES];
    double slew_event_T_m_s[MRSE_AXES];    /* steepest line of any gradient, with its ends */
    double slew_junction_T_m_s[MRSE_AXES]; /* step from block to block, over one gradient raster */
    double slew_merged_T_m_s[MRSE_AXES]; /* of all gradients as one line, without repeated times */
    double slew_raster_T_m_s[MRSE_AXES]; /* of samples at raster centres, what SAFE is fed */
    double slew_raster_norm_T_m_s;       /* the same of the three axes together */
    double step_T_m[MRSE_AXES];          /* largest jump within a block: no system can play it */
    double raster_s;
    mrse_safe safe[MRSE_SAFE_MAX];
    mrse_convolution_peak convolution; /* NaN when not asked for */
} mrse_gradient_exposure;

/** The gradient exposure of a sequence, in one pass, with memory for one block.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM | MRSE_ERR_LIMIT (more than 2^33 rasters) |
 *            MRSE_ERR_RANGE (overflows)
 *  Accuracy  relative 1e-12 of the line through the points of the file
 *  Valid     ideal linear gradients as commanded; rotations are applied
 *  Source    Pulseq specification 1.5.1; definitions of slew: mdtisdall/pulseq-reports,
 *            docs/notes/slew-definitions.md
 *  Tests     tests/unit/test_exposure_gradient.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_gradient_compute(const mrse_pulseq *sequence, const mrse_gradient_options *options,
                                  mrse_gradient_exposure *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

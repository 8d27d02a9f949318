/* What one sequence does to a patient: read from its file, RF and gradients computed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEQUENCE_EXPOSURE_H
#define MRSE_SEQUENCE_EXPOSURE_H

#include "mrse/b1.h"
#include "mrse/dbdt.h"
#include "mrse/file.h"
#include "mrse/gradient_exposure.h"
#include "mrse/pulseq.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_sequence_exposure {
    char *path; /* as opened */
    char sha256[MRSE_SHA256_HEX];
    mrse_pulseq *sequence;
    mrse_b1_exposure b1;
    mrse_gradient_exposure gradient; /* SAFE: 0 peripheral, 1 cardiac */
    bool own_safe; /* SAFE with the scanner's numbers, not with the published example's */
    const mrse_gradient_coil *coil; /* of the convolution model; NULL when not asked for */
} mrse_sequence_exposure;

/** Read a Pulseq file and compute its exposure.
 *  Given     path        file name
 *            gamma_Hz_T  double                     > 0
 *            coil        const mrse_gradient_coil * for the convolution model; NULL: that of `system`
 *            system      scanner's gradients; NULL, or without a SAFE model: the published example,
 *                        which stands for no scanner
 *  Returned  out         owned by the caller (mrse_sequence_exposure_free); NULL on failure
 *  Status    as mrse_pulseq_load, mrse_b1_compute, mrse_gradient_compute
 *  Tests     tests/unit/test_sequence_exposure.c */
mrse_status mrse_sequence_exposure_run(const char *path, double gamma_Hz_T,
                                       const mrse_gradient_coil *coil,
                                       const mrse_gradient_system *system,
                                       mrse_sequence_exposure **out,
                                       mrse_diags *diags) MRSE_MUST_USE;
/** Free it; NULL is fine. */
void mrse_sequence_exposure_free(mrse_sequence_exposure *exposure);

#ifdef __cplusplus
}
#endif
#endif

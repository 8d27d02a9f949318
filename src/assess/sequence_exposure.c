/* From a Pulseq file to its exposure. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/sequence_exposure.h"

#include "mrse/alloc.h"

mrse_status mrse_sequence_exposure_run(const char *path, double gamma_Hz_T,
                                       const mrse_gradient_coil *coil,
                                       const mrse_gradient_system *system,
                                       mrse_sequence_exposure **out, mrse_diags *diags)
{
    bool own = system && system->has_safe;
    const mrse_gradient_coil *asked =
        coil || !system ? coil : mrse_gradient_coil_find(system->coil);
    const mrse_gradient_options options = {
        .gamma_Hz_T = gamma_Hz_T,
        .safe = {own ? &system->safe : &mrse_safe_example_peripheral,
                 own ? &system->safe_cardiac : &mrse_safe_example_cardiac},
        .n_safe = 2,
        .coil = asked};
    mrse_sequence_exposure *e;
    mrse_status status;

    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!path)
        return MRSE_ERR_ARG;
    e = mrse_alloc(1, sizeof *e);
    if (!e)
        return MRSE_ERR_NOMEM;
    e->own_safe = own;
    e->coil = asked;
    e->path = mrse_strdup(path);
    status = e->path ? mrse_pulseq_load(path, &e->sequence, e->sha256, diags) : MRSE_ERR_NOMEM;
    if (status == MRSE_OK)
        status = mrse_b1_compute(e->sequence, gamma_Hz_T, MRSE_B1_WINDOW_S, &e->b1);
    if (status == MRSE_OK)
        status = mrse_gradient_compute(e->sequence, &options, &e->gradient);
    if (status != MRSE_OK) {
        mrse_sequence_exposure_free(e);
        return status;
    }
    *out = e;
    return MRSE_OK;
}

void mrse_sequence_exposure_free(mrse_sequence_exposure *exposure)
{
    if (!exposure)
        return;
    mrse_pulseq_free(exposure->sequence);
    mrse_free(exposure->path);
    mrse_free(exposure);
}

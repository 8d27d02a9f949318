/* Any bytes as a Pulseq file. Checks: no crash, no hang; a refusal gives a reason and no sequence;
 * what is read has indices in range, and its exposure is computed or refused, never negative.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/b1.h"
#include "mrse/gradient_exposure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of the exposure only: a file of a few bytes may state hours. */
#define LONGEST_NS 2e9

static void check(int holds)
{
    if (!holds)
        abort();
}

static void check_indices(const mrse_pulseq *s)
{
    for (size_t i = 0; i < s->n_blocks; i++) {
        const mrse_pulseq_block *b = &s->block[i];

        check(b->duration_ns >= 0.0 && isfinite(b->duration_ns));
        check(b->rf < (int32_t)s->n_rf && b->rotation < (int32_t)s->n_rotations);
        for (int a = 0; a < 3; a++)
            check(b->gradient[a] < (int32_t)s->n_gradients);
    }
    for (size_t i = 0; i < s->n_gradients; i++) {
        check(s->gradient[i].point + s->gradient[i].n_points <= s->n_points);
        check(s->gradient[i].n_points > 0);
    }
    for (size_t i = 0; i < s->n_shapes; i++)
        check(s->shape[i].run + s->shape[i].n_runs <= s->n_runs);
}

static void check_exposure(const mrse_pulseq *s)
{
    const mrse_gradient_options options = {
        .gamma_Hz_T = MRSE_GAMMA_PULSEQ_HZ_T, .safe = {&mrse_safe_example_peripheral}, .n_safe = 1};
    mrse_gradient_exposure g;
    mrse_b1_exposure b1;
    mrse_status status;

    if (!(s->duration_ns <= LONGEST_NS && s->gradient_raster_ns >= 1000.0))
        return;
    status = mrse_b1_compute(s, MRSE_GAMMA_PULSEQ_HZ_T, MRSE_B1_WINDOW_S, &b1);
    check(status == MRSE_OK || status == MRSE_ERR_LIMIT || status == MRSE_ERR_NOMEM ||
          status == MRSE_ERR_RANGE);
    check(!(b1.rms_T < 0.0) && !(b1.rms_periodic_T < 0.0) && !(b1.peak_T < 0.0));
    if (status == MRSE_OK && b1.refused[0])
        check(isnan(b1.rms_T) && isnan(b1.rms_periodic_T));
    status = mrse_gradient_compute(s, &options, &g);
    check(status == MRSE_OK || status == MRSE_ERR_LIMIT || status == MRSE_ERR_NOMEM ||
          status == MRSE_ERR_RANGE);
    for (int a = 0; a < 3; a++)
        check(!(g.slew_event_T_m_s[a] < 0.0) && !(g.amplitude_T_m[a] < 0.0));
    check(!(g.safe[0].peak < 0.0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static mrse_diags diags;
    mrse_pulseq *s = NULL;
    mrse_status status;
    char *text;

    if (size > 65536)
        return 0;
    text = mrse_alloc(size + 1, 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    mrse_diags_init(&diags);
    status = mrse_pulseq_read(text, size, "fuzz.seq", &s, &diags);
    check((status == MRSE_OK) == (s != NULL));
    check(status == MRSE_OK || diags.errors > 0 || status == MRSE_ERR_NOMEM);
    if (s) {
        check_indices(s);
        check_exposure(s);
    }
    mrse_pulseq_free(s);
    mrse_free(text);
    return 0;
}

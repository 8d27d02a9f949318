/* The rows of an image effect that rest on T1 and T2: signal, contrast, contrast to noise.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "protocol/image_internal.h"

#define TURNS "the contrast may vanish or turn round within the range of published T1 and T2"

/* Why no signal can be told, "" when it can. */
static const char *refusal(const mrse_image_work *work)
{
    const mrse_image_side *s = work->side;

    if (work->tissue_why[0])
        return work->tissue_why;
    for (int i = 0; i < 2; i++)
        if (s[i].weighting.refused[0])
            return s[i].weighting.refused;
    if (s[0].protocol->b_value.v != s[1].protocol->b_value.v &&
        (s[0].protocol->b_value.v > 0.0 || s[1].protocol->b_value.v > 0.0))
        return "'b_value' differs: diffusion of the tissue would be needed";
    return "";
}

static const char *noise_refusal(const mrse_image_work *work)
{
    const char *why = refusal(work);

    for (int i = 0; i < 2 && !why[0]; i++)
        why = work->side[i].acquisition_why;
    return why;
}

/* A rectangle over the range; what rests on T1 and T2 is as good as their weakest source. */
static mrse_value value_of(const mrse_span *span, mrse_origin origin, const char *method)
{
    const double u = (span->high - span->low) / sqrt(12.0);
    mrse_value v =
        mrse_value_computed(span->v, isfinite(u) ? u : (double)NAN, MRSE_KIND_RATIO, method);

    v.origin = mrse_origin_weaker(v.origin, origin);
    return v;
}

/* Failures that are the protocol's are told in the row; those of the machine end all. */
static mrse_status tell(mrse_image_row *row, mrse_status status)
{
    if (status == MRSE_ERR_NOMEM || status == MRSE_ERR_LIMIT)
        return status;
    if (status != MRSE_OK)
        mrse_image_note(row, "times, angles or counts are outside what the equations hold for");
    return MRSE_OK;
}

static void notes_of_weighting(const mrse_image_work *work, mrse_image_row *row)
{
    const mrse_image_side *s = work->side;

    mrse_image_note(row, s[0].weighting.note[0] ? s[0].weighting.note : s[1].weighting.note);
    if (s[0].protocol->b_value.v > 0.0)
        mrse_image_note(row, "at the same b-value, so the effect of TE alone");
}

static void relative_to_before(mrse_image_row *row, const mrse_span *ratio, mrse_origin origin,
                               const char *method)
{
    row->before = mrse_value_computed(1.0, 0.0, MRSE_KIND_RATIO, method);
    row->after = value_of(ratio, origin, method);
    row->after_range = row->ratio = *ratio;
}

static mrse_status snr_row(mrse_image_work *work, size_t i)
{
    const mrse_image_side *s = work->side;
    const char *why = noise_refusal(work);
    char what[96];
    mrse_image_row *row;
    mrse_status status;
    mrse_span ratio;

    (void)snprintf(what, sizeof what, "SNR of %s",
                   work->tissue[i].text ? work->tissue[i].text : work->choice.tissue[i]);
    row = mrse_image_add(work, MRSE_IMAGE_SNR, what,
                         "signal × voxel × √(averages × acquired lines / bandwidth) / g, relative "
                         "to before (image-snr)");
    mrse_image_note(row, why);
    if (why[0])
        return MRSE_OK;
    status = mrse_image_snr_change(&work->tissue[i], &s[0].weighting.weighting, &s[0].acquisition,
                                   &s[1].weighting.weighting, &s[1].acquisition, &ratio);
    if (status == MRSE_OK) {
        relative_to_before(row, &ratio, mrse_tissue_origin(&work->tissue[i]), MRSE_METHOD_SNR);
        notes_of_weighting(work, row);
    }
    return tell(row, status);
}

static bool turns_round(const mrse_span *span)
{
    return span->low <= 0.0 && span->high >= 0.0;
}

static void pair_name(const mrse_image_work *work, const mrse_tissue_pair *pair, const char *what,
                      char name[96])
{
    const mrse_tissue *a = &work->tissue[pair->a], *b = &work->tissue[pair->b];

    (void)snprintf(name, 96, "%s of %s and %s", what,
                   a->text ? a->text : work->choice.tissue[pair->a],
                   b->text ? b->text : work->choice.tissue[pair->b]);
}

static mrse_origin pair_origin(const mrse_image_work *work, const mrse_tissue_pair *pair)
{
    return mrse_origin_weaker(mrse_tissue_origin(&work->tissue[pair->a]),
                              mrse_tissue_origin(&work->tissue[pair->b]));
}

static mrse_status contrast_row(mrse_image_work *work, const mrse_tissue_pair *pair)
{
    const mrse_tissue *a = &work->tissue[pair->a], *b = &work->tissue[pair->b];
    const char *why = refusal(work);
    mrse_contrast contrast[2];
    mrse_status status = MRSE_OK;
    mrse_image_row *row;
    char what[96];

    pair_name(work, pair, "contrast", what);
    row = mrse_image_add(work, MRSE_IMAGE_CONTRAST, what,
                         "(a - b) / (a + b) of the signals' magnitudes (image-contrast)");
    mrse_image_note(row, why);
    if (why[0])
        return MRSE_OK;
    for (int i = 0; i < 2 && status == MRSE_OK; i++)
        status = mrse_image_contrast(&work->side[i].weighting.weighting, a, b, &contrast[i]);
    if (status != MRSE_OK)
        return tell(row, status);
    row->before = value_of(&contrast[0].relative, pair_origin(work, pair), MRSE_METHOD_CONTRAST);
    row->after = value_of(&contrast[1].relative, pair_origin(work, pair), MRSE_METHOD_CONTRAST);
    row->before_range = contrast[0].relative;
    row->after_range = contrast[1].relative;
    if (row->before.v * row->after.v > 0.0)
        row->ratio.v = row->after.v / row->before.v;
    row->turns = turns_round(&row->before_range) || turns_round(&row->after_range);
    if (row->turns)
        mrse_image_note(row, TURNS);
    return MRSE_OK;
}

static mrse_status cnr_row(mrse_image_work *work, const mrse_tissue_pair *pair)
{
    const mrse_image_side *s = work->side;
    const char *why = noise_refusal(work);
    mrse_image_row *row;
    mrse_status status;
    mrse_span ratio;
    char what[96];

    pair_name(work, pair, "CNR", what);
    row = mrse_image_add(work, MRSE_IMAGE_CNR, what,
                         "|a - b| × voxel × √(averages × acquired lines / bandwidth) / g, relative "
                         "to before (image-contrast, image-snr)");
    mrse_image_note(row, why);
    if (why[0])
        return MRSE_OK;
    status = mrse_image_contrast_change(&work->tissue[pair->a], &work->tissue[pair->b],
                                        &s[0].weighting.weighting, &s[0].acquisition,
                                        &s[1].weighting.weighting, &s[1].acquisition, &ratio);
    if (status != MRSE_OK)
        return tell(row, status);
    relative_to_before(row, &ratio, pair_origin(work, pair), MRSE_METHOD_CONTRAST);
    row->turns = !isfinite(ratio.high) || !(ratio.low > 0.0);
    if (row->turns)
        mrse_image_note(row, TURNS);
    notes_of_weighting(work, row);
    return MRSE_OK;
}

mrse_status mrse_image_tissue_rows(mrse_image_work *work)
{
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < work->choice.n_tissues && status == MRSE_OK; i++)
        status = snr_row(work, i);
    for (size_t i = 0; i < work->choice.n_pairs && status == MRSE_OK; i++)
        status = contrast_row(work, &work->choice.pair[i]);
    for (size_t i = 0; i < work->choice.n_pairs && status == MRSE_OK; i++)
        status = cnr_row(work, &work->choice.pair[i]);
    return status;
}

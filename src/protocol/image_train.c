/* The rows of an image effect that rest on the echo train: echo times, blur, distortion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "mrse/psf.h"
#include "mrse/text.h"
#include "protocol/image_internal.h"

#define NOT_KNOWN ((double)NAN)

static void note_key(mrse_image_row *row, const char *key)
{
    char text[64];

    (void)snprintf(text, sizeof text, "'%s' is not stated", key);
    mrse_image_note(row, text);
}

static bool is_tse(const mrse_protocol *p)
{
    return p->family == MRSE_FAMILY_TSE;
}

/* Of the echo that is taken for the centre of k-space, which a train has only at its own times. */
static double echo_time(const mrse_image_side *side)
{
    const mrse_protocol *p = side->protocol;

    if (is_tse(p) && !side->weighting.refused[0])
        return (double)(side->weighting.weighting.centre + 1) * p->esp.v;
    return p->te.v;
}

static void echo_rows(mrse_image_work *work)
{
    const mrse_protocol *p[2] = {work->side[0].protocol, work->side[1].protocol};
    const double te[2] = {echo_time(&work->side[0]), echo_time(&work->side[1])};
    const double esp[2] = {p[0]->esp.v, p[1]->esp.v};
    mrse_image_row *row = mrse_image_add(work, MRSE_IMAGE_ECHO_TIME, "echo time",
                                         "time of the echo at the centre of k-space");

    mrse_image_set(row, te, MRSE_KIND_TIME, MRSE_METHOD_PROTOCOL_IMAGE);
    if (!isfinite(te[0]) || !isfinite(te[1]))
        note_key(row, "te");
    if (!mrse_image_has_train(p[0]) && !mrse_image_has_train(p[1]))
        return;
    row = mrse_image_add(work, MRSE_IMAGE_ECHO_SPACING, "echo spacing", "as stated");
    mrse_image_set(row, esp, MRSE_KIND_TIME, MRSE_METHOD_PROTOCOL_IMAGE);
    if (!isfinite(esp[0]) || !isfinite(esp[1]))
        note_key(row, "echo_spacing");
}

/* Width for one T1 and T2: the echoes of the steady train, as they lie in k-space. */
static mrse_status width(const mrse_image_side *side, const mrse_relaxation *relaxation,
                         double *fwhm_px)
{
    const mrse_weighting *w = &side->weighting.weighting;
    const size_t lines = (size_t)side->protocol->matrix_phase;
    mrse_transverse *echo = mrse_alloc(w->train.n, sizeof *echo);
    mrse_status status;

    if (!echo)
        return MRSE_ERR_NOMEM;
    status = mrse_epg_steady_train(&w->train, &w->repetition, relaxation, echo, NULL);
    if (status == MRSE_OK)
        status = mrse_psf_train_width((mrse_phase_order)(side->protocol->order - 1), lines, echo,
                                      w->train.n, fwhm_px);
    mrse_free(echo);
    return status;
}

/* At the tissue's value and the corners of its range. */
static mrse_status width_span(const mrse_image_side *side, const mrse_tissue *t, mrse_span *span)
{
    const mrse_relaxation at[5] = {{t->t1.v_s, t->t2.v_s},
                                   {t->t1.low_s, t->t2.low_s},
                                   {t->t1.low_s, t->t2.high_s},
                                   {t->t1.high_s, t->t2.low_s},
                                   {t->t1.high_s, t->t2.high_s}};
    mrse_status status = MRSE_OK;
    double px;

    for (int i = 0; i < 5 && status == MRSE_OK; i++) {
        status = width(side, &at[i], &px);
        if (status != MRSE_OK)
            break;
        if (i == 0)
            *span = (mrse_span){px, px, px};
        span->low = fmin(span->low, px);
        span->high = fmax(span->high, px);
    }
    return status;
}

static const char *blur_refusal(const mrse_image_work *work)
{
    const mrse_image_side *s = work->side;

    if (work->choice.n_tissues == 0)
        return "no tissue is asked for";
    if (work->tissue_why[0])
        return work->tissue_why;
    for (int i = 0; i < 2; i++) {
        if (!is_tse(s[i].protocol))
            return "not both are echo trains";
        if (s[i].weighting.refused[0])
            return s[i].weighting.refused;
        if (s[i].protocol->order == 0)
            return "'order' is not stated";
        if (!(s[i].protocol->matrix_phase >= 2.0))
            return "'matrix_phase' is not stated";
    }
    return "";
}

static void set_blur(mrse_image_row *row, const mrse_span span[2], const double unit[2],
                     mrse_kind kind, mrse_origin origin)
{
    const double v[2] = {span[0].v * unit[0], span[1].v * unit[1]};
    mrse_span *range[2] = {&row->before_range, &row->after_range};
    mrse_value *value[2] = {&row->before, &row->after};

    mrse_image_set(row, v, kind, MRSE_METHOD_PSF);
    for (int i = 0; i < 2; i++) {
        if (!isfinite(v[i]))
            continue;
        *range[i] = (mrse_span){v[i], span[i].low * unit[i], span[i].high * unit[i]};
        value[i]->u = (range[i]->high - range[i]->low) / sqrt(12.0);
        value[i]->origin = mrse_origin_weaker(value[i]->origin, origin);
    }
}

static double pixel(const mrse_protocol *p)
{
    return p->fov_phase.v > 0.0 ? p->fov_phase.v / p->matrix_phase : NOT_KNOWN;
}

static mrse_status blur_rows(mrse_image_work *work)
{
    const double one[2] = {1.0, 1.0};
    const double size_m[2] = {pixel(work->side[0].protocol), pixel(work->side[1].protocol)};
    const char *how = "full width at half maximum of the point-spread function of the train, first "
                      "tissue (image-psf)";
    const char *why = blur_refusal(work);
    mrse_status status = MRSE_OK;
    mrse_span span[2] = {{NOT_KNOWN, NOT_KNOWN, NOT_KNOWN}, {NOT_KNOWN, NOT_KNOWN, NOT_KNOWN}};
    mrse_image_row *px, *length;

    if (!is_tse(work->side[0].protocol) && !is_tse(work->side[1].protocol))
        return MRSE_OK;
    px = mrse_image_add(work, MRSE_IMAGE_BLUR_PX, "blur along the phase encoding", how);
    px->unit = "px";
    length = mrse_image_add(work, MRSE_IMAGE_BLUR, "blur along the phase encoding", how);
    length->before.kind = length->after.kind = MRSE_KIND_LENGTH;
    for (int i = 0; i < 2 && status == MRSE_OK && !why[0]; i++)
        status = width_span(&work->side[i], &work->tissue[0], &span[i]);
    if (status == MRSE_ERR_NOMEM)
        return status;
    if (status != MRSE_OK)
        why = "the train does not fit the lines of k-space: see 'etl', 'matrix_phase'";
    mrse_image_note(px, why);
    mrse_image_note(length, why);
    if (why[0])
        return MRSE_OK;
    set_blur(px, span, one, MRSE_KIND_RATIO, mrse_tissue_origin(&work->tissue[0]));
    set_blur(length, span, size_m, MRSE_KIND_LENGTH, mrse_tissue_origin(&work->tissue[0]));
    if (!isfinite(size_m[0]) || !isfinite(size_m[1]))
        note_key(length, "fov_phase");
    mrse_image_note(px, "partial Fourier and filters are not included");
    return MRSE_OK;
}

/* Neighbouring lines of k-space lie ESP / (shots × acceleration) apart. */
static double shift_px_per_Hz(const mrse_image_side *side, const char **lacks)
{
    const mrse_protocol *p = side->protocol;
    const double acceleration = p->acceleration_phase > 1.0 ? p->acceleration_phase : 1.0;
    const double lines = mrse_image_full_lines(p);

    if (!(p->esp.v > 0.0) || !isfinite(p->esp.v))
        *lacks = "echo_spacing";
    else if (!(lines > 0.0) || !isfinite(lines))
        *lacks = "matrix_phase";
    else if (side->time_why[0])
        *lacks = "etl";
    else
        return p->esp.v * lines / (acceleration * fmax(1.0, (double)side->time.trains));
    return NOT_KNOWN;
}

static void epi_rows(mrse_image_work *work)
{
    const char *lacks[2] = {NULL, NULL};
    mrse_image_row *row;
    double v[2];

    if (!mrse_image_is_epi(work->side[0].protocol) && !mrse_image_is_epi(work->side[1].protocol))
        return;
    row = mrse_image_add(work, MRSE_IMAGE_DISTORTION, "shift along the phase encoding",
                         "echo spacing × lines / (acceleration × shots), pixels for each Hz off "
                         "resonance (protocol-image)");
    row->unit = "px/Hz";
    for (int i = 0; i < 2; i++) {
        v[i] = NOT_KNOWN;
        if (mrse_image_is_epi(work->side[i].protocol))
            v[i] = shift_px_per_Hz(&work->side[i], &lacks[i]);
        else
            mrse_image_note(row, "one of the two is no EPI");
    }
    mrse_image_set(row, v, MRSE_KIND_NONE, MRSE_METHOD_PROTOCOL_IMAGE);
    if (lacks[0] || lacks[1])
        note_key(row, lacks[0] ? lacks[0] : lacks[1]);
    row = mrse_image_add(work, MRSE_IMAGE_T2STAR_BLUR, "blur by T2*",
                         "undetermined: T2* would be needed");
    mrse_image_note(row, "no table gives T2*, which depends on the patient and the shim; a longer "
                         "readout blurs more");
}

mrse_status mrse_image_train_rows(mrse_image_work *work)
{
    mrse_status status;

    echo_rows(work);
    status = blur_rows(work);
    epi_rows(work);
    return status;
}

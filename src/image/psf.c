/* Point-spread function of an echo train along the phase-encoding direction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/psf.h"

#include <math.h>
#include <stdbool.h>

#include "mrse/alloc.h"

typedef struct kspace {
    const mrse_transverse *weight;
    size_t n;
} kspace;

mrse_status mrse_psf_order(mrse_phase_order order, size_t lines, size_t etl, size_t *echo)
{
    const size_t centre = lines / 2;
    size_t trains, i, rank;

    if (!echo || lines == 0 || etl == 0 ||
        (order != MRSE_PHASE_LINEAR && order != MRSE_PHASE_CENTRIC))
        return MRSE_ERR_ARG;
    if (lines > MRSE_PSF_MAX_LINES)
        return MRSE_ERR_LIMIT;
    if (lines < 2 || etl > lines)
        return MRSE_ERR_RANGE;
    trains = (lines + etl - 1) / etl;
    for (i = 0; i < lines; i++) {
        /* Outwards, of two lines at one distance from the centre the one before it comes first. */
        if (order == MRSE_PHASE_LINEAR)
            rank = i;
        else if (i < centre)
            rank = 2 * (centre - i) - 1;
        else
            rank = 2 * (i - centre);
        echo[i] = rank / trains;
    }
    return MRSE_OK;
}

/* |sum of weight exp(2 pi i k x / n)|; the phase turns by the same step from line to line. */
static double psf_at(const kspace *l, double x_px)
{
    const double angle = 2.0 * MRSE_PI * x_px / (double)l->n;
    const double c = cos(angle), s = sin(angle);
    double turn_re = 1.0, turn_im = 0.0, re = 0.0, im = 0.0, next;
    size_t k;

    for (k = 0; k < l->n; k++) {
        re += l->weight[k].re * turn_re - l->weight[k].im * turn_im;
        im += l->weight[k].re * turn_im + l->weight[k].im * turn_re;
        next = turn_re * c - turn_im * s;
        turn_im = turn_re * s + turn_im * c;
        turn_re = next;
    }
    return hypot(re, im);
}

/* Weights of one sign add up nowhere better than at 0. Others are searched. */
static double peak_of(const kspace *l)
{
    enum { PER_PIXEL = 4, HALVINGS = 60 };
    double best_px = 0.0, best, value, step_px = 1.0 / PER_PIXEL;
    bool negative = false, positive = false, real = true;
    size_t i;
    int k;

    for (i = 0; i < l->n; i++) {
        negative = negative || l->weight[i].re < 0.0;
        positive = positive || l->weight[i].re > 0.0;
        real = real && l->weight[i].im == 0.0;
    }
    if (real && !(negative && positive))
        return 0.0;
    best = psf_at(l, 0.0);
    for (i = 1; i < PER_PIXEL * l->n; i++) {
        value = psf_at(l, (double)i / PER_PIXEL);
        if (value > best) {
            best = value;
            best_px = (double)i / PER_PIXEL;
        }
    }
    for (k = 0; k < HALVINGS; k++) {
        const double low = psf_at(l, best_px - step_px), high = psf_at(l, best_px + step_px);
        if (low > best && low >= high) {
            best = low;
            best_px -= step_px;
        } else if (high > best) {
            best = high;
            best_px += step_px;
        } else {
            step_px *= 0.5;
        }
    }
    return best_px;
}

/* Distance from the peak to the first half maximum, going up or down; NaN when there is none. */
static double half_width(const kspace *l, double peak_px, double sign)
{
    const double half = 0.5 * psf_at(l, peak_px), step_px = 1.0 / 64.0;
    double inside = 0.0, outside, middle;
    int k;

    do {
        outside = inside + step_px;
        if (outside > 0.5 * (double)l->n)
            return (double)NAN;
        if (!(psf_at(l, peak_px + sign * outside) > half))
            break;
        inside = outside;
    } while (true);
    for (k = 0; k < 40; k++) {
        middle = 0.5 * (inside + outside);
        if (psf_at(l, peak_px + sign * middle) > half)
            inside = middle;
        else
            outside = middle;
    }
    return 0.5 * (inside + outside);
}

mrse_status mrse_psf_width(const mrse_transverse *weight, size_t lines, double *fwhm_px)
{
    const kspace l = {weight, lines};
    double peak_px, width_px;
    bool any = false;
    size_t i;

    if (fwhm_px)
        *fwhm_px = 0.0;
    if (!weight || !fwhm_px)
        return MRSE_ERR_ARG;
    if (l.n > MRSE_PSF_MAX_LINES)
        return MRSE_ERR_LIMIT;
    for (i = 0; i < l.n; i++) {
        if (!isfinite(weight[i].re) || !isfinite(weight[i].im))
            return MRSE_ERR_ARG;
        any = any || weight[i].re != 0.0 || weight[i].im != 0.0;
    }
    if (l.n < 2 || !any)
        return MRSE_ERR_RANGE;
    peak_px = peak_of(&l);
    width_px = half_width(&l, peak_px, 1.0) + half_width(&l, peak_px, -1.0);
    if (!isfinite(width_px))
        return MRSE_ERR_RANGE;
    *fwhm_px = width_px;
    return MRSE_OK;
}

mrse_status mrse_psf_train_width(mrse_phase_order order, size_t lines, const mrse_transverse *echo,
                                 size_t etl, double *fwhm_px)
{
    mrse_transverse *weight = NULL;
    size_t *index = NULL, i;
    mrse_status status = MRSE_ERR_NOMEM;

    if (fwhm_px)
        *fwhm_px = 0.0;
    if (!echo || !fwhm_px)
        return MRSE_ERR_ARG;
    if (lines > MRSE_PSF_MAX_LINES)
        return MRSE_ERR_LIMIT;
    index = mrse_alloc(lines, sizeof *index);
    weight = mrse_alloc(lines, sizeof *weight);
    if (!index || !weight)
        goto out;
    status = mrse_psf_order(order, lines, etl, index);
    if (status != MRSE_OK)
        goto out;
    for (i = 0; i < lines; i++)
        weight[i] = echo[index[i]];
    status = mrse_psf_width(weight, lines, fwhm_px);
out:
    mrse_free(weight);
    mrse_free(index);
    return status;
}

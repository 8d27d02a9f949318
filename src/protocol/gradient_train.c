/* Trains of lobes, sampled as the models of stimulation are defined.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "gradient_internal.h"

#define RASTER_S 10e-6
/* Of a longer train the rest changes nothing: twenty times the longest time constant in use. */
#define TRAIN_S 0.2

typedef struct train {
    double amplitude_T_m, ramp_s, lobe_s;
    size_t lobes, samples;
} train;

static train train_of(const gradient_lobe *lobe)
{
    /* after so long a flat top every filter is at rest */
    train t = {.amplitude_T_m = lobe->amplitude_T_m,
               .ramp_s = lobe->ramp_s,
               .lobe_s = 2 * lobe->ramp_s + fmin(lobe->flat_s, TRAIN_S)};
    double most = ceil(TRAIN_S / t.lobe_s) + 1;

    t.lobes = (size_t)fmax(1, fmin(lobe->count, most));
    t.samples = (size_t)ceil((double)t.lobes * t.lobe_s / RASTER_S - 1e-6);
    return t;
}

static double gradient_at(const train *t, double time_s)
{
    double k = floor(time_s / t->lobe_s), in = time_s - k * t->lobe_s;
    double edge = fmin(in, t->lobe_s - in), size = fmin(1, edge / t->ramp_s);

    if (!(k < (double)t->lobes) || edge <= 0)
        return 0;
    return fmod(k, 2) > 0 ? -t->amplitude_T_m * size : t->amplitude_T_m * size;
}

/* --- Models --------------------------------------------------------------------------------------- */

static mrse_status run_safe(const mrse_safe_hardware *hardware, const train *t, int axis,
                            double *peak)
{
    mrse_safe safe;
    mrse_status status = mrse_safe_begin(&safe, hardware, RASTER_S);
    double before = 0;

    for (size_t i = 1; i <= t->samples && status == MRSE_OK; i++) {
        double now = gradient_at(t, (double)i * RASTER_S), x[MRSE_AXES] = {0, 0, 0};
        x[axis] = (now - before) / RASTER_S;
        mrse_safe_feed(&safe, x, 1);
        before = now;
    }
    *peak = safe.peak;
    return status;
}

static mrse_status run_convolution(const mrse_gradient_coil *coil, const train *t, int axis,
                                   double *peak)
{
    mrse_convolution *model;
    mrse_status status = mrse_convolution_begin(coil, RASTER_S, MRSE_CONVOLUTION_KERNEL_S, &model);
    double before = 0;

    *peak = (double)NAN;
    for (size_t i = 1; i <= t->samples && status == MRSE_OK; i++) {
        double now = gradient_at(t, (double)i * RASTER_S), x[MRSE_AXES] = {0, 0, 0};
        x[axis] = (now - before) / RASTER_S;
        status = mrse_convolution_feed(model, x, 1);
        before = now;
    }
    if (status == MRSE_OK)
        *peak = mrse_convolution_get(model).peak;
    mrse_convolution_free(model);
    return status;
}

/* A lobe on any axis: as on the worst of the three. A lobe that is oblique is no worse, for the
 * models are linear in its size and add axes as squares. */
static mrse_status take_lobe(const mrse_safe_hardware *hardware, const mrse_gradient_coil *coil,
                             const gradient_lobe *lobe, gradient_worst *worst)
{
    bool any = lobe->axis >= MRSE_AXES;
    int first = any ? 0 : lobe->axis, last = any ? MRSE_AXES - 1 : lobe->axis;
    mrse_status status = MRSE_OK;
    train t = train_of(lobe);

    for (int axis = first; axis <= last && status == MRSE_OK; axis++) {
        double peak;
        if (hardware)
            status = run_safe(hardware, &t, axis, &peak);
        else
            status = run_convolution(coil, &t, axis, &peak);
        if (status == MRSE_OK)
            gradient_worst_take(worst, lobe->axis, peak);
    }
    return status;
}

static mrse_status predict(const mrse_safe_hardware *hardware, const mrse_gradient_coil *coil,
                           const gradient_lobe *lobe, size_t n, mrse_gradient_figure *figure,
                           mrse_gradient_part part[MRSE_PARTS])
{
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;
    mrse_status status = MRSE_OK;
    gradient_worst worst = {0};
    double u = 0;

    for (size_t i = 0; i < n; i++) {
        if (!lobe[i].shaped) {
            gradient_missing(figure, MRSE_KIND_RATIO,
                             "the shape of a lobe is not known: amplitude, and ramp or slew rate");
            return MRSE_OK;
        }
    }
    for (size_t i = 0; i < n && status == MRSE_OK; i++) {
        status = take_lobe(hardware, coil, &lobe[i], &worst);
        origin = mrse_origin_weaker(origin, lobe[i].origin);
        if (!(lobe[i].u_slew <= u))
            u = isnan(u) ? u : lobe[i].u_slew;
    }
    if (status != MRSE_OK)
        return status;
    double peak = gradient_worst_get(&worst);
    for (int k = 0; k < MRSE_PARTS; k++)
        part[k].share = k < MRSE_AXES ? worst.axis[k] : worst.any;
    figure->value = mrse_value_computed(peak, u * peak, MRSE_KIND_RATIO,
                                        hardware ? "safe-model" : "gradient-convolution");
    figure->value.origin = origin;
    mrse_text_copy(figure->note, sizeof figure->note,
                   "the listed lobes, each train from rest: neighbours within milliseconds on the "
                   "same axis add to it");
    return MRSE_OK;
}

mrse_status gradient_trains(const mrse_gradient_system *system, const gradient_lobe *lobe, size_t n,
                            mrse_gradient_use *use)
{
    static const char no_safe[] = "the scanner file has no gradients.safe";
    mrse_status status = MRSE_OK;

    if (n == 0)
        return MRSE_OK;
    gradient_missing(&use->safe, MRSE_KIND_RATIO, no_safe);
    gradient_missing(&use->safe_cardiac, MRSE_KIND_RATIO, no_safe);
    gradient_missing(&use->convolution, MRSE_KIND_RATIO, "the scanner file names no gradient coil");
    if (!system)
        return MRSE_OK;
    if (system->has_safe) {
        status = predict(&system->safe, NULL, lobe, n, &use->safe, use->safe_part);
        if (status == MRSE_OK)
            status = predict(&system->safe_cardiac, NULL, lobe, n, &use->safe_cardiac,
                             use->safe_cardiac_part);
    }
    const mrse_gradient_coil *coil = mrse_gradient_coil_find(system->coil);
    if (status == MRSE_OK && coil)
        status = predict(NULL, coil, lobe, n, &use->convolution, use->convolution_part);
    else if (status == MRSE_OK && system->coil)
        gradient_missing(&use->convolution, MRSE_KIND_RATIO,
                         "the table of the convolution model has no coil of this name");
    return status;
}

/* Gradient exposure of a whole sequence, in one pass. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "waveform_internal.h"

#define NS           1e-9
#define MOST_RASTERS 8589934592.0 /* 2^33: a day at 10 us */

/* One axis while the blocks go by; Hz/m and ns. */
typedef struct axis {
    wave_sampler sampler;
    double amplitude, slew_event, step, junction, slew_merged, slew_raster, square_ns;
    double end;               /* where the last block ended */
    double merged_ns, merged; /* the last point kept */
    size_t run, used;         /* next run of the sampler, samples of it already used */
} axis;

typedef struct work {
    const mrse_gradient_options *options;
    mrse_gradient_exposure *out;
    mrse_convolution *convolution;
    wave_reader reader;
    axis axis[MRSE_AXES];
    double norm2, to_T_m_s;
} work;

static void follow_line(axis *x, const wave_line *line, double begin_ns)
{
    size_t i;

    x->junction = fmax(x->junction, fabs(line->point[0].g_Hz_m - x->end));
    for (i = 0; i < line->n; i++) {
        const wave_point *q = &line->point[i], *p = i > 0 ? q - 1 : q;
        double h = q->t_ns - p->t_ns, rise = fabs(q->g_Hz_m - p->g_Hz_m), t = begin_ns + q->t_ns;

        x->amplitude = fmax(x->amplitude, fabs(q->g_Hz_m));
        if (h > 0.0) {
            x->slew_event = fmax(x->slew_event, rise / h);
            x->square_ns +=
                h * (p->g_Hz_m * p->g_Hz_m + p->g_Hz_m * q->g_Hz_m + q->g_Hz_m * q->g_Hz_m) / 3.0;
        } else {
            x->step = fmax(x->step, rise);
        }
        if (t > x->merged_ns) {
            x->slew_merged = fmax(x->slew_merged, fabs(q->g_Hz_m - x->merged) / (t - x->merged_ns));
            x->merged_ns = t;
            x->merged = q->g_Hz_m;
        }
    }
    x->end = line->point[line->n - 1].g_Hz_m;
}

static mrse_status feed(work *w, const double slew_Hz_m_ns[MRSE_AXES], size_t n)
{
    double x[MRSE_AXES];
    size_t i;
    int a;

    for (a = 0; a < MRSE_AXES; a++) {
        x[a] = slew_Hz_m_ns[a] * w->to_T_m_s;
        w->axis[a].slew_raster = fmax(w->axis[a].slew_raster, fabs(slew_Hz_m_ns[a]));
    }
    w->norm2 = fmax(w->norm2, x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    for (i = 0; i < w->options->n_safe; i++)
        mrse_safe_feed(&w->out->safe[i], x, n);
    return w->convolution ? mrse_convolution_feed(w->convolution, x, n) : MRSE_OK;
}

/* The runs of the three axes cut into pieces in which none of them changes. */
static mrse_status feed_block(work *w)
{
    mrse_status status = MRSE_OK;
    int a;

    for (a = 0; a < MRSE_AXES; a++)
        w->axis[a].run = w->axis[a].used = 0;
    while (status == MRSE_OK && w->axis[0].run < w->axis[0].sampler.n) {
        double slew[MRSE_AXES];
        size_t n = (size_t)-1;

        for (a = 0; a < MRSE_AXES; a++) {
            const axis *x = &w->axis[a];
            size_t left;

            if (x->run >= x->sampler.n)
                return MRSE_ERR_NUMERIC; /* the axes have the same samples */
            left = x->sampler.run[x->run].n - x->used;
            slew[a] = x->sampler.run[x->run].slew;
            n = left < n ? left : n;
        }
        status = feed(w, slew, n);
        for (a = 0; a < MRSE_AXES; a++) {
            axis *x = &w->axis[a];

            x->used += n;
            if (x->used == x->sampler.run[x->run].n) {
                x->run++;
                x->used = 0;
            }
        }
    }
    return status;
}

/* What is still on at the end goes to zero. No junction: old files do not state their ends. */
static mrse_status close_line(work *w)
{
    double slew[MRSE_AXES];
    bool on = false;
    int a;

    for (a = 0; a < MRSE_AXES; a++) {
        const axis *x = &w->axis[a];

        slew[a] = -x->sampler.value_Hz_m / x->sampler.raster_ns;
        on = on || slew[a] != 0.0;
    }
    return on ? feed(w, slew, 1) : MRSE_OK;
}

static mrse_status run_blocks(work *w)
{
    mrse_status status = MRSE_OK;
    int a;

    while (mrse_wave_next(&w->reader, &status)) {
        for (a = 0; a < MRSE_AXES && status == MRSE_OK; a++) {
            follow_line(&w->axis[a], &w->reader.line[a], w->reader.begin_ns);
            status = mrse_wave_sample(&w->axis[a].sampler, &w->reader.line[a], w->reader.begin_ns);
        }
        if (status == MRSE_OK)
            status = feed_block(w);
    }
    return status == MRSE_OK ? close_line(w) : status;
}

/* False when a number overflowed: nothing that is not finite may look like a result. */
static bool report(const work *w)
{
    double sum = 0.0;
    mrse_gradient_exposure *out = w->out;
    double gamma = w->options->gamma_Hz_T, duration = w->reader.seq->duration_ns;
    int a;

    for (a = 0; a < MRSE_AXES; a++) {
        const axis *x = &w->axis[a];

        out->amplitude_T_m[a] = x->amplitude / gamma;
        out->rms_T_m[a] = duration > 0.0 ? sqrt(x->square_ns / duration) / gamma : (double)NAN;
        out->slew_event_T_m_s[a] = x->slew_event * w->to_T_m_s;
        out->slew_merged_T_m_s[a] = x->slew_merged * w->to_T_m_s;
        out->slew_raster_T_m_s[a] = x->slew_raster * w->to_T_m_s;
        out->slew_junction_T_m_s[a] = x->junction / x->sampler.raster_ns * w->to_T_m_s;
        out->step_T_m[a] = x->step / gamma;
        sum += x->slew_event + x->slew_merged + x->slew_raster + x->junction + x->square_ns;
    }
    out->slew_raster_norm_T_m_s = sqrt(w->norm2);
    out->convolution = mrse_convolution_get(w->convolution);
    return isfinite(sum + w->norm2);
}

static mrse_status begin(work *w)
{
    mrse_status status = MRSE_OK;
    size_t i;

    w->out->raster_s = NS * w->reader.seq->gradient_raster_ns;
    w->to_T_m_s = 1.0 / (NS * w->options->gamma_Hz_T);
    for (i = 0; i < MRSE_AXES; i++)
        w->axis[i].sampler.raster_ns = w->reader.seq->gradient_raster_ns;
    for (i = 0; i < w->options->n_safe && status == MRSE_OK; i++)
        status = mrse_safe_begin(&w->out->safe[i], w->options->safe[i], w->out->raster_s);
    if (status == MRSE_OK && w->options->coil)
        status = mrse_convolution_begin(w->options->coil, w->out->raster_s,
                                        MRSE_CONVOLUTION_KERNEL_S, &w->convolution);
    return status;
}

mrse_status mrse_gradient_compute(const mrse_pulseq *sequence, const mrse_gradient_options *options,
                                  mrse_gradient_exposure *out)
{
    work w = {.options = options, .out = out, .reader = {.seq = sequence}};
    mrse_status status;
    int a;

    if (!out)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!sequence || !options || !(options->gamma_Hz_T > 0.0 && isfinite(options->gamma_Hz_T)) ||
        options->n_safe > MRSE_SAFE_MAX)
        return MRSE_ERR_ARG;
    if (!(sequence->duration_ns / sequence->gradient_raster_ns <= MOST_RASTERS))
        return MRSE_ERR_LIMIT;
    status = begin(&w);
    if (status == MRSE_OK)
        status = run_blocks(&w);
    if (status == MRSE_OK && !report(&w))
        status = MRSE_ERR_RANGE;
    if (status != MRSE_OK)
        memset(out, 0, sizeof *out);
    for (a = 0; a < MRSE_AXES; a++)
        mrse_free(w.axis[a].sampler.run);
    mrse_wave_clear(&w.reader);
    mrse_convolution_free(w.convolution);
    return status;
}

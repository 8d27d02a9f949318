/* A gradient as a line through points: a trapezoid, samples at the centres of the raster (or every
 * half of it), or samples at times of their own. Collinear samples need no points between them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "pulseq_internal.h"

static bool add_point(seq_reader *r, mrse_pulseq_gradient *g, double t_ns, double value)
{
    mrse_pulseq_point *point;

    if (r->point.n >= SEQ_POINTS) {
        seq_error_at(r, g->line, "GRADIENTS", NULL, "more than %d points in all gradients",
                     SEQ_POINTS);
        r->status = MRSE_ERR_LIMIT;
        return false;
    }
    point = seq_push(r, &r->point, sizeof *point);
    if (!point)
        return false;
    *point = (mrse_pulseq_point){t_ns, value};
    g->n_points++;
    return true;
}

static void add_trapezoid(seq_reader *r, mrse_pulseq_gradient *g)
{
    double t = g->rise_ns;

    if (!add_point(r, g, 0.0, 0.0) || !add_point(r, g, t, 1.0))
        return;
    t += g->flat_ns;
    if (g->flat_ns > 0.0 && !add_point(r, g, t, 1.0))
        return;
    (void)add_point(r, g, t + g->fall_ns, 0.0);
    g->first_Hz_m = g->last_Hz_m = 0.0;
}

/* Samples at t = start + i * step; of a run of equal differences only both ends matter. */
static bool add_regular(seq_reader *r, mrse_pulseq_gradient *g, const mrse_pulseq_shape *shape,
                        double start_ns, double step_ns)
{
    const mrse_pulseq_run *run = (const mrse_pulseq_run *)r->run.item + shape->run;
    size_t i;

    for (i = 0; i < shape->n_runs; i++) {
        uint32_t last = run[i].n - 1;

        if (!add_point(r, g, start_ns + step_ns * run[i].first, run[i].value))
            return false;
        if (last > 0 && !add_point(r, g, start_ns + step_ns * (run[i].first + last),
                                   run[i].value + run[i].step * last))
            return false;
    }
    return true;
}

static double sample(const seq_reader *r, const mrse_pulseq_shape *shape, uint32_t i)
{
    mrse_pulseq view = {0};

    view.shape = (mrse_pulseq_shape *)shape;
    view.n_shapes = 1;
    view.run = r->run.item;
    return mrse_pulseq_sample(&view, 0, i);
}

static bool add_timed(seq_reader *r, mrse_pulseq_gradient *g, const mrse_pulseq_shape *shape,
                      const mrse_pulseq_shape *time)
{
    double before = -1.0;
    uint32_t i;

    if (time->n != shape->n) {
        seq_error_at(r, g->line, "GRADIENTS.time_id", "both shapes have as many samples",
                     "%u samples at %u times", (unsigned)shape->n, (unsigned)time->n);
        return false;
    }
    for (i = 0; i < time->n; i++) {
        double t = sample(r, time, i);

        if (!(t > before)) {
            seq_error_at(r, g->line, "GRADIENTS.time_id", "times of a gradient increase",
                         "the time of sample %u is not later than the one before", (unsigned)i + 1);
            return false;
        }
        before = t;
        if (!add_point(r, g, t * r->seq->gradient_raster_ns, sample(r, shape, i)))
            return false;
    }
    g->duration_ns = before * r->seq->gradient_raster_ns;
    return true;
}

/* What an older file leaves out: the value half a raster after the last sample, by the slope of the
 * last two. */
static double extrapolate(const seq_reader *r, const mrse_pulseq_shape *shape)
{
    double last = sample(r, shape, shape->n - 1);

    return shape->n < 2 ? last : 0.5 * (3.0 * last - sample(r, shape, shape->n - 2));
}

static void add_shaped(seq_reader *r, mrse_pulseq_gradient *g)
{
    int32_t shape_at = seq_find(&r->shape, sizeof(mrse_pulseq_shape), (uint32_t)g->shape);
    int32_t time_at = g->time == 0
                          ? MRSE_PULSEQ_NONE
                          : seq_find(&r->shape, sizeof(mrse_pulseq_shape), (uint32_t)g->time);
    const mrse_pulseq_shape *shape = (mrse_pulseq_shape *)r->shape.item + shape_at;
    double raster = r->seq->gradient_raster_ns;

    if (shape_at < 0 || (g->time != 0 && time_at < 0)) {
        seq_error_at(r, g->line, "GRADIENTS", NULL, "there is no shape %d",
                     (int)(shape_at < 0 ? g->shape : g->time));
        return;
    }
    g->shape = shape_at;
    g->time = time_at;
    if (time_at >= 0) {
        if (!add_timed(r, g, shape, (mrse_pulseq_shape *)r->shape.item + time_at))
            return;
    } else if (g->oversampled) {
        g->duration_ns = 0.5 * raster * ((double)shape->n + 1.0);
        if (!add_regular(r, g, shape, 0.5 * raster, 0.5 * raster))
            return;
    } else {
        g->duration_ns = raster * shape->n;
        if (!add_regular(r, g, shape, 0.5 * raster, raster))
            return;
    }
    if (isnan(g->last_Hz_m))
        g->last_Hz_m = g->amplitude_Hz_m *
                       (time_at >= 0 ? sample(r, shape, shape->n - 1) : extrapolate(r, shape));
}

void seq_link_gradients(seq_reader *r)
{
    mrse_pulseq_gradient *g = r->gradient.item;
    size_t i, k;

    for (i = 0; i < r->gradient.n && r->errors < SEQ_ERRORS; i++) {
        const mrse_pulseq_point *point;

        g[i].point = r->point.n;
        if (g[i].shape == 0) {
            g[i].shape = g[i].time = MRSE_PULSEQ_NONE;
            add_trapezoid(r, &g[i]);
        } else {
            add_shaped(r, &g[i]);
        }
        point = (const mrse_pulseq_point *)r->point.item + g[i].point;
        for (k = 0; k < g[i].n_points; k++)
            if (!isfinite(point[k].value * g[i].amplitude_Hz_m) || !isfinite(point[k].t_ns))
                break;
        if (k < g[i].n_points)
            seq_error_at(r, g[i].line, "GRADIENTS", NULL, "overflows");
    }
}

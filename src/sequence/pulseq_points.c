/* A gradient as a line through points: a trapezoid, samples at the centres of the raster (or every
 * half of it), or samples at times of their own. Collinear samples need no points between them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "pulseq_internal.h"

/* Gradients of the same shapes, found by shape: they share their points. */
typedef struct known_points {
    size_t *head, *next; /* of each shape, of each gradient: 1 + number of a gradient; 0 ends */
} known_points;

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

/* From ids to shapes. */
static bool find_shapes(seq_reader *r, mrse_pulseq_gradient *g)
{
    int32_t id = g->shape;

    g->shape = seq_find(&r->shape, sizeof(mrse_pulseq_shape), (uint32_t)id);
    if (g->shape >= 0 && g->time == 0) {
        g->time = MRSE_PULSEQ_NONE;
        return true;
    }
    if (g->shape >= 0) {
        id = g->time;
        g->time = seq_find(&r->shape, sizeof(mrse_pulseq_shape), (uint32_t)id);
        if (g->time >= 0)
            return true;
    }
    seq_error_at(r, g->line, "GRADIENTS", NULL, "there is no shape %d", (int)id);
    return false;
}

static bool share(seq_reader *r, known_points *known, mrse_pulseq_gradient *g)
{
    const mrse_pulseq_gradient *all = r->gradient.item;
    size_t k;

    for (k = known->head[g->shape]; k > 0; k = known->next[k - 1])
        if (all[k - 1].time == g->time && all[k - 1].oversampled == g->oversampled) {
            g->point = all[k - 1].point;
            g->n_points = all[k - 1].n_points;
            g->duration_ns = all[k - 1].duration_ns;
            return true;
        }
    k = (size_t)(g - all);
    known->next[k] = known->head[g->shape];
    known->head[g->shape] = k + 1;
    return false;
}

static void add_shaped(seq_reader *r, known_points *known, mrse_pulseq_gradient *g)
{
    const mrse_pulseq_shape *shapes = r->shape.item, *shape;
    double raster = r->seq->gradient_raster_ns;

    if (!find_shapes(r, g))
        return;
    shape = &shapes[g->shape];
    if (!share(r, known, g)) {
        if (g->time >= 0) {
            if (!add_timed(r, g, shape, &shapes[g->time]))
                return;
        } else {
            double step = g->oversampled ? 0.5 * raster : raster;

            g->duration_ns = g->oversampled ? step * ((double)shape->n + 1.0) : step * shape->n;
            if (!add_regular(r, g, shape, 0.5 * raster, step))
                return;
        }
    }
    if (isnan(g->last_Hz_m))
        g->last_Hz_m = g->amplitude_Hz_m *
                       (g->time >= 0 ? sample(r, shape, shape->n - 1) : extrapolate(r, shape));
}

static void link_all(seq_reader *r, known_points *known)
{
    mrse_pulseq_gradient *g = r->gradient.item;
    size_t i;

    for (i = 0; i < r->gradient.n && r->errors < SEQ_ERRORS; i++) {
        g[i].point = r->point.n;
        if (g[i].shape != 0) {
            add_shaped(r, known, &g[i]);
            continue;
        }
        g[i].shape = g[i].time = MRSE_PULSEQ_NONE;
        add_trapezoid(r, &g[i]);
    }
}

void seq_link_gradients(seq_reader *r)
{
    known_points known = {.head = mrse_alloc(r->shape.n, sizeof *known.head),
                          .next = mrse_alloc(r->gradient.n, sizeof *known.next)};

    if (known.head && known.next)
        link_all(r, &known);
    else
        seq_fail(r, MRSE_ERR_NOMEM);
    mrse_free(known.head);
    mrse_free(known.next);
}

/* Gradients of a block as lines; rotation; samples. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "waveform_internal.h"

static bool add(wave_line *line, double t_ns, double g_Hz_m)
{
    if (line->n == line->cap) {
        size_t cap = line->cap < 32 ? 32 : 2 * line->cap;
        wave_point *grown = mrse_realloc(line->point, cap, sizeof *grown);

        if (!grown)
            return false;
        line->point = grown;
        line->cap = cap;
    }
    line->point[line->n++] = (wave_point){t_ns, g_Hz_m};
    return true;
}

/* A channel without an event is at zero; between an event and the ends of its block too. */
static bool draw(const mrse_pulseq *seq, const mrse_pulseq_block *block, int a, double before_Hz_m,
                 wave_line *line)
{
    const mrse_pulseq_gradient *g;
    const mrse_pulseq_point *p;
    double end, first, last;
    bool ok = true;
    size_t i;

    line->n = 0;
    if (block->gradient[a] < 0)
        return add(line, 0.0, 0.0) && add(line, block->duration_ns, 0.0);
    g = &seq->gradient[block->gradient[a]];
    p = seq->point + g->point;
    end = fmin(g->delay_ns + g->duration_ns, block->duration_ns);
    if (g->delay_ns > 0.0)
        ok = add(line, 0.0, 0.0) && add(line, g->delay_ns, 0.0);
    first = isfinite(g->first_Hz_m) ? g->first_Hz_m : g->delay_ns > 0.0 ? 0.0 : before_Hz_m;
    if (p[0].t_ns > 0.0 && (g->delay_ns == 0.0 || first != 0.0))
        ok = ok && add(line, g->delay_ns, first);
    for (i = 0; i < g->n_points && ok; i++) {
        double t = fmin(g->delay_ns + p[i].t_ns, end), value = p[i].value * g->amplitude_Hz_m;

        if (line->n == 0 || line->point[line->n - 1].t_ns < t ||
            line->point[line->n - 1].g_Hz_m != value)
            ok = add(line, t, value);
    }
    if (ok && line->point[line->n - 1].t_ns < end)
        ok = add(line, end, g->last_Hz_m);
    last = ok ? line->point[line->n - 1].g_Hz_m : 0.0;
    if (ok && end < block->duration_ns) {
        if (last != 0.0)
            ok = add(line, end, 0.0);
        ok = ok && add(line, block->duration_ns, 0.0);
    }
    return ok;
}

/* --- rotation: all axes get the points of all ----------------------------------------------------- */

/* The value at t coming from the left or from the right, `k` the first point at or after t. */
static double value_at(const wave_line *line, size_t k, double t, bool right)
{
    const wave_point *p = line->point;

    if (k >= line->n)
        return p[line->n - 1].g_Hz_m;
    if (p[k].t_ns > t)
        return k == 0 ? p[0].g_Hz_m
                      : p[k - 1].g_Hz_m + (p[k].g_Hz_m - p[k - 1].g_Hz_m) * (t - p[k - 1].t_ns) /
                                              (p[k].t_ns - p[k - 1].t_ns);
    while (right && k + 1 < line->n && p[k + 1].t_ns <= t)
        k++;
    return p[k].g_Hz_m;
}

static bool add_rotated(wave_line to[MRSE_AXES], const mrse_pulseq_rotation *by, double t,
                        const double g[MRSE_AXES])
{
    int a;

    for (a = 0; a < MRSE_AXES; a++)
        if (!add(&to[a], t,
                 by->matrix[a][0] * g[0] + by->matrix[a][1] * g[1] + by->matrix[a][2] * g[2]))
            return false;
    return true;
}

static bool rotate(const wave_line from[MRSE_AXES], const mrse_pulseq_rotation *by,
                   wave_line to[MRSE_AXES])
{
    size_t k[MRSE_AXES] = {0};
    int a;

    for (a = 0; a < MRSE_AXES; a++)
        to[a].n = 0;
    for (;;) {
        double t = (double)INFINITY, left[MRSE_AXES], right[MRSE_AXES];
        bool jump = false;

        for (a = 0; a < MRSE_AXES; a++)
            if (k[a] < from[a].n)
                t = fmin(t, from[a].point[k[a]].t_ns);
        if (!isfinite(t))
            return true;
        for (a = 0; a < MRSE_AXES; a++) {
            left[a] = value_at(&from[a], k[a], t, false);
            right[a] = value_at(&from[a], k[a], t, true);
            jump = jump || left[a] != right[a];
            while (k[a] < from[a].n && from[a].point[k[a]].t_ns <= t)
                k[a]++;
        }
        if (!add_rotated(to, by, t, left) || (jump && !add_rotated(to, by, t, right)))
            return false;
    }
}

bool mrse_wave_next(wave_reader *reader, mrse_status *status)
{
    const mrse_pulseq *seq = reader->seq;
    const mrse_pulseq_block *block;
    double part, sum;
    int a;

    if (*status != MRSE_OK || reader->next >= seq->n_blocks)
        return false;
    block = &seq->block[reader->next++];
    reader->begin_ns = reader->next_ns;
    part = block->duration_ns - reader->carry;
    sum = reader->next_ns + part;
    reader->carry = (sum - reader->next_ns) - part;
    reader->next_ns = sum;
    for (a = 0; a < MRSE_AXES; a++) {
        wave_line *line = block->rotation >= 0 ? &reader->unrotated[a] : &reader->line[a];

        if (!draw(seq, block, a, reader->last_Hz_m[a], line)) {
            *status = MRSE_ERR_NOMEM;
            return false;
        }
        reader->last_Hz_m[a] = line->point[line->n - 1].g_Hz_m;
    }
    if (block->rotation >= 0 &&
        !rotate(reader->unrotated, &seq->rotation[block->rotation], reader->line)) {
        *status = MRSE_ERR_NOMEM;
        return false;
    }
    return true;
}

void mrse_wave_clear(wave_reader *reader)
{
    int a;

    for (a = 0; a < MRSE_AXES; a++) {
        mrse_free(reader->line[a].point);
        mrse_free(reader->unrotated[a].point);
    }
}

/* --- samples -------------------------------------------------------------------------------------- */

static bool add_run(wave_sampler *s, size_t n, double slew)
{
    if (n == 0)
        return true;
    if (s->n > 0 && s->run[s->n - 1].slew == slew) {
        s->run[s->n - 1].n += n;
        return true;
    }
    if (s->n == s->cap) {
        size_t cap = s->cap < 32 ? 32 : 2 * s->cap;
        wave_run *grown = mrse_realloc(s->run, cap, sizeof *grown);

        if (!grown)
            return false;
        s->run = grown;
        s->cap = cap;
    }
    s->run[s->n++] = (wave_run){n, slew};
    return true;
}

/* Sample k is at (k + 1/2) rasters. Within one line the slew between samples is that of the line;
 * only the first sample looks back across a corner. */
mrse_status mrse_wave_sample(wave_sampler *s, const wave_line *line, double begin_ns)
{
    size_t i;

    s->n = 0;
    for (i = 1; i < line->n; i++) {
        const wave_point *p = &line->point[i - 1], *q = &line->point[i];
        double until = ceil((begin_ns + q->t_ns) / s->raster_ns - 0.5), slope, value;

        if (!(until > s->at))
            continue;
        slope = (q->g_Hz_m - p->g_Hz_m) / (q->t_ns - p->t_ns);
        value = p->g_Hz_m + slope * ((s->at + 0.5) * s->raster_ns - begin_ns - p->t_ns);
        if (!add_run(s, 1, (value - s->value_Hz_m) / s->raster_ns) ||
            !add_run(s, (size_t)(until - s->at) - 1, slope))
            return MRSE_ERR_NOMEM;
        s->value_Hz_m = p->g_Hz_m + slope * ((until - 0.5) * s->raster_ns - begin_ns - p->t_ns);
        s->at = until;
    }
    return MRSE_OK;
}

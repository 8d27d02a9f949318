/* The power of a pulse as pieces: constant over each raster of a shape, a parabola between samples
 * with times of their own, where the pulse is a straight line in the complex plane.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "b1_internal.h"
#include "mrse/alloc.h"

enum { PIECES = 1 << 22 };

static mrse_status add_piece(b1_work *w, b1_wave *wave, double t_ns, double h, const double c[3])
{
    b1_piece *piece;

    if (w->n_pieces == w->cap_pieces) {
        size_t cap = w->cap_pieces < 64 ? 64 : w->cap_pieces + w->cap_pieces / 2;

        if (w->n_pieces >= PIECES)
            return MRSE_ERR_LIMIT;
        piece = mrse_realloc(w->piece, cap, sizeof *piece);
        if (!piece)
            return MRSE_ERR_NOMEM;
        w->piece = piece;
        w->cap_pieces = cap;
    }
    w->piece[w->n_pieces++] = (b1_piece){t_ns, wave->energy, {c[0], c[1], c[2]}};
    wave->n++;
    wave->energy += h * (c[0] + h * (c[1] / 2.0 + h * c[2] / 3.0));
    return MRSE_OK;
}

static mrse_status add_raster(b1_work *w, b1_wave *wave)
{
    const mrse_pulseq_shape *shape = &w->seq->shape[wave->magnitude];
    const mrse_pulseq_run *run = w->seq->run + shape->run;
    double raster = w->seq->rf_raster_ns;
    size_t i;
    uint32_t k;

    for (i = 0; i < shape->n_runs; i++) {
        uint32_t together = run[i].step == 0.0 ? run[i].n : 1;

        for (k = 0; k < run[i].n; k += together) {
            double m = run[i].value + run[i].step * k;
            mrse_status status = add_piece(w, wave, raster * ((double)run[i].first + k),
                                           raster * together, (const double[3]){m * m, 0.0, 0.0});

            if (status != MRSE_OK)
                return status;
            wave->peak = fmax(wave->peak, fabs(m));
        }
    }
    return MRSE_OK;
}

static void at_sample(const b1_work *w, const b1_wave *wave, uint32_t i, double *t, double *x,
                      double *y)
{
    double m = mrse_pulseq_sample(w->seq, wave->magnitude, i);
    double turn = 2.0 * MRSE_PI * mrse_pulseq_sample(w->seq, wave->phase, i);

    *t = mrse_pulseq_sample(w->seq, wave->time, i) * w->seq->rf_raster_ns;
    *x = m * cos(turn);
    *y = m * sin(turn);
}

static mrse_status add_timed(b1_work *w, b1_wave *wave)
{
    uint32_t n = w->seq->shape[wave->time].n, i;
    double t0, x0, y0, t1, x1, y1;

    at_sample(w, wave, 0, &t0, &x0, &y0);
    wave->peak = hypot(x0, y0);
    if (t0 > 0.0) {
        mrse_status status = add_piece(w, wave, 0.0, t0, (const double[3]){0.0, 0.0, 0.0});

        if (status != MRSE_OK)
            return status;
    }
    for (i = 1; i < n; i++) {
        double h, dx, dy;
        mrse_status status;

        at_sample(w, wave, i, &t1, &x1, &y1);
        h = t1 - t0;
        dx = (x1 - x0) / h;
        dy = (y1 - y0) / h;
        status = add_piece(
            w, wave, t0, h,
            (const double[3]){x0 * x0 + y0 * y0, 2.0 * (x0 * dx + y0 * dy), dx * dx + dy * dy});
        if (status != MRSE_OK)
            return status;
        wave->peak = fmax(wave->peak, hypot(x1, y1));
        t0 = t1;
        x0 = x1;
        y0 = y1;
    }
    return MRSE_OK;
}

static mrse_status add_wave(b1_work *w, const mrse_pulseq_rf *rf, int32_t *head, int32_t *found)
{
    int32_t phase = rf->time >= 0 ? rf->phase : MRSE_PULSEQ_NONE, k;
    b1_wave *wave;

    for (k = head[rf->magnitude]; k >= 0; k = w->wave[k].next)
        if (w->wave[k].time == rf->time && w->wave[k].phase == phase)
            break;
    *found = k;
    if (k >= 0)
        return MRSE_OK;
    wave = &w->wave[w->n_waves];
    wave->magnitude = rf->magnitude;
    wave->phase = phase;
    wave->time = rf->time;
    wave->next = head[rf->magnitude];
    wave->piece = w->n_pieces;
    wave->duration_ns = rf->duration_ns;
    *found = head[rf->magnitude] = (int32_t)w->n_waves++;
    return rf->time >= 0 ? add_timed(w, wave) : add_raster(w, wave);
}

mrse_status mrse_b1_make_waves(b1_work *w)
{
    int32_t *head = mrse_alloc(w->seq->n_shapes, sizeof *head);
    mrse_status status = MRSE_OK;
    size_t i;

    w->wave = mrse_alloc(w->seq->n_rf, sizeof *w->wave);
    w->wave_of = mrse_alloc(w->seq->n_rf, sizeof *w->wave_of);
    if (!head || !w->wave || !w->wave_of)
        status = MRSE_ERR_NOMEM;
    for (i = 0; status == MRSE_OK && i < w->seq->n_shapes; i++)
        head[i] = MRSE_PULSEQ_NONE;
    for (i = 0; status == MRSE_OK && i < w->seq->n_rf; i++)
        status = add_wave(w, &w->seq->rf[i], head, &w->wave_of[i]);
    mrse_free(head);
    return status;
}

/* The piece that t_ns lies in. */
static size_t find_piece(const b1_work *w, const b1_wave *wave, double t_ns)
{
    const b1_piece *piece = w->piece + wave->piece;
    size_t low = 0, high = wave->n;

    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (piece[mid].t_ns <= t_ns)
            low = mid;
        else
            high = mid;
    }
    return low;
}

double mrse_b1_energy(const b1_work *w, const b1_wave *wave, double t_ns)
{
    const b1_piece *piece;
    double u;

    if (!(t_ns > 0.0) || wave->n == 0)
        return 0.0;
    if (t_ns >= wave->duration_ns)
        return wave->energy;
    piece = w->piece + wave->piece + find_piece(w, wave, t_ns);
    u = t_ns - piece->t_ns;
    return piece->energy + u * (piece->c[0] + u * (piece->c[1] / 2.0 + u * piece->c[2] / 3.0));
}

/* --- while one pulse leaves the window and another enters it --------------------------------------- */

typedef struct side {
    const b1_piece *piece;
    size_t n, k;
    double scale, from; /* time in the pulse when t = 0 */
} side;

static side begin(const b1_work *w, const b1_wave *wave, double scale, double from)
{
    return (side){w->piece + wave->piece, wave->n, find_piece(w, wave, from), scale, from};
}

/* The power from t on, as a polynomial of the time since t. */
static void power(const side *s, double t, double q[3])
{
    const double *c = s->piece[s->k].c;
    double u = s->from + t - s->piece[s->k].t_ns;

    q[0] = s->scale * (c[0] + u * (c[1] + u * c[2]));
    q[1] = s->scale * (c[1] + 2.0 * u * c[2]);
    q[2] = s->scale * c[2];
}

static double ends(const side *s)
{
    return s->k + 1 < s->n ? s->piece[s->k + 1].t_ns - s->from : (double)INFINITY;
}

static double rise(const double q[3], double x)
{
    return x * (q[0] + x * (q[1] / 2.0 + x * q[2] / 3.0));
}

/* Where within (0, h) the gain turns from rising to falling. */
static double turning(const double q[3], double h)
{
    double root, x;

    if (q[2] == 0.0)
        return q[1] < 0.0 ? -q[0] / q[1] : -1.0;
    root = q[1] * q[1] - 4.0 * q[0] * q[2];
    if (root <= 0.0)
        return -1.0;
    /* the slope of q there is minus the square root: falling through zero */
    x = (-q[1] - sqrt(root)) / (2.0 * q[2]);
    return x < h ? x : -1.0;
}

double mrse_b1_gain(const b1_work *w, const b1_wave *a, double a_scale, double a_ns,
                    const b1_wave *b, double b_scale, double b_ns, double h, double *at)
{
    side sa = begin(w, a, a_scale, a_ns), sb = begin(w, b, b_scale, b_ns);
    double t = 0.0, gain = 0.0, best = 0.0;

    *at = 0.0;
    while (t < h) {
        double pa[3], pb[3], q[3], to = fmin(h, fmin(ends(&sa), ends(&sb))), x;
        int i;

        power(&sa, t, pa);
        power(&sb, t, pb);
        for (i = 0; i < 3; i++)
            q[i] = pb[i] - pa[i];
        x = turning(q, to - t);
        if (x > 0.0 && x < to - t && gain + rise(q, x) > best) {
            best = gain + rise(q, x);
            *at = t + x;
        }
        gain += rise(q, to - t);
        if (gain > best) {
            best = gain;
            *at = to;
        }
        t = to;
        while (sa.k + 1 < sa.n && ends(&sa) <= t)
            sa.k++;
        while (sb.k + 1 < sb.n && ends(&sb) <= t)
            sb.k++;
    }
    return best;
}

/* The window with the most RF energy. As it slides, its energy changes only while one of its ends
 * is in a pulse: between the edges of pulses it is enough to look at the edges, and where both ends
 * are in pulses their samples decide. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "b1_internal.h"

enum { MEMOS = 64 };

/* Sequences repeat: the same two pulses meet at the same distance again and again. */
typedef struct memo {
    bool used;
    int32_t a, b; /* waves */
    double a_scale, b_scale, a_ns, b_ns, h, gain, at;
} memo;

/* Edge 2k is the start of pulse k, 2k+1 its end; behind the last pulse the sequence begins again. */

static const b1_pulse *pulse_at(const b1_work *w, size_t k, double *shift_ns, double *more)
{
    size_t turn = k / w->n_pulses;

    *shift_ns = (double)turn * w->seq->duration_ns;
    *more = (double)turn * w->energy;
    return &w->pulse[k % w->n_pulses];
}

static double edge_ns(const b1_work *w, size_t edge)
{
    double shift, more;
    const b1_pulse *p = pulse_at(w, edge / 2, &shift, &more);

    return shift + p->start_ns + (edge % 2 ? w->seq->rf[p->rf].duration_ns : 0.0);
}

static double scale_of(const b1_work *w, const b1_pulse *p)
{
    return w->seq->rf[p->rf].amplitude_Hz * w->seq->rf[p->rf].amplitude_Hz;
}

/* Energy of all before t_ns, when `edge` edges are before it. */
static double energy_before(const b1_work *w, size_t edge, double t_ns)
{
    double shift, more;
    const b1_pulse *p = pulse_at(w, edge / 2, &shift, &more);
    double energy = p->before + more;

    if (edge % 2)
        energy += scale_of(w, p) *
                  mrse_b1_energy(w, &w->wave[w->wave_of[p->rf]], t_ns - shift - p->start_ns);
    return energy;
}

static size_t edges_before(const b1_work *w, double t_ns)
{
    size_t edge = 0;

    while (edge_ns(w, edge) <= t_ns && edge < 4 * w->n_pulses)
        edge++;
    return edge;
}

/* Both ends are in pulses from t_ns to t_ns + h. */
static double gain_within(const b1_work *w, memo *memos, size_t a, size_t b, double t_ns,
                          double window_ns, double h, double *at)
{
    double a_shift, b_shift, more;
    const b1_pulse *pa = pulse_at(w, a / 2, &a_shift, &more);
    const b1_pulse *pb = pulse_at(w, b / 2, &b_shift, &more);
    memo now = {.used = true,
                .a = w->wave_of[pa->rf],
                .b = w->wave_of[pb->rf],
                .a_scale = scale_of(w, pa),
                .b_scale = scale_of(w, pb),
                .a_ns = t_ns - a_shift - pa->start_ns,
                .b_ns = t_ns + window_ns - b_shift - pb->start_ns,
                .h = h};
    memo *kept = &memos[(size_t)fabs(fmod(now.a_ns + 3.0 * now.b_ns, MEMOS)) % MEMOS];

    if (!(kept->used && kept->a == now.a && kept->b == now.b && kept->a_scale == now.a_scale &&
          kept->b_scale == now.b_scale && kept->a_ns == now.a_ns && kept->b_ns == now.b_ns &&
          kept->h == now.h)) {
        now.gain = mrse_b1_gain(w, &w->wave[now.a], now.a_scale, now.a_ns, &w->wave[now.b],
                                now.b_scale, now.b_ns, h, &now.at);
        *kept = now;
    }
    *at = t_ns + kept->at;
    return kept->gain;
}

double mrse_b1_window(const b1_work *w, double window_ns, double last_ns, double *at_ns)
{
    memo memos[MEMOS];
    double t = 0.0, best = -1.0;
    size_t a, b;

    *at_ns = 0.0;
    if (w->n_pulses == 0)
        return 0.0;
    memset(memos, 0, sizeof memos);
    a = edges_before(w, 0.0);
    b = edges_before(w, window_ns);
    for (;;) {
        double to = fmin(last_ns, fmin(edge_ns(w, a), edge_ns(w, b) - window_ns));
        double from = energy_before(w, b, t + window_ns) - energy_before(w, a, t), at;

        if (from > best) {
            best = from;
            *at_ns = t;
        }
        if (to > t && a % 2 && b % 2) {
            double most = energy_before(w, b, to + window_ns) - energy_before(w, a, t);

            if (most > best) {
                double gain = gain_within(w, memos, a, b, t, window_ns, to - t, &at);

                if (from + gain > best) {
                    best = from + gain;
                    *at_ns = at;
                }
            }
        } else if (to > t) {
            double then = energy_before(w, b, to + window_ns) - energy_before(w, a, to);

            if (then > best) {
                best = then;
                *at_ns = to;
            }
        }
        t = fmax(t, to);
        if (t >= last_ns)
            return best;
        while (edge_ns(w, a) <= t)
            a++;
        while (edge_ns(w, b) - window_ns <= t)
            b++;
    }
}

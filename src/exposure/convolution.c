/* The convolution model. Slew rates come as runs of equal samples; the kernel summed over a run is
 * a difference of two entries of its table, so that a trapezoid costs a few operations per sample.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/stimulation.h"

enum { LONGEST_KERNEL = 1 << 20 };

typedef struct run {
    size_t first; /* number of its first sample */
    double x[MRSE_AXES];
} run;

struct mrse_convolution {
    double *sum; /* sum[k]: of the kernel's first k samples */
    size_t n_kernel;
    run *ring; /* the runs that the kernel reaches, n_runs from `oldest` on */
    size_t cap, oldest, n_runs;
    mrse_convolution_peak result;
    double peak2;
};

/* Rheobase in T/s, chronaxie in s, effective length in m. */
static const mrse_gradient_coil coils[] = {
    {"xrmw", 20.0, 360e-6, 0.324},  {"xrm", 23.4, 334e-6, 0.333},  {"whole", 23.7, 370e-6, 0.344},
    {"zoom", 29.1, 354e-6, 0.309},  {"hrmb", 26.5, 359e-6, 0.370}, {"hrmw", 17.9, 642.4e-6, 0.310},
    {"magnus", 55.2, 611e-6, 0.324}};

const mrse_gradient_coil *mrse_gradient_coil_find(const char *name)
{
    size_t i;

    for (i = 0; name && i < sizeof coils / sizeof coils[0]; i++)
        if (strcmp(coils[i].name, name) == 0)
            return &coils[i];
    return NULL;
}

static bool is_positive(double x)
{
    return x > 0.0 && isfinite(x);
}

mrse_status mrse_convolution_begin(const mrse_gradient_coil *coil, double dt_s, double kernel_s,
                                   mrse_convolution **out)
{
    mrse_convolution *c;
    double length;
    size_t k;

    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!coil || !is_positive(coil->rheobase_T_s) || !is_positive(coil->chronaxie_s) ||
        !is_positive(coil->alpha_m) || !is_positive(dt_s) || !is_positive(kernel_s))
        return MRSE_ERR_ARG;
    length = floor(kernel_s / dt_s + 0.5);
    if (!(length >= 1.0 && length <= LONGEST_KERNEL))
        return MRSE_ERR_ARG;
    c = mrse_alloc(1, sizeof *c);
    if (!c)
        return MRSE_ERR_NOMEM;
    c->n_kernel = (size_t)length;
    c->cap = 64;
    c->sum = mrse_alloc(c->n_kernel + 1, sizeof *c->sum);
    c->ring = mrse_alloc(c->cap, sizeof *c->ring);
    if (!c->sum || !c->ring) {
        mrse_convolution_free(c);
        return MRSE_ERR_NOMEM;
    }
    for (k = 0; k < c->n_kernel; k++) {
        double t = coil->chronaxie_s + ((double)k + 0.5) * dt_s;

        c->sum[k + 1] =
            c->sum[k] + coil->alpha_m / coil->rheobase_T_s * coil->chronaxie_s * dt_s / (t * t);
    }
    *out = c;
    return MRSE_OK;
}

void mrse_convolution_free(mrse_convolution *convolution)
{
    if (!convolution)
        return;
    mrse_free(convolution->sum);
    mrse_free(convolution->ring);
    mrse_free(convolution);
}

static mrse_status push(mrse_convolution *c, const double x[MRSE_AXES])
{
    run *to;

    if (c->n_runs == c->cap) {
        run *grown = mrse_alloc(2 * c->cap, sizeof *grown);
        size_t i;

        if (!grown)
            return MRSE_ERR_NOMEM;
        for (i = 0; i < c->n_runs; i++)
            grown[i] = c->ring[(c->oldest + i) % c->cap];
        mrse_free(c->ring);
        c->ring = grown;
        c->cap *= 2;
        c->oldest = 0;
    }
    to = &c->ring[(c->oldest + c->n_runs++) % c->cap];
    to->first = c->result.n;
    memcpy(to->x, x, sizeof to->x);
    return MRSE_OK;
}

/* Of sample n: the prediction of each axis, and what it cannot exceed while there is no slew. */
static void predict(const mrse_convolution *c, size_t n, double r[MRSE_AXES], double *most2)
{
    double most[MRSE_AXES] = {0};
    size_t i, newer = 0; /* samples from n back to the run's end */
    int a;

    memset(r, 0, sizeof(double) * MRSE_AXES);
    for (i = c->n_runs; i-- > 0 && newer < c->n_kernel;) {
        const run *part = &c->ring[(c->oldest + i) % c->cap];
        size_t older = n + 1 - part->first;
        double weight = c->sum[older < c->n_kernel ? older : c->n_kernel] - c->sum[newer];

        for (a = 0; a < MRSE_AXES; a++) {
            r[a] += part->x[a] * weight;
            most[a] += fabs(part->x[a]) * weight;
        }
        newer = older;
    }
    *most2 = most[0] * most[0] + most[1] * most[1] + most[2] * most[2];
}

static void forget(mrse_convolution *c)
{
    /* a run is out of reach when the next one began a kernel ago */
    while (c->n_runs > 1 && c->ring[(c->oldest + 1) % c->cap].first + c->n_kernel <= c->result.n) {
        c->oldest = (c->oldest + 1) % c->cap;
        c->n_runs--;
    }
}

mrse_status mrse_convolution_feed(mrse_convolution *convolution, const double slew_T_m_s[MRSE_AXES],
                                  size_t n)
{
    mrse_convolution *c = convolution;
    const double *x = slew_T_m_s;
    bool still;
    size_t i;
    int a;

    if (!c || !x)
        return MRSE_ERR_ARG;
    if (n == 0)
        return MRSE_OK;
    still = x[0] == 0.0 && x[1] == 0.0 && x[2] == 0.0;
    forget(c);
    if (push(c, x) != MRSE_OK)
        return MRSE_ERR_NOMEM;
    for (i = 0; i < n; i++) {
        double r[MRSE_AXES], most2, now;

        predict(c, c->result.n + i, r, &most2);
        now = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
        if (now > c->peak2 || isnan(now)) {
            c->peak2 = now;
            for (a = 0; a < MRSE_AXES; a++)
                c->result.peak_part[a] = fabs(r[a]);
            c->result.at = c->result.n + i;
        }
        for (a = 0; a < MRSE_AXES; a++)
            c->result.peak_axis[a] = fmax(c->result.peak_axis[a], fabs(r[a]));
        /* what decays below the peak stays there; the kernel's tail ends in any case */
        if (still && most2 <= c->peak2 &&
            most2 <= c->result.peak_axis[0] * c->result.peak_axis[0] &&
            most2 <= c->result.peak_axis[1] * c->result.peak_axis[1] &&
            most2 <= c->result.peak_axis[2] * c->result.peak_axis[2])
            break;
        if (still && most2 == 0.0)
            break;
    }
    c->result.n += n;
    return MRSE_OK;
}

mrse_convolution_peak mrse_convolution_get(const mrse_convolution *convolution)
{
    mrse_convolution_peak unknown = {.peak = (double)NAN,
                                     .peak_axis = {(double)NAN, (double)NAN, (double)NAN},
                                     .peak_part = {(double)NAN, (double)NAN, (double)NAN}};

    if (!convolution)
        return unknown;
    unknown = convolution->result;
    unknown.peak = sqrt(convolution->peak2);
    return unknown;
}

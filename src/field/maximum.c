/* Maxima of |B|, of its gradient and of their product along a straight segment: a scan whose step
 * follows the distance to the windings and the values found, then Brent on every candidate.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maximum_internal.h"
#include "mrse/alloc.h"

/* Steps of 0.3 of the local scale, all of them halved once: that leaves an extremum between samples
 * about 2 % in doubt. What is more uneven (beside a null of |B|, at a surface) is halved further. */
static const double STEP = 0.3;
static const double UNEVEN = 0.02;
static const double CANDIDATE = 0.9;
enum { HALVINGS = 12, SAMPLES_MAX = 100000, EDGES_PER_SOURCE = 4, ARRAYS = 5 };

double mrse_quantity_of(const mrse_sfg *sfg, mrse_quantity quantity)
{
    switch (quantity) {
    case MRSE_QUANTITY_B:
        return sfg->b_T;
    case MRSE_QUANTITY_GRAD:
        return sfg->grad_T_m;
    default:
        return sfg->product_T2_m;
    }
}

void mrse_scan_free(mrse_scan *scan)
{
    if (!scan)
        return;
    mrse_free(scan->sample);
    mrse_free(scan);
}

static double scale_at(const mrse_scan *scan, double x_m)
{
    return scan->radial ? mrse_windings_scale_m(scan->magnet, x_m, scan->fixed_m)
                        : mrse_windings_scale_m(scan->magnet, scan->fixed_m, x_m);
}

/* The places just beside a surface that the segment passes through: there the gradient jumps and
 * its largest value is a one-sided one. */
static size_t list_edges(const mrse_scan *scan, mrse_sample *out, double from_m, double to_m)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->magnet->n; i++) {
        mrse_box box = mrse_winding_box(&scan->magnet->source[i]);
        double low = scan->radial ? box.z_min_m : box.r_min_m;
        double high = scan->radial ? box.z_max_m : box.r_max_m;
        if (scan->fixed_m < low || scan->fixed_m > high)
            continue;
        double edge[2] = {scan->radial ? box.r_min_m : box.z_min_m,
                          scan->radial ? box.r_max_m : box.z_max_m};
        for (int k = 0; k < 4; k++) {
            double beside = 1e-8 * fmax(box.r_max_m, fabs(edge[k / 2]));
            double x = edge[k / 2] + (k % 2 ? beside : -beside);
            if (x > from_m && x < to_m)
                out[n++].x_m = x;
        }
    }
    return n;
}

static int compare_samples(const void *a, const void *b)
{
    double x = ((const mrse_sample *)a)->x_m, y = ((const mrse_sample *)b)->x_m;
    return (x > y) - (x < y);
}

static size_t step_along(const mrse_scan *scan, double from_m, double to_m, mrse_sample *out)
{
    size_t n = 0;
    for (double x = from_m; x < to_m && n < SAMPLES_MAX; n++) {
        if (out)
            out[n].x_m = x;
        x += STEP * scale_at(scan, x);
    }
    return n;
}

static mrse_status place_samples(mrse_scan *scan, double from_m, double to_m)
{
    size_t steps = step_along(scan, from_m, to_m, NULL);
    if (steps >= SAMPLES_MAX)
        return MRSE_ERR_LIMIT;
    mrse_sample *s =
        mrse_alloc(steps + 1 + EDGES_PER_SOURCE * scan->magnet->n, sizeof(mrse_sample));
    if (!s)
        return MRSE_ERR_NOMEM;
    size_t n = step_along(scan, from_m, to_m, s);
    s[n++].x_m = to_m;
    n += list_edges(scan, s + n, from_m, to_m);
    qsort(s, n, sizeof(mrse_sample), compare_samples);
    scan->sample = s;
    scan->n = 1;
    for (size_t i = 1; i < n; i++)
        if (s[i].x_m > s[scan->n - 1].x_m)
            s[scan->n++].x_m = s[i].x_m;
    return MRSE_OK;
}

static mrse_status evaluate(const mrse_scan *scan, size_t n, mrse_sample *s)
{
    double *block = mrse_alloc(ARRAYS * n, sizeof(double));
    if (!block)
        return MRSE_ERR_NOMEM;
    double *x = block, *fixed = block + n, *b = block + 2 * n;
    double *grad = block + 3 * n, *product = block + 4 * n;
    for (size_t i = 0; i < n; i++) {
        x[i] = s[i].x_m;
        fixed[i] = scan->fixed_m;
    }
    mrse_field_arrays out = {.b_T = b, .grad_T_m = grad, .product_T2_m = product};
    mrse_status status = mrse_field_batch(scan->magnet, n, scan->radial ? x : fixed,
                                          scan->radial ? fixed : x, &out, 1);
    for (size_t i = 0; i < n && !status; i++) {
        s[i].value[MRSE_QUANTITY_B] = b[i];
        s[i].value[MRSE_QUANTITY_GRAD] = grad[i];
        s[i].value[MRSE_QUANTITY_PRODUCT] = product[i];
        if (!isfinite(b[i]) || !isfinite(grad[i]) || !isfinite(product[i]))
            status = MRSE_ERR_RANGE;
    }
    mrse_free(block);
    return status;
}

static bool uneven(const mrse_sample *a, const mrse_sample *middle, const mrse_sample *b)
{
    for (int q = 0; q < MRSE_QUANTITIES; q++) {
        double m = middle->value[q], p = a->value[q], n = b->value[q];
        if (fabs(m - 0.5 * (p + n)) > UNEVEN * fmax(m, fmax(p, n)))
            return true;
    }
    return false;
}

/* Insert the middle of every interval marked so far; mark both halves of those found uneven. */
static mrse_status halve_intervals(mrse_scan *scan, size_t *marked)
{
    size_t m = 0;
    mrse_sample *middle = mrse_alloc(*marked, sizeof(mrse_sample));
    mrse_sample *s =
        middle ? mrse_realloc(scan->sample, scan->n + *marked, sizeof(mrse_sample)) : NULL;
    mrse_status status = s ? MRSE_OK : MRSE_ERR_NOMEM;
    if (s)
        scan->sample = s;
    for (size_t i = 0; !status && i + 1 < scan->n; i++)
        if (s[i].halve)
            middle[m++].x_m = 0.5 * (s[i].x_m + s[i + 1].x_m);
    if (!status)
        status = evaluate(scan, m, middle);
    if (!status) {
        *marked = 0;
        size_t to = scan->n + m;
        scan->n = to;
        for (size_t i = to - m; i-- > 0;) {
            if (s[i].halve) {
                s[i].halve = middle[m - 1].halve = uneven(&s[i], &middle[m - 1], &s[to]);
                *marked += s[i].halve ? 2 : 0;
                s[--to] = middle[--m];
            }
            s[--to] = s[i];
        }
    }
    mrse_free(middle);
    return status;
}

mrse_status mrse_scan_create(const mrse_magnet *magnet, bool radial, double fixed_m, double from_m,
                             double to_m, mrse_scan **out)
{
    *out = NULL;
    mrse_scan *scan = mrse_alloc(1, sizeof(*scan));
    if (!scan)
        return MRSE_ERR_NOMEM;
    scan->magnet = magnet;
    scan->radial = radial;
    scan->fixed_m = fixed_m;
    mrse_status status = place_samples(scan, from_m, to_m);
    if (!status)
        status = evaluate(scan, scan->n, scan->sample);
    size_t marked = scan->n - 1;
    for (size_t i = 0; !status && i < marked; i++)
        scan->sample[i].halve = true;
    for (int k = 0; !status && marked > 0 && k < HALVINGS && scan->n < SAMPLES_MAX; k++)
        status = halve_intervals(scan, &marked);
    if (status) {
        mrse_scan_free(scan);
        return status;
    }
    *out = scan;
    return MRSE_OK;
}

mrse_status mrse_scan_value(const mrse_scan *scan, mrse_quantity quantity, double x_m,
                            double *value)
{
    mrse_sfg sfg;
    *value = 0.0;
    mrse_status status = scan->radial ? mrse_sfg_at(scan->magnet, x_m, scan->fixed_m, &sfg)
                                      : mrse_sfg_at(scan->magnet, scan->fixed_m, x_m, &sfg);
    if (!status)
        *value = mrse_quantity_of(&sfg, quantity);
    return status;
}

typedef struct objective {
    const mrse_scan *scan;
    mrse_quantity quantity;
    double sign;
} objective;

static mrse_status objective_value(void *context, double x, double *y)
{
    const objective *o = context;
    mrse_status status = mrse_scan_value(o->scan, o->quantity, x, y);
    *y *= o->sign;
    return status;
}

mrse_status mrse_scan_refine(const mrse_scan *scan, mrse_quantity quantity, size_t i, double sign,
                             double *x_m, double *value)
{
    const mrse_sample *s = scan->sample;
    objective o = {scan, quantity, sign};
    double x = s[i].x_m, y = sign * s[i].value[quantity];
    double a = i > 0 ? s[i - 1].x_m : x, b = i + 1 < scan->n ? s[i + 1].x_m : x;
    mrse_status status = mrse_brent_max(objective_value, &o, a, b, &x, &y);
    *x_m = x;
    *value = sign * y;
    return status;
}

bool mrse_scan_is_peak(const mrse_scan *scan, mrse_quantity quantity, size_t i, double sign)
{
    const mrse_sample *s = scan->sample;
    double y = sign * s[i].value[quantity];
    return (i == 0 || y > sign * s[i - 1].value[quantity]) &&
           (i + 1 == scan->n || y >= sign * s[i + 1].value[quantity]);
}

mrse_status mrse_scan_peak(const mrse_scan *scan, mrse_quantity quantity, mrse_peak *peak)
{
    const mrse_sample *s = scan->sample;
    size_t top = 0;
    for (size_t i = 1; i < scan->n; i++)
        if (s[i].value[quantity] > s[top].value[quantity])
            top = i;
    double best_x = s[top].x_m, best = s[top].value[quantity], least = CANDIDATE * best;
    for (size_t i = 0; i < scan->n; i++) {
        if (s[i].value[quantity] < least || !mrse_scan_is_peak(scan, quantity, i, 1.0))
            continue;
        double x, y;
        mrse_status status = mrse_scan_refine(scan, quantity, i, 1.0, &x, &y);
        if (status)
            return status;
        if (y > best) {
            best = y;
            best_x = x;
        }
    }
    peak->value = best;
    peak->r_m = scan->radial ? best_x : scan->fixed_m;
    peak->z_m = scan->radial ? scan->fixed_m : best_x;
    return MRSE_OK;
}

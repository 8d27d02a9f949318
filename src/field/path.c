/* A ride along the couch: maxima on the way, where a limit is exceeded, and how far from the axis
 * it is met.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maximum_internal.h"
#include "mrse/alloc.h"

static const double CROSSING_TOL_m = 1e-9;
static const double RADIUS_TOL_m = 1e-9;
/* An extremum within this fraction of the limit may cross it between two samples. */
static const double NEAR = 0.2;
enum { RADII_MAX = 400 };

static mrse_status check_path(const mrse_magnet *magnet, const mrse_path *path)
{
    if (!path || !isfinite(path->r_m) || path->r_m < 0.0 || !isfinite(path->z_start_m) ||
        !isfinite(path->z_end_m))
        return MRSE_ERR_ARG;
    return mrse_windings_check(magnet);
}

static mrse_status scan_path(const mrse_magnet *magnet, const mrse_path *path, double r_m,
                             mrse_scan **out)
{
    return mrse_scan_create(magnet, false, r_m, fmin(path->z_start_m, path->z_end_m),
                            fmax(path->z_start_m, path->z_end_m), out);
}

mrse_status mrse_path_search(const mrse_magnet *magnet, const mrse_path *path,
                             mrse_path_maxima *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_path_maxima){0};
    mrse_path_maxima found = {0};
    mrse_scan *scan = NULL;
    mrse_status status = check_path(magnet, path);
    if (!status)
        status = scan_path(magnet, path, path->r_m, &scan);
    if (!status)
        status = mrse_scan_peak(scan, MRSE_QUANTITY_B, &found.b);
    if (!status)
        status = mrse_scan_peak(scan, MRSE_QUANTITY_GRAD, &found.grad);
    if (!status)
        status = mrse_scan_peak(scan, MRSE_QUANTITY_PRODUCT, &found.product);
    if (!status)
        status = mrse_sfg_at(magnet, path->r_m, path->z_end_m, &found.at_end);
    if (!status)
        *out = found;
    mrse_scan_free(scan);
    return status;
}

static mrse_status insert_sample(mrse_scan *scan, size_t at, double z_m, double grad_T_m)
{
    mrse_sample *s = mrse_realloc(scan->sample, scan->n + 1, sizeof(mrse_sample));
    if (!s)
        return MRSE_ERR_NOMEM;
    scan->sample = s;
    for (size_t i = scan->n++; i > at; i--)
        s[i] = s[i - 1];
    s[at] = (mrse_sample){.x_m = z_m};
    s[at].value[MRSE_QUANTITY_GRAD] = grad_T_m;
    return MRSE_OK;
}

/* Turn a sample that is an extremum close to the limit into the extremum itself. The first and the
 * last sample stay, being where the path ends, and get the extremum as a neighbour. */
static mrse_status sharpen_at(mrse_scan *scan, size_t i, double limit_T_m)
{
    double value = scan->sample[i].value[MRSE_QUANTITY_GRAD];
    double sign = value > limit_T_m ? -1.0 : 1.0;
    double x, y;
    if (fabs(value - limit_T_m) > NEAR * limit_T_m ||
        !mrse_scan_is_peak(scan, MRSE_QUANTITY_GRAD, i, sign))
        return MRSE_OK;
    mrse_status status = mrse_scan_refine(scan, MRSE_QUANTITY_GRAD, i, sign, &x, &y);
    if (status || x == scan->sample[i].x_m)
        return status;
    if (i == 0 || i + 1 == scan->n)
        return insert_sample(scan, i == 0 ? 1 : i, x, y);
    scan->sample[i].x_m = x;
    scan->sample[i].value[MRSE_QUANTITY_GRAD] = y;
    return MRSE_OK;
}

/* Afterwards the gradient crosses the limit at most once between neighbours. */
static mrse_status sharpen(mrse_scan *scan, double limit_T_m)
{
    for (size_t k = scan->n; k-- > 0;) {
        mrse_status status = sharpen_at(scan, k, limit_T_m);
        if (status)
            return status;
    }
    return MRSE_OK;
}

typedef struct excess {
    const mrse_scan *scan;
    double limit_T_m;
} excess;

static mrse_status excess_at(void *context, double z_m, double *y)
{
    const excess *e = context;
    mrse_status status = mrse_scan_value(e->scan, MRSE_QUANTITY_GRAD, z_m, y);
    *y -= e->limit_T_m;
    return status;
}

static mrse_status find_crossing(const mrse_scan *scan, size_t i, double limit_T_m, double *z_m)
{
    const mrse_sample *s = &scan->sample[i];
    excess e = {scan, limit_T_m};
    double z[2] = {s[0].x_m, s[1].x_m};
    double y[2] = {s[0].value[MRSE_QUANTITY_GRAD] - limit_T_m,
                   s[1].value[MRSE_QUANTITY_GRAD] - limit_T_m};
    return mrse_brent_root(excess_at, &e, z, y, CROSSING_TOL_m, z_m);
}

static mrse_status collect(const mrse_scan *scan, double limit_T_m,
                           mrse_interval out[MRSE_PATH_INTERVALS], size_t *n)
{
    bool inside = false;
    for (size_t i = 0; i < scan->n; i++) {
        bool above = scan->sample[i].value[MRSE_QUANTITY_GRAD] > limit_T_m;
        double z = scan->sample[i].x_m;
        if (above && !inside && *n == MRSE_PATH_INTERVALS)
            return MRSE_ERR_LIMIT;
        if (above != inside && i > 0) {
            mrse_status status = find_crossing(scan, i - 1, limit_T_m, &z);
            if (status)
                return status;
        }
        if (above && !inside)
            out[*n].z_from_m = z;
        if (!above && inside)
            out[(*n)++].z_to_m = z;
        inside = above;
    }
    if (inside)
        out[(*n)++].z_to_m = scan->sample[scan->n - 1].x_m;
    return MRSE_OK;
}

static void order_as_travelled(const mrse_path *path, mrse_interval *out, size_t n)
{
    if (path->z_end_m >= path->z_start_m)
        return;
    for (size_t i = 0; i < n; i++) {
        double from = out[i].z_from_m;
        out[i].z_from_m = out[i].z_to_m;
        out[i].z_to_m = from;
    }
    for (size_t i = 0; i < n / 2; i++) {
        mrse_interval swap = out[i];
        out[i] = out[n - 1 - i];
        out[n - 1 - i] = swap;
    }
}

mrse_status mrse_path_exceeds(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                              mrse_interval out[MRSE_PATH_INTERVALS], size_t *n)
{
    if (n)
        *n = 0;
    if (!out || !n || !isfinite(limit_T_m) || limit_T_m <= 0.0)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < MRSE_PATH_INTERVALS; i++)
        out[i] = (mrse_interval){0.0, 0.0};
    mrse_scan *scan = NULL;
    mrse_status status = check_path(magnet, path);
    if (!status)
        status = scan_path(magnet, path, path->r_m, &scan);
    if (!status)
        status = sharpen(scan, limit_T_m);
    if (!status)
        status = collect(scan, limit_T_m, out, n);
    mrse_scan_free(scan);
    if (status)
        *n = 0;
    else
        order_as_travelled(path, out, *n);
    return status;
}

typedef struct ride {
    const mrse_magnet *magnet;
    const mrse_path *path;
    double limit_T_m;
} ride;

/* By how much the largest gradient on the ride at this radius exceeds the limit. */
static mrse_status ride_excess(void *context, double r_m, double *y)
{
    const ride *t = context;
    mrse_scan *scan = NULL;
    mrse_peak peak = {0};
    *y = 0.0;
    mrse_status status = scan_path(t->magnet, t->path, r_m, &scan);
    if (!status)
        status = mrse_scan_peak(scan, MRSE_QUANTITY_GRAD, &peak);
    if (!status)
        *y = peak.value - t->limit_T_m;
    mrse_scan_free(scan);
    return status;
}

/* The next radius to look at: a step in proportion to how far the windings beside the ride are. */
static double next_radius(const ride *t, double r_m, double r_limit_m)
{
    double scale = r_limit_m;
    for (size_t i = 0; i < t->magnet->n; i++) {
        mrse_box box = mrse_winding_box(&t->magnet->source[i]);
        double outside = fmax(box.r_min_m - r_m, r_m - box.r_max_m);
        double inside = fmin(box.r_max_m - r_m, r_m - box.r_min_m);
        scale = fmin(scale, outside > 0.0 ? outside : inside);
    }
    double step = fmax(0.15 * scale, r_limit_m / (0.5 * RADII_MAX));
    return fmin(r_m + step, r_limit_m);
}

/* Between r[0] < r[1] < r[2], whose middle is a maximum below the limit: does it rise above? */
static mrse_status look_between(ride *t, const double r[3], double y1, double *r_m, double *y)
{
    *r_m = r[1];
    *y = y1;
    return mrse_brent_max(ride_excess, t, r[0], r[2], r_m, y);
}

/* The root, moved down until its own value meets the limit. */
static mrse_status settle(ride *t, double r_met, double y_met, double r_over, double y_over,
                          double *radius_m)
{
    double r[2] = {r_met, r_over}, y[2] = {y_met, y_over}, root, value;
    mrse_status status = mrse_brent_root(ride_excess, t, r, y, RADIUS_TOL_m, &root);
    if (!status)
        status = ride_excess(t, root, &value);
    if (!status)
        *radius_m = value > 0.0 ? fmax(r_met, root - 2.0 * RADIUS_TOL_m) : root;
    return status;
}

static mrse_status first_excess(ride *t, double r_limit_m, double *radius_m)
{
    double r[3] = {0.0, 0.0, 0.0}, y[3] = {0.0, 0.0, 0.0};
    mrse_status status = ride_excess(t, 0.0, &y[2]);
    if (status || y[2] > 0.0)
        return status;
    for (int k = 0; r[2] < r_limit_m; k++) {
        for (int i = 0; i < 2; i++) {
            r[i] = r[i + 1];
            y[i] = y[i + 1];
        }
        r[2] = next_radius(t, r[1], r_limit_m);
        status = ride_excess(t, r[2], &y[2]);
        if (status)
            return status;
        if (k > 0 && y[1] > y[0] && y[1] >= y[2] && y[1] > -NEAR * t->limit_T_m) {
            double top, value;
            status = look_between(t, r, y[1], &top, &value);
            if (status)
                return status;
            if (value > 0.0)
                return settle(t, r[0], y[0], top, value, radius_m);
        }
        if (y[2] > 0.0)
            return settle(t, r[1], y[1], r[2], y[2], radius_m);
        if (r[2] == r_limit_m && y[2] > -NEAR * t->limit_T_m) {
            double last[3] = {r[1], r[2], r[2]}, top, value;
            status = look_between(t, last, y[2], &top, &value);
            if (status)
                return status;
            if (value > 0.0)
                return settle(t, r[1], y[1], top, value, radius_m);
        }
    }
    *radius_m = r_limit_m;
    return MRSE_OK;
}

mrse_status mrse_path_radius(const mrse_magnet *magnet, const mrse_path *path, double limit_T_m,
                             double r_limit_m, double *radius_m)
{
    if (!radius_m)
        return MRSE_ERR_ARG;
    *radius_m = (double)NAN;
    if (!isfinite(limit_T_m) || limit_T_m <= 0.0 || !isfinite(r_limit_m) || r_limit_m <= 0.0)
        return MRSE_ERR_ARG;
    mrse_status status = check_path(magnet, path);
    ride t = {magnet, path, limit_T_m};
    if (!status)
        status = first_excess(&t, r_limit_m, radius_m);
    return status;
}

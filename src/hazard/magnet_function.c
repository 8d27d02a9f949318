/* Magnets and magnetic switches in the field. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/magnet_function.h"

#include <math.h>

#include "mrse/alloc.h"
#include "mrse/field.h"
#include "mrse/text.h"

static const double PLACES_APART_m = 5e-3, CROSSING_TOL_m = 1e-8;
static const double ANGLE_OF_LOSS_rad = 80.0 * MRSE_PI / 180.0;
static const double PATH_MAX_m = 100.0;

static bool is_magnitude(double x)
{
    return isfinite(x) && x >= 0.0;
}

double mrse_magnet_torque_N_m(double br_T, double volume_m3, double b_T, double angle_rad)
{
    if (!is_magnitude(br_T) || !is_magnitude(volume_m3) || !is_magnitude(b_T) ||
        !isfinite(angle_rad))
        return (double)NAN;
    return br_T * volume_m3 / MRSE_MU0 * b_T * fabs(sin(angle_rad));
}

double mrse_magnet_force_N(double br_T, double volume_m3, double grad_T_m)
{
    if (!is_magnitude(br_T) || !is_magnitude(volume_m3) || !is_magnitude(grad_T_m))
        return (double)NAN;
    return br_T * volume_m3 / MRSE_MU0 * grad_T_m;
}

static void grade(mrse_magnet_state *s, double angle_rad)
{
    const char *why;

    if (isfinite(s->knee_A_m) && -s->h_A_m > s->knee_A_m) {
        s->grade = MRSE_DEMAGNETISED_EXPECTED;
        why = "the field inside opposes the magnet by more than the knee of its curve";
    } else if (angle_rad > ANGLE_OF_LOSS_rad) {
        s->grade = MRSE_DEMAGNETISED_POSSIBLE;
        why = "more than 80 deg to the field: magnets of cochlear implants lost strength at 3 T "
              "(doi 10.1016/j.otohns.2008.07.026)";
    } else if (isfinite(s->knee_A_m)) {
        s->grade = MRSE_DEMAGNETISED_UNLIKELY;
        why = "the knee of its curve is not reached, and the angle is no more than 80 deg";
    } else {
        s->grade = MRSE_DEMAGNETISED_UNKNOWN;
        why = "the knee of its curve is not known; no loss was published up to 80 deg";
    }
    mrse_text_copy(s->reason, sizeof s->reason, why);
}

mrse_status mrse_magnet_judge(double n, double br_T, double knee_A_m, double b_T, double angle_rad,
                              mrse_magnet_state *out)
{
    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_magnet_state){.h_A_m = (double)NAN, .knee_A_m = (double)NAN};
    if (!(n >= 0.0 && n <= 1.0) || !isfinite(br_T) || br_T <= 0.0 || !is_magnitude(b_T) ||
        !(angle_rad >= 0.0 && angle_rad <= MRSE_PI) || isinf(knee_A_m) || knee_A_m <= 0.0)
        return MRSE_ERR_RANGE;
    out->h_A_m = (b_T * cos(angle_rad) - n * br_T) / MRSE_MU0;
    out->knee_A_m = knee_A_m;
    grade(out, angle_rad);
    return MRSE_OK;
}

/* ---- switches ---- */

static mrse_status crossing(const mrse_magnet *magnet, double r_m, double level_T, double below_m,
                            double above_m, double *z_m)
{
    while (fabs(above_m - below_m) > CROSSING_TOL_m) {
        double middle = 0.5 * (below_m + above_m);
        mrse_sfg sfg;
        mrse_status status = mrse_sfg_at(magnet, r_m, middle, &sfg);
        if (status)
            return status;
        if (sfg.b_T >= level_T)
            above_m = middle;
        else
            below_m = middle;
    }
    *z_m = above_m;
    return MRSE_OK;
}

static mrse_status find(const mrse_magnet *magnet, const mrse_path *path, const double *z_m,
                        const double *b_T, size_t n, mrse_reed_place *place)
{
    size_t first = 0, last = n - 1;
    mrse_status status = MRSE_OK;

    while (first < n && !(b_T[first] >= place->level_T))
        first++;
    if (first == n)
        return MRSE_OK;
    while (!(b_T[last] >= place->level_T))
        last--;
    place->reached = true;
    place->from_start = first == 0;
    place->z_first_m = z_m[first];
    place->z_last_m = z_m[last];
    if (first > 0)
        status = crossing(magnet, path->r_m, place->level_T, z_m[first - 1], z_m[first],
                          &place->z_first_m);
    if (!status && last + 1 < n)
        status =
            crossing(magnet, path->r_m, place->level_T, z_m[last + 1], z_m[last], &place->z_last_m);
    return status;
}

static mrse_status sample(const mrse_magnet *magnet, const mrse_path *path, size_t n, double *work)
{
    double *r_m = work, *z_m = work + n;
    const mrse_field_arrays arrays = {.b_T = work + 2 * n};

    for (size_t i = 0; i < n; i++) {
        double way = (double)i / (double)(n - 1);
        r_m[i] = path->r_m;
        z_m[i] =
            i + 1 == n ? path->z_end_m : path->z_start_m + way * (path->z_end_m - path->z_start_m);
    }
    return mrse_field_batch(magnet, n, r_m, z_m, &arrays, 1);
}

mrse_status mrse_reed_places(const mrse_magnet *magnet, const mrse_path *path,
                             const double *level_T, size_t n, mrse_reed_place *out)
{
    if (!out || n == 0)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n; i++)
        out[i] = (mrse_reed_place){0};
    if (!magnet || !path || !level_T || !is_magnitude(path->r_m) || !isfinite(path->z_start_m) ||
        !isfinite(path->z_end_m) || fabs(path->z_end_m - path->z_start_m) > PATH_MAX_m)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(level_T[i]) || level_T[i] <= 0.0)
            return MRSE_ERR_ARG;
    size_t places = 2 + (size_t)(fabs(path->z_end_m - path->z_start_m) / PLACES_APART_m);
    double *work = mrse_alloc(3 * places, sizeof *work);
    if (!work)
        return MRSE_ERR_NOMEM;
    mrse_status status = sample(magnet, path, places, work);
    for (size_t i = 0; i < n && !status; i++) {
        out[i] = (mrse_reed_place){
            .level_T = level_T[i], .z_first_m = (double)NAN, .z_last_m = (double)NAN};
        status = find(magnet, path, work + places, work + 2 * places, places, &out[i]);
    }
    for (size_t i = 0; i < n && status; i++)
        out[i] = (mrse_reed_place){0};
    mrse_free(work);
    return status;
}

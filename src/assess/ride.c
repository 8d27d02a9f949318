/* The ride of an object into the magnet: maxima, profile, and where a limit is exceeded.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/study.h"

enum { PROFILE_SAMPLES = 801 };

mrse_status mrse_profile_run(const mrse_magnet *magnet, const mrse_path *path, size_t n,
                             mrse_profile *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (magnet == NULL || path == NULL || n < 2)
        return MRSE_ERR_ARG;
    mrse_profile p = {.n = n};
    double *r_m = mrse_alloc(n, sizeof *r_m);
    p.z_m = mrse_alloc(n, sizeof *p.z_m);
    p.b_T = mrse_alloc(n, sizeof *p.b_T);
    p.grad_T_m = mrse_alloc(n, sizeof *p.grad_T_m);
    p.product_T2_m = mrse_alloc(n, sizeof *p.product_T2_m);
    mrse_status status = MRSE_ERR_NOMEM;
    if (r_m && p.z_m && p.b_T && p.grad_T_m && p.product_T2_m) {
        double step_m = (path->z_end_m - path->z_start_m) / (double)(n - 1);
        for (size_t i = 0; i < n; i++) {
            r_m[i] = path->r_m;
            p.z_m[i] = path->z_start_m + (double)i * step_m;
        }
        p.z_m[n - 1] = path->z_end_m;
        mrse_field_arrays arrays = {
            .b_T = p.b_T, .grad_T_m = p.grad_T_m, .product_T2_m = p.product_T2_m};
        status = mrse_field_batch(magnet, n, r_m, p.z_m, &arrays, 1);
    }
    mrse_free(r_m);
    if (status != MRSE_OK) {
        mrse_profile_free(&p);
        return status;
    }
    *out = p;
    return MRSE_OK;
}

void mrse_profile_free(mrse_profile *profile)
{
    if (profile == NULL)
        return;
    mrse_free(profile->z_m);
    mrse_free(profile->b_T);
    mrse_free(profile->grad_T_m);
    mrse_free(profile->product_T2_m);
    memset(profile, 0, sizeof *profile);
}

static mrse_status run_limit(const mrse_study *study, mrse_ride *ride)
{
    const mrse_path *path = &ride->at.path;
    mrse_status status = mrse_path_exceeds(&study->model.magnet, path, ride->limit_T_m,
                                           ride->exceeds, &ride->n_exceeds);
    if (status == MRSE_OK && isfinite(study->reach.bore_radius_m))
        status = mrse_path_radius(&study->model.magnet, path, ride->limit_T_m,
                                  study->reach.bore_radius_m, &ride->radius_met_m);
    return status;
}

/* Nothing rides through the covers: inside them only the bore is open. */
static bool goes_through_covers(const mrse_study *study, double r_m, const mrse_path *path,
                                double nearer_m)
{
    double lowest_m = path->z_start_m * path->z_end_m < 0.0
                          ? 0.0
                          : fmin(fabs(path->z_start_m), fabs(path->z_end_m));
    return r_m > study->reach.bore_radius_m &&
           lowest_m - nearer_m < study->reach.cover_half_length_m;
}

/* A position known so badly that two standard uncertainties reach into the covers says nothing of
 * the ride: its uncertainty is then not known, and nothing that rests on it can be MET. */
static void forget_vague(const mrse_study *study, mrse_ride *ride)
{
    const mrse_position *p = &ride->position;
    double u_r_m = hypot(hypot(p->u_x_m, p->u_y_m), p->u_couch_m);
    const mrse_path *path = &ride->at.path;
    if (!goes_through_covers(study, path->r_m + 2.0 * u_r_m, path, 2.0 * p->u_z_m))
        return;
    ride->at.b.u = NAN;
    ride->at.grad.u = NAN;
    ride->at.product.u = NAN;
    ride->at.u_position_grad_T_m = NAN;
}

mrse_status mrse_study_ride(const mrse_study *study, const mrse_position *position,
                            double limit_T_m, mrse_ride *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (study == NULL || position == NULL)
        return MRSE_ERR_ARG;
    mrse_ride ride = {.position = *position, .limit_T_m = limit_T_m, .radius_met_m = NAN};
    mrse_status status = mrse_exposure_on_ride(&study->model, position, &ride.at);
    if (status == MRSE_OK && goes_through_covers(study, ride.at.path.r_m, &ride.at.path, 0.0))
        status = MRSE_ERR_RANGE;
    if (status == MRSE_OK)
        status =
            mrse_profile_run(&study->model.magnet, &ride.at.path, PROFILE_SAMPLES, &ride.profile);
    if (status == MRSE_OK)
        forget_vague(study, &ride);
    if (status == MRSE_OK && !isnan(limit_T_m))
        status = run_limit(study, &ride);
    if (status != MRSE_OK) {
        mrse_ride_clear(&ride);
        return status;
    }
    *out = ride;
    return MRSE_OK;
}

void mrse_ride_clear(mrse_ride *ride)
{
    if (ride == NULL)
        return;
    mrse_profile_free(&ride->profile);
    memset(ride, 0, sizeof *ride);
}

/* Force and torque along the ride, with what is not known of object and place as a band.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"
#include "mc_internal.h"
#include "mrse/alloc.h"

enum { STEP = RIDE_COLUMNS / MRSE_BAND_PLACES, SAMPLES_MIN = 100, SAMPLES_MAX = 100000 };
static const double QUANTILE[3] = {0.025, 0.5, 0.975};

static void forget(mrse_hazard_band *out)
{
    for (int q = 0; q < 3; q++)
        for (size_t i = 0; i < MRSE_BAND_PLACES; i++)
            out->force[q][i] = out->torque[q][i] = (double)NAN;
}

/* Over weight, and over weight times longest dimension; of a coil of steel there is no law along the
 * way, only the bound of the whole ride. */
static bool follow(mc_sampler *s, const ride_draw *d, size_t i, size_t n, double *value)
{
    double force[MRSE_BAND_PLACES], torque[MRSE_BAND_PLACES];

    if (mrse_magnetic_check(&d->substance, &d->body) != MRSE_OK ||
        !mrse_magnetic_factors_hold(&d->substance, &d->body) || !(d->mass_kg > 0.0) ||
        !mrse_mass_fits(d->mass_kg, d->substance.density_kg_m3, d->body.volume_m3))
        return false;
    mrse_ride_follow(s->table, d, STEP, MRSE_BAND_PLACES, force, torque);
    for (size_t k = 0; k < MRSE_BAND_PLACES; k++) {
        value[k * n + i] = mrse_force_ratio(force[k], d->mass_kg);
        value[(MRSE_BAND_PLACES + k) * n + i] =
            mrse_torque_ratio(torque[k], d->mass_kg, d->body.longest_m);
    }
    return true;
}

static void quantiles(double *value, size_t n, mrse_hazard_band *out)
{
    for (size_t k = 0; k < 2 * (size_t)MRSE_BAND_PLACES; k++) {
        double(*to)[MRSE_BAND_PLACES] = k < MRSE_BAND_PLACES ? out->force : out->torque;
        for (int q = 0; q < 3; q++)
            to[q][k % MRSE_BAND_PLACES] = gsl_stats_select(
                value + k * n, 1, n, (size_t)(QUANTILE[q] * (double)(n - 1) + 0.5));
    }
}

mrse_status mrse_hazard_band_of(const mrse_ride_table *table, const mrse_object_spread *object,
                                const mrse_place_spread *place, const mrse_hazard_setting *setting,
                                size_t n, unsigned long seed, mrse_hazard_band *out)
{
    mc_sampler s = {.table = table, .object = object, .place = place, .setting = setting};
    bool known = true;

    if (!out)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!table || !object || !place || !setting || n < SAMPLES_MIN || n > SAMPLES_MAX)
        return MRSE_ERR_ARG;
    double *value = mrse_alloc(2 * (size_t)MRSE_BAND_PLACES * n, sizeof *value);
    mrse_status status = value ? mrse_mc_prepare(&s, n, seed) : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < n && known && !status; i++) {
        ride_draw d;
        status = mrse_mc_draw(&s, i, &d);
        if (!status)
            known = follow(&s, &d, i, n, value);
    }
    if (!status) {
        forget(out);
        for (size_t k = 0; k < MRSE_BAND_PLACES; k++)
            out->z_m[k] = table->z_start_m - (double)(k * STEP) * table->z_step_m;
        if (known)
            quantiles(value, n, out);
    }
    mrse_mc_clear(&s);
    mrse_free(value);
    return status;
}

/* How fast hazards are sampled: 10^5 objects, each with its own material, orientation and place, on
 * rides of 400 places. Prints figures. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "mrse/mrse.h"
#include "support/magnets.h"

enum { SAMPLES = 100000 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int run(const mrse_ride_table *table, const char *name, const mrse_object_spread *object)
{
    const mrse_place_spread place = {.r_m = 0.2, .u_r_m = 0.01, .z_end_m = 0.1, .u_z_end_m = 0.02};
    const mrse_hazard_setting setting = {.u_field = 0.01,
                                         .u_grad = 0.05,
                                         .couch_m_s = MRSE_COUCH_SPEED_M_S,
                                         .walking_m_s = MRSE_WALKING_SPEED_M_S,
                                         .rate_rad_s = 1.0,
                                         .dbdt_rms_T_s = 10.0,
                                         .u_dbdt_T_s = 1.0,
                                         .frequency_Hz = 1000.0};
    static mrse_hazard_result result;
    const double start = seconds();

    if (mrse_hazard_sample(table, object, &place, &setting, SAMPLES, MRSE_HAZARD_SEED, &result) !=
        MRSE_OK)
        return 1;
    printf("%-44s %6.2f s for %d samples\n", name, seconds() - start, SAMPLES);
    for (int h = 0; h < MRSE_HAZARD_COUNT; h++) {
        const mrse_hazard_summary *s = &result.hazard[h];
        char low[MRSE_NUM_MAX], median[MRSE_NUM_MAX], high[MRSE_NUM_MAX], share[MRSE_NUM_MAX];
        mrse_text_num(low, s->low, 3);
        mrse_text_num(median, s->median, 3);
        mrse_text_num(high, s->high, 3);
        mrse_text_num(share, s->share[s->dominant], 2);
        printf("  %-44s %10s %10s %10s %-5s %s (%s) %s\n", mrse_hazard_text((mrse_hazard_id)h), low,
               median, high, mrse_kind_get(s->kind)->si, mrse_hazard_input_text(s->dominant), share,
               s->reason);
    }
    return 0;
}

int main(void)
{
    const mrse_material_set *set = mrse_material_set_find("unknown-metal");
    const mrse_material *metal[32], *steel = mrse_material_find("martensitic-steel");
    const mrse_object_spread disc = {
        .shape = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 10e-3, .length_m = 1e-3},
        .u_shape = {.diameter_m = 5e-4, .length_m = 1e-4},
        .mass_kg = (double)NAN,
        .candidate = metal,
        .n_candidates = set->n};
    const mrse_object_spread pin = {
        .shape = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 1e-3, .length_m = 10e-3},
        .u_shape = {.diameter_m = 1e-4, .length_m = 5e-4},
        .mass_kg = (double)NAN,
        .candidate = &steel,
        .n_candidates = 1};
    mrse_ride_table *table;
    double error[2];
    const double start = seconds();

    for (size_t i = 0; i < set->n; i++)
        metal[i] = mrse_material_find(set->material[i]);
    if (mrse_init() != MRSE_OK ||
        mrse_ride_table_build(&test_m30, 0.15, 0.25, 4.0, 0.0, &table, error) != MRSE_OK)
        return 1;
    printf("table of the field: %.3f s, relative error |B| %.1e, gradient %.1e\n",
           seconds() - start, error[0], error[1]);
    const int failed = run(table, "disc of unknown metal", &disc) || run(table, "steel pin", &pin);
    mrse_ride_table_free(table);
    return failed;
}

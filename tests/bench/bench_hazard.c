/* How fast hazards are sampled: 10^5 objects, each with its own material, orientation and place, on
 * rides of 400 places. Prints figures. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "mrse/mrse.h"
#include "support/magnets.h"

enum { SAMPLES = 100000 };

static const mrse_hazard_setting SETTING = {.u_field = 0.01,
                                            .u_grad = 0.05,
                                            .couch_m_s = MRSE_COUCH_SPEED_M_S,
                                            .walking_m_s = MRSE_WALKING_SPEED_M_S,
                                            .rate_rad_s = 1.0,
                                            .dbdt_rms_T_s = 10.0,
                                            .u_dbdt_T_s = 1.0,
                                            .frequency_Hz = 1000.0};

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int run(const mrse_ride_table *table, const char *name, const mrse_object_spread *object)
{
    const mrse_place_spread place = {.r_m = 0.2, .u_r_m = 0.01, .z_end_m = 0.1, .u_z_end_m = 0.02};
    static mrse_hazard_result result;
    const double start = seconds();

    if (mrse_hazard_sample(table, object, &place, &SETTING, SAMPLES, MRSE_HAZARD_SEED, &result) !=
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

/* Seconds of one shape made of one material; negative on failure. */
static double time_of(const mrse_ride_table *table, const mrse_shape *shape,
                      const mrse_material *material)
{
    const mrse_object_spread object = {.shape = *shape,
                                       .u_shape = {.diameter_m = 0.05 * shape->diameter_m,
                                                   .length_m = 0.05 * shape->length_m,
                                                   .width_m = 0.05 * shape->width_m,
                                                   .depth_m = 0.05 * shape->depth_m,
                                                   .wire_m = 0.05 * shape->wire_m},
                                       .mass_kg = (double)NAN,
                                       .candidate = &material,
                                       .n_candidates = 1};
    const mrse_place_spread place = {.r_m = 0.2, .u_r_m = 0.01, .z_end_m = 0.1, .u_z_end_m = 0.02};
    static mrse_hazard_result result;
    const double start = seconds();

    return mrse_hazard_sample(table, &object, &place, &SETTING, SAMPLES, MRSE_HAZARD_SEED,
                              &result) == MRSE_OK
               ? seconds() - start
               : -1.0;
}

/* Every shape in every regime: the slowest is what counts. */
static int run_all(const mrse_ride_table *table)
{
    static const mrse_shape shapes[] = {
        {.type = MRSE_SHAPE_SPHERE, .diameter_m = 4e-3},
        {.type = MRSE_SHAPE_ELLIPSOID, .width_m = 1.5e-3, .depth_m = 3e-3, .length_m = 11e-3},
        {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 1e-3, .length_m = 10e-3},
        {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 10e-3, .length_m = 1e-3},
        {.type = MRSE_SHAPE_PLATE, .width_m = 5e-3, .depth_m = 0.5e-3, .length_m = 50e-3},
        {.type = MRSE_SHAPE_RING, .diameter_m = 20e-3, .wire_m = 2e-3},
        {.type = MRSE_SHAPE_WIRE, .length_m = 60e-3, .wire_m = 0.3e-3},
        {.type = MRSE_SHAPE_SPRING,
         .diameter_m = 3e-3,
         .length_m = 30e-3,
         .wire_m = 0.3e-3,
         .turns = 40},
    };
    static const char *const material[] = {"316l", "martensitic-steel", "mumetal", "ndfeb"};
    double slowest = 0.0;

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        for (size_t k = 0; k < sizeof material / sizeof material[0]; k++) {
            const double t = time_of(table, &shapes[i], mrse_material_find(material[k]));
            if (t < 0.0)
                return 1;
            printf("%-10s %-18s %6.2f s\n", mrse_shape_text(shapes[i].type), material[k], t);
            slowest = fmax(slowest, t);
        }
    printf("slowest of them                              %6.2f s for %d samples\n", slowest,
           SAMPLES);
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
    const int failed = run(table, "disc of unknown metal", &disc) ||
                       run(table, "steel pin", &pin) || run_all(table);
    mrse_ride_table_free(table);
    return failed;
}

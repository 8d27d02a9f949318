/* Sampling: the table against the field, one certain object against the ride search, quantiles and
 * shares where they are known, refusals. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/hazard_mc.h"

#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/oom.h"

enum { N = 4000 };

static mrse_ride_table *table;
static double table_error[2];
static mrse_hazard_result result;

static const mrse_hazard_setting QUIET = {.couch_m_s = (double)NAN,
                                          .walking_m_s = (double)NAN,
                                          .rate_rad_s = (double)NAN,
                                          .dbdt_rms_T_s = (double)NAN,
                                          .frequency_Hz = (double)NAN};
static const mrse_place_spread PLACE = {.r_m = 0.201, .z_end_m = 0.1031};

static const mrse_range NONE = {(double)NAN, (double)NAN, MRSE_ORIGIN_UNVERIFIED};
static mrse_material iron, alloy;

static mrse_object_spread object(const mrse_shape shape, const mrse_material *const *material)
{
    return (mrse_object_spread){
        .shape = shape, .mass_kg = (double)NAN, .candidate = material, .n_candidates = 1};
}

static mrse_object_spread ball(const mrse_material *const *material)
{
    return object((mrse_shape){.type = MRSE_SHAPE_SPHERE, .diameter_m = 5e-3}, material);
}

static const mrse_hazard_summary *sample(const mrse_object_spread *o, const mrse_place_spread *p,
                                         const mrse_hazard_setting *s, mrse_hazard_id id)
{
    assert_int_equal(mrse_hazard_sample(table, o, p, s, N, 7, &result), MRSE_OK);
    return &result.hazard[id];
}

static double on_ride(const mrse_shape shape, mrse_substance s, mrse_orientation o, bool torque)
{
    const mrse_object what = {
        .shape = shape, .substance = s, .mass_kg = (double)NAN, .orientation = o};
    const mrse_model model = {.magnet = test_m30};
    const mrse_object_ride ride = {{PLACE.r_m, 4.0, PLACE.z_end_m}, PLACE.azimuth_rad};
    mrse_ride_force f;
    assert_int_equal(mrse_ride_force_of(&model, &ride, &what, &f), MRSE_OK);
    return torque ? f.torque.value.v : f.force.value.v;
}

static void table__error__is_small_and_said(void **state)
{
    (void)state;
    assert_true(table_error[0] > 0.0 && table_error[0] < 1e-3);
    assert_true(table_error[1] > 0.0 && table_error[1] < 2e-3);
}

static void sample__nothing_uncertain__is_the_ride(void **state)
{
    const double half[4] = {0.5, 0.5, 0.5, 0.5};
    const mrse_material *const of[] = {&iron, &alloy};
    const mrse_shape pin = {
        .type = MRSE_SHAPE_ELLIPSOID, .width_m = 1e-3, .depth_m = 2e-3, .length_m = 6e-3};
    const mrse_orientation lies = {true, {0.3, 0.5, 0.7}, {1, 0, 0}};
    mrse_substance s;
    (void)state;
    for (int i = 0; i < 2; i++) {
        mrse_object_spread o = object(pin, &of[i]);
        o.orientation = lies;
        assert_int_equal(mrse_material_take(of[i], half, &s), MRSE_OK);
        const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
        assert_rel(f->median, on_ride(pin, s, lies, false), 2e-3);
        assert_rel(f->low, f->high, 1e-12);
        f = &result.hazard[MRSE_HAZARD_TORQUE];
        assert_rel(f->median, on_ride(pin, s, lies, true), 2e-3);
        assert_rel(f->largest, f->median, 1e-12);
        for (int k = 0; k < MRSE_INPUT_COUNT; k++)
            assert_abs(f->share[k], 0.0, 0.0);
    }
}

static void sample__diameter_alone__decides(void **state)
{
    const mrse_material *const of = &alloy;
    mrse_object_spread o = ball(&of);
    (void)state;
    o.u_shape.diameter_m = 0.25e-3;
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_int_equal(f->dominant, MRSE_INPUT_DIAMETER);
    assert_true(f->share[MRSE_INPUT_DIAMETER] > 0.97);
    assert_true(f->share[MRSE_INPUT_RADIUS] < 0.02);
    /* normal diameter with u = 5 %: the force goes as its cube */
    assert_rel(f->low / f->median, pow(1 - 1.96 * 0.05, 3), 0.03);
    assert_rel(f->high / f->median, pow(1 + 1.96 * 0.05, 3), 0.03);
    assert_true(f->largest > f->high);
    assert_abs(result.hazard[MRSE_HAZARD_FORCE_RATIO].share[MRSE_INPUT_DIAMETER], 0.0, 0.02);
}

static void sample__two_inputs__share_by_their_variances(void **state)
{
    const mrse_material *const of = &alloy;
    mrse_object_spread o = ball(&of);
    const mrse_hazard_setting s = {.u_field = 0.05,
                                   .u_grad = 0.05,
                                   .couch_m_s = (double)NAN,
                                   .walking_m_s = (double)NAN,
                                   .rate_rad_s = (double)NAN,
                                   .dbdt_rms_T_s = (double)NAN,
                                   .frequency_Hz = (double)NAN};
    (void)state;
    o.u_shape.diameter_m = 0.1e-3; /* 2 %: 6 % of the force; the field: 10 % */
    const mrse_hazard_summary *f = sample(&o, &PLACE, &s, MRSE_HAZARD_FORCE);
    assert_int_equal(f->dominant, MRSE_INPUT_FIELD);
    assert_abs(f->share[MRSE_INPUT_FIELD], 100.0 / 136.0, 0.05);
    assert_abs(f->share[MRSE_INPUT_DIAMETER], 36.0 / 136.0, 0.05);
}

static void sample__unknown_material__decides(void **state)
{
    const mrse_material *const of[] = {&iron, &alloy};
    const double mostly_alloy[2] = {1.0, 9.0}, only_alloy[2] = {0.0, 1.0};
    mrse_object_spread o = ball(of);
    (void)state;
    o.n_candidates = 2;
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_int_equal(f->dominant, MRSE_INPUT_MATERIAL);
    assert_true(f->share[MRSE_INPUT_MATERIAL] > 0.999);
    assert_int_equal(result.origin, MRSE_ORIGIN_UNVERIFIED); /* iron's numbers */
    double largest = f->largest, low = f->low;
    assert_true(largest > 100 * low);
    o.weight = mostly_alloy;
    f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_rel(f->median, low, 1e-9);
    assert_rel(f->largest, largest, 1e-9);
    o.weight = only_alloy;
    f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_rel(f->largest, low, 1e-9);
}

/* Uniform over the sphere: the axis' angle to the field has cos uniform, so a magnet's torque has
 * median sin = sqrt(1 - 1/4). */
static void sample__orientation_unknown__is_uniform_over_the_sphere(void **state)
{
    const mrse_material magnet = {.id = "m",
                                  .name = "m",
                                  .magnetic = MRSE_MAGNETIC_HARD,
                                  .chi = NONE,
                                  .polarisation_T = {1.3, 1.3, MRSE_ORIGIN_MEASURED},
                                  .density_kg_m3 = {7500, 7500, MRSE_ORIGIN_MEASURED},
                                  .conductivity_S_m = NONE,
                                  .source = "s"};
    const mrse_material *const of = &magnet;
    const mrse_object_spread o = ball(&of);
    (void)state;
    const mrse_hazard_summary *t = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_TORQUE);
    assert_int_equal(t->dominant, MRSE_INPUT_TILT);
    assert_true(t->share[MRSE_INPUT_TILT] > 0.8);
    assert_rel(t->median / t->largest, sqrt(0.75), 0.02);
    assert_int_equal(result.origin, MRSE_ORIGIN_COMPUTED);
}

static void sample__place_uncertain__widens(void **state)
{
    const mrse_material *const of = &iron;
    const mrse_object_spread o = ball(&of);
    mrse_place_spread p = PLACE;
    (void)state;
    p.u_r_m = 0.01;
    p.u_z_end_m = 0.02;
    const mrse_hazard_summary *f = sample(&o, &p, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->low < f->median && f->median < f->high && f->high <= f->largest);
    assert_int_equal(f->dominant, MRSE_INPUT_RADIUS);
    assert_true(f->share[MRSE_INPUT_RADIUS] > 0.9); /* the ride passes the largest force */
}

/* What the ride states for an unknown orientation bounds every orientation there is. */
static void sample__any_orientation__is_within_the_ride_of_unknown_orientation(void **state)
{
    const double half[4] = {0.5, 0.5, 0.5, 0.5};
    const mrse_material *const of = &iron;
    const mrse_shape pin = {
        .type = MRSE_SHAPE_ELLIPSOID, .width_m = 1e-3, .depth_m = 4e-3, .length_m = 4e-3};
    const mrse_orientation unknown = {.known = false};
    const mrse_object_spread o = object(pin, &of);
    mrse_substance s;
    (void)state;
    assert_int_equal(mrse_material_take(of, half, &s), MRSE_OK);
    double force = on_ride(pin, s, unknown, false), torque = on_ride(pin, s, unknown, true);
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->largest <= force * 1.001 && f->largest > 0.9 * force);
    f = &result.hazard[MRSE_HAZARD_TORQUE];
    assert_true(f->largest <= torque * 1.001 && f->largest > 0.98 * torque);
}

/* Drawn wires that would not fit their coil are made to fit. */
static void sample__tight_spring__is_drawn(void **state)
{
    const mrse_material *const of = &iron;
    mrse_object_spread o = object((mrse_shape){.type = MRSE_SHAPE_SPRING,
                                               .diameter_m = 1e-3,
                                               .length_m = 1e-2,
                                               .wire_m = 2e-4,
                                               .turns = 49},
                                  &of);
    (void)state;
    o.u_shape.wire_m = 2e-5;
    o.u_shape.turns = 2.0;
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->median > 0.0 && f->low < f->high && f->n_refused == 0);
}

static void sample__same_seed__same_numbers(void **state)
{
    const mrse_material *const of = &iron;
    mrse_object_spread o = ball(&of);
    (void)state;
    o.u_shape.diameter_m = 1e-4;
    double first = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE)->median;
    assert_rel(sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE)->median, first, 0.0);
    assert_int_equal(mrse_hazard_sample(table, &o, &PLACE, &QUIET, N, 8, &result), MRSE_OK);
    assert_true(result.hazard[MRSE_HAZARD_FORCE].median != first);
    assert_int_equal(result.seed, 8);
}

static void sample__eddy_and_lenz__of_a_disc_or_missing(void **state)
{
    const mrse_material *const of = &alloy;
    const mrse_shape coin = {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 2e-2, .length_m = 1e-3};
    mrse_object_spread o = object(coin, &of);
    mrse_hazard_setting s = {.couch_m_s = 1.5,
                             .walking_m_s = 3.0,
                             .rate_rad_s = 1.0,
                             .dbdt_rms_T_s = 20,
                             .frequency_Hz = 500};
    mrse_hazard h;
    (void)state;
    const mrse_hazard_summary *p = sample(&o, &PLACE, &s, MRSE_HAZARD_EDDY_POWER);
    assert_int_equal(mrse_eddy_disc(&(mrse_disc){1e-2, 1e-3, 1e6}, 20, 500, &h), MRSE_OK);
    assert_rel(p->median, h.value.v, 1e-9);
    p = &result.hazard[MRSE_HAZARD_LENZ_TORQUE];
    assert_true(p->median > 0.0 && p->n_refused == 0);
    s.frequency_Hz = 1e6; /* out of validity: no numbers at all */
    p = sample(&o, &PLACE, &s, MRSE_HAZARD_EDDY_POWER);
    assert_int_equal(p->n_refused, N);
    assert_true(isnan(p->median) && isnan(p->largest) && strlen(p->reason) > 0);
    p = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_LENZ_COUCH);
    assert_true(isnan(p->median) && strstr(p->reason, "speed"));
    o = ball(&of);
    p = sample(&o, &PLACE, &s, MRSE_HAZARD_LENZ_COUCH);
    assert_true(p->median > 0.0);
    assert_rel(result.hazard[MRSE_HAZARD_LENZ_WALKING].median, 2.0 * p->median, 1e-12);
    o = object((mrse_shape){.type = MRSE_SHAPE_SPRING,
                            .diameter_m = 3e-3,
                            .length_m = 1e-2,
                            .wire_m = 2e-4,
                            .turns = 20},
               &of);
    p = sample(&o, &PLACE, &s, MRSE_HAZARD_LENZ_COUCH);
    assert_true(isnan(p->median) && strstr(p->reason, "coil"));
}

/* A band of nothing unknown is the ride itself, at every place; what has no law has none. */
static void band__nothing_uncertain__is_one_line(void **state)
{
    const mrse_material *const of = &alloy;
    const mrse_object_spread o = ball(&of);
    mrse_hazard_band band;
    (void)state;
    assert_int_equal(mrse_hazard_band_of(table, &o, &PLACE, &QUIET, 100, 1, &band), MRSE_OK);
    double most = 0.0;
    for (int k = 0; k < MRSE_BAND_PLACES; k++) {
        assert_rel(band.force[0][k], band.force[2][k], 1e-12);
        most = fmax(most, band.force[1][k]);
    }
    assert_rel(most, sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE_RATIO)->median, 2e-3);
    assert_rel(band.z_m[0], 4.0, 1e-12);
    assert_int_equal(mrse_hazard_band_of(table, &o, &PLACE, &QUIET, 99, 1, &band), MRSE_ERR_ARG);
    assert_int_equal(mrse_hazard_band_of(table, &o, &PLACE, &QUIET, 100, 1, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_hazard_band_of(NULL, &o, &PLACE, &QUIET, 100, 1, &band), MRSE_ERR_ARG);
}

static void band__coil_of_steel__is_missing(void **state)
{
    const mrse_material *const of = &iron;
    const mrse_object_spread o = object((mrse_shape){.type = MRSE_SHAPE_SPRING,
                                                     .diameter_m = 3e-3,
                                                     .length_m = 1e-2,
                                                     .wire_m = 2e-4,
                                                     .turns = 20},
                                        &of);
    mrse_hazard_band band;
    (void)state;
    assert_int_equal(mrse_hazard_band_of(table, &o, &PLACE, &QUIET, 100, 1, &band), MRSE_OK);
    assert_true(isnan(band.force[1][0]) && isnan(band.torque[1][50]));
}

/* Few samples out of validity: the interval holds whatever they are, the largest is not known. */
static void sample__few_without_a_number__widen_the_interval(void **state)
{
    const mrse_material *const of = &alloy;
    mrse_object_spread o = ball(&of);
    (void)state;
    o.mass_kg = alloy.density_kg_m3.low * MRSE_PI / 6.0 * 125e-9;
    o.u_mass_kg =
        0.2 * o.mass_kg; /* below half of it in 0.6 % of cases: then it is no solid body */
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE_RATIO);
    assert_true(f->n_refused > 0 && f->n_refused <= N / 100);
    assert_true(isfinite(f->median) && isfinite(f->high) && f->low > 0.0 && isnan(f->largest));
    assert_true(strlen(f->reason) > 0);
}

/* One candidate in four hundred of which nothing is known, or which is dangerous, does not drown. */
static void sample__rare_candidate__is_seen(void **state)
{
    mrse_material dark = alloy;
    const mrse_material *of[] = {&dark, &alloy};
    const double weight[2] = {1.0, 399.0};
    mrse_object_spread o = ball(of);
    (void)state;
    dark.chi = NONE;
    o.weight = weight;
    o.n_candidates = 2;
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->n_refused > 0 && isnan(f->median) && isnan(f->high) && isnan(f->low));
    of[0] = &iron;
    f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->high > 50.0 * f->median && f->high > 0.99 * f->largest);
}

/* Iron that is not saturated: the field changes more inside than outside, and power is not known. */
static void sample__unsaturated_iron__has_no_power(void **state)
{
    const mrse_material *const of = &iron;
    const mrse_object_spread o = ball(&of);
    const mrse_hazard_setting s = {.couch_m_s = 0.2,
                                   .walking_m_s = 1.5,
                                   .rate_rad_s = 1.0,
                                   .dbdt_rms_T_s = 1.0,
                                   .frequency_Hz = 10.0};
    const mrse_place_spread outside = {.r_m = 0.201, .z_end_m = 1.5};
    (void)state;
    const mrse_hazard_summary *p = sample(&o, &outside, &s, MRSE_HAZARD_EDDY_POWER);
    assert_true(isnan(p->median) && strstr(p->reason, "not saturated"));
    p = sample(&o, &PLACE, &s, MRSE_HAZARD_EDDY_POWER);
    assert_true(p->n_refused == N ? strstr(p->reason, "conductivity") != NULL : p->median > 0.0);
}

/* One sample in ten without a number is enough: there is no interval then. */
static void sample__some_without_a_number__has_no_interval(void **state)
{
    mrse_material dark = alloy;
    const mrse_material *const of[] = {&dark, &alloy};
    const double weight[2] = {1.0, 9.0};
    mrse_object_spread o = ball(of);
    (void)state;
    dark.chi = NONE;
    o.weight = weight;
    o.n_candidates = 2;
    const mrse_hazard_summary *f = sample(&o, &PLACE, &QUIET, MRSE_HAZARD_FORCE);
    assert_true(f->n_refused > N / 20 && f->n_refused < N / 5);
    assert_true(isnan(f->median) && isnan(f->low) && isnan(f->high) && isnan(f->largest));
    assert_true(strlen(f->reason) > 0);
}

static void sample__nonsense__is_refused(void **state)
{
    const mrse_material *const of = &alloy;
    mrse_object_spread o = ball(&of), bad = ball(&of);
    mrse_place_spread far = PLACE;
    mrse_hazard_setting wrong = QUIET;
    mrse_ride_table *t = NULL;
    (void)state;
    bad.u_shape.diameter_m = -1.0;
    assert_int_equal(mrse_hazard_sample(table, &bad, &PLACE, &QUIET, N, 1, &result), MRSE_ERR_ARG);
    bad = o;
    bad.n_candidates = 0;
    assert_int_equal(mrse_hazard_sample(table, &bad, &PLACE, &QUIET, N, 1, &result), MRSE_ERR_ARG);
    bad = o;
    bad.shape.diameter_m = (double)NAN;
    assert_int_equal(mrse_hazard_sample(table, &bad, &PLACE, &QUIET, N, 1, &result),
                     MRSE_ERR_RANGE);
    far.r_m = 0.5;
    assert_int_equal(mrse_hazard_sample(table, &o, &far, &QUIET, N, 1, &result), MRSE_ERR_ARG);
    far = PLACE;
    far.u_z_end_m = 1.0;
    assert_int_equal(mrse_hazard_sample(table, &o, &far, &QUIET, N, 1, &result), MRSE_ERR_ARG);
    wrong.u_field = (double)NAN;
    assert_int_equal(mrse_hazard_sample(table, &o, &PLACE, &wrong, N, 1, &result), MRSE_ERR_ARG);
    assert_int_equal(mrse_hazard_sample(table, &o, &PLACE, &QUIET, 99, 1, &result), MRSE_ERR_ARG);
    assert_int_equal(mrse_hazard_sample(NULL, &o, &PLACE, &QUIET, N, 1, &result), MRSE_ERR_ARG);
    assert_int_equal(mrse_hazard_sample(table, &o, &PLACE, &QUIET, N, 1, NULL), MRSE_ERR_ARG);
    assert_int_equal(result.n, 0);
    assert_int_equal(mrse_ride_table_build(&test_m30, 0.2, 0.1, 4, 0, &t, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_table_build(&test_m30, 0.1, 0.2, 0, 4, &t, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_table_build(NULL, 0.1, 0.2, 4, 0, &t, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_ride_table_build(&test_m30, 0.1, 0.2, 4, 0, NULL, NULL), MRSE_ERR_ARG);
    assert_null(t);
    mrse_ride_table_free(NULL);
    assert_string_equal(mrse_hazard_text(MRSE_HAZARD_COUNT), "");
    assert_string_equal(mrse_hazard_input_text(MRSE_INPUT_COUNT), "");
    assert_string_equal(mrse_hazard_input_text(MRSE_INPUT_MATERIAL), "material");
}

static mrse_status work(void *context)
{
    const mrse_material *const of = &alloy;
    const mrse_object_spread o = ball(&of);
    mrse_ride_table *t;
    (void)context;
    mrse_status status = mrse_ride_table_build(&test_m30, 0.2, 0.21, 4, 0, &t, NULL);
    if (!status)
        status = mrse_hazard_sample(t, &o, &PLACE, &QUIET, 100, 1, &result);
    if (status != MRSE_ERR_NOMEM || t)
        mrse_ride_table_free(t);
    return status;
}

static void sample__no_memory__is_reported(void **state)
{
    (void)state;
    assert_true(oom_exhaust(work, NULL) > 5);
}

static int setup(void **state)
{
    const mrse_range chi = {900e-6, 900e-6, MRSE_ORIGIN_MEASURED};
    const mrse_range rho = {8000, 8000, MRSE_ORIGIN_MEASURED};
    (void)state;
    alloy = (mrse_material){.id = "a",
                            .name = "a",
                            .chi = chi,
                            .polarisation_T = NONE,
                            .density_kg_m3 = rho,
                            .conductivity_S_m = {1e6, 1e6, MRSE_ORIGIN_MEASURED},
                            .source = "s"};
    iron = (mrse_material){.id = "i",
                           .name = "i",
                           .magnetic = MRSE_MAGNETIC_SOFT,
                           .chi = {1e3, 1e3, MRSE_ORIGIN_MEASURED},
                           .polarisation_T = {1.6, 1.6, MRSE_ORIGIN_UNVERIFIED},
                           .density_kg_m3 = rho,
                           .conductivity_S_m = NONE,
                           .source = "s"};
    return mrse_init() != MRSE_OK ||
           mrse_ride_table_build(&test_m30, 0.15, 0.25, 4.0, 0.0, &table, table_error) != MRSE_OK;
}

static int teardown(void **state)
{
    (void)state;
    mrse_ride_table_free(table);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__error__is_small_and_said),
        cmocka_unit_test(sample__nothing_uncertain__is_the_ride),
        cmocka_unit_test(sample__diameter_alone__decides),
        cmocka_unit_test(sample__two_inputs__share_by_their_variances),
        cmocka_unit_test(sample__unknown_material__decides),
        cmocka_unit_test(sample__orientation_unknown__is_uniform_over_the_sphere),
        cmocka_unit_test(sample__place_uncertain__widens),
        cmocka_unit_test(sample__any_orientation__is_within_the_ride_of_unknown_orientation),
        cmocka_unit_test(sample__tight_spring__is_drawn),
        cmocka_unit_test(sample__same_seed__same_numbers),
        cmocka_unit_test(sample__eddy_and_lenz__of_a_disc_or_missing),
        cmocka_unit_test(band__nothing_uncertain__is_one_line),
        cmocka_unit_test(band__coil_of_steel__is_missing),
        cmocka_unit_test(sample__few_without_a_number__widen_the_interval),
        cmocka_unit_test(sample__rare_candidate__is_seen),
        cmocka_unit_test(sample__unsaturated_iron__has_no_power),
        cmocka_unit_test(sample__some_without_a_number__has_no_interval),
        cmocka_unit_test(sample__nonsense__is_refused),
        cmocka_unit_test(sample__no_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* Field studies: what is always shown, what each number carries, what is missing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"

static mrse_source coil = {.type = MRSE_SOURCE_COIL,
                           .r1_m = 0.48,
                           .r2_m = 0.52,
                           .z1_m = -0.65,
                           .z2_m = 0.65,
                           .current_A = 1.965e6};

static mrse_scanner scanner_with(double u_field, double u_grad)
{
    mrse_scanner s = {.path = "scanner.yaml", .id = "t", .name = "Test", .coil = &coil};
    s.n_coils = 1;
    s.coils = mrse_value_computed(1, 0, MRSE_KIND_RATIO, "design");
    s.b0_nominal = mrse_value_computed(1.5, 0, MRSE_KIND_B0, "design");
    s.bore_diameter = mrse_value_computed(0.6, 0, MRSE_KIND_LENGTH, "design");
    s.cover_length = mrse_value_computed(1.6, 0, MRSE_KIND_LENGTH, "design");
    s.cover_diameter = mrse_value_computed(2.0, 0, MRSE_KIND_LENGTH, "design");
    s.u_field = mrse_value_computed(u_field, 0, MRSE_KIND_RATIO, "design");
    s.u_grad = mrse_value_computed(u_grad, 0, MRSE_KIND_RATIO, "design");
    return s;
}

static mrse_study *study_of(const mrse_scanner *s, const mrse_study_options *o)
{
    mrse_study *study = NULL;
    assert_int_equal(mrse_study_run(s, o, &study, NULL), MRSE_OK);
    return study;
}

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

static void study__default_levels__sorted_and_both_lines_named(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0, 0);
    mrse_study *study = study_of(&s, NULL);
    assert_int_equal(study->n_contours, 9);
    for (size_t i = 1; i < study->n_contours; i++)
        assert_true(study->contour[i].contour->level_T > study->contour[i - 1].contour->level_T);
    assert_non_null(strstr(study->contour[0].name, "MR ENVIRONMENT"));
    assert_non_null(strstr(study->contour[1].name, "IEC 60601-2-33:2022"));
    assert_string_equal(study->contour[2].name, "");
    mrse_study_free(study);
}

/* Whatever levels are asked for, the two lines that matter to people stay; none is doubled. */
static void study__own_levels__named_lines_added_once(void **state)
{
    (void)state;
    const double level_T[] = {5e-3, 0.5e-3, 5e-3};
    mrse_study_options o = {.level_T = level_T, .n_levels = 3};
    mrse_scanner s = scanner_with(0, 0);
    mrse_study *study = study_of(&s, &o);
    assert_int_equal(study->n_contours, 3);
    assert_rel(study->contour[0].contour->level_T, 0.5e-3, 1e-12);
    assert_rel(study->contour[1].contour->level_T, 0.9e-3, 1e-12);
    assert_rel(study->contour[2].contour->level_T, 5e-3, 1e-12);
    mrse_study_free(study);
}

static void study__default_radii__steps_of_five_centimetres_and_the_wall(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0, 0);
    mrse_study *study = study_of(&s, NULL);
    assert_int_equal(study->n_cylinders, 7); /* 0, 0.05 ... 0.25, and the wall at 0.30 */
    for (size_t i = 0; i < 7; i++)
        assert_abs(study->cylinder[i].at.radius_m, 0.05 * (double)i, 1e-12);
    mrse_study_free(study);
    s.bore_diameter.v = 0.66; /* wall at 0.33: not on a step */
    study = study_of(&s, NULL);
    assert_int_equal(study->n_cylinders, 8);
    assert_abs(study->cylinder[6].at.radius_m, 0.30, 1e-12);
    assert_abs(study->cylinder[7].at.radius_m, 0.33, 1e-12);
    mrse_study_free(study);
}

static void study__model_uncertainty__carried_by_every_number(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0.01, 0.02);
    mrse_study *study = study_of(&s, NULL);
    for (size_t i = 0; i < study->n_cylinders; i++) {
        const mrse_cylinder_row *c = &study->cylinder[i];
        assert_rel(c->u_b_T, 0.01 * c->at.b_T, 1e-6);
        assert_rel(c->u_grad_T_m, 0.02 * c->at.grad_T_m, 1e-6);
        assert_rel(c->u_product_T2_m, (0.01 + 0.02) * c->at.product_T2_m, 1e-6);
    }
    assert_rel(study->reach_grad.u, 0.02 * study->reach_grad.v, 1e-6);
    for (size_t i = 0; i < 3; i++) { /* the fringe falls as 1/r^3: 1 % of |B| is r/300 */
        const mrse_contour_row *row = &study->contour[i];
        assert_rel(row->u_z_axis_m, row->contour->extents.z_axis_m / 300.0, 0.10);
    }
    mrse_point_row point;
    assert_int_equal(mrse_study_point(study, 0.1, 0.7, &point), MRSE_OK);
    assert_rel(point.u_grad_T_m, 0.02 * point.at.grad_T_m, 1e-6);
    mrse_study_free(study);
}

/* The wall is where the gradient peaks: a bore known to 1 cm only makes the peak uncertain. */
static void study__uncertain_bore__widens_the_reach_only(void **state)
{
    (void)state;
    mrse_scanner exact = scanner_with(0, 0), vague = scanner_with(0, 0);
    vague.bore_diameter.u = 0.01;
    mrse_study *a = study_of(&exact, NULL), *b = study_of(&vague, NULL);
    assert_rel(a->reach_grad.v, b->reach_grad.v, 1e-9);
    assert_true(b->reach_grad.u > 1e-3 * b->reach_grad.v);
    assert_true(a->reach_grad.u < 1e-6 * a->reach_grad.v);
    assert_rel(a->cylinder[2].u_grad_T_m, b->cylinder[2].u_grad_T_m, 1e-9);
    mrse_study_free(a);
    mrse_study_free(b);
}

static void study__origin__no_better_than_what_it_rests_on(void **state)
{
    (void)state;
    const mrse_origin weak[] = {MRSE_ORIGIN_UNVERIFIED, MRSE_ORIGIN_ASSUMED};
    for (size_t i = 0; i < 2; i++) {
        for (int which = 0; which < 3; which++) {
            mrse_scanner s = scanner_with(0, 0);
            mrse_value *v[] = {&s.coils, &s.bore_diameter, &s.cover_length};
            v[which]->origin = weak[i];
            mrse_study *study = study_of(&s, NULL);
            assert_int_equal(study->reach_grad.origin, weak[i]);
            mrse_study_free(study);
        }
    }
}

static void study__covers_not_known__reach_missing_never_zero(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0, 0);
    s.cover_length = mrse_value_missing(MRSE_KIND_LENGTH);
    mrse_study *study = study_of(&s, NULL);
    assert_true(isnan(study->reach_grad.v));
    assert_int_equal(study->reach_grad.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(study->n_contours, 9);
    mrse_study_free(study);
}

static void study__maps__agree_with_the_field_at_their_nodes(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0, 0);
    mrse_study *study = study_of(&s, NULL);
    assert_int_equal(mrse_study_maps(NULL), MRSE_ERR_ARG);
    assert_null(study->room.b_T); /* only who draws pays for them */
    assert_int_equal(mrse_study_maps(study), MRSE_OK);
    assert_int_equal(mrse_study_maps(study), MRSE_OK); /* again: replaced, not leaked */
    const mrse_map *map[] = {&study->room, &study->bore};
    for (int m = 0; m < 2; m++) {
        for (size_t k = 0; k < 50; k++) {
            size_t i = (k * 37) % map[m]->nz, j = (k * 53) % map[m]->nr;
            mrse_sfg at;
            double r_m = (double)j * map[m]->dr_m;
            double z_m = map[m]->z0_m + (double)i * map[m]->dz_m;
            assert_int_equal(mrse_sfg_at(&study->model.magnet, r_m, z_m, &at), MRSE_OK);
            assert_rel(map[m]->b_T[j * map[m]->nz + i], at.b_T, 1e-9);
            assert_rel(map[m]->grad_T_m[j * map[m]->nz + i], at.grad_T_m, 1e-7);
        }
    }
    assert_true(-study->room.z0_m > study->contour[0].contour->extents.z_max_m);
    mrse_study_free(study);
}

/* A map's node can fall on a sheet, where B has two values: drawn as not known, and no failure. */
static void study__map_node_on_a_sheet__nan_there_only(void **state)
{
    (void)state;
    mrse_source sheet = {
        .type = MRSE_SOURCE_SHEET, .r1_m = 0.45, .z1_m = -0.6, .z2_m = 0.6, .current_A = 1.79e6};
    mrse_scanner s = scanner_with(0, 0);
    s.coil = &sheet;
    mrse_study *study = study_of(&s, NULL);
    assert_int_equal(mrse_study_maps(study), MRSE_OK);
    size_t n_nan = 0, n = study->bore.nz * study->bore.nr;
    for (size_t i = 0; i < n; i++)
        n_nan += isfinite(study->bore.grad_T_m[i]) ? 0 : 1;
    assert_true(n_nan > 0);
    assert_true(n_nan <= study->bore.nz);
    mrse_study_free(study);
}

static void ride__limit__where_exceeded_and_within_what_radius(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0.01, 0.02);
    mrse_study *study = study_of(&s, NULL);
    mrse_position p = {.x_m = 0.05, .z_m = 0.3, .u_x_m = 0.01};
    mrse_ride ride;
    assert_int_equal(mrse_study_ride(study, &p, 1.0, &ride), MRSE_OK);
    assert_int_equal(ride.n_exceeds >= 1, 1);
    mrse_sfg at;
    assert_int_equal(mrse_sfg_at(&study->model.magnet, 0.05, ride.exceeds[0].z_from_m, &at),
                     MRSE_OK);
    assert_rel(at.grad_T_m, 1.0, 1e-4);
    assert_true(isnan(ride.radius_met_m)); /* even the axis exceeds 1 T/m here */
    assert_rel(ride.profile.z_m[0], 4.0, 1e-12);
    assert_rel(ride.profile.z_m[ride.profile.n - 1], -0.3, 1e-12);
    mrse_ride_clear(&ride);
    assert_int_equal(mrse_study_ride(study, &p, (double)NAN, &ride), MRSE_OK);
    assert_int_equal(ride.n_exceeds, 0);
    mrse_ride_clear(&ride);
    mrse_study_free(study);
}

static void ride__through_the_covers__range_error(void **state)
{
    (void)state;
    mrse_scanner s = scanner_with(0, 0);
    mrse_study *study = study_of(&s, NULL);
    mrse_ride ride;
    mrse_position in_wall = {.x_m = 0.35};
    mrse_position in_front = {.x_m = 0.35, .z_m = 1.0, .entry = MRSE_ENTRY_FEET_FIRST};
    assert_int_equal(mrse_study_ride(study, &in_wall, (double)NAN, &ride), MRSE_ERR_RANGE);
    assert_null(ride.profile.z_m);
    assert_int_equal(mrse_study_ride(study, &in_front, (double)NAN, &ride), MRSE_OK);
    mrse_ride_clear(&ride);
    mrse_study_free(study);
}

static mrse_status run_once(void *scanner)
{
    static const double radius_m = 0.1;
    mrse_study_options o = {.level_T = NULL, .radius_m = &radius_m, .n_radii = 1};
    mrse_study *study = NULL;
    mrse_ride ride = {0};
    mrse_position p = {.x_m = 0.05, .u_x_m = 0.01};
    mrse_status status = mrse_study_run(scanner, &o, &study, NULL);
    if (status == MRSE_OK)
        status = mrse_study_maps(study);
    if (status == MRSE_OK)
        status = mrse_study_ride(study, &p, 2.0, &ride);
    mrse_ride_clear(&ride);
    mrse_study_free(study);
    return status;
}

static void study__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    mrse_source loop = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    mrse_scanner s = scanner_with(0.01, 0.02);
    s.coil = &loop; /* quick: each failure repeats all that comes before it */
    assert_true(oom_exhaust(run_once, &s) > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study__default_levels__sorted_and_both_lines_named),
        cmocka_unit_test(study__own_levels__named_lines_added_once),
        cmocka_unit_test(study__default_radii__steps_of_five_centimetres_and_the_wall),
        cmocka_unit_test(study__model_uncertainty__carried_by_every_number),
        cmocka_unit_test(study__uncertain_bore__widens_the_reach_only),
        cmocka_unit_test(study__origin__no_better_than_what_it_rests_on),
        cmocka_unit_test(study__covers_not_known__reach_missing_never_zero),
        cmocka_unit_test(study__maps__agree_with_the_field_at_their_nodes),
        cmocka_unit_test(study__map_node_on_a_sheet__nan_there_only),
        cmocka_unit_test(ride__limit__where_exceeded_and_within_what_radius),
        cmocka_unit_test(ride__through_the_covers__range_error),
        cmocka_unit_test(study__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

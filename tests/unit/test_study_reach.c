/* The largest values within reach, number by number: where the manufacturer's number stands, where the
 * model's, and what the housing's own uncertainty adds. Each expectation is worked out here from
 * searches of the same magnet. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"

static const double RADIUS_M = 0.3, HALF_LENGTH_M = 0.8; /* bore and covers of with_coils() */
static const double AXIS_M = 1e-3; /* in front of the covers alone: a bore of nothing */

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

/* One contour and one cylinder: as little as a study can hold. */
static mrse_study *study_of(fixture *f)
{
    static const double radius_m = 0.1, level_T = 5e-3;
    const mrse_study_options o = {
        .level_T = &level_T, .n_levels = 1, .radius_m = &radius_m, .n_radii = 1};
    f->study = NULL;
    assert_int_equal(mrse_study_run(&f->s, &o, &f->study, NULL), MRSE_OK);
    return f->study;
}

static mrse_reach_maxima maxima(double radius_m, double half_length_m)
{
    const mrse_magnet magnet = {&coil, 1};
    const mrse_reach reach = {radius_m, half_length_m};
    mrse_reach_maxima at;
    assert_int_equal(mrse_reach_search(&magnet, &reach, &at), MRSE_OK);
    return at;
}

/* ---- the model's own maxima ---- */

/* u of the model, and half of the change over 2 u of the bore's radius and of the covers' half. */
static double combined(double u_model, double at, double wider, double shorter)
{
    return sqrt(u_model * u_model + pow((wider - at) / 2.0, 2) + pow((shorter - at) / 2.0, 2));
}

static void housing__u_of_bore_and_covers__half_the_change_over_two_u(void **state)
{
    const double u_diameter_m = 0.010, u_length_m = 0.016;
    const mrse_reach_maxima at = maxima(RADIUS_M, HALF_LENGTH_M);
    const mrse_reach_maxima wider = maxima(RADIUS_M + u_diameter_m, HALF_LENGTH_M);
    const mrse_reach_maxima shorter = maxima(RADIUS_M, HALF_LENGTH_M - u_length_m);
    fixture *f = with_coils();
    (void)state;
    f->s.bore_diameter.u = u_diameter_m;
    f->s.cover_length.u = u_length_m;
    const mrse_study *study = study_of(f);
    assert_rel(study->reach_b.v, at.b.value, 1e-12);
    assert_rel(study->reach_b.u,
               combined(0.01 * at.b.value, at.b.value, wider.b.value, shorter.b.value), 1e-6);
    assert_rel(study->reach_grad.u,
               combined(0.02 * at.grad.value, at.grad.value, wider.grad.value, shorter.grad.value),
               1e-6);
    assert_rel(study->reach_product.u,
               combined(0.03 * at.product.value, at.product.value, wider.product.value,
                        shorter.product.value),
               1e-6);
    mrse_study_free(f->study);
}

/* ---- the data sheet's, at the bore wall ---- */

/* A row up to 1 mm narrower than the bore was meant for its wall; one narrower still was not. */
static void wall__how_much_narrower_than_the_bore__a_millimetre(void **state)
{
    static const struct {
        double radius_m;
        bool holds;
    } row[] = {{0.3005, true}, {0.2995, true}, {0.6 / 2.0 - 1e-3, true}, {0.2985, false}};
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        fixture *f = with_coils();
        add_cylinder(f, row[i].radius_m)->gradient = gradient(50.0);
        const mrse_study *study = study_of(f);
        assert_int_equal(mrse_reach_wall_stated(study, MRSE_KIND_SFG) != NULL, row[i].holds);
        assert_int_equal(mrse_reach_is_stated(&study->reach_grad), row[i].holds);
        mrse_study_free(f->study);
    }
}

/* What stands for the gradient when the sheet prints `stated` for the bore wall. */
static mrse_value stands(mrse_value stated)
{
    fixture *f = with_coils();
    add_cylinder(f, RADIUS_M)->gradient = stated;
    mrse_value value = study_of(f)->reach_grad;
    mrse_study_free(f->study);
    return value;
}

/* In front of the covers the model speaks, with u of 2 %: whichever is larger with its 2 u stands. A
 * declared number is taken as it is printed, whatever its rounding. */
static void front__beside_a_declared_number__the_larger_with_two_u_of_the_model(void **state)
{
    const double front = maxima(AXIS_M, HALF_LENGTH_M).grad.value;
    static const struct {
        double share; /* of the model's u, above its value */
        bool stated;
    } row[] = {{1.9, false}, {2.1, true}, {-1.9, false}, {0.0, false}};
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_value printed = gradient(front * (1.0 + 0.02 * row[i].share));
        printed.u = 0.02 * front;
        mrse_value got = stands(printed);
        assert_int_equal(mrse_reach_is_stated(&got), row[i].stated);
        assert_rel(got.v, row[i].stated ? printed.v : front, 1e-9);
    }
}

static void front__beside_a_measured_number__each_with_its_two_u(void **state)
{
    const double front = maxima(AXIS_M, HALF_LENGTH_M).grad.value;
    mrse_value measured = gradient(front);
    (void)state;
    measured.basis = MRSE_BASIS_COMPUTED;
    measured.u = 0.021 * front;
    mrse_value got = stands(measured);
    assert_true(mrse_reach_is_stated(&got));
    measured.u = 0.019 * front;
    got = stands(measured);
    assert_false(mrse_reach_is_stated(&got));
    assert_rel(got.v, front, 1e-9);
    assert_rel(got.u, 0.02 * front, 1e-6);
}

/* Where the model has no more, the manufacturer's number stands (study.h). */
static void front__as_much_as_stated__the_manufacturers_number(void **state)
{
    mrse_value front = stands(gradient(0.1)); /* little enough for the model to speak */
    (void)state;
    assert_false(mrse_reach_is_stated(&front));
    const double upper = front.v + 2.0 * front.u;
    mrse_value got = stands(gradient(upper));
    assert_true(mrse_reach_is_stated(&got));
    got = stands(gradient(nextafter(upper, 0.0)));
    assert_false(mrse_reach_is_stated(&got));
}

/* ---- the manufacturer's number for everywhere ---- */

/* Doubt where the model has more than is stated, by more than its 2 u; nothing less is a doubt. */
static void everywhere__model_has_more__doubt_beyond_two_u(void **state)
{
    fixture *f = with_coils();
    const mrse_study *study = study_of(f);
    const mrse_value b = study->reach_b, grad = study->reach_grad, product = study->reach_product;
    const double edge[] = {b.v - 2.0 * b.u, grad.v - 2.0 * grad.u, product.v - 2.0 * product.u};
    (void)state;
    mrse_study_free(f->study);
    for (int less = 0; less < 2; less++) {
        mrse_stated_accessible *a = &f->s.sheet.accessible;
        a->field = stated(less ? nextafter(edge[0], 0.0) : edge[0], 0, MRSE_KIND_FIELD, 40);
        a->gradient = stated(less ? nextafter(edge[1], 0.0) : edge[1], 0, MRSE_KIND_SFG, 40);
        a->product = stated(less ? nextafter(edge[2], 0.0) : edge[2], 0, MRSE_KIND_PRODUCT, 40);
        a->gradient_is = MRSE_GRADIENT_SFG;
        a->product_is = MRSE_PRODUCT_OF_POINT;
        study = study_of(f);
        assert_int_equal(study->doubt_b, less);
        assert_int_equal(study->doubt_grad, less);
        assert_int_equal(study->doubt_product, less);
        assert_rel(study->reach_b.v, a->field.v, 0.0);
        mrse_study_free(f->study);
    }
}

/* ---- what a sheet states ---- */

/* A product stands for |B||grad |B|| at a point only when it is of a point and its gradient is that of
 * |B|: as said of the table, or, where the table has no gradients, by the word itself. */
static void sheet__product__of_a_point_and_of_the_gradient_of_b(void **state)
{
    static const struct {
        mrse_stated_product product;
        mrse_stated_gradient gradient;
        bool gradients; /* the table has some */
        bool stands;
    } row[] = {
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_SFG, true, true},
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_SFG, false, true},
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_ASK, false, true},
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_ASK, true, false},
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_DBZ_DZ, false, false},
        {MRSE_PRODUCT_OF_POINT, MRSE_GRADIENT_DBZ_DZ, true, false},
        {MRSE_PRODUCT_OF_MAXIMA, MRSE_GRADIENT_SFG, true, false},
        {MRSE_PRODUCT_OF_MAXIMA, MRSE_GRADIENT_ASK, false, false},
        {MRSE_PRODUCT_ASK, MRSE_GRADIENT_SFG, false, false},
        {MRSE_PRODUCT_ASK, MRSE_GRADIENT_ASK, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        fixture *f = with_coils();
        mrse_stated_cylinder *c = add_cylinder(f, RADIUS_M);
        c->product = stated(20.0, 0, MRSE_KIND_PRODUCT, 31);
        if (row[i].gradients)
            c->gradient = gradient(10.0);
        f->s.sheet.product = row[i].product;
        f->s.sheet.gradient = row[i].gradient;
        const mrse_value *got = mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_PRODUCT);
        if ((got == &c->product) != row[i].stands)
            fail_msg("row %zu", i);
    }
}

/* Of each kind its own number, however small; a kind that no table states has none. */
static void sheet__small_number__stands_and_other_kinds_have_none(void **state)
{
    fixture *f = with_coils();
    mrse_stated_cylinder *c = add_cylinder(f, RADIUS_M);
    (void)state;
    c->field = stated(0.2, 0, MRSE_KIND_FIELD, 31);
    c->gradient = gradient(0.3);
    c->product = stated(0.4, 0, MRSE_KIND_PRODUCT, 31);
    assert_ptr_equal(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_FIELD), &c->field);
    assert_ptr_equal(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_SFG), &c->gradient);
    assert_ptr_equal(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_PRODUCT), &c->product);
    assert_null(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_LENGTH));
    c->gradient.v = 0.0;
    assert_null(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_SFG));
    c->bound = MRSE_BOUND_AT_LEAST;
    assert_null(mrse_sheet_maximum(&f->s.sheet, c, MRSE_KIND_FIELD));
}

static void sheet__two_rows_for_one_cylinder__the_larger_number_of_each_kind(void **state)
{
    (void)state;
    for (int first_is_larger = 0; first_is_larger < 2; first_is_larger++) {
        fixture *f = with_coils();
        mrse_cylinder_row row = {.at.radius_m = 0.2};
        add_cylinder(f, 0.2)->gradient = gradient(first_is_larger ? 3.0 : 2.0);
        add_cylinder(f, 0.2)->gradient = gradient(first_is_larger ? 2.0 : 3.0);
        f->cylinder[1].field = stated(1.6, 0, MRSE_KIND_FIELD, 31);
        add_cylinder(f, 0.201)->gradient = gradient(4.0); /* another cylinder */
        mrse_sheet_state_cylinder(&f->s.sheet, &row);
        assert_rel(row.stated_grad.v, 3.0, 0.0);
        assert_rel(row.stated_b.v, 1.6, 0.0);
        assert_true(isnan(row.stated_product.v));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(housing__u_of_bore_and_covers__half_the_change_over_two_u),
        cmocka_unit_test(wall__how_much_narrower_than_the_bore__a_millimetre),
        cmocka_unit_test(front__beside_a_declared_number__the_larger_with_two_u_of_the_model),
        cmocka_unit_test(front__beside_a_measured_number__each_with_its_two_u),
        cmocka_unit_test(front__as_much_as_stated__the_manufacturers_number),
        cmocka_unit_test(everywhere__model_has_more__doubt_beyond_two_u),
        cmocka_unit_test(sheet__small_number__stands_and_other_kinds_have_none),
        cmocka_unit_test(sheet__two_rows_for_one_cylinder__the_larger_number_of_each_kind),
        cmocka_unit_test(sheet__product__of_a_point_and_of_the_gradient_of_b),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

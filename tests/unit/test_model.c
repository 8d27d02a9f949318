/* Field models: uncertainties by hand, from magnets that differ in one known way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/model.h"
#include "support/close.h"
#include "support/oom.h"

/* A winding, and the same with other ampere-turns: everything scales, so every change is known. */
#define WINDING(share)                                                                             \
    {                                                                                              \
        .type = MRSE_SOURCE_COIL, .r1_m = 0.48, .r2_m = 0.52, .z1_m = -0.65, .z2_m = 0.65,         \
        .current_A = 1.965e6 * (share)                                                             \
    }
static const mrse_source BASE = WINDING(1.0), UP = WINDING(1.01), DOWN = WINDING(0.97),
                         MORE = WINDING(1.02);
/* Its winding reaches into the bore of 30 cm radius. */
static const mrse_source INTO_BORE = {.type = MRSE_SOURCE_COIL,
                                      .r1_m = 0.29,
                                      .r2_m = 0.52,
                                      .z1_m = -0.65,
                                      .z2_m = 0.65,
                                      .current_A = 1.965e6};
/* Through the point r = 0.1 m, z = 0.2 m. */
static const mrse_source WIRE = {
    .type = MRSE_SOURCE_LOOP, .r1_m = 0.1, .z1_m = 0.2, .current_A = 1e3};

#define OF(source)                                                                                 \
    {                                                                                              \
        &(source), 1                                                                               \
    }

/* Direction 1: +1 % and -3 %, of which the larger counts; direction 2: +2 % with a quarter. */
static const mrse_variant VARIANTS[] = {{OF(UP), 1, 1.0}, {OF(DOWN), 1, 1.0}, {OF(MORE), 2, 0.25}};
static const double SPREAD = 0.0316227766016837933; /* sqrt(0.03^2 + 0.25 * 0.02^2) */

/* The product changes as the square: -5.91 % and +4.04 %. */
static double product_spread(void)
{
    return sqrt(0.0591 * 0.0591 + 0.25 * 0.0404 * 0.0404);
}

static mrse_model model_with(double u_field, double u_grad)
{
    mrse_model m = {OF(BASE), u_field, u_grad, VARIANTS, 3};
    return m;
}

static void at__no_variants__relative_parts_only(void **state)
{
    (void)state;
    mrse_model m = {OF(BASE), 0.01, 0.02, NULL, 0};
    mrse_sfg at, u, field;
    assert_int_equal(mrse_model_at(&m, 0.1, 0.5, &at, &u), MRSE_OK);
    assert_int_equal(mrse_sfg_at(&m.magnet, 0.1, 0.5, &field), MRSE_OK);
    assert_rel(at.grad_T_m, field.grad_T_m, 0);
    assert_rel(u.b_T, 0.01 * at.b_T, 0); /* to the last bit */
    assert_rel(u.grad_T_m, 0.02 * at.grad_T_m, 0);
    assert_rel(u.product_T2_m, (0.01 + 0.02) * at.product_T2_m, 0);
    assert_rel(u.grad_r_T_m, 0.02 * at.grad_T_m, 0);
}

static void at__directions__larger_side_weighted_and_summed(void **state)
{
    (void)state;
    mrse_model m = model_with(0.01, 0.02);
    mrse_sfg at, u;
    assert_int_equal(mrse_model_at(&m, 0.1, 0.5, &at, &u), MRSE_OK);
    assert_rel(u.b_T, hypot(0.01, SPREAD) * at.b_T, 1e-9);
    assert_rel(u.grad_T_m, hypot(0.02, SPREAD) * at.grad_T_m, 1e-9);
    assert_rel(u.product_T2_m, hypot(0.03, product_spread()) * at.product_T2_m, 1e-9);
    assert_rel(u.grad_z_T_m, hypot(0.02 * at.grad_T_m, SPREAD * at.grad_z_T_m), 1e-9);
}

/* What stands apart is summed, side by side with nothing. */
static void at__each_a_direction__all_summed(void **state)
{
    (void)state;
    const mrse_variant apart[] = {{OF(UP), 1, 1.0}, {OF(MORE), 2, 1.0}, {OF(DOWN), 3, 1.0}};
    mrse_model m = {OF(BASE), 0, 0, apart, 3};
    mrse_sfg at, u;
    assert_int_equal(mrse_model_at(&m, 0.0, 0.0, &at, &u), MRSE_OK);
    assert_rel(u.b_T, sqrt(0.0001 + 0.0004 + 0.0009) * at.b_T, 1e-9);
}

static void at__variant_without_a_value__nan_and_no_failure(void **state)
{
    (void)state;
    /* the wire comes first, so that what follows could hide it */
    const mrse_variant wire[] = {{OF(WIRE), 1, 1.0}, {OF(UP), 1, 1.0}, {OF(MORE), 2, 1.0}};
    mrse_model m = {OF(BASE), 0.01, 0.01, wire, 3};
    mrse_sfg at, u;
    assert_int_equal(mrse_model_at(&m, 0.1, 0.2, &at, &u), MRSE_OK);
    assert_true(at.b_T > 1.0);
    assert_true(isnan(u.b_T) && isnan(u.grad_T_m) && isnan(u.product_T2_m));
    assert_int_equal(mrse_model_at(&m, 0.1, 0.3, &at, &u), MRSE_OK);
    assert_true(isfinite(u.b_T));
}

static void at__bad_argument__refused_and_zero(void **state)
{
    (void)state;
    const double bad[] = {-1e-9, NAN, INFINITY};
    mrse_model m = model_with(0, 0);
    mrse_sfg at, u;
    assert_int_equal(mrse_model_at(NULL, 0, 0, &at, &u), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_at(&m, 0, 0, NULL, &u), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_at(&m, 0, 0, &at, NULL), MRSE_ERR_ARG);
    for (size_t i = 0; i < 3; i++) {
        mrse_variant odd = {OF(UP), 1, bad[i]};
        mrse_model weight = {OF(BASE), 0, 0, &odd, 1};
        mrse_model field = model_with(bad[i], 0), grad = model_with(0, bad[i]);
        assert_int_equal(mrse_model_at(&weight, 0, 0, &at, &u), MRSE_ERR_ARG);
        assert_int_equal(mrse_model_at(&field, 0, 0, &at, &u), MRSE_ERR_ARG);
        assert_int_equal(mrse_model_at(&grad, 0, 0, &at, &u), MRSE_ERR_ARG);
    }
    m.variant = NULL;
    assert_int_equal(mrse_model_at(&m, 0, 0, &at, &u), MRSE_ERR_ARG);
    m = model_with(0, 0);
    assert_int_equal(mrse_model_at(&m, NAN, 0, &at, &u), MRSE_ERR_RANGE);
    assert_true(at.b_T == 0.0 && u.b_T == 0.0);
}

static void batch__points__as_one_by_one(void **state)
{
    (void)state;
    enum { N = 300 };
    static double r_m[N], z_m[N], b_T[N], u_b_T[N], grad[N], u_grad[N];
    mrse_model m = model_with(0.01, 0.02);
    for (int i = 0; i < N; i++) {
        r_m[i] = 0.001 * i;
        z_m[i] = 1.0 - 0.005 * i;
    }
    assert_int_equal(mrse_model_batch(&m, N, r_m, z_m, b_T, u_b_T, grad, u_grad), MRSE_OK);
    for (int i = 0; i < N; i += 7) {
        mrse_sfg at, u;
        assert_int_equal(mrse_model_at(&m, r_m[i], z_m[i], &at, &u), MRSE_OK);
        assert_rel(b_T[i], at.b_T, 1e-10);
        assert_rel(u_b_T[i], u.b_T, 1e-9);
        assert_rel(grad[i], at.grad_T_m, 1e-9);
        assert_rel(u_grad[i], u.grad_T_m, 1e-8);
    }
    /* an array that nobody asks for */
    double alone[N];
    assert_int_equal(mrse_model_batch(&m, N, r_m, z_m, NULL, NULL, NULL, alone), MRSE_OK);
    assert_memory_equal(alone, u_grad, sizeof alone);
    assert_int_equal(mrse_model_batch(&m, 0, NULL, NULL, NULL, NULL, NULL, NULL), MRSE_OK);
}

static void batch__no_value_somewhere__nan_there_only(void **state)
{
    (void)state;
    const double r_m[] = {0.1, 0.1, -1.0}, z_m[] = {0.2, 0.3, 0.0};
    const mrse_variant wire = {OF(WIRE), 1, 1.0};
    double b_T[3], u_b_T[3], grad[3], u_grad[3];
    mrse_model m = {OF(BASE), 0.01, 0.01, &wire, 1};
    assert_int_equal(mrse_model_batch(&m, 3, r_m, z_m, b_T, u_b_T, grad, u_grad), MRSE_ERR_RANGE);
    assert_true(isfinite(b_T[0]) && isnan(u_b_T[0]) && isnan(u_grad[0])); /* in the variant */
    assert_true(isfinite(b_T[1]) && isfinite(u_b_T[1]) && isfinite(u_grad[1]));
    assert_true(isnan(b_T[2]) && isnan(u_b_T[2]) && isnan(grad[2])); /* in the model itself */
    /* a variant that is no magnet leaves no uncertainty known anywhere */
    const mrse_source flat = {.type = MRSE_SOURCE_COIL, .r1_m = 1, .r2_m = 1, .z2_m = 1};
    const mrse_variant none = {OF(flat), 1, 1.0};
    m.variant = &none;
    assert_int_equal(mrse_model_batch(&m, 2, r_m, z_m, b_T, u_b_T, grad, u_grad), MRSE_OK);
    assert_true(isfinite(b_T[1]) && isnan(u_b_T[0]) && isnan(u_b_T[1]));
    m.u_field = -1;
    assert_int_equal(mrse_model_batch(&m, 2, r_m, z_m, b_T, u_b_T, grad, u_grad), MRSE_ERR_ARG);
    m.u_field = 0;
    assert_int_equal(mrse_model_batch(&m, 2, NULL, z_m, b_T, u_b_T, grad, u_grad), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_batch(NULL, 2, r_m, z_m, b_T, NULL, NULL, NULL), MRSE_ERR_ARG);
}

static void maxima__scaled_variants__known_share(void **state)
{
    (void)state;
    mrse_model m = model_with(0.01, 0.02);
    const mrse_reach reach = {0.3, 0.8};
    const mrse_path path = {0.1, 4.0, -0.3};
    mrse_cylinder c, u_c;
    mrse_reach_maxima r, u_r;
    mrse_path_maxima p, u_p;
    assert_int_equal(mrse_model_cylinder(&m, 0.2, &c, &u_c), MRSE_OK);
    assert_int_equal(mrse_model_reach(&m, &reach, &r, &u_r), MRSE_OK);
    assert_int_equal(mrse_model_path(&m, &path, &p, &u_p), MRSE_OK);
    double b = hypot(0.01, SPREAD), g = hypot(0.02, SPREAD), bg = hypot(0.03, product_spread());
    assert_rel(u_c.b_T, b * c.b_T, 1e-7);
    assert_rel(u_c.grad_T_m, g * c.grad_T_m, 1e-7);
    assert_rel(u_c.product_T2_m, bg * c.product_T2_m, 1e-7);
    assert_rel(u_r.b.value, b * r.b.value, 1e-6);
    assert_rel(u_r.grad.value, g * r.grad.value, 1e-6);
    assert_rel(u_r.product.value, bg * r.product.value, 1e-6);
    assert_rel(u_p.b.value, b * p.b.value, 1e-7);
    assert_rel(u_p.grad.value, g * p.grad.value, 1e-7);
    assert_rel(u_p.product.value, bg * p.product.value, 1e-7);
    assert_rel(u_p.at_end.b_T, b * p.at_end.b_T, 1e-7);
}

/* The loop moves and its peak with it: at the old place the change would be large.
 */
static void maxima__that_wander__maximum_against_maximum(void **state)
{
    (void)state;
    const mrse_source loops[] = {{.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1e6}},
                      moved[] = {
                          {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .z1_m = 0.4, .current_A = 1e6}};
    const mrse_variant variant = {{moved, 1}, 1, 1.0};
    mrse_model m = {{loops, 1}, 0, 0, &variant, 1};
    mrse_cylinder c, u;
    assert_int_equal(mrse_model_cylinder(&m, 0.1, &c, &u), MRSE_OK);
    assert_abs(u.grad_T_m, 0.0, 1e-8 * c.grad_T_m); /* only its place is another */
}

static void maxima__conductor_in_the_way_of_a_variant__nan(void **state)
{
    (void)state;
    const mrse_variant into = {OF(INTO_BORE), 1, 1.0};
    mrse_model m = {OF(BASE), 0.01, 0.01, &into, 1};
    const mrse_reach reach = {0.3, 0.8};
    mrse_reach_maxima r, u;
    assert_int_equal(mrse_model_reach(&m, &reach, &r, &u), MRSE_OK);
    assert_true(r.grad.value > 0.0);
    assert_true(isnan(u.grad.value) && isnan(u.b.value) && isnan(u.product.value));
    /* in the magnet itself it is a failure */
    mrse_model itself = {OF(INTO_BORE), 0.01, 0.01, NULL, 0};
    assert_int_equal(mrse_model_reach(&itself, &reach, &r, &u), MRSE_ERR_RANGE);
    assert_true(r.grad.value == 0.0 && u.grad.value == 0.0);
    const mrse_variant wire = {OF(WIRE), 1, 1.0};
    mrse_model wired = {OF(BASE), 0.01, 0.01, &wire, 1};
    mrse_cylinder c, u_c;
    assert_int_equal(mrse_model_cylinder(&wired, 0.1, &c, &u_c), MRSE_OK);
    assert_true(isnan(u_c.b_T) && c.b_T > 0.0);
    const mrse_path path = {0.1, 4.0, 0.0};
    mrse_path_maxima p, u_p;
    assert_int_equal(mrse_model_path(&wired, &path, &p, &u_p), MRSE_OK);
    assert_true(isnan(u_p.grad.value) && p.grad.value > 0.0);
}

static void maxima__bad_argument__refused(void **state)
{
    (void)state;
    mrse_model m = model_with(0, 0), negative = model_with(-1, 0);
    const mrse_reach reach = {0.3, 0.8};
    const mrse_path path = {0.1, 4.0, 0.0};
    mrse_cylinder c, u_c;
    mrse_reach_maxima r, u_r;
    mrse_path_maxima p, u_p;
    assert_int_equal(mrse_model_cylinder(&negative, 0.1, &c, &u_c), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_cylinder(&m, 0.1, NULL, &u_c), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_cylinder(&m, 0.1, &c, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_cylinder(&m, -0.1, &c, &u_c), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_reach(&negative, &reach, &r, &u_r), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_reach(&m, NULL, &r, &u_r), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_reach(&m, &reach, NULL, &u_r), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_reach(&m, &reach, &r, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_path(&negative, &path, &p, &u_p), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_path(&m, NULL, &p, &u_p), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_path(&m, &path, NULL, &u_p), MRSE_ERR_ARG);
    assert_int_equal(mrse_model_path(&m, &path, &p, NULL), MRSE_ERR_ARG);
}

static mrse_status work(void *context)
{
    const mrse_source loop = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1e6};
    const mrse_variant variant = {{&loop, 1}, 1, 1.0};
    const mrse_model m = {{&loop, 1}, 0.01, 0.01, &variant, 1};
    const double r_m = 0.1, z_m = 0.2;
    mrse_cylinder c, u_c;
    double u_b_T;
    (void)context;
    mrse_status status = mrse_model_cylinder(&m, 0.1, &c, &u_c);
    if (status == MRSE_OK)
        status = mrse_model_batch(&m, 1, &r_m, &z_m, NULL, &u_b_T, NULL, NULL);
    return status;
}

/* Memory that runs out in a variant must not look like an uncertainty. */
static void model__each_allocation_fails__no_memory(void **state)
{
    (void)state;
    assert_true(oom_exhaust(work, NULL) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at__no_variants__relative_parts_only),
        cmocka_unit_test(at__directions__larger_side_weighted_and_summed),
        cmocka_unit_test(at__each_a_direction__all_summed),
        cmocka_unit_test(at__variant_without_a_value__nan_and_no_failure),
        cmocka_unit_test(at__bad_argument__refused_and_zero),
        cmocka_unit_test(batch__points__as_one_by_one),
        cmocka_unit_test(batch__no_value_somewhere__nan_there_only),
        cmocka_unit_test(maxima__scaled_variants__known_share),
        cmocka_unit_test(maxima__that_wander__maximum_against_maximum),
        cmocka_unit_test(maxima__conductor_in_the_way_of_a_variant__nan),
        cmocka_unit_test(maxima__bad_argument__refused),
        cmocka_unit_test(model__each_allocation_fails__no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

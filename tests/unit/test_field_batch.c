/* Many points at once: the same numbers as one at a time, for any vector width and number of
 * threads; points without a value. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "field/field_internal.h"
#include "field_support.h"
#include "mrse/field.h"
#include "support/magnets.h"

enum { MANY = 5003, ARRAYS = 11 };

static double r[MANY], z[MANY];

/* All eleven arrays of one call. */
typedef struct table {
    double value[ARRAYS][MANY];
} table;

static mrse_field_arrays arrays_of(table *t)
{
    return (mrse_field_arrays){t->value[0], t->value[1], t->value[2], t->value[3],
                               t->value[4], t->value[5], t->value[6], t->value[7],
                               t->value[8], t->value[9], t->value[10]};
}

/* A loop, two sheets, coils: every kind of node, far and near, on one bench. */
static const mrse_source mixed[] = {
    {MRSE_SOURCE_LOOP, 0.5, 0.0, 0.2, 0.0, 2e5},
    {MRSE_SOURCE_SHEET, 0.45, 0.0, -0.6, 0.6, -4e5},
    {MRSE_SOURCE_SHEET, 0.1, 0.0, 0.0, 0.05, 4e5},
    {MRSE_SOURCE_COIL, 0.5, 0.55, 0.3, 0.6, 8e5},
    {MRSE_SOURCE_COIL, 0.9, 0.95, -0.6, -0.3, -4e5},
    {MRSE_SOURCE_COIL, 0.2, 0.6, -0.75, -0.7, 1e5},
};
static const mrse_magnet mixture = {mixed, TEST_COUNT(mixed)};

static int scatter_points(void **state)
{
    (void)state;
    dice d = {99};
    for (size_t i = 0; i < MANY; i++) {
        const double reach = i % 3 == 0 ? 0.8 : i % 3 == 1 ? 3.0 : 20.0;
        r[i] = i % 50 == 0 ? 0.0 : dice_between(&d, 0.0, reach);
        z[i] = dice_between(&d, -reach, reach);
        if (i % 7 == 0) { /* beside or inside a winding */
            const mrse_source *s = &mixed[i % TEST_COUNT(mixed)];
            const double gap = pow(10.0, dice_between(&d, -6.0, -1.0));
            r[i] = s->r1_m + gap;
            z[i] = s->z1_m + dice_between(&d, 1e-5, 0.04);
        }
    }
    return 0;
}

static void batch(const mrse_magnet *magnet, unsigned threads, mrse_simd level, table *t)
{
    const mrse_field_arrays out = arrays_of(t);
    memset(t, 0xff, sizeof *t);
    assert_int_equal(mrse_field_batch_simd(magnet, MANY, r, z, &out, threads, level), MRSE_OK);
}

static void field_batch__any_points__equals_one_at_a_time(void **state)
{
    (void)state;
    const mrse_magnet *magnet[] = {&mixture, &test_m15, &test_m30};
    table *t = malloc(sizeof *t);
    assert_non_null(t);
    for (size_t k = 0; k < 3; k++) {
        const mrse_field_arrays out = arrays_of(t);
        assert_int_equal(mrse_field_batch(magnet[k], MANY, r, z, &out, 1), MRSE_OK);
        for (size_t i = 0; i < MANY; i++) {
            const mrse_field f = field_of(magnet[k], r[i], z[i]);
            mrse_sfg sfg;
            mrse_sfg_from_field(&f, &sfg);
            const double want[ARRAYS] = {f.br_T,       f.bz_T,          f.dbr_dz_T_m,
                                         f.dbz_dz_T_m, f.dbr_dr_T_m,    f.dbz_dr_T_m,
                                         sfg.b_T,      sfg.grad_r_T_m,  sfg.grad_z_T_m,
                                         sfg.grad_T_m, sfg.product_T2_m};
            for (size_t a = 0; a < ARRAYS; a++) {
                const double scale = a < 2 ? sfg.b_T : a < 6 ? largest_slope(&f) : fabs(want[a]);
                assert_abs(t->value[a][i], want[a], 1e-13 * scale);
            }
        }
    }
    free(t);
}

static void field_batch__any_width_and_threads__same_bits(void **state)
{
    (void)state;
    table *first = malloc(sizeof *first), *other = malloc(sizeof *other);
    assert_non_null(first);
    assert_non_null(other);
    batch(&mixture, 1, MRSE_SIMD_NONE, first);
    for (unsigned threads = 0; threads <= 100; threads += threads < 5 ? 1 : 19) {
        for (int level = MRSE_SIMD_NONE; level <= MRSE_SIMD_AVX512; level++) {
            batch(&mixture, threads, (mrse_simd)level, other);
            assert_memory_equal(first, other, sizeof *first);
        }
    }
    free(first);
    free(other);
}

static void field_batch__part_of_the_array__same_bits(void **state)
{
    (void)state;
    table *all = malloc(sizeof *all), *part = malloc(sizeof *part);
    assert_non_null(all);
    assert_non_null(part);
    batch(&mixture, 1, mrse_simd_best(), all);
    /* Blocks and vectors are cut at other places. */
    for (size_t first = 1; first < MANY; first = 3 * first + 1) {
        const mrse_field_arrays out = arrays_of(part);
        const size_t n = MANY - first;
        assert_int_equal(mrse_field_batch(&mixture, n, r + first, z + first, &out, 2), MRSE_OK);
        for (size_t a = 0; a < ARRAYS; a++) {
            assert_memory_equal(part->value[a], all->value[a] + first, n * sizeof(double));
        }
    }
    free(all);
    free(part);
}

static void field_batch__some_arrays__writes_only_those(void **state)
{
    (void)state;
    table *all = malloc(sizeof *all), *one = malloc(sizeof *one);
    assert_non_null(all);
    assert_non_null(one);
    batch(&mixture, 1, mrse_simd_best(), all);
    for (size_t a = 0; a < ARRAYS; a++) {
        double *want[ARRAYS] = {NULL};
        want[a] = one->value[a];
        const mrse_field_arrays out = {want[0], want[1], want[2], want[3], want[4], want[5],
                                       want[6], want[7], want[8], want[9], want[10]};
        assert_int_equal(mrse_field_batch(&mixture, MANY, r, z, &out, 1), MRSE_OK);
        assert_memory_equal(one->value[a], all->value[a], sizeof one->value[a]);
    }
    const mrse_field_arrays none = {0};
    assert_int_equal(mrse_field_batch(&mixture, MANY, r, z, &none, 1), MRSE_OK);
    free(all);
    free(one);
}

static void field_batch__points_without_a_value__nan_there_only(void **state)
{
    (void)state;
    enum { N = 40 };
    const mrse_source source[] = {{MRSE_SOURCE_LOOP, 0.5, 0.0, 0.0, 0.0, 1.0},
                                  {MRSE_SOURCE_COIL, 0.6, 0.7, 0.1, 0.2, 1.0},
                                  {MRSE_SOURCE_SHEET, 0.8, 0.0, 0.1, 0.2, 1.0}};
    const mrse_magnet magnet = {source, 3};
    const double nan = (double)NAN, inf = (double)INFINITY;
    const double bad[][2] = {{nan, 0.0},  {0.1, nan}, {inf, 0.0},  {0.1, -inf}, {-1e-300, 0.0},
                             {-0.1, 0.0}, {2e6, 0.0}, {0.1, -2e6}, {0.5, 0.0},  {0.5, 4e-7},
                             {0.6, 0.1},  {0.7, 0.2}, {0.8, 0.15}, {0.8, 0.1}};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        const size_t place = 3 * k % N; /* in whole vectors and in the rest */
        double rs[N], zs[N], b[N], g[N], br[N];
        for (size_t i = 0; i < N; i++) {
            rs[i] = i == place ? bad[k][0] : 0.01 * (double)i;
            zs[i] = i == place ? bad[k][1] : 0.3;
        }
        const mrse_field_arrays out = {.br_T = br, .b_T = b, .grad_T_m = g};
        assert_int_equal(mrse_field_batch(&magnet, N, rs, zs, &out, 1), MRSE_ERR_RANGE);
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(isfinite(b[i]) != 0, i != place);
            assert_int_equal(isfinite(g[i]) != 0, i != place);
            assert_int_equal(isfinite(br[i]) != 0, i != place);
        }
        const mrse_field_arrays only_b = {.br_T = br, .bz_T = b};
        assert_int_equal(mrse_field_batch(&magnet, N, rs, zs, &only_b, 1), MRSE_ERR_RANGE);
        assert_true(isnan(br[place]) && isnan(b[place]));
    }
}

static void field_batch__at_a_null__one_sided_slope(void **state)
{
    (void)state;
    const mrse_source pair[] = {{MRSE_SOURCE_LOOP, 0.5, 0.0, 0.25, 0.0, 1e5},
                                {MRSE_SOURCE_LOOP, 0.5, 0.0, -0.25, 0.0, -1e5}};
    const mrse_magnet magnet = {pair, 2};
    const double rs[3] = {0.1, 0.0, 0.0}, zs[3] = {0.0, 0.0, 0.1};
    double grad[3], along[3], product[3];
    const mrse_field_arrays out = {.grad_T_m = grad, .grad_z_T_m = along, .product_T2_m = product};
    mrse_sfg sfg;
    assert_int_equal(mrse_field_batch(&magnet, 3, rs, zs, &out, 1), MRSE_OK);
    assert_int_equal(mrse_sfg_at(&magnet, 0.0, 0.0, &sfg), MRSE_OK);
    assert_true(sfg.at_null);
    assert_rel(grad[1], sfg.grad_T_m, 1e-15);
    assert_rel(along[1], sfg.grad_z_T_m, 1e-15);
    assert_true(product[1] == 0.0);
    assert_true(isfinite(grad[0]) && isfinite(grad[2]));
}

static void field_batch__bad_arguments__nothing_written(void **state)
{
    (void)state;
    double b[1] = {7.0};
    const double at[1] = {0.1};
    const mrse_field_arrays out = {.b_T = b};
    mrse_source source = {MRSE_SOURCE_LOOP, 0.5, 0.0, 0.0, 0.0, 1.0};
    const mrse_magnet magnet = {&source, 1}, hollow = {NULL, 2};
    assert_int_equal(mrse_field_batch(NULL, 1, at, at, &out, 1), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_batch(&hollow, 1, at, at, &out, 1), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_batch(&magnet, 1, NULL, at, &out, 1), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_batch(&magnet, 1, at, NULL, &out, 1), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_batch(&magnet, 1, at, at, NULL, 1), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_batch(&magnet, 0, NULL, NULL, &out, 3), MRSE_OK);
    source.r1_m = -1.0;
    assert_int_equal(mrse_field_batch(&magnet, 1, at, at, &out, 1), MRSE_ERR_RANGE);
    assert_true(b[0] == 7.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_batch__any_points__equals_one_at_a_time),
        cmocka_unit_test(field_batch__any_width_and_threads__same_bits),
        cmocka_unit_test(field_batch__part_of_the_array__same_bits),
        cmocka_unit_test(field_batch__some_arrays__writes_only_those),
        cmocka_unit_test(field_batch__points_without_a_value__nan_there_only),
        cmocka_unit_test(field_batch__at_a_null__one_sided_slope),
        cmocka_unit_test(field_batch__bad_arguments__nothing_written),
    };
    return cmocka_run_group_tests(tests, scatter_points, NULL);
}

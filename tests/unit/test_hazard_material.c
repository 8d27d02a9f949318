/* The table of materials. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/material.h"

#include <string.h>

#include "mrse/field.h"
#include "support/close.h"

static void check_range(const mrse_range *r, bool positive)
{
    if (isnan(r->low)) {
        assert_true(isnan(r->high));
        return;
    }
    assert_true(r->low <= r->high && isfinite(r->high));
    assert_true(!positive || r->low > 0.0);
}

static void materials__each_row__is_complete(void **state)
{
    size_t n;
    const mrse_material *m = mrse_materials(&n);
    (void)state;
    assert_true(n >= 20);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(mrse_material_find(m[i].id), &m[i]);
        assert_true(strlen(m[i].name) > 0 && strlen(m[i].source) > 0);
        check_range(&m[i].chi, m[i].magnetic == MRSE_MAGNETIC_SOFT);
        check_range(&m[i].polarisation_T, true);
        check_range(&m[i].density_kg_m3, true);
        check_range(&m[i].conductivity_S_m, true);
        assert_true(!isnan(m[i].density_kg_m3.low));
        assert_true(isnan(m[i].polarisation_T.low) == (m[i].magnetic == MRSE_MAGNETIC_LINEAR));
        assert_true(isnan(m[i].chi.low) == (m[i].magnetic == MRSE_MAGNETIC_HARD));
    }
    assert_null(mrse_material_find("kryptonite"));
    assert_null(mrse_material_find(NULL));
}

static void material_sets__each_id__is_in_the_table(void **state)
{
    size_t n;
    const mrse_material_set *s = mrse_material_sets(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(mrse_material_set_find(s[i].id), &s[i]);
        for (size_t k = 0; k < s[i].n; k++)
            assert_non_null(mrse_material_find(s[i].material[k]));
    }
    assert_null(mrse_material_set_find("nothing"));
    assert_null(mrse_material_set_find(NULL));
}

static void origin__a_handbook_figure__makes_it_unverified(void **state)
{
    const mrse_range read = {1, 2, MRSE_ORIGIN_MEASURED};
    const mrse_range none = {(double)NAN, (double)NAN, MRSE_ORIGIN_UNVERIFIED};
    const mrse_material all = {
        .chi = read, .polarisation_T = none, .density_kg_m3 = read, .conductivity_S_m = read};
    (void)state;
    assert_int_equal(mrse_material_origin(&all), MRSE_ORIGIN_MEASURED);
    assert_int_equal(mrse_material_origin(mrse_material_find("ti-cp")), MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(mrse_material_origin(NULL), MRSE_ORIGIN_UNVERIFIED);
}

static void take__ends_and_middle__lie_in_the_ranges(void **state)
{
    const double low[4] = {0}, high[4] = {1, 1, 1, 1}, half[4] = {0.5, 0.5, 0.5, 0.5};
    mrse_substance s;
    (void)state;
    const mrse_material *steel = mrse_material_find("silicon-steel");
    assert_int_equal(mrse_material_take(steel, low, &s), MRSE_OK);
    assert_rel(s.chi, 1e3, 0.0);
    assert_rel(s.ms_A_m, 2.0 / MRSE_MU0, 1e-15);
    assert_true(isnan(s.conductivity_S_m) && isnan(s.br_T));
    assert_int_equal(mrse_material_take(steel, high, &s), MRSE_OK);
    assert_rel(s.chi, 1e4, 1e-12);
    assert_int_equal(mrse_material_take(steel, half, &s), MRSE_OK);
    assert_rel(s.chi, sqrt(1e3 * 1e4), 1e-12);
    const mrse_material *magnet = mrse_material_find("ndfeb");
    assert_int_equal(mrse_material_take(magnet, half, &s), MRSE_OK);
    assert_rel(s.br_T, 1.3, 1e-12);
    assert_int_equal(mrse_material_take(mrse_material_find("316l"), half, &s), MRSE_OK);
    assert_rel(s.chi, 0.5 * (3520e-6 + 6700e-6), 1e-12);
}

static void take__outside__is_refused(void **state)
{
    const double bad[4] = {0.5, 1.5, 0.5, 0.5}, nan[4] = {(double)NAN, 0, 0, 0}, half[4] = {0.5};
    const mrse_material *m = mrse_material_find("iron");
    mrse_substance s;
    (void)state;
    assert_int_equal(mrse_material_take(m, bad, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_material_take(m, nan, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_material_take(NULL, half, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_material_take(m, half, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(materials__each_row__is_complete),
        cmocka_unit_test(material_sets__each_id__is_in_the_table),
        cmocka_unit_test(origin__a_handbook_figure__makes_it_unverified),
        cmocka_unit_test(take__ends_and_middle__lie_in_the_ranges),
        cmocka_unit_test(take__outside__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

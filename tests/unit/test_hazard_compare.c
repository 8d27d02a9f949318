/* Comparisons with weight. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/hazard.h"

#include <string.h>

#include "support/close.h"

static void missing__reason__is_kept_and_no_number(void **state)
{
    (void)state;
    mrse_hazard h = mrse_hazard_missing(MRSE_KIND_FORCE, 2.0, 1.0, "why");
    assert_true(isnan(h.value.v) && isnan(h.value.u));
    assert_int_equal(h.value.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_string_equal(h.reason, "why");
    assert_rel(h.validity, 2.0, 0.0);
}

static void hazard_of__not_finite__is_missing(void **state)
{
    (void)state;
    mrse_hazard h = mrse_hazard_of((double)INFINITY, 0.0, MRSE_KIND_FORCE, "m", NULL);
    assert_true(isnan(h.value.v));
    assert_true(strlen(h.reason) > 0);
    h = mrse_hazard_of(2.0, 0.1, MRSE_KIND_FORCE, "m", NULL);
    assert_rel(h.value.v, 2.0, 0.0);
    assert_string_equal(h.value.src, "m");
    assert_string_equal(h.reason, "");
}

static void deflection__weight__is_45_degrees(void **state)
{
    (void)state;
    assert_rel(mrse_force_ratio(MRSE_STANDARD_GRAVITY_M_S2, 1.0), 1.0, 1e-15);
    assert_rel(mrse_force_deflection_rad(MRSE_STANDARD_GRAVITY_M_S2, 1.0), MRSE_PI / 4, 1e-15);
    assert_rel(mrse_deflection_mass_kg(MRSE_STANDARD_GRAVITY_M_S2, MRSE_PI / 4), 1.0, 1e-15);
    assert_rel(mrse_deflection_ratio(MRSE_PI / 4), 1.0, 1e-15);
    assert_abs(mrse_deflection_ratio(0.0), 0.0, 0.0);
    assert_rel(mrse_deflection_scaled(8.0, MRSE_PI / 6, MRSE_PI / 4), 13.8564, 1e-5);
    assert_rel(mrse_torque_ratio(2.0 * MRSE_STANDARD_GRAVITY_M_S2, 1.0, 0.5), 4.0, 1e-15);
}

static void comparisons__out_of_range__are_nan(void **state)
{
    const double bad[] = {-1.0, (double)NAN, (double)INFINITY};
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_true(isnan(mrse_force_ratio(bad[i], 1.0)));
        assert_true(isnan(mrse_force_ratio(1.0, bad[i])));
        assert_true(isnan(mrse_force_deflection_rad(1.0, bad[i])));
        assert_true(isnan(mrse_deflection_mass_kg(bad[i], 0.1)));
        assert_true(isnan(mrse_deflection_mass_kg(1.0, bad[i])));
        assert_true(isnan(mrse_deflection_ratio(bad[i])));
        assert_true(isnan(mrse_deflection_scaled(bad[i], 0.1, 0.1)));
        assert_true(isnan(mrse_deflection_scaled(1.0, bad[i], 0.1)));
        assert_true(isnan(mrse_torque_ratio(bad[i], 1.0, 1.0)));
        assert_true(isnan(mrse_torque_ratio(1.0, 1.0, bad[i])));
    }
    assert_true(isnan(mrse_force_ratio(1.0, 0.0)));
    assert_true(isnan(mrse_deflection_ratio(MRSE_PI / 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing__reason__is_kept_and_no_number),
        cmocka_unit_test(hazard_of__not_finite__is_missing),
        cmocka_unit_test(deflection__weight__is_45_degrees),
        cmocka_unit_test(comparisons__out_of_range__are_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

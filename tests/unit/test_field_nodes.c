/* What the field is made of: the arithmetic-geometric mean of one ring, and the quadrature nodes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "field/agm.h"
#include "field/field_internal.h"
#include "field_support.h"

/* --- The mean -------------------------------------------------------------------------------------- */

/* Where be = al / ratio lies around a ring of radius 1 is a circle. */
static mrse_ring ring_on_circle(double ratio, double turn, int steps)
{
    const double radius = 2.0 * ratio / (1.0 - ratio * ratio), middle = ratio * radius;
    const double apart = -(middle + radius * cos(turn)), h = radius * sin(turn);
    return steps >= 0 ? mrse_ring_at(1.0, apart, 1.0 - apart, h, steps, 1.0)
                      : mrse_ring_auto(1.0, apart, 1.0 - apart, h, 1.0);
}

static void same_ring(const mrse_ring *got, const mrse_ring *want, double rho)
{
    const double b = hypot(want->bz, rho * want->br_over_r);
    const double g = hypot(want->dbz_dz, want->dbr_dz);
    assert_abs(got->bz, want->bz, 1e-14 * b);
    assert_abs(rho * got->br_over_r, rho * want->br_over_r, 1e-14 * b);
    assert_abs(got->dbz_dz, want->dbz_dz, 1e-14 * g);
    assert_abs(got->dbr_dz, want->dbr_dz, 1e-14 * g);
    assert_rel(got->aphi_over_r, want->aphi_over_r, 1e-14);
    assert_abs(got->half_space, want->half_space, 1e-14 * 0.5);
}

/* The fewest steps that are ever taken, just where they are thought to be enough. */
static void ring__fewest_steps__equals_ten_steps(void **state)
{
    (void)state;
    const double least[] = {MRSE_AGM_NO_STEP, MRSE_AGM_ONE_STEP, 1e-6, 1e-14, 1e-30};
    for (double turn = 0.02; turn < 6.28; turn += 0.05) {
        for (size_t k = 0; k < 5; k++) {
            const double ratio = sqrt(least[k]) * 1.0001;
            const mrse_ring want = ring_on_circle(ratio, turn, 10);
            const mrse_ring got = ring_on_circle(ratio, turn, (int)k);
            const mrse_ring chosen = ring_on_circle(ratio, turn, -1);
            same_ring(&got, &want, 1.0);
            same_ring(&chosen, &want, 1.0);
        }
        for (double ratio = 0.9; ratio > 1e-16; ratio *= 0.7) {
            const mrse_ring want = ring_on_circle(ratio, turn, 10);
            const mrse_ring got = ring_on_circle(ratio, turn, -1);
            same_ring(&got, &want, 1.0);
        }
    }
    assert_int_equal(mrse_agm_steps(1.0, 1.0), 1);
    assert_int_equal(mrse_agm_steps(0.99e-6, 1.0), 3);
    assert_int_equal(mrse_agm_steps(0.99e-14, 1.0), 4);
    assert_int_equal(mrse_agm_steps(0.99e-30, 1.0), 5);
}

/* --- Quadrature ---------------------------------------------------------------------------------- */

static void gauss_node__every_order__integrates_its_powers(void **state)
{
    (void)state;
    for (unsigned order = 2; order <= MRSE_GAUSS_MAX; order++) {
        double last = -1.0;
        for (unsigned i = 0; i < order; i++) {
            double x, weight;
            mrse_gauss_node(order, i, &x, &weight);
            assert_true(x > last && x < 1.0 && weight > 0.0);
            last = x;
        }
        for (unsigned power = 0; power < 2 * order; power++) {
            double sum = 0.0;
            for (unsigned i = 0; i < order; i++) {
                double x, weight;
                mrse_gauss_node(order, i, &x, &weight);
                sum += weight * pow(x, (double)power);
            }
            assert_abs(sum, power % 2 == 1 ? 0.0 : 2.0 / (power + 1.0), 1e-15);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ring__fewest_steps__equals_ten_steps),
        cmocka_unit_test(gauss_node__every_order__integrates_its_powers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Magnetisation: its limits, force and torque against differences of the energy, symmetry, and
 * smoothness through saturation. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/magnetisation.h"

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"

static const mrse_axes upright_axes = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
static const mrse_axes *const upright = &upright_axes;
static const double MS = 1.4e6;

static mrse_body ellipsoid(double a, double b, double c)
{
    const mrse_shape s = {.type = MRSE_SHAPE_ELLIPSOID, .width_m = a, .depth_m = b, .length_m = c};
    mrse_body body;
    assert_int_equal(mrse_body_of(&s, &body), MRSE_OK);
    return body;
}

static mrse_substance steel(double chi)
{
    return (mrse_substance){.magnetic = MRSE_MAGNETIC_SOFT, .chi = chi, .ms_A_m = MS};
}

static mrse_substance linear(double chi)
{
    return (mrse_substance){.magnetic = MRSE_MAGNETIC_LINEAR, .chi = chi};
}

static mrse_magnetic_action act(const mrse_substance *s, const mrse_body *body,
                                const mrse_axes *axes, const mrse_field3 *f)
{
    mrse_magnetic_action a;
    assert_int_equal(mrse_magnetise(s, body, axes, f, &a), MRSE_OK);
    return a;
}

static mrse_field3 along_z(double b, double grad)
{
    return (mrse_field3){{0, 0, b}, {{-grad / 2, 0, 0}, {0, -grad / 2, 0}, {0, 0, grad}}};
}

static mrse_field3 at(double r, double z, double azimuth)
{
    mrse_field f;
    mrse_field3 out;
    assert_int_equal(mrse_field_at(&test_m30, r, z, &f), MRSE_OK);
    mrse_field3_of(&f, azimuth, &out);
    return out;
}

static mrse_field3 at_xyz(const double p[3])
{
    return at(hypot(p[0], p[1]), p[2], atan2(p[1], p[0]));
}

static void some_axes(mrse_axes *axes)
{
    const mrse_orientation o = {true, {0.3, -0.5, 0.8}, {1.0, 0.2, -0.1}};
    assert_int_equal(mrse_orientation_axes(&o, axes), MRSE_OK);
}

static void field3__any_azimuth__is_symmetric_and_traceless(void **state)
{
    (void)state;
    mrse_field3 f = at(0.25, 0.9, 1.1);
    double trace = 0.0, size = fabs(f.gradient_T_m[2][2]);
    for (int i = 0; i < 3; i++) {
        trace += f.gradient_T_m[i][i];
        for (int j = 0; j < 3; j++)
            assert_abs(f.gradient_T_m[i][j], f.gradient_T_m[j][i], 1e-9 * size);
    }
    assert_abs(trace, 0.0, 1e-9 * size);
    const double p[3] = {0.1, -0.2, 1.0}, h = 1e-5;
    mrse_field3 here = at_xyz(p);
    for (int j = 0; j < 3; j++) {
        double more[3] = {p[0], p[1], p[2]}, less[3] = {p[0], p[1], p[2]};
        more[j] += h;
        less[j] -= h;
        mrse_field3 a = at_xyz(more), b = at_xyz(less);
        for (int i = 0; i < 3; i++)
            assert_abs((a.b_T[i] - b.b_T[i]) / (2 * h), here.gradient_T_m[i][j], 1e-7 * size);
    }
}

static void magnetise__weak__is_chi_b_over_mu0(void **state)
{
    const mrse_substance ti = linear(182e-6);
    (void)state;
    mrse_body body = ellipsoid(1e-3, 2e-3, 5e-3);
    mrse_field3 f = along_z(3.0, 5.0);
    mrse_magnetic_action a = act(&ti, &body, upright, &f);
    assert_rel(a.m_A_m[2], 182e-6 * 3.0 / MRSE_MU0, 1e-4);
    assert_rel(a.force_N[2], 182e-6 * body.volume_m3 * 15.0 / MRSE_MU0, 1e-4);
    assert_rel(a.energy_J, -0.5 * a.m_A_m[2] * 3.0 * body.volume_m3, 1e-14);
}

static void magnetise__unsaturated__is_set_by_the_shape(void **state)
{
    const mrse_substance s = steel(1e9);
    (void)state;
    mrse_body body = ellipsoid(1e-3, 1e-3, 3e-3);
    double b = 0.2 * mrse_saturation_onset_T(body.n[2], MS);
    mrse_field3 f = along_z(b, 0.0);
    mrse_magnetic_action a = act(&s, &body, upright, &f);
    assert_rel(a.m_A_m[2], b / (MRSE_MU0 * body.n[2]), 1e-7);
    assert_rel(a.saturation, 0.2, 1e-7);
}

static void magnetise__saturated__is_ms_and_follows_the_gradient(void **state)
{
    const mrse_substance s = steel(1e5);
    (void)state;
    mrse_body body = ellipsoid(1e-3, 1e-3, 3e-3);
    mrse_field3 f = along_z(3.0, 7.0), more = along_z(6.0, 7.0);
    mrse_magnetic_action a = act(&s, &body, upright, &f), b = act(&s, &body, upright, &more);
    assert_rel(a.m_A_m[2], MS, 1e-4);
    assert_rel(a.force_N[2], MS * body.volume_m3 * 7.0, 1e-4);
    assert_rel(b.force_N[2], a.force_N[2], 1e-4);
}

static void magnetise__soft_without_field__is_linear_at_first(void **state)
{
    const mrse_substance s = steel(50.0), l = linear(50.0);
    mrse_axes axes;
    (void)state;
    some_axes(&axes);
    mrse_body body = ellipsoid(1e-3, 2e-3, 5e-3);
    mrse_field3 f = {{1e-9, 2e-9, -1e-9}, {{0}}}, none = {{0}, {{0}}};
    mrse_magnetic_action a = act(&s, &body, &axes, &f), b = act(&l, &body, &axes, &f);
    for (int i = 0; i < 3; i++)
        assert_rel(a.m_A_m[i], b.m_A_m[i], 1e-6);
    a = act(&s, &body, &axes, &none);
    assert_abs(a.m_A_m[0], 0.0, 0.0);
    assert_abs(a.energy_J, 0.0, 0.0);
}

/* The law itself: M (h + N) = B0 / mu0 in body axes, with h of the material's curve. */
static void magnetise__any_regime__solves_its_equation(void **state)
{
    const double chis[] = {1e-2, 5.0, 1e3, 1e6}, fields[] = {1e-5, 0.05, 0.4, 0.9, 1.7, 7.0};
    (void)state;
    mrse_body body = ellipsoid(1e-3, 2.5e-3, 8e-3);
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 6; k++) {
            const mrse_substance s = steel(chis[i]);
            double b[3] = {0.5 * fields[k], 0.7 * fields[k], 0.51 * fields[k]};
            mrse_field3 f = {{b[0], b[1], b[2]}, {{0}}};
            mrse_magnetic_action a = act(&s, &body, upright, &f);
            double h = b[0] / MRSE_MU0 / a.m_A_m[0] - body.n[0];
            for (int j = 1; j < 3; j++)
                assert_abs(b[j] / MRSE_MU0 / a.m_A_m[j] - body.n[j], h, 1e-9 * (h + 1.0));
            if (a.saturation < 0.999)
                assert_abs(h, 1.0 / (s.chi * (1.0 - a.saturation)), 1e-9 * (h + 1.0));
        }
    }
}

static void check_gradient(const mrse_substance *s, const mrse_body *body, const double p[3])
{
    const double h = 2e-4;
    mrse_axes axes;
    some_axes(&axes);
    mrse_field3 f = at_xyz(p);
    mrse_magnetic_action a = act(s, body, &axes, &f);
    double size = sqrt(a.force_N[0] * a.force_N[0] + a.force_N[1] * a.force_N[1] +
                       a.force_N[2] * a.force_N[2]);
    for (int j = 0; j < 3; j++) {
        double e[4];
        const double step[4] = {-2, -1, 1, 2};
        for (int k = 0; k < 4; k++) {
            double q[3] = {p[0], p[1], p[2]};
            q[j] += step[k] * h;
            mrse_field3 g = at_xyz(q);
            e[k] = act(s, body, &axes, &g).energy_J;
        }
        double slope = (e[0] - 8 * e[1] + 8 * e[2] - e[3]) / (12 * h);
        assert_abs(a.force_N[j], -slope, 1e-8 * size);
    }
}

static void magnetise__force__is_the_gradient_of_the_energy(void **state)
{
    const mrse_substance any[] = {linear(9e-4),
                                  linear(-2e-4),
                                  linear(30.0),
                                  steel(20.0),
                                  steel(1e3),
                                  steel(1e5),
                                  {.magnetic = MRSE_MAGNETIC_HARD, .br_T = 1.3}};
    const double p[2][3] = {{0.12, -0.2, 1.1}, {0.05, 0.1, 1.8}};
    (void)state;
    mrse_body body = ellipsoid(1e-3, 2e-3, 5e-3);
    for (size_t i = 0; i < sizeof any / sizeof any[0]; i++)
        for (int k = 0; k < 2; k++)
            check_gradient(&any[i], &body, p[k]);
}

/* Turned about z by an angle: the torque about z is minus the slope of the energy. */
static double energy_turned(const mrse_substance *s, const mrse_body *body, double angle)
{
    const mrse_axes axes = {{{cos(angle), sin(angle), 0}, {-sin(angle), cos(angle), 0}, {0, 0, 1}}};
    const mrse_field3 f = {{1.1, 0.4, 0.3}, {{0}}};
    return act(s, body, &axes, &f).energy_J;
}

static void magnetise__torque__is_the_slope_of_the_energy(void **state)
{
    const mrse_substance any[] = {linear(0.01), linear(30.0), steel(20.0), steel(1e3), steel(1e5)};
    (void)state;
    mrse_body body = ellipsoid(5e-3, 1e-3, 2e-3);
    for (size_t i = 0; i < sizeof any / sizeof any[0]; i++) {
        const mrse_axes axes = {{{cos(0.4), sin(0.4), 0}, {-sin(0.4), cos(0.4), 0}, {0, 0, 1}}};
        const mrse_field3 f = {{1.1, 0.4, 0.3}, {{0}}};
        double torque = act(&any[i], &body, &axes, &f).torque_N_m[2], h = 1e-3;
        double slope = (energy_turned(&any[i], &body, 0.4 - 2 * h) -
                        8 * energy_turned(&any[i], &body, 0.4 - h) +
                        8 * energy_turned(&any[i], &body, 0.4 + h) -
                        energy_turned(&any[i], &body, 0.4 + 2 * h)) /
                       (12 * h);
        /* of weak bodies it is a small difference of the energies: chi of them */
        assert_abs(torque, -slope,
                   1e-8 * fabs(torque) + 1e-12 * fabs(energy_turned(&any[i], &body, 0.4)) / h);
    }
}

static void magnetise__through_saturation__has_no_step(void **state)
{
    const mrse_substance s = steel(1e3);
    (void)state;
    mrse_body body = ellipsoid(1e-3, 1e-3, 1e-3);
    double onset = mrse_saturation_onset_T(1.0 / 3, MS), last = 0.0, last_rise = 0.0;
    for (double b = 0.5 * onset; b < 1.5 * onset; b += 1e-4 * onset) {
        mrse_field3 f = along_z(b, 1.0);
        double force = act(&s, &body, upright, &f).force_N[2];
        if (last > 0.0) {
            double rise = (force - last) / last;
            assert_true(rise > 0.0 && rise < 3e-4);
            if (last_rise > 0.0)
                assert_abs(rise, last_rise, 2e-5);
            last_rise = rise;
        }
        last = force;
    }
}

static void magnetise__aligned_or_sphere__has_no_torque(void **state)
{
    const mrse_substance s = steel(1e3);
    mrse_axes axes;
    (void)state;
    mrse_body rod = ellipsoid(1e-3, 1e-3, 5e-3), ball = ellipsoid(1e-3, 1e-3, 1e-3);
    mrse_field3 f = along_z(1.5, 5.0);
    mrse_magnetic_action a = act(&s, &rod, upright, &f);
    for (int i = 0; i < 3; i++)
        assert_abs(a.torque_N_m[i], 0.0, 1e-15 * MS * rod.volume_m3);
    some_axes(&axes);
    a = act(&s, &ball, &axes, &f);
    for (int i = 0; i < 3; i++)
        assert_abs(a.torque_N_m[i], 0.0, 1e-13 * MS * ball.volume_m3);
}

static void torque_largest__limits__are_the_closed_forms(void **state)
{
    double torque, angle;
    (void)state;
    mrse_body b = ellipsoid(1e-3, 1e-3, 5e-3);
    double dn = b.n[0] - b.n[2];
    const mrse_substance soft = steel(1e9), weak = linear(1e-4);
    const mrse_substance magnet = {.magnetic = MRSE_MAGNETIC_HARD, .br_T = 1.2};
    assert_int_equal(mrse_torque_largest(&soft, &b, 0.02, &torque, &angle), MRSE_OK);
    assert_rel(torque, b.volume_m3 * 4e-4 * dn / (2 * MRSE_MU0 * b.n[0] * b.n[2]), 1e-6);
    assert_rel(angle, MRSE_PI / 4, 1e-3);
    assert_int_equal(mrse_torque_largest(&soft, &b, 3.0, &torque, NULL), MRSE_OK);
    assert_rel(torque, 0.5 * MRSE_MU0 * b.volume_m3 * dn * MS * MS, 1e-6);
    assert_int_equal(mrse_torque_largest(&weak, &b, 3.0, &torque, &angle), MRSE_OK);
    assert_rel(torque, mrse_torque_weak_N_m(b.volume_m3, 1e-4, 3.0, b.n[2], b.n[0], MRSE_PI / 4),
               2e-4);
    assert_int_equal(mrse_torque_largest(&magnet, &b, 3.0, &torque, &angle), MRSE_OK);
    assert_rel(torque, 1.2 * b.volume_m3 * 3.0 / MRSE_MU0, 1e-14);
    assert_rel(angle, MRSE_PI / 2, 1e-15);
}

static void torque_largest__stronger_field__never_less(void **state)
{
    const mrse_substance s = steel(1e3);
    double last = 0.0, torque;
    (void)state;
    mrse_body b = ellipsoid(1e-3, 2e-3, 5e-3);
    for (double field = 0.01; field < 8.0; field *= 1.05) {
        assert_int_equal(mrse_torque_largest(&s, &b, field, &torque, NULL), MRSE_OK);
        assert_true(torque >= last * (1 - 1e-12));
        last = torque;
    }
}

static void magnetise_bound__any_orientation__is_no_less(void **state)
{
    const mrse_substance any[] = {linear(0.5), linear(-0.5), steel(10.0), steel(1e4)};
    mrse_axes axes;
    (void)state;
    some_axes(&axes);
    mrse_body body = ellipsoid(1e-3, 2e-3, 5e-3);
    for (int i = 0; i < 4; i++) {
        for (double b = 0.01; b < 5.0; b *= 1.7) {
            mrse_field3 f = along_z(b, 0.0);
            mrse_magnetic_action a = act(&any[i], &body, &axes, &f);
            double m =
                sqrt(a.m_A_m[0] * a.m_A_m[0] + a.m_A_m[1] * a.m_A_m[1] + a.m_A_m[2] * a.m_A_m[2]);
            assert_true(m <= fabs(mrse_magnetise_bound_A_m(&any[i], &body, b)) * (1 + 1e-12));
        }
    }
}

static void magnetise__what_has_no_law__is_refused(void **state)
{
    const mrse_shape coil = {.type = MRSE_SHAPE_RING, .diameter_m = 1e-2, .wire_m = 1e-3};
    const mrse_substance s = steel(1e3), strong = linear(5.0), weak = linear(1e-3);
    const mrse_substance bad[] = {linear(-1.0),
                                  linear((double)NAN),
                                  steel(-1.0),
                                  steel((double)NAN),
                                  {.magnetic = MRSE_MAGNETIC_HARD, .br_T = 0.0}};
    mrse_magnetic_action a;
    double torque;
    (void)state;
    mrse_field3 f = along_z(1.0, 1.0), nan = along_z((double)NAN, 1.0);
    mrse_body ring, rod = ellipsoid(1e-3, 1e-3, 5e-3), twisted = rod;
    twisted.n[0] = 0.9;
    assert_int_equal(mrse_body_of(&coil, &ring), MRSE_OK);
    assert_int_equal(mrse_magnetise(&s, &ring, upright, &f, &a), MRSE_ERR_RANGE);
    assert_int_equal(mrse_torque_largest(&s, &ring, 1.0, &torque, NULL), MRSE_ERR_RANGE);
    assert_true(isnan(torque));
    assert_rel(mrse_magnetise_bound_A_m(&s, &ring, 1.0), MS, 0.0);
    assert_true(isnan(mrse_magnetise_bound_A_m(&strong, &ring, 1.0)));
    assert_int_equal(mrse_magnetise(&weak, &ring, upright, &f, &a), MRSE_OK);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(mrse_magnetise(&bad[i], &rod, upright, &f, &a), MRSE_ERR_RANGE);
        assert_true(isnan(mrse_magnetise_bound_A_m(&bad[i], &rod, 1.0)));
    }
    assert_int_equal(mrse_magnetise(&s, &twisted, upright, &f, &a), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnetise(&s, &rod, upright, &nan, &a), MRSE_ERR_RANGE);
    assert_int_equal(mrse_magnetise(NULL, &rod, upright, &f, &a), MRSE_ERR_ARG);
    assert_int_equal(mrse_magnetise(&s, &rod, upright, NULL, &a), MRSE_ERR_ARG);
    assert_int_equal(mrse_magnetise(&s, &rod, upright, &f, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_torque_largest(&s, &rod, -1.0, &torque, NULL), MRSE_ERR_RANGE);
    assert_int_equal(mrse_torque_largest(&s, &rod, 1.0, NULL, NULL), MRSE_ERR_ARG);
    assert_true(isnan(mrse_saturation_onset_T(2.0, MS)));
    assert_true(isnan(mrse_torque_weak_N_m(-1.0, 0.1, 1.0, 0.1, 0.4, 0.7)));
}

static int setup(void **state)
{
    (void)state;
    return mrse_init() != MRSE_OK;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field3__any_azimuth__is_symmetric_and_traceless),
        cmocka_unit_test(magnetise__weak__is_chi_b_over_mu0),
        cmocka_unit_test(magnetise__unsaturated__is_set_by_the_shape),
        cmocka_unit_test(magnetise__saturated__is_ms_and_follows_the_gradient),
        cmocka_unit_test(magnetise__soft_without_field__is_linear_at_first),
        cmocka_unit_test(magnetise__any_regime__solves_its_equation),
        cmocka_unit_test(magnetise__force__is_the_gradient_of_the_energy),
        cmocka_unit_test(magnetise__torque__is_the_slope_of_the_energy),
        cmocka_unit_test(magnetise__through_saturation__has_no_step),
        cmocka_unit_test(magnetise__aligned_or_sphere__has_no_torque),
        cmocka_unit_test(torque_largest__limits__are_the_closed_forms),
        cmocka_unit_test(torque_largest__stronger_field__never_less),
        cmocka_unit_test(magnetise_bound__any_orientation__is_no_less),
        cmocka_unit_test(magnetise__what_has_no_law__is_refused),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}

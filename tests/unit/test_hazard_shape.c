/* Shapes: volumes, demagnetising factors against closed forms, against quadrature of their
 * definition, and against each other. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/object.h"

#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"

static mrse_body body_of(mrse_shape shape)
{
    mrse_body body;
    assert_int_equal(mrse_body_of(&shape, &body), MRSE_OK);
    assert_abs(body.n[0] + body.n[1] + body.n[2], 1.0, 1e-12);
    return body;
}

static mrse_body cylinder(double diameter_m, double length_m)
{
    return body_of(
        (mrse_shape){.type = MRSE_SHAPE_CYLINDER, .diameter_m = diameter_m, .length_m = length_m});
}

static mrse_body block(mrse_shape_type type, double a, double b, double c)
{
    return body_of((mrse_shape){.type = type, .width_m = a, .depth_m = b, .length_m = c});
}

static void body_of__sphere__is_a_third(void **state)
{
    (void)state;
    mrse_body b = body_of((mrse_shape){.type = MRSE_SHAPE_SPHERE, .diameter_m = 0.02});
    for (int i = 0; i < 3; i++)
        assert_abs(b.n[i], 1.0 / 3.0, 1e-14);
    assert_rel(b.volume_m3, MRSE_PI / 6 * 8e-6, 1e-14);
    assert_rel(b.longest_m, 0.02, 0.0);
    assert_int_equal(b.how, MRSE_DEMAGNETISATION_EXACT);
}

static void body_of__spheroids__equal_osborn(void **state)
{
    (void)state;
    for (double m = 1.5; m < 1e4; m *= 3.0) {
        double e = sqrt(m * m - 1.0);
        double prolate = (m / e * log(m + e) - 1.0) / (e * e);
        double oblate = m * m / (e * e) * (1.0 - asin(e / m) / e);
        assert_rel(block(MRSE_SHAPE_ELLIPSOID, 1e-3, 1e-3, 1e-3 * m).n[2], prolate, 1e-9);
        assert_rel(block(MRSE_SHAPE_ELLIPSOID, 1e-3, 1e-3, 1e-3 / fmin(m, 900.0)).n[2],
                   m < 900.0 ? oblate : block(MRSE_SHAPE_ELLIPSOID, 0.9, 0.9, 1e-3).n[2], 1e-9);
    }
}

/* abc/2 integral of ds / ((a_i^2 + s) sqrt(...)), by Simpson's rule over s = t^2/(1-t)^2. */
static double triaxial(const double a[3], int which)
{
    enum { N = 20000 };
    double sum = 0.0;
    for (int k = 0; k < N; k++) {
        double t = (k + 0.5) / N, s = t * t / ((1 - t) * (1 - t));
        double ds = 2 * t / ((1 - t) * (1 - t) * (1 - t));
        double root = sqrt((a[0] * a[0] + s) * (a[1] * a[1] + s) * (a[2] * a[2] + s));
        sum += ds / ((a[which] * a[which] + s) * root);
    }
    return 0.5 * a[0] * a[1] * a[2] * sum / N;
}

static void body_of__triaxial__equals_its_integral(void **state)
{
    const double a[3] = {0.5, 1.0, 2.5}; /* half axes */
    (void)state;
    mrse_body b = block(MRSE_SHAPE_ELLIPSOID, 1.0, 2.0, 5.0);
    for (int i = 0; i < 3; i++)
        assert_rel(b.n[i], triaxial(a, i), 1e-6);
}

static void body_of__cylinder__has_the_published_magnetometric_factor(void **state)
{
    (void)state;
    /* D.-X. Chen, J. A. Brug, R. B. Goldfarb, IEEE Trans. Magn. 27 (1991) 3601, chi = 0 */
    assert_abs(cylinder(1e-2, 1e-2).n_uniform[2], 0.3116, 5e-5);
    /* long, by the series of Nagaoka's coefficient: 4 d / (3 pi l) less (d/l)^2 / 8 */
    double g = 1e-2;
    assert_rel(cylinder(1e-3, 1e-1).n_uniform[2], 4 * g / (3 * MRSE_PI) - g * g / 8, 1e-4);
    mrse_body b = cylinder(2e-3, 7e-3);
    assert_abs(b.n_uniform[0] + b.n_uniform[1] + b.n_uniform[2], 1.0, 1e-12);
    assert_rel(b.volume_m3, MRSE_PI / 4 * 4e-6 * 7e-3, 1e-14);
    assert_rel(b.longest_m, hypot(2e-3, 7e-3), 1e-15);
    assert_int_equal(b.how, MRSE_DEMAGNETISATION_PROPORTIONS);
}

static void body_of__rods_and_discs__ellipsoid_is_more_anisotropic(void **state)
{
    const double ratio[] = {0.05, 0.2, 0.5, 2.0, 5.0, 20.0};
    (void)state;
    for (int i = 0; i < 6; i++) {
        mrse_body b = cylinder(1e-2, 1e-2 * ratio[i]);
        assert_true(fabs(b.n[0] - b.n[2]) > fabs(b.n_uniform[0] - b.n_uniform[2]));
        assert_true(fmin(b.n[0], b.n[2]) < fmin(b.n_uniform[0], b.n_uniform[2]));
    }
}

/* Mean over the faces of the field of the opposite faces' charges, by its own quadrature: the
 * energy of two square sheets is an integral over the differences of their coordinates. */
static double sheets(double a, double b, double c)
{
    enum { N = 1500 };
    double sum = 0.0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            double x = a * (i + 0.5) / N, y = b * (j + 0.5) / N;
            double r = hypot(x, y);
            sum += (a - x) * (b - y) * (1 / r - 1 / hypot(r, c));
        }
    }
    return sum * 4 * a * b / N / N / (2 * MRSE_PI * a * b * c);
}

static void body_of__plate__magnetometric_factor_is_the_energy_of_its_faces(void **state)
{
    (void)state;
    mrse_body cube = block(MRSE_SHAPE_PLATE, 1e-2, 1e-2, 1e-2);
    for (int i = 0; i < 3; i++)
        assert_abs(cube.n_uniform[i], 1.0 / 3.0, 1e-9);
    mrse_body b = block(MRSE_SHAPE_PLATE, 3.0, 2.0, 1.0);
    assert_rel(b.n_uniform[2], sheets(3.0, 2.0, 1.0), 1e-3);
    assert_rel(b.n_uniform[0], sheets(2.0, 1.0, 3.0), 3e-3);
    assert_rel(b.volume_m3, 6.0, 1e-15);
    assert_rel(b.longest_m, sqrt(14.0), 1e-15);
    mrse_body foil = block(MRSE_SHAPE_PLATE, 1.0, 1.0, 1e-5);
    assert_true(isnan(foil.n_uniform[2]) || fabs(foil.n_uniform[2] - 1.0) < 1e-3);
}

static void body_of__ring_and_spring__mean_over_their_wire(void **state)
{
    (void)state;
    mrse_body ring =
        body_of((mrse_shape){.type = MRSE_SHAPE_RING, .diameter_m = 0.02, .wire_m = 1e-3});
    assert_rel(ring.n[2], 0.5, 1e-15);
    assert_rel(ring.n[0], 0.25, 1e-15);
    assert_rel(ring.volume_m3, MRSE_PI / 4 * 1e-6 * MRSE_PI * 0.02, 1e-14); /* Pappus */
    assert_rel(ring.longest_m, 0.021, 1e-14);
    mrse_shape s = {.type = MRSE_SHAPE_SPRING,
                    .diameter_m = 1e-3,
                    .length_m = 0.1,
                    .wire_m = 1e-4,
                    .turns = 0.5};
    mrse_body stretched = body_of(s); /* nearly straight: nearly a wire along axis 3 */
    assert_true(stretched.n[2] < 1e-3 && stretched.n[0] > 0.499);
    s.turns = 900.0;
    mrse_body close_wound = body_of(s);
    assert_true(close_wound.n[2] > 0.49);
    assert_rel(close_wound.volume_m3, MRSE_PI / 4 * 1e-8 * hypot(900 * MRSE_PI * 1e-3, 0.0999),
               1e-12);
}

static void body_of__bad_size__is_refused(void **state)
{
    const mrse_shape bad[] = {
        {.type = MRSE_SHAPE_SPHERE, .diameter_m = 0.0},
        {.type = MRSE_SHAPE_SPHERE, .diameter_m = (double)NAN},
        {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 1e-3, .length_m = -1e-3},
        {.type = MRSE_SHAPE_CYLINDER, .diameter_m = 1e-3, .length_m = 1e3},
        {.type = MRSE_SHAPE_RING, .diameter_m = 1e-3, .wire_m = 1e-3},
        {.type = MRSE_SHAPE_SPRING,
         .diameter_m = 1e-2,
         .wire_m = 1e-3,
         .length_m = 1e-2,
         .turns = 11},
        {.type = MRSE_SHAPE_SPRING,
         .diameter_m = 1e-2,
         .wire_m = 1e-3,
         .length_m = 1e-2,
         .turns = (double)NAN},
    };
    mrse_body body;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(mrse_body_of(&bad[i], &body), MRSE_ERR_RANGE);
        assert_true(body.volume_m3 == 0.0);
    }
    assert_int_equal(mrse_body_of(NULL, &body), MRSE_ERR_ARG);
    assert_int_equal(mrse_body_of(&bad[0], NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_body_of(&(mrse_shape){.type = MRSE_SHAPE_COUNT}, &body), MRSE_ERR_ARG);
}

static void shape_text__names__read_back(void **state)
{
    mrse_shape_type type;
    (void)state;
    for (int i = 0; i < MRSE_SHAPE_COUNT; i++) {
        assert_true(mrse_shape_from_text(mrse_shape_text((mrse_shape_type)i), &type));
        assert_int_equal(type, i);
    }
    assert_null(mrse_shape_text(MRSE_SHAPE_COUNT));
    assert_false(mrse_shape_from_text("blob", &type));
    assert_false(mrse_shape_from_text(NULL, &type));
}

static void mass__weighed_or_from_density(void **state)
{
    mrse_object o = {.mass_kg = (double)NAN, .substance = {.density_kg_m3 = 8000}};
    const mrse_body body = {.volume_m3 = 1e-6};
    (void)state;
    assert_rel(mrse_object_mass_kg(&o, &body), 8e-3, 1e-15);
    o.mass_kg = 5e-3;
    assert_rel(mrse_object_mass_kg(&o, &body), 5e-3, 0.0);
    o.mass_kg = (double)NAN;
    o.substance.density_kg_m3 = (double)NAN;
    assert_true(isnan(mrse_object_mass_kg(&o, &body)));
    o.mass_kg = 0.0;
    assert_true(isnan(mrse_object_mass_kg(&o, &body)));
    assert_true(isnan(mrse_object_mass_kg(NULL, &body)));
}

static void axes__given__are_a_right_handed_frame(void **state)
{
    const mrse_orientation o = {true, {0, 3, 4}, {1, 1, 1}};
    mrse_orientation bad = {true, {0, 0, 1}, {0, 0, 2}};
    mrse_axes axes;
    double(*a)[3] = axes.row;
    (void)state;
    assert_int_equal(mrse_orientation_axes(&o, &axes), MRSE_OK);
    assert_rel(a[2][1], 0.6, 1e-15);
    assert_rel(a[2][2], 0.8, 1e-15);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            assert_abs(a[i][0] * a[j][0] + a[i][1] * a[j][1] + a[i][2] * a[j][2], i == j, 1e-14);
    double det = a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
                 a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
                 a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    assert_rel(det, 1.0, 1e-14);
    assert_int_equal(mrse_orientation_axes(&bad, &axes), MRSE_ERR_RANGE);
    bad.axis3[2] = (double)NAN;
    assert_int_equal(mrse_orientation_axes(&bad, &axes), MRSE_ERR_RANGE);
    bad.known = false;
    assert_int_equal(mrse_orientation_axes(&bad, &axes), MRSE_ERR_ARG);
    assert_int_equal(mrse_orientation_axes(NULL, &axes), MRSE_ERR_ARG);
}

static int setup(void **state)
{
    (void)state;
    return mrse_init() != MRSE_OK;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_of__sphere__is_a_third),
        cmocka_unit_test(body_of__spheroids__equal_osborn),
        cmocka_unit_test(body_of__triaxial__equals_its_integral),
        cmocka_unit_test(body_of__cylinder__has_the_published_magnetometric_factor),
        cmocka_unit_test(body_of__rods_and_discs__ellipsoid_is_more_anisotropic),
        cmocka_unit_test(body_of__plate__magnetometric_factor_is_the_energy_of_its_faces),
        cmocka_unit_test(body_of__ring_and_spring__mean_over_their_wire),
        cmocka_unit_test(body_of__bad_size__is_refused),
        cmocka_unit_test(shape_text__names__read_back),
        cmocka_unit_test(mass__weighed_or_from_density),
        cmocka_unit_test(axes__given__are_a_right_handed_frame),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}

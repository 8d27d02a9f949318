/* dB/dt at a place: figures worked by hand, Maxwell's equations, every choice of signs, and what is
 * said where nothing holds. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/dbdt.h"

#include <string.h>

#include "support/close.h"

static const double exact[3] = {0, 0, 0};

static mrse_value stated(double v, mrse_kind kind)
{
    mrse_value value = mrse_value_missing(kind);

    value.v = v;
    value.u = 0;
    value.origin = MRSE_ORIGIN_MANUFACTURER;
    value.basis = MRSE_BASIS_DECLARED;
    return value;
}

static mrse_gradient_system nothing(void)
{
    const mrse_value missing = mrse_value_missing(MRSE_KIND_LENGTH);

    return (mrse_gradient_system){.dbdt_max = missing,
                                  .linear_radius = missing,
                                  .linear_half_length = missing,
                                  .reference_radius = missing,
                                  .rheobase = missing,
                                  .chronaxie = missing};
}

static mrse_gradient_system linear(double radius_m, double half_length_m)
{
    mrse_gradient_system system = nothing();

    system.linear_radius = stated(radius_m, MRSE_KIND_LENGTH);
    system.linear_half_length = stated(half_length_m, MRSE_KIND_LENGTH);
    return system;
}

static mrse_gradient_system reference(double alpha_m)
{
    mrse_gradient_system system = nothing();

    system.reference_radius = stated(alpha_m, MRSE_KIND_LENGTH);
    return system;
}

static mrse_dbdt at(const mrse_gradient_system *system, const double p[3], const double s[3])
{
    mrse_dbdt out;

    assert_int_equal(mrse_dbdt_at(system, p, exact, s, NULL, 0, &out), MRSE_OK);
    return out;
}

static mrse_dbdt largest(const mrse_gradient_system *system, const double s[3])
{
    mrse_dbdt out;

    assert_int_equal(mrse_dbdt_largest(system, s, NULL, 0, &out), MRSE_OK);
    return out;
}

static void says(const mrse_dbdt *out, const char *words)
{
    if (!strstr(out->reason, words))
        print_error("'%s' says nothing of '%s'\n", out->reason, words);
    assert_non_null(strstr(out->reason, words));
}

/* --- Ideal axes ----------------------------------------------------------------------------------- */

static void dbdt_at__one_axis__equals_figures_by_hand(void **state)
{
    const mrse_gradient_system system = linear(0.25, 0.25);
    mrse_dbdt out;

    (void)state;
    /* x coil, 200 T/m/s, 3 cm from the axis, 4 cm from the middle: 200 * 5 cm */
    out = at(&system, (double[3]){0.03, 0, 0.04}, (double[3]){200, 0, 0});
    assert_rel(out.peak.v, 10, 1e-14);
    assert_rel(out.component[0].v, 8, 1e-14);
    assert_rel(out.component[2].v, 6, 1e-14);
    assert_int_equal(out.peak.kind, MRSE_KIND_DBDT_PEAK);
    assert_int_equal(out.peak.origin, MRSE_ORIGIN_COMPUTED);
    assert_int_equal(out.peak.basis, MRSE_BASIS_COMPUTED);
    assert_false(out.declared);
    assert_true(isnan(out.rms.v));
    says(&out, "upper bound");
    /* y coil at x alone: nothing. z coil off the axis: half of S r */
    out = at(&system, (double[3]){0.2, 0, 0}, (double[3]){0, 200, 0});
    assert_abs(out.peak.v, 0, 0);
    out = at(&system, (double[3]){0.12, 0.16, 0}, (double[3]){0, 0, 100});
    assert_rel(out.peak.v, 10, 1e-14);
}

/* div B = 0 and curl B = 0 for each coil, by differences, within one octant: the signs stay. */
static void dbdt_at__each_coil__obeys_maxwell(void **state)
{
    const mrse_gradient_system system = linear(0.25, 0.25);
    const double h_m = 0.01;

    (void)state;
    for (int coil = 0; coil < 3; coil++) {
        double s[3] = {0, 0, 0}, d[3][3];
        s[coil] = 150;
        for (int i = 0; i < 3; i++) {
            double p[3] = {0.05, 0.08, 0.11};
            p[i] += h_m;
            mrse_dbdt up = at(&system, p, s);
            p[i] -= 2 * h_m;
            mrse_dbdt down = at(&system, p, s);
            for (int k = 0; k < 3; k++)
                d[k][i] = (up.component[k].v - down.component[k].v) / (2 * h_m);
        }
        assert_abs(d[0][0] + d[1][1] + d[2][2], 0, 1e-10);
        assert_abs(d[2][1] - d[1][2], 0, 1e-10);
        assert_abs(d[0][2] - d[2][0], 0, 1e-10);
        assert_abs(d[1][0] - d[0][1], 0, 1e-10);
        assert_rel(d[2][coil], 150, 1e-10); /* and it is a gradient of Bz along its own axis */
    }
}

static double length_at(const double p[3], const double s[3])
{
    double x = s[0] * p[2] - s[2] * p[0] / 2, y = s[1] * p[2] - s[2] * p[1] / 2;
    double z = s[0] * p[0] + s[1] * p[1] + s[2] * p[2];

    return sqrt(x * x + y * y + z * z);
}

static double worst_of_signs(const double p[3], const double s[3])
{
    double worst = 0;

    for (int k = 0; k < 8; k++) {
        double t[3] = {k & 1 ? -s[0] : s[0], k & 2 ? -s[1] : s[1], k & 4 ? -s[2] : s[2]};
        worst = fmax(worst, length_at(p, t));
    }
    return worst;
}

static double next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return (double)(*state >> 8) / (double)(1U << 24);
}

static void dbdt_at__three_axes__is_the_worst_of_all_signs(void **state)
{
    const mrse_gradient_system system = linear(0.3, 0.3);
    uint32_t seed = 7;

    (void)state;
    for (int i = 0; i < 500; i++) {
        double p[3], s[3];
        for (int k = 0; k < 3; k++) {
            p[k] = 0.4 * next_random(&seed) - 0.2;
            s[k] = 200 * next_random(&seed);
        }
        mrse_dbdt out = at(&system, p, s);
        assert_rel(out.peak.v, worst_of_signs(p, s), 1e-13);
        assert_rel(out.peak.v,
                   sqrt(out.component[0].v * out.component[0].v +
                        out.component[1].v * out.component[1].v +
                        out.component[2].v * out.component[2].v),
                   1e-13);
    }
}

static void dbdt_at__rms__is_bounded_apart_from_the_peak(void **state)
{
    const mrse_gradient_system system = linear(0.25, 0.25);
    const double p[3] = {0.03, 0, 0.04}, s[3] = {200, 0, 0}, rms[3] = {40, 0, 0};
    const double unknown[3] = {40, (double)NAN, 0};
    mrse_dbdt out;

    (void)state;
    assert_int_equal(mrse_dbdt_at(&system, p, exact, s, rms, 0, &out), MRSE_OK);
    assert_rel(out.rms.v, 2, 1e-14);
    assert_rel(out.peak.v, 10, 1e-14);
    assert_int_equal(out.rms.kind, MRSE_KIND_DBDT_RMS);
    assert_int_equal(mrse_dbdt_at(&system, p, exact, s, unknown, 0, &out), MRSE_OK);
    assert_true(isnan(out.rms.v));
}

static void dbdt_at__uncertain_place_and_slew__is_propagated(void **state)
{
    const mrse_gradient_system system = linear(0.25, 0.25);
    const double s[3] = {200, 0, 0}, u[3] = {0.001, 0.001, 0.002};
    mrse_dbdt out;

    (void)state;
    /* |dB/dt| = 200 sqrt(x2 + z2): 120 T/s/m along x, 160 along z; y plays no part */
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0.03, 0, 0.04}, u, s, NULL, 0.05, &out),
                     MRSE_OK);
    assert_rel(out.peak.u, sqrt(0.12 * 0.12 + 0.32 * 0.32 + 0.5 * 0.5), 0.01);
    assert_rel(out.component[0].u, hypot(200 * 0.002, 0.05 * 8), 1e-12);
    /* at isocentre dB/dt is zero and has no derivative, yet is not certain to be zero */
    assert_int_equal(mrse_dbdt_at(&system, exact, u, s, NULL, 0, &out), MRSE_OK);
    assert_abs(out.peak.v, 0, 0);
    assert_rel(out.peak.u, 200 * hypot(0.001, 0.002), 1e-12);
    /* an unknown uncertainty stays unknown */
    assert_int_equal(mrse_dbdt_at(&system, exact, u, s, NULL, (double)NAN, &out), MRSE_OK);
    assert_true(isnan(out.peak.u));
}

static void dbdt_at__volume_of_weak_origin__makes_it_weak(void **state)
{
    mrse_gradient_system system = linear(0.25, 0.25);
    const double p[3] = {0.1, 0, 0}, s[3] = {100, 0, 0};

    (void)state;
    system.linear_half_length.origin = MRSE_ORIGIN_ASSUMED;
    assert_int_equal(at(&system, p, s).peak.origin, MRSE_ORIGIN_ASSUMED);
    system.linear_radius.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(at(&system, p, s).peak.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(at(&system, p, s).component[2].origin, MRSE_ORIGIN_UNVERIFIED);
}

/* --- Where the ideal field does not hold ---------------------------------------------------------- */

static void dbdt_at__beyond_linear_volume__is_declared_or_missing(void **state)
{
    mrse_gradient_system system = linear(0.25, 0.20);
    const double s[3] = {200, 0, 0}, u[3] = {0.01, 0, 0.01};
    mrse_dbdt out;

    (void)state;
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0.229, 0, 0.179}, u, s, NULL, 0, &out),
                     MRSE_OK);
    assert_true(isfinite(out.peak.v)); /* 2u of room on either side, just */
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0, 0, 0.181}, u, s, NULL, 0, &out), MRSE_OK);
    assert_true(isnan(out.peak.v));
    says(&out, "gradients.dbdt_max");
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0.231, 0, 0}, u, s, NULL, 0, &out), MRSE_OK);
    assert_true(isnan(out.peak.v));
    system.reference_radius = stated(0.5, MRSE_KIND_LENGTH); /* does not reach beyond the volume */
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0.231, 0, 0}, u, s, NULL, 0, &out), MRSE_OK);
    assert_true(isnan(out.peak.v));
    system.dbdt_max = stated(92, MRSE_KIND_DBDT_PEAK);
    assert_int_equal(mrse_dbdt_at(&system, (double[3]){0.231, 0, 0}, u, s, s, 0, &out), MRSE_OK);
    assert_rel(out.peak.v, 92, 0);
    assert_int_equal(out.peak.basis, MRSE_BASIS_DECLARED);
    assert_true(out.declared);
    assert_true(isnan(out.rms.v));
    assert_true(isnan(out.component[0].v));
}

static void dbdt_at__something_not_known__says_what(void **state)
{
    const double nan_ = (double)NAN, s[3] = {200, 0, 0};
    mrse_gradient_system system = linear(0.25, 0.25);
    mrse_dbdt out;

    (void)state;
    out = at(&system, (double[3]){0.1, nan_, 0}, s);
    assert_true(isnan(out.peak.v));
    says(&out, "place");
    assert_int_equal(mrse_dbdt_at(&system, exact, (double[3]){0, 0, nan_}, s, NULL, 0, &out),
                     MRSE_OK);
    assert_true(isnan(out.peak.v));
    out = at(&system, (double[3]){0.1, 0, 0}, (double[3]){200, nan_, 0});
    assert_true(isnan(out.peak.v));
    says(&out, "slew rate");
    system = nothing();
    out = at(&system, (double[3]){0.1, 0, 0}, s);
    assert_true(isnan(out.peak.v));
    says(&out, "gradients.linear_volume");
    says(&out, "gradients.reference_radius");
}

/* --- Reference radius ----------------------------------------------------------------------------- */

/* Alphas of the GE coils (toppe, pns.m): 200 T/m/s make 62 to 74 T/s. */
static void dbdt_largest__published_alphas__give_their_range(void **state)
{
    const double s[3] = {0, 200, 0};
    mrse_gradient_system least = reference(mrse_gradient_coil_find("zoom")->alpha_m);
    mrse_gradient_system most = reference(mrse_gradient_coil_find("hrmb")->alpha_m);

    (void)state;
    assert_rel(largest(&least, s).peak.v, 61.8, 1e-12);
    assert_rel(largest(&most, s).peak.v, 74.0, 1e-12);
    assert_int_equal(largest(&most, s).peak.origin, MRSE_ORIGIN_COMPUTED);
    /* at a place the number stands for a volume that the file does not state */
    assert_rel(at(&most, (double[3]){0.2, 0.1, 0.1}, s).peak.v, 74.0, 1e-12);
    assert_int_equal(at(&most, exact, s).peak.origin, MRSE_ORIGIN_ASSUMED);
    assert_true(isnan(at(&most, (double[3]){0.3, 0, 0.25}, s).peak.v)); /* 39 cm away */
}

/* No place of any cylinder beats the bound, and one place reaches it. */
static void dbdt_largest__several_axes__bounds_every_cylinder(void **state)
{
    uint32_t seed = 3;
    double closest = 0;

    (void)state;
    for (int i = 0; i < 4000; i++) {
        double turn = MRSE_PI / 2 * next_random(&seed), phi = MRSE_PI / 2 * next_random(&seed);
        double p[3] = {0.35 * cos(turn) * cos(phi), 0.35 * cos(turn) * sin(phi), 0.35 * sin(turn)};
        double s[3] = {next_random(&seed), next_random(&seed), next_random(&seed)};
        mrse_gradient_system system = reference(0.35);
        double bound = largest(&system, s).peak.v, there = worst_of_signs(p, s);

        assert_true(there <= bound * (1 + 1e-12));
        closest = fmax(closest, there / bound);
    }
    assert_true(closest > 0.97);
    /* half length : radius = sqrt(5/2), t : sz = the eigenvector of the larger root */
    const double r = 0.35 * sqrt(2.0 / 7), l = 0.35 * sqrt(5.0 / 7);
    const double off = r * l / 2, t = off, sz = 8.0 / 7 * 0.35 * 0.35 - 0.35 * 0.35;
    mrse_gradient_system system = reference(0.35);
    double s[3] = {t, 0, sz};
    assert_rel(worst_of_signs((double[3]){r, 0, l}, s), largest(&system, s).peak.v, 1e-12);
}

static void dbdt_largest__linear_volume__is_the_worst_place(void **state)
{
    const mrse_gradient_system system = linear(0.22, 0.20);
    const double s[3] = {120, 90, 60}, rms[3] = {30, 10, 20};
    double worst = 0, worst_rms = 0;
    mrse_dbdt out;

    (void)state;
    for (int k = 0; k <= 3600; k++) {
        double phi = MRSE_PI / 1800 * k;
        double p[3] = {0.22 * cos(phi), 0.22 * sin(phi), 0.20};
        worst = fmax(worst, worst_of_signs(p, s));
        worst_rms = fmax(worst_rms, worst_of_signs(p, rms));
    }
    assert_int_equal(mrse_dbdt_largest(&system, s, rms, 0.1, &out), MRSE_OK);
    assert_rel(out.peak.v, worst, 1e-5);
    assert_rel(out.rms.v, worst_rms, 1e-5);
    assert_rel(out.peak.u, 0.1 * out.peak.v, 1e-12);
    assert_int_equal(out.rms.kind, MRSE_KIND_DBDT_RMS);
    assert_rel(largest(&system, (double[3]){0, 0, 100}).peak.v, 100 * hypot(0.2, 0.11), 1e-12);
}

static void dbdt_largest__declared_only__is_declared(void **state)
{
    mrse_gradient_system system = nothing();
    mrse_dbdt out;

    (void)state;
    system.dbdt_max = stated(80, MRSE_KIND_DBDT_PEAK);
    out = largest(&system, (double[3]){(double)NAN, 0, 0});
    assert_rel(out.peak.v, 80, 0);
    assert_true(out.declared);
    assert_true(largest(&system, exact).declared);
    system.dbdt_max.v = 0;
    assert_true(isnan(largest(&system, exact).peak.v));
}

static void dbdt__misuse__is_err_arg(void **state)
{
    const mrse_gradient_system system = linear(0.25, 0.25);
    const double s[3] = {1, 1, 1}, negative[3] = {1, -1, 1}, far[3] = {INFINITY, 0, 0};
    mrse_dbdt out;

    (void)state;
    assert_int_equal(mrse_dbdt_at(NULL, exact, exact, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_true(isnan(out.peak.v));
    assert_int_equal(mrse_dbdt_at(&system, NULL, exact, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, NULL, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, exact, NULL, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, exact, s, NULL, 0, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, far, exact, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, negative, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, exact, negative, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, exact, s, negative, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_at(&system, exact, exact, s, NULL, -1, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(NULL, s, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(&system, NULL, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(&system, negative, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(&system, s, negative, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(&system, s, NULL, -1, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_dbdt_largest(&system, s, NULL, 0, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dbdt_at__one_axis__equals_figures_by_hand),
        cmocka_unit_test(dbdt_at__each_coil__obeys_maxwell),
        cmocka_unit_test(dbdt_at__three_axes__is_the_worst_of_all_signs),
        cmocka_unit_test(dbdt_at__rms__is_bounded_apart_from_the_peak),
        cmocka_unit_test(dbdt_at__uncertain_place_and_slew__is_propagated),
        cmocka_unit_test(dbdt_at__volume_of_weak_origin__makes_it_weak),
        cmocka_unit_test(dbdt_at__beyond_linear_volume__is_declared_or_missing),
        cmocka_unit_test(dbdt_at__something_not_known__says_what),
        cmocka_unit_test(dbdt_largest__published_alphas__give_their_range),
        cmocka_unit_test(dbdt_largest__several_axes__bounds_every_cylinder),
        cmocka_unit_test(dbdt_largest__linear_volume__is_the_worst_place),
        cmocka_unit_test(dbdt_largest__declared_only__is_declared),
        cmocka_unit_test(dbdt__misuse__is_err_arg),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Calibration: numbers that contradict each other, arguments that are none, memory that runs out, and
 * the derivatives that a fit follows. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "calibrate/calibrate_internal.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/oom.h"
#include "support/printed.h"

static const printed_sheet FULL = {
    .levels = PRINTED_ALL_LEVELS, .radii = PRINTED_WIDE_RADII, .gradient = true, PRINTED_STEPS};
static const printed_sheet LINES = {.levels = PRINTED_ALL_LEVELS, PRINTED_STEPS};

static printed_truth truth;
static mrse_datum datum[PRINTED_MOST];
static size_t n_full;

static int prepare(void **state)
{
    const mrse_housing_size size = {0.35, 0.85, NAN};
    (void)state;
    if (mrse_init() != MRSE_OK || printed_truth_of(&test_m15, &size, &truth) != MRSE_OK)
        return 1;
    n_full = printed_data(&truth, &FULL, datum);
    return 0;
}

static int restore(void **state)
{
    (void)state;
    n_full = printed_data(&truth, &FULL, datum);
    return 0;
}

static size_t index_of(mrse_datum_type type, double at)
{
    for (size_t i = 0; i < n_full; i++) {
        if (datum[i].type == type && fabs(datum[i].at - at) < 1e-9)
            return i;
    }
    fail_msg("no datum of type %d at %g", (int)type, at);
    return 0;
}

/* ---- contradictions ---- */

static mrse_clash assert_clash(size_t n, size_t culprit)
{
    mrse_calibration *c;
    mrse_clash clash = {0};
    const mrse_calibrate_options options = {.without = 1u};
    assert_int_equal(mrse_calibrate(datum, n, &truth.size, &options, &c, &clash), MRSE_ERR_INPUT);
    assert_null(c);
    assert_true(clash.a < n && clash.b < n && clash.a != clash.b);
    if (clash.a != culprit && clash.b != culprit)
        fail_msg("%zu and %zu are blamed, not %zu: %s", clash.a, clash.b, culprit, clash.reason);
    assert_true(strlen(clash.reason) > 20);
    return clash;
}

static void calibrate__weaker_line_inside_stronger__both_named(void **state)
{
    (void)state;
    const size_t weak = index_of(MRSE_DATUM_Z_AXIS, 0.5e-3);
    const size_t strong = index_of(MRSE_DATUM_Z_AXIS, 1e-3);
    datum[weak].value = datum[strong].value - 0.2;
    const mrse_clash clash = assert_clash(n_full, weak);
    assert_int_equal(clash.a, weak);
    assert_int_equal(clash.b, strong);
    assert_non_null(strstr(clash.reason, "inside"));
}

/* The widest place of a stronger line may lie farther out than a weaker line on the axis. */
static void calibrate__extents_of_two_kinds__no_contradiction_by_themselves(void **state)
{
    mrse_clash clash;
    (void)state;
    datum[0] = (mrse_datum){.type = MRSE_DATUM_Z_AXIS, .at = 0.5e-3, .value = 3.0, .u = 0.01};
    datum[1] = (mrse_datum){.type = MRSE_DATUM_Z_MAX, .at = 1e-3, .value = 3.1, .u = 0.01};
    assert_int_equal(cal_clash_plain(datum, 2, &clash), MRSE_OK);
    datum[0].type = MRSE_DATUM_Z_MAX;
    assert_int_equal(cal_clash_plain(datum, 2, &clash), MRSE_ERR_INPUT);
    datum[1].type = MRSE_DATUM_Z_AXIS; /* no line reaches less far than where it meets the axis */
    assert_int_equal(cal_clash_plain(datum, 2, &clash), MRSE_ERR_INPUT);
    datum[0].type = MRSE_DATUM_R_MID;
    datum[1].type = MRSE_DATUM_R_MAX;
    assert_int_equal(cal_clash_plain(datum, 2, &clash), MRSE_OK);
    datum[1].type = MRSE_DATUM_Z_MAX;
    assert_int_equal(cal_clash_plain(datum, 2, &clash), MRSE_OK);
}

/* From 1.5 T to 0.5 mT within 2.5 m takes 0.6 T/m somewhere. */
static void calibrate__gradient_too_small_for_its_length__both_named(void **state)
{
    (void)state;
    const size_t i = index_of(MRSE_DATUM_CYLINDER_GRADIENT, 0.3);
    datum[i].value = 0.2;
    datum[i].u = 0.03;
    const mrse_clash clash = assert_clash(n_full, i);
    assert_int_equal(clash.a, i);
    assert_int_equal(datum[clash.b].type, MRSE_DATUM_Z_AXIS);
    datum[i].bound = MRSE_BOUND_AT_LEAST; /* 0.2 T/m or more: true */
    mrse_clash clash_of_bound;
    assert_int_equal(cal_clash_plain(datum, n_full, &clash_of_bound), MRSE_OK);
}

static void calibrate__extent_misread_by_1_m__found(void **state)
{
    static const struct {
        mrse_datum_type type;
        double at, by_m;
    } slip[] = {{MRSE_DATUM_Z_AXIS, 0.5e-3, 1.0}, {MRSE_DATUM_R_MID, 0.5e-3, 1.0}};
    (void)state;
    const size_t n = printed_data(&truth, &LINES, datum);
    assert_int_equal(n, 16);
    for (size_t k = 0; k < sizeof slip / sizeof slip[0]; k++) {
        const size_t i = index_of(slip[k].type, slip[k].at);
        datum[i].value += slip[k].by_m;
        (void)assert_clash(n, i);
        datum[i].value -= slip[k].by_m;
    }
}

static void calibrate__gradient_wrong_by_two__found(void **state)
{
    (void)state;
    static const struct {
        double at, times;
    } slip[] = {{0.25, 2.0}, {0.35, 0.5}};
    for (size_t k = 0; k < sizeof slip / sizeof slip[0]; k++) {
        const size_t i = index_of(MRSE_DATUM_CYLINDER_GRADIENT, slip[k].at);
        const double was = datum[i].value;
        datum[i].value = was * slip[k].times;
        (void)assert_clash(n_full, i);
        datum[i].value = was;
    }
}

/* ---- arguments ---- */

static void assert_refused(const mrse_datum *d, size_t n, const mrse_calibrate_options *options)
{
    mrse_clash clash;
    mrse_calibration *c = (mrse_calibration *)&clash;
    assert_int_equal(mrse_calibrate(d, n, &truth.size, options, &c, &clash), MRSE_ERR_ARG);
    assert_null(c);
}

static void calibrate__bad_argument__refused(void **state)
{
    const double bad[] = {0.0, -1.0, NAN, INFINITY};
    const mrse_calibrate_options none = {.without = 7u}, high = {.without = ~0u};
    (void)state;
    assert_int_equal(mrse_calibrate(datum, n_full, &truth.size, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_refused(NULL, n_full, NULL);
    assert_refused(datum, 0, NULL);
    assert_refused(datum, 1, NULL);
    assert_refused(datum + 1, n_full - 1, NULL); /* without the centre */
    assert_refused(datum, n_full, &none);
    assert_refused(datum, n_full, &high);
    for (size_t i = 0; i < 4; i++) {
        const mrse_datum was = datum[3];
        datum[3].value = bad[i];
        assert_refused(datum, n_full, NULL);
        datum[3] = was;
        datum[3].u = bad[i];
        assert_refused(datum, n_full, NULL);
        datum[3] = was;
        datum[3].at = bad[i]; /* a line of no level */
        assert_refused(datum, n_full, NULL);
        datum[3] = was;
    }
    datum[3] = (mrse_datum){.type = MRSE_DATUM_POINT_FIELD, .value = 1, .u = 1, .z_m = NAN};
    assert_refused(datum, n_full, NULL);
    datum[3].z_m = 1.0;
    datum[3].at = -0.1;
    assert_refused(datum, n_full, NULL);
    datum[3] = (mrse_datum){.type = (mrse_datum_type)99, .value = 1, .u = 1, .at = 1};
    assert_refused(datum, n_full, NULL);
    datum[3] = (mrse_datum){
        .type = MRSE_DATUM_Z_AXIS, .value = 1, .u = 1, .at = 1, .bound = (mrse_bound)9};
    assert_refused(datum, n_full, NULL);
    mrse_calibration_free(NULL);
}

/* Sizes that are no sizes. */
static void calibrate__bad_housing__refused(void **state)
{
    const double bad[] = {0.0, -0.35, INFINITY};
    mrse_calibration *c;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        mrse_housing_size bore = truth.size, cover = truth.size, wide = truth.size;
        bore.bore_radius_m = cover.cover_half_length_m = wide.cover_radius_m = bad[i];
        assert_int_equal(mrse_calibrate(datum, n_full, &bore, NULL, &c, NULL), MRSE_ERR_ARG);
        assert_int_equal(mrse_calibrate(datum, n_full, &cover, NULL, &c, NULL), MRSE_ERR_ARG);
        assert_int_equal(mrse_calibrate(datum, n_full, &wide, NULL, &c, NULL), MRSE_ERR_ARG);
    }
}

/* ---- memory ---- */

/* Few numbers and one design, for speed; both meanings of the radial extent. */
static mrse_status small_work(void *context)
{
    const mrse_calibrate_options options = {.without = 6u, .wide_radial = true};
    mrse_calibration *c;
    (void)context;
    mrse_status status = mrse_calibrate(datum, 3, &truth.size, &options, &c, NULL);
    assert_int_equal(c != NULL, status == MRSE_OK);
    mrse_calibration_free(c);
    return status;
}

static void calibrate__no_memory__reported_and_nothing_left(void **state)
{
    (void)state;
    assert_int_equal(datum[1].type, MRSE_DATUM_Z_AXIS);
    assert_int_equal(datum[2].type, MRSE_DATUM_R_MID);
    assert_true(oom_exhaust(small_work, NULL) > 40);
}

/* GSL's memory: fewer and fewer of its allocations, for time. When one of a fit's workspace fails, GSL
 * 2.7 forgets the rest of that workspace; nothing more may be lost, and nothing of ours. */
enum { ONE_WORKSPACE = 60 };

static void calibrate__no_memory_in_gsl__reported_and_nothing_left(void **state)
{
    size_t seen, n = 0;
    (void)state;
    if (!oom_libc_available())
        skip();
    assert_int_equal(small_work(NULL), MRSE_OK);
    do {
        n += n < 60 ? 3 : n / 12;
        oom_begin(n);
        const mrse_status status = small_work(NULL);
        seen = oom_end();
        assert_true(oom_live() <= ONE_WORKSPACE);
        if (status != (seen < n ? MRSE_OK : MRSE_ERR_NOMEM))
            fail_msg("malloc %zu of %zu failed: status '%s'", n, seen, mrse_status_text(status));
    } while (seen >= n);
    assert_true(n > 200);
}

/* ---- derivatives ---- */

enum { OF_EACH = 12 };

/* One of every type, with numbers near those of the design: a fit begins there. */
static size_t one_of_each(mrse_datum d[OF_EACH])
{
    const mrse_extents *e = &truth.extents[1];
    const mrse_cylinder *c = &truth.cylinder[5];
    mrse_sfg at;
    assert_int_equal(mrse_sfg_at(&truth.magnet, 0.8, 1.6, &at), MRSE_OK);
    const mrse_datum list[OF_EACH] = {
        {.type = MRSE_DATUM_CENTRE, .value = 1.5, .u = 0.006},
        {.type = MRSE_DATUM_Z_AXIS, .at = 1e-3, .value = e->z_axis_m, .u = 0.03},
        {.type = MRSE_DATUM_Z_MAX, .at = 1e-3, .value = e->z_max_m, .u = 0.03},
        {.type = MRSE_DATUM_R_MID, .at = 1e-3, .value = e->r_mid_m, .u = 0.03},
        {.type = MRSE_DATUM_R_MAX, .at = 1e-3, .value = e->r_max_m, .u = 0.03},
        {.type = MRSE_DATUM_CYLINDER_FIELD, .at = c->radius_m, .value = c->b_T, .u = 0.01},
        {.type = MRSE_DATUM_CYLINDER_GRADIENT, .at = c->radius_m, .value = c->grad_T_m, .u = 0.03},
        {.type = MRSE_DATUM_CYLINDER_PRODUCT,
         .at = c->radius_m,
         .value = c->product_T2_m,
         .u = 0.03},
        {.type = MRSE_DATUM_CYLINDER_MAXIMA,
         .at = c->radius_m,
         .value = c->b_T * c->grad_T_m,
         .u = 0.03},
        {.type = MRSE_DATUM_POINT_FIELD, .at = 0.8, .z_m = 1.6, .value = at.b_T, .u = 1e-3},
        {.type = MRSE_DATUM_POINT_GRADIENT,
         .at = 0.8,
         .z_m = -1.6,
         .value = at.grad_T_m,
         .u = 1e-2},
        {.type = MRSE_DATUM_POINT_FIELD, .at = 0, .z_m = -1.1, .value = 0.3, .u = 1e-2},
    };
    memcpy(d, list, sizeof list);
    return OF_EACH;
}

/* Within 0.3 % of the row's size: the place of a maximum, held still, is that of a parabola. */
static void assert_derivative(const double *row, int i, int j, double want)
{
    double size = 0.0;
    for (int k = 0; k < CAL_PARAMS; k++)
        size = hypot(size, row[k]);
    if (!close_abs(row[j], want, 3e-3 * size + 1e-6))
        fail_msg("residual %d by parameter %d: %g, by differences %g (row %g)", i, j, row[j], want,
                 size);
}

static void check_jacobian(cal_pattern pattern)
{
    enum { ROWS = OF_EACH + CAL_FLAT + CAL_ROOM + CAL_PARAMS };
    static const double STEP = 1e-4;
    double theta[CAL_PARAMS], up[ROWS], down[ROWS], residual[ROWS], predicted[OF_EACH];
    double jacobian[ROWS * CAL_PARAMS], spare[ROWS];
    mrse_datum d[OF_EACH];
    const mrse_housing_size tight = {0.46, 0.70, 0.50}; /* so that every edge of the room counts */
    cal_problem p = {.datum = d,
                     .n = one_of_each(d),
                     .size = tight,
                     .b0_T = 1.5,
                     .soften = 1.0,
                     .pattern = pattern,
                     .without = OF_EACH,
                     .residual = spare};
    assert_int_equal(cal_residual_count(&p), ROWS);
    cal_family_set(&p.family, cal_design_get(0), 1.5, &truth.size);
    assert_int_equal(cal_work_new(p.n, &p.work), MRSE_OK);
    for (int j = 0; j < CAL_PARAMS; j++)
        theta[j] = 0.1 * sin(1.0 + 2.0 * j);
    theta[CAL_MAIN * CAL_EACH + 3] = -6.5; /* shield near the windings within */
    assert_int_equal(cal_evaluate(&p, theta, residual, jacobian, predicted), MRSE_OK);
    for (int i = 0; i < CAL_ROOM; i++)
        assert_true(residual[OF_EACH + CAL_FLAT + i] > 0.1);
    for (int j = 0; j < CAL_PARAMS; j++) {
        const double at = theta[j];
        theta[j] = at + STEP;
        assert_int_equal(cal_evaluate(&p, theta, up, NULL, NULL), MRSE_OK);
        theta[j] = at - STEP;
        assert_int_equal(cal_evaluate(&p, theta, down, NULL, NULL), MRSE_OK);
        theta[j] = at;
        for (int i = 0; i < ROWS; i++)
            assert_derivative(jacobian + i * CAL_PARAMS, i, j, (up[i] - down[i]) / (2.0 * STEP));
    }
    cal_work_free(p.work);
}

static void evaluate__jacobian__equals_differences(void **state)
{
    (void)state;
    check_jacobian(CAL_UNSIGNED);
}

static void evaluate__jacobian_of_signed_field__equals_differences(void **state)
{
    (void)state;
    check_jacobian(CAL_USUAL);
    check_jacobian(CAL_MID_TURNS);
    check_jacobian(CAL_AXIS_TURNS);
}

/* At the design itself, whose coils are those of the magnet, nothing is left over. */
static void evaluate__design_itself__no_residual(void **state)
{
    enum { ROWS = OF_EACH + CAL_FLAT + CAL_ROOM + CAL_PARAMS };
    const double theta[CAL_PARAMS] = {0};
    double residual[ROWS], predicted[OF_EACH];
    mrse_datum d[OF_EACH];
    (void)state;
    cal_problem p = {.datum = d,
                     .n = one_of_each(d) - 1,
                     .size = truth.size,
                     .b0_T = 1.5,
                     .soften = 1.0,
                     .without = OF_EACH};
    cal_family_set(&p.family, cal_design_get(0), 1.5, &truth.size);
    assert_int_equal(cal_work_new(p.n, &p.work), MRSE_OK);
    assert_int_equal(cal_evaluate(&p, theta, residual, NULL, predicted), MRSE_OK);
    for (size_t i = 0; i < p.n; i++)
        assert_abs(residual[i], 0.0, 0.02);
    for (size_t i = p.n + CAL_FLAT; i < cal_residual_count(&p); i++)
        assert_abs(residual[i], 0.0, 1e-12);
    for (size_t i = 5; i < p.n; i++)
        assert_rel(predicted[i], d[i].value, 1e-3);
    cal_work_free(p.work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(calibrate__weaker_line_inside_stronger__both_named, restore),
        cmocka_unit_test_setup(calibrate__extents_of_two_kinds__no_contradiction_by_themselves,
                               restore),
        cmocka_unit_test_setup(calibrate__gradient_too_small_for_its_length__both_named, restore),
        cmocka_unit_test_setup(calibrate__extent_misread_by_1_m__found, restore),
        cmocka_unit_test_setup(calibrate__gradient_wrong_by_two__found, restore),
        cmocka_unit_test_setup(calibrate__bad_argument__refused, restore),
        cmocka_unit_test_setup(calibrate__bad_housing__refused, restore),
        cmocka_unit_test_setup(calibrate__no_memory__reported_and_nothing_left, restore),
        cmocka_unit_test_setup(calibrate__no_memory_in_gsl__reported_and_nothing_left, restore),
        cmocka_unit_test_setup(evaluate__jacobian__equals_differences, restore),
        cmocka_unit_test_setup(evaluate__jacobian_of_signed_field__equals_differences, restore),
        cmocka_unit_test_setup(evaluate__design_itself__no_residual, restore),
    };
    return cmocka_run_group_tests_name("calibrate_input", tests, prepare, NULL);
}

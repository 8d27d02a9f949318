/* The field of one point: closed forms, reference numbers, what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/field.h"

#include "field_support.h"
#include "support/golden.h"
#include "support/magnets.h"

/* --- What is accepted ------------------------------------------------------------------------- */

static void source_check__good_shapes__ok(void **state)
{
    (void)state;
    const mrse_source good[] = {loop_of(0.5, 0.0, 1.0),           loop_of(1e-6, -1e6, 0.0),
                                sheet_of(0.5, -1.0, 1.0, -1e6),   sheet_of(0.5, 0.0, 5e-7, 1.0),
                                coil_of(0.4, 0.5, -0.1, 0.1, 1.), coil_of(1e-6, 1e6, 0., 1., 1.)};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(mrse_source_check(&good[i]), MRSE_OK);
    }
}

static void source_check__bad_shapes__range(void **state)
{
    (void)state;
    const double nan = (double)NAN, inf = (double)INFINITY;
    const mrse_source bad[] = {
        loop_of(0.0, 0.0, 1.0),           loop_of(-0.5, 0.0, 1.0),
        loop_of(9e-7, 0.0, 1.0),          loop_of(1.1e6, 0.0, 1.0),
        loop_of(nan, 0.0, 1.0),           loop_of(inf, 0.0, 1.0),
        loop_of(0.5, nan, 1.0),           loop_of(0.5, -inf, 1.0),
        loop_of(0.5, 1.1e6, 1.0),         loop_of(0.5, 0.0, nan),
        loop_of(0.5, 0.0, inf),           loop_of(0.5, 0.0, -2e15),
        sheet_of(0.5, 0.1, 0.1, 1.0),     sheet_of(0.5, 0.2, 0.1, 1.0),
        sheet_of(0.5, 0.0, 4e-7, 1.0),    sheet_of(0.5, 0.0, nan, 1.0),
        sheet_of(0.5, 0.0, inf, 1.0),     coil_of(0.5, 0.5, 0.0, 1.0, 1.0),
        coil_of(0.5, 0.4, 0.0, 1.0, 1.0), coil_of(0.5, nan, 0.0, 1.0, 1.0),
        coil_of(0.5, inf, 0.0, 1.0, 1.0), coil_of(0.0, 0.5, 0.0, 1.0, 1.0),
        coil_of(0.4, 0.5, 1.0, 1.0, 1.0), coil_of(0.4, 0.5, 1.0, nan, 1.0),
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const mrse_magnet magnet = {&bad[i], 1};
        mrse_field field = {.bz_T = 7.0};
        mrse_sfg sfg = {.b_T = 7.0};
        assert_int_equal(mrse_source_check(&bad[i]), MRSE_ERR_RANGE);
        assert_int_equal(mrse_field_at(&magnet, 0.1, 0.3, &field), MRSE_ERR_RANGE);
        assert_true(field.bz_T == 0.0);
        assert_int_equal(mrse_sfg_at(&magnet, 0.1, 0.3, &sfg), MRSE_ERR_RANGE);
        assert_true(sfg.b_T == 0.0);
    }
}

static void field_at__null_or_no_such_type__arg(void **state)
{
    (void)state;
    mrse_source source = loop_of(0.5, 0.0, 1.0);
    const mrse_magnet magnet = {&source, 1}, hollow = {NULL, 1};
    mrse_field field;
    mrse_sfg sfg;
    assert_int_equal(mrse_source_check(NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_at(NULL, 0.0, 0.0, &field), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_at(&hollow, 0.0, 0.0, &field), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_at(&magnet, 0.0, 0.0, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sfg_at(&magnet, 0.0, 0.0, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sfg_at(NULL, 0.0, 0.0, &sfg), MRSE_ERR_ARG);
    source.type = (mrse_source_type)7;
    assert_int_equal(mrse_source_check(&source), MRSE_ERR_ARG);
    assert_int_equal(mrse_field_at(&magnet, 0.0, 0.0, &field), MRSE_ERR_ARG);
}

static void refused(mrse_source source, double r_m, double z_m)
{
    const mrse_magnet magnet = {&source, 1};
    mrse_field field = {.bz_T = 7.0};
    assert_int_equal(mrse_field_at(&magnet, r_m, z_m, &field), MRSE_ERR_RANGE);
    assert_true(field.bz_T == 0.0 && field.br_T == 0.0 && field.dbz_dz_T_m == 0.0);
}

static void field_at__no_value_there__range(void **state)
{
    (void)state;
    const mrse_source loop = loop_of(0.5, 0.1, 1e6), sheet = sheet_of(0.5, -0.3, 0.3, 1e6);
    const mrse_source coil = coil_of(0.4, 0.6, -0.5, 0.5, 1e6);
    const mrse_source each[] = {loop, sheet, coil};
    for (size_t i = 0; i < 3; i++) {
        refused(each[i], (double)NAN, 0.0);
        refused(each[i], 0.1, (double)NAN);
        refused(each[i], (double)INFINITY, 0.0);
        refused(each[i], 0.1, -(double)INFINITY);
        refused(each[i], -1e-300, 0.0);
        refused(each[i], -0.1, 0.0);
        refused(each[i], 1.1e6, 0.0);
        refused(each[i], 0.1, -1.1e6);
    }
    refused(loop, 0.5, 0.1);
    refused(loop, 0.5 + 4e-7, 0.1);
    refused(loop, 0.5, 0.1 - 4e-7);
    refused(sheet, 0.5, 0.0);
    refused(sheet, 0.5, 0.2999);
    refused(sheet, 0.5, 0.3);
    refused(sheet, 0.5 + 3e-7, -0.3 - 3e-7);
    refused(coil, 0.4, -0.5);
    refused(coil, 0.6, 0.5);
    refused(coil, 0.6 + 4e-10, 0.5 - 4e-10);
}

static void field_at__nearly_there__has_a_value(void **state)
{
    (void)state;
    const mrse_source loop = loop_of(0.5, 0.1, 1e6), sheet = sheet_of(0.5, -0.3, 0.3, 1e6);
    const mrse_source coil = coil_of(0.4, 0.6, -0.5, 0.5, 1e6);
    (void)field_of_one(loop, 0.5 + 6e-7, 0.1);
    (void)field_of_one(sheet, 0.5 + 6e-7, 0.3);
    (void)field_of_one(sheet, 0.5 + 1e-15, 0.1);
    (void)field_of_one(sheet, 0.5, 0.3 + 6e-7);
    (void)field_of_one(coil, 0.4 - 7e-10, 0.5);
    (void)field_of_one(coil, 0.4, 0.5 + 7e-10);
    (void)field_of_one(coil, 1e6, -1e6);
}

static void field_at__no_sources__is_zero(void **state)
{
    (void)state;
    const mrse_magnet empty = {NULL, 0};
    const mrse_field field = field_of(&empty, 0.1, 0.2);
    mrse_sfg sfg;
    assert_true(field.br_T == 0.0 && field.bz_T == 0.0 && largest_slope(&field) == 0.0);
    assert_int_equal(mrse_sfg_at(&empty, 0.1, 0.2, &sfg), MRSE_OK);
    assert_true(sfg.b_T == 0.0 && sfg.grad_T_m == 0.0 && sfg.product_T2_m == 0.0);
    assert_true(sfg.at_null);
}

/* --- Near a conductor ------------------------------------------------------------------------- */

/* The straight wire and its first correction: Bz (inside) = mu0 I / (2 pi d) + mu0 I / (4 pi a)
 * (ln(8 a / d) + ...), so 2 pi d B / (mu0 I) - 1 is about (d / 2a) ln(8 a / d). */
static void field_at__beside_a_wire__tends_to_straight_wire(void **state)
{
    (void)state;
    for (double d = 1e-2; d > 1e-6; d *= 0.3) {
        const double straight = MRSE_MU0 / (2.0 * MRSE_PI * d * 0.5);
        const mrse_source loop = loop_of(0.5, 0.0, 1.0);
        const mrse_field in = field_of_one(loop, 0.5 - 0.5 * d, 0.0);
        const mrse_field out = field_of_one(loop, 0.5 + 0.5 * d, 0.0);
        const mrse_field above = field_of_one(loop, 0.5, 0.5 * d);
        const double curve = 0.5 * d * log(8.0 / d);
        assert_rel(in.bz_T, straight * (1.0 + curve), d);
        assert_rel(out.bz_T, -straight * (1.0 - curve), d);
        assert_rel(above.br_T, straight, d);
        assert_rel(in.dbz_dr_T_m, straight / (0.5 * d), d);
        assert_rel(above.dbr_dz_T_m, -straight / (0.5 * d), d);
    }
}

static void field_at__across_a_sheet__bz_jumps_by_current_per_length(void **state)
{
    (void)state;
    const mrse_source sheet = sheet_of(0.5, -0.3, 0.3, 1e6);
    for (double z = -0.29; z < 0.3; z += 0.0971) {
        const mrse_field in = field_of_one(sheet, 0.5 - 1e-13, z);
        const mrse_field out = field_of_one(sheet, 0.5 + 1e-13, z);
        assert_rel(in.bz_T - out.bz_T, MRSE_MU0 * 1e6 / 0.6, 1e-11);
        assert_abs(in.br_T - out.br_T, 0.0, 1e-11);
        assert_abs(in.dbz_dz_T_m - out.dbz_dz_T_m, 0.0, 1e-8);
    }
    /* Beyond its end nothing happens at r = a. */
    const mrse_field in = field_of_one(sheet, 0.5 - 1e-9, 0.31);
    const mrse_field at = field_of_one(sheet, 0.5, 0.31);
    const mrse_field out = field_of_one(sheet, 0.5 + 1e-9, 0.31);
    assert_abs(at.bz_T, 0.5 * (in.bz_T + out.bz_T), 1e-12);
    assert_abs(at.br_T, 0.5 * (in.br_T + out.br_T), 1e-12);
}

static void field_at__on_a_face_of_a_coil__value_from_outside(void **state)
{
    (void)state;
    const mrse_source coil = coil_of(0.4, 0.6, -0.5, 0.5, 1e6);
    const double mu0_j = MRSE_MU0 * 1e6 / 0.2, step = 1e-11;
    const struct {
        double r, z, out_r, out_z;
    } face[] = {
        {0.4, 0.1, -1., 0.}, {0.6, -0.2, 1., 0.}, {0.47, 0.5, 0., 1.}, {0.55, -0.5, 0., -1.}};
    for (size_t i = 0; i < 4; i++) {
        const double r = face[i].r, z = face[i].z;
        const mrse_field at = field_of_one(coil, r, z);
        const mrse_field out =
            field_of_one(coil, r + step * face[i].out_r, z + step * face[i].out_z);
        const mrse_field in =
            field_of_one(coil, r - step * face[i].out_r, z - step * face[i].out_z);
        assert_same_field(&at, &out, 1e-9, 1e-8);
        assert_abs(at.dbr_dz_T_m - at.dbz_dr_T_m, 0.0, 1e-9);
        assert_abs(in.dbr_dz_T_m - in.dbz_dr_T_m, mu0_j, 1e-9 * mu0_j);
        assert_abs(in.br_T, at.br_T, 1e-9);
        assert_abs(in.bz_T, at.bz_T, 1e-9);
        /* Across an end face dBr/dz jumps, across a cylindrical one dBz/dr. */
        assert_abs(in.dbz_dz_T_m, at.dbz_dz_T_m, 1e-8);
        assert_abs(in.dbr_dz_T_m - at.dbr_dz_T_m, face[i].out_z == 0.0 ? 0.0 : mu0_j, 1e-8 * mu0_j);
        assert_abs(in.dbz_dr_T_m - at.dbz_dr_T_m, face[i].out_z == 0.0 ? -mu0_j : 0.0,
                   1e-8 * mu0_j);
    }
}

/* --- |B|, its gradient, the product ------------------------------------------------------------- */

static void sfg_from_field__regular_point__follows_definition(void **state)
{
    (void)state;
    /* B = (3, 4) T: |B| = 5, e = (0.6, 0.8); dBr/dr etc. chosen to give (1.4, 2.2). */
    const mrse_field field = {3.0, 4.0, 1.0, 1.0, 1.0, 2.0, 30.0};
    mrse_sfg sfg;
    mrse_sfg_from_field(&field, &sfg);
    assert_rel(sfg.b_T, 5.0, 1e-15);
    assert_rel(sfg.grad_r_T_m, 1.4, 1e-15);
    assert_rel(sfg.grad_z_T_m, 2.2, 1e-15);
    assert_rel(sfg.grad_T_m, sqrt(1.4 * 1.4 + 2.2 * 2.2), 1e-15);
    assert_rel(sfg.product_T2_m, 5.0 * sqrt(1.4 * 1.4 + 2.2 * 2.2), 1e-15);
    assert_false(sfg.at_null);
}

static void sfg_from_field__at_a_null__largest_one_sided_slope(void **state)
{
    (void)state;
    /* Tensor U diag(5, 2) V^T with both rotations known: slope 5, direction the first column of V. */
    for (double v = 0.1; v < 3.1; v += 0.37) {
        const double u = 0.7 * v + 0.2;
        const mrse_field f = {0.0,
                              0.0,
                              5.0 * cos(u) * cos(v) + 2.0 * sin(u) * sin(v),
                              5.0 * cos(u) * sin(v) - 2.0 * sin(u) * cos(v),
                              5.0 * sin(u) * cos(v) - 2.0 * cos(u) * sin(v),
                              5.0 * sin(u) * sin(v) + 2.0 * cos(u) * cos(v),
                              0.0};
        mrse_sfg sfg;
        mrse_sfg_from_field(&f, &sfg);
        assert_true(sfg.at_null);
        assert_true(sfg.b_T == 0.0 && sfg.product_T2_m == 0.0);
        assert_rel(sfg.grad_T_m, 5.0, 1e-14);
        assert_abs(fabs(sfg.grad_r_T_m * cos(v) + sfg.grad_z_T_m * sin(v)), 5.0, 1e-12);
        /* No direction is steeper. */
        for (double t = 0.0; t < 6.3; t += 0.1) {
            const double slope = hypot(f.dbr_dr_T_m * cos(t) + f.dbr_dz_T_m * sin(t),
                                       f.dbz_dr_T_m * cos(t) + f.dbz_dz_T_m * sin(t));
            assert_true(slope <= sfg.grad_T_m * (1.0 + 1e-14));
        }
    }
}

static void sfg_from_field__picometre_from_a_null__is_at_null(void **state)
{
    (void)state;
    for (size_t k = 0; k < 4; k++) {
        /* A slope of 2 T/m in one place of the tensor: |B| is 2 T/m times the distance. */
        const double s[4] = {k == 0 ? -2. : 0., k == 1 ? -2. : 0., k == 2 ? 2. : 0.,
                             k == 3 ? 2. : 0.};
        const mrse_field at = {1.5e-12, 0.0, s[0], s[1], s[2], s[3], 0.0};
        const mrse_field beside = {2.5e-12, 0.0, s[0], s[1], s[2], s[3], 0.0};
        mrse_sfg sfg;
        mrse_sfg_from_field(&at, &sfg);
        assert_true(sfg.at_null);
        assert_rel(sfg.grad_T_m, 2.0, 1e-15);
        assert_rel(sfg.b_T, 1.5e-12, 1e-15);
        assert_rel(sfg.product_T2_m, 3e-12, 1e-15);
        mrse_sfg_from_field(&beside, &sfg);
        assert_false(sfg.at_null);
    }
}

static void sfg_from_field__nan__gives_nan(void **state)
{
    (void)state;
    const mrse_field field = {1.0, (double)NAN, 1.0, 1.0, 1.0, 1.0, 1.0};
    mrse_sfg sfg;
    mrse_sfg_from_field(&field, &sfg);
    assert_true(isnan(sfg.b_T) && isnan(sfg.grad_T_m) && isnan(sfg.product_T2_m));
}

static void sfg_at__between_opposed_loops__null(void **state)
{
    (void)state;
    const mrse_source pair[] = {loop_of(0.5, 0.25, 1e5), loop_of(0.5, -0.25, -1e5)};
    const mrse_magnet magnet = {pair, 2};
    mrse_sfg at, beside;
    assert_int_equal(mrse_sfg_at(&magnet, 0.0, 0.0, &at), MRSE_OK);
    assert_true(at.at_null);
    /* On the axis dBz/dz = 3 mu0 I a^2 z / (2 (a^2 + z^2)^2.5) from each loop. */
    const double slope = 3.0 * MRSE_MU0 * 1e5 * 0.25 * 0.25 / pow(0.3125, 2.5);
    assert_rel(at.grad_T_m, slope, 1e-14);
    assert_rel(fabs(at.grad_z_T_m), slope, 1e-14);
    assert_true(at.product_T2_m == 0.0);
    assert_int_equal(mrse_sfg_at(&magnet, 0.0, 1e-9, &beside), MRSE_OK);
    assert_false(beside.at_null);
    assert_rel(beside.b_T, slope * 1e-9, 1e-6);
    assert_rel(beside.grad_T_m, slope, 1e-6);
}

/* --- Reference numbers ------------------------------------------------------------------------- */

/* columns: Br Bz dBz/dz dBz/dr dBr/dz dBr/dr |B| d|B|/dr d|B|/dz SFG. `floor_per_m` allows for
 * derivatives that almost cancel: their rounding is that of |B|. */
static void compare(const mrse_magnet *magnet, double r_m, double z_m, const double *want,
                    double b_tol, double slope_tol, double floor_per_m)
{
    const mrse_field f = field_of(magnet, r_m, z_m);
    mrse_sfg sfg;
    assert_int_equal(mrse_sfg_at(magnet, r_m, z_m, &sfg), MRSE_OK);
    const double size = want[6], slope = fmax(fmax(fabs(want[2]), fabs(want[3])),
                                              fmax(fabs(want[4]), fabs(want[5])));
    const double g = fmax(slope_tol * slope, floor_per_m * size);
    assert_abs(f.br_T, want[0], b_tol * size);
    assert_abs(f.bz_T, want[1], b_tol * size);
    assert_abs(f.dbz_dz_T_m, want[2], g);
    assert_abs(f.dbz_dr_T_m, want[3], g);
    assert_abs(f.dbr_dz_T_m, want[4], g);
    assert_abs(f.dbr_dr_T_m, want[5], g);
    assert_rel(sfg.b_T, size, b_tol);
    assert_abs(sfg.grad_r_T_m, want[7], 2.0 * g + 2.0 * b_tol * slope);
    assert_abs(sfg.grad_z_T_m, want[8], 2.0 * g + 2.0 * b_tol * slope);
    assert_abs(sfg.grad_T_m, want[9], 2.0 * g + 2.0 * b_tol * slope);
    assert_abs(sfg.product_T2_m, size * want[9], size * (2.0 * g + 3.0 * b_tol * slope));
}

static void field_at__loop_reference__agrees(void **state)
{
    (void)state;
    golden file;
    double x[16];
    size_t rows = 0, on_wire = 0;
    if (!golden_open(&file, "field/loop.csv")) {
        return;
    }
    while (golden_row(&file, x, 16) > 0) {
        const mrse_source loop = loop_of(x[0], 0.0, x[1]);
        const mrse_magnet magnet = {&loop, 1};
        mrse_field field;
        rows++;
        if (hypot(x[2] - x[0], x[3]) <= 1e-6 * x[0]) {
            assert_int_equal(mrse_field_at(&magnet, x[2], x[3], &field), MRSE_ERR_RANGE);
            on_wire++;
        } else {
            compare(&magnet, x[2], x[3], x + 4, 1e-14, 1e-14, 1e-15);
        }
    }
    golden_close(&file);
    assert_true(rows >= 300 && on_wire <= 10);
}

static void field_at__sheet_reference__agrees(void **state)
{
    (void)state;
    golden file;
    double x[16];
    size_t rows = 0;
    if (!golden_open(&file, "field/sheet.csv")) {
        return;
    }
    while (golden_row(&file, x, 16) > 0) {
        const mrse_source sheet = sheet_of(x[0], x[1], x[2], x[3]);
        const mrse_magnet magnet = {&sheet, 1};
        compare(&magnet, x[4], x[5], x + 6, 1e-13, 1e-13, 1e-15);
        rows++;
    }
    golden_close(&file);
    assert_true(rows >= 400);
}

static void field_at__coil_reference__agrees(void **state)
{
    (void)state;
    golden file;
    double x[20];
    size_t rows = 0, inside = 0;
    if (!golden_open(&file, "field/thick.csv")) {
        return;
    }
    while (golden_row(&file, x, 20) > 0) {
        const mrse_source coil = coil_of(x[0], x[1], x[2], x[3], x[4]);
        const mrse_magnet magnet = {&coil, 1};
        compare(&magnet, x[6], x[7], x + 8, 1e-12, 1e-12, 1e-15);
        rows++;
        inside += x[5] != 0.0;
    }
    golden_close(&file);
    assert_true(rows >= 400 && inside >= 10);
}

static void compare_points(const mrse_magnet *magnet, const char *name)
{
    golden file;
    double x[16];
    size_t rows = 0;
    if (!golden_open(&file, name)) {
        return;
    }
    while (golden_row(&file, x, 16) > 0) {
        /* In the homogeneous middle the gradient is 1e-8 of what each coil makes there. */
        compare(magnet, x[0], x[1], x + 2, 1e-11, 1e-10, 1e-14);
        rows++;
    }
    golden_close(&file);
    assert_true(rows >= 170);
}

static void field_at__magnet_reference__agrees(void **state)
{
    (void)state;
    compare_points(&test_m15, "field/magnet_m15_points.csv");
    compare_points(&test_m30, "field/magnet_m30_points.csv");
    compare_points(&test_m15s, "field/magnet_m15s_points.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_check__good_shapes__ok),
        cmocka_unit_test(source_check__bad_shapes__range),
        cmocka_unit_test(field_at__null_or_no_such_type__arg),
        cmocka_unit_test(field_at__no_value_there__range),
        cmocka_unit_test(field_at__nearly_there__has_a_value),
        cmocka_unit_test(field_at__no_sources__is_zero),
        cmocka_unit_test(field_at__beside_a_wire__tends_to_straight_wire),
        cmocka_unit_test(field_at__across_a_sheet__bz_jumps_by_current_per_length),
        cmocka_unit_test(field_at__on_a_face_of_a_coil__value_from_outside),
        cmocka_unit_test(sfg_from_field__regular_point__follows_definition),
        cmocka_unit_test(sfg_from_field__at_a_null__largest_one_sided_slope),
        cmocka_unit_test(sfg_from_field__picometre_from_a_null__is_at_null),
        cmocka_unit_test(sfg_from_field__nan__gives_nan),
        cmocka_unit_test(sfg_at__between_opposed_loops__null),
        cmocka_unit_test(field_at__loop_reference__agrees),
        cmocka_unit_test(field_at__sheet_reference__agrees),
        cmocka_unit_test(field_at__coil_reference__agrees),
        cmocka_unit_test(field_at__magnet_reference__agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

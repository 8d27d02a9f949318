/* Calibration: magnets whose coils are known, fitted to what a data sheet would print of them, and
 * asked for what it hides. A reference design is fitted without itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/calibrate.h"

#include <stdlib.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/printed.h"

enum { REFERENCES = 3, OUTSIDER = 3, MAGNETS = 4, SHEETS = 5 };
enum { FULL, PRODUCTS, LINES, ONE_LINE, GRADIENTS };

static const printed_sheet SHEET[SHEETS] = {
    [FULL] = {.levels = PRINTED_ALL_LEVELS,
              .radii = PRINTED_WIDE_RADII,
              .gradient = true,
              PRINTED_STEPS},
    [PRODUCTS] = {.levels = PRINTED_ALL_LEVELS,
                  .radii = PRINTED_WIDE_RADII,
                  .gradient = true,
                  .field = true,
                  .product = true,
                  PRINTED_STEPS},
    [LINES] = {.levels = PRINTED_ALL_LEVELS, PRINTED_STEPS},
    [ONE_LINE] = {.levels = 1, PRINTED_STEPS},
    [GRADIENTS] = {.radii = PRINTED_WIDE_RADII, .gradient = true, PRINTED_STEPS},
};

/* The sanitizers' build is ten times slower and knows nothing more of accuracy. */
#ifdef __SANITIZE_ADDRESS__
static const int sheets_run = 1;
#else
static const int sheets_run = SHEETS;
#endif

static printed_truth truth[MAGNETS];
static printed_errors found[SHEETS][MAGNETS][PRINTED_KINDS];

static void calibrate(const printed_truth *t, const printed_sheet *sheet, unsigned without,
                      printed_errors out[PRINTED_KINDS])
{
    mrse_calibration *c;
    assert_int_equal(printed_calibrate(t, sheet, without, &c), MRSE_OK);
    assert_int_equal(printed_compare(c, t, out), MRSE_OK);
    mrse_calibration_free(c);
}

/* Everything is fitted once, and judged by many tests. */
static int fit_all(void **state)
{
    static const mrse_housing_size size[MAGNETS] = {
        {0.35, 0.85, NAN}, {0.35, 0.925, NAN}, {0.35, 0.825, NAN}, {0.35, 0.85, NAN}};
    const mrse_magnet *magnet[MAGNETS] = {&test_m15, &test_m30, &test_m15s, &test_m15x};
    (void)state;
    if (mrse_init() != MRSE_OK)
        return 1;
    for (int i = 0; i < MAGNETS; i++) {
        if (printed_truth_of(magnet[i], &size[i], &truth[i]) != MRSE_OK)
            return 1;
        for (int k = 0; k < sheets_run; k++)
            calibrate(&truth[i], &SHEET[k], i < REFERENCES ? 1u << i : 0u, found[k][i]);
    }
    return 0;
}

static printed_errors sum_of(int sheet, int kind, int first, int n)
{
    printed_errors sum = {0};
    for (int i = first; i < first + n; i++)
        printed_add(&sum, &found[sheet][i][kind]);
    assert_true(sum.n > 0);
    return sum;
}

static void assert_most(double got, double most, const char *what)
{
    if (!(got <= most))
        fail_msg("%s: %.4g, at most %.4g expected", what, got, most);
}

/* ---- accuracy ---- */

static void calibrate__lines_and_gradients__references_found(void **state)
{
    (void)state;
    assert_most(sum_of(FULL, PRINTED_EXTENT, 0, 3).largest, 0.04, "extent, m");
    assert_most(sum_of(FULL, PRINTED_GRADIENT, 0, 3).largest, 0.01, "gradient");
    assert_most(sum_of(FULL, PRINTED_FIELD, 0, 3).largest, 0.02, "|B|");
    assert_most(sum_of(FULL, PRINTED_PRODUCT, 0, 3).largest, 0.04, "product");
}

/* A product that nobody printed is known less well where the windings are of another family. */
static void calibrate__lines_and_gradients__outsider_found(void **state)
{
    (void)state;
    assert_most(found[FULL][OUTSIDER][PRINTED_EXTENT].largest, 0.03, "extent, m");
    assert_most(found[FULL][OUTSIDER][PRINTED_GRADIENT].largest, 0.01, "gradient");
    assert_most(found[FULL][OUTSIDER][PRINTED_PRODUCT].largest, 0.07, "product");
}

static void calibrate__products_printed__all_maxima_within_1_percent(void **state)
{
    (void)state;
    if (PRODUCTS >= sheets_run)
        skip();
    assert_most(sum_of(PRODUCTS, PRINTED_EXTENT, 0, 4).largest, 0.04, "extent, m");
    assert_most(sum_of(PRODUCTS, PRINTED_GRADIENT, 0, 4).largest, 0.01, "gradient");
    assert_most(sum_of(PRODUCTS, PRINTED_FIELD, 0, 4).largest, 0.005, "|B|");
    assert_most(sum_of(PRODUCTS, PRINTED_PRODUCT, 0, 4).largest, 0.01, "product");
}

/* ---- coverage ---- */

/* 2u is meant to cover 95 %. */
static void calibrate__every_sheet__2u_covers_each_kind(void **state)
{
    (void)state;
    for (int k = 0; k < sheets_run; k++) {
        for (int q = 0; q < PRINTED_KINDS; q++) {
            const printed_errors e = sum_of(k, q, 0, MAGNETS);
            if (!(printed_share(&e) >= 0.95))
                fail_msg("sheet %d, kind %d: 2u covers %zu of %zu", k, q, e.within_2u, e.n);
        }
    }
}

static void calibrate__each_magnet__2u_covers_what_is_hidden(void **state)
{
    (void)state;
    for (int k = 0; k < sheets_run; k++) {
        for (int i = 0; i < MAGNETS; i++) {
            printed_errors all = {0};
            for (int q = 0; q < PRINTED_KINDS; q++)
                printed_add(&all, &found[k][i][q]);
            if (!(printed_share(&all) >= 0.95))
                fail_msg("sheet %d, magnet %d: 2u covers %zu of %zu", k, i, all.within_2u, all.n);
        }
    }
}

/* An uncertainty that covers all because it is huge is of no use. */
static void calibrate__lines_alone__uncertainty_honest_and_not_idle(void **state)
{
    (void)state;
    if (LINES >= sheets_run)
        skip();
    for (int q = PRINTED_EXTENT; q <= PRINTED_PRODUCT; q++) {
        const printed_errors e = sum_of(LINES, q, 0, MAGNETS);
        assert_int_equal(e.within_2u, e.n);
        if (!(printed_rms_z(&e) >= 0.3))
            fail_msg("kind %d: rms error is %.2f u", q, printed_rms_z(&e));
    }
}

/* The less a sheet says, the larger is the uncertainty of what it does not say. */
static void calibrate__less_said__more_uncertain(void **state)
{
    (void)state;
    if (GRADIENTS >= sheets_run)
        skip();
    for (int i = 0; i < MAGNETS; i++) {
        const double full = printed_mean_u(&found[FULL][i][PRINTED_GRADIENT]);
        const double lines = printed_mean_u(&found[LINES][i][PRINTED_GRADIENT]);
        assert_true(3.0 * full < lines);
        assert_true(lines < printed_mean_u(&found[ONE_LINE][i][PRINTED_GRADIENT]));
        assert_true(5.0 * printed_mean_u(&found[FULL][i][PRINTED_EXTENT]) <
                    printed_mean_u(&found[GRADIENTS][i][PRINTED_EXTENT]));
    }
}

/* ---- other sizes and fields ---- */

static void check_scaled(const printed_truth *from, unsigned without, double size, double strength)
{
    mrse_source source[PRINTED_SOURCES];
    printed_truth t;
    printed_errors e[PRINTED_KINDS];
    const mrse_magnet magnet = printed_scaled(&from->magnet, size, strength, source);
    const mrse_housing_size housing = {size * from->size.bore_radius_m,
                                       size * from->size.cover_half_length_m, NAN};
    assert_int_equal(printed_truth_of(&magnet, &housing, &t), MRSE_OK);
    calibrate(&t, &SHEET[FULL], without, e);
    for (int q = 0; q < PRINTED_KINDS; q++) {
        if (!(printed_share(&e[q]) >= 0.9))
            fail_msg("kind %d: 2u covers %zu of %zu", q, e[q].within_2u, e[q].n);
    }
    assert_most(e[PRINTED_GRADIENT].largest, 0.02, "gradient");
}

static void calibrate__7_T_of_60_cm__covered(void **state)
{
    (void)state;
    check_scaled(&truth[1], 2u, 6.0 / 7, 7.0 / 3);
}

static void calibrate__055_T_of_80_cm__covered(void **state)
{
    (void)state;
    check_scaled(&truth[0], 1u, 8.0 / 7, 0.55 / 1.5);
}

static void calibrate__3_T_of_60_cm__covered(void **state)
{
    (void)state;
    check_scaled(&truth[1], 2u, 6.0 / 7, 1.0);
}

/* The family has thicker windings for more field, as magnets have: nearly the same, not quite. */
static void calibrate__twice_the_field_at_twice_the_levels__same_lines(void **state)
{
    mrse_datum once[PRINTED_MOST], twice[PRINTED_MOST];
    mrse_calibration *a, *b;
    (void)state;
    const size_t n = printed_data(&truth[0], &SHEET[FULL], once);
    for (size_t i = 0; i < n; i++) {
        const mrse_datum *d = &once[i];
        const bool extent = d->type == MRSE_DATUM_Z_AXIS || d->type == MRSE_DATUM_R_MID;
        twice[i] = *d;
        twice[i].at *= extent ? 2.0 : 1.0;
        twice[i].value *= extent ? 1.0 : 2.0;
        twice[i].u *= extent ? 1.0 : 2.0;
    }
    assert_int_equal(mrse_calibrate(once, n, &truth[0].size, NULL, &a, NULL), MRSE_OK);
    assert_int_equal(mrse_calibrate(twice, n, &truth[0].size, NULL, &b, NULL), MRSE_OK);
    for (size_t i = 0; i < n; i++)
        assert_abs((b->row[i].predicted - twice[i].value) / twice[i].u,
                   (a->row[i].predicted - once[i].value) / once[i].u, 0.5);
    for (int i = 0; i < PRINTED_RADII; i++) {
        mrse_cylinder one, other;
        const double r_m = truth[0].cylinder[i].radius_m;
        assert_int_equal(mrse_cylinder_maxima(&a->model.magnet, r_m, &one), MRSE_OK);
        assert_int_equal(mrse_cylinder_maxima(&b->model.magnet, r_m, &other), MRSE_OK);
        assert_rel(other.grad_T_m, 2.0 * one.grad_T_m, 0.01);
    }
    mrse_calibration_free(a);
    mrse_calibration_free(b);
}

/* ---- bounds, meanings, what is told ---- */

static mrse_calibration *with_gradient(double radius_m, double value, mrse_bound bound)
{
    mrse_datum d[PRINTED_MOST];
    mrse_calibration *c;
    size_t n = printed_data(&truth[0], &SHEET[LINES], d);
    if (value > 0)
        d[n++] = (mrse_datum){.type = MRSE_DATUM_CYLINDER_GRADIENT,
                              .at = radius_m,
                              .value = value,
                              .u = 0.005 * value,
                              .bound = bound};
    assert_int_equal(mrse_calibrate(d, n, &truth[0].size, NULL, &c, NULL), MRSE_OK);
    return c;
}

static double gradient_of(mrse_calibration *c, double radius_m)
{
    mrse_cylinder at;
    assert_int_equal(mrse_cylinder_maxima(&c->model.magnet, radius_m, &at), MRSE_OK);
    mrse_calibration_free(c);
    return at.grad_T_m;
}

static void calibrate__bound__holds_and_says_no_more(void **state)
{
    static const double R_M = 0.3;
    (void)state;
    const double free = gradient_of(with_gradient(R_M, 0, MRSE_BOUND_EXACT), R_M);
    const double less = gradient_of(with_gradient(R_M, 0.9 * free, MRSE_BOUND_AT_MOST), R_M);
    const double more = gradient_of(with_gradient(R_M, 1.1 * free, MRSE_BOUND_AT_LEAST), R_M);
    assert_rel(less, 0.9 * free, 0.01);
    assert_rel(more, 1.1 * free, 0.01);
    assert_rel(gradient_of(with_gradient(R_M, 1.1 * free, MRSE_BOUND_AT_MOST), R_M), free, 1e-3);
    assert_rel(gradient_of(with_gradient(R_M, 0.9 * free, MRSE_BOUND_AT_LEAST), R_M), free, 1e-3);
    assert_rel(gradient_of(with_gradient(R_M, 1.1 * free, MRSE_BOUND_EXACT), R_M), 1.1 * free,
               0.01);
}

static void calibrate__gradient_from_data__only_of_what_constrains_it(void **state)
{
    (void)state;
    mrse_calibration *exact = with_gradient(0.3, 5.0, MRSE_BOUND_EXACT);
    mrse_calibration *most = with_gradient(0.3, 50.0, MRSE_BOUND_AT_MOST);
    mrse_calibration *none = with_gradient(0.3, 0, MRSE_BOUND_EXACT);
    assert_true(exact->gradient_from_data);
    assert_false(most->gradient_from_data);
    assert_false(none->gradient_from_data);
    mrse_calibration_free(exact);
    mrse_calibration_free(most);
    mrse_calibration_free(none);
}

/* A sheet says "radial: 2.4 m" of lines whose widest place is not in the mid-plane. */
static void calibrate__radial_of_unknown_meaning__both_covered(void **state)
{
    const mrse_calibrate_options options = {.without = 1u, .wide_radial = true};
    mrse_datum d[PRINTED_MOST];
    (void)state;
    for (int widest = 0; widest < 2; widest++) {
        printed_sheet sheet = SHEET[LINES];
        printed_errors e[PRINTED_KINDS];
        mrse_calibration *c;
        sheet.largest = widest;
        const size_t n = printed_data(&truth[0], &sheet, d);
        for (size_t i = 0; i < n; i++)
            d[i].type = d[i].type == MRSE_DATUM_R_MAX ? MRSE_DATUM_R_MID : d[i].type;
        assert_int_equal(mrse_calibrate(d, n, &truth[0].size, &options, &c, NULL), MRSE_OK);
        assert_int_equal(c->n_starts, 2 * 8);
        assert_int_equal(printed_compare(c, &truth[0], e), MRSE_OK);
        for (int q = 0; q < PRINTED_KINDS; q++)
            assert_true(printed_share(&e[q]) >= 0.9);
        mrse_calibration_free(c);
    }
}

static void assert_extent_row(const mrse_model *model, const mrse_datum *d, const mrse_fit_row *row)
{
    mrse_contour *line;
    mrse_sfg at, u;
    assert_int_equal(mrse_contour_trace(&model->magnet, d->at, NULL, &line), MRSE_OK);
    const mrse_extents e = line->extents;
    const bool axial = d->type == MRSE_DATUM_Z_AXIS;
    mrse_contour_free(line);
    assert_int_equal(mrse_model_at(model, axial ? 0 : e.r_mid_m, axial ? e.z_axis_m : 0, &at, &u),
                     MRSE_OK);
    assert_abs(row->predicted, axial ? e.z_axis_m : e.r_mid_m, 0.005);
    assert_abs(row->u_predicted, u.b_T / at.grad_T_m, 0.6 * u.b_T / at.grad_T_m);
}

/* As someone finds who draws the lines of the model and looks for its maxima. */
static void calibrate__row__as_the_model_has_it(void **state)
{
    mrse_datum d[PRINTED_MOST];
    mrse_calibration *c;
    (void)state;
    const size_t n = printed_data(&truth[1], &SHEET[FULL], d);
    const mrse_calibrate_options options = {.without = 2u};
    assert_int_equal(mrse_calibrate(d, n, &truth[1].size, &options, &c, NULL), MRSE_OK);
    assert_int_equal(c->n_rows, n);
    for (size_t i = 0; i < n; i++) {
        const mrse_fit_row *row = &c->row[i];
        mrse_cylinder at, u;
        assert_rel(row->residual, row->predicted - d[i].value, 1e-9);
        assert_true(row->u_predicted > 0.0);
        if (d[i].type == MRSE_DATUM_CYLINDER_GRADIENT) {
            assert_int_equal(mrse_model_cylinder(&c->model, d[i].at, &at, &u), MRSE_OK);
            assert_rel(row->predicted, at.grad_T_m, 1e-3);
            assert_abs(row->u_predicted, u.grad_T_m, 0.5 * u.grad_T_m);
        } else if (d[i].type != MRSE_DATUM_CENTRE) {
            assert_extent_row(&c->model, &d[i], row);
        }
    }
    mrse_calibration_free(c);
}

/* A bound that is kept says nothing, but the row still says what the model has. */
static void calibrate__row_of_a_bound__what_the_model_has(void **state)
{
    mrse_datum d[PRINTED_MOST];
    mrse_calibration *c;
    mrse_cylinder at;
    (void)state;
    size_t n = printed_data(&truth[0], &SHEET[LINES], d);
    const size_t line = 1, gradient = n;
    assert_int_equal(d[line].type, MRSE_DATUM_Z_AXIS);
    d[line].bound = MRSE_BOUND_AT_MOST;
    d[line].value += 1.0;
    d[n++] = (mrse_datum){.type = MRSE_DATUM_CYLINDER_GRADIENT,
                          .at = 0.3,
                          .value = 20.0,
                          .u = 0.1,
                          .bound = MRSE_BOUND_AT_MOST};
    assert_int_equal(mrse_calibrate(d, n, &truth[0].size, NULL, &c, NULL), MRSE_OK);
    assert_int_equal(mrse_cylinder_maxima(&c->model.magnet, 0.3, &at), MRSE_OK);
    assert_rel(c->row[gradient].predicted, at.grad_T_m, 1e-3);
    assert_true(c->row[gradient].u_predicted > 0.01 * at.grad_T_m);
    assert_abs(c->row[line].predicted, truth[0].extents[0].z_axis_m, 0.2);
    assert_true(c->row[line].u_predicted > 0.01);
    mrse_calibration_free(c);
}

static void calibrate__design__named_and_left_out(void **state)
{
    mrse_calibration *c;
    (void)state;
    assert_string_equal(mrse_calibrate_design(0), "M15");
    assert_string_equal(mrse_calibrate_design(2), "M15S");
    assert_null(mrse_calibrate_design(3));
    assert_int_equal(printed_calibrate(&truth[0], &SHEET[FULL], 0, &c), MRSE_OK);
    assert_string_equal(c->design, "M15");
    assert_int_equal(c->n_starts, 12);
    mrse_calibration_free(c);
    assert_int_equal(printed_calibrate(&truth[0], &SHEET[FULL], 1u, &c), MRSE_OK);
    assert_string_not_equal(c->design, "M15");
    assert_int_equal(c->n_starts, 8);
    assert_true(c->n_admissible >= 1 && c->n_admissible <= c->n_starts);
    mrse_calibration_free(c);
}

static void assert_same_magnet(const mrse_magnet *a, const mrse_magnet *b)
{
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->source, b->source, a->n * sizeof *a->source);
}

static void calibrate__twice__same_bytes(void **state)
{
    mrse_calibration *a, *b;
    (void)state;
    assert_int_equal(printed_calibrate(&truth[3], &SHEET[FULL], 0, &a), MRSE_OK);
    assert_int_equal(printed_calibrate(&truth[3], &SHEET[FULL], 0, &b), MRSE_OK);
    assert_same_magnet(&a->model.magnet, &b->model.magnet);
    assert_int_equal(a->model.n_variants, b->model.n_variants);
    for (size_t i = 0; i < a->model.n_variants; i++) {
        assert_same_magnet(&a->model.variant[i].magnet, &b->model.variant[i].magnet);
        assert_int_equal(a->model.variant[i].direction, b->model.variant[i].direction);
        assert_rel(a->model.variant[i].weight, b->model.variant[i].weight, 0);
    }
    assert_memory_equal(a->row, b->row, a->n_rows * sizeof *a->row);
    assert_rel(a->chi2, b->chi2, 0);
    mrse_calibration_free(a);
    mrse_calibration_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calibrate__lines_and_gradients__references_found),
        cmocka_unit_test(calibrate__lines_and_gradients__outsider_found),
        cmocka_unit_test(calibrate__products_printed__all_maxima_within_1_percent),
        cmocka_unit_test(calibrate__every_sheet__2u_covers_each_kind),
        cmocka_unit_test(calibrate__each_magnet__2u_covers_what_is_hidden),
        cmocka_unit_test(calibrate__lines_alone__uncertainty_honest_and_not_idle),
        cmocka_unit_test(calibrate__less_said__more_uncertain),
        cmocka_unit_test(calibrate__7_T_of_60_cm__covered),
        cmocka_unit_test(calibrate__055_T_of_80_cm__covered),
        cmocka_unit_test(calibrate__3_T_of_60_cm__covered),
        cmocka_unit_test(calibrate__twice_the_field_at_twice_the_levels__same_lines),
        cmocka_unit_test(calibrate__bound__holds_and_says_no_more),
        cmocka_unit_test(calibrate__gradient_from_data__only_of_what_constrains_it),
        cmocka_unit_test(calibrate__radial_of_unknown_meaning__both_covered),
        cmocka_unit_test(calibrate__row__as_the_model_has_it),
        cmocka_unit_test(calibrate__row_of_a_bound__what_the_model_has),
        cmocka_unit_test(calibrate__design__named_and_left_out),
        cmocka_unit_test(calibrate__twice__same_bytes),
    };
    return cmocka_run_group_tests_name("calibrate", tests, fit_all, NULL);
}

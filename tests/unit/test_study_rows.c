/* The rows of a study against closed forms of a loop: contours, cylinders, the data sheet's numbers
 * beside the model's, and how far the figures reach. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"

static const double A_M = 0.5;
static mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

/* u of |B| 1 %, of the gradient 2 %. */
static fixture *with_loop(void)
{
    fixture *f = with_coils();
    wire.current_A = 1.2e6;
    f->s.coil = &wire;
    return f;
}

static mrse_study *run(fixture *f, const mrse_study_options *o)
{
    f->study = NULL;
    assert_int_equal(mrse_study_run(&f->s, o, &f->study, NULL), MRSE_OK);
    return f->study;
}

static mrse_study *small_study(fixture *f)
{
    static const double radius_m = 0.1, level_T = 5e-3;
    const mrse_study_options o = {
        .level_T = &level_T, .n_levels = 1, .radius_m = &radius_m, .n_radii = 1};
    return run(f, &o);
}

/* On the axis of a loop: mu0 I a^2 / 2 (a^2 + z^2)^1.5. */
static double on_axis(double z_m)
{
    return MRSE_MU0 * wire.current_A * A_M * A_M / (2.0 * pow(A_M * A_M + z_m * z_m, 1.5));
}

static double axis_place(double b_T)
{
    return sqrt(pow(MRSE_MU0 * wire.current_A * A_M * A_M / (2.0 * b_T), 2.0 / 3.0) - A_M * A_M);
}

/* ---- contours ---- */

static void contours__by_default__each_level_where_the_closed_form_has_it(void **state)
{
    static const double want_T[] = {0.5e-3, 0.9e-3, 1e-3, 3e-3, 5e-3, 10e-3, 20e-3, 40e-3, 200e-3};
    const double radius_m = 0.1;
    const mrse_study_options o = {.radius_m = &radius_m, .n_radii = 1};
    fixture *f = with_loop();
    const mrse_study *study = run(f, &o);
    (void)state;
    assert_int_equal(study->n_contours, sizeof want_T / sizeof want_T[0]);
    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour_row *row = &study->contour[i];
        double z_m = axis_place(want_T[i]);
        double slope_T_m = 3.0 * z_m * want_T[i] / (A_M * A_M + z_m * z_m);
        assert_rel(row->contour->level_T, want_T[i], 1e-15);
        assert_rel(row->contour->extents.z_axis_m, z_m, 1e-7);
        assert_rel(row->u_z_axis_m, 0.01 * want_T[i] / slope_T_m, 1e-5);
    }
    mrse_study_free(f->study);
}

/* Asked for in any order; a level that is another only by its rounding is the same line. */
static void contours__levels_asked_for__sorted_and_told_apart(void **state)
{
    const double level_T[] = {7e-3, 2e-3, 4e-3 * (1.0 + 1e-6), 4e-3, 4e-3 * (1.0 - 1e-10)};
    const double radius_m = 0.1;
    const mrse_study_options o = {
        .level_T = level_T, .n_levels = 5, .radius_m = &radius_m, .n_radii = 1};
    static const double want_T[] = {0.5e-3, 0.9e-3, 2e-3, 4e-3, 4e-3, 7e-3};
    fixture *f = with_loop();
    const mrse_study *study = run(f, &o);
    (void)state;
    assert_int_equal(study->n_contours, 6);
    for (size_t i = 0; i < 6; i++)
        assert_rel(study->contour[i].contour->level_T, want_T[i], 2e-6);
    assert_true(study->contour[3].contour->level_T < study->contour[4].contour->level_T);
    mrse_study_free(f->study);
}

/* The real magnet may be a wider loop: u of an extent is the change of |B| there over the slope. A
 * contour without a slope has no u; zero would be certainty. */
static void contour_row__wider_loop_possible__change_there_over_the_slope(void **state)
{
    static const mrse_source best = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1e6};
    static const mrse_source wider = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.55, .current_A = 1e6};
    const mrse_variant other = {.magnet = {&wider, 1}, .weight = 1.0};
    const mrse_model model = {.magnet = {&best, 1}, .variant = &other, .n_variants = 1};
    const mrse_magnet magnet = {&best, 1}, wide = {&wider, 1};
    static const double at[4][2] = {{0.0, 2.0}, {1.7, 0.0}, {0.9, 1.6}, {1.5, 0.7}}; /* r, z */
    mrse_contour contour = {.level_T = 1e-3};
    mrse_contour_row row = {0};
    (void)state;
    contour.extents = (mrse_extents){.z_axis_m = at[0][1],
                                     .slope_z_axis_T_m = 1e-3,
                                     .r_mid_m = at[1][0],
                                     .slope_r_mid_T_m = 2e-3,
                                     .r_at_z_max_m = at[2][0],
                                     .z_max_m = at[2][1],
                                     .slope_z_max_T_m = 3e-3,
                                     .r_max_m = at[3][0],
                                     .z_at_r_max_m = at[3][1],
                                     .slope_r_max_T_m = 4e-3};
    mrse_contour_row_fill(&model, &contour, &row);
    const double got_m[] = {row.u_z_axis_m, row.u_r_mid_m, row.u_z_max_m, row.u_r_max_m};
    for (int i = 0; i < 4; i++) {
        mrse_sfg here, there;
        assert_int_equal(mrse_sfg_at(&magnet, at[i][0], at[i][1], &here), MRSE_OK);
        assert_int_equal(mrse_sfg_at(&wide, at[i][0], at[i][1], &there), MRSE_OK);
        assert_rel(got_m[i], fabs(there.b_T - here.b_T) / (1e-3 * (i + 1)), 1e-9);
    }
    contour.extents.slope_z_axis_T_m = contour.extents.slope_r_mid_T_m = 0.0;
    mrse_contour_row_fill(&model, &contour, &row);
    assert_true(isnan(row.u_z_axis_m) && isnan(row.u_r_mid_m));
}

/* ---- cylinders ---- */

static void assert_radii(const mrse_study *study, const double *want_m, size_t n)
{
    assert_int_equal(study->n_cylinders, n);
    for (size_t i = 0; i < n; i++)
        assert_abs(study->cylinder[i].at.radius_m, want_m[i], 1e-12);
}

static void cylinders__by_default__steps_wall_and_what_the_sheet_has(void **state)
{
    const double level_T = 5e-3;
    const mrse_study_options o = {.level_T = &level_T, .n_levels = 1};
    fixture *f = with_loop();
    (void)state;
    f->s.bore_diameter.v = 0.42; /* the wall one centimetre beyond a step */
    add_cylinder(f, 0.10);       /* a step */
    add_cylinder(f, 0.13);
    add_cylinder(f, 0.10 + 0.5e-6); /* the same cylinder within a micrometre */
    assert_radii(run(f, &o), (const double[]){0, 0.05, 0.10, 0.13, 0.15, 0.20, 0.21}, 7);
    mrse_study_free(f->study);

    f = with_loop(); /* bore not known: the widest that is stated bounds the steps */
    f->s.bore_diameter = nothing(MRSE_KIND_LENGTH);
    add_cylinder(f, 0.12);
    add_cylinder(f, 0.08);
    assert_radii(run(f, &o), (const double[]){0, 0.05, 0.08, 0.10, 0.12}, 5);
    mrse_study_free(f->study);

    f = with_loop(); /* nothing known: no cylinder, and no failure */
    f->s.bore_diameter = nothing(MRSE_KIND_LENGTH);
    assert_int_equal(run(f, &o)->n_cylinders, 0);
    mrse_study_free(f->study);
}

/* ---- the scanner ---- */

static void study__isocentre__field_and_u_of_the_model(void **state)
{
    fixture *f = with_loop();
    (void)state;
    f->s.u_field.v = 0.03;
    const mrse_study *study = small_study(f);
    assert_rel(study->b0_T, on_axis(0.0), 1e-12);
    assert_rel(study->u_b0_T, 0.03 * on_axis(0.0), 1e-9);
    assert_rel(study->reach.bore_radius_m, 0.3, 1e-15);
    assert_rel(study->reach.cover_half_length_m, 0.8, 1e-15);
    mrse_study_free(f->study);
}

/* f0 over 42.577 MHz/T is B0; against the class of 1.5 T by its share, and by that of the product. */
static void study__f0__field_and_its_shares_against_the_name(void **state)
{
    fixture *f = with_loop();
    (void)state;
    f->s.frequency = stated(66.0e6, 4e3, MRSE_KIND_FREQUENCY, 3);
    const mrse_study *study = small_study(f);
    const double b0_T = 66.0 / 42.577478518;
    assert_rel(study->b0_f0.v, b0_T, 1e-9);
    assert_rel(study->f0_field, b0_T / 1.5 - 1.0, 1e-9);
    assert_rel(study->f0_product, pow(b0_T / 1.5, 2) - 1.0, 1e-9);
    assert_int_equal(study->b0_f0.kind, MRSE_KIND_FIELD);
    assert_rel(study->b0_f0.u, 1e-4 * b0_T, 1e-6); /* of drift: more than that of the printed f0 */
    mrse_study_free(f->study);
    f = with_loop();
    assert_true(isnan(small_study(f)->b0_f0.v) && isnan(f->study->f0_field));
    mrse_study_free(f->study);
}

/* ---- agreement ---- */

/* One number beside a model that is exact: `share` of the field at the isocentre, u in that too. */
static mrse_agreement beside(double share, double u_share, mrse_bound bound, mrse_calibration *by)
{
    static const mrse_value printed = {.v = 1.0};
    const mrse_value *of[] = {&printed};
    fixture *f = with_loop();
    mrse_study study = {.scanner = &f->s, .model.magnet = {&wire, 1}, .calibration = by};
    mrse_sfg at;
    assert_int_equal(mrse_sfg_at(&study.model.magnet, 0.0, 0.0, &at), MRSE_OK);
    mrse_datum datum = {
        .type = MRSE_DATUM_CENTRE, .value = share * at.b_T, .u = u_share * at.b_T, .bound = bound};
    const mrse_sheet_data data = {.datum = &datum, .of = of, .n = 1};
    assert_int_equal(mrse_study_agreement(&study, &data), MRSE_OK);
    mrse_agreement row = study.agreement[0];
    mrse_free(study.agreement);
    return row;
}

/* E_n = (model - stated) / 2u, by shares that binary numbers hold exactly. |E_n| of 1 agrees; a bound
 * is broken on one side only. */
static void agreement__e_n_at_its_edge__only_beyond_one_differs(void **state)
{
    static const struct {
        double share, u, en;
        bool exact, at_most, at_least; /* differs as such */
    } row[] = {
        {0.5, 0.25, 1.0, false, false, false},
        {1.5, 0.25, -1.0, false, false, false},
        {0.5, 0.125, 2.0, true, true, false}, /* the model has more */
        {1.5, 0.125, -2.0, true, false, true},
        {0.375, 0.25, 1.25, true, true, false},
        {1.625, 0.25, -1.25, true, false, true},
        {0.75, 0.5, 0.25, false, false, false},
        {1.0, 0.0, 0.0, false, false, false}, /* alike, and nothing is uncertain */
        {0.5, 0.0, (double)INFINITY, true, true, false},
        {1.25, 0.0, -(double)INFINITY, true, false, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_agreement got = beside(row[i].share, row[i].u, MRSE_BOUND_EXACT, NULL);
        assert_true(got.en == row[i].en);
        assert_int_equal(got.differs, row[i].exact);
        assert_int_equal(beside(row[i].share, row[i].u, MRSE_BOUND_AT_MOST, NULL).differs,
                         row[i].at_most);
        assert_int_equal(beside(row[i].share, row[i].u, MRSE_BOUND_AT_LEAST, NULL).differs,
                         row[i].at_least);
    }
}

/* Each kind of number with the model's own value, u and name. |B| and gradient may err together: of
 * the product of their maxima u is 1 % + 2 %. */
static void agreement__cylinder_and_point__value_u_and_name(void **state)
{
    static const mrse_value printed = {.v = 1.0};
    mrse_datum datum[] = {
        {.type = MRSE_DATUM_CYLINDER_FIELD, .at = 0.1},
        {.type = MRSE_DATUM_CYLINDER_GRADIENT, .at = 0.1},
        {.type = MRSE_DATUM_CYLINDER_PRODUCT, .at = 0.1},
        {.type = MRSE_DATUM_CYLINDER_MAXIMA, .at = 0.1},
        {.type = MRSE_DATUM_CYLINDER_FIELD, .at = 0.2}, /* no row of the study */
        {.type = MRSE_DATUM_POINT_FIELD, .at = 0.0, .z_m = 1.2},
        {.type = MRSE_DATUM_POINT_GRADIENT, .at = 0.0, .z_m = -1.2},
        {.type = MRSE_DATUM_Z_AXIS, .at = 5e-3},
        {.type = MRSE_DATUM_Z_AXIS, .at = 7e-3}, /* a line that the study does not show */
        {.type = MRSE_DATUM_Z_MAX, .at = 7e-3},  /* of a loop the axis reaches farthest */
        {.type = MRSE_DATUM_R_MID, .at = 5e-3},
        {.type = MRSE_DATUM_R_MAX, .at = 5e-3},
        {.type = MRSE_DATUM_Z_AXIS, .at = 2.0045e-3}, /* not yet 2.01 */
    };
    enum { N = sizeof datum / sizeof datum[0] };
    const mrse_value *of[N];
    const mrse_sheet_data data = {.datum = datum, .of = of, .n = N};
    fixture *f = with_loop();
    mrse_study *study = small_study(f);
    const mrse_cylinder *c = &study->cylinder[0].at;
    const mrse_extents *line = &study->contour[2].contour->extents; /* of 5 mT */
    mrse_cylinder wide;
    (void)state;
    for (size_t i = 0; i < N; i++) {
        of[i] = &printed;
        datum[i].value = datum[i].u = 1.0;
    }
    mrse_free(study->agreement);
    study->n_agreements = 0;
    assert_int_equal(mrse_study_agreement(study, &data), MRSE_OK);
    assert_int_equal(mrse_cylinder_maxima(&study->model.magnet, 0.2, &wide), MRSE_OK);
    const double grad_T_m = 3.0 * 1.2 * on_axis(1.2) / (A_M * A_M + 1.2 * 1.2);
    const struct {
        double v, u;
        mrse_kind kind;
        const char *what;
    } want[N] = {
        {c->b_T, 0.01, MRSE_KIND_FIELD, "r = 0.100 m: largest |B|"},
        {c->grad_T_m, 0.02, MRSE_KIND_SFG, "r = 0.100 m: largest |∇|B||"},
        {c->product_T2_m, 0.03, MRSE_KIND_PRODUCT, "r = 0.100 m: largest |B||∇|B||"},
        {c->b_T * c->grad_T_m, 0.03, MRSE_KIND_PRODUCT,
         "r = 0.100 m: largest |B| × largest |∇|B||"},
        {wide.b_T, 0.01, MRSE_KIND_FIELD, "r = 0.200 m: largest |B|"},
        {on_axis(1.2), 0.01, MRSE_KIND_FIELD, "r = 0.00 m, z = 1.20 m: |B|"},
        {grad_T_m, 0.02, MRSE_KIND_SFG, "r = 0.00 m, z = -1.20 m: |∇|B||"},
        {axis_place(5e-3), NAN, MRSE_KIND_LENGTH, "5.00 mT: extent on the axis"},
        {axis_place(7e-3), NAN, MRSE_KIND_LENGTH, "7.00 mT: extent on the axis"},
        {axis_place(7e-3), NAN, MRSE_KIND_LENGTH, "7.00 mT: largest |z|"},
        {line->r_mid_m, NAN, MRSE_KIND_LENGTH, "5.00 mT: radius in the mid-plane"},
        {line->r_max_m, NAN, MRSE_KIND_LENGTH, "5.00 mT: largest radius"},
        {axis_place(2.0045e-3), NAN, MRSE_KIND_LENGTH, "2.00 mT: extent on the axis"},
    };
    for (size_t i = 0; i < N; i++) {
        const mrse_agreement *row = &study->agreement[i];
        assert_rel(row->predicted, want[i].v, 1e-7);
        if (isfinite(want[i].u))
            assert_rel(row->u_predicted, want[i].u * want[i].v, 1e-6);
        assert_int_equal(row->kind, want[i].kind);
        assert_string_equal(row->what, want[i].what);
    }
    mrse_study_free(study);
}

static void agreement__model_was_calibrated__fitted(void **state)
{
    mrse_calibration calibration = {0};
    (void)state;
    for (int fitted = 0; fitted < 2; fitted++)
        assert_int_equal(beside(1.0, 0.25, MRSE_BOUND_EXACT, fitted ? &calibration : NULL).fitted,
                         fitted);
}

/* ---- figures ---- */

/* The room holds 2 m along and 1.5 m across, or the outermost line with a margin of 12 % and 15 %; the
 * bore 0.75 m in front of the covers and 5 % beyond the body's radius. */
static void maps__extent__lines_and_housing_with_their_margins(void **state)
{
    fixture *f = with_loop();
    f->s.cover_diameter.v = 1.8;
    mrse_study *study = small_study(f);
    mrse_extents *e = &study->contour[0].contour->extents;
    (void)state;
    assert_true(e->z_max_m > 2.0 && e->r_max_m > 1.5);
    assert_int_equal(mrse_study_maps(study), MRSE_OK);
    const mrse_map *room = &study->room, *bore = &study->bore;
    assert_abs(room->z0_m, -1.12 * e->z_max_m, 1e-12);
    assert_abs(room->z0_m + (double)(room->nz - 1) * room->dz_m, 1.12 * e->z_max_m, 1e-12);
    assert_abs((double)(room->nr - 1) * room->dr_m, 1.15 * e->r_max_m, 1e-12);
    assert_abs(bore->z0_m, -(0.8 + 0.75), 1e-12);
    assert_abs(bore->z0_m + (double)(bore->nz - 1) * bore->dz_m, 0.8 + 0.75, 1e-12);
    assert_abs((double)(bore->nr - 1) * bore->dr_m, 1.05 * 0.9, 1e-12);
    for (size_t k = 1; k < 20; k++) { /* each node holds the field of its own place */
        size_t i = k * 37 % room->nz, j = k * 53 % room->nr;
        double z_m = -1.12 * e->z_max_m * (1.0 - 2.0 * (double)i / (double)(room->nz - 1));
        double r_m = 1.15 * e->r_max_m * (double)j / (double)(room->nr - 1);
        mrse_sfg at;
        assert_int_equal(mrse_sfg_at(&study->model.magnet, r_m, z_m, &at), MRSE_OK);
        assert_rel(room->b_T[j * room->nz + i], at.b_T, 1e-9);
    }
    assert_int_equal(mrse_study_maps(NULL), MRSE_ERR_ARG);
    mrse_study_free(study);

    f = with_loop(); /* so weak that its lines are near it; no housing */
    wire.current_A = 3e3;
    f->s.cover_length = f->s.cover_diameter = nothing(MRSE_KIND_LENGTH);
    study = small_study(f);
    assert_int_equal(mrse_study_maps(study), MRSE_OK);
    assert_abs(study->room.z0_m, -2.0, 1e-12);
    assert_abs((double)(study->room.nr - 1) * study->room.dr_m, 1.5, 1e-12);
    assert_abs(study->bore.z0_m, -(0.9 + 0.75), 1e-12);
    assert_abs((double)(study->bore.nr - 1) * study->bore.dr_m, 1.1, 1e-12);
    mrse_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contours__by_default__each_level_where_the_closed_form_has_it),
        cmocka_unit_test(contours__levels_asked_for__sorted_and_told_apart),
        cmocka_unit_test(contour_row__wider_loop_possible__change_there_over_the_slope),
        cmocka_unit_test(cylinders__by_default__steps_wall_and_what_the_sheet_has),
        cmocka_unit_test(study__isocentre__field_and_u_of_the_model),
        cmocka_unit_test(study__f0__field_and_its_shares_against_the_name),
        cmocka_unit_test(agreement__e_n_at_its_edge__only_beyond_one_differs),
        cmocka_unit_test(agreement__cylinder_and_point__value_u_and_name),
        cmocka_unit_test(agreement__model_was_calibrated__fitted),
        cmocka_unit_test(maps__extent__lines_and_housing_with_their_margins),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

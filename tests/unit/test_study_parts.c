/* The parts of a study by themselves: uncertainties of contours, what the model says of each kind of
 * number on a sheet, the largest values within reach, and what the model rests on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"
#include "support/oom.h"

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

static mrse_diags diags;

static mrse_status try_study(fixture *f, const mrse_study_options *o)
{
    mrse_diags_init(&diags);
    f->study = NULL;
    return mrse_study_run(&f->s, o, &f->study, &diags);
}

/* One contour and one cylinder: as little as a study can hold. */
static mrse_study *small_study(fixture *f)
{
    static const double radius_m = 0.1, level_T = 5e-3;
    const mrse_study_options o = {
        .level_T = &level_T, .n_levels = 1, .radius_m = &radius_m, .n_radii = 1};
    assert_int_equal(try_study(f, &o), MRSE_OK);
    return f->study;
}

/* ---- contours ---- */

/* A wire of a variant at an extent: |B| there is not known, and so is not the extent. */
static void contour_row__variant_without_a_value__u_not_known(void **state)
{
    static const mrse_source best = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1e6};
    static const double at_m[] = {1.5, -1.5, 0.0}; /* of the wire: either side counts */
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const mrse_source wire = {.type = MRSE_SOURCE_LOOP,
                                  .r1_m = 1.0,
                                  .z1_m = at_m[i],
                                  .z2_m = at_m[i],
                                  .current_A = 1e6};
        const mrse_variant other = {.magnet = {&wire, 1}, .weight = 1.0};
        const mrse_model model = {.magnet = {&best, 1}, .variant = &other, .n_variants = 1};
        mrse_contour contour = {.level_T = 1e-3};
        mrse_contour_row row = {0};
        contour.extents = (mrse_extents){.z_axis_m = 2.0,
                                         .slope_z_axis_T_m = 1e-3,
                                         .r_mid_m = 1.7,
                                         .slope_r_mid_T_m = 1e-3,
                                         .z_max_m = 1.5,
                                         .r_at_z_max_m = 1.0,
                                         .slope_z_max_T_m = 1e-3,
                                         .r_max_m = (double)NAN,
                                         .slope_r_max_T_m = 1e-3};
        mrse_contour_row_fill(&model, &contour, &row);
        assert_true(row.u_z_axis_m > 0.0 && row.u_r_mid_m > 0.0);
        assert_int_equal(isnan(row.u_z_max_m), i < 2);
        assert_true(isnan(row.u_r_max_m)); /* no such extent */
    }
}

static void study__level_all_but_named__is_not_doubled(void **state)
{
    const double level_T[] = {MRSE_LEVEL_IEC_T * (1.0 - 1e-10), 100.0};
    const mrse_study_options o = {.level_T = level_T, .n_levels = 2};
    fixture *f = with_coils();
    (void)state;
    f->s.cover_length = f->s.cover_diameter = nothing(MRSE_KIND_LENGTH);
    add_cylinder(f, (double)NAN); /* a number beside a radius that cannot be read: no row */
    assert_int_equal(try_study(f, &o), MRSE_OK);
    assert_int_equal(mrse_study_maps(f->study), MRSE_OK);
    assert_int_equal(f->study->n_contours, 3);
    assert_int_equal(f->study->n_cylinders, 7);
    assert_non_null(strstr(f->study->contour[1].name, "IEC"));
    /* 100 T is nowhere: no extent of it, and the figures keep to their usual size */
    assert_true(isnan(f->study->contour[2].contour->extents.z_max_m));
    assert_abs(-f->study->bore.z0_m, 0.9 + 0.75, 1e-12);
    assert_true(-f->study->room.z0_m > f->study->contour[0].contour->extents.z_max_m);
    mrse_study_free(f->study);
}

/* Without a stated uncertainty of its coils nothing can be said of a magnet, and no zero stands for
 * it; a place on a wire has no value. */
static void study__nothing_known__is_refused(void **state)
{
    mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    mrse_point_row point = {.at.b_T = 1.0};
    fixture *f = with_coils();
    (void)state;
    f->s.coil = &wire;
    assert_int_equal(mrse_study_point(small_study(f), 0.5, 0.0, &point), MRSE_ERR_RANGE);
    assert_abs(point.at.b_T, 0.0, 0.0);
    mrse_study_free(f->study);
    f->s.u_field = nothing(MRSE_KIND_RATIO);
    assert_int_equal(try_study(f, NULL), MRSE_ERR_ARG);
    assert_null(f->study);
}

static void study__misuse__is_refused(void **state)
{
    mrse_study *study = NULL;
    mrse_point_row point;
    fixture *f = with_coils();
    mrse_map empty = {0};
    (void)state;
    assert_int_equal(mrse_study_run(&f->s, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_study_run(NULL, NULL, &study, NULL), MRSE_ERR_ARG);
    assert_null(study);
    assert_int_equal(mrse_study_point(NULL, 0.0, 0.0, &point), MRSE_ERR_ARG);
    assert_int_equal(mrse_study_point(small_study(f), 0.0, 0.0, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_method_find("field-calibration") != NULL, 1);
    assert_null(mrse_method_find("no-such-method"));
    assert_null(mrse_method_find(NULL));
    mrse_study_free(f->study);
    mrse_study_free(NULL);
    mrse_map_clear(&empty);
}

/* ---- agreement ---- */

/* Rows of agreement of a sheet that is put together by hand, against the test magnet. */
typedef struct sheet {
    mrse_datum datum[8];
    const mrse_value *of[8];
    mrse_sheet_data data;
} sheet;

static const mrse_value PRINTED = {.v = 1.0};

static void add_datum(sheet *s, mrse_datum_type type, double at, double z_m, double value)
{
    s->datum[s->data.n] =
        (mrse_datum){.type = type, .at = at, .z_m = z_m, .value = value, .u = 1e-3 * value};
    s->of[s->data.n++] = &PRINTED;
    s->data.datum = s->datum;
    s->data.of = s->of;
}

static void forget_rows(mrse_study *study)
{
    mrse_free(study->agreement);
    study->agreement = NULL;
    study->n_agreements = 0;
}

static const mrse_agreement *compare(fixture *f, const sheet *s)
{
    forget_rows(f->study);
    assert_int_equal(mrse_study_agreement(f->study, &s->data), MRSE_OK);
    assert_int_equal(f->study->n_agreements, s->data.n);
    return f->study->agreement;
}

static void agreement__points_and_extents__the_models_own_numbers(void **state)
{
    fixture *f = with_coils();
    const mrse_study *study = small_study(f);
    const mrse_extents *e = &study->contour[2].contour->extents;
    const mrse_agreement *row;
    mrse_sfg at;
    sheet s = {0};
    (void)state;
    assert_int_equal(mrse_sfg_at(&study->model.magnet, 0.2, 0.7, &at), MRSE_OK);
    add_datum(&s, MRSE_DATUM_POINT_FIELD, 0.2, 0.7, at.b_T);
    add_datum(&s, MRSE_DATUM_POINT_GRADIENT, 0.2, 0.7, at.grad_T_m);
    add_datum(&s, MRSE_DATUM_Z_MAX, 5e-3, 0, e->z_max_m);
    add_datum(&s, MRSE_DATUM_R_MAX, 5e-3, 0, e->r_max_m);
    add_datum(&s, MRSE_DATUM_CYLINDER_MAXIMA, 0.1, 0,
              study->cylinder[0].at.b_T * study->cylinder[0].at.grad_T_m);
    row = compare(f, &s);
    for (size_t i = 0; i < s.data.n; i++) {
        assert_rel(row[i].predicted, s.datum[i].value, 1e-9);
        assert_true(row[i].u_predicted > 0.0);
        assert_false(row[i].differs);
    }
    assert_rel(row[0].u_predicted, 0.01 * at.b_T, 1e-9);
    assert_rel(row[1].u_predicted, 0.02 * at.grad_T_m, 1e-9);
    assert_string_equal(row[0].what, "r = 0.200 m, z = 0.700 m: |B|");
    assert_string_equal(row[2].what, "5.00 mT: largest |z|");
    assert_int_equal(row[1].kind, MRSE_KIND_SFG);
    mrse_study_free(f->study);
}

/* In a winding, or a line that runs out of the space searched: nothing agrees, and nothing fails. */
static void agreement__no_value_in_the_model__differs(void **state)
{
    mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    fixture *f = with_coils();
    const mrse_agreement *row;
    sheet s = {0};
    (void)state;
    f->s.coil = &wire;
    (void)small_study(f);
    add_datum(&s, MRSE_DATUM_POINT_FIELD, 0.5, 0.0, 1.0);
    add_datum(&s, MRSE_DATUM_CYLINDER_FIELD, 0.5, 0.0, 1.0);
    add_datum(&s, MRSE_DATUM_Z_AXIS, 1e-9, 0.0, 100.0);
    row = compare(f, &s);
    for (size_t i = 0; i < s.data.n; i++) {
        assert_true(isnan(row[i].predicted) && isnan(row[i].en));
        assert_true(row[i].differs);
    }
    mrse_study_free(f->study);
}

static void agreement__radius_of_no_stated_meaning__first_stays_when_nearer(void **state)
{
    fixture *f = with_coils();
    mrse_extents *e = &small_study(f)->contour[2].contour->extents;
    sheet s = {.data.both = true};
    (void)state;
    e->r_max_m = e->r_mid_m + 0.1; /* as of a shielded magnet */
    add_datum(&s, MRSE_DATUM_R_MID, 5e-3, 0.0, e->r_mid_m);
    add_datum(&s, MRSE_DATUM_R_MID, 5e-3, 0.0, e->r_max_m);
    assert_rel(compare(f, &s)[0].predicted, e->r_mid_m, 1e-12);
    assert_rel(f->study->agreement[1].predicted, e->r_max_m, 1e-12);
    s.data.n = 0; /* an empty sheet */
    forget_rows(f->study);
    assert_int_equal(mrse_study_agreement(f->study, &s.data), MRSE_OK);
    mrse_study_free(f->study);
}

typedef struct asked {
    fixture *f;
    sheet s;
} asked;

static mrse_status agree_once(void *context)
{
    asked *a = context;
    mrse_status status = mrse_study_agreement(a->f->study, &a->s.data);
    forget_rows(a->f->study);
    return status;
}

static void agreement__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    asked a = {.f = with_coils()};
    (void)state;
    a.f->s.coil = &wire;
    (void)small_study(a.f);
    forget_rows(a.f->study);
    add_datum(&a.s, MRSE_DATUM_CYLINDER_FIELD, 0.2, 0.0, 1.0);
    add_datum(&a.s, MRSE_DATUM_Z_AXIS, 2e-3, 0.0, 4.0);
    add_datum(&a.s, MRSE_DATUM_R_MAX, 2e-3, 0.0, 4.0);
    assert_true(oom_exhaust(agree_once, &a) > 10);
    mrse_study_free(a.f->study);
}

/* ---- reach ---- */

static void reach__two_cylinders_hold_the_bore__the_narrower_speaks(void **state)
{
    fixture *f = with_coils();
    mrse_stated_cylinder *wide, *narrow;
    mrse_value wall;
    (void)state;
    wide = add_cylinder(f, 0.35);
    narrow = add_cylinder(f, 0.30);
    wide->gradient = gradient(19.0);
    narrow->gradient = gradient(17.0);
    add_cylinder(f, 0.40)->gradient = gradient(25.0);
    (void)small_study(f);
    assert_true(mrse_reach_wall(f->study, MRSE_KIND_SFG, &wall));
    assert_abs(wall.v, 17.0, 0.0);
    assert_ptr_equal(mrse_reach_wall_stated(f->study, MRSE_KIND_SFG), &narrow->gradient);
    assert_null(mrse_reach_wall_stated(f->study, MRSE_KIND_FIELD));
    assert_false(mrse_reach_wall(f->study, MRSE_KIND_FIELD, &wall));
    assert_abs(f->study->reach_grad.v, 17.0, 0.0);
    assert_true(mrse_reach_is_stated(&f->study->reach_grad));
    assert_false(mrse_reach_is_stated(&f->study->reach_b));
    wall = mrse_value_missing(MRSE_KIND_SFG);
    assert_false(mrse_reach_is_stated(&wall));
    mrse_study_free(f->study);
}

/* Each quantity by itself: of the two others the model speaks. */
static void reach__field_alone_stated__stands_alone(void **state)
{
    fixture *f = with_coils();
    (void)state;
    add_cylinder(f, 0.30)->field = stated(1.9, 0, MRSE_KIND_FIELD, 31);
    (void)small_study(f);
    assert_abs(f->study->reach_b.v, 1.9, 0.0);
    assert_false(mrse_reach_is_stated(&f->study->reach_grad));
    assert_false(mrse_reach_is_stated(&f->study->reach_product));
    mrse_study_free(f->study);
}

/* A measured number carries its u; only a product is stated. */
static void reach__stated_with_u__compared_by_its_upper_end(void **state)
{
    fixture *f = with_coils();
    const mrse_value product = {.v = 20.0,
                                .u = 0.5,
                                .kind = MRSE_KIND_PRODUCT,
                                .origin = MRSE_ORIGIN_MEASURED,
                                .basis = MRSE_BASIS_COMPUTED};
    (void)state;
    add_cylinder(f, 0.30)->product = product;
    (void)small_study(f);
    assert_abs(f->study->reach_product.v, 20.0, 0.0);
    assert_abs(f->study->reach_product.u, 0.5, 0.0);
    assert_false(mrse_reach_is_stated(&f->study->reach_grad));
    mrse_study_free(f->study);
}

/* Where bore or covers may lie in the windings, a coil set has no answer; a calibration only no reach. */
static void reach__in_the_windings__refused_or_not_known(void **state)
{
    mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    mrse_calibration fitted = {0};
    fixture *f = with_coils();
    mrse_study study = {.scanner = &f->s, .reach = {0.3, 0.8}};
    (void)state;
    f->s.bore_diameter.u = 0.3;
    assert_int_equal(try_study(f, NULL), MRSE_ERR_RANGE);
    assert_null(f->study);
    f->s.bore_diameter.u = 0.0;
    study.model.magnet = (mrse_magnet){&wire, 1};
    study.reach.bore_radius_m = 0.5;
    assert_int_equal(mrse_study_reach(&study), MRSE_ERR_RANGE);
    study.calibration = &fitted;
    assert_int_equal(mrse_study_reach(&study), MRSE_OK);
    assert_true(isnan(study.reach_grad.v) && isnan(study.reach_b.v));
    assert_abs(study.reach_at.b.value, 0.0, 0.0);
}

/* The covers' own radius decides nothing at the bore, but a front that cannot be searched does. */
static void reach__sheet_speaks_for_the_bore__front_must_still_be_known(void **state)
{
    mrse_source wire = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    fixture *f = with_coils();
    (void)state;
    f->s.coil = &wire;
    f->s.bore_diameter.v = 0.6;
    f->s.cover_length.v = 0.1;
    f->s.cover_length.u = 0.05; /* two standard uncertainties: no cover left */
    add_cylinder(f, 0.30)->gradient = gradient(5.0);
    assert_int_not_equal(try_study(f, NULL), MRSE_OK);
    assert_null(f->study);
}

/* ---- what the model rests on ---- */

static mrse_status model_of(fixture *f, sheet *s, mrse_study *study)
{
    memset(study, 0, sizeof *study);
    study->scanner = &f->s;
    f->s.n_coils = 0;
    mrse_diags_init(&diags);
    return mrse_study_model(study, &s->data, false, &diags);
}

static void model__numbers_of_no_magnet__says_what_is_wrong(void **state)
{
    fixture *f = calibrated();
    mrse_study study;
    sheet s = {0};
    (void)state;
    add_datum(&s, MRSE_DATUM_CENTRE, 0.0, 0.0, 1e300);
    add_datum(&s, MRSE_DATUM_Z_AXIS, 0.5e-3, 0.0, 4.0);
    assert_int_equal(model_of(f, &s, &study), MRSE_ERR_NUMERIC);
    assert_non_null(strstr(diags.item[0].text, "no magnet of the model's family"));
    s.datum[0].value = 1.5;
    s.datum[1].at = -0.5e-3; /* a level below zero */
    assert_int_equal(model_of(f, &s, &study), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "too few numbers"));
    /* values that no file holds have no line to name */
    s.datum[1] = (mrse_datum){.type = MRSE_DATUM_CENTRE, .value = 3.0, .u = 1e-3};
    s.datum[0].u = 1e-3;
    assert_int_equal(model_of(f, &s, &study), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "cannot both be true"));
    assert_null(strchr(diags.item[0].text, '('));
    assert_null(study.calibration);
}

static mrse_status model_once(void *context)
{
    sheet s = {0};
    mrse_study study;
    add_datum(&s, MRSE_DATUM_CENTRE, 0.0, 0.0, 1.5);
    add_datum(&s, MRSE_DATUM_CENTRE, 0.0, 0.0, 3.0);
    s.datum[0].u = s.datum[1].u = 1e-3;
    return model_of(context, &s, &study);
}

static void model__no_memory_to_say_so__is_reported(void **state)
{
    (void)state;
    assert_true(oom_exhaust(model_once, calibrated()) > 0);
}

/* A calibration is no better founded than the level, radius or place that a number stands beside; a
 * place without a number does not count. */
static void model__place_of_a_number_unverified__so_is_the_basis(void **state)
{
    (void)state;
    for (int which = 0; which < 6; which++) {
        fixture *f = calibrated();
        mrse_stated_point point[3] = {{.r = stated(0.0, 0, MRSE_KIND_LENGTH, 40),
                                       .z = stated(1.2, 0, MRSE_KIND_LENGTH, 40),
                                       .field = stated(0.35, 0.05, MRSE_KIND_FIELD, 40),
                                       .gradient = nothing(MRSE_KIND_SFG)},
                                      {.r = stated(0.0, 0, MRSE_KIND_LENGTH, 41),
                                       .z = stated(1.5, 0, MRSE_KIND_LENGTH, 41),
                                       .field = nothing(MRSE_KIND_FIELD),
                                       .gradient = nothing(MRSE_KIND_SFG)},
                                      {.r = stated(0.0, 0, MRSE_KIND_LENGTH, 42),
                                       .z = stated(1.1, 0, MRSE_KIND_LENGTH, 42),
                                       .field = nothing(MRSE_KIND_FIELD),
                                       .gradient = stated(1.5, 1.0, MRSE_KIND_SFG, 42)}};
        mrse_value *weak[] = {&f->contour[1].level, &f->cylinder[0].radius,
                              &point[0].z,          &point[2].r,
                              &point[1].z,          &f->contour[2].level};
        mrse_sheet_data data;
        mrse_study study = {.scanner = &f->s};
        f->contour[1].axial = nothing(MRSE_KIND_LENGTH); /* the radial extent alone */
        f->cylinder[0].gradient = nothing(MRSE_KIND_SFG);
        f->cylinder[0].field = stated(1.52, 0.02, MRSE_KIND_FIELD, 30);
        f->cylinder[1].gradient = nothing(MRSE_KIND_SFG);
        f->s.sheet.point = point;
        f->s.sheet.n_points = 3;
        add_contour(f, 1e-3, 3.0, 2.0);
        f->contour[2].axial = f->contour[2].radial = nothing(MRSE_KIND_LENGTH);
        weak[which]->origin = MRSE_ORIGIN_UNVERIFIED;
        mrse_diags_init(&diags);
        assert_int_equal(mrse_sheet_data_load(&f->s, &data), MRSE_OK);
        assert_int_equal(mrse_study_model(&study, &data, false, &diags), MRSE_OK);
        assert_int_equal(study.basis.origin,
                         which < 4 ? MRSE_ORIGIN_UNVERIFIED : MRSE_ORIGIN_COMPUTED);
        mrse_calibration_free(study.calibration);
        mrse_sheet_data_clear(&data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contour_row__variant_without_a_value__u_not_known),
        cmocka_unit_test(study__level_all_but_named__is_not_doubled),
        cmocka_unit_test(study__nothing_known__is_refused),
        cmocka_unit_test(study__misuse__is_refused),
        cmocka_unit_test(agreement__points_and_extents__the_models_own_numbers),
        cmocka_unit_test(agreement__no_value_in_the_model__differs),
        cmocka_unit_test(agreement__radius_of_no_stated_meaning__first_stays_when_nearer),
        cmocka_unit_test(agreement__each_allocation_fails__no_memory_and_no_leak),
        cmocka_unit_test(reach__two_cylinders_hold_the_bore__the_narrower_speaks),
        cmocka_unit_test(reach__field_alone_stated__stands_alone),
        cmocka_unit_test(reach__stated_with_u__compared_by_its_upper_end),
        cmocka_unit_test(reach__in_the_windings__refused_or_not_known),
        cmocka_unit_test(reach__sheet_speaks_for_the_bore__front_must_still_be_known),
        cmocka_unit_test(model__numbers_of_no_magnet__says_what_is_wrong),
        cmocka_unit_test(model__no_memory_to_say_so__is_reported),
        cmocka_unit_test(model__place_of_a_number_unverified__so_is_the_basis),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

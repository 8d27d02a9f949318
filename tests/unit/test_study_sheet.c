/* Studies of scanners with a data sheet: calibration, agreement, and whose number stands.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"
#include "support/oom.h"

static void run(fixture *f)
{
    static mrse_diags diags;
    mrse_diags_init(&diags);
    f->study = NULL;
    mrse_status status = mrse_study_run(&f->s, NULL, &f->study, &diags);
    for (size_t i = 0; i < diags.n && status != MRSE_OK; i++)
        print_error("%s: %s\n", diags.item[i].field, diags.item[i].text);
    assert_int_equal(status, MRSE_OK);
}

static void end(fixture *f)
{
    mrse_study_free(f->study);
    f->study = NULL;
}

static const mrse_agreement *row_of(const fixture *f, const mrse_value *stated_value)
{
    for (size_t i = 0; i < f->study->n_agreements; i++) {
        if (f->study->agreement[i].stated == stated_value)
            return &f->study->agreement[i];
    }
    fail_msg("no agreement row");
    return NULL;
}

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

/* ---- a coil set and a sheet ---- */

/* Model values of the test magnet, for sheets that agree with it or not. */
static mrse_cylinder model_cylinder(double radius_m)
{
    mrse_magnet magnet = {&coil, 1};
    mrse_cylinder at;
    assert_int_equal(mrse_cylinder_maxima(&magnet, radius_m, &at), MRSE_OK);
    return at;
}

static mrse_extents model_contour(double level_T)
{
    mrse_magnet magnet = {&coil, 1};
    mrse_contour *c = NULL;
    assert_int_equal(mrse_contour_trace(&magnet, level_T, NULL, &c), MRSE_OK);
    mrse_extents e = c->extents;
    mrse_contour_free(c);
    return e;
}

static void agreement__sheet_of_the_same_magnet__every_number_agrees(void **state)
{
    (void)state;
    fixture *f = with_coils();
    const double shown_T = 5e-3, extra_T = 2e-3; /* the study shows no 2 mT line of its own */
    mrse_extents shown = model_contour(shown_T), extra = model_contour(extra_T);
    mrse_cylinder at = model_cylinder(0.2);
    add_contour(f, shown_T, shown.z_axis_m, shown.r_mid_m);
    add_contour(f, extra_T, extra.z_axis_m, extra.r_mid_m);
    mrse_stated_cylinder *c = add_cylinder(f, 0.2);
    c->gradient = gradient(at.grad_T_m);
    c->field = stated(at.b_T, 0.01, MRSE_KIND_FIELD, 30);
    c->product = stated(at.product_T2_m, 0.01, MRSE_KIND_PRODUCT, 30);
    run(f);
    assert_int_equal(f->study->n_agreements, 7);
    for (size_t i = 0; i < 7; i++) {
        const mrse_agreement *row = &f->study->agreement[i];
        assert_rel(row->predicted, row->stated->v, 1e-8);
        assert_true(row->u_predicted > 0.0 && !row->differs && !row->fitted);
    }
    assert_rel(row_of(f, &c->gradient)->u_predicted, 0.02 * at.grad_T_m, 1e-6);
    assert_non_null(strstr(row_of(f, &f->contour[1].axial)->what, "mT: extent on the axis"));
    end(f);
}

static void agreement__numbers_apart__differ_beyond_twice_u(void **state)
{
    (void)state;
    fixture *f = with_coils();
    mrse_cylinder at = model_cylinder(0.2);
    mrse_stated_cylinder *c = add_cylinder(f, 0.2);
    const struct {
        double share;
        mrse_bound bound;
        bool differs;
    } row[] = {
        {1.03, MRSE_BOUND_EXACT, false},    {0.97, MRSE_BOUND_EXACT, false},
        {1.06, MRSE_BOUND_EXACT, true},     {0.94, MRSE_BOUND_EXACT, true},
        {1.50, MRSE_BOUND_AT_MOST, false},  {0.94, MRSE_BOUND_AT_MOST, true},
        {0.50, MRSE_BOUND_AT_LEAST, false}, {1.06, MRSE_BOUND_AT_LEAST, true},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        c->gradient = gradient(row[i].share * at.grad_T_m);
        c->bound = row[i].bound;
        run(f);
        const mrse_agreement *a = row_of(f, &c->gradient);
        assert_int_equal(a->differs, row[i].differs);
        double off = at.grad_T_m - c->gradient.v;
        assert_rel(a->en, off / (2.0 * hypot(a->u_predicted, a->u_stated)), 1e-9);
        end(f);
    }
}

/* A line that the magnet does not have cannot agree. */
static void agreement__no_such_line_in_the_model__differs(void **state)
{
    (void)state;
    fixture *f = with_coils();
    add_contour(f, 5.0, 1.0, 0.5); /* |B| reaches 5 T nowhere */
    run(f);
    const mrse_agreement *row = row_of(f, &f->contour[0].axial);
    assert_true(isnan(row->predicted) && row->differs);
    end(f);
}

static void agreement__radial_meaning_not_stated__nearer_one_counts(void **state)
{
    (void)state;
    fixture *f = with_coils();
    mrse_extents e = model_contour(0.2);
    assert_true(e.r_max_m > e.r_mid_m + 0.005);
    f->s.sheet.radial = MRSE_RADIAL_UNSTATED;
    add_contour(f, 0.2, e.z_axis_m, e.r_max_m);
    run(f);
    assert_rel(row_of(f, &f->contour[0].radial)->predicted, e.r_max_m, 1e-6);
    end(f);
}

/* ---- whose number stands ---- */

static void reach__stated_at_the_wall__manufacturers_number_stands(void **state)
{
    (void)state;
    fixture *f = with_coils();
    run(f);
    double model = f->study->reach_grad.v, model_b = f->study->reach_b.v;
    end(f);
    mrse_stated_cylinder *c = add_cylinder(f, 0.2995); /* within a millimetre of the wall */
    const double share[] = {1.2, 0.96};                /* above the model and below it */
    for (size_t i = 0; i < 2; i++) {
        c->gradient = gradient(share[i] * model);
        c->bound = i == 0 ? MRSE_BOUND_EXACT : MRSE_BOUND_AT_MOST;
        run(f);
        const mrse_value *v = &f->study->reach_grad;
        assert_rel(v->v, share[i] * model, 1e-12);
        assert_string_equal(v->src, "sheet");
        assert_string_equal(v->printed, c->gradient.printed);
        assert_int_equal(v->basis, MRSE_BASIS_DECLARED);
        assert_int_equal(v->origin, MRSE_ORIGIN_MANUFACTURER);
        assert_int_equal(v->kind, MRSE_KIND_SFG);
        assert_rel(f->study->reach_at.grad.r_m, 0.2995, 1e-12);
        assert_true(isnan(f->study->reach_at.grad.z_m));
        assert_rel(f->study->reach_b.v, model_b, 1e-12); /* of |B| the sheet says nothing */
        assert_string_equal(f->study->reach_b.src, MRSE_METHOD_REACH);
        end(f);
    }
}

static void reach__more_in_front_of_the_covers__model_stands(void **state)
{
    (void)state;
    fixture *f = with_coils();
    add_cylinder(f, 0.30)->gradient = gradient(0.5); /* far below what the covers have */
    run(f);
    assert_string_equal(f->study->reach_grad.src, MRSE_METHOD_REACH);
    assert_true(f->study->reach_grad.v > 0.5);
    assert_true(fabs(f->study->reach_at.grad.z_m) >= 0.8 - 1e-9 ||
                f->study->reach_at.grad.r_m <= 1.1e-3); /* the covers, or the axis */
    assert_true(f->study->reach_grad.u > 0.0);
    end(f);
}

static void reach__stated_number_of_no_use__model_stands(void **state)
{
    (void)state;
    fixture *f = with_coils();
    mrse_stated_cylinder *c = add_cylinder(f, 0.30);
    c->gradient = gradient(9.0);
    const mrse_stated_gradient meaning[] = {MRSE_GRADIENT_ASK, MRSE_GRADIENT_UNSTATED,
                                            MRSE_GRADIENT_DBZ_DZ, MRSE_GRADIENT_TENSOR};
    for (size_t i = 0; i < 4; i++) {
        f->s.sheet.gradient = meaning[i];
        run(f);
        assert_string_equal(f->study->reach_grad.src, MRSE_METHOD_REACH);
        assert_true(isnan(f->study->cylinder[6].stated_grad.v));
        end(f);
    }
    f->s.sheet.gradient = MRSE_GRADIENT_SFG;
    c->bound = MRSE_BOUND_AT_LEAST; /* a lower bound is no maximum */
    run(f);
    assert_string_equal(f->study->reach_grad.src, MRSE_METHOD_REACH);
    end(f);
    c->bound = MRSE_BOUND_EXACT;
    c->radius.v = 0.298; /* does not hold the bore */
    run(f);
    assert_string_equal(f->study->reach_grad.src, MRSE_METHOD_REACH);
    end(f);
}

/* A product of two maxima is no force product: it is larger, and of no one place. */
static void reach__product_of_maxima__is_not_a_product_at_a_point(void **state)
{
    (void)state;
    fixture *f = with_coils();
    add_cylinder(f, 0.30)->product = stated(50.0, 0.5, MRSE_KIND_PRODUCT, 30);
    f->s.sheet.product = MRSE_PRODUCT_OF_MAXIMA;
    run(f);
    assert_string_equal(f->study->reach_product.src, MRSE_METHOD_REACH);
    assert_int_equal(f->study->n_agreements, 1); /* compared as what it is */
    mrse_cylinder at = model_cylinder(0.30);
    assert_rel(f->study->agreement[0].predicted, at.b_T * at.grad_T_m, 1e-9);
    end(f);
    f->s.sheet.product = MRSE_PRODUCT_OF_POINT;
    run(f);
    assert_rel(f->study->reach_product.v, 50.0, 1e-12);
    end(f);
}

static void reach__stated_on_weak_ground__no_better_than_it(void **state)
{
    (void)state;
    const mrse_origin weak[] = {MRSE_ORIGIN_UNVERIFIED, MRSE_ORIGIN_ASSUMED};
    for (size_t i = 0; i < 2; i++) {
        for (int which = 0; which < 4; which++) {
            fixture *f = with_coils();
            mrse_stated_cylinder *c = add_cylinder(f, 0.30);
            c->gradient = gradient(50.0);
            mrse_value *v[] = {&c->gradient, &f->s.bore_diameter, &f->s.cover_length, &f->s.coils};
            v[which]->origin = weak[i];
            run(f);
            assert_string_equal(f->study->reach_grad.src, "sheet");
            assert_int_equal(f->study->reach_grad.origin, weak[i]);
            end(f);
        }
    }
}

static void cylinders__stated_radii__shown_with_their_numbers(void **state)
{
    (void)state;
    fixture *f = with_coils();
    mrse_stated_cylinder *c = add_cylinder(f, 0.12), *same = add_cylinder(f, 0.20);
    c->gradient = gradient(1.0);
    same->gradient = gradient(2.0);
    run(f);
    assert_int_equal(f->study->n_cylinders, 8); /* seven by default, and 0.12 m */
    assert_abs(f->study->cylinder[3].at.radius_m, 0.12, 1e-12);
    assert_rel(f->study->cylinder[3].stated_grad.v, 1.0, 1e-12);
    assert_rel(f->study->cylinder[5].stated_grad.v, 2.0, 1e-12);
    assert_true(isnan(f->study->cylinder[4].stated_grad.v));
    assert_true(isnan(f->study->cylinder[3].stated_b.v));
    end(f);
    f->s.bore_diameter = nothing(MRSE_KIND_LENGTH); /* steps up to the widest that is stated */
    run(f);
    assert_int_equal(f->study->n_cylinders, 6);
    assert_abs(f->study->cylinder[5].at.radius_m, 0.20, 1e-12);
    assert_true(isnan(f->study->reach_grad.v));
    end(f);
    f->s.sheet.n_cylinders = 0;
    run(f);
    assert_int_equal(f->study->n_cylinders, 0);
    end(f);
}

static void f0__given__shares_against_the_name(void **state)
{
    (void)state;
    fixture *f = with_coils();
    f->s.b0_nominal.v = 3.0;
    run(f);
    assert_true(isnan(f->study->b0_f0.v) && isnan(f->study->f0_field));
    end(f);
    f->s.frequency = stated(123.22e6, 3e3, MRSE_KIND_FREQUENCY, 3);
    run(f);
    assert_rel(f->study->b0_f0.v, 2.8940, 1e-4);
    assert_abs(f->study->f0_field, -0.0353, 1e-4);
    assert_abs(f->study->f0_product, -0.0694, 1e-4);
    end(f);
}

/* ---- no coil set ---- */

static void calibration__sheet_of_a_known_magnet__comes_back(void **state)
{
    (void)state;
    fixture *f = calibrated();
    run(f);
    const mrse_study *s = f->study;
    assert_non_null(s->calibration);
    assert_true(s->model.n_variants > 0);
    assert_abs(s->b0_T, 1.5001, 0.005);
    assert_abs(s->contour[0].contour->extents.z_axis_m, 3.999, 0.05);
    assert_abs(s->contour[0].contour->extents.r_mid_m, 2.500, 0.05);
    assert_true(s->contour[0].u_z_axis_m > 0.0 && s->contour[0].u_z_axis_m < 0.2);
    assert_int_equal(s->basis.origin, MRSE_ORIGIN_COMPUTED);
    assert_string_equal(s->basis.src, MRSE_METHOD_CALIBRATION);
    assert_int_equal(s->n_agreements, 7); /* with f0 */
    for (size_t i = 0; i < s->n_agreements; i++) {
        assert_true(s->agreement[i].fitted);
        assert_true(s->agreement[i].u_predicted > 0.0);
    }
    assert_rel(s->reach_grad.v, 5.65, 1e-12); /* the sheet's, at the wall */
    end(f);
}

/* What the model rests on decides what its verdicts are worth: each number, level and radius. */
static void calibration__weak_number__weak_basis(void **state)
{
    (void)state;
    const mrse_origin weak[] = {MRSE_ORIGIN_UNVERIFIED, MRSE_ORIGIN_ASSUMED};
    for (int which = 0; which < 5; which++) {
        fixture *f = calibrated();
        mrse_value *v[] = {&f->contour[0].axial, &f->contour[1].level, &f->cylinder[0].gradient,
                           &f->cylinder[1].radius, &f->s.frequency};
        v[which]->origin = weak[which % 2];
        run(f);
        assert_int_equal(f->study->basis.origin, weak[which % 2]);
        assert_int_equal(f->study->reach_b.origin, weak[which % 2]);
        end(f);
    }
    fixture *f = calibrated();
    f->s.bore_shape = MRSE_BORE_UNKNOWN; /* taken for a cylinder: nobody said so */
    run(f);
    assert_int_equal(f->study->basis.origin, MRSE_ORIGIN_ASSUMED);
    end(f);
}

static mrse_status refused(fixture *f, mrse_diags *diags)
{
    mrse_study *study = NULL;
    mrse_diags_init(diags);
    mrse_status status = mrse_study_run(&f->s, NULL, &study, diags);
    assert_null(study);
    assert_int_equal(diags->errors, 1);
    return status;
}

static void calibration__two_numbers_contradict__both_named_with_their_lines(void **state)
{
    (void)state;
    static mrse_diags diags;
    fixture *f = calibrated();
    f->contour[1].axial.v = 4.5; /* 3 mT beyond 0.5 mT */
    assert_int_equal(refused(f, &diags), MRSE_ERR_INPUT);
    const mrse_diag *d = &diags.item[0];
    assert_non_null(strstr(d->text, "(scanner.yaml:20)"));
    assert_non_null(strstr(d->text, "(scanner.yaml:21)"));
    assert_non_null(strstr(d->hint, "misread, has another meaning, or belongs to another magnet"));
    assert_true(d->line == 20 || d->line == 21);
}

static void calibration__nothing_to_go_by__says_what_is_missing(void **state)
{
    (void)state;
    static mrse_diags diags;
    fixture *f = calibrated();
    f->s.sheet.n_contours = f->s.sheet.n_cylinders = 0;
    assert_int_equal(refused(f, &diags), MRSE_ERR_INPUT);
    assert_string_equal(diags.item[0].field, "static_field");
    bool contours = false;
    for (size_t i = 1; i < diags.n; i++) {
        assert_int_equal(diags.item[i].sev, MRSE_SEV_NOTE);
        contours |= strstr(diags.item[i].text, "static_field.contours") != NULL &&
                    strlen(diags.item[i].hint) > 20;
    }
    assert_true(contours);
    /* numbers whose meaning nobody states are no data */
    f = calibrated();
    f->s.sheet.n_cylinders = 0;
    f->s.sheet.axial = MRSE_AXIAL_ASK;
    f->s.sheet.radial = MRSE_RADIAL_ASK;
    assert_int_equal(refused(f, &diags), MRSE_ERR_INPUT);
}

static void calibration__bore_that_is_no_cylinder__refused(void **state)
{
    (void)state;
    static mrse_diags diags;
    const mrse_shape_of_bore shape[] = {MRSE_BORE_OPEN, MRSE_BORE_ELLIPSE};
    for (size_t i = 0; i < 2; i++) {
        fixture *f = calibrated();
        f->s.bore_shape = shape[i];
        assert_int_equal(refused(f, &diags), MRSE_ERR_INPUT);
        assert_string_equal(diags.item[0].field, "bore.shape");
        assert_non_null(strstr(diags.item[0].text, "horizontal"));
    }
}

/* ---- memory ---- */

static mrse_status run_once(void *scanner)
{
    static const double radius_m = 0.1;
    mrse_study_options o = {.radius_m = &radius_m, .n_radii = 1};
    mrse_study *study = NULL;
    mrse_status status = mrse_study_run(scanner, &o, &study, NULL);
    mrse_study_free(study);
    return status;
}

/* A level that the study does not show, and a maximum at the bore wall: what that a sheet adds. */
static void study__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    mrse_source loop = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};
    fixture *f = with_coils();
    f->s.coil = &loop; /* quick: each failure repeats all that comes before it */
    add_contour(f, 2e-3, 4.0, 3.0);
    add_cylinder(f, 0.30)->gradient = gradient(5.0);
    assert_true(oom_exhaust(run_once, &f->s) > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreement__sheet_of_the_same_magnet__every_number_agrees),
        cmocka_unit_test(agreement__numbers_apart__differ_beyond_twice_u),
        cmocka_unit_test(agreement__no_such_line_in_the_model__differs),
        cmocka_unit_test(agreement__radial_meaning_not_stated__nearer_one_counts),
        cmocka_unit_test(reach__stated_at_the_wall__manufacturers_number_stands),
        cmocka_unit_test(reach__more_in_front_of_the_covers__model_stands),
        cmocka_unit_test(reach__stated_number_of_no_use__model_stands),
        cmocka_unit_test(reach__product_of_maxima__is_not_a_product_at_a_point),
        cmocka_unit_test(reach__stated_on_weak_ground__no_better_than_it),
        cmocka_unit_test(cylinders__stated_radii__shown_with_their_numbers),
        cmocka_unit_test(f0__given__shares_against_the_name),
        cmocka_unit_test(calibration__sheet_of_a_known_magnet__comes_back),
        cmocka_unit_test(calibration__weak_number__weak_basis),
        cmocka_unit_test(calibration__two_numbers_contradict__both_named_with_their_lines),
        cmocka_unit_test(calibration__nothing_to_go_by__says_what_is_missing),
        cmocka_unit_test(calibration__bore_that_is_no_cylinder__refused),
        cmocka_unit_test(study__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

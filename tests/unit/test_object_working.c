/* The working of an object, for a reader who redoes it: its numbers and formulae give the results that
 * they stand beside. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/eddy_heating.h"
#include "mrse/mrse.h"
#include "object_support.h"
#include "support/oom.h"

#define NDFEB "candidates: [{material: ndfeb, because: b}]\n"
/* A candidate of a material that is all its own. */
#define OWN(what)                                                                                  \
    "candidates: [{material: own, because: b}]\nmaterials: [{id: own, " what "}]\nspecific_heat: " \
    "130\n"

/* Few samples are a comparison, which is not written out: here it is, all the same. */
static mrse_object_study *worked(const mrse_object_file *o, const mrse_object_setting *with)
{
    mrse_object_study *s = run(o, &AT, with);
    assert_int_equal(s->n_steps, 0);
    assert_int_equal(mrse_object_working(s), MRSE_OK);
    return s;
}

static mrse_object_setting switched(void)
{
    mrse_object_setting with = quick();
    with.dbdt_rms_T_s = 20.0;
    with.dbdt_frequency_Hz = 1e3;
    with.duration_s = 600.0;
    return with;
}

static const mrse_step *step_of(const mrse_object_study *s, const char *what)
{
    for (size_t i = 0; i < s->n_steps; i++)
        if (strncmp(s->step[i].what, what, strlen(what)) == 0)
            return &s->step[i];
    return NULL;
}

static const mrse_step *must_have(const mrse_object_study *s, const char *what)
{
    const mrse_step *step = step_of(s, what);
    if (step == NULL)
        fail_msg("no step '%s'", what);
    return step;
}

/* ---- the body ---- */

/* Each formula, by hand from the sizes of its file. */
static void body__each_shape__formula_and_volume_agree(void **state)
{
    const struct {
        const char *shape, *formula, *number;
        double volume_mm3;
    } row[] = {
        {"shape: sphere\ndiameter: 4 mm\n", "π diameter³ / 6", "diameter 4", MRSE_PI * 64.0 / 6.0},
        {"shape: ellipsoid\nwidth: 2 mm\ndepth: 3 mm\nlength: 5 mm\n", "π width depth length / 6",
         "depth 3", MRSE_PI * 30.0 / 6.0},
        {"shape: disc\ndiameter: 6 mm\nlength: 1 mm\n", "π diameter² length / 4", "length 1",
         MRSE_PI * 36.0 / 4.0},
        {"shape: plate\nwidth: 2 mm\ndepth: 3 mm\nlength: 5 mm\n", "V = width depth length",
         "width 2", 30.0},
        {"shape: ring\ndiameter: 20 mm\nwire: 1 mm\n", "π diameter × π wire² / 4", "wire 1",
         MRSE_PI * 20.0 * MRSE_PI / 4.0},
        {"shape: wire\nlength: 50 mm\nwire: 1 mm\n", "V = π wire² length / 4", "length 50",
         MRSE_PI * 50.0 / 4.0},
        /* as long as its wire: 20 turns, climbing from the middle of one end to that of the other */
        {"shape: coil spring\ndiameter: 5 mm\nlength: 30 mm\nwire: 0.3 mm\nturns: 20\n",
         "length of the wire × π wire² / 4", "wire 0.3",
         hypot(20.0 * MRSE_PI * 5.0, 29.7) * MRSE_PI * 0.09 / 4.0}};
    const mrse_object_setting with = quick();
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_object_file *o = object(row[i].shape, STEEL);
        mrse_object_study *s = worked(o, &with);
        const mrse_step *v = must_have(s, "Volume of the object");
        if (strstr(v->formula, row[i].formula) == NULL || strstr(v->numbers, row[i].number) == NULL)
            fail_msg("%s: %s; %s", row[i].shape, v->formula, v->numbers);
        assert_rel(v->result.v, 1e-9 * row[i].volume_mm3, 1e-6);
        mrse_object_study_free(s);
        mrse_object_file_free(o);
    }
}

/* ---- force and torque ---- */

static void force__each_class__says_which_magnetisation(void **state)
{
    static const struct {
        const char *material, *formula, *number;
    } row[] = {
        {OWN("magnetic: linear, density_from: 7 g/cm3, density_to: 8 g/cm3, chi_from: 1000 ppm, "
             "chi_to: 3000 ppm"),
         "M = (B / µ0) χ / (1 + N χ)", "χ = 0.002"},
        {OWN("magnetic: soft, density_from: 7 g/cm3, density_to: 8 g/cm3, saturation_from: 1 T, "
             "saturation_to: 2 T, chi_from: 1e8 ppm, chi_to: 2e8 ppm"),
         "share of saturation × Js / µ0", "Js = 1.500 T, saturated to "},
        {OWN("magnetic: hard, density_from: 7 g/cm3, density_to: 8 g/cm3, saturation_from: 1 T, "
             "saturation_to: 1.4 T"),
         "M = Br / µ0 whatever the field", "Br = 1.200 T, G the steepest direction there"}};
    const mrse_object_setting with = quick();
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_object_file *o =
            object("shape: disc\ndiameter: 6 mm\nlength: 2 mm\n", row[i].material);
        mrse_object_study *s = worked(o, &with);
        const mrse_step *f = must_have(s, "Largest force against weight");
        if (strstr(f->formula, row[i].formula) == NULL || strstr(f->numbers, row[i].number) == NULL)
            fail_msg("%s; %s", f->formula, f->numbers);
        assert_rel(f->result.v, s->candidate[0].at.ratio.value.v, 0.0);
        const mrse_step *t = must_have(s, "Largest torque against its reference");
        assert_rel(t->result.v, s->candidate[0].at.torque_ratio.value.v, 0.0);
        assert_non_null(strstr(t->numbers, "longest dimension 6.325 mm")); /* hypot(6, 2) */
        mrse_object_study_free(s);
        mrse_object_file_free(o);
    }
}

/* A ball has no axis that the field could turn, unless it is a magnet. */
static void torque__of_a_ball__of_magnets_only(void **state)
{
    const mrse_object_setting with = quick();
    (void)state;
    for (int magnet = 0; magnet < 2; magnet++) {
        mrse_object_file *o = object(BALL, magnet ? NDFEB : STEEL);
        mrse_object_study *s = worked(o, &with);
        assert_int_equal(step_of(s, "Largest torque") != NULL, magnet);
        mrse_object_study_free(s);
        mrse_object_file_free(o);
    }
}

/* What is not known is not written as if it were: neither force nor torque without a weight. */
static void weight__not_known__no_step_against_it(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = object("shape: disc\ndiameter: 6 mm\nlength: 2 mm\n",
                                 OWN("magnetic: linear, chi_from: 1000 ppm, chi_to: 3000 ppm, "
                                     "conductivity_from: 1e6 S/m, conductivity_to: 2e6 S/m"));
    mrse_object_study *s = worked(o, &with);
    (void)state;
    assert_true(isnan(s->candidate[0].at.ratio.value.v));
    assert_null(step_of(s, "Largest force"));
    assert_null(step_of(s, "Largest torque"));
    assert_null(step_of(s, "Median of force"));
    assert_non_null(step_of(s, "Drag")); /* which asks for no weight */
    assert_non_null(step_of(s, "Volume of the object"));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* ---- what moves and switches ---- */

#define CONDUCTS(from, to)                                                                         \
    "magnetic: linear, density_from: 7 g/cm3, density_to: 8 g/cm3, chi_from: 1 ppm, chi_to: "      \
    "3 ppm, conductivity_from: " from ", conductivity_to: " to

/* Of two candidates the one that conducts best, wherever it stands; a body that does not conduct has
 * neither drag nor power. */
static void eddy__several_candidates__of_the_best_conductor(void **state)
{
    static const char *const two[] = {
        "candidates: [{material: one, because: b}, {material: two, because: c}]\nspecific_heat: "
        "130\nmaterials: [{id: one, " CONDUCTS("1e6 S/m", "2e6 S/m") "}, {id: two, " CONDUCTS(
            "3e6 S/m", "4e6 S/m") "}]\n",
        "candidates: [{material: one, because: b}, {material: two, because: c}]\nspecific_heat: "
        "130\nmaterials: [{id: one, " CONDUCTS("3e6 S/m", "4e6 S/m") "}, {id: two, " CONDUCTS(
            "1e6 S/m", "2e6 S/m") "}]\n"};
    const mrse_object_setting with = switched();
    (void)state;
    for (int i = 0; i < 2; i++) {
        mrse_object_file *o = object("shape: disc\ndiameter: 6 mm\nlength: 1 mm\n", two[i]);
        mrse_object_study *s = worked(o, &with);
        const mrse_step *drag = must_have(s, "Drag at walking speed");
        const mrse_step *power = must_have(s, "Power of switched gradients");
        assert_non_null(strstr(drag->what, i == 0 ? "two" : "one"));
        assert_non_null(strstr(drag->numbers, "σ = 4.000e+06 S/m"));
        mrse_hazard by_hand;
        assert_int_equal(mrse_eddy_body(&s->body, 4e6, 20.0, 1e3, &by_hand), MRSE_OK);
        assert_rel(power->result.v, by_hand.value.v, 1e-12);
        const mrse_step *rise = must_have(s, "Bound on the rise by gradients");
        assert_rel(rise->result.v, s->rise.value.v, 0.0);
        mrse_object_study_free(s);
        mrse_object_file_free(o);
    }
}

static void eddy__nothing_said_of_gradients__drag_alone(void **state)
{
    const mrse_object_setting still = quick();
    mrse_object_file *o = object("shape: disc\ndiameter: 6 mm\nlength: 1 mm\n", STEEL);
    mrse_object_study *s = worked(o, &still);
    (void)state;
    assert_non_null(step_of(s, "Drag at walking speed"));
    assert_null(step_of(s, "Power of switched gradients"));
    assert_null(step_of(s, "Bound on the rise"));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void eddy__candidate_does_not_conduct__no_step(void **state)
{
    const mrse_object_setting with = switched();
    mrse_object_file *o =
        object(BALL, OWN("magnetic: linear, density_from: 1 g/cm3, density_to: 2 g/cm3, chi_from: "
                         "1 ppm, chi_to: 2 ppm"));
    mrse_object_study *s = worked(o, &with);
    (void)state;
    assert_null(step_of(s, "Drag"));
    assert_null(step_of(s, "Power"));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* The wavelength says whose tissue it is of. */
static void rf__medium__that_of_the_file_or_of_phantoms(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = object("shape: wire\nlength: 50 mm\nwire: 1 mm\n", STEEL);
    mrse_object_study *s = worked(o, &with);
    (void)state;
    assert_non_null(strstr(must_have(s, "Wavelength in tissue")->source, "phantom gel"));
    mrse_object_study_free(s);
    o->medium.permittivity = 10.0;
    o->medium.conductivity = mrse_value_computed(0.1, 0.0, MRSE_KIND_CONDUCTIVITY, "");
    s = worked(o, &with);
    assert_string_equal(must_have(s, "Wavelength in tissue")->source, "of the object file");
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    mrse_object_study *s = context;
    mrse_status status = mrse_object_working(s);
    mrse_free(s->step);
    s->step = NULL;
    s->n_steps = 0;
    return status;
}

static void working__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    const mrse_object_setting with = switched();
    mrse_object_file *o = object("shape: disc\ndiameter: 6 mm\nlength: 1 mm\n", LEAD_OR_STEEL);
    mrse_object_study *s = run(o, &AT, &with);
    (void)state;
    assert_true(oom_exhaust(once, s) > 8);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body__each_shape__formula_and_volume_agree),
        cmocka_unit_test(force__each_class__says_which_magnetisation),
        cmocka_unit_test(torque__of_a_ball__of_magnets_only),
        cmocka_unit_test(weight__not_known__no_step_against_it),
        cmocka_unit_test(eddy__several_candidates__of_the_best_conductor),
        cmocka_unit_test(eddy__nothing_said_of_gradients__drag_alone),
        cmocka_unit_test(eddy__candidate_does_not_conduct__no_step),
        cmocka_unit_test(rf__medium__that_of_the_file_or_of_phantoms),
        cmocka_unit_test(working__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, object_begin, object_end);
}

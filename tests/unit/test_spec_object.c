/* Object files: what is read, what it is for the physics, and one test for each slip.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/object_file.h"
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char base[] =
    "mrse: object/1\n"                                                                      /* 1 */
    "id: disc\n"                                                                            /* 2 */
    "name: A disc\n"                                                                        /* 3 */
    "checked: 2026-11-20\n"                                                                 /* 4 */
    "sources:\n"                                                                            /* 5 */
    "  look: {origin: measured, title: calliper}\n"                                         /* 6 */
    "source: look\n"                                                                        /* 7 */
    "shape: disc\n"                                                                         /* 8 */
    "diameter: {value: 8 mm, u: 0.5 mm}\n"                                                  /* 9 */
    "length: {value: 1 mm, u: 0.1 mm}\n"                                                    /* 10 */
    "candidates:\n"                                                                         /* 11 */
    "  - {material: ti-cp, because: b}\n"                                                   /* 12 */
    "  - {material: own, because: c}\n"                                                     /* 13 */
    "materials:\n"                                                                          /* 14 */
    "  - id: own\n"                                                                         /* 15 */
    "    magnetic: linear\n"                                                                /* 16 */
    "    density_from: 2 g/cm3\n"                                                           /* 17 */
    "    density_to: 3 g/cm3\n"                                                             /* 18 */
    "  - {id: ti-cp, magnetic: linear, density_from: 4600 kg/m3, density_to: 4700 kg/m3}\n" /* 19 */
    "orientation: {axis: [0, 0, -2], because: seen}\n"                                      /* 20 */
    "evidence: [X-ray]\n"                                                                   /* 21 */
    "tests:\n"                                                                              /* 22 */
    "  - {what: bench, angle: 45 deg, field: 1 T, gradient: 2 T/m}\n";                      /* 23 */

static mrse_object_file *read_base(const char *from, const char *to)
{
    static mrse_diags diags;
    char *text = spec_changed(base, from, to);
    mrse_status status;
    mrse_object_file *o = spec_read(&mrse_spec_object, text, strlen(text), &diags, &status);

    free(text);
    if (status != MRSE_OK) {
        spec_print(&diags);
        fail_msg("not read");
    }
    return o;
}

static void shape__disc__is_a_short_cylinder_with_its_uncertainties(void **state)
{
    mrse_object_file *o = read_base("", "");
    mrse_shape shape, u;

    (void)state;
    mrse_object_file_shape(o, &shape, &u);
    assert_int_equal(shape.type, MRSE_SHAPE_CYLINDER);
    assert_rel(shape.diameter_m, 8e-3, 1e-12);
    assert_rel(shape.length_m, 1e-3, 1e-12);
    assert_rel(u.diameter_m, 0.5e-3, 1e-12);
    assert_rel(u.length_m, 0.1e-3, 1e-12);
    assert_abs(shape.wire_m, 0.0, 0.0);
    assert_string_equal(mrse_object_form_text(o->form), "disc");
    assert_string_equal(mrse_object_form_text((mrse_object_form)99), "object");
    mrse_object_file_free(o);
}

static void material__of_file_and_table__file_goes_before(void **state)
{
    mrse_object_file *o = read_base("", "");
    mrse_material m;

    (void)state;
    assert_int_equal(mrse_object_file_material(o, 0, &m), MRSE_OK);
    assert_rel(m.density_kg_m3.low, 4600, 1e-12);
    assert_rel(m.density_kg_m3.high, 4700, 1e-12);
    assert_int_equal(m.density_kg_m3.origin, MRSE_ORIGIN_MEASURED);
    assert_rel(m.chi.low, 182e-6, 1e-12); /* still the table's */
    assert_int_equal(mrse_object_file_material(o, 1, &m), MRSE_OK);
    assert_rel(m.density_kg_m3.low, 2000, 1e-12);
    assert_true(isnan(m.chi.low)); /* nobody gives it: never a guess */
    assert_int_equal(mrse_object_file_material(o, 2, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_file_material(NULL, 0, &m), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_file_material(o, 0, NULL), MRSE_ERR_ARG);
    mrse_object_file_free(o);
}

static void material__of_a_magnet__has_the_remanence_measured(void **state)
{
    mrse_object_file *o =
        read_base("shape: disc\n", "shape: magnet\nremanence: {value: 1.2 T, u: 0.05 T}\n");
    mrse_material m;

    (void)state;
    assert_int_equal(mrse_object_file_material(o, 0, &m), MRSE_OK);
    assert_rel(m.polarisation_T.low, 1.1, 1e-12);
    assert_rel(m.polarisation_T.high, 1.3, 1e-12);
    mrse_object_file_free(o);
}

static void orientation__axis_given__is_known_and_complete(void **state)
{
    mrse_object_file *o = read_base("", "");
    mrse_orientation lies = mrse_object_file_orientation(o);
    mrse_axes axes;

    (void)state;
    assert_true(lies.known);
    assert_int_equal(mrse_orientation_axes(&lies, &axes), MRSE_OK);
    assert_abs(axes.row[2][2], -1.0, 1e-12);
    mrse_object_file_free(o);
    o = read_base("orientation: {axis: [0, 0, -2], because: seen}\n", "");
    assert_false(mrse_object_file_orientation(o).known);
    mrse_object_file_free(o);
}

static void load__nothing_given__is_an_argument_error(void **state)
{
    mrse_object_file *o = NULL;

    (void)state;
    assert_int_equal(mrse_object_load(NULL, &o, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_load("x.yaml", NULL, NULL), MRSE_ERR_ARG);
    mrse_object_file_free(NULL);
}

static mrse_status work(void *context)
{
    mrse_object_file *o = NULL;
    mrse_status status = mrse_object_load(context, &o, NULL);

    mrse_object_file_free(o);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    char path[1024];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", scratch_write("object.yaml", base));
    assert_true(oom_exhaust(work, path) > 20);
}

static const slip slips[] = {
    {"disc__without_thickness__is_refused", "length: {value: 1 mm, u: 0.1 mm}\n", "", 1, 1,
     "length", "'length' is missing", "uncertainty", MRSE_SEV_ERROR, 0},
    {"disc__with_a_wire__is_refused", "shape: disc\n", "shape: disc\nwire: 1 mm\n", 9, 1, "wire",
     "has no 'wire'", NULL, MRSE_SEV_ERROR, 0},
    {"shape__unknown__is_refused", "shape: disc", "shape: banana", 8, 8, "shape", NULL, "sphere",
     MRSE_SEV_ERROR, 0},
    {"material__unknown__is_refused", "material: ti-cp, b", "material: unobtanium, b", 12, 16, NULL,
     "no material 'unobtanium'", NULL, MRSE_SEV_ERROR, 0},
    {"candidate__without_reason__is_refused", "{material: ti-cp, because: b}", "{material: ti-cp}",
     12, 5, "candidates[0].because", "'because' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"candidates__none__is_refused",
     "candidates:\n  - {material: ti-cp, because: b}\n  - {material: own, because: c}\n", "", 1, 1,
     "candidates", "'candidates' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"range__one_end__is_refused", "    density_to: 3 g/cm3\n", "", 17, 5, "materials[0]",
     "stands alone", "both ends", MRSE_SEV_ERROR, 0},
    {"range__upside_down__is_refused", "density_to: 3 g", "density_to: 1 g", 17, 5, "materials[0]",
     "is above", NULL, MRSE_SEV_ERROR, 0},
    {"orientation__no_direction__is_refused", "[0, 0, -2]", "[0, 0, 0]", 20, 1, NULL,
     "do not say how it lies", NULL, MRSE_SEV_ERROR, 0},
    {"remanence__of_a_disc__is_refused", "shape: disc\n", "shape: disc\nremanence: 1 T\n", 9, 12,
     NULL, "only a magnet", "shape: magnet", MRSE_SEV_ERROR, 0},
    {"evidence__none__is_said", "evidence: [X-ray]\n", "", 1, 1, NULL, "how this object is known",
     "evidence", MRSE_SEV_WARNING, 0},
};

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape__disc__is_a_short_cylinder_with_its_uncertainties),
        cmocka_unit_test(material__of_file_and_table__file_goes_before),
        cmocka_unit_test(material__of_a_magnet__has_the_remanence_measured),
        cmocka_unit_test(orientation__axis_given__is_known_and_complete),
        cmocka_unit_test(load__nothing_given__is_an_argument_error),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    return failed + spec_run_slips(&mrse_spec_object, base, slips, sizeof slips / sizeof slips[0],
                                   "object files");
}

/* From a file to its exposure and record. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/sequence_exposure.h"

#include <jansson.h>

#include "mrse/mrse.h"
#include "pulseq_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char text[] =
    PULSEQ_HEAD_15 "Name hard\n[BLOCKS]\n1 2000 1 0 0 1 0 0\n2 8000 0 0 0 0 0 0\n"
                   "[RF]\n1 425.76 1 0 0 500 100 0 0 0 0 e\n[TRAP]\n1 425760 100 300 100 0\n"
                   "[SHAPES]\nshape_id 1\nnum_samples 1000\n1\n0\n0\n997\n";

static const mrse_making making = {.date = "2026-11-22T10:00:00Z", .date_source = "--date"};

static mrse_sequence_exposure *run(const char *contents, mrse_diags *diags)
{
    mrse_sequence_exposure *e = NULL;

    mrse_diags_init(diags);
    assert_int_equal(mrse_sequence_exposure_run(scratch_write("hard.seq", contents),
                                                MRSE_GAMMA_PULSEQ_HZ_T,
                                                mrse_gradient_coil_find("xrm"), NULL, &e, diags),
                     MRSE_OK);
    return e;
}

/* As a study of this one sequence. */
static mrse_status record_from(const mrse_sequence_exposure *e, mrse_record **out,
                               mrse_diags *diags)
{
    mrse_sequence_study study = {.before = {.form = MRSE_SEQUENCE_PULSEQ}};

    study.before.path = e->path;
    study.before.played = (mrse_sequence_exposure *)(uintptr_t)e;
    memcpy(study.before.sha256, e->sha256, sizeof e->sha256);
    return mrse_record_of_sequences(&study, &making, out, diags);
}

static json_t *record_of(const mrse_sequence_exposure *e, mrse_diags *diags)
{
    mrse_record *record = NULL;
    mrse_buf out = {0};
    json_t *json;

    assert_int_equal(record_from(e, &record, diags), MRSE_OK);
    assert_int_equal(mrse_record_json(record, &out), MRSE_OK);
    json = json_loads(mrse_buf_text(&out), 0, NULL);
    assert_non_null(json);
    mrse_buf_free(&out);
    mrse_record_free(record);
    return json;
}

static void record_of_sequence__figures__are_those_computed(void **state)
{
    static mrse_diags diags;
    mrse_sequence_exposure *e = run(text, &diags);
    json_t *json = record_of(e, &diags), *x = json_object_get(json, "exposure"), *rf, *g, *model;

    (void)state;
    rf = json_object_get(x, "rf");
    g = json_object_get(x, "gradient");
    model = json_object_get(x, "stimulation");
    assert_rel(json_number_value(json_object_get(rf, "b1_peak_T")), 10e-6, 1e-8);
    assert_rel(json_number_value(json_object_get(rf, "b1_rms_periodic_T")), 1e-6, 1e-8);
    assert_true(json_is_null(json_object_get(rf, "b1_rms_window_T")));
    assert_rel(json_number_value(json_object_get(json_object_get(g, "slew_event_T_m_s"), "z")),
               100.0, 1e-8);
    assert_int_equal(json_array_size(model), 3);
    assert_rel(json_number_value(json_object_get(json_array_get(model, 0), "peak")),
               e->gradient.safe[0].peak, 1e-8);
    assert_rel(json_number_value(json_object_get(json_array_get(model, 2), "peak")),
               e->gradient.convolution.peak, 1e-8);
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(json, "used"), 0), "sha256")),
                        e->sha256);
    assert_int_equal(json_array_size(json_object_get(json, "methods")), 4);
    json_decref(json);
    mrse_sequence_exposure_free(e);
}

static void record_of_sequence__refused_rf__has_the_reason_and_no_number(void **state)
{
    static mrse_diags diags;
    char *list = pulseq_changed(text, "1 2000 1 0 0 1 0 0", "1 2000 1 0 0 1 0 1");
    char *shims = pulseq_changed(list, "[SHAPES]",
                                 "[EXTENSIONS]\n1 1 1 0\nextension RF_SHIMS 1\n1 2 1 0 1 0\n"
                                 "extension NEW 2\n[SHAPES]");
    mrse_sequence_exposure *e = run(shims, &diags);
    json_t *json = record_of(e, &diags), *rf;
    mrse_record *record = NULL;
    mrse_buf out = {0};

    (void)state;
    rf = json_object_get(json_object_get(json, "exposure"), "rf");
    assert_non_null(strstr(json_string_value(json_object_get(rf, "refused")), "RF_SHIMS"));
    assert_true(json_is_null(json_object_get(rf, "b1_rms_T")));
    assert_true(json_is_null(json_object_get(rf, "b1_peak_T")));
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(json, "sequence"), "warnings")), 1);
    assert_int_equal(record_from(e, &record, &diags), MRSE_OK);
    assert_int_equal(mrse_record_text(record, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "UNDETERMINED"));
    assert_non_null(strstr(mrse_buf_text(&out), "extension NEW is not known"));
    assert_null(strstr(mrse_buf_text(&out), "B1+ peak"));
    mrse_buf_free(&out);
    mrse_record_free(record);
    json_decref(json);
    mrse_sequence_exposure_free(e);
    free(list);
    free(shims);
}

static void record_of_sequence__same_file__same_id(void **state)
{
    static mrse_diags diags;
    char *changed = pulseq_changed(text, "425.76", "425.77");
    mrse_sequence_exposure *a = run(text, &diags), *b = run(changed, &diags);
    json_t *one = record_of(a, NULL), *again = record_of(a, &diags), *other = record_of(b, NULL);
    const char *id = json_string_value(json_object_get(one, "id"));

    (void)state;
    assert_int_equal(strlen(id), 12);
    assert_string_equal(id, json_string_value(json_object_get(again, "id")));
    assert_string_not_equal(id, json_string_value(json_object_get(other, "id")));
    json_decref(one);
    json_decref(again);
    json_decref(other);
    mrse_sequence_exposure_free(a);
    mrse_sequence_exposure_free(b);
    free(changed);
}

/* A scanner whose limits are half of the example's, and which names its coil. */
static void sequence_exposure__gradient_system__is_the_one_used(void **state)
{
    static mrse_diags diags;
    static mrse_gradient_system system;
    mrse_sequence_exposure *example = run(text, &diags), *e = NULL;
    char coil[] = "zoom";

    (void)state;
    system.has_safe = true;
    system.safe = mrse_safe_example_peripheral;
    system.safe_cardiac = mrse_safe_example_cardiac;
    for (int k = 0; k < MRSE_AXES; k++)
        system.safe.axis[k].limit_T_m_s /= 2;
    system.coil = coil;
    assert_int_equal(mrse_sequence_exposure_run(example->path, MRSE_GAMMA_PULSEQ_HZ_T, NULL,
                                                &system, &e, &diags),
                     MRSE_OK);
    assert_true(example->gradient.safe[0].peak > 0);
    assert_rel(e->gradient.safe[0].peak, 2 * example->gradient.safe[0].peak, 1e-12);
    assert_rel(e->gradient.safe[1].peak, example->gradient.safe[1].peak, 0);
    assert_true(e->own_safe && !example->own_safe);
    assert_string_equal(e->coil->name, "zoom");
    mrse_sequence_exposure_free(e);
    mrse_sequence_exposure_free(example);
}

static void sequence_exposure__misuse__is_refused(void **state)
{
    static mrse_diags diags;
    mrse_sequence_exposure *e = run(text, &diags), *out = NULL;
    const char *path = scratch_path("none.seq");

    (void)state;
    assert_int_equal(mrse_sequence_exposure_run(NULL, 1.0, NULL, NULL, &out, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_exposure_run(path, 1.0, NULL, NULL, NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_exposure_run(path, 1.0, NULL, NULL, &out, &diags), MRSE_ERR_IO);
    assert_int_equal(mrse_sequence_exposure_run(e->path, 0.0, NULL, NULL, &out, &diags),
                     MRSE_ERR_ARG);
    assert_null(out);
    mrse_sequence_exposure_free(NULL);
    mrse_sequence_exposure_free(e);
}

static mrse_status work(void *context)
{
    mrse_sequence_exposure *e = NULL;
    mrse_status status =
        mrse_sequence_exposure_run(context, MRSE_GAMMA_PULSEQ_HZ_T, NULL, NULL, &e, NULL);

    mrse_sequence_exposure_free(e);
    return status;
}

static mrse_status work_record(void *context)
{
    mrse_record *record = NULL;
    mrse_status status = record_from(context, &record, NULL);

    mrse_record_free(record);
    return status;
}

static void sequence_exposure__out_of_memory__is_reported(void **state)
{
    static mrse_diags diags;
    mrse_sequence_exposure *e = run(text, &diags);

    (void)state;
    assert_true(oom_exhaust(work, e->path) >= 15);
    assert_true(oom_exhaust(work_record, e) >= 50);
    mrse_sequence_exposure_free(e);
}

static int begin(void **state)
{
    return mrse_init() != MRSE_OK || scratch_begin(state) != 0 ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_of_sequence__figures__are_those_computed),
        cmocka_unit_test(record_of_sequence__refused_rf__has_the_reason_and_no_number),
        cmocka_unit_test(record_of_sequence__same_file__same_id),
        cmocka_unit_test(sequence_exposure__gradient_system__is_the_one_used),
        cmocka_unit_test(sequence_exposure__misuse__is_refused),
        cmocka_unit_test(sequence_exposure__out_of_memory__is_reported),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

/* Objects on their ride: against the pieces that they are made of, what is missing, record and
 * document, cases with objects. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char SCANNER[] = "scanners/reference-m15.yaml";
static const char PELLET[] = "examples/airgun-pellet/object.yaml";
static const char ANCHOR[] = "examples/dermal-piercing/object.yaml";
static const char WIRE[] = "examples/guide-wire/object.yaml";
static const mrse_making MAKING = {.date = "2026-11-22", .date_source = "--date"};

static mrse_scanner *scanner;
static mrse_study *study;

static int begin(void **state)
{
    static const double level_T[] = {0.5e-3, 0.4};
    const mrse_study_options options = {.level_T = level_T, .n_levels = 2};
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 &&
                   mrse_scanner_load(SCANNER, &scanner, NULL) == MRSE_OK &&
                   mrse_study_run(scanner, &options, &study, NULL) == MRSE_OK
               ? 0
               : -1;
}

static int end(void **state)
{
    mrse_study_free(study);
    mrse_scanner_free(scanner);
    return scratch_end(state);
}

static const mrse_position AT = {
    .x_m = 0.09, .z_m = 0.1, .u_x_m = 0.005, .u_z_m = 0.005, .entry = MRSE_ENTRY_FEET_FIRST};

static mrse_object_file *load(const char *path)
{
    mrse_object_file *o = NULL;
    assert_int_equal(mrse_object_load(path, &o, NULL), MRSE_OK);
    return o;
}

static mrse_object_study *run(const mrse_object_file *o, const mrse_position *at,
                              const mrse_object_setting *with)
{
    mrse_object_study *s = NULL;
    assert_int_equal(mrse_object_study_run(study, o, at, with, &s), MRSE_OK);
    return s;
}

static mrse_object_setting quick(void)
{
    mrse_object_setting s = mrse_object_setting_default();
    s.samples = 2000;
    return s;
}

/* A weakly magnetic ball: chi |B| |grad B| / (mu0 rho g), by hand from the ride's own maxima. */
static void run__lead_pellet__is_the_formula_of_the_textbook(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(PELLET);
    mrse_object_study *s = run(o, &AT, &with);
    double product = s->ride.at.product.v;
    double expected = 18e-6 * product / (MRSE_MU0 * 11340 * MRSE_STANDARD_GRAVITY_M_S2);

    (void)state;
    assert_rel(s->candidate[0].at.ratio.value.v, expected, 1e-4);
    /* steel is saturated: pulled where the gradient is largest, lead where the product is */
    assert_abs(s->candidate[1].at.place.z_m, s->ride.at.at.grad.z_m, 0.01);
    assert_abs(s->candidate[0].at.place.z_m, s->ride.at.at.product.z_m, 2e-3);
    assert_true(s->ride.at.at.grad.z_m - s->ride.at.at.product.z_m > 0.05);
    /* and the doubt spans both */
    const mrse_hazard_summary *f = &s->sampled.hazard[MRSE_HAZARD_FORCE_RATIO];
    assert_true(f->low < 1.2 * expected && f->high > 0.9 * s->candidate[1].at.ratio.value.v);
    assert_int_equal(f->dominant, MRSE_INPUT_MATERIAL);
    assert_int_equal(s->sampled.origin, MRSE_ORIGIN_UNVERIFIED);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void run__nothing_said_of_gradients__is_missing_with_its_reason(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(ANCHOR);
    mrse_object_study *s = run(o, &AT, &with);

    (void)state;
    assert_true(isnan(s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].median));
    assert_non_null(strstr(s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].reason, "dB/dt"));
    assert_true(isnan(s->rise.value.v));
    assert_true(isnan(s->candidate[0].artefact.along_m.value.v));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* Drag is proportional to speed; the rise to the time; the bound to the largest power. */
static void run__speed_and_time__scale(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = load(ANCHOR);
    with.dbdt_rms_T_s = 20.0;
    with.dbdt_frequency_Hz = 1e3;
    with.duration_s = 60.0;
    mrse_object_study *s = run(o, &AT, &with);

    (void)state;
    assert_rel(s->sampled.hazard[MRSE_HAZARD_LENZ_WALKING].median /
                   s->sampled.hazard[MRSE_HAZARD_LENZ_COUCH].median,
               MRSE_WALKING_SPEED_M_S / MRSE_COUCH_SPEED_M_S, 1e-9);
    double rise = s->rise.value.v,
           mass = s->candidate[0].material.density_kg_m3.low * s->body.volume_m3;
    assert_true(s->rise.is_bound);
    assert_rel(rise, s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest * 60.0 / (mass * 500.0),
               1e-9);
    mrse_object_study_free(s);
    with.duration_s = 120.0;
    s = run(o, &AT, &with);
    assert_rel(s->rise.value.v, 2.0 * rise, 1e-12);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void run__wire__is_graded_by_its_length(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(WIRE);
    mrse_object_study *s = run(o, &AT, &with);

    (void)state;
    assert_rel(s->rf_length_m, 0.12, 1e-12);
    assert_abs(s->rf_frequency_Hz, 63.9e6, 0.1e6);
    assert_int_equal(s->rf.grade, MRSE_RF_GROWING);
    assert_true(s->rf_gel);
    assert_true(s->rf.critical_from_m > 0.12);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void test_ratio__at_45_degrees__is_the_ratio_of_gradients(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(PELLET);
    mrse_object_study *s = run(o, &AT, &with);
    mrse_object_test test = {.angle = mrse_value_computed(MRSE_PI / 4, 0, MRSE_KIND_ANGLE, ""),
                             .field = mrse_value_computed(1.2, 0, MRSE_KIND_FIELD, ""),
                             .gradient = mrse_value_computed(2.0, 0, MRSE_KIND_SFG, "")};
    double saturated, linear;

    (void)state;
    mrse_object_test_ratio(s, &test, &saturated, &linear);
    assert_rel(saturated, s->ride.at.grad.v / 2.0, 1e-12);
    assert_rel(linear, s->ride.at.product.v / 2.4, 1e-12);
    test.gradient = mrse_value_missing(MRSE_KIND_SFG);
    mrse_object_test_ratio(s, &test, &saturated, &linear);
    assert_true(isnan(saturated) && isnan(linear));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void run__no_ride__is_refused(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(PELLET);
    mrse_object_study *s = NULL;
    mrse_position in_the_covers = AT, vague = AT;

    (void)state;
    in_the_covers.x_m = 0.5;
    assert_int_equal(mrse_object_study_run(study, o, &in_the_covers, &with, &s), MRSE_ERR_RANGE);
    assert_null(s);
    vague.u_x_m = 0.2; /* 2u reaches into the covers */
    assert_int_equal(mrse_object_study_run(study, o, &vague, &with, &s), MRSE_ERR_RANGE);
    assert_int_equal(mrse_object_study_run(NULL, o, &AT, &with, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_study_run(study, NULL, &AT, &with, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_study_run(study, o, NULL, &with, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_study_run(study, o, &AT, NULL, &s), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_study_run(study, o, &AT, &with, NULL), MRSE_ERR_ARG);
    mrse_object_study_free(NULL);
    mrse_object_file_free(o);
}

/* Of a scanner that says what its gradients do. */
static void run__sequence__gives_db_dt_where_it_lies(void **state)
{
    mrse_scanner *other = NULL;
    mrse_study *field = NULL;
    mrse_sequence_study *played = NULL;
    mrse_object_study *s = NULL;
    mrse_object_file *o = load(PELLET);
    mrse_object_setting with = quick();

    (void)state;
    assert_int_equal(mrse_scanner_load("scanners/example-data-sheet.yaml", &other, NULL), MRSE_OK);
    assert_int_equal(mrse_study_run(other, NULL, &field, NULL), MRSE_OK);
    const mrse_sequence_options at = {.scanner = other};
    assert_int_equal(
        mrse_sequence_study_run("examples/dwi-dbdt/after.yaml", NULL, &at, &played, NULL), MRSE_OK);
    const mrse_object_play play = {&played->before, "diffusion", 120.0};
    with.play = &play;
    with.n_plays = 1;
    assert_int_equal(mrse_object_study_run(field, o, &AT, &with, &s), MRSE_OK);
    assert_int_equal(s->n_played, 1);
    assert_true(s->played[0].dbdt.peak.v > 0.0);
    assert_rel(s->setting.dbdt_rms_T_s, s->played[0].dbdt_T_s, 1e-12);
    assert_int_equal(s->setting.dbdt_at_peak, isnan(s->played[0].dbdt.rms.v));
    assert_rel(s->setting.duration_s, 120.0, 1e-12);
    /* a sinusoid of the largest slew rate and amplitude */
    assert_rel(s->played[0].frequency_Hz,
               played->before.gradient.slew_max.value.v /
                   (2 * MRSE_PI * played->before.gradient.amplitude.value.v),
               1e-12);
    double power = s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest;
    assert_true(power > 0.0 && s->rise.value.v > 0.0);
    mrse_object_study_free(s);
    with.dbdt_rms_T_s = 2.0; /* said by hand: before what the sequence says */
    assert_int_equal(mrse_object_study_run(field, o, &AT, &with, &s), MRSE_OK);
    assert_rel(s->setting.dbdt_rms_T_s, 2.0, 0.0);
    assert_false(s->setting.dbdt_at_peak);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
    mrse_sequence_study_free(played);
    mrse_study_free(field);
    mrse_scanner_free(other);
}

/* The reference design says nothing of its gradients: no number, and the reason names the sequence. */
static void run__sequence_without_gradients_of_the_scanner__says_which(void **state)
{
    mrse_sequence_study *played = NULL;
    mrse_object_file *o = load(PELLET);
    mrse_object_setting with = quick();

    (void)state;
    const mrse_sequence_options at = {.scanner = scanner};
    assert_int_equal(
        mrse_sequence_study_run("examples/dwi-dbdt/after.yaml", NULL, &at, &played, NULL), MRSE_OK);
    const mrse_object_play play = {&played->before, "diffusion", (double)NAN};
    with.play = &play;
    with.n_plays = 1;
    mrse_object_study *s = run(o, &AT, &with);
    assert_true(isnan(s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].median));
    assert_non_null(strstr(s->played_reason, "diffusion"));
    mrse_object_study_free(s);
    mrse_object_file_free(o);
    mrse_sequence_study_free(played);
}

static void play_all__nothing_given__argument_error(void **state)
{
    const double at[3] = {0, 0, 0};
    mrse_object_setting with = quick();
    mrse_object_played *list = NULL;
    char reason[192];

    (void)state;
    assert_int_equal(mrse_object_play_all(scanner, at, at, &with, &list, reason), MRSE_OK);
    assert_null(list);
    with.n_plays = 1;
    assert_int_equal(mrse_object_play_all(scanner, at, at, &with, &list, reason), MRSE_ERR_ARG);
    with.n_plays = 0;
    assert_int_equal(mrse_object_play_all(NULL, at, at, &with, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, NULL, at, &with, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, at, at, NULL, &list, reason), MRSE_ERR_ARG);
    assert_int_equal(mrse_object_play_all(scanner, at, at, &with, NULL, reason), MRSE_ERR_ARG);
}

/* Each candidate has its step, with the record's own number. */
static void run__working__has_each_candidate(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = load(PELLET);

    (void)state;
    with.samples = 0;
    mrse_object_study *s = run(o, &AT, &with);
    size_t forces = 0;
    for (size_t i = 0; i < s->n_steps; i++) {
        assert_true(s->step[i].formula[0] != 0 && s->step[i].source[0] != 0);
        if (strncmp(s->step[i].what, "Largest force", 13) != 0)
            continue;
        assert_rel(s->step[i].result.v, s->candidate[forces++].at.ratio.value.v, 0.0);
    }
    assert_int_equal(forces, s->n_candidates);
    mrse_object_study_free(s);
    with.samples = 2000; /* a comparison has none */
    s = run(o, &AT, &with);
    assert_int_equal(s->n_steps, 0);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* Bands: ordered, largest where the ride's force is, and within what an unknown orientation bounds. */
static void run__bands__follow_the_ride(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = load(ANCHOR);

    (void)state;
    with.bands = true;
    mrse_object_study *s = run(o, &AT, &with);
    for (size_t c = 0; c < s->n_candidates; c++) {
        const mrse_hazard_band *b = &s->candidate[c].band;
        size_t best = 0;
        for (size_t k = 0; k < MRSE_BAND_PLACES; k++) {
            assert_true(b->force[0][k] <= b->force[1][k] && b->force[1][k] <= b->force[2][k]);
            assert_true(b->torque[0][k] <= b->torque[1][k] && b->torque[1][k] <= b->torque[2][k]);
            best = b->force[1][k] > b->force[1][best] ? k : best;
        }
        assert_abs(b->z_m[best], s->candidate[c].at.place.z_m, 0.05);
        assert_rel(b->force[1][best], s->candidate[c].at.ratio.value.v, 0.15);
    }
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

/* One curve for each candidate, numbered; without bands nothing is drawn as if it were known. */
static void figure__object__names_every_candidate(void **state)
{
    mrse_object_setting with = quick();
    mrse_object_file *o = load(ANCHOR);

    (void)state;
    for (int k = 0; k < 2; k++) {
        mrse_buf svg = {0}, alt = {0};
        with.bands = k == 0;
        mrse_object_study *s = run(o, &AT, &with);
        const mrse_figure figure = {
            .kind = MRSE_FIGURE_OBJECT, .study = study, .title = "t", .object = s};
        assert_int_equal(mrse_figure_svg(&figure, &svg), MRSE_OK);
        assert_int_equal(mrse_figure_alt(&figure, &alt), MRSE_OK);
        for (size_t i = 0; i < s->n_candidates; i++)
            assert_non_null(strstr(mrse_buf_text(&alt), s->candidate[i].material.name));
        assert_int_equal(strstr(mrse_buf_text(&alt), "not known") != NULL, k == 1);
        assert_int_equal(strstr(mrse_buf_text(&alt), "torque") != NULL, k == 0);
        mrse_buf_free(&svg);
        mrse_buf_free(&alt);
        mrse_object_study_free(s);
    }
    const mrse_figure none = {.kind = MRSE_FIGURE_OBJECT, .study = study};
    mrse_buf out = {0};
    assert_int_equal(mrse_figure_svg(&none, &out), MRSE_ERR_ARG);
    mrse_buf_free(&out);
    mrse_object_file_free(o);
}

static mrse_status work(void *context)
{
    const mrse_sequence_study *played = context;
    const mrse_object_play play = {&played->before, "diffusion", 120.0};
    mrse_object_setting with = quick();
    mrse_object_file *o = NULL;
    mrse_object_study *s = NULL;
    mrse_status status = mrse_object_load(ANCHOR, &o, NULL);
    with.samples = 100;
    with.bands = true;
    with.play = &play;
    with.n_plays = 1;
    if (status == MRSE_OK)
        status = mrse_object_study_run(study, o, &AT, &with, &s);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
    return status;
}

static void run__memory_runs_out__leaves_nothing(void **state)
{
    const mrse_sequence_options at = {.scanner = scanner};
    mrse_sequence_study *played = NULL;

    (void)state;
    assert_int_equal(
        mrse_sequence_study_run("examples/dwi-dbdt/after.yaml", NULL, &at, &played, NULL), MRSE_OK);
    assert_true(oom_exhaust(work, played) > 40);
    mrse_sequence_study_free(played);
}

static void record__same_object__same_id_and_no_verdict(void **state)
{
    const mrse_object_setting with = quick();
    mrse_object_file *o = load(PELLET);
    mrse_object_study *s = run(o, &AT, &with);
    mrse_record *a = NULL, *b = NULL;
    mrse_buf json = {0};

    (void)state;
    assert_int_equal(mrse_record_of_object(s, NULL, 0, &MAKING, &a, NULL), MRSE_OK);
    assert_int_equal(mrse_record_of_object(s, NULL, 0, &MAKING, &b, NULL), MRSE_OK);
    assert_string_equal(mrse_record_id(a), mrse_record_id(b));
    assert_int_equal(mrse_record_json(a, &json), MRSE_OK);
    assert_null(strstr(mrse_buf_text(&json), "\"verdict\""));
    assert_non_null(strstr(mrse_buf_text(&json), "\"seed\": 20261122"));
    mrse_record_free(b);
    assert_int_equal(mrse_record_of_object(NULL, NULL, 0, &MAKING, &b, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_record_of_object(s, NULL, 0, &MAKING, NULL, NULL), MRSE_ERR_ARG);
    mrse_buf_free(&json);
    mrse_record_free(a);
    mrse_object_study_free(s);
    mrse_object_file_free(o);
}

static void assess__objects_only__nothing_is_stated_and_provisional(void **state)
{
    mrse_assessment *a = NULL;

    (void)state;
    assert_int_equal(mrse_assess_case("examples/airgun-pellet/case.yaml", NULL, &a, NULL), MRSE_OK);
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_STATED);
    assert_true(a->provisional);
    assert_int_equal(a->n_findings, 0);
    assert_int_equal(a->n_objects, 1);
    assert_int_equal(a->object[0].n_levers, 7);
    /* more field and more gradient: steel is pulled in proportion to the gradient */
    const mrse_object_study *here = a->object[0].study, *there = a->object[0].lever[5].study;
    assert_rel(there->candidate[1].at.ratio.value.v / here->candidate[1].at.ratio.value.v,
               there->ride.at.grad.v / here->ride.at.grad.v, 0.05);
    mrse_assessment_free(a);
}

/* The recorder alone is MET or UNDETERMINED; with a pellet beside it never MET. */
static void assess__object_beside_an_implant__whole_is_never_met(void **state)
{
    mrse_buf text = {0};
    char path[1024], cwd[768];
    mrse_assessment *a = NULL;

    (void)state;
    assert_non_null(getcwd(cwd, sizeof cwd));
    mrse_buf_addf(&text,
                  "mrse: case/1\ntitle: t\nquestion: q\nsimulated: yes\n"
                  "sources:\n  s: {origin: measured, title: t}\nsource: s\n"
                  "scanner: %s/%s\n"
                  "scan: {landmark: knee, entry: feet first, posture: supine, couch_height: "
                  "{value: 0 cm, u: 1 mm}}\n"
                  "implants:\n  - {name: i, label: %s/tests/cli/input/label-met.yaml}\n"
                  "objects:\n  - name: p\n    file: %s/%s\n"
                  "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 5 mm, evidence: e}\n",
                  cwd, SCANNER, cwd, cwd, PELLET);
    (void)snprintf(path, sizeof path, "%s", scratch_write("case.yaml", mrse_buf_text(&text)));
    assert_int_equal(mrse_assess_case(path, NULL, &a, NULL), MRSE_OK);
    assert_int_equal(a->n_implants, 1);
    for (size_t i = 0; i < a->n_findings; i++)
        assert_true(!a->finding[i].decisive || a->finding[i].decision.verdict == MRSE_VERDICT_MET);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
    mrse_buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run__lead_pellet__is_the_formula_of_the_textbook),
        cmocka_unit_test(run__nothing_said_of_gradients__is_missing_with_its_reason),
        cmocka_unit_test(run__speed_and_time__scale),
        cmocka_unit_test(run__wire__is_graded_by_its_length),
        cmocka_unit_test(test_ratio__at_45_degrees__is_the_ratio_of_gradients),
        cmocka_unit_test(run__no_ride__is_refused),
        cmocka_unit_test(run__sequence__gives_db_dt_where_it_lies),
        cmocka_unit_test(run__sequence_without_gradients_of_the_scanner__says_which),
        cmocka_unit_test(play_all__nothing_given__argument_error),
        cmocka_unit_test(run__working__has_each_candidate),
        cmocka_unit_test(run__bands__follow_the_ride),
        cmocka_unit_test(figure__object__names_every_candidate),
        cmocka_unit_test(run__memory_runs_out__leaves_nothing),
        cmocka_unit_test(record__same_object__same_id_and_no_verdict),
        cmocka_unit_test(assess__objects_only__nothing_is_stated_and_provisional),
        cmocka_unit_test(assess__object_beside_an_implant__whole_is_never_met),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

/* One or two sequences: exposure against sums done here by hand, changes, limits, the examination.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/sequence_study.h"

#include <stdio.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/scratch.h"

/* A spin-echo train of hard pulses: their energy is flip^2 / (gamma^2 duration), nothing else. */
enum { SLICES = 10, ECHOES = 8 };
static const double PULSE_S = 1e-3, TR_BEFORE_S = 2.0, TR_AFTER_S = 4.0;

static const char *write_tse(const char *name, int tr_ms, int flip_deg, const char *rest)
{
    char text[2048];
    int n = snprintf(text, sizeof text,
                     "mrse: sequence/1\nname: %s\n"
                     "sources: {c: {origin: console, title: a console, read: 2026-11-22}}\n"
                     "source: c\nfamily: TSE\nb0: 1.5 T\ncoil: body\nregion: head\n"
                     "timing: {tr: %d ms, te: 40 ms, echo_spacing: 10 ms}\n"
                     "train: {etl: 8, order: linear, centre_echo: 4}\n"
                     "slices: {number: 10, thickness: 5 mm, concatenations: 1}\n"
                     "geometry: {matrix_read: 64, matrix_phase: 64, fov_read: 200 mm, "
                     "fov_phase: 200 mm}\n"
                     "acquisition: {averages: 1, bandwidth: 200 Hz}\n"
                     "pulses:\n"
                     "  - {role: excitation, flip: 90 deg, duration: 1 ms, shape: hard}\n"
                     "  - {role: refocusing, flip: %d deg, duration: 1 ms, shape: hard}\n%s",
                     name, tr_ms, flip_deg, rest);
    char file[64];
    assert_true(n > 0 && (size_t)n < sizeof text);
    (void)snprintf(file, sizeof file, "%s.yaml", name);
    return scratch_write(file, text);
}

static double rms_by_hand(double refocusing_deg, double tr_s)
{
    const double gamma = 2 * MRSE_PI * 42.57747852e6, excitation = MRSE_PI / 2;
    const double refocusing = refocusing_deg * MRSE_PI / 180;
    double sum = excitation * excitation + ECHOES * refocusing * refocusing;
    return sqrt(SLICES * sum / (gamma * gamma * PULSE_S * tr_s));
}

static mrse_sequence_study *run(const char *before, const char *after,
                                const mrse_sequence_options *options)
{
    static mrse_diags diags;
    mrse_sequence_study *s = NULL;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_sequence_study_run(before, after, options, &s, &diags), MRSE_OK);
    assert_non_null(s);
    return s;
}

static const mrse_sequence_row *row_of(const mrse_sequence_study *s, const char *what)
{
    for (size_t i = 0; i < s->n_rows; i++)
        if (strcmp(s->row[i].what, what) == 0)
            return &s->row[i];
    fail_msg("no row '%s'", what);
    return NULL;
}

static const char console[] = "reported: {b1_rms: 3.00 uT, sar_whole_body: 2.50 W/kg}\n";

static mrse_sequence_study *pair(const mrse_sequence_options *options)
{
    char before[256];
    (void)snprintf(before, sizeof before, "%s", write_tse("before", 2000, 180, console));
    return run(before, write_tse("after", 4000, 120, ""), options);
}

static void study__pair__rows_are_the_sums_done_by_hand(void **state)
{
    mrse_sequence_study *s = pair(NULL);
    const mrse_sequence_row *whole = row_of(s, "B1+rms over the whole, from the pulses");
    double before_T = rms_by_hand(180, TR_BEFORE_S), after_T = rms_by_hand(120, TR_AFTER_S);

    (void)state;
    assert_rel(whole->before.v, before_T, 1e-6);
    assert_rel(whole->after.v, after_T, 1e-6);
    assert_rel(whole->ratio, after_T / before_T, 1e-6);
    assert_int_equal(whole->topic, MRSE_SEQUENCE_RF);
    mrse_sequence_study_free(s);
}

static void study__pair__changes_are_those_made(void **state)
{
    mrse_sequence_study *s = pair(NULL);

    (void)state;
    assert_int_equal(s->n_changes, 2);
    assert_string_equal(s->change[0].before, "2000 ms");
    assert_string_equal(s->change[0].after, "4000 ms");
    assert_string_equal(s->change[1].before, "180 deg");
    assert_string_equal(s->change[1].after, "120 deg");
    assert_true(s->change[0].comparable && s->change[1].comparable);
    assert_true(s->image.n_rows > 0);
    mrse_sequence_study_free(s);
}

/* The console's own value where it gives one, else its value before times the ratio. */
static void exposure_of__console_before__foretells_after(void **state)
{
    mrse_sequence_study *s = pair(NULL);
    const char *name = NULL;
    double ratio = rms_by_hand(120, TR_AFTER_S) / rms_by_hand(180, TR_BEFORE_S);
    mrse_value before = mrse_sequence_exposure_of(s, false, MRSE_KIND_B1_RMS, &name);

    (void)state;
    assert_rel(before.v, 3.0e-6, 1e-12);
    assert_string_equal(name, "on the console");
    mrse_value after = mrse_sequence_exposure_of(s, true, MRSE_KIND_B1_RMS, &name);
    /* the worst 10 s hold whole repetitions or a part more: not better than one in five */
    assert_rel(after.v, 3.0e-6 * ratio, 0.2);
    assert_rel(after.v, 3.0e-6 * s->after.rf.rms_window_T / s->before.rf.rms_window_T, 1e-9);
    assert_true(after.u > 0.0);
    assert_string_equal(name, "expected on the console");
    mrse_sequence_study_free(s);
}

static void exposure_of__nothing_stated__is_missing(void **state)
{
    mrse_sequence_study *s = pair(NULL);
    const char *name = NULL;

    (void)state;
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_SAR_HEAD, &name).v));
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_DBDT_PEAK, &name).v));
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_SLEW_SYSTEM, NULL).v));
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_LENGTH, &name).v));
    assert_string_equal(name, "");
    mrse_sequence_study_free(s);
}

/* A ratio of SAR holds within one examination: until somebody states it, it is assumed, aloud. */
static void study__examination_not_stated__sar_is_on_assumption(void **state)
{
    const mrse_sequence_options same = {.same_exam = true};
    mrse_sequence_study *apart = pair(NULL), *together = pair(&same);
    double ratio = rms_by_hand(120, TR_AFTER_S) / rms_by_hand(180, TR_BEFORE_S);

    (void)state;
    assert_rel(apart->sar.value[0].v, 2.5 * ratio * ratio, 1e-6);
    assert_int_equal(apart->sar.value[0].origin, MRSE_ORIGIN_ASSUMED);
    assert_non_null(strstr(apart->sar.reason, "assumed"));
    assert_true(apart->n_limits > 0 && apart->limit[0].after.on_assumption);
    assert_rel(together->sar.value[0].v, 2.5 * ratio * ratio, 1e-6);
    assert_int_not_equal(together->sar.value[0].origin, MRSE_ORIGIN_ASSUMED);
    assert_null(strstr(together->sar.reason, "assumed"));
    mrse_sequence_study_free(apart);
    mrse_sequence_study_free(together);
}

static const mrse_sequence_limit *limit_of(const mrse_sequence_study *s, const char *what)
{
    for (size_t i = 0; i < s->n_limits; i++)
        if (strcmp(s->limit[i].what, what) == 0)
            return &s->limit[i];
    fail_msg("no limit '%s'", what);
    return NULL;
}

static void study__sar_above_normal_mode__is_not_met_before_only(void **state)
{
    const mrse_sequence_options same = {.same_exam = true};
    mrse_sequence_study *s = pair(&same);
    const mrse_sequence_limit *normal = limit_of(s, "whole-body SAR, normal operating mode");
    const mrse_sequence_limit *first = limit_of(s, "whole-body SAR, first level controlled mode");

    (void)state;
    assert_int_equal(normal->before.verdict, MRSE_VERDICT_NOT_MET);
    assert_int_equal(first->before.verdict, MRSE_VERDICT_MET);
    assert_int_equal(normal->after.verdict, MRSE_VERDICT_MET);
    mrse_sequence_study_free(s);
}

/* The largest over the eight combinations of signs, done by hand. */
static double dbdt_by_hand(double slew_T_m_s, const double p[3])
{
    double most = 0;
    for (int signs = 0; signs < 8; signs++) {
        double x = signs & 1 ? -slew_T_m_s : slew_T_m_s, y = signs & 2 ? -slew_T_m_s : slew_T_m_s;
        double z = signs & 4 ? -slew_T_m_s : slew_T_m_s;
        double bx = x * p[2] - z * p[0] / 2, by = y * p[2] - z * p[1] / 2;
        double bz = x * p[0] + y * p[1] + z * p[2];
        most = fmax(most, sqrt(bx * bx + by * by + bz * bz));
    }
    return most;
}

static void study__place__dbdt_is_the_worst_of_all_signs(void **state)
{
    const char slew[] = "gradients: {slew: 100 T/m/s, amplitude: 20 mT/m}\n";
    mrse_sequence_options o = {
        .has_place = true, .place_m = {0.05, -0.03, 0.10}, .u_place_m = {0.005, 0.005, 0.005}};
    mrse_scanner *scanner = NULL;

    (void)state;
    assert_int_equal(mrse_scanner_load("scanners/example-data-sheet.yaml", &scanner, NULL),
                     MRSE_OK);
    o.scanner = scanner;
    mrse_sequence_study *s = run(write_tse("slew", 2000, 180, slew), NULL, &o);
    assert_rel(s->dbdt_before.peak.v, dbdt_by_hand(100, o.place_m), 1e-9);
    assert_false(s->dbdt_before.declared);
    assert_rel(row_of(s, "peak dB/dt at the implant")->before.v, s->dbdt_before.peak.v, 0);
    mrse_sequence_study_free(s);
    o.has_place = false;
    s = run(write_tse("slew", 2000, 180, slew), NULL, &o);
    assert_true(isnan(s->dbdt_before.peak.v));
    assert_true(s->dbdt_before.reason[0] != '\0');
    mrse_sequence_study_free(s);
    mrse_scanner_free(scanner);
}

static void study__dicom__is_named_by_its_hash(void **state)
{
    mrse_sequence_study *s = run("examples/dicom/tse-180.dcm", "examples/dicom/tse-120.dcm", NULL);

    (void)state;
    assert_int_equal(s->before.form, MRSE_SEQUENCE_DICOM);
    assert_null(strstr(s->before.name, "tse"));
    assert_null(strstr(s->after.name, "tse"));
    assert_string_not_equal(s->before.sha256, s->after.sha256);
    assert_true(s->n_changes > 0);
    mrse_sequence_study_free(s);
}

static void study__pulseq_twice__nothing_differs_and_image_is_refused(void **state)
{
    mrse_sequence_study *s = run("examples/sequence/gre.seq", "examples/sequence/gre.seq", NULL);
    const mrse_sequence_row *b1 = row_of(s, "B1+rms over the worst 10 s, from the pulses");

    (void)state;
    assert_int_equal(s->n_changes, 0);
    assert_rel(b1->ratio, 1, 0);
    assert_true(s->image_refused[0] != '\0');
    assert_true(isnan(s->sar.value[0].v));
    mrse_sequence_study_free(s);
}

static void study__misuse__is_refused(void **state)
{
    mrse_sequence_study *s = NULL;
    const char *good = write_tse("good", 2000, 180, "");

    (void)state;
    assert_int_equal(mrse_sequence_study_run(good, NULL, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_study_run(NULL, good, NULL, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_study_run(scratch_path("none.yaml"), NULL, NULL, &s, NULL),
                     MRSE_ERR_IO);
    assert_null(s);
    assert_int_equal(
        mrse_sequence_study_run(good, scratch_write("bad.yaml", "mrse: case/1\n"), NULL, &s, NULL),
        MRSE_ERR_INPUT);
    assert_null(s);
    mrse_sequence_study_free(NULL);
}

static void topic_text__each__has_words_and_nonsense_none(void **state)
{
    (void)state;
    for (int i = 0; i < MRSE_SEQUENCE_TOPICS; i++)
        assert_true(mrse_sequence_topic_text((mrse_sequence_topic)i)[0] != '\0');
    assert_string_equal(mrse_sequence_topic_text(MRSE_SEQUENCE_TOPICS), "");
}

static int begin(void **state)
{
    return mrse_init() != MRSE_OK || scratch_begin(state) != 0 ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study__pair__rows_are_the_sums_done_by_hand),
        cmocka_unit_test(study__pair__changes_are_those_made),
        cmocka_unit_test(exposure_of__console_before__foretells_after),
        cmocka_unit_test(exposure_of__nothing_stated__is_missing),
        cmocka_unit_test(study__examination_not_stated__sar_is_on_assumption),
        cmocka_unit_test(study__sar_above_normal_mode__is_not_met_before_only),
        cmocka_unit_test(study__place__dbdt_is_the_worst_of_all_signs),
        cmocka_unit_test(study__dicom__is_named_by_its_hash),
        cmocka_unit_test(study__pulseq_twice__nothing_differs_and_image_is_refused),
        cmocka_unit_test(study__misuse__is_refused),
        cmocka_unit_test(topic_text__each__has_words_and_nonsense_none),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

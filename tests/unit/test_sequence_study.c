/* One sequence, and one before and one after a modification: exposure, changes, limits, image, record
 * and worksheet. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

#define TSE "examples/tse-b1rms/"
#define DWI "examples/dwi-dbdt/"
static const char IMAGE[] = "examples/dicom/tse-180.dcm", OTHER[] = "examples/dicom/tse-120.dcm";
static const char PLAYED[] = "examples/sequence/gre.seq";
static const char SCANNER[] = "scanners/example-data-sheet.yaml";
static const mrse_making MAKING = {.date = "2026-11-22", .date_source = "--date"};

static int begin(void **state)
{
    return mrse_init() == MRSE_OK && scratch_begin(state) == 0 ? 0 : -1;
}

static mrse_sequence_study *run(const char *before, const char *after,
                                const mrse_sequence_options *options)
{
    mrse_sequence_study *s = NULL;
    assert_int_equal(mrse_sequence_study_run(before, after, options, &s, NULL), MRSE_OK);
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

static const mrse_sequence_change *change_of(const mrse_sequence_study *s, const char *what)
{
    for (size_t i = 0; i < s->n_changes; i++)
        if (strcmp(s->change[i].what, what) == 0)
            return &s->change[i];
    return NULL;
}

/* Only energy of the refocusing pulses and TR change: the ratio is worked out here by hand. */
static void study__longer_tr_and_smaller_angle__ratio_of_energy(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    const mrse_sequence_row *console = row_of(s, "B1+rms on the console"),
                            *whole = row_of(s, "B1+rms over the whole, from the pulses");
    double tr_a = s->after.protocol->tr.v, tr_b = s->before.protocol->tr.v, rest, refocus;

    (void)state;
    assert_rel(tr_b, 3.5, 0);
    assert_rel(tr_a, 5.2, 0);
    assert_rel(console->ratio, 1.91 / 3.28, 1e-12);
    assert_string_equal(console->how, "as the console shows it");
    /* energy before = rest + refocus, after = rest + refocus (105/150)^2 */
    refocus = (s->before.rf.rms_T * s->before.rf.rms_T * tr_b -
               s->after.rf.rms_T * s->after.rf.rms_T * tr_a) /
              (1 - 0.49);
    rest = s->before.rf.rms_T * s->before.rf.rms_T * tr_b - refocus;
    assert_true(refocus > 0 && rest > 0 && rest < 0.2 * refocus);
    /* hard pulses' worth: peak follows the angle */
    assert_rel(s->after.rf.peak_T / s->before.rf.peak_T, 105.0 / 150.0, 1e-9);
    assert_rel(whole->ratio, sqrt((rest + 0.49 * refocus) / (rest + refocus) * 3.5 / 5.2), 1e-9);
    assert_int_equal(s->n_changes, 2);
    assert_string_equal(change_of(s, "repetition time TR")->before, "3500 ms");
    assert_string_equal(change_of(s, "repetition time TR")->after, "5200 ms");
    assert_string_equal(change_of(s, "refocusing: flip angle")->after, "105 deg");
    assert_true(s->change[0].comparable);
    mrse_sequence_study_free(s);
}

static void study__one_sequence__no_ratio_no_change_no_image(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", NULL, NULL);

    (void)state;
    assert_null(s->after.path);
    assert_int_equal(s->n_changes, 0);
    assert_int_equal(s->image.n_rows, 0);
    assert_true(s->n_rows > 5 && s->n_limits > 0);
    for (size_t i = 0; i < s->n_rows; i++) {
        assert_true(isnan(s->row[i].ratio));
        assert_true(isnan(s->row[i].after.v));
    }
    for (size_t i = 0; i < s->n_limits; i++)
        assert_int_equal(s->limit[i].after.verdict, MRSE_VERDICT_UNDETERMINED);
    mrse_sequence_study_free(s);
}

/* What is missing has a reason; what is known says how. */
static void study__every_row__number_or_reason(void **state)
{
    const char *const pair[][2] = {{TSE "before.yaml", TSE "after.yaml"},
                                   {DWI "before.yaml", DWI "after.yaml"},
                                   {IMAGE, OTHER},
                                   {PLAYED, TSE "after.yaml"},
                                   {PLAYED, PLAYED}};

    (void)state;
    for (size_t k = 0; k < sizeof pair / sizeof pair[0]; k++) {
        mrse_sequence_study *s = run(pair[k][0], pair[k][1], NULL);
        for (size_t i = 0; i < s->n_rows; i++) {
            const mrse_sequence_row *row = &s->row[i];
            bool both = isfinite(row->before.v) && isfinite(row->after.v);
            assert_true(both || row->note[0] != '\0' || isfinite(row->before.v) ||
                        isfinite(row->after.v));
            assert_true(!isfinite(row->ratio) || both);
            assert_true(mrse_sequence_topic_text(row->topic)[0] != '\0');
        }
        mrse_sequence_study_free(s);
    }
}

/* |dB/dt| at a place on the axis, where the ideal coils give it in one's head: x: S z along x, y: S z
 * along y, z: S z along z. */
static void study__place_on_axis__vector_of_slew_rates(void **state)
{
    mrse_scanner *scanner = NULL;
    assert_int_equal(mrse_scanner_load(SCANNER, &scanner, NULL), MRSE_OK);
    mrse_sequence_options o = {.scanner = scanner, .has_place = true};
    (void)state;
    o.place_m[2] = 0.15;
    for (int i = 0; i < 3; i++)
        o.u_place_m[i] = 0.005;
    mrse_sequence_study *s = run(DWI "before.yaml", DWI "after.yaml", &o);
    const mrse_value *slew = s->before.gradient.slew;
    double expected =
        0.15 * sqrt(slew[0].v * slew[0].v + slew[1].v * slew[1].v + slew[2].v * slew[2].v);
    assert_true(slew[0].v > slew[1].v && slew[1].v > 0);
    assert_rel(s->dbdt_before.peak.v, expected, 1e-9);
    assert_true(s->dbdt_before.peak.u > 0.005 * slew[0].v * 0.9);
    assert_true(s->dbdt_after.peak.v < s->dbdt_before.peak.v);
    const mrse_sequence_row *row = row_of(s, "peak dB/dt at the implant");
    assert_rel(row->ratio, s->dbdt_after.peak.v / expected, 1e-9);
    const char *name;
    assert_rel(mrse_sequence_exposure_of(s, false, MRSE_KIND_DBDT_PEAK, &name).v, expected, 1e-9);
    assert_string_equal(name, "at the implant");
    assert_rel(row_of(s, "slew rate of the system, rated")->ratio, 1.0, 0);
    mrse_sequence_study_free(s);
    mrse_scanner_free(scanner);
}

static void exposure_of__console_before_pulses__and_missing_kinds(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    const char *name = NULL;

    (void)state;
    assert_rel(mrse_sequence_exposure_of(s, true, MRSE_KIND_B1_RMS, &name).v, 1.91e-6, 1e-12);
    assert_string_equal(name, "on the console");
    s->after.protocol->reported.b1_rms = mrse_value_missing(MRSE_KIND_B1_RMS);
    mrse_value expected = mrse_sequence_exposure_of(s, true, MRSE_KIND_B1_RMS, &name);
    assert_string_equal(name, "expected on the console");
    assert_rel(expected.v, 3.28e-6 * s->after.rf.rms_window_T / s->before.rf.rms_window_T, 1e-12);
    assert_true(expected.u > 0);
    s->before.protocol->reported.b1_rms = mrse_value_missing(MRSE_KIND_B1_RMS);
    assert_rel(mrse_sequence_exposure_of(s, true, MRSE_KIND_B1_RMS, &name).v,
               s->after.rf.rms_window_T, 1e-12);
    assert_string_equal(name, "over the worst 10 s, from the pulses");
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_SFG, &name).v));
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_DBDT_RMS, NULL).v));
    assert_true(isnan(mrse_sequence_exposure_of(s, true, MRSE_KIND_SLEW_SYSTEM, NULL).v));
    mrse_sequence_study_free(s);
}

static json_t *record_of(const mrse_sequence_study *s, const mrse_making *making, mrse_buf *text)
{
    mrse_record *record = NULL;
    mrse_buf out = {0};
    assert_int_equal(mrse_record_of_sequences(s, making, &record, NULL), MRSE_OK);
    assert_int_equal(mrse_record_json(record, &out), MRSE_OK);
    assert_int_equal(mrse_record_text(record, text), MRSE_OK);
    json_t *json = json_loads(mrse_buf_text(&out), 0, NULL);
    assert_non_null(json);
    mrse_buf_free(&out);
    mrse_record_free(record);
    return json;
}

static void record__unbounded_ratio__is_said_in_words(void **state)
{
    mrse_sequence_study *s = run(DWI "before.yaml", DWI "after.yaml", NULL);
    mrse_buf text = {0};
    json_t *json = record_of(s, &MAKING, &text),
           *rows = json_object_get(json_object_get(json_object_get(json, "sequences"), "image"),
                                   "rows");
    size_t turning = 0;

    (void)state;
    assert_int_equal(json_array_size(rows), s->image.n_rows);
    for (size_t i = 0; i < s->image.n_rows; i++) {
        json_t *ratio = json_object_get(json_array_get(rows, i), "ratio");
        turning += s->image.row[i].turns;
        if (isinf(s->image.row[i].ratio.high)) {
            assert_true(json_is_true(json_object_get(ratio, "unbounded")));
            assert_true(json_is_null(json_object_get(ratio, "high")));
        }
    }
    assert_true(turning > 0);
    assert_non_null(strstr(mrse_buf_text(&text), "may vanish or turn"));
    assert_null(strstr(mrse_buf_text(&text), " inf"));
    assert_null(strstr(mrse_buf_text(&text), " nan"));
    json_decref(json);
    mrse_buf_free(&text);
    mrse_sequence_study_free(s);
}

static void record__images__names_stand_nowhere(void **state)
{
    const char *const argv[] = {"mrse", "sequence", IMAGE, OTHER, NULL};
    mrse_making making = MAKING;
    making.argv = argv;
    mrse_sequence_study *s = run(IMAGE, OTHER, &(mrse_sequence_options){.same_exam = true});
    mrse_buf text = {0};
    json_t *json = record_of(s, &making, &text);
    char *dump = json_dumps(json, 0);

    (void)state;
    assert_null(strstr(dump, "tse-180"));
    assert_null(strstr(dump, "tse-120"));
    assert_null(strstr(mrse_buf_text(&text), "tse-1"));
    assert_non_null(strstr(dump, s->before.sha256));
    assert_non_null(strstr(dump, "original_sha256"));
    assert_rel(row_of(s, "B1+rms on the console")->ratio, 2.0 / 3.2,
               1e-7); /* a float in the header */
    free(dump);
    json_decref(json);
    mrse_buf_free(&text);
    mrse_sequence_study_free(s);
}

static void study__misuse_and_bad_files__are_refused(void **state)
{
    mrse_sequence_study *s = NULL;
    mrse_record *record = NULL;

    (void)state;
    assert_int_equal(mrse_sequence_study_run(NULL, NULL, NULL, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_study_run(PLAYED, NULL, NULL, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_sequence_study_run(scratch_path("no.yaml"), NULL, NULL, &s, NULL),
                     MRSE_ERR_IO);
    assert_int_equal(mrse_sequence_study_run(PLAYED, scratch_path("no.seq"), NULL, &s, NULL),
                     MRSE_ERR_IO);
    assert_int_equal(
        mrse_sequence_study_run(scratch_write("text", "no image"), NULL, NULL, &s, NULL),
        MRSE_ERR_INPUT);
    assert_null(s);
    s = run(PLAYED, NULL, NULL);
    assert_int_equal(mrse_record_of_sequences(NULL, &MAKING, &record, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_record_of_sequences(s, NULL, &record, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_record_of_sequences(s, &MAKING, NULL, NULL), MRSE_ERR_ARG);
    assert_string_equal(mrse_sequence_topic_text(MRSE_SEQUENCE_TOPICS), "");
    mrse_sequence_study_free(s);
    mrse_sequence_study_free(NULL);
}

/* Small sequences: every allocation of the study fails once. */
static const char SMALL[] =
    "mrse: sequence/1\nid: s\nname: s\nsources: {p: {origin: assumed, title: t, because: b}}\n"
    "source: p\nfamily: SE\ndimension: 2D\nb0: 1.5 T\n%s"
    "pulses:\n  - {role: excitation, flip: 90 deg, duration: 2 ms, b1_peak: 5 uT, shape: hard}\n";

static const char *small(const char *name, const char *timing)
{
    char text[1024];
    (void)snprintf(text, sizeof text, SMALL, timing);
    return scratch_write(name, text);
}

static mrse_status work(void *context)
{
    const char *const *path = context;
    mrse_sequence_study *s = NULL;
    mrse_record *record = NULL;
    mrse_buf text = {0};
    mrse_status status = mrse_sequence_study_run(path[0], path[1], NULL, &s, NULL);
    if (status == MRSE_OK)
        status = mrse_record_of_sequences(s, &MAKING, &record, NULL);
    if (status == MRSE_OK)
        status = mrse_record_text(record, &text);
    mrse_buf_free(&text);
    mrse_record_free(record);
    mrse_sequence_study_free(s);
    return status;
}

static void study__out_of_memory__is_reported(void **state)
{
    const char *protocols[] = {small("b.yaml", "timing: {tr: 500 ms, te: 10 ms}\n"),
                               small("a.yaml", "timing: {tr: 600 ms, te: 12 ms}\n")};
    const char *images[] = {IMAGE, OTHER};
    const char *played[] = {PLAYED, NULL};

    (void)state;
    assert_int_equal(work(protocols), MRSE_OK);
    assert_true(oom_exhaust(work, protocols) > 100);
    assert_true(oom_exhaust(work, images) > 50);
    assert_true(oom_exhaust(work, played) > 50);
}

/* ---- cases */

static const char CASE[] =
    "mrse: case/1\ntitle: t\nquestion: q\nsimulated: yes\nauthor: {name: A. N. Example}\n"
    "sources: {l: {origin: manufacturer, title: label, address: here, read: 2026-11-22}}\n"
    "source: l\nscanner: scanner.yaml\n"
    "sequences:\n  - {file: %s, role: before}\n  - {file: %s, role: after}\n"
    "modification:\n  reason: r\n%s"
    "reasoning: r\nconclusion: c\nresidual_risk: k\ndecides: d\n";
static const char LIMIT[] =
    "  limits:\n    - {quantity: b1-rms, limit: '<= %s uT', printed: as printed, source: l}\n";

static void copy(const char *from, const char *name)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *f;
    assert_int_equal(mrse_file_read(from, 1 << 20, &bytes, &n, NULL), MRSE_OK);
    f = fopen(scratch_path(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    mrse_free(bytes);
}

static const char *write_case(const char *before, const char *after, const char *limit)
{
    char limits[256] = "", text[2048];
    if (limit != NULL)
        (void)snprintf(limits, sizeof limits, LIMIT, limit);
    (void)snprintf(text, sizeof text, CASE, before, after, limits);
    copy(SCANNER, "scanner.yaml");
    return scratch_write("case.yaml", text);
}

static mrse_assessment *assess(const char *limit)
{
    mrse_assessment *a = NULL;
    copy(TSE "before.yaml", "b.yaml");
    copy(TSE "after.yaml", "a.yaml");
    assert_int_equal(mrse_assess_case(write_case("b.yaml", "a.yaml", limit), NULL, &a, NULL),
                     MRSE_OK);
    assert_null(a->study); /* nothing is asked of the static field */
    return a;
}

static void assess__limit_of_modification__after_decides(void **state)
{
    static const struct {
        const char *limit;
        mrse_verdict before, after;
    } of[] = {{"2.0", MRSE_VERDICT_NOT_MET, MRSE_VERDICT_MET},
              {"1.9", MRSE_VERDICT_NOT_MET, MRSE_VERDICT_NOT_MET},
              {"3.3", MRSE_VERDICT_MET, MRSE_VERDICT_MET},
              {"1.91", MRSE_VERDICT_NOT_MET, MRSE_VERDICT_MET}};

    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        mrse_assessment *a = assess(of[i].limit);
        assert_int_equal(a->n_findings, 2);
        assert_int_equal(a->finding[0].decision.verdict, of[i].before);
        assert_false(a->finding[0].decisive);
        assert_int_equal(a->finding[1].decision.verdict, of[i].after);
        assert_true(a->finding[1].decisive);
        assert_int_equal(a->overall, of[i].after);
        assert_true(a->n_steps >= 3);
        mrse_assessment_free(a);
    }
}

static void assess__no_limit__is_undetermined(void **state)
{
    mrse_assessment *a = assess(NULL);

    (void)state;
    assert_int_equal(a->n_findings, 0);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static mrse_verify_result sheet_of(const char *case_path, mrse_buf *report)
{
    mrse_verify_result result = MRSE_VERIFY_SAME;
    mrse_verdict verdict;
    char *pdf = NULL;
    const char *dir = scratch_path("sheet");
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, &verdict, &pdf, NULL),
                     MRSE_OK);
    mrse_free(pdf);
    assert_int_equal(mrse_worksheet_verify(scratch_path("sheet"), &result, report, NULL), MRSE_OK);
    return result;
}

static void worksheet__protocols__are_kept_and_verify(void **state)
{
    mrse_buf report = {0};
    copy(TSE "before.yaml", "b.yaml");
    copy(TSE "after.yaml", "a.yaml");

    (void)state;
    assert_int_equal(sheet_of(write_case("b.yaml", "a.yaml", "2.0"), &report), MRSE_VERIFY_SAME);
    assert_non_null(strstr(mrse_buf_text(&report), "unchanged  inputs/b.yaml"));
    assert_non_null(strstr(mrse_buf_text(&report), "unchanged  figures/1-sequences.png"));
    assert_null(strstr(mrse_buf_text(&report), "contours.csv"));
    mrse_buf_free(&report);
}

/* Of an image only the extract is kept: the numbers cannot be made again, and nobody may say 'same'. */
static void worksheet__images__extract_only_and_cannot(void **state)
{
    mrse_buf report = {0};
    char *json = NULL;
    size_t n = 0;
    copy(IMAGE, "DOE^JANE.dcm");
    copy(OTHER, "DOE^JANE2.dcm");

    (void)state;
    assert_int_equal(sheet_of(write_case("DOE^JANE.dcm", "DOE^JANE2.dcm", "2.0"), &report),
                     MRSE_VERIFY_CANNOT);
    assert_non_null(strstr(mrse_buf_text(&report), "cannot be recomputed"));
    assert_null(strstr(mrse_buf_text(&report), "JANE"));
    assert_int_equal(mrse_file_read(scratch_path("sheet/worksheet.json"), 1 << 22, &json, &n, NULL),
                     MRSE_OK);
    assert_null(strstr(json, "JANE"));
    mrse_free(json);
    mrse_buf_free(&report);
}

static void figure__of_sequences__alt_states_ratios(void **state)
{
    mrse_sequence_study *s = run(TSE "before.yaml", TSE "after.yaml", NULL);
    mrse_figure f = {.kind = MRSE_FIGURE_SEQUENCES, .limit_T_m = NAN, .title = "t"};
    mrse_buf alt = {0}, png = {0};

    (void)state;
    assert_int_equal(mrse_figure_alt(&f, &alt), MRSE_ERR_ARG);
    assert_int_equal(mrse_figure_png(&f, NULL, &png), MRSE_ERR_ARG);
    f.sequences = s;
    assert_int_equal(mrse_figure_alt(&f, &alt), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&alt), "B1+rms on the console 0.582"));
    assert_non_null(strstr(mrse_buf_text(&alt), "scan time 1.49"));
    assert_int_equal(mrse_figure_png(&f, NULL, &png), MRSE_OK);
    assert_true(png.len > 1000);
    mrse_buf_free(&alt);
    mrse_buf_free(&png);
    mrse_sequence_study_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study__longer_tr_and_smaller_angle__ratio_of_energy),
        cmocka_unit_test(study__one_sequence__no_ratio_no_change_no_image),
        cmocka_unit_test(study__every_row__number_or_reason),
        cmocka_unit_test(study__place_on_axis__vector_of_slew_rates),
        cmocka_unit_test(exposure_of__console_before_pulses__and_missing_kinds),
        cmocka_unit_test(record__unbounded_ratio__is_said_in_words),
        cmocka_unit_test(record__images__names_stand_nowhere),
        cmocka_unit_test(study__misuse_and_bad_files__are_refused),
        cmocka_unit_test(study__out_of_memory__is_reported),
        cmocka_unit_test(assess__limit_of_modification__after_decides),
        cmocka_unit_test(assess__no_limit__is_undetermined),
        cmocka_unit_test(worksheet__protocols__are_kept_and_verify),
        cmocka_unit_test(worksheet__images__extract_only_and_cannot),
        cmocka_unit_test(figure__of_sequences__alt_states_ratios),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

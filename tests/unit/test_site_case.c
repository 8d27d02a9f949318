/* Cases about a site: verdicts, findings, record, worksheet with its figure and image, verification.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char SCANNER[] =
    "mrse: scanner/1\nid: test\nname: Test magnet\nchecked: 2026-01-15\n"
    "source: design\n"
    "sources: {design: {origin: computed, title: test design}}\n"
    "b0: {nominal: 1.5 T}\n"
    "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
    "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
    "static_field:\n"
    "  coils:\n"
    "    - winding: {inner: 48 cm, outer: 52 cm, from: -65 cm, to: 65 cm,\n"
    "                ampere_turns: 1965 kA}\n"
    "  uncertainty: {field: 1 %, gradient: 2 %, because: test}\n";
#define SITE(area, limit)                                                                          \
    "mrse: site/1\nid: room\nname: Room one\nchecked: 2026-02-01\n"                                \
    "sources: {plan: {origin: measured, title: drawing}}\nsource: plan\nu: 1 cm\n"                 \
    "magnet: {x: 1 m, y: 2 m, height: 1 m, azimuth: 30 deg}\n"                                     \
    "image: {file: ../plan.png, x: -20 m, y: -20 m, width: 40 m}\n"                                \
    "outlines:\n  - {wall: w, points: [[5 m, -9 m], [5 m, 9 m]]}\n"                                \
    "  - {area: a, points: [[-" area ", -" area "], [" area ", -" area "], [" area ", " area       \
    "], [-" area ", " area "]]}\n"                                                                 \
    "equipment:\n  - {name: thing, x: 6 m, y: 2 m, limit: {field: <= " limit ", printed: L}}\n"
#define CASE(more)                                                                                 \
    "mrse: case/1\ntitle: Test site\nquestion: Where?\nsimulated: yes\n"                           \
    "author: {name: A. N. Example}\nscanner: scanner.yaml\nsite: rooms/site.yaml\n"                \
    "ipem: {category: \"6.2\", why: siting}\n" more

static const mrse_making MAKING = {.date = "2026-11-22T10:00:00Z", .date_source = "--date"};
static char case_path[1024], dir[1024];

static void write_case(const char *site, const char *text)
{
    scratch_write("rooms/site.yaml", site);
    (void)snprintf(case_path, sizeof case_path, "%s", scratch_write("case.yaml", text));
}

/* Any PNG will do: a figure of ours. */
static void write_picture(void)
{
    FILE *file = fopen(scratch_path("plan.png"), "wb");
    mrse_study study = {0};
    mrse_scanner scanner = {0};
    mrse_figure figure = {.kind = MRSE_FIGURE_PLAN, .study = &study};
    mrse_buf png = {0};

    study.scanner = &scanner;
    assert_non_null(file);
    assert_int_equal(mrse_figure_png(&figure, NULL, &png), MRSE_OK);
    assert_int_equal(fwrite(png.data, 1, png.len, file), png.len);
    assert_int_equal(fclose(file), 0);
    mrse_buf_free(&png);
}

static int begin(void **state)
{
    if (mrse_init() != MRSE_OK || scratch_begin(state) != 0)
        return -1;
    if (mkdir(scratch_path("rooms"), 0777) != 0)
        return -1;
    scratch_write("scanner.yaml", SCANNER);
    write_picture();
    write_case(SITE("15 m", "20 mT"), CASE(""));
    (void)snprintf(dir, sizeof dir, "%s", scratch_path("out"));
    return 0;
}

static mrse_assessment *assess(const char *site, const char *text)
{
    mrse_assessment *a = NULL;

    write_case(site, text);
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_OK);
    return a;
}

static void assess__site__findings_decide(void **state)
{
    mrse_assessment *a = assess(SITE("15 m", "20 mT"), CASE(""));

    (void)state;
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    assert_int_equal(a->n_implants, 0);
    assert_int_equal(a->n_findings, 3); /* the thing; the area at 0.5 mT, and shown at 0.9 mT */
    assert_string_equal(a->finding[0].topic, "thing");
    assert_string_equal(a->finding[0].printed, "L");
    assert_true(a->finding[0].decisive && a->finding[1].decisive && !a->finding[2].decisive);
    assert_string_equal(a->finding[1].topic, "boundary of: a");
    assert_int_equal(a->n_steps, 3); /* the scanner's gradient, the thing, the area */
    assert_non_null(a->picture);
    mrse_assessment_free(a);
    a = assess(SITE("15 m", "1 mT"), CASE(""));
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    mrse_assessment_free(a);
    a = assess(SITE("3 m", "20 mT"), CASE(""));
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    mrse_assessment_free(a);
}

/* A site in which nothing has a limit decides nothing. */
static void assess__site_of_walls_only__is_undetermined(void **state)
{
    mrse_assessment *a =
        assess("mrse: site/1\nid: r\nname: R\nchecked: 2026-02-01\nu: 1 cm\nsource: p\n"
               "sources: {p: {origin: measured, title: t}}\n"
               "magnet: {x: 1 m, y: 2 m, height: 1 m, azimuth: 30 deg}\n"
               "outlines: [{wall: w, points: [[5 m, -9 m], [5 m, 9 m]]}]\n",
               CASE(""));

    (void)state;
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void assess__unverified_plan__is_provisional(void **state)
{
    char text[4096];
    char *at;
    mrse_assessment *a;

    (void)state;
    (void)snprintf(text, sizeof text, "%s", SITE("15 m", "20 mT"));
    at = strstr(text, "measured");
    assert_non_null(at);
    memmove(at + 10, at + 8, strlen(at + 8) + 1);
    memcpy(at, "unverified", 10);
    a = assess(text, CASE(""));
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    assert_true(a->provisional);
    assert_true(a->finding[0].ask[0] != '\0');
    mrse_assessment_free(a);
}

static void assess__site_or_image_missing__is_refused(void **state)
{
    mrse_assessment *a = NULL;

    (void)state;
    write_case(SITE("15 m", "20 mT"), CASE(""));
    assert_int_equal(rename(scratch_path("plan.png"), scratch_path("gone.png")), 0);
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_ERR_IO);
    assert_null(a);
    assert_int_equal(mrse_spec_check(case_path, NULL), MRSE_ERR_IO);
    assert_int_equal(mrse_spec_check(scratch_path("rooms/site.yaml"), NULL), MRSE_ERR_IO);
    assert_int_equal(rename(scratch_path("gone.png"), scratch_path("plan.png")), 0);
    assert_int_equal(mrse_spec_check(case_path, NULL), MRSE_OK);
    assert_int_equal(mrse_spec_check(scratch_path("rooms/site.yaml"), NULL), MRSE_OK);
    assert_int_equal(rename(scratch_path("rooms/site.yaml"), scratch_path("gone.yaml")), 0);
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_ERR_IO);
    assert_int_equal(mrse_spec_check(case_path, NULL), MRSE_ERR_IO);
}

/* Points about the test magnet at (1, 2, 1) m, |B| as it is, but for one. */
static void write_points(double last_factor)
{
    static const mrse_source coil = {.type = MRSE_SOURCE_COIL,
                                     .r1_m = 0.48,
                                     .r2_m = 0.52,
                                     .z1_m = -0.65,
                                     .z2_m = 0.65,
                                     .current_A = 1.965e6};
    static const mrse_placement at = {.x_m = 1, .y_m = 2, .z_m = 1, .azimuth_rad = MRSE_PI / 6};
    const mrse_magnet magnet = {&coil, 1};
    mrse_buf text = {0};

    mrse_buf_add(&text, "# instrument: test meter\n# calibrated: 2026-01-05\n"
                        "# surveyed: 2026-02-01\n# position_u: 5 mm\n# field_u: 1 %\n"
                        "# tolerance: 50 cm\nx [m],y [m],z [m],B [mT]\n");
    for (int i = 0; i < 36; i++) {
        double far = 3.0 + 2.2 * (i % 4), angle = MRSE_PI * i / 18, r, z;
        const double x = 1 + far * cos(angle), y = 2 + far * sin(angle), h = 0.6 + 0.3 * (i % 5);
        mrse_sfg sfg;
        mrse_placement_to_magnet(&at, x, y, h, &r, &z);
        assert_int_equal(mrse_sfg_at(&magnet, r, z, &sfg), MRSE_OK);
        const double row[] = {x, y, h, 1e3 * sfg.b_T * (i == 35 ? last_factor : 1)};
        for (size_t k = 0; k < 4; k++) {
            mrse_buf_num(&text, row[k], 6);
            mrse_buf_add(&text, k < 3 ? "," : "\n");
        }
    }
    assert_int_equal(text.status, MRSE_OK);
    scratch_write("points.csv", mrse_buf_text(&text));
    mrse_buf_free(&text);
}

static const mrse_finding *line_of(const mrse_assessment *a, const char *topic)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].topic, topic) != NULL)
            return &a->finding[i];
    fail_msg("no finding '%s'", topic);
    return NULL;
}

static void assess__case_with_a_survey__its_line_decides(void **state)
{
    static const double factor[] = {1.0, 2.5};
    static const mrse_verdict verdict[] = {MRSE_VERDICT_MET, MRSE_VERDICT_NOT_MET};
    mrse_verify_result result;
    mrse_buf report = {0};

    (void)state;
    write_case(SITE("15 m", "20 mT"), CASE("survey: points.csv\n"));
    for (size_t i = 0; i < 2; i++) {
        mrse_assessment *a = NULL;
        write_points(factor[i]);
        assert_int_equal(mrse_spec_check(case_path, NULL), MRSE_OK);
        assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_OK);
        assert_non_null(a->measured);
        assert_int_equal(a->measured->alignment.n_outliers, i);
        const mrse_finding *f = line_of(a, "measured 0.500 mT line");
        assert_true(f->decisive);
        assert_int_equal(f->decision.verdict, verdict[i]);
        assert_false(line_of(a, "measured 1.00 mT line")->decisive);
        if (i == 1)
            assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
        mrse_assessment_free(a);
    }
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_OK);
    assert_int_equal(mrse_worksheet_verify(dir, &result, &report, NULL), MRSE_OK);
    assert_int_equal(result, MRSE_VERIFY_SAME);
    mrse_buf_free(&report);
    scratch_write("points.csv", "x [m],y [m],z [m],B [mT]\n1,2,3,4\n");
    mrse_assessment *a = NULL;
    assert_int_equal(mrse_assess_case(case_path, NULL, &a, NULL), MRSE_ERR_INPUT);
    assert_null(a);
}

static bool is_there(const char *name)
{
    char path[2048];
    struct stat s;

    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    return stat(path, &s) == 0 && s.st_size > 0;
}

static mrse_verify_result verify(mrse_buf *report)
{
    mrse_verify_result result;

    report->len = 0;
    assert_int_equal(mrse_worksheet_verify(dir, &result, report, NULL), MRSE_OK);
    return result;
}

static void worksheet__site__holds_its_files_and_verifies(void **state)
{
    static const char *const name[] = {
        "worksheet.json",   "worksheet.pdf",       "worksheet.html",   "figures/1-site.png",
        "inputs/case.yaml", "inputs/scanner.yaml", "inputs/site.yaml", "inputs/plan.png"};
    char path[2048];
    mrse_buf report = {0};
    FILE *file;

    (void)state;
    write_case(SITE("15 m", "20 mT"), CASE(""));
    assert_int_equal(mrse_worksheet_write(case_path, dir, true, &MAKING, NULL, NULL, NULL),
                     MRSE_OK);
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
        if (!is_there(name[i]))
            fail_msg("%s is missing", name[i]);
    assert_int_equal(verify(&report), MRSE_VERIFY_SAME);
    /* a wall moved by a metre in the copy */
    (void)snprintf(path, sizeof path, "%s/inputs/site.yaml", dir);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(SITE("14 m", "20 mT"), file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(verify(&report), MRSE_VERIFY_DIFFERS);
    assert_non_null(strstr(mrse_buf_text(&report), "site.lines[1]"));
    mrse_buf_free(&report);
}

static void figure__of_the_site__names_verdicts_and_is_whole(void **state)
{
    mrse_assessment *a = assess(SITE("15 m", "1 mT"), CASE(""));
    mrse_figure f = {.kind = MRSE_FIGURE_SITE,
                     .study = a->study,
                     .site = a->room,
                     .picture = a->picture,
                     .title = "T",
                     .record_id = "0123456789ab"};
    mrse_buf out = {0};
    double w_pt, h_pt;

    (void)state;
    assert_int_equal(mrse_figure_alt(&f, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "thing: NOT MET"));
    assert_non_null(strstr(mrse_buf_text(&out), "a, 0.5 mT: MET"));
    assert_non_null(strstr(mrse_buf_text(&out), "Room one"));
    mrse_buf_free(&out);
    mrse_figure_size(&f, &w_pt, &h_pt);
    assert_abs(w_pt, 504, 0);
    assert_abs(fmod(h_pt, 9), 0, 1e-9);
    assert_true(h_pt > 300 && h_pt <= 690);
    assert_int_equal(mrse_figure_svg(&f, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "<image")); /* the plan below the lines */
    mrse_buf_free(&out);
    f.picture = NULL;
    assert_int_equal(mrse_figure_svg(&f, &out), MRSE_OK);
    assert_null(strstr(mrse_buf_text(&out), "<image"));
    mrse_buf_free(&out);
    f.site = NULL;
    assert_int_equal(mrse_figure_png(&f, NULL, &out), MRSE_ERR_ARG);
    mrse_assessment_free(a);
}

static mrse_status work(void *context)
{
    mrse_assessment *a = NULL;
    mrse_record *record = NULL;
    mrse_buf text = {0};
    mrse_status status = mrse_assess_case(context, NULL, &a, NULL);

    if (status == MRSE_OK)
        status = mrse_record_of_assessment(a, &MAKING, &record, NULL);
    if (status == MRSE_OK)
        status = mrse_record_text(record, &text);
    mrse_buf_free(&text);
    mrse_record_free(record);
    mrse_assessment_free(a);
    return status;
}

/* Failing each of the hundreds of thousands of allocations of contours would take minutes; those of
 * the site come last. */
static void assess__memory_runs_out_late__leaves_nothing(void **state)
{
    size_t n;

    (void)state;
    write_case(SITE("15 m", "20 mT"), CASE(""));
    oom_hook_begin(0);
    assert_int_equal(work(case_path), MRSE_OK);
    n = oom_hook_end();
    for (size_t i = n > 400 ? n - 400 : 1; i <= n; i += 7) {
        oom_hook_begin(i);
        assert_int_equal(work(case_path), MRSE_ERR_NOMEM);
        assert_int_equal(oom_hook_live(), 0);
        (void)oom_hook_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assess__site__findings_decide),
        cmocka_unit_test(assess__site_of_walls_only__is_undetermined),
        cmocka_unit_test(assess__unverified_plan__is_provisional),
        cmocka_unit_test(worksheet__site__holds_its_files_and_verifies),
        cmocka_unit_test(figure__of_the_site__names_verdicts_and_is_whole),
        cmocka_unit_test(assess__memory_runs_out_late__leaves_nothing),
        cmocka_unit_test(assess__case_with_a_survey__its_line_decides),
        cmocka_unit_test(assess__site_or_image_missing__is_refused),
    };

    return cmocka_run_group_tests(tests, begin, scratch_end);
}

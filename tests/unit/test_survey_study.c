/* A survey against a study: verdicts on lines, what is said of points, record, text and plan.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char SCANNER[] = "scanners/reference-m15.yaml";
static const char POINTS[] = "tests/cli/input/survey-m15.csv";
static const mrse_making MAKING = {.date = "2026-11-22", .date_source = "--date"};

static mrse_scanner *scanner;
static mrse_study *study;

static int begin(void **state)
{
    static const double level_T[] = {0.5e-3, 1e-3, 5e-3, 0.4};
    const mrse_study_options options = {.level_T = level_T, .n_levels = 4};
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

/* A survey made of points whose lines lie `outside_m` outside the model's, at given places of the
 * magnet; `head` goes before. */
typedef struct place {
    double r_m, z_m, outside_m;
} place;

static mrse_survey *survey_of(const char *head, const place *at, size_t n)
{
    mrse_buf text = {0};
    mrse_survey *s = NULL;
    mrse_buf_add(&text, head);
    mrse_buf_add(&text, "x [m],y [m],z [m],B [T]\n");
    for (size_t i = 0; i < n; i++) {
        mrse_sfg sfg;
        assert_int_equal(mrse_sfg_at(&study->model.magnet, at[i].r_m, at[i].z_m, &sfg), MRSE_OK);
        const double cell[] = {at[i].z_m, i % 2 == 0 ? at[i].r_m : -at[i].r_m, 0.0,
                               sfg.b_T * exp(at[i].outside_m * sfg.grad_T_m / sfg.b_T)};
        for (size_t k = 0; k < 4; k++) {
            mrse_buf_num(&text, cell[k], 12);
            mrse_buf_add(&text, k < 3 ? "," : "\n");
        }
    }
    mrse_diags diags;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_survey_read("made.csv", mrse_buf_text(&text), text.len, &s, &diags),
                     MRSE_OK);
    mrse_buf_free(&text);
    return s;
}

#define HEAD                                                                                       \
    "# instrument: P\n# calibrated: 2026-01-01\n# surveyed: 2026-02-01\n# position_u: 1 mm\n"      \
    "# field_u: 0.2 %\n# isocentre: 0 m, 0 m, 0 m\n# isocentre_u: 0 m\n# azimuth: 0 deg\n"         \
    "# azimuth_u: 0 deg\n"

static const mrse_survey_level *level_of(const mrse_survey_study *s, double level_T)
{
    for (size_t i = 0; i < s->n_levels; i++)
        if (fabs(s->level[i].level_T - level_T) < 1e-9)
            return &s->level[i];
    return NULL;
}

static void study__lines_inside_and_outside__verdicts_by_hand(void **state)
{
    (void)state;
    static const char head[] = "# instrument: P\n# calibrated: 2026-01-01\n# surveyed: 2026-02-01\n"
                               "# position_u: 5 mm\n# field_u: 1 %\n# isocentre: 0 m, 0 m, 0 m\n"
                               "# isocentre_u: 0 m\n# azimuth: 0 deg\n# azimuth_u: 0 deg\n"
                               "# tolerance: 5 cm\n";
    /* around 0.5 mT (4.0 m on the axis, 2.5 m across) one point at +z lies 20 cm outside, all
     * others 1 cm inside */
    const place at[] = {{0, 4.0, 0.2},      {0.1, -4.0, -0.01}, {2.5, 0, -0.01},
                        {2.48, 0.1, -0.01}, {0.2, -3.9, -0.01}, {0, 2.5, -0.01},
                        {0.1, 2.4, -0.01},  {0.2, -2.5, -0.01}, {1.8, 0, -0.01},
                        {1.75, 0.1, -0.01}};
    mrse_survey *survey = survey_of(head, at, 10);
    mrse_survey_study *s = NULL;
    assert_int_equal(mrse_survey_study_run(study, survey, &s, NULL), MRSE_OK);
    assert_int_equal(s->sides, MRSE_SIDES);
    assert_null(level_of(s, 0.4)); /* nothing was measured as high as that */
    const mrse_survey_level *l = level_of(s, 0.5e-3);
    assert_int_equal(l->n_points, 5);
    assert_int_equal(l->sides, MRSE_SIDES);
    assert_int_equal(l->decision.verdict, MRSE_VERDICT_NOT_MET);
    assert_int_equal(l->point, 0);
    assert_true(s->alignment.row[0].outlier); /* and counted all the same */
    assert_int_equal(l->n_outliers, 1);
    assert_rel(l->outward.v, 0.2, 1e-6);
    assert_rel(l->limit.value.v, 0.05, 0);
    l = level_of(s, 5e-3);
    assert_true(l->n_points >= MRSE_LINE_POINTS);
    assert_int_equal(l->decision.verdict, MRSE_VERDICT_MET);
    assert_rel(l->outward.v, -0.01, 1e-6);
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

static void study__too_few_points_near_a_line__undetermined(void **state)
{
    (void)state;
    const place at[] = {{0, 4.0, 0},   {2.5, 0, 0},     {0, 2.5, 0},   {0.1, -2.4, 0},
                        {1.8, 0.1, 0}, {1.75, -0.1, 0}, {0.3, 2.3, 0}, {1.7, 0.2, 0}};
    mrse_survey *survey = survey_of(HEAD, at, 8);
    mrse_survey_study *s = NULL;
    assert_int_equal(mrse_survey_study_run(study, survey, &s, NULL), MRSE_OK);
    const mrse_survey_level *l = level_of(s, 0.5e-3);
    assert_int_equal(l->n_points, 2);
    assert_int_equal(l->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_string_equal(l->decision.reason, "too few points near this line");
    assert_true(isnan(l->outward.v));
    /* no tolerance, and points on the line itself: within its uncertainty */
    l = level_of(s, 5e-3);
    assert_int_equal(l->decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_abs(l->limit.value.v, 0.0, 0.0);
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

static void study__no_instrument__never_met_and_provisional(void **state)
{
    (void)state;
    const place at[] = {{0, 3.4, -0.2},   {2.1, 0, -0.2},    {0.1, -4.0, -0.2}, {2.4, 0.3, -0.2},
                        {0.2, 3.8, -0.2}, {2.4, -0.2, -0.2}, {0.3, -3.9, -0.2}};
    mrse_survey *survey = survey_of(HEAD "# tolerance: 5 cm\n", at, 7);
    mrse_survey_study *s = NULL;
    survey->origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(mrse_survey_study_run(study, survey, &s, NULL), MRSE_OK);
    assert_int_equal(s->origin, MRSE_ORIGIN_UNVERIFIED);
    for (size_t i = 0; i < s->n_levels; i++)
        assert_int_not_equal(s->level[i].decision.verdict, MRSE_VERDICT_MET);
    assert_true(level_of(s, 0.5e-3)->decision.provisional);
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

/* Far inside at all points, but one half by 20 cm and one by 60 cm: no placement explains that. */
static void study__scatter_beyond_all_uncertainty__nothing_met(void **state)
{
    (void)state;
    place at[12];
    for (size_t i = 0; i < 12; i++) {
        const double turn = 0.25 + 0.5 * (double)i;
        at[i] = (place){fabs(2.3 * sin(turn)), 3.6 * cos(turn), i % 2 == 0 ? -0.2 : -0.6};
    }
    mrse_survey *survey = survey_of(HEAD "# tolerance: 5 cm\n", at, 12);
    mrse_survey_study *s = NULL;
    mrse_diags diags;
    size_t doubted = 0;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_survey_study_run(study, survey, &s, &diags), MRSE_OK);
    assert_int_equal(diags.warnings, 1);
    for (size_t i = 0; i < s->n_levels; i++) {
        assert_int_not_equal(s->level[i].decision.verdict, MRSE_VERDICT_MET);
        doubted += strstr(s->level[i].decision.reason, "scatter") != NULL;
    }
    assert_true(doubted > 0);
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

/* A line weaker than every reading, and one stronger, are not spoken of; neither is a reading that
 * cannot be used: it lies on no side. */
static void study__levels_beyond_the_readings__are_left_out(void **state)
{
    (void)state;
    const place at[] = {{0, 2.6, 0},   {1.75, 0.1, 0}, {0.1, 2.5, 0}, {1.7, 0.2, 0},
                        {0.2, 2.7, 0}, {1.8, -0.1, 0}, {1.7, 0, 0},   {0.3, -2.6, 0}};
    mrse_survey *survey = survey_of(HEAD, at, 8);
    mrse_survey_study *s = NULL;
    survey->point[7].u_b_T = (double)NAN; /* the only one on that side */
    assert_int_equal(mrse_survey_study_run(study, survey, &s, NULL), MRSE_OK);
    assert_true(isnan(s->alignment.row[7].z_m));
    assert_int_equal(s->sides, MRSE_SIDE_PLUS_Z | MRSE_SIDE_ACROSS);
    assert_null(level_of(s, 0.5e-3));
    assert_null(level_of(s, 1e-3));
    assert_non_null(level_of(s, 5e-3));
    assert_null(level_of(s, 0.4));
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

static void study__points_that_fix_nothing__input_with_a_hint(void **state)
{
    (void)state;
    static const char head[] = "# instrument: P\n# calibrated: 2026-01-01\n# surveyed: 2026-02-01\n"
                               "# position_u: 1 mm\n# field_u: 0.2 %\n";
    const place at[] = {{2.5, 0.5, 0}, {2.5, 0.5, 0}, {2.5, 0.5, 0}, {2.5, 0.5, 0},
                        {2.5, 0.5, 0}, {2.5, 0.5, 0}, {2.5, 0.5, 0}};
    mrse_survey *survey = survey_of(head, at, 7), *few = survey_of(head, at, 5);
    mrse_survey_study *s = NULL;
    mrse_diags diags;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_survey_study_run(study, survey, &s, &diags), MRSE_ERR_INPUT);
    assert_null(s);
    assert_int_equal(diags.errors, 1);
    assert_non_null(strstr(diags.item[0].hint, "isocentre"));
    assert_int_equal(mrse_survey_study_run(study, few, &s, &diags), MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[1].text, "fewer than 6"));
    assert_int_equal(mrse_survey_study_run(NULL, survey, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_study_run(study, NULL, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_study_run(study, survey, NULL, NULL), MRSE_ERR_ARG);
    mrse_survey_study_free(NULL);
    mrse_survey_free(few);
    mrse_survey_free(survey);
}

static void study__readings_of_another_magnet__warned(void **state)
{
    (void)state;
    mrse_survey *survey = NULL;
    mrse_survey_study *s = NULL;
    mrse_diags diags;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_survey_load(POINTS, &survey, &diags), MRSE_OK);
    assert_int_equal(diags.n, 0);
    for (size_t i = 0; i < survey->n; i++)
        survey->point[i].b_T *= i % 2 == 0 ? 1.4 : 0.8;
    const mrse_status status = mrse_survey_study_run(study, survey, &s, &diags);
    assert_true(diags.n > 0);
    if (status == MRSE_OK)
        assert_non_null(strstr(diags.item[0].text, "scatter"));
    mrse_survey_study_free(s);
    mrse_survey_free(survey);
}

static void sides__all_none_and_some__text(void **state)
{
    (void)state;
    static const char *const want[] = {"none", "+z", "−z", "+z, −z", "sideways"};
    for (unsigned i = 0; i < 5; i++) {
        mrse_buf out = {0};
        mrse_sides_text(i, &out);
        assert_string_equal(mrse_buf_text(&out), want[i]);
        mrse_buf_free(&out);
    }
}

/* ---- record, text, plan ---- */

typedef struct shown {
    mrse_survey *survey;
    mrse_survey_study *study;
    mrse_record *record;
} shown;

static shown show(void)
{
    shown w = {NULL, NULL, NULL};
    assert_int_equal(mrse_survey_load(POINTS, &w.survey, NULL), MRSE_OK);
    assert_int_equal(mrse_survey_study_run(study, w.survey, &w.study, NULL), MRSE_OK);
    assert_int_equal(mrse_record_of_survey(w.study, &MAKING, &w.record, NULL), MRSE_OK);
    return w;
}

static void hide(shown *w)
{
    mrse_record_free(w->record);
    mrse_survey_study_free(w->study);
    mrse_survey_free(w->survey);
}

static void record__of_a_survey__holds_every_number(void **state)
{
    (void)state;
    shown w = show();
    mrse_buf json = {0}, text = {0};
    assert_int_equal(mrse_record_json(w.record, &json), MRSE_OK);
    json_t *all = json_loads(mrse_buf_text(&json), JSON_REJECT_DUPLICATES, NULL);
    const json_t *s = json_object_get(all, "survey");
    assert_non_null(s);
    assert_string_equal(json_string_value(json_object_get(all, "kind")), "survey");
    assert_int_equal(json_array_size(json_object_get(s, "points")), 60);
    assert_int_equal(json_array_size(json_object_get(s, "lines")), w.study->n_levels);
    const json_t *a = json_object_get(s, "alignment");
    assert_rel(json_number_value(json_object_get(a, "x_m")), w.study->alignment.at.x_m, 1e-8);
    assert_abs(json_number_value(json_object_get(a, "x_m")), 3.20, 0.01);
    assert_abs(json_number_value(json_object_get(a, "y_m")), 2.90, 0.01);
    assert_abs(json_number_value(json_object_get(a, "azimuth_rad")), MRSE_PI / 2,
               0.5 * MRSE_PI / 180);
    for (size_t i = 0; i < 60; i++) {
        const json_t *p = json_array_get(json_object_get(s, "points"), i);
        const bool iron = json_string_value(json_object_get(p, "name"))[0] == 'i';
        assert_int_equal(json_is_true(json_object_get(p, "outlier")), iron);
    }
    json_decref(all);
    assert_int_equal(mrse_record_text(w.record, &text), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&text), "Points i1, i2, i3, i4, i5: something magnetic"));
    assert_non_null(strstr(mrse_buf_text(&text), "NOT MET"));
    mrse_buf_free(&text);
    mrse_buf_free(&json);
    mrse_record *none = NULL;
    assert_int_equal(mrse_record_of_survey(NULL, &MAKING, &none, NULL), MRSE_ERR_ARG);
    assert_null(none);
    assert_int_equal(mrse_record_of_survey(w.study, &MAKING, NULL, NULL), MRSE_ERR_ARG);
    hide(&w);
}

static void figure__of_a_survey__words_and_pixels(void **state)
{
    (void)state;
    shown w = show();
    mrse_figure f = {.kind = MRSE_FIGURE_SURVEY, .study = study, .survey = w.study, .title = "T"};
    mrse_buf alt = {0}, svg = {0};
    assert_int_equal(mrse_figure_alt(&f, &alt), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&alt), "Outliers: i1, i2, i3, i4, i5."));
    assert_non_null(strstr(mrse_buf_text(&alt), "0.5 mT line within the drawn one: NOT MET"));
    assert_int_equal(mrse_figure_svg(&f, &svg), MRSE_OK);
    assert_true(svg.len > 1000);
    f.survey = NULL;
    mrse_buf_free(&svg);
    assert_int_equal(mrse_figure_svg(&f, &svg), MRSE_ERR_ARG);
    mrse_buf_free(&svg);
    mrse_buf_free(&alt);
    mrse_folder *folder = NULL;
    assert_int_equal(mrse_folder_begin(scratch_path("plan"), false, &folder, NULL), MRSE_OK);
    assert_int_equal(mrse_survey_figures(w.study, &MAKING, "0123", folder, NULL), MRSE_OK);
    assert_int_equal(mrse_folder_commit(folder, NULL), MRSE_OK);
    assert_int_equal(mrse_survey_figures(NULL, &MAKING, "", NULL, NULL), MRSE_ERR_ARG);
    hide(&w);
}

static mrse_status run_once(void *context)
{
    mrse_survey_study *s = NULL;
    const mrse_status status = mrse_survey_study_run(study, context, &s, NULL);
    mrse_survey_study_free(s);
    return status;
}

static void study__no_memory__says_so_and_leaks_nothing(void **state)
{
    (void)state;
    const place at[] = {{0, 4.0, 0},   {2.5, 0, 0},     {0, 2.5, 0},   {0.1, -2.4, 0},
                        {1.8, 0.1, 0}, {1.75, -0.1, 0}, {0.3, 2.3, 0}, {1.7, 0.2, 0}};
    mrse_survey *survey = survey_of(HEAD, at, 8);
    assert_true(oom_exhaust(run_once, survey) > 3);
    mrse_survey_free(survey);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study__lines_inside_and_outside__verdicts_by_hand),
        cmocka_unit_test(study__too_few_points_near_a_line__undetermined),
        cmocka_unit_test(study__no_instrument__never_met_and_provisional),
        cmocka_unit_test(study__scatter_beyond_all_uncertainty__nothing_met),
        cmocka_unit_test(study__levels_beyond_the_readings__are_left_out),
        cmocka_unit_test(study__points_that_fix_nothing__input_with_a_hint),
        cmocka_unit_test(study__readings_of_another_magnet__warned),
        cmocka_unit_test(sides__all_none_and_some__text),
        cmocka_unit_test(record__of_a_survey__holds_every_number),
        cmocka_unit_test(figure__of_a_survey__words_and_pixels),
        cmocka_unit_test(study__no_memory__says_so_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

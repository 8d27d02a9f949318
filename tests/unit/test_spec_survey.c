/* Survey files: what is read, and a message with its place for every slip.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/mrse.h"
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char base[] = "# instrument: Hall probe THM1176, serial 4711\n" /* 1 */
                           "# calibrated: 2026-03-02\n"                      /* 2 */
                           "# position_u: 5 mm\n"                            /* 3 */
                           "# field_u: 2 %\n"                                /* 4 */
                           "# background_u: 0.05 mT\n"                       /* 5 */
                           "# tolerance: 5 cm\n"                             /* 6 */
                           "# isocentre: 3.20 m, 2.90 m, 1.05 m\n"           /* 7 */
                           "# azimuth: 90 deg\n"                             /* 8 */
                           "# surveyed: 2026-11-20\n"                        /* 9 */
                           "# surveyor: A. Physicist\n"                      /* 10 */
                           "# comment: after the door was changed\n"         /* 11 */
                           "name,x [m],y [m],z [cm],B [mT]\n"                /* 12 */
                           "door,1.00,2.50,105,0.52\n"                       /* 13 */
                           "\"desk, left\",6.10,2.50,105,1.10\n"             /* 14 */
                           "\n"                                              /* 15 */
                           ",5.00,0.10,120,2.20\n";                          /* 16 */

static mrse_survey *read_text(const char *text, mrse_diags *diags, mrse_status *status)
{
    mrse_survey *s = NULL;
    mrse_diags_init(diags);
    *status = mrse_survey_read("walk.csv", text, strlen(text), &s, diags);
    assert_true((*status == MRSE_OK) == (s != NULL));
    return s;
}

static mrse_survey *read_good(const char *text, size_t warnings)
{
    static mrse_diags diags;
    mrse_status status;
    mrse_survey *s = read_text(text, &diags, &status);
    if (status != MRSE_OK || diags.n != warnings) {
        spec_print(&diags);
        fail_msg("not read, or with other warnings than %zu", warnings);
    }
    return s;
}

static void survey_read__whole_file__si_names_and_provenance(void **state)
{
    (void)state;
    mrse_survey *s = read_good(base, 0);
    assert_int_equal(s->n, 3);
    assert_int_equal(s->origin, MRSE_ORIGIN_MEASURED);
    assert_string_equal(s->path, "walk.csv");
    assert_string_equal(s->instrument, "Hall probe THM1176, serial 4711");
    assert_string_equal(s->surveyor, "A. Physicist");
    assert_string_equal(s->comment, "after the door was changed");
    assert_int_equal(s->calibrated.month, 3);
    assert_int_equal(s->surveyed.day, 20);
    assert_string_equal(s->name[0], "door");
    assert_string_equal(s->name[1], "desk, left");
    assert_string_equal(s->name[2], "3"); /* its number */
    assert_int_equal(s->line[2], 16);
    assert_rel(s->point[1].x_m, 6.1, 0);
    assert_rel(s->point[1].z_m, 1.05, 0);
    assert_rel(s->point[1].b_T, 1.1e-3, 1e-15);
    assert_rel(s->point[1].u_position_m, 5e-3, 0);
    assert_rel(s->point[1].u_b_T, hypot(0.02 * 1.1e-3, 0.05e-3), 1e-12);
    assert_rel(s->tolerance.v, 0.05, 0);
    assert_string_equal(s->tolerance.printed, "5 cm");
    assert_int_equal(s->tolerance.line, 6);
    assert_rel(s->prior.at.x_m, 3.2, 0);
    assert_rel(s->prior.at.z_m, 1.05, 0);
    assert_rel(s->prior.at.azimuth_rad, MRSE_PI / 2.0, 1e-15);
    assert_true(isnan(s->prior.u_position_m) && isnan(s->prior.u_azimuth_rad));
    assert_abs(s->prior.u_tilt_rad, 0.0, 0.0);
    mrse_survey_free(s);
}

static void survey_read__columns_in_any_order_and_unit__own_uncertainties(void **state)
{
    (void)state;
    mrse_survey *s = read_good("\xEF\xBB\xBF# instrument: P\r\n# calibrated: 2026-01-01\r\n"
                               "# surveyed: 2026-02-01\r\n# position_u: 1 cm\r\n# field_u: 1 %\r\n"
                               "# isocentre_u: 2 cm\r\n# isocentre: 1 m, 2 m\r\n"
                               "\r\n"
                               "B [G]; u_B [G]; u_pos [mm]; z [m]; x [mm]; y [cm]\r\n"
                               "5; 0.2; 3; 1; 1000; 200\r\n"
                               "\r\n"
                               "6; ; ; 1; -500; 0\r\n",
                               0);
    assert_int_equal(s->n, 2);
    assert_rel(s->point[0].b_T, 5e-4, 0);
    assert_rel(s->point[0].u_b_T, 2e-5, 1e-15);
    assert_rel(s->point[0].u_position_m, 3e-3, 0);
    assert_rel(s->point[0].x_m, 1.0, 0);
    assert_rel(s->point[0].y_m, 2.0, 0);
    assert_rel(s->point[1].u_b_T, 6e-6, 1e-12);
    assert_rel(s->point[1].u_position_m, 0.01, 0);
    assert_rel(s->point[1].x_m, -0.5, 0);
    assert_rel(s->prior.u_position_m, 0.02, 0);
    assert_true(isnan(s->prior.at.z_m) && isnan(s->tolerance.v));
    mrse_survey_free(s);
}

/* Spreadsheets fill up lines with empty cells and quote what holds a comma. */
static void survey_read__as_a_spreadsheet_saves_it__the_same(void **state)
{
    (void)state;
    mrse_survey *s = read_good("# instrument: P,,,,\n\"# isocentre: 3.20 m, 2.90 m, 1.05 m\",,,,\n"
                               "# calibrated: 2026-01-01,,\n# surveyed: 2026-02-01\n"
                               "# position_u: 5 mm\n# field_u: 2 %\n"
                               "\"x [m]\",\"y [m]\",\"z [m]\",\"B [mT]\",\"name\"\n"
                               "1,2,1,\"0.5\",\"the \"\"old\"\" door\nbelow\"\n",
                               0);
    assert_string_equal(s->instrument, "P");
    assert_rel(s->prior.at.y_m, 2.9, 0);
    assert_string_equal(s->name[0], "the \"old\" door\nbelow");
    mrse_survey_free(s);
}

static void survey_read__provenance_missing__unverified_or_assumed(void **state)
{
    (void)state;
    char *text = spec_changed(base, "# instrument: Hall probe THM1176, serial 4711\n", "");
    mrse_survey *s = read_good(text, 1);
    assert_int_equal(s->origin, MRSE_ORIGIN_UNVERIFIED);
    mrse_survey_free(s);
    free(text);
    text = spec_changed(base, "# calibrated: 2026-03-02\n", "");
    s = read_good(text, 1);
    assert_int_equal(s->origin, MRSE_ORIGIN_UNVERIFIED);
    mrse_survey_free(s);
    free(text);
    text = spec_changed(base, "# field_u: 2 %\n", "");
    s = read_good(text, 1);
    assert_int_equal(s->origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(s->field_u.v, 0.02, 0);
    mrse_survey_free(s);
    free(text);
    text = spec_changed(base, "# position_u: 5 mm\n", "");
    s = read_good(text, 1);
    assert_int_equal(s->origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(s->point[0].u_position_m, 5e-3, 0);
    mrse_survey_free(s);
    free(text);
}

static void survey_read__calibration_old_or_later__warning(void **state)
{
    (void)state;
    static const char *const date[] = {"# calibrated: 2024-10-19\n", "# calibrated: 2026-11-21\n"};
    static const char *const says[] = {"24 months", "after the survey"};
    for (size_t i = 0; i < 2; i++) {
        static mrse_diags diags;
        mrse_status status;
        char *text = spec_changed(base, "# calibrated: 2026-03-02\n", date[i]);
        mrse_survey *s = read_text(text, &diags, &status);
        assert_int_equal(diags.n, 1);
        assert_non_null(strstr(diags.item[0].text, says[i]));
        assert_int_equal(s->origin, MRSE_ORIGIN_MEASURED);
        mrse_survey_free(s);
        free(text);
    }
    mrse_survey *s = read_good(base, 0); /* 20 months and 18 days: nothing */
    mrse_survey_free(s);
}

/* ---- slips ---- */

static const slip slips[] = {
    {"unknown key", "# tolerance", "# tolerence", 6, 3, "", "unknown key 'tolerence'",
     "did you mean 'tolerance'", MRSE_SEV_ERROR, 0},
    {"no key", "# comment: after", "# after", 11, 3, "", "no key", "comment", MRSE_SEV_ERROR, 0},
    {"no value", "# azimuth: 90 deg", "# azimuth:", 8, 3, "azimuth", "nothing after", "",
     MRSE_SEV_ERROR, 0},
    {"twice", "# azimuth: 90 deg", "# tolerance: 1 cm", 8, 3, "tolerance", "second time", "one of",
     MRSE_SEV_ERROR, 0},
    {"bare number", "5 mm", "5", 3, 15, "position_u", "", "", MRSE_SEV_ERROR, 0},
    {"wrong unit", "0.05 mT", "0.05 mm", 5, 17, "background_u", "", "", MRSE_SEV_ERROR, 0},
    {"decimal comma in the head", "5 cm", "0,5 cm", 6, 14, "tolerance", "", "decimal mark",
     MRSE_SEV_ERROR, 0},
    {"out of range", "5 mm", "5 m", 3, 15, "position_u", "outside", "unit", MRSE_SEV_ERROR, 0},
    {"date", "2026-11-20", "20.11.2026", 9, 13, "surveyed", "not a date", "2026-11-22",
     MRSE_SEV_ERROR, 0},
    {"one length", "3.20 m, 2.90 m, 1.05 m", "3.20 m", 7, 14, "isocentre", "three lengths", "",
     MRSE_SEV_ERROR, 0},
    {"four lengths", "1.05 m\n", "1.05 m, 1 m\n", 7, 14, "isocentre", "three lengths", "",
     MRSE_SEV_ERROR, 0},
    {"a length without a unit", "2.90 m,", "2.90,", 7, 14, "isocentre", "", "", MRSE_SEV_ERROR, 0},
    {"unknown column", "x [m]", "X [m]", 12, 6, "", "unknown column 'X'", "did you mean 'x'",
     MRSE_SEV_ERROR, 1},
    {"no unit of a column", "x [m]", "x", 12, 6, "x", "no unit", "x [m]", MRSE_SEV_ERROR, 0},
    {"wrong unit of a column", "B [mT]", "B [mm]", 12, 25, "B", "", "", MRSE_SEV_ERROR, 0},
    {"column twice", "name,", "x [m],", 12, 7, "x", "second time", "one of", MRSE_SEV_ERROR, 0},
    {"no column", ",B [mT]", "", 12, 1, "B", "no column 'B'", "B [mT]", MRSE_SEV_ERROR, 0},
    {"not a number", "2.50,105,0.52", "2.50,105,low", 13, 20, "B", "", "", MRSE_SEV_ERROR, 0},
    {"nan", "0.52", "nan", 13, 20, "B", "", "", MRSE_SEV_ERROR, 0},
    {"zero field", "0.52", "0", 13, 20, "B", "outside", "", MRSE_SEV_ERROR, 0},
    {"empty cell", "1.00,2.50", ",2.50", 13, 6, "x", "empty", "leave the whole point out",
     MRSE_SEV_ERROR, 0},
    {"unit in the cell", "0.52", "0.52 mT", 13, 20, "B", "", "", MRSE_SEV_ERROR, 0},
    {"decimal comma between commas", "0.52", "0,52", 13, 1, "", "6 cells where the columns are 5",
     "decimal comma", MRSE_SEV_ERROR, 0},
    {"decimal comma in quotes", "0.52", "\"0,52\"", 13, 20, "B", "comma", "decimal mark",
     MRSE_SEV_ERROR, 0},
    {"too few cells", "105,0.52", "105", 13, 1, "", "4 cells", "a cell for each column",
     MRSE_SEV_ERROR, 0},
    {"text after a quote", "left\"", "left\" x", 14, 1, "", "after the closing quote", "twice",
     MRSE_SEV_ERROR, 0},
    {"quote never closed", ",5.00", "\"end,5.00", 16, 1, "", "never closed", "", MRSE_SEV_ERROR, 1},
    {"a comment among the points", "\n\n", "\n# comment: x\n", 15, 3, "", "among the points",
     "above", MRSE_SEV_ERROR, 0},
    {"an uncertainty of nothing", "azimuth: 90 deg", "azimuth_u: 2 deg", 1, 1, "azimuth_u",
     "not said", "add the azimuth", MRSE_SEV_ERROR, 0},
    {"the day is not said", "# surveyed: 2026-11-20\n", "", 1, 1, "surveyed", "not said",
     "surveyed", MRSE_SEV_WARNING, 0},
};

static void survey_read__one_slip__its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(slips); i++) {
        static mrse_diags diags;
        mrse_status status;
        char *text = spec_changed(base, slips[i].from, slips[i].to);
        mrse_survey *s = read_text(text, &diags, &status);
        const bool error = slips[i].sev == MRSE_SEV_ERROR;
        bool found = false;
        size_t n = 0;
        for (size_t k = 0; k < diags.n; k++) {
            found = found || spec_has(&diags.item[k], &slips[i]);
            n += diags.item[k].sev == slips[i].sev;
        }
        if (!found || n != 1 + slips[i].others || status != (error ? MRSE_ERR_INPUT : MRSE_OK)) {
            spec_print(&diags);
            fail_msg("%s: not the message, or not one", slips[i].name);
        }
        mrse_survey_free(s);
        free(text);
    }
}

static void survey_read__many_slips__all_reported(void **state)
{
    (void)state;
    static mrse_diags diags;
    mrse_status status;
    char *one = spec_changed(base, "5 mm", "5");
    char *two = spec_changed(one, "1.00,", "one,");
    char *three = spec_changed(two, "5.00,0.10", "5.00,zero");
    assert_null(read_text(three, &diags, &status));
    assert_int_equal(diags.errors, 3);
    assert_int_equal(diags.item[0].line, 3);
    assert_int_equal(diags.item[1].line, 13);
    assert_int_equal(diags.item[2].line, 16);
    free(three);
    free(two);
    free(one);
}

static void survey_read__no_points__said(void **state)
{
    (void)state;
    static const char *const text[] = {"", "\n\n", "# instrument: P\n",
                                       "x [m],y [m],z [m],B [T]\n"};
    for (size_t i = 0; i < MRSE_COUNT(text); i++) {
        static mrse_diags diags;
        mrse_status status;
        assert_null(read_text(text[i], &diags, &status));
        assert_int_equal(status, MRSE_ERR_INPUT);
        assert_int_equal(diags.errors, 1);
        assert_non_null(strstr(diags.item[diags.n - 1].text, "no points"));
    }
}

static void survey_read__more_than_it_takes__limit(void **state)
{
    (void)state;
    static mrse_diags diags;
    mrse_status status;
    mrse_buf text = {0};
    mrse_buf_add(&text, "x [m],y [m],z [m],B [mT]\n");
    for (int i = 0; i <= MRSE_SURVEY_POINTS; i++)
        mrse_buf_add(&text, "1,1,1,1\n");
    assert_null(read_text(mrse_buf_text(&text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_LIMIT);
    mrse_buf_free(&text);
    for (int i = 0; i <= MRSE_SURVEY_COLUMNS; i++)
        mrse_buf_add(&text, "x [m],");
    assert_null(read_text(mrse_buf_text(&text), &diags, &status));
    mrse_buf_free(&text);
    mrse_buf_add(&text, "# comment: ");
    for (int i = 0; i < 300; i++)
        mrse_buf_add(&text, "x");
    mrse_buf_add(&text, "\nx [m],y [m],z [m],B [mT]\n1,1,1,1\n");
    assert_null(read_text(mrse_buf_text(&text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_LIMIT);
    mrse_buf_free(&text);
}

static void survey_load__file_and_mistakes__status(void **state)
{
    (void)state;
    static mrse_diags diags;
    mrse_survey *s = NULL;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_survey_load("no/such.csv", &s, &diags), MRSE_ERR_IO);
    assert_null(s);
    assert_int_equal(mrse_survey_load(NULL, &s, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_load("x", NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_read(NULL, "", 0, &s, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_read("x", NULL, 1, &s, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_read("x", "", 0, NULL, &diags), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_read("x", "\xff", 1, &s, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_read("x", "", 0, &s, NULL), MRSE_ERR_INPUT);
    mrse_survey_free(NULL);
    assert_int_equal(mrse_survey_load("tests/cli/input/survey-m15.csv", &s, &diags), MRSE_OK);
    assert_int_equal(s->n, 60);
    mrse_survey_free(s);
}

static mrse_status read_once(void *context)
{
    mrse_survey *s = NULL;
    const mrse_status status = mrse_survey_read("walk.csv", context, strlen(context), &s, NULL);
    mrse_survey_free(s);
    return status;
}

static void survey_read__no_memory__says_so_and_leaks_nothing(void **state)
{
    (void)state;
    char text[sizeof base];
    memcpy(text, base, sizeof base);
    assert_true(oom_exhaust(read_once, text) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survey_read__whole_file__si_names_and_provenance),
        cmocka_unit_test(survey_read__columns_in_any_order_and_unit__own_uncertainties),
        cmocka_unit_test(survey_read__as_a_spreadsheet_saves_it__the_same),
        cmocka_unit_test(survey_read__provenance_missing__unverified_or_assumed),
        cmocka_unit_test(survey_read__calibration_old_or_later__warning),
        cmocka_unit_test(survey_read__one_slip__its_message),
        cmocka_unit_test(survey_read__many_slips__all_reported),
        cmocka_unit_test(survey_read__no_points__said),
        cmocka_unit_test(survey_read__more_than_it_takes__limit),
        cmocka_unit_test(survey_load__file_and_mistakes__status),
        cmocka_unit_test(survey_read__no_memory__says_so_and_leaks_nothing),
    };
    return mrse_init() == MRSE_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}

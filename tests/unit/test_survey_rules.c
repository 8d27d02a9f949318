/* The rules of a survey at their edges: which points speak of a line, which decides, on which side it
 * lies, and when the scatter makes all of it doubtful. A magnet that is a loop and stands where it is
 * said to. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"

enum { MOST = 12 };
static const double LEVEL_T = 4e-3;
static const mrse_source loop = {.type = MRSE_SOURCE_LOOP, .r1_m = 0.5, .current_A = 1.2e6};

typedef struct room {
    mrse_study study;
    mrse_contour contour[2];
    mrse_contour_row row[2];
    mrse_survey survey;
    mrse_survey_point point[MOST];
    mrse_survey_study *out;
} room;

static void begin(room *m)
{
    memset(m, 0, sizeof *m);
    m->study.model = (mrse_model){.magnet = {&loop, 1}, .u_field = 1e-6, .u_grad = 1e-6};
    m->study.basis = mrse_value_computed(0, 0, MRSE_KIND_NONE, "test");
    m->contour[0].level_T = LEVEL_T;
    m->row[0] = (mrse_contour_row){.contour = &m->contour[0], .name = "drawn"};
    m->study.contour = m->row;
    m->study.n_contours = 1;
    m->survey.path = (char *)(uintptr_t) "made.csv";
    m->survey.origin = MRSE_ORIGIN_MEASURED;
    m->survey.tolerance = mrse_value_computed(0.5, 0, MRSE_KIND_LENGTH, "test");
    m->survey.tolerance.basis = MRSE_BASIS_DECLARED;
    m->survey.point = m->point;
    /* held: position and azimuth are known, the tilt is none */
    m->survey.prior = (mrse_placement_prior){.u_tilt_rad = 0.0};
}

static double field(double r_m, double z_m)
{
    const mrse_magnet magnet = {&loop, 1};
    mrse_sfg at;
    assert_int_equal(mrse_sfg_at(&magnet, r_m, z_m, &at), MRSE_OK);
    return at.b_T;
}

static mrse_survey_point *add(room *m, double r_m, double z_m, double b_T)
{
    mrse_survey_point *p = &m->point[m->survey.n++];
    *p = (mrse_survey_point){.x_m = z_m, .y_m = r_m, .b_T = b_T, .u_b_T = 0.01 * b_T};
    return p;
}

/* Where |B| is b on the axis of the loop. */
static double axis_place(double b_T)
{
    return sqrt(pow(MRSE_MU0 * 1.2e6 * 0.25 / (2.0 * b_T), 2.0 / 3.0) - 0.25);
}

static const mrse_survey_study *run(room *m)
{
    mrse_survey_study_free(m->out);
    m->out = NULL;
    assert_int_equal(mrse_survey_study_run(&m->study, &m->survey, &m->out, NULL), MRSE_OK);
    return m->out;
}

static void end(room *m)
{
    mrse_survey_study_free(m->out);
}

/* Points of the model's own field at so many times the level, on the axis. */
static void add_at(room *m, double times)
{
    double z_m = axis_place(times * LEVEL_T);
    add(m, 0.0, z_m, times * LEVEL_T);
}

/* ---- which points speak of a line ---- */

/* Measured or predicted within a factor of 2, both ends included. */
static void near__factor_of_two__either_value_and_both_ends(void **state)
{
    static const struct {
        double measured, predicted; /* times the level */
        bool near;
    } each[] = {
        {2.0, 2.3, true},      {2.0001, 2.3, false}, {0.5, 0.44, true},
        {0.4999, 0.44, false}, {2.2, 1.95, true},    {0.45, 0.51, true},
        {1.0, 1.0, true},      {0.3, 0.3, false},    {2.6, 2.6, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        room m;
        begin(&m);
        for (int k = 0; k < 5; k++)
            add_at(&m, k == 0 ? 4.0 : 0.2);
        add(&m, 0.0, axis_place(each[i].predicted * LEVEL_T), each[i].measured * LEVEL_T)->u_b_T =
            0.2 * LEVEL_T;
        assert_int_equal(run(&m)->n_levels, 1);
        if ((m.out->level[0].n_points == 1) != each[i].near)
            fail_msg("%zu: %zu points", i, m.out->level[0].n_points);
        end(&m);
    }
}

static void line__three_points_near_it__speak_of_it(void **state)
{
    (void)state;
    for (size_t near = 2; near < 4; near++) {
        room m;
        begin(&m);
        for (size_t k = 0; k < 6; k++)
            add_at(&m, k == 0 ? 4.0 : k <= near ? 0.9 + 0.1 * (double)k : 0.1);
        const mrse_survey_level *l = run(&m)->level;
        assert_int_equal(l->n_points, near);
        assert_int_equal(l->decision.verdict,
                         near < 3 ? MRSE_VERDICT_UNDETERMINED : MRSE_VERDICT_MET);
        assert_int_equal(isfinite(l->outward.v), near >= 3);
        end(&m);
    }
}

/* A line whose level is the least or the largest reading itself is one that was measured. */
static void levels__at_the_ends_of_the_readings__are_spoken_of(void **state)
{
    room m;
    (void)state;
    begin(&m);
    m.study.n_contours = 2;
    m.contour[1].level_T = 2.0 * LEVEL_T;
    m.row[1] = (mrse_contour_row){.contour = &m.contour[1], .name = ""};
    for (int k = 0; k < 6; k++)
        add_at(&m, k == 0 ? 2.0 : 1.0 + 0.1 * (double)(k - 1)); /* exactly 1 and 2 times */
    assert_int_equal(run(&m)->n_levels, 2);
    m.contour[0].level_T = nextafter(LEVEL_T, 0.0);
    m.contour[1].level_T = nextafter(2.0 * LEVEL_T, 1.0);
    assert_int_equal(run(&m)->n_levels, 0);
    end(&m);
}

/* ---- which decides ---- */

/* By how much the measured line lies outside: ln of the ratio over |grad ln B|, here of one that was
 * measured 2 % higher at z on the axis: ln 1.02 (a^2 + z^2) / 3 z. The farthest outside decides. */
static void decides__same_verdict__the_farthest_outside(void **state)
{
    (void)state;
    for (size_t at = 0; at < 6; at++) {
        room m;
        begin(&m);
        for (size_t k = 0; k < 6; k++)
            add_at(&m, 0.8 + 0.1 * (double)k);
        add_at(&m, 0.1);
        m.point[at].b_T *= 1.02;
        double z_m = m.point[at].x_m;
        const mrse_survey_level *l = run(&m)->level;
        assert_int_equal(l->point, at);
        assert_rel(l->outward.v, log(1.02) * (0.25 + z_m * z_m) / (3.0 * z_m), 1e-6);
        assert_int_equal(l->decision.verdict, MRSE_VERDICT_MET);
        m.survey.tolerance.v = 1e-3; /* which it is outside of, and too little to tell */
        assert_int_equal(run(&m)->level[0].decision.verdict, MRSE_VERDICT_UNDETERMINED);
        m.survey.tolerance = mrse_value_missing(MRSE_KIND_LENGTH); /* the line as drawn */
        assert_rel(run(&m)->level[0].limit.value.v, 0.0, 0.0);
        end(&m);
    }
}

/* ---- sides ---- */

static void sides__within_45_degrees_of_the_axis__or_across(void **state)
{
    static const struct {
        double r_m, z_m;
        unsigned side;
    } each[] = {
        {0.1, 0.4, MRSE_SIDE_PLUS_Z},    {0.1, -0.4, MRSE_SIDE_MINUS_Z},
        {1.0, 1.01, MRSE_SIDE_PLUS_Z},   {1.01, 1.0, MRSE_SIDE_ACROSS},
        {1.01, -1.0, MRSE_SIDE_ACROSS},  {2.0, 0.0, MRSE_SIDE_ACROSS},
        {1.0, -1.01, MRSE_SIDE_MINUS_Z},
    };
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        room m;
        begin(&m);
        for (int k = 0; k < 6; k++)
            add(&m, each[i].r_m, each[i].z_m, field(each[i].r_m, each[i].z_m));
        assert_int_equal(run(&m)->sides, each[i].side);
        end(&m);
    }
}

/* ---- scatter ---- */

/* Readings of u 1 % that are k of it too high and too low in turn: chi2 per degree of freedom is about
 * k^2. More than twice what u explains, and nothing is MET. */
static void scatter__about_twice_what_u_explains__nothing_met_beyond_it(void **state)
{
    static const struct {
        double k;
        bool doubted;
    } each[] = {{1.2, false}, {1.85, false}, {2.15, true}, {2.35, true}};
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        room m;
        begin(&m);
        for (int n = 0; n < MOST; n++) {
            mrse_survey_point *p = add(&m, 0.0, 2.0 + 0.1 * n, field(0.0, 2.0 + 0.1 * n));
            p->u_b_T = 0.01 * p->b_T;
            p->b_T *= exp((n % 2 == 0 ? 0.01 : -0.01) * each[i].k);
        }
        m.contour[0].level_T = field(0.0, 2.5);
        const mrse_survey_study *s = run(&m);
        const mrse_decision *d = &s->level[0].decision;
        assert_int_equal(s->alignment.n_outliers, 0);
        assert_rel(s->alignment.chi2 / (double)s->alignment.dof, each[i].k * each[i].k, 0.05);
        assert_int_equal(d->verdict,
                         each[i].doubted ? MRSE_VERDICT_UNDETERMINED : MRSE_VERDICT_MET);
        assert_int_equal(strstr(d->reason, "scatter") != NULL, each[i].doubted);
        end(&m);
    }
}

/* ---- what is missing ---- */

/* Six points are enough in number; what they lack is a side. */
static void explain__six_points_in_one_place__more_sides_not_more_points(void **state)
{
    static mrse_diags diags;
    mrse_survey_study *s = NULL;
    room m;
    (void)state;
    begin(&m);
    m.survey.prior = (mrse_placement_prior){{NAN, NAN, NAN, NAN, NAN}, NAN, NAN, NAN};
    for (int k = 0; k < 6; k++)
        add(&m, 2.0, 0.5, field(2.0, 0.5));
    for (size_t n = 5; n < 7; n++) {
        m.survey.n = n;
        mrse_diags_init(&diags);
        assert_int_equal(mrse_survey_study_run(&m.study, &m.survey, &s, &diags), MRSE_ERR_INPUT);
        assert_non_null(strstr(diags.item[0].text,
                               n < 6 ? "fewer than 6 points" : "do not fix where the magnet"));
    }
}

static int init(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near__factor_of_two__either_value_and_both_ends),
        cmocka_unit_test(line__three_points_near_it__speak_of_it),
        cmocka_unit_test(levels__at_the_ends_of_the_readings__are_spoken_of),
        cmocka_unit_test(decides__same_verdict__the_farthest_outside),
        cmocka_unit_test(sides__within_45_degrees_of_the_axis__or_across),
        cmocka_unit_test(scatter__about_twice_what_u_explains__nothing_met_beyond_it),
        cmocka_unit_test(explain__six_points_in_one_place__more_sides_not_more_points),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}

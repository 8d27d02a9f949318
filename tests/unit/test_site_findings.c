/* Findings and working of sites and surveys, for each kind of place and each reason to be undetermined;
 * and the corners of the search. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "assess/site_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "site_support.h"
#include "support/close.h"
#include "support/oom.h"

static void add_storey(room *m, double height_m, double limit_T)
{
    m->storey = (mrse_site_storey){.name = (char *)(uintptr_t) "ward",
                                   .height = known(height_m, 0),
                                   .u = known(1e-3, 0),
                                   .limit = limit_of(limit_T)};
    m->site.storey = &m->storey;
    m->site.n_storeys = 1;
}

/* ---- findings */

static mrse_assessment assessment_of(room *m)
{
    return (mrse_assessment){.study = &m->study, .site = &m->site, .room = m->result};
}

static void clear(mrse_assessment *a)
{
    mrse_free(a->finding);
    mrse_free(a->step);
    a->finding = NULL;
    a->step = NULL;
    a->n_findings = a->n_steps = 0;
}

static mrse_assessment judge(room *m)
{
    (void)run(m);
    mrse_assessment a = assessment_of(m);
    assert_int_equal(mrse_findings_add_site(&a), MRSE_OK);
    assert_int_equal(mrse_working_add_site(&a), MRSE_OK);
    return a;
}

static void findings__lines_of_each_kind__are_named_by_what_they_are(void **state)
{
    static const double ring[4][2] = {{-30, -30}, {30, -30}, {30, 30}, {-30, 30}};
    static const double way[2][2] = {{30, -4}, {30, 4}},
                        room_xy[3][2] = {{30, -4}, {30, 4}, {34, 0}};
    static const struct {
        mrse_site_kind kind;
        bool closed;
        size_t n;
        const double *xy;
        const char *topic, *name;
    } each[] = {
        {MRSE_SITE_AREA, true, 4, &ring[0][0], "boundary of: line",
         "largest |B| along its boundary, floor to 2 m"},
        {MRSE_SITE_NEIGHBOUR, true, 3, &room_xy[0][0], "neighbour: line",
         "largest |B| in it, floor to 2 m"},
        {MRSE_SITE_NEIGHBOUR, false, 2, &way[0][0], "neighbour: line",
         "largest |B| along it, floor to 2 m"},
        {MRSE_SITE_DOOR, false, 2, &way[0][0], NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        room m;
        mrse_assessment a;

        begin(&m, 1e-3);
        add_line(&m, each[i].kind, each[i].closed, each[i].n, each[i].xy, 1e-3);
        a = judge(&m);
        if (each[i].topic == NULL) { /* a door has no limit of its own, and no working */
            assert_int_equal(a.n_findings + a.n_steps, 0);
        } else {
            assert_int_equal(a.n_findings, 2);
            assert_int_equal(a.n_steps, 1);
            assert_string_equal(a.finding[0].topic, each[i].topic);
            assert_string_equal(a.finding[0].exposure_name, each[i].name);
            assert_true(a.finding[0].decisive && !a.finding[1].decisive);
            assert_int_equal(a.finding[0].decision.verdict, MRSE_VERDICT_MET);
            assert_string_equal(a.finding[0].ask, "");
            assert_rel(a.step[0].result.v, m.result->line[0].largest.b.v, 0.0);
        }
        clear(&a);
        end(&m);
    }
}

static void findings__equipment_and_storey__say_where_and_in_whose_words(void **state)
{
    char words[] = "keep away";
    mrse_assessment a;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_item(&m, 3, 0, 0.5, 1e-3, 1.0);
    add_storey(&m, 5, 1.0);
    a = judge(&m);
    assert_int_equal(a.n_findings, 2);
    assert_string_equal(a.finding[0].exposure_name, "largest |B| wherever it may stand");
    assert_string_equal(a.finding[0].printed, "");
    assert_string_equal(a.finding[1].topic, "ward");
    assert_string_equal(a.finding[1].exposure_name, "largest |B| at its level");
    assert_string_equal(a.finding[1].printed, "");
    assert_int_equal(a.n_steps, 2);
    assert_non_null(strstr(a.step[1].numbers, "r = 4.0000"));
    clear(&a);
    m.item.within = mrse_value_missing(MRSE_KIND_LENGTH);
    m.item.limit.printed = m.storey.limit.printed = words;
    a = judge(&m);
    assert_string_equal(a.finding[0].exposure_name, "|B| where it stands");
    assert_string_equal(a.finding[0].printed, words);
    assert_string_equal(a.finding[1].printed, words);
    clear(&a);
    end(&m);
}

/* Each reason asks for what would settle it. */
static void findings__undetermined__asks_for_what_is_missing(void **state)
{
    static const char *const ask[] = {"measure the field there", "find out which is wrong",
                                      "check its place", "name the document",
                                      "give the uncertainty"};
    mrse_value stated = mrse_value_missing(MRSE_KIND_LENGTH);
    mrse_agreement row = {.stated = &stated, .kind = MRSE_KIND_LENGTH, .differs = true};
    const mrse_source wire = {MRSE_SOURCE_LOOP, 1, 0, 3, 3, 2e5};
    const mrse_variant other = {.magnet = {&wire, 1}, .weight = 1};

    (void)state;
    for (int which = 0; which < 5; which++) {
        mrse_assessment a;
        room m;

        begin(&m, 1e-3);
        add_item(&m, 3, 0, 0, 1e-3, which == 0 ? on_axis(3) : 1.0);
        if (which == 1) {
            m.study.agreement = &row;
            m.study.n_agreements = 1;
        }
        if (which == 2) { /* on the wire */
            m.item.x.v = 0;
            m.item.y.v = A_M;
        }
        if (which == 3)
            m.item.u.origin = MRSE_ORIGIN_UNVERIFIED;
        if (which == 4) { /* in one of the magnets that the sheet allows it is on the wire */
            m.item.y.v = 1;
            m.study.model.variant = &other;
            m.study.model.n_variants = 1;
        }
        a = judge(&m);
        assert_int_equal(a.finding[0].decision.verdict, MRSE_VERDICT_UNDETERMINED);
        if (strstr(a.finding[0].ask, ask[which]) == NULL)
            fail_msg("'%s' asked for", a.finding[0].ask);
        assert_int_equal(isnan(m.result->item[0].to_limit_m), which == 2);
        assert_int_equal(a.n_steps, which == 2 ? 0 : 1);
        clear(&a);
        end(&m);
    }
}

static mrse_status judge_once(void *context)
{
    mrse_assessment *a = context;
    mrse_status status = mrse_findings_add_site(a);

    if (status == MRSE_OK)
        status = mrse_working_add_site(a);
    clear(a);
    return status;
}

static mrse_status run_once(void *context)
{
    room *m = context;
    mrse_site_study *out = NULL;
    mrse_status status = mrse_site_study_run(&m->study, &m->site, &out);

    mrse_site_study_free(out);
    return status;
}

static void site__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    static const double xy[2][2] = {{3, -4}, {3, 4}};
    mrse_site_line two[2];
    mrse_site_storey storeys[2];
    mrse_site_item items[2];
    mrse_assessment a;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 2, &xy[0][0], 1e-3);
    add_item(&m, 3, 0, 0, 1e-3, 1e-3);
    add_storey(&m, 5, 1e-3);
    two[0] = two[1] = m.line;
    storeys[0] = storeys[1] = m.storey;
    items[0] = items[1] = m.item;
    m.site.item = items;
    m.site.n_items = 2;
    m.site.outline = two;
    m.site.storey = storeys;
    m.site.n_outlines = m.site.n_storeys = 2;
    assert_true(oom_exhaust(run_once, &m) > 10);
    (void)run(&m);
    a = assessment_of(&m);
    assert_true(oom_exhaust(judge_once, &a) > 10);
    end(&m);
}

/* ---- the search */

/* Beside the wire the field is largest at about the wire's own height, on the side of the isocentre that
 * reaches farther: as a plain search over all heights finds it. */
static void seek__beside_the_wire__height_is_that_of_a_plain_search(void **state)
{
    room m;

    (void)state;
    begin(&m, 1e-3);
    for (int up = 0; up < 2; up++) {
        mrse_seeker any = {&m.study.model, &m.site, (double)NAN, false}, one = any;
        mrse_found f, best = {.b_T = -1};

        m.site.magnet.height.v = up == 0 ? 1.1 : 0.9;
        f = mrse_seek_at(&any, 0.05, 0.13);
        for (int i = 0; i <= 2000; i++) {
            one.height_m = 1e-3 * i;
            mrse_found here = mrse_seek_at(&one, 0.05, 0.13);
            best = here.b_T > best.b_T ? here : best;
        }
        assert_true(f.b_T >= best.b_T);
        assert_rel(f.b_T, best.b_T, 1e-4);
        assert_abs(fabs(f.height_m - m.site.magnet.height.v),
                   fabs(best.height_m - m.site.magnet.height.v), 2e-3);
        assert_false(any.failed);
    }
    end(&m);
}

/* A room above the magnet has its largest field over it, not on its walls. */
static void item__above_the_magnet__largest_is_inside_the_circle(void **state)
{
    const mrse_site_item_row *row;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_item(&m, 0.3, 0.2, 1.5, 1e-3, 1e-3);
    m.item.height = known(4, 0);
    row = &run(&m)->item[0];
    assert_abs(row->largest.x_m, 0.0, 0.01);
    assert_abs(row->largest.y_m, 0.0, 0.01);
    assert_rel(row->largest.b.v, MRSE_MU0 * CURRENT_A * A_M * A_M / (4 * 27),
               0.05);        /* a dipole's */
    m.item.within.v = 1e-17; /* no distance at all beside the coordinates */
    row = &run(&m)->item[0];
    assert_abs(row->largest.x_m, 0.3, 1e-12);
    end(&m);
}

/* A way so narrow that no place of a grid lies in it still has its boundary. */
static void neighbour__narrow_way__its_boundary_counts(void **state)
{
    static const double xy[8][2] = {{5, 0.7},    {6.1, 2.03}, {7.3, 0},      {8, 1.1},
                                    {8, 1.1001}, {7.3, 1e-4}, {6.1, 2.0301}, {5, 0.7001}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, true, 8, &xy[0][0], 1e-3);
    assert_abs(run(&m)->line[0].largest.x_m, 5, 1e-6);
    end(&m);
}

/* A line of a hundred kilometres is refused, not sampled for ever. */
static void samples__line_without_end__is_a_limit(void **state)
{
    static const double xy[2][2] = {{3, 0}, {3, 2e5}};
    mrse_samples samples;
    mrse_track track;
    mrse_seeker k;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-3);
    track = mrse_track_of_line(&m.line);
    k = (mrse_seeker){&m.study.model, &m.site, 1.0, false};
    assert_int_equal(mrse_samples_take(&k, &track, &samples), MRSE_ERR_LIMIT);
    assert_null(samples.s_m);
    end(&m);
}

static void track__corners__are_places_on_it(void **state)
{
    static const double xy[3][2] = {{0, 0}, {3, 0}, {3, 4}};
    static const struct {
        bool closed;
        double s, x, y;
    } at[] = {{false, 0, 0, 0}, {false, 3, 3, 0}, {false, 5, 3, 2},      {false, 7, 3, 4},
              {false, 9, 3, 4}, {true, 7, 3, 4},  {true, 9.5, 1.5, 2.0}, {true, 12, 0, 0}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        mrse_track t;
        mrse_site_place p;

        add_line(&m, MRSE_SITE_WALL, at[i].closed, 3, &xy[0][0], 1e-3);
        t = mrse_track_of_line(&m.line);
        p = mrse_track_at(&t, at[i].s);
        assert_abs(p.x_m, at[i].x, 1e-12);
        assert_abs(p.y_m, at[i].y, 1e-12);
        assert_rel(t.length_m, at[i].closed ? 12 : 7, 1e-12);
    }
    end(&m);
}

/* ---- lines of contours */

/* Something far away has an island of the level of its own: beyond the area, and beside the door. */
static void area__island_outside_of_it__is_not_met(void **state)
{
    static const double ring[4][2] = {{-30, -30}, {30, -30}, {30, 30}, {-30, 30}};
    static const double door[2][2] = {{3, -1}, {3, 1}};
    double z_m[3] = {40, 41, 40}, r_m[3] = {0.1, 6.0, 30.0};
    mrse_polyline island = {.n = 3, .z_m = z_m, .r_m = r_m};
    mrse_contour contour = {.level_T = MRSE_LEVEL_MHRA_T, .n_lines = 1, .line = &island};
    mrse_contour_row row = {.contour = &contour};
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-3);
    m.study.contour = &row;
    m.study.n_contours = 1;
    add_line(&m, MRSE_SITE_AREA, true, 4, &ring[0][0], 1e-3);
    level = run(&m)->line[0].level;
    assert_true(m.result->line[0].has_magnet);
    assert_int_equal(level[0].decision.verdict, MRSE_VERDICT_NOT_MET);
    assert_non_null(strstr(level[0].decision.reason, "lies outside the area"));
    assert_int_equal(level[1].decision.verdict, MRSE_VERDICT_MET); /* of 0.9 mT there is none */
    z_m[0] = z_m[1] = z_m[2] = 20;
    r_m[2] = 7;
    assert_int_equal(run(&m)->line[0].level[0].decision.verdict, MRSE_VERDICT_MET);
    r_m[2] = 31; /* one place outside is enough */
    assert_int_equal(run(&m)->line[0].level[0].decision.verdict, MRSE_VERDICT_NOT_MET);
    z_m[0] = z_m[2] = 40;
    z_m[1] = 41;
    /* seen from the isocentre the first two places lie behind the door, the third beside it */
    add_line(&m, MRSE_SITE_DOOR, false, 2, &door[0][0], 1e-3);
    assert_rel(run(&m)->line[0].level[0].beyond_m, 38.0, 1e-9);
    end(&m);
}

/* The windings of a coil reach to its outer radius. */
static void storey__at_the_outer_radius_of_a_coil__is_undetermined(void **state)
{
    static const mrse_source winding = {.type = MRSE_SOURCE_COIL,
                                        .r1_m = 0.5,
                                        .r2_m = 0.9,
                                        .z1_m = -0.1,
                                        .z2_m = 0.1,
                                        .current_A = 2e5};
    room m;

    (void)state;
    begin(&m, 1e-3);
    m.study.model.magnet = (mrse_magnet){&winding, 1};
    add_storey(&m, 1.85, 100.0);
    assert_true(isnan(run(&m)->storey[0].largest.b.v));
    assert_int_equal(m.result->overall, MRSE_VERDICT_UNDETERMINED);
    add_storey(&m, 1.95, 100.0);
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_MET);
    m.storey.u.origin = MRSE_ORIGIN_ASSUMED;
    m.site.n_storeys = 2;
    m.site.storey = (mrse_site_storey[]){m.storey, m.storey};
    m.site.storey[1].u.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_true(run(&m)->on_assumption && m.result->provisional);
    add_item(&m, 0, 1.5, 0.2, 1e-3, 100.0); /* beside the winding: steps follow its outer radius */
    assert_abs(run(&m)->item[0].largest.y_m, 1.3, 1e-3);
    end(&m);
}

/* ---- surveys */

static mrse_survey_level level_with(mrse_verdict verdict, double outward_m, bool provisional,
                                    const char *name)
{
    mrse_survey_level l = {.level_T = MRSE_LEVEL_MHRA_T, .name = name};

    l.outward = mrse_value_computed(outward_m, 0.01, MRSE_KIND_LENGTH, MRSE_METHOD_ALIGN);
    l.decision.verdict = verdict;
    l.decision.provisional = provisional;
    return l;
}

typedef struct measured {
    mrse_survey_row row;
    mrse_survey_point point;
    char *name;
    mrse_survey survey;
    mrse_survey_study study;
    mrse_assessment a;
} measured;

static void set_up(measured *m, mrse_survey_level *level, size_t n)
{
    memset(m, 0, sizeof *m);
    m->name = (char *)(uintptr_t) "p1";
    m->survey = (mrse_survey){.point = &m->point, .name = &m->name, .n = 1};
    m->study = (mrse_survey_study){
        .alignment = {.row = &m->row, .n_rows = 1}, .level = level, .n_levels = n};
    m->a = (mrse_assessment){.survey = &m->survey,
                             .measured = &m->study,
                             .survey_path = (char *)(uintptr_t) "dir/points.csv"};
}

static void findings__of_a_survey__each_reason_asks_for_its_cure(void **state)
{
    mrse_survey_level level[] = {
        level_with(MRSE_VERDICT_MET, -0.1, false, "a line"),
        level_with(MRSE_VERDICT_UNDETERMINED, (double)NAN, false, "a line"),
        level_with(MRSE_VERDICT_UNDETERMINED, 0.0, true, ""),
        level_with(MRSE_VERDICT_UNDETERMINED, 0.0, false, "another"),
    };
    measured m;

    (void)state;
    level[3].level_T = MRSE_LEVEL_IEC_T;
    set_up(&m, level, 4);
    assert_int_equal(mrse_findings_add_survey(&m.a), MRSE_OK);
    assert_int_equal(m.a.n_findings, 4);
    assert_string_equal(m.a.finding[0].ask, "");
    assert_string_equal(m.a.finding[0].implant, "points.csv");
    assert_non_null(strstr(m.a.finding[1].ask, "at least three points"));
    assert_false(m.a.finding[1].numeric);
    assert_non_null(strstr(m.a.finding[2].ask, "name the instrument"));
    assert_non_null(strstr(m.a.finding[3].ask, "measure more accurately"));
    assert_true(m.a.finding[2].decisive && !m.a.finding[3].decisive);
    assert_int_equal(m.a.n_steps, 2); /* of lines with a name and a number */
    clear(&m.a);
}

static mrse_status survey_once(void *context)
{
    mrse_assessment *a = context;
    mrse_status status = mrse_findings_add_survey(a);

    clear(a);
    return status;
}

static void findings__of_a_survey_without_memory__says_so(void **state)
{
    mrse_survey_level level[] = {level_with(MRSE_VERDICT_MET, -0.1, false, "a line"),
                                 level_with(MRSE_VERDICT_MET, -0.1, false, "a line")};
    measured m;

    (void)state;
    set_up(&m, level, 2);
    assert_true(oom_exhaust(survey_once, &m.a) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings__lines_of_each_kind__are_named_by_what_they_are),
        cmocka_unit_test(findings__equipment_and_storey__say_where_and_in_whose_words),
        cmocka_unit_test(findings__undetermined__asks_for_what_is_missing),
        cmocka_unit_test(site__each_allocation_fails__no_memory_and_no_leak),
        cmocka_unit_test(seek__beside_the_wire__height_is_that_of_a_plain_search),
        cmocka_unit_test(item__above_the_magnet__largest_is_inside_the_circle),
        cmocka_unit_test(neighbour__narrow_way__its_boundary_counts),
        cmocka_unit_test(samples__line_without_end__is_a_limit),
        cmocka_unit_test(track__corners__are_places_on_it),
        cmocka_unit_test(area__island_outside_of_it__is_not_met),
        cmocka_unit_test(storey__at_the_outer_radius_of_a_coil__is_undetermined),
        cmocka_unit_test(findings__of_a_survey__each_reason_asks_for_its_cure),
        cmocka_unit_test(findings__of_a_survey_without_memory__says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

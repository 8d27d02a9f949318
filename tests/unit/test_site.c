/* The field along lines, at equipment and in storeys: against closed forms of a loop, and against
 * plain search. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/site_study.h"
#include "site_support.h"
#include "support/close.h"
#include "support/oom.h"

/* Its inverse: where |B| is b on the axis. */
static double axis_place(double b_T)
{
    return sqrt(pow(MRSE_MU0 * CURRENT_A * A_M * A_M / (2 * b_T), 2.0 / 3.0) - A_M * A_M);
}

static double field(const room *m, double x_m, double y_m, double height_m)
{
    double r_m, z_m;
    mrse_field f;

    mrse_site_to_magnet(&m->site, x_m, y_m, height_m, &r_m, &z_m);
    assert_int_equal(mrse_field_at(&m->study.model.magnet, r_m, z_m, &f), MRSE_OK);
    return hypot(f.br_T, f.bz_T);
}

/* ---- frames */

static void to_magnet__turned_and_shifted__gives_axis_and_distance(void **state)
{
    static const struct {
        double azimuth, x, y, h, r, z;
    } want[] = {
        {0, 5, 2, 1, 0, 3},
        {0, 2, 6, 1, 4, 0},
        {90, 2, 6, 1, 0, 4},
        {90, 5, 2, 1, 3, 0},
        {180, 5, 2, 1, 0, -3},
        {-90, 2, 6, 1, 0, -4},
        {45, 5, 5, 1, 0, 3 * 1.4142135623730951},
        {0, 2, 2, 4, 3, 0},
        {0, 5, 6, 1 + 3, 5, 3},
    };
    room m;

    (void)state;
    begin(&m, 0.01);
    m.site.magnet.x.v = 2;
    m.site.magnet.y.v = 2;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        double r_m, z_m;

        m.site.magnet.azimuth.v = want[i].azimuth * MRSE_PI / 180;
        mrse_site_to_magnet(&m.site, want[i].x, want[i].y, want[i].h, &r_m, &z_m);
        assert_abs(r_m, want[i].r, 1e-12);
        assert_abs(z_m, want[i].z, 1e-12);
    }
}

/* ---- lines */

static void wall__across_the_axis__largest_is_the_closed_form(void **state)
{
    static const double xy[2][2] = {{3, -7.3}, {3, 4.1}};
    const mrse_site_line_row *row;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-5);
    row = &run(&m)->line[0];
    assert_rel(row->largest.b.v, on_axis(3), 1e-8);
    assert_abs(row->largest.x_m, 3, 1e-9);
    assert_abs(row->largest.y_m, 0, 1e-4);
    assert_abs(row->largest.height_m, 1, 1e-12);
    assert_rel(row->length_m, 11.4, 1e-12);
    assert_false(row->has_magnet);
    assert_string_equal(row->largest.b.src, MRSE_METHOD_SITE);
    end(&m);
}

static void wall__crossed__ends_lie_on_the_level(void **state)
{
    double z_m = 0.9 * axis_place(MRSE_LEVEL_MHRA_T);
    double xy[2][2] = {{z_m, -9}, {z_m, 6}};
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-5);
    level = run(&m)->line[0].level;
    assert_int_equal(level->n_over, 1);
    assert_abs(level->over[0].from_m + level->over[0].to_m, 18, 1e-5); /* symmetric about y = 0 */
    assert_rel(field(&m, z_m, -9 + level->over[0].from_m, 1), MRSE_LEVEL_MHRA_T, 1e-6);
    assert_rel(field(&m, z_m, -9 + level->over[0].to_m, 1), MRSE_LEVEL_MHRA_T, 1e-6);
    assert_true(field(&m, z_m, 0, 1) > MRSE_LEVEL_MHRA_T);
    end(&m);
}

/* A stretch of a centimetre between two samples a quarter of a metre apart. */
static void wall__barely_crossed__is_seen(void **state)
{
    double z_m = axis_place(MRSE_LEVEL_MHRA_T * (1 + 1e-6));
    double xy[2][2] = {{z_m, -9}, {z_m, 6.123}};
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-5);
    level = run(&m)->line[0].level;
    assert_int_equal(level->n_over, 1);
    assert_true(level->over[0].to_m - level->over[0].from_m < 0.02);
    assert_abs((level->over[0].from_m + level->over[0].to_m) / 2, 9, 1e-3);
    assert_int_equal(run(&m)->line[0].level[1].n_over, 0);
    end(&m);
}

/* Along the axis the line is above the level from its start to one place. */
static void wall__along_the_axis__crossing_is_the_closed_form(void **state)
{
    static const double xy[3][2] = {{1, 0}, {2, 0}, {9, 0}};
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_line(&m, MRSE_SITE_WALL, false, 3, &xy[0][0], 1e-5);
    level = run(&m)->line[0].level;
    assert_int_equal(level[0].n_over, 1);
    assert_abs(level[0].over[0].from_m, 0, 0);
    assert_abs(level[0].over[0].to_m, axis_place(MRSE_LEVEL_MHRA_T) - 1, 1e-6);
    assert_abs(level[1].over[0].to_m, axis_place(MRSE_LEVEL_IEC_T) - 1, 1e-6);
    assert_rel(run(&m)->line[0].largest.b.v, on_axis(1), 1e-9);
    end(&m);
}

static void wall__places_known_to_a_millimetre__u_is_slope_times_u(void **state)
{
    static const double xy[2][2] = {{3, -4}, {3, 4}};
    double slope = 3 * 3 / (A_M * A_M + 9) * on_axis(3), u_place, u;
    const mrse_site_peak *peak;
    room m;

    (void)state;
    begin(&m, 3e-4);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 4e-4);
    peak = &run(&m)->line[0].largest;
    u_place = slope * 5e-4; /* of magnet and wall together */
    u = hypot(u_place, U_MODEL * on_axis(3));
    assert_rel(peak->u_place_T, u_place, 2e-3);
    assert_rel(peak->u_model_T, U_MODEL * on_axis(3), 1e-9);
    assert_rel(peak->b.u, u, 2e-3);
    /* the magnet's direction turns the place by its distance */
    m.site.magnet.azimuth.u = 1e-3;
    peak = &run(&m)->line[0].largest;
    assert_rel(peak->u_place_T, slope * hypot(5e-4, 3e-3), 5e-3);
    end(&m);
}

/* Two opposed loops: |B| vanishes at the isocentre and grows away from it, so that on a line through
 * it the largest is not at the isocentre's height. */
static void line__field_larger_off_the_axis__finds_its_height(void **state)
{
    static mrse_source pair[2] = {{MRSE_SOURCE_LOOP, 4, 0, 2, 0, 1e6},
                                  {MRSE_SOURCE_LOOP, 4, 0, -2, 0, -1e6}};
    static const double xy[2][2] = {{0, -0.3}, {0, 0.3}};
    const mrse_site_peak *peak;
    double most = 0;
    room m;

    (void)state;
    begin(&m, 1e-5);
    m.study.model.magnet = (mrse_magnet){pair, 2};
    m.site.magnet.height.v = 0.8;
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-5);
    peak = &run(&m)->line[0].largest;
    for (int i = 0; i <= 40; i++)
        for (int k = 0; k <= 200; k++)
            most = fmax(most, field(&m, 0, -0.3 + 0.015 * i, 0.01 * k));
    assert_rel(peak->b.v, most, 1e-6);
    assert_abs(peak->height_m, 2, 1e-6);
    end(&m);
}

/* ---- areas and rooms */

static mrse_verdict area_verdict(room *m, double half_m, double shift_m)
{
    double xy[4][2] = {{shift_m - half_m, -half_m},
                       {shift_m + half_m, -half_m},
                       {shift_m + half_m, half_m},
                       {shift_m - half_m, half_m}};

    add_line(m, MRSE_SITE_AREA, true, 4, &xy[0][0], 1e-3);
    return run(m)->line[0].level[0].decision.verdict;
}

static void area__around_the_line__is_met_only_beyond_the_guard(void **state)
{
    double edge_m = axis_place(MRSE_LEVEL_MHRA_T);
    room m;

    (void)state;
    begin(&m, 1e-3);
    assert_int_equal(area_verdict(&m, 1.1 * edge_m, 0), MRSE_VERDICT_MET);
    assert_true(m.result->line[0].has_magnet);
    assert_int_equal(m.result->overall, MRSE_VERDICT_MET);
    assert_int_equal(area_verdict(&m, 1.002 * edge_m, 0), MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(area_verdict(&m, 0.9 * edge_m, 0), MRSE_VERDICT_NOT_MET);
    assert_int_equal(m.result->overall, MRSE_VERDICT_NOT_MET);
    /* four stretches: each side is crossed */
    assert_int_equal(m.result->line[0].level[0].n_over, 2);
    end(&m);
}

static void area__without_the_magnet__is_not_met(void **state)
{
    room m;

    (void)state;
    begin(&m, 1e-3);
    assert_int_equal(area_verdict(&m, 2, 40), MRSE_VERDICT_NOT_MET);
    assert_false(m.result->line[0].has_magnet);
    assert_non_null(strstr(m.result->line[0].level[0].decision.reason, "outside"));
    end(&m);
}

static void neighbour__room__largest_is_that_of_a_plain_search(void **state)
{
    static const double xy[5][2] = {{2.2, -1}, {4, -2.5}, {6, 0.3}, {3.5, 3}, {2.9, 0.8}};
    const mrse_site_line_row *row;
    double most = 0;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, true, 5, &xy[0][0], 1e-3);
    row = &run(&m)->line[0];
    for (int i = 0; i <= 400; i++)
        for (int k = 0; k <= 600; k++) {
            double x_m = 2.2 + 0.01 * i, y_m = -2.5 + 0.01 * k;

            if (mrse_site_holds(&m.line, x_m, y_m))
                most = fmax(most, field(&m, x_m, y_m, 1));
        }
    assert_true(row->largest.b.v >= most);
    assert_rel(row->largest.b.v, most, 0.02);
    assert_true(mrse_site_holds(&m.line, row->largest.x_m, row->largest.y_m));
    assert_int_equal(row->level[0].decision.verdict, MRSE_VERDICT_NOT_MET);
    end(&m);
}

static void line__through_a_wire__has_no_value_and_is_undetermined(void **state)
{
    static const double xy[3][2] = {{-1, 0.5}, {0, 0.5}, {1, 0.5}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 3, &xy[0][0], 1e-3);
    assert_true(isnan(run(&m)->line[0].largest.b.v));
    assert_int_equal(m.result->line[0].level[0].decision.verdict, MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(m.result->overall, MRSE_VERDICT_UNDETERMINED);
    end(&m);
}

/* ---- where numbers come from */

static void neighbour__on_an_unverified_place__is_provisional(void **state)
{
    static const double xy[2][2] = {{30, -4}, {30, 4}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 2, &xy[0][0], 1e-3);
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_MET);
    for (int which = 0; which < 7; which++) {
        mrse_value *const value[] = {
            &m.line.u,        &m.site.magnet.x,       &m.site.magnet.y, &m.site.magnet.height,
            &m.site.magnet.u, &m.site.magnet.azimuth, &m.study.basis};

        value[which]->origin = MRSE_ORIGIN_UNVERIFIED;
        assert_int_equal(run(&m)->overall, MRSE_VERDICT_UNDETERMINED);
        assert_true(m.result->provisional);
        value[which]->origin = MRSE_ORIGIN_ASSUMED;
        assert_int_equal(run(&m)->overall, MRSE_VERDICT_MET);
        assert_true(m.result->on_assumption);
        value[which]->origin = MRSE_ORIGIN_MEASURED;
    }
    end(&m);
}

static void neighbour__data_sheet_contradicts_the_model__is_undetermined(void **state)
{
    static const double xy[2][2] = {{30, -4}, {30, 4}};
    static const struct {
        mrse_kind stated, compared;
        bool differs;
        mrse_verdict want;
    } each[] = {
        {MRSE_KIND_LENGTH, MRSE_KIND_LENGTH, true, MRSE_VERDICT_UNDETERMINED},
        {MRSE_KIND_FIELD, MRSE_KIND_FIELD, true, MRSE_VERDICT_UNDETERMINED},
        {MRSE_KIND_FREQUENCY, MRSE_KIND_FIELD, true, MRSE_VERDICT_UNDETERMINED}, /* f0 */
        {MRSE_KIND_SFG, MRSE_KIND_SFG, true, MRSE_VERDICT_MET}, /* nothing of the fringe field */
        {MRSE_KIND_LENGTH, MRSE_KIND_LENGTH, false, MRSE_VERDICT_MET},
    };
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 2, &xy[0][0], 1e-3);
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        const mrse_value stated = mrse_value_missing(each[i].stated);
        mrse_agreement row = {
            .stated = &stated, .kind = each[i].compared, .differs = each[i].differs};
        const mrse_decision *d;

        m.study.agreement = &row;
        m.study.n_agreements = 1;
        d = &run(&m)->line[0].level[0].decision;
        assert_int_equal(d->verdict, each[i].want);
        assert_int_equal(m.result->overall, each[i].want);
        if (each[i].want == MRSE_VERDICT_UNDETERMINED)
            assert_non_null(strstr(d->reason, "differ"));
    }
    end(&m);
}

static void neighbour__unknown_uncertainty__is_undetermined(void **state)
{
    static const double xy[2][2] = {{30, -4}, {30, 4}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 2, &xy[0][0], (double)NAN);
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_UNDETERMINED);
    m.line.u = known(1e-3, 0);
    m.study.model.u_field = (double)NAN;
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_UNDETERMINED);
    end(&m);
}

/* ---- equipment */

static void item__on_the_axis__value_and_distance_are_closed_forms(void **state)
{
    const mrse_site_item_row *row;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_item(&m, 3, 0, 0, 1e-5, on_axis(2.2));
    row = &run(&m)->item[0];
    assert_rel(row->largest.b.v, on_axis(3), 1e-12);
    assert_abs(row->to_limit_m, 0.8, 1e-6);
    assert_abs(row->to_x_m, 2.2, 1e-6);
    assert_abs(row->to_y_m, 0, 1e-3);
    assert_int_equal(row->decision.verdict, MRSE_VERDICT_MET);
    end(&m);
}

static void item__within_a_circle__largest_is_at_its_near_side(void **state)
{
    const mrse_site_item_row *row;
    room m;

    (void)state;
    begin(&m, 1e-5);
    add_item(&m, 3, 0, 0.7, 1e-5, on_axis(2.2));
    row = &run(&m)->item[0];
    assert_rel(row->largest.b.v, on_axis(2.3), 1e-8);
    assert_abs(row->largest.x_m, 2.3, 1e-6);
    assert_abs(row->to_limit_m, 0.8, 1e-6); /* from its place, not from the circle */
    m.item.within.v = 0.9;
    assert_int_equal(run(&m)->item[0].decision.verdict, MRSE_VERDICT_NOT_MET);
    end(&m);
}

/* Off the axis and above the isocentre: the nearest place of the level, by brute force. */
static void item__anywhere__distance_is_that_of_a_plain_search(void **state)
{
    static const struct {
        double x, y, h, limit_T;
    } place[] = {{1.6, 1.3, 1.4, 10e-3}, {2.0, -1.9, 0.3, 5e-3}, {0.9, 0.9, 1, 5e-3}};
    room m;

    (void)state;
    begin(&m, 1e-5);
    for (size_t i = 0; i < sizeof place / sizeof place[0]; i++) {
        double least = 9;
        const mrse_site_item_row *row;
        bool over;

        add_item(&m, place[i].x, place[i].y, 0, 1e-5, place[i].limit_T);
        m.item.height = known(place[i].h, 0);
        row = &run(&m)->item[0];
        over = field(&m, place[i].x, place[i].y, place[i].h) > place[i].limit_T;
        for (int k = 0; k < 720; k++)
            for (double d = 0; d < least; d += 1e-3) {
                double a = k * MRSE_PI / 360;
                double b_T =
                    field(&m, place[i].x + d * cos(a), place[i].y + d * sin(a), place[i].h);

                if ((b_T > place[i].limit_T) != over)
                    least = d;
            }
        assert_abs(row->to_limit_m, least, 2e-3);
        assert_rel(field(&m, row->to_x_m, row->to_y_m, place[i].h), place[i].limit_T, 1e-6);
    }
    end(&m);
}

static void item__far_from_its_limit__distance_is_not_given(void **state)
{
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_item(&m, 20, 0, 0, 1e-3, 10e-3);
    assert_true(isnan(run(&m)->item[0].to_limit_m));
    assert_int_equal(m.result->overall, MRSE_VERDICT_MET);
    end(&m);
}

static void item__its_own_origins__count(void **state)
{
    room m;
    mrse_value *const value[] = {&m.item.x,      &m.item.y, &m.item.height,
                                 &m.item.within, &m.item.u, &m.item.limit.limit.value};

    (void)state;
    begin(&m, 1e-3);
    add_item(&m, 9, 0, 0.5, 1e-3, 10e-3);
    m.item.height = known(1, 0);
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_MET);
    for (size_t i = 0; i < sizeof value / sizeof value[0]; i++) {
        value[i]->origin = MRSE_ORIGIN_UNVERIFIED;
        assert_int_equal(run(&m)->overall, MRSE_VERDICT_UNDETERMINED);
        value[i]->origin = MRSE_ORIGIN_MEASURED;
    }
    end(&m);
}

/* ---- storeys */

static void storey__above__is_the_largest_of_the_whole_plane(void **state)
{
    const mrse_site_storey_row *row;
    double most = 0;
    room m;

    (void)state;
    begin(&m, 1e-3);
    m.storey = (mrse_site_storey){.name = (char *)(uintptr_t) "above",
                                  .height = known(4, 0),
                                  .u = known(1e-3, 0),
                                  .limit = limit_of(0.5e-3)};
    m.site.storey = &m.storey;
    m.site.n_storeys = 1;
    row = &run(&m)->storey[0];
    for (int i = -60; i <= 60; i++)
        for (int k = -60; k <= 60; k++)
            most = fmax(most, field(&m, 0.1 * i, 0.1 * k, 4));
    assert_true(row->largest.b.v >= most * (1 - 1e-9));
    assert_rel(row->largest.b.v, most, 1e-3);
    assert_rel(field(&m, row->largest.x_m, row->largest.y_m, 4), row->largest.b.v, 1e-9);
    assert_true(row->largest.b.u > 0);
    m.storey.height.v = -2.0; /* as far below */
    assert_rel(run(&m)->storey[0].largest.b.v, row->largest.b.v, 1e-12);
    end(&m);
}

static void storey__at_the_windings__is_undetermined(void **state)
{
    room m;

    (void)state;
    begin(&m, 1e-3);
    m.storey = (mrse_site_storey){.name = (char *)(uintptr_t) "loft",
                                  .height = known(1.4, 0),
                                  .u = known(1e-3, 0),
                                  .limit = limit_of(0.5e-3)};
    m.site.storey = &m.storey;
    m.site.n_storeys = 1;
    assert_true(isnan(run(&m)->storey[0].largest.b.v));
    assert_int_equal(m.result->overall, MRSE_VERDICT_UNDETERMINED);
    end(&m);
}

/* ---- contours beyond walls, statuses, memory */

static void wall__inside_the_line__says_how_far_it_reaches_past(void **state)
{
    double edge_m = axis_place(MRSE_LEVEL_MHRA_T);
    double xy[2][2] = {{edge_m - 0.4, -20}, {edge_m - 0.4, 20}};
    mrse_contour *contour = NULL;
    mrse_contour_row row = {.name = "", .u_z_max_m = 0.03, .u_r_max_m = 0.02};
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-5);
    assert_int_equal(mrse_contour_trace(&m.study.model.magnet, MRSE_LEVEL_MHRA_T, NULL, &contour),
                     MRSE_OK);
    row.contour = contour;
    m.study.contour = &row;
    m.study.n_contours = 1;
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 0.04);
    level = run(&m)->line[0].level;
    assert_abs(level[0].beyond_m, 0.4, 1e-3);
    assert_rel(level[0].u_beyond_m, 0.05, 1e-3);
    assert_true(isnan(level[1].beyond_m)); /* no contour of that level was traced */
    m.place[0].x_m = m.place[1].x_m = edge_m + 0.1;
    assert_true(isnan(run(&m)->line[0].level[0].beyond_m));
    /* an area drawn too small is left by the contour */
    assert_int_equal(area_verdict(&m, 0.5 * edge_m, 0), MRSE_VERDICT_NOT_MET);
    end(&m);
    mrse_contour_free(contour);
}

static void run__nothing_given__is_an_argument_error(void **state)
{
    mrse_site_study *out = (mrse_site_study *)(uintptr_t)1;
    room m;

    (void)state;
    begin(&m, 1e-3);
    assert_int_equal(mrse_site_study_run(NULL, &m.site, &out), MRSE_ERR_ARG);
    assert_null(out);
    assert_int_equal(mrse_site_study_run(&m.study, NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_site_study_run(&m.study, &m.site, NULL), MRSE_ERR_ARG);
    assert_int_equal(run(&m)->overall, MRSE_VERDICT_NOT_STATED); /* an empty site says nothing */
    end(&m);
}

static mrse_status work(void *context)
{
    room *m = context;
    mrse_site_study *out = NULL;
    mrse_status status = mrse_site_study_run(&m->study, &m->site, &out);

    mrse_site_study_free(out);
    return status;
}

static void run__memory_runs_out__leaves_nothing(void **state)
{
    static const double xy[2][2] = {{3, -4}, {3, 4}};
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_WALL, false, 2, &xy[0][0], 1e-3);
    add_item(&m, 3, 0, 0.5, 1e-3, 1e-3);
    assert_true(oom_exhaust(work, &m) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_magnet__turned_and_shifted__gives_axis_and_distance),
        cmocka_unit_test(wall__across_the_axis__largest_is_the_closed_form),
        cmocka_unit_test(wall__crossed__ends_lie_on_the_level),
        cmocka_unit_test(wall__barely_crossed__is_seen),
        cmocka_unit_test(wall__along_the_axis__crossing_is_the_closed_form),
        cmocka_unit_test(wall__places_known_to_a_millimetre__u_is_slope_times_u),
        cmocka_unit_test(line__field_larger_off_the_axis__finds_its_height),
        cmocka_unit_test(area__around_the_line__is_met_only_beyond_the_guard),
        cmocka_unit_test(area__without_the_magnet__is_not_met),
        cmocka_unit_test(neighbour__room__largest_is_that_of_a_plain_search),
        cmocka_unit_test(line__through_a_wire__has_no_value_and_is_undetermined),
        cmocka_unit_test(neighbour__on_an_unverified_place__is_provisional),
        cmocka_unit_test(neighbour__data_sheet_contradicts_the_model__is_undetermined),
        cmocka_unit_test(neighbour__unknown_uncertainty__is_undetermined),
        cmocka_unit_test(item__on_the_axis__value_and_distance_are_closed_forms),
        cmocka_unit_test(item__within_a_circle__largest_is_at_its_near_side),
        cmocka_unit_test(item__anywhere__distance_is_that_of_a_plain_search),
        cmocka_unit_test(item__far_from_its_limit__distance_is_not_given),
        cmocka_unit_test(item__its_own_origins__count),
        cmocka_unit_test(storey__above__is_the_largest_of_the_whole_plane),
        cmocka_unit_test(storey__at_the_windings__is_undetermined),
        cmocka_unit_test(wall__inside_the_line__says_how_far_it_reaches_past),
        cmocka_unit_test(run__nothing_given__is_an_argument_error),
        cmocka_unit_test(run__memory_runs_out__leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Places of a site by plain geometry: walls that are turned and shifted, storeys, and the parts of each
 * uncertainty; the search against closed forms. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "assess/site_internal.h"
#include "mrse/mrse.h"
#include "site_support.h"
#include "support/close.h"

static const double DEG = MRSE_PI / 180.0;

/* ---- how far a line reaches past a wall ---- */

/* One vertex of a contour, which stands on both sides of the axis. */
typedef struct vertex {
    double z_m, r_m;
    mrse_polyline line;
    mrse_contour contour;
    mrse_contour_row row;
} vertex;

static void draw(room *m, vertex *v, double z_m, double r_m)
{
    *v = (vertex){.z_m = z_m, .r_m = r_m};
    v->line = (mrse_polyline){.n = 1, .z_m = &v->z_m, .r_m = &v->r_m};
    v->contour = (mrse_contour){.level_T = MRSE_LEVEL_MHRA_T, .n_lines = 1, .line = &v->line};
    v->row = (mrse_contour_row){.contour = &v->contour, .name = ""};
    m->study.contour = &v->row;
    m->study.n_contours = 1;
}

static double beyond(room *m, const double *ends)
{
    add_line(m, MRSE_SITE_WALL, false, 2, ends, 1e-3);
    return run(m)->line[0].level[0].beyond_m;
}

/* A wall at 3 m from the isocentre, square to the direction of 75 degrees; the magnet looks along 60
 * degrees, and the vertices 5 m along and 1 m across stand at 60 +- 11.3 degrees. Seen from the
 * isocentre they lie behind the wall when the line of sight meets it, and beyond it by what their
 * distance along the 75 degrees has more than 3 m. */
static void wall__turned_and_shifted__beyond_is_plain_geometry(void **state)
{
    const double across = atan2(1.0, 5.0), far_m = hypot(5.0, 1.0),
                 off[2] = {15 * DEG - across, 15 * DEG + across};
    const double by[2] = {far_m * cos(off[0]) - 3.0, far_m * cos(off[1]) - 3.0};
    const double meets[2] = {-3.0 * tan(off[0]), -3.0 * tan(off[1])}; /* along the wall */
    const struct {
        double from_m, to_m, want_m;
    } wall[] = {
        {meets[1] - 0.1, meets[0] + 0.1, by[0]},
        {meets[0] - 0.1, meets[0] + 0.1, by[0]},
        {meets[1] - 0.1, meets[1] + 0.1, by[1]},
        {meets[0] + 0.1, meets[1] - 0.1, by[0]}, /* drawn the other way round */
        {meets[1] + 0.1, meets[0] - 0.1, NAN},   /* between them */
        {meets[0] + 0.1, meets[0] + 2.0, NAN},
        {meets[1] - 2.0, meets[1] - 0.1, NAN},
    };
    vertex v;
    room m;

    (void)state;
    begin(&m, 1e-3);
    m.site.magnet.x.v = 2;
    m.site.magnet.y.v = -1;
    m.site.magnet.azimuth.v = 60 * DEG;
    draw(&m, &v, 5.0, 1.0);
    for (size_t i = 0; i < sizeof wall / sizeof wall[0]; i++) {
        const double c = cos(75 * DEG), s = sin(75 * DEG), x_m = 2 + 3 * c, y_m = -1 + 3 * s;
        const double ends[4] = {x_m - wall[i].from_m * s, y_m + wall[i].from_m * c,
                                x_m - wall[i].to_m * s, y_m + wall[i].to_m * c};
        double got_m = beyond(&m, ends);

        if (isnan(wall[i].want_m))
            assert_true(isnan(got_m));
        else
            assert_abs(got_m, wall[i].want_m, 1e-12);
    }
    end(&m);
}

/* On the wall itself is not past it; through the end of a wall is through it, for the next one begins
 * there. */
static void wall__at_its_edges__on_it_is_not_past_and_its_ends_count(void **state)
{
    vertex v;
    room m;

    (void)state;
    begin(&m, 1e-3);
    draw(&m, &v, 5.0, 0.0);
    assert_abs(beyond(&m, (const double[]){3, 0, 3, 4}), 2.0, 0);
    assert_abs(beyond(&m, (const double[]){3, -4, 3, 0}), 2.0, 0);
    assert_true(isnan(beyond(&m, (const double[]){5, -4, 5, 4})));
    assert_true(isnan(beyond(&m, (const double[]){6, -4, 6, 4})));
    assert_true(isnan(beyond(&m, (const double[]){-3, -4, -3, 4}))); /* behind the magnet */
    end(&m);
}

static void wall__u_of_how_far__contour_wall_and_magnet_with_its_direction(void **state)
{
    vertex v;
    room m;

    (void)state;
    begin(&m, 0.03);
    draw(&m, &v, 5.0, 0.0);
    v.row.u_z_max_m = 0.02;
    v.row.u_r_max_m = 0.01;
    v.contour.extents.z_max_m = 5.0;
    v.contour.extents.r_max_m = 4.0;
    m.site.magnet.azimuth.u = 0.01; /* 5 cm at 5 m */
    add_line(&m, MRSE_SITE_WALL, false, 2, (const double[]){3, -4, 3, 4}, 0.06);
    assert_rel(run(&m)->line[0].level[0].u_beyond_m,
               sqrt(0.02 * 0.02 + 0.06 * 0.06 + 0.03 * 0.03 + 0.05 * 0.05), 1e-12);
    end(&m);
}

static void levels__of_a_line__named_by_who_says_so(void **state)
{
    const mrse_site_level *level;
    room m;

    (void)state;
    begin(&m, 1e-3);
    add_line(&m, MRSE_SITE_NEIGHBOUR, false, 2, (const double[]){30, -4, 30, 4}, 1e-3);
    level = run(&m)->line[0].level;
    assert_rel(level[0].limit.value.v, 0.5e-3, 1e-15);
    assert_string_equal(level[0].limit.value.src, "MHRA v4.3 (2021)");
    assert_string_equal(level[0].limit.value.printed, "0.5 mT");
    assert_rel(level[1].limit.value.v, 0.9e-3, 1e-15);
    assert_string_equal(level[1].limit.value.src, "IEC 60601-2-33:2022");
    assert_string_equal(level[1].limit.value.printed, "0.9 mT");
    end(&m);
}

/* ---- storeys ---- */

static double largest_at(double radius_m)
{
    const mrse_magnet magnet = {&loop, 1};
    mrse_cylinder at;

    assert_int_equal(mrse_cylinder_maxima(&magnet, radius_m, &at), MRSE_OK);
    return at.b_T;
}

static void add_storey(room *m, double height_m, double u_m, double limit_T)
{
    m->storey = (mrse_site_storey){.name = (char *)(uintptr_t) "above",
                                   .height = known(height_m, 0),
                                   .u = known(u_m, 0),
                                   .limit = limit_of(limit_T)};
    m->site.storey = &m->storey;
    m->site.n_storeys = 1;
}

/* 3 m above the isocentre: half of the larger change over 2 u, up or down, of storey and magnet. The
 * place is above the isocentre, wherever that is. */
static void storey__u_of_its_height__half_the_change_over_two_u(void **state)
{
    const double u_m = hypot(0.03, 0.04), at_T = largest_at(3.0);
    const double change_T =
        fmax(largest_at(3.0 - 2 * u_m) - at_T, at_T - largest_at(3.0 + 2 * u_m));
    const mrse_site_peak *peak;
    room m;

    (void)state;
    begin(&m, 0.03);
    m.site.magnet.x.v = 2;
    m.site.magnet.y.v = -1;
    add_storey(&m, 4.0, 0.04, 1.0);
    peak = &run(&m)->storey[0].largest;
    assert_rel(peak->b.v, at_T, 1e-12);
    assert_rel(peak->u_place_T, change_T / 2, 1e-9);
    assert_rel(peak->u_model_T, U_MODEL * at_T, 1e-6);
    assert_rel(peak->b.u, hypot(change_T / 2, U_MODEL * at_T), 1e-6);
    assert_abs(peak->x_m, 2, 1e-6);
    assert_abs(peak->y_m, -1, 1e-12);
    assert_abs(peak->height_m, 4.0, 0);
    end(&m);
}

/* The windings reach 0.5 m; a storey that they reach with its 2 u has no value. */
static void storey__near_the_windings__two_u_clear_of_them(void **state)
{
    room m;

    (void)state;
    begin(&m, 0.0);
    add_storey(&m, 1.0 + 0.5 + 0.1, 0.04, 100.0);
    assert_true(isfinite(run(&m)->storey[0].largest.b.v));
    add_storey(&m, 1.0 + 0.5 + 0.1, 0.06, 100.0);
    assert_true(isnan(run(&m)->storey[0].largest.b.v));
    end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wall__turned_and_shifted__beyond_is_plain_geometry),
        cmocka_unit_test(wall__at_its_edges__on_it_is_not_past_and_its_ends_count),
        cmocka_unit_test(wall__u_of_how_far__contour_wall_and_magnet_with_its_direction),
        cmocka_unit_test(levels__of_a_line__named_by_who_says_so),
        cmocka_unit_test(storey__u_of_its_height__half_the_change_over_two_u),
        cmocka_unit_test(storey__near_the_windings__two_u_clear_of_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Isocontours of |B|: reference extents, closed forms, laws that every contour obeys, and an
 * independent look at which side of the lines each point is on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/contour.h"

#include <string.h>

#include "field_support.h"
#include "support/golden.h"
#include "support/magnets.h"
#include "support/oom.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double levels_T[] = {0.2, 0.04, 0.02, 0.01, 5e-3, 3e-3, 1e-3, 0.9e-3, 0.5e-3};

static mrse_contour *trace(const mrse_magnet *magnet, double level_T,
                           const mrse_contour_options *options)
{
    mrse_contour *contour = NULL;
    assert_int_equal(mrse_contour_trace(magnet, level_T, options, &contour), MRSE_OK);
    assert_non_null(contour);
    assert_true(contour->level_T == level_T);
    return contour;
}

static mrse_sfg at(const mrse_magnet *magnet, double r_m, double z_m)
{
    mrse_sfg sfg;
    assert_int_equal(mrse_sfg_at(magnet, r_m, z_m, &sfg), MRSE_OK);
    return sfg;
}

static void assert_no_extents(const mrse_extents *e)
{
    assert_true(isnan(e->z_axis_m) && isnan(e->r_mid_m) && isnan(e->z_max_m) && isnan(e->r_max_m) &&
                isnan(e->r_at_z_max_m) && isnan(e->z_at_r_max_m));
    assert_true(isnan(e->slope_z_axis_T_m) && isnan(e->slope_r_mid_T_m) &&
                isnan(e->slope_z_max_T_m) && isnan(e->slope_r_max_T_m));
}

/* --- Laws ------------------------------------------------------------------------------------- */

/* The vertices are on the level; each line is closed or ends on the axis; chords keep close. Beside a
 * null or a corner of the line the distance from value and slope is too large a guess, hence 1.2. */
static void assert_true_lines(const mrse_magnet *magnet, const mrse_contour *c, double chord_m)
{
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        size_t last = line->n - 1;
        assert_true(line->n >= 4 && line->n <= 20000);
        if (line->closed) {
            assert_true(line->r_m[0] == line->r_m[last] && line->z_m[0] == line->z_m[last]);
        } else {
            assert_true(line->r_m[0] == 0.0 && line->r_m[last] == 0.0);
        }
        for (size_t i = 0; i <= last; i++) {
            assert_true(line->r_m[i] >= 0.0);
            assert_rel(at(magnet, line->r_m[i], line->z_m[i]).b_T, c->level_T, 1e-9);
        }
        for (size_t i = 0; i < 4 * last; i++) {
            double part = 0.2 * (double)(i % 4 + 1), r = line->r_m[i / 4], z = line->z_m[i / 4];
            r += part * (line->r_m[i / 4 + 1] - r);
            z += part * (line->z_m[i / 4 + 1] - z);
            mrse_sfg sfg = at(magnet, r, z);
            assert_abs(sfg.b_T * log(sfg.b_T / c->level_T) / sfg.grad_T_m, 0.0, 1.2 * chord_m);
        }
    }
}

static bool encloses(const mrse_polyline *line, double r_m, double z_m)
{
    bool inside = false;
    for (size_t i = 0; i < line->n; i++) {
        size_t j = i + 1 < line->n ? i + 1 : 0;
        double z0 = line->z_m[i], z1 = line->z_m[j], r0 = line->r_m[i], r1 = line->r_m[j];
        if ((z0 > z_m) != (z1 > z_m) && r_m < r0 + (r1 - r0) * (z_m - z0) / (z1 - z0))
            inside = !inside;
    }
    return inside;
}

/* The distance to a thin segment's box is enough here. */
static bool near_line(const mrse_contour *c, double r_m, double z_m, double near_m)
{
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        for (size_t i = 0; i + 1 < line->n; i++) {
            double r0 = line->r_m[i], z0 = line->z_m[i];
            double dr = line->r_m[i + 1] - r0, dz = line->z_m[i + 1] - z0;
            double square = dr * dr + dz * dz;
            double part = square > 0.0 ? ((r_m - r0) * dr + (z_m - z0) * dz) / square : 0.0;
            part = fmin(fmax(part, 0.0), 1.0);
            if (hypot(r_m - r0 - part * dr, z_m - z0 - part * dz) <= near_m)
                return true;
        }
    }
    return false;
}

/* Every crossing of a line changes the side, and far away |B| is below: a point is above the level
 * exactly when an odd number of lines enclose it. A line left out or drawn wrongly shows. */
static void assert_sides(const mrse_magnet *magnet, const mrse_contour *c, dice *d, size_t n,
                         double r_m, double z_m)
{
    for (size_t i = 0; i < n; i++) {
        double r = dice_between(d, 0.0, r_m), z = dice_between(d, -z_m, z_m);
        mrse_sfg sfg;
        if (mrse_sfg_at(magnet, r, z, &sfg))
            continue;
        bool above = false;
        for (size_t k = 0; k < c->n_lines; k++)
            above = above != encloses(&c->line[k], r, z);
        if (above != (sfg.b_T > c->level_T) && !near_line(c, r, z, 1.1e-3))
            fail_msg("r %.6f z %.6f: |B| %.6g, level %.6g, %zu lines", r, z, sfg.b_T, c->level_T,
                     c->n_lines);
    }
}

static void assert_outer(const mrse_contour *c)
{
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        bool enclosed = false;
        for (size_t m = 0; m < c->n_lines; m++)
            enclosed = enclosed || (m != k && encloses(&c->line[m], line->r_m[line->n / 2],
                                                       line->z_m[line->n / 2]));
        assert_int_equal(line->outer, !enclosed);
    }
}

/* --- Reference numbers ------------------------------------------------------------------------ */

static void check_extents(const char *name, const mrse_magnet *magnet)
{
    golden g;
    double v[7];
    size_t rows = 0;
    if (!golden_open(&g, name))
        return;
    while (golden_row(&g, v, 7) == 7) {
        mrse_contour *c = trace(magnet, 1e-3 * v[0], NULL);
        const mrse_extents *e = &c->extents;
        assert_abs(e->z_axis_m, v[1], 1e-9);
        assert_abs(e->z_max_m, v[3], 1e-9);
        assert_abs(e->r_at_z_max_m, v[4], 1e-9);
        assert_abs(e->r_max_m, v[5], 1e-9);
        assert_abs(e->z_at_r_max_m, v[6], 1e-6);
        if (isnan(v[2]))
            assert_true(e->r_mid_m < 1.0); /* the reference looked outside 1 m only */
        else
            assert_abs(e->r_mid_m, v[2], 1e-9);
        rows++;
        mrse_contour_free(c);
    }
    assert_int_equal(rows, 8);
    golden_close(&g);
}

static void contour_trace__reference_designs__golden_extents(void **state)
{
    (void)state;
    check_extents("field/magnet_m15_extents.csv", &test_m15);
    check_extents("field/magnet_m30_extents.csv", &test_m30);
    check_extents("field/magnet_m15s_extents.csv", &test_m15s);
}

static void contour_trace__reference_designs__lines_obey_the_laws(void **state)
{
    (void)state;
    const mrse_magnet *magnet[] = {&test_m15, &test_m30, &test_m15s};
    dice d = {20250101};
    for (size_t m = 0; m < COUNT(magnet); m++) {
        mrse_contour *c[COUNT(levels_T)];
        assert_int_equal(mrse_contour_trace_levels(magnet[m], COUNT(levels_T), levels_T, NULL, c),
                         MRSE_OK);
        for (size_t i = 0; i < COUNT(levels_T); i++) {
            assert_true_lines(magnet[m], c[i], 0.5e-3);
            assert_sides(magnet[m], c[i], &d, 1000, 1.3, 1.3);
            assert_sides(magnet[m], c[i], &d, 200, 3.0, 5.0);
            assert_outer(c[i]);
            mrse_contour_free(c[i]);
        }
    }
}

static void contour_trace__m15_at_half_millitesla__one_outermost_line(void **state)
{
    (void)state;
    mrse_contour *c = trace(&test_m15, 0.5e-3, NULL);
    assert_int_equal(c->n_lines, 1);
    assert_true(c->line[0].outer && !c->line[0].closed);
    assert_rel(fabs(c->line[0].z_m[0]), c->extents.z_axis_m, 1e-12);
    assert_abs(c->line[0].z_m[0], -c->line[0].z_m[c->line[0].n - 1], 1e-12);
    /* Slopes are those of |B| there. */
    mrse_sfg sfg = at(&test_m15, 0.0, c->extents.z_axis_m);
    assert_rel(c->extents.slope_z_axis_T_m, sfg.grad_T_m, 1e-9);
    sfg = at(&test_m15, c->extents.r_mid_m, 0.0);
    assert_rel(c->extents.slope_r_mid_T_m, fabs(sfg.grad_r_T_m), 1e-9);
    sfg = at(&test_m15, c->extents.r_max_m, c->extents.z_at_r_max_m);
    assert_rel(c->extents.slope_r_max_T_m, sfg.grad_T_m, 1e-9);
    mrse_contour_free(c);
}

/* --- Closed forms ----------------------------------------------------------------------------- */

static void contour_trace__small_loop_far_away__dipole(void **state)
{
    (void)state;
    const double a = 1e-3, current = 1e6, level = 1e-6;
    const mrse_source loop = loop_of(a, 0.0, current);
    const mrse_magnet magnet = {&loop, 1};
    mrse_contour *c = trace(&magnet, level, NULL);
    /* |B| = mu0 m / (4 pi R^3) sqrt(1 + 3 cos^2), m = I pi a^2 */
    double r = cbrt(MRSE_MU0 * current * a * a / (4.0 * level));
    assert_true(r > 0.4);
    assert_rel(c->extents.r_mid_m, r, 1e-5);
    assert_rel(c->extents.r_max_m, r, 1e-5);
    assert_abs(c->extents.z_at_r_max_m, 0.0, 1e-9);
    assert_rel(c->extents.z_axis_m, cbrt(2.0) * r, 1e-5);
    assert_rel(c->extents.z_max_m, cbrt(2.0) * r, 1e-5);
    assert_rel(c->extents.slope_r_mid_T_m, 3.0 * level / r, 1e-4);
    mrse_contour_free(c);
}

static void contour_trace__loop__axis_crossing_of_closed_form(void **state)
{
    (void)state;
    const double a = 0.5, current = 1e6, level = 2e-3;
    const mrse_source loop = loop_of(a, 0.0, current);
    const mrse_magnet magnet = {&loop, 1};
    mrse_contour *c = trace(&magnet, level, NULL);
    double z2 = pow(MRSE_MU0 * current * a * a / (2.0 * level), 2.0 / 3.0) - a * a;
    assert_rel(c->extents.z_axis_m, sqrt(z2), 1e-12);
    mrse_contour_free(c);
}

/* Two opposed loops at +-d: near the centre B = b' (-r/2, z). Islands about nulls of |B|. */
static void contour_trace__opposed_loops__ellipse_about_the_null(void **state)
{
    (void)state;
    const double a = 0.5, d = 0.4, current = 1e5, level = 1e-5;
    const mrse_source pair[] = {loop_of(a, d, current), loop_of(a, -d, -current)};
    const mrse_magnet magnet = {pair, 2};
    double slope = 3.0 * MRSE_MU0 * current * a * a * d / pow(a * a + d * d, 2.5);
    mrse_contour *c = trace(&magnet, level, &(mrse_contour_options){.chord_m = 1e-6});
    size_t found = 0;
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        double z = 0.0, r = 0.0;
        for (size_t i = 0; i < line->n; i++) {
            z = fmax(z, line->z_m[i]);
            r = fmax(r, line->r_m[i]);
        }
        if (line->outer || r > 0.1)
            continue;
        found++;
        assert_false(line->closed);
        assert_rel(z, level / slope, 1e-4);
        assert_rel(r, 2.0 * level / slope, 1e-4);
    }
    assert_int_equal(found, 1);
    mrse_contour_free(c);
}

static void contour_trace__null_in_the_room__island_in_both_halves(void **state)
{
    (void)state;
    mrse_contour *c = trace(&test_m15, 2e-6, NULL); /* a few mm about r 2.91, z 1.25 m */
    size_t found[2] = {0, 0};
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        if (!line->closed || line->r_m[0] < 2.8 || line->r_m[0] > 3.0 ||
            fabs(fabs(line->z_m[0]) - 1.25) > 0.1)
            continue;
        double r = 0.5 * (line->r_m[0] + line->r_m[line->n / 2]);
        double z = 0.5 * (line->z_m[0] + line->z_m[line->n / 2]);
        assert_false(line->outer);
        assert_true(encloses(line, r, z) && at(&test_m15, r, z).b_T < 1e-6);
        found[z > 0.0]++;
    }
    assert_true(found[0] == 1 && found[1] == 1);
    assert_true_lines(&test_m15, c, 0.5e-3);
    mrse_contour_free(c);
}

/* --- Symmetry and scale ----------------------------------------------------------------------- */

enum { MOST = 16 };

static mrse_magnet altered(const mrse_magnet *magnet, mrse_source copy[MOST], double factor,
                           double flip, double shift_m)
{
    assert_true(magnet->n <= MOST);
    for (size_t i = 0; i < magnet->n; i++) {
        mrse_source s = magnet->source[i];
        double z1 = s.z1_m, z2 = s.type == MRSE_SOURCE_LOOP ? z1 : s.z2_m;
        s.current_A *= factor;
        s.z1_m = shift_m + fmin(flip * z1, flip * z2);
        s.z2_m = shift_m + fmax(flip * z1, flip * z2);
        copy[i] = s;
    }
    return (mrse_magnet){copy, magnet->n};
}

static void assert_same_extents(const mrse_extents *a, const mrse_extents *b, double flip,
                                double tol_m)
{
    assert_abs(a->z_axis_m, b->z_axis_m, tol_m);
    assert_abs(a->r_mid_m, b->r_mid_m, tol_m);
    assert_abs(a->z_max_m, b->z_max_m, tol_m);
    assert_abs(a->r_max_m, b->r_max_m, tol_m);
    assert_abs(a->z_at_r_max_m, flip * b->z_at_r_max_m, 1e3 * tol_m);
}

/* Lines that are not so small that they may be left out. */
static size_t lines_of_size(const mrse_contour *c, double size_m)
{
    size_t n = 0;
    for (size_t k = 0; k < c->n_lines; k++) {
        const mrse_polyline *line = &c->line[k];
        double most = 0.0;
        for (size_t i = 0; i < line->n; i++)
            most = fmax(most, hypot(line->r_m[i] - line->r_m[0], line->z_m[i] - line->z_m[0]));
        n += most > size_m;
    }
    return n;
}

static void contour_trace__twice_the_current__level_where_half_of_it_was(void **state)
{
    (void)state;
    mrse_source copy[MOST];
    const mrse_magnet twice = altered(&test_m30, copy, 2.0, 1.0, 0.0);
    mrse_contour *a = trace(&twice, 2e-3, NULL), *b = trace(&test_m30, 1e-3, NULL);
    assert_same_extents(&a->extents, &b->extents, 1.0, 1e-10);
    assert_int_equal(lines_of_size(a, 2e-3), lines_of_size(b, 2e-3));
    mrse_contour_free(a);
    mrse_contour_free(b);
}

static void contour_trace__symmetry_not_seen__same_contour(void **state)
{
    (void)state;
    mrse_source more[MOST];
    for (size_t i = 0; i < test_m15.n; i++)
        more[i] = test_m15.source[i];
    more[test_m15.n] = loop_of(0.7, 0.31, 0.0); /* carries nothing, and has no image */
    const mrse_magnet magnet = {more, test_m15.n + 1};
    for (size_t i = 0; i < 4; i++) {
        double level = levels_T[2 * i + 1];
        mrse_contour *a = trace(&magnet, level, NULL), *b = trace(&test_m15, level, NULL);
        double flip = a->extents.z_at_r_max_m < 0.0 ? -1.0 : 1.0; /* of two equal ones, either */
        assert_same_extents(&a->extents, &b->extents, flip, 1e-9);
        assert_int_equal(lines_of_size(a, 2e-3), lines_of_size(b, 2e-3));
        mrse_contour_free(a);
        mrse_contour_free(b);
    }
}

/* A shielded magnet that is longer on one side. */
static const mrse_source lopsided_coils[] = {
    TEST_COIL(0.45, 0.50, -0.7, -0.3, 9e5),  TEST_COIL(0.45, 0.50, -0.2, 0.2, 4e5),
    TEST_COIL(0.45, 0.50, 0.3, 0.6, 8e5),    TEST_COIL(0.85, 0.90, -0.6, -0.4, -3e5),
    TEST_COIL(0.85, 0.90, 0.45, 0.55, -2e5),
};
static const mrse_magnet lopsided = {lopsided_coils, COUNT(lopsided_coils)};

/* The outermost radius of the level at this z, or height at this r, from outside, by halving. */
static double outermost(const mrse_magnet *magnet, double level_T, bool radial, double other_m,
                        double sign)
{
    double low = -1.0;
    for (double x = 6.0; x > 0.0 && low < 0.0; x -= 4e-2)
        if (at(magnet, radial ? x : other_m, radial ? other_m : sign * x).b_T >= level_T)
            low = x;
    if (low < 0.0)
        return -1.0;
    double high = low + 4e-2;
    for (int i = 0; i < 45; i++) {
        double x = 0.5 * (low + high);
        if (at(magnet, radial ? x : other_m, radial ? other_m : sign * x).b_T >= level_T)
            low = x;
        else
            high = x;
    }
    return low;
}

static double widest(const mrse_magnet *magnet, double level_T, bool radial, double sign,
                     double from_m, double to_m)
{
    double best = -1.0, where = 0.0, step = (to_m - from_m) / 60.0;
    for (int i = 0; i <= 60; i++) {
        double x = from_m + i * step, y = outermost(magnet, level_T, radial, x, sign);
        if (y > best) {
            best = y;
            where = x;
        }
    }
    for (; step > 1e-7; step *= 0.5)
        for (int side = -1; side <= 1; side += 2) {
            double x =
                fabs(where + side * step) * (radial ? copysign(1.0, where + side * step) : 1.0);
            double y = outermost(magnet, level_T, radial, x, sign);
            if (y > best) {
                best = y;
                where = x;
            }
        }
    return best;
}

static void contour_trace__lopsided_magnet__extents_found_by_halving(void **state)
{
    (void)state;
    dice d = {77};
    const double some[] = {0.1, 5e-3, 0.5e-3};
    for (size_t i = 0; i < COUNT(some); i++) {
        mrse_contour *c = trace(&lopsided, some[i], NULL);
        const mrse_extents *e = &c->extents;
        double up = outermost(&lopsided, some[i], false, 0.0, 1.0);
        double down = outermost(&lopsided, some[i], false, 0.0, -1.0);
        assert_true(fabs(up - down) > 1e-3);
        assert_abs(e->z_axis_m, fmax(up, down), 1e-9);
        assert_abs(e->r_mid_m, outermost(&lopsided, some[i], true, 0.0, 1.0), 1e-9);
        assert_abs(e->r_max_m, widest(&lopsided, some[i], true, 1.0, -1.5, 1.5), 1e-9);
        double z = fmax(widest(&lopsided, some[i], false, 1.0, 0.0, 1.5),
                        widest(&lopsided, some[i], false, -1.0, 0.0, 1.5));
        assert_abs(e->z_max_m, z, 1e-9);
        assert_true_lines(&lopsided, c, 0.5e-3);
        assert_sides(&lopsided, c, &d, 1500, 1.5, 1.5);
        assert_outer(c);
        mrse_contour_free(c);
    }
}

static void contour_trace__flipped_magnet__flipped_contour(void **state)
{
    (void)state;
    mrse_source copy[MOST];
    const mrse_magnet flipped = altered(&lopsided, copy, 1.0, -1.0, 0.0);
    mrse_contour *a = trace(&flipped, 0.02, NULL), *b = trace(&lopsided, 0.02, NULL);
    assert_true(fabs(b->extents.z_at_r_max_m) > 1e-4);
    assert_same_extents(&a->extents, &b->extents, -1.0, 1e-9);
    mrse_contour_free(a);
    mrse_contour_free(b);
}

static void contour_trace__magnet_off_centre__moves_with_it(void **state)
{
    (void)state;
    const double shift = 0.37;
    mrse_source copy[MOST];
    const mrse_magnet moved = altered(&test_m15s, copy, 1.0, 1.0, shift);
    mrse_contour *a = trace(&moved, 1e-3, NULL), *b = trace(&test_m15s, 1e-3, NULL);
    assert_abs(a->extents.z_axis_m, b->extents.z_axis_m + shift, 1e-9);
    assert_abs(a->extents.z_max_m, b->extents.z_max_m + shift, 1e-9);
    assert_abs(a->extents.r_max_m, b->extents.r_max_m, 1e-9);
    assert_abs(a->extents.z_at_r_max_m, shift, 1e-6);
    assert_true(a->extents.r_mid_m < b->extents.r_mid_m);
    mrse_contour_free(a);
    mrse_contour_free(b);
}

/* --- Lobes, sheets, random magnets ------------------------------------------------------------ */

static void contour_trace__two_far_coils__extents_over_both_lobes(void **state)
{
    (void)state;
    const mrse_source coils[] = {coil_of(0.50, 0.52, 2.0, 2.02, 2e4),
                                 coil_of(0.60, 0.62, -2.02, -2.0, 2e4)};
    const mrse_magnet magnet = {coils, 2};
    mrse_contour *c = trace(&magnet, 0.1, NULL);
    size_t outer = 0;
    double r = 0.0, z = 0.0;
    for (size_t k = 0; k < c->n_lines; k++) {
        assert_true(c->line[k].closed);
        outer += c->line[k].outer;
        for (size_t i = 0; i < c->line[k].n; i++) {
            r = fmax(r, c->line[k].r_m[i]);
            z = fmax(z, fabs(c->line[k].z_m[i]));
        }
    }
    assert_int_equal(outer, 2);
    assert_true(isnan(c->extents.z_axis_m) && isnan(c->extents.slope_z_axis_T_m));
    assert_true(isnan(c->extents.r_mid_m) && isnan(c->extents.slope_r_mid_T_m));
    assert_true(c->extents.z_at_r_max_m < -1.9 && c->extents.r_max_m > 0.6);
    assert_abs(c->extents.r_max_m, r, 1e-3);
    assert_abs(c->extents.z_max_m, z, 1e-3);
    dice d = {5};
    assert_sides(&magnet, c, &d, 3000, 0.8, 2.2);
    assert_outer(c);
    mrse_contour_free(c);
}

static void contour_trace__sheet__line_follows_it(void **state)
{
    (void)state;
    const mrse_source sheet = sheet_of(0.5, -0.8, 0.8, 1.6e6);
    const mrse_magnet magnet = {&sheet, 1};
    dice d = {4711};
    bool along = false;
    for (double level = 0.05; level < 1.2; level += 0.1) {
        mrse_contour *c = trace(&magnet, level, NULL);
        for (size_t k = 0; k < c->n_lines; k++)
            for (size_t i = 0; i + 1 < c->line[k].n; i++)
                along = along || (fabs(c->line[k].r_m[i] - 0.5) < 1e-8 &&
                                  fabs(c->line[k].r_m[i + 1] - 0.5) < 1e-8);
        for (size_t k = 0; k < c->n_lines; k++)
            for (size_t i = 0; i < c->line[k].n; i++)
                assert_rel(at(&magnet, c->line[k].r_m[i], c->line[k].z_m[i]).b_T, level, 1e-9);
        assert_sides(&magnet, c, &d, 600, 1.0, 1.5);
        mrse_contour_free(c);
    }
    assert_true(along);
}

/* A strip above the level, millimetres wide, on one face of a sheet: between the nodes of any map. */
static void contour_trace__strip_on_a_sheet__found(void **state)
{
    (void)state;
    const mrse_source s[] = {sheet_of(0.590013, -0.320056, 0.401666, 544739.0),
                             sheet_of(1.07254, -0.484541, -0.117291, -67221.3),
                             sheet_of(0.856678, -0.775486, -0.0488676, 37666.3),
                             sheet_of(0.463864, 0.478473, 1.17197, 89532.2)};
    const mrse_magnet magnet = {s, 4};
    dice d = {121};
    mrse_contour *c = trace(&magnet, 0.70017, NULL);
    assert_sides(&magnet, c, &d, 40000, 0.8, 0.5);
    assert_true(at(&magnet, 0.5867, 0.3358).b_T > 0.70017);
    bool found = false;
    for (size_t k = 0; k < c->n_lines; k++)
        found = found || encloses(&c->line[k], 0.5867, 0.3358);
    assert_true(found);
    mrse_contour_free(c);
}

static void contour_trace__sheets_end_to_end__one_sheet(void **state)
{
    (void)state;
    const mrse_source whole = sheet_of(0.5, -0.8, 0.8, 1.6e6);
    const mrse_source parts[] = {sheet_of(0.5, 0.0, 0.8, 0.8e6), sheet_of(0.5, -0.8, 0.0, 0.8e6)};
    const mrse_magnet one = {&whole, 1}, two = {parts, 2};
    for (double level = 0.03; level < 0.7; level *= 3.0) {
        mrse_contour *a = trace(&one, level, NULL), *b = trace(&two, level, NULL);
        assert_same_extents(&a->extents, &b->extents, 1.0, 1e-9);
        mrse_contour_free(a);
        mrse_contour_free(b);
    }
}

static mrse_source any_source(dice *d, unsigned kind, double z_least_m)
{
    double r = dice_between(d, 0.3, 1.1), z = dice_between(d, z_least_m, 0.6);
    double current = dice_between(d, -6e5, 1.2e6), length = dice_between(d, 0.05, 0.5);
    if (kind == 0)
        return loop_of(r, z, current);
    if (kind == 1)
        return sheet_of(r, z, z + length, current);
    return coil_of(r, r + dice_between(d, 0.01, 0.08), z, z + length, current);
}

/* Loops, sheets and coils at random, half of the sets symmetric; levels from 1 mT to 1 T. */
static void contour_trace__random_magnets__every_point_on_its_side(void **state)
{
    (void)state;
    dice d = {987654321};
    for (int m = 0; m < 60; m++) {
        mrse_source s[MOST];
        size_t n = 0;
        for (int i = 0; i <= m % 4; i++) {
            s[n] = any_source(&d, (unsigned)dice_between(&d, 0.0, 2.999), m % 2 ? 0.05 : -0.8);
            n++;
            if (m % 2) {
                s[n] = s[n - 1];
                s[n].z1_m = s[n].type == MRSE_SOURCE_LOOP ? -s[n - 1].z1_m : -s[n - 1].z2_m;
                s[n].z2_m = -s[n - 1].z1_m;
                s[n].current_A *= m % 3 ? 1.0 : -1.0;
                n++;
            }
        }
        const mrse_magnet magnet = {s, n};
        double level = exp(dice_between(&d, log(1e-3), 0.0));
        mrse_contour *c = trace(&magnet, level, NULL);
        for (size_t k = 0; k < c->n_lines; k++)
            for (size_t i = 0; i < c->line[k].n; i++)
                assert_rel(at(&magnet, c->line[k].r_m[i], c->line[k].z_m[i]).b_T, level, 1e-9);
        assert_sides(&magnet, c, &d, 500, 1.5, 1.5);
        assert_sides(&magnet, c, &d, 100, 5.0, 6.0);
        assert_outer(c);
        mrse_contour_free(c);
    }
}

/* Levels at which a line ends up at the very edge of a sheet, or turns about on the surface of a
 * winding like the point of a needle: found among thousands of random magnets. */
#define SHEET(r, z1, z2, ampere_turns)                                                             \
    {                                                                                              \
        .type = MRSE_SOURCE_SHEET, .r1_m = (r), .z1_m = (z1), .z2_m = (z2),                        \
        .current_A = (ampere_turns)                                                                \
    }

static void contour_trace__edges_and_needles__every_point_on_its_side(void **state)
{
    (void)state;
    static const struct {
        double level_T;
        size_t n;
        mrse_source source[6];
    } hard[] = {
        {0.10484069,
         4,
         {SHEET(0.6308621429, -0.5101135333, 0.3240735591, -97267.8),
          SHEET(0.7039169358, 0.4732404117, 0.7422255761, -79427.5),
          SHEET(0.5682123392, -0.0614112722, 0.2647309675, 178591.0),
          SHEET(0.4026579584, 0.4628940897, 0.7047798063, 21261.7)}},
        {0.2438863,
         5,
         {SHEET(0.3641838695, -0.7036800292, -0.5282390883, -1237740.0),
          SHEET(0.8421564972, -0.522387609, -0.3705072151, 1031130.0),
          SHEET(0.8967963143, 0.5588508368, 0.8253651316, 532448.0),
          SHEET(1.086730533, -0.2624625114, 0.6056491332, 40912.9),
          SHEET(0.7733443911, -0.380413434, 0.3321893928, 443398.0)}},
        {0.10419857,
         3,
         {SHEET(0.9801436746, -0.2662211553, -0.1360601864, 1928180.0),
          SHEET(0.9815520553, 0.176674281, 0.8684591757, -52273.4),
          SHEET(0.9757872308, 0.3505152769, 1.020796678, 153263.0)}},
        {0.8567485,
         4,
         {SHEET(0.7744968068, 0.09549787104, 0.2646595045, -237581.0),
          SHEET(0.9094066243, -0.2969477654, -0.2350559935, 21908.7),
          SHEET(0.4002965148, 0.1089903514, 0.2161059356, 23302.9),
          SHEET(1.04617761, 0.5900320247, 0.6919985853, -1282860.0)}},
        {0.20408389,
         6,
         {SHEET(0.9037276013, 0.3426250351, 0.4289576655, 89416.0),
          SHEET(0.9037276013, -0.4289576655, -0.3426250351, 89416.0),
          SHEET(1.058288714, 0.5200503592, 0.6064417193, -37955.5),
          SHEET(1.058288714, -0.6064417193, -0.5200503592, -37955.5),
          TEST_COIL(0.9399219058, 0.9945079443, 0.1997665903, 0.2449724277, 1001080.0),
          TEST_COIL(0.9399219058, 0.9945079443, -0.2449724277, -0.1997665903, 1001080.0)}},
        {0.17945751,
         2,
         {TEST_COIL(0.569222607, 0.6290350752, 0.2028631652, 0.2546057205, 157171.0),
          TEST_COIL(0.9167032678, 0.9305738627, 0.5470169092, 0.6330189854, 27671.1)}},
        {0.29696363,
         2,
         {TEST_COIL(0.9041191381, 0.9559354117, -0.7953687301, -0.6111503049, 88595.1),
          TEST_COIL(0.7559080404, 0.7965526416, -0.2651036566, -0.06723575436, 72991.2)}},
        {0.87896714,
         3,
         {TEST_COIL(0.7546907593, 0.7828716189, 0.1141246421, 0.3929296646, -217910.0),
          TEST_COIL(0.6856814095, 0.7012135803, -0.2603507018, -0.1028910668, -150412.0),
          TEST_COIL(0.6842870424, 0.7589301651, -0.3723360211, -0.2037852912, -1172600.0)}},
        {0.22836956,
         2,
         {TEST_COIL(0.6592390694, 0.6791816992, 0.3201264982, 0.6143625946, -80027.2),
          SHEET(1.008647788, -0.1415035817, 0.1373160529, 55300.2)}},
    };
    dice d = {20};
    for (size_t i = 0; i < COUNT(hard); i++)
        for (int k = -3; k <= 3; k++) {
            const mrse_magnet magnet = {hard[i].source, hard[i].n};
            double level = hard[i].level_T * (1.0 + 1e-4 * k);
            mrse_contour *c = trace(&magnet, level, NULL);
            for (size_t m = 0; m < c->n_lines; m++)
                for (size_t p = 0; p < c->line[m].n; p++)
                    assert_rel(at(&magnet, c->line[m].r_m[p], c->line[m].z_m[p]).b_T, level, 1e-9);
            assert_sides(&magnet, c, &d, 400, 1.3, 1.3);
            assert_outer(c);
            mrse_contour_free(c);
        }
}

/* A level at which the line runs through the saddle point between two coils: both ways are right, a
 * failure is not. */
static void contour_trace__level_of_a_saddle__traced(void **state)
{
    (void)state;
    const mrse_source pair[] = {loop_of(0.5, 0.9, 1e6), loop_of(0.5, -0.9, 1e6)};
    const mrse_magnet magnet = {pair, 2};
    double level = at(&magnet, 0.0, 0.0).b_T; /* lowest along the axis, highest across it */
    for (int i = -2; i <= 2; i++) {
        mrse_contour *c = trace(&magnet, level * (1.0 + i * 1e-12), NULL);
        assert_true(c->n_lines >= 1);
        assert_true(c->extents.z_axis_m > 0.9);
        mrse_contour_free(c);
    }
}

/* --- Options, absence, refusal ---------------------------------------------------------------- */

static void contour_trace__chord_option__kept(void **state)
{
    (void)state;
    const double chord[] = {5e-3, 0.5e-3, 20e-6};
    size_t n = 0;
    for (size_t i = 0; i < COUNT(chord); i++) {
        mrse_contour *c = trace(&test_m15, 1e-3, &(mrse_contour_options){.chord_m = chord[i]});
        assert_true_lines(&test_m15, c, chord[i]);
        assert_abs(c->extents.r_max_m, 2.284679309158, 1e-9);
        assert_true(c->line[0].n > n);
        n = c->line[0].n;
        mrse_contour_free(c);
    }
    assert_true(n < 2000);
}

static void contour_trace__weak_source__no_line(void **state)
{
    (void)state;
    const mrse_source coil = coil_of(0.5, 0.52, -0.1, 0.1, 10.0), none = loop_of(0.5, 0.0, 0.0);
    const mrse_magnet magnet[] = {{&coil, 1}, {&none, 1}};
    for (size_t i = 0; i < 2; i++) {
        mrse_contour *c = trace(&magnet[i], 0.2, NULL);
        assert_int_equal(c->n_lines, 0);
        assert_no_extents(&c->extents);
        mrse_contour_free(c);
    }
}

static void contour_trace__beyond_the_limits__range(void **state)
{
    (void)state;
    mrse_contour *c = (mrse_contour *)&c;
    mrse_contour_options near = {.r_limit_m = 2.0, .z_limit_m = 3.0};
    assert_int_equal(mrse_contour_trace(&test_m15, 0.5e-3, &near, &c), MRSE_ERR_RANGE);
    assert_null(c);
    near = (mrse_contour_options){.r_limit_m = 2.6, .z_limit_m = 3.9}; /* only the axis is cut */
    assert_int_equal(mrse_contour_trace(&test_m15, 0.5e-3, &near, &c), MRSE_ERR_RANGE);
    near = (mrse_contour_options){.r_limit_m = 2.6, .z_limit_m = 4.1};
    assert_int_equal(mrse_contour_trace(&test_m15, 0.5e-3, &near, &c), MRSE_OK);
    mrse_contour_free(c);
    near = (mrse_contour_options){.r_limit_m = 0.5}; /* a source outside */
    assert_int_equal(mrse_contour_trace(&test_m15, 0.5e-3, &near, &c), MRSE_ERR_RANGE);
    near = (mrse_contour_options){.z_limit_m = 0.5};
    assert_int_equal(mrse_contour_trace(&test_m15, 0.5e-3, &near, &c), MRSE_ERR_RANGE);
    assert_null(c);
}

static void contour_trace__bad_arguments__arg(void **state)
{
    (void)state;
    const double bad[] = {0.0, -1e-3, (double)NAN, (double)INFINITY};
    const mrse_magnet empty = {test_m15.source, 0}, nothing = {NULL, 3};
    mrse_contour *c = (mrse_contour *)&c;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(mrse_contour_trace(&test_m15, bad[i], NULL, &c), MRSE_ERR_ARG);
        assert_null(c);
    }
    for (size_t i = 1; i < COUNT(bad); i++) {
        const mrse_contour_options options[] = {
            {.chord_m = bad[i]}, {.r_limit_m = bad[i]}, {.z_limit_m = bad[i]}};
        for (size_t k = 0; k < COUNT(options); k++)
            assert_int_equal(mrse_contour_trace(&test_m15, 1e-3, &options[k], &c), MRSE_ERR_ARG);
    }
    assert_int_equal(mrse_contour_trace(NULL, 1e-3, NULL, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_contour_trace(&empty, 1e-3, NULL, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_contour_trace(&nothing, 1e-3, NULL, &c), MRSE_ERR_ARG);
    assert_int_equal(mrse_contour_trace(&test_m15, 1e-3, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_contour_trace_levels(&test_m15, 1, NULL, NULL, &c), MRSE_ERR_ARG);
    mrse_contour_free(NULL);
}

static void contour_trace__bad_source__range(void **state)
{
    (void)state;
    const mrse_source bad = coil_of(0.5, 0.4, 0.0, 0.1, 1e6);
    const mrse_magnet magnet = {&bad, 1};
    mrse_contour *c = (mrse_contour *)&c;
    assert_int_equal(mrse_contour_trace(&magnet, 1e-3, NULL, &c), MRSE_ERR_RANGE);
    assert_null(c);
}

static void contour_trace_levels__same_as_one_by_one(void **state)
{
    (void)state;
    const double some[] = {0.04, 0.5e-3};
    mrse_contour *all[2];
    assert_int_equal(mrse_contour_trace_levels(&test_m15, 2, some, NULL, all), MRSE_OK);
    for (size_t i = 0; i < 2; i++) {
        mrse_contour *c = trace(&test_m15, some[i], NULL);
        assert_int_equal(c->n_lines, all[i]->n_lines);
        assert_memory_equal(&c->extents, &all[i]->extents, sizeof(mrse_extents));
        assert_int_equal(c->line[0].n, all[i]->line[0].n);
        assert_memory_equal(c->line[0].r_m, all[i]->line[0].r_m, c->line[0].n * sizeof(double));
        mrse_contour_free(c);
        mrse_contour_free(all[i]);
    }
    assert_int_equal(mrse_contour_trace_levels(&test_m15, 0, some, NULL, all), MRSE_OK);
}

static void contour_trace_levels__one_fails__none_returned(void **state)
{
    (void)state;
    const double some[] = {1e-3, 1e-9};
    mrse_contour *all[2] = {(mrse_contour *)&some, (mrse_contour *)&some};
    assert_int_equal(mrse_contour_trace_levels(&test_m15, 2, some, NULL, all), MRSE_ERR_RANGE);
    assert_null(all[0]);
    assert_null(all[1]);
}

/* --- Memory ----------------------------------------------------------------------------------- */

static mrse_status trace_and_free(void *context)
{
    const double some[] = {0.3, 0.02};
    mrse_contour *c[2];
    mrse_status status = mrse_contour_trace_levels(
        context, 2, some, &(mrse_contour_options){.r_limit_m = 4.0, .z_limit_m = 4.0}, c);
    for (size_t i = 0; i < 2 && !status; i++)
        mrse_contour_free(c[i]);
    return status;
}

static void contour_trace__no_memory__reported_and_nothing_lost(void **state)
{
    (void)state;
    const mrse_source s[] = {sheet_of(0.5, -0.6, 0.6, 9e5), coil_of(0.8, 0.85, 0.1, 0.2, -1e5),
                             coil_of(0.8, 0.85, -0.2, -0.1, -1e5)};
    mrse_magnet magnet = {s, 3};
    assert_true(oom_exhaust(trace_and_free, &magnet) > 20);
    magnet.n = 2; /* not symmetric */
    assert_true(oom_exhaust(trace_and_free, &magnet) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contour_trace__reference_designs__golden_extents),
        cmocka_unit_test(contour_trace__reference_designs__lines_obey_the_laws),
        cmocka_unit_test(contour_trace__m15_at_half_millitesla__one_outermost_line),
        cmocka_unit_test(contour_trace__small_loop_far_away__dipole),
        cmocka_unit_test(contour_trace__loop__axis_crossing_of_closed_form),
        cmocka_unit_test(contour_trace__opposed_loops__ellipse_about_the_null),
        cmocka_unit_test(contour_trace__null_in_the_room__island_in_both_halves),
        cmocka_unit_test(contour_trace__twice_the_current__level_where_half_of_it_was),
        cmocka_unit_test(contour_trace__symmetry_not_seen__same_contour),
        cmocka_unit_test(contour_trace__lopsided_magnet__extents_found_by_halving),
        cmocka_unit_test(contour_trace__flipped_magnet__flipped_contour),
        cmocka_unit_test(contour_trace__magnet_off_centre__moves_with_it),
        cmocka_unit_test(contour_trace__two_far_coils__extents_over_both_lobes),
        cmocka_unit_test(contour_trace__sheet__line_follows_it),
        cmocka_unit_test(contour_trace__strip_on_a_sheet__found),
        cmocka_unit_test(contour_trace__sheets_end_to_end__one_sheet),
        cmocka_unit_test(contour_trace__random_magnets__every_point_on_its_side),
        cmocka_unit_test(contour_trace__edges_and_needles__every_point_on_its_side),
        cmocka_unit_test(contour_trace__level_of_a_saddle__traced),
        cmocka_unit_test(contour_trace__chord_option__kept),
        cmocka_unit_test(contour_trace__weak_source__no_line),
        cmocka_unit_test(contour_trace__beyond_the_limits__range),
        cmocka_unit_test(contour_trace__bad_arguments__arg),
        cmocka_unit_test(contour_trace__bad_source__range),
        cmocka_unit_test(contour_trace_levels__same_as_one_by_one),
        cmocka_unit_test(contour_trace_levels__one_fails__none_returned),
        cmocka_unit_test(contour_trace__no_memory__reported_and_nothing_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The parts of figures: colours, ticks, lines of equal value, tags that never overlap.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "report/figure_internal.h"
#include "support/close.h"

/* ---- colours */

static void colour_at__along_the_scale__lightness_falls_evenly(void **state)
{
    (void)state;
    double first = mrse_colour_lightness(mrse_colour_at(0));
    double last = mrse_colour_lightness(mrse_colour_at(1)), before = first;

    assert_abs(first, 96, 0.7);
    assert_abs(last, 24, 0.7);
    for (int i = 1; i <= 200; i++) {
        double now = mrse_colour_lightness(mrse_colour_at(i / 200.0));

        assert_true(now < before);
        assert_abs(now, first + (last - first) * i / 200, 0.8);
        before = now;
    }
}

static void colour_at__outside__clamped(void **state)
{
    (void)state;
    assert_abs(mrse_colour_at(-3).r, mrse_colour_at(0).r, 0);
    assert_abs(mrse_colour_at(7).b, mrse_colour_at(1).b, 0);
    assert_abs(mrse_colour_lightness((mrse_rgb){1, 1, 1}), 100, 1e-3);
    assert_abs(mrse_colour_lightness((mrse_rgb){0, 0, 0}), 0, 1e-9);
}

static void scale_unit__not_finite__stays_not_a_number(void **state)
{
    (void)state;
    mrse_scale linear = {.lo = 0, .hi = 5}, logarithmic = {.lo = 1e-4, .hi = 1, .log = true};

    assert_true(isnan(mrse_scale_unit(&linear, (double)NAN)));
    assert_true(isnan(mrse_scale_unit(&linear, (double)INFINITY)));
    assert_true(isnan(mrse_scale_unit(&logarithmic, -(double)INFINITY)));
    assert_abs(mrse_scale_unit(&linear, 2.5), 0.5, 1e-12);
    assert_abs(mrse_scale_unit(&logarithmic, 1e-2), 0.5, 1e-12);
    assert_true(mrse_scale_unit(&logarithmic, 0) < 0); /* a null is known: below the scale */
}

/* A block of values that are not known leaves its pixels clear; every other pixel is opaque. */
static void colour_map__nan_block__pixels_left_clear(void **state)
{
    (void)state;
    enum { NZ = 11, NR = 6 };
    double value[NZ * NR];
    mrse_map map = {.nz = NZ, .nr = NR, .z0_m = 0, .dz_m = 1, .dr_m = 1, .b_T = value};
    mrse_scale scale = {.lo = 0, .hi = 10};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 100, 100);
    mrse_canvas c = {.cr = cairo_create(surface)};
    mrse_panel panel = {{0, 0, 100, 100}, 0, 10, -5, 5};

    for (size_t k = 0; k < NZ * NR; k++)
        value[k] = (double)(k % NZ);
    value[2 * NZ + 4] = (double)NAN;
    value[3 * NZ + 4] = (double)INFINITY;
    mrse_colour_map(&c, &panel, &map, value, &scale);
    assert_int_equal(c.status, MRSE_OK);
    cairo_surface_flush(surface);
    for (int y = 0; y < 100; y++)
        for (int x = 0; x < 100; x++) {
            double z = (x + 0.5) / 10, r = fabs(5 - (y + 0.5) / 10);
            bool unknown = z > 3 && z < 5 && r > 1 && r < 4;
            uint32_t pixel;

            memcpy(&pixel,
                   cairo_image_surface_get_data(surface) +
                       y * cairo_image_surface_get_stride(surface) + 4 * x,
                   4);
            assert_int_equal(pixel >> 24, unknown ? 0 : 255);
        }
    cairo_destroy(c.cr);
    cairo_surface_destroy(surface);
}

/* ---- numbers and ticks */

static void ticks_linear__ranges__round_and_within(void **state)
{
    (void)state;
    const double range[][2] = {{0, 7.2}, {-1.6, 1.6}, {0, 1e-4}, {3, 3.01}, {-5e3, 12e3}};
    mrse_ticks t;

    for (size_t k = 0; k < sizeof range / sizeof range[0]; k++)
        for (size_t most = 3; most < 20; most += 4) {
            double lo = range[k][0], hi = range[k][1], slack = 1e-6 * (hi - lo);

            mrse_ticks_linear(lo, hi, most, &t);
            assert_true(t.n >= 1 && t.n <= most);
            for (size_t i = 0; i < t.n; i++) {
                assert_true(t.at[i] >= lo - slack && t.at[i] <= hi + slack);
                if (i > 0)
                    assert_true(t.at[i] > t.at[i - 1]);
            }
        }
    mrse_ticks_linear(0, 7.2, 8, &t);
    assert_int_equal(t.n, 4); /* 0 2 4 6: with a step of 1 there would be nine */
    assert_rel(t.at[3], 6, 1e-12);
    mrse_ticks_linear(-1.6, 1.6, 8, &t);
    assert_int_equal(t.n, 7);
    assert_int_equal(t.decimals, 1);
    assert_abs(t.at[3], 0, 0);
    mrse_ticks_linear(1, 1, 8, &t);
    assert_int_equal(t.n, 0);
    mrse_ticks_linear((double)NAN, 1, 8, &t);
    assert_int_equal(t.n, 0);
}

static void ticks_log__decades__and_between_when_there_are_few(void **state)
{
    (void)state;
    mrse_ticks t;

    mrse_ticks_log(0.1, 3500, &t);
    assert_int_equal(t.n, 5);
    assert_rel(t.at[0], 0.1, 1e-12);
    assert_rel(t.at[4], 1000, 1e-12);
    mrse_ticks_log(10, 100, &t);
    assert_int_equal(t.n, 4); /* 10 20 50 100 */
    mrse_ticks_log(0, 100, &t);
    assert_int_equal(t.n, 0);
}

static void axis_number__large_and_negative__groups_and_minus_sign(void **state)
{
    (void)state;
    char text[MRSE_AXIS_TEXT];

    mrse_axis_number(text, -1.5, 1);
    assert_string_equal(text, "\xe2\x88\x92"
                              "1.5");
    mrse_axis_number(text, 12345, 0);
    assert_string_equal(text, "12\xe2\x80\xaf"
                              "345");
    mrse_axis_number(text, 5000, 0);
    assert_string_equal(text, "5000");
    mrse_axis_number(text, 1234567.25, 2);
    assert_string_equal(text, "1\xe2\x80\xaf"
                              "234\xe2\x80\xaf"
                              "567.25");
    mrse_axis_trimmed(text, 2.5);
    assert_string_equal(text, "2.5");
    mrse_axis_trimmed(text, 0.0005);
    assert_string_equal(text, "0.0005");
    mrse_axis_trimmed(text, 200);
    assert_string_equal(text, "200");
    mrse_axis_trimmed(text, 7.1964);
    assert_string_equal(text, "7.196");
    mrse_axis_trimmed(text, 0);
    assert_string_equal(text, "0");
    mrse_axis_trimmed(text, (double)NAN);
    assert_string_equal(text, "not known");
}

static void figure_digits__near_the_limit__as_many_as_tell_them_apart(void **state)
{
    (void)state;
    assert_int_equal(mrse_figure_digits(2.46, 2.5), 3);
    assert_int_equal(mrse_figure_digits(2.486, 2.5), 4); /* 2.49 is one unit from 2.50 */
    assert_int_equal(mrse_figure_digits(0, 2.5), 3);
    assert_int_equal(mrse_figure_digits(2.497, 2.5), 4);
    assert_int_equal(mrse_figure_digits(2.49996, 2.5), 6);
    assert_int_equal(mrse_figure_digits(2.5, 2.5), 3);
    assert_int_equal(mrse_figure_digits(2.5, (double)NAN), 3);
    assert_int_equal(mrse_figure_digits((double)NAN, 2.5), 3);
}

/* ---- lines of equal value */

enum { GRID_NZ = 41, GRID_NR = 21 };
static double grid_value[GRID_NZ * GRID_NR];
static mrse_map grid_map = {
    .nz = GRID_NZ, .nr = GRID_NR, .z0_m = -2, .dz_m = 0.1, .dr_m = 0.1, .b_T = grid_value};

static void fill_circles(double z_centre)
{
    for (size_t k = 0; k < GRID_NZ * GRID_NR; k++) {
        double z = -2 + 0.1 * (double)(k % GRID_NZ) - z_centre, r = 0.1 * (double)(k / GRID_NZ);

        grid_value[k] = hypot(z, r);
    }
}

static void iso_trace__circle_about_the_axis__one_open_line_on_the_level(void **state)
{
    (void)state;
    mrse_lines lines;

    fill_circles(0);
    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, 1.234, &lines), MRSE_OK);
    assert_int_equal(lines.n, 1);
    assert_false(lines.line[0].closed);
    assert_true(lines.line[0].n > 40);
    for (size_t i = 0; i < lines.line[0].n; i++)
        assert_rel(hypot(lines.line[0].z_m[i], lines.line[0].r_m[i]), 1.234, 2e-3);
    for (size_t i = 1; i < lines.line[0].n; i++) /* neighbours follow each other */
        assert_true(hypot(lines.line[0].z_m[i] - lines.line[0].z_m[i - 1],
                          lines.line[0].r_m[i] - lines.line[0].r_m[i - 1]) < 0.15);
    assert_abs(lines.line[0].r_m[0], 0, 1e-12);
    assert_abs(lines.line[0].r_m[lines.line[0].n - 1], 0, 1e-12);
    mrse_lines_free(&lines);
}

static void iso_trace__island__one_closed_line(void **state)
{
    (void)state;
    mrse_lines lines;

    for (size_t k = 0; k < GRID_NZ * GRID_NR; k++)
        grid_value[k] = hypot(-2 + 0.1 * (double)(k % GRID_NZ), 0.1 * (double)(k / GRID_NZ) - 1);
    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, 0.512, &lines), MRSE_OK);
    assert_int_equal(lines.n, 1);
    assert_true(lines.line[0].closed);
    mrse_lines_free(&lines);
    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, 50, &lines), MRSE_OK);
    assert_int_equal(lines.n, 0);
    mrse_lines_free(&lines);
}

static void iso_trace__saddle_and_hole__every_crossing_once(void **state)
{
    (void)state;
    mrse_lines lines;
    size_t points = 0;

    for (size_t k = 0; k < GRID_NZ * GRID_NR; k++) /* a chessboard: a saddle in every cell */
        grid_value[k] = (k % GRID_NZ + k / GRID_NZ) % 2 ? 1 : 0;
    grid_value[5 * GRID_NZ + 7] = (double)NAN;
    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, 0.5, &lines), MRSE_OK);
    for (size_t i = 0; i < lines.n; i++) {
        points += lines.line[i].n - lines.line[i].closed;
        for (size_t k = 0; k < lines.line[i].n; k++) {
            assert_true(isfinite(lines.line[i].z_m[k]) && isfinite(lines.line[i].r_m[k]));
            /* none in the four cells that touch the hole */
            assert_false(fabs(lines.line[i].z_m[k] + 1.3) < 0.099 &&
                         fabs(lines.line[i].r_m[k] - 0.5) < 0.099);
        }
    }
    /* All edges but the four that end at the hole. */
    assert_int_equal(points, (GRID_NZ - 1) * GRID_NR + GRID_NZ * (GRID_NR - 1) - 4);
    mrse_lines_free(&lines);
}

static void iso_trace__bad_arguments__refused(void **state)
{
    (void)state;
    mrse_lines lines;
    mrse_map flat = grid_map;

    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, (double)NAN, &lines), MRSE_ERR_ARG);
    assert_int_equal(mrse_iso_trace(&grid_map, NULL, 1, &lines), MRSE_ERR_ARG);
    assert_int_equal(mrse_iso_trace(&grid_map, grid_value, 1, NULL), MRSE_ERR_ARG);
    flat.nr = 1;
    assert_int_equal(mrse_iso_trace(&flat, grid_value, 1, &lines), MRSE_ERR_ARG);
}

static void map_sample__places__bilinear_and_nan_where_not_known(void **state)
{
    (void)state;
    for (size_t k = 0; k < GRID_NZ * GRID_NR; k++)
        grid_value[k] = 3 + 2 * (-2 + 0.1 * (double)(k % GRID_NZ)) - 0.1 * (double)(k / GRID_NZ);
    assert_abs(mrse_map_sample(&grid_map, grid_value, 0.537, 0.211), 3 + 1.074 - 0.211, 1e-9);
    assert_abs(mrse_map_sample(&grid_map, grid_value, 0.537, -0.211), 3 + 1.074 - 0.211, 1e-9);
    assert_abs(mrse_map_sample(&grid_map, grid_value, 2, 2), 5, 1e-9);
    assert_true(isnan(mrse_map_sample(&grid_map, grid_value, 2.01, 0)));
    assert_true(isnan(mrse_map_sample(&grid_map, grid_value, (double)NAN, 0)));
    grid_value[5 * GRID_NZ + 20] = (double)NAN;
    assert_true(isnan(mrse_map_sample(&grid_map, grid_value, 0.05, 0.45)));
    assert_true(isfinite(mrse_map_sample(&grid_map, grid_value, 0.15, 0.45)));
}

/* ---- tags */

static void tag_overlap__turned_rectangles__exact(void **state)
{
    (void)state;
    mrse_tag a = {0, 0, 0, 10, 4}, b = {9, 0, 0, 10, 4};

    assert_true(mrse_tag_overlap(&a, &b));
    b.x = 10.01;
    assert_false(mrse_tag_overlap(&a, &b));
    b = (mrse_tag){0, 4.01, 0, 10, 4};
    assert_false(mrse_tag_overlap(&a, &b));
    b.angle = 0.3; /* its corner dips into the other */
    assert_true(mrse_tag_overlap(&a, &b));
    /* Boxes around them overlap, the turned rectangles do not. */
    a = (mrse_tag){0, 0, MRSE_PI / 4, 20, 2};
    b = (mrse_tag){4, -4, MRSE_PI / 4, 20, 2};
    assert_false(mrse_tag_overlap(&a, &b));
    b = (mrse_tag){0, 0, -MRSE_PI / 4, 20, 2};
    assert_true(mrse_tag_overlap(&a, &b)); /* a cross: no corner within the other */
    b = (mrse_tag){0, 0, 0, 1, 1};
    assert_true(mrse_tag_overlap(&a, &b)); /* one inside the other */
}

static void tags_add__outside_or_on_another__refused(void **state)
{
    (void)state;
    mrse_tags tags = {.bounds = {0, 0, 100, 50}};

    assert_true(mrse_tags_add(&tags, &(mrse_tag){20, 10, 0, 30, 8}));
    assert_false(mrse_tags_add(&tags, &(mrse_tag){40, 10, 0, 30, 8}));
    assert_false(mrse_tags_add(&tags, &(mrse_tag){90, 40, 0, 30, 8}));
    assert_false(mrse_tags_add(&tags, &(mrse_tag){50, 45, MRSE_PI / 2, 30, 8}));
    assert_false(mrse_tags_add(&tags, &(mrse_tag){(double)NAN, 40, 0, 30, 8}));
    mrse_tags_keep_free(&tags, (mrse_box){50, 20, 20, 20});
    assert_false(mrse_tags_add(&tags, &(mrse_tag){60, 30, 0, 4, 4}));
    assert_true(mrse_tags_add(&tags, &(mrse_tag){30, 40, 0, 30, 8}));
    assert_int_equal(tags.n, 3);
    tags.n = MRSE_TAGS_MAX; /* full: no room, rather than no memory */
    tags.bounds = (mrse_box){-1000, -1000, 2000, 2000};
    assert_false(mrse_tags_add(&tags, &(mrse_tag){900, 900, 0, 4, 4}));
}

static mrse_figure_curves circles(const mrse_panel *panel, size_t n, double gap)
{
    mrse_figure_curves curves = {0};
    double z[181], r[181];

    for (size_t k = 0; k < n; k++) {
        for (int i = 0; i <= 180; i++) {
            z[i] = (2.5 + gap * (double)k) * cos(MRSE_PI * i / 180);
            r[i] = (2.5 + gap * (double)k) * sin(MRSE_PI * i / 180);
        }
        assert_int_equal(mrse_figure_curves_add(&curves, panel,
                                                &(mrse_polyline){181, z, r, false, true},
                                                k == 0 ? MRSE_PEN_FIRST : MRSE_PEN_THIN, "12 T"),
                         MRSE_OK);
    }
    return curves;
}

/* Concentric circles from far apart to a hair's breadth: whatever is tagged is clear of all else,
 * and where there is no room the tag is left out. */
static void curves_draw__crowded_lines__tags_never_overlap(void **state)
{
    (void)state;
    const double gap[] = {0.4, 0.1, 0.02};
    size_t tagged_before = 1000;

    for (int g = 0; g < 3; g++) {
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 300);
        mrse_canvas c = {.cr = cairo_create(surface)};
        mrse_panel panel = {{10, 10, 380, 280}, -6, 6, -4.421, 4.421};
        mrse_tags tags = {.bounds = {12, 12, 376, 276}};
        mrse_figure_curves curves = circles(&panel, 9, gap[g]);
        size_t tagged = 0;

        assert_int_equal(mrse_cairo_layout(c.cr, &c.layout), MRSE_OK);
        mrse_tags_keep_free(&tags, (mrse_box){150, 10, 100, 100});
        mrse_figure_curves_draw(&c, &panel, &curves, &tags);
        for (size_t i = 0; i < tags.n; i++)
            for (size_t k = i + 1; k < tags.n; k++)
                assert_false(mrse_tag_overlap(&tags.tag[i], &tags.tag[k]));
        for (size_t i = 0; i < curves.n; i++) {
            mrse_tag *tag = &curves.curve[i].tag;

            if (!curves.curve[i].tagged)
                continue;
            tagged++;
            assert_true(tag->x - tag->w / 2 > 0 && tag->x + tag->w / 2 < 400);
            curves.curve[i].n = 0; /* a tag stands on its own line, and on no other */
            assert_false(mrse_figure_curves_meet(&curves, tag, true));
            if (!curves.curve[i].strong)
                assert_false(mrse_figure_curves_meet(&curves, tag, false));
            curves.curve[i].n = 181;
        }
        assert_true(curves.curve[0].tagged); /* the strong line comes first */
        assert_true(tagged <= tagged_before);
        tagged_before = tagged;
        mrse_figure_curves_free(&curves);
        g_object_unref(c.layout);
        cairo_destroy(c.cr);
        cairo_surface_destroy(surface);
    }
    assert_true(tagged_before < 9); /* some were left out */
}

static void curves_add__points_not_finite__left_out(void **state)
{
    (void)state;
    mrse_panel panel = {{0, 0, 100, 100}, 0, 1, 0, 1};
    mrse_figure_curves curves = {0};
    double z[4] = {0, (double)NAN, 0.5, 1}, r[4] = {0, 0.5, (double)INFINITY, 1};

    assert_int_equal(mrse_figure_curves_add(&curves, &panel, &(mrse_polyline){4, z, r, false, true},
                                            MRSE_PEN_THIN, NULL),
                     MRSE_OK);
    assert_int_equal(curves.curve[0].n, 2);
    mrse_figure_curves_free(&curves);
}

/* ---- hatching */

static double right_half(const void *context, double x, double y)
{
    (void)y;
    return x - *(const double *)context;
}

static void canvas_hatch__half_plane__ink_only_within(void **state)
{
    (void)state;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 100, 100);
    mrse_canvas c = {.cr = cairo_create(surface)};
    const double edge = 50;
    size_t inside = 0, outside = 0;

    mrse_canvas_hatch(&c, (mrse_box){0, 0, 100, 100}, 6, true, MRSE_PEN_UNKNOWN, right_half, &edge);
    mrse_canvas_hatch(&c, (mrse_box){0, 0, 100, 100}, 6, false, MRSE_PEN_HATCH, right_half, &edge);
    cairo_surface_flush(surface);
    for (int y = 0; y < 100; y++)
        for (int x = 0; x < 100; x++) {
            bool ink = cairo_image_surface_get_data(
                           surface)[y * cairo_image_surface_get_stride(surface) + 4 * x + 3] != 0;

            inside += x > 51 && ink;
            outside += x < 48 && ink;
        }
    assert_true(inside > 1000);
    assert_int_equal(outside, 0);
    cairo_destroy(c.cr);
    cairo_surface_destroy(surface);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colour_at__along_the_scale__lightness_falls_evenly),
        cmocka_unit_test(colour_at__outside__clamped),
        cmocka_unit_test(scale_unit__not_finite__stays_not_a_number),
        cmocka_unit_test(colour_map__nan_block__pixels_left_clear),
        cmocka_unit_test(ticks_linear__ranges__round_and_within),
        cmocka_unit_test(ticks_log__decades__and_between_when_there_are_few),
        cmocka_unit_test(axis_number__large_and_negative__groups_and_minus_sign),
        cmocka_unit_test(figure_digits__near_the_limit__as_many_as_tell_them_apart),
        cmocka_unit_test(iso_trace__circle_about_the_axis__one_open_line_on_the_level),
        cmocka_unit_test(iso_trace__island__one_closed_line),
        cmocka_unit_test(iso_trace__saddle_and_hole__every_crossing_once),
        cmocka_unit_test(iso_trace__bad_arguments__refused),
        cmocka_unit_test(map_sample__places__bilinear_and_nan_where_not_known),
        cmocka_unit_test(tag_overlap__turned_rectangles__exact),
        cmocka_unit_test(tags_add__outside_or_on_another__refused),
        cmocka_unit_test(curves_draw__crowded_lines__tags_never_overlap),
        cmocka_unit_test(curves_add__points_not_finite__left_out),
        cmocka_unit_test(canvas_hatch__half_plane__ink_only_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

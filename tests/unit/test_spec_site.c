/* Site files: what is read, and one test for each thing that can be wrong.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/site.h"
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char base[] =
    "mrse: site/1\n"                                                               /* 1 */
    "id: room\n"                                                                   /* 2 */
    "name: Room one\n"                                                             /* 3 */
    "stamp: teaching example\n"                                                    /* 4 */
    "checked: 2026-11-20\n"                                                        /* 5 */
    "sources:\n"                                                                   /* 6 */
    "  plan: {origin: measured, title: drawing}\n"                                 /* 7 */
    "  manual: {origin: manufacturer, title: manual}\n"                            /* 8 */
    "source: plan\n"                                                               /* 9 */
    "u: 2 cm\n"                                                                    /* 10 */
    "magnet: {x: 3.20 m, y: 2.90 m, height: 1.05 m, azimuth: 90 deg, u: 1 cm}\n"   /* 11 */
    "image: {file: plan.png, x: -1 m, y: 0 m, width: 12.4 m}\n"                    /* 12 */
    "outlines:\n"                                                                  /* 13 */
    "  - {wall: north, points: [[0 m, 6 m], [7 m, 6 m]], u: 5 cm}\n"               /* 14 */
    "  - {door: in, points: [[1 m, 6.05 m], [2 m, 6 m]]}\n"                        /* 15 */
    "  - {window: out, points: [[3 m, 6 m], [4 m, 6 m]]}\n"                        /* 16 */
    "  - {area: area, points: [[0 m, 0 m], [7 m, 0 m], [7 m, 6 m], [0 m, 6 m]]}\n" /* 17 */
    "  - neighbour: corridor\n"                                                    /* 18 */
    "    closed: yes\n"                                                            /* 19 */
    "    points: [[0 m, 6.2 m], [7 m, 6.2 m], [7 m, 8 m], [0 m, 8 m]]\n"           /* 20 */
    "equipment:\n"                                                                 /* 21 */
    "  - name: injector\n"                                                         /* 22 */
    "    x: 5 m\n"                                                                 /* 23 */
    "    y: 200 cm\n"                                                              /* 24 */
    "    height: 1.2 m\n"                                                          /* 25 */
    "    within: 0.5 m\n"                                                          /* 26 */
    "    u: 3 cm\n"                                                                /* 27 */
    "    limit: {field: <= 10 mT, printed: 100 gauss, source: manual}\n"           /* 28 */
    "  - {name: monitor, x: 6 m, y: 1 m, limit: {field: < 200 G}}\n"               /* 29 */
    "storeys:\n"                                                                   /* 30 */
    "  - {name: ward, height: 4.2 m, limit: {field: <= 0.5 mT}}\n";                /* 31 */

static mrse_site *read_base(const char *from, const char *to)
{
    static mrse_diags diags;
    char *text = spec_changed(base, from, to);
    mrse_status status;
    mrse_site *site = spec_read(&mrse_spec_site, text, strlen(text), &diags, &status);

    free(text);
    if (status != MRSE_OK) {
        spec_print(&diags);
        fail_msg("not read");
    }
    return site;
}

static void read__whole_file__every_number_in_si(void **state)
{
    mrse_site *s = read_base("", "");
    mrse_placement at = mrse_site_placement(s);

    (void)state;
    assert_string_equal(s->name, "Room one");
    assert_string_equal(s->stamp, "teaching example");
    assert_abs(at.x_m, 3.2, 0);
    assert_abs(at.y_m, 2.9, 0);
    assert_abs(at.z_m, 1.05, 0);
    assert_rel(at.azimuth_rad, MRSE_PI / 2, 1e-15);
    assert_abs(at.tilt_rad, 0, 0);
    assert_abs(s->magnet.u.v, 0.01, 1e-15);
    assert_string_equal(s->image.file, "plan.png");
    assert_abs(s->image.x_m, -1, 0);
    assert_abs(s->image.width_m, 12.4, 1e-12);
    assert_int_equal(s->n_outlines, 5);
    assert_int_equal(s->outline[3].kind, MRSE_SITE_AREA);
    assert_true(s->outline[3].closed);
    assert_int_equal(s->outline[3].n, 4);
    assert_abs(s->outline[1].place[0].y_m, 6.05, 1e-12);
    assert_string_equal(mrse_site_line_name(&s->outline[4]), "corridor");
    assert_string_equal(mrse_site_kind_text(s->outline[3].kind), "controlled area");
    assert_abs(s->outline[0].u.v, 0.05, 1e-15);
    assert_abs(s->outline[1].u.v, 0.02, 1e-15); /* the file's */
    assert_int_equal(s->outline[1].u.origin, MRSE_ORIGIN_MEASURED);
    assert_int_equal(s->n_items, 2);
    assert_abs(s->item[0].y.v, 2, 0);
    assert_abs(s->item[0].within.v, 0.5, 0);
    assert_abs(s->item[0].limit.limit.value.v, 10e-3, 0);
    assert_int_equal(s->item[0].limit.limit.value.origin, MRSE_ORIGIN_MANUFACTURER);
    assert_string_equal(s->item[0].limit.printed, "100 gauss");
    assert_int_equal(s->item[1].limit.limit.op, MRSE_OP_LT);
    assert_abs(s->item[1].limit.limit.value.v, 20e-3, 0);
    assert_true(isnan(s->item[1].height.v));
    assert_abs(s->item[1].u.v, 0.02, 1e-15);
    assert_abs(s->storey[0].height.v, 4.2, 1e-12);
    mrse_site_free(s);
}

static void read__first_place_repeated__is_closed(void **state)
{
    mrse_site *s =
        read_base("    closed: yes\n    points: [[0 m, 6.2 m], [7 m, 6.2 m], [7 m, 8 m], "
                  "[0 m, 8 m]]",
                  "    points: [[0 m, 6.2 m], [7 m, 6.2 m], [7 m, 8 m], [0 m, 6.2 m]]");

    (void)state;
    assert_true(s->outline[4].closed);
    assert_int_equal(s->outline[4].n, 3);
    mrse_site_free(s);
}

static void read__assumed_places__are_assumed_whatever_u_is(void **state)
{
    mrse_site *s = read_base("  plan: {origin: measured, title: drawing}",
                             "  plan: {origin: assumed, title: drawing, because: b}");

    (void)state;
    assert_int_equal(s->outline[0].u.origin, MRSE_ORIGIN_ASSUMED);
    assert_int_equal(s->magnet.x.origin, MRSE_ORIGIN_ASSUMED);
    assert_int_equal(s->item[0].limit.limit.value.origin, MRSE_ORIGIN_MANUFACTURER);
    mrse_site_free(s);
}

static void holds__places__inside_outside_and_on_the_edge(void **state)
{
    mrse_site *s = read_base("", "");
    const mrse_site_line *area = &s->outline[3];

    (void)state;
    assert_true(mrse_site_holds(area, 3, 3));
    assert_true(mrse_site_holds(area, 7, 6));
    assert_true(mrse_site_holds(area, 3.5, 0));
    assert_false(mrse_site_holds(area, 7.001, 3));
    assert_false(mrse_site_holds(area, 3, -0.001));
    assert_false(mrse_site_holds(area, (double)NAN, 1));
    assert_false(mrse_site_holds(&s->outline[0], 1, 6)); /* open */
    assert_false(mrse_site_holds(NULL, 1, 6));
    mrse_site_free(s);
}

static const slip slips[] = {
    {"u__missing_everywhere__one_message", "u: 2 cm\n", "", 1, 1, "", "has no uncertainty",
     "add 'u: 2 cm'", MRSE_SEV_ERROR, 0},
    {"u__zero__is_refused", "u: 2 cm\n", "u: 0 cm\n", 10, 4, "u", "not more than zero", NULL,
     MRSE_SEV_ERROR, 0},
    {"x__no_unit__is_refused", "x: 3.20 m", "x: 3.20", 11, 13, "magnet.x", NULL, "m",
     MRSE_SEV_ERROR, 0},
    {"azimuth__a_length__is_refused", "azimuth: 90 deg", "azimuth: 90 cm", 11, 57, "magnet.azimuth",
     NULL, "deg", MRSE_SEV_ERROR, 0},
    {"height__in_the_floor__is_refused", "height: 1.05 m", "height: 5 cm", 11, 40, "magnet.height",
     "outside the sensible range", NULL, MRSE_SEV_ERROR, 0},
    {"image__without_width__is_refused", ", width: 12.4 m", "", 12, 1, "image.width",
     "'width' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"outline__without_a_kind__is_refused", "wall: north, ", "", 14, 5, "outlines[0]",
     "has no kind", "wall, door, window, area, neighbour", MRSE_SEV_ERROR, 0},
    {"outline__of_two_kinds__is_refused", "wall: north,", "wall: north, door: d,", 14, 5,
     "outlines[0]", "of two kinds", NULL, MRSE_SEV_ERROR, 0},
    {"outline__unknown_kind__is_refused", "wall: north,", "wal: north,", 14, 6, "outlines[0]",
     "unknown key 'wal'", "'wall'", MRSE_SEV_ERROR, 1},
    {"points__text__is_refused", "points: [[0 m, 6 m], [7 m, 6 m]], u", "points: none, u", 14, 19,
     "outlines[0].points", "a list of places", "[[0 m, 0 m], [6 m, 0 m]]", MRSE_SEV_ERROR, 0},
    {"points__three_numbers__is_refused", "[0 m, 6 m], [7 m, 6 m]], u",
     "[0 m, 6 m, 1 m], [7 m, 6 m]], u", 14, 28, "outlines[0].points[0]", "[x, y]", NULL,
     MRSE_SEV_ERROR, 0},
    {"points__no_unit__is_refused", "[0 m, 6 m], [7 m, 6 m]], u", "[0 m, 6], [7 m, 6 m]], u", 14,
     34, "outlines[0].points[0][1]", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"points__one__is_refused", "[[0 m, 6 m], [7 m, 6 m]], u", "[[0 m, 6 m]], u", 14, 19,
     "outlines[0]", "two points or more", NULL, MRSE_SEV_ERROR, 0},
    {"points__the_same_twice__is_refused", "[[0 m, 6 m], [7 m, 6 m]], u",
     "[[0 m, 6 m], [0 m, 6 m]], u", 14, 19, "outlines[0]", "the same place", NULL, MRSE_SEV_ERROR,
     0},
    {"area__two_points__is_refused", "[[0 m, 0 m], [7 m, 0 m], [7 m, 6 m], [0 m, 6 m]]",
     "[[0 m, 0 m], [7 m, 0 m]]", 17, 18, "outlines[3]", "three points or more", NULL,
     MRSE_SEV_ERROR, 0},
    {"area__crossing_itself__is_refused", "[7 m, 0 m], [7 m, 6 m], [0 m, 6 m]]",
     "[7 m, 6 m], [7 m, 0 m], [0 m, 6 m]]", 17, 18, "outlines[3]", "crosses itself", "walks round",
     MRSE_SEV_ERROR, 0},
    {"area__a_second__is_refused", "neighbour: corridor", "area: corridor", 18, 5, "outlines",
     "a second controlled area", NULL, MRSE_SEV_ERROR, 0},
    {"neighbour__room_or_line_not_said__is_refused", "    closed: yes\n", "", 18, 5, "outlines[4]",
     "a room or a line", "closed: yes", MRSE_SEV_ERROR, 0},
    {"neighbour__with_the_isocentre__is_refused", "[7 m, 8 m], [0 m, 8 m]]",
     "[7 m, 1 m], [0 m, 1 m]]", 18, 5, "outlines", "isocentre lies in this neighbour", NULL,
     MRSE_SEV_ERROR, 0},
    {"outline__same_name_twice__is_refused", "door: in", "door: north", 15, 5, "outlines",
     "the same name", NULL, MRSE_SEV_ERROR, 0},
    {"door__off_the_walls__is_a_warning", "[1 m, 6.05 m]", "[1 m, 6.2 m]", 15, 5, "outlines",
     "10 cm from every wall", NULL, MRSE_SEV_WARNING, 0},
    {"outline__no_source__is_a_warning", "[[0 m, 6 m], [7 m, 6 m]], u: 5 cm",
     "[[0 m, 6 m], [7 m, 6 m]], source: lost", 14, 61, "outlines[0].source",
     "unknown source 'lost'", NULL, MRSE_SEV_ERROR, 0},
    {"equipment__same_name_twice__is_refused", "name: monitor", "name: injector", 29, 5,
     "equipment", "the same name", NULL, MRSE_SEV_ERROR, 0},
    {"equipment__no_limit__is_refused",
     "    limit: {field: <= 10 mT, printed: 100 gauss, source: "
     "manual}\n",
     "", 22, 5, "equipment[0].limit", "'limit' is missing", NULL, MRSE_SEV_ERROR, 0},
    {"limit__from_below__is_refused", "<= 10 mT", "\">= 10 mT\"", 28, 20,
     "equipment[0].limit.field", "from above", NULL, MRSE_SEV_ERROR, 0},
    {"limit__range__is_refused", "<= 10 mT", "1 to 10 mT", 28, 20, "equipment[0].limit.field",
     "from above", NULL, MRSE_SEV_ERROR, 0},
    {"limit__no_operator__is_refused", "<= 10 mT", "10 mT", 28, 20, "equipment[0].limit.field",
     "no operator", "<= 10 mT", MRSE_SEV_ERROR, 0},
    {"limit__a_gradient__is_refused", "<= 10 mT", "<= 10 mT/m", 28, 20, "equipment[0].limit.field",
     NULL, NULL, MRSE_SEV_ERROR, 0},
    {"storey__far_away__is_refused", "height: 4.2 m", "height: 42 m", 31, 26, "storeys[0].height",
     "outside the sensible range", NULL, MRSE_SEV_ERROR, 0},
};

static void load__nothing_given__is_an_argument_error(void **state)
{
    mrse_site *site = (mrse_site *)(uintptr_t)1;

    (void)state;
    assert_int_equal(mrse_site_load(NULL, &site, NULL), MRSE_ERR_ARG);
    assert_null(site);
    assert_int_equal(mrse_site_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_site_load(scratch_path("nothing.yaml"), &site, NULL), MRSE_ERR_IO);
    assert_null(site);
    mrse_site_free(NULL);
}

static void load__another_format__is_refused(void **state)
{
    mrse_site *site = NULL;
    const char *path = scratch_write("case.yaml", "mrse: case/1\ntitle: t\n");

    (void)state;
    assert_int_equal(mrse_site_load(path, &site, NULL), MRSE_ERR_INPUT);
    assert_null(site);
}

static mrse_status work(void *context)
{
    mrse_site *site = NULL;
    mrse_status status = mrse_site_load(context, &site, NULL);

    mrse_site_free(site);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    char path[1024];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", scratch_write("site.yaml", base));
    assert_true(oom_exhaust(work, path) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__whole_file__every_number_in_si),
        cmocka_unit_test(read__first_place_repeated__is_closed),
        cmocka_unit_test(read__assumed_places__are_assumed_whatever_u_is),
        cmocka_unit_test(holds__places__inside_outside_and_on_the_edge),
        cmocka_unit_test(load__nothing_given__is_an_argument_error),
        cmocka_unit_test(load__another_format__is_refused),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    return failed + spec_run_slips(&mrse_spec_site, base, slips, sizeof slips / sizeof slips[0],
                                   "site files");
}

/* The data sheet in a scanner file: what is read, and one test for each contradiction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec_support.h"

static const char base[] =
    "mrse: scanner/1\n"                                                 /* 1 */
    "id: demo\n"                                                        /* 2 */
    "name: Demo\n"                                                      /* 3 */
    "checked: 2026-11-22\n"                                             /* 4 */
    "sources:\n"                                                        /* 5 */
    "  sheet: {origin: manufacturer, title: Data sheet}\n"              /* 6 */
    "  plan: {origin: unverified, title: Hearsay}\n"                    /* 7 */
    "source: sheet\n"                                                   /* 8 */
    "b0: {nominal: 1.5 T}\n"                                            /* 9 */
    "bore: {shape: cylinder, diameter: 70 cm}\n"                        /* 10 */
    "covers: {length: 1.70 m, diameter: 2.1 m}\n"                       /* 11 */
    "static_field:\n"                                                   /* 12 */
    "  contours:\n"                                                     /* 13 */
    "    axial: z_axis\n"                                               /* 14 */
    "    radial: r_mid\n"                                               /* 15 */
    "    lines:\n"                                                      /* 16 */
    "      - {level: 0.5 mT, axial: 4.0 m, radial: 2.5 m}\n"            /* 17 */
    "      - {level: 1 mT, radial: 2.3 m, source: plan}\n"              /* 18 */
    "      - {level: 200 mT, axial: 1.3 m}\n"                           /* 19 */
    "  cylinders:\n"                                                    /* 20 */
    "    gradient: sfg\n"                                               /* 21 */
    "    product: of_point\n"                                           /* 22 */
    "    rows:\n"                                                       /* 23 */
    "      - {radius: 10 cm, gradient: 2.5 T/m, field: 1.50 T}\n"       /* 24 */
    "      - {diameter: 40 cm, gradient: 3.0 T/m, product: 3.5 T2/m}\n" /* 25 */
    "      - {radius: 30 cm, field: 1.66 T, bound: at_most}\n"          /* 26 */
    "  points:\n"                                                       /* 27 */
    "    - {r: 0 m, z: -3.0 m, field: 1.6 mT, gradient: 2.1 mT/m}\n"    /* 28 */
    "  events:\n"                                                       /* 29 */
    "    - {what: quench, level: 0.5 mT, axial: 7.5 m, radial: 6.0 m, lasting: 100 s}\n"
    "gradients: {amplitude: 80 mT/m, slew: 200 T/m/s}\n"; /* 31 */

static mrse_scanner *read_changed(const char *from, const char *to)
{
    static mrse_diags diags;
    char *text = spec_changed(base, from, to);
    mrse_status status;
    mrse_scanner *s = spec_read(&mrse_spec_scanner, text, strlen(text), &diags, &status);

    free(text);
    if (status != MRSE_OK || diags.n > 0) {
        spec_print(&diags);
        fail_msg("not read, or with a warning");
    }
    return s;
}

static void sheet_read__contours__keep_rounding_source_and_line(void **state)
{
    mrse_scanner *s = read_changed("Demo", "Demo");
    const mrse_stated_contour *row = s->sheet.contour;

    (void)state;
    assert_int_equal(s->sheet.n_contours, 3);
    assert_int_equal(s->sheet.axial, MRSE_AXIAL_Z_AXIS);
    assert_int_equal(s->sheet.radial, MRSE_RADIAL_R_MID);
    assert_rel(row[0].level.v, 5e-4, 0);
    assert_rel(row[0].axial.v, 4, 0);
    assert_rel(row[0].axial.u, 0.05 / sqrt(3.0), 1e-14);
    assert_rel(row[0].radial.v, 2.5, 0);
    assert_int_equal(row[0].line, 17);
    assert_int_equal(row[0].axial.origin, MRSE_ORIGIN_MANUFACTURER);
    assert_true(isnan(row[1].axial.v));
    assert_int_equal(row[1].radial.origin, MRSE_ORIGIN_UNVERIFIED); /* the row's own source */
    assert_string_equal(row[1].radial.src, "plan");
    assert_true(isnan(row[2].radial.v));
    assert_int_equal(s->n_coils, 0);
    assert_true(isnan(s->u_field.v) && isnan(s->u_grad.v));
    mrse_scanner_free(s);
}

static void sheet_read__cylinders__diameter_is_halved_with_its_rounding(void **state)
{
    mrse_scanner *s = read_changed("Demo", "Demo");
    const mrse_stated_cylinder *row = s->sheet.cylinder;

    (void)state;
    assert_int_equal(s->sheet.n_cylinders, 3);
    assert_int_equal(s->sheet.gradient, MRSE_GRADIENT_SFG);
    assert_int_equal(s->sheet.product, MRSE_PRODUCT_OF_POINT);
    assert_rel(row[0].radius.v, 0.1, 0);
    assert_false(row[0].by_diameter);
    assert_rel(row[0].field.v, 1.5, 0);
    assert_true(isnan(row[0].product.v));
    assert_rel(row[1].radius.v, 0.2, 0);
    assert_rel(row[1].radius.u, 0.0025 / sqrt(3.0), 1e-14);
    assert_string_equal(row[1].radius.printed, "40 cm");
    assert_true(row[1].by_diameter);
    assert_rel(row[1].product.v, 3.5, 0);
    assert_int_equal(row[1].bound, MRSE_BOUND_EXACT);
    assert_int_equal(row[2].bound, MRSE_BOUND_AT_MOST);
    assert_int_equal(row[2].line, 26);
    mrse_scanner_free(s);
}

static void sheet_read__points_events_gradients__are_kept(void **state)
{
    mrse_scanner *s = read_changed("Demo", "Demo");

    (void)state;
    assert_int_equal(s->sheet.n_points, 1);
    assert_rel(s->sheet.point[0].r.v, 0, 0);
    assert_rel(s->sheet.point[0].z.v, -3, 0);
    assert_rel(s->sheet.point[0].field.v, 1.6e-3, 1e-15);
    assert_rel(s->sheet.point[0].gradient.v, 2.1e-3, 1e-15);
    assert_int_equal(s->sheet.point[0].line, 28);
    assert_int_equal(s->sheet.n_events, 1);
    assert_string_equal(s->sheet.event[0].what, "quench");
    assert_rel(s->sheet.event[0].axial.v, 7.5, 0);
    assert_rel(s->sheet.event[0].radial.v, 6, 0);
    assert_rel(s->sheet.event[0].lasting.v, 100, 0);
    assert_rel(s->gradients.amplitude.v, 0.08, 0);
    assert_rel(s->gradients.slew.v, 200, 0);
    mrse_scanner_free(s);
}

static void sheet_read__each_word__is_its_meaning(void **state)
{
    static const struct {
        const char *from, *to;
        size_t at;
        int want;
    } word[] = {
        {"    axial: z_axis\n", "", offsetof(mrse_data_sheet, axial), MRSE_AXIAL_ASK},
        {"axial: z_axis", "axial: unstated", offsetof(mrse_data_sheet, axial), MRSE_AXIAL_UNSTATED},
        {"axial: z_axis", "axial: z_max", offsetof(mrse_data_sheet, axial), MRSE_AXIAL_Z_MAX},
        {"    radial: r_mid\n", "", offsetof(mrse_data_sheet, radial), MRSE_RADIAL_ASK},
        {"radial: r_mid", "radial: unstated", offsetof(mrse_data_sheet, radial),
         MRSE_RADIAL_UNSTATED},
        {"radial: r_mid", "radial: r_max", offsetof(mrse_data_sheet, radial), MRSE_RADIAL_R_MAX},
        {"    gradient: sfg\n", "", offsetof(mrse_data_sheet, gradient), MRSE_GRADIENT_ASK},
        {"gradient: sfg", "gradient: unstated", offsetof(mrse_data_sheet, gradient),
         MRSE_GRADIENT_UNSTATED},
        {"gradient: sfg", "gradient: dbz_dz", offsetof(mrse_data_sheet, gradient),
         MRSE_GRADIENT_DBZ_DZ},
        {"gradient: sfg", "gradient: tensor_norm", offsetof(mrse_data_sheet, gradient),
         MRSE_GRADIENT_TENSOR},
        {"    product: of_point\n", "", offsetof(mrse_data_sheet, product), MRSE_PRODUCT_ASK},
        {"product: of_point", "product: unstated", offsetof(mrse_data_sheet, product),
         MRSE_PRODUCT_UNSTATED},
        {"product: of_point", "product: of_maxima", offsetof(mrse_data_sheet, product),
         MRSE_PRODUCT_OF_MAXIMA},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(word); i++) {
        mrse_scanner *s = read_changed(word[i].from, word[i].to);
        int got;

        memcpy(&got, (const char *)&s->sheet + word[i].at, sizeof got);
        if (got != word[i].want)
            fail_msg("'%s': %d", word[i].to, got);
        mrse_scanner_free(s);
    }
}

static void bore_read__other_shapes__have_no_cylinders_checks(void **state)
{
    static const char *const shape[] = {"bore: {shape: ellipse, diameter: 2 m}",
                                        "bore: {shape: open, diameter: 2 m}"};
    mrse_scanner *s = read_changed("Demo", "Demo");

    (void)state;
    assert_int_equal(s->bore_shape, MRSE_BORE_CYLINDER);
    mrse_scanner_free(s);
    for (size_t i = 0; i < MRSE_COUNT(shape); i++) {
        s = read_changed("bore: {shape: cylinder, diameter: 70 cm}", shape[i]);
        assert_int_equal(s->bore_shape, i ? MRSE_BORE_OPEN : MRSE_BORE_ELLIPSE);
        assert_rel(s->bore_diameter.v, 2, 0);
        mrse_scanner_free(s);
    }
    s = read_changed("bore: {shape: cylinder, diameter: 70 cm}\n", "");
    assert_int_equal(s->bore_shape, MRSE_BORE_UNKNOWN);
    assert_true(isnan(s->bore_diameter.v));
    mrse_scanner_free(s);
}

/* Next to each limit, on the side that is still possible. */
static void sheet_read__agreeing_within_rounding__is_no_contradiction(void **state)
{
    static const char *const pair[][2] = {
        /* 2.55 m against 2.50 m: the intervals touch */
        {"radial: 2.3 m, source: plan", "radial: 2.6 m, source: plan"},
        /* as wide lines are drawn */
        {"{level: 1 mT, radial: 2.3 m", "{level: 1 mT, axial: 4.0 m"},
        {"gradient: 3.0 T/m", "gradient: 2.4 T/m"},
        {"gradient: 3.0 T/m, product: 3.5 T2/m", "gradient: 0.5 T/m, bound: at_least"},
        {"gradient: 2.5 T/m, field: 1.50 T", "gradient: 9 T/m, field: 1.70 T, bound: at_most"},
        {"field: 1.50 T", "field: 1.44 T"},
        {"b0: {nominal: 1.5 T}", "b0: {nominal: 1.5 T, frequency: 66 MHz}"},
        {"gradient: 2.5 T/m, field: 1.50 T", "gradient: 0.1 T/m, field: 1.50 T, bound: at_least"},
        {"gradient: 2.5 T/m, field: 1.50 T", "gradient: 0.95 T/m, field: 1.50 T"},
        {"gradient: 3.0 T/m, product: 3.5 T2/m", "gradient: 3.0 T/m, product: 4.6 T2/m, "
                                                 "field: 1.5 T"},
        {"axial: 1.3 m", "axial: 0.8 m"},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(pair); i++) {
        /* the last draws its line inside the covers by less than the rounding */
        mrse_scanner_free(read_changed(pair[i][0], pair[i][1]));
    }
}

/* name, from, to, line, col, field, text, hint, severity, others */
static const slip slips[] = {
    {"contours__axial_word_unknown__lists_all", "axial: z_axis", "axial: z_mid", 14, 12,
     "static_field.contours.axial", "'z_mid' is not known here", "unstated, z_axis, z_max", 0, 0},
    {"contours__radial_word_unknown__lists_all", "radial: r_mid", "radial: z_max", 15, 13,
     "static_field.contours.radial", "'z_max' is not known here", "unstated, r_mid, r_max", 0, 0},
    {"cylinders__gradient_word_unknown__lists_all", "gradient: sfg", "gradient: SGF", 21, 15,
     "static_field.cylinders.gradient", "'SGF' is not known here",
     "unstated, sfg, dbz_dz, tensor_norm", 0, 0},
    {"cylinders__product_word_unknown__lists_all", "product: of_point", "product: point", 22, 14,
     "static_field.cylinders.product", "'point' is not known here", "unstated, of_point, of_maxima",
     0, 0},
    {"cylinders__bound_word_unknown__lists_all", "bound: at_most", "bound: max", 26, 47,
     "static_field.cylinders.rows[2].bound", "'max' is not known here", "exact, at_most, at_least",
     0, 0},
    {"contours__no_lines__is_refused",
     "    lines:\n      - {level: 0.5 mT, axial: 4.0 m, radial: 2.5 m}\n"
     "      - {level: 1 mT, radial: 2.3 m, source: plan}\n      - {level: 200 mT, axial: 1.3 m}\n",
     "", 13, 3, "static_field.contours.lines", "'lines' is missing", NULL, 0, 0},
    {"contours__line_without_extent__is_refused", "{level: 200 mT, axial: 1.3 m}",
     "{level: 200 mT}", 19, 9, "static_field.contours.lines[2]",
     "the line has none of: axial, radial", "belongs in a comment", 0, 0},
    {"contours__line_without_level__is_refused", "{level: 200 mT, axial: 1.3 m}", "{axial: 1.3 m}",
     19, 9, "static_field.contours.lines[2].level", "'level' is missing", NULL, 0, 0},
    {"contours__extent_in_cm_slip__is_out_of_range", "axial: 4.0 m", "axial: 400 m", 17, 32,
     "static_field.contours.lines[0].axial", "outside the sensible range, 5.00 cm to 50.0 m", NULL,
     0, 0},
    {"contours__level_of_13_T__is_out_of_range", "level: 200 mT", "level: 13 T", 19, 17,
     "static_field.contours.lines[2].level", "outside the sensible range", NULL, 0, 0},
    {"contours__weak_axial_inside_strong__names_both", "level: 1 mT, radial: 2.3 m",
     "level: 1 mT, axial: 4.2 m", 18, 30, "static_field.contours.lines[1]",
     "along the axis: the 1 mT line at 4.2 m and the 0.5 mT line at 4.0 m (line 17) are in the "
     "wrong order",
     "a weaker line lies outside", 0, 0},
    {"contours__weak_radial_inside_strong__names_both", "radial: 2.3 m", "radial: 2.7 m", 18, 31,
     "static_field.contours.lines[1]",
     "away from the axis: the 1 mT line at 2.7 m and the 0.5 mT line at 2.5 m (line 17)", NULL, 0,
     0},
    {"contours__weak_line_written_after_strong__is_seen_too", "{level: 200 mT, axial: 1.3 m}",
     "{level: 0.1 mT, axial: 3.8 m}", 19, 32, "static_field.contours.lines[2]",
     "the 0.1 mT line at 3.8 m and the 0.5 mT line at 4.0 m (line 17)", NULL, 0, 0},
    {"contours__level_twice_in_other_units__names_the_first", "level: 1 mT", "level: 5 G", 18, 17,
     "static_field.contours.lines[1]", "the line of 5 G is given twice, first in line 17 (0.5 mT)",
     "'events'", 0, 0},
    {"contours__level_not_below_b0__is_refused", "level: 200 mT", "level: 1.5 T", 19, 17,
     "static_field.contours.lines[2]", "not weaker than the main field, 1.5 T", "1000 mT", 0, 0},
    {"contours__axial_inside_the_covers__warns", "axial: 1.3 m", "axial: 0.75 m", 19, 32,
     "static_field.contours.lines[2]",
     "the line lies inside the covers: 0.75 m, and half of covers.length (1.70 m) is more",
     "from the isocentre", MRSE_SEV_WARNING, 0},
    {"contours__radial_inside_the_covers__warns", "axial: 1.3 m", "radial: 0.9 m", 19, 33,
     "static_field.contours.lines[2]",
     "the line lies inside the covers: 0.9 m, and half of covers.diameter (2.1 m) is more", NULL,
     MRSE_SEV_WARNING, 0},
    {"cylinders__same_radius_twice__names_the_first", "diameter: 40 cm", "diameter: 20 cm", 25, 20,
     "static_field.cylinders.rows[1]",
     "this cylinder (20 cm) is given twice, first in line 24 (10 cm)", "one row", 0, 0},
    {"cylinders__radius_and_diameter__is_refused", "{radius: 10 cm,",
     "{radius: 10 cm, "
     "diameter: 20 cm,",
     24, 25, "static_field.cylinders.rows[0]", "both 'radius' and 'diameter' are given", NULL, 0,
     0},
    {"cylinders__no_size__is_refused", "{radius: 10 cm, ", "{", 24, 9,
     "static_field.cylinders.rows[0]", "the cylinder has no size", "'radius: 10 cm'", 0, 0},
    {"cylinders__no_number__is_refused", "field: 1.66 T, bound: at_most", "bound: at_most", 26, 9,
     "static_field.cylinders.rows[2]", "the cylinder has none of: gradient, field, product", NULL,
     0, 0},
    {"cylinders__gradient_smaller_outside__names_both", "gradient: 3.0 T/m, product: 3.5 T2/m",
     "gradient: 2.3 T/m", 25, 37, "static_field.cylinders.rows[1]",
     "2.3 T/m at diameter 40 cm, and 2.5 T/m at radius 10 cm (line 24): it cannot be smaller",
     "radius against diameter", 0, 0},
    {"cylinders__field_smaller_outside__names_both", "field: 1.66 T, bound: at_most",
     "field: 1.48 T", 26, 32, "static_field.cylinders.rows[2]",
     "1.48 T at radius 30 cm, and 1.50 T at radius 10 cm (line 24)", NULL, 0, 0},
    {"cylinders__product_smaller_outside__names_both", "field: 1.66 T, bound: at_most",
     "product: 3.3 T2/m", 26, 34, "static_field.cylinders.rows[2]",
     "3.3 T2/m at radius 30 cm, and 3.5 T2/m at diameter 40 cm (line 25)", NULL, 0, 0},
    {"cylinders__narrow_row_written_last__is_compared_too",
     "radius: 30 cm, field: 1.66 T, bound: "
     "at_most",
     "radius: 5 cm, gradient: 2.7 T/m", 26, 34, "static_field.cylinders.rows[2]",
     "2.7 T/m at radius 5 cm, and 2.5 T/m at radius 10 cm (line 24)", NULL, 0, 0},
    {"cylinders__at_most_below_what_is_inside__is_refused", "field: 1.66 T, bound: at_most",
     "field: 1.48 T, bound: at_most", 26, 32, "static_field.cylinders.rows[2]",
     "it cannot be smaller on the wider cylinder", NULL, 0, 0},
    {"cylinders__field_below_b0__names_both", "field: 1.50 T", "field: 1.42 T", 24, 51,
     "static_field.cylinders.rows[0]", "1.42 T is less than the main field, 1.5 T (more than 4 %)",
     "nowhere less than B0", 0, 0},
    {"cylinders__field_below_f0__names_the_frequency", "b0: {nominal: 1.5 T}",
     "b0: {nominal: 1.55 T, frequency: 67 MHz}", 24, 51, "static_field.cylinders.rows[0]",
     "1.50 T is less than the main field, 67 MHz", NULL, 0, 0},
    {"cylinders__product_above_both_maxima__names_all", "gradient: 3.0 T/m, product: 3.5 T2/m",
     "gradient: 3.0 T/m, field: 1.5 T, product: 5.0 T2/m", 25, 69, "static_field.cylinders.rows[1]",
     "5.0 T2/m is more than the largest |B|, 1.5 T, times the largest gradient, 3.0 T/m", NULL, 0,
     0},
    {"cylinders__gradient_below_mean_slope__names_both", "gradient: 2.5 T/m, field: 1.50 T",
     "gradient: 0.8 T/m", 24, 35, "static_field.cylinders.rows[0]",
     "0.8 T/m is too small: from 1.5 T at the isocentre to 200 mT at 1.3 m on the axis (line 19) "
     "the mean slope alone is 0.918 T/m",
     "100 G/cm", 0, 0},
    {"points__no_number__is_refused", ", field: 1.6 mT, gradient: 2.1 mT/m", "", 28, 7,
     "static_field.points[0]", "the point has none of: field, gradient", NULL, 0, 0},
    {"points__no_place__is_refused", "z: -3.0 m, ", "", 28, 7, "static_field.points[0].z",
     "'z' is missing", NULL, 0, 0},
    {"events__no_extent__is_refused", ", axial: 7.5 m, radial: 6.0 m", "", 30, 7,
     "static_field.events[0]", "the event has none of: axial, radial", NULL, 0, 0},
    {"events__no_name__is_refused", "what: quench, ", "", 30, 7, "static_field.events[0].what",
     "'what' is missing", NULL, 0, 0},
    {"mirror__without_coils__is_refused", "  points:", "  mirror: yes\n  points:", 27, 3,
     "static_field.mirror", "'mirror' belongs to a coil set", NULL, 0, 0},
    {"uncertainty__without_coils__is_refused",
     "  points:", "  uncertainty: {field: 1 %, gradient: 1 %, because: x}\n  points:", 27, 3,
     "static_field.uncertainty", "'uncertainty' belongs to a coil set", "'u' beside each", 0, 0},
    {"gradients__slew_written_as_gradient__is_refused", "slew: 200 T/m/s", "slew: 200 T/m", 31, 39,
     "gradients.slew", "slew", NULL, 0, 0},
};

/* After a misread number the comparisons wait: they would only repeat the mistake. */
static void sheet_read__misread_number__one_message(void **state)
{
    char *one = spec_changed(base, "axial: 4.0 m", "axial: 4.0");
    const slip want = {.line = 17,
                       .col = 32,
                       .field = "static_field.contours.lines[0].axial",
                       .text = "bare number"};

    (void)state;
    spec_expect(&mrse_spec_scanner, one, &want);
    free(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheet_read__contours__keep_rounding_source_and_line),
        cmocka_unit_test(sheet_read__cylinders__diameter_is_halved_with_its_rounding),
        cmocka_unit_test(sheet_read__points_events_gradients__are_kept),
        cmocka_unit_test(sheet_read__each_word__is_its_meaning),
        cmocka_unit_test(sheet_read__agreeing_within_rounding__is_no_contradiction),
        cmocka_unit_test(sheet_read__misread_number__one_message),
        cmocka_unit_test(bore_read__other_shapes__have_no_cylinders_checks),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed +
           spec_run_slips(&mrse_spec_scanner, base, slips, MRSE_COUNT(slips), "sheet slips");
}

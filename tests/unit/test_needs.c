/* What a scanner file is good for, what it asks, and its numbers as data of a fit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/needs.h"

#include "mrse/alloc.h"
#include "spec_support.h"
#include "support/oom.h"

/* A sheet that says all; each test takes something away. */
static const char base[] =
    "mrse: scanner/1\n"
    "id: demo\n"
    "name: Room 2\n"
    "manufacturer: Maker\n"
    "model: Model X\n"
    "checked: 2026-11-22\n"
    "sources:\n"
    "  sheet: {origin: manufacturer, title: Sheet 7}\n"
    "  poor: {origin: unverified, title: Hearsay}\n"
    "  guess: {origin: assumed, title: A guess, because: it looks like it}\n"
    "source: sheet\n"
    "b0: {nominal: 1.5 T, frequency: 63.87 MHz}\n"
    "bore: {shape: cylinder, diameter: 70 cm}\n"
    "covers: {length: 1.70 m}\n"
    "static_field:\n"
    "  contours:\n"
    "    axial: z_axis\n"
    "    radial: r_mid\n"
    "    lines:\n"
    "      - {level: 0.5 mT, axial: 4.0 m, radial: 2.5 m}\n" /* 20 */
    "      - {level: 1 mT, axial: 3.5 m}\n"
    "  cylinders:\n"
    "    gradient: sfg\n"
    "    product: of_point\n"
    "    rows:\n"
    "      - {diameter: 20 cm, gradient: 2.5 T/m, field: 1.50 T, product: 2.7 T2/m}\n" /* 26 */
    "  points:\n"
    "    - {r: 1 m, z: -3.0 m, field: 1.6 mT, gradient: 2 mT/m}\n"
    "  events:\n"
    "    - {what: quench, level: 0.5 mT, axial: 7.5 m}\n"
    "gradients: {slew: 200 T/m/s}\n";

enum { CLASS, F0, CONTOURS, BORE, REACH, SLEW, USES };

/* The base with up to two changes. */
static mrse_scanner *load(const char *from, const char *to, const char *from2, const char *to2)
{
    static mrse_diags diags;
    char *one = spec_changed(base, from, to);
    char *two = spec_changed(one, from2, to2);
    mrse_status status;
    mrse_scanner *s = spec_read(&mrse_spec_scanner, two, strlen(two), &diags, &status);

    free(one);
    free(two);
    if (status != MRSE_OK) {
        spec_print(&diags);
        fail_msg("not read");
    }
    return s;
}

static mrse_needs needs_of(const char *from, const char *to, const char *from2, const char *to2)
{
    mrse_scanner *s = load(from, to, from2, to2);
    mrse_needs needs;

    assert_int_equal(mrse_needs_of(s, &needs), MRSE_OK);
    assert_int_equal(needs.n_needs, USES);
    mrse_scanner_free(s);
    return needs;
}

static void expect_ready(const mrse_needs *needs, const char *want)
{
    static const char letter[] = {'N', 'P', 'A', 'Y'};

    for (size_t i = 0; i < USES; i++)
        if (letter[needs->need[i].ready] != want[i])
            fail_msg("%s: %s, not %c", needs->need[i].use, mrse_ready_text(needs->need[i].ready),
                     want[i]);
}

static void needs_of__complete_sheet__all_ready_no_question(void **state)
{
    mrse_needs needs = needs_of("demo", "demo", "demo", "demo");

    (void)state;
    expect_ready(&needs, "YYYYYY");
    assert_int_equal(needs.n_questions, 0);
    for (size_t i = 0; i < USES; i++) {
        assert_string_equal(needs.need[i].missing, "");
        assert_string_equal(needs.need[i].question, "");
    }
    mrse_needs_clear(&needs);
    assert_null(needs.need);
    mrse_needs_clear(&needs);
    mrse_needs_clear(NULL);
}

/* What is changed; which uses are ready; what is missing for which. */
static void needs_of__something_missing__says_which_use_and_key(void **state)
{
    static const struct {
        const char *from, *to, *ready;
        int use;
        const char *missing, *question;
    } row[] = {
        {", frequency: 63.87 MHz", "", "YNYYYY", F0, "b0.frequency", "console of Maker Model X"},
        {"gradients: {slew: 200 T/m/s}\n", "", "YYYYYN", SLEW, "gradients.slew", "slew rate"},
        {"slew: 200 T/m/s", "amplitude: 80 mT/m", "YYYYYN", SLEW, "gradients.slew", "slew rate"},
        {"covers: {length: 1.70 m}\n", "", "YYYYNY", REACH, "covers.length",
         "the length from the front cover"},
        {", diameter: 70 cm", "", "YYYYNY", REACH, "bore.diameter", "the inner diameter"},
        {"bore: {shape: cylinder, diameter: 70 cm}\n", "", "YYAANY", CONTOURS,
         "bore.shape (taken for a cylinder)", ""},
        {"shape: cylinder", "shape: ellipse", "YYNNNY", CONTOURS, "bore.shape is ellipse", ""},
        {"shape: cylinder", "shape: open", "YYNNNY", BORE, "bore.shape is open", ""},
        {"    axial: z_axis\n", "", "YYNYYY", CONTOURS,
         "static_field.contours.axial: z_axis, z_max or unstated", ""},
        {"    gradient: sfg\n", "", "YYYPPY", BORE, "'gradient: sfg'; until then it is estimated",
         ""},
        {"gradient: sfg", "gradient: unstated", "YYYPPY", REACH, "large uncertainty", ""},
        {"gradient: sfg", "gradient: dbz_dz", "YYYPPY", BORE, "'gradient: sfg'",
         "|B| |grad |B|| at one point"},
        {"gradient: sfg", "gradient: tensor_norm", "YYYPPY", BORE, "'gradient: sfg'", "bore?"},
        {"gradient: 2.5 T/m, ", "", "YYYPPY", BORE, "estimated from the contours", "bore?"},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(row); i++) {
        mrse_needs needs = needs_of(row[i].from, row[i].to, "demo", "demo");
        const mrse_need *need = &needs.need[row[i].use];

        expect_ready(&needs, row[i].ready);
        if (!strstr(need->missing, row[i].missing) || !strstr(need->question, row[i].question) ||
            (need->question[0] && !row[i].question[0]))
            fail_msg("'%s': '%s' '%s'", row[i].from, need->missing, need->question);
        mrse_needs_clear(&needs);
    }
}

static void needs_of__no_extents__asks_for_them(void **state)
{
    mrse_needs needs = needs_of("axial: 4.0 m, ", "", "      - {level: 1 mT, axial: 3.5 m}\n", "");

    (void)state;
    expect_ready(&needs, "YYNYYY");
    assert_string_equal(needs.need[CONTOURS].missing,
                        "static_field.contours.lines (2 extents or more)");
    assert_non_null(strstr(needs.need[CONTOURS].question, "cross the plane z = 0?"));
    mrse_needs_clear(&needs);
    /* and then a gradient of another kind is all there is */
    needs = needs_of("axial: 4.0 m, radial: 2.5 m}\n      - {level: 1 mT, axial: 3.5 m}",
                     "axial: 4.0 m}", "gradient: sfg", "gradient: dbz_dz");
    expect_ready(&needs, "YYNNNY");
    mrse_needs_clear(&needs);
    /* both words missing: nothing that could be used */
    needs = needs_of("    axial: z_axis\n", "", "    radial: r_mid\n", "");
    expect_ready(&needs, "YYNYYY");
    assert_non_null(strstr(needs.need[CONTOURS].missing, "radial: r_mid, r_max or unstated"));
    mrse_needs_clear(&needs);
}

static void needs_of__origin__limits_what_rests_on_it(void **state)
{
    static const struct {
        const char *from, *to, *ready;
    } row[] = {
        {"frequency: 63.87 MHz", "frequency: {value: 63.87 MHz, source: poor}", "YPPPPY"},
        {"nominal: 1.5 T", "nominal: {value: 1.5 T, source: guess}", "AYYYYY"},
        {"diameter: 70 cm", "diameter: {value: 70 cm, source: guess}", "YYYYAY"},
        {"length: 1.70 m", "length: {value: 1.70 m, source: poor}", "YYYYPY"},
        {"radial: 2.5 m", "radial: {value: 2.5 m, source: guess}", "YYAAAY"},
        {"level: 1 mT", "level: {value: 1 mT, source: poor}", "YYPPPY"},
        {"field: 1.50 T", "field: {value: 1.50 T, source: poor}", "YYPPPY"},
        {"r: 1 m", "r: {value: 1 m, source: poor}", "YYPPPY"},
        {"axial: 7.5 m", "axial: {value: 7.5 m, source: poor}", "YYYYYY"},
        {"slew: 200 T/m/s", "slew: {value: 200 T/m/s, source: guess}", "YYYYYA"},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(row); i++) {
        mrse_needs needs = needs_of(row[i].from, row[i].to, "demo", "demo");

        expect_ready(&needs, row[i].ready);
        assert_int_equal(needs.n_questions, 1);
        assert_int_not_equal(needs.question[0].line, 0);
        mrse_needs_clear(&needs);
    }
}

static void needs_of__coil_set__is_ready_by_its_own_origin(void **state)
{
    mrse_scanner *s;
    mrse_needs needs;

    (void)state;
    assert_int_equal(mrse_scanner_load("scanners/reference-m15.yaml", &s, NULL), MRSE_OK);
    assert_int_equal(mrse_needs_of(s, &needs), MRSE_OK);
    expect_ready(&needs, "YNYYYN");
    assert_int_equal(needs.n_questions, 0);
    assert_non_null(strstr(needs.need[F0].question, "Reference design M15")); /* no maker */
    mrse_needs_clear(&needs);
    s->u_grad.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(mrse_needs_of(s, &needs), MRSE_OK);
    expect_ready(&needs, "YNPPPN");
    assert_int_equal(needs.n_questions, 1);
    assert_string_equal(needs.question[0].field, "static_field.uncertainty.gradient");
    mrse_needs_clear(&needs);
    mrse_scanner_free(s);
}

static void expect_question(const char *from, const char *to, const char *field, int line,
                            const char *printed, const char *text, const char *answer)
{
    mrse_needs needs = needs_of(from, to, "demo", "demo");
    const mrse_question *q = needs.question;

    assert_int_equal(needs.n_questions, 1);
    assert_string_equal(q->field, field);
    assert_string_equal(q->printed, printed);
    assert_string_equal(q->question, text);
    assert_string_equal(q->answer, answer);
    assert_int_equal(q->line, line);
    mrse_needs_clear(&needs);
}

#define AXIAL                                                                                      \
    "In \"Sheet 7\", does the axial extent \"4.0 m\" of the 0.5 mT line mean where it meets the "  \
    "axis (z_axis) or its largest distance from the mid-plane (z_max)?"

static void needs_of__meaning_not_said__asks_a_whole_sentence(void **state)
{
    (void)state;
    expect_question("axial: z_axis", "axial: unstated", "static_field.contours.axial", 20, "4.0 m",
                    AXIAL, "z_axis, z_max, unstated");
    expect_question("    axial: z_axis\n", "", "static_field.contours.axial", 19, "4.0 m", AXIAL,
                    "z_axis, z_max, unstated");
    expect_question("radial: r_mid", "radial: unstated", "static_field.contours.radial", 20,
                    "2.5 m",
                    "In \"Sheet 7\", does the radial extent \"2.5 m\" of the 0.5 mT line mean "
                    "where it crosses the mid-plane z = 0 (r_mid) or its largest distance from the "
                    "axis (r_max)?",
                    "r_mid, r_max, unstated");
    expect_question("gradient: sfg", "gradient: unstated", "static_field.cylinders.gradient", 26,
                    "2.5 T/m",
                    "In \"Sheet 7\", is \"2.5 T/m\" on the cylinder of diameter 20 cm the gradient "
                    "of the magnitude, |grad |B|| (sfg), the derivative of the axial field, dBz/dz "
                    "(dbz_dz), or the norm of the tensor of all derivatives (tensor_norm)?",
                    "sfg, dbz_dz, tensor_norm, unstated");
    expect_question("product: of_point", "product: unstated", "static_field.cylinders.product", 26,
                    "2.7 T2/m",
                    "In \"Sheet 7\", does \"product\" mean the largest |B| |grad |B|| at one point "
                    "(of_point), or the largest |B| times the largest gradient (of_maxima)?",
                    "of_point, of_maxima, unstated");
}

static void needs_of__numbers_of_one_poor_source__share_one_question(void **state)
{
    mrse_needs needs = needs_of("source: sheet\n", "source: poor\n", "demo", "demo");
    const mrse_question *q = needs.question;

    (void)state;
    expect_ready(&needs, "PPPPPP");
    assert_int_equal(needs.n_questions, 1);
    assert_string_equal(q->field, "b0.nominal");
    assert_non_null(strstr(q->question, "Which document states for Maker Model X, on which page: "
                                        "b0.nominal 1.5 T, b0.frequency 63.87 MHz"));
    assert_non_null(strstr(q->question, " more? So far the source is \"Hearsay\", unverified."));
    mrse_needs_clear(&needs);
    needs = needs_of("source: sheet\n", "", "1.5 T", "{value: 1.5 T, source: sheet}");
    assert_int_equal(needs.n_questions, 1);
    assert_non_null(strstr(needs.question[0].question, "So far no source is named."));
    mrse_needs_clear(&needs);
    needs = needs_of("length: 1.70 m", "length: 1.70 m, source: guess", "covers:", "covers:");
    assert_int_equal(needs.n_questions, 1);
    assert_string_equal(needs.question[0].question,
                        "Is this true of Maker Model X: covers.length 1.70 m? So far it is "
                        "assumed, because: it looks like it.");
    mrse_needs_clear(&needs);
}

static void needs_of__bad_argument__is_refused(void **state)
{
    mrse_needs needs = {(mrse_need *)1, 1, (mrse_question *)1, 1};
    const mrse_scanner scanner = {0};

    (void)state;
    assert_int_equal(mrse_needs_of(&scanner, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_needs_of(NULL, &needs), MRSE_ERR_ARG);
    assert_null(needs.need);
    assert_int_equal(needs.n_questions, 0);
}

static void ready_text__each__is_a_word(void **state)
{
    (void)state;
    assert_string_equal(mrse_ready_text(MRSE_READY_NO), "missing");
    assert_string_equal(mrse_ready_text(MRSE_READY_PROVISIONAL), "provisional");
    assert_string_equal(mrse_ready_text(MRSE_READY_ASSUMED), "on assumption");
    assert_string_equal(mrse_ready_text(MRSE_READY_YES), "ready");
    assert_string_equal(mrse_ready_text((mrse_ready)7), "missing");
}

static void needs_check__files__scanners_have_needs(void **state)
{
    mrse_needs needs;

    (void)state;
    assert_int_equal(mrse_needs_check("scanners/reference-m15.yaml", &needs, NULL), MRSE_OK);
    assert_int_equal(needs.n_needs, USES);
    mrse_needs_clear(&needs);
    assert_int_equal(mrse_needs_check("examples/loop-recorder/case.yaml", &needs, NULL), MRSE_OK);
    assert_int_equal(needs.n_needs, 0);
    assert_int_equal(mrse_needs_check("/nonexistent/x.yaml", &needs, NULL), MRSE_ERR_IO);
    assert_int_equal(needs.n_needs, 0);
    assert_int_equal(mrse_needs_check(NULL, &needs, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_needs_check("x", NULL, NULL), MRSE_ERR_ARG);
}

/* ---- data of a fit ---- */

typedef struct fit {
    mrse_scanner *s;
    mrse_datum *data;
    const mrse_value **of;
    size_t n;
    bool both;
} fit;

static fit data_of(const char *from, const char *to, const char *from2, const char *to2)
{
    fit f = {.s = load(from, to, from2, to2)};

    assert_int_equal(mrse_scanner_data(f.s, &f.data, &f.of, &f.n, &f.both), MRSE_OK);
    return f;
}

static void fit_free(fit *f)
{
    mrse_free(f->data);
    mrse_free(f->of);
    mrse_scanner_free(f->s);
}

static void expect_datum(const fit *f, size_t i, mrse_datum_type type, double at, double value,
                         double u, const char *name)
{
    const mrse_datum *d = &f->data[i];

    assert_in_range(i, 0, f->n - 1);
    assert_int_equal(d->type, type);
    assert_rel(d->at, at, 1e-14);
    assert_rel(d->value, value, 1e-14);
    assert_rel(d->u, u, 1e-12);
    assert_string_equal(d->name, name);
}

static void scanner_data__complete_sheet__each_number_once(void **state)
{
    fit f = data_of("demo", "demo", "demo", "demo");
    const double u_m = hypot(0.05 / sqrt(3.0), 0.01);

    (void)state;
    assert_int_equal(f.n, 9);
    assert_false(f.both);
    expect_datum(&f, 0, MRSE_DATUM_CENTRE, 0, 63.87e6 / MRSE_HZ_PER_T, 63.87e2 / MRSE_HZ_PER_T,
                 "isocentre, f0: 63.87 MHz");
    expect_datum(&f, 1, MRSE_DATUM_Z_AXIS, 5e-4, 4, u_m, "0.5 mT, axial: 4.0 m");
    expect_datum(&f, 2, MRSE_DATUM_R_MID, 5e-4, 2.5, u_m, "0.5 mT, radial: 2.5 m");
    expect_datum(&f, 3, MRSE_DATUM_Z_AXIS, 1e-3, 3.5, u_m, "1 mT, axial: 3.5 m");
    expect_datum(&f, 4, MRSE_DATUM_CYLINDER_GRADIENT, 0.1, 2.5,
                 hypot(0.05 / sqrt(3.0), 0.003 * 2.5), "20 cm diameter, gradient: 2.5 T/m");
    expect_datum(&f, 5, MRSE_DATUM_CYLINDER_FIELD, 0.1, 1.5, hypot(0.005 / sqrt(3.0), 0.003 * 1.5),
                 "20 cm diameter, |B|: 1.50 T");
    expect_datum(&f, 6, MRSE_DATUM_CYLINDER_PRODUCT, 0.1, 2.7, hypot(0.05 / sqrt(3.0), 0.003 * 2.7),
                 "20 cm diameter, product: 2.7 T2/m");
    expect_datum(&f, 7, MRSE_DATUM_POINT_FIELD, 1, 1.6e-3, 0.05e-3 / sqrt(3.0),
                 "r 1 m z -3.0 m, |B|: 1.6 mT");
    expect_datum(&f, 8, MRSE_DATUM_POINT_GRADIENT, 1, 2e-3, 0.5e-3 / sqrt(3.0),
                 "r 1 m z -3.0 m, gradient: 2 mT/m");
    assert_rel(f.data[7].z_m, -3, 0);
    assert_rel(f.data[8].z_m, -3, 0);
    assert_ptr_equal(f.of[0], &f.s->frequency);
    assert_ptr_equal(f.of[2], &f.s->sheet.contour[0].radial);
    assert_ptr_equal(f.of[6], &f.s->sheet.cylinder[0].product);
    for (size_t i = 0; i < f.n; i++)
        assert_int_equal(f.data[i].bound, MRSE_BOUND_EXACT);
    fit_free(&f);
}

static void scanner_data__centre__says_how_well_it_is_known(void **state)
{
    static const struct {
        const char *b0;
        double value, u;
    } row[] = {
        {"nominal: 1.5 T", 1.5, 0.006},
        {"nominal: 2.89 T", 2.89, 0.004 * 2.89},
        {"nominal: 3 T", 3, 0.06},
        {"nominal: 2.9 T", 2.9, 0.058},
        {"nominal: 5.0 T", 5, 0.02},
        {"nominal: 7 T", 7, 0.028},
        {"nominal: 0.55 T", 0.55, 0.0022},
        {"nominal: 1.5 T, frequency: {value: 63.87 MHz, u: 0.1 MHz}", 63.87e6 / MRSE_HZ_PER_T,
         0.1e6 / MRSE_HZ_PER_T},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(row); i++) {
        fit f = data_of("nominal: 1.5 T, frequency: 63.87 MHz", row[i].b0,
                        ", field: 1.50 T, product: 2.7 T2/m", "");
        assert_int_equal(f.data[0].type, MRSE_DATUM_CENTRE);
        assert_rel(f.data[0].value, row[i].value, 1e-14);
        assert_rel(f.data[0].u, row[i].u, 1e-12);
        fit_free(&f);
    }
}

static size_t count(const fit *f, mrse_datum_type type)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->data[i].type == type;
    return n;
}

static void scanner_data__words__decide_what_a_number_is(void **state)
{
    static const struct {
        const char *from, *to;
        mrse_datum_type type;
        size_t n, all;
    } row[] = {
        {"    axial: z_axis\n", "", MRSE_DATUM_Z_AXIS, 0, 7},
        {"axial: z_axis", "axial: z_max", MRSE_DATUM_Z_MAX, 2, 9},
        {"    radial: r_mid\n", "", MRSE_DATUM_R_MID, 0, 8},
        {"radial: r_mid", "radial: r_max", MRSE_DATUM_R_MAX, 1, 9},
        {"    gradient: sfg\n", "", MRSE_DATUM_CYLINDER_GRADIENT, 0, 7}, /* nor its product */
        {"gradient: sfg", "gradient: unstated", MRSE_DATUM_CYLINDER_GRADIENT, 0, 7},
        {"gradient: sfg", "gradient: dbz_dz", MRSE_DATUM_CYLINDER_GRADIENT, 0, 7},
        {"    product: of_point\n", "", MRSE_DATUM_CYLINDER_PRODUCT, 0, 8},
        {"product: of_point", "product: unstated", MRSE_DATUM_CYLINDER_PRODUCT, 0, 8},
        {"product: of_point", "product: of_maxima", MRSE_DATUM_CYLINDER_MAXIMA, 1, 9},
        {"shape: cylinder", "shape: open", MRSE_DATUM_CENTRE, 0, 0},
        {"shape: cylinder", "shape: ellipse", MRSE_DATUM_CENTRE, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(row); i++) {
        fit f = data_of(row[i].from, row[i].to, "demo", "demo");

        if (count(&f, row[i].type) != row[i].n || f.n != row[i].all || f.both)
            fail_msg("'%s': %zu of %zu", row[i].to, count(&f, row[i].type), f.n);
        fit_free(&f);
    }
}

static void scanner_data__unstated_extents__wider_or_both(void **state)
{
    fit f = data_of("axial: z_axis", "axial: unstated", "radial: r_mid", "radial: unstated");

    (void)state;
    assert_true(f.both);
    expect_datum(&f, 1, MRSE_DATUM_Z_AXIS, 5e-4, 4, hypot(hypot(0.05 / sqrt(3.0), 0.01), 0.04),
                 "0.5 mT, axial: 4.0 m");
    expect_datum(&f, 2, MRSE_DATUM_R_MID, 5e-4, 2.5, hypot(0.05 / sqrt(3.0), 0.01),
                 "0.5 mT, radial: 2.5 m");
    fit_free(&f);
    /* nothing radial: nothing to try twice */
    f = data_of("radial: r_mid", "radial: unstated", ", radial: 2.5 m", "");
    assert_false(f.both);
    fit_free(&f);
}

static void scanner_data__bounds__tensor_norm_is_an_upper_one(void **state)
{
    fit f = data_of("2.7 T2/m", "2.7 T2/m, bound: at_least", "demo", "demo");

    (void)state;
    for (size_t i = 4; i < 7; i++)
        assert_int_equal(f.data[i].bound, MRSE_BOUND_AT_LEAST);
    fit_free(&f);
    f = data_of("gradient: sfg", "gradient: tensor_norm", "demo", "demo");
    assert_int_equal(f.data[4].type, MRSE_DATUM_CYLINDER_GRADIENT);
    assert_int_equal(f.data[4].bound, MRSE_BOUND_AT_MOST);
    assert_int_equal(f.data[5].bound, MRSE_BOUND_EXACT); /* |B| has no tensor */
    assert_int_equal(f.data[6].bound, MRSE_BOUND_AT_MOST);
    fit_free(&f);
    /* at least a tensor norm: says nothing of the SFG */
    f = data_of("gradient: sfg", "gradient: tensor_norm", "2.7 T2/m", "2.7 T2/m, bound: at_least");
    assert_int_equal(count(&f, MRSE_DATUM_CYLINDER_GRADIENT), 0);
    assert_int_equal(count(&f, MRSE_DATUM_CYLINDER_PRODUCT), 0);
    assert_int_equal(count(&f, MRSE_DATUM_CYLINDER_FIELD), 1);
    fit_free(&f);
}

/* A table of products alone has no word for a gradient that it does not print. */
static void scanner_data__product_without_gradients__is_used(void **state)
{
    fit f = data_of("    gradient: sfg\n", "", "gradient: 2.5 T/m, ", "");

    (void)state;
    assert_int_equal(count(&f, MRSE_DATUM_CYLINDER_PRODUCT), 1);
    fit_free(&f);
}

static void scanner_data__exact_point__keeps_a_weight_that_is_finite(void **state)
{
    fit f = data_of("field: 1.6 mT", "field: {value: 1.6 mT, u: 0 mT}", "demo", "demo");

    (void)state;
    assert_rel(f.data[7].u, 1.6e-9, 1e-12);
    fit_free(&f);
}

static void scanner_data__bad_argument__is_refused(void **state)
{
    const mrse_scanner scanner = {0};
    const mrse_value **of = (const mrse_value **)1;
    mrse_datum *data = (mrse_datum *)1;
    size_t n = 7;
    bool both = true;

    (void)state;
    assert_int_equal(mrse_scanner_data(NULL, &data, &of, &n, &both), MRSE_ERR_ARG);
    assert_null(data);
    assert_null(of);
    assert_int_equal(n, 0);
    assert_false(both);
    assert_int_equal(mrse_scanner_data(&scanner, NULL, NULL, &n, &both), MRSE_ERR_ARG);
    assert_int_equal(mrse_scanner_data(&scanner, &data, NULL, NULL, &both), MRSE_ERR_ARG);
    assert_int_equal(mrse_scanner_data(&scanner, &data, NULL, &n, NULL), MRSE_ERR_ARG);
    /* of a struct that nobody has filled nothing is data, not even zero */
    assert_int_equal(mrse_scanner_data(&scanner, &data, NULL, &n, &both), MRSE_OK);
    assert_int_equal(n, 0);
    mrse_free(data);
}

/* ---- failing allocations ---- */

static mrse_status ask(void *scanner)
{
    mrse_needs needs;
    mrse_status status = mrse_needs_of(scanner, &needs);

    if (status != MRSE_OK && (needs.need || needs.question))
        return MRSE_ERR_ARG;
    mrse_needs_clear(&needs);
    return status;
}

static mrse_status convert(void *scanner)
{
    const mrse_value **of;
    mrse_datum *data;
    size_t n;
    bool both;
    mrse_status status = mrse_scanner_data(scanner, &data, &of, &n, &both);

    if (status != MRSE_OK && (data || of || n))
        return MRSE_ERR_ARG;
    mrse_free(data);
    mrse_free(of);
    return status;
}

static void out_of_memory__each_allocation__is_reported_and_leaks_nothing(void **state)
{
    mrse_scanner *s = load("demo", "demo", "demo", "demo");

    (void)state;
    assert_in_range(oom_exhaust(ask, s), 4, 100);
    assert_int_equal(oom_exhaust(convert, s), 2);
    mrse_scanner_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_of__complete_sheet__all_ready_no_question),
        cmocka_unit_test(needs_of__something_missing__says_which_use_and_key),
        cmocka_unit_test(needs_of__no_extents__asks_for_them),
        cmocka_unit_test(needs_of__origin__limits_what_rests_on_it),
        cmocka_unit_test(needs_of__coil_set__is_ready_by_its_own_origin),
        cmocka_unit_test(needs_of__meaning_not_said__asks_a_whole_sentence),
        cmocka_unit_test(needs_of__numbers_of_one_poor_source__share_one_question),
        cmocka_unit_test(needs_of__bad_argument__is_refused),
        cmocka_unit_test(ready_text__each__is_a_word),
        cmocka_unit_test(needs_check__files__scanners_have_needs),
        cmocka_unit_test(scanner_data__complete_sheet__each_number_once),
        cmocka_unit_test(scanner_data__centre__says_how_well_it_is_known),
        cmocka_unit_test(scanner_data__words__decide_what_a_number_is),
        cmocka_unit_test(scanner_data__unstated_extents__wider_or_both),
        cmocka_unit_test(scanner_data__bounds__tensor_norm_is_an_upper_one),
        cmocka_unit_test(scanner_data__product_without_gradients__is_used),
        cmocka_unit_test(scanner_data__exact_point__keeps_a_weight_that_is_finite),
        cmocka_unit_test(scanner_data__bad_argument__is_refused),
        cmocka_unit_test(out_of_memory__each_allocation__is_reported_and_leaks_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

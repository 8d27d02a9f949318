/* Scanner files: what is read, and one test for each thing that can be wrong.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/reach.h"
#include "spec_support.h"

static const char base[] =
    "mrse: scanner/1\n"                                    /* 1 */
    "id: demo\n"                                           /* 2 */
    "name: Demo\n"                                         /* 3 */
    "model: M\n"                                           /* 4 */
    "checked: 2026-11-22\n"                                /* 5 */
    "sources:\n"                                           /* 6 */
    "  sheet: {origin: manufacturer, title: Data sheet}\n" /* 7 */
    "  guess:\n"                                           /* 8 */
    "    origin: assumed\n"                                /* 9 */
    "    title: A guess\n"                                 /* 10 */
    "    because: nobody knows\n"                          /* 11 */
    "  poor: {origin: unverified, title: Hearsay}\n"       /* 12 */
    "source: sheet\n"                                      /* 13 */
    "b0:\n"                                                /* 14 */
    "  nominal: 1.5 T\n"                                   /* 15 */
    "  frequency: 63.87 MHz\n"                             /* 16 */
    "bore:\n"                                              /* 17 */
    "  shape: cylinder\n"                                  /* 18 */
    "  diameter: 70 cm\n"                                  /* 19 */
    "covers:\n"                                            /* 20 */
    "  source: guess\n"                                    /* 21 */
    "  length: {value: 1.70 m, u: 1 cm, source: sheet}\n"  /* 22 */
    "  diameter: 2.1 m\n"                                  /* 23 */
    "static_field:\n"                                      /* 24 */
    "  mirror: yes\n"                                      /* 25 */
    "  coils:\n"                                           /* 26 */
    "    - sheet: {radius: 0.5 m, from: 0 m, to: 0.8 m, ampere_turns: 1 MA}\n"
    "    - winding:\n"                                               /* 28 */
    "        inner: 0.60 m\n"                                        /* 29 */
    "        outer: 0.62 m\n"                                        /* 30 */
    "        from: 0.50 m\n"                                         /* 31 */
    "        to: 0.60 m\n"                                           /* 32 */
    "        ampere_turns: 180 kA\n"                                 /* 33 */
    "    - loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}\n" /* 34 */
    "  uncertainty:\n"                                               /* 35 */
    "    field: 0.5 %\n"                                             /* 36 */
    "    gradient: 1 %\n"                                            /* 37 */
    "    because: compared with the sheet\n";                        /* 38 */

static mrse_scanner *read_changed(const char *from, const char *to, mrse_diags *diags)
{
    char *text = spec_changed(base, from, to);
    mrse_status status;
    mrse_scanner *s = spec_read(&mrse_spec_scanner, text, strlen(text), diags, &status);

    free(text);
    if (status != MRSE_OK) {
        spec_print(diags);
        fail_msg("not read");
    }
    return s;
}

static void scanner_read__valid__fills_every_field(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("Demo", "Demo", &diags);

    (void)state;
    assert_int_equal(diags.warnings, 0);
    assert_string_equal(s->path, "dir/file.yaml");
    assert_string_equal(s->id, "demo");
    assert_string_equal(s->name, "Demo");
    assert_string_equal(s->model, "M");
    assert_null(s->manufacturer);
    assert_null(s->stamp);
    assert_int_equal(s->checked.year * 10000 + s->checked.month * 100 + s->checked.day, 20261122);
    assert_int_equal(s->sources.n, 3);
    assert_string_equal(s->sources.item[1].id, "guess");
    assert_string_equal(s->sources.item[1].because, "nobody knows");
    assert_int_equal(s->sources.item[1].origin, MRSE_ORIGIN_ASSUMED);
    assert_rel(s->b0_nominal.v, 1.5, 0);
    assert_rel(s->frequency.v, 63.87e6, 1e-15);
    assert_rel(s->bore_diameter.v, 0.7, 0);
    assert_rel(s->cover_length.v, 1.7, 0);
    assert_rel(s->cover_diameter.v, 2.1, 0);
    assert_rel(s->u_field.v, 0.005, 1e-15);
    assert_rel(s->u_grad.v, 0.01, 1e-15);
    assert_string_equal(s->u_because, "compared with the sheet");
    mrse_scanner_free(s);
}

static void scanner_read__mirror__adds_each_coil_at_minus_z(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("Demo", "Demo", &diags);
    mrse_magnet magnet = mrse_scanner_magnet(s);

    (void)state;
    assert_int_equal(magnet.n, 6);
    assert_ptr_equal(magnet.source, s->coil);
    assert_rel(s->coils.v, 6, 0);
    assert_string_equal(s->coils.src, "sheet");
    assert_int_equal(s->coil[0].type, MRSE_SOURCE_SHEET);
    assert_rel(s->coil[0].z1_m, 0, 0);
    assert_rel(s->coil[0].z2_m, 0.8, 0);
    assert_rel(s->coil[0].current_A, 1e6, 0);
    assert_rel(s->coil[1].z1_m, -0.8, 0);
    assert_rel(s->coil[1].z2_m, 0, 0);
    assert_int_equal(s->coil[3].type, MRSE_SOURCE_COIL);
    assert_rel(s->coil[3].r1_m, 0.6, 0);
    assert_rel(s->coil[3].r2_m, 0.62, 0);
    assert_rel(s->coil[3].z1_m, -0.6, 0);
    assert_rel(s->coil[3].z2_m, -0.5, 0);
    assert_rel(s->coil[3].current_A, 180e3, 0);
    assert_int_equal(s->coil[5].type, MRSE_SOURCE_LOOP);
    assert_rel(s->coil[5].z1_m, -0.3, 0);
    mrse_scanner_free(s);
}

static void scanner_magnet__no_coil_set_or_no_scanner__is_empty(void **state)
{
    static mrse_diags diags;
    char *text = spec_changed(base, "static_field", "#"), *rest = strstr(text, "#");
    mrse_status status;
    mrse_scanner *s;

    (void)state;
    *rest = '\0';
    s = spec_read(&mrse_spec_scanner, text, strlen(text), &diags, &status);
    free(text);
    assert_int_equal(status, MRSE_OK);
    assert_int_equal(mrse_scanner_magnet(s).n, 0);
    assert_int_equal(mrse_scanner_magnet(NULL).n, 0);
    assert_true(isnan(s->coils.v));
    assert_true(isnan(s->u_field.v));
    mrse_scanner_free(s);
    mrse_scanner_free(NULL);
}

static void value_read__sources__nearest_counts(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("Demo", "Demo", &diags);

    (void)state;
    assert_string_equal(s->bore_diameter.src, "sheet"); /* the file's */
    assert_int_equal(s->bore_diameter.origin, MRSE_ORIGIN_MANUFACTURER);
    assert_int_equal(s->bore_diameter.basis, MRSE_BASIS_DECLARED);
    assert_string_equal(s->cover_diameter.src, "guess"); /* the block's */
    assert_int_equal(s->cover_diameter.origin, MRSE_ORIGIN_ASSUMED);
    assert_int_equal(s->cover_diameter.basis, MRSE_BASIS_COMPUTED);
    assert_string_equal(s->cover_length.src, "sheet"); /* its own */
    assert_string_equal(s->cover_length.file, "file.yaml");
    assert_int_equal(s->cover_length.line, 22);
    assert_string_equal(s->cover_length.printed, "1.70 m");
    assert_int_equal(s->cover_length.kind, MRSE_KIND_LENGTH);
    mrse_scanner_free(s);
}

static void value_read__uncertainty__own_percent_or_rounding(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("Demo", "Demo", &diags);

    (void)state;
    assert_rel(s->cover_length.u, 0.01, 1e-15);
    assert_rel(s->bore_diameter.u, 0.005 / sqrt(3.0), 1e-14); /* "70 cm": half a centimetre */
    assert_rel(s->cover_diameter.u, 0.05 / sqrt(3.0), 1e-14);
    mrse_scanner_free(s);
    s = read_changed("diameter: 70 cm", "diameter: {value: 70 cm, u: 2 %}", &diags);
    assert_rel(s->bore_diameter.u, 0.014, 1e-14);
    mrse_scanner_free(s);
    /* of a ratio a percentage is the same kind, not relative to it */
    s = read_changed("field: 0.5 %", "field: {value: 0.5 %, u: 0.1 %}", &diags);
    assert_rel(s->u_field.u, 0.001, 1e-14);
    mrse_scanner_free(s);
}

static void value_read__own_origin__never_better_than_the_source(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s;

    (void)state;
    s = read_changed("length: {value: 1.70 m, u: 1 cm, source: sheet}",
                     "length: {value: 1.70 m, origin: measured}", &diags);
    assert_int_equal(s->cover_length.origin, MRSE_ORIGIN_ASSUMED);
    mrse_scanner_free(s);
    s = read_changed("length: {value: 1.70 m, u: 1 cm, source: sheet}",
                     "length: {value: 1.70 m, origin: measured, source: sheet}", &diags);
    assert_int_equal(s->cover_length.origin, MRSE_ORIGIN_MEASURED);
    assert_int_equal(s->cover_length.basis, MRSE_BASIS_COMPUTED);
    mrse_scanner_free(s);
    s = read_changed("length: {value: 1.70 m, u: 1 cm, source: sheet}",
                     "length: {value: 1.70 m, origin: console, source: poor}", &diags);
    assert_int_equal(s->cover_length.origin, MRSE_ORIGIN_UNVERIFIED);
    mrse_scanner_free(s);
    s = read_changed("length: {value: 1.70 m, u: 1 cm, source: sheet}",
                     "length: {value: 1.70 m, origin: assumed}", &diags);
    assert_int_equal(s->cover_length.origin, MRSE_ORIGIN_ASSUMED);
    mrse_scanner_free(s);
    s = read_changed("origin: manufacturer, title: Data sheet", "origin: console, title: Console",
                     &diags);
    assert_int_equal(s->bore_diameter.origin, MRSE_ORIGIN_CONSOLE);
    assert_int_equal(s->bore_diameter.basis, MRSE_BASIS_DECLARED);
    mrse_scanner_free(s);
}

static void source_find__nothing_to_find__is_null(void **state)
{
    const mrse_sources none = {NULL, 0};

    (void)state;
    assert_null(mrse_source_find(NULL, "a"));
    assert_null(mrse_source_find(&none, "a"));
    assert_null(mrse_source_find(&none, NULL));
}

static void name_read__every_permitted_character__is_read(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("id: demo", "id: azAZ09._-", &diags);

    (void)state;
    assert_string_equal(s->id, "azAZ09._-");
    mrse_scanner_free(s);
}

static void value_read__no_source__is_unverified_with_a_warning(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("source: sheet\nb0", "b0", &diags);

    (void)state;
    assert_int_equal(s->b0_nominal.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(s->b0_nominal.basis, MRSE_BASIS_DECLARED); /* a class is a name */
    assert_string_equal(s->b0_nominal.src, "");
    assert_int_equal(s->cover_length.origin, MRSE_ORIGIN_MANUFACTURER);
    assert_int_equal(diags.warnings, 6);
    assert_int_equal(diags.item[0].line, 14);
    assert_string_equal(diags.item[0].field, "b0.nominal");
    mrse_scanner_free(s);
}

/* The coils of the base text give 1.500 T. "3 T" scanners of 2.894 T are 3.5 % off their name. */
static void scanner_read__nominal_field__may_be_5_percent_off(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s = read_changed("nominal: 1.5 T", "nominal: 1.57 T", &diags);

    (void)state;
    assert_rel(s->b0_nominal.v, 1.57, 0);
    mrse_scanner_free(s);
    s = read_changed("nominal: 1.5 T", "nominal: 1.43 T", &diags);
    mrse_scanner_free(s);
}

static void scanner_load__bad_arguments__is_refused(void **state)
{
    mrse_scanner *s = (mrse_scanner *)1;

    (void)state;
    assert_int_equal(mrse_scanner_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_scanner_load(NULL, &s, NULL), MRSE_ERR_ARG);
    assert_null(s);
    s = (mrse_scanner *)1;
    assert_int_equal(mrse_scanner_load("/nonexistent/x.yaml", &s, NULL), MRSE_ERR_IO);
    assert_null(s);
}

/* The reference magnets that are shipped give the field they were designed for. */
static void check_point(const mrse_magnet *magnet, const char *line, size_t *n)
{
    double v[12];
    const char *at = line;
    mrse_sfg sfg;

    for (size_t i = 0; i < 12; i++) {
        size_t len = strcspn(at, ",\n\r");
        if (mrse_text_read_num(at, len, &v[i], NULL) != MRSE_OK)
            return; /* heading, or a cell left open */
        at += len + (at[len] == ',');
    }
    if (mrse_sfg_at(magnet, v[0], v[1], &sfg) != MRSE_OK)
        return; /* inside a winding's edge */
    assert_rel(sfg.b_T, v[8], 1e-9);
    (*n)++;
}

static void scanner_load__reference_magnets__give_the_golden_field(void **state)
{
    static const char *const name[] = {"m15", "m30", "m15s"};
    const char *dir = getenv("MRSE_GOLDEN_DIR");
    char path[512], line[1024];

    (void)state;
    for (size_t i = 0; i < MRSE_COUNT(name); i++) {
        static mrse_diags diags;
        mrse_scanner *s;
        mrse_magnet magnet;
        size_t n = 0;
        FILE *file;

        mrse_diags_init(&diags);
        (void)snprintf(path, sizeof path, "scanners/reference-%s.yaml", name[i]);
        assert_int_equal(mrse_scanner_load(path, &s, &diags), MRSE_OK);
        assert_int_equal(diags.warnings, 0);
        assert_int_equal(s->n_coils, 10);
        assert_rel(s->u_grad.v, 0, 0);
        magnet = mrse_scanner_magnet(s);
        (void)snprintf(path, sizeof path, "%s/field/magnet_%s_points.csv",
                       dir ? dir : "../shared/data", name[i]);
        file = fopen(path, "r");
        if (!file)
            print_message("skipped: no %s\n", path);
        while (file && fgets(line, sizeof line, file))
            check_point(&magnet, line, &n);
        if (file) {
            (void)fclose(file);
            assert_in_range(n, 60, 100000);
        }
        mrse_scanner_free(s);
    }
}

static void scanner_load__template__is_refused_until_it_is_filled_in(void **state)
{
    static mrse_diags diags;
    mrse_scanner *s;

    (void)state;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_scanner_load("scanners/TEMPLATE.yaml", &s, &diags), MRSE_ERR_INPUT);
    assert_in_range(diags.errors, 20, 70);
    for (size_t i = 0; i < diags.n; i++)
        assert_non_null(strstr(diags.item[i].text, "placeholder"));
}

/* What stands between the brackets is an example of what to write. */
static void scanner_read__template_without_its_brackets__is_a_whole_file(void **state)
{
    static mrse_diags diags;
    char *text = NULL;
    size_t n, kept = 0;
    mrse_status status;
    mrse_scanner *s;

    (void)state;
    assert_int_equal(mrse_file_read_text("scanners/TEMPLATE.yaml", MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    for (size_t i = 0; i < n; i++)
        if (text[i] != '<' && text[i] != '>')
            text[kept++] = text[i];
    s = spec_read(&mrse_spec_scanner, text, kept, &diags, &status);
    mrse_free(text);
    if (status != MRSE_OK || diags.n > 0) {
        spec_print(&diags);
        fail_msg("not read, or with a warning");
    }
    assert_int_equal(s->sheet.n_contours, 6);
    assert_int_equal(s->sheet.n_cylinders, 3);
    assert_int_equal(s->frequency.origin, MRSE_ORIGIN_CONSOLE);
    mrse_scanner_free(s);
}

/* The example is what the design's own coils give, rounded as printed. */
static void example_data_sheet__numbers__are_those_of_the_design(void **state)
{
    mrse_scanner *sheet, *design;
    mrse_magnet magnet;

    (void)state;
    assert_int_equal(mrse_scanner_load("scanners/example-data-sheet.yaml", &sheet, NULL), MRSE_OK);
    assert_int_equal(mrse_scanner_load("scanners/reference-m15.yaml", &design, NULL), MRSE_OK);
    magnet = mrse_scanner_magnet(design);
    assert_int_equal(sheet->sheet.n_contours, 8);
    assert_int_equal(sheet->sheet.n_cylinders, 5);
    for (size_t i = 0; i < sheet->sheet.n_contours; i++) {
        const mrse_stated_contour *row = &sheet->sheet.contour[i];
        mrse_field at;

        /* within the rounding, the field at the stated extent is on either side of the level */
        for (int side = -1; side <= 1; side += 2) {
            assert_int_equal(mrse_field_at(&magnet, 0, row->axial.v + side * 0.05, &at), MRSE_OK);
            assert_true(side * (row->level.v - fabs(at.bz_T)) > 0);
            if (isnan(row->radial.v))
                continue;
            assert_int_equal(mrse_field_at(&magnet, row->radial.v + side * 0.05, 0, &at), MRSE_OK);
            assert_true(side * (row->level.v - fabs(at.bz_T)) > 0);
        }
    }
    for (size_t i = 0; i < sheet->sheet.n_cylinders; i++) {
        const mrse_stated_cylinder *row = &sheet->sheet.cylinder[i];
        mrse_cylinder at;

        assert_int_equal(mrse_cylinder_maxima(&magnet, row->radius.v, &at), MRSE_OK);
        assert_abs(at.grad_T_m, row->gradient.v, 0.05);
        assert_abs(at.b_T, row->field.v, 0.005);
    }
    mrse_scanner_free(sheet);
    mrse_scanner_free(design);
}

/* name, from, to, line, col, field, text, hint, severity, others */
static const slip slips[] = {
    {"key__unknown__nearest_is_named", "model: M", "modle: M", 4, 1, "", "unknown key 'modle'",
     "did you mean 'model'? known here: mrse, id, name", 0, 0},
    {"key__unknown_in_block__allowed_are_listed", "shape: cylinder", "shape: cylinder\n  colour: 1",
     19, 3, "bore", "unknown key 'colour'", "known here: source, shape, diameter", 0, 0},
    {"key__twice__names_the_first_line", "model: M", "model: M\nname: B", 5, 1, "",
     "'name' is given twice, first in line 3", "keep one", 0, 0},
    {"key__missing__says_what_it_is_for", "  shape: cylinder\n", "", 17, 1, "bore.shape",
     "the key 'shape' is missing", "the field model knows cylinders", 0, 0},
    {"key__block_missing__points_at_the_file", "id: demo\n", "", 1, 1, "id",
     "the key 'id' is missing", NULL, 0, 0},
    {"text__map_instead__is_refused", "model: M", "model: {a: b}", 4, 1, "model",
     "this is a map; text is needed", NULL, 0, 0},
    {"text__list_instead__is_refused", "model: M", "model: [M]", 4, 1, "model",
     "this is a list; text is needed", NULL, 0, 0},
    {"map__text_instead__is_refused", "  shape: cylinder\n  diameter: 70 cm\n", "  x\n", 17, 1,
     "bore", "this is text; a map is needed", NULL, 0, 0},
    {"map__nothing__is_refused", "  shape: cylinder\n  diameter: 70 cm\n", "", 17, 1, "bore",
     "nothing is given; a map is needed", NULL, 0, 0},
    {"map__list_instead__is_refused", "  shape: cylinder\n  diameter: 70 cm\n", "  - 1\n", 17, 1,
     "bore", "this is a list; a map is needed", NULL, 0, 0},
    {"text__empty__is_refused", "model: M", "model:", 4, 1, "model", "the value is empty", NULL, 0,
     0},
    {"text__null__is_refused", "model: M", "model: null", 4, 8, "model", "the value is empty", NULL,
     0, 0},
    {"text__blanks__are_refused", "model: M", "model: '  '", 4, 8, "model", "the value is empty",
     NULL, 0, 0},
    {"text__placeholder__is_refused", "model: M", "model: <maker>", 4, 8, "model", "placeholder",
     NULL, 0, 0},
    {"text__nul_escape__is_refused", "model: M", "model: \"a\\0b\"", 4, 8, "",
     "the text holds a NUL character", NULL, 0, 0},
    {"text__control_escape__is_refused", "model: M", "model: \"a\\x07b\"", 4, 8, "",
     "the text holds a control character", NULL, 0, 0},
    {"name__bad_letter__is_refused", "id: demo", "id: de mo", 2, 5, "id", "'de mo' cannot be an id",
     NULL, 0, 0},
    {"name__letter_of_another_script__is_refused", "id: demo", "id: d\xC3\xA9mo", 2, 5, "id",
     "cannot be an id", NULL, 0, 0},
    {"name__brace__is_refused", "id: demo", "id: de|mo", 2, 5, "id", "cannot be an id", NULL, 0, 0},
    {"name__slash__is_refused", "id: demo", "id: de/mo", 2, 5, "id", "cannot be an id", NULL, 0, 0},
    {"name__colon__is_refused", "id: demo", "id: de:mo", 2, 5, "id", "cannot be an id", NULL, 0, 0},
    {"name__backslash__is_refused", "id: demo", "id: de\\mo", 2, 5, "id", "cannot be an id", NULL,
     0, 0},
    {"name__begins_with_a_dot__is_refused", "id: demo", "id: .demo", 2, 5, "id", "cannot be an id",
     NULL, 0, 0},
    {"name__65_letters__is_too_long", "id: demo",
     "id: a234567890123456789012345678901234567890123456789012345678901234x", 2, 5, "id",
     "this has 65 characters; 64 is the most", NULL, 0, 0},
    {"date__no_such_day__is_refused", "2026-11-22", "2026-02-30", 5, 10, "checked",
     "'2026-02-30' is not a date", "'2026-11-22'", 0, 0},
    {"date__with_time__is_refused", "2026-11-22", "2026-11-22T10:20:30Z", 5, 10, "checked",
     "is not a date", NULL, 0, 0},
    {"choice__unknown__lists_all", "shape: cylinder", "shape: cylindre", 18, 10, "bore.shape",
     "'cylindre' is not known", "did you mean 'cylinder'?", 0, 0},
    {"flag__true__is_not_yes", "mirror: yes", "mirror: true", 25, 11, "static_field.mirror",
     "'true' is not known here", "known: no, yes", 0, 0},
    {"quantity__wrong_dimension__names_both", "diameter: 70 cm", "diameter: 70 T", 19, 13,
     "bore.diameter", "length", NULL, 0, 0},
    {"quantity__bare_number__asks_for_the_unit", "diameter: 70 cm", "diameter: 70", 19, 13,
     "bore.diameter", "bare number", "'70 m' or '70 cm'", 0, 0},
    {"quantity__nan__is_refused", "nominal: 1.5 T", "nominal: nan T", 15, 12, "b0.nominal",
     "not a number", NULL, 0, 0},
    {"quantity__inf__is_refused", "nominal: 1.5 T", "nominal: .inf", 15, 12, "b0.nominal",
     "not a number", NULL, 0, 0},
    {"quantity__overflow__is_refused", "nominal: 1.5 T", "nominal: 1e999 T", 15, 12, "b0.nominal",
     "too large", NULL, 0, 0},
    {"quantity__negative__is_refused", "diameter: 70 cm", "diameter: -70 cm", 19, 13,
     "bore.diameter", "'-70 cm' is not more than zero; the sensible range is 10.0 cm to 2.00 m",
     "inner diameter", 0, 0},
    {"quantity__zero__is_refused", "diameter: 70 cm", "diameter: 0 cm", 19, 13, "bore.diameter",
     "not more than zero", NULL, 0, 0},
    {"quantity__too_big__names_the_range", "diameter: 70 cm", "diameter: 7 m", 19, 13,
     "bore.diameter", "'7 m' is outside the sensible range, 10.0 cm to 2.00 m", NULL, 0, 0},
    {"quantity__too_small__names_the_range", "diameter: 70 cm", "diameter: 70 mm", 19, 13,
     "bore.diameter", "outside the sensible range", NULL, 0, 0},
    {"b0__above_21_T__is_refused", "nominal: 1.5 T", "nominal: 21.1 T", 15, 12, "b0.nominal",
     "10.0 mT to 21.0 T", NULL, 0, 0},
    {"b0__below_10_mT__is_refused", "nominal: 1.5 T", "nominal: 9 mT", 15, 12, "b0.nominal",
     "10.0 mT to 21.0 T", NULL, 0, 0},
    {"quantity__48_characters__is_too_long", "diameter: 70 cm",
     "diameter: 0.7000000000000000000000000000000000000000000000 m", 19, 13, "bore.diameter",
     "more than 47 characters", NULL, 0, 0},
    {"value_map__unknown_key__is_refused", "u: 1 cm", "v: 1 cm", 22, 27, "covers.length",
     "unknown key 'v'", "value, u, source, origin", 0, 0},
    {"value_map__no_value__is_refused", "value: 1.70 m, ", "", 22, 3, "covers.length.value",
     "'value' is missing", NULL, 0, 0},
    {"value_map__empty_value__is_refused_once", "value: 1.70 m,", "value: ,", 22, 12,
     "covers.length.value", "the value is empty", NULL, 0, 0},
    {"value_map__list_as_value__is_refused_once", "value: 1.70 m,", "value: [1 m],", 22, 12,
     "covers.length.value", "this is a list", NULL, 0, 0},
    {"value__list__is_refused", "diameter: 70 cm", "diameter: [70 cm]", 19, 3, "bore.diameter",
     "this is a list; text is needed", NULL, 0, 0},
    {"u__wrong_kind__is_refused", "u: 1 cm", "u: 1 T", 22, 30, "covers.length.u", "length", NULL, 0,
     0},
    {"u__negative__is_refused", "u: 1 cm", "u: -1 cm", 22, 30, "covers.length.u", "outside", NULL,
     0, 0},
    {"u__empty__is_refused_once", "u: 1 cm", "u: ''", 22, 27, "covers.length.u",
     "the value is empty", NULL, 0, 0},
    {"u__percent_of_a_ratio_above_range__is_refused", "field: 0.5 %",
     "field: {value: 0.5 %, u: 60 %}", 36, 30, "static_field.uncertainty.field.u", "outside", NULL,
     0, 0},
    {"u__percent_of_zero__is_refused", "length: {value: 1.70 m, u: 1 cm, source: sheet}",
     "length: {value: 0 m, u: 1 %}", 22, 19, "covers.length", "not more than zero", NULL, 0, 0},
    {"source__unknown__lists_known", "source: guess", "source: gues", 21, 11, "covers.source",
     "unknown source 'gues'", "did you mean 'guess'? sources of this file: sheet, guess", 0, 0},
    {"source__unknown_in_value__once", "source: sheet}", "source: nowhere}", 22, 44,
     "covers.length.source", "unknown source 'nowhere'", NULL, 0, 0},
    {"source__unknown_and_assumed__one_message", "source: sheet}", "origin: assumed, source: no}",
     22, 61, "covers.length.source", "unknown source 'no'", NULL, 0, 0},
    {"source__anchor_on_its_id__one_message", "  poor: {", "  &a poor: {", 12, 3, "",
     "anchors ('&a')", NULL, 0, 0},
    {"source__tagged__one_message", "poor: {", "poor: !a {", 12, 9, "", "tags ('!a')", NULL, 0, 0},
    {"source__map_instead__is_refused", "source: guess", "source: {a: b}", 21, 3, "covers.source",
     "this is a map", NULL, 0, 0},
    {"origin__unknown__lists_all", "origin: assumed", "origin: guessed", 9, 13,
     "sources.guess.origin", "'guessed' is not known", "unverified, assumed, manufacturer", 0, 0},
    {"origin__unknown_in_value__once", "source: sheet}", "origin: x}", 22, 44,
     "covers.length.origin", "'x' is not known", NULL, 0, 0},
    {"origin__assumed_without_reason__is_refused", "source: sheet}",
     "source: sheet, origin: assumed}", 22, 59, "covers.length", "the assumption has no reason",
     "'because'", 0, 0},
    {"source__assumed_without_because__is_refused", "    because: nobody knows\n", "", 8, 3,
     "sources.guess", "the assumption has no reason", "add 'because:", 0, 0},
    {"source__no_title__is_refused", "    title: A guess\n", "", 8, 3, "sources.guess.title",
     "'title' is missing", NULL, 0, 0},
    {"source__twice__is_refused", "  guess:\n", "  sheet: {origin: console, title: T}\n  guess:\n",
     8, 3, "sources.sheet", "described twice, first in line 7", NULL, 0, 0},
    {"source__id_of_64_bytes__is_too_long",
     "  poor:", "  a23456789012345678901234567890123456789012345678901234567890123x:", 12, 3, NULL,
     "at most 63 bytes", NULL, 0, 0},
    {"source__bad_id__is_refused", "  poor:", "  p oor:", 12, 3, "sources.p oor",
     "'p oor' cannot be an id", NULL, 0, 0},
    {"source__text_instead__is_refused", "poor: {origin: unverified, title: Hearsay}", "poor: hear",
     12, 3, "sources.poor", "a map that describes the source", NULL, 0, 0},
    {"frequency__of_another_field__names_both", "63.87 MHz", "127.7 MHz", 16, 14, "b0",
     "127.7 MHz is the proton frequency of 2.999 T; nominal is 1.5 T", NULL, 0, 0},
    {"covers__narrower_than_bore__is_refused", "diameter: 2.1 m", "diameter: 0.6 m", 23, 13,
     "covers", "0.6 m is less than the bore's 70 cm", NULL, 0, 0},
    {"covers__shorter_than_bore_is_wide__warns", "1.70 m, u: 1 cm", "0.65 m, u: 1 cm", 22, 11,
     "covers", "0.65 m is shorter than the bore is wide", NULL, MRSE_SEV_WARNING, 0},
    {"coil__no_form__is_refused", "loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}", "{}",
     34, 7, "static_field.coils[2]", "the coil has no form", "winding, sheet, loop", 0, 0},
    {"coil__two_forms__is_refused", "ampere_turns: 10 kA}",
     "ampere_turns: 10 kA}\n      sheet: {radius: 0.55 m, from: 0.3 m, to: 0.4 m, ampere_turns: 1 "
     "A}",
     34, 7, "static_field.coils[2]", "one coil is given in two forms", NULL, 0, 0},
    {"coil__text_instead__is_refused", "loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}",
     "x", 34, 7, "static_field.coils[2]", "this is text; a map is needed", NULL, 0, 0},
    {"coil__from_after_to__is_refused", "to: 0.60 m", "to: 0.40 m", 32, 13, "static_field.coils[1]",
     "'to' must be more than 'from'", NULL, 0, 0},
    {"coil__to_missing__is_refused", "        to: 0.60 m\n", "", 28, 7,
     "static_field.coils[1].winding.to", "'to' is missing", NULL, 0, 0},
    {"coil__bad_to__one_message", "to: 0.60 m", "to: 0.60 T", 32, 13,
     "static_field.coils[1].winding.to", "length", NULL, 0, 0},
    {"coil__form_as_text__is_refused", "loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}",
     "loop: x", 34, 7, "static_field.coils[2].loop", "a map is needed", NULL, 0, 0},
    {"coil__outer_equals_inner__is_refused", "outer: 0.62 m", "outer: 0.60 m", 30, 16,
     "static_field.coils[1]", "'outer' must be more than 'inner'", NULL, 0, 0},
    {"coil__zero_current__is_refused", "180 kA", "0 kA", 33, 23, "static_field.coils[1]",
     "carries no current", NULL, 0, 0},
    {"coil__inside_the_bore__is_refused", "radius: 0.5 m", "radius: 0.35 m", 27, 7,
     "static_field.coils[0]", "inside the bore, whose diameter is 70 cm", NULL, 0, 0},
    {"coil__outside_the_covers__is_refused", "outer: 0.62 m", "outer: 1.05 m", 28, 7,
     "static_field.coils[1]", "does not fit into the covers, whose diameter is 2.1 m", NULL, 0, 0},
    {"coil__beyond_the_covers__is_refused", "at: 0.3 m", "at: 0.9 m", 34, 7,
     "static_field.coils[2]", "whose length is 1.70 m", NULL, 0, 0},
    {"coil__bad_number__one_message", "inner: 0.60 m", "inner: 0.60", 29, 16,
     "static_field.coils[1].winding.inner", "bare number", NULL, 0, 0},
    {"mirror__coil_across_the_middle__is_refused", "from: 0 m", "from: -0.1 m", 27, 7,
     "static_field.coils[0]", "would count it twice", NULL, 0, 0},
    {"mirror__loop_in_the_middle__is_refused", "at: 0.3 m", "at: 0 m", 34, 7,
     "static_field.coils[2]", "would count it twice", NULL, 0, 0},
    {"mirror__no__leaves_half_of_the_coils", "mirror: yes", "mirror: no", 26, 3,
     "static_field.coils", "the coils give 0.7", NULL, 0, 0},
    {"mirror__bad_number__one_message", "from: 0 m", "from: 0", 27, 36,
     "static_field.coils[0].sheet.from", "bare number", NULL, 0, 0},
    {"coil__overlap__is_refused", "    - loop:",
     "    - winding: {inner: 61 cm, outer: 63 cm, from: 55 cm, to: 58 cm, ampere_turns: 1 A}\n"
     "    - loop:",
     34, 7, "static_field.coils[2]", "the winding overlaps coils[1]", NULL, 0, 0},
    {"coils__none__is_refused",
     "\n    - sheet: {radius: 0.5 m, from: 0 m, to: 0.8 m, ampere_turns: 1 MA}\n    - winding:\n"
     "        inner: 0.60 m\n        outer: 0.62 m\n        from: 0.50 m\n        to: 0.60 m\n"
     "        ampere_turns: 180 kA\n    - loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}\n",
     " []\n", 26, 3, "static_field.coils", "the list is empty", NULL, 0, 0},
    {"coils__text_instead__is_refused",
     "\n    - sheet: {radius: 0.5 m, from: 0 m, to: 0.8 m, ampere_turns: 1 MA}\n    - winding:\n"
     "        inner: 0.60 m\n        outer: 0.62 m\n        from: 0.50 m\n        to: 0.60 m\n"
     "        ampere_turns: 180 kA\n    - loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}\n",
     " x\n", 26, 3, "static_field.coils", "this is text; a list is needed", NULL, 0, 0},
    {"coils__missing__is_refused",
     "  coils:\n    - sheet: {radius: 0.5 m, from: 0 m, to: 0.8 m, ampere_turns: 1 MA}\n"
     "    - winding:\n        inner: 0.60 m\n        outer: 0.62 m\n        from: 0.50 m\n"
     "        to: 0.60 m\n        ampere_turns: 180 kA\n"
     "    - loop: {radius: 0.55 m, at: 0.3 m, ampere_turns: 10 kA}\n",
     "", 25, 3, "static_field.mirror", "'mirror' belongs to a coil set, and there are no 'coils'",
     "leave it out", 0, 1},
    {"coils__of_another_magnet__names_both", "ampere_turns: 1 MA", "ampere_turns: 2 MA", 26, 3,
     "static_field.coils", "b0.nominal is 1.5 T (more than 5 % apart)", "a coil is missing", 0, 0},
    {"coils__6_percent_less_than_nominal__is_refused", "1.5 T\n  frequency: 63.87 MHz",
     "1.59 T\n  source: sheet", 26, 3, "static_field.coils", "give 1.500 T", NULL, 0, 0},
    {"coils__6_percent_more_than_nominal__is_refused", "1.5 T\n  frequency: 63.87 MHz",
     "1.42 T\n  source: sheet", 26, 3, "static_field.coils", "give 1.500 T", NULL, 0, 0},
    {"frequency__not_that_of_the_coils__names_both", "63.87 MHz", "65.5 MHz", 26, 3,
     "static_field.coils", "give 1.500 T at the isocentre; b0.frequency 65.5 MHz is 1.538 T",
     "scale the ampere-turns", 0, 0},
    {"coils__wrong_sign__says_so", "ampere_turns: 1 MA", "ampere_turns: -1 MA", 26, 3,
     "static_field.coils", "T at the isocentre", "are positive", 0, 0},
    {"uncertainty__missing__is_refused",
     "  uncertainty:\n    field: 0.5 %\n    gradient: 1 %\n    because: compared with the sheet\n",
     "", 24, 1, "static_field.uncertainty", "'uncertainty' is missing", NULL, 0, 0},
    {"uncertainty__no_reason__is_refused", "    because: compared with the sheet\n", "", 35, 3,
     "static_field.uncertainty.because", "'because' is missing", NULL, 0, 0},
};

/* Without a source for the file, an origin of its own supports nothing. */
static void value_read__origin_without_source__is_refused(void **state)
{
    char *text = spec_changed(base, "source: sheet\nb0", "b0");
    char *more = spec_changed(text, "nominal: 1.5 T", "nominal: {value: 1.5 T, origin: measured}");
    const slip want = {
        .line = 14, .col = 35, .field = "b0.nominal", .text = "an origin needs a source"};

    (void)state;
    free(text);
    spec_expect(&mrse_spec_scanner, more, &want);
    free(more);
}

static void sources__empty_map__is_refused(void **state)
{
    static mrse_diags diags;
    static const char text[] = "mrse: scanner/1\nid: a\nname: A\nchecked: 2026-11-22\nsources: {}\n"
                               "source: x\nb0: {nominal: 1.5 T}\n"
                               "bore: {shape: cylinder, diameter: 70 cm}\n"
                               "covers: {length: 1.7 m}\n";
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_scanner, text, strlen(text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_INPUT);
    assert_int_equal(diags.errors, 2);
    assert_string_equal(diags.item[0].text, "the map is empty");
    assert_int_equal(diags.item[0].line, 5);
    assert_string_equal(diags.item[1].text, "unknown source 'x'");
    assert_string_equal(diags.item[1].hint, "describe it under 'sources:'");
}

static void scanner_read__many_slips__all_are_reported_in_order(void **state)
{
    static mrse_diags diags;
    char *one = spec_changed(base, "diameter: 70 cm", "diameter: 70");
    char *two = spec_changed(one, "id: demo", "id: de mo");
    char *three = spec_changed(two, "0.5 %", "0.5 T");
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_scanner, three, strlen(three), &diags, &status));
    assert_int_equal(diags.errors, 3);
    assert_int_equal(diags.item[0].line, 2);
    assert_int_equal(diags.item[1].line, 19);
    assert_int_equal(diags.item[2].line, 36);
    assert_string_equal(diags.item[1].excerpt, "  diameter: 70");
    assert_int_equal(diags.item[1].span, 2);
    free(one);
    free(two);
    free(three);
}

static void bore_text__each_shape__the_word_of_files(void **state)
{
    (void)state;
    assert_string_equal(mrse_bore_text(MRSE_BORE_CYLINDER), "cylinder");
    assert_string_equal(mrse_bore_text(MRSE_BORE_ELLIPSE), "ellipse");
    assert_string_equal(mrse_bore_text(MRSE_BORE_OPEN), "open");
    assert_string_equal(mrse_bore_text(MRSE_BORE_UNKNOWN), "");
    assert_string_equal(mrse_bore_text((mrse_shape_of_bore)99), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scanner_read__valid__fills_every_field),
        cmocka_unit_test(scanner_read__mirror__adds_each_coil_at_minus_z),
        cmocka_unit_test(scanner_magnet__no_coil_set_or_no_scanner__is_empty),
        cmocka_unit_test(value_read__sources__nearest_counts),
        cmocka_unit_test(value_read__uncertainty__own_percent_or_rounding),
        cmocka_unit_test(value_read__own_origin__never_better_than_the_source),
        cmocka_unit_test(value_read__no_source__is_unverified_with_a_warning),
        cmocka_unit_test(value_read__origin_without_source__is_refused),
        cmocka_unit_test(source_find__nothing_to_find__is_null),
        cmocka_unit_test(name_read__every_permitted_character__is_read),
        cmocka_unit_test(sources__empty_map__is_refused),
        cmocka_unit_test(scanner_read__nominal_field__may_be_5_percent_off),
        cmocka_unit_test(scanner_read__many_slips__all_are_reported_in_order),
        cmocka_unit_test(scanner_load__bad_arguments__is_refused),
        cmocka_unit_test(scanner_load__reference_magnets__give_the_golden_field),
        cmocka_unit_test(scanner_load__template__is_refused_until_it_is_filled_in),
        cmocka_unit_test(scanner_read__template_without_its_brackets__is_a_whole_file),
        cmocka_unit_test(example_data_sheet__numbers__are_those_of_the_design),
        cmocka_unit_test(bore_text__each_shape__the_word_of_files),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed +
           spec_run_slips(&mrse_spec_scanner, base, slips, MRSE_COUNT(slips), "scanner slips");
}

/* Scanner files: the table of keys, and the checks between them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/scanner.h"

#include <math.h>
#include <string.h>

#include "scanner_internal.h"

#define AT(member) offsetof(mrse_scanner, member)

/* as in mrse_shape_of_bore, which begins with "not given" */
static const char *const shapes[] = {"cylinder", "ellipse", "open", NULL};

const char *mrse_bore_text(mrse_shape_of_bore shape)
{
    bool known = shape > MRSE_BORE_UNKNOWN && shape <= MRSE_BORE_OPEN;

    return known ? shapes[shape - 1] : "";
}

static const mrse_field_spec b0_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this block"},
    {.key = "nominal",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(b0_nominal),
     .kind = MRSE_KIND_B0,
     .min = 0.01,
     .max = 21,
     .doc = "the field class by which the scanner is sold, such as 1.5 T; labels refer to it"},
    {.key = "frequency",
     .type = MRSE_FIELD_VALUE,
     .at = AT(frequency),
     .kind = MRSE_KIND_FREQUENCY,
     .min = 0.4e6,
     .max = 900e6,
     .doc = "proton resonance frequency, as the console shows it"},
};

static const mrse_schema b0_schema = {
    .field = b0_fields, .n = MRSE_COUNT(b0_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec bore_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this block"},
    {.key = "shape",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(bore_shape),
     .choice = shapes,
     .first = MRSE_BORE_CYLINDER,
     .doc = "shape of the bore; the field model knows cylinders about a horizontal field only"},
    {.key = "diameter",
     .type = MRSE_FIELD_VALUE,
     .at = AT(bore_diameter),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.1,
     .max = 2,
     .doc = "inner diameter of the bore, liner to liner: what a patient can touch; of an ellipse "
            "the larger one"},
};

static const mrse_schema bore_schema = {
    .field = bore_fields, .n = MRSE_COUNT(bore_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec cover_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this block"},
    {.key = "length",
     .type = MRSE_FIELD_VALUE,
     .at = AT(cover_length),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.2,
     .max = 5,
     .doc = "outer length, front cover to rear cover: what people stand in front of"},
    {.key = "diameter",
     .type = MRSE_FIELD_VALUE,
     .at = AT(cover_diameter),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.3,
     .max = 5,
     .doc = "outer diameter or width of the covers, for drawings"},
};

static const mrse_schema cover_schema = {
    .field = cover_fields, .n = MRSE_COUNT(cover_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec scanner_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`scanner/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = AT(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "short name for file names and records"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "name for people, as it stands on worksheets"},
    {.key = "manufacturer", .type = MRSE_FIELD_TEXT, .at = AT(manufacturer), .doc = "who makes it"},
    {.key = "model", .type = MRSE_FIELD_TEXT, .at = AT(model), .doc = "model, as on its plate"},
    {.key = "software",
     .type = MRSE_FIELD_TEXT,
     .at = AT(software),
     .doc = "software version, as the console shows it"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every document repeats, such as 'reference design, not a product'"},
    {.key = "checked",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(checked),
     .doc = "when this file was last compared with its sources"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to the document, instrument or method that numbers come from"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of every number that names none itself"},
    {.key = "b0",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .child = &b0_schema,
     .doc = "main field"},
    {.key = "bore", .type = MRSE_FIELD_MAP, .child = &bore_schema, .doc = "the tunnel"},
    {.key = "covers", .type = MRSE_FIELD_MAP, .child = &cover_schema, .doc = "the outside"},
    {.key = "static_field",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_spec_static_field_schema,
     .doc = "what the static field is computed from: numbers of a data sheet, or a coil set"},
    {.key = "gradients",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_scanner_gradients,
     .doc = "the switched gradients of the system"},
    {.key = "rf",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_scanner_rf,
     .doc = "transmit coils, and what the console says of B1+ and SAR"},
};

static bool is_more(double a, double b)
{
    return isfinite(a) && isfinite(b) && a > b;
}

static void check_frequency(mrse_reader *r, const mrse_node *b0, const mrse_scanner *s)
{
    double b0_T = s->frequency.v / MRSE_HZ_PER_T, nominal_T = s->b0_nominal.v;
    char num[MRSE_NUM_MAX];

    if (!is_more(fabs(b0_T - nominal_T), 0.05 * nominal_T))
        return;
    mrse_text_num(num, b0_T, 4);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, b0, "frequency")->at,
                    "one of the two numbers is wrong, or its unit",
                    "%s is the proton frequency of %s T; nominal is %s", s->frequency.printed, num,
                    s->b0_nominal.printed);
}

/* A bore and the covers around it; an open magnet has no such order. */
static void check_covers(mrse_reader *r, const mrse_node *root, const mrse_scanner *s)
{
    const mrse_node *covers = mrse_spec_child(r, root, "covers");
    size_t mark = mrse_spec_push(r, "covers", 0);

    if (s->bore_shape == MRSE_BORE_CYLINDER && is_more(s->bore_diameter.v, s->cover_diameter.v))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, covers, "diameter")->at,
                        "covers.diameter is measured outside, bore.diameter inside",
                        "%s is less than the bore's %s", s->cover_diameter.printed,
                        s->bore_diameter.printed);
    if (s->bore_shape == MRSE_BORE_CYLINDER && is_more(s->bore_diameter.v, s->cover_length.v))
        mrse_spec_warn(r, mrse_spec_child(r, covers, "length")->at,
                       "covers.length is the whole length, front to rear, not half of it",
                       "%s is shorter than the bore is wide (%s)", s->cover_length.printed,
                       s->bore_diameter.printed);
    mrse_spec_pop(r, mark);
}

static void check_scanner(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_scanner *s = base;
    size_t mark;

    s->b0_nominal.basis = MRSE_BASIS_DECLARED; /* a class is a name, whoever states it */
    if (s->n_coils == 0)
        s->coils = mrse_value_missing(MRSE_KIND_NONE);
    if (!mrse_spec_child(r, node, "gradients"))
        s->safe = s->safe_cardiac = mrse_value_missing(MRSE_KIND_NONE);
    mark = mrse_spec_push(r, "b0", 0);
    check_frequency(r, mrse_spec_child(r, node, "b0"), s);
    mrse_spec_pop(r, mark);
    check_covers(r, node, s);
    mrse_spec_check_sheet(r, node, s);
    mrse_spec_check_magnet(r, node, s);
}

static const mrse_schema scanner_schema = {
    .name = "a scanner",
    .field = scanner_fields,
    .n = MRSE_COUNT(scanner_fields),
    .size = sizeof(mrse_scanner),
    .line = MRSE_NOWHERE,
    .finish = check_scanner,
};

const mrse_format mrse_spec_scanner = {
    .kind = "scanner",
    .doc = "What is known of one scanner, each number with its source.",
    .schema = &scanner_schema,
    .path = AT(path),
};

mrse_status mrse_scanner_load(const char *path, mrse_scanner **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_scanner, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_scanner_free(mrse_scanner *scanner)
{
    mrse_spec_object_free(&mrse_spec_scanner, scanner);
}

mrse_magnet mrse_scanner_magnet(const mrse_scanner *scanner)
{
    if (!scanner)
        return (mrse_magnet){NULL, 0};
    return (mrse_magnet){scanner->coil, scanner->n_coils};
}

/* The reference of the file formats, as Markdown, from the same tables that the reader obeys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "spec_internal.h"

static const char intro[] =
    "# File formats\n"
    "\n"
    "This page is generated from the tables that the reader itself obeys: every key that a file\n"
    "may hold is here, and every other key is an error.\n"
    "\n"
    "Files are YAML, in UTF-8, at most 1 MiB. The first key names the format, such as\n"
    "`mrse: scanner/1`. Everything is text until a key asks for it: a number carries its unit, as\n"
    "its source prints it (`70 cm`, `720 G/cm`), and a bare number is an error. A ratio is "
    "written\n"
    "in percent, or with the unit 1 (`0.5 %`, `0.005 1`). What the tables below call a whole or\n"
    "a plain number has no unit: `16`, `1.5`, and of plain ones also `6/8`, `75 %`. Dates are "
    "written `2026-11-22`.\n"
    "Not read, because a reviewer could misread them: aliases, anchors, tags, merge keys,\n"
    "directives, several documents in one file. At most 16 maps and lists stand inside each\n"
    "other, a list has at most 10000 entries, a key or an id at most 64 bytes.\n"
    "\n"
    "Where a number comes from: a number, or the block or the file that it stands in, names a\n"
    "source with `source:`; the nearest one counts. Its origin is the source's, unless it names\n"
    "one itself; an own origin never makes a number better known than an assumed or unverified\n"
    "source. A number without any source is unverified, which is a warning, and no verdict can\n"
    "rest on it. Without `u`, the standard uncertainty is that of the printed rounding: half of\n"
    "the last place, divided by the square root of 3.\n";

/* Each format, and a file to begin with. */
static const struct {
    const mrse_format *format;
    const char *example;
} formats[] = {
    {&mrse_spec_scanner, "`scanners/TEMPLATE.yaml` to copy, `scanners/example-data-sheet.yaml`"},
    {&mrse_spec_label, "`examples/loop-recorder/label.yaml`, and 43 in `examples/labels`"},
    {&mrse_spec_case, "`case.yaml` in the folders of `examples`"},
    {&mrse_spec_site, "`examples/siting/site.yaml`"},
    {&mrse_spec_sequence, "`examples/tse-b1rms/before.yaml`"},
    {&mrse_spec_portfolio, "`examples/portfolio/portfolio.yaml`"},
    {&mrse_spec_rules, "`src/portfolio/ipem-mrse-3.0.yaml`"},
    {&mrse_spec_object, "`examples/aneurysm-clip/object.yaml`"},
};

static const char survey[] =
    "\n## Survey\n"
    "\n"
    "Points measured in a room: a table (CSV), not YAML. Above it stand lines `# key: value`; then "
    "a\n"
    "line with the names of the columns, with their units, and a line for each point. Between "
    "cells\n"
    "',' or ';', the decimal mark is a point. Columns: `x [m]`, `y [m]`, `z [m]` and `B [mT]` are\n"
    "required, in any order and any unit of `mrse units`; `name`, `u_B [mT]` and `u_pos [mm]` "
    "where\n"
    "they are known point by point. The room's axes are right-handed, z up, the origin anywhere.\n"
    "\n"
    "| key | what to write | meaning |\n"
    "|---|---|---|\n";

static const char test_case[] =
    "\n## Test case\n"
    "\n"
    "Plain text for `mrse selftest FILE.case`. `method NAME` begins a case and forgets what was\n"
    "given; `given NAME VALUE; NAME VALUE` sets inputs, which stay until they are set again;\n"
    "`expect NAME VALUE within TOLERANCE relative` (or `absolute`), `expect NAME WORD` and\n"
    "`expect failure WORD` are what must hold. What follows `#` is a remark: the source of the\n"
    "expected number belongs there. `tests/cases` holds those that the program carries.\n";

/* Text of a table cell: '|' would end it. */
static void add_cell(mrse_buf *out, const char *text)
{
    for (; *text; text++)
        mrse_buf_addf(out, *text == '|' ? "\\%c" : "%c", *text);
}

static void add_choices(mrse_buf *out, const char *const *choice)
{
    for (size_t i = 0; choice[i]; i++)
        mrse_buf_addf(out, "%s`%s`", i ? ", " : "", choice[i]);
}

static void add_quantity(mrse_buf *out, const mrse_field_spec *field)
{
    mrse_buf_addf(out, "%s, ", mrse_kind_get(field->kind)->name);
    mrse_quantity_print(out, field->min, field->kind, 3, 0);
    mrse_buf_add(out, " to ");
    mrse_quantity_print(out, field->max, field->kind, 3, 0);
}

static bool is_plain(const mrse_field_spec *field)
{
    return field->type == MRSE_FIELD_COUNT || field->type == MRSE_FIELD_FACTOR ||
           field->type == MRSE_FIELD_THREE;
}

static void add_range(mrse_buf *out, const mrse_field_spec *field)
{
    char min[MRSE_NUM_MAX], max[MRSE_NUM_MAX];

    mrse_spec_plain_text(min, field->min);
    mrse_spec_plain_text(max, field->max);
    mrse_buf_addf(out, "%s%s to %s", field->type == MRSE_FIELD_THREE ? "plain numbers, " : ", ",
                  min, max);
}

static void add_form(mrse_buf *out, const mrse_field_spec *field)
{
    static const char *const simple[] = {
        [MRSE_FIELD_TEXT] = "text",
        [MRSE_FIELD_NAME] = "id",
        [MRSE_FIELD_DATE] = "date",
        [MRSE_FIELD_NUMBER] = "quantity: ",
        [MRSE_FIELD_COUNT] = "whole number",
        [MRSE_FIELD_FACTOR] = "plain number",
        [MRSE_FIELD_THREE] = "list of three: ",
        [MRSE_FIELD_VALUE] = "number: ",
        [MRSE_FIELD_SOURCE] = "id of a source",
        [MRSE_FIELD_TEXTS] = "list of texts",
        [MRSE_FIELD_VALUES] = "list of numbers: ",
        [MRSE_FIELD_PLACES] = "list of places [x, y]: ",
        [MRSE_FIELD_MAP] = "map",
        [MRSE_FIELD_LIST] = "list of maps",
        [MRSE_FIELD_SOURCES] = "map of sources",
    };

    switch (field->type) {
    case MRSE_FIELD_SET:
        mrse_buf_add(out, "one or a list of ");
        add_choices(out, field->choice);
        return;
    case MRSE_FIELD_WORD:
    case MRSE_FIELD_CHOICE:
    case MRSE_FIELD_FLAG:
        add_choices(out, field->choice);
        return;
    case MRSE_FIELD_RAW:
        add_cell(out, field->form);
        return;
    default:
        mrse_buf_add(out, simple[field->type]);
        break;
    }
    if (field->child && field->child->apart)
        mrse_buf_addf(out, ": %s", field->child->name);
    if (field->kind != MRSE_KIND_NONE)
        add_quantity(out, field);
    else if (is_plain(field))
        add_range(out, field);
    if (field->longest > 0)
        mrse_buf_addf(out, ", up to %zu characters", field->longest);
}

static void add_rows(mrse_buf *out, const mrse_schema *schema, const char *path)
{
    char below[MRSE_SPEC_PATH];

    for (size_t i = 0; i < schema->n; i++) {
        const mrse_field_spec *field = &schema->field[i];

        mrse_buf_addf(out, "| `%s%s` | ", path, field->key);
        add_form(out, field);
        mrse_buf_addf(out, " | %s | ", field->required ? "yes" : "");
        add_cell(out, field->doc);
        mrse_buf_add(out, " |\n");
        if (!field->child || field->child->apart)
            continue;
        (void)snprintf(below, sizeof below, "%s%s%s.", path, field->key,
                       field->type == MRSE_FIELD_LIST ? "[]" : "");
        add_rows(out, field->child, below);
    }
}

static void add_table(mrse_buf *out, const char *title, const char *doc, const mrse_schema *schema,
                      const char *path)
{
    mrse_buf_addf(out,
                  "\n## %s\n\n%s\n\n| key | what to write | required | meaning |\n"
                  "|---|---|---|---|\n",
                  title, doc);
    add_rows(out, schema, path);
}

static void add_label_tables(mrse_buf *out)
{
    char title[64];

    for (size_t i = 0; mrse_spec_label_tables[i]; i++) {
        const mrse_schema *table = mrse_spec_label_tables[i];

        (void)snprintf(title, sizeof title, "label/1: %s", table->name);
        add_table(out, title, table->doc, table, "");
    }
}

static void add_contents(mrse_buf *out)
{
    mrse_buf_add(out, "\n| format | what it holds | examples |\n|---|---|---|\n");
    for (size_t i = 0; i < MRSE_COUNT(formats); i++)
        mrse_buf_addf(out, "| `%s/1` | %s | %s |\n", formats[i].format->kind,
                      formats[i].format->doc, formats[i].example);
    mrse_buf_add(out, "| survey (CSV) | Points of a fringe field, measured in a room. | "
                      "`examples/acceptance/points.csv` |\n"
                      "| test case | Inputs and expected numbers of a method. | "
                      "`tests/cases/decision.case` |\n");
}

mrse_status mrse_spec_reference(mrse_buf *out)
{
    char title[32];

    if (!out)
        return MRSE_ERR_ARG;
    mrse_buf_add(out, intro);
    mrse_buf_add(out, "\n\"Required\" means: when the block that it stands in is there.\n");
    add_contents(out);
    add_table(out, "A number", mrse_spec_value_schema.doc, &mrse_spec_value_schema, "");
    add_table(out, "A source", mrse_spec_source_schema.doc, &mrse_spec_source_schema,
              "sources.ID.");
    for (size_t i = 0; i < MRSE_COUNT(formats); i++) {
        const mrse_format *format = formats[i].format;

        (void)snprintf(title, sizeof title, "%s/1", format->kind);
        add_table(out, title, format->doc, format->schema, "");
        if (format == &mrse_spec_label)
            add_label_tables(out);
    }
    mrse_buf_add(out, survey);
    mrse_spec_survey_rows(out);
    mrse_buf_add(out, test_case);
    return out->status;
}

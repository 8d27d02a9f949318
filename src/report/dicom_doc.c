/* What was read from DICOM headers, for a reader: made from the record only.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dicom_internal.h"
#include "json_internal.h"
#include "record_internal.h"
#include "say_internal.h"

enum { WIDTH = 100, DIGITS = 4 };

/* "1.500 T (file: 15000 G)"; words as they are; "not known (file: -9999 uT)". */
static void say_item(mrse_buf *out, const json_t *item)
{
    const json_t *value = mrse_json_at(item, "value");
    const char *unit = mrse_json_get_text(item, "unit");
    const char *text = mrse_json_get_text(item, "text");
    double v = mrse_json_get_num(value, "v");
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(value, "kind"));
    bool one = json_array_size(mrse_json_at(item, "numbers")) == 1;
    bool known = isfinite(v);
    if (!one || (known && kind == MRSE_KIND_NONE)) {
        mrse_buf_addf(out, "%s%s%s", text, unit[0] != '\0' ? " " : "", unit);
        return;
    }
    if (known)
        mrse_quantity_print(out, v, kind, DIGITS, 0);
    else
        mrse_buf_add(out, "not known");
    mrse_buf_addf(out, " (file: %s%s%s)", text, unit[0] != '\0' ? " " : "", unit);
}

static void add_notes(mrse_document *d, const json_t *items)
{
    size_t i;
    json_t *item;
    json_array_foreach (items, i, item) {
        mrse_buf text = {0};
        const char *note = mrse_json_get_text(item, "note");
        if (note[0] == '\0')
            continue;
        mrse_buf_addf(&text, "%s: %s", mrse_json_get_text(item, "name"), note);
        const char *line = mrse_buf_text(&text);
        mrse_document_list(d, &line, 1);
        if (text.status != MRSE_OK && d->status == MRSE_OK)
            d->status = text.status;
        mrse_buf_free(&text);
    }
}

static void add_withheld(mrse_document *d, const json_t *file)
{
    mrse_buf text = {0};
    size_t i;
    json_t *name;
    json_array_foreach (mrse_json_at(file, "withheld"), i, name)
        mrse_buf_addf(&text, "%s%s", i > 0 ? ", " : "Also in the header, shown with --all: ",
                      json_string_value(name));
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_pairs(mrse_document *d, const json_t *file)
{
    mrse_buf text = {0};
    mrse_buf_add(&text, mrse_json_get_text(file, "sha256"));
    say_pair_add(d, "SHA-256 of the file", &text);
    mrse_buf_add(&text, mrse_json_get_text(file, "manufacturer"));
    say_pair_add(d, "Manufacturer", &text);
    mrse_buf_add(&text, mrse_json_get_text(file, "repetition_time"));
    say_pair_add(d, "Repetition time", &text);
    if (mrse_json_get_bool(file, "enhanced"))
        mrse_buf_add(&text, "Enhanced MR: values common to all frames, and those of the first");
    say_pair_add(d, "Form", &text);
    if (mrse_json_get_bool(file, "cut_short"))
        mrse_document_paragraph(d, MRSE_STYLE_CALLOUT,
                                "The header is damaged or ends early: what is not listed may only "
                                "be lost.");
}

static void add_file(mrse_document *d, const json_t *file, size_t number)
{
    static const char *const headers[] = {"Parameter", "Value", "Tag"};
    const json_t *items = mrse_json_at(file, "parameters");
    mrse_buf heading = {0};
    size_t i;
    json_t *item;
    mrse_buf_addf(&heading, "File %zu", number);
    say_heading_add(d, 2, &heading);
    add_pairs(d, file);
    mrse_document_table(d, "", headers, NULL, 3);
    json_array_foreach (items, i, item) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(item, "name"));
        say_item(&row.cell[1], item);
        mrse_buf_add(&row.cell[2], mrse_json_get_text(item, "tag"));
        say_row_add(d, &row, 3);
    }
    add_notes(d, items);
    add_withheld(d, file);
}

static void say_side(mrse_buf *out, const json_t *row, const char *key)
{
    const json_t *side = mrse_json_at(row, key);
    if (!json_is_object(side))
        mrse_buf_add(out, "not stated");
    else if (json_object_size(side) == 0)
        mrse_buf_add(out, "withheld");
    else
        say_item(out, side);
}

static void add_differences(mrse_document *d, const json_t *record)
{
    static const char *const headers[] = {"Parameter", "File 1", "File 2", "Note"};
    const json_t *rows = mrse_json_at(record, "differences");
    size_t i;
    json_t *row;
    if (!json_is_array(rows))
        return;
    mrse_document_heading(d, 2, "What differs");
    if (json_array_size(rows) == 0) {
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "No listed parameter differs.");
        return;
    }
    mrse_document_table(d, "", headers, NULL, 4);
    json_array_foreach (rows, i, row) {
        say_row cells = {0};
        mrse_buf_add(&cells.cell[0], mrse_json_get_text(row, "name"));
        say_side(&cells.cell[1], row, "a");
        say_side(&cells.cell[2], row, "b");
        mrse_buf_add(&cells.cell[3], mrse_json_get_text(row, "note"));
        say_row_add(d, &cells, 4);
    }
}

mrse_status mrse_dicom_text(const mrse_dicom *const *dicom, size_t n, bool all, mrse_buf *out)
{
    json_t *record;
    size_t i;
    json_t *file;
    if (dicom == NULL || n == 0 || out == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_dicom(dicom, n, all, &record);
    if (status != MRSE_OK)
        return status;
    mrse_document *d = mrse_document_create();
    if (d == NULL) {
        json_decref(record);
        return MRSE_ERR_NOMEM;
    }
    mrse_document_heading(d, 1, "DICOM header: acquisition parameters");
    mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                            "As the console wrote them, not measured. No name, identifier, date or "
                            "pixel was read.");
    json_array_foreach (mrse_json_at(record, "files"), i, file)
        add_file(d, file, i + 1);
    add_differences(d, record);
    status = d->status == MRSE_OK ? mrse_document_plain(d, WIDTH, out) : d->status;
    mrse_document_free(d);
    json_decref(record);
    return status;
}

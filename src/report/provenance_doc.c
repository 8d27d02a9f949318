/* Where everything came from: documents with their age, methods, input files with hashes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "json_internal.h"
#include "say_internal.h"
#include "worksheet_internal.h"

static void add_if(mrse_buf *out, const char *before, const char *text)
{
    if (text[0] != '\0')
        mrse_buf_addf(out, "%s%s", before, text);
}

/* How old something is on the day of the sheet; a day that lies after it is a slip to be seen. */
static void say_age(mrse_buf *out, double months)
{
    if (months < 0)
        mrse_buf_add(out, "AFTER the date of this sheet: check the dates");
    else
        mrse_buf_addf(out, "%d month%s old", (int)months, (int)months == 1 ? "" : "s");
}

static void source_row(mrse_document *d, const char *where, const json_t *s)
{
    say_row row = {0};
    mrse_buf_addf(&row.cell[0], "%s: %s", where, mrse_json_get_text(s, "id"));
    mrse_buf_add(&row.cell[1], mrse_json_get_text(s, "origin"));
    mrse_buf_add(&row.cell[2], mrse_json_get_text(s, "title"));
    add_if(&row.cell[2], ", revision ", mrse_json_get_text(s, "revision"));
    add_if(&row.cell[2], ", ", mrse_json_get_text(s, "date"));
    add_if(&row.cell[2], ", page ", mrse_json_get_text(s, "page"));
    add_if(&row.cell[2], ". ", mrse_json_get_text(s, "address"));
    add_if(&row.cell[2], ". Assumed because: ", mrse_json_get_text(s, "because"));
    add_if(&row.cell[2], ". ", mrse_json_get_text(s, "note"));
    mrse_buf_add(&row.cell[3], mrse_json_get_text(s, "read"));
    double months = mrse_json_get_num(s, "months_since_read");
    if (isfinite(months)) {
        mrse_buf_add(&row.cell[3], ", ");
        say_age(&row.cell[3], months);
    }
    say_row_add(d, &row, 4);
}

/* Two sequence files of one console name the same documents. */
static bool is_listed(const json_t *list, const json_t *source)
{
    size_t i;
    json_t *other;
    json_array_foreach (list, i, other)
        if (mrse_text_equal(mrse_json_get_text(other, "id"), mrse_json_get_text(source, "id")) &&
            mrse_text_equal(mrse_json_get_text(other, "title"),
                            mrse_json_get_text(source, "title")) &&
            mrse_text_equal(mrse_json_get_text(other, "read"), mrse_json_get_text(source, "read")))
            return true;
    return false;
}

static void add_sources(mrse_document *d, const json_t *r)
{
    static const char *const header[] = {"Source", "Origin", "Document", "Read (age)"};
    static const double weight[] = {1.3, 1.1, 4.6, 1.2};
    size_t i, k;
    json_t *s, *label;
    mrse_document_table(d, "Documents that the numbers come from", header, weight, 4);
    json_array_foreach (mrse_json_at(r, "sources.scanner"), i, s)
        source_row(d, "scanner", s);
    json_array_foreach (mrse_json_at(r, "sources.case"), i, s)
        source_row(d, "case", s);
    json_array_foreach (mrse_json_at(r, "sources.before"), i, s)
        source_row(d, is_listed(mrse_json_at(r, "sources.after"), s) ? "both" : "before", s);
    json_array_foreach (mrse_json_at(r, "sources.after"), i, s)
        if (!is_listed(mrse_json_at(r, "sources.before"), s))
            source_row(d, "after", s);
    json_array_foreach (mrse_json_at(r, "sources.site"), i, s)
        source_row(d, "site", s);
    json_array_foreach (mrse_json_at(r, "sources.objects"), k, label) {
        json_array_foreach (mrse_json_at(label, "object"), i, s)
            source_row(d, "object", s);
    }
    json_array_foreach (mrse_json_at(r, "sources.labels"), k, label) {
        json_array_foreach (mrse_json_at(label, "label"), i, s)
            source_row(d, "label", s);
    }
}

static void add_ages(mrse_document *d, const json_t *r)
{
    size_t i;
    json_t *age;
    json_array_foreach (mrse_json_at(r, "ages"), i, age) {
        mrse_buf text = {0};
        const char *checked = mrse_json_get_text(age, "checked");
        if (checked[0] == '\0')
            mrse_buf_add(&text, "the file does not say when it was last checked");
        else {
            mrse_buf_addf(&text, "file checked against its sources on %s, ", checked);
            say_age(&text, mrse_json_get_num(age, "months"));
        }
        say_pair_add(d, mrse_json_get_text(age, "what"), &text);
    }
}

/* One small paragraph each: as a table they fill a page. Formula and accuracy are in the record and in
 * `mrse methods`. */
static void add_methods(mrse_document *d, const json_t *r)
{
    size_t i;
    json_t *m;
    if (json_array_size(mrse_json_at(r, "methods")) == 0)
        return;
    mrse_document_heading(d, 3, "Methods");
    mrse_buf text = {0};
    json_array_foreach (mrse_json_at(r, "methods"), i, m) {
        mrse_buf_addf(&text, "%s%s: %s", i > 0 ? "\n\n" : "", mrse_json_get_text(m, "id"),
                      mrse_json_get_text(m, "text"));
        add_if(&text, ". Valid: ", mrse_json_get_text(m, "valid"));
        add_if(&text, ". Source: ", mrse_json_get_text(m, "source"));
    }
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_inputs(mrse_document *d, const json_t *r)
{
    static const char *const header[] = {"Input file", "Role", "#Bytes", "SHA-256"};
    static const double weight[] = {1.6, 0.8, 0.7, 5.0};
    size_t i;
    json_t *u;
    mrse_document_table(d, "Input files, attached to the PDF and kept in the folder", header,
                        weight, 4);
    json_array_foreach (mrse_json_at(r, "used"), i, u) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(u, "stored"));
        mrse_buf_add(&row.cell[1], mrse_json_get_text(u, "role"));
        mrse_buf_addf(&row.cell[2], "%d", (int)mrse_json_get_num(u, "bytes"));
        mrse_buf_add(&row.cell[3], mrse_json_get_text(u, "sha256"));
        say_row_add(d, &row, 4);
    }
}

void mrse_document_add_provenance(mrse_document *d, const json_t *r)
{
    mrse_document_heading(d, 2, "Where it comes from");
    add_ages(d, r);
    add_sources(d, r);
    add_methods(d, r);
    add_inputs(d, r);
    mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                            "A hash shows whether a file has changed, if the hash was noted "
                            "elsewhere. The results relate only to the items stated. 'mrse verify' "
                            "with the folder of this sheet recomputes every number.");
}

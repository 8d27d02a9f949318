/* What a search found, for the expert who chooses. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "say_internal.h"
#include "search_internal.h"

enum { DIGITS = 4 };

static void say_parameter(mrse_buf *out, const json_t *p)
{
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(p, "kind"));
    double v = mrse_json_get_num(p, "after");
    mrse_buf_addf(out, "%s ", mrse_json_get_text(p, "label"));
    if (kind != MRSE_KIND_NONE)
        mrse_quantity_print(out, v, kind, DIGITS, 0);
    else if (v == floor(v))
        mrse_buf_addf(out, "%d", (int)v);
    else
        mrse_buf_num(out, v, 3);
}

static void say_changed(mrse_buf *out, const json_t *candidate)
{
    size_t i;
    json_t *p;
    json_array_foreach (mrse_json_at(candidate, "changed"), i, p) {
        mrse_buf_add(out, i > 0 ? ", " : "");
        say_parameter(out, p);
    }
    if (json_array_size(mrse_json_at(candidate, "changed")) == 0)
        mrse_buf_add(out, "nothing");
}

/* "0.95 (0.90 to 1.02)" */
static void say_span(mrse_buf *out, const json_t *span)
{
    double v = mrse_json_get_num(span, "v");
    if (!isfinite(v)) {
        mrse_buf_add(out, "not known");
        return;
    }
    mrse_buf_num(out, v, 3);
    if (mrse_json_get_bool(span, "unbounded")) {
        mrse_buf_add(out, " (contrast may vanish or turn round)");
        return;
    }
    mrse_buf_add(out, " (");
    mrse_buf_num(out, mrse_json_get_num(span, "low"), 3);
    mrse_buf_add(out, " to ");
    mrse_buf_num(out, mrse_json_get_num(span, "high"), 3);
    mrse_buf_add(out, ")");
}

static void say_limits(mrse_buf *out, const json_t *candidate)
{
    size_t i;
    json_t *l;
    json_array_foreach (mrse_json_at(candidate, "limits"), i, l) {
        mrse_buf_add(out, i > 0 ? "; " : "");
        say_value(out, mrse_json_at(l, "exposure"), 0);
        mrse_buf_addf(out, ", %s", mrse_json_get_text(l, "verdict"));
    }
}

static void candidate_row(mrse_document *d, const json_t *c, size_t number)
{
    say_row row = {0};
    if (number > 0)
        mrse_buf_addf(&row.cell[0], "%zu", number);
    say_changed(&row.cell[1], c);
    say_value(&row.cell[2], mrse_json_at(c, "scan_time"), 0);
    say_span(&row.cell[3], mrse_json_at(c, "snr"));
    say_span(&row.cell[4], mrse_json_at(c, "cnr"));
    say_limits(&row.cell[5], c);
    say_row_add(d, &row, 6);
}

static void begin_table(mrse_document *d, const char *caption)
{
    static const char *const header[] = {"#No.", "What changes", "#Scan time",
                                         "SNR",  "CNR",          "Against each limit"};
    static const double weight[] = {0.5, 3.4, 1.4, 1.8, 1.8, 2.6};
    mrse_document_table(d, caption, header, weight, 6);
}

static void add_question(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0};
    size_t i;
    json_t *item;
    mrse_buf_addf(&text, "Changes of %s", mrse_json_get_text(r, "sequence"));
    say_heading_add(d, 1, &text);
    json_array_foreach (mrse_json_at(r, "asked"), i, item)
        mrse_buf_addf(&text, "%s%s", i > 0 ? "; " : "", json_string_value(item));
    say_pair_add(d, "Limits", &text);
    json_array_foreach (mrse_json_at(r, "kept"), i, item)
        mrse_buf_addf(&text, "%s%s", i > 0 ? ", " : "", json_string_value(item));
    say_pair_add(d, "Kept as it is", &text);
    mrse_buf_addf(&text, "%d, of which %d do not fit in time", (int)mrse_json_get_num(r, "tried"),
                  (int)mrse_json_get_num(r, "unfit"));
    say_pair_add(d, "Settings tried", &text);
}

static void add_front(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0};
    size_t i, n = json_array_size(mrse_json_at(r, "front"));
    json_t *c;
    mrse_buf_addf(
        &text,
        "Settings that meet every limit and that no other beats in scan time, SNR and CNR: "
        "%zu of %d",
        n, (int)mrse_json_get_num(r, "pareto"));
    begin_table(d, mrse_buf_text(&text));
    mrse_buf_free(&text);
    json_array_foreach (mrse_json_at(r, "front"), i, c)
        candidate_row(d, c, i + 1);
    mrse_buf_addf(
        &text,
        "SNR of %s and CNR of %s and %s, relative to the sequence as it is; in brackets the "
        "range over published T1 and T2. A limit is met with U = 2u. Which settings the "
        "scanner accepts, its console says.",
        mrse_json_get_text(r, "tissue"),
        json_string_value(json_array_get(mrse_json_at(r, "pair"), 0)),
        json_string_value(json_array_get(mrse_json_at(r, "pair"), 1)));
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_binding(mrse_document *d, const json_t *r)
{
    size_t i;
    json_t *b;
    mrse_document_heading(d, 2, "Which limit binds");
    json_array_foreach (mrse_json_at(r, "binding"), i, b) {
        mrse_buf text = {0};
        mrse_buf_addf(&text, "%s: %s. %s",
                      json_string_value(json_array_get(mrse_json_at(r, "asked"), i)),
                      mrse_json_get_bool(b, "binds") ? "binds" : "does not bind",
                      mrse_json_get_text(b, "text"));
        const char *line = mrse_buf_text(&text);
        mrse_document_list(d, &line, 1);
        if (text.status != MRSE_OK && d->status == MRSE_OK)
            d->status = text.status;
        mrse_buf_free(&text);
    }
}

static void add_none(mrse_document *d, const json_t *r)
{
    mrse_document_paragraph(d, MRSE_STYLE_CALLOUT,
                            "No setting within the ranges meets every limit with its uncertainty.");
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN, mrse_json_get_text(r, "reason"));
    if (mrse_json_at(r, "nearest") == NULL)
        return;
    begin_table(d, "The setting that comes nearest");
    candidate_row(d, mrse_json_at(r, "nearest"), 0);
}

static void build(mrse_document *d, const json_t *r)
{
    if (mrse_json_get_text(r, "stamp")[0] != '\0')
        d->stamp = mrse_strdup(mrse_json_get_text(r, "stamp"));
    add_question(d, r);
    if (mrse_json_get_text(r, "notice")[0] != '\0')
        mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, mrse_json_get_text(r, "notice"));
    if (json_array_size(mrse_json_at(r, "front")) == 0) {
        add_none(d, r);
        return;
    }
    add_front(d, r);
    if (mrse_json_get_text(r, "reason")[0] != '\0')
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, mrse_json_get_text(r, "reason"));
    add_binding(d, r);
}

mrse_status mrse_search_document(const mrse_search *search, const mrse_search_result *result,
                                 const char *const *text, mrse_document **out)
{
    json_t *record = NULL;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (search == NULL || result == NULL || text == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_search_put(search, result, text, &record);
    if (status != MRSE_OK)
        return status;
    mrse_document *d = mrse_document_create();
    if (d != NULL)
        build(d, record);
    json_decref(record);
    status = d != NULL ? d->status : MRSE_ERR_NOMEM;
    if (status != MRSE_OK)
        mrse_document_free(d);
    else
        *out = d;
    return status;
}

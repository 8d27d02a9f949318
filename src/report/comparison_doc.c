/* A case on several scanners, side by side: one column each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

typedef struct table {
    mrse_document *d;
    const json_t *r;
    const json_t *scanners;
    size_t n; /* of scanners */
} table;

static void say_verdict(mrse_buf *out, const json_t *o)
{
    mrse_buf_add(out, mrse_json_get_text(o, "verdict"));
    if (mrse_json_get_bool(o, "provisional"))
        mrse_buf_add(out, " (PROVISIONAL)");
    if (mrse_json_get_bool(o, "on_assumption"))
        mrse_buf_add(out, " (ON ASSUMPTION)");
}

static void say_cell(mrse_buf *out, const json_t *cell)
{
    const json_t *exposure = mrse_json_at(cell, "exposure"), *limit = mrse_json_at(cell, "limit");
    if (mrse_json_get_text(cell, "none")[0] != '\0') {
        mrse_buf_add(out, mrse_json_get_text(cell, "none"));
        return;
    }
    say_verdict(out, cell);
    if (!isfinite(mrse_json_get_num(limit, "value.v")))
        return;
    mrse_buf_add(out, ": ");
    if (isfinite(mrse_json_get_num(exposure, "v"))) {
        say_value(out, exposure, 0);
        mrse_buf_add(out, "; ");
    }
    mrse_buf_add(out, "limit ");
    say_limit(out, limit);
}

static void add_scanner_rows(const table *t)
{
    say_row strength = {0}, read = {0};
    mrse_buf_add(&strength.cell[0], "nominal field strength");
    mrse_buf_add(&read.cell[0], "console values in the sequence files");
    for (size_t k = 0; k < t->n; k++) {
        const json_t *s = json_array_get(t->scanners, k);
        say_value(&strength.cell[k + 1], mrse_json_at(s, "b0_nominal"), 0);
        mrse_buf_add(&read.cell[k + 1], mrse_json_get_bool(s, "own")
                                            ? "read off this scanner"
                                            : "of another scanner: they decide nothing");
    }
    say_row_add(t->d, &strength, t->n + 1);
    say_row_add(t->d, &read, t->n + 1);
}

static void add_branch_rows(const table *t)
{
    size_t n = json_array_size(mrse_json_at(json_array_get(t->scanners, 0), "branches"));
    for (size_t i = 0; i < n; i++) {
        say_row row = {0};
        for (size_t k = 0; k < t->n; k++) {
            const json_t *s = json_array_get(t->scanners, k);
            const json_t *b = json_array_get(mrse_json_at(s, "branches"), i);
            const char *name = mrse_json_get_text(b, "branch");
            if (k == 0)
                mrse_buf_addf(&row.cell[0], "branch of the label: %s",
                              mrse_json_get_text(b, "implant"));
            mrse_buf_addf(&row.cell[k + 1], "%s (%s)", name[0] != '\0' ? name : "none",
                          mrse_json_get_text(b, "reason"));
        }
        say_row_add(t->d, &row, t->n + 1);
    }
}

static void add_requirement_rows(const table *t)
{
    size_t i;
    json_t *r;
    bool several = json_array_size(mrse_json_at(json_array_get(t->scanners, 0), "branches")) > 1;
    json_array_foreach (mrse_json_at(t->r, "requirements"), i, r) {
        say_row row = {0};
        if (several)
            mrse_buf_addf(&row.cell[0], "%s: ", mrse_json_get_text(r, "implant"));
        mrse_buf_add(&row.cell[0], mrse_json_get_text(r, "topic"));
        for (size_t k = 0; k < t->n; k++)
            say_cell(&row.cell[k + 1], json_array_get(mrse_json_at(r, "on"), k));
        say_row_add(t->d, &row, t->n + 1);
    }
}

static void add_overall_row(const table *t)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], "conditions as a whole");
    for (size_t k = 0; k < t->n; k++) {
        const json_t *overall = mrse_json_at(json_array_get(t->scanners, k), "overall");
        say_verdict(&row.cell[k + 1], overall);
        if (mrse_json_get_bool(overall, "partial"))
            mrse_buf_add(&row.cell[k + 1], "; the label is known in part only");
    }
    say_row_add(t->d, &row, t->n + 1);
}

static void add_open(const table *t, const json_t *scanner, int level)
{
    mrse_buf text = {0};
    size_t i;
    json_t *f;
    if (json_array_size(mrse_json_at(scanner, "open")) == 0)
        return;
    mrse_buf_addf(&text, "On %s: what is not met, what is missing",
                  mrse_json_get_text(scanner, "name"));
    say_heading_add(t->d, level, &text);
    json_array_foreach (mrse_json_at(scanner, "open"), i, f) {
        mrse_buf_addf(&text, "%s, %s: %s", mrse_json_get_text(f, "verdict"),
                      mrse_json_get_text(f, "topic"), mrse_json_get_text(f, "reason"));
        if (mrse_json_get_text(f, "ask")[0] != '\0')
            mrse_buf_addf(&text, "; to do: %s", mrse_json_get_text(f, "ask"));
        const char *item = mrse_buf_text(&text);
        if (text.status != MRSE_OK && t->d->status == MRSE_OK)
            t->d->status = text.status;
        mrse_document_list(t->d, &item, 1);
        mrse_buf_free(&text);
    }
}

void mrse_document_add_comparison(mrse_document *d, const json_t *r, int level)
{
    const table t = {d, r, mrse_json_at(r, "scanners"),
                     json_array_size(mrse_json_at(r, "scanners"))};
    const char *header[MRSE_SCANNERS_MAX + 1] = {"Condition"};
    double weight[MRSE_SCANNERS_MAX + 1] = {1.6};
    for (size_t k = 0; k < t.n; k++) {
        header[k + 1] = mrse_json_get_text(json_array_get(t.scanners, k), "name");
        weight[k + 1] = 2.0;
    }
    mrse_document_paragraph(
        d, MRSE_STYLE_PLAIN,
        "The same labels, patient, position and planned sequences on each scanner. A site, a "
        "survey, "
        "objects and a modification belong to the case's own scanner and are not part of this.");
    mrse_document_table(d, "Scanners side by side", header, weight, t.n + 1);
    add_scanner_rows(&t);
    add_branch_rows(&t);
    add_requirement_rows(&t);
    add_overall_row(&t);
    for (size_t k = 0; k < t.n; k++)
        add_open(&t, json_array_get(t.scanners, k), level);
    mrse_document_paragraph(
        d, MRSE_STYLE_CALLOUT,
        "This comparison informs a decision and does not make it. Before a scan "
        "on another scanner the case is written for that scanner.");
}

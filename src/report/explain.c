/* A result, explained: the working step by step, then each method that was used with every number that
 * it made. Nothing is computed here: all of it is in the record.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "json_internal.h"
#include "mrse/method.h"
#include "mrse/units.h"
#include "record_internal.h"

enum { SHOWN = 40, DIGITS = 4 }; /* numbers listed of one method; significant digits */

/* The numbers of one method, as they are met on a walk through the record. */
typedef struct listing {
    mrse_document *document;
    const char *method;
    size_t n;
} listing;

static void add_value(mrse_buf *out, const json_t *value)
{
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(value, "kind"));
    double u = mrse_json_get_num(value, "u");
    mrse_quantity_print(out, mrse_json_get_num(value, "v"), kind, DIGITS, 1);
    if (u > 0.0) {
        mrse_buf_add(out, ", u = ");
        mrse_quantity_print(out, u, kind, 2, 0);
    }
}

static void add_origin(mrse_buf *out, const json_t *value)
{
    const char *file = mrse_json_get_text(value, "file");
    mrse_buf_addf(out, "%s", mrse_json_get_text(value, "origin"));
    if (file[0] != '\0')
        mrse_buf_addf(out, ", %s line %d", file, (int)mrse_json_get_num(value, "line"));
}

static void list_value(listing *l, const char *where, const json_t *value)
{
    mrse_buf text = {0};
    if (!mrse_text_equal(mrse_json_get_text(value, "src"), l->method) || l->n++ >= SHOWN)
        return;
    mrse_buf_addf(&text, "%s = ", where);
    add_value(&text, value);
    const char *item = mrse_buf_text(&text);
    mrse_document_list(l->document, &item, 1);
    if (text.status != MRSE_OK && l->document->status == MRSE_OK)
        l->document->status = text.status;
    mrse_buf_free(&text);
}

static void walk(listing *l, const char *where, const json_t *at)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_object(at) && json_object_get(at, "v") != NULL) {
        list_value(l, where, at);
        return;
    }
    json_object_foreach ((json_t *)(uintptr_t)at, key, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s%s%s", where, where[0] != '\0' ? "." : "", key);
        walk(l, mrse_buf_text(&path), member);
        mrse_buf_free(&path);
    }
    json_array_foreach (at, i, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s[%zu]", where, i + 1);
        walk(l, mrse_buf_text(&path), member);
        mrse_buf_free(&path);
    }
}

static void pair(mrse_document *d, const char *label, const char *text)
{
    const char *cells[] = {label, text};
    if (text != NULL && text[0] != '\0')
        mrse_document_pairs(d, cells, 1);
}

static void add_step(mrse_document *d, const json_t *step, size_t number)
{
    mrse_buf text = {0}, from = {0};
    mrse_buf_addf(&text, "Step %zu: %s", number, mrse_json_get_text(step, "what"));
    mrse_document_heading(d, 3, mrse_buf_text(&text));
    mrse_buf_free(&text);
    pair(d, "Formula", mrse_json_get_text(step, "formula"));
    pair(d, "Numbers put in", mrse_json_get_text(step, "numbers"));
    add_value(&text, mrse_json_at(step, "result"));
    pair(d, "Result", mrse_buf_text(&text));
    add_origin(&from, mrse_json_at(step, "result"));
    if (mrse_json_get_text(step, "source")[0] != '\0')
        mrse_buf_addf(&from, "; %s", mrse_json_get_text(step, "source"));
    pair(d, "Where it comes from", mrse_buf_text(&from));
    if (d->status == MRSE_OK)
        d->status = text.status != MRSE_OK ? text.status : from.status;
    mrse_buf_free(&text);
    mrse_buf_free(&from);
}

static void add_method(mrse_document *d, const json_t *record, const mrse_method *method)
{
    listing l = {.document = d, .method = method->id};
    mrse_document_heading(d, 3, method->id);
    pair(d, "What it computes", method->text);
    pair(d, "Formula", method->formula);
    pair(d, "Holds for", method->valid);
    pair(d, "Accuracy", method->accuracy);
    pair(d, "Source", method->source);
    walk(&l, "", record);
    if (l.n > SHOWN) {
        mrse_buf more = {0};
        mrse_buf_addf(&more, "and %zu more numbers: see --json", l.n - SHOWN);
        const char *item = mrse_buf_text(&more);
        mrse_document_list(d, &item, 1);
        mrse_buf_free(&more);
    }
}

/* Numbers that were read, not computed: what everything rests on. */
static void add_given(mrse_document *d, const json_t *at, const char *where, size_t *n)
{
    const char *key;
    json_t *member;
    size_t i;
    mrse_buf text = {0};
    if (json_is_object(at) && json_object_get(at, "printed") != NULL &&
        json_object_get(at, "v") != NULL) {
        if ((*n)++ < SHOWN) {
            mrse_buf_addf(&text, "%s: %s, ", where, mrse_json_get_text(at, "printed"));
            add_origin(&text, at);
            const char *item = mrse_buf_text(&text);
            mrse_document_list(d, &item, 1);
        }
        mrse_buf_free(&text);
        return;
    }
    json_object_foreach ((json_t *)(uintptr_t)at, key, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s%s%s", where, where[0] != '\0' ? "." : "", key);
        add_given(d, member, mrse_buf_text(&path), n);
        mrse_buf_free(&path);
    }
    json_array_foreach (at, i, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s[%zu]", where, i + 1);
        add_given(d, member, mrse_buf_text(&path), n);
        mrse_buf_free(&path);
    }
}

static void build(mrse_document *d, const json_t *r)
{
    const mrse_method *method;
    size_t given = 0, i;
    json_t *item;
    mrse_document_heading(d, 1, "The working, step by step");
    mrse_document_heading(d, 2, "What was given");
    add_given(d, r, "", &given);
    if (json_array_size(mrse_json_at(r, "working")) > 0)
        mrse_document_heading(d, 2, "Steps");
    json_array_foreach (mrse_json_at(r, "working"), i, item)
        add_step(d, item, i + 1);
    mrse_document_heading(d, 2, "Methods, and the numbers that each made");
    json_array_foreach (mrse_json_at(r, "methods"), i, item) {
        method = mrse_method_find(mrse_json_get_text(item, "id"));
        if (method != NULL)
            add_method(d, r, method);
    }
}

mrse_status mrse_record_explain(const mrse_record *record, mrse_buf *out)
{
    static const size_t WIDTH = 100;
    if (record == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_document *d = mrse_document_create();
    if (d == NULL)
        return MRSE_ERR_NOMEM;
    build(d, record->json);
    mrse_status status = mrse_document_plain(d, WIDTH, out);
    mrse_document_free(d);
    return status;
}

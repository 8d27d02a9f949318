/* A result, explained: the working step by step, then each method that was used with every number that
 * it made. Nothing is computed here: all of it is in the record, or in what a search found.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "json_internal.h"
#include "mrse/method.h"
#include "mrse/mrse.h"
#include "record_internal.h"
#include "search_internal.h"

enum { SHOWN = 40, DIGITS = 4, WIDTH = 100 }; /* numbers listed of one method; significant digits */

/* The numbers of one method, as they are met on a walk through the record. */
typedef struct listing {
    mrse_document *document;
    const char *method;
    size_t n;
} listing;

/* Free a text; that it ran out of memory is the document's failure. */
static void done(mrse_document *d, mrse_buf *text)
{
    if (text->status != MRSE_OK && d->status == MRSE_OK)
        d->status = text->status;
    mrse_buf_free(text);
}

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
    done(l->document, &text);
}

/* A step of the working whose number stands elsewhere in the record, too. */
static bool is_detail(const json_t *at)
{
    return json_is_object(at) && mrse_json_get_bool(at, "detail");
}

static void walk(listing *l, const char *where, const json_t *at)
{
    const char *key;
    json_t *member;
    size_t i;
    if (is_detail(at))
        return;
    if (json_is_object(at) && json_object_get(at, "v") != NULL) {
        list_value(l, where, at);
        return;
    }
    json_object_foreach ((json_t *)(uintptr_t)at, key, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s%s%s", where, where[0] != '\0' ? "." : "", key);
        walk(l, mrse_buf_text(&path), member);
        done(l->document, &path);
    }
    json_array_foreach (at, i, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s[%zu]", where, i + 1);
        walk(l, mrse_buf_text(&path), member);
        done(l->document, &path);
    }
}

static void pair(mrse_document *d, const char *label, const char *text)
{
    mrse_buf line = {0};
    if (text == NULL || text[0] == '\0')
        return;
    mrse_buf_addf(&line, "%s: %s", label, text);
    const char *item = mrse_buf_text(&line);
    mrse_document_list(d, &item, 1);
    done(d, &line);
}

static void add_result(mrse_buf *out, const json_t *step)
{
    const json_t *result = mrse_json_at(step, "result");
    const char *unit = mrse_json_get_text(step, "unit");
    double u = mrse_json_get_num(result, "u");
    if (unit[0] == '\0') {
        add_value(out, result);
        return;
    }
    mrse_buf_num(out, mrse_json_get_num(result, "v"), DIGITS);
    mrse_buf_addf(out, " %s", unit);
    if (u > 0.0) {
        mrse_buf_add(out, ", u = ");
        mrse_buf_num(out, u, 2);
        mrse_buf_addf(out, " %s", unit);
    }
}

static void add_step(mrse_document *d, const json_t *step, size_t number)
{
    mrse_buf text = {0}, from = {0};
    mrse_buf_addf(&text, "Step %zu: %s", number, mrse_json_get_text(step, "what"));
    mrse_document_heading(d, 3, mrse_buf_text(&text));
    done(d, &text);
    pair(d, "Formula", mrse_json_get_text(step, "formula"));
    pair(d, "Numbers put in", mrse_json_get_text(step, "numbers"));
    add_result(&text, step);
    pair(d, "Result", mrse_buf_text(&text));
    if (isfinite(mrse_json_get_num(step, "result.v")))
        add_origin(&from, mrse_json_at(step, "result"));
    if (mrse_json_get_text(step, "source")[0] != '\0')
        mrse_buf_addf(&from, "%s%s", from.len > 0 ? "; " : "", mrse_json_get_text(step, "source"));
    pair(d, "Where it comes from", mrse_buf_text(&from));
    done(d, &text);
    done(d, &from);
}

static bool is_missing(const json_t *step)
{
    return strncmp(mrse_json_get_text(step, "numbers"), MRSE_STEP_MISSING,
                   strlen(MRSE_STEP_MISSING)) == 0;
}

/* Steps with a result, then in one line each those that could not be worked out; numbered as they
 * stand in the record. */
static void add_steps(mrse_document *d, const json_t *working)
{
    bool begun = false;
    size_t i;
    json_t *step;
    json_array_foreach (working, i, step) {
        if (is_missing(step))
            continue;
        if (!begun)
            mrse_document_heading(d, 2, "Steps");
        begun = true;
        add_step(d, step, i + 1);
    }
    begun = false;
    json_array_foreach (working, i, step) {
        mrse_buf text = {0};
        if (!is_missing(step))
            continue;
        if (!begun)
            mrse_document_heading(d, 2, "What could not be worked out");
        begun = true;
        mrse_buf_addf(&text, "Step %zu: %s: %s", i + 1, mrse_json_get_text(step, "what"),
                      mrse_json_get_text(step, "numbers"));
        const char *item = mrse_buf_text(&text);
        mrse_document_list(d, &item, 1);
        done(d, &text);
    }
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
        done(d, &more);
    }
}

/* Numbers that were read, not computed: what everything rests on. */
static void add_given(mrse_document *d, const json_t *at, const char *where, size_t *n)
{
    const char *key;
    json_t *member;
    size_t i;
    mrse_buf text = {0};
    if (is_detail(at))
        return;
    if (json_is_object(at) && json_object_get(at, "printed") != NULL &&
        json_object_get(at, "v") != NULL) {
        if ((*n)++ < SHOWN) {
            mrse_buf_addf(&text, "%s: %s, ", where, mrse_json_get_text(at, "printed"));
            add_origin(&text, at);
            const char *item = mrse_buf_text(&text);
            mrse_document_list(d, &item, 1);
        }
        done(d, &text);
        return;
    }
    json_object_foreach ((json_t *)(uintptr_t)at, key, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s%s%s", where, where[0] != '\0' ? "." : "", key);
        add_given(d, member, mrse_buf_text(&path), n);
        done(d, &path);
    }
    json_array_foreach (at, i, member) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s[%zu]", where, i + 1);
        add_given(d, member, mrse_buf_text(&path), n);
        done(d, &path);
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
    add_steps(d, mrse_json_at(r, "working"));
    mrse_document_heading(d, 2, "Methods, and the numbers that each made");
    json_array_foreach (mrse_json_at(r, "methods"), i, item) {
        method = mrse_method_find(mrse_json_get_text(item, "id"));
        if (method != NULL)
            add_method(d, r, method);
    }
}

mrse_status mrse_record_explain(const mrse_record *record, mrse_buf *out)
{
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

/* --- A search: there is no record of an assessment, so what was given is put beside what was found. --- */

static void put_base(json_t *record, const mrse_search *search, mrse_status *status)
{
    const mrse_protocol *p = search->base;
    const mrse_reported *said = &p->reported;
    json_put o = mrse_json_object((json_put){record, status}, "sequence_as_it_is");
    mrse_json_value(o, "TR", &p->tr);
    mrse_json_value(o, "TE", &p->te);
    mrse_json_value(o, "echo spacing", &p->esp);
    mrse_json_value(o, "bandwidth", &p->bandwidth);
    for (size_t i = 0; i < p->n_pulses; i++)
        mrse_json_value(o, mrse_pulse_role_text(p->pulse[i].role), &p->pulse[i].flip);
    mrse_json_value(o, "B1+rms on the console", &said->b1_rms);
    mrse_json_value(o, "peak B1+ on the console", &said->b1_peak);
    mrse_json_value(o, "whole-body SAR on the console", &said->sar_whole_body);
    mrse_json_value(o, "head SAR on the console", &said->sar_head);
    mrse_json_value(o, "dB/dt on the console", &said->dbdt);
    mrse_json_value(o, "slew rate", &p->gradient_slew);
    mrse_json_value(o, "scan time on the console", &said->scan_time);
    json_put limits = mrse_json_array((json_put){record, status}, "limits");
    for (size_t i = 0; i < search->n_limits; i++)
        mrse_json_value(mrse_json_item(limits), "value", &search->limit[i].value);
}

static void add_number(mrse_buf *out, double value, mrse_kind kind)
{
    if (kind != MRSE_KIND_NONE)
        mrse_quantity_print(out, value, kind, DIGITS, 0);
    else
        mrse_buf_num(out, value, DIGITS);
}

static void add_changes(mrse_document *d, const json_t *setting)
{
    size_t i;
    json_t *p;
    mrse_document_heading(d, 3, "Step 1: what the setting changes");
    json_array_foreach (mrse_json_at(setting, "changed"), i, p) {
        mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(p, "kind"));
        mrse_buf text = {0};
        mrse_buf_addf(&text, "%s: ", mrse_json_get_text(p, "label"));
        add_number(&text, mrse_json_get_num(p, "before"), kind);
        mrse_buf_add(&text, " becomes ");
        add_number(&text, mrse_json_get_num(p, "after"), kind);
        const char *item = mrse_buf_text(&text);
        mrse_document_list(d, &item, 1);
        done(d, &text);
    }
}

/* A step by a method, whose formula it shows. */
static void add_step_of(mrse_document *d, size_t number, const char *what, const char *numbers,
                        const json_t *value)
{
    const mrse_method *method = mrse_method_find(mrse_json_get_text(value, "src"));
    json_t *step = json_pack("{s:s, s:s, s:s, s:O, s:s}", "what", what, "formula",
                             method != NULL ? method->formula : "", "numbers", numbers, "result",
                             value, "source", mrse_json_get_text(value, "src"));
    if (step == NULL)
        d->status = d->status == MRSE_OK ? MRSE_ERR_NOMEM : d->status;
    else
        add_step(d, step, number);
    json_decref(step);
}

static void add_setting(mrse_document *d, const json_t *r, const json_t *setting)
{
    size_t i, number = 1;
    json_t *l;
    add_changes(d, setting);
    json_array_foreach (mrse_json_at(setting, "limits"), i, l) {
        mrse_buf what = {0}, numbers = {0};
        mrse_buf_addf(&what, "against '%s'",
                      json_string_value(json_array_get(mrse_json_at(r, "asked"), i)));
        mrse_buf_addf(&numbers, "%s: %s", mrse_json_get_text(l, "reason"),
                      mrse_json_get_text(l, "verdict"));
        add_step_of(d, ++number, mrse_buf_text(&what), mrse_buf_text(&numbers),
                    mrse_json_at(l, "exposure"));
        done(d, &what);
        done(d, &numbers);
    }
    add_step_of(d, ++number, "scan time", "", mrse_json_at(setting, "scan_time"));
}

/* The methods of the values of a setting, each once, and those that every search rests on. */
static void add_methods_of(mrse_document *d, const json_t *r, const json_t *setting)
{
    static const char *const always[] = {MRSE_METHOD_MODIFY_SEARCH, MRSE_METHOD_SCAN_TIME,
                                         MRSE_METHOD_SNR, MRSE_METHOD_CONTRAST, "decision-rule"};
    enum { ALWAYS = sizeof always / sizeof always[0] };
    const json_t *limits = mrse_json_at(setting, "limits");
    for (size_t i = 0; i < ALWAYS + json_array_size(limits); i++) {
        const char *id =
            i < ALWAYS ? always[i]
                       : mrse_json_get_text(json_array_get(limits, i - ALWAYS), "exposure.src");
        const mrse_method *method = mrse_method_find(id);
        bool again = false;
        for (size_t k = 0; k < ALWAYS && k < i; k++)
            again = again || strcmp(always[k], id) == 0;
        for (size_t k = ALWAYS; k < i; k++)
            again = again ||
                    strcmp(mrse_json_get_text(json_array_get(limits, k - ALWAYS), "exposure.src"),
                           id) == 0;
        if (method != NULL && !again)
            add_method(d, r, method);
    }
}

static void build_search(mrse_document *d, const json_t *r)
{
    const json_t *front = mrse_json_at(r, "front"), *setting = json_array_get(front, 0);
    size_t given = 0;
    if (setting == NULL)
        setting = mrse_json_at(r, "nearest");
    mrse_document_heading(d, 1, "The working, step by step");
    mrse_document_heading(d, 2, "What was given");
    add_given(d, r, "", &given);
    if (setting != NULL) {
        mrse_document_heading(
            d, 2, json_array_size(front) > 0 ? "Setting 1" : "The setting that comes nearest");
        add_setting(d, r, setting);
    }
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN,
                            "To see a setting worked out pulse by pulse, write it as a sequence "
                            "file: mrse sequence BEFORE AFTER --explain.");
    mrse_document_heading(d, 2, "Methods, and the numbers that each made");
    add_methods_of(d, r, setting);
}

mrse_status mrse_search_explain(const mrse_search *search, const mrse_search_result *result,
                                const char *const *text, mrse_buf *out)
{
    json_t *record = NULL;
    if (search == NULL || result == NULL || text == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_search_put(search, result, text, &record);
    if (status != MRSE_OK)
        return status;
    put_base(record, search, &status);
    mrse_document *d = status == MRSE_OK ? mrse_document_create() : NULL;
    if (d != NULL) {
        build_search(d, record);
        status = mrse_document_plain(d, WIDTH, out);
    } else if (status == MRSE_OK) {
        status = MRSE_ERR_NOMEM;
    }
    mrse_document_free(d);
    json_decref(record);
    return status;
}

/* The result of a search as a record: what both views are made from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/search_record.h"

#include <math.h>

#include "mrse/mrse.h"
#include "search_internal.h"

enum { REAL_DIGITS = 9 };

/* What the number of a parameter is of. */
static const struct {
    mrse_kind kind;
    const char *label;
} parameter[MRSE_SEARCH_PARAMETERS] = {
    [MRSE_SEARCH_TR] = {MRSE_KIND_TIME, "TR"},
    [MRSE_SEARCH_TE] = {MRSE_KIND_TIME, "TE"},
    [MRSE_SEARCH_ETL] = {MRSE_KIND_NONE, "echo train length"},
    [MRSE_SEARCH_REFOCUSING] = {MRSE_KIND_ANGLE, "refocusing angle"},
    [MRSE_SEARCH_SLICES] = {MRSE_KIND_NONE, "slices"},
    [MRSE_SEARCH_CONCATENATIONS] = {MRSE_KIND_NONE, "concatenations"},
    [MRSE_SEARCH_RF_DURATION] = {MRSE_KIND_NONE, "RF duration, times"},
    [MRSE_SEARCH_BANDWIDTH] = {MRSE_KIND_FREQUENCY, "bandwidth"},
    [MRSE_SEARCH_SLEW] = {MRSE_KIND_NONE, "slew rate, times"},
    [MRSE_SEARCH_AVERAGES] = {MRSE_KIND_NONE, "averages"},
};

static bool differs(double a, double b)
{
    return isfinite(b) && (!isfinite(a) || fabs(a - b) > 1e-9 * fmax(fabs(a), fabs(b)));
}

static void put_span(json_put o, const char *key, const mrse_span *span)
{
    json_put s = mrse_json_object(o, key);
    mrse_json_num(s, "v", span->v);
    mrse_json_num(s, "low", span->low);
    mrse_json_num(s, "high", isinf(span->high) ? (double)NAN : span->high);
    mrse_json_bool(s, "unbounded", isinf(span->high) != 0);
}

static void put_limits(json_put o, const mrse_search *search, const mrse_candidate *c)
{
    json_put list = mrse_json_array(o, "limits");
    for (size_t i = 0; i < search->n_limits; i++) {
        json_put l = mrse_json_item(list);
        mrse_json_value(l, "exposure", &c->exposure[i]);
        mrse_json_num(l, "guard", c->decision[i].guard);
        mrse_json_num(l, "margin", c->decision[i].margin);
        mrse_json_text(l, "verdict", mrse_verdict_text(c->decision[i].verdict));
        mrse_json_text(l, "reason", c->decision[i].reason);
    }
}

static void put_candidate(json_put o, const mrse_search *search, const mrse_candidate *c)
{
    json_put changed = mrse_json_array(o, "changed");
    for (size_t k = 0; k < MRSE_SEARCH_PARAMETERS; k++) {
        if (!differs(c->before[k], c->after[k]))
            continue;
        json_put p = mrse_json_item(changed);
        mrse_json_text(p, "parameter", mrse_search_parameter_text((mrse_search_parameter)k));
        mrse_json_text(p, "label", parameter[k].label);
        mrse_json_text(p, "kind", mrse_kind_get(parameter[k].kind)->id);
        mrse_json_num(p, "before", c->before[k]);
        mrse_json_num(p, "after", c->after[k]);
    }
    mrse_json_value(o, "scan_time", &c->time);
    put_span(o, "snr", &c->snr);
    put_span(o, "cnr", &c->cnr);
    put_limits(o, search, c);
}

static void put_search(json_put o, const mrse_search *search, const char *const *text)
{
    mrse_image_choice choice;
    mrse_json_text(o, "sequence", search->base->name);
    mrse_json_text(o, "stamp", search->base->stamp);
    json_put limits = mrse_json_array(o, "asked");
    for (size_t i = 0; i < search->n_limits; i++)
        mrse_json_item_text(limits, text[i]);
    json_put kept = mrse_json_array(o, "kept");
    for (size_t k = 0; k < MRSE_SEARCH_PARAMETERS; k++)
        if (search->range[k].kept)
            mrse_json_item_text(kept, mrse_search_parameter_text((mrse_search_parameter)k));
    mrse_image_choice_of(search->base->region, &choice);
    const mrse_image_choice *c = search->choice != NULL ? search->choice : &choice;
    mrse_json_text(o, "tissue", c->n_tissues > 0 ? c->tissue[0] : NULL);
    json_put pair = mrse_json_array(o, "pair");
    if (c->n_pairs > 0) {
        mrse_json_item_text(pair, c->tissue[c->pair[0].a]);
        mrse_json_item_text(pair, c->tissue[c->pair[0].b]);
    }
}

static void put_result(json_put o, const mrse_search *search, const mrse_search_result *r)
{
    mrse_json_int(o, "tried", (long long)r->n_tried);
    mrse_json_int(o, "unfit", (long long)r->n_unfit);
    mrse_json_int(o, "pareto", (long long)r->n_pareto);
    json_put front = mrse_json_array(o, "front");
    for (size_t i = 0; i < r->n_front; i++)
        put_candidate(mrse_json_item(front), search, &r->front[i]);
    if (r->nearest != NULL)
        put_candidate(mrse_json_object(o, "nearest"), search, r->nearest);
    json_put binding = mrse_json_array(o, "binding");
    for (size_t i = 0; i < r->n_bindings; i++) {
        json_put b = mrse_json_item(binding);
        mrse_json_bool(b, "binds", r->binding[i].binds);
        mrse_json_text(b, "text", r->binding[i].text);
    }
    mrse_json_text(o, "notice", r->notice[0] != '\0' ? r->notice : NULL);
    mrse_json_text(o, "reason", r->reason[0] != '\0' ? r->reason : NULL);
    mrse_json_text(o, "method", MRSE_METHOD_MODIFY_SEARCH);
}

mrse_status mrse_search_put(const mrse_search *search, const mrse_search_result *result,
                            const char *const *text, json_t **out)
{
    *out = json_object();
    mrse_status status = *out != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    json_put o = {*out, &status};
    mrse_json_text(o, "schema", "mrse/modify/1");
    json_put tool = mrse_json_object(o, "tool");
    mrse_json_text(tool, "name", "mrse");
    mrse_json_text(tool, "version", mrse_version());
    put_search(o, search, text);
    put_result(o, search, result);
    if (status != MRSE_OK) {
        json_decref(*out);
        *out = NULL;
    }
    return status;
}

mrse_status mrse_search_json(const mrse_search *search, const mrse_search_result *result,
                             const char *const *text, mrse_buf *out)
{
    json_t *record = NULL;
    if (search == NULL || result == NULL || text == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_search_put(search, result, text, &record);
    if (status == MRSE_OK)
        status = mrse_json_dump(record, JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS), out);
    mrse_buf_add(out, "\n");
    json_decref(record);
    return status == MRSE_OK ? out->status : status;
}

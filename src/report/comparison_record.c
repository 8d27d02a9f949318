/* The record of a case on several scanners. SPDX-License-Identifier: GPL-3.0-or-later */
#include "record_internal.h"

static bool same_row(const mrse_finding *a, const mrse_finding *b)
{
    return mrse_text_equal(a->implant, b->implant) && mrse_text_equal(a->topic, b->topic);
}

/* What is said of the scanner itself has no implant, and stays out. */
static bool counts(const mrse_finding *f)
{
    return f->decisive && f->implant[0] != '\0';
}

/* Several findings may share a topic ("transmit coil"): the worst of them stands for the row. */
static const mrse_finding *worst_of(const mrse_assessment *a, const mrse_finding *row)
{
    const mrse_finding *worst = NULL;
    for (size_t i = 0; i < a->n_findings; i++) {
        const mrse_finding *f = &a->finding[i];
        if (!counts(f) || !same_row(f, row))
            continue;
        if (worst == NULL || (worst->decision.verdict != f->decision.verdict &&
                              mrse_verdict_worse(worst->decision.verdict, f->decision.verdict) ==
                                  f->decision.verdict))
            worst = f;
    }
    return worst;
}

/* Why there is no verdict: nobody knows which branch holds, or which step of a fallback; or the branch
 * that holds does not ask. */
static const char *why_none(const mrse_assessment *a, const mrse_finding *row)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (same_row(&a->finding[i], row))
            return "not decided whether it counts";
    for (size_t i = 0; i < a->n_implants; i++)
        if (mrse_text_equal(a->implant[i].implant->name, row->implant) &&
            a->implant[i].branch == NULL && a->implant[i].label->n_branches > 0)
            return "no branch chosen";
    return "not asked here";
}

static void put_cell(json_put list, const mrse_assessment *a, const mrse_finding *row)
{
    const mrse_finding *f = worst_of(a, row);
    json_put o = mrse_json_item(list);
    if (f == NULL) {
        mrse_json_text(o, "none", why_none(a, row));
        return;
    }
    mrse_json_text(o, "verdict", mrse_verdict_text(f->decision.verdict));
    mrse_json_bool(o, "provisional", f->decision.provisional);
    mrse_json_bool(o, "on_assumption", f->decision.on_assumption);
    mrse_json_text(o, "branch", f->branch);
    mrse_json_text(o, "printed", f->printed);
    if (f->numeric)
        mrse_record_put_limit(o, &f->limit);
    mrse_json_value(o, "exposure", &f->exposure);
}

static bool is_new(const mrse_comparison *c, size_t on, size_t finding)
{
    const mrse_finding *f = &c->on[on]->finding[finding];
    for (size_t k = 0; k <= on; k++) {
        size_t n = k < on ? c->on[k]->n_findings : finding;
        for (size_t i = 0; i < n; i++)
            if (counts(&c->on[k]->finding[i]) && same_row(&c->on[k]->finding[i], f))
                return false;
    }
    return true;
}

static void put_requirements(json_put o, const mrse_comparison *c)
{
    json_put rows = mrse_json_array(o, "requirements");
    for (size_t k = 0; k < c->n; k++)
        for (size_t i = 0; i < c->on[k]->n_findings; i++) {
            const mrse_finding *f = &c->on[k]->finding[i];
            if (!counts(f) || !is_new(c, k, i))
                continue;
            json_put row = mrse_json_item(rows);
            mrse_json_text(row, "implant", f->implant);
            mrse_json_text(row, "topic", f->topic);
            json_put on = mrse_json_array(row, "on");
            for (size_t j = 0; j < c->n; j++)
                put_cell(on, c->on[j], f);
        }
}

static void put_open(json_put list, const mrse_finding *f)
{
    bool open = f->decision.verdict == MRSE_VERDICT_NOT_MET ||
                f->decision.verdict == MRSE_VERDICT_UNDETERMINED;
    if (!counts(f) || !open)
        return;
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "implant", f->implant);
    mrse_json_text(o, "topic", f->topic);
    mrse_json_text(o, "verdict", mrse_verdict_text(f->decision.verdict));
    mrse_json_text(o, "reason", f->decision.reason);
    mrse_json_text(o, "ask", f->ask);
}

static void put_scanner(json_put list, const mrse_assessment *a)
{
    json_put s = mrse_json_item(list);
    mrse_json_text(s, "name", a->scanner->name);
    mrse_json_text(s, "file", mrse_path_base(a->scanner_path));
    mrse_json_text(s, "stamp", a->scanner->stamp);
    mrse_json_value(s, "b0_nominal", &a->scanner->b0_nominal);
    mrse_json_date(s, "checked", &a->scanner->checked);
    mrse_json_bool(s, "own", !a->foreign);
    json_put branches = mrse_json_array(s, "branches");
    for (size_t i = 0; i < a->n_implants; i++) {
        json_put b = mrse_json_item(branches);
        mrse_json_text(b, "implant", a->implant[i].implant->name);
        mrse_json_text(b, "branch",
                       a->implant[i].branch != NULL ? a->implant[i].branch->name : NULL);
        mrse_json_text(b, "reason", a->implant[i].branch_reason);
    }
    json_put overall = mrse_json_object(s, "overall");
    mrse_json_text(overall, "verdict", mrse_verdict_text(a->overall));
    mrse_json_bool(overall, "provisional", a->provisional);
    mrse_json_bool(overall, "on_assumption", a->on_assumption);
    mrse_json_bool(overall, "partial", a->partial);
    json_put open = mrse_json_array(s, "open");
    for (size_t i = 0; i < a->n_findings; i++)
        put_open(open, &a->finding[i]);
}

static mrse_status add_inputs(mrse_record *record, const mrse_comparison *c, mrse_diags *diags)
{
    const mrse_assessment *a = c->on[0];
    mrse_status status = mrse_record_add_input(record, "case", NULL, a->kase->path, diags);
    for (size_t i = 0; i < c->n && status == MRSE_OK; i++)
        status = mrse_record_add_input(record, "scanner", NULL, c->on[i]->scanner_path, diags);
    for (size_t i = 0; i < a->n_implants && status == MRSE_OK; i++)
        status = mrse_record_add_input(record, "label", a->implant[i].implant->label,
                                       a->implant[i].label_path, diags);
    for (size_t i = 0; i < a->n_planned && status == MRSE_OK; i++)
        status = mrse_record_add_sequence(record, a->planned[i].sequence->file,
                                          &a->planned[i].study->before, diags);
    return status;
}

mrse_status mrse_record_of_comparison(const mrse_comparison *comparison, const mrse_making *making,
                                      mrse_record **out, mrse_diags *diags)
{
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (comparison == NULL || comparison->n == 0)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_begin("comparison", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK)
        status = add_inputs(record, comparison, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    mrse_record_put_making(o, making, comparison->on[0]->kase);
    mrse_record_put_used(o, record);
    mrse_record_put_question(o, comparison->on[0]->kase);
    json_put scanners = mrse_json_array(o, "scanners");
    for (size_t i = 0; i < comparison->n; i++)
        put_scanner(scanners, comparison->on[i]);
    put_requirements(o, comparison);
    json_put overall = mrse_json_object(o, "overall");
    mrse_json_text(overall, "verdict", mrse_verdict_text(comparison->overall));
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

/* Record sections of an assessed case. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "object_internal.h"
#include "record_internal.h"

static void put_texts(json_put o, const char *key, char *const *item, size_t n)
{
    json_put list = mrse_json_array(o, key);
    for (size_t i = 0; i < n; i++)
        mrse_json_item_text(list, item[i]);
}

static void put_mhra(json_put o, const mrse_case *c)
{
    json_put list = mrse_json_array(o, "mhra");
    for (size_t i = 0; i < c->n_mhra; i++) {
        json_put m = mrse_json_item(list);
        mrse_json_text(m, "section", c->mhra[i].section);
        mrse_json_text(m, "edition", c->mhra[i].edition);
        mrse_json_bool(m, "complied", c->mhra[i].complied);
        mrse_json_text(m, "how", c->mhra[i].how);
    }
}

/* The author's own words and choices, unchanged. */
void mrse_record_put_question(json_put o, const mrse_case *c)
{
    json_put q = mrse_json_object(o, "case");
    mrse_json_text(q, "title", c->title);
    mrse_json_text(q, "stamp", c->stamp);
    mrse_json_text(q, "question", c->question);
    mrse_json_bool(q, "simulated", c->simulated);
    mrse_json_text(q, "requester_role", c->requester_role);
    mrse_json_date(q, "requested", &c->requested);
    mrse_json_date(q, "performed", &c->performed);
    mrse_json_text(q, "landmark", c->landmark);
    mrse_json_text(q, "entry", c->landmark != NULL ? mrse_entry_text(c->entry) : NULL);
    mrse_json_text(q, "posture", c->landmark != NULL ? mrse_posture_text(c->posture) : NULL);
    mrse_json_value(q, "couch_height", &c->couch_height);
    mrse_json_text(q, "ipem_category", c->ipem_category);
    mrse_json_text(q, "ipem_why", c->ipem_why);
    put_mhra(q, c);
    mrse_json_text(q, "own_contribution", c->own_contribution);
    mrse_json_text(q, "others_contribution", c->others_contribution);
    put_texts(q, "alternatives", c->alternative, c->n_alternatives);
    put_texts(q, "not_considered", c->not_considered, c->n_not_considered);
    mrse_json_text(q, "referrer_justification", c->referrer_justification);
    mrse_json_text(q, "reasoning", c->reasoning);
    mrse_json_text(q, "conclusion", c->conclusion);
    mrse_json_text(q, "residual_risk", c->residual_risk);
    mrse_json_text(q, "decides", c->decides);
}

static void put_implant(json_put list, const mrse_implant_result *r)
{
    json_put i = mrse_json_item(list);
    mrse_json_text(i, "name", r->implant->name);
    mrse_json_text(i, "label_id", r->label->id);
    mrse_json_text(i, "device", r->label->device);
    mrse_json_text(i, "manufacturer", r->label->manufacturer);
    mrse_json_text(i, "category", r->label->category);
    mrse_json_text(i, "status", mrse_label_status_text(r->label->status));
    mrse_json_text(i, "status_printed", r->label->status_printed);
    mrse_json_text(i, "stamp", r->label->stamp);
    mrse_json_bool(i, "partial", r->label->partial);
    mrse_json_date(i, "checked", &r->label->checked);
    mrse_json_text(i, "document", r->label->document);
    mrse_json_text(i, "branch", r->branch != NULL ? r->branch->name : NULL);
    mrse_json_text(i, "branch_reason", r->branch_reason);
    bool path = r->implant->decisive == MRSE_DECISIVE_PATH;
    mrse_json_text(i, "decisive", path ? "path" : "scanner maximum");
    mrse_json_text(i, "because", r->implant->because);
    if (!r->implant->has_position)
        return;
    json_put p = mrse_json_object(i, "position");
    mrse_json_value(p, "x", &r->implant->x);
    mrse_json_value(p, "y", &r->implant->y);
    mrse_json_value(p, "z", &r->implant->z);
    mrse_json_text(p, "evidence", r->implant->position_evidence);
}

void mrse_record_put_limit(json_put f, const mrse_limit *limit)
{
    json_put l = mrse_json_object(f, "limit");
    mrse_json_text(l, "op", mrse_op_text(limit->op));
    mrse_json_value(l, "value", &limit->value);
    if (limit->op == MRSE_OP_RANGE)
        mrse_json_num(l, "upper", limit->upper);
}

static void put_finding(json_put list, const mrse_finding *f)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "implant", f->implant);
    mrse_json_text(o, "branch", f->branch);
    mrse_json_text(o, "topic", f->topic);
    mrse_json_text(o, "printed", f->printed);
    mrse_json_bool(o, "decisive", f->decisive);
    if (f->numeric)
        mrse_record_put_limit(o, &f->limit);
    if (f->exposure_name[0] != '\0') {
        mrse_json_text(o, "exposure_name", f->exposure_name);
        mrse_json_value(o, "exposure", &f->exposure);
    }
    mrse_json_num(o, "guard", f->decision.guard);
    mrse_json_num(o, "margin", f->decision.margin);
    mrse_json_text(o, "verdict", mrse_verdict_text(f->decision.verdict));
    mrse_json_bool(o, "provisional", f->decision.provisional);
    mrse_json_bool(o, "on_assumption", f->decision.on_assumption);
    mrse_json_text(o, "reason", f->decision.reason);
    if (f->ask[0] != '\0')
        mrse_json_text(o, "ask", f->ask);
}

void mrse_record_put_working(json_put o, const mrse_step *of, size_t n)
{
    json_put list = mrse_json_array(o, "working");
    for (size_t i = 0; i < n; i++) {
        const mrse_step *s = &of[i];
        json_put step = mrse_json_item(list);
        mrse_json_text(step, "what", s->what);
        mrse_json_text(step, "formula", s->formula);
        mrse_json_text(step, "numbers", s->numbers);
        mrse_json_value(step, "result", &s->result);
        if (s->unit[0] != '\0')
            mrse_json_text(step, "unit", s->unit);
        mrse_json_text(step, "source", s->source);
        if (s->detail)
            mrse_json_bool(step, "detail", true);
    }
}

static void put_age(json_put list, const char *what, const mrse_date *checked, const mrse_date *on)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "what", what);
    mrse_json_date(o, "checked", checked);
    if (checked->year != 0)
        mrse_json_int(o, "months", mrse_date_months(checked, on));
}

static void put_modification(json_put o, const mrse_assessment *a)
{
    const mrse_case *c = a->kase;
    json_put m = mrse_json_object(o, "modification");
    mrse_json_text(m, "reason", c->modification.reason);
    mrse_json_text(m, "constraint", c->modification.constraint);
    mrse_json_text(m, "image_quality", c->modification.image_quality);
    mrse_json_text(m, "position_evidence", c->modification.place.position_evidence);
    mrse_json_text(m, "note_before", a->before->note);
    mrse_json_text(m, "note_after", a->after->note);
    mrse_record_put_sequences(o, a->sequences, NULL);
}

void mrse_record_put_case(json_put o, const mrse_assessment *a, const mrse_date *on)
{
    mrse_record_put_question(o, a->kase);
    mrse_json_text(
        o, "decision_rule",
        "Declared values (read off the scanner or stated by a manufacturer) are compared "
        "as they stand. Computed and measured values carry U = 2u: MET when value + U "
        "meets the limit, NOT MET when value − U does not, else UNDETERMINED "
        "(ISO/IEC Guide 98-4:2012).");
    if (a->study != NULL)
        mrse_record_put_study(o, a->study);
    else
        mrse_record_put_scanner(o, a->scanner);
    json_put implants = mrse_json_array(o, "implants");
    for (size_t i = 0; i < a->n_implants; i++)
        put_implant(implants, &a->implant[i]);
    for (size_t i = 0; i < a->n_implants; i++) {
        if (a->implant[i].has_ride)
            mrse_record_put_ride(o, a->implant[i].implant->name, &a->implant[i].ride);
    }
    if (a->n_objects > 0)
        mrse_record_put_objects(o, a);
    if (a->room != NULL)
        mrse_record_put_site(o, a->room);
    if (a->measured != NULL)
        mrse_record_put_survey(o, a->measured);
    if (a->sequences != NULL)
        put_modification(o, a);
    json_put findings = mrse_json_array(o, "findings");
    for (size_t i = 0; i < a->n_findings; i++)
        put_finding(findings, &a->finding[i]);
    mrse_record_put_together(o, a);
    mrse_record_put_operator(o, a);
    json_put overall = mrse_json_object(o, "overall");
    mrse_json_text(overall, "verdict", mrse_verdict_text(a->overall));
    mrse_json_bool(overall, "provisional", a->provisional);
    mrse_json_bool(overall, "on_assumption", a->on_assumption);
    mrse_json_bool(overall, "partial", a->partial);
    mrse_record_put_working(o, a->step, a->n_steps);
    json_put sources = mrse_json_object(o, "sources");
    mrse_record_put_sources(sources, "scanner", &a->scanner->sources, on);
    mrse_record_put_sources(sources, "case", &a->kase->sources, on);
    if (a->site != NULL)
        mrse_record_put_sources(sources, "site", &a->site->sources, on);
    if (a->sequences != NULL && a->sequences->before.protocol != NULL)
        mrse_record_put_sources(sources, "before", &a->sequences->before.protocol->sources, on);
    if (a->sequences != NULL && a->sequences->after.protocol != NULL)
        mrse_record_put_sources(sources, "after", &a->sequences->after.protocol->sources, on);
    json_put objects = mrse_json_array(sources, "objects");
    for (size_t i = 0; i < a->n_objects; i++)
        mrse_record_put_sources(mrse_json_item(objects), "object", &a->object[i].file->sources, on);
    json_put labels = mrse_json_array(sources, "labels");
    for (size_t i = 0; i < a->n_implants; i++)
        mrse_record_put_sources(mrse_json_item(labels), "label", &a->implant[i].label->sources, on);
    json_put ages = mrse_json_array(o, "ages");
    put_age(ages, "scanner file", &a->scanner->checked, on);
    for (size_t i = 0; i < a->n_implants; i++)
        put_age(ages, a->implant[i].label->device, &a->implant[i].label->checked, on);
    for (size_t i = 0; i < a->n_objects; i++)
        put_age(ages, a->object[i].file->name, &a->object[i].file->checked, on);
    if (a->site != NULL)
        put_age(ages, "site file", &a->site->checked, on);
}

/* Record sections of several labels together, and of what the radiographer needs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"

static void put_names(json_put o, const mrse_assessment *a, const mrse_finding *of)
{
    json_put list = mrse_json_array(o, "labels");
    for (size_t i = 0; i < a->n_implants; i++)
        for (size_t k = 0; k < a->n_findings; k++)
            if (a->finding[k].decisive && a->finding[k].numeric &&
                mrse_text_equal(a->finding[k].quantity, of->quantity) &&
                mrse_text_equal(a->finding[k].implant, a->implant[i].implant->name)) {
                mrse_json_item_text(list, a->implant[i].implant->name);
                break;
            }
}

static void put_binding(json_put list, const mrse_assessment *a, const mrse_binding *b)
{
    const mrse_finding *limit = &a->finding[b->tightest], *worst = &a->finding[b->worst];
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "quantity", limit->quantity);
    mrse_record_put_limit(o, &limit->limit);
    mrse_json_text(o, "of", limit->implant);
    mrse_json_text(o, "printed", limit->printed);
    put_names(o, a, limit);
    mrse_json_value(o, "exposure", &worst->exposure);
    mrse_json_text(o, "exposure_name", worst->exposure_name);
    mrse_json_text(o, "sequence", worst->sequence);
    mrse_json_text(o, "verdict", mrse_verdict_text(b->decision.verdict));
    mrse_json_bool(o, "provisional", b->decision.provisional);
    mrse_json_bool(o, "on_assumption", b->decision.on_assumption);
    mrse_json_text(o, "reason", b->decision.reason);
}

/* A limit that is shown and decides nothing, of an implant whose other limits on the same quantity
 * decide nothing either: its branch, step or way is not known to apply. */
static bool is_left_out(const mrse_assessment *a, const mrse_finding *f)
{
    if (f->decisive || !f->numeric || f->quantity[0] == '\0')
        return false;
    for (size_t i = 0; i < a->n_findings; i++) {
        const mrse_finding *other = &a->finding[i];
        if (other->decisive && other->exposure.kind == f->exposure.kind &&
            mrse_text_equal(other->implant, f->implant) && other->limit.value.v == f->limit.value.v)
            return false;
    }
    return true;
}

static void put_left_out(json_put o, const mrse_assessment *a)
{
    json_put list = mrse_json_array(o, "left_out");
    for (size_t i = 0; i < a->n_findings; i++) {
        const mrse_finding *f = &a->finding[i];
        bool told = !is_left_out(a, f);
        for (size_t k = 0; k < i && !told; k++)
            told = is_left_out(a, &a->finding[k]) &&
                   mrse_text_equal(a->finding[k].implant, f->implant) &&
                   mrse_text_equal(a->finding[k].printed, f->printed);
        if (told)
            continue;
        json_put item = mrse_json_item(list);
        mrse_json_text(item, "implant", f->implant);
        mrse_json_text(item, "branch", f->branch);
        mrse_json_text(item, "quantity", f->quantity);
        mrse_json_text(item, "printed", f->printed);
    }
}

static void put_modes(json_put o, const mrse_assessment *a)
{
    const mrse_case *c = a->kase;
    const mrse_case_patient *p = &c->patient;
    char why[128];
    json_put m = mrse_json_object(o, "modes");
    json_put list = mrse_json_array(m, "permitted");
    for (unsigned i = 0; i <= MRSE_LABEL_MODE_FPO_B && a->modes.stated; i++)
        if (mrse_set_has(a->modes.permitted, i))
            mrse_json_item_text(list, mrse_label_mode_text((mrse_label_mode_name)i));
    mrse_json_bool(m, "stated", a->modes.stated);
    if (c->examination.mode != 0)
        mrse_json_text(m, "set",
                       mrse_label_mode_text((mrse_label_mode_name)(c->examination.mode - 1)));
    if (p->mode != 0)
        mrse_json_text(m, "chosen", mrse_label_mode_text((mrse_label_mode_name)(p->mode - 1)));
    mrse_json_text(m, "because", p->because);
    mrse_json_bool(m, "patient_said", p->line != 0);
    if (mrse_patient_says(p, why, sizeof why))
        mrse_json_text(m, "patient", why);
}

/* The worst decisive finding about one sequence. */
static mrse_verdict verdict_of(const mrse_assessment *a, const char *sequence)
{
    mrse_verdict worst = MRSE_VERDICT_NOT_STATED;
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->finding[i].decisive && a->finding[i].sequence[0] != '\0' &&
            mrse_text_equal(a->finding[i].sequence, sequence))
            worst = mrse_verdict_worse(worst, a->finding[i].decision.verdict);
    return worst;
}

static void put_timetable(json_put o, const mrse_assessment *a)
{
    const mrse_timetable *t = &a->timetable;
    json_put p = mrse_json_object(o, "timetable");
    mrse_json_bool(p, "needed", t->needed);
    mrse_json_bool(p, "possible", t->possible);
    mrse_json_bool(p, "reordered", t->reordered);
    mrse_json_bool(p, "on_assumption", t->on_assumption);
    mrse_json_num(p, "added_s", t->added_s);
    mrse_json_num(p, "rest_after_s", t->rest_after_s);
    mrse_json_text(p, "reason", t->reason);
    json_put list = mrse_json_array(p, "slots");
    for (size_t i = 0; i < t->n; i++) {
        const mrse_slot *s = &t->slot[i];
        const char *name = a->planned[s->planned].name;
        json_put slot = mrse_json_item(list);
        mrse_json_text(slot, "sequence", name);
        mrse_json_int(slot, "planned", (long long)s->planned + 1);
        mrse_json_value(slot, "length", &s->length);
        mrse_json_num(slot, "start_s", s->start_s);
        mrse_json_num(slot, "pause_s", s->pause_s);
        mrse_json_num(slot, "added_s", s->added_s);
        mrse_json_text(slot, "verdict", mrse_verdict_text(verdict_of(a, name)));
    }
}

static void put_elsewhere(json_put o, const mrse_assessment *other)
{
    size_t not_met = 0, unknown = 0;
    if (other == NULL)
        return;
    for (size_t i = 0; i < other->n_findings; i++) {
        not_met += other->finding[i].decisive &&
                   other->finding[i].decision.verdict == MRSE_VERDICT_NOT_MET;
        unknown += other->finding[i].decisive &&
                   other->finding[i].decision.verdict == MRSE_VERDICT_UNDETERMINED;
    }
    json_put e = mrse_json_object(o, "elsewhere");
    mrse_json_text(e, "scanner", other->scanner->name);
    mrse_json_value(e, "b0_nominal", &other->scanner->b0_nominal);
    mrse_json_text(e, "verdict", mrse_verdict_text(other->overall));
    mrse_json_int(e, "not_met", (long long)not_met);
    mrse_json_int(e, "undetermined", (long long)unknown);
}

void mrse_record_put_together(json_put o, const mrse_assessment *a)
{
    if (a->n_implants == 0)
        return;
    json_put t = mrse_json_object(o, "together");
    json_put limits = mrse_json_array(t, "limits");
    for (size_t i = 0; i < a->n_bindings; i++)
        put_binding(limits, a, &a->binding[i]);
    put_left_out(t, a);
    put_modes(t, a);
    put_timetable(t, a);
    put_elsewhere(t, a->elsewhere);
}

/* ---- what is to be done, from the labels ---- */

/* The verdict of a requirement is that of the finding that holds its words. */
static const mrse_finding *finding_of(const mrse_assessment *a, const mrse_implant_result *r,
                                      const char *printed)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->finding[i].decisive && a->finding[i].printed == printed &&
            mrse_text_equal(a->finding[i].implant, r->implant->name))
            return &a->finding[i];
    return NULL;
}

static void put_task(json_put list, const mrse_assessment *a, const mrse_implant_result *r,
                     const char *when, const char *action, const char *printed)
{
    const mrse_finding *f = printed != NULL ? finding_of(a, r, printed) : NULL;
    if (f == NULL)
        return; /* of a way that is not known to apply: the conditions list it */
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "implant", r->implant->name);
    mrse_json_text(o, "when", when);
    mrse_json_text(o, "action", action);
    mrse_json_text(o, "printed", printed);
    mrse_json_text(o, "verdict", mrse_verdict_text(f->decision.verdict));
}

static void put_state(json_put list, const mrse_assessment *a, const mrse_implant_result *r,
                      const mrse_label_state *s)
{
    mrse_buf action = {0};
    mrse_buf_addf(&action, "%s: %s%s", mrse_label_state_text(s->kind),
                  s->ruling == MRSE_RULING_FORBIDDEN ? "not " : "",
                  s->setting != NULL ? s->setting : "");
    if (action.status != MRSE_OK && *list.status == MRSE_OK)
        *list.status = action.status;
    if (s->ruling != MRSE_RULING_UNKNOWN)
        put_task(list, a, r, "before", mrse_buf_text(&action), s->printed);
    mrse_buf_free(&action);
}

static void put_tasks(json_put list, const mrse_assessment *a, const mrse_implant_result *r,
                      const mrse_label_terms *t)
{
    for (size_t i = 0; i < t->n_states; i++)
        put_state(list, a, r, &t->state[i]);
    for (size_t i = 0; i < t->n_checks; i++)
        put_task(list, a, r, mrse_label_moment_text(t->check[i].moment), t->check[i].action,
                 t->check[i].printed);
    for (size_t i = 0; i < t->n_conditions; i++)
        put_task(list, a, r, "before", t->condition[i].topic, t->condition[i].printed);
    for (size_t i = 0; i < t->n_patients; i++)
        put_task(list, a, r, "before", mrse_label_patient_text(t->patient[i].kind),
                 t->patient[i].printed);
}

/* What the assessment holds of the doing; nothing is added to it. */
void mrse_record_put_operator(json_put o, const mrse_assessment *a)
{
    const mrse_case_examination *e = &a->kase->examination;
    if (a->n_implants == 0)
        return;
    json_put p = mrse_json_object(o, "operator");
    mrse_json_text(p, "coil", e->coil);
    mrse_json_text(p, "receive_coil", e->receive_coil);
    if (e->level != MRSE_LEVEL_UNKNOWN)
        mrse_json_text(p, "level", mrse_level_text(e->level));
    if (e->level != MRSE_LEVEL_UNKNOWN && isfinite(e->offset.v) && e->offset.v != 0.0)
        mrse_json_value(p, "offset", &e->offset);
    json_put who = mrse_json_array(p, "attending");
    for (size_t i = 0; i < e->n_attending; i++)
        mrse_json_item_text(who, e->attending[i]);
    json_put tasks = mrse_json_array(p, "tasks");
    for (size_t i = 0; i < a->n_implants; i++) {
        put_tasks(tasks, a, &a->implant[i], &a->implant[i].label->must);
        if (a->implant[i].branch != NULL)
            put_tasks(tasks, a, &a->implant[i], &a->implant[i].branch->must);
    }
}

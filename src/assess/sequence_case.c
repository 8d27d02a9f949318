/* A case that modifies a sequence: its two sequences, the limits that it is for, the working.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess_internal.h"

static const mrse_case_sequence *with_role(const mrse_case *c, mrse_sequence_role role)
{
    for (size_t i = 0; i < c->n_sequences; i++)
        if (c->sequence[i].role == role)
            return &c->sequence[i];
    return NULL;
}

bool mrse_case_modifies(const mrse_case *c, const mrse_case_sequence **before,
                        const mrse_case_sequence **after)
{
    *before = with_role(c, MRSE_SEQUENCE_BEFORE);
    *after = with_role(c, MRSE_SEQUENCE_AFTER);
    return *before != NULL && *after != NULL;
}

/* A second pair would have to be left out without a word: better to ask for a case of its own. */
static mrse_status check_one_pair(const mrse_assessment *a, mrse_diags *diags)
{
    const mrse_case *c = a->kase;
    for (size_t i = 0; i < c->n_sequences; i++) {
        const mrse_case_sequence *s = &c->sequence[i];
        if (s->role == MRSE_SEQUENCE_PLANNED || s == a->before || s == a->after)
            continue;
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                     "a second sequence before, or after, the modification");
        mrse_diag_place(d, c->path, s->line, 0, "sequences",
                        "each modified sequence is a case of its own");
        return MRSE_ERR_INPUT;
    }
    return MRSE_OK;
}

/* Where dB/dt is wanted: said of the modification, else where the only implant is. */
static mrse_status find_place(const mrse_assessment *a, mrse_sequence_options *o)
{
    const mrse_case *c = a->kase;
    const mrse_case_implant *at = &c->modification.place;
    mrse_position p;
    if (!at->has_position && c->n_implants == 1)
        at = &c->implant[0];
    if (!at->has_position)
        return MRSE_OK;
    mrse_case_position(c, at, &p);
    o->has_place = true;
    return mrse_position_place(&p, o->place_m, o->u_place_m);
}

mrse_status mrse_case_sequences(mrse_assessment *a, const char *before, const char *after,
                                mrse_diags *diags)
{
    mrse_sequence_options options = {.scanner = a->scanner};
    mrse_status status = check_one_pair(a, diags);
    if (status == MRSE_OK)
        status = find_place(a, &options);
    if (status == MRSE_OK)
        status = mrse_sequence_study_run(before, after, &options, &a->sequences, diags);
    return status;
}

static void set_ask(mrse_finding *f)
{
    const char *ask = "";
    if (f->decision.verdict == MRSE_VERDICT_UNDETERMINED && !isfinite(f->exposure.v))
        ask = "read the value off the console for this sequence, and add it under 'reported'";
    else if (f->decision.verdict == MRSE_VERDICT_UNDETERMINED)
        ask = "modify the sequence further, or find the value out more exactly";
    mrse_text_copy(f->ask, sizeof f->ask, ask);
}

/* The sequence that will run decides; what was before shows why it had to change. */
static mrse_status add_limit(mrse_assessment *a, const mrse_label_limit *limit, bool after)
{
    const mrse_kind kind = limit->limit.value.kind;
    const char *name;
    mrse_finding *f = mrse_finding_new(a);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->implant = MRSE_MODIFICATION;
    f->branch = after ? "after" : "before";
    f->printed = limit->printed != NULL ? limit->printed : "";
    f->numeric = true;
    f->decisive = after;
    f->limit = limit->limit;
    f->exposure = mrse_sequence_exposure_of(a->sequences, after, kind, &name);
    f->decision = mrse_decide(&f->exposure, &limit->limit);
    mrse_text_copy(f->topic, sizeof f->topic, mrse_kind_get(kind)->name);
    (void)snprintf(f->exposure_name, sizeof f->exposure_name, "%s: %.80s",
                   after ? "after" : "before", name[0] != '\0' ? name : "not known");
    set_ask(f);
    return MRSE_OK;
}

/* The working of both sequences, as the study has it. */
static mrse_status add_steps(mrse_assessment *a)
{
    for (size_t i = 0; i < a->sequences->n_steps; i++) {
        mrse_step *step = mrse_step_new(a);
        if (step == NULL)
            return MRSE_ERR_NOMEM;
        *step = a->sequences->step[i];
    }
    return MRSE_OK;
}

mrse_status mrse_findings_add_sequences(mrse_assessment *a)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < 2 * a->kase->modification.n_limits && status == MRSE_OK; i++)
        status = add_limit(a, &a->kase->modification.limit[i / 2], i % 2 == 1);
    return status == MRSE_OK ? add_steps(a) : status;
}

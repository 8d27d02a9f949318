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

static mrse_status add_step(mrse_assessment *a, const char *what, const char *formula,
                            mrse_buf *numbers, const mrse_value *result, const char *source)
{
    mrse_step *s = numbers->status == MRSE_OK ? mrse_step_new(a) : NULL;
    if (s != NULL) {
        mrse_text_copy(s->what, sizeof s->what, what);
        mrse_text_copy(s->formula, sizeof s->formula, formula);
        mrse_text_copy(s->numbers, sizeof s->numbers, mrse_buf_text(numbers));
        mrse_text_copy(s->source, sizeof s->source, source);
        s->result = *result;
    }
    mrse_buf_free(numbers);
    return s != NULL ? MRSE_OK : MRSE_ERR_NOMEM; /* a buffer fails for want of memory only */
}

static void number(mrse_buf *out, const char *words, double value, const char *unit)
{
    mrse_buf_add(out, words);
    mrse_buf_num(out, value, 5);
    mrse_buf_add(out, unit);
}

/* Energy of the pulses of one repetition, in numbers that a reader can redo. */
static mrse_status rf_step(mrse_assessment *a, const mrse_sequence_input *in, const char *when)
{
    mrse_buf text = {0};
    char what[64];
    if (in->protocol == NULL || !isfinite(in->rf.rms_T))
        return MRSE_OK;
    const double tr_s = in->protocol->tr.v;
    const mrse_value v =
        mrse_value_computed(in->rf.rms_T, in->rf.u_relative * in->rf.rms_T, MRSE_KIND_B1_RMS, "");
    (void)snprintf(what, sizeof what, "B1+rms from the pulses, %s", when);
    number(&text, "energy in one TR ", 1e12 * in->rf.rms_T * in->rf.rms_T * tr_s, " µT² s; TR ");
    number(&text, "", tr_s, " s; peak B1+ ");
    number(&text, "", 1e6 * in->rf.peak_T, " µT");
    return add_step(a, what, "√(Σ ∫B1²dt of the pulses of one TR / TR)", &text, &v,
                    "pulses of the sequence file");
}

static mrse_status expected_step(mrse_assessment *a)
{
    const mrse_sequence_study *s = a->sequences;
    const char *name;
    mrse_value v = mrse_sequence_exposure_of(s, true, MRSE_KIND_B1_RMS, &name);
    mrse_value b = mrse_sequence_exposure_of(s, false, MRSE_KIND_B1_RMS, &name);
    double ratio = s->after.rf.rms_window_T / s->before.rf.rms_window_T;
    mrse_buf text = {0};
    if (s->before.protocol == NULL || s->after.protocol == NULL || !isfinite(ratio) ||
        !isfinite(b.v) || !isfinite(v.v))
        return MRSE_OK;
    number(&text, "", 1e6 * b.v, " µT × ");
    number(&text, "", ratio, " = ");
    number(&text, "", 1e6 * b.v * ratio, " µT expected; taken: ");
    number(&text, "", 1e6 * v.v, " µT, ");
    mrse_buf_add(&text, name);
    return add_step(a, "B1+rms after, from the console's before",
                    "B1rms(before) × B1rms(pulses after) / B1rms(pulses before)", &text, &v,
                    "console; pulses of both files");
}

static mrse_status dbdt_step(mrse_assessment *a, const mrse_sequence_input *in, const mrse_dbdt *d,
                             const char *when)
{
    const mrse_sequence_study *s = a->sequences;
    mrse_buf text = {0};
    char what[64];
    if (!isfinite(d->peak.v) || d->declared)
        return MRSE_OK;
    (void)snprintf(what, sizeof what, "dB/dt at the implant, %s", when);
    number(&text, "x ", 100 * s->place_m[0], " cm, y ");
    number(&text, "", 100 * s->place_m[1], " cm, z ");
    number(&text, "", 100 * s->place_m[2], " cm; slew ");
    for (int i = 0; i < 3; i++)
        number(&text, i > 0 ? ", " : "", in->gradient.slew[i].v, "");
    mrse_buf_add(&text, " T/m/s on x, y, z");
    return add_step(a, what,
                    "|Sx(z, 0, x) + Sy(0, z, y) + Sz(−x/2, −y/2, z)|, worst combination of signs",
                    &text, &d->peak, "method " MRSE_METHOD_DBDT);
}

static mrse_status sar_step(mrse_assessment *a)
{
    const mrse_sar *sar = &a->sequences->sar;
    mrse_buf text = {0};
    if (!isfinite(sar->ratio) || !isfinite(sar->value[0].v))
        return MRSE_OK;
    number(&text, "ratio ", sar->ratio, "");
    return add_step(a, "Whole-body SAR after", sar->reason, &text, &sar->value[0],
                    "console's value before");
}

static bool rf_changes(const mrse_sequence_study *s)
{
    return !(fabs(s->after.rf.rms_T / s->before.rf.rms_T - 1.0) <= 1e-9);
}

mrse_status mrse_findings_add_sequences(mrse_assessment *a)
{
    const mrse_sequence_study *s = a->sequences;
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < 2 * a->kase->modification.n_limits && status == MRSE_OK; i++)
        status = add_limit(a, &a->kase->modification.limit[i / 2], i % 2 == 1);
    if (status == MRSE_OK && rf_changes(s))
        status = rf_step(a, &s->before, "before");
    if (status == MRSE_OK && rf_changes(s))
        status = rf_step(a, &s->after, "after");
    if (status == MRSE_OK && rf_changes(s))
        status = expected_step(a);
    if (status == MRSE_OK)
        status = sar_step(a);
    if (status == MRSE_OK)
        status = dbdt_step(a, &s->before, &s->dbdt_before, "before");
    if (status == MRSE_OK)
        status = dbdt_step(a, &s->after, &s->dbdt_after, "after");
    return status;
}

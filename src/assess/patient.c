/* A patient for whom the label's operating mode may be too much: the mode that the expert chose, beside
 * what the labels leave. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "label_internal.h"

static void say(char *out, size_t size, const char *words)
{
    size_t used = strlen(out);
    (void)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", words);
}

bool mrse_patient_says(const mrse_case_patient *p, char *out, size_t size)
{
    out[0] = '\0';
    if (p->can_report == MRSE_KNOWN_NO)
        say(out, size, "cannot report pain or heat");
    if (p->pregnant == MRSE_KNOWN_YES)
        say(out, size, "is pregnant");
    if (p->regulates_heat == MRSE_KNOWN_NO)
        say(out, size, "cannot regulate heat");
    if (p->child == MRSE_KNOWN_YES)
        say(out, size, "is a child");
    return out[0] != '\0';
}

/* Normal, first level, second level go beyond each other in this order; what the fixed parameter
 * option leaves compares with none of them but itself. */
static bool within(unsigned mode, unsigned chosen)
{
    if (mode == chosen)
        return true;
    return mode - 1 != MRSE_LABEL_MODE_FPO_B && chosen - 1 != MRSE_LABEL_MODE_FPO_B &&
           mode < chosen;
}

static const char *name_of(unsigned mode)
{
    return mrse_label_mode_text((mrse_label_mode_name)(mode - 1));
}

static mrse_finding *start(mrse_assessment *a, const char *topic)
{
    mrse_finding *f = mrse_finding_new(a);
    if (f == NULL)
        return NULL;
    f->implant = MRSE_PATIENT;
    f->decisive = true;
    mrse_text_copy(f->topic, sizeof f->topic, topic);
    return f;
}

/* The chosen mode against what the labels leave: a choice makes stricter, never wider. */
static mrse_status add_choice(mrse_assessment *a, const mrse_case_patient *p, const char *why)
{
    mrse_finding *f = start(a, "operating mode chosen");
    char reason[192], ask[256];
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    if (p->mode == 0) {
        (void)snprintf(reason, sizeof reason, "the patient %.100s; no mode is chosen", why);
        mrse_finding_say(
            f, MRSE_VERDICT_UNDETERMINED, reason,
            "the MR Safety Expert: which operating mode, and why; patient.mode_chosen");
        return MRSE_OK;
    }
    f->printed = p->because != NULL ? p->because : "";
    if (a->modes.stated && !mrse_set_has(a->modes.permitted, p->mode - 1)) {
        (void)snprintf(reason, sizeof reason, "chosen: %.40s, which the labels do not leave",
                       name_of(p->mode));
        (void)snprintf(ask, sizeof ask, "choose one of the modes that every label allows");
        mrse_finding_say(f, MRSE_VERDICT_NOT_MET, reason, ask);
        return MRSE_OK;
    }
    (void)snprintf(reason, sizeof reason, "chosen: %.40s%s%.100s", name_of(p->mode),
                   why[0] != '\0' ? "; the patient " : "", why);
    mrse_finding_say(f, MRSE_VERDICT_MET, reason, "");
    return MRSE_OK;
}

/* The setting of the scanner, and the mode that each sequence needs, against the chosen one. */
static mrse_status add_setting(mrse_assessment *a, const mrse_case_patient *p)
{
    unsigned set = a->kase->examination.mode;
    mrse_finding *f = start(a, "operating mode set");
    mrse_answer denied;
    char reason[192], ask[256];
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < a->n_planned && !a->foreign; i++) {
        const mrse_protocol *protocol = a->planned[i].study->before.protocol;
        if (protocol == NULL || protocol->reported.mode == 0 ||
            within(protocol->reported.mode, p->mode))
            continue;
        (void)snprintf(reason, sizeof reason, "%.60s needs: %.40s, chosen: %.40s",
                       a->planned[i].name, name_of(protocol->reported.mode), name_of(p->mode));
        mrse_finding_say(f, MRSE_VERDICT_NOT_MET, reason,
                         "change this sequence until the console needs no more, or leave it out");
        return MRSE_OK;
    }
    if (set == 0) {
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, "the operating mode set is not said",
                         "the radiographer: the mode that the scanner is set to; examination.mode");
        return MRSE_OK;
    }
    if (within(set, p->mode) && mrse_exam_denies_mode(a, &denied)) {
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, denied.why, denied.ask);
        return MRSE_OK;
    }
    (void)snprintf(reason, sizeof reason, "set: %.40s, chosen: %.40s", name_of(set),
                   name_of(p->mode));
    (void)snprintf(ask, sizeof ask, "set the scanner to: %s", name_of(p->mode));
    mrse_finding_say(f, within(set, p->mode) ? MRSE_VERDICT_MET : MRSE_VERDICT_NOT_MET, reason,
                     within(set, p->mode) ? "" : ask);
    return MRSE_OK;
}

mrse_status mrse_findings_add_patient(mrse_assessment *a)
{
    const mrse_case_patient *p = &a->kase->patient;
    char why[128];
    bool asks = mrse_patient_says(p, why, sizeof why);
    if (a->kase->n_implants == 0 || (!asks && p->mode == 0))
        return MRSE_OK;
    mrse_status status = add_choice(a, p, why);
    return status == MRSE_OK && p->mode != 0 ? add_setting(a, p) : status;
}

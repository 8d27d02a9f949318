/* What is implanted, against what the label says of its parts and of their combinations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "label_internal.h"

static mrse_status add(mrse_assessment *a, const mrse_implant_result *r, const char *printed,
                       mrse_verdict verdict, const char *reason, const char *ask)
{
    mrse_finding *f = mrse_finding_start(a, r, NULL, "components", printed);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_finding_say(f, verdict, reason, ask);
    return MRSE_OK;
}

/* A part that makes the whole MR Unsafe; and ports that must not stay open. */
static mrse_status add_component(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_component *c)
{
    mrse_status status = MRSE_OK;
    if (!mrse_exam_has_component(r->implant, c->id))
        return MRSE_OK;
    if (c->unsafe)
        status = add(a, r, c->printed, MRSE_VERDICT_NOT_MET,
                     "with this part the label calls the construct MR Unsafe", "");
    if (status != MRSE_OK || !c->unused_plug)
        return status;
    const mrse_case_confirmed *plug = mrse_exam_confirmed(r->implant, "plug");
    if (plug != NULL && mrse_text_equal(plug->is, "met"))
        return add(a, r, c->printed, MRSE_VERDICT_MET, "unused ports are confirmed to be plugged",
                   "");
    if (plug != NULL && mrse_text_equal(plug->is, "not met"))
        return add(a, r, c->printed, MRSE_VERDICT_NOT_MET, "an unused port has no plug", "");
    return add(a, r, c->printed, MRSE_VERDICT_UNDETERMINED,
               "whether unused ports are plugged is not confirmed",
               "the implant centre; confirmed, what: plug, is: met");
}

static mrse_status add_combination(mrse_assessment *a, const mrse_implant_result *r,
                                   const mrse_label_combination *c)
{
    switch (c->ruling) {
    case MRSE_RULING_FORBIDDEN:
        return add(a, r, c->printed, MRSE_VERDICT_NOT_MET,
                   "the label excludes this combination of parts", "");
    case MRSE_RULING_UNKNOWN:
        return add(a, r, c->printed, MRSE_VERDICT_UNDETERMINED,
                   "the label says that this combination was not tested",
                   "ask the implant's manufacturer");
    case MRSE_RULING_ALLOWED:
    case MRSE_RULING_REQUIRED:
        break;
    }
    return add(a, r, c->printed, MRSE_VERDICT_MET, "the label lists this combination of parts", "");
}

static bool holds(const mrse_label_combination *c, const char *id)
{
    for (size_t g = 0; g < c->n_groups; g++)
        for (size_t k = 0; k < c->group[g].n_components; k++)
            if (mrse_text_equal(c->group[g].component[k], id))
                return true;
    return false;
}

/* A part beside those of every combination that is implanted: the label does not list them together. */
static bool is_beside(const mrse_implant_result *r, const char *id)
{
    for (size_t i = 0; i < r->label->n_combinations; i++)
        if (mrse_exam_has_combination(r->implant, &r->label->combination[i]) &&
            holds(&r->label->combination[i], id))
            return false;
    return true;
}

static mrse_status add_unlisted(mrse_assessment *a, const mrse_implant_result *r)
{
    char reason[192];
    for (size_t i = 0; i < r->implant->n_components; i++)
        if (is_beside(r, r->implant->component[i])) {
            (void)snprintf(reason, sizeof reason,
                           "the label does not list this combination of parts: %.100s is in none",
                           r->implant->component[i]);
            return add(a, r, "", MRSE_VERDICT_UNDETERMINED, reason,
                       "the implant's manufacturer: whether it may be scanned together");
        }
    return MRSE_OK;
}

/* Does the label rule on parts, so that it matters which of them are implanted? */
static bool rules_on_parts(const mrse_label *label)
{
    bool rules = label->n_combinations > 0;
    for (size_t i = 0; i < label->n_components; i++)
        rules = rules || label->component[i].unsafe || label->component[i].unused_plug;
    return rules;
}

mrse_status mrse_label_parts_add(mrse_assessment *a, const mrse_implant_result *r)
{
    const mrse_label *label = r->label;
    mrse_status status = MRSE_OK;
    if (r->implant->n_components == 0 && rules_on_parts(label))
        return add(a, r, "", MRSE_VERDICT_UNDETERMINED,
                   "which parts are implanted is not said, and the label rules on them",
                   "the implant centre: each part of the system; implants.components");
    if (r->implant->n_components == 0)
        return MRSE_OK; /* guards and exclusions that need them say so */
    for (size_t i = 0; i < label->n_components && status == MRSE_OK; i++)
        status = add_component(a, r, &label->component[i]);
    for (size_t i = 0; i < label->n_combinations && status == MRSE_OK; i++)
        if (mrse_exam_has_combination(r->implant, &label->combination[i]))
            status = add_combination(a, r, &label->combination[i]);
    if (status == MRSE_OK && label->n_combinations > 0)
        status = add_unlisted(a, r);
    return status;
}

/* From the verdicts of all conditions to the verdict of the case.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess_internal.h"
#include "mrse/file.h"

/* The worst decisive finding about one thing, NOT STATED when there is none. */
static mrse_verdict worst_of(mrse_assessment *a, const char *name)
{
    mrse_verdict worst = MRSE_VERDICT_NOT_STATED;
    for (size_t i = 0; i < a->n_findings; i++) {
        const mrse_finding *f = &a->finding[i];
        if (!f->decisive || !mrse_text_equal(f->implant, name))
            continue;
        worst = mrse_verdict_worse(worst, f->decision.verdict);
        a->provisional |= f->decision.provisional;
        a->on_assumption |= f->decision.on_assumption;
    }
    return worst;
}

/* The worst decisive finding of one implant. An implant about which nothing was decided is
 * undetermined, whatever the others are; and a label known in part only cannot be met as a whole. */
static mrse_verdict conclude_implant(mrse_assessment *a, const mrse_implant_result *r)
{
    mrse_verdict worst = worst_of(a, r->implant->name);
    a->partial |= r->label->partial;
    if (worst == MRSE_VERDICT_NOT_STATED || (worst == MRSE_VERDICT_MET && r->label->partial))
        return MRSE_VERDICT_UNDETERMINED;
    return worst;
}

/* A site or a survey about which nothing was decided is undetermined too. */
static mrse_verdict conclude_named(mrse_assessment *a, const char *name)
{
    mrse_verdict worst = worst_of(a, name);
    return worst == MRSE_VERDICT_NOT_STATED ? MRSE_VERDICT_UNDETERMINED : worst;
}

void mrse_assessment_conclude(mrse_assessment *a)
{
    bool any = a->n_implants > 0 || a->site != NULL || a->survey != NULL || a->sequences != NULL ||
               a->kase->n_objects > 0; /* objects alone: no limit applies, and none is met */
    a->overall = any ? MRSE_VERDICT_NOT_STATED : MRSE_VERDICT_UNDETERMINED;
    if (a->site != NULL)
        a->overall = mrse_verdict_worse(a->overall, conclude_named(a, a->site->name));
    if (a->survey != NULL)
        a->overall =
            mrse_verdict_worse(a->overall, conclude_named(a, mrse_path_base(a->survey_path)));
    if (a->sequences != NULL)
        a->overall = mrse_verdict_worse(a->overall, conclude_named(a, MRSE_MODIFICATION));
    for (size_t i = 0; i < a->n_implants; i++)
        a->overall = mrse_verdict_worse(a->overall, conclude_implant(a, &a->implant[i]));
    a->overall = mrse_verdict_worse(a->overall, worst_of(a, MRSE_PATIENT));
    /* What has no label meets no condition: beside it the whole is never MET. */
    if (a->kase->n_objects > 0 && a->overall == MRSE_VERDICT_MET)
        a->overall = MRSE_VERDICT_UNDETERMINED;
}

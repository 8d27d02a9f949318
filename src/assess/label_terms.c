/* All that a label demands together, and the choices that it leaves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "label_internal.h"

/* The worst of the findings from number `first` on; none: UNDETERMINED. They decide nothing by
 * themselves: the choice does. */
static mrse_verdict verdict_from(mrse_assessment *a, size_t first)
{
    mrse_verdict worst = MRSE_VERDICT_NOT_STATED;
    for (size_t i = first; i < a->n_findings; i++) {
        if (a->finding[i].decisive)
            worst = mrse_verdict_worse(worst, a->finding[i].decision.verdict);
        a->finding[i].decisive = false;
    }
    return worst == MRSE_VERDICT_NOT_STATED ? MRSE_VERDICT_UNDETERMINED : worst;
}

/* Met when all terms of any one option are; not met when none can be. */
static mrse_status add_choice(mrse_assessment *a, const mrse_implant_result *r,
                              const mrse_label_branch *b, const mrse_label_choice *c)
{
    const char *met = NULL;
    size_t refused = 0;
    for (size_t i = 0; i < c->n_options; i++) {
        size_t first = a->n_findings;
        mrse_status status = mrse_label_terms_add(a, r, b, &c->option[i].must);
        if (status != MRSE_OK)
            return status;
        mrse_verdict verdict = verdict_from(a, first);
        if (verdict == MRSE_VERDICT_MET && met == NULL)
            met = c->option[i].name != NULL ? c->option[i].name : "one of the ways";
        refused += verdict == MRSE_VERDICT_NOT_MET;
    }
    mrse_finding *f = mrse_finding_start(a, r, b, "one of several ways", c->printed);
    char reason[128];
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    (void)snprintf(reason, sizeof reason, "met by: %.100s", met != NULL ? met : "");
    if (met != NULL)
        mrse_finding_say(f, MRSE_VERDICT_MET, reason, "");
    else if (refused == c->n_options)
        mrse_finding_say(f, MRSE_VERDICT_NOT_MET, "none of the ways that the label leaves is met",
                         "");
    else
        mrse_finding_say(f, MRSE_VERDICT_UNDETERMINED, "no way is met, and not all are excluded",
                         "what the lines above ask for");
    return MRSE_OK;
}

static bool is_spatial(const mrse_label_limit *limit)
{
    mrse_kind kind = limit->limit.value.kind;
    return !limit->not_applicable && (kind == MRSE_KIND_SFG || kind == MRSE_KIND_PRODUCT);
}

mrse_status mrse_label_terms_add(mrse_assessment *a, const mrse_implant_result *r,
                                 const mrse_label_branch *b, const mrse_label_terms *t)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < t->n_limits && status == MRSE_OK; i++)
        status = is_spatial(&t->limit[i]) ? mrse_findings_add_spatial(a, r, b, &t->limit[i])
                                          : mrse_label_limit_add(a, r, b, &t->limit[i]);
    for (size_t i = 0; i < t->n_chains && status == MRSE_OK; i++)
        status = mrse_label_chain_add(a, r, b, &t->chain[i]);
    for (size_t i = 0; i < t->n_choices && status == MRSE_OK; i++)
        status = add_choice(a, r, b, &t->choice[i]);
    return status == MRSE_OK ? mrse_label_rules_add(a, r, b, t) : status;
}

/* Several labels at once: which limit binds, and which operating modes all of them leave.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "label_internal.h"
#include "mrse/alloc.h"

/* Limits of a branch, a step or a way that is not known to apply are shown, and decide nothing: no
 * number of theirs is merged with one that does. */
static bool binds(const mrse_finding *f)
{
    return f->decisive && f->numeric && f->quantity[0] != '\0' && isfinite(f->limit.value.v);
}

typedef enum side { SIDE_ABOVE, SIDE_BELOW, SIDE_BOTH } side;

static side side_of(const mrse_limit *l)
{
    switch (l->op) {
    case MRSE_OP_LE:
    case MRSE_OP_LT:
        return SIDE_ABOVE;
    case MRSE_OP_GE:
    case MRSE_OP_GT:
        return SIDE_BELOW;
    case MRSE_OP_RANGE:
        break;
    }
    return SIDE_BOTH;
}

/* A bound from above, one from below and a range are three things; two ranges are each their own. */
static bool comparable(const mrse_finding *a, const mrse_finding *b)
{
    return mrse_text_equal(a->quantity, b->quantity) &&
           a->limit.value.kind == b->limit.value.kind && side_of(&a->limit) == side_of(&b->limit) &&
           (side_of(&a->limit) != SIDE_BOTH ||
            (a->limit.value.v == b->limit.value.v && a->limit.upper == b->limit.upper));
}

/* At the same number `<` leaves less than `≤`. */
static bool tighter(const mrse_limit *a, const mrse_limit *than)
{
    if (a->value.v == than->value.v)
        return (a->op == MRSE_OP_LT && than->op == MRSE_OP_LE) ||
               (a->op == MRSE_OP_GT && than->op == MRSE_OP_GE);
    return side_of(a) == SIDE_BELOW ? a->value.v > than->value.v : a->value.v < than->value.v;
}

static int severity(mrse_verdict verdict)
{
    switch (verdict) {
    case MRSE_VERDICT_NOT_MET:
        return 3;
    case MRSE_VERDICT_UNDETERMINED:
        return 2;
    case MRSE_VERDICT_MET:
        return 1;
    case MRSE_VERDICT_NOT_STATED:
        break;
    }
    return 0;
}

/* What is not known is worse than any number of the same verdict. */
static bool worse(const mrse_finding *a, const mrse_finding *than)
{
    int s = severity(a->decision.verdict), t = severity(than->decision.verdict);
    if (s != t)
        return s > t;
    if (!isfinite(a->exposure.v) || !isfinite(than->exposure.v))
        return isfinite(than->exposure.v);
    return side_of(&a->limit) == SIDE_BELOW ? a->exposure.v < than->exposure.v
                                            : a->exposure.v > than->exposure.v;
}

static size_t count_labels(const mrse_assessment *a, const mrse_finding *of)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_implants; i++)
        for (size_t k = 0; k < a->n_findings; k++)
            if (binds(&a->finding[k]) && comparable(&a->finding[k], of) &&
                mrse_text_equal(a->finding[k].implant, a->implant[i].implant->name)) {
                n++;
                break;
            }
    return n;
}

/* All limits on what finding number `first` limits; it is the first of them. */
static mrse_binding bind_from(const mrse_assessment *a, size_t first)
{
    const mrse_finding *of = &a->finding[first];
    mrse_binding b = {.tightest = first, .worst = first, .n_labels = count_labels(a, of)};
    bool provisional = false, on_assumption = false;
    for (size_t i = first; i < a->n_findings; i++) {
        const mrse_finding *f = &a->finding[i];
        if (!binds(f) || !comparable(f, of))
            continue;
        if (tighter(&f->limit, &a->finding[b.tightest].limit))
            b.tightest = i;
        if (worse(f, &a->finding[b.worst]))
            b.worst = i;
        provisional |= f->decision.provisional;
        on_assumption |= f->decision.on_assumption;
    }
    b.decision = a->finding[b.worst].decision;
    b.decision.provisional = provisional;
    b.decision.on_assumption = on_assumption;
    return b;
}

mrse_status mrse_bindings_find(mrse_assessment *a)
{
    a->binding = mrse_alloc(a->n_findings + 1, sizeof *a->binding);
    if (a->binding == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < a->n_findings; i++) {
        bool seen = !binds(&a->finding[i]) || a->finding[i].implant[0] == '\0';
        for (size_t k = 0; k < i && !seen; k++)
            seen = binds(&a->finding[k]) && comparable(&a->finding[k], &a->finding[i]);
        if (!seen)
            a->binding[a->n_bindings++] = bind_from(a, i);
    }
    return MRSE_OK;
}

static void restrict_modes(mrse_modes *m, const mrse_label_terms *t)
{
    for (size_t i = 0; i < t->n_modes; i++) {
        m->permitted = m->stated ? m->permitted & t->mode[i].allowed : t->mode[i].allowed;
        m->stated = true;
    }
}

mrse_modes mrse_modes_of(const mrse_assessment *a)
{
    mrse_modes m = {0};
    for (size_t i = 0; i < a->n_implants; i++) {
        restrict_modes(&m, &a->implant[i].label->must);
        if (a->implant[i].branch != NULL)
            restrict_modes(&m, &a->implant[i].branch->must);
    }
    return m;
}

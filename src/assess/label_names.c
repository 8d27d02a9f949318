/* The names under which a person confirms what a label asks, and whether two requirements share one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

#define FIND(list, n_list, text)                                                                   \
    for (size_t i = 0; i < (n_list); i++)                                                          \
        if (mrse_text_equal((text), name) && at-- == 0)                                            \
    return (list)[i].printed

/* The words of requirement number `at` of this name, choices left out; NULL beyond the last. */
static const char *words_at(const mrse_label_terms *t, const char *name, size_t at)
{
    FIND(t->limit, t->n_limits, mrse_label_subject_text(t->limit[i].subject));
    FIND(t->state, t->n_states, mrse_label_state_text(t->state[i].kind));
    FIND(t->check, t->n_checks, t->check[i].action);
    FIND(t->patient, t->n_patients, mrse_label_patient_text(t->patient[i].kind));
    FIND(t->exclusion, t->n_exclusions, mrse_label_exclusion_text(t->exclusion[i].kind));
    FIND(t->condition, t->n_conditions, t->condition[i].topic);
    FIND(t->unknown, t->n_unknowns, t->unknown[i].topic);
    return NULL;
}

static bool says(const mrse_label_terms *t, const char *name, const char *printed)
{
    const char *words;
    for (size_t i = 0; (words = words_at(t, name, i)) != NULL; i++)
        if (mrse_text_equal(words, printed))
            return true;
    return false;
}

static bool is_new(const mrse_label_choice *c, size_t option, const char *name, const char *printed)
{
    for (size_t k = 0; k < option; k++)
        if (says(&c->option[k].must, name, printed))
            return false;
    return true;
}

/* Requirements of this name. Options of a choice exclude each other, but who confirms a name does not
 * say of which: what two of them ask in the same words counts once, in other words twice. */
static size_t count(const mrse_label_terms *t, const char *name)
{
    const char *words;
    size_t n = 0;
    while (words_at(t, name, n) != NULL)
        n++;
    for (size_t i = 0; i < t->n_choices; i++)
        for (size_t k = 0; k < t->choice[i].n_options; k++) {
            const mrse_label_terms *option = &t->choice[i].option[k].must;
            for (size_t m = 0; (words = words_at(option, name, m)) != NULL; m++)
                n += is_new(&t->choice[i], k, name, words);
        }
    return n;
}

/* Does another branch ask under this name in words that this one does not have? */
static bool asked_otherwise(const mrse_label *label, const mrse_label_branch *here,
                            const char *name)
{
    const char *words;
    for (size_t i = 0; i < label->n_branches; i++)
        for (size_t k = 0; (words = words_at(&label->branch[i].must, name, k)) != NULL; k++)
            if (!says(&here->must, name, words))
                return true;
    return false;
}

bool mrse_label_alone(const mrse_assessment *a, const mrse_implant_result *r,
                      const mrse_label_branch *b, const char *name)
{
    const mrse_label_branch *branch = b != NULL ? b : r->branch;
    size_t n = count(&r->label->must, name);
    if (branch == NULL)
        return n <= 1;
    /* What was confirmed for one scanner was confirmed for its branch. */
    if (a->foreign && asked_otherwise(r->label, branch, name))
        return false;
    return n + count(&branch->must, name) <= 1;
}

/* The words of one requirement may be the name of another. */
static bool names_another(const mrse_label_terms *t, const char *printed)
{
    const char *words;
    for (size_t i = 0; (words = words_at(t, printed, i)) != NULL; i++)
        if (!mrse_text_equal(words, printed))
            return true;
    for (size_t i = 0; i < t->n_choices; i++)
        for (size_t k = 0; k < t->choice[i].n_options; k++)
            if (names_another(&t->choice[i].option[k].must, printed))
                return true;
    return false;
}

bool mrse_label_words_alone(const mrse_implant_result *r, const mrse_label_branch *b,
                            const char *printed)
{
    const mrse_label_branch *branch = b != NULL ? b : r->branch;
    return !names_another(&r->label->must, printed) &&
           (branch == NULL || !names_another(&branch->must, printed));
}

static bool repeats(const mrse_label_terms *t, const mrse_label_state *st)
{
    for (size_t i = 0; i < t->n_states; i++)
        if (t->state[i].kind == st->kind && mrse_text_equal(t->state[i].setting, st->setting) &&
            !mrse_text_equal(t->state[i].printed, st->printed))
            return true;
    return false;
}

bool mrse_label_setting_alone(const mrse_implant_result *r, const mrse_label_branch *b,
                              const mrse_label_state *st)
{
    const mrse_label_branch *branch = b != NULL ? b : r->branch;
    return !repeats(&r->label->must, st) && (branch == NULL || !repeats(&branch->must, st));
}

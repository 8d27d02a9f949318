/* The names under which a person confirms what a label asks, and whether two requirements share one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

#define COUNT(n_list, text)                                                                        \
    for (size_t i = 0; i < (n_list); i++)                                                          \
    n += mrse_text_equal((text), name)

static size_t count_plain(const mrse_label_terms *t, const char *name)
{
    size_t n = 0;
    COUNT(t->n_limits, mrse_label_subject_text(t->limit[i].subject));
    COUNT(t->n_states, mrse_label_state_text(t->state[i].kind));
    COUNT(t->n_checks, t->check[i].action);
    COUNT(t->n_patients, mrse_label_patient_text(t->patient[i].kind));
    COUNT(t->n_exclusions, mrse_label_exclusion_text(t->exclusion[i].kind));
    COUNT(t->n_conditions, t->condition[i].topic);
    COUNT(t->n_unknowns, t->unknown[i].topic);
    return n;
}

/* Options of a choice exclude each other: the one with most counts. */
static size_t count(const mrse_label_terms *t, const char *name)
{
    size_t n = count_plain(t, name);
    for (size_t i = 0; i < t->n_choices; i++) {
        size_t most = 0;
        for (size_t k = 0; k < t->choice[i].n_options; k++) {
            size_t of_option = count_plain(&t->choice[i].option[k].must, name);
            most = of_option > most ? of_option : most;
        }
        n += most;
    }
    return n;
}

bool mrse_label_alone(const mrse_implant_result *r, const mrse_label_branch *b, const char *name)
{
    const mrse_label_branch *branch = b != NULL ? b : r->branch;
    return count(&r->label->must, name) + (branch != NULL ? count(&branch->must, name) : 0) <= 1;
}

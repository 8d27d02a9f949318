/* Requirements that hold others: chains of limits, and choices between sets of requirements.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

/* Every table that a label's terms are made of, in the order of the reference. */
const mrse_schema *const mrse_spec_label_tables[] = {&mrse_spec_limit_schema,
                                                     &mrse_spec_chain_schema,
                                                     &mrse_spec_choice_schema,
                                                     &mrse_spec_clock_schema,
                                                     &mrse_spec_zone_schema,
                                                     &mrse_spec_coil_schema,
                                                     &mrse_spec_mode_schema,
                                                     &mrse_spec_state_schema,
                                                     &mrse_spec_check_schema,
                                                     &mrse_spec_patient_schema,
                                                     &mrse_spec_exclusion_schema,
                                                     &mrse_spec_pair_schema,
                                                     &mrse_spec_condition_schema,
                                                     &mrse_spec_unknown_schema,
                                                     &mrse_spec_quote_schema,
                                                     &mrse_spec_guard_schema,
                                                     NULL};

/* ---- chains ---- */

#define STEP(member) offsetof(mrse_label_step, member)

static const mrse_field_spec step_fields[] = {
    {.key = "unreported",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "kind of quantity",
     .doc = "of the second step and all after it: the step counts only where the scanner does not "
            "report this quantity, which the step before limits"},
    {.key = "limits",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = STEP(limit),
     .count = STEP(n_limits),
     .child = &mrse_spec_limit_schema,
     .doc = "all of them must be met"},
};

static void finish_step(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label_step *step = base;
    const mrse_node *child = mrse_spec_child(r, node, "unreported");
    const char *text = child ? mrse_spec_peek(r, child) : NULL;

    step->unreported = mrse_kind_from_id(text);
    if (text && step->unreported == MRSE_KIND_NONE)
        mrse_spec_error(r, MRSE_ERR_INPUT, child->at, "write it as under 'quantity:', 'b1-rms'",
                        "'%s' is no quantity that a label limits", mrse_spec_quote(r, text));
    for (size_t i = 0; i < step->n_limits; i++)
        if (step->limit[i].not_applicable)
            mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "leave it out of the chain",
                            "limits[%zu] is not applicable: nothing is left to compare", i);
}

static const mrse_schema step_schema = {
    .name = "a step",
    .field = step_fields,
    .n = MRSE_COUNT(step_fields),
    .size = sizeof(mrse_label_step),
    .line = STEP(line),
    .finish = finish_step,
};

#define CHAIN(member) offsetof(mrse_label_chain, member)

static const mrse_field_spec chain_fields[] = {
    {.key = "steps",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = CHAIN(step),
     .count = CHAIN(n_steps),
     .child = &step_schema,
     .doc = "in the order of the label: what comes first counts where the scanner reports it"},
    MRSE_LABEL_WORDS(mrse_label_chain),
};

static bool limits_kind(const mrse_label_step *step, mrse_kind kind)
{
    for (size_t i = 0; i < step->n_limits; i++)
        if (step->limit[i].limit.value.kind == kind)
            return true;
    return false;
}

/* A later step is no free choice: it says what must be missing before it counts. */
static void check_step(mrse_reader *r, const mrse_node *entry, const mrse_label_chain *chain,
                       size_t i)
{
    const mrse_node *child = mrse_spec_child(r, entry, "unreported");
    mrse_kind kind = chain->step[i].unreported;

    if (i == 0 && child)
        mrse_spec_error(r, MRSE_ERR_INPUT, child->key_at, "move it to the step that replaces this",
                        "the first step counts wherever the scanner reports its quantity");
    if (i > 0 && !child)
        mrse_spec_error(r, MRSE_ERR_INPUT, entry->at,
                        "add 'unreported:' with the quantity that the step before limits",
                        "steps[%zu] does not say when it counts", i);
    if (i > 0 && kind != MRSE_KIND_NONE && !limits_kind(&chain->step[i - 1], kind))
        mrse_spec_error(r, MRSE_ERR_INPUT, child->at, "name a quantity of the step before",
                        "steps[%zu] does not limit '%s'", i - 1, mrse_kind_get(kind)->id);
}

static void finish_chain(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_chain *chain = base;
    const mrse_node *steps = mrse_spec_child(r, node, "steps");
    const mrse_node *entry = mrse_spec_first(r, steps);

    for (size_t i = 0; entry && i < chain->n_steps; i++, entry = mrse_spec_next(r, entry))
        check_step(r, entry, chain, i);
    if (chain->n_steps == 1)
        mrse_spec_error(r, MRSE_ERR_INPUT, steps->key_at, "write a single limit under 'limits:'",
                        "a chain needs at least two steps");
}

const mrse_schema mrse_spec_chain_schema = {
    .name = "a chain of limits",
    .doc = "Limits of which the first that the scanner can show counts: B1+rms, else SAR. It is "
           "no free choice.",
    .field = chain_fields,
    .n = MRSE_COUNT(chain_fields),
    .size = sizeof(mrse_label_chain),
    .line = CHAIN(line),
    .apart = true,
    .finish = finish_chain,
};

/* ---- choices ---- */

static const mrse_field_spec option_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = offsetof(mrse_label_option, name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what tells it from the others: '4 W/kg for 15 min'"},
    MRSE_LABEL_TERMS(mrse_label_option),
};

static void finish_option(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_option *option = base;
    mrse_label_words words;

    if (!mrse_label_words_at(&option->must, 0, &words))
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "add the limits and clocks of this way",
                        "the option demands nothing: it would always be met");
}

static const mrse_schema option_schema = {
    .name = "an option",
    .field = option_fields,
    .n = MRSE_COUNT(option_fields),
    .size = sizeof(mrse_label_option),
    .line = offsetof(mrse_label_option, line),
    .finish = finish_option,
};

#define CHOICE(member) offsetof(mrse_label_choice, member)

static const mrse_field_spec choice_fields[] = {
    {.key = "options",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = CHOICE(option),
     .count = CHOICE(n_options),
     .child = &option_schema,
     .doc = "all terms of any one of them must be met"},
    MRSE_LABEL_WORDS(mrse_label_choice),
};

static void finish_choice(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_choice *choice = base;

    if (choice->n_options == 1)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "options")->key_at,
                        "write what always holds directly in the branch",
                        "a choice needs at least two options");
}

const mrse_schema mrse_spec_choice_schema = {
    .name = "a choice",
    .doc = "Several ways to meet the label: 4 W/kg for 15 min, or 2 W/kg for 30 min.",
    .field = choice_fields,
    .n = MRSE_COUNT(choice_fields),
    .size = sizeof(mrse_label_choice),
    .line = CHOICE(line),
    .apart = true,
    .finish = finish_choice,
};

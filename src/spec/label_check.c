/* Checks across the parts of a label: names that must exist, modes that leave nothing to scan in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "label_internal.h"

/* ---- names ---- */

static bool is_combination(const mrse_label *label, const char *name)
{
    for (size_t i = 0; i < label->n_combinations; i++)
        if (mrse_text_equal(label->combination[i].name, name))
            return true;
    return false;
}

typedef bool known_name(const mrse_label *label, const char *name);

static bool is_component(const mrse_label *label, const char *id)
{
    return mrse_label_component_find(label, id) != NULL;
}

static void check_name(mrse_reader *r, const mrse_node *node, const mrse_label *label,
                       known_name *known, const char *list)
{
    const char *text = node ? mrse_spec_peek(r, node) : NULL;
    char hint[128];

    if (!text || known(label, text))
        return;
    (void)snprintf(hint, sizeof hint, "describe it under '%s:', or write its name as there", list);
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "the label lists no '%s' under '%s'",
                    mrse_spec_quote(r, text), list);
}

static void check_names(mrse_reader *r, const mrse_node *list, const mrse_label *label,
                        known_name *known, const char *under)
{
    for (const mrse_node *e = list ? mrse_spec_first(r, list) : NULL; e; e = mrse_spec_next(r, e))
        check_name(r, e, label, known, under);
}

/* Entries of a list that share a name: whatever refers to it would be ambiguous. */
static void check_unique(mrse_reader *r, const mrse_node *list, const char *key)
{
    for (const mrse_node *a = list ? mrse_spec_first(r, list) : NULL; a; a = mrse_spec_next(r, a)) {
        const mrse_node *name = mrse_spec_child(r, a, key);
        const char *text = name ? mrse_spec_peek(r, name) : NULL;

        for (const mrse_node *b = mrse_spec_first(r, list); text && b != a;
             b = mrse_spec_next(r, b)) {
            const mrse_node *other = mrse_spec_child(r, b, key);
            if (!other || !mrse_text_equal(mrse_spec_peek(r, other), text))
                continue;
            mrse_spec_error(r, MRSE_ERR_INPUT, name->at, "give each a name of its own",
                            "'%s' is the name of two entries, first in line %d",
                            mrse_spec_quote(r, text), other->at.line);
            break;
        }
    }
}

static void check_parts(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *parts = mrse_spec_child(r, node, "components");
    const mrse_node *sets = mrse_spec_child(r, node, "combinations");

    check_unique(r, parts, "id");
    check_unique(r, sets, "name");
    for (const mrse_node *e = parts ? mrse_spec_first(r, parts) : NULL; e; e = mrse_spec_next(r, e))
        check_name(r, mrse_spec_child(r, e, "plug"), label, is_component, "components");
    for (const mrse_node *e = sets ? mrse_spec_first(r, sets) : NULL; e; e = mrse_spec_next(r, e)) {
        const mrse_node *groups = mrse_spec_child(r, e, "groups");
        for (const mrse_node *g = groups ? mrse_spec_first(r, groups) : NULL; g;
             g = mrse_spec_next(r, g))
            check_names(r, mrse_spec_child(r, g, "any_of"), label, is_component, "components");
    }
}

static void check_guard(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *when = mrse_spec_child(r, node, "when");

    check_names(r, mrse_spec_child(r, when, "combinations"), label, is_combination, "combinations");
}

/* ---- terms, wherever they stand ---- */

static void check_exclusions(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *list = mrse_spec_child(r, node, "exclusions");

    for (const mrse_node *e = list ? mrse_spec_first(r, list) : NULL; e; e = mrse_spec_next(r, e))
        check_names(r, mrse_spec_child(r, e, "components"), label, is_component, "components");
}

static void check_terms(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *choices = mrse_spec_child(r, node, "any_of");

    check_exclusions(r, node, label);
    for (const mrse_node *c = choices ? mrse_spec_first(r, choices) : NULL; c;
         c = mrse_spec_next(r, c)) {
        const mrse_node *options = mrse_spec_child(r, c, "options");
        for (const mrse_node *o = options ? mrse_spec_first(r, options) : NULL; o;
             o = mrse_spec_next(r, o))
            check_exclusions(r, o, label);
    }
}

static mrse_set allowed_modes(const mrse_label_terms *terms, mrse_set modes)
{
    for (size_t i = 0; i < terms->n_modes; i++)
        if (terms->mode[i].allowed)
            modes &= terms->mode[i].allowed;
    return modes;
}

/* Modes of the guard, of the label and of the branch hold together. */
static void check_modes(mrse_reader *r, const mrse_node *entry, const mrse_label *label,
                        const mrse_label_branch *branch)
{
    mrse_set modes = branch->when.modes ? branch->when.modes : ~(mrse_set)0;

    modes = allowed_modes(&branch->must, allowed_modes(&label->must, modes));
    if (modes == 0)
        mrse_spec_error(
            r, MRSE_ERR_INPUT, entry->at,
            "a label that permits the first level allows the normal mode too: list both",
            "no operating mode is left: what this branch and the label allow differ");
}

static void check_field(mrse_reader *r, const mrse_node *entry)
{
    const mrse_node *limit = mrse_spec_child(r, entry, "b0_limit");

    if (limit && mrse_spec_child(r, entry, "b0"))
        mrse_spec_error(r, MRSE_ERR_INPUT, limit->key_at, "keep the one that the label prints",
                        "'b0' and 'b0_limit' both say for which field the branch holds");
}

static void check_dates(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *recheck = mrse_spec_child(r, node, "recheck");

    if (label->recheck.year != 0 && label->checked.year != 0 &&
        mrse_date_seconds(&label->recheck) <= mrse_date_seconds(&label->checked))
        mrse_spec_error(r, MRSE_ERR_INPUT, recheck->at,
                        "write the date on which to compare the file with the document again",
                        "'recheck' is not after 'checked'");
}

/* What was read second hand or cut short is incomplete, whatever the file claims. */
static void check_evidence(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *complete = mrse_spec_child(r, node, "complete");

    if ((label->evidence == MRSE_EVIDENCE_SECONDARY || label->evidence == MRSE_EVIDENCE_PARTIAL) &&
        complete && mrse_text_equal(mrse_spec_peek(r, complete), "yes"))
        mrse_spec_error(r, MRSE_ERR_INPUT, complete->at,
                        "write 'complete: partial', or read the document itself in full",
                        "a label read from such evidence cannot be complete");
}

void mrse_spec_check_label(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *branches = mrse_spec_child(r, node, "branches");
    const mrse_node *entry = branches ? mrse_spec_first(r, branches) : NULL;

    check_dates(r, node, label);
    check_evidence(r, node, label);
    check_parts(r, node, label);
    check_guard(r, node, label);
    check_terms(r, node, label);
    for (size_t i = 0; entry && i < label->n_branches; i++, entry = mrse_spec_next(r, entry)) {
        check_field(r, entry);
        check_guard(r, entry, label);
        check_terms(r, entry, label);
        check_modes(r, entry, label, &label->branch[i]);
    }
}

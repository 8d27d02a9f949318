/* Label files: the table of keys, and the checks between them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "label_internal.h"

static const char *const statuses[] = {"MR Unlabelled", "MR Conditional",   "MR Safe",
                                       "MR Unsafe",     "legacy statement", NULL};
static const char *const yes_partial[] = {"yes", "partial", NULL};

/* as in mrse_label_evidence, which begins with "not said" */
static const char *const evidences[] = {"ifu_pdf", "ifu_page", "secondary", "partial", NULL};

/* The choices of a label or a branch. */
#define CHOICES(holder)                                                                            \
    MRSE_LABEL_LIST(holder, "any_of", choice, n_choices, mrse_spec_choice_schema,                  \
                    "several ways to meet the label")

#define BRANCH(member) offsetof(mrse_label_branch, member)

static const mrse_field_spec branch_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = BRANCH(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what tells it from the others: '1.5 T, magnet in place'"},
    {.key = "b0",
     .type = MRSE_FIELD_VALUES,
     .at = BRANCH(b0),
     .count = BRANCH(n_b0),
     .kind = MRSE_KIND_B0,
     .min = 0.01,
     .max = 21,
     .doc = "nominal fields for which it holds; leave out when the label names none"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this branch, instead of the labelling document"},
    {.key = "b0_limit",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`<= 1.5 T`",
     .doc = "or the largest nominal field for which it holds"},
    {.key = "when",
     .type = MRSE_FIELD_MAP,
     .at = BRANCH(when),
     .child = &mrse_spec_guard_schema,
     .doc = "what else decides whether it holds"},
    CHOICES(mrse_label_branch),
    MRSE_LABEL_TERMS(mrse_label_branch),
};

static void check_twins(mrse_reader *r, const mrse_node *node, const mrse_label_branch *b)
{
    const mrse_node *entry = mrse_spec_first(r, mrse_spec_child(r, node, "limits"));

    for (size_t i = 0; entry; i++, entry = mrse_spec_next(r, entry)) {
        for (size_t j = 0; j < i; j++) {
            const mrse_label_limit *one = &b->must.limit[i], *two = &b->must.limit[j];
            if (one->limit.value.kind == MRSE_KIND_NONE ||
                one->limit.value.kind != two->limit.value.kind || one->scope != two->scope)
                continue;
            mrse_spec_warn(
                r, entry->at, "give each a scope, or put them into branches of their own",
                "limits[%zu] limits the same quantity as limits[%zu]: both must be met", i, j);
            break;
        }
    }
}

static void finish_branch(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label_branch *branch = base;

    mrse_label_words words;

    mrse_spec_read_b0_limit(r, mrse_spec_child(r, node, "b0_limit"), &branch->b0_most);

    if (branch->must.n_limits > 0)
        check_twins(r, node, branch);
    if (!mrse_label_words_at(&branch->must, 0, &words))
        mrse_spec_warn(r, node->at, "add 'limits:', 'clocks:' and so on as the label prints them",
                       "the branch states no condition at all");
}

static const mrse_schema branch_schema = {
    .name = "a branch",
    .doc = "A set of conditions that hold together.",
    .field = branch_fields,
    .n = MRSE_COUNT(branch_fields),
    .size = sizeof(mrse_label_branch),
    .line = BRANCH(line),
    .finish = finish_branch,
};

#define AT(member) offsetof(mrse_label, member)

static const mrse_field_spec label_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`label/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = AT(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "short name for records"},
    {.key = "device",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(device),
     .doc = "device with model numbers, as the document names it"},
    {.key = "manufacturer",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(manufacturer),
     .doc = "who makes it"},
    {.key = "category",
     .type = MRSE_FIELD_TEXT,
     .at = AT(category),
     .doc = "kind of device: 'loop recorder'"},
    {.key = "status",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(status),
     .choice = statuses,
     .doc = "the label's term, or 'legacy statement' for older wordings"},
    {.key = "status_printed",
     .type = MRSE_FIELD_TEXT,
     .at = AT(status_printed),
     .doc = "the wording itself; required for a legacy statement"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every document repeats: 'teaching example, not current labelling'"},
    {.key = "checked",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(checked),
     .doc = "when this file was last compared with the document"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to the documents that the facts come from"},
    {.key = "document",
     .type = MRSE_FIELD_SOURCE,
     .at = AT(document),
     .doc = "id of the labelling document: the source of all facts that name no other"},
    {.key = "complete",
     .type = MRSE_FIELD_FLAG,
     .required = true,
     .at = AT(partial),
     .choice = yes_partial,
     .doc = "whether all conditions of the document are here; a partial label never gives MET"},
    {.key = "region",
     .type = MRSE_FIELD_TEXT,
     .at = AT(region),
     .longest = MRSE_SPEC_NAME,
     .doc = "country or region for which the document holds"},
    {.key = "evidence",
     .type = MRSE_FIELD_CHOICE,
     .at = AT(evidence),
     .choice = evidences,
     .first = MRSE_EVIDENCE_IFU_PDF,
     .doc = "how the facts were read: the manufacturer's document in full, a page of it, a "
            "secondary source that quotes it, or cut short"},
    {.key = "recheck",
     .type = MRSE_FIELD_DATE,
     .at = AT(recheck),
     .doc =
         "when to compare the file with the document again: no case after that day is MET by it"},
    {.key = "components",
     .type = MRSE_FIELD_LIST,
     .at = AT(component),
     .count = AT(n_components),
     .child = &mrse_spec_component_schema,
     .doc = "parts that the label names"},
    {.key = "combinations",
     .type = MRSE_FIELD_LIST,
     .at = AT(combination),
     .count = AT(n_combinations),
     .child = &mrse_spec_combination_schema,
     .doc = "parts that the label lists together"},
    {.key = "when",
     .type = MRSE_FIELD_MAP,
     .at = AT(when),
     .child = &mrse_spec_guard_schema,
     .doc = "what must hold for any branch"},
    {.key = "branches",
     .type = MRSE_FIELD_LIST,
     .at = AT(branch),
     .count = AT(n_branches),
     .child = &branch_schema,
     .doc = "sets of conditions, one for each field strength, mode or device state"},
    CHOICES(mrse_label),
    MRSE_LABEL_TERMS(mrse_label),
};

static void check_status(mrse_reader *r, const mrse_node *node, const mrse_label *label)
{
    const mrse_node *status = mrse_spec_child(r, node, "status");
    const mrse_node *branches = mrse_spec_child(r, node, "branches");
    bool conditional = label->status == MRSE_LABEL_CONDITIONAL;
    /* "safe up to 3 T at 2 W/kg": its numbers are kept; the status itself never gives MET */
    bool branched = conditional || label->status == MRSE_LABEL_LEGACY;

    if (!mrse_text_equal(mrse_spec_peek(r, status), statuses[label->status]))
        return; /* reported as unknown */
    if (conditional && !branches)
        mrse_spec_error(r, MRSE_ERR_INPUT, status->at,
                        "add 'branches:' with the limits and conditions that the label prints",
                        "an MR Conditional label needs at least one branch");
    if (!branched && branches)
        mrse_spec_error(r, MRSE_ERR_INPUT, branches->key_at,
                        "limits make a label MR Conditional; words go under 'conditions:'",
                        "a label that is '%s' has no branches",
                        mrse_spec_quote(r, mrse_spec_text(r, status)));
    if (label->status == MRSE_LABEL_LEGACY && !mrse_spec_child(r, node, "status_printed"))
        mrse_spec_error(r, MRSE_ERR_INPUT, status->at, "add 'status_printed:' with the wording",
                        "the words of the legacy statement are missing");
    if (label->status != MRSE_LABEL_UNLABELLED && !mrse_spec_child(r, node, "document"))
        mrse_spec_error(r, MRSE_ERR_INPUT, status->at,
                        "describe it under 'sources:' and add 'document: id'",
                        "the labelling document is missing");
}

static void check_names(mrse_reader *r, const mrse_node *branches, const mrse_label *label)
{
    const mrse_node *entry = mrse_spec_first(r, branches);

    for (size_t i = 0; entry; i++, entry = mrse_spec_next(r, entry)) {
        for (size_t j = 0; j < i && label->branch[i].name; j++) {
            if (!mrse_text_equal(label->branch[i].name, label->branch[j].name))
                continue;
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, entry, "name")->at,
                            "a case names the branch that it uses",
                            "branches[%zu] and branches[%zu] have the same name", j, i);
            break;
        }
    }
}

static void finish_label(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label *label = base;
    const mrse_node *branches = mrse_spec_child(r, node, "branches");

    label->partial |=
        label->evidence == MRSE_EVIDENCE_SECONDARY || label->evidence == MRSE_EVIDENCE_PARTIAL;
    check_status(r, node, label);
    if (branches && branches->shape == MRSE_SHAPE_LIST)
        check_names(r, branches, label);
    mrse_spec_check_label(r, node, label);
}

static const mrse_schema label_schema = {
    .name = "a label",
    .field = label_fields,
    .n = MRSE_COUNT(label_fields),
    .size = sizeof(mrse_label),
    .line = MRSE_NOWHERE,
    .finish = finish_label,
};

const mrse_format mrse_spec_label = {
    .kind = "label",
    .doc = "The MR conditions of an implant, as its labelling prints them.",
    .schema = &label_schema,
    .path = AT(path),
};

mrse_status mrse_label_load(const char *path, mrse_label **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_label, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_label_free(mrse_label *label)
{
    mrse_spec_object_free(&mrse_spec_label, label);
}

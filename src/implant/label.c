/* Words of a label's status. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/label.h"

#include <string.h>

#include "mrse/text.h"

const char *mrse_label_status_text(mrse_label_status status)
{
    switch (status) {
    case MRSE_LABEL_CONDITIONAL:
        return "MR Conditional";
    case MRSE_LABEL_SAFE:
        return "MR Safe";
    case MRSE_LABEL_UNSAFE:
        return "MR Unsafe";
    case MRSE_LABEL_LEGACY:
        return "legacy statement";
    case MRSE_LABEL_UNLABELLED:
        break;
    }
    return "MR Unlabelled";
}

const char *mrse_label_evidence_text(mrse_label_evidence evidence)
{
    static const char *const text[] = {
        "not said", "manufacturer's document, read in full", "page of the manufacturer",
        "secondary source that quotes the label", "incomplete view of the document"};

    return text[(unsigned)evidence < sizeof text / sizeof *text ? evidence : 0];
}

const char *mrse_label_role_text(mrse_label_role role)
{
    static const char *const text[] = {"other",   "device", "lead",      "extension",
                                       "adaptor", "plug",   "accessory", "external part"};

    return text[(unsigned)role < sizeof text / sizeof *text ? role : 0];
}

/* Where each list of the terms is, and where its elements keep their words. */
typedef struct list_place {
    const char *topic; /* NULL: the element's own */
    size_t list, n, size, printed, source, line;
} list_place;

#define LIST(words, type, list, count)                                                             \
    {                                                                                              \
        words, offsetof(mrse_label_terms, list), offsetof(mrse_label_terms, count), sizeof(type),  \
            offsetof(type, printed), offsetof(type, source), offsetof(type, line)                  \
    }

static const list_place lists[] = {
    LIST("limit", mrse_label_limit, limit, n_limits),
    LIST("first limit that the scanner can show", mrse_label_chain, chain, n_chains),
    LIST("one of several", mrse_label_choice, choice, n_choices),
    LIST("time", mrse_label_clock, clock, n_clocks),
    LIST("place", mrse_label_zone, zone, n_zones),
    LIST("coil", mrse_label_coil, coil, n_coils),
    LIST("operating mode", mrse_label_mode, mode, n_modes),
    LIST("device state", mrse_label_state, state, n_states),
    LIST("check", mrse_label_check, check, n_checks),
    LIST("patient", mrse_label_patient, patient, n_patients),
    LIST("exclusion", mrse_label_exclusion, exclusion, n_exclusions),
    LIST("other implants", mrse_label_pair, pair, n_pairs),
    LIST(NULL, mrse_label_condition, condition, n_conditions),
    LIST("not known", mrse_label_unknown, unknown, n_unknowns),
};

/* Element `i` of a list as the words it holds. The lists differ in type, so it goes by bytes. */
static void read_words(const list_place *at, const char *element, mrse_label_words *out)
{
    const char *topic = at->topic;

    if (!topic)
        memcpy(&topic, element + offsetof(mrse_label_condition, topic), sizeof topic);
    out->topic = topic;
    memcpy(&out->printed, element + at->printed, sizeof out->printed);
    memcpy(&out->source, element + at->source, sizeof out->source);
    memcpy(&out->line, element + at->line, sizeof out->line);
}

bool mrse_label_words_at(const mrse_label_terms *terms, size_t i, mrse_label_words *out)
{
    if (!terms || !out)
        return false;
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        const char *array;
        size_t n;

        memcpy(&array, (const char *)terms + lists[k].list, sizeof array);
        memcpy(&n, (const char *)terms + lists[k].n, sizeof n);
        if (i < n) {
            read_words(&lists[k], array + i * lists[k].size, out);
            return true;
        }
        i -= n;
    }
    return false;
}

const mrse_label_component *mrse_label_component_find(const mrse_label *label, const char *id)
{
    for (size_t i = 0; label && id && i < label->n_components; i++)
        if (mrse_text_equal(label->component[i].id, id))
            return &label->component[i];
    return NULL;
}

const mrse_label_branch *mrse_label_branch_find(const mrse_label *label, const char *name)
{
    for (size_t i = 0; label && name && i < label->n_branches; i++)
        if (mrse_text_equal(label->branch[i].name, name))
            return &label->branch[i];
    return NULL;
}

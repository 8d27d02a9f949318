/* Device, patient and other implants: the tables of what a label demands of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

/* ---- device states ---- */

/* as in mrse_label_state_kind, which begins with "unknown" */
static const char *const states[] = {"mode",     "therapy",  "sensing",     "magnet",
                                     "external", "battery",  "reservoir",   "bandage",
                                     "port",     "location", "orientation", NULL};

#define STATE(member) offsetof(mrse_label_state, member)

static const mrse_field_spec state_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = STATE(kind),
     .choice = states,
     .first = MRSE_STATE_MODE,
     .doc = "what is set: the MR mode, therapy, sensing, a magnet, worn parts, and so on"},
    {.key = "ruling",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = STATE(ruling),
     .choice = mrse_spec_rulings,
     .doc = "whether the setting is required, allowed, forbidden, or unknown"},
    {.key = "setting",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = STATE(setting),
     .longest = 2 * MRSE_SPEC_NAME,
     .doc = "the setting by its name: 'off', 'MRI Protection Mode', 'in place'"},
    MRSE_LABEL_WORDS(mrse_label_state),
};

const mrse_schema mrse_spec_state_schema = {
    .name = "a device state",
    .doc = "How the device is set, plugged, worn and placed for the examination.",
    .field = state_fields,
    .n = MRSE_COUNT(state_fields),
    .size = sizeof(mrse_label_state),
    .line = STATE(line),
    .apart = true,
};

/* ---- checks ---- */

static const char *const moments[] = {"before", "during", "after", NULL};

#define CHECK(member) offsetof(mrse_label_check, member)

static const mrse_field_spec check_fields[] = {
    {.key = "when",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = CHECK(moment),
     .choice = moments,
     .doc = "before the examination, during it (monitoring), or after it"},
    {.key = "action",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CHECK(action),
     .longest = 2 * MRSE_SPEC_NAME,
     .doc = "what is done: 'interrogate the device', 'pulse oximetry or ECG'"},
    MRSE_LABEL_WORDS(mrse_label_check),
};

const mrse_schema mrse_spec_check_schema = {
    .name = "a check",
    .doc = "What the label wants done before, during and after the examination.",
    .field = check_fields,
    .n = MRSE_COUNT(check_fields),
    .size = sizeof(mrse_label_check),
    .line = CHECK(line),
    .apart = true,
};

/* ---- patients ---- */

/* as in mrse_label_patient_kind, which begins with "unknown" */
static const char *const patients[] = {"fever", "posture",  "entry", "both-sides",
                                       "awake", "informed", "other", NULL};
static const char *const postures[] = {"supine", "prone", "left-lateral", "right-lateral", NULL};
static const char *const entries[] = {"head-first", "feet-first", NULL};

#define PATIENT(member) offsetof(mrse_label_patient, member)

static const mrse_field_spec patient_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PATIENT(kind),
     .choice = patients,
     .first = MRSE_PATIENT_FEVER,
     .doc = "what is asked of the patient; both-sides: a device on each side"},
    {.key = "ruling",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PATIENT(ruling),
     .choice = mrse_spec_rulings,
     .doc = "whether it is required, allowed, forbidden, or unknown"},
    {.key = "postures",
     .type = MRSE_FIELD_SET,
     .at = PATIENT(postures),
     .choice = postures,
     .doc = "of posture: which"},
    {.key = "entries",
     .type = MRSE_FIELD_SET,
     .at = PATIENT(entries),
     .choice = entries,
     .doc = "of entry: which"},
    MRSE_LABEL_WORDS(mrse_label_patient),
};

/* A list that one kind needs and no other may have. */
static void check_list(mrse_reader *r, const mrse_node *node, const char *key, bool needed)
{
    const mrse_node *child = mrse_spec_child(r, node, key);

    if (needed && !child)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write it as the label prints it",
                        "'%s' is missing: this kind needs it", key);
    else if (child && !needed)
        mrse_spec_error(r, MRSE_ERR_INPUT, child->key_at, "leave it out, or choose another kind",
                        "'%s' does not belong to this kind", key);
}

static void finish_patient(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_patient *patient = base;

    check_list(r, node, "postures", patient->kind == MRSE_PATIENT_POSTURE);
    check_list(r, node, "entries", patient->kind == MRSE_PATIENT_ENTRY);
}

const mrse_schema mrse_spec_patient_schema = {
    .name = "a condition of the patient",
    .doc = "Fever, posture, entry direction and the like. Height is a limit: `patient-height`.",
    .field = patient_fields,
    .n = MRSE_COUNT(patient_fields),
    .size = sizeof(mrse_label_patient),
    .line = PATIENT(line),
    .apart = true,
    .finish = finish_patient,
};

/* ---- exclusions ---- */

/* as in mrse_label_exclusion_kind, which begins with "unknown" */
static const char *const exclusions[] = {"abandoned-leads", "damaged", "components", "other-make",
                                         "region",          "other",   NULL};

#define EXCLUSION(member) offsetof(mrse_label_exclusion, member)

static const mrse_field_spec exclusion_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = EXCLUSION(kind),
     .choice = exclusions,
     .first = MRSE_EXCLUSION_ABANDONED,
     .doc = "what is excluded; abandoned-leads: also extenders and adaptors"},
    {.key = "ruling",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = EXCLUSION(ruling),
     .choice = mrse_spec_rulings,
     .doc = "forbidden, or unknown: the label says that it was not tested"},
    {.key = "mr_unsafe",
     .type = MRSE_FIELD_FLAG,
     .at = EXCLUSION(unsafe),
     .choice = mrse_spec_no_yes,
     .doc = "yes: the label calls the whole construct MR Unsafe with it"},
    {.key = "components",
     .type = MRSE_FIELD_TEXTS,
     .at = EXCLUSION(component),
     .count = EXCLUSION(n_components),
     .doc = "of components: ids from the label's list"},
    {.key = "regions",
     .type = MRSE_FIELD_SET,
     .at = EXCLUSION(regions),
     .choice = mrse_spec_regions,
     .first = MRSE_BODY_HEAD,
     .doc = "of region: which must not be scanned"},
    MRSE_LABEL_WORDS(mrse_label_exclusion),
};

static void finish_exclusion(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_exclusion *out = base;

    check_list(r, node, "components", out->kind == MRSE_EXCLUSION_COMPONENTS);
    check_list(r, node, "regions", out->kind == MRSE_EXCLUSION_REGION);
    if (out->ruling == MRSE_RULING_ALLOWED || out->ruling == MRSE_RULING_REQUIRED)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "ruling")->at,
                        "write 'forbidden', or 'unknown' for what was not tested",
                        "what is allowed or required is no exclusion");
}

const mrse_schema mrse_spec_exclusion_schema = {
    .name = "an exclusion",
    .doc = "What must not be there, and what the label says was not tested.",
    .field = exclusion_fields,
    .n = MRSE_COUNT(exclusion_fields),
    .size = sizeof(mrse_label_exclusion),
    .line = EXCLUSION(line),
    .apart = true,
    .finish = finish_exclusion,
};

/* ---- rules between implants ---- */

/* as in mrse_label_pair_kind, which begins with "unknown" */
static const char *const pairs[] = {"all-conditions", "metal-near", "other", NULL};

#define PAIR(member) offsetof(mrse_label_pair, member)

static const mrse_field_spec pair_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PAIR(kind),
     .choice = pairs,
     .first = MRSE_PAIR_ALL_CONDITIONS,
     .doc = "all-conditions: those of every implant must be met; metal-near: no metal implant of "
            "that length within that distance of a lead"},
    {.key = "length",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`> 5 cm`",
     .doc = "of metal-near: which implants count"},
    {.key = "distance",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`< 4 cm`",
     .doc = "of metal-near: where they must not be"},
    MRSE_LABEL_WORDS(mrse_label_pair),
};

static void finish_pair(mrse_reader *r, const mrse_node *node, void *base)
{
    static const mrse_field_spec length = {
        .kind = MRSE_KIND_LENGTH, .min = 1e-3, .max = 2, .doc = "a length between implants"};
    mrse_label_pair *out = base;
    bool near = out->kind == MRSE_PAIR_METAL_NEAR;
    const mrse_node *child = mrse_spec_child(r, node, "length");

    check_list(r, node, "length", near);
    check_list(r, node, "distance", near);
    (void)mrse_spec_read_upper(r, &length, mrse_spec_child(r, node, "distance"), &out->distance);
    if (!mrse_spec_read_limit(r, &length, child, &out->length) || out->length.op == MRSE_OP_GT ||
        out->length.op == MRSE_OP_GE)
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, child->at, "write '> 5 cm' or '>= 5 cm'",
                    "the rule is about implants longer than that");
}

const mrse_schema mrse_spec_pair_schema = {
    .name = "a rule between implants",
    .doc = "What the label says of other implants in the same patient.",
    .field = pair_fields,
    .n = MRSE_COUNT(pair_fields),
    .size = sizeof(mrse_label_pair),
    .line = PAIR(line),
    .apart = true,
    .finish = finish_pair,
};

/* ---- words ---- */

#define CONDITION(member) offsetof(mrse_label_condition, member)

static const mrse_field_spec condition_fields[] = {
    {.key = "topic",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CONDITION(topic),
     .longest = MRSE_SPEC_NAME - 1,
     .doc = "what it is about: 'consent', 'local approval'"},
    {.key = "printed",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CONDITION(printed),
     .doc = "the label's own words; carried to the worksheet for a person to judge"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = CONDITION(source),
     .doc = "id of the source, instead of the labelling document"},
};

const mrse_schema mrse_spec_condition_schema = {
    .name = "a condition in words",
    .doc = "What no other table holds: a person judges it and signs.",
    .field = condition_fields,
    .n = MRSE_COUNT(condition_fields),
    .size = sizeof(mrse_label_condition),
    .line = CONDITION(line),
    .apart = true,
};

#define UNKNOWN(member) offsetof(mrse_label_unknown, member)

static const mrse_field_spec unknown_fields[] = {
    {.key = "topic",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = UNKNOWN(topic),
     .longest = MRSE_SPEC_NAME - 1,
     .doc = "what is not known: 'overlapped beyond 68 mm'"},
    MRSE_LABEL_WORDS(mrse_label_unknown),
};

const mrse_schema mrse_spec_unknown_schema = {
    .name = "an unknown",
    .doc = "What the label says was not tested, evaluated or determined.",
    .field = unknown_fields,
    .n = MRSE_COUNT(unknown_fields),
    .size = sizeof(mrse_label_unknown),
    .line = UNKNOWN(line),
    .apart = true,
};

/* When a branch of a label holds, and which parts the label names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

/* as in mrse_shape_of_bore, which begins with "unknown" */
static const char *const bores[] = {"cylinder", "ellipse", "open", NULL};
/* The direction of the static field, as mrse_known of "horizontal". */
static const char *const directions[] = {"vertical", "horizontal", NULL};
static const char *const only_proton[] = {"1H", NULL};
static const char *const magnets[] = {"in", "out", NULL};

#define GUARD(member) offsetof(mrse_label_guard, member)

static const mrse_field_spec guard_fields[] = {
    {.key = "transmit",
     .type = MRSE_FIELD_SET,
     .at = GUARD(transmit),
     .choice = mrse_spec_transmits,
     .first = MRSE_TRANSMIT_BODY,
     .doc = "the coil that transmits is one of these"},
    {.key = "drive",
     .type = MRSE_FIELD_SET,
     .at = GUARD(drive),
     .choice = mrse_spec_drives,
     .first = MRSE_DRIVE_CP,
     .doc = "it is driven in one of these ways"},
    {.key = "regions",
     .type = MRSE_FIELD_SET,
     .at = GUARD(regions),
     .choice = mrse_spec_regions,
     .first = MRSE_BODY_HEAD,
     .doc = "one of these is at the isocentre"},
    {.key = "modes",
     .type = MRSE_FIELD_SET,
     .at = GUARD(modes),
     .choice = mrse_spec_modes,
     .doc = "the scanner runs in one of these modes"},
    {.key = "bore",
     .type = MRSE_FIELD_SET,
     .at = GUARD(bores),
     .choice = bores,
     .first = MRSE_BORE_CYLINDER,
     .doc = "shape of the bore"},
    {.key = "field",
     .type = MRSE_FIELD_CHOICE,
     .at = GUARD(horizontal_field),
     .choice = directions,
     .first = MRSE_KNOWN_NO,
     .doc = "direction of the static field"},
    {.key = "nucleus",
     .type = MRSE_FIELD_CHOICE,
     .at = GUARD(proton),
     .choice = only_proton,
     .first = MRSE_KNOWN_YES,
     .doc = "imaging of hydrogen only"},
    {.key = "reports_b1_rms",
     .type = MRSE_FIELD_CHOICE,
     .at = GUARD(reports_b1_rms),
     .choice = mrse_spec_no_yes,
     .first = MRSE_KNOWN_NO,
     .doc = "whether the scanner displays B1+rms"},
    {.key = "magnet",
     .type = MRSE_FIELD_CHOICE,
     .at = GUARD(magnet),
     .choice = magnets,
     .first = MRSE_MAGNET_IN,
     .doc = "whether the implant's magnet is in place"},
    {.key = "zones",
     .type = MRSE_FIELD_LIST,
     .at = GUARD(zone),
     .count = GUARD(n_zones),
     .child = &mrse_spec_zone_schema,
     .doc = "places: the landmark, the end of the coil"},
    {.key = "combinations",
     .type = MRSE_FIELD_TEXTS,
     .at = GUARD(combination),
     .count = GUARD(n_combinations),
     .doc = "names from the label's list: one of them is implanted"},
    {.key = "printed",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = GUARD(printed),
     .doc = "the label's own words"},
};

static void finish_guard(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_guard *g = base;

    if (node->n > 0 && !(node->n == 1 && g->printed))
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                    "add what it asks, such as 'transmit: body', or leave 'when:' out",
                    "the guard asks nothing that the program can compare");
}

const mrse_schema mrse_spec_guard_schema = {
    .name = "a guard",
    .doc = "When a branch, or the whole label, holds: all of it together. The field strength "
           "stands beside it, in the branch.",
    .field = guard_fields,
    .n = MRSE_COUNT(guard_fields),
    .size = sizeof(mrse_label_guard),
    .line = GUARD(line),
    .apart = true,
    .finish = finish_guard,
};

void mrse_spec_read_b0_limit(mrse_reader *r, const mrse_node *node, mrse_limit *out)
{
    static const mrse_field_spec b0 = {
        .kind = MRSE_KIND_B0, .min = 0.01, .max = 21, .doc = "the largest nominal field"};

    (void)mrse_spec_read_upper(r, &b0, node, out);
}

/* ---- components ---- */

/* as in mrse_label_role */
static const char *const roles[] = {"other", "device",    "lead",     "extension", "adaptor",
                                    "plug",  "accessory", "external", NULL};

#define PART(member) offsetof(mrse_label_component, member)

static const mrse_field_spec component_fields[] = {
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = PART(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "how combinations and exclusions refer to it"},
    {.key = "role",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = PART(role),
     .choice = roles,
     .doc = "what it is in the system"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = PART(name),
     .doc = "as the document calls it"},
    {.key = "parts",
     .type = MRSE_FIELD_TEXTS,
     .at = PART(part),
     .count = PART(n_parts),
     .doc = "model and part numbers"},
    {.key = "mr_unsafe",
     .type = MRSE_FIELD_FLAG,
     .at = PART(unsafe),
     .choice = mrse_spec_no_yes,
     .doc = "yes: the label says that with it the construct is MR Unsafe"},
    {.key = "plug_unused",
     .type = MRSE_FIELD_FLAG,
     .at = PART(unused_plug),
     .choice = mrse_spec_no_yes,
     .doc = "yes: its unused ports need a plug"},
    {.key = "plug",
     .type = MRSE_FIELD_NAME,
     .at = PART(plug),
     .doc = "id of the component that closes them, when the label names it"},
    MRSE_LABEL_WORDS(mrse_label_component),
};

const mrse_schema mrse_spec_component_schema = {
    .name = "a component",
    .field = component_fields,
    .n = MRSE_COUNT(component_fields),
    .size = sizeof(mrse_label_component),
    .line = PART(line),
};

static const mrse_field_spec group_fields[] = {
    {.key = "any_of",
     .type = MRSE_FIELD_TEXTS,
     .required = true,
     .at = offsetof(mrse_label_group, component),
     .count = offsetof(mrse_label_group, n_components),
     .doc = "ids of components: any one of these"},
};

static const mrse_schema group_schema = {
    .name = "a group",
    .field = group_fields,
    .n = MRSE_COUNT(group_fields),
    .size = sizeof(mrse_label_group),
    .line = offsetof(mrse_label_group, line),
};

#define SET(member) offsetof(mrse_label_combination, member)

static const mrse_field_spec combination_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = SET(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "how guards refer to it"},
    {.key = "groups",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = SET(group),
     .count = SET(n_groups),
     .child = &group_schema,
     .doc = "one component of each group"},
    {.key = "ruling",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = SET(ruling),
     .choice = mrse_spec_rulings,
     .doc = "whether the label allows it; unknown: not tested"},
    MRSE_LABEL_WORDS(mrse_label_combination),
};

const mrse_schema mrse_spec_combination_schema = {
    .name = "a combination",
    .field = combination_fields,
    .n = MRSE_COUNT(combination_fields),
    .size = sizeof(mrse_label_combination),
    .line = SET(line),
};

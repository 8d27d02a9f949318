/* Times, places, coils and operating modes of a label: the tables and what must go together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "label_internal.h"

/* as in mrse_level, which begins with "unknown" */
const char *const mrse_spec_levels[] = {"C1",          "C2",        "C3",
                                        "C4",          "C5",        "C6",
                                        "C7",          "T1",        "T2",
                                        "T3",          "T4",        "T5",
                                        "T6",          "T7",        "T8",
                                        "T9",          "T10",       "T11",
                                        "T12",         "L1",        "L2",
                                        "L3",          "L4",        "L5",
                                        "S1",          "vertex",    "glabella",
                                        "nasion",      "eyes",      "ear",
                                        "chin",        "shoulder",  "sternal notch",
                                        "nipples",     "xiphoid",   "umbilicus",
                                        "iliac crest", "symphysis", "hip",
                                        "knee",        "ankle",     NULL};
/* as in mrse_body_region, mrse_transmit and mrse_drive, which begin with "unknown" */
const char *const mrse_spec_regions[] = {"head",   "neck", "chest", "abdomen",
                                         "pelvis", "leg",  "arm",   NULL};
const char *const mrse_spec_transmits[] = {"body", "head", "extremity", "local", NULL};
const char *const mrse_spec_drives[] = {"CP", "elliptical", "multichannel", "linear", NULL};
const char *const mrse_spec_modes[] = {"normal", "first-level", "second-level", "FPO:B", NULL};
const char *const mrse_spec_rulings[] = {"unknown", "allowed", "required", "forbidden", NULL};

/* ---- clocks ---- */

/* as in mrse_clock_kind, and one more for "no restriction" */
static const char *const clocks[] = {"per-sequence", "continuous",     "window",
                                     "rest",         "region",         "exam",
                                     "lifetime",     "not-applicable", NULL};
static const char *const actives[] = {"rf", "gradients", "rf-and-gradients", "rf-or-gradients",
                                      NULL};

#define CLOCK(member) offsetof(mrse_label_clock, member)

static const mrse_field_spec clock_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = CLOCK(clock.kind),
     .choice = clocks,
     .first = MRSE_CLOCK_PER_SEQUENCE,
     .doc = "what the time is counted over; not-applicable: the label says there is no such limit"},
    {.key = "limit",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`<= 30 min`",
     .doc = "most active time"},
    {.key = "active",
     .type = MRSE_FIELD_CHOICE,
     .at = CLOCK(clock.active),
     .choice = actives,
     .first = MRSE_ACTIVE_RF,
     .doc = "what counts as active, when the label says so"},
    {.key = "window",
     .type = MRSE_FIELD_VALUE,
     .at = CLOCK(clock.window),
     .kind = MRSE_KIND_TIME,
     .min = 1,
     .max = 1e7,
     .doc = "of a window: its length"},
    {.key = "rest",
     .type = MRSE_FIELD_VALUE,
     .at = CLOCK(clock.rest),
     .kind = MRSE_KIND_TIME,
     .min = 1,
     .max = 1e7,
     .doc = "of a rest: the pause after which counting begins again"},
    {.key = "gap",
     .type = MRSE_FIELD_VALUE,
     .at = CLOCK(clock.gap),
     .kind = MRSE_KIND_TIME,
     .min = 1,
     .max = 1e7,
     .doc = "of continuous and region: the shortest pause that interrupts, when the label says so"},
    {.key = "region",
     .type = MRSE_FIELD_CHOICE,
     .at = CLOCK(clock.region),
     .choice = mrse_spec_regions,
     .first = MRSE_BODY_HEAD,
     .doc = "of region: what is at the isocentre"},
    MRSE_LABEL_WORDS(mrse_label_clock),
};

/* A key that belongs to some kinds only: missing where needed, or out of place. */
static void check_key(mrse_reader *r, const mrse_node *node, const char *key, bool needed,
                      bool allowed)
{
    const mrse_node *child = mrse_spec_child(r, node, key);

    if (needed && !child)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write it as the label prints it",
                        "'%s' is missing: this kind needs it", key);
    else if (child && !needed && !allowed)
        mrse_spec_error(r, MRSE_ERR_INPUT, child->key_at, "leave it out, or choose another kind",
                        "'%s' does not belong to this kind", key);
}

static void check_window(mrse_reader *r, const mrse_node *node, const mrse_clock *clock)
{
    if (clock->kind == MRSE_CLOCK_WINDOW && clock->limit.value.v >= clock->window.v)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "window")->at,
                        "the window is the longer time, the limit the active part of it",
                        "the limit is not shorter than its window: it limits nothing");
}

static void finish_clock(mrse_reader *r, const mrse_node *node, void *base)
{
    static const mrse_field_spec time = {
        .kind = MRSE_KIND_TIME, .min = 1, .max = 1e7, .doc = "a time that a label limits"};
    mrse_label_clock *out = base;
    mrse_clock *clock = &out->clock;
    mrse_clock_kind kind = clock->kind;

    clock->limit.value = mrse_value_missing(MRSE_KIND_TIME);
    if (kind == MRSE_CLOCK_UNKNOWN)
        return; /* reported as missing or unknown */
    out->not_applicable = kind > MRSE_CLOCK_LIFETIME;
    if (out->not_applicable)
        clock->kind = MRSE_CLOCK_UNKNOWN;
    check_key(r, node, "limit", !out->not_applicable, false);
    check_key(r, node, "active", false, !out->not_applicable);
    check_key(r, node, "window", kind == MRSE_CLOCK_WINDOW, false);
    check_key(r, node, "rest", kind == MRSE_CLOCK_REST, false);
    check_key(r, node, "gap", false, kind == MRSE_CLOCK_CONTINUOUS || kind == MRSE_CLOCK_REGION);
    check_key(r, node, "region", kind == MRSE_CLOCK_REGION, false);
    if (!out->not_applicable &&
        mrse_spec_read_upper(r, &time, mrse_spec_child(r, node, "limit"), &clock->limit))
        check_window(r, node, clock);
}

const mrse_schema mrse_spec_clock_schema = {
    .name = "a clock",
    .doc = "How long the scanner may be active: per sequence, at a stretch, in a window of time, "
           "before a rest, in a life.",
    .field = clock_fields,
    .n = MRSE_COUNT(clock_fields),
    .size = sizeof(mrse_label_clock),
    .line = CLOCK(line),
    .apart = true,
    .finish = finish_clock,
};

/* ---- zones ---- */

/* as in mrse_zone_kind, and one more for "any region" */
static const char *const zones[] = {
    "isocentre-not-between", "isocentre-between", "isocentre-above", "isocentre-below",
    "isocentre-distance",    "outside-bore",      "bore-edge",       "outside-coil",
    "coil-clearance",        "coil-radius",       "not-applicable",  NULL};

#define ZONE(member) offsetof(mrse_label_zone, member)

static const mrse_field_spec zone_fields[] = {
    {.key = "kind",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = ZONE(rule.kind),
     .choice = zones,
     .first = MRSE_ZONE_ISO_OUTSIDE,
     .doc = "what is ruled; not-applicable: the label says that any place may be scanned"},
    {.key = "from",
     .type = MRSE_FIELD_CHOICE,
     .at = ZONE(rule.a.level),
     .choice = mrse_spec_levels,
     .first = MRSE_LEVEL_C1,
     .doc = "level of the body: an end of the zone, or what the distance is from"},
    {.key = "from_offset",
     .type = MRSE_FIELD_VALUE,
     .at = ZONE(rule.a.offset),
     .kind = MRSE_KIND_LENGTH,
     .min = -1,
     .max = 1,
     .doc = "of that end from the level, positive towards the head"},
    {.key = "to",
     .type = MRSE_FIELD_CHOICE,
     .at = ZONE(rule.b.level),
     .choice = mrse_spec_levels,
     .first = MRSE_LEVEL_C1,
     .doc = "the other end of the zone"},
    {.key = "to_offset",
     .type = MRSE_FIELD_VALUE,
     .at = ZONE(rule.b.offset),
     .kind = MRSE_KIND_LENGTH,
     .min = -1,
     .max = 1,
     .doc = "of the other end from its level, positive towards the head"},
    {.key = "limit",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`>= 40 cm`",
     .doc = "the distance with its operator; of bore-edge the most inside the bore, `<= 7 cm`"},
    MRSE_LABEL_WORDS(mrse_label_zone),
};

/* A level without an offset is the level itself. */
static void place(mrse_reader *r, const mrse_node *node, const char *offset, mrse_zone_place *out)
{
    if (out->level != MRSE_LEVEL_UNKNOWN && !mrse_spec_child(r, node, offset))
        *out = mrse_zone_at(out->level);
}

static void read_length(mrse_reader *r, const mrse_node *node, mrse_zone_rule *rule)
{
    static const mrse_field_spec length = {
        .kind = MRSE_KIND_LENGTH, .max = 3, .doc = "a distance that a label limits"};
    const mrse_node *child = mrse_spec_child(r, node, "limit");
    mrse_limit limit;
    bool ok = rule->kind == MRSE_ZONE_BORE_EDGE ? mrse_spec_read_upper(r, &length, child, &limit)
                                                : mrse_spec_read_limit(r, &length, child, &limit);

    if (!ok)
        return;
    if (limit.op == MRSE_OP_RANGE) {
        mrse_spec_error(r, MRSE_ERR_INPUT, child->at, "write two zones, one for each end",
                        "a distance is limited from one side");
        return;
    }
    rule->op = limit.op;
    rule->length = limit.value;
}

static void finish_zone(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label_zone *out = base;
    mrse_zone_kind kind = out->rule.kind;
    bool two = kind == MRSE_ZONE_ISO_OUTSIDE || kind == MRSE_ZONE_ISO_WITHIN;
    bool one = two || (kind >= MRSE_ZONE_ISO_ABOVE && kind <= MRSE_ZONE_ISO_DISTANCE);
    bool far = kind == MRSE_ZONE_ISO_DISTANCE || kind == MRSE_ZONE_BORE_EDGE ||
               kind == MRSE_ZONE_COIL_CLEARANCE;

    out->rule.length = mrse_value_missing(MRSE_KIND_LENGTH);
    if (kind == MRSE_ZONE_UNKNOWN)
        return; /* reported as missing or unknown */
    out->not_applicable = kind > MRSE_ZONE_COIL_RADIUS;
    if (out->not_applicable)
        out->rule.kind = MRSE_ZONE_UNKNOWN;
    check_key(r, node, "from", one, false);
    check_key(r, node, "to", two, false);
    check_key(r, node, "from_offset", false, one);
    check_key(r, node, "to_offset", false, two);
    check_key(r, node, "limit", far, false);
    place(r, node, "from_offset", &out->rule.a);
    place(r, node, "to_offset", &out->rule.b);
    if (two && out->rule.a.level == out->rule.b.level && out->rule.a.level != MRSE_LEVEL_UNKNOWN)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "to")->at,
                        "a zone reaches from one level to another", "both ends are the same");
    if (far)
        read_length(r, node, &out->rule);
}

const mrse_schema mrse_spec_zone_schema = {
    .name = "a zone",
    .doc = "What may be at the isocentre, and where the device may be in bore and coil. The "
           "vertebrae that a zone names belong to it.",
    .field = zone_fields,
    .n = MRSE_COUNT(zone_fields),
    .size = sizeof(mrse_label_zone),
    .line = ZONE(line),
    .apart = true,
    .finish = finish_zone,
};

/* ---- coils ---- */

static const char *const roles[] = {"transmit", "receive", NULL};
static const char *const reaches[] = {"anywhere", "over-device", "clear-of-device", "over-regions",
                                      NULL};

#define COIL(member) offsetof(mrse_label_coil, member)

static const mrse_field_spec coil_fields[] = {
    {.key = "role",
     .type = MRSE_FIELD_FLAG,
     .required = true,
     .at = COIL(receive),
     .choice = roles,
     .doc = "transmit: also coils that do both"},
    {.key = "ruling",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = COIL(ruling),
     .choice = mrse_spec_rulings,
     .doc = "unknown: the label says it was not tested or not evaluated; required: only these"},
    {.key = "which",
     .type = MRSE_FIELD_SET,
     .at = COIL(transmit),
     .choice = mrse_spec_transmits,
     .first = MRSE_TRANSMIT_BODY,
     .doc = "coils that it is about; leave out for any"},
    {.key = "drive",
     .type = MRSE_FIELD_SET,
     .at = COIL(drive),
     .choice = mrse_spec_drives,
     .first = MRSE_DRIVE_CP,
     .doc = "how they are driven; leave out for any"},
    {.key = "channels",
     .type = MRSE_FIELD_COUNT,
     .at = COIL(channels_most),
     .min = 1,
     .max = 128,
     .doc = "most transmit channels"},
    {.key = "where",
     .type = MRSE_FIELD_CHOICE,
     .at = COIL(reach),
     .choice = reaches,
     .doc = "where the coil is; anywhere when left out"},
    {.key = "regions",
     .type = MRSE_FIELD_SET,
     .at = COIL(regions),
     .choice = mrse_spec_regions,
     .first = MRSE_BODY_HEAD,
     .doc = "of over-regions: which"},
    {.key = "levels",
     .type = MRSE_FIELD_SET,
     .at = COIL(levels),
     .choice = mrse_spec_levels,
     .first = MRSE_LEVEL_C1,
     .doc = "of over-regions: landmarks besides, such as the shoulder"},
    MRSE_LABEL_WORDS(mrse_label_coil),
};

static void finish_coil(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_label_coil *coil = base;
    bool over = coil->reach == MRSE_REACH_OVER_REGIONS;

    check_key(r, node, "regions", over && !mrse_spec_child(r, node, "levels"), over);
    check_key(r, node, "levels", false, over);
    check_key(r, node, "drive", false, !coil->receive);
    check_key(r, node, "channels", false, !coil->receive);
}

const mrse_schema mrse_spec_coil_schema = {
    .name = "a coil rule",
    .doc = "Which coils may transmit and receive, how driven, and where. A coil that no rule names "
           "is neither allowed nor forbidden.",
    .field = coil_fields,
    .n = MRSE_COUNT(coil_fields),
    .size = sizeof(mrse_label_coil),
    .line = COIL(line),
    .apart = true,
    .finish = finish_coil,
};

/* ---- operating modes ---- */

static const mrse_field_spec mode_fields[] = {
    {.key = "allowed",
     .type = MRSE_FIELD_SET,
     .required = true,
     .at = offsetof(mrse_label_mode, allowed),
     .choice = mrse_spec_modes,
     .doc = "the scan is made in one of these: a label that permits the first level allows the "
            "normal mode too"},
    MRSE_LABEL_WORDS(mrse_label_mode),
};

const mrse_schema mrse_spec_mode_schema = {
    .name = "an operating mode",
    .doc = "Operating modes of IEC 60601-2-33, and the fixed parameter option: basic.",
    .field = mode_fields,
    .n = MRSE_COUNT(mode_fields),
    .size = sizeof(mrse_label_mode),
    .line = offsetof(mrse_label_mode, line),
    .apart = true,
};

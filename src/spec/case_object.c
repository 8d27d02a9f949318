/* Case files: objects without a label, and what the author judges of their hazards.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "case_internal.h"

#define OBJECT(member) offsetof(mrse_case_object, member)
#define HAZARD(member) offsetof(mrse_case_hazard, member)

#define ACTS(name, offset, of, low, high, text)                                                    \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (offset), .kind = (of), .min = (low),       \
        .max = (high), .doc = (text)                                                               \
    }
#define WORDS(name, offset, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_TEXT, .at = (offset), .doc = (text)                      \
    }

static const mrse_field_spec object_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = OBJECT(place.name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what to call it; nothing that identifies a patient"},
    {.key = "file",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = OBJECT(place.label),
     .doc = "its object file, relative to this file"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of the numbers of this block"},
    {.key = "position",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .child = &mrse_case_position_schema,
     .doc = "where it is in the patient, from the landmark"},
    ACTS("couch_speed", OBJECT(couch_speed), MRSE_KIND_SPEED, 1e-3, 5,
         "how fast the couch moves, for drag; left out: 0.2 m/s, assumed"),
    ACTS("walking_speed", OBJECT(walking_speed), MRSE_KIND_SPEED, 1e-2, 5,
         "how fast the patient walks up to it; left out: 1.5 m/s, assumed"),
    ACTS("dbdt_rms", OBJECT(dbdt_rms), MRSE_KIND_DBDT_RMS, 1e-3, 1e3,
         "rms dB/dt of the planned gradients at the object; without it their heating is "
         "UNDETERMINED"),
    ACTS("dbdt_frequency", OBJECT(dbdt_frequency), MRSE_KIND_FREQUENCY, 1, 1e5,
         "its main frequency"),
    ACTS("duration", OBJECT(duration), MRSE_KIND_TIME, 1, 1e5, "how long they act"),
    ACTS("bandwidth", OBJECT(bandwidth), MRSE_KIND_FREQUENCY, 1, 1e6,
         "per pixel, for the artefact"),
    ACTS("echo_time", OBJECT(echo_time), MRSE_KIND_TIME, 1e-5, 1,
         "of gradient echoes, for the artefact"),
    ACTS("voxel", OBJECT(voxel), MRSE_KIND_LENGTH, 1e-5, 0.1,
         "largest edge of the voxel, for the artefact"),
};

const mrse_schema mrse_case_object_schema = {
    .name = "an object",
    .field = object_fields,
    .n = MRSE_COUNT(object_fields),
    .size = sizeof(mrse_case_object),
    .line = OBJECT(place.line),
};

static const mrse_field_spec hazard_fields[] = {
    {.key = "hazard",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = HAZARD(hazard),
     .doc = "what may happen, in the author's words"},
    WORDS("object", HAZARD(object), "name of the object; needed when there are several"),
    WORDS("severity", HAZARD(severity), "how bad it would be; never computed"),
    WORDS("likelihood", HAZARD(likelihood), "how likely it is; never computed"),
    WORDS("mitigation", HAZARD(mitigation), "what is done about it"),
    WORDS("residual", HAZARD(residual), "what remains then"),
};

const mrse_schema mrse_case_hazard_schema = {
    .name = "a hazard",
    .field = hazard_fields,
    .n = MRSE_COUNT(hazard_fields),
    .size = sizeof(mrse_case_hazard),
    .line = HAZARD(line),
};

/* Into one key of one entry of a list; returns what pop needs. */
static size_t enter(mrse_reader *r, const char *list, size_t i, const char *key)
{
    size_t mark = mrse_spec_push(r, list, 0);

    (void)mrse_spec_push(r, NULL, i);
    (void)mrse_spec_push(r, key, 0);
    return mark;
}

static void check_same_names(mrse_reader *r, const mrse_node *objects, const mrse_case *c)
{
    const mrse_node *entry = mrse_spec_first(r, objects);

    for (size_t i = 0; entry && i < c->n_objects; i++, entry = mrse_spec_next(r, entry)) {
        const char *name = c->object[i].place.name;
        size_t mark = enter(r, "objects", i, "name");
        for (size_t j = 0; name && j < i; j++)
            if (c->object[j].place.name && mrse_text_equal(name, c->object[j].place.name))
                mrse_spec_error(r, MRSE_ERR_INPUT,
                                mrse_spec_where(mrse_spec_child(r, entry, "name")),
                                "the worksheet tells objects apart by their names",
                                "objects[%zu] and objects[%zu] have the same name", j, i);
        mrse_spec_pop(r, mark);
    }
}

static bool is_object(const mrse_case *c, const char *name)
{
    for (size_t i = 0; i < c->n_objects; i++)
        if (c->object[i].place.name && mrse_text_equal(c->object[i].place.name, name))
            return true;
    return false;
}

/* A hazard of an object that is not there would be read as one that was looked at. */
static void check_hazards(mrse_reader *r, const mrse_node *hazards, const mrse_case *c)
{
    const mrse_node *entry = mrse_spec_first(r, hazards);

    for (size_t i = 0; entry && i < c->n_hazards; i++, entry = mrse_spec_next(r, entry)) {
        const char *of = c->hazard[i].object;
        size_t mark = enter(r, "hazards", i, "object");
        if (of && !is_object(c, of))
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(mrse_spec_child(r, entry, "object")),
                            "the name of one of 'objects:'", "no object is called '%s'",
                            mrse_spec_quote(r, of));
        else if (!of && c->n_objects > 1)
            mrse_spec_error(r, MRSE_ERR_INPUT, entry->at, "add 'object:' with its name",
                            "which object this hazard is of is not said");
        mrse_spec_pop(r, mark);
    }
}

void mrse_case_check_objects(mrse_reader *r, const mrse_node *node, const mrse_case *c)
{
    const mrse_node *objects = mrse_spec_child(r, node, "objects");
    const mrse_node *hazards = mrse_spec_child(r, node, "hazards");
    const mrse_node *scan = mrse_spec_child(r, node, "scan");

    size_t mark = mrse_spec_push(r, "scan.couch_height", 0);
    if (objects && scan && !mrse_spec_child(r, scan, "couch_height"))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(scan),
                        "add 'couch_height:', how far the landmark is above the magnet's axis",
                        "where an object rides depends on the couch height");
    mrse_spec_pop(r, mark);
    mark = mrse_spec_push(r, "hazards", 0);
    if (objects && !hazards)
        mrse_spec_warn(r, mrse_spec_where(objects),
                       "add 'hazards:' with severity, likelihood and mitigation of each",
                       "the author has judged no hazard of the objects yet");
    if (hazards && !objects)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(hazards), "add 'objects:'",
                        "hazards without an object");
    mrse_spec_pop(r, mark);
    if (objects)
        check_same_names(r, objects, c);
    if (hazards)
        check_hazards(r, hazards, c);
}

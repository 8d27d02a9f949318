/* Case files: what one key asks of another. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "case_internal.h"

static const mrse_field_spec coordinate = {
    .kind = MRSE_KIND_LENGTH, .min = -MRSE_CASE_REACH, .max = MRSE_CASE_REACH};

/* The uncertainty of one coordinate: its own, else u_x, else u. Rounding does not count here: how
 * finely a position is written says nothing of how well it is known. */
static void set_u(mrse_reader *r, const mrse_node *position, const char *key, mrse_value *value)
{
    const mrse_node *node = mrse_spec_child(r, position, key), *u;
    char axis[8];
    size_t mark;

    if (!node || !isfinite(value->v))
        return;
    (void)snprintf(axis, sizeof axis, "u_%s", key);
    u = mrse_spec_child(r, node, "u");
    if (!u) {
        u = mrse_spec_child(r, position, axis);
        if (!u)
            u = mrse_spec_child(r, position, "u");
        if (u && !mrse_spec_u(r, &coordinate, u, value->v, &value->u))
            return;
    }
    mark = mrse_spec_push(r, key, 0);
    if (!u)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "add 'u: 1 cm' to the position, or what it really is: one standard "
                        "uncertainty",
                        "the position has no uncertainty");
    else if (value->u <= 0)
        mrse_spec_error(r, MRSE_ERR_INPUT, u->at, "how far off may it be? That, halved",
                        "a position is never known exactly");
    mrse_spec_pop(r, mark);
}

void mrse_case_finish_position(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_case_implant *implant = base;

    implant->has_position = true;
    set_u(r, node, "x", &implant->x);
    set_u(r, node, "y", &implant->y);
    set_u(r, node, "z", &implant->z);
}

void mrse_case_finish_implant(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_case_implant *implant = base;
    const mrse_node *decisive = mrse_spec_child(r, node, "decisive");

    if (!decisive || implant->decisive != MRSE_DECISIVE_PATH)
        return;
    if (!mrse_spec_child(r, node, "because"))
        mrse_spec_error(r, MRSE_ERR_INPUT, decisive->at,
                        "add 'because:' with the reason why this implant cannot meet more",
                        "the reason for letting the path decide is missing");
    if (!mrse_spec_child(r, node, "position"))
        mrse_spec_error(r, MRSE_ERR_INPUT, decisive->at, "add 'position:'",
                        "a path needs the implant's position");
}

static void check_couch(mrse_reader *r, const mrse_node *node, const mrse_case *c)
{
    const mrse_node *scan = mrse_spec_child(r, node, "scan");
    size_t i = 0, mark;

    while (i < c->n_implants && !c->implant[i].has_position)
        i++;
    if (c->modification.place.has_position && scan && !mrse_spec_child(r, scan, "couch_height")) {
        mark = mrse_spec_push(r, "scan.couch_height", 0);
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(scan),
                        "add 'couch_height:', how far the landmark is above the magnet's axis",
                        "where the position of the modification lies depends on the couch height");
        mrse_spec_pop(r, mark);
    }
    if (i == c->n_implants || !scan || mrse_spec_child(r, scan, "couch_height"))
        return;
    mark = mrse_spec_push(r, "scan.couch_height", 0);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(scan),
                    "add 'couch_height:', how far the landmark is above the magnet's axis",
                    "implants[%zu] has a position; where it rides depends on the couch height", i);
    mrse_spec_pop(r, mark);
}

/* A part of the body, and a level that is not in it: rules about places would be judged by the wrong one
 * of the two. */
static void check_isocentre(mrse_reader *r, const mrse_node *node, const mrse_case *c)
{
    const mrse_case_examination *e = &c->examination;
    const mrse_anatomy person = mrse_anatomy_of(&e->height);
    const mrse_node *examination = mrse_spec_child(r, node, "examination"), *region;
    double offset_m = isfinite(e->offset.v) ? e->offset.v : 0.0;
    size_t mark;

    if (!examination || !mrse_anatomy_excludes(&person, e->region, e->level, offset_m))
        return;
    region = mrse_spec_child(r, examination, "region");
    mark = mrse_spec_push(r, "examination.region", 0);
    mrse_spec_error(r, MRSE_ERR_INPUT, region->at,
                    "both are to say what is at the isocentre: keep the one that holds",
                    "the %s is not where 'level' and 'offset' put the isocentre: %s",
                    mrse_body_region_text(e->region), mrse_level_text(e->level));
    mrse_spec_pop(r, mark);
}

static void check_dates(mrse_reader *r, const mrse_node *node, const mrse_case *c)
{
    const mrse_node *performed = mrse_spec_child(r, node, "performed");

    if (!performed || c->performed.year == 0 || c->requested.year == 0 ||
        mrse_date_seconds(&c->performed) >= mrse_date_seconds(&c->requested))
        return;
    mrse_spec_warn(r, performed->at, "check both dates", "the answer is dated before the question");
}

static void check_names(mrse_reader *r, const mrse_node *implants, const mrse_case *c)
{
    const mrse_node *entry = mrse_spec_first(r, implants);

    for (size_t i = 0; entry; i++, entry = mrse_spec_next(r, entry)) {
        for (size_t j = 0; j < i && c->implant[i].name; j++) {
            if (!mrse_text_equal(c->implant[i].name, c->implant[j].name))
                continue;
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, entry, "name")->at,
                            "the worksheet tells implants apart by their names",
                            "implants[%zu] and implants[%zu] have the same name", j, i);
            break;
        }
    }
}

/* What a worksheet needs a person to write: its absence is said once. */
static void check_words(mrse_reader *r, const mrse_node *node)
{
    static const char *const words[] = {"reasoning", "conclusion", "residual_risk", "decides"};
    const char *missing[MRSE_COUNT(words)];
    char list[128];
    size_t n = 0;

    for (size_t i = 0; i < MRSE_COUNT(words); i++)
        if (!mrse_spec_child(r, node, words[i]))
            missing[n++] = words[i];
    if (n == 0)
        return;
    mrse_spec_list_names(list, sizeof list, missing, n);
    mrse_spec_warn(r, node->at,
                   "the numbers can be computed without; the worksheet is not finished",
                   "still to be written by the author: %s", list);
}

/* "tse.YAML" ends in ".yaml". */
static bool ends_in(const char *file, const char *end)
{
    size_t n = strlen(file), length = strlen(end);

    return n > length && strcasecmp(file + n - length, end) == 0;
}

void mrse_case_finish_sequence(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_case_sequence *s = base;

    (void)r;
    (void)node;
    if (!s->file)
        return;
    if (ends_in(s->file, ".yaml") || ends_in(s->file, ".yml"))
        s->kind = MRSE_SEQUENCE_PROTOCOL;
    else
        s->kind = ends_in(s->file, ".seq") ? MRSE_SEQUENCE_PULSEQ : MRSE_SEQUENCE_DICOM;
}

static size_t count_role(const mrse_case *c, mrse_sequence_role role)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_sequences; i++)
        n += c->sequence[i].role == role;
    return n;
}

static void check_sequences(mrse_reader *r, const mrse_node *node, const mrse_case *c)
{
    const mrse_node *list = mrse_spec_child(r, node, "sequences");
    const mrse_node *modification = mrse_spec_child(r, node, "modification");
    size_t before = count_role(c, MRSE_SEQUENCE_BEFORE), after = count_role(c, MRSE_SEQUENCE_AFTER);

    if (list && (before == 0) != (after == 0))
        mrse_spec_warn(r, mrse_spec_where(list), "name both, or leave 'role' out",
                       before ? "a sequence before the modification, and none after"
                              : "a sequence after the modification, and none before");
    if (modification && after == 0)
        mrse_spec_warn(r, mrse_spec_where(modification),
                       "add it to 'sequences:' with 'role: after'",
                       "a modification, and no modified sequence");
}

/* A case is about implants, a site, a survey, sequences, or several of them. */
static void check_subject(mrse_reader *r, const mrse_node *node)
{
    const mrse_node *implants = mrse_spec_child(r, node, "implants");
    size_t mark;

    bool objects = mrse_spec_child(r, node, "objects") != NULL;

    if (!implants && !objects && !mrse_spec_child(r, node, "site") &&
        !mrse_spec_child(r, node, "survey") && !mrse_spec_child(r, node, "sequences")) {
        mark = mrse_spec_push(r, "implants", 0);
        mrse_spec_error(
            r, MRSE_ERR_INPUT, node->at,
            "name implants with their labels, or 'objects:', 'site:', 'survey:', 'sequences:'",
            "the case has nothing to assess");
        mrse_spec_pop(r, mark);
    }
    const mrse_node *change = mrse_spec_child(r, node, "modification");
    bool placed = change && mrse_spec_child(r, change, "position");
    if ((implants || objects || placed) && !mrse_spec_child(r, node, "scan")) {
        mark = mrse_spec_push(r, "scan", 0);
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "add 'scan:' with landmark, entry, posture",
                        "the key 'scan' is missing");
        mrse_spec_pop(r, mark);
    }
}

void mrse_case_finish(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_case *c = base;
    const mrse_node *implants = mrse_spec_child(r, node, "implants");

    if (!mrse_spec_child(r, node, "author"))
        mrse_spec_warn(r, node->at, "add 'author:' with 'name:', or give --author",
                       "UNATTRIBUTED: the case does not say who answers");
    check_subject(r, node);
    check_couch(r, node, c);
    check_isocentre(r, node, c);
    check_dates(r, node, c);
    if (implants && implants->shape == MRSE_SHAPE_LIST)
        check_names(r, implants, c);
    check_sequences(r, node, c);
    mrse_case_check_objects(r, node, c);
    check_words(r, node);
}

/* Extensions: lists of references, what they refer to, and what a block's list comes to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "pulseq_internal.h"

enum { FRESH = 0, PENDING, DONE };

#define QUATERNION_SLACK 1e-3 /* files carry 6 digits */

void seq_row_extension(seq_reader *r)
{
    seq_event *event;
    uint32_t id, type, ref, next;

    if (!seq_columns(r, 4, 4, "EXTENSIONS", "id type ref next_id") ||
        !seq_id(r, 0, "EXTENSIONS.id", &id) || !seq_id(r, 1, "EXTENSIONS.type", &type) ||
        !seq_id(r, 2, "EXTENSIONS.ref", &ref) || !seq_id(r, 3, "EXTENSIONS.next_id", &next))
        return;
    event = seq_push(r, &r->event, sizeof *event);
    if (!event)
        return;
    event->id = id;
    event->line = r->line;
    event->type = type;
    event->ref = ref;
    event->next = next;
    event->rotation = MRSE_PULSEQ_NONE;
}

/* "extension ROTATIONS 2" */
void seq_begin_specification(seq_reader *r)
{
    static const struct {
        const char *name;
        seq_extension_kind kind;
    } known[] = {
        {"ROTATIONS", SEQ_EXT_ROTATIONS}, {"RF_SHIMS", SEQ_EXT_SHIMS},
        {"LABELSET", SEQ_EXT_HARMLESS},   {"LABELINC", SEQ_EXT_HARMLESS},
        {"TRIGGERS", SEQ_EXT_HARMLESS},   {"DELAYS", SEQ_EXT_HARMLESS},
    };
    seq_extension *extension;
    uint32_t id;
    size_t i, n;

    r->section = SEQ_SPECIFICATION;
    if (!seq_columns(r, 3, 3, "extension", "extension NAME id") ||
        !seq_id(r, 2, "extension.id", &id))
        return;
    extension = seq_push(r, &r->extension, sizeof *extension);
    if (!extension)
        return;
    extension->id = id;
    extension->line = r->line;
    n = r->token[1].n < sizeof extension->name - 1 ? r->token[1].n : sizeof extension->name - 1;
    memcpy(extension->name, r->token[1].s, n);
    for (i = 0; i < sizeof known / sizeof known[0]; i++)
        if (mrse_text_equal(extension->name, known[i].name))
            extension->kind = known[i].kind;
}

/* The matrix of a unit quaternion: exact up to the digits of the file, so the length is set to 1. */
static void set_matrix(mrse_pulseq_rotation *rotation, const double q[4], double square)
{
    double s = 2.0 / square, (*m)[3] = rotation->matrix;

    m[0][0] = 1.0 - s * (q[2] * q[2] + q[3] * q[3]);
    m[0][1] = s * (q[1] * q[2] - q[0] * q[3]);
    m[0][2] = s * (q[1] * q[3] + q[0] * q[2]);
    m[1][0] = s * (q[1] * q[2] + q[0] * q[3]);
    m[1][1] = 1.0 - s * (q[1] * q[1] + q[3] * q[3]);
    m[1][2] = s * (q[2] * q[3] - q[0] * q[1]);
    m[2][0] = s * (q[1] * q[3] - q[0] * q[2]);
    m[2][1] = s * (q[2] * q[3] + q[0] * q[1]);
    m[2][2] = 1.0 - s * (q[1] * q[1] + q[2] * q[2]);
}

void seq_row_specification(seq_reader *r)
{
    const seq_extension *extension = r->extension.item;
    mrse_pulseq_rotation *rotation;
    double q[4], square = 0.0;
    uint32_t id;
    size_t i;

    if (r->extension.n == 0 || extension[r->extension.n - 1].kind != SEQ_EXT_ROTATIONS)
        return;
    if (!seq_columns(r, 5, 5, "ROTATIONS", "id q0 qx qy qz") || !seq_id(r, 0, "ROTATIONS.id", &id))
        return;
    for (i = 0; i < 4; i++) {
        if (!seq_number(r, i + 1, 0, "ROTATIONS", &q[i]))
            return;
        square += q[i] * q[i];
    }
    if (!(fabs(square - 1.0) <= 2.0 * QUATERNION_SLACK)) {
        seq_error(r, 1, "ROTATIONS", "the squares of its four parts sum to 1",
                  "not a rotation: a unit quaternion is needed");
        return;
    }
    rotation = seq_push(r, &r->rotation, sizeof *rotation);
    if (!rotation)
        return;
    rotation->id = id;
    rotation->line = r->line;
    set_matrix(rotation, q, square);
}

/* One reference on its own, added to what the rest of its list comes to. */
static void add_reference(seq_reader *r, seq_event *event)
{
    int32_t found = seq_find(&r->extension, sizeof(seq_extension), event->type);
    seq_extension *extension = r->extension.item;
    int32_t rotation;

    if (found < 0) {
        seq_error_at(r, event->line, "EXTENSIONS.type", "add 'extension NAME id'",
                     "no extension has the type %u", (unsigned)event->type);
        return;
    }
    extension += found;
    extension->used = true;
    if (extension->kind == SEQ_EXT_SHIMS)
        event->shim = 1;
    if (extension->kind != SEQ_EXT_ROTATIONS)
        return;
    rotation = seq_find(&r->rotation, sizeof(mrse_pulseq_rotation), event->ref);
    if (rotation < 0)
        seq_error_at(r, event->line, "EXTENSIONS.ref", NULL, "there is no rotation %u",
                     (unsigned)event->ref);
    else if (event->rotation != MRSE_PULSEQ_NONE)
        seq_error_at(r, event->line, "EXTENSIONS", NULL, "two rotations in one list");
    else
        event->rotation = rotation;
}

/* Lists share their tails; each reference is looked at once. */
static void resolve(seq_reader *r, seq_event *first, seq_event **path)
{
    seq_event *event = first, *base = r->event.item;
    size_t n = 0;
    int32_t rotation = MRSE_PULSEQ_NONE;
    uint8_t shim = 0;
    bool ended = false;

    while (event->state == FRESH) {
        int32_t next;

        event->state = PENDING;
        path[n++] = event;
        ended = event->next == 0;
        if (ended)
            break;
        next = seq_find(&r->event, sizeof *event, event->next);
        if (next < 0) {
            seq_error_at(r, event->line, "EXTENSIONS.next_id", "0 ends a list",
                         "there is no entry %u", (unsigned)event->next);
            ended = true;
            break;
        }
        event = base + next;
    }
    if (event->state == DONE) {
        rotation = event->rotation;
        shim = event->shim;
    } else if (!ended) {
        seq_error_at(r, event->line, "EXTENSIONS.next_id", "0 ends a list",
                     "a list that never ends");
    }
    while (n-- > 0) {
        path[n]->rotation = rotation;
        path[n]->shim = shim;
        add_reference(r, path[n]);
        path[n]->state = DONE;
        rotation = path[n]->rotation;
        shim = path[n]->shim;
    }
}

/* A word of a list parted by blanks and commas. */
static bool lists(const char *list, const char *word)
{
    size_t n = strlen(word);
    const char *at = list;

    while ((at = strstr(at, word)) != NULL) {
        bool starts = at == list || strchr(" ,", at[-1]) != NULL;

        if (starts && (at[n] == '\0' || strchr(" ,", at[n]) != NULL))
            return true;
        at++;
    }
    return false;
}

static void check_known(seq_reader *r)
{
    const seq_extension *extension = r->extension.item;
    size_t i;

    for (i = 0; i < r->extension.n; i++) {
        if (extension[i].kind != SEQ_EXT_UNKNOWN)
            continue;
        if (r->seq->n_unknown_extensions++ == 0)
            mrse_text_copy(r->seq->unknown_extension, sizeof r->seq->unknown_extension,
                           extension[i].name);
        if (!lists(r->required, extension[i].name))
            seq_warn(r, extension[i].line, "extension", NULL,
                     "extension %s is not known: passed over, the file does not require it",
                     extension[i].name);
    }
}

/* What the file says it cannot be played without. */
static void check_required(seq_reader *r)
{
    static const char *const known[] = {"ROTATIONS", "RF_SHIMS", "LABELSET",
                                        "LABELINC",  "TRIGGERS", "DELAYS"};
    const char *at = r->required;

    while (*at) {
        char word[64];
        size_t n = strcspn(at, " ,"), i;

        if (n == 0) {
            at++;
            continue;
        }
        (void)memcpy(word, at, n < sizeof word ? n : sizeof word - 1);
        word[n < sizeof word ? n : sizeof word - 1] = '\0';
        for (i = 0; i < sizeof known / sizeof known[0] && strcmp(word, known[i]) != 0; i++)
            ;
        if (i == sizeof known / sizeof known[0])
            seq_error_at(r, r->required_line, "DEFINITIONS.RequiredExtensions",
                         "known: ROTATIONS RF_SHIMS LABELSET LABELINC TRIGGERS DELAYS",
                         "the file requires the extension %s, which is not known", word);
        at += n;
    }
}

void seq_link_extensions(seq_reader *r)
{
    seq_event *event = r->event.item, **path;
    size_t i;

    check_required(r);
    check_known(r);
    path = mrse_alloc(r->event.n + 1, sizeof(seq_event *));
    if (!path) {
        seq_fail(r, MRSE_ERR_NOMEM);
        return;
    }
    for (i = 0; i < r->event.n && r->errors < SEQ_ERRORS; i++)
        resolve(r, &event[i], path);
    mrse_free(path);
}

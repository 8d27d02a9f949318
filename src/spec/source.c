/* The list of sources: what a reader needs in order to find a number again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/source.h"

#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

static const char *const origins[] = {
    "unverified", "assumed", "manufacturer", "measured", "console", "computed", NULL};

#define AT(member) offsetof(mrse_document_source, member)

static const mrse_field_spec source_fields[] = {
    {.key = "origin",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(origin),
     .choice = origins,
     .doc = "how its numbers are known"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(title),
     .doc = "name of the document, instrument, console page or method"},
    {.key = "revision",
     .type = MRSE_FIELD_TEXT,
     .at = AT(revision),
     .doc = "edition, document number, software or instrument version"},
    {.key = "date", .type = MRSE_FIELD_DATE, .at = AT(date), .doc = "date of the document"},
    {.key = "page", .type = MRSE_FIELD_TEXT, .at = AT(page), .doc = "page, table or section"},
    {.key = "address", .type = MRSE_FIELD_TEXT, .at = AT(address), .doc = "where it can be read"},
    {.key = "read", .type = MRSE_FIELD_DATE, .at = AT(read), .doc = "when it was read there"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .at = AT(because),
     .doc = "the reason; required when the origin is assumed"},
    {.key = "note", .type = MRSE_FIELD_TEXT, .at = AT(note), .doc = "anything else worth knowing"},
};

static void check_source(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_document_source *source = base;
    bool is_filled = mrse_spec_child(r, node, "because") != NULL;

    if (source->origin != MRSE_ORIGIN_ASSUMED || is_filled)
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                    "add 'because: why this may be assumed'", "the assumption has no reason");
}

const mrse_schema mrse_spec_source_schema = {
    .name = "a source",
    .doc = "One entry of `sources`, under an id of your choice that numbers refer to.",
    .field = source_fields,
    .n = MRSE_COUNT(source_fields),
    .size = sizeof(mrse_document_source),
    .line = AT(line),
    .finish = check_source,
};

const mrse_document_source *mrse_source_find(const mrse_sources *sources, const char *id)
{
    for (size_t i = 0; sources && id && i < sources->n; i++)
        if (mrse_text_equal(sources->item[i].id, id))
            return &sources->item[i];
    return NULL;
}

/* An id is the entry's key; it must fit where numbers keep it. */
static char *take_id(mrse_reader *r, const mrse_node *entry, const mrse_sources *known)
{
    const char *id = mrse_spec_key(r, entry);
    const size_t longest = sizeof((mrse_value *)NULL)->src - 1;
    const mrse_document_source *twin;

    if (strlen(id) > longest) {
        mrse_spec_error(r, MRSE_ERR_LIMIT, entry->key_at, "use a shorter id",
                        "an id of a source has at most %zu bytes", longest);
        return NULL;
    }
    if (!mrse_spec_is_name(id)) {
        mrse_spec_error(r, MRSE_ERR_INPUT, entry->key_at,
                        "letters, digits, '.', '_' and '-', and a letter or digit first",
                        "'%s' cannot be an id", mrse_spec_quote(r, id));
        return NULL;
    }
    twin = mrse_source_find(known, id);
    if (!twin)
        return mrse_spec_strdup(r, id);
    mrse_spec_error(r, MRSE_ERR_INPUT, entry->key_at, "give each source an id of its own",
                    "the source '%s' is described twice, first in line %d", mrse_spec_quote(r, id),
                    twin->line);
    return NULL;
}

void mrse_spec_load_sources(mrse_reader *r, const mrse_node *node, mrse_sources *out)
{
    if (node->n == 0) {
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), "leave the key out instead",
                        "the map is empty");
        return;
    }
    out->item = mrse_alloc(node->n, sizeof *out->item);
    if (!out->item) {
        mrse_spec_nomem(r);
        return;
    }
    for (const mrse_node *e = mrse_spec_first(r, node); e; e = mrse_spec_next(r, e)) {
        mrse_document_source *source = &out->item[out->n];

        if (e->bad_key || r->status == MRSE_ERR_NOMEM)
            continue;
        size_t mark = mrse_spec_push(r, mrse_spec_key(r, e), 0);
        source->line = e->at.line;
        source->id = take_id(r, e, out);
        out->n++;
        if (e->shape == MRSE_SHAPE_MAP)
            mrse_spec_load(r, &mrse_spec_source_schema, e, source);
        else if (e->shape != MRSE_SHAPE_BAD)
            mrse_spec_error(r, MRSE_ERR_INPUT, e->key_at,
                            "write 'origin: ...' and 'title: ...' below it, indented",
                            "a map that describes the source is needed");
        mrse_spec_pop(r, mark);
    }
}

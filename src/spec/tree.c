/* From YAML events to a tree of texts. What strict files do not need (aliases, anchors, tags, merge
 * keys, several documents) is refused here, with its place; libyaml's own complaints are put into
 * words that help. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "tree_internal.h"

const char *mrse_spec_text(const mrse_reader *r, const mrse_node *node)
{
    return r->tree.words.data + node->text;
}

const char *mrse_spec_key(const mrse_reader *r, const mrse_node *node)
{
    return r->tree.words.data + node->key;
}

const mrse_node *mrse_spec_first(const mrse_reader *r, const mrse_node *node)
{
    return node->child ? &r->tree.node[node->child] : NULL;
}

const mrse_node *mrse_spec_next(const mrse_reader *r, const mrse_node *node)
{
    return node->next ? &r->tree.node[node->next] : NULL;
}

const mrse_node *mrse_spec_child(const mrse_reader *r, const mrse_node *node, const char *key)
{
    if (!node || node->shape != MRSE_SHAPE_MAP)
        return NULL;
    for (node = mrse_spec_first(r, node); node; node = mrse_spec_next(r, node))
        if (!node->bad_key && strcmp(mrse_spec_key(r, node), key) == 0)
            return node;
    return NULL;
}

void mrse_spec_close(mrse_reader *r)
{
    mrse_free(r->tree.node);
    mrse_buf_free(&r->tree.words);
    memset(&r->tree, 0, sizeof r->tree);
}

static mrse_place place_of(const yaml_event_t *event)
{
    const yaml_mark_t *from = &event->start_mark, *to = &event->end_mark;
    size_t span =
        to->line == from->line && to->column > from->column ? to->column - from->column : 1;

    return (mrse_place){(int)from->line + 1, (int)from->column + 1, (int)span};
}

/* Keep some text of the file; its offset, 0 (the empty text) after a failure. */
static size_t keep(mrse_reader *r, const char *text, size_t n)
{
    size_t at = r->tree.words.len;

    mrse_buf_addn(&r->tree.words, text, n);
    mrse_buf_addn(&r->tree.words, "", 1);
    if (r->tree.words.status == MRSE_OK)
        return at;
    mrse_spec_nomem(r);
    return 0;
}

static bool grow(mrse_reader *r)
{
    mrse_tree *tree = &r->tree;
    size_t cap = tree->cap ? tree->cap * 2 : 64;
    mrse_node *node;

    if (tree->n < tree->cap)
        return true;
    node = mrse_realloc(tree->node, cap, sizeof *node);
    if (!node) {
        mrse_spec_nomem(r);
        return false;
    }
    tree->node = node;
    tree->cap = cap;
    return true;
}

/* Room for one more entry in the open map or list; false after an error that ends the reading. */
static bool enter(builder *b, mrse_place at)
{
    mrse_node *parent;

    if (b->depth == 0)
        return true;
    parent = &b->r->tree.node[b->open[b->depth - 1].node];
    if (parent->n < MRSE_SPEC_LIST)
        return true;
    mrse_spec_error(b->r, MRSE_ERR_LIMIT, at, "split it, or check that this is the file you mean",
                    "more than %d entries in one %s", MRSE_SPEC_LIST,
                    parent->shape == MRSE_SHAPE_MAP ? "map" : "list");
    return false;
}

static bool add(builder *b, mrse_node entry)
{
    mrse_reader *r = b->r;
    size_t id = r->tree.n;
    open_node *top = b->depth ? &b->open[b->depth - 1] : NULL;

    if (!enter(b, entry.at) || !grow(r))
        return false;
    if (top) {
        if (top->last)
            r->tree.node[top->last].next = id;
        else
            r->tree.node[top->node].child = id;
        top->last = id;
        r->tree.node[top->node].n++;
        entry.key = top->key;
        entry.key_at = top->key_at;
        entry.bad_key = top->bad_key;
        top->has_key = false;
    }
    r->tree.node[id] = entry;
    r->tree.n++;
    return true;
}

static bool wants_key(const builder *b)
{
    const open_node *top = b->depth ? &b->open[b->depth - 1] : NULL;

    return top && top->is_map && !top->has_key;
}

/* Anchors and tags: reported, and the entry they stand on is not looked at further. */
static bool is_dressed(builder *b, mrse_place at, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "write the text out where it is needed",
                        "anchors ('&%s') are not read",
                        mrse_spec_quote(b->r, (const char *)anchor));
    if (tag)
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at,
                        "leave it out: every key knows what it expects; text that begins with '!' "
                        "stands in quotes",
                        "tags ('%s') are not read", mrse_spec_quote(b->r, (const char *)tag));
    return anchor || tag;
}

/* Escapes in double quotes can make characters that no text has. */
static const char *unprintable(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0)
            return "a NUL character";
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return "a control character";
    }
    return NULL;
}

static void take_key(builder *b, const yaml_event_t *event)
{
    open_node *top = &b->open[b->depth - 1];
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length;
    mrse_place at = place_of(event);

    top->has_key = true;
    top->key_at = at;
    top->bad_key = true;
    top->key = 0;
    if (is_dressed(b, at, event->data.scalar.anchor, event->data.scalar.tag))
        return;
    if (n == 0)
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "write 'key: value'", "a key is missing");
    else if (unprintable(text, n))
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "write the key in plain letters",
                        "the key holds %s", unprintable(text, n));
    else if (n > MRSE_SPEC_NAME)
        mrse_spec_error(b->r, MRSE_ERR_LIMIT, at, "use a shorter name",
                        "'%s' is longer than %d bytes, the longest key that is read",
                        mrse_spec_quote(b->r, text), MRSE_SPEC_NAME);
    else if (strcmp(text, "<<") == 0 && event->data.scalar.plain_implicit)
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "write the keys out where they are needed",
                        "merge keys ('<<') are not read");
    else {
        top->key = keep(b->r, text, n);
        top->bad_key = false;
    }
}

static bool take_scalar(builder *b, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length;
    mrse_node entry = {.shape = MRSE_SHAPE_TEXT, .at = place_of(event)};
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

    if (wants_key(b)) {
        take_key(b, event);
        return true;
    }
    if (is_dressed(b, entry.at, event->data.scalar.anchor, event->data.scalar.tag)) {
        entry.shape = MRSE_SHAPE_BAD;
    } else if (unprintable(text, n)) {
        mrse_spec_error(b->r, MRSE_ERR_INPUT, entry.at, "take the escape out", "the text holds %s",
                        unprintable(text, n));
        entry.shape = MRSE_SHAPE_BAD;
    }
    entry.plain = plain;
    if (entry.shape == MRSE_SHAPE_TEXT)
        entry.text = keep(b->r, text, n);
    return add(b, entry);
}

static bool begin(builder *b, const yaml_event_t *event, bool is_map)
{
    mrse_node entry = {.shape = is_map ? MRSE_SHAPE_MAP : MRSE_SHAPE_LIST, .at = place_of(event)};
    const yaml_char_t *anchor =
        is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag =
        is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;

    if (wants_key(b)) {
        mrse_spec_error(b->r, MRSE_ERR_INPUT, entry.at, "a key is one word: 'key: value'",
                        "a %s cannot be a key", is_map ? "map" : "list");
        return false;
    }
    if (b->depth == MRSE_SPEC_DEPTH) {
        mrse_spec_error(b->r, MRSE_ERR_LIMIT, entry.at, "check the indentation",
                        "more than %d maps and lists inside each other", MRSE_SPEC_DEPTH);
        return false;
    }
    if (is_dressed(b, entry.at, anchor, tag))
        entry.shape = MRSE_SHAPE_BAD;
    if (!add(b, entry))
        return false;
    b->open[b->depth++] = (open_node){.node = b->r->tree.n - 1, .is_map = is_map};
    return true;
}

static bool take_alias(builder *b, const yaml_event_t *event)
{
    mrse_node entry = {.shape = MRSE_SHAPE_BAD, .at = place_of(event)};

    mrse_spec_error(b->r, MRSE_ERR_INPUT, entry.at, "write the text out where it is needed",
                    "aliases ('*%s') are not read",
                    mrse_spec_quote(b->r, (const char *)event->data.alias.anchor));
    if (!wants_key(b))
        return add(b, entry);
    b->open[b->depth - 1].has_key = true;
    b->open[b->depth - 1].bad_key = true;
    b->open[b->depth - 1].key_at = entry.at;
    return true;
}

static bool begin_document(builder *b, const yaml_event_t *event)
{
    mrse_place at = place_of(event);

    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end) {
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "leave lines that begin with '%' out",
                        "YAML directives are not read");
        return false;
    }
    if (b->r->tree.n > 0) {
        mrse_spec_error(b->r, MRSE_ERR_INPUT, at, "put each into a file of its own",
                        "a second document begins: one file holds one");
        return false;
    }
    return true;
}

bool mrse_tree_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(b, event);
    case YAML_SCALAR_EVENT:
        return take_scalar(b, event);
    case YAML_ALIAS_EVENT:
        return take_alias(b, event);
    case YAML_MAPPING_START_EVENT:
        return begin(b, event, true);
    case YAML_SEQUENCE_START_EVENT:
        return begin(b, event, false);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        b->depth--;
        return true;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_NO_EVENT:
        break;
    }
    return true;
}

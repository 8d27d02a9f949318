/* Two files of ours compared key by key. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/file_diff.h"

#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

/* Both files and what was found so far. */
typedef struct comparison {
    mrse_reader before, after;
    mrse_file_diff *diff;
    bool no_memory;
} comparison;

/* What names an entry of a list, the first that it has. */
static const char *const naming[] = {"id",     "name",  "quantity", "topic", "what",
                                     "kind",   "level", "file",     "role",  "action",
                                     "moment", "test",  "rule",     "coils", "printed"};

static const char *name_of(const mrse_reader *r, const mrse_node *entry)
{
    if (entry->shape == MRSE_SHAPE_TEXT)
        return mrse_spec_text(r, entry);
    for (size_t i = 0; i < MRSE_COUNT(naming); i++) {
        const mrse_node *node = mrse_spec_child(r, entry, naming[i]);
        if (node && node->shape == MRSE_SHAPE_TEXT)
            return mrse_spec_text(r, node);
    }
    return NULL;
}

/* The node as one line of text: scalars as they are, maps and lists in YAML's flow form. */
static void print_node(mrse_buf *out, const mrse_reader *r, const mrse_node *node)
{
    if (node->shape == MRSE_SHAPE_TEXT) { /* folded text ends with a newline */
        const char *text = mrse_spec_text(r, node);
        size_t n = strlen(text);
        while (n > 0 && text[n - 1] == '\n')
            n--;
        mrse_buf_addn(out, text, n);
        return;
    }
    bool map = node->shape == MRSE_SHAPE_MAP;
    mrse_buf_add(out, map ? "{" : "[");
    for (const mrse_node *c = mrse_spec_first(r, node); c; c = mrse_spec_next(r, c)) {
        if (c != mrse_spec_first(r, node))
            mrse_buf_add(out, ", ");
        if (map)
            mrse_buf_addf(out, "%s: ", mrse_spec_key(r, c));
        print_node(out, r, c);
    }
    mrse_buf_add(out, map ? "}" : "]");
}

static char *text_of(comparison *c, const mrse_reader *r, const mrse_node *node)
{
    mrse_buf text = {0};
    if (!node)
        return NULL;
    print_node(&text, r, node);
    char *copy = text.status == MRSE_OK ? mrse_strdup(mrse_buf_text(&text)) : NULL;
    c->no_memory |= copy == NULL;
    mrse_buf_free(&text);
    return copy;
}

static void add(comparison *c, const char *path, const mrse_node *a, const mrse_node *b)
{
    mrse_file_change *grown = mrse_realloc(c->diff->change, c->diff->n + 1, sizeof *grown);
    if (!grown) {
        c->no_memory = true;
        return;
    }
    c->diff->change = grown;
    mrse_file_change *change = &grown[c->diff->n++];
    *change = (mrse_file_change){.line_before = a ? mrse_spec_where(a).line : 0,
                                 .line_after = b ? mrse_spec_where(b).line : 0};
    mrse_text_copy(change->path, sizeof change->path, path);
    change->before = text_of(c, &c->before, a);
    change->after = text_of(c, &c->after, b);
}

static void compare(comparison *c, const char *path, const mrse_node *a, const mrse_node *b);

static void step(char out[MRSE_DIFF_PATH], const char *path, const char *key)
{
    (void)snprintf(out, MRSE_DIFF_PATH, "%.100s%s%.50s", path, path[0] ? "." : "", key);
}

static void compare_maps(comparison *c, const char *path, const mrse_node *a, const mrse_node *b)
{
    char inner[MRSE_DIFF_PATH];
    for (const mrse_node *m = mrse_spec_first(&c->before, a); m;
         m = mrse_spec_next(&c->before, m)) {
        const char *key = mrse_spec_key(&c->before, m);
        step(inner, path, key);
        compare(c, inner, m, mrse_spec_child(&c->after, b, key));
    }
    for (const mrse_node *m = mrse_spec_first(&c->after, b); m; m = mrse_spec_next(&c->after, m)) {
        const char *key = mrse_spec_key(&c->after, m);
        if (mrse_spec_child(&c->before, a, key))
            continue;
        step(inner, path, key);
        add(c, inner, NULL, m);
    }
}

/* How many entries before this one have its name: twins are matched in their order. */
static size_t place_among(const mrse_reader *r, const mrse_node *list, const mrse_node *entry)
{
    const char *name = name_of(r, entry);
    size_t n = 0;
    for (const mrse_node *e = mrse_spec_first(r, list); e && e != entry; e = mrse_spec_next(r, e))
        n += mrse_text_equal(name_of(r, e), name);
    return n;
}

static const mrse_node *partner(const mrse_reader *in, const mrse_node *list, const char *name,
                                size_t nth)
{
    for (const mrse_node *e = mrse_spec_first(in, list); e; e = mrse_spec_next(in, e))
        if (mrse_text_equal(name_of(in, e), name) && nth-- == 0)
            return e;
    return NULL;
}

static void entry_path(char out[MRSE_DIFF_PATH], const char *path, const char *name, size_t nth)
{
    if (name)
        (void)snprintf(out, MRSE_DIFF_PATH, "%.100s[%.48s]", path, name);
    else
        (void)snprintf(out, MRSE_DIFF_PATH, "%.100s[%zu]", path, nth + 1);
}

static void compare_lists(comparison *c, const char *path, const mrse_node *a, const mrse_node *b)
{
    char inner[MRSE_DIFF_PATH];
    for (const mrse_node *e = mrse_spec_first(&c->before, a); e;
         e = mrse_spec_next(&c->before, e)) {
        const char *name = name_of(&c->before, e);
        size_t nth = place_among(&c->before, a, e);
        entry_path(inner, path, name, nth);
        compare(c, inner, e, partner(&c->after, b, name, nth));
    }
    for (const mrse_node *e = mrse_spec_first(&c->after, b); e; e = mrse_spec_next(&c->after, e)) {
        const char *name = name_of(&c->after, e);
        size_t nth = place_among(&c->after, b, e);
        if (partner(&c->before, a, name, nth))
            continue;
        entry_path(inner, path, name, nth);
        add(c, inner, NULL, e);
    }
}

static void compare(comparison *c, const char *path, const mrse_node *a, const mrse_node *b)
{
    if (!b || a->shape != b->shape) {
        add(c, path, a, b);
        return;
    }
    switch (a->shape) {
    case MRSE_SHAPE_MAP:
        compare_maps(c, path, a, b);
        break;
    case MRSE_SHAPE_LIST:
        compare_lists(c, path, a, b);
        break;
    case MRSE_SHAPE_TEXT:
        if (!mrse_text_equal(mrse_spec_text(&c->before, a), mrse_spec_text(&c->after, b)))
            add(c, path, a, b);
        break;
    case MRSE_SHAPE_BAD:
        break;
    }
}

static mrse_status open_file(mrse_reader *r, const char *path, char **text,
                             char sha256[MRSE_SHA256_HEX], mrse_diags *diags)
{
    mrse_status status = mrse_file_read_text(path, MRSE_FILE_MAX, text, &r->n, diags);
    if (status != MRSE_OK)
        return status;
    mrse_sha256_hex(*text, r->n, sha256);
    r->file = path;
    r->text = *text;
    r->diags = diags;
    if (!mrse_spec_parse(r))
        return r->status;
    return r->status;
}

mrse_status mrse_file_diff_run(const char *before, const char *after, mrse_file_diff **out,
                               mrse_diags *diags)
{
    comparison c = {0};
    char *text[2] = {NULL, NULL};

    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!before || !after)
        return MRSE_ERR_ARG;
    c.diff = mrse_alloc(1, sizeof *c.diff);
    if (!c.diff)
        return MRSE_ERR_NOMEM;
    mrse_status status = open_file(&c.before, before, &text[0], c.diff->sha256_before, diags);
    if (status == MRSE_OK)
        status = open_file(&c.after, after, &text[1], c.diff->sha256_after, diags);
    if (status == MRSE_OK)
        compare(&c, "", &c.before.tree.node[0], &c.after.tree.node[0]);
    if (c.no_memory)
        status = MRSE_ERR_NOMEM;
    mrse_spec_close(&c.before);
    mrse_spec_close(&c.after);
    mrse_free(text[0]);
    mrse_free(text[1]);
    if (status != MRSE_OK)
        mrse_file_diff_free(c.diff);
    else
        *out = c.diff;
    return status;
}

void mrse_file_diff_free(mrse_file_diff *diff)
{
    if (!diff)
        return;
    for (size_t i = 0; i < diff->n; i++) {
        mrse_free(diff->change[i].before);
        mrse_free(diff->change[i].after);
    }
    mrse_free(diff->change);
    mrse_free(diff);
}

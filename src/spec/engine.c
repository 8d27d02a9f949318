/* The engine: loads a map into a struct by its table, collecting every error on the way, and frees
 * it by the same table. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

static size_t key_names(const mrse_schema *schema, const char **name)
{
    for (size_t i = 0; i < schema->n; i++)
        name[i] = schema->field[i].key;
    return schema->n;
}

/* The maps one level down that know a key: 'tr' is written under 'timing'. */
static size_t homes_of(const mrse_schema *schema, const char *key, const char **name)
{
    size_t n = 0;

    for (size_t i = 0; i < schema->n; i++) {
        const mrse_schema *child = schema->field[i].child;
        for (size_t k = 0; child && k < child->n; k++)
            if (strcmp(child->field[k].key, key) == 0)
                name[n++] = schema->field[i].key;
    }
    return n;
}

static void say_unknown(mrse_reader *r, const mrse_schema *schema, const mrse_node *entry)
{
    const char *name[MRSE_SPEC_FIELDS], *key = mrse_spec_key(r, entry);
    size_t n = key_names(schema, name);
    const char *home[MRSE_SPEC_FIELDS];
    size_t n_homes = mrse_text_nearest(key, name, n) ? 0 : homes_of(schema, key, home);
    char hint[256], list[96], known[128];

    mrse_spec_list_names(list, sizeof list, home, n_homes);
    (void)snprintf(known, sizeof known, "%s%s%sknown here", n_homes > 0 ? "it is a key of '" : "",
                   list, n_homes > 0 ? "'; " : "");
    mrse_spec_suggest(hint, sizeof hint, key, known, name, n);
    mrse_spec_error(r, MRSE_ERR_INPUT, entry->key_at, hint, "unknown key '%s'",
                    mrse_spec_quote(r, key));
}

static void match_one(mrse_reader *r, const mrse_schema *schema, const mrse_node *entry,
                      const mrse_node **found)
{
    for (size_t i = 0; i < schema->n; i++) {
        if (strcmp(mrse_spec_key(r, entry), schema->field[i].key) != 0)
            continue;
        if (found[i])
            mrse_spec_error(r, MRSE_ERR_INPUT, entry->key_at, "keep one of the two",
                            "'%s' is given twice, first in line %d", schema->field[i].key,
                            found[i]->key_at.line);
        else
            found[i] = entry;
        return;
    }
    say_unknown(r, schema, entry);
}

static void match_keys(mrse_reader *r, const mrse_schema *schema, const mrse_node *node,
                       const mrse_node **found)
{
    for (const mrse_node *e = mrse_spec_first(r, node); e; e = mrse_spec_next(r, e))
        if (!e->bad_key)
            match_one(r, schema, e, found);
    for (size_t i = 0; i < schema->n; i++) {
        if (!schema->field[i].required || found[i])
            continue;
        size_t mark = mrse_spec_push(r, schema->field[i].key, 0);
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), schema->field[i].doc,
                        "the key '%s' is missing", schema->field[i].key);
        mrse_spec_pop(r, mark);
    }
}

static bool is_shape(mrse_reader *r, const mrse_node *node, mrse_node_shape shape)
{
    static const struct {
        const char *noun, *hint;
    } form[] = {
        [MRSE_SHAPE_BAD] = {"", ""},
        [MRSE_SHAPE_TEXT] = {"text", "write it on the line of its key"},
        [MRSE_SHAPE_MAP] = {"a map", "write 'key: value' lines below it, indented"},
        [MRSE_SHAPE_LIST] = {"a list", "write '- ' entries below it, or [a, b]"},
    };

    if (node->shape == shape)
        return true;
    if (node->shape == MRSE_SHAPE_TEXT && *mrse_spec_text(r, node) == '\0')
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), form[shape].hint,
                        "nothing is given; %s is needed", form[shape].noun);
    else if (node->shape != MRSE_SHAPE_BAD)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), form[shape].hint,
                        "this is %s; %s is needed", form[node->shape].noun, form[shape].noun);
    return false;
}

/* Why a text is no value: NULL when it is one. */
static const char *no_value(const mrse_reader *r, const mrse_node *node)
{
    static const char *const null[] = {"~", "null", "Null", "NULL"};
    const char *text = mrse_spec_text(r, node);
    size_t n = strlen(text);

    if (text[strspn(text, " \t\n")] == '\0')
        return "the value is empty";
    for (size_t i = 0; node->plain && i < MRSE_COUNT(null); i++)
        if (strcmp(text, null[i]) == 0)
            return "the value is empty";
    return text[0] == '<' && text[n - 1] == '>' ? "this is still the template's placeholder" : NULL;
}

const char *mrse_spec_peek(const mrse_reader *r, const mrse_node *node)
{
    if (!node || node->shape != MRSE_SHAPE_TEXT || no_value(r, node))
        return NULL;
    return mrse_spec_text(r, node);
}

const char *mrse_spec_scalar(mrse_reader *r, const mrse_node *node)
{
    const char *text = mrse_spec_peek(r, node);

    if (text)
        return text;
    if (node->shape == MRSE_SHAPE_TEXT)
        mrse_spec_error(
            r, MRSE_ERR_INPUT, *mrse_spec_text(r, node) ? node->at : mrse_spec_where(node),
            "write the value, or leave the key out when it is not known", "%s", no_value(r, node));
    else
        (void)is_shape(r, node, MRSE_SHAPE_TEXT);
    return NULL;
}

static bool is_filled_list(mrse_reader *r, const mrse_node *node)
{
    if (!is_shape(r, node, MRSE_SHAPE_LIST))
        return false;
    if (node->n > 0)
        return true;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), "leave the key out instead",
                    "the list is empty");
    return false;
}

/* An array of node->n zeroed elements at `at`, its length at `count`. */
static char *make_array(mrse_reader *r, const mrse_field_spec *field, size_t size, size_t n,
                        char *base)
{
    char *array = mrse_alloc(n, size);

    if (!array) {
        mrse_spec_nomem(r);
        return NULL;
    }
    memcpy(base + field->at, &array, sizeof array);
    memcpy(base + field->count, &n, sizeof n);
    return array;
}

static void load_list(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                      char *base)
{
    char *array;
    size_t i = 0;

    if (!is_filled_list(r, node))
        return;
    array = make_array(r, field, field->child->size, node->n, base);
    for (const mrse_node *e = mrse_spec_first(r, node); array && e; e = mrse_spec_next(r, e), i++) {
        char *element = array + i * field->child->size;
        size_t mark = mrse_spec_push(r, NULL, i);

        mrse_spec_defaults(field->child, element);
        if (is_shape(r, e, MRSE_SHAPE_MAP))
            mrse_spec_load(r, field->child, e, element);
        mrse_spec_pop(r, mark);
    }
}

static void load_texts(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                       char *base)
{
    const mrse_field_spec one = {.type = MRSE_FIELD_TEXT};
    char *array;
    size_t i = 0;

    if (!is_filled_list(r, node))
        return;
    array = make_array(r, field, sizeof(char *), node->n, base);
    for (const mrse_node *e = mrse_spec_first(r, node); array && e; e = mrse_spec_next(r, e), i++) {
        size_t mark = mrse_spec_push(r, NULL, i);

        mrse_spec_load_scalar(r, &one, e, array + i * sizeof(char *));
        mrse_spec_pop(r, mark);
    }
}

static void load_values(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                        char *base)
{
    char *array;
    size_t i = 0;

    if (!is_filled_list(r, node))
        return;
    array = make_array(r, field, sizeof(mrse_value), node->n, base);
    for (const mrse_node *e = mrse_spec_first(r, node); array && e; e = mrse_spec_next(r, e), i++) {
        mrse_value value = mrse_value_missing(field->kind);
        size_t mark = mrse_spec_push(r, NULL, i);

        mrse_spec_load_value(r, field, e, &value);
        memcpy(array + i * sizeof value, &value, sizeof value);
        mrse_spec_pop(r, mark);
    }
}

static void load_field(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                       char *base)
{
    mrse_value value;

    switch (field->type) {
    case MRSE_FIELD_MAP:
        if (is_shape(r, node, MRSE_SHAPE_MAP))
            mrse_spec_load(r, field->child, node, base + field->at);
        return;
    case MRSE_FIELD_LIST:
        load_list(r, field, node, base);
        return;
    case MRSE_FIELD_TEXTS:
        load_texts(r, field, node, base);
        return;
    case MRSE_FIELD_VALUES:
        load_values(r, field, node, base);
        return;
    case MRSE_FIELD_SET:
        mrse_spec_load_set(r, field, node, base);
        return;
    case MRSE_FIELD_PLACES:
        mrse_spec_load_places(r, field, node, base);
        return;
    case MRSE_FIELD_THREE:
        mrse_spec_load_three(r, field, node, base);
        return;
    case MRSE_FIELD_VALUE:
        value = mrse_value_missing(field->kind);
        mrse_spec_load_value(r, field, node, &value);
        memcpy(base + field->at, &value, sizeof value);
        return;
    case MRSE_FIELD_SOURCES: /* came first */
    case MRSE_FIELD_SOURCE:
        return;
    default:
        mrse_spec_load_scalar(r, field, node, base);
        return;
    }
}

/* Sources come before the numbers that name them, whatever the order in the file. */
static void load_sources_first(mrse_reader *r, const mrse_schema *schema, const mrse_node *node,
                               const mrse_node **found, char *base)
{
    for (size_t i = 0; i < schema->n; i++) {
        const mrse_field_spec *field = &schema->field[i];

        if (field->type != MRSE_FIELD_SOURCES || !found[i])
            continue;
        size_t mark = mrse_spec_push(r, field->key, 0);
        mrse_sources *sources = (mrse_sources *)(void *)(base + field->at);
        if (is_shape(r, found[i], MRSE_SHAPE_MAP))
            mrse_spec_load_sources(r, found[i], sources);
        r->sources = sources;
        mrse_spec_pop(r, mark);
    }
    for (size_t i = 0; i < schema->n; i++) {
        if (schema->field[i].type != MRSE_FIELD_SOURCE || !found[i])
            continue;
        size_t mark = mrse_spec_push(r, schema->field[i].key, 0);
        mrse_spec_load_scalar(r, &schema->field[i], found[i], base);
        mrse_spec_pop(r, mark);
    }
    r->source = mrse_spec_source(r, schema, node);
}

/* The source in force is kept where the table asks for it, whether written here or inherited. */
static void store_source(mrse_reader *r, const mrse_field_spec *field, char *base)
{
    char *id;

    if (field->type != MRSE_FIELD_SOURCE || field->at == MRSE_NOWHERE)
        return;
    id = mrse_spec_strdup(r, r->source ? r->source->id : "");
    memcpy(base + field->at, &id, sizeof id);
}

void mrse_spec_load(mrse_reader *r, const mrse_schema *schema, const mrse_node *node, void *base)
{
    const mrse_node *found[MRSE_SPEC_FIELDS] = {NULL};
    const mrse_document_source *inherited = r->source;

    match_keys(r, schema, node, found);
    load_sources_first(r, schema, node, found, base);
    if (schema->line != MRSE_NOWHERE)
        memcpy((char *)base + schema->line, &node->at.line, sizeof node->at.line);
    for (size_t i = 0; i < schema->n && r->status != MRSE_ERR_NOMEM; i++) {
        store_source(r, &schema->field[i], base);
        if (!found[i])
            continue;
        size_t mark = mrse_spec_push(r, schema->field[i].key, 0);
        load_field(r, &schema->field[i], found[i], base);
        mrse_spec_pop(r, mark);
    }
    if (schema->finish && r->status != MRSE_ERR_NOMEM)
        schema->finish(r, node, base);
    r->source = inherited;
}

/* Numbers that are not in the file are missing, not zero. */
void mrse_spec_defaults(const mrse_schema *schema, void *base)
{
    for (size_t i = 0; i < schema->n; i++) {
        const mrse_field_spec *field = &schema->field[i];
        char *at = field->at == MRSE_NOWHERE ? NULL : (char *)base + field->at;
        mrse_value missing = mrse_value_missing(field->kind);

        if (field->type == MRSE_FIELD_MAP && at)
            mrse_spec_defaults(field->child, at);
        else if (field->type == MRSE_FIELD_VALUE && at)
            memcpy(at, &missing, sizeof missing);
        else if (at && (field->type == MRSE_FIELD_NUMBER || field->type == MRSE_FIELD_COUNT ||
                        field->type == MRSE_FIELD_FACTOR))
            memcpy(at, &missing.v, sizeof missing.v);
        else if (field->type == MRSE_FIELD_THREE && at)
            memcpy(at, (double[3]){missing.v, missing.v, missing.v}, sizeof(double[3]));
    }
}

static void free_array(const mrse_field_spec *field, char *base)
{
    char *array;
    size_t n;

    memcpy(&array, base + field->at, sizeof array);
    memcpy(&n, base + field->count, sizeof n);
    for (size_t i = 0; i < n; i++) {
        if (field->type == MRSE_FIELD_LIST) {
            mrse_spec_free(field->child, array + i * field->child->size);
        } else if (field->type == MRSE_FIELD_TEXTS) {
            char *text;
            memcpy(&text, array + i * sizeof text, sizeof text);
            mrse_free(text);
        }
    }
    mrse_free(array);
}

static void free_sources(mrse_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        mrse_free(sources->item[i].id);
        mrse_spec_free(&mrse_spec_source_schema, &sources->item[i]);
    }
    mrse_free(sources->item);
}

static void free_text(const mrse_field_spec *field, char *base)
{
    char *text;

    memcpy(&text, base + field->at, sizeof text);
    mrse_free(text);
}

void mrse_spec_free(const mrse_schema *schema, void *base)
{
    for (size_t i = 0; i < schema->n; i++) {
        const mrse_field_spec *field = &schema->field[i];

        if (field->at == MRSE_NOWHERE)
            continue;
        switch (field->type) {
        case MRSE_FIELD_TEXT:
        case MRSE_FIELD_NAME:
        case MRSE_FIELD_WORD:
        case MRSE_FIELD_SOURCE:
            free_text(field, base);
            break;
        case MRSE_FIELD_MAP:
            mrse_spec_free(field->child, (char *)base + field->at);
            break;
        case MRSE_FIELD_LIST:
        case MRSE_FIELD_TEXTS:
        case MRSE_FIELD_VALUES:
        case MRSE_FIELD_PLACES:
            free_array(field, base);
            break;
        case MRSE_FIELD_SOURCES:
            free_sources((mrse_sources *)(void *)((char *)base + field->at));
            break;
        default: /* holds no memory */
            break;
        }
    }
}

/* Scalars other than quantities: words, choices, dates, yes and no, ids.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

static void trim(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && strchr(" \t\n", text[n - 1]))
        text[--n] = '\0';
}

/* Characters of valid UTF-8 (the reader has checked it). */
static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static bool fits(mrse_reader *r, const mrse_node *node, const char *text, size_t longest)
{
    if (longest == 0 || characters(text) <= longest)
        return true;
    mrse_spec_error(r, MRSE_ERR_LIMIT, node->at, "use a shorter text",
                    "this has %zu characters; %zu is the most here", characters(text), longest);
    return false;
}

bool mrse_spec_is_name(const char *text)
{
    if (strchr("._-", text[0]))
        return false;
    for (; *text; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        if (!letter && !(*text >= '0' && *text <= '9') && !strchr("._-", *text))
            return false;
    }
    return true;
}

/* Place of the text among the choices; -1 after the error is reported. */
static int choose(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                  const char *text)
{
    char hint[256];
    size_t n = 0;

    for (; field->choice[n]; n++)
        if (strcmp(field->choice[n], text) == 0)
            return (int)n;
    mrse_spec_suggest(hint, sizeof hint, text, "known", field->choice, n);
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "'%s' is not known here",
                    mrse_spec_quote(r, text));
    return -1;
}

static void load_choice(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                        const char *text, char *base)
{
    int at = choose(r, field, node, text);
    unsigned number =
        field->first + (unsigned)at; /* enums of gcc, clang without negative members */
    bool flag = at == 1;

    if (at < 0 || field->at == MRSE_NOWHERE)
        return;
    if (field->type == MRSE_FIELD_FLAG)
        memcpy(base + field->at, &flag, sizeof flag);
    else
        memcpy(base + field->at, &number, sizeof number);
}

static void add_member(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                       uint64_t *set)
{
    const char *text = mrse_spec_scalar(r, node);
    int at = text ? choose(r, field, node, text) : -1;
    uint64_t bit = at < 0 ? 0 : (uint64_t)1 << (field->first + (unsigned)at);

    if (*set & bit)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "name each once", "'%s' is given twice",
                        mrse_spec_quote(r, text));
    *set |= bit;
}

void mrse_spec_load_set(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                        char *base)
{
    uint64_t set = 0;
    size_t i = 0;

    if (node->shape != MRSE_SHAPE_LIST)
        add_member(r, field, node, &set);
    else if (node->n == 0)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), "leave the key out instead",
                        "the list is empty");
    for (const mrse_node *e = mrse_spec_first(r, node); e; e = mrse_spec_next(r, e), i++) {
        size_t mark = mrse_spec_push(r, NULL, i);

        add_member(r, field, e, &set);
        mrse_spec_pop(r, mark);
    }
    if (field->at != MRSE_NOWHERE)
        memcpy(base + field->at, &set, sizeof set);
}

static void load_date(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                      const char *text, char *base)
{
    mrse_date date;
    bool ok = mrse_date_read(text, &date) == MRSE_OK && !date.has_time;

    if (ok)
        memcpy(base + field->at, &date, sizeof date);
    else
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "write year-month-day with two digits each: '2026-11-22'",
                        "'%s' is not a date of the calendar", mrse_spec_quote(r, text));
}

static void load_number(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                        const char *text, char *base)
{
    mrse_quantity q = {0};

    if (field->type == MRSE_FIELD_NUMBER ? mrse_spec_quantity(r, field, &node->at, text, &q)
                                         : mrse_spec_plain(r, field, &node->at, text, &q.si))
        memcpy(base + field->at, &q.si, sizeof q.si);
}

static void load_text(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                      const char *text, char *base)
{
    char *copy;

    if (!fits(r, node, text, field->longest))
        return;
    if (field->type == MRSE_FIELD_NAME && !mrse_spec_is_name(text)) {
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "letters, digits, '.', '_' and '-', and a letter or digit first",
                        "'%s' cannot be an id", mrse_spec_quote(r, text));
        return;
    }
    if (field->type == MRSE_FIELD_WORD && choose(r, field, node, text) < 0)
        return;
    copy = mrse_spec_strdup(r, text);
    if (copy)
        trim(copy); /* folded text ends in a line end */
    memcpy(base + field->at, &copy, sizeof copy);
}

static void check_source(mrse_reader *r, const mrse_node *node, const char *text)
{
    const char *name[MRSE_SPEC_FIELDS];
    char hint[256];
    size_t n = 0;

    if (mrse_source_find(r->sources, text))
        return;
    for (size_t i = 0; r->sources && i < r->sources->n && n < MRSE_COUNT(name); i++)
        if (r->sources->item[i].id)
            name[n++] = r->sources->item[i].id;
    if (n > 0)
        mrse_spec_suggest(hint, sizeof hint, text, "sources of this file", name, n);
    else
        mrse_text_copy(hint, sizeof hint, "describe it under 'sources:'");
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "unknown source '%s'",
                    mrse_spec_quote(r, text));
}

void mrse_spec_load_scalar(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                           char *base)
{
    const char *text = mrse_spec_scalar(r, node);

    if (!text)
        return;
    switch (field->type) {
    case MRSE_FIELD_CHOICE:
    case MRSE_FIELD_FLAG:
        load_choice(r, field, node, text, base);
        return;
    case MRSE_FIELD_DATE:
        load_date(r, field, node, text, base);
        return;
    case MRSE_FIELD_NUMBER:
    case MRSE_FIELD_COUNT:
    case MRSE_FIELD_FACTOR:
        load_number(r, field, node, text, base);
        return;
    case MRSE_FIELD_SOURCE:
        check_source(r, node, text);
        return;
    case MRSE_FIELD_TEXT:
    case MRSE_FIELD_NAME:
    case MRSE_FIELD_WORD:
        load_text(r, field, node, text, base);
        return;
    default: /* RAW: read by the table's own check */
        return;
    }
}

/* Messages about a user's file: each with its place, the field's path and the line itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

static void say(mrse_reader *r, mrse_sev sev, mrse_status code, mrse_place at, const char *hint,
                const char *text)
{
    mrse_diag *diag = mrse_diag_add(r->diags, sev, code, "%s", text);

    mrse_diag_place(diag, r->file, at.line, at.col, r->path, hint);
    diag->span = at.span;
    if (r->told++ < MRSE_SPEC_EXCERPTS)
        mrse_diag_excerpt(diag, r->text, r->n);
}

void mrse_spec_error(mrse_reader *r, mrse_status code, mrse_place at, const char *hint,
                     const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say(r, MRSE_SEV_ERROR, code, at, hint, text);
    if (r->status == MRSE_OK)
        r->status = code;
}

void mrse_spec_warn(mrse_reader *r, mrse_place at, const char *hint, const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say(r, MRSE_SEV_WARNING, MRSE_ERR_INPUT, at, hint, text);
}

/* Users go through a file from top to bottom; the tables are not in that order. Insertion sort: it
 * is stable, needs no memory, and the list is short. */
void mrse_spec_sort_messages(mrse_reader *r, size_t first)
{
    for (size_t i = first + 1; r->diags && i < r->diags->n; i++) {
        mrse_diag moved = r->diags->item[i];
        size_t k = i;

        for (; k > first; k--) {
            const mrse_diag *above = &r->diags->item[k - 1];
            if (above->line <= moved.line)
                break;
            r->diags->item[k] = *above;
        }
        r->diags->item[k] = moved;
    }
}

void mrse_spec_nomem(mrse_reader *r)
{
    if (r->status == MRSE_ERR_NOMEM)
        return;
    r->status = MRSE_ERR_NOMEM;
    mrse_diag_place(mrse_diag_add(r->diags, MRSE_SEV_ERROR, MRSE_ERR_NOMEM, "out of memory"),
                    r->file, 0, 0, NULL, NULL);
}

size_t mrse_spec_push(mrse_reader *r, const char *key, size_t index)
{
    size_t mark = strlen(r->path), room = sizeof r->path - mark;

    if (key)
        (void)snprintf(r->path + mark, room, "%s%s", mark ? "." : "", key);
    else
        (void)snprintf(r->path + mark, room, "[%zu]", index);
    return mark;
}

void mrse_spec_pop(mrse_reader *r, size_t mark)
{
    r->path[mark] = '\0';
}

const char *mrse_spec_quote(mrse_reader *r, const char *text)
{
    char *to = r->quote[r->quoted++ % MRSE_COUNT(r->quote)];
    size_t size = sizeof r->quote[0];

    if (strlen(text) < size) {
        mrse_text_copy(to, size, text);
    } else {
        mrse_text_copy(to, size - 3, text);
        memcpy(to + strlen(to), "...", 4);
    }
    return to;
}

char *mrse_spec_strdup(mrse_reader *r, const char *text)
{
    char *copy = mrse_strdup(text);

    if (!copy)
        mrse_spec_nomem(r);
    return copy;
}

mrse_place mrse_spec_where(const mrse_node *node)
{
    return node->key_at.line ? node->key_at : node->at;
}

/* Cut on a character's boundary when it does not fit. */
static void append(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);

    mrse_text_copy(out + used, size - used, text);
}

/* Whole names only: half a key would be copied into a file. */
void mrse_spec_list_names(char *out, size_t size, const char *const *name, size_t n)
{
    static const char MORE[] = ", ...";

    mrse_text_copy(out, size, "");
    for (size_t i = 0; i < n; i++) {
        size_t room = size - strlen(out), kept = i + 1 < n ? sizeof MORE - 1 : 0;
        if (strlen(name[i]) + 2 + kept >= room) {
            append(out, size, MORE);
            return;
        }
        append(out, size, i ? ", " : "");
        append(out, size, name[i]);
    }
}

void mrse_spec_suggest(char *out, size_t size, const char *word, const char *known,
                       const char *const *name, size_t n)
{
    const char *near = mrse_text_nearest(word, name, n);

    mrse_text_copy(out, size, near ? "did you mean '" : "");
    append(out, size, near ? near : "");
    append(out, size, near ? "'? " : "");
    append(out, size, known);
    append(out, size, ": ");
    size_t used = strlen(out);
    mrse_spec_list_names(out + used, size - used, name, n);
}

/* Rows and cells of comma-separated values, each with its place.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "survey_internal.h"

mrse_diag *csv_say(csv_reader *r, mrse_sev sev, mrse_status status, const csv_cell *cell,
                   const char *field, const char *hint, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mrse_diag *d = mrse_diag_add(r->diags, sev, status, "%s", text);
    mrse_diag_place(d, r->file, cell != NULL ? cell->line : 1, cell != NULL ? cell->col : 1, field,
                    hint);
    d->span = cell != NULL ? cell->span : 0;
    mrse_diag_excerpt(d, r->text, r->n);
    if (sev == MRSE_SEV_ERROR && r->status == MRSE_OK)
        r->status = status;
    return d;
}

void csv_nomem(csv_reader *r)
{
    if (r->status != MRSE_ERR_NOMEM)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_NOMEM, NULL, NULL, NULL, "%s",
                      mrse_status_text(MRSE_ERR_NOMEM));
    r->status = MRSE_ERR_NOMEM;
}

static bool at_end(const csv_reader *r)
{
    return r->at >= r->n;
}

static char peek(const csv_reader *r)
{
    return at_end(r) ? '\0' : r->text[r->at];
}

/* "\r\n", "\n" and a lone "\r" each end a line. */
static bool at_line_end(const csv_reader *r)
{
    return peek(r) == '\n' || peek(r) == '\r';
}

static char next(csv_reader *r)
{
    const char c = r->text[r->at++];
    if (c == '\n' || (c == '\r' && peek(r) != '\n')) {
        r->line++;
        r->col = 1;
    } else if (((unsigned char)c & 0xC0) != 0x80 && c != '\r') {
        r->col++;
    }
    return c;
}

static void end_line(csv_reader *r)
{
    if (peek(r) == '\r' && r->at + 1 < r->n && r->text[r->at + 1] == '\n')
        (void)next(r);
    if (!at_end(r))
        (void)next(r);
}

static void begin(const csv_reader *r, csv_cell *cell)
{
    memset(cell, 0, sizeof *cell);
    cell->line = r->line;
    cell->col = r->col;
}

static void put(csv_cell *cell, size_t *used, char c)
{
    if (*used + 1 < CSV_CELL)
        cell->text[(*used)++] = c;
    else
        cell->cut = true;
}

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

void csv_trim(csv_cell *cell)
{
    size_t n = strlen(cell->text), from = strspn(cell->text, " \t");
    while (n > from && strchr(" \t", cell->text[n - 1]) != NULL)
        n--;
    memmove(cell->text, cell->text + from, n - from);
    cell->text[n - from] = '\0';
    cell->col += (int)from;
    cell->span = (int)characters(cell->text);
}

void csv_skip_empty(csv_reader *r)
{
    for (;;) {
        const csv_reader here = *r;
        while (peek(r) == ' ' || peek(r) == '\t')
            (void)next(r);
        if (at_end(r))
            return;
        if (!at_line_end(r)) {
            *r = here;
            return;
        }
        end_line(r);
    }
}

/* A spreadsheet quotes a line that holds a comma, and fills up the row with empty cells. */
static void undress(csv_cell *text, bool quoted)
{
    size_t n = strlen(text->text);
    while (n > 0 && strchr(",; \t", text->text[n - 1]) != NULL)
        n--;
    if (quoted && n > 0 && text->text[n - 1] == '"')
        n--;
    text->text[n] = '\0';
}

bool csv_comment(csv_reader *r, csv_cell *text)
{
    size_t used = 0;
    const bool quoted = peek(r) == '"' && r->at + 1 < r->n && r->text[r->at + 1] == '#';
    if (peek(r) != '#' && !quoted)
        return false;
    (void)next(r);
    if (quoted)
        (void)next(r);
    begin(r, text);
    while (!at_end(r) && !at_line_end(r))
        put(text, &used, next(r));
    end_line(r);
    if (text->cut)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_LIMIT, text, NULL, "divide it into several lines",
                      "this line of the head has more than %d bytes", CSV_CELL - 1);
    undress(text, quoted);
    csv_trim(text);
    return true;
}

void csv_find_separator(csv_reader *r)
{
    bool quoted = false;
    r->separator = ',';
    for (size_t i = r->at; i < r->n && r->text[i] != '\n' && r->text[i] != '\r'; i++) {
        quoted = quoted != (r->text[i] == '"');
        if (!quoted && r->text[i] == ';')
            r->separator = ';';
    }
}

/* From the quote to the one that closes it; two quotes are one. */
static void quoted_cell(csv_reader *r, csv_cell *cell)
{
    size_t used = 0;
    (void)next(r);
    for (;;) {
        if (at_end(r)) {
            (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, NULL,
                          "close it with a quote of its own", "this quote is never closed");
            return;
        }
        char c = next(r);
        if (c == '"' && peek(r) != '"')
            break;
        if (c == '"')
            (void)next(r);
        put(cell, &used, c);
    }
    bool more = false;
    while (!at_end(r) && !at_line_end(r) && peek(r) != r->separator) {
        const char c = next(r);
        more = more || (c != ' ' && c != '\t');
    }
    if (more)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, NULL,
                      "a quote within a quoted text is written twice: \"\"",
                      "text after the closing quote");
}

static void plain_cell(csv_reader *r, csv_cell *cell)
{
    size_t used = 0;
    while (!at_end(r) && !at_line_end(r) && peek(r) != r->separator)
        put(cell, &used, next(r));
}

static void read_cell(csv_reader *r, csv_cell *cell)
{
    begin(r, cell);
    while (peek(r) == ' ' || peek(r) == '\t') {
        (void)next(r);
        cell->col++;
    }
    if (peek(r) == '"')
        quoted_cell(r, cell);
    else
        plain_cell(r, cell);
    if (cell->cut)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_LIMIT, cell, NULL, "use a shorter text",
                      "this cell has more than %d bytes", CSV_CELL - 1);
    csv_trim(cell);
}

bool csv_row(csv_reader *r, csv_cell *cell, size_t *n)
{
    csv_cell beyond;
    bool said = false;
    *n = 0;
    csv_skip_empty(r);
    if (at_end(r))
        return false;
    for (;;) {
        const bool room = *n < MRSE_SURVEY_COLUMNS;
        read_cell(r, room ? &cell[*n] : &beyond);
        *n += room;
        if (!room && !said)
            (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_LIMIT, &beyond, NULL,
                          "leave out the columns that are not needed",
                          "this line has more than %d columns", MRSE_SURVEY_COLUMNS);
        said = !room;
        if (at_end(r) || peek(r) != r->separator)
            break;
        (void)next(r);
    }
    end_line(r);
    return true;
}

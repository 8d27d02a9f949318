/* Lines, tokens and numbers of a Pulseq file, tables of rows, and what to say of a mistake.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "pulseq_internal.h"

enum { ID_MAX = 0x7fffffff, EXACT_DIGITS = 15, EXACT_POWER = 22, TEXT = 200 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

bool seq_next_line(seq_reader *r)
{
    while (r->at < r->n && r->errors < SEQ_ERRORS) {
        const char *s = r->text + r->at, *end = memchr(s, '\n', r->n - r->at);

        r->row = s;
        r->line++;
        r->n_tokens = 0;
        if (!end)
            end = r->text + r->n;
        r->at = (size_t)(end - r->text) + (end < r->text + r->n);
        while (s < end) {
            const char *from;

            while (s < end && is_blank(*s))
                s++;
            if (s == end || *s == '#')
                break;
            for (from = s; s < end && !is_blank(*s) && *s != '#'; s++)
                ;
            if (r->n_tokens < SEQ_TOKENS)
                r->token[r->n_tokens] = (seq_token){from, (size_t)(s - from)};
            r->n_tokens++;
        }
        if (r->n_tokens > 0)
            return true;
    }
    return false;
}

bool seq_token_is(const seq_reader *r, size_t i, const char *word)
{
    return i < r->n_tokens && i < SEQ_TOKENS && r->token[i].n == strlen(word) &&
           memcmp(r->token[i].s, word, r->token[i].n) == 0;
}

static void complain(seq_reader *r, mrse_sev sev, uint32_t line, int col, const char *field,
                     const char *hint, const char *format, va_list args)
{
    char text[TEXT];
    mrse_diag *diag;

    (void)vsnprintf(text, sizeof text, format, args);
    diag = mrse_diag_add(r->diags, sev, MRSE_ERR_INPUT, "%s", text);
    mrse_diag_place(diag, r->name, (int)line, col, field, hint);
    if (line > 0)
        mrse_diag_excerpt(diag, r->text, r->n);
    if (sev != MRSE_SEV_ERROR)
        return;
    r->errors++;
    seq_fail(r, MRSE_ERR_INPUT);
}

void seq_error(seq_reader *r, size_t token, const char *field, const char *hint, const char *format,
               ...)
{
    int col = 1;
    va_list args;

    if (token < r->n_tokens && token < SEQ_TOKENS)
        col = (int)(r->token[token].s - r->row) + 1;
    va_start(args, format);
    complain(r, MRSE_SEV_ERROR, r->line, col, field, hint, format, args);
    va_end(args);
}

void seq_error_at(seq_reader *r, uint32_t line, const char *field, const char *hint,
                  const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(r, MRSE_SEV_ERROR, line, 1, field, hint, format, args);
    va_end(args);
}

void seq_warn(seq_reader *r, uint32_t line, const char *field, const char *hint, const char *format,
              ...)
{
    va_list args;

    va_start(args, format);
    complain(r, MRSE_SEV_WARNING, line, 1, field, hint, format, args);
    va_end(args);
}

void seq_fail(seq_reader *r, mrse_status status)
{
    if (r->status == MRSE_OK || status == MRSE_ERR_NOMEM)
        r->status = status;
    if (status == MRSE_ERR_NOMEM)
        r->errors = SEQ_ERRORS; /* nothing more to be done */
}

/* Nearly every number of a file has few digits and a small power of ten: both are then exact as
 * doubles, and so one operation rounds correctly. False: ask the general reader. */
static bool read_short(const char *s, size_t n, int exp10, double *value)
{
    static const double power[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t digits = 0;
    int n_digits = 0, shift = exp10;
    bool minus = n > 0 && s[0] == '-', mark = false, any = false;
    size_t i = minus;

    for (; i < n && n_digits <= EXACT_DIGITS; i++) {
        if (s[i] == '.' && !mark && any) {
            mark = true;
            continue;
        }
        if (s[i] < '0' || s[i] > '9')
            return false;
        any = true;
        digits = 10 * digits + (uint64_t)(s[i] - '0');
        n_digits += digits > 0;
        shift -= mark;
    }
    if (!any || i < n || n_digits > EXACT_DIGITS || s[n - 1] == '.' || shift > EXACT_POWER ||
        shift < -EXACT_POWER)
        return false;
    *value = shift < 0 ? (double)digits / power[-shift] : (double)digits * power[shift];
    if (minus)
        *value = -*value;
    return true;
}

bool seq_number(seq_reader *r, size_t i, int exp10, const char *field, double *value)
{
    const seq_token *t = &r->token[i];

    *value = 0.0;
    if (i >= r->n_tokens || i >= SEQ_TOKENS) {
        seq_error(r, 0, field, NULL, "is missing at the end of the line");
        return false;
    }
    if (read_short(t->s, t->n, exp10, value) ||
        mrse_text_read_num10(t->s, t->n, exp10, value, NULL) == MRSE_OK)
        return true;
    *value = 0.0;
    seq_error(r, i, field, "write a decimal number such as 1200.5 or 1.2e-05",
              "'%.*s' is not a finite number", (int)(t->n < 40 ? t->n : 40), t->s);
    return false;
}

bool seq_positive(seq_reader *r, size_t i, int exp10, const char *field, double *value)
{
    if (!seq_number(r, i, exp10, field, value))
        return false;
    if (*value >= 0.0 && *value < 1e18)
        return true;
    *value = 0.0;
    seq_error(r, i, field, NULL, "%s",
              *value < 1e18 ? "a time or count must not be negative" : "is too large");
    return false;
}

bool seq_id(seq_reader *r, size_t i, const char *field, uint32_t *id)
{
    double value;

    *id = 0;
    if (!seq_number(r, i, 0, field, &value))
        return false;
    if (value >= 0.0 && value <= ID_MAX && value == floor(value)) {
        *id = (uint32_t)value;
        return true;
    }
    seq_error(r, i, field, "ids and counts are whole numbers from 0 to 2147483647",
              "'%.*s' is not an id", (int)(r->token[i].n < 40 ? r->token[i].n : 40), r->token[i].s);
    return false;
}

bool seq_columns(seq_reader *r, size_t least, size_t most, const char *field, const char *order)
{
    if (r->n_tokens < least) {
        seq_error(r, 0, field, order, "%zu columns, expected %zu", r->n_tokens, least);
        return false;
    }
    if (r->n_tokens > most && !r->warned_columns) {
        r->warned_columns = true;
        seq_warn(r, r->line, field, order, "%zu columns, expected %zu: the others are not read",
                 r->n_tokens, most);
    }
    return true;
}

void *seq_push(seq_reader *r, seq_list *list, size_t size)
{
    char *item;

    if (list->n == list->cap) {
        size_t cap = list->cap < 16 ? 16 : list->cap + list->cap / 2;
        void *grown = mrse_realloc(list->item, cap, size);

        if (!grown) {
            seq_fail(r, MRSE_ERR_NOMEM);
            return NULL;
        }
        list->item = grown;
        list->cap = cap;
    }
    item = (char *)list->item + size * list->n++;
    memset(item, 0, size);
    return item;
}

static uint32_t id_of(const void *row)
{
    uint32_t id;

    memcpy(&id, row, sizeof id);
    return id;
}

static int by_id(const void *a, const void *b)
{
    uint32_t x = id_of(a), y = id_of(b);

    return (x > y) - (x < y);
}

int32_t seq_find(const seq_list *list, size_t size, uint32_t id)
{
    const char *base = list->item;
    size_t low = 0, high = list->n;

    /* ids nearly always count from 1 */
    if (id > 0 && id <= list->n && id_of(base + size * (id - 1)) == id)
        return (int32_t)(id - 1);
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (id_of(base + size * mid) < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < list->n && id_of(base + size * low) == id ? (int32_t)low : -1;
}

void seq_sort(seq_reader *r, seq_list *list, size_t size, const char *field)
{
    char *base = list->item;
    size_t i;

    for (i = 1; i < list->n && id_of(base + size * (i - 1)) < id_of(base + size * i); i++)
        ;
    if (i < list->n)
        qsort(base, list->n, size, by_id);
    for (i = 1; i < list->n; i++) {
        uint32_t line;

        if (id_of(base + size * (i - 1)) != id_of(base + size * i))
            continue;
        memcpy(&line, base + size * i + sizeof line, sizeof line);
        seq_error_at(r, line, field, "each id is used once in its table", "id %u is there twice",
                     (unsigned)id_of(base + size * i));
        return;
    }
}

/* Growable buffers, UTF-8 and names. Numbers are in number.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core_internal.h"
#include "mrse/alloc.h"

enum { FIRST_CAP = 64, WORD_MAX = 64 };

void mrse_buf_free(mrse_buf *buf)
{
    if (!buf)
        return;
    mrse_free(buf->data);
    memset(buf, 0, sizeof *buf);
}

const char *mrse_buf_text(const mrse_buf *buf)
{
    return buf && buf->data ? buf->data : "";
}

/* Room for n more bytes and the NUL. */
static bool reserve(mrse_buf *buf, size_t n)
{
    size_t need, cap;
    char *data;

    if (buf->status != MRSE_OK)
        return false;
    if (n > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4) {
        buf->status = MRSE_ERR_NOMEM;
        return false;
    }
    need = buf->len + n + 1;
    if (need <= buf->cap)
        return true;
    for (cap = buf->cap ? buf->cap : FIRST_CAP; cap < need;)
        cap *= 2;
    data = mrse_realloc(buf->data, cap, 1);
    if (!data) {
        buf->status = MRSE_ERR_NOMEM;
        return false;
    }
    buf->data = data;
    buf->cap = cap;
    return true;
}

void mrse_buf_addn(mrse_buf *buf, const char *bytes, size_t n)
{
    if (!buf)
        return;
    if (!bytes && n > 0) {
        if (buf->status == MRSE_OK)
            buf->status = MRSE_ERR_ARG;
        return;
    }
    if (!reserve(buf, n))
        return;
    if (n > 0)
        memcpy(buf->data + buf->len, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void mrse_buf_add(mrse_buf *buf, const char *text)
{
    if (text)
        mrse_buf_addn(buf, text, strlen(text));
}

void mrse_buf_addf(mrse_buf *buf, const char *format, ...)
{
    va_list args;
    int n;

    if (!buf || buf->status != MRSE_OK)
        return;
    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || n == INT_MAX) {
        buf->status = MRSE_ERR_ARG;
        return;
    }
    if (!reserve(buf, (size_t)n))
        return;
    va_start(args, format);
    (void)vsnprintf(buf->data + buf->len, (size_t)n + 1, format, args);
    va_end(args);
    buf->len += (size_t)n;
}

void mrse_buf_num(mrse_buf *buf, double value, int digits)
{
    char text[MRSE_NUM_MAX];

    mrse_text_num(text, value, digits);
    mrse_buf_add(buf, text);
}

size_t mrse_core_utf8(const char *text, size_t n, unsigned long *point)
{
    static const unsigned long smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *b = (const unsigned char *)text;
    unsigned long code;
    size_t len, i;

    if (n == 0)
        return 0;
    if (b[0] < 0x80)
        len = 1, code = b[0];
    else if (b[0] >= 0xC2 && b[0] < 0xE0)
        len = 2, code = b[0] & 0x1FU;
    else if (b[0] >= 0xE0 && b[0] < 0xF0)
        len = 3, code = b[0] & 0x0FU;
    else if (b[0] >= 0xF0 && b[0] < 0xF5)
        len = 4, code = b[0] & 0x07U;
    else
        return 0;
    if (len > n)
        return 0;
    for (i = 1; i < len; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (b[i] & 0x3FU);
    }
    if (code < smallest[len] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    if (point)
        *point = code;
    return len;
}

void mrse_core_utf8_trim(char *text)
{
    size_t n = strlen(text), start = n;

    while (start > 0 && n - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
        start--;
    if (start < n && mrse_core_utf8(text + start, n - start, NULL) == 0)
        text[start] = '\0';
}

bool mrse_text_is_utf8(const char *text, size_t n)
{
    size_t i, len;

    if (!text)
        return false;
    for (i = 0; i < n; i += len) {
        len = mrse_core_utf8(text + i, n - i, NULL);
        if (len == 0 || text[i] == '\0')
            return false;
    }
    return true;
}

void mrse_text_copy(char *to, size_t size, const char *from)
{
    size_t n;

    if (!to || size == 0)
        return;
    n = from ? strlen(from) : 0;
    if (n >= size) {
        n = size - 1;
        /* a continuation byte just past the cut means that the cut is inside a character */
        while (n > 0 && ((unsigned char)from[n] & 0xC0) == 0x80)
            n--;
    }
    if (n > 0)
        memcpy(to, from, n);
    to[n] = '\0';
}

bool mrse_text_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

/* Not tolower: that asks the locale. */
static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

/* Twice the edit distance (insertion, deletion, change, swap of neighbours), so that a slip of
 * case can count as half. */
static unsigned distance2(const char *a, size_t na, const char *b, size_t nb)
{
    unsigned row[3][WORD_MAX + 1], *before = row[0], *last = row[1], *now = row[2], *spare;
    size_t i, j;

    for (j = 0; j <= nb; j++)
        last[j] = 2 * (unsigned)j;
    for (i = 1; i <= na; i++) {
        now[0] = 2 * (unsigned)i;
        for (j = 1; j <= nb; j++) {
            unsigned change = a[i - 1] == b[j - 1] ? 0 : fold(a[i - 1]) == fold(b[j - 1]) ? 1 : 2;
            now[j] = min3(last[j - 1] + change, last[j] + 2, now[j - 1] + 2);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 2 < now[j])
                now[j] = before[j - 2] + 2;
        }
        spare = before, before = last, last = now, now = spare;
    }
    return last[nb];
}

const char *mrse_text_nearest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    unsigned limit, best_distance;
    size_t i, n_word;

    if (!word || !names)
        return NULL;
    n_word = strlen(word);
    if (n_word == 0 || n_word > WORD_MAX)
        return NULL;
    /* in a short word two changes leave nothing of it */
    limit = n_word <= 2 ? 2 : 4;
    best_distance = limit + 1;
    for (i = 0; i < n; i++) {
        size_t n_name = names[i] ? strlen(names[i]) : 0;
        unsigned d;

        if (n_name == 0 || n_name > WORD_MAX)
            continue;
        d = distance2(word, n_word, names[i], n_name);
        if (d < best_distance) {
            best_distance = d;
            best = names[i];
        }
    }
    return best;
}

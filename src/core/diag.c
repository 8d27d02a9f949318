/* The diagnostics list, and messages in compiler form with a caret line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core_internal.h"

enum { TAB = 8, LEAD = 24 };

/* Where a message goes that nobody keeps; one per thread, so that no two writers share it. */
static _Thread_local mrse_diag scratch;

void mrse_diags_init(mrse_diags *diags)
{
    if (diags)
        memset(diags, 0, sizeof *diags);
}

/* A list full of warnings must not hide an error: the last that is not an error makes room. */
static mrse_diag *make_room(mrse_diags *diags, mrse_sev sev)
{
    size_t i;

    diags->dropped++;
    if (sev != MRSE_SEV_ERROR)
        return &scratch;
    for (i = MRSE_DIAG_MAX; i > 0; i--) {
        if (diags->item[i - 1].sev != MRSE_SEV_ERROR) {
            memmove(&diags->item[i - 1], &diags->item[i],
                    (MRSE_DIAG_MAX - i) * sizeof diags->item[0]);
            return &diags->item[MRSE_DIAG_MAX - 1];
        }
    }
    return &scratch;
}

mrse_diag *mrse_diag_add(mrse_diags *diags, mrse_sev sev, mrse_status code, const char *format, ...)
{
    mrse_diag *diag = &scratch;
    va_list args;

    if (diags) {
        diags->errors += sev == MRSE_SEV_ERROR;
        diags->warnings += sev == MRSE_SEV_WARNING;
        diag = diags->n < MRSE_DIAG_MAX ? &diags->item[diags->n++] : make_room(diags, sev);
    }
    memset(diag, 0, sizeof *diag);
    diag->sev = sev;
    diag->code = code;
    va_start(args, format);
    if (vsnprintf(diag->text, sizeof diag->text, format, args) < 0)
        mrse_text_copy(diag->text, sizeof diag->text, mrse_status_text(code));
    va_end(args);
    mrse_core_utf8_trim(diag->text);
    return diag;
}

void mrse_diag_place(mrse_diag *diag, const char *file, int line, int col, const char *field,
                     const char *hint)
{
    if (!diag)
        return;
    diag->line = line > 0 ? line : 0;
    diag->col = col > 0 ? col : 0;
    if (file)
        mrse_text_copy(diag->file, sizeof diag->file, file);
    if (field)
        mrse_text_copy(diag->field, sizeof diag->field, field);
    if (hint)
        mrse_text_copy(diag->hint, sizeof diag->hint, hint);
}

static size_t step(const char *text, size_t n)
{
    size_t len = mrse_core_utf8(text, n, NULL);
    return len > 0 ? len : 1;
}

void mrse_diag_excerpt(mrse_diag *diag, const char *text, size_t n)
{
    const char *end, *stop;
    int line, chars, back;

    if (!diag || !text || diag->line < 1)
        return;
    end = text + n;
    for (line = 1; line < diag->line; line++) {
        text = memchr(text, '\n', (size_t)(end - text));
        if (!text)
            return;
        text++;
    }
    stop = memchr(text, '\n', (size_t)(end - text));
    if (!stop)
        stop = end;
    if (stop > text && stop[-1] == '\r')
        stop--;
    diag->excerpt_col = 1;
    if ((size_t)(stop - text) >= sizeof diag->excerpt && diag->col > LEAD) {
        /* too long to keep whole: keep what surrounds the place */
        back = diag->col - LEAD;
        for (chars = 1; chars < back && text < stop; chars++)
            text += step(text, (size_t)(stop - text));
        diag->excerpt_col = back;
    }
    n = (size_t)(stop - text);
    if (n >= sizeof diag->excerpt)
        n = sizeof diag->excerpt - 1;
    memcpy(diag->excerpt, text, n);
    diag->excerpt[n] = '\0';
    mrse_core_utf8_trim(diag->excerpt);
}

/* Columns that a terminal gives a character: marks that combine take none, East Asian wide ones
 * two. wcwidth is not used because it asks the locale. */
static int columns(unsigned long c)
{
    static const struct {
        unsigned long first, last;
        int width;
    } range[] = {
        {0x0300, 0x036F, 0},   {0x200B, 0x200D, 0},   {0x20D0, 0x20FF, 0},   {0xFE00, 0xFE0F, 0},
        {0xFE20, 0xFE2F, 0},   {0x1100, 0x115F, 2},   {0x2E80, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
        {0xF900, 0xFAFF, 2},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
        {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };
    size_t i;

    for (i = 0; i < sizeof range / sizeof range[0]; i++)
        if (c >= range[i].first && c <= range[i].last)
            return range[i].width;
    return 1;
}

/* Text from a file could steer the terminal or turn the reading direction round. */
static bool is_printable(unsigned long c)
{
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && !(c >= 0x202A && c <= 0x202E) &&
           !(c >= 0x2066 && c <= 0x2069) && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
}

/* Add one character, made harmless; returns its length in bytes and adds its columns. */
static size_t add_char(mrse_buf *out, const char *text, size_t n, int *column)
{
    unsigned long c = 0;
    size_t len = mrse_core_utf8(text, n, &c);

    if (len > 0 && c == '\t') {
        do {
            mrse_buf_addn(out, " ", 1);
            ++*column;
        } while (*column % TAB != 0);
    } else if (len > 0 && is_printable(c)) {
        mrse_buf_addn(out, text, len);
        *column += columns(c);
    } else {
        mrse_buf_addn(out, "?", 1);
        ++*column;
    }
    return len > 0 ? len : 1;
}

static void add_clean(mrse_buf *out, const char *text)
{
    size_t n = strlen(text), i = 0;

    while (i < n) {
        int column = 0;

        if (text[i] == '\n' || text[i] == '\t') {
            mrse_buf_addn(out, " ", 1);
            i++;
        } else {
            i += add_char(out, text + i, n - i, &column);
        }
    }
}

static void add_excerpt(const mrse_diag *diag, mrse_buf *out)
{
    const char *text = diag->excerpt;
    size_t n = strlen(text), i;
    int first = diag->excerpt_col > 1 ? diag->excerpt_col : 1;
    int span = diag->span > 1 ? diag->span : 1;
    int at = first, column = 0, from = -1, to = -1, k;

    mrse_buf_addf(out, "%5d | ", diag->line);
    if (first > 1) {
        mrse_buf_add(out, "...");
        column = 3;
    }
    for (i = 0; i < n; at++) {
        if (at == diag->col)
            from = column;
        i += add_char(out, text + i, n - i, &column);
        if (from >= 0 && at < diag->col + span)
            to = column;
    }
    if (at == diag->col) /* something is missing at the end of the line */
        from = column;
    mrse_buf_add(out, "\n");
    if (from < 0)
        return;
    if (to <= from)
        to = from + 1;
    mrse_buf_add(out, "      | ");
    for (k = 0; k < to; k++)
        mrse_buf_addn(out, k < from ? " " : "^", 1);
    mrse_buf_add(out, "\n");
}

mrse_status mrse_diag_format(const mrse_diag *diag, mrse_buf *out)
{
    static const char *const word[] = {"error", "warning", "note"};

    if (!diag || !out)
        return MRSE_ERR_ARG;
    if (diag->file[0]) {
        add_clean(out, diag->file);
        if (diag->line > 0)
            mrse_buf_addf(out, ":%d", diag->line);
        if (diag->line > 0 && diag->col > 0)
            mrse_buf_addf(out, ":%d", diag->col);
        mrse_buf_add(out, ": ");
    }
    mrse_buf_addf(out, "%s: ", (unsigned)diag->sev < 3 ? word[diag->sev] : "error");
    if (diag->field[0]) {
        add_clean(out, diag->field);
        mrse_buf_add(out, ": ");
    }
    add_clean(out, diag->text);
    mrse_buf_add(out, "\n");
    if (diag->line > 0 && diag->excerpt[0])
        add_excerpt(diag, out);
    if (diag->hint[0]) {
        mrse_buf_add(out, "  hint: ");
        add_clean(out, diag->hint);
        mrse_buf_add(out, "\n");
    }
    return out->status;
}

static size_t count_files(const mrse_diags *diags)
{
    size_t i, j, files = 0;

    for (i = 0; i < diags->n; i++) {
        const char *file = diags->item[i].file;

        for (j = 0; j < i && strcmp(diags->item[j].file, file) != 0; j++)
            continue;
        files += j == i && file[0] != '\0';
    }
    return files;
}

static void add_count(mrse_buf *out, size_t n, const char *what)
{
    mrse_buf_addf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

mrse_status mrse_diags_summary(const mrse_diags *diags, mrse_buf *out)
{
    size_t files;

    if (!diags || !out)
        return MRSE_ERR_ARG;
    if (diags->errors == 0 && diags->warnings == 0) {
        mrse_buf_add(out, "no errors");
        return out->status;
    }
    if (diags->errors > 0)
        add_count(out, diags->errors, "error");
    if (diags->errors > 0 && diags->warnings > 0)
        mrse_buf_add(out, ", ");
    if (diags->warnings > 0)
        add_count(out, diags->warnings, "warning");
    files = count_files(diags);
    if (files > 0) {
        mrse_buf_add(out, " in ");
        add_count(out, files, "file");
    }
    if (diags->dropped > 0)
        mrse_buf_addf(out, " (%zu not shown)", diags->dropped);
    return out->status;
}

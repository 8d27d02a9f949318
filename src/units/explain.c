/* Why a quantity was refused and what to write instead. A hint never changes the size of what the
 * user wrote: it names units, and leaves it to the user which one the source prints.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "units_internal.h"

enum { UNITS_MAX = 128 };

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool equal_but_for_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (fold(*a) != fold(*b))
            return false;
    return *a == *b;
}

/* The unit of a dimension that differs only in capitals from `text`, which is no unit of that
 * dimension; NULL when there is none. */
static const mrse_unit *other_case(const char *dim, const char *text)
{
    size_t n, i;
    const mrse_unit *table = mrse_units_table(&n);

    for (i = 0; i < n; i++)
        if (strcmp(table[i].dim, dim) == 0 && equal_but_for_case(table[i].text, text))
            return &table[i];
    return NULL;
}

/* What the first letter means that is written in the wrong case. */
static const char *letter_lesson(const char *written, const char *right)
{
    static const struct {
        char written;
        const char *lesson;
    } lessons[] = {
        {'M', "M is mega (a million), m is milli (a thousandth) or metre"},
        {'m', "m is milli (a thousandth), M is mega (a million)"},
        {'t', "t is tonne, T is tesla"},
        {'g', "g is gram, G is gauss"},
        {'G', "G is gauss, g is gram"},
        {'S', "S is siemens, s is second"},
        {'K', "K is kelvin, k is kilo (a thousand)"},
        {'k', "k is kilo (a thousand), K is kelvin"},
    };
    size_t k;

    while (*written == *right)
        written++, right++;
    for (k = 0; k < sizeof lessons / sizeof lessons[0]; k++)
        if (lessons[k].written == *written)
            return lessons[k].lesson;
    return "capitals matter in units";
}

static void hint_case(const char *number, const char *written, const mrse_unit *right,
                      mrse_buf *hint)
{
    mrse_buf_addf(hint, "write '%s %s' if that is meant: %s", number, right->text,
                  letter_lesson(written, right->text));
}

/* "'25 T/m' or '25 G/cm', whichever the source prints" */
static void add_forms(const mrse_kind_info *kind, const char *number, mrse_buf *hint)
{
    size_t n = sizeof kind->usual / sizeof kind->usual[0], i;

    for (i = 0; i < n && kind->usual[i]; i++)
        mrse_buf_addf(hint, "%s'%s %s'", i > 0 ? " or " : "write ", number, kind->usual[i]);
    if (i > 1)
        mrse_buf_add(hint, ", whichever the source prints");
}

static void add_usual(const mrse_kind_info *kind, mrse_buf *hint)
{
    size_t n = sizeof kind->usual / sizeof kind->usual[0], i;

    for (i = 0; i < n && kind->usual[i]; i++)
        mrse_buf_addf(hint, "%s%s", i > 0 ? ", " : "", kind->usual[i]);
}

static const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) ? "an" : "a";
}

void mrse_units_explain_bare(const mrse_kind_info *kind, const char *number, mrse_buf *why,
                             mrse_buf *hint)
{
    mrse_buf_addf(why, "'%s' is a bare number: a number needs its unit", number);
    add_forms(kind, number, hint);
}

static const char *nearest(const mrse_kind_info *kind, const char *unit)
{
    const char *names[UNITS_MAX];
    size_t n, i, k = 0;
    const mrse_unit *table = mrse_units_table(&n);

    for (i = 0; i < n && k < UNITS_MAX; i++)
        if (strcmp(table[i].dim, kind->dim) == 0)
            names[k++] = table[i].text;
    return mrse_text_nearest(unit, names, k);
}

void mrse_units_explain_unknown(const mrse_kind_info *kind, const char *number, const char *unit,
                                mrse_buf *why, mrse_buf *hint)
{
    const mrse_unit *slip = other_case(kind->dim, unit);
    const char *near = nearest(kind, unit);
    char shown[MRSE_UNITS_SHOWN];

    mrse_text_copy(shown, sizeof shown, unit);
    mrse_buf_addf(why, "'%s' is not a known unit", shown);
    if (strncmp(unit, "\u00A0", 2) == 0 || strncmp(unit, "\u202F", 3) == 0) {
        mrse_buf_add(hint, "a no-break space stands before the unit: write an ordinary space");
    } else if (strchr(" \t", unit[0]) || strchr(" \t", unit[strlen(unit) - 1])) {
        mrse_buf_add(hint, "one space or none stands before the unit, and nothing after it");
    } else if (unit[0] == ',' || (unit[0] >= '0' && unit[0] <= '9')) {
        mrse_buf_add(hint, "write numbers with '.' as decimal mark, and nothing between thousands");
    } else if (slip) {
        hint_case(number, unit, slip, hint);
    } else {
        if (near)
            mrse_buf_addf(hint, "the nearest known is '%s'; ", near);
        mrse_buf_addf(hint, "%s %s is written in ", article(kind->dim), kind->dim);
        add_usual(kind, hint);
    }
}

/* A unit of the needed dimension that begins with the given one: "T/m" was written, "T/m/s" is
 * needed. The rest of the name was left off, so the number may stand. */
static const mrse_unit *completion(const mrse_kind_info *kind, const mrse_unit *unit)
{
    size_t n, i, len = strlen(unit->text);
    const mrse_unit *table = mrse_units_table(&n);

    for (i = 0; i < n; i++)
        if (strcmp(table[i].dim, kind->dim) == 0 && strncmp(table[i].text, unit->text, len) == 0 &&
            table[i].text[len] == '/')
            return &table[i];
    return NULL;
}

static void hint_completion(const mrse_kind_info *kind, const char *number, const mrse_unit *full,
                            mrse_buf *hint)
{
    size_t n = sizeof kind->usual / sizeof kind->usual[0], i;

    mrse_buf_addf(hint, "write '%s %s'", number, full->text);
    for (i = 0; i < n && kind->usual[i]; i++) {
        const mrse_unit *same = mrse_unit_find(kind->usual[i]);

        if (same && same != full && same->exp10 == full->exp10)
            mrse_buf_addf(hint, " (or '%s %s')", number, same->text);
    }
    mrse_buf_add(hint, " if that is what the source prints");
}

void mrse_units_explain_dim(const mrse_kind_info *kind, const char *number, const mrse_unit *unit,
                            mrse_buf *why, mrse_buf *hint)
{
    const mrse_unit *slip = other_case(kind->dim, unit->text);
    const mrse_unit *full = completion(kind, unit);

    mrse_buf_addf(why, "'%s %s' is %s %s; %s %s is needed", number, unit->text, article(unit->dim),
                  unit->dim, article(kind->dim), kind->dim);
    if (slip) {
        hint_case(number, unit->text, slip, hint);
    } else if (full) {
        hint_completion(kind, number, full, hint);
    } else {
        mrse_buf_addf(hint, "%s is written in ", kind->name);
        add_usual(kind, hint);
    }
}

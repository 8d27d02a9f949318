/* The search itself: every place of the text is offered to each finder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/privacy.h"

#include <string.h>

#include "privacy_internal.h"

bool mrse_privacy_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of other alphabets count as letters, so that "é" does not end a name. */
bool mrse_privacy_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool mrse_privacy_begins(const scan *s, size_t at)
{
    return at == 0 ||
           (!mrse_privacy_is_digit(s->text[at - 1]) && !mrse_privacy_is_letter(s->text[at - 1]));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t mrse_privacy_word(const scan *s, size_t at, const char *word)
{
    size_t n = strlen(word);

    if (!mrse_privacy_begins(s, at) || n > s->n - at)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (lower(s->text[at + i]) != word[i])
            return 0;
    if (at + n < s->n && (mrse_privacy_is_letter(s->text[at + n])))
        return 0;
    return n;
}

bool mrse_privacy_announced(const scan *s, size_t at, size_t before, const char *const *word)
{
    size_t from = at > before ? at - before : 0;
    unsigned lines = 0;

    for (size_t i = at; i > from; i--) {
        lines += s->text[i - 1] == '\n';
        if (lines > 1)
            return false;
        for (size_t w = 0; word[w] != NULL; w++)
            if (mrse_privacy_word(s, i - 1, word[w]) > 0)
                return true;
    }
    return false;
}

typedef struct place {
    int line, col;
} place;

static void step(place *p, char c)
{
    if (c == '\n') {
        p->line++;
        p->col = 1;
    } else if (((unsigned char)c & 0xC0U) != 0x80U) { /* not the rest of a character */
        p->col++;
    }
}

static void keep(mrse_privacy *out, mrse_identifier what, place from, place to)
{
    out->seen++;
    if (out->n == MRSE_PRIVACY_MAX)
        return;
    mrse_privacy_hit *hit = &out->hit[out->n++];
    *hit = (mrse_privacy_hit){.what = what, .line = from.line, .col = from.col, .span = 1};
    if (to.line == from.line && to.col > from.col)
        hit->span = to.col - from.col;
}

void mrse_privacy_scan(const char *text, size_t n, mrse_privacy *out)
{
    static finder *const finders[] = {mrse_privacy_words, mrse_privacy_digits, mrse_privacy_marks};
    scan s = {text, n};
    place here = {1, 1};

    if (out == NULL)
        return;
    memset(out, 0, sizeof *out);
    if (text == NULL)
        return;
    for (size_t at = 0; at < n;) {
        mrse_identifier what = MRSE_IDENTIFIER_NHS;
        size_t length = 0;
        for (size_t i = 0; i < sizeof finders / sizeof finders[0] && length == 0; i++)
            length = finders[i](&s, at, &what);
        place from = here;
        size_t end = at + (length > 0 ? length : 1);
        while (at < end)
            step(&here, text[at++]);
        if (length > 0)
            keep(out, what, from, here);
    }
}

const char *mrse_identifier_text(mrse_identifier what)
{
    static const char *const text[MRSE_IDENTIFIER_COUNT] = {
        [MRSE_IDENTIFIER_NHS] = "an NHS number",
        [MRSE_IDENTIFIER_CHI] = "a CHI number",
        [MRSE_IDENTIFIER_HC] = "a Health and Care number",
        [MRSE_IDENTIFIER_HOSPITAL] = "a hospital or accession number",
        [MRSE_IDENTIFIER_BIRTH] = "a date of birth",
        [MRSE_IDENTIFIER_NAME] = "the name of a person",
        [MRSE_IDENTIFIER_UID] = "a DICOM UID",
        [MRSE_IDENTIFIER_EMAIL] = "a private e-mail address",
    };

    return (unsigned)what < MRSE_IDENTIFIER_COUNT ? text[what] : "an identifier";
}

size_t mrse_privacy_report(const char *name, const char *text, size_t n, mrse_diags *diags)
{
    mrse_privacy found;

    mrse_privacy_scan(text, n, &found);
    for (size_t i = 0; i < found.n; i++) {
        const mrse_privacy_hit *hit = &found.hit[i];
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "this looks like %s",
                                     mrse_identifier_text(hit->what));
        mrse_diag_place(d, name, hit->line, hit->col, NULL,
                        "remove it; or, when it is none, say so with --reviewed TEXT, which the "
                        "record keeps");
        d->span = hit->span;
    }
    return found.seen;
}

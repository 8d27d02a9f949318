/* Text as the views may show it. Escaping is security here: people's words go into HTML and XMP,
 * and invisible characters could make a page read differently from what it says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "document_internal.h"

#define REPLACEMENT 0xFFFDUL

/* Number of bytes of the sequence that `lead` begins, 0 when it begins none; its value bits and
 * the least code point that needs so many bytes. */
static size_t sequence_length(unsigned char lead, unsigned long *bits, unsigned long *least)
{
    if (lead < 0x80) {
        *bits = lead;
        *least = 0;
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1FU;
        *least = 0x80;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0FU;
        *least = 0x800;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07U;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

static unsigned long decode(const char *text, size_t n, size_t *taken)
{
    unsigned long point = 0, least = 0;
    size_t length = sequence_length((unsigned char)text[0], &point, &least);
    *taken = 1;
    if (length == 0 || length > n)
        return REPLACEMENT;
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0U) != 0x80U)
            return REPLACEMENT;
        point = point << 6 | (next & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return REPLACEMENT;
    *taken = length;
    return point;
}

static bool is_dropped(unsigned long point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) /* controls */
           || (point >= 0x202A && point <= 0x202E)          /* bidirectional embedding, override */
           || (point >= 0x2066 && point <= 0x2069)          /* bidirectional isolates */
           || point == 0x00AD || point == 0xFEFF            /* soft hyphen, byte order mark */
           || (point >= 0xFFF9 && point <= 0xFFFB)          /* annotation marks */
           || (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE ||
           (point >= 0xE0000 && point <= 0xE007F); /* invisible tags */
}

unsigned long mrse_document_point(const char *text, size_t n, size_t *taken)
{
    unsigned long point = decode(text, n, taken);
    if (point == '\r') {
        if (n > 1 && text[1] == '\n')
            *taken = 2;
        return '\n';
    }
    if (point == '\n' || point == 0x85 || point == 0x0B || point == 0x0C || point == 0x2028 ||
        point == 0x2029)
        return '\n';
    if (point == '\t')
        return ' ';
    return is_dropped(point) ? 0 : point;
}

void mrse_document_clean(mrse_buf *out, const char *text, size_t n, mrse_newline newline)
{
    for (size_t i = 0, taken; i < n; i += taken) {
        unsigned long point = mrse_document_point(text + i, n - i, &taken);
        if (point == '\n')
            mrse_buf_add(out, newline == MRSE_NEWLINE_KEEP ? "\n" : " ");
        else if (point == REPLACEMENT)
            mrse_buf_add(out, "\xEF\xBF\xBD");
        else if (point == ' ')
            mrse_buf_add(out, " ");
        else if (point != 0)
            mrse_buf_addn(out, text + i, taken);
    }
}

void mrse_document_escape(mrse_buf *out, const char *text, size_t n, mrse_newline newline)
{
    for (size_t i = 0, taken; i < n; i += taken) {
        unsigned long point = mrse_document_point(text + i, n - i, &taken);
        switch (point) {
        case '&':
            mrse_buf_add(out, "&amp;");
            break;
        case '<':
            mrse_buf_add(out, "&lt;");
            break;
        case '>':
            mrse_buf_add(out, "&gt;");
            break;
        case '"':
            mrse_buf_add(out, "&quot;");
            break;
        case '\'':
            mrse_buf_add(out, "&#39;");
            break;
        case '\n':
            mrse_buf_add(out, newline == MRSE_NEWLINE_KEEP ? "<br>" : " ");
            break;
        default:
            mrse_document_clean(out, text + i, taken, newline);
        }
    }
}

/* Length of the line end at text, 0 when there is none. */
static size_t line_end(const char *text)
{
    if (text[0] == '\r')
        return text[1] == '\n' ? 2 : 1;
    return text[0] == '\n' ? 1 : 0;
}

bool mrse_document_next_paragraph(const char **rest, const char **text, size_t *n)
{
    const char *p = *rest + strspn(*rest, " \t\r\n");
    if (!*p)
        return false;
    *text = p;
    *n = strlen(p);
    *rest = p + *n;
    for (; *p; p++) {
        size_t end = line_end(p);
        if (end == 0)
            continue;
        const char *next = p + end;
        next += strspn(next, " \t");
        if (line_end(next) > 0 || !*next) {
            *n = (size_t)(p - *text);
            *rest = next;
            break;
        }
        p += end - 1;
    }
    return true;
}

static bool is_word_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static bool verdict_at(const char *text, size_t n, size_t at, mrse_verdict_span *span)
{
    /* Longest first: "NOT MET" holds "MET". */
    static const mrse_verdict order[] = {MRSE_VERDICT_UNDETERMINED, MRSE_VERDICT_NOT_STATED,
                                         MRSE_VERDICT_NOT_MET, MRSE_VERDICT_MET};
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        const char *word = mrse_verdict_text(order[k]);
        size_t length = strlen(word);
        if (length > n - at || memcmp(text + at, word, length) != 0)
            continue;
        if (at + length < n && is_word_byte(text[at + length]))
            continue;
        *span = (mrse_verdict_span){at, length, order[k]};
        return true;
    }
    return false;
}

bool mrse_document_verdict_find(const char *text, size_t n, size_t from, mrse_verdict_span *span)
{
    for (size_t at = from; at < n; at++) {
        if ((at == 0 || !is_word_byte(text[at - 1])) && verdict_at(text, n, at, span))
            return true;
    }
    return false;
}

bool mrse_document_verdict_leads(const char *text, size_t n, mrse_verdict_span *span)
{
    return n > 0 && verdict_at(text, n, 0, span);
}

const char *mrse_document_author(const mrse_document *document)
{
    bool named = document->author && document->author[strspn(document->author, " \t\r\n")];
    return named ? document->author : MRSE_DOCUMENT_UNATTRIBUTED;
}

bool mrse_document_has_heading(const mrse_document *document)
{
    return document->n > 0 && document->block[0].kind == MRSE_BLOCK_HEADING &&
           document->block[0].level == 1;
}

const char *mrse_document_title(const mrse_document *document)
{
    if (document->title && document->title[0])
        return document->title;
    return mrse_document_has_heading(document) && document->block[0].text[0]
               ? document->block[0].text
               : "Untitled document";
}

const char *mrse_document_language(const mrse_document *document)
{
    return document->language && document->language[0] ? document->language : "en-GB";
}

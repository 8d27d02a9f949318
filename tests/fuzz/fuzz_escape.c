/* Any bytes as the words of a person, in every place of the HTML page and of the XMP packet.
 * Checks: what is cleaned is printable UTF-8 and stays as it is when cleaned again; what is escaped
 * holds no marking character and reads back as what was cleaned; the words make no element and no
 * attribute of their own. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "report/document_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_cleaned(const char *text, size_t n, mrse_buf *clean, mrse_newline newline)
{
    mrse_buf again = {0};
    mrse_document_clean(clean, text, n, newline);
    check(clean->status == MRSE_OK && mrse_text_is_utf8(mrse_buf_text(clean), clean->len));
    for (size_t i = 0; i < clean->len; i++) {
        unsigned char c = (unsigned char)clean->data[i];
        check((c >= 0x20 && c != 0x7F) || (c == '\n' && newline == MRSE_NEWLINE_KEEP));
    }
    mrse_document_clean(&again, mrse_buf_text(clean), clean->len, newline);
    check(again.len == clean->len && strcmp(mrse_buf_text(&again), mrse_buf_text(clean)) == 0);
    mrse_buf_free(&again);
}

static void check_escaped(const char *text, size_t n, const mrse_buf *clean)
{
    static const struct {
        const char *entity, *means;
    } table[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    mrse_buf out = {0}, back = {0};
    mrse_document_escape(&out, text, n, MRSE_NEWLINE_SPACE);
    for (const char *p = mrse_buf_text(&out); *p;) {
        check(!strchr("<>\"'", *p));
        size_t k = 0, length = 1;
        if (*p == '&') {
            while (k < 5 && strncmp(p, table[k].entity, strlen(table[k].entity)) != 0)
                k++;
            check(k < 5);
            length = strlen(table[k].entity);
            mrse_buf_add(&back, table[k].means);
        } else {
            mrse_buf_addn(&back, p, 1);
        }
        p += length;
    }
    check(strcmp(mrse_buf_text(&back), mrse_buf_text(clean)) == 0);
    mrse_buf_free(&out);
    mrse_buf_free(&back);
}

static void check_verdicts(const char *text, size_t n)
{
    mrse_verdict_span span;
    for (size_t from = 0; mrse_document_verdict_find(text, n, from, &span);
         from = span.at + span.n) {
        check(span.at >= from && span.n > 0 && span.at + span.n <= n);
        check(memcmp(text + span.at, mrse_verdict_text(span.verdict), span.n) == 0);
    }
}

/* Tags and quotes of a page: the words may add none. Verdict words and line breaks do, so they are
 * taken out of the words first. */
static size_t count_marks(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += strchr("<>\"", *text) != NULL;
    return n;
}

static char *without_structure(const mrse_buf *clean)
{
    char *text = mrse_strdup(mrse_buf_text(clean));
    check(text != NULL);
    for (char *p = text; *p; p++) {
        if (*p == 'M' || *p == 'U' || *p == 'N')
            *p = 'x';
    }
    return text;
}

static mrse_document *page_of(const char *text)
{
    const char *cell[] = {text, text, text};
    mrse_document *d = mrse_document_create();
    check(d != NULL);
    char **field[] = {&d->title,   &d->id,       &d->author, &d->date,     &d->tool,
                      &d->subject, &d->language, &d->stamp,  &d->watermark};
    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
        *field[i] = mrse_strdup(text);
    mrse_document_heading(d, 1, text);
    for (int style = MRSE_STYLE_PLAIN; style <= MRSE_STYLE_SMALL; style++)
        mrse_document_paragraph(d, (mrse_text_style)style, text);
    mrse_document_pairs(d, cell, 1);
    mrse_document_list(d, cell, 3);
    mrse_document_table(d, text, cell, NULL, 3);
    mrse_document_row(d, cell);
    return d;
}

static size_t marks_of(const char *text, bool xmp)
{
    mrse_document *d = page_of(text);
    mrse_buf out = {0};
    if (xmp)
        mrse_document_xmp(d, text, &out);
    else
        check(mrse_document_html(d, &out) == MRSE_OK);
    check(out.status == MRSE_OK && mrse_text_is_utf8(mrse_buf_text(&out), out.len));
    size_t n = count_marks(mrse_buf_text(&out));
    mrse_buf_free(&out);
    mrse_document_free(d);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mrse_buf raw = {0}, kept = {0}, line = {0};
    if (size > 4096)
        return 0;
    mrse_buf_addn(&raw, (const char *)data, size);
    const char *text = mrse_buf_text(&raw);
    size_t n = strlen(text);
    check_cleaned(text, n, &kept, MRSE_NEWLINE_KEEP);
    check_cleaned(text, n, &line, MRSE_NEWLINE_SPACE);
    check_escaped(text, n, &line);
    check_verdicts(text, n);
    (void)marks_of(text, false); /* as it is: only no crash */
    char *words = without_structure(&line);
    /* A blank text has no paragraph and its row no header; a number sign at the start of a header
     * makes a number column. */
    if (words[strspn(words, " ")] && words[0] != '#') {
        check(marks_of(words, false) == marks_of("x", false));
        check(marks_of(words, true) == marks_of("x", true));
    }
    mrse_free(words);
    mrse_buf_free(&raw);
    mrse_buf_free(&kept);
    mrse_buf_free(&line);
    return 0;
}

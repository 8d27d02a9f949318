/* What cairo draws outside a tag (rules, frames, footers, repeated headers, the watermark) is marked
 * as an artifact, so that a screen reader passes it over. SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "pdf_finish_internal.h"

/* One pass over a content stream. */
typedef struct pass {
    const char *text;
    size_t n, at;
    size_t operands; /* where the operands of the next operator begin */
    size_t copied;   /* up to here the text has been written out */
    int depth;       /* of marked content */
    bool artifact;   /* one is open */
    mrse_buf *out;
} pass;

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_regular(char c)
{
    return !is_space(c) && (c == '\0' || !strchr("()<>[]{}/%", c));
}

/* Behind the literal string that begins at p->at. */
static void skip_string(pass *p)
{
    int depth = 0;
    for (; p->at < p->n; p->at++) {
        char c = p->text[p->at];
        if (c == '\\')
            p->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            break;
    }
    p->at++;
}

/* The next operator or number, skipping strings, names and delimiters; 0 at the end. */
static size_t next_word(pass *p, const char **word)
{
    while (p->at < p->n) {
        char c = p->text[p->at];
        if (c == '(') {
            skip_string(p);
        } else if (c == '<' && p->at + 1 < p->n && p->text[p->at + 1] != '<') {
            while (p->at < p->n && p->text[p->at] != '>')
                p->at++;
            p->at++;
        } else if (c == '<') {
            p->at += 2;
        } else if (c == '/') {
            p->at++;
            while (p->at < p->n && is_regular(p->text[p->at]))
                p->at++;
        } else if (!is_regular(c)) {
            p->at++;
        } else {
            size_t from = p->at;
            while (p->at < p->n && is_regular(p->text[p->at]))
                p->at++;
            *word = p->text + from;
            return p->at - from;
        }
    }
    return 0;
}

static bool is_word(const char *word, size_t n, const char *want)
{
    return n == strlen(want) && memcmp(word, want, n) == 0;
}

static bool is_operand(const char *word, size_t n)
{
    return (word[0] >= '0' && word[0] <= '9') || strchr("+-.", word[0]) ||
           is_word(word, n, "true") || is_word(word, n, "false") || is_word(word, n, "null");
}

/* Writes `text` in front of the operands of the operator just read. */
static void insert(pass *p, const char *text)
{
    mrse_buf_addn(p->out, p->text + p->copied, p->operands - p->copied);
    mrse_buf_add(p->out, text);
    p->copied = p->operands;
}

static void take_operator(pass *p, const char *word, size_t n)
{
    bool begins = is_word(word, n, "BDC") || is_word(word, n, "BMC");
    if (p->depth == 0 && begins && p->artifact)
        insert(p, "\nEMC\n");
    else if (p->depth == 0 && !begins && !p->artifact)
        insert(p, "\n/Artifact BMC\n");
    if (p->depth == 0)
        p->artifact = !begins;
    if (begins)
        p->depth++;
    else if (is_word(word, n, "EMC"))
        p->depth--;
    p->operands = p->at;
}

/* False when the stream is not as cairo writes it: then it is left alone. */
static bool mark(const char *text, size_t n, mrse_buf *out)
{
    pass p = {.text = text, .n = n, .out = out};
    const char *word = NULL;
    size_t length = 0;
    while ((length = next_word(&p, &word)) > 0) {
        if (is_operand(word, length))
            continue;
        bool inline_image = is_word(word, length, "BI"); /* its data could look like anything */
        if (inline_image || (p.depth == 0 && is_word(word, length, "EMC")))
            return false;
        take_operator(&p, word, length);
    }
    mrse_buf_addn(out, text + p.copied, n - p.copied);
    if (p.artifact)
        mrse_buf_add(out, "\nEMC\n");
    return p.depth == 0;
}

mrse_status mrse_pdf_artifacts(qpdf_data pdf)
{
    int n_pages = qpdf_get_num_pages(pdf);
    for (int i = 0; i < n_pages; i++) {
        qpdf_oh page = qpdf_get_page_n(pdf, (size_t)i);
        unsigned char *content = NULL;
        size_t n = 0;
        mrse_buf out = {0};
        if (qpdf_oh_get_page_content_data(pdf, page, &content, &n) & QPDF_ERRORS)
            return MRSE_ERR_IO;
        if (mark((const char *)content, n, &out) && out.status == MRSE_OK) {
            qpdf_oh stream = qpdf_oh_new_stream(pdf);
            qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)mrse_buf_text(&out),
                                        out.len, qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
            qpdf_oh_replace_key(pdf, page, "/Contents", stream);
        }
        g_free(content); /* qpdf took it from malloc, which g_free is for */
        mrse_status status = out.status;
        mrse_buf_free(&out);
        if (status != MRSE_OK)
            return status;
    }
    return MRSE_OK;
}

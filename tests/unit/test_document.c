/* Building a document, text that is fit to print, and the HTML view.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "report/document_internal.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/profile_figure.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p += strlen(word))
        n++;
    return n;
}

static void assert_has(const char *text, const char *word)
{
    if (!strstr(text, word))
        fail_msg("not found: %s", word);
}

static void assert_lacks(const char *text, const char *word)
{
    if (strstr(text, word))
        fail_msg("found: %s", word);
}

/* --- Builders ----------------------------------------------------------------------------------- */

static void document_builders__texts__are_copied(void **state)
{
    char text[] = "text", cell[] = "cell";
    const char *cells[] = {cell, NULL};
    mrse_document *d = mrse_document_create();

    (void)state;
    mrse_document_heading(d, 1, text);
    mrse_document_paragraph(d, MRSE_STYLE_QUOTE, text);
    mrse_document_table(d, text, cells, NULL, 2);
    mrse_document_row(d, cells);
    mrse_document_pairs(d, cells, 1);
    mrse_document_list(d, cells, 2);
    memset(text, 'x', 4);
    memset(cell, 'x', 4);
    assert_int_equal(d->status, MRSE_OK);
    assert_int_equal(d->n, 5);
    assert_string_equal(d->block[0].text, "text");
    assert_string_equal(d->block[1].text, "text");
    assert_int_equal(d->block[1].style, MRSE_STYLE_QUOTE);
    assert_string_equal(d->block[2].text, "text");
    assert_string_equal(d->block[2].column[0].header, "cell");
    for (size_t i = 2; i < 5; i++) {
        assert_string_equal(d->block[i].cell[0], "cell");
        assert_string_equal(d->block[i].cell[1], "");
        assert_int_equal(d->block[i].n_cells, 2);
    }
    mrse_document_free(d);
    mrse_document_free(NULL);
}

static void document_heading__any_level__is_made_orderly(void **state)
{
    static const int asked[] = {1, 3, 3, 1, 2, 9, -4, 3}, wanted[] = {1, 2, 3, 2, 2, 3, 2, 3};
    mrse_document *d = mrse_document_create();

    (void)state;
    for (size_t i = 0; i < COUNT(asked); i++) {
        mrse_document_heading(d, asked[i], "h");
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "p");
    }
    for (size_t i = 0; i < COUNT(asked); i++)
        assert_int_equal(d->block[2 * i].level, wanted[i]);
    mrse_document_free(d);
    d = mrse_document_create();
    mrse_document_heading(d, 3, "h");
    assert_int_equal(d->block[0].level, 2); /* the title is printed above it */
    mrse_document_free(d);
}

static void document_list__after_a_list__continues_it(void **state)
{
    const char *cells[] = {"a", "b"};
    mrse_document *d = mrse_document_create();

    (void)state;
    mrse_document_list(d, cells, 2);
    mrse_document_list(d, cells, 1);
    mrse_document_pairs(d, cells, 1);
    mrse_document_pairs(d, cells, 1);
    mrse_document_break(d);
    mrse_document_pairs(d, cells, 1);
    assert_int_equal(d->n, 4);
    assert_int_equal(d->block[0].n_cells, 3);
    assert_int_equal(d->block[1].n_cells, 4);
    assert_int_equal(d->block[3].n_cells, 2);
    mrse_document_free(d);
}

static void document_table__number_columns__lose_their_mark(void **state)
{
    const char *headers[] = {"#Limit", "Text", "##", NULL};
    const double weights[] = {2, (double)NAN, -1, HUGE_VAL};
    mrse_document *d = mrse_document_create();

    (void)state;
    mrse_document_table(d, NULL, headers, weights, 4);
    const mrse_column *column = d->block[0].column;
    assert_string_equal(column[0].header, "Limit");
    assert_true(column[0].number);
    assert_string_equal(column[1].header, "Text");
    assert_false(column[1].number);
    assert_string_equal(column[2].header, "#");
    assert_string_equal(column[3].header, "");
    assert_abs(column[0].weight, 2, 0);
    for (size_t i = 1; i < 4; i++)
        assert_abs(column[i].weight, 0, 0);
    mrse_document_free(d);
}

static void document_builders__misuse__sticks_as_argument_error(void **state)
{
    const char *cells[] = {"a"};

    (void)state;
    for (int k = 0; k < 7; k++) {
        mrse_document *d = mrse_document_create();
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "p");
        size_t before = d->n;
        switch (k) {
        case 0: /* no table before it */
            mrse_document_row(d, cells);
            break;
        case 1:
            mrse_document_row(d, NULL);
            break;
        case 2:
            mrse_document_table(d, "c", NULL, NULL, 1);
            break;
        case 3:
            mrse_document_table(d, "c", cells, NULL, 0);
            break;
        case 4:
            mrse_document_list(d, NULL, 1);
            break;
        case 5:
            mrse_document_pairs(d, NULL, 1);
            break;
        default:
            mrse_document_figure(d, NULL, "c", NULL);
        }
        assert_int_equal(d->status, MRSE_ERR_ARG);
        mrse_document_heading(d, 2, "h"); /* nothing more is added */
        mrse_document_list(d, cells, 1);
        mrse_document_signoff(d);
        assert_int_equal(d->n, before);
        mrse_buf out = {0};
        assert_int_equal(mrse_document_html(d, &out), MRSE_ERR_ARG);
        assert_int_equal(mrse_document_pdf(d, NULL, 0, &out), MRSE_ERR_ARG);
        assert_int_equal(out.len, 0);
        mrse_document_free(d);
    }
}

static void document_builders__impossible_sizes__are_refused(void **state)
{
    const char *cells[] = {"a"};

    (void)state;
    for (int k = 0; k < 2; k++) {
        mrse_document *d = mrse_document_create();
        if (k == 0)
            mrse_document_pairs(d, cells, SIZE_MAX / 2);
        else
            mrse_document_list(d, cells, SIZE_MAX - 1);
        assert_int_equal(d->status, MRSE_ERR_LIMIT);
        mrse_document_free(d);
    }
}

static void document_builders__no_document__do_nothing(void **state)
{
    const char *cells[] = {"a", "b"};
    mrse_figure figure = {0};

    (void)state;
    mrse_document_heading(NULL, 1, "h");
    mrse_document_paragraph(NULL, MRSE_STYLE_PLAIN, "p");
    mrse_document_pairs(NULL, cells, 1);
    mrse_document_list(NULL, cells, 2);
    mrse_document_table(NULL, "c", cells, NULL, 2);
    mrse_document_row(NULL, cells);
    mrse_document_figure(NULL, &figure, "c", NULL);
    mrse_document_signoff(NULL);
    mrse_document_break(NULL);
}

static mrse_document *small(void)
{
    const char *headers[] = {"Printed text", "#Limit", "Verdict"};
    const char *row[] = {"“≤ 7.2 T/m”", "7.2 T/m", "NOT MET"};
    const char *pairs[] = {"Scanner", "Demo", "Verdict", "UNDETERMINED (provisional)"};
    const char *items[] = {"first", "second"};
    mrse_document *d = mrse_document_create();
    if (!d)
        return NULL;
    mrse_document_heading(d, 1, "Title");
    mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, "MET: so far.\n\nBut NOT MET there.");
    mrse_document_heading(d, 2, "Part");
    mrse_document_pairs(d, pairs, 2);
    mrse_document_table(d, "Conditions", headers, NULL, 3);
    mrse_document_row(d, row);
    mrse_document_row(d, row);
    mrse_document_list(d, items, 2);
    mrse_document_paragraph(d, MRSE_STYLE_QUOTE, "they say NOT MET");
    mrse_document_paragraph(d, MRSE_STYLE_SMALL, "small");
    mrse_document_signoff(d);
    return d;
}

static mrse_status build_and_write_html(void *context)
{
    mrse_document *d = small();
    mrse_buf out = {0};

    (void)context;
    if (!d)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < d->n; i++) {
        if (d->block[i].kind == MRSE_BLOCK_TABLE && d->block[i].n_columns)
            assert_int_equal(d->block[i].n_cells % d->block[i].n_columns, 0); /* whole rows */
        if (d->block[i].kind == MRSE_BLOCK_PAIRS)
            assert_int_equal(d->block[i].n_cells % 2, 0);
    }
    mrse_status status = mrse_document_html(d, &out);
    mrse_buf_free(&out);
    mrse_document_free(d);
    return status;
}

static void document_html__each_allocation_failing__is_reported(void **state)
{
    (void)state;
    assert_int_equal(build_and_write_html(NULL), MRSE_OK);
    assert_true(oom_exhaust(build_and_write_html, NULL) > 30);
}

/* --- Text --------------------------------------------------------------------------------------- */

static void document_clean__unfit_text__is_dropped_or_replaced(void **state)
{
    static const char *const pair[][2] = {
        {"plain ∇ ≤ ² µ ± – °", "plain ∇ ≤ ² µ ± – °"},
        {"a\tb", "a b"},
        {"a\r\nb\rc\nd", "a\nb\nc\nd"},
        {"a\x01\x1f\x7f b", "a b"},
        {"a\xc2\x85"
         "b\xe2\x80\xa8"
         "c\xe2\x80\xa9",
         "a\nb\nc\n"},
        {"\xef\xbb\xbfmark", "mark"},
        {"\xe2\x80\xaeTEM TON\xe2\x80\xac", "TEM TON"}, /* would be shown as NOT MET */
        {"\xe2\x81\xa6x\xe2\x81\xa9", "x"},
        {"שלום \xe2\x80\x8f", "שלום \xe2\x80\x8f"}, /* a name in Hebrew stays */
        {"\xef\xbf\xbe|\xef\xb7\x90|\xf0\x9f\xbf\xbe|\xf3\xa0\x80\x81", "|||"},
        {"\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong */
        {"\xe0\x80\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* overlong */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* surrogate */
        {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xf5", "\xef\xbf\xbd"},
        {"\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd"}, /* cut short */
        {"\xe2x", "\xef\xbf\xbdx"},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(pair); i++) {
        mrse_buf out = {0};
        mrse_document_clean(&out, pair[i][0], strlen(pair[i][0]), MRSE_NEWLINE_KEEP);
        assert_string_equal(mrse_buf_text(&out), pair[i][1]);
        assert_true(mrse_text_is_utf8(mrse_buf_text(&out), out.len));
        mrse_buf_free(&out);
    }
}

static void document_escape__marking_characters__become_entities(void **state)
{
    static const char text[] = "<a href=\"x\" b='y'>&amp;\n]]>\x02";
    mrse_buf line = {0}, kept = {0};

    (void)state;
    mrse_document_escape(&line, text, strlen(text), MRSE_NEWLINE_SPACE);
    mrse_document_escape(&kept, text, strlen(text), MRSE_NEWLINE_KEEP);
    assert_string_equal(mrse_buf_text(&line),
                        "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp; ]]&gt;");
    assert_string_equal(mrse_buf_text(&kept),
                        "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;<br>]]&gt;");
    mrse_buf_free(&line);
    mrse_buf_free(&kept);
}

static void document_next_paragraph__blank_lines__part(void **state)
{
    static const char *const text[] = {"one\ntwo\n\n \n  three\r\n\r\nfour  \n\n", "", "\n \n",
                                       "x"};
    static const char *const part[][4] = {
        {"one\ntwo", "three", "four  ", NULL}, {NULL}, {NULL}, {"x", NULL}};

    (void)state;
    for (size_t i = 0; i < COUNT(text); i++) {
        const char *rest = text[i], *found = NULL;
        size_t n = 0, k = 0;
        while (mrse_document_next_paragraph(&rest, &found, &n)) {
            assert_non_null(part[i][k]);
            assert_int_equal(n, strlen(part[i][k]));
            assert_memory_equal(found, part[i][k], n);
            k++;
        }
        assert_null(part[i][k]);
    }
}

static void document_verdict_find__words__are_whole(void **state)
{
    static const struct {
        const char *text;
        int at; /* -1: none */
        mrse_verdict verdict;
        bool leads;
    } row[] = {
        {"MET", 0, MRSE_VERDICT_MET, true},
        {"NOT MET", 0, MRSE_VERDICT_NOT_MET, true},
        {"NOT STATED, listed", 0, MRSE_VERDICT_NOT_STATED, true},
        {"UNDETERMINED: ask", 0, MRSE_VERDICT_UNDETERMINED, true},
        {"MET (ON ASSUMPTION)", 0, MRSE_VERDICT_MET, true},
        {"it is NOT MET.", 6, MRSE_VERDICT_NOT_MET, false},
        {"“MET”", 3, MRSE_VERDICT_MET, false},
        {"METHOD", -1, MRSE_VERDICT_MET, false},
        {"HELMET", -1, MRSE_VERDICT_MET, false},
        {"met", -1, MRSE_VERDICT_MET, false},
        {"MET-like un-MET", -1, MRSE_VERDICT_MET, false},
        {"METAL then MET", 11, MRSE_VERDICT_MET, false},
        {"", -1, MRSE_VERDICT_MET, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(row); i++) {
        mrse_verdict_span span = {0};
        size_t n = strlen(row[i].text);
        bool found = mrse_document_verdict_find(row[i].text, n, 0, &span);
        assert_int_equal(found, row[i].at >= 0);
        if (found) {
            assert_int_equal(span.at, row[i].at);
            assert_int_equal(span.verdict, row[i].verdict);
            assert_int_equal(span.n, strlen(mrse_verdict_text(span.verdict)));
        }
        assert_int_equal(mrse_document_verdict_leads(row[i].text, n, &span), row[i].leads);
    }
}

/* --- HTML --------------------------------------------------------------------------------------- */

static void document_html__worksheet__has_its_structure(void **state)
{
    mrse_document *d = small();
    mrse_buf out = {0};

    (void)state;
    d->id = mrse_strdup("3f2a9c71b04e");
    d->watermark = mrse_strdup("DRAFT: PROVISIONAL");
    d->stamp = mrse_strdup("Teaching example");
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    const char *html = mrse_buf_text(&out);
    assert_int_equal(strncmp(html, "<!DOCTYPE html>\n<html lang=\"en-GB\">", 35), 0);
    assert_int_equal(count(html, "<h1"), 1);
    assert_int_equal(count(html, "<h2"), 1);
    assert_int_equal(count(html, "<title>Title</title>"), 1);
    assert_int_equal(count(html, "<table"), 2);
    assert_int_equal(count(html, "<caption>"), 2);
    assert_int_equal(count(html, "<th "), 3 + 2 + 4 + 2);
    assert_int_equal(count(html, "<th scope=\"col\""), 3 + 4);
    assert_int_equal(count(html, "<th scope=\"row\""), 2 + 2);
    assert_int_equal(count(html, "tabindex=\"0\""), 2); /* what scrolls can be reached */
    assert_has(html, "<b>Table 1:</b> Conditions");
    assert_has(html, "<th scope=\"col\" class=\"n\">Limit</th>");
    assert_has(html, "<td class=\"n one\">7.2 T/m</td>");
    assert_int_equal(count(html, "<dt>"), 2);
    assert_int_equal(count(html, "<li>"), 2);
    assert_has(html, "<a class=\"skip\" href=\"#main\">");
    assert_has(html, "<main id=\"main\"");
    assert_has(html, "Record: 3f2a9c71b04e · Author: UNATTRIBUTED · Date: undated");
    assert_has(html, "End of record 3f2a9c71b04e.");
    assert_int_equal(count(html, "<p class=\"stamp\">"), 2);
    assert_has(html, "prefers-color-scheme:dark");
    mrse_buf_free(&out);
    mrse_document_free(d);
}

static void document_html__verdicts__are_words_with_marks(void **state)
{
    mrse_document *d = small();
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    const char *html = mrse_buf_text(&out);
    assert_int_equal(count(html, "<use href=\"#mark-not\"/></svg><strong>NOT MET</strong>"), 2);
    assert_int_equal(count(html, "<use href=\"#mark-und\"/></svg><strong>UNDETERMINED</strong>"),
                     1);
    assert_int_equal(count(html, "<use href=\"#mark-met\"/></svg><strong>MET</strong>"), 1);
    assert_has(html, "But <strong>NOT MET</strong> there.");
    assert_has(html, "<blockquote>\n<p>they say NOT MET</p>\n</blockquote>"); /* not our verdict */
    static const char *const id[] = {"met", "not", "und", "nst"};
    for (size_t i = 0; i < COUNT(id); i++) {
        char symbol[40];
        (void)snprintf(symbol, sizeof symbol, "<symbol id=\"mark-%s\"", id[i]);
        assert_int_equal(count(html, symbol), 1);
    }
    mrse_buf_free(&out);
    mrse_document_free(d);
}

static void document_html__weights__become_column_widths(void **state)
{
    const char *headers[] = {"A", "#B", ""}, *cells[] = {"", "1", "NOT STATED: silent\nsecond"};
    const double weights[] = {1, 2, 5};
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)state;
    mrse_document_table(d, "", headers, weights, 3);
    mrse_document_row(d, cells);
    mrse_document_table(d, "", headers, NULL, 3);
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    const char *html = mrse_buf_text(&out);
    assert_int_equal(count(html, "<colgroup>"), 1);
    assert_has(html, "<col style=\"width:13%\"><col style=\"width:25%\"><col style=\"width:63%\">");
    assert_has(html, "<tr><td></td>"); /* an empty cell names no row */
    assert_has(html, "<use href=\"#mark-nst\"/></svg><strong>NOT STATED</strong></span>: silent<br>"
                     "second</td>");
    assert_lacks(html, "<caption>");
    assert_lacks(html, "Table 1");
    mrse_buf_free(&out);
    mrse_document_free(d);
}

static size_t decode_base64(const char *text, mrse_buf *out)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long group = 0;
    size_t n = 0;
    for (; text[n] && text[n] != '"' && text[n] != '='; n++) {
        const char *at = strchr(digit, text[n]);
        assert_non_null(at);
        group = group << 6 | (unsigned long)(at - digit);
        if (n % 4 > 0) {
            char byte = (char)(group >> (6 - 2 * (n % 4)) & 0xFF);
            mrse_buf_addn(out, &byte, 1);
        }
    }
    return n;
}

static void document_html__figure__is_an_image_with_its_finding(void **state)
{
    mrse_document *d = mrse_document_create();
    mrse_figure figure = test_profile_figure();
    mrse_buf out = {0}, alt = {0}, want = {0}, svg = {0}, got = {0};

    (void)state;
    mrse_document_heading(d, 1, "T");
    mrse_document_figure(d, &figure, "Caption & <more>", "figures/a.png");
    mrse_document_figure(d, &figure, NULL, NULL);
    mrse_document_figure(d, &figure, "Next", NULL);
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    assert_int_equal(mrse_figure_alt(&figure, &alt), MRSE_OK);
    assert_true(alt.len > 40);
    mrse_buf_add(&want, "<img alt=\"");
    mrse_document_escape(&want, alt.data, alt.len, MRSE_NEWLINE_SPACE);
    mrse_buf_add(&want, "\" width=\"");
    const char *html = mrse_buf_text(&out);
    assert_int_equal(count(html, mrse_buf_text(&want)), 3);
    assert_has(html, "<figcaption><b>Figure 1:</b> Caption &amp; &lt;more&gt; <span class=\"file\">"
                     "File: figures/a.png</span></figcaption>");
    assert_has(html, "<figcaption><b>Figure 2:</b> Next</figcaption>");
    assert_int_equal(mrse_figure_svg(&figure, &svg), MRSE_OK);
    const char *data = strstr(html, "src=\"data:image/svg+xml;base64,");
    assert_non_null(data);
    (void)decode_base64(strchr(data, ',') + 1, &got);
    assert_int_equal(got.len, svg.len);
    assert_memory_equal(got.data, svg.data, svg.len);
    mrse_buf *const all[] = {&out, &alt, &want, &svg, &got};
    for (size_t i = 0; i < COUNT(all); i++)
        mrse_buf_free(all[i]);
    mrse_document_free(d);
}

static void document_figure__impossible__fails_the_document(void **state)
{
    mrse_document *d = mrse_document_create();
    mrse_figure figure = test_profile_figure();
    mrse_buf out = {0};

    (void)state;
    figure.profile = NULL; /* can be described, cannot be drawn */
    mrse_document_figure(d, &figure, "c", NULL);
    assert_int_equal(d->status, MRSE_OK);
    assert_int_equal(mrse_document_html(d, &out), MRSE_ERR_ARG);
    mrse_buf_free(&out);
    assert_int_equal(mrse_document_pdf(d, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(out.len, 0);
    figure.study = NULL;
    mrse_document_figure(d, &figure, "c", NULL);
    assert_int_equal(d->status, MRSE_ERR_ARG);
    mrse_document_free(d);
}

static void document_html__any_document__asks_nothing_of_the_network(void **state)
{
    mrse_document *d = small();
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    const char *html = mrse_buf_text(&out);
    assert_has(html, "\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; ");
    static const char *const never[] = {"<script", "http:", "https:", "url(", "@import", "onclick"};
    for (size_t i = 0; i < COUNT(never); i++)
        assert_lacks(html, never[i]);
    mrse_buf_free(&out);
    mrse_document_free(d);
}

/* Each place where a person's words are put. */
static void document_html__hostile_text__is_only_text(void **state)
{
    static const char bad[] = "<script>alert('x')</script>\"'><img src=x onerror=y> ]]> & \x01\xff"
                              "\xe2\x80\xaeTEM";
    const char *cells[] = {bad, bad, bad};
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)state;
    char **field[] = {&d->title,   &d->id,       &d->author, &d->date,     &d->tool,
                      &d->subject, &d->language, &d->stamp,  &d->watermark};
    for (size_t i = 0; i < COUNT(field); i++)
        *field[i] = mrse_strdup(bad);
    mrse_document_heading(d, 1, bad);
    mrse_document_heading(d, 2, bad);
    for (int style = MRSE_STYLE_PLAIN; style <= MRSE_STYLE_SMALL; style++)
        mrse_document_paragraph(d, (mrse_text_style)style, bad);
    mrse_document_pairs(d, cells, 1);
    mrse_document_list(d, cells, 1);
    mrse_document_table(d, bad, cells, NULL, 3);
    mrse_document_row(d, cells);
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    const char *html = mrse_buf_text(&out);
    static const char *const never[] = {"<script", "<img",         "alert('", "\x01",
                                        "\xff",    "\xe2\x80\xae", "\"'>"};
    for (size_t i = 0; i < COUNT(never); i++)
        assert_lacks(html, never[i]);
    assert_true(count(html, "&lt;script&gt;alert(&#39;x&#39;)") >= 20);
    assert_true(mrse_text_is_utf8(html, out.len));
    /* Every quoted attribute is closed: an odd number of quotes would open one. */
    assert_int_equal(count(html, "\"") % 2, 0);
    mrse_buf_free(&out);
    mrse_document_free(d);
}

static void document_html__missing_title__gets_a_heading(void **state)
{
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    assert_has(mrse_buf_text(&out), "<h1>Untitled document</h1>");
    mrse_buf_free(&out);
    d->title = mrse_strdup("Given");
    mrse_document_heading(d, 2, "Part");
    assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
    assert_has(mrse_buf_text(&out), "<h1>Given</h1>\n<h2 id=\"section-1\">Part</h2>");
    assert_int_equal(count(mrse_buf_text(&out), "<h1"), 1);
    mrse_buf_free(&out);
    mrse_document_free(d);
}

static void document_html__blank_author__is_unattributed(void **state)
{
    static const char *const blank[] = {"", " ", "\t\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(blank); i++) {
        mrse_document *d = mrse_document_create();
        mrse_buf out = {0};
        d->author = mrse_strdup(blank[i]);
        assert_int_equal(mrse_document_html(d, &out), MRSE_OK);
        assert_has(mrse_buf_text(&out), "Author: UNATTRIBUTED");
        assert_has(mrse_buf_text(&out), "<meta name=\"author\" content=\"UNATTRIBUTED\">");
        mrse_buf_free(&out);
        mrse_document_free(d);
    }
}

static void document_html__bad_arguments__are_refused(void **state)
{
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_document_html(NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_html(d, NULL), MRSE_ERR_ARG);
    mrse_document_free(d);
}

static void document_xmp__hostile_text__is_escaped(void **state)
{
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)state;
    d->title = mrse_strdup("a <b> & \"c\" ]]>\x02");
    d->author = mrse_strdup("?><x/>");
    d->date = mrse_strdup("2026-11-22");
    mrse_document_xmp(d, "p & q", &out);
    const char *xmp = mrse_buf_text(&out);
    assert_has(xmp,
               "<rdf:li xml:lang=\"x-default\">a &lt;b&gt; &amp; &quot;c&quot; ]]&gt;</rdf:li>");
    assert_has(xmp, "<rdf:Seq><rdf:li>?&gt;&lt;x/&gt;</rdf:li></rdf:Seq>");
    assert_has(xmp, "<xmp:CreateDate>2026-11-22T00:00:00Z</xmp:CreateDate>");
    assert_has(xmp, "<pdf:Producer>p &amp; q</pdf:Producer>");
    assert_lacks(xmp, "<dc:identifier>"); /* nothing is said of what is not known */
    assert_int_equal(count(xmp, "<?"), 2);
    mrse_buf_free(&out);
    mrse_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_builders__texts__are_copied),
        cmocka_unit_test(document_heading__any_level__is_made_orderly),
        cmocka_unit_test(document_list__after_a_list__continues_it),
        cmocka_unit_test(document_table__number_columns__lose_their_mark),
        cmocka_unit_test(document_builders__misuse__sticks_as_argument_error),
        cmocka_unit_test(document_builders__impossible_sizes__are_refused),
        cmocka_unit_test(document_builders__no_document__do_nothing),
        cmocka_unit_test(document_html__each_allocation_failing__is_reported),
        cmocka_unit_test(document_clean__unfit_text__is_dropped_or_replaced),
        cmocka_unit_test(document_escape__marking_characters__become_entities),
        cmocka_unit_test(document_next_paragraph__blank_lines__part),
        cmocka_unit_test(document_verdict_find__words__are_whole),
        cmocka_unit_test(document_html__worksheet__has_its_structure),
        cmocka_unit_test(document_html__verdicts__are_words_with_marks),
        cmocka_unit_test(document_html__weights__become_column_widths),
        cmocka_unit_test(document_html__figure__is_an_image_with_its_finding),
        cmocka_unit_test(document_figure__impossible__fails_the_document),
        cmocka_unit_test(document_html__any_document__asks_nothing_of_the_network),
        cmocka_unit_test(document_html__hostile_text__is_only_text),
        cmocka_unit_test(document_html__missing_title__gets_a_heading),
        cmocka_unit_test(document_html__blank_author__is_unattributed),
        cmocka_unit_test(document_html__bad_arguments__are_refused),
        cmocka_unit_test(document_xmp__hostile_text__is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

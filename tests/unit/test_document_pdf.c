/* The PDF view of a document, read back with qpdf: pages, words on them, structure, metadata,
 * attachments. SPDX-License-Identifier: GPL-3.0-or-later */
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "report/document_internal.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/profile_figure.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PAGES_MAX = 64 };

/* A PDF taken apart. Words are in order of drawing, without spaces, and only those in WinAnsi. */
typedef struct reading {
    mrse_buf bytes, page[PAGES_MAX];
    qpdf_data pdf;
    size_t n;
} reading;

/* Adds what the literal strings of a content stream say. */
static void read_strings(const char *p, size_t n, mrse_buf *out)
{
    int depth = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\\' && depth > 0 && i + 1 < n) {
            i++;
            if (p[i] >= '0' && p[i] <= '7') {
                char code = (char)strtol((char[]){p[i], p[i + 1], p[i + 2], 0}, NULL, 8);
                mrse_buf_addn(out, &code, 1);
                i += 2;
            } else if (p[i] != '\n') {
                mrse_buf_addn(out, &p[i], 1);
            }
        } else if (p[i] == '(') {
            depth++;
        } else if (p[i] == ')') {
            depth--;
        } else if (depth > 0 && p[i] != ' ') {
            mrse_buf_addn(out, &p[i], 1);
        }
    }
}

static void read_pdf(reading *r)
{
    r->pdf = qpdf_init();
    qpdf_silence_errors(r->pdf);
    qpdf_set_suppress_warnings(r->pdf, QPDF_TRUE);
    assert_int_equal(strncmp(mrse_buf_text(&r->bytes), "%PDF-1.7", 8), 0);
    assert_int_equal(qpdf_read_memory(r->pdf, "test", r->bytes.data, r->bytes.len, NULL),
                     QPDF_SUCCESS);
    assert_int_equal(qpdf_check_pdf(r->pdf), QPDF_SUCCESS);
    r->n = (size_t)qpdf_get_num_pages(r->pdf);
    assert_in_range(r->n, 1, PAGES_MAX);
    for (size_t i = 0; i < r->n; i++) {
        unsigned char *content = NULL;
        size_t n = 0;
        assert_int_equal(
            qpdf_oh_get_page_content_data(r->pdf, qpdf_get_page_n(r->pdf, i), &content, &n),
            QPDF_SUCCESS);
        read_strings((const char *)content, n, &r->page[i]);
        free(content);
    }
}

static void make(reading *r, const mrse_document *d, const mrse_attachment *attachment, size_t n)
{
    *r = (reading){0};
    assert_int_equal(d->status, MRSE_OK);
    assert_int_equal(mrse_document_pdf(d, attachment, n, &r->bytes), MRSE_OK);
    read_pdf(r);
}

static void drop(reading *r)
{
    for (size_t i = 0; i < r->n; i++)
        mrse_buf_free(&r->page[i]);
    qpdf_cleanup(&r->pdf);
    mrse_buf_free(&r->bytes);
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p += strlen(word))
        n++;
    return n;
}

static size_t count_pages(const reading *r, const char *word)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += strstr(mrse_buf_text(&r->page[i]), word) != NULL;
    return n;
}

/* The page a word is on, -1 when it is on none. */
static int page_of(const reading *r, const char *word)
{
    for (size_t i = 0; i < r->n; i++) {
        if (strstr(mrse_buf_text(&r->page[i]), word))
            return (int)i;
    }
    return -1;
}

static void add_lines(mrse_document *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "filler");
}

static mrse_document *worksheet(void)
{
    const char *headers[] = {"Printed text", "#Limit", "Verdict"};
    const char *row[] = {"words of the label, 7.2 T/m.", "7.20 T/m", "NOT MET"};
    const char *silent[] = {"dB/dt 20 abcdefghijklmnopqrstuvwxyz", "20 T/s", "NOT STATED"};
    const char *pairs[] = {"Scanner", "Demo", "Verdict", "UNDETERMINED"};
    const char *items[] = {"first", "second"};
    mrse_document *d = mrse_document_create();
    if (!d)
        return NULL;
    mrse_document_heading(d, 1, "Title of it");
    mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, "NOT MET: beware.\n\nSecond paragraph.");
    mrse_document_heading(d, 2, "Part one");
    mrse_document_pairs(d, pairs, 2);
    mrse_document_table(d, "Conditions", headers, NULL, 3);
    mrse_document_row(d, row);
    mrse_document_row(d, silent);
    mrse_document_list(d, items, 2);
    mrse_document_paragraph(d, MRSE_STYLE_QUOTE, "as they say");
    mrse_document_paragraph(d, MRSE_STYLE_SMALL, "small print");
    mrse_document_heading(d, 2, "Part two");
    mrse_document_signoff(d);
    return d;
}

static void set(char **field, const char *text)
{
    mrse_free(*field);
    *field = mrse_strdup(text);
    assert_non_null(*field);
}

/* --- Pages -------------------------------------------------------------------------------------- */

static void document_pdf__every_page__says_whose_and_which(void **state)
{
    mrse_document *d = worksheet();
    reading r;

    (void)state;
    set(&d->id, "3f2a9c71b04e");
    set(&d->date, "2026-11-22");
    set(&d->tool, "mrse 9.8.7");
    set(&d->watermark, "DRAFT: PROVISIONAL");
    set(&d->stamp, "Teaching example");
    add_lines(d, 120);
    make(&r, d, NULL, 0);
    assert_int_equal(r.n, 4);
    for (size_t i = 0; i < r.n; i++) {
        char number[32];
        const char *page = mrse_buf_text(&r.page[i]);
        (void)snprintf(number, sizeof number, "page%zuof4", i + 1);
        assert_int_equal(count(page, number), 1);
        assert_int_equal(count(page, "Record3f2a9c71b04e"), 1);
        assert_int_equal(count(page, "2026-11-22"), 1);
        assert_int_equal(count(page, "UNATTRIBUTED"), 1);
        assert_int_equal(count(page, "mrse9.8.7"), 1);
        assert_int_equal(count(page, "Teachingexample"), 1);
        /* In the head only: the diagonal one is a shape, not words between the lines. */
        assert_int_equal(count(page, "DRAFT:PROVISIONAL"), 1);
        assert_int_equal(count(page, "Endofrecord"), i + 1 == r.n ? 1 : 0);
    }
    assert_int_equal(count(mrse_buf_text(&r.page[3]), "Endofrecord3f2a9c71b04e,4pages"), 1);
    drop(&r);
    set(&d->author, "Ada Example");
    make(&r, d, NULL, 0);
    assert_int_equal(count_pages(&r, "AdaExample"), 4);
    assert_int_equal(count_pages(&r, "UNATTRIBUTED"), 0);
    drop(&r);
    mrse_document_free(d);
}

static void document_pdf__same_document__same_bytes(void **state)
{
    const mrse_attachment file = {"a.txt", "text/plain", "A", "abc", 3};
    mrse_document *d = worksheet();
    reading a, b;

    (void)state;
    set(&d->date, "2026-11-22T10:20:30Z");
    make(&a, d, &file, 1);
    make(&b, d, &file, 1);
    assert_int_equal(a.bytes.len, b.bytes.len);
    assert_memory_equal(a.bytes.data, b.bytes.data, a.bytes.len);
    drop(&b);
    set(&d->date, "2026-11-23T10:20:30Z");
    make(&b, d, &file, 1);
    assert_false(a.bytes.len == b.bytes.len &&
                 memcmp(a.bytes.data, b.bytes.data, a.bytes.len) == 0);
    drop(&a);
    drop(&b);
    mrse_document_free(d);
}

/* Whatever stands before it, a heading is on the page of what follows it. */
static void document_pdf__heading__keeps_with_next(void **state)
{
    (void)state;
    for (size_t lines = 30; lines < 50; lines++) {
        for (int kind = 0; kind < 7; kind++) {
            const char *cells[] = {"FOLLOWS", "x"};
            mrse_document *d = mrse_document_create();
            reading r;
            mrse_document_heading(d, 1, "T");
            add_lines(d, lines);
            mrse_document_heading(d, 2, "HEADTWO");
            mrse_document_heading(d, 3, "HEADTHREE");
            if (kind == 0)
                mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "FOLLOWS");
            else if (kind == 1)
                mrse_document_list(d, cells, 2);
            else if (kind == 2)
                mrse_document_pairs(d, cells, 1);
            else if (kind == 3)
                mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, "FOLLOWS\n\nmore\n\nLASTLINE");
            else if (kind == 4)
                mrse_document_paragraph(d, MRSE_STYLE_QUOTE, "FOLLOWS");
            else if (kind == 5)
                mrse_document_signoff(d);
            else
                mrse_document_table(d, "FOLLOWS", cells + 1, NULL, 1);
            if (kind == 6)
                mrse_document_row(d, cells);
            make(&r, d, NULL, 0);
            assert_true(page_of(&r, "HEADTWO") >= 0);
            assert_int_equal(page_of(&r, "HEADTWO"), page_of(&r, "HEADTHREE"));
            assert_int_equal(page_of(&r, "HEADTWO"),
                             page_of(&r, kind == 5 ? "Checkedby" : "FOLLOWS"));
            if (kind == 3) /* what is framed stays in one piece */
                assert_int_equal(page_of(&r, "FOLLOWS"), page_of(&r, "LASTLINE"));
            drop(&r);
            mrse_document_free(d);
        }
    }
}

static void document_pdf__long_table__repeats_its_header_and_splits_no_row(void **state)
{
    const char *headers[] = {"HEADERCELL", "#Value"};
    mrse_document *d = mrse_document_create();
    reading r;

    (void)state;
    mrse_document_table(d, "Long", headers, NULL, 2);
    for (int i = 0; i < 100; i++) {
        char top[40], text[80];
        (void)snprintf(text, sizeof text, "top%03d\nmiddle\nend%03d", i, i);
        (void)snprintf(top, sizeof top, "value%03d", i);
        mrse_document_row(d, (const char *const[]){text, top});
    }
    make(&r, d, NULL, 0);
    assert_true(r.n >= 4);
    assert_int_equal(count_pages(&r, "HEADERCELL"), r.n);
    assert_int_equal(count_pages(&r, "Long"), 1);
    for (int i = 0; i < 100; i++) {
        static const char *const part[] = {"top%03d", "end%03d", "value%03d"};
        char word[40];
        (void)snprintf(word, sizeof word, "top%03d", i);
        int page = page_of(&r, word);
        for (size_t k = 0; k < COUNT(part); k++) {
            (void)snprintf(word, sizeof word,
                           k == 0   ? "top%03d"
                           : k == 1 ? "end%03d"
                                    : "value%03d",
                           i);
            assert_int_equal(count_pages(&r, word), 1);
            assert_int_equal(page_of(&r, word), page);
        }
    }
    drop(&r);
    mrse_document_free(d);
}

/* Numbered words: each must come out, in order, wherever the text is put. */
static void document_pdf__very_long_text__loses_nothing(void **state)
{
    mrse_buf text = {0}, unbroken = {0};
    const char *headers[] = {"A", "#B"};

    (void)state;
    for (int i = 0; i < 1200; i++)
        mrse_buf_addf(&text, "w%04d ", i);
    for (int i = 0; i < 300; i++)
        mrse_buf_addf(&unbroken, "u%04d", i);
    for (int kind = 0; kind < 7; kind++) {
        mrse_document *d = mrse_document_create();
        const char *cells[] = {mrse_buf_text(&unbroken), mrse_buf_text(&text)};
        reading r;
        switch (kind) {
        case 0:
            mrse_document_paragraph(d, MRSE_STYLE_PLAIN, cells[1]);
            mrse_document_paragraph(d, MRSE_STYLE_PLAIN, cells[0]);
            break;
        case 1:
            mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, cells[1]);
            mrse_document_paragraph(d, MRSE_STYLE_QUOTE, cells[0]);
            break;
        case 2:
            mrse_document_pairs(d, cells, 1);
            break;
        case 3:
            mrse_document_list(d, cells, 2);
            break;
        case 4:
            mrse_document_table(d, cells[1], headers, NULL, 2);
            mrse_document_row(d, cells);
            break;
        case 5:
            mrse_document_table(d, "t", cells, NULL, 2);
            break;
        default:
            mrse_document_heading(d, 2, cells[1]);
            mrse_document_heading(d, 2, cells[0]);
        }
        make(&r, d, NULL, 0);
        for (int i = 0; i < 1200; i++) {
            char word[16];
            (void)snprintf(word, sizeof word, "w%04d", i);
            if (count_pages(&r, word) == 0 || count_pages(&r, word) > 2)
                fail_msg("kind %d: %s on %zu pages", kind, word, count_pages(&r, word));
        }
        mrse_buf all = {0};
        for (size_t i = 0; i < r.n; i++)
            mrse_buf_add(&all, mrse_buf_text(&r.page[i]));
        /* Beside another column or over a page's end a word is drawn in two pieces. */
        size_t whole = 0;
        for (int i = 0; i < 300; i++) {
            char word[16];
            (void)snprintf(word, sizeof word, "u%04d", i);
            whole += count(mrse_buf_text(&all), word) > 0;
        }
        assert_true(whole >= (kind == 2 || kind == 4 || kind == 5 ? 100 : 295));
        mrse_buf_free(&all);
        drop(&r);
        mrse_document_free(d);
    }
    mrse_buf_free(&text);
    mrse_buf_free(&unbroken);
}

/* "7.20 T/m" must not be read as "7.20": number and unit are drawn as one piece wherever there is
 * room for them, and the column of a number is as wide as the number. */
static void document_pdf__quantities__stay_on_one_line(void **state)
{
    (void)state;
    for (int lead = 0; lead < 40; lead++) {
        mrse_document *d = mrse_document_create();
        mrse_buf text = {0};
        reading r;
        for (int i = 0; i < 70 + lead; i++)
            mrse_buf_add(&text, i % 7 == 6 ? " " : "x");
        mrse_buf_add(&text, " 7.20 T/m. end");
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, mrse_buf_text(&text));
        make(&r, d, NULL, 0);
        unsigned char *content = NULL;
        size_t n = 0;
        mrse_buf stream = {0};
        assert_int_equal(
            qpdf_oh_get_page_content_data(r.pdf, qpdf_get_page_n(r.pdf, 0), &content, &n),
            QPDF_SUCCESS);
        mrse_buf_addn(&stream, (const char *)content, n);
        free(content);
        if (!strstr(mrse_buf_text(&stream), "7.20 T/m"))
            fail_msg("after %d characters: broken", 70 + lead);
        mrse_buf_free(&stream);
        mrse_buf_free(&text);
        drop(&r);
        mrse_document_free(d);
    }
}

static void document_pdf__odd_documents__are_written(void **state)
{
    static const char odd[] =
        "\xff\x01\xe2\x80\xae <&> שלום \xe2\x80\x8f العربية 漢字 \xf0\x9f\x98\x80";
    const char *empty[20] = {0}, *cells[20];

    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++)
        cells[i] = odd;
    mrse_document *d = mrse_document_create();
    reading r;
    make(&r, d, NULL, 0); /* nothing at all */
    assert_int_equal(r.n, 1);
    assert_int_equal(count_pages(&r, "Untitleddocument"), 1);
    drop(&r);
    char **field[] = {&d->title, &d->id, &d->author, &d->tool, &d->stamp, &d->watermark};
    for (size_t i = 0; i < COUNT(field); i++)
        set(field[i], odd);
    mrse_document_heading(d, 1, odd);
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "");
    mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, "\n\n");
    mrse_document_pairs(d, empty, 2);
    mrse_document_list(d, empty, 2);
    mrse_document_list(d, NULL, 0);
    mrse_document_table(d, "", empty, NULL, 20);
    mrse_document_row(d, empty);
    mrse_document_table(d, odd, cells, NULL, 20);
    mrse_document_row(d, cells);
    mrse_document_break(d);
    mrse_document_signoff(d);
    mrse_document_heading(d, 2, ""); /* a heading with nothing behind it */
    make(&r, d, NULL, 0);
    drop(&r);
    mrse_document_free(d);
}

static void document_pdf__long_footer__leaves_room_for_the_page(void **state)
{
    mrse_document *d = worksheet();
    mrse_buf text = {0};
    reading r;

    (void)state;
    for (int i = 0; i < 500; i++)
        mrse_buf_add(&text, "long ");
    set(&d->author, mrse_buf_text(&text));
    set(&d->stamp, mrse_buf_text(&text));
    set(&d->tool, mrse_buf_text(&text));
    make(&r, d, NULL, 0);
    assert_in_range(r.n, 1, 2);
    assert_int_equal(count_pages(&r, "beware."), 1);
    assert_int_equal(count_pages(&r, "page1of"), 1);
    drop(&r);
    mrse_buf_free(&text);
    mrse_document_free(d);
}

static void document_break__little_left__starts_a_page(void **state)
{
    (void)state;
    for (size_t lines = 5; lines < 45; lines += 35) {
        mrse_document *d = mrse_document_create();
        reading r;
        add_lines(d, lines);
        mrse_document_break(d);
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "BEHIND");
        make(&r, d, NULL, 0);
        assert_int_equal(page_of(&r, "BEHIND"), lines > 30 ? 1 : 0);
        drop(&r);
        mrse_document_free(d);
    }
}

/* --- What the file says of itself --------------------------------------------------------------- */

static qpdf_oh get(reading *r, qpdf_oh from, const char *key)
{
    return qpdf_oh_get_key(r->pdf, from, key);
}

static void assert_text(reading *r, qpdf_oh dict, const char *key, const char *want)
{
    const char *got = qpdf_oh_get_utf8_value(r->pdf, get(r, dict, key));
    assert_string_equal(got, want);
}

static void document_pdf__info_and_xmp__agree(void **state)
{
    mrse_document *d = worksheet();
    reading r;
    unsigned char *xmp = NULL;
    size_t n = 0;

    (void)state;
    set(&d->title, "Title “quoted” <&>");
    set(&d->author, "Ada Example");
    set(&d->subject, "Subject");
    set(&d->tool, "mrse 9.8.7");
    set(&d->date, "2026-11-22");
    make(&r, d, NULL, 0);
    qpdf_oh info = get(&r, qpdf_get_trailer(r.pdf), "/Info"), root = qpdf_get_root(r.pdf);
    assert_text(&r, info, "/Title", "Title “quoted” <&>");
    assert_text(&r, info, "/Author", "Ada Example");
    assert_text(&r, info, "/Subject", "Subject");
    assert_text(&r, info, "/Creator", "mrse 9.8.7");
    assert_text(&r, info, "/CreationDate", "D:20261122000000Z");
    assert_text(&r, info, "/ModDate", "D:20261122000000Z");
    assert_text(&r, root, "/Lang", "en-GB");
    assert_true(qpdf_oh_get_bool_value(r.pdf, get(&r, get(&r, root, "/MarkInfo"), "/Marked")));
    assert_true(qpdf_oh_get_bool_value(
        r.pdf, get(&r, get(&r, root, "/ViewerPreferences"), "/DisplayDocTitle")));
    assert_int_equal(
        qpdf_oh_get_stream_data(r.pdf, get(&r, root, "/Metadata"), qpdf_dl_all, NULL, &xmp, &n),
        QPDF_SUCCESS);
    mrse_buf text = {0};
    mrse_buf_addn(&text, (const char *)xmp, n);
    static const char *const says[] = {">Title “quoted” &lt;&amp;&gt;</rdf:li>",
                                       "<rdf:li>Ada Example</rdf:li>",
                                       ">Subject</rdf:li>",
                                       "<xmp:CreatorTool>mrse 9.8.7</xmp:CreatorTool>",
                                       "<xmp:CreateDate>2026-11-22T00:00:00Z</xmp:CreateDate>",
                                       "<xmp:ModifyDate>2026-11-22T00:00:00Z</xmp:ModifyDate>"};
    for (size_t i = 0; i < COUNT(says); i++)
        assert_int_equal(count(mrse_buf_text(&text), says[i]), 1);
    mrse_buf producer = {0};
    mrse_buf_addf(&producer, "<pdf:Producer>%s</pdf:Producer>",
                  qpdf_oh_get_utf8_value(r.pdf, get(&r, info, "/Producer")));
    assert_int_equal(count(mrse_buf_text(&text), mrse_buf_text(&producer)), 1);
    mrse_buf_free(&producer);
    mrse_buf_free(&text);
    free(xmp);
    drop(&r);
    mrse_document_free(d);
}

static void document_pdf__undated__has_no_date(void **state)
{
    mrse_document *d = worksheet();
    reading r;

    (void)state;
    make(&r, d, NULL, 0);
    qpdf_oh info = get(&r, qpdf_get_trailer(r.pdf), "/Info");
    assert_false(qpdf_oh_has_key(r.pdf, info, "/CreationDate"));
    assert_false(qpdf_oh_has_key(r.pdf, info, "/ModDate"));
    assert_text(&r, info, "/Author", "UNATTRIBUTED");
    assert_int_equal(count_pages(&r, "undated"), r.n);
    drop(&r);
    mrse_document_free(d);
}

static void document_pdf__attachments__come_back_equal(void **state)
{
    static const unsigned char binary[] = {0, 255, 10, 13, '%', 'P', 'D', 'F', 0, '>', '>'};
    /* RFC 1321, appendix A.5 */
    static const unsigned char md5_abc[] = {0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2, 0x4f, 0xb0,
                                            0xd6, 0x96, 0x3f, 0x7d, 0x28, 0xe1, 0x7f, 0x72};
    const mrse_attachment file[] = {
        {"worksheet.json", "application/json", "The record", "abc", 3},
        {"case (ü).yaml", "application/yaml", NULL, binary, sizeof binary},
        {"empty.csv", NULL, "", NULL, 0},
    };
    static const size_t sorted[] = {1, 2, 0};
    mrse_document *d = worksheet();
    reading r;

    (void)state;
    set(&d->date, "2026-11-22T10:20:30Z");
    make(&r, d, file, COUNT(file));
    qpdf_oh root = qpdf_get_root(r.pdf), associated = get(&r, root, "/AF");
    qpdf_oh names = get(&r, get(&r, get(&r, root, "/Names"), "/EmbeddedFiles"), "/Names");
    assert_int_equal(qpdf_oh_get_array_n_items(r.pdf, names), 2 * COUNT(file));
    assert_int_equal(qpdf_oh_get_array_n_items(r.pdf, associated), COUNT(file));
    for (size_t i = 0; i < COUNT(file); i++) {
        const mrse_attachment *want = &file[sorted[i]];
        qpdf_oh name = qpdf_oh_get_array_item(r.pdf, names, (int)(2 * i));
        qpdf_oh spec = qpdf_oh_get_array_item(r.pdf, names, (int)(2 * i + 1));
        assert_string_equal(qpdf_oh_get_utf8_value(r.pdf, name), want->name);
        assert_text(&r, spec, "/UF", want->name);
        assert_string_equal(qpdf_oh_get_name(r.pdf, get(&r, spec, "/AFRelationship")), "/Source");
        qpdf_oh other = qpdf_oh_get_array_item(r.pdf, associated, (int)sorted[i]);
        assert_int_equal(qpdf_oh_get_object_id(r.pdf, spec), qpdf_oh_get_object_id(r.pdf, other));
        qpdf_oh stream = get(&r, get(&r, spec, "/EF"), "/F");
        qpdf_oh dict = qpdf_oh_get_dict(r.pdf, stream), params = get(&r, dict, "/Params");
        unsigned char *bytes = NULL;
        size_t n = 0;
        assert_int_equal(qpdf_oh_get_stream_data(r.pdf, stream, qpdf_dl_all, NULL, &bytes, &n),
                         QPDF_SUCCESS);
        assert_int_equal(n, want->n);
        if (n > 0)
            assert_memory_equal(bytes, want->bytes, n);
        free(bytes);
        assert_int_equal(qpdf_oh_get_int_value(r.pdf, get(&r, params, "/Size")), (int)want->n);
        assert_text(&r, params, "/ModDate", "D:20261122102030Z");
        if (sorted[i] == 0) {
            size_t length = 0;
            const char *sum =
                qpdf_oh_get_binary_string_value(r.pdf, get(&r, params, "/CheckSum"), &length);
            assert_int_equal(length, 16);
            assert_memory_equal(sum, md5_abc, 16);
            assert_string_equal(qpdf_oh_get_name(r.pdf, get(&r, dict, "/Subtype")),
                                "/application/json");
            assert_text(&r, spec, "/Desc", "The record");
        }
    }
    drop(&r);
    mrse_document_free(d);
}

static void check_figures(reading *r, qpdf_oh element, const char *alt, size_t *n)
{
    if (!qpdf_oh_is_dictionary(r->pdf, element))
        return;
    if (qpdf_oh_is_name_and_equals(r->pdf, get(r, element, "/S"), "/Figure")) {
        qpdf_oh box = get(r, get(r, element, "/A"), "/BBox");
        double edge[4];
        assert_text(r, element, "/Alt", alt);
        for (int i = 0; i < 4; i++)
            edge[i] = qpdf_oh_get_numeric_value(r->pdf, qpdf_oh_get_array_item(r->pdf, box, i));
        assert_true(edge[0] >= 48 && edge[2] <= 548 && edge[2] - edge[0] > 300);
        assert_true(edge[1] >= 50 && edge[3] <= 800 && edge[3] - edge[1] > 150);
        ++*n;
    }
    qpdf_oh kids = get(r, element, "/K");
    if (!qpdf_oh_is_array(r->pdf, kids)) {
        check_figures(r, kids, alt, n);
        return;
    }
    for (int i = 0; i < qpdf_oh_get_array_n_items(r->pdf, kids); i++)
        check_figures(r, qpdf_oh_get_array_item(r->pdf, kids, i), alt, n);
}

/* Whatever stands before them: whole, on the page of their heading and caption, with their words. */
static void document_pdf__figures__stay_whole_and_speak(void **state)
{
    mrse_figure figure = test_profile_figure();
    mrse_buf alt = {0};

    (void)state;
    assert_int_equal(mrse_figure_alt(&figure, &alt), MRSE_OK);
    for (size_t lines = 0; lines < 45; lines += 4) {
        mrse_document *d = mrse_document_create();
        reading r;
        size_t n = 0;
        add_lines(d, lines);
        mrse_document_heading(d, 2, "HEADTWO");
        mrse_document_figure(d, &figure, "CAPTIONED", "a.png");
        mrse_document_figure(d, &figure, "SECOND", NULL);
        make(&r, d, NULL, 0);
        check_figures(&r, get(&r, qpdf_get_root(r.pdf), "/StructTreeRoot"), mrse_buf_text(&alt),
                      &n);
        assert_int_equal(n, 2);
        assert_true(page_of(&r, "HEADTWO") >= 0);
        assert_int_equal(page_of(&r, "HEADTWO"), page_of(&r, "Figure1:CAPTIONEDFile:a.png"));
        assert_int_equal(count_pages(&r, "Figure2:SECOND"), 1);
        drop(&r);
        mrse_document_free(d);
    }
    mrse_buf_free(&alt);
}

/* Counts elements of a type in the structure tree, or those of a value in their attributes. */
static void count_elements(reading *r, qpdf_oh element, const char *type, const char *attribute,
                           const char *value, size_t *n)
{
    if (!qpdf_oh_is_dictionary(r->pdf, element))
        return;
    if (qpdf_oh_is_name_and_equals(r->pdf, get(r, element, "/S"), type) &&
        (!attribute ||
         qpdf_oh_is_name_and_equals(r->pdf, get(r, get(r, element, "/A"), attribute), value)))
        ++*n;
    qpdf_oh kids = get(r, element, "/K");
    if (!qpdf_oh_is_array(r->pdf, kids)) {
        count_elements(r, kids, type, attribute, value, n);
        return;
    }
    for (int i = 0; i < qpdf_oh_get_array_n_items(r->pdf, kids); i++)
        count_elements(r, qpdf_oh_get_array_item(r->pdf, kids, i), type, attribute, value, n);
}

static size_t elements(reading *r, const char *type, const char *attribute, const char *value)
{
    size_t n = 0;
    count_elements(r, get(r, qpdf_get_root(r->pdf), "/StructTreeRoot"), type, attribute, value, &n);
    return n;
}

static void document_pdf__structure__is_tagged(void **state)
{
    static const struct {
        const char *type;
        size_t n;
    } want[] = {
        {"/Document", 1}, {"/H1", 1},     {"/H2", 2},     {"/Table", 2},      {"/Caption", 2},
        {"/TR", 3 + 3},   {"/L", 2},      {"/LI", 2 + 2}, {"/Lbl", 2 + 2},    {"/LBody", 2 + 2},
        {"/TD", 4 + 6},   {"/TH", 5 + 6}, {"/P", 3},      {"/BlockQuote", 1},
    };
    mrse_document *d = worksheet();
    reading r;

    (void)state;
    make(&r, d, NULL, 0);
    for (size_t i = 0; i < COUNT(want); i++) {
        if (elements(&r, want[i].type, NULL, NULL) != want[i].n)
            fail_msg("%s: %zu", want[i].type, elements(&r, want[i].type, NULL, NULL));
    }
    assert_int_equal(elements(&r, "/TH", "/Scope", "/Column"), 3 + 4);
    assert_int_equal(elements(&r, "/TH", "/Scope", "/Row"), 2 + 2);
    qpdf_oh outline = get(&r, qpdf_get_root(r.pdf), "/Outlines");
    qpdf_oh title = get(&r, outline, "/First"), part = get(&r, title, "/First");
    assert_text(&r, title, "/Title", "Title of it");
    assert_text(&r, part, "/Title", "Part one");
    assert_text(&r, get(&r, part, "/Next"), "/Title", "Part two");
    assert_false(qpdf_oh_has_key(r.pdf, get(&r, part, "/Next"), "/Next"));
    drop(&r);
    mrse_document_free(d);
}

/* What a page shows is either in the structure tree or an artifact, also where a text looks like the
 * operators that say so. */
static void document_pdf__page_furniture__is_artifact(void **state)
{
    static const char tricky[] = "EMC \\( /P << /MCID 0 >> BDC ) <45> BI ID EI EMC \\";
    mrse_document *d = worksheet();
    reading r;

    (void)state;
    set(&d->watermark, "DRAFT");
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN, tricky);
    add_lines(d, 60);
    make(&r, d, NULL, 0);
    assert_int_equal(count_pages(&r, "EMC\\(/P<</MCID0>>BDC)<45>BIIDEIEMC\\"), 1);
    for (size_t i = 0; i < r.n; i++) {
        unsigned char *content = NULL;
        size_t n = 0;
        mrse_buf text = {0};
        assert_int_equal(
            qpdf_oh_get_page_content_data(r.pdf, qpdf_get_page_n(r.pdf, i), &content, &n),
            QPDF_SUCCESS);
        mrse_buf_addn(&text, (const char *)content, n);
        free(content);
        const char *p = mrse_buf_text(&text);
        int depth = 0;
        size_t shown = 0;
        while (*p) {
            size_t length = strcspn(p, "\n");
            if (length >= 3 &&
                (memcmp(p + length - 3, "BDC", 3) == 0 || memcmp(p + length - 3, "BMC", 3) == 0))
                depth++;
            else if (length == 3 && memcmp(p, "EMC", 3) == 0)
                depth--;
            else if (length >= 2 && (memcmp(p + length - 2, "Tj", 2) == 0 ||
                                     memcmp(p + length - 2, "TJ", 2) == 0)) {
                assert_in_range(depth, 1, 2); /* 2: a span that says what a ligature means */
                shown++;
            }
            assert_in_range(depth, 0, 2);
            p += length + (p[length] != 0);
        }
        assert_int_equal(depth, 0);
        assert_true(shown > 1);
        assert_true(count(mrse_buf_text(&text), "/Artifact BMC") > 1);
        mrse_buf_free(&text);
    }
    drop(&r);
    mrse_document_free(d);
}

static void document_pdf__fonts__are_embedded(void **state)
{
    mrse_document *d = worksheet();
    reading r;
    size_t n = 0;

    (void)state;
    mrse_document_paragraph(d, MRSE_STYLE_QUOTE, "∇ ≤ ² µ ± – °");
    make(&r, d, NULL, 0);
    for (int i = 1; i < 400; i++) {
        qpdf_oh object = qpdf_get_object_by_id(r.pdf, i, 0);
        if (!qpdf_oh_is_dictionary_of_type(r.pdf, object, "/FontDescriptor", NULL))
            continue;
        assert_true(qpdf_oh_has_key(r.pdf, object, "/FontFile2"));
        n++;
    }
    assert_true(n >= 3); /* plain, bold, oblique */
    drop(&r);
    mrse_document_free(d);
}

/* --- Failures ----------------------------------------------------------------------------------- */

static void document_pdf__bad_arguments__are_refused(void **state)
{
    static const char *const bad_date[] = {"22 November 2026", "2026-13-01", "2026-11-22T25:00:00Z",
                                           "today", "2026-11-22 "};
    const mrse_attachment twice[] = {{"a", NULL, NULL, "x", 1}, {"a", NULL, NULL, "y", 1}};
    const mrse_attachment nameless = {"", NULL, NULL, "x", 1}, hollow = {"a", NULL, NULL, NULL, 1};
    mrse_document *d = worksheet();
    mrse_buf out = {0};

    (void)state;
    assert_int_equal(mrse_document_pdf(NULL, NULL, 0, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_pdf(d, NULL, 0, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_pdf(d, NULL, 1, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_pdf(d, twice, 2, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_pdf(d, &nameless, 1, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_document_pdf(d, &hollow, 1, &out), MRSE_ERR_ARG);
    for (size_t i = 0; i < COUNT(bad_date); i++) {
        set(&d->date, bad_date[i]);
        assert_int_equal(mrse_document_pdf(d, NULL, 0, &out), MRSE_ERR_ARG);
    }
    assert_int_equal(out.len, 0);
    mrse_document_free(d);
}

static mrse_status build_and_write(void *context)
{
    const char *headers[] = {"A", "#B"}, *cells[] = {"MET", "1.5 T"};
    const mrse_attachment file = {"a.txt", "text/plain", "A", "abc", 3};
    mrse_document *d = mrse_document_create();
    mrse_buf out = {0};

    (void)context;
    if (!d)
        return MRSE_ERR_NOMEM;
    mrse_document_heading(d, 1, "T");
    mrse_document_paragraph(d, MRSE_STYLE_CALLOUT, "NOT MET");
    mrse_document_table(d, "c", headers, NULL, 2);
    mrse_document_row(d, cells);
    mrse_document_pairs(d, cells, 1);
    mrse_document_list(d, cells, 1);
    mrse_status status = mrse_document_pdf(d, &file, 1, &out);
    if (status != MRSE_OK)
        assert_int_equal(out.len, 0);
    mrse_buf_free(&out);
    mrse_document_free(d);
    return status;
}

static void document_pdf__each_allocation_failing__is_reported(void **state)
{
    (void)state;
    assert_int_equal(build_and_write(NULL), MRSE_OK);
    assert_true(oom_exhaust(build_and_write, NULL) > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_pdf__every_page__says_whose_and_which),
        cmocka_unit_test(document_pdf__same_document__same_bytes),
        cmocka_unit_test(document_pdf__heading__keeps_with_next),
        cmocka_unit_test(document_pdf__long_table__repeats_its_header_and_splits_no_row),
        cmocka_unit_test(document_pdf__very_long_text__loses_nothing),
        cmocka_unit_test(document_pdf__quantities__stay_on_one_line),
        cmocka_unit_test(document_pdf__odd_documents__are_written),
        cmocka_unit_test(document_pdf__long_footer__leaves_room_for_the_page),
        cmocka_unit_test(document_break__little_left__starts_a_page),
        cmocka_unit_test(document_pdf__info_and_xmp__agree),
        cmocka_unit_test(document_pdf__undated__has_no_date),
        cmocka_unit_test(document_pdf__attachments__come_back_equal),
        cmocka_unit_test(document_pdf__figures__stay_whole_and_speak),
        cmocka_unit_test(document_pdf__structure__is_tagged),
        cmocka_unit_test(document_pdf__page_furniture__is_artifact),
        cmocka_unit_test(document_pdf__fonts__are_embedded),
        cmocka_unit_test(document_pdf__bad_arguments__are_refused),
        cmocka_unit_test(document_pdf__each_allocation_failing__is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

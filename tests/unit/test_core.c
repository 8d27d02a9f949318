/* Status texts, the allocator, and diagnostics. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/diag.h"
#include "support/close.h"
#include "support/oom.h"

/* --- Status ---------------------------------------------------------------------------------- */

static void status_text__every_status__has_its_own_phrase(void **state)
{
    int a, b;

    (void)state;
    for (a = MRSE_OK; a <= MRSE_ERR_NUMERIC; a++) {
        const char *text = mrse_status_text((mrse_status)a);

        assert_true(strlen(text) > 3);
        assert_string_not_equal(text, "unknown status");
        for (b = MRSE_OK; b < a; b++)
            assert_string_not_equal(text, mrse_status_text((mrse_status)b));
    }
    assert_string_equal(mrse_status_text((mrse_status)(MRSE_ERR_NUMERIC + 1)), "unknown status");
    assert_string_equal(mrse_status_text((mrse_status)-1), "unknown status");
}

/* --- Allocator ------------------------------------------------------------------------------- */

static void alloc__memory__is_zeroed(void **state)
{
    unsigned char *p = mrse_alloc(100, 7);
    size_t i;

    (void)state;
    assert_non_null(p);
    for (i = 0; i < 700; i++)
        assert_int_equal(p[i], 0);
    memset(p, 0x5A, 700);
    p = mrse_realloc(p, 10, 7);
    assert_non_null(p);
    for (i = 0; i < 70; i++)
        assert_int_equal(p[i], 0x5A);
    mrse_free(p);
    mrse_free(NULL);
}

static void alloc__zero_elements__is_not_a_failure(void **state)
{
    void *a = mrse_alloc(0, 8), *b = mrse_alloc(8, 0), *c = mrse_realloc(NULL, 0, 8);

    (void)state;
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    c = mrse_realloc(c, 0, 0); /* does not free behind the caller's back */
    assert_non_null(c);
    mrse_free(a);
    mrse_free(b);
    mrse_free(c);
}

static void alloc__product_overflows__is_null(void **state)
{
    void *p = mrse_alloc(4, 4);

    (void)state;
    assert_null(mrse_alloc(SIZE_MAX / 2, 3));
    assert_null(mrse_alloc(3, SIZE_MAX / 2));
    assert_null(mrse_realloc(p, SIZE_MAX / 8 + 1, 8));
    mrse_free(p); /* still owned */
}

static void strdup__text__is_copied(void **state)
{
    char *copy = mrse_strdup("text");

    (void)state;
    assert_string_equal(copy, "text");
    mrse_free(copy);
    assert_null(mrse_strdup(NULL));
}

typedef struct counts {
    size_t calls;
    void *context;
} counts;

static void *counting(void *context, void *ptr, size_t size)
{
    counts *c = context;

    c->calls++;
    c->context = context;
    if (size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, size);
}

static void alloc_set__function__sees_every_call(void **state)
{
    counts c = {0};
    void *p;

    (void)state;
    mrse_alloc_set(counting, &c);
    p = mrse_strdup("text");
    p = mrse_realloc(p, 20, 1);
    mrse_free(p);
    mrse_alloc_set(NULL, &c);
    assert_int_equal(c.calls, 3);
    assert_ptr_equal(c.context, &c);
    mrse_free(mrse_alloc(1, 1));
    assert_int_equal(c.calls, 3);
}

static mrse_status copy_twice(void *context)
{
    char *a = mrse_strdup(context), *b = a ? mrse_strdup(a) : NULL;
    mrse_status status = b ? MRSE_OK : MRSE_ERR_NOMEM;

    mrse_free(a);
    mrse_free(b);
    return status;
}

static void oom_exhaust__two_allocations__fails_each(void **state)
{
    char text[] = "text";

    (void)state;
    assert_int_equal(oom_exhaust(copy_twice, text), 2);
    if (oom_libc_available())
        assert_int_equal(oom_exhaust_libc(copy_twice, text, 0), 2);
    else
        print_message("skipped: malloc cannot be replaced here\n");
}

static void oom_hook__leak__is_counted(void **state)
{
    void *volatile p; /* or the compiler leaves calls out whose result it thinks it knows */
    void *volatile none;

    (void)state;
    oom_hook_begin(0);
    p = mrse_alloc(1, 1);
    assert_int_equal(oom_hook_live(), 1);
    mrse_free(p);
    assert_int_equal(oom_hook_live(), 0);
    assert_int_equal(oom_hook_end(), 1);
    if (!oom_libc_available())
        return;
    oom_begin(2);
    p = malloc(10);
    none = calloc(1, 1);
    assert_null(none);
    assert_int_equal(oom_live(), 1);
    p = realloc(p, 20);
    assert_int_equal(oom_live(), 1);
    free(p);
    assert_int_equal(oom_live(), 0);
    assert_int_equal(oom_end(), 3);
}

/* --- Diagnostics ----------------------------------------------------------------------------- */

static mrse_diags list;

static int fresh_list(void **state)
{
    (void)state;
    mrse_diags_init(&list);
    mrse_diags_init(NULL);
    return 0;
}

static void assert_format(const mrse_diag *diag, const char *want)
{
    mrse_buf out = {0};

    assert_int_equal(mrse_diag_format(diag, &out), MRSE_OK);
    assert_string_equal(mrse_buf_text(&out), want);
    mrse_buf_free(&out);
}

static void assert_summary(const char *want)
{
    mrse_buf out = {0};

    assert_int_equal(mrse_diags_summary(&list, &out), MRSE_OK);
    assert_string_equal(mrse_buf_text(&out), want);
    mrse_buf_free(&out);
}

static void diag_add__message__is_stored(void **state)
{
    mrse_diag *diag;

    (void)state;
    diag = mrse_diag_add(&list, MRSE_SEV_WARNING, MRSE_ERR_INPUT, "%s is %d", "age", 14);
    assert_ptr_equal(diag, &list.item[0]);
    assert_string_equal(diag->text, "age is 14");
    assert_int_equal(diag->sev, MRSE_SEV_WARNING);
    assert_int_equal(diag->code, MRSE_ERR_INPUT);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.warnings, 1);
    assert_int_equal(list.errors, 0);
    (void)mrse_diag_add(&list, MRSE_SEV_NOTE, MRSE_OK, "note");
    assert_int_equal(list.n, 2);
    assert_int_equal(list.warnings + list.errors, 1);
}

static void diag_add__long_text__is_cut_between_characters(void **state)
{
    char text[400];
    mrse_diag *diag;
    size_t i;

    (void)state;
    text[0] = 'x'; /* so that the cut falls inside a two-byte character */
    for (i = 1; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC2\xB5", 2);
    text[399] = '\0';
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s", text);
    assert_int_equal(strlen(diag->text), sizeof diag->text - 1);
    assert_true(mrse_text_is_utf8(diag->text, strlen(diag->text)));
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s", text + 1);
    assert_int_equal(strlen(diag->text), sizeof diag->text - 2);
    assert_true(mrse_text_is_utf8(diag->text, strlen(diag->text)));
    mrse_diag_place(diag, text, 1, 1, text, text);
    assert_true(mrse_text_is_utf8(diag->file, strlen(diag->file)));
    assert_true(mrse_text_is_utf8(diag->field, strlen(diag->field)));
    assert_true(mrse_text_is_utf8(diag->hint, strlen(diag->hint)));
}

static void diag_add__no_list__gives_a_scratch_item(void **state)
{
    mrse_diag *diag = mrse_diag_add(NULL, MRSE_SEV_ERROR, MRSE_ERR_IO, "lost");

    (void)state;
    assert_non_null(diag);
    mrse_diag_place(diag, "f", 1, 2, "x", "h");
    assert_format(diag, "f:1:2: error: x: lost\n  hint: h\n");
    mrse_diag_place(NULL, "f", 1, 2, "x", "h");
    mrse_diag_excerpt(NULL, "x", 1);
}

static void diag_add__full_list__counts_and_drops(void **state)
{
    mrse_diag *diag;
    int i;

    (void)state;
    for (i = 0; i < MRSE_DIAG_MAX; i++)
        mrse_diag_place(mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%d", i), "f", 1, 1,
                        NULL, NULL);
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "one more");
    assert_non_null(diag);
    assert_true(diag < list.item || diag >= list.item + MRSE_DIAG_MAX);
    diag = mrse_diag_add(&list, MRSE_SEV_WARNING, MRSE_ERR_INPUT, "and one");
    assert_true(diag < list.item || diag >= list.item + MRSE_DIAG_MAX);
    assert_int_equal(list.n, MRSE_DIAG_MAX);
    assert_int_equal(list.dropped, 2);
    assert_summary("65 errors, 1 warning in 1 file (2 not shown)");
    assert_string_equal(list.item[0].text, "0");
    assert_string_equal(list.item[MRSE_DIAG_MAX - 1].text, "63");
}

static void diag_add__list_full_of_warnings__keeps_the_error(void **state)
{
    mrse_diag *diag;
    int i;

    (void)state;
    for (i = 0; i < MRSE_DIAG_MAX; i++)
        (void)mrse_diag_add(&list, i == 63 ? MRSE_SEV_ERROR : MRSE_SEV_WARNING, MRSE_ERR_INPUT,
                            "%d", i);
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "the error");
    assert_ptr_equal(diag, &list.item[63]);
    assert_string_equal(list.item[62].text, "63");
    assert_string_equal(list.item[61].text, "61"); /* 62, the last warning, went */
    assert_string_equal(list.item[63].text, "the error");
    assert_int_equal(list.errors, 2);
    assert_int_equal(list.warnings, 63);
    assert_int_equal(list.dropped, 1);
}

static void diag_format__documented_example__is_exact(void **state)
{
    mrse_diag *diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                    "'200 T/m' is a field gradient; a slew rate is needed");

    (void)state;
    mrse_diag_place(diag, "scanners/demo.yaml", 12, 13, "gradient.max_slew",
                    "write '200 T/m/s' (or '200 mT/m/ms')");
    diag->span = 7;
    mrse_text_copy(diag->excerpt, sizeof diag->excerpt, "  max_slew: 200 T/m");
    assert_format(diag, "scanners/demo.yaml:12:13: error: gradient.max_slew: '200 T/m' is a field "
                        "gradient; a slew rate is needed\n"
                        "   12 |   max_slew: 200 T/m\n"
                        "      |             ^^^^^^^\n"
                        "  hint: write '200 T/m/s' (or '200 mT/m/ms')\n");
}

static void assert_caret(const char *line, int col, int span, const char *shown, const char *carets)
{
    char want[512];
    mrse_diag *diag;

    mrse_diags_init(&list);
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "x");
    mrse_diag_place(diag, "f", 1, col, NULL, NULL);
    diag->span = span;
    mrse_diag_excerpt(diag, line, strlen(line));
    (void)snprintf(want, sizeof want, "f:1:%d: error: x\n    1 | %s\n%s%s%s", col, shown,
                   *carets ? "      | " : "", carets, *carets ? "\n" : "");
    assert_format(diag, want);
}

static void diag_format__utf8_and_tabs__carets_line_up(void **state)
{
    (void)state;
    assert_caret("a: 5 T", 4, 3, "a: 5 T", "   ^^^");
    assert_caret("a: 5 T", 4, 0, "a: 5 T", "   ^");
    assert_caret("\xC2\xB5\xC2\xB5: 5", 5, 1, "\xC2\xB5\xC2\xB5: 5", "    ^");
    assert_caret("\ta: 5", 5, 1, "        a: 5", "           ^");
    assert_caret("abc\t5", 5, 1, "abc     5", "        ^");
    assert_caret("abcdefgh\t5", 10, 1, "abcdefgh        5", "                ^");
    /* East Asian characters are two columns wide, combining marks none */
    assert_caret("\xE6\x97\xA5: 5", 4, 1, "\xE6\x97\xA5: 5", "    ^");
    assert_caret("e\xCC\x81: 5", 5, 1, "e\xCC\x81: 5", "   ^");
    assert_caret("a: \xE6\x97\xA5\xE6\x97\xA5", 4, 2, "a: \xE6\x97\xA5\xE6\x97\xA5", "   ^^^^");
    assert_caret("a: x\ty", 4, 3, "a: x    y", "   ^^^^^^");
}

static void diag_format__place_past_the_text__stays_in_bounds(void **state)
{
    (void)state;
    assert_caret("a: 5", 4, 100, "a: 5", "   ^");
    assert_caret("a:", 3, 1, "a:", "  ^"); /* something is missing at the end */
    assert_caret("a:", 4, 1, "a:", "");
    assert_caret("a:", 1000000, 1, "a:", "");
}

static void diag_format__hostile_text__is_made_harmless(void **state)
{
    mrse_diag *diag;

    (void)state;
    assert_caret("a: \x1B[31m5", 9, 1, "a: ?[31m5", "        ^");
    assert_caret("a: \xB5T 5", 7, 1, "a: ?T 5", "      ^"); /* not UTF-8 */
    assert_caret("a: \xE2\x80\xAE"
                 "5",
                 5, 1, "a: ?5", "    ^"); /* right-to-left override */
    assert_caret("a: \xC2\x9B"
                 "5",
                 5, 1, "a: ?5", "    ^"); /* C1 control */
    mrse_diags_init(&list);
    diag = mrse_diag_add(&list, MRSE_SEV_WARNING, MRSE_ERR_INPUT, "two\nlines\tand \x07");
    mrse_diag_place(diag, "f\x1B[2J", 0, 0, "a\nb", "h\xE2\x81\xA6");
    assert_format(diag, "f?[2J: warning: a b: two lines and ?\n  hint: h?\n");
}

static void diag_format__missing_parts__are_left_out(void **state)
{
    mrse_diag *diag = mrse_diag_add(&list, MRSE_SEV_NOTE, MRSE_OK, "text");

    (void)state;
    assert_format(diag, "note: text\n");
    mrse_diag_place(diag, "f", 0, 5, NULL, NULL);
    assert_format(diag, "f: note: text\n");
    mrse_diag_place(diag, NULL, 7, 0, NULL, NULL);
    assert_format(diag, "f:7: note: text\n");
    mrse_text_copy(diag->excerpt, sizeof diag->excerpt, "line");
    assert_format(diag, "f:7: note: text\n    7 | line\n");
    mrse_diag_place(diag, NULL, -1, -1, "x", NULL);
    assert_format(diag, "f: note: x: text\n");
    diag->sev = (mrse_sev)9;
    assert_format(diag, "f: error: x: text\n");
    assert_int_equal(mrse_diag_format(NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_diag_format(diag, NULL), MRSE_ERR_ARG);
}

static void diag_excerpt__line_of_a_file__is_found(void **state)
{
    static const char text[] = "one\ntwo\r\nthree";
    static const char *const lines[] = {"one", "two", "three"};
    mrse_diag *diag;
    int i;

    (void)state;
    for (i = 0; i < 3; i++) {
        diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "x");
        mrse_diag_place(diag, "f", i + 1, 1, NULL, NULL);
        mrse_diag_excerpt(diag, text, sizeof text - 1);
        assert_string_equal(diag->excerpt, lines[i]);
        assert_int_equal(diag->excerpt_col, 1);
    }
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "x");
    mrse_diag_place(diag, "f", 4, 1, NULL, NULL);
    mrse_diag_excerpt(diag, text, sizeof text - 1); /* there is no line 4 */
    assert_string_equal(diag->excerpt, "");
    mrse_diag_place(diag, "f", 0, 1, NULL, NULL);
    mrse_diag_excerpt(diag, text, sizeof text - 1);
    assert_string_equal(diag->excerpt, "");
    mrse_diag_excerpt(diag, NULL, 0);
}

static void diag_excerpt__long_line__keeps_the_place(void **state)
{
    char line[1000];
    mrse_buf out = {0};
    mrse_diag *diag;
    const char *caret, *mark, *row;
    size_t i;

    (void)state;
    for (i = 0; i + 2 < sizeof line; i += 2)
        memcpy(line + i, "\xC2\xB5", 2);
    line[600] = line[601] = '!'; /* characters 301 and 302 */
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "x");
    mrse_diag_place(diag, "f", 1, 301, NULL, NULL);
    diag->span = 2;
    mrse_diag_excerpt(diag, line, sizeof line - 2);
    assert_int_equal(diag->excerpt_col, 277);
    assert_true(mrse_text_is_utf8(diag->excerpt, strlen(diag->excerpt)));
    assert_int_equal(mrse_diag_format(diag, &out), MRSE_OK);
    mark = strstr(out.data, "!!");
    caret = strstr(out.data, "^^");
    assert_non_null(mark);
    assert_non_null(caret);
    assert_null(strstr(out.data, "^^^"));
    row = strchr(out.data, '\n') + 1;
    /* before the mark stand 24 two-byte characters, in 24 columns */
    assert_int_equal(mark - row - 24, caret - (strchr(row, '\n') + 1));
    mrse_buf_free(&out);
}

static void diags_summary__counts__read_as_english(void **state)
{
    mrse_diag *diag;

    (void)state;
    assert_summary("no errors");
    (void)mrse_diag_add(&list, MRSE_SEV_WARNING, MRSE_ERR_INPUT, "w");
    assert_summary("1 warning");
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "e");
    mrse_diag_place(diag, "a.yaml", 1, 1, NULL, NULL);
    assert_summary("1 error, 1 warning in 1 file");
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "e");
    mrse_diag_place(diag, "b.yaml", 1, 1, NULL, NULL);
    diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "e");
    mrse_diag_place(diag, "a.yaml", 2, 1, NULL, NULL);
    assert_summary("3 errors, 1 warning in 2 files");
    assert_int_equal(mrse_diags_summary(NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_diags_summary(&list, NULL), MRSE_ERR_ARG);
}

static mrse_status format_one(void *context)
{
    mrse_buf out = {0};
    mrse_status status = mrse_diag_format(context, &out);

    if (status == MRSE_OK)
        status = mrse_diags_summary(&list, &out);
    mrse_buf_free(&out);
    return status;
}

static void diag_format__out_of_memory__is_reported(void **state)
{
    mrse_diag *diag = mrse_diag_add(&list, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "a text");

    (void)state;
    mrse_diag_place(diag, "f", 1, 1, "field", "a hint that is long enough to make the buffer grow");
    mrse_diag_excerpt(diag, "line", 4);
    assert_true(oom_exhaust(format_one, diag) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_text__every_status__has_its_own_phrase),
        cmocka_unit_test(alloc__memory__is_zeroed),
        cmocka_unit_test(alloc__zero_elements__is_not_a_failure),
        cmocka_unit_test(alloc__product_overflows__is_null),
        cmocka_unit_test(strdup__text__is_copied),
        cmocka_unit_test(alloc_set__function__sees_every_call),
        cmocka_unit_test(oom_exhaust__two_allocations__fails_each),
        cmocka_unit_test(oom_hook__leak__is_counted),
        cmocka_unit_test_setup(diag_add__message__is_stored, fresh_list),
        cmocka_unit_test_setup(diag_add__long_text__is_cut_between_characters, fresh_list),
        cmocka_unit_test_setup(diag_add__no_list__gives_a_scratch_item, fresh_list),
        cmocka_unit_test_setup(diag_add__full_list__counts_and_drops, fresh_list),
        cmocka_unit_test_setup(diag_add__list_full_of_warnings__keeps_the_error, fresh_list),
        cmocka_unit_test_setup(diag_format__documented_example__is_exact, fresh_list),
        cmocka_unit_test_setup(diag_format__utf8_and_tabs__carets_line_up, fresh_list),
        cmocka_unit_test_setup(diag_format__place_past_the_text__stays_in_bounds, fresh_list),
        cmocka_unit_test_setup(diag_format__hostile_text__is_made_harmless, fresh_list),
        cmocka_unit_test_setup(diag_format__missing_parts__are_left_out, fresh_list),
        cmocka_unit_test_setup(diag_excerpt__line_of_a_file__is_found, fresh_list),
        cmocka_unit_test_setup(diag_excerpt__long_line__keeps_the_place, fresh_list),
        cmocka_unit_test_setup(diags_summary__counts__read_as_english, fresh_list),
        cmocka_unit_test_setup(diag_format__out_of_memory__is_reported, fresh_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

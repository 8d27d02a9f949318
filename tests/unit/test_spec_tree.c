/* The text of a file: YAML that is refused, limits, and the format's stamp. Every text here is put
 * in front of the parser as it stands. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/alloc.h"
#include "spec_support.h"

/* A label is the shortest file that is valid. */
#define HEAD "mrse: label/1\nid: a\n"
#define TAIL                                                                                       \
    "device: D\nmanufacturer: M\nstatus: MR Unlabelled\nchecked: 2026-11-22\ncomplete: yes\n"

static const char base[] = HEAD TAIL;

static const slip slips[] = {
    {"yaml__alias__is_refused", "device: D", "device: *x", 3, 9, "", "aliases ('*x') are not read",
     "write the text out", 0, 0},
    {"yaml__alias_as_key__is_refused", "device: D", "device: D\n*x : y", 4, 1, "",
     "aliases ('*x') are not read", NULL, 0, 0},
    {"yaml__anchor__is_refused", "device: D", "device: &x D", 3, 9, "",
     "anchors ('&x') are not read", NULL, 0, 0},
    {"yaml__anchor_on_a_map__is_refused", "device: D", "device: D\nsources: &x {s: {a: b}}", 4, 10,
     "", "anchors ('&x') are not read", NULL, 0, 0},
    {"yaml__anchor_on_a_list__is_refused", "device: D", "device: D\nconditions: &x [a]", 4, 13, "",
     "anchors ('&x') are not read", NULL, 0, 0},
    {"yaml__anchor_on_a_key__is_refused", "device: D", "&x category: C\ndevice: D", 3, 1, "",
     "anchors ('&x') are not read", NULL, 0, 0},
    {"yaml__tag__is_refused", "device: D", "device: !!str D", 3, 9, "",
     "tags ('tag:yaml.org,2002:str') are not read", NULL, 0, 0},
    {"yaml__tag_on_a_map__is_refused", "device: D", "device: D\nsources: !x {s: {a: b}}", 4, 10, "",
     "tags ('!x') are not read", NULL, 0, 0},
    {"yaml__anchor_and_tag__both_are_refused", "device: D", "device: &x !y D", 3, 9, "",
     "anchors ('&x') are not read", NULL, 0, 1},
    {"yaml__merge_key__is_refused", "device: D", "device: D\n<<: {category: C}", 4, 1, "",
     "merge keys ('<<') are not read", NULL, 0, 0},
    {"yaml__quoted_merge_key__is_an_unknown_key", "device: D", "device: D\n'<<': x", 4, 1, "",
     "unknown key '<<'", NULL, 0, 0},
    {"yaml__map_as_key__is_refused", "device: D", "device: D\n? {a: b}\n: c", 4, 3, "",
     "a map cannot be a key", NULL, 0, 0},
    {"yaml__list_as_key__is_refused", "device: D", "device: D\n? [a]\n: c", 4, 3, "",
     "a list cannot be a key", NULL, 0, 0},
    {"yaml__empty_key__is_refused", "device: D", "device: D\n'': c", 4, 1, "", "a key is missing",
     NULL, 0, 0},
    {"yaml__control_character_in_key__is_refused", "device: D", "device: D\n\"a\\x01\": c", 4, 1,
     "", "the key holds a control character", NULL, 0, 0},
    {"text__delete_character__is_refused", "device: D", "device: \"a\\x7f\"", 3, 9, "",
     "the text holds a control character", NULL, 0, 0},
    {"yaml__second_document__is_refused", "complete: yes", "complete: yes\n---\na: b", 8, 1, "",
     "a second document begins", NULL, 0, 0},
    {"yaml__version_directive__is_refused", "mrse: label/1", "%YAML 1.1\n---\nmrse: label/1", 1, 1,
     "", "directives are not read", NULL, 0, 0},
    {"yaml__newer_version__is_refused", "mrse: label/1", "%YAML 2.0\n---\nmrse: label/1", 1, 1, "",
     "found incompatible YAML document", NULL, 0, 0},
    {"yaml__tag_directive__is_refused", "mrse: label/1",
     "%TAG ! tag:example.org,2026:\n---\nmrse: label/1", 1, 1, "", "directives are not read", NULL,
     0, 0},
    {"yaml__tab_in_indentation__is_refused", "device: D", "device:\n\tD: x", 4, 1, "",
     "a tab in the indentation", "indent with spaces", 0, 0},
    {"yaml__text_beginning_with_at__asks_for_quotes", "device: D", "device: @D", 3, 9, "",
     "no text can begin with '@'", "quotes", 0, 0},
    {"yaml__colon_in_text__asks_for_quotes", "device: D", "device: D: E", 3, 10, "",
     "a ':' where no key can stand", "stands in quotes", 0, 0},
    {"yaml__no_colon__is_refused", "device: D", "device D", 4, 1, "",
     "a ':' is missing after the key", "write 'key: value'", 0, 0},
    {"yaml__open_quotes__point_at_their_beginning", "device: D", "device: 'D", 3, 9, "",
     "the quotes are not closed", NULL, 0, 0},
    {"yaml__open_list__is_refused", "complete: yes", "complete: [yes", 8, 1, "",
     "a ',' or ']' is missing", NULL, 0, 0},
    {"yaml__open_map__is_refused", "complete: yes", "complete: {a: yes", 8, 1, "",
     "a ',' or '}' is missing", NULL, 0, 0},
    {"yaml__unknown_escape__is_refused", "device: D", "device: \"D\\q\"", 3, 11, "",
     "unknown escape character", "single quotes", 0, 0},
    {"yaml__indentation_that_fits_nothing__is_refused", "device: D", "device: D\n b: c", 4, 3, "",
     "a ':' where no key can stand", "check the indentation", 0, 0},
    {"yaml__key_between_two_columns__is_refused", "device: D", "sources:\n  a: 1\n b: c", 5, 2, "",
     "this line does not fit the lines above", "same column", 0, 0},
    {"yaml__entry_without_dash__is_refused", "device: D", "branches:\n  - name: a\n  b: c", 5, 3,
     "", "this line does not fit the list above", "begin with '- '", 0, 0},
    {"yaml__dash_after_a_key__is_refused", "device: D", "device: - D", 3, 9, "",
     "a '-' where no list can begin", NULL, 0, 0},
    {"yaml__control_character__is_refused", "device: D", "device: D\001", 3, 10, "",
     "a control character", "delete it", 0, 0},
    {"yaml__lone_carriage_return__is_refused", "device: D\n", "device: D\r", 3, 10, "",
     "a carriage return without line feed", NULL, 0, 0},
    {"yaml__next_line_character__is_refused", "device: D", "device: \xC3\xA4\xC2\x85", 3, 10, "",
     "U+0085", NULL, 0, 0},
    {"yaml__line_separator__is_refused", "device: D", "device: D\xE2\x80\xA8", 3, 10, "", "U+2028",
     NULL, 0, 0},
    {"yaml__paragraph_separator__is_refused", "device: D", "device: D\xE2\x80\xA9", 3, 10, "",
     "U+2029", NULL, 0, 0},
    {"key__64_letters__is_read_and_unknown", "device: D",
     "device: D\nk234567890123456789012345678901234567890123456789012345678901234: x", 4, 1, "",
     "unknown key", NULL, 0, 0},
    {"key__65_letters__is_too_long", "device: D",
     "device: D\nk2345678901234567890123456789012345678901234567890123456789012345: x", 4, 1, "",
     "is longer than 64 bytes", NULL, 0, 0},
    {"stamp__missing__is_refused", "mrse: label/1\n", "", 1, 1, "",
     "must begin with its format, such as 'mrse: label/1'",
     "reads scanner/1, label/1, case/1, site/1, sequence/1, portfolio/1, rules/1 and object/1", 0,
     0},
    {"stamp__not_first__is_refused", "mrse: label/1\nid: a\n", "id: a\nmrse: label/1\n", 2, 1, "",
     "must begin with its format", NULL, 0, 0},
    {"stamp__other_version__is_refused", "label/1", "label/2", 1, 7, "mrse",
     "'label/2' is another version of the format", "reads scanner/1", 0, 0},
    {"stamp__longer_kind__is_refused", "label/1", "labels/1", 1, 7, "mrse",
     "'labels/1' is no known format", NULL, 0, 0},
    {"stamp__unknown_kind__is_refused", "label/1", "implant/1", 1, 7, "mrse",
     "'implant/1' is no known format", NULL, 0, 0},
    {"stamp__other_kind__is_refused", "label/1", "case/1", 1, 7, "mrse",
     "this is a case file; a label file is needed", NULL, 0, 0},
    {"stamp__empty__is_refused", "label/1", "", 1, 1, "mrse", "the value is empty", NULL, 0, 0},
    {"stamp__list__is_refused", "label/1", "[label/1]", 1, 1, "mrse", "this is a list", NULL, 0, 0},
    {"stamp__twice__is_refused", "id: a", "id: a\nmrse: label/1", 3, 1, "", "'mrse' is given twice",
     NULL, 0, 0},
    {"file__empty__is_refused", HEAD TAIL, "", 1, 1, "", "the file is empty", "begin with", 0, 0},
    {"file__only_a_comment__is_refused", HEAD TAIL, "# nothing\n", 1, 1, "", "the file is empty",
     NULL, 0, 0},
    {"file__text__is_refused", HEAD TAIL, "hello\n", 1, 1, "", "must begin with its format", NULL,
     0, 0},
    {"file__list__is_refused", HEAD TAIL, "- mrse: label/1\n", 1, 1, "",
     "must begin with its format", NULL, 0, 0},
    {"file__tagged_map__is_refused", HEAD TAIL, "!x\nmrse: label/1\n", 1, 1, "", "tags ('!x')",
     NULL, 0, 1},
};

static void expect_read(const char *text, size_t n)
{
    static mrse_diags diags;
    mrse_status status;
    void *label = spec_read(&mrse_spec_label, text, n, &diags, &status);

    if (!label)
        spec_print(&diags);
    mrse_spec_object_free(&mrse_spec_label, label);
    assert_int_equal(status, MRSE_OK);
}

static void yaml__windows_line_ends__are_read(void **state)
{
    static mrse_diags diags;
    char text[512];
    size_t n = 0;
    mrse_status status;

    (void)state;
    for (const char *at = base; *at; at++) {
        if (*at == '\n')
            text[n++] = '\r';
        text[n++] = *at;
    }
    expect_read(text, n);
    memcpy(strstr(text, "label/1"), "label/3", 7);
    assert_null(spec_read(&mrse_spec_label, text, n, &diags, &status));
    assert_string_equal(diags.item[0].excerpt, "mrse: label/3");
}

static void yaml__document_markers_and_comments__are_read(void **state)
{
    static const char text[] = "# a comment\n---\n" HEAD TAIL "...\n";

    (void)state;
    expect_read(text, strlen(text));
}

static void yaml__folded_and_literal_text__is_trimmed(void **state)
{
    static const char text[] = HEAD TAIL "category: >\n  one\n  two\nstamp: |\n  x\n  y\tz\n\n";
    static mrse_diags diags;
    mrse_status status;
    mrse_label *label = spec_read(&mrse_spec_label, text, strlen(text), &diags, &status);

    (void)state;
    assert_non_null(label);
    assert_string_equal(label->category, "one two");
    assert_string_equal(label->stamp, "x\ny\tz");
    mrse_label_free(label);
}

static void yaml__wide_letters__columns_count_characters(void **state)
{
    static const char text[] = HEAD TAIL "\xC3\xA4\xC3\xB6: 1\n";
    static const slip want = {.line = 8, .col = 1, .text = "unknown key '\xC3\xA4\xC3\xB6'"};
    static const char quoted[] = HEAD TAIL "sources: {s: {title: '\xC3\xA4', origin: x}}\n";
    static const slip second = {.line = 8, .col = 35, .field = "sources.s.origin"};

    (void)state;
    spec_expect(&mrse_spec_label, text, &want);
    spec_expect(&mrse_spec_label, quoted, &second);
}

/* `depth` maps inside each other below an unknown key. */
static char *nested(size_t depth)
{
    mrse_buf text = {0};

    mrse_buf_add(&text, base);
    mrse_buf_add(&text, "k: ");
    for (size_t i = 0; i < depth; i++)
        mrse_buf_add(&text, "{a: ");
    mrse_buf_add(&text, "1");
    for (size_t i = 0; i < depth; i++)
        mrse_buf_add(&text, "}");
    mrse_buf_add(&text, "\n");
    assert_int_equal(text.status, MRSE_OK);
    return text.data;
}

static void limit__depth_16__is_read_17_is_not(void **state)
{
    static mrse_diags diags;
    char *text = nested(15); /* and the map of the file itself */
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_INPUT);
    assert_non_null(strstr(diags.item[0].text, "unknown key 'k'"));
    mrse_free(text);
    text = nested(16);
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    assert_int_equal(status, MRSE_ERR_LIMIT);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.item[0].line, 8);
    assert_int_equal(diags.item[0].col, 4 + 4 * 15);
    assert_non_null(strstr(diags.item[0].text, "more than 16 maps and lists inside each other"));
    mrse_free(text);
}

/* `n` conditions, one per line, from line 9 on. */
static char *listed(size_t n)
{
    mrse_buf text = {0};

    mrse_buf_add(&text, base);
    mrse_buf_add(&text, "conditions:\n");
    for (size_t i = 0; i < n; i++)
        mrse_buf_add(&text, "- {topic: t, printed: p}\n");
    assert_int_equal(text.status, MRSE_OK);
    return text.data;
}

/* `n` unknown keys, one per line, from line 8 on. */
static char *unknown_keys(int n)
{
    mrse_buf text = {0};

    mrse_buf_add(&text, base);
    for (int i = 0; i < n; i++)
        mrse_buf_addf(&text, "k%d: 1\n", i);
    assert_int_equal(text.status, MRSE_OK);
    return text.data;
}

static void limit__list_of_10000__is_read_10001_is_not(void **state)
{
    static mrse_diags diags;
    char *text = listed(10000);
    mrse_status status;
    mrse_label *label = spec_read(&mrse_spec_label, text, strlen(text), &diags, &status);

    (void)state;
    mrse_free(text);
    assert_int_equal(status, MRSE_OK);
    assert_int_equal(label->must.n_conditions, 10000);
    assert_int_equal(label->must.condition[9999].line, 10008);
    mrse_label_free(label);
    text = listed(10001);
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    mrse_free(text);
    assert_int_equal(status, MRSE_ERR_LIMIT);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.item[0].line, 10009);
    assert_non_null(strstr(diags.item[0].text, "more than 10000 entries in one list"));
}

static void limit__map_of_10001__is_refused(void **state)
{
    static mrse_diags diags;
    char *text = unknown_keys(10001 - 7);
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    mrse_free(text);
    assert_int_equal(status, MRSE_ERR_LIMIT);
    assert_int_equal(diags.item[0].line, 10001);
    assert_non_null(strstr(diags.item[0].text, "more than 10000 entries in one map"));
}

static void limit__10000_errors__are_counted_and_the_first_64_kept(void **state)
{
    static mrse_diags diags;
    char *text = unknown_keys(9000);
    mrse_status status;

    (void)state;
    assert_null(spec_read(&mrse_spec_label, text, strlen(text), &diags, &status));
    mrse_free(text);
    assert_int_equal(diags.errors, 9000);
    assert_int_equal(diags.n, MRSE_DIAG_MAX);
    assert_int_equal(diags.item[MRSE_DIAG_MAX - 1].line, 7 + MRSE_DIAG_MAX);
    assert_string_equal(diags.item[MRSE_DIAG_MAX - 1].excerpt, "k63: 1");
}

static void read_text__no_list_for_messages__still_refuses(void **state)
{
    void *object = (void *)1;

    (void)state;
    assert_int_equal(mrse_spec_read_text(NULL, "f", "mrse: label/1\n", 14, &object, NULL, NULL),
                     MRSE_ERR_INPUT);
    assert_null(object);
}

static void out_of_memory__twice__is_said_once(void **state)
{
    static mrse_diags diags;
    mrse_reader r = {.file = "f", .diags = &diags};

    (void)state;
    mrse_diags_init(&diags);
    mrse_spec_nomem(&r);
    mrse_spec_nomem(&r);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(r.status, MRSE_ERR_NOMEM);
}

static void field_path__too_long__is_cut(void **state)
{
    mrse_reader r = {.file = "f"};
    char key[MRSE_SPEC_PATH];

    (void)state;
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    (void)mrse_spec_push(&r, key, 0);
    size_t mark = mrse_spec_push(&r, key, 0);
    (void)mrse_spec_push(&r, NULL, 12);
    assert_int_equal(strlen(r.path), MRSE_SPEC_PATH - 1);
    mrse_spec_pop(&r, mark);
    mrse_spec_pop(&r, 0);
    assert_string_equal(r.path, "");
}

static void quote__long_text__is_cut_between_characters(void **state)
{
    mrse_reader r = {.file = "f"};
    char text[121];
    const char *quoted;

    (void)state;
    for (size_t i = 0; i < sizeof text - 1; i += 2)
        memcpy(text + i, "\xC3\xA4", 2);
    text[sizeof text - 1] = '\0';
    quoted = mrse_spec_quote(&r, text);
    assert_true(mrse_text_is_utf8(quoted, strlen(quoted)));
    assert_string_equal(quoted + strlen(quoted) - 3, "...");
    assert_in_range(strlen(quoted), 50, 55);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml__windows_line_ends__are_read),
        cmocka_unit_test(yaml__document_markers_and_comments__are_read),
        cmocka_unit_test(yaml__folded_and_literal_text__is_trimmed),
        cmocka_unit_test(yaml__wide_letters__columns_count_characters),
        cmocka_unit_test(limit__depth_16__is_read_17_is_not),
        cmocka_unit_test(limit__list_of_10000__is_read_10001_is_not),
        cmocka_unit_test(limit__map_of_10001__is_refused),
        cmocka_unit_test(limit__10000_errors__are_counted_and_the_first_64_kept),
        cmocka_unit_test(read_text__no_list_for_messages__still_refuses),
        cmocka_unit_test(out_of_memory__twice__is_said_once),
        cmocka_unit_test(field_path__too_long__is_cut),
        cmocka_unit_test(quote__long_text__is_cut_between_characters),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed + spec_run_slips(&mrse_spec_label, base, slips, MRSE_COUNT(slips), "text slips");
}

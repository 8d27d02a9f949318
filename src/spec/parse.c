/* Running libyaml over a text, and its complaints in words that help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tree_internal.h"

/* What libyaml says, what we say instead (NULL: the same), and what helps. */
static const struct complaint {
    const char *says, *text, *hint;
} complaints[] = {
    {"mapping values are not allowed", "a ':' where no key can stand",
     "check the indentation; text that holds ': ' stands in quotes"},
    {"could not find expected ':'", "a ':' is missing after the key", "write 'key: value'"},
    {"did not find expected key", "this line does not fit the lines above",
     "keys of one map begin in the same column"},
    {"did not find expected '-' indicator", "this line does not fit the list above",
     "entries of a list begin with '- ' in the same column"},
    {"block sequence entries are not allowed", "a '-' where no list can begin",
     "begin the list on a line of its own; text that begins with '-' stands in quotes"},
    {"did not find expected ',' or ']'", "a ',' or ']' is missing", "close the list with ']'"},
    {"did not find expected ',' or '}'", "a ',' or '}' is missing", "close the map with '}'"},
    {"found unexpected end of stream", "the quotes are not closed", "close them"},
    {"found unexpected document indicator", "the quotes are not closed", "close them"},
    {"found unknown escape character", NULL,
     "in double quotes a backslash is special: use single quotes"},
    {"did not find expected hexdecimal number", "the escape in double quotes is not complete",
     "in double quotes a backslash is special: use single quotes"},
    {"found invalid Unicode character", "the escape in double quotes is no character",
     "in double quotes a backslash is special: use single quotes"},
    {"found a tab character", "a tab in the indentation", "indent with spaces"},
    {"did not find expected <document start>", "something follows the end of the map",
     "check the indentation; a file holds one map"},
    {"found undefined tag handle", "tags ('!') are not read",
     "text that begins with '!' stands in quotes"},
    {"control characters are not allowed", "a control character", "delete it"},
};

static const struct complaint *find_complaint(const char *says)
{
    for (size_t i = 0; i < MRSE_COUNT(complaints); i++)
        if (strncmp(says, complaints[i].says, strlen(complaints[i].says)) == 0)
            return &complaints[i];
    return NULL;
}

/* Place of byte `at`, columns counted in characters. */
static mrse_place place_of_byte(const mrse_reader *r, size_t at)
{
    mrse_place place = {1, 1, 1};

    for (size_t i = 0; i < at; i++) {
        if (r->text[i] == '\n') {
            place.line++;
            place.col = 1;
        } else if (((unsigned char)r->text[i] & 0xC0) != 0x80) {
            place.col++;
        }
    }
    return place;
}

/* The first byte of the character number `index`. */
static char char_at(const mrse_reader *r, size_t index)
{
    char c = '\0';

    for (size_t i = 0; c == '\0' && i < r->n; i++)
        if (((unsigned char)r->text[i] & 0xC0) != 0x80 && index-- == 0)
            c = r->text[i];
    return c;
}

static void say_no_token(mrse_reader *r, mrse_place at, char c)
{
    if (c == '\t')
        mrse_spec_error(r, MRSE_ERR_INPUT, at, "indent with spaces", "a tab in the indentation");
    else
        mrse_spec_error(r, MRSE_ERR_INPUT, at,
                        "text that begins with this character stands in quotes",
                        "no text can begin with '%c'", c);
}

static void complain(mrse_reader *r, const yaml_parser_t *parser)
{
    const char *says = parser->problem ? parser->problem : "not readable as YAML";
    const struct complaint *known = find_complaint(says);
    mrse_place at = {(int)parser->problem_mark.line + 1, (int)parser->problem_mark.column + 1, 1};
    const char *hint = known ? known->hint : NULL;

    if (parser->error == YAML_MEMORY_ERROR) {
        mrse_spec_nomem(r);
        return;
    }
    if (parser->error == YAML_READER_ERROR)
        at = place_of_byte(r, parser->problem_offset);
    if (strncmp(says, "found character that cannot start", 33) == 0) {
        say_no_token(r, at, char_at(r, parser->problem_mark.index));
        return;
    }
    /* of what is never closed, the beginning is what the user must see */
    if (known && strcmp(known->hint, "close them") == 0)
        at = (mrse_place){(int)parser->context_mark.line + 1, (int)parser->context_mark.column + 1,
                          1};
    mrse_spec_error(r, MRSE_ERR_INPUT, at, hint, "%s", known && known->text ? known->text : says);
}

/* YAML counts these as line ends and editors do not, so that every line number after one would be
 * wrong. */
static bool has_odd_line_ends(mrse_reader *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const char *at = r->text + i;
        size_t left = r->n - i;
        const char *what = NULL;

        if (at[0] == '\r' && (left < 2 || at[1] != '\n'))
            what = "a carriage return without line feed";
        else if (left >= 2 && memcmp(at, "\xC2\x85", 2) == 0)
            what = "the invisible line end U+0085";
        else if (left >= 3 &&
                 (memcmp(at, "\xE2\x80\xA8", 3) == 0 || memcmp(at, "\xE2\x80\xA9", 3) == 0))
            what = "the invisible line end U+2028 or U+2029";
        if (what) {
            mrse_spec_error(r, MRSE_ERR_INPUT, place_of_byte(r, i),
                            "save the file with Unix or Windows line ends", "%s", what);
            return true;
        }
    }
    return false;
}

static bool run(mrse_reader *r, yaml_parser_t *parser)
{
    builder b = {.r = r};
    bool more = true, ended = false;

    while (more && !ended) {
        yaml_event_t event;

        if (!yaml_parser_parse(parser, &event)) {
            complain(r, parser);
            return false;
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        more = mrse_tree_event(&b, &event) && r->status != MRSE_ERR_NOMEM;
        yaml_event_delete(&event);
    }
    return more;
}

bool mrse_spec_parse(mrse_reader *r)
{
    yaml_parser_t parser;
    bool ok;

    mrse_buf_addn(&r->tree.words, "", 1); /* offset 0 is the empty text */
    if (r->tree.words.status != MRSE_OK || !yaml_parser_initialize(&parser)) {
        mrse_spec_nomem(r);
        return false;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)r->text, r->n);
    ok = !has_odd_line_ends(r) && run(r, &parser);
    yaml_parser_delete(&parser);
    if (ok && r->tree.n == 0) {
        mrse_spec_error(r, MRSE_ERR_INPUT, (mrse_place){1, 1, 1},
                        "begin with 'mrse: scanner/1', 'mrse: label/1' or 'mrse: case/1'",
                        "the file is empty");
        ok = false;
    }
    return ok;
}

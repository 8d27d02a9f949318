/* Case files: lines, methods, and expectations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_internal.h"

#define LOOP_KEYS  "radius position current "
#define SHEET_KEYS "radius from to current "
#define COIL_KEYS  "inner outer from to current "

const case_method case_methods[] = {
    {"field-loop", MRSE_SOURCE_LOOP, " point " LOOP_KEYS, case_point},
    {"field-sheet", MRSE_SOURCE_SHEET, " point " SHEET_KEYS, case_point},
    {"field-coil", MRSE_SOURCE_COIL, " point " COIL_KEYS, case_point},
    {"contour-loop", MRSE_SOURCE_LOOP, " level " LOOP_KEYS, case_contour},
    {"contour-sheet", MRSE_SOURCE_SHEET, " level " SHEET_KEYS, case_contour},
    {"contour-coil", MRSE_SOURCE_COIL, " level " COIL_KEYS, case_contour},
    {"ride-loop", MRSE_SOURCE_LOOP, " r start end " LOOP_KEYS, case_ride},
    {"ride-sheet", MRSE_SOURCE_SHEET, " r start end " SHEET_KEYS, case_ride},
    {"ride-coil", MRSE_SOURCE_COIL, " r start end " COIL_KEYS, case_ride},
    {"quantity", MRSE_SOURCE_LOOP, " kind text ", case_quantity},
    {"decision", MRSE_SOURCE_LOOP, " kind value u basis origin limit limit-kind limit-origin ",
     case_decision},
    {"position", MRSE_SOURCE_LOOP, " x y z couch entry posture ", case_position},
};
const size_t case_n_methods = sizeof case_methods / sizeof case_methods[0];

enum { LINE_MAX = 512 };

/* The file being run. */
typedef struct reader {
    const char *name;
    int line;
    case_run run;
    mrse_status status; /* of the last run */
    bool ran;           /* results belong to what is given now */
    case_outcome *outcome;
} reader;

static const char *const failures[] = {
    [MRSE_ERR_ARG] = "arg",         [MRSE_ERR_NOMEM] = "memory", [MRSE_ERR_IO] = "io",
    [MRSE_ERR_INPUT] = "input",     [MRSE_ERR_LIMIT] = "limit",  [MRSE_ERR_RANGE] = "range",
    [MRSE_ERR_NUMERIC] = "numeric",
};

static void mistake(reader *r, const char *what, const char *word)
{
    r->outcome->mistakes++;
    if (!mrse_text_is_utf8(word, strlen(word)))
        word = "(not text)";
    mrse_buf_addf(&r->outcome->report, "%s:%d: %s '%s'\n", r->name, r->line, what, word);
}

static void differs(reader *r, const char *what, const char *got, const char *why)
{
    mrse_buf_addf(&r->outcome->report, "%s:%d: expected %s; got %s%s\n", r->name, r->line, what,
                  got, why);
}

/* Cut the first word off; returns what follows it. */
static char *split(char *text)
{
    char *rest = text + strcspn(text, " \t");

    if (*rest)
        *rest++ = '\0';
    return rest + strspn(rest, " \t");
}

static void trim_end(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && strchr(" \t\r", text[n - 1]))
        text[--n] = '\0';
}

static void set_method(reader *r, const char *name)
{
    size_t i;

    memset(&r->run, 0, sizeof r->run);
    r->ran = false;
    for (i = 0; i < case_n_methods; i++)
        if (strcmp(case_methods[i].name, name) == 0)
            r->run.method = &case_methods[i];
    if (!r->run.method)
        mistake(r, "there is no method", name);
}

static void set_key(reader *r, char *text)
{
    char *value, padded[CASE_WORD + 2];
    size_t i;

    text += strspn(text, " \t");
    trim_end(text);
    value = split(text);
    if ((size_t)snprintf(padded, sizeof padded, " %s ", text) >= sizeof padded ||
        !strstr(r->run.method->keys, padded)) {
        mistake(r, "this method has no key", text);
        return;
    }
    for (i = 0; i < r->run.n_given && strcmp(r->run.given[i].key, text) != 0; i++)
        continue;
    if (i == CASE_KEYS || !*value || strlen(value) >= CASE_TEXT) {
        mistake(r, "no value for", text);
        return;
    }
    if (i == r->run.n_given)
        r->run.n_given++;
    mrse_text_copy(r->run.given[i].key, CASE_WORD, text);
    mrse_text_copy(r->run.given[i].value, CASE_TEXT, value);
}

static void set_given(reader *r, char *text)
{
    char *next;

    r->ran = false;
    if (!r->run.method) {
        mistake(r, "no method before", "given");
        return;
    }
    for (; text; text = next) {
        next = strchr(text, ';');
        if (next)
            *next++ = '\0';
        set_key(r, text);
    }
}

static bool run_method(reader *r)
{
    if (!r->run.method) {
        mistake(r, "no method before", "expect");
        return false;
    }
    if (!r->ran) {
        r->run.n_results = 0;
        r->run.wrong[0] = '\0';
        r->status = r->run.method->run(&r->run);
        r->ran = true;
    }
    if (r->run.wrong[0])
        mistake(r, "cannot run:", r->run.wrong);
    return !r->run.wrong[0];
}

static void expect_failure(reader *r, const char *name)
{
    size_t i;

    for (i = MRSE_ERR_ARG; i < sizeof failures / sizeof failures[0]; i++)
        if (strcmp(failures[i], name) == 0)
            break;
    if (i == sizeof failures / sizeof failures[0]) {
        mistake(r, "there is no failure called", name);
        return;
    }
    r->outcome->expected++;
    r->outcome->failures++;
    if (r->status == (mrse_status)i)
        r->outcome->held++;
    else
        mrse_buf_addf(&r->outcome->report, "%s:%d: expected failure %s; got %s\n", r->name, r->line,
                      name, r->status == MRSE_OK ? "a result" : mrse_status_text(r->status));
}

/* The tolerance in SI: "1e-5 relative", "1e-12 absolute" (SI), or a quantity. */
static bool read_tolerance(const char *text, double want, mrse_kind kind, double *tolerance)
{
    size_t n = strcspn(text, " ");
    mrse_quantity quantity;
    double number;

    if (mrse_text_read_num(text, n, &number, NULL) == MRSE_OK && strcmp(text + n, " relative") == 0)
        *tolerance = number * fabs(want);
    else if (mrse_text_read_num(text, n, &number, NULL) == MRSE_OK &&
             strcmp(text + n, " absolute") == 0)
        *tolerance = number;
    else if (mrse_quantity_read(text, kind, &quantity, NULL, NULL) == MRSE_OK)
        *tolerance = quantity.si;
    else
        return false;
    return *tolerance >= 0.0;
}

static void expect_number(reader *r, const case_result *result, char *text)
{
    char *within = strstr(text, "within "), *tolerance_text;
    const char *si = mrse_kind_get(result->kind)->si;
    mrse_quantity want = {0};
    mrse_buf got = {0};
    double tolerance = 0.0;

    if (strcmp(text, "none") == 0) {
        r->outcome->expected++;
        r->outcome->held += isnan(result->si) != 0;
        if (!isnan(result->si))
            differs(r, result->name, "a number", "");
        return;
    }
    if (!within || within == text) {
        mistake(r, "write 'within' and a tolerance after", text);
        return;
    }
    tolerance_text = within + strlen("within ");
    tolerance_text += strspn(tolerance_text, " ");
    within[-1] = '\0';
    trim_end(text);
    if (mrse_quantity_read(text, result->kind, &want, NULL, NULL) != MRSE_OK ||
        !read_tolerance(tolerance_text, want.si, result->kind, &tolerance)) {
        mistake(r, "no such value, or not of this kind:", text);
        return;
    }
    r->outcome->expected++;
    /* written so that NaN does not hold */
    if (fabs(result->si - want.si) <= tolerance) {
        r->outcome->held++;
        return;
    }
    mrse_buf_num(&got, result->si, 9);
    mrse_buf_addf(&got, " %s, off by ", si);
    mrse_buf_num(&got, result->si - want.si, 3);
    mrse_buf_add(&got, " where ");
    mrse_buf_num(&got, tolerance, 3);
    mrse_buf_add(&got, " is allowed");
    mrse_buf_addf(&r->outcome->report, "%s:%d: expected %s %s; got %s\n", r->name, r->line,
                  result->name, text, mrse_buf_text(&got));
    mrse_buf_free(&got);
}

static void expect_text(reader *r, const case_result *result, const char *text)
{
    r->outcome->expected++;
    if (strcmp(result->name, "verdict") == 0)
        r->outcome->failures += strcmp(text, "MET") != 0;
    if (strcmp(result->text, text) == 0)
        r->outcome->held++;
    else
        differs(r, text, result->text, "");
}

static void expect(reader *r, char *text)
{
    char *rest = split(text);
    size_t i;

    if (!run_method(r))
        return;
    if (strcmp(text, "failure") == 0) {
        expect_failure(r, rest);
        return;
    }
    for (i = 0; i < r->run.n_results && r->status == MRSE_OK; i++) {
        const case_result *result = &r->run.result[i];

        if (strcmp(result->name, text) != 0)
            continue;
        if (result->kind == MRSE_KIND_NONE)
            expect_text(r, result, rest);
        else
            expect_number(r, result, rest);
        return;
    }
    if (r->status == MRSE_OK) {
        mistake(r, "this method has no result", text);
        return;
    }
    r->outcome->expected++;
    differs(r, text, "failure: ", mrse_status_text(r->status));
}

static void read_line(reader *r, char *line)
{
    char *rest;

    line[strcspn(line, "#")] = '\0';
    trim_end(line);
    line += strspn(line, " \t");
    if (!*line)
        return;
    if (!mrse_text_is_utf8(line, strlen(line))) {
        mistake(r, "the line is not UTF-8 text:", "");
        return;
    }
    rest = split(line);
    if (strcmp(line, "method") == 0)
        set_method(r, rest);
    else if (strcmp(line, "given") == 0)
        set_given(r, rest);
    else if (strcmp(line, "expect") == 0)
        expect(r, rest);
    else
        mistake(r, "a line begins with method, given or expect, not with", line);
}

void case_file_run(const char *name, const char *text, size_t n, case_outcome *outcome)
{
    reader r = {.name = name, .outcome = outcome};
    const char *end = text + n;
    char line[LINE_MAX];

    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);

        r.line++;
        if (length >= sizeof line || memchr(text, '\0', length)) {
            mistake(&r, "the line is too long or not text:", "");
        } else {
            memcpy(line, text, length);
            line[length] = '\0';
            read_line(&r, line);
        }
        text += length + 1;
    }
    if (outcome->expected == 0 && outcome->mistakes == 0)
        mistake(&r, "there is no", "expect");
}

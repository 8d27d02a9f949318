/* Reading texts in tests of spec: a valid file, one slip in it, and the message that must come.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_SPEC_SUPPORT_H
#define MRSE_TEST_SPEC_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec/spec_internal.h"
#include "support/close.h"

/* The first `from` of the base text is replaced by `to`. */
typedef struct slip {
    const char *name; /* of the test */
    const char *from, *to;
    int line, col;
    const char *field, *text, *hint; /* parts of the message; NULL: not looked at */
    mrse_sev sev;
    size_t others; /* further messages of the same severity that must come */
} slip;

static inline char *spec_changed(const char *base, const char *from, const char *to)
{
    const char *at = strstr(base, from);
    size_t n = strlen(base) + strlen(to) + 1;
    char *text = malloc(n);

    if (!at || !text) {
        free(text);
        fail_msg("the base text does not hold '%s'", from);
        return NULL;
    }
    (void)snprintf(text, n, "%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
    return text;
}

static inline void spec_print(const mrse_diags *diags)
{
    mrse_buf out = {0};

    for (size_t i = 0; i < diags->n; i++)
        if (mrse_diag_format(&diags->item[i], &out) != MRSE_OK)
            break;
    print_error("%s", mrse_buf_text(&out));
    mrse_buf_free(&out);
}

static inline bool spec_has(const mrse_diag *diag, const slip *s)
{
    return diag->sev == s->sev && diag->line == s->line && diag->col == s->col &&
           (!s->field || strcmp(diag->field, s->field) == 0) &&
           (!s->text || strstr(diag->text, s->text)) && (!s->hint || strstr(diag->hint, s->hint));
}

/* Read text[0..n) as `format`; the object when it was read, NULL else. */
static inline void *spec_read(const mrse_format *format, const char *text, size_t n,
                              mrse_diags *diags, mrse_status *status)
{
    void *object = NULL;
    char *copy = malloc(n + 1); /* exactly as large: reading past the end is seen */

    assert_non_null(copy);
    memcpy(copy, text, n);
    copy[n] = '\0';
    mrse_diags_init(diags);
    *status = mrse_spec_read_text(format, "dir/file.yaml", copy, n, &object, NULL, diags);
    free(copy);
    assert_true((object != NULL) == (*status == MRSE_OK));
    assert_true((diags->errors == 0) == (*status == MRSE_OK));
    return object;
}

static inline void spec_expect(const mrse_format *format, const char *text, const slip *s)
{
    static mrse_diags diags;
    mrse_status status;
    void *object = spec_read(format, text, strlen(text), &diags, &status);
    size_t seen = s->sev == MRSE_SEV_ERROR ? diags.errors : diags.warnings, i = 0;
    bool wrong;

    while (i < diags.n && !spec_has(&diags.item[i], s))
        i++;
    wrong = i == diags.n || seen != s->others + 1 || (object != NULL) != (diags.errors == 0);
    mrse_spec_object_free(format, object);
    if (!wrong)
        return;
    spec_print(&diags);
    fail_msg("expected %d:%d %s: %s (and %zu others), got the above", s->line, s->col,
             s->field ? s->field : "", s->text ? s->text : "", s->others);
}

/* One test for each slip in a base text. */
typedef struct slip_case {
    const mrse_format *format;
    const char *base;
    const slip *s;
} slip_case;

static inline void spec_run_slip(void **state)
{
    const slip_case *c = *state;
    char *text = spec_changed(c->base, c->s->from, c->s->to);

    spec_expect(c->format, text, c->s);
    free(text);
}

static inline int spec_run_slips(const mrse_format *format, const char *base, const slip *s,
                                 size_t n, const char *group)
{
    struct CMUnitTest *tests = calloc(n, sizeof *tests);
    slip_case *cases = calloc(n, sizeof *cases);
    int failed = 1;

    for (size_t i = 0; tests && cases && i < n; i++) {
        cases[i] = (slip_case){format, base, &s[i]};
        tests[i].name = s[i].name;
        tests[i].test_func = spec_run_slip;
        tests[i].initial_state = &cases[i];
    }
    if (tests && cases)
        failed = _cmocka_run_group_tests(group, tests, n, NULL, NULL);
    free(tests);
    free(cases);
    return failed;
}

#endif

/* Case files: values of keys, and results. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "case_internal.h"

void case_wrong(case_run *run, const char *format, ...)
{
    va_list args;

    if (run->wrong[0])
        return; /* the first mistake explains the others */
    va_start(args, format);
    if (vsnprintf(run->wrong, sizeof run->wrong, format, args) < 0)
        mrse_text_copy(run->wrong, sizeof run->wrong, "not acceptable");
    va_end(args);
}

const char *case_text(case_run *run, const char *key, bool needed)
{
    size_t i;

    for (i = 0; i < run->n_given; i++)
        if (strcmp(run->given[i].key, key) == 0)
            return run->given[i].value;
    if (needed)
        case_wrong(run, "'%s' is not given", key);
    return NULL;
}

static double read_number(case_run *run, const char *key, const char *text, mrse_kind kind)
{
    mrse_quantity quantity;
    mrse_buf why = {0};
    double si = (double)NAN;

    if (strcmp(text, "nan") == 0)
        return (double)NAN;
    if (strcmp(text, "inf") == 0)
        return (double)INFINITY;
    if (mrse_quantity_read(text, kind, &quantity, &why, NULL) == MRSE_OK)
        si = quantity.si;
    else
        case_wrong(run, "%s: %s", key, mrse_buf_text(&why));
    mrse_buf_free(&why);
    return si;
}

double case_number(case_run *run, const char *key, mrse_kind kind, double otherwise)
{
    const char *text = case_text(run, key, false);

    return text ? read_number(run, key, text, kind) : otherwise;
}

double case_needed(case_run *run, const char *key, mrse_kind kind)
{
    const char *text = case_text(run, key, true);

    return text ? read_number(run, key, text, kind) : (double)NAN;
}

size_t case_choice(case_run *run, const char *key, const char *const *names, size_t n,
                   size_t otherwise)
{
    const char *text = case_text(run, key, false);
    size_t i;

    if (!text)
        return otherwise;
    for (i = 0; i < n; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    case_wrong(run, "%s: '%s' is not one of its values", key, text);
    return 0;
}

static case_result *next_result(case_run *run, const char *name)
{
    case_result *result;

    if (run->n_results == CASE_RESULTS)
        return NULL;
    result = &run->result[run->n_results++];
    memset(result, 0, sizeof *result);
    result->name = name;
    return result;
}

void case_add(case_run *run, const char *name, mrse_kind kind, double si)
{
    case_result *result = next_result(run, name);

    if (result) {
        result->kind = kind;
        result->si = si;
    }
}

void case_add_text(case_run *run, const char *name, const char *text)
{
    case_result *result = next_result(run, name);

    if (result)
        mrse_text_copy(result->text, sizeof result->text, text);
}

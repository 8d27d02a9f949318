/* A calculator, as a reader of a working has one. SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/calculator.h"

#include <math.h>
#include <string.h>

#include "mrse/text.h"
#include "mrse/units.h"
#include "support/close.h"

typedef struct typing {
    const char *at, *end;
    bool wrong;
} typing;

static double sum(typing *t);

/* True, and past it, when this comes next. */
static bool take(typing *t, const char *word)
{
    size_t n = strlen(word);
    while (t->at < t->end && *t->at == ' ')
        t->at++;
    if ((size_t)(t->end - t->at) < n || memcmp(t->at, word, n) != 0)
        return false;
    t->at += n;
    return true;
}

static double wrong(typing *t)
{
    t->wrong = true;
    return (double)NAN;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Longer ones first; a unit ends where no letter follows. */
static void pass_unit(typing *t)
{
    static const char *const unit[] = {"mT²/m² s", "W/kg/µT²", "Hz² s", "µT² s", "Hz/µT", "px/Hz",
                                       "T/m/s",    "kg/m³",    "Hz/T",  "J/kg",  "W/kg",  "mT/m",
                                       "deg²",     "lines",    "T/m",   "T/s",   "S/m",   "mm3",
                                       "µT",       "mT",       "ms",    "mm",    "Hz",    "px",
                                       "%",        "T",        "s",     "m"};
    const char *before = t->at;
    for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++) {
        t->at = before;
        if (!take(t, unit[i]))
            continue;
        bool power = t->end - t->at >= 2 && memcmp(t->at, "²", 2) == 0;
        if (t->at == t->end || power || !is_letter(*t->at))
            return;
    }
    t->at = before;
}

static double number(typing *t)
{
    const char *from = t->at;
    double value;
    while (t->at < t->end &&
           ((*t->at >= '0' && *t->at <= '9') || *t->at == '.' || (*t->at == 'e' && t->at > from) ||
            ((*t->at == '-' || *t->at == '+') && t->at > from && t->at[-1] == 'e')))
        t->at++;
    return mrse_text_read_num(from, (size_t)(t->at - from), &value, NULL) == MRSE_OK ? value
                                                                                     : wrong(t);
}

static double closed(typing *t, double value)
{
    return take(t, ")") ? value : wrong(t);
}

static double of_list(typing *t, double (*choose)(double, double))
{
    double value = sum(t);
    while (take(t, ","))
        value = choose(value, sum(t));
    return closed(t, value);
}

/* As counts are rounded up: what is a whole number but for rounding stays it. */
static double up(double x)
{
    return fabs(x - nearbyint(x)) < 1e-6 ? nearbyint(x) : ceil(x);
}

static double atom(typing *t)
{
    static const struct {
        const char *name;
        double (*of)(double);
    } function[] = {{"√(", sqrt},  {"exp(", exp}, {"sin(", sin},
                    {"cos(", cos}, {"ceil(", up}, {"round(", nearbyint}};
    for (size_t i = 0; i < sizeof function / sizeof function[0]; i++)
        if (take(t, function[i].name))
            return function[i].of(closed(t, sum(t)));
    if (take(t, "min("))
        return of_list(t, fmin);
    if (take(t, "max("))
        return of_list(t, fmax);
    if (take(t, "π"))
        return acos(-1.0);
    if (take(t, "(")) {
        return closed(t, sum(t));
    }
    if (take(t, "|")) {
        double value = fabs(sum(t));
        return take(t, "|") ? value : wrong(t);
    }
    (void)take(t, "");
    return number(t);
}

static double power(typing *t)
{
    double value = atom(t);
    pass_unit(t);
    for (;;) {
        if (take(t, "²"))
            value *= value;
        else if (take(t, "°"))
            value *= acos(-1.0) / 180.0;
        else
            return value;
        pass_unit(t);
    }
}

static double factor(typing *t)
{
    return take(t, "−") || take(t, "-") ? -factor(t) : power(t);
}

static double product(typing *t)
{
    double value = factor(t);
    for (;;) {
        if (take(t, "×"))
            value *= factor(t);
        else if (take(t, "/"))
            value /= factor(t);
        else
            return value;
    }
}

static double sum(typing *t)
{
    double value = product(t);
    for (;;) {
        if (t->wrong)
            return value;
        if (take(t, "+"))
            value += product(t);
        else if (take(t, "−"))
            value -= product(t);
        else
            return value;
    }
}

bool calculate(const char *text, size_t n, double *value)
{
    typing t = {text, text + n, false};
    *value = sum(&t);
    (void)take(&t, "");
    return !t.wrong && t.at == t.end;
}

/* The last `word` in text[0..n), or NULL. */
static const char *find_last(const char *text, size_t n, const char *word)
{
    const char *last = NULL;
    for (size_t i = 0; i + strlen(word) <= n; i++)
        if (memcmp(text + i, word, strlen(word)) == 0)
            last = text + i;
    return last;
}

const char *next_clause(const char *numbers, worked *clause)
{
    if (numbers == NULL || *numbers == '\0')
        return NULL;
    const char *end = strstr(numbers, "; "), *rest = end != NULL ? end + 2 : "";
    size_t n = end != NULL ? (size_t)(end - numbers) : strlen(numbers);
    const char *equals = find_last(numbers, n, " = ");
    *clause = (worked){.has_value = equals != NULL};
    if (equals == NULL)
        return rest;
    const char *label = find_last(numbers, (size_t)(equals - numbers), ": ");
    const char *from = label != NULL ? label + 2 : numbers;
    clause->value = equals + 3;
    size_t digits = strspn(clause->value, "+-.0123456789e");
    if (!calculate(from, (size_t)(equals - from), &clause->put_in) ||
        mrse_text_read_num(clause->value, digits, &clause->shown, &clause->half_place) != MRSE_OK)
        fail_msg("no calculator takes this: %.*s", (int)n, numbers);
    return rest;
}

/* Numbers as text, the same under every locale. The C library does the rounding; what depends on
 * the locale (the decimal mark) is never given to it to read and never taken from what it prints.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/text.h"

enum { DIGITS_MAX = 128, EXP_CLAMP = 100000 };

typedef struct decimal {
    char digit[DIGITS_MAX + 1]; /* all digits in order, without the mark */
    size_t n;
    long exp10; /* of the last digit */
    bool negative, zero;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t take_digits(const char *text, size_t n, decimal *d)
{
    size_t i = 0;

    for (; i < n && is_digit(text[i]); i++) {
        d->zero = d->zero && text[i] == '0';
        d->digit[d->n++] = text[i];
    }
    return i;
}

static bool take_exponent(const char *text, size_t n, long *exp10)
{
    bool negative = false;
    size_t i = 0;
    long e = 0;

    if (n > 0 && (text[0] == '+' || text[0] == '-'))
        negative = text[i++] == '-';
    if (i == n)
        return false;
    for (; i < n; i++) {
        if (!is_digit(text[i]))
            return false;
        if (e < EXP_CLAMP)
            e = e * 10 + (text[i] - '0');
    }
    *exp10 += negative ? -e : e;
    return true;
}

static bool parse(const char *text, size_t n, decimal *d)
{
    size_t i = 0, taken;

    memset(d, 0, sizeof *d);
    d->zero = true;
    if (n == 0 || n > DIGITS_MAX)
        return false;
    if (text[0] == '+' || text[0] == '-')
        d->negative = text[i++] == '-';
    taken = take_digits(text + i, n - i, d);
    if (taken == 0)
        return false;
    i += taken;
    if (i < n && text[i] == '.') {
        i++;
        taken = take_digits(text + i, n - i, d);
        if (taken == 0)
            return false;
        i += taken;
        d->exp10 = -(long)taken;
    }
    if (i < n && (text[i] == 'e' || text[i] == 'E'))
        return take_exponent(text + i + 1, n - i - 1, &d->exp10);
    return i == n;
}

/* "720" and -2 give the double nearest to 7.20: whole digits with an exponent need no mark. */
static double nearest(const char *digits, long exp10)
{
    char text[DIGITS_MAX + 24];

    (void)snprintf(text, sizeof text, "%se%ld", digits, exp10);
    return strtod(text, NULL);
}

mrse_status mrse_text_read_num10(const char *text, size_t n, int exp10, double *value,
                                 double *half_ulp)
{
    decimal d;
    double v, half;

    if (value)
        *value = 0;
    if (half_ulp)
        *half_ulp = 0;
    if (!text || !value)
        return MRSE_ERR_ARG;
    if (!parse(text, n, &d))
        return MRSE_ERR_INPUT;
    d.exp10 += exp10;
    v = nearest(d.digit, d.exp10);
    half = nearest("5", d.exp10 - 1);
    if (!isfinite(v) || !isfinite(half) || (v == 0 && !d.zero))
        return MRSE_ERR_INPUT;
    *value = d.negative ? -v : v;
    if (half_ulp)
        *half_ulp = half;
    return MRSE_OK;
}

mrse_status mrse_text_read_num(const char *text, size_t n, double *value, double *half_ulp)
{
    return mrse_text_read_num10(text, n, 0, value, half_ulp);
}

/* |value| rounded to n digits: the digits, and the exponent of the first. */
static int round_digits(double value, int n, char *digit)
{
    char text[64];
    const char *p;
    int at = 0, exp10 = 0;
    bool negative;

    (void)snprintf(text, sizeof text, "%.*e", n - 1, fabs(value));
    for (p = text; *p && *p != 'e'; p++)
        if (is_digit(*p))
            digit[at++] = *p;
    digit[at] = '\0';
    negative = p[0] == 'e' && p[1] == '-';
    for (; *p; p++)
        if (is_digit(*p))
            exp10 = exp10 * 10 + (*p - '0');
    return negative ? -exp10 : exp10;
}

void mrse_text_num(char out[MRSE_NUM_MAX], double value, int digits)
{
    char digit[24];
    const char *sign = value < 0 ? "-" : "";
    int n = digits < 1 ? 1 : digits > 17 ? 17 : digits, exp10, width;

    if (!isfinite(value)) {
        mrse_text_copy(out, MRSE_NUM_MAX, "not finite");
        return;
    }
    exp10 = round_digits(value, n, digit);
    width = n > 6 ? n : 6;
    if (exp10 < -4 || exp10 >= width)
        (void)snprintf(out, MRSE_NUM_MAX, "%s%.1s%s%se%c%02d", sign, digit, n > 1 ? "." : "",
                       digit + 1, exp10 < 0 ? '-' : '+', abs(exp10) % 1000);
    else if (exp10 < 0)
        (void)snprintf(out, MRSE_NUM_MAX, "%s0.%.*s%s", sign, -exp10 - 1, "000", digit);
    else if (exp10 + 1 < n)
        (void)snprintf(out, MRSE_NUM_MAX, "%s%.*s.%s", sign, exp10 + 1, digit, digit + exp10 + 1);
    else
        (void)snprintf(out, MRSE_NUM_MAX, "%s%s%.*s", sign, digit, exp10 + 1 - n, "00000");
}

void mrse_text_fixed(char out[MRSE_NUM_MAX], double value, int decimals)
{
    char text[64];
    const char *p;
    size_t at = 0;
    bool zero = true, marked = false;
    int n = decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;

    if (!isfinite(value) || fabs(value) >= 1e15) {
        mrse_text_num(out, value, 17);
        return;
    }
    (void)snprintf(text, sizeof text, "%.*f", n, fabs(value));
    for (p = text; *p; p++)
        zero = zero && (!is_digit(*p) || *p == '0');
    if (value < 0 && !zero)
        out[at++] = '-';
    for (p = text; *p && at < MRSE_NUM_MAX - 1; p++) {
        if (is_digit(*p)) {
            out[at++] = *p;
        } else if (!marked) { /* a mark may have several bytes */
            marked = true;
            out[at++] = '.';
        }
    }
    out[at] = '\0';
}

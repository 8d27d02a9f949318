/* Health service numbers: ten digits with a check digit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "privacy_internal.h"

enum { DIGITS = 10, NEAR = 48 }; /* NEAR: characters in which a word announces a number */

typedef struct number {
    int digit[DIGITS];
    size_t length;
    bool grouped; /* 3-3-4, as the NHS prints it */
} number;

static bool separator(char c)
{
    return c == ' ' || c == '-';
}

/* Ten digits at `at`, in one run or grouped, with no more digits around. */
static bool read_ten(const scan *s, size_t at, number *out)
{
    size_t i = at, n = 0, gap[2] = {0}, gaps = 0;

    while (i < s->n && n < DIGITS) {
        if (mrse_privacy_is_digit(s->text[i])) {
            out->digit[n++] = s->text[i++] - '0';
        } else if (separator(s->text[i]) && n > 0 && gaps < 2 && i + 1 < s->n &&
                   mrse_privacy_is_digit(s->text[i + 1])) {
            gap[gaps++] = n;
            i++;
        } else {
            return false;
        }
    }
    if (n < DIGITS ||
        (i < s->n && (mrse_privacy_is_digit(s->text[i]) || mrse_privacy_is_letter(s->text[i]))))
        return false;
    if (i + 1 < s->n && (s->text[i] == '.' || separator(s->text[i])) &&
        mrse_privacy_is_digit(s->text[i + 1]))
        return false; /* a longer number, or one with decimals */
    out->length = i - at;
    out->grouped = gaps == 2 && gap[0] == 3 && gap[1] == 6;
    return gaps == 0 || out->grouped || gaps == 1;
}

/* Modulus 11 with weights 10 to 2; a remainder that would need the check digit 10 is never issued. */
static bool check_digit_holds(const int digit[DIGITS])
{
    int sum = 0;
    for (int i = 0; i < DIGITS - 1; i++)
        sum += digit[i] * (10 - i);
    int check = (11 - sum % 11) % 11;
    return check == digit[DIGITS - 1];
}

/* A CHI number begins with the date of birth, DDMMYY. */
static bool begins_with_date(const int digit[DIGITS])
{
    int day = 10 * digit[0] + digit[1], month = 10 * digit[2] + digit[3];
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* Numbers of Northern Ireland lie from 320 000 0001 to 399 999 9999. */
static bool in_hc_range(const int digit[DIGITS])
{
    return digit[0] == 3 && digit[1] >= 2;
}

size_t mrse_privacy_digits(const scan *s, size_t at, mrse_identifier *what)
{
    static const char *const nhs[] = {"nhs", "patient", "pt", NULL};
    static const char *const chi[] = {"chi", "community health index", NULL};
    static const char *const hc[] = {"h&c", "hcn", "hsc", "health and care", NULL};
    number found;

    if (!mrse_privacy_is_digit(s->text[at]) || !mrse_privacy_begins(s, at) ||
        (at > 0 && (s->text[at - 1] == '.' || s->text[at - 1] == '+')) ||
        !read_ten(s, at, &found) || !check_digit_holds(found.digit))
        return 0;
    *what = MRSE_IDENTIFIER_CHI;
    if (begins_with_date(found.digit) && mrse_privacy_announced(s, at, NEAR, chi))
        return found.length;
    *what = MRSE_IDENTIFIER_HC;
    if (in_hc_range(found.digit) && mrse_privacy_announced(s, at, NEAR, hc))
        return found.length;
    *what = MRSE_IDENTIFIER_NHS;
    return found.grouped || mrse_privacy_announced(s, at, NEAR, nhs) ? found.length : 0;
}

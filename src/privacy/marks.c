/* What is known by its form: DICOM UIDs and e-mail addresses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "privacy_internal.h"

/* Shorter ones are versions ("1.2.0.10"); real study and image UIDs have 30 to 64 characters. */
enum { UID_SHORTEST = 20, UID_PARTS = 6 };

static const char STANDARD[] = "1.2.840.10008."; /* of DICOM itself: the same in every file */

static size_t find_uid(const scan *s, size_t at)
{
    size_t i = at, parts = 1;

    while (i < s->n &&
           (mrse_privacy_is_digit(s->text[i]) ||
            (s->text[i] == '.' && i + 1 < s->n && mrse_privacy_is_digit(s->text[i + 1])))) {
        parts += s->text[i] == '.';
        i++;
    }
    if (i - at < UID_SHORTEST || parts < UID_PARTS)
        return 0;
    return strncmp(s->text + at, STANDARD, sizeof STANDARD - 1) == 0 ? 0 : i - at;
}

static bool of_address(char c)
{
    return mrse_privacy_is_digit(c) || mrse_privacy_is_letter(c) || strchr("._%+-", c) != NULL;
}

/* Addresses that people have at home. Those of hospitals, universities and companies are contact
 * details of professionals. */
static bool private_domain(const char *text, size_t n)
{
    static const char *const domain[] = {
        "gmail.",    "googlemail.", "hotmail.", "outlook.",    "live.",
        "msn.",      "yahoo.",      "ymail.",   "icloud.",     "me.com",
        "aol.",      "btinternet.", "sky.com",  "talktalk.",   "virginmedia.",
        "ntlworld.", "blueyonder.", "proton.",  "protonmail.", "gmx.",
        NULL};
    for (size_t d = 0; domain[d] != NULL; d++) {
        size_t length = strlen(domain[d]), i = 0;
        while (i < length && i < n && (text[i] | 0x20) == (domain[d][i] | 0x20))
            i++;
        if (i == length)
            return true;
    }
    return false;
}

static size_t find_email(const scan *s, size_t at)
{
    static const char *const near[] = {"patient", "next of kin", NULL};
    size_t i = at;

    while (i < s->n && of_address(s->text[i]))
        i++;
    if (i == at || i + 1 >= s->n || s->text[i] != '@')
        return 0;
    size_t domain = ++i, dots = 0;
    while (i < s->n && of_address(s->text[i]))
        dots += s->text[i++] == '.';
    while (i > domain && s->text[i - 1] == '.') {
        i--;
        dots--;
    }
    if (i == domain || dots == 0)
        return 0;
    bool of_patient = mrse_privacy_announced(s, at, 32, near);
    return of_patient || private_domain(s->text + domain, i - domain) ? i - at : 0;
}

size_t mrse_privacy_marks(const scan *s, size_t at, mrse_identifier *what)
{
    char c = s->text[at];
    bool before = at > 0 && (of_address(s->text[at - 1]) || s->text[at - 1] == '@');

    if (c == '\0' || !of_address(c) || before)
        return 0;
    if (mrse_privacy_is_digit(c)) {
        size_t n = find_uid(s, at);
        *what = MRSE_IDENTIFIER_UID;
        if (n > 0)
            return n;
    }
    *what = MRSE_IDENTIFIER_EMAIL;
    return find_email(s, at);
}

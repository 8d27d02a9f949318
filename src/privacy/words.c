/* What a word announces: dates of birth, names, hospital numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "privacy_internal.h"

static size_t skip(const scan *s, size_t at, const char *any)
{
    size_t i = at;
    while (i < s->n && s->text[i] != '\0' && strchr(any, s->text[i]) != NULL)
        i++;
    return i - at;
}

static size_t digits(const scan *s, size_t at)
{
    size_t i = at;
    while (i < s->n && mrse_privacy_is_digit(s->text[i]))
        i++;
    return i - at;
}

/* "03/11/1962", "3.11.62", "1962-11-03". */
static size_t date_in_figures(const scan *s, size_t at)
{
    size_t part[3], i = at;
    for (int k = 0; k < 3; k++) {
        part[k] = digits(s, i);
        i += part[k];
        if (part[k] == 0 || (k < 2 && skip(s, i, "/.-") != 1))
            return 0;
        i += k < 2;
    }
    bool year_last = part[0] <= 2 && part[1] <= 2 && (part[2] == 2 || part[2] == 4);
    bool year_first = part[0] == 4 && part[1] <= 2 && part[2] <= 2;
    return year_last || year_first ? i - at : 0;
}

/* "3 November 1962", "3rd Nov 62". */
static size_t date_in_words(const scan *s, size_t at)
{
    static const char *const month[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    size_t day = digits(s, at), i = at + day;

    if (day == 0 || day > 2)
        return 0;
    while (i < s->n && mrse_privacy_is_letter(s->text[i]) && i - at < day + 2)
        i++; /* st, nd, rd, th */
    i += skip(s, i, " -");
    for (size_t m = 0; m < sizeof month / sizeof month[0]; m++) {
        size_t k = 0;
        while (k < 3 && i + k < s->n &&
               ((unsigned char)s->text[i + k] | 0x20U) == (unsigned char)month[m][k])
            k++;
        if (k < 3)
            continue;
        while (i < s->n && mrse_privacy_is_letter(s->text[i]))
            i++;
        i += skip(s, i, " -,.");
        size_t year = digits(s, i);
        return year == 4 || year == 2 ? i + year - at : 0;
    }
    return 0;
}

size_t mrse_privacy_date(const scan *s, size_t at)
{
    size_t n = date_in_figures(s, at);
    return n > 0 ? n : date_in_words(s, at);
}

/* The length of one of the words at `at`, with what stands between it and what it announces. */
static size_t announcement(const scan *s, size_t at, const char *const *word, const char *between)
{
    for (size_t w = 0; word[w] != NULL; w++) {
        size_t n = mrse_privacy_word(s, at, word[w]);
        if (n > 0)
            return n + skip(s, at + n, between);
    }
    return 0;
}

static size_t find_birth(const scan *s, size_t at)
{
    static const char *const word[] = {"date of birth",    "birth date", "birthdate",
                                       "patientbirthdate", "d.o.b",      "dob",
                                       "born on",          "born",       NULL};
    size_t n = announcement(s, at, word, " .:=,\"'()-\t\n");
    size_t date = n > 0 ? mrse_privacy_date(s, at + n) : 0;

    if (n > 0 && date == 0 && digits(s, at + n) == 8) /* DICOM: 19621103 */
        date = 8;
    return date > 0 ? n + date : 0;
}

/* A capital, then at least one small letter, as in "Smith", "O'Brien", "McDonald". */
static size_t capitalised(const scan *s, size_t at)
{
    size_t i = at, small = 0;

    if (i >= s->n || s->text[i] < 'A' || s->text[i] > 'Z')
        return 0;
    for (i++; i < s->n &&
              (mrse_privacy_is_letter(s->text[i]) || s->text[i] == '\'' || s->text[i] == '-');
         i++)
        small += s->text[i] >= 'a';
    return small > 0 ? i - at : 0;
}

/* "Mr" is a title only as written; "MR" is magnetic resonance, "Ms" also saturation. */
static size_t find_title(const scan *s, size_t at)
{
    static const char *const title[] = {"Mr", "Mrs", "Miss", "Ms", "Mx", "Master", NULL};

    if (!mrse_privacy_begins(s, at))
        return 0;
    for (size_t t = 0; title[t] != NULL; t++) {
        size_t n = strlen(title[t]);
        if (n > s->n - at || strncmp(s->text + at, title[t], n) != 0)
            continue;
        size_t gap = skip(s, at + n, ". ");
        if (gap == 0)
            continue;
        size_t i = at + n + gap;
        while (i + 1 < s->n && s->text[i] >= 'A' && s->text[i] <= 'Z' &&
               (s->text[i + 1] == '.' || s->text[i + 1] == ' ')) /* initials */
            i += 1 + skip(s, i + 1, ". ");
        size_t name = capitalised(s, i);
        if (name > 0)
            return i + name - at;
    }
    return 0;
}

/* "Patient: Jane Smith", "Patient name: SMITH, Jane"; two names are needed where no colon says that
 * one follows. */
static size_t find_patient_name(const scan *s, size_t at)
{
    static const char *const word[] = {
        "patient name", "patient's name", "patientname", "name of patient",
        "pt name",      "patient",        NULL};
    size_t n = announcement(s, at, word, " \"'");
    size_t colon = n > 0 ? skip(s, at + n, ":=") : 0;

    if (colon == 0)
        return 0;
    size_t i = at + n + colon;
    i += skip(s, i, " \"'");
    size_t first = capitalised(s, i), upper = 0;
    while (first == 0 && i + upper < s->n && s->text[i + upper] >= 'A' && s->text[i + upper] <= 'Z')
        upper++;
    if (first == 0 && upper < 2)
        return 0;
    i += first > 0 ? first : upper;
    size_t gap = skip(s, i, " ,^");
    size_t second = gap > 0 ? capitalised(s, i + gap) : 0;
    return second > 0 ? i + gap + second - at : 0;
}

/* A number of letters and digits with at least five digits. */
static size_t local_number(const scan *s, size_t at)
{
    size_t i = at, figures = 0;
    while (i < s->n &&
           (mrse_privacy_is_digit(s->text[i]) || (s->text[i] >= 'A' && s->text[i] <= 'Z') ||
            s->text[i] == '-' || s->text[i] == '/')) {
        figures += mrse_privacy_is_digit(s->text[i]);
        i++;
    }
    return figures >= 5 ? i - at : 0;
}

static size_t find_hospital(const scan *s, size_t at)
{
    static const char *const word[] = {
        "mrn",       "hospital number", "hospital no", "hosp no",          "patient id",
        "patientid", "patient number",  "unit number", "accession number", "accession no",
        "accession", "accessionnumber", "cris number", "cris no",          "x-ray number",
        NULL};
    size_t n = announcement(s, at, word, " .:=#\"'\t");
    size_t number = n > 0 ? local_number(s, at + n) : 0;
    return number > 0 ? n + number : 0;
}

size_t mrse_privacy_words(const scan *s, size_t at, mrse_identifier *what)
{
    if (!mrse_privacy_is_letter(s->text[at]) || !mrse_privacy_begins(s, at))
        return 0;
    size_t n = find_birth(s, at);
    *what = MRSE_IDENTIFIER_BIRTH;
    if (n == 0) {
        *what = MRSE_IDENTIFIER_HOSPITAL;
        n = find_hospital(s, at);
    }
    if (n == 0) {
        *what = MRSE_IDENTIFIER_NAME;
        n = find_patient_name(s, at);
    }
    return n > 0 ? n : find_title(s, at);
}

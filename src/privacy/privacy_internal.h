/* Between the finders of numbers and of words. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PRIVACY_INTERNAL_H
#define MRSE_PRIVACY_INTERNAL_H

#include <stdbool.h>

#include "mrse/privacy.h"

/* The text being looked at. */
typedef struct scan {
    const char *text;
    size_t n;
} scan;

/* Each finder says how long an identifier is that begins at `at`; 0: there is none. `what` is set
 * when there is one. */
typedef size_t finder(const scan *s, size_t at, mrse_identifier *what);

finder mrse_privacy_digits; /* NHS, CHI, H&C numbers (digits.c) */
finder mrse_privacy_words;  /* what follows a word that announces it (words.c) */
finder mrse_privacy_marks;  /* UIDs and e-mail addresses (marks.c) */

bool mrse_privacy_is_digit(char c);
bool mrse_privacy_is_letter(char c);
/* No letter or digit stands right before `at`. */
bool mrse_privacy_begins(const scan *s, size_t at);
/* Does `word` (lower case) stand at `at`, in any case, and end there? Its length, or 0. */
size_t mrse_privacy_word(const scan *s, size_t at, const char *word);
/* Is one of the words (ending with NULL) within `before` characters before `at`, on the same line or
 * the one above? */
bool mrse_privacy_announced(const scan *s, size_t at, size_t before, const char *const *word);
/* A date at `at` in a usual form: its length, or 0. */
size_t mrse_privacy_date(const scan *s, size_t at);

#endif

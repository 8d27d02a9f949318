/* Building a sentence in a fixed array, cut when it is full: decisions carry their reason without
 * needing memory. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PHRASE_H
#define MRSE_PHRASE_H

#include <string.h>

#include "mrse/text.h"

typedef struct phrase {
    char *text;
    size_t size;
} phrase;

static inline void phrase_add(phrase to, const char *text)
{
    size_t used = strlen(to.text);
    mrse_text_copy(to.text + used, to.size - used, text);
}

/* A number in another unit: seconds as minutes, metres as centimetres. */
static inline void phrase_num(phrase to, double si, double per_unit, int digits, const char *unit)
{
    char num[MRSE_NUM_MAX];
    mrse_text_num(num, si / per_unit, digits);
    phrase_add(to, num);
    phrase_add(to, unit);
}

#endif

/* Text: growable buffers, and numbers that read and print the same under every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEXT_H
#define MRSE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A growable, always NUL-terminated byte string. The first failure sticks in `status` and later
 * calls do nothing, so a writer checks once, at the end. Initialise with {0}. */
typedef struct mrse_buf {
    char *data; /* NULL while empty: use mrse_buf_text */
    size_t len, cap;
    mrse_status status;
} mrse_buf;

void mrse_buf_free(mrse_buf *buf);
const char *mrse_buf_text(const mrse_buf *buf); /* never NULL */
void mrse_buf_add(mrse_buf *buf, const char *text);
void mrse_buf_addn(mrse_buf *buf, const char *bytes, size_t n);
/* printf formatting, for text and integers. Never format a double with it (the locale decides the
 * decimal mark): use mrse_buf_num or mrse_text_num. `make lint` looks for this. */
void mrse_buf_addf(mrse_buf *buf, const char *format, ...) MRSE_PRINTF(2, 3);
void mrse_buf_num(mrse_buf *buf, double value, int digits); /* as mrse_text_num */

/** Read one decimal number that fills all of text[0..n): [+-]digits[.digits][e[+-]digits].
 *  Given     text, n      bytes, need not be NUL-terminated
 *  Returned  value        nearest double
 *            half_ulp     half of the last printed place ("2.50" gives 0.005); may be NULL
 *  Status    MRSE_OK | MRSE_ERR_INPUT (not a number, overflow, nan, inf, hex, spaces, comma)
 *  Valid     any locale: the decimal mark is '.', whatever setlocale says */
mrse_status mrse_text_read_num(const char *text, size_t n, double *value,
                               double *half_ulp) MRSE_MUST_USE;

/** The same, times 10^exp10: decimal shifting is exact where multiplying is not (70 * 0.01 is not
 *  0.7), so that "70 G/cm" and "0.7 T/m" are the same double. */
mrse_status mrse_text_read_num10(const char *text, size_t n, int exp10, double *value,
                                 double *half_ulp) MRSE_MUST_USE;

enum { MRSE_NUM_MAX = 32 };
/** Print with `digits` significant digits, shortest form of %g, '.' as mark, no trailing zeros
 *  removed ("%#.4g" habit without a dangling mark: 2.500, 1200, 0.0005000). Not finite: "not finite". */
void mrse_text_num(char out[MRSE_NUM_MAX], double value, int digits);

/** Print with fixed decimals, '.' as mark. Not finite: "not finite". */
void mrse_text_fixed(char out[MRSE_NUM_MAX], double value, int decimals);

/** Copy `from` into `to[size]`, cut on a UTF-8 boundary when it does not fit. */
void mrse_text_copy(char *to, size_t size, const char *from);

bool mrse_text_equal(const char *a, const char *b); /* NULL equals only NULL */

/** The nearest of `n` names to `word` within edit distance 2, or NULL: for "did you mean". */
const char *mrse_text_nearest(const char *word, const char *const *names, size_t n);

/** True when text[0..n) is well-formed UTF-8 without NUL. */
bool mrse_text_is_utf8(const char *text, size_t n);

#ifdef __cplusplus
}
#endif
#endif

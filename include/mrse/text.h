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
    mrse_status status; /* MRSE_OK | MRSE_ERR_NOMEM | MRSE_ERR_ARG */
} mrse_buf;

void mrse_buf_free(mrse_buf *buf);                  /* empty again; NULL is fine */
const char *mrse_buf_text(const mrse_buf *buf);     /* borrowed, never NULL */
void mrse_buf_add(mrse_buf *buf, const char *text); /* NULL adds nothing */
void mrse_buf_addn(mrse_buf *buf, const char *bytes, size_t n);
/* printf formatting, for text and integers. Never format a double with it (the locale decides the
 * decimal mark): use mrse_buf_num or mrse_text_num. `make lint` looks for this. */
void mrse_buf_addf(mrse_buf *buf, const char *format, ...) MRSE_PRINTF(2, 3);
void mrse_buf_num(mrse_buf *buf, double value, int digits); /* as mrse_text_num */

/** Read one decimal number that fills all of text[0..n): [+-]digits[.digits][e[+-]digits].
 *  Given     text, n   bytes, need not be NUL-terminated; at most 128
 *  Returned  value     nearest double; 0 on failure
 *            half_ulp  half of the last printed place ("2.50" gives 0.005); may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (not a number, overflow, underflow to zero,
 *            nan, inf, hex, spaces, comma)
 *  Accuracy  correctly rounded
 *  Valid     any locale: the decimal mark is '.', whatever setlocale says
 *  Tests     tests/unit/test_text.c, also under a locale with a decimal comma */
mrse_status mrse_text_read_num(const char *text, size_t n, double *value,
                               double *half_ulp) MRSE_MUST_USE;

/** The same, times 10^exp10: decimal shifting is exact where multiplying is not (70 * 0.01 is not
 *  0.7), so that "70 G/cm" and "0.7 T/m" are the same double.
 *  Status    as mrse_text_read_num
 *  Tests     tests/unit/test_text.c */
mrse_status mrse_text_read_num10(const char *text, size_t n, int exp10, double *value,
                                 double *half_ulp) MRSE_MUST_USE;

enum { MRSE_NUM_MAX = 32 };

/** Print with significant digits, '.' as mark, trailing zeros kept: 2.500, 1200, 0.0005000. Below
 *  1e-4, and from 1e6 on unless the digits reach that far, with exponent: 1.20e+06.
 *  Given     digits    1 to 17; others are taken as the nearest of these
 *  Returned  out       "not finite" for NaN and infinity; zero has no sign
 *  Accuracy  correctly rounded; 17 digits read back as the same double
 *  Tests     tests/unit/test_text.c */
void mrse_text_num(char out[MRSE_NUM_MAX], double value, int digits);

/** Print with fixed decimals, 0 to 12, '.' as mark; from 1e15 on as mrse_text_num with 17 digits.
 *  Returned  out       "not finite" for NaN and infinity; what rounds to zero has no sign
 *  Tests     tests/unit/test_text.c */
void mrse_text_fixed(char out[MRSE_NUM_MAX], double value, int decimals);

/** Copy `from` into `to[size]`, cut on a UTF-8 boundary when it does not fit; NULL gives "".
 *  Tests     tests/unit/test_text.c */
void mrse_text_copy(char *to, size_t size, const char *from);

/** Equal texts; NULL equals only NULL. */
bool mrse_text_equal(const char *a, const char *b);

/** The nearest of `n` names to `word`, for "did you mean".
 *  Returned  one of the names, or NULL when none is within edit distance 2 (1 for words of one or
 *            two letters); swapped neighbours count as one edit, a slip of case as half
 *  Tests     tests/unit/test_text.c */
const char *mrse_text_nearest(const char *word, const char *const *names, size_t n);

/** True when text[0..n) is well-formed UTF-8 without NUL.
 *  Source    RFC 3629, section 4
 *  Tests     tests/unit/test_text.c */
bool mrse_text_is_utf8(const char *text, size_t n);

#ifdef __cplusplus
}
#endif
#endif

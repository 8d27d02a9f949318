/* Comparing doubles in tests. cmocka's own float assert is single precision, absolute, and lets
 * NaN pass; these fail on NaN and on infinity, on either side and in the tolerance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_CLOSE_H
#define MRSE_TEST_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* |got - want| <= atol, all finite, atol >= 0. */
static inline bool close_abs(double got, double want, double atol)
{
    return isfinite(got) && isfinite(want) && isfinite(atol) && atol >= 0 &&
           fabs(got - want) <= atol;
}

/* |got - want| <= rtol |want|, all finite, rtol >= 0. A wanted zero is met by zero only. */
static inline bool close_rel(double got, double want, double rtol)
{
    return isfinite(rtol) && rtol >= 0 && close_abs(got, want, rtol * fabs(want));
}

static inline void close_check(bool ok, const char *how, double got, double want, double tol,
                               const char *text, const char *file, int line)
{
    double diff = got - want;

    if (ok)
        return;
    print_error("%s: got %.17g, want %.17g, difference %.3g (relative %.3g), %s tolerance %.3g\n",
                text, got, want, diff, diff / fabs(want), how, tol);
    _fail(file, line);
}

static inline void close_check_rel(double got, double want, double rtol, const char *text,
                                   const char *file, int line)
{
    close_check(close_rel(got, want, rtol), "relative", got, want, rtol, text, file, line);
}

static inline void close_check_abs(double got, double want, double atol, const char *text,
                                   const char *file, int line)
{
    close_check(close_abs(got, want, atol), "absolute", got, want, atol, text, file, line);
}

/* Inline functions are called once per argument here, so an argument is evaluated once. */
#define assert_rel(got, want, rtol) close_check_rel((got), (want), (rtol), #got, __FILE__, __LINE__)
#define assert_abs(got, want, atol) close_check_abs((got), (want), (atol), #got, __FILE__, __LINE__)

#endif

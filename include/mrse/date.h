/* Dates as text: ISO 8601, UTC; never the clock (that is cli's business).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DATE_H
#define MRSE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_date {
    int year, month, day;     /* Gregorian, 1900 to 2999 */
    int hour, minute, second; /* UTC */
    bool has_time;
} mrse_date;

enum { MRSE_DATE_TEXT = 24 };

/** Read "2026-11-22" or "2026-11-22T10:20:30Z".
 *  Returned  date      zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (any other form, no such day, leap second,
 *            year outside 1900 to 2999)
 *  Source    ISO 8601-1:2019, 5.2.2.1 and 5.4.2.1 (extended format)
 *  Tests     tests/unit/test_date.c */
mrse_status mrse_date_read(const char *text, mrse_date *date) MRSE_MUST_USE;

/** Seconds from 1970-01-01T00:00:00Z, without leap seconds; 0 when there is no such date.
 *  Tests     tests/unit/test_date.c, against gmtime_r over the whole range */
int64_t mrse_date_seconds(const mrse_date *date);

/** The date and time of a number of seconds, with has_time set.
 *  Returned  date      zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE (outside 1900 to 2999)
 *  Tests     tests/unit/test_date.c */
mrse_status mrse_date_from_seconds(int64_t seconds, mrse_date *date) MRSE_MUST_USE;

/** "2026-11-22" or, with a time, "2026-11-22T10:20:30Z"; "no date" when there is no such date.
 *  Tests     tests/unit/test_date.c */
void mrse_date_text(const mrse_date *date, char out[MRSE_DATE_TEXT]);

/** Whole months from `from` to `to`, negative when `to` is earlier; 31 January to 28 February is
 *  none. 0 when either is no date: check before.
 *  Tests     tests/unit/test_date.c */
int mrse_date_months(const mrse_date *from, const mrse_date *to);

#ifdef __cplusplus
}
#endif
#endif

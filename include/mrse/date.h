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

/** Read "2026-11-22" or "2026-11-22T10:20:30Z"; MRSE_ERR_INPUT for anything else or no such day. */
mrse_status mrse_date_read(const char *text, mrse_date *date) MRSE_MUST_USE;
/** Seconds since 1970-01-01T00:00:00Z, from and to a date. */
int64_t mrse_date_seconds(const mrse_date *date);
mrse_status mrse_date_from_seconds(int64_t seconds, mrse_date *date) MRSE_MUST_USE;
/** "2026-11-22" or, with a time, "2026-11-22T10:20:30Z". */
void mrse_date_text(const mrse_date *date, char out[MRSE_DATE_TEXT]);
/** Whole months from `from` to `to` (negative when `to` is earlier). */
int mrse_date_months(const mrse_date *from, const mrse_date *to);

#ifdef __cplusplus
}
#endif
#endif

/* Dates as text, Gregorian and UTC. Days are counted from 1 March, so that the leap day comes last
 * and month lengths follow one formula. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/date.h"

#include <stdio.h>
#include <string.h>

#include "mrse/text.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2999 };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool is_valid(const mrse_date *d)
{
    if (d->year < YEAR_MIN || d->year > YEAR_MAX || d->month < 1 || d->month > 12)
        return false;
    if (d->day < 1 || d->day > month_days(d->year, d->month))
        return false;
    return d->hour >= 0 && d->hour <= 23 && d->minute >= 0 && d->minute <= 59 && d->second >= 0 &&
           d->second <= 59;
}

/* The pattern's '0' stands for any digit. */
static bool looks_like(const char *text, const char *pattern)
{
    for (; *pattern; text++, pattern++) {
        if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern)
            return false;
    }
    return *text == '\0';
}

static int digits(const char *text, int n)
{
    int value = 0;

    for (; n > 0; n--, text++)
        value = value * 10 + (*text - '0');
    return value;
}

mrse_status mrse_date_read(const char *text, mrse_date *date)
{
    mrse_date d = {0};

    if (date)
        *date = d;
    if (!text || !date)
        return MRSE_ERR_ARG;
    d.has_time = looks_like(text, "0000-00-00T00:00:00Z");
    if (!d.has_time && !looks_like(text, "0000-00-00"))
        return MRSE_ERR_INPUT;
    d.year = digits(text, 4);
    d.month = digits(text + 5, 2);
    d.day = digits(text + 8, 2);
    if (d.has_time) {
        d.hour = digits(text + 11, 2);
        d.minute = digits(text + 14, 2);
        d.second = digits(text + 17, 2);
    }
    if (!is_valid(&d))
        return MRSE_ERR_INPUT;
    *date = d;
    return MRSE_OK;
}

/* Days from 1970-01-01. */
static int64_t day_number(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

int64_t mrse_date_seconds(const mrse_date *date)
{
    int64_t days;

    if (!date || !is_valid(date))
        return 0;
    days = day_number(date->year, date->month, date->day);
    return days * 86400 + date->hour * INT64_C(3600) + date->minute * INT64_C(60) + date->second;
}

mrse_status mrse_date_from_seconds(int64_t seconds, mrse_date *date)
{
    int64_t days, rest, first = day_number(YEAR_MIN, 1, 1);
    mrse_date d = {.month = 1, .day = 1, .has_time = true};

    if (!date)
        return MRSE_ERR_ARG;
    memset(date, 0, sizeof *date);
    if (seconds < first * 86400 || seconds >= day_number(YEAR_MAX + 1, 1, 1) * 86400)
        return MRSE_ERR_RANGE;
    rest = (seconds % 86400 + 86400) % 86400;
    days = (seconds - rest) / 86400;
    d.year = (int)(YEAR_MIN + (days - first) / 366); /* never too late; then step forward */
    while (day_number(d.year + 1, 1, 1) <= days)
        d.year++;
    while (d.month < 12 && day_number(d.year, d.month + 1, 1) <= days)
        d.month++;
    d.day = (int)(days - day_number(d.year, d.month, 1)) + 1;
    d.hour = (int)(rest / 3600);
    d.minute = (int)(rest / 60 % 60);
    d.second = (int)(rest % 60);
    *date = d;
    return MRSE_OK;
}

static void put(char *to, int value, int n)
{
    for (; n > 0; n--, value /= 10)
        to[n - 1] = (char)('0' + value % 10);
}

void mrse_date_text(const mrse_date *date, char out[MRSE_DATE_TEXT])
{
    if (!date || !is_valid(date)) {
        mrse_text_copy(out, MRSE_DATE_TEXT, "no date");
        return;
    }
    mrse_text_copy(out, MRSE_DATE_TEXT, date->has_time ? "0000-00-00T00:00:00Z" : "0000-00-00");
    put(out, date->year, 4);
    put(out + 5, date->month, 2);
    put(out + 8, date->day, 2);
    if (date->has_time) {
        put(out + 11, date->hour, 2);
        put(out + 14, date->minute, 2);
        put(out + 17, date->second, 2);
    }
}

int mrse_date_months(const mrse_date *from, const mrse_date *to)
{
    const mrse_date *a = from, *b = to;
    int64_t of_day_a, of_day_b;
    int months, sign = 1;

    if (!from || !to || !is_valid(from) || !is_valid(to))
        return 0;
    if (mrse_date_seconds(from) > mrse_date_seconds(to)) {
        a = to;
        b = from;
        sign = -1;
    }
    months = (b->year - a->year) * 12 + b->month - a->month;
    of_day_a = mrse_date_seconds(a) - day_number(a->year, a->month, 1) * 86400;
    of_day_b = mrse_date_seconds(b) - day_number(b->year, b->month, 1) * 86400;
    if (of_day_b < of_day_a)
        months--;
    return sign * months;
}

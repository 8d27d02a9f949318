/* Dates: text, seconds, months. The C library's timegm-like conversion (gmtime_r) is the oracle.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "mrse/date.h"
#include "support/close.h"

static mrse_date date_of(const char *text)
{
    mrse_date d;

    if (mrse_date_read(text, &d) != MRSE_OK)
        fail_msg("'%s' was refused", text);
    return d;
}

static void assert_text(const mrse_date *d, const char *want)
{
    char text[MRSE_DATE_TEXT];

    mrse_date_text(d, text);
    assert_string_equal(text, want);
}

static void date_read__day__has_no_time(void **state)
{
    mrse_date d = date_of("2026-11-22");

    (void)state;
    assert_int_equal(d.year, 2026);
    assert_int_equal(d.month, 11);
    assert_int_equal(d.day, 22);
    assert_int_equal(d.hour + d.minute + d.second, 0);
    assert_false(d.has_time);
    assert_text(&d, "2026-11-22");
}

static void date_read__moment__has_time(void **state)
{
    mrse_date d = date_of("2026-11-22T10:20:30Z");

    (void)state;
    assert_int_equal(d.hour, 10);
    assert_int_equal(d.minute, 20);
    assert_int_equal(d.second, 30);
    assert_true(d.has_time);
    assert_text(&d, "2026-11-22T10:20:30Z");
}

static void date_read__leap_days__follow_the_calendar(void **state)
{
    mrse_date d;

    (void)state;
    (void)date_of("2024-02-29");
    (void)date_of("2000-02-29");
    assert_int_equal(mrse_date_read("2026-02-29", &d), MRSE_ERR_INPUT);
    assert_int_equal(mrse_date_read("1900-02-29", &d), MRSE_ERR_INPUT);
    assert_int_equal(mrse_date_read("2100-02-29", &d), MRSE_ERR_INPUT);
    assert_int_equal(d.year, 0);
}

static void date_read__last_day_of_each_month__is_the_last(void **state)
{
    static const int last[2][12] = {{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
                                    {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};
    int leap, month;

    (void)state;
    for (leap = 0; leap < 2; leap++) {
        for (month = 1; month <= 12; month++) {
            int year = leap ? 2024 : 2026, day = last[leap][month - 1];
            char text[48];
            mrse_date d;

            (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
            d = date_of(text);
            assert_text(&d, text);
            (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day + 1);
            assert_int_equal(mrse_date_read(text, &d), MRSE_ERR_INPUT);
        }
    }
}

static void date_read__anything_else__is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "2026",
        "2026-11",
        "2026-1-2",
        "22-11-2026",
        "22/11/2026",
        "2026/11/22",
        "2026-11-22 ",
        " 2026-11-22",
        "2026-11-22T10:20:30",
        "2026-11-22T10:20Z",
        "2026-11-22 10:20:30Z",
        "2026-11-22T10:20:30z",
        "2026-11-22T10:20:30+00:00",
        "2026-11-22T24:00:00Z",
        "2026-11-22T23:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-00-10",
        "2026-13-10",
        "2026-11-00",
        "2026-11-31",
        "2026-04-31",
        "1899-12-31",
        "3000-01-01",
        "20a6-11-22",
        "2026-11-22T10:20:30ZZ",
        "-026-11-22",
        "2026-11-2\xC2\xB2",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        mrse_date d;

        memset(&d, 0x5A, sizeof d);
        if (mrse_date_read(texts[i], &d) != MRSE_ERR_INPUT)
            fail_msg("'%s' was accepted", texts[i]);
        assert_int_equal(d.year, 0);
        assert_false(d.has_time);
    }
}

static void date_read__misuse__is_err_arg(void **state)
{
    mrse_date d;

    (void)state;
    assert_int_equal(mrse_date_read(NULL, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_date_read("2026-11-22", NULL), MRSE_ERR_ARG);
}

static void date_seconds__known_moments__are_right(void **state)
{
    mrse_date d = date_of("1970-01-01");

    (void)state;
    assert_int_equal(mrse_date_seconds(&d), 0);
    d = date_of("2001-09-09T01:46:40Z");
    assert_int_equal(mrse_date_seconds(&d), 1000000000);
    d = date_of("1969-12-31T23:59:59Z");
    assert_true(mrse_date_seconds(&d) == -1);
    d = date_of("1900-01-01");
    assert_true(mrse_date_seconds(&d) == -2208988800);
}

static void date_from_seconds__whole_range__agrees_with_gmtime(void **state)
{
    int64_t first, last, s;
    mrse_date d = date_of("1900-01-01"), e;

    (void)state;
    first = mrse_date_seconds(&d);
    d = date_of("2999-12-31T23:59:59Z");
    last = mrse_date_seconds(&d);
    for (s = first; s <= last; s += 86399 * 11 + 7) {
        time_t t = (time_t)s;
        struct tm tm;

        assert_non_null(gmtime_r(&t, &tm));
        assert_int_equal(mrse_date_from_seconds(s, &e), MRSE_OK);
        assert_true(e.year == tm.tm_year + 1900 && e.month == tm.tm_mon + 1 && e.day == tm.tm_mday);
        assert_true(e.hour == tm.tm_hour && e.minute == tm.tm_min && e.second == tm.tm_sec);
        assert_true(e.has_time);
        assert_true(mrse_date_seconds(&e) == s);
    }
    assert_int_equal(mrse_date_from_seconds(first, &e), MRSE_OK);
    assert_text(&e, "1900-01-01T00:00:00Z");
    assert_int_equal(mrse_date_from_seconds(last, &e), MRSE_OK);
    assert_text(&e, "2999-12-31T23:59:59Z");
    assert_int_equal(mrse_date_from_seconds(first - 1, &e), MRSE_ERR_RANGE);
    assert_int_equal(e.year, 0);
    assert_int_equal(mrse_date_from_seconds(last + 1, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_date_from_seconds(INT64_MAX, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_date_from_seconds(INT64_MIN, &e), MRSE_ERR_RANGE);
    assert_int_equal(mrse_date_from_seconds(0, NULL), MRSE_ERR_ARG);
}

static void date_text__no_such_day__says_so(void **state)
{
    mrse_date d = {.year = 2026, .month = 2, .day = 30};

    (void)state;
    assert_text(&d, "no date");
    assert_text(NULL, "no date");
    assert_int_equal(mrse_date_seconds(&d), 0);
    assert_int_equal(mrse_date_seconds(NULL), 0);
    d = (mrse_date){.year = 2026, .month = 1, .day = 1, .hour = -1};
    assert_text(&d, "no date");
}

static void date_months__whole_months__are_counted(void **state)
{
    static const struct {
        const char *from, *to;
        int months;
    } cases[] = {
        {"2025-09-20", "2026-11-22", 14},
        {"2025-09-22", "2026-11-22", 14},
        {"2025-09-23", "2026-11-22", 13},
        {"2026-11-22", "2026-11-22", 0},
        {"2026-11-22", "2025-09-20", -14},
        {"2026-11-22", "2026-11-21", 0},
        {"2026-01-31", "2026-02-28", 0},
        {"2026-01-31", "2026-03-01", 1},
        {"2025-12-31", "2026-01-01", 0},
        {"2026-10-22T12:00:00Z", "2026-11-22T11:59:59Z", 0},
        {"2026-10-22T12:00:00Z", "2026-11-22T12:00:00Z", 1},
        {"1900-01-01", "2999-12-31", 13199},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mrse_date from = date_of(cases[i].from), to = date_of(cases[i].to);

        assert_int_equal(mrse_date_months(&from, &to), cases[i].months);
        assert_int_equal(mrse_date_months(&to, &from), -cases[i].months);
    }
}

static void date_months__no_date__is_zero(void **state)
{
    mrse_date none = {0}, d = date_of("2026-11-22");

    (void)state;
    assert_int_equal(mrse_date_months(&none, &d), 0);
    assert_int_equal(mrse_date_months(&d, &none), 0);
    assert_int_equal(mrse_date_months(NULL, &d), 0);
    assert_int_equal(mrse_date_months(&d, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date_read__day__has_no_time),
        cmocka_unit_test(date_read__moment__has_time),
        cmocka_unit_test(date_read__leap_days__follow_the_calendar),
        cmocka_unit_test(date_read__last_day_of_each_month__is_the_last),
        cmocka_unit_test(date_read__anything_else__is_refused),
        cmocka_unit_test(date_read__misuse__is_err_arg),
        cmocka_unit_test(date_seconds__known_moments__are_right),
        cmocka_unit_test(date_from_seconds__whole_range__agrees_with_gmtime),
        cmocka_unit_test(date_text__no_such_day__says_so),
        cmocka_unit_test(date_months__whole_months__are_counted),
        cmocka_unit_test(date_months__no_date__is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

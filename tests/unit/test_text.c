/* Buffers, UTF-8, names, and numbers as text under every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mrse/text.h"
#include "support/close.h"
#include "support/oom.h"

/* --- Buffers --------------------------------------------------------------------------------- */

static void buf_text__empty__is_an_empty_string(void **state)
{
    mrse_buf buf = {0};

    (void)state;
    assert_string_equal(mrse_buf_text(&buf), "");
    assert_string_equal(mrse_buf_text(NULL), "");
    mrse_buf_free(&buf);
    mrse_buf_free(NULL);
}

static void buf_add__pieces__are_joined(void **state)
{
    mrse_buf buf = {0};

    (void)state;
    mrse_buf_add(&buf, "one");
    mrse_buf_add(&buf, NULL);
    mrse_buf_addn(&buf, " two, not this", 4);
    mrse_buf_addf(&buf, " %s %d", "three", 4);
    mrse_buf_num(&buf, 5.25, 3);
    assert_string_equal(mrse_buf_text(&buf), "one two three 45.25");
    assert_int_equal(buf.len, strlen(buf.data));
    assert_int_equal(buf.status, MRSE_OK);
    mrse_buf_free(&buf);
    assert_null(buf.data);
    assert_int_equal(buf.len, 0);
}

static void buf_addn__zero_bytes__are_kept(void **state)
{
    mrse_buf buf = {0};

    (void)state;
    mrse_buf_addn(&buf, "a\0b", 3);
    assert_int_equal(buf.len, 3);
    assert_memory_equal(buf.data, "a\0b", 4);
    mrse_buf_addn(&buf, NULL, 0);
    assert_int_equal(buf.status, MRSE_OK);
    mrse_buf_free(&buf);
}

static void buf_addn__many__grows(void **state)
{
    mrse_buf buf = {0};
    size_t i;

    (void)state;
    for (i = 0; i < 5000; i++)
        mrse_buf_addf(&buf, "%zu,", i % 10);
    assert_int_equal(buf.len, 10000);
    for (i = 0; i < 5000; i++)
        assert_int_equal(buf.data[2 * i], '0' + (int)(i % 10));
    mrse_buf_free(&buf);
}

static void buf_addn__misuse__sticks(void **state)
{
    mrse_buf buf = {0};

    (void)state;
    mrse_buf_add(&buf, "kept");
    mrse_buf_addn(&buf, NULL, 3);
    assert_int_equal(buf.status, MRSE_ERR_ARG);
    mrse_buf_add(&buf, "dropped");
    mrse_buf_addf(&buf, "%d", 5);
    mrse_buf_num(&buf, 5, 3);
    assert_string_equal(mrse_buf_text(&buf), "kept");
    mrse_buf_free(&buf);
    mrse_buf_add(NULL, "x");
    mrse_buf_addn(NULL, "x", 1);
    mrse_buf_addf(NULL, "%d", 5);
}

static void buf_addn__impossible_size__is_out_of_memory(void **state)
{
    mrse_buf buf = {0};

    (void)state;
    mrse_buf_addn(&buf, "x", SIZE_MAX / 2);
    assert_int_equal(buf.status, MRSE_ERR_NOMEM);
    assert_int_equal(buf.len, 0);
    mrse_buf_free(&buf);
}

static mrse_status fill(void *context)
{
    mrse_buf buf = {0};
    mrse_status status;
    int i;

    (void)context;
    for (i = 0; i < 100; i++) {
        mrse_buf_add(&buf, "some text ");
        mrse_buf_addf(&buf, "%d", i);
    }
    status = buf.status;
    mrse_buf_free(&buf);
    return status;
}

static void buf_add__out_of_memory__sticks_and_leaks_nothing(void **state)
{
    (void)state;
    assert_true(oom_exhaust(fill, NULL) >= 4);
    if (oom_libc_available())
        assert_true(oom_exhaust_libc(fill, NULL, 0) >= 4);
}

/* --- UTF-8 and names ------------------------------------------------------------------------- */

static void is_utf8__forms__are_told_apart(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        bool good;
    } cases[] = {
        {"", 0, true},
        {"plain", 5, true},
        {"\xC2\xB5T", 3, true},
        {"\xE2\x88\x87", 3, true},
        {"\xF0\x9F\xA7\xB2", 4, true},
        {"\xF4\x8F\xBF\xBF", 4, true},
        {"\xEF\xBF\xBF", 3, true},
        {"a\0b", 3, false},             /* NUL */
        {"\xB5T", 2, false},            /* Latin-1 */
        {"\xC2", 1, false},             /* cut */
        {"\xE2\x88", 2, false},         /* cut */
        {"\xF0\x9F\xA7", 3, false},     /* cut */
        {"\xC2T", 2, false},            /* no continuation */
        {"\xC0\x80", 2, false},         /* overlong NUL */
        {"\xC1\xBF", 2, false},         /* overlong */
        {"\xE0\x9F\xBF", 3, false},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 4, false}, /* overlong */
        {"\xED\xA0\x80", 3, false},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, false}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4, false},
        {"\xFF\xFE", 2, false},
        {"\xE2\x28\xA1", 3, false},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (mrse_text_is_utf8(cases[i].text, cases[i].n) != cases[i].good)
            fail_msg("case %zu", i);
    assert_false(mrse_text_is_utf8(NULL, 0));
}

static void text_copy__too_long__is_cut_between_characters(void **state)
{
    char to[8];

    (void)state;
    mrse_text_copy(to, sizeof to, "1234567");
    assert_string_equal(to, "1234567");
    mrse_text_copy(to, sizeof to, "12345678");
    assert_string_equal(to, "1234567");
    mrse_text_copy(to, sizeof to, "123456\xC2\xB5");
    assert_string_equal(to, "123456");
    mrse_text_copy(to, sizeof to, "12345\xC2\xB5x");
    assert_string_equal(to, "12345\xC2\xB5");
    mrse_text_copy(to, sizeof to, "1234\xF0\x9F\xA7\xB2");
    assert_string_equal(to, "1234");
    mrse_text_copy(to, 1, "\xC2\xB5");
    assert_string_equal(to, "");
    mrse_text_copy(to, sizeof to, NULL);
    assert_string_equal(to, "");
    to[0] = 'x';
    mrse_text_copy(to, 0, "y");
    assert_int_equal(to[0], 'x');
    mrse_text_copy(NULL, 5, "y");
}

static void text_equal__null__equals_only_null(void **state)
{
    (void)state;
    assert_true(mrse_text_equal("a", "a"));
    assert_false(mrse_text_equal("a", "A"));
    assert_false(mrse_text_equal("a", NULL));
    assert_false(mrse_text_equal(NULL, "a"));
    assert_false(mrse_text_equal(NULL, ""));
    assert_true(mrse_text_equal(NULL, NULL));
}

static const char *near(const char *word)
{
    static const char *const names[] = {"max_slew", "amplitude", NULL,  "",   "mT",
                                        "T",        "max_slow",  "sfg", "b0", "contours"};
    return mrse_text_nearest(word, names, sizeof names / sizeof names[0]);
}

static void text_nearest__slips__are_found(void **state)
{
    (void)state;
    assert_string_equal(near("max_slew"), "max_slew");
    assert_string_equal(near("max_slow"), "max_slow"); /* the exact one, not the first */
    assert_string_equal(near("max-slew"), "max_slew");
    assert_string_equal(near("maxslew"), "max_slew");
    assert_string_equal(near("amplitdue"), "amplitude"); /* neighbours swapped */
    assert_string_equal(near("amplitudes"), "amplitude");
    assert_string_equal(near("ampltud"), "amplitude"); /* two missing */
    assert_string_equal(near("SFG"), "sfg");           /* case counts half */
    assert_string_equal(near("countour"), "contours");
    assert_string_equal(near("mt"), "mT");
    assert_string_equal(near("b1"), "b0");
}

static void text_nearest__too_different__is_null(void **state)
{
    char longer[100];

    (void)state;
    assert_null(near("gradient"));
    assert_null(near("max_velocity"));
    assert_null(near("ampltu"));
    assert_null(near("xy")); /* of a short word two changes leave nothing */
    assert_null(near(""));
    assert_null(near(NULL));
    memset(longer, 'a', sizeof longer);
    longer[99] = '\0';
    assert_null(near(longer));
    assert_null(mrse_text_nearest("a", NULL, 0));
    {
        const char *const names[] = {longer};
        assert_null(mrse_text_nearest("a", names, 1));
    }
}

/* --- Numbers --------------------------------------------------------------------------------- */

static void assert_reads(const char *text, double want, double want_half)
{
    double value = -1, half = -1;

    if (mrse_text_read_num(text, strlen(text), &value, &half) != MRSE_OK)
        fail_msg("'%s' was refused", text);
    assert_rel(value, want, 0);
    assert_rel(half, want_half, 0);
}

static void read_num__numbers__give_the_nearest_double(void **state)
{
    (void)state;
    assert_reads("0", 0, 0.5);
    assert_reads("2.50", 2.5, 0.005);
    assert_reads("2500", 2500, 0.5);
    assert_reads("2.5e3", 2500, 50);
    assert_reads("2.5E+3", 2500, 50);
    assert_reads("25e-1", 2.5, 0.05);
    assert_reads("+7.2", 7.2, 0.05);
    assert_reads("-7.2", -7.2, 0.05);
    assert_reads("007.20", 7.2, 0.005);
    assert_reads("0.1", 0.1, 0.05);
    assert_reads("0.3", 0.3, 0.05);
    assert_reads("9007199254740993", 9007199254740992.0, 0.5);
    assert_reads("1.7976931348623157e308", DBL_MAX, 5e291);
    assert_reads("2.2250738585072014e-308", DBL_MIN, 0);
    assert_reads("0.000000000000000000000000000000000000001", 1e-39, 5e-40);
    assert_reads("1e-00000000000000000003", 0.001, 0.0005);
}

static void read_num__not_a_number__is_refused(void **state)
{
    static const char *const texts[] = {"",
                                        " ",
                                        "1 ",
                                        " 1",
                                        "1,5",
                                        ".5",
                                        "5.",
                                        "-",
                                        "+",
                                        "--1",
                                        "+-1",
                                        "e5",
                                        "1e",
                                        "1e+",
                                        "1e5.0",
                                        "1.2.3",
                                        "0x10",
                                        "0x1p3",
                                        "nan",
                                        "NaN",
                                        "inf",
                                        "-inf",
                                        "1_000",
                                        "1'000",
                                        "infinity",
                                        "1e5e5",
                                        "1f",
                                        "1e99999",
                                        "-1e400",
                                        "1e-400",
                                        "1e99999999999999999999",
                                        "0e99999",
                                        "\xD9\xA1",
                                        "1\n"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 5, half = 5;

        if (mrse_text_read_num(texts[i], strlen(texts[i]), &value, &half) != MRSE_ERR_INPUT)
            fail_msg("'%s' was accepted", texts[i]);
        assert_rel(value, 0, 0);
        assert_rel(half, 0, 0);
    }
}

static void read_num__length__is_obeyed(void **state)
{
    double value;
    char digits[200];

    (void)state;
    assert_int_equal(mrse_text_read_num("7.25 T", 3, &value, NULL), MRSE_OK);
    assert_rel(value, 7.2, 0);
    assert_int_equal(mrse_text_read_num("7\0"
                                        "5",
                                        3, &value, NULL),
                     MRSE_ERR_INPUT);
    assert_int_equal(mrse_text_read_num("7.25", 1, &value, NULL), MRSE_OK);
    assert_rel(value, 7, 0);
    assert_int_equal(mrse_text_read_num("7e5", 1, &value, NULL), MRSE_OK);
    assert_rel(value, 7, 0);
    assert_int_equal(mrse_text_read_num("7e5", 2, &value, NULL), MRSE_ERR_INPUT);
    assert_int_equal(mrse_text_read_num("7e+5", 2, &value, NULL), MRSE_ERR_INPUT);
    assert_int_equal(mrse_text_read_num("7e+5", 3, &value, NULL), MRSE_ERR_INPUT);
    memset(digits, '1', sizeof digits);
    assert_int_equal(mrse_text_read_num(digits, 128, &value, NULL), MRSE_OK);
    assert_rel(value, 1.1111111111111111e127, 1e-15);
    assert_int_equal(mrse_text_read_num(digits, 129, &value, NULL), MRSE_ERR_INPUT);
    assert_int_equal(mrse_text_read_num(NULL, 0, &value, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_text_read_num("1", 1, NULL, NULL), MRSE_ERR_ARG);
}

static void read_num10__shift__is_exact(void **state)
{
    double value, half;

    (void)state;
    assert_int_equal(mrse_text_read_num10("70", 2, -2, &value, &half), MRSE_OK);
    assert_rel(value, 0.7, 0);
    assert_rel(half, 0.005, 0);
    assert_int_equal(mrse_text_read_num10("1.5", 3, 6, &value, &half), MRSE_OK);
    assert_rel(value, 1.5e6, 0);
    assert_int_equal(mrse_text_read_num10("1e308", 5, 6, &value, &half), MRSE_ERR_INPUT);
}

static void assert_num(double value, int digits, const char *want)
{
    char text[MRSE_NUM_MAX];

    memset(text, 'x', sizeof text);
    mrse_text_num(text, value, digits);
    assert_string_equal(text, want);
}

static void text_num__digits__are_significant_and_kept(void **state)
{
    (void)state;
    assert_num(2.5, 4, "2.500");
    assert_num(1200, 4, "1200");
    assert_num(0.0005, 4, "0.0005000");
    assert_num(7.2, 3, "7.20");
    assert_num(720, 3, "720");
    assert_num(2500, 3, "2500");
    assert_num(123456, 3, "123000");
    assert_num(1234567, 3, "1.23e+06");
    assert_num(1234567, 7, "1234567");
    assert_num(1234567, 9, "1234567.00");
    assert_num(0.00012345, 2, "0.00012");
    assert_num(0.000012345, 2, "1.2e-05");
    assert_num(9.996, 3, "10.0");
    assert_num(999999.9, 3, "1.00e+06");
    assert_num(0.09999, 2, "0.10");
    assert_num(0, 3, "0.00");
    assert_num(-0.0, 3, "0.00");
    assert_num(-7.2, 3, "-7.20");
    assert_num(5, 1, "5");
    assert_num(5e9, 1, "5e+09");
    assert_num(5, 0, "5");
    assert_num(1.0 / 3, 99, "0.33333333333333331");
    assert_num(-DBL_MAX, 17, "-1.7976931348623157e+308");
    assert_num(-DBL_MIN, 17, "-2.2250738585072014e-308");
    assert_num((double)NAN, 3, "not finite");
    assert_num((double)INFINITY, 3, "not finite");
    assert_num(-(double)INFINITY, 3, "not finite");
}

static void assert_fixed(double value, int decimals, const char *want)
{
    char text[MRSE_NUM_MAX];

    memset(text, 'x', sizeof text);
    mrse_text_fixed(text, value, decimals);
    assert_string_equal(text, want);
}

static void text_fixed__decimals__are_fixed(void **state)
{
    (void)state;
    assert_fixed(7.25, 1, "7.2");
    assert_fixed(7.2, 2, "7.20");
    assert_fixed(-7.2, 2, "-7.20");
    assert_fixed(-0.001, 2, "0.00"); /* no minus before a zero */
    assert_fixed(0, 0, "0");
    assert_fixed(1234.5678, 0, "1235");
    assert_fixed(1234.5678, -3, "1235");
    assert_fixed(0.1, 99, "0.100000000000");
    assert_fixed(0.1, 13, "0.100000000000");
    assert_fixed(-999999999999999.0, 12, "-999999999999999.000000000000");
    assert_fixed(1e15, 2, "1000000000000000.0");
    assert_fixed(1e300, 2, "1.0000000000000001e+300");
    assert_fixed((double)NAN, 2, "not finite");
    assert_fixed((double)INFINITY, 2, "not finite");
}

static void text_num__17_digits__read_back_to_the_bit(void **state)
{
    unsigned long seed = 7;
    int i;

    (void)state;
    for (i = 0; i < 5000; i++) {
        char text[MRSE_NUM_MAX];
        double value, back;

        seed = (seed * 1103515245UL + 12345UL) & 0x7FFFFFFFUL;
        value = ldexp((double)seed + 1.0 / (double)(i + 3), (int)(seed % 1980) - 1000);
        mrse_text_num(text, value, 17);
        assert_int_equal(mrse_text_read_num(text, strlen(text), &back, NULL), MRSE_OK);
        assert_memory_equal(&back, &value, sizeof value);
    }
}

/* --- Locales --------------------------------------------------------------------------------- */

static bool uses_comma(const char *name)
{
    char text[16];

    if (!setlocale(LC_ALL, name))
        return false;
    (void)snprintf(text, sizeof text, "%.1f", 0.5);
    return strcmp(text, "0.5") != 0;
}

/* Sets a locale whose decimal mark is not a point: an installed one, else one built for the
 * purpose in a folder of its own. */
static bool set_comma_locale(char *folder, size_t size)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8",  "fr_FR.UTF-8",
                                        "fr_FR.utf8",  "nl_NL.UTF-8", "it_IT.UTF-8"};
    char command[512];
    size_t i;

    folder[0] = '\0';
    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (uses_comma(names[i]))
            return true;
    (void)snprintf(folder, size, "/tmp/mrse-locale-XXXXXX");
    if (!mkdtemp(folder))
        return false;
    (void)snprintf(command, sizeof command,
                   "localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >/dev/null 2>&1", folder);
    if (system(command) != 0 || setenv("LOCPATH", folder, 1) != 0)
        return false;
    return uses_comma("de_DE.UTF-8");
}

static char locale_folder[64];
static bool locale_set;

static int locale_setup(void **state)
{
    (void)state;
    locale_set = set_comma_locale(locale_folder, sizeof locale_folder);
    return 0;
}

static int locale_teardown(void **state)
{
    char command[128];

    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", locale_folder);
    if (locale_folder[0] && system(command) != 0)
        return 1;
    return setlocale(LC_ALL, "C") ? 0 : 1;
}

static void numbers__comma_locale__are_the_same(void **state)
{
    char text[16];

    if (!locale_set) {
        print_message("skipped: no locale with a decimal comma\n");
        return;
    }
    /* the trap is open: the C library itself prints and reads a comma */
    (void)snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5");
    assert_rel(strtod("0.5", NULL), 0, 0);
    read_num__numbers__give_the_nearest_double(state);
    read_num__not_a_number__is_refused(state);
    read_num10__shift__is_exact(state);
    text_num__digits__are_significant_and_kept(state);
    text_fixed__decimals__are_fixed(state);
    text_num__17_digits__read_back_to_the_bit(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf_text__empty__is_an_empty_string),
        cmocka_unit_test(buf_add__pieces__are_joined),
        cmocka_unit_test(buf_addn__zero_bytes__are_kept),
        cmocka_unit_test(buf_addn__many__grows),
        cmocka_unit_test(buf_addn__misuse__sticks),
        cmocka_unit_test(buf_addn__impossible_size__is_out_of_memory),
        cmocka_unit_test(buf_add__out_of_memory__sticks_and_leaks_nothing),
        cmocka_unit_test(is_utf8__forms__are_told_apart),
        cmocka_unit_test(text_copy__too_long__is_cut_between_characters),
        cmocka_unit_test(text_equal__null__equals_only_null),
        cmocka_unit_test(text_nearest__slips__are_found),
        cmocka_unit_test(text_nearest__too_different__is_null),
        cmocka_unit_test(read_num__numbers__give_the_nearest_double),
        cmocka_unit_test(read_num__not_a_number__is_refused),
        cmocka_unit_test(read_num__length__is_obeyed),
        cmocka_unit_test(read_num10__shift__is_exact),
        cmocka_unit_test(text_num__digits__are_significant_and_kept),
        cmocka_unit_test(text_fixed__decimals__are_fixed),
        cmocka_unit_test(text_num__17_digits__read_back_to_the_bit),
        cmocka_unit_test_setup_teardown(numbers__comma_locale__are_the_same, locale_setup,
                                        locale_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

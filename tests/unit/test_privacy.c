/* Identifiers of patients: what is found, and what is left alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/privacy.h"
#include "support/close.h"

static mrse_privacy look(const char *text)
{
    mrse_privacy found;
    mrse_privacy_scan(text, strlen(text), &found);
    return found;
}

static const struct {
    mrse_identifier what;
    int line, col, span;
    const char *text;
} planted[] = {
    {MRSE_IDENTIFIER_NHS, 1, 12, 12, "NHS number 943 476 5919 on the form"},
    {MRSE_IDENTIFIER_NHS, 1, 1, 12, "943-476-5919"},
    {MRSE_IDENTIFIER_NHS, 2, 3, 10, "nhs no:\n  9434765919"},
    {MRSE_IDENTIFIER_CHI, 1, 5, 10, "CHI 0311621236"},
    {MRSE_IDENTIFIER_HC, 1, 5, 10, "H&C 3201234567"},
    {MRSE_IDENTIFIER_BIRTH, 1, 1, 15, "DOB: 03/11/1962"},
    {MRSE_IDENTIFIER_BIRTH, 1, 10, 20, "she was (born 3 November 1962)"},
    {MRSE_IDENTIFIER_BIRTH, 1, 1, 25, "date of birth: 1962-11-03."},
    {MRSE_IDENTIFIER_NAME, 1, 10, 13, "scan for Mr J. O'Brien, knee"},
    {MRSE_IDENTIFIER_NAME, 1, 1, 10, "Mrs Müller"},
    {MRSE_IDENTIFIER_NAME, 1, 1, 19, "Patient: Jane Smith"},
    {MRSE_IDENTIFIER_NAME, 1, 1, 25, "patient name: SMITH, Jane"},
    {MRSE_IDENTIFIER_HOSPITAL, 1, 1, 12, "MRN: A123456"},
    {MRSE_IDENTIFIER_HOSPITAL, 1, 7, 26, "(see: hospital number: RX0098765)"},
    {MRSE_IDENTIFIER_UID, 1, 7, 42, "study 1.3.12.2.1107.5.2.19.45152.201304301000009"},
    {MRSE_IDENTIFIER_EMAIL, 1, 10, 20, "write to jane.smith@gmail.com please"},
    {MRSE_IDENTIFIER_EMAIL, 1, 10, 22, "patient: jane@smithfamily.co.uk"},
};

static void privacy_scan__planted_identifiers__each_found_where_it_stands(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof planted / sizeof planted[0]; i++) {
        mrse_privacy found = look(planted[i].text);
        if (found.seen != 1)
            fail_msg("'%s': %zu found", planted[i].text, found.seen);
        mrse_privacy_hit hit = found.hit[0];
        if (hit.what != planted[i].what || hit.line != planted[i].line ||
            hit.col != planted[i].col || hit.span != planted[i].span)
            fail_msg("'%s': %s at %d:%d+%d", planted[i].text, mrse_identifier_text(hit.what),
                     hit.line, hit.col, hit.span);
    }
}

static const char *const innocent[] = {
    "serial number 9434765919 of the implant",
    "device serial 2015123450",
    "SN 943476591 9",
    "lot 100 200 3004 56",
    "telephone 020 7946 0123",
    "phone +44 161 496 0000",
    "bleep 4321",
    "tel. 0113 496 0123 ext. 45",
    "version 1.2.3.4",
    "syngo MR XA30, 1.2.840.10008.5.1.4.1.1.4",
    "software 12.0.1.5",
    "GSL 2.7.1, jansson 2.14, libpng 1.6.39",
    "MR Conditional, MR Safe, MR Unsafe",
    "MR Safety Expert",
    "MR Environment",
    "Ms V gradB, with Ms = 1.7 MA/m",
    "Ms of iron",
    "the patient: 72 kg, 1.70 m",
    "patient: adult",
    "Patient position: HFS",
    "the patient name was removed",
    "date of the scan: 2026-11-22",
    "checked: 2026-11-22",
    "performed 22/11/2026",
    "born in mind",
    "the idea was born 3 years ago",
    "MRN was blanked out",
    "accession to the theatre",
    "unit number 3",
    "hospital number withheld",
    "a.physicist@nhs.net",
    "mrse.team@example-hospital.nhs.uk",
    "j.bloggs@university.ac.uk",
    "support@manufacturer.com",
    "see https://www.example.com/labels/123456789.html",
    "document 11096 Rev D 2018",
    "B1+rms 1.9 uT at 63.873 MHz",
    "2.894 T, 123.249 MHz",
    "1000000000 spins",
    "0.0000000001",
    "0.9434765919",
    "9434765919.5",
    "SHA-256 9434765919abcdef",
    "Revision 2020-01-01 (de) / 2020-06-01 (en)",
    "catalogue numbers 93100, 93101 and 93102",
    "Dr A. N. Example, consultant radiologist",
    "Professor Example",
    "Master protocol for the knee",
    "Miss the isocentre by 2 cm",
    "NHS England, and 40 mT/m",
    "NHS trust, 1234567890 events",
    "CHI squared 0311621230",
    "isocentre at 350 mm, 943 mm, 476 mm",
    "1.2.3",
    "10.1016/j.mri.2016.08.021",
};

static void privacy_scan__innocent_texts__nothing(void **state)
{
    (void)state;
    assert_true(sizeof innocent / sizeof innocent[0] >= 50);
    for (size_t i = 0; i < sizeof innocent / sizeof innocent[0]; i++) {
        mrse_privacy found = look(innocent[i]);
        if (found.seen != 0)
            fail_msg("'%s': %s at column %d", innocent[i], mrse_identifier_text(found.hit[0].what),
                     found.hit[0].col);
    }
}

static void privacy_scan__a_wrong_check_digit__is_no_health_number(void **state)
{
    char text[] = "NHS number 943 476 5910";
    size_t found = 0;

    (void)state;
    for (char last = '0'; last <= '9'; last++) {
        text[strlen(text) - 1] = last;
        found += look(text).seen;
    }
    assert_int_equal(found, 1);
}

static void privacy_scan__many__keeps_some_and_counts_all(void **state)
{
    char text[100 * 16] = "";
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        memcpy(text + n, "943 476 5919\n", 13);
        n += 13;
    }
    mrse_privacy found;
    mrse_privacy_scan(text, n, &found);
    assert_int_equal(found.seen, 100);
    assert_int_equal(found.n, MRSE_PRIVACY_MAX);
    assert_int_equal(found.hit[MRSE_PRIVACY_MAX - 1].line, MRSE_PRIVACY_MAX);
}

static void privacy_scan__cut_texts_and_bytes__no_harm(void **state)
{
    mrse_privacy found;

    (void)state;
    for (size_t i = 0; i < sizeof planted / sizeof planted[0]; i++)
        for (size_t n = 0; n <= strlen(planted[i].text); n++)
            mrse_privacy_scan(planted[i].text, n, &found);
    mrse_privacy_scan("\0\xff\xfe 943 476 5919\0", 15, &found);
    assert_int_equal(found.seen, 0);                    /* cut before its last digits */
    mrse_privacy_scan("\0 943 476 5919\0", 15, &found); /* after a NUL */
    assert_int_equal(found.seen, 1);
    mrse_privacy_scan(NULL, 0, &found);
    assert_int_equal(found.seen, 0);
    mrse_privacy_scan("x", 1, NULL);
}

static void privacy_report__a_finding__place_and_hint_without_repeating_it(void **state)
{
    static const char text[] = "question: >\n  may NHS 943 476 5919 be scanned?\n";
    mrse_diags diags;
    mrse_buf out = {0};

    (void)state;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_privacy_report("case.yaml", text, strlen(text), &diags), 1);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(mrse_diag_format(&diags.item[0], &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "case.yaml:2:11: error: this looks like an NHS"));
    assert_non_null(strstr(mrse_buf_text(&out), "--reviewed"));
    assert_null(strstr(mrse_buf_text(&out), "943"));
    mrse_buf_free(&out);
    assert_int_equal(mrse_privacy_report("case.yaml", "fine", 4, NULL), 0);
    assert_string_equal(mrse_identifier_text(MRSE_IDENTIFIER_COUNT), "an identifier");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(privacy_scan__planted_identifiers__each_found_where_it_stands),
        cmocka_unit_test(privacy_scan__innocent_texts__nothing),
        cmocka_unit_test(privacy_scan__a_wrong_check_digit__is_no_health_number),
        cmocka_unit_test(privacy_scan__many__keeps_some_and_counts_all),
        cmocka_unit_test(privacy_scan__cut_texts_and_bytes__no_harm),
        cmocka_unit_test(privacy_report__a_finding__place_and_hint_without_repeating_it),
    };
    return cmocka_run_group_tests_name("privacy", tests, NULL, NULL);
}

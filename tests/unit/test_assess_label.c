/* A label against an examination: what once came out MET and must not. Every case here holds a limit
 * that is met, and one thing more, which alone decides.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define LIMIT  "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"
#define BRANCH "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n" LIMIT

/* The limit alone is met: what follows is due to what is added. */
static int met_at_first(void **state)
{
    label_case_reset(state);
    label_demands(LIMIT);
    mrse_assessment *a = assess();
    mrse_verdict verdict = a->overall;
    mrse_assessment_free(a);
    return verdict == MET ? 0 : -1;
}

static void with(const char *terms)
{
    char text[1024];
    snprintf(text, sizeof text, LIMIT "%s", terms);
    label_demands(text);
}

/* ---- what a person confirms ---- */

typedef struct said {
    const char *terms, *what, *is;
    mrse_verdict want;
} said;

static void assert_said(const said *row, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s: %s", row[i].what, row[i].is);
        with(row[i].terms);
        case_of(ONE, device_confirmed(row[i].what, row[i].is));
        assert_row(name, row[i].want);
    }
}

#define ASSERT_SAID(table) assert_said(table, sizeof table / sizeof table[0])

static void confirmed__absence_of_what_must_be__not_met(void **state)
{
    (void)state;
    static const said table[] = {
        {"    patients: [{kind: awake, ruling: required, printed: w}]\n", "awake", "absent",
         NOT_MET},
        {"    patients: [{kind: awake, ruling: required, printed: w}]\n", "awake", "met", MET},
        {"    checks: [{when: during, action: oximetry, printed: w}]\n", "oximetry", "absent",
         NOT_MET},
        {"    checks: [{when: during, action: oximetry, printed: w}]\n", "oximetry", "done", MET},
        {"    conditions: [{topic: consent, printed: w}]\n", "consent", "absent", NOT_MET},
        {"    conditions: [{topic: consent, printed: w}]\n", "consent", "met", MET},
    };
    ASSERT_SAID(table);
}

/* "Present" of a magnet that must be removed is not that the requirement is met. */
static void confirmed__presence_said_of_a_setting__decides_nothing(void **state)
{
    (void)state;
#define REQUIRED  "    states: [{kind: magnet, ruling: required, setting: removed, printed: w}]\n"
#define FORBIDDEN "    states: [{kind: magnet, ruling: forbidden, setting: removed, printed: w}]\n"
    static const said table[] = {
        {REQUIRED, "magnet", "present", UNDETERMINED},
        {REQUIRED, "magnet", "absent", UNDETERMINED},
        {REQUIRED, "magnet", "done", UNDETERMINED},
        {REQUIRED, "magnet", "removed", MET},
        {REQUIRED, "magnet", "met", MET},
        {REQUIRED, "magnet", "not met", NOT_MET},
        {FORBIDDEN, "magnet", "present", UNDETERMINED},
        {FORBIDDEN, "magnet", "absent", UNDETERMINED},
        {FORBIDDEN, "magnet", "removed", NOT_MET},
        {FORBIDDEN, "magnet", "met", MET},
        {FORBIDDEN, "magnet", "not met", NOT_MET},
        {FORBIDDEN, "magnet", "not known", UNDETERMINED},
    };
    ASSERT_SAID(table);
}

static void confirmed__what_the_label_calls_not_known__never_met(void **state)
{
    (void)state;
    static const said table[] = {
        {"    patients: [{kind: awake, ruling: unknown, printed: w}]\n", "awake", "met",
         UNDETERMINED},
        {"    patients: [{kind: awake, ruling: unknown, printed: w}]\n", "awake", "absent", MET},
        {"    patients: [{kind: posture, ruling: unknown, postures: [supine], printed: w}]\n",
         "posture", "met", UNDETERMINED},
        {"    patients: [{kind: posture, ruling: unknown, postures: [prone], printed: w}]\n",
         "posture", "met", UNDETERMINED},
        {"    patients: [{kind: entry, ruling: unknown, entries: [head-first], printed: w}]\n",
         "entry", "present", UNDETERMINED},
        {"    exclusions: [{kind: damaged, ruling: unknown, printed: w}]\n", "damaged", "met",
         UNDETERMINED},
        {"    exclusions: [{kind: damaged, ruling: unknown, printed: w}]\n", "damaged", "absent",
         MET},
        {"    states: [{kind: port, ruling: unknown, setting: open, printed: w}]\n", "port", "open",
         UNDETERMINED},
        {"    coils: [{role: receive, ruling: unknown, printed: w}]\n", "w", "met", UNDETERMINED},
        {"    coils: [{role: receive, ruling: unknown, printed: w}]\n", "w", "absent", MET},
        {"    unknowns: [{topic: overlap, printed: w}]\n", "overlap", "met", UNDETERMINED},
        {"    unknowns: [{topic: overlap, printed: w}]\n", "overlap", "absent", MET},
    };
    ASSERT_SAID(table);
}

/* One word for two requirements: it cannot be told which was meant. Under its own printed words
 * each is settled. */
static void confirmed__name_that_two_requirements_share__needs_the_printed_words(void **state)
{
    (void)state;
    static const struct {
        const char *terms, *name, *is;
    } row[] = {
        {"    patients:\n      - {kind: other, ruling: required, printed: first words}\n"
         "      - {kind: other, ruling: required, printed: second words}\n",
         "other", "met"},
        {"    exclusions:\n      - {kind: abandoned-leads, ruling: forbidden, printed: first "
         "words}\n"
         "      - {kind: abandoned-leads, ruling: forbidden, printed: second words}\n",
         "abandoned leads", "absent"},
        {"    checks:\n      - {when: before, action: interrogate, printed: first words}\n"
         "      - {when: after, action: interrogate, printed: second words}\n",
         "interrogate", "done"},
        {"    conditions:\n      - {topic: consent, printed: first words}\n"
         "      - {topic: consent, printed: second words}\n",
         "consent", "met"},
        {"    states:\n      - {kind: therapy, ruling: required, setting: off, printed: first "
         "words}\n"
         "      - {kind: therapy, ruling: forbidden, setting: bipolar, printed: second words}\n",
         "therapy", "met"},
        {"    unknowns:\n      - {topic: overlap, printed: first words}\n"
         "      - {topic: overlap, printed: second words}\n",
         "overlap", "absent"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char implant[512];
        with(row[i].terms);
        case_of(ONE, device_confirmed(row[i].name, row[i].is));
        assert_asks("first words");
        assert_asks("second words");
        case_of(ONE, device_confirmed("first words", row[i].is));
        assert_asks("second words");
        snprintf(implant, sizeof implant,
                 DEVICE "    confirmed:\n"
                        "      - {what: first words, is: %s, by: nurse, date: 2026-11-22}\n"
                        "      - {what: second words, is: %s, by: nurse, date: 2026-11-22}\n",
                 row[i].is, row[i].is);
        case_of(ONE, implant);
        assert_row(row[i].name, MET);
    }
}

/* One of the two in the branch, the other common to all branches; or in ways that exclude another. */
static void confirmed__name_shared_with_the_whole_label__needs_the_printed_words(void **state)
{
    (void)state;
    label_is("conditions: [{topic: consent, printed: first words}]\n" BRANCH
             "    conditions: [{topic: consent, printed: second words}]\n");
    case_of(ONE, device_confirmed("consent", "met"));
    assert_asks("first words");
    assert_asks("second words");
    with(
        "    any_of:\n      - printed: one or the other\n        options:\n"
        "          - name: a\n            conditions: [{topic: consent, printed: first words}]\n"
        "          - name: b\n            conditions: [{topic: consent, printed: second words}]\n");
    assert_overall(MET);
    with(
        "    conditions: [{topic: consent, printed: third words}]\n"
        "    any_of:\n      - printed: one or the other\n        options:\n"
        "          - name: a\n            conditions: [{topic: consent, printed: first words}]\n"
        "          - name: b\n            checks: [{when: before, action: ask, printed: words}]\n");
    assert_asks("third words");
}

static void confirmed__two_spacings__each_by_its_own_words(void **state)
{
    (void)state;
    static const char both[] =
        "    limits:\n      - {quantity: spacing, limit: \">= 3 cm\", of: leads, printed: three}\n"
        "      - {quantity: spacing, limit: \">= 9 cm\", of: ports, printed: nine}\n";
    label_demands(both);
    case_of(ONE, device_confirmed("spacing", "met"));
    assert_asks("three");
    assert_asks("nine");
    case_of(ONE, device_confirmed("nine", "met"));
    assert_asks("three");
    label_demands(
        "    limits: [{quantity: spacing, limit: \">= 3 cm\", of: leads, printed: three}]\n");
    case_of(ONE, device_confirmed("spacing", "met"));
    assert_overall(MET);
    case_of(ONE, device_confirmed("spacing", "not met"));
    assert_overall(NOT_MET);
    case_of(ONE, device_confirmed("spacing", "about 3 cm"));
    assert_asks("three");
}

static void confirmed__twice_and_not_alike__refused(void **state)
{
    (void)state;
    with("    conditions: [{topic: consent, printed: w}]\n");
    case_of(ONE, DEVICE "    confirmed:\n"
                        "      - {what: consent, is: met, by: nurse, date: 2026-11-22}\n"
                        "      - {what: consent, is: not met, by: nurse, date: 2026-11-22}\n");
    assert_refused();
}

/* ---- parts ---- */

#define PARTS                                                                                      \
    "components:\n"                                                                                \
    "  - {id: ipg, role: device, name: generator, plug_unused: yes, printed: ports}\n"             \
    "  - {id: bad, role: accessory, name: b, mr_unsafe: yes, printed: unsafe part}\n"              \
    "  - {id: new, role: lead, name: l, printed: new lead}\n"                                      \
    "  - {id: old, role: lead, name: l, printed: old lead}\n"

static void parts__each_that_the_label_rules_on__verdict(void **state)
{
    (void)state;
#define PAIR(lead, ruling)                                                                         \
    "  - {name: " lead ruling ", groups: [{any_of: [ipg]}, {any_of: [" lead "]}], ruling: " ruling \
    ", printed: pair}\n"
    static const struct {
        const char *combinations, *components, *plug;
        mrse_verdict want;
    } row[] = {
        {"", "[ipg]", "met", MET},
        {"", "[ipg]", "not met", NOT_MET},
        {"", "[ipg]", "some day", UNDETERMINED},
        {"", "[new]", "some day", MET}, /* no port */
        {"", "[ipg, bad]", "met", NOT_MET},
        {PAIR("new", "allowed"), "[ipg, new]", "met", MET},
        {PAIR("new", "allowed"), "[ipg, old]", "met", UNDETERMINED},
        {PAIR("new", "allowed"), "[ipg, new, old]", "met", UNDETERMINED},
        {PAIR("new", "allowed") PAIR("old", "required"), "[ipg, new, old]", "met", MET},
        {PAIR("old", "forbidden"), "[ipg, old]", "met", NOT_MET},
        {PAIR("old", "unknown"), "[ipg, old]", "met", UNDETERMINED},
        {PAIR("new", "allowed") PAIR("old", "forbidden"), "[ipg, new, old]", "met", NOT_MET},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[2048], name[128];
        snprintf(text, sizeof text, PARTS "%s%s" BRANCH,
                 row[i].combinations[0] != '\0' ? "combinations:\n" : "", row[i].combinations);
        label_is(text);
        snprintf(name, sizeof name, "row %zu: %s, plug %s", i, row[i].components, row[i].plug);
        snprintf(text, sizeof text, "%s    components: %s\n", device_confirmed("plug", row[i].plug),
                 row[i].components);
        case_of(ONE, text);
        assert_row(name, row[i].want);
    }
}

static void parts__id_that_the_label_does_not_have__refused(void **state)
{
    (void)state;
    label_is(PARTS BRANCH);
    case_of(ONE, DEVICE "    components: [new, odl]\n");
    assert_refused();
}

static void parts__plug_not_confirmed__asked(void **state)
{
    (void)state;
    label_is(PARTS BRANCH);
    case_of(ONE, DEVICE "    components: [ipg]\n");
    assert_asks("ports");
}

/* ---- coils, modes, guards, dates ---- */

static void coil__receive_only_clear_of_the_device__asked(void **state)
{
    (void)state;
    with("    coils: [{role: receive, ruling: allowed, where: clear-of-device, printed: w}]\n");
    assert_asks("w");
    with("    coils: [{role: receive, ruling: allowed, printed: w}]\n");
    assert_overall(MET);
}

/* "Not over the chest" does not say that elsewhere it is allowed. */
static void coil__forbidden_in_one_place__not_allowed_elsewhere_by_that(void **state)
{
    (void)state;
    static const char rules[] =
        "    coils:\n%s"
        "      - {role: transmit, ruling: forbidden, which: local, where: over-regions,\n"
        "         regions: chest, printed: not over the chest}\n";
    char text[512];
    snprintf(text, sizeof text, rules,
             "      - {role: transmit, ruling: allowed, which: body, printed: body}\n");
    with(text);
    case_of(ONE "examination: {coil: local}\n", device_confirmed("not over the chest", "absent"));
    assert_overall(UNDETERMINED);
    case_of(ONE "examination: {coil: body}\n", DEVICE);
    assert_overall(MET);
    snprintf(text, sizeof text, rules, "");
    with(text);
    case_of(ONE "examination: {coil: local}\n", device_confirmed("not over the chest", "absent"));
    assert_overall(MET);
    case_of(ONE "examination: {coil: local}\n", device_confirmed("not over the chest", "present"));
    assert_overall(NOT_MET);
}

static void guard__vertical_field_in_a_tube__branch_not_taken(void **state)
{
    (void)state;
    label_is("branches:\n  - name: open\n    b0: [1.5 T]\n"
             "    when: {field: vertical, printed: vertical field}\n" LIMIT);
    assert_overall(UNDETERMINED); /* no branch applies */
    case_of(ONE, DEVICE "    branch: open\n    because: test\n");
    assert_overall(NOT_MET);
}

static void mode__sequence_that_needs_first_level__not_met_in_normal(void **state)
{
    (void)state;
    with("    modes: [{allowed: normal, printed: normal mode}]\n");
    case_of(ONE "examination: {mode: normal}\n", DEVICE);
    assert_overall(MET);
    sequence_is("b1_rms: 1 uT, mode: first level");
    assert_overall(NOT_MET);
    with("    modes: [{allowed: [normal, first-level], printed: first level}]\n");
    assert_overall(MET);
}

static void choice__met_on_an_assumption__marked(void **state)
{
    (void)state;
    label_demands(
        "    any_of:\n      - printed: one or the other\n        options:\n"
        "          - name: a\n            limits: [{quantity: b1-rms, limit: <= 2 uT,\n"
        "                      printed: two}]\n"
        "          - name: b\n            limits: [{quantity: sar-head, limit: <= 1 W/kg,\n"
        "                      printed: one}]\n");
    sequence_from("scan.yaml", "assumed", "b1_rms: 1 uT");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MET);
    assert_true(a->on_assumption);
    mrse_assessment_free(a);
    /* where another way is known for certain, that one stands */
    sequence_from("scan.yaml", "assumed", "b1_rms: 1 uT, sar_head: {value: 1 W/kg, source: page}");
    a = assess();
    assert_int_equal(a->overall, MET);
    assert_false(a->on_assumption);
    mrse_assessment_free(a);
}

static void time__limit_without_a_clock__never_met(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: time, limit: <= 5 min, printed: five}]\n");
    assert_asks("five");
}

static void since_implantation__in_the_future__asked(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: since-implant, limit: <= 42 d, printed: six weeks}]\n");
    case_of(ONE, DEVICE "    implanted: 2026-11-01\n");
    assert_overall(MET);
    case_of(ONE, DEVICE "    implanted: 2026-11-22\n");
    assert_overall(MET);
    case_of(ONE, DEVICE "    implanted: 2026-11-23\n");
    assert_asks("six weeks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, met_at_first)
        TEST(confirmed__absence_of_what_must_be__not_met),
        TEST(confirmed__presence_said_of_a_setting__decides_nothing),
        TEST(confirmed__what_the_label_calls_not_known__never_met),
        TEST(confirmed__name_that_two_requirements_share__needs_the_printed_words),
        TEST(confirmed__name_shared_with_the_whole_label__needs_the_printed_words),
        TEST(confirmed__two_spacings__each_by_its_own_words),
        TEST(confirmed__twice_and_not_alike__refused),
        TEST(parts__each_that_the_label_rules_on__verdict),
        TEST(parts__id_that_the_label_does_not_have__refused),
        TEST(parts__plug_not_confirmed__asked),
        TEST(coil__receive_only_clear_of_the_device__asked),
        TEST(coil__forbidden_in_one_place__not_allowed_elsewhere_by_that),
        TEST(guard__vertical_field_in_a_tube__branch_not_taken),
        TEST(mode__sequence_that_needs_first_level__not_met_in_normal),
        TEST(choice__met_on_an_assumption__marked),
        TEST(time__limit_without_a_clock__never_met),
        TEST(since_implantation__in_the_future__asked),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

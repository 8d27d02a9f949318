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
    assert_asks("first words"); /* met, but which of the two? */
    with(
        "    any_of:\n      - printed: one or the other\n        options:\n"
        "          - name: a\n            conditions: [{topic: consent, printed: same words}]\n"
        "          - name: b\n            conditions: [{topic: consent, printed: same words}]\n");
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

/* Each question of a guard, answered yes, no, and not at all. Named by the author the branch is taken
 * and the answer shown; otherwise it is taken on a yes only. */
static void guard__each_question__taken_on_yes_only(void **state)
{
    (void)state;
#define PERSON     "height: {value: 1.75 m, u: 1 cm}, "
#define COIL(more) "rf: {coils: [{name: q, transmit: body" more "}]}\n"
    static const struct {
        const char *guard, *scanner, *examination, *confirmed;
        mrse_verdict is;
    } row[] = {
        {"transmit: body", "", "coil: body", "", MET},
        {"transmit: body", "", "coil: head", "", NOT_MET},
        {"transmit: [head, local]", "", "coil: local", "", MET},
        {"transmit: extremity", "", "coil: extremity", "", MET},
        {"transmit: body", "", "coil: no such coil", "", UNDETERMINED},
        {"transmit: body", "", "", "", UNDETERMINED},
        {"transmit: body, drive: CP", COIL(", drive: CP"), "coil: q", "", MET},
        {"transmit: body, drive: CP", COIL(", drive: linear"), "coil: q", "", NOT_MET},
        {"transmit: body, drive: CP", COIL(""), "coil: q", "", UNDETERMINED},
        {"drive: CP", COIL(", drive: CP"), "coil: q", "", MET},
        {"regions: head", "", "region: head", "", MET},
        {"regions: head", "", "region: chest", "", NOT_MET},
        {"regions: head", "", "", "", UNDETERMINED},
        {"modes: normal", "", "mode: normal", "", MET},
        {"modes: normal", "", "mode: first-level", "", NOT_MET},
        {"modes: FPO:B", "", "mode: FPO:B", "", MET},
        {"modes: normal", "", "", "", UNDETERMINED},
        {"bore: cylinder", "", "", "", MET},
        {"bore: open", "", "", "", NOT_MET},
        {"field: horizontal", "", "", "", MET},
        {"field: vertical", "", "", "", NOT_MET},
        {"reports_b1_rms: yes", "rf: {reports_b1_rms: yes}\n", "", "", MET},
        /* no, and a sequence file holds what was displayed */
        {"reports_b1_rms: yes", "rf: {reports_b1_rms: no}\n", "", "", UNDETERMINED},
        {"reports_b1_rms: no", "rf: {reports_b1_rms: no}\n", "", "", UNDETERMINED},
        {"reports_b1_rms: no", "rf: {reports_b1_rms: yes}\n", "", "", NOT_MET},
        {"reports_b1_rms: no", "", "", "", UNDETERMINED},
        {"magnet: in", "", "", "in place", MET},
        {"magnet: in", "", "", "in", MET},
        {"magnet: in", "", "", "removed", NOT_MET},
        {"magnet: out", "", "", "removed", MET},
        {"magnet: out", "", "", "out", MET},
        {"magnet: out", "", "", "in", NOT_MET},
        {"magnet: out", "", "", "somewhere", UNDETERMINED},
        {"zones: [{kind: isocentre-below, from: L3, printed: z}]", "", PERSON "level: knee", "",
         MET},
        {"zones: [{kind: isocentre-below, from: L3, printed: z}]", "", PERSON "level: C3", "",
         NOT_MET},
        {"zones: [{kind: isocentre-below, from: L3, printed: z}]", "", "", "", UNDETERMINED},
        {"zones: [{kind: not-applicable, printed: z}]", "", PERSON "level: knee", "", UNDETERMINED},
        /* the worse of two answers: a no, then what is not known */
        {"regions: head, modes: normal", "", "region: chest", "", NOT_MET},
        {"regions: head, modes: normal", "", "mode: first-level", "", NOT_MET},
        {"regions: head, modes: normal", "", "region: head", "", UNDETERMINED},
        {"regions: head, modes: normal", "", "region: head, mode: normal", "", MET},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512], implant[512], name[160];
        snprintf(name, sizeof name, "row %zu: %s", i, row[i].guard);
        snprintf(
            text, sizeof text,
            "branches:\n  - name: guarded\n    b0: [1.5 T]\n    when: {%s, printed: w}\n" LIMIT,
            row[i].guard);
        label_is(text);
        scanner_shows(row[i].scanner);
        snprintf(text, sizeof text, ONE "examination: {%s}\n", row[i].examination);
        snprintf(implant, sizeof implant, "%s",
                 row[i].confirmed[0] != '\0' ? device_confirmed("magnet", row[i].confirmed)
                                             : DEVICE);
        case_of(row[i].examination[0] != '\0' ? text : ONE, implant);
        assert_row(name, row[i].is == MET ? MET : UNDETERMINED);
        mrse_assessment *a = assess();
        assert_int_equal(a->implant[0].branch != NULL, row[i].is == MET);
        assert_true(a->implant[0].branch_reason[0] != '\0');
        mrse_assessment_free(a);
        size_t n = strlen(implant);
        snprintf(implant + n, sizeof implant - n, "    branch: guarded\n    because: test\n");
        case_of(row[i].examination[0] != '\0' ? text : ONE, implant);
        assert_row(name, row[i].is);
    }
}

static void guard__console_without_b1_rms__as_the_scanner_file_says(void **state)
{
    static const struct {
        const char *guard;
        mrse_verdict is;
    } row[] = {{"reports_b1_rms: no", MET}, {"reports_b1_rms: yes", NOT_MET}};
    (void)state;
    scanner_shows("rf: {reports_b1_rms: no}\n");
    sequence_is("sar_whole_body: 0.3 W/kg");
    case_of(ONE, DEVICE "    branch: guarded\n    because: test\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "branches:\n  - name: guarded\n    b0: [1.5 T]\n    when: {%s, printed: w}\n"
                 "    limits: [{quantity: sar-whole-body, limit: <= 1 W/kg, printed: one}]\n",
                 row[i].guard);
        label_is(text);
        assert_row(row[i].guard, row[i].is);
    }
}

/* Which parts are implanted is left out, and the label rules on them. */
static void parts__not_said__undetermined(void **state)
{
    static const struct {
        const char *parts;
        mrse_verdict is;
    } row[] = {
        {"components:\n  - {id: ipg, role: device, name: I, printed: i}\n", MET},
        {"components:\n  - {id: ipg, role: device, name: I, printed: i}\n"
         "  - {id: old, role: lead, name: O, printed: o, mr_unsafe: yes}\n",
         UNDETERMINED},
        {"components:\n  - {id: ipg, role: device, name: I, printed: i}\n"
         "  - {id: new, role: lead, name: N, printed: n}\n"
         "combinations:\n  - {name: one, ruling: allowed, printed: both, groups:\n"
         "     [{any_of: [ipg]}, {any_of: [new]}]}\n",
         UNDETERMINED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%sbranches:\n  - name: all\n    b0: [1.5 T]\n" LIMIT,
                 row[i].parts);
        label_is(text);
        assert_row(row[i].parts, row[i].is);
    }
}

/* A coil that the label allows or asks for: also its drive. */
static void coil__driven_otherwise__not_met(void **state)
{
    (void)state;
    static const struct {
        const char *drive, *ruling;
        mrse_verdict is;
    } row[] = {
        {", drive: CP", "allowed", MET},         {", drive: elliptical", "allowed", MET},
        {", drive: linear", "allowed", NOT_MET}, {"", "allowed", UNDETERMINED},
        {", drive: CP", "required", MET},        {", drive: multichannel", "required", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    coils: [{role: transmit, ruling: %s, which: body, drive: [CP, elliptical],\n"
                 "             printed: words}]\n",
                 row[i].ruling);
        with(text);
        snprintf(text, sizeof text, "rf: {coils: [{name: q, transmit: body%s}]}\n", row[i].drive);
        scanner_shows(text);
        case_of(ONE "examination: {coil: q}\n", DEVICE);
        assert_row(row[i].drive, row[i].is);
    }
}

static void coil__only_receives_and_is_forbidden__as_the_case_says(void **state)
{
    (void)state;
    static const struct {
        const char *examination;
        mrse_verdict is;
    } row[] = {{"coil: head, receive_coil: none", MET},
               {"coil: head, receive_coil: head", MET},
               {"coil: head, receive_coil: spine array", NOT_MET},
               {"coil: head", UNDETERMINED}};
    with("    coils: [{role: receive, ruling: forbidden, printed: words}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, ONE "examination: {%s}\n", row[i].examination);
        case_of(text, DEVICE);
        assert_row(row[i].examination, row[i].is);
    }
}

/* What a label only mentions is shown, and decides nothing; alone it is not enough for MET. */
static void mentioned__nothing_to_meet__not_stated(void **state)
{
    (void)state;
    static const char *const terms[] = {"    zones: [{kind: not-applicable, printed: words}]\n",
                                        "    clocks: [{kind: not-applicable, printed: words}]\n",
                                        "    pairs: [{kind: all-conditions, printed: words}]\n"};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        with(terms[i]);
        mrse_assessment *a = assess();
        (void)finding_of(a, "words", NOT_STATED);
        assert_int_equal(a->overall, MET);
        mrse_assessment_free(a);
        char text[256];
        snprintf(text, sizeof text, "branches:\n  - name: any field\n%s", terms[i]);
        label_is(text);
        assert_overall(UNDETERMINED); /* nor does it name a field strength */
        snprintf(text, sizeof text,
                 "    any_of:\n      - printed: a choice\n        options:\n"
                 "          - name: a\n        %s"
                 "          - name: b\n            conditions: [{topic: t, printed: p}]\n",
                 terms[i]);
        label_demands(text);
        assert_asks("a choice");
    }
}

static void clock__no_duration_planned__what_the_console_says(void **state)
{
    (void)state;
    label_demands("    clocks: [{kind: exam, limit: <= 30 min, active: rf, printed: words}]\n");
    case_of("", DEVICE);
    assert_asks("words");
    case_of("sequences: [{source: plan, file: scan.yaml}]\n", DEVICE);
    assert_asks("words");
    sequence_is("scan_time: 29 min");
    assert_overall(MET);
    sequence_is("scan_time: 31 min");
    assert_overall(NOT_MET);
    case_of(ONE, DEVICE); /* 10 min planned: the longer of the two counts */
    assert_overall(NOT_MET);
    sequence_is("scan_time: 5 min");
    assert_overall(MET);
}

/* Of a range the ride is held against its upper end. */
static void gradient__range_with_a_ride__both_ends_hold(void **state)
{
    (void)state;
    static const char placed[] =
        DEVICE "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n";
    label_demands("    limits: [{quantity: sfg, limit: 0.1 to 40 T/m, printed: words}]\n");
    case_of("", placed);
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MET);
    assert_rel(a->implant[0].ride.limit_T_m, 40.0, 1e-12);
    mrse_assessment_free(a);
    label_demands("    limits: [{quantity: sfg, limit: 39 to 40 T/m, printed: words}]\n");
    assert_overall(NOT_MET);
    label_demands("    limits: [{quantity: sfg, limit: \">= 0.1 T/m\", printed: words}]\n");
    a = assess();
    assert_int_equal(a->overall, UNDETERMINED);
    assert_null(a->implant[0].grad_limit);
    mrse_assessment_free(a);
}

/* Where the implant is matters to dB/dt worked out there, and to nothing else that a sequence does. */
static void place__for_which_nobody_stands__spoils_only_what_rests_on_it(void **state)
{
    (void)state;
    static const char unsure[] = DEVICE
        "    position: {x: {value: 5 cm, u: 1 cm, source: rumour}, y: {value: 0 cm, u: 1 cm},\n"
        "               z: {value: 0 cm, u: 1 cm}, evidence: hearsay}\n";
    case_of(ONE, unsure);
    assert_overall(MET); /* B1+rms */
    label_demands("    limits: [{quantity: dbdt-peak, limit: <= 100 T/s, printed: words}]\n");
    scanner_shows("gradients: {source: sheet, dbdt_max: 90 T/s}\n");
    assert_overall(MET); /* the declared maximum holds everywhere */
    scanner_shows("gradients: {source: sheet, linear_volume: {diameter: 50 cm, length: 50 cm}}\n");
    sequence_file("scan.yaml", "console", "gradients: {slew: 10 T/m/s}\n");
    assert_overall(UNDETERMINED);
    case_of(ONE, DEVICE "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n");
    assert_overall(MET);
}

/* Of two branches for this field strength: one holds, both, none, or it is not known of one. */
static void branches__two_for_one_field__only_one_certain_one_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *examination, *taken, *reason;
    } row[] = {
        {"region: head, mode: normal", NULL, "several branches fit"},
        {"region: head, mode: first-level", "by region", "the only branch whose conditions"},
        {"region: chest, mode: normal", "by mode", "the only branch whose conditions"},
        {"region: chest, mode: first-level", NULL, "no branch of the label applies"},
        {"region: head", NULL, "cannot be told"},
        {"mode: first-level", NULL, "cannot be told"},
    };
    label_is("branches:\n"
             "  - name: by region\n    b0: [1.5 T]\n    when: {regions: head, printed: w}\n" LIMIT
             "  - name: by mode\n    b0: [1.5 T]\n    when: {modes: normal, printed: w}\n" LIMIT
             "  - name: other field\n    b0: [3 T]\n" LIMIT);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, ONE "examination: {%s}\n", row[i].examination);
        case_of(text, DEVICE);
        mrse_assessment *a = assess();
        const mrse_label_branch *b = a->implant[0].branch;
        assert_int_equal(a->overall, row[i].taken != NULL ? MET : UNDETERMINED);
        assert_string_equal(b != NULL ? b->name : "none",
                            row[i].taken != NULL ? row[i].taken : "none");
        assert_non_null(strstr(a->implant[0].branch_reason, row[i].reason));
        mrse_assessment_free(a);
    }
    scanner_of("3 T", "3930 kA", "");
    case_of(ONE, DEVICE);
    mrse_assessment *a = assess();
    assert_non_null(strstr(a->implant[0].branch_reason, "the only branch for the scanner's field"));
    mrse_assessment_free(a);
    scanner_of("7 T", "9170 kA", "");
    a = assess();
    assert_int_equal(a->overall, NOT_MET);
    assert_non_null(strstr(a->implant[0].branch_reason, "no branch of the label fits"));
    mrse_assessment_free(a);
}

/* Consoles print 1.494 T of a 1.5 T magnet; a protocol of 3 T is another one. */
static void sequence__of_another_field_strength__never_met(void **state)
{
    (void)state;
    static const struct {
        const char *b0, *b1;
        mrse_verdict is;
    } row[] = {{"1.494 T", "1 uT", MET},         {"1.43 T", "1 uT", MET},
               {"1.42 T", "1 uT", UNDETERMINED}, {"1.57 T", "1 uT", MET},
               {"1.59 T", "1 uT", UNDETERMINED}, {"3 T", "1 uT", UNDETERMINED},
               {"3 T", "3 uT", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "mrse: sequence/1\nname: scan\nsources: {c: {origin: console, title: t}}\n"
                 "source: c\nfamily: TSE\nb0: %s\nreported: {b1_rms: %s}\n",
                 row[i].b0, row[i].b1);
        scratch_write("scan.yaml", text);
        assert_row(row[i].b0, row[i].is);
    }
    scratch_write("scan.yaml", "mrse: sequence/1\nname: scan\n"
                               "sources: {c: {origin: console, title: t}}\nsource: c\nfamily: TSE\n"
                               "reported: {b1_rms: 1 uT}\n");
    assert_overall(MET); /* of the scanner of the case, as nothing else is said */
}

/* What is asked names the quantity and the sequence. */
static void limit__not_known__asks_for_that_quantity(void **state)
{
    (void)state;
    static const struct {
        const char *quantity, *ask, *topic;
    } row[] = {
        {"sar-local, limit: <= 1 W/kg", "scan.yaml: read it off the console",
         "local SAR: scan.yaml"},
        {"dbdt-peak, limit: <= 1 T/s", "scan.yaml: give the gradient lobes",
         "peak dB/dt: scan.yaml"},
        {"dbdt-rms, limit: <= 1 T/s", "scan.yaml: give the gradient lobes", "rms dB/dt: scan.yaml"},
        {"slew-system, limit: <= 1 T/m/s", "the scanner's data sheet: rated slew",
         "slew rate of the system"},
        {"sar-unspecified, limit: <= 1 W/kg", "whole-body, head or another", "SAR"},
        {"spacing, of: leads, limit: \">= 1 cm\"", "the implant centre", "spacing"},
        {"battery, limit: \">= 10 %\"", "the implant centre", "battery"},
        {"lead-impedance, limit: \">= 200 ohm\"", "the implant centre", "lead impedance"},
        {"capture-threshold, at: 0.4 ms, limit: <= 2 V", "the implant centre", "capture threshold"},
        {"since-implant, limit: \">= 6 weeks\"", "implants.implanted", "since implantation"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "    limits: [{quantity: %s, printed: words}]\n",
                 row[i].quantity);
        label_demands(text);
        mrse_assessment *a = assess();
        const mrse_finding *f = finding_of(a, "words", UNDETERMINED);
        assert_non_null(strstr(f->ask, row[i].ask));
        assert_non_null(strstr(f->topic, row[i].topic));
        assert_true(f->numeric);
        mrse_assessment_free(a);
    }
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
    assert_string_equal(finding_of(a, "one or the other", MET)->decision.reason, "met by: a");
    mrse_assessment_free(a);
    /* where another way is known for certain, that one stands */
    sequence_from("scan.yaml", "assumed", "b1_rms: 1 uT, sar_head: {value: 1 W/kg, source: page}");
    a = assess();
    assert_int_equal(a->overall, MET);
    assert_false(a->on_assumption);
    assert_string_equal(finding_of(a, "one or the other", MET)->decision.reason, "met by: b");
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
        TEST(guard__each_question__taken_on_yes_only),
        TEST(guard__console_without_b1_rms__as_the_scanner_file_says),
        TEST(parts__not_said__undetermined),
        TEST(coil__driven_otherwise__not_met),
        TEST(coil__only_receives_and_is_forbidden__as_the_case_says),
        TEST(mentioned__nothing_to_meet__not_stated),
        TEST(clock__no_duration_planned__what_the_console_says),
        TEST(gradient__range_with_a_ride__both_ends_hold),
        TEST(place__for_which_nobody_stands__spoils_only_what_rests_on_it),
        TEST(branches__two_for_one_field__only_one_certain_one_is_taken),
        TEST(sequence__of_another_field_strength__never_met),
        TEST(limit__not_known__asks_for_that_quantity),
        TEST(mode__sequence_that_needs_first_level__not_met_in_normal),
        TEST(choice__met_on_an_assumption__marked),
        TEST(time__limit_without_a_clock__never_met),
        TEST(since_implantation__in_the_future__asked),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

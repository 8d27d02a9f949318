/* Two things that a case says do not go together, or one thing is said that may mean two: nothing is met
 * by it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define EXAM(text) ONE "examination: {" text "}\n"
#define TALL       "height: {value: 1.72 m, u: 1 cm}"

static const mrse_finding *topic_of(const mrse_assessment *a, const char *implant,
                                    const char *topic)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strcmp(a->finding[i].implant, implant) == 0 &&
            strstr(a->finding[i].topic, topic) != NULL)
            return &a->finding[i];
    fail_msg("nothing about %s of %s", topic, implant);
    return NULL;
}

/* The case once more, without one of its lines. */
static void case_without(const char *line)
{
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read(scratch_path("case.yaml"), MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    char *at = strstr(text, line);
    assert_non_null(at);
    memmove(at, at + strlen(line), strlen(at + strlen(line)) + 1);
    scratch_write("case.yaml", text);
    mrse_free(text);
}

static void sequence_of_region(const char *region, const char *reported)
{
    char tail[256];
    snprintf(tail, sizeof tail, "region: %s\nreported: {%s}\n", region, reported);
    sequence_file("scan.yaml", "console", tail);
}

/* ---- operating mode ---- */

static void guard__sequence_needs_more_than_the_mode_set__branch_not_taken(void **state)
{
    (void)state;
    static const struct {
        const char *set, *needs, *taken;
    } row[] = {{"normal", "normal", "normal"},        {"normal", "first level", NULL},
               {"first-level", "normal", "first"},    {"first-level", "first level", "first"},
               {"first-level", "second level", NULL}, {"FPO:B", "first level", "basic"}};
    label_is("branches:\n"
             "  - name: normal\n    b0: [1.5 T]\n    when: {modes: normal, printed: w}\n"
             "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: x}]\n"
             "  - name: first\n    b0: [1.5 T]\n    when: {modes: first-level, printed: w}\n"
             "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: x}]\n"
             "  - name: basic\n    b0: [1.5 T]\n    when: {modes: 'FPO:B', printed: w}\n"
             "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: x}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "b1_rms: 1 uT, mode: %s", row[i].needs);
        sequence_is(text);
        snprintf(text, sizeof text, EXAM("mode: '%s'"), row[i].set);
        case_of(text, DEVICE);
        assert_row(row[i].needs, row[i].taken != NULL ? MET : UNDETERMINED);
        mrse_assessment *a = assess();
        const mrse_label_branch *b = a->implant[0].branch;
        assert_string_equal(b != NULL ? b->name : "none",
                            row[i].taken != NULL ? row[i].taken : "none");
        if (row[i].taken == NULL)
            assert_non_null(strstr(a->implant[0].branch_reason, row[i].needs));
        mrse_assessment_free(a);
    }
}

/* What the scanner file and the console say of FPO:B goes against the case that sets it. */
static void mode__fpo_b_that_the_scanner_denies__not_met_by_it(void **state)
{
    (void)state;
    static const struct {
        const char *rf, *coil, *shown;
        mrse_verdict want;
    } row[] = {
        {"", "body", "b1_rms: 9 uT", MET}, /* nothing is known against it */
        {"fpo_b: {offered: yes, b1_rms: 3.2 uT, b1_peak: 30 uT}", "body", "b1_rms: 3.2 uT", MET},
        {"fpo_b: {offered: yes, b1_rms: 3.2 uT, b1_peak: 30 uT}", "body", "b1_rms: 3.3 uT",
         UNDETERMINED},
        {"fpo_b: {offered: yes, b1_rms: 3.2 uT, b1_peak: 30 uT}", "body", "b1_peak: 31 uT",
         UNDETERMINED},
        {"fpo_b: {offered: no}", "body", "b1_rms: 1 uT", UNDETERMINED},
        {"fpo_b: {offered: yes}", "head", "b1_rms: 1 uT", UNDETERMINED},
    };
    static const char *const rule[] = {"    modes: [{allowed: 'FPO:B', printed: words}]\n",
                                       "    when: {modes: 'FPO:B', printed: words}\n"};
    for (size_t k = 0; k < 2; k++) {
        label_demands(rule[k]);
        for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
            char text[512];
            snprintf(text, sizeof text,
                     "rf:\n  source: sheet\n  coils:\n"
                     "    - {name: body, transmit: body, fpo_b: yes}\n"
                     "    - {name: head, transmit: head, fpo_b: no}\n%s%s\n",
                     row[i].rf[0] != '\0' ? "  " : "", row[i].rf);
            scanner_shows(text);
            sequence_is(row[i].shown);
            snprintf(text, sizeof text, EXAM("coil: %s, mode: 'FPO:B'"), row[i].coil);
            case_of(text, DEVICE);
            assert_row(row[i].rf, row[i].want);
        }
    }
}

static void mode__fpo_b_chosen_for_a_patient__scanner_denies_it(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    static const char head[] =
        EXAM("coil: body, mode: 'FPO:B'") "patient: {pregnant: yes, mode_chosen: 'FPO:B', because: "
                                          "less heat}\n";
    case_of(head, DEVICE);
    assert_overall(MET);
    scanner_shows("rf: {source: sheet, fpo_b: {offered: no}}\n");
    assert_overall(UNDETERMINED);
}

/* ---- dates ---- */

static void label_file__after_the_day_of_its_next_check__nothing_is_met_by_it(void **state)
{
    (void)state;
    static const struct {
        const char *recheck; /* the case is of 2026-11-22 */
        mrse_verdict want;
    } row[] = {{"2026-11-21", UNDETERMINED}, {"2026-11-22", MET}, {"2027-11-22", MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "recheck: %s\nbranches:\n  - name: 1.5 T\n    b0: [1.5 T]\n"
                 "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n",
                 row[i].recheck);
        label_is(text);
        assert_row(row[i].recheck, row[i].want);
    }
    sequence_is("b1_rms: 3 uT"); /* what is not met stays so */
    assert_overall(NOT_MET);
}

static void since_implantation__day_of_the_request_only__no_limit_from_above(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *performed;
        mrse_verdict want;
    } row[] = {{"<= 30 d", "2026-11-22", MET},
               {"<= 30 d", NULL, UNDETERMINED},
               {"1 to 30 d", NULL, UNDETERMINED},
               {">= 8 d", NULL, MET},
               {">= 30 d", "2026-11-22", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    limits: [{quantity: since-implant, limit: '%s', printed: words}]\n",
                 row[i].limit);
        label_demands(text);
        case_of("", DEVICE "    implanted: 2026-10-24\n");
        if (row[i].performed == NULL)
            case_without("performed: 2026-11-22\n");
        assert_row(row[i].limit, row[i].want);
    }
}

static void since_implantation__how_long_to_wait__whole_days(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *advice;
    } row[] = {{">= 30 d", "kept 1 day later"},
               {"> 29 d", "kept 1 day later"},
               {"> 30 d", "kept 2 days later"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    limits: [{quantity: since-implant, limit: '%s', printed: words}]\n",
                 row[i].limit);
        label_demands(text);
        case_of("", DEVICE "    implanted: 2026-10-24\n");
        mrse_assessment *a = assess();
        assert_non_null(strstr(finding_of(a, "words", NOT_MET)->ask, row[i].advice));
        mrse_assessment_free(a);
    }
}

/* ---- which branch ---- */

static void branch__none_applies__not_told_to_name_one(void **state)
{
    (void)state;
    static const struct {
        const char *examination, *ask;
    } row[] = {{"coil: head", "to which a branch applies"}, {"mode: normal", "examination.coil"}};
    label_demands("    when: {transmit: body, printed: words}\n"
                  "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, EXAM("%s"), row[i].examination);
        case_of(text, DEVICE);
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, UNDETERMINED);
        assert_non_null(strstr(topic_of(a, "device", "which branch")->ask, row[i].ask));
        mrse_assessment_free(a);
    }
}

static void branch__label_without_any__not_called_of_another_field(void **state)
{
    (void)state;
    label_file("label.yaml", "status: MR Safe\n", "");
    mrse_assessment *a = assess();
    assert_string_equal(a->implant[0].branch_reason, "the label has no branches");
    assert_int_equal(a->overall, UNDETERMINED);
    mrse_assessment_free(a);
}

static void field__label_up_to_a_strength__said_with_its_operator(void **state)
{
    (void)state;
    label_is("branches:\n  - name: low\n    b0_limit: < 1.5 T\n"
             "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    mrse_assessment *a = assess();
    const mrse_finding *f = topic_of(a, "device", "static field strength");
    assert_int_equal(f->decision.verdict, NOT_MET);
    assert_string_equal(f->limit.value.printed, "< 1.5 T");
    assert_non_null(strstr(f->ask, "(< 1.5 T)"));
    mrse_assessment_free(a);
}

/* What is as the label says needs no advice. */
static void posture__as_named__nothing_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        mrse_verdict want;
    } row[] = {{"kind: posture, ruling: required, postures: [supine]", MET},
               {"kind: posture, ruling: required, postures: [prone]", NOT_MET},
               {"kind: posture, ruling: forbidden, postures: [supine]", NOT_MET},
               {"kind: entry, ruling: forbidden, entries: [feet-first]", MET},
               {"kind: entry, ruling: required, entries: [feet-first]", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "    patients: [{%s, printed: words}]\n", row[i].rule);
        label_demands(text);
        mrse_assessment *a = assess();
        assert_int_equal(finding_of(a, "words", row[i].want)->ask[0] == '\0', row[i].want == MET);
        mrse_assessment_free(a);
    }
}

/* ---- places ---- */

static void isocentre__level_not_in_the_region__refused(void **state)
{
    (void)state;
    static const char *const row[] = {"region: head, level: iliac crest",
                                      "region: chest, level: knee", "region: pelvis, level: T6",
                                      "region: abdomen, level: L3, offset: 60 cm"};
    static const char *const good[] = {"region: head, level: nasion",
                                       "region: abdomen, level: iliac crest",
                                       "region: chest, level: L3, offset: 30 cm",
                                       "region: arm, level: T6",
                                       "region: chest",
                                       "level: knee"};
    char text[256];
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        snprintf(text, sizeof text, EXAM("%s"), row[i]);
        case_of(text, DEVICE);
        assert_refused();
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        snprintf(text, sizeof text, EXAM("%s"), good[i]);
        case_of(text, DEVICE);
        assert_row(good[i], MET);
    }
}

/* Whatever rests on what is at the isocentre; B1+rms does not. */
static void region__sequence_file_of_another__no_place_and_no_sar_is_met(void **state)
{
    (void)state;
    static const char *const rule[] = {
        "limits: [{quantity: sar-whole-body, limit: <= 2 W/kg, printed: words}]",
        "limits: [{quantity: sar-head, limit: <= 2 W/kg, printed: words}]",
        "zones: [{kind: isocentre-not-between, from: C7, to: T10, printed: words}]",
        "exclusions: [{kind: region, ruling: forbidden, regions: [head], printed: words}]",
        "when: {regions: [abdomen, head], printed: words}",
        "when: {zones: [{kind: isocentre-below, from: T12, printed: words}], printed: words}",
        "clocks: [{kind: region, region: head, active: rf, limit: <= 5 min, gap: 1 min, "
        "printed: words}]"};
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n    %s\n",
                 rule[i]);
        label_demands(i < 2 ? strchr(text, '\n') + 1 : text);
        case_of(EXAM("coil: body, region: abdomen, level: L3, " TALL), DEVICE);
        static const char *const fits[] = {"abdomen", "spine"}, *const not [] = {"head", "knee"};
        for (size_t k = 0; k < 2; k++) {
            sequence_of_region(fits[k], "b1_rms: 1 uT, sar_whole_body: 1 W/kg, sar_head: 1 W/kg");
            assert_row(rule[i], MET);
            sequence_of_region(not [k], "b1_rms: 1 uT, sar_whole_body: 1 W/kg, sar_head: 1 W/kg");
            assert_row(rule[i], UNDETERMINED);
        }
    }
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    assert_overall(MET);
}

/* Without a region of the examination its level tells. */
static void region__only_the_level_is_said__sequence_file_against_it(void **state)
{
    (void)state;
    label_demands("    zones: [{kind: isocentre-below, from: T12, printed: words}]\n");
    case_of(EXAM("coil: body, level: L3, " TALL), DEVICE);
    sequence_of_region("spine", "b1_rms: 1 uT");
    assert_overall(MET);
    sequence_of_region("head", "b1_rms: 1 uT");
    mrse_assessment *a = assess();
    assert_non_null(strstr(finding_of(a, "words", UNDETERMINED)->decision.reason, "of the head"));
    mrse_assessment_free(a);
}

/* ---- transmit coil ---- */

static void coil__name_that_tells_no_kind__another_coil_is_not_ruled_out(void **state)
{
    (void)state;
    static const struct {
        const char *examination, *file;
        mrse_verdict want;
    } row[] = {{"body", "body", MET},
               {"body", "BODY", MET},
               {"Body", "body", MET},
               {"body", "Q", MET}, /* of the scanner file, which says of which kind */
               {"body", "Knee 15", UNDETERMINED},
               {"body", "head", UNDETERMINED},
               {"Knee 15", "Knee 15", MET},
               {"Knee 15", "body", UNDETERMINED},
               {NULL, "Knee 15", MET},
               {"body", NULL, MET}};
    scanner_shows("rf: {source: sheet, coils: [{name: Q, transmit: body}]}\n");
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s%s%sreported: {b1_rms: 1 uT}\n",
                 row[i].file != NULL ? "coil: " : "", row[i].file != NULL ? row[i].file : "",
                 row[i].file != NULL ? "\n" : "");
        sequence_file("scan.yaml", "console", text);
        snprintf(text, sizeof text, EXAM("%s%s"), row[i].examination != NULL ? "coil: " : "mode: ",
                 row[i].examination != NULL ? row[i].examination : "normal");
        case_of(text, DEVICE);
        assert_row(row[i].file != NULL ? row[i].file : "none", row[i].want);
    }
}

static void coil__two_of_one_name__refused(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    scanner_shows("rf:\n  source: sheet\n  coils:\n    - {name: body, transmit: body, drive: CP}\n"
                  "    - {name: body, transmit: body, drive: multichannel}\n");
    assert_refused();
    scanner_shows("rf:\n  source: sheet\n  coils:\n    - {name: body, transmit: body, drive: CP}\n"
                  "    - {name: body 2, transmit: body, drive: multichannel}\n");
    assert_overall(MET);
}

/* ---- dB/dt where the implant is ---- */

#define PLACED "    position: {x: 1 cm, y: 1 cm, z: 1 cm, u: 5 mm, evidence: X-ray}\n"

static void dbdt__place_of_another_implant__does_not_count(void **state)
{
    (void)state;
    static const char gradients[] =
        "gradients:\n  lobes:\n"
        "    - {name: a, axis: x, amplitude: 20 mT/m, slew: 100 T/m/s, flat: 1 ms}\n"
        "    - {name: b, axis: y, amplitude: 20 mT/m, slew: 100 T/m/s, flat: 1 ms}\n"
        "    - {name: c, axis: z, amplitude: 20 mT/m, slew: 100 T/m/s, flat: 1 ms}\n";
    label_demands("    limits: [{quantity: dbdt-peak, limit: <= 15 T/s, printed: words}]\n");
    scanner_shows(
        "gradients: {linear_volume: {diameter: 50 cm, length: 50 cm}, dbdt_max: 90 T/s}\n");
    sequence_file("scan.yaml", "console", gradients);
    case_of(ONE, DEVICE PLACED);
    assert_overall(MET);
    case_of(ONE, DEVICE PLACED "  - name: other\n    label: label.yaml\n");
    mrse_assessment *a = assess();
    const mrse_finding *placed = topic_of(a, "device", "dB/dt"),
                       *other = topic_of(a, "other", "dB/dt");
    assert_int_equal(placed->decision.verdict, MET);
    assert_string_equal(placed->exposure_name, "at the implant");
    assert_int_not_equal(other->decision.verdict, MET);
    assert_string_equal(other->exposure_name, "largest that a patient meets");
    assert_true(other->exposure.v > 2.0 * placed->exposure.v);
    /* a setting found for the one place would not do for the other */
    assert_null(strstr(other->ask, "not known"));
    mrse_assessment_free(a);
    label_demands("    limits: [{quantity: dbdt-rms, limit: <= 15 T/s, printed: words}]\n");
    a = assess();
    assert_int_equal(topic_of(a, "other", "dB/dt")->decision.verdict, UNDETERMINED);
    mrse_assessment_free(a);
}

/* ---- two numbers for one thing ---- */

static void gradient__larger_number_in_the_same_file__not_met_by_the_smaller(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *tail;
        mrse_verdict want;
    } row[] = {
        {"slew-sequence, limit: <= 120 T/m/s", "reported: {slew: 90 T/m/s}\n", MET},
        {"slew-sequence, limit: <= 120 T/m/s",
         "reported: {slew: 90 T/m/s}\ngradients: {lobes: [{name: a, axis: x, amplitude: 20 mT/m,\n"
         "                     slew: 130 T/m/s}]}\n",
         UNDETERMINED},
        {"slew-sequence, limit: <= 150 T/m/s",
         "reported: {slew: 90 T/m/s}\ngradients: {lobes: [{name: a, axis: x, amplitude: 20 mT/m,\n"
         "                     slew: 130 T/m/s}]}\n",
         MET},
        {"dbdt-peak, limit: <= 100 T/s", "reported: {dbdt: 80 T/s}\n", MET},
        {"dbdt-peak, limit: <= 100 T/s", "reported: {dbdt: 150 T/s}\n", UNDETERMINED},
        {"dbdt-peak, limit: <= 50 T/s", "reported: {dbdt: 150 T/s}\n", NOT_MET},
    };
    scanner_shows("gradients: {source: sheet, dbdt_max: 60 T/s}\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "    limits: [{quantity: %s, printed: words}]\n", row[i].limit);
        label_demands(text);
        sequence_file("scan.yaml", "console", row[i].tail);
        assert_row(row[i].tail, row[i].want);
    }
}

/* ---- what was confirmed ---- */

static void confirmed__met_under_a_name_of_two_ways__which_is_not_told(void **state)
{
    (void)state;
    static const struct {
        const char *what, *is;
        mrse_verdict want;
    } row[] = {{"therapy", "met", UNDETERMINED}, {"therapy", "not met", UNDETERMINED},
               {"therapy", "off", MET},          {"therapy", "bipolar", UNDETERMINED},
               {"turned off", "met", MET},       {"bipolar only", "met", UNDETERMINED}};
    label_demands("    any_of:\n      - printed: either\n        options:\n"
                  "          - name: off\n"
                  "            limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"
                  "            states: [{kind: therapy, ruling: required, setting: 'off',\n"
                  "                      printed: turned off}]\n"
                  "          - name: bipolar\n"
                  "            limits: [{quantity: b1-rms, limit: <= 0.5 uT, printed: half}]\n"
                  "            states: [{kind: therapy, ruling: required, setting: bipolar,\n"
                  "                      printed: bipolar only}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        case_of(ONE, device_confirmed(row[i].what, row[i].is));
        assert_row(row[i].is, row[i].want);
    }
}

/* Two settings of one name: neither is told by "off". */
static void confirmed__setting_that_two_things_share__needs_the_printed_words(void **state)
{
    (void)state;
    label_demands(
        "    states:\n"
        "      - {kind: therapy, ruling: required, setting: 'off', printed: first words}\n"
        "      - {kind: therapy, ruling: required, setting: 'off', printed: more words}\n");
    case_of(ONE, device_confirmed("therapy", "off"));
    assert_asks("first words");
    assert_asks("more words");
    mrse_assessment *a = assess();
    assert_non_null(strstr(finding_of(a, "more words", UNDETERMINED)->ask, "what: more words"));
    mrse_assessment_free(a);
}

/* The words that the label prints for one thing are its name for another. */
static void confirmed__words_of_one_are_the_name_of_another__settle_that_alone(void **state)
{
    (void)state;
    label_demands(
        "    states: [{kind: therapy, ruling: required, setting: 'off', printed: consent}]\n"
        "    conditions: [{topic: consent, printed: patient agrees}]\n");
    case_of(ONE, device_confirmed("consent", "met"));
    mrse_assessment *a = assess();
    assert_int_equal(finding_of(a, "patient agrees", MET)->decision.verdict, MET);
    assert_int_equal(topic_of(a, "device", "therapy")->decision.verdict, UNDETERMINED);
    mrse_assessment_free(a);
    case_of(ONE, DEVICE "    confirmed:\n"
                        "      - {what: consent, is: met, by: nurse, date: 2026-11-22}\n"
                        "      - {what: therapy, is: 'off', by: nurse, date: 2026-11-22}\n");
    assert_overall(MET);
    label_demands(
        "    limits: [{quantity: spacing, limit: '>= 3 cm', of: leads, printed: consent}]\n"
        "    conditions: [{topic: consent, printed: patient agrees}]\n");
    case_of(ONE, device_confirmed("consent", "met"));
    assert_overall(UNDETERMINED);
}

/* ---- timetable ---- */

static void timetable__ways_with_clocks_of_their_own__none_is_promised(void **state)
{
    (void)state;
    static const char clock[] =
        "    clocks: [{kind: exam, active: rf, limit: <= 15 min, printed: 15}]\n"
        "    any_of:\n      - printed: either\n        options:\n"
        "          - name: a\n"
        "            %s: [%s]\n"
        "          - name: b\n"
        "            modes: [{allowed: normal, printed: normal}]\n";
    char text[1024];
    case_of("sequences:\n"
            "  - {file: scan.yaml, name: one, minutes: 10.00 min}\n"
            "  - {file: scan.yaml, name: two, minutes: 10.00 min}\n",
            DEVICE);
    snprintf(text, sizeof text, clock, "clocks",
             "{kind: continuous, active: rf, gap: 1 min, limit: <= 12 min, printed: 12}");
    label_demands(text);
    mrse_assessment *a = assess();
    assert_true(a->timetable.needed);
    assert_false(a->timetable.possible);
    assert_non_null(strstr(a->timetable.reason, "several ways"));
    mrse_assessment_free(a);
    snprintf(text, sizeof text, clock, "limits",
             "{quantity: b1-rms, limit: <= 2 uT, printed: two}");
    label_demands(text);
    a = assess();
    assert_null(strstr(a->timetable.reason, "several ways"));
    mrse_assessment_free(a);
}

/* "Met" was said of the branch that holds on the case's own scanner. */
static void confirmed__on_another_scanner__only_what_its_branch_asks_in_the_same_words(void **state)
{
    (void)state;
    static const struct {
        const char *what, *is;
        mrse_verdict there;
    } row[] = {{"therapy", "met", UNDETERMINED},
               {"therapy", "bipolar", UNDETERMINED},
               {"therapy", "off", MET},
               {"turned off", "met", MET}};
    label_is(
        "branches:\n"
        "  - name: 1.5 T\n    b0: [1.5 T]\n"
        "    states: [{kind: therapy, ruling: required, setting: bipolar, printed: bipolar only}]\n"
        "    conditions: [{topic: consent, printed: same words}]\n"
        "  - name: 3 T\n    b0: [3 T]\n"
        "    states: [{kind: therapy, ruling: required, setting: 'off', printed: turned off}]\n"
        "    conditions: [{topic: consent, printed: same words}]\n");
    scanner_of("3 T", "3930 kA", "");
    char *other = mrse_strdup(scratch_path("other.yaml"));
    assert_int_equal(rename(scratch_path("scanner.yaml"), other), 0);
    scanner_shows("");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "%s    confirmed: [{what: '%s', is: '%s', by: nurse, date: 2026-11-22},\n"
                 "                {what: consent, is: met, by: nurse, date: 2026-11-22}]\n",
                 DEVICE, row[i].what, row[i].is);
        case_of("", text);
        mrse_assessment *a = NULL;
        assert_int_equal(mrse_assess_case_on(scratch_path("case.yaml"), other, NULL, &a, NULL),
                         MRSE_OK);
        assert_int_equal(a->overall, row[i].there);
        assert_int_equal(finding_of(a, "same words", MET)->decision.verdict, MET);
        mrse_assessment_free(a);
    }
    case_of("", device_confirmed("therapy", "met"));
    mrse_assessment *a = assess();
    assert_int_equal(finding_of(a, "bipolar only", MET)->decision.verdict, MET);
    mrse_assessment_free(a);
    mrse_free(other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, label_case_reset)
    const struct CMUnitTest tests[] = {
        TEST(guard__sequence_needs_more_than_the_mode_set__branch_not_taken),
        TEST(mode__fpo_b_that_the_scanner_denies__not_met_by_it),
        TEST(mode__fpo_b_chosen_for_a_patient__scanner_denies_it),
        TEST(label_file__after_the_day_of_its_next_check__nothing_is_met_by_it),
        TEST(since_implantation__day_of_the_request_only__no_limit_from_above),
        TEST(since_implantation__how_long_to_wait__whole_days),
        TEST(branch__none_applies__not_told_to_name_one),
        TEST(branch__label_without_any__not_called_of_another_field),
        TEST(field__label_up_to_a_strength__said_with_its_operator),
        TEST(posture__as_named__nothing_to_do),
        TEST(isocentre__level_not_in_the_region__refused),
        TEST(region__sequence_file_of_another__no_place_and_no_sar_is_met),
        TEST(region__only_the_level_is_said__sequence_file_against_it),
        TEST(coil__name_that_tells_no_kind__another_coil_is_not_ruled_out),
        TEST(coil__two_of_one_name__refused),
        TEST(dbdt__place_of_another_implant__does_not_count),
        TEST(gradient__larger_number_in_the_same_file__not_met_by_the_smaller),
        TEST(confirmed__met_under_a_name_of_two_ways__which_is_not_told),
        TEST(confirmed__setting_that_two_things_share__needs_the_printed_words),
        TEST(confirmed__words_of_one_are_the_name_of_another__settle_that_alone),
        TEST(timetable__ways_with_clocks_of_their_own__none_is_promised),
        TEST(confirmed__on_another_scanner__only_what_its_branch_asks_in_the_same_words),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

/* The twenty traps that real labels set, one test each, from the files to the verdict of the case.
 * Each test first shows a case that is MET, so that what follows cannot come out right by accident.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

/* ---- the traps ---- */

static mrse_value limit_of(const char *limit)
{
    char terms[256];
    snprintf(terms, sizeof terms, "    limits: [{quantity: sfg, limit: %s, printed: as printed}]\n",
             limit);
    label_demands(terms);
    case_of("", DEVICE);
    mrse_assessment *a = assess();
    mrse_value v = finding_of(a, "as printed", MET)->limit.value;
    assert_int_equal(a->overall, MET);
    mrse_assessment_free(a);
    return v;
}

static void trap_01__units_of_the_gradient__one_limit_and_its_words(void **state)
{
    (void)state;
    static const char *const same[] = {"<= 40 T/m", "<= 4000 G/cm", "<= 4000 Gauss/cm",
                                       "<= 400 mT/cm"};
    for (size_t i = 0; i < 4; i++) {
        mrse_value v = limit_of(same[i]);
        assert_rel(v.v, 40.0, 1e-12);
        assert_non_null(strstr(same[i], v.printed));
    }
    mrse_assessment *a = NULL;
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, also: 400 G/cm, printed: p}]\n");
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, NULL), MRSE_ERR_INPUT);
    assert_null(a);
}

static void trap_02__exactly_at_the_limit__operator_decides(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *sar;
        mrse_verdict is;
    } row[] = {{"<= 2.0 W/kg", "2.0 W/kg", MET},
               {"< 2 W/kg", "2.0 W/kg", NOT_MET},
               {"< 2 W/kg", "1.99 W/kg", MET},
               {"<= 2 W/kg", "2.01 W/kg", NOT_MET},
               {"< 2 W/kg", "2.01 W/kg", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    limits: [{quantity: sar-whole-body, limit: %s, printed: p}]\n", row[i].limit);
        label_demands(text);
        snprintf(text, sizeof text, "sar_whole_body: %s", row[i].sar);
        sequence_is(text);
        assert_row(row[i].limit, row[i].is);
    }
}

static const char CHAIN[] =
    "    first_available:\n"
    "      - printed: B1+rms, else SAR\n"
    "        steps:\n"
    "          - limits: [{quantity: b1-rms, limit: <= 3.2 uT, printed: B1 words}]\n"
    "          - unreported: b1-rms\n"
    "            limits:\n"
    "              - {quantity: sar-whole-body, limit: <= 0.4 W/kg, printed: body words}\n"
    "              - {quantity: sar-head, limit: <= 0.4 W/kg, printed: head words}\n";

static void trap_03__fallback_chain__no_free_choice(void **state)
{
    (void)state;
    static const char quiet_sar[] = "b1_rms: 4 uT, sar_whole_body: 0.1 W/kg, sar_head: 0.1 W/kg";
    static const char quiet_b1[] = "b1_rms: 1 uT, sar_whole_body: 0.1 W/kg, sar_head: 0.5 W/kg";
    label_demands(CHAIN);
    scanner_shows("rf: {reports_b1_rms: yes}\n");
    assert_overall(MET);
    sequence_is(quiet_sar); /* SAR is low, but B1+rms is displayed */
    assert_overall(NOT_MET);
    sequence_is(quiet_b1); /* head SAR is high, and does not count */
    assert_overall(MET);
    scanner_shows("rf: {reports_b1_rms: no}\n");
    assert_overall(UNDETERMINED); /* the sequence file holds what was displayed */
    sequence_is("sar_whole_body: 0.1 W/kg, sar_head: 0.5 W/kg");
    assert_overall(NOT_MET); /* both SAR count */
    sequence_is("sar_whole_body: 0.4 W/kg, sar_head: 0.4 W/kg");
    assert_overall(MET);
    sequence_is("sar_whole_body: 0.4 W/kg");
    assert_asks("head words");
    scanner_shows("");
    sequence_is(quiet_sar);
    assert_asks("B1+rms, else SAR");
    sequence_is(quiet_b1);
    assert_asks("B1+rms, else SAR");
}

/* The second step of a deep brain stimulator: a SAR that the page does not name. */
static void trap_03__unspecified_sar__never_met(void **state)
{
    (void)state;
    scanner_shows("rf: {reports_b1_rms: no}\n");
    sequence_is("sar_whole_body: 0.01 W/kg, sar_head: 0.01 W/kg");
    label_demands("    first_available:\n"
                  "      - printed: B1+rms, else SAR\n"
                  "        steps:\n"
                  "          - limits: [{quantity: b1-rms, limit: <= 2 uT, printed: B1}]\n"
                  "          - unreported: b1-rms\n"
                  "            limits: [{quantity: sar-unspecified, limit: <= 0.1 W/kg,\n"
                  "                      printed: SAR of 0.1}]\n");
    assert_asks("SAR of 0.1");
    scanner_shows("rf: {reports_b1_rms: yes}\n");
    sequence_is("b1_rms: 2 uT");
    assert_overall(MET);
}

static void trap_04__prescan_value__computed_number_does_not_do(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, scope: [prescan, sequence],\n"
                  "              printed: pre-scan value}]\n");
    assert_overall(MET);
    sequence_is("b1_rms: 2.1 uT");
    assert_overall(NOT_MET);
    sequence_from("scan.yaml", "assumed", "b1_rms: 1.0 uT");
    assert_asks("pre-scan value");
    sequence_is("sar_whole_body: 0.1 W/kg");
    assert_asks("pre-scan value");
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: any value}]\n");
    sequence_from("scan.yaml", "assumed", "b1_rms: 1.0 uT");
    mrse_assessment *a = assess(); /* without those words an assumption may stand, and is marked */
    assert_int_equal(a->overall, MET);
    assert_true(a->on_assumption);
    mrse_assessment_free(a);
}

static void trap_05__not_applicable__shown_and_changes_nothing(void **state)
{
    (void)state;
    label_demands("    limits:\n"
                  "      - {quantity: sar-head, limit: <= 3.2 W/kg, printed: head words}\n"
                  "      - {quantity: sar-whole-body, limit: not applicable, printed: n/a here}\n");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MET);
    const mrse_finding *f = finding_of(a, "n/a here", NOT_STATED);
    assert_true(isnan(f->limit.value.v));
    mrse_assessment_free(a);
    sequence_is("sar_head: 3.3 W/kg, sar_whole_body: 0 W/kg");
    assert_overall(NOT_MET);
    /* where the exemption is a distance that has to be worked out */
    label_demands("    zones: [{kind: coil-radius, printed: one coil radius away}]\n");
    assert_asks("one coil radius away");
}

static void trap_06__either_or__terms_of_one_option_not_mixed(void **state)
{
    (void)state;
    static const struct {
        const char *sar, *minutes, *mode;
        mrse_verdict is;
    } row[] = {{"3 W/kg", "10 min", "first-level", MET},
               {"1 W/kg", "25 min", "normal", MET},
               {"3 W/kg", "25 min", "first-level", NOT_MET},
               {"1 W/kg", "35 min", "normal", NOT_MET},
               {"5 W/kg", "1 min", "first-level", NOT_MET}};
    label_demands(
        "    any_of:\n"
        "      - printed: 4 W/kg for 15 minutes or 2 W/kg for 30 minutes\n"
        "        options:\n"
        "          - name: 4 W/kg for 15 min\n"
        "            limits: [{quantity: sar-whole-body, limit: <= 4 W/kg, printed: 4 W/kg}]\n"
        "            modes: [{allowed: [normal, first-level], printed: FLOM}]\n"
        "            clocks: [{kind: exam, limit: <= 15 min, printed: 15 minutes}]\n"
        "          - name: 2 W/kg for 30 min\n"
        "            limits: [{quantity: sar-whole-body, limit: <= 2 W/kg, printed: 2 W/kg}]\n"
        "            clocks: [{kind: exam, limit: <= 30 min, printed: 30 minutes}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "sar_whole_body: %s", row[i].sar);
        sequence_is(text);
        snprintf(text, sizeof text,
                 "sequences: [{source: plan, file: scan.yaml, minutes: %s}]\n"
                 "examination: {mode: %s}\n",
                 row[i].minutes, row[i].mode);
        case_of(text, DEVICE);
        assert_row(row[i].sar, row[i].is);
    }
    sequence_is("b1_rms: 1 uT"); /* SAR not known: neither option is */
    assert_overall(UNDETERMINED);
}

static const char BY_MODE[] =
    "branches:\n"
    "  - name: normal\n    b0: [1.5 T]\n"
    "    when: {modes: normal, printed: normal mode}\n"
    "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: normal words}]\n"
    "  - name: first level\n    b0: [1.5 T]\n"
    "    when: {modes: first-level, printed: first level mode}\n"
    "    zones: [{kind: outside-bore, printed: fully outside the bore}]\n";

static void trap_07__mode_selects_the_geometry__branch_follows_the_mode(void **state)
{
    (void)state;
    label_is(BY_MODE);
    case_of(ONE "examination: {mode: normal}\n", DEVICE);
    assert_overall(MET);
    case_of(ONE "examination: {mode: first-level}\n", DEVICE);
    mrse_assessment *a = assess();
    assert_non_null(a->implant[0].branch);
    assert_string_equal(a->implant[0].branch->name, "first level");
    mrse_assessment_free(a);
    assert_asks("fully outside the bore"); /* where the frame ends is not said */
    case_of(ONE, DEVICE);
    a = assess();
    assert_null(a->implant[0].branch);
    assert_int_equal(a->overall, UNDETERMINED);
    assert_non_null(strstr(a->implant[0].branch_reason, "mode"));
    mrse_assessment_free(a);
}

static void trap_08__mode_differs_per_field__first_level_permitted_at_3_T_only(void **state)
{
    (void)state;
    static const struct {
        const char *b0, *current, *mode;
        mrse_verdict is;
    } row[] = {{"1.5 T", "1965 kA", "examination: {mode: normal}\n", MET},
               {"1.5 T", "1965 kA", "examination: {mode: first-level}\n", NOT_MET},
               {"3 T", "3930 kA", "examination: {mode: normal}\n", MET},
               {"3 T", "3930 kA", "examination: {mode: first-level}\n", MET},
               {"3 T", "3930 kA", "examination: {mode: second-level}\n", NOT_MET},
               {"7 T", "9170 kA", "examination: {mode: normal}\n", NOT_MET},
               {"1.5 T", "1965 kA", "", UNDETERMINED}};
    label_is("branches:\n"
             "  - name: 1.5 T\n    b0: [1.5 T]\n"
             "    modes: [{allowed: normal, printed: normal mode}]\n"
             "  - name: 3 T\n    b0: [3 T]\n"
             "    modes: [{allowed: [normal, first-level], printed: first level}]\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        scanner_of(row[i].b0, row[i].current, "");
        case_of(row[i].mode, DEVICE);
        assert_row(row[i].b0, row[i].is);
    }
}

/* Two scans of 12 min, and what else the examination has. */
static void case_of_two_scans(const char *pause, const char *examination)
{
    static char text[1024];
    snprintf(text, sizeof text,
             "sequences:\n"
             "  - {source: plan, file: scan.yaml, name: first, minutes: 12 min%s}\n"
             "  - {source: plan, file: scan.yaml, name: second, minutes: 12 min}\n%s",
             pause, examination);
    case_of(text, DEVICE);
}

static void trap_09__clocks__each_counts_its_own_way(void **state)
{
    (void)state;
    static const char FREE[] = "examination: {free_before: 24 h}\n";
    static const struct {
        const char *clock, *pause, *examination;
        mrse_verdict is;
    } row[] = {
        {"kind: per-sequence, limit: <= 15 min", "", "", MET},
        {"kind: per-sequence, limit: <= 10 min", "", "", NOT_MET},
        {"kind: exam, limit: <= 15 min", "", "", NOT_MET},
        {"kind: exam, limit: <= 24 min", "", "", MET},
        {"kind: exam, limit: < 24 min", "", "", NOT_MET},
        {"kind: continuous, limit: <= 15 min", "", "", NOT_MET},
        {"kind: continuous, limit: <= 15 min, gap: 5 min", ", pause: 10 min", "", MET},
        {"kind: continuous, limit: <= 15 min, gap: 15 min", ", pause: 10 min", "", NOT_MET},
        {"kind: window, limit: <= 15 min, window: 30 min", ", pause: 10 min", FREE, NOT_MET},
        {"kind: window, limit: <= 15 min, window: 30 min", ", pause: 30 min", FREE, MET},
        {"kind: window, limit: <= 15 min, window: 30 min", ", pause: 30 min", "", UNDETERMINED},
        {"kind: rest, limit: <= 15 min, rest: 60 min", ", pause: 30 min", FREE, NOT_MET},
        {"kind: rest, limit: <= 15 min, rest: 60 min", ", pause: 60 min", FREE, MET},
        {"kind: lifetime, limit: <= 10 h", "", "", UNDETERMINED},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char terms[256];
        snprintf(terms, sizeof terms, "    clocks: [{%s, active: rf, printed: the clock}]\n",
                 row[i].clock);
        label_demands(terms);
        case_of_two_scans(row[i].pause, row[i].examination);
        assert_row(row[i].clock, row[i].is);
    }
}

static const char BY_COIL[] =
    "branches:\n"
    "  - name: body coil\n    b0: [1.5 T]\n    when: {transmit: body, printed: body coil}\n"
    "    zones: [{kind: isocentre-not-between, from: C7, to: L3, printed: not C7 to L3}]\n"
    "  - name: head coil\n    b0: [1.5 T]\n    when: {transmit: head, printed: T/R head coil}\n"
    "    zones: [{kind: isocentre-not-between, from: C7, to: T8, printed: not C7 to T8}]\n";

static void trap_10__isocentre_exclusion__by_coil_and_with_uncertainty(void **state)
{
    (void)state;
    static const struct {
        const char *examination;
        mrse_verdict is;
    } row[] = {{"coil: body, level: knee", MET},   {"coil: head, level: knee", MET},
               {"coil: body, level: T5", NOT_MET}, {"coil: head, level: T5", NOT_MET},
               {"coil: body, level: L1", NOT_MET}, {"coil: head, level: S1", MET},
               {"level: knee", UNDETERMINED},      {"coil: body", UNDETERMINED}};
    label_is(BY_COIL);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "examination: {height: {value: 1.75 m, u: 1 cm}, %s}\n",
                 row[i].examination);
        case_of(text, DEVICE);
        assert_row(row[i].examination, row[i].is);
    }
    /* a coil that the label says nothing about */
    case_of("examination: {coil: extremity, level: knee, height: {value: 1.75 m, u: 1 cm}}\n",
            DEVICE);
    mrse_assessment *a = assess();
    assert_null(a->implant[0].branch);
    assert_int_not_equal(a->overall, MET);
    mrse_assessment_free(a);
    /* the edge of the zone is not sharper than the anatomy is known */
    case_of("examination: {coil: body, height: {value: 1.75 m, u: 1 cm}, level: C7,\n"
            "              offset: {value: 15 mm, u: 10 mm}}\n",
            DEVICE);
    a = assess();
    assert_int_not_equal(a->overall, MET);
    mrse_assessment_free(a);
}

static void trap_11__device_in_another_place__named_branch_and_its_reason_shown(void **state)
{
    (void)state;
    static const char named[] = DEVICE "    branch: within the coil\n"
                                       "    because: the stent is in the shoulder\n";
    label_is("branches:\n"
             "  - name: outside the coil\n    b0: [1.5 T]\n"
             "    when: {regions: head, printed: device outside the coil}\n"
             "    limits: [{quantity: sar-whole-body, limit: <= 2 W/kg, printed: two}]\n"
             "  - name: within the coil\n    b0: [1.5 T]\n"
             "    when: {regions: [chest, abdomen], printed: device within the coil}\n"
             "    limits: [{quantity: sar-whole-body, limit: <= 0.2 W/kg, printed: a fifth}]\n");
    case_of(ONE "examination: {region: head}\n", DEVICE);
    assert_overall(MET);
    case_of(ONE "examination: {region: head}\n", named);
    mrse_assessment *a = assess();
    assert_string_equal(a->implant[0].branch->name, "within the coil");
    assert_non_null(strstr(a->implant[0].branch_reason, "named"));
    assert_string_equal(a->implant[0].implant->because, "the stent is in the shoulder");
    finding_of(a, "a fifth", NOT_MET);
    assert_int_equal(a->overall, NOT_MET);
    mrse_assessment_free(a);
}

static const char PARTS[] =
    "components:\n"
    "  - {id: ipg, role: device, name: generator, printed: generator}\n"
    "  - {id: good, role: lead, name: listed lead, printed: listed lead}\n"
    "  - {id: bad, role: accessory, name: 93100, mr_unsafe: yes, printed: 93100}\n"
    "combinations:\n"
    "  - {name: system, groups: [{any_of: [ipg]}, {any_of: [good]}], ruling: allowed,\n"
    "     printed: generator with a listed lead}\n"
    "when: {combinations: [system], printed: listed systems only}\n"
    "exclusions:\n"
    "  - {kind: components, ruling: forbidden, mr_unsafe: yes, components: [bad],\n"
    "     printed: never with 93100}\n"
    "branches:\n"
    "  - name: 1.5 T\n    b0: [1.5 T]\n"
    "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n";

static void trap_12__components__one_part_decides(void **state)
{
    (void)state;
    static const struct {
        const char *components;
        mrse_verdict is;
    } row[] = {{"    components: [ipg, good]\n", MET},
               {"    components: [ipg, good, bad]\n", NOT_MET},
               {"    components: [ipg]\n", NOT_MET},
               {"", UNDETERMINED}};
    label_is(PARTS);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char implant[256];
        snprintf(implant, sizeof implant, DEVICE "%s", row[i].components);
        case_of(ONE, implant);
        assert_row(row[i].components, row[i].is);
    }
}

static void trap_13__several_implants__most_restrictive_never_the_mean(void **state)
{
    (void)state;
    static const char terms[] = "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n    limits:\n"
                                "      - {quantity: sar-whole-body, limit: <= %s, printed: %s}\n";
    static const char both[] = DEVICE "  - name: other\n    label: other.yaml\n";
    char text[512];
    snprintf(text, sizeof text, terms, "4 W/kg", "four");
    label_is(text);
    snprintf(text, sizeof text, terms, "2 W/kg", "two");
    label_file("other.yaml", "status: MR Conditional\n", text);
    case_of(ONE, both);
    assert_overall(MET);
    sequence_is("sar_whole_body: 2.5 W/kg"); /* the mean, 3 W/kg, would be met */
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, NOT_MET);
    assert_string_equal(finding_of(a, "four", MET)->implant, "device");
    assert_string_equal(finding_of(a, "two", NOT_MET)->implant, "other");
    mrse_assessment_free(a);
    sequence_is("sar_whole_body: 1 W/kg");
    size_t n = (size_t)snprintf(text, sizeof text, terms, "2 W/kg", "two");
    snprintf(
        text + n, sizeof text - n,
        "pairs: [{kind: metal-near, length: \"> 5 cm\", distance: < 4 cm, printed: no metal}]\n");
    label_file("other.yaml", "status: MR Conditional\n", text);
    assert_asks("no metal");
}

static void trap_14__two_revisions__the_file_at_hand_decides_and_is_named(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: p}]\n");
    case_of("", DEVICE);
    mrse_assessment *a = assess();
    double most = a->study->reach_grad.v, u = a->study->reach_grad.u;
    mrse_assessment_free(a);
    for (int newer = 0; newer < 2; newer++) {
        char limit[MRSE_NUM_MAX], text[512];
        mrse_text_num(limit, newer ? most + 3.0 * u : most - 3.0 * u, 6);
        snprintf(text, sizeof text,
                 "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n"
                 "    limits: [{quantity: sfg, limit: <= %s T/m, printed: revision}]\n",
                 limit);
        label_file("label.yaml",
                   newer ? "status: MR Conditional\nregion: US\n"
                         : "status: MR Conditional\nregion: EU\n",
                   text);
        a = assess();
        assert_int_equal(a->overall, newer ? MET : NOT_MET);
        assert_string_equal(a->implant[0].label->region, newer ? "US" : "EU");
        mrse_assessment_free(a);
    }
}

static void trap_15__legacy_wording__never_a_pass(void **state)
{
    (void)state;
    static const char *const status[] = {
        "status: legacy statement\nstatus_printed: safe up to 4.0 T\n",
        "status: legacy statement\nstatus_printed: MR compatible\n", "status: MR Unlabelled\n"};
    static const char terms[] = "branches:\n  - name: any\n    b0_limit: <= 4 T\n"
                                "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n";
    label_is(terms);
    assert_overall(MET);
    for (size_t i = 0; i < 3; i++) {
        label_file("label.yaml", status[i], "");
        assert_overall(UNDETERMINED);
    }
    label_file("label.yaml", "status: MR Unsafe\n", "");
    assert_overall(NOT_MET);
}

#define ON_AXIS                                                                                    \
    DEVICE "    position:\n"                                                                       \
           "      {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n"

/* A limit between what the device meets on its way in and what the scanner has at its worst place. */
static void limit_between(const char *more)
{
    char number[MRSE_NUM_MAX], terms[256];
    label_demands("    limits: [{quantity: sfg, limit: <= 40 T/m, printed: p}]\n");
    case_of("", ON_AXIS);
    mrse_assessment *a = assess();
    double ride = a->implant[0].ride.at.grad.v + 2.5 * a->implant[0].ride.at.grad.u;
    assert_true(ride < a->study->reach_grad.v - 2.0 * a->study->reach_grad.u);
    mrse_assessment_free(a);
    mrse_text_num(number, ride, 6);
    snprintf(terms, sizeof terms, "    limits: [{quantity: sfg, limit: <= %s T/m%s, printed: p}]\n",
             number, more);
    label_demands(terms);
}

static void trap_16__recalculable_limit__shown_but_not_taken_by_itself(void **state)
{
    (void)state;
    limit_between(", recalculable: yes");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, NOT_MET);
    assert_true(a->implant[0].grad_limit->recalculable);
    assert_false(finding_of(a, "p", MET)->decisive); /* the path, for the expert to take up */
    mrse_assessment_free(a);
    case_of("", ON_AXIS "    decisive: path\n    because: calculated by a physicist\n");
    assert_overall(MET);
}

static void trap_17__limit_below_the_scanner_maximum__path_only_with_a_reason(void **state)
{
    (void)state;
    mrse_assessment *a = NULL;
    limit_between("");
    assert_overall(NOT_MET);
    case_of("", ON_AXIS "    decisive: path\n    because: the head is fixed\n");
    assert_overall(MET);
    case_of("", ON_AXIS "    decisive: path\n");
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, NULL), MRSE_ERR_INPUT);
    assert_null(a);
}

static void trap_18__no_number__only_what_somebody_confirmed(void **state)
{
    (void)state;
    static const struct {
        const char *terms, *what, *good, *bad;
    } row[] = {
        {"    states: [{kind: magnet, ruling: required, setting: removed, printed: words}]\n",
         "magnet", "removed", "not met"},
        {"    states: [{kind: therapy, ruling: required, setting: off, printed: words}]\n",
         "therapy", "off", "not met"},
        {"    states: [{kind: reservoir, ruling: required, setting: empty, printed: words}]\n",
         "reservoir", "empty", "not met"},
        {"    states: [{kind: orientation, ruling: forbidden, setting: across, printed: words}]\n",
         "orientation", "met", "across"},
        {"    patients: [{kind: fever, ruling: forbidden, printed: words}]\n", "fever", "absent",
         "present"},
        {"    exclusions: [{kind: abandoned-leads, ruling: forbidden, printed: words}]\n",
         "abandoned leads", "absent", "present"},
        {"    checks: [{when: after, action: interrogate the device, printed: words}]\n",
         "interrogate the device", "arranged", "not met"},
        {"    conditions: [{topic: programming, printed: words}]\n", "programming", "met",
         "not met"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        static const char form[] =
            DEVICE "    confirmed: [{what: %s, is: %s, by: radiographer, date: 2026-11-22}]\n";
        char implant[256];
        label_demands(row[i].terms);
        case_of("", DEVICE);
        assert_asks("words");
        snprintf(implant, sizeof implant, form, row[i].what, row[i].good);
        case_of("", implant);
        assert_row(row[i].what, MET);
        snprintf(implant, sizeof implant, form, row[i].what, row[i].bad);
        case_of("", implant);
        assert_row(row[i].what, NOT_MET);
        snprintf(implant, sizeof implant, form, "something else", row[i].good);
        case_of("", implant);
        assert_asks("words");
    }
}

static void trap_18__forbidden_state__only_another_known_setting_meets_it(void **state)
{
    (void)state;
    static const char *const bad[] = {"unknown", "not known", "not met", "present", "ERI", "EOS"};
    label_demands("    states: [{kind: battery, ruling: forbidden, setting: ERI or EOS,\n"
                  "              printed: words}]\n");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char implant[256];
        snprintf(implant, sizeof implant,
                 DEVICE "    confirmed: [{what: battery, is: %s, by: cardiologist,\n"
                        "                 date: 2026-11-22}]\n",
                 bad[i]);
        case_of("", implant);
        mrse_assessment *a = assess();
        if (a->overall == MET)
            print_error("forbidden state, confirmed as '%s': MET\n", bad[i]);
        assert_int_not_equal(a->overall, MET);
        mrse_assessment_free(a);
    }
}

/* The rating of the scanner that is at hand is of slew: it answers no other limit. */
static void trap_09__system_scope__slew_rating_answers_no_other_quantity(void **state)
{
    (void)state;
    static const char *const quantity[] = {"dbdt-peak, limit: <= 300 T/s",
                                           "sar-whole-body, limit: <= 2 W/kg"};
    scanner_shows("gradients: {source: design, slew: 1.5 T/m/s}\n");
    for (size_t i = 0; i < sizeof quantity / sizeof quantity[0]; i++) {
        char terms[256];
        snprintf(terms, sizeof terms,
                 "    limits: [{quantity: %s, scope: system, printed: words}]\n", quantity[i]);
        label_demands(terms);
        case_of("", DEVICE);
        mrse_assessment *a = assess();
        if (a->overall == MET)
            print_error("%s: MET from the slew rating\n", quantity[i]);
        assert_int_not_equal(a->overall, MET);
        mrse_assessment_free(a);
    }
}

static void trap_19__quoted_test_result__no_limit(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: sar-whole-body, limit: <= 2 W/kg, printed: two}]\n"
                  "    quotes:\n"
                  "      - {test: temperature-rise, result: 2.7 °C, whole_body_sar: 3 W/kg,\n"
                  "         duration: 15 min, printed: quoted words}\n"
                  "      - {test: temperature-rise, result: < 60 °C, whole_body_sar: 0.1 W/kg,\n"
                  "         printed: quoted words}\n");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MET);
    assert_rel(finding_of(a, "two", MET)->limit.value.v, 2.0, 1e-12); /* not scaled to 3 W/kg */
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].printed, "quoted words") != NULL)
            assert_int_equal(a->finding[i].decision.verdict, NOT_STATED);
    mrse_assessment_free(a);
    sequence_is("sar_whole_body: 2.5 W/kg"); /* below the SAR of the test, above the limit */
    assert_overall(NOT_MET);
}

static void trap_20__unknown_is_a_value__never_met_never_failed(void **state)
{
    (void)state;
    static const char *const terms[] = {
        "    unknowns: [{topic: overlapped beyond 100 mm, printed: words}]\n",
        "    exclusions: [{kind: damaged, ruling: unknown, printed: words}]\n",
        "    states: [{kind: sensing, ruling: unknown, setting: on, printed: words}]\n",
        "    patients: [{kind: both-sides, ruling: unknown, printed: words}]\n",
        "    coils: [{role: transmit, ruling: unknown, which: body, printed: words}]\n",
    };
    static const char limit[] = "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n";
    case_of(ONE "examination: {coil: body}\n", DEVICE);
    label_demands(limit);
    assert_overall(MET);
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", limit, terms[i]);
        label_demands(text);
        assert_asks("words");
    }
    /* an unknown does not hide what is not met */
    sequence_is("b1_rms: 3 uT");
    assert_overall(NOT_MET);
}

static void planned_minutes__shorter_than_the_console_shows__longer_time_counts(void **state)
{
    (void)state;
    case_of("sequences: [{source: plan, file: scan.yaml, minutes: 3 min}]\n"
            "examination: {coil: body}\n",
            DEVICE);
    label_demands(
        "    clocks: [{kind: per-sequence, limit: <= 10 min, active: rf, printed: ten}]\n");
    sequence_is("scan_time: 3 min");
    assert_overall(MET);
    sequence_is("scan_time: 20 min");
    assert_overall(NOT_MET);
}

static void transmit_coil__sequence_file_names_another__its_rf_is_not_met(void **state)
{
    (void)state;
    case_of(ONE "examination: {coil: body}\n", DEVICE);
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n");
    sequence_file("scan.yaml", "console", "coil: head\nreported: {b1_rms: 1.5 uT}\n");
    assert_overall(UNDETERMINED);
    sequence_file("scan.yaml", "console", "coil: body\nreported: {b1_rms: 1.5 uT}\n");
    assert_overall(MET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(trap_01__units_of_the_gradient__one_limit_and_its_words,
                               label_case_reset),
        cmocka_unit_test_setup(trap_02__exactly_at_the_limit__operator_decides, label_case_reset),
        cmocka_unit_test_setup(trap_03__fallback_chain__no_free_choice, label_case_reset),
        cmocka_unit_test_setup(trap_03__unspecified_sar__never_met, label_case_reset),
        cmocka_unit_test_setup(trap_04__prescan_value__computed_number_does_not_do,
                               label_case_reset),
        cmocka_unit_test_setup(trap_05__not_applicable__shown_and_changes_nothing,
                               label_case_reset),
        cmocka_unit_test_setup(trap_06__either_or__terms_of_one_option_not_mixed, label_case_reset),
        cmocka_unit_test_setup(trap_07__mode_selects_the_geometry__branch_follows_the_mode,
                               label_case_reset),
        cmocka_unit_test_setup(trap_08__mode_differs_per_field__first_level_permitted_at_3_T_only,
                               label_case_reset),
        cmocka_unit_test_setup(trap_09__clocks__each_counts_its_own_way, label_case_reset),
        cmocka_unit_test_setup(trap_10__isocentre_exclusion__by_coil_and_with_uncertainty,
                               label_case_reset),
        cmocka_unit_test_setup(trap_11__device_in_another_place__named_branch_and_its_reason_shown,
                               label_case_reset),
        cmocka_unit_test_setup(trap_12__components__one_part_decides, label_case_reset),
        cmocka_unit_test_setup(trap_13__several_implants__most_restrictive_never_the_mean,
                               label_case_reset),
        cmocka_unit_test_setup(trap_14__two_revisions__the_file_at_hand_decides_and_is_named,
                               label_case_reset),
        cmocka_unit_test_setup(trap_15__legacy_wording__never_a_pass, label_case_reset),
        cmocka_unit_test_setup(trap_16__recalculable_limit__shown_but_not_taken_by_itself,
                               label_case_reset),
        cmocka_unit_test_setup(trap_17__limit_below_the_scanner_maximum__path_only_with_a_reason,
                               label_case_reset),
        cmocka_unit_test_setup(trap_18__no_number__only_what_somebody_confirmed, label_case_reset),
        cmocka_unit_test_setup(trap_18__forbidden_state__only_another_known_setting_meets_it,
                               label_case_reset),
        cmocka_unit_test_setup(trap_09__system_scope__slew_rating_answers_no_other_quantity,
                               label_case_reset),
        cmocka_unit_test_setup(planned_minutes__shorter_than_the_console_shows__longer_time_counts,
                               label_case_reset),
        cmocka_unit_test_setup(transmit_coil__sequence_file_names_another__its_rf_is_not_met,
                               label_case_reset),
        cmocka_unit_test_setup(trap_19__quoted_test_result__no_limit, label_case_reset),
        cmocka_unit_test_setup(trap_20__unknown_is_a_value__never_met_never_failed,
                               label_case_reset),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

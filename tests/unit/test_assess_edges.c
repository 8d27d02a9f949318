/* Where a small slip in a comparison would show: exactly at a limit, one of two reasons, what is asked
 * of whom. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define LIMIT "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"

static void limit_is(const char *limit)
{
    char terms[1024];
    snprintf(terms, sizeof terms, "    limits: [{%s, printed: words}]\n", limit);
    label_demands(terms);
}

/* ---- guards ---- */

static void guard__display_of_b1_rms__reason_says_which_way(void **state)
{
    (void)state;
    static const struct {
        const char *asked, *shown, *why;
    } row[] = {{"yes", "no", "the console does not display B1+rms"},
               {"no", "yes", "the console displays B1+rms"}};
    sequence_is("sar_whole_body: 0.3 W/kg");
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "branches:\n  - name: guarded\n    b0: [1.5 T]\n"
                 "    when: {reports_b1_rms: %s, printed: guard}\n" LIMIT,
                 row[i].asked);
        label_is(text);
        snprintf(text, sizeof text, "rf: {reports_b1_rms: %s}\n", row[i].shown);
        scanner_shows(text);
        case_of(ONE, DEVICE "    branch: guarded\n");
        mrse_assessment *a = assess();
        assert_string_equal(finding_of(a, "guard", NOT_MET)->decision.reason, row[i].why);
        mrse_assessment_free(a);
    }
}

/* ---- sequences ---- */

/* dB/dt and slew rate come from the gradient coil, whichever coil transmits. */
static void transmit_coil__of_another_kind__spoils_rf_and_no_gradient(void **state)
{
    (void)state;
    static const struct {
        const char *limit;
        mrse_verdict other_coil;
    } row[] = {{"quantity: b1-rms, limit: <= 9 uT", UNDETERMINED},
               {"quantity: sar-head, limit: <= 3 W/kg", UNDETERMINED},
               {"quantity: dbdt-peak, limit: <= 500 T/s", MET},
               {"quantity: slew-sequence, limit: <= 100 T/m/s", MET}};
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(
        mrse_file_read("examples/dwi-dbdt/before.yaml", MRSE_FILE_MAX, &text, &n, NULL), MRSE_OK);
    scratch_write("scan.yaml", text); /* with the body coil */
    mrse_free(text);
    scanner_shows("gradients: {source: sheet, linear_volume: {diameter: 50 cm, length: 50 cm}}\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        static const char *const coil[] = {"body", "head"};
        for (size_t k = 0; k < 2; k++) {
            char head[512];
            limit_is(row[i].limit);
            snprintf(head, sizeof head, ONE "examination: {coil: %s}\n", coil[k]);
            case_of(head,
                    DEVICE "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: t}\n");
            assert_row(row[i].limit, k == 0 ? MET : row[i].other_coil);
        }
    }
}

/* Of listed lobes no rms is worked out yet; where there is one, the same holds of it. */
static void transmit_coil__rms_of_dbdt_known__stands(void **state)
{
    (void)state;
    sequence_file("scan.yaml", "console", "coil: head\n");
    limit_is("quantity: dbdt-rms, limit: <= 500 T/s");
    case_of(ONE "examination: {coil: body}\n", DEVICE);
    mrse_assessment *a = assess();
    const mrse_implant_result *r = &a->implant[0];
    const mrse_label_limit *limit = &r->branch->must.limit[0];
    (void)finding_of(a, "words", UNDETERMINED);
    a->planned[0].study->dbdt_before.rms =
        mrse_value_computed(400.0, 1.0, MRSE_KIND_DBDT_RMS, "test");
    assert_int_equal(mrse_label_limit_add(a, r, r->branch, limit), MRSE_OK);
    assert_int_equal(a->finding[a->n_findings - 1].decision.verdict, MET);
    mrse_assessment_free(a);
}

/* A file of pulses alone names no coil. */
static void transmit_coil__pulseq_file_names_none__its_b1_stands(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read("examples/sequence/gre.seq", MRSE_FILE_MAX, &text, &n, NULL),
                     MRSE_OK);
    scratch_write("gre.seq", text);
    mrse_free(text);
    limit_is("quantity: b1-rms, limit: <= 20 uT");
    case_of("sequences: [{source: plan, file: gre.seq}]\nexamination: {coil: head}\n", DEVICE);
    assert_overall(MET);
}

/* What the scanner is rated for holds whatever is run, and when nothing is planned yet. */
static void slew_rating__no_sequence_planned__judged_all_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *limit;
        mrse_verdict is;
    } row[] = {{"quantity: slew-system, limit: <= 200 T/m/s", MET},
               {"quantity: slew-system, limit: <= 199 T/m/s", NOT_MET},
               {"quantity: slew-sequence, scope: system, limit: <= 200 T/m/s", MET},
               {"quantity: slew-sequence, scope: system, limit: <= 199 T/m/s", NOT_MET},
               {"quantity: slew-sequence, limit: <= 200 T/m/s", UNDETERMINED}};
    scanner_shows("gradients: {slew: {value: 200 T/m/s, source: sheet}}\n");
    case_of("", DEVICE);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        limit_is(row[i].limit);
        assert_row(row[i].limit, row[i].is);
    }
}

/* ---- time since implantation ---- */

/* Six weeks to the day: dates are whole days, and nothing is uncertain about their number. */
static void since_implantation__to_the_day__operator_decides(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *implanted;
        mrse_verdict is;
    } row[] = {{"'>= 42 d'", "2026-10-11", MET},    {"'>= 6 weeks'", "2026-10-11", MET},
               {"'> 42 d'", "2026-10-11", NOT_MET}, {"<= 42 d", "2026-10-11", MET},
               {"< 42 d", "2026-10-11", NOT_MET},   {"'>= 42 d'", "2026-10-12", NOT_MET},
               {"'> 42 d'", "2026-10-10", MET},     {"<= 42 d", "2026-10-10", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "quantity: since-implant, limit: %s", row[i].limit);
        limit_is(text);
        snprintf(text, sizeof text, DEVICE "    implanted: %s\n", row[i].implanted);
        case_of("", text);
        assert_row(row[i].limit, row[i].is);
    }
    case_of("", DEVICE "    implanted: 2026-10-11\n");
    limit_is("quantity: since-implant, limit: '>= 1 d'");
    mrse_assessment *a = assess();
    const mrse_value *v = &finding_of(a, "words", MET)->exposure;
    assert_abs(v->v, 42.0 * 24.0 * 3600.0, 0.0);
    assert_abs(v->u, 0.0, 0.0);
    mrse_assessment_free(a);
}

/* ---- what a person confirms ---- */

/* An answer that decides is left alone; to any other the words are named that would. */
static void confirmed__word_that_decides_nothing__asks_for_one_that_does(void **state)
{
    (void)state;
    label_demands(LIMIT "    conditions: [{topic: consent, printed: words}]\n");
    case_of(ONE, device_confirmed("consent", "perhaps"));
    mrse_assessment *a = assess();
    assert_non_null(strstr(finding_of(a, "words", UNDETERMINED)->ask, "write met or not met"));
    mrse_assessment_free(a);
    case_of(ONE, device_confirmed("consent", "met"));
    a = assess();
    assert_string_equal(finding_of(a, "words", MET)->ask, "");
    mrse_assessment_free(a);
}

/* A receive coil at one place: forbidden there it has to be absent, allowed elsewhere it has to be so. */
static void receive_coil__ruled_on_by_place__confirmed_the_right_way_round(void **state)
{
    (void)state;
    static const struct {
        const char *ruling, *is;
        mrse_verdict want;
    } row[] = {{"forbidden, where: over-regions, regions: chest", "absent", MET},
               {"forbidden, where: over-regions, regions: chest", "present", NOT_MET},
               {"forbidden, where: over-regions, regions: chest", "done", UNDETERMINED},
               {"allowed, where: clear-of-device", "done", MET},
               {"allowed, where: clear-of-device", "absent", NOT_MET}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, LIMIT "    coils: [{role: receive, ruling: %s, printed: w}]\n",
                 row[i].ruling);
        label_demands(text);
        case_of(ONE, device_confirmed("w", row[i].is));
        assert_row(row[i].is, row[i].want);
    }
}

/* "Other" names nothing, and one name for two of a kind neither. */
static void confirmed__name_of_a_kind__only_where_it_means_one(void **state)
{
    (void)state;
    static const struct {
        const char *terms, *name, *is;
        mrse_verdict want;
    } row[] = {
        {"    patients: [{kind: awake, ruling: required, printed: w}]\n", "awake", "met", MET},
        {"    patients: [{kind: awake, ruling: required, printed: w},\n"
         "               {kind: awake, ruling: required, printed: again w}]\n",
         "awake", "met", UNDETERMINED},
        {"    patients: [{kind: other, ruling: required, printed: w}]\n", "other", "met",
         UNDETERMINED},
        {"    exclusions: [{kind: damaged, ruling: forbidden, printed: w}]\n", "damaged", "absent",
         MET},
        {"    exclusions: [{kind: damaged, ruling: forbidden, printed: w},\n"
         "                 {kind: damaged, ruling: forbidden, printed: again w}]\n",
         "damaged", "absent", UNDETERMINED},
        {"    exclusions: [{kind: other, ruling: forbidden, printed: w}]\n", "other", "absent",
         UNDETERMINED}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, LIMIT "%s", row[i].terms);
        label_demands(text);
        case_of(ONE, device_confirmed(row[i].name, row[i].is));
        assert_row(row[i].terms, row[i].want);
    }
}

/* ---- posture, parts, region ---- */

/* A case with a label says how the patient lies; one that did not would decide neither. */
static void posture__not_said__asked(void **state)
{
    (void)state;
    label_demands(
        "    patients: [{kind: posture, ruling: required, postures: supine, printed: one},\n"
        "               {kind: entry, ruling: required, entries: head-first, printed: two}]\n");
    mrse_assessment *a = assess();
    const mrse_implant_result *r = &a->implant[0];
    size_t first = a->n_findings;
    (void)finding_of(a, "one", MET);
    (void)finding_of(a, "two", MET);
    mrse_free(a->kase->landmark);
    a->kase->landmark = NULL;
    assert_int_equal(mrse_label_rules_add(a, r, r->branch, &r->branch->must), MRSE_OK);
    assert_int_equal(a->n_findings, first + 2);
    for (size_t i = first; i < a->n_findings; i++)
        assert_int_equal(a->finding[i].decision.verdict, UNDETERMINED);
    mrse_assessment_free(a);
}

#define PARTS                                                                                      \
    "components:\n"                                                                                \
    "  - {id: ipg, role: device, name: generator, printed: p}\n"                                   \
    "  - {id: old, role: lead, name: lead, printed: p}\n"

/* That none of the listed parts is implanted is known only where the parts are listed; and it says
 * nothing of what else is excluded. */
static void exclusion__of_parts__known_only_where_parts_are_listed(void **state)
{
    (void)state;
#define OLD   "components, ruling: forbidden, components: [old]"
#define LEADS "abandoned-leads, ruling: forbidden"
    static const struct {
        const char *rule, *implant;
        mrse_verdict is;
    } row[] = {{OLD, "    components: [ipg]\n", MET},
               {OLD, "    components: [ipg, old]\n", NOT_MET},
               {OLD, "", UNDETERMINED},
               {LEADS, "    components: [ipg]\n", UNDETERMINED}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 PARTS "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n" LIMIT
                       "    exclusions: [{kind: %s, printed: words}]\n",
                 row[i].rule);
        label_is(text);
        snprintf(text, sizeof text, DEVICE "%s", row[i].implant);
        case_of(ONE, text);
        assert_row(row[i].rule, row[i].is);
    }
}

static void exclusion__of_a_region__the_one_that_is_scanned(void **state)
{
    (void)state;
#define ARM "region, ruling: forbidden, regions: [arm, leg]"
    static const struct {
        const char *rule, *examination;
        mrse_verdict is;
    } row[] = {{ARM, "region: head", MET},
               {ARM, "region: leg", NOT_MET},
               {ARM, "mode: normal", UNDETERMINED},
               {LEADS, "region: head", UNDETERMINED}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, LIMIT "    exclusions: [{kind: %s, printed: words}]\n",
                 row[i].rule);
        label_demands(text);
        snprintf(text, sizeof text, ONE "examination: {%s}\n", row[i].examination);
        case_of(text, DEVICE);
        assert_row(row[i].examination, row[i].is);
    }
}

/* ---- clocks ---- */

static size_t count_quantities(const char *first, const char *second)
{
    char text[512];
    size_t n;
    snprintf(text, sizeof text,
             "    clocks: [{%s, limit: <= 30 min, printed: p},\n"
             "             {%s, limit: <= 20 min, printed: p}]\n",
             first, second);
    label_demands(text);
    mrse_assessment *a = assess();
    n = a->n_bindings;
    mrse_assessment_free(a);
    return n;
}

/* Two limits bind together when they time the same; otherwise neither says anything of the other. */
static void clock__two_limits__one_quantity_only_when_both_time_the_same(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        {"kind: rest, rest: 60 min", "kind: rest, rest: 90 min"},
        {"kind: continuous, gap: 5 min", "kind: continuous, gap: 10 min"},
        {"kind: window, window: 60 min", "kind: window, window: 90 min"},
        {"kind: region, region: chest", "kind: region, region: head"},
        {"kind: exam, active: rf", "kind: exam, active: gradients"},
        {"kind: exam", "kind: per-sequence"},
        {"kind: exam", "kind: lifetime"}};
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
        size_t apart = count_quantities(pair[i][0], pair[i][1]);
        if (apart != count_quantities(pair[i][0], pair[i][0]) + 1)
            fail_msg("%s, %s: %zu quantities", pair[i][0], pair[i][1], apart);
    }
    label_demands("    clocks: [{kind: rest, rest: 60 min, limit: <= 30 min, printed: between},\n"
                  "             {kind: window, window: 60 min, limit: <= 30 min, active: rf,\n"
                  "              printed: rolling}]\n");
    case_of(ONE "examination: {free_before: {value: 30 d, source: plan}}\n", DEVICE);
    mrse_assessment *a = assess();
    assert_string_equal(finding_of(a, "between", MET)->quantity,
                        "scanning time, scanning between rests, pause 60.0 min");
    assert_string_equal(finding_of(a, "rolling", MET)->quantity,
                        "scanning time, scanning in any window of 60.0 min, RF on");
    mrse_assessment_free(a);
}

/* The break that is named must do: a part of a minute goes up, never down. */
static void clock__not_kept__names_a_break_that_is_long_enough(void **state)
{
    (void)state;
    static const struct {
        const char *gap, *pause, *says;
    } row[] = {{"5 h", "0 min", "with breaks of 300 min in all"},
               {"10.4 min", "0 min", "with breaks of 11 min in all"},
               {"10 min", "9.995 min", "with breaks of 1 min in all"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "    clocks: [{kind: continuous, limit: <= 15 min, gap: %s, active: rf,\n"
                 "              printed: words}]\n",
                 row[i].gap);
        label_demands(text);
        snprintf(text, sizeof text,
                 "sequences: [{source: plan, file: scan.yaml, minutes: 12 min, pause: %s},\n"
                 "            {source: plan, file: scan.yaml, minutes: 12 min}]\n",
                 row[i].pause);
        case_of(text, DEVICE);
        mrse_assessment *a = assess();
        const char *ask = finding_of(a, "words", NOT_MET)->ask;
        if (strstr(ask, row[i].says) == NULL)
            fail_msg("row %zu: '%s'", i, ask);
        mrse_assessment_free(a);
    }
}

/* ---- coils and modes ---- */

static void coil__number_of_channels__at_most_as_many_as_the_label_names(void **state)
{
    (void)state;
    static const struct {
        const char *most, *channels;
        mrse_verdict is;
    } row[] = {{", channels: 2", ", channels: 1", MET},
               {", channels: 2", ", channels: 2", MET},
               {", channels: 2", ", channels: 3", NOT_MET},
               {", channels: 2", "", UNDETERMINED},
               {"", ", channels: 8", MET}, /* the label does not say how many */
               {"", "", MET}};
    case_of(ONE "examination: {coil: q}\n", DEVICE);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "    coils: [{role: transmit, ruling: allowed, which: body%s, printed: w}]\n",
                 row[i].most);
        label_demands(text);
        snprintf(text, sizeof text, "rf: {coils: [{name: q, transmit: body%s}]}\n",
                 row[i].channels);
        scanner_shows(text);
        assert_row(row[i].channels, row[i].is);
    }
}

static void mode__that_a_sequence_needs__is_named(void **state)
{
    (void)state;
    label_demands("    modes: [{allowed: normal, printed: words}]\n");
    case_of(ONE "examination: {mode: normal}\n", DEVICE);
    sequence_is("b1_rms: 1 uT, mode: first level");
    mrse_assessment *a = assess();
    assert_string_equal(finding_of(a, "words", NOT_MET)->decision.reason,
                        "scan.yaml needs: first level");
    mrse_assessment_free(a);
    sequence_is("b1_rms: 1 uT");
    a = assess();
    assert_string_equal(finding_of(a, "words", MET)->decision.reason,
                        "the scanner is set to: normal");
    mrse_assessment_free(a);
}

/* The setting that is wanted is asked for, or that it is another; once it is so, nothing is asked. */
static void state__not_as_the_label_says__its_setting_is_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *ruling, *bad, *ask;
    } row[] = {
        {"required", "'on'", "the implant centre: bipolar; confirmed, what: therapy"},
        {"forbidden", "bipolar", "the implant centre: not bipolar; confirmed, what: therapy"}};
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 LIMIT "    states: [{kind: therapy, ruling: %s, setting: bipolar, printed: w}]\n",
                 row[i].ruling);
        label_demands(text);
        case_of(ONE, DEVICE);
        mrse_assessment *a = assess();
        assert_string_equal(finding_of(a, "w", UNDETERMINED)->ask, row[i].ask);
        mrse_assessment_free(a);
        snprintf(text, sizeof text, DEVICE "    confirmed: [{what: therapy, is: %s, by: nurse}]\n",
                 row[i].bad);
        case_of(ONE, text);
        a = assess();
        assert_string_equal(finding_of(a, "w", i == 0 ? UNDETERMINED : NOT_MET)->ask, row[i].ask);
        mrse_assessment_free(a);
        case_of(ONE, device_confirmed("therapy", "met"));
        a = assess();
        assert_string_equal(finding_of(a, "w", MET)->ask, "");
        mrse_assessment_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(guard__display_of_b1_rms__reason_says_which_way),
        T(transmit_coil__of_another_kind__spoils_rf_and_no_gradient),
        T(transmit_coil__rms_of_dbdt_known__stands),
        T(transmit_coil__pulseq_file_names_none__its_b1_stands),
        T(slew_rating__no_sequence_planned__judged_all_the_same),
        T(since_implantation__to_the_day__operator_decides),
        T(confirmed__word_that_decides_nothing__asks_for_one_that_does),
        T(receive_coil__ruled_on_by_place__confirmed_the_right_way_round),
        T(confirmed__name_of_a_kind__only_where_it_means_one),
        T(posture__not_said__asked),
        T(exclusion__of_parts__known_only_where_parts_are_listed),
        T(exclusion__of_a_region__the_one_that_is_scanned),
        T(clock__two_limits__one_quantity_only_when_both_time_the_same),
        T(clock__not_kept__names_a_break_that_is_long_enough),
        T(coil__number_of_channels__at_most_as_many_as_the_label_names),
        T(mode__that_a_sequence_needs__is_named),
        T(state__not_as_the_label_says__its_setting_is_asked_for),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

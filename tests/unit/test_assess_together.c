/* Several labels at once: the limit that binds, the modes that are left, one timetable for all clocks;
 * the mode chosen for a patient; and that no open point is left without a word on what to do.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/file.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/oom.h"
#include "support/scratch.h"

#define SECOND "  - name: other\n    label: other.yaml\n"

static void two_labels(const char *first, const char *second)
{
    static char text[4096];
    label_demands(first);
    snprintf(text, sizeof text, "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n%s", second);
    label_file("other.yaml", "status: MR Conditional\n", text);
    case_of(ONE, DEVICE SECOND);
}

static size_t count_bindings(const mrse_assessment *a, const char *quantity)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_bindings; i++)
        n += strstr(a->finding[a->binding[i].tightest].quantity, quantity) != NULL;
    return n;
}

static const mrse_binding *binding(const mrse_assessment *a, const char *quantity)
{
    for (size_t i = 0; i < a->n_bindings; i++)
        if (strstr(a->finding[a->binding[i].tightest].quantity, quantity) != NULL)
            return &a->binding[i];
    fail_msg("nothing binds '%s'", quantity);
    return NULL;
}

/* ---- the limit that binds ---- */

static void binding__two_limits_on_b1_rms__the_tighter_of_whoever(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *of;
        double limit_uT;
        mrse_op op;
    } row[] = {{"<= 2.8 uT", "<= 2.0 uT", "other", 2.0, MRSE_OP_LE},
               {"<= 2.0 uT", "<= 2.8 uT", "device", 2.0, MRSE_OP_LE},
               {"<= 2.0 uT", "< 2.0 uT", "other", 2.0, MRSE_OP_LT},
               {"< 2.0 uT", "<= 2.0 uT", "device", 2.0, MRSE_OP_LT}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char first[128], second[128];
        snprintf(first, sizeof first, "    limits: [{quantity: b1-rms, limit: %s, printed: one}]\n",
                 row[i].first);
        snprintf(second, sizeof second,
                 "    limits: [{quantity: b1-rms, limit: %s, printed: two}]\n", row[i].second);
        two_labels(first, second);
        mrse_assessment *a = assess();
        const mrse_binding *b = binding(a, "B1+rms");
        const mrse_finding *f = &a->finding[b->tightest];
        assert_string_equal(f->implant, row[i].of);
        assert_rel(f->limit.value.v, 1e-6 * row[i].limit_uT, 1e-12);
        assert_int_equal(f->limit.op, row[i].op);
        assert_int_equal(b->n_labels, 2);
        assert_int_equal(b->decision.verdict, MET); /* the console shows 1.0 uT */
        assert_string_equal(a->finding[b->worst].sequence, "scan.yaml");
        mrse_assessment_free(a);
    }
}

static void binding__two_sequences__the_larger_exposure_is_the_worst(void **state)
{
    (void)state;
    sequence_from("loud.yaml", "console", "b1_rms: 1.7 uT");
    label_demands("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n");
    case_of("sequences: [{file: scan.yaml}, {file: loud.yaml}, {file: scan.yaml, name: again}]\n",
            DEVICE);
    mrse_assessment *a = assess();
    const mrse_binding *b = binding(a, "B1+rms");
    assert_string_equal(a->finding[b->worst].sequence, "loud.yaml");
    assert_rel(a->finding[b->worst].exposure.v, 1.7e-6, 1e-12);
    mrse_assessment_free(a);
    sequence_from("loud.yaml", "console", "sar_head: 1 W/kg"); /* not known is worse than any */
    a = assess();
    b = binding(a, "B1+rms");
    assert_string_equal(a->finding[b->worst].sequence, "loud.yaml");
    assert_int_equal(b->decision.verdict, UNDETERMINED);
    mrse_assessment_free(a);
}

/* Peak and rms, head and body, a sequence and the whole: none says anything of the other. */
static void binding__another_basis__kept_apart(void **state)
{
    (void)state;
    two_labels("    limits:\n"
               "      - {quantity: b1-rms, limit: <= 2 uT, printed: p}\n"
               "      - {quantity: sar-head, limit: <= 3 W/kg, printed: p}\n"
               "      - {quantity: sar-whole-body, limit: <= 2 W/kg, scope: exam, printed: p}\n",
               "    limits:\n"
               "      - {quantity: b1-peak, limit: <= 5 uT, printed: p}\n"
               "      - {quantity: sar-whole-body, limit: <= 1 W/kg, printed: p}\n");
    mrse_assessment *a = assess();
    assert_int_equal(count_bindings(a, "B1+"), 2);
    assert_int_equal(count_bindings(a, "whole-body SAR"), 2);
    assert_int_equal(count_bindings(a, "head SAR"), 1);
    for (size_t i = 0; i < a->n_bindings; i++)
        assert_int_equal(a->binding[i].n_labels, 1);
    mrse_assessment_free(a);
}

static void binding__windows_of_two_lengths__kept_apart(void **state)
{
    (void)state;
    two_labels("    clocks: [{kind: window, limit: <= 30 min, window: 90 min, printed: p}]\n",
               "    clocks: [{kind: window, limit: <= 30 min, window: 60 min, printed: p}]\n");
    mrse_assessment *a = assess();
    assert_int_equal(count_bindings(a, "scanning time"), 2);
    mrse_assessment_free(a);
    two_labels("    clocks: [{kind: window, limit: <= 30 min, window: 90 min, printed: p}]\n",
               "    clocks: [{kind: window, limit: <= 20 min, window: 90 min, printed: p}]\n");
    a = assess();
    const mrse_binding *b = binding(a, "scanning time");
    assert_int_equal(count_bindings(a, "scanning time"), 1);
    assert_rel(a->finding[b->tightest].limit.value.v, 1200.0, 1e-12);
    mrse_assessment_free(a);
}

/* The looser label may ask for more than a number: then the quantity is not MET because of it. */
static void binding__looser_label_not_met_for_another_reason__worst_verdict(void **state)
{
    (void)state;
    two_labels("    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n",
               "    limits: [{quantity: b1-rms, limit: <= 3 uT, scope: [prescan], printed: p}]\n");
    sequence_from("scan.yaml", "assumed", "b1_rms: 1.0 uT");
    mrse_assessment *a = assess();
    const mrse_binding *b = binding(a, "B1+rms");
    assert_string_equal(a->finding[b->tightest].implant, "device");
    assert_int_equal(b->decision.verdict, UNDETERMINED);
    assert_true(b->decision.on_assumption);
    mrse_assessment_free(a);
}

/* A tighter limit of a branch that may not apply is not merged into what does. */
static void binding__branch_not_chosen__its_limit_is_left_out(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: b1-rms, limit: <= 3 uT, printed: p}]\n");
    label_file("other.yaml", "status: MR Conditional\n",
               "branches:\n"
               "  - {name: a, b0: [1.5 T],\n"
               "     limits: [{quantity: b1-rms, limit: <= 0.5 uT, printed: p}]}\n"
               "  - {name: b, b0: [1.5 T],\n"
               "     limits: [{quantity: b1-rms, limit: <= 0.4 uT, printed: p}]}\n");
    case_of(ONE, DEVICE SECOND);
    mrse_assessment *a = assess();
    const mrse_binding *b = binding(a, "B1+rms");
    assert_rel(a->finding[b->tightest].limit.value.v, 3e-6, 1e-12);
    assert_int_equal(b->n_labels, 1);
    assert_int_equal(a->overall, UNDETERMINED);
    mrse_assessment_free(a);
}

static void binding__limits_from_below_and_ranges__not_mixed(void **state)
{
    (void)state;
    two_labels("    limits:\n"
               "      - {quantity: patient-height, limit: '>= 1.2 m', printed: p}\n"
               "      - {quantity: sar-head, limit: 0.1 to 0.5 W/kg, printed: p}\n",
               "    limits:\n"
               "      - {quantity: patient-height, limit: '> 1.5 m', printed: p}\n"
               "      - {quantity: patient-height, limit: <= 1.9 m, printed: p}\n"
               "      - {quantity: sar-head, limit: 0.2 to 0.5 W/kg, printed: p}\n"
               "      - {quantity: sar-head, limit: <= 3 W/kg, printed: p}\n");
    case_of(ONE "examination: {height: {value: 1.7 m, u: 1 cm}}\n", DEVICE SECOND);
    mrse_assessment *a = assess();
    const mrse_binding *least = binding(a, "height");
    assert_int_equal(count_bindings(a, "height"), 2);
    assert_rel(a->finding[least->tightest].limit.value.v, 1.5, 1e-12);
    assert_int_equal(count_bindings(a, "head SAR"), 3);
    assert_int_equal(a->overall, MET);
    mrse_assessment_free(a);
}

/* A gradient on one's own ride is compared with nobody else's. */
static void binding__gradient__scanner_in_common_ride_by_implant(void **state)
{
    (void)state;
    static const char limits[] = "    limits: [{quantity: sfg, limit: <= 30 T/m, printed: p}]\n";
    two_labels(limits, limits);
    mrse_assessment *a = assess();
    assert_int_equal(binding(a, "scanner's maximum")->n_labels, 2);
    mrse_assessment_free(a);
    case_of("", "  - name: device\n"
                "    label: label.yaml\n"
                "    decisive: path\n"
                "    because: test\n"
                "    position: {x: 0 cm, y: 0 cm, z: 5 cm, u: 1 mm, evidence: test}\n" SECOND);
    a = assess();
    assert_int_equal(binding(a, "scanner's maximum")->n_labels, 1);
    assert_int_equal(binding(a, "on the ride of device")->n_labels, 1);
    mrse_assessment_free(a);
}

/* ---- modes ---- */

static void modes__two_labels__what_both_allow(void **state)
{
    (void)state;
    two_labels("    modes: [{allowed: [normal, first-level], printed: p}]\n",
               "    modes: [{allowed: normal, printed: p}]\n");
    mrse_assessment *a = assess();
    assert_true(a->modes.stated);
    assert_int_equal(a->modes.permitted, 1u << MRSE_LABEL_MODE_NORMAL);
    mrse_assessment_free(a);
    two_labels("", "");
    a = assess();
    assert_false(a->modes.stated);
    mrse_assessment_free(a);
}

/* ---- the patient ---- */

static void patient_is(const char *patient, const char *mode)
{
    char head[512];
    label_demands("    modes: [{allowed: [normal, first-level], printed: p}]\n");
    snprintf(head, sizeof head, "%spatient: {%s}\nexamination: {%s}\n", ONE, patient, mode);
    case_of(head, DEVICE);
}

static void patient__special_and_no_mode_chosen__asks(void **state)
{
    (void)state;
    static const struct {
        const char *key, *says;
    } row[] = {{"can_report: no", "cannot report pain or heat"},
               {"pregnant: yes", "is pregnant"},
               {"regulates_heat: no", "cannot regulate heat"},
               {"child: yes", "is a child"}};
    char why[128];
    for (size_t i = 0; i < 4; i++) {
        patient_is(row[i].key, "mode: first-level");
        mrse_assessment *a = assess();
        assert_int_equal(a->overall, UNDETERMINED);
        assert_true(mrse_patient_says(&a->kase->patient, why, sizeof why));
        assert_string_equal(why, row[i].says);
        mrse_assessment_free(a);
    }
    patient_is("can_report: yes, pregnant: no, regulates_heat: yes, child: no",
               "mode: first-level");
    assert_overall(MET);
    patient_is("can_report: no, pregnant: yes, mode_chosen: normal, because: as is our rule",
               "mode: normal");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MET);
    assert_true(mrse_patient_says(&a->kase->patient, why, sizeof why));
    assert_string_equal(why, "cannot report pain or heat, is pregnant");
    assert_non_null(strstr(finding_of(a, "as is our rule", MET)->decision.reason, why));
    mrse_assessment_free(a);
}

#define CHOSEN(mode) "pregnant: yes, mode_chosen: " mode ", because: test"

static void patient__chosen_mode__setting_and_label_must_agree_with_it(void **state)
{
    (void)state;
    static const struct {
        const char *patient, *mode;
        mrse_verdict is;
    } row[] = {{CHOSEN("normal"), "mode: normal", MET},
               {CHOSEN("normal"), "mode: first-level", NOT_MET}, /* allowed by the label */
               {CHOSEN("first-level"), "mode: normal", MET},
               {CHOSEN("first-level"), "mode: first-level", MET},
               {CHOSEN("second-level"), "mode: normal", NOT_MET}, /* more than the label leaves */
               {CHOSEN("'FPO:B'"), "mode: normal", NOT_MET},
               {CHOSEN("normal"), "region: head", UNDETERMINED}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        patient_is(row[i].patient, row[i].mode);
        assert_row(row[i].patient, row[i].is);
    }
    sequence_is("b1_rms: 1 uT, mode: first level"); /* the label leaves it, the choice does not */
    patient_is(CHOSEN("normal"), "mode: normal");
    assert_overall(NOT_MET);
    patient_is(CHOSEN("first-level"), "mode: first-level");
    assert_overall(MET);
}

static void patient__fixed_parameter_option__compares_with_itself_only(void **state)
{
    (void)state;
    label_demands("    modes: [{allowed: [normal, 'FPO:B'], printed: p}]\n");
    case_of(ONE "patient: {child: yes, mode_chosen: 'FPO:B', because: test}\n"
                "examination: {mode: 'FPO:B'}\n",
            DEVICE);
    assert_overall(MET);
    case_of(ONE "patient: {child: yes, mode_chosen: 'FPO:B', because: test}\n"
                "examination: {mode: normal}\n",
            DEVICE);
    assert_overall(NOT_MET);
    case_of(ONE "patient: {child: yes, mode_chosen: normal, because: test}\n"
                "examination: {mode: 'FPO:B'}\n",
            DEVICE);
    assert_overall(NOT_MET);
}

static void patient__mode_without_reason__refused(void **state)
{
    (void)state;
    patient_is("pregnant: yes, mode_chosen: normal", "mode: normal");
    assert_refused();
}

/* ---- coil and lifetime ---- */

static void receive_coil__forbidden__what_the_case_says(void **state)
{
    (void)state;
    static const struct {
        const char *examination;
        mrse_verdict is;
    } row[] = {{"coil: head, receive_coil: none", MET},
               {"coil: head, receive_coil: head", MET},
               {"coil: head, receive_coil: spine array", NOT_MET},
               {"coil: head", UNDETERMINED}};
    label_demands("    coils: [{role: receive, ruling: forbidden, printed: p}]\n");
    for (size_t i = 0; i < 4; i++) {
        char head[256];
        snprintf(head, sizeof head, "%sexamination: {%s}\n", ONE, row[i].examination);
        case_of(head, DEVICE);
        assert_row(row[i].examination, row[i].is);
    }
}

static void lifetime__used_before__added_to_the_examination(void **state)
{
    (void)state;
    static const struct {
        const char *used;
        mrse_verdict is;
    } row[] = {{"", UNDETERMINED},
               {"    lifetime_used: {value: 0 min, source: plan}\n", MET},
               {"    lifetime_used: {value: 50 min, source: plan}\n", MET}, /* exactly 1 h */
               {"    lifetime_used: {value: 51 min, source: plan}\n", NOT_MET}};
    label_demands("    clocks: [{kind: lifetime, limit: <= 1 h, active: rf, printed: p}]\n");
    for (size_t i = 0; i < 4; i++) {
        char device[256];
        snprintf(device, sizeof device, "%s%s", DEVICE, row[i].used);
        case_of(ONE, device);
        assert_row(row[i].used, row[i].is);
    }
}

/* ---- the timetable ---- */

#define FREE_BEFORE "examination: {free_before: {value: 30 d, source: plan}}\n"
#define FOUR_SCANS                                                                                 \
    "sequences:\n"                                                                                 \
    "  - {source: plan, file: scan.yaml, name: one, minutes: 12 min}\n"                            \
    "  - {source: plan, file: scan.yaml, name: two, minutes: 12.5 min}\n"                          \
    "  - {source: plan, file: scan.yaml, name: three, minutes: 4 min}\n"                           \
    "  - {source: plan, file: scan.yaml, name: four, minutes: 12 min}\n" FREE_BEFORE

static const char WINDOW[] =
    "    clocks: [{kind: window, limit: <= 30 min, window: 90 min, active: rf, printed: p}]\n";

/* The timetable as a case of its own: its pauses written into the sequences. */
static void case_of_timetable(const mrse_assessment *a, const char *implants)
{
    static char text[2048];
    size_t used = (size_t)snprintf(text, sizeof text, "sequences:\n");
    for (size_t i = 0; i < a->timetable.n; i++) {
        const mrse_slot *s = &a->timetable.slot[i];
        double next_s = i + 1 < a->timetable.n ? a->timetable.slot[i + 1].pause_s : 0.0;
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  - {source: plan, file: scan.yaml, name: %s, minutes: %.4f min, "
                                 "pause: %.4f min}\n",
                                 a->planned[s->planned].name, s->length.v / 60.0, next_s / 60.0);
    }
    snprintf(text + used, sizeof text - used, FREE_BEFORE);
    case_of(text, implants);
}

static void timetable__plan_breaks_a_clock__proposal_assessed_again_is_met(void **state)
{
    (void)state;
    label_demands(WINDOW);
    case_of(FOUR_SCANS, DEVICE);
    mrse_assessment *a = assess();
    const mrse_timetable *t = &a->timetable;
    assert_int_equal(a->overall, NOT_MET);
    assert_true(t->needed && t->possible);
    assert_false(t->reordered);
    assert_int_equal(t->n, 4);
    assert_true(t->added_s > 0.0);
    for (size_t i = 0; i < t->n; i++) {
        assert_int_equal(t->slot[i].planned, i);
        assert_abs(fmod(t->slot[i].pause_s, 60.0), 0.0, 1e-9);
    }
    /* 12 + 12.5 + 4 + 12 min are 10.5 too many: as the last ends, that much of the first must lie
     * more than 90 min back, so that it begins at 88.5 min. */
    assert_abs(t->slot[3].start_s, 88.5 * 60.0, 60.0);
    case_of_timetable(a, DEVICE);
    mrse_assessment_free(a);
    a = assess();
    assert_int_equal(a->overall, MET);
    assert_false(a->timetable.needed);
    assert_abs(a->timetable.added_s, 0.0, 0.0);
    mrse_assessment_free(a);
}

static void timetable__clocks_of_two_labels__keeps_both(void **state)
{
    (void)state;
    two_labels(WINDOW, "    clocks: [{kind: continuous, limit: <= 15 min, gap: 5 min, active: rf,\n"
                       "              printed: p}]\n");
    case_of(FOUR_SCANS, DEVICE SECOND);
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, NOT_MET);
    assert_true(a->timetable.needed && a->timetable.possible);
    case_of_timetable(a, DEVICE SECOND);
    mrse_assessment_free(a);
    assert_overall(MET);
}

static void timetable__kept_as_planned__is_the_plan(void **state)
{
    (void)state;
    label_demands(WINDOW);
    case_of("sequences:\n"
            "  - {source: plan, file: scan.yaml, minutes: 10 min, pause: 5 min}\n"
            "  - {source: plan, file: scan.yaml, minutes: 10 min}\n" FREE_BEFORE,
            DEVICE);
    mrse_assessment *a = assess();
    assert_false(a->timetable.needed);
    assert_int_equal(a->timetable.n, 2);
    assert_rel(a->timetable.slot[1].start_s, 900.0, 1e-12);
    assert_rel(a->timetable.slot[1].pause_s, 300.0, 1e-12);
    mrse_assessment_free(a);
}

/* No break helps where one sequence alone is too long, where nobody knows how long one is, where the
 * branch and so the clocks are not chosen, and where the life of the device is used up. */
static void timetable__not_possible__says_why(void **state)
{
    (void)state;
    static const struct {
        const char *clock, *head, *device, *why;
    } row[] = {
        {"    clocks: [{kind: per-sequence, limit: <= 11 min, printed: p}]\n", FOUR_SCANS, DEVICE,
         "alone longer"},
        {WINDOW, "sequences: [{file: scan.yaml}]\n" FREE_BEFORE, DEVICE, "not known"},
        {"    clocks: [{kind: lifetime, limit: <= 1 h, active: rf, printed: p}]\n", FOUR_SCANS,
         DEVICE "    lifetime_used: {value: 20 min, source: xray, u: 1 min}\n", "too long"},
        {"    clocks: [{kind: lifetime, limit: <= 1 h, active: rf, printed: p}]\n", FOUR_SCANS,
         DEVICE "    lifetime_used: {value: 2 h, source: xray, u: 1 min}\n", "alone longer"},
        {"    clocks: [{kind: lifetime, limit: <= 1 h, active: rf, printed: p}]\n", FOUR_SCANS,
         DEVICE, "since implantation"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        label_demands(row[i].clock);
        case_of(row[i].head, row[i].device);
        mrse_assessment *a = assess();
        assert_true(a->timetable.needed);
        assert_false(a->timetable.possible);
        if (strstr(a->timetable.reason, row[i].why) == NULL)
            fail_msg("row %zu: %s", i, a->timetable.reason);
        assert_int_equal(a->timetable.n, a->n_planned);
        assert_abs(a->timetable.added_s, 0.0, 0.0);
        mrse_assessment_free(a);
    }
}

static void timetable__branch_not_chosen__none_proposed(void **state)
{
    (void)state;
    label_is("clocks: [{kind: window, limit: <= 10 min, window: 90 min, active: rf, printed: p}]\n"
             "branches:\n"
             "  - {name: a, b0: [1.5 T], modes: [{allowed: normal, printed: p}]}\n"
             "  - {name: b, b0: [1.5 T], modes: [{allowed: first-level, printed: p}]}\n");
    case_of(FOUR_SCANS, DEVICE);
    mrse_assessment *a = assess();
    assert_true(a->timetable.needed);
    assert_false(a->timetable.possible);
    assert_non_null(strstr(a->timetable.reason, "branch"));
    mrse_assessment_free(a);
}

/* ---- what to do about it ---- */

static void assert_advice(const char *word)
{
    mrse_assessment *a = assess();
    const mrse_finding *open = NULL;
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->finding[i].decisive && a->finding[i].decision.verdict == NOT_MET)
            open = &a->finding[i];
    if (open == NULL || strstr(open->ask, word) == NULL)
        fail_msg("'%s' says nothing of '%s'", open != NULL ? open->ask : "no finding", word);
    mrse_assessment_free(a);
}

static void advice__not_met__names_the_lever(void **state)
{
    (void)state;
    static const struct {
        const char *terms, *head, *word;
    } row[] = {
        {"    limits: [{quantity: sfg, limit: <= 0.5 T/m, printed: p}]\n", "", "position"},
        {"    limits: [{quantity: slew-system, limit: <= 20 T/m/s, printed: p}]\n", "",
         "--scanner"},
        {"    limits: [{quantity: patient-height, limit: '>= 1.8 m', printed: p}]\n",
         "examination: {height: 1.5 m}\n", "another examination"},
        {"    zones: [{kind: isocentre-not-between, from: C7, to: L3, printed: p}]\n",
         "examination: {level: T8, height: {value: 1.7 m, u: 1 cm}}\n", "L4 to S1"},
        {"    modes: [{allowed: normal, printed: p}]\n", "examination: {mode: first-level}\n",
         "set the scanner"},
        {"    coils: [{role: transmit, ruling: required, which: head, printed: p}]\n",
         "examination: {coil: body}\n", "coil that the label names"},
        {"    coils: [{role: transmit, ruling: forbidden, which: body, printed: p}]\n",
         "examination: {coil: body}\n", "coil that the label allows"},
        {"    patients: [{kind: posture, ruling: required, postures: prone, printed: p}]\n", "",
         "scan.posture"},
        {"    patients: [{kind: entry, ruling: required, entries: feet-first, printed: p}]\n", "",
         "scan.entry"},
    };
    scanner_shows("gradients: {slew: {value: 200 T/m/s, source: sheet}}\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        label_demands(row[i].terms);
        char head[512];
        snprintf(head, sizeof head, "%s%s", ONE, row[i].head);
        case_of(head, DEVICE);
        assert_advice(row[i].word);
    }
}

static void advice__weeks_since_implantation__how_long_to_wait(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: since-implant, limit: '>= 42 d', printed: p}]\n");
    case_of("", DEVICE "    implanted: 2026-11-01\n"); /* 21 days before */
    assert_advice("21 days later");
}

#define PLACED(z, more)                                                                            \
    "  - name: device\n    label: label.yaml\n" more "    position: {x: 0 cm, y: 0 cm, z: " z      \
    ", u: 1 mm, evidence: test}\n"

static void advice__gradient__own_ride_then_the_other_way_round(void **state)
{
    (void)state;
    label_demands("    limits: [{quantity: sfg, limit: <= 2 T/m, printed: p}]\n");
    case_of("", PLACED("5 cm", ""));
    mrse_assessment *a = assess();
    double ride_T_m = a->implant[0].ride.at.grad.v;
    mrse_assessment_free(a);
    char terms[128];
    snprintf(terms, sizeof terms, "    limits: [{quantity: sfg, limit: <= %.6f T/m, printed: p}]\n",
             1.3 * ride_T_m);
    label_demands(terms);
    assert_advice("let the path decide");
    snprintf(terms, sizeof terms, "    limits: [{quantity: sfg, limit: <= %.6f T/m, printed: p}]\n",
             0.5 * ride_T_m);
    label_demands(terms);
    assert_advice("feet first, the ride meets");
    case_of("", PLACED("5 cm", "    decisive: path\n    because: test\n"));
    assert_advice("feet first, the ride meets");
}

/* Whatever is open says what to do; returns how many points are open. */
static size_t count_advised(void)
{
    mrse_assessment *a = assess();
    size_t open = 0;
    assert_int_not_equal(a->overall, MET);
    for (size_t i = 0; i < a->n_findings; i++) {
        const mrse_finding *f = &a->finding[i];
        if (!f->decisive || f->decision.verdict == MET || f->decision.verdict == NOT_STATED)
            continue;
        open++;
        if (f->ask[0] == '\0')
            fail_msg("%s (%s): nothing to do", f->topic, f->decision.reason);
    }
    mrse_assessment_free(a);
    return open;
}

static void advice__every_kind_of_condition__none_is_left_without(void **state)
{
    (void)state;
    static const char *const terms =
        "    limits:\n"
        "      - {quantity: sfg, limit: <= 0.5 T/m, printed: p}\n"
        "      - {quantity: product, limit: <= 1 T2/m, printed: p}\n"
        "      - {quantity: b1-rms, limit: <= 0.5 uT, printed: p}\n"
        "      - {quantity: dbdt-peak, limit: <= 5 T/s, printed: p}\n"
        "      - {quantity: sed, limit: <= 5 J/kg, printed: p}\n"
        "      - {quantity: since-implant, limit: '>= 42 d', printed: p}\n"
        "      - {quantity: patient-height, limit: '>= 1.8 m', printed: p}\n"
        "      - {quantity: sar-unspecified, limit: <= 1 W/kg, printed: p}\n"
        "    clocks: [{kind: continuous, limit: <= 5 min, printed: p}]\n"
        "    zones: [{kind: isocentre-above, from: C7, printed: p}]\n"
        "    coils: [{role: transmit, ruling: required, which: head, printed: p}]\n"
        "    modes: [{allowed: normal, printed: p}]\n"
        "    states: [{kind: therapy, ruling: required, setting: off, printed: p}]\n"
        "    checks: [{when: before, action: look, printed: p}]\n"
        "    exclusions: [{kind: abandoned-leads, ruling: forbidden, printed: p}]\n"
        "    conditions: [{topic: consent, printed: p}]\n"
        "    unknowns: [{topic: bent, printed: p}]\n";
    static const char *const device[] = {DEVICE, DEVICE
                                         "    confirmed:\n"
                                         "      - {what: therapy, is: on, by: nurse}\n"
                                         "      - {what: look, is: not met, by: nurse}\n"
                                         "      - {what: abandoned leads, is: present, by: nurse}\n"
                                         "      - {what: consent, is: not met, by: nurse}\n"};
    label_demands(terms);
    for (size_t i = 0; i < 2; i++) {
        case_of(i == 0 ? "" : ONE "examination: {mode: first-level, coil: body}\n", device[i]);
        assert_true(count_advised() > 12);
    }
}

/* Real labels, against a plan that says nothing and one that says what most of them forbid. */
static void advice__labels_of_the_examples__none_is_left_without(void **state)
{
    (void)state;
    static const char folder[] = "examples/labels";
    DIR *dir = opendir(folder);
    size_t files = 0, open = 0;
    if (dir == NULL)
        fail_msg("no folder %s: run this from the top folder", folder);
    for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char path[512], *text = NULL;
        size_t n = 0;
        if (strstr(e->d_name, ".yaml") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%.200s", folder, e->d_name);
        assert_int_equal(mrse_file_read(path, MRSE_FILE_MAX, &text, &n, NULL), MRSE_OK);
        scratch_write("label.yaml", text);
        mrse_free(text);
        case_of("", DEVICE);
        open += count_advised();
        case_of(FOUR_SCANS "patient: {pregnant: yes}\n",
                PLACED("0 cm", "    implanted: 2026-11-20\n"));
        open += count_advised();
        files++;
    }
    closedir(dir);
    assert_true(files > 40);
    assert_true(open > 4 * files);
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    mrse_assessment *a = NULL;
    mrse_status status = mrse_assess_case(context, NULL, &a, NULL);
    mrse_assessment_free(a);
    return status;
}

static void together__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    static char path[512];
    two_labels(WINDOW, "    zones: [{kind: isocentre-not-between, from: C7, to: L3, printed: p}]\n"
                       "    limits: [{quantity: sfg, limit: <= 1 T/m, printed: p}]\n");
    case_of(FOUR_SCANS "patient: {child: yes}\n", PLACED("5 cm", "") SECOND);
    snprintf(path, sizeof path, "%s", scratch_path("case.yaml"));
    assert_true(oom_exhaust(once, path) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(binding__two_limits_on_b1_rms__the_tighter_of_whoever),
        T(binding__two_sequences__the_larger_exposure_is_the_worst),
        T(binding__another_basis__kept_apart),
        T(binding__windows_of_two_lengths__kept_apart),
        T(binding__looser_label_not_met_for_another_reason__worst_verdict),
        T(binding__branch_not_chosen__its_limit_is_left_out),
        T(binding__limits_from_below_and_ranges__not_mixed),
        T(binding__gradient__scanner_in_common_ride_by_implant),
        T(modes__two_labels__what_both_allow),
        T(patient__special_and_no_mode_chosen__asks),
        T(patient__chosen_mode__setting_and_label_must_agree_with_it),
        T(patient__fixed_parameter_option__compares_with_itself_only),
        T(patient__mode_without_reason__refused),
        T(receive_coil__forbidden__what_the_case_says),
        T(lifetime__used_before__added_to_the_examination),
        T(timetable__plan_breaks_a_clock__proposal_assessed_again_is_met),
        T(timetable__clocks_of_two_labels__keeps_both),
        T(timetable__kept_as_planned__is_the_plan),
        T(timetable__not_possible__says_why),
        T(timetable__branch_not_chosen__none_proposed),
        T(advice__not_met__names_the_lever),
        T(advice__weeks_since_implantation__how_long_to_wait),
        T(advice__gradient__own_ride_then_the_other_way_round),
        T(advice__every_kind_of_condition__none_is_left_without),
        T(advice__labels_of_the_examples__none_is_left_without),
        T(together__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

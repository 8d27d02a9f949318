/* Cases from file to verdict: every state of a label, position and provenance that issue a word.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

/* A magnet small enough to be quick: one thick winding, about 1.5 T at isocentre. */
static const char SCANNER[] =
    "mrse: scanner/1\n"
    "id: test\n"
    "name: Test magnet\n"
    "checked: 2026-01-15\n"
    "source: design\n"
    "sources:\n"
    "  design:\n"
    "    origin: computed\n"
    "    title: test design, exact by definition\n"
    "b0: {nominal: 1.5 T}\n"
    "bore: {shape: cylinder, diameter: {value: 60 cm, u: 0 mm}}\n"
    "covers: {length: {value: 160 cm, u: 0 mm}, diameter: 200 cm}\n"
    "static_field:\n"
    "  coils:\n"
    "    - winding: {inner: 48 cm, outer: 52 cm, from: -65 cm, to: 65 cm,\n"
    "                ampere_turns: 1965 kA}\n"
    "  uncertainty: {field: 1 %, gradient: 2 %, because: test}\n";

static const char LABEL_HEAD[] = "mrse: label/1\n"
                                 "id: test-label\n"
                                 "device: Test device\n"
                                 "manufacturer: Nobody\n"
                                 "status: MR Conditional\n"
                                 "checked: 2026-02-01\n"
                                 "document: ifu\n"
                                 "complete: yes\n"
                                 "sources:\n"
                                 "  ifu: {origin: manufacturer, title: test manual}\n";

static const char CASE_HEAD[] = "mrse: case/1\n"
                                "title: Test case\n"
                                "question: May it go in?\n"
                                "simulated: yes\n"
                                "author: {name: A. N. Example, role: physicist}\n"
                                "scanner: scanner.yaml\n"
                                "sources: {xray: {origin: measured, title: X-ray}}\n"
                                "source: xray\n"
                                "scan: {landmark: sternum, entry: head first, posture: supine,\n"
                                "       couch_height: {value: 0 cm, u: 0 cm}}\n";

static char text[8192];

static const char *label_with(const char *tail)
{
    snprintf(text, sizeof text, "%s%s", LABEL_HEAD, tail);
    return scratch_write("label.yaml", text);
}

static const char *case_with(const char *implant)
{
    snprintf(text, sizeof text, "%simplants:\n  - name: device\n    label: label.yaml\n%s",
             CASE_HEAD, implant);
    return scratch_write("case.yaml", text);
}

static const char ONE_BRANCH[] = "branches:\n"
                                 "  - name: 1.5 T\n"
                                 "    b0: [1.5 T]\n"
                                 "    limits:\n"
                                 "      - {quantity: sfg, limit: %s, printed: as printed}\n";

static void limit_is(const char *limit)
{
    char branch[512];
    snprintf(branch, sizeof branch, ONE_BRANCH, limit);
    label_with(branch);
}

static mrse_assessment *assess(void)
{
    static mrse_diags diags;
    mrse_assessment *a = NULL;
    mrse_diags_init(&diags);
    mrse_status status = mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags);
    if (status != MRSE_OK) {
        for (size_t i = 0; i < diags.n; i++)
            print_error("%s:%d: %s: %s\n", diags.item[i].file, diags.item[i].line,
                        diags.item[i].field, diags.item[i].text);
    }
    assert_int_equal(status, MRSE_OK);
    return a;
}

static mrse_verdict overall(void)
{
    mrse_assessment *a = assess();
    mrse_verdict v = a->overall;
    mrse_assessment_free(a);
    return v;
}

static const mrse_finding *find(const mrse_assessment *a, const char *topic, const char *exposure)
{
    for (size_t i = 0; i < a->n_findings; i++) {
        if (strstr(a->finding[i].topic, topic) != NULL &&
            strstr(a->finding[i].exposure_name, exposure) != NULL)
            return &a->finding[i];
    }
    fail_msg("no finding '%s' with '%s'", topic, exposure);
    return NULL;
}

static int begin(void **state)
{
    if (mrse_init() != MRSE_OK || scratch_begin(state) != 0)
        return -1;
    scratch_write("scanner.yaml", SCANNER);
    return 0;
}

static void assess__limit_far_above__met(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with("");
    assert_int_equal(overall(), MRSE_VERDICT_MET);
}

static void assess__limit_below_scanner_maximum__not_met(void **state)
{
    (void)state;
    limit_is("<= 0.5 T/m");
    case_with("");
    assert_int_equal(overall(), MRSE_VERDICT_NOT_MET);
}

/* A limit set at the very maximum lies within U on either side. */
static void assess__limit_within_uncertainty__undetermined(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with("");
    mrse_assessment *a = assess();
    double v = a->study->reach_grad.v, u = a->study->reach_grad.u;
    mrse_assessment_free(a);
    assert_rel(u, 0.02 * v, 1e-6);
    const double at[] = {v, v + 1.5 * u, v - 1.5 * u};
    for (size_t i = 0; i < 3; i++) {
        char limit[64], number[MRSE_NUM_MAX];
        mrse_text_num(number, at[i], 9);
        snprintf(limit, sizeof limit, "<= %s T/m", number);
        limit_is(limit);
        assert_int_equal(overall(), MRSE_VERDICT_UNDETERMINED);
    }
}

static void assess__other_field_strength__not_met(void **state)
{
    (void)state;
    label_with("branches:\n  - name: 3 T\n    b0: [3 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n");
    case_with("");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_NOT_MET);
    assert_null(a->implant[0].branch);
    mrse_assessment_free(a);
}

static void assess__several_branches_fit__undetermined_until_named(void **state)
{
    (void)state;
    label_with("branches:\n"
               "  - name: magnet in\n    b0: [1.5 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 0.5 T/m, printed: p}\n"
               "  - name: magnet out\n    b0: [1.5 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n");
    case_with("");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    assert_non_null(strstr(find(a, "which branch", "")->ask, "branch:"));
    mrse_assessment_free(a);
    case_with("    branch: magnet out\n");
    assert_int_equal(overall(), MRSE_VERDICT_MET);
    case_with("    branch: magnet in\n");
    assert_int_equal(overall(), MRSE_VERDICT_NOT_MET);
}

static void assess__named_branch_of_another_field__not_met(void **state)
{
    (void)state;
    label_with("branches:\n"
               "  - name: low\n    b0: [1.5 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n"
               "  - name: high\n    b0: [3 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n");
    case_with("    branch: high\n");
    assert_int_equal(overall(), MRSE_VERDICT_NOT_MET);
}

static void assess__unknown_branch__input_error_with_place(void **state)
{
    (void)state;
    static mrse_diags diags;
    mrse_assessment *a = NULL;
    limit_is("<= 40 T/m");
    case_with("    branch: no such\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags), MRSE_ERR_INPUT);
    assert_null(a);
    assert_true(diags.errors >= 1);
    assert_true(diags.item[0].line > 0);
}

static void assess__other_conditions__undetermined_and_never_lost(void **state)
{
    (void)state;
    label_with("branches:\n"
               "  - name: 1.5 T\n    b0: [1.5 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n"
               "      - {quantity: sar-head, limit: <= 3.2 W/kg, printed: head SAR 3.2}\n"
               "    conditions:\n"
               "      - {topic: transmit coil, printed: no transmit coil over the chest}\n"
               "conditions:\n"
               "  - {topic: time, printed: up to 30 min}\n");
    case_with("");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    const char *const topic[] = {"head", "transmit coil", "time"};
    for (size_t i = 0; i < 3; i++) {
        const mrse_finding *f = find(a, topic[i], "");
        assert_int_equal(f->decision.verdict, MRSE_VERDICT_UNDETERMINED);
        assert_true(strlen(f->decision.reason) > 0 && strlen(f->ask) > 0);
        assert_true(strlen(f->printed) > 0);
    }
    mrse_assessment_free(a);
}

static void assess__label_silent_on_gradient__not_stated_changes_nothing(void **state)
{
    (void)state;
    label_with("branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n    conditions:\n"
               "      - {topic: time, printed: 30 min}\n");
    case_with("");
    mrse_assessment *a = assess();
    assert_int_equal(find(a, "spatial field gradient", "")->decision.verdict,
                     MRSE_VERDICT_NOT_STATED);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void assess__partial_label__never_met_as_a_whole(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with("");
    assert_int_equal(overall(), MRSE_VERDICT_MET);
    char branch[512];
    snprintf(branch, sizeof branch, ONE_BRANCH, "<= 40 T/m");
    snprintf(text, sizeof text, "%.*scomplete: partial\n%s%s",
             (int)(strstr(LABEL_HEAD, "complete:") - LABEL_HEAD), LABEL_HEAD,
             strstr(LABEL_HEAD, "sources:"), branch);
    scratch_write("label.yaml", text);
    mrse_assessment *a = assess();
    assert_true(a->implant[0].label->partial);
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void assess__unverified_limit__undetermined_provisional(void **state)
{
    (void)state;
    scratch_write("label.yaml", "mrse: label/1\nid: t\ndevice: d\nmanufacturer: m\n"
                                "status: MR Conditional\nchecked: 2026-02-01\ndocument: ifu\n"
                                "complete: yes\nsources:\n"
                                "  ifu: {origin: unverified, title: a note without a source}\n"
                                "branches:\n  - name: a\n    b0: [1.5 T]\n    limits:\n"
                                "      - {quantity: sfg, limit: <= 40 T/m, printed: p}\n");
    case_with("");
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    assert_true(a->provisional);
    mrse_assessment_free(a);
}

static void assess__status_without_conditions__never_met(void **state)
{
    (void)state;
    static const struct {
        const char *status;
        mrse_verdict overall;
    } row[] = {{"MR Unsafe", MRSE_VERDICT_NOT_MET},
               {"MR Safe", MRSE_VERDICT_UNDETERMINED},
               {"MR Unlabelled", MRSE_VERDICT_UNDETERMINED},
               {"legacy statement", MRSE_VERDICT_UNDETERMINED}};
    for (size_t i = 0; i < 4; i++) {
        snprintf(text, sizeof text,
                 "mrse: label/1\nid: t\ndevice: d\nmanufacturer: m\nstatus: %s\n"
                 "status_printed: as printed\nchecked: 2026-02-01\ndocument: ifu\ncomplete: yes\n"
                 "sources:\n  ifu: {origin: manufacturer, title: t}\n",
                 row[i].status);
        scratch_write("label.yaml", text);
        case_with("");
        assert_int_equal(overall(), row[i].overall);
    }
}

static const char POSITION[] = "    position:\n"
                               "      {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n";

static void assess__position_given__both_shown_and_scanner_decides(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with(POSITION);
    mrse_assessment *a = assess();
    assert_true(find(a, "spatial", "what a patient can reach")->decisive);
    assert_false(find(a, "spatial", "own ride")->decisive);
    assert_true(a->study->reach_grad.v > a->implant[0].ride.at.grad.v);
    assert_rel(a->implant[0].ride.at.path.r_m, 0.05, 1e-12);
    mrse_assessment_free(a);
}

/* The lesson of the cochlear implant: the worst case fails, the ride does not. */
static void assess__path_decisive_by_choice__ride_decides(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with(POSITION);
    mrse_assessment *a = assess();
    double ride = a->implant[0].ride.at.grad.v + 2.5 * a->implant[0].ride.at.grad.u;
    assert_true(ride < a->study->reach_grad.v - 2.0 * a->study->reach_grad.u);
    mrse_assessment_free(a);
    char limit[64], number[MRSE_NUM_MAX], implant[512];
    mrse_text_num(number, ride, 6);
    snprintf(limit, sizeof limit, "<= %s T/m", number);
    limit_is(limit);
    case_with(POSITION);
    assert_int_equal(overall(), MRSE_VERDICT_NOT_MET);
    snprintf(implant, sizeof implant, "%s    decisive: path\n    because: the head is fixed\n",
             POSITION);
    case_with(implant);
    a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_MET);
    assert_int_equal(a->implant[0].ride.n_exceeds, 0);
    assert_true(a->implant[0].ride.radius_met_m > 0.05);
    assert_true(a->n_steps >= 6);
    mrse_assessment_free(a);
}

static void assess__outside_the_bore__input_error(void **state)
{
    (void)state;
    static mrse_diags diags;
    mrse_assessment *a = NULL;
    limit_is("<= 40 T/m");
    case_with("    position: {x: 35 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: none}\n");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags), MRSE_ERR_INPUT);
    assert_null(a);
    assert_true(diags.errors >= 1);
}

/* Whatever the decision rests on, also the model's uncertainty and the bore, counts. */
static void assess__unverified_uncertainty_of_the_model__undetermined(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with("");
    snprintf(text, sizeof text, "%s", SCANNER);
    char *at = strstr(text, "{field: 1 %");
    assert_non_null(at);
    snprintf(at, sizeof text - (size_t)(at - text),
             "{field: {value: 1 %%, source: hearsay}, gradient: 2 %%, because: test}\n");
    at = strstr(text, "sources:\n") + strlen("sources:\n");
    char rest[4096];
    snprintf(rest, sizeof rest, "%s", at);
    snprintf(at, sizeof text - (size_t)(at - text),
             "  hearsay: {origin: unverified, title: heard somewhere}\n%s", rest);
    scratch_write("scanner.yaml", text);
    mrse_assessment *a = assess();
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    assert_true(a->provisional);
    mrse_assessment_free(a);
    scratch_write("scanner.yaml", SCANNER);
}

/* A slip of the operator must not turn a high gradient into a virtue. */
static void assess__gradient_bounded_from_below__undetermined(void **state)
{
    (void)state;
    static const char *const limit[] = {"'>= 0.5 T/m'", "'> 0.5 T/m'"};
    for (size_t i = 0; i < 2; i++) {
        limit_is(limit[i]);
        case_with("");
        assert_int_equal(overall(), MRSE_VERDICT_UNDETERMINED);
    }
}

static void assess__label_contradicts_itself__input_error(void **state)
{
    static mrse_diags diags;
    mrse_assessment *a = NULL;

    (void)state;
    label_with("branches:\n  - name: a\n    b0: [1.5 T]\n    limits:\n"
               "      - {quantity: sfg, limit: <= 40 T/m, also: 400 G/cm, printed: p}\n");
    case_with("");
    mrse_diags_init(&diags);
    assert_int_equal(mrse_assess_case(scratch_path("case.yaml"), NULL, &a, &diags), MRSE_ERR_INPUT);
    assert_null(a);
    assert_true(diags.errors >= 1);
}

/* One implant whose limit is met must not cover another about which nothing was decided. */
static void assess__second_implant_undecided__undetermined(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    scratch_write("other.yaml", "mrse: label/1\nid: t\ndevice: d\nmanufacturer: m\n"
                                "status: MR Safe\nchecked: 2026-02-01\ndocument: ifu\n"
                                "complete: yes\n"
                                "sources: {ifu: {origin: manufacturer, title: t}}\n");
    case_with("  - name: second\n    label: other.yaml\n");
    assert_int_equal(overall(), MRSE_VERDICT_UNDETERMINED);
}

/* Known so badly that it might be in the wall: the ride's uncertainty is not a number. */
static void assess__position_reaches_into_the_covers__undetermined(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    case_with("    position: {x: 20 cm, y: 0 cm, z: 0 cm, u: 6 cm, evidence: none}\n"
              "    decisive: path\n    because: test\n");
    mrse_assessment *a = assess();
    assert_true(isnan(a->implant[0].ride.at.grad.u));
    assert_int_equal(a->overall, MRSE_VERDICT_UNDETERMINED);
    mrse_assessment_free(a);
}

static void assess__references_through_a_table__found_there_only(void **state)
{
    (void)state;
    static mrse_diags diags;
    limit_is("<= 40 T/m");
    const char *path = case_with("");
    const char *const written[] = {"scanner.yaml", "label.yaml"};
    const char *where[] = {scratch_path("scanner.yaml"), scratch_path("label.yaml")};
    mrse_refs refs = {.written = written, .path = where, .n = 2};
    mrse_assessment *a = NULL;
    mrse_diags_init(&diags);
    assert_int_equal(mrse_assess_case(path, &refs, &a, &diags), MRSE_OK);
    mrse_assessment_free(a);
    refs.n = 1;
    assert_int_equal(mrse_assess_case(path, &refs, &a, &diags), MRSE_ERR_INPUT);
    assert_null(a);
}

static void assess__arguments__argument_error(void **state)
{
    (void)state;
    mrse_assessment *a = NULL;
    assert_int_equal(mrse_assess_case(NULL, NULL, &a, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_assess_case("x", NULL, NULL, NULL), MRSE_ERR_ARG);
    mrse_assessment_free(NULL);
}

static mrse_status assess_once(void *path)
{
    mrse_assessment *a = NULL;
    mrse_status status = mrse_assess_case(path, NULL, &a, NULL);
    assert_true((status == MRSE_OK) == (a != NULL));
    mrse_assessment_free(a);
    return status;
}

static void assess__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    limit_is("<= 40 T/m");
    char path[1024], *at;
    snprintf(path, sizeof path, "%s", case_with(POSITION));
    /* One loop instead of the winding: each failure repeats all that comes before it. */
    snprintf(text, sizeof text, "%s", SCANNER);
    at = strstr(text, "    - winding");
    assert_non_null(at);
    snprintf(at, sizeof text - (size_t)(at - text),
             "    - loop: {radius: 50 cm, at: 0 cm, ampere_turns: 1194 kA}\n"
             "  uncertainty: {field: 1 %%, gradient: 2 %%, because: test}\n");
    scratch_write("scanner.yaml", text);
    assert_true(oom_exhaust(assess_once, path) > 50);
    scratch_write("scanner.yaml", SCANNER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assess__limit_far_above__met),
        cmocka_unit_test(assess__limit_below_scanner_maximum__not_met),
        cmocka_unit_test(assess__limit_within_uncertainty__undetermined),
        cmocka_unit_test(assess__other_field_strength__not_met),
        cmocka_unit_test(assess__several_branches_fit__undetermined_until_named),
        cmocka_unit_test(assess__named_branch_of_another_field__not_met),
        cmocka_unit_test(assess__unknown_branch__input_error_with_place),
        cmocka_unit_test(assess__other_conditions__undetermined_and_never_lost),
        cmocka_unit_test(assess__label_silent_on_gradient__not_stated_changes_nothing),
        cmocka_unit_test(assess__partial_label__never_met_as_a_whole),
        cmocka_unit_test(assess__unverified_limit__undetermined_provisional),
        cmocka_unit_test(assess__status_without_conditions__never_met),
        cmocka_unit_test(assess__position_given__both_shown_and_scanner_decides),
        cmocka_unit_test(assess__path_decisive_by_choice__ride_decides),
        cmocka_unit_test(assess__outside_the_bore__input_error),
        cmocka_unit_test(assess__unverified_uncertainty_of_the_model__undetermined),
        cmocka_unit_test(assess__gradient_bounded_from_below__undetermined),
        cmocka_unit_test(assess__label_contradicts_itself__input_error),
        cmocka_unit_test(assess__second_implant_undecided__undetermined),
        cmocka_unit_test(assess__position_reaches_into_the_covers__undetermined),
        cmocka_unit_test(assess__references_through_a_table__found_there_only),
        cmocka_unit_test(assess__arguments__argument_error),
        cmocka_unit_test(assess__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, begin, scratch_end);
}

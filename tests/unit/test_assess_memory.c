/* Memory that runs out between one finding and the next: every label, every kind of condition, each
 * allocation in turn, without the field having to be computed again. What the labels find is what the
 * whole assessment found. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/oom.h"
#include "support/scratch.h"

/* One of each; what is numeric is partly met, partly not, partly not known. */
static const char TERMS[] =
    "    limits:\n"
    "      - {quantity: sfg, limit: <= 0.5 T/m, printed: p}\n"
    "      - {quantity: product, limit: <= 1 T2/m, printed: p}\n"
    "      - {quantity: b1-rms, limit: <= 0.5 uT, printed: p}\n"
    "      - {quantity: dbdt-peak, limit: <= 5 T/s, printed: p}\n"
    "      - {quantity: slew-system, limit: <= 5 T/m/s, printed: p}\n"
    "      - {quantity: since-implant, limit: '>= 42 d', printed: p}\n"
    "      - {quantity: patient-height, limit: '>= 1.8 m', printed: p}\n"
    "      - {quantity: sar-unspecified, limit: <= 1 W/kg, printed: p}\n"
    "      - {quantity: spacing, of: leads, limit: '>= 1 cm', printed: p}\n"
    "    first_available:\n"
    "      - printed: p\n"
    "        steps:\n"
    "          - limits: [{quantity: b1-rms, limit: <= 3.2 uT, printed: p}]\n"
    "          - unreported: b1-rms\n"
    "            limits: [{quantity: sar-head, limit: <= 0.4 W/kg, printed: p}]\n"
    "    any_of:\n"
    "      - printed: p\n"
    "        options:\n"
    "          - name: a\n"
    "            limits: [{quantity: b1-rms, limit: <= 2 uT, printed: p}]\n"
    "          - name: b\n"
    "            conditions: [{topic: t, printed: p}]\n"
    "    clocks: [{kind: continuous, limit: <= 5 min, printed: p}]\n"
    "    zones:\n"
    "      - {kind: isocentre-not-between, from: C7, to: L3, printed: p}\n"
    "      - {kind: isocentre-above, from: C7, printed: p}\n"
    "    coils: [{role: transmit, ruling: required, which: head, printed: p}]\n"
    "    modes: [{allowed: normal, printed: p}]\n"
    "    states: [{kind: therapy, ruling: required, setting: off, printed: p}]\n"
    "    checks: [{when: before, action: look, printed: p}]\n"
    "    patients: [{kind: posture, ruling: required, postures: prone, printed: p}]\n"
    "    exclusions: [{kind: abandoned-leads, ruling: forbidden, printed: p}]\n"
    "    pairs: [{kind: all-conditions, printed: p}]\n"
    "    conditions: [{topic: consent, printed: p}]\n"
    "    unknowns: [{topic: bent, printed: p}]\n";

#define PARTS                                                                                      \
    "when: {combinations: [system], printed: p}\n"                                                 \
    "components:\n"                                                                                \
    "  - {id: ipg, role: device, name: generator, plug_unused: yes, printed: p}\n"                 \
    "  - {id: bad, role: accessory, name: b, mr_unsafe: yes, printed: p}\n"                        \
    "  - {id: good, role: lead, name: lead, printed: p}\n"                                         \
    "combinations:\n"                                                                              \
    "  - {name: system, groups: [{any_of: [ipg]}, {any_of: [good]}], ruling: allowed,\n"           \
    "     printed: p}\n"

/* The sheet states less at 20 cm than the field model gives. */
#define SHEET                                                                                      \
    "  cylinders:\n    source: sheet\n    gradient: sfg\n    rows:\n"                              \
    "      - {radius: 20 cm, gradient: 0.1 T/m}\n"

static void write_case(void)
{
    static char text[6144];
    snprintf(text, sizeof text, PARTS "branches:\n  - name: 1.5 T\n    b0: [1.5 T]\n%s", TERMS);
    label_is(text);
    label_file("two.yaml", "status: MR Conditional\n",
               "branches:\n"
               "  - {name: a, b0: [1.5 T], when: {modes: normal, printed: p}}\n"
               "  - {name: b, b0: [1.5 T], when: {modes: normal, printed: p}}\n");
    label_file("away.yaml", "status: MR Conditional\n",
               "branches:\n  - {name: a, b0: [3 T]}\n  - {name: b, b0: [7 T]}\n");
    label_file("old.yaml", "status: 'MR Safe'\nstatus_printed: old words\n", "");
    scanner_shows(SHEET);
    case_of("sequences:\n"
            "  - {source: plan, file: scan.yaml, name: one, minutes: 4 min}\n"
            "  - {source: plan, file: scan.yaml, name: two, minutes: 4 min}\n"
            "patient: {pregnant: yes, mode_chosen: normal, because: test}\n"
            "examination: {level: T8, height: {value: 1.7 m, u: 1 cm}, mode: normal, coil: body,\n"
            "              free_before: {value: 30 d, source: plan}}\n",
            "  - name: device\n    label: label.yaml\n    components: [ipg, bad, good]\n"
            "    implanted: 2026-11-01\n"
            "    position: {x: 5 cm, y: 0 cm, z: 5 cm, u: 1 mm, evidence: test}\n"
            "  - {name: two, label: two.yaml}\n"
            "  - {name: away, label: away.yaml}\n"
            "  - {name: old, label: old.yaml}\n");
}

static void forget(mrse_assessment *a)
{
    mrse_free(a->finding);
    mrse_free(a->step);
    mrse_free(a->binding);
    mrse_free(a->timetable.slot);
    a->finding = NULL;
    a->step = NULL;
    a->binding = NULL;
    a->n_findings = a->n_steps = a->n_bindings = 0;
    memset(&a->timetable, 0, sizeof a->timetable);
}

/* As the assessment itself does when field, rides and sequences are there. */
static mrse_status judge(mrse_assessment *a)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < a->n_implants && status == MRSE_OK; i++) {
        status = mrse_findings_add(a, &a->implant[i]);
        if (status == MRSE_OK)
            status = mrse_working_add(a, &a->implant[i]);
    }
    if (status == MRSE_OK)
        status = mrse_findings_add_patient(a);
    if (status == MRSE_OK)
        status = mrse_timetable_find(a);
    if (status == MRSE_OK)
        status = mrse_bindings_find(a);
    return status == MRSE_OK ? mrse_findings_add_agreement(a) : status;
}

static mrse_status once(void *context)
{
    mrse_status status = judge(context);
    forget(context);
    return status;
}

static void labels__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    write_case();
    mrse_assessment *a = assess();
    size_t findings = a->n_findings, bindings = a->n_bindings;
    assert_true(findings > 40 && bindings > 5);
    assert_non_null(finding_of(a, "0.1 T/m", UNDETERMINED)); /* sheet and model differ */
    forget(a);
    assert_int_equal(judge(a), MRSE_OK);
    assert_int_equal(a->n_findings, findings);
    assert_int_equal(a->n_bindings, bindings);
    forget(a);
    assert_true(oom_exhaust(once, a) > findings);
    mrse_assessment_free(a);
}

/* ---- files that are not where the case says ---- */

/* A folder of files by another name, as a portable case brings them; one of them is left out. */
static void refs__one_file_missing__refused(void **state)
{
    static const char *const name[] = {"scanner.yaml", "scan.yaml", "label.yaml",
                                       "two.yaml",     "away.yaml", "old.yaml"};
    enum { N = sizeof name / sizeof name[0] };
    const char *written[N], *path[N];
    char where[N][512], kase[512];
    (void)state;
    write_case();
    snprintf(kase, sizeof kase, "%s", scratch_path("case.yaml"));
    for (size_t missing = 0; missing <= N; missing++) {
        mrse_refs refs = {.written = written, .path = path};
        mrse_assessment *a = NULL;
        for (size_t i = 0; i < N; i++) {
            if (i == missing)
                continue;
            snprintf(where[i], sizeof where[i], "%s", scratch_path(name[i]));
            written[refs.n] = name[i];
            path[refs.n++] = where[i];
        }
        assert_int_equal(mrse_assess_case(kase, &refs, &a, NULL),
                         missing < N ? MRSE_ERR_INPUT : MRSE_OK);
        assert_int_equal(a != NULL, missing == N);
        mrse_assessment_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(labels__each_allocation_fails__no_memory_and_no_leak),
        T(refs__one_file_missing__refused),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

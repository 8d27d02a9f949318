/* What is proposed for a sequence that does not meet a limit: the change is one that meets it, it is
 * searched for once, and where there is none the reason stands. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/oom.h"
#include "support/scratch.h"

#define TSE "examples/tse-b1rms/before.yaml" /* 3.28 uT */
#define DWI "examples/dwi-dbdt/before.yaml"

static void sequence_of(const char *example, const char *as)
{
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read(example, MRSE_FILE_MAX, &text, &n, NULL), MRSE_OK);
    scratch_write(as, text);
    mrse_free(text);
}

static void limits_are(const char *limits)
{
    char text[512];
    snprintf(text, sizeof text, "    limits: [%s]\n", limits);
    label_demands(text);
}

/* The n-th thing asked for beside a limit that is not met. */
static const mrse_finding *not_met(const mrse_assessment *a, size_t n)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->finding[i].decision.verdict == NOT_MET && n-- == 0)
            return &a->finding[i];
    fail_msg("fewer findings than that are not met");
    return a->finding;
}

/* Made as proposed, and worked out from its pulses, the sequence meets the limit. */
static void lever__b1_rms__setting_that_meets_it(void **state)
{
    (void)state;
    sequence_of(TSE, "scan.yaml");
    limits_are("{quantity: b1-rms, limit: <= 3 uT, printed: p}");
    mrse_assessment *a = assess();
    assert_string_equal(not_met(a, 0)->ask, "mrse modify: met with refocusing 120 deg, in "
                                            "3.33 min, SNR times 1.01");
    mrse_assessment_free(a);
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(mrse_file_read(TSE, MRSE_FILE_MAX, &text, &n, NULL), MRSE_OK);
    char *flip = strstr(text, "flip: 150 deg"), *reported = strstr(text, "reported:");
    assert_non_null(flip);
    assert_non_null(reported);
    memcpy(flip, "flip: 120", strlen("flip: 120"));
    *reported = '\0'; /* what the console said is of the sequence as it was */
    scratch_write("scan.yaml", text);
    mrse_free(text);
    a = assess();
    assert_true(finding_of(a, "p", MET)->exposure.v > 2.5e-6);
    mrse_assessment_free(a);
}

/* Several things change at once: each is named, with its unit where it has one. */
static void lever__dbdt_where_the_implant_is__every_change_named(void **state)
{
    static const char *const implant[] = {
        DEVICE, DEVICE "    position: {x: 5 cm, y: 0 cm, z: 0 cm, u: 1 cm, evidence: X-ray}\n"};
    (void)state;
    sequence_of(DWI, "scan.yaml");
    scanner_shows("gradients: {source: sheet, linear_volume: {diameter: 50 cm, length: 50 cm}}\n");
    for (int i = 0; i < 2; i++) {
        limits_are(i == 0 ? "{quantity: slew-sequence, limit: <= 60 T/m/s, printed: p}"
                          : "{quantity: dbdt-peak, limit: <= 2.4 T/s, printed: p}");
        case_of(ONE, implant[i]);
        mrse_assessment *a = assess();
        const char *ask = not_met(a, 0)->ask;
        assert_non_null(strstr(ask, "mrse modify: met with"));
        assert_non_null(strstr(ask, ", slew 0."));
        assert_non_null(strstr(ask, ", SNR times 0."));
        mrse_assessment_free(a);
    }
}

static void lever__nothing_to_go_by__says_so(void **state)
{
    static const struct {
        const char *sequence, *limit, *says;
    } row[] = {{DWI, "slew-sequence, limit: <= 1 T/m/s", "no change within the usual ranges"},
               /* nobody knows where dB/dt counts */
               {DWI, "dbdt-peak, limit: <= 20 T/s", "its pulses or gradients are not in the file"}};
    (void)state;
    scanner_shows("gradients: {source: sheet, linear_volume: {diameter: 50 cm, length: 50 cm}}\n");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char limit[128];
        sequence_of(row[i].sequence, "scan.yaml");
        snprintf(limit, sizeof limit, "{quantity: %s, printed: p}", row[i].limit);
        limits_are(limit);
        mrse_assessment *a = assess();
        if (strstr(not_met(a, 0)->ask, row[i].says) == NULL)
            fail_msg("%s", not_met(a, 0)->ask);
        mrse_assessment_free(a);
    }
}

/* ---- searched for once ---- */

/* Of one limit after another on one file: alike in all or not. */
static void lever__limit_after_another__same_words_only_for_the_same(void **state)
{
    static const char *const other[] = {
        "{quantity: b1-rms, limit: < 3 uT, printed: p}",
        "{quantity: b1-rms, limit: <= 2.9 uT, printed: p}",
        "{quantity: b1-rms, limit: 0.1 to 3 uT, printed: p}, "
        "{quantity: b1-rms, limit: 0.1 to 2.5 uT, printed: p}",
        "{quantity: sar-whole-body, limit: <= 1.5 W/kg, printed: p}",
        "{quantity: b1-rms, limit: <= 3 uT, printed: p}"};
    const size_t same = sizeof other / sizeof other[0] - 1;
    (void)state;
    sequence_of(TSE, "scan.yaml");
    for (size_t i = 0; i <= same; i++) {
        char limits[400];
        snprintf(limits, sizeof limits, "{quantity: b1-rms, limit: <= 3 uT, printed: p}, %s",
                 other[i]);
        limits_are(limits);
        mrse_assessment *a = assess();
        mrse_finding *f = (mrse_finding *)(uintptr_t)not_met(a, 0);
        mrse_finding *second = (mrse_finding *)(uintptr_t)not_met(a, 1);
        assert_true(second->ask[0] != '\0');
        /* a mark in the first is taken over by the same limit alone */
        mrse_text_copy(f->ask, sizeof f->ask, "marked");
        assert_int_equal(mrse_label_lever(a, &a->implant[0], second, &a->planned[0]), MRSE_OK);
        assert_int_equal(strcmp(second->ask, "marked") == 0, i == same);
        mrse_assessment_free(a);
    }
}

static void lever__same_file_twice_and_another__one_search_for_each_file(void **state)
{
    (void)state;
    sequence_of(TSE, "scan.yaml");
    sequence_of(TSE, "again.yaml");
    limits_are("{quantity: b1-rms, limit: <= 3 uT, printed: p}");
    case_of("sequences: [{file: scan.yaml, name: one}, {file: again.yaml, name: two},\n"
            "            {file: scan.yaml, name: three}]\n",
            DEVICE);
    mrse_assessment *a = assess();
    mrse_finding *f[3];
    for (size_t i = 0; i < 3; i++)
        f[i] = (mrse_finding *)(uintptr_t)not_met(a, i);
    mrse_text_copy(f[0]->ask, sizeof f[0]->ask, "marked");
    assert_int_equal(mrse_label_lever(a, &a->implant[0], f[2], &a->planned[2]), MRSE_OK);
    assert_string_equal(f[2]->ask, "marked");
    assert_int_equal(mrse_label_lever(a, &a->implant[0], f[1], &a->planned[1]), MRSE_OK);
    assert_string_not_equal(f[1]->ask, "marked");
    mrse_assessment_free(a);
}

/* Not a limit that a change of the sequence can meet, or no sequence that can be changed. */
static void lever__nothing_to_search__leaves_the_finding(void **state)
{
    (void)state;
    sequence_of(TSE, "scan.yaml");
    limits_are("{quantity: b1-rms, limit: <= 3 uT, printed: p}");
    mrse_assessment *a = assess();
    mrse_finding *f = (mrse_finding *)(uintptr_t)not_met(a, 0), kept;
    mrse_planned *p = &a->planned[0];
    mrse_protocol *base = p->study->before.protocol;
    f->ask[0] = '\0';
    kept = *f;
    f->decision.verdict = UNDETERMINED;
    assert_int_equal(mrse_label_lever(a, &a->implant[0], f, p), MRSE_OK);
    assert_string_equal(f->ask, "");
    *f = kept;
    p->study->before.protocol = NULL;
    assert_int_equal(mrse_label_lever(a, &a->implant[0], f, p), MRSE_OK);
    assert_string_equal(f->ask, "");
    p->study->before.protocol = base;
    static const mrse_kind none[] = {MRSE_KIND_SED, MRSE_KIND_SFG, MRSE_KIND_TIME};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        f->limit.value.kind = none[i];
        assert_int_equal(mrse_label_lever(a, &a->implant[0], f, p), MRSE_OK);
        assert_string_equal(f->ask, "");
    }
    mrse_assessment_free(a);
}

/* ---- memory ---- */

static mrse_status once(void *context)
{
    mrse_assessment *a = context;
    mrse_finding *f = (mrse_finding *)(uintptr_t)not_met(a, 0);
    f->ask[0] = '\0';
    return mrse_label_lever(a, &a->implant[0], f, &a->planned[0]);
}

static void lever__each_allocation_fails__no_memory_and_no_leak(void **state)
{
    (void)state;
    sequence_of(DWI, "scan.yaml");
    limits_are("{quantity: slew-sequence, limit: <= 60 T/m/s, printed: p}");
    mrse_assessment *a = assess();
    assert_true(oom_exhaust_late(once, a, 20, 97) > 5);
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(lever__b1_rms__setting_that_meets_it),
        T(lever__dbdt_where_the_implant_is__every_change_named),
        T(lever__nothing_to_go_by__says_so),
        T(lever__limit_after_another__same_words_only_for_the_same),
        T(lever__same_file_twice_and_another__one_search_for_each_file),
        T(lever__nothing_to_search__leaves_the_finding),
        T(lever__each_allocation_fails__no_memory_and_no_leak),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

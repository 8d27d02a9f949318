/* The verdict of a case from those of its conditions, by the one question after the other that a case
 * may ask. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "assess/assess_internal.h"
#include "support/close.h"

#define MET          MRSE_VERDICT_MET
#define NOT_MET      MRSE_VERDICT_NOT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED
#define NOT_STATED   MRSE_VERDICT_NOT_STATED

enum { IMPLANT = 1, SITE = 2, SURVEY = 4, CHANGE = 8, OBJECT = 16, PATIENT = 32 };
static const char *const of[] = {"device",          "room", "survey.yaml",
                                 MRSE_MODIFICATION, "",     MRSE_PATIENT};

static mrse_finding finding[8];
static mrse_assessment a;

static mrse_verdict concluded(void)
{
    mrse_assessment_conclude(&a);
    return a.overall;
}

/* A case that asks these questions; each has one decisive finding with this verdict (but of objects
 * there is none). */
static void case_of(unsigned asks, mrse_verdict is)
{
    static mrse_case kase;
    static mrse_site site;
    static mrse_survey survey;
    static mrse_label label;
    static mrse_case_implant implant;
    static mrse_implant_result result;
    static mrse_sequence_study sequences;
    memset(&a, 0, sizeof a);
    memset(&kase, 0, sizeof kase);
    memset(&label, 0, sizeof label);
    implant.name = (char *)(uintptr_t)of[0];
    site.name = (char *)(uintptr_t)of[1];
    result.implant = &implant;
    result.label = &label;
    a.kase = &kase;
    a.finding = finding;
    a.implant = &result;
    a.n_implants = asks & IMPLANT ? 1 : 0;
    a.site = asks & SITE ? &site : NULL;
    a.survey = asks & SURVEY ? &survey : NULL;
    a.survey_path = (char *)(uintptr_t) "folder/survey.yaml";
    a.sequences = asks & CHANGE ? &sequences : NULL;
    kase.n_objects = asks & OBJECT ? 1 : 0;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        if ((asks & 1u << i) && (1u << i) != OBJECT)
            finding[a.n_findings++] =
                (mrse_finding){.implant = of[i], .decisive = true, .decision = {.verdict = is}};
}

static const unsigned each[] = {IMPLANT, SITE, SURVEY, CHANGE};

static void one_question__its_own_verdict(void **state)
{
    static const mrse_verdict is[] = {MET, NOT_MET, UNDETERMINED};
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        for (size_t k = 0; k < 3; k++) {
            case_of(each[i], is[k]);
            assert_int_equal(concluded(), is[k]);
        }
}

/* About which nothing was decided, that is undetermined. */
static void one_question__nothing_decided__undetermined(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        case_of(each[i], NOT_STATED);
        assert_int_equal(concluded(), UNDETERMINED);
        a.n_findings = 0;
        assert_int_equal(concluded(), UNDETERMINED);
        case_of(each[i], MET);
        finding[0].decisive = false;
        assert_int_equal(concluded(), UNDETERMINED);
    }
}

static void no_question__undetermined(void **state)
{
    (void)state;
    case_of(0, MET);
    assert_int_equal(concluded(), UNDETERMINED);
}

static void two_questions__the_worse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        for (size_t k = 0; k < i; k++) {
            case_of(each[i] | each[k], MET);
            assert_int_equal(concluded(), MET);
            finding[0].decision.verdict = NOT_MET;
            assert_int_equal(concluded(), NOT_MET);
            case_of(each[i] | each[k], MET);
            finding[1].decision.verdict = UNDETERMINED;
            assert_int_equal(concluded(), UNDETERMINED);
        }
}

/* Objects alone: no limit applies. Beside them nothing is MET as a whole; what is not met stays so. */
static void objects__no_limit__never_met(void **state)
{
    (void)state;
    case_of(OBJECT, MET);
    assert_int_equal(concluded(), NOT_STATED);
    case_of(OBJECT | IMPLANT, MET);
    assert_int_equal(concluded(), UNDETERMINED);
    case_of(OBJECT | IMPLANT, NOT_MET);
    assert_int_equal(concluded(), NOT_MET);
}

static void patient__beside_an_implant__counts(void **state)
{
    (void)state;
    case_of(IMPLANT | PATIENT, MET);
    assert_int_equal(concluded(), MET);
    finding[1].decision.verdict = NOT_MET;
    assert_int_equal(concluded(), NOT_MET);
}

/* What is known in part, on an assumption or on an unverified number is marked, whoever it is of. */
static void marks__of_any_decisive_finding__on_the_whole(void **state)
{
    (void)state;
    case_of(IMPLANT | SITE, MET);
    (void)concluded();
    assert_false(a.provisional || a.on_assumption || a.partial);
    finding[1].decision.on_assumption = true;
    (void)concluded();
    assert_true(a.on_assumption && !a.provisional);
    case_of(IMPLANT | SITE, MET);
    finding[0].decision.provisional = true;
    (void)concluded();
    assert_true(a.provisional && !a.on_assumption);
    case_of(IMPLANT, MET);
    a.implant[0].label->partial = true;
    assert_int_equal(concluded(), UNDETERMINED);
    assert_true(a.partial);
    finding[0].decision.verdict = NOT_MET;
    assert_int_equal(concluded(), NOT_MET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_question__its_own_verdict),
        cmocka_unit_test(one_question__nothing_decided__undetermined),
        cmocka_unit_test(no_question__undetermined),
        cmocka_unit_test(two_questions__the_worse),
        cmocka_unit_test(objects__no_limit__never_met),
        cmocka_unit_test(patient__beside_an_implant__counts),
        cmocka_unit_test(marks__of_any_decisive_finding__on_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

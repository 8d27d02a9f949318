/* Findings on field strength and gradient: which class is shown and vouched for, what is asked, whose
 * number is doubted. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "assess/label_internal.h"
#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

#define LIMIT "    limits: [{quantity: b1-rms, limit: <= 2 uT, printed: two}]\n"

/* A label whose only branch is for these classes. */
static void branch_for(const char *classes)
{
    char text[512];
    snprintf(text, sizeof text, "branches:\n  - name: a\n    %s\n" LIMIT, classes);
    label_is(text);
}

static const mrse_finding *of_class(const mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strstr(a->finding[i].topic, "static field strength") != NULL)
            return &a->finding[i];
    fail_msg("no finding on the field strength");
    return a->finding;
}

/* ---- field strength ---- */

/* The finding holds the class that the scanner is of, and shows all that the label names. */
static void field__several_classes__holds_the_scanners_and_shows_all(void **state)
{
    (void)state;
    static const struct {
        const char *classes;
        double limit_T;
        const char *printed;
    } row[] = {{"b0: [1.5 T]", 1.5, "1.5 T"},
               {"b0: [1.5 T, 3 T]", 1.5, "1.5 T or 3 T"},
               {"b0: [3 T, 1.5 T]", 1.5, "3 T or 1.5 T"},
               {"b0: [1.5 T, 1.2 T]", 1.5, "1.5 T or 1.2 T"},
               {"b0_limit: <= 3 T", 3.0, "3 T"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        branch_for(row[i].classes);
        mrse_assessment *a = assess();
        const mrse_finding *f = of_class(a);
        assert_int_equal(f->decision.verdict, MET);
        assert_rel(f->limit.value.v, row[i].limit_T, 1e-12);
        assert_string_equal(f->limit.value.printed, row[i].printed);
        mrse_assessment_free(a);
    }
}

static void field__more_classes_than_there_is_room__none_is_cut(void **state)
{
    (void)state;
    branch_for("b0: [0.2 T, 0.35 T, 1.0 T, 1.2 T, 1.5 T, 3.0 T, 7.0 T, 9.4 T]");
    mrse_assessment *a = assess();
    const mrse_finding *f = of_class(a);
    assert_int_equal(f->decision.verdict, MET);
    assert_string_equal(f->limit.value.printed, "0.2 T or 0.35 T or 1.0 T or 1.2 T or others");
    mrse_assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup(test, label_case_reset)
        T(field__several_classes__holds_the_scanners_and_shows_all),
        T(field__more_classes_than_there_is_room__none_is_cut),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

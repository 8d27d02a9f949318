/* The decision rule, value by value: every operator against every state an exposure can be in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mrse/label.h"
#include "mrse/verdict.h"
#include "support/close.h"

#define MET          MRSE_VERDICT_MET
#define NOT_MET      MRSE_VERDICT_NOT_MET
#define UNDETERMINED MRSE_VERDICT_UNDETERMINED

static mrse_value exposure_of(double v, double u)
{
    mrse_value e = mrse_value_computed(v, u, MRSE_KIND_SFG, "path-maximum");
    return e;
}

static mrse_limit limit_of(mrse_op op)
{
    mrse_limit limit = {.op = op};
    limit.value = mrse_value_missing(MRSE_KIND_SFG);
    limit.value.v = 4.0;
    limit.value.u = 0.0;
    limit.value.origin = MRSE_ORIGIN_MANUFACTURER;
    limit.value.basis = MRSE_BASIS_DECLARED;
    limit.upper = op == MRSE_OP_RANGE ? 6.0 : 0.0;
    return limit;
}

/* Exposure value and u, and the verdict that each operator must give; limit 4, range 4 to 6. */
static const struct {
    const char *state;
    double v, u;
    mrse_verdict le, lt, ge, gt, range;
} TABLE[] = {
    {"well below", 3.0, 0.1, MET, MET, NOT_MET, NOT_MET, NOT_MET},
    {"below, guard touches", 3.8, 0.1, MET, UNDETERMINED, UNDETERMINED, NOT_MET, UNDETERMINED},
    {"below, guard across", 3.9, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
    {"equal, no uncertainty", 4.0, 0.0, MET, NOT_MET, MET, NOT_MET, MET},
    {"equal, with uncertainty", 4.0, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
    {"above, guard across", 4.1, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
    {"above, guard touches", 4.2, 0.1, UNDETERMINED, NOT_MET, MET, UNDETERMINED, MET},
    {"well above", 5.0, 0.1, NOT_MET, NOT_MET, MET, MET, MET},
    {"above the range", 7.0, 0.1, NOT_MET, NOT_MET, MET, MET, NOT_MET},
    {"top of the range, guard across", 6.0, 0.1, NOT_MET, NOT_MET, MET, MET, UNDETERMINED},
    {"above the range, guard touches", 6.2, 0.1, NOT_MET, NOT_MET, MET, MET, UNDETERMINED},
    {"NaN", NAN, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED},
    {"infinite", INFINITY, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
    {"minus infinite", -INFINITY, 0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
    {"u missing", 1.0, NAN, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED},
    {"u negative", 1.0, -0.1, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED},
    {"u infinite", 1.0, INFINITY, UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED,
     UNDETERMINED},
};
enum { N_TABLE = sizeof TABLE / sizeof TABLE[0] };

static mrse_verdict expected(size_t row, mrse_op op)
{
    switch (op) {
    case MRSE_OP_LE:
        return TABLE[row].le;
    case MRSE_OP_LT:
        return TABLE[row].lt;
    case MRSE_OP_GE:
        return TABLE[row].ge;
    case MRSE_OP_GT:
        return TABLE[row].gt;
    case MRSE_OP_RANGE:
        return TABLE[row].range;
    }
    return NOT_MET;
}

static void decide__each_state_and_operator__as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_TABLE; i++) {
        for (int op = MRSE_OP_LE; op <= MRSE_OP_RANGE; op++) {
            mrse_value e = exposure_of(TABLE[i].v, TABLE[i].u);
            mrse_limit l = limit_of((mrse_op)op);
            mrse_decision d = mrse_decide(&e, &l);
            if (d.verdict != expected(i, (mrse_op)op))
                print_error("%s, %s: %s\n", TABLE[i].state, mrse_op_text((mrse_op)op), d.reason);
            assert_int_equal(d.verdict, expected(i, (mrse_op)op));
            assert_false(d.provisional);
            assert_false(d.on_assumption);
            assert_true(strlen(d.reason) > 0);
        }
    }
}

/* Whatever the numbers: an unverified exposure or limit never gives MET, and says so. */
static void decide__unverified_on_either_side__undetermined_provisional(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_TABLE; i++) {
        for (int op = MRSE_OP_LE; op <= MRSE_OP_RANGE; op++) {
            for (int side = 0; side < 2; side++) {
                mrse_value e = exposure_of(TABLE[i].v, TABLE[i].u);
                mrse_limit l = limit_of((mrse_op)op);
                if (side == 0)
                    e.origin = MRSE_ORIGIN_UNVERIFIED;
                else
                    l.value.origin = MRSE_ORIGIN_UNVERIFIED;
                mrse_decision d = mrse_decide(&e, &l);
                assert_int_equal(d.verdict, UNDETERMINED);
                if (isfinite(TABLE[i].v) && isfinite(TABLE[i].u) && TABLE[i].u >= 0.0)
                    assert_true(d.provisional);
            }
        }
    }
}

static void decide__assumed__verdict_stands_and_is_marked(void **state)
{
    (void)state;
    mrse_value e = exposure_of(3.0, 0.1);
    mrse_limit l = limit_of(MRSE_OP_LE);
    e.origin = MRSE_ORIGIN_ASSUMED;
    mrse_decision d = mrse_decide(&e, &l);
    assert_int_equal(d.verdict, MET);
    assert_true(d.on_assumption);
    e.origin = MRSE_ORIGIN_COMPUTED;
    l.value.origin = MRSE_ORIGIN_ASSUMED;
    assert_true(mrse_decide(&e, &l).on_assumption);
}

static void decide__declared_value__compared_as_it_stands(void **state)
{
    (void)state;
    mrse_value e = exposure_of(4.0, 0.5);
    mrse_limit l = limit_of(MRSE_OP_LE);
    e.basis = MRSE_BASIS_DECLARED;
    e.origin = MRSE_ORIGIN_CONSOLE;
    mrse_decision d = mrse_decide(&e, &l);
    assert_int_equal(d.verdict, MET);
    assert_abs(d.guard, 0.0, 0.0);
    e.u = NAN; /* what a console shows has no stated u: it is compared all the same */
    assert_int_equal(mrse_decide(&e, &l).verdict, MET);
    e.v = 4.0001;
    assert_int_equal(mrse_decide(&e, &l).verdict, NOT_MET);
    e.v = NAN;
    assert_int_equal(mrse_decide(&e, &l).verdict, UNDETERMINED);
}

static void decide__kinds_that_share_a_unit__undetermined(void **state)
{
    (void)state;
    for (int kind = MRSE_KIND_NONE; kind < MRSE_KIND_COUNT; kind++) {
        mrse_value e = exposure_of(1.0, 0.0);
        mrse_limit l = limit_of(MRSE_OP_LE);
        e.kind = (mrse_kind)kind;
        mrse_verdict want = kind == MRSE_KIND_SFG ? MET : UNDETERMINED;
        assert_int_equal(mrse_decide(&e, &l).verdict, want);
    }
}

static void decide__limit_not_a_number__undetermined(void **state)
{
    (void)state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        for (int op = MRSE_OP_LE; op <= MRSE_OP_RANGE; op++) {
            mrse_value e = exposure_of(5.0, 0.0);
            mrse_limit l = limit_of((mrse_op)op);
            l.value.v = bad[i];
            assert_int_equal(mrse_decide(&e, &l).verdict, UNDETERMINED);
            l = limit_of(MRSE_OP_RANGE);
            l.upper = bad[i];
            assert_int_equal(mrse_decide(&e, &l).verdict, UNDETERMINED);
        }
    }
    mrse_value e = exposure_of(5.0, 0.0);
    mrse_limit upside_down = limit_of(MRSE_OP_RANGE);
    upside_down.upper = 3.0;
    assert_int_equal(mrse_decide(&e, &upside_down).verdict, UNDETERMINED);
    mrse_limit no_operator = limit_of(MRSE_OP_LE);
    no_operator.op = (mrse_op)99;
    assert_int_equal(mrse_decide(&e, &no_operator).verdict, UNDETERMINED);
}

static void decide__nothing_given__undetermined(void **state)
{
    (void)state;
    mrse_value e = exposure_of(1.0, 0.0), zero = {0};
    mrse_limit l = limit_of(MRSE_OP_LE), no_limit = {0};
    assert_int_equal(mrse_decide(NULL, &l).verdict, UNDETERMINED);
    assert_int_equal(mrse_decide(&e, NULL).verdict, UNDETERMINED);
    assert_int_equal(mrse_decide(&zero, &no_limit).verdict, UNDETERMINED);
}

/* 720 G/cm and 7.2 T/m are one number, though their doubles need not be. */
static void decide__equal_after_unit_conversion__counts_as_equal(void **state)
{
    (void)state;
    for (int i = 1; i <= 5000; i++) {
        mrse_value e = exposure_of((double)i * 0.01, 0.0);
        mrse_limit l = limit_of(MRSE_OP_LE);
        l.value.v = (double)i / 100.0;
        assert_int_equal(mrse_decide(&e, &l).verdict, MET);
        l.op = MRSE_OP_LT;
        assert_int_equal(mrse_decide(&e, &l).verdict, NOT_MET);
    }
}

static void decide__numbers__guard_margin_and_reason_say_them(void **state)
{
    (void)state;
    mrse_value e = exposure_of(3.0, 0.25);
    mrse_limit l = limit_of(MRSE_OP_LE);
    mrse_decision d = mrse_decide(&e, &l);
    assert_abs(d.guard, 0.5, 1e-15);
    assert_abs(d.margin, 1.0, 1e-15);
    assert_non_null(strstr(d.reason, "3.000 ± 0.50 T/m"));
    l.op = MRSE_OP_GE;
    assert_abs(mrse_decide(&e, &l).margin, -1.0, 1e-15);
    l = limit_of(MRSE_OP_RANGE);
    e.v = 5.5;
    assert_abs(mrse_decide(&e, &l).margin, 0.5, 1e-15);
    e.v = 4.125;
    assert_abs(mrse_decide(&e, &l).margin, 0.125, 1e-15);
}

/* Values, guard and limit in the unit in which the limit reads best, not in the SI's. */
static void decide__reason__is_one_sentence_in_one_unit(void **state)
{
    (void)state;
    mrse_value e = mrse_value_computed(1.8e-6, 0.05e-6, MRSE_KIND_B1_RMS, "b1-rms");
    mrse_limit l = limit_of(MRSE_OP_LT);
    l.value.kind = MRSE_KIND_B1_RMS;
    l.value.v = 2e-6;
    assert_string_equal(mrse_decide(&e, &l).reason, "1.800 ± 0.10 µT (U = 2u) against < 2.000 µT");
    e.u = 0.2e-6;
    assert_string_equal(mrse_decide(&e, &l).reason,
                        "1.800 ± 0.40 µT (U = 2u) against < 2.000 µT: the limit lies within the "
                        "uncertainty");
    l.op = MRSE_OP_RANGE;
    l.upper = 2.5e-6;
    e.basis = MRSE_BASIS_DECLARED;
    assert_string_equal(mrse_decide(&e, &l).reason,
                        "1.800 µT as declared, against within 2.000 to 2.500 µT");
    /* a guard of less than the digits shown is left to the record */
    e = exposure_of(2.0, 0.9e-4);
    l = limit_of(MRSE_OP_LE);
    assert_string_equal(mrse_decide(&e, &l).reason, "2.000 T/m (U = 2u) against ≤ 4.000 T/m");
    e.u = 1.1e-4;
    assert_non_null(strstr(mrse_decide(&e, &l).reason, "2.000 ± 0.00022 T/m"));
}

/* A limit of nothing is kept by nothing; a range of one value by that value. */
static void decide__limits_at_their_edge__hold(void **state)
{
    (void)state;
    mrse_value e = exposure_of(0.0, 0.0);
    mrse_limit l = limit_of(MRSE_OP_LE);
    l.value.v = 0.0;
    assert_int_equal(mrse_decide(&e, &l).verdict, MET);
    l = limit_of(MRSE_OP_RANGE);
    l.upper = l.value.v;
    e.v = l.value.v;
    assert_int_equal(mrse_decide(&e, &l).verdict, MET);
}

/* What counts as equal is relative: microteslas are small numbers in the SI. */
static void decide__small_numbers__are_told_apart(void **state)
{
    (void)state;
    mrse_value e = exposure_of(2.000002e-6, 0.0);
    mrse_limit l = limit_of(MRSE_OP_LE);
    l.value.v = 2e-6;
    assert_int_equal(mrse_decide(&e, &l).verdict, NOT_MET);
}

static void worse__each_pair__keeps_the_worse(void **state)
{
    (void)state;
    const mrse_verdict order[] = {MRSE_VERDICT_NOT_STATED, MET, UNDETERMINED, NOT_MET};
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(mrse_verdict_worse(order[i], order[k]), order[i > k ? i : k]);
    }
}

/* A value from outside the enumeration counts as UNDETERMINED, never as something milder. */
static void worse__unknown_verdict__counts_as_undetermined(void **state)
{
    (void)state;
    assert_int_equal(mrse_verdict_worse(MET, (mrse_verdict)42), 42);
    assert_int_equal(mrse_verdict_worse((mrse_verdict)42, MET), 42);
    assert_int_equal(mrse_verdict_worse((mrse_verdict)42, NOT_MET), NOT_MET);
}

static void text__each_label_status__as_astm_f2503_prints_it(void **state)
{
    (void)state;
    assert_string_equal(mrse_label_status_text(MRSE_LABEL_CONDITIONAL), "MR Conditional");
    assert_string_equal(mrse_label_status_text(MRSE_LABEL_SAFE), "MR Safe");
    assert_string_equal(mrse_label_status_text(MRSE_LABEL_UNSAFE), "MR Unsafe");
    assert_string_equal(mrse_label_status_text(MRSE_LABEL_LEGACY), "legacy statement");
    assert_string_equal(mrse_label_status_text(MRSE_LABEL_UNLABELLED), "MR Unlabelled");
    assert_string_equal(mrse_label_status_text((mrse_label_status)42), "MR Unlabelled");
}

static void text__each_verdict__is_one_of_four_words(void **state)
{
    (void)state;
    assert_string_equal(mrse_verdict_text(MET), "MET");
    assert_string_equal(mrse_verdict_text(NOT_MET), "NOT MET");
    assert_string_equal(mrse_verdict_text(UNDETERMINED), "UNDETERMINED");
    assert_string_equal(mrse_verdict_text(MRSE_VERDICT_NOT_STATED), "NOT STATED");
    assert_string_equal(mrse_verdict_text((mrse_verdict)42), "UNDETERMINED");
    assert_string_equal(mrse_op_text(MRSE_OP_LE), "≤");
    assert_string_equal(mrse_op_text(MRSE_OP_LT), "<");
    assert_string_equal(mrse_op_text(MRSE_OP_GE), "≥");
    assert_string_equal(mrse_op_text(MRSE_OP_GT), ">");
    assert_string_equal(mrse_op_text(MRSE_OP_RANGE), "within");
    assert_string_equal(mrse_op_text((mrse_op)42), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decide__each_state_and_operator__as_the_table_says),
        cmocka_unit_test(decide__unverified_on_either_side__undetermined_provisional),
        cmocka_unit_test(decide__assumed__verdict_stands_and_is_marked),
        cmocka_unit_test(decide__declared_value__compared_as_it_stands),
        cmocka_unit_test(decide__kinds_that_share_a_unit__undetermined),
        cmocka_unit_test(decide__limit_not_a_number__undetermined),
        cmocka_unit_test(decide__nothing_given__undetermined),
        cmocka_unit_test(decide__equal_after_unit_conversion__counts_as_equal),
        cmocka_unit_test(decide__numbers__guard_margin_and_reason_say_them),
        cmocka_unit_test(decide__reason__is_one_sentence_in_one_unit),
        cmocka_unit_test(decide__limits_at_their_edge__hold),
        cmocka_unit_test(decide__small_numbers__are_told_apart),
        cmocka_unit_test(worse__each_pair__keeps_the_worse),
        cmocka_unit_test(worse__unknown_verdict__counts_as_undetermined),
        cmocka_unit_test(text__each_label_status__as_astm_f2503_prints_it),
        cmocka_unit_test(text__each_verdict__is_one_of_four_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

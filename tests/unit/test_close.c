/* The asserts that every other test relies on: they must fail when they should.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/close.h"

typedef struct pair {
    double got, want, tol;
    bool relative;
} pair;

static const double nan_ = (double)NAN, inf_ = (double)INFINITY;
static pair current;

static void one_assert(void **state)
{
    (void)state;
    if (current.relative)
        assert_rel(current.got, current.want, current.tol);
    else
        assert_abs(current.got, current.want, current.tol);
}

/* Runs the assert itself in a process of its own; true when cmocka counts one failed test. */
static bool assert_fails(pair p)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_assert)};
    int status = 0;
    pid_t child;

    fflush(stdout);
    fflush(stderr);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        current = p;
        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
            _exit(99);
        _exit(cmocka_run_group_tests(tests, NULL, NULL));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_in_range(WEXITSTATUS(status), 0, 1);
    return WEXITSTATUS(status) == 1;
}

static bool rel_fails(double got, double want, double rtol)
{
    return assert_fails((pair){got, want, rtol, true});
}

static bool abs_fails(double got, double want, double atol)
{
    return assert_fails((pair){got, want, atol, false});
}

static void assert_rel__nan__fails(void **state)
{
    (void)state;
    assert_true(rel_fails(nan_, 1.0, 1e-6));
    assert_true(rel_fails(1.0, nan_, 1e-6));
    assert_true(rel_fails(nan_, nan_, 1e-6));
    assert_true(rel_fails(1.0, 1.0, nan_));
}

static void assert_abs__nan__fails(void **state)
{
    (void)state;
    assert_true(abs_fails(nan_, 1.0, 1e-6));
    assert_true(abs_fails(1.0, nan_, 1e-6));
    assert_true(abs_fails(nan_, nan_, 1e-6));
    assert_true(abs_fails(1.0, 1.0, nan_));
}

static void assert_rel__infinity__fails(void **state)
{
    (void)state;
    assert_true(rel_fails(inf_, inf_, 1e-6));
    assert_true(rel_fails(-inf_, -inf_, 1e-6));
    assert_true(rel_fails(1.0, inf_, 1e-6));
    assert_true(rel_fails(1.0, 2.0, inf_));
}

static void assert_abs__infinity__fails(void **state)
{
    (void)state;
    assert_true(abs_fails(inf_, inf_, 1e-6));
    assert_true(abs_fails(inf_, 1.0, 1e300));
    assert_true(abs_fails(1.0, 2.0, inf_));
}

static void assert_rel__beyond_single_precision__fails(void **state)
{
    (void)state;
    assert_true(rel_fails(1.0, 1.000000005, 1e-12));
    assert_true(abs_fails(1.0, 1.000000005, 1e-12));
}

static void assert_rel__large_values__fails_on_small_difference(void **state)
{
    (void)state;
    assert_true(rel_fails(1e6, 1e6 + 0.01, 1e-9));
    assert_true(abs_fails(1e6, 1e6 + 0.01, 1e-3));
}

static void assert_rel__small_values__is_relative(void **state)
{
    (void)state;
    assert_true(rel_fails(1e-7, 2e-7, 1e-6));
    assert_true(rel_fails(1e-300, 0.0, 1e-6));
}

static void assert_rel__negative_tolerance__fails(void **state)
{
    (void)state;
    assert_true(rel_fails(1.0, 1.0, -1e-6));
    assert_true(abs_fails(1.0, 1.0, -1e-6));
}

static void assert_rel__wrong_sign__fails(void **state)
{
    (void)state;
    assert_true(rel_fails(-1.0, 1.0, 0.5));
}

static void assert_rel__within__passes(void **state)
{
    (void)state;
    assert_false(rel_fails(1.0, 1.0, 0.0));
    assert_false(rel_fails(1.0 + 1e-13, 1.0, 1e-12));
    assert_false(rel_fails(-7.2, -7.2000001, 1e-7));
    assert_false(rel_fails(0.0, 0.0, 1e-12));
    assert_false(abs_fails(1e-9, 0.0, 1e-8));
    assert_false(abs_fails(2.0, 1.5, 0.5)); /* equality is within */
}

static void close_check__arguments_with_effects__are_evaluated_once(void **state)
{
    int n = 0;

    (void)state;
    assert_rel((n++, 1.0), 1.0, 0.0);
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assert_rel__nan__fails),
        cmocka_unit_test(assert_abs__nan__fails),
        cmocka_unit_test(assert_rel__infinity__fails),
        cmocka_unit_test(assert_abs__infinity__fails),
        cmocka_unit_test(assert_rel__beyond_single_precision__fails),
        cmocka_unit_test(assert_rel__large_values__fails_on_small_difference),
        cmocka_unit_test(assert_rel__small_values__is_relative),
        cmocka_unit_test(assert_rel__negative_tolerance__fails),
        cmocka_unit_test(assert_rel__wrong_sign__fails),
        cmocka_unit_test(assert_rel__within__passes),
        cmocka_unit_test(close_check__arguments_with_effects__are_evaluated_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

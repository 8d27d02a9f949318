/* Sound of scaled gradients. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/acoustic.h"

#include <string.h>

#include "support/close.h"

static void acoustic_change__same_timing__is_twenty_log_ratio(void **state)
{
    mrse_acoustic out;

    (void)state;
    assert_int_equal(mrse_acoustic_change(0.5, 0.01, true, &out), MRSE_OK);
    assert_rel(out.change.v, -6.020599913279624, 1e-15);
    /* the larger side of the interval 0.5 +- 0.01, to first order */
    assert_rel(out.change.u, 6.020599913279624 + 20 * log10(0.51), 0.02);
    assert_int_equal(out.change.kind, MRSE_KIND_SOUND_LEVEL);
    assert_int_equal(out.change.origin, MRSE_ORIGIN_COMPUTED);
    assert_string_equal(out.change.src, "acoustic-amplitude");
    assert_int_equal(mrse_acoustic_change(10, 0, true, &out), MRSE_OK);
    assert_rel(out.change.v, 20, 1e-15);
    assert_abs(out.change.u, 0, 0);
    assert_int_equal(mrse_acoustic_change(1, (double)NAN, true, &out), MRSE_OK);
    assert_abs(out.change.v, 0, 0);
    assert_true(isnan(out.change.u));
}

static void acoustic_change__other_timing_or_no_ratio__is_missing_with_reason(void **state)
{
    mrse_acoustic out;

    (void)state;
    assert_int_equal(mrse_acoustic_change(0.5, 0, false, &out), MRSE_OK);
    assert_true(isnan(out.change.v));
    assert_int_equal(out.change.origin, MRSE_ORIGIN_UNVERIFIED);
    assert_non_null(strstr(out.reason, "resonances"));
    assert_int_equal(mrse_acoustic_change((double)NAN, 0, true, &out), MRSE_OK);
    assert_true(isnan(out.change.v));
    assert_non_null(strstr(out.reason, "not known"));
}

static void acoustic_change__misuse__is_err_arg(void **state)
{
    mrse_acoustic out;

    (void)state;
    assert_int_equal(mrse_acoustic_change(0, 0, true, &out), MRSE_ERR_ARG);
    assert_true(isnan(out.change.v));
    assert_int_equal(mrse_acoustic_change(-1, 0, true, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_acoustic_change(INFINITY, 0, true, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_acoustic_change(1, -1, true, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_acoustic_change(1, INFINITY, true, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_acoustic_change(1, 0, true, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acoustic_change__same_timing__is_twenty_log_ratio),
        cmocka_unit_test(acoustic_change__other_timing_or_no_ratio__is_missing_with_reason),
        cmocka_unit_test(acoustic_change__misuse__is_err_arg),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

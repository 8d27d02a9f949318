/* Limits by operating mode. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/iec.h"
#include "support/close.h"

static mrse_limit limit_of(const char *id, mrse_iec_mode mode)
{
    mrse_limit l;

    assert_int_equal(mrse_iec_find(id, mode, NULL, &l), MRSE_OK);
    return l;
}

static mrse_verdict decide(double v, mrse_limit limit)
{
    mrse_value x = mrse_value_computed(v, 0.0, limit.value.kind, "test");

    return mrse_decide(&x, &limit).verdict;
}

static void find__each_entry__decides_by_its_own_value(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < mrse_iec_count(); i++) {
        const mrse_iec_entry *e = mrse_iec_at(i);
        mrse_limit l = limit_of(e->id, e->mode);

        assert_rel(l.value.v, e->value, 0.0);
        assert_int_equal(l.value.kind, e->kind);
        assert_int_equal(l.op, MRSE_OP_LE);
        assert_true(e->source[0] != '\0' && e->unit[0] != '\0');
        /* what was not read can never be met */
        assert_int_equal(decide(0.9 * e->value, l),
                         e->traced ? MRSE_VERDICT_MET : MRSE_VERDICT_UNDETERMINED);
        assert_int_not_equal(decide(1.1 * e->value, l), MRSE_VERDICT_MET);
    }
    assert_null(mrse_iec_at(mrse_iec_count()));
}

static void find__published_limits__are_these(void **state)
{
    (void)state;
    assert_rel(limit_of("sar-whole-body", MRSE_IEC_MODE_NORMAL).value.v, 2.0, 0.0);
    assert_rel(limit_of("sar-whole-body", MRSE_IEC_MODE_FIRST).value.v, 4.0, 0.0);
    assert_rel(limit_of("sar-head", MRSE_IEC_MODE_FIRST).value.v, 3.2, 0.0);
    assert_rel(limit_of("pns", MRSE_IEC_MODE_NORMAL).value.v, 0.8, 0.0);
    assert_rel(limit_of("sed-stop", MRSE_IEC_MODE_NORMAL).value.v, 2.0 * 7200.0, 0.0);
    assert_int_equal(limit_of("sar-local-trunk", MRSE_IEC_MODE_FIRST).value.origin,
                     MRSE_ORIGIN_UNVERIFIED);
}

static void find__what_is_not_there__is_refused(void **state)
{
    mrse_limit l;

    (void)state;
    assert_int_equal(mrse_iec_find("sar", MRSE_IEC_MODE_NORMAL, NULL, &l), MRSE_ERR_ARG);
    assert_true(isnan(l.value.v));
    assert_int_equal(mrse_iec_find("pns", MRSE_IEC_MODE_ANY, NULL, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_find(NULL, MRSE_IEC_MODE_NORMAL, NULL, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_find("pns", MRSE_IEC_MODE_NORMAL, NULL, NULL), MRSE_ERR_ARG);
}

static void find__override__takes_its_place(void **state)
{
    mrse_iec_override item = {"sar-local-trunk", MRSE_IEC_MODE_NORMAL,
                              mrse_value_computed(9.0, 0.5, MRSE_KIND_SAR_LOCAL, "site")};
    const mrse_iec_overrides o = {&item, 1};
    mrse_limit l;

    (void)state;
    assert_int_equal(mrse_iec_find("sar-local-trunk", MRSE_IEC_MODE_NORMAL, &o, &l), MRSE_OK);
    assert_rel(l.value.v, 9.0, 0.0);
    assert_int_equal(decide(9.0, l), MRSE_VERDICT_MET);
    assert_int_equal(mrse_iec_find("sar-local-trunk", MRSE_IEC_MODE_FIRST, &o, &l), MRSE_OK);
    assert_rel(l.value.v, 20.0, 0.0);
    item.value.kind = MRSE_KIND_SAR_HEAD;
    assert_int_equal(mrse_iec_find("sar-local-trunk", MRSE_IEC_MODE_NORMAL, &o, &l), MRSE_ERR_ARG);
    assert_true(isnan(l.value.v));
}

static void partial_body__exposed_share__lowers_the_limit(void **state)
{
    mrse_limit l;

    (void)state;
    assert_int_equal(mrse_iec_partial_body(0.25, MRSE_IEC_MODE_NORMAL, &l), MRSE_OK);
    assert_rel(l.value.v, 8.0, 0.0);
    assert_int_equal(mrse_iec_partial_body(1.0, MRSE_IEC_MODE_FIRST, &l), MRSE_OK);
    assert_rel(l.value.v, limit_of("sar-partial-body", MRSE_IEC_MODE_FIRST).value.v, 0.0);
    assert_int_equal(mrse_iec_partial_body(0.0, MRSE_IEC_MODE_FIRST, &l), MRSE_ERR_RANGE);
    assert_int_equal(mrse_iec_partial_body(1.1, MRSE_IEC_MODE_FIRST, &l), MRSE_ERR_RANGE);
    assert_true(isnan(l.value.v));
    assert_int_equal(mrse_iec_partial_body((double)NAN, MRSE_IEC_MODE_FIRST, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_partial_body(0.5, MRSE_IEC_MODE_ANY, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_partial_body(0.5, MRSE_IEC_MODE_FIRST, NULL), MRSE_ERR_ARG);
}

static void warm_room__degrees__lower_the_first_level_only(void **state)
{
    mrse_limit l;

    (void)state;
    assert_int_equal(mrse_iec_warm_room(25.0, MRSE_IEC_MODE_FIRST, &l), MRSE_OK);
    assert_rel(l.value.v, 4.0, 0.0);
    assert_int_equal(decide(1.0, l), MRSE_VERDICT_MET);
    assert_int_equal(mrse_iec_warm_room(29.0, MRSE_IEC_MODE_FIRST, &l), MRSE_OK);
    assert_rel(l.value.v, 3.0, 0.0);
    assert_int_equal(decide(1.0, l), MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(mrse_iec_warm_room(40.0, MRSE_IEC_MODE_FIRST, &l), MRSE_OK);
    assert_rel(l.value.v, 2.0, 0.0);
    assert_int_equal(mrse_iec_warm_room(20.0, MRSE_IEC_MODE_NORMAL, &l), MRSE_OK);
    assert_rel(l.value.v, 2.0, 0.0);
    assert_int_equal(mrse_iec_warm_room(51.0, MRSE_IEC_MODE_FIRST, &l), MRSE_ERR_RANGE);
    assert_int_equal(mrse_iec_warm_room((double)NAN, MRSE_IEC_MODE_FIRST, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_warm_room(20.0, MRSE_IEC_MODE_FIRST, NULL), MRSE_ERR_ARG);
}

static void ten_seconds__twice_the_mean(void **state)
{
    mrse_limit mean = limit_of("sar-head", MRSE_IEC_MODE_NORMAL), l;

    (void)state;
    assert_int_equal(mrse_iec_10s(&mean, &l), MRSE_OK);
    assert_rel(l.value.v, 6.4, 1e-15);
    mean.value.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(mrse_iec_10s(&mean, &l), MRSE_OK);
    assert_int_equal(decide(1.0, l), MRSE_VERDICT_UNDETERMINED);
    mean = limit_of("pns", MRSE_IEC_MODE_NORMAL);
    assert_int_equal(mrse_iec_10s(&mean, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_10s(NULL, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_10s(&mean, NULL), MRSE_ERR_ARG);
}

/* 1.66 kT/s at 0.45 ms was published as 11 times the limit. */
static void cardiac__short_ramp__allows_more(void **state)
{
    mrse_limit l;

    (void)state;
    assert_int_equal(mrse_iec_cardiac(0.45e-3, &l), MRSE_OK);
    assert_abs(l.value.v, 143.6, 0.05);
    assert_abs(1660.0 / l.value.v, 11.5, 0.5);
    assert_int_equal(decide(1.0, l), MRSE_VERDICT_UNDETERMINED);
    assert_int_equal(mrse_iec_cardiac(1.0, &l), MRSE_OK);
    assert_rel(l.value.v, 20.0, 1e-12);
    assert_int_equal(mrse_iec_cardiac(0.0, &l), MRSE_ERR_RANGE);
    assert_int_equal(mrse_iec_cardiac((double)NAN, &l), MRSE_ERR_ARG);
    assert_int_equal(mrse_iec_cardiac(1.0, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find__each_entry__decides_by_its_own_value),
        cmocka_unit_test(find__published_limits__are_these),
        cmocka_unit_test(find__what_is_not_there__is_refused),
        cmocka_unit_test(find__override__takes_its_place),
        cmocka_unit_test(partial_body__exposed_share__lowers_the_limit),
        cmocka_unit_test(warm_room__degrees__lower_the_first_level_only),
        cmocka_unit_test(ten_seconds__twice_the_mean),
        cmocka_unit_test(cardiac__short_ramp__allows_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Levels of the body: against the survey's means, in order from head to foot, with what the
 * individual measurement and what is not known do to them. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/anatomy.h"
#include "support/close.h"

static mrse_value metres(double v, double u)
{
    return (mrse_value){.v = v, .u = u, .kind = MRSE_KIND_LENGTH, .origin = MRSE_ORIGIN_MEASURED};
}

static mrse_anatomy person_of(double height_m, double u_m)
{
    mrse_value height = metres(height_m, u_m);
    return mrse_anatomy_of(&height);
}

static mrse_value depth_of(const mrse_anatomy *person, mrse_level level)
{
    mrse_value depth;
    assert_int_equal(mrse_anatomy_depth(person, level, &depth), MRSE_OK);
    return depth;
}

/* ANSUR II, pooled means in mm: stature 1714.41 less the height of the landmark. */
static void depth__survey_stature__survey_means(void **state)
{
    (void)state;
    static const struct {
        mrse_level level;
        double height_mm;
    } row[] = {{MRSE_LEVEL_SHOULDER, 1406.16},    {MRSE_LEVEL_STERNAL_NOTCH, 1402.95},
               {MRSE_LEVEL_NIPPLES, 1252.01},     {MRSE_LEVEL_UMBILICUS, 1031.50},
               {MRSE_LEVEL_ILIAC_CREST, 1040.06}, {MRSE_LEVEL_HIP, 882.74},
               {MRSE_LEVEL_KNEE, 483.24},         {MRSE_LEVEL_ANKLE, 69.58},
               {MRSE_LEVEL_EAR, 1714.41 - 129.62}};
    mrse_anatomy person = person_of(1.71441, 0.0);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_value d = depth_of(&person, row[i].level);
        assert_abs(d.v, (1714.41 - row[i].height_mm) * 1e-3, 1e-4);
        assert_int_equal(d.origin, MRSE_ORIGIN_ASSUMED);
        assert_string_equal(d.src, "anatomy-stature");
        assert_non_null(strstr(mrse_anatomy_source(row[i].level), "ANSUR II"));
    }
    assert_rel(depth_of(&person, MRSE_LEVEL_CHIN).v, 0.130 * 1.71441, 1e-3);
}

static void depth__all_vertebrae__in_order_and_of_plausible_height(void **state)
{
    (void)state;
    for (double height_m = 1.4; height_m <= 2.0; height_m += 0.1) {
        mrse_anatomy person = person_of(height_m, 0.0);
        for (int i = MRSE_LEVEL_C2; i <= MRSE_LEVEL_S1; i++) {
            mrse_value step, a, b;
            assert_int_equal(
                mrse_anatomy_between(&person, (mrse_level)(i - 1), (mrse_level)i, &step), MRSE_OK);
            assert_in_range((int)(step.v * 1e4), 120, 450); /* 12 to 45 mm */
            /* half of one and half of the next make the step between their middles */
            assert_int_equal(mrse_anatomy_half_height(&person, (mrse_level)(i - 1), &a), MRSE_OK);
            assert_int_equal(mrse_anatomy_half_height(&person, (mrse_level)i, &b), MRSE_OK);
            assert_rel(a.v + b.v, step.v, 1e-9);
            assert_rel(step.u, 0.1 * step.v + 0.005, 1e-12);
            assert_true(a.u > 0.0);
        }
    }
}

/* Facts of anatomy that the table was not built from: C1 is below the ear, the notch at T2 to T3
 * (CT of 1035 adults), L4 at the crest, column lengths after Fick. */
static void depth__vertebrae__agree_with_landmarks_within_uncertainty(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.72, 0.0);
    double ear = depth_of(&person, MRSE_LEVEL_EAR).v, c1 = depth_of(&person, MRSE_LEVEL_C1).v;
    double t2 = depth_of(&person, MRSE_LEVEL_T2).v, t3 = depth_of(&person, MRSE_LEVEL_T3).v;
    double notch = depth_of(&person, MRSE_LEVEL_STERNAL_NOTCH).v;
    assert_true(c1 > ear && c1 < ear + 0.05);
    assert_abs(notch, (t2 + t3) / 2.0, 2.0 * 0.025);
    assert_abs(depth_of(&person, MRSE_LEVEL_L4).v, depth_of(&person, MRSE_LEVEL_ILIAC_CREST).v,
               1e-4);
    mrse_value thoracic, lumbar;
    assert_int_equal(mrse_anatomy_between(&person, MRSE_LEVEL_T1, MRSE_LEVEL_L1, &thoracic),
                     MRSE_OK);
    assert_abs(thoracic.v, 0.285, 0.015);
    assert_int_equal(mrse_anatomy_between(&person, MRSE_LEVEL_L1, MRSE_LEVEL_S1, &lumbar), MRSE_OK);
    assert_abs(lumbar.v, 0.18, 0.01);
    assert_rel(depth_of(&person, MRSE_LEVEL_XIPHOID).v, depth_of(&person, MRSE_LEVEL_T9).v, 1e-12);
}

static void depth__stature_uncertain__adds_in_quadrature(void **state)
{
    (void)state;
    mrse_anatomy sure = person_of(1.7, 0.0), unsure = person_of(1.7, 0.05);
    mrse_value a = depth_of(&sure, MRSE_LEVEL_L3), b = depth_of(&unsure, MRSE_LEVEL_L3);
    assert_rel(a.u, 0.025, 1e-12);
    assert_rel(b.u, hypot(0.025, b.v / 1.7 * 0.05), 1e-12);
    mrse_value far; /* what two distant levels share is not counted on */
    assert_int_equal(mrse_anatomy_between(&sure, MRSE_LEVEL_C1, MRSE_LEVEL_S1, &far), MRSE_OK);
    assert_rel(far.u, hypot(0.025, 0.025), 1e-12);
    assert_int_equal(mrse_anatomy_between(&sure, MRSE_LEVEL_CHIN, MRSE_LEVEL_C4, &far), MRSE_OK);
    assert_rel(far.u, hypot(0.01, 0.025), 1e-12);
    mrse_anatomy unknown = person_of(1.7, NAN);
    assert_true(isnan(depth_of(&unknown, MRSE_LEVEL_L3).u));
    mrse_anatomy negative = person_of(1.7, -0.01);
    assert_true(isnan(depth_of(&negative, MRSE_LEVEL_L3).u));
}

static void override__measured_level__replaces_the_estimate(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.7, 0.01);
    mrse_value l3 = metres(0.66, 0.005);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_L3, &l3), MRSE_OK);
    mrse_value d = depth_of(&person, MRSE_LEVEL_L3), between;
    assert_rel(d.v, 0.66, 1e-15);
    assert_int_equal(d.origin, MRSE_ORIGIN_MEASURED);
    mrse_value c7 = metres(0.26, 0.012);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_C7, &c7), MRSE_OK);
    assert_int_equal(mrse_anatomy_between(&person, MRSE_LEVEL_C7, MRSE_LEVEL_L3, &between),
                     MRSE_OK);
    assert_rel(between.v, 0.40, 1e-12);
    assert_rel(between.u, 0.013, 1e-12);
    assert_int_equal(between.origin, MRSE_ORIGIN_COMPUTED);
    /* With the measured level no stature is needed. */
    person.height = mrse_value_missing(MRSE_KIND_LENGTH);
    assert_rel(depth_of(&person, MRSE_LEVEL_L3).v, 0.66, 1e-15);
    mrse_value bad[] = {metres(NAN, 0.0), metres(0.5, NAN), metres(0.5, -0.1), l3};
    bad[3].kind = MRSE_KIND_TIME;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_L3, &bad[i]), MRSE_ERR_ARG);
    bad[0] = metres(-0.01, 0.0);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_L3, &bad[0]), MRSE_ERR_RANGE);
    bad[0] = metres(2.51, 0.0);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_L3, &bad[0]), MRSE_ERR_RANGE);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_UNKNOWN, &l3), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_override(NULL, MRSE_LEVEL_L3, &l3), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_override(&person, MRSE_LEVEL_L3, NULL), MRSE_ERR_ARG);
}

static void depth__out_of_validity__error_and_missing(void **state)
{
    (void)state;
    static const double height_m[] = {1.39, 2.01, NAN, 0.0, INFINITY};
    mrse_value d;
    for (size_t i = 0; i < 5; i++) {
        mrse_anatomy person = person_of(height_m[i], 0.01);
        assert_int_equal(mrse_anatomy_depth(&person, MRSE_LEVEL_C7, &d), MRSE_ERR_RANGE);
        assert_true(isnan(d.v) && d.origin == MRSE_ORIGIN_UNVERIFIED);
        assert_int_equal(mrse_anatomy_half_height(&person, MRSE_LEVEL_C7, &d), MRSE_ERR_RANGE);
        assert_int_equal(mrse_anatomy_between(&person, MRSE_LEVEL_C7, MRSE_LEVEL_L3, &d),
                         MRSE_ERR_RANGE);
        assert_true(isnan(d.v));
    }
    mrse_anatomy nobody = mrse_anatomy_of(NULL), low = person_of(1.4, 0.0),
                 tall = person_of(2.0, 0.0);
    assert_int_equal(mrse_anatomy_depth(&nobody, MRSE_LEVEL_C7, &d), MRSE_ERR_RANGE);
    assert_int_equal(mrse_anatomy_depth(&nobody, MRSE_LEVEL_VERTEX, &d), MRSE_OK);
    assert_int_equal(mrse_anatomy_depth(&low, MRSE_LEVEL_C7, &d), MRSE_OK);
    assert_int_equal(mrse_anatomy_depth(&tall, MRSE_LEVEL_C7, &d), MRSE_OK);
    assert_int_equal(mrse_anatomy_depth(&low, MRSE_LEVEL_UNKNOWN, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_depth(&low, MRSE_LEVEL_COUNT, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_depth(NULL, MRSE_LEVEL_C7, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_depth(&low, MRSE_LEVEL_C7, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_between(NULL, MRSE_LEVEL_C7, MRSE_LEVEL_C7, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_between(&low, MRSE_LEVEL_C7, MRSE_LEVEL_C7, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_between(&low, MRSE_LEVEL_C7, MRSE_LEVEL_C7, &d), MRSE_OK);
    assert_true(d.v == 0.0 && d.u == 0.0);
    assert_int_equal(mrse_anatomy_half_height(&low, MRSE_LEVEL_COUNT, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_anatomy_half_height(&low, MRSE_LEVEL_KNEE, &d), MRSE_OK);
    assert_true(d.v == 0.0 && d.u == 0.0);
}

/* What no source was found for is unverified, and everything else names one. */
static void source__each_level__named_or_unverified(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.7, 0.0);
    int unverified = 0;
    for (int i = MRSE_LEVEL_UNKNOWN + 1; i < MRSE_LEVEL_COUNT; i++) {
        mrse_level level = (mrse_level)i;
        bool sourced = mrse_anatomy_source(level)[0] != '\0';
        mrse_value d = depth_of(&person, level);
        assert_true(sourced == (d.origin != MRSE_ORIGIN_UNVERIFIED));
        assert_true(level == MRSE_LEVEL_VERTEX || d.u >= 0.01);
        assert_true(d.v >= 0.0 && d.v < 1.7);
        assert_int_equal(mrse_level_from_text(mrse_level_text(level)), level);
        unverified += !sourced;
    }
    assert_int_equal(unverified, 2);
    assert_string_equal(mrse_anatomy_source(MRSE_LEVEL_UNKNOWN), "");
    assert_string_equal(mrse_level_text(MRSE_LEVEL_T10), "T10");
    assert_string_equal(mrse_level_text(MRSE_LEVEL_UMBILICUS), "umbilicus");
    assert_string_equal(mrse_level_text(MRSE_LEVEL_COUNT), "unknown");
    assert_int_equal(mrse_level_from_text("C8"), MRSE_LEVEL_UNKNOWN);
    assert_int_equal(mrse_level_from_text(NULL), MRSE_LEVEL_UNKNOWN);
}

static void region__each__top_above_bottom(void **state)
{
    (void)state;
    mrse_anatomy person = person_of(1.7, 0.0);
    mrse_level top, bottom;
    for (int i = MRSE_BODY_HEAD; i <= MRSE_BODY_LEG; i++) {
        mrse_value length;
        assert_true(mrse_anatomy_region((mrse_body_region)i, &top, &bottom));
        assert_int_equal(mrse_anatomy_between(&person, top, bottom, &length), MRSE_OK);
        assert_true(length.v > 0.05);
        assert_int_equal(mrse_body_region_from_text(mrse_body_region_text((mrse_body_region)i)), i);
    }
    assert_false(mrse_anatomy_region(MRSE_BODY_ARM, &top, &bottom));
    assert_false(mrse_anatomy_region(MRSE_BODY_UNKNOWN, NULL, NULL));
    assert_int_equal(top, MRSE_LEVEL_UNKNOWN);
    assert_string_equal(mrse_body_region_text(MRSE_BODY_ARM), "arm");
    assert_string_equal(mrse_body_region_text((mrse_body_region)99), "unknown");
    assert_int_equal(mrse_body_region_from_text("tail"), MRSE_BODY_UNKNOWN);
    assert_int_equal(mrse_body_region_from_text(NULL), MRSE_BODY_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(depth__survey_stature__survey_means),
        cmocka_unit_test(depth__all_vertebrae__in_order_and_of_plausible_height),
        cmocka_unit_test(depth__vertebrae__agree_with_landmarks_within_uncertainty),
        cmocka_unit_test(depth__stature_uncertain__adds_in_quadrature),
        cmocka_unit_test(override__measured_level__replaces_the_estimate),
        cmocka_unit_test(depth__out_of_validity__error_and_missing),
        cmocka_unit_test(source__each_level__named_or_unverified),
        cmocka_unit_test(region__each__top_above_bottom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

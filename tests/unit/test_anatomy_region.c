/* Levels that a region cannot hold. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/anatomy.h"
#include "support/close.h"

static bool excludes(const char *region, const char *level, double offset_m)
{
    return mrse_anatomy_excludes(NULL, mrse_body_region_from_text(region),
                                 mrse_level_from_text(level), offset_m);
}

static void anatomy_excludes__level_far_from_the_region__true(void **state)
{
    (void)state;
    static const struct {
        const char *region, *level;
        bool excluded;
    } row[] = {
        {"head", "eyes", false},       {"head", "C3", false},      {"head", "T3", true},
        {"head", "iliac crest", true}, {"neck", "C5", false},      {"neck", "T8", true},
        {"neck", "vertex", true},      {"chest", "T6", false},     {"chest", "shoulder", false},
        {"chest", "knee", true},       {"chest", "chin", true},    {"abdomen", "L2", false},
        {"abdomen", "L5", false},      {"abdomen", "T6", true},    {"pelvis", "hip", false},
        {"pelvis", "L5", false},       {"pelvis", "T6", true},     {"leg", "knee", false},
        {"leg", "ankle", false},       {"leg", "L1", true},        {"arm", "vertex", false},
        {"arm", "knee", false},        {"unknown", "knee", false}, {"chest", "unknown", false}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        if (excludes(row[i].region, row[i].level, 0.0) != row[i].excluded)
            fail_msg("%s, %s", row[i].region, row[i].level);
}

static void anatomy_excludes__offset__moves_the_level(void **state)
{
    (void)state;
    assert_false(excludes("chest", "iliac crest", 0.30)); /* towards the head */
    assert_true(excludes("pelvis", "iliac crest", 0.30));
    assert_false(excludes("leg", "iliac crest", -0.50));
    assert_true(excludes("leg", "iliac crest", 0.50));
    assert_false(excludes("chest", "knee", (double)NAN)); /* where it is, is not known */
}

static void anatomy_excludes__stature__own_where_it_is_valid(void **state)
{
    (void)state;
    static const struct {
        double height_m;
        bool excluded;
    } row[] = {{1.4, true}, {2.0, false}, {0.6, false}, {(double)NAN, false}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_value height = mrse_value_computed(row[i].height_m, 0.0, MRSE_KIND_LENGTH, "test");
        const mrse_anatomy person = mrse_anatomy_of(&height);
        /* 40 cm above the crest: 0.15 m from the vertex of the short, 0.39 m of the tall */
        assert_int_equal(
            mrse_anatomy_excludes(&person, MRSE_BODY_CHEST, MRSE_LEVEL_ILIAC_CREST, 0.4),
            row[i].excluded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anatomy_excludes__level_far_from_the_region__true),
        cmocka_unit_test(anatomy_excludes__offset__moves_the_level),
        cmocka_unit_test(anatomy_excludes__stature__own_where_it_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

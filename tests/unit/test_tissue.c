/* The table of relaxation times: lookup, plausibility of every entry, agreement with the reference
 * file, sources. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "image_support.h"
#include "mrse/tissue.h"

static void check_time(const mrse_tissue_time *t)
{
    assert_true(isfinite(t->low_s) && isfinite(t->v_s) && isfinite(t->high_s));
    assert_true(t->low_s > 0.0 && t->low_s < t->high_s);
    assert_true(t->low_s <= t->v_s && t->v_s <= t->high_s);
    assert_true(t->source && *t->source);
    /* A number counts as measured only when its text has been read, and the source says so. */
    if (t->origin == MRSE_ORIGIN_MEASURED || t->range_origin == MRSE_ORIGIN_MEASURED)
        assert_non_null(strstr(t->source, "abstract read"));
    else
        assert_true(t->origin == MRSE_ORIGIN_UNVERIFIED &&
                    t->range_origin == MRSE_ORIGIN_UNVERIFIED);
}

static void table__every_entry__is_plausible_and_found(void **state)
{
    mrse_tissue tissue, found;
    size_t i;

    (void)state;
    for (i = 0; mrse_tissue_at(i, &tissue); i++) {
        check_time(&tissue.t1);
        check_time(&tissue.t2);
        assert_true(tissue.t2.high_s <= 2.0 * tissue.t1.low_s); /* so that signals are defined */
        assert_int_equal(mrse_tissue_find(tissue.id, tissue.field, &found), MRSE_OK);
        assert_ptr_equal(found.id, tissue.id); /* no entry hides behind another */
        assert_int_equal(mrse_tissue_find(tissue.text, tissue.field, &found), MRSE_OK);
        assert_ptr_equal(found.id, tissue.id);
    }
    assert_true(i > 20);
    assert_null(tissue.id);
}

static void table__higher_field__longer_t1(void **state)
{
    mrse_tissue low, high;
    size_t i, pairs = 0;

    (void)state;
    for (i = 0; mrse_tissue_at(i, &low); i++) {
        if (low.field != MRSE_FIELD_1_5_T || strcmp(low.id, "csf") == 0 ||
            strcmp(low.id, "muscle") == 0) /* sources differ between the fields */
            continue;
        if (mrse_tissue_find(low.id, MRSE_FIELD_3_T, &high) != MRSE_OK)
            continue;
        assert_true(high.t1.v_s > low.t1.v_s);
        pairs++;
    }
    assert_true(pairs >= 9);
}

/* Both ends of "value ± SD" of the reference file lie within the range. */
static void check_reference(const char *id, mrse_field_class field, const json_t *times)
{
    mrse_tissue tissue;
    const json_t *t1 = json_object_get(times, "T1"), *t2 = json_object_get(times, "T2");

    assert_int_equal(mrse_tissue_find(id, field, &tissue), MRSE_OK);
    assert_true((number_at(t1, 0) - number_at(t1, 1)) / 1e3 >= tissue.t1.low_s - 1e-12);
    assert_true((number_at(t1, 0) + number_at(t1, 1)) / 1e3 <= tissue.t1.high_s + 1e-12);
    assert_true((number_at(t2, 0) - number_at(t2, 1)) / 1e3 >= tissue.t2.low_s - 1e-12);
    assert_true((number_at(t2, 0) + number_at(t2, 1)) / 1e3 <= tissue.t2.high_s + 1e-12);
}

static void table__reference_values__lie_in_the_ranges(void **state)
{
    static const char *const names[][2] = {
        {"white matter", "white-matter"},
        {"gray matter", "grey-matter"},
        {"optic nerve", "optic-nerve"},
        {"spinal cord", "spinal-cord"},
        {"blood", "blood"},
        {"skeletal muscle", "muscle"},
        {"heart", "heart"},
        {"kidney", "kidney"},
        {"liver", "liver"},
        {"cartilage 0deg", "cartilage"},
        {"cartilage 55deg", "cartilage"},
    };
    json_t *root = golden_json("tissue_T1T2.json"), *list, *entry;
    size_t i;

    (void)state;
    if (!root)
        skip();
    list = json_object_get(root, "stanisz2005_ms");
    assert_int_equal(json_object_size(list), sizeof names / sizeof names[0]);
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        entry = json_object_get(list, names[i][0]);
        check_reference(names[i][1], MRSE_FIELD_1_5_T, json_object_get(entry, "1.5T"));
        check_reference(names[i][1], MRSE_FIELD_3_T, json_object_get(entry, "3T"));
    }
    json_decref(root);
}

static void origin__of_an_entry__is_the_weakest_of_its_numbers(void **state)
{
    mrse_tissue tissue;

    (void)state;
    assert_int_equal(mrse_tissue_find("spleen", MRSE_FIELD_3_T, &tissue), MRSE_OK);
    assert_int_equal(mrse_tissue_origin(&tissue), MRSE_ORIGIN_MEASURED);
    tissue.t2.range_origin = MRSE_ORIGIN_ASSUMED;
    assert_int_equal(mrse_tissue_origin(&tissue), MRSE_ORIGIN_ASSUMED);
    tissue.t1.origin = MRSE_ORIGIN_UNVERIFIED;
    assert_int_equal(mrse_tissue_origin(&tissue), MRSE_ORIGIN_UNVERIFIED);
    assert_int_equal(mrse_tissue_find("liver", MRSE_FIELD_3_T, &tissue), MRSE_OK);
    assert_int_equal(mrse_tissue_origin(&tissue), MRSE_ORIGIN_UNVERIFIED); /* one end of T2 */
    assert_int_equal(mrse_tissue_origin(NULL), MRSE_ORIGIN_UNVERIFIED);
}

static void find__what_is_not_there__is_refused(void **state)
{
    mrse_tissue tissue;

    (void)state;
    tissue.id = "x";
    assert_int_equal(mrse_tissue_find("ectoplasm", MRSE_FIELD_3_T, &tissue), MRSE_ERR_RANGE);
    assert_null(tissue.id);
    assert_int_equal(mrse_tissue_find("spleen", MRSE_FIELD_1_5_T, &tissue), MRSE_ERR_RANGE);
    assert_int_equal(mrse_tissue_find("spleen", MRSE_FIELD_3_T, &tissue), MRSE_OK);
    assert_int_equal(mrse_tissue_find("spleen", (mrse_field_class)7, &tissue), MRSE_ERR_RANGE);
    assert_int_equal(mrse_tissue_find(NULL, MRSE_FIELD_3_T, &tissue), MRSE_ERR_ARG);
    assert_int_equal(mrse_tissue_find("spleen", MRSE_FIELD_3_T, NULL), MRSE_ERR_ARG);
    assert_false(mrse_tissue_at(0, NULL));
    assert_false(mrse_tissue_at((size_t)-1, &tissue));
}

static void field__nominal_strengths__have_a_class_and_others_not(void **state)
{
    static const double none_T[] = {0.0, 0.55, 1.0, 1.39, 1.61, 2.0, 2.79, 3.21, 7.0, -1.5};
    mrse_field_class field;
    size_t i;

    (void)state;
    assert_int_equal(mrse_tissue_field(1.494, &field), MRSE_OK);
    assert_int_equal(field, MRSE_FIELD_1_5_T);
    assert_int_equal(mrse_tissue_field(2.894, &field), MRSE_OK);
    assert_int_equal(field, MRSE_FIELD_3_T);
    for (i = 0; i < sizeof none_T / sizeof none_T[0]; i++)
        assert_int_equal(mrse_tissue_field(none_T[i], &field), MRSE_ERR_RANGE);
    assert_int_equal(mrse_tissue_field((double)NAN, &field), MRSE_ERR_ARG);
    assert_int_equal(mrse_tissue_field(3.0, NULL), MRSE_ERR_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__every_entry__is_plausible_and_found),
        cmocka_unit_test(table__higher_field__longer_t1),
        cmocka_unit_test(table__reference_values__lie_in_the_ranges),
        cmocka_unit_test(origin__of_an_entry__is_the_weakest_of_its_numbers),
        cmocka_unit_test(find__what_is_not_there__is_refused),
        cmocka_unit_test(field__nominal_strengths__have_a_class_and_others_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

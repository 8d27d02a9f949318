/* What a search found, as a document and as JSON. SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/protocols.h"

static const char *const TEXT[] = {"B1+rms <= 2.0 uT"};

typedef struct found {
    mrse_protocol protocol;
    mrse_limit limit;
    mrse_search search;
    mrse_search_result result;
} found;

/* Few settings: refocusing angle and TR only. */
static void run(found *f, bool all_kept)
{
    memset(f, 0, sizeof *f);
    f->protocol = protocols_tse();
    f->limit = (mrse_limit){MRSE_OP_LE, protocols_value(2e-6, MRSE_KIND_B1_RMS), 0.0};
    f->search = (mrse_search){.base = &f->protocol, .limit = &f->limit, .n_limits = 1};
    for (int k = 0; k < MRSE_SEARCH_PARAMETERS; k++)
        f->search.range[k].kept = all_kept || (k != MRSE_SEARCH_TR && k != MRSE_SEARCH_REFOCUSING);
    assert_int_equal(mrse_search_run(&f->search, &f->result), MRSE_OK);
}

static void search_json__a_front__every_member_meets(void **state)
{
    found f;
    mrse_buf out = {0};
    (void)state;
    run(&f, false);
    assert_true(f.result.n_front > 0);
    assert_int_equal(mrse_search_json(&f.search, &f.result, TEXT, &out), MRSE_OK);
    json_t *json = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, NULL), *front, *member;
    size_t i;
    assert_non_null(json);
    front = json_object_get(json, "front");
    assert_int_equal(json_array_size(front), f.result.n_front);
    json_array_foreach (front, i, member) {
        json_t *limit = json_array_get(json_object_get(member, "limits"), 0);
        assert_string_equal(json_string_value(json_object_get(limit, "verdict")), "MET");
        assert_rel(json_number_value(json_object_get(json_object_get(limit, "exposure"), "v")),
                   f.result.front[i].exposure[0].v, 1e-8);
        assert_true(json_array_size(json_object_get(member, "changed")) >= 1);
    }
    json_decref(json);
    mrse_buf_free(&out);
    mrse_search_result_clear(&f.result);
}

static void search_document__everything_kept__says_which_limit_stands_in_the_way(void **state)
{
    found f;
    mrse_document *d = NULL;
    mrse_buf out = {0};
    (void)state;
    run(&f, true);
    assert_int_equal(f.result.n_front, 0);
    assert_int_equal(mrse_search_document(&f.search, &f.result, TEXT, &d), MRSE_OK);
    assert_int_equal(mrse_document_plain(d, 100, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "No setting within the ranges"));
    assert_non_null(strstr(mrse_buf_text(&out), "NOT MET"));
    mrse_document_free(d);
    mrse_buf_free(&out);
    mrse_search_result_clear(&f.result);
}

static void search_explain__a_front__limit_formula_and_verdict_are_there(void **state)
{
    static const char *const expected[] = {"Setting 1",
                                           "what the setting changes",
                                           "becomes",
                                           "against 'B1+rms <= 2.0 uT'",
                                           "U = 2u) against",
                                           ": MET",
                                           "mean B1 = flip angle",
                                           "modify-search",
                                           "decision-rule"};
    found f;
    mrse_buf out = {0};
    (void)state;
    run(&f, false);
    assert_int_equal(mrse_search_explain(&f.search, &f.result, TEXT, &out), MRSE_OK);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        if (strstr(mrse_buf_text(&out), expected[i]) == NULL)
            fail_msg("'%s' is missing", expected[i]);
    const char *method = strstr(mrse_buf_text(&out), "\nrf-pulse-shape\n");
    assert_non_null(method);
    assert_null(strstr(method + 1, "\nrf-pulse-shape\n")); /* each method once */
    mrse_buf_free(&out);
    mrse_search_result_clear(&f.result);
}

static void search_explain__nothing_meets__the_nearest_is_explained(void **state)
{
    found f;
    mrse_buf out = {0};
    (void)state;
    run(&f, true);
    assert_int_equal(mrse_search_explain(&f.search, &f.result, TEXT, &out), MRSE_OK);
    assert_non_null(strstr(mrse_buf_text(&out), "The setting that comes nearest"));
    assert_non_null(strstr(mrse_buf_text(&out), ": NOT MET"));
    mrse_buf_free(&out);
    mrse_search_result_clear(&f.result);
}

static void search_document__arguments__refused(void **state)
{
    found f;
    mrse_document *d = NULL;
    mrse_buf out = {0};
    (void)state;
    run(&f, true);
    assert_int_equal(mrse_search_document(NULL, &f.result, TEXT, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_document(&f.search, NULL, TEXT, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_document(&f.search, &f.result, NULL, &d), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_document(&f.search, &f.result, TEXT, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_json(&f.search, &f.result, TEXT, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_json(NULL, &f.result, TEXT, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_explain(NULL, &f.result, TEXT, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_explain(&f.search, NULL, TEXT, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_explain(&f.search, &f.result, NULL, &out), MRSE_ERR_ARG);
    assert_int_equal(mrse_search_explain(&f.search, &f.result, TEXT, NULL), MRSE_ERR_ARG);
    assert_int_equal(out.len, 0);
    mrse_search_result_clear(&f.result);
}

static mrse_status all_views(void *context)
{
    const found *f = context;
    mrse_document *d = NULL;
    mrse_buf out = {0};
    mrse_status status = mrse_search_document(&f->search, &f->result, TEXT, &d);
    if (status == MRSE_OK)
        status = mrse_search_json(&f->search, &f->result, TEXT, &out);
    if (status == MRSE_OK)
        status = mrse_search_explain(&f->search, &f->result, TEXT, &out);
    mrse_document_free(d);
    mrse_buf_free(&out);
    return status;
}

static void search_document__no_memory__says_so(void **state)
{
    found f;
    (void)state;
    run(&f, true);
    assert_true(oom_exhaust(all_views, &f) > 20);
    mrse_search_result_clear(&f.result);
}

static int begin(void **state)
{
    (void)state;
    return mrse_init() == MRSE_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_json__a_front__every_member_meets),
        cmocka_unit_test(search_document__everything_kept__says_which_limit_stands_in_the_way),
        cmocka_unit_test(search_explain__a_front__limit_formula_and_verdict_are_there),
        cmocka_unit_test(search_explain__nothing_meets__the_nearest_is_explained),
        cmocka_unit_test(search_document__arguments__refused),
        cmocka_unit_test(search_document__no_memory__says_so),
    };
    return cmocka_run_group_tests_name("search_record", tests, begin, NULL);
}

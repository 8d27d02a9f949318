/* Lists of portfolios and rules of schemes: what is read, and one test for each slip.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/portfolio.h"
#include "spec_support.h"
#include "support/oom.h"
#include "support/scratch.h"

static const char list[] =
    "mrse: portfolio/1\n"                                                      /* 1 */
    "title: A portfolio\n"                                                     /* 2 */
    "specimen: yes\n"                                                          /* 3 */
    "applicant: {name: A. Applicant, role: physicist}\n"                       /* 4 */
    "rules: scheme.yaml\n"                                                     /* 5 */
    "evidence:\n"                                                              /* 6 */
    "  - id: E1\n"                                                             /* 7 */
    "    title: first\n"                                                       /* 8 */
    "    file: a.pdf\n"                                                        /* 9 */
    "    date: 2026-03-02\n"                                                   /* 10 */
    "    categories: [\"1.1\", \"4.2\"]\n"                                     /* 11 */
    "    where: pages 2 and 3\n"                                               /* 12 */
    "    simulated: no\n"                                                      /* 13 */
    "    contribution: did it\n"                                               /* 14 */
    "    mhra:\n"                                                              /* 15 */
    "      - {section: \"4.11\", edition: v4.3, complied: no, how: because}\n" /* 16 */
    "  - id: E2\n"                                                             /* 17 */
    "    title: second\n"                                                      /* 18 */
    "    file: b.jpg\n"                                                        /* 19 */
    "    date: 2026-04-02\n"                                                   /* 20 */
    "    categories: [\"3\"]\n"                                                /* 21 */
    "    simulated: yes\n";                                                    /* 22 */

static const slip list_slips[] = {
    {"list__two_pieces_of_one_id__refused", "id: E2", "id: E1", 17, 5, NULL,
     "evidence[0] and evidence[1] have the same id", "an id of its own", MRSE_SEV_ERROR, 0},
    {"list__no_date__refused", "    date: 2026-04-02\n", "", 17, 5, NULL, "'date'", NULL,
     MRSE_SEV_ERROR, 0},
    {"list__date_that_is_none__refused", "2026-03-02", "2026-02-30", 10, 11, "evidence[0].date",
     NULL, NULL, MRSE_SEV_ERROR, 0},
    {"list__simulated_not_stated__refused", "    simulated: yes\n", "", 17, 5, NULL, "'simulated'",
     NULL, MRSE_SEV_ERROR, 0},
    {"list__simulated_neither_yes_nor_no__refused", "simulated: no", "simulated: partly", 13, 16,
     "evidence[0].simulated", NULL, NULL, MRSE_SEV_ERROR, 0},
    {"list__no_sub_category__refused", "    categories: [\"3\"]\n", "", 17, 5, NULL, "'categories'",
     NULL, MRSE_SEV_ERROR, 0},
    {"list__reference_without_edition__refused", "edition: v4.3, ", "", 16, 9, NULL, "'edition'",
     NULL, MRSE_SEV_ERROR, 0},
    {"list__misspelt_key__refused_with_the_right_one", "contribution:", "contributon:", 14, 5, NULL,
     "contributon", "contribution", MRSE_SEV_ERROR, 0},
};

static const char rules[] = "mrse: rules/1\n"     /* 1 */
                            "id: small\n"         /* 2 */
                            "title: A scheme\n"   /* 3 */
                            "edition: first\n"    /* 4 */
                            "date: 2025-02-01\n"  /* 5 */
                            "sub_categories: 2\n" /* 6 */
                            "simulated: 1\n"      /* 7 */
                            "mhra: 1\n"           /* 8 */
                            "years: 5\n"          /* 9 */
                            "older: 50 %\n"       /* 10 */
                            "words: 20\n"         /* 11 */
                            "alike: 60 %\n"       /* 12 */
                            "categories:\n"       /* 13 */
                            "  - {id: \"1.1\", title: first}\n"
                            "  - {id: \"3\", title: third, pieces: 2}\n";

static const slip rules_slips[] = {
    {"rules__more_needed_than_listed__refused", "sub_categories: 2", "sub_categories: 3", 6, 1,
     NULL, "more are needed than are listed", "list every sub-category", MRSE_SEV_ERROR, 0},
    {"rules__share_above_one__refused", "older: 50 %", "older: 150 %", 10, 8, "older", NULL, NULL,
     MRSE_SEV_ERROR, 0},
    {"rules__part_of_a_piece__refused", "pieces: 2", "pieces: 1.5", 15, 37, "categories[1].pieces",
     NULL, NULL, MRSE_SEV_ERROR, 0},
    {"rules__no_limit_of_age__refused", "years: 5\n", "", 1, 1, NULL, "'years'", NULL,
     MRSE_SEV_ERROR, 0},
};

static void list__whole__every_key_arrives(void **state)
{
    mrse_portfolio *p = NULL;
    (void)state;
    (void)scratch_write("list.yaml", list);
    assert_int_equal(mrse_portfolio_load(scratch_path("list.yaml"), &p, NULL), MRSE_OK);
    assert_string_equal(p->title, "A portfolio");
    assert_string_equal(p->applicant.name, "A. Applicant");
    assert_string_equal(p->rules, "scheme.yaml");
    assert_true(p->specimen);
    assert_int_equal(p->n_evidence, 2);
    assert_string_equal(p->evidence[0].category[1], "4.2");
    assert_string_equal(p->evidence[0].where, "pages 2 and 3");
    assert_int_equal(p->evidence[0].n_mhra, 1);
    assert_false(p->evidence[0].mhra[0].complied);
    assert_false(p->evidence[0].simulated);
    assert_true(p->evidence[1].simulated);
    assert_null(p->evidence[1].contribution);
    assert_int_equal(p->evidence[1].line, 17);
    mrse_portfolio_free(p);
}

static void rules__whole__pieces_default_to_one(void **state)
{
    mrse_rules *r = NULL;
    (void)state;
    assert_int_equal(mrse_rules_read("r.yaml", rules, sizeof rules - 1, &r, NULL), MRSE_OK);
    assert_int_equal(r->n_categories, 2);
    assert_abs(r->category[0].least, 1.0, 0.0);
    assert_abs(r->category[1].least, 2.0, 0.0);
    assert_rel(r->most_old, 0.5, 1e-12);
    assert_rel(r->near, 0.6, 1e-12);
    mrse_rules_free(r);
    (void)scratch_write("rules.yaml", rules);
    assert_int_equal(mrse_rules_load(scratch_path("rules.yaml"), &r, NULL), MRSE_OK);
    mrse_rules_free(r);
}

static void load__nothing_given__is_an_argument_error(void **state)
{
    mrse_portfolio *p = NULL;
    mrse_rules *r = NULL;
    (void)state;
    assert_int_equal(mrse_portfolio_load(NULL, &p, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_portfolio_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_portfolio_load(scratch_path("gone.yaml"), &p, NULL), MRSE_ERR_IO);
    assert_null(p);
    assert_int_equal(mrse_rules_load(NULL, &r, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_rules_load("x", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_rules_load(scratch_path("gone.yaml"), &r, NULL), MRSE_ERR_IO);
    assert_int_equal(mrse_rules_read("x", NULL, 0, &r, NULL), MRSE_ERR_ARG);
    assert_null(r);
    mrse_portfolio_free(NULL);
    mrse_rules_free(NULL);
}

static mrse_status load_once(void *unused)
{
    mrse_portfolio *p = NULL;
    (void)unused;
    mrse_status status = mrse_portfolio_load(scratch_path("list.yaml"), &p, NULL);
    assert_true((p != NULL) == (status == MRSE_OK));
    mrse_portfolio_free(p);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    (void)state;
    (void)scratch_write("list.yaml", list);
    assert_true(oom_exhaust(load_once, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list__whole__every_key_arrives),
        cmocka_unit_test(rules__whole__pieces_default_to_one),
        cmocka_unit_test(load__nothing_given__is_an_argument_error),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };
    int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

    failed += spec_run_slips(&mrse_spec_portfolio, list, list_slips, MRSE_COUNT(list_slips),
                             "portfolio lists");
    return failed +
           spec_run_slips(&mrse_spec_rules, rules, rules_slips, MRSE_COUNT(rules_slips), "rules");
}

/* Portfolios: each rule holds, and each is broken by what breaks it; the bound document.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/pdf.h"
#include "mrse/portfolio.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

static const mrse_date TODAY = {.year = 2026, .month = 11, .day = 22};

/* A scheme with three sub-categories, one of which needs two pieces. */
static const char RULES[] = "mrse: rules/1\nid: small\ntitle: A small scheme\nedition: first\n"
                            "date: 2025-02-01\nsub_categories: 3\nsimulated: 1\nmhra: 1\nyears: 5\n"
                            "older: 50 %\nwords: 20\nalike: 60 %\ncategories:\n"
                            "  - {id: \"1.1\", title: first}\n  - {id: \"1.2\", title: second}\n"
                            "  - {id: \"3\", title: third, pieces: 2}\n";

/* What differs from a portfolio that keeps every rule. */
typedef struct change {
    int without;           /* piece left out; -1: none */
    const char *from, *to; /* words of the list replaced */
    const char *text;      /* wording of the last piece; NULL: its own */
} change;

static const char *const wording[] = {
    "Terms of reference were compared with the guidelines and two routes of reporting were "
    "proposed, "
    "because nobody heard of three incidents for months and silence looked the same as nothing. "
    "The "
    "committee agreed them in March and asked for a shorter deadline after harm than was proposed.",
    "The list of required documents names those that exist and those that do not, in the order in "
    "which the second unit will need them on its first day, with a date and an owner for every one "
    "of them, and with a reason where an existing document was found to be out of date already.",
    "Refocusing angle and repetition time of a turbo spin echo were changed so that the exposure "
    "of "
    "a lead stays below its limit; contrast, sharpness and time were worked out and then judged by "
    "a radiologist on ten patients before the protocol was put onto both of our scanners for use.",
    "Slew rate and echo spacing of a diffusion sequence were lowered for an implant whose label "
    "bounds the rate of change of field; distortion grows by a third and the apparent diffusion "
    "coefficient in a phantom did not change beyond what repeats of the measurement also showed.",
};

static void add_piece(mrse_buf *list, int i)
{
    static const char *const category[] = {"1.1", "1.2", "3", "3"};
    mrse_buf_addf(list,
                  "  - id: E%d\n    title: piece %d\n    file: piece%d.txt\n    date: 2026-03-0%d\n"
                  "    categories: [\"%s\"]\n    simulated: no\n    contribution: did it %d\n",
                  i + 1, i + 1, i + 1, i + 1, category[i], i + 1);
    if (i == 0)
        mrse_buf_add(list,
                     "    mhra:\n      - {section: \"4.11\", edition: v4.3, complied: yes, how: "
                     "in full}\n    commentary: why it was done\n");
}

static void replace(mrse_buf *list, const char *from, const char *to)
{
    mrse_buf out = {0};
    char *at = strstr(list->data, from);
    assert_non_null(at);
    mrse_buf_addn(&out, list->data, (size_t)(at - list->data));
    mrse_buf_add(&out, to);
    mrse_buf_add(&out, at + strlen(from));
    mrse_buf_free(list);
    *list = out;
}

static void write_portfolio(const change *c)
{
    mrse_buf list = {0};
    char name[32];
    mrse_buf_add(&list, "mrse: portfolio/1\ntitle: A portfolio\napplicant: {name: A. Applicant}\n"
                        "evidence:\n");
    for (int i = 0; i < 4; i++) {
        (void)snprintf(name, sizeof name, "piece%d.txt", i + 1);
        (void)scratch_write(name, i == 3 && c->text != NULL ? c->text : wording[i]);
        if (i != c->without)
            add_piece(&list, i);
    }
    if (c->from != NULL)
        replace(&list, c->from, c->to);
    (void)scratch_write("portfolio.yaml", mrse_buf_text(&list));
    mrse_buf_free(&list);
}

typedef struct run {
    mrse_portfolio *portfolio;
    mrse_rules *rules;
    mrse_portfolio_check *check;
} run;

static void start(run *r, const change *c)
{
    memset(r, 0, sizeof *r);
    write_portfolio(c);
    assert_int_equal(mrse_portfolio_load(scratch_path("portfolio.yaml"), &r->portfolio, NULL),
                     MRSE_OK);
    assert_int_equal(mrse_rules_read("small.yaml", RULES, sizeof RULES - 1, &r->rules, NULL),
                     MRSE_OK);
    assert_int_equal(mrse_portfolio_check_run(r->portfolio, r->rules, &TODAY, &r->check, NULL),
                     MRSE_OK);
}

static void finish(run *r)
{
    mrse_portfolio_check_free(r->check);
    mrse_rules_free(r->rules);
    mrse_portfolio_free(r->portfolio);
}

static const change whole = {.without = -1};

static void portfolio_check__complete__no_rule_broken(void **state)
{
    run r;
    (void)state;
    start(&r, &whole);
    for (size_t i = 0; i < r.check->n_findings; i++)
        if (r.check->finding[i].broken)
            fail_msg("%s: %s", r.check->finding[i].rule, r.check->finding[i].text);
    assert_int_equal(r.check->n_coverage, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(r.check->coverage[i].strength, MRSE_STRENGTH_STRONG);
    assert_int_equal(r.check->coverage[2].pieces, 2);
    finish(&r);
}

static bool breaks(const mrse_portfolio_check *check, const char *rule)
{
    for (size_t i = 0; i < check->n_findings; i++)
        if (check->finding[i].broken && strcmp(check->finding[i].rule, rule) == 0)
            return true;
    return false;
}

static void portfolio_check__each_rule__broken_by_what_breaks_it(void **state)
{
    static const struct {
        const char *rule;
        change c;
    } each[] = {
        {"sub-categories", {.without = 0}},
        {"sub-categories", {.without = 1}},
        {"independent pieces", {.without = 2}},
        {"independent pieces", {.without = 3}},
        {"MHRA references", {.without = 0}},
        {"simulated",
         {.without = -1,
          .from = "[\"1.1\"]\n    simulated: no",
          .to = "[\"1.1\", \"1.2\"]\n    simulated: yes"}},
        {"contribution", {.without = -1, .from = "contribution: did it 2", .to = "others: them"}},
        {"commentary",
         {.without = -1,
          .from = "why it was done",
          .to =
              "one two three four five six seven eight nine ten one two three four five six seven "
              "eight nine ten eleven"}},
        {"dates", {.without = -1, .from = "2026-03-02", .to = "2027-03-02"}},
        {"embedded", {.without = -1, .from = "piece2.txt", .to = "https://example.com/a.pdf"}},
        {"embedded", {.without = -1, .from = "piece2.txt", .to = "gone.pdf"}},
        {"embedded", {.without = -1, .from = "piece2.txt", .to = "portfolio.png"}},
        {"categories", {.without = -1, .from = "[\"1.2\"]", .to = "[\"1.2\", \"9.9\"]"}},
        {"near-duplicates", {.without = -1, .from = "piece4.txt", .to = "piece3.txt"}},
        {"identifiers", {.without = -1, .text = "The patient, NHS 943 476 5919, was scanned."}},
        {"identifiers", {.without = -1, .from = "title: piece 2", .to = "title: Mrs Smith"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        run r;
        start(&r, &each[i].c);
        if (!breaks(r.check, each[i].rule))
            fail_msg("change %zu does not break '%s'", i, each[i].rule);
        finish(&r);
    }
}

static void portfolio_check__half_of_the_wording__near_duplicate(void **state)
{
    mrse_buf text = {0};
    run r;
    (void)state;
    mrse_buf_addf(&text, "%s One more sentence.", wording[2]);
    start(&r, &(change){.without = -1, .text = mrse_buf_text(&text)});
    assert_true(breaks(r.check, "near-duplicates"));
    finish(&r);
    mrse_buf_free(&text);
}

static void portfolio_check__old_pieces__only_most_of_them_break_the_rule(void **state)
{
    run r;
    (void)state;
    start(&r, &(change){.without = -1, .from = "date: 2026-03-02", .to = "date: 2021-11-22"});
    assert_false(breaks(r.check, "dates")); /* one of four, five years to the day */
    assert_int_equal(r.check->coverage[1].strength, MRSE_STRENGTH_THIN);
    finish(&r);
    start(&r, &(change){.without = -1, .from = "date: 2026-03-02", .to = "date: 2021-11-23"});
    assert_int_equal(r.check->coverage[1].strength, MRSE_STRENGTH_STRONG); /* a day younger */
    finish(&r);
}

static void portfolio_bind__complete__every_piece_at_its_page(void **state)
{
    run r;
    mrse_buf pdf = {0}, again = {0};
    mrse_pdf read;
    (void)state;
    start(&r, &whole);
    assert_int_equal(mrse_portfolio_bind(r.check, "2026-11-22", &pdf), MRSE_OK);
    assert_int_equal(mrse_pdf_read(pdf.data, pdf.len, &read), MRSE_OK);
    size_t next = r.check->piece[0].first_page;
    assert_true(next >= 2);
    for (size_t i = 0; i < r.check->n_pieces; i++) {
        assert_int_equal(r.check->piece[i].first_page, next);
        next += r.check->piece[i].pages;
    }
    assert_int_equal(read.pages, next - 1);
    mrse_pdf_free(&read);
    assert_int_equal(mrse_portfolio_bind(r.check, "2026-11-22", &again), MRSE_OK);
    assert_int_equal(again.len, pdf.len);
    assert_memory_equal(again.data, pdf.data, pdf.len);
    mrse_buf_free(&pdf);
    mrse_buf_free(&again);
    finish(&r);
}

static void portfolio_bind__piece_missing__refused(void **state)
{
    run r;
    mrse_buf pdf = {0};
    (void)state;
    start(&r, &(change){.without = -1, .from = "piece2.txt", .to = "gone.txt"});
    assert_int_equal(mrse_portfolio_bind(r.check, "2026-11-22", &pdf), MRSE_ERR_INPUT);
    assert_int_equal(pdf.len, 0);
    assert_int_equal(mrse_portfolio_bind(NULL, NULL, &pdf), MRSE_ERR_ARG);
    finish(&r);
    assert_int_equal(mrse_portfolio_check_run(NULL, NULL, NULL, &r.check, NULL), MRSE_ERR_ARG);
    assert_null(r.check);
}

static void pdf_read__no_pdf__refused(void **state)
{
    mrse_pdf pdf;
    (void)state;
    assert_int_equal(mrse_pdf_read("not a PDF", 9, &pdf), MRSE_ERR_INPUT);
    assert_int_equal(mrse_pdf_read(NULL, 0, &pdf), MRSE_ERR_ARG);
    assert_int_equal(mrse_pdf_read("x", 1, NULL), MRSE_ERR_ARG);
    assert_null(mrse_pdf_find(NULL, "x"));
    mrse_pdf_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portfolio_check__complete__no_rule_broken),
        cmocka_unit_test(portfolio_check__each_rule__broken_by_what_breaks_it),
        cmocka_unit_test(portfolio_check__half_of_the_wording__near_duplicate),
        cmocka_unit_test(portfolio_check__old_pieces__only_most_of_them_break_the_rule),
        cmocka_unit_test(portfolio_bind__complete__every_piece_at_its_page),
        cmocka_unit_test(portfolio_bind__piece_missing__refused),
        cmocka_unit_test(pdf_read__no_pdf__refused),
    };
    return cmocka_run_group_tests_name("portfolio", tests, scratch_begin, scratch_end);
}

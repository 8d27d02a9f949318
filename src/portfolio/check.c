/* A portfolio held against the rules of its scheme: the pieces themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/privacy.h"
#include "portfolio_internal.h"

mrse_status mrse_portfolio_say(mrse_portfolio_check *check, const char *rule, bool broken,
                               const char *format, ...)
{
    mrse_rule_finding *grown = mrse_realloc(check->finding, check->n_findings + 1, sizeof *grown);
    if (grown == NULL)
        return MRSE_ERR_NOMEM;
    check->finding = grown;
    mrse_rule_finding *f = &grown[check->n_findings++];
    memset(f, 0, sizeof *f);
    f->rule = rule;
    f->broken = broken;
    check->n_broken += broken;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(f->text, sizeof f->text, format, args);
    va_end(args);
    return MRSE_OK;
}

bool mrse_evidence_covers(const mrse_evidence *evidence, const char *category)
{
    for (size_t i = 0; i < evidence->n_categories; i++)
        if (mrse_text_equal(evidence->category[i], category))
            return true;
    return false;
}

bool mrse_evidence_is_old(const mrse_evidence *evidence, const mrse_rules *rules,
                          const mrse_date *today)
{
    return (double)mrse_date_months(&evidence->date, today) >= 12.0 * rules->years;
}

static bool known_category(const mrse_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->n_categories; i++)
        if (mrse_text_equal(rules->category[i].id, id))
            return true;
    return false;
}

static size_t count_words(const char *text)
{
    size_t n = 0;
    bool inside = false;
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p++) {
        bool blank = *p == ' ' || *p == '\n' || *p == '\t';
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

static mrse_status check_date(mrse_portfolio_check *c, const mrse_evidence *e,
                              const mrse_date *today)
{
    if (mrse_date_seconds(&e->date) > mrse_date_seconds(today))
        return mrse_portfolio_say(c, "dates", true, "%s: its date lies in the future", e->id);
    return MRSE_OK;
}

static mrse_status check_words(mrse_portfolio_check *c, const mrse_evidence *e)
{
    mrse_status status = MRSE_OK;
    if (count_words(e->contribution) == 0)
        status = mrse_portfolio_say(c, "contribution", true,
                                    "%s: nothing says what the applicant did", e->id);
    if (status == MRSE_OK && (double)count_words(e->commentary) > c->rules->most_words)
        status =
            mrse_portfolio_say(c, "commentary", true,
                               "%s: a commentary of %zu words; it should be concise and cannot "
                               "replace the evidence",
                               e->id, count_words(e->commentary));
    return status;
}

static mrse_status check_categories(mrse_portfolio_check *c, const mrse_evidence *e)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < e->n_categories && status == MRSE_OK; i++)
        if (!known_category(c->rules, e->category[i]))
            status =
                mrse_portfolio_say(c, "categories", true, "%s: the scheme has no sub-category '%s'",
                                   e->id, e->category[i]);
    return status;
}

/* What a worksheet says of itself must agree with the list. */
static mrse_status check_worksheet(mrse_portfolio_check *c, const mrse_piece *p)
{
    const mrse_evidence *e = p->evidence;
    mrse_status status = MRSE_OK;
    if (!p->worksheet)
        return MRSE_OK;
    if (p->unattributed)
        status =
            mrse_portfolio_say(c, "attribution", true, "%s: the worksheet names no author", e->id);
    else if (!c->portfolio->specimen && !mrse_text_equal(p->author, c->portfolio->applicant.name))
        status = mrse_portfolio_say(c, "attribution", true,
                                    "%s: the worksheet's author is %s, not the applicant", e->id,
                                    p->author);
    if (status == MRSE_OK && !c->portfolio->specimen && p->says_simulated && !e->simulated)
        status = mrse_portfolio_say(c, "simulated", true,
                                    "%s: the worksheet says that its case is simulated, the list "
                                    "does not",
                                    e->id);
    if (status == MRSE_OK && p->sub_category != NULL && !mrse_evidence_covers(e, p->sub_category))
        status = mrse_portfolio_say(c, "categories", false,
                                    "%s: the worksheet names sub-category %s, the list does not",
                                    e->id, p->sub_category);
    if (status == MRSE_OK && p->provisional)
        status = mrse_portfolio_say(c, "worksheets", false,
                                    "%s: the worksheet is marked PROVISIONAL: a number in it is "
                                    "unverified",
                                    e->id);
    return status;
}

/* Pieces that say the same add nothing. */
static mrse_status check_alike(mrse_portfolio_check *c, size_t i)
{
    mrse_status status = MRSE_OK;
    const mrse_piece *p = &c->piece[i];
    for (size_t j = 0; j < i && status == MRSE_OK; j++) {
        const mrse_piece *q = &c->piece[j];
        const char *one = q->evidence->id, *two = p->evidence->id;
        if (p->sha256[0] != '\0' && strcmp(p->sha256, q->sha256) == 0)
            status = mrse_portfolio_say(c, "near-duplicates", true, "%s and %s are the same file",
                                        one, two);
        else if (mrse_wording_alike(p->text, q->text) >= c->rules->near)
            status = mrse_portfolio_say(c, "near-duplicates", true,
                                        "%s and %s share most of their wording", one, two);
    }
    return status;
}

static mrse_status check_piece(mrse_portfolio_check *c, size_t i, const mrse_date *today)
{
    mrse_piece *p = &c->piece[i];
    mrse_status status = mrse_piece_read(c, p, NULL); /* what is wrong becomes a finding */
    if (status == MRSE_OK)
        status = check_date(c, p->evidence, today);
    if (status == MRSE_OK)
        status = check_words(c, p->evidence);
    if (status == MRSE_OK)
        status = check_categories(c, p->evidence);
    if (status == MRSE_OK)
        status = check_worksheet(c, p);
    return status == MRSE_OK ? check_alike(c, i) : status;
}

/* What was not read is named, or its silence would look like a clean result. */
static mrse_status check_unread(mrse_portfolio_check *c)
{
    mrse_buf names = {0};
    for (size_t i = 0; i < c->n_pieces; i++)
        if (c->piece[i].unread)
            mrse_buf_addf(&names, "%s%s", names.len > 0 ? ", " : "", c->piece[i].evidence->id);
    mrse_status status = names.status;
    if (status == MRSE_OK && names.len > 0)
        status = mrse_portfolio_say(c, "identifiers", false,
                                    "not searched, read them yourself: words inside PDF files and "
                                    "pictures made elsewhere: %s",
                                    mrse_buf_text(&names));
    mrse_buf_free(&names);
    return status;
}

/* The list itself is read by assessors too. */
static mrse_status check_list(mrse_portfolio_check *c, mrse_diags *diags)
{
    char *text = NULL;
    size_t n = 0;
    mrse_privacy found;
    mrse_status status = mrse_file_read_text(c->portfolio->path, MRSE_FILE_MAX, &text, &n, diags);
    if (status != MRSE_OK)
        return status;
    mrse_privacy_scan(text, n, &found);
    for (size_t i = 0; i < found.n && status == MRSE_OK; i++)
        status = mrse_portfolio_say(c, "identifiers", true, "%s:%d:%d looks like %s",
                                    mrse_path_base(c->portfolio->path), found.hit[i].line,
                                    found.hit[i].col, mrse_identifier_text(found.hit[i].what));
    mrse_free(text);
    return status;
}

mrse_status mrse_portfolio_check_run(const mrse_portfolio *portfolio, const mrse_rules *rules,
                                     const mrse_date *today, mrse_portfolio_check **out,
                                     mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (portfolio == NULL || rules == NULL || today == NULL)
        return MRSE_ERR_ARG;
    mrse_portfolio_check *c = mrse_alloc(1, sizeof *c);
    if (c == NULL)
        return MRSE_ERR_NOMEM;
    c->portfolio = portfolio;
    c->rules = rules;
    c->piece = mrse_alloc(portfolio->n_evidence + 1, sizeof *c->piece);
    mrse_status status = c->piece != NULL ? check_list(c, diags) : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < portfolio->n_evidence && status == MRSE_OK; i++) {
        c->piece[c->n_pieces++].evidence = &portfolio->evidence[i];
        status = check_piece(c, i, today);
    }
    if (status == MRSE_OK)
        status = check_unread(c);
    if (status == MRSE_OK)
        status = mrse_portfolio_count(c, today);
    if (status != MRSE_OK) {
        mrse_portfolio_check_free(c);
        return status;
    }
    *out = c;
    return MRSE_OK;
}

void mrse_portfolio_check_free(mrse_portfolio_check *check)
{
    if (check == NULL)
        return;
    for (size_t i = 0; i < check->n_pieces; i++)
        mrse_piece_clear(&check->piece[i]);
    mrse_free(check->piece);
    mrse_free(check->coverage);
    mrse_free(check->finding);
    mrse_free(check);
}

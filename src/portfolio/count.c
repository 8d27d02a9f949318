/* The rules that count: how many sub-categories, simulated ones, references, old pieces; and how
 * strong each sub-category is. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "portfolio_internal.h"

/* "4.1" belongs to the major category "4". */
static size_t major_length(const char *id)
{
    return strcspn(id, ".");
}

static bool same_major(const char *a, const char *b)
{
    size_t n = major_length(a);
    return n == major_length(b) && strncmp(a, b, n) == 0;
}

/* A piece counts when it is there and says what the applicant did. */
static bool counts(const mrse_piece *p)
{
    return p->bytes != NULL && p->evidence->contribution != NULL &&
           p->evidence->contribution[0] != '\0';
}

typedef struct tally {
    size_t pieces, real, recent, with_mhra;
} tally;

static tally tally_of(const mrse_portfolio_check *c, const char *category, const mrse_date *today)
{
    tally t = {0};
    for (size_t i = 0; i < c->n_pieces; i++) {
        const mrse_evidence *e = c->piece[i].evidence;
        if (!counts(&c->piece[i]) || !mrse_evidence_covers(e, category))
            continue;
        bool old = mrse_evidence_is_old(e, c->rules, today);
        t.pieces++;
        t.real += !e->simulated;
        t.recent += !e->simulated && !old;
        t.with_mhra += e->n_mhra > 0;
    }
    return t;
}

static void judge(const mrse_rules_category *category, tally t, mrse_coverage *out)
{
    const char *why = "";
    out->category = category;
    out->pieces = t.pieces;
    out->strength = MRSE_STRENGTH_THIN;
    if (t.pieces == 0) {
        out->strength = MRSE_STRENGTH_MISSING;
        why = "no evidence that is embedded and says what the applicant did";
    } else if ((double)t.pieces < category->least) {
        why = "fewer pieces than the scheme asks for";
    } else if (t.real == 0) {
        why = "simulated evidence only";
    } else if (t.recent == 0) {
        why = "nothing recent";
    } else {
        out->strength = MRSE_STRENGTH_STRONG;
    }
    mrse_text_copy(out->why, sizeof out->why, why);
}

static mrse_status check_majors(mrse_portfolio_check *c)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < c->n_coverage && status == MRSE_OK; i++) {
        const char *id = c->coverage[i].category->id;
        bool covered = false, first = true;
        for (size_t j = 0; j < c->n_coverage; j++) {
            bool same = same_major(id, c->coverage[j].category->id);
            covered |= same && c->coverage[j].pieces > 0;
            first &= !(same && j < i);
        }
        if (first && !covered)
            status = mrse_portfolio_say(c, "major categories", true,
                                        "category %.*s has no evidence", (int)major_length(id), id);
    }
    return status;
}

static mrse_status check_pieces(mrse_portfolio_check *c)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < c->n_coverage && status == MRSE_OK; i++) {
        const mrse_rules_category *category = c->coverage[i].category;
        if (category->least > 1 && (double)c->coverage[i].pieces < category->least)
            status = mrse_portfolio_say(c, "independent pieces", true,
                                        "category %s has %zu of the %d independent pieces that it "
                                        "needs",
                                        category->id, c->coverage[i].pieces, (int)category->least);
    }
    return status;
}

static mrse_status check_covered(mrse_portfolio_check *c)
{
    size_t covered = 0, needed = (size_t)c->rules->need_subcategories;
    for (size_t i = 0; i < c->n_coverage; i++)
        covered += (double)c->coverage[i].pieces >= c->coverage[i].category->least;
    return mrse_portfolio_say(c, "sub-categories", covered < needed,
                              "%zu of %zu sub-categories have the evidence they need; %zu are "
                              "needed",
                              covered, c->n_coverage, needed);
}

static mrse_status check_simulated(mrse_portfolio_check *c, size_t simulated)
{
    size_t most = (size_t)c->rules->most_simulated;
    return mrse_portfolio_say(c, "simulated", simulated > most,
                              "%zu sub-categories hold simulated evidence; %zu may", simulated,
                              most);
}

static mrse_status check_mhra(mrse_portfolio_check *c, size_t with_mhra)
{
    size_t least = (size_t)c->rules->least_mhra;
    return mrse_portfolio_say(c, "MHRA references", with_mhra < least,
                              "%zu sub-categories refer to the MHRA guidelines; %zu must",
                              with_mhra, least);
}

static mrse_status check_age(mrse_portfolio_check *c, const mrse_date *today)
{
    char names[128] = "";
    size_t old = 0;
    for (size_t i = 0; i < c->n_pieces; i++) {
        const mrse_evidence *e = c->piece[i].evidence;
        if (!mrse_evidence_is_old(e, c->rules, today))
            continue;
        size_t used = strlen(names);
        (void)snprintf(names + used, sizeof names - used, "%s%s", old > 0 ? ", " : ": ", e->id);
        old++;
    }
    bool too_many = (double)old > c->rules->most_old * (double)c->n_pieces;
    return mrse_portfolio_say(c, "dates", too_many, "%zu of %zu pieces are older than %d years%s",
                              old, c->n_pieces, (int)c->rules->years, names);
}

mrse_status mrse_portfolio_count(mrse_portfolio_check *c, const mrse_date *today)
{
    size_t simulated = 0, with_mhra = 0;
    c->coverage = mrse_alloc(c->rules->n_categories + 1, sizeof *c->coverage);
    if (c->coverage == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < c->rules->n_categories; i++) {
        const mrse_rules_category *category = &c->rules->category[i];
        tally t = tally_of(c, category->id, today);
        judge(category, t, &c->coverage[c->n_coverage++]);
        simulated += t.real < t.pieces;
        with_mhra += t.with_mhra > 0;
    }
    mrse_status status = check_covered(c);
    if (status == MRSE_OK)
        status = check_majors(c);
    if (status == MRSE_OK)
        status = check_pieces(c);
    if (status == MRSE_OK)
        status = check_simulated(c, simulated);
    if (status == MRSE_OK)
        status = check_mhra(c, with_mhra);
    return status == MRSE_OK ? check_age(c, today) : status;
}

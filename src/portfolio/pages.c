/* The applicant's pages: contents, cross-reference, commentary, rules, progress, authentication.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/mrse.h"
#include "portfolio_internal.h"

enum { CELLS = 6 };

/* One row, built cell by cell. */
typedef struct row {
    mrse_buf cell[CELLS];
} row;

static void add_row(mrse_document *d, row *r, size_t n)
{
    const char *text[CELLS] = {NULL};
    for (size_t i = 0; i < n; i++) {
        text[i] = mrse_buf_text(&r->cell[i]);
        if (r->cell[i].status != MRSE_OK && d->status == MRSE_OK)
            d->status = r->cell[i].status;
    }
    mrse_document_row(d, text);
    for (size_t i = 0; i < n; i++)
        mrse_buf_free(&r->cell[i]);
}

static void add_date(mrse_buf *out, const mrse_date *date)
{
    char text[MRSE_DATE_TEXT];
    mrse_date_text(date, text);
    mrse_buf_add(out, text);
}

static void add_pages(mrse_buf *out, const mrse_piece *p)
{
    if (p->first_page == 0)
        mrse_buf_add(out, p->bytes != NULL ? "" : "missing");
    else if (p->pages == 1)
        mrse_buf_addf(out, "%zu", p->first_page);
    else
        mrse_buf_addf(out, "%zu to %zu", p->first_page, p->first_page + p->pages - 1);
}

static void add_contents(mrse_document *d, const mrse_portfolio_check *c, bool front)
{
    static const char *const header[] = {"Item",           "What it is", "Date",
                                         "Sub-categories", "Simulated",  "Pages"};
    static const double weight[] = {0.8, 4.2, 1.4, 1.6, 1.2, 1.2};
    mrse_document_heading(d, 2, "Contents");
    if (front)
        mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                                "Pages are counted from the first page of this file, as PDF "
                                "readers show them. Worksheets are also attached to it.");
    mrse_document_table(d, "Items of evidence, in the order in which they are bound", header,
                        weight, front ? 6 : 5);
    for (size_t i = 0; i < c->n_pieces; i++) {
        const mrse_evidence *e = c->piece[i].evidence;
        row r = {0};
        mrse_buf_add(&r.cell[0], e->id);
        mrse_buf_add(&r.cell[1], e->title);
        add_date(&r.cell[2], &e->date);
        for (size_t k = 0; k < e->n_categories; k++)
            mrse_buf_addf(&r.cell[3], "%s%s", k > 0 ? ", " : "", e->category[k]);
        mrse_buf_add(&r.cell[4], e->simulated ? "yes" : "no");
        add_pages(&r.cell[5], &c->piece[i]);
        add_row(d, &r, front ? 6 : 5);
        mrse_buf_free(&r.cell[5]);
    }
}

/* Which pieces show a sub-category, and where. */
static void add_references(mrse_buf *out, const mrse_portfolio_check *c, const char *category)
{
    bool any = false;
    for (size_t i = 0; i < c->n_pieces; i++) {
        const mrse_piece *p = &c->piece[i];
        if (!mrse_evidence_covers(p->evidence, category))
            continue;
        mrse_buf_addf(out, "%s%s", any ? "; " : "", p->evidence->id);
        if (p->first_page > 0) {
            mrse_buf_add(out, p->pages > 1 ? ", pages " : ", page ");
            add_pages(out, p);
        }
        if (p->evidence->where != NULL)
            mrse_buf_addf(out, " (%s)", p->evidence->where);
        any = true;
    }
    if (!any)
        mrse_buf_add(out, "none");
}

static void add_cross_reference(mrse_document *d, const mrse_portfolio_check *c)
{
    static const char *const header[] = {"Sub-category", "About", "Evidence"};
    static const double weight[] = {1.1, 3.2, 4.2};
    mrse_document_heading(d, 2, "Experience cross-reference");
    mrse_document_table(d, "Evidence by sub-category", header, weight, 3);
    for (size_t i = 0; i < c->n_coverage; i++) {
        const mrse_rules_category *category = c->coverage[i].category;
        row r = {0};
        mrse_buf_add(&r.cell[0], category->id);
        mrse_buf_add(&r.cell[1], category->title);
        add_references(&r.cell[2], c, category->id);
        add_row(d, &r, 3);
    }
}

static void add_words(mrse_document *d, const char *label, const char *text, const char *otherwise)
{
    const char *cells[] = {label, text != NULL && text[0] != '\0' ? text : otherwise};
    if (cells[1] != NULL)
        mrse_document_pairs(d, cells, 1);
}

static void add_commentary(mrse_document *d, const mrse_portfolio_check *c)
{
    mrse_document_heading(d, 2, "Commentary");
    for (size_t i = 0; i < c->n_pieces; i++) {
        const mrse_evidence *e = c->piece[i].evidence;
        mrse_buf text = {0};
        mrse_buf_addf(&text, "%s: %s", e->id, e->title);
        mrse_document_heading(d, 3, mrse_buf_text(&text));
        mrse_buf_free(&text);
        add_words(d, "Own contribution", e->contribution, "Not stated.");
        add_words(d, "Contribution of others", e->others, NULL);
        add_words(d, "Commentary", e->commentary, NULL);
        for (size_t k = 0; k < e->n_mhra; k++) {
            mrse_buf_addf(&text, "Section %s, %s: %s. %s", e->mhra[k].section, e->mhra[k].edition,
                          e->mhra[k].complied ? "complied with" : "deviation", e->mhra[k].how);
            add_words(d, "MHRA guidelines", mrse_buf_text(&text), NULL);
            if (text.status != MRSE_OK && d->status == MRSE_OK)
                d->status = text.status;
            mrse_buf_free(&text);
        }
    }
}

static void add_rules(mrse_document *d, const mrse_portfolio_check *c)
{
    static const char *const header[] = {"Rule", "Result", "What was found"};
    static const double weight[] = {1.8, 1.0, 5.0};
    mrse_buf text = {0};
    char date[MRSE_DATE_TEXT];
    mrse_document_heading(d, 2, "Rule check");
    mrse_date_text(&c->rules->date, date);
    mrse_buf_addf(
        &text,
        "Against: %s, %s (%s). What can be counted is counted here; whether a piece is good "
        "enough is for the assessors.",
        c->rules->title, c->rules->edition, date);
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN, mrse_buf_text(&text));
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_buf_free(&text);
    mrse_document_table(d, "", header, weight, 3);
    for (int broken = 1; broken >= 0; broken--) /* what needs work comes first */
        for (size_t i = 0; i < c->n_findings; i++) {
            const mrse_rule_finding *f = &c->finding[i];
            if (f->broken != (broken == 1))
                continue;
            const char *cells[] = {f->rule, f->broken ? "broken" : "holds", f->text};
            mrse_document_row(d, cells);
        }
}

static void add_progress(mrse_document *d, const mrse_portfolio_check *c)
{
    static const char *const word[] = {"missing", "thin", "strong"};
    static const char *const header[] = {"Sub-category", "About", "#Pieces", "State", "Why"};
    static const double weight[] = {1.1, 3.2, 0.8, 0.9, 3.0};
    mrse_document_heading(d, 2, "Progress");
    mrse_document_table(d, "What is strong, thin, or missing", header, weight, 5);
    for (size_t i = 0; i < c->n_coverage; i++) {
        const mrse_coverage *v = &c->coverage[i];
        row r = {0};
        mrse_buf_add(&r.cell[0], v->category->id);
        mrse_buf_add(&r.cell[1], v->category->title);
        mrse_buf_addf(&r.cell[2], "%zu", v->pieces);
        mrse_buf_add(&r.cell[3], word[v->strength]);
        mrse_buf_add(&r.cell[4], v->why);
        add_row(d, &r, 5);
    }
}

/* Left empty: the program signs for nobody. */
static void add_authentication(mrse_document *d)
{
    static const char *const header[] = {"To be filled in by hand, by the referee", ""};
    static const double weight[] = {3.0, 3.6};
    static const char *const line[] = {
        "Name",
        "Role and organisation",
        "Relation to the applicant",
        "The contents truly reflect the extent and nature of the applicant's own work (yes, no, "
        "with these exceptions)",
        "Signature",
        "Date"};
    mrse_document_heading(d, 2, "Authentication");
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN,
                            "By a suitable referee, such as the applicant's line manager.");
    mrse_document_table(d, "", header, weight, 2);
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++) {
        const char *const cell[] = {line[i], ""};
        mrse_document_row(d, cell);
    }
}

static void add_head(mrse_document *d, const mrse_portfolio_check *c)
{
    const mrse_portfolio *p = c->portfolio;
    mrse_document_heading(d, 1, p->title);
    add_words(d, "Applicant", p->applicant.name, "Not stated.");
    add_words(d, "Role", p->applicant.role, NULL);
    add_words(d, "Registration", p->applicant.registration, NULL);
    add_words(d, "Organisation", p->applicant.site, NULL);
}

void mrse_portfolio_mark(mrse_document *d, const mrse_portfolio *p, const char *id,
                         const char *title, const char *date)
{
    mrse_buf tool = {0};
    mrse_buf_addf(&tool, "mrse %s", mrse_version());
    d->title = mrse_strdup(title);
    d->id = mrse_strdup(id);
    d->author = mrse_strdup(p->applicant.name);
    d->date = date != NULL ? mrse_strdup(date) : NULL;
    d->tool = tool.data; /* taken over */
    d->stamp = p->stamp != NULL ? mrse_strdup(p->stamp) : NULL;
    d->watermark = p->specimen ? mrse_strdup("SPECIMEN") : NULL;
    if (tool.status != MRSE_OK)
        d->status = tool.status;
}

mrse_status mrse_portfolio_document(const mrse_portfolio_check *check, const char *date, bool front,
                                    mrse_document **out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (check == NULL)
        return MRSE_ERR_ARG;
    mrse_document *d = mrse_document_create();
    if (d == NULL)
        return MRSE_ERR_NOMEM;
    mrse_portfolio_mark(d, check->portfolio, "portfolio", check->portfolio->title, date);
    add_head(d, check);
    if (!front) {
        add_rules(d, check);
        add_progress(d, check);
    }
    add_contents(d, check, front);
    add_cross_reference(d, check);
    if (front) {
        add_commentary(d, check);
        add_authentication(d);
    }
    if (d->status != MRSE_OK) {
        mrse_status status = d->status;
        mrse_document_free(d);
        return status;
    }
    *out = d;
    return MRSE_OK;
}

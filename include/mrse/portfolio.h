/* A portfolio: evidence of an applicant's experience, checked against the rules of a scheme and
 * bound into one document. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PORTFOLIO_H
#define MRSE_PORTFOLIO_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/case.h"
#include "mrse/document.h"
#include "mrse/file.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the scheme's rules: a data file, so that a new edition needs no code (spec) ---- */

typedef struct mrse_rules_category {
    char *id;     /* "4.1", or "3" where a category has no sub-categories */
    char *title;  /* in our words */
    double least; /* pieces of evidence that it needs */
    int line;
} mrse_rules_category;

typedef struct mrse_rules {
    char *path, *id, *title, *edition, *address;
    mrse_date date, read;
    mrse_rules_category *category;
    size_t n_categories;
    double need_subcategories; /* how many must be covered */
    double most_simulated;     /* sub-categories that hold simulated evidence, at most */
    double least_mhra;         /* sub-categories with a reference to the MHRA guidelines */
    double years;              /* evidence is mostly not older */
    double most_old;           /* share of the pieces that may be older */
    double most_words;         /* of a commentary: it must not replace the evidence */
    double near;               /* share of common wording from which two pieces are alike */
} mrse_rules;

/** Read a rules file (format rules/1).
 *  Status    as mrse_case_load
 *  Tests     tests/unit/test_spec_portfolio.c */
mrse_status mrse_rules_load(const char *path, mrse_rules **out, mrse_diags *diags) MRSE_MUST_USE;
/** The same from text; `name` is what messages call it.
 *  Status    as mrse_rules_load
 *  Tests     tests/unit/test_spec_portfolio.c */
mrse_status mrse_rules_read(const char *name, const char *text, size_t n, mrse_rules **out,
                            mrse_diags *diags) MRSE_MUST_USE;
void mrse_rules_free(mrse_rules *rules);

/* ---- the applicant's list (spec) ---- */

typedef struct mrse_evidence {
    char *id, *title;
    char *file; /* relative to the list: a PDF, PNG, JPEG or text file, or a worksheet folder */
    mrse_date date;
    char **category; /* sub-categories it is evidence for */
    size_t n_categories;
    char *where; /* which part of it; NULL: all */
    char *contribution, *others, *commentary;
    bool simulated;
    mrse_case_mhra *mhra;
    size_t n_mhra;
    int line;
} mrse_evidence;

typedef struct mrse_portfolio {
    char *path, *title, *stamp;
    struct {
        char *name, *role, *registration, *site;
    } applicant;
    char *rules;   /* file, relative to the list; NULL: the built-in ones */
    bool specimen; /* an example: every page says so, and worksheets may be simulated ones */
    mrse_evidence *evidence;
    size_t n_evidence;
} mrse_portfolio;

/** Read a portfolio's list (format portfolio/1), without the files it names.
 *  Status    as mrse_case_load
 *  Tests     tests/unit/test_spec_portfolio.c */
mrse_status mrse_portfolio_load(const char *path, mrse_portfolio **out,
                                mrse_diags *diags) MRSE_MUST_USE;
void mrse_portfolio_free(mrse_portfolio *portfolio);

/* ---- pieces as read, and the check (portfolio) ---- */

typedef struct mrse_piece {
    const mrse_evidence *evidence; /* borrowed */
    char *path;                    /* as opened; NULL: not found */
    char sha256[MRSE_SHA256_HEX];
    char *bytes; /* the PDF that is bound in: the file's own, or made from picture or text */
    size_t n;
    size_t pages;
    char *text;     /* wording that can be compared: of a worksheet's record, of a text file */
    bool worksheet; /* it holds a record of ours; then the next five are known */
    char *author, *sub_category;
    bool says_simulated, unattributed, provisional;
    bool unread;       /* a PDF that others made: its words are not compared, nor searched */
    size_t first_page; /* in the bound document, from 1; 0 before binding */
} mrse_piece;

typedef enum mrse_strength {
    MRSE_STRENGTH_MISSING = 0,
    MRSE_STRENGTH_THIN,
    MRSE_STRENGTH_STRONG
} mrse_strength;

typedef struct mrse_coverage {
    const mrse_rules_category *category; /* borrowed */
    size_t pieces;
    mrse_strength strength;
    char why[192]; /* what makes it thin, or that it is missing */
} mrse_coverage;

typedef struct mrse_rule_finding {
    const char *rule; /* "sub-categories", "category 3", "simulated", ...: stable names */
    bool broken;      /* false: it holds, or it is only a remark */
    char text[256];
} mrse_rule_finding;

typedef struct mrse_portfolio_check {
    const mrse_portfolio *portfolio; /* borrowed, like the rules */
    const mrse_rules *rules;
    mrse_piece *piece; /* one for each evidence; owned */
    size_t n_pieces;
    mrse_coverage *coverage; /* one for each category of the rules */
    size_t n_coverage;
    mrse_rule_finding *finding;
    size_t n_findings, n_broken;
} mrse_portfolio_check;

/** Read every piece and hold the list against the rules.
 *  Given     today     the day that ages are counted to
 *  Returned  out       free with mrse_portfolio_check_free
 *  Status    MRSE_OK (also when rules are broken, files missing or not readable: findings say it) |
 *            MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Valid     wording of PDF files and pictures that others made is not compared, nor searched for
 *            identifiers: a finding names them, for the applicant to read
 *  Tests     tests/unit/test_portfolio.c */
mrse_status mrse_portfolio_check_run(const mrse_portfolio *portfolio, const mrse_rules *rules,
                                     const mrse_date *today, mrse_portfolio_check **out,
                                     mrse_diags *diags) MRSE_MUST_USE;
void mrse_portfolio_check_free(mrse_portfolio_check *check);

/** Contents list, cross-reference table, rule check, progress, commentary and authentication pages.
 *  Given     front     true: the pages of a bound portfolio, with page numbers; false: what a
 *                      terminal shows
 *  Returned  out       mrse_document_free
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_portfolio.c, tests/cli */
mrse_status mrse_portfolio_document(const mrse_portfolio_check *check, const char *date, bool front,
                                    mrse_document **out) MRSE_MUST_USE;

/** One PDF: the pages of the document, then every piece, with bookmarks. Worksheets are attached
 *  too, so that they can be saved and verified.
 *  Returned  out       appended to; pages of the pieces are set in `check`
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (a piece is missing) | MRSE_ERR_IO (qpdf failed) |
 *            MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_portfolio.c */
mrse_status mrse_portfolio_bind(mrse_portfolio_check *check, const char *date,
                                mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

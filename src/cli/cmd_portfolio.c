/* mrse portfolio: evidence for certification, checked and bound.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "cli_internal.h"
#include "mrse/portfolio.h"

enum { TERMINAL = 100 }; /* characters of a line */

static struct {
    const char *folder, *date;
    bool force, json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("out", 'o', &opt.folder, "DIR",
                 "write portfolio.pdf, portfolio.html and SHA256SUMS there: every item embedded, "
                 "with bookmarks"),
    CLI_OPT_FLAG("force", 'f', &opt.force, "replace the folder when it exists"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "day to which ages are counted, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then "
                 "the clock"),
    CLI_OPT_FLAG("json", 0, &opt.json, "print findings and coverage as JSON"),
};

static const char *const examples[] = {
    "mrse portfolio examples/portfolio",
    "rule check, progress, contents and cross-reference of examples/portfolio/portfolio.yaml",
    "mrse portfolio examples/portfolio --date 2026-11-22 --json",
    "the same for another program, on a stated day; with -o DIR everything is bound into one PDF",
    NULL,
};

static const char *const about[] = {
    "DIR holds portfolio.yaml (docs/formats.md, portfolio/1), which lists the evidence: "
    "worksheets, "
    "and any other PDF, picture or text, each with date, sub-categories, own contribution and MHRA "
    "references.",
    "What can be counted is counted against the rules of the scheme, which are a file of their own "
    "(rules/1). Whether a piece is good enough is for assessors.",
    NULL,
};

static mrse_status load_rules(cli_run *run, const mrse_portfolio *portfolio, mrse_rules **out)
{
    mrse_buf text = {0};
    mrse_status status;

    if (portfolio->rules) {
        char *path = NULL;
        status = mrse_path_beside(portfolio->path, portfolio->rules, &path);
        if (status == MRSE_OK)
            status = mrse_rules_load(path, out, &run->diags);
        mrse_free(path);
        return status;
    }
    const cli_embedded *rules = &cli_rules[cli_n_rules - 1];
    for (size_t i = 0; i < rules->n_lines; i++)
        mrse_buf_add(&text, rules->line[i]);
    status = text.status;
    if (status == MRSE_OK)
        status = mrse_rules_read(rules->name, mrse_buf_text(&text), text.len, out, &run->diags);
    mrse_buf_free(&text);
    return status;
}

static json_t *coverage_json(const mrse_portfolio_check *check)
{
    static const char *const word[] = {"missing", "thin", "strong"};
    json_t *list = json_array();
    for (size_t i = 0; i < check->n_coverage; i++) {
        const mrse_coverage *c = &check->coverage[i];
        json_array_append_new(list, json_pack("{s:s, s:I, s:s, s:s}", "sub_category",
                                              c->category->id, "pieces", (json_int_t)c->pieces,
                                              "state", word[c->strength], "why", c->why));
    }
    return list;
}

static int print_json(cli_run *run, const mrse_portfolio_check *check)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < check->n_findings; i++) {
        const mrse_rule_finding *f = &check->finding[i];
        json_array_append_new(findings, json_pack("{s:s, s:b, s:s}", "rule", f->rule, "broken",
                                                  (int)f->broken, "text", f->text));
    }
    return cli_print_json(run, json_pack("{s:s, s:I, s:o, s:o}", "rules", check->rules->id,
                                         "broken", (json_int_t)check->n_broken, "findings",
                                         findings, "coverage", coverage_json(check)));
}

static mrse_status add_sum(mrse_buf *sums, const char *name, const mrse_buf *bytes)
{
    char hex[MRSE_SHA256_HEX];
    mrse_sha256_hex(mrse_buf_text(bytes), bytes->len, hex);
    mrse_buf_addf(sums, "%s  %s\n", hex, name);
    return sums->status;
}

static mrse_status write_all(cli_run *run, mrse_folder *folder, mrse_portfolio_check *check,
                             const char *date)
{
    mrse_buf pdf = {0}, html = {0}, sums = {0};
    mrse_document *d = NULL;
    mrse_status status = mrse_portfolio_bind(check, date, &pdf);
    if (status == MRSE_OK)
        status = mrse_portfolio_document(check, date, false, &d);
    if (status == MRSE_OK)
        status = mrse_document_html(d, &html);
    if (status == MRSE_OK)
        status = add_sum(&sums, "portfolio.html", &html);
    if (status == MRSE_OK)
        status = add_sum(&sums, "portfolio.pdf", &pdf);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "portfolio.html", html.data, html.len, &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "portfolio.pdf", pdf.data, pdf.len, &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "SHA256SUMS", sums.data, sums.len, &run->diags);
    mrse_document_free(d);
    mrse_buf_free(&pdf);
    mrse_buf_free(&html);
    mrse_buf_free(&sums);
    return status;
}

static mrse_status write_folder(cli_run *run, mrse_portfolio_check *check, const char *date)
{
    mrse_folder *folder = NULL;
    char *parent = cli_parent_make(opt.folder);
    mrse_status status = mrse_folder_begin(opt.folder, opt.force, &folder, &run->diags);
    if (status == MRSE_OK) {
        status = write_all(run, folder, check, date);
        if (status == MRSE_OK)
            status = mrse_folder_commit(folder, &run->diags);
        else
            mrse_folder_abandon(folder);
    }
    cli_parent_settle(parent, status == MRSE_OK);
    if (status == MRSE_OK)
        mrse_buf_addf(&run->out, "portfolio  %s/portfolio.pdf\n", opt.folder);
    return status;
}

/* A missing piece cannot be bound: said before anything is drawn. */
static mrse_status refuse_missing(cli_run *run, const mrse_portfolio_check *check)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < check->n_pieces; i++) {
        if (check->piece[i].bytes != NULL)
            continue;
        status = MRSE_ERR_INPUT;
        mrse_diag *d =
            mrse_diag_add(&run->diags, MRSE_SEV_ERROR, status, "the file '%s' cannot be bound",
                          check->piece[i].evidence->file);
        mrse_diag_place(d, check->portfolio->path, check->piece[i].evidence->line, 0, "file",
                        "give a PDF, PNG, JPEG or text file, or a worksheet folder");
    }
    return status;
}

static int run_portfolio(cli_run *run)
{
    mrse_portfolio *portfolio = NULL;
    mrse_portfolio_check *check = NULL;
    mrse_rules *rules = NULL;
    mrse_document *d = NULL;
    mrse_date today = {0};
    mrse_buf path = {0};
    cli_now now;
    int code = CLI_DONE;

    mrse_buf_addf(&path, "%s/portfolio.yaml", run->arg[0]);
    mrse_status status =
        path.status == MRSE_OK ? cli_making(run, NULL, opt.date, &now) : path.status;
    if (status == MRSE_OK)
        status = mrse_date_read(now.date, &today);
    if (status == MRSE_OK)
        status = mrse_portfolio_load(mrse_buf_text(&path), &portfolio, &run->diags);
    if (status == MRSE_OK)
        status = load_rules(run, portfolio, &rules);
    if (status == MRSE_OK)
        status = mrse_portfolio_check_run(portfolio, rules, &today, &check, &run->diags);
    if (status == MRSE_OK && opt.folder)
        status = refuse_missing(run, check);
    if (status == MRSE_OK && opt.folder)
        status = write_folder(run, check, now.date);
    if (status == MRSE_OK && opt.json)
        code = print_json(run, check);
    if (status == MRSE_OK && !opt.json && !opt.folder)
        status = mrse_portfolio_document(check, now.date, false, &d);
    if (d)
        status = mrse_document_plain(d, TERMINAL, &run->out);
    mrse_document_free(d);
    mrse_portfolio_check_free(check);
    mrse_rules_free(rules);
    mrse_portfolio_free(portfolio);
    mrse_buf_free(&path);
    return status == MRSE_OK ? code : cli_code(run, status);
}

const cli_command cli_portfolio = {
    .name = "portfolio",
    .purpose = "check a portfolio of evidence against the scheme's rules, and bind it into one PDF",
    .usage = "DIR [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source = "IPEM MRSE Applicant Guidance, version 3.0 (February 2025)",
    .run = run_portfolio,
};

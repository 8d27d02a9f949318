/* mrse selftest: does this program, on this computer, give the numbers that it should?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "case_internal.h"

static struct {
    const char *date;
    bool json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the report, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the report as JSON"),
};

static const char *const examples[] = {
    "mrse selftest",
    "run the cases inside the program and print a report that can be filed",
    "mrse selftest tests/cases/decision.case",
    "run a case file of your own",
    NULL,
};

static const char *const about[] = {
    "A case file says which method, what is given and what is expected, with the source of the "
    "expected number; it is plain text and needs no programming.",
    NULL,
};

static const char *const codes[] = {
    "0",  "every expectation holds",        "65", "a case file cannot be understood",
    "70", "some expectation does not hold", NULL,
};

typedef struct report {
    case_outcome all;
    json_t *files;
    mrse_status status;
} report;

static void run_one(cli_run *run, report *to, const char *name, const char *text, size_t n)
{
    case_outcome one = {0};
    json_t *file;

    case_file_run(name, text, n, &one);
    to->all.expected += one.expected;
    to->all.held += one.held;
    to->all.failures += one.failures;
    to->all.mistakes += one.mistakes;
    if (one.report.status != MRSE_OK)
        to->status = one.report.status;
    if (opt.json) {
        file = json_pack("{s:s, s:I, s:I, s:I, s:I, s:s}", "file", name, "expectations",
                         (json_int_t)one.expected, "hold", (json_int_t)one.held, "of_failure",
                         (json_int_t)one.failures, "mistakes", (json_int_t)one.mistakes, "report",
                         mrse_buf_text(&one.report));
        if (json_array_append_new(to->files, file) != 0)
            to->status = MRSE_ERR_NOMEM;
    } else {
        cli_pad(&run->out, name, 24);
        mrse_buf_addf(&run->out, "%4zu of %4zu hold\n", one.held, one.expected);
        mrse_buf_add(&run->out, mrse_buf_text(&one.report));
    }
    mrse_buf_free(&one.report);
}

static mrse_status run_embedded(cli_run *run, report *to, const cli_embedded *file)
{
    mrse_buf text = {0};
    mrse_status status;
    size_t i;

    for (i = 0; i < file->n_lines; i++)
        mrse_buf_add(&text, file->line[i]);
    status = text.status;
    if (status == MRSE_OK)
        run_one(run, to, file->name, mrse_buf_text(&text), text.len);
    mrse_buf_free(&text);
    return status;
}

static mrse_status run_file(cli_run *run, report *to, const char *path)
{
    char *bytes = NULL;
    size_t n = 0;
    mrse_status status = mrse_file_read(path, MRSE_FILE_MAX, &bytes, &n, &run->diags);

    if (status == MRSE_OK)
        run_one(run, to, path, bytes, n);
    mrse_free(bytes);
    return status;
}

static const char *result_of(const report *r)
{
    if (r->all.mistakes > 0)
        return "a case file cannot be understood";
    return r->all.held == r->all.expected ? "all expectations hold"
                                          : "SOME EXPECTATIONS DO NOT HOLD";
}

static mrse_status print_end(cli_run *run, report *r, const char *date)
{
    mrse_buf libraries = {0};
    mrse_status status = mrse_libraries(&libraries);
    json_t *json;

    if (status == MRSE_OK && opt.json) {
        json =
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:s, s:O}", "schema", "mrse/selftest/1",
                      "date", date, "version", mrse_version(), "commit", mrse_commit(), "libraries",
                      mrse_buf_text(&libraries), "expectations", (json_int_t)r->all.expected,
                      "hold", (json_int_t)r->all.held, "result", result_of(r), "files", r->files);
        status = cli_print_json(run, json) == CLI_DONE ? MRSE_OK : MRSE_ERR_NOMEM;
    } else if (status == MRSE_OK) {
        cli_pad(&run->out, "total", 24);
        mrse_buf_addf(&run->out,
                      "%4zu of %4zu hold; %zu of them expect a failure or a verdict "
                      "other than MET\n",
                      r->all.held, r->all.expected, r->all.failures);
        mrse_buf_addf(&run->out, "mrse %s%s%s, %s\n%s\nresult: %s\n", mrse_version(),
                      mrse_commit()[0] ? " commit " : "", mrse_commit(), date,
                      mrse_buf_text(&libraries), result_of(r));
    }
    mrse_buf_free(&libraries);
    return status;
}

static int run_selftest(cli_run *run)
{
    report r = {.files = json_array()};
    mrse_status status;
    cli_now now;
    size_t i;

    status = cli_making(run, NULL, opt.date, &now);
    for (i = 0; status == MRSE_OK && run->n_args == 0 && i < cli_n_cases; i++)
        status = run_embedded(run, &r, &cli_cases[i]);
    for (i = 0; status == MRSE_OK && i < run->n_args; i++)
        status = run_file(run, &r, run->arg[i]);
    if (status == MRSE_OK)
        status = r.status;
    if (status == MRSE_OK)
        status = print_end(run, &r, now.date);
    json_decref(r.files);
    if (status != MRSE_OK)
        return cli_code(run, status);
    if (r.all.mistakes > 0)
        return CLI_INPUT;
    return r.all.held == r.all.expected && r.all.expected > 0 ? CLI_DONE : CLI_NUMERIC;
}

const cli_command cli_selftest = {
    .name = "selftest",
    .purpose = "run the test cases inside the program and report which expectations hold",
    .usage = "[FILE.case...] [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .max_args = 4096,
    .codes = codes,
    .source = "tests/cases: each file names the sources of its numbers",
    .run = run_selftest,
};

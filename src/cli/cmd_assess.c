/* mrse assess: every condition of every label of a case.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

static struct {
    const char *author, *date;
    bool json, explain;
    cli_texts scanners;
} opt;

static const cli_opt options[] = {
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON, in SI units with 9 digits"),
    CLI_OPT_TEXTS("scanner", &opt.scanners, "FILE",
                  "hold implants and patient of the case against this scanner instead of its own; "
                  "given again, the scanners stand side by side"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who assesses; default the case file's author, else UNATTRIBUTED"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the record, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
};

static const char *const examples[] = {
    "mrse assess " CLI_CASE,
    "each condition with the number it is compared with, the margin and the verdict",
    "mrse assess " CLI_CASE " --json",
    "the same as JSON; the exit code carries the overall verdict",
    "mrse assess " CLI_CASE
    " --scanner scanners/reference-m15.yaml --scanner scanners/reference-m30.yaml",
    "the same labels on two scanners, one column each",
    NULL,
};

static const char *const about[] = {
    "Verdicts are MET, NOT MET, UNDETERMINED and NOT STATED. A value that is computed or measured "
    "is compared with a guard of twice its standard uncertainty; a value as displayed or declared "
    "is compared as it stands. What is missing, not finite, unverified or outside the validity of "
    "a method is UNDETERMINED.",
    "With --scanner what was read off the console of the case's own scanner decides nothing on "
    "another one, nor does a sequence of another field strength: both stay UNDETERMINED. The exit "
    "code is that of the worst scanner, so that 0 never stands beside one that is not MET.",
    "The overall verdict is the worst of the decisive ones. It informs the person who decides and "
    "replaces neither that person nor the implant's labelling.",
    NULL,
};

static const char *const codes[] = {
    "0",  "every condition is MET (with --scanner: on every scanner)",
    "1",  "some condition is NOT MET",
    "2",  "some condition is UNDETERMINED and none is NOT MET",
    NULL,
};

static int code_of(mrse_verdict verdict)
{
    switch (verdict) {
    case MRSE_VERDICT_MET:
        return 0;
    case MRSE_VERDICT_NOT_MET:
        return 1;
    case MRSE_VERDICT_UNDETERMINED:
    case MRSE_VERDICT_NOT_STATED: /* of all conditions: then nothing is known */
        return 2;
    }
    return 2;
}

static int compare_scanners(cli_run *run)
{
    mrse_comparison *comparison = NULL;
    mrse_record *record = NULL;
    cli_now now;
    if (opt.explain)
        return cli_usage(run, "--explain", "leave out --scanner, or write a case for that scanner",
                         "the working is that of a case on its own scanner");
    if (opt.scanners.n > MRSE_SCANNERS_MAX)
        return cli_usage(run, "--scanner", "compare them in several runs",
                         "at most %d scanners stand side by side", (int)MRSE_SCANNERS_MAX);
    mrse_status status = cli_making(run, opt.author, opt.date, &now);
    if (status == MRSE_OK)
        status = mrse_assess_compare(run->arg[0], opt.scanners.text, opt.scanners.n, &comparison,
                                     &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_of_comparison(comparison, &now.making, &record, &run->diags);
    if (status == MRSE_OK)
        status = cli_print_record(run, record, opt.json, false);
    int code = status == MRSE_OK ? code_of(comparison->overall) : cli_code(run, status);
    mrse_record_free(record);
    mrse_comparison_free(comparison);
    return code;
}

static int run_assess(cli_run *run)
{
    if (opt.scanners.n > 0)
        return compare_scanners(run);
    mrse_assessment *assessment = NULL;
    mrse_record *record = NULL;
    mrse_status status;
    cli_now now;
    int code;

    status = cli_making(run, opt.author, opt.date, &now);
    if (status == MRSE_OK)
        status = mrse_assess_case(run->arg[0], NULL, &assessment, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_of_assessment(assessment, &now.making, &record, &run->diags);
    if (status == MRSE_OK)
        status = cli_print_record(run, record, opt.json, opt.explain);
    code = status == MRSE_OK ? code_of(assessment->overall) : cli_code(run, status);
    mrse_record_free(record);
    mrse_assessment_free(assessment);
    return code;
}

const cli_command cli_assess = {
    .name = "assess",
    .purpose = "compare every MR condition of a case's implants with what the scanner does",
    .usage = "CASE [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .codes = codes,
    .source = "mrse methods decision-rule, ride-uncertainty",
    .run = run_assess,
};

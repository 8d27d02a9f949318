/* mrse check: all errors in all files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

static struct {
    bool json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG("json", 0, &opt.json,
                 "print the messages as JSON, with file, line, column and hint"),
};

static const char *const examples[] = {
    "mrse check " CLI_SCANNER,
    "read one file and report every error in it, with its line and what to write instead",
    "mrse check " CLI_SCANNER " " CLI_CASE,
    "several files; a case is read together with the files it names",
    NULL,
};

static const char *const about[] = {
    "Messages go to standard error in the form file:line:column: error: field: text, which editors "
    "can jump to.",
    NULL,
};

static json_t *json_of(const mrse_diag *diag)
{
    static const char *const word[] = {"error", "warning", "note"};

    return json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:s}", "severity", word[diag->sev], "file",
                     diag->file, "line", diag->line, "column", diag->col, "field", diag->field,
                     "text", diag->text, "hint", diag->hint);
}

static int print_json(cli_run *run)
{
    json_t *list = json_array();
    bool failed = false;
    size_t i;
    int code;

    for (i = 0; i < run->diags.n; i++)
        failed = json_array_append_new(list, json_of(&run->diags.item[i])) != 0 || failed;
    code = cli_print_json(run, json_pack("{s:s, s:I, s:I, s:I, s:I, s:o}", "schema", "mrse/check/1",
                                         "files", (json_int_t)run->n_args, "errors",
                                         (json_int_t)run->diags.errors, "warnings",
                                         (json_int_t)run->diags.warnings, "not_shown",
                                         (json_int_t)run->diags.dropped, "messages", list));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

static int run_check(cli_run *run)
{
    int code = CLI_DONE, printed;
    size_t i;

    for (i = 0; i < run->n_args; i++) {
        size_t before = run->diags.errors;
        mrse_status status = mrse_spec_check(run->arg[i], &run->diags);
        int this_code = cli_code_of(status);

        if (status != MRSE_OK && run->diags.errors == before)
            return cli_code(run, status);
        /* an error that was reported counts, whatever the status says */
        if (this_code == CLI_DONE && run->diags.errors > before)
            this_code = CLI_INPUT;
        /* a file that cannot be read outranks one that is wrong */
        if (this_code > code)
            code = this_code;
        if (this_code == CLI_DONE && !opt.json)
            mrse_buf_addf(&run->out, "%s: no errors\n", run->arg[i]);
    }
    if (opt.json) {
        printed = print_json(run);
        code = printed == CLI_DONE ? code : printed;
    }
    return code;
}

const cli_command cli_check = {
    .name = "check",
    .purpose = "report all errors in scanner, label, site and case files",
    .usage = "FILE... [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 4096,
    .source = "docs/formats.md",
    .run = run_check,
};

/* mrse check: all errors in all files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

static struct {
    const char *records;
    bool json, diff;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG("diff", 0, &opt.diff,
                 "compare two revisions of a file, key by key, in place of checking them"),
    CLI_OPT_PATH("records", 0, &opt.records, "DIR",
                 "with --diff: also list the worksheets below this folder that rest on the first"),
    CLI_OPT_FLAG("json", 0, &opt.json,
                 "print the messages as JSON, with file, line, column and hint"),
};

static const char *const examples[] = {
    "mrse check " CLI_SCANNER,
    "read one file and report every error in it, with its line and what to write instead; of a "
    "scanner file also what it is good for, and what to ask the manufacturer",
    "mrse check " CLI_SCANNER " " CLI_CASE,
    "several files; a case is read together with the files it names",
    "mrse check --diff examples/labels/xience-v-2015.yaml "
    "examples/labels/xience-sierra-skypoint.yaml",
    "what changed between two labels; with --records DIR also which past worksheets it touches",
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

static json_t *json_of_needs(const char *file, const mrse_needs *needs)
{
    json_t *uses = json_array(), *questions = json_array();
    bool failed = false;

    for (size_t i = 0; i < needs->n_needs; i++) {
        const mrse_need *need = &needs->need[i];
        json_t *entry = json_pack("{s:s, s:s, s:s, s:s}", "use", need->use, "state",
                                  mrse_ready_text(need->ready), "missing", need->missing,
                                  "question", need->question);
        failed = json_array_append_new(uses, entry) != 0 || failed;
    }
    for (size_t i = 0; i < needs->n_questions; i++) {
        const mrse_question *q = &needs->question[i];
        json_t *entry =
            json_pack("{s:s, s:i, s:s, s:s, s:s}", "field", q->field, "line", q->line, "printed",
                      q->printed, "question", q->question, "answer", q->answer);
        failed = json_array_append_new(questions, entry) != 0 || failed;
    }
    if (!failed)
        return json_pack("{s:s, s:o, s:o}", "file", file, "uses", uses, "questions", questions);
    json_decref(uses);
    json_decref(questions);
    return NULL;
}

static int print_json(cli_run *run, json_t *needs)
{
    json_t *list = json_array();
    bool failed = false;
    size_t i;
    int code;

    for (i = 0; i < run->diags.n; i++)
        failed = json_array_append_new(list, json_of(&run->diags.item[i])) != 0 || failed;
    code = cli_print_json(
        run, json_pack("{s:s, s:I, s:I, s:I, s:I, s:o, s:o}", "schema", "mrse/check/1", "files",
                       (json_int_t)run->n_args, "errors", (json_int_t)run->diags.errors, "warnings",
                       (json_int_t)run->diags.warnings, "not_shown", (json_int_t)run->diags.dropped,
                       "messages", list, "needs", needs));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

enum { USE_WIDTH = 48, INDENT = 4 };

/* "    missing: ...", wrapped. */
static void print_part(mrse_buf *out, const char *label, const char *text)
{
    if (!text[0])
        return;
    mrse_buf_addf(out, "%*s%s: ", INDENT, "", label);
    cli_wrap(out, text, INDENT + 2, INDENT + strlen(label) + 2);
}

static void print_question(mrse_buf *out, const char *file, const mrse_question *q)
{
    mrse_buf_addf(out, "  %s:%d: %s%s%s\n", file, q->line, q->field, q->printed[0] ? ": " : "",
                  q->printed);
    print_part(out, "ask", q->question);
    print_part(out, "then write one of", q->answer);
}

static void print_needs(mrse_buf *out, const char *file, const mrse_needs *needs)
{
    for (size_t i = 0; i < needs->n_needs; i++) {
        const mrse_need *need = &needs->need[i];

        mrse_buf_add(out, "  ");
        cli_pad(out, need->use, USE_WIDTH);
        mrse_buf_addf(out, "%s\n", mrse_ready_text(need->ready));
        print_part(out, "missing", need->missing);
        print_part(out, "ask", need->question);
    }
    if (needs->n_questions > 0)
        mrse_buf_add(out, "\nTo be asked about what stands in the file:\n");
    for (size_t i = 0; i < needs->n_questions; i++)
        print_question(out, file, &needs->question[i]);
}

/* One file; its exit code. What it is good for is said only when nothing in it is wrong. */
static int check_one(cli_run *run, const char *file, json_t *list)
{
    size_t before = run->diags.errors;
    mrse_needs needs;
    mrse_status status = mrse_needs_check(file, &needs, &run->diags);
    int code = cli_code_of(status);

    if (status != MRSE_OK && run->diags.errors == before)
        code = cli_code(run, status);
    /* an error that was reported counts, whatever the status says */
    if (code == CLI_DONE && run->diags.errors > before)
        code = CLI_INPUT;
    if (code == CLI_DONE && !opt.json) {
        mrse_buf_addf(&run->out, "%s: no errors\n", file);
        print_needs(&run->out, file, &needs);
    } else if (code == CLI_DONE && needs.n_needs > 0 &&
               json_array_append_new(list, json_of_needs(file, &needs)) != 0) {
        code = cli_code(run, MRSE_ERR_NOMEM);
    }
    mrse_needs_clear(&needs);
    return code;
}

static int run_check(cli_run *run)
{
    int code = CLI_DONE, printed;

    if (opt.diff && run->n_args != 2)
        return cli_usage(run, "--diff", "mrse check --diff OLD NEW", "two files are compared");
    if (opt.records && !opt.diff)
        return cli_usage(run, "--records", "add --diff", "only two revisions touch worksheets");
    if (opt.diff)
        return cli_check_diff(run, opt.records, opt.json);
    json_t *needs = opt.json ? json_array() : NULL;

    for (size_t i = 0; i < run->n_args; i++) {
        int this_code = check_one(run, run->arg[i], needs);

        /* a file that cannot be read outranks one that is wrong */
        if (this_code > code)
            code = this_code;
    }
    if (opt.json) {
        printed = print_json(run, needs);
        code = printed == CLI_DONE ? code : printed;
    }
    return code;
}

const cli_command cli_check = {
    .name = "check",
    .purpose = "report all errors in files of every format, or what differs between two of them",
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

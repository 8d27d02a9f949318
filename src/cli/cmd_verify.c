/* mrse verify: a worksheet folder, recomputed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

static struct {
    bool json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG("json", 0, &opt.json, "print the result and the report as JSON"),
};

static const char *const examples[] = {
    "mrse verify out/worksheet",
    "recompute a worksheet from the inputs inside it and list every number that differs",
    "mrse verify out/worksheet/worksheet.pdf",
    "the same from the PDF alone, with what is attached to it",
    "mrse verify out/worksheet --json",
    "the same for another program",
    NULL,
};

static const char *const about[] = {
    "The hashes in SHA256SUMS are checked and every number is computed again by this version. A "
    "hash shows whether a file changed, if the hash was noted elsewhere; it does not show who made "
    "the file.",
    "Of a PDF alone the inputs are held against the hashes in its record, and its pages against "
    "those "
    "that this program makes of them; a PDF that was signed or saved again differs in its bytes.",
    NULL,
};

static const char *const codes[] = {
    "0",  "same numbers, unchanged files",
    "1",  "something differs",
    "2",  "cannot compare: files missing, or changed beyond recomputing",
    NULL,
};

static const struct {
    int code;
    const char *text;
} result_of[] = {
    [MRSE_VERIFY_CANNOT] = {2, "cannot compare"},
    [MRSE_VERIFY_DIFFERS] = {1, "differs"},
    [MRSE_VERIFY_SAME] = {0, "same"},
};

static int print_json(cli_run *run, mrse_verify_result result, const mrse_buf *report)
{
    json_t *lines = json_array();
    const char *text = mrse_buf_text(report);
    bool failed = false;
    int code;

    while (*text) {
        size_t n = strcspn(text, "\n");

        failed = json_array_append_new(lines, json_stringn(text, n)) != 0 || failed;
        text += n + (text[n] == '\n');
    }
    code = cli_print_json(run, json_pack("{s:s, s:s, s:s, s:o}", "schema", "mrse/verify/1",
                                         "folder", run->arg[0], "result", result_of[result].text,
                                         "report", lines));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

static int run_verify(cli_run *run)
{
    mrse_verify_result result = MRSE_VERIFY_CANNOT;
    mrse_buf report = {0};
    mrse_status status = mrse_worksheet_verify(run->arg[0], &result, &report, &run->diags);
    int code = status == MRSE_OK ? CLI_DONE : cli_code(run, status);

    /* what cannot be read or understood is an answer here: it cannot be compared */
    if (code == CLI_IO || code == CLI_INPUT) {
        result = MRSE_VERIFY_CANNOT;
        code = CLI_DONE;
    }
    if (code == CLI_DONE && opt.json)
        code = print_json(run, result, &report);
    else if (code == CLI_DONE)
        mrse_buf_addf(&run->out, "%s%s\n", mrse_buf_text(&report), result_of[result].text);
    if (report.status != MRSE_OK)
        code = cli_code(run, report.status);
    mrse_buf_free(&report);
    return code == CLI_DONE ? result_of[result].code : code;
}

const cli_command cli_verify = {
    .name = "verify",
    .purpose = "recompute a worksheet, from its folder or its PDF, and say whether it is the same",
    .usage = "DIR|PDF [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .codes = codes,
    .source = "the method of each number is named in the worksheet",
    .run = run_verify,
};

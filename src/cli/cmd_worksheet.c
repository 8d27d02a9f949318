/* mrse worksheet: the dated folder that people file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

/* The record of a worksheet is made by us, and may be larger than a file that a user writes. */
enum { RECORD_MAX = 16 * MRSE_FILE_MAX };

static struct {
    const char *folder, *author, *date, *reviewed;
    bool force, json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("out", 'o', &opt.folder, "DIR",
                 "folder to write (required); it appears whole or not at all"),
    CLI_OPT_FLAG("force", 'f', &opt.force, "replace the folder when it exists"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who made the worksheet; default the case file's author, else UNATTRIBUTED"),
    CLI_OPT_TEXT(
        "date", 0, &opt.date, "DATE",
        "date of the worksheet, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_TEXT("reviewed", 0, &opt.reviewed, "TEXT",
                 "why what looks like an identifier of a patient is none; kept in the record"),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON in place of the summary"),
};

static const char *const examples[] = {
    "mrse worksheet " CLI_CASE " -o out/worksheet --force",
    "write out/worksheet/worksheet.pdf, .html, .json, the figures, the inputs and SHA256SUMS",
    "mrse worksheet " CLI_CASE " -o out/dated --force --author \"A. Physicist\" --date 2026-11-22",
    "the same with a stated author and date",
    NULL,
};

static const char *const about[] = {
    "The exit code says that the worksheet was written, not what it concludes: use 'mrse assess' "
    "for that. The boxes for name, signature and date stay empty; people sign.",
    "Before anything is written, the files of the case, their names and the command line are "
    "searched "
    "for identifiers of patients: NHS, CHI and Health and Care numbers, hospital numbers, dates of "
    "birth, names after a title, DICOM UIDs, private e-mail addresses. The search has holes: read "
    "what you send.",
    NULL,
};

/* The record is read back from the folder, so that what is printed is what was written. */
static mrse_status print_record(cli_run *run)
{
    mrse_buf path = {0};
    char *bytes = NULL;
    size_t n = 0;
    mrse_status status;

    mrse_buf_addf(&path, "%s/worksheet.json", opt.folder);
    status = path.status;
    if (status == MRSE_OK)
        status = mrse_file_read(mrse_buf_text(&path), RECORD_MAX, &bytes, &n, &run->diags);
    if (status == MRSE_OK)
        mrse_buf_addn(&run->out, bytes, n);
    mrse_free(bytes);
    mrse_buf_free(&path);
    return status;
}

static int run_worksheet(cli_run *run)
{
    mrse_verdict verdict = MRSE_VERDICT_UNDETERMINED;
    char *pdf = NULL, *parent;
    mrse_status status;
    cli_now now;

    if (!opt.folder)
        return cli_usage(run, "--out", "write -o DIR", "a folder to write is needed");
    status = cli_making(run, opt.author, opt.date, &now);
    now.making.reviewed = opt.reviewed;
    parent = status == MRSE_OK ? cli_parent_make(opt.folder) : NULL;
    if (status == MRSE_OK)
        status = mrse_worksheet_write(run->arg[0], opt.folder, opt.force, &now.making, &verdict,
                                      &pdf, &run->diags);
    cli_parent_settle(parent, status == MRSE_OK);
    if (status == MRSE_OK && opt.json)
        status = print_record(run);
    else if (status == MRSE_OK)
        mrse_buf_addf(&run->out, "overall    %s\nworksheet  %s\n", mrse_verdict_text(verdict),
                      pdf ? pdf : opt.folder);
    mrse_free(pdf);
    return cli_code(run, status);
}

const cli_command cli_worksheet = {
    .name = "worksheet",
    .purpose = "write the dated worksheet of a case: PDF, HTML, record, figures and inputs",
    .usage = "CASE -o DIR [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source = "mrse methods; the worksheet names the method of each number",
    .run = run_worksheet,
};

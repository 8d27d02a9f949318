/* The way out: exit codes, messages on standard error, colour, JSON, and the date of a document.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli_internal.h"

int cli_code_of(mrse_status status)
{
    switch (status) {
    case MRSE_OK:
        return CLI_DONE;
    case MRSE_ERR_ARG:
        return CLI_USAGE;
    case MRSE_ERR_IO:
        return CLI_IO;
    case MRSE_ERR_INPUT:
    case MRSE_ERR_LIMIT:
    case MRSE_ERR_RANGE:
        return CLI_INPUT;
    case MRSE_ERR_NOMEM:
    case MRSE_ERR_NUMERIC:
        return CLI_NUMERIC;
    }
    return CLI_NUMERIC;
}

int cli_code(cli_run *run, mrse_status status)
{
    /* a failure that nobody has explained still gets a line */
    if (status != MRSE_OK && run->diags.errors == 0)
        (void)mrse_diag_add(&run->diags, MRSE_SEV_ERROR, status, "%s", mrse_status_text(status));
    /* what was assembled so far is incomplete, and must not be taken for a result */
    if (status != MRSE_OK)
        mrse_buf_free(&run->out);
    return cli_code_of(status);
}

static bool colour_wanted(FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fileno(stream)) == 1 && !(no && no[0]) && term && strcmp(term, "dumb") != 0;
}

static bool is_word(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/* Colour only adds: the words are the same without it. */
static void paint(mrse_buf *out, const char *text)
{
    static const struct {
        const char *word, *colour;
    } mark[] = {
        {"NOT MET", "\033[1;31m"},      {"NOT STATED", "\033[2m"}, {"MET", "\033[1;32m"},
        {"UNDETERMINED", "\033[1;33m"}, {"error:", "\033[1;31m"},  {"warning:", "\033[1;33m"},
    };
    const char *start = text;
    size_t i, n;

    while (*text) {
        for (i = 0, n = 0; i < sizeof mark / sizeof mark[0]; i++) {
            n = strlen(mark[i].word);
            if (strncmp(text, mark[i].word, n) == 0 && !is_word(text[n]) &&
                (text == start || !is_word(text[-1])))
                break;
            n = 0;
        }
        if (n > 0) {
            mrse_buf_add(out, mark[i].colour);
            mrse_buf_addn(out, text, n);
            mrse_buf_add(out, "\033[0m");
            text += n;
        } else {
            mrse_buf_addn(out, text++, 1);
        }
    }
}

/* 0 or an errno. */
static int put(FILE *stream, const mrse_buf *buf)
{
    mrse_buf painted = {0};
    const mrse_buf *from = buf;
    int err = 0;

    if (buf->len > 0 && colour_wanted(stream)) {
        paint(&painted, mrse_buf_text(buf));
        if (painted.status == MRSE_OK)
            from = &painted;
    }
    errno = 0;
    if (from->len > 0 && fwrite(mrse_buf_text(from), 1, from->len, stream) != from->len)
        err = errno ? errno : EIO;
    errno = 0;
    /* a full disk shows only when the stream is flushed */
    if (fflush(stream) != 0 && err == 0)
        err = errno ? errno : EIO;
    mrse_buf_free(&painted);
    return err;
}

static void report(cli_run *run)
{
    mrse_buf text = {0};
    bool in_file = false, misuse = false;
    size_t i;

    for (i = 0; i < run->diags.n; i++) {
        const mrse_diag *diag = &run->diags.item[i];

        if (!diag->file[0])
            mrse_buf_add(&text, "mrse: ");
        if (mrse_diag_format(diag, &text) != MRSE_OK)
            break; /* no memory: `text` says so below */
        in_file = in_file || diag->file[0] != '\0';
        misuse = misuse || diag->code == MRSE_ERR_ARG;
    }
    if (in_file) {
        if (mrse_diags_summary(&run->diags, &text) == MRSE_OK)
            mrse_buf_add(&text, "\n");
    } else if (misuse) {
        mrse_buf_addf(&text, "try 'mrse %s%s--help'\n", run->command ? run->command->name : "",
                      run->command ? " " : "");
    }
    if (text.status != MRSE_OK)
        (void)fputs("mrse: error: out of memory\n", stderr);
    else
        (void)put(stderr, &text);
    mrse_buf_free(&text);
}

int cli_finish(cli_run *run, int code)
{
    int err = 0;

    if (run->out.status != MRSE_OK)
        code = cli_code(run, run->out.status);
    else
        err = put(stdout, &run->out);
    if (fclose(stdout) != 0 && err == 0 && run->out.len > 0)
        err = errno ? errno : EIO;
    if (err != 0) {
        (void)mrse_diag_add(&run->diags, MRSE_SEV_ERROR, MRSE_ERR_IO,
                            "cannot write standard output: %s", strerror(err));
        code = CLI_IO;
    }
    report(run);
    mrse_buf_free(&run->out);
    return code;
}

static int add_json(const char *bytes, size_t n, void *to)
{
    mrse_buf *out = to;

    mrse_buf_addn(out, bytes, n);
    return out->status == MRSE_OK ? 0 : -1;
}

int cli_print_json(cli_run *run, json_t *json)
{
    int failed = 1;

    if (json)
        failed =
            json_dump_callback(json, add_json, &run->out, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
    json_decref(json);
    mrse_buf_add(&run->out, "\n");
    failed = failed || run->out.status != MRSE_OK;
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : CLI_DONE;
}

/* The clock, or what reproducible builds put in its place. */
static mrse_status now_seconds(cli_run *run, int64_t *seconds, const char **source)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    time_t clock;

    if (!text || !text[0]) {
        clock = time(NULL);
        *seconds = (int64_t)clock;
        *source = "clock";
        return clock == (time_t)-1 ? MRSE_ERR_IO : MRSE_OK;
    }
    errno = 0;
    *seconds = strtoll(text, &end, 10);
    *source = "SOURCE_DATE_EPOCH";
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0)
        return MRSE_OK;
    (void)cli_usage(run, "SOURCE_DATE_EPOCH", "write seconds since 1970-01-01, or unset it",
                    "'%s' is not a whole number of seconds", text);
    return MRSE_ERR_ARG;
}

mrse_status cli_making(cli_run *run, const char *author, const char *date, cli_now *now)
{
    mrse_date at = {0};
    int64_t seconds = 0;
    mrse_status status;

    memset(now, 0, sizeof *now);
    now->making.author = author;
    now->making.date = now->date;
    now->making.argv = run->argv;
    if (date) {
        now->making.date_source = "--date";
        if (mrse_date_read(date, &at) != MRSE_OK) {
            (void)cli_usage(run, "--date", "write 2026-11-22 or 2026-11-22T10:20:30Z (UTC)",
                            "'%s' is not a date", date);
            return MRSE_ERR_ARG;
        }
    } else {
        status = now_seconds(run, &seconds, &now->making.date_source);
        if (status == MRSE_OK)
            status = mrse_date_from_seconds(seconds, &at);
        if (status != MRSE_OK)
            return status;
    }
    mrse_date_text(&at, now->date);
    return MRSE_OK;
}

char *cli_parent_make(const char *folder)
{
    char *parent = mrse_strdup(folder);
    size_t n = parent ? strlen(parent) : 0;

    while (n > 1 && parent[n - 1] == '/')
        n--;
    while (n > 0 && parent[n - 1] != '/')
        n--;
    if (n > 1) {
        parent[n - 1] = '\0';
        if (mkdir(parent, 0777) == 0)
            return parent;
    }
    /* whatever is wrong, writing the folder itself will say so */
    mrse_free(parent);
    return NULL;
}

void cli_parent_settle(char *made, bool keep)
{
    if (made && !keep)
        (void)rmdir(made);
    mrse_free(made);
}

mrse_status cli_print_record(cli_run *run, const mrse_record *record, bool json, bool explain)
{
    mrse_status status =
        json ? mrse_record_json(record, &run->out) : mrse_record_text(record, &run->out);
    if (status == MRSE_OK && explain && !json)
        status = mrse_record_explain(record, &run->out);
    return status;
}

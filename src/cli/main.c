/* mrse: the table of commands, and the way in and out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli_internal.h"

enum { NAMES = 32 };

const cli_command *const cli_commands[] = {
    &cli_field, &cli_survey, &cli_sequence,  &cli_modify,   &cli_object,
    &cli_dicom, &cli_assess, &cli_worksheet, &cli_verify,   &cli_portfolio,
    &cli_check, &cli_units,  &cli_methods,   &cli_selftest, &cli_help,
};
const size_t cli_n_commands = sizeof cli_commands / sizeof cli_commands[0];

const cli_command *cli_command_find(const char *name)
{
    size_t i;

    for (i = 0; i < cli_n_commands; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}

int cli_unknown(cli_run *run, const char *what, const char *word, const char *const *names,
                size_t n)
{
    const char *dashes = strcmp(what, "option") == 0 ? "--" : "";
    const char *nearest = mrse_text_nearest(word, names, n);
    mrse_buf hint = {0};
    size_t i;

    if (nearest)
        mrse_buf_addf(&hint, "did you mean '%s%s'? ", dashes, nearest);
    mrse_buf_add(&hint, "there is: ");
    for (i = 0; i < n; i++)
        mrse_buf_addf(&hint, "%s%s%s", i ? ", " : "", dashes, names[i]);
    (void)cli_usage(run, NULL, mrse_buf_text(&hint), "unknown %s '%s%s'", what, dashes, word);
    mrse_buf_free(&hint);
    return CLI_USAGE;
}

int cli_unknown_command(cli_run *run, const char *word)
{
    const char *names[NAMES];
    size_t i;

    for (i = 0; i < cli_n_commands && i < NAMES; i++)
        names[i] = cli_commands[i]->name;
    return cli_unknown(run, "command", word, names, i);
}

static int version(cli_run *run)
{
    const char *commit = mrse_commit();

    mrse_buf_addf(&run->out, "mrse %s", mrse_version());
    if (commit[0])
        mrse_buf_addf(&run->out, " (commit %s)", commit);
    mrse_buf_add(&run->out, "\n");
    if (mrse_libraries(&run->out) != MRSE_OK)
        return cli_code(run, MRSE_ERR_NOMEM);
    mrse_buf_add(&run->out, "\n");
    return CLI_DONE;
}

static int dispatch(cli_run *run, int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "--help";

    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        cli_help_overview(&run->out);
        return CLI_DONE;
    }
    if (strcmp(word, "--version") == 0)
        return version(run);
    run->command = cli_command_find(word);
    if (!run->command) {
        if (word[0] == '-')
            return cli_usage(run, NULL, "write 'mrse COMMAND [OPTION]...'",
                             "'%s' stands before any command", word);
        return cli_unknown_command(run, word);
    }
    switch (cli_parse(run, argc - 1, argv + 1)) {
    case CLI_SHOW_HELP:
        mrse_diags_init(&run->diags);
        cli_help_text(&run->out, run->command);
        return CLI_DONE;
    case CLI_SHOW_OPTIONS:
        cli_help_options(&run->out, run->command);
        return CLI_DONE;
    case CLI_WRONG:
        return CLI_USAGE;
    case CLI_GO:
        break;
    }
    return run->command->run(run);
}

/* A program started with a standard stream closed would otherwise give its number to the next file
 * it opens, and print into that. Opened the wrong way round, so that using it still fails. */
static void hold_standard_streams(void)
{
    int fd;

    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return;
}

int main(int argc, char **argv)
{
    static cli_run run; /* too large for a small stack */
    const char **as_typed = NULL;
    mrse_status status;
    int i, code;

    hold_standard_streams();
    status = mrse_init();
    if (status == MRSE_OK) {
        as_typed = mrse_alloc((size_t)argc + 1, sizeof *as_typed);
        if (!as_typed)
            status = MRSE_ERR_NOMEM;
    }
    /* getopt_long moves the options of argv to the front; the record shows what was typed */
    for (i = 0; as_typed && i < argc; i++)
        as_typed[i] = argv[i];
    run.argv = as_typed;
    code = status == MRSE_OK ? dispatch(&run, argc, argv) : cli_code(&run, status);
    code = cli_finish(&run, code);
    mrse_free(as_typed);
    return code;
}

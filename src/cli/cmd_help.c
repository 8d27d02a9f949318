/* mrse help: the same tables as --help, and what the documentation is generated from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

static struct {
    bool man, markdown, completion, formats, json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG("man", 0, &opt.man, "print the man page of the command, or of mrse"),
    CLI_OPT_FLAG("markdown", 0, &opt.markdown, "print all commands as Markdown: docs/commands.md"),
    CLI_OPT_FLAG("completion", 0, &opt.completion,
                 "print the bash completion: docs/completion/mrse.bash"),
    CLI_OPT_FLAG("formats", 0, &opt.formats,
                 "print the reference of the file formats: docs/formats.md"),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the commands and their options as JSON"),
};

static const char *const examples[] = {
    "mrse help",
    "what mrse is, and its commands",
    "mrse help field",
    "the same as 'mrse field --help'",
    NULL,
};

static json_t *json_of_option(const cli_opt *o)
{
    return json_pack("{s:s, s:s, s:s}", "name", o->name, "value", o->value ? o->value : "", "help",
                     o->help);
}

static json_t *json_of(const cli_command *command)
{
    json_t *list = json_array();
    size_t i;

    for (i = 0; i < command->n_opts; i++)
        if (json_array_append_new(list, json_of_option(&command->opt[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    return json_pack("{s:s, s:s, s:s, s:o}", "name", command->name, "usage", command->usage,
                     "purpose", command->purpose, "options", list);
}

static int print_json(cli_run *run, const cli_command *command)
{
    json_t *list = json_array();
    bool failed = false;
    size_t i;
    int code;

    for (i = 0; i < cli_n_commands; i++)
        if (!command || command == cli_commands[i])
            failed = json_array_append_new(list, json_of(cli_commands[i])) != 0 || failed;
    code = cli_print_json(run, json_pack("{s:s, s:o}", "schema", "mrse/help/1", "commands", list));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

static int run_help(cli_run *run)
{
    const cli_command *command = NULL;

    if (opt.man + opt.markdown + opt.completion + opt.formats + opt.json > 1)
        return cli_usage(run, NULL, NULL, "one of the options at a time");
    if (run->n_args == 1) {
        command = cli_command_find(run->arg[0]);
        if (!command)
            return cli_unknown_command(run, run->arg[0]);
    }
    if (opt.man)
        cli_help_man(&run->out, command);
    else if (opt.markdown)
        cli_help_markdown(&run->out);
    else if (opt.completion)
        cli_help_completion(&run->out);
    else if (opt.formats)
        return cli_code(run, mrse_spec_reference(&run->out));
    else if (opt.json)
        return print_json(run, command);
    else if (command)
        cli_help_text(&run->out, command);
    else
        cli_help_overview(&run->out);
    return CLI_DONE;
}

const cli_command cli_help = {
    .name = "help",
    .purpose = "explain a command, or list them",
    .usage = "[COMMAND] [OPTION]...",
    .example = examples,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .max_args = 1,
    .source = "README",
    .run = run_help,
};

/* Man pages, Markdown and bash completion, made from the command and option tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

/* roff takes a backslash, a hyphen, and a dot or quote at the start of a line for its own. */
static void roff(mrse_buf *out, const char *text)
{
    const char *start = text;

    for (; *text; text++) {
        if (*text == '\\')
            mrse_buf_add(out, "\\e");
        else if (*text == '-')
            mrse_buf_add(out, "\\-");
        else if (text == start && (*text == '.' || *text == '\''))
            mrse_buf_addf(out, "\\&%c", *text);
        else
            mrse_buf_addn(out, text, 1);
    }
}

static void roff_line(mrse_buf *out, const char *before, const char *text)
{
    mrse_buf_add(out, before);
    roff(out, text);
    mrse_buf_add(out, "\n");
}

static void roff_pair(mrse_buf *out, const char *term, const char *text)
{
    mrse_buf_add(out, ".TP\n");
    roff_line(out, "\\fB", term);
    roff_line(out, "\\fR", text);
}

static void roff_codes(mrse_buf *out, const char *const *code)
{
    for (; *code; code += 2)
        roff_pair(out, code[0], code[1]);
}

static void roff_option(mrse_buf *out, const cli_opt *opt)
{
    mrse_buf_add(out, ".TP\n");
    if (opt->letter)
        mrse_buf_addf(out, "\\fB\\-%c\\fR, ", opt->letter);
    mrse_buf_add(out, "\\fB\\-\\-");
    roff(out, opt->name);
    mrse_buf_add(out, "\\fR");
    if (opt->value) {
        mrse_buf_add(out, " \\fI");
        roff(out, opt->value);
        mrse_buf_add(out, "\\fR");
    }
    roff_line(out, "\n", opt->help);
}

static void roff_examples(mrse_buf *out, const char *const *text)
{
    mrse_buf_add(out, ".SH EXAMPLES\n");
    for (; *text; text += 2)
        roff_pair(out, text[0], text[1]);
}

static void man_of_command(mrse_buf *out, const cli_command *command)
{
    const char *const *text;
    size_t i;

    mrse_buf_addf(out, ".TH MRSE\\-%s 1 \"\" \"mrse %s\" \"mrse manual\"\n", command->name,
                  mrse_version());
    mrse_buf_addf(out, ".SH NAME\nmrse\\-%s \\- ", command->name);
    roff_line(out, "", command->purpose);
    mrse_buf_addf(out, ".SH SYNOPSIS\n\\fBmrse %s\\fR ", command->name);
    roff_line(out, "", command->usage);
    roff_examples(out, command->example);
    mrse_buf_add(out, ".SH OPTIONS\n");
    for (i = 0; i < command->n_opts; i++)
        roff_option(out, &command->opt[i]);
    roff_pair(out, "-h, --help", "show help and exit");
    if (command->about && *command->about)
        mrse_buf_add(out, ".SH DESCRIPTION\n");
    for (text = command->about; text && *text; text++)
        roff_line(out, ".PP\n", *text);
    mrse_buf_add(out, ".SH EXIT STATUS\n");
    roff_codes(out, command->codes ? command->codes : cli_codes_done);
    roff_codes(out, cli_codes_failed);
    roff_line(out, ".SH SOURCE\n", command->source);
    mrse_buf_add(out, ".SH SEE ALSO\n\\fBmrse\\fR(1)\n");
}

/* The codes that are answers and no failures; only two commands have them. */
static const char *const answers[] = {
    "1",
    "assess: some condition is NOT MET; verify: something differs",
    "2",
    "assess: some condition is UNDETERMINED and none is NOT MET, or no limit applies; verify: "
    "cannot "
    "compare",
    NULL,
};

void cli_help_man(mrse_buf *out, const cli_command *command)
{
    size_t i;

    mrse_buf_add(out, ".\\\" Made by 'mrse help --man'; change the tables in src/cli instead.\n");
    if (command) {
        man_of_command(out, command);
        return;
    }
    mrse_buf_addf(out, ".TH MRSE 1 \"\" \"mrse %s\" \"mrse manual\"\n", mrse_version());
    mrse_buf_add(out, ".SH NAME\nmrse \\- MR safety calculations with their working\n"
                      ".SH SYNOPSIS\n\\fBmrse\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
                      ".SH DESCRIPTION\n"
                      "Computes what an implant meets in an MR scanner, compares it with the\n"
                      "implant's MR conditions, and writes the working down. It informs a medical\n"
                      "physicist's decision and approves nothing.\n.SH COMMANDS\n");
    for (i = 0; i < cli_n_commands; i++)
        roff_pair(out, cli_commands[i]->name, cli_commands[i]->purpose);
    mrse_buf_add(out, ".SH ENVIRONMENT\n");
    roff_pair(out, "NO_COLOR", "when set and not empty: no colour");
    roff_pair(out, "SOURCE_DATE_EPOCH",
              "the date of a document, in seconds since 1970-01-01, in place of the clock");
    mrse_buf_add(out, ".SH FILES\nEvery key of every file that a user writes: "
                      "\\fBmrse help \\-\\-formats\\fR.\n");
    mrse_buf_add(out, ".SH EXIT STATUS\n");
    roff_codes(out, cli_codes_done);
    roff_codes(out, answers);
    roff_codes(out, cli_codes_failed);
    mrse_buf_add(out, ".SH SEE ALSO\n");
    for (i = 0; i < cli_n_commands; i++)
        mrse_buf_addf(out, "\\fBmrse\\-%s\\fR(1)%s\n", cli_commands[i]->name,
                      i + 1 < cli_n_commands ? "," : "");
}

/* A cell of a Markdown table: '|' would end it. */
static void cell(mrse_buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '|')
            mrse_buf_add(out, "\\|");
        else
            mrse_buf_addn(out, text, 1);
}

static void markdown_of_command(mrse_buf *out, const cli_command *command)
{
    const char *const *text;
    size_t i;

    mrse_buf_addf(out, "\n## mrse %s %s\n\n%s.\n\n```\n", command->name, command->usage,
                  command->purpose);
    for (text = command->example; *text; text += 2)
        mrse_buf_addf(out, "# %s\n%s\n", text[1], text[0]);
    mrse_buf_add(out, "```\n\n| option | meaning |\n|---|---|\n");
    for (i = 0; i < command->n_opts; i++) {
        const cli_opt *opt = &command->opt[i];

        mrse_buf_add(out, "| `");
        if (opt->letter)
            mrse_buf_addf(out, "-%c`, `", opt->letter);
        mrse_buf_addf(out, "--%s%s", opt->name, opt->value ? " " : "");
        cell(out, opt->value ? opt->value : "");
        mrse_buf_add(out, "` | ");
        cell(out, opt->help);
        mrse_buf_add(out, " |\n");
    }
    for (text = command->about; text && *text; text++)
        mrse_buf_addf(out, "\n%s\n", *text);
    mrse_buf_add(out, "\nExit codes:");
    for (text = command->codes ? command->codes : cli_codes_done; *text; text += 2)
        mrse_buf_addf(out, " %s %s;", text[0], text[1]);
    for (text = cli_codes_failed; *text; text += 2)
        mrse_buf_addf(out, " %s %s%s", text[0], text[1], text[2] ? ";" : ".\n");
    mrse_buf_addf(out, "\nSource: %s\n", command->source);
}

void cli_help_markdown(mrse_buf *out)
{
    size_t i;

    mrse_buf_add(out, "# Commands\n\nMade by `mrse help --markdown`. Run the examples from the top "
                      "folder.\n");
    for (i = 0; i < cli_n_commands; i++)
        markdown_of_command(out, cli_commands[i]);
}

void cli_help_completion(mrse_buf *out)
{
    size_t i;

    mrse_buf_add(out, "# bash completion for mrse; made by 'mrse help --completion'\n"
                      "_mrse() {\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} options=\n"
                      "    COMPREPLY=()\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                      "        COMPREPLY=($(compgen -W '");
    for (i = 0; i < cli_n_commands; i++)
        mrse_buf_addf(out, "%s ", cli_commands[i]->name);
    mrse_buf_add(out, "--help --version' -- \"$word\"))\n"
                      "        return\n"
                      "    fi\n"
                      "    case $word in\n"
                      "    -*)\n"
                      "        options=$(\"${COMP_WORDS[0]}\" \"${COMP_WORDS[1]}\" --list-options "
                      "2>/dev/null)\n"
                      "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                      "        case ${COMPREPLY[0]-} in\n"
                      "        *=) compopt -o nospace ;;\n"
                      "        esac\n"
                      "        ;;\n"
                      "    *)\n"
                      "        compopt -o default\n"
                      "        ;;\n"
                      "    esac\n"
                      "}\n"
                      "complete -F _mrse mrse\n");
}

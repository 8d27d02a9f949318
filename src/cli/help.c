/* Help on a terminal, made from the command and option tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

enum { COLUMNS = 80, OPTION_COLUMN = 26 };

const char *const cli_codes_done[] = {"0", "it did its work", NULL};
const char *const cli_codes_failed[] = {
    "64", "wrong use of the command line", "65", "a file, or a number in it, is not acceptable",
    "70", "the computation failed",        "74", "reading or writing failed",
    NULL,
};

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

static size_t width_of(const char *text, size_t n)
{
    size_t i, width = 0;

    for (i = 0; i < n; i++)
        width += starts_character(text[i]);
    return width;
}

void cli_pad(mrse_buf *out, const char *text, size_t width)
{
    size_t used = width_of(text, strlen(text));

    mrse_buf_add(out, text);
    do
        mrse_buf_add(out, " ");
    while (++used < width);
}

static void indent_to(mrse_buf *out, size_t from, size_t to)
{
    while (from++ < to)
        mrse_buf_add(out, " ");
}

/* The first line is already at `column`; the others start at `indent`. */
void cli_wrap(mrse_buf *out, const char *text, size_t indent, size_t column)
{
    bool first = true;

    indent_to(out, column, indent);
    if (column < indent)
        column = indent;
    while (*text) {
        size_t n = strcspn(text, " "), width = width_of(text, n);

        if (!first && column + 1 + width > COLUMNS) {
            mrse_buf_add(out, "\n");
            indent_to(out, 0, indent);
            column = indent;
        } else if (!first) {
            mrse_buf_add(out, " ");
            column++;
        }
        mrse_buf_addn(out, text, n);
        column += width;
        text += n;
        text += strspn(text, " ");
        first = false;
    }
    mrse_buf_add(out, "\n");
}

static void option_line(mrse_buf *out, char letter, const char *name, const char *value,
                        const char *help)
{
    mrse_buf left = {0};
    size_t width;

    if (letter)
        mrse_buf_addf(&left, "  -%c, --%s", letter, name);
    else
        mrse_buf_addf(&left, "  --%s", name);
    if (value)
        mrse_buf_addf(&left, " %s", value);
    width = left.len;
    mrse_buf_add(out, mrse_buf_text(&left));
    if (left.status != MRSE_OK)
        out->status = left.status;
    mrse_buf_free(&left);
    if (width + 2 > OPTION_COLUMN) {
        mrse_buf_add(out, "\n");
        width = 0;
    }
    cli_wrap(out, help, OPTION_COLUMN, width);
}

static void codes(mrse_buf *out, const char *const *code)
{
    for (; *code; code += 2) {
        mrse_buf_add(out, "  ");
        cli_pad(out, code[0], 4);
        cli_wrap(out, code[1], 6, 6);
    }
}

void cli_help_text(mrse_buf *out, const cli_command *command)
{
    const char *const *text;
    size_t i;

    mrse_buf_addf(out, "mrse %s: ", command->name);
    cli_wrap(out, command->purpose, 2, strlen("mrse : ") + strlen(command->name));
    mrse_buf_add(out, "\nExamples\n");
    for (text = command->example; *text; text += 2) {
        mrse_buf_addf(out, "  %s\n", text[0]);
        cli_wrap(out, text[1], 6, 0);
    }
    mrse_buf_addf(out, "\nUsage: mrse %s %s\n\nOptions\n", command->name, command->usage);
    for (i = 0; i < command->n_opts; i++)
        option_line(out, command->opt[i].letter, command->opt[i].name, command->opt[i].value,
                    command->opt[i].help);
    option_line(out, 'h', "help", NULL, "this text");
    for (text = command->about; text && *text; text++) {
        mrse_buf_add(out, "\n");
        cli_wrap(out, *text, 0, 0);
    }
    mrse_buf_add(out, "\nExit codes\n");
    codes(out, command->codes ? command->codes : cli_codes_done);
    codes(out, cli_codes_failed);
    mrse_buf_add(out, "\nSource: ");
    cli_wrap(out, command->source, 2, strlen("Source: "));
}

void cli_help_overview(mrse_buf *out)
{
    size_t i;

    cli_wrap(out,
             "mrse computes what an implant meets in an MR scanner, compares it with the "
             "implant's MR conditions, and writes the working down. It informs a medical "
             "physicist's decision and approves nothing.",
             0, 0);
    mrse_buf_add(out, "\nExamples\n"
                      "  mrse field " CLI_SCANNER "\n"
                      "  mrse worksheet " CLI_CASE " -o out/worksheet --force\n"
                      "\nCommands\n");
    for (i = 0; i < cli_n_commands; i++) {
        mrse_buf_add(out, "  ");
        cli_pad(out, cli_commands[i]->name, 11);
        cli_wrap(out, cli_commands[i]->purpose, 13, 13);
    }
    mrse_buf_add(out, "\n");
    cli_wrap(out,
             "'mrse COMMAND --help' shows examples and options; every command has --json. "
             "'mrse --version' shows what it was built from.",
             0, 0);
}

void cli_help_options(mrse_buf *out, const cli_command *command)
{
    size_t i;

    for (i = 0; i < command->n_opts; i++)
        mrse_buf_addf(out, "--%s%s\n", command->opt[i].name,
                      command->opt[i].arg == CLI_FLAG ? "" : "=");
    mrse_buf_add(out, "--help\n");
}

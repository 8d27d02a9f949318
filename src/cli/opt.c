/* The command line: getopt_long over the option table of a command.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_internal.h"

enum { WORD_MAX = 96, FIRST_LONG = 256, HELP = 'h', LIST = 1 };

int cli_usage(cli_run *run, const char *field, const char *hint, const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    va_end(args);
    mrse_diag_place(mrse_diag_add(&run->diags, MRSE_SEV_ERROR, MRSE_ERR_ARG, "%s", text), NULL, 0,
                    0, field, hint);
    return CLI_USAGE;
}

static void option_name(char out[WORD_MAX], const cli_opt *opt)
{
    (void)snprintf(out, WORD_MAX, "--%s", opt->name);
}

typedef enum range { POSITIVE, NOT_NEGATIVE, ANY } range;

static bool in_range(double si, range allowed)
{
    return si > 0 || (si >= 0 && allowed == NOT_NEGATIVE) || allowed == ANY;
}

/* One number with its unit, of text[0..n). */
static bool read_one(cli_run *run, const cli_opt *opt, mrse_kind kind, range allowed,
                     const char *text, size_t n, double *si)
{
    char word[WORD_MAX], name[WORD_MAX];
    mrse_buf why = {0}, hint = {0};
    mrse_quantity quantity;
    mrse_status status;
    bool good;

    option_name(name, opt);
    while (n > 0 && text[0] == ' ')
        text++, n--;
    while (n > 0 && text[n - 1] == ' ')
        n--;
    if (n == 0 || n >= sizeof word) {
        (void)cli_usage(run, name, NULL, "a number with its unit is needed: %s", opt->value);
        return false;
    }
    memcpy(word, text, n);
    word[n] = '\0';
    status = mrse_quantity_read(word, kind, &quantity, &why, &hint);
    if (status != MRSE_OK)
        (void)cli_usage(run, name, mrse_buf_text(&hint), "%s", mrse_buf_text(&why));
    else if (!in_range(quantity.si, allowed))
        (void)cli_usage(run, name, NULL, "'%s' must be %s", word,
                        allowed == NOT_NEGATIVE ? "0 or more" : "more than 0");
    good = status == MRSE_OK && in_range(quantity.si, allowed);
    if (good)
        *si = quantity.si;
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return good;
}

static bool read_numbers(cli_run *run, const cli_opt *opt, const char *text)
{
    cli_numbers *to = opt->to.numbers;
    char name[WORD_MAX];
    size_t n;

    for (;; text += n + 1) {
        n = strcspn(text, ",");
        if (to->n == CLI_LIST) {
            option_name(name, opt);
            (void)cli_usage(run, name, NULL, "at most %d values", CLI_LIST);
            return false;
        }
        if (!read_one(run, opt, opt->kind, opt->zero ? NOT_NEGATIVE : POSITIVE, text, n,
                      &to->si[to->n]))
            return false;
        to->n++;
        if (text[n] == '\0')
            return true;
    }
}

/* "R, Z": distance from the axis, then place along it, which may be negative. */
static bool read_place(cli_run *run, const cli_opt *opt, const char *text)
{
    cli_places *to = opt->to.places;
    const char *comma = strchr(text, ',');
    char name[WORD_MAX];

    option_name(name, opt);
    if (!comma || strchr(comma + 1, ',')) {
        (void)cli_usage(run, name,
                        "write a distance from the axis and a place along it, as "
                        "\"0.2 m, -0.9 m\"",
                        "'%s' is not two lengths: %s", text, opt->value);
        return false;
    }
    if (to->n == CLI_LIST) {
        (void)cli_usage(run, name, NULL, "at most %d places", CLI_LIST);
        return false;
    }
    if (!read_one(run, opt, MRSE_KIND_LENGTH, NOT_NEGATIVE, text, (size_t)(comma - text),
                  &to->r_m[to->n]) ||
        !read_one(run, opt, MRSE_KIND_LENGTH, ANY, comma + 1, strlen(comma + 1), &to->z_m[to->n]))
        return false;
    to->n++;
    return true;
}

static bool read_text(cli_run *run, const cli_opt *opt, const char *text)
{
    char name[WORD_MAX];

    option_name(name, opt);
    if (text[0] == '\0' || !mrse_text_is_utf8(text, strlen(text))) {
        (void)cli_usage(run, name, NULL, "the value is %s", text[0] ? "not UTF-8 text" : "empty");
        return false;
    }
    if (opt->arg != CLI_TEXTS) {
        *opt->to.text = text;
        return true;
    }
    if (opt->to.texts->n == CLI_LIST) {
        (void)cli_usage(run, name, NULL, "at most %d times", CLI_LIST);
        return false;
    }
    opt->to.texts->text[opt->to.texts->n++] = text;
    return true;
}

static bool read_value(cli_run *run, const cli_opt *opt, const char *text)
{
    switch (opt->arg) {
    case CLI_FLAG:
        *opt->to.flag = true;
        return true;
    case CLI_TEXT:
    case CLI_TEXTS:
    case CLI_PATH:
        return read_text(run, opt, text);
    case CLI_QUANTITY:
        return read_one(run, opt, opt->kind, opt->zero ? NOT_NEGATIVE : POSITIVE, text,
                        strlen(text), opt->to.si);
    case CLI_NUMBERS:
        return read_numbers(run, opt, text);
    case CLI_PLACE:
        return read_place(run, opt, text);
    }
    return false;
}

/* getopt_long's tables out of ours. */
typedef struct tables {
    struct option names[CLI_OPTS + 3];
    char letters[2 * CLI_OPTS + 4];
} tables;

static void make_tables(const cli_command *command, tables *t)
{
    static const struct option none;
    struct option *name = t->names;
    char *letter = t->letters;
    size_t i;

    *letter++ = ':'; /* a missing value is told apart from an unknown option */
    *letter++ = HELP;
    *name = none;
    name->name = "help";
    name++->val = HELP;
    *name = none;
    name->name = "list-options";
    name++->val = LIST;
    for (i = 0; i < command->n_opts && i < CLI_OPTS; i++) {
        const cli_opt *opt = &command->opt[i];

        *name = none;
        name->name = opt->name;
        name->has_arg = opt->arg == CLI_FLAG ? no_argument : required_argument;
        name++->val = FIRST_LONG + (int)i;
        if (opt->letter) {
            *letter++ = opt->letter;
            if (opt->arg != CLI_FLAG)
                *letter++ = ':';
        }
    }
    *name = none;
    *letter = '\0';
}

static const cli_opt *option_of(const cli_command *command, int c)
{
    size_t i;

    for (i = 0; i < command->n_opts; i++)
        if (c == FIRST_LONG + (int)i || (c == command->opt[i].letter && c != 0))
            return &command->opt[i];
    return NULL;
}

static void unknown_option(cli_run *run, const char *word)
{
    const char *names[CLI_OPTS + 1] = {"help"};
    char text[WORD_MAX];
    size_t n = 1, i;

    for (i = 0; i < run->command->n_opts && n <= CLI_OPTS; i++)
        names[n++] = run->command->opt[i].name;
    mrse_text_copy(text, sizeof text, word + (strncmp(word, "--", 2) == 0 ? 2 : 0));
    text[strcspn(text, "=")] = '\0';
    (void)cli_unknown(run, "option", text, names, n);
}

static void complain(cli_run *run, int c, char **argv)
{
    const cli_opt *opt = optopt ? option_of(run->command, optopt) : NULL;
    char name[WORD_MAX] = "--help";

    if (opt)
        option_name(name, opt);
    if (c == ':' && opt)
        (void)cli_usage(run, name, NULL, "a value is missing: %s", opt->value);
    else if (opt || optopt == HELP || optopt == LIST)
        (void)cli_usage(run, name, NULL, "takes no value");
    else if (optopt)
        (void)cli_usage(run, NULL, NULL, "unknown option '-%c'", optopt);
    else
        unknown_option(run, argv[optind - 1]);
}

static bool check_arguments(cli_run *run)
{
    const cli_command *command = run->command;
    char usage[128];
    size_t i;

    for (i = 0; i < run->n_args; i++)
        if (!mrse_text_is_utf8(run->arg[i], strlen(run->arg[i]))) {
            /* it would end up in JSON, which must be UTF-8 */
            (void)cli_usage(run, NULL, "rename the file", "argument %zu is not UTF-8 text", i + 1);
            return false;
        }

    (void)snprintf(usage, sizeof usage, "usage: mrse %s %s", command->name, command->usage);
    if (run->n_args < command->min_args)
        (void)cli_usage(run, NULL, usage, "mrse %s needs %s", command->name,
                        command->min_args == 1 ? "an argument" : "more arguments");
    else if (run->n_args > command->max_args)
        (void)cli_usage(run, NULL, usage, "'%s' is one argument too many",
                        run->arg[command->max_args]);
    else
        return true;
    return false;
}

cli_parsed cli_parse(cli_run *run, int argc, char **argv)
{
    const cli_opt *opt;
    tables t;
    int c;

    memset(&t, 0, sizeof t);
    make_tables(run->command, &t);
    /* with it, options after a file name would be file names */
    (void)unsetenv("POSIXLY_CORRECT");
    opterr = 0;
    while ((c = getopt_long(argc, argv, t.letters, t.names, NULL)) != -1) {
        if (c == HELP)
            return CLI_SHOW_HELP;
        if (c == LIST)
            return CLI_SHOW_OPTIONS;
        opt = c == '?' || c == ':' ? NULL : option_of(run->command, c);
        if (!opt)
            complain(run, c, argv);
        else
            (void)read_value(run, opt, optarg ? optarg : "");
    }
    run->arg = (const char *const *)argv + optind;
    run->n_args = (size_t)(argc - optind);
    if (run->diags.errors > 0 || !check_arguments(run))
        return CLI_WRONG;
    return CLI_GO;
}

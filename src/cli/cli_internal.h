/* What the files of the program share: commands, their options, and where output goes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CLI_INTERNAL_H
#define MRSE_CLI_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "mrse/mrse.h"

/* Exit codes; 0, 1 and 2 are the answer of assess and verify. Stable: scripts rely on them. */
enum { CLI_DONE = 0, CLI_USAGE = 64, CLI_INPUT = 65, CLI_NUMERIC = 70, CLI_IO = 74 };

enum { CLI_LIST = 64, CLI_OPTS = 16 };

/* What the examples of every help page use; the tests run them. */
#define CLI_SCANNER "scanners/reference-m15.yaml"
#define CLI_CASE    "examples/cochlear-implant/case.yaml"

typedef struct cli_numbers {
    size_t n;
    double si[CLI_LIST];
} cli_numbers;

typedef struct cli_places { /* "R, Z" each */
    size_t n;
    double r_m[CLI_LIST], z_m[CLI_LIST];
} cli_places;

typedef struct cli_texts {
    size_t n;
    const char *text[CLI_LIST];
} cli_texts;

typedef enum cli_arg {
    CLI_FLAG,     /* no value */
    CLI_TEXT,     /* any text */
    CLI_TEXTS,    /* any text; may be given again */
    CLI_PATH,     /* a file or folder */
    CLI_QUANTITY, /* one number with its unit */
    CLI_NUMBERS,  /* several, separated by commas */
    CLI_PLACE,    /* "R, Z"; may be given again unless the help says otherwise */
} cli_arg;

/* One option: parsing, help, man page, completion and Markdown are all made from this. */
typedef struct cli_opt {
    const char *name; /* long name, without dashes */
    char letter;      /* short name; 0: none */
    cli_arg arg;
    mrse_kind kind; /* of quantities and numbers */
    bool zero;      /* of quantities and numbers: 0 is allowed; negative never is */
    union {
        bool *flag;
        const char **text; /* also paths */
        cli_texts *texts;
        double *si;
        cli_numbers *numbers;
        cli_places *places;
    } to;
    const char *value; /* what help calls the value: "LIMIT" */
    const char *help;  /* one sentence, with unit */
} cli_opt;

/* The macros check the type of the variable. */
#define CLI_OPT_FLAG(name, letter, var, help)                                                      \
    {                                                                                              \
        name, letter, CLI_FLAG, MRSE_KIND_NONE, false, {.flag = (var)}, NULL, help                 \
    }
#define CLI_OPT_TEXT(name, letter, var, value, help)                                               \
    {                                                                                              \
        name, letter, CLI_TEXT, MRSE_KIND_NONE, false, {.text = (var)}, value, help                \
    }
#define CLI_OPT_TEXTS(name, var, value, help)                                                      \
    {                                                                                              \
        name, 0, CLI_TEXTS, MRSE_KIND_NONE, false, {.texts = (var)}, value, help                   \
    }
#define CLI_OPT_EXPLAIN(var)                                                                       \
    CLI_OPT_FLAG(                                                                                  \
        "explain", 0, var,                                                                         \
        "also print the working, step by step: what was given, formulas with the numbers "         \
        "put in, each method in full")
#define CLI_OPT_PATH(name, letter, var, value, help)                                               \
    {                                                                                              \
        name, letter, CLI_PATH, MRSE_KIND_NONE, false, {.text = (var)}, value, help                \
    }
#define CLI_OPT_QUANTITY(name, kind, var, value, help)                                             \
    {                                                                                              \
        name, 0, CLI_QUANTITY, kind, false, {.si = (var)}, value, help                             \
    }
#define CLI_OPT_NUMBERS(name, kind, zero, var, value, help)                                        \
    {                                                                                              \
        name, 0, CLI_NUMBERS, kind, zero, {.numbers = (var)}, value, help                          \
    }
#define CLI_OPT_PLACE(name, var, value, help)                                                      \
    {                                                                                              \
        name, 0, CLI_PLACE, MRSE_KIND_LENGTH, true, {.places = (var)}, value, help                 \
    }

typedef struct cli_run cli_run;

typedef struct cli_command {
    const char *name, *purpose;
    const char *usage;          /* what follows the name: "SCANNER [OPTION]..." */
    const char *const *example; /* command, explanation, ..., NULL; each runs from the top folder */
    const char *const *about;   /* paragraphs, ending with NULL */
    const cli_opt *opt;
    size_t n_opts;
    size_t min_args, max_args;
    const char *const *codes; /* own exit codes: "0", meaning, ..., NULL; NULL: did its work */
    const char *source;       /* where the method is described */
    int (*run)(cli_run *run);
} cli_command;

struct cli_run {
    const cli_command *command;
    const char *const *argv; /* the whole command line, ending with NULL */
    const char *const *arg;  /* what is left of it after the options */
    size_t n_args;
    mrse_buf out; /* standard output: written once, at the end, so that nothing half-made appears */
    mrse_diags diags;
};

extern const cli_command *const cli_commands[];
extern const size_t cli_n_commands;
extern const cli_command cli_field, cli_survey, cli_sequence, cli_dicom, cli_assess, cli_worksheet,
    cli_verify, cli_check, cli_units, cli_methods, cli_selftest, cli_portfolio, cli_modify,
    cli_object, cli_help;

const cli_command *cli_command_find(const char *name);
/* Report an unknown name with its nearest neighbour and the list of what there is. */
int cli_unknown(cli_run *run, const char *what, const char *word, const char *const *names,
                size_t n);
int cli_unknown_command(cli_run *run, const char *word);

/* opt.c: read the command line into the variables of the option table. */
typedef enum cli_parsed { CLI_GO, CLI_WRONG, CLI_SHOW_HELP, CLI_SHOW_OPTIONS } cli_parsed;
cli_parsed cli_parse(cli_run *run, int argc, char **argv);
/* A mistake in the command line; returns CLI_USAGE. `field` may be NULL. */
int cli_usage(cli_run *run, const char *field, const char *hint, const char *format, ...)
    MRSE_PRINTF(4, 5);

/* help.c and manual.c: views of the tables. */
extern const char *const cli_codes_done[], *const cli_codes_failed[];
void cli_help_text(mrse_buf *out, const cli_command *command);
void cli_help_overview(mrse_buf *out);
void cli_help_options(mrse_buf *out, const cli_command *command);
void cli_help_man(mrse_buf *out, const cli_command *command); /* NULL: mrse itself */
void cli_help_markdown(mrse_buf *out);
void cli_help_completion(mrse_buf *out);
void cli_wrap(mrse_buf *out, const char *text, size_t indent, size_t column);
void cli_pad(mrse_buf *out, const char *text, size_t width); /* counts characters, not bytes */

/* out.c: exit codes, diagnostics, colour, JSON, dates. */
int cli_code_of(mrse_status status);
/* The same for the end of a command: a failure gets a message, and nothing of the output stays. */
int cli_code(cli_run *run, mrse_status status);
int cli_finish(cli_run *run, int code);
int cli_print_json(cli_run *run, json_t *json); /* steals json */
/* "X, Y, Z" from isocentre with a standard uncertainty, for dB/dt there; CLI_DONE or a usage error. */
int cli_magnet_place(cli_run *run, const char *text, double u_m, const char *scanner,
                     double place_m[3], double u_place_m[3]);
/* A record as text, with --explain followed by its working, or as JSON. */
mrse_status cli_print_record(cli_run *run, const mrse_record *record, bool json, bool explain);
/* Who and when; the only place of the program that looks at the clock. */
typedef struct cli_now {
    char date[MRSE_DATE_TEXT];
    mrse_making making;
} cli_now;
mrse_status cli_making(cli_run *run, const char *author, const char *date, cli_now *now);

/* `-o out/hip` works when `out` is not there yet: that one folder is made, and goes again when the
 * command fails. Returns its name, which cli_parent_settle takes; NULL when nothing was made. */
char *cli_parent_make(const char *folder);
void cli_parent_settle(char *made, bool keep);

/* check_diff.c: two revisions of a file, and the worksheets below `records` (may be NULL) that rest on
 * the first. */
int cli_check_diff(cli_run *run, const char *records, bool json);

/* case_*.c: the runner of .case files. */
typedef struct cli_embedded {
    const char *name;
    const char *const *line; /* each with its newline */
    size_t n_lines;
} cli_embedded;
extern const cli_embedded cli_cases[]; /* made from tests/cases by tools/embed.awk */
extern const size_t cli_n_cases;
extern const cli_embedded cli_rules[]; /* made from src/portfolio, the newest last */
extern const size_t cli_n_rules;

#endif

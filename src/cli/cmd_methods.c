/* mrse methods: how each number is computed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

enum { NAMES = 128 };

static struct {
    bool json, markdown;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG("json", 0, &opt.json, "print as JSON"),
    CLI_OPT_FLAG("markdown", 0, &opt.markdown, "print as Markdown: docs/methods.md"),
};

static const char *const examples[] = {
    "mrse methods",
    "list the methods; a worksheet names one of them beside every number",
    "mrse methods decision-rule",
    "one method in full: formula, validity, accuracy, source, test",
    NULL,
};

static json_t *json_of(const mrse_method *m)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", m->id, "text", m->text, "formula",
                     m->formula, "valid", m->valid, "accuracy", m->accuracy, "source", m->source,
                     "test", m->test);
}

/* One method, or all of them when `one` is NULL. */
static int print_json(cli_run *run, const mrse_method *one)
{
    json_t *list = json_array();
    bool failed = false;
    const mrse_method *method;
    int code;

    for (size_t i = 0; (method = one ? one : mrse_method_at(i)) != NULL; i++) {
        failed = json_array_append_new(list, json_of(method)) != 0 || failed;
        if (one)
            break;
    }
    code =
        cli_print_json(run, json_pack("{s:s, s:o}", "schema", "mrse/methods/1", "methods", list));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

static void field(mrse_buf *out, const char *name, const char *text)
{
    if (opt.markdown) {
        mrse_buf_addf(out, "- **%s:** %s\n", name, text);
        return;
    }
    mrse_buf_add(out, "  ");
    cli_pad(out, name, 10);
    cli_wrap(out, text, 12, 12);
}

static void print_full(mrse_buf *out, const mrse_method *method)
{
    if (opt.markdown) {
        mrse_buf_addf(out, "\n## %s\n\n%s.\n\n", method->id, method->text);
    } else {
        mrse_buf_addf(out, "%s: ", method->id);
        cli_wrap(out, method->text, 2, strlen(method->id) + 2);
    }
    field(out, "Formula", method->formula);
    field(out, "Valid", method->valid);
    field(out, "Accuracy", method->accuracy);
    field(out, "Source", method->source);
    field(out, "Test", method->test);
}

static void print_all(mrse_buf *out)
{
    const mrse_method *method;

    if (opt.markdown)
        mrse_buf_add(out,
                     "# Methods\n\nMade by `mrse methods --markdown`. A worksheet names one of "
                     "these beside every number that it computes.\n");
    for (size_t i = 0; (method = mrse_method_at(i)) != NULL; i++) {
        if (opt.markdown) {
            print_full(out, method);
            continue;
        }
        cli_pad(out, method->id, 24);
        cli_wrap(out, method->text, 24, 24);
    }
}

static int run_methods(cli_run *run)
{
    const mrse_method *method, *one = NULL;
    const char *names[NAMES];
    size_t i;

    if (run->n_args == 1) {
        one = mrse_method_find(run->arg[0]);
        for (i = 0; i < NAMES && (method = mrse_method_at(i)) != NULL; i++)
            names[i] = method->id;
        if (!one)
            return cli_unknown(run, "method", run->arg[0], names, i);
    }
    if (opt.json)
        return print_json(run, one);
    if (one)
        print_full(&run->out, one);
    else
        print_all(&run->out);
    return CLI_DONE;
}

const cli_command cli_methods = {
    .name = "methods",
    .purpose = "say how each number is computed: formula, validity, accuracy, source and test",
    .usage = "[METHOD] [OPTION]...",
    .example = examples,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .max_args = 1,
    .source = "each method names its own",
    .run = run_methods,
};

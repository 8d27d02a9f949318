/* mrse units: the units that files and options may use, and conversions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

enum { NAMES = 160, FEWEST_DIGITS = 3, MOST_DIGITS = 9 };

static struct {
    bool json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print as JSON"),
};

static const char *const examples[] = {
    "mrse units",
    "every unit, and every kind of quantity with the units it is stored and printed in",
    "mrse units \"720 G/cm\"",
    "one quantity in all units of its dimension",
    "mrse units \"720 G/cm\" T/m",
    "one conversion",
    NULL,
};

static const char *const about[] = {
    "Spellings are exact: 'G' is gauss and 'g' is gram, 'mT' is millitesla and there is no 'MT'. "
    "ASCII spellings are always accepted: uT for \xC2\xB5T, T2/m for T\xC2\xB2/m, deg for "
    "\xC2\xB0.",
    NULL,
};

static bool is_alias(const mrse_unit *unit)
{
    return strncmp(unit->note, "the same", 8) == 0;
}

/* --- the table ------------------------------------------------------------------------------ */

static json_t *json_of_kind(const mrse_kind_info *kind)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", kind->id, "name", kind->name, "symbol",
                     kind->symbol, "dimension", kind->dim, "si", kind->si, "also", kind->custom);
}

static int print_table_json(cli_run *run)
{
    json_t *units = json_array(), *kinds = json_array();
    bool failed = false;
    size_t n, i;
    const mrse_unit *unit = mrse_units_table(&n);
    int code, k;

    for (i = 0; i < n; i++)
        failed =
            json_array_append_new(units, json_pack("{s:s, s:s, s:f, s:s}", "unit", unit[i].text,
                                                   "dimension", unit[i].dim, "to_si", unit[i].to_si,
                                                   "note", unit[i].note)) != 0 ||
            failed;
    for (k = MRSE_KIND_NONE + 1; k < MRSE_KIND_COUNT; k++)
        failed =
            json_array_append_new(kinds, json_of_kind(mrse_kind_get((mrse_kind)k))) != 0 || failed;
    code = cli_print_json(run, json_pack("{s:s, s:o, s:o}", "schema", "mrse/units/1", "units",
                                         units, "kinds", kinds));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

static void print_table(mrse_buf *out)
{
    size_t n, i;
    const mrse_unit *unit = mrse_units_table(&n);
    int k;

    cli_pad(out, "unit", 11);
    cli_pad(out, "dimension", 26);
    mrse_buf_add(out, "note\n");
    for (i = 0; i < n; i++) {
        cli_pad(out, unit[i].text, 11);
        cli_pad(out, unit[i].dim, 26);
        mrse_buf_addf(out, "%s\n", unit[i].note[0] ? unit[i].note : "SI");
    }
    mrse_buf_add(out, "\n");
    cli_pad(out, "kind", 18);
    cli_pad(out, "what", 28);
    cli_pad(out, "symbol", 12);
    cli_pad(out, "SI", 8);
    mrse_buf_add(out, "also\n");
    for (k = MRSE_KIND_NONE + 1; k < MRSE_KIND_COUNT; k++) {
        const mrse_kind_info *kind = mrse_kind_get((mrse_kind)k);

        cli_pad(out, kind->id, 18);
        cli_pad(out, kind->name, 28);
        cli_pad(out, kind->symbol, 12);
        cli_pad(out, kind->si, 8);
        mrse_buf_addf(out, "%s\n", kind->custom[0] ? kind->custom : "-");
    }
}

/* --- one quantity --------------------------------------------------------------------------- */

static mrse_kind kind_of_dim(const char *dim)
{
    int k;

    for (k = MRSE_KIND_NONE + 1; k < MRSE_KIND_COUNT; k++)
        if (strcmp(mrse_kind_get((mrse_kind)k)->dim, dim) == 0)
            return (mrse_kind)k;
    return MRSE_KIND_NONE;
}

static int bad_input(cli_run *run, const char *why, const char *hint)
{
    mrse_diag_place(mrse_diag_add(&run->diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s", why), NULL, 0,
                    0, NULL, hint);
    return CLI_INPUT;
}

static int unknown_unit(cli_run *run, const char *word)
{
    const char *names[NAMES], *nearest;
    mrse_buf why = {0}, hint = {0};
    size_t n, i;
    const mrse_unit *unit = mrse_units_table(&n);

    for (i = 0; i < n && i < NAMES; i++)
        names[i] = unit[i].text;
    nearest = mrse_text_nearest(word, names, i);
    mrse_buf_addf(&why, "'%s' is not a known unit", word);
    if (word[0] == ',')
        mrse_buf_add(&hint, "write '.' as decimal mark; ");
    else if (nearest)
        mrse_buf_addf(&hint, "did you mean '%s'? ", nearest);
    mrse_buf_add(&hint, "'mrse units' lists them");
    (void)bad_input(run, mrse_buf_text(&why), mrse_buf_text(&hint));
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return CLI_INPUT;
}

/* Nothing says which kind is meant, so the unit decides. Returns CLI_DONE or an exit code. */
static int read_quantity(cli_run *run, const char *text, mrse_quantity *quantity)
{
    const char *unit_text = text + strspn(text, "+-.0123456789");
    const mrse_unit *unit;
    mrse_buf why = {0}, hint = {0};
    mrse_kind kind;
    int code = CLI_DONE;

    if ((unit_text[0] == 'e' || unit_text[0] == 'E') && unit_text > text &&
        strspn(unit_text + 1, "+-0123456789") > 0)
        unit_text += 1 + strspn(unit_text + 1, "+-0123456789");
    unit_text += strspn(unit_text, " ");
    if (unit_text > text && !*unit_text)
        return bad_input(run, "a bare number: a number needs its unit",
                         "write \"720 G/cm\"; 'mrse units' lists the units");
    unit = mrse_unit_find(unit_text);
    if (!unit && unit_text > text)
        return unknown_unit(run, unit_text);
    kind = unit ? kind_of_dim(unit->dim) : MRSE_KIND_SFG;
    if (mrse_quantity_read(text, kind, quantity, &why, &hint) != MRSE_OK)
        code = bad_input(run, mrse_buf_text(&why), mrse_buf_text(&hint));
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return code;
}

/* As many digits as were typed: a conversion adds no knowledge. */
static int digits_of(const char *text)
{
    int n = 0;

    text += strspn(text, "+-0.");
    for (; *text && strchr("0123456789.", *text); text++)
        n += *text != '.';
    return n < FEWEST_DIGITS ? FEWEST_DIGITS : n > MOST_DIGITS ? MOST_DIGITS : n;
}

static void print_kinds(mrse_buf *out, const char *dim)
{
    const char *between = "kinds that carry it: ";
    int k;

    for (k = MRSE_KIND_NONE + 1; k < MRSE_KIND_COUNT; k++) {
        const mrse_kind_info *kind = mrse_kind_get((mrse_kind)k);

        if (strcmp(kind->dim, dim) != 0)
            continue;
        mrse_buf_addf(out, "%s%s (%s)", between, kind->name, kind->id);
        between = ", ";
    }
    mrse_buf_add(out, "\n");
}

static void print_in(mrse_buf *out, double si, const mrse_unit *unit, int digits)
{
    mrse_buf_num(out, si / unit->to_si, digits);
    mrse_buf_addf(out, " %s", unit->text);
}

static const mrse_unit *base_unit(const char *dim)
{
    return mrse_unit_find(mrse_kind_get(kind_of_dim(dim))->si);
}

/* The working of a conversion: through the SI unit of the dimension. */
static void explain(mrse_buf *out, const char *text, const mrse_quantity *quantity,
                    const mrse_unit *to)
{
    const mrse_unit *from = quantity->unit;

    mrse_buf_addf(out, "  %s x ", text);
    mrse_buf_num(out, from->to_si, MOST_DIGITS);
    mrse_buf_addf(out, " = ");
    mrse_buf_num(out, quantity->si, MOST_DIGITS);
    mrse_buf_addf(out, " %s   (%s)\n", base_unit(from->dim)->text,
                  from->note[0] ? from->note : "the SI unit itself");
    if (to) {
        mrse_buf_add(out, "  divided by ");
        mrse_buf_num(out, to->to_si, MOST_DIGITS);
        mrse_buf_add(out, " = ");
        print_in(out, quantity->si, to, MOST_DIGITS);
        mrse_buf_addf(out, "   (%s)\n", to->note[0] ? to->note : "the SI unit itself");
    }
    mrse_buf_add(out, "  source: BIPM, The International System of Units (SI), 9th edition, 2019; "
                      "mrse methods unit-conversion\n");
}

static int print_quantity(cli_run *run, const char *text, const mrse_quantity *quantity)
{
    size_t n, i;
    const mrse_unit *unit = mrse_units_table(&n);
    json_t *list;
    bool failed = false;
    int code;

    if (!opt.json) {
        mrse_buf_addf(&run->out, "%s (%s)\n", text, quantity->unit->dim);
        for (i = 0; i < n; i++) {
            if (strcmp(unit[i].dim, quantity->unit->dim) != 0 || is_alias(&unit[i]))
                continue;
            mrse_buf_add(&run->out, "  = ");
            print_in(&run->out, quantity->si, &unit[i], digits_of(text));
            mrse_buf_add(&run->out, "\n");
        }
        print_kinds(&run->out, quantity->unit->dim);
        if (opt.explain)
            explain(&run->out, text, quantity, NULL);
        return CLI_DONE;
    }
    list = json_array();
    for (i = 0; i < n; i++)
        if (strcmp(unit[i].dim, quantity->unit->dim) == 0 && !is_alias(&unit[i]))
            failed = json_array_append_new(list, json_pack("{s:f, s:s}", "value",
                                                           quantity->si / unit[i].to_si, "unit",
                                                           unit[i].text)) != 0 ||
                     failed;
    code = cli_print_json(run,
                          json_pack("{s:s, s:s, s:s, s:o}", "schema", "mrse/quantity/1", "quantity",
                                    text, "dimension", quantity->unit->dim, "values", list));
    return failed ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

/* Both sides in base units show at once what does not fit: the habit of units(1). */
static int wrong_dimension(cli_run *run, const char *text, const mrse_quantity *quantity,
                           const mrse_unit *to)
{
    const mrse_unit *base = base_unit(quantity->unit->dim), *to_base = base_unit(to->dim);
    mrse_buf why = {0}, hint = {0};

    mrse_buf_addf(&why, "cannot convert a %s to a %s", quantity->unit->dim, to->dim);
    mrse_buf_addf(&hint, "%s = ", text);
    print_in(&hint, quantity->si, base ? base : quantity->unit, digits_of(text));
    mrse_buf_addf(&hint, ", but 1 %s = ", to->text);
    print_in(&hint, to->to_si, to_base ? to_base : to, FEWEST_DIGITS);
    (void)bad_input(run, mrse_buf_text(&why), mrse_buf_text(&hint));
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return CLI_INPUT;
}

static int convert(cli_run *run, const char *text, const mrse_quantity *quantity, const char *name)
{
    const mrse_unit *to = mrse_unit_find(name);

    if (!to)
        return unknown_unit(run, name);
    if (strcmp(to->dim, quantity->unit->dim) != 0)
        return wrong_dimension(run, text, quantity, to);
    if (opt.json)
        return cli_print_json(run, json_pack("{s:s, s:s, s:f, s:s}", "schema", "mrse/quantity/1",
                                             "quantity", text, "value", quantity->si / to->to_si,
                                             "unit", to->text));
    print_in(&run->out, quantity->si, to, digits_of(text));
    mrse_buf_add(&run->out, "\n");
    if (opt.explain)
        explain(&run->out, text, quantity, to);
    return CLI_DONE;
}

static int run_units(cli_run *run)
{
    mrse_quantity quantity = {0};
    int code;

    if (run->n_args == 0) {
        if (opt.json)
            return print_table_json(run);
        print_table(&run->out);
        return CLI_DONE;
    }
    code = read_quantity(run, run->arg[0], &quantity);
    if (code != CLI_DONE)
        return code;
    if (run->n_args == 2)
        return convert(run, run->arg[0], &quantity, run->arg[1]);
    return print_quantity(run, run->arg[0], &quantity);
}

const cli_command cli_units = {
    .name = "units",
    .purpose = "list the units that files and options may use, or convert a quantity",
    .usage = "[QUANTITY [UNIT]] [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .max_args = 2,
    .source = "mrse methods unit-conversion",
    .run = run_units,
};

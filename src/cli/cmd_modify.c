/* mrse modify: which changes of a sequence meet its limits, and what each costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli_internal.h"

enum { WIDTH = 110, LIMITS = 8, WORD = 64 };

static struct {
    cli_texts limit, range;
    const char *keep, *scanner, *at;
    double u_m;
    bool json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_TEXTS("limit", &opt.limit, "LIMIT",
                  "what must hold, with U = 2u: \"B1+rms <= 2.0 uT\"; also peak B1+, whole-body "
                  "SAR, head SAR, dB/dt (T/s), slew (T/m/s), stimulation (%), scan time; may be "
                  "given again"),
    CLI_OPT_TEXT("keep", 0, &opt.keep, "NAMES",
                 "what must stay as it is: TR, TE, ETL, refocusing, slices, concatenations, "
                 "rf-duration, bandwidth, slew, averages"),
    CLI_OPT_TEXTS("range", &opt.range, "RANGE",
                  "how far something may go: \"refocusing 90 deg to 150 deg\"; may be given again"),
    CLI_OPT_PATH("scanner", 0, &opt.scanner, "FILE",
                 "the scanner file: its gradients, and the site's pairs of B1+rms and SAR"),
    CLI_OPT_TEXT("at", 0, &opt.at, "\"X, Y, Z\"",
                 "an implant's place in the magnet, from isocentre: across, up, along the bore (m, "
                 "cm, mm); for dB/dt there"),
    CLI_OPT_QUANTITY("u", MRSE_KIND_LENGTH, &opt.u_m, "LENGTH",
                     "standard uncertainty of each of X, Y, Z (mm, cm)"),
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print as JSON, in SI units with 9 digits"),
};

static const char *const examples[] = {
    "mrse modify examples/tse-b1rms/before.yaml --limit \"B1+rms <= 2.0 uT\"",
    "settings that meet a label's limit, by what they cost in time, signal and contrast",
    "mrse modify examples/tse-b1rms/before.yaml --limit \"B1+rms <= 2.0 uT\" --limit \"scan time "
    "<= "
    "6 min\" --keep TE,ETL --range \"refocusing 100 deg to 180 deg\"",
    "with a second limit, some parameters kept, and a range of our own",
    NULL,
};

static const char *const about[] = {
    "SEQUENCE is a sequence/1 file. Every parameter that is not kept is varied over its range (TR "
    "up "
    "to 4 times, refocusing 60 to 180 deg, ETL half to one and a half times, concatenations, RF "
    "duration up to twice, bandwidth, slew, averages), with what follows from it for echo spacing, "
    "TE "
    "and time. Settings that meet every limit are shown as a front: none of them is beaten by "
    "another "
    "in scan time, signal and contrast at once. The expert chooses, and the console has the last "
    "word.",
    "When nothing meets the limits it says which of them binds, and what would have to give.",
    NULL,
};

typedef struct work {
    mrse_protocol *protocol;
    mrse_scanner *scanner;
    mrse_limit limit[LIMITS];
    mrse_search search;
    mrse_search_result result;
} work;

/* How people call what a limit is about. */
static const struct {
    const char *name;
    mrse_kind kind;
} named[] = {
    {"B1+rms", MRSE_KIND_B1_RMS},
    {"peak B1+", MRSE_KIND_B1_PEAK},
    {"whole-body SAR", MRSE_KIND_SAR_WHOLE_BODY},
    {"partial-body SAR", MRSE_KIND_SAR_PARTIAL_BODY},
    {"head SAR", MRSE_KIND_SAR_HEAD},
    {"local SAR", MRSE_KIND_SAR_LOCAL},
    {"dB/dt", MRSE_KIND_DBDT_PEAK},
    {"slew", MRSE_KIND_SLEW_SEQUENCE},
    {"stimulation", MRSE_KIND_RATIO},
    {"scan time", MRSE_KIND_TIME},
};

static mrse_kind kind_named(const char *word)
{
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (strcmp(named[i].name, word) == 0)
            return named[i].kind;
    return MRSE_KIND_NONE;
}

static int unknown_kind(cli_run *run, const char *word)
{
    const char *names[sizeof named / sizeof named[0]];

    if (strcmp(word, "SAR") == 0)
        return cli_usage(run, "--limit",
                         "write 'whole-body SAR', 'head SAR', 'partial-body SAR' or "
                         "'local SAR'",
                         "which SAR is meant is not said");
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        names[i] = named[i].name;
    return cli_unknown(run, "limit on", word, names, sizeof names / sizeof names[0]);
}

/* "TR" and "tr" are the same parameter. */
static bool parameter_named(char *word, mrse_search_parameter *out)
{
    for (char *c = word; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return mrse_search_parameter_from_text(word, out);
}

/* The words before the relation, without blanks at the end. */
static void words_before(char out[WORD], const char *text, size_t n)
{
    while (n > 0 && text[n - 1] == ' ')
        n--;
    mrse_text_copy(out, n + 1 < WORD ? n + 1 : WORD, text);
}

/* "B1+rms <= 2.0 uT" */
static int read_limit(cli_run *run, const char *text, mrse_limit *out)
{
    char word[WORD];
    mrse_quantity q;
    mrse_buf why = {0}, hint = {0};
    const char *relation = strchr(text, '<');

    if (!relation)
        return cli_usage(run, "--limit", "write it as \"B1+rms <= 2.0 uT\"",
                         "'%s' has no '<=' or '<'", text);
    words_before(word, text, (size_t)(relation - text));
    mrse_kind kind = kind_named(word);
    if (kind == MRSE_KIND_NONE)
        return unknown_kind(run, word);
    out->op = relation[1] == '=' ? MRSE_OP_LE : MRSE_OP_LT;
    const char *number = relation + (relation[1] == '=' ? 2 : 1);
    number += strspn(number, " ");
    int code = CLI_DONE;
    if (mrse_quantity_read(number, kind, &q, &why, &hint) != MRSE_OK)
        code = cli_usage(run, "--limit", mrse_buf_text(&hint), "%s", mrse_buf_text(&why));
    else if (!(q.si > 0.0))
        code = cli_usage(run, "--limit", NULL, "'%s' must be more than 0", number);
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    out->value = mrse_value_computed(q.si, 0.0, kind, "");
    out->value.origin = MRSE_ORIGIN_ASSUMED; /* stated on the command line */
    out->value.basis = MRSE_BASIS_DECLARED;
    mrse_text_copy(out->value.printed, sizeof out->value.printed, number);
    return code;
}

static int unknown_parameter(cli_run *run, const char *word)
{
    const char *names[MRSE_SEARCH_PARAMETERS];

    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        names[i] = mrse_search_parameter_text((mrse_search_parameter)i);
    return cli_unknown(run, "parameter", word, names, MRSE_SEARCH_PARAMETERS);
}

static int read_keep(cli_run *run, mrse_search *search)
{
    const char *text = opt.keep;

    while (text && *text) {
        char word[WORD];
        mrse_search_parameter p;
        text += strspn(text, " ");
        size_t n = strcspn(text, ",");
        words_before(word, text, n);
        if (!parameter_named(word, &p))
            return unknown_parameter(run, word);
        search->range[p].kept = true;
        text += n + (text[n] == ',');
    }
    return CLI_DONE;
}

/* What a number of this parameter is read as; NONE: a plain number. */
static mrse_kind kind_of(mrse_search_parameter p)
{
    switch (p) {
    case MRSE_SEARCH_TR:
    case MRSE_SEARCH_TE:
        return MRSE_KIND_TIME;
    case MRSE_SEARCH_REFOCUSING:
        return MRSE_KIND_ANGLE;
    case MRSE_SEARCH_BANDWIDTH:
        return MRSE_KIND_FREQUENCY;
    default:
        return MRSE_KIND_NONE;
    }
}

static bool read_end(const char *text, size_t n, mrse_kind kind, double *out)
{
    char word[WORD];
    mrse_quantity q;

    words_before(word, text, n);
    if (kind == MRSE_KIND_NONE)
        return mrse_text_read_num(word, strlen(word), out, NULL) == MRSE_OK;
    if (mrse_quantity_read(word, kind, &q, NULL, NULL) != MRSE_OK)
        return false;
    *out = q.si;
    return true;
}

/* "refocusing 90 deg to 150 deg" */
static int read_range(cli_run *run, const char *text, mrse_search *search)
{
    char word[WORD];
    mrse_search_parameter p;
    double low, high;
    size_t n = strcspn(text, " ");
    const char *from = text + n + strspn(text + n, " "), *to = strstr(from, " to ");

    words_before(word, text, n);
    if (!parameter_named(word, &p))
        return unknown_parameter(run, word);
    if (!to || !read_end(from, (size_t)(to - from), kind_of(p), &low) ||
        !read_end(to + 4, strlen(to + 4), kind_of(p), &high) || !(low > 0.0 && high >= low))
        return cli_usage(run, "--range",
                         "write it as \"refocusing 90 deg to 150 deg\", \"ETL 8 to "
                         "16\"",
                         "'%s' is not a range", text);
    search->range[p].low = low;
    search->range[p].high = high;
    return CLI_DONE;
}

static int read_options(cli_run *run, work *w)
{
    int code = CLI_DONE;

    if (opt.limit.n == 0)
        return cli_usage(run, "--limit", "add --limit \"B1+rms <= 2.0 uT\"", "a limit is needed");
    if (opt.limit.n > LIMITS)
        return cli_usage(run, "--limit", NULL, "at most %d limits", (int)LIMITS);
    for (size_t i = 0; i < opt.limit.n && code == CLI_DONE; i++)
        code = read_limit(run, opt.limit.text[i], &w->limit[i]);
    if (code == CLI_DONE)
        code = read_keep(run, &w->search);
    for (size_t i = 0; i < opt.range.n && code == CLI_DONE; i++)
        code = read_range(run, opt.range.text[i], &w->search);
    if (code == CLI_DONE && opt.at)
        code = cli_magnet_place(run, opt.at, opt.u_m, opt.scanner, w->search.place_m,
                                w->search.u_place_m);
    return code;
}

static mrse_status load(cli_run *run, work *w)
{
    mrse_status status = mrse_protocol_load(run->arg[0], &w->protocol, &run->diags);

    if (status == MRSE_OK && opt.scanner)
        status = mrse_scanner_load(opt.scanner, &w->scanner, &run->diags);
    w->search.base = w->protocol;
    w->search.limit = w->limit;
    w->search.n_limits = opt.limit.n;
    for (size_t i = 0; !opt.at && i < 3; i++) /* no place: only a declared maximum can hold */
        w->search.place_m[i] = w->search.u_place_m[i] = mrse_value_missing(MRSE_KIND_LENGTH).v;
    if (w->scanner) {
        w->search.system = &w->scanner->gradients;
        w->search.pair = w->scanner->sar_pair;
        w->search.n_pairs = w->scanner->n_sar_pairs;
    }
    return status;
}

static mrse_status print(cli_run *run, const work *w)
{
    mrse_document *d = NULL;
    mrse_status status;

    if (opt.json)
        return mrse_search_json(&w->search, &w->result, opt.limit.text, &run->out);
    status = mrse_search_document(&w->search, &w->result, opt.limit.text, &d);
    if (status == MRSE_OK)
        status = mrse_document_plain(d, WIDTH, &run->out);
    mrse_document_free(d);
    if (status == MRSE_OK && opt.explain)
        status = mrse_search_explain(&w->search, &w->result, opt.limit.text, &run->out);
    return status;
}

static int run_modify(cli_run *run)
{
    work w = {0};
    int code = read_options(run, &w);

    if (code != CLI_DONE)
        return code;
    mrse_status status = load(run, &w);
    if (status == MRSE_OK)
        status = mrse_search_run(&w.search, &w.result);
    bool too_many = status == MRSE_ERR_LIMIT && run->diags.errors == 0;
    if (status == MRSE_OK)
        status = print(run, &w);
    mrse_search_result_clear(&w.result);
    mrse_scanner_free(w.scanner);
    mrse_protocol_free(w.protocol);
    if (too_many)
        return cli_usage(run, "--range", "keep more parameters, or narrow their ranges",
                         "too many settings to try");
    return cli_code(run, status);
}

const cli_command cli_modify = {
    .name = "modify",
    .purpose = "find changes of a sequence that meet limits, ranked by what they cost",
    .usage = "SEQUENCE --limit LIMIT [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source = "mrse methods modify-search",
    .run = run_modify,
};

/* Every kind of condition that a label can state against every state of what is known, with each
 * operator. What must come out is said once, by the rule below; no row holds a verdict of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/close.h"
#include "support/label_case.h"
#include "support/scratch.h"

/* ---- the rule ---- */

typedef enum op { LT, LE, GT, GE, UP_TO, FROM, IS_CLASS, OPS } op;

/* Where the number may lie, in steps from the limit; or that nothing is known of it. */
typedef struct span {
    bool known;
    int low, high;
} span;

/* UP_TO and FROM are the ends of a range whose other end is far away. */
static bool permits(op how, int steps)
{
    switch (how) {
    case LT:
        return steps < 0;
    case LE:
    case UP_TO:
        return steps <= 0;
    case GT:
        return steps > 0;
    case GE:
    case FROM:
        return steps >= 0;
    default:
        return steps == 0;
    }
}

/* MET when all is permitted that it may be, NOT MET when nothing is. */
static mrse_verdict rule(op how, span s)
{
    if (!s.known)
        return UNDETERMINED;
    bool low = permits(how, s.low), high = permits(how, s.high);
    return low && high ? MET : low || high ? UNDETERMINED : NOT_MET;
}

/* What acts on a patient is limited from above: more of it never meets a limit from below. */
static mrse_verdict rule_of_exposure(bool exposure, op how, span s)
{
    return exposure && (how == GT || how == GE) ? UNDETERMINED : rule(how, s);
}

/* ---- states of what is known ---- */

typedef enum knowledge {
    BELOW,
    EQUAL,
    ABOVE,
    UNUSABLE,   /* not a number: the file is refused, and gives no verdict at all */
    MISSING,    /* not in the file */
    WRONG_KIND, /* a kindred quantity is there instead */
    UNCERTAIN,  /* measured: the limit lies within U = 2u */
    UNVERIFIED, /* there, but nobody stands for it */
    STATES
} knowledge;

static const char *const name_of[STATES] = {"below",   "equal",      "above",     "not a number",
                                            "missing", "wrong kind", "uncertain", "unverified"};

/* A cell of the table that would say nothing, with its reason. */
#define SENSELESS(cell, why) [cell] = (why)

static size_t n_cells, n_senseless;

static void check(const char *row, const char *limit, knowledge s, mrse_verdict want)
{
    char name[160];
    snprintf(name, sizeof name, "%s %s, %s", row, limit, name_of[s]);
    assert_row(name, want);
    n_cells++;
}

/* ---- numbers that a file states: compared as they stand ---- */

/* Where a number is written. */
typedef enum place {
    CONSOLE,     /* of the sequence: reported.KEY */
    RATING,      /* of the scanner: gradients.KEY */
    FIXED,       /* of the scanner: rf.fpo_b.KEY */
    NOMINAL,     /* of the scanner: b0.nominal */
    CHANNELS,    /* of the scanner's transmit coil */
    EXAMINATION, /* of the case: examination.KEY */
    PLAN,        /* of the case: duration of the only sequence */
    TIMING,      /* of the sequence: timing.KEY */
    IMPLANTED,   /* of the case: a day */
} place;

typedef struct stated {
    const char *name;
    const char *before, *after; /* operator and number in the label */
    bool branch;                /* they are the branch, not terms of it */
    const char *number, *unit;
    const char *least, *most; /* other ends of ranges; NULL: no range is possible */
    unsigned ops;             /* set of op */
    place at;
    const char *key;
    const char *value[3]; /* BELOW, EQUAL, ABOVE */
    const char *u;        /* with which each of them reaches across the limit */
    place wrong_at;
    const char *wrong_key, *wrong;
    const char *senseless[STATES];
} stated;

#define SET(how)        (1u << (how))
#define UPPER           (SET(LT) | SET(LE))
#define ALL             (UPPER | SET(GT) | SET(GE) | SET(UP_TO) | SET(FROM))
#define LIMIT(quantity) "    limits: [{quantity: " quantity ", limit: '", "', printed: words}]\n"
#define SYSTEM_LIMIT(quantity)                                                                     \
    "    limits: [{quantity: " quantity ", scope: system, limit: '", "', printed: words}]\n"
#define CLOCK(kind) "    clocks: [{kind: " kind ", active: rf, limit: '", "', printed: words}]\n"

#define NO_UNCERTAINTY SENSELESS(UNCERTAIN, "a date, a count or a class is exact")
#define NO_ORIGIN      SENSELESS(UNVERIFIED, "a date or a count has no origin in the file")

static const stated rows[] = {
    {"B1+rms",
     LIMIT("b1-rms"),
     false,
     "2",
     "uT",
     "0.01",
     "20",
     ALL,
     CONSOLE,
     "b1_rms",
     {"1.8 uT", "2.0 uT", "2.2 uT"},
     "0.2 uT",
     CONSOLE,
     "b1_peak",
     "1 uT",
     {NULL}},
    {"peak B1+",
     LIMIT("b1-peak"),
     false,
     "20",
     "uT",
     "1",
     "90",
     ALL,
     CONSOLE,
     "b1_peak",
     {"18 uT", "20.0 uT", "22 uT"},
     "2 uT",
     CONSOLE,
     "b1_rms",
     "2 uT",
     {NULL}},
    {"whole-body SAR",
     LIMIT("sar-whole-body"),
     false,
     "2",
     "W/kg",
     "0.1",
     "9",
     ALL,
     CONSOLE,
     "sar_whole_body",
     {"1900 mW/kg", "2000 mW/kg", "2.1 W/kg"},
     "0.2 W/kg",
     CONSOLE,
     "sar_head",
     "1 W/kg",
     {NULL}},
    {"partial-body SAR",
     LIMIT("sar-partial-body"),
     false,
     "2",
     "W/kg",
     "0.1",
     "9",
     ALL,
     CONSOLE,
     "sar_partial_body",
     {"1.9 W/kg", "2.0 W/kg", "2.1 W/kg"},
     "0.2 W/kg",
     CONSOLE,
     "sar_whole_body",
     "1 W/kg",
     {NULL}},
    {"head SAR",
     LIMIT("sar-head"),
     false,
     "3.2",
     "W/kg",
     "0.1",
     "9",
     ALL,
     CONSOLE,
     "sar_head",
     {"3.1 W/kg", "3.20 W/kg", "3.3 W/kg"},
     "0.2 W/kg",
     CONSOLE,
     "sar_whole_body",
     "1 W/kg",
     {NULL}},
    {"local SAR",
     LIMIT("sar-local"),
     false,
     "10",
     "W/kg",
     "0.1",
     "90",
     ALL,
     CONSOLE,
     "sar_local",
     {"9 W/kg", "10 W/kg", "11 W/kg"},
     "2 W/kg",
     CONSOLE,
     "sar_head",
     "1 W/kg",
     {NULL}},
    {"slew rate of the sequence",
     LIMIT("slew-sequence"),
     false,
     "100",
     "T/m/s",
     "1",
     "900",
     ALL,
     CONSOLE,
     "slew",
     {"90 T/m/s", "100 mT/m/ms", "110 T/m/s"},
     "20 T/m/s",
     RATING,
     "slew",
     "50 T/m/s",
     {NULL}},
    {"slew rate of the system",
     LIMIT("slew-system"),
     false,
     "200",
     "T/m/s",
     "1",
     "900",
     ALL,
     RATING,
     "slew",
     {"180 T/m/s", "200 mT/m/ms", "220 T/m/s"},
     "30 T/m/s",
     CONSOLE,
     "slew",
     "50 T/m/s",
     {NULL}},
    {"slew rate, scope system",
     SYSTEM_LIMIT("slew-sequence"),
     false,
     "200",
     "T/m/s",
     "1",
     "900",
     ALL,
     RATING,
     "slew",
     {"180 T/m/s", "200 mT/m/ms", "220 T/m/s"},
     "30 T/m/s",
     CONSOLE,
     "slew",
     "50 T/m/s",
     {NULL}},
    {"peak dB/dt, declared",
     LIMIT("dbdt-peak"),
     false,
     "100",
     "T/s",
     "1",
     "900",
     ALL,
     RATING,
     "dbdt_max",
     {"90 T/s", "100 mT/ms", "110 T/s"},
     NULL,
     FIXED,
     "dbdt_rms",
     "20 T/s",
     {SENSELESS(UNCERTAIN, "a declared maximum stands as declared, whoever states it")}},
    {"height",
     LIMIT("patient-height"),
     false,
     "1.5",
     "m",
     "0.5",
     "2.4",
     ALL,
     EXAMINATION,
     "height",
     {"140 cm", "150 cm", "160 cm"},
     "10 cm",
     EXAMINATION,
     "offset",
     "1.7 m",
     {NULL}},
    {"time since implantation",
     LIMIT("since-implant"),
     false,
     "42",
     "d",
     "1",
     "9999",
     ALL,
     IMPLANTED,
     NULL,
     {"2026-10-12", "2026-10-11", "2026-10-10"},
     NULL,
     PLAN,
     NULL,
     "20 h",
     {NO_UNCERTAINTY, NO_ORIGIN}},
    {"per sequence",
     CLOCK("per-sequence"),
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "1800 s", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"whole examination",
     CLOCK("exam"),
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "0.5 h", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"continuous",
     CLOCK("continuous"),
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "30 min", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"in a window",
     "    clocks: [{kind: window, window: 90 min, active: rf, limit: '",
     "', printed: words}]\n",
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "30 min", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"before a rest",
     "    clocks: [{kind: rest, rest: 60 min, active: rf, limit: '",
     "', printed: words}]\n",
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "30 min", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"of a region",
     "    clocks: [{kind: region, region: head, active: rf, limit: '",
     "', printed: words}]\n",
     false,
     "30",
     "min",
     NULL,
     NULL,
     UPPER,
     PLAN,
     NULL,
     {"27 min", "30 min", "33 min"},
     "6 min",
     TIMING,
     "tr",
     "20 s",
     {NULL}},
    {"channels of the coil",
     "    coils: [{role: transmit, ruling: allowed, channels: ",
     ", printed: words}]\n",
     false,
     "2",
     NULL,
     NULL,
     NULL,
     SET(LE),
     CHANNELS,
     NULL,
     {"1", "2", "8"},
     NULL,
     CHANNELS,
     NULL,
     NULL,
     {NO_UNCERTAINTY, NO_ORIGIN, SENSELESS(WRONG_KIND, "no other count is stated of a coil")}},
    {"largest nominal field",
     "branches:\n  - name: any\n    b0_limit: '",
     "'\n"
     "    conditions: [{topic: consent, printed: w}]\n",
     true,
     "1.5",
     "T",
     NULL,
     NULL,
     UPPER,
     NOMINAL,
     NULL,
     {"1 T", "1.5 T", "3 T"},
     NULL,
     NOMINAL,
     NULL,
     NULL,
     {NO_UNCERTAINTY, SENSELESS(WRONG_KIND, "a scanner file has one nominal field"),
      SENSELESS(MISSING, "a scanner file without it is refused")}},
    {"class of field",
     "branches:\n  - name: any\n    b0: [",
     "]\n    conditions: [{topic: consent, printed: w}]\n",
     true,
     "1.5",
     "T",
     NULL,
     NULL,
     SET(IS_CLASS),
     NOMINAL,
     NULL,
     {"1 T", "1.5 T", "3 T"},
     NULL,
     NOMINAL,
     NULL,
     NULL,
     {NO_UNCERTAINTY, SENSELESS(WRONG_KIND, "a scanner file has one nominal field"),
      SENSELESS(MISSING, "a scanner file without it is refused")}},
};

/* As the label prints it: "<= 2 uT", "0.01 to 2 uT". */
static void limit_of(const stated *r, op how, char *out, size_t size)
{
    static const char *const sign[OPS] = {"< ", "<= ", "> ", ">= ", "", "", ""};
    const char *unit = r->unit != NULL ? r->unit : "";
    if (how == UP_TO)
        snprintf(out, size, "%s to %s %s", r->least, r->number, unit);
    else if (how == FROM)
        snprintf(out, size, "%s to %s %s", r->number, r->most, unit);
    else
        snprintf(out, size, "%s%s %s", r->unit != NULL ? sign[how] : "", r->number, unit);
}

static void label_of(const stated *r, op how)
{
    char limit[64], text[512];
    limit_of(r, how, limit, sizeof limit);
    snprintf(text, sizeof text, "%s%s%s", r->before, limit, r->after);
    if (r->branch)
        label_is(text);
    else
        label_demands(text);
}

/* ---- its files ---- */

typedef struct files {
    char nominal[64], current[32], scanner[128], sequence[128], minutes[64], examination[128],
        implant[64];
} files;

#define PUT(field, ...) snprintf(f->field, sizeof f->field, __VA_ARGS__)

static void put(files *f, place at, const char *key, const char *number)
{
    switch (at) {
    case CONSOLE:
        PUT(sequence, "reported: {%s: %s}\n", key, number);
        break;
    case TIMING:
        PUT(sequence, "timing: {%s: %s}\n", key, number);
        break;
    case RATING:
        PUT(scanner, "gradients: {source: sheet, %s: %s}\n", key, number);
        break;
    case FIXED:
        PUT(scanner, "rf: {source: sheet, fpo_b: {offered: yes, %s: %s}}\n", key, number);
        break;
    case CHANNELS:
        PUT(scanner, "rf: {coils: [{name: body, transmit: body, channels: %s}]}\n", number);
        break;
    case NOMINAL:
        PUT(nominal, "%s", number);
        PUT(current, "%.0f kA", 1310.0 * strtod(strpbrk(number, "0123456789n"), NULL));
        break;
    case EXAMINATION:
        PUT(examination, ", %s: %s", key, number);
        break;
    case PLAN:
        PUT(minutes, ", minutes: %s", number);
        break;
    case IMPLANTED:
        PUT(implant, "    implanted: %s\n", number);
        break;
    }
}

/* Of a number that is not put nothing is known. */
static void write_files(const files *f)
{
    char head[512], implant[512];
    scanner_of(f->nominal[0] != '\0' ? f->nominal : "1.5 T",
               f->current[0] != '\0' ? f->current : "1965 kA", f->scanner);
    sequence_file("scan.yaml", "console", f->sequence);
    snprintf(head, sizeof head,
             "sequences: [{source: plan, file: scan.yaml%s}]\n"
             "examination: {source: plan, coil: body, region: head, free_before: 24 h%s}\n",
             f->minutes, f->examination);
    snprintf(implant, sizeof implant, "%s%s", device_confirmed("consent", "met"), f->implant);
    case_of(head, implant);
}

/* ---- cells ---- */

static bool acts(const stated *r)
{
    return r->at == CONSOLE || r->at == RATING;
}

static void check_number(const stated *r, op how, knowledge s, const char *number, span where)
{
    files f = {0};
    char limit[64];
    put(&f, r->at, r->key, number);
    write_files(&f);
    limit_of(r, how, limit, sizeof limit);
    if (s == UNUSABLE)
        assert_refused();
    else
        check(r->name, limit, s, rule_of_exposure(acts(r), how, where));
    n_cells += s == UNUSABLE;
}

static void check_cell(const stated *r, op how, knowledge s)
{
    static const span unknown = {.known = false};
    char number[128], limit[64];
    files f = {0};
    if (r->senseless[s] != NULL) {
        n_senseless++;
        return;
    }
    switch (s) {
    case BELOW:
    case EQUAL:
    case ABOVE:
        check_number(r, how, s, r->value[s], (span){true, (int)s - EQUAL, (int)s - EQUAL});
        break;
    case UNUSABLE:
        snprintf(number, sizeof number, "nan %s", r->unit != NULL ? r->unit : "");
        check_number(r, how, s, r->at == IMPLANTED ? "2026-02-30" : number, unknown);
        break;
    case MISSING:
    case WRONG_KIND:
        if (s == WRONG_KIND)
            put(&f, r->wrong_at, r->wrong_key, r->wrong);
        write_files(&f);
        limit_of(r, how, limit, sizeof limit);
        check(r->name, limit, s, rule_of_exposure(acts(r), how, unknown));
        break;
    default:
        for (int i = BELOW; i <= ABOVE; i++) {
            if (s == UNCERTAIN)
                snprintf(number, sizeof number, "{value: %s, u: %s, source: gauge}", r->value[i],
                         r->u);
            else
                snprintf(number, sizeof number, "{value: %s, source: rumour}", r->value[i]);
            check_number(r, how, s, number, s == UNCERTAIN ? (span){true, -1, 1} : unknown);
        }
    }
}

static void table__number_as_stated__as_the_rule_says(void **state)
{
    (void)state;
    n_cells = n_senseless = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (op how = LT; how < OPS; how++) {
            if ((rows[i].ops & SET(how)) == 0)
                continue;
            label_of(&rows[i], how);
            for (int s = BELOW; s < STATES; s++)
                check_cell(&rows[i], how, (knowledge)s);
        }
    print_message("%zu verdicts; %zu cells make no sense, with their reasons\n", n_cells,
                  n_senseless);
}

/* ---- numbers that are worked out: the number stays, and the limit moves ---- */

/* What it is worked out from: the last of these is what is not known well when nobody stands for it. */
typedef enum needs { SCANNER, PATH, PERSON, LOBES, PLACE } needs;

typedef struct computed {
    const char *name, *before, *after;
    const char *begin, *unit; /* a limit to begin with */
    unsigned ops;
    needs of;
    const char *senseless[STATES];
} computed;

#define SPATIAL(quantity) "    limits: [{quantity: " quantity ", limit: '", "', printed: words}]\n"
#define BOTH_SIDES        (UPPER | SET(GT) | SET(GE))
#define WORKED_OUT                                                                                 \
    SENSELESS(UNUSABLE, "what cannot be worked out is missing: there is no text to refuse"),       \
        SENSELESS(WRONG_KIND, "both are worked out together: test_verdict.c compares the kinds")
#define NEVER_KNOWN(cell)                                                                          \
    SENSELESS(cell, "no file says how often lobes are played: rms is never known")
#define NO_PATH SENSELESS(MISSING, "without a position the path cannot be chosen to decide")

static const computed works[] = {
    {"gradient, scanner's maximum", SPATIAL("sfg"), "9", "T/m", UPPER, SCANNER, {WORKED_OUT}},
    {"product, scanner's maximum", SPATIAL("product"), "9", "T2/m", UPPER, SCANNER, {WORKED_OUT}},
    {"gradient, own path", SPATIAL("sfg"), "9", "T/m", UPPER, PATH, {WORKED_OUT, NO_PATH}},
    {"product, own path", SPATIAL("product"), "9", "T2/m", UPPER, PATH, {WORKED_OUT, NO_PATH}},
    {"distance of the isocentre",
     "    zones: [{kind: isocentre-distance, from: C7, limit: '",
     "', printed: words}]\n",
     "1",
     "m",
     BOTH_SIDES,
     PERSON,
     {WORKED_OUT}},
    {"peak dB/dt at the implant",
     SPATIAL("dbdt-peak"),
     "9",
     "T/s",
     BOTH_SIDES,
     LOBES,
     {WORKED_OUT}},
    {"peak dB/dt at the implant, by its place",
     SPATIAL("dbdt-peak"),
     "9",
     "T/s",
     BOTH_SIDES,
     PLACE,
     {WORKED_OUT}},
    {"rms dB/dt at the implant",
     SPATIAL("dbdt-rms"),
     "9",
     "T/s",
     BOTH_SIDES,
     LOBES,
     {WORKED_OUT, NEVER_KNOWN(BELOW), NEVER_KNOWN(EQUAL), NEVER_KNOWN(ABOVE),
      NEVER_KNOWN(UNCERTAIN)}},
};

/* Everything known, each with a standard uncertainty; or one thing missing, or unverified. */
static void write_work(const computed *w, knowledge s)
{
    const char *doubt = s == UNVERIFIED ? ", source: rumour" : "";
    bool known = s != MISSING, lobes = w->of == LOBES || w->of == PLACE;
    char sequence[512] = "", head[256] = ONE, implant[512] = DEVICE;
    scanner_from(s == UNVERIFIED && w->of == SCANNER ? "rumour" : "design", "1.5 T",
                 known || w->of != SCANNER ? HOUSING : "bore: {shape: cylinder, diameter: 60 cm}\n",
                 "1965 kA",
                 lobes && known ? "gradients: {linear_volume: {diameter: 50 cm, length: 50 cm}}\n"
                                : "");
    if (lobes)
        snprintf(sequence, sizeof sequence,
                 "timing: {tr: 500 ms}\n"
                 "gradients:\n  lobes:\n"
                 "    - {name: readout, amplitude: 20 mT/m, flat: 1 ms, alternating: 64,\n"
                 "       slew: {value: 100 T/m/s, u: 2 T/m/s%s}}\n",
                 w->of == LOBES ? doubt : "");
    sequence_file("scan.yaml", "measured", sequence);
    if (w->of == PATH || lobes)
        snprintf(implant, sizeof implant,
                 DEVICE "    position: {x: {value: 5 cm, u: 1 cm%s}, y: {value: 0 cm, u: 1 cm},\n"
                        "               z: {value: 0 cm, u: 1 cm}, evidence: X-ray}\n%s",
                 w->of != LOBES ? doubt : "",
                 w->of == PATH ? "    decisive: path\n    because: test\n" : "");
    if (w->of == PERSON && known)
        snprintf(head, sizeof head,
                 "examination: {level: knee, height: {value: 1.75 m, u: 1 cm%s}}\n", doubt);
    case_of(head, implant);
}

static void demand(const computed *w, op how, double limit, char *out, size_t size)
{
    static const char *const sign[] = {"<", "<=", ">", ">="};
    char number[MRSE_NUM_MAX], text[256];
    mrse_text_num(number, limit, 17);
    snprintf(out, size, "%s %s %s", sign[how], number, w->unit);
    snprintf(text, sizeof text, "%s%s%s", w->before, out, w->after);
    label_demands(text);
}

/* What the limit is compared with. */
static mrse_value exposure_of(const computed *w)
{
    char limit[64];
    demand(w, LE, strtod(w->begin, NULL), limit, sizeof limit);
    mrse_assessment *a = assess();
    mrse_value v = mrse_value_missing(MRSE_KIND_NONE);
    for (size_t i = 0; i < a->n_findings; i++)
        if (strcmp(a->finding[i].printed, "words") == 0 && a->finding[i].decisive)
            v = a->finding[i].exposure;
    mrse_assessment_free(a);
    return v;
}

static void check_work(const computed *w, op how, knowledge s)
{
    static const struct {
        knowledge s;
        double u_limit; /* the limit from the number, in standard uncertainties */
        span where;     /* of number ± 2u from the limit, in the same steps */
    } cell[] = {{BELOW, 3.0, {true, -5, -1}},    {ABOVE, -3.0, {true, 1, 5}},
                {EQUAL, 2.0, {true, -4, 0}},     {EQUAL, -2.0, {true, 0, 4}},
                {UNCERTAIN, 1.0, {true, -3, 1}}, {UNCERTAIN, 0.0, {true, -2, 2}},
                {UNCERTAIN, -1.0, {true, -1, 3}}};
    char limit[64];
    write_work(w, s);
    mrse_value v = exposure_of(w);
    assert_true(isnan(v.v) || (v.v > 0.0 && v.u > 0.0));
    assert_false(s == MISSING && !isnan(v.v));
    if (s == MISSING || s == UNVERIFIED) {
        demand(w, how, isnan(v.v) ? 1.0 : how >= GT ? 0.5 * v.v : 2.0 * v.v, limit, sizeof limit);
        check(w->name, limit, s, UNDETERMINED);
    }
    for (size_t i = 0; i < sizeof cell / sizeof cell[0]; i++)
        if (cell[i].s == s) {
            demand(w, how, v.v + cell[i].u_limit * v.u, limit, sizeof limit);
            check(w->name, limit, s, rule_of_exposure(w->of >= LOBES, how, cell[i].where));
        }
}

static void table__number_worked_out__as_the_rule_says(void **state)
{
    (void)state;
    n_cells = n_senseless = 0;
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++)
        for (op how = LT; how <= GE; how++)
            for (int s = BELOW; s < STATES && (works[i].ops & SET(how)) != 0; s++) {
                if (works[i].senseless[s] != NULL)
                    n_senseless++;
                else
                    check_work(&works[i], how, (knowledge)s);
            }
    print_message("%zu verdicts; %zu cells make no sense, with their reasons\n", n_cells,
                  n_senseless);
}

/* ---- what is no number: a person says that it is so ---- */

/* Below, above and NaN make no sense of words; in their place stands what a person may say. */
typedef enum answer { SO, NOT_SO, PRESENT, ABSENT, OTHER_WORDS, NOTHING, OF_ELSE, ANSWERS } answer;

typedef enum demand_kind { MUST, MUST_NOT, NOT_TESTED } demand_kind;

typedef struct words {
    const char *name; /* under which it is confirmed; NULL: only under its printed words */
    const char *before, *after; /* the ruling in the label */
    const char *must;           /* the word for MUST; NULL: it only forbids, or has no ruling */
    bool of_setting;            /* of a setting, presence says nothing */
} words;

#define RULED(list, rest) "    " list ": [{" rest ", ruling: ", ", printed: words}]\n"
#define STATE(kind)       RULED("states", "kind: " kind ", setting: off")

static const words said[] = {
    {"device mode", STATE("mode"), "required", true},
    {"therapy", STATE("therapy"), "required", true},
    {"sensing", STATE("sensing"), "allowed", true},
    {"magnet", STATE("magnet"), "required", true},
    {"external parts", STATE("external"), "required", true},
    {"battery", STATE("battery"), "required", true},
    {"reservoir", STATE("reservoir"), "required", true},
    {"bandage", STATE("bandage"), "required", true},
    {"port", STATE("port"), "required", true},
    {"location", STATE("location"), "required", true},
    {"orientation", STATE("orientation"), "required", true},
    {"fever", RULED("patients", "kind: fever"), "required", false},
    {"both sides", RULED("patients", "kind: both-sides"), "allowed", false},
    {"awake", RULED("patients", "kind: awake"), "required", false},
    {"informed", RULED("patients", "kind: informed"), "required", false},
    {NULL, RULED("patients", "kind: other"), "required", false},
    {"abandoned leads", RULED("exclusions", "kind: abandoned-leads"), NULL, false},
    {"damaged", RULED("exclusions", "kind: damaged"), NULL, false},
    {"other make", RULED("exclusions", "kind: other-make"), NULL, false},
    {"region", RULED("exclusions", "regions: chest, kind: region"), NULL, false},
    {NULL, RULED("exclusions", "kind: other"), NULL, false},
    {NULL, RULED("coils", "role: receive, where: over-device"), "allowed", false},
    {NULL, RULED("coils", "role: transmit, where: over-device, which: body"), "allowed", false},
    {"pulse oximetry", "    checks: [{when: during, action: pulse oximetry, printed: words}]\n", "",
     NULL, false},
    {"consent", "    conditions: [{topic: consent, printed: words}]\n", "", NULL, false},
    {NULL, "    pairs: [{kind: other, printed: words}]\n", "", NULL, false},
    {"overlap", "    unknowns: [{topic: overlap, printed: words}]\n", "", NULL, false},
};

/* "Met" is that the label is kept; what it requires may be present, what it forbids absent. What the
 * label itself does not know is settled only when it is absent: then there is nothing to meet. */
static mrse_verdict rule_of_words(demand_kind d, answer is, bool of_setting)
{
    static const mrse_verdict table[3][ANSWERS] = {
        [MUST] = {[SO] = MET, [NOT_SO] = NOT_MET, [PRESENT] = MET, [ABSENT] = NOT_MET},
        [MUST_NOT] = {[SO] = MET, [NOT_SO] = NOT_MET, [PRESENT] = NOT_MET, [ABSENT] = MET},
        [NOT_TESTED] = {[ABSENT] = NOT_STATED}};
    if (of_setting && d != NOT_TESTED && (is == PRESENT || is == ABSENT))
        return UNDETERMINED;
    return table[d][is];
}

static void confirm(const words *w, answer is, bool by_name)
{
    static const char *const word[ANSWERS] = {"met", "not met", "present", "absent", "as usual"};
    const char *what = by_name ? w->name : "words";
    if (is == NOTHING)
        case_of(ONE "examination: {coil: body}\n", DEVICE);
    else
        case_of(ONE "examination: {coil: body}\n",
                device_confirmed(is == OF_ELSE ? "something else" : what,
                                 is == OF_ELSE ? "met" : word[is]));
}

static void check_words(const words *w, demand_kind d, const char *ruling)
{
    char text[256], name[128];
    snprintf(text, sizeof text, "%s%s%s", w->before, ruling, w->after);
    label_demands(text);
    for (answer is = SO; is < ANSWERS; is++)
        for (int by_name = 0; by_name < (w->name != NULL ? 2 : 1); by_name++) {
            mrse_verdict want = rule_of_words(d, is, w->of_setting);
            snprintf(name, sizeof name, "%s, demand %d, answer %d, %s", w->before, (int)d, (int)is,
                     by_name ? "by name" : "by words");
            confirm(w, is, by_name != 0);
            mrse_assessment *a = assess();
            const mrse_finding *f = finding_of(a, "words", want);
            assert_true(f->decisive && (want != UNDETERMINED || f->ask[0] != '\0'));
            if (is == OTHER_WORDS && d != NOT_TESTED && !w->of_setting)
                assert_non_null(strstr(f->ask, "write met or not met"));
            /* of what is not stated the field strength alone is left, and that is met */
            if (a->overall != (want == NOT_STATED ? MET : want))
                fail_msg("%s: %s", name, mrse_verdict_text(a->overall));
            mrse_assessment_free(a);
            n_cells++;
        }
}

static void table__what_a_person_confirms__as_the_rule_says(void **state)
{
    (void)state;
    n_cells = 0;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const words *w = &said[i];
        bool ruled = w->after[0] != '\0';
        if (strstr(w->before, "unknowns") != NULL)
            check_words(w, NOT_TESTED, "");
        else if (!ruled)
            check_words(w, MUST, "");
        if (w->must != NULL)
            check_words(w, MUST, w->must);
        if (ruled)
            check_words(w, MUST_NOT, "forbidden");
        if (ruled && strstr(w->before, "transmit") == NULL) /* of that coil nothing is confirmed */
            check_words(w, NOT_TESTED, "unknown");
    }
    print_message("%zu verdicts\n", n_cells);
}

/* ---- what the case says itself: posture, entry, region, coil ---- */

/* Of each the label names one member; the case has it, has another, or does not say. */
static void table__member_of_a_list__as_the_rule_says(void **state)
{
    (void)state;
    static const char *const rulings[] = {"required", "allowed", "forbidden", "unknown"};
    static const struct {
        const char *before, *named, *other; /* the case lies supine, head first */
        const char *head[3]; /* of the case: as named, another, not said; NULL: always said */
        bool only_forbids;
    } group[] = {
        {"patients: [{kind: posture, postures: ", "supine", "prone", {"", NULL, NULL}, false},
        {"patients: [{kind: entry, entries: ", "head-first", "feet-first", {"", NULL, NULL}, false},
        {"exclusions: [{kind: region, regions: ",
         "head",
         "pelvis",
         {"examination: {region: head}\n", "examination: {region: chest}\n", ""},
         true},
        {"coils: [{role: transmit, which: ",
         "body",
         "local",
         {"examination: {coil: body}\n", "examination: {coil: head}\n", ""},
         false},
    };
    n_cells = 0;
    for (size_t i = 0; i < sizeof group / sizeof group[0]; i++)
        for (size_t k = group[i].only_forbids ? 2 : 0; k < 4; k++)
            for (int c = 0; c < 4; c++) {
                char text[256];
                bool known = c < 3 ? group[i].head[c] != NULL && c < 2 : true, has = c == 0;
                bool transmits = strstr(group[i].before, "transmit") != NULL;
                if (c < 3 && group[i].head[c] == NULL)
                    continue;
                snprintf(text, sizeof text, "    %s%s, ruling: %s, printed: words}]\n",
                         group[i].before, c == 3 ? group[i].other : group[i].named, rulings[k]);
                label_demands(text);
                snprintf(text, sizeof text, ONE "%s", group[i].head[c % 3]);
                case_of(text, DEVICE);
                mrse_verdict want = has == (k < 2) ? MET : NOT_MET;
                if (!known || (k == 3 && !transmits))
                    want = UNDETERMINED;
                else if (transmits && k == 1 && !has)
                    want = UNDETERMINED; /* allowed is another: of this one the label is silent */
                else if (transmits && k == 3)
                    want = has ? UNDETERMINED : MET; /* what is not known is of another coil */
                snprintf(text, sizeof text, "%s%s, case %d", group[i].before, rulings[k], c);
                assert_row(text, want);
                n_cells++;
            }
    print_message("%zu verdicts\n", n_cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(table__number_as_stated__as_the_rule_says, label_case_reset),
        cmocka_unit_test_setup(table__number_worked_out__as_the_rule_says, label_case_reset),
        cmocka_unit_test_setup(table__what_a_person_confirms__as_the_rule_says, label_case_reset),
        cmocka_unit_test_setup(table__member_of_a_list__as_the_rule_says, label_case_reset),
    };
    return cmocka_run_group_tests(tests, label_case_begin, scratch_end);
}

/* Numeric limits of a label, as it prints them: "<= 25 T/m", "0.1 to 0.5 W/kg".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "spec_internal.h"

#define AT(member) offsetof(mrse_label_limit, member)

/* Quantities that labels limit, with the sizes that make sense. */
static const struct limited {
    const char *id; /* NULL: that of the kind */
    mrse_label_subject subject;
    mrse_field_spec field;
} limited[] = {
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SFG, .min = 0.01, .max = 500}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_PRODUCT, .min = 0.01, .max = 2000}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_FIELD, .min = 1e-6, .max = 21}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_GRADIENT, .min = 1e-4, .max = 1}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SLEW_SYSTEM, .min = 1, .max = 2000}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SLEW_SEQUENCE, .min = 1, .max = 2000}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_DBDT_PEAK, .min = 0.01, .max = 2000}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_DBDT_RMS, .min = 0.01, .max = 2000}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_B1_RMS, .min = 1e-8, .max = 1e-4}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_B1_PEAK, .min = 1e-8, .max = 1e-3}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SAR_WHOLE_BODY, .min = 1e-3, .max = 20}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SAR_PARTIAL_BODY, .min = 1e-3, .max = 50}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SAR_HEAD, .min = 1e-3, .max = 20}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SAR_LOCAL, .min = 1e-3, .max = 100}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SAR_UNSPECIFIED, .min = 1e-3, .max = 100}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_SED, .min = 1, .max = 1e6}},
    {NULL, MRSE_SUBJECT_EXPOSURE, {.kind = MRSE_KIND_TIME, .min = 1, .max = 1e6}},
    {"since-implant", MRSE_SUBJECT_SINCE_IMPLANT, {.kind = MRSE_KIND_TIME, .max = 1e9}},
    {"patient-height", MRSE_SUBJECT_HEIGHT, {.kind = MRSE_KIND_LENGTH, .min = 0.3, .max = 2.5}},
    {"configuration-length",
     MRSE_SUBJECT_CONFIGURATION,
     {.kind = MRSE_KIND_LENGTH, .min = 1e-3, .max = 2}},
    {"spacing", MRSE_SUBJECT_SPACING, {.kind = MRSE_KIND_LENGTH, .min = 1e-4, .max = 3}},
    {"lead-impedance",
     MRSE_SUBJECT_LEAD_IMPEDANCE,
     {.kind = MRSE_KIND_RESISTANCE, .min = 1, .max = 1e6}},
    {"capture-threshold",
     MRSE_SUBJECT_CAPTURE_THRESHOLD,
     {.kind = MRSE_KIND_VOLTAGE, .min = 0.01, .max = 20}},
    {"battery", MRSE_SUBJECT_BATTERY, {.kind = MRSE_KIND_RATIO, .min = 0.01, .max = 1}},
};

const char *const mrse_spec_no_yes[] = {"no", "yes", NULL};
static const char *const scopes[] = {"system", "per axis", "sequence", "exam", "prescan", NULL};

static const mrse_field_spec limit_fields[] = {
    {.key = "quantity",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "kind of quantity",
     .doc = "what is limited: sfg, product, field, gradient, slew-system, slew-sequence, "
            "dbdt-peak, dbdt-rms, b1-rms, b1-peak, sar-whole-body, sar-partial-body, sar-head, "
            "sar-local, sar-unspecified, sed, time, since-implant, patient-height, "
            "configuration-length, spacing, lead-impedance, capture-threshold, battery"},
    {.key = "limit",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`<= 25 T/m`, `0.1 to 0.5 W/kg` or `not applicable`",
     .doc = "operator (<, <=, >, >=) and quantity, or a range with both ends included; or that "
            "the label says there is no such limit here"},
    {.key = "also",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "quantity",
     .doc = "the same limit in the label's second unit; a disagreement is reported"},
    {.key = "printed",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(printed),
     .doc = "the label's own words for this limit"},
    {.key = "scope",
     .type = MRSE_FIELD_SET,
     .at = AT(scope),
     .choice = scopes,
     .doc = "what the label limits it for, when it says so"},
    {.key = "at",
     .type = MRSE_FIELD_VALUE,
     .at = AT(at),
     .kind = MRSE_KIND_TIME,
     .min = 1e-5,
     .max = 0.1,
     .doc = "of a capture threshold: the pulse width at which it is measured"},
    {.key = "of",
     .type = MRSE_FIELD_TEXT,
     .at = AT(of),
     .doc = "of a spacing or a length: between or of what, 'overlapped stents'"},
    {.key = "recalculable",
     .type = MRSE_FIELD_FLAG,
     .at = AT(recalculable),
     .choice = mrse_spec_no_yes,
     .doc = "yes: the label says that another value may apply when it is properly calculated"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = AT(source),
     .doc = "id of the source, instead of the labelling document"},
};

static const struct limited *find_limited(mrse_reader *r, const mrse_node *node)
{
    const char *name[MRSE_COUNT(limited)], *text = mrse_spec_peek(r, node);
    char hint[256];

    if (!text)
        return NULL;
    for (size_t i = 0; i < MRSE_COUNT(limited); i++) {
        name[i] = limited[i].id ? limited[i].id : mrse_kind_get(limited[i].field.kind)->id;
        if (strcmp(name[i], text) == 0)
            return &limited[i];
    }
    mrse_spec_suggest(hint, sizeof hint, text, "known", name, MRSE_COUNT(limited));
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "'%s' is no quantity that a label limits",
                    mrse_spec_quote(r, text));
    return NULL;
}

static const struct op_text {
    const char *text;
    mrse_op op;
} operators[] = {
    {"<=", MRSE_OP_LE},     {">=", MRSE_OP_GE}, {"\u2264", MRSE_OP_LE},
    {"\u2265", MRSE_OP_GE}, {"<", MRSE_OP_LT},  {">", MRSE_OP_GT},
};

/* Cut the operator off the text; false when it has none. */
static bool take_operator(const char **text, mrse_op *op)
{
    for (size_t i = 0; i < MRSE_COUNT(operators); i++) {
        size_t n = strlen(operators[i].text);
        if (strncmp(*text, operators[i].text, n) != 0)
            continue;
        *op = operators[i].op;
        *text += n + strspn(*text + n, " ");
        return true;
    }
    return false;
}

/* Both ends of a limit, and the roundings of what is printed. */
typedef struct span {
    mrse_op op;
    double low, high, half_low, half_high;
} span;

/* "0.1 to 0.5 W/kg": the first number may leave its unit to the second. */
static bool read_range(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                       const char *text, const char *to, span *out)
{
    char low[2 * MRSE_SPEC_NAME];
    size_t n = (size_t)(to - text);
    mrse_quantity first, last;

    if (!mrse_spec_quantity(r, field, &node->at, to + 4, &last))
        return false;
    if (n >= MRSE_SPEC_NAME) {
        mrse_spec_error(r, MRSE_ERR_LIMIT, node->at, "write it as the label prints it",
                        "the lower end has more than %d characters", MRSE_SPEC_NAME - 1);
        return false;
    }
    mrse_text_copy(low, n + 1, text);
    if (mrse_text_read_num(low, n, &first.si, NULL) == MRSE_OK)
        (void)snprintf(low + n, sizeof low - n, " %s", last.unit->text);
    if (!mrse_spec_quantity(r, field, &node->at, low, &first))
        return false;
    *out = (span){MRSE_OP_RANGE, first.si, last.si, first.half_ulp, last.half_ulp};
    if (first.si < last.si)
        return true;
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write the smaller number first",
                    "the range '%s' is empty", mrse_spec_quote(r, text));
    return false;
}

static bool read_span(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                      const mrse_op *inherited, span *out)
{
    const char *text = mrse_spec_peek(r, node), *number = text, *to;
    bool has_operator;
    mrse_quantity q;
    char hint[256];

    if (!text)
        return false;
    to = strstr(text, " to ");
    has_operator = take_operator(&number, &out->op);
    if (to && !has_operator)
        return read_range(r, field, node, text, to, out);
    if (!has_operator && inherited) {
        out->op = *inherited;
    } else if (!has_operator) {
        (void)snprintf(hint, sizeof hint,
                       "write '<= %s' when that value itself is allowed, '< %s' when it is not: "
                       "the label's words decide",
                       mrse_spec_quote(r, text), mrse_spec_quote(r, text));
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, hint, "the limit has no operator");
        return false;
    }
    if (!mrse_spec_quantity(r, field, &node->at, number, &q))
        return false;
    out->low = out->high = q.si;
    out->half_low = out->half_high = q.half_ulp;
    return true;
}

static bool agree(double a, double half_a, double b, double half_b)
{
    return fabs(a - b) <= (half_a + half_b) * (1 + 1e-9);
}

/* A label that contradicts itself gives no number: which is meant is for the manufacturer to say. */
static void check_also(mrse_reader *r, const mrse_field_spec *field, const mrse_node *limit,
                       const mrse_node *also, const span *a)
{
    size_t mark = mrse_spec_push(r, "also", 0);
    bool is_range = a->op == MRSE_OP_RANGE;
    span b = {.op = a->op};

    if (read_span(r, field, also, is_range ? NULL : &a->op, &b)) {
        if (b.op != a->op)
            mrse_spec_error(r, MRSE_ERR_INPUT, also->at, "both say the same limit",
                            "the operator differs from that of 'limit'");
        else if (!agree(a->low, a->half_low, b.low, b.half_low) ||
                 !agree(a->high, a->half_high, b.high, b.half_high))
            mrse_spec_error(
                r, MRSE_ERR_INPUT, also->at,
                "ask the manufacturer which is meant; until then write it under 'unknowns:'",
                "the label contradicts itself: '%s' is not '%s'",
                mrse_spec_quote(r, mrse_spec_text(r, limit)),
                mrse_spec_quote(r, mrse_spec_text(r, also)));
    }
    mrse_spec_pop(r, mark);
}

static void store(mrse_reader *r, mrse_kind kind, const mrse_node *node, span s, mrse_limit *out)
{
    const char *number = mrse_spec_text(r, node);

    (void)take_operator(&number, &s.op);
    *out = (mrse_limit){.op = s.op, .upper = s.op == MRSE_OP_RANGE ? s.high : 0};
    out->value.kind = kind;
    out->value.v = s.low;
    out->value.u = 0; /* a limit is what it says */
    mrse_spec_provenance(r, node, number, &out->value);
    out->value.basis = MRSE_BASIS_DECLARED;
}

bool mrse_spec_read_limit(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_limit *out)
{
    size_t mark;
    span s = {0};
    bool ok;

    *out = (mrse_limit){.value = mrse_value_missing(field->kind)};
    if (!node)
        return false;
    mark = mrse_spec_push(r, mrse_spec_key(r, node), 0);
    ok = read_span(r, field, node, NULL, &s);
    mrse_spec_pop(r, mark);
    if (ok)
        store(r, field->kind, node, s, out);
    return ok;
}

static bool is_upper(mrse_reader *r, const mrse_node *node, mrse_limit *limit)
{
    if (limit->op == MRSE_OP_LE || limit->op == MRSE_OP_LT)
        return true;
    mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write '<=' or '<' before the number",
                    "a limit from above is needed");
    limit->value = mrse_value_missing(limit->value.kind);
    return false;
}

bool mrse_spec_read_upper(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_limit *out)
{
    return mrse_spec_read_limit(r, field, node, out) && is_upper(r, node, out);
}

bool mrse_spec_upper_limit(mrse_reader *r, mrse_kind kind, const mrse_node *node, mrse_limit *out)
{
    mrse_field_spec field = {0};
    span s = {0};

    for (size_t i = 0; i < MRSE_COUNT(limited); i++)
        if (!limited[i].id && limited[i].field.kind == kind)
            field = limited[i].field;
    field.doc = "an upper limit";
    *out = (mrse_limit){.value = mrse_value_missing(kind)};
    if (!read_span(r, &field, node, NULL, &s))
        return false;
    store(r, kind, node, s, out);
    return is_upper(r, node, out);
}

/* What belongs to some quantities only. */
static void check_company(mrse_reader *r, const mrse_node *node, const mrse_label_limit *out)
{
    const mrse_node *at = mrse_spec_child(r, node, "at"), *of = mrse_spec_child(r, node, "of");
    bool threshold = out->subject == MRSE_SUBJECT_CAPTURE_THRESHOLD;
    bool length =
        out->subject == MRSE_SUBJECT_SPACING || out->subject == MRSE_SUBJECT_CONFIGURATION;

    if (at && !threshold)
        mrse_spec_error(r, MRSE_ERR_INPUT, at->key_at, "leave it out here",
                        "'at' belongs to a capture threshold");
    if (of && !length)
        mrse_spec_error(r, MRSE_ERR_INPUT, of->key_at, "leave it out here",
                        "'of' belongs to a spacing or a configuration length");
    if (length && !of)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "add 'of:' with what is measured",
                        "between or of what this length is, is missing");
    if (threshold && !at && !out->not_applicable)
        mrse_spec_warn(r, node->at, "add 'at:' with the pulse width, such as 0.4 ms",
                       "a capture threshold means little without its pulse width");
}

static void finish_limit(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label_limit *out = base;
    const mrse_node *quantity = mrse_spec_child(r, node, "quantity");
    const mrse_node *limit = mrse_spec_child(r, node, "limit");
    const mrse_node *also = mrse_spec_child(r, node, "also");
    const struct limited *known;
    mrse_field_spec field;
    span s = {0};
    size_t mark = mrse_spec_push(r, "quantity", 0);
    bool ok;

    out->limit.value = mrse_value_missing(MRSE_KIND_NONE);
    known = find_limited(r, quantity);
    mrse_spec_pop(r, mark);
    if (!known || !limit)
        return;
    out->subject = known->subject;
    out->limit.value.kind = known->field.kind;
    out->not_applicable = mrse_text_equal(mrse_spec_peek(r, limit), "not applicable");
    check_company(r, node, out);
    if (out->not_applicable)
        return;
    field = known->field;
    field.doc = "a limit of a label";
    mark = mrse_spec_push(r, "limit", 0);
    ok = read_span(r, &field, limit, NULL, &s);
    mrse_spec_pop(r, mark);
    if (!ok)
        return;
    if (also)
        check_also(r, &field, limit, also, &s);
    store(r, field.kind, limit, s, &out->limit);
}

const mrse_schema mrse_spec_limit_schema = {
    .name = "a limit",
    .doc = "A number that the label limits, with its operator and the label's words.",
    .field = limit_fields,
    .n = MRSE_COUNT(limit_fields),
    .size = sizeof(mrse_label_limit),
    .line = AT(line),
    .apart = true,
    .finish = finish_limit,
};

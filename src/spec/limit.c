/* Numeric limits of a label, as it prints them: "<= 25 T/m", "0.1 to 0.5 W/kg".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "spec_internal.h"

#define AT(member) offsetof(mrse_label_limit, member)

/* Quantities that labels limit, with the sizes that make sense. */
static const mrse_field_spec limited[] = {
    {.kind = MRSE_KIND_SFG, .min = 0.01, .max = 500},
    {.kind = MRSE_KIND_PRODUCT, .min = 0.01, .max = 2000},
    {.kind = MRSE_KIND_FIELD, .min = 1e-6, .max = 21},
    {.kind = MRSE_KIND_GRADIENT, .min = 1e-4, .max = 1},
    {.kind = MRSE_KIND_SLEW_SYSTEM, .min = 1, .max = 2000},
    {.kind = MRSE_KIND_SLEW_SEQUENCE, .min = 1, .max = 2000},
    {.kind = MRSE_KIND_DBDT_PEAK, .min = 0.01, .max = 2000},
    {.kind = MRSE_KIND_DBDT_RMS, .min = 0.01, .max = 2000},
    {.kind = MRSE_KIND_B1_RMS, .min = 1e-8, .max = 1e-4},
    {.kind = MRSE_KIND_B1_PEAK, .min = 1e-8, .max = 1e-3},
    {.kind = MRSE_KIND_SAR_WHOLE_BODY, .min = 1e-3, .max = 20},
    {.kind = MRSE_KIND_SAR_PARTIAL_BODY, .min = 1e-3, .max = 50},
    {.kind = MRSE_KIND_SAR_HEAD, .min = 1e-3, .max = 20},
    {.kind = MRSE_KIND_SAR_LOCAL, .min = 1e-3, .max = 100},
    {.kind = MRSE_KIND_SAR_UNSPECIFIED, .min = 1e-3, .max = 100},
    {.kind = MRSE_KIND_TIME, .min = 1, .max = 1e6},
};

static const char *const scopes[] = {"system", "per axis", "sequence", "exam", "prescan", NULL};

static const mrse_field_spec limit_fields[] = {
    {.key = "quantity",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "kind of quantity",
     .doc =
         "what is limited: sfg, product, field, gradient, slew-system, slew-sequence, dbdt-peak, "
         "dbdt-rms, b1-rms, b1-peak, sar-whole-body, sar-partial-body, sar-head, sar-local, "
         "sar-unspecified, time"},
    {.key = "limit",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`<= 25 T/m` or `0.1 to 0.5 W/kg`",
     .doc = "operator (<, <=, >, >=) and quantity, or a range with both ends included"},
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
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source, instead of the labelling document"},
};

static const mrse_field_spec *find_limited(mrse_reader *r, const mrse_node *node)
{
    const char *name[MRSE_COUNT(limited)], *text = mrse_spec_peek(r, node);
    mrse_kind kind = mrse_kind_from_id(text);
    char hint[256];

    if (!text)
        return NULL;
    for (size_t i = 0; i < MRSE_COUNT(limited); i++) {
        name[i] = mrse_kind_get(limited[i].kind)->id;
        if (limited[i].kind == kind)
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

/* False when the label contradicts itself: neither number can then be relied on. */
static bool check_also(mrse_reader *r, const mrse_field_spec *field, const mrse_node *limit,
                       const mrse_node *also, const span *a)
{
    size_t mark = mrse_spec_push(r, "also", 0);
    bool is_range = a->op == MRSE_OP_RANGE, clash = false;
    span b = {.op = a->op};

    if (read_span(r, field, also, is_range ? NULL : &a->op, &b)) {
        if (b.op != a->op)
            mrse_spec_error(r, MRSE_ERR_INPUT, also->at, "both say the same limit",
                            "the operator differs from that of 'limit'");
        else if (!agree(a->low, a->half_low, b.low, b.half_low) ||
                 !agree(a->high, a->half_high, b.high, b.half_high)) {
            clash = true;
            mrse_spec_warn(r, also->at,
                           "the limit counts as unverified; ask the manufacturer which is meant",
                           "the label contradicts itself: '%s' is not '%s'",
                           mrse_spec_quote(r, mrse_spec_text(r, limit)),
                           mrse_spec_quote(r, mrse_spec_text(r, also)));
        }
    }
    mrse_spec_pop(r, mark);
    return !clash;
}

static void finish_limit(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_label_limit *out = base;
    const mrse_node *quantity = mrse_spec_child(r, node, "quantity");
    const mrse_node *limit = mrse_spec_child(r, node, "limit");
    const mrse_node *also = mrse_spec_child(r, node, "also");
    const mrse_field_spec *known;
    mrse_field_spec field;
    span s = {0};
    size_t mark = mrse_spec_push(r, "quantity", 0);
    bool ok;

    out->limit.value = mrse_value_missing(MRSE_KIND_NONE);
    known = find_limited(r, quantity);
    mrse_spec_pop(r, mark);
    if (!known || !limit)
        return;
    field = *known;
    field.doc = "a limit of a label";
    mark = mrse_spec_push(r, "limit", 0);
    ok = read_span(r, &field, limit, NULL, &s);
    mrse_spec_pop(r, mark);
    if (!ok)
        return;
    bool clash = also && !check_also(r, &field, limit, also, &s);
    const char *number = mrse_spec_text(r, limit);
    (void)take_operator(&number, &s.op);
    out->limit.op = s.op;
    out->limit.upper = s.op == MRSE_OP_RANGE ? s.high : 0;
    out->limit.value.kind = field.kind;
    out->limit.value.v = s.low;
    out->limit.value.u = 0; /* a limit is what it says */
    mrse_spec_provenance(r, limit, number, &out->limit.value);
    out->limit.value.basis = MRSE_BASIS_DECLARED;
    if (clash)
        out->limit.value.origin = MRSE_ORIGIN_UNVERIFIED;
}

bool mrse_spec_upper_limit(mrse_reader *r, mrse_kind kind, const mrse_node *node, mrse_limit *out)
{
    mrse_field_spec field = {0};
    span s = {0};
    const char *number;

    for (size_t i = 0; i < MRSE_COUNT(limited); i++)
        if (limited[i].kind == kind)
            field = limited[i];
    field.doc = "an upper limit";
    out->value = mrse_value_missing(kind);
    if (!read_span(r, &field, node, NULL, &s))
        return false;
    if (s.op != MRSE_OP_LE && s.op != MRSE_OP_LT) {
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write '<=' or '<' before the number",
                        "a limit from above is needed");
        return false;
    }
    number = mrse_spec_text(r, node);
    (void)take_operator(&number, &s.op);
    out->op = s.op;
    out->value.v = s.low;
    out->value.u = 0; /* a limit is what it says */
    mrse_spec_provenance(r, node, number, &out->value);
    out->value.basis = MRSE_BASIS_DECLARED;
    return true;
}

const mrse_schema mrse_spec_limit_schema = {
    .name = "a limit",
    .field = limit_fields,
    .n = MRSE_COUNT(limit_fields),
    .size = sizeof(mrse_label_limit),
    .line = AT(line),
    .finish = finish_limit,
};

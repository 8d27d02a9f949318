/* Test results that a label quotes: evidence for the discussion, never limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "label_internal.h"

/* as in mrse_label_test, which begins with "unknown" */
static const char *const tests[] = {
    "temperature-rise", "deflection",   "force",         "force-to-weight", "torque",
    "artefact",         "torque-scale", "counterweight", "other",           NULL};

#define AT(member) offsetof(mrse_label_quote, member)

/* The three SARs share one place: a test is at one of them. */
#define SAR(name, which, words)                                                                    \
    {                                                                                              \
        .key = name, .type = MRSE_FIELD_VALUE, .at = AT(sar), .kind = (which), .min = 1e-3,        \
        .max = 20, .doc = words                                                                    \
    }
#define TEXT(name, member, words)                                                                  \
    {                                                                                              \
        .key = name, .type = MRSE_FIELD_TEXT, .at = AT(member), .doc = words                       \
    }

static const mrse_field_spec quote_fields[] = {
    {.key = "test",
     .type = MRSE_FIELD_CHOICE,
     .required = true,
     .at = AT(test),
     .choice = tests,
     .first = MRSE_TEST_TEMPERATURE_RISE,
     .doc = "what was tested"},
    {.key = "result",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "`2.7 °C`, `< 3 °C` or `3.2 to 3.8 °C`",
     .doc = "as printed; leave out when the label gives words only"},
    {.key = "b0",
     .type = MRSE_FIELD_VALUE,
     .at = AT(b0),
     .kind = MRSE_KIND_B0,
     .min = 0.01,
     .max = 21,
     .doc = "nominal field of the test"},
    SAR("whole_body_sar", MRSE_KIND_SAR_WHOLE_BODY, "that the test scanner displayed"),
    SAR("head_sar", MRSE_KIND_SAR_HEAD, "that the test scanner displayed"),
    SAR("unspecified_sar", MRSE_KIND_SAR_UNSPECIFIED, "a SAR that the label does not name further"),
    {.key = "calorimetric_sar",
     .type = MRSE_FIELD_VALUE,
     .at = AT(calorimetric),
     .kind = MRSE_KIND_SAR_WHOLE_BODY,
     .min = 1e-3,
     .max = 20,
     .doc = "the same by calorimetry"},
    {.key = "duration",
     .type = MRSE_FIELD_VALUE,
     .at = AT(duration),
     .kind = MRSE_KIND_TIME,
     .min = 1,
     .max = 1e5,
     .doc = "of the test"},
    TEXT("scanner", scanner, "scanner of the test with its software"),
    TEXT("sequence", sequence, "sequence of the test: 'gradient echo'"),
    TEXT("standard", standard, "test method with its edition: 'ASTM F2182-11'"),
    MRSE_LABEL_WORDS(mrse_label_quote),
};

static mrse_field_spec result_of(mrse_label_test test)
{
    mrse_field_spec f = {.kind = MRSE_KIND_TEMPERATURE_RISE, .max = 100, .doc = "a test result"};

    switch (test) {
    case MRSE_TEST_DEFLECTION:
        f.kind = MRSE_KIND_ANGLE;
        f.max = MRSE_PI;
        break;
    case MRSE_TEST_FORCE:
        f.kind = MRSE_KIND_FORCE;
        break;
    case MRSE_TEST_FORCE_TO_WEIGHT:
        f.kind = MRSE_KIND_RATIO;
        f.max = 1e4;
        break;
    case MRSE_TEST_TORQUE:
        f.kind = MRSE_KIND_TORQUE;
        break;
    case MRSE_TEST_ARTEFACT:
        f.kind = MRSE_KIND_LENGTH;
        f.max = 2;
        break;
    case MRSE_TEST_TORQUE_SCALE:
        f.kind = MRSE_KIND_RATIO;
        f.max = 4;
        break;
    case MRSE_TEST_COUNTERWEIGHT:
        f.kind = MRSE_KIND_MASS;
        break;
    case MRSE_TEST_TEMPERATURE_RISE:
    case MRSE_TEST_OTHER:
    case MRSE_TEST_UNKNOWN:
        break;
    }
    return f;
}

/* A result may stand without an operator, or be a range; what it is not is a limit. */
static void read_result(mrse_reader *r, const mrse_node *child, mrse_label_quote *out)
{
    mrse_field_spec field = result_of(out->test);
    const char *text = mrse_spec_peek(r, child);
    mrse_value value = mrse_value_missing(field.kind);
    size_t mark;

    out->result.value = value;
    if (!text || out->test == MRSE_TEST_OTHER)
        return;
    out->bound =
        text[0] == '<' || text[0] == '>' || (unsigned char)text[0] > 127 || strstr(text, " to ");
    if (out->bound) {
        (void)mrse_spec_read_limit(r, &field, child, &out->result);
        return;
    }
    mark = mrse_spec_push(r, "result", 0);
    mrse_spec_load_value(r, &field, child, &value);
    mrse_spec_pop(r, mark);
    out->result.value = value;
}

/* What a number of an unnamed test means is not known: it stays in the words. */
static void check_other(mrse_reader *r, const mrse_node *result, const mrse_label_quote *quote)
{
    if (quote->test == MRSE_TEST_OTHER && result)
        mrse_spec_error(r, MRSE_ERR_INPUT, result->key_at,
                        "leave it out: 'printed' holds what the label says",
                        "the result of another test has no known quantity");
}

static void finish_quote(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const sar[] = {"whole_body_sar", "head_sar", "unspecified_sar"};
    const mrse_node *first = NULL;

    for (size_t i = 0; i < MRSE_COUNT(sar); i++) {
        const mrse_node *child = mrse_spec_child(r, node, sar[i]);
        if (child && first)
            mrse_spec_error(r, MRSE_ERR_INPUT, child->key_at,
                            "write one quote for each SAR of the test",
                            "the test has two SARs: '%s' and '%s'", mrse_spec_key(r, first),
                            mrse_spec_key(r, child));
        if (child)
            first = child;
    }
    check_other(r, mrse_spec_child(r, node, "result"), base);
    read_result(r, mrse_spec_child(r, node, "result"), base);
}

const mrse_schema mrse_spec_quote_schema = {
    .name = "a quoted test result",
    .doc = "Temperature rise, deflection, artefact as the label quotes them. Never a limit.",
    .field = quote_fields,
    .n = MRSE_COUNT(quote_fields),
    .size = sizeof(mrse_label_quote),
    .line = AT(line),
    .apart = true,
    .finish = finish_quote,
};

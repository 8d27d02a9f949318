/* Rules of a certification scheme: how much evidence of what, how old, how many simulated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/portfolio.h"
#include "spec_internal.h"

#define CATEGORY(member) offsetof(mrse_rules_category, member)
#define AT(member)       offsetof(mrse_rules, member)

static const mrse_field_spec category_fields[] = {
    {.key = "id",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CATEGORY(id),
     .longest = 8,
     .doc = "number of the sub-category: '4.1'; of a category without any: '3'"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = CATEGORY(title),
     .doc = "what it is about"},
    {.key = "pieces",
     .type = MRSE_FIELD_COUNT,
     .at = CATEGORY(least),
     .min = 1,
     .max = 100,
     .doc = "independent pieces of evidence that it needs; left out: 1"},
};

static const mrse_schema category_schema = {
    .name = "a sub-category",
    .field = category_fields,
    .n = MRSE_COUNT(category_fields),
    .size = sizeof(mrse_rules_category),
    .line = CATEGORY(line),
};

#define COUNT(name, member, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_COUNT, .required = true, .at = AT(member), .min = 0,     \
        .max = 10000, .doc = (text)                                                                \
    }
#define SHARE(name, member, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_NUMBER, .required = true, .at = AT(member),              \
        .kind = MRSE_KIND_RATIO, .min = 0, .max = 1, .doc = (text)                                 \
    }

static const mrse_field_spec rules_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`rules/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id", .type = MRSE_FIELD_NAME, .required = true, .at = AT(id), .doc = "short name"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(title),
     .doc = "document that states the rules"},
    {.key = "edition",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(edition),
     .doc = "its version"},
    {.key = "date",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(date),
     .doc = "of that version; a month as its first day"},
    {.key = "read", .type = MRSE_FIELD_DATE, .at = AT(read), .doc = "when it was read"},
    {.key = "address", .type = MRSE_FIELD_TEXT, .at = AT(address), .doc = "where it can be had"},
    COUNT("sub_categories", need_subcategories, "how many of them must be covered"),
    COUNT("simulated", most_simulated, "how many may rest on simulated evidence, at most"),
    COUNT("mhra", least_mhra, "how many must refer to the MHRA guidelines, at least"),
    COUNT("years", years, "evidence is mostly not older than this"),
    SHARE("older", most_old, "share of the pieces that may be older, with a reason"),
    COUNT("words", most_words, "of one commentary, at most: it must not replace the evidence"),
    SHARE("alike", near, "share of common wording from which two pieces count as similar"),
    {.key = "categories",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = AT(category),
     .count = AT(n_categories),
     .child = &category_schema,
     .doc = "every sub-category, in order"},
};

static void finish(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_rules *rules = base;

    for (size_t i = 0; i < rules->n_categories; i++)
        if (!(rules->category[i].least >= 1))
            rules->category[i].least = 1;
    if (rules->need_subcategories > (double)rules->n_categories)
        mrse_spec_error(r, MRSE_ERR_INPUT,
                        mrse_spec_where(mrse_spec_child(r, node, "sub_categories")),
                        "list every sub-category", "more are needed than are listed");
}

static const mrse_schema rules_schema = {
    .name = "rules",
    .field = rules_fields,
    .n = MRSE_COUNT(rules_fields),
    .size = sizeof(mrse_rules),
    .line = MRSE_NOWHERE,
    .finish = finish,
};

const mrse_format mrse_spec_rules = {
    .kind = "rules",
    .doc =
        "What a certification scheme asks of a portfolio. A new edition of its guidance is a new "
        "file.",
    .schema = &rules_schema,
    .path = AT(path),
};

mrse_status mrse_rules_load(const char *path, mrse_rules **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_rules, path, &object, NULL, diags);
    *out = object;
    return status;
}

mrse_status mrse_rules_read(const char *name, const char *text, size_t n, mrse_rules **out,
                            mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!name || !text || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_text(&mrse_spec_rules, name, text, n, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_rules_free(mrse_rules *rules)
{
    mrse_spec_object_free(&mrse_spec_rules, rules);
}

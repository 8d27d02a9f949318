/* Portfolio lists: which piece of evidence shows what.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/portfolio.h"

#include <string.h>

#include "case_internal.h"

static const char *const no_yes[] = {"no", "yes", NULL};

#define EVIDENCE(member) offsetof(mrse_evidence, member)
#define AT(member)       offsetof(mrse_portfolio, member)

static const mrse_field_spec evidence_fields[] = {
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = EVIDENCE(id),
     .longest = 16,
     .doc = "short name for the tables: 'E07'"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = EVIDENCE(title),
     .longest = 120,
     .doc = "what it is; nothing that identifies a patient"},
    {.key = "file",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = EVIDENCE(file),
     .doc = "PDF, PNG, JPEG or text file, or a worksheet folder, relative to this file: embedded, never "
            "linked"},
    {.key = "date",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = EVIDENCE(date),
     .doc = "when the work was done"},
    {.key = "categories",
     .type = MRSE_FIELD_TEXTS,
     .required = true,
     .at = EVIDENCE(category),
     .count = EVIDENCE(n_categories),
     .longest = 8,
     .doc = "sub-categories that it is evidence for: ['4.1']"},
    {.key = "where",
     .type = MRSE_FIELD_TEXT,
     .at = EVIDENCE(where),
     .doc = "which part of it: 'pages 2 and 3'; left out: all of it"},
    {.key = "contribution",
     .type = MRSE_FIELD_TEXT,
     .at = EVIDENCE(contribution),
     .doc = "what the applicant did; a piece without it counts for nothing"},
    {.key = "others",
     .type = MRSE_FIELD_TEXT,
     .at = EVIDENCE(others),
     .doc = "what others did, by role"},
    {.key = "simulated",
     .type = MRSE_FIELD_FLAG,
     .required = true,
     .at = EVIDENCE(simulated),
     .choice = no_yes,
     .doc = "yes when the situation is hypothetical"},
    {.key = "mhra",
     .type = MRSE_FIELD_LIST,
     .at = EVIDENCE(mhra),
     .count = EVIDENCE(n_mhra),
     .child = &mrse_spec_mhra_schema,
     .doc = "MHRA sections that the evidence itself complies with, or deviates from with reasons"},
    {.key = "commentary",
     .type = MRSE_FIELD_TEXT,
     .at = EVIDENCE(commentary),
     .doc = "context and thought process, briefly; it cannot replace the evidence"},
};

static const mrse_schema evidence_schema = {
    .name = "a piece of evidence",
    .field = evidence_fields,
    .n = MRSE_COUNT(evidence_fields),
    .size = sizeof(mrse_evidence),
    .line = EVIDENCE(line),
};

static const mrse_field_spec applicant_fields[] = {
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(applicant.name),
     .doc = "who applies; professional details are fine"},
    {.key = "role", .type = MRSE_FIELD_TEXT, .at = AT(applicant.role), .doc = "role or job title"},
    {.key = "registration",
     .type = MRSE_FIELD_TEXT,
     .at = AT(applicant.registration),
     .doc = "professional registration"},
    {.key = "site", .type = MRSE_FIELD_TEXT, .at = AT(applicant.site), .doc = "organisation"},
};

static const mrse_schema applicant_schema = {
    .field = applicant_fields, .n = MRSE_COUNT(applicant_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec portfolio_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`portfolio/1`",
     .doc = "the format; the first key of the file"},
    {.key = "title",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(title),
     .longest = 120,
     .doc = "title of the bound document"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every page repeats"},
    {.key = "specimen",
     .type = MRSE_FIELD_FLAG,
     .at = AT(specimen),
     .choice = no_yes,
     .doc = "yes: an invented example; every page is marked so"},
    {.key = "applicant",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .child = &applicant_schema,
     .doc = "whose portfolio it is"},
    {.key = "rules",
     .type = MRSE_FIELD_TEXT,
     .at = AT(rules),
     .doc = "file with the scheme's rules, relative to this file; left out: those of the IPEM MRSE "
            "Applicant Guidance that the program carries"},
    {.key = "evidence",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = AT(evidence),
     .count = AT(n_evidence),
     .child = &evidence_schema,
     .doc = "every piece, in the order in which it is bound"},
};

/* Tables refer to pieces by id. */
static void finish(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_portfolio *p = base;
    const mrse_node *entry = mrse_spec_first(r, mrse_spec_child(r, node, "evidence"));

    for (size_t i = 0; entry && i < p->n_evidence; i++, entry = mrse_spec_next(r, entry))
        for (size_t j = 0; j < i; j++)
            if (p->evidence[i].id && mrse_text_equal(p->evidence[i].id, p->evidence[j].id))
                mrse_spec_error(r, MRSE_ERR_INPUT, entry->at, "give each piece an id of its own",
                                "evidence[%zu] and evidence[%zu] have the same id", j, i);
}

static const mrse_schema portfolio_schema = {
    .name = "a portfolio",
    .field = portfolio_fields,
    .n = MRSE_COUNT(portfolio_fields),
    .size = sizeof(mrse_portfolio),
    .line = MRSE_NOWHERE,
    .finish = finish,
};

const mrse_format mrse_spec_portfolio = {
    .kind = "portfolio",
    .doc = "A list of evidence for certification, each piece with its date, what it shows and what "
           "the applicant did.",
    .schema = &portfolio_schema,
    .path = AT(path),
};

mrse_status mrse_portfolio_load(const char *path, mrse_portfolio **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_portfolio, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_portfolio_free(mrse_portfolio *portfolio)
{
    mrse_spec_object_free(&mrse_spec_portfolio, portfolio);
}

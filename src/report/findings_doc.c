/* The label table: printed text, limit, exposure, margin, verdict; and what is still to be asked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "record_internal.h"
#include "say_internal.h"

static void say_margin(mrse_buf *out, const json_t *f)
{
    double margin = mrse_json_get_num(f, "margin");
    if (isfinite(margin))
        mrse_quantity_print(out, margin, mrse_kind_from_id(mrse_json_get_text(f, "exposure.kind")),
                            3, 0);
}

static void say_verdict(mrse_buf *out, const json_t *f)
{
    mrse_buf_add(out, mrse_json_get_text(f, "verdict"));
    if (mrse_json_get_bool(f, "provisional"))
        mrse_buf_add(out, " (PROVISIONAL)");
    if (mrse_json_get_bool(f, "on_assumption"))
        mrse_buf_add(out, " (ON ASSUMPTION)");
    if (!mrse_json_get_bool(f, "decisive"))
        mrse_buf_add(out, " (shown, not decisive)");
}

static void finding_row(mrse_document *d, const json_t *f, bool name_branch)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], mrse_json_get_text(f, "topic"));
    if (name_branch && mrse_json_get_text(f, "branch")[0] != '\0')
        mrse_buf_addf(&row.cell[0], " [%s]", mrse_json_get_text(f, "branch"));
    mrse_buf_add(&row.cell[1], mrse_json_get_text(f, "printed"));
    say_limit(&row.cell[2], mrse_json_at(f, "limit"));
    const json_t *exposure = mrse_json_at(f, "exposure");
    if (isfinite(mrse_json_get_num(exposure, "v")) || mrse_json_at(f, "limit") != NULL) {
        if (exposure != NULL)
            say_value(&row.cell[3], exposure, 1);
        if (mrse_json_get_text(f, "exposure_name")[0] != '\0')
            mrse_buf_addf(&row.cell[3], ": %s", mrse_json_get_text(f, "exposure_name"));
    } else { /* nothing to measure: what is known of it */
        mrse_buf_add(&row.cell[3], mrse_json_get_text(f, "reason"));
    }
    say_margin(&row.cell[4], f);
    say_verdict(&row.cell[5], f);
    say_row_add(d, &row, 6);
}

/* What is met, or not asked for, needs nothing: the table says it. */
static bool is_open(const json_t *f, const char *implant)
{
    const char *verdict = mrse_json_get_text(f, "verdict");
    return mrse_text_equal(mrse_json_get_text(f, "implant"), implant) &&
           mrse_json_get_text(f, "reason")[0] != '\0' &&
           (mrse_text_equal(verdict, "NOT MET") || mrse_text_equal(verdict, "UNDETERMINED"));
}

/* How much of the request is the same for every condition: "confirmed, what: image artefact" names
 * its own topic at the end. */
static size_t common_ask(const json_t *f)
{
    const char *ask = mrse_json_get_text(f, "ask"), *topic = mrse_json_get_text(f, "topic");
    size_t n = strlen(ask), end = strlen(topic);
    return n > end && mrse_text_equal(ask + n - end, topic) ? n - end : n;
}

/* Two conditions of a label that are open for the same reason, and need the same done. */
static bool same_ask(const json_t *a, const json_t *b)
{
    size_t n = common_ask(a);
    return mrse_json_get_text(a, "implant")[0] != '\0' && n == common_ask(b) &&
           strncmp(mrse_json_get_text(a, "ask"), mrse_json_get_text(b, "ask"), n) == 0 &&
           mrse_text_equal(mrse_json_get_text(a, "reason"), mrse_json_get_text(b, "reason"));
}

/* The topics of `first` and of all after it that ask the same. */
static void say_topics(mrse_buf *out, const json_t *findings, size_t first, const char *implant,
                       const char *between)
{
    const json_t *one = json_array_get(findings, first);
    mrse_buf_add(out, mrse_json_get_text(one, "topic"));
    for (size_t i = first + 1; i < json_array_size(findings); i++) {
        const json_t *f = json_array_get(findings, i);
        if (is_open(f, implant) && same_ask(one, f))
            mrse_buf_addf(out, "%s%s", between, mrse_json_get_text(f, "topic"));
    }
}

static void ask_item(mrse_document *d, const json_t *findings, size_t first, const char *implant)
{
    const json_t *f = json_array_get(findings, first);
    const char *ask = mrse_json_get_text(f, "ask");
    mrse_buf text = {0};
    say_topics(&text, findings, first, implant, ", ");
    if (implant[0] == '\0')
        mrse_buf_addf(&text, ", %s", mrse_json_get_text(f, "exposure_name"));
    mrse_buf_addf(&text, ": %s", mrse_json_get_text(f, "reason"));
    if (ask[0] != '\0') {
        mrse_buf_add(&text, "; to do: ");
        mrse_buf_addn(&text, ask, common_ask(f));
        if (common_ask(f) < strlen(ask))
            say_topics(&text, findings, first, implant, " / ");
    }
    const char *item = mrse_buf_text(&text);
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_document_list(d, &item, 1);
    mrse_buf_free(&text);
}

static void add_open_points(mrse_document *d, const json_t *findings, const char *implant)
{
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *f = json_array_get(findings, i);
        bool said = false;
        for (size_t k = 0; k < i && is_open(f, implant); k++) {
            const json_t *earlier = json_array_get(findings, k);
            said = said || (is_open(earlier, implant) && same_ask(earlier, f));
        }
        if (is_open(f, implant) && !said)
            ask_item(d, findings, i, implant);
    }
}

static bool has_findings(const json_t *findings, const char *implant)
{
    size_t k;
    json_t *f;
    json_array_foreach (findings, k, f) {
        if (mrse_text_equal(mrse_json_get_text(f, "implant"), implant))
            return true;
    }
    return false;
}

static void add_table(mrse_document *d, const json_t *findings, const char *implant,
                      const char *caption, bool name_branch)
{
    static const char *const header[] = {
        "Condition", "Printed on the label", "Limit", "Exposure (± U = 2u)", "#Margin", "Verdict"};
    static const double weight[] = {1.9, 2.7, 1.3, 2.5, 1.1, 1.9};
    size_t k;
    json_t *f;
    mrse_document_table(d, caption, header, weight, 6);
    json_array_foreach (findings, k, f) {
        if (mrse_text_equal(mrse_json_get_text(f, "implant"), implant))
            finding_row(d, f, name_branch);
    }
    add_open_points(d, findings, implant);
}

static const char PATIENT[] = "the patient"; /* as the assessment names it */

void mrse_document_add_findings(mrse_document *d, const json_t *record, int level)
{
    const json_t *findings = mrse_json_at(record, "findings");
    size_t i;
    json_t *implant;
    json_array_foreach (mrse_json_at(record, "implants"), i, implant) {
        const char *name = mrse_json_get_text(implant, "name");
        mrse_buf heading = {0};
        mrse_buf_addf(&heading, "Conditions of the label: %s", name);
        say_heading_add(d, level, &heading);
        add_table(d, findings, name, mrse_json_get_text(implant, "device"),
                  mrse_json_get_text(implant, "branch")[0] == '\0');
    }
    if (has_findings(findings, PATIENT)) {
        mrse_document_heading(d, level, "The patient and the operating mode");
        add_table(d, findings, PATIENT, "A stricter mode than the label's, where one is chosen",
                  false);
    }
    mrse_document_add_together(d, record, level);
    /* What is found of the scanner belongs to no implant. */
    if (!has_findings(findings, ""))
        return;
    mrse_document_heading(d, level, "The scanner's data sheet and the field model");
    add_open_points(d, findings, "");
}

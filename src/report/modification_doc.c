/* Why a sequence was modified and for which limits; the room for the radiologist's answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

static void pair(mrse_document *d, const json_t *m, const char *label, const char *key)
{
    mrse_buf text = {0};
    const char *words = mrse_json_get_text(m, key);
    if (words[0] == '\0')
        return;
    mrse_buf_add(&text, words);
    say_pair_add(d, label, &text);
}

static void say_margin(mrse_buf *out, const json_t *f)
{
    double margin = mrse_json_get_num(f, "margin");
    if (isfinite(margin))
        mrse_quantity_print(out, margin, mrse_kind_from_id(mrse_json_get_text(f, "exposure.kind")),
                            3, 0);
}

static void finding_row(mrse_document *d, const json_t *f)
{
    say_row row = {0};
    mrse_buf_addf(&row.cell[0], "%s, %s", mrse_json_get_text(f, "topic"),
                  mrse_json_get_text(f, "branch"));
    mrse_buf_add(&row.cell[1], mrse_json_get_text(f, "printed"));
    say_limit(&row.cell[2], mrse_json_at(f, "limit"));
    if (isfinite(mrse_json_get_num(f, "exposure.v"))) {
        say_value(&row.cell[3], mrse_json_at(f, "exposure"), 0);
        mrse_buf_addf(&row.cell[3], " (%s)", mrse_json_get_text(f, "exposure_name"));
    }
    say_margin(&row.cell[4], f);
    mrse_buf_add(&row.cell[5], mrse_json_get_text(f, "verdict"));
    if (mrse_json_get_bool(f, "provisional"))
        mrse_buf_add(&row.cell[5], " (PROVISIONAL)");
    if (mrse_json_get_bool(f, "on_assumption"))
        mrse_buf_add(&row.cell[5], " (ON ASSUMPTION)");
    if (!mrse_json_get_bool(f, "decisive"))
        mrse_buf_add(&row.cell[5], " (shown, not decisive)");
    say_row_add(d, &row, 6);
}

static void open_item(mrse_document *d, const json_t *f)
{
    mrse_buf text = {0};
    const char *ask = mrse_json_get_text(f, "ask"), *item;
    mrse_buf_addf(&text, "%s, %s: %s", mrse_json_get_text(f, "topic"),
                  mrse_json_get_text(f, "branch"), mrse_json_get_text(f, "reason"));
    if (ask[0] != '\0')
        mrse_buf_addf(&text, "; to do: %s", ask);
    item = mrse_buf_text(&text);
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_document_list(d, &item, 1);
    mrse_buf_free(&text);
}

static bool concerns(const json_t *f)
{
    return mrse_text_equal(mrse_json_get_text(f, "implant"), "the modification");
}

static bool is_decided(const json_t *f)
{
    const char *verdict = mrse_json_get_text(f, "verdict");
    return mrse_text_equal(verdict, "MET") || mrse_text_equal(verdict, "NOT MET");
}

void mrse_document_add_modification(mrse_document *d, const json_t *r, int level)
{
    static const char *const header[] = {"Limit on",         "As printed", "#Limit",
                                         "Value (± U = 2u)", "#Margin",    "Verdict"};
    static const double weight[] = {1.6, 2.0, 1.1, 2.2, 1.1, 1.9};
    const json_t *m = mrse_json_at(r, "modification"), *findings = mrse_json_at(r, "findings");
    bool any = false;
    size_t i;
    json_t *f;
    if (m == NULL)
        return;
    mrse_document_heading(d, level, "The modification");
    pair(d, m, "Reason", "reason");
    pair(d, m, "Limit to keep", "constraint");
    pair(d, m, "Position known by", "position_evidence");
    pair(d, m, "Note, before", "note_before");
    pair(d, m, "Note, after", "note_after");
    json_array_foreach (findings, i, f)
        any |= concerns(f);
    if (!any) {
        mrse_document_paragraph(d, MRSE_STYLE_CALLOUT,
                                "UNDETERMINED: the case states no limit in numbers "
                                "(modification.limits), so nothing is judged.");
        return;
    }
    mrse_document_table(d, "The limits that the modification is for; the sequence after it decides",
                        header, weight, 6);
    json_array_foreach (findings, i, f)
        if (concerns(f))
            finding_row(d, f);
    json_array_foreach (findings, i, f)
        if (concerns(f) && !is_decided(f))
            open_item(d, f);
}

/* Left empty: the program does not answer for people. */
void mrse_document_add_feedback(mrse_document *d, const json_t *r, int level)
{
    static const char *const header[] = {"To be filled in by hand", "Answer"};
    static const double weight[] = {3.0, 3.6};
    static const char *const line[] = {"Images looked at (phantom, volunteer, patients)",
                                       "Signal, contrast, blurring, distortion, artefact",
                                       "Answers the clinical question: yes, no, with limits",
                                       "What to do when it does not",
                                       "Name, role, date, signature"};
    const json_t *m = mrse_json_at(r, "modification");
    const char *question = mrse_json_get_text(m, "image_quality");
    mrse_buf text = {0};
    if (m == NULL)
        return;
    mrse_document_heading(d, level, "Radiologist's feedback");
    mrse_buf_addf(&text, "The question that is put to the radiologist: %s",
                  question[0] != '\0' ? question : "not given by the author.");
    say_paragraph_add(d, MRSE_STYLE_CALLOUT, &text);
    mrse_document_table(d, "", header, weight, 2);
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++) {
        const char *const cell[] = {line[i], ""};
        mrse_document_row(d, cell);
    }
}

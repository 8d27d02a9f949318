/* The author's part of a worksheet: reasoning, conclusion, contribution, guidance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_internal.h"
#include "say_internal.h"
#include "worksheet_internal.h"

/* A part that the author left empty is shown as empty: the reader must see that it is missing. */
static void part(mrse_document *d, const json_t *r, const char *heading, const char *path)
{
    const char *text = mrse_json_get_text(r, path);
    mrse_document_heading(d, 3, heading);
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN,
                            text[0] != '\0' ? text : "Not given by the author.");
}

/* The same for what takes a line or two. */
static void line(mrse_document *d, const json_t *r, const char *label, const char *path)
{
    const char *text = mrse_json_get_text(r, path);
    const char *cells[2] = {label, text[0] != '\0' ? text : "Not given by the author."};
    mrse_document_pairs(d, cells, 1);
}

static void list(mrse_document *d, const json_t *r, const char *heading, const char *path)
{
    const json_t *items = mrse_json_at(r, path);
    size_t i;
    json_t *item;
    mrse_document_heading(d, 3, heading);
    if (json_array_size(items) == 0)
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "Not given by the author.");
    json_array_foreach (items, i, item) {
        const char *text = json_string_value(item);
        mrse_document_list(d, &text, 1);
    }
}

static void add_mhra(mrse_document *d, const json_t *r)
{
    static const char *const header[] = {"MHRA section", "Edition", "Complied with",
                                         "How, or why not"};
    static const double weight[] = {0.9, 1.7, 0.9, 5.5};
    size_t i;
    json_t *m;
    if (json_array_size(mrse_json_at(r, "case.mhra")) == 0)
        return;
    mrse_document_table(d,
                        "MHRA, Safety Guidelines for Magnetic Resonance Imaging Equipment in "
                        "Clinical Use",
                        header, weight, 4);
    json_array_foreach (mrse_json_at(r, "case.mhra"), i, m) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(m, "section"));
        mrse_buf_add(&row.cell[1], mrse_json_get_text(m, "edition"));
        mrse_buf_add(&row.cell[2], mrse_json_get_bool(m, "complied") ? "yes" : "deviation");
        mrse_buf_add(&row.cell[3], mrse_json_get_text(m, "how"));
        say_row_add(d, &row, 4);
    }
}

/* What no version of the program looks at is said by the program, whatever the author lists. */
static void add_limits(mrse_document *d)
{
    static const char *const item[] = {
        "By this program: iron in the room and its shielding, magnet faults and quench, deviation "
        "of this magnet from its stated coil set, conditions listed above as not yet assessed.",
        "For the clinician: contrast agents, medication, sedation, tissue next to the implant, and "
        "whether the examination is needed."};
    mrse_document_list(d, item, 2);
}

void mrse_document_add_opinion(mrse_document *d, const json_t *r)
{
    mrse_document_heading(d, 2, "Opinion of the author");
    mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                            "Written by the author; nothing in this part is computed.");
    if (json_array_size(mrse_json_at(r, "implants")) > 0 ||
        json_array_size(mrse_json_at(r, "objects")) > 0) /* nobody is referred to a room */
        line(d, r, "Referrer's justification, as given", "case.referrer_justification");
    part(d, r, "Reasoning", "case.reasoning");
    list(d, r, "Alternatives considered", "case.alternatives");
    part(d, r, "Conclusion", "case.conclusion");
    line(d, r, "Residual risk", "case.residual_risk");
    line(d, r, "Who decides", "case.decides");
    line(d, r, "Own contribution", "case.own_contribution");
    line(d, r, "Contribution of others", "case.others_contribution");
    add_mhra(d, r);
    list(d, r, "Not considered", "case.not_considered");
    add_limits(d);
}

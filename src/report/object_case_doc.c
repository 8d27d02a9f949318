/* Objects of a case: what could be done otherwise, and what the author judges of each hazard.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "object_internal.h"
#include "say_internal.h"

static void say_spread(mrse_buf *out, const json_t *lever, const char *key)
{
    const json_t *s = mrse_json_at(lever, key);
    if (s == NULL) {
        mrse_buf_add(out, "none");
        return;
    }
    double low = mrse_json_get_num(s, "low"), high = mrse_json_get_num(s, "high");
    if (!isfinite(low) || !isfinite(high)) {
        mrse_buf_add(out, "UNDETERMINED");
        return;
    }
    mrse_buf_num(out, low, 3);
    mrse_buf_add(out, " to ");
    mrse_buf_num(out, high, 3);
}

/* Of drag and power only the upper end decides anything. */
static void say_most(mrse_buf *out, const json_t *lever, const char *key, mrse_kind kind)
{
    double high = mrse_json_get_num(mrse_json_at(lever, key), "high");
    if (isfinite(high))
        mrse_quantity_print(out, high, kind, 3, 0);
    else
        mrse_buf_add(out, "UNDETERMINED");
}

/* A column that says nothing of any lever is left out. */
static bool is_any(const json_t *o, const char *key)
{
    size_t i;
    json_t *lever;
    json_array_foreach (mrse_json_at(o, "levers"), i, lever)
        if (isfinite(mrse_json_get_num(mrse_json_at(lever, key), "high")))
            return true;
    return false;
}

typedef struct columns {
    bool torque, drag, power;
    size_t n;
} columns;

static void lever_row(mrse_document *d, const json_t *lever, const columns *with)
{
    say_row row = {0};
    size_t n = 2;
    mrse_buf_add(&row.cell[0], mrse_json_get_text(lever, "what"));
    if (!mrse_json_get_bool(lever, "exists")) {
        mrse_buf_add(&row.cell[1], "no such ride through the bore");
        say_row_add(d, &row, with->n);
        return;
    }
    say_value(&row.cell[1], mrse_json_at(lever, "gradient"), 0);
    mrse_buf_add(&row.cell[1], "; ");
    say_value(&row.cell[1], mrse_json_at(lever, "product"), 0);
    say_spread(&row.cell[n++], lever, "force_ratio");
    if (with->torque)
        say_spread(&row.cell[n++], lever, "torque_ratio");
    if (with->drag)
        say_most(&row.cell[n++], lever, "drag", MRSE_KIND_FORCE);
    if (with->power)
        say_most(&row.cell[n++], lever, "power", MRSE_KIND_POWER);
    say_row_add(d, &row, n);
}

void mrse_document_add_levers(mrse_document *d, const json_t *o)
{
    const char *header[6] = {"Instead", "Largest gradient; |B| × gradient",
                             "#Force / weight, 95 %"};
    static const double weight[] = {2.0, 2.6, 1.3, 1.4, 1.2, 1.2};
    columns with = {is_any(o, "torque_ratio"), is_any(o, "drag"), is_any(o, "power"), 3};
    mrse_buf caption = {0};
    size_t i;
    json_t *lever;
    if (with.torque)
        header[with.n++] = "#Torque / reference, 95 %";
    if (with.drag)
        header[with.n++] = "#Drag, 97.5 %";
    if (with.power)
        header[with.n++] = "#Power, 97.5 %";
    mrse_buf_addf(&caption, "%s: what could be done otherwise, and what it would change",
                  mrse_json_get_text(o, "name"));
    mrse_document_fine(d, true); /* columns of numbers with their uncertainty */
    mrse_document_table(d, mrse_buf_text(&caption), header, weight, with.n);
    mrse_document_fine(d, false);
    if (caption.status != MRSE_OK && d->status == MRSE_OK)
        d->status = caption.status;
    mrse_buf_free(&caption);
    json_array_foreach (mrse_json_at(o, "levers"), i, lever)
        lever_row(d, lever, &with);
}

/* An empty cell is a judgement that nobody made, and must be seen. */
static void say_given(mrse_buf *out, const json_t *risk, const char *key)
{
    const char *text = mrse_json_get_text(risk, key);
    mrse_buf_add(out, text[0] != '\0' ? text : "not given by the author");
}

static void add_judgement(mrse_document *d, const json_t *r)
{
    static const char *const header[] = {"Hazard", "Severity", "Likelihood", "Mitigation",
                                         "What remains"};
    static const double weight[] = {1.7, 1.7, 2.3, 2.5, 1.8};
    size_t i;
    json_t *risk;
    if (json_array_size(mrse_json_at(r, "risks")) == 0) {
        mrse_document_paragraph(d, MRSE_STYLE_CALLOUT,
                                "The author has judged no hazard: severity, likelihood and "
                                "mitigation are not given.");
        return;
    }
    mrse_document_table(d, "Severity and likelihood as judged by the author; nothing is computed",
                        header, weight, 5);
    json_array_foreach (mrse_json_at(r, "risks"), i, risk) {
        say_row row = {0};
        const char *of = mrse_json_get_text(risk, "object");
        if (of[0] != '\0')
            mrse_buf_addf(&row.cell[0], "%s: ", of);
        mrse_buf_add(&row.cell[0], mrse_json_get_text(risk, "hazard"));
        say_given(&row.cell[1], risk, "severity");
        say_given(&row.cell[2], risk, "likelihood");
        say_given(&row.cell[3], risk, "mitigation");
        say_given(&row.cell[4], risk, "residual");
        say_row_add(d, &row, 5);
    }
}

void mrse_document_add_risks(mrse_document *d, const json_t *r, int level)
{
    size_t i;
    json_t *o;
    if (json_array_size(mrse_json_at(r, "objects")) == 0)
        return;
    mrse_document_heading(d, level, "Mitigation, computed");
    json_array_foreach (mrse_json_at(r, "objects"), i, o)
        mrse_document_add_levers(d, o);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "All rows are drawn alike, from fewer samples than the table of hazards: compare them with "
        "each other. Force and torque of the static field do not depend on speed; drag is "
        "proportional to it. Power of switched gradients goes with the square of "
        "dB/dt: half the slew rate, a quarter of the power.");
    mrse_document_heading(d, level, "Hazards, judged by the author");
    add_judgement(d, r);
}

/* Several labels together: which limit binds, and a timetable that keeps to all clocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

static void say_names(mrse_buf *out, const json_t *names)
{
    size_t i;
    json_t *name;
    json_array_foreach (names, i, name)
        mrse_buf_addf(out, "%s%s", i > 0 ? ", " : "", json_string_value(name));
}

static void limit_row(mrse_document *d, const json_t *b)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], mrse_json_get_text(b, "quantity"));
    say_limit(&row.cell[1], mrse_json_at(b, "limit"));
    mrse_buf_add(&row.cell[2], mrse_json_get_text(b, "of"));
    if (json_array_size(mrse_json_at(b, "labels")) > 1) {
        mrse_buf_add(&row.cell[2], " (limited by: ");
        say_names(&row.cell[2], mrse_json_at(b, "labels"));
        mrse_buf_add(&row.cell[2], ")");
    }
    if (isfinite(mrse_json_get_num(b, "exposure.v")))
        say_value(&row.cell[3], mrse_json_at(b, "exposure"), 1);
    else
        mrse_buf_add(&row.cell[3], "not known");
    if (mrse_json_get_text(b, "sequence")[0] != '\0')
        mrse_buf_addf(&row.cell[3], ": %s", mrse_json_get_text(b, "sequence"));
    mrse_buf_add(&row.cell[4], mrse_json_get_text(b, "verdict"));
    if (mrse_json_get_bool(b, "provisional"))
        mrse_buf_add(&row.cell[4], " (PROVISIONAL)");
    if (mrse_json_get_bool(b, "on_assumption"))
        mrse_buf_add(&row.cell[4], " (ON ASSUMPTION)");
    say_row_add(d, &row, 5);
}

static void add_left_out(mrse_document *d, const json_t *t)
{
    size_t i;
    json_t *f;
    json_array_foreach (mrse_json_at(t, "left_out"), i, f) {
        mrse_buf text = {0};
        mrse_buf_addf(&text, "Not merged, because it is not decided whether it applies: %s, %s",
                      mrse_json_get_text(f, "implant"), mrse_json_get_text(f, "quantity"));
        if (mrse_json_get_text(f, "branch")[0] != '\0')
            mrse_buf_addf(&text, " [%s]", mrse_json_get_text(f, "branch"));
        mrse_buf_addf(&text, ": %s", mrse_json_get_text(f, "printed"));
        const char *item = mrse_buf_text(&text);
        if (text.status != MRSE_OK && d->status == MRSE_OK)
            d->status = text.status;
        mrse_document_list(d, &item, 1);
        mrse_buf_free(&text);
    }
}

static void add_limits(mrse_document *d, const json_t *t, int level)
{
    static const char *const header[] = {"Quantity and basis", "Tightest limit", "Whose label",
                                         "Worst of the examination (± U = 2u)", "Verdict"};
    static const double weight[] = {2.2, 1.5, 2.2, 2.2, 1.6};
    size_t i;
    json_t *b;
    mrse_document_heading(d, level, "All labels together: the limit that binds");
    mrse_document_table(d, "Each limit that applies, the tightest for each quantity", header,
                        weight, 5);
    json_array_foreach (mrse_json_at(t, "limits"), i, b)
        limit_row(d, b);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "Limits on other quantities, or on another basis (peak and rms, head and whole body, one "
        "sequence and the whole examination, windows of other lengths), are not comparable: each "
        "keeps its row, and none is converted into another. The verdict is the worst of all labels "
        "that limit the quantity.");
    add_left_out(d, t);
}

static void say_minutes(mrse_buf *out, double s)
{
    if (isfinite(s))
        mrse_quantity_print(out, s, MRSE_KIND_TIME, 3, 0);
    else
        mrse_buf_add(out, "not known");
}

/* Minutes from the first start: what a clock on the wall can follow. */
static void say_start(mrse_buf *out, double s)
{
    char text[MRSE_NUM_MAX];
    if (!isfinite(s)) {
        mrse_buf_add(out, "not known");
        return;
    }
    mrse_text_fixed(text, s / 60.0, 1);
    mrse_buf_addf(out, "%s min", text);
}

static void slot_row(mrse_document *d, const json_t *slot)
{
    say_row row = {0};
    double pause_s = mrse_json_get_num(slot, "pause_s"),
           added_s = mrse_json_get_num(slot, "added_s");
    if (pause_s > 0.0)
        say_minutes(&row.cell[0], pause_s);
    if (added_s > 0.0 && added_s < pause_s) {
        mrse_buf_add(&row.cell[0], ", of that added ");
        say_minutes(&row.cell[0], added_s);
    }
    say_start(&row.cell[1], mrse_json_get_num(slot, "start_s"));
    mrse_buf_add(&row.cell[2], mrse_json_get_text(slot, "sequence"));
    say_minutes(&row.cell[3], mrse_json_get_num(slot, "length.v"));
    say_row_add(d, &row, 4);
}

static void add_timetable(mrse_document *d, const json_t *t, int level)
{
    static const char *const header[] = {"Pause before it", "#Start", "Sequence", "#Lasts"};
    static const double weight[] = {1.6, 1.0, 3.0, 1.0};
    const json_t *table = mrse_json_at(t, "timetable");
    mrse_buf text = {0};
    size_t i;
    json_t *slot;
    if (!mrse_json_get_bool(table, "needed"))
        return;
    mrse_document_heading(d, level, "A timetable that keeps to the clocks");
    if (!mrse_json_get_bool(table, "possible")) {
        mrse_buf_addf(&text, "None is proposed: %s.", mrse_json_get_text(table, "reason"));
        say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
        return;
    }
    mrse_document_table(d,
                        mrse_json_get_bool(table, "reordered")
                            ? "In another order: in the order planned no breaks keep every clock"
                            : "In the order planned, with breaks without RF and gradients",
                        header, weight, 4);
    json_array_foreach (mrse_json_at(table, "slots"), i, slot)
        slot_row(d, slot);
    mrse_buf_addf(&text,
                  "Held against every clock of every label again, and MET%s; longer pauses keep "
                  "them too. A repeated sequence changes it.",
                  mrse_json_get_bool(table, "on_assumption") ? " (ON ASSUMPTION)" : "");
    if (mrse_json_get_num(table, "rest_after_s") > 0.0) {
        mrse_buf_add(&text, " Afterwards no MR for ");
        say_minutes(&text, mrse_json_get_num(table, "rest_after_s"));
        mrse_buf_add(&text, ".");
    }
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_elsewhere(mrse_document *d, const json_t *t)
{
    const json_t *e = mrse_json_at(t, "elsewhere");
    mrse_buf text = {0};
    if (e == NULL)
        return;
    mrse_buf_addf(&text, "On %s (", mrse_json_get_text(e, "scanner"));
    say_value(&text, mrse_json_at(e, "b0_nominal"), 0);
    mrse_buf_addf(&text,
                  ") the same labels and examination are %s: %d conditions NOT MET, %d "
                  "UNDETERMINED. Side by side: mrse assess CASE --scanner FILE.",
                  mrse_json_get_text(e, "verdict"), (int)mrse_json_get_num(e, "not_met"),
                  (int)mrse_json_get_num(e, "undetermined"));
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
}

void mrse_document_add_together(mrse_document *d, const json_t *r, int level)
{
    const json_t *t = mrse_json_at(r, "together");
    if (t == NULL)
        return;
    if (json_array_size(mrse_json_at(r, "implants")) > 1)
        add_limits(d, t, level);
    add_timetable(d, t, level);
    add_elsewhere(d, t);
}

/* The sequence sections of a document: what a sequence does before and after a modification, which
 * parameters differ, and what that does to the image.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

enum { DIGITS = 4, RATIO_DIGITS = 3 };

static bool is_pair(const json_t *s)
{
    return mrse_json_at(s, "after") != NULL;
}

static void add_identity(mrse_document *d, const json_t *s)
{
    static const struct {
        const char *key, *alone, *paired;
    } side[] = {{"before", "Sequence", "Before"}, {"after", "", "After"}};
    for (size_t i = 0; i < (is_pair(s) ? 2U : 1U); i++) {
        const json_t *in = mrse_json_at(s, side[i].key);
        mrse_buf text = {0};
        mrse_buf_addf(&text, "%s (%s, SHA-256 %.12s...)", mrse_json_get_text(in, "name"),
                      mrse_json_get_text(in, "form"), mrse_json_get_text(in, "sha256"));
        if (mrse_json_get_text(in, "stamp")[0] != '\0')
            mrse_buf_addf(&text, "; %s", mrse_json_get_text(in, "stamp"));
        say_pair_add(d, is_pair(s) ? side[i].paired : side[i].alone, &text);
    }
}

static void add_warnings(mrse_document *d, const json_t *s)
{
    size_t i;
    json_t *w;
    json_array_foreach (mrse_json_at(s, "warnings"), i, w) {
        mrse_buf text = {0};
        mrse_buf_addf(&text, "Warning: %s", json_string_value(w));
        say_paragraph_add(d, MRSE_STYLE_CALLOUT, &text);
    }
}

static void say_known(mrse_buf *out, const json_t *value)
{
    if (isfinite(mrse_json_get_num(value, "v")))
        say_value(out, value, 0);
    else
        mrse_buf_add(out, "not known");
}

/* U = 2u with two digits, and the ratio to the same place. */
static void say_ratio(mrse_buf *out, const json_t *row)
{
    double ratio = mrse_json_get_num(row, "ratio"), U = 2.0 * mrse_json_get_num(row, "u_ratio");
    char text[MRSE_NUM_MAX];
    if (!isfinite(ratio))
        return;
    if (!(U > 5e-4 * ratio)) {
        mrse_buf_num(out, ratio, RATIO_DIGITS);
        return;
    }
    int decimals = 1 - (int)floor(log10(U));
    decimals = decimals < 0 ? 0 : decimals > 4 ? 4 : decimals;
    mrse_text_fixed(text, ratio, decimals);
    mrse_buf_addf(out, "%s ± ", text);
    mrse_text_fixed(text, U, decimals);
    mrse_buf_add(out, text);
}

static void say_how(mrse_buf *out, const json_t *row)
{
    const char *how = mrse_json_get_text(row, "how"), *note = mrse_json_get_text(row, "note");
    mrse_buf_add(out, how);
    if (how[0] != '\0' && note[0] != '\0')
        mrse_buf_add(out, "; ");
    mrse_buf_add(out, note);
}

static void exposure_row(mrse_document *d, const json_t *row, bool pair)
{
    say_row cells = {0};
    size_t n = 0;
    mrse_buf_add(&cells.cell[n++], mrse_json_get_text(row, "what"));
    say_known(&cells.cell[n++], mrse_json_at(row, "before"));
    if (pair) {
        say_known(&cells.cell[n++], mrse_json_at(row, "after"));
        say_ratio(&cells.cell[n++], row);
    }
    say_how(&cells.cell[n++], row);
    say_row_add(d, &cells, n);
}

static bool is_known(const json_t *row)
{
    return isfinite(mrse_json_get_num(row, "before.v")) ||
           isfinite(mrse_json_get_num(row, "after.v"));
}

static void say_quantity(mrse_buf *out, const json_t *row, const char *key)
{
    const json_t *value = mrse_json_at(row, key);
    const char *unit = mrse_json_get_text(row, "unit");
    double v = mrse_json_get_num(value, "v");
    if (!isfinite(v)) {
        mrse_buf_add(out, "not known");
        return;
    }
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(value, "kind"));
    if (unit[0] == '\0' && kind != MRSE_KIND_NONE) {
        mrse_quantity_print(out, v, kind, RATIO_DIGITS, 0);
        return;
    }
    mrse_buf_num(out, v, DIGITS);
    if (unit[0] != '\0')
        mrse_buf_addf(out, " %s", unit);
}

/* The very same number on both sides: it is named, and takes no row. */
static bool is_unchanged(const json_t *row)
{
    double before = mrse_json_get_num(row, "before.v"), after = mrse_json_get_num(row, "after.v");
    return fabs(before - after) <= 1e-9 * fabs(before);
}

static void begin_table(mrse_document *d, const char *topic, bool pair)
{
    static const char *const paired[] = {"Quantity", "#Before", "#After", "#Ratio",
                                         "How, or why not"};
    static const double paired_weight[] = {2.5, 1.2, 1.2, 1.0, 3.8};
    static const char *const single[] = {"Quantity", "#Value", "How, or why not"};
    static const double single_weight[] = {2.2, 1.6, 3.6};
    mrse_buf caption = {0};
    mrse_buf_addf(&caption, "Exposure: %s", topic);
    mrse_document_table(d, mrse_buf_text(&caption), pair ? paired : single,
                        pair ? paired_weight : single_weight, pair ? 5 : 3);
    if (caption.status != MRSE_OK && d->status == MRSE_OK)
        d->status = caption.status;
    mrse_buf_free(&caption);
}

/* One table for each topic in which something is known. */
static void add_exposure(mrse_document *d, const json_t *s)
{
    const bool pair = is_pair(s);
    const char *topic = "";
    size_t i;
    json_t *row;
    json_array_foreach (mrse_json_at(s, "rows"), i, row) {
        if (!is_known(row) || is_unchanged(row))
            continue;
        if (!mrse_text_equal(mrse_json_get_text(row, "topic"), topic)) {
            topic = mrse_json_get_text(row, "topic");
            begin_table(d, topic, pair);
        }
        exposure_row(d, row, pair);
    }
}

static void add_unchanged(mrse_document *d, const json_t *rows)
{
    mrse_buf text = {0};
    size_t i;
    json_t *row;
    json_array_foreach (rows, i, row) {
        if (!is_known(row) || !is_unchanged(row))
            continue;
        mrse_buf_addf(&text, "%s%s (", text.len == 0 ? "The same before and after: " : "; ",
                      mrse_json_get_text(row, "what"));
        say_quantity(&text, row, "before");
        mrse_buf_add(&text, ")");
    }
    if (text.status == MRSE_OK && text.len == 0)
        return;
    mrse_buf_add(&text, ".");
    const char *item = mrse_buf_text(&text);
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_document_list(d, &item, 1);
    mrse_buf_free(&text);
}

/* What is known of neither sequence, each reason once with all that lacks for it. */
static void add_unknown(mrse_document *d, const json_t *rows)
{
    mrse_buf text = {0};
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i), *next = json_array_get(rows, i + 1);
        const char *why = mrse_json_get_text(row, "note");
        if (is_known(row))
            continue;
        mrse_buf_addf(&text, "%s%s", text.len == 0 ? "Not known: " : ", ",
                      mrse_json_get_text(row, "what"));
        if (next != NULL && !is_known(next) &&
            mrse_text_equal(mrse_json_get_text(next, "note"), why))
            continue;
        mrse_buf_addf(&text, ". Why: %s.", why);
        const char *item = mrse_buf_text(&text);
        if (text.status != MRSE_OK && d->status == MRSE_OK)
            d->status = text.status;
        mrse_document_list(d, &item, 1);
        mrse_buf_free(&text);
    }
    mrse_buf_free(&text);
}

static void add_changes(mrse_document *d, const json_t *s)
{
    static const char *const header[] = {"Parameter", "#Before", "#After", "Note"};
    static const double weight[] = {2.4, 1.4, 1.4, 2.0};
    const json_t *changes = mrse_json_at(s, "changes");
    bool noted = false;
    size_t i;
    json_t *c;
    if (json_array_size(changes) == 0) {
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, "No parameter that both files state differs.");
        return;
    }
    json_array_foreach (changes, i, c)
        noted |= mrse_json_get_text(c, "note")[0] != '\0';
    mrse_document_table(d, "Parameters that differ; what is not listed is the same in both", header,
                        weight, noted ? 4 : 3);
    json_array_foreach (changes, i, c) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(c, "what"));
        mrse_buf_add(&row.cell[1], mrse_json_get_text(c, "before"));
        mrse_buf_add(&row.cell[2], mrse_json_get_text(c, "after"));
        if (noted)
            mrse_buf_add(&row.cell[3], mrse_json_get_text(c, "note"));
        say_row_add(d, &row, noted ? 4 : 3);
    }
}

static void say_decision(mrse_buf *out, const json_t *decision)
{
    mrse_buf_add(out, mrse_json_get_text(decision, "verdict"));
    if (mrse_json_get_bool(decision, "provisional"))
        mrse_buf_add(out, " (PROVISIONAL)");
    if (mrse_json_get_bool(decision, "on_assumption"))
        mrse_buf_add(out, " (ON ASSUMPTION)");
}

static void add_limits(mrse_document *d, const json_t *s)
{
    static const char *const header[] = {"IEC 60601-2-33", "#Limit", "Before", "After"};
    static const char *const alone[] = {"IEC 60601-2-33", "#Limit", "Verdict"};
    static const double weight[] = {3.4, 1.2, 2.0, 2.0};
    const bool pair = is_pair(s);
    const json_t *limits = mrse_json_at(s, "limits");
    size_t i;
    json_t *l;
    if (json_array_size(limits) == 0)
        return;
    mrse_document_table(d, "Limits of the standard, which the scanner guards",
                        pair ? header : alone, weight, pair ? 4 : 3);
    json_array_foreach (limits, i, l) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(l, "what"));
        say_limit(&row.cell[1], mrse_json_at(l, "limit"));
        say_decision(&row.cell[2], mrse_json_at(l, "before"));
        if (pair)
            say_decision(&row.cell[3], mrse_json_at(l, "after"));
        say_row_add(d, &row, pair ? 4 : 3);
    }
}

/* A range that runs over zero has no end that could be printed. */
static void say_span(mrse_buf *out, const json_t *row)
{
    const json_t *span = mrse_json_at(row, "ratio");
    double v = mrse_json_get_num(span, "v"), low = mrse_json_get_num(span, "low"),
           high = mrse_json_get_num(span, "high");
    if (isfinite(v))
        mrse_buf_num(out, v, RATIO_DIGITS);
    if (mrse_json_get_bool(row, "turns") || mrse_json_get_bool(span, "unbounded")) {
        mrse_buf_add(out, isfinite(v) ? "; may vanish or turn round" : "may vanish or turn round");
        return;
    }
    if (!isfinite(v) || !isfinite(low) || !isfinite(high) || !(high - low > 5e-4 * fabs(v)))
        return;
    mrse_buf_add(out, " (");
    mrse_buf_num(out, low, RATIO_DIGITS);
    mrse_buf_add(out, " to ");
    mrse_buf_num(out, high, RATIO_DIGITS);
    mrse_buf_add(out, ")");
}

/* Rows of one quantity share their formula: it is said with the first. */
static void say_image_how(mrse_buf *out, const json_t *row, const json_t *previous)
{
    const char *how = mrse_json_get_text(row, "how"), *note = mrse_json_get_text(row, "note");
    if (!mrse_text_equal(how, mrse_json_get_text(previous, "how"))) {
        say_how(out, row);
        return;
    }
    mrse_buf_add(out, "likewise");
    if (note[0] != '\0' && !mrse_text_equal(note, mrse_json_get_text(previous, "note")))
        mrse_buf_addf(out, "; %s", note);
}

static void add_image(mrse_document *d, const json_t *s, int level)
{
    static const char *const header[] = {"Quantity", "#Before", "#After", "#Ratio (range)",
                                         "How, or why not"};
    static const double weight[] = {2.4, 0.8, 0.8, 1.4, 4.2};
    const json_t *image = mrse_json_at(s, "image"), *previous = NULL;
    size_t i;
    json_t *r;
    mrse_document_heading(d, level, "Effect on the image");
    if (mrse_json_get_text(image, "refused")[0] != '\0') {
        mrse_document_paragraph(d, MRSE_STYLE_PLAIN, mrse_json_get_text(image, "refused"));
        return;
    }
    mrse_document_table(d, "Image quality; ranges are over what is published of T1 and T2", header,
                        weight, 5);
    json_array_foreach (mrse_json_at(image, "rows"), i, r) {
        say_row row = {0};
        if (!is_known(r) || is_unchanged(r))
            continue;
        mrse_buf_add(&row.cell[0], mrse_json_get_text(r, "what"));
        say_quantity(&row.cell[1], r, "before");
        say_quantity(&row.cell[2], r, "after");
        say_span(&row.cell[3], r);
        say_image_how(&row.cell[4], r, previous);
        previous = r;
        say_row_add(d, &row, 5);
    }
    add_unchanged(d, mrse_json_at(image, "rows"));
    add_unknown(d, mrse_json_at(image, "rows"));
}

static void add_not_considered(mrse_document *d, bool pair)
{
    static const char *const item[] = {
        "Not considered: calibration of the transmitter for the patient, what the scanner plays "
        "beside the sequence (prescan, adjustment), heating of an implant, and the scanner's own "
        "supervision of SAR and stimulation.",
        "Of the image: slice profile, B1+ that is not uniform, receive coils, motion, artefacts "
        "next "
        "to metal, and lesions. The numbers compare two sequences; whether an image answers the "
        "question is for the radiologist."};
    for (size_t i = 0; i < (pair ? 2U : 1U); i++)
        mrse_document_paragraph(d, MRSE_STYLE_SMALL, item[i]);
}

static void add_meeting(mrse_document *d, const json_t *s, int level)
{
    mrse_document_heading(d, level,
                          is_pair(s) ? "What patient and implant meet, before and after"
                                     : "What a patient and an implant meet");
    add_exposure(d, s);
    add_unchanged(d, mrse_json_at(s, "rows"));
    add_unknown(d, mrse_json_at(s, "rows"));
    mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                            "The number after ± is " SAY_NEGLIGIBLE " What the console shows is "
                            "taken as it stands.");
    add_limits(d, s);
}

void mrse_document_add_sequences(mrse_document *d, const json_t *record, int level)
{
    const json_t *s = mrse_json_at(record, "sequences");
    const bool played = mrse_json_at(record, "exposure") != NULL; /* a Pulseq file, alone */
    if (s == NULL)
        return;
    if (played) {
        mrse_document_add_exposure(d, record, level);
    } else {
        if (is_pair(s))
            mrse_document_heading(d, level, "What was changed");
        add_identity(d, s);
        add_warnings(d, s);
        if (is_pair(s))
            add_changes(d, s);
    }
    if (!played || mrse_json_at(record, "sources.scanner") != NULL)
        add_meeting(d, s, level);
    if (is_pair(s))
        add_image(d, s, level);
    add_not_considered(d, is_pair(s));
}

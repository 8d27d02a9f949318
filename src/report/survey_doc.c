/* The section of a document about a survey. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

static void pair_text(mrse_document *d, const char *label, const char *words)
{
    mrse_buf text = {0};
    mrse_buf_add(&text, words[0] != '\0' ? words : "not said");
    say_pair_add(d, label, &text);
}

static void pair_printed(mrse_document *d, const json_t *s, const char *label, const char *key)
{
    const json_t *value = mrse_json_at(s, key);
    mrse_buf text = {0};
    const double v = mrse_json_get_num(value, "v");
    const char *printed = mrse_json_get_text(value, "printed");
    if (!isfinite(v))
        mrse_buf_add(&text, "not said");
    else if (printed[0] != '\0')
        mrse_buf_add(&text, printed);
    else {
        mrse_quantity_print(&text, v, mrse_kind_from_id(mrse_json_get_text(value, "kind")), 2, 0);
        mrse_buf_add(&text, " (not said; assumed as usual)");
    }
    say_pair_add(d, label, &text);
}

static void add_how(mrse_document *d, const json_t *s)
{
    mrse_buf text = {0};
    const double months = mrse_json_get_num(s, "months_since_calibration");
    pair_text(d, "Instrument", mrse_json_get_text(s, "instrument"));
    mrse_buf_add(&text, mrse_json_get_text(s, "calibrated"));
    if (text.len == 0)
        mrse_buf_add(&text, "not said");
    if (months < 0.0)
        mrse_buf_add(&text, ", AFTER the survey: check the dates");
    else if (isfinite(months))
        mrse_buf_addf(&text, ", %d month%s before the survey%s", (int)months,
                      (int)months == 1 ? "" : "s",
                      months >= MRSE_CALIBRATION_MONTHS ? ": check whether it still holds" : "");
    say_pair_add(d, "Calibrated", &text);
    pair_text(d, "Surveyed", mrse_json_get_text(s, "surveyed"));
    pair_text(d, "By", mrse_json_get_text(s, "surveyor"));
    pair_printed(d, s, "u of a position", "position_u");
    pair_printed(d, s, "u of a reading", "field_u");
    if (isfinite(mrse_json_get_num(s, "background_u.v")))
        pair_printed(d, s, "u of the background", "background_u");
    if (mrse_json_get_text(s, "comment")[0] != '\0')
        pair_text(d, "Comment", mrse_json_get_text(s, "comment"));
    if (mrse_json_get_bool(s, "provisional"))
        mrse_document_paragraph(
            d, MRSE_STYLE_CALLOUT,
            "PROVISIONAL: instrument, calibration or the field model's numbers have no source. No "
            "verdict rests on this survey.");
}

static void say_place(mrse_buf *out, const json_t *a, const char *key, const char *u_key)
{
    const double u = mrse_json_get_num(a, u_key);
    say_length(out, mrse_json_get_num(a, key));
    mrse_buf_add(out, " ± ");
    say_length(out, 2.0 * u);
}

static void say_angle(mrse_buf *out, const json_t *a, const char *key, const char *u_key)
{
    char number[MRSE_NUM_MAX];
    mrse_text_fixed(number, mrse_json_get_num(a, key) * 180.0 / MRSE_PI, 1);
    mrse_buf_addf(out, "%s° ± ", number);
    mrse_text_fixed(number, 2.0 * mrse_json_get_num(a, u_key) * 180.0 / MRSE_PI, 1);
    mrse_buf_addf(out, "%s°", number);
}

static void add_alignment(mrse_document *d, const json_t *a)
{
    mrse_buf text = {0};
    say_place(&text, a, "x_m", "u_x_m");
    say_pair_add(d, "Isocentre, x", &text);
    say_place(&text, a, "y_m", "u_y_m");
    say_pair_add(d, "Isocentre, y", &text);
    say_place(&text, a, "z_m", "u_z_m");
    say_pair_add(d, "Isocentre, height z", &text);
    say_angle(&text, a, "azimuth_rad", "u_azimuth_rad");
    mrse_buf_add(&text, " from +x towards +y, of +z of the magnet");
    say_pair_add(d, "Direction of the bore", &text);
    mrse_buf_addf(&text, "%d used, %d left out; on the sides %s of the magnet",
                  (int)mrse_json_get_num(a, "points_used"), (int)mrse_json_get_num(a, "outliers"),
                  mrse_json_get_text(a, "sides"));
    say_pair_add(d, "Points", &text);
    mrse_buf_num(&text, mrse_json_get_num(a, "chi2"), 3);
    mrse_buf_addf(&text, " for %d degrees of freedom",
                  (int)mrse_json_get_num(a, "degrees_of_freedom"));
    say_pair_add(d, "χ²", &text);
}

/* "Points 12, 17: something magnetic nearby ..." */
static void add_outliers(mrse_document *d, const json_t *points)
{
    mrse_buf text = {0};
    size_t i, n = 0;
    json_t *p;
    json_array_foreach (points, i, p) {
        if (mrse_json_get_bool(p, "outlier"))
            mrse_buf_addf(&text, "%s%s", n++ > 0 ? ", " : "", mrse_json_get_text(p, "name"));
    }
    if (n == 0) {
        mrse_buf_add(&text, "No point stands out from the others.");
        say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
        return;
    }
    mrse_buf said = {0};
    mrse_buf_addf(&said,
                  "Point%s %s: something magnetic nearby that is not in the model (iron, or a "
                  "reading error). %s left out of the alignment, and counted against the "
                  "lines: iron moves the real line.",
                  n == 1 ? "" : "s", mrse_buf_text(&text), n == 1 ? "It was" : "They were");
    if (text.status != MRSE_OK)
        said.status = text.status;
    mrse_buf_free(&text);
    say_paragraph_add(d, MRSE_STYLE_CALLOUT, &said);
}

static void line_row(mrse_document *d, const json_t *l)
{
    say_row row = {0};
    mrse_buf_num(&row.cell[0], 1e3 * mrse_json_get_num(l, "level_T"), 3);
    mrse_buf_add(&row.cell[0], " mT");
    mrse_buf_addf(&row.cell[1], "%d", (int)mrse_json_get_num(l, "points"));
    mrse_buf_add(&row.cell[2], mrse_json_get_text(l, "sides"));
    if (isfinite(mrse_json_get_num(l, "outward.v"))) {
        say_place(&row.cell[3], mrse_json_at(l, "outward"), "v", "u");
        mrse_buf_addf(&row.cell[3], ", at %s", mrse_json_get_text(l, "at_point"));
    }
    say_limit(&row.cell[4], mrse_json_at(l, "limit"));
    mrse_buf_add(&row.cell[5], mrse_json_get_text(l, "verdict"));
    if (mrse_json_get_bool(l, "provisional"))
        mrse_buf_add(&row.cell[5], " (PROVISIONAL)");
    if (mrse_json_get_bool(l, "on_assumption"))
        mrse_buf_add(&row.cell[5], " (ON ASSUMPTION)");
    mrse_buf_add(&row.cell[6], mrse_json_get_text(l, "reason"));
    say_row_add(d, &row, 7);
}

static void add_lines(mrse_document *d, const json_t *lines)
{
    static const char *const header[] = {"#|B|",    "#Points", "Sides", "#Outside by (± U = 2u)",
                                         "Allowed", "Verdict", "Reason"};
    static const double weight[] = {0.8, 0.7, 1.2, 1.9, 0.9, 1.3, 2.6};
    size_t i;
    json_t *l;
    if (json_array_size(lines) == 0)
        return;
    mrse_document_table(d, "Do the measured lines lie within the drawn ones?", header, weight, 7);
    json_array_foreach (lines, i, l)
        line_row(d, l);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "Of the points within a factor of 2 of a line the one with the worst verdict decides, then "
        "the one farthest outside. Between the points, and on sides without points, the measured "
        "line is not known.");
}

static void point_row(mrse_document *d, const json_t *p)
{
    static const char *const place[] = {"x_m", "y_m", "z_m"};
    say_row row = {0};
    const double en = mrse_json_get_num(p, "en");
    const bool known = isfinite(mrse_json_get_num(p, "predicted_T"));
    mrse_buf_add(&row.cell[0], mrse_json_get_text(p, "name"));
    for (size_t k = 0; k < 3; k++) {
        char number[MRSE_NUM_MAX];
        mrse_text_fixed(number, mrse_json_get_num(p, place[k]), 2);
        mrse_buf_addf(&row.cell[1], "%s%s", k > 0 ? ", " : "", number);
    }
    say_model(&row.cell[2], mrse_json_get_num(p, "measured_T"),
              known ? mrse_json_get_num(p, "u_measured_T") : (double)NAN, MRSE_KIND_FIELD, 0);
    if (known) {
        say_model(&row.cell[3], mrse_json_get_num(p, "predicted_T"),
                  mrse_json_get_num(p, "u_predicted_T"), MRSE_KIND_FIELD, 0);
        mrse_buf_num(&row.cell[4], en, 2);
        say_place(&row.cell[5], p, "outward_m", "u_outward_m");
    } else {
        mrse_buf_add(&row.cell[3], "not known");
    }
    if (mrse_json_get_bool(p, "outlier"))
        mrse_buf_add(&row.cell[6], "OUTLIER");
    else if (fabs(en) > 1.0)
        mrse_buf_add(&row.cell[6], "differs");
    say_row_add(d, &row, 7);
}

static void add_points(mrse_document *d, const json_t *points)
{
    static const char *const header[] = {"Point", "x, y, z in m", "#Measured", "#Model",
                                         "#E_n",  "#Outside by",  "State"};
    static const double weight[] = {0.9, 1.6, 1.8, 1.8, 0.7, 1.7, 0.9};
    size_t i;
    json_t *p;
    mrse_document_table(d, "Each point: measured, and what the model says there", header, weight,
                        7);
    json_array_foreach (points, i, p)
        point_row(d, p);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "± is U = 2u; of what is measured it holds the uncertainty of the position. E_n is the "
        "difference, measured less model, over U of both: within ±1 they agree, and of honest "
        "points about one of 20 lies beyond.");
}

void mrse_document_add_survey(mrse_document *d, const json_t *record, int level)
{
    const json_t *s = mrse_json_at(record, "survey");
    if (s == NULL)
        return;
    mrse_document_heading(d, level, "Measured fringe field");
    add_how(d, s);
    mrse_document_heading(d, level + 1, "Where the magnet stands, by its field");
    add_alignment(d, mrse_json_at(s, "alignment"));
    add_outliers(d, mrse_json_at(s, "points"));
    add_lines(d, mrse_json_at(s, "lines"));
    add_points(d, mrse_json_at(s, "points"));
}

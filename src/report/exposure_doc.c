/* A sequence's exposure as a document: RF, gradients, stimulation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

enum { DIGITS = 5 };

static const char *const axis_name[] = {"x", "y", "z"};

static void say_number(mrse_buf *out, double value, const char *unit)
{
    if (!isfinite(value)) {
        mrse_buf_add(out, "not known");
        return;
    }
    mrse_buf_num(out, value, DIGITS);
    mrse_buf_addf(out, " %s", unit);
}

static void add_identity(mrse_document *d, const json_t *s)
{
    const char *signature = mrse_json_get_text(s, "signature");
    mrse_buf text = {0};
    mrse_buf_addf(&text, "%s, Pulseq %s", mrse_json_get_text(s, "file"),
                  mrse_json_get_text(s, "version"));
    say_pair_add(d, "File", &text);
    mrse_buf_add(&text, mrse_text_equal(signature, "holds") ? "holds: the file is as it was written"
                        : mrse_text_equal(signature, "differs")
                            ? "DOES NOT HOLD: the file was changed after it was signed"
                        : mrse_text_equal(signature, "none") ? "none in the file"
                                                             : "of a type that is not checked");
    say_pair_add(d, "Signature", &text);
    say_number(&text, mrse_json_get_num(s, "duration_s"), "s, in ");
    mrse_buf_addf(&text, "%lld blocks", (long long)json_integer_value(mrse_json_at(s, "blocks")));
    if (mrse_json_get_bool(s, "rasters_assumed"))
        mrse_buf_add(&text, "; rasters not stated: 10 µs (gradients) and 1 µs (RF) are assumed");
    say_pair_add(d, "Duration", &text);
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

static void rf_row(mrse_document *d, const char *what, double value, const char *unit,
                   const char *how)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], what);
    say_number(&row.cell[1], value, unit);
    mrse_buf_add(&row.cell[2], how);
    say_row_add(d, &row, 3);
}

static void add_rf(mrse_document *d, const json_t *rf, int level)
{
    static const char *const header[] = {"Quantity", "#Value", "Over what"};
    static const double weight[] = {1.4, 1.2, 3.0};
    const char *refused = mrse_json_get_text(rf, "refused");
    mrse_buf text = {0};
    mrse_document_heading(d, level, "RF exposure");
    if (refused[0] != '\0') {
        mrse_buf_addf(&text, "UNDETERMINED: %s.", refused);
        say_paragraph_add(d, MRSE_STYLE_CALLOUT, &text);
        return;
    }
    mrse_document_table(d, "B1+ as the file states it", header, weight, 3);
    rf_row(d, "B1+ peak", 1e6 * mrse_json_get_num(rf, "b1_peak_T"), "µT", "any pulse");
    if (isfinite(mrse_json_get_num(rf, "b1_rms_window_T"))) /* else it is shorter than 10 s */
        rf_row(d, "B1+rms", 1e6 * mrse_json_get_num(rf, "b1_rms_window_T"), "µT",
               "the worst 10 s within the sequence");
    rf_row(d, "B1+rms", 1e6 * mrse_json_get_num(rf, "b1_rms_periodic_T"), "µT",
           isfinite(mrse_json_get_num(rf, "b1_rms_window_T"))
               ? "the worst 10 s when it is played back to back"
               : "the worst 10 s: it is shorter than that and taken as repeated back to back");
    rf_row(d, "B1+rms", 1e6 * mrse_json_get_num(rf, "b1_rms_T"), "µT", "the whole sequence");
    rf_row(d, "∫ B1+² dt", 1e12 * mrse_json_get_num(rf, "b1_squared_T2_s"), "µT² s",
           "the whole sequence");
    mrse_buf_add(&text, "γ = ");
    mrse_buf_num(&text, 1e-6 * mrse_json_get_num(rf, "gamma_Hz_T"), 7);
    mrse_buf_add(&text,
                 " MHz/T turns the file's Hz into tesla. Pulseq's own tools take 42.576; CODATA's "
                 "proton, 42.57748, gives B1+ lower by 3.5e-5. What the scanner plays differs by "
                 "its calibration; whole-body SAR does not follow from B1+rms alone.");
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void axis_row(mrse_document *d, const char *what, const json_t *axes, double scale,
                     const char *unit)
{
    say_row row = {0};
    mrse_buf_addf(&row.cell[0], "%s, %s", what, unit);
    for (size_t i = 0; i < 3; i++) {
        double value = scale * mrse_json_get_num(axes, axis_name[i]);
        if (isfinite(value))
            mrse_buf_num(&row.cell[i + 1], value, DIGITS);
        else
            mrse_buf_add(&row.cell[i + 1], "not known");
    }
    say_row_add(d, &row, 4);
}

static void add_gradient(mrse_document *d, const json_t *g, int level)
{
    static const char *const header[] = {"Quantity", "#x", "#y", "#z"};
    static const double weight[] = {3.0, 1.0, 1.0, 1.0};
    mrse_buf text = {0};
    mrse_document_heading(d, level, "Gradient exposure");
    mrse_document_table(d, "Largest values of each axis; slew rates by the four definitions in use",
                        header, weight, 4);
    axis_row(d, "amplitude", mrse_json_at(g, "amplitude_T_m"), 1e3, "mT/m");
    axis_row(d, "amplitude, rms over the sequence", mrse_json_at(g, "rms_T_m"), 1e3, "mT/m");
    axis_row(d, "slew of any gradient, with its ends", mrse_json_at(g, "slew_event_T_m_s"), 1.0,
             "T/m/s");
    axis_row(d, "step from block to block, over a raster", mrse_json_at(g, "slew_junction_T_m_s"),
             1.0, "T/m/s");
    axis_row(d, "slew of all gradients as one line", mrse_json_at(g, "slew_merged_T_m_s"), 1.0,
             "T/m/s");
    axis_row(d, "slew between raster centres", mrse_json_at(g, "slew_raster_T_m_s"), 1.0, "T/m/s");
    mrse_buf_add(&text, "Slew between raster centres, the three axes together: ");
    say_number(&text, mrse_json_get_num(g, "slew_raster_norm_T_m_s"), "T/m/s");
    mrse_buf_add(&text, ". These are the sequence's own values: a label's limit is nearly always "
                        "on the rating of the system.");
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_stimulation(mrse_document *d, const json_t *list, bool own, int level)
{
    static const char *const header[] = {"Model", "Hardware", "#Peak", "#x", "#y", "#z", "#at"};
    static const double weight[] = {1.5, 2.4, 1.0, 1.0, 1.0, 1.0, 1.2};
    size_t i;
    json_t *m;
    mrse_document_heading(d, level, "Stimulation");
    mrse_document_table(d, "Predicted stimulation, share of the model's limit or threshold", header,
                        weight, 7);
    json_array_foreach (list, i, m) {
        say_row row = {0};
        double peak = mrse_json_get_num(m, "peak");
        mrse_buf_add(&row.cell[0], mrse_json_get_text(m, "model"));
        mrse_buf_add(&row.cell[1], mrse_json_get_text(m, "hardware"));
        say_number(&row.cell[2], 100.0 * peak, "%");
        for (size_t a = 0; a < 3; a++)
            say_number(&row.cell[3 + a],
                       100.0 * mrse_json_get_num(mrse_json_at(m, "axis"), axis_name[a]), "%");
        if (peak > 0.0)
            say_number(&row.cell[6], mrse_json_get_num(m, "at_s"), "s");
        say_row_add(d, &row, 7);
    }
    if (!own)
        mrse_document_paragraph(
            d, MRSE_STYLE_SMALL,
            "The SAFE example hardware is invented and stands for no scanner: its numbers compare "
            "sequences with each other, and say nothing about a patient. The axes' largest values "
            "need not come at the same time. dB/dt at a place needs the scanner's gradient field: "
            "name it with --scanner.");
    else
        mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                                "The axes' largest values need not come at the same time.");
}

void mrse_document_add_exposure(mrse_document *d, const json_t *record, int level)
{
    const json_t *s = mrse_json_at(record, "sequence"), *e = mrse_json_at(record, "exposure");
    add_identity(d, s);
    add_warnings(d, s);
    add_rf(d, mrse_json_at(e, "rf"), level);
    add_gradient(d, mrse_json_at(e, "gradient"), level);
    add_stimulation(d, mrse_json_at(e, "stimulation"), mrse_json_get_bool(e, "own_safe"), level);
}

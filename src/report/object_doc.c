/* An object without a label as a document: identity, hazards, candidates, RF.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/hazard.h"
#include "object_internal.h"
#include "say_internal.h"

/* Three digits say as much as is known; a ratio is a plain number. */
static void say_number(mrse_buf *out, double v, mrse_kind kind)
{
    if (!isfinite(v))
        mrse_buf_add(out, "not known");
    else if (kind == MRSE_KIND_RATIO || kind == MRSE_KIND_NONE)
        mrse_buf_num(out, v, 3);
    else
        mrse_quantity_print(out, v, kind, 3, 0);
}

static void say_range(mrse_buf *out, const json_t *h, mrse_kind kind)
{
    say_number(out, mrse_json_get_num(h, "low"), kind);
    mrse_buf_add(out, " to ");
    say_number(out, mrse_json_get_num(h, "high"), kind);
    mrse_buf_add(out, "; largest sample ");
    say_number(out, mrse_json_get_num(h, "largest"), kind);
}

static void pair(mrse_document *d, const json_t *o, const char *label, const char *key)
{
    const char *text = mrse_json_get_text(o, key);
    const char *cells[2] = {label, text};
    if (text[0] != '\0')
        mrse_document_pairs(d, cells, 1);
}

/* ---- identity ---- */

static void add_sizes(mrse_document *d, const json_t *o)
{
    const char *key;
    json_t *value;
    mrse_buf text = {0};
    mrse_buf_add(&text, mrse_json_get_text(o, "shape"));
    json_object_foreach ((json_t *)(uintptr_t)mrse_json_at(o, "sizes"), key, value) {
        mrse_buf_addf(&text, ", %s ", key);
        say_value(&text, value, 0);
    }
    say_pair_add(d, "Shape and sizes", &text);
}

/* From the landmark, as the case gives it; the command has only the ride. */
static void add_position(mrse_document *d, const json_t *o)
{
    static const char *const axis[][2] = {{"position.x", "x (patient's left) "},
                                          {"position.y", ", y (front) "},
                                          {"position.z", ", z (head) "}};
    mrse_buf text = {0};
    if (mrse_json_at(o, "position") == NULL)
        return;
    for (size_t i = 0; i < 3; i++) {
        mrse_buf_add(&text, axis[i][1]);
        say_value(&text, mrse_json_at(o, axis[i][0]), 0);
    }
    mrse_buf_addf(&text, " from the landmark. Evidence: %s",
                  mrse_json_get_text(o, "position.evidence"));
    say_pair_add(d, "Position", &text);
}

static void add_identity(mrse_document *d, const json_t *o, int level)
{
    size_t i;
    json_t *item;
    mrse_document_heading(d, level, "What it is, and how that is known");
    pair(d, o, "Object", "device");
    add_sizes(d, o);
    const char *lies[2] = {"Orientation", "not known: every direction counts"};
    if (mrse_json_get_text(o, "orientation")[0] == '\0')
        mrse_document_pairs(d, lies, 1);
    pair(d, o, "Orientation", "orientation");
    pair(d, o, "Where", "location");
    add_position(d, o);
    pair(d, o, "Conductor", "conductor_path");
    pair(d, o, "Next to it (for the clinician)", "tissue");
    pair(d, o, "Held by (for the clinician)", "fixation");
    json_array_foreach (mrse_json_at(o, "evidence"), i, item) {
        const char *text = json_string_value(item);
        mrse_document_list(d, &text, 1);
    }
}

/* ---- hazards ---- */

/* What decides most, and so what to find out next; of a missing one, what to ask. */
static void say_next(mrse_buf *out, const json_t *h)
{
    double share = mrse_json_get_num(h, "share");
    if (mrse_json_get_text(h, "dominant")[0] != '\0') {
        mrse_buf_add(out, mrse_json_get_text(h, "dominant"));
        if (isfinite(share))
            mrse_buf_addf(out, " (%d %%)", (int)lround(100.0 * fmin(fmax(share, 0.0), 1.0)));
        return;
    }
    mrse_buf_add(out, mrse_json_get_text(h, "ask"));
}

/* Samples that no formula covers: the interval holds whatever they would be. */
static void say_refused(mrse_buf *out, const json_t *h)
{
    double n = mrse_json_get_num(h, "refused");
    if (n > 0.0)
        mrse_buf_addf(out, "; without %d samples of which the largest might be (%s)", (int)n,
                      mrse_json_get_text(h, "reason"));
}

static void hazard_row(mrse_document *d, const json_t *h)
{
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(h, "kind"));
    const char *state = mrse_json_get_text(h, "state");
    say_row row = {0};
    mrse_buf_add(&row.cell[0], mrse_json_get_text(h, "hazard"));
    if (mrse_text_equal(state, "UNDETERMINED")) {
        mrse_buf_addf(&row.cell[1], "UNDETERMINED");
        mrse_buf_add(&row.cell[2], mrse_json_get_text(h, "reason"));
    } else if (mrse_text_equal(state, "none")) {
        mrse_buf_add(&row.cell[1], "none");
        mrse_buf_add(&row.cell[2], mrse_json_get_text(h, "reason"));
    } else if (mrse_text_equal(state, "bound")) {
        mrse_buf_add(&row.cell[1], "at most ");
        say_number(&row.cell[1], mrse_json_get_num(h, "largest"), kind);
        mrse_buf_add(&row.cell[2], mrse_json_get_text(h, "reason"));
    } else {
        say_number(&row.cell[1], mrse_json_get_num(h, "median"), kind);
        say_range(&row.cell[2], h, kind);
        say_refused(&row.cell[2], h);
    }
    say_next(&row.cell[3], h);
    mrse_buf_add(&row.cell[4], mrse_json_get_text(h, "method"));
    say_row_add(d, &row, 5);
}

static void add_sampling(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    mrse_buf_addf(
        &text,
        "%d samples (seed %d) of sizes, material, orientation, place and field. The "
        "interval goes from the least 2.5 %% to the largest 97.5 %% of any candidate. The "
        "median and the shares take every candidate as equally likely, which is a "
        "convention and no finding: between classes of materials the median means "
        "nothing. Drag: couch ",
        (int)mrse_json_get_num(o, "sampling.samples"), (int)mrse_json_get_num(o, "sampling.seed"));
    say_number(&text, mrse_json_get_num(o, "setting.couch_m_s"), MRSE_KIND_SPEED);
    mrse_buf_add(&text, ", walking ");
    say_number(&text, mrse_json_get_num(o, "setting.walking_m_s"), MRSE_KIND_SPEED);
    mrse_buf_add(&text,
                 ", turning a quarter turn in a second (assumed); drag and power are "
                 "those of the worst way round, of plates, pins and wires upper bounds. Force "
                 "against weight and torque against weight times longest dimension are the "
                 "references of ASTM "
                 "F2052 and F2213: a value below 1 is a point of reference and no "
                 "acceptance criterion. The torque of weakly magnetic alloys is a lower "
                 "bound: anisotropy gave more than 100 times as much (ISMRM 2018, 4063).");
    mrse_buf_add(&text, " The field is taken from a table over r and z, which is off by at most ");
    mrse_buf_num(&text, 100.0 * mrse_json_get_num(o, "sampling.table_error_field"), 2);
    mrse_buf_add(&text, " % of |B| and ");
    mrse_buf_num(&text, 100.0 * mrse_json_get_num(o, "sampling.table_error_gradient"), 2);
    mrse_buf_add(&text, " % of the largest gradient in 512 places between its nodes.");
    if (mrse_text_equal(mrse_json_get_text(o, "sampling.origin"), "unverified"))
        mrse_buf_add(&text, " PROVISIONAL: some of the materials' numbers are a handbook's that "
                            "nobody has traced to a source.");
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_hazards(mrse_document *d, const json_t *o, int level)
{
    static const char *const header[] = {"Hazard", "#Median",
                                         "95 % interval of any candidate, or why there is none",
                                         "Find out next (share)", "Method"};
    static const double weight[] = {2.2, 1.2, 2.9, 2.3, 1.2};
    size_t i;
    json_t *h;
    mrse_document_heading(d, level, "Hazards of the magnet and of its gradients");
    mrse_document_table(d, "What acts on it, with all that is not known; no verdicts", header,
                        weight, 5);
    json_array_foreach (mrse_json_at(o, "hazards"), i, h)
        hazard_row(d, h);
    add_sampling(d, o);
}

/* ---- candidates ---- */

/* Torque of weakly magnetic alloys is a lower bound, that of a coil of steel an upper one; a sphere
 * has none. */
static void say_torque(mrse_buf *out, const json_t *c)
{
    const char *reason = mrse_json_get_text(c, "torque_reason");
    double ratio = mrse_json_get_num(c, "torque_ratio");
    if (mrse_json_get_bool(c, "turns_nowhere")) {
        mrse_buf_add(out, "none");
        return;
    }
    if (isfinite(ratio) && strncmp(reason, "lower", 5) == 0)
        mrse_buf_add(out, "≥ ");
    else if (isfinite(ratio) && strncmp(reason, "upper", 5) == 0)
        mrse_buf_add(out, "≤ ");
    say_number(out, ratio, MRSE_KIND_NONE);
}

static void candidate_row(mrse_document *d, const json_t *c)
{
    say_row row = {0};
    double share = mrse_json_get_num(c, "mass_share");
    mrse_buf_add(&row.cell[0], mrse_json_get_text(c, "name"));
    if (strncmp(mrse_json_get_text(c, "force_reason"), "upper", 5) == 0)
        mrse_buf_add(&row.cell[1], "≤ ");
    say_number(&row.cell[1], mrse_json_get_num(c, "force_ratio"), MRSE_KIND_NONE);
    say_number(&row.cell[2], mrse_json_get_num(c, "deflection.v"), MRSE_KIND_ANGLE);
    say_torque(&row.cell[3], c);
    if (isfinite(mrse_json_get_num(c, "place.z_m")))
        say_length(&row.cell[4], mrse_json_get_num(c, "place.z_m"));
    else
        mrse_buf_add(&row.cell[4], mrse_json_get_text(c, "force_reason"));
    mrse_buf_add(&row.cell[5], mrse_json_get_text(c, "because"));
    if (isfinite(share)) {
        mrse_buf_add(&row.cell[5], " It weighs ");
        mrse_buf_num(&row.cell[5], share, 2);
        mrse_buf_add(&row.cell[5], " times what a solid body of these sizes would.");
    }
    say_row_add(d, &row, 6);
}

/* Force and torque are those of the field in its middle. */
static void say_extent(mrse_buf *out, const json_t *o)
{
    double most = 0.0;
    size_t i;
    json_t *c;
    json_array_foreach (mrse_json_at(o, "candidates"), i, c)
        most = fmax(most, mrse_json_get_num(c, "extent"));
    if (most > 0.0) {
        mrse_buf_add(out, " Over its length the field changes by ");
        mrse_buf_num(out, 100.0 * most, 2);
        mrse_buf_add(out, " % where the force is largest; that of its middle is taken.");
    }
}

static void add_places(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    mrse_buf_add(&text, "The ride: ");
    say_number(&text, mrse_json_get_num(o, "ride.r_m"), MRSE_KIND_LENGTH);
    mrse_buf_add(&text, " from the axis (u ");
    say_number(&text, mrse_json_get_num(o, "ride.u_r_m"), MRSE_KIND_LENGTH);
    mrse_buf_add(&text, "), to z = ");
    say_length(&text, mrse_json_get_num(o, "ride.z_end_m"));
    mrse_buf_add(&text, ". What is saturated is pulled hardest where the gradient is largest, ");
    say_value(&text, mrse_json_at(o, "ride.gradient"), 0);
    mrse_buf_add(&text, " at z = ");
    say_length(&text, mrse_json_get_num(o, "ride.gradient_z_m"));
    mrse_buf_add(&text, "; what is weakly magnetic where |B| times gradient is, ");
    say_value(&text, mrse_json_at(o, "ride.product"), 0);
    mrse_buf_add(&text, " at z = ");
    say_length(&text, mrse_json_get_num(o, "ride.product_z_m"));
    mrse_buf_add(&text, ".");
    say_extent(&text, o);
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
}

static void add_candidates(mrse_document *d, const json_t *o, int level)
{
    static const char *const header[] = {"It is made of",       "#Force / weight",
                                         "#As deflection",      "#Torque / reference",
                                         "#Force largest at z", "Why it may be this"};
    static const double weight[] = {2.0, 0.9, 1.0, 1.1, 1.1, 3.6};
    size_t i;
    json_t *c;
    mrse_document_heading(d, level, "If it were made of ...");
    mrse_document_table(d,
                        "Each candidate in the middle of its ranges; orientation the worst "
                        "unless known",
                        header, weight, 6);
    json_array_foreach (mrse_json_at(o, "candidates"), i, c)
        candidate_row(d, c);
    add_places(d, o);
}

/* ---- artefact, RF, function, tests ---- */

static bool is_any_artefact(const json_t *o)
{
    size_t i;
    json_t *c;
    json_array_foreach (mrse_json_at(o, "candidates"), i, c)
        if (isfinite(mrse_json_get_num(c, "artefact.along.m")) ||
            isfinite(mrse_json_get_num(c, "artefact.dephasing.m")))
            return true;
    return false;
}

static void artefact_cell(mrse_buf *out, const json_t *c, const char *key)
{
    double m = mrse_json_get_num(mrse_json_at(c, key), "m");
    if (isfinite(m))
        say_number(out, m, MRSE_KIND_LENGTH);
    else
        mrse_buf_add(out, mrse_json_get_text(mrse_json_at(c, key), "reason"));
}

static void add_artefact(mrse_document *d, const json_t *o)
{
    static const char *const header[] = {"It is made of", "#Shift along B0", "#Shift across it",
                                         "#Loss in gradient echoes"};
    size_t i;
    json_t *c;
    if (!is_any_artefact(o)) {
        const char *cells[2] = {"Artefact",
                                "UNDETERMINED: bandwidth per pixel, echo time and voxel of the "
                                "sequence are not given, or the artefact is no larger than the "
                                "object (method artefact-dipole)"};
        mrse_document_pairs(d, cells, 1);
        return;
    }
    mrse_document_table(d, "Artefact: half extents, an estimate for planning (artefact-dipole)",
                        header, NULL, 4);
    json_array_foreach (mrse_json_at(o, "candidates"), i, c) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(c, "name"));
        artefact_cell(&row.cell[1], mrse_json_at(c, "artefact"), "along");
        artefact_cell(&row.cell[2], mrse_json_at(c, "artefact"), "across");
        artefact_cell(&row.cell[3], mrse_json_at(c, "artefact"), "dephasing");
        say_row_add(d, &row, 4);
    }
}

static void add_rf(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    size_t i;
    json_t *s;
    mrse_buf_addf(&text, "%s: ", mrse_json_get_text(o, "rf.grade"));
    say_number(&text, mrse_json_get_num(o, "rf.length_m"), MRSE_KIND_LENGTH);
    mrse_buf_add(&text, " long at ");
    say_number(&text, mrse_json_get_num(o, "rf.frequency_Hz"), MRSE_KIND_FREQUENCY);
    mrse_buf_add(&text, "; wavelength ");
    say_number(&text, mrse_json_get_num(o, "rf.wavelength_m"), MRSE_KIND_LENGTH);
    mrse_buf_addf(&text, " (%s). %s. A graded statement: no temperature comes of it (rf-length)",
                  mrse_json_get_text(o, "rf.medium"), mrse_json_get_text(o, "rf.reason"));
    say_pair_add(d, "RF: length against wavelength", &text);
    json_array_foreach (mrse_json_at(o, "rf.statements"), i, s)
        mrse_buf_addf(&text, "%s%s (%s)", i == 0 ? "Published of such conductors: " : "; ",
                      mrse_json_get_text(s, "text"), mrse_json_get_text(s, "source"));
    if (text.len > 0)
        mrse_buf_add(&text, ".");
    say_paragraph_add(d, MRSE_STYLE_SMALL, &text);
}

static void add_function(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    if (mrse_json_at(o, "magnet") == NULL)
        return;
    mrse_buf_addf(&text, "%s: %s (magnet-demagnetisation)", mrse_json_get_text(o, "magnet.grade"),
                  mrse_json_get_text(o, "magnet.reason"));
    say_pair_add(d, "Loss of magnetisation", &text);
}

static void add_tests(mrse_document *d, const json_t *o)
{
    static const char *const header[] = {"Deflection test", "#Angle",
                                         "#Force / weight here, if "
                                         "saturated",
                                         "#If weakly magnetic"};
    static const double weight[] = {3.0, 1.0, 1.4, 1.4};
    size_t i;
    json_t *t;
    if (json_array_size(mrse_json_at(o, "tests")) == 0)
        return;
    mrse_document_table(d, "Tests, carried over to this ride", header, weight, 4);
    json_array_foreach (mrse_json_at(o, "tests"), i, t) {
        say_row row = {0};
        mrse_buf_add(&row.cell[0], mrse_json_get_text(t, "what"));
        say_value(&row.cell[1], mrse_json_at(t, "angle"), 0);
        say_number(&row.cell[2], mrse_json_get_num(t, "ratio_saturated"), MRSE_KIND_NONE);
        say_number(&row.cell[3], mrse_json_get_num(t, "ratio_linear"), MRSE_KIND_NONE);
        say_row_add(d, &row, 4);
    }
}

/* ---- sequences ---- */

static void sequence_row(mrse_document *d, const json_t *p)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], mrse_json_get_text(p, "name"));
    if (isfinite(mrse_json_get_num(p, "dbdt.v"))) {
        mrse_buf_add(&row.cell[1], mrse_json_get_bool(p, "at_peak") ? "peak " : "");
        say_value(&row.cell[1], mrse_json_at(p, "dbdt"), 0);
    }
    if (row.cell[1].len == 0)
        mrse_buf_add(&row.cell[1], "not known");
    say_number(&row.cell[2], mrse_json_get_num(p, "frequency_Hz"), MRSE_KIND_FREQUENCY);
    say_number(&row.cell[3], mrse_json_get_num(p, "duration_s"), MRSE_KIND_TIME);
    if (isfinite(mrse_json_get_num(p, "b1_rms.v")))
        say_value(&row.cell[4], mrse_json_at(p, "b1_rms"), 0);
    else
        mrse_buf_add(&row.cell[4], "not known");
    mrse_buf_add(&row.cell[5], mrse_json_get_text(p, "dbdt_how"));
    say_row_add(d, &row, 6);
}

static void add_played(mrse_document *d, const json_t *o)
{
    static const char *const header[] = {"Sequence", "#dB/dt at the object, rms",
                                         "#As of a", "#Duration",
                                         "#B1+rms",  "How dB/dt is known"};
    static const double weight[] = {1.6, 1.4, 1.0, 1.0, 1.2, 2.6};
    size_t i;
    json_t *p;
    if (json_array_size(mrse_json_at(o, "sequences")) == 0)
        return;
    mrse_document_table(d, "The sequences, where the object lies", header, weight, 6);
    json_array_foreach (mrse_json_at(o, "sequences"), i, p)
        sequence_row(d, p);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "Heating by gradients is that of the largest dB/dt, as if it went on for all durations "
        "together. Heating by RF at a place goes with the square of B1+rms, with the same coil, "
        "landmark and field strength only; it adds to that of the gradients.");
}

void mrse_document_add_objects(mrse_document *d, const json_t *r, int level)
{
    size_t i;
    json_t *o;
    json_array_foreach (mrse_json_at(r, "objects"), i, o) {
        mrse_buf text = {0};
        mrse_buf_addf(&text, "Object without a label: %s", mrse_json_get_text(o, "name"));
        say_heading_add(d, level, &text);
        add_identity(d, o, level + 1);
        add_hazards(d, o, level + 1);
        add_candidates(d, o, level + 1);
        add_played(d, o);
        mrse_document_heading(d, level + 1, "RF, images, function");
        add_rf(d, o);
        add_artefact(d, o);
        add_function(d, o);
        add_tests(d, o);
        if (mrse_text_equal(mrse_json_get_text(r, "kind"), "object") &&
            json_array_size(mrse_json_at(o, "levers")) > 0)
            mrse_document_add_levers(d, o);
    }
}

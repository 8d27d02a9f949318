/* Half a page for the radiographer: what to set, where, in which order, what to look at and whom to
 * have there. Nothing stands here that the assessment does not hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

enum { POINTS_SHOWN = 8 };

static bool is(const json_t *o, const char *key, const char *text)
{
    return mrse_text_equal(mrse_json_get_text(o, key), text);
}

/* ---- whether at all ---- */

/* Topics of the decisive findings with this verdict, each once; what does not fit is counted. */
static void say_points(mrse_buf *out, const json_t *findings, const char *verdict)
{
    size_t i, k, n = 0;
    const json_t *f, *other;
    for (i = 0; i < json_array_size(findings); i++) {
        f = json_array_get(findings, i);
        bool told = !mrse_json_get_bool(f, "decisive") || !is(f, "verdict", verdict);
        for (k = 0; k < i && !told; k++) {
            other = json_array_get(findings, k);
            told = mrse_json_get_bool(other, "decisive") && is(other, "verdict", verdict) &&
                   is(other, "topic", mrse_json_get_text(f, "topic")) &&
                   is(other, "implant", mrse_json_get_text(f, "implant"));
        }
        if (told)
            continue;
        if (n < POINTS_SHOWN)
            mrse_buf_addf(out, "%s%s", n == 0 ? "" : "; ", mrse_json_get_text(f, "topic"));
        n++;
    }
    if (n > POINTS_SHOWN)
        mrse_buf_addf(out, "; and %zu more, in the table of conditions", n - POINTS_SHOWN);
    if (n > 0)
        mrse_buf_add(out, ". ");
}

static void add_stop(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0}, points = {0};
    const json_t *findings = mrse_json_at(r, "findings");
    if (is(r, "overall.verdict", "MET")) {
        mrse_buf_add(&text, "Every decisive condition is MET for the plan below and for nothing "
                            "else");
    } else {
        mrse_buf_add(&text, "DO NOT SCAN as things stand. ");
        say_points(&points, findings, "NOT MET");
        if (points.len > 0)
            mrse_buf_addf(&text, "NOT MET: %s", mrse_buf_text(&points));
        mrse_buf_free(&points);
        say_points(&points, findings, "UNDETERMINED");
        if (points.len > 0)
            mrse_buf_addf(&text, "Missing, UNDETERMINED: %s", mrse_buf_text(&points));
        if (mrse_json_get_bool(r, "overall.partial"))
            mrse_buf_add(&text, "The label is known in part only. ");
        mrse_buf_add(&text, "What to do about each point is in the list below the conditions");
    }
    mrse_buf_free(&points);
    if (mrse_json_get_text(r, "case.decides")[0] != '\0')
        mrse_buf_addf(&text, ". Who decides: %s", mrse_json_get_text(r, "case.decides"));
    mrse_buf_add(&text, ".");
    say_paragraph_add(d, MRSE_STYLE_CALLOUT, &text);
}

/* ---- what to set ---- */

static void add_coil(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    const char *coil = mrse_json_get_text(o, "coil");
    const char *receive = mrse_json_get_text(o, "receive_coil");
    mrse_buf_addf(&text, "transmit with: %s; receive with: %s",
                  coil[0] != '\0' ? coil : "not said in the case",
                  receive[0] != '\0' ? receive : "not said in the case");
    say_pair_add(d, "Coil", &text);
}

/* The mode chosen for the patient beside the labels': the stricter is what is set. */
static void add_mode(mrse_document *d, const json_t *m)
{
    mrse_buf text = {0};
    size_t i;
    json_t *mode;
    const char *set = mrse_json_get_text(m, "set"), *chosen = mrse_json_get_text(m, "chosen");
    mrse_buf_addf(&text,
                  "planned: %s; the labels leave: ", set[0] != '\0' ? set : "not said in the case");
    json_array_foreach (mrse_json_at(m, "permitted"), i, mode)
        mrse_buf_addf(&text, "%s%s", i > 0 ? ", " : "", json_string_value(mode));
    if (!mrse_json_get_bool(m, "stated"))
        mrse_buf_add(&text, "any, as they name none");
    else if (i == 0)
        mrse_buf_add(&text, "none that all of them allow");
    if (chosen[0] != '\0')
        mrse_buf_addf(&text, "; chosen for this patient: %s, because: %s", chosen,
                      mrse_json_get_text(m, "because"));
    else if (mrse_json_get_text(m, "patient")[0] != '\0')
        mrse_buf_addf(&text,
                      "; the patient %s, and no mode is chosen: ask the MR Safety Expert before "
                      "scanning",
                      mrse_json_get_text(m, "patient"));
    say_pair_add(d, "Operating mode", &text);
}

/* What a console shows before a scan starts. */
static bool on_console(const json_t *limit)
{
    switch (mrse_kind_from_id(mrse_json_get_text(limit, "limit.value.kind"))) {
    case MRSE_KIND_B1_RMS:
    case MRSE_KIND_B1_PEAK:
    case MRSE_KIND_SAR_WHOLE_BODY:
    case MRSE_KIND_SAR_PARTIAL_BODY:
    case MRSE_KIND_SAR_HEAD:
    case MRSE_KIND_SAR_LOCAL:
    case MRSE_KIND_SED:
    case MRSE_KIND_DBDT_PEAK:
    case MRSE_KIND_DBDT_RMS:
    case MRSE_KIND_SLEW_SEQUENCE:
        return true;
    default:
        return false;
    }
}

static void add_limits(mrse_document *d, const json_t *t)
{
    mrse_buf text = {0};
    size_t i;
    json_t *limit;
    json_array_foreach (mrse_json_at(t, "limits"), i, limit) {
        if (!on_console(limit))
            continue;
        mrse_buf_addf(&text, "%s%s ", text.len > 0 ? "; " : "",
                      mrse_json_get_text(limit, "quantity"));
        say_limit(&text, mrse_json_at(limit, "limit"));
        mrse_buf_addf(&text, " (%s)", mrse_json_get_text(limit, "of"));
    }
    if (text.len > 0)
        mrse_buf_add(&text, ". Where the console takes limits, type these; beyond one of them the "
                            "sequence is not started");
    say_pair_add(d, "Limits, before each start", &text);
}

static void add_place(mrse_document *d, const json_t *r, const json_t *o)
{
    mrse_buf text = {0};
    mrse_buf_addf(&text, "%s, %s; landmark: %s", mrse_json_get_text(r, "case.entry"),
                  mrse_json_get_text(r, "case.posture"), mrse_json_get_text(r, "case.landmark"));
    if (mrse_json_get_text(o, "level")[0] != '\0')
        mrse_buf_addf(&text, "; at the isocentre: %s", mrse_json_get_text(o, "level"));
    if (mrse_json_at(o, "offset") != NULL) {
        mrse_buf_add(&text, ", moved towards the head by ");
        say_value(&text, mrse_json_at(o, "offset"), 0);
    }
    say_pair_add(d, "Patient and landmark", &text);
}

/* ---- in which order ---- */

static void say_pause(mrse_buf *out, double pause_s)
{
    if (!(pause_s > 0.0))
        return;
    mrse_buf_add(out, "PAUSE ");
    mrse_quantity_print(out, pause_s, MRSE_KIND_TIME, 3, 0);
    mrse_buf_add(out, " without RF and gradients; ");
}

static void add_order(mrse_document *d, const json_t *t)
{
    const json_t *table = mrse_json_at(t, "timetable");
    mrse_buf text = {0};
    size_t i;
    json_t *slot;
    json_array_foreach (mrse_json_at(table, "slots"), i, slot) {
        double length_s = mrse_json_get_num(slot, "length.v");
        say_pause(&text, mrse_json_get_num(slot, "pause_s"));
        mrse_buf_addf(&text, "%zu. %s", i + 1, mrse_json_get_text(slot, "sequence"));
        if (isfinite(length_s)) {
            mrse_buf_add(&text, " ");
            mrse_quantity_print(&text, length_s, MRSE_KIND_TIME, 3, 0);
        }
        if (is(slot, "verdict", "NOT MET") || is(slot, "verdict", "UNDETERMINED"))
            mrse_buf_addf(&text, " (%s: not as it stands)", mrse_json_get_text(slot, "verdict"));
        mrse_buf_add(&text, "; ");
    }
    if (text.len == 0)
        return;
    if (mrse_json_get_num(table, "rest_after_s") > 0.0) {
        mrse_buf_add(&text, "then no MR for ");
        mrse_quantity_print(&text, mrse_json_get_num(table, "rest_after_s"), MRSE_KIND_TIME, 3, 0);
        mrse_buf_add(&text, "; ");
    }
    if (!mrse_json_get_bool(table, "needed"))
        mrse_buf_add(&text, "as planned");
    else if (mrse_json_get_bool(table, "possible"))
        mrse_buf_add(&text, "with the pauses that the clocks need; a repeat changes them");
    else
        mrse_buf_addf(&text, "no timetable is known to keep the clocks: %s",
                      mrse_json_get_text(table, "reason"));
    say_pair_add(d, "Order", &text);
}

/* ---- before, during, after ---- */

static void add_tasks(mrse_document *d, const json_t *o, const char *when, const char *label)
{
    mrse_buf text = {0};
    size_t i;
    json_t *task;
    json_array_foreach (mrse_json_at(o, "tasks"), i, task) {
        if (!is(task, "when", when))
            continue;
        bool met = is(task, "verdict", "MET");
        mrse_buf_addf(&text, "%s%s, %s", text.len > 0 ? "; " : "",
                      mrse_json_get_text(task, "action"), mrse_json_get_text(task, "printed"));
        if (!met)
            mrse_buf_addf(&text, " (%s)", mrse_json_get_text(task, "verdict"));
    }
    say_pair_add(d, label, &text);
}

static void add_people(mrse_document *d, const json_t *o)
{
    mrse_buf text = {0};
    size_t i;
    json_t *who;
    json_array_foreach (mrse_json_at(o, "attending"), i, who)
        mrse_buf_addf(&text, "%s%s", i > 0 ? ", " : "", json_string_value(who));
    if (i == 0)
        mrse_buf_add(&text, "not said in the case: ask before the patient is called");
    say_pair_add(d, "Who has to be there", &text);
}

void mrse_document_add_operator(mrse_document *d, const json_t *r, int level)
{
    const json_t *o = mrse_json_at(r, "operator"), *t = mrse_json_at(r, "together");
    if (o == NULL || t == NULL)
        return;
    mrse_document_heading(d, level,
                          is(r, "overall.verdict", "MET") ? "For the radiographer"
                                                          : "For the radiographer: DO NOT SCAN");
    add_stop(d, r);
    add_coil(d, o);
    add_mode(d, mrse_json_at(t, "modes"));
    add_limits(d, t);
    add_place(d, r, o);
    add_order(d, t);
    add_tasks(d, o, "before", "Before");
    add_tasks(d, o, "during", "During");
    add_tasks(d, o, "after", "Afterwards");
    if (!mrse_json_get_bool(t, "modes.patient_said"))
        mrse_document_pairs(d,
                            (const char *const[]){"Ask the patient",
                                                  "the case does not say whether the patient can "
                                                  "report pain, is pregnant, can regulate heat"},
                            1);
    add_people(d, o);
}

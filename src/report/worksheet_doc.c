/* The worksheet as a document: the order in which an assessor reads it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "object_internal.h"
#include "record_internal.h"
#include "say_internal.h"
#include "worksheet_internal.h"

static void pair(mrse_document *d, const char *label, const char *text)
{
    const char *cells[2] = {label, text};
    if (text[0] != '\0')
        mrse_document_pairs(d, cells, 1);
}

/* "A, B, C" of those members that are given. */
static void join(mrse_buf *out, const json_t *record, const char *const *path, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = mrse_json_get_text(record, path[i]);
        if (text[0] == '\0')
            continue;
        if (out->len > 0)
            mrse_buf_add(out, ", ");
        mrse_buf_add(out, text);
    }
}

static const char *or_missing(const char *text)
{
    return text[0] != '\0' ? text : "Not given by the author.";
}

/* What an assessor looks for is shown also where it is missing: the gap must be seen. */
static void add_identity(mrse_document *d, const json_t *r)
{
    static const char *const author[] = {"author.name", "author.role", "author.registration",
                                         "author.site"};
    static const char *const asked[] = {"case.requester_role", "case.requested"};
    mrse_buf text = {0};
    pair(d, "Record", mrse_json_get_text(r, "id"));
    mrse_buf_addf(&text, "%s (from %s)", mrse_json_get_text(r, "created"),
                  mrse_json_get_text(r, "created_from"));
    say_pair_add(d, "Issued", &text);
    pair(d, "Work performed", or_missing(mrse_json_get_text(r, "case.performed")));
    join(&text, r, asked, 2);
    if (text.len == 0)
        mrse_buf_add(&text, or_missing(""));
    say_pair_add(d, "Asked by", &text);
    join(&text, r, author, 4);
    if (text.len == 0)
        mrse_buf_add(&text, "UNATTRIBUTED: no author was given");
    say_pair_add(d, "Author", &text);
    mrse_buf_addf(&text, "mrse %s", mrse_json_get_text(r, "tool.version"));
    if (mrse_json_get_text(r, "tool.commit")[0] != '\0')
        mrse_buf_addf(&text, ", commit %s", mrse_json_get_text(r, "tool.commit"));
    say_pair_add(d, "Made with", &text);
    if (mrse_json_get_text(r, "reviewed")[0] != '\0')
        pair(d, "Looked at for identifiers", mrse_json_get_text(r, "reviewed"));
    mrse_buf_add(&text, or_missing(mrse_json_get_text(r, "case.ipem_category")));
    if (mrse_json_get_text(r, "case.ipem_why")[0] != '\0')
        mrse_buf_addf(&text, ": %s", mrse_json_get_text(r, "case.ipem_why"));
    say_pair_add(d, "IPEM sub-category", &text);
}

static size_t count_verdict(const json_t *record, const char *verdict)
{
    size_t i, n = 0;
    json_t *f;
    json_array_foreach (mrse_json_at(record, "findings"), i, f)
        n += mrse_json_get_bool(f, "decisive") &&
             mrse_text_equal(mrse_json_get_text(f, "verdict"), verdict);
    return n;
}

void mrse_document_add_overall(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0};
    bool objects_only = json_array_size(mrse_json_at(r, "objects")) > 0 &&
                        mrse_text_equal(mrse_json_get_text(r, "overall.verdict"), "NOT STATED");
    mrse_buf_addf(&text, "Conditions as a whole: %s", mrse_json_get_text(r, "overall.verdict"));
    if (!objects_only && json_array_size(mrse_json_at(r, "objects")) > 0)
        mrse_buf_add(&text, ". An object without a label is part of it, so the whole is never MET");
    if (objects_only)
        mrse_buf_add(&text, ": no limit applies to an object without a label, so nothing is met; "
                            "this is a risk assessment");
    if (mrse_json_get_bool(r, "overall.provisional"))
        mrse_buf_add(&text, " (PROVISIONAL: rests on unverified numbers)");
    if (mrse_json_get_bool(r, "overall.on_assumption"))
        mrse_buf_add(&text, " (ON ASSUMPTION)");
    if (mrse_json_get_bool(r, "overall.partial"))
        mrse_buf_add(&text, ". The label is known in part only, so the whole can never be MET");
    if (!objects_only)
        mrse_buf_addf(
            &text, ". Decisive conditions: %zu MET, %zu NOT MET, %zu UNDETERMINED, %zu NOT STATED",
            count_verdict(r, "MET"), count_verdict(r, "NOT MET"), count_verdict(r, "UNDETERMINED"),
            count_verdict(r, "NOT STATED"));
    mrse_buf_add(&text, ". This sheet informs a decision and does not make it");
    if (mrse_json_get_text(r, "case.decides")[0] != '\0')
        mrse_buf_addf(&text, "; who decides: %s", mrse_json_get_text(r, "case.decides"));
    mrse_buf_add(&text, ".");
    say_paragraph_add(d, MRSE_STYLE_CALLOUT, &text);
}

static void say_position(mrse_buf *out, const json_t *implant)
{
    static const struct {
        const char *path, *name;
    } axis[] = {{"position.x", "x (patient's left) "},
                {"position.y", ", y (front) "},
                {"position.z", ", z (head) "}};
    for (size_t i = 0; i < 3; i++) {
        mrse_buf_add(out, axis[i].name);
        say_value(out, mrse_json_at(implant, axis[i].path), 0);
    }
    mrse_buf_add(out, " from the landmark");
    if (mrse_json_get_text(implant, "position.evidence")[0] != '\0')
        mrse_buf_addf(out, ". Evidence: %s", mrse_json_get_text(implant, "position.evidence"));
}

static void add_implant(mrse_document *d, const json_t *implant)
{
    static const char *const device[] = {"device", "manufacturer", "category"};
    mrse_buf text = {0};
    mrse_buf_addf(&text, "Implant: %s", mrse_json_get_text(implant, "name"));
    say_heading_add(d, 3, &text);
    join(&text, implant, device, 3);
    say_pair_add(d, "Device", &text);
    mrse_buf_add(&text, mrse_json_get_text(implant, "status"));
    if (mrse_json_get_text(implant, "status_printed")[0] != '\0')
        mrse_buf_addf(&text, ", printed as: %s", mrse_json_get_text(implant, "status_printed"));
    say_pair_add(d, "Label status", &text);
    mrse_buf_addf(&text, "%s (%s)", mrse_json_get_text(implant, "branch"),
                  mrse_json_get_text(implant, "branch_reason"));
    say_pair_add(d, "Branch of the label", &text);
    if (mrse_json_get_bool(implant, "partial"))
        pair(d, "Label facts", "partial: conditions may be missing from the file");
    if (mrse_json_at(implant, "position") != NULL) {
        say_position(&text, implant);
        say_pair_add(d, "Position", &text);
    }
    mrse_buf_add(&text, mrse_json_get_text(implant, "decisive"));
    if (mrse_json_get_text(implant, "because")[0] != '\0')
        mrse_buf_addf(&text, ", because: %s", mrse_json_get_text(implant, "because"));
    say_pair_add(d, "Decisive for the gradient", &text);
}

static void add_model_pair(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0};
    if (mrse_json_at(r, "calibration") != NULL) {
        mrse_buf_addf(&text, "calibrated on %d numbers of the data sheet (method %s)",
                      (int)mrse_json_get_num(r, "calibration.numbers"),
                      mrse_json_get_text(r, "calibration.method"));
        say_pair_add(d, "Field model", &text);
        return;
    }
    if (mrse_json_at(r, "no_field_model") != NULL) {
        mrse_buf_addf(&text, "none: %s", mrse_json_get_text(r, "no_field_model"));
        say_pair_add(d, "Field model", &text);
        return;
    }
    say_origin(&text, mrse_json_at(r, "scanner.coils"));
    say_pair_add(d, "Coil set", &text);
}

/* Nobody is scanned in a case about a site or a survey. */
static void add_examination(mrse_document *d, const json_t *r)
{
    mrse_buf text = {0};
    if (mrse_json_get_text(r, "case.landmark")[0] == '\0')
        return;
    mrse_buf_addf(&text, "%s, %s; landmark: %s", mrse_json_get_text(r, "case.entry"),
                  mrse_json_get_text(r, "case.posture"), mrse_json_get_text(r, "case.landmark"));
    mrse_buf_add(&text, "; couch: landmark ");
    say_value(&text, mrse_json_at(r, "case.couch_height"), 0);
    mrse_buf_add(&text, " above (+) or below (−) the axis");
    say_pair_add(d, "Examination", &text);
}

/* An open magnet has no bore to be measured. */
static void say_geometry(mrse_buf *out, const json_t *scanner)
{
    const char *shape = mrse_json_get_text(scanner, "bore_shape");
    if (mrse_text_equal(shape, mrse_bore_text(MRSE_BORE_OPEN))) {
        mrse_buf_add(out, "open magnet");
        return;
    }
    say_value(out, mrse_json_at(scanner, "bore_diameter"), 0);
    mrse_buf_addf(out, " bore%s, ",
                  mrse_text_equal(shape, mrse_bore_text(MRSE_BORE_ELLIPSE)) ? " (an ellipse)" : "");
    say_value(out, mrse_json_at(scanner, "cover_length"), 0);
    mrse_buf_add(out, " between the covers");
}

static void add_items(mrse_document *d, const json_t *r)
{
    static const char *const scanner[] = {"scanner.name", "scanner.manufacturer", "scanner.model",
                                          "scanner.software"};
    mrse_buf text = {0};
    size_t i;
    json_t *implant;
    mrse_document_heading(d, 2,
                          json_array_size(mrse_json_at(r, "implants")) > 0
                              ? "Scanner, implant and position"
                              : "Scanner");
    join(&text, r, scanner, 4);
    say_pair_add(d, "Scanner", &text);
    say_value(&text, mrse_json_at(r, "scanner.b0_nominal"), 0);
    mrse_buf_add(&text, " nominal");
    if (mrse_json_at(r, "isocentre") != NULL) {
        mrse_buf_add(&text, "; ");
        say_si(&text, mrse_json_get_num(r, "isocentre.b_T"), NAN, MRSE_KIND_B0, 0);
        mrse_buf_add(&text, " computed at isocentre");
    }
    say_pair_add(d, "Field strength", &text);
    if (mrse_json_at(r, "reach") != NULL) { /* something is asked of its static field */
        say_geometry(&text, mrse_json_at(r, "scanner"));
        say_pair_add(d, "Geometry", &text);
        add_model_pair(d, r);
    }
    add_examination(d, r);
    json_array_foreach (mrse_json_at(r, "implants"), i, implant)
        add_implant(d, implant);
}

static void add_figures(mrse_document *d, const worksheet_figures *figures)
{
    for (size_t i = 0; figures != NULL && i < figures->n; i++) {
        const worksheet_figure *f = &figures->item[i];
        mrse_document_figure(d, &f->figure, f->caption, f->file);
    }
}

/* The first step on the sheet that uses this formula: `i` itself when none before does. */
static size_t formula_at(const json_t *working, size_t i)
{
    const char *formula = mrse_json_get_text(json_array_get(working, i), "formula");
    for (size_t k = 0; k < i; k++) {
        const json_t *step = json_array_get(working, k);
        if (!mrse_json_get_bool(step, "detail") &&
            mrse_text_equal(mrse_json_get_text(step, "formula"), formula))
            return k;
    }
    return i;
}

static void say_step(mrse_buf *out, const json_t *step, size_t same_as)
{
    const char *numbers = mrse_json_get_text(step, "numbers");
    if (same_as > 0)
        mrse_buf_addf(out, "formula of %zu", same_as);
    else
        mrse_buf_add(out, mrse_json_get_text(step, "formula"));
    if (numbers[0] != '\0')
        mrse_buf_addf(out, ". Put in: %s", numbers);
    mrse_buf_add(out, ". Result: ");
    say_value(out, mrse_json_at(step, "result"), 0);
    if (mrse_json_get_text(step, "source")[0] != '\0')
        mrse_buf_addf(out, " (%s)", mrse_json_get_text(step, "source"));
}

/* What was put in, and what came out, across the page: as columns the formulas are cut to pieces.
 * Steps are numbered, so that each formula is printed once. Details are in the record. */
static void add_working(mrse_document *d, const json_t *r)
{
    const json_t *working = mrse_json_at(r, "working");
    size_t i, shown = 0;
    size_t *number = mrse_alloc(json_array_size(working) + 1, sizeof *number);
    json_t *step;
    mrse_document_heading(d, 2, "Working");
    json_array_foreach (working, i, step) {
        mrse_buf text = {0}, what = {0};
        if (number == NULL || mrse_json_get_bool(step, "detail"))
            continue;
        number[i] = ++shown;
        size_t first = formula_at(working, i);
        mrse_buf_addf(&what, "%zu. %s", shown, mrse_json_get_text(step, "what"));
        say_step(&text, step, first < i ? number[first] : 0);
        if (what.status != MRSE_OK && d->status == MRSE_OK)
            d->status = what.status;
        say_pair_add(d, mrse_buf_text(&what), &text);
        mrse_buf_free(&what);
    }
    if (number == NULL && d->status == MRSE_OK)
        d->status = MRSE_ERR_NOMEM;
    mrse_free(number);
    if (shown < json_array_size(working))
        mrse_document_paragraph(
            d, MRSE_STYLE_SMALL,
            "Every other figure of the two sequences is worked out in the same "
            "way, with its numbers, under 'working' in the record of this sheet, "
            "and by mrse assess CASE --explain.");
}

static mrse_document *begin(const json_t *r)
{
    mrse_document *d = mrse_document_create();
    if (d == NULL)
        return NULL;
    mrse_buf tool = {0};
    mrse_buf_addf(&tool, "mrse %s", mrse_json_get_text(r, "tool.version"));
    const char *title = mrse_json_get_text(r, "case.title");
    const char *stamp = mrse_json_get_text(r, "case.stamp");
    const char *author = mrse_json_get_text(r, "author.name");
    if (title[0] == '\0')
        title = mrse_json_get_text(r, "scanner.name");
    if (title[0] == '\0')
        title = mrse_json_get_text(r, "sequence.name");
    if (title[0] == '\0')
        title = mrse_json_get_text(r, "sequence.file");
    if (title[0] == '\0')
        title = mrse_json_get_text(r, "sequences.before.name");
    d->title = mrse_strdup(title);
    d->id = mrse_strdup(mrse_json_get_text(r, "id"));
    d->author = mrse_strdup(author[0] != '\0' ? author : "UNATTRIBUTED");
    d->date = mrse_strdup(mrse_json_get_text(r, "created"));
    d->tool = mrse_strdup(mrse_buf_text(&tool));
    d->subject = mrse_strdup("MR safety worksheet");
    d->language = mrse_strdup("en-GB");
    d->stamp = mrse_strdup(stamp[0] != '\0' ? stamp : mrse_json_get_text(r, "scanner.stamp"));
    if (!d->title || !d->id || !d->author || !d->date || !d->tool || !d->subject || !d->language ||
        !d->stamp || tool.status != MRSE_OK)
        d->status = MRSE_ERR_NOMEM;
    mrse_buf_free(&tool);
    return d;
}

static void set_watermark(mrse_document *d, const json_t *r)
{
    bool provisional = mrse_json_get_bool(r, "overall.provisional");
    bool attributed = mrse_json_get_text(r, "author.name")[0] != '\0';
    if (!provisional && attributed)
        return;
    d->watermark = mrse_strdup(attributed    ? "DRAFT: PROVISIONAL"
                               : provisional ? "DRAFT: UNATTRIBUTED, PROVISIONAL"
                                             : "DRAFT: UNATTRIBUTED");
    if (d->watermark == NULL)
        d->status = MRSE_ERR_NOMEM;
}

/* Contours say nothing of an object's ride; what a calibration rests on does. */
static bool needs_field(const json_t *r)
{
    bool objects_only = json_array_size(mrse_json_at(r, "objects")) > 0 &&
                        json_array_size(mrse_json_at(r, "implants")) == 0 &&
                        mrse_json_at(r, "site") == NULL && mrse_json_at(r, "survey") == NULL;
    return mrse_json_at(r, "reach") != NULL &&
           (!objects_only || mrse_json_at(r, "calibration") != NULL);
}

mrse_document *mrse_worksheet_document(const mrse_record *record, const worksheet_figures *figures)
{
    const json_t *r = record->json;
    mrse_document *d = begin(r);
    if (d == NULL)
        return NULL;
    set_watermark(d, r);
    mrse_document_heading(d, 1, d->title);
    mrse_document_paragraph(d, MRSE_STYLE_BANNER,
                            mrse_json_get_bool(r, "case.simulated")
                                ? "SIMULATED: YES, a hypothetical situation"
                                : "SIMULATED: NO");
    add_identity(d, r);
    mrse_document_heading(d, 2, "The question");
    mrse_document_paragraph(d, MRSE_STYLE_QUOTE, mrse_json_get_text(r, "case.question"));
    mrse_document_add_overall(d, r);
    mrse_document_paragraph(d, MRSE_STYLE_SMALL, mrse_json_get_text(r, "decision_rule"));
    mrse_document_add_operator(d, r, 2);
    add_items(d, r);
    mrse_document_add_findings(d, r, 2);
    mrse_document_add_objects(d, r, 2);
    mrse_document_add_risks(d, r, 2);
    mrse_document_add_rides(d, r, 2);
    mrse_document_add_site(d, r, 2);
    mrse_document_add_survey(d, r, 2);
    mrse_document_add_modification(d, r, 2);
    mrse_document_add_sequences(d, r, 2);
    add_figures(d, figures);
    mrse_document_add_feedback(d, r, 2);
    mrse_document_add_opinion(d, r);
    mrse_document_fine(d, true);
    if (needs_field(r))
        mrse_document_add_field(d, r, 2);
    add_working(d, r);
    mrse_document_add_provenance(d, r);
    mrse_document_fine(d, false);
    mrse_document_heading(d, 2, "Sign-off");
    mrse_document_signoff(d);
    return d;
}

mrse_document *mrse_record_document(const mrse_record *record)
{
    const json_t *r = record->json;
    mrse_document *d = begin(r);
    if (d == NULL)
        return NULL;
    mrse_document_heading(d, 1, d->title);
    if (mrse_json_at(r, "findings") != NULL) {
        mrse_document_add_findings(d, r, 2);
        mrse_document_add_objects(d, r, 2);
        mrse_document_add_risks(d, r, 2);
        mrse_document_add_rides(d, r, 2);
        mrse_document_add_site(d, r, 2);
        mrse_document_add_survey(d, r, 2);
        mrse_document_add_modification(d, r, 2);
        mrse_document_add_sequences(d, r, 2);
        mrse_document_add_overall(d, r);
    } else if (mrse_text_equal(mrse_json_get_text(r, "kind"), "sequence")) {
        mrse_document_add_sequences(d, r, 2);
    } else if (mrse_text_equal(mrse_json_get_text(r, "kind"), "comparison")) {
        mrse_document_add_comparison(d, r, 2);
    } else if (mrse_text_equal(mrse_json_get_text(r, "kind"), "object")) {
        mrse_document_add_objects(d, r, 2);
    } else if (mrse_text_equal(mrse_json_get_text(r, "kind"), "survey")) {
        mrse_document_add_survey(d, r, 2);
    } else {
        mrse_document_add_field(d, r, 2);
        mrse_document_add_rides(d, r, 2);
        mrse_document_add_site(d, r, 2);
    }
    return d;
}

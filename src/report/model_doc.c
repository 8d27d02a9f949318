/* The sections of a document about the field model: how it was made, how it agrees with the data
 * sheet, and what is missing. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

/* Shares below this are not worth the reader's time: as near as the name of a class can be. */
static const double NAME_IS_RIGHT = 5e-4;

static void say_percent(mrse_buf *out, double share)
{
    mrse_buf_num(out, 100.0 * fabs(share), 2);
    mrse_buf_add(out, " %");
}

/* "f0 123.22 MHz is 2.894 T; the nominal 3 T is a name: ..." */
static void add_f0(mrse_document *d, const json_t *record)
{
    const json_t *f0 = mrse_json_at(record, "f0");
    double field = mrse_json_get_num(f0, "field_share");
    if (f0 == NULL)
        return;
    mrse_buf text = {0};
    mrse_buf_addf(&text, "f0 %s is ", mrse_json_get_text(f0, "frequency.printed"));
    mrse_quantity_print(&text, mrse_json_get_num(f0, "b0.v"), MRSE_KIND_FIELD, 4, 0);
    mrse_buf_addf(&text, "; the nominal %s is a name",
                  mrse_json_get_text(record, "scanner.b0_nominal.printed"));
    if (fabs(field) >= NAME_IS_RIGHT) {
        const char *way = field < 0.0 ? "lower" : "higher";
        mrse_buf_add(&text, ": |B| and gradients are ");
        say_percent(&text, field);
        mrse_buf_addf(&text, " %s than the name says, force products ", way);
        say_percent(&text, mrse_json_get_num(f0, "product_share"));
    }
    mrse_buf_add(&text, ".");
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
}

static void add_pair_int(mrse_document *d, const json_t *c, const char *label, const char *key)
{
    mrse_buf text = {0};
    mrse_buf_addf(&text, "%d", (int)mrse_json_get_num(c, key));
    say_pair_add(d, label, &text);
}

static void add_pair_text(mrse_document *d, const char *label, const char *words)
{
    mrse_buf text = {0};
    mrse_buf_add(&text, words);
    say_pair_add(d, label, &text);
}

static const char *rests_on(const char *origin)
{
    if (mrse_text_equal(origin, "unverified"))
        return "numbers of which at least one is UNVERIFIED: everything computed from the model is "
               "PROVISIONAL";
    if (mrse_text_equal(origin, "assumed"))
        return "numbers of which at least one is an ASSUMPTION of the author, and so is everything "
               "computed from the model";
    return "numbers with a stated source";
}

static void add_making(mrse_document *d, const json_t *c, int level)
{
    mrse_document_heading(d, level, "How the field model was made");
    mrse_document_paragraph(
        d, MRSE_STYLE_PLAIN,
        "The scanner file holds no coil set. A coil family was fitted to the numbers of the data "
        "sheet; it is one magnet that has these numbers, not the windings of the product. Every "
        "value carries the spread among the magnets that agree with the sheet as well.");
    add_pair_text(d, "Method", mrse_json_get_text(c, "method"));
    add_pair_int(d, c, "Numbers used", "numbers");
    add_pair_int(d, c, "Fits begun", "starts");
    add_pair_int(d, c, "Admissible fits", "admissible");
    add_pair_text(d, "Best fit began from design", mrse_json_get_text(c, "design"));
    mrse_buf chi2 = {0};
    mrse_buf_num(&chi2, mrse_json_get_num(c, "chi2"), 3);
    say_pair_add(d, "χ² of the numbers", &chi2);
    double widened = mrse_json_get_num(c, "widened");
    if (widened > 1.0) {
        mrse_buf wider = {0};
        mrse_buf_add(&wider, "all, by a factor of ");
        mrse_buf_num(&wider, widened, 2);
        mrse_buf_add(&wider, ", because the magnet lies outside what the reference designs span");
        say_pair_add(d, "Uncertainties widened", &wider);
    }
    mrse_buf variants = {0};
    mrse_buf_addf(&variants, "%d (directions of what is not known: %d)",
                  (int)mrse_json_get_num(c, "variants"), (int)mrse_json_get_num(c, "directions"));
    say_pair_add(d, "Other magnets considered", &variants);
    add_pair_text(d, "Gradient in the bore",
                  mrse_json_get_bool(c, "gradient_from_data")
                      ? "constrained by numbers of the data sheet"
                      : "no number of the data sheet constrains it: it rests on what reference "
                        "designs have in common, and its uncertainty is large");
    add_pair_text(d, "Rests on", rests_on(mrse_json_get_text(c, "origin")));
}

static void say_stated(mrse_buf *out, const json_t *a)
{
    const char *bound = mrse_json_get_text(a, "bound");
    if (mrse_text_equal(bound, "at_most"))
        mrse_buf_add(out, "at most ");
    else if (mrse_text_equal(bound, "at_least"))
        mrse_buf_add(out, "at least ");
    mrse_buf_add(out, mrse_json_get_text(a, "stated.printed"));
}

/* "sheet, line 38; unverified": all rows of this table come from one file. */
static void say_place(mrse_buf *out, const json_t *stated)
{
    const char *origin = mrse_json_get_text(stated, "origin"),
               *source = mrse_json_get_text(stated, "src");
    mrse_buf_addf(out, "%s%sline %d", source, source[0] != '\0' ? ", " : "",
                  (int)mrse_json_get_num(stated, "line"));
    if (mrse_text_equal(origin, "unverified") || mrse_text_equal(origin, "assumed"))
        mrse_buf_addf(out, "; %s", origin);
}

/* A number that the model does not have is "not known", not "does not exist". */
static void say_predicted(mrse_buf *out, double si, mrse_kind kind)
{
    if (!isfinite(si))
        mrse_buf_add(out, "not known");
    else if (kind == MRSE_KIND_LENGTH)
        say_length(out, si);
    else
        mrse_quantity_print(out, si, kind, 4, 0);
}

static void say_U(mrse_buf *out, double u, mrse_kind kind)
{
    if (kind == MRSE_KIND_LENGTH)
        say_U_length(out, u);
    else
        mrse_quantity_print(out, 2.0 * u, kind, 2, 0);
}

/* A coil set may itself have been made from these numbers: only a calibration knows what it left
 * out. */
static const char *use_of(const json_t *a, bool calibrated)
{
    if (mrse_json_get_bool(a, "fitted"))
        return "fitted";
    return calibrated ? "held out" : "compared";
}

static void agreement_row(mrse_document *d, const json_t *a, bool calibrated)
{
    say_row row = {0};
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(a, "kind"));
    double en = mrse_json_get_num(a, "en");
    mrse_buf_add(&row.cell[0], mrse_json_get_text(a, "what"));
    say_stated(&row.cell[1], a);
    say_place(&row.cell[2], mrse_json_at(a, "stated"));
    say_predicted(&row.cell[3], mrse_json_get_num(a, "predicted"), kind);
    mrse_buf_add(&row.cell[3], " ± ");
    say_U(&row.cell[3], mrse_json_get_num(a, "u_predicted"), kind);
    if (isfinite(en))
        mrse_buf_num(&row.cell[4], en, 2);
    else
        mrse_buf_add(&row.cell[4], "not known");
    mrse_buf_add(&row.cell[5], use_of(a, calibrated));
    if (mrse_json_get_bool(a, "differs"))
        mrse_buf_add(&row.cell[5], ", DIFFERS");
    say_row_add(d, &row, 6);
}

static void add_agreement(mrse_document *d, const json_t *record)
{
    static const char *const header[] = {"Number", "As printed", "Source", "#Model (± U = 2u)",
                                         "#E_n",   "Use"};
    static const double weight[] = {2.9, 1.1, 1.5, 2.1, 0.8, 1.1};
    bool calibrated = mrse_json_at(record, "calibration") != NULL;
    size_t i;
    json_t *a;
    if (mrse_json_at(record, "agreement") == NULL)
        return;
    mrse_document_table(d, "The data sheet and the field model", header, weight, 6);
    json_array_foreach (mrse_json_at(record, "agreement"), i, a)
        agreement_row(d, a, calibrated);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "E_n is the difference, model less sheet, over twice the standard uncertainty of both. "
        "Beyond ±1 (of a bound: on its wrong side) they differ. Agreement with a number that the "
        "model was made from shows that it can follow it; only a number held out tests it.");
}

/* ---- what is missing ---- */

static void need_row(mrse_document *d, const char *what, const char *state, const char *missing,
                     const char *question)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], what);
    mrse_buf_add(&row.cell[1], state);
    mrse_buf_add(&row.cell[2], missing);
    mrse_buf_add(&row.cell[3], question);
    say_row_add(d, &row, 4);
}

static bool is_open(const json_t *use)
{
    return !mrse_text_equal(mrse_json_get_text(use, "ready"), mrse_ready_text(MRSE_READY_YES));
}

static bool anything_open(const json_t *needs)
{
    size_t i;
    json_t *use;
    json_array_foreach (mrse_json_at(needs, "uses"), i, use) {
        if (is_open(use))
            return true;
    }
    return json_array_size(mrse_json_at(needs, "questions")) > 0;
}

static void question_row(mrse_document *d, const json_t *q)
{
    mrse_buf what = {0};
    mrse_buf_addf(&what, "%s", mrse_json_get_text(q, "field"));
    if (mrse_json_get_num(q, "line") > 0.0)
        mrse_buf_addf(&what, " (line %d)", (int)mrse_json_get_num(q, "line"));
    need_row(d, mrse_buf_text(&what), "question", mrse_json_get_text(q, "printed"),
             mrse_json_get_text(q, "question"));
    if (what.status != MRSE_OK && d->status == MRSE_OK)
        d->status = what.status;
    mrse_buf_free(&what);
}

static void add_needs(mrse_document *d, const json_t *record)
{
    static const char *const header[] = {"Use, or number", "State", "Missing, or as printed",
                                         "Question"};
    static const double weight[] = {1.8, 1.0, 1.8, 3.4};
    const json_t *needs = mrse_json_at(record, "needs");
    size_t i;
    json_t *item;
    if (needs == NULL || !anything_open(needs))
        return;
    mrse_document_table(d, "What is missing, and what to ask", header, weight, 4);
    json_array_foreach (mrse_json_at(needs, "uses"), i, item) {
        if (is_open(item))
            need_row(d, mrse_json_get_text(item, "use"), mrse_json_get_text(item, "ready"),
                     mrse_json_get_text(item, "missing"), mrse_json_get_text(item, "question"));
    }
    json_array_foreach (mrse_json_at(needs, "questions"), i, item)
        question_row(d, item);
}

void mrse_document_add_model(mrse_document *d, const json_t *record, int level)
{
    const json_t *calibration = mrse_json_at(record, "calibration");
    if (calibration != NULL)
        add_making(d, calibration, level);
    else if (mrse_json_at(record, "no_field_model") == NULL &&
             (mrse_json_at(record, "agreement") != NULL || mrse_json_at(record, "needs") != NULL ||
              mrse_json_at(record, "f0") != NULL))
        mrse_document_heading(d, level, "The field model and the data sheet");
    add_f0(d, record);
    add_agreement(d, record);
    add_needs(d, record);
}

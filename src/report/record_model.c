/* Record sections of the field model: how it was made, what of the data sheet it agrees with, and
 * what is missing. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"

/* Directions of the fit: variants of one stand next to each other. */
static size_t count_directions(const mrse_model *model)
{
    size_t n = 0;
    for (size_t i = 0; i < model->n_variants; i++)
        n += i == 0 || model->variant[i].direction != model->variant[i - 1].direction;
    return n;
}

static void put_calibration(json_put o, const mrse_study *study)
{
    const mrse_calibration *c = study->calibration;
    json_put m = mrse_json_object(o, "calibration");
    mrse_json_text(m, "method", MRSE_METHOD_CALIBRATION);
    mrse_json_text(m, "origin", mrse_origin_text(study->basis.origin));
    mrse_json_text(m, "design", c->design);
    mrse_json_int(m, "numbers", (long long)c->n_rows);
    mrse_json_int(m, "starts", (long long)c->n_starts);
    mrse_json_int(m, "admissible", (long long)c->n_admissible);
    mrse_json_num(m, "chi2", c->chi2);
    mrse_json_num(m, "widened", c->widened);
    mrse_json_int(m, "directions", (long long)count_directions(&study->model));
    mrse_json_int(m, "variants", (long long)study->model.n_variants);
    mrse_json_bool(m, "gradient_from_data", c->gradient_from_data);
}

static void put_agreement(json_put list, const mrse_agreement *row)
{
    static const char *const bound[] = {"exact", "at_most", "at_least"};
    json_put a = mrse_json_item(list);
    mrse_json_text(a, "what", row->what);
    mrse_json_value(a, "stated", row->stated);
    mrse_json_text(a, "kind", mrse_kind_get(row->kind)->id);
    mrse_json_text(a, "bound", bound[row->bound]);
    mrse_json_pair(a, "compared", row->stated_si, row->u_stated);
    mrse_json_pair(a, "predicted", row->predicted, row->u_predicted);
    mrse_json_num(a, "en", row->en);
    mrse_json_bool(a, "fitted", row->fitted);
    mrse_json_bool(a, "differs", row->differs);
}

static void put_needs(json_put o, const mrse_needs *needs)
{
    json_put n = mrse_json_object(o, "needs");
    json_put uses = mrse_json_array(n, "uses");
    for (size_t i = 0; i < needs->n_needs; i++) {
        const mrse_need *need = &needs->need[i];
        json_put item = mrse_json_item(uses);
        mrse_json_text(item, "use", need->use);
        mrse_json_text(item, "ready", mrse_ready_text(need->ready));
        mrse_json_text(item, "missing", need->missing);
        mrse_json_text(item, "question", need->question);
    }
    json_put questions = mrse_json_array(n, "questions");
    for (size_t i = 0; i < needs->n_questions; i++) {
        const mrse_question *q = &needs->question[i];
        json_put item = mrse_json_item(questions);
        mrse_json_text(item, "field", q->field);
        mrse_json_text(item, "printed", q->printed);
        mrse_json_text(item, "question", q->question);
        mrse_json_int(item, "line", q->line);
    }
}

static void put_f0(json_put o, const mrse_study *study)
{
    json_put f = mrse_json_object(o, "f0");
    mrse_json_value(f, "frequency", &study->scanner->frequency);
    mrse_json_value(f, "b0", &study->b0_f0);
    mrse_json_num(f, "field_share", study->f0_field);
    mrse_json_num(f, "product_share", study->f0_product);
}

static bool has_sheet(const mrse_data_sheet *sheet)
{
    return sheet->n_contours + sheet->n_cylinders + sheet->n_points + sheet->n_events > 0 ||
           sheet->accessible.line > 0;
}

void mrse_record_put_model(json_put o, const mrse_study *study)
{
    bool sheet = has_sheet(&study->scanner->sheet) || study->no_model[0] != '\0';
    if (study->calibration != NULL)
        put_calibration(o, study);
    if (isfinite(study->b0_f0.v))
        put_f0(o, study);
    if (sheet && study->n_agreements > 0) {
        json_put list = mrse_json_array(o, "agreement");
        for (size_t i = 0; i < study->n_agreements; i++)
            put_agreement(list, &study->agreement[i]);
    }
    if (sheet)
        put_needs(o, &study->needs);
}

/* Record section of one sequence, or of one before and one after a modification.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"

static const char *form_text(mrse_sequence_kind form)
{
    static const char *const text[] = {[MRSE_SEQUENCE_PROTOCOL] = "protocol",
                                       [MRSE_SEQUENCE_PULSEQ] = "Pulseq",
                                       [MRSE_SEQUENCE_DICOM] = "DICOM header"};
    return text[form];
}

/* Never the path: that of an image may name a person. */
static void put_input(json_put o, const char *key, const mrse_sequence_input *in)
{
    json_put c = mrse_json_object(o, key);
    mrse_json_text(c, "name", in->name);
    mrse_json_text(c, "form", form_text(in->form));
    mrse_json_text(c, "sha256", in->sha256);
    if (in->protocol == NULL)
        return;
    mrse_json_text(c, "stamp", in->protocol->stamp);
    mrse_json_value(c, "b0", &in->protocol->b0);
    mrse_json_text(c, "coil", in->protocol->coil);
    mrse_json_text(c, "region", mrse_region_text(in->protocol->region));
}

static void put_rows(json_put o, const mrse_sequence_study *s)
{
    json_put list = mrse_json_array(o, "rows");
    for (size_t i = 0; i < s->n_rows; i++) {
        const mrse_sequence_row *row = &s->row[i];
        json_put c = mrse_json_item(list);
        mrse_json_text(c, "topic", mrse_sequence_topic_text(row->topic));
        mrse_json_text(c, "what", row->what);
        mrse_json_value(c, "before", &row->before);
        if (s->after.path != NULL)
            mrse_json_value(c, "after", &row->after);
        mrse_json_pair(c, "ratio", row->ratio, row->u_ratio);
        mrse_json_text(c, "how", row->how);
        mrse_json_text(c, "note", row->note);
    }
}

static void put_changes(json_put o, const mrse_sequence_study *s)
{
    json_put list = mrse_json_array(o, "changes");
    for (size_t i = 0; i < s->n_changes; i++) {
        const mrse_sequence_change *change = &s->change[i];
        json_put c = mrse_json_item(list);
        mrse_json_text(c, "what", change->what);
        mrse_json_text(c, "before", change->before);
        mrse_json_text(c, "after", change->after);
        mrse_json_bool(c, "comparable", change->comparable);
        mrse_json_text(c, "note", change->note);
    }
}

static void put_decision(json_put o, const char *key, const mrse_decision *d)
{
    json_put c = mrse_json_object(o, key);
    mrse_json_text(c, "verdict", mrse_verdict_text(d->verdict));
    mrse_json_num(c, "margin", d->margin);
    mrse_json_bool(c, "provisional", d->provisional);
    mrse_json_bool(c, "on_assumption", d->on_assumption);
    mrse_json_text(c, "reason", d->reason);
}

static void put_limits(json_put o, const mrse_sequence_study *s)
{
    json_put list = mrse_json_array(o, "limits");
    for (size_t i = 0; i < s->n_limits; i++) {
        const mrse_sequence_limit *limit = &s->limit[i];
        json_put c = mrse_json_item(list);
        mrse_json_text(c, "what", limit->what);
        mrse_record_put_limit(c, &limit->limit);
        put_decision(c, "before", &limit->before);
        if (s->after.path != NULL)
            put_decision(c, "after", &limit->after);
    }
}

/* An end that runs away has no number: `unbounded` says so. */
static void put_span(json_put o, const char *key, const mrse_span *span)
{
    json_put c = mrse_json_object(o, key);
    mrse_json_num(c, "v", span->v);
    mrse_json_num(c, "low", span->low);
    mrse_json_num(c, "high", span->high);
    mrse_json_bool(c, "unbounded", isinf(span->low) || isinf(span->high) || isinf(span->v));
}

static void put_image(json_put o, const mrse_sequence_study *s)
{
    json_put c = mrse_json_object(o, "image");
    mrse_json_text(c, "refused", s->image_refused);
    json_put list = mrse_json_array(c, "rows");
    for (size_t i = 0; i < s->image.n_rows; i++) {
        const mrse_image_row *row = &s->image.row[i];
        json_put r = mrse_json_item(list);
        mrse_json_text(r, "what", row->what);
        mrse_json_text(r, "unit", row->unit);
        mrse_json_value(r, "before", &row->before);
        mrse_json_value(r, "after", &row->after);
        put_span(r, "before_range", &row->before_range);
        put_span(r, "after_range", &row->after_range);
        put_span(r, "ratio", &row->ratio);
        mrse_json_bool(r, "turns", row->turns);
        mrse_json_text(r, "how", row->how);
        mrse_json_text(r, "note", row->note);
    }
}

static void put_place(json_put o, const mrse_sequence_study *s)
{
    static const char *const axis[] = {"x_m", "y_m", "z_m"};
    if (!s->has_place)
        return;
    json_put c = mrse_json_object(o, "place");
    for (size_t i = 0; i < 3; i++)
        mrse_json_pair(c, axis[i], s->place_m[i], s->u_place_m[i]);
    static const char *const key[] = {"dbdt_before", "dbdt_after"};
    for (size_t k = 0; k < (s->after.path != NULL ? 2U : 1U); k++) {
        const mrse_dbdt *d = k == 0 ? &s->dbdt_before : &s->dbdt_after;
        json_put at = mrse_json_object(o, key[k]);
        mrse_json_value(at, "peak", &d->peak);
        mrse_json_value(at, "rms", &d->rms);
        mrse_json_bool(at, "declared", d->declared);
        mrse_json_text(at, "reason", d->reason);
    }
}

void mrse_record_put_sequences(json_put o, const mrse_sequence_study *s, const mrse_diags *diags)
{
    const bool pair = s->after.path != NULL;
    if (!pair && s->before.played != NULL)
        mrse_record_put_exposure(o, s->before.played, diags);
    json_put c = mrse_json_object(o, "sequences");
    put_input(c, "before", &s->before);
    if (pair)
        put_input(c, "after", &s->after);
    json_put warnings = mrse_json_array(c, "warnings");
    for (size_t i = 0; diags != NULL && i < diags->n; i++)
        if (diags->item[i].sev == MRSE_SEV_WARNING)
            mrse_json_item_text(warnings, diags->item[i].text);
    put_changes(c, s);
    put_rows(c, s);
    json_put sar = mrse_json_object(c, "sar");
    mrse_json_pair(sar, "ratio", s->sar.ratio, s->sar.u_ratio);
    mrse_json_text(sar, "reason", s->sar.reason);
    put_place(c, s);
    put_limits(c, s);
    if (pair)
        put_image(c, s);
}

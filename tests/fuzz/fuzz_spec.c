/* Fuzz target: any bytes as a file of any format. What is read must be whole and obey what the
 * headers promise; what is refused must be refused with an error that has a place, and leave
 * nothing behind. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/needs.h"
#include "mrse/protocol.h"
#include "mrse/site.h"
#include "spec/spec_internal.h"

/* Not assert: that is compiled away with NDEBUG. */
static void must(bool truth)
{
    if (!truth)
        abort();
}

static void check_value(const mrse_value *value, double min, double max)
{
    if (isnan(value->v))
        return;
    must(value->v >= min && value->v <= max);
    must(value->u >= 0 && isfinite(value->u));
    must(strlen(value->printed) > 0);
}

static void check_sheet(const mrse_data_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_contours; i++) {
        const mrse_stated_contour *row = &sheet->contour[i];

        must(row->level.v > 0 && (isfinite(row->axial.v) || isfinite(row->radial.v)));
        check_value(&row->axial, 0.05, 50);
        check_value(&row->radial, 0.05, 50);
    }
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *row = &sheet->cylinder[i];

        must(row->radius.v >= 0 && row->radius.v <= 1 && row->bound <= MRSE_BOUND_AT_LEAST);
        must(isfinite(row->gradient.v) || isfinite(row->field.v) || isfinite(row->product.v));
    }
    for (size_t i = 0; i < sheet->n_points; i++) {
        must(sheet->point[i].r.v >= 0 && isfinite(sheet->point[i].z.v));
        must(isfinite(sheet->point[i].field.v) || isfinite(sheet->point[i].gradient.v));
    }
    for (size_t i = 0; i < sheet->n_events; i++)
        must(sheet->event[i].what && sheet->event[i].level.v > 0);
}

/* Whatever is read can be asked what it is good for, and its data are numbers. */
static void check_needs(const mrse_scanner *s)
{
    mrse_needs needs;
    mrse_datum *data;
    size_t n;
    bool both;

    must(mrse_needs_of(s, &needs) == MRSE_OK);
    for (size_t i = 0; i < needs.n_questions; i++)
        must(needs.question[i].field[0] && needs.question[i].question[0]);
    mrse_needs_clear(&needs);
    must(mrse_scanner_data(s, &data, NULL, &n, &both) == MRSE_OK);
    for (size_t i = 0; i < n; i++)
        must(data[i].value > 0 && data[i].u > 0 && isfinite(data[i].value + data[i].u) &&
             data[i].name[0]);
    mrse_free(data);
}

static void check_systems(const mrse_scanner *s)
{
    check_value(&s->gradients.linear_radius, 0.025, 1);
    check_value(&s->gradients.slew, 1, 2000);
    must(s->gradients.has_safe == isfinite(s->safe.v));
    for (size_t i = 0; s->gradients.has_safe && i < MRSE_AXES; i++)
        for (size_t k = 0; k < MRSE_SAFE_FILTERS; k++)
            must(s->gradients.safe.axis[i].tau_s[k] > 0 && s->gradients.safe.axis[i].a[k] >= 0);
    for (size_t i = 0; i < s->rf.n_coils; i++)
        must(s->rf.coil[i].name && s->rf.coil[i].transmit > MRSE_TRANSMIT_UNKNOWN);
    for (size_t i = 0; i < s->n_sar_pairs; i++)
        must(s->sar_pair[i].coil && s->sar_pair[i].b1_rms.v > 0 && s->sar_pair[i].sar.v > 0);
}

static void check_scanner(const mrse_scanner *s)
{
    must(s->id && s->name && s->path);
    must(s->b0_nominal.v >= 0.01 && s->b0_nominal.v <= 21);
    must(s->bore_shape <= MRSE_BORE_OPEN);
    check_value(&s->bore_diameter, 0.1, 2);
    check_value(&s->cover_length, 0.2, 5);
    check_value(&s->cover_diameter, 0.3, 5);
    if (s->bore_shape == MRSE_BORE_CYLINDER)
        must(!(s->cover_diameter.v < s->bore_diameter.v));
    check_value(&s->u_field, 0, 0.5);
    check_value(&s->u_grad, 0, 0.5);
    must(s->n_coils == 0 || (isfinite(s->u_field.v) && isfinite(s->u_grad.v)));
    for (size_t i = 0; i < s->n_coils; i++) {
        must(mrse_source_check(&s->coil[i]) == MRSE_OK);
        must(s->bore_shape != MRSE_BORE_CYLINDER || !(s->coil[i].r1_m <= s->bore_diameter.v / 2));
    }
    check_systems(s);
    check_sheet(&s->sheet);
    check_needs(s);
}

static void check_label_limit(const mrse_label_limit *l)
{
    const mrse_limit *limit = &l->limit;

    must(l->printed && l->source && limit->value.kind != MRSE_KIND_NONE);
    must(l->not_applicable == !(limit->value.v >= 0));
    must(limit->op != MRSE_OP_RANGE || limit->upper > limit->value.v);
}

/* Everything that a label demands has words, and numbers where its kind needs them. */
static void check_terms(const mrse_label_terms *t)
{
    mrse_label_words words;

    for (size_t i = 0; mrse_label_words_at(t, i, &words); i++)
        must(words.topic && words.printed && words.source && words.line > 0);
    for (size_t i = 0; i < t->n_limits; i++)
        check_label_limit(&t->limit[i]);
    for (size_t i = 0; i < t->n_chains; i++) {
        must(t->chain[i].n_steps >= 2);
        for (size_t k = 0; k < t->chain[i].n_steps; k++) {
            must((k > 0) == (t->chain[i].step[k].unreported != MRSE_KIND_NONE));
            must(t->chain[i].step[k].n_limits > 0);
        }
    }
    for (size_t i = 0; i < t->n_clocks; i++)
        must(t->clock[i].not_applicable == !(t->clock[i].clock.limit.value.v > 0));
    for (size_t i = 0; i < t->n_zones; i++)
        must(t->zone[i].not_applicable == (t->zone[i].rule.kind == MRSE_ZONE_UNKNOWN));
    for (size_t i = 0; i < t->n_modes; i++)
        must(t->mode[i].allowed != 0);
    for (size_t i = 0; i < t->n_choices; i++) {
        must(t->choice[i].n_options >= 2);
        for (size_t k = 0; k < t->choice[i].n_options; k++) {
            must(mrse_label_words_at(&t->choice[i].option[k].must, 0, &words));
            check_terms(&t->choice[i].option[k].must);
        }
    }
}

static void check_label(const mrse_label *label)
{
    must(label->id && label->device);
    must(label->document || label->status == MRSE_LABEL_UNLABELLED);
    must(label->n_branches > 0
             ? label->status == MRSE_LABEL_CONDITIONAL || label->status == MRSE_LABEL_LEGACY
             : label->status != MRSE_LABEL_CONDITIONAL);
    check_terms(&label->must);
    for (size_t i = 0; i < label->n_branches; i++) {
        const mrse_label_branch *branch = &label->branch[i];

        must(branch->name != NULL);
        must((branch->when.line > 0) == (branch->when.printed != NULL));
        for (size_t k = 0; k < branch->n_b0; k++)
            check_value(&branch->b0[k], 0.01, 21);
        check_terms(&branch->must);
    }
}

static void check_case(const mrse_case *c)
{
    must(c->title && c->question && c->scanner &&
         (c->n_implants > 0 || c->n_objects > 0 || c->site || c->survey || c->n_sequences > 0));
    for (size_t i = 0; i < c->n_sequences; i++)
        must(c->sequence[i].file && c->sequence[i].role <= MRSE_SEQUENCE_AFTER &&
             c->sequence[i].kind <= MRSE_SEQUENCE_DICOM);
    must(c->n_implants == 0 || c->landmark);
    for (size_t i = 0; i < c->n_implants; i++) {
        const mrse_case_implant *implant = &c->implant[i];

        must(implant->name && implant->label);
        must(implant->decisive != MRSE_DECISIVE_PATH ||
             (implant->because && implant->has_position));
        if (!implant->has_position)
            continue;
        must(isfinite(c->couch_height.v));
        must(implant->x.u > 0 && implant->y.u > 0 && implant->z.u > 0);
        check_value(&implant->x, -3, 3);
        check_value(&implant->y, -3, 3);
        check_value(&implant->z, -3, 3);
    }
}

static void check_limit(const mrse_site_limit *limit)
{
    must(limit->limit.op == MRSE_OP_LE || limit->limit.op == MRSE_OP_LT);
    must(limit->limit.value.kind == MRSE_KIND_FIELD && limit->limit.value.v > 0);
}

static void check_site(const mrse_site *s)
{
    must(s->id && s->name && s->path);
    check_value(&s->magnet.x, -1000, 1000);
    check_value(&s->magnet.y, -1000, 1000);
    check_value(&s->magnet.height, 0.3, 3);
    must(isfinite(s->magnet.x.v + s->magnet.y.v + s->magnet.height.v + s->magnet.azimuth.v));
    must(s->magnet.u.v > 0);
    for (size_t i = 0; i < s->n_outlines; i++) {
        const mrse_site_line *line = &s->outline[i];

        must(line->kind < MRSE_SITE_KINDS && mrse_site_line_name(line)[0] && line->u.v > 0);
        must(line->n >= (line->closed ? 3u : 2u));
        for (size_t k = 0; k < line->n; k++)
            must(isfinite(line->place[k].x_m + line->place[k].y_m));
        (void)mrse_site_holds(line, s->magnet.x.v, s->magnet.y.v);
    }
    for (size_t i = 0; i < s->n_items; i++) {
        must(s->item[i].name && isfinite(s->item[i].x.v + s->item[i].y.v) && s->item[i].u.v > 0);
        check_limit(&s->item[i].limit);
    }
    for (size_t i = 0; i < s->n_storeys; i++) {
        must(s->storey[i].name && isfinite(s->storey[i].height.v));
        check_limit(&s->storey[i].limit);
    }
}

static bool is_count(double v)
{
    return isnan(v) || (v >= 0 && v == floor(v));
}

static void check_pulse(const mrse_protocol_pulse *pulse, const mrse_protocol *p)
{
    must(pulse->role <= MRSE_PULSE_PREPARATION && pulse->per <= MRSE_PER_TR);
    must(pulse->count >= 1 && pulse->bands >= 1 && is_count(pulse->count + pulse->bands));
    must(pulse->n_train == 0 || (double)pulse->n_train == p->etl);
    check_value(&pulse->flip, 1e-3, 70);
    check_value(&pulse->duration, 1e-6, 10);
    for (size_t i = 0; i < pulse->n_train; i++)
        must(isfinite(pulse->train[i].v));
    if (pulse->has_shape) {
        mrse_rf_factors factors;
        must(mrse_rf_pulse_factors(&pulse->shape, &factors) != MRSE_ERR_ARG);
    }
}

static void check_sequence(const mrse_protocol *p)
{
    must(p->path && p->family > MRSE_FAMILY_UNKNOWN && p->family <= MRSE_FAMILY_DWI);
    must(p->region <= MRSE_REGION_SPINE && p->reported.mode <= 3 && p->order <= 2);
    must(p->simultaneous >= 1 && !(p->te.v >= p->tr.v) && !(p->ti.v >= p->tr.v));
    must(is_count(p->etl) && is_count(p->slices) && !(p->centre_echo > p->etl));
    must(!(p->partial_phase < 0.5) && !(p->partial_phase > 1) && !(p->acceleration_phase < 1));
    if (p->family == MRSE_FAMILY_TSE)
        must(!(p->etl * p->esp.v > p->tr.v * (1 + 1e-6)));
    check_value(&p->tr, 1e-4, 60);
    check_value(&p->reported.b1_rms, 1e-9, 3e-5);
    for (size_t i = 0; i < p->n_pulses; i++)
        check_pulse(&p->pulse[i], p);
    for (size_t i = 0; i < p->n_lobes; i++) {
        const mrse_protocol_lobe *lobe = &p->lobe[i];

        must(lobe->name && lobe->axis <= MRSE_GRADIENT_ANY && lobe->alternating >= 1);
        must(fabs(lobe->slew.v * lobe->ramp.v / lobe->amplitude.v - 1) < 0.0101);
        must(lobe->slew.u >= 0 && lobe->ramp.u >= 0);
    }
}

static void check_messages(const mrse_diags *diags)
{
    mrse_buf out = {0};

    for (size_t i = 0; i < diags->n; i++) {
        must(diags->item[i].text[0] != '\0' && diags->item[i].line > 0);
        must(mrse_text_is_utf8(diags->item[i].text, strlen(diags->item[i].text)));
        must(mrse_diag_format(&diags->item[i], &out) == MRSE_OK);
    }
    mrse_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static mrse_diags diags;
    const mrse_format *format = NULL;
    void *object = NULL;
    mrse_status status;

    /* the file layer lets nothing else through */
    if (!mrse_text_is_utf8(size ? (const char *)data : "", size))
        return 0;
    mrse_diags_init(&diags);
    status =
        mrse_spec_read_text(NULL, "fuzz.yaml", (const char *)data, size, &object, &format, &diags);
    must((status == MRSE_OK) == (object != NULL) && (status == MRSE_OK) == (diags.errors == 0));
    check_messages(&diags);
    if (!object)
        return 0;
    if (format == &mrse_spec_scanner)
        check_scanner(object);
    else if (format == &mrse_spec_label)
        check_label(object);
    else if (format == &mrse_spec_site)
        check_site(object);
    else if (format == &mrse_spec_sequence)
        check_sequence(object);
    else
        check_case(object);
    mrse_spec_object_free(format, object);
    return 0;
}

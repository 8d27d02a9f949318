/* What a change of a protocol does to the image: the rows that timing and geometry give.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/image_internal.h"

enum { FIXED_ROWS = 12 };

#define NOT_KNOWN ((double)NAN)

mrse_image_row *mrse_image_add(mrse_image_work *work, mrse_image_quantity quantity,
                               const char *what, const char *how)
{
    const mrse_span none = {NOT_KNOWN, NOT_KNOWN, NOT_KNOWN};
    mrse_image_row *row = &work->effect->row[work->effect->n_rows++];

    row->quantity = quantity;
    row->before = row->after = mrse_value_missing(MRSE_KIND_RATIO);
    row->before_range = row->after_range = row->ratio = none;
    mrse_text_copy(row->what, sizeof row->what, what);
    mrse_text_copy(row->how, sizeof row->how, how);
    return row;
}

void mrse_image_note(mrse_image_row *row, const char *text)
{
    const size_t n = strlen(row->note);

    if (!text[0])
        return;
    mrse_text_copy(row->note + n, sizeof row->note - n, n ? "; " : "");
    mrse_text_copy(row->note + strlen(row->note), sizeof row->note - strlen(row->note), text);
}

void mrse_image_set(mrse_image_row *row, const double v[2], mrse_kind kind, const char *method)
{
    mrse_value *value[2] = {&row->before, &row->after};

    for (int i = 0; i < 2; i++)
        *value[i] = isfinite(v[i]) ? mrse_value_computed(v[i], 0.0, kind, method)
                                   : mrse_value_missing(kind);
    if (isfinite(v[0]) && isfinite(v[1]) && v[0] > 0.0) {
        const double ratio = v[1] / v[0];
        row->ratio = (mrse_span){ratio, ratio, ratio};
    }
}

/* What is missing on either side, and on which. */
static void note_missing(mrse_image_row *row, const char *before, const char *after)
{
    char text[MRSE_IMAGE_WHY + 16];

    if (before[0] && strcmp(before, after) == 0) {
        mrse_image_note(row, before);
        return;
    }
    if (before[0]) {
        (void)snprintf(text, sizeof text, "before: %s", before);
        mrse_image_note(row, text);
    }
    if (after[0]) {
        (void)snprintf(text, sizeof text, "after: %s", after);
        mrse_image_note(row, text);
    }
}

/* Consoles add what the formula leaves out: beyond this share the reader is told. */
static void compare_time(mrse_image_row *row, const mrse_image_side *side, const char *when)
{
    const double reported_s = side->protocol->reported.scan_time.v;
    char text[160], a[MRSE_NUM_MAX], b[MRSE_NUM_MAX];

    if (side->time_why[0] || !(reported_s > 0.0) || !isfinite(reported_s) ||
        fabs(side->time.time_s / reported_s - 1.0) <= 0.05)
        return;
    mrse_text_num(a, reported_s, 4);
    mrse_text_num(b, side->time.time_s, 4);
    (void)snprintf(text, sizeof text, "%s: the console states %s s, the formula gives %s s", when,
                   a, b);
    mrse_image_note(row, text);
}

static void scan_time_rows(mrse_image_work *work)
{
    const mrse_image_side *s = work->side;
    double v[2], lines[2];
    mrse_image_row *row;

    for (int i = 0; i < 2; i++) {
        v[i] = s[i].time_why[0] ? NOT_KNOWN : s[i].time.time_s;
        lines[i] =
            s[i].time_why[0] ? NOT_KNOWN : (double)s[i].time.lines * (double)s[i].time.partitions;
    }
    row = mrse_image_add(work, MRSE_IMAGE_SCAN_TIME, "scan time",
                         "TR × (trains × averages × volumes + dummies) × concatenations "
                         "(image-scan-time)");
    mrse_image_set(row, v, MRSE_KIND_TIME, MRSE_METHOD_SCAN_TIME);
    note_missing(row, s[0].time_why, s[1].time_why);
    compare_time(row, &s[0], "before");
    compare_time(row, &s[1], "after");
    row = mrse_image_add(work, MRSE_IMAGE_LINES, "acquired lines of k-space",
                         "full lines × partial Fourier / acceleration + reference lines, times "
                         "partitions (image-scan-time)");
    row->unit = "lines";
    mrse_image_set(row, lines, MRSE_KIND_NONE, MRSE_METHOD_SCAN_TIME);
    note_missing(row, s[0].time_why, s[1].time_why);
}

static double voxel(const mrse_protocol *p, char why[MRSE_IMAGE_WHY])
{
    const struct {
        double v;
        const char *key;
    } part[] = {{p->fov_read.v, "fov_read"},
                {p->fov_phase.v, "fov_phase"},
                {p->matrix_read, "matrix_read"},
                {p->matrix_phase, "matrix_phase"},
                {p->thickness.v, "thickness"}};

    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (!(isfinite(part[i].v) && part[i].v > 0.0)) {
            (void)snprintf(why, MRSE_IMAGE_WHY, "'%s' is not stated", part[i].key);
            return NOT_KNOWN;
        }
    return p->fov_read.v / p->matrix_read * (p->fov_phase.v / p->matrix_phase) * p->thickness.v;
}

static void voxel_row(mrse_image_work *work)
{
    char why[2][MRSE_IMAGE_WHY] = {"", ""};
    mrse_image_row *row = mrse_image_add(work, MRSE_IMAGE_VOXEL, "volume of a voxel",
                                         "FOV / matrix along both directions × thickness");
    const double v[2] = {voxel(work->side[0].protocol, why[0]),
                         voxel(work->side[1].protocol, why[1])};

    mrse_image_set(row, v, MRSE_KIND_VOLUME, MRSE_METHOD_PROTOCOL_IMAGE);
    note_missing(row, why[0], why[1]);
}

static void slice_row(mrse_image_work *work)
{
    const mrse_protocol *b = work->side[0].protocol, *a = work->side[1].protocol;
    mrse_image_row *row = mrse_image_add(work, MRSE_IMAGE_SLICE, "slice profile",
                                         "not computed: nominal flip angles everywhere");

    if (b->n_pulses != a->n_pulses)
        mrse_image_note(row, "the pulses differ: the slice profile may");
    else
        for (size_t i = 0; i < b->n_pulses; i++)
            if (b->pulse[i].flip.v != a->pulse[i].flip.v ||
                b->pulse[i].duration.v != a->pulse[i].duration.v ||
                b->pulse[i].shape.form != a->pulse[i].shape.form) {
                mrse_image_note(row, "flip angle, duration or shape of a pulse differs: slice "
                                     "profile and effective angle change with it");
                break;
            }
    if (b->simultaneous != a->simultaneous && (b->simultaneous > 1.0 || a->simultaneous > 1.0))
        mrse_image_note(row, "slices excited at once differ: noise amplification and leakage "
                             "between slices are not in the SNR");
    if (!row->note[0])
        mrse_image_note(row, "no stated pulse differs");
}

static mrse_status begin_side(mrse_image_side *side, const mrse_protocol *protocol)
{
    mrse_scan_plan plan;
    mrse_status status;

    side->protocol = protocol;
    status = mrse_protocol_plan_of(protocol, &plan, side->time_why);
    if (status == MRSE_OK && !side->time_why[0] && mrse_scan_time_of(&plan, &side->time) != MRSE_OK)
        mrse_text_copy(side->time_why, sizeof side->time_why,
                       "the counts of lines, partitions and echoes do not fit together");
    if (status == MRSE_OK)
        status = mrse_protocol_acquisition_of(protocol, &side->acquisition, side->acquisition_why);
    if (status == MRSE_OK)
        status = mrse_protocol_weighting_of(protocol, &side->weighting);
    return status;
}

static mrse_status find_tissues(mrse_image_work *work)
{
    const mrse_image_choice *c = &work->choice;
    mrse_field_class field;
    mrse_status status = MRSE_OK;

    if (c->n_tissues > MRSE_IMAGE_TISSUES || c->n_pairs > MRSE_IMAGE_PAIRS)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < c->n_pairs; i++)
        if (c->pair[i].a >= c->n_tissues || c->pair[i].b >= c->n_tissues)
            return MRSE_ERR_ARG;
    if (mrse_tissue_field(work->side[0].protocol->b0.v, &field) != MRSE_OK) {
        mrse_text_copy(work->tissue_why, sizeof work->tissue_why,
                       "'b0' is not stated, or neither 1.5 T nor 3 T: T1 and T2 are not known");
        return MRSE_OK;
    }
    for (size_t i = 0; i < c->n_tissues && status == MRSE_OK; i++)
        status = mrse_tissue_find(c->tissue[i], field, &work->tissue[i]);
    return status;
}

static mrse_status all_rows(mrse_image_work *work)
{
    const size_t most = FIXED_ROWS + work->choice.n_tissues + 2 * work->choice.n_pairs;
    mrse_status status;

    work->effect->row = mrse_alloc(most, sizeof *work->effect->row);
    if (!work->effect->row)
        return MRSE_ERR_NOMEM;
    scan_time_rows(work);
    voxel_row(work);
    status = mrse_image_tissue_rows(work);
    if (status == MRSE_OK)
        status = mrse_image_train_rows(work);
    slice_row(work);
    return status;
}

mrse_status mrse_protocol_image_effect(const mrse_protocol *before, const mrse_protocol *after,
                                       const mrse_image_choice *choice, mrse_image_effect *out)
{
    mrse_image_work work = {.effect = out};
    mrse_status status;

    if (out)
        *out = (mrse_image_effect){0};
    if (!before || !after || !out)
        return MRSE_ERR_ARG;
    if (choice)
        work.choice = *choice;
    else
        mrse_image_choice_of(before->region, &work.choice);
    status = begin_side(&work.side[0], before);
    if (status == MRSE_OK)
        status = begin_side(&work.side[1], after);
    if (status == MRSE_OK)
        status = find_tissues(&work);
    if (status == MRSE_OK)
        status = all_rows(&work);
    mrse_protocol_weighting_clear(&work.side[0].weighting);
    mrse_protocol_weighting_clear(&work.side[1].weighting);
    if (status != MRSE_OK)
        mrse_image_effect_clear(out);
    return status;
}

void mrse_image_effect_clear(mrse_image_effect *effect)
{
    if (!effect)
        return;
    mrse_free(effect->row);
    *effect = (mrse_image_effect){0};
}

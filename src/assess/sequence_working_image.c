/* The working of what a modification does to the image: time, resolution, signal, contrast.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sequence_working.h"

#define MS       1e3 /* ms in 1 s */
#define MM       1e3 /* mm in 1 m */
#define AS_GIVEN "as stated"

/* Of either sequence what the figures were made from, by the same functions. */
typedef struct image_side {
    mrse_scan_plan plan;
    mrse_scan_time time;
    mrse_acquisition acquisition;
    mrse_protocol_weighting weighting;
} image_side;

typedef struct image_inputs {
    const mrse_image_row *row; /* the one that is worked out */
    image_side side[2];
    mrse_image_choice choice;
    mrse_tissue tissue[MRSE_IMAGE_TISSUES];
    double signal[2][MRSE_IMAGE_TISSUES];
    double gain; /* of signal to noise, at the same signal */
} image_inputs;

static const image_inputs *inputs(const working *w)
{
    return w->context;
}

static size_t side_at(const working *w, const mrse_sequence_input *in)
{
    return in == &w->s->after ? 1 : 0;
}

static const mrse_value *result(const working *w, const mrse_sequence_input *in)
{
    return side_at(w, in) == 1 ? &inputs(w)->row->after : &inputs(w)->row->before;
}

/* --- Time and geometry ---------------------------------------------------------------------------- */

static double at_least_one(size_t count)
{
    return count > 0 ? (double)count : 1.0;
}

static void scan_time(working *w, const mrse_sequence_input *in, size_t i)
{
    const image_side *s = &inputs(w)->side[side_at(w, in)];
    const working_head head = {
        .what = "Scan time",
        .formula =
            "TR × (ceil(lines × partitions / lines per TR) × averages × volumes + dummies) × "
            "concatenations",
        .source = "method image-scan-time"};

    (void)i;
    working_num(w, "", s->plan.tr_s, " s × (ceil(");
    working_num(w, "", (double)s->time.lines, " × ");
    working_num(w, "", (double)s->time.partitions, " / ");
    working_num(w, "", at_least_one(s->plan.lines_per_tr), ") × ");
    working_num(w, "", at_least_one(s->plan.averages), " × ");
    working_num(w, "", at_least_one(s->plan.volumes), " + ");
    working_num(w, "", (double)s->plan.dummies, ") × ");
    working_num(w, "", at_least_one(s->plan.concatenations), "");
    working_is(w, s->time.time_s, "s");
    working_end(w, &head, result(w, in));
}

/* Lines of one direction after partial Fourier and acceleration. */
static void put_lines(working *w, size_t full, double partial, double acceleration,
                      size_t reference)
{
    if (acceleration > 1.0) {
        working_num(w, "min(ceil(ceil(", partial > 0.0 ? partial : 1.0, " × ");
        working_num(w, "", (double)full, ") / ");
        working_num(w, "", acceleration, ") + ");
        working_num(w, "", (double)reference, ", ");
    }
    working_num(w, "ceil(", partial > 0.0 ? partial : 1.0, " × ");
    working_num(w, "", (double)full, acceleration > 1.0 ? "))" : ")");
}

static void lines(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_protocol *p = in->protocol;
    const mrse_scan_plan *plan = &inputs(w)->side[side_at(w, in)].plan;
    const working_head head = {
        .what = "Acquired lines of k-space",
        .formula = "ceil(ceil(share × full lines) / acceleration) + reference lines, no more than "
                   "without acceleration; full lines: matrix × (1 + oversampling), rounded; times "
                   "partitions likewise",
        .source = "method image-scan-time"};

    (void)i;
    if (p->phase_oversampling > 0.0) {
        working_num(w, "round(", p->matrix_phase, " × (1 + ");
        working_num(w, "", p->phase_oversampling, "))");
        working_num(w, " = ", (double)plan->lines, "; ");
    }
    put_lines(w, plan->lines, plan->partial_pe, plan->acceleration_pe, plan->reference_lines);
    if (plan->partitions > 0) {
        working_text(w, " × ");
        put_lines(w, plan->partitions, plan->partial_3d, plan->acceleration_3d,
                  plan->reference_partitions);
    }
    working_is(w, result(w, in)->v, "");
    working_end_plain(w, &head, result(w, in)->v, 0.0, "lines");
}

static void voxel(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_protocol *p = in->protocol;
    const working_head head = {.what = "Volume of a voxel",
                               .formula = "FOV / matrix along both directions × thickness",
                               .source = "method protocol-image"};

    (void)i;
    working_num(w, "", p->fov_read.v * MM, " mm / ");
    working_num(w, "", p->matrix_read, " × ");
    working_num(w, "", p->fov_phase.v * MM, " mm / ");
    working_num(w, "", p->matrix_phase, " × ");
    working_num(w, "", p->thickness.v * MM, " mm");
    working_is(w, result(w, in)->v * MM * MM * MM, "mm3");
    working_end(w, &head, result(w, in));
}

static void echo_time(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_protocol_weighting *x = &inputs(w)->side[side_at(w, in)].weighting;
    const bool train = in->protocol->family == MRSE_FAMILY_TSE && x->refused[0] == '\0';
    const working_head head = {.what = "Echo time",
                               .formula = train ? "number of the echo at the centre of k-space × "
                                                  "echo spacing"
                                                : "none: as stated",
                               .source = "method protocol-image"};

    (void)i;
    if (train) {
        working_num(w, "", (double)(x->weighting.centre + 1), " × ");
        working_num(w, "", in->protocol->esp.v * MS, " ms");
        working_is(w, result(w, in)->v * MS, "ms");
    } else {
        working_text(w, AS_GIVEN);
    }
    working_end(w, &head, result(w, in));
}

static void echo_spacing(working *w, const mrse_sequence_input *in, size_t i)
{
    const working_head head = {
        .what = "Echo spacing", .formula = "none: as stated", .source = "sequence file"};

    (void)i;
    working_text(w, AS_GIVEN);
    working_end(w, &head, result(w, in));
}

static void distortion(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_protocol *p = in->protocol;
    const image_side *s = &inputs(w)->side[side_at(w, in)];
    const working_head head = {.what = "Shift along the phase encoding",
                               .formula = "echo spacing × full lines / (acceleration × shots), of "
                                          "1 Hz off resonance",
                               .source = "method protocol-image"};

    (void)i;
    working_num(w, "", p->esp.v, " s × ");
    working_num(w, "", (double)s->plan.lines, " / (");
    working_num(w, "", fmax(1.0, s->plan.acceleration_pe), " × ");
    working_num(w, "", fmax(1.0, (double)s->time.trains), ")");
    working_is(w, result(w, in)->v, "px/Hz");
    working_end_plain(w, &head, result(w, in)->v, 0.0, "px/Hz");
}

static void blur_px(working *w, const mrse_sequence_input *in, size_t i)
{
    const working_head head = {.what = "Blur along the phase encoding, pixels",
                               .formula = "full width at half maximum of the point-spread function "
                                          "of the train, first tissue",
                               .source = "method image-psf"};

    (void)i;
    working_num(w, "not by hand: Fourier transform of ", in->protocol->etl,
                " echoes as they lie on ");
    working_num(w, "", in->protocol->matrix_phase, " lines");
    working_end_plain(w, &head, result(w, in)->v, result(w, in)->u, "px");
}

static void blur(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_protocol *p = in->protocol;
    const double pixel_mm = p->fov_phase.v / p->matrix_phase * MM;
    const working_head head = {.what = "Blur along the phase encoding",
                               .formula = "pixels × FOV / matrix along the phase encoding",
                               .source = "method image-psf"};

    (void)i;
    working_num(w, "", result(w, in)->v * MM / pixel_mm, " px × ");
    working_num(w, "", p->fov_phase.v * MM, " mm / ");
    working_num(w, "", p->matrix_phase, "");
    working_is(w, result(w, in)->v * MM, "mm");
    working_end(w, &head, result(w, in));
}

/* --- Signal, noise, contrast ---------------------------------------------------------------------- */

static const char *name_of(const image_inputs *x, size_t tissue)
{
    return x->tissue[tissue].text != NULL ? x->tissue[tissue].text : x->choice.tissue[tissue];
}

static void signal_step(working *w, const mrse_sequence_input *in, size_t tissue)
{
    const image_inputs *x = inputs(w);
    const mrse_tissue *t = &x->tissue[tissue];
    const mrse_relaxation at = {t->t1.v_s, t->t2.v_s};
    const size_t side = side_at(w, in);
    working_head head = {.what = "Signal, of M0 = 1",
                         .of = name_of(x, tissue),
                         .source = "methods image-signal, image-epg; T1 and T2: see mrse methods "
                                   "image-contrast"};

    head.formula = working_put_signal(w, &x->side[side].weighting.weighting, &at);
    if (x->side[side].weighting.weighting.family != MRSE_SIGNAL_TRAIN)
        working_is(w, x->signal[side][tissue], "");
    working_end_plain(w, &head, x->signal[side][tissue], 0.0, "");
    if (w->status == MRSE_OK)
        w->s->step[w->s->n_steps - 1].result.origin = mrse_tissue_origin(t);
}

/* What voxel and noise make of any signal, after over before. */
static void gain(working *w, const image_inputs *x)
{
    const mrse_acquisition *b = &x->side[0].acquisition, *a = &x->side[1].acquisition;
    const working_head head = {
        .what = "Voxel and noise, after over before",
        .formula =
            "voxel × √(averages × acquired lines × acquired partitions / bandwidth) / g, after "
            "over before",
        .source = "method image-snr"};

    working_num(w, "", a->voxel_m3 * MM * MM * MM, " mm3 / ");
    working_num(w, "", b->voxel_m3 * MM * MM * MM, " mm3 × √(");
    working_num(w, "", a->averages, " × ");
    working_num(w, "", a->lines_pe, " × ");
    working_num(w, "", a->lines_3d, " / ");
    working_num(w, "", a->bandwidth_Hz_px, " Hz / (");
    working_num(w, "", b->averages, " × ");
    working_num(w, "", b->lines_pe, " × ");
    working_num(w, "", b->lines_3d, " / ");
    working_num(w, "", b->bandwidth_Hz_px, " Hz)) × ");
    working_num(w, "", b->g_factor, " / ");
    working_num(w, "", a->g_factor, "");
    working_is(w, x->gain, "");
    working_end_plain(w, &head, x->gain, 0.0, "");
}

#define U_OF_RANGE "; u: of a rectangle over the range of T1 and T2"

static void snr(working *w, size_t tissue)
{
    const image_inputs *x = inputs(w);
    const working_head head = {
        .what = x->row->what,
        .formula = "S after / S before × voxel and noise, after over before" U_OF_RANGE,
        .source = "method image-snr"};

    working_num(w, "100 % × ", x->signal[1][tissue], " / ");
    working_num(w, "", x->signal[0][tissue], "");
    working_num(w, " × ", x->gain, "");
    working_is(w, 100.0 * x->row->after.v, "%");
    working_end(w, &head, &x->row->after);
}

static void contrast(working *w, const mrse_sequence_input *in, size_t i)
{
    const image_inputs *x = inputs(w);
    const mrse_tissue_pair *pair = &x->choice.pair[i];
    const double *signal = x->signal[side_at(w, in)];
    const working_head head = {.what = "Contrast",
                               .of = x->row->what + strlen("contrast of "),
                               .formula =
                                   "(a − b) / (a + b) of the signals; u: of a rectangle over "
                                   "the ranges of T1 and T2",
                               .source = "method image-contrast"};

    working_num(w, "100 % × (", signal[pair->a], " − ");
    working_num(w, "", signal[pair->b], ") / (");
    working_num(w, "", signal[pair->a], " + ");
    working_num(w, "", signal[pair->b], ")");
    working_is(w, 100.0 * result(w, in)->v, "%");
    working_end(w, &head, result(w, in));
}

static void cnr(working *w, size_t i)
{
    const image_inputs *x = inputs(w);
    const mrse_tissue_pair *pair = &x->choice.pair[i];
    const working_head head = {
        .what = "CNR",
        .of = x->row->what + strlen("CNR of "),
        .formula = "|a − b| after / |a − b| before × voxel and noise, after over before" U_OF_RANGE,
        .source = "methods image-contrast, image-snr"};

    working_num(w, "100 % × |", x->signal[1][pair->a], " − ");
    working_num(w, "", x->signal[1][pair->b], "| / |");
    working_num(w, "", x->signal[0][pair->a], " − ");
    working_num(w, "", x->signal[0][pair->b], "|");
    working_num(w, " × ", x->gain, "");
    working_is(w, 100.0 * x->row->after.v, "%");
    working_end(w, &head, &x->row->after);
}

/* --- All rows ------------------------------------------------------------------------------------- */

static mrse_status find_signals(image_inputs *x)
{
    mrse_status status = MRSE_OK;

    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < x->choice.n_tissues && status == MRSE_OK; i++) {
            const mrse_relaxation at = {x->tissue[i].t1.v_s, x->tissue[i].t2.v_s};
            x->signal[side][i] = (double)NAN;
            if (x->side[side].weighting.refused[0] == '\0' && x->tissue[i].id != NULL)
                status =
                    mrse_image_signal(&x->side[side].weighting.weighting, &at, &x->signal[side][i]);
            if (status == MRSE_ERR_RANGE || status == MRSE_ERR_ARG)
                status = MRSE_OK; /* told in the row */
        }
    return status;
}

static mrse_status find_inputs(const mrse_sequence_study *s, image_inputs *x)
{
    const mrse_protocol *const p[2] = {s->before.protocol, s->after.protocol};
    char why[MRSE_IMAGE_WHY];
    mrse_field_class field;
    mrse_status status = MRSE_OK;

    mrse_image_choice_of(p[0]->region, &x->choice);
    for (size_t i = 0; i < 2 && status == MRSE_OK; i++) {
        status = mrse_protocol_plan_of(p[i], &x->side[i].plan, why);
        if (status == MRSE_OK && why[0] == '\0' &&
            mrse_scan_time_of(&x->side[i].plan, &x->side[i].time) != MRSE_OK)
            x->side[i].time = (mrse_scan_time){0}; /* told in the row */
        if (status == MRSE_OK)
            status = mrse_protocol_acquisition_of(p[i], &x->side[i].acquisition, why);
        if (status == MRSE_OK)
            status = mrse_protocol_weighting_of(p[i], &x->side[i].weighting);
    }
    if (status == MRSE_OK && mrse_tissue_field(p[0]->b0.v, &field) == MRSE_OK)
        for (size_t i = 0; i < x->choice.n_tissues && status == MRSE_OK; i++)
            status = mrse_tissue_find(x->choice.tissue[i], field, &x->tissue[i]);
    if (status == MRSE_OK && mrse_image_snr_ratio(1.0, &x->side[0].acquisition, 1.0,
                                                  &x->side[1].acquisition, &x->gain) != MRSE_OK)
        x->gain = (double)NAN; /* told in the row */
    return status == MRSE_OK ? find_signals(x) : status;
}

/* Of one side only where the other's is missing. */
static void each_known(working *w, working_step *step, size_t i)
{
    const mrse_image_row *row = inputs(w)->row;

    if (isfinite(row->before.v) && isfinite(row->after.v)) {
        working_each(w, step, i);
        return;
    }
    w->when = isfinite(row->after.v) ? "after" : "before";
    step(w, isfinite(row->after.v) ? &w->s->after : &w->s->before, i);
    w->when = "";
}

static void missing_row(working *w, const mrse_image_row *row)
{
    const working_head head = {.what = row->what, .formula = row->how, .source = ""};

    working_end_missing(w, &head, row->after.kind, row->note);
}

/* `i` counts the rows of this quantity: the tissue, or the pair, that it is of. */
static void known_row(working *w, const mrse_image_row *row, size_t i)
{
    static working_step *const of_side[] = {
        [MRSE_IMAGE_SCAN_TIME] = scan_time,
        [MRSE_IMAGE_LINES] = lines,
        [MRSE_IMAGE_VOXEL] = voxel,
        [MRSE_IMAGE_ECHO_TIME] = echo_time,
        [MRSE_IMAGE_ECHO_SPACING] = echo_spacing,
        [MRSE_IMAGE_CONTRAST] = contrast,
        [MRSE_IMAGE_BLUR_PX] = blur_px,
        [MRSE_IMAGE_BLUR] = blur,
        [MRSE_IMAGE_DISTORTION] = distortion,
        [MRSE_IMAGE_SLICE] = NULL,
    };

    if (row->quantity == MRSE_IMAGE_SNR) {
        if (i == 0)
            gain(w, inputs(w));
        working_each(w, signal_step, i);
        snr(w, i);
    } else if (row->quantity == MRSE_IMAGE_CNR) {
        cnr(w, i);
    } else if (of_side[row->quantity] != NULL) {
        each_known(w, of_side[row->quantity], i);
    }
}

mrse_status working_image(working *w)
{
    const mrse_sequence_study *s = w->s;
    image_inputs x = {.row = NULL};
    size_t count = 0;

    if (s->image_refused[0] != '\0') {
        working_end_missing(
            w, &(working_head){.what = "Effect on the image", .formula = "", .source = ""},
            MRSE_KIND_RATIO, s->image_refused);
        return w->status;
    }
    w->context = &x;
    mrse_status status = find_inputs(s, &x);
    for (size_t i = 0; i < s->image.n_rows && status == MRSE_OK; i++) {
        const mrse_image_row *row = &s->image.row[i];
        count = i > 0 && row->quantity == row[-1].quantity ? count + 1 : 0;
        x.row = row;
        if (isfinite(row->after.v) || isfinite(row->before.v))
            known_row(w, row, count);
        else
            missing_row(w, row);
        status = w->status;
    }
    w->context = NULL;
    mrse_protocol_weighting_clear(&x.side[0].weighting);
    mrse_protocol_weighting_clear(&x.side[1].weighting);
    return status;
}

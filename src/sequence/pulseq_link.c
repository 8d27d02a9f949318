/* From ids to indices; durations; what a block holds must fit into it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "pulseq_internal.h"

/* Files write times with 6 digits: what overlaps by less than this is a rounding. */
#define SLACK_NS 1.0

static int32_t find_shape(seq_reader *r, const mrse_pulseq_rf *rf, int32_t id)
{
    int32_t found;

    if (id == 0)
        return MRSE_PULSEQ_NONE;
    found = seq_find(&r->shape, sizeof(mrse_pulseq_shape), (uint32_t)id);
    if (found < 0)
        seq_error_at(r, rf->line, "RF", NULL, "there is no shape %d", (int)id);
    return found;
}

/* The time shape: how long the pulse is, and whether it runs backwards. Run by run: a count in the
 * file may stand for very many samples. */
static void time_pulse(seq_reader *r, mrse_pulseq_rf *rf)
{
    const mrse_pulseq_shape *shape = r->shape.item;
    const mrse_pulseq_run *run = r->run.item;
    double longest = 0.0, before = -1.0;
    size_t i;

    if (rf->time < 0) {
        rf->duration_ns = r->seq->rf_raster_ns * shape[rf->magnitude].n;
        return;
    }
    run += shape[rf->time].run;
    for (i = 0; i < shape[rf->time].n_runs; i++) {
        double first = run[i].value, last = first + run[i].step * (run[i].n - 1);

        if (!(first >= 0.0 && last >= 0.0)) {
            seq_error_at(r, rf->line, "RF.time_id", NULL, "a negative time in the time shape");
            return;
        }
        rf->backwards = rf->backwards || first <= before || (run[i].n > 1 && run[i].step <= 0.0);
        longest = fmax(longest, fmax(first, last));
        before = last;
    }
    rf->duration_ns = longest * r->seq->rf_raster_ns;
}

static void link_pulses(seq_reader *r)
{
    const mrse_pulseq_shape *shape = r->shape.item;
    mrse_pulseq_rf *rf = r->rf.item;
    size_t i;

    for (i = 0; i < r->rf.n && r->errors < SEQ_ERRORS; i++) {
        size_t errors = r->errors;

        rf[i].magnitude = find_shape(r, &rf[i], rf[i].magnitude);
        rf[i].phase = find_shape(r, &rf[i], rf[i].phase);
        rf[i].time = find_shape(r, &rf[i], rf[i].time);
        if (r->errors > errors)
            continue;
        if ((rf[i].phase >= 0 && shape[rf[i].phase].n != shape[rf[i].magnitude].n) ||
            (rf[i].time >= 0 && shape[rf[i].time].n != shape[rf[i].magnitude].n))
            seq_error_at(r, rf[i].line, "RF", NULL,
                         "its shapes of magnitude, phase and time differ in length");
        else if (i > 0 && rf[i].time >= 0 && rf[i].time == rf[i - 1].time) {
            rf[i].duration_ns = rf[i - 1].duration_ns;
            rf[i].backwards = rf[i - 1].backwards;
        } else
            time_pulse(r, &rf[i]);
    }
}

/* The event of a block, by id; its end goes into *end_ns. */
static int32_t use(seq_reader *r, const seq_row_block *row, uint32_t id, const seq_list *list,
                   size_t size, const char *what)
{
    int32_t found;

    if (id == 0)
        return MRSE_PULSEQ_NONE;
    found = seq_find(list, size, id);
    if (found < 0)
        seq_error_at(r, row->line, "BLOCKS", NULL, "there is no %s with id %u", what, (unsigned)id);
    return found;
}

static double longest_event(seq_reader *r, const seq_row_block *row, mrse_pulseq_block *b)
{
    const mrse_pulseq_gradient *g = r->gradient.item;
    const mrse_pulseq_rf *rf = r->rf.item;
    int32_t adc = use(r, row, row->adc, &r->adc, sizeof(seq_adc), "readout");
    double end = 0.0;
    int a;

    b->rf = use(r, row, row->rf, &r->rf, sizeof *rf, "RF pulse");
    if (b->rf >= 0)
        end = fmax(end, rf[b->rf].delay_ns + rf[b->rf].duration_ns);
    for (a = 0; a < 3; a++) {
        b->gradient[a] = use(r, row, row->gradient[a], &r->gradient, sizeof *g, "gradient");
        if (b->gradient[a] >= 0)
            end = fmax(end, g[b->gradient[a]].delay_ns + g[b->gradient[a]].duration_ns);
    }
    if (adc >= 0) {
        r->seq->n_adc++;
        end = fmax(end, ((seq_adc *)r->adc.item)[adc].end_ns);
    }
    return end;
}

static void time_block(seq_reader *r, const seq_row_block *row, mrse_pulseq_block *b)
{
    double end = longest_event(r, row, b);
    int32_t delay;

    if (r->seq->minor >= SEQ_V14) {
        b->duration_ns = row->duration * r->seq->block_raster_ns;
        if (end > b->duration_ns + SLACK_NS)
            seq_error_at(r, row->line, "BLOCKS.duration",
                         "the duration is in units of BlockDurationRaster",
                         "an event ends after its block does");
        return;
    }
    b->duration_ns = end;
    delay = use(r, row, (uint32_t)row->duration, &r->delay, sizeof(seq_delay), "delay");
    if (delay >= 0)
        b->duration_ns = fmax(end, ((seq_delay *)r->delay.item)[delay].ns);
}

static void extend_block(seq_reader *r, const seq_row_block *row, mrse_pulseq_block *b)
{
    int32_t found = use(r, row, row->extension, &r->event, sizeof(seq_event), "extension list");
    const seq_event *event = r->event.item;

    b->rotation = MRSE_PULSEQ_NONE;
    if (found < 0)
        return;
    b->rotation = event[found].rotation;
    r->seq->n_rotated += b->rotation >= 0;
    r->seq->n_shimmed += event[found].shim && b->rf >= 0;
}

static void link_blocks(seq_reader *r)
{
    const seq_row_block *row = r->block.item;
    mrse_pulseq *seq = r->seq;
    double rasters = 0.0;
    size_t i;

    seq->block = mrse_alloc(r->block.n, sizeof *seq->block);
    if (!seq->block) {
        seq_fail(r, MRSE_ERR_NOMEM);
        return;
    }
    seq->n_blocks = r->block.n;
    for (i = 0; i < r->block.n && r->errors < SEQ_ERRORS; i++) {
        seq->block[i].line = row[i].line;
        time_block(r, &row[i], &seq->block[i]);
        extend_block(r, &row[i], &seq->block[i]);
        rasters += seq->minor >= SEQ_V14 ? row[i].duration : seq->block[i].duration_ns;
    }
    /* whole rasters first: their sum is exact where the sum of durations need not be */
    seq->duration_ns = seq->minor >= SEQ_V14 ? rasters * seq->block_raster_ns : rasters;
}

static void check_total(seq_reader *r)
{
    double raster = fmax(r->seq->block_raster_ns, r->seq->gradient_raster_ns);
    mrse_buf text = {0};

    if (isnan(r->total_ns) || r->seq->n_blocks == 0 ||
        fabs(r->total_ns - r->seq->duration_ns) <= raster + 1e-5 * r->seq->duration_ns)
        return;
    mrse_buf_num(&text, 1e-9 * r->total_ns, 6);
    mrse_buf_add(&text, " s, but its blocks last ");
    mrse_buf_num(&text, 1e-9 * r->seq->duration_ns, 6);
    seq_warn(r, r->total_line, "DEFINITIONS.TotalDuration", NULL, "the file states %s s",
             mrse_buf_text(&text));
    mrse_buf_free(&text);
}

void seq_link(seq_reader *r)
{
    seq_sort(r, &r->shape, sizeof(mrse_pulseq_shape), "SHAPES");
    seq_sort(r, &r->rf, sizeof(mrse_pulseq_rf), "RF");
    seq_sort(r, &r->gradient, sizeof(mrse_pulseq_gradient), "GRADIENTS and TRAP");
    seq_sort(r, &r->adc, sizeof(seq_adc), "ADC");
    seq_sort(r, &r->delay, sizeof(seq_delay), "DELAYS");
    seq_sort(r, &r->event, sizeof(seq_event), "EXTENSIONS");
    seq_sort(r, &r->extension, sizeof(seq_extension), "extension");
    seq_sort(r, &r->rotation, sizeof(mrse_pulseq_rotation), "ROTATIONS");
    if (r->errors == 0)
        seq_link_extensions(r);
    if (r->errors == 0)
        link_pulses(r);
    if (r->errors == 0)
        seq_link_gradients(r);
    if (r->errors == 0)
        link_blocks(r);
    if (r->errors == 0)
        check_total(r);
}

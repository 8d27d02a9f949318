/* Shapes: samples, or their differences with repeats counted. Either way they are kept as runs of
 * equal steps, so that memory follows the file and not what a count in it promises.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/alloc.h"
#include "pulseq_internal.h"

static bool add_run(seq_reader *r, mrse_pulseq_shape *shape, uint32_t n, double value, double step)
{
    mrse_pulseq_run *run;

    if (shape->n_runs > 0) {
        run = (mrse_pulseq_run *)r->run.item + r->run.n - 1;
        /* a plateau goes on */
        if (step == 0.0 && value == run->value && (run->step == 0.0 || run->n == 1)) {
            run->step = 0.0;
            run->n += n;
            shape->n += n;
            return true;
        }
    }
    run = seq_push(r, &r->run, sizeof *run);
    if (!run)
        return false;
    *run = (mrse_pulseq_run){shape->n, n, value, step};
    shape->n += n;
    shape->n_runs++;
    return true;
}

/* Differences; two equal ones are followed by how many more of them there are. */
static bool unpack(seq_reader *r, mrse_pulseq_shape *shape)
{
    const double *v = r->value.item;
    size_t i = 0;
    double level = 0.0;

    while (i < r->value.n) {
        double repeats = 1.0, step = v[i];

        if (i + 1 < r->value.n && v[i + 1] == step) {
            if (i + 2 >= r->value.n || !(v[i + 2] >= 0.0) || v[i + 2] != floor(v[i + 2])) {
                seq_error_at(r, r->shape_line, "SHAPES", "two equal values, then how many more",
                             "shape %u: a repeated value is not followed by a count",
                             (unsigned)r->shape_id);
                return false;
            }
            repeats = 2.0 + v[i + 2];
            i += 2;
        }
        i++;
        if (repeats > (double)(r->shape_n - shape->n)) {
            seq_error_at(r, r->shape_line, "SHAPES", NULL,
                         "shape %u: more samples than its num_samples %u", (unsigned)r->shape_id,
                         (unsigned)r->shape_n);
            return false;
        }
        if (!add_run(r, shape, (uint32_t)repeats, level + step, step))
            return false;
        level += step * repeats;
    }
    if (!isfinite(level)) {
        seq_error_at(r, r->shape_line, "SHAPES", NULL, "shape %u: overflows",
                     (unsigned)r->shape_id);
        return false;
    }
    return true;
}

static bool copy(seq_reader *r, mrse_pulseq_shape *shape)
{
    const double *v = r->value.item;
    size_t i;

    for (i = 0; i < r->value.n; i++)
        if (!add_run(r, shape, 1, v[i], 0.0))
            return false;
    return true;
}

void seq_end_shape(seq_reader *r)
{
    mrse_pulseq_shape *shape;

    if (!r->in_shape)
        return;
    r->in_shape = false;
    shape = seq_push(r, &r->shape, sizeof *shape);
    if (!shape)
        return;
    shape->id = r->shape_id;
    shape->line = r->shape_line;
    shape->run = r->run.n;
    /* before 1.4 every shape is compressed, even one that did not become shorter */
    if (!(r->seq->minor >= SEQ_V14 && r->value.n == r->shape_n ? copy(r, shape) : unpack(r, shape)))
        return;
    if (shape->n != r->shape_n || shape->n == 0)
        seq_error_at(r, r->shape_line, "SHAPES",
                     "num_samples counts the samples after decompression",
                     "shape %u: num_samples is %u, but there are %u", (unsigned)r->shape_id,
                     (unsigned)r->shape_n, (unsigned)shape->n);
}

void seq_row_shape(seq_reader *r)
{
    double *value, v;

    if (seq_token_is(r, 0, "shape_id") || seq_token_is(r, 0, "Shape_ID")) {
        seq_end_shape(r);
        if (!seq_id(r, 1, "SHAPES.shape_id", &r->shape_id))
            return;
        if (r->shape_id == 0) {
            seq_error(r, 1, "SHAPES.shape_id", NULL, "a shape cannot have id 0");
            return;
        }
        r->in_shape = true;
        r->shape_line = r->line;
        r->shape_n = 0;
        r->value.n = 0;
        return;
    }
    if (!r->in_shape) {
        seq_error(r, 0, "SHAPES", "a shape begins with 'shape_id 1'", "a row outside any shape");
        return;
    }
    if (seq_token_is(r, 0, "num_samples") || seq_token_is(r, 0, "Num_Uncompressed")) {
        if (seq_id(r, 1, "SHAPES.num_samples", &r->shape_n) && r->shape_n > SEQ_SAMPLES) {
            r->shape_n = 0;
            r->in_shape = false;
            seq_error(r, 1, "SHAPES.num_samples", NULL, "more than %d samples", SEQ_SAMPLES);
        }
        return;
    }
    if (!seq_number(r, 0, 0, "SHAPES", &v))
        return;
    value = seq_push(r, &r->value, sizeof *value);
    if (value)
        *value = v;
}

double mrse_pulseq_sample(const mrse_pulseq *sequence, int32_t shape, uint32_t i)
{
    const mrse_pulseq_shape *s;
    const mrse_pulseq_run *run;
    size_t low = 0, high;

    if (!sequence || shape < 0 || (size_t)shape >= sequence->n_shapes)
        return 0.0;
    s = &sequence->shape[shape];
    if (i >= s->n)
        return 0.0;
    run = &sequence->run[s->run];
    for (high = s->n_runs; high - low > 1;) {
        size_t mid = low + (high - low) / 2;

        if (run[mid].first <= i)
            low = mid;
        else
            high = mid;
    }
    return run[low].value + run[low].step * (double)(i - run[low].first);
}

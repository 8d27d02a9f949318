/* The field along neighbouring rides as a table, and the largest force and torque on one of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"
#include "mc_internal.h"
#include "mrse/alloc.h"

static const double ROW_m = 2e-3;
/* Where to look is told by M to 1e-3, what is there by M to 1e-8; the table is good to 1e-3. */
static const double CLOSE = 1e-4, ROUGHLY = 3e-2;
enum { ROWS_MAX = 512, PROBES = 512 };

double mrse_tensor_norm(double rr, double rz, double zz, double pp)
{
    return fmax(fabs(0.5 * (rr + zz)) + hypot(0.5 * (rr - zz), rz), fabs(pp));
}

static double node_b(const ride_node *n)
{
    return sqrt(n->br * n->br + n->bz * n->bz);
}

static double node_norm(const ride_node *n)
{
    return mrse_tensor_norm(-n->zz - n->pp, n->rz, n->zz, n->pp);
}

static ride_node node_of(const mrse_field *f)
{
    return (ride_node){f->br_T, f->bz_T, f->dbr_dz_T_m, f->dbz_dz_T_m, f->br_over_r_T_m};
}

/* ---- building ---- */

static mrse_status fill(const mrse_magnet *magnet, mrse_ride_table *t)
{
    enum { N = RIDE_COLUMNS, ARRAYS = 7 };
    double *work = mrse_alloc(ARRAYS * N, sizeof *work);
    mrse_status status = work ? MRSE_OK : MRSE_ERR_NOMEM;

    for (size_t row = 0; row < t->rows && !status; row++) {
        double *a[ARRAYS];
        for (size_t k = 0; k < ARRAYS; k++)
            a[k] = work + k * N;
        for (size_t i = 0; i < N; i++) {
            a[0][i] = t->r_low_m + (double)row * t->r_step_m;
            a[1][i] = t->z_start_m - (double)i * t->z_step_m;
        }
        const mrse_field_arrays arrays = {
            .br_T = a[2], .bz_T = a[3], .dbr_dz_T_m = a[4], .dbz_dz_T_m = a[5], .dbr_dr_T_m = a[6]};
        status = mrse_field_batch(magnet, N, a[0], a[1], &arrays, 1);
        for (size_t i = 0; i < N; i++) /* div B = 0 gives the azimuthal entry */
            t->node[row * N + i] =
                (ride_node){a[2][i], a[3][i], a[4][i], a[5][i], -a[6][i] - a[5][i]};
    }
    mrse_free(work);
    return status;
}

static void bound_blocks(mrse_ride_table *t)
{
    for (size_t row = 0; row < t->rows; row++) {
        const ride_node *node = t->node + row * RIDE_COLUMNS;
        for (size_t k = 0; k < RIDE_BLOCKS; k++) {
            double b = 0.0, grad = 0.0;
            for (size_t i = k * RIDE_BLOCK; i <= (k + 1) * RIDE_BLOCK && i < RIDE_COLUMNS; i++) {
                b = fmax(b, node_b(&node[i]));
                grad = fmax(grad, node_norm(&node[i]));
            }
            t->block_b_T[row * RIDE_BLOCKS + k] = b;
            t->block_grad_T_m[row * RIDE_BLOCKS + k] = grad;
        }
    }
}

static ride_node mix(const ride_node *a, const ride_node *b, double w)
{
    return (ride_node){a->br + w * (b->br - a->br), a->bz + w * (b->bz - a->bz),
                       a->rz + w * (b->rz - a->rz), a->zz + w * (b->zz - a->zz),
                       a->pp + w * (b->pp - a->pp)};
}

/* Places spread over the table by steps that never fall together with its nodes. */
static mrse_status measure(const mrse_magnet *magnet, const mrse_ride_table *t, double error[2])
{
    double largest = 0.0;

    error[0] = error[1] = 0.0;
    for (size_t i = 0; i < PROBES; i++) {
        double u = fmod((double)i * 0.6180339887498949, 1.0) * (double)(t->rows - 1);
        double v = ((double)i + 0.5) / PROBES * (RIDE_COLUMNS - 1);
        size_t row = (size_t)u, col = (size_t)v;
        const ride_node *low = t->node + row * RIDE_COLUMNS + col, *high = low + RIDE_COLUMNS;
        ride_node near = mix(low, high, u - (double)row);
        ride_node far = mix(low + 1, high + 1, u - (double)row);
        ride_node got = mix(&near, &far, v - (double)col);
        mrse_field field;
        mrse_status status = mrse_field_at(magnet, t->r_low_m + u * t->r_step_m,
                                           t->z_start_m - v * t->z_step_m, &field);
        if (status)
            return status;
        ride_node want = node_of(&field);
        double b = node_b(&want), norm = node_norm(&want);
        double rr = (want.zz + want.pp) - (got.zz + got.pp);
        error[0] = fmax(error[0], hypot(got.br - want.br, got.bz - want.bz) / b);
        error[1] = fmax(error[1],
                        mrse_tensor_norm(rr, got.rz - want.rz, got.zz - want.zz, got.pp - want.pp));
        largest = fmax(largest, norm);
    }
    error[1] /= largest;
    return MRSE_OK;
}

void mrse_ride_table_free(mrse_ride_table *table)
{
    if (!table)
        return;
    mrse_free(table->node);
    mrse_free(table->block_b_T);
    mrse_free(table->block_grad_T_m);
    mrse_free(table);
}

mrse_status mrse_ride_table_build(const mrse_magnet *magnet, double r_low_m, double r_high_m,
                                  double z_start_m, double z_end_m, mrse_ride_table **out,
                                  double error[2])
{
    if (error)
        error[0] = error[1] = (double)NAN;
    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!magnet || !(r_low_m >= 0.0) || !(r_high_m > r_low_m) || !isfinite(r_high_m) ||
        !isfinite(z_start_m) || !isfinite(z_end_m) || !(z_start_m > z_end_m))
        return MRSE_ERR_ARG;
    mrse_ride_table *t = mrse_alloc(1, sizeof *t);
    if (!t)
        return MRSE_ERR_NOMEM;
    t->rows = 1 + (size_t)fmin(ceil((r_high_m - r_low_m) / ROW_m), ROWS_MAX - 1);
    t->r_low_m = r_low_m;
    t->r_step_m = (r_high_m - r_low_m) / (double)(t->rows - 1);
    t->z_start_m = z_start_m;
    t->z_step_m = (z_start_m - z_end_m) / (RIDE_COLUMNS - 1);
    t->node = mrse_alloc(t->rows * RIDE_COLUMNS, sizeof *t->node);
    t->block_b_T = mrse_alloc(t->rows * RIDE_BLOCKS, sizeof *t->block_b_T);
    t->block_grad_T_m = mrse_alloc(t->rows * RIDE_BLOCKS, sizeof *t->block_grad_T_m);
    double met[2];
    mrse_status status =
        t->node && t->block_b_T && t->block_grad_T_m ? fill(magnet, t) : MRSE_ERR_NOMEM;
    if (!status)
        status = measure(magnet, t, met);
    if (status) {
        mrse_ride_table_free(t);
        return status;
    }
    bound_blocks(t);
    if (error)
        memcpy(error, met, sizeof met);
    *out = t;
    return MRSE_OK;
}

/* ---- looking along one ride ---- */

typedef struct look {
    const ride_draw *draw;
    const ride_node *low, *high; /* rows on either side */
    double w;                    /* of `high` */
    ride_node end;               /* where the ride stops, between two columns */
    size_t n;                    /* columns on the ride; number n is the end */
    double n_least, n_spread;    /* demagnetising factors */
    size_t force_at, torque_at;
    double close; /* of the search for M */
    ride_found found;
} look;

static ride_node node_at(const look *l, size_t i)
{
    return i < l->n ? mix(&l->low[i], &l->high[i], l->w) : l->end;
}

/* |M| over B0 / mu0 along each axis, of what is not hard. */
static void soften(const look *l, double field[3][MRSE_LANES], double by[3][MRSE_LANES])
{
    const mrse_substance *s = &l->draw->substance;
    const double *n = l->draw->body.n;
    double h[MRSE_LANES];

    if (s->magnetic == MRSE_MAGNETIC_SOFT) {
        double unit = 1.0 / (MRSE_MU0 * s->ms_A_m), scaled[3][MRSE_LANES];
        for (int k = 0; k < 3; k++)
            for (int j = 0; j < MRSE_LANES; j++)
                scaled[k][j] = field[k][j] * unit;
        mrse_saturate_lanes(s, n, (const double(*)[MRSE_LANES])scaled, l->close, h);
    }
    for (int k = 0; k < 3; k++)
        for (int j = 0; j < MRSE_LANES; j++)
            by[k][j] = s->magnetic == MRSE_MAGNETIC_SOFT ? 1.0 / (h[j] + n[k])
                                                         : s->chi / (1.0 + n[k] * s->chi);
}

static double norm3(double x, double y, double z)
{
    return sqrt(x * x + y * y + z * z);
}

/* Force and torque in the field b, with the magnetisation m, both along the body's axes. */
static void compare(look *l, size_t i, const ride_node *f, const double b[3], const double m[3])
{
    const ride_draw *d = l->draw;
    double v[3];

    for (int j = 0; j < 3; j++)
        v[j] = d->axes[0][j] * m[0] + d->axes[1][j] * m[1] + d->axes[2][j] * m[2];
    double force =
        d->grad_scale * d->body.volume_m3 *
        norm3(v[2] * f->rz - v[0] * (f->zz + f->pp), v[1] * f->pp, v[0] * f->rz + v[2] * f->zz);
    double torque = d->body.volume_m3 * norm3(m[1] * b[2] - m[2] * b[1], m[2] * b[0] - m[0] * b[2],
                                              m[0] * b[1] - m[1] * b[0]);
    if (force > l->found.force_N) {
        l->found.force_N = force;
        l->force_at = i;
    }
    if (torque > l->found.torque_N_m) {
        l->found.torque_N_m = torque;
        l->torque_at = i;
    }
}

/* Up to MRSE_LANES places at once. */
static void evaluate(look *l, const size_t *at, size_t n)
{
    const ride_draw *d = l->draw;
    double field[3][MRSE_LANES], by[3][MRSE_LANES];
    ride_node node[MRSE_LANES];

    for (size_t j = 0; j < MRSE_LANES; j++) {
        node[j] = node_at(l, at[j < n ? j : n - 1]);
        for (int k = 0; k < 3; k++)
            field[k][j] = d->b_scale * (d->axes[k][0] * node[j].br + d->axes[k][2] * node[j].bz);
    }
    if (d->substance.magnetic != MRSE_MAGNETIC_HARD)
        soften(l, field, by);
    for (size_t j = 0; j < n; j++) {
        const double b[3] = {field[0][j], field[1][j], field[2][j]};
        double m[3] = {0.0, 0.0, d->substance.br_T / MRSE_MU0};
        for (int k = 0; k < 3 && d->substance.magnetic != MRSE_MAGNETIC_HARD; k++)
            m[k] = b[k] / MRSE_MU0 * by[k][j];
        compare(l, at[j], &node[j], b, m);
    }
}

/* The largest |M| in a field b. */
static double most_magnetised(const look *l, double b_T)
{
    const mrse_substance *s = &l->draw->substance;

    switch (s->magnetic) {
    case MRSE_MAGNETIC_HARD:
        return s->br_T / MRSE_MU0;
    case MRSE_MAGNETIC_SOFT:
        return s->ms_A_m *
               mrse_saturation_fraction(s->chi, l->n_least, b_T / (MRSE_MU0 * s->ms_A_m));
    default:
        /* The largest of chi / (1 + N chi) is at the least N, of diamagnets at the largest. */
        return b_T / MRSE_MU0 *
               fabs(s->chi /
                    (1.0 + (s->chi < 0.0 ? l->n_least + l->n_spread : l->n_least) * s->chi));
    }
}

/* A block is worth a look only when what it can hold at most exceeds what was found. */
static void sweep(look *l, const double *bound, const double *found)
{
    size_t best = 0, blocks = (l->n + RIDE_BLOCK - 1) / RIDE_BLOCK, at[MRSE_LANES], n = 0;

    for (size_t k = 1; k < blocks; k++)
        if (bound[k] > bound[best])
            best = k;
    at[0] = best * RIDE_BLOCK;
    evaluate(l, at, 1);
    for (size_t k = 0; k < blocks; k++) {
        if (k != best && bound[k] > *found)
            at[n++] = k * RIDE_BLOCK;
        if (n == MRSE_LANES || (n > 0 && k + 1 == blocks)) {
            evaluate(l, at, n);
            n = 0;
        }
    }
}

/* The columns about the best first column of a block, now with care; two places to each side of it are
 * one block. */
static void refine(look *l, size_t at)
{
    size_t from = at > RIDE_BLOCK ? at - RIDE_BLOCK + 1 : 0, list[MRSE_LANES], n = 0;
    size_t past = at == l->n ? at + 1 : at + RIDE_BLOCK < l->n ? at + RIDE_BLOCK : l->n;

    for (size_t i = from; i < past; i++) {
        list[n++] = i;
        if (n == MRSE_LANES || i + 1 == past) {
            evaluate(l, list, n);
            n = 0;
        }
    }
}

static void look_along(look *l, const mrse_ride_table *t, size_t row)
{
    const ride_draw *d = l->draw;
    double force[RIDE_BLOCKS], torque[RIDE_BLOCKS];
    const double *b0 = t->block_b_T + row * RIDE_BLOCKS, *b1 = b0 + RIDE_BLOCKS;
    const double *g0 = t->block_grad_T_m + row * RIDE_BLOCKS, *g1 = g0 + RIDE_BLOCKS;
    size_t blocks = (l->n + RIDE_BLOCK - 1) / RIDE_BLOCK;

    for (size_t k = 0; k < blocks; k++) {
        double b = fmax(b0[k], b1[k]) * d->b_scale, grad = fmax(g0[k], g1[k]) * d->grad_scale;
        double m = most_magnetised(l, b);
        force[k] = d->body.volume_m3 * m * grad;
        /* M x B0 = mu0 M x (N M), at most mu0/2 M^2 times the spread of N */
        torque[k] = d->body.volume_m3 * (d->substance.magnetic == MRSE_MAGNETIC_HARD
                                             ? m * b
                                             : 0.5 * MRSE_MU0 * m * m * l->n_spread);
        l->found.b_T = fmax(l->found.b_T, b);
        if (grad > l->found.grad_T_m) {
            l->found.grad_T_m = grad;
            l->found.b_at_grad_T = fmin(b0[k], b1[k]) * d->b_scale;
        }
    }
    l->close = ROUGHLY;
    evaluate(l, &l->n, 1);
    sweep(l, force, &l->found.force_N);
    sweep(l, torque, &l->found.torque_N_m);
    size_t force_at = l->force_at, torque_at = l->torque_at;
    l->close = CLOSE;
    l->found.force_N = l->found.torque_N_m = 0.0;
    refine(l, force_at);
    if (torque_at != force_at)
        refine(l, torque_at);
}

static look look_of(const mrse_ride_table *t, const ride_draw *draw, size_t *row, double *past)
{
    const double *n = draw->body.n;
    double u = fmin(fmax((draw->r_m - t->r_low_m) / t->r_step_m, 0.0), (double)(t->rows - 1));
    double v =
        fmin(fmax((t->z_start_m - draw->z_end_m) / t->z_step_m, 0.0), (double)(RIDE_COLUMNS - 1));
    *row = (size_t)u < t->rows - 1 ? (size_t)u : t->rows - 2;
    size_t col = (size_t)v < RIDE_COLUMNS - 1 ? (size_t)v : RIDE_COLUMNS - 2;
    look l = {.draw = draw,
              .low = t->node + *row * RIDE_COLUMNS,
              .high = t->node + (*row + 1) * RIDE_COLUMNS,
              .w = u - (double)*row,
              .n = col + 1,
              .close = CLOSE,
              .n_least = fmin(n[0], fmin(n[1], n[2]))};

    l.n_spread = fmax(n[0], fmax(n[1], n[2])) - l.n_least;
    *past = v - (double)col;
    return l;
}

void mrse_ride_look(const mrse_ride_table *t, const ride_draw *draw, ride_found *out)
{
    size_t row;
    double past;
    look l = look_of(t, draw, &row, &past);
    size_t col = l.n - 1;

    ride_node near = mix(&l.low[col], &l.high[col], l.w);
    ride_node far = mix(&l.low[col + 1], &l.high[col + 1], l.w);
    l.end = mix(&near, &far, past);
    look_along(&l, t, row);
    ride_node at = node_at(&l, l.force_at);
    l.found.extent =
        draw->body.longest_m * node_norm(&at) * draw->grad_scale / (node_b(&at) * draw->b_scale);
    l.found.b_end_T = node_b(&l.end) * draw->b_scale;
    *out = l.found;
}

void mrse_ride_follow(const mrse_ride_table *t, const ride_draw *draw, size_t step, size_t n,
                      double *force_N, double *torque_N_m)
{
    size_t row;
    double past;
    look l = look_of(t, draw, &row, &past);

    l.n = RIDE_COLUMNS; /* beyond its end too: the end is drawn by whoever draws the ride */
    for (size_t i = 0; i < n; i++) {
        size_t at = i * step;
        l.found = (ride_found){0};
        evaluate(&l, &at, 1);
        force_N[i] = l.found.force_N;
        torque_N_m[i] = l.found.torque_N_m;
    }
}

/* Lines of equal value on a map's grid by marching squares, joined into polylines. For drawing
 * only: what the worksheet says of a contour comes from mrse_contour_trace.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

/* Every cell edge has a number: 2 k for the edge from node k towards larger z, 2 k + 1 for the one
 * towards larger r. A segment joins two edges; an edge belongs to at most two segments. */
typedef struct weave {
    const mrse_map *map;
    const double *value;
    double level;
    size_t *next; /* two neighbours per edge, SIZE_MAX where there is none */
} weave;

static const size_t NONE = SIZE_MAX;

static void join(weave *w, size_t a, size_t b)
{
    w->next[2 * a + (w->next[2 * a] != NONE)] = b;
    w->next[2 * b + (w->next[2 * b] != NONE)] = a;
}

/* Corners 0..3 are (i,j), (i+1,j), (i+1,j+1), (i,j+1); edge e lies between corners e and e+1. */
static void cell(weave *w, size_t i, size_t j)
{
    size_t nz = w->map->nz, k = j * nz + i, crossed[4], n = 0;
    double v[4] = {w->value[k], w->value[k + 1], w->value[k + nz + 1], w->value[k + nz]};
    size_t edge[4] = {2 * k, 2 * (k + 1) + 1, 2 * (k + nz), 2 * k + 1};
    bool centre;

    for (int e = 0; e < 4; e++) {
        if (!isfinite(v[e]))
            return;
    }
    for (int e = 0; e < 4; e++)
        if ((v[e] >= w->level) != (v[(e + 1) % 4] >= w->level))
            crossed[n++] = edge[e];
    if (n == 2) {
        join(w, crossed[0], crossed[1]);
    } else if (n == 4) {
        /* A saddle: the mean decides which two corners belong together. */
        centre = (v[0] + v[1] + v[2] + v[3]) / 4 >= w->level;
        if (centre == (v[0] >= w->level)) {
            join(w, crossed[0], crossed[1]);
            join(w, crossed[2], crossed[3]);
        } else {
            join(w, crossed[3], crossed[0]);
            join(w, crossed[1], crossed[2]);
        }
    }
}

static void place(const weave *w, size_t edge, double *z_m, double *r_m)
{
    size_t nz = w->map->nz, k = edge / 2, other = edge % 2 ? k + nz : k + 1;
    double a = w->value[k], b = w->value[other], t = (w->level - a) / (b - a);
    size_t row = k / nz;
    double i = (double)(k - row * nz), j = (double)row;

    *z_m = w->map->z0_m + w->map->dz_m * (edge % 2 ? i : i + t);
    *r_m = w->map->dr_m * (edge % 2 ? j + t : j);
}

/* Go from `edge` away from `from`; with `out`, the places passed are written there. */
static size_t walk(const weave *w, size_t edge, size_t from, size_t start, mrse_polyline *out,
                   size_t *last)
{
    size_t n = 0;

    while (edge != NONE) {
        size_t a = w->next[2 * edge], b = w->next[2 * edge + 1];
        size_t next = a != from ? a : b;

        if (out)
            place(w, edge, &out->z_m[n], &out->r_m[n]);
        n++;
        *last = edge;
        from = edge;
        edge = next;
        if (edge == start) {
            if (out)
                place(w, edge, &out->z_m[n], &out->r_m[n]);
            n++;
            break;
        }
    }
    return n;
}

static mrse_status add_line(mrse_lines *lines, size_t n, mrse_polyline **out)
{
    mrse_polyline *line;

    if (lines->n == lines->cap) {
        size_t cap = lines->cap ? 2 * lines->cap : 8;
        mrse_polyline *grown = mrse_realloc(lines->line, cap, sizeof *grown);

        if (!grown)
            return MRSE_ERR_NOMEM;
        lines->line = grown;
        lines->cap = cap;
    }
    line = &lines->line[lines->n];
    memset(line, 0, sizeof *line);
    line->n = n;
    line->z_m = mrse_alloc(n, sizeof *line->z_m);
    line->r_m = mrse_alloc(n, sizeof *line->r_m);
    lines->n++; /* counted before the check, so that mrse_lines_free releases a half-made one */
    *out = line;
    return line->z_m && line->r_m ? MRSE_OK : MRSE_ERR_NOMEM;
}

/* Cut a line out of the weave, so that it is not walked twice. */
static void unpick(weave *w, size_t edge, size_t from)
{
    while (edge != NONE) {
        size_t a = w->next[2 * edge], b = w->next[2 * edge + 1];
        size_t next = a != from ? a : b;

        w->next[2 * edge] = w->next[2 * edge + 1] = NONE;
        from = edge;
        edge = next;
    }
}

static mrse_status take_line(weave *w, size_t seed, mrse_lines *out)
{
    mrse_polyline *line;
    size_t end = seed, n, last;
    mrse_status status;

    /* First to one end (or once around), then the whole line from there. */
    (void)walk(w, seed, NONE, seed, NULL, &end);
    if (w->next[2 * end + 1] != NONE)
        end = seed; /* closed */
    n = walk(w, end, NONE, end, NULL, &last);
    status = add_line(out, n, &line);
    if (status != MRSE_OK)
        return status;
    (void)walk(w, end, NONE, end, line, &last);
    line->closed = line->z_m[0] == line->z_m[n - 1] && line->r_m[0] == line->r_m[n - 1];
    unpick(w, end, NONE);
    return MRSE_OK;
}

mrse_status mrse_iso_trace(const mrse_map *map, const double *value, double level, mrse_lines *out)
{
    weave w = {.map = map, .value = value, .level = level};
    size_t n_edges;
    mrse_status status = MRSE_OK;

    if (out)
        memset(out, 0, sizeof *out);
    if (!out || !mrse_map_usable(map, value) || !isfinite(level))
        return MRSE_ERR_ARG;
    n_edges = 2 * map->nz * map->nr;
    w.next = mrse_alloc(2 * n_edges, sizeof *w.next);
    if (!w.next)
        return MRSE_ERR_NOMEM;
    memset(w.next, 0xff, 2 * n_edges * sizeof *w.next); /* NONE */
    for (size_t j = 0; j + 1 < map->nr; j++)
        for (size_t i = 0; i + 1 < map->nz; i++)
            cell(&w, i, j);
    for (size_t e = 0; e < n_edges && status == MRSE_OK; e++)
        if (w.next[2 * e] != NONE)
            status = take_line(&w, e, out);
    mrse_free(w.next);
    if (status != MRSE_OK)
        mrse_lines_free(out);
    return status;
}

void mrse_lines_free(mrse_lines *lines)
{
    if (!lines)
        return;
    for (size_t i = 0; i < lines->n; i++) {
        mrse_free(lines->line[i].z_m);
        mrse_free(lines->line[i].r_m);
    }
    mrse_free(lines->line);
    memset(lines, 0, sizeof *lines);
}

double mrse_map_sample(const mrse_map *map, const double *value, double z_m, double r_m)
{
    double x = (z_m - map->z0_m) / map->dz_m, y = fabs(r_m) / map->dr_m, a, b;
    size_t i, j;
    const double *v;

    if (!(x >= 0 && x <= (double)(map->nz - 1) && y <= (double)(map->nr - 1)))
        return (double)NAN;
    i = x < (double)(map->nz - 2) ? (size_t)x : map->nz - 2;
    j = y < (double)(map->nr - 2) ? (size_t)y : map->nr - 2;
    v = value + j * map->nz + i;
    x -= (double)i;
    y -= (double)j;
    a = v[0] + x * (v[1] - v[0]);
    b = v[map->nz] + x * (v[map->nz + 1] - v[map->nz]);
    return a + y * (b - a);
}

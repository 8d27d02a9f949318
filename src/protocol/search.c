/* The search: every setting of a coarse grid, cheapest first; only what nothing found so far beats is
 * held against the limits. Then once more, half a step about each member of the front.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "mrse/alloc.h"
#include "protocol/search_internal.h"

enum { REFINED = 48 }; /* members of the front about which the grid is refined */

/* From the outermost loop inwards: what the exposure to RF depends on, then what signals depend on;
 * the last three leave the signals as they are. */
static const mrse_search_parameter loop[MRSE_SEARCH_PARAMETERS] = {
    MRSE_SEARCH_TR,         MRSE_SEARCH_ETL,
    MRSE_SEARCH_REFOCUSING, MRSE_SEARCH_RF_DURATION,
    MRSE_SEARCH_TE,         MRSE_SEARCH_SLEW,
    MRSE_SEARCH_BANDWIDTH,  MRSE_SEARCH_SLICES,
    MRSE_SEARCH_AVERAGES,   MRSE_SEARCH_CONCATENATIONS};

static bool shapes_rf(mrse_search_parameter p)
{
    return p != MRSE_SEARCH_TE && p != MRSE_SEARCH_SLEW && p != MRSE_SEARCH_BANDWIDTH &&
           p != MRSE_SEARCH_AVERAGES;
}

mrse_status mrse_search_add(mrse_search_list *list, const mrse_search_point *point)
{
    mrse_search_point *more;
    size_t room;

    if (list->n == list->room) {
        room = list->room ? 2 * list->room : 256;
        more = mrse_realloc(list->point, room, sizeof *more);
        if (!more)
            return MRSE_ERR_NOMEM;
        list->point = more;
        list->room = room;
    }
    list->point[list->n++] = *point;
    return MRSE_OK;
}

bool mrse_search_beats(const mrse_search_point *a, const mrse_search_point *b)
{
    return a->time_s <= b->time_s && a->snr >= b->snr && a->cnr >= b->cnr;
}

/* Cheapest first: by time, SNR, CNR, then by how little is changed. */
static int by_cost(const void *x, const void *y)
{
    const mrse_search_point *a = x, *b = y;

    if (a->time_s != b->time_s)
        return a->time_s < b->time_s ? -1 : 1;
    if (a->snr != b->snr)
        return a->snr > b->snr ? -1 : 1;
    if (a->cnr != b->cnr)
        return a->cnr > b->cnr ? -1 : 1;
    return (a->effort > b->effort) - (a->effort < b->effort);
}

static bool beaten(const mrse_search_list *front, const mrse_search_point *point)
{
    for (size_t i = front->n; i-- > 0;)
        if (mrse_search_beats(&front->point[i], point))
            return true;
    return false;
}

static mrse_status begin_memory(mrse_search_base *base,
                                const mrse_search_axis axis[MRSE_SEARCH_PARAMETERS])
{
    size_t rf = 1;

    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        if (shapes_rf((mrse_search_parameter)i))
            rf *= axis[i].n;
    base->n_memory = rf > axis[MRSE_SEARCH_SLEW].n ? rf : axis[MRSE_SEARCH_SLEW].n;
    base->memory = mrse_alloc(base->n_memory * base->search->n_limits, sizeof *base->memory);
    base->remembered =
        mrse_alloc(base->n_memory * base->search->n_limits, sizeof *base->remembered);
    return base->memory && base->remembered ? MRSE_OK : MRSE_ERR_NOMEM;
}

static mrse_status all_axes(const mrse_search *search,
                            mrse_search_axis axis[MRSE_SEARCH_PARAMETERS], size_t *n)
{
    mrse_status status;

    *n = 1;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++) {
        status = mrse_search_axis_of(search, (mrse_search_parameter)i, &axis[i]);
        if (status != MRSE_OK)
            return status;
        *n *= axis[i].n;
        if (*n > MRSE_SEARCH_GRID)
            return MRSE_ERR_LIMIT;
    }
    return MRSE_OK;
}

/* The k-th setting: the last of `loop` runs fastest. */
static void setting(const mrse_search_axis axis[MRSE_SEARCH_PARAMETERS], size_t k,
                    mrse_search_point *point)
{
    size_t at[MRSE_SEARCH_PARAMETERS];

    for (size_t i = MRSE_SEARCH_PARAMETERS; i-- > 0;) {
        const mrse_search_parameter p = loop[i];
        at[p] = k % axis[p].n;
        k /= axis[p].n;
        point->value[p] = axis[p].at[at[p]];
    }
    point->slew = at[MRSE_SEARCH_SLEW];
    point->rf = 0;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        if (shapes_rf((mrse_search_parameter)i))
            point->rf = point->rf * axis[i].n + at[i];
}

static mrse_status try_one(mrse_search_base *base, mrse_search_point *point,
                           mrse_search_list *fitting, mrse_search_result *out)
{
    bool fits;
    mrse_status status = mrse_search_cost(base, point, &fits);

    out->n_tried++;
    if (status != MRSE_OK)
        return status;
    if (fits)
        return mrse_search_add(fitting, point);
    out->n_unfit++;
    return MRSE_OK;
}

/* The limit that alone stands in the way; SIZE_MAX when there are several. */
static size_t only_limit(unsigned failing, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (failing == 1U << i)
            return i;
    return SIZE_MAX;
}

/* The front of what fits: in the order of cost nothing that comes later can beat what is in it. */
static mrse_status sweep(mrse_search_base *base, mrse_search_list *fitting, mrse_search_list *front,
                         mrse_search_point *nearest, mrse_search_point *without)
{
    mrse_status status = MRSE_OK;

    if (fitting->n > 0)
        qsort(fitting->point, fitting->n, sizeof *fitting->point, by_cost);
    for (size_t k = 0; k < fitting->n && status == MRSE_OK; k++) {
        mrse_search_point *p = &fitting->point[k];
        size_t only;

        if (beaten(front, p))
            continue;
        if (isnan(p->excess))
            status = mrse_search_decide(base, p);
        if (status != MRSE_OK)
            break;
        if (!p->failing) {
            status = mrse_search_add(front, p);
            continue;
        }
        if (isnan(nearest->excess) || p->excess < nearest->excess)
            *nearest = *p;
        only = only_limit(p->failing, base->search->n_limits);
        if (only != SIZE_MAX && isnan(without[only].time_s))
            without[only] = *p;
    }
    return status;
}

/* Half a step to either side of each parameter that runs over several values. */
static mrse_status refine(mrse_search_base *base,
                          const mrse_search_axis axis[MRSE_SEARCH_PARAMETERS],
                          const mrse_search_list *front, mrse_search_list *fitting,
                          mrse_search_result *out)
{
    const size_t stride = front->n / REFINED + 1;
    mrse_status status = MRSE_OK;

    for (size_t k = 0; k < front->n && status == MRSE_OK; k += stride)
        for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS && status == MRSE_OK; i++)
            for (size_t j = 0; j + 1 < axis[i].n && status == MRSE_OK; j++) {
                const double v = front->point[k].value[i];
                const double middle = 0.5 * (axis[i].at[j] + axis[i].at[j + 1]);
                mrse_search_point p = front->point[k];

                if (axis[i].whole || (v != axis[i].at[j] && v != axis[i].at[j + 1]))
                    continue;
                p.value[i] = middle;
                p.rf = p.slew = SIZE_MAX;
                status = try_one(base, &p, fitting, out);
            }
    return status;
}

static void forget(mrse_search_point without[MRSE_SEARCH_LIMITS])
{
    for (size_t i = 0; i < MRSE_SEARCH_LIMITS; i++)
        without[i] = (mrse_search_point){.time_s = (double)NAN};
}

/* Grid, front, refinement, front: `front` ends as the last one. */
static mrse_status find(mrse_search_base *base, mrse_search_list *fitting, mrse_search_list *front,
                        mrse_search_point *nearest, mrse_search_point *without,
                        mrse_search_result *out)
{
    mrse_search_axis axis[MRSE_SEARCH_PARAMETERS];
    mrse_search_point point = {0};
    size_t n;
    mrse_status status = all_axes(base->search, axis, &n);

    if (status == MRSE_OK)
        status = begin_memory(base, axis);
    for (size_t k = 0; k < n && status == MRSE_OK; k++) {
        setting(axis, k, &point);
        status = try_one(base, &point, fitting, out);
    }
    if (status == MRSE_OK)
        status = sweep(base, fitting, front, nearest, without);
    if (status != MRSE_OK || front->n == 0)
        return status;
    status = refine(base, axis, front, fitting, out);
    front->n = 0;
    forget(without);
    return status == MRSE_OK ? sweep(base, fitting, front, nearest, without) : status;
}

static mrse_status run(mrse_search_base *base, mrse_search_list *fitting, mrse_search_list *front,
                       mrse_search_result *out)
{
    mrse_search_point nearest = {.excess = (double)NAN}, without[MRSE_SEARCH_LIMITS];
    mrse_status status;

    forget(without);
    status = find(base, fitting, front, &nearest, without, out);
    if (status == MRSE_OK)
        status = mrse_search_report(base, front, out);
    if (status == MRSE_OK && front->n == 0)
        status = mrse_search_reason(base, &nearest, out);
    if (status == MRSE_OK)
        status = mrse_search_bindings(base, without, out);
    return status;
}

mrse_status mrse_search_run(const mrse_search *search, mrse_search_result *out)
{
    mrse_search_list fitting = {0}, front = {0};
    mrse_search_base base;
    mrse_status status;

    if (out)
        *out = (mrse_search_result){0};
    if (!search || !out)
        return MRSE_ERR_ARG;
    status = mrse_search_base_begin(&base, search);
    if (status != MRSE_OK)
        return status;
    status = run(&base, &fitting, &front, out);
    if (status == MRSE_OK)
        status = mrse_search_notice(search, out->notice, sizeof out->notice);
    mrse_free(fitting.point);
    mrse_free(front.point);
    mrse_search_base_end(&base);
    if (status != MRSE_OK)
        mrse_search_result_clear(out);
    return status;
}

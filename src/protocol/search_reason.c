/* What stands in the way: the limits that bind, and the parameters that would have to move.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "mrse/text.h"
#include "protocol/search_internal.h"

static void add_limit(mrse_buf *b, const mrse_limit *limit)
{
    mrse_buf_add(b, mrse_kind_get(limit->value.kind)->name);
    mrse_buf_addf(b, " %s ", mrse_op_text(limit->op));
    mrse_quantity_print(b, limit->value.v, limit->value.kind, 3, 0);
}

static void add_excess(mrse_buf *b, double excess)
{
    if (!isfinite(excess)) {
        mrse_buf_add(b, "cannot be told");
        return;
    }
    mrse_buf_add(b, "is exceeded by ");
    mrse_buf_num(b, 100.0 * excess, 2);
    mrse_buf_add(b, " %");
}

static void add_cost(mrse_buf *b, const mrse_search_base *base, const mrse_search_point *p)
{
    if (base->has_time) {
        mrse_buf_add(b, "scan time ");
        mrse_quantity_print(b, p->time_s, MRSE_KIND_TIME, 3, 0);
    }
    if (base->has_snr) {
        mrse_buf_add(b, ", SNR × ");
        mrse_buf_num(b, p->snr, 2);
    }
    if (base->has_cnr) {
        mrse_buf_add(b, ", CNR × ");
        mrse_buf_num(b, p->cnr, 2);
    }
}

/* Moves one kept parameter over its usual range: the smallest excess, and where. */
static mrse_status release(mrse_search_base *base, const mrse_search_point *nearest,
                           mrse_search_parameter parameter, mrse_search_point *best)
{
    mrse_search free_one = *base->search;
    mrse_search_axis axis;
    mrse_status status;
    bool fits;

    free_one.range[parameter] = (mrse_search_range){0};
    *best = *nearest;
    status = mrse_search_axis_of(&free_one, parameter, &axis);
    for (size_t i = 0; i < axis.n && status == MRSE_OK; i++) {
        mrse_search_point p = *nearest;

        p.value[parameter] = axis.at[i];
        p.rf = p.slew = SIZE_MAX;
        status = mrse_search_cost(base, &p, &fits);
        if (status == MRSE_OK && fits)
            status = mrse_search_decide(base, &p);
        if (status == MRSE_OK && fits && p.excess < best->excess)
            *best = p;
    }
    return status;
}

/* The kept parameter whose release comes nearest to the limits. */
static mrse_status best_release(mrse_search_base *base, const mrse_search_point *nearest,
                                mrse_search_parameter *which, mrse_search_point *best)
{
    mrse_status status = MRSE_OK;

    *best = *nearest;
    *which = MRSE_SEARCH_PARAMETERS;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS && status == MRSE_OK; i++) {
        mrse_search_point p;

        if (!base->search->range[i].kept)
            continue;
        status = release(base, nearest, (mrse_search_parameter)i, &p);
        if (status == MRSE_OK && p.excess < best->excess) {
            *best = p;
            *which = (mrse_search_parameter)i;
        }
    }
    return status;
}

static bool keeps_any(const mrse_search *search)
{
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        if (search->range[i].kept)
            return true;
    return false;
}

static void say_release(mrse_buf *b, bool any_kept, mrse_search_parameter which,
                        const mrse_search_point *best)
{
    if (which == MRSE_SEARCH_PARAMETERS) {
        mrse_buf_add(b, any_kept ? "; no parameter that is kept would help by itself"
                                 : "; no parameter that may change would help");
        return;
    }
    mrse_buf_addf(b, "; keeping '%s' prevents more: without that, ",
                  mrse_search_parameter_text(which));
    if (best->failing == 0)
        mrse_buf_add(b, "all limits can be met");
    else {
        mrse_buf_add(b, "the worst limit ");
        add_excess(b, best->excess);
    }
}

mrse_status mrse_search_reason(mrse_search_base *base, const mrse_search_point *nearest,
                               mrse_search_result *out)
{
    mrse_search_parameter which;
    mrse_search_point best;
    mrse_buf b = {0};
    mrse_status status;

    if (isnan(nearest->excess)) {
        mrse_text_copy(out->reason, sizeof out->reason,
                       "none of the settings fits: see 'tr', 'etl', 'echo_spacing', 'slices'");
        return MRSE_OK;
    }
    out->nearest = mrse_alloc(1, sizeof *out->nearest);
    if (!out->nearest)
        return MRSE_ERR_NOMEM;
    status = mrse_search_candidate(base, nearest, out->nearest);
    if (status == MRSE_OK)
        status = best_release(base, nearest, &which, &best);
    if (status != MRSE_OK)
        return status;
    mrse_buf_add(&b, "no setting meets all limits; nearest: ");
    add_limit(&b, &base->search->limit[nearest->worst]);
    mrse_buf_add(&b, " ");
    add_excess(&b, nearest->excess);
    say_release(&b, keeps_any(base->search), which, &best);
    mrse_text_copy(out->reason, sizeof out->reason, mrse_buf_text(&b));
    status = b.status;
    mrse_buf_free(&b);
    return status;
}

mrse_status mrse_search_bindings(const mrse_search_base *base, const mrse_search_point *without,
                                 mrse_search_result *out)
{
    const size_t n = base->search->n_limits;
    mrse_status status = MRSE_OK;

    out->binding = mrse_alloc(n, sizeof *out->binding);
    if (!out->binding)
        return MRSE_ERR_NOMEM;
    out->n_bindings = n;
    for (size_t i = 0; i < n && status == MRSE_OK; i++) {
        mrse_search_binding *binding = &out->binding[i];
        mrse_buf b = {0};

        binding->binds = !isnan(without[i].time_s);
        if (binding->binds) {
            mrse_buf_add(&b, "without ");
            add_limit(&b, &base->search->limit[i]);
            mrse_buf_add(&b, " there would be: ");
            add_cost(&b, base, &without[i]);
        } else {
            mrse_buf_add(&b, "does not bind by itself: without it nothing cheaper meets the rest");
        }
        mrse_text_copy(binding->text, sizeof binding->text, mrse_buf_text(&b));
        status = b.status;
        mrse_buf_free(&b);
    }
    return status;
}

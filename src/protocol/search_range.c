/* Where the parameters of a protocol may go, and by which steps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "mrse/text.h"
#include "protocol/image_internal.h"
#include "protocol/search_internal.h"

static const char *const name[MRSE_SEARCH_PARAMETERS] = {
    [MRSE_SEARCH_TR] = "tr",
    [MRSE_SEARCH_TE] = "te",
    [MRSE_SEARCH_ETL] = "etl",
    [MRSE_SEARCH_REFOCUSING] = "refocusing",
    [MRSE_SEARCH_SLICES] = "slices",
    [MRSE_SEARCH_CONCATENATIONS] = "concatenations",
    [MRSE_SEARCH_RF_DURATION] = "rf-duration",
    [MRSE_SEARCH_BANDWIDTH] = "bandwidth",
    [MRSE_SEARCH_SLEW] = "slew",
    [MRSE_SEARCH_AVERAGES] = "averages",
};

const char *mrse_search_parameter_text(mrse_search_parameter parameter)
{
    return (size_t)parameter < MRSE_SEARCH_PARAMETERS ? name[parameter] : "not a parameter";
}

bool mrse_search_parameter_from_text(const char *text, mrse_search_parameter *parameter)
{
    if (!text || !parameter)
        return false;
    for (size_t i = 0; i < MRSE_SEARCH_PARAMETERS; i++)
        if (mrse_text_equal(text, name[i])) {
            *parameter = (mrse_search_parameter)i;
            return true;
        }
    return false;
}

static bool whole(mrse_search_parameter p)
{
    return p == MRSE_SEARCH_ETL || p == MRSE_SEARCH_SLICES || p == MRSE_SEARCH_CONCATENATIONS ||
           p == MRSE_SEARCH_AVERAGES;
}

/* Longer trains than lines hold nothing more. */
static double most_echoes(const mrse_protocol *p)
{
    const double lines = mrse_image_full_lines(p);

    return isfinite(lines) ? fmin(nearbyint(1.5 * p->etl), lines) : nearbyint(1.5 * p->etl);
}

static mrse_search_range default_range(const mrse_protocol *p, mrse_search_parameter parameter,
                                       double now)
{
    const mrse_search_range kept = {.kept = true, .low = now, .high = now, .steps = 1};
    const double degree = MRSE_PI / 180.0;

    switch (parameter) {
    case MRSE_SEARCH_TR:
        if (p->family == MRSE_FAMILY_BSSFP) /* longer ones band; TR follows the pulses */
            return (mrse_search_range){.low = now, .high = now, .steps = 1};
        return (mrse_search_range){.low = now, .high = 4.0 * now, .steps = 7};
    case MRSE_SEARCH_TE:
        return (mrse_search_range){0};
    case MRSE_SEARCH_ETL:
        if (p->family != MRSE_FAMILY_TSE)
            return kept;
        return (mrse_search_range){
            .low = fmax(1.0, nearbyint(0.5 * now)), .high = most_echoes(p), .steps = 5};
    case MRSE_SEARCH_REFOCUSING:
        return (mrse_search_range){
            .low = fmin(now, 60.0 * degree), .high = fmax(now, 180.0 * degree), .steps = 9};
    case MRSE_SEARCH_CONCATENATIONS:
        if (p->family == MRSE_FAMILY_BSSFP || !(p->slices >= now))
            return kept;
        return (mrse_search_range){.low = now, .high = fmin(4.0 * now, p->slices), .steps = 4};
    case MRSE_SEARCH_RF_DURATION:
        return (mrse_search_range){.low = 1.0, .high = 2.0, .steps = 4};
    case MRSE_SEARCH_BANDWIDTH:
        if (mrse_image_is_epi(p)) /* slower lines distort */
            return kept;
        return (mrse_search_range){.low = 0.5 * now, .high = now, .steps = 3};
    case MRSE_SEARCH_SLEW:
        return (mrse_search_range){.low = 0.3, .high = 1.0, .steps = 8};
    case MRSE_SEARCH_AVERAGES:
        return (mrse_search_range){.low = now, .high = 2.0 * now, .steps = 2};
    case MRSE_SEARCH_SLICES:
    case MRSE_SEARCH_PARAMETERS:
        break;
    }
    return kept;
}

mrse_status mrse_search_range_of(const mrse_protocol *base, mrse_search_parameter parameter,
                                 mrse_search_range *range)
{
    double now;

    if (range)
        *range = (mrse_search_range){0};
    if (!base || !range || (size_t)parameter >= MRSE_SEARCH_PARAMETERS)
        return MRSE_ERR_ARG;
    now = mrse_search_value(base, parameter);
    *range = isfinite(now) ? default_range(base, parameter, now)
                           : (mrse_search_range){.kept = true, .low = now, .high = now, .steps = 1};
    return MRSE_OK;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void add(mrse_search_axis *axis, double v)
{
    v = axis->whole ? nearbyint(v) : v;
    for (size_t i = 0; i < axis->n; i++)
        if (fabs(axis->at[i] - v) <= 1e-9 * fabs(v))
            return;
    axis->at[axis->n++] = v;
}

/* A parameter that no limit depends on is not moved for nothing. */
static bool idle(const mrse_search *search, mrse_search_parameter parameter)
{
    bool rf = false, gradient = false;

    for (size_t i = 0; i < search->n_limits; i++) {
        rf = rf || mrse_search_is_rf(search->limit[i].value.kind);
        gradient = gradient || mrse_search_is_gradient(search->limit[i].value.kind);
    }
    if (parameter == MRSE_SEARCH_SLEW)
        return !gradient;
    return !rf && (parameter == MRSE_SEARCH_REFOCUSING || parameter == MRSE_SEARCH_RF_DURATION);
}

mrse_status mrse_search_axis_of(const mrse_search *search, mrse_search_parameter parameter,
                                mrse_search_axis *axis)
{
    const mrse_search_range asked = search->range[parameter];
    const double now = mrse_search_value(search->base, parameter);
    const bool stated = asked.low != 0.0 || asked.high != 0.0;
    mrse_search_range r;
    size_t steps;

    *axis = (mrse_search_axis){.n = 1, .whole = whole(parameter)};
    axis->at[0] = now;
    if (stated && !(asked.low > 0.0 && asked.low <= asked.high && isfinite(asked.high)))
        return MRSE_ERR_ARG;
    if (asked.kept || !isfinite(now) || (!stated && idle(search, parameter)))
        return MRSE_OK;
    if (mrse_search_range_of(search->base, parameter, &r) != MRSE_OK)
        return MRSE_ERR_ARG;
    if (!stated && r.kept)
        return MRSE_OK;
    steps = asked.steps ? asked.steps : r.steps ? r.steps : 5;
    if (stated)
        r = asked;
    if (steps >= MRSE_SEARCH_LEVELS)
        return MRSE_ERR_LIMIT;
    axis->n = 0;
    if (r.low == 0.0 && r.high == 0.0) { /* TE: as the timing asks */
        axis->at[axis->n++] = (double)NAN;
        return MRSE_OK;
    }
    for (size_t i = 0; i < steps; i++)
        add(axis,
            steps == 1 ? r.low : r.low + (r.high - r.low) * ((double)i / (double)(steps - 1)));
    if (now >= r.low && now <= r.high)
        add(axis, now);
    qsort(axis->at, axis->n, sizeof axis->at[0], by_size);
    return MRSE_OK;
}

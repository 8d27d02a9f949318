/* Numbers that cannot both be true of one magnet, and which two they are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/text.h"

/* A number is disowned by the fit when it is off by more than both. The family is no exact image of
 * any product: what it can be off by in good faith is not a contradiction. */
static const double FAR_U = 6.0, FAR_EXTENT = 0.06, FAR_VALUE = 0.12;

static mrse_status clash_of(mrse_clash *clash, size_t a, size_t b, const char *reason)
{
    clash->a = a;
    clash->b = b;
    mrse_text_copy(clash->reason, sizeof clash->reason, reason);
    return MRSE_ERR_INPUT;
}

/* The widest place of a line lies no nearer than where it meets the axis or the mid-plane: the two
 * kinds of extent can be compared in one order only. */
static bool is_comparable(mrse_datum_type weak, mrse_datum_type strong)
{
    if (!cal_is_extent(weak) || !cal_is_extent(strong) ||
        cal_is_axial(weak) != cal_is_axial(strong))
        return false;
    return weak == strong || weak == MRSE_DATUM_Z_MAX || weak == MRSE_DATUM_R_MAX;
}

/* The field falls outwards, so a weaker line lies outside a stronger one. */
static bool is_inside(const mrse_datum *weak, const mrse_datum *strong)
{
    return is_comparable(weak->type, strong->type) && weak->at < strong->at &&
           weak->bound == MRSE_BOUND_EXACT && strong->bound == MRSE_BOUND_EXACT &&
           weak->value + 2.0 * hypot(weak->u, strong->u) < strong->value;
}

/* From the centre to a line the field falls from B0 to its level: somewhere on the way it falls at
 * least as steeply as on average, and on a wider cylinder its largest gradient is no smaller. */
static bool is_too_flat(const mrse_datum *gradient, const mrse_datum *line, double b0_T)
{
    if (gradient->type != MRSE_DATUM_CYLINDER_GRADIENT || line->type != MRSE_DATUM_Z_AXIS ||
        gradient->bound == MRSE_BOUND_AT_LEAST || line->bound != MRSE_BOUND_EXACT)
        return false;
    const double least_T_m = (b0_T - line->at) / (line->value + 2.0 * line->u);
    return gradient->value + 2.0 * gradient->u < least_T_m;
}

mrse_status cal_clash_plain(const mrse_datum *data, size_t n, mrse_clash *clash)
{
    double b0_T = NAN;
    for (size_t i = 0; i < n; i++) {
        if (data[i].type == MRSE_DATUM_CENTRE)
            b0_T = data[i].value - 2.0 * data[i].u;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (is_inside(&data[i], &data[j]))
                return clash_of(clash, i, j,
                                "the line of the weaker field lies inside that of the "
                                "stronger one");
            if (is_too_flat(&data[i], &data[j], b0_T))
                return clash_of(clash, i, j,
                                "the field falls from B0 to this line, which takes a "
                                "steeper gradient than the one stated");
        }
    }
    return MRSE_OK;
}

static bool is_disowned(const mrse_datum *d, double residual)
{
    const double share = fabs(residual) * d->u / d->value;
    return fabs(residual) > FAR_U && share > (cal_is_extent(d->type) ? FAR_EXTENT : FAR_VALUE);
}

static bool any_disowned(const cal_problem *p, const cal_fit *fit, mrse_status *status)
{
    *status = cal_evaluate(p, fit->theta, p->residual, NULL, NULL);
    for (size_t i = 0; i < p->n && *status == MRSE_OK; i++) {
        if (is_disowned(&p->datum[i], p->residual[i]))
            return true;
    }
    return false;
}

/* The datum without which the rest agrees best; `not` is not considered. */
static size_t scapegoat(cal_problem *p, const cal_fit *fit, size_t not, double *cost)
{
    size_t found = p->n;
    *cost = INFINITY;
    for (size_t i = 0; i < p->n; i++) {
        if (i == not )
            continue;
        cal_fit without = *fit;
        p->without = i;
        if (cal_fit_again(p, &without) == MRSE_OK && without.cost < *cost) {
            *cost = without.cost;
            found = i;
        }
    }
    p->without = p->n;
    return found;
}

mrse_status cal_clash_of_fit(cal_problem *p, const cal_fit *fit, mrse_clash *clash)
{
    mrse_status status;
    double cost;
    if (!any_disowned(p, fit, &status))
        return status;
    const size_t first = scapegoat(p, fit, p->n, &cost);
    const size_t second = scapegoat(p, fit, first, &cost);
    if (first == p->n || second == p->n)
        return MRSE_ERR_NUMERIC;
    return clash_of(clash, first, second,
                    "no shielded magnet in this housing has both: leaving out either of the two "
                    "makes the rest agree best");
}

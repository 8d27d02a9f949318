/* What a member of the family predicts for each number of a data sheet, as residuals, and how they
 * change with every parameter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"

/* The field falls like this power of the distance, axially and radially, outside a shielded magnet:
 * it turns a misfit of |B| into one of distance that stays finite far from the answer. */
static const double FALL_AXIAL = 4.5, FALL_RADIAL = 5.5;
/* Near the answer it is taken from the field itself, within what shielded magnets have: near a null
 * it would be anything. */
static const double FALL_LEAST = 3.0, FALL_MOST = 15.0;

/* Imaging magnets are flat over the imaging volume: free information. */
static const double SD_FLAT = 1e-4;

static cal_field total(const cal_work *w, size_t place)
{
    cal_field sum = {0};
    for (size_t k = 0; k < CAL_PAIRS; k++) {
        const cal_field *f = &w->base[k * w->n_places + place];
        sum.br_T += f->br_T;
        sum.bz_T += f->bz_T;
        sum.dbr_dz_T_m += f->dbr_dz_T_m;
        sum.dbz_dz_T_m += f->dbz_dz_T_m;
    }
    return sum;
}

/* The datum as this magnet gives it: |B| for an extent. */
static double predict(const cal_problem *p, size_t i, const cal_field f[CAL_PLACES_EACH])
{
    const mrse_datum *d = &p->datum[i];
    const double *r_m = p->work->r_m + p->work->place_at[i];
    const double first = cal_quantity(cal_looks_for(d->type, 0), &f[0], r_m[0]);
    return d->type == MRSE_DATUM_CYLINDER_MAXIMA ? first * cal_quantity(1, &f[1], r_m[1]) : first;
}

/* The sign that the field has, by the pattern assumed, where an extent is printed. */
static double towards(const cal_problem *p, const mrse_datum *d)
{
    const bool axial = cal_is_axial(d->type);
    const bool turns = p->pattern == (axial ? CAL_AXIS_TURNS : CAL_MID_TURNS);
    double farthest_m = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const mrse_datum *other = &p->datum[i];
        if (cal_is_extent(other->type) && cal_is_axial(other->type) == axial)
            farthest_m = fmax(farthest_m, other->value);
    }
    const double usual = axial ? 1.0 : -1.0;
    return turns && d->value >= farthest_m ? -usual : usual;
}

static double fall_of(const cal_problem *p, size_t i, const cal_field *f)
{
    const mrse_datum *d = &p->datum[i];
    const bool axial = cal_is_axial(d->type);
    const double r_m = p->work->r_m[p->work->place_at[i]];
    const double b2 = f->br_T * f->br_T + f->bz_T * f->bz_T;
    if (p->pattern != CAL_UNSIGNED || p->soften > 1.0 || !(b2 > 0.0))
        return axial ? FALL_AXIAL : FALL_RADIAL;
    const double br_over_r = r_m > 0.0 ? f->br_T / r_m : -f->dbz_dz_T_m / 2.0;
    const double dbr_dr = -f->dbz_dz_T_m - br_over_r;
    const double slope = axial ? f->br_T * f->dbr_dz_T_m + f->bz_T * f->dbz_dz_T_m
                               : f->br_T * dbr_dr + f->bz_T * f->dbr_dz_T_m;
    return fmin(fmax(-slope / b2 * d->value, FALL_LEAST), FALL_MOST);
}

static double data_residual(const cal_problem *p, size_t i, const cal_field f[CAL_PLACES_EACH])
{
    const mrse_datum *d = &p->datum[i];
    const double u = d->u * p->soften;
    double misfit;
    if (i == p->without)
        return 0.0;
    if (cal_is_extent(d->type)) {
        misfit = p->pattern != CAL_UNSIGNED ? towards(p, d) * f[0].bz_T / d->at - 1.0
                                            : log(fmax(cal_quantity(0, &f[0], 0.0) / d->at, 0.01));
        misfit *= d->value / fall_of(p, i, &f[0]);
    } else {
        misfit = predict(p, i, f) - d->value;
    }
    if ((d->bound == MRSE_BOUND_AT_MOST && misfit < 0.0) ||
        (d->bound == MRSE_BOUND_AT_LEAST && misfit > 0.0))
        return 0.0;
    return misfit / u;
}

/* Data, then flatness; `f` holds the field at every place. */
static double residual_at(const cal_problem *p, size_t i, const cal_field *f,
                          const cal_field *centre)
{
    if (i < p->n)
        return data_residual(p, i, f);
    return (f->bz_T - centre->bz_T) / (p->b0_T * SD_FLAT);
}

size_t cal_residual_count(const cal_problem *p)
{
    return p->n + CAL_FLAT + CAL_ROOM + CAL_PARAMS;
}

static double coil_end(const cal_pair pair[CAL_PAIRS])
{
    double end_m = 0.0;
    for (int i = 0; i < CAL_PAIRS; i++)
        end_m = fmax(end_m, pair[i].z_m + pair[i].half_m);
    return end_m;
}

static size_t place_of(const cal_problem *p, size_t i)
{
    return i < p->n ? p->work->place_at[i] : p->work->n_data_places + (i - p->n);
}

/* The field of a place when pair `k` alone gives `moved` there. */
static cal_field with_moved(const cal_work *w, size_t k, size_t place)
{
    cal_field f = total(w, place);
    const cal_field *was = &w->base[k * w->n_places + place], *is = &w->moved[place];
    f.br_T += is->br_T - was->br_T;
    f.bz_T += is->bz_T - was->bz_T;
    f.dbr_dz_T_m += is->dbr_dz_T_m - was->dbr_dz_T_m;
    f.dbz_dz_T_m += is->dbz_dz_T_m - was->dbz_dz_T_m;
    return f;
}

/* Change of the residuals of data and flatness when pair `k` gives w->moved: into `column`, divided
 * by the step. */
static void differences(const cal_problem *p, size_t k, double step, const double *residual,
                        double *column)
{
    const cal_work *w = p->work;
    const cal_field centre = with_moved(w, k, w->n_places - 1);
    for (size_t i = 0; i < p->n + CAL_FLAT; i++) {
        const size_t place = place_of(p, i);
        cal_field f[CAL_PLACES_EACH] = {with_moved(w, k, place)};
        if (i < p->n && p->datum[i].type == MRSE_DATUM_CYLINDER_MAXIMA)
            f[1] = with_moved(w, k, place + 1);
        column[i] = (residual_at(p, i, f, &centre) - residual[i]) / step;
    }
}

/* The same for each way in which a pair can change, per ampere-turn and per metre. The places stay:
 * at a maximum they may move without changing it. */
static mrse_status pair_columns(const cal_problem *p, size_t k, const cal_pair *pair,
                                const double *residual, double *column)
{
    static const double STEP_M = 1e-6, STEP_TURNS = 1e-6;
    cal_work *w = p->work;
    const size_t n = p->n + CAL_FLAT;
    for (size_t i = 0; i < w->n_places; i++) { /* the field is linear in the ampere-turns */
        const cal_field *f = &w->base[k * w->n_places + i];
        const double more = 1.0 + STEP_TURNS;
        w->moved[i] =
            (cal_field){more * f->br_T, more * f->bz_T, more * f->dbr_dz_T_m, more * f->dbz_dz_T_m};
    }
    differences(p, k, STEP_TURNS * pair->turns_A, residual, column);
    for (size_t way = 1; way < CAL_EACH; way++) {
        cal_pair moved = *pair;
        mrse_source source[2];
        *(way == 1 ? &moved.z_m : way == 2 ? &moved.half_m : &moved.r_m) += STEP_M;
        cal_pair_sources(&moved, source);
        mrse_status status = cal_fields(w, source, 2, w->n_places, w->r_m, w->z_m, w->moved);
        if (status != MRSE_OK)
            return status;
        differences(p, k, STEP_M, residual, column + way * n);
    }
    return MRSE_OK;
}

/* By the chain rule: residuals by pairs, pairs by parameters. */
static mrse_status fill_jacobian(const cal_problem *p, const double *theta, const cal_pair *pair,
                                 const double *residual, double *jacobian)
{
    static const double STEP = 1e-5;
    const size_t n = p->n + CAL_FLAT;
    double edge[CAL_ROOM], moved_edge[CAL_ROOM], there[CAL_PARAMS], *column = p->work->column;
    memset(jacobian, 0, cal_residual_count(p) * CAL_PARAMS * sizeof *jacobian);
    for (size_t k = 0; k < CAL_PAIRS; k++) {
        mrse_status status = pair_columns(p, k, &pair[k], residual, column + k * CAL_EACH * n);
        if (status != MRSE_OK)
            return status;
    }
    cal_room(p, pair, edge);
    for (size_t j = 0; j < CAL_PARAMS; j++) {
        cal_pair moved[CAL_PAIRS];
        memcpy(there, theta, sizeof there);
        there[j] += STEP;
        cal_family_pairs(&p->family, there, moved);
        for (size_t k = 0; k < CAL_PAIRS; k++) {
            const double change[CAL_EACH] = {
                moved[k].turns_A - pair[k].turns_A, moved[k].z_m - pair[k].z_m,
                moved[k].half_m - pair[k].half_m, moved[k].r_m - pair[k].r_m};
            for (size_t way = 0; way < CAL_EACH; way++) {
                const double *c = column + (k * CAL_EACH + way) * n;
                for (size_t i = 0; i < n && change[way] != 0.0; i++)
                    jacobian[i * CAL_PARAMS + j] += c[i] * change[way] / STEP;
            }
        }
        cal_room(p, moved, moved_edge);
        for (size_t i = 0; i < CAL_ROOM; i++)
            jacobian[(n + i) * CAL_PARAMS + j] = (moved_edge[i] - edge[i]) / STEP;
        jacobian[(n + CAL_ROOM + j) * CAL_PARAMS + j] = 1.0;
    }
    return MRSE_OK;
}

mrse_status cal_evaluate(const cal_problem *p, const double *theta, double *residual,
                         double *jacobian, double *predicted)
{
    cal_work *w = p->work;
    cal_pair pair[CAL_PAIRS];
    mrse_source source[2 * CAL_PAIRS];
    cal_family_pairs(&p->family, theta, pair);
    cal_pairs_sources(pair, source);
    mrse_status status = cal_find_places(p, source, coil_end(pair));
    for (size_t k = 0; k < CAL_PAIRS && status == MRSE_OK; k++)
        status = cal_fields(w, source + 2 * k, 2, w->n_places, w->r_m, w->z_m,
                            w->base + k * w->n_places);
    if (status != MRSE_OK)
        return status;
    const cal_field centre = total(w, w->n_places - 1);
    for (size_t i = 0; i < p->n + CAL_FLAT; i++) {
        cal_field f[CAL_PLACES_EACH] = {total(w, place_of(p, i))};
        if (i < p->n && p->datum[i].type == MRSE_DATUM_CYLINDER_MAXIMA)
            f[1] = total(w, place_of(p, i) + 1);
        residual[i] = residual_at(p, i, f, &centre);
        if (i < p->n && predicted != NULL)
            predicted[i] = predict(p, i, f);
    }
    cal_room(p, pair, residual + p->n + CAL_FLAT);
    memcpy(residual + p->n + CAL_FLAT + CAL_ROOM, theta, CAL_PARAMS * sizeof *theta);
    return jacobian != NULL ? fill_jacobian(p, theta, pair, residual, jacobian) : MRSE_OK;
}

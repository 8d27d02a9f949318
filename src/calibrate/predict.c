/* What a member of the family predicts for each number of a data sheet, as residuals, and how they
 * change with every parameter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

/* The field falls like this power of the distance, axially and radially, outside a shielded magnet:
 * it turns a misfit of |B| into one of distance that stays finite far from the answer. */
static const double FALL_AXIAL = 4.5, FALL_RADIAL = 5.5;

/* Imaging magnets are flat over the imaging volume: free information. */
static const double FLAT_RADIUS_M = 0.225, SD_FLAT = 1e-4;

/* Room for the windings, and how hard its edges are. */
static const double ROOM_END_M = 0.03, ROOM_WALL_M = 0.05, ROOM_SHELL_M = 0.03, SD_ROOM_M = 0.01;
enum { ROOM = 4 };

/* The places of the data come first, one each and two for a product of two maxima; then those of
 * flatness, and the centre as the last. */
struct cal_work {
    size_t *scan_at;  /* per datum: where its scan begins; data of one cylinder share theirs */
    size_t *place_at; /* per datum: its first place */
    size_t n_places, n_data_places;
    double *scan_r_m, *scan_z_m;
    cal_field *scan;
    double *r_m, *z_m;
    cal_field *base;             /* [CAL_PAIRS][n_places] */
    cal_field *moved;            /* [n_places] */
    double *br, *bz, *drz, *dzz; /* columns for the batch */
    double *column;              /* [CAL_PAIRS][CAL_EACH][data and flatness] */
};

enum { PLACES_EACH = 2 };

mrse_status cal_work_new(size_t n, cal_work **out)
{
    const size_t n_scan = n * CAL_SCAN + 1, n_places = PLACES_EACH * n + CAL_FLAT + 1;
    const size_t most = n_scan > n_places ? n_scan : n_places;
    cal_work *w = mrse_alloc(1, sizeof *w);
    *out = w;
    if (w == NULL)
        return MRSE_ERR_NOMEM;
    w->scan_at = mrse_alloc(n, sizeof *w->scan_at);
    w->place_at = mrse_alloc(n, sizeof *w->place_at);
    w->scan_r_m = mrse_alloc(n_scan, sizeof(double));
    w->scan_z_m = mrse_alloc(n_scan, sizeof(double));
    w->scan = mrse_alloc(n_scan, sizeof(cal_field));
    w->r_m = mrse_alloc(n_places, sizeof(double));
    w->z_m = mrse_alloc(n_places, sizeof(double));
    w->base = mrse_alloc(n_places * CAL_PAIRS, sizeof(cal_field));
    w->moved = mrse_alloc(n_places, sizeof(cal_field));
    w->br = mrse_alloc(4 * most, sizeof(double));
    w->column = mrse_alloc(CAL_PAIRS * CAL_EACH * (n + CAL_FLAT), sizeof(double));
    if (!w->scan_at || !w->place_at || !w->scan_r_m || !w->scan_z_m || !w->scan || !w->r_m ||
        !w->z_m || !w->base || !w->moved || !w->br || !w->column) {
        cal_work_free(w);
        *out = NULL;
        return MRSE_ERR_NOMEM;
    }
    w->bz = w->br + most;
    w->drz = w->bz + most;
    w->dzz = w->drz + most;
    return MRSE_OK;
}

void cal_work_free(cal_work *w)
{
    if (w == NULL)
        return;
    mrse_free(w->scan_at);
    mrse_free(w->place_at);
    mrse_free(w->scan_r_m);
    mrse_free(w->scan_z_m);
    mrse_free(w->scan);
    mrse_free(w->r_m);
    mrse_free(w->z_m);
    mrse_free(w->base);
    mrse_free(w->moved);
    mrse_free(w->br);
    mrse_free(w->column);
    mrse_free(w);
}

static mrse_status fields(cal_work *w, const mrse_source *source, size_t n_sources, size_t n,
                          const double *r_m, const double *z_m, cal_field *out)
{
    const mrse_magnet magnet = {source, n_sources};
    const mrse_field_arrays columns = {
        .br_T = w->br, .bz_T = w->bz, .dbr_dz_T_m = w->drz, .dbz_dz_T_m = w->dzz};
    mrse_status status = mrse_field_batch(&magnet, n, r_m, z_m, &columns, 1);
    if (status != MRSE_OK)
        return MRSE_ERR_NUMERIC; /* a winding where the data look: this step of the fit is no good */
    for (size_t i = 0; i < n; i++)
        out[i] = (cal_field){w->br[i], w->bz[i], w->drz[i], w->dzz[i]};
    return MRSE_OK;
}

static double strength(const cal_field *f)
{
    return hypot(f->br_T, f->bz_T);
}

static double gradient(const cal_field *f, double r_m)
{
    const double b_T = fmax(strength(f), 1e-12);
    const double br_over_r = r_m > 0.0 ? f->br_T / r_m : -f->dbz_dz_T_m / 2.0;
    const double dbr_dr = -f->dbz_dz_T_m - br_over_r;
    const double along_r = (f->br_T * dbr_dr + f->bz_T * f->dbr_dz_T_m) / b_T;
    const double along_z = (f->br_T * f->dbr_dz_T_m + f->bz_T * f->dbz_dz_T_m) / b_T;
    return hypot(along_r, along_z);
}

/* What a datum looks for: 0 |B|, 1 gradient, 2 product. */
static double quantity(int which, const cal_field *f, double r_m)
{
    switch (which) {
    case 0:
        return strength(f);
    case 1:
        return gradient(f, r_m);
    default:
        return strength(f) * gradient(f, r_m);
    }
}

static int looks_for(mrse_datum_type type, int place)
{
    switch (type) {
    case MRSE_DATUM_CYLINDER_GRADIENT:
    case MRSE_DATUM_POINT_GRADIENT:
        return 1;
    case MRSE_DATUM_CYLINDER_PRODUCT:
        return 2;
    case MRSE_DATUM_CYLINDER_MAXIMA:
        return place;
    default:
        return 0;
    }
}

static bool is_axial(mrse_datum_type type)
{
    return type == MRSE_DATUM_Z_AXIS || type == MRSE_DATUM_Z_MAX;
}

static bool is_extent(mrse_datum_type type)
{
    return is_axial(type) || type == MRSE_DATUM_R_MID || type == MRSE_DATUM_R_MAX;
}

/* A line of places on which the datum's maximum is looked for. */
typedef struct scan {
    size_t n;
    double r0_m, z0_m, dr_m, dz_m;
} scan;

static scan scan_of(const cal_problem *p, const mrse_datum *d, double end_m)
{
    switch (d->type) {
    case MRSE_DATUM_Z_AXIS:
        return (scan){1, 0.0, d->value, 0.0, 0.0};
    case MRSE_DATUM_R_MID:
        return (scan){1, d->value, 0.0, 0.0, 0.0};
    case MRSE_DATUM_Z_MAX:
        return p->pattern != CAL_UNSIGNED
                   ? (scan){1, 0.0, d->value, 0.0, 0.0}
                   : (scan){CAL_FAR_SCAN, 0.0, d->value, 0.9 * d->value / CAL_FAR_SCAN, 0.0};
    case MRSE_DATUM_R_MAX:
        return p->pattern != CAL_UNSIGNED
                   ? (scan){1, d->value, 0.0, 0.0, 0.0}
                   : (scan){CAL_FAR_SCAN, d->value, 0.0, 0.0, 0.9 * d->value / CAL_FAR_SCAN};
    case MRSE_DATUM_POINT_FIELD:
    case MRSE_DATUM_POINT_GRADIENT:
        return (scan){1, d->at, d->z_m, 0.0, 0.0};
    case MRSE_DATUM_CYLINDER_FIELD:
    case MRSE_DATUM_CYLINDER_GRADIENT:
    case MRSE_DATUM_CYLINDER_PRODUCT:
    case MRSE_DATUM_CYLINDER_MAXIMA:
        return (scan){CAL_SCAN, d->at, 0.0, 0.0, 1.45 * end_m / CAL_SCAN};
    case MRSE_DATUM_CENTRE:
        break;
    }
    return (scan){1, 0.0, 0.0, 0.0, 0.0};
}

/* The crest of a parabola through the largest sample and its neighbours. */
static double crest(const cal_field *f, const scan *s, int which)
{
    size_t best = 0;
    double v[3], largest = -1.0;
    for (size_t i = 0; i < s->n; i++) {
        const double q = quantity(which, &f[i], s->r0_m + (double)i * s->dr_m);
        if (q > largest) {
            largest = q;
            best = i;
        }
    }
    if (best == 0 || best + 1 >= s->n)
        return (double)best;
    for (size_t k = 0; k < 3; k++) {
        const size_t i = best + k - 1;
        v[k] = quantity(which, &f[i], s->r0_m + (double)i * s->dr_m);
    }
    const double bend = v[0] - 2.0 * v[1] + v[2];
    return (double)best + (bend < 0.0 ? 0.5 * (v[0] - v[2]) / bend : 0.0);
}

static bool same_scan(const scan *a, const scan *b)
{
    return a->n == b->n && a->r0_m == b->r0_m && a->z0_m == b->z0_m && a->dr_m == b->dr_m &&
           a->dz_m == b->dz_m;
}

/* Lay out the scans of all data that look for a maximum; how many points they have. */
static size_t lay_out_scans(const cal_problem *p, double end_m)
{
    cal_work *w = p->work;
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        const scan s = scan_of(p, &p->datum[i], end_m);
        w->scan_at[i] = n;
        for (size_t j = 0; j < i && w->scan_at[i] == n; j++) {
            const scan other = scan_of(p, &p->datum[j], end_m);
            if (same_scan(&s, &other))
                w->scan_at[i] = w->scan_at[j];
        }
        if (s.n == 1 || w->scan_at[i] != n)
            continue;
        for (size_t k = 0; k < s.n; k++, n++) {
            w->scan_r_m[n] = s.r0_m + (double)k * s.dr_m;
            w->scan_z_m[n] = s.z0_m + (double)k * s.dz_m;
        }
    }
    return n;
}

/* Where each datum looks at the field of this magnet. */
static mrse_status find_places(const cal_problem *p, const mrse_source *source, double end_m)
{
    cal_work *w = p->work;
    const size_t n_scan = lay_out_scans(p, end_m);
    mrse_status status =
        fields(w, source, 2 * CAL_PAIRS, n_scan, w->scan_r_m, w->scan_z_m, w->scan);
    size_t at = 0;
    for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
        const scan s = scan_of(p, &p->datum[i], end_m);
        const int n_places = p->datum[i].type == MRSE_DATUM_CYLINDER_MAXIMA ? PLACES_EACH : 1;
        w->place_at[i] = at;
        for (int k = 0; k < n_places; k++, at++) {
            const double c =
                s.n > 1 ? crest(w->scan + w->scan_at[i], &s, looks_for(p->datum[i].type, k)) : 0.0;
            w->r_m[at] = s.r0_m + c * s.dr_m;
            w->z_m[at] = s.z0_m + c * s.dz_m;
        }
    }
    w->n_data_places = at;
    for (size_t k = 0; k <= CAL_FLAT; k++, at++) {
        w->r_m[at] = 0.0;
        w->z_m[at] = k < CAL_FLAT ? FLAT_RADIUS_M * (double)(k + 1) / CAL_FLAT : 0.0;
    }
    w->n_places = at;
    return status;
}

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
static double predict(const cal_problem *p, size_t i, const cal_field f[PLACES_EACH])
{
    const mrse_datum *d = &p->datum[i];
    const double *r_m = p->work->r_m + p->work->place_at[i];
    const double first = quantity(looks_for(d->type, 0), &f[0], r_m[0]);
    return d->type == MRSE_DATUM_CYLINDER_MAXIMA ? first * quantity(1, &f[1], r_m[1]) : first;
}

/* The sign that the field has, by the pattern assumed, where an extent is printed. */
static double towards(const cal_problem *p, const mrse_datum *d)
{
    const bool axial = is_axial(d->type);
    const bool turns = p->pattern == (axial ? CAL_AXIS_TURNS : CAL_MID_TURNS);
    double farthest_m = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const mrse_datum *other = &p->datum[i];
        if (is_extent(other->type) && is_axial(other->type) == axial)
            farthest_m = fmax(farthest_m, other->value);
    }
    const double usual = axial ? 1.0 : -1.0;
    return turns && d->value >= farthest_m ? -usual : usual;
}

static double data_residual(const cal_problem *p, size_t i, const cal_field f[PLACES_EACH])
{
    const mrse_datum *d = &p->datum[i];
    const double u = d->u * p->soften;
    double misfit;
    if (i == p->without)
        return 0.0;
    if (is_extent(d->type)) {
        const double fall = is_axial(d->type) ? FALL_AXIAL : FALL_RADIAL;
        misfit = p->pattern != CAL_UNSIGNED ? towards(p, d) * f[0].bz_T / d->at - 1.0
                                            : log(fmax(strength(&f[0]) / d->at, 0.01));
        misfit *= d->value / fall;
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

static double beyond(double excess_m)
{
    return excess_m > 0.0 ? excess_m / SD_ROOM_M : 0.0;
}

/* How far the windings stick out of the space there is for them. */
static void room(const cal_problem *p, const cal_pair *pair, double out[ROOM])
{
    const cal_pair *shield = &pair[CAL_MAIN];
    double end_m = 0.0, inner_m = INFINITY, outer_m = 0.0;
    for (int i = 0; i < CAL_PAIRS; i++) {
        end_m = fmax(end_m, pair[i].z_m + pair[i].half_m);
        inner_m = fmin(inner_m, pair[i].r_m - pair[i].thick_m / 2);
    }
    for (int i = 0; i < CAL_MAIN; i++)
        outer_m = fmax(outer_m, pair[i].r_m + pair[i].thick_m / 2);
    /* a size that is not known bounds nothing: comparisons with NaN are false */
    out[0] = beyond(end_m + ROOM_END_M - p->size.cover_half_length_m);
    out[1] = beyond(p->size.bore_radius_m + ROOM_WALL_M - inner_m);
    out[2] = beyond(shield->r_m + shield->thick_m / 2 + ROOM_SHELL_M - p->size.cover_radius_m);
    out[3] = beyond(outer_m + ROOM_SHELL_M - (shield->r_m - shield->thick_m / 2));
}

bool cal_has_room(const cal_problem *p, const cal_pair pair[CAL_PAIRS])
{
    double edge[ROOM];
    room(p, pair, edge);
    for (size_t i = 0; i < ROOM; i++) {
        if (edge[i] > 2.0)
            return false;
    }
    return true;
}

size_t cal_residual_count(const cal_problem *p)
{
    return p->n + CAL_FLAT + ROOM + CAL_PARAMS;
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
        cal_field f[PLACES_EACH] = {with_moved(w, k, place)};
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
        mrse_status status = fields(w, source, 2, w->n_places, w->r_m, w->z_m, w->moved);
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
    double edge[ROOM], moved_edge[ROOM], there[CAL_PARAMS], *column = p->work->column;
    memset(jacobian, 0, cal_residual_count(p) * CAL_PARAMS * sizeof *jacobian);
    for (size_t k = 0; k < CAL_PAIRS; k++) {
        mrse_status status = pair_columns(p, k, &pair[k], residual, column + k * CAL_EACH * n);
        if (status != MRSE_OK)
            return status;
    }
    room(p, pair, edge);
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
        room(p, moved, moved_edge);
        for (size_t i = 0; i < ROOM; i++)
            jacobian[(n + i) * CAL_PARAMS + j] = (moved_edge[i] - edge[i]) / STEP;
        jacobian[(n + ROOM + j) * CAL_PARAMS + j] = 1.0;
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
    mrse_status status = find_places(p, source, coil_end(pair));
    for (size_t k = 0; k < CAL_PAIRS && status == MRSE_OK; k++)
        status =
            fields(w, source + 2 * k, 2, w->n_places, w->r_m, w->z_m, w->base + k * w->n_places);
    if (status != MRSE_OK)
        return status;
    const cal_field centre = total(w, w->n_places - 1);
    for (size_t i = 0; i < p->n + CAL_FLAT; i++) {
        cal_field f[PLACES_EACH] = {total(w, place_of(p, i))};
        if (i < p->n && p->datum[i].type == MRSE_DATUM_CYLINDER_MAXIMA)
            f[1] = total(w, place_of(p, i) + 1);
        residual[i] = residual_at(p, i, f, &centre);
        if (i < p->n && predicted != NULL)
            predicted[i] = predict(p, i, f);
    }
    room(p, pair, residual + p->n + CAL_FLAT);
    memcpy(residual + p->n + CAL_FLAT + ROOM, theta, CAL_PARAMS * sizeof *theta);
    return jacobian != NULL ? fill_jacobian(p, theta, pair, residual, jacobian) : MRSE_OK;
}

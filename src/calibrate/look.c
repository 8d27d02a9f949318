/* Where each number of a data sheet looks at the field of a magnet: the place it names, or the
 * maximum it is. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "calibrate_internal.h"
#include "mrse/alloc.h"

static const double FLAT_RADIUS_M = 0.225;

mrse_status cal_work_new(size_t n, cal_work **out)
{
    const size_t n_scan = n * CAL_SCAN + 1, n_places = CAL_PLACES_EACH * n + CAL_FLAT + 1;
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

mrse_status cal_fields(cal_work *w, const mrse_source *source, size_t n_sources, size_t n,
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
double cal_quantity(int which, const cal_field *f, double r_m)
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

int cal_looks_for(mrse_datum_type type, int place)
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

bool cal_is_axial(mrse_datum_type type)
{
    return type == MRSE_DATUM_Z_AXIS || type == MRSE_DATUM_Z_MAX;
}

bool cal_is_extent(mrse_datum_type type)
{
    return cal_is_axial(type) || type == MRSE_DATUM_R_MID || type == MRSE_DATUM_R_MAX;
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
        const double q = cal_quantity(which, &f[i], s->r0_m + (double)i * s->dr_m);
        if (q > largest) {
            largest = q;
            best = i;
        }
    }
    if (best == 0 || best + 1 >= s->n)
        return (double)best;
    for (size_t k = 0; k < 3; k++) {
        const size_t i = best + k - 1;
        v[k] = cal_quantity(which, &f[i], s->r0_m + (double)i * s->dr_m);
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
mrse_status cal_find_places(const cal_problem *p, const mrse_source *source, double end_m)
{
    cal_work *w = p->work;
    const size_t n_scan = lay_out_scans(p, end_m);
    mrse_status status =
        cal_fields(w, source, 2 * CAL_PAIRS, n_scan, w->scan_r_m, w->scan_z_m, w->scan);
    size_t at = 0;
    for (size_t i = 0; i < p->n && status == MRSE_OK; i++) {
        const scan s = scan_of(p, &p->datum[i], end_m);
        const int n_places = p->datum[i].type == MRSE_DATUM_CYLINDER_MAXIMA ? CAL_PLACES_EACH : 1;
        w->place_at[i] = at;
        for (int k = 0; k < n_places; k++, at++) {
            const double c =
                s.n > 1 ? crest(w->scan + w->scan_at[i], &s, cal_looks_for(p->datum[i].type, k))
                        : 0.0;
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

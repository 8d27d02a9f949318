/* The largest |B| within an outline or a circle, the distance from a place to the line of a level,
 * and what the uncertainty of a place does to a peak. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "site_internal.h"

enum { STEPS = 40, DIRECTIONS = 16, RAYS = 72, GRID = 120 };

static bool holds(const mrse_track *t, double x_m, double y_m)
{
    if (t->line)
        return mrse_site_holds(t->line, x_m, y_m);
    return hypot(x_m - t->centre.x_m, y_m - t->centre.y_m) <= t->radius_m;
}

static void bounds(const mrse_track *t, mrse_site_place *lo, mrse_site_place *hi)
{
    *lo = (mrse_site_place){t->centre.x_m - t->radius_m, t->centre.y_m - t->radius_m};
    *hi = (mrse_site_place){t->centre.x_m + t->radius_m, t->centre.y_m + t->radius_m};
    for (size_t i = 0; t->line && i < t->line->n; i++) {
        const mrse_site_place *p = &t->line->place[i];

        if (i == 0)
            *lo = *hi = *p;
        *lo = (mrse_site_place){fmin(lo->x_m, p->x_m), fmin(lo->y_m, p->y_m)};
        *hi = (mrse_site_place){fmax(hi->x_m, p->x_m), fmax(hi->y_m, p->y_m)};
    }
}

/* Uphill by steps along and across and between, halved where none leads up. */
static mrse_found climb(mrse_seeker *k, const mrse_track *t, mrse_found best, double step_m)
{
    while (step_m > 1e-6) {
        bool up = false;

        for (int i = 0; i < 8; i++) {
            double x_m = best.x_m + step_m * cos(i * MRSE_PI / 4);
            double y_m = best.y_m + step_m * sin(i * MRSE_PI / 4);
            mrse_found f;

            if (!holds(t, x_m, y_m))
                continue;
            f = mrse_seek_at(k, x_m, y_m);
            if (f.b_T > best.b_T) {
                best = f;
                up = true;
            }
        }
        if (!up)
            step_m /= 2;
    }
    return best;
}

mrse_found mrse_seek_inside(mrse_seeker *k, const mrse_track *t, mrse_found best)
{
    mrse_site_place lo, hi;
    mrse_found most = {-1, 0, 0, 0};
    double step_m;
    size_t nx, ny;

    bounds(t, &lo, &hi);
    step_m = fmax(hi.x_m - lo.x_m, hi.y_m - lo.y_m) / GRID;
    if (!(step_m > 0))
        return best;
    /* a quarter of a metre is fine enough off the magnet, where nothing changes faster */
    step_m = fmin(fmax(step_m, 0.1 * mrse_seek_clear(k, best.x_m, best.y_m)), 0.5);
    nx = (size_t)fmin((hi.x_m - lo.x_m) / step_m + 1, 4 * GRID);
    ny = (size_t)fmin((hi.y_m - lo.y_m) / step_m + 1, 4 * GRID);
    for (size_t i = 0; i <= nx; i++)
        for (size_t j = 0; j <= ny; j++) {
            double x_m = lo.x_m + (hi.x_m - lo.x_m) * (double)i / (double)nx;
            double y_m = lo.y_m + (hi.y_m - lo.y_m) * (double)j / (double)ny;
            mrse_found f;

            if (!holds(t, x_m, y_m))
                continue;
            f = mrse_seek_at(k, x_m, y_m);
            if (f.b_T > most.b_T)
                most = f;
        }
    if (most.b_T > 0)
        most = climb(k, t, most, step_m);
    return most.b_T > best.b_T ? most : best;
}

/* ---- the line of a level, seen from a place */

/* How far along a ray |B| goes through the level; infinite when not within `most_m`. */
static double ray(mrse_seeker *k, mrse_site_place from, double angle, double level_T, double most_m,
                  bool start_over)
{
    double s_m = 0, low_m = 0, c = cos(angle), s = sin(angle);

    for (;;) {
        double step_m = 0.1 * mrse_seek_clear(k, from.x_m + s_m * c, from.y_m + s_m * s);

        low_m = s_m;
        s_m = fmin(s_m + fmin(fmax(step_m, 1e-3), 0.25), most_m);
        if ((mrse_seek_at(k, from.x_m + s_m * c, from.y_m + s_m * s).b_T > level_T) != start_over)
            break;
        if (s_m >= most_m)
            return (double)INFINITY;
    }
    for (int i = 0; i < STEPS; i++) {
        double mid_m = (low_m + s_m) / 2;
        bool over = mrse_seek_at(k, from.x_m + mid_m * c, from.y_m + mid_m * s).b_T > level_T;

        if (over == start_over)
            low_m = mid_m;
        else
            s_m = mid_m;
    }
    return s_m;
}

double mrse_seek_distance(mrse_seeker *k, mrse_site_place from, double level_T, double most_m,
                          mrse_site_place *there)
{
    bool over = mrse_seek_at(k, from.x_m, from.y_m).b_T > level_T;
    double best_m = INFINITY, best = 0, wide = 2 * MRSE_PI / RAYS;

    *there = (mrse_site_place){(double)NAN, (double)NAN};
    for (int i = 0; i < RAYS; i++) {
        double d_m = ray(k, from, i * wide, level_T, most_m, over);

        if (d_m < best_m) {
            best_m = d_m;
            best = i * wide;
        }
    }
    if (!isfinite(best_m))
        return (double)NAN;
    for (; wide > 1e-4; wide /= 2)
        for (int way = -1; way <= 1; way += 2) {
            double d_m = ray(k, from, best + way * wide / 2, level_T, fmin(best_m, most_m), over);

            if (d_m < best_m) {
                best_m = d_m;
                best += way * wide / 2;
            }
        }
    *there = (mrse_site_place){from.x_m + best_m * cos(best), from.y_m + best_m * sin(best)};
    return best_m;
}

/* ---- uncertainty */

/* The range of |B| around a place, up to a distance in any direction of the half-plane; a turn about
 * the axis changes nothing. */
static void around(mrse_seeker *k, const mrse_found *f, double within_m, double *lo_T, double *hi_T)
{
    double r_m, z_m;

    mrse_site_to_magnet(k->site, f->x_m, f->y_m, f->height_m, &r_m, &z_m);
    *lo_T = *hi_T = f->b_T;
    for (int i = 0; i < 2 * DIRECTIONS; i++) {
        double angle = 2 * MRSE_PI * (i / 2) / DIRECTIONS, far_m = within_m / (1 + i % 2);
        mrse_field b;
        double b_T = (double)NAN;

        if (mrse_field_at(&k->model->magnet, fabs(r_m + far_m * sin(angle)),
                          z_m + far_m * cos(angle), &b) == MRSE_OK)
            b_T = hypot(b.br_T, b.bz_T);
        else
            k->failed = true;
        *lo_T = fmin(*lo_T, b_T);
        *hi_T = fmax(*hi_T, b_T);
    }
}

/* Magnet against line: both places, and the magnet's direction over the distance between them. */
static double relative_u(const mrse_seeker *k, const mrse_found *f, double u_m)
{
    const mrse_site *site = k->site;
    double far_m = hypot(f->x_m - site->magnet.x.v, f->y_m - site->magnet.y.v);

    return hypot(hypot(u_m, site->magnet.u.v), far_m * site->magnet.azimuth.u);
}

double mrse_seek_spread(mrse_seeker *k, const mrse_track *t, const mrse_samples *samples,
                        const mrse_found *peak, double u_m)
{
    double lo_T, hi_T, change_T;

    around(k, peak, 2 * relative_u(k, peak, u_m), &lo_T, &hi_T);
    change_T = fmax(hi_T - peak->b_T, peak->b_T - lo_T);
    for (size_t i = 0; samples && i < samples->n; i++) {
        double before = i > 0 ? samples->b_T[i - 1] : 0;
        double after = i + 1 < samples->n ? samples->b_T[i + 1] : 0;
        mrse_site_place p;
        mrse_found f;

        /* another local maximum: what it may become, where it is high enough to matter */
        if (samples->b_T[i] < fmax(before, after) || samples->b_T[i] < 0.3 * peak->b_T)
            continue;
        p = mrse_track_at(t, samples->s_m[i]);
        f = mrse_seek_at(k, p.x_m, p.y_m);
        around(k, &f, 2 * relative_u(k, &f, u_m), &lo_T, &hi_T);
        change_T = fmax(change_T, hi_T - peak->b_T);
    }
    return change_T / 2;
}

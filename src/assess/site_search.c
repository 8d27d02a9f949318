/* The largest |B| along a line in plan, where a level is exceeded on it, and how far an item is from
 * the line of its limit. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "site_internal.h"

enum { HEIGHTS = 8, GOLDEN_STEPS = 48 };
enum { SAMPLES_MAX = 400000 };

/* The field changes over no less than the distance to what makes it. */
static const double STEP_SHARE = 0.1, STEP_LEAST_M = 1e-3, STEP_MOST_M = 0.25;
/* Two places on a line that are one; far above the rounding of the longest line that is sampled. */
static const double NEAR_M = 1e-7;

void mrse_site_to_magnet(const mrse_site *site, double x_m, double y_m, double height_m,
                         double *r_m, double *z_m)
{
    double dx = x_m - site->magnet.x.v, dy = y_m - site->magnet.y.v;
    double c = cos(site->magnet.azimuth.v), s = sin(site->magnet.azimuth.v);

    *z_m = dx * c + dy * s;
    *r_m = hypot(dy * c - dx * s, height_m - site->magnet.height.v);
}

/* ---- the field at a place */

static double field_at(mrse_seeker *k, double r_m, double z_m)
{
    mrse_field f;

    if (mrse_field_at(&k->model->magnet, r_m, z_m, &f) == MRSE_OK)
        return hypot(f.br_T, f.bz_T);
    k->failed = true;
    return (double)NAN;
}

static double field_at_height(mrse_seeker *k, double x_m, double y_m, double height_m)
{
    double r_m, z_m;

    mrse_site_to_magnet(k->site, x_m, y_m, height_m, &r_m, &z_m);
    return field_at(k, r_m, z_m);
}

/* Above and below the isocentre are alike: the side that reaches farther holds all values. */
static double height_of(const mrse_seeker *k, double offset_m)
{
    double iso_m = k->site->magnet.height.v;
    bool down = iso_m > MRSE_SITE_PEOPLE_M - iso_m;

    return down ? iso_m - offset_m : iso_m + offset_m;
}

static double most_offset(const mrse_seeker *k)
{
    double iso_m = k->site->magnet.height.v;

    return fmax(iso_m, MRSE_SITE_PEOPLE_M - iso_m);
}

/* The step of height with the largest |B|, all heights asked for at once. */
static size_t highest(mrse_seeker *k, double x_m, double y_m, double step_m, double *b_T)
{
    double r_m[HEIGHTS + 1], z_m[HEIGHTS + 1], br_T[HEIGHTS + 1], bz_T[HEIGHTS + 1];
    const mrse_field_arrays columns = {.br_T = br_T, .bz_T = bz_T};
    size_t best = 0;

    for (size_t i = 0; i <= HEIGHTS; i++)
        mrse_site_to_magnet(k->site, x_m, y_m, height_of(k, (double)i * step_m), &r_m[i], &z_m[i]);
    if (mrse_field_batch(&k->model->magnet, HEIGHTS + 1, r_m, z_m, &columns, 1) != MRSE_OK) {
        k->failed = true;
        *b_T = (double)NAN;
        return 0;
    }
    *b_T = -1;
    for (size_t i = 0; i <= HEIGHTS; i++)
        if (hypot(br_T[i], bz_T[i]) > *b_T) {
            *b_T = hypot(br_T[i], bz_T[i]);
            best = i;
        }
    return best;
}

mrse_found mrse_seek_at(mrse_seeker *k, double x_m, double y_m)
{
    mrse_found f = {(double)NAN, x_m, y_m, k->height_m};
    double step_m = most_offset(k) / HEIGHTS, low_m, high_m;
    size_t best = 0;

    if (isfinite(k->height_m)) {
        f.b_T = field_at_height(k, x_m, y_m, k->height_m);
        return f;
    }
    best = highest(k, x_m, y_m, step_m, &f.b_T);
    f.height_m = height_of(k, (double)best * step_m);
    low_m = ((double)best - 1) * step_m;
    high_m = fmin((double)best + 1, HEIGHTS) * step_m;
    for (int i = 0; best > 0 && i < GOLDEN_STEPS; i++) { /* at offset 0 the slope is zero already */
        double a_m = low_m + 0.382 * (high_m - low_m), b_m = low_m + 0.618 * (high_m - low_m);
        double a_T = field_at_height(k, x_m, y_m, height_of(k, a_m));
        double b_T = field_at_height(k, x_m, y_m, height_of(k, b_m));

        if (fmax(a_T, b_T) > f.b_T) {
            f.b_T = fmax(a_T, b_T);
            f.height_m = height_of(k, a_T > b_T ? a_m : b_m);
        }
        if (a_T > b_T)
            high_m = b_m;
        else
            low_m = a_m;
    }
    return f;
}

static double outside(double v, double lo, double hi)
{
    return fmax(fmax(lo - v, v - hi), 0);
}

double mrse_seek_clear(const mrse_seeker *k, double x_m, double y_m)
{
    double height_m = isfinite(k->height_m) ? k->height_m : k->site->magnet.height.v;
    double least_m = INFINITY, r_m, z_m;

    mrse_site_to_magnet(k->site, x_m, y_m, height_m, &r_m, &z_m);
    for (size_t i = 0; i < k->model->magnet.n; i++) {
        const mrse_source *s = &k->model->magnet.source[i];
        double r2_m = s->type == MRSE_SOURCE_COIL ? s->r2_m : s->r1_m;
        double z2_m = s->type == MRSE_SOURCE_LOOP ? s->z1_m : s->z2_m;

        least_m = fmin(least_m, hypot(outside(r_m, s->r1_m, r2_m), outside(z_m, s->z1_m, z2_m)));
    }
    return least_m;
}

/* ---- tracks */

static size_t segments(const mrse_site_line *line)
{
    return line->closed ? line->n : line->n - 1;
}

static double segment_length(const mrse_site_line *line, size_t i)
{
    const mrse_site_place *a = &line->place[i], *b = &line->place[(i + 1) % line->n];

    return hypot(b->x_m - a->x_m, b->y_m - a->y_m);
}

mrse_track mrse_track_of_line(const mrse_site_line *line)
{
    mrse_track t = {.line = line};

    for (size_t i = 0; i < segments(line); i++)
        t.length_m += segment_length(line, i);
    return t;
}

mrse_track mrse_track_of_circle(const mrse_site *site, double x_m, double y_m, double radius_m)
{
    double away = atan2(y_m - site->magnet.y.v, x_m - site->magnet.x.v);

    return (mrse_track){NULL, {x_m, y_m}, radius_m, away, 2 * MRSE_PI * radius_m};
}

mrse_site_place mrse_track_at(const mrse_track *t, double s_m)
{
    double angle = t->start_rad + (t->radius_m > 0 ? s_m / t->radius_m : 0);
    const mrse_site_line *line = t->line;
    size_t i = 0;

    if (!line)
        return (mrse_site_place){t->centre.x_m + t->radius_m * cos(angle),
                                 t->centre.y_m + t->radius_m * sin(angle)};
    while (i + 1 < segments(line) && s_m > segment_length(line, i))
        s_m -= segment_length(line, i++);
    mrse_site_place a = line->place[i], b = line->place[(i + 1) % line->n];
    double share = fmin(s_m / segment_length(line, i), 1);

    return (mrse_site_place){a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
}

/* The next corner after s: values there are not smooth, so it is always a sample. */
static double next_corner(const mrse_track *t, double s_m)
{
    double at_m = 0;

    for (size_t i = 0; t->line && i < segments(t->line); i++) {
        at_m += segment_length(t->line, i);
        if (at_m > s_m + 1e-9)
            return fmin(at_m, t->length_m);
    }
    return t->length_m;
}

static double value_at(mrse_seeker *k, const mrse_track *t, double s_m)
{
    mrse_site_place p = mrse_track_at(t, s_m);

    return mrse_seek_at(k, p.x_m, p.y_m).b_T;
}

/* ---- samples */

static mrse_status keep(mrse_samples *list, double s_m, double b_T)
{
    if (list->n >= SAMPLES_MAX)
        return MRSE_ERR_LIMIT;
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 256;
        double *s = mrse_realloc(list->s_m, cap, sizeof *s), *b;

        list->s_m = s ? s : list->s_m;
        b = s ? mrse_realloc(list->b_T, cap, sizeof *b) : NULL;
        if (!b)
            return MRSE_ERR_NOMEM;
        list->b_T = b;
        list->cap = cap;
    }
    list->s_m[list->n] = s_m;
    list->b_T[list->n++] = b_T;
    return MRSE_OK;
}

void mrse_samples_free(mrse_samples *samples)
{
    mrse_free(samples->s_m);
    mrse_free(samples->b_T);
    memset(samples, 0, sizeof *samples);
}

static mrse_status walk(mrse_seeker *k, const mrse_track *t, mrse_samples *out)
{
    double s_m = 0, corner_m = next_corner(t, 0);
    mrse_status status = keep(out, 0, value_at(k, t, 0));

    while (status == MRSE_OK && s_m < t->length_m) {
        mrse_site_place p = mrse_track_at(t, s_m);
        double step_m = STEP_SHARE * mrse_seek_clear(k, p.x_m, p.y_m);

        s_m += fmin(fmax(step_m, STEP_LEAST_M), STEP_MOST_M);
        if (s_m >= corner_m) {
            s_m = corner_m;
            corner_m = next_corner(t, s_m);
        }
        status = keep(out, s_m, value_at(k, t, s_m));
    }
    return status;
}

/* An extreme between two places, by golden section; `way` 1: maximum, -1: minimum. */
static double extreme(mrse_seeker *k, const mrse_track *t, double low_m, double high_m, int way)
{
    double a_m = high_m - 0.618034 * (high_m - low_m), b_m = low_m + 0.618034 * (high_m - low_m);
    double a_T = way * value_at(k, t, a_m), b_T = way * value_at(k, t, b_m);

    while (high_m - low_m > NEAR_M) {
        if (a_T > b_T) {
            high_m = b_m;
            b_m = a_m;
            b_T = a_T;
            a_m = high_m - 0.618034 * (high_m - low_m);
            a_T = way * value_at(k, t, a_m);
        } else {
            low_m = a_m;
            a_m = b_m;
            a_T = b_T;
            b_m = low_m + 0.618034 * (high_m - low_m);
            b_T = way * value_at(k, t, b_m);
        }
    }
    return (low_m + high_m) / 2;
}

/* Every sample again, with the extreme beside each sample that is higher or lower than both of its
 * neighbours: a stretch over a level that lies between two samples is then seen. */
static mrse_status refine(mrse_seeker *k, const mrse_track *t, const mrse_samples *in,
                          mrse_samples *out)
{
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < in->n && status == MRSE_OK; i++) {
        double before = i > 0 ? in->b_T[i] - in->b_T[i - 1] : 0;
        double after = i + 1 < in->n ? in->b_T[i] - in->b_T[i + 1] : 0;
        double at_m = (double)NAN;

        if (i > 0 && i + 1 < in->n && before * after > 0)
            at_m = extreme(k, t, in->s_m[i - 1], in->s_m[i + 1], before > 0 ? 1 : -1);
        if (at_m < in->s_m[i])
            status = keep(out, at_m, value_at(k, t, at_m));
        if (status == MRSE_OK)
            status = keep(out, in->s_m[i], in->b_T[i]);
        if (status == MRSE_OK && at_m > in->s_m[i])
            status = keep(out, at_m, value_at(k, t, at_m));
    }
    return status;
}

mrse_status mrse_samples_take(mrse_seeker *k, const mrse_track *t, mrse_samples *out)
{
    mrse_samples rough = {0};
    mrse_status status = walk(k, t, &rough);

    memset(out, 0, sizeof *out);
    if (status == MRSE_OK)
        status = refine(k, t, &rough, out);
    mrse_samples_free(&rough);
    if (status != MRSE_OK)
        mrse_samples_free(out);
    return status;
}

mrse_found mrse_samples_peak(mrse_seeker *k, const mrse_track *t, const mrse_samples *samples)
{
    mrse_site_place p;
    size_t best = 0;

    for (size_t i = 1; i < samples->n; i++)
        if (samples->b_T[i] > samples->b_T[best])
            best = i;
    p = mrse_track_at(t, samples->s_m[best]);
    return mrse_seek_at(k, p.x_m, p.y_m);
}

/* ---- where a level is exceeded */

static double crossing(mrse_seeker *k, const mrse_track *t, double low_m, double high_m,
                       bool low_over, double level_T)
{
    while (high_m - low_m > NEAR_M) {
        double mid_m = (low_m + high_m) / 2;

        if ((value_at(k, t, mid_m) > level_T) == low_over)
            low_m = mid_m;
        else
            high_m = mid_m;
    }
    return (low_m + high_m) / 2;
}

mrse_status mrse_samples_over(mrse_seeker *k, const mrse_track *t, const mrse_samples *samples,
                              double level_T, mrse_site_stretch **out, size_t *n)
{
    bool over = false;

    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < samples->n; i++) {
        bool now = samples->b_T[i] > level_T;
        double at_m = samples->s_m[i];

        if (now == over)
            continue;
        if (i > 0)
            at_m = crossing(k, t, samples->s_m[i - 1], at_m, over, level_T);
        if (now) {
            mrse_site_stretch *grown = mrse_realloc(*out, *n + 1, sizeof *grown);

            if (!grown)
                return MRSE_ERR_NOMEM;
            *out = grown;
            grown[(*n)++] = (mrse_site_stretch){at_m, t->length_m};
        } else {
            (*out)[*n - 1].to_m = at_m;
        }
        over = now;
    }
    return MRSE_OK;
}

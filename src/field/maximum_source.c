/* The windings as plain geometry: where they are, how far away, whether they mirror each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "maximum_internal.h"
#include "mrse/alloc.h"

mrse_status mrse_windings_check(const mrse_magnet *magnet)
{
    if (!magnet || !magnet->source || magnet->n == 0)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < magnet->n; i++) {
        mrse_status status = mrse_source_check(&magnet->source[i]);
        if (status)
            return status;
    }
    return MRSE_OK;
}

mrse_box mrse_winding_box(const mrse_source *s)
{
    bool loop = s->type == MRSE_SOURCE_LOOP, coil = s->type == MRSE_SOURCE_COIL;
    mrse_box box = {s->r1_m, coil ? s->r2_m : s->r1_m, s->z1_m, loop ? s->z1_m : s->z2_m};
    return box;
}

mrse_box mrse_windings_box(const mrse_magnet *magnet)
{
    mrse_box all = mrse_winding_box(&magnet->source[0]);
    for (size_t i = 1; i < magnet->n; i++) {
        mrse_box box = mrse_winding_box(&magnet->source[i]);
        all.r_min_m = fmin(all.r_min_m, box.r_min_m);
        all.r_max_m = fmax(all.r_max_m, box.r_max_m);
        all.z_min_m = fmin(all.z_min_m, box.z_min_m);
        all.z_max_m = fmax(all.z_max_m, box.z_max_m);
    }
    return all;
}

/* Distance to the boundary of a rectangle that may be flat, from inside or outside. */
static double rim_distance(const mrse_box *box, double r_m, double z_m)
{
    double dr = fmax(box->r_min_m - r_m, r_m - box->r_max_m);
    double dz = fmax(box->z_min_m - z_m, z_m - box->z_max_m);
    if (dr <= 0.0 && dz <= 0.0)
        return fmin(-dr, -dz);
    return hypot(fmax(dr, 0.0), fmax(dz, 0.0));
}

static double corner_distance(const mrse_box *box, double r_m, double z_m)
{
    double dr = fmin(fabs(r_m - box->r_min_m), fabs(r_m - box->r_max_m));
    double dz = fmin(fabs(z_m - box->z_min_m), fabs(z_m - box->z_max_m));
    return hypot(dr, dz);
}

/* A uniform current gives a field that is smooth along its surface: what limits the scale there is
 * the distance to the corners, and at these the section itself. */
static double source_scale(const mrse_source *source, double r_m, double z_m)
{
    mrse_box box = mrse_winding_box(source);
    double width = box.r_max_m - box.r_min_m, length = box.z_max_m - box.z_min_m;
    double least = 1e-4 * box.r_max_m;
    if (source->type == MRSE_SOURCE_COIL)
        least = 0.05 * fmin(width, length);
    double scale = fmax(rim_distance(&box, r_m, z_m), 0.2 * corner_distance(&box, r_m, z_m));
    return fmax(scale, least);
}

double mrse_windings_scale_m(const mrse_magnet *magnet, double r_m, double z_m)
{
    double scale = DBL_MAX;
    for (size_t i = 0; i < magnet->n; i++)
        scale = fmin(scale, source_scale(&magnet->source[i], fabs(r_m), z_m));
    return scale;
}

static bool within(const mrse_box *box, double r_m, double z_m)
{
    return r_m > box->r_min_m && r_m < box->r_max_m && z_m > box->z_min_m && z_m < box->z_max_m;
}

bool mrse_windings_entered(const mrse_magnet *magnet, double r0_m, double z0_m, double r1_m,
                           double z1_m)
{
    for (size_t i = 0; i < magnet->n; i++) {
        mrse_box box = mrse_winding_box(&magnet->source[i]);
        if (within(&box, r0_m, z0_m) != within(&box, r1_m, z1_m))
            return true;
    }
    return false;
}

static bool is_image(const mrse_source *a, const mrse_source *b, double sign)
{
    if (a->type != b->type || a->r1_m != b->r1_m || a->current_A != sign * b->current_A)
        return false;
    if (a->type == MRSE_SOURCE_COIL && a->r2_m != b->r2_m)
        return false;
    mrse_box p = mrse_winding_box(a), q = mrse_winding_box(b);
    return p.z_min_m == -q.z_max_m && p.z_max_m == -q.z_min_m;
}

static bool all_paired(const mrse_magnet *magnet, double sign, unsigned char *used)
{
    for (size_t i = 0; i < magnet->n; i++)
        used[i] = 0;
    for (size_t i = 0; i < magnet->n; i++) {
        if (used[i])
            continue;
        size_t j = i;
        while (j < magnet->n &&
               (used[j] || !is_image(&magnet->source[i], &magnet->source[j], sign)))
            j++;
        if (j == magnet->n)
            return false;
        used[i] = used[j] = 1;
    }
    return true;
}

mrse_status mrse_windings_mirrored(const mrse_magnet *magnet, bool *mirrored)
{
    *mirrored = false;
    unsigned char *used = mrse_alloc(magnet->n, 1);
    if (!used)
        return MRSE_ERR_NOMEM;
    *mirrored = all_paired(magnet, 1.0, used) || all_paired(magnet, -1.0, used);
    mrse_free(used);
    return MRSE_OK;
}

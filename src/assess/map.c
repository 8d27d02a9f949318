/* Field values on grids, for figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

enum { ROOM_NZ = 301, ROOM_NR = 151, BORE_NZ = 361, BORE_NR = 141 };

/* Both cores: a map is the one place where the number of points makes it worth while. */
static const unsigned MAP_THREADS = 2;

void mrse_map_clear(mrse_map *map)
{
    mrse_free(map->b_T);
    mrse_free(map->grad_T_m);
    mrse_free(map->product_T2_m);
    memset(map, 0, sizeof *map);
}

static mrse_status fill(const mrse_magnet *magnet, mrse_map *map)
{
    size_t n = map->nz * map->nr;
    double *r_m = mrse_alloc(n, sizeof *r_m);
    double *z_m = mrse_alloc(n, sizeof *z_m);
    map->b_T = mrse_alloc(n, sizeof *map->b_T);
    map->grad_T_m = mrse_alloc(n, sizeof *map->grad_T_m);
    map->product_T2_m = mrse_alloc(n, sizeof *map->product_T2_m);
    mrse_status status = MRSE_ERR_NOMEM;
    if (r_m && z_m && map->b_T && map->grad_T_m && map->product_T2_m) {
        for (size_t j = 0; j < map->nr; j++) {
            for (size_t i = 0; i < map->nz; i++) {
                r_m[j * map->nz + i] = (double)j * map->dr_m;
                z_m[j * map->nz + i] = map->z0_m + (double)i * map->dz_m;
            }
        }
        mrse_field_arrays arrays = {
            .b_T = map->b_T, .grad_T_m = map->grad_T_m, .product_T2_m = map->product_T2_m};
        status = mrse_field_batch(magnet, n, r_m, z_m, &arrays, MAP_THREADS);
        /* A node may fall on a thin sheet or a wire, where there is no value: it stays NaN, and the
         * figures draw it as not known. The shapes themselves were accepted before. */
        if (status == MRSE_ERR_RANGE)
            status = MRSE_OK;
    }
    mrse_free(r_m);
    mrse_free(z_m);
    return status;
}

static mrse_status make_map(const mrse_magnet *magnet, size_t nz, size_t nr, double z_half_m,
                            double r_m, mrse_map *map)
{
    map->nz = nz;
    map->nr = nr;
    map->z0_m = -z_half_m;
    map->dz_m = 2.0 * z_half_m / (double)(nz - 1);
    map->dr_m = r_m / (double)(nr - 1);
    mrse_status status = fill(magnet, map);
    if (status != MRSE_OK)
        mrse_map_clear(map);
    return status;
}

/* The room map holds the outermost contour with a margin; the bore map holds the covers and the
 * region in front of them where the gradient peaks. */
mrse_status mrse_study_maps(mrse_study *s)
{
    if (s == NULL || !mrse_study_has_model(s))
        return MRSE_ERR_ARG;
    mrse_map_clear(&s->room);
    mrse_map_clear(&s->bore);
    double room_z_m = 2.0, room_r_m = 1.5;
    for (size_t i = 0; i < s->n_contours; i++) {
        const mrse_extents *e = &s->contour[i].contour->extents;
        if (isfinite(e->z_max_m))
            room_z_m = fmax(room_z_m, 1.12 * fabs(e->z_max_m));
        if (isfinite(e->r_max_m))
            room_r_m = fmax(room_r_m, 1.15 * e->r_max_m);
    }
    mrse_status status = make_map(&s->model.magnet, ROOM_NZ, ROOM_NR, room_z_m, room_r_m, &s->room);
    double cover_m = isfinite(s->reach.cover_half_length_m) ? s->reach.cover_half_length_m : 0.9;
    double body_m = s->scanner->cover_diameter.v / 2.0;
    double bore_r_m = isfinite(body_m) ? 1.05 * body_m : 1.1;
    if (status == MRSE_OK)
        status = make_map(&s->model.magnet, BORE_NZ, BORE_NR, cover_m + 0.75, bore_r_m, &s->bore);
    return status;
}

/* The thick coil: rectangular section, uniform current density. One quadrature over the radius of
 * exact sheets; far away of rings over radius and length.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "agm.h"
#include "field_internal.h"

/* Codes of a point: GRADED, or the number of sheets, or 16 times the number of rings along the coil
 * (2 to 8) + the number over its radius; plus EASY where the AGM needs no step. */
enum { GRADED = 0, EASY = 144 };

typedef struct sum {
    double br_over_r, bz, dbz_dz, dbr_dz;
} sum;

/* A point as the coil sees it. */
typedef struct view {
    double r_m, h1_m, h2_m; /* distance from the axis; z of the point less z of each end face */
    double unit;            /* mu0 J, T/m */
} view;

/* Sheets with a - r in [from, to]. */
static void panel_add(const view *v, double from_m, double to_m, sum *out)
{
    enum { ORDER = 10 };
    const double middle = 0.5 * (from_m + to_m), half = 0.5 * (to_m - from_m);
    for (unsigned i = 0; i < ORDER; i++) {
        double x, weight;
        mrse_gauss_node(ORDER, i, &x, &weight);
        const double apart = middle + half * x, a = v->r_m + apart;
        const double unit = v->unit * half * weight;
        const mrse_ring low = mrse_ring_auto(a, apart, v->r_m, v->h1_m, unit);
        const mrse_ring high = mrse_ring_auto(a, apart, v->r_m, v->h2_m, unit);
        out->br_over_r += high.aphi_over_r - low.aphi_over_r;
        out->bz += low.half_space - high.half_space;
        out->dbz_dz += low.bz - high.bz;
        out->dbr_dz += v->r_m * (low.br_over_r - high.br_over_r);
    }
}

/* Beside and inside the winding the sheets are singular at a = r +- i h, h the distance to the
 * nearer end face. Each panel, of half-length g, keeps its middle 2.2 g from there: R = 4.3, and
 * ten nodes give 1e-12. */
static void panels_add(const view *v, double from_m, double to_m, double h_m, sum *out)
{
    const bool outward = to_m > 0.0;
    const double end = outward ? to_m : -from_m;
    double t = outward ? from_m : -to_m;
    while (t < end) {
        /* |t + g + i h| = 2.2 g */
        const double g = (t + sqrt(t * t + 3.84 * (t * t + h_m * h_m))) / 3.84;
        const double next = t + 2.0 * g < 0.8 * end ? t + 2.0 * g
                            : t + 2.0 * g < end     ? 0.5 * (t + end)
                                                    : end;
        panel_add(v, outward ? t : -next, outward ? next : -t, out);
        t = next;
    }
}

/* On an end face, where dBr/dz jumps by mu0 J, the value from outside is given; `least` is far
 * below what changes B. */
static double off_face(double h_m, double least, double outside)
{
    return fabs(h_m) >= least ? h_m : h_m == 0.0 ? outside * least : copysign(least, h_m);
}

static void graded_add(const mrse_lanes *lanes, size_t i, const mrse_source *s, double unit)
{
    const double r = lanes->r_m[i], thick = s->r2_m - s->r1_m, least = 1e-13 * thick;
    const double from = s->r1_m - r, to = s->r2_m - r;
    const view v = {r, off_face(lanes->z_m[i] - s->z1_m, least, -1.0),
                    off_face(lanes->z_m[i] - s->z2_m, least, 1.0), unit};
    const double near = fmin(fabs(v.h1_m), fabs(v.h2_m));
    if (fmin(fabs(from), fabs(to)) <= 1e-9 * s->r2_m && near <= 1e-9 * s->r2_m) {
        lanes->curl[i] = (double)NAN; /* at a corner the gradient grows without limit */
        return;
    }
    sum add = {0};
    if (from < 0.0 && to > 0.0) { /* Bz of a sheet jumps at a = r */
        panels_add(&v, from, 0.0, near, &add);
        panels_add(&v, 0.0, to, near, &add);
        lanes->curl[i] += v.h1_m > 0.0 && v.h2_m < 0.0 ? unit : 0.0;
    } else {
        panels_add(&v, from, to, near, &add);
    }
    lanes->br_over_r[i] += add.br_over_r;
    lanes->bz[i] += add.bz;
    lanes->dbz_dz[i] += add.dbz_dz;
    lanes->dbr_dz[i] += add.dbr_dz;
}

static void part_add(const mrse_lanes *part, const mrse_source *s, unsigned code)
{
    const double thick = s->r2_m - s->r1_m, length = s->z2_m - s->z1_m;
    const double density = MRSE_MU0 * s->current_A / (thick * length); /* mu0 J */
    if (code == GRADED) {
        for (size_t i = 0; i < part->n; i++) {
            graded_add(part, i, s, density);
        }
        return;
    }
    const unsigned steps = code >= EASY ? 0 : 1, nodes = code % EASY;
    const unsigned over_r = nodes % 16, along_z = nodes / 16;
    for (unsigned i = 0; i < over_r; i++) {
        double x, weight;
        mrse_gauss_node(over_r, i, &x, &weight);
        const double a = 0.5 * (s->r1_m + s->r2_m + thick * x);
        const double unit = density * 0.5 * thick * weight;
        if (along_z == 0) {
            mrse_ends_add(part, a, s->z1_m, s->z2_m, unit, steps);
        }
        for (unsigned j = 0; j < along_z; j++) {
            mrse_gauss_node(along_z, j, &x, &weight);
            mrse_rings_add(part, a, 0.5 * (s->z1_m + s->z2_m + length * x),
                           unit * 0.5 * length * weight, steps);
        }
    }
}

/* Smallest order that a squared distance allows; last + 1 when none does. */
MRSE_INLINE double order_for(double w2, unsigned first, unsigned last)
{
    double order = (double)first;
    for (unsigned k = first; k <= last; k++) {
        order += w2 < mrse_gauss_reach2[k] ? 1.0 : 0.0;
    }
    return order;
}

void mrse_coil_add(const mrse_lanes *lanes, const mrse_source *s)
{
    const double r_middle = 0.5 * (s->r1_m + s->r2_m), z_middle = 0.5 * (s->z1_m + s->z2_m);
    const double r_half = 0.5 * (s->r2_m - s->r1_m), z_half = 0.5 * (s->z2_m - s->z1_m);
    const double r_scale = 1.0 / (r_half * r_half), z_scale = 1.0 / (z_half * z_half);
    /* Two ends of a sheet cancel with the square of distance / a. */
    const double far2 = 25.0 * r_middle * r_middle;
    double code[MRSE_BLOCK];
    for (size_t i = 0; i < lanes->n; i++) {
        const double dr = fabs(lanes->r_m[i] - r_middle), dz = fabs(lanes->z_m[i] - z_middle);
        const double r_out = dr > r_half ? dr - r_half : 0.0;
        const double z_out = dz > z_half ? dz - z_half : 0.0, edge = fabs(dz - z_half);
        /* Two radii would leave (thick / a)^2 (thick / distance)^2 of the dipole term. */
        const double n_rings = order_for((dr * dr + z_out * z_out) * r_scale, 4, MRSE_GAUSS_MAX);
        const double n_sheets = order_for((dr * dr + edge * edge) * r_scale, 4, MRSE_GAUSS_MAX);
        const double w2 = (dz * dz + r_out * r_out) * z_scale;
        const double along = order_for(w2, 2, 8);
        const bool away = along <= 3.0 || (along <= 8.0 && dz * dz + dr * dr >= far2);
        const bool far = away && n_rings <= (double)MRSE_GAUSS_MAX;
        const bool between = z_out <= 0.0 && r_out <= 0.0;
        const bool plain = !between && n_sheets <= (double)MRSE_GAUSS_MAX;
        /* al^2 >= be^2 / 4 for every a and h of the coil. */
        const double h = far ? z_out : edge, r = lanes->r_m[i];
        const bool easy = 3.0 * (s->r1_m * s->r1_m + r * r + h * h) >= 10.0 * s->r2_m * r;
        const double nodes = far ? 16.0 * along + n_rings : n_sheets;
        code[i] = !far && !plain ? (double)GRADED : nodes + (easy ? (double)EASY : 0.0);
    }
    mrse_lanes_split(lanes, s, code, part_add);
}

/* Made-up data sheets, and how near a calibration comes to what they hide.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "printed.h"

#include <math.h>
#include <stdio.h>

const double printed_level_T[PRINTED_LEVELS] = {0.5e-3, 1e-3,  3e-3, 5e-3,  10e-3,
                                                20e-3,  40e-3, 0.2,  0.9e-3};
const double printed_radius[PRINTED_RADII] = {1.0 / 7, 2.0 / 7, 3.0 / 7, 4.0 / 7,
                                              5.0 / 7, 6.0 / 7, 1.0};

/* What a sheet is off by besides its rounding, as src/spec/sheet_data.c has it. */
static const double U_EXTENT_M = 0.01, U_CYLINDER = 0.003, U_CLASS = 0.004, U_CLASS_3_T = 0.02;

static mrse_status extents_of(const mrse_magnet *magnet, mrse_extents out[PRINTED_LEVELS])
{
    const mrse_contour_options coarse = {.chord_m = 0.05};
    mrse_contour *contour[PRINTED_LEVELS];
    mrse_status status =
        mrse_contour_trace_levels(magnet, PRINTED_LEVELS, printed_level_T, &coarse, contour);
    for (int i = 0; i < PRINTED_LEVELS && status == MRSE_OK; i++) {
        out[i] = contour[i]->extents;
        mrse_contour_free(contour[i]);
    }
    return status;
}

mrse_status printed_truth_of(const mrse_magnet *magnet, const mrse_housing_size *size,
                             printed_truth *out)
{
    mrse_sfg centre;
    *out = (printed_truth){.magnet = *magnet, .size = *size};
    mrse_status status = mrse_sfg_at(magnet, 0, 0, &centre);
    out->b0_T = centre.b_T;
    if (status == MRSE_OK)
        status = extents_of(magnet, out->extents);
    for (int i = 0; i < PRINTED_RADII && status == MRSE_OK; i++)
        status = mrse_cylinder_maxima(magnet, printed_radius[i] * size->bore_radius_m,
                                      &out->cylinder[i]);
    return status;
}

mrse_magnet printed_scaled(const mrse_magnet *magnet, double size, double strength,
                           mrse_source out[PRINTED_SOURCES])
{
    for (size_t i = 0; i < magnet->n && i < PRINTED_SOURCES; i++) {
        out[i] = magnet->source[i];
        out[i].r1_m *= size;
        out[i].r2_m *= size;
        out[i].z1_m *= size;
        out[i].z2_m *= size;
        out[i].current_A *= size * strength;
    }
    return (mrse_magnet){out, magnet->n};
}

/* ---- what is printed ---- */

typedef struct page {
    mrse_datum *datum;
    size_t n;
} page;

static void print(page *p, mrse_datum_type type, double at, double value, double step, double u)
{
    mrse_datum *d = &p->datum[p->n];
    if (!isfinite(value) || p->n == PRINTED_MOST)
        return;
    *d = (mrse_datum){.type = type,
                      .at = at,
                      .value = step > 0 ? round(value / step) * step : value,
                      .u = hypot(u, step / 2 / sqrt(3))};
    (void)snprintf(d->name, sizeof d->name, "%g: type %d, %g", at, (int)type, d->value);
    p->n++;
}

/* A sheet draws no line within the covers or the cryostat. */
static bool is_outside(const printed_truth *t, double extent_m, bool axial)
{
    return extent_m > (axial ? t->size.cover_half_length_m : 3.2 * t->size.bore_radius_m);
}

static void print_line(page *p, const printed_truth *t, const printed_sheet *s, int i)
{
    const mrse_extents *e = &t->extents[i];
    const double z_m = s->largest ? e->z_max_m : e->z_axis_m;
    const double r_m = s->largest ? e->r_max_m : e->r_mid_m;
    if (is_outside(t, z_m, true))
        print(p, s->largest ? MRSE_DATUM_Z_MAX : MRSE_DATUM_Z_AXIS, printed_level_T[i], z_m,
              s->step_m, U_EXTENT_M);
    if (!s->no_radial && is_outside(t, r_m, false))
        print(p, s->largest ? MRSE_DATUM_R_MAX : MRSE_DATUM_R_MID, printed_level_T[i], r_m,
              s->step_m, U_EXTENT_M);
}

static void print_row(page *p, const printed_sheet *s, const mrse_cylinder *c)
{
    const double maxima = c->b_T * c->grad_T_m;
    if (s->gradient)
        print(p, MRSE_DATUM_CYLINDER_GRADIENT, c->radius_m, c->grad_T_m, s->step_T_m,
              U_CYLINDER * c->grad_T_m);
    if (s->field)
        print(p, MRSE_DATUM_CYLINDER_FIELD, c->radius_m, c->b_T, s->step_T, U_CYLINDER * c->b_T);
    if (s->product)
        print(p, MRSE_DATUM_CYLINDER_PRODUCT, c->radius_m, c->product_T2_m, s->step_T2_m,
              U_CYLINDER * c->product_T2_m);
    if (s->maxima)
        print(p, MRSE_DATUM_CYLINDER_MAXIMA, c->radius_m, maxima, s->step_T2_m,
              U_CYLINDER * maxima);
}

size_t printed_data(const printed_truth *truth, const printed_sheet *sheet,
                    mrse_datum out[PRINTED_MOST])
{
    page p = {.datum = out};
    const bool is_3_T = truth->b0_T >= 2.9 && truth->b0_T < 5.0;
    print(&p, MRSE_DATUM_CENTRE, 0, truth->b0_T, 0.01,
          (is_3_T ? U_CLASS_3_T : U_CLASS) * truth->b0_T);
    for (int i = 0; i < PRINTED_LEVELS; i++) {
        if ((sheet->levels >> i & 1u) != 0)
            print_line(&p, truth, sheet, i);
    }
    for (int i = 0; i < PRINTED_RADII; i++) {
        if ((sheet->radii >> i & 1u) != 0)
            print_row(&p, sheet, &truth->cylinder[i]);
    }
    return p.n;
}

mrse_status printed_calibrate(const printed_truth *truth, const printed_sheet *sheet,
                              unsigned without, mrse_calibration **out)
{
    mrse_datum datum[PRINTED_MOST];
    const mrse_calibrate_options options = {.without = without};
    const size_t n = printed_data(truth, sheet, datum);
    return mrse_calibrate(datum, n, sheet->no_housing ? NULL : &truth->size, &options, out, NULL);
}

/* ---- what is hidden ---- */

static void count(printed_errors *e, double error, double u)
{
    const double z = fabs(error) / u;
    e->n++;
    e->within_2u += z <= 2.0; /* what is not known is not within */
    e->sum_z2 += z * z;
    e->largest_z = isfinite(z) ? fmax(e->largest_z, z) : (double)INFINITY;
    e->largest = isfinite(error) ? fmax(e->largest, fabs(error)) : (double)INFINITY;
    e->sum_error2 += error * error;
    e->sum_u += u;
}

static mrse_status compare_extent(const mrse_model *model, double r_m, double z_m, double extent_m,
                                  double slope_T_m, double true_m, printed_errors *e)
{
    mrse_sfg at, u;
    if (!isfinite(extent_m)) {
        count(e, INFINITY, 1.0);
        return MRSE_OK;
    }
    mrse_status status = mrse_model_at(model, r_m, z_m, &at, &u);
    if (status == MRSE_OK)
        count(e, extent_m - true_m, u.b_T / fabs(slope_T_m));
    return status;
}

static mrse_status compare_extents(const mrse_model *model, const printed_truth *t,
                                   printed_errors *e)
{
    mrse_extents found[PRINTED_LEVELS];
    mrse_status status = extents_of(&model->magnet, found);
    for (int i = 0; i < PRINTED_LEVELS && status == MRSE_OK; i++) {
        const mrse_extents *a = &found[i], *b = &t->extents[i];
        if (is_outside(t, b->z_axis_m, true))
            status = compare_extent(model, 0, a->z_axis_m, a->z_axis_m, a->slope_z_axis_T_m,
                                    b->z_axis_m, e);
        if (status == MRSE_OK && is_outside(t, b->z_max_m, true))
            status = compare_extent(model, a->r_at_z_max_m, a->z_max_m, a->z_max_m,
                                    a->slope_z_max_T_m, b->z_max_m, e);
        if (status == MRSE_OK && is_outside(t, b->r_mid_m, false))
            status =
                compare_extent(model, a->r_mid_m, 0, a->r_mid_m, a->slope_r_mid_T_m, b->r_mid_m, e);
        if (status == MRSE_OK && is_outside(t, b->r_max_m, false))
            status = compare_extent(model, a->r_max_m, a->z_at_r_max_m, a->r_max_m,
                                    a->slope_r_max_T_m, b->r_max_m, e);
    }
    return status;
}

static mrse_status compare_cylinders(const mrse_model *model, const printed_truth *t,
                                     printed_errors e[PRINTED_KINDS])
{
    mrse_status status = MRSE_OK;
    for (int i = 0; i < PRINTED_RADII && status == MRSE_OK; i++) {
        const mrse_cylinder *c = &t->cylinder[i];
        mrse_cylinder at, u;
        status = mrse_model_cylinder(model, c->radius_m, &at, &u);
        if (status != MRSE_OK)
            break;
        count(&e[PRINTED_GRADIENT], at.grad_T_m / c->grad_T_m - 1.0, u.grad_T_m / c->grad_T_m);
        count(&e[PRINTED_FIELD], at.b_T / c->b_T - 1.0, u.b_T / c->b_T);
        count(&e[PRINTED_PRODUCT], at.product_T2_m / c->product_T2_m - 1.0,
              u.product_T2_m / c->product_T2_m);
    }
    return status;
}

enum { RIDES = 4, STOPS = 29, ROOM = 10, POINTS = RIDES * STOPS + ROOM * ROOM };

/* Points of rides, then of the room beside and in front of the magnet. */
static void points_of(const printed_truth *t, double *r_m, double *z_m)
{
    const double bore_m = t->size.bore_radius_m;
    int n = 0;
    for (int i = 0; i < RIDES; i++) {
        for (int k = 0; k < STOPS; k++, n++) {
            r_m[n] = bore_m * (0.15 + 0.25 * i);
            z_m[n] = 0.2 + 0.1 * k;
        }
    }
    for (int i = 0; i < ROOM; i++) {
        for (int k = 0; k < ROOM; k++, n++) {
            r_m[n] = 3.43 * bore_m + 0.2 * i;
            z_m[n] = 0.5 * k;
        }
    }
}

static mrse_status compare_points(const mrse_model *model, const printed_truth *t,
                                  printed_errors e[PRINTED_KINDS])
{
    double r_m[POINTS], z_m[POINTS], b_T[POINTS], u_b_T[POINTS], grad[POINTS], u_grad[POINTS];
    double true_b_T[POINTS], true_grad[POINTS];
    const mrse_field_arrays truth = {.b_T = true_b_T, .grad_T_m = true_grad};
    points_of(t, r_m, z_m);
    mrse_status status = mrse_field_batch(&t->magnet, POINTS, r_m, z_m, &truth, 1);
    if (status == MRSE_OK)
        status = mrse_model_batch(model, POINTS, r_m, z_m, b_T, u_b_T, grad, u_grad);
    for (int i = 0; i < POINTS && status == MRSE_OK; i++) {
        const bool ride = i < RIDES * STOPS;
        count(&e[ride ? PRINTED_RIDE_FIELD : PRINTED_ROOM_FIELD], b_T[i] - true_b_T[i], u_b_T[i]);
        if (ride)
            count(&e[PRINTED_RIDE_GRADIENT], grad[i] - true_grad[i], u_grad[i]);
    }
    return status;
}

mrse_status printed_compare(const mrse_calibration *calibration, const printed_truth *truth,
                            printed_errors out[PRINTED_KINDS])
{
    for (int k = 0; k < PRINTED_KINDS; k++)
        out[k] = (printed_errors){0};
    mrse_status status = compare_extents(&calibration->model, truth, &out[PRINTED_EXTENT]);
    if (status == MRSE_OK)
        status = compare_cylinders(&calibration->model, truth, out);
    return status == MRSE_OK ? compare_points(&calibration->model, truth, out) : status;
}

void printed_add(printed_errors *sum, const printed_errors *more)
{
    sum->n += more->n;
    sum->within_2u += more->within_2u;
    sum->sum_z2 += more->sum_z2;
    sum->largest_z = fmax(sum->largest_z, more->largest_z);
    sum->largest = fmax(sum->largest, more->largest);
    sum->sum_error2 += more->sum_error2;
    sum->sum_u += more->sum_u;
}

double printed_share(const printed_errors *e)
{
    return (double)e->within_2u / (double)e->n;
}

double printed_rms_z(const printed_errors *e)
{
    return sqrt(e->sum_z2 / (double)e->n);
}

double printed_rms_error(const printed_errors *e)
{
    return sqrt(e->sum_error2 / (double)e->n);
}

double printed_mean_u(const printed_errors *e)
{
    return e->sum_u / (double)e->n;
}

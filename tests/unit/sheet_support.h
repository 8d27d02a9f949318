/* Scanners made up for tests of studies: one winding, and a data sheet that each test fills in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_SHEET_SUPPORT_H
#define MRSE_TEST_SHEET_SUPPORT_H

#include <stdint.h>
#include <string.h>

#include "mrse/mrse.h"

static mrse_source coil = {.type = MRSE_SOURCE_COIL,
                           .r1_m = 0.48,
                           .r2_m = 0.52,
                           .z1_m = -0.65,
                           .z2_m = 0.65,
                           .current_A = 1.965e6};

/* As a data sheet prints it, with the uncertainty of its rounding. */
static inline mrse_value stated(double v, double u, mrse_kind kind, int line)
{
    mrse_value value = {.v = v, .u = u, .kind = kind, .origin = MRSE_ORIGIN_MANUFACTURER};
    value.basis = MRSE_BASIS_DECLARED;
    value.line = line;
    mrse_text_copy(value.src, sizeof value.src, "sheet");
    mrse_text_copy(value.file, sizeof value.file, "scanner.yaml");
    mrse_text_num(value.printed, v, 4);
    return value;
}

static inline mrse_value nothing(mrse_kind kind)
{
    return mrse_value_missing(kind);
}

/* A scanner whose sheet is filled in by each test. */
typedef struct fixture {
    mrse_scanner s;
    mrse_stated_contour contour[4];
    mrse_stated_cylinder cylinder[3];
    mrse_study *study;
} fixture;

static inline fixture *with_coils(void)
{
    static fixture f;
    memset(&f, 0, sizeof f);
    mrse_scanner *s = &f.s;
    s->path = (char *)(uintptr_t) "scanner.yaml";
    s->id = s->name = (char *)(uintptr_t) "Test";
    s->coil = &coil;
    s->n_coils = 1;
    s->coils = mrse_value_computed(1, 0, MRSE_KIND_RATIO, "design");
    s->b0_nominal = stated(1.5, 0.0289, MRSE_KIND_B0, 3);
    s->frequency = nothing(MRSE_KIND_FREQUENCY);
    s->bore_shape = MRSE_BORE_CYLINDER;
    s->bore_diameter = stated(0.6, 0, MRSE_KIND_LENGTH, 4);
    s->cover_length = stated(1.6, 0, MRSE_KIND_LENGTH, 5);
    s->cover_diameter = stated(2.0, 0, MRSE_KIND_LENGTH, 6);
    s->u_field = mrse_value_computed(0.01, 0, MRSE_KIND_RATIO, "design");
    s->u_grad = mrse_value_computed(0.02, 0, MRSE_KIND_RATIO, "design");
    s->gradients.amplitude = nothing(MRSE_KIND_GRADIENT);
    s->gradients.slew = nothing(MRSE_KIND_SLEW_SYSTEM);
    s->sheet.contour = f.contour;
    s->sheet.cylinder = f.cylinder;
    s->sheet.axial = MRSE_AXIAL_Z_AXIS;
    s->sheet.radial = MRSE_RADIAL_R_MID;
    s->sheet.gradient = MRSE_GRADIENT_SFG;
    s->sheet.product = MRSE_PRODUCT_OF_POINT;
    return &f;
}

static inline void add_contour(fixture *f, double level_T, double axial_m, double radial_m)
{
    int line = 20 + (int)f->s.sheet.n_contours;
    mrse_stated_contour *c = &f->contour[f->s.sheet.n_contours++];
    c->level = stated(level_T, 0, MRSE_KIND_FIELD, line);
    c->axial = stated(axial_m, 0.003, MRSE_KIND_LENGTH, line);
    c->radial = stated(radial_m, 0.003, MRSE_KIND_LENGTH, line);
    c->line = line;
}

static inline mrse_stated_cylinder *add_cylinder(fixture *f, double radius_m)
{
    int line = 30 + (int)f->s.sheet.n_cylinders;
    mrse_stated_cylinder *c = &f->cylinder[f->s.sheet.n_cylinders++];
    c->radius = stated(radius_m, 0, MRSE_KIND_LENGTH, line);
    c->field = nothing(MRSE_KIND_FIELD);
    c->gradient = nothing(MRSE_KIND_SFG);
    c->product = nothing(MRSE_KIND_PRODUCT);
    c->line = line;
    return c;
}

static inline mrse_value gradient(double v)
{
    return stated(v, 0.005, MRSE_KIND_SFG, 31);
}

/* The sheet of the reference design M15, to the millimetre and 0.01 T/m. */
static inline fixture *calibrated(void)
{
    fixture *f = with_coils();
    f->s.n_coils = 0;
    f->s.coils = nothing(MRSE_KIND_RATIO);
    f->s.u_field = f->s.u_grad = nothing(MRSE_KIND_RATIO);
    f->s.frequency = stated(63.87e6, 3e3, MRSE_KIND_FREQUENCY, 3);
    f->s.bore_diameter.v = 0.70;
    f->s.cover_length.v = 2.20; /* long: the largest gradient is at the wall, not in front */
    f->s.cover_diameter.v = 2.10;
    add_contour(f, 0.5e-3, 3.999, 2.500);
    add_contour(f, 3e-3, 2.792, 1.985);
    add_cylinder(f, 0.20)->gradient = gradient(2.98);
    add_cylinder(f, 0.35)->gradient = gradient(5.65);
    return f;
}

#endif

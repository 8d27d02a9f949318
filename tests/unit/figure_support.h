/* A study made by hand from a magnet of three coils, small enough that figures of it draw fast.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_FIGURE_SUPPORT_H
#define MRSE_TEST_FIGURE_SUPPORT_H

#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/figure.h"
#include "support/close.h"

enum { FIX_NZ = 61, FIX_NR = 31, FIX_N = FIX_NZ * FIX_NR, FIX_SAMPLES = 101, FIX_CONTOURS = 4 };

static mrse_source fix_coil[3] = {
    {MRSE_SOURCE_COIL, 0.48, 0.52, -0.70, -0.30, 5.0e5},
    {MRSE_SOURCE_COIL, 0.48, 0.52, -0.20, 0.20, 4.0e5},
    {MRSE_SOURCE_COIL, 0.48, 0.52, 0.30, 0.70, 5.0e5},
};

typedef struct fixture {
    mrse_scanner scanner;
    mrse_study study;
    double room[3][FIX_N], bore[3][FIX_N];
    mrse_contour_row row[FIX_CONTOURS];
    double z_m[FIX_SAMPLES], b_T[FIX_SAMPLES], grad_T_m[FIX_SAMPLES], product_T2_m[FIX_SAMPLES];
    mrse_profile profile;
    mrse_path path;
    mrse_path_maxima maxima;
    mrse_interval exceeds[MRSE_PATH_INTERVALS];
    size_t n_exceeds;
    mrse_figure figure;
} fixture;

static const double fix_limit_T_m = 1.2;

static void fix_map(const mrse_magnet *magnet, double z_half_m, double r_m, double value[3][FIX_N],
                    mrse_map *map)
{
    static double r[FIX_N], z[FIX_N];

    *map =
        (mrse_map){FIX_NZ,   FIX_NR,   -z_half_m, 2 * z_half_m / (FIX_NZ - 1), r_m / (FIX_NR - 1),
                   value[0], value[1], value[2]};
    for (size_t k = 0; k < FIX_N; k++) {
        z[k] = map->z0_m + map->dz_m * (double)(k % FIX_NZ);
        r[k] = map->dr_m * (double)(k / FIX_NZ);
    }
    assert_int_equal(
        mrse_field_batch(
            magnet, FIX_N, r, z,
            &(mrse_field_arrays){.b_T = value[0], .grad_T_m = value[1], .product_T2_m = value[2]},
            1),
        MRSE_OK);
}

static void fix_contours(fixture *f)
{
    static const double level_T[FIX_CONTOURS] = {0.5e-3, 0.9e-3, 5e-3, 50e-3};
    static const char *const name[FIX_CONTOURS] = {"0.5 mT: bounds the MR ENVIRONMENT (MHRA)",
                                                   "0.9 mT: hazard line", "", ""};

    for (int i = 0; i < FIX_CONTOURS; i++) {
        assert_int_equal(mrse_contour_trace(&f->study.model.magnet, level_T[i], NULL, &f->row[i].contour),
                         MRSE_OK);
        f->row[i].name = name[i];
        f->row[i].u_z_max_m = f->row[i].u_r_max_m = 0.03;
    }
    f->study.contour = f->row;
    f->study.n_contours = FIX_CONTOURS;
}

static void fix_ride(fixture *f)
{
    static double r[FIX_SAMPLES];

    f->path = (mrse_path){0.1, 4, 0.2};
    for (size_t i = 0; i < FIX_SAMPLES; i++) {
        r[i] = f->path.r_m;
        f->z_m[i] = 4 - 3.8 * (double)i / (FIX_SAMPLES - 1);
    }
    assert_int_equal(mrse_field_batch(&f->study.model.magnet, FIX_SAMPLES, r, f->z_m,
                                      &(mrse_field_arrays){.b_T = f->b_T,
                                                           .grad_T_m = f->grad_T_m,
                                                           .product_T2_m = f->product_T2_m},
                                      1),
                     MRSE_OK);
    f->profile = (mrse_profile){FIX_SAMPLES, f->z_m, f->b_T, f->grad_T_m, f->product_T2_m};
    assert_int_equal(mrse_path_search(&f->study.model.magnet, &f->path, &f->maxima), MRSE_OK);
    assert_int_equal(
        mrse_path_exceeds(&f->study.model.magnet, &f->path, fix_limit_T_m, f->exceeds, &f->n_exceeds),
        MRSE_OK);
}

static fixture *fix_create(void)
{
    fixture *f = mrse_alloc(1, sizeof *f);

    assert_non_null(f);
    f->scanner.name = "Test magnet";
    f->scanner.bore_diameter = mrse_value_computed(0.7, 0, MRSE_KIND_LENGTH, "test");
    f->scanner.cover_length = mrse_value_computed(1.7, 0, MRSE_KIND_LENGTH, "test");
    f->scanner.cover_diameter = mrse_value_computed(1.9, 0, MRSE_KIND_LENGTH, "test");
    f->study.scanner = &f->scanner;
    f->study.model.magnet = (mrse_magnet){fix_coil, 3};
    f->study.reach_b = mrse_value_computed(1.9, 0.01, MRSE_KIND_FIELD, "test");
    f->study.reach_grad = mrse_value_computed(4.321, 0.04, MRSE_KIND_SFG, "test");
    f->study.reach_product = mrse_value_computed(5.4, 0.05, MRSE_KIND_PRODUCT, "test");
    f->study.reach_at.grad = (mrse_peak){4.321, 0.35, 0.75};
    fix_map(&f->study.model.magnet, 10, 8, f->room, &f->study.room);
    fix_map(&f->study.model.magnet, 1.6, 1.0, f->bore, &f->study.bore);
    fix_contours(f);
    fix_ride(f);
    f->figure = (mrse_figure){.study = &f->study,
                              .title = "A figure",
                              .stamp = "teaching example",
                              .record_id = "0123456789ab",
                              .path = &f->path,
                              .profile = &f->profile,
                              .u_r_m = 0.01,
                              .u_z_m = 0.02,
                              .implant = "implant",
                              .limit_T_m = fix_limit_T_m,
                              .limit_printed = "1.2 T/m",
                              .exceeds = f->exceeds,
                              .n_exceeds = f->n_exceeds,
                              .guard_T_m = 0.05};
    return f;
}

static void fix_free(fixture *f)
{
    for (int i = 0; f && i < FIX_CONTOURS; i++)
        mrse_contour_free(f->row[i].contour);
    mrse_free(f);
}

/* The figure of one kind, with the colour that kind has in a worksheet. */
static mrse_figure fix_kind(const fixture *f, mrse_figure_kind kind)
{
    mrse_figure figure = f->figure;

    figure.kind = kind;
    figure.quantity = kind == MRSE_FIGURE_ROOM_MAP ? MRSE_MAP_FIELD : MRSE_MAP_GRADIENT;
    return figure;
}

enum { FIX_KINDS = 4 };
static const mrse_figure_kind fix_kinds[FIX_KINDS] = {MRSE_FIGURE_BORE_MAP, MRSE_FIGURE_ROOM_MAP,
                                                      MRSE_FIGURE_PLAN, MRSE_FIGURE_PROFILE};

#endif

/* Helpers of the field tests: random points, sources by name, comparison of tensors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_FIELD_SUPPORT_H
#define MRSE_TEST_FIELD_SUPPORT_H

#include <stdint.h>

#include "mrse/field.h"
#include "support/close.h"

/* xorshift64: the same points on every machine. */
typedef struct dice {
    uint64_t state;
} dice;

static inline double dice_between(dice *d, double low, double high)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return low + (high - low) * ((double)(d->state >> 11) / 9007199254740992.0);
}

static inline mrse_source loop_of(double a_m, double z_m, double current_A)
{
    return (mrse_source){MRSE_SOURCE_LOOP, a_m, 0.0, z_m, 0.0, current_A};
}

static inline mrse_source sheet_of(double a_m, double z1_m, double z2_m, double current_A)
{
    return (mrse_source){MRSE_SOURCE_SHEET, a_m, 0.0, z1_m, z2_m, current_A};
}

static inline mrse_source coil_of(double r1_m, double r2_m, double z1_m, double z2_m,
                                  double current_A)
{
    return (mrse_source){MRSE_SOURCE_COIL, r1_m, r2_m, z1_m, z2_m, current_A};
}

static inline mrse_field field_of(const mrse_magnet *magnet, double r_m, double z_m)
{
    mrse_field field;
    assert_int_equal(mrse_field_at(magnet, r_m, z_m, &field), MRSE_OK);
    return field;
}

static inline mrse_field field_of_one(mrse_source source, double r_m, double z_m)
{
    const mrse_magnet magnet = {&source, 1};
    return field_of(&magnet, r_m, z_m);
}

static inline double largest_slope(const mrse_field *f)
{
    return fmax(fmax(fabs(f->dbr_dr_T_m), fabs(f->dbr_dz_T_m)),
                fmax(fmax(fabs(f->dbz_dr_T_m), fabs(f->dbz_dz_T_m)), fabs(f->br_over_r_T_m)));
}

/* B within b_tol of |B|, every derivative within slope_tol of the largest. */
static inline void assert_same_field(const mrse_field *got, const mrse_field *want, double b_tol,
                                     double slope_tol)
{
    const double b = b_tol * hypot(want->br_T, want->bz_T), g = slope_tol * largest_slope(want);
    assert_abs(got->br_T, want->br_T, b);
    assert_abs(got->bz_T, want->bz_T, b);
    assert_abs(got->dbr_dr_T_m, want->dbr_dr_T_m, g);
    assert_abs(got->dbr_dz_T_m, want->dbr_dz_T_m, g);
    assert_abs(got->dbz_dr_T_m, want->dbz_dr_T_m, g);
    assert_abs(got->dbz_dz_T_m, want->dbz_dz_T_m, g);
    assert_abs(got->br_over_r_T_m, want->br_over_r_T_m, g);
}

#endif

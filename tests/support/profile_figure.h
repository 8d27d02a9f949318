/* A figure with made-up contents, for tests of what figures are put into: it needs no field.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_PROFILE_FIGURE_H
#define MRSE_TEST_PROFILE_FIGURE_H

#include <stddef.h>

#include "mrse/figure.h"

static inline mrse_figure test_profile_figure(void)
{
    static double z_m[] = {4, 3, 2, 1, 0}, b_T[] = {0.01, 0.03, 0.2, 1.2, 1.5};
    static double grad_T_m[] = {0.01, 0.05, 0.6, 2.4, 0.1};
    static double product_T2_m[] = {1e-4, 1.5e-3, 0.12, 2.88, 0.15};
    static const mrse_profile profile = {5, z_m, b_T, grad_T_m, product_T2_m};
    static const mrse_path path = {.r_m = 0.1, .z_start_m = 4, .z_end_m = 0};
    static const mrse_study study = {.b0_T = 1.5};
    return (mrse_figure){.kind = MRSE_FIGURE_PROFILE,
                         .study = &study,
                         .profile = &profile,
                         .path = &path,
                         .title = "A ride",
                         .implant = "implant <b>",
                         .limit_T_m = 2.5};
}

#endif

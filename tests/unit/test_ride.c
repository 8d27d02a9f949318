/* The ride of an object into the magnet: its profile, what does not go through the covers, and what a
 * vague position makes of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mrse/mrse.h"
#include "sheet_support.h"
#include "support/close.h"

static mrse_study *study; /* bore 60 cm, covers 160 cm long */

static int begin(void **state)
{
    (void)state;
    if (mrse_init() != MRSE_OK)
        return -1;
    return mrse_study_run(&with_coils()->s, NULL, &study, NULL) == MRSE_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mrse_study_free(study);
    return 0;
}

/* Equal steps from end to end, and at each the field of that place. */
static void profile__any_number_of_samples__evenly_from_end_to_end(void **state)
{
    (void)state;
    static const mrse_path path = {.r_m = 0.1, .z_start_m = 2.0, .z_end_m = -0.4};
    for (size_t n = 2; n <= 7; n++) {
        mrse_profile p;
        assert_int_equal(mrse_profile_run(&study->model.magnet, &path, n, &p), MRSE_OK);
        assert_int_equal(p.n, n);
        for (size_t i = 0; i < n; i++) {
            double share = (double)i / (double)(n - 1);
            mrse_sfg at;
            assert_abs(p.z_m[i], 2.0 * (1.0 - share) - 0.4 * share, 1e-12);
            assert_int_equal(mrse_sfg_at(&study->model.magnet, 0.1, p.z_m[i], &at), MRSE_OK);
            assert_rel(p.b_T[i], at.b_T, 1e-9);
            assert_rel(p.grad_T_m[i], at.grad_T_m, 1e-9);
        }
        mrse_profile_free(&p);
    }
}

static mrse_status ride_to(double x_m, double z_m, mrse_ride *out)
{
    const mrse_position p = {.x_m = x_m, .z_m = z_m, .entry = MRSE_ENTRY_FEET_FIRST};
    return mrse_study_ride(study, &p, (double)NAN, out);
}

/* Wider than the bore it may come up to the covers, and not into them. */
static void ride__outside_the_bore__as_far_as_the_covers(void **state)
{
    (void)state;
    static const struct {
        double x_m, z_m;
        mrse_status is;
    } row[] = {{0.35, 1.0, MRSE_OK},         {0.35, 0.8, MRSE_OK},
               {0.35, 0.79, MRSE_ERR_RANGE}, {0.35, 0.0, MRSE_ERR_RANGE},
               {0.35, -1.0, MRSE_ERR_RANGE}, /* through all of it */
               {0.3, 0.0, MRSE_OK},          /* along the wall */ {0.29, 0.0, MRSE_OK},
               {0.29, -1.0, MRSE_OK}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_ride ride;
        assert_int_equal(ride_to(row[i].x_m, row[i].z_m, &ride), row[i].is);
        mrse_ride_clear(&ride);
    }
    double covers_m = study->reach.cover_half_length_m;
    mrse_ride ride;
    study->reach.cover_half_length_m = 0.08; /* however thin the covers are */
    assert_int_equal(ride_to(0.35, 0.1, &ride), MRSE_OK);
    mrse_ride_clear(&ride);
    assert_int_equal(ride_to(0.35, -0.1, &ride), MRSE_ERR_RANGE);
    study->reach.cover_half_length_m = covers_m;
}

/* Two standard uncertainties that reach into the covers leave the ride without an uncertainty. */
static void ride__two_uncertainties_into_the_covers__uncertainty_not_known(void **state)
{
    (void)state;
    static const struct {
        double x_m, z_m, u_x_m, u_y_m, u_couch_m, u_z_m;
        bool known;
    } row[] = {{0.2, 0.0, 0.045, 0, 0, 0, true},       {0.2, 0.0, 0.055, 0, 0, 0, false},
               {0.2, 0.0, 0, 0.045, 0, 0, true},       {0.2, 0.0, 0, 0.055, 0, 0, false},
               {0.2, 0.0, 0, 0, 0.045, 0, true},       {0.2, 0.0, 0, 0, 0.055, 0, false},
               {0.2, 0.0, 0.03, 0.03, 0, 0, true}, /* together 0.042 and 0.052 */
               {0.2, 0.0, 0.03, 0.03, 0.03, 0, false}, {0.35, 0.9, 0, 0, 0, 0.045, true},
               {0.35, 0.9, 0, 0, 0, 0.055, false}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        mrse_ride ride;
        const mrse_position p = {.x_m = row[i].x_m,
                                 .z_m = row[i].z_m,
                                 .u_x_m = row[i].u_x_m,
                                 .u_y_m = row[i].u_y_m,
                                 .u_couch_m = row[i].u_couch_m,
                                 .u_z_m = row[i].u_z_m,
                                 .entry = MRSE_ENTRY_FEET_FIRST};
        assert_int_equal(mrse_study_ride(study, &p, (double)NAN, &ride), MRSE_OK);
        if (isfinite(ride.at.grad.u) != row[i].known || isfinite(ride.at.b.u) != row[i].known ||
            isfinite(ride.at.product.u) != row[i].known)
            fail_msg("row %zu", i);
        assert_true(isfinite(ride.at.grad.v));
        mrse_ride_clear(&ride);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profile__any_number_of_samples__evenly_from_end_to_end),
        cmocka_unit_test(ride__outside_the_bore__as_far_as_the_covers),
        cmocka_unit_test(ride__two_uncertainties_into_the_covers__uncertainty_not_known),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

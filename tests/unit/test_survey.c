/* Alignment of surveys: placements that are known, points that are disturbed, and what must not be
 * said. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"
#include "support/magnets.h"
#include "support/oom.h"
#include "support/room.h"

static const double DEG = MRSE_PI / 180.0;
static const room_plan SIXTY = {
    .magnet = &test_m15, .n = 60, .iron = true, .plane_m = NAN, .position_m = 5e-3, .share = 0.02};

static mrse_model exact(const mrse_magnet *magnet)
{
    mrse_model m = {*magnet, 0.0, 0.0, NULL, 0};
    return m;
}

/* The sanitizers' build is ten times slower and knows nothing more of accuracy. */
#ifdef __SANITIZE_ADDRESS__
enum { SEEDS = 1 };
#else
enum { SEEDS = 5 };
#endif

/* What goes wrong over many seeds. */
typedef struct tally {
    size_t surveys, failed, honest, flagged, iron, missed, missed_strong, disagree;
    double worst_m, worst_height_m, worst_rad, sum_z2;
} tally;

static void count(const room *made, const room_plan *plan, const mrse_alignment *a, tally *t)
{
    const double dx = a->at.x_m - made->truth.x_m, dy = a->at.y_m - made->truth.y_m;
    t->worst_m = fmax(t->worst_m, hypot(dx, dy));
    t->worst_height_m = fmax(t->worst_height_m, fabs(a->at.z_m - made->truth.z_m));
    t->worst_rad =
        fmax(t->worst_rad, fabs(remainder(a->at.azimuth_rad - made->truth.azimuth_rad, MRSE_PI)));
    t->sum_z2 += 0.5 * (pow(dx / a->u.x_m, 2) + pow(dy / a->u.y_m, 2));
    for (size_t i = 0; i < made->n; i++) {
        const mrse_survey_row *row = &a->row[i];
        if (plan->iron && i < ROOM_IRON) {
            /* clear: six standard uncertainties of the point */
            const double u = hypot(row->u_measured_T, row->u_predicted_T) / row->predicted_T;
            t->iron++;
            t->missed += !row->outlier;
            t->missed_strong += !row->outlier && fabs(made->change[i]) > 6.0 * u;
        } else {
            t->honest++;
            t->flagged += row->outlier;
            t->disagree += fabs(row->en) > 1.0;
        }
    }
}

static tally run(const room_plan *plan, const mrse_model *model, size_t seeds)
{
    static room made;
    tally t = {0};
    for (size_t seed = 1; seed <= seeds; seed++) {
        mrse_alignment a;
        room_make(plan, seed, &made);
        t.surveys++;
        if (mrse_survey_align(model, made.point, made.n, NULL, &a) != MRSE_OK) {
            t.failed++;
            continue;
        }
        assert_int_equal(a.n_rows, made.n);
        assert_int_equal(a.n_used + a.n_outliers, made.n);
        count(&made, plan, &a, &t);
        mrse_alignment_clear(&a);
    }
    print_message("%zu surveys: %zu failed; %zu of %zu honest points flagged, %zu beyond E_n; iron "
                  "missed %zu of %zu (clear: %zu); worst %.1f mm, height %.1f mm, %.2f deg; z2 "
                  "%.2f\n",
                  t.surveys, t.failed, t.flagged, t.honest, t.disagree, t.missed, t.iron,
                  t.missed_strong, 1e3 * t.worst_m, 1e3 * t.worst_height_m, t.worst_rad / DEG,
                  t.sum_z2 / (double)t.surveys);
    return t;
}

/* ---- alignment ---- */

static void align__sixty_points_with_iron__found(void **state)
{
    (void)state;
    const mrse_model model = exact(&test_m15);
    room_plan plan = SIXTY;
    for (int decrease = 0; decrease <= 1; decrease++) {
        plan.decrease = decrease;
        const tally t = run(&plan, &model, SEEDS);
        assert_int_equal(t.failed, 0);
        assert_int_equal(t.flagged, 0);
        assert_int_equal(t.missed_strong, 0);
        assert_true(t.missed <= t.iron / 15); /* the weakest of the five is 10 % */
        assert_true(t.worst_m < 0.01);
        assert_true(t.worst_rad < 0.5 * DEG);
        assert_true(t.disagree <= t.honest / 12); /* two sigma: one of 22 */
        assert_true(t.sum_z2 < 2.0 * (double)t.surveys);
    }
}

static void align__thirty_points_with_iron__found(void **state)
{
    (void)state;
    const mrse_model model = exact(&test_m15);
    room_plan plan = SIXTY;
    plan.n = 30;
    const tally t = run(&plan, &model, SEEDS);
    assert_int_equal(t.failed, 0);
    assert_int_equal(t.flagged, 0);
    assert_true(t.missed <= t.iron / 5 + 1); /* the weakest hide in the scatter of so few points */
    assert_true(t.worst_m < 0.02); /* a third of the points: their own scatter allows no less */
    assert_true(t.worst_rad < 0.5 * DEG);
}

static void align__three_sides__found(void **state)
{
    (void)state;
    const mrse_model model = exact(&test_m15);
    room_plan plan = SIXTY;
    plan.three_sides = true;
    const tally t = run(&plan, &model, SEEDS);
    assert_int_equal(t.failed, 0);
    assert_int_equal(t.flagged, 0);
    assert_int_equal(t.missed_strong, 0);
    assert_true(t.worst_m < 0.012);
    assert_true(t.worst_rad < 0.5 * DEG);
}

static void align__clean_points__none_flagged(void **state)
{
    (void)state;
    const mrse_model m15 = exact(&test_m15), m30 = exact(&test_m30);
    room_plan plan = SIXTY;
    plan.iron = false;
    plan.n = 100;
    tally t = run(&plan, &m15, SEEDS);
    assert_int_equal(t.failed + t.flagged, 0);
    plan.magnet = &test_m30;
    plan.n = 30;
    t = run(&plan, &m30, SEEDS);
    assert_int_equal(t.failed + t.flagged, 0);
}

static void align__one_plane__taken_as_that_of_isocentre(void **state)
{
    (void)state;
    const mrse_model model = exact(&test_m30);
    room_plan plan = SIXTY;
    plan.magnet = &test_m30;
    plan.plane_m = 1.0;
    const tally t = run(&plan, &model, SEEDS);
    assert_int_equal(t.failed, 0);
    assert_int_equal(t.flagged, 0);
    assert_true(t.worst_height_m < 0.01); /* the plane's own */
    assert_true(t.worst_m < 0.01);
}

/* ---- models that may be wrong: points that go together ---- */

static void vary(mrse_source source[10], double shield, double all)
{
    memcpy(source, test_m15_coils, sizeof test_m15_coils);
    for (size_t i = 0; i < 10; i++)
        source[i].current_A *= (1.0 + all) * (i >= 8 ? 1.0 + shield : 1.0);
}

static void align__model_with_variants__honest_points_stay(void **state)
{
    (void)state;
    static const double SHIELD = 1.5e-3, ALL = 6e-3; /* 1 to 10 % of |B| in the room */
    mrse_source real[10], up[10], down[10], more[10];
    size_t flagged = 0, missed_strong = 0, iron = 0, missed = 0, disagree = 0, honest = 0;
    vary(up, SHIELD, 0.0);
    vary(down, -SHIELD, 0.0);
    vary(more, 0.0, ALL);
    const mrse_variant variant[] = {{{up, 10}, 0, 1.0}, {{down, 10}, 0, 1.0}, {{more, 10}, 1, 1.0}};
    const mrse_model model = {test_m15, 0.0, 0.0, variant, 3};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        static room made;
        mrse_alignment a;
        tally t = {0};
        room_state = seed;
        const double one = room_normal(), two = room_normal();
        vary(real, SHIELD * one, ALL * two);
        const mrse_magnet magnet = {real, 10};
        room_plan plan = SIXTY;
        plan.magnet = &magnet;
        room_make(&plan, seed, &made);
        assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_OK);
        count(&made, &plan, &a, &t);
        mrse_alignment_clear(&a);
        assert_true(t.worst_m < 0.015 && t.worst_rad < 0.5 * DEG);
        flagged += t.flagged;
        missed += t.missed;
        missed_strong += t.missed_strong;
        iron += t.iron;
        disagree += t.disagree;
        honest += t.honest;
    }
    print_message("variants: flagged %zu, missed %zu of %zu, clear %zu, beyond E_n %zu of %zu\n",
                  flagged, missed, iron, missed_strong, disagree, honest);
    assert_int_equal(flagged, 0);
    assert_int_equal(missed_strong, 0);
    assert_true(missed <= iron / 6);
    assert_true(disagree <= honest / 12);
}

static void align__relative_u_of_field__same_error_of_all_is_no_outlier(void **state)
{
    (void)state;
    mrse_source real[10];
    static room made;
    mrse_alignment a;
    vary(real, 0.0, 0.08);
    const mrse_magnet magnet = {real, 10};
    room_plan plan = SIXTY;
    plan.magnet = &magnet;
    room_make(&plan, 3, &made);
    const mrse_model sure = exact(&test_m15), doubtful = {test_m15, 0.05, 0.05, NULL, 0};
    assert_int_equal(mrse_survey_align(&doubtful, made.point, made.n, NULL, &a), MRSE_OK);
    for (size_t i = ROOM_IRON; i < made.n; i++)
        assert_false(a.row[i].outlier);
    assert_true(a.row[0].outlier && a.row[1].outlier && a.row[2].outlier);
    assert_abs(a.at.x_m, made.truth.x_m, 0.015);
    assert_abs(a.at.y_m, made.truth.y_m, 0.015);
    mrse_alignment_clear(&a);
    /* without that, the misfit shows in chi2 and widens what is said of the placement */
    assert_int_equal(mrse_survey_align(&sure, made.point, made.n, NULL, &a), MRSE_OK);
    assert_true(a.chi2 > 3.0 * (double)a.dof);
    mrse_alignment_clear(&a);
}

/* ---- rows, by hand ---- */

static room exact_room(size_t n, double azimuth_rad, double tilt_rad)
{
    static const room_plan clean = {.magnet = &test_m15, .n = 1, .plane_m = NAN};
    room made;
    room_state = 99;
    made.n = n;
    made.truth = (mrse_placement){3.2, 2.9, 1.05, azimuth_rad, tilt_rad};
    for (size_t i = 0; i < n; i++) {
        double at[3];
        room_place(&clean, &made, at);
        room_measure(&clean, &made, i, at, 0.0);
        made.point[i].u_position_m = 5e-3;
        made.point[i].u_b_T = 0.02 * made.point[i].b_T;
    }
    return made;
}

static void rows__one_point_larger__follow_their_definition(void **state)
{
    (void)state;
    room made = exact_room(40, 0.4, 0.0);
    const mrse_model model = {test_m15, 0.01, 0.01, NULL, 0};
    const mrse_placement_prior held = {made.truth, 0.0, 0.0, 0.0};
    mrse_alignment a;
    mrse_sfg sfg;
    double r, z;
    made.point[7].b_T *= 1.5;
    made.point[7].u_b_T *= 1.5;
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, &held, &a), MRSE_OK);
    const mrse_survey_row *row = &a.row[7];
    const mrse_survey_point *q = &made.point[7];
    mrse_placement_to_magnet(&made.truth, q->x_m, q->y_m, q->z_m, &r, &z);
    assert_int_equal(mrse_sfg_at(&test_m15, r, z, &sfg), MRSE_OK);
    assert_abs(row->r_m, r, 1e-12);
    assert_abs(row->z_m, z, 1e-12);
    assert_rel(row->predicted_T, sfg.b_T, 1e-12);
    assert_rel(row->u_predicted_T, 0.01 * sfg.b_T,
               1e-12); /* the placement is held: no part of it */
    const double u_measured = hypot(q->u_b_T, 5e-3 * sfg.grad_T_m);
    assert_rel(row->u_measured_T, u_measured, 1e-12);
    assert_rel(row->en, (q->b_T - sfg.b_T) / (2.0 * hypot(u_measured, 0.01 * sfg.b_T)), 1e-12);
    assert_rel(row->outward_m, log(1.5) * sfg.b_T / sfg.grad_T_m, 1e-9);
    assert_true(row->outlier);
    assert_int_equal(a.n_outliers, 1);
    assert_abs(a.u.x_m, 0.0, 0.0);
    mrse_alignment_clear(&a);
}

static void align__exact_readings__placement_and_signs(void **state)
{
    (void)state;
    const room made = exact_room(40, 100.0 * DEG, 0.0);
    const mrse_model model = exact(&test_m15);
    mrse_placement_prior start = {{NAN, NAN, NAN, 100.0 * DEG, 0.0}, NAN, NAN, 0.0};
    mrse_alignment a;
    /* nothing said: the end that points to +x */
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_OK);
    assert_abs(a.at.x_m, 3.2, 1e-5);
    assert_abs(a.at.y_m, 2.9, 1e-5);
    assert_abs(a.at.z_m, 1.05, 1e-5);
    assert_abs(a.at.azimuth_rad, -80.0 * DEG, 1e-5);
    assert_true(a.u.z_m > 1e-3 && a.u.z_m < 0.05);
    mrse_alignment_clear(&a);
    /* a start: the end nearer to it, from 60 degrees off and round the circle */
    static const double from[] = {100.0, 160.0, 41.0, 460.0};
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        start.at.azimuth_rad = from[i] * DEG;
        assert_int_equal(mrse_survey_align(&model, made.point, made.n, &start, &a), MRSE_OK);
        assert_abs(a.at.azimuth_rad, 100.0 * DEG, 1e-5);
        mrse_alignment_clear(&a);
    }
}

static void align__magnet_without_mirror_symmetry__knows_its_end(void **state)
{
    (void)state;
    mrse_source source[10];
    memcpy(source, test_m15_coils, sizeof source);
    source[8].current_A *= 0.97;
    const mrse_magnet magnet = {source, 10};
    const mrse_model model = exact(&magnet);
    room_plan plan = SIXTY;
    mrse_alignment a;
    static room made;
    plan.magnet = &magnet;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        room_make(&plan, seed, &made);
        if (seed % 2 == 0) /* the other end: towards -x, where nothing would put it by default */
            for (size_t i = 0; i < made.n; i++) {
                made.point[i].x_m = -made.point[i].x_m;
                made.point[i].y_m = -made.point[i].y_m;
            }
        const double azimuth = made.truth.azimuth_rad + (seed % 2 == 0 ? MRSE_PI : 0.0);
        assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_OK);
        assert_abs(remainder(a.at.azimuth_rad - azimuth, 2.0 * MRSE_PI), 0.0, 0.5 * DEG);
        mrse_alignment_clear(&a);
    }
}

static void align__tilt_left_free__found(void **state)
{
    (void)state;
    const room made = exact_room(60, 0.4, 2.0 * DEG);
    const mrse_model model = exact(&test_m15);
    const mrse_placement_prior prior = {
        {NAN, NAN, NAN, 0.4, 0.0}, NAN, NAN, 3.0 * DEG}; /* the datum pulls towards 0 */
    mrse_alignment a;
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, &prior, &a), MRSE_OK);
    assert_abs(a.at.tilt_rad, 2.0 * DEG, 0.1 * DEG);
    assert_true(a.u.tilt_rad > 0.0 && a.u.tilt_rad < 1.0 * DEG);
    mrse_alignment_clear(&a);
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_OK);
    assert_abs(a.at.tilt_rad, 0.0, 0.0);
    assert_abs(a.u.tilt_rad, 0.0, 0.0);
    mrse_alignment_clear(&a);
}

/* ---- what does not fix a placement ---- */

static void align__too_few_or_unusable_points__range(void **state)
{
    (void)state;
    room made = exact_room(12, 0.4, 0.0);
    const mrse_model model = exact(&test_m15);
    mrse_alignment a;
    assert_int_equal(mrse_survey_align(&model, made.point, 5, NULL, &a), MRSE_ERR_RANGE);
    assert_null(a.row);
    assert_int_equal(mrse_survey_align(&model, NULL, 0, NULL, &a), MRSE_ERR_RANGE);
    made.point[0].b_T = NAN;
    made.point[1].b_T = 0.0;
    made.point[2].x_m = INFINITY;
    made.point[3].u_b_T = -1.0;
    made.point[4].u_position_m = NAN;
    assert_int_equal(mrse_survey_align(&model, made.point, 10, NULL, &a), MRSE_ERR_RANGE);
    assert_int_equal(mrse_survey_align(&model, made.point, 12, NULL, &a), MRSE_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_true(isnan(a.row[i].en) && isnan(a.row[i].predicted_T));
        assert_false(a.row[i].outlier);
    }
    assert_int_equal(a.n_used, 7);
    mrse_alignment_clear(&a);
}

/* All points in one place, and a plane that a magnet of unknown strength may lie beside. */
static void align__points_that_fix_nothing__range(void **state)
{
    (void)state;
    room made = exact_room(30, 0.4, 0.0);
    const mrse_model model = exact(&test_m15), vague = {test_m15, 0.3, 0.3, NULL, 0};
    mrse_alignment a;
    for (size_t i = 1; i < made.n; i++)
        made.point[i] = made.point[0];
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_ERR_RANGE);
    static room plane;
    room_plan plan = SIXTY;
    plan.plane_m = 1.05;
    plan.n = 12;
    plan.iron = false;
    plan.b_high_T = 1e-3; /* far away all of them */
    room_make(&plan, 5, &plane);
    assert_int_equal(mrse_survey_align(&vague, plane.point, plane.n, NULL, &a), MRSE_ERR_RANGE);
    assert_null(a.row);
}

/* Measured 60 cm above isocentre: not said to be the isocentre's height. */
static void align__plane_beside_isocentre__range_until_the_height_is_said(void **state)
{
    (void)state;
    static room made;
    room_plan plan = SIXTY;
    plan.plane_m = 1.0;
    room_make(&plan, 2, &made);
    mrse_placement low = made.truth;
    low.z_m = 0.4;
    for (size_t i = 0; i < made.n; i++) {
        double r, z;
        mrse_sfg sfg;
        mrse_survey_point *q = &made.point[i];
        mrse_placement_to_magnet(&low, q->x_m, q->y_m, q->z_m, &r, &z);
        assert_int_equal(mrse_sfg_at(&test_m15, r, z, &sfg), MRSE_OK);
        q->b_T = sfg.b_T * (1.0 + made.change[i]) * (1.0 + 0.02 * room_normal());
        q->u_b_T = 0.02 * q->b_T;
    }
    const mrse_model model = exact(&test_m15);
    mrse_alignment a;
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, NULL, &a), MRSE_ERR_RANGE);
    mrse_placement_prior prior = {{NAN, NAN, 0.45, NAN, 0.0}, NAN, NAN, 0.0};
    assert_int_equal(mrse_survey_align(&model, made.point, made.n, &prior, &a), MRSE_OK);
    assert_abs(a.at.z_m, 0.4, 0.1);
    assert_abs(a.at.x_m, made.truth.x_m, 0.015);
    assert_abs(a.at.y_m, made.truth.y_m, 0.015);
    mrse_alignment_clear(&a);
}

static void align__arguments_that_are_mistakes__arg(void **state)
{
    (void)state;
    const room made = exact_room(12, 0.4, 0.0);
    mrse_model model = exact(&test_m15);
    mrse_placement_prior prior = {made.truth, -0.01, NAN, 0.0};
    mrse_alignment a;
    assert_int_equal(mrse_survey_align(&model, made.point, 12, NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_align(NULL, made.point, 12, NULL, &a), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_align(&model, NULL, 12, NULL, &a), MRSE_ERR_ARG);
    assert_int_equal(mrse_survey_align(&model, made.point, 12, &prior, &a), MRSE_ERR_ARG);
    model.u_field = NAN;
    assert_int_equal(mrse_survey_align(&model, made.point, 12, NULL, &a), MRSE_ERR_ARG);
    const mrse_magnet none = {NULL, 0};
    model = exact(&none);
    assert_int_not_equal(mrse_survey_align(&model, made.point, 12, NULL, &a), MRSE_OK);
    mrse_alignment_clear(NULL);
}

static void to_magnet__turned_and_tilted__by_hand(void **state)
{
    (void)state;
    const mrse_placement at = {1.0, 2.0, 1.0, 90.0 * DEG, 0.0}, up = {0, 0, 0, 0, 30.0 * DEG};
    double r, z;
    mrse_placement_to_magnet(&at, 4.0, 6.0, 1.0, &r, &z); /* 4 m along +y, 3 m across */
    assert_abs(r, 3.0, 1e-12);
    assert_abs(z, 4.0, 1e-12);
    mrse_placement_to_magnet(&up, cos(30.0 * DEG), 0.0, sin(30.0 * DEG), &r, &z);
    assert_abs(r, 0.0, 1e-12);
    assert_abs(z, 1.0, 1e-12);
}

static mrse_status align_once(void *context)
{
    const room *made = context;
    mrse_source up[10];
    vary(up, 1e-3, 0.0);
    const mrse_variant variant = {{up, 10}, 0, 1.0};
    const mrse_model model = {test_m15, 0.01, 0.01, &variant, 1};
    const mrse_placement_prior prior = {made->truth, 0.05, 0.02, 0.0};
    mrse_alignment a;
    const mrse_status status = mrse_survey_align(&model, made->point, made->n, &prior, &a);
    mrse_alignment_clear(&a);
    return status;
}

static void align__no_memory__says_so_and_leaks_nothing(void **state)
{
    (void)state;
    room made = exact_room(8, 0.4, 0.0);
    assert_true(oom_exhaust(align_once, &made) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(align__sixty_points_with_iron__found),
        cmocka_unit_test(align__thirty_points_with_iron__found),
        cmocka_unit_test(align__three_sides__found),
        cmocka_unit_test(align__clean_points__none_flagged),
        cmocka_unit_test(align__one_plane__taken_as_that_of_isocentre),
        cmocka_unit_test(align__model_with_variants__honest_points_stay),
        cmocka_unit_test(align__relative_u_of_field__same_error_of_all_is_no_outlier),
        cmocka_unit_test(rows__one_point_larger__follow_their_definition),
        cmocka_unit_test(align__exact_readings__placement_and_signs),
        cmocka_unit_test(align__magnet_without_mirror_symmetry__knows_its_end),
        cmocka_unit_test(align__tilt_left_free__found),
        cmocka_unit_test(align__too_few_or_unusable_points__range),
        cmocka_unit_test(align__points_that_fix_nothing__range),
        cmocka_unit_test(align__plane_beside_isocentre__range_until_the_height_is_said),
        cmocka_unit_test(align__arguments_that_are_mistakes__arg),
        cmocka_unit_test(to_magnet__turned_and_tilted__by_hand),
        cmocka_unit_test(align__no_memory__says_so_and_leaks_nothing),
    };
    return mrse_init() == MRSE_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}

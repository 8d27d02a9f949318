/* Surveys made up for tests: points around a magnet in a room, with errors of position and reading
 * and iron near some of them; the same for the same seed, everywhere.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_ROOM_H
#define MRSE_TEST_ROOM_H

#include <stdint.h>

#include "mrse/survey.h"

enum { ROOM_MOST = 120, ROOM_IRON = 5 };

typedef struct room_plan {
    const mrse_magnet *magnet; /* the real one */
    size_t n;                  /* points, those at the iron among them: the first ROOM_IRON */
    bool iron, decrease;       /* whether there is iron, and whether |B| falls at it */
    bool three_sides;          /* nothing is measured behind the magnet (below y of isocentre) */
    double plane_m;            /* all points at this height; NaN: heights from 0.3 to 2.0 m */
    double position_m, share;  /* errors: standard deviation of coordinates, of readings */
    double b_low_T, b_high_T;  /* fields that are measured; 0: 0.2 to 30 mT */
} room_plan;

typedef struct room {
    mrse_placement truth;
    mrse_survey_point point[ROOM_MOST];
    double change[ROOM_MOST]; /* of |B| at the point, relative, by the iron */
    size_t n;
} room;

static uint64_t room_state;

/* 0 to 1, neither included. Source: Steele, Lea, Flood, SplitMix64. */
static double room_uniform(void)
{
    room_state += 0x9e3779b97f4a7c15u;
    uint64_t z = room_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return ((double)(z >> 11) + 0.5) / 9007199254740992.0;
}

static double room_normal(void)
{
    const double u = room_uniform(), v = room_uniform();
    return sqrt(-2.0 * log(u)) * cos(2.0 * MRSE_PI * v);
}

static double room_between(double low, double high)
{
    return low + (high - low) * room_uniform();
}

static double room_field(const room_plan *plan, const room *made, const double at[3])
{
    double r, z;
    mrse_sfg sfg;
    mrse_placement_to_magnet(&made->truth, at[0], at[1], at[2], &r, &z);
    return mrse_sfg_at(&plan->magnet[0], r, z, &sfg) == MRSE_OK ? sfg.b_T : (double)NAN;
}

/* Somewhere around the magnet where the field is one that people measure. */
static void room_place(const room_plan *plan, const room *made, double at[3])
{
    const double low = plan->b_low_T > 0.0 ? plan->b_low_T : 0.2e-3;
    const double high = plan->b_high_T > 0.0 ? plan->b_high_T : 30e-3;
    double b;
    do {
        const double turn = room_between(0.0, 2.0 * MRSE_PI), far = room_between(1.3, 5.0);
        at[0] = made->truth.x_m + far * cos(turn);
        at[1] = made->truth.y_m + far * sin(turn);
        at[2] = isfinite(plan->plane_m) ? plan->plane_m : room_between(0.3, 2.0);
        b = room_field(plan, made, at);
    } while (!(b > low && b < high) || (plan->three_sides && at[1] < made->truth.y_m - 0.5));
}

/* A body of iron beside a point, magnetised along the field: a dipole. On its line of the field |B|
 * rises by 60 to 10 % at the five points, across it falls by 50 to 8 %. */
static double room_iron(const room_plan *plan, const double iron[3], const double line[3],
                        const double at[3])
{
    double away = 0.0, along = 0.0;
    for (int k = 0; k < 3; k++) {
        away += (at[k] - iron[k]) * (at[k] - iron[k]);
        along += (at[k] - iron[k]) * line[k];
    }
    const double cosine2 = away > 0.0 ? along * along / away : 0.0;
    const double strength = plan->decrease ? 1.0 : 0.6; /* at 0.5 m */
    return strength * 0.5 * (3.0 * cosine2 - 1.0) * pow(0.25 / away, 1.5);
}

static void room_measure(const room_plan *plan, room *made, size_t i, const double at[3],
                         double change)
{
    mrse_survey_point *q = &made->point[i];
    double b = room_field(plan, made, at) * (1.0 + change) * (1.0 + plan->share * room_normal());
    made->change[i] = change;
    q->x_m = at[0] + plan->position_m * room_normal();
    q->y_m = at[1] + plan->position_m * room_normal();
    q->z_m = at[2] + plan->position_m * room_normal();
    q->b_T = b;
    q->u_position_m = plan->position_m;
    q->u_b_T = plan->share * b;
}

static void room_make(const room_plan *plan, uint64_t seed, room *made)
{
    static const double far[ROOM_IRON] = {0.5, 0.575, 0.65, 0.75, 0.9};
    double iron[3], line[3] = {0, 0, 0}, at[3];
    room_state = seed * 0x2545f4914f6cdd1du + 12345u;
    made->n = plan->n;
    made->truth = (mrse_placement){room_between(2.0, 4.0), room_between(2.0, 4.0),
                                   isfinite(plan->plane_m) ? plan->plane_m : 1.05,
                                   room_between(-1.5, 1.5), 0.0};
    do
        room_place(plan, made, iron);
    while (plan->iron && !(room_field(plan, made, iron) < 5e-3));
    const double turn = room_between(0.0, 2.0 * MRSE_PI);
    line[0] = cos(turn);
    line[1] = sin(turn);
    for (size_t i = 0; i < plan->n; i++) {
        const bool near = plan->iron && i < ROOM_IRON;
        double change = 0.0;
        if (near) {
            at[0] = iron[0] + far[i] * (plan->decrease ? -line[1] : line[0]);
            at[1] = iron[1] + far[i] * (plan->decrease ? line[0] : line[1]);
            at[2] = iron[2];
        } else {
            do
                room_place(plan, made, at);
            while (plan->iron && hypot(at[0] - iron[0], at[1] - iron[1]) < 2.0);
        }
        if (plan->iron)
            change = room_iron(plan, iron, line, at);
        room_measure(plan, made, i, at, change);
    }
}

#endif

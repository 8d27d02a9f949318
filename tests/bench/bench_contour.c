/* How long the field of one magnet takes: contours of nine levels, seven cylinders, what can be
 * reached, a ride. One thread; the whole is meant to stay below 0.25 s.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <time.h>

#include "mrse/contour.h"
#include "mrse/path.h"
#include "support/magnets.h"

enum { LEVELS = 9, RADII = 7, ROUNDS = 5 };

static double seconds(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t))
        return 0.0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static mrse_status contours(const mrse_magnet *magnet)
{
    static const double level_T[LEVELS] = {0.2, 0.04, 0.02, 0.01, 5e-3, 3e-3, 1e-3, 0.9e-3, 0.5e-3};
    mrse_contour *c[LEVELS];
    mrse_status status = mrse_contour_trace_levels(magnet, LEVELS, level_T, NULL, c);
    for (int i = 0; i < LEVELS && !status; i++)
        mrse_contour_free(c[i]);
    return status;
}

static mrse_status cylinders(const mrse_magnet *magnet)
{
    mrse_status status = MRSE_OK;
    for (int i = 0; i < RADII && !status; i++) {
        mrse_cylinder c;
        status = mrse_cylinder_maxima(magnet, 0.05 * i, &c);
    }
    return status;
}

static mrse_status reach(const mrse_magnet *magnet)
{
    mrse_reach_maxima m;
    return mrse_reach_search(magnet, &(mrse_reach){0.35, 0.85}, &m);
}

static mrse_status ride(const mrse_magnet *magnet)
{
    const mrse_path path = {0.2, 4.0, -0.1};
    mrse_path_maxima m;
    mrse_interval stretch[MRSE_PATH_INTERVALS];
    size_t n;
    double radius_m;
    mrse_status status = mrse_path_search(magnet, &path, &m);
    if (!status)
        status = mrse_path_exceeds(magnet, &path, 2.0, stretch, &n);
    return status ? status : mrse_path_radius(magnet, &path, 4.0, 0.35, &radius_m);
}

int main(void)
{
    static const struct {
        const char *name;
        mrse_status (*run)(const mrse_magnet *magnet);
    } part[] = {
        {"9 contours", contours}, {"7 cylinders", cylinders}, {"reach", reach}, {"ride", ride}};
    double all = 0.0;
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        double least = 1e9;
        for (int k = 0; k < ROUNDS; k++) {
            double start = seconds();
            if (part[i].run(&test_m15))
                return 1;
            double took = seconds() - start;
            least = took < least ? took : least;
        }
        all += least;
        printf("%-12s %8.2f ms\n", part[i].name, 1e3 * least);
    }
    printf("%-12s %8.2f ms\n", "all", 1e3 * all);
    return 0;
}

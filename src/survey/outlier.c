/* Points that do not belong: found by their studentised residuals, left out, fitted again, until the
 * set stays. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "survey_internal.h"

/* Chauvenet leaves out what half a point is expected to exceed, and so flags something in two clean
 * surveys of five; here one survey in a hundred may lose a point. */
static const double FALSE_ALARMS = 0.01;
/* Iron disturbs its surroundings: within this distance of a flagged point less is needed. */
static const double NEAR_M = 0.5, NEAR_LIMIT = 2.0;
enum { ROUNDS = 20, MOST = 3 }; /* at most one point of three is left out */

static double distance(const mrse_survey_point *a, const mrse_survey_point *b)
{
    return hypot(hypot(a->x_m - b->x_m, a->y_m - b->y_m), a->z_m - b->z_m);
}

static bool is_near_flagged(const survey_problem *p, const bool *flag, size_t i)
{
    for (size_t k = 0; k < p->n; k++) {
        if (flag[k] && k != i && distance(p->point[i], p->point[k]) <= NEAR_M)
            return true;
    }
    return false;
}

/* All beyond the limit, and their neighbours beyond the smaller one. */
static void flag_points(const survey_problem *p, double limit, double scale, bool *flag)
{
    for (size_t i = 0; i < p->n; i++)
        flag[i] = fabs(p->t[i]) > limit * scale;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < p->n; i++) {
            if (!flag[i] && fabs(p->t[i]) > NEAR_LIMIT * scale && is_near_flagged(p, flag, i))
                flag[i] = more = true;
        }
    }
}

/* Too many to be outliers: the least of them stay in. */
static void thin(const survey_problem *p, bool *flag)
{
    for (;;) {
        size_t n = 0, least = p->n;
        for (size_t i = 0; i < p->n; i++) {
            if (!flag[i])
                continue;
            n++;
            if (least == p->n || fabs(p->t[i]) < fabs(p->t[least]))
                least = i;
        }
        if (n <= p->n / MOST)
            return;
        flag[least] = false;
    }
}

static bool leave_out(survey_problem *p, const bool *flag)
{
    bool changed = false;
    for (size_t i = 0; i < p->n; i++) {
        const double weight = flag[i] ? 0.0 : 1.0;
        changed = changed || weight != p->weight[i];
        p->weight[i] = weight;
    }
    return changed;
}

static mrse_status refit(survey_problem *p)
{
    mrse_status status = survey_refresh(p);
    if (status == MRSE_OK)
        status = survey_fit(p, 60);
    return status == MRSE_OK ? survey_statistics(p) : status;
}

mrse_status survey_settle(survey_problem *p)
{
    const double limit = gsl_cdf_ugaussian_Qinv(0.5 * FALSE_ALARMS / (double)p->n);
    bool *flag = mrse_alloc(p->n, sizeof *flag);
    mrse_status status = flag != NULL ? survey_statistics(p) : MRSE_ERR_NOMEM;
    for (size_t round = 0; round < ROUNDS && status == MRSE_OK; round++) {
        flag_points(p, limit, survey_scale(p), flag);
        thin(p, flag);
        if (!leave_out(p, flag) && round > 1)
            break;
        status = refit(p);
    }
    mrse_free(flag);
    return status;
}

/* Where to begin: many placements looked at roughly, the best of them fitted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "survey_internal.h"

/* Rough looking: steps, and how far off ln|B| may be before a point stops counting. */
static const double STEP_M = 0.6, MARGIN_M = 1.0, ROUGH = 0.3;
static const double APART_M = 0.5;
/* Cost of a point, on average, when the placement is right and a tenth of the points are not: 0.14
 * for normal errors, and much more anywhere else. Then no other start is tried. */
static const double GOOD = 0.4;
enum { GRID = 12, TURNS = 16, LOOK_AT = 16 };

typedef struct spread {
    double from, step;
    size_t n;
} spread;

static const survey_known *of(const survey_problem *p, int k)
{
    return &p->known[k];
}

/* Places along x or y: what is known, or everywhere among the points and a little beyond. */
static spread along(const survey_problem *p, int k)
{
    double low = INFINITY, high = -INFINITY;
    if (!of(p, k)->fitted)
        return (spread){of(p, k)->at, 0.0, 1};
    if (isfinite(of(p, k)->u))
        return (spread){of(p, k)->at - of(p, k)->u, of(p, k)->u, 3};
    for (size_t i = 0; i < p->n; i++) {
        const double v = k == SURVEY_X ? p->point[i]->x_m : p->point[i]->y_m;
        low = fmin(low, v);
        high = fmax(high, v);
    }
    low -= MARGIN_M;
    high += MARGIN_M;
    size_t n = (size_t)fmin(ceil((high - low) / STEP_M), GRID - 1) + 1;
    return (spread){low, (high - low) / (double)(n - 1), n};
}

static bool is_mirrored(const survey_problem *p)
{
    static const double at[][2] = {{0.0, 2.0}, {1.5, 2.0}, {2.5, 1.0}, {0.7, 3.0}};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        mrse_sfg one, other;
        if (mrse_sfg_at(&p->model->magnet, at[i][0], at[i][1], &one) != MRSE_OK ||
            mrse_sfg_at(&p->model->magnet, at[i][0], -at[i][1], &other) != MRSE_OK ||
            fabs(one.b_T - other.b_T) > 1e-9 * one.b_T)
            return false;
    }
    return true;
}

static spread turns(const survey_problem *p)
{
    const survey_known *k = of(p, SURVEY_AZIMUTH);
    const double all = is_mirrored(p) ? MRSE_PI : 2.0 * MRSE_PI;
    if (!k->fitted)
        return (spread){k->at, 0.0, 1};
    if (isfinite(k->u))
        return (spread){k->at - k->u, k->u, 3};
    const double step = 2.0 * MRSE_PI / TURNS;
    return (spread){isfinite(k->at) ? k->at - all / 2.0 : 0.0, step, (size_t)lround(all / step)};
}

/* Some points of all, evenly through the list, are enough to look. */
static mrse_status look(survey_problem *few, survey_start *s)
{
    mrse_status status = survey_evaluate(few, s->place);
    s->cost = 0.0;
    for (size_t i = 0; i < few->n && status == MRSE_OK; i++) {
        const double e = log(few->b[i] / few->point[i]->b_T) / ROUGH;
        s->cost += isfinite(e) ? log1p(fmin(e * e, 1e6)) : log(1e6);
    }
    return status;
}

static bool is_near(const survey_start *a, const survey_start *b)
{
    return hypot(a->place[SURVEY_X] - b->place[SURVEY_X], a->place[SURVEY_Y] - b->place[SURVEY_Y]) <
               APART_M &&
           fabs(survey_turn(a->place[SURVEY_AZIMUTH], b->place[SURVEY_AZIMUTH])) < 0.4;
}

/* The list holds one start of each neighbourhood, the best first. */
static void keep(survey_start best[SURVEY_STARTS], size_t *n, const survey_start *s)
{
    for (size_t i = 0; i < *n; i++) {
        if (!is_near(&best[i], s))
            continue;
        if (best[i].cost <= s->cost)
            return;
        memmove(&best[i], &best[i + 1], (*n - i - 1) * sizeof best[0]);
        (*n)--;
        i--;
    }
    size_t at = *n;
    while (at > 0 && best[at - 1].cost > s->cost)
        at--;
    if (at == SURVEY_STARTS)
        return;
    const size_t kept = *n < SURVEY_STARTS ? *n : SURVEY_STARTS - 1;
    memmove(&best[at + 1], &best[at], (kept - at) * sizeof best[0]);
    best[at] = *s;
    *n = kept + 1;
}

mrse_status survey_starts(survey_problem *p, survey_start best[SURVEY_STARTS], size_t *n)
{
    const mrse_survey_point *chosen[LOOK_AT];
    survey_problem few = *p;
    const spread x = along(p, SURVEY_X), y = along(p, SURVEY_Y), turn = turns(p);
    survey_start s;
    mrse_status status = MRSE_OK;
    few.n = p->n < LOOK_AT ? p->n : LOOK_AT;
    for (size_t i = 0; i < few.n; i++)
        chosen[i] = p->point[i * p->n / few.n];
    few.point = chosen;
    *n = 0;
    for (int k = 0; k < SURVEY_PLACE; k++)
        s.place[k] = of(p, k)->at;
    for (size_t i = 0; i < x.n; i++)
        for (size_t j = 0; j < y.n; j++)
            for (size_t k = 0; k < turn.n && status == MRSE_OK; k++) {
                s.place[SURVEY_X] = x.from + (double)i * x.step;
                s.place[SURVEY_Y] = y.from + (double)j * y.step;
                s.place[SURVEY_AZIMUTH] = turn.from + (double)k * turn.step;
                status = look(&few, &s);
                if (status == MRSE_OK)
                    keep(best, n, &s);
            }
    return status;
}

/* The same magnet seen from its other end: of two that fit equally well, the one nearer to what was
 * said of it; where nothing was said, the one that points to +x. */
static mrse_status turn_round(survey_problem *p, double cost, const mrse_placement_prior *prior)
{
    const double start =
        prior != NULL && isfinite(prior->at.azimuth_rad) ? prior->at.azimuth_rad : 0.0;
    double place[SURVEY_PLACE], other = INFINITY;
    if (!p->known[SURVEY_AZIMUTH].fitted || isfinite(p->known[SURVEY_AZIMUTH].u) ||
        fabs(survey_turn(p->place[SURVEY_AZIMUTH], start)) <= MRSE_PI / 2.0)
        return MRSE_OK;
    memcpy(place, p->place, sizeof place);
    p->place[SURVEY_AZIMUTH] += MRSE_PI;
    p->place[SURVEY_TILT] = -p->place[SURVEY_TILT];
    mrse_status status = survey_fit_robust(p, &other);
    if (status == MRSE_OK && other < cost + 2.0)
        return MRSE_OK;
    memcpy(p->place, place, sizeof place);
    return status == MRSE_ERR_NOMEM ? status : survey_fit_robust(p, &cost);
}

mrse_status survey_search(survey_problem *p, const mrse_placement_prior *prior)
{
    survey_start best[SURVEY_STARTS];
    double place[SURVEY_PLACE], least = INFINITY;
    size_t n = 0;
    mrse_status status = survey_starts(p, best, &n);
    for (size_t i = 0; i < n && status == MRSE_OK && !(least < GOOD * (double)p->n); i++) {
        double cost = INFINITY;
        memcpy(p->place, best[i].place, sizeof p->place);
        memset(p->amplitude, 0, p->n_modes * sizeof *p->amplitude);
        status = survey_fit_robust(p, &cost);
        if (status == MRSE_OK && cost < least) {
            least = cost;
            memcpy(place, p->place, sizeof place);
        }
        /* A start that leads nowhere is no failure while another leads somewhere. */
        if (status == MRSE_ERR_NUMERIC)
            status = MRSE_OK;
    }
    if (status != MRSE_OK)
        return status;
    if (!isfinite(least))
        return MRSE_ERR_NUMERIC;
    memcpy(p->place, place, sizeof place);
    status = survey_fit_robust(p, &least);
    return status == MRSE_OK ? turn_round(p, least, prior) : status;
}

/* Brent's root and maximum of a function of one variable. The GSL has both, but takes its state
 * from malloc; these need no memory at all.
 * Source: R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapters 4 and 5.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "maximum_internal.h"

enum { MAX_STEPS = 200 };

typedef struct bracket {
    double a, b, c; /* b is the best estimate, a the one before it, the root is between b and c */
    double fa, fb, fc;
    double step, last; /* the step taken now and the one before */
} bracket;

static void order_bracket(bracket *k)
{
    if ((k->fb > 0.0) == (k->fc > 0.0)) {
        k->c = k->a;
        k->fc = k->fa;
        k->step = k->last = k->b - k->a;
    }
    if (fabs(k->fc) < fabs(k->fb)) {
        k->a = k->b;
        k->b = k->c;
        k->c = k->a;
        k->fa = k->fb;
        k->fb = k->fc;
        k->fc = k->fa;
    }
}

static void choose_step(bracket *k, double half, double tol)
{
    bool interpolate = fabs(k->last) >= tol && fabs(k->fa) > fabs(k->fb);
    if (interpolate) {
        double s = k->fb / k->fa;
        double p, q;
        if (k->a == k->c) {
            p = 2.0 * half * s;
            q = 1.0 - s;
        } else {
            double u = k->fa / k->fc, t = k->fb / k->fc;
            p = s * (2.0 * half * u * (u - t) - (k->b - k->a) * (t - 1.0));
            q = (u - 1.0) * (t - 1.0) * (s - 1.0);
        }
        if (p > 0.0)
            q = -q;
        p = fabs(p);
        interpolate = 2.0 * p < fmin(3.0 * half * q - fabs(tol * q), fabs(k->last * q));
        if (interpolate) {
            k->last = k->step;
            k->step = p / q;
        }
    }
    if (!interpolate)
        k->step = k->last = half;
}

mrse_status mrse_brent_root(mrse_curve_fn fn, void *context, const double ab[2],
                            const double fab[2], double x_tol, double *x)
{
    bracket k = {ab[0], ab[1], ab[1], fab[0], fab[1], fab[1], ab[1] - ab[0], ab[1] - ab[0]};
    *x = k.b;
    if (!isfinite(k.fa) || !isfinite(k.fb))
        return MRSE_ERR_NUMERIC;
    if (k.fa == 0.0) {
        *x = k.a;
        return MRSE_OK;
    }
    if (k.fb != 0.0 && (k.fa > 0.0) == (k.fb > 0.0))
        return MRSE_ERR_NUMERIC;
    for (int i = 0; i < MAX_STEPS; i++) {
        order_bracket(&k);
        double tol = 2.0 * DBL_EPSILON * fabs(k.b) + 0.5 * x_tol;
        double half = 0.5 * (k.c - k.b);
        *x = k.b;
        if (fabs(half) <= tol || k.fb == 0.0)
            return MRSE_OK;
        choose_step(&k, half, tol);
        k.a = k.b;
        k.fa = k.fb;
        k.b += fabs(k.step) > tol ? k.step : copysign(tol, half);
        mrse_status status = fn(context, k.b, &k.fb);
        if (status)
            return status;
        if (!isfinite(k.fb))
            return MRSE_ERR_NUMERIC;
    }
    return MRSE_ERR_NUMERIC;
}

typedef struct peak_search {
    double a, b;    /* the maximum lies between */
    double x, w, v; /* best, second and third */
    double fx, fw, fv;
    double step, last;
} peak_search;

static void choose_trial(peak_search *s, double tol)
{
    static const double golden = 0.38196601125010515;
    double middle = 0.5 * (s->a + s->b), p = 0.0, q = 0.0, before = s->last;
    if (fabs(s->last) > tol) {
        double t = (s->x - s->w) * (s->fx - s->fv);
        q = (s->x - s->v) * (s->fx - s->fw);
        p = (s->x - s->v) * q - (s->x - s->w) * t;
        q = 2.0 * (q - t);
        if (q > 0.0)
            p = -p;
        q = fabs(q);
        s->last = s->step;
    }
    if (fabs(p) < fabs(0.5 * q * before) && p > q * (s->a - s->x) && p < q * (s->b - s->x)) {
        s->step = p / q;
        double u = s->x + s->step;
        if (u - s->a < 2.0 * tol || s->b - u < 2.0 * tol)
            s->step = copysign(tol, middle - s->x);
    } else {
        s->last = s->x < middle ? s->b - s->x : s->a - s->x;
        s->step = golden * s->last;
    }
}

static void take_trial(peak_search *s, double u, double fu)
{
    if (fu >= s->fx) {
        if (u < s->x)
            s->b = s->x;
        else
            s->a = s->x;
        s->v = s->w;
        s->fv = s->fw;
        s->w = s->x;
        s->fw = s->fx;
        s->x = u;
        s->fx = fu;
        return;
    }
    if (u < s->x)
        s->a = u;
    else
        s->b = u;
    if (fu >= s->fw || s->w == s->x) {
        s->v = s->w;
        s->fv = s->fw;
        s->w = u;
        s->fw = fu;
    } else if (fu >= s->fv || s->v == s->x || s->v == s->w) {
        s->v = u;
        s->fv = fu;
    }
}

mrse_status mrse_brent_max(mrse_curve_fn fn, void *context, double a, double b, double *x,
                           double *y)
{
    /* Below the square root of the rounding error a maximum has no sharper place. */
    const double relative = 1e-9;
    const double x_tol = 1e-7 * fabs(b - a) + DBL_MIN;
    peak_search s = {a, b, *x, *x, *x, *y, *y, *y, 0.0, 0.0};
    for (int i = 0; i < MAX_STEPS; i++) {
        double tol = relative * fabs(s.x) + x_tol;
        if (fabs(s.x - 0.5 * (s.a + s.b)) <= 2.0 * tol - 0.5 * (s.b - s.a))
            break;
        choose_trial(&s, tol);
        double u = s.x + (fabs(s.step) >= tol ? s.step : copysign(tol, s.step));
        double fu;
        mrse_status status = fn(context, u, &fu);
        if (status)
            return status;
        if (!isfinite(fu))
            return MRSE_ERR_NUMERIC;
        take_trial(&s, u, fu);
    }
    *x = s.x;
    *y = s.fx;
    return MRSE_OK;
}

/* The laws that any static field obeys, at 1000 random points each: flux, circulation, symmetry,
 * superposition, scale, gradient against differences, dipole limit, closed forms, a second
 * algorithm. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sf_ellint.h>

#include "field/field_internal.h"
#include "field_support.h"
#include "mrse/field.h"
#include "support/magnets.h"

enum { POINTS = 1000, KINDS = 3 };

static const mrse_source kind[KINDS] = {
    {MRSE_SOURCE_LOOP, 0.5, 0.0, 0.1, 0.0, 1e6},
    {MRSE_SOURCE_SHEET, 0.5, 0.0, -0.3, 0.35, -8e5},
    {MRSE_SOURCE_COIL, 0.42, 0.53, -0.25, 0.31, 1.2e6},
};

static double off(double x, double low, double high)
{
    return fmax(0.0, fmax(low - x, x - high));
}

/* To the conductor's section from outside, to its surface from inside. */
static double distance(const mrse_source *s, double r, double z)
{
    if (s->type == MRSE_SOURCE_LOOP) {
        return hypot(r - s->r1_m, z - s->z1_m);
    }
    const double r2 = s->type == MRSE_SOURCE_COIL ? s->r2_m : s->r1_m;
    const double out = hypot(off(r, s->r1_m, r2), off(z, s->z1_m, s->z2_m));
    return out > 0.0 ? out : fmin(fmin(r - s->r1_m, r2 - r), fmin(z - s->z1_m, s->z2_m - z));
}

static bool inside(const mrse_source *s, double r, double z)
{
    return s->type == MRSE_SOURCE_COIL && r > s->r1_m && r < s->r2_m && z > s->z1_m && z < s->z2_m;
}

static double mu0_j(const mrse_source *s)
{
    return MRSE_MU0 * s->current_A / ((s->r2_m - s->r1_m) * (s->z2_m - s->z1_m));
}

/* A point near the source, not nearer than `least`; of a coil, every third one inside. */
static void point(dice *d, const mrse_source *s, double least, unsigned i, double *r, double *z)
{
    do {
        if (s->type == MRSE_SOURCE_COIL && i % 3 == 0) {
            *r = dice_between(d, s->r1_m, s->r2_m);
            *z = dice_between(d, s->z1_m, s->z2_m);
        } else {
            *r = dice_between(d, 0.0, i % 2 == 0 ? 1.0 : 4.0);
            *z = dice_between(d, -1.0, 1.0) * (i % 2 == 0 ? 1.0 : 4.0);
        }
    } while (distance(s, *r, *z) < least);
}

/* --- Integral laws: no derivative of the field is used ----------------------------------------- */

typedef struct cell {
    double r, z, dr, dz;
} cell;

/* Integrals over the four sides of a cell, in order: of B along and across, weighted with r^k. */
typedef enum side { BR_BELOW, BR_ABOVE, BZ_IN, BZ_OUT, RBZ_BELOW, RBZ_ABOVE, BR_IN, BR_OUT } side;

static void sides(const mrse_magnet *magnet, const cell *c, unsigned panels, double out[8])
{
    enum { ORDER = 10 };
    for (unsigned k = 0; k < 8; k++) {
        out[k] = 0.0;
    }
    for (unsigned i = 0; i < ORDER * panels; i++) {
        double x, weight;
        mrse_gauss_node(ORDER, i % ORDER, &x, &weight);
        const double t = (i / ORDER + 0.5 * (1.0 + x)) / panels, w = 0.5 * weight / panels;
        const double r = c->r + t * c->dr, z = c->z + t * c->dz;
        const mrse_field below = field_of(magnet, r, c->z),
                         above = field_of(magnet, r, c->z + c->dz);
        const mrse_field in = field_of(magnet, c->r, z), outer = field_of(magnet, c->r + c->dr, z);
        out[BR_BELOW] += w * c->dr * below.br_T;
        out[BR_ABOVE] += w * c->dr * above.br_T;
        out[RBZ_BELOW] += w * c->dr * r * below.bz_T;
        out[RBZ_ABOVE] += w * c->dr * r * above.bz_T;
        out[BZ_IN] += w * c->dz * in.bz_T;
        out[BZ_OUT] += w * c->dz * outer.bz_T;
        out[BR_IN] += w * c->dz * in.br_T;
        out[BR_OUT] += w * c->dz * outer.br_T;
    }
}

static double circulation(const double s[8])
{
    return (s[BR_ABOVE] - s[BR_BELOW]) - (s[BZ_OUT] - s[BZ_IN]);
}

static void field__small_cells__no_flux_and_circulation_of_the_current_in_them(void **state)
{
    (void)state;
    dice d = {20240611};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source *s = &kind[i % KINDS];
        const mrse_magnet magnet = {s, 1};
        double r, z, out[8];
        point(&d, s, 0.005, i / KINDS, &r, &z);
        const double size = 0.5 * distance(s, r, z);
        const cell c = {r, z, 0.7 * size, 0.6 * size};
        sides(&magnet, &c, 1, out);
        const double flux =
            (c.r + c.dr) * out[BR_OUT] - c.r * out[BR_IN] + out[RBZ_ABOVE] - out[RBZ_BELOW];
        const mrse_field f = field_of(&magnet, r, z);
        const double scale = hypot(f.br_T, f.bz_T) * size + largest_slope(&f) * size * size;
        assert_abs(flux, 0.0, 1e-11 * scale * (c.r + c.dr));
        assert_abs(circulation(out), inside(s, r, z) ? mu0_j(s) * c.dr * c.dz : 0.0, 1e-11 * scale);
    }
}

static void field__around_a_conductor__circulation_is_its_current(void **state)
{
    (void)state;
    for (unsigned k = 0; k < KINDS; k++) {
        const mrse_magnet magnet = {&kind[k], 1};
        const cell c = {0.21, -0.83, 0.7, 1.71};
        double out[8];
        sides(&magnet, &c, 12, out);
        assert_rel(circulation(out), MRSE_MU0 * kind[k].current_A, 1e-11);
    }
}

/* --- Derivatives --------------------------------------------------------------------------------- */

static void field__tensor__divergence_and_curl(void **state)
{
    (void)state;
    dice d = {7};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source *s = &kind[i % KINDS];
        double r, z;
        point(&d, s, 1e-5, i / KINDS, &r, &z);
        const mrse_field f = field_of_one(*s, r, z);
        const double g = 1e-14 * largest_slope(&f);
        assert_abs(f.dbr_dr_T_m + f.br_over_r_T_m + f.dbz_dz_T_m, 0.0, g);
        assert_abs(f.dbr_dz_T_m - f.dbz_dr_T_m, inside(s, r, z) ? mu0_j(s) : 0.0,
                   g + (inside(s, r, z) ? 1e-14 * fabs(mu0_j(s)) : 0.0));
        assert_rel(f.br_over_r_T_m * r, f.br_T, 1e-15);
    }
}

/* Fourth-order central difference of six functions along (dr, dz). */
static void difference(const mrse_source *s, double r, double z, double dr, double dz, double h,
                       double *br, double *bz, double *b)
{
    static const double weight[4] = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
    static const double step[4] = {-2.0, -1.0, 1.0, 2.0};
    *br = *bz = *b = 0.0;
    for (unsigned k = 0; k < 4; k++) {
        const mrse_field f = field_of_one(*s, r + step[k] * h * dr, z + step[k] * h * dz);
        *br += weight[k] / h * f.br_T;
        *bz += weight[k] / h * f.bz_T;
        *b += weight[k] / h * hypot(f.br_T, f.bz_T);
    }
}

static void field__gradient__equals_finite_difference(void **state)
{
    (void)state;
    dice d = {31};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source *s = &kind[i % KINDS];
        double r, z, br, bz, b;
        point(&d, s, 0.003, i / KINDS, &r, &z);
        const double near = fmin(distance(s, r, z), 0.5), h = 1e-3 * near;
        r = fmax(r, 3.0 * h);
        const mrse_field f = field_of_one(*s, r, z);
        mrse_sfg sfg;
        mrse_sfg_from_field(&f, &sfg);
        const double tol = 2e-10 * (largest_slope(&f) + sfg.b_T / near);
        /* Beside a null |B| bends within |B| / slope. */
        const double bend = 1.0 + pow(largest_slope(&f) * near / sfg.b_T, 4.0);
        difference(s, r, z, 1.0, 0.0, h, &br, &bz, &b);
        assert_abs(f.dbr_dr_T_m, br, tol);
        assert_abs(f.dbz_dr_T_m, bz, tol);
        assert_abs(sfg.grad_r_T_m, b, bend * tol);
        difference(s, r, z, 0.0, 1.0, h, &br, &bz, &b);
        assert_abs(f.dbr_dz_T_m, br, tol);
        assert_abs(f.dbz_dz_T_m, bz, tol);
        assert_abs(sfg.grad_z_T_m, b, bend * tol);
    }
}

static void field__towards_the_axis__tends_to_the_axis(void **state)
{
    (void)state;
    dice d = {12};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source s = kind[i % KINDS];
        const double z = dice_between(&d, -3.0, 3.0), r = pow(10.0, dice_between(&d, -300.0, -5.0));
        const mrse_field axis = field_of_one(s, 0.0, z), f = field_of_one(s, r, z);
        const double b = fabs(axis.bz_T), g = largest_slope(&axis) + b;
        assert_true(axis.br_T == 0.0);
        assert_true(axis.dbr_dz_T_m == 0.0);
        assert_abs(axis.br_over_r_T_m, -0.5 * axis.dbz_dz_T_m, 1e-13 * g);
        assert_abs(axis.dbr_dr_T_m, axis.br_over_r_T_m, 1e-13 * g);
        assert_abs(f.bz_T, axis.bz_T, 100.0 * r * r * b + 1e-14 * b);
        assert_abs(f.br_over_r_T_m, axis.br_over_r_T_m, 100.0 * r * r * g + 1e-13 * g);
        assert_abs(f.dbz_dz_T_m, axis.dbz_dz_T_m, 100.0 * r * r * g + 1e-13 * g);
    }
}

/* --- Symmetry, superposition, scale ------------------------------------------------------------- */

static void field__mirrored_source__mirrored_field(void **state)
{
    (void)state;
    dice d = {5};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source s = kind[i % KINDS];
        mrse_source m = s;
        double r, z;
        m.z1_m = s.type == MRSE_SOURCE_LOOP ? -s.z1_m : -s.z2_m;
        m.z2_m = -s.z1_m;
        point(&d, &s, 0.001, i / KINDS, &r, &z);
        const mrse_field f = field_of_one(s, r, z);
        mrse_field g = field_of_one(m, r, -z);
        g.br_T = -g.br_T;
        g.br_over_r_T_m = -g.br_over_r_T_m;
        g.dbr_dr_T_m = -g.dbr_dr_T_m;
        g.dbz_dz_T_m = -g.dbz_dz_T_m;
        assert_same_field(&f, &g, 1e-12, 1e-11);
    }
}

static void field__shifted_and_scaled__moves_and_scales(void **state)
{
    (void)state;
    dice d = {6};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source s = kind[i % KINDS];
        const double factor = pow(10.0, dice_between(&d, -3.0, 3.0)),
                     shift = dice_between(&d, -3., 3.);
        const double amps = dice_between(&d, -5.0, 5.0);
        const mrse_source m = {s.type,
                               factor * s.r1_m,
                               factor * s.r2_m,
                               factor * (s.z1_m + shift),
                               factor * (s.z2_m + shift),
                               amps * s.current_A};
        double r, z;
        point(&d, &s, 0.01, i / KINDS, &r, &z);
        const mrse_field f = field_of_one(s, r, z);
        mrse_field g = field_of_one(m, factor * r, factor * (z + shift));
        const double field = factor / amps, slope = factor * field;
        g = (mrse_field){field * g.br_T,         field * g.bz_T,       slope * g.dbr_dr_T_m,
                         slope * g.dbr_dz_T_m,   slope * g.dbz_dr_T_m, slope * g.dbz_dz_T_m,
                         slope * g.br_over_r_T_m};
        assert_same_field(&f, &g, 1e-11, 1e-10);
    }
}

static void add(mrse_field *sum, const mrse_field *f)
{
    sum->br_T += f->br_T;
    sum->bz_T += f->bz_T;
    sum->dbr_dr_T_m += f->dbr_dr_T_m;
    sum->dbr_dz_T_m += f->dbr_dz_T_m;
    sum->dbz_dr_T_m += f->dbz_dr_T_m;
    sum->dbz_dz_T_m += f->dbz_dz_T_m;
    sum->br_over_r_T_m += f->br_over_r_T_m;
}

static void field__several_sources__is_the_sum(void **state)
{
    (void)state;
    dice d = {8};
    const mrse_magnet all = {kind, KINDS};
    for (unsigned i = 0; i < POINTS; i++) {
        const double r = dice_between(&d, 0.0, 2.0), z = dice_between(&d, -2.0, 2.0);
        const mrse_field f = field_of(&all, r, z);
        mrse_field sum = {0};
        double b = 0.0, g = 0.0;
        for (unsigned k = 0; k < KINDS; k++) {
            const mrse_field one = field_of_one(kind[k], r, z);
            add(&sum, &one);
            b += hypot(one.br_T, one.bz_T);
            g += largest_slope(&one);
        }
        assert_abs(f.br_T, sum.br_T, 1e-15 * b);
        assert_abs(f.bz_T, sum.bz_T, 1e-15 * b);
        assert_abs(f.dbr_dr_T_m, sum.dbr_dr_T_m, 2e-15 * g);
        assert_abs(f.dbr_dz_T_m, sum.dbr_dz_T_m, 1e-15 * g);
        assert_abs(f.dbz_dr_T_m, sum.dbz_dr_T_m, 2e-15 * g);
        assert_abs(f.dbz_dz_T_m, sum.dbz_dz_T_m, 1e-15 * g);
    }
}

/* Each piece is integrated by other nodes than the whole. */
static void field__coil_cut_in_pieces__same_field(void **state)
{
    (void)state;
    enum { CUTS = 4 };
    dice d = {9};
    for (unsigned i = 0; i < POINTS; i++) {
        const double a = dice_between(&d, 0.1, 1.0),
                     thick = a * pow(10.0, dice_between(&d, -3., 0.));
        const double length = a * pow(10.0, dice_between(&d, -2.0, 0.7));
        const mrse_source whole = coil_of(a, a + thick, -0.4 * length, 0.6 * length, 1e6);
        mrse_source piece[CUTS * CUTS];
        double r, z;
        for (unsigned k = 0; k < CUTS * CUTS; k++) {
            const double at_r = k % CUTS, at_z = k / CUTS;
            piece[k] = coil_of(a + thick * at_r / CUTS, a + thick * (at_r + 1.0) / CUTS,
                               length * (at_z / CUTS - 0.4), length * ((at_z + 1.0) / CUTS - 0.4),
                               1e6 / (CUTS * CUTS));
        }
        const mrse_magnet cut = {piece, CUTS * CUTS};
        do {
            const double away = a * pow(10.0, dice_between(&d, -3.0, 1.5));
            const double turn = dice_between(&d, 0.0, 2.0 * MRSE_PI);
            r = fabs(dice_between(&d, a, a + thick) + (i % 2) * away * cos(turn));
            z = length * dice_between(&d, -0.4, 0.6) + (i % 2) * away * sin(turn);
        } while (distance(&whole, r, z) < 1e-4 * thick);
        const mrse_field f = field_of_one(whole, r, z), g = field_of(&cut, r, z);
        assert_same_field(&f, &g, 1e-11, 1e-9);
    }
}

/* --- Closed forms ---------------------------------------------------------------------------------- */

static void field__on_the_axis__equals_closed_form(void **state)
{
    (void)state;
    dice d = {10};
    for (unsigned i = 0; i < POINTS; i++) {
        const double z = dice_between(&d, -2.0, 2.0);
        const mrse_source *l = &kind[0], *s = &kind[1], *c = &kind[2];
        const double a2 = l->r1_m * l->r1_m, h = z - l->z1_m, d2 = a2 + h * h;
        mrse_field f = field_of_one(*l, 0.0, z);
        const double loop = 0.5 * MRSE_MU0 * l->current_A * a2 / (d2 * sqrt(d2));
        assert_rel(f.bz_T, loop, 1e-14);
        assert_rel(f.dbz_dz_T_m, -3.0 * h / d2 * loop, 1e-14);

        const double n = 0.5 * MRSE_MU0 * s->current_A / (s->z2_m - s->z1_m);
        const double h1 = z - s->z1_m, h2 = z - s->z2_m, q1 = a2 + h1 * h1, q2 = a2 + h2 * h2;
        f = field_of_one(*s, 0.0, z);
        assert_rel(f.bz_T, n * (h1 / sqrt(q1) - h2 / sqrt(q2)), 1e-13);
        assert_abs(f.dbz_dz_T_m, n * a2 * (1.0 / (q1 * sqrt(q1)) - 1.0 / (q2 * sqrt(q2))),
                   1e-14 * fabs(n));

        const double r1 = c->r1_m, r2 = c->r2_m, e1 = z - c->z1_m, e2 = z - c->z2_m;
        const double w1 = log((r2 + hypot(r2, e1)) / (r1 + hypot(r1, e1)));
        const double w2 = log((r2 + hypot(r2, e2)) / (r1 + hypot(r1, e2)));
        f = field_of_one(*c, 0.0, z);
        assert_rel(f.bz_T, 0.5 * mu0_j(c) * (e1 * w1 - e2 * w2), 1e-12);
    }
}

static void field__far_away__is_a_dipole(void **state)
{
    (void)state;
    dice d = {11};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source *s = &kind[i % KINDS];
        const double away = pow(10.0, dice_between(&d, 2.0, 5.0));
        const double turn = dice_between(&d, 0.05, MRSE_PI - 0.05);
        const double r = away * sin(turn), z = away * cos(turn), r1 = s->r1_m, r2 = s->r2_m;
        const double a2 =
            s->type == MRSE_SOURCE_COIL ? (r1 * r1 + r1 * r2 + r2 * r2) / 3.0 : r1 * r1;
        const double middle = s->type == MRSE_SOURCE_LOOP ? s->z1_m : 0.5 * (s->z1_m + s->z2_m);
        const double h = z - middle, q = r * r + h * h;
        const double m = 0.25 * MRSE_MU0 * s->current_A * a2 / (q * q * sqrt(q));
        const mrse_field f = field_of_one(*s, r, z);
        const mrse_field dipole = {
            3.0 * m * r * h,
            m * (2.0 * h * h - r * r),
            3.0 * m * h * (h * h - 4.0 * r * r) / q,
            3.0 * m * r * (r * r - 4.0 * h * h) / q,
            3.0 * m * r * (r * r - 4.0 * h * h) / q,
            3.0 * m * h * (3.0 * r * r - 2.0 * h * h) / q,
            3.0 * m * h,
        };
        /* The next multipole is smaller by (size / distance)^2. */
        const double tol = 5.0 / (away * away) + 1e-11;
        assert_same_field(&f, &dipole, tol, tol);
    }
}

/* Smythe's K and E with GSL's integrals; derivatives as printed by Simpson, Lane, Immer and
 * Youngquist, NASA/TM-2001, Simple analytic expressions for the magnetic field of a circular
 * current loop. */
static mrse_field textbook(double a, double current, double p, double z)
{
    const double al2 = (a - p) * (a - p) + z * z, be2 = (a + p) * (a + p) + z * z, be = sqrt(be2);
    const double k = sqrt(4.0 * a * p / be2), A = a * a, P = p * p, Z = z * z, r2 = P + Z;
    const double K = gsl_sf_ellint_Kcomp(k, GSL_PREC_DOUBLE);
    const double E = gsl_sf_ellint_Ecomp(k, GSL_PREC_DOUBLE);
    const double c = MRSE_MU0 * current / MRSE_PI, d = al2 * al2 * be2 * be;
    mrse_field f = {0};
    f.bz_T = c / (2.0 * al2 * be) * ((A - r2) * E + al2 * K);
    f.br_T = c * z / (2.0 * al2 * be * p) * ((A + r2) * E - al2 * K);
    f.br_over_r_T_m = f.br_T / p;
    f.dbz_dz_T_m =
        c * z / (2.0 * d) * ((6.0 * A * (P - Z) - 7.0 * A * A + r2 * r2) * E + al2 * (A - r2) * K);
    f.dbr_dz_T_m =
        c / (2.0 * p * d) *
        (((A + P) * (Z * Z + (A - P) * (A - P)) + 2.0 * Z * (A * A - 6.0 * A * P + P * P)) * E -
         al2 * ((A - P) * (A - P) + (A + P) * Z) * K);
    f.dbz_dr_T_m = f.dbr_dz_T_m;
    f.dbr_dr_T_m = -f.dbz_dz_T_m - f.br_over_r_T_m;
    return f;
}

static void field__loop__equals_textbook_elliptic_integrals(void **state)
{
    (void)state;
    dice d = {13};
    for (unsigned i = 0; i < POINTS; i++) {
        const mrse_source *s = &kind[0];
        double r, z;
        /* The textbook form cancels near the axis and far away. */
        do {
            r = dice_between(&d, 0.1, 1.5);
            z = dice_between(&d, -1.0, 1.0);
        } while (distance(s, r, z) < 1e-4);
        const mrse_field f = field_of_one(*s, r, z);
        const mrse_field g = textbook(s->r1_m, s->current_A, r, z - s->z1_m);
        assert_same_field(&f, &g, 1e-11, 1e-11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field__small_cells__no_flux_and_circulation_of_the_current_in_them),
        cmocka_unit_test(field__around_a_conductor__circulation_is_its_current),
        cmocka_unit_test(field__tensor__divergence_and_curl),
        cmocka_unit_test(field__gradient__equals_finite_difference),
        cmocka_unit_test(field__towards_the_axis__tends_to_the_axis),
        cmocka_unit_test(field__mirrored_source__mirrored_field),
        cmocka_unit_test(field__shifted_and_scaled__moves_and_scales),
        cmocka_unit_test(field__several_sources__is_the_sum),
        cmocka_unit_test(field__coil_cut_in_pieces__same_field),
        cmocka_unit_test(field__on_the_axis__equals_closed_form),
        cmocka_unit_test(field__far_away__is_a_dipole),
        cmocka_unit_test(field__loop__equals_textbook_elliptic_integrals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

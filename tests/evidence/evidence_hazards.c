/* Hazards of objects against reference figures: every row of labels/hazard-examples.csv, computed by
 * the library; then measurements that were published of real objects, as plausibility.
 * Usage: MRSE_GOLDEN_DIR=... evidence_hazards. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/mrse.h"

enum { VALUES = 2, LONGEST = 2048, CELLS = 9 };

static int failures;

static double deg(double rad)
{
    return rad * 180.0 / MRSE_PI;
}

static double rad(double degrees)
{
    return degrees * MRSE_PI / 180.0;
}

static double norm3(const double v[3])
{
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/* ---- the library's parts with the inputs of a row ---- */

static const double along[3] = {0.5, 0.5, 0.0}; /* a long body in the field's direction */
static const double ball[3] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

static mrse_substance linear(double chi)
{
    return (mrse_substance){.magnetic = MRSE_MAGNETIC_LINEAR, .chi = chi};
}

static mrse_substance soft(double chi, double ms_A_m)
{
    return (mrse_substance){.magnetic = MRSE_MAGNETIC_SOFT, .chi = chi, .ms_A_m = ms_A_m};
}

static mrse_body body_with(double volume_m3, const double n[3])
{
    return (mrse_body){.volume_m3 = volume_m3, .n = {n[0], n[1], n[2]}};
}

static mrse_body body_of(mrse_shape shape)
{
    mrse_body body;

    failures += mrse_body_of(&shape, &body) != MRSE_OK;
    return body;
}

static mrse_body sphere(double diameter_m)
{
    return body_of((mrse_shape){.type = MRSE_SHAPE_SPHERE, .diameter_m = diameter_m});
}

static mrse_body rod(double diameter_m, double length_m)
{
    return body_of(
        (mrse_shape){.type = MRSE_SHAPE_CYLINDER, .diameter_m = diameter_m, .length_m = length_m});
}

/* B on the axis at an angle to the body's axis 3, its gradient along the body's axis. */
static mrse_magnetic_action act(mrse_substance substance, mrse_body body, double b_T,
                                double grad_T_m, double angle_rad)
{
    static const mrse_axes axes = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    const mrse_field3 field = {{b_T * sin(angle_rad), 0.0, b_T * cos(angle_rad)},
                               {{-grad_T_m / 2, 0, 0}, {0, -grad_T_m / 2, 0}, {0, 0, grad_T_m}}};
    mrse_magnetic_action action;

    failures += mrse_magnetise(&substance, &body, &axes, &field, &action) != MRSE_OK;
    return action;
}

static double force(mrse_substance substance, mrse_body body, double b_T, double grad_T_m)
{
    return act(substance, body, b_T, grad_T_m, 0.0).force_N[2]; /* with its sign */
}

static double quantity(const char *text, mrse_kind kind)
{
    mrse_quantity q;

    failures += mrse_quantity_read(text, kind, &q, NULL, NULL) != MRSE_OK;
    return q.si;
}

static double lenz_torque(double sigma, double r, double t, double b, double w)
{
    mrse_hazard h;

    failures += mrse_lenz_torque(&(mrse_disc){r, t, sigma}, b, w, &h) != MRSE_OK;
    return h.value.v;
}

/* At 100 Hz, where the formula holds. */
static double disc_power(double radius_m, double dbdt)
{
    mrse_hazard h;

    failures += mrse_eddy_disc(&(mrse_disc){radius_m, 2e-3, 5.85e5}, dbdt, 100.0, &h) != MRSE_OK;
    return h.value.v;
}

/* ---- rows ---- */

enum { PRODUCT_B_T = 43 }; /* product 43 T2/m as 43 T and 1 T/m: only the product acts */

static const double DISC_VOLUME = MRSE_PI / 4 * 10.5e-3 * 10.5e-3 * 2e-3;
static const double PIN_ASPECT_10 = 10.0;

static void unit_720(double *v)
{
    v[0] = quantity("720 G/cm", MRSE_KIND_SFG);
}
static void unit_900(double *v)
{
    v[0] = quantity("900 G/cm", MRSE_KIND_SFG);
}
static void unit_ramp(double *v)
{
    v[0] = mrse_ramp_dbdt_T_s(60e-3, 225e-6);
}
static void water(double *v)
{
    v[0] = force(linear(-9.05e-6), body_with(1e-4, along), PRODUCT_B_T, 1.0);
}
static double wrench(void)
{
    return force(linear(0.01), body_with(12.5e-6, along), PRODUCT_B_T, 1.0);
}
static void wrench_force(double *v)
{
    v[0] = wrench();
}
static void wrench_angle(double *v)
{
    v[0] = deg(mrse_force_deflection_rad(wrench(), 0.1));
}
static double alloy(double chi, double rho)
{
    return mrse_force_ratio(force(linear(chi), body_with(1e-6, along), PRODUCT_B_T, 1.0),
                            rho * 1e-6);
}
static void titanium(double *v)
{
    v[0] = alloy(0.000182, 4430);
}
static void titanium_angle(double *v)
{
    v[0] = deg(atan(alloy(0.000182, 4430)));
}
static void cocr(double *v)
{
    v[0] = alloy(0.00092, 8300);
}
static void cocr_angle(double *v)
{
    v[0] = deg(atan(alloy(0.00092, 8300)));
}
static void iud_mass(double *v)
{
    v[0] = mrse_deflection_mass_kg(0.5e-3, rad(7));
}
static void iud_angle(double *v)
{
    v[0] = deg(mrse_force_deflection_rad(0.5e-3, 0.415e-3));
}
static void springs(double *v)
{
    const double weight_N = MRSE_STANDARD_GRAVITY_M_S2; /* of a kilogram */
    v[0] = deg(mrse_force_deflection_rad(24.1 * weight_N, 1.0));
    v[1] = deg(mrse_force_deflection_rad(47.5 * weight_N, 1.0));
}
static void omnilink(double *v)
{
    v[0] = mrse_deflection_ratio(rad(6));
}
static void onset_iron(double *v)
{
    v[0] = mrse_saturation_onset_T(1.0 / 3, 1.71e6);
}
static void onset_16(double *v)
{
    v[0] = mrse_saturation_onset_T(1.0 / 3, 1.6 / MRSE_MU0);
}
static void iron_saturated(double *v)
{
    v[0] = force(soft(1e5, 1.71e6), sphere(4.5e-3), 3.0, 5.0);
}
static void iron_ratio(double *v)
{
    mrse_body body = sphere(4.5e-3);
    v[0] = mrse_force_ratio(force(soft(1e5, 1.71e6), body, 3.0, 5.0), 7870 * body.volume_m3);
}
static void unsaturated(double *v)
{
    v[0] = force(soft(1e9, 1.71e6), sphere(4.5e-3), 0.2, 1.0);
}
static void finite_chi(double *v)
{
    v[0] = force(linear(0.01), body_with(1e-6, ball), 1.5, 5.0);
}
static void scale_saturated(double *v)
{
    v[0] = mrse_deflection_scaled(8, rad(30), rad(45));
}
static void scale_linear(double *v)
{
    v[0] = mrse_deflection_scaled(20, rad(30), rad(45));
}
static void factors_5(double *v)
{
    mrse_body body = rod(1.0, 5.0);
    v[0] = body.n[2];
    v[1] = body.n[0];
}
static double weak(double n_along, double n_across)
{
    return mrse_torque_weak_N_m(rod(2e-3, 1e-2).volume_m3, 0.01, 3.0, n_along, n_across, rad(45));
}
static double weak_finite(void)
{
    mrse_body body = rod(2e-3, 1e-2);
    return weak(body.n[2], body.n[0]);
}
static void weak_long(double *v)
{
    v[0] = weak(0.0, 0.5);
}
static void weak_rod(double *v)
{
    v[0] = weak_finite();
}
static void weak_ratio(double *v) /* two forces at half the length: F / W = 2 torque / (W L) */
{
    double mass_kg = 8000 * rod(2e-3, 1e-2).volume_m3;
    v[0] = 2 * mrse_torque_ratio(weak_finite(), mass_kg, 1e-2);
    v[1] = 2 * mrse_torque_ratio(weak(0.0, 0.5), mass_kg, 1e-2);
}
static double pin_torque(void)
{
    mrse_substance steel = soft(1e9, 1.4e6);
    mrse_body body = rod(2e-3, 2e-3 * PIN_ASPECT_10);
    double torque;

    failures += mrse_torque_largest(&steel, &body, 3.0, &torque, NULL) != MRSE_OK;
    return torque;
}
static void pin(double *v)
{
    v[0] = pin_torque();
}
static void pin_ratio(double *v)
{
    v[0] = mrse_torque_ratio(pin_torque(), 7700 * rod(2e-3, 20e-3).volume_m3, 20e-3);
}
static void torque_unsaturated(double *v)
{
    mrse_body body = rod(1.0, 5.0);
    body.volume_m3 = 1e-7;
    v[0] = norm3(act(soft(1e9, 1.4e6), body, 0.1, 0.0, rad(45)).torque_N_m);
}
static void magnet_15(double *v)
{
    v[0] = mrse_magnet_torque_N_m(1.3, DISC_VOLUME, 1.5, rad(90));
}
static void magnet_30(double *v)
{
    v[0] = mrse_magnet_torque_N_m(1.3, DISC_VOLUME, 3.0, rad(90));
}
static void power_disc(double *v)
{
    v[0] = disc_power(25e-3, 42);
}
static void power_twice(double *v)
{
    v[0] = disc_power(25e-3, 42) / disc_power(25e-3, 21);
}
static void power_radius(double *v)
{
    v[0] = disc_power(25e-3, 42) / disc_power(12.5e-3, 42);
}
static void power_sphere(double *v)
{
    mrse_hazard h;
    failures += mrse_eddy_sphere(14e-3, 1.2e6, 42, 100.0, &h) != MRSE_OK;
    v[0] = h.value.v;
}
static void skin_1k(double *v)
{
    v[0] = mrse_skin_depth_m(5.85e5, 1e3);
}
static void skin_10k(double *v)
{
    v[0] = mrse_skin_depth_m(5.85e5, 1e4);
}
static void lenz_al(double *v)
{
    v[0] = lenz_torque(3.5e7, 0.10, 3e-3, 3, 1);
}
static void lenz_ti(double *v)
{
    v[0] = lenz_torque(5.85e5, 12.5e-3, 1.5e-3, 3, 10);
}
static void lenz_cup(double *v)
{
    mrse_hazard h;
    failures += mrse_lenz_force(&(mrse_disc){27e-3, 4e-3, 1.2e6}, 1.5, 8.0, 0.5, &h) != MRSE_OK;
    v[0] = h.value.v;
}
static double wave(double er, double sigma, double f_MHz)
{
    return mrse_rf_wavelength_m((mrse_medium){er, sigma}, f_MHz * 1e6);
}
static void gel_15(double *v)
{
    v[0] = wave(80, 0.47, 63.87);
}
static void gel_30(double *v)
{
    v[0] = wave(80, 0.47, 127.74);
}
static void gel_parts_15(double *v)
{
    v[0] = wave(80, 0.47, 63.87) / 2, v[1] = v[0] / 2;
}
static void gel_parts_30(double *v)
{
    v[0] = wave(80, 0.47, 127.74) / 2, v[1] = v[0] / 2;
}
static void muscle_15(double *v)
{
    v[0] = wave(72.2, 0.688, 63.87), v[1] = v[0] / 2;
}
static void muscle_30(double *v)
{
    v[0] = wave(63.5, 0.719, 127.74), v[1] = v[0] / 2;
}
static void rise_denali(double *v)
{
    v[0] = mrse_rf_scaled_rise_K(2.7, 3.0, 2.0);
}
static void rise_cook(double *v)
{
    v[0] = mrse_rf_scaled_rise_K(2.1, 2.9, 2.0);
}
static void sar_cook(double *v)
{
    v[0] = mrse_rf_scaled_rise_K(1.0, 3.8, 3.1);
}
static void b1_ratio(double *v)
{
    v[0] = mrse_rf_b1_ratio(2.0e-6, 3.2e-6);
}
static void sar_scanners(double *v)
{
    v[0] = mrse_rf_scaled_rise_K(1.0, 2.5, 1.96);
    v[1] = mrse_rf_scaled_rise_K(1.0, 1.5, 1.94);
}
static void most_of(const mrse_active *a, size_t n, double window_min, double *v)
{
    failures += mrse_activity_most(a, n, window_min, v) != MRSE_OK;
}
static void dbs(double *v)
{
    most_of((const mrse_active[]){{0, 20}, {25, 35}}, 2, 90, v);
}
static void vns(double *v)
{
    most_of((const mrse_active[]){{0, 10}, {20, 28}}, 2, 30, v);
}
static void scs(double *v) /* 1: a scan begins too early */
{
    size_t which;
    failures += mrse_activity_rested((const mrse_active[]){{0, 30}, {75, 80}}, 2, 30, 60, &which) !=
                MRSE_OK;
    v[0] = which < 2;
}

typedef struct row {
    const char *id;
    void (*compute)(double v[VALUES]);
} row;

static const row rows[] = {
    {"U1", unit_720},
    {"U2", unit_900},
    {"U3", unit_ramp},
    {"F1", water},
    {"F2", wrench_force},
    {"F3", wrench_angle},
    {"F4-Ti-6Al-4V", titanium},
    {"F5-Ti-6Al-4V", titanium_angle},
    {"F4-CoCrMo", cocr},
    {"F5-CoCrMo", cocr_angle},
    {"F6", iud_mass},
    {"F7", iud_angle},
    {"F8", springs},
    {"F9", omnilink},
    {"F10", onset_iron},
    {"F11", onset_16},
    {"F12", iron_saturated},
    {"F13", iron_ratio},
    {"F14", unsaturated},
    {"F15", finite_chi},
    {"F16", scale_saturated},
    {"F17", scale_linear},
    {"T0", factors_5},
    {"T1", weak_long},
    {"T2", weak_rod},
    {"T3", weak_ratio},
    {"T4", pin},
    {"T5", pin_ratio},
    {"T6", torque_unsaturated},
    {"T7", magnet_15},
    {"T8", magnet_30},
    {"G1", power_disc},
    {"G2", power_twice},
    {"G3", power_radius},
    {"G4", power_sphere},
    {"G5-1000", skin_1k},
    {"G5-10000", skin_10k},
    {"L1", lenz_al},
    {"L2", lenz_ti},
    {"L3", lenz_cup},
    {"R1-1.5 T", gel_15},
    {"R2-1.5 T", gel_parts_15},
    {"R1-3 T", gel_30},
    {"R2-3 T", gel_parts_30},
    {"R3-1.5 T", muscle_15},
    {"R3-3 T", muscle_30},
    {"R4", rise_denali},
    {"R5", rise_cook},
    {"R6", sar_cook},
    {"R7", b1_ratio},
    {"R8", sar_scanners},
    {"D1", dbs},
    {"D2", vns},
    {"D3", scs},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

/* ---- the file ---- */

/* Cuts a line into its cells, in place; quotes are taken away. */
static size_t split(char *line, char *cell[CELLS])
{
    size_t n = 0;
    char *from = line, *to = line;
    bool quoted = false;

    cell[n++] = to;
    for (; *from != '\0' && *from != '\n' && *from != '\r'; from++) {
        if (*from == '"') {
            quoted = !quoted;
        } else if (*from == ',' && !quoted) {
            *to++ = '\0';
            if (n == CELLS)
                return CELLS + 1;
            cell[n++] = to;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return n;
}

/* The numbers of "0.38 (finite) ; half 0.46": the first after each start and each semicolon. */
static size_t numbers(const char *text, double v[VALUES])
{
    size_t n = 0;

    while (n < VALUES) {
        const char *at = text + strcspn(text, "0123456789-;");
        char *end;
        if (*at == ';' || *at == '\0') { /* "fail" */
            if (n == 0 && strstr(text, "fail"))
                v[n++] = 1.0;
            return n;
        }
        v[n++] = strtod(at, &end);
        end += strcspn(end, ";");
        if (*end == '\0')
            return n;
        text = end + 1;
    }
    return n;
}

/* "0.5 deg" is absolute; what has no number is held to what the file's other rows are. */
static double tolerance_of(const char *text, double want)
{
    char *end;
    double t = strtod(text, &end);

    if (end == text)
        return 1e-3 * fabs(want);
    return strstr(end, "deg") ? t : t * fabs(want);
}

static bool show(char *cell[CELLS])
{
    double got[VALUES] = {(double)NAN, (double)NAN}, want[VALUES];
    size_t n = numbers(cell[4], want), k = 0;
    bool ok = n > 0;

    while (k < ROWS && strcmp(rows[k].id, cell[0]) != 0)
        k++;
    if (k == ROWS) {
        printf("%-13s is not computed\n", cell[0]);
        return false;
    }
    rows[k].compute(got);
    printf("%-13s %-26.26s", cell[0], cell[1]);
    for (size_t i = 0; i < n; i++) {
        char a[MRSE_NUM_MAX], b[MRSE_NUM_MAX];
        mrse_text_num(a, got[i], 6);
        mrse_text_num(b, want[i], 6);
        bool near = fabs(got[i] - want[i]) <= tolerance_of(cell[7], want[i]);
        ok = ok && near;
        printf(" %s%12s / %-12s%s", i > 0 ? "; " : "", a, b, near ? "" : " OUTSIDE");
    }
    printf(" %s, %s%s\n", cell[5], cell[7],
           strstr(cell[8], "untraced") || strstr(cell[2], "untraced") ? " [untraced]" : "");
    return ok;
}

static int golden(void)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[LONGEST], line[LONGEST], *cell[CELLS];
    int n = 0, good = 0;

    (void)snprintf(path, sizeof path, "%s/labels/hazard-examples.csv",
                   folder && folder[0] ? folder : "../shared/data");
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("skipped: MRSE_GOLDEN_DIR does not hold labels/hazard-examples.csv\n");
        return 0;
    }
    printf("%-13s %-26s %s\n", "row", "topic", "computed / expected, unit, tolerance");
    while (fgets(line, sizeof line, file)) {
        size_t cells = split(line, cell);
        if (strcmp(cell[0], "id") == 0)
            continue;
        n++;
        if (cells != CELLS)
            printf("%-13s has %zu cells\n", cell[0], cells);
        else
            good += show(cell);
    }
    (void)fclose(file);
    printf("\n%d of %d rows within their tolerance\n", good, n);
    failures += good != n || n == 0;
    return n;
}

/* ---- what was measured of real objects ---- */

static void anchor(const char *what, double got, const char *unit, const char *published)
{
    char text[MRSE_NUM_MAX];

    mrse_text_num(text, got, 3);
    printf("  %-62s %9s %-4s %s\n", what, text, unit, published);
}

/* Force over weight of a coil of steel, which the field saturates. */
static double spring_ratio(double ms_T, double rho, double grad_T_m)
{
    mrse_body body = body_of((mrse_shape){.type = MRSE_SHAPE_SPRING,
                                          .diameter_m = 1e-3,
                                          .length_m = 10e-3,
                                          .wire_m = 0.2e-3,
                                          .turns = 40});
    mrse_substance steel = soft(1e3, ms_T / MRSE_MU0);

    return mrse_force_ratio(mrse_magnetise_bound_A_m(&steel, &body, 1.5) * body.volume_m3 *
                                grad_T_m,
                            rho * body.volume_m3);
}

static void anchors(void)
{
    double v[VALUES], force_N;
    const mrse_substance copper = linear(-9.63e-6);
    const mrse_body iud = body_with(0.415e-3 / 8960, along);

    printf("\nPublished measurements, beside the law with handbook figures [unverified]:\n");
    titanium_angle(v);
    anchor("titanium rod at 43 T2/m (7 T)", v[0], "deg", "5.0 to 7.7 deg (PMC5573950)");
    cocr_angle(v);
    anchor("cobalt-chromium rod at 43 T2/m (7 T)", v[0], "deg", "17.8 to 21.0 deg (PMC5573950)");
    iud_angle(v);
    anchor("IUD of 0.415 g, from its 0.5 mN at 40 T/m", v[0], "deg", "7 +- 7 deg (PLoS ONE 2018)");
    force_N = force(copper, iud, 3.0, 40.0);
    anchor("  the same if all copper, at 3 T and 40 T/m", 1e3 * force_N, "mN",
           "0.5 mN: a trace of iron decides (PLoS ONE 2018)");
    anchor("spring if all of it were soft steel, 1.6 T, at 3 T/m: times weight",
           spring_ratio(1.6, 7700, 3.0), "", "up to 24.1 at 1.5 T (Kemper 2007)");
    anchor("  the same at 6 T/m", spring_ratio(1.6, 7700, 6.0), "",
           "up to 47.5 at 3 T: twice, as the gradient (Kemper 2007)");
}

int main(void)
{
    if (mrse_init() != MRSE_OK)
        return 1;
    (void)golden();
    anchors();
    return failures > 0;
}

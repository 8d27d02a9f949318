/* Gathering what each drawn object meets on its ride.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "magnetisation_internal.h"
#include "mc_internal.h"
#include "mrse/eddy_heating.h"
#include "mrse/text.h"

enum { SAMPLES_MIN = 100, SAMPLES_MAX = 1000000 };
static const char *const TOO_LONG = "the field changes too much over the length of the object";
static const double AMPLIFIES_MOST = 1.1; /* a fifth more power than without */

static const char *const hazard_names[MRSE_HAZARD_COUNT] = {
    "largest force",       "force over weight",
    "largest torque",      "torque over weight times longest dimension",
    "drag at couch speed", "drag at walking speed",
    "drag of turning",     "power from the gradients"};
static const mrse_kind hazard_kinds[MRSE_HAZARD_COUNT] = {
    MRSE_KIND_FORCE, MRSE_KIND_RATIO, MRSE_KIND_TORQUE, MRSE_KIND_RATIO,
    MRSE_KIND_FORCE, MRSE_KIND_FORCE, MRSE_KIND_TORQUE, MRSE_KIND_POWER};
static const char *const input_names[MRSE_INPUT_COUNT] = {
    "diameter",        "length",       "width",          "depth",          "wire",
    "turns",           "mass",         "material",       "susceptibility", "polarisation",
    "density",         "conductivity", "edges of shape", "orientation",    "distance from the axis",
    "end of the ride", "field",        "dB/dt"};

const char *mrse_hazard_text(mrse_hazard_id id)
{
    return (unsigned)id < MRSE_HAZARD_COUNT ? hazard_names[id] : "";
}

const char *mrse_hazard_input_text(mrse_hazard_input input)
{
    return (unsigned)input < MRSE_INPUT_COUNT ? input_names[input] : "";
}

/* ---- what it meets ---- */

static void note(mc_sampler *s, size_t i, mrse_hazard_id id, double value, const char *reason)
{
    s->samples.value[(size_t)id * s->samples.n + i] = value;
    if (isfinite(value))
        return;
    if (s->refused[id]++ == 0)
        mrse_text_copy(s->reason[id], sizeof s->reason[id], reason);
}

static void note_hazard(mc_sampler *s, size_t i, mrse_hazard_id id, mrse_status status,
                        const mrse_hazard *h)
{
    note(s, i, id, status ? (double)NAN : h->value.v,
         status ? "a size or an exposure is out of range" : h->reason);
}

/* How much more the field changes inside than outside, at most over directions: 1 of what is weakly
 * magnetic or saturated. */
static double amplifies(const ride_draw *d, double b_T)
{
    const mrse_substance *s = &d->substance;
    double most = 1.0;

    for (int k = 0; k < 3; k++) {
        double n = d->body.n[k], slope = 0.0; /* d(mu0 M) / d(B0) */
        if (s->magnetic == MRSE_MAGNETIC_LINEAR) {
            slope = s->chi / (1.0 + n * s->chi);
        } else if (s->magnetic == MRSE_MAGNETIC_SOFT) { /* of the equation of x = M / Ms */
            double b = b_T / (MRSE_MU0 * s->ms_A_m), x = mrse_saturation_fraction(s->chi, n, b);
            slope = (1.0 - x) / (1.0 / s->chi + n + b - 2.0 * n * x);
        }
        most = fmax(most, 1.0 + (1.0 - n) * slope);
    }
    return most;
}

/* Why the formulas of solid bodies do not hold; of coils no currents are computed anyway, and their
 * factors mean nothing. */
static const char *no_currents(const ride_draw *d, double b_T)
{
    if (!mrse_mass_fits(d->mass_kg, d->substance.density_kg_m3, d->body.volume_m3))
        return MRSE_MASS_DOES_NOT_FIT;
    return d->body.how != MRSE_DEMAGNETISATION_WIRE && !(amplifies(d, b_T) < AMPLIFIES_MOST)
               ? "strongly magnetic and not saturated: the field changes more inside than outside"
               : NULL;
}

static void note_drag(mc_sampler *s, size_t i, const ride_draw *d, const ride_found *f)
{
    const double speed[] = {s->setting->couch_m_s, s->setting->walking_m_s};
    double sigma = d->substance.conductivity_S_m;
    const char *why = f->extent < 1.0 ? no_currents(d, f->b_at_grad_T) : TOO_LONG;
    mrse_hazard h;

    for (int k = 0; k < 3; k++) {
        mrse_hazard_id id = (mrse_hazard_id)(MRSE_HAZARD_LENZ_COUCH + k);
        if (why || isnan(k < 2 ? speed[k] : s->setting->rate_rad_s)) {
            note(s, i, id, (double)NAN, why ? why : "the speed is not known");
            continue;
        }
        mrse_status status =
            k < 2 ? mrse_lenz_body_force(&d->body, sigma, f->b_at_grad_T, f->grad_T_m, speed[k], &h)
                  : mrse_lenz_body_torque(&d->body, sigma, f->b_T, s->setting->rate_rad_s, &h);
        note_hazard(s, i, id, status, &h);
    }
}

static void note_power(mc_sampler *s, size_t i, const ride_draw *d, const ride_found *f)
{
    const char *why = no_currents(d, f->b_end_T);
    mrse_hazard power;

    if (isnan(d->dbdt_rms_T_s) || isnan(s->setting->frequency_Hz))
        why = "dB/dt or its frequency is not known";
    if (why) {
        note(s, i, MRSE_HAZARD_EDDY_POWER, (double)NAN, why);
        return;
    }
    mrse_status status = mrse_eddy_body(&d->body, d->substance.conductivity_S_m, d->dbdt_rms_T_s,
                                        s->setting->frequency_Hz, &power);
    note_hazard(s, i, MRSE_HAZARD_EDDY_POWER, status, &power);
}

static void note_force(mc_sampler *s, size_t i, const ride_draw *d, ride_found *f)
{
    const char *why = NULL;

    if (mrse_magnetic_check(&d->substance, &d->body) != MRSE_OK)
        why = "a magnetic property is not known or out of range";
    bool holds = !why && mrse_magnetic_factors_hold(&d->substance, &d->body);
    if (!why && !holds && d->substance.magnetic != MRSE_MAGNETIC_SOFT)
        why = "no law for a coil of strongly magnetic material without saturation";
    ride_draw as = *d;
    if (why || !holds) /* for its field only: as if of no magnetic material */
        as.substance.magnetic = MRSE_MAGNETIC_LINEAR, as.substance.chi = 0.0;
    mrse_ride_look(s->table, &as, f);
    if (!why && !holds) { /* saturated, lying the worst way */
        f->force_N = d->substance.ms_A_m * d->body.volume_m3 * f->grad_T_m;
        f->torque_N_m = d->substance.ms_A_m * d->body.volume_m3 * f->b_T;
        f->extent = d->body.longest_m * f->grad_T_m / f->b_at_grad_T;
    }
    if (!why && !mrse_mass_fits(d->mass_kg, d->substance.density_kg_m3, d->body.volume_m3))
        why = MRSE_MASS_DOES_NOT_FIT;
    if (!why && !(f->extent < 1.0))
        why = TOO_LONG;
    double force = why ? (double)NAN : f->force_N, torque = why ? (double)NAN : f->torque_N_m;
    note(s, i, MRSE_HAZARD_FORCE, force, why);
    note(s, i, MRSE_HAZARD_TORQUE, torque, why);
    if (!why)
        why = "neither the mass nor the density is known";
    note(s, i, MRSE_HAZARD_FORCE_RATIO, mrse_force_ratio(force, d->mass_kg), why);
    note(s, i, MRSE_HAZARD_TORQUE_RATIO, mrse_torque_ratio(torque, d->mass_kg, d->body.longest_m),
         why);
}

/* ---- the whole ---- */

static void report(mc_sampler *s, unsigned long seed, mrse_hazard_result *out)
{
    out->n = s->samples.n;
    out->seed = seed;
    out->origin = MRSE_ORIGIN_COMPUTED;
    for (size_t k = 0; k < s->object->n_candidates; k++)
        out->origin =
            mrse_origin_weaker(out->origin, mrse_material_origin(s->object->candidate[k]));
    for (int h = 0; h < MRSE_HAZARD_COUNT; h++) {
        mrse_hazard_summary *of = &out->hazard[h];
        of->kind = hazard_kinds[h];
        of->n_refused = s->refused[h];
        if (of->n_refused > 0)
            mrse_text_copy(of->reason, sizeof of->reason, s->reason[h]);
        mrse_hazard_summarise(&s->samples, (mrse_hazard_id)h, of);
    }
}

mrse_status mrse_hazard_sample(const mrse_ride_table *table, const mrse_object_spread *object,
                               const mrse_place_spread *place, const mrse_hazard_setting *setting,
                               size_t n, unsigned long seed, mrse_hazard_result *out)
{
    mc_sampler s = {.table = table, .object = object, .place = place, .setting = setting};

    if (!out)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (!table || !object || !place || !setting || n < SAMPLES_MIN || n > SAMPLES_MAX)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_mc_prepare(&s, n, seed);
    for (size_t i = 0; i < n && !status; i++) {
        ride_draw d;
        ride_found f;
        status = mrse_mc_draw(&s, i, &d);
        if (!status) {
            note_force(&s, i, &d, &f);
            note_drag(&s, i, &d, &f);
            note_power(&s, i, &d, &f);
        }
    }
    if (!status)
        report(&s, seed, out);
    mrse_mc_clear(&s);
    return status;
}

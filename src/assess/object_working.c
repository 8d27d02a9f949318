/* The working of an object's hazards: each number of each candidate, for readers who redo it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/eddy_heating.h"
#include "mrse/lenz.h"
#include "mrse/text.h"

enum { DIGITS = 4 };

typedef struct draft {
    mrse_object_study *s;
    mrse_buf numbers;
    mrse_status status;
} draft;

static void put(draft *d, const char *words, double value, const char *unit)
{
    mrse_buf_add(&d->numbers, words);
    mrse_buf_num(&d->numbers, value, DIGITS);
    mrse_buf_add(&d->numbers, unit);
}

static void finish(draft *d, const char *what, const char *of, const char *formula,
                   mrse_value result, const char *source)
{
    mrse_object_study *s = d->s;
    if (d->status == MRSE_OK)
        d->status = d->numbers.status;
    mrse_step *grown = mrse_realloc(s->step, s->n_steps + 1, sizeof *grown);
    if (grown != NULL)
        s->step = grown;
    else
        d->status = MRSE_ERR_NOMEM;
    if (d->status == MRSE_OK) {
        mrse_step *step = &grown[s->n_steps++];
        memset(step, 0, sizeof *step);
        (void)snprintf(step->what, sizeof step->what, "%s%s%.60s", what, of[0] != '\0' ? ": " : "",
                       of);
        mrse_text_copy(step->formula, sizeof step->formula, formula);
        mrse_text_copy(step->numbers, sizeof step->numbers, mrse_buf_text(&d->numbers));
        mrse_text_copy(step->source, sizeof step->source, source);
        step->result = result;
    }
    d->numbers.len = 0;
    if (d->numbers.data != NULL)
        d->numbers.data[0] = '\0';
}

/* Of weights, not in per cent. */
static mrse_value plain(mrse_value ratio)
{
    ratio.kind = MRSE_KIND_NONE;
    return ratio;
}

static mrse_value computed(double v, mrse_kind kind, const char *method)
{
    return mrse_value_computed(v, 0.0, kind, method);
}

/* ---- the body ---- */

static const char *volume_formula(mrse_shape_type type)
{
    switch (type) {
    case MRSE_SHAPE_SPHERE:
        return "volume V = π diameter³ / 6";
    case MRSE_SHAPE_ELLIPSOID:
        return "volume V = π width depth length / 6";
    case MRSE_SHAPE_CYLINDER:
        return "volume V = π diameter² length / 4";
    case MRSE_SHAPE_PLATE:
        return "volume V = width depth length";
    case MRSE_SHAPE_RING:
        return "volume V = π diameter × π wire² / 4";
    case MRSE_SHAPE_WIRE:
        return "volume V = π wire² length / 4";
    default:
        return "volume V = length of the wire × π wire² / 4";
    }
}

static void body_step(draft *d)
{
    const mrse_shape *b = &d->s->body.shape;
    const struct {
        const char *name;
        double v;
    } size[] = {{"diameter ", b->diameter_m},
                {"length ", b->length_m},
                {"width ", b->width_m},
                {"depth ", b->depth_m},
                {"wire ", b->wire_m}};
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++)
        if (size[i].v > 0.0)
            put(d, size[i].name, 1e3 * size[i].v, " mm; ");
    put(d, "demagnetising factors along its axes ", d->s->body.n[0], "");
    put(d, ", ", d->s->body.n[1], "");
    put(d, ", ", d->s->body.n[2], " (sum 1)");
    finish(d, "Volume of the object", "", volume_formula(b->type),
           computed(d->s->body.volume_m3, MRSE_KIND_VOLUME, MRSE_METHOD_DEMAGNETISATION),
           "sizes from the object file; J. A. Osborn, Phys. Rev. 67 (1945) 351");
}

/* ---- static field ---- */

static double middle(const mrse_range *range)
{
    return 0.5 * (range->low + range->high);
}

static const char *force_formula(mrse_magnetic_class magnetic)
{
    switch (magnetic) {
    case MRSE_MAGNETIC_LINEAR:
        return "force F = V M G, magnetisation M = (B / µ0) χ / (1 + N χ); ratio = F / (m g)";
    case MRSE_MAGNETIC_SOFT:
        return "force F = V M G, M = share of saturation × Js / µ0, H = B/µ0 − N M; ratio = F / (m "
               "g)";
    default:
        return "force F = V M G, M = Br / µ0 whatever the field; ratio = F / (m g)";
    }
}

/* Force and weight; G is |grad |B|| or, of what may be magnetised off the field, the steepest. */
static void force_step(draft *d, const mrse_object_candidate_row *c)
{
    const mrse_material *m = &c->material;
    const mrse_ride_force *at = &c->at;
    double n = fmin(d->s->body.n[0], fmin(d->s->body.n[1], d->s->body.n[2]));
    if (!isfinite(at->ratio.value.v))
        return;
    put(d, "z = ", at->place.z_m, " m: ");
    put(d, "B = ", at->place.b_T, " T, ");
    put(d, "|∇|B|| = ", at->place.grad_T_m, " T/m; ");
    if (m->magnetic == MRSE_MAGNETIC_LINEAR) {
        put(d, "χ = ", middle(&m->chi), ", ");
        put(d, "N = ", n, "");
    } else {
        put(d, m->magnetic == MRSE_MAGNETIC_SOFT ? "Js = " : "Br = ", middle(&m->polarisation_T),
            " T");
        if (m->magnetic == MRSE_MAGNETIC_SOFT)
            put(d, ", saturated to ", at->saturation, "");
        mrse_buf_add(&d->numbers, at->worst_orientation ? ", G the steepest direction there" : "");
    }
    put(d, "; V = ", d->s->body.volume_m3, " m³; ");
    put(d, "F = ", at->force.value.v, " N; ");
    put(d, "m g = ", at->force.value.v / at->ratio.value.v, " N");
    finish(d, "Largest force against weight", m->name, force_formula(m->magnetic),
           plain(at->ratio.value), m->source);
}

static void torque_step(draft *d, const mrse_object_candidate_row *c)
{
    const mrse_ride_force *at = &c->at;
    bool turns =
        d->s->body.shape.type != MRSE_SHAPE_SPHERE || c->material.magnetic == MRSE_MAGNETIC_HARD;
    if (!isfinite(at->torque_ratio.value.v) || !turns)
        return;
    put(d, "B = ", at->torque_place.b_T, " T at z = ");
    put(d, "", at->torque_place.z_m, " m; ");
    put(d, "torque ", at->torque.value.v, " N m; ");
    put(d, "longest dimension ", 1e3 * d->s->body.longest_m, " mm; ");
    mrse_buf_add(&d->numbers, at->torque.reason);
    finish(
        d, "Largest torque against its reference", c->material.name,
        "torque τ = V M × B at the worst angle unless known; ratio = τ / (m g × longest dimension)",
        plain(at->torque_ratio.value), "ASTM F2213 for the reference");
}

/* ---- what moves and switches ---- */

/* By hand with the middle of its range, of the candidate that conducts best. */
static const mrse_object_candidate_row *best_conductor(const mrse_object_study *s)
{
    const mrse_object_candidate_row *best = NULL;
    for (size_t i = 0; i < s->n_candidates; i++) {
        double sigma = s->candidate[i].material.conductivity_S_m.high;
        if (sigma > 0.0 && (best == NULL || sigma > best->material.conductivity_S_m.high))
            best = &s->candidate[i];
    }
    return best;
}

static void eddy_steps(draft *d)
{
    const mrse_object_study *s = d->s;
    const mrse_object_candidate_row *c = best_conductor(s);
    mrse_hazard power, drag;
    if (c == NULL)
        return;
    double sigma = c->material.conductivity_S_m.high, b_T = c->at.place.b_T;
    if (b_T > 0.0 && isfinite(s->sampled.hazard[MRSE_HAZARD_LENZ_WALKING].median) &&
        mrse_lenz_body_force(&s->body, sigma, b_T, s->ride.at.grad.v, s->setting.walking_m_s,
                             &drag) == MRSE_OK &&
        isfinite(drag.value.v)) {
        put(d, "σ = ", sigma, " S/m; ");
        put(d, "G = ", s->ride.at.grad.v, " T/m; ");
        put(d, "v = ", s->setting.walking_m_s, " m/s; ");
        put(d, "validity number ", drag.validity, ", below 1");
        finish(d, "Drag at walking speed", c->material.name,
               "power of eddy currents over speed: F = σ g G² v, g = Ixx Iyy / (Ixx + Iyy), Ixx = "
               "∫x² dV",
               drag.value, "mrse methods lenz-disc");
    }
    if (!isfinite(s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].median) ||
        mrse_eddy_body(&s->body, sigma, s->setting.dbdt_rms_T_s, s->setting.dbdt_frequency_Hz,
                       &power) != MRSE_OK ||
        !isfinite(power.value.v))
        return;
    put(d, "σ = ", sigma, " S/m; ");
    put(d, "dB/dt rms ", s->setting.dbdt_rms_T_s, " T/s; ");
    put(d, "validity number ", power.validity, ", below 1, at ");
    put(d, "", s->setting.dbdt_frequency_Hz, " Hz");
    finish(d, "Power of switched gradients", c->material.name,
           "P = σ g (dB/dt)², g = Ixx Iyy / (Ixx + Iyy), Ixx = ∫x² dV over the body", power.value,
           "mrse methods eddy-power");
}

static void rise_step(draft *d)
{
    const mrse_object_study *s = d->s;
    if (!isfinite(s->rise.value.v))
        return;
    put(d, "largest sampled power ", s->sampled.hazard[MRSE_HAZARD_EDDY_POWER].largest, " W; ");
    put(d, "for ", s->setting.duration_s, " s; ");
    put(d, "specific heat ", s->object->specific_heat_J_kg_K, " J/(kg K)");
    finish(d, "Bound on the rise by gradients", "",
           "ΔT = P t / (m c), as if no heat left the object", s->rise.value,
           "RF heating adds to it");
}

static void rf_step(draft *d)
{
    const mrse_object_study *s = d->s;
    put(d, "f = ", 1e-6 * s->rf_frequency_Hz, " MHz; ");
    put(d, "length ", 1e2 * s->rf_length_m, " cm; ");
    put(d, "resonance from ", 1e2 * s->rf.critical_from_m, " cm on: ");
    mrse_buf_add(&d->numbers, s->rf.reason);
    finish(d, "Wavelength in tissue", "",
           "λ = 2π / Re k, k² = ω² µ0 (ε + i σ/ω); first resonance from 0.6 half waves on",
           computed(s->rf.wavelength_m, MRSE_KIND_LENGTH, MRSE_METHOD_RF_LENGTH),
           s->rf_gel ? "permittivity 80, 0.47 S/m: phantom gel [untraced]" : "of the object file");
}

static void doubt_step(draft *d)
{
    const mrse_hazard_summary *h = &d->s->sampled.hazard[MRSE_HAZARD_FORCE_RATIO];
    if (!isfinite(h->median))
        return;
    mrse_buf_addf(&d->numbers, "%zu samples, seed %lu; ", d->s->sampled.n, d->s->sampled.seed);
    put(d, "2.5 % ", h->low, ", ");
    put(d, "97.5 % ", h->high, "; decides most: ");
    mrse_buf_addf(&d->numbers, "%s (share ", mrse_hazard_input_text(h->dominant));
    put(d, "", h->share[h->dominant], ")");
    finish(d, "Median of force against weight, all candidates alike", "",
           "sizes, material, orientation, place and field drawn; the steps above for each draw",
           computed(h->median, MRSE_KIND_NONE, MRSE_METHOD_HAZARD_MC), "JCGM 101:2008");
}

mrse_status mrse_object_working(mrse_object_study *s)
{
    draft d = {.s = s};
    body_step(&d);
    for (size_t i = 0; i < s->n_candidates; i++) {
        force_step(&d, &s->candidate[i]);
        torque_step(&d, &s->candidate[i]);
    }
    eddy_steps(&d);
    rise_step(&d);
    rf_step(&d);
    doubt_step(&d);
    mrse_buf_free(&d.numbers);
    return d.status;
}

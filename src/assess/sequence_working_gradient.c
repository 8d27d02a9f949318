/* The working of switched gradients: slew rate, dB/dt. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sequence_working.h"

enum { X, Y, Z };

#define SAME 1e-9 /* relative: the same number, got in another order */

static bool is_same(double a, double b)
{
    return fabs(a - b) <= SAME * fabs(b);
}

/* --- Slew rate and amplitude ---------------------------------------------------------------------- */

/* The lobe that this slew rate is of: stated, or amplitude over ramp. */
static const mrse_protocol_lobe *lobe_of(const mrse_protocol *p, double slew_T_m_s, bool *by_ramp)
{
    for (size_t i = 0; i < p->n_lobes; i++) {
        const mrse_protocol_lobe *l = &p->lobe[i];
        *by_ramp = is_same(l->amplitude.v / l->ramp.v, slew_T_m_s);
        if (*by_ramp || is_same(l->slew.v, slew_T_m_s))
            return l;
    }
    return NULL;
}

static void put_slew(working *w, const mrse_protocol *p, double slew_T_m_s)
{
    bool by_ramp = false;
    const mrse_protocol_lobe *l = lobe_of(p, slew_T_m_s, &by_ramp);

    if (l == NULL) {
        working_text(w, "as stated");
        return;
    }
    if (l->name != NULL) {
        working_text(w, "lobe '");
        working_text(w, l->name);
        working_text(w, "'; ");
    }
    if (!by_ramp) {
        working_text(w, "as stated");
        return;
    }
    working_num(w, "", l->amplitude.v, " T/m / ");
    working_num(w, "", l->ramp.v, " s");
    working_is(w, slew_T_m_s, "T/m/s");
}

static void slew(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_figure *f = &in->gradient.slew_max;
    const working_head head = {
        .what = "Slew rate of the sequence, one axis",
        .formula = in->played != NULL ? "largest |ΔG / Δt| of the lines between the file's points"
                                      : "S = amplitude / ramp of the steepest lobe, or as stated",
        .source = f->note};

    (void)i;
    if (!isfinite(f->value.v)) {
        working_end_missing(w, &head, f->value.kind, f->note);
        return;
    }
    if (in->protocol != NULL)
        put_slew(w, in->protocol, f->value.v);
    else
        working_num(w, "not by hand: the steepest line of ", (double)in->played->sequence->n_blocks,
                    " blocks");
    working_end(w, &head, &f->value);
}

static void amplitude(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_figure *f = &in->gradient.amplitude;
    const working_head head = {.what = "Gradient amplitude, one axis",
                               .formula = "the largest of all lobes, or as stated",
                               .source = f->note};

    (void)i;
    if (!isfinite(f->value.v)) {
        working_end_missing(w, &head, f->value.kind, f->note);
        return;
    }
    working_text(w, in->played != NULL ? "not by hand: the largest of the file's points"
                                       : "as stated");
    working_end(w, &head, &f->value);
}

static void rms(working *w, const mrse_sequence_input *in, size_t i)
{
    static const char *const axis[] = {"x", "y", "z"};
    const working_head head = {.what = "Gradient rms over the sequence",
                               .of = axis[i],
                               .formula = "√(∫G²dt / duration), ∫ over the lines between the "
                                          "file's points",
                               .source = "method pulseq-gradient"};

    if (in->played == NULL || !isfinite(in->played->gradient.rms_T_m[i]))
        return;
    double rms_mT_m = 1e3 * in->played->gradient.rms_T_m[i];
    double duration_s = 1e-9 * in->played->sequence->duration_ns;
    working_num(w, "√(", rms_mT_m * rms_mT_m * duration_s, " mT²/m² s / ");
    working_num(w, "", duration_s, " s)");
    working_is(w, rms_mT_m, "mT/m");
    mrse_value v = mrse_value_computed(1e-3 * rms_mT_m, 0.0, MRSE_KIND_GRADIENT, "pulseq-gradient");
    working_end(w, &head, &v);
}

static void slew_rms(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_figure *f = &in->gradient.slew_rms_of;
    const working_head head = {
        .what = "Slew rate, rms over the sequence", .formula = "√(∫S²dt / TR)", .source = ""};

    (void)i;
    if (!isfinite(f->value.v))
        working_end_missing(w, &head, MRSE_KIND_SLEW_SEQUENCE, f->note);
}

/* --- dB/dt ---------------------------------------------------------------------------------------- */

/* The worst signs are those of the coordinates: mrse_dbdt_at. */
static void put_vector(working *w, const double place_m[3], const double slew[3])
{
    const double s[3] = {copysign(slew[X], place_m[X]), copysign(slew[Y], place_m[Y]),
                         copysign(slew[Z], place_m[Z])};

    for (int k = X; k <= Y; k++) {
        working_num(w, k == X ? "√((" : " + (", s[k], " × ");
        working_num(w, "", place_m[Z], " − ");
        working_num(w, "", s[Z], " × ");
        working_num(w, "", place_m[k], " / 2)²");
    }
    working_num(w, " + (", s[X], " × ");
    working_num(w, "", place_m[X], " + ");
    working_num(w, "", s[Y], " × ");
    working_num(w, "", place_m[Y], " + ");
    working_num(w, "", s[Z], " × ");
    working_num(w, "", place_m[Z], ")²)");
}

static void put_reference(working *w, double alpha_m, const double s[3])
{
    int playing = (s[X] > 0.0) + (s[Y] > 0.0) + (s[Z] > 0.0);

    if (playing > 1)
        working_text(w, "√(8 / 7) × ");
    working_num(w, "", alpha_m, " m × √(");
    working_num(w, "", s[X], "² + ");
    working_num(w, "", s[Y], "² + ");
    working_num(w, "", s[Z], "²) T/m/s");
}

#define BY_VECTOR                                                                                           \
    "√((Sx z − Sz x/2)² + (Sy z − Sz y/2)² + (Sx x + Sy y + Sz z)²), each S with the sign of its " \
    "coordinate: the worst"
#define BY_REFERENCE                                                                               \
    "α √(Sx² + Sy² + Sz²), times √(8/7) where several axes play; α: reference radius"

const char *working_put_dbdt(working *w, const double s[3])
{
    const mrse_gradient_system *g = &w->s->scanner->gradients;
    const double r = g->linear_radius.v, t = hypot(s[X], s[Y]);

    if (g->reference_radius.v > 0.0) {
        put_reference(w, g->reference_radius.v, s);
        return BY_REFERENCE;
    }
    if (!(r > 0.0) || !(g->linear_half_length.v > 0.0))
        return NULL;
    const double corner[3] = {t > 0.0 ? r * (s[X] / t) : r, t > 0.0 ? r * (s[Y] / t) : 0.0,
                              g->linear_half_length.v};
    working_text(w, "in T/m/s and m, at the corner of the linear volume; ");
    put_vector(w, corner, s);
    return BY_VECTOR;
}

static void slews(const mrse_sequence_input *in, bool rms_of, double s[3])
{
    for (int k = 0; k < 3; k++)
        s[k] = rms_of ? in->gradient.slew_rms[k].v : in->gradient.slew[k].v;
}

static void at_place(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_sequence_study *s = w->s;
    const mrse_dbdt *d = in == &s->after ? &s->dbdt_after : &s->dbdt_before;
    const bool vector = isfinite(d->component[0].v), of_rms = i == 1;
    const mrse_value *v = of_rms ? &d->rms : &d->peak;
    double slew_T_m_s[3];
    const working_head head = {.what = of_rms ? "rms dB/dt at the implant"
                                              : "Peak dB/dt at the implant",
                               .formula = d->declared ? "none: the scanner's declared maximum"
                                          : vector    ? BY_VECTOR
                                                      : BY_REFERENCE,
                               .source = d->reason};

    slews(in, of_rms, slew_T_m_s);
    if (!isfinite(v->v)) {
        working_end_missing(w, &head, v->kind,
                            of_rms && isfinite(d->peak.v) ? in->gradient.slew_rms_of.note
                                                          : d->reason);
        return;
    }
    if (d->declared) {
        working_text(w, "as declared");
    } else if (vector) {
        working_text(w, "in T/m/s and m; ");
        put_vector(w, s->place_m, slew_T_m_s);
    } else {
        put_reference(w, s->scanner->gradients.reference_radius.v, slew_T_m_s);
    }
    if (!d->declared)
        working_is(w, v->v, "T/s");
    working_end(w, &head, v);
    if (!d->declared && !of_rms)
        working_show(w);
}

static void largest(working *w, const mrse_sequence_input *in, size_t i)
{
    const mrse_gradient_figure *f = &in->gradient.dbdt;
    const bool declared = f->value.basis == MRSE_BASIS_DECLARED;
    working_head head = {.what = "Largest dB/dt that a patient meets",
                         .formula = "none: the scanner's declared maximum",
                         .source = f->note};
    double slew_T_m_s[3];

    (void)i;
    if (!isfinite(f->value.v)) {
        head.formula = BY_REFERENCE;
        working_end_missing(w, &head, f->value.kind, f->note);
        return;
    }
    slews(in, false, slew_T_m_s);
    if (declared) {
        working_text(w, "as declared");
    } else {
        head.formula = working_put_dbdt(w, slew_T_m_s);
        working_is(w, f->value.v, "T/s");
    }
    working_end(w, &head, &f->value);
}

void working_gradient(working *w)
{
    working_each(w, amplitude, 0);
    working_each(w, slew, 0);
    for (size_t k = 0; k < MRSE_AXES; k++)
        working_each(w, rms, k);
    working_each(w, slew_rms, 0);
    if (w->s->has_place) {
        working_each(w, at_place, 0);
        working_each(w, at_place, 1);
    }
    working_each(w, largest, 0);
}

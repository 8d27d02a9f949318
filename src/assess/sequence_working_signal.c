/* The working of a tissue's signal by the equation of the sequence's family.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sequence_working.h"

#define DEG (180.0 / MRSE_PI)

/* exp(−t / T) as a clause of its own, with its name. */
static void put_decay(working *w, const char *name, double time_s, double of_s, bool fine)
{
    working_text(w, name);
    working_num(w, ": exp(−", time_s, " s / ");
    working_num(w, "", of_s, " s) = ");
    (fine ? working_fine : working_num)(w, "", exp(-time_s / of_s), "; ");
}

/* Mz before the excitation, of a spin echo; the letters are those of the formula. */
static void put_spin_echo(working *w, const mrse_spin_echo *s, const mrse_relaxation *t)
{
    const bool inverted = s->inversion_rad != 0.0;
    const double ti_s = inverted ? s->ti_s : 0.0;
    const double e = exp(-0.5 * s->te_s / t->t1_s);
    const double f = exp(-(s->tr_s - 0.5 * s->te_s - ti_s) / t->t1_s);
    const double i = exp(-ti_s / t->t1_s);

    put_decay(w, "e", 0.5 * s->te_s, t->t1_s, false);
    put_decay(w, "f", s->tr_s - 0.5 * s->te_s - ti_s, t->t1_s, false);
    if (inverted)
        put_decay(w, "i", ti_s, t->t1_s, false);
    working_text(w, "|(1 − ");
    if (inverted) {
        working_num(w, "", i, " + cos(");
        working_num(w, "", s->inversion_rad * DEG, "°) × ");
        working_num(w, "", i, " × (1 − ");
    }
    working_num(w, "", f, " + cos(");
    working_num(w, "", s->refocusing_rad * DEG, "°) × (1 − ");
    working_num(w, "", e, ") × ");
    working_num(w, "", f, inverted ? "))" : ")");
    working_num(w, " / (1 − cos(", s->excitation_rad * DEG, "°) × cos(");
    working_num(w, "", s->refocusing_rad * DEG, "°) × ");
    working_num(w, "", e, " × ");
    working_num(w, "", f, "");
    if (inverted) {
        working_num(w, " × cos(", s->inversion_rad * DEG, "°) × ");
        working_num(w, "", i, "");
    }
    working_num(w, ") × sin(", s->excitation_rad * DEG, "°) × sin(");
    working_num(w, "", s->refocusing_rad * DEG, "° / 2)² × exp(−");
    working_num(w, "", s->te_s, " s / ");
    working_num(w, "", t->t2_s, " s)|");
}

static void put_spoiled(working *w, const mrse_gradient_echo *g, const mrse_relaxation *t)
{
    const double e1 = exp(-g->tr_s / t->t1_s);

    put_decay(w, "e", g->tr_s, t->t1_s, true);
    working_num(w, "sin(", g->flip_rad * DEG, "°) × (1 − ");
    working_fine(w, "", e1, ") / (1 − ");
    working_fine(w, "", e1, " × cos(");
    working_num(w, "", g->flip_rad * DEG, "°)) × exp(−");
    working_num(w, "", g->te_s, " s / ");
    working_num(w, "", t->t2_s, " s)");
}

static void put_balanced(working *w, const mrse_gradient_echo *g, const mrse_relaxation *t)
{
    const double e1 = exp(-g->tr_s / t->t1_s), e2 = exp(-g->tr_s / t->t2_s);

    put_decay(w, "e", g->tr_s, t->t1_s, true);
    put_decay(w, "d", g->tr_s, t->t2_s, true);
    working_num(w, "sin(", g->flip_rad * DEG, "°) × (1 − ");
    working_fine(w, "", e1, ") / (1 − (");
    working_fine(w, "", e1, " − ");
    working_fine(w, "", e2, ") × cos(");
    working_num(w, "", g->flip_rad * DEG, "°) − ");
    working_fine(w, "", e1, " × ");
    working_fine(w, "", e2, ") × exp(−");
    working_num(w, "", g->te_s, " s / ");
    working_num(w, "", t->t2_s, " s)");
}

/* Echoes of a train are followed state by state: what goes in is shown, the way is not. */
static void put_train(working *w, const mrse_weighting *x, const mrse_relaxation *t)
{
    working_num(w, "not by hand, by extended phase graphs: echo ", (double)x->centre + 1.0, " of ");
    working_num(w, "", (double)x->train.n, ", every ");
    working_num(w, "", x->train.esp_s, " s, TR ");
    working_num(w, "", x->repetition.tr_s, " s, ");
    if (x->repetition.inversion_rad != 0.0) {
        working_num(w, "inversion ", x->repetition.inversion_rad * DEG, "° and TI ");
        working_num(w, "", x->repetition.ti_s, " s, ");
    }
    working_text(w, "excitation ");
    working_num(w, "", x->train.excitation.flip_rad * DEG, "°, refocusing, first of all, ");
    working_num(w, "", x->train.refocusing[0].flip_rad * DEG, "°; T1 ");
    working_num(w, "", t->t1_s, " s, T2 ");
    working_num(w, "", t->t2_s, " s");
}

const char *working_put_signal(working *w, const mrse_weighting *x, const mrse_relaxation *t)
{
    switch (x->family) {
    case MRSE_SIGNAL_SPIN_ECHO:
        put_spin_echo(w, &x->spin_echo, t);
        return x->spin_echo.inversion_rad != 0.0
                   ? "S = |M sin α sin²(β/2) exp(−TE/T2)|, M = (1 − i + i cos ι (1 − f + f cos β "
                     "(1 − "
                     "e))) / (1 − e f i cos α cos β cos ι), e = exp(−TE/2/T1), f = exp(−(TR − TI − "
                     "TE/2)/T1), i = exp(−TI/T1)"
                   : "S = |M sin α sin²(β/2) exp(−TE/T2)|, M = (1 − f + f cos β (1 − e)) / (1 − e "
                     "f "
                     "cos α cos β), e = exp(−TE/2/T1), f = exp(−(TR − TE/2)/T1)";
    case MRSE_SIGNAL_SPOILED:
        put_spoiled(w, &x->gradient_echo, t);
        return "S = sin α (1 − e) / (1 − e cos α) × exp(−TE/T2), e = exp(−TR/T1)";
    case MRSE_SIGNAL_BALANCED:
        put_balanced(w, &x->gradient_echo, t);
        return "S = sin α (1 − e) / (1 − (e − d) cos α − e d) × exp(−TE/T2), e = exp(−TR/T1), d = "
               "exp(−TR/T2)";
    case MRSE_SIGNAL_TRAIN:
        put_train(w, x, t);
        return "magnitude of the echo at the centre of k-space in the steady state, of M0 = 1";
    case MRSE_SIGNAL_INVERSION: /* no protocol makes this one */
        break;
    }
    return "";
}

/* The working: each number that decides, with its formula, the numbers put in, and the source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

mrse_step *mrse_step_new(mrse_assessment *a)
{
    mrse_step *grown = mrse_realloc(a->step, a->n_steps + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    a->step = grown;
    mrse_step *s = &grown[a->n_steps++];
    memset(s, 0, sizeof *s);
    s->result = mrse_value_missing(MRSE_KIND_NONE);
    return s;
}

/* A step under construction: text goes through a buffer and is copied in at the end. */
typedef struct draft {
    mrse_assessment *a;
    mrse_buf numbers;
} draft;

static void text(draft *d, const char *words)
{
    mrse_buf_add(&d->numbers, words);
}

static void number(draft *d, double value)
{
    mrse_buf_num(&d->numbers, value, 5);
}

static mrse_status finish(draft *d, const char *what, const char *formula, mrse_value result,
                          const char *source)
{
    mrse_status status = d->numbers.status;
    mrse_step *s = status == MRSE_OK ? mrse_step_new(d->a) : NULL;
    if (status == MRSE_OK && s == NULL)
        status = MRSE_ERR_NOMEM;
    if (status == MRSE_OK) {
        mrse_text_copy(s->what, sizeof s->what, what);
        mrse_text_copy(s->formula, sizeof s->formula, formula);
        mrse_text_copy(s->numbers, sizeof s->numbers, mrse_buf_text(&d->numbers));
        mrse_text_copy(s->source, sizeof s->source, source);
        s->result = result;
    }
    mrse_buf_free(&d->numbers);
    return status;
}

static mrse_status limit_step(mrse_assessment *a, const mrse_label_limit *limit)
{
    draft d = {.a = a};
    text(&d, limit->limit.value.printed);
    text(&d, " = ");
    text(&d, mrse_op_text(limit->limit.op));
    text(&d, " ");
    number(&d, limit->limit.value.v);
    text(&d, " T/m (1 T/m = 100 G/cm)");
    return finish(&d, "Limit of the label in SI", "printed number × unit factor",
                  limit->limit.value, limit->limit.value.src);
}

/* |grad |B|| at a point from the components of B and its gradient: what a reader can redo. */
static mrse_status gradient_step(mrse_assessment *a, const char *what, const mrse_peak *peak,
                                 mrse_value result)
{
    mrse_field f;
    mrse_status status = mrse_field_at(&a->study->model.magnet, peak->r_m, peak->z_m, &f);
    if (status != MRSE_OK)
        return status;
    mrse_sfg g;
    mrse_sfg_from_field(&f, &g);
    draft d = {.a = a};
    text(&d, "r = ");
    number(&d, peak->r_m);
    text(&d, " m, z = ");
    number(&d, peak->z_m);
    text(&d, " m: Br = ");
    number(&d, f.br_T);
    text(&d, " T, Bz = ");
    number(&d, f.bz_T);
    text(&d, " T; ∂|B|/∂r = ");
    number(&d, g.grad_r_T_m);
    text(&d, ", ∂|B|/∂z = ");
    number(&d, g.grad_z_T_m);
    text(&d, " T/m; √(sum of squares) = ");
    number(&d, g.grad_T_m);
    text(&d, " T/m");
    return finish(&d, what,
                  "|∇|B|| = √((∂|B|/∂r)² + (∂|B|/∂z)²), ∂|B|/∂s = (Br ∂Br/∂s + Bz ∂Bz/∂s) / |B|",
                  result, "methods field-coil-gauss, reach-maximum, path-maximum");
}

static mrse_status position_step(mrse_assessment *a, const mrse_implant_result *r)
{
    const mrse_position *p = &r->ride.position;
    draft d = {.a = a};
    text(&d, "x = ");
    number(&d, p->x_m);
    text(&d, " m, y = ");
    number(&d, p->y_m);
    text(&d, " m, couch ");
    number(&d, p->couch_height_m);
    text(&d, " m, z = ");
    number(&d, p->z_m);
    text(&d, " m, ");
    text(&d, mrse_entry_text(p->entry));
    text(&d, ", ");
    text(&d, mrse_posture_text(p->posture));
    text(&d, ": stops at z = ");
    number(&d, r->ride.at.path.z_end_m);
    text(&d, " m");
    mrse_value radius =
        mrse_value_computed(r->ride.at.path.r_m, hypot(hypot(p->u_x_m, p->u_y_m), p->u_couch_m),
                            MRSE_KIND_LENGTH, "path-maximum");
    return finish(&d, "Distance of the implant from the magnet's axis on its ride",
                  "r = √(x² + (y + h)²) with x, y across and up for this posture", radius,
                  "geometry; position from the case");
}

static mrse_status uncertainty_step(mrse_assessment *a, const mrse_implant_result *r)
{
    draft d = {.a = a};
    text(&d, "√(");
    number(&d, r->ride.at.u_position_grad_T_m);
    text(&d, "² + ");
    number(&d, r->ride.at.u_model_grad_T_m);
    text(&d, "²) T/m; U = 2u = ");
    number(&d, 2.0 * r->ride.at.grad.u);
    text(&d, " T/m");
    mrse_value u = mrse_value_computed(r->ride.at.grad.u, 0.0, MRSE_KIND_SFG, "ride-uncertainty");
    return finish(&d, "Standard uncertainty of the maximum on the ride",
                  "u = √(u(position)² + u(field model)²); u(position): half the change for ± 2u", u,
                  "JCGM 100:2008, 5.1.2 and 5.1.3 note 2");
}

static mrse_status decision_step(mrse_assessment *a, const mrse_finding *f)
{
    draft d = {.a = a};
    text(&d, f->decision.reason);
    text(&d, ": ");
    text(&d, mrse_verdict_text(f->decision.verdict));
    mrse_value margin =
        mrse_value_computed(f->decision.margin, f->exposure.u, f->exposure.kind, "decision-rule");
    return finish(&d, f->exposure_name,
                  "value + U ≤ limit: MET; value − U > limit: NOT MET; else UNDETERMINED", margin,
                  "ISO/IEC Guide 98-4:2012, guarded acceptance, U = 2u");
}

static mrse_status ride_steps(mrse_assessment *a, const mrse_implant_result *r)
{
    mrse_status status = position_step(a, r);
    if (status == MRSE_OK)
        status = gradient_step(a, "Largest spatial field gradient on the implant's ride",
                               &r->ride.at.at.grad, r->ride.at.grad);
    if (status == MRSE_OK)
        status = uncertainty_step(a, r);
    return status;
}

static mrse_status stated_step(mrse_assessment *a)
{
    const mrse_value *v = &a->study->reach_grad;
    draft d = {.a = a};
    text(&d, v->printed);
    if (mrse_sheet_accessible(&a->scanner->sheet, MRSE_KIND_SFG) != NULL)
        return finish(&d, "Scanner's largest spatial field gradient within reach",
                      "the manufacturer's number for everywhere that a person can reach", *v,
                      v->src);
    text(&d, " on the cylinder r = ");
    number(&d, a->study->reach_at.grad.r_m);
    text(&d, " m; bore radius ");
    number(&d, a->study->reach.bore_radius_m);
    text(&d, " m");
    return finish(
        &d, "Scanner's largest spatial field gradient within reach",
        "the manufacturer's number for a cylinder that holds the bore; everywhere in front "
        "of the covers the field model has less",
        *v, v->src);
}

mrse_status mrse_working_add_scanner(mrse_assessment *a)
{
    if (!isfinite(a->study->reach_grad.v))
        return MRSE_OK;
    if (mrse_reach_is_stated(&a->study->reach_grad))
        return stated_step(a);
    return gradient_step(a, "Scanner's largest spatial field gradient within reach",
                         &a->study->reach_at.grad, a->study->reach_grad);
}

mrse_status mrse_working_add(mrse_assessment *a, const mrse_implant_result *r)
{
    mrse_status status = MRSE_OK;
    if (r->grad_limit != NULL)
        status = limit_step(a, r->grad_limit);
    if (status == MRSE_OK && r->has_ride)
        status = ride_steps(a, r);
    for (size_t i = 0; i < a->n_findings && status == MRSE_OK; i++) {
        const mrse_finding *f = &a->finding[i];
        if (f->implant == r->implant->name && f->exposure.kind == MRSE_KIND_SFG && f->numeric)
            status = decision_step(a, f);
    }
    return status;
}

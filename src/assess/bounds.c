/* What the manufacturer's own numbers say beside the field model: a bound on a ride, and where the
 * two disagree. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "assess_internal.h"

/* The narrowest stated cylinder with this quantity that the ride cannot leave; NULL: none. NaN in
 * the position or its uncertainty contains nothing. */
static const mrse_stated_cylinder *narrowest(const mrse_assessment *a, const mrse_implant_result *r,
                                             mrse_kind kind)
{
    const mrse_data_sheet *sheet = &a->scanner->sheet;
    const mrse_position *p = &r->ride.position;
    double u_r_m = hypot(hypot(p->u_x_m, p->u_y_m), p->u_couch_m);
    const mrse_stated_cylinder *best = NULL;
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *c = &sheet->cylinder[i];
        if (mrse_sheet_maximum(sheet, c, kind) == NULL ||
            !(c->radius.v >= r->ride.at.path.r_m + 2.0 * u_r_m))
            continue;
        if (best == NULL || c->radius.v < best->radius.v)
            best = c;
    }
    return best;
}

/* |B| is largest on the surface of a cylinder, gradient and product nearly always: the model tells
 * whether they are here. */
static bool surface_has_more(const mrse_study *study, const mrse_ride *ride, double radius_m,
                             mrse_kind kind)
{
    for (size_t i = 0; i < study->n_cylinders; i++) {
        const mrse_cylinder *c = &study->cylinder[i].at;
        if (!(fabs(c->radius_m - radius_m) <= MRSE_SAME_RADIUS_M))
            continue;
        return kind == MRSE_KIND_PRODUCT ? ride->at.at.product.value <= c->product_T2_m
                                         : ride->at.at.grad.value <= c->grad_T_m;
    }
    return false;
}

static bool differs(const mrse_study *study, const mrse_value *stated)
{
    for (size_t i = 0; i < study->n_agreements; i++) {
        if (study->agreement[i].stated == stated)
            return study->agreement[i].differs;
    }
    return true;
}

bool mrse_reach_differs(const mrse_study *study, mrse_kind kind)
{
    if (!mrse_study_has_model(study))
        return false;
    if (mrse_sheet_accessible(&study->scanner->sheet, kind) != NULL)
        return kind == MRSE_KIND_PRODUCT ? study->doubt_product
               : kind == MRSE_KIND_SFG   ? study->doubt_grad
                                         : study->doubt_b;
    const mrse_value *stated = mrse_reach_wall_stated(study, kind);
    return stated != NULL && differs(study, stated);
}

bool mrse_sheet_holds_ride(const mrse_assessment *a, const mrse_implant_result *r, mrse_kind kind,
                           mrse_containing *out)
{
    const mrse_stated_cylinder *c = narrowest(a, r, kind);
    if (c == NULL)
        return false;
    const mrse_value *stated = mrse_sheet_maximum(&a->scanner->sheet, c, kind);
    /* That the ride lies inside rests on where the implant is across the bore, not along it. */
    const mrse_value *rests_on[] = {&c->radius, &r->implant->x, &r->implant->y,
                                    &a->kase->couch_height};
    out->maximum = *stated;
    out->maximum.kind = kind;
    for (size_t i = 0; i < sizeof rests_on / sizeof rests_on[0]; i++)
        out->maximum.origin = mrse_origin_weaker(out->maximum.origin, rests_on[i]->origin);
    char radius[MRSE_NUM_MAX];
    mrse_text_num(radius, c->radius.v, 3);
    (void)snprintf(
        out->name, sizeof out->name,
        "data sheet's maximum over the cylinder of radius %.16s m that contains the ride", radius);
    out->agrees =
        surface_has_more(a->study, &r->ride, c->radius.v, kind) && !differs(a->study, stated);
    return true;
}

/* ---- disagreement ---- */

static void say_number(mrse_buf *out, double si, mrse_kind kind)
{
    if (isfinite(si))
        mrse_quantity_print(out, si, kind, 3, 0);
    else
        mrse_buf_add(out, "nothing");
}

static mrse_status say_difference(const mrse_agreement *row, mrse_decision *decision)
{
    static const char *const bound[] = {"", "at most ", "at least "};
    mrse_buf text = {0};
    mrse_buf_addf(&text, "the data sheet prints %s%s, the model gives ", bound[row->bound],
                  row->stated->printed);
    say_number(&text, row->predicted, row->kind);
    if (isfinite(row->u_predicted)) {
        mrse_buf_add(&text, " ± ");
        mrse_quantity_print(&text, 2.0 * row->u_predicted, row->kind, 2, 0);
    }
    if (isfinite(row->en)) {
        mrse_buf_add(&text, ": E_n = ");
        mrse_buf_num(&text, row->en, 3);
    }
    mrse_text_copy(decision->reason, sizeof decision->reason, mrse_buf_text(&text));
    mrse_status status = text.status;
    mrse_buf_free(&text);
    return status;
}

static mrse_status add_difference(mrse_assessment *a, const mrse_agreement *row)
{
    mrse_finding *f = mrse_finding_new(a);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->implant = ""; /* of the scanner, whatever the implant */
    f->printed = row->stated->printed;
    mrse_text_copy(f->topic, sizeof f->topic, "field model against data sheet");
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name, row->what);
    f->exposure = mrse_value_computed(row->predicted, row->u_predicted, row->kind,
                                      a->study->calibration != NULL ? MRSE_METHOD_CALIBRATION
                                                                    : MRSE_METHOD_FIELD_COIL);
    f->exposure.origin = mrse_origin_weaker(f->exposure.origin, a->study->basis.origin);
    f->decision.verdict = MRSE_VERDICT_UNDETERMINED;
    mrse_text_copy(
        f->ask, sizeof f->ask,
        "find out which is wrong: the number as copied, its meaning, or the field model; "
        "where the sheet states a number it is used and not the model's");
    return say_difference(row, &f->decision);
}

mrse_status mrse_findings_add_agreement(mrse_assessment *a)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < a->study->n_agreements && status == MRSE_OK; i++) {
        if (a->study->agreement[i].differs)
            status = add_difference(a, &a->study->agreement[i]);
    }
    return status;
}

/* What the data sheet states, in the terms of a study.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "assess_internal.h"

static bool has_gradients(const mrse_data_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        if (isfinite(sheet->cylinder[i].gradient.v))
            return true;
    }
    return false;
}

/* The product's gradient is that of the table; where the table has none, the word means |∇|B||. */
static bool is_force_product(const mrse_data_sheet *sheet)
{
    return sheet->product == MRSE_PRODUCT_OF_POINT &&
           (sheet->gradient == MRSE_GRADIENT_SFG ||
            (sheet->gradient == MRSE_GRADIENT_ASK && !has_gradients(sheet)));
}

static bool is_maximum(const mrse_value *value, mrse_bound bound)
{
    return value != NULL && isfinite(value->v) && value->v > 0.0 && bound != MRSE_BOUND_AT_LEAST;
}

const mrse_value *mrse_sheet_accessible(const mrse_data_sheet *sheet, mrse_kind kind)
{
    const mrse_stated_accessible *a = &sheet->accessible;
    const mrse_value *value = NULL;
    if (kind == MRSE_KIND_FIELD)
        value = &a->field;
    else if (kind == MRSE_KIND_SFG && a->gradient_is == MRSE_GRADIENT_SFG)
        value = &a->gradient;
    else if (kind == MRSE_KIND_PRODUCT && a->product_is == MRSE_PRODUCT_OF_POINT &&
             (a->gradient_is == MRSE_GRADIENT_SFG || !isfinite(a->gradient.v)))
        value = &a->product;
    return is_maximum(value, a->bound) ? value : NULL;
}

const mrse_value *mrse_sheet_maximum(const mrse_data_sheet *sheet,
                                     const mrse_stated_cylinder *cylinder, mrse_kind kind)
{
    const mrse_value *value = NULL;
    if (kind == MRSE_KIND_FIELD)
        value = &cylinder->field;
    else if (kind == MRSE_KIND_SFG && sheet->gradient == MRSE_GRADIENT_SFG)
        value = &cylinder->gradient;
    else if (kind == MRSE_KIND_PRODUCT && is_force_product(sheet))
        value = &cylinder->product;
    return is_maximum(value, cylinder->bound) ? value : NULL;
}

/* Of two numbers for one cylinder the larger stands. */
static void state(const mrse_value *stated, mrse_value *into)
{
    if (stated != NULL && !(stated->v <= into->v))
        *into = *stated;
}

void mrse_sheet_state_cylinder(const mrse_data_sheet *sheet, mrse_cylinder_row *row)
{
    row->stated_b = mrse_value_missing(MRSE_KIND_FIELD);
    row->stated_grad = mrse_value_missing(MRSE_KIND_SFG);
    row->stated_product = mrse_value_missing(MRSE_KIND_PRODUCT);
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *c = &sheet->cylinder[i];
        if (!(fabs(c->radius.v - row->at.radius_m) <= MRSE_SAME_RADIUS_M))
            continue;
        state(mrse_sheet_maximum(sheet, c, MRSE_KIND_FIELD), &row->stated_b);
        state(mrse_sheet_maximum(sheet, c, MRSE_KIND_SFG), &row->stated_grad);
        state(mrse_sheet_maximum(sheet, c, MRSE_KIND_PRODUCT), &row->stated_product);
    }
}

/* Where the field model of a study comes from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "assess_internal.h"

/* Numerical error of the field and of its gradient, relative; far below any coil set's own. */
static const double METHOD_U_FIELD = 1e-10;
static const double METHOD_U_GRAD = 1e-9;

static mrse_status no_coils(const mrse_scanner *scanner, mrse_diags *diags)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                 "this scanner file holds no coil set, and without one there is no "
                                 "field to compute");
    mrse_diag_place(d, scanner->path, 0, 0, "static_field.coils",
                    "give the coil set under static_field, each coil with its source");
    return MRSE_ERR_INPUT;
}

mrse_status mrse_study_model(mrse_study *s, mrse_diags *diags)
{
    const mrse_scanner *scanner = s->scanner;
    s->basis = mrse_value_missing(MRSE_KIND_NONE);
    s->model.magnet = mrse_scanner_magnet(scanner);
    if (s->model.magnet.n == 0)
        return no_coils(scanner, diags);
    s->model.u_field = hypot(scanner->u_field.v, METHOD_U_FIELD);
    s->model.u_grad = hypot(scanner->u_grad.v, METHOD_U_GRAD);
    s->basis.origin = mrse_origin_weaker(scanner->coils.origin, scanner->u_field.origin);
    s->basis.origin = mrse_origin_weaker(s->basis.origin, scanner->u_grad.origin);
    return MRSE_OK;
}

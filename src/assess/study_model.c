/* Where the field model of a study comes from: the coil set of the scanner file, or else a
 * calibration on the numbers of its data sheet. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

/* Numerical error of the field and of its gradient, relative; far below any coil set's own. */
static const double METHOD_U_FIELD = 1e-10;
static const double METHOD_U_GRAD = 1e-9;

enum { LEAST_DATA = 2 }; /* the centre and one number more */

static void weaken(mrse_value *basis, const mrse_value *by)
{
    basis->origin = mrse_origin_weaker(basis->origin, by->origin);
}

static void of_coils(mrse_study *s)
{
    const mrse_scanner *scanner = s->scanner;
    s->model.u_field = hypot(scanner->u_field.v, METHOD_U_FIELD);
    s->model.u_grad = hypot(scanner->u_grad.v, METHOD_U_GRAD);
    s->basis.origin = scanner->coils.origin;
    weaken(&s->basis, &scanner->u_field);
    weaken(&s->basis, &scanner->u_grad);
}

/* ---- the data sheet ---- */

mrse_status mrse_sheet_data_load(const mrse_scanner *scanner, mrse_sheet_data *out)
{
    memset(out, 0, sizeof *out);
    return mrse_scanner_data(scanner, &out->datum, &out->of, &out->n, &out->both);
}

void mrse_sheet_data_clear(mrse_sheet_data *data)
{
    mrse_free(data->datum);
    mrse_free(data->of);
    memset(data, 0, sizeof *data);
}

/* What f0 makes of the nominal field: the class is a name, and everything scales with the real one. */
void mrse_study_f0(mrse_study *s, const mrse_sheet_data *data)
{
    const mrse_scanner *scanner = s->scanner;
    s->b0_f0 = mrse_value_missing(MRSE_KIND_FIELD);
    s->f0_field = s->f0_product = NAN;
    for (size_t i = 0; i < data->n; i++) {
        if (data->of[i] != &scanner->frequency)
            continue;
        double ratio = data->datum[i].value / scanner->b0_nominal.v;
        s->b0_f0 = scanner->frequency; /* its source and place */
        s->b0_f0.kind = MRSE_KIND_FIELD;
        s->b0_f0.v = data->datum[i].value;
        s->b0_f0.u = data->datum[i].u;
        s->f0_field = ratio - 1.0;
        s->f0_product = ratio * ratio - 1.0;
    }
}

static bool uses(const mrse_sheet_data *data, const mrse_value *value)
{
    for (size_t i = 0; i < data->n; i++) {
        if (data->of[i] == value)
            return true;
    }
    return false;
}

/* A number of a table rests on the level, radius or place that it stands beside. */
static void weaken_by_rows(mrse_value *basis, const mrse_data_sheet *sheet,
                           const mrse_sheet_data *data)
{
    for (size_t i = 0; i < sheet->n_contours; i++) {
        const mrse_stated_contour *c = &sheet->contour[i];
        if (uses(data, &c->axial) || uses(data, &c->radial))
            weaken(basis, &c->level);
    }
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *c = &sheet->cylinder[i];
        if (uses(data, &c->field) || uses(data, &c->gradient) || uses(data, &c->product))
            weaken(basis, &c->radius);
    }
    for (size_t i = 0; i < sheet->n_points; i++) {
        const mrse_stated_point *p = &sheet->point[i];
        if (!uses(data, &p->field) && !uses(data, &p->gradient))
            continue;
        weaken(basis, &p->r);
        weaken(basis, &p->z);
    }
}

static void set_basis(mrse_study *s, const mrse_sheet_data *data)
{
    s->basis.origin = MRSE_ORIGIN_COMPUTED;
    mrse_text_copy(s->basis.src, sizeof s->basis.src, MRSE_METHOD_CALIBRATION);
    for (size_t i = 0; i < data->n; i++)
        weaken(&s->basis, data->of[i]);
    weaken_by_rows(&s->basis, &s->scanner->sheet, data);
    /* Nobody said that the bore is a cylinder: the model takes it for one. */
    if (s->scanner->bore_shape == MRSE_BORE_UNKNOWN)
        s->basis.origin = mrse_origin_weaker(s->basis.origin, MRSE_ORIGIN_ASSUMED);
}

/* ---- what can go wrong ---- */

static const char TOO_FEW[] =
    "this scanner file holds no coil set, and too few numbers of a data sheet "
    "whose meaning it states: there is no field to compute";
static const char OPEN_BORE[] =
    "the field model knows magnets with a horizontal field and a cylindrical bore only; this "
    "bore is open";
static const char ELLIPTICAL_BORE[] =
    "the field model knows magnets with a horizontal field and a cylindrical bore only; this "
    "bore is an ellipse";

static mrse_status refuse(const mrse_study *s, const char *field, const char *text,
                          const char *hint, mrse_diags *diags)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s", text);
    mrse_diag_place(d, s->scanner->path, 0, 0, field, hint);
    return MRSE_ERR_INPUT;
}

static mrse_status wrong_shape(const mrse_study *s, mrse_diags *diags)
{
    return refuse(s, "bore.shape", s->no_model,
                  "compare this scanner with a label through the manufacturer's own numbers: "
                  "static_field.accessible",
                  diags);
}

/* Neither coils nor enough numbers: what to look up, use by use. */
static mrse_status not_enough(const mrse_study *s, mrse_diags *diags)
{
    mrse_status status = refuse(
        s, "static_field", s->no_model,
        "copy the data sheet's contours and gradient maxima, each with what it means", diags);
    for (size_t i = 0; i < s->needs.n_needs; i++) {
        const mrse_need *need = &s->needs.need[i];
        if (need->ready != MRSE_READY_NO)
            continue;
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_NOTE, MRSE_ERR_INPUT, "%s: missing: %s",
                                     need->use, need->missing);
        mrse_diag_place(d, s->scanner->path, 0, 0, NULL, need->question);
    }
    return status;
}

static void say_datum(mrse_buf *out, const mrse_sheet_data *data, size_t i)
{
    const mrse_value *of = data->of[i];
    mrse_buf_addf(out, "'%s'", data->datum[i].name);
    if (of->line > 0)
        mrse_buf_addf(out, " (%s:%d)", of->file, of->line);
}

static mrse_status contradiction(const mrse_study *s, const mrse_sheet_data *data,
                                 const mrse_clash *clash, mrse_diags *diags)
{
    mrse_buf text = {0};
    say_datum(&text, data, clash->a);
    mrse_buf_add(&text, " and ");
    say_datum(&text, data, clash->b);
    mrse_buf_addf(&text, " cannot both be true: %s", clash->reason);
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "%s",
                                 text.status == MRSE_OK ? mrse_buf_text(&text) : clash->reason);
    mrse_diag_place(d, s->scanner->path, data->of[clash->a]->line, 0, "static_field",
                    "one of the two is misread, has another meaning, or belongs to another magnet");
    mrse_status status = text.status != MRSE_OK ? text.status : MRSE_ERR_INPUT;
    mrse_buf_free(&text);
    return status;
}

static mrse_status no_fit(const mrse_study *s, mrse_diags *diags)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_NUMERIC,
                                 "no magnet of the model's family reproduces the numbers of the "
                                 "data sheet");
    mrse_diag_place(d, s->scanner->path, 0, 0, "static_field",
                    "compare each number, its unit and its meaning with the sheet");
    return MRSE_ERR_NUMERIC;
}

typedef mrse_status refusal(const mrse_study *s, mrse_diags *diags);

static mrse_status without_model(mrse_study *s, const char *why, bool optional, refusal *refused,
                                 mrse_diags *diags)
{
    mrse_text_copy(s->no_model, sizeof s->no_model, why);
    return optional ? MRSE_OK : refused(s, diags);
}

/* ---- calibration ---- */

static mrse_status calibrate(mrse_study *s, const mrse_sheet_data *data, mrse_diags *diags)
{
    const mrse_scanner *scanner = s->scanner;
    const mrse_housing_size size = {scanner->bore_diameter.v / 2.0, scanner->cover_length.v / 2.0,
                                    scanner->cover_diameter.v / 2.0};
    const mrse_calibrate_options options = {.wide_radial = data->both};
    mrse_clash clash = {0};
    mrse_status status =
        mrse_calibrate(data->datum, data->n, &size, &options, &s->calibration, &clash);
    if (status == MRSE_ERR_INPUT)
        return contradiction(s, data, &clash, diags);
    if (status == MRSE_ERR_NUMERIC)
        return no_fit(s, diags);
    if (status != MRSE_OK)
        return status;
    s->model = s->calibration->model;
    set_basis(s, data);
    return MRSE_OK;
}

mrse_status mrse_study_model(mrse_study *s, const mrse_sheet_data *data, bool optional,
                             mrse_diags *diags)
{
    const mrse_scanner *scanner = s->scanner;
    s->basis = mrse_value_missing(MRSE_KIND_NONE);
    s->model.magnet = mrse_scanner_magnet(scanner);
    if (s->model.magnet.n > 0) {
        of_coils(s);
        return MRSE_OK;
    }
    if (scanner->bore_shape == MRSE_BORE_ELLIPSE || scanner->bore_shape == MRSE_BORE_OPEN)
        return without_model(s, scanner->bore_shape == MRSE_BORE_OPEN ? OPEN_BORE : ELLIPTICAL_BORE,
                             optional, wrong_shape, diags);
    if (data->n < LEAST_DATA)
        return without_model(s, TOO_FEW, optional, not_enough, diags);
    mrse_status status = calibrate(s, data, diags);
    /* numbers that are none of use: below zero, without a meaning */
    return status == MRSE_ERR_ARG ? without_model(s, TOO_FEW, optional, not_enough, diags) : status;
}

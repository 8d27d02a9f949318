/* Each number of the data sheet beside what the field model says of the same thing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

/* Contours of levels that the study itself does not show. */
typedef struct lines {
    mrse_contour_row *row;
    size_t n;
} lines;

typedef struct prediction {
    double v, u;
} prediction;

static const prediction UNKNOWN = {NAN, NAN};

static bool is_extent(mrse_datum_type type)
{
    return type == MRSE_DATUM_Z_AXIS || type == MRSE_DATUM_Z_MAX || type == MRSE_DATUM_R_MID ||
           type == MRSE_DATUM_R_MAX;
}

static const mrse_contour_row *find_level(const mrse_contour_row *row, size_t n, double level_T)
{
    for (size_t i = 0; i < n; i++) {
        if (mrse_same_level(row[i].contour->level_T, level_T))
            return &row[i];
    }
    return NULL;
}

static size_t missing_levels(const mrse_study *s, const mrse_sheet_data *data, double *level_T)
{
    size_t n = 0;
    for (size_t i = 0; i < data->n; i++) {
        double at_T = data->datum[i].at;
        if (!is_extent(data->datum[i].type) || find_level(s->contour, s->n_contours, at_T) != NULL)
            continue;
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known |= mrse_same_level(level_T[k], at_T);
        if (!known)
            level_T[n++] = at_T;
    }
    return n;
}

/* A level that cannot be traced leaves its numbers unpredicted, and so differing: no failure. */
static mrse_status trace(const mrse_study *s, const mrse_sheet_data *data, lines *extra)
{
    double *level_T = mrse_alloc(data->n, sizeof *level_T);
    mrse_contour **contour = mrse_alloc(data->n, sizeof *contour);
    extra->row = mrse_alloc(data->n, sizeof *extra->row);
    mrse_status status = level_T && contour && extra->row ? MRSE_OK : MRSE_ERR_NOMEM;
    size_t n = status == MRSE_OK ? missing_levels(s, data, level_T) : 0;
    if (n > 0)
        status = mrse_contour_trace_levels(&s->model.magnet, n, level_T, NULL, contour);
    for (size_t i = 0; i < n && status == MRSE_OK; i++)
        mrse_contour_row_fill(&s->model, contour[i], &extra->row[extra->n++]);
    mrse_free(level_T);
    mrse_free(contour);
    return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
}

static void lines_clear(lines *extra)
{
    for (size_t i = 0; i < extra->n; i++)
        mrse_contour_free(extra->row[i].contour);
    mrse_free(extra->row);
}

static prediction extent(const mrse_study *s, const lines *extra, mrse_datum_type type,
                         double level_T)
{
    const mrse_contour_row *row = find_level(s->contour, s->n_contours, level_T);
    if (row == NULL)
        row = find_level(extra->row, extra->n, level_T);
    if (row == NULL)
        return UNKNOWN;
    const mrse_extents *e = &row->contour->extents;
    switch (type) {
    case MRSE_DATUM_Z_AXIS:
        return (prediction){e->z_axis_m, row->u_z_axis_m};
    case MRSE_DATUM_Z_MAX:
        return (prediction){e->z_max_m, row->u_z_max_m};
    case MRSE_DATUM_R_MID:
        return (prediction){e->r_mid_m, row->u_r_mid_m};
    default:
        return (prediction){e->r_max_m, row->u_r_max_m};
    }
}

/* Most cylinders of a sheet are rows of the study already. */
static mrse_status search_cylinder(const mrse_study *s, double radius_m, mrse_cylinder *at,
                                   mrse_cylinder *u)
{
    for (size_t i = 0; i < s->n_cylinders; i++) {
        const mrse_cylinder_row *row = &s->cylinder[i];
        if (!(fabs(row->at.radius_m - radius_m) <= MRSE_SAME_RADIUS_M))
            continue;
        *at = row->at;
        *u = (mrse_cylinder){
            .b_T = row->u_b_T, .grad_T_m = row->u_grad_T_m, .product_T2_m = row->u_product_T2_m};
        return MRSE_OK;
    }
    return mrse_model_cylinder(&s->model, radius_m, at, u);
}

/* A place without a value in the model is no failure of the study; no memory is. */
static mrse_status on_cylinder(const mrse_study *s, const mrse_datum *d, prediction *out)
{
    mrse_cylinder at, u;
    *out = UNKNOWN;
    mrse_status status = search_cylinder(s, d->at, &at, &u);
    if (status != MRSE_OK)
        return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
    if (d->type == MRSE_DATUM_CYLINDER_FIELD)
        *out = (prediction){at.b_T, u.b_T};
    else if (d->type == MRSE_DATUM_CYLINDER_GRADIENT)
        *out = (prediction){at.grad_T_m, u.grad_T_m};
    else if (d->type == MRSE_DATUM_CYLINDER_PRODUCT)
        *out = (prediction){at.product_T2_m, u.product_T2_m};
    else /* |B| and gradient may err together: their parts add */
        *out = (prediction){at.b_T * at.grad_T_m, u.b_T * at.grad_T_m + at.b_T * u.grad_T_m};
    return MRSE_OK;
}

static prediction at_point(const mrse_study *s, double r_m, double z_m, bool gradient)
{
    mrse_sfg at, u;
    if (mrse_model_at(&s->model, r_m, z_m, &at, &u) != MRSE_OK)
        return UNKNOWN;
    return gradient ? (prediction){at.grad_T_m, u.grad_T_m} : (prediction){at.b_T, u.b_T};
}

static mrse_status predict(const mrse_study *s, const lines *extra, const mrse_datum *d,
                           prediction *out)
{
    switch (d->type) {
    case MRSE_DATUM_CENTRE:
        *out = at_point(s, 0.0, 0.0, false);
        return MRSE_OK;
    case MRSE_DATUM_POINT_FIELD:
    case MRSE_DATUM_POINT_GRADIENT:
        *out = at_point(s, d->at, d->z_m, d->type == MRSE_DATUM_POINT_GRADIENT);
        return MRSE_OK;
    case MRSE_DATUM_CYLINDER_FIELD:
    case MRSE_DATUM_CYLINDER_GRADIENT:
    case MRSE_DATUM_CYLINDER_PRODUCT:
    case MRSE_DATUM_CYLINDER_MAXIMA:
        return on_cylinder(s, d, out);
    default:
        *out = extent(s, extra, d->type, d->at);
        return MRSE_OK;
    }
}

static double error_number(const mrse_datum *d, prediction p)
{
    double off = p.v - d->value;
    return off == 0.0 ? 0.0 : off / (2.0 * hypot(p.u, d->u));
}

/* What is not known to agree differs. */
static bool differs(mrse_bound bound, double en)
{
    if (bound == MRSE_BOUND_AT_MOST)
        return !(en <= 1.0);
    if (bound == MRSE_BOUND_AT_LEAST)
        return !(en >= -1.0);
    return !(fabs(en) <= 1.0);
}

static const char *noun(mrse_datum_type type)
{
    static const char *const text[] = {
        [MRSE_DATUM_CENTRE] = "|B| at the isocentre",
        [MRSE_DATUM_Z_AXIS] = "extent on the axis",
        [MRSE_DATUM_Z_MAX] = "largest |z|",
        [MRSE_DATUM_R_MID] = "radius in the mid-plane",
        [MRSE_DATUM_R_MAX] = "largest radius",
        [MRSE_DATUM_CYLINDER_FIELD] = "largest |B|",
        [MRSE_DATUM_CYLINDER_GRADIENT] = "largest |∇|B||",
        [MRSE_DATUM_CYLINDER_PRODUCT] = "largest |B||∇|B||",
        [MRSE_DATUM_CYLINDER_MAXIMA] = "largest |B| × largest |∇|B||",
        [MRSE_DATUM_POINT_FIELD] = "|B|",
        [MRSE_DATUM_POINT_GRADIENT] = "|∇|B||",
    };
    return text[type];
}

/* "0.5 mT: extent on the axis", "r = 0.35 m: largest |B|" */
static mrse_status describe(const mrse_datum *d, char *out, size_t size)
{
    mrse_buf text = {0};
    if (is_extent(d->type)) {
        mrse_buf_num(&text, 1e3 * d->at, 3);
        mrse_buf_add(&text, " mT: ");
    } else if (d->type != MRSE_DATUM_CENTRE) {
        mrse_buf_add(&text, "r = ");
        mrse_buf_num(&text, d->at, 3);
        mrse_buf_add(&text, " m");
        if (d->type == MRSE_DATUM_POINT_FIELD || d->type == MRSE_DATUM_POINT_GRADIENT) {
            mrse_buf_add(&text, ", z = ");
            mrse_buf_num(&text, d->z_m, 3);
            mrse_buf_add(&text, " m");
        }
        mrse_buf_add(&text, ": ");
    }
    mrse_buf_add(&text, noun(d->type));
    mrse_text_copy(out, size, mrse_buf_text(&text));
    mrse_status status = text.status;
    mrse_buf_free(&text);
    return status;
}

static mrse_kind kind_of(mrse_datum_type type)
{
    switch (type) {
    case MRSE_DATUM_CENTRE:
    case MRSE_DATUM_CYLINDER_FIELD:
    case MRSE_DATUM_POINT_FIELD:
        return MRSE_KIND_FIELD;
    case MRSE_DATUM_CYLINDER_GRADIENT:
    case MRSE_DATUM_POINT_GRADIENT:
        return MRSE_KIND_SFG;
    case MRSE_DATUM_CYLINDER_PRODUCT:
    case MRSE_DATUM_CYLINDER_MAXIMA:
        return MRSE_KIND_PRODUCT;
    default:
        return MRSE_KIND_LENGTH;
    }
}

static void compare(mrse_agreement *row, const mrse_datum *d, prediction p)
{
    row->predicted = p.v;
    row->u_predicted = p.u;
    row->stated_si = d->value;
    row->u_stated = d->u;
    row->bound = d->bound;
    row->kind = kind_of(d->type);
    row->en = error_number(d, p);
    row->differs = differs(d->bound, row->en);
}

/* What the model says is what its other tables say: not the linear prediction of the fit. */
static mrse_status add_row(mrse_study *s, const lines *extra, const mrse_sheet_data *data, size_t i)
{
    const mrse_datum *d = &data->datum[i];
    mrse_agreement *row = &s->agreement[s->n_agreements++];
    row->stated = data->of[i];
    mrse_status status = describe(d, row->what, sizeof row->what);
    prediction p, other;
    row->fitted = s->calibration != NULL;
    if (status == MRSE_OK)
        status = predict(s, extra, d, &p);
    if (status != MRSE_OK)
        return status;
    compare(row, d, p);
    /* The sheet does not say which radius it means: the nearer of the two is what it may mean. */
    if (data->both && d->type == MRSE_DATUM_R_MID) {
        other = extent(s, extra, MRSE_DATUM_R_MAX, d->at);
        if (fabs(other.v - d->value) < fabs(p.v - d->value))
            compare(row, d, other);
    }
    return MRSE_OK;
}

/* The class of a magnet is a name: nothing need agree with it. */
static bool is_number(const mrse_study *s, const mrse_sheet_data *data, size_t i)
{
    return data->of[i] != &s->scanner->b0_nominal;
}

mrse_status mrse_study_agreement(mrse_study *s, const mrse_sheet_data *data)
{
    lines extra = {0};
    if (data->n == 0)
        return MRSE_OK;
    s->agreement = mrse_alloc(data->n, sizeof *s->agreement);
    mrse_status status = s->agreement != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    if (status == MRSE_OK)
        status = trace(s, data, &extra);
    for (size_t i = 0; i < data->n && status == MRSE_OK; i++) {
        if (is_number(s, data, i))
            status = add_row(s, &extra, data, i);
    }
    lines_clear(&extra);
    return status;
}

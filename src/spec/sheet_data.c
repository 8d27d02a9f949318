/* From the numbers of a data sheet to the residuals of a fit: what has a meaning and is used, and
 * how far each may be from the truth. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "mrse/alloc.h"
#include "mrse/needs.h"
#include "spec_internal.h"

/* What a sheet does not say of itself: lines are drawn from computed fields, of one magnet of a
 * series, with a pencil's width. */
#define U_CONTOUR_M  0.01
#define U_CYLINDER   0.003 /* relative */
#define U_FREQUENCY  1e-4  /* relative: shims and drift of a magnet against the f0 of one day */
#define U_AXIAL_WORD 0.01  /* relative: z_axis against z_max, where the sheet does not say which */

typedef struct list {
    mrse_datum *datum;
    const mrse_value **of;
    size_t n;
} list;

/* What is fitted is a size, and more than nothing. */
static bool is_given(const mrse_value *value)
{
    return value->v > 0 && isfinite(value->v) && isfinite(value->u);
}

/* The place for one more; the name is "where, what: printed". */
static mrse_datum *add(list *l, mrse_datum_type type, double at, const mrse_value *value, double u,
                       const char *where, const char *what)
{
    mrse_datum *d = &l->datum[l->n];

    *d = (mrse_datum){.type = type, .at = at, .value = value->v, .u = u};
    (void)snprintf(d->name, sizeof d->name, "%s, %s: %s", where, what, value->printed);
    l->of[l->n++] = value;
    return d;
}

/* Standard uncertainty of B0 when only the class is known. Scanners sold as 1.5 T are found between
 * 1.494 T and 1.503 T (63.6 MHz to 64.0 MHz), those sold as 7 T at 6.98 T: 0.4 %. Those sold as 3 T
 * lie, by maker, between 2.89 T (123.2 MHz) and 3.00 T (127.7 MHz): 2 %. The rounding of "1.5 T"
 * says nothing: it is a name. */
static double u_class_T(const mrse_value *nominal)
{
    bool is_3_T = nominal->v >= 2.9 && nominal->v < 5;

    return (is_3_T ? 0.02 : 0.004) * nominal->v;
}

static void add_centre(list *l, const mrse_scanner *s)
{
    mrse_datum *d;

    if (is_given(&s->frequency)) {
        double b0_T = s->frequency.v / MRSE_HZ_PER_T;
        d = add(l, MRSE_DATUM_CENTRE, 0, &s->frequency,
                fmax(s->frequency.u / MRSE_HZ_PER_T, U_FREQUENCY * b0_T), "isocentre", "f0");
        d->value = b0_T;
    } else if (s->b0_nominal.v > 0 && isfinite(s->b0_nominal.v)) {
        (void)add(l, MRSE_DATUM_CENTRE, 0, &s->b0_nominal, u_class_T(&s->b0_nominal), "isocentre",
                  "class");
    }
}

static void add_contour(list *l, const mrse_data_sheet *sheet, const mrse_stated_contour *row)
{
    static const mrse_datum_type axial[] = {
        [MRSE_AXIAL_UNSTATED] = MRSE_DATUM_Z_AXIS,
        [MRSE_AXIAL_Z_AXIS] = MRSE_DATUM_Z_AXIS,
        [MRSE_AXIAL_Z_MAX] = MRSE_DATUM_Z_MAX,
    };
    double u;

    if (!isfinite(row->level.v))
        return;
    if (sheet->axial != MRSE_AXIAL_ASK && is_given(&row->axial)) {
        u = hypot(row->axial.u, U_CONTOUR_M);
        if (sheet->axial == MRSE_AXIAL_UNSTATED)
            u = hypot(u, U_AXIAL_WORD * row->axial.v);
        (void)add(l, axial[sheet->axial], row->level.v, &row->axial, u, row->level.printed,
                  "axial");
    }
    if (sheet->radial != MRSE_RADIAL_ASK && is_given(&row->radial))
        (void)add(l, sheet->radial == MRSE_RADIAL_R_MAX ? MRSE_DATUM_R_MAX : MRSE_DATUM_R_MID,
                  row->level.v, &row->radial, hypot(row->radial.u, U_CONTOUR_M), row->level.printed,
                  "radial");
}

static double u_cylinder(const mrse_value *value)
{
    return hypot(value->u, U_CYLINDER * value->v);
}

static bool has_gradients(const mrse_data_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_cylinders; i++)
        if (isfinite(sheet->cylinder[i].gradient.v))
            return true;
    return false;
}

/* A tensor norm is no less than the SFG: it bounds it from above. False: it says nothing of it. */
static bool bound_of(const mrse_data_sheet *sheet, mrse_bound stated, mrse_bound *bound)
{
    *bound = sheet->gradient == MRSE_GRADIENT_TENSOR ? MRSE_BOUND_AT_MOST : stated;
    return sheet->gradient == MRSE_GRADIENT_SFG ||
           (sheet->gradient == MRSE_GRADIENT_TENSOR && stated != MRSE_BOUND_AT_LEAST);
}

static void add_cylinder(list *l, const mrse_data_sheet *sheet, const mrse_stated_cylinder *row)
{
    char where[40];
    mrse_bound bound;
    bool is_sfg = bound_of(sheet, row->bound, &bound), has_product;

    if (!isfinite(row->radius.v))
        return;
    (void)snprintf(where, sizeof where, "%.24s %s", row->radius.printed,
                   row->by_diameter ? "diameter" : "radius");
    if (is_sfg && is_given(&row->gradient))
        add(l, MRSE_DATUM_CYLINDER_GRADIENT, row->radius.v, &row->gradient,
            u_cylinder(&row->gradient), where, "gradient")
            ->bound = bound;
    if (is_given(&row->field))
        add(l, MRSE_DATUM_CYLINDER_FIELD, row->radius.v, &row->field, u_cylinder(&row->field),
            where, "|B|")
            ->bound = row->bound;
    /* the product's gradient is that of the table; a table without gradients means the SFG */
    if (sheet->gradient == MRSE_GRADIENT_ASK && !has_gradients(sheet)) {
        is_sfg = true;
        bound = row->bound;
    }
    has_product = is_sfg && is_given(&row->product);
    if (has_product && sheet->product == MRSE_PRODUCT_OF_POINT)
        add(l, MRSE_DATUM_CYLINDER_PRODUCT, row->radius.v, &row->product, u_cylinder(&row->product),
            where, "product")
            ->bound = bound;
    if (has_product && sheet->product == MRSE_PRODUCT_OF_MAXIMA)
        add(l, MRSE_DATUM_CYLINDER_MAXIMA, row->radius.v, &row->product, u_cylinder(&row->product),
            where, "product of maxima")
            ->bound = bound;
}

/* As given; but "exact" would give one number the weight of all others together. */
static double u_point(const mrse_value *value)
{
    return fmax(value->u, 1e-6 * value->v);
}

static void add_point(list *l, const mrse_stated_point *row)
{
    char where[48];

    if (!isfinite(row->r.v) || !isfinite(row->z.v))
        return;
    (void)snprintf(where, sizeof where, "r %.15s z %.15s", row->r.printed, row->z.printed);
    if (is_given(&row->field))
        add(l, MRSE_DATUM_POINT_FIELD, row->r.v, &row->field, u_point(&row->field), where, "|B|")
            ->z_m = row->z.v;
    if (is_given(&row->gradient))
        add(l, MRSE_DATUM_POINT_GRADIENT, row->r.v, &row->gradient, u_point(&row->gradient), where,
            "gradient")
            ->z_m = row->z.v;
}

static bool has_radial(const list *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->datum[i].type == MRSE_DATUM_R_MID)
            return true;
    return false;
}

static void add_all(list *l, const mrse_scanner *s)
{
    const mrse_data_sheet *sheet = &s->sheet;

    /* an open or elliptical magnet is no body of revolution: nothing of it is data for the model */
    if (s->bore_shape == MRSE_BORE_ELLIPSE || s->bore_shape == MRSE_BORE_OPEN)
        return;
    add_centre(l, s);
    for (size_t i = 0; i < sheet->n_contours; i++)
        add_contour(l, sheet, &sheet->contour[i]);
    for (size_t i = 0; i < sheet->n_cylinders; i++)
        add_cylinder(l, sheet, &sheet->cylinder[i]);
    for (size_t i = 0; i < sheet->n_points; i++)
        add_point(l, &sheet->point[i]);
}

mrse_status mrse_scanner_data(const mrse_scanner *s, mrse_datum **data, const mrse_value ***of,
                              size_t *n, bool *both)
{
    list l = {NULL, NULL, 0};
    size_t room;

    if (data)
        *data = NULL;
    if (of)
        *of = NULL;
    if (n)
        *n = 0;
    if (both)
        *both = false;
    if (!s || !data || !n || !both)
        return MRSE_ERR_ARG;
    room = 1 + 2 * s->sheet.n_contours + 3 * s->sheet.n_cylinders + 2 * s->sheet.n_points;
    l.datum = mrse_alloc(room, sizeof *l.datum);
    l.of = l.datum ? mrse_alloc(room, sizeof *l.of) : NULL;
    if (!l.of) {
        mrse_free(l.datum);
        return MRSE_ERR_NOMEM;
    }
    add_all(&l, s);
    *data = l.datum;
    *n = l.n;
    *both = s->sheet.radial == MRSE_RADIAL_UNSTATED && has_radial(&l);
    if (of)
        *of = l.of;
    else
        mrse_free(l.of);
    return MRSE_OK;
}

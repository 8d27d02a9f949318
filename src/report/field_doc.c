/* The static field sections of a document: contours, cylinders, reach, points, rides.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

/* NaN when the uncertainty of an extent that exists is not known. */
static double widest_u(const json_t *c)
{
    static const char *const name[] = {"u_z_axis_m", "u_r_mid_m", "u_z_max_m", "u_r_max_m"};
    double widest = 0.0;
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        double u = mrse_json_get_num(c, name[i]);
        if (isfinite(u))
            widest = fmax(widest, u);
        else if (isfinite(mrse_json_get_num(c, name[i] + 2))) /* without "u_" */
            return NAN;
    }
    return widest;
}

static void contour_row(mrse_document *d, const json_t *c)
{
    say_row row = {0};
    mrse_buf_num(&row.cell[0], 1e3 * mrse_json_get_num(c, "level_T"), 3);
    mrse_buf_add(&row.cell[0], " mT");
    mrse_buf_add(&row.cell[1], mrse_json_get_text(c, "name"));
    say_length(&row.cell[2], mrse_json_get_num(c, "z_axis_m"));
    say_length(&row.cell[3], mrse_json_get_num(c, "r_mid_m"));
    say_length(&row.cell[4], mrse_json_get_num(c, "z_max_m"));
    say_length(&row.cell[5], mrse_json_get_num(c, "r_max_m"));
    say_U_length(&row.cell[6], widest_u(c));
    say_row_add(d, &row, 7);
}

static void add_contours(mrse_document *d, const json_t *record)
{
    static const char *const header[] = {"#|B|",         "Meaning",      "#on the axis z",
                                         "#mid-plane r", "#largest |z|", "#largest r",
                                         "#U (2u)"};
    static const double weight[] = {0.9, 2.6, 1.1, 1.3, 1.1, 1.1, 0.9};
    size_t i;
    json_t *c;
    mrse_document_table(d, "Isocontours of |B|: four extents, which are not the same thing", header,
                        weight, 7);
    json_array_foreach (mrse_json_at(record, "contours"), i, c)
        contour_row(d, c);
}

/* The manufacturer's numbers, before the model's. */
static bool stated_row(mrse_document *d, const json_t *c)
{
    static const struct {
        const char *key;
        int cell, both;
    } stated[] = {{"stated_grad", 1, 1}, {"stated_b", 3, 0}, {"stated_product", 4, 0}};
    say_row row = {0};
    bool any = false;
    for (size_t i = 0; i < sizeof stated / sizeof stated[0]; i++) {
        const json_t *value = mrse_json_at(c, stated[i].key);
        if (value == NULL)
            continue;
        say_value(&row.cell[stated[i].cell], value, stated[i].both);
        any = true;
    }
    if (!any)
        return false;
    say_length(&row.cell[0], mrse_json_get_num(c, "radius_m"));
    mrse_buf_add(&row.cell[0], " data sheet");
    say_row_add(d, &row, 6);
    return true;
}

/* How far the model is from the manufacturer's number. */
static void say_residual(mrse_buf *out, double model, const json_t *stated)
{
    if (stated == NULL)
        return;
    double off = 100.0 * (model / mrse_json_get_num(stated, "v") - 1.0);
    mrse_buf_add(out, off < 0.0 ? " (−" : " (+");
    mrse_buf_num(out, fabs(off), 2);
    mrse_buf_add(out, " %)");
}

static void cylinder_row(mrse_document *d, const json_t *c)
{
    bool stated = stated_row(d, c);
    say_row row = {0};
    double grad = mrse_json_get_num(c, "grad_T_m"), b = mrse_json_get_num(c, "b_T");
    double product = mrse_json_get_num(c, "product_T2_m");
    say_length(&row.cell[0], mrse_json_get_num(c, "radius_m"));
    mrse_buf_add(&row.cell[0], stated ? " model" : "");
    say_model(&row.cell[1], grad, mrse_json_get_num(c, "u_grad_T_m"), MRSE_KIND_SFG, 1);
    say_residual(&row.cell[1], grad, mrse_json_at(c, "stated_grad"));
    say_length(&row.cell[2], mrse_json_get_num(c, "grad_z_m"));
    say_model(&row.cell[3], b, mrse_json_get_num(c, "u_b_T"), MRSE_KIND_FIELD, 0);
    say_residual(&row.cell[3], b, mrse_json_at(c, "stated_b"));
    say_model(&row.cell[4], product, mrse_json_get_num(c, "u_product_T2_m"), MRSE_KIND_PRODUCT, 0);
    say_residual(&row.cell[4], product, mrse_json_at(c, "stated_product"));
    say_length(&row.cell[5], mrse_json_get_num(c, "product_z_m"));
    say_row_add(d, &row, 6);
}

static void add_cylinders(mrse_document *d, const json_t *record)
{
    static const char *const header[] = {"#radius",      "#largest |∇|B||",    "#at z",
                                         "#largest |B|", "#largest |B||∇|B||", "#at z"};
    static const double weight[] = {1.2, 2.7, 0.7, 1.9, 2.0, 0.7};
    size_t i;
    json_t *c;
    if (json_array_size(mrse_json_at(record, "cylinders")) == 0)
        return;
    mrse_document_table(d, "Largest values on cylinders about the axis", header, weight, 6);
    json_array_foreach (mrse_json_at(record, "cylinders"), i, c)
        cylinder_row(d, c);
}

/* A data sheet says which cylinder its maximum is on, and not where along it. */
static void say_place(mrse_buf *out, const json_t *peak, const char *key)
{
    double m = mrse_json_get_num(peak, key);
    if (isfinite(m) || !isfinite(mrse_json_get_num(peak, "value.v")))
        say_length(out, m);
    else
        mrse_buf_add(out, "not stated");
}

static void peak_row(mrse_document *d, const char *what, const json_t *peak)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], what);
    say_value(&row.cell[1], mrse_json_at(peak, "value"), 1);
    say_place(&row.cell[2], peak, "r_m");
    say_place(&row.cell[3], peak, "z_m");
    say_origin(&row.cell[4], mrse_json_at(peak, "value"));
    say_row_add(d, &row, 5);
}

static void add_peaks(mrse_document *d, const json_t *holder, const char *caption)
{
    static const char *const header[] = {"Quantity", "#Value", "#at r", "#at z", "Origin"};
    static const double weight[] = {2.0, 2.2, 0.8, 0.8, 1.8};
    mrse_document_table(d, caption, header, weight, 5);
    peak_row(d, "spatial field gradient |∇|B||", mrse_json_at(holder, "grad"));
    peak_row(d, "force product |B||∇|B||", mrse_json_at(holder, "product"));
    peak_row(d, "flux density |B|", mrse_json_at(holder, "b"));
}

static void add_points(mrse_document *d, const json_t *record)
{
    static const char *const header[] = {"#r", "#z", "#|B|", "#|∇|B||", "#|B||∇|B||"};
    const json_t *points = mrse_json_at(record, "points");
    size_t i;
    json_t *p;
    if (json_array_size(points) == 0)
        return;
    mrse_document_table(d, "At the points asked for", header, NULL, 5);
    json_array_foreach (points, i, p) {
        say_row row = {0};
        say_length(&row.cell[0], mrse_json_get_num(p, "r_m"));
        say_length(&row.cell[1], mrse_json_get_num(p, "z_m"));
        say_model(&row.cell[2], mrse_json_get_num(p, "b_T"), mrse_json_get_num(p, "u_b_T"),
                  MRSE_KIND_FIELD, 0);
        say_model(&row.cell[3], mrse_json_get_num(p, "grad_T_m"),
                  mrse_json_get_num(p, "u_grad_T_m"), MRSE_KIND_SFG, 1);
        say_model(&row.cell[4], mrse_json_get_num(p, "product_T2_m"),
                  mrse_json_get_num(p, "u_product_T2_m"), MRSE_KIND_PRODUCT, 0);
        say_row_add(d, &row, 5);
    }
}

static const char REACH[] =
    "Largest values within reach: in the bore and everywhere in front of the covers";

/* Of a scanner without a field model. */
static void add_stated(mrse_document *d, const json_t *record)
{
    mrse_buf text = {0};
    mrse_buf_addf(&text, "No field model: %s. What the manufacturer states is all there is.",
                  mrse_json_get_text(record, "no_field_model"));
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
    add_peaks(d, mrse_json_at(record, "reach"), REACH);
}

void mrse_document_add_field(mrse_document *d, const json_t *record, int level)
{
    mrse_document_heading(d, level, "Static field of the scanner");
    if (mrse_json_at(record, "no_field_model") != NULL) {
        add_stated(d, record);
        mrse_document_add_model(d, record, level);
        return;
    }
    add_points(d, record);
    add_peaks(d, mrse_json_at(record, "reach"), REACH);
    /* a case asks for a few of these numbers: the rest is in its record and contours.csv */
    bool whole = mrse_json_at(record, "case") == NULL;
    if (whole)
        add_cylinders(d, record);
    if (whole || json_array_size(mrse_json_at(record, "implants")) == 0)
        add_contours(d, record);
    mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                            "z runs along the bore, r is the distance from its axis, origin "
                            "isocentre. " SAY_NEGLIGIBLE
                            " Air, rotational symmetry, no iron nearby, normal "
                            "operation (not quench). The 0.5 mT line bounds what MHRA calls the MR "
                            "ENVIRONMENT; the MR CONTROLLED ACCESS AREA is the physical area that "
                            "contains it.");
    mrse_document_add_model(d, record, level);
}

/* "exceeded from z = 0.9 m to z = 0.7 m" */
static void say_ride_limit(mrse_buf *out, const json_t *ride)
{
    double limit = mrse_json_get_num(ride, "limit_T_m");
    const json_t *exceeds = mrse_json_at(ride, "exceeds");
    double radius = mrse_json_get_num(ride, "radius_met_m");
    size_t i;
    json_t *e;
    if (!isfinite(limit))
        return;
    mrse_buf_add(out, " The limit of ");
    mrse_quantity_print(out, limit, MRSE_KIND_SFG, 3, 1);
    if (json_array_size(exceeds) == 0)
        mrse_buf_add(out, " is not exceeded at the stated position");
    json_array_foreach (exceeds, i, e) {
        mrse_buf_add(out, i == 0 ? " is exceeded from z = " : " and from z = ");
        say_length(out, mrse_json_get_num(e, "z_from_m"));
        mrse_buf_add(out, " to ");
        say_length(out, mrse_json_get_num(e, "z_to_m"));
    }
    if (isfinite(radius)) {
        mrse_buf_add(out, "; on this ride it is met within ");
        say_length(out, radius);
        mrse_buf_add(out, " of the axis, before uncertainty.");
    } else {
        mrse_buf_add(out, "; on this ride it is met nowhere, not even on the axis.");
    }
}

static void add_ride(mrse_document *d, const json_t *ride, int level)
{
    mrse_buf text = {0};
    const char *object = mrse_json_get_text(ride, "object");
    mrse_buf_add(&text, "The ride into the magnet");
    if (object[0] != '\0')
        mrse_buf_addf(&text, ": %s", object);
    say_heading_add(d, level, &text);
    mrse_buf_add(&text, "It rides at ");
    say_length(&text, mrse_json_get_num(ride, "r_m"));
    mrse_buf_add(&text, " from the axis, from z = ");
    say_length(&text, mrse_json_get_num(ride, "z_start_m"));
    mrse_buf_add(&text, " to z = ");
    say_length(&text, mrse_json_get_num(ride, "z_end_m"));
    mrse_buf_add(&text, ", where it stops.");
    say_ride_limit(&text, ride);
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
    add_peaks(d, ride, "Largest values on the ride, with the uncertainty of position and model");
}

void mrse_document_add_rides(mrse_document *d, const json_t *record, int level)
{
    size_t i;
    json_t *ride;
    json_array_foreach (mrse_json_at(record, "rides"), i, ride)
        add_ride(d, ride, level);
}

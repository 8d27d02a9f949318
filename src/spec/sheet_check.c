/* Numbers of a data sheet that cannot both be true of one magnet, as far as that can be seen without
 * computing a field. Numbers that no magnet fits are found by the fit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "spec_internal.h"

/* "3 T" may be 2.89 T: 3.6 % less than its name. */
#define NAME_SLACK 0.04

static bool is_given(const mrse_value *value)
{
    return isfinite(value->v) && isfinite(value->u);
}

/* A printed number is somewhere within half of its last place: u times sqrt 3. */
static double low(const mrse_value *value)
{
    return value->v - value->u * sqrt(3.0);
}

static double high(const mrse_value *value)
{
    return value->v + value->u * sqrt(3.0);
}

/* Below by more than both roundings; the slack is that of binary fractions. */
static bool is_below(double a_high, double b_low)
{
    return a_high < b_low * (1 - 1e-9);
}

static bool is_same(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* B0 at least: f0 says it exactly, a class does not. */
static double b0_low_T(const mrse_scanner *s)
{
    if (is_given(&s->frequency))
        return low(&s->frequency) / MRSE_HZ_PER_T;
    return s->b0_nominal.v * (1 - NAME_SLACK);
}

static const char *b0_printed(const mrse_scanner *s)
{
    return is_given(&s->frequency) ? s->frequency.printed : s->b0_nominal.printed;
}

/* ---- contours ---- */

typedef struct extent {
    const char *key, *way;
    size_t at; /* in the row */
} extent;

static const extent extents[] = {
    {"axial", "along the axis", offsetof(mrse_stated_contour, axial)},
    {"radial", "away from the axis", offsetof(mrse_stated_contour, radial)},
};

static const mrse_value *extent_of(const mrse_stated_contour *row, const extent *e)
{
    return (const mrse_value *)(const void *)((const char *)row + e->at);
}

/* Regions of stronger field lie inside those of weaker, whichever of the extents is meant. */
static void check_nesting(mrse_reader *r, const mrse_node *node, const mrse_data_sheet *sheet,
                          size_t i, const extent *e)
{
    const mrse_stated_contour *row = sheet->contour;
    const mrse_value *mine = extent_of(&row[i], e), *other;

    for (size_t j = 0; j < i && is_given(mine); j++) {
        bool weak = row[i].level.v < row[j].level.v; /* this line is the weaker one */
        other = extent_of(&row[j], e);
        if (!is_given(other) || is_same(row[i].level.v, row[j].level.v) ||
            !(weak ? is_below(high(mine), low(other)) : is_below(high(other), low(mine))))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, e->key)->at,
                        "a weaker line lies outside a stronger one: check both numbers, and that "
                        "both are measured from the isocentre",
                        "%s: the %s line at %s and the %s line at %s (line %d) are in the wrong "
                        "order",
                        e->way, row[i].level.printed, mine->printed, row[j].level.printed,
                        other->printed, row[j].line);
        return;
    }
}

static void check_level(mrse_reader *r, const mrse_node *node, const mrse_scanner *s, size_t i)
{
    const mrse_stated_contour *row = s->sheet.contour;
    const mrse_node *level = mrse_spec_child(r, node, "level");

    if (!is_given(&row[i].level))
        return;
    if (row[i].level.v >= s->b0_nominal.v)
        mrse_spec_error(r, MRSE_ERR_INPUT, level->at, "check the unit: 1 T = 1000 mT = 10000 G",
                        "the line of %s is not weaker than the main field, %s",
                        row[i].level.printed, s->b0_nominal.printed);
    for (size_t j = 0; j < i; j++) {
        if (!is_same(row[i].level.v, row[j].level.v))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, level->at,
                        "write both extents of one line into one entry; a line of a fault or a "
                        "quench belongs under 'events'",
                        "the line of %s is given twice, first in line %d (%s)",
                        row[i].level.printed, row[j].line, row[j].level.printed);
        return;
    }
}

/* Sheets count from the isocentre; a line inside the covers was often counted from the covers. */
static void warn_inside(mrse_reader *r, const mrse_node *node, const extent *e,
                        const mrse_value *mine, const mrse_value *cover, const char *cover_key)
{
    if (!is_given(mine) || !is_given(cover) || !is_below(high(mine), low(cover) / 2))
        return;
    mrse_spec_warn(r, mrse_spec_child(r, node, e->key)->at,
                   "extents are from the isocentre, not from the covers; nothing is wrong when the "
                   "sheet draws the line inside",
                   "the line lies inside the covers: %s, and half of %s (%s) is more",
                   mine->printed, cover_key, cover->printed);
}

static void check_contours(mrse_reader *r, const mrse_node *list, const mrse_scanner *s)
{
    const mrse_node *node = list ? mrse_spec_first(r, list) : NULL;

    for (size_t i = 0; node && i < s->sheet.n_contours; i++, node = mrse_spec_next(r, node)) {
        const mrse_stated_contour *row = &s->sheet.contour[i];
        size_t mark = mrse_spec_push(r, NULL, i);

        check_level(r, node, s, i);
        for (size_t k = 0; k < MRSE_COUNT(extents); k++)
            check_nesting(r, node, &s->sheet, i, &extents[k]);
        warn_inside(r, node, &extents[0], &row->axial, &s->cover_length, "covers.length");
        warn_inside(r, node, &extents[1], &row->radial, &s->cover_diameter, "covers.diameter");
        mrse_spec_pop(r, mark);
    }
}

/* ---- cylinders ---- */

typedef struct maximum {
    const char *key;
    size_t at;
} maximum;

static const maximum maxima[] = {
    {"gradient", offsetof(mrse_stated_cylinder, gradient)},
    {"field", offsetof(mrse_stated_cylinder, field)},
    {"product", offsetof(mrse_stated_cylinder, product)},
};

static const mrse_value *maximum_of(const mrse_stated_cylinder *row, const maximum *m)
{
    return (const mrse_value *)(const void *)((const char *)row + m->at);
}

static double at_least(const mrse_stated_cylinder *row, const mrse_value *value)
{
    return row->bound == MRSE_BOUND_AT_MOST ? 0 : low(value);
}

static double at_most(const mrse_stated_cylinder *row, const mrse_value *value)
{
    return row->bound == MRSE_BOUND_AT_LEAST ? HUGE_VAL : high(value);
}

/* The sources are outside: on a wider cylinder everything is larger (maximum principle). */
static void check_growth(mrse_reader *r, const mrse_node *node, const mrse_data_sheet *sheet,
                         size_t i, const maximum *m)
{
    const mrse_stated_cylinder *row = sheet->cylinder;
    const mrse_value *mine = maximum_of(&row[i], m), *other;

    for (size_t j = 0; j < i && is_given(mine); j++) {
        bool wide = row[i].radius.v > row[j].radius.v;
        size_t a = wide ? j : i, b = wide ? i : j; /* narrow, wide */
        other = maximum_of(&row[j], m);
        if (!is_given(other) || is_same(row[i].radius.v, row[j].radius.v) ||
            !is_below(at_most(&row[b], maximum_of(&row[b], m)),
                      at_least(&row[a], maximum_of(&row[a], m))))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, m->key)->at,
                        "check both numbers, and radius against diameter",
                        "%s at %s %s, and %s at %s %s (line %d): it cannot be smaller on the wider "
                        "cylinder",
                        mine->printed, row[i].by_diameter ? "diameter" : "radius",
                        row[i].radius.printed, other->printed,
                        row[j].by_diameter ? "diameter" : "radius", row[j].radius.printed,
                        row[j].line);
        return;
    }
}

static void check_twice(mrse_reader *r, const mrse_node *node, const mrse_data_sheet *sheet,
                        size_t i)
{
    const mrse_stated_cylinder *row = sheet->cylinder;

    for (size_t j = 0; j < i && is_given(&row[i].radius); j++) {
        if (!is_same(row[i].radius.v, row[j].radius.v))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT,
                        mrse_spec_child(r, node, row[i].by_diameter ? "diameter" : "radius")->at,
                        "write all numbers of one cylinder into one row",
                        "this cylinder (%s) is given twice, first in line %d (%s)",
                        row[i].radius.printed, row[j].line, row[j].radius.printed);
        return;
    }
}

/* On any cylinder |B| reaches at least what it is at the isocentre. */
static void check_field(mrse_reader *r, const mrse_node *node, const mrse_scanner *s,
                        const mrse_stated_cylinder *row)
{
    double b0_T = is_given(&s->frequency) ? s->frequency.v / MRSE_HZ_PER_T : s->b0_nominal.v;

    if (!is_given(&row->field) || !is_below(at_most(row, &row->field), b0_T * (1 - NAME_SLACK)))
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "field")->at,
                    "'field' is the largest |B|, which is nowhere less than B0",
                    "%s is less than the main field, %s (more than 4 %%)", row->field.printed,
                    b0_printed(s));
}

/* Of one row: no point has more of both than the maxima. Other gradients than that of |B| may. */
static void check_product(mrse_reader *r, const mrse_node *node, mrse_stated_gradient means,
                          const mrse_stated_cylinder *row)
{
    bool of_magnitude = means == MRSE_GRADIENT_SFG || means == MRSE_GRADIENT_TENSOR;

    if (!of_magnitude || !is_given(&row->product) || !is_given(&row->field) ||
        !is_given(&row->gradient) ||
        !is_below(at_most(row, &row->field) * at_most(row, &row->gradient),
                  at_least(row, &row->product)))
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "product")->at,
                    "check the three numbers and their units: 1 T2/m = 1000000 G2/cm",
                    "%s is more than the largest |B|, %s, times the largest gradient, %s",
                    row->product.printed, row->field.printed, row->gradient.printed);
}

/* The line whose distance asks for the steepest mean slope from B0 on the axis; NULL: none. */
static const mrse_stated_contour *steepest(const mrse_scanner *s, double *slope_T_m)
{
    const mrse_stated_contour *found = NULL;

    *slope_T_m = 0;
    for (size_t i = 0; i < s->sheet.n_contours; i++) {
        const mrse_stated_contour *row = &s->sheet.contour[i];
        double slope = (b0_low_T(s) - high(&row->level)) / high(&row->axial);
        if (!is_given(&row->axial) || !is_given(&row->level) || !(slope > *slope_T_m))
            continue;
        *slope_T_m = slope;
        found = row;
    }
    return found;
}

/* From B0 at the isocentre to the line, |B| falls somewhere at least as fast as on the average. */
static void check_slope(mrse_reader *r, const mrse_node *node, const mrse_scanner *s,
                        const mrse_stated_cylinder *row)
{
    double slope_T_m;
    const mrse_stated_contour *line = steepest(s, &slope_T_m);
    char num[MRSE_NUM_MAX];

    if (!line || !is_given(&row->gradient) || !is_below(at_most(row, &row->gradient), slope_T_m))
        return;
    mrse_text_num(num, slope_T_m, 3);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "gradient")->at,
                    "check both numbers and their units: 1 T/m = 100 G/cm",
                    "%s is too small: from %s at the isocentre to %s at %s on the axis (line %d) "
                    "the mean slope alone is %s T/m",
                    row->gradient.printed, b0_printed(s), line->level.printed, line->axial.printed,
                    line->line, num);
}

static void check_cylinders(mrse_reader *r, const mrse_node *list, const mrse_scanner *s)
{
    const mrse_node *node = list ? mrse_spec_first(r, list) : NULL;

    for (size_t i = 0; node && i < s->sheet.n_cylinders; i++, node = mrse_spec_next(r, node)) {
        const mrse_stated_cylinder *row = &s->sheet.cylinder[i];
        size_t mark = mrse_spec_push(r, NULL, i);

        check_twice(r, node, &s->sheet, i);
        for (size_t k = 0; k < MRSE_COUNT(maxima); k++)
            check_growth(r, node, &s->sheet, i, &maxima[k]);
        check_field(r, node, s, row);
        check_product(r, node, s->sheet.gradient, row);
        check_slope(r, node, s, row);
        mrse_spec_pop(r, mark);
    }
}

/* ---- anywhere that a person can reach ---- */

/* The bore is part of what a person can reach. */
static void check_inside(mrse_reader *r, const mrse_node *node, const mrse_scanner *s,
                         const mrse_stated_cylinder *all, const maximum *m)
{
    const mrse_value *mine = maximum_of(all, m), *other;

    for (size_t i = 0; i < s->sheet.n_cylinders && is_given(mine); i++) {
        const mrse_stated_cylinder *row = &s->sheet.cylinder[i];
        other = maximum_of(row, m);
        if (!is_given(other) || !(row->radius.v <= s->bore_diameter.v / 2) ||
            !is_below(at_most(all, mine), at_least(row, other)))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, m->key)->at,
                        "check both numbers, and what each of them means",
                        "%s anywhere, and %s on the cylinder of %s %s (line %d): a part cannot "
                        "have more than the whole",
                        mine->printed, other->printed, row->by_diameter ? "diameter" : "radius",
                        row->radius.printed, row->line);
        return;
    }
}

static void check_accessible(mrse_reader *r, const mrse_node *node, const mrse_scanner *s)
{
    const mrse_stated_accessible *a = &s->sheet.accessible;
    const mrse_stated_cylinder all = {
        .field = a->field, .gradient = a->gradient, .product = a->product, .bound = a->bound};

    if (!node)
        return;
    if (a->gradient_is == s->sheet.gradient)
        check_inside(r, node, s, &all, &maxima[0]);
    check_inside(r, node, s, &all, &maxima[1]);
    if (a->product_is == s->sheet.product)
        check_inside(r, node, s, &all, &maxima[2]);
    check_field(r, node, s, &all);
    check_product(r, node, a->gradient_is, &all);
    check_slope(r, node, s, &all);
}

void mrse_spec_check_sheet(mrse_reader *r, const mrse_node *root, const mrse_scanner *s)
{
    const mrse_node *block = mrse_spec_child(r, root, "static_field");
    const mrse_node *contours = mrse_spec_child(r, block, "contours");
    const mrse_node *cylinders = mrse_spec_child(r, block, "cylinders");
    size_t mark;

    /* what is missing or misread was reported; comparing the rest would only repeat it */
    if (r->status != MRSE_OK)
        return;
    mark = mrse_spec_push(r, "static_field.contours.lines", 0);
    check_contours(r, mrse_spec_child(r, contours, "lines"), s);
    mrse_spec_pop(r, mark);
    mark = mrse_spec_push(r, "static_field.cylinders.rows", 0);
    check_cylinders(r, mrse_spec_child(r, cylinders, "rows"), s);
    mrse_spec_pop(r, mark);
    mark = mrse_spec_push(r, "static_field.accessible", 0);
    check_accessible(r, mrse_spec_child(r, block, "accessible"), s);
    mrse_spec_pop(r, mark);
}

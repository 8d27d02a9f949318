/* The numbers of a scanner's data sheet: contours, maxima on cylinders, points, events. Each number
 * comes with the word for what it means; without the word it is kept and asked about, not used.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "spec_internal.h"

/* In the order of their enums, which begin with "the file does not say". */
static const char *const axial_words[] = {"unstated", "z_axis", "z_max", NULL};
static const char *const radial_words[] = {"unstated", "r_mid", "r_max", NULL};
static const char *const gradient_words[] = {"unstated", "sfg", "dbz_dz", "tensor_norm", NULL};
static const char *const product_words[] = {"unstated", "of_point", "of_maxima", NULL};
static const char *const bound_words[] = {"exact", "at_most", "at_least", NULL};

#define SCANNER(member)  offsetof(mrse_scanner, member)
#define CONTOUR(member)  offsetof(mrse_stated_contour, member)
#define CYLINDER(member) offsetof(mrse_stated_cylinder, member)
#define POINT(member)    offsetof(mrse_stated_point, member)
#define EVENT(member)    offsetof(mrse_stated_event, member)

#define SOURCE                                                                                     \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE,                            \
        .doc = "id of the source of this block"                                                    \
    }
#define LEVEL(where)                                                                               \
    {                                                                                              \
        .key = "level", .type = MRSE_FIELD_VALUE, .required = true, .at = (where),                 \
        .kind = MRSE_KIND_FIELD, .min = 1e-6, .max = 12, .doc = "|B| on the line, such as 0.5 mT"  \
    }
#define EXTENT(name, where, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (where), .kind = MRSE_KIND_LENGTH,          \
        .min = 0.05, .max = 50, .doc = (text)                                                      \
    }
#define QUANTITY(name, where, of, low, high, text)                                                 \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (where), .kind = (of), .min = (low),        \
        .max = (high), .doc = (text)                                                               \
    }

/* A row without a single number states nothing. */
static void check_row(mrse_reader *r, const mrse_node *node, const char *const *key, size_t n,
                      const char *what)
{
    char list[64];

    for (size_t i = 0; i < n; i++)
        if (mrse_spec_child(r, node, key[i]))
            return;
    mrse_spec_list_names(list, sizeof list, key, n);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                    "give what the sheet prints, or leave the row out: a line without its number "
                    "belongs in a comment",
                    "the %s has none of: %s", what, list);
}

/* ---- contours ---- */

static const mrse_field_spec line_fields[] = {
    SOURCE,
    LEVEL(CONTOUR(level)),
    EXTENT("axial", CONTOUR(axial), "along the axis, from the isocentre, not from the covers"),
    EXTENT("radial", CONTOUR(radial), "away from the axis; half of the width of the line"),
};

static void finish_line(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"axial", "radial"};

    (void)base;
    check_row(r, node, key, MRSE_COUNT(key), "line");
}

static const mrse_schema line_schema = {
    .name = "a line",
    .field = line_fields,
    .n = MRSE_COUNT(line_fields),
    .size = sizeof(mrse_stated_contour),
    .line = CONTOUR(line),
    .finish = finish_line,
};

static const mrse_field_spec contours_fields[] = {
    SOURCE,
    {.key = "axial",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.axial),
     .choice = axial_words,
     .first = MRSE_AXIAL_UNSTATED,
     .doc = "what 'axial' means: where the line meets the axis (z_axis), its largest |z| (z_max), "
            "or the sheet does not say (unstated)"},
    {.key = "radial",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.radial),
     .choice = radial_words,
     .first = MRSE_RADIAL_UNSTATED,
     .doc = "what 'radial' means: where the line crosses the plane z = 0 (r_mid), its largest "
            "distance from the axis (r_max), or the sheet does not say (unstated)"},
    {.key = "lines",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = SCANNER(sheet.contour),
     .count = SCANNER(sheet.n_contours),
     .child = &line_schema,
     .doc = "the lines, each with what is printed of it"},
};

const mrse_schema mrse_spec_contours_schema = {
    .field = contours_fields, .n = MRSE_COUNT(contours_fields), .line = MRSE_NOWHERE};

/* ---- cylinders ---- */

static const mrse_field_spec row_fields[] = {
    SOURCE,
    QUANTITY("radius", CYLINDER(radius), MRSE_KIND_LENGTH, 0, 1, "of the cylinder, or 'diameter'"),
    QUANTITY("diameter", CYLINDER(radius), MRSE_KIND_LENGTH, 0, 2, "of the cylinder, or 'radius'"),
    QUANTITY("gradient", CYLINDER(gradient), MRSE_KIND_SFG, 0.001, 500,
             "largest spatial gradient on it"),
    QUANTITY("field", CYLINDER(field), MRSE_KIND_FIELD, 0.001, 21, "largest |B| on it"),
    QUANTITY("product", CYLINDER(product), MRSE_KIND_PRODUCT, 1e-4, 2000,
             "largest product of |B| and gradient on it"),
    {.key = "bound",
     .type = MRSE_FIELD_CHOICE,
     .at = CYLINDER(bound),
     .choice = bound_words,
     .doc = "whether the numbers of the row are the maxima, as usual (exact), or only bounds"},
};

static void finish_cylinder(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"gradient", "field", "product"};
    mrse_stated_cylinder *row = base;
    const mrse_node *radius = mrse_spec_child(r, node, "radius");
    const mrse_node *diameter = mrse_spec_child(r, node, "diameter");

    check_row(r, node, key, MRSE_COUNT(key), "cylinder");
    if (radius && diameter)
        mrse_spec_error(r, MRSE_ERR_INPUT, diameter->key_at, "keep the one that is printed",
                        "both 'radius' and 'diameter' are given");
    else if (!radius && !diameter)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                        "write 'radius: 10 cm' or 'diameter: 20 cm', as the sheet prints it",
                        "the cylinder has no size");
    if (!diameter || radius)
        return;
    row->by_diameter = true;
    row->radius.v /= 2;
    row->radius.u /= 2;
}

static const mrse_schema row_schema = {
    .name = "a cylinder",
    .field = row_fields,
    .n = MRSE_COUNT(row_fields),
    .size = sizeof(mrse_stated_cylinder),
    .line = CYLINDER(line),
    .finish = finish_cylinder,
};

static const mrse_field_spec cylinders_fields[] = {
    SOURCE,
    {.key = "gradient",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.gradient),
     .choice = gradient_words,
     .first = MRSE_GRADIENT_UNSTATED,
     .doc =
         "what 'gradient' means: of the magnitude, |grad |B|| (sfg), the derivative of the axial "
         "field along the axis (dbz_dz), the norm of the tensor of all derivatives "
         "(tensor_norm), or the sheet does not say (unstated)"},
    {.key = "product",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.product),
     .choice = product_words,
     .first = MRSE_PRODUCT_UNSTATED,
     .doc = "what 'product' means: the largest |B| times gradient at one point (of_point), the "
            "largest |B| times the largest gradient (of_maxima), or the sheet does not say "
            "(unstated)"},
    {.key = "rows",
     .type = MRSE_FIELD_LIST,
     .required = true,
     .at = SCANNER(sheet.cylinder),
     .count = SCANNER(sheet.n_cylinders),
     .child = &row_schema,
     .doc = "the cylinders, each with what is printed of it"},
};

const mrse_schema mrse_spec_cylinders_schema = {
    .field = cylinders_fields, .n = MRSE_COUNT(cylinders_fields), .line = MRSE_NOWHERE};

/* ---- anywhere that a person can reach ---- */

static const mrse_field_spec accessible_fields[] = {
    SOURCE,
    QUANTITY("gradient", SCANNER(sheet.accessible.gradient), MRSE_KIND_SFG, 0.001, 500,
             "largest spatial gradient anywhere that a person can reach"),
    {.key = "gradient_is",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.accessible.gradient_is),
     .choice = gradient_words,
     .first = MRSE_GRADIENT_UNSTATED,
     .doc = "what 'gradient' means here, in the words of cylinders.gradient"},
    QUANTITY("field", SCANNER(sheet.accessible.field), MRSE_KIND_FIELD, 0.001, 21,
             "largest |B| there"),
    QUANTITY("product", SCANNER(sheet.accessible.product), MRSE_KIND_PRODUCT, 1e-4, 2000,
             "largest product of |B| and gradient there"),
    {.key = "product_is",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.accessible.product_is),
     .choice = product_words,
     .first = MRSE_PRODUCT_UNSTATED,
     .doc = "what 'product' means here, in the words of cylinders.product"},
    {.key = "bound",
     .type = MRSE_FIELD_CHOICE,
     .at = SCANNER(sheet.accessible.bound),
     .choice = bound_words,
     .doc = "whether the numbers are the maxima, as usual (exact), or only bounds"},
};

static void finish_accessible(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"gradient", "field", "product"};

    (void)base;
    check_row(r, node, key, MRSE_COUNT(key), "block");
}

const mrse_schema mrse_spec_accessible_schema = {
    .field = accessible_fields,
    .n = MRSE_COUNT(accessible_fields),
    .line = SCANNER(sheet.accessible.line),
    .finish = finish_accessible,
};

/* ---- points and events ---- */

static const mrse_field_spec point_fields[] = {
    SOURCE,
    {.key = "r",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = POINT(r),
     .kind = MRSE_KIND_LENGTH,
     .min = 0,
     .max = 50,
     .doc = "distance from the axis"},
    {.key = "z",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = POINT(z),
     .kind = MRSE_KIND_LENGTH,
     .min = -50,
     .max = 50,
     .doc = "along the axis, from the isocentre"},
    QUANTITY("field", POINT(field), MRSE_KIND_FIELD, 1e-6, 21, "|B| there"),
    QUANTITY("gradient", POINT(gradient), MRSE_KIND_SFG, 1e-6, 500,
             "spatial gradient of |B| there (sfg)"),
};

static void finish_point(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"field", "gradient"};

    (void)base;
    check_row(r, node, key, MRSE_COUNT(key), "point");
}

const mrse_schema mrse_spec_point_schema = {
    .name = "a point",
    .field = point_fields,
    .n = MRSE_COUNT(point_fields),
    .size = sizeof(mrse_stated_point),
    .line = POINT(line),
    .finish = finish_point,
};

static const mrse_field_spec event_fields[] = {
    SOURCE,
    {.key = "what",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = EVENT(what),
     .longest = MRSE_SPEC_NAME,
     .doc = "what happens, such as quench"},
    LEVEL(EVENT(level)),
    EXTENT("axial", EVENT(axial), "along the axis, from the isocentre"),
    EXTENT("radial", EVENT(radial), "away from the axis"),
    QUANTITY("lasting", EVENT(lasting), MRSE_KIND_TIME, 0.01, 1e6, "for how long"),
};

static void finish_event(mrse_reader *r, const mrse_node *node, void *base)
{
    static const char *const key[] = {"axial", "radial"};

    (void)base;
    check_row(r, node, key, MRSE_COUNT(key), "event");
}

const mrse_schema mrse_spec_event_schema = {
    .name = "an event",
    .field = event_fields,
    .n = MRSE_COUNT(event_fields),
    .size = sizeof(mrse_stated_event),
    .line = EVENT(line),
    .finish = finish_event,
};

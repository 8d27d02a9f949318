/* The coil set of a scanner file: three forms of coil, mirror images, and the checks that catch a
 * coil set which cannot be, or which is not the magnet that the file names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

/* Ends of an ampere-turns range: from a test coil to beyond any whole-body magnet. */
#define NI_MAX       1e8
#define COIL(member) offsetof(mrse_source, member)

static const char *const no_yes[] = {"no", "yes", NULL};

#define CURRENT                                                                                    \
    {                                                                                              \
        .key = "ampere_turns", .type = MRSE_FIELD_NUMBER, .required = true, .at = COIL(current_A), \
        .kind = MRSE_KIND_AMPERE_TURNS, .min = -NI_MAX, .max = NI_MAX,                             \
        .doc = "current times turns; negative runs against the main coils, as a shield does"       \
    }
#define FROM                                                                                       \
    {                                                                                              \
        .key = "from", .type = MRSE_FIELD_NUMBER, .required = true, .at = COIL(z1_m),              \
        .kind = MRSE_KIND_LENGTH, .min = -10, .max = 10,                                           \
        .doc = "where it begins along the bore, from the isocentre"                                \
    }
#define TO                                                                                         \
    {                                                                                              \
        .key = "to", .type = MRSE_FIELD_NUMBER, .required = true, .at = COIL(z2_m),                \
        .kind = MRSE_KIND_LENGTH, .min = -10, .max = 10, .doc = "where it ends; more than 'from'"  \
    }
#define RADIUS                                                                                     \
    {                                                                                              \
        .key = "radius", .type = MRSE_FIELD_NUMBER, .required = true, .at = COIL(r1_m),            \
        .kind = MRSE_KIND_LENGTH, .min = 0.01, .max = 5, .doc = "its distance from the axis"       \
    }

static const mrse_field_spec winding_fields[] = {
    {.key = "inner",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = COIL(r1_m),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.01,
     .max = 5,
     .doc = "inner radius of the winding"},
    {.key = "outer",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = COIL(r2_m),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.01,
     .max = 5,
     .doc = "outer radius, more than 'inner'"},
    FROM,
    TO,
    CURRENT,
};
static const mrse_field_spec sheet_fields[] = {RADIUS, FROM, TO, CURRENT};
static const mrse_field_spec loop_fields[] = {
    RADIUS,
    {.key = "at",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = COIL(z1_m),
     .kind = MRSE_KIND_LENGTH,
     .min = -10,
     .max = 10,
     .doc = "where it is along the bore, from the isocentre"},
    CURRENT,
};

static const mrse_schema winding_schema = {
    .field = winding_fields, .n = MRSE_COUNT(winding_fields), .line = MRSE_NOWHERE};
static const mrse_schema sheet_schema = {
    .field = sheet_fields, .n = MRSE_COUNT(sheet_fields), .line = MRSE_NOWHERE};
static const mrse_schema loop_schema = {
    .field = loop_fields, .n = MRSE_COUNT(loop_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec coil_fields[] = {
    {.key = "winding",
     .type = MRSE_FIELD_MAP,
     .child = &winding_schema,
     .doc = "a coil of rectangular section with uniform current density"},
    {.key = "sheet",
     .type = MRSE_FIELD_MAP,
     .child = &sheet_schema,
     .doc = "a thin solenoid: all turns at one radius"},
    {.key = "loop", .type = MRSE_FIELD_MAP, .child = &loop_schema, .doc = "a single thin ring"},
};

static void check_order(mrse_reader *r, const mrse_node *form, const char *low_key, double low,
                        const char *high_key, double high)
{
    const mrse_node *at = mrse_spec_child(r, form, high_key);

    if (!at || !isfinite(low) || !isfinite(high) || low < high)
        return;
    mrse_spec_error(r, MRSE_ERR_INPUT, at->at, "write the smaller number first",
                    "'%s' must be more than '%s'", high_key, low_key);
}

static void check_coil(mrse_reader *r, const mrse_node *node, void *base)
{
    static const mrse_source_type types[] = {MRSE_SOURCE_COIL, MRSE_SOURCE_SHEET, MRSE_SOURCE_LOOP};
    mrse_source *coil = base;
    const mrse_node *form = NULL, *current;
    size_t forms = 0;

    for (size_t i = 0; i < MRSE_COUNT(coil_fields); i++) {
        const mrse_node *entry = mrse_spec_child(r, node, coil_fields[i].key);
        if (!entry)
            continue;
        form = entry;
        coil->type = types[i];
        forms++;
    }
    if (forms != 1) {
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                        "each entry of 'coils' is one of: winding, sheet, loop",
                        forms ? "one coil is given in two forms" : "the coil has no form");
        return;
    }
    if (coil->type != MRSE_SOURCE_COIL)
        coil->r2_m = 0; /* unused, and not to be taken for a missing number */
    if (coil->type == MRSE_SOURCE_LOOP)
        coil->z2_m = 0;
    else
        check_order(r, form, "from", coil->z1_m, "to", coil->z2_m);
    if (coil->type == MRSE_SOURCE_COIL)
        check_order(r, form, "inner", coil->r1_m, "outer", coil->r2_m);
    current = mrse_spec_child(r, form, "ampere_turns");
    if (current && coil->current_A == 0)
        mrse_spec_error(r, MRSE_ERR_INPUT, current->at, "leave a coil without current out",
                        "the coil carries no current");
}

static const mrse_schema coil_schema = {
    .name = "a coil",
    .field = coil_fields,
    .n = MRSE_COUNT(coil_fields),
    .size = sizeof(mrse_source),
    .line = MRSE_NOWHERE,
    .finish = check_coil,
};

#define AT(member) offsetof(mrse_scanner, member)

static const mrse_field_spec uncertainty_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this block"},
    {.key = "field",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(u_field),
     .kind = MRSE_KIND_RATIO,
     .min = 0,
     .max = 0.5,
     .doc = "relative standard uncertainty of |B| that the coil set gives, such as 0.5 %"},
    {.key = "gradient",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(u_grad),
     .kind = MRSE_KIND_RATIO,
     .min = 0,
     .max = 0.5,
     .doc = "the same of the spatial gradient, which is known less well near the windings"},
    {.key = "because",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(u_because),
     .doc = "how these two are known"},
};

static const mrse_schema uncertainty_schema = {
    .field = uncertainty_fields, .n = MRSE_COUNT(uncertainty_fields), .line = MRSE_NOWHERE};

static const mrse_field_spec static_field_fields[] = {
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source of this block"},
    {.key = "contours",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_spec_contours_schema,
     .doc = "how far the lines of equal |B| reach in normal operation, as a data sheet states it"},
    {.key = "cylinders",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_spec_cylinders_schema,
     .doc = "largest values on cylinders about the axis, as a data sheet states them"},
    {.key = "accessible",
     .type = MRSE_FIELD_MAP,
     .child = &mrse_spec_accessible_schema,
     .doc = "largest values anywhere that a person can reach, as the manufacturer states them, "
            "whatever the shape of the magnet"},
    {.key = "points",
     .type = MRSE_FIELD_LIST,
     .at = AT(sheet.point),
     .count = AT(sheet.n_points),
     .child = &mrse_spec_point_schema,
     .doc = "|B| or its gradient at single points"},
    {.key = "events",
     .type = MRSE_FIELD_LIST,
     .at = AT(sheet.event),
     .count = AT(sheet.n_events),
     .child = &mrse_spec_event_schema,
     .doc = "lines of a fault or a quench, which reach further for a while"},
    {.key = "mirror",
     .type = MRSE_FIELD_FLAG,
     .at = MRSE_NOWHERE,
     .choice = no_yes,
     .doc = "yes: only the coils on the side z > 0 are listed, each has its mirror image at -z"},
    {.key = "coils",
     .type = MRSE_FIELD_LIST,
     .at = AT(coil),
     .count = AT(n_coils),
     .child = &coil_schema,
     .doc = "coaxial coils, main and shield; z = 0 is the isocentre"},
    {.key = "uncertainty",
     .type = MRSE_FIELD_MAP,
     .child = &uncertainty_schema,
     .doc = "how well the coil set stands for the real magnet; required with coils"},
};

/* A coil on the plane of symmetry would count twice: half of it is its own mirror image. */
static bool is_one_sided(mrse_reader *r, const mrse_node *entry, const mrse_source *coil)
{
    bool ok = coil->type == MRSE_SOURCE_LOOP ? coil->z1_m > 0 : coil->z1_m >= 0;

    if (ok || !isfinite(coil->z1_m))
        return true;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(entry),
                    "with 'mirror: yes' list the part at z > 0 only: its mirror image is the other",
                    "the coil is not on the side z > 0: its mirror image would count it twice");
    return false;
}

static void add_images(mrse_reader *r, const mrse_node *coils, mrse_scanner *s)
{
    const mrse_node *entry = mrse_spec_first(r, coils);
    size_t n = s->n_coils, i;
    mrse_source *both;
    bool ok = true;

    for (i = 0; entry; i++, entry = mrse_spec_next(r, entry)) {
        size_t mark = mrse_spec_push(r, NULL, i);
        ok = is_one_sided(r, entry, &s->coil[i]) && ok;
        mrse_spec_pop(r, mark);
    }
    both = ok && n > 0 ? mrse_alloc(2 * n, sizeof *both) : NULL;
    if (!both) {
        if (ok && n > 0)
            mrse_spec_nomem(r);
        return;
    }
    for (i = 0; i < n; i++) {
        both[2 * i] = both[2 * i + 1] = s->coil[i];
        both[2 * i + 1].z1_m =
            -(s->coil[i].type == MRSE_SOURCE_LOOP ? s->coil[i].z1_m : s->coil[i].z2_m);
        both[2 * i + 1].z2_m = -s->coil[i].z1_m;
    }
    mrse_free(s->coil);
    s->coil = both;
    s->n_coils = 2 * n;
}

/* What belongs to a coil set is useless without one, and a coil set is worth nothing without its
 * uncertainty. */
static void check_company(mrse_reader *r, const mrse_node *node, const mrse_node *coils)
{
    static const char *const company[] = {"mirror", "uncertainty"};

    for (size_t i = 0; i < MRSE_COUNT(company); i++) {
        const mrse_node *given = mrse_spec_child(r, node, company[i]);
        size_t mark = mrse_spec_push(r, company[i], 0);

        if (given && !coils)
            mrse_spec_error(r, MRSE_ERR_INPUT, given->key_at,
                            "leave it out; the uncertainty of a data sheet's numbers is that of "
                            "their rounding, or 'u' beside each",
                            "'%s' belongs to a coil set, and there are no 'coils'", company[i]);
        if (!given && coils && i == 1)
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                            "how well the coil set stands for the real magnet",
                            "the key 'uncertainty' is missing");
        mrse_spec_pop(r, mark);
    }
}

static void finish_static_field(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_scanner *s = base;
    const mrse_node *coils = mrse_spec_child(r, node, "coils");
    const char *mirror = mrse_spec_peek(r, mrse_spec_child(r, node, "mirror"));
    char printed[32];

    check_company(r, node, coils);
    if (!coils || coils->shape != MRSE_SHAPE_LIST || coils->n == 0)
        return;
    if (mirror && strcmp(mirror, "yes") == 0) {
        size_t mark = mrse_spec_push(r, "coils", 0);
        add_images(r, coils, s);
        mrse_spec_pop(r, mark);
    }
    (void)snprintf(printed, sizeof printed, "%zu coils", s->n_coils);
    mrse_spec_provenance(r, coils, printed, &s->coils);
    s->coils.v = (double)s->n_coils;
    s->coils.u = 0;
}

const mrse_schema mrse_spec_static_field_schema = {
    .field = static_field_fields,
    .n = MRSE_COUNT(static_field_fields),
    .line = MRSE_NOWHERE,
    .finish = finish_static_field,
};

/* ---- checks that need the whole scanner ---- */

static double outer_m(const mrse_source *coil)
{
    return coil->type == MRSE_SOURCE_COIL ? coil->r2_m : coil->r1_m;
}

static double reach_m(const mrse_source *coil)
{
    return coil->type == MRSE_SOURCE_LOOP ? fabs(coil->z1_m)
                                          : fmax(fabs(coil->z1_m), fabs(coil->z2_m));
}

static void check_room(mrse_reader *r, const mrse_node *entry, const mrse_scanner *s,
                       const mrse_source *coil)
{
    /* of an elliptical bore the diameter is the larger one; an open one has none */
    if (s->bore_shape == MRSE_BORE_CYLINDER && coil->r1_m <= s->bore_diameter.v / 2)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(entry),
                        "radii are from the axis; bore.diameter is twice the bore's radius",
                        "the coil lies inside the bore, whose diameter is %s",
                        s->bore_diameter.printed);
    if (outer_m(coil) >= s->cover_diameter.v / 2)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(entry),
                        "radii are from the axis; covers.diameter is twice the covers' radius",
                        "the coil does not fit into the covers, whose diameter is %s",
                        s->cover_diameter.printed);
    if (reach_m(coil) >= s->cover_length.v / 2)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(entry),
                        "z is from the isocentre; covers.length is front to rear",
                        "the coil does not fit into the covers, whose length is %s",
                        s->cover_length.printed);
}

static bool overlap(const mrse_source *a, const mrse_source *b)
{
    return a->type == MRSE_SOURCE_COIL && b->type == MRSE_SOURCE_COIL &&
           fmin(a->r2_m, b->r2_m) > fmax(a->r1_m, b->r1_m) &&
           fmin(a->z2_m, b->z2_m) > fmax(a->z1_m, b->z1_m);
}

/* The index of an entry in the file: images stand behind their originals. */
static void check_overlap(mrse_reader *r, const mrse_node *entry, const mrse_scanner *s, size_t i,
                          size_t step)
{
    for (size_t j = 0; j < i; j++) {
        if (!overlap(&s->coil[i], &s->coil[j]))
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(entry),
                        "two windings cannot fill the same space: check radii, positions, signs",
                        "the winding overlaps coils[%zu]", j / step);
        return;
    }
}

/* A coil set of the wrong magnet, or with a slip in one coil, shows here. "3 T" may be 2.89 T. */
static bool check_centre(mrse_reader *r, const mrse_node *coils, const mrse_scanner *s)
{
    mrse_magnet magnet = mrse_scanner_magnet(s);
    double nominal_T = s->b0_nominal.v;
    mrse_field field;
    char num[MRSE_NUM_MAX];
    mrse_status status = mrse_field_at(&magnet, 0, 0, &field);

    if (status == MRSE_OK && fabs(field.bz_T - nominal_T) <= 0.05 * nominal_T)
        return true;
    mrse_text_num(num, field.bz_T, 4);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(coils),
                    field.bz_T < 0 ? "ampere-turns of the main coils are positive"
                                   : "a coil is missing, has the wrong sign or another magnet's "
                                     "numbers; or b0.nominal is wrong",
                    "the coils give %s T at the isocentre; b0.nominal is %s (more than 5 %% apart)",
                    num, s->b0_nominal.printed);
    return false;
}

/* f0 gives the field to a few parts in a million: a coil set that differs from it by more than its
 * own uncertainty is the set of another magnet, or its uncertainty is too small. */
static void check_against_frequency(mrse_reader *r, const mrse_node *coils, const mrse_scanner *s)
{
    static const double SLACK = 0.005; /* what nobody states: shims, rounding of a fit */
    mrse_magnet magnet = mrse_scanner_magnet(s);
    double f0_T = s->frequency.v / MRSE_HZ_PER_T;
    mrse_field field;
    char coils_text[MRSE_NUM_MAX], f0_text[MRSE_NUM_MAX];

    if (!isfinite(f0_T) || !isfinite(s->u_field.v) ||
        mrse_field_at(&magnet, 0, 0, &field) != MRSE_OK ||
        fabs(field.bz_T - f0_T) <= (2 * s->u_field.v + SLACK) * f0_T)
        return;
    mrse_text_num(coils_text, field.bz_T, 4);
    mrse_text_num(f0_text, f0_T, 4);
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(coils),
                    "scale the ampere-turns to the frequency, or state the uncertainty that the "
                    "coil set really has",
                    "the coils give %s T at the isocentre; b0.frequency %s is %s T", coils_text,
                    s->frequency.printed, f0_text);
}

void mrse_spec_check_magnet(mrse_reader *r, const mrse_node *root, const mrse_scanner *s)
{
    const mrse_node *block = mrse_spec_child(r, root, "static_field");
    const mrse_node *coils = mrse_spec_child(r, block, "coils"), *entry;
    size_t mark, step, i = 0;

    if (r->status != MRSE_OK || !coils)
        return;
    step = s->n_coils / coils->n;
    mark = mrse_spec_push(r, "static_field.coils", 0);
    for (entry = mrse_spec_first(r, coils); entry; entry = mrse_spec_next(r, entry), i++) {
        size_t here = mrse_spec_push(r, NULL, i);
        check_room(r, entry, s, &s->coil[i * step]);
        check_overlap(r, entry, s, i * step, step);
        mrse_spec_pop(r, here);
    }
    if (r->status == MRSE_OK && check_centre(r, coils, s) && isfinite(s->frequency.v))
        check_against_frequency(r, coils, s);
    mrse_spec_pop(r, mark);
}

/* Object files: what a shape needs, which materials there are, and both for the physics.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "object_internal.h"

enum { DIAMETER = 1, LONG = 2, WIDTH = 4, DEPTH = 8, WIRE = 16, TURNS = 32 };

/* What each form is for the physics, and what describes it. */
static const struct {
    mrse_shape_type type;
    unsigned needs;
} form[] = {
    [MRSE_FORM_SPHERE] = {MRSE_SHAPE_SPHERE, DIAMETER},
    [MRSE_FORM_ELLIPSOID] = {MRSE_SHAPE_ELLIPSOID, WIDTH | DEPTH | LONG},
    [MRSE_FORM_CYLINDER] = {MRSE_SHAPE_CYLINDER, DIAMETER | LONG},
    [MRSE_FORM_DISC] = {MRSE_SHAPE_CYLINDER, DIAMETER | LONG},
    [MRSE_FORM_PLATE] = {MRSE_SHAPE_PLATE, WIDTH | DEPTH | LONG},
    [MRSE_FORM_RING] = {MRSE_SHAPE_RING, DIAMETER | WIRE},
    [MRSE_FORM_LOOP] = {MRSE_SHAPE_RING, DIAMETER | WIRE},
    [MRSE_FORM_WIRE] = {MRSE_SHAPE_WIRE, LONG | WIRE},
    [MRSE_FORM_SPRING] = {MRSE_SHAPE_SPRING, DIAMETER | LONG | WIRE | TURNS},
    [MRSE_FORM_MAGNET] = {MRSE_SHAPE_CYLINDER, DIAMETER | LONG},
};

const char *mrse_object_form_text(mrse_object_form of)
{
    return (size_t)of < MRSE_COUNT(form) ? mrse_object_forms[of] : "object";
}

/* ---- the shape ---- */

static void check_needs(mrse_reader *r, const mrse_node *node, const mrse_object_file *o)
{
    static const struct {
        unsigned bit;
        const char *key;
    } part[] = {{DIAMETER, "diameter"}, {LONG, "length"}, {WIDTH, "width"},
                {DEPTH, "depth"},       {WIRE, "wire"},   {TURNS, "turns"}};
    unsigned needs = form[o->form].needs;

    for (size_t i = 0; i < MRSE_COUNT(part); i++) {
        const mrse_node *given = mrse_spec_child(r, node, part[i].key);
        size_t mark = mrse_spec_push(r, part[i].key, 0);
        if ((needs & part[i].bit) && !given)
            mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                            "give it with its uncertainty: {value: 4 mm, u: 0.5 mm}",
                            "the key '%s' is missing: a %s is described by it", part[i].key,
                            mrse_object_form_text(o->form));
        else if (!(needs & part[i].bit) && given)
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(given),
                            "leave it out, or choose another shape", "a %s has no '%s'",
                            mrse_object_form_text(o->form), part[i].key);
        mrse_spec_pop(r, mark);
    }
}

/* A size without doubt is a slip more often than a fact: the sampling would take it as exact. */
static double spread(const mrse_value *value)
{
    return isfinite(value->u) ? value->u : 0.0;
}

void mrse_object_file_shape(const mrse_object_file *o, mrse_shape *shape, mrse_shape *u)
{
    unsigned needs = form[o->form].needs;
    *shape = (mrse_shape){.type = form[o->form].type};
    *u = *shape;
    const struct {
        unsigned bit;
        const mrse_value *value;
        double *v, *u;
    } part[] = {{DIAMETER, &o->diameter, &shape->diameter_m, &u->diameter_m},
                {LONG, &o->length, &shape->length_m, &u->length_m},
                {WIDTH, &o->width, &shape->width_m, &u->width_m},
                {DEPTH, &o->depth, &shape->depth_m, &u->depth_m},
                {WIRE, &o->wire, &shape->wire_m, &u->wire_m}};
    for (size_t i = 0; i < MRSE_COUNT(part); i++) {
        if (!(needs & part[i].bit))
            continue;
        *part[i].v = part[i].value->v;
        *part[i].u = spread(part[i].value);
    }
    if (needs & TURNS)
        shape->turns = o->turns;
}

static void check_shape(mrse_reader *r, const mrse_node *node, const mrse_object_file *o)
{
    mrse_shape shape, u;
    mrse_body body;
    const mrse_node *at = mrse_spec_child(r, node, "shape");

    mrse_object_file_shape(o, &shape, &u);
    if (at && r->status == MRSE_OK && mrse_body_of(&shape, &body) != MRSE_OK)
        mrse_spec_error(r, MRSE_ERR_INPUT, at->at,
                        "the wire is thinner than the ring or coil, and the turns fit its length",
                        "no %s has these sizes", mrse_object_form_text(o->form));
    if (o->form != MRSE_FORM_MAGNET && isfinite(o->remanence.v))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, node, "remanence")->at,
                        "write 'shape: magnet'", "only a magnet has a remanence");
}

mrse_orientation mrse_object_file_orientation(const mrse_object_file *o)
{
    mrse_orientation out = {.known = isfinite(o->orientation.axis[0])};

    for (int i = 0; i < 3 && out.known; i++) {
        out.axis3[i] = o->orientation.axis[i];
        out.axis1[i] = o->orientation.across[i];
    }
    /* a body of rotation: any direction that is not its axis does */
    if (out.known && !isfinite(out.axis1[0])) {
        bool along_x = fabs(out.axis3[0]) >= fabs(out.axis3[1]);
        out.axis1[0] = along_x ? 0.0 : 1.0;
        out.axis1[1] = along_x ? 1.0 : 0.0;
        out.axis1[2] = 0.0;
    }
    return out;
}

static void check_orientation(mrse_reader *r, const mrse_node *node, const mrse_object_file *o)
{
    const mrse_node *at = mrse_spec_child(r, node, "orientation");
    mrse_orientation lies = mrse_object_file_orientation(o);
    mrse_axes axes;

    if (!at || !lies.known)
        return;
    if ((form[o->form].needs & WIDTH) && !mrse_spec_child(r, at, "across"))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(at), "add 'across: [1, 0, 0]'",
                        "how its width lies is not said");
    else if (mrse_orientation_axes(&lies, &axes) != MRSE_OK)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(at),
                        "two directions that are not parallel, such as [0, 0, 1] and [1, 0, 0]",
                        "these directions do not say how it lies");
}

/* ---- materials ---- */

static const mrse_object_material *own(const mrse_object_file *o, const char *id)
{
    for (size_t i = 0; i < o->n_materials; i++)
        if (o->material[i].id && mrse_text_equal(o->material[i].id, id))
            return &o->material[i];
    return NULL;
}

/* The file's range where it gives one. */
static void put_right(mrse_range *range, const mrse_value of[2])
{
    if (!isfinite(of[0].v) || !isfinite(of[1].v))
        return;
    *range = (mrse_range){of[0].v, of[1].v, mrse_origin_weaker(of[0].origin, of[1].origin)};
}

/* The measured remanence of a magnet stands before what its alloy usually has. */
static void put_remanence(const mrse_object_file *o, mrse_material *out)
{
    double u_T = spread(&o->remanence);

    if (o->form != MRSE_FORM_MAGNET || !isfinite(o->remanence.v))
        return;
    out->polarisation_T = (mrse_range){fmax(o->remanence.v - 2.0 * u_T, 0.0),
                                       o->remanence.v + 2.0 * u_T, o->remanence.origin};
}

mrse_status mrse_object_file_material(const mrse_object_file *o, size_t i, mrse_material *out)
{
    static const mrse_range none = {(double)NAN, (double)NAN, MRSE_ORIGIN_UNVERIFIED};

    if (!out)
        return MRSE_ERR_ARG;
    *out = (mrse_material){0};
    if (!o || i >= o->n_candidates || !o->candidate[i].material)
        return MRSE_ERR_ARG;
    const char *id = o->candidate[i].material;
    const mrse_object_material *of_file = own(o, id);
    const mrse_material *row = mrse_material_find(id);
    if (!of_file && !row)
        return MRSE_ERR_ARG;
    if (row)
        *out = *row;
    else
        *out = (mrse_material){.id = id,
                               .name = id,
                               .chi = none,
                               .polarisation_T = none,
                               .density_kg_m3 = none,
                               .conductivity_S_m = none};
    if (of_file) {
        out->magnetic = of_file->magnetic;
        out->name = of_file->name ? of_file->name : out->name;
        out->source = "the object file";
        put_right(&out->chi, of_file->chi);
        put_right(&out->polarisation_T, of_file->polarisation);
        put_right(&out->density_kg_m3, of_file->density);
        put_right(&out->conductivity_S_m, of_file->conductivity);
    }
    put_remanence(o, out);
    return MRSE_OK;
}

/* Both ends of a range or none, and in their order. */
void mrse_object_finish_material(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_object_material *m = base;
    const struct {
        const char *key[2];
        const mrse_value *value;
    } range[] = {{{"chi_from", "chi_to"}, m->chi},
                 {{"saturation_from", "saturation_to"}, m->polarisation},
                 {{"density_from", "density_to"}, m->density},
                 {{"conductivity_from", "conductivity_to"}, m->conductivity}};

    for (size_t i = 0; i < MRSE_COUNT(range); i++) {
        const mrse_node *from = mrse_spec_child(r, node, range[i].key[0]);
        const mrse_node *to = mrse_spec_child(r, node, range[i].key[1]);
        if (!from != !to)
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(from ? from : to),
                            "give both ends; the same number twice when there is only one",
                            "'%s' stands alone", range[i].key[from ? 0 : 1]);
        else if (from && range[i].value[0].v > range[i].value[1].v)
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(from), "the smaller number first",
                            "'%s' is above '%s'", range[i].key[0], range[i].key[1]);
    }
}

static void check_candidates(mrse_reader *r, const mrse_node *node, const mrse_object_file *o)
{
    enum { NAMES = 64 };
    const mrse_node *list = mrse_spec_child(r, node, "candidates");
    const mrse_node *entry = list ? mrse_spec_first(r, list) : NULL;
    const char *name[NAMES];
    size_t rows, n = 0;
    const mrse_material *table = mrse_materials(&rows);

    for (size_t i = 0; i < o->n_materials && n < NAMES; i++)
        if (o->material[i].id)
            name[n++] = o->material[i].id;
    for (size_t i = 0; i < rows && n < NAMES; i++)
        name[n++] = table[i].id;
    for (size_t i = 0; entry && i < o->n_candidates; i++, entry = mrse_spec_next(r, entry)) {
        const char *id = o->candidate[i].material;
        char hint[512];
        mrse_material found;
        if (!id || mrse_object_file_material(o, i, &found) == MRSE_OK)
            continue;
        mrse_spec_suggest(hint, sizeof hint, id, "materials", name, n);
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_child(r, entry, "material")->at, hint,
                        "there is no material '%s'", mrse_spec_quote(r, id));
    }
}

void mrse_object_finish(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_object_file *o = base;
    const char *shape = mrse_spec_peek(r, mrse_spec_child(r, node, "shape"));

    /* a word that is no shape was reported already, and says nothing about sizes */
    if (shape && mrse_text_equal(shape, mrse_object_form_text(o->form))) {
        check_needs(r, node, o);
        check_shape(r, node, o);
    }
    check_orientation(r, node, o);
    check_candidates(r, node, o);
    if (!mrse_spec_child(r, node, "evidence"))
        mrse_spec_warn(r, node->at, "add 'evidence:' with what its identity rests on",
                       "nothing says how this object is known");
}

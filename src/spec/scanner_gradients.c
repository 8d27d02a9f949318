/* Scanner files: the switched gradients, with what stimulation models need of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "scanner_internal.h"

#define AT(member)   offsetof(mrse_scanner, gradients.member)
#define AXIS(member) offsetof(mrse_safe_axis, member)

#define SOURCE_OF(text)                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE, .doc = (text)              \
    }
#define VALUE(name, place, its_kind, least, most, text)                                            \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .at = (place), .kind = (its_kind),                \
        .min = (least), .max = (most), .doc = (text)                                               \
    }

/* ---- one axis of the SAFE model ---- */

static const mrse_field_spec axis_fields[] = {
    {.key = "tau",
     .type = MRSE_FIELD_THREE,
     .required = true,
     .at = AXIS(tau_s),
     .kind = MRSE_KIND_TIME,
     .min = 1e-6,
     .max = 1,
     .doc = "time constants of the three filters"},
    {.key = "a",
     .type = MRSE_FIELD_THREE,
     .required = true,
     .at = AXIS(a),
     .min = 0,
     .max = 10,
     .doc = "weights of the three filters; their sum is 1 in vendors' files"},
    {.key = "limit",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = AXIS(limit_T_m_s),
     .kind = MRSE_KIND_SLEW_SYSTEM,
     .min = 0.1,
     .max = 2000,
     .doc = "filtered slew rate at 100 % of the threshold"},
    {.key = "g_scale",
     .type = MRSE_FIELD_FACTOR,
     .required = true,
     .at = AXIS(g_scale),
     .min = 1e-3,
     .max = 10,
     .doc = "scale of the prediction"},
};

static void check_axis(mrse_reader *r, const mrse_node *node, void *base)
{
    const mrse_safe_axis *axis = base;
    const mrse_node *a = mrse_spec_child(r, node, "a");
    double sum = axis->a[0] + axis->a[1] + axis->a[2];
    char num[MRSE_NUM_MAX];

    if (!(fabs(sum - 1) > 0.01))
        return;
    mrse_text_num(num, sum, 3);
    mrse_spec_warn(r, a->at, "compare them with the vendor's file",
                   "the weights of an axis add up to %s, not 1", num);
}

static const mrse_schema axis_schema = {
    .field = axis_fields,
    .n = MRSE_COUNT(axis_fields),
    .line = MRSE_NOWHERE,
    .finish = check_axis,
};

/* ---- the SAFE model; the block stands at its mrse_safe_hardware ---- */

#define AXIS_OF(name, index)                                                                       \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_MAP, .required = true,                                   \
        .at = offsetof(mrse_safe_hardware, axis) + (index) * sizeof(mrse_safe_axis),               \
        .child = &axis_schema, .doc = "this axis"                                                  \
    }

static const mrse_field_spec safe_fields[] = {
    SOURCE_OF("id of the source of this block: the vendor's file of the gradient system"),
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = offsetof(mrse_safe_hardware, name),
     .longest = MRSE_SPEC_NAME,
     .doc = "name of the hardware in the vendor's file"},
    AXIS_OF("x", 0),
    AXIS_OF("y", 1),
    AXIS_OF("z", 2),
};

static const mrse_schema safe_schema = {
    .field = safe_fields,
    .n = MRSE_COUNT(safe_fields),
    .line = MRSE_NOWHERE,
};

/* ---- the block; it stands at the scanner ---- */

static const mrse_field_spec volume_fields[] = {
    SOURCE_OF("id of the source of this block"),
    VALUE("diameter", AT(linear_radius), MRSE_KIND_LENGTH, 0.05, 2, "across the axis"),
    VALUE("length", AT(linear_half_length), MRSE_KIND_LENGTH, 0.05, 3,
          "along the axis, end to end, about the isocentre"),
};

/* The file says it as sheets do, across and end to end; who computes needs halves. */
static void halve(mrse_value *value)
{
    char printed[sizeof value->printed];

    if (!isfinite(value->v))
        return;
    value->v /= 2;
    value->u /= 2;
    mrse_text_copy(printed, sizeof printed, value->printed);
    (void)snprintf(value->printed, sizeof value->printed, "half of %.38s", printed);
}

static void finish_volume(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_scanner *s = base;

    (void)r;
    (void)node;
    halve(&s->gradients.linear_radius);
    halve(&s->gradients.linear_half_length);
}

static const mrse_schema volume_schema = {
    .field = volume_fields,
    .n = MRSE_COUNT(volume_fields),
    .line = MRSE_NOWHERE,
    .finish = finish_volume,
};

static const mrse_field_spec fields[] = {
    SOURCE_OF("id of the source of this block"),
    VALUE("amplitude", AT(amplitude), MRSE_KIND_GRADIENT, 1e-3, 1,
          "largest amplitude of one axis, rated"),
    VALUE("slew", AT(slew), MRSE_KIND_SLEW_SYSTEM, 1, 2000, "largest slew rate of one axis, rated"),
    VALUE("dbdt_max", AT(dbdt_max), MRSE_KIND_DBDT_PEAK, 0.1, 2000,
          "declared largest dB/dt that a patient can meet, peak"),
    {.key = "linear_volume",
     .type = MRSE_FIELD_MAP,
     .child = &volume_schema,
     .doc = "cylinder in which the gradients are linear: dB/dt at a place is worked out inside it"},
    VALUE("reference_radius", AT(reference_radius), MRSE_KIND_LENGTH, 0.01, 1,
          "largest dB/dt divided by the slew rate of one axis: 0.33 m of a usual whole-body coil"),
    VALUE("rheobase", AT(rheobase), MRSE_KIND_DBDT_PEAK, 1, 200,
          "of peripheral stimulation, for this coil"),
    VALUE("chronaxie", AT(chronaxie), MRSE_KIND_TIME, 1e-5, 1e-2,
          "of peripheral stimulation, for this coil"),
    {.key = "coil",
     .type = MRSE_FIELD_NAME,
     .at = AT(coil),
     .longest = MRSE_SPEC_NAME,
     .doc = "name of the coil in the published convolution model: xrmw, xrm, whole, zoom, hrmb, "
            "hrmw, magnus"},
    {.key = "safe",
     .type = MRSE_FIELD_MAP,
     .at = AT(safe),
     .child = &safe_schema,
     .doc = "SAFE model of peripheral stimulation"},
    {.key = "safe_cardiac",
     .type = MRSE_FIELD_MAP,
     .at = AT(safe_cardiac),
     .child = &safe_schema,
     .doc = "SAFE model of cardiac stimulation"},
};

/* How a SAFE block as a whole is known: its 24 numbers are one table of the vendor's. */
static mrse_value known_as(mrse_reader *r, const mrse_node *safe)
{
    mrse_value out = mrse_value_missing(MRSE_KIND_NONE);
    const mrse_document_source *inherited = r->source;

    if (!safe)
        return out;
    r->source = mrse_spec_source(r, &safe_schema, safe);
    out.v = MRSE_AXES;
    out.u = 0;
    mrse_spec_provenance(r, safe, "SAFE model", &out);
    r->source = inherited;
    return out;
}

static void finish(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_scanner *s = base;
    const mrse_node *safe = mrse_spec_child(r, node, "safe");
    const mrse_node *cardiac = mrse_spec_child(r, node, "safe_cardiac");
    const mrse_node *coil = mrse_spec_child(r, node, "coil");

    s->gradients.has_safe = safe != NULL;
    s->safe = known_as(r, safe);
    s->safe_cardiac = known_as(r, cardiac);
    if (cardiac && !safe)
        mrse_spec_error(r, MRSE_ERR_INPUT, cardiac->key_at, "the vendor's file holds both",
                        "the cardiac model is given without the peripheral one");
    if (s->gradients.coil && !mrse_gradient_coil_find(s->gradients.coil))
        mrse_spec_error(r, MRSE_ERR_INPUT, coil->at,
                        "known: xrmw, xrm, whole, zoom, hrmb, hrmw, magnus; else give rheobase, "
                        "chronaxie and reference_radius",
                        "no coil of this name in the convolution model");
    if (isfinite(s->gradients.rheobase.v) != isfinite(s->gradients.chronaxie.v))
        mrse_spec_warn(r, mrse_spec_where(node), "give both, of the same source",
                       "rheobase and chronaxie belong together; one is missing");
}

const mrse_schema mrse_scanner_gradients = {
    .field = fields,
    .n = MRSE_COUNT(fields),
    .line = MRSE_NOWHERE,
    .finish = finish,
};

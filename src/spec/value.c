/* Quantities, and numbers with uncertainty and provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/file.h"
#include "spec_internal.h"

static const char *const origins[] = {
    "unverified", "assumed", "manufacturer", "measured", "console", "computed", NULL};

static const mrse_field_spec value_fields[] = {
    {.key = "value",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "quantity",
     .doc = "the number with its unit, as the source prints it"},
    {.key = "u",
     .type = MRSE_FIELD_RAW,
     .at = MRSE_NOWHERE,
     .form = "quantity or %",
     .doc = "standard uncertainty; without it, that of the printed rounding"},
    {.key = "source",
     .type = MRSE_FIELD_SOURCE,
     .at = MRSE_NOWHERE,
     .doc = "id of the source, instead of the one in force for the block or file"},
    {.key = "origin",
     .type = MRSE_FIELD_CHOICE,
     .at = MRSE_NOWHERE,
     .choice = origins,
     .doc = "how the number is known, where it differs from its source's origin"},
};

const mrse_schema mrse_spec_value_schema = {
    .name = "a number with its provenance",
    .doc = "Any number can be written bare (`70 cm`) or as a map with these keys.",
    .field = value_fields,
    .n = MRSE_COUNT(value_fields),
    .line = MRSE_NOWHERE,
};

/* Stands for a source that was named and not found: reported once, not at every number again. */
static const mrse_document_source lost = {.id = "", .origin = MRSE_ORIGIN_UNVERIFIED};

const mrse_document_source *mrse_spec_source(const mrse_reader *r, const mrse_schema *schema,
                                             const mrse_node *node)
{
    const mrse_node *own = NULL;
    const mrse_document_source *source;

    for (size_t i = 0; i < schema->n && !own; i++)
        if (schema->field[i].type == MRSE_FIELD_SOURCE)
            own = mrse_spec_child(r, node, schema->field[i].key);
    if (!own)
        return r->source;
    source =
        own->shape == MRSE_SHAPE_TEXT ? mrse_source_find(r->sources, mrse_spec_text(r, own)) : NULL;
    return source ? source : &lost;
}

static void say_range(mrse_reader *r, const mrse_field_spec *field, const mrse_place *at,
                      const char *text, double v)
{
    mrse_buf range = {0};

    mrse_quantity_print(&range, field->min, field->kind, 3, 0);
    mrse_buf_add(&range, " to ");
    mrse_quantity_print(&range, field->max, field->kind, 3, 0);
    if (range.status != MRSE_OK)
        mrse_spec_nomem(r);
    else if (v <= 0 && field->min > 0)
        mrse_spec_error(r, MRSE_ERR_INPUT, *at, field->doc,
                        "'%s' is not more than zero; the sensible range is %s",
                        mrse_spec_quote(r, text), mrse_buf_text(&range));
    else
        mrse_spec_error(r, MRSE_ERR_INPUT, *at, field->doc,
                        "'%s' is outside the sensible range, %s: check the number and its unit",
                        mrse_spec_quote(r, text), mrse_buf_text(&range));
    mrse_buf_free(&range);
}

bool mrse_spec_quantity(mrse_reader *r, const mrse_field_spec *field, const mrse_place *at,
                        const char *text, mrse_quantity *out)
{
    mrse_buf why = {0}, hint = {0};
    mrse_status status = mrse_quantity_read(text, field->kind, out, &why, &hint);

    if (why.status != MRSE_OK || hint.status != MRSE_OK)
        mrse_spec_nomem(r);
    else if (status != MRSE_OK)
        mrse_spec_error(r, MRSE_ERR_INPUT, *at, mrse_buf_text(&hint), "%s", mrse_buf_text(&why));
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    if (status != MRSE_OK)
        return false;
    if (out->si >= field->min && out->si <= field->max)
        return true;
    say_range(r, field, at, text, out->si);
    return false;
}

bool mrse_spec_u(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node, double v,
                 double *u)
{
    const char *text = mrse_spec_peek(r, node);
    bool percent = text && text[strlen(text) - 1] == '%' && field->kind != MRSE_KIND_RATIO;
    mrse_field_spec spread = {
        .kind = percent ? MRSE_KIND_RATIO : field->kind,
        .max = percent ? 1 : field->max - field->min,
        .doc = "u is a standard uncertainty, about half of a 95 % interval's half-width",
    };
    mrse_quantity q;
    size_t mark;
    bool ok;

    if (!text)
        return false; /* reported as empty */
    mark = mrse_spec_push(r, mrse_spec_key(r, node), 0);
    ok = mrse_spec_quantity(r, &spread, &node->at, text, &q);
    if (ok && percent && v == 0) {
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "write it as a quantity, with the unit",
                        "a percentage of zero is no uncertainty");
        ok = false;
    }
    mrse_spec_pop(r, mark);
    if (ok)
        *u = percent ? q.si * fabs(v) : q.si;
    return ok;
}

/* An origin written beside the number may say that it is known in another way than the rest of the
 * source, and never that it is known better than an assumption or an unverified source. */
static void own_origin(mrse_reader *r, const mrse_node *node, const mrse_document_source *source,
                       mrse_value *out)
{
    mrse_origin origin;

    if (!mrse_origin_from_text(mrse_spec_peek(r, node), &origin))
        return; /* reported as unknown */
    if (!source)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "name it: 'source: id'",
                        "an origin needs a source that supports it");
    else if (origin == MRSE_ORIGIN_ASSUMED && !source->because && source != &lost)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "name a source that has 'because', the reason for the assumption",
                        "the assumption has no reason");
    else
        out->origin = mrse_origin_weaker(origin, source->origin);
}

void mrse_spec_provenance(mrse_reader *r, const mrse_node *node, const char *printed,
                          mrse_value *out)
{
    const mrse_document_source *source = mrse_spec_source(r, &mrse_spec_value_schema, node);
    const mrse_node *origin = mrse_spec_child(r, node, "origin");

    mrse_text_copy(out->printed, sizeof out->printed, printed);
    mrse_text_copy(out->file, sizeof out->file, mrse_path_base(r->file));
    out->line = node->at.line;
    if (source) {
        mrse_text_copy(out->src, sizeof out->src, source->id);
        out->origin = source->origin;
    } else if (!origin) {
        mrse_spec_warn(r, node->at, "name a source, here or for the whole file: 'source: id'",
                       "unverified: '%s' has no source, so no verdict can rest on it",
                       mrse_spec_quote(r, printed));
    }
    if (origin)
        own_origin(r, origin, source, out);
    out->basis = out->origin == MRSE_ORIGIN_MANUFACTURER || out->origin == MRSE_ORIGIN_CONSOLE
                     ? MRSE_BASIS_DECLARED
                     : MRSE_BASIS_COMPUTED;
}

void mrse_spec_load_value(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_value *out)
{
    const mrse_node *number = node, *u = NULL;
    const char *text;
    mrse_quantity q;

    if (node->shape == MRSE_SHAPE_MAP) {
        mrse_spec_load(r, &mrse_spec_value_schema, node, NULL);
        number = mrse_spec_child(r, node, "value");
        u = mrse_spec_child(r, node, "u");
        text = mrse_spec_peek(r, number); /* the table has reported what is wrong with it */
    } else {
        text = mrse_spec_scalar(r, number);
    }
    if (!text || !mrse_spec_quantity(r, field, &number->at, text, &q))
        return;
    if (strlen(text) >= sizeof out->printed) {
        mrse_spec_error(r, MRSE_ERR_LIMIT, number->at, "write it as the source prints it",
                        "the number has more than %zu characters", sizeof out->printed - 1);
        return;
    }
    out->v = q.si;
    out->u = q.half_ulp / sqrt(3.0);
    if (u && !mrse_spec_u(r, field, u, out->v, &out->u))
        *out = mrse_value_missing(field->kind);
    else
        mrse_spec_provenance(r, node, text, out);
}

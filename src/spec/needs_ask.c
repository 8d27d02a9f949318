/* The questions that a scanner file raises: about words that are not said, numbers that nobody has
 * verified, and assumptions. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "needs_internal.h"

enum { MEANINGS = 6, NAME = 96, TITLE = 80, ACCESSIBLE = 3 };

/* ---- every number, with its key ---- */

typedef struct gatherer {
    mrse_number *number;
    size_t n;
} gatherer;

static void take(gatherer *g, const mrse_value *value, const char *block, size_t i, const char *key)
{
    mrse_number *number = &g->number[g->n];

    if (!isfinite(value->v))
        return;
    number->value = value;
    if (block)
        (void)snprintf(number->key, sizeof number->key, "static_field.%s[%zu].%s", block, i, key);
    else
        (void)snprintf(number->key, sizeof number->key, "%s", key);
    g->n++;
}

static void take_sheet(gatherer *g, const mrse_data_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_contours; i++) {
        take(g, &sheet->contour[i].level, "contours.lines", i, "level");
        take(g, &sheet->contour[i].axial, "contours.lines", i, "axial");
        take(g, &sheet->contour[i].radial, "contours.lines", i, "radial");
    }
    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        take(g, &sheet->cylinder[i].radius, "cylinders.rows", i,
             sheet->cylinder[i].by_diameter ? "diameter" : "radius");
        take(g, &sheet->cylinder[i].gradient, "cylinders.rows", i, "gradient");
        take(g, &sheet->cylinder[i].field, "cylinders.rows", i, "field");
        take(g, &sheet->cylinder[i].product, "cylinders.rows", i, "product");
    }
    take(g, &sheet->accessible.gradient, NULL, 0, "static_field.accessible.gradient");
    take(g, &sheet->accessible.field, NULL, 0, "static_field.accessible.field");
    take(g, &sheet->accessible.product, NULL, 0, "static_field.accessible.product");
    for (size_t i = 0; i < sheet->n_points; i++) {
        take(g, &sheet->point[i].r, "points", i, "r");
        take(g, &sheet->point[i].z, "points", i, "z");
        take(g, &sheet->point[i].field, "points", i, "field");
        take(g, &sheet->point[i].gradient, "points", i, "gradient");
    }
    for (size_t i = 0; i < sheet->n_events; i++) {
        take(g, &sheet->event[i].level, "events", i, "level");
        take(g, &sheet->event[i].axial, "events", i, "axial");
        take(g, &sheet->event[i].radial, "events", i, "radial");
        take(g, &sheet->event[i].lasting, "events", i, "lasting");
    }
}

mrse_number *mrse_spec_numbers(const mrse_scanner *s, size_t *n)
{
    const struct {
        const mrse_value *value;
        const char *key;
    } single[] = {
        {&s->b0_nominal, "b0.nominal"},
        {&s->frequency, "b0.frequency"},
        {&s->bore_diameter, "bore.diameter"},
        {&s->cover_length, "covers.length"},
        {&s->cover_diameter, "covers.diameter"},
        {&s->gradients.amplitude, "gradients.amplitude"},
        {&s->gradients.slew, "gradients.slew"},
        {&s->gradients.dbdt_max, "gradients.dbdt_max"},
        {&s->gradients.linear_radius, "gradients.linear_volume.diameter"},
        {&s->gradients.linear_half_length, "gradients.linear_volume.length"},
        {&s->gradients.reference_radius, "gradients.reference_radius"},
        {&s->gradients.rheobase, "gradients.rheobase"},
        {&s->gradients.chronaxie, "gradients.chronaxie"},
        {&s->safe, "gradients.safe"},
        {&s->safe_cardiac, "gradients.safe_cardiac"},
        {&s->rf.b1_peak, "rf.b1_peak"},
        {&s->rf.b1_rms, "rf.b1_rms"},
        {&s->rf.fpo_b1_peak, "rf.fpo_b.b1_peak"},
        {&s->rf.fpo_b1_rms, "rf.fpo_b.b1_rms"},
        {&s->rf.fpo_slew, "rf.fpo_b.slew"},
        {&s->rf.fpo_dbdt_peak, "rf.fpo_b.dbdt_peak"},
        {&s->rf.fpo_dbdt_rms, "rf.fpo_b.dbdt_rms"},
        {&s->coils, "static_field.coils"},
        {&s->u_field, "static_field.uncertainty.field"},
        {&s->u_grad, "static_field.uncertainty.gradient"},
    };
    const size_t singles = sizeof single / sizeof single[0], first_of_coils = singles - 3;
    const mrse_data_sheet *sheet = &s->sheet;
    gatherer g = {NULL, 0};

    *n = 0;
    g.number = mrse_alloc(singles + 3 * sheet->n_contours + 4 * sheet->n_cylinders + ACCESSIBLE +
                              4 * sheet->n_points + 4 * sheet->n_events,
                          sizeof *g.number);
    if (!g.number)
        return NULL;
    for (size_t i = 0; i < singles; i++)
        if (i < first_of_coils || s->n_coils > 0)
            take(&g, single[i].value, NULL, 0, single[i].key);
    take_sheet(&g, sheet);
    *n = g.n;
    return g.number;
}

/* ---- meanings ---- */

/* In "Title", ...; nothing when the document is not known. */
static void say_document(const mrse_scanner *s, const mrse_value *value, char *out, size_t size)
{
    const mrse_document_source *source = mrse_source_find(&s->sources, value->src);
    char title[TITLE];

    mrse_text_copy(out, size, "");
    if (!source || !source->title)
        return;
    mrse_text_copy(title, sizeof title, source->title);
    (void)snprintf(out, size, "In \"%s\", ", title);
}

static mrse_question *add(mrse_needs *out, const char *field, const mrse_value *value,
                          const char *answer)
{
    mrse_question *q = &out->question[out->n_questions++];

    mrse_text_copy(q->field, sizeof q->field, field);
    mrse_text_copy(q->printed, sizeof q->printed, value->printed);
    mrse_text_copy(q->answer, sizeof q->answer, answer);
    q->line = value->line;
    return q;
}

/* A sentence begins with a capital, with or without the document before it. */
static void capitalise(char *text)
{
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
}

static void ask_extent(const mrse_scanner *s, mrse_needs *out, bool axial)
{
    const mrse_data_sheet *sheet = &s->sheet;
    const char *way = axial ? "axial" : "radial";
    char document[TITLE + 8];
    mrse_question *q;

    for (size_t i = 0; i < sheet->n_contours; i++) {
        const mrse_stated_contour *row = &sheet->contour[i];
        const mrse_value *value = axial ? &row->axial : &row->radial;
        if (!isfinite(value->v))
            continue;
        q = add(out, axial ? "static_field.contours.axial" : "static_field.contours.radial", value,
                axial ? "z_axis, z_max, unstated" : "r_mid, r_max, unstated");
        say_document(s, value, document, sizeof document);
        (void)snprintf(q->question, sizeof q->question,
                       "%sdoes the %s extent \"%s\" of the %s line mean where it %s or its largest "
                       "distance from %s?",
                       document, way, value->printed, row->level.printed,
                       axial ? "meets the axis (z_axis)" : "crosses the mid-plane z = 0 (r_mid)",
                       axial ? "the mid-plane (z_max)" : "the axis (r_max)");
        capitalise(q->question);
        return;
    }
}

/* `where`: " on the cylinder of radius 10 cm", or nothing. */
static void ask_gradient_at(const mrse_scanner *s, mrse_needs *out, const char *field,
                            const mrse_value *value, const char *where)
{
    char document[TITLE + 8];
    mrse_question *q = add(out, field, value, "sfg, dbz_dz, tensor_norm, unstated");

    say_document(s, value, document, sizeof document);
    (void)snprintf(q->question, sizeof q->question,
                   "%sis \"%s\"%s the gradient of the magnitude, |grad |B|| (sfg), the derivative "
                   "of the axial field, dBz/dz (dbz_dz), or the norm of the tensor of all "
                   "derivatives (tensor_norm)?",
                   document, value->printed, where);
    capitalise(q->question);
}

static void ask_gradient(const mrse_scanner *s, mrse_needs *out)
{
    const mrse_data_sheet *sheet = &s->sheet;
    char where[64];

    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        const mrse_stated_cylinder *row = &sheet->cylinder[i];
        if (!isfinite(row->gradient.v))
            continue;
        (void)snprintf(where, sizeof where, " on the cylinder of %s %.32s",
                       row->by_diameter ? "diameter" : "radius", row->radius.printed);
        ask_gradient_at(s, out, "static_field.cylinders.gradient", &row->gradient, where);
        return;
    }
}

static void ask_product_of(const mrse_scanner *s, mrse_needs *out, const char *field,
                           const mrse_value *value)
{
    char document[TITLE + 8];
    mrse_question *q = add(out, field, value, "of_point, of_maxima, unstated");

    say_document(s, value, document, sizeof document);
    (void)snprintf(q->question, sizeof q->question,
                   "%sdoes \"product\" mean the largest |B| |grad |B|| at one point (of_point), or "
                   "the largest |B| times the largest gradient (of_maxima)?",
                   document);
    capitalise(q->question);
}

static void ask_product(const mrse_scanner *s, mrse_needs *out)
{
    const mrse_data_sheet *sheet = &s->sheet;

    for (size_t i = 0; i < sheet->n_cylinders; i++) {
        if (!isfinite(sheet->cylinder[i].product.v))
            continue;
        ask_product_of(s, out, "static_field.cylinders.product", &sheet->cylinder[i].product);
        return;
    }
}

static void ask_accessible(const mrse_scanner *s, mrse_needs *out)
{
    const mrse_stated_accessible *a = &s->sheet.accessible;

    if (isfinite(a->gradient.v) && a->gradient_is <= MRSE_GRADIENT_UNSTATED)
        ask_gradient_at(s, out, "static_field.accessible.gradient_is", &a->gradient, "");
    if (isfinite(a->product.v) && a->product_is <= MRSE_PRODUCT_UNSTATED)
        ask_product_of(s, out, "static_field.accessible.product_is", &a->product);
}

static void ask_meanings(const mrse_scanner *s, mrse_needs *out)
{
    const mrse_data_sheet *sheet = &s->sheet;

    if (sheet->axial <= MRSE_AXIAL_UNSTATED)
        ask_extent(s, out, true);
    if (sheet->radial <= MRSE_RADIAL_UNSTATED)
        ask_extent(s, out, false);
    if (sheet->gradient <= MRSE_GRADIENT_UNSTATED)
        ask_gradient(s, out);
    if (sheet->product <= MRSE_PRODUCT_UNSTATED)
        ask_product(s, out);
    ask_accessible(s, out);
}

/* ---- numbers without a verified source ---- */

static bool is_shaky(const mrse_value *value, bool assumed)
{
    return assumed ? value->origin == MRSE_ORIGIN_ASSUMED : value->origin == MRSE_ORIGIN_UNVERIFIED;
}

/* The numbers that share this one's source and trouble: "bore.diameter 70 cm, ... and 3 more". */
static void list_numbers(char *out, size_t size, const mrse_number *number, size_t n,
                         const mrse_value *like, bool assumed)
{
    size_t left = 0, used = 0;
    bool full = false;

    mrse_text_copy(out, size, "");
    for (size_t i = 0; i < n; i++) {
        const mrse_value *value = number[i].value;
        char one[sizeof number->key + sizeof value->printed + 4];

        if (!is_shaky(value, assumed) || strcmp(value->src, like->src) != 0)
            continue;
        (void)snprintf(one, sizeof one, "%s%s %s", used ? ", " : "", number[i].key, value->printed);
        full = full || used + strlen(one) + sizeof " and 99999 more" > size;
        left += full;
        if (full)
            continue;
        mrse_text_copy(out + used, size - used, one);
        used += strlen(one);
    }
    if (left > 0)
        (void)snprintf(out + used, size - used, " and %zu more", left);
}

static void ask_source(const mrse_scanner *s, mrse_needs *out, const mrse_number *number, size_t n,
                       const mrse_number *first, bool assumed)
{
    const mrse_document_source *source = mrse_source_find(&s->sources, first->value->src);
    mrse_question *q = add(out, first->key, first->value, "");
    char name[NAME], title[96], list[128];

    mrse_spec_scanner_name(s, name, sizeof name);
    list_numbers(list, sizeof list, number, n, first->value, assumed);
    mrse_text_copy(title, sizeof title,
                   !source                      ? ""
                   : assumed && source->because ? source->because
                                                : source->title);
    if (assumed)
        (void)snprintf(q->question, sizeof q->question,
                       "Is this true of %.60s: %s? So far it is assumed, because: %s.", name, list,
                       title);
    else if (source)
        (void)snprintf(q->question, sizeof q->question,
                       "Which document states for %.60s, on which page: %s? So far the source is "
                       "\"%s\", unverified.",
                       name, list, title);
    else
        (void)snprintf(q->question, sizeof q->question,
                       "Which document states for %.60s, on which page: %s? So far no source is "
                       "named.",
                       name, list);
}

static bool is_first(const mrse_number *number, size_t i, bool assumed)
{
    for (size_t j = 0; j < i; j++)
        if (is_shaky(number[j].value, assumed) &&
            strcmp(number[j].value->src, number[i].value->src) == 0)
            return false;
    return true;
}

mrse_status mrse_spec_ask(const mrse_scanner *s, mrse_needs *out)
{
    size_t n = 0;
    mrse_number *number = mrse_spec_numbers(s, &n);

    if (!number)
        return MRSE_ERR_NOMEM;
    /* at most one for each number of a group, and there are no more groups than sources */
    out->question = mrse_alloc(MEANINGS + 2 * (s->sources.n + 1), sizeof *out->question);
    if (!out->question) {
        mrse_free(number);
        return MRSE_ERR_NOMEM;
    }
    ask_meanings(s, out);
    for (int assumed = 0; assumed < 2; assumed++)
        for (size_t i = 0; i < n; i++)
            if (is_shaky(number[i].value, assumed) && is_first(number, i, assumed) &&
                out->n_questions < MEANINGS + 2 * (s->sources.n + 1))
                ask_source(s, out, number, n, &number[i], assumed);
    mrse_free(number);
    return MRSE_OK;
}

/* What a scanner file is good for, use by use, and what is missing for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/needs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "needs_internal.h"

enum { USES = 6, NAME = 96, EXTENTS_NEEDED = 2 };

static bool is_given(const mrse_value *value)
{
    return value->v > 0 && isfinite(value->v);
}

const char *mrse_ready_text(mrse_ready ready)
{
    switch (ready) {
    case MRSE_READY_YES:
        return "ready";
    case MRSE_READY_ASSUMED:
        return "on assumption";
    case MRSE_READY_PROVISIONAL:
        return "provisional";
    default:
        return "missing";
    }
}

void mrse_spec_scanner_name(const mrse_scanner *s, char *out, size_t size)
{
    /* a design has no maker to ask */
    if (s->manufacturer && s->model && !s->stamp)
        (void)snprintf(out, size, "%.40s %.40s", s->manufacturer, s->model);
    else
        mrse_text_copy(out, size, s->name ? s->name : "the scanner");
}

static void weaken(mrse_need *need, mrse_ready to)
{
    if (need->ready > to)
        need->ready = to;
}

/* The use rests on this number: it is known no better than it. */
static void rest_on(mrse_need *need, const mrse_value *value)
{
    if (value->origin == MRSE_ORIGIN_ASSUMED)
        weaken(need, MRSE_READY_ASSUMED);
    else if (value->origin < MRSE_ORIGIN_ASSUMED || value->origin > MRSE_ORIGIN_COMPUTED)
        weaken(need, MRSE_READY_PROVISIONAL);
}

static void lacks(mrse_need *need, mrse_ready to, const char *what)
{
    size_t used = strlen(need->missing);

    weaken(need, to);
    if (used > 0 && used + 2 < sizeof need->missing) {
        memcpy(need->missing + used, ", ", 3);
        used += 2;
    }
    mrse_text_copy(need->missing + used, sizeof need->missing - used, what);
}

static void need_number(mrse_need *need, const mrse_value *value, const char *key)
{
    if (is_given(value))
        rest_on(need, value);
    else
        lacks(need, MRSE_READY_NO, key);
}

/* ---- the static field ---- */

static size_t count_extents(const mrse_data_sheet *sheet, bool axial)
{
    size_t n = 0;

    for (size_t i = 0; i < sheet->n_contours; i++)
        n += is_given(axial ? &sheet->contour[i].axial : &sheet->contour[i].radial);
    return n;
}

static size_t count_gradients(const mrse_data_sheet *sheet)
{
    size_t n = 0;

    for (size_t i = 0; i < sheet->n_cylinders; i++)
        n += is_given(&sheet->cylinder[i].gradient);
    return n;
}

/* False when no field can be modelled at all, whatever else is known. */
static bool check_shape(mrse_need *need, mrse_shape_of_bore shape)
{
    if (shape == MRSE_BORE_CYLINDER)
        return true;
    if (shape == MRSE_BORE_UNKNOWN) {
        lacks(need, MRSE_READY_ASSUMED, "bore.shape (taken for a cylinder)");
        return true;
    }
    lacks(need, MRSE_READY_NO,
          shape == MRSE_BORE_OPEN
              ? "a model: bore.shape is open, and the field model knows cylinders only"
              : "a model: bore.shape is ellipse, and the field model knows cylinders only");
    return false;
}

/* The fit rests on all its data, and on what says where they hold. */
static mrse_status rest_on_data(mrse_need *need, const mrse_scanner *s)
{
    const mrse_data_sheet *sheet = &s->sheet;
    const mrse_value **of = NULL;
    mrse_datum *data = NULL;
    size_t n = 0;
    bool both;
    mrse_status status = mrse_scanner_data(s, &data, &of, &n, &both);

    for (size_t i = 0; i < n; i++)
        rest_on(need, of[i]);
    for (size_t i = 0; i < sheet->n_contours; i++)
        rest_on(need, &sheet->contour[i].level);
    for (size_t i = 0; i < sheet->n_cylinders; i++)
        rest_on(need, &sheet->cylinder[i].radius);
    for (size_t i = 0; i < sheet->n_points; i++) {
        rest_on(need, &sheet->point[i].r);
        rest_on(need, &sheet->point[i].z);
    }
    mrse_free(data);
    mrse_free(of);
    return status;
}

static void rest_on_coils(mrse_need *need, const mrse_scanner *s)
{
    rest_on(need, &s->coils);
    rest_on(need, &s->u_field);
    rest_on(need, &s->u_grad);
}

static mrse_status see_contours(mrse_need *need, const mrse_scanner *s, const char *name)
{
    const mrse_data_sheet *sheet = &s->sheet;
    size_t axial = count_extents(sheet, true), radial = count_extents(sheet, false), used;

    if (!check_shape(need, s->bore_shape))
        return MRSE_OK;
    if (s->n_coils > 0) {
        rest_on_coils(need, s);
        return MRSE_OK;
    }
    used = (sheet->axial == MRSE_AXIAL_ASK ? 0 : axial) +
           (sheet->radial == MRSE_RADIAL_ASK ? 0 : radial);
    if (used >= EXTENTS_NEEDED)
        return rest_on_data(need, s);
    if (axial > 0 && sheet->axial == MRSE_AXIAL_ASK)
        lacks(need, MRSE_READY_NO, "static_field.contours.axial: z_axis, z_max or unstated");
    if (radial > 0 && sheet->radial == MRSE_RADIAL_ASK)
        lacks(need, MRSE_READY_NO, "static_field.contours.radial: r_mid, r_max or unstated");
    if (axial + radial >= EXTENTS_NEEDED)
        return MRSE_OK;
    lacks(need, MRSE_READY_NO, "static_field.contours.lines (2 extents or more)");
    (void)snprintf(need->question, sizeof need->question,
                   "How far from the isocentre of %s do the lines of 0.5, 1, 3, 5, 10, 20, 40 and "
                   "200 mT reach in normal operation: where they meet the axis, and where they "
                   "cross the plane z = 0?",
                   name);
    return MRSE_OK;
}

static mrse_status see_bore(mrse_need *need, const mrse_need *contours, const mrse_scanner *s,
                            const char *name)
{
    const mrse_data_sheet *sheet = &s->sheet;
    size_t gradients = count_gradients(sheet);

    if (!check_shape(need, s->bore_shape))
        return MRSE_OK;
    if (s->n_coils > 0) {
        rest_on_coils(need, s);
        return MRSE_OK;
    }
    if (gradients > 0 && sheet->gradient == MRSE_GRADIENT_SFG)
        return rest_on_data(need, s);
    if (contours->ready != MRSE_READY_NO) {
        weaken(need, contours->ready);
        lacks(need, MRSE_READY_PROVISIONAL,
              "static_field.cylinders with 'gradient: sfg'; until then it is estimated from the "
              "contours, with a large uncertainty");
    } else {
        lacks(need, MRSE_READY_NO, "static_field.cylinders with 'gradient: sfg'");
    }
    if (gradients == 0 || sheet->gradient == MRSE_GRADIENT_DBZ_DZ ||
        sheet->gradient == MRSE_GRADIENT_TENSOR)
        (void)snprintf(need->question, sizeof need->question,
                       "What are, for %s, the largest |B|, the largest spatial gradient |grad |B|| "
                       "and the largest product |B| |grad |B|| at one point, on cylinders about "
                       "the axis of 10, 20 and 30 cm radius and at the wall of the bore?",
                       name);
    return MRSE_OK;
}

/* Of a magnet that cannot be modelled, the manufacturer's own numbers are all there is. */
static void ask_accessible(mrse_need *need, const char *name)
{
    (void)snprintf(need->question, sizeof need->question,
                   "What are, for %s, the largest |B|, the largest spatial gradient |grad |B|| and "
                   "the largest product |B| |grad |B|| at one point, anywhere that a person can "
                   "reach (static_field.accessible)?",
                   name);
}

static void see_reach(mrse_need *need, const mrse_need *bore, const mrse_scanner *s,
                      const char *name)
{
    const mrse_stated_accessible *all = &s->sheet.accessible;
    bool diameter = is_given(&s->bore_diameter), length = is_given(&s->cover_length);

    if (is_given(&all->gradient) && all->gradient_is == MRSE_GRADIENT_SFG &&
        all->bound != MRSE_BOUND_AT_LEAST) {
        rest_on(need, &all->gradient);
        return;
    }
    if (s->bore_shape > MRSE_BORE_CYLINDER) {
        (void)check_shape(need, s->bore_shape);
        ask_accessible(need, name);
        return;
    }
    need_number(need, &s->bore_diameter, "bore.diameter");
    need_number(need, &s->cover_length, "covers.length");
    weaken(need, bore->ready);
    if (bore->missing[0])
        lacks(need, bore->ready, bore->missing);
    if (diameter && length)
        return;
    (void)snprintf(need->question, sizeof need->question, "What is, for %s, %s%s%s?", name,
                   diameter ? "" : "the inner diameter of the bore, liner to liner",
                   diameter || length ? "" : ", and ",
                   length ? "" : "the length from the front cover to the rear cover");
}

/* ---- all uses ---- */

static void see_numbers(mrse_need *class_, mrse_need *f0, mrse_need *slew, const mrse_scanner *s,
                        const char *name)
{
    need_number(class_, &s->b0_nominal, "b0.nominal");
    need_number(f0, &s->frequency, "b0.frequency");
    if (f0->ready == MRSE_READY_NO)
        (void)snprintf(f0->question, sizeof f0->question,
                       "What proton resonance frequency, in MHz with all its digits, does the "
                       "console of %s show?",
                       name);
    need_number(slew, &s->gradients.slew, "gradients.slew");
    if (slew->ready == MRSE_READY_NO)
        (void)snprintf(slew->question, sizeof slew->question,
                       "What are the rated largest amplitude and slew rate of one gradient axis of "
                       "%s?",
                       name);
}

static mrse_status see_uses(const mrse_scanner *s, mrse_need *need)
{
    static const char *const use[USES] = {
        "label guards on field strength (b0.nominal)", "B0 from f0",
        "isocontours, floor plan and survey",          "gradient, |B| and product in the bore",
        "largest values within reach (label limits)",  "switched gradients: slew limits",
    };
    char name[NAME];
    mrse_status status;

    mrse_spec_scanner_name(s, name, sizeof name);
    for (size_t i = 0; i < USES; i++) {
        need[i].use = use[i];
        need[i].ready = MRSE_READY_YES;
    }
    see_numbers(&need[0], &need[1], &need[5], s, name);
    status = see_contours(&need[2], s, name);
    if (status == MRSE_OK)
        status = see_bore(&need[3], &need[2], s, name);
    see_reach(&need[4], &need[3], s, name);
    return status;
}

mrse_status mrse_needs_of(const mrse_scanner *s, mrse_needs *out)
{
    mrse_status status;

    if (out)
        *out = (mrse_needs){NULL, 0, NULL, 0};
    if (!s || !out)
        return MRSE_ERR_ARG;
    out->need = mrse_alloc(USES, sizeof *out->need);
    if (!out->need)
        return MRSE_ERR_NOMEM;
    out->n_needs = USES;
    status = see_uses(s, out->need);
    if (status == MRSE_OK)
        status = mrse_spec_ask(s, out);
    if (status != MRSE_OK)
        mrse_needs_clear(out);
    return status;
}

void mrse_needs_clear(mrse_needs *needs)
{
    if (!needs)
        return;
    mrse_free(needs->need);
    mrse_free(needs->question);
    *needs = (mrse_needs){NULL, 0, NULL, 0};
}

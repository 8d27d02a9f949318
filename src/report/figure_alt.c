/* What a figure says, for readers who do not see it: one or two sentences with the numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "figure_internal.h"

static void add_metres(mrse_buf *out, double v_m)
{
    char number[MRSE_NUM_MAX];

    if (!isfinite(v_m)) {
        mrse_buf_add(out, "a distance that is not known");
        return;
    }
    mrse_text_fixed(number, v_m, 2);
    mrse_buf_addf(out, "%s m", number);
}

static void add_scanner(const mrse_figure *f, mrse_buf *out)
{
    const mrse_scanner *scanner = f->study->scanner;

    mrse_buf_add(out, scanner && scanner->name && scanner->name[0] ? scanner->name : "the scanner");
}

static void alt_limit(const mrse_figure *f, mrse_buf *out)
{
    mrse_buf_add(out, "the label's limit is ");
    mrse_figure_limit_text(f, out);
}

static void alt_exceeds(const mrse_figure *f, mrse_buf *out)
{
    mrse_buf_add(out, f->n_exceeds > 0 && f->exceeds ? " It is exceeded" : "");
    for (size_t i = 0; f->exceeds && i < f->n_exceeds; i++) {
        mrse_buf_add(out, i ? ", and from z = " : " from z = ");
        add_metres(out, f->exceeds[i].z_from_m);
        mrse_buf_add(out, " to ");
        add_metres(out, f->exceeds[i].z_to_m);
    }
    mrse_buf_add(out, f->n_exceeds > 0 && f->exceeds ? "." : "");
}

static void alt_profile(const mrse_figure *f, mrse_buf *out)
{
    mrse_peak peak = mrse_figure_peak(f);
    bool limited = mrse_figure_limited(f);

    mrse_buf_add(out, "Along the ride");
    if (f->path && isfinite(f->path->r_m)) {
        mrse_buf_add(out, f->path->r_m == 0 ? " " : " at ");
        mrse_figure_axis_distance(out, f->path->r_m);
    }
    if (isfinite(peak.value)) {
        mrse_buf_add(out, " the spatial field gradient reaches ");
        mrse_quantity_print(out, peak.value, MRSE_KIND_SFG,
                            mrse_figure_digits(peak.value, limited ? f->limit_T_m : (double)NAN),
                            1);
        mrse_buf_add(out, " at z = ");
        add_metres(out, peak.z_m);
        if (f->guard_T_m > 0 && isfinite(f->guard_T_m)) {
            mrse_buf_add(out, " (U = ");
            mrse_quantity_print(out, f->guard_T_m, MRSE_KIND_SFG, 2, 0);
            mrse_buf_add(out, ")");
        }
    } else {
        mrse_buf_add(out, " the largest spatial field gradient is not known");
    }
    if (limited) {
        mrse_buf_add(out, "; ");
        alt_limit(f, out);
    }
    mrse_buf_add(out, ".");
    alt_exceeds(f, out);
}

static void alt_map(const mrse_figure *f, mrse_buf *out)
{
    const mrse_study *study = f->study;
    const mrse_peak *at = f->quantity == MRSE_MAP_FIELD     ? &study->reach_at.b
                          : f->quantity == MRSE_MAP_PRODUCT ? &study->reach_at.product
                                                            : &study->reach_at.grad;
    const mrse_value *top = f->quantity == MRSE_MAP_FIELD     ? &study->reach_b
                            : f->quantity == MRSE_MAP_PRODUCT ? &study->reach_product
                                                              : &study->reach_grad;
    const mrse_quantity_style *style = mrse_colour_quantity(f->quantity);
    bool limited = mrse_figure_limited(f) && f->quantity == MRSE_MAP_GRADIENT &&
                   f->kind == MRSE_FIGURE_BORE_MAP;

    mrse_buf_add(out, f->kind == MRSE_FIGURE_BORE_MAP ? "Section through the bore of "
                                                      : "Section through the room of ");
    add_scanner(f, out);
    mrse_buf_addf(out, ". The largest %s within reach is ",
                  f->quantity == MRSE_MAP_FIELD ? "flux density" : style->name);
    mrse_quantity_print(out, top->v, style->kind,
                        mrse_figure_digits(top->v, limited ? f->limit_T_m : (double)NAN), 1);
    if (isfinite(top->v) && isfinite(at->r_m) && isfinite(at->z_m)) {
        mrse_buf_add(out, ", at z = ");
        add_metres(out, at->z_m);
        mrse_buf_add(out, " and ");
        add_metres(out, at->r_m);
        mrse_buf_add(out, " from the axis");
    }
    if (limited) {
        mrse_buf_add(out, "; ");
        alt_limit(f, out);
        mrse_buf_add(out, ", hatched where it is exceeded");
    }
    mrse_buf_add(out, ".");
}

static void alt_contours(const mrse_figure *f, mrse_buf *out)
{
    const mrse_study *study = f->study;
    char level[MRSE_AXIS_TEXT];

    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour_row *row = &study->contour[i];

        if (!row->contour || mrse_contour_pen(row) == MRSE_PEN_THIN)
            continue;
        mrse_contour_text(level, row->contour->level_T);
        mrse_buf_addf(out, "%sThe %s line reaches ", out->len ? " " : "", level);
        add_metres(out, fabs(row->contour->extents.z_max_m));
        mrse_buf_add(out, " along the bore and ");
        add_metres(out, row->contour->extents.r_max_m);
        mrse_buf_add(out, " across, from isocentre.");
    }
}

/* The verdicts that the plan shows, by name. */
static void alt_site(const mrse_figure *f, mrse_buf *out)
{
    const mrse_site_study *s = f->site;

    mrse_buf_addf(out, "Plan of %s with ", s && s->site->name ? s->site->name : "the site");
    add_scanner(f, out);
    mrse_buf_add(out, ".");
    alt_contours(f, out);
    for (size_t i = 0; s && i < s->n_lines; i++)
        if (s->line[i].line->kind == MRSE_SITE_AREA || s->line[i].line->kind == MRSE_SITE_NEIGHBOUR)
            mrse_buf_addf(out, " %s, 0.5 mT: %s.", mrse_site_line_name(s->line[i].line),
                          mrse_verdict_text(s->line[i].level[0].decision.verdict));
    for (size_t i = 0; s && i < s->n_items; i++)
        mrse_buf_addf(out, " %s: %s.", s->item[i].item->name,
                      mrse_verdict_text(s->item[i].decision.verdict));
}

/* How many points agree, which stand out, and the verdicts. */
static void alt_survey(const mrse_figure *f, mrse_buf *out)
{
    const mrse_survey_study *s = f->survey;
    size_t agree = 0, n = 0;
    char level[MRSE_AXIS_TEXT];

    mrse_buf_add(out, "Plan of measured points around ");
    add_scanner(f, out);
    for (size_t i = 0; s && i < s->alignment.n_rows; i++)
        agree += fabs(s->alignment.row[i].en) <= 1;
    if (s)
        mrse_buf_addf(out, ": %zu of %zu agree with the field model", agree, s->survey->n);
    mrse_buf_add(out, ".");
    for (size_t i = 0; s && i < s->alignment.n_rows; i++)
        if (s->alignment.row[i].outlier)
            mrse_buf_addf(out, "%s%s", n++ ? ", " : " Outliers: ", s->survey->name[i]);
    mrse_buf_add(out, n ? "." : " No outliers.");
    for (size_t i = 0; s && i < s->n_levels; i++) {
        mrse_contour_text(level, s->level[i].level_T);
        mrse_buf_addf(out, " Measured %s line within the drawn one: %s.", level,
                      mrse_verdict_text(s->level[i].decision.verdict));
    }
}

mrse_status mrse_figure_alt(const mrse_figure *figure, mrse_buf *out)
{
    if (!figure || !out || (!figure->study && !figure->sequences))
        return MRSE_ERR_ARG;
    if (figure->kind == MRSE_FIGURE_OBJECT && figure->object) {
        mrse_figure_alt_object(figure, out);
        return out->status;
    }
    if (figure->kind == MRSE_FIGURE_SEQUENCES && figure->sequences) {
        mrse_figure_alt_sequences(figure, out);
        return out->status;
    }
    if (!figure->study)
        return MRSE_ERR_ARG;
    switch (figure->kind) {
    case MRSE_FIGURE_PROFILE:
        alt_profile(figure, out);
        break;
    case MRSE_FIGURE_PLAN:
        mrse_buf_add(out, "Floor plan of ");
        add_scanner(figure, out);
        mrse_buf_add(out, ".");
        alt_contours(figure, out);
        break;
    case MRSE_FIGURE_SURVEY:
        alt_survey(figure, out);
        break;
    case MRSE_FIGURE_SITE:
        alt_site(figure, out);
        break;
    case MRSE_FIGURE_ROOM_MAP:
        alt_map(figure, out);
        alt_contours(figure, out);
        break;
    case MRSE_FIGURE_BORE_MAP:
        alt_map(figure, out);
        break;
    default:
        return MRSE_ERR_ARG;
    }
    return out->status;
}

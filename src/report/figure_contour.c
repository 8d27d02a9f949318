/* The isocontours of a study in a figure: which pen, which tag, which words in the legend.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure_internal.h"

static bool same_level(double a_T, double b_T)
{
    return fabs(a_T - b_T) <= 1e-6 * b_T;
}

mrse_pen mrse_contour_pen(const mrse_contour_row *row)
{
    if (same_level(row->contour->level_T, MRSE_LEVEL_MHRA_T))
        return MRSE_PEN_FIRST;
    if (same_level(row->contour->level_T, MRSE_LEVEL_IEC_T))
        return MRSE_PEN_SECOND;
    return row->name && row->name[0] ? MRSE_PEN_OTHER : MRSE_PEN_THIN;
}

void mrse_contour_text(char out[MRSE_AXIS_TEXT], double level_T)
{
    bool tesla = level_T >= 1;
    size_t n;

    mrse_axis_trimmed(out, tesla ? level_T : 1e3 * level_T);
    n = strlen(out);
    mrse_text_copy(out + n, MRSE_AXIS_TEXT - n, tesla ? " T" : " mT");
}

mrse_status mrse_contour_curves(const mrse_study *study, const mrse_panel *panel,
                                mrse_figure_curves *curves)
{
    char text[MRSE_AXIS_TEXT];
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour_row *row = &study->contour[i];

        if (!row->contour)
            continue;
        mrse_contour_text(text, row->contour->level_T);
        for (size_t k = 0; k < row->contour->n_lines && status == MRSE_OK; k++)
            status = mrse_figure_curves_add(curves, panel, &row->contour->line[k],
                                            mrse_contour_pen(row), text);
    }
    return status;
}

/* True when an uncertainty was worth printing. */
static bool add_extent(mrse_buf *text, const char *letter, double value_m, double u_m)
{
    char number[MRSE_NUM_MAX];
    bool said = isfinite(u_m) && 2 * u_m >= 0.0005;

    mrse_text_fixed(number, value_m, 2);
    mrse_buf_addf(text, "%s %s", letter, number);
    if (said) {
        mrse_text_fixed(number, 2 * u_m, 2 * u_m < 0.005 ? 3 : 2);
        mrse_buf_addf(text, " ± %s", number);
    }
    mrse_buf_add(text, " m");
    return said;
}

static void key_named(mrse_canvas *c, const mrse_contour_row *row, bool extents)
{
    const mrse_extents *e = &row->contour->extents;
    mrse_buf text = {0};
    mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_LINE, mrse_contour_pen(row));
    char level[MRSE_AXIS_TEXT];
    bool said_u;

    key->wide = extents;
    mrse_contour_text(level, row->contour->level_T);
    mrse_buf_add(&text, row->name && row->name[0] ? row->name : level);
    if (extents && isfinite(e->z_max_m) && isfinite(e->r_max_m)) {
        said_u = add_extent(&text, "; farthest along z", e->z_max_m, row->u_z_max_m);
        said_u = add_extent(&text, ", across", e->r_max_m, row->u_r_max_m) || said_u;
        if (said_u)
            mrse_buf_add(&text, " (± 2u)");
    } else if (extents) {
        mrse_buf_add(&text, "; extent not known");
    }
    mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(&text));
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
}

void mrse_contour_keys(mrse_canvas *c, bool extents)
{
    const mrse_study *study = c->figure->study;
    mrse_buf text = {0};
    char number[MRSE_AXIS_TEXT];
    size_t others = 0;

    mrse_buf_add(&text, "|B| at ");
    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour_row *row = &study->contour[i];

        if (!row->contour)
            continue;
        if (mrse_contour_pen(row) != MRSE_PEN_THIN) {
            key_named(c, row, extents);
            continue;
        }
        mrse_axis_trimmed(number, 1e3 * row->contour->level_T);
        mrse_buf_addf(&text, "%s%s", others++ ? ", " : "", number);
    }
    mrse_buf_add(&text, " mT");
    if (others > 0) {
        mrse_key *key = mrse_canvas_key(c, MRSE_SYMBOL_LINE, MRSE_PEN_THIN);

        mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(&text));
    }
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
}

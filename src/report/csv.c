/* Contour polylines as CSV. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/worksheet.h"

enum { CSV_DIGITS = 9 };

static void add_line(mrse_buf *out, double level_T, size_t index, const mrse_polyline *line)
{
    for (size_t i = 0; i < line->n; i++) {
        mrse_buf_num(out, level_T, CSV_DIGITS);
        mrse_buf_addf(out, ",%zu,", index + 1);
        mrse_buf_num(out, line->z_m[i], CSV_DIGITS);
        mrse_buf_add(out, ",");
        mrse_buf_num(out, line->r_m[i], CSV_DIGITS);
        mrse_buf_add(out, "\n");
    }
}

mrse_status mrse_contours_csv(const mrse_study *study, mrse_buf *out)
{
    if (study == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_buf_add(out, "level_T,line,z_m,r_m\n");
    for (size_t i = 0; i < study->n_contours; i++) {
        const mrse_contour *c = study->contour[i].contour;
        for (size_t k = 0; k < c->n_lines; k++)
            add_line(out, c->level_T, k, &c->line[k]);
    }
    return out->status;
}

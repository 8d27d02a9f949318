/* Isocontours of |B|: the public functions, and lines put together from what was traced.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "contour_internal.h"
#include "mrse/alloc.h"

void mrse_contour_free(mrse_contour *contour)
{
    if (!contour)
        return;
    for (size_t i = 0; i < contour->n_lines; i++) {
        mrse_free(contour->line[i].z_m);
        mrse_free(contour->line[i].r_m);
    }
    mrse_free(contour->line);
    mrse_free(contour);
}

static mrse_status allocate_line(mrse_contour *contour, size_t n, mrse_polyline **out)
{
    mrse_polyline *line = &contour->line[contour->n_lines++];
    line->z_m = mrse_alloc(n, sizeof(double));
    line->r_m = mrse_alloc(n, sizeof(double));
    *out = line;
    return line->z_m && line->r_m ? MRSE_OK : MRSE_ERR_NOMEM;
}

static void append(mrse_polyline *line, double r_m, double z_m)
{
    line->r_m[line->n] = r_m;
    line->z_m[line->n++] = z_m;
}

/* The curve (sign = 1) or its mirror image, as a line of its own. */
static mrse_status copy_line(mrse_contour *contour, const mrse_curve *curve, double sign)
{
    mrse_polyline *line;
    mrse_status status = allocate_line(contour, curve->n, &line);
    if (status)
        return status;
    for (size_t i = 0; i < curve->n; i++)
        append(line, curve->vertex[i].r_m, sign * curve->vertex[i].z_m);
    line->closed = curve->end == MRSE_END_NONE;
    return MRSE_OK;
}

/* The curve and its mirror image, joined where they meet at z = 0 (where a sheet leads across there
 * is no vertex at z = 0 itself). */
static mrse_status join_line(mrse_contour *contour, const mrse_curve *curve)
{
    bool from_end = curve->end == MRSE_END_MIDDLE;
    mrse_polyline *line;
    mrse_status status = allocate_line(contour, 2 * curve->n + 1, &line);
    if (status)
        return status;
    for (size_t k = 0; k < curve->n; k++) {
        const mrse_vertex *v = &curve->vertex[from_end ? k : curve->n - 1 - k];
        append(line, v->r_m, v->z_m);
    }
    for (size_t k = curve->n; k-- > 0;)
        if (line->z_m[k] != 0.0)
            append(line, line->r_m[k], -line->z_m[k]);
    line->closed = curve->start != MRSE_END_AXIS && curve->end != MRSE_END_AXIS;
    if (line->closed)
        append(line, line->r_m[0], line->z_m[0]);
    return MRSE_OK;
}

static mrse_status assemble(const mrse_curves *curves, bool mirrored, mrse_contour *contour)
{
    mrse_status status = MRSE_OK;
    contour->line = mrse_alloc(2 * curves->n, sizeof(mrse_polyline));
    if (!contour->line)
        return MRSE_ERR_NOMEM;
    for (size_t k = 0; k < curves->n && !status; k++) {
        const mrse_curve *curve = &curves->curve[k];
        if (curve->start == MRSE_END_MIDDLE || curve->end == MRSE_END_MIDDLE) {
            status = join_line(contour, curve);
            continue;
        }
        status = copy_line(contour, curve, 1.0);
        if (!status && mirrored)
            status = copy_line(contour, curve, -1.0);
    }
    return status;
}

static mrse_status trace_level(const contour_survey *survey, double level_T, mrse_contour **out)
{
    mrse_tracer t = {survey, level_T};
    if (survey->limit_b_T >= level_T)
        return MRSE_ERR_RANGE;
    mrse_contour *contour = mrse_alloc(1, sizeof(*contour));
    if (!contour)
        return MRSE_ERR_NOMEM;
    contour->level_T = level_T;
    mrse_curves curves;
    mrse_status status = mrse_curves_find(&t, &curves);
    if (!status && curves.n > 0)
        status = assemble(&curves, survey->mirrored, contour);
    mrse_curves_free(&curves);
    if (!status) {
        mrse_lines_classify(contour);
        status = mrse_lines_extents(&t, contour);
    }
    if (status) {
        mrse_contour_free(contour);
        return status;
    }
    *out = contour;
    return MRSE_OK;
}

static bool positive_or_default(double x)
{
    return isfinite(x) && x >= 0.0;
}

static mrse_status check(const mrse_magnet *magnet, size_t n, const double *level_T,
                         const mrse_contour_options *options)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(level_T[i]) || level_T[i] <= 0.0)
            return MRSE_ERR_ARG;
    if (options &&
        (!positive_or_default(options->r_limit_m) || !positive_or_default(options->z_limit_m) ||
         !positive_or_default(options->chord_m)))
        return MRSE_ERR_ARG;
    return mrse_windings_check(magnet);
}

mrse_status mrse_contour_trace_levels(const mrse_magnet *magnet, size_t n, const double *level_T,
                                      const mrse_contour_options *options, mrse_contour **out)
{
    if (!out || !level_T)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < n; i++)
        out[i] = NULL;
    contour_survey *survey = NULL;
    mrse_status status = check(magnet, n, level_T, options);
    if (!status)
        status = contour_survey_create(magnet, options, &survey);
    for (size_t i = 0; i < n && !status; i++)
        status = trace_level(survey, level_T[i], &out[i]);
    contour_survey_free(survey);
    for (size_t i = 0; i < n && status; i++) {
        mrse_contour_free(out[i]);
        out[i] = NULL;
    }
    return status;
}

mrse_status mrse_contour_trace(const mrse_magnet *magnet, double level_T,
                               const mrse_contour_options *options, mrse_contour **out)
{
    return mrse_contour_trace_levels(magnet, 1, &level_T, options, out);
}

/* What the field of a scanner is along the lines of its room, at the equipment and in the storeys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/site_study.h"

#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "site_internal.h"

static mrse_seeker seeker_of(const mrse_site_study *s, double height_m)
{
    return (mrse_seeker){&s->study->model, s->site, height_m, false};
}

/* ---- a peak as a value that people rely on */

static mrse_origin weakest(const mrse_site_study *s, const mrse_value *const *on, size_t n)
{
    const mrse_site *site = s->site;
    const mrse_value *const always[] = {&s->study->basis,      &site->magnet.x,
                                        &site->magnet.y,       &site->magnet.height,
                                        &site->magnet.azimuth, &site->magnet.u};
    mrse_origin origin = MRSE_ORIGIN_COMPUTED;

    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        origin = mrse_origin_weaker(origin, always[i]->origin);
    for (size_t i = 0; i < n; i++)
        origin = mrse_origin_weaker(origin, on[i]->origin);
    return origin;
}

static mrse_site_peak no_peak(void)
{
    return (mrse_site_peak){mrse_value_missing(MRSE_KIND_FIELD),
                            (double)NAN,
                            (double)NAN,
                            (double)NAN,
                            (double)NAN,
                            (double)NAN};
}

/* A search that met a conductor found nothing that can be relied on. */
static mrse_site_peak peak_of(const mrse_seeker *k, const mrse_found *found, double spread_T,
                              mrse_origin origin)
{
    mrse_site_peak peak = no_peak();
    mrse_sfg at, u;
    double r_m, z_m;

    mrse_site_to_magnet(k->site, found->x_m, found->y_m, found->height_m, &r_m, &z_m);
    if (k->failed || mrse_model_at(k->model, r_m, z_m, &at, &u) != MRSE_OK)
        return peak;
    peak.b =
        mrse_value_computed(found->b_T, hypot(u.b_T, spread_T), MRSE_KIND_FIELD, MRSE_METHOD_SITE);
    peak.b.origin = origin;
    peak.x_m = found->x_m;
    peak.y_m = found->y_m;
    peak.height_m = found->height_m;
    peak.u_place_T = spread_T;
    peak.u_model_T = u.b_T;
    return peak;
}

/* A distance or field of the data sheet that the model contradicts may be misread, or the model
 * wrong: nothing is MET on the model's fringe field then. A Larmor frequency is a field too. */
static bool is_doubted(const mrse_study *study)
{
    for (size_t i = 0; i < study->n_agreements; i++) {
        mrse_kind kind = study->agreement[i].kind; /* as compared */

        if (study->agreement[i].differs && (kind == MRSE_KIND_LENGTH || kind == MRSE_KIND_FIELD))
            return true;
    }
    return false;
}

static mrse_decision decide(const mrse_site_study *s, const mrse_site_peak *peak,
                            const mrse_limit *limit)
{
    mrse_decision d = mrse_decide(&peak->b, limit);

    if (d.verdict != MRSE_VERDICT_MET || !is_doubted(s->study))
        return d;
    d.verdict = MRSE_VERDICT_UNDETERMINED;
    mrse_text_copy(d.reason, sizeof d.reason,
                   "the data sheet's fringe field and the field model differ by more than their "
                   "uncertainty");
    return d;
}

/* ---- lines */

static mrse_limit level_limit(size_t i)
{
    mrse_limit limit = {MRSE_OP_LE, mrse_value_missing(MRSE_KIND_FIELD), 0};

    limit.value =
        mrse_value_computed(i == 0 ? MRSE_LEVEL_MHRA_T : MRSE_LEVEL_IEC_T, 0, MRSE_KIND_FIELD, "");
    limit.value.basis = MRSE_BASIS_DECLARED;
    mrse_text_copy(limit.value.src, sizeof limit.value.src,
                   i == 0 ? "MHRA v4.3 (2021)" : "IEC 60601-2-33:2022");
    mrse_text_copy(limit.value.printed, sizeof limit.value.printed, i == 0 ? "0.5 mT" : "0.9 mT");
    return limit;
}

/* By how much a place lies beyond a segment, seen from the isocentre; NaN when not behind it. */
static double beyond_segment(const mrse_site *site, mrse_site_place p, mrse_site_place a,
                             mrse_site_place b)
{
    double ox = site->magnet.x.v, oy = site->magnet.y.v;
    double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length_m = hypot(dx, dy);
    double from_o = ((ox - a.x_m) * dy - (oy - a.y_m) * dx) / length_m;
    double from_p = ((p.x_m - a.x_m) * dy - (p.y_m - a.y_m) * dx) / length_m;
    double share, x_m, y_m, along_m;

    if (from_o * from_p >= 0)
        return (double)NAN;
    share = from_o / (from_o - from_p);
    x_m = ox + share * (p.x_m - ox);
    y_m = oy + share * (p.y_m - oy);
    along_m = ((x_m - a.x_m) * dx + (y_m - a.y_m) * dy) / length_m;
    return along_m >= 0 && along_m <= length_m ? fabs(from_p) : (double)NAN;
}

static double beyond_line(const mrse_site *site, mrse_site_place p, const mrse_site_line *line)
{
    double most_m = (double)NAN;

    for (size_t i = 0; i + !line->closed < line->n; i++)
        most_m =
            fmax(most_m, beyond_segment(site, p, line->place[i], line->place[(i + 1) % line->n]));
    return most_m;
}

/* A vertex of a contour in plan, on either side of the axis. */
static mrse_site_place in_plan(const mrse_site *site, double z_m, double across_m)
{
    double c = cos(site->magnet.azimuth.v), s = sin(site->magnet.azimuth.v);

    return (mrse_site_place){site->magnet.x.v + z_m * c - across_m * s,
                             site->magnet.y.v + z_m * s + across_m * c};
}

static const mrse_contour_row *contour_at(const mrse_study *study, double level_T)
{
    for (size_t i = 0; i < study->n_contours; i++)
        if (fabs(study->contour[i].contour->level_T - level_T) <= 1e-9 * level_T)
            return &study->contour[i];
    return NULL;
}

/* Of the contour at the isocentre's height: how far it reaches past the line, and whether it leaves
 * the outline. */
static void against_contour(const mrse_site_study *s, mrse_site_line_row *row, size_t which,
                            bool *leaves)
{
    mrse_site_level *level = &row->level[which];
    const mrse_contour_row *c = contour_at(s->study, level->limit.value.v);
    bool opening = row->line->kind != MRSE_SITE_AREA && row->line->kind != MRSE_SITE_NEIGHBOUR;

    level->beyond_m = level->u_beyond_m = (double)NAN;
    *leaves = false;
    for (size_t k = 0; c && k < c->contour->n_lines; k++)
        for (size_t i = 0; i < 2 * c->contour->line[k].n; i++) {
            const mrse_polyline *l = &c->contour->line[k];
            double across_m = i % 2 ? -l->r_m[i / 2] : l->r_m[i / 2];
            mrse_site_place p = in_plan(s->site, l->z_m[i / 2], across_m);

            if (opening)
                level->beyond_m = fmax(level->beyond_m, beyond_line(s->site, p, row->line));
            else
                *leaves = *leaves || !mrse_site_holds(row->line, p.x_m, p.y_m);
        }
    if (isfinite(level->beyond_m)) {
        double far_m = fmax(c->contour->extents.z_max_m, c->contour->extents.r_max_m);

        level->u_beyond_m = hypot(hypot(fmax(c->u_z_max_m, c->u_r_max_m), row->line->u.v),
                                  hypot(s->site->magnet.u.v, far_m * s->site->magnet.azimuth.u));
    }
}

/* The area must contain the line: the isocentre is inside, nothing of the line is outside, and |B|
 * on its boundary is below the level. */
static void judge(const mrse_site_study *s, mrse_site_line_row *row, size_t which, bool leaves)
{
    mrse_site_level *level = &row->level[which];

    level->decision = decide(s, &row->largest, &level->limit);
    if (row->line->kind != MRSE_SITE_AREA || (row->has_magnet && !leaves))
        return;
    if (level->decision.verdict == MRSE_VERDICT_MET) {
        level->decision.verdict = MRSE_VERDICT_NOT_MET;
        mrse_text_copy(level->decision.reason, sizeof level->decision.reason,
                       row->has_magnet ? "a line of this level lies outside the area"
                                       : "the magnet stands outside the area");
    }
}

static mrse_status run_line(mrse_site_study *s, const mrse_site_line *line)
{
    const mrse_value *const on[] = {&line->u};
    mrse_site_line_row *row = &s->line[s->n_lines++];
    mrse_seeker k = seeker_of(s, (double)NAN);
    mrse_track track = mrse_track_of_line(line);
    mrse_samples samples;
    mrse_found peak;
    mrse_status status;
    bool leaves = false;

    row->line = line;
    row->length_m = track.length_m;
    row->has_magnet = mrse_site_holds(line, s->site->magnet.x.v, s->site->magnet.y.v);
    status = mrse_samples_take(&k, &track, &samples);
    if (status != MRSE_OK)
        return status;
    peak = mrse_samples_peak(&k, &track, &samples);
    if (line->closed && line->kind == MRSE_SITE_NEIGHBOUR)
        peak = mrse_seek_inside(&k, &track, peak);
    row->largest = peak_of(&k, &peak, mrse_seek_spread(&k, &track, &samples, &peak, line->u.v),
                           weakest(s, on, 1));
    for (size_t i = 0; i < MRSE_SITE_LEVELS && status == MRSE_OK; i++) {
        row->level[i].limit = level_limit(i);
        against_contour(s, row, i, &leaves);
        judge(s, row, i, leaves);
        if (!k.failed)
            status = mrse_samples_over(&k, &track, &samples, row->level[i].limit.value.v,
                                       &row->level[i].over, &row->level[i].n_over);
    }
    mrse_samples_free(&samples);
    return status;
}

/* ---- equipment */

static mrse_status run_item(mrse_site_study *s, const mrse_site_item *item)
{
    bool high = isfinite(item->height.v), moves = isfinite(item->within.v) && item->within.v > 0;
    const mrse_value *on[5] = {&item->x, &item->y, &item->u};
    size_t n_on = 3;
    mrse_site_item_row *row = &s->item[s->n_items++];
    mrse_seeker k = seeker_of(s, high ? item->height.v : s->site->magnet.height.v);
    mrse_track circle =
        mrse_track_of_circle(s->site, item->x.v, item->y.v, moves ? item->within.v : 0);
    mrse_samples samples = {0};
    mrse_found peak = mrse_seek_at(&k, item->x.v, item->y.v);
    mrse_site_place there;
    mrse_status status = MRSE_OK;

    if (high)
        on[n_on++] = &item->height;
    if (moves)
        on[n_on++] = &item->within;
    row->item = item;
    if (moves)
        status = mrse_samples_take(&k, &circle, &samples);
    if (status != MRSE_OK)
        return status;
    if (moves) {
        peak = mrse_samples_peak(&k, &circle, &samples);
        peak = mrse_seek_inside(&k, &circle, peak);
    }
    row->largest =
        peak_of(&k, &peak, mrse_seek_spread(&k, &circle, moves ? &samples : NULL, &peak, item->u.v),
                weakest(s, on, n_on));
    mrse_samples_free(&samples);
    row->decision = decide(s, &row->largest, &item->limit.limit);
    row->to_limit_m = mrse_seek_distance(&k, (mrse_site_place){item->x.v, item->y.v},
                                         item->limit.limit.value.v, MRSE_SITE_FARTHEST_M, &there);
    row->to_x_m = there.x_m;
    row->to_y_m = there.y_m;
    if (k.failed)
        row->to_limit_m = row->to_x_m = row->to_y_m = (double)NAN;
    return MRSE_OK;
}

/* ---- storeys */

static double reach_of_windings(const mrse_magnet *magnet)
{
    double most_m = 0;

    for (size_t i = 0; i < magnet->n; i++)
        most_m = fmax(most_m, magnet->source[i].type == MRSE_SOURCE_COIL ? magnet->source[i].r2_m
                                                                         : magnet->source[i].r1_m);
    return most_m;
}

/* No value of |B| in air is larger than the largest on a surface round the windings: of all that lies
 * beyond the level of the storey, that is the line right above (or below) the axis. */
static mrse_status find_storey(const mrse_site_study *s, double radius_m, double u_m,
                               mrse_site_peak *peak)
{
    mrse_cylinder at, u, moved;
    double change_T = 0;
    mrse_status status = mrse_model_cylinder(&s->study->model, radius_m, &at, &u);

    for (int way = -1; way <= 1 && status == MRSE_OK; way += 2) {
        status = mrse_cylinder_maxima(&s->study->model.magnet, radius_m + way * 2 * u_m, &moved);
        if (status == MRSE_OK)
            change_T = fmax(change_T, fabs(moved.b_T - at.b_T) / 2);
    }
    if (status != MRSE_OK)
        return status;
    mrse_site_place p = in_plan(s->site, at.b_z_m, 0);
    peak->b =
        mrse_value_computed(at.b_T, hypot(u.b_T, change_T), MRSE_KIND_FIELD, MRSE_METHOD_SITE);
    peak->x_m = p.x_m;
    peak->y_m = p.y_m;
    peak->u_place_T = change_T;
    peak->u_model_T = u.b_T;
    return MRSE_OK;
}

static mrse_status run_storey(mrse_site_study *s, const mrse_site_storey *storey)
{
    const mrse_value *const on[] = {&storey->height, &storey->u};
    mrse_site_storey_row *row = &s->storey[s->n_storeys++];
    double radius_m = fabs(storey->height.v - s->site->magnet.height.v);
    double u_m = hypot(s->site->magnet.u.v, storey->u.v);
    mrse_status status = MRSE_ERR_RANGE;

    row->storey = storey;
    row->largest = no_peak();
    if (radius_m - 2 * u_m > reach_of_windings(&s->study->model.magnet))
        status = find_storey(s, radius_m, u_m, &row->largest);
    if (status == MRSE_ERR_NOMEM)
        return status;
    if (status == MRSE_OK) {
        row->largest.height_m = storey->height.v;
        row->largest.b.origin = weakest(s, on, 2);
    }
    row->decision = decide(s, &row->largest, &storey->limit.limit);
    return MRSE_OK;
}

/* ---- the whole */

static void count(mrse_site_study *s, const mrse_decision *d)
{
    s->overall = mrse_verdict_worse(s->overall, d->verdict);
    s->provisional = s->provisional || d->provisional;
    s->on_assumption = s->on_assumption || d->on_assumption;
}

static void conclude(mrse_site_study *s)
{
    s->overall = MRSE_VERDICT_NOT_STATED;
    for (size_t i = 0; i < s->n_lines; i++)
        if (s->line[i].line->kind == MRSE_SITE_AREA || s->line[i].line->kind == MRSE_SITE_NEIGHBOUR)
            count(s, &s->line[i].level[0].decision);
    for (size_t i = 0; i < s->n_items; i++)
        count(s, &s->item[i].decision);
    for (size_t i = 0; i < s->n_storeys; i++)
        count(s, &s->storey[i].decision);
}

static mrse_status run(mrse_site_study *s)
{
    const mrse_site *site = s->site;
    mrse_status status = MRSE_OK;

    s->line = mrse_alloc(site->n_outlines + 1, sizeof *s->line);
    s->item = mrse_alloc(site->n_items + 1, sizeof *s->item);
    s->storey = mrse_alloc(site->n_storeys + 1, sizeof *s->storey);
    if (!s->line || !s->item || !s->storey)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < site->n_outlines && status == MRSE_OK; i++)
        status = run_line(s, &site->outline[i]);
    for (size_t i = 0; i < site->n_items && status == MRSE_OK; i++)
        status = run_item(s, &site->item[i]);
    for (size_t i = 0; i < site->n_storeys && status == MRSE_OK; i++)
        status = run_storey(s, &site->storey[i]);
    if (status == MRSE_OK)
        conclude(s);
    return status;
}

mrse_status mrse_site_study_run(const mrse_study *study, const mrse_site *site,
                                mrse_site_study **out)
{
    mrse_site_study *s;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!study || !site || !out)
        return MRSE_ERR_ARG;
    s = mrse_alloc(1, sizeof *s);
    if (!s)
        return MRSE_ERR_NOMEM;
    s->study = study;
    s->site = site;
    status = run(s);
    if (status != MRSE_OK) {
        mrse_site_study_free(s);
        return status;
    }
    *out = s;
    return MRSE_OK;
}

void mrse_site_study_free(mrse_site_study *study)
{
    if (!study)
        return;
    for (size_t i = 0; study->line && i < study->n_lines; i++)
        for (size_t k = 0; k < MRSE_SITE_LEVELS; k++)
            mrse_free(study->line[i].level[k].over);
    mrse_free(study->line);
    mrse_free(study->item);
    mrse_free(study->storey);
    mrse_free(study);
}

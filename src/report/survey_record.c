/* The record section of a survey: how it was measured, where the magnet stands, each point, and the
 * verdict on each line. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"

static void put_how(json_put o, const mrse_survey_study *s)
{
    const mrse_survey *f = s->survey;
    mrse_json_text(o, "instrument", f->instrument);
    mrse_json_date(o, "calibrated", &f->calibrated);
    mrse_json_date(o, "surveyed", &f->surveyed);
    if (f->calibrated.year != 0 && f->surveyed.year != 0)
        mrse_json_int(o, "months_since_calibration",
                      mrse_date_months(&f->calibrated, &f->surveyed));
    mrse_json_text(o, "surveyor", f->surveyor);
    mrse_json_text(o, "comment", f->comment);
    mrse_json_value(o, "position_u", &f->position_u);
    mrse_json_value(o, "field_u", &f->field_u);
    mrse_json_value(o, "background_u", &f->background_u);
    mrse_json_value(o, "tolerance", &f->tolerance);
    mrse_json_text(o, "points_origin", mrse_origin_text(f->origin));
    mrse_json_text(o, "origin", mrse_origin_text(s->origin));
    mrse_json_bool(o, "provisional", s->origin == MRSE_ORIGIN_UNVERIFIED);
}

static void put_sides(json_put o, unsigned sides)
{
    mrse_buf text = {0};
    mrse_sides_text(sides, &text);
    if (text.status != MRSE_OK && *o.status == MRSE_OK)
        *o.status = text.status;
    mrse_json_text(o, "sides", mrse_buf_text(&text));
    mrse_buf_free(&text);
}

static void put_alignment(json_put o, const mrse_survey_study *s)
{
    const mrse_alignment *a = &s->alignment;
    json_put p = mrse_json_object(o, "alignment");
    mrse_json_pair(p, "x_m", a->at.x_m, a->u.x_m);
    mrse_json_pair(p, "y_m", a->at.y_m, a->u.y_m);
    mrse_json_pair(p, "z_m", a->at.z_m, a->u.z_m);
    mrse_json_pair(p, "azimuth_rad", a->at.azimuth_rad, a->u.azimuth_rad);
    mrse_json_pair(p, "tilt_rad", a->at.tilt_rad, a->u.tilt_rad);
    mrse_json_num(p, "chi2", a->chi2);
    mrse_json_int(p, "degrees_of_freedom", (long long)a->dof);
    mrse_json_int(p, "points_used", (long long)a->n_used);
    mrse_json_int(p, "outliers", (long long)a->n_outliers);
    put_sides(p, s->sides);
    mrse_json_text(p, "method", MRSE_METHOD_ALIGN);
}

static void put_point(json_put list, const mrse_survey_study *s, size_t i)
{
    const mrse_survey_point *q = &s->survey->point[i];
    const mrse_survey_row *row = &s->alignment.row[i];
    json_put p = mrse_json_item(list);
    mrse_json_text(p, "name", s->survey->name[i]);
    mrse_json_int(p, "line", s->survey->line[i]);
    mrse_json_num(p, "x_m", q->x_m);
    mrse_json_num(p, "y_m", q->y_m);
    mrse_json_num(p, "z_m", q->z_m);
    mrse_json_num(p, "along_m", row->z_m);
    mrse_json_num(p, "r_m", row->r_m);
    mrse_json_pair(p, "measured_T", q->b_T, row->u_measured_T);
    mrse_json_pair(p, "predicted_T", row->predicted_T, row->u_predicted_T);
    mrse_json_num(p, "en", row->en);
    mrse_json_pair(p, "outward_m", row->outward_m, row->u_outward_m);
    mrse_json_bool(p, "outlier", row->outlier);
}

static void put_level(json_put list, const mrse_survey_study *s, const mrse_survey_level *l)
{
    json_put o = mrse_json_item(list);
    mrse_json_num(o, "level_T", l->level_T);
    if (l->name != NULL && l->name[0] != '\0')
        mrse_json_text(o, "name", l->name);
    mrse_json_int(o, "points", (long long)l->n_points);
    mrse_json_int(o, "outliers", (long long)l->n_outliers);
    put_sides(o, l->sides);
    mrse_json_value(o, "outward", &l->outward);
    if (isfinite(l->outward.v))
        mrse_json_text(o, "at_point", s->survey->name[l->point]);
    mrse_record_put_limit(o, &l->limit);
    mrse_json_text(o, "verdict", mrse_verdict_text(l->decision.verdict));
    mrse_json_num(o, "guard_m", l->decision.guard);
    mrse_json_num(o, "margin_m", l->decision.margin);
    mrse_json_bool(o, "provisional", l->decision.provisional);
    mrse_json_bool(o, "on_assumption", l->decision.on_assumption);
    mrse_json_text(o, "reason", l->decision.reason);
}

void mrse_record_put_survey(json_put o, const mrse_survey_study *s)
{
    json_put survey = mrse_json_object(o, "survey");
    put_how(survey, s);
    put_alignment(survey, s);
    json_put points = mrse_json_array(survey, "points");
    for (size_t i = 0; i < s->survey->n; i++)
        put_point(points, s, i);
    json_put lines = mrse_json_array(survey, "lines");
    for (size_t i = 0; i < s->n_levels; i++)
        put_level(lines, s, &s->level[i]);
}

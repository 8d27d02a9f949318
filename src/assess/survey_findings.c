/* Findings of a survey: each measured line beside the drawn one, and how the deciding point was
 * worked out. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/file.h"

static void set_ask(mrse_finding *f, const mrse_survey_level *level)
{
    const char *ask =
        "measure more accurately, or state the tolerance that the drawn line may have";
    if (f->decision.verdict != MRSE_VERDICT_UNDETERMINED)
        return;
    if (!isfinite(level->outward.v))
        ask = "measure at least three points near this line";
    else if (f->decision.provisional)
        ask = "name the instrument and the date of its calibration in the survey file";
    mrse_text_copy(f->ask, sizeof f->ask, ask);
}

/* The line that bounds the MR ENVIRONMENT decides; the others are shown. */
static mrse_status add_line(mrse_assessment *a, const mrse_survey_level *level)
{
    char number[MRSE_NUM_MAX];
    mrse_finding *f = mrse_finding_new(a);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_text_num(number, 1e3 * level->level_T, 3);
    f->implant = mrse_path_base(a->survey_path);
    f->numeric = isfinite(level->outward.v);
    f->decisive = fabs(level->level_T - MRSE_LEVEL_MHRA_T) <= 1e-9 * MRSE_LEVEL_MHRA_T;
    f->printed = level->name;
    f->limit = level->limit;
    f->exposure = level->outward;
    f->decision = level->decision;
    (void)snprintf(f->topic, sizeof f->topic, "measured %s mT line within the drawn one", number);
    (void)snprintf(f->exposure_name, sizeof f->exposure_name,
                   "displacement outwards, the worst of %zu points near it", level->n_points);
    set_ask(f, level);
    return MRSE_OK;
}

static void number(mrse_buf *out, const char *words, double value, int digits)
{
    mrse_buf_add(out, words);
    mrse_buf_num(out, value, digits);
}

static mrse_status add_step(mrse_assessment *a, const mrse_survey_level *level)
{
    const mrse_survey_row *row = &a->measured->alignment.row[level->point];
    mrse_buf text = {0};
    mrse_status status;
    number(&text, "r = ", row->r_m, 5);
    number(&text, " m, z = ", row->z_m, 5);
    number(&text, " m; measured ", 1e3 * a->survey->point[level->point].b_T, 4);
    number(&text, " mT, u = ", 1e3 * row->u_measured_T, 2);
    number(&text, "; model ", 1e3 * row->predicted_T, 4);
    number(&text, " mT, u = ", 1e3 * row->u_predicted_T, 2);
    mrse_buf_add(&text, " mT");
    status = text.status;
    mrse_step *s = status == MRSE_OK ? mrse_step_new(a) : NULL;
    if (s != NULL) {
        (void)snprintf(s->what, sizeof s->what, "%.60s: displacement at point %.40s", level->name,
                       a->survey->name[level->point]);
        mrse_text_copy(
            s->formula, sizeof s->formula,
            "d = (ln B(measured) − ln B(model)) / |∇ ln B|; magnet placed by the points");
        mrse_text_copy(s->numbers, sizeof s->numbers, mrse_buf_text(&text));
        mrse_text_copy(s->source, sizeof s->source, "method " MRSE_METHOD_ALIGN);
        s->result = level->outward;
    }
    mrse_buf_free(&text);
    return status == MRSE_OK && s == NULL ? MRSE_ERR_NOMEM : status;
}

mrse_status mrse_findings_add_survey(mrse_assessment *a)
{
    const mrse_survey_study *s = a->measured;
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < s->n_levels && status == MRSE_OK; i++) {
        status = add_line(a, &s->level[i]);
        if (status == MRSE_OK && isfinite(s->level[i].outward.v) && s->level[i].name[0] != '\0')
            status = add_step(a, &s->level[i]);
    }
    return status;
}

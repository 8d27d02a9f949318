/* A survey against a study: alignment, and a verdict on each line that is drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/survey_study.h"

static const double NEAR_FACTOR = 2.0;
/* Residuals this much larger than their uncertainties are no chance: another magnet, another frame. */
static const double BAD_SCATTER = 2.0;

void mrse_sides_text(unsigned sides, mrse_buf *out)
{
    static const char *const name[] = {"+z", "−z", "sideways"};
    bool any = false;
    for (unsigned i = 0; i < 3; i++) {
        if ((sides & (1u << i)) == 0)
            continue;
        mrse_buf_addf(out, "%s%s", any ? ", " : "", name[i]);
        any = true;
    }
    if (!any)
        mrse_buf_add(out, "none");
}

static unsigned side_of(const mrse_survey_row *row)
{
    if (!isfinite(row->r_m) || !isfinite(row->z_m))
        return 0;
    if (fabs(row->z_m) <= row->r_m)
        return MRSE_SIDE_ACROSS;
    return row->z_m > 0.0 ? MRSE_SIDE_PLUS_Z : MRSE_SIDE_MINUS_Z;
}

static bool is_near(double b_T, double level_T)
{
    return b_T >= level_T / NEAR_FACTOR && b_T <= level_T * NEAR_FACTOR;
}

static mrse_value displacement(const mrse_survey_study *s, const mrse_survey_row *row)
{
    mrse_value v =
        mrse_value_computed(row->outward_m, row->u_outward_m, MRSE_KIND_LENGTH, MRSE_METHOD_ALIGN);
    if (s->origin == MRSE_ORIGIN_UNVERIFIED || s->origin == MRSE_ORIGIN_ASSUMED)
        v.origin = s->origin;
    return v;
}

static mrse_limit limit_of(const mrse_survey *survey)
{
    mrse_limit limit = {.op = MRSE_OP_LE, .value = survey->tolerance};
    if (isfinite(limit.value.v))
        return limit;
    /* None given: the line as drawn. */
    limit.value = mrse_value_computed(0.0, 0.0, MRSE_KIND_LENGTH, MRSE_METHOD_ALIGN);
    return limit;
}

/* The worst verdict counts; among points of one verdict the one that is farthest outside. */
static bool is_worse(const mrse_decision *d, const mrse_value *outward, const mrse_survey_level *l)
{
    if (d->verdict != l->decision.verdict)
        return mrse_verdict_worse(d->verdict, l->decision.verdict) == d->verdict;
    return outward->v > l->outward.v;
}

static bool is_doubted(const mrse_survey_study *s)
{
    const mrse_alignment *a = &s->alignment;
    return a->dof == 0 || a->chi2 > BAD_SCATTER * BAD_SCATTER * (double)a->dof;
}

/* Uncertainties that the points themselves contradict make nothing MET. */
static mrse_decision decide(const mrse_survey_study *s, const mrse_value *outward,
                            const mrse_limit *limit)
{
    mrse_decision d = mrse_decide(outward, limit);
    if (d.verdict != MRSE_VERDICT_MET || !is_doubted(s))
        return d;
    d.verdict = MRSE_VERDICT_UNDETERMINED;
    mrse_text_copy(d.reason, sizeof d.reason,
                   "the points scatter more than twice as much as their uncertainties explain");
    return d;
}

static void judge_level(const mrse_survey_study *s, mrse_survey_level *l)
{
    bool first = true;
    l->outward = mrse_value_missing(MRSE_KIND_LENGTH);
    l->limit = limit_of(s->survey);
    for (size_t i = 0; i < s->alignment.n_rows; i++) {
        const mrse_survey_row *row = &s->alignment.row[i];
        if (!is_near(s->survey->point[i].b_T, l->level_T) && !is_near(row->predicted_T, l->level_T))
            continue;
        const mrse_value outward = displacement(s, row);
        const mrse_decision d = decide(s, &outward, &l->limit);
        l->n_points++;
        l->n_outliers += row->outlier;
        l->sides |= side_of(row);
        if (!first && !is_worse(&d, &outward, l))
            continue;
        first = false;
        l->outward = outward;
        l->decision = d;
        l->point = i;
    }
    if (l->n_points >= MRSE_LINE_POINTS)
        return;
    l->outward = mrse_value_missing(MRSE_KIND_LENGTH);
    l->point = 0;
    memset(&l->decision, 0, sizeof l->decision); /* UNDETERMINED */
    l->decision.guard = l->decision.margin = NAN;
    mrse_text_copy(l->decision.reason, sizeof l->decision.reason, "too few points near this line");
}

static mrse_status judge(mrse_survey_study *s)
{
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; i < s->survey->n; i++) {
        low = fmin(low, s->survey->point[i].b_T);
        high = fmax(high, s->survey->point[i].b_T);
        s->sides |= side_of(&s->alignment.row[i]);
    }
    s->level = mrse_alloc(s->study->n_contours, sizeof *s->level);
    if (s->level == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < s->study->n_contours; i++) {
        const mrse_contour_row *row = &s->study->contour[i];
        if (row->contour->level_T < low || row->contour->level_T > high)
            continue;
        mrse_survey_level *l = &s->level[s->n_levels++];
        l->level_T = row->contour->level_T;
        l->name = row->name;
        judge_level(s, l);
    }
    return MRSE_OK;
}

static void say(mrse_diags *diags, const mrse_survey *survey, mrse_sev sev, const char *hint,
                const char *text)
{
    mrse_diag_place(mrse_diag_add(diags, sev, MRSE_ERR_INPUT, "%s", text), survey->path, 0, 0, NULL,
                    hint);
}

/* What a file can be blamed for: the points. */
static mrse_status explain(mrse_status status, const mrse_survey *survey, mrse_diags *diags)
{
    static const struct {
        const char *text, *hint;
    } why[] = {
        {"no placement of the magnet was found that goes with the points",
         "is it this scanner, and are the coordinates those of one right-handed frame in metres?"},
        {"fewer than 6 points cannot fix where the magnet stands",
         "measure more, on all sides of the magnet"},
        {"the points do not fix where the magnet stands",
         "add '# isocentre: x, y, z' with '# isocentre_u: 2 cm' (a plane of points needs its "
         "height), or measure on more sides"},
    };
    if (status != MRSE_ERR_NUMERIC && status != MRSE_ERR_RANGE)
        return status;
    size_t i = status == MRSE_ERR_NUMERIC ? 0 : survey->n < 6 ? 1 : 2;
    say(diags, survey, MRSE_SEV_ERROR, why[i].hint, why[i].text);
    return status == MRSE_ERR_NUMERIC ? status : MRSE_ERR_INPUT;
}

static void warn(const mrse_survey_study *s, mrse_diags *diags)
{
    if (is_doubted(s))
        say(diags, s->survey, MRSE_SEV_WARNING,
            "is it this scanner? Are position_u and field_u those of this survey? Is there iron "
            "all "
            "around?",
            "the points scatter more than twice as much as their uncertainties explain");
}

mrse_status mrse_survey_study_run(const mrse_study *study, const mrse_survey *survey,
                                  mrse_survey_study **out, mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (study == NULL || survey == NULL)
        return MRSE_ERR_ARG;
    mrse_survey_study *s = mrse_alloc(1, sizeof *s);
    if (s == NULL)
        return MRSE_ERR_NOMEM;
    s->study = study;
    s->survey = survey;
    s->origin = mrse_origin_weaker(survey->origin, study->basis.origin);
    mrse_status status =
        mrse_survey_align(&study->model, survey->point, survey->n, &survey->prior, &s->alignment);
    status = explain(status, survey, diags);
    if (status == MRSE_OK)
        status = judge(s);
    if (status != MRSE_OK) {
        mrse_survey_study_free(s);
        return status;
    }
    warn(s, diags);
    *out = s;
    return MRSE_OK;
}

void mrse_survey_study_free(mrse_survey_study *study)
{
    if (study == NULL)
        return;
    mrse_alignment_clear(&study->alignment);
    mrse_free(study->level);
    mrse_free(study);
}

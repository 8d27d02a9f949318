/* A case from file to verdict: read, compute, judge. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "label_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"

mrse_status mrse_case_resolve(const char *case_path, const mrse_refs *refs, const char *written,
                              char **path)
{
    if (refs == NULL)
        return mrse_path_beside(case_path, written, path);
    for (size_t i = 0; i < refs->n; i++) {
        if (mrse_text_equal(refs->written[i], written)) {
            *path = mrse_strdup(refs->path[i]);
            return *path != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
        }
    }
    *path = NULL;
    return MRSE_ERR_INPUT;
}

/* The largest gradient that a limit permits; NaN when it bounds from below only. */
static double most_permitted(const mrse_label_limit *limit)
{
    switch (limit->limit.op) {
    case MRSE_OP_LE:
    case MRSE_OP_LT:
        return limit->limit.value.v;
    case MRSE_OP_RANGE:
        return limit->limit.upper;
    case MRSE_OP_GE:
    case MRSE_OP_GT:
        break;
    }
    return NAN;
}

/* The strictest limit on the spatial field gradient: a branch may hold several scopes. */
static const mrse_label_limit *strictest_gradient(const mrse_label_branch *branch)
{
    const mrse_label_limit *strictest = NULL;
    for (size_t i = 0; i < branch->must.n_limits; i++) {
        const mrse_label_limit *l = &branch->must.limit[i];
        if (l->limit.value.kind != MRSE_KIND_SFG || !isfinite(most_permitted(l)))
            continue;
        if (strictest == NULL || most_permitted(l) < most_permitted(strictest))
            strictest = l;
    }
    return strictest;
}

/* A field class is a name: 1.5 T matches 1.5 T, not the 1.494 T that f0 gives. */
bool mrse_branch_admits(const mrse_label_branch *branch, const mrse_value *b0_nominal)
{
    for (size_t i = 0; i < branch->n_b0; i++) {
        if (fabs(branch->b0[i].v - b0_nominal->v) <= 1e-9)
            return true;
    }
    if (branch->n_b0 > 0 || !isfinite(b0_nominal->v))
        return false;
    const double most_T = branch->b0_most.value.v, same_T = 1e-9;
    if (!isfinite(most_T))
        return true;
    return branch->b0_most.op == MRSE_OP_LT ? b0_nominal->v < most_T - same_T
                                            : b0_nominal->v <= most_T + same_T;
}

static mrse_status check_branch_name(const mrse_assessment *a, const mrse_implant_result *r,
                                     mrse_diags *diags)
{
    if (r->implant->branch == NULL)
        return MRSE_OK;
    for (size_t i = 0; i < r->label->n_branches; i++) {
        if (mrse_text_equal(r->implant->branch, r->label->branch[i].name))
            return MRSE_OK;
    }
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                 "the label has no branch called '%s'", r->implant->branch);
    mrse_diag_place(d, a->kase->path, r->implant->line, 0, "implants.branch",
                    r->label->n_branches > 0 ? r->label->branch[0].name : "");
    return MRSE_ERR_INPUT;
}

/* A slip in an id would leave a part out. */
static mrse_status check_components(const mrse_assessment *a, const mrse_implant_result *r,
                                    mrse_diags *diags)
{
    for (size_t i = 0; i < r->implant->n_components; i++) {
        if (mrse_label_component_find(r->label, r->implant->component[i]) != NULL)
            continue;
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                     "the label has no component '%s'", r->implant->component[i]);
        mrse_diag_place(d, a->kase->path, r->implant->line, 0, "implants.components",
                        "write the ids under 'components' of the label file");
        return MRSE_ERR_INPUT;
    }
    return MRSE_OK;
}

/* Two answers to one question: the file must say which holds. */
static mrse_status check_confirmed(const mrse_assessment *a, const mrse_implant_result *r,
                                   mrse_diags *diags)
{
    const mrse_case_implant *implant = r->implant;
    for (size_t i = 0; i < implant->n_confirmed; i++) {
        const mrse_case_confirmed *c = &implant->confirmed[i];
        if (mrse_text_equal(mrse_exam_confirmed(implant, c->what)->is, c->is))
            continue;
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                     "'%s' is confirmed twice, and not alike", c->what);
        mrse_diag_place(d, a->kase->path, implant->line, 0, "implants.confirmed",
                        "keep the entry that holds");
        return MRSE_ERR_INPUT;
    }
    return MRSE_OK;
}

void mrse_case_position(const mrse_case *c, const mrse_case_implant *implant, mrse_position *p)
{
    p->x_m = implant->x.v;
    p->y_m = implant->y.v;
    p->z_m = implant->z.v;
    p->u_x_m = implant->x.u;
    p->u_y_m = implant->y.u;
    p->u_z_m = implant->z.u;
    p->couch_height_m = c->couch_height.v;
    p->u_couch_m = c->couch_height.u;
    p->entry = c->entry;
    p->posture = c->posture;
}

/* The weakest origin among what the ride was computed from. */
static void lower_origin(const mrse_assessment *a, const mrse_case_implant *i, mrse_value *v)
{
    const mrse_value *rests_on[] = {&i->x,
                                    &i->y,
                                    &i->z,
                                    &a->kase->couch_height,
                                    &a->study->basis,
                                    &a->scanner->bore_diameter,
                                    &a->scanner->cover_length};
    for (size_t k = 0; k < sizeof rests_on / sizeof rests_on[0]; k++)
        v->origin = mrse_origin_weaker(v->origin, rests_on[k]->origin);
}

static mrse_status run_ride(mrse_assessment *a, mrse_implant_result *r, mrse_diags *diags)
{
    if (!r->implant->has_position || !mrse_study_has_model(a->study))
        return MRSE_OK;
    mrse_position position;
    mrse_case_position(a->kase, r->implant, &position);
    double limit_T_m = r->grad_limit != NULL ? most_permitted(r->grad_limit) : (double)NAN;
    mrse_status status = mrse_study_ride(a->study, &position, limit_T_m, &r->ride);
    if (status == MRSE_ERR_ARG || status == MRSE_ERR_RANGE) {
        mrse_diag *d =
            mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                          "the position does not give a ride through the bore of this scanner");
        mrse_diag_place(d, a->kase->path, r->implant->line, 0, "implants.position",
                        "give x, y, z from the landmark with their uncertainty, and the couch "
                        "height, so that the implant stays inside the bore");
        return MRSE_ERR_INPUT;
    }
    if (status != MRSE_OK)
        return status;
    lower_origin(a, r->implant, &r->ride.at.b);
    lower_origin(a, r->implant, &r->ride.at.grad);
    lower_origin(a, r->implant, &r->ride.at.product);
    r->has_ride = true;
    return MRSE_OK;
}

/* Where an implant meets dB/dt: of the only one that has a position. */
static mrse_status planned_place(const mrse_assessment *a, mrse_sequence_options *o)
{
    const mrse_case_implant *at = NULL;
    mrse_position p;
    for (size_t i = 0; i < a->kase->n_implants; i++) {
        if (!a->kase->implant[i].has_position)
            continue;
        if (at != NULL)
            return MRSE_OK; /* two places: the largest that a patient meets stands for both */
        at = &a->kase->implant[i];
    }
    if (at == NULL)
        return MRSE_OK;
    mrse_case_position(a->kase, at, &p);
    o->has_place = true;
    return mrse_position_place(&p, o->place_m, o->u_place_m);
}

/* Sequences that are to be run: all but the one before a modification. */
static mrse_status run_planned(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    const mrse_case *c = a->kase;
    mrse_sequence_options options = {.scanner = a->scanner};
    a->planned = mrse_alloc(c->n_sequences + 1, sizeof *a->planned);
    if (a->planned == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = c->n_implants > 0 ? planned_place(a, &options) : MRSE_OK;
    bool asked = c->n_implants + c->n_objects > 0;
    for (size_t i = 0; i < c->n_sequences && asked && status == MRSE_OK; i++) {
        if (c->sequence[i].role == MRSE_SEQUENCE_BEFORE)
            continue;
        mrse_planned *p = &a->planned[a->n_planned++];
        p->sequence = &c->sequence[i];
        status = mrse_case_resolve(c->path, refs, c->sequence[i].file, &p->path);
        if (status == MRSE_OK)
            status = mrse_sequence_study_run(p->path, NULL, &options, &p->study, diags);
        if (status == MRSE_OK)
            p->name = c->sequence[i].name != NULL ? c->sequence[i].name : p->study->before.name;
    }
    return status;
}

static mrse_status run_implant(mrse_assessment *a, const mrse_refs *refs, size_t i,
                               mrse_diags *diags)
{
    mrse_implant_result *r = &a->implant[a->n_implants++];
    r->implant = &a->kase->implant[i];
    mrse_status status = mrse_case_resolve(a->kase->path, refs, r->implant->label, &r->label_path);
    if (status == MRSE_OK)
        status = mrse_label_load(r->label_path, &r->label, diags);
    if (status == MRSE_OK)
        status = check_branch_name(a, r, diags);
    if (status == MRSE_OK)
        status = check_components(a, r, diags);
    if (status == MRSE_OK)
        status = check_confirmed(a, r, diags);
    if (status != MRSE_OK)
        return status;
    mrse_label_choose(a, r);
    if (r->branch != NULL)
        r->grad_limit = strictest_gradient(r->branch);
    status = run_ride(a, r, diags);
    if (status == MRSE_OK)
        status = mrse_findings_add(a, r);
    if (status == MRSE_OK)
        status = mrse_working_add(a, r);
    return status;
}

static mrse_status run_site(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    if (a->kase->site == NULL)
        return MRSE_OK;
    mrse_status status = mrse_case_resolve(a->kase->path, refs, a->kase->site, &a->site_path);
    if (status == MRSE_OK)
        status = mrse_site_load(a->site_path, &a->site, diags);
    if (status == MRSE_OK && a->site->image.file != NULL)
        status = mrse_case_resolve(a->site_path, refs, a->site->image.file, &a->image_path);
    if (status == MRSE_OK && a->image_path != NULL)
        status = mrse_picture_load(a->image_path, &a->picture, diags);
    if (status == MRSE_OK)
        status = mrse_site_study_run(a->study, a->site, &a->room);
    if (status == MRSE_OK)
        status = mrse_findings_add_site(a);
    if (status == MRSE_OK)
        status = mrse_working_add_site(a);
    return status;
}

static mrse_status run_survey(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    if (a->kase->survey == NULL)
        return MRSE_OK;
    mrse_status status = mrse_case_resolve(a->kase->path, refs, a->kase->survey, &a->survey_path);
    if (status == MRSE_OK)
        status = mrse_survey_load(a->survey_path, &a->survey, diags);
    if (status == MRSE_OK)
        status = mrse_survey_study_run(a->study, a->survey, &a->measured, diags);
    if (status == MRSE_OK)
        status = mrse_findings_add_survey(a);
    return status;
}

static mrse_status run_sequences(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    char *before = NULL, *after = NULL;
    if (!mrse_case_modifies(a->kase, &a->before, &a->after))
        return MRSE_OK;
    mrse_status status = mrse_case_resolve(a->kase->path, refs, a->before->file, &before);
    if (status == MRSE_OK)
        status = mrse_case_resolve(a->kase->path, refs, a->after->file, &after);
    if (status == MRSE_OK)
        status = mrse_case_sequences(a, before, after, diags);
    if (status == MRSE_OK)
        status = mrse_findings_add_sequences(a);
    mrse_free(before);
    mrse_free(after);
    return status;
}

/* Does anything in the case depend on the static field? */
static bool asks_field(const mrse_case *c)
{
    return c->n_implants > 0 || c->site != NULL || c->survey != NULL || c->n_objects > 0 ||
           c->n_sequences == 0;
}

/* Labels are judged on what is known of a scanner. Rooms, surveys and objects need its field. */
static bool asks_labels_only(const mrse_case *c)
{
    return c->n_implants > 0 && c->site == NULL && c->survey == NULL && c->n_objects == 0;
}

/* Every label by itself, then what all of them together leave. */
static mrse_status run_labels(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < a->kase->n_implants && status == MRSE_OK; i++)
        status = run_implant(a, refs, i, diags);
    if (status != MRSE_OK)
        return status;
    a->modes = mrse_modes_of(a);
    status = mrse_findings_add_patient(a);
    if (status == MRSE_OK)
        status = mrse_timetable_find(a);
    mrse_advise_rest(a);
    if (status == MRSE_OK)
        status = mrse_bindings_find(a);
    return status == MRSE_OK ? mrse_findings_add_agreement(a) : status;
}

static mrse_status load(mrse_assessment *a, const char *path, mrse_diags *diags)
{
    mrse_status status = mrse_case_load(path, &a->kase, diags);
    if (status != MRSE_OK)
        return status;
    a->implant = mrse_alloc(a->kase->n_implants + 1, sizeof *a->implant);
    return a->implant != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
}

static mrse_status run_field(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    const mrse_study_options options = {.model_optional = asks_labels_only(a->kase)};
    if (!asks_field(a->kase))
        return MRSE_OK;
    mrse_status status = mrse_study_run(a->scanner, &options, &a->study, diags);
    if (status == MRSE_OK)
        status = mrse_working_add_scanner(a);
    if (status == MRSE_OK)
        status = run_planned(a, refs, diags);
    if (status == MRSE_OK)
        status = run_labels(a, refs, diags);
    if (status == MRSE_OK)
        status = run_site(a, refs, diags);
    if (status == MRSE_OK)
        status = run_survey(a, refs, diags);
    if (status == MRSE_OK)
        status = mrse_case_objects(a, refs, diags);
    return status;
}

static mrse_status run(mrse_assessment *a, const char *path, const mrse_refs *refs,
                       mrse_diags *diags)
{
    mrse_status status = load(a, path, diags);
    if (status == MRSE_OK)
        status = mrse_case_resolve(path, refs, a->kase->scanner, &a->scanner_path);
    if (status == MRSE_OK)
        status = mrse_scanner_load(a->scanner_path, &a->scanner, diags);
    if (status == MRSE_OK)
        status = run_field(a, refs, diags);
    if (status == MRSE_OK)
        status = run_sequences(a, refs, diags);
    if (status == MRSE_OK)
        status = mrse_case_elsewhere(a, refs, diags);
    if (status == MRSE_OK)
        mrse_assessment_conclude(a);
    return status;
}

mrse_status mrse_assess_case(const char *path, const mrse_refs *refs, mrse_assessment **out,
                             mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (path == NULL)
        return MRSE_ERR_ARG;
    mrse_assessment *a = mrse_alloc(1, sizeof *a);
    if (a == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = run(a, path, refs, diags);
    if (status != MRSE_OK) {
        mrse_assessment_free(a);
        return status;
    }
    *out = a;
    return MRSE_OK;
}

/* Implants and patient on another scanner: what belongs to the case's own stays out. */
static mrse_status run_on(mrse_assessment *a, const char *path, const char *scanner,
                          const mrse_refs *refs, mrse_diags *diags)
{
    static const mrse_study_options options = {.model_optional = true};
    mrse_status status = load(a, path, diags);
    if (status == MRSE_OK && a->kase->n_implants == 0) {
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                     "the case has no implants to hold against another scanner");
        mrse_diag_place(d, path, 0, 0, "implants", "");
        status = MRSE_ERR_INPUT;
    }
    if (status == MRSE_OK)
        status = mrse_case_is_foreign(a->kase, scanner, refs, &a->foreign);
    if (status == MRSE_OK && (a->scanner_path = mrse_strdup(scanner)) == NULL)
        status = MRSE_ERR_NOMEM;
    if (status == MRSE_OK)
        status = mrse_scanner_load(scanner, &a->scanner, diags);
    if (status == MRSE_OK)
        status = mrse_study_run(a->scanner, &options, &a->study, diags);
    if (status == MRSE_OK)
        status = mrse_working_add_scanner(a);
    if (status == MRSE_OK)
        status = run_planned(a, refs, diags);
    if (status == MRSE_OK)
        status = run_labels(a, refs, diags);
    if (status == MRSE_OK)
        mrse_assessment_conclude(a);
    return status;
}

mrse_status mrse_assess_case_on(const char *path, const char *scanner, const mrse_refs *refs,
                                mrse_assessment **out, mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (path == NULL || scanner == NULL)
        return MRSE_ERR_ARG;
    mrse_assessment *a = mrse_alloc(1, sizeof *a);
    if (a == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = run_on(a, path, scanner, refs, diags);
    if (status != MRSE_OK) {
        mrse_assessment_free(a);
        return status;
    }
    *out = a;
    return MRSE_OK;
}

void mrse_assessment_free(mrse_assessment *assessment)
{
    if (assessment == NULL)
        return;
    for (size_t i = 0; i < assessment->n_implants; i++) {
        mrse_label_free(assessment->implant[i].label);
        mrse_free(assessment->implant[i].label_path);
        mrse_ride_clear(&assessment->implant[i].ride);
    }
    for (size_t i = 0; i < assessment->n_planned; i++) {
        mrse_free(assessment->planned[i].path);
        mrse_sequence_study_free(assessment->planned[i].study);
    }
    mrse_free(assessment->planned);
    mrse_free(assessment->implant);
    mrse_case_objects_clear(assessment);
    mrse_assessment_free(assessment->elsewhere);
    mrse_free(assessment->finding);
    mrse_free(assessment->binding);
    mrse_free(assessment->timetable.slot);
    mrse_free(assessment->step);
    mrse_survey_study_free(assessment->measured);
    mrse_survey_free(assessment->survey);
    mrse_free(assessment->survey_path);
    mrse_site_study_free(assessment->room);
    mrse_picture_free(assessment->picture);
    mrse_site_free(assessment->site);
    mrse_free(assessment->site_path);
    mrse_free(assessment->image_path);
    mrse_sequence_study_free(assessment->sequences);
    mrse_study_free(assessment->study);
    mrse_scanner_free(assessment->scanner);
    mrse_free(assessment->scanner_path);
    mrse_case_free(assessment->kase);
    mrse_free(assessment);
}

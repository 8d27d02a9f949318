/* Objects of a case: each on its ride, and on the rides that it could have instead.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"

static const double NEARER_M = 0.02; /* what a pillow or a shifted couch may bring */
static const double OTHER_LANDMARK_M = 0.2;
enum { LEVER_SAMPLES = 10000 };

static double given(const mrse_value *value, double otherwise)
{
    return isfinite(value->v) ? value->v : otherwise;
}

/* The sequences of the examination, for as long as they run; after them the one that was modified. */
static mrse_status list_plays(const mrse_assessment *a, mrse_object_result *r)
{
    r->play = mrse_alloc(a->n_planned + 1, sizeof *r->play);
    if (r->play == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < a->n_planned; i++)
        r->play[i] = (mrse_object_play){&a->planned[i].study->before, a->planned[i].name,
                                        a->planned[i].sequence->duration.v};
    r->n_plays = a->n_planned;
    if (a->sequences != NULL)
        r->play[r->n_plays] = (mrse_object_play){&a->sequences->before, a->sequences->before.name,
                                                 a->before->duration.v};
    return MRSE_OK;
}

static mrse_object_setting setting_of(const mrse_object_result *r)
{
    const mrse_case_object *o = r->object;
    mrse_object_setting s = mrse_object_setting_default();
    s.play = r->play;
    s.n_plays = r->n_plays;
    s.couch_m_s = given(&o->couch_speed, s.couch_m_s);
    s.walking_m_s = given(&o->walking_speed, s.walking_m_s);
    s.dbdt_rms_T_s = o->dbdt_rms.v;
    s.u_dbdt_T_s = o->dbdt_rms.u;
    s.dbdt_frequency_Hz = o->dbdt_frequency.v;
    s.duration_s = o->duration.v;
    s.bandwidth_Hz = o->bandwidth.v;
    s.echo_time_s = o->echo_time.v;
    s.voxel_m = o->voxel.v;
    return s;
}

/* Along the bore nothing changes; the two others are put into the patient's frame as a patient who lies
 * on the back has them, which is where r comes from for every posture. */
static void pull_in(mrse_position *p, const double place_m[3], const double u_m[3])
{
    double r_m = hypot(place_m[0], place_m[1]);
    double share = r_m > NEARER_M ? (r_m - NEARER_M) / r_m : 0.0;
    p->posture = MRSE_POSTURE_SUPINE;
    p->x_m = place_m[0] * share;
    p->y_m = place_m[1] * share;
    p->couch_height_m = 0.0;
    p->u_x_m = u_m[0];
    p->u_y_m = u_m[1];
    p->u_couch_m = 0.0;
}

/* Towards the axis, but not past it. */
static mrse_position nearer(const mrse_position *from)
{
    mrse_position p = *from;
    double place_m[3], u_m[3];
    if (mrse_position_place(from, place_m, u_m) == MRSE_OK)
        pull_in(&p, place_m, u_m);
    return p;
}

/* A ride that does not exist is shown as that, and does not stop the assessment. */
static mrse_status add_lever(mrse_object_result *r, const char *what, const mrse_study *study,
                             const mrse_position *position, mrse_object_setting setting)
{
    if (r->n_levers == MRSE_OBJECT_LEVERS)
        return MRSE_ERR_LIMIT;
    mrse_object_lever *lever = &r->lever[r->n_levers++];
    setting.samples = LEVER_SAMPLES;
    mrse_text_copy(lever->what, sizeof lever->what, what);
    mrse_status status = mrse_object_study_run(study, r->file, position, &setting, &lever->study);
    return status == MRSE_ERR_RANGE || status == MRSE_ERR_ARG ? MRSE_OK : status;
}

/* Another place for the same object: how the patient lies, and what is put at the isocentre. */
static mrse_status add_rides(const mrse_assessment *a, mrse_object_result *r,
                             const mrse_position *position)
{
    const mrse_object_setting as = setting_of(r);
    mrse_position turned = *position, closer = nearer(position), up = *position, down = *position;
    bool head = position->entry == MRSE_ENTRY_HEAD_FIRST;
    turned.entry = head ? MRSE_ENTRY_FEET_FIRST : MRSE_ENTRY_HEAD_FIRST;
    up.z_m -= OTHER_LANDMARK_M; /* the landmark goes up, the object down from it */
    down.z_m += OTHER_LANDMARK_M;
    /* drawn alike, so that what differs is no chance */
    mrse_status status = add_lever(r, "as planned", a->study, position, as);
    if (status == MRSE_OK)
        status = add_lever(r,
                           head ? "the same landmark, feet first instead of head first"
                                : "the same landmark, head first instead of feet first",
                           a->study, &turned, as);
    if (status == MRSE_OK)
        status = add_lever(r, "a landmark 20 cm nearer to the head", a->study, &up, as);
    if (status == MRSE_OK)
        status = add_lever(r, "a landmark 20 cm nearer to the feet", a->study, &down, as);
    if (status == MRSE_OK)
        status = add_lever(r, "2 cm nearer to the axis of the bore", a->study, &closer, as);
    if (status == MRSE_OK && a->compare_study != NULL)
        status = add_lever(r, a->compare->name, a->compare_study, position, as);
    return status;
}

static mrse_status add_levers(const mrse_assessment *a, mrse_object_result *r,
                              const mrse_position *position)
{
    mrse_object_setting slower = setting_of(r), old = setting_of(r);
    mrse_status status = add_rides(a, r, position);
    slower.couch_m_s *= 0.5;
    slower.walking_m_s *= 0.5;
    if (status == MRSE_OK)
        status = add_lever(r, "couch and walking at half the speed", a->study, position, slower);
    old.play = r->play + r->n_plays;
    old.n_plays = 1;
    if (status == MRSE_OK && a->sequences != NULL)
        status =
            add_lever(r, "the sequence as it was before the modification", a->study, position, old);
    return status;
}

static mrse_status no_ride(const mrse_assessment *a, const mrse_case_object *o, mrse_diags *diags)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                 "the position does not give a ride through the bore of this "
                                 "scanner, or is known too badly to tell");
    mrse_diag_place(d, a->kase->path, o->place.line, 0, "objects.position",
                    "x, y, z from the landmark with their uncertainty, and the couch height");
    return MRSE_ERR_INPUT;
}

static mrse_status add_working(mrse_assessment *a, const mrse_object_study *s)
{
    for (size_t i = 0; i < s->n_steps; i++) {
        mrse_step *step = mrse_step_new(a);
        if (step == NULL)
            return MRSE_ERR_NOMEM;
        *step = s->step[i];
    }
    return MRSE_OK;
}

static mrse_status run_object(mrse_assessment *a, const mrse_refs *refs, size_t i,
                              mrse_diags *diags)
{
    mrse_object_result *r = &a->object[a->n_objects++];
    mrse_position position;
    r->object = &a->kase->object[i];
    mrse_status status = mrse_case_resolve(a->kase->path, refs, r->object->place.label, &r->path);
    if (status == MRSE_OK)
        status = mrse_object_load(r->path, &r->file, diags);
    if (status == MRSE_OK)
        status = list_plays(a, r);
    if (status != MRSE_OK)
        return status;
    mrse_object_setting setting = setting_of(r);
    setting.bands = true;
    mrse_case_position(a->kase, &r->object->place, &position);
    status = mrse_object_study_run(a->study, r->file, &position, &setting, &r->study);
    if (status == MRSE_ERR_RANGE || status == MRSE_ERR_ARG)
        return no_ride(a, r->object, diags);
    if (status != MRSE_OK)
        return status;
    status = add_working(a, r->study);
    if (status != MRSE_OK)
        return status;
    a->provisional |= r->study->sampled.origin == MRSE_ORIGIN_UNVERIFIED;
    return add_levers(a, r, &position);
}

static mrse_status load_compare(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    if (a->kase->compare_scanner == NULL)
        return MRSE_OK;
    mrse_status status =
        mrse_case_resolve(a->kase->path, refs, a->kase->compare_scanner, &a->compare_path);
    if (status == MRSE_OK)
        status = mrse_scanner_load(a->compare_path, &a->compare, diags);
    if (status == MRSE_OK)
        status = mrse_study_run(a->compare, NULL, &a->compare_study, diags);
    return status;
}

mrse_status mrse_case_objects(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    if (a->kase->n_objects == 0)
        return MRSE_OK;
    a->object = mrse_alloc(a->kase->n_objects, sizeof *a->object);
    if (a->object == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status = load_compare(a, refs, diags);
    for (size_t i = 0; i < a->kase->n_objects && status == MRSE_OK; i++)
        status = run_object(a, refs, i, diags);
    return status;
}

void mrse_case_objects_clear(mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_objects; i++) {
        mrse_object_result *r = &a->object[i];
        for (size_t k = 0; k < r->n_levers; k++)
            mrse_object_study_free(r->lever[k].study);
        mrse_object_study_free(r->study);
        mrse_object_file_free(r->file);
        mrse_free(r->play);
        mrse_free(r->path);
    }
    mrse_free(a->object);
    mrse_study_free(a->compare_study);
    mrse_scanner_free(a->compare);
    mrse_free(a->compare_path);
}

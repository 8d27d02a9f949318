/* Which figures a study or a worksheet has, with their captions and file names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "record_internal.h"

/* A new figure at the end of the list, or NULL when memory has run out (which then sticks). */
static worksheet_figure *add(worksheet_figures *list, const mrse_figure *figure, const char *slug,
                             mrse_buf *title, const char *caption)
{
    worksheet_figure *grown = mrse_realloc(list->item, list->n + 1, sizeof *grown);
    if (list->status != MRSE_OK || title->status != MRSE_OK || grown == NULL) {
        list->status = MRSE_ERR_NOMEM;
        if (grown != NULL)
            list->item = grown;
        mrse_buf_free(title);
        return NULL;
    }
    list->item = grown;
    worksheet_figure *f = &grown[list->n++];
    memset(f, 0, sizeof *f);
    mrse_buf file = {0};
    mrse_buf_addf(&file, "figures/%zu-%s.png", list->n, slug);
    f->figure = *figure;
    f->title = mrse_strdup(mrse_buf_text(title));
    f->caption = mrse_strdup(caption);
    f->file = mrse_strdup(mrse_buf_text(&file));
    if (f->title == NULL || f->caption == NULL || f->file == NULL || file.status != MRSE_OK)
        list->status = MRSE_ERR_NOMEM;
    f->figure.title = f->title;
    mrse_buf_free(&file);
    mrse_buf_free(title);
    return f;
}

static mrse_figure base(const mrse_study *study, const char *record_id, mrse_figure_kind kind,
                        mrse_map_quantity quantity)
{
    mrse_figure f = {.kind = kind, .quantity = quantity, .study = study, .record_id = record_id};
    f.stamp = study->scanner->stamp;
    f.limit_T_m = NAN;
    return f;
}

static void put_ride(mrse_figure *f, const mrse_ride *ride, const char *name)
{
    if (ride == NULL)
        return;
    f->path = &ride->at.path;
    f->profile = &ride->profile;
    f->maxima = &ride->at.at;
    f->u_r_m = hypot(hypot(ride->position.u_x_m, ride->position.u_y_m), ride->position.u_couch_m);
    f->u_z_m = ride->position.u_z_m;
    f->implant = name;
    f->limit_T_m = ride->limit_T_m;
    f->exceeds = ride->exceeds;
    f->n_exceeds = ride->n_exceeds;
    f->guard_T_m = 2.0 * ride->at.grad.u;
}

static void add_bore(worksheet_figures *list, const mrse_study *study, const mrse_ride *ride,
                     const char *name, const char *printed, const char *record_id)
{
    mrse_figure f = base(study, record_id, MRSE_FIGURE_BORE_MAP, MRSE_MAP_GRADIENT);
    put_ride(&f, ride, name);
    f.limit_printed = printed;
    mrse_buf title = {0};
    mrse_buf_addf(&title, "Spatial field gradient, %s", study->scanner->name);
    add(list, &f, "bore", &title,
        "Spatial field gradient in a plane through the axis. Computed from the coil set, in air, "
        "without iron.");
}

static void add_profile(worksheet_figures *list, const mrse_study *study, const mrse_ride *ride,
                        const char *name, const char *printed, const char *record_id)
{
    mrse_figure f = base(study, record_id, MRSE_FIGURE_PROFILE, MRSE_MAP_GRADIENT);
    put_ride(&f, ride, name);
    f.limit_printed = printed;
    mrse_buf title = {0};
    mrse_buf_addf(&title, "The ride into the magnet%s%s", name != NULL ? ": " : "",
                  name != NULL ? name : "");
    add(list, &f, "ride", &title,
        "Spatial field gradient and flux density that the implant meets on its way in.");
}

static void add_room(worksheet_figures *list, const mrse_study *study, const char *record_id)
{
    mrse_figure room = base(study, record_id, MRSE_FIGURE_ROOM_MAP, MRSE_MAP_FIELD);
    mrse_buf title = {0};
    mrse_buf_addf(&title, "Fringe field, %s", study->scanner->name);
    add(list, &room, "room", &title,
        "Flux density in a plane through the axis, with isocontours. In air, without iron.");
}

static void add_plan(worksheet_figures *list, const mrse_study *study, const char *record_id)
{
    mrse_buf title = {0};
    mrse_figure plan = base(study, record_id, MRSE_FIGURE_PLAN, MRSE_MAP_FIELD);
    mrse_buf_addf(&title, "Floor plan, %s", study->scanner->name);
    add(list, &plan, "plan", &title,
        "Isocontours in the horizontal plane through isocentre. In air, without iron.");
}

static void add_site(worksheet_figures *list, const mrse_site_study *site,
                     const mrse_picture *picture, const char *record_id)
{
    mrse_figure plan = base(site->study, record_id, MRSE_FIGURE_SITE, MRSE_MAP_FIELD);
    mrse_buf title = {0};
    plan.site = site;
    plan.picture = picture;
    if (site->site->stamp != NULL)
        plan.stamp = site->site->stamp;
    mrse_buf_addf(&title, "%s: %s", site->site->name, site->study->scanner->name);
    add(list, &plan, "site", &title,
        "The room with isocontours of |B| at the height of the isocentre, and equipment numbered "
        "as "
        "in its table. In air, without iron.");
}

void mrse_survey_figure_add(worksheet_figures *figures, const mrse_survey_study *survey,
                            const char *record_id)
{
    mrse_figure plan = base(survey->study, record_id, MRSE_FIGURE_SURVEY, MRSE_MAP_FIELD);
    mrse_buf title = {0};
    plan.survey = survey;
    mrse_buf_addf(&title, "Measured points and field model, %s", survey->study->scanner->name);
    add(figures, &plan, "survey", &title,
        "Measured points by how they agree with the field model, and isocontours of |B| of the "
        "model where the points say that the magnet stands. The model knows no iron.");
}

void mrse_sequence_figure_add(worksheet_figures *figures, const mrse_sequence_study *sequences,
                              const char *record_id)
{
    mrse_figure f = {.kind = MRSE_FIGURE_SEQUENCES, .record_id = record_id, .limit_T_m = NAN};
    mrse_buf title = {0};
    f.sequences = sequences;
    mrse_buf_add(&title, "What the modification changes");
    add(figures, &f, "sequences", &title,
        "Value after the modification over value before it. Bars are U = 2u, or the range over "
        "published T1 and T2.");
}

static void add_object(worksheet_figures *list, const mrse_object_study *object, const char *name,
                       const char *record_id)
{
    mrse_figure f = base(object->study, record_id, MRSE_FIGURE_OBJECT, MRSE_MAP_GRADIENT);
    mrse_buf title = {0};
    f.object = object;
    f.implant = name;
    mrse_buf_addf(&title, "Force and torque on the way in: %s", name);
    add(list, &f, "object", &title,
        "Force over weight and torque over weight times longest dimension that the object meets on "
        "its "
        "way in, for each material that it may be of: median and 95 % of what is not known of "
        "size, "
        "orientation, place and field. 1 is a point of reference, no limit.");
}

void mrse_study_figure_list(const mrse_study *study, const mrse_ride *ride,
                            const mrse_site_study *site, const mrse_picture *picture,
                            const char *record_id, worksheet_figures *out)
{
    memset(out, 0, sizeof *out);
    add_bore(out, study, ride, NULL, NULL, record_id);
    if (ride != NULL)
        add_profile(out, study, ride, NULL, NULL, record_id);
    add_room(out, study, record_id);
    add_plan(out, study, record_id);
    if (site != NULL)
        add_site(out, site, picture, record_id);
}

static bool limits_gradient(const mrse_assessment *a)
{
    bool any = false;
    for (size_t i = 0; i < a->n_implants; i++)
        any = any || a->implant[i].grad_limit != NULL;
    return any;
}

void mrse_worksheet_figures(const mrse_assessment *a, const char *record_id, worksheet_figures *out)
{
    memset(out, 0, sizeof *out);
    bool any_ride = false;
    for (size_t i = 0; i < a->n_implants; i++) {
        const mrse_implant_result *r = &a->implant[i];
        const char *printed = r->grad_limit != NULL ? r->grad_limit->limit.value.printed : NULL;
        if (!r->has_ride)
            continue;
        any_ride = true;
        add_bore(out, a->study, &r->ride, r->implant->name, printed, record_id);
        add_profile(out, a->study, &r->ride, r->implant->name, printed, record_id);
    }
    for (size_t i = 0; i < a->n_objects; i++)
        add_object(out, a->object[i].study, a->object[i].object->place.name, record_id);
    /* Without a ride the map still shows where a stated limit is kept. */
    if (!any_ride && limits_gradient(a) && a->study->no_model[0] == '\0')
        add_bore(out, a->study, NULL, NULL, NULL, record_id);
    /* Where the fringe field lies is the question of a room or a survey, and each has a plan of its
     * own: of an implant or an object the empty floor plan says nothing. */
    bool scanner_only = a->n_implants == 0 && a->n_objects == 0 && a->measured == NULL;
    if (a->room != NULL)
        add_site(out, a->room, a->picture, record_id);
    else if (a->study != NULL && scanner_only)
        add_plan(out, a->study, record_id);
    if (a->measured != NULL)
        mrse_survey_figure_add(out, a->measured, record_id);
    if (a->sequences != NULL)
        mrse_sequence_figure_add(out, a->sequences, record_id);
    for (size_t i = 0; i < out->n && a->kase->stamp != NULL; i++)
        out->item[i].figure.stamp = a->kase->stamp;
}

void mrse_worksheet_figures_free(worksheet_figures *figures)
{
    for (size_t i = 0; i < figures->n; i++) {
        mrse_free(figures->item[i].title);
        mrse_free(figures->item[i].caption);
        mrse_free(figures->item[i].file);
    }
    mrse_free(figures->item);
    memset(figures, 0, sizeof *figures);
}

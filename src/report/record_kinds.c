/* Records of a survey and of an object: the scanner and its field, and one section more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "object_internal.h"
#include "record_internal.h"

enum { PLAYS_SHOWN = 64 };

mrse_status mrse_record_of_survey(const mrse_survey_study *survey, const mrse_making *making,
                                  mrse_record **out, mrse_diags *diags)
{
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (survey == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_begin("survey", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK)
        status =
            mrse_record_add_input(record, "scanner", NULL, survey->study->scanner->path, diags);
    if (status == MRSE_OK)
        status = mrse_record_add_input(record, "survey", NULL, survey->survey->path, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    mrse_record_put_making(o, making, NULL);
    mrse_record_put_used(o, record);
    mrse_record_put_study(o, survey->study);
    mrse_record_put_survey(o, survey);
    json_put sources = mrse_json_object(o, "sources");
    mrse_record_put_sources(sources, "scanner", &survey->study->scanner->sources, &on);
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

mrse_status mrse_record_of_object(const mrse_object_study *object, const mrse_object_lever *lever,
                                  size_t n_levers, const mrse_making *making, mrse_record **out,
                                  mrse_diags *diags)
{
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (object == NULL || (lever == NULL && n_levers > 0) || object->n_played > PLAYS_SHOWN)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_begin("object", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK)
        status =
            mrse_record_add_input(record, "scanner", NULL, object->study->scanner->path, diags);
    if (status == MRSE_OK)
        status = mrse_record_add_input(record, "object", NULL, object->object->path, diags);
    for (size_t i = 0; i < object->n_played && status == MRSE_OK; i++)
        status = mrse_record_add_sequence(record, NULL, object->setting.play[i].input, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    const mrse_sequence_input *in[PLAYS_SHOWN] = {NULL};
    for (size_t i = 0; i < object->n_played && i < PLAYS_SHOWN; i++)
        in[i] = object->setting.play[i].input;
    mrse_record_put_making_of(o, making, in, object->n_played);
    mrse_record_put_used(o, record);
    mrse_record_put_study(o, object->study);
    mrse_record_put_object(mrse_json_item(mrse_json_array(o, "objects")), NULL, object, lever,
                           n_levers);
    mrse_record_put_working(o, object->step, object->n_steps);
    json_put sources = mrse_json_object(o, "sources");
    mrse_record_put_sources(sources, "scanner", &object->study->scanner->sources, &on);
    mrse_record_put_sources(sources, "object", &object->object->sources, &on);
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

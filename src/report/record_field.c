/* Record sections of the static field. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/method.h"
#include "record_internal.h"

static void put_contour(json_put list, const mrse_contour_row *row)
{
    const mrse_extents *e = &row->contour->extents;
    json_put c = mrse_json_item(list);
    mrse_json_num(c, "level_T", row->contour->level_T);
    if (row->name[0] != '\0')
        mrse_json_text(c, "name", row->name);
    mrse_json_pair(c, "z_axis_m", e->z_axis_m, row->u_z_axis_m);
    mrse_json_pair(c, "r_mid_m", e->r_mid_m, row->u_r_mid_m);
    mrse_json_pair(c, "z_max_m", e->z_max_m, row->u_z_max_m);
    mrse_json_num(c, "r_at_z_max_m", e->r_at_z_max_m);
    mrse_json_pair(c, "r_max_m", e->r_max_m, row->u_r_max_m);
    mrse_json_num(c, "z_at_r_max_m", e->z_at_r_max_m);
    mrse_json_int(c, "lines", (long long)row->contour->n_lines);
    mrse_json_text(c, "method", "contour-continuation");
}

static void put_stated(json_put o, const char *key, const mrse_value *value)
{
    if (isfinite(value->v))
        mrse_json_value(o, key, value);
}

static void put_cylinder(json_put list, const mrse_cylinder_row *row)
{
    json_put c = mrse_json_item(list);
    mrse_json_num(c, "radius_m", row->at.radius_m);
    mrse_json_pair(c, "grad_T_m", row->at.grad_T_m, row->u_grad_T_m);
    mrse_json_num(c, "grad_z_m", row->at.grad_z_m);
    mrse_json_pair(c, "b_T", row->at.b_T, row->u_b_T);
    mrse_json_num(c, "b_z_m", row->at.b_z_m);
    mrse_json_pair(c, "product_T2_m", row->at.product_T2_m, row->u_product_T2_m);
    mrse_json_num(c, "product_z_m", row->at.product_z_m);
    put_stated(c, "stated_grad", &row->stated_grad);
    put_stated(c, "stated_b", &row->stated_b);
    put_stated(c, "stated_product", &row->stated_product);
    mrse_json_text(c, "method", "cylinder-maximum");
}

static void put_peak(json_put o, const char *key, const mrse_value *value, const mrse_peak *peak)
{
    json_put p = mrse_json_object(o, key);
    mrse_json_value(p, "value", value);
    mrse_json_num(p, "r_m", isfinite(value->v) ? peak->r_m : (double)NAN);
    mrse_json_num(p, "z_m", isfinite(value->v) ? peak->z_m : (double)NAN);
}

void mrse_record_put_scanner(json_put o, const mrse_scanner *s)
{
    json_put c = mrse_json_object(o, "scanner");
    mrse_json_text(c, "id", s->id);
    mrse_json_text(c, "name", s->name);
    mrse_json_text(c, "manufacturer", s->manufacturer);
    mrse_json_text(c, "model", s->model);
    mrse_json_text(c, "software", s->software);
    mrse_json_text(c, "stamp", s->stamp);
    mrse_json_date(c, "checked", &s->checked);
    mrse_json_value(c, "b0_nominal", &s->b0_nominal);
    mrse_json_text(c, "bore_shape", mrse_bore_text(s->bore_shape));
    mrse_json_value(c, "bore_diameter", &s->bore_diameter);
    mrse_json_value(c, "cover_length", &s->cover_length);
    mrse_json_value(c, "coils", &s->coils);
    mrse_json_value(c, "u_field", &s->u_field);
    mrse_json_value(c, "u_grad", &s->u_grad);
}

void mrse_record_put_study(json_put o, const mrse_study *study)
{
    mrse_record_put_scanner(o, study->scanner);
    if (study->no_model[0] != '\0') {
        mrse_json_text(o, "no_field_model", study->no_model);
    } else {
        json_put centre = mrse_json_object(o, "isocentre");
        mrse_json_pair(centre, "b_T", study->b0_T, study->u_b0_T);
    }
    json_put contours = mrse_json_array(o, "contours");
    for (size_t i = 0; i < study->n_contours; i++)
        put_contour(contours, &study->contour[i]);
    json_put cylinders = mrse_json_array(o, "cylinders");
    for (size_t i = 0; i < study->n_cylinders; i++)
        put_cylinder(cylinders, &study->cylinder[i]);
    json_put reach = mrse_json_object(o, "reach");
    mrse_json_num(reach, "bore_radius_m", study->reach.bore_radius_m);
    mrse_json_num(reach, "cover_half_length_m", study->reach.cover_half_length_m);
    put_peak(reach, "b", &study->reach_b, &study->reach_at.b);
    put_peak(reach, "grad", &study->reach_grad, &study->reach_at.grad);
    put_peak(reach, "product", &study->reach_product, &study->reach_at.product);
    mrse_record_put_model(o, study);
}

void mrse_record_put_points(json_put o, const mrse_point_row *point, size_t n)
{
    json_put list = mrse_json_array(o, "points");
    for (size_t i = 0; i < n; i++) {
        json_put p = mrse_json_item(list);
        mrse_json_num(p, "r_m", point[i].r_m);
        mrse_json_num(p, "z_m", point[i].z_m);
        mrse_json_pair(p, "b_T", point[i].at.b_T, point[i].u_b_T);
        mrse_json_pair(p, "grad_T_m", point[i].at.grad_T_m, point[i].u_grad_T_m);
        mrse_json_num(p, "grad_r_T_m", point[i].at.grad_r_T_m);
        mrse_json_num(p, "grad_z_T_m", point[i].at.grad_z_T_m);
        mrse_json_pair(p, "product_T2_m", point[i].at.product_T2_m, point[i].u_product_T2_m);
        mrse_json_bool(p, "at_null", point[i].at.at_null != 0);
    }
}

static void put_ride_members(json_put r, const mrse_ride *ride)
{
    const mrse_exposure *at = &ride->at;
    mrse_json_num(r, "r_m", at->path.r_m);
    mrse_json_num(r, "z_start_m", at->path.z_start_m);
    mrse_json_num(r, "z_end_m", at->path.z_end_m);
    put_peak(r, "b", &at->b, &at->at.b);
    put_peak(r, "grad", &at->grad, &at->at.grad);
    put_peak(r, "product", &at->product, &at->at.product);
    mrse_json_num(r, "u_position_grad_T_m", at->u_position_grad_T_m);
    mrse_json_num(r, "u_model_grad_T_m", at->u_model_grad_T_m);
    json_put end = mrse_json_object(r, "at_end");
    mrse_json_num(end, "b_T", at->at.at_end.b_T);
    mrse_json_num(end, "grad_T_m", at->at.at_end.grad_T_m);
    mrse_json_num(end, "product_T2_m", at->at.at_end.product_T2_m);
    mrse_json_num(r, "limit_T_m", ride->limit_T_m);
    json_put list = mrse_json_array(r, "exceeds");
    for (size_t i = 0; i < ride->n_exceeds; i++) {
        json_put e = mrse_json_item(list);
        mrse_json_num(e, "z_from_m", ride->exceeds[i].z_from_m);
        mrse_json_num(e, "z_to_m", ride->exceeds[i].z_to_m);
    }
    mrse_json_num(r, "radius_met_m", ride->radius_met_m);
    mrse_json_text(r, "method", "path-maximum");
}

void mrse_record_put_ride(json_put o, const char *object, const mrse_ride *ride)
{
    json_put list = {json_object_get(o.to, "rides"), o.status};
    if (list.to == NULL)
        list = mrse_json_array(o, "rides");
    json_put r = mrse_json_item(list);
    mrse_json_text(r, "object", object);
    put_ride_members(r, ride);
}

void mrse_record_put_sources(json_put o, const char *key, const mrse_sources *sources,
                             const mrse_date *on)
{
    json_put list = mrse_json_array(o, key);
    for (size_t i = 0; i < sources->n; i++) {
        const mrse_document_source *s = &sources->item[i];
        json_put item = mrse_json_item(list);
        mrse_json_text(item, "id", s->id);
        mrse_json_text(item, "origin", mrse_origin_text(s->origin));
        mrse_json_text(item, "title", s->title);
        mrse_json_text(item, "revision", s->revision);
        mrse_json_text(item, "page", s->page);
        mrse_json_text(item, "address", s->address);
        mrse_json_text(item, "note", s->note);
        mrse_json_text(item, "because", s->because);
        mrse_json_date(item, "date", &s->date);
        mrse_json_date(item, "read", &s->read);
        if (s->read.year != 0)
            mrse_json_int(item, "months_since_read", mrse_date_months(&s->read, on));
    }
}

/* Of all methods, those that this record's numbers name. */
static bool of_id(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* As a word of its own: "sed" is not in "based". */
static bool holds_id(const char *text, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = strstr(text, id); at != NULL; at = strstr(at + 1, id))
        if ((at == text || !of_id(at[-1])) && !of_id(at[n]))
            return true;
    return false;
}

/* Every text of a record, a line each. */
static void gather(const json_t *json, mrse_buf *out)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_string(json)) {
        mrse_buf_add(out, json_string_value(json));
        mrse_buf_add(out, "\n");
    }
    json_object_foreach ((json_t *)(uintptr_t)json, key, member)
        gather(member, out);
    json_array_foreach (json, i, member)
        gather(member, out);
}

void mrse_record_put_methods(json_put o)
{
    json_t *used = json_array();
    json_put list = {used, o.status};
    const mrse_method *method;
    mrse_buf said = {0};
    gather(o.to, &said);
    for (size_t i = 0; (method = mrse_method_at(i)) != NULL; i++) {
        if (!holds_id(mrse_buf_text(&said), method->id))
            continue;
        json_put item = mrse_json_item(list);
        mrse_json_text(item, "id", method->id);
        mrse_json_text(item, "text", method->text);
        mrse_json_text(item, "valid", method->valid);
        mrse_json_text(item, "accuracy", method->accuracy);
        mrse_json_text(item, "source", method->source);
    }
    if (said.status != MRSE_OK)
        *o.status = said.status;
    mrse_buf_free(&said);
    if (used == NULL || json_object_set_new(o.to, "methods", used))
        *o.status = MRSE_ERR_NOMEM;
}

/* Record sections of a case's objects: levers, and the author's judgement of each hazard.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "object_internal.h"

static void put_summary(json_put o, const char *key, const mrse_hazard_summary *h)
{
    json_put s = mrse_json_object(o, key);
    mrse_json_num(s, "median", h->median);
    mrse_json_num(s, "low", h->low);
    mrse_json_num(s, "high", h->high);
    mrse_json_num(s, "largest", h->largest);
}

static void put_ride(json_put list, const char *what, const mrse_object_study *s)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "what", what);
    mrse_json_bool(o, "exists", s != NULL);
    if (s == NULL)
        return;
    mrse_json_num(o, "b0_T", s->study->b0_T);
    mrse_json_num(o, "r_m", s->place.r_m);
    mrse_json_num(o, "z_end_m", s->place.z_end_m);
    mrse_json_value(o, "gradient", &s->ride.at.grad);
    mrse_json_value(o, "product", &s->ride.at.product);
    mrse_json_int(o, "samples", (long long)s->sampled.n);
    put_summary(o, "force_ratio", &s->sampled.hazard[MRSE_HAZARD_FORCE_RATIO]);
    if (!mrse_object_turns_nowhere(s, MRSE_HAZARD_TORQUE_RATIO))
        put_summary(o, "torque_ratio", &s->sampled.hazard[MRSE_HAZARD_TORQUE_RATIO]);
    put_summary(o, "drag", &s->sampled.hazard[MRSE_HAZARD_LENZ_COUCH]);
    put_summary(o, "power", &s->sampled.hazard[MRSE_HAZARD_EDDY_POWER]);
}

void mrse_record_put_levers(json_put o, const mrse_object_lever *lever, size_t n_levers)
{
    json_put list = mrse_json_array(o, "levers");
    for (size_t k = 0; k < n_levers; k++)
        put_ride(list, lever[k].what, lever[k].study);
}

static void put_risks(json_put o, const mrse_case *c)
{
    json_put list = mrse_json_array(o, "risks");
    for (size_t i = 0; i < c->n_hazards; i++) {
        const mrse_case_hazard *h = &c->hazard[i];
        json_put r = mrse_json_item(list);
        mrse_json_text(r, "object", h->object);
        mrse_json_text(r, "hazard", h->hazard);
        mrse_json_text(r, "severity", h->severity);
        mrse_json_text(r, "likelihood", h->likelihood);
        mrse_json_text(r, "mitigation", h->mitigation);
        mrse_json_text(r, "residual", h->residual);
    }
}

void mrse_record_put_objects(json_put o, const mrse_assessment *a)
{
    json_put list = mrse_json_array(o, "objects");
    for (size_t i = 0; i < a->n_objects; i++) {
        const mrse_object_result *r = &a->object[i];
        json_put item = mrse_json_item(list);
        mrse_record_put_object(item, r->object->place.name, r->study, r->lever, r->n_levers);
        json_put position = mrse_json_object(item, "position");
        mrse_json_value(position, "x", &r->object->place.x);
        mrse_json_value(position, "y", &r->object->place.y);
        mrse_json_value(position, "z", &r->object->place.z);
        mrse_json_text(position, "evidence", r->object->place.position_evidence);
    }
    put_risks(o, a->kase);
}

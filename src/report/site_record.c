/* Record section of a site. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"

static void put_peak(json_put o, const mrse_site_peak *peak)
{
    json_put p = mrse_json_object(o, "largest");
    mrse_json_value(p, "value", &peak->b);
    mrse_json_num(p, "x_m", peak->x_m);
    mrse_json_num(p, "y_m", peak->y_m);
    mrse_json_num(p, "height_m", peak->height_m);
    mrse_json_num(p, "u_place_T", peak->u_place_T);
    mrse_json_num(p, "u_model_T", peak->u_model_T);
}

static void put_decision(json_put o, const mrse_decision *d)
{
    mrse_json_num(o, "guard", d->guard);
    mrse_json_num(o, "margin", d->margin);
    mrse_json_text(o, "verdict", mrse_verdict_text(d->verdict));
    mrse_json_bool(o, "provisional", d->provisional);
    mrse_json_bool(o, "on_assumption", d->on_assumption);
    mrse_json_text(o, "reason", d->reason);
}

/* Walls, doors and windows may be crossed: of them it is said where, and no verdict is given. */
static bool is_judged(const mrse_site_line *line)
{
    return line->kind == MRSE_SITE_AREA || line->kind == MRSE_SITE_NEIGHBOUR;
}

static void put_level(json_put list, const mrse_site_line *line, const mrse_site_level *level,
                      bool decisive)
{
    json_put o = mrse_json_item(list);
    json_put over;
    mrse_record_put_limit(o, &level->limit);
    if (is_judged(line)) {
        mrse_json_bool(o, "decisive", decisive);
        put_decision(o, &level->decision);
    }
    over = mrse_json_array(o, "over");
    for (size_t i = 0; i < level->n_over; i++) {
        json_put s = mrse_json_item(over);
        mrse_json_num(s, "from_m", level->over[i].from_m);
        mrse_json_num(s, "to_m", level->over[i].to_m);
    }
    if (!is_judged(line))
        mrse_json_pair(o, "beyond_m", level->beyond_m, level->u_beyond_m);
}

static void put_line(json_put list, const mrse_site_line_row *row)
{
    json_put o = mrse_json_item(list);
    json_put levels;
    mrse_json_text(o, "kind", mrse_site_kind_text(row->line->kind));
    mrse_json_text(o, "name", mrse_site_line_name(row->line));
    mrse_json_num(o, "length_m", row->length_m);
    mrse_json_bool(o, "closed", row->line->closed);
    mrse_json_bool(o, "has_magnet", row->has_magnet);
    mrse_json_value(o, "u", &row->line->u);
    put_peak(o, &row->largest);
    levels = mrse_json_array(o, "levels");
    for (size_t i = 0; i < MRSE_SITE_LEVELS; i++)
        put_level(levels, row->line, &row->level[i], i == 0);
    mrse_json_text(o, "method", MRSE_METHOD_SITE);
}

static void put_item(json_put list, const mrse_site_item_row *row)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "name", row->item->name);
    mrse_json_value(o, "x", &row->item->x);
    mrse_json_value(o, "y", &row->item->y);
    mrse_json_value(o, "height", &row->item->height);
    mrse_json_value(o, "within", &row->item->within);
    mrse_json_value(o, "u", &row->item->u);
    mrse_json_text(o, "printed", row->item->limit.printed);
    mrse_record_put_limit(o, &row->item->limit.limit);
    put_peak(o, &row->largest);
    put_decision(o, &row->decision);
    mrse_json_num(o, "to_limit_m", row->to_limit_m);
    mrse_json_num(o, "to_x_m", row->to_x_m);
    mrse_json_num(o, "to_y_m", row->to_y_m);
    mrse_json_text(o, "method", MRSE_METHOD_SITE);
}

static void put_storey(json_put list, const mrse_site_storey_row *row)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "name", row->storey->name);
    mrse_json_value(o, "height", &row->storey->height);
    mrse_json_value(o, "u", &row->storey->u);
    mrse_json_text(o, "printed", row->storey->limit.printed);
    mrse_record_put_limit(o, &row->storey->limit.limit);
    put_peak(o, &row->largest);
    put_decision(o, &row->decision);
    mrse_json_text(o, "method", MRSE_METHOD_SITE);
}

static void put_event(json_put list, const mrse_stated_event *event)
{
    json_put o = mrse_json_item(list);
    mrse_json_text(o, "what", event->what);
    mrse_json_value(o, "level", &event->level);
    mrse_json_value(o, "axial", &event->axial);
    mrse_json_value(o, "radial", &event->radial);
    mrse_json_value(o, "lasting", &event->lasting);
}

void mrse_record_put_site(json_put o, const mrse_site_study *study)
{
    const mrse_site *site = study->site;
    const mrse_data_sheet *sheet = &study->study->scanner->sheet;
    json_put s = mrse_json_object(o, "site"), list, magnet, overall;
    mrse_json_text(s, "id", site->id);
    mrse_json_text(s, "name", site->name);
    mrse_json_text(s, "stamp", site->stamp);
    mrse_json_date(s, "checked", &site->checked);
    magnet = mrse_json_object(s, "magnet");
    mrse_json_value(magnet, "x", &site->magnet.x);
    mrse_json_value(magnet, "y", &site->magnet.y);
    mrse_json_value(magnet, "height", &site->magnet.height);
    mrse_json_value(magnet, "azimuth", &site->magnet.azimuth);
    mrse_json_value(magnet, "u", &site->magnet.u);
    list = mrse_json_array(s, "lines");
    for (size_t i = 0; i < study->n_lines; i++)
        put_line(list, &study->line[i]);
    list = mrse_json_array(s, "equipment");
    for (size_t i = 0; i < study->n_items; i++)
        put_item(list, &study->item[i]);
    list = mrse_json_array(s, "storeys");
    for (size_t i = 0; i < study->n_storeys; i++)
        put_storey(list, &study->storey[i]);
    list = mrse_json_array(s, "events");
    for (size_t i = 0; i < sheet->n_events; i++)
        put_event(list, &sheet->event[i]);
    overall = mrse_json_object(s, "overall");
    mrse_json_text(overall, "verdict", mrse_verdict_text(study->overall));
    mrse_json_bool(overall, "provisional", study->provisional);
    mrse_json_bool(overall, "on_assumption", study->on_assumption);
}

/* JSON through jansson: sticky building and plain reading. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "json_internal.h"

/* Takes the reference. */
static void put(json_put o, const char *key, json_t *value)
{
    if (*o.status != MRSE_OK) {
        json_decref(value);
        return;
    }
    int failed =
        key != NULL ? json_object_set_new(o.to, key, value) : json_array_append_new(o.to, value);
    if (value == NULL || failed)
        *o.status = MRSE_ERR_NOMEM;
}

void mrse_json_num(json_put o, const char *key, double value)
{
    put(o, key, isfinite(value) ? json_real(value) : json_null());
}

void mrse_json_int(json_put o, const char *key, long long value)
{
    put(o, key, json_integer(value));
}

void mrse_json_bool(json_put o, const char *key, bool value)
{
    put(o, key, json_boolean(value));
}

void mrse_json_text(json_put o, const char *key, const char *value)
{
    put(o, key, value != NULL ? json_string(value) : json_null());
}

void mrse_json_date(json_put o, const char *key, const mrse_date *date)
{
    char text[MRSE_DATE_TEXT];
    if (date->year != 0)
        mrse_date_text(date, text);
    mrse_json_text(o, key, date->year != 0 ? text : NULL);
}

void mrse_json_pair(json_put o, const char *key, double value, double u)
{
    char u_key[64] = "u_";
    mrse_text_copy(u_key + 2, sizeof u_key - 2, key);
    mrse_json_num(o, key, value);
    mrse_json_num(o, u_key, isfinite(value) ? u : (double)NAN);
}

void mrse_json_value(json_put o, const char *key, const mrse_value *value)
{
    const mrse_kind_info *kind = mrse_kind_get(value->kind);
    json_put v = mrse_json_object(o, key);
    mrse_json_num(v, "v", value->v);
    mrse_json_num(v, "u", value->u);
    mrse_json_text(v, "unit", kind->si);
    mrse_json_text(v, "kind", kind->id);
    mrse_json_text(v, "origin", mrse_origin_text(value->origin));
    mrse_json_text(v, "basis", value->basis == MRSE_BASIS_DECLARED ? "declared" : "computed");
    mrse_json_text(v, "src", value->src[0] != '\0' ? value->src : NULL);
    if (value->file[0] != '\0') {
        mrse_json_text(v, "file", value->file);
        mrse_json_int(v, "line", value->line);
    }
    if (value->printed[0] != '\0')
        mrse_json_text(v, "printed", value->printed);
}

static json_put add_container(json_put parent, const char *key, json_t *fresh)
{
    json_put child = {.to = fresh, .status = parent.status};
    put(parent, key, fresh);
    return child;
}

json_put mrse_json_object(json_put parent, const char *key)
{
    return add_container(parent, key, json_object());
}

json_put mrse_json_array(json_put parent, const char *key)
{
    return add_container(parent, key, json_array());
}

json_put mrse_json_item(json_put array)
{
    return add_container(array, NULL, json_object());
}

void mrse_json_item_text(json_put array, const char *value)
{
    mrse_json_text(array, NULL, value);
}

static int append(const char *bytes, size_t n, void *out)
{
    mrse_buf_addn(out, bytes, n);
    return ((const mrse_buf *)out)->status == MRSE_OK ? 0 : -1;
}

/* Not json_dumps: when memory runs out while it writes a member's name, jansson 2.14 drops the name
 * and reports success. Our buffer remembers the failure. */
mrse_status mrse_json_dump(const json_t *json, size_t flags, mrse_buf *out)
{
    if (json_dump_callback(json, append, out, flags) != 0 && out->status == MRSE_OK)
        return MRSE_ERR_NOMEM;
    return out->status;
}

const json_t *mrse_json_at(const json_t *json, const char *path)
{
    char key[64];
    while (json != NULL && *path != '\0') {
        size_t n = strcspn(path, ".");
        if (n >= sizeof key)
            return NULL;
        memcpy(key, path, n);
        key[n] = '\0';
        json = json_object_get(json, key);
        path += n + (path[n] == '.');
    }
    return json;
}

const char *mrse_json_get_text(const json_t *json, const char *path)
{
    const char *text = json_string_value(mrse_json_at(json, path));
    return text != NULL ? text : "";
}

double mrse_json_get_num(const json_t *json, const char *path)
{
    const json_t *found = mrse_json_at(json, path);
    return json_is_number(found) ? json_number_value(found) : (double)NAN;
}

bool mrse_json_get_bool(const json_t *json, const char *path)
{
    return json_is_true(mrse_json_at(json, path));
}

/* Building JSON without a check after every line: the first failure sticks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_JSON_INTERNAL_H
#define MRSE_JSON_INTERNAL_H

#include <jansson.h>

#include "mrse/date.h"
#include "mrse/value.h"

/* An object or array under construction and the status of all of it. `to` is borrowed. */
typedef struct json_put {
    json_t *to;
    mrse_status *status;
} json_put;

/* Members of an object; NaN and missing become null, never a number. */
void mrse_json_num(json_put o, const char *key, double value);
void mrse_json_int(json_put o, const char *key, long long value);
void mrse_json_bool(json_put o, const char *key, bool value);
void mrse_json_text(json_put o, const char *key, const char *value);     /* NULL becomes null */
void mrse_json_date(json_put o, const char *key, const mrse_date *date); /* year 0 becomes null */
void mrse_json_value(json_put o, const char *key, const mrse_value *value);
/* A number and its standard uncertainty as two members, NAME and u_NAME. */
void mrse_json_pair(json_put o, const char *key, double value, double u);

/* New containers, already inside their parent; unusable but harmless when memory has run out. */
json_put mrse_json_object(json_put parent, const char *key);
json_put mrse_json_array(json_put parent, const char *key);
json_put mrse_json_item(json_put array); /* a new object at the end of an array */
void mrse_json_item_text(json_put array, const char *value);

/* JSON as text, appended to `out`; flags are jansson's. */
mrse_status mrse_json_dump(const json_t *json, size_t flags, mrse_buf *out) MRSE_MUST_USE;

/* Reading back; all are borrowed and never NULL ("" or NaN when absent). Path "author.name". */
const json_t *mrse_json_at(const json_t *json, const char *path);
const char *mrse_json_get_text(const json_t *json, const char *path);
double mrse_json_get_num(const json_t *json, const char *path);
bool mrse_json_get_bool(const json_t *json, const char *path);

#endif

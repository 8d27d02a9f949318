/* Record of what was read from DICOM headers, and its JSON view. Files are named by their hash: names
 * of image files often are names of people. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "dicom_internal.h"
#include "json_internal.h"
#include "mrse/mrse.h"

enum { REAL_DIGITS = 9, TAG = 16 };

static bool is_shown(const mrse_dicom_item *item, bool all)
{
    return all || item->privacy == MRSE_DICOM_TECHNICAL;
}

static void put_numbers(json_put o, const mrse_dicom_item *item)
{
    json_put list = mrse_json_array(o, "numbers");
    for (size_t i = 0; i < item->n && *list.status == MRSE_OK; i++)
        mrse_json_num(list, NULL, item->number[i]);
}

static void put_item(json_put o, const mrse_dicom_item *item)
{
    static const char *const privacy[] = {"technical", "typed", "person"};
    char tag[TAG];
    (void)snprintf(tag, sizeof tag, "(%04x,%04x)", (unsigned)item->group, (unsigned)item->element);
    mrse_json_text(o, "name", item->name);
    mrse_json_text(o, "keyword", item->keyword);
    mrse_json_text(o, "tag", tag);
    mrse_json_text(o, "path", item->path);
    mrse_json_text(o, "vr", item->vr);
    mrse_json_text(o, "text", item->text);
    mrse_json_text(o, "unit", item->unit);
    put_numbers(o, item);
    if (item->n > 0)
        mrse_json_value(o, "value", &item->value);
    mrse_json_text(o, "privacy", privacy[item->privacy]);
    mrse_json_text(o, "note", item->note[0] != '\0' ? item->note : NULL);
}

static void put_file(json_put o, const mrse_dicom *d, bool all)
{
    mrse_json_text(o, "sha256", d->sha256[0] != '\0' ? d->sha256 : NULL);
    mrse_json_int(o, "bytes", (long long)d->bytes);
    mrse_json_text(o, "transfer_syntax", d->syntax[0] != '\0' ? d->syntax : NULL);
    mrse_json_text(o, "manufacturer", mrse_dicom_vendor_text(d->vendor));
    mrse_json_bool(o, "enhanced", d->enhanced);
    mrse_json_bool(o, "cut_short", d->cut_short);
    mrse_json_text(o, "repetition_time", mrse_dicom_tr_text(d->tr));
    json_put list = mrse_json_array(o, "parameters");
    json_put withheld = mrse_json_array(o, "withheld");
    for (size_t i = 0; i < d->n; i++) {
        if (is_shown(&d->item[i], all))
            put_item(mrse_json_item(list), &d->item[i]);
        else
            mrse_json_item_text(withheld, d->item[i].name);
    }
}

static void put_side(json_put o, const char *key, const mrse_dicom_item *item, bool all)
{
    if (item == NULL) {
        mrse_json_text(o, key, NULL);
        return;
    }
    json_put side = mrse_json_object(o, key);
    if (is_shown(item, all))
        put_item(side, item);
}

static mrse_status put_differences(json_put o, const mrse_dicom *a, const mrse_dicom *b, bool all)
{
    mrse_dicom_difference *rows;
    size_t n;
    mrse_status status = mrse_dicom_compare(a, b, &rows, &n);
    if (status != MRSE_OK)
        return status;
    json_put list = mrse_json_array(o, "differences");
    for (size_t i = 0; i < n; i++) {
        json_put row = mrse_json_item(list);
        mrse_json_text(row, "name", rows[i].a != NULL ? rows[i].a->name : rows[i].b->name);
        put_side(row, "a", rows[i].a, all);
        put_side(row, "b", rows[i].b, all);
        mrse_json_bool(row, "comparable", rows[i].comparable);
        mrse_json_text(row, "note", rows[i].note[0] != '\0' ? rows[i].note : NULL);
    }
    mrse_free(rows);
    return *o.status;
}

mrse_status mrse_record_dicom(const mrse_dicom *const *d, size_t n, bool all, json_t **out)
{
    *out = json_object();
    mrse_status status = *out != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    json_put o = {*out, &status};
    mrse_json_text(o, "schema", "mrse/dicom/1");
    json_put tool = mrse_json_object(o, "tool");
    mrse_json_text(tool, "name", "mrse");
    mrse_json_text(tool, "version", mrse_version());
    json_put files = mrse_json_array(o, "files");
    for (size_t i = 0; i < n; i++)
        put_file(mrse_json_item(files), d[i], all);
    if (n == 2 && status == MRSE_OK)
        status = put_differences(o, d[0], d[1], all);
    if (status != MRSE_OK) {
        json_decref(*out);
        *out = NULL;
    }
    return status;
}

mrse_status mrse_dicom_json(const mrse_dicom *const *d, size_t n, bool all, mrse_buf *out)
{
    json_t *record;
    if (d == NULL || n == 0 || out == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_dicom(d, n, all, &record);
    if (status == MRSE_OK)
        status = mrse_json_dump(record, JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS), out);
    mrse_buf_add(out, "\n");
    json_decref(record);
    return status == MRSE_OK ? out->status : status;
}

/* From a file to an object: read, parse, look at the stamp, load by the table that it names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/file.h"

#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "spec_internal.h"

static const mrse_format *const formats[] = {
    &mrse_spec_scanner,  &mrse_spec_label,     &mrse_spec_case,  &mrse_spec_site,
    &mrse_spec_sequence, &mrse_spec_portfolio, &mrse_spec_rules, &mrse_spec_object};

static const char known[] = "this program reads scanner/1, label/1, case/1, site/1, sequence/1, "
                            "portfolio/1, rules/1 and object/1";

static const mrse_format *format_of(const char *stamp)
{
    char text[32];

    for (size_t i = 0; i < MRSE_COUNT(formats); i++) {
        (void)snprintf(text, sizeof text, "%s/1", formats[i]->kind);
        if (strcmp(text, stamp) == 0)
            return formats[i];
    }
    return NULL;
}

/* "scanner/2": a kind that we know, of another version. */
static bool is_other_version(const char *stamp)
{
    for (size_t i = 0; i < MRSE_COUNT(formats); i++) {
        size_t n = strlen(formats[i]->kind);
        if (strncmp(stamp, formats[i]->kind, n) == 0 && stamp[n] == '/')
            return true;
    }
    return false;
}

static const mrse_format *check_stamp(mrse_reader *r, const mrse_format *wanted)
{
    const mrse_node *root = &r->tree.node[0], *first = mrse_spec_first(r, root);
    const mrse_node *node = mrse_spec_child(r, root, "mrse");
    const mrse_format *format;
    const char *text;

    if (!node || node != first) {
        mrse_spec_error(r, MRSE_ERR_INPUT, node ? node->key_at : root->at, known,
                        "the file must begin with its format, such as 'mrse: %s/1'",
                        wanted ? wanted->kind : "case");
        return NULL;
    }
    (void)mrse_spec_push(r, "mrse", 0);
    text = mrse_spec_scalar(r, node);
    format = text ? format_of(text) : NULL;
    if (text && !format)
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, known,
                        is_other_version(text) ? "'%s' is another version of the format"
                                               : "'%s' is no known format",
                        mrse_spec_quote(r, text));
    if (format && wanted && format != wanted) {
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at, "name the right file here",
                        "this is a %s file; a %s file is needed", format->kind, wanted->kind);
        format = NULL;
    }
    mrse_spec_pop(r, 0);
    return format;
}

static void *make(mrse_reader *r, const mrse_format *format)
{
    char *object = mrse_alloc(1, format->schema->size);
    char *path;

    if (!object) {
        mrse_spec_nomem(r);
        return NULL;
    }
    path = mrse_spec_strdup(r, r->file);
    memcpy(object + format->path, &path, sizeof path);
    mrse_spec_defaults(format->schema, object);
    if (path)
        mrse_spec_load(r, format->schema, &r->tree.node[0], object);
    return object;
}

void mrse_spec_object_free(const mrse_format *format, void *object)
{
    char *path;

    if (!object)
        return;
    memcpy(&path, (char *)object + format->path, sizeof path);
    mrse_free(path);
    mrse_spec_free(format->schema, object);
    mrse_free(object);
}

mrse_status mrse_spec_read_text(const mrse_format *format, const char *name, const char *text,
                                size_t n, void **out, const mrse_format **used, mrse_diags *diags)
{
    mrse_reader r = {.file = name, .text = text, .n = n, .diags = diags};
    size_t first = diags ? diags->n : 0;
    void *object = NULL;

    *out = NULL;
    if (mrse_spec_parse(&r))
        format = check_stamp(&r, format);
    else
        format = NULL;
    if (format)
        object = make(&r, format);
    mrse_spec_close(&r);
    mrse_spec_sort_messages(&r, first);
    if (r.status != MRSE_OK) {
        mrse_spec_object_free(format, object);
        return r.status;
    }
    if (used)
        *used = format;
    *out = object;
    return MRSE_OK;
}

mrse_status mrse_spec_read_file(const mrse_format *format, const char *path, void **out,
                                const mrse_format **used, mrse_diags *diags)
{
    char *text = NULL;
    size_t n = 0;
    mrse_status status;

    *out = NULL;
    status = mrse_file_read_text(path, MRSE_FILE_MAX, &text, &n, diags);
    if (status == MRSE_OK)
        status = mrse_spec_read_text(format, path, text, n, out, used, diags);
    mrse_free(text);
    return status;
}

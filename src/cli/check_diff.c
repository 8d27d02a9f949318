/* mrse check --diff: what changed between two revisions of a file, and which past worksheets rest on
 * the old one. SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "cli_internal.h"

enum { DEPTH = 8, RECORD_MAX = 16 * MRSE_FILE_MAX };

/* A walk through a folder of worksheets. */
typedef struct search {
    cli_run *run;
    const char *sha256; /* of the old revision */
    json_t *found;      /* NULL: text is wanted */
    size_t seen, touched;
    bool no_memory;
} search;

static bool uses(const json_t *record, const char *sha256)
{
    size_t i;
    json_t *used;
    json_array_foreach (json_object_get(record, "used"), i, used) {
        const char *hash = json_string_value(json_object_get(used, "sha256"));
        if (hash && strcmp(hash, sha256) == 0)
            return true;
    }
    return false;
}

static const char *text_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void look_at(search *s, const char *path)
{
    char *bytes = NULL;
    size_t n = 0;
    if (mrse_file_read(path, RECORD_MAX, &bytes, &n, NULL) != MRSE_OK)
        return;
    json_t *record = json_loadb(bytes, n, 0, NULL);
    const json_t *kase = json_object_get(record, "case");
    s->seen += record != NULL;
    if (record && uses(record, s->sha256)) {
        s->touched++;
        if (s->found)
            s->no_memory |=
                json_array_append_new(s->found, json_pack("{s:s, s:s, s:s, s:s}", "record", path,
                                                          "id", text_in(record, "id"), "title",
                                                          text_in(kase, "title"), "created",
                                                          text_in(record, "created"))) != 0;
        else
            mrse_buf_addf(&s->run->out, "  %s: %s, %s (record %s)\n", path, text_in(kase, "title"),
                          text_in(record, "created"), text_in(record, "id"));
    }
    json_decref(record);
    mrse_free(bytes);
}

static void walk(search *s, const char *dir, int depth)
{
    DIR *folder = depth < DEPTH ? opendir(dir) : NULL;
    struct dirent *entry;
    if (!folder)
        return;
    while ((entry = readdir(folder)) != NULL) {
        mrse_buf path = {0};
        struct stat is;
        if (entry->d_name[0] == '.')
            continue;
        mrse_buf_addf(&path, "%s/%s", dir, entry->d_name);
        s->no_memory |= path.status != MRSE_OK;
        if (path.status == MRSE_OK && lstat(mrse_buf_text(&path), &is) == 0) {
            if (S_ISDIR(is.st_mode))
                walk(s, mrse_buf_text(&path), depth + 1);
            else if (S_ISREG(is.st_mode) && strcmp(entry->d_name, "worksheet.json") == 0)
                look_at(s, mrse_buf_text(&path));
        }
        mrse_buf_free(&path);
    }
    (void)closedir(folder);
}

static void print_changes(mrse_buf *out, const mrse_file_diff *diff)
{
    if (diff->n == 0)
        mrse_buf_add(out, "nothing differs but order, comments and blanks\n");
    for (size_t i = 0; i < diff->n; i++) {
        const mrse_file_change *c = &diff->change[i];
        mrse_buf_addf(out, "%s\n", c->path);
        if (c->before)
            mrse_buf_addf(out, "  - %s   (line %d)\n", c->before, c->line_before);
        if (c->after)
            mrse_buf_addf(out, "  + %s   (line %d)\n", c->after, c->line_after);
    }
}

static json_t *json_of_changes(const mrse_file_diff *diff)
{
    json_t *list = json_array();
    for (size_t i = 0; i < diff->n; i++) {
        const mrse_file_change *c = &diff->change[i];
        if (json_array_append_new(list,
                                  json_pack("{s:s, s:s?, s:i, s:s?, s:i}", "path", c->path,
                                            "before", c->before, "line_before", c->line_before,
                                            "after", c->after, "line_after", c->line_after)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

int cli_check_diff(cli_run *run, const char *records, bool json)
{
    mrse_file_diff *diff = NULL;
    mrse_status status = mrse_file_diff_run(run->arg[0], run->arg[1], &diff, &run->diags);
    if (status != MRSE_OK)
        return cli_code(run, status);
    search s = {.run = run, .sha256 = diff->sha256_before, .found = json ? json_array() : NULL};
    if (!json) {
        print_changes(&run->out, diff);
        if (records)
            mrse_buf_add(&run->out, "\nworksheets made from the old revision:\n");
    }
    if (records)
        walk(&s, records, 0);
    if (records && !json)
        mrse_buf_addf(&run->out, "  %zu of %zu in %s\n", s.touched, s.seen, records);
    int code = CLI_DONE;
    if (json)
        code = cli_print_json(run, json_pack("{s:s, s:o, s:o, s:I}", "schema", "mrse/diff/1",
                                             "changes", json_of_changes(diff), "touched", s.found,
                                             "records_seen", (json_int_t)s.seen));
    mrse_file_diff_free(diff);
    return s.no_memory ? cli_code(run, MRSE_ERR_NOMEM) : code;
}

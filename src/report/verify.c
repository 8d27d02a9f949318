/* Verification: recompute a worksheet folder from the inputs recorded in it, and compare.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "record_internal.h"

/* Records hold 9 digits and libm differs between platforms in the last bits: what differs by less
 * than this is the same number. */
static const double SAME_RELATIVE = 2e-6;
/* Below this (SI) a number is noise about zero: rounding of places such as z = 0. */
static const double SAME_ABSOLUTE = 1e-9;

enum { RECORD_MAX = 16 << 20, FILE_MAX_ANY = 64 << 20, DIFFERENCES_SHOWN = 40 };

typedef struct verifier {
    const char *dir;
    mrse_buf *report;
    mrse_diags *diags;
    size_t n_changed;   /* files whose hash is not the recorded one */
    size_t n_different; /* numbers and words that differ */
    bool from_pdf;      /* the folder holds what a PDF holds: no figures, no HTML */
    bool same_program;  /* made by this version and commit: the same bytes must come out */
} verifier;

static mrse_status path_in(const verifier *v, const char *name, char **out)
{
    mrse_buf path = {0};
    mrse_buf_addf(&path, "%s/%s", v->dir, name);
    if (path.status != MRSE_OK) {
        mrse_buf_free(&path);
        *out = NULL;
        return path.status;
    }
    *out = path.data;
    return MRSE_OK;
}

static mrse_status read_in(const verifier *v, const char *name, size_t most, char **bytes,
                           size_t *n)
{
    char *path;
    mrse_status status = path_in(v, name, &path);
    if (status == MRSE_OK)
        status = mrse_file_read(path, most, bytes, n, v->diags);
    mrse_free(path);
    return status;
}

/* Names in a folder that somebody sent us: nothing may lead out of it. */
static bool stays_inside(const char *name)
{
    if (name[0] == '\0' || name[0] == '/')
        return false;
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        size_t n = strcspn(part, "/");
        if (n == 2 && memcmp(part, "..", 2) == 0)
            return false;
    }
    return true;
}

static mrse_status check_hash(verifier *v, const char *hash, const char *name)
{
    char *bytes = NULL;
    size_t n = 0;
    char found[MRSE_SHA256_HEX];
    if (!stays_inside(name))
        return MRSE_ERR_INPUT;
    mrse_status status = read_in(v, name, FILE_MAX_ANY, &bytes, &n);
    if (status != MRSE_OK) {
        v->n_changed++;
        mrse_buf_addf(v->report, "missing    %s\n", name);
        return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
    }
    mrse_sha256_hex(bytes, n, found);
    bool same = strcmp(found, hash) == 0;
    v->n_changed += !same;
    mrse_buf_addf(v->report, "%s  %s\n", same ? "unchanged" : "CHANGED  ", name);
    mrse_free(bytes);
    return MRSE_OK;
}

static mrse_status check_hashes(verifier *v)
{
    char *sums = NULL;
    size_t n = 0;
    mrse_status status = read_in(v, "SHA256SUMS", MRSE_FILE_MAX, &sums, &n);
    char *line = sums;
    while (status == MRSE_OK && line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        const size_t hex = MRSE_SHA256_HEX - 1;
        if (strlen(line) < hex + 3 || line[hex] != ' ') {
            status = MRSE_ERR_INPUT;
            break;
        }
        line[hex] = '\0';
        status = check_hash(v, line, line + hex + 2);
        line = end != NULL ? end + 1 : NULL;
    }
    mrse_free(sums);
    return status;
}

static void say_json(verifier *v, const json_t *json)
{
    if (json == NULL)
        mrse_buf_add(v->report, "nothing");
    else if (mrse_json_dump(json, JSON_ENCODE_ANY | JSON_REAL_PRECISION(9), v->report) != MRSE_OK &&
             v->report->status == MRSE_OK)
        v->report->status = MRSE_ERR_NOMEM;
}

static void say_difference(verifier *v, const char *where, const json_t *was, const json_t *is)
{
    if (v->n_different++ >= DIFFERENCES_SHOWN)
        return;
    mrse_buf_addf(v->report, "differs    %s: recorded ", where);
    say_json(v, was);
    mrse_buf_add(v->report, ", recomputed ");
    say_json(v, is);
    mrse_buf_add(v->report, "\n");
}

static bool same_number(double a, double b)
{
    return fabs(a - b) <= SAME_ABSOLUTE + SAME_RELATIVE * fmax(fabs(a), fabs(b));
}

static void compare(verifier *v, const char *where, const json_t *was, const json_t *is);

static void compare_members(verifier *v, const char *where, const json_t *was, const json_t *is)
{
    const char *key;
    json_t *member;
    mrse_buf path = {0};
    json_object_foreach ((json_t *)(uintptr_t)was, key, member) {
        if (mrse_text_equal(key, "file")) /* a copy may have had to take another name */
            continue;
        mrse_buf_addf(&path, "%s.%s", where, key);
        compare(v, mrse_buf_text(&path), member, json_object_get(is, key));
        mrse_buf_free(&path);
    }
    json_object_foreach ((json_t *)(uintptr_t)is, key, member) {
        if (json_object_get(was, key) != NULL)
            continue;
        mrse_buf_addf(&path, "%s.%s", where, key);
        say_difference(v, mrse_buf_text(&path), NULL, member);
        mrse_buf_free(&path);
    }
}

static void compare_items(verifier *v, const char *where, const json_t *was, const json_t *is)
{
    size_t n =
        json_array_size(was) > json_array_size(is) ? json_array_size(was) : json_array_size(is);
    for (size_t i = 0; i < n; i++) {
        mrse_buf path = {0};
        mrse_buf_addf(&path, "%s[%zu]", where, i);
        compare(v, mrse_buf_text(&path), json_array_get(was, i), json_array_get(is, i));
        mrse_buf_free(&path);
    }
}

static void compare(verifier *v, const char *where, const json_t *was, const json_t *is)
{
    if (json_is_object(was) && json_is_object(is))
        compare_members(v, where, was, is);
    else if (json_is_array(was) && json_is_array(is))
        compare_items(v, where, was, is);
    else if (json_is_number(was) && json_is_number(is)) {
        if (!same_number(json_number_value(was), json_number_value(is)))
            say_difference(v, where, was, is);
    } else if (was == NULL || is == NULL || !json_equal(was, is))
        say_difference(v, where, was, is);
}

/* From the names that the case file uses to the copies in the folder. */
static mrse_status make_refs(const verifier *v, const json_t *record, mrse_refs *refs,
                             const char ***written, char ***path, char **case_path)
{
    const json_t *used = mrse_json_at(record, "used");
    size_t i, n = json_array_size(used);
    json_t *u;
    *case_path = NULL;
    *written = mrse_alloc(n + 1, sizeof **written);
    *path = mrse_alloc(n + 1, sizeof **path);
    if (*written == NULL || *path == NULL)
        return MRSE_ERR_NOMEM;
    refs->n = 0;
    json_array_foreach (used, i, u) {
        const char *stored = mrse_json_get_text(u, "stored");
        if (!stays_inside(stored))
            return MRSE_ERR_INPUT;
        bool is_case = mrse_text_equal(mrse_json_get_text(u, "role"), "case");
        char **to = is_case && *case_path == NULL ? case_path : &(*path)[refs->n];
        mrse_status status = path_in(v, stored, to);
        if (status != MRSE_OK)
            return status;
        if (to != case_path)
            (*written)[refs->n++] = mrse_json_get_text(u, "written");
    }
    refs->written = *written;
    refs->path = (const char *const *)*path;
    return *case_path != NULL ? MRSE_OK : MRSE_ERR_INPUT;
}

/* The command line as recorded: it is part of the record's bytes. NULL: no memory. */
static const char **recorded_argv(const json_t *was)
{
    const json_t *list = mrse_json_at(was, "argv");
    const char **argv = mrse_alloc(json_array_size(list) + 1, sizeof *argv);
    for (size_t i = 0; argv != NULL && i < json_array_size(list); i++)
        argv[i] = mrse_json_get_text(json_array_get(list, i), "");
    return argv;
}

/* Made again as it was made then, by whom and when included: what differs is then a real change. */
static mrse_status record_again(const verifier *v, const json_t *was, const mrse_assessment *a,
                                mrse_record **out)
{
    const char **argv = recorded_argv(was);
    mrse_making making = {.author = mrse_json_get_text(was, "author.name"),
                          .date = mrse_json_get_text(was, "created"),
                          .date_source = mrse_json_get_text(was, "created_from"),
                          .argv = argv,
                          .reviewed = mrse_json_get_text(was, "reviewed")};
    mrse_status status =
        argv == NULL ? MRSE_ERR_NOMEM : mrse_record_of_assessment(a, &making, out, v->diags);
    mrse_free(argv);
    return status;
}

static mrse_status recompute(const verifier *v, const json_t *was, mrse_assessment **a,
                             mrse_record **out)
{
    mrse_refs refs = {0};
    const char **written = NULL;
    char **path = NULL;
    char *case_path = NULL;
    mrse_status status = make_refs(v, was, &refs, &written, &path, &case_path);
    if (status == MRSE_OK)
        status = mrse_assess_case(case_path, &refs, a, v->diags);
    if (status == MRSE_OK)
        status = record_again(v, was, *a, out);
    for (size_t i = 0; path != NULL && i < refs.n; i++)
        mrse_free(path[i]);
    mrse_free(path);
    mrse_free(written);
    mrse_free(case_path);
    return status;
}

/* The sink that compares instead of writing. */
static mrse_status compare_file(void *context, const char *name, const void *bytes, size_t n)
{
    verifier *v = context;
    char *there = NULL;
    size_t n_there = 0;
    if (v->from_pdf && !mrse_text_equal(name, "worksheet.pdf"))
        return MRSE_OK; /* inputs have been held against their hashes */
    mrse_status status = read_in(v, name, FILE_MAX_ANY, &there, &n_there);
    if (status == MRSE_ERR_NOMEM)
        return status;
    if (status != MRSE_OK || n != n_there || memcmp(bytes, there, n) != 0) {
        v->n_changed++;
        mrse_buf_addf(v->report, "NOT AS MADE  %s\n", name);
    }
    mrse_free(there);
    return MRSE_OK;
}

/* The same program makes the same bytes: also a file whose hash was changed with it shows here. On
 * another machine the last printed digit of a number may differ; then there is nothing to hold the
 * bytes against, and the numbers alone have been compared. */
static mrse_status compare_bytes(verifier *v, mrse_assessment *a, const mrse_record *now)
{
    if (!v->same_program || v->n_different > 0)
        return MRSE_OK;
    char *there = NULL;
    size_t n = 0;
    mrse_buf json = {0};
    mrse_status status = mrse_record_json(now, &json);
    if (status == MRSE_OK)
        status = read_in(v, "worksheet.json", RECORD_MAX, &there, &n);
    if (status == MRSE_OK && n == json.len && memcmp(there, json.data, n) == 0)
        status = mrse_worksheet_fill(a, now, compare_file, v);
    else if (status == MRSE_OK)
        mrse_buf_add(v->report, "numbers compared; pages and figures by their hashes only\n");
    mrse_free(there);
    mrse_buf_free(&json);
    return status;
}

static mrse_status load_record(const verifier *v, json_t **out)
{
    char *bytes = NULL;
    size_t n = 0;
    json_error_t error;
    *out = NULL;
    mrse_status status = read_in(v, "worksheet.json", RECORD_MAX, &bytes, &n);
    if (status != MRSE_OK)
        return status;
    *out = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &error);
    mrse_free(bytes);
    if (*out != NULL && mrse_text_equal(mrse_json_get_text(*out, "schema"), "mrse/record/1"))
        return MRSE_OK;
    mrse_diag *d = mrse_diag_add(v->diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                 "this is not a record of mrse (schema mrse/record/1)");
    mrse_diag_place(d, "worksheet.json", *out == NULL ? error.line : 0,
                    *out == NULL ? error.column : 0, "schema",
                    "verify the folder that 'mrse worksheet' wrote, unchanged");
    json_decref(*out);
    *out = NULL;
    return MRSE_ERR_INPUT;
}

/* Made by this program, the whole record must come out again; by another version, its results. */
static void compare_record(verifier *v, const json_t *was, const json_t *is)
{
    if (v->same_program)
        compare(v, "record", was, is);
    for (size_t i = 0; !v->same_program && mrse_record_results[i] != NULL; i++) {
        const char *key = mrse_record_results[i];
        const json_t *old = json_object_get(was, key);
        const json_t *now = json_object_get(is, key);
        if (old != NULL || now != NULL)
            compare(v, key, old, now);
    }
    if (v->n_different > DIFFERENCES_SHOWN)
        mrse_buf_addf(v->report, "differs    and %zu more\n", v->n_different - DIFFERENCES_SHOWN);
}

static void conclude(verifier *v, const json_t *was, mrse_verify_result *result)
{
    const char *version = mrse_json_get_text(was, "tool.version");
    const char *commit = mrse_json_get_text(was, "tool.commit");
    mrse_buf_addf(v->report, "made by mrse %s%s%s; recomputed by mrse %s%s%s\n", version,
                  commit[0] != '\0' ? ", commit " : "", commit, mrse_version(),
                  mrse_commit()[0] != '\0' ? ", commit " : "", mrse_commit());
    bool same = v->n_different == 0 && v->n_changed == 0;
    *result = same ? MRSE_VERIFY_SAME : MRSE_VERIFY_DIFFERS;
    mrse_buf_addf(v->report, "%s: %zu numbers or words differ, %zu files changed or missing\n",
                  same ? "same" : "differs", v->n_different, v->n_changed);
}

/* Of an image only an extract is kept: what was computed from the rest of it cannot be repeated. */
static bool lacks_original(verifier *v, const json_t *was)
{
    size_t i, n = 0;
    json_t *u;
    json_array_foreach (mrse_json_at(was, "used"), i, u) {
        const char *hash = mrse_json_get_text(u, "original_sha256");
        if (hash[0] == '\0')
            continue;
        mrse_buf_addf(v->report,
                      "not kept   the image of SHA-256 %s, of which %s is an extract: its numbers "
                      "cannot be recomputed\n",
                      hash, mrse_json_get_text(u, "stored"));
        n++;
    }
    return n > 0;
}

mrse_status mrse_verify_folder(const char *dir, bool from_pdf, mrse_verify_result *result,
                               mrse_buf *report, mrse_diags *diags)
{
    verifier v = {.dir = dir, .report = report, .diags = diags, .from_pdf = from_pdf};
    json_t *was = NULL;
    mrse_assessment *a = NULL;
    mrse_record *now = NULL;
    mrse_status status = load_record(&v, &was);
    v.same_program = mrse_text_equal(mrse_json_get_text(was, "tool.version"), mrse_version()) &&
                     mrse_text_equal(mrse_json_get_text(was, "tool.commit"), mrse_commit());
    if (status == MRSE_OK)
        status = check_hashes(&v);
    bool whole = status == MRSE_OK && !lacks_original(&v, was);
    if (whole)
        status = recompute(&v, was, &a, &now);
    if (whole && status == MRSE_OK) {
        compare_record(&v, was, now->json);
        status = compare_bytes(&v, a, now);
    }
    if (whole && status == MRSE_OK)
        conclude(&v, was, result);
    if (status == MRSE_OK)
        status = report->status;
    if (status != MRSE_OK)
        *result = MRSE_VERIFY_CANNOT;
    mrse_record_free(now);
    mrse_assessment_free(a);
    json_decref(was);
    return status;
}

mrse_status mrse_worksheet_verify(const char *path, mrse_verify_result *result, mrse_buf *report,
                                  mrse_diags *diags)
{
    if (result == NULL)
        return MRSE_ERR_ARG;
    *result = MRSE_VERIFY_CANNOT;
    if (path == NULL || report == NULL)
        return MRSE_ERR_ARG;
    return mrse_is_pdf_file(path) ? mrse_verify_pdf(path, result, report, diags)
                                  : mrse_verify_folder(path, false, result, report, diags);
}

/* The DICOM reader against real headers of eight scanners, decoded with pydicom; kept outside the
 * project (MRSE_GOLDEN_DIR). SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/mrse.h"
#include "support/close.h"

static json_t *golden;
static const char *folder;

static int load_golden(void **state)
{
    char path[1024];
    (void)state;
    folder = getenv("MRSE_GOLDEN_DIR");
    if (folder == NULL)
        folder = "../shared/data";
    (void)snprintf(path, sizeof path, "%s/sequence/dicom_golden.json", folder);
    golden = json_load_file(path, 0, NULL);
    if (golden == NULL)
        print_message("skipped: no %s\n", path);
    return mrse_init() == MRSE_OK ? 0 : -1;
}

static int drop_golden(void **state)
{
    (void)state;
    json_decref(golden);
    return 0;
}

static mrse_dicom *load(const char *file)
{
    char path[1024];
    mrse_dicom *d = NULL;
    mrse_diags diags;
    (void)snprintf(path, sizeof path, "%s/sequence/dicom/%s", folder, file);
    mrse_diags_init(&diags);
    mrse_status status = mrse_dicom_load(path, &d, &diags);
    if (status != MRSE_OK)
        print_error("%s: %s\n", file, diags.item[0].text);
    assert_int_equal(status, MRSE_OK);
    assert_int_equal(diags.n, 0);
    assert_false(d->cut_short);
    return d;
}

/* "(5200,9229)[0].(0018,9112)[0].(0018,0080) Repetition Time" to the item of that place. */
static const mrse_dicom_item *at_key(const mrse_dicom *d, const char *key)
{
    const char *end = strstr(key, ") ");
    assert_non_null(end);
    const char *tag = end - strlen("(0018,0080");
    for (size_t i = 0; i < d->n; i++) {
        char mine[16];
        size_t n = tag > key ? (size_t)(tag - key) - 1 : 0; /* without the dot */
        (void)snprintf(mine, sizeof mine, "(%04x,%04x)", (unsigned)d->item[i].group,
                       (unsigned)d->item[i].element);
        if (strncmp(mine, tag, 11) == 0 && strlen(d->item[i].path) == n &&
            strncmp(d->item[i].path, key, n) == 0)
            return &d->item[i];
    }
    return NULL;
}

static void unquote(char *text)
{
    size_t n = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] != '"' && text[i] != '[' && text[i] != ']' && text[i] != '\'')
            text[n++] = text[i];
    }
    text[n] = '\0';
}

/* A list as the golden file prints it ("['FDA', 'IEC']", or a JSON list) with '\' between. */
static void joined(const json_t *want, char *out, size_t size)
{
    size_t i, n = 0;
    json_t *part;
    out[0] = '\0';
    json_array_foreach (want, i, part) {
        if (json_is_string(part))
            (void)snprintf(out + n, size - n, "%s%s", i ? "\\" : "", json_string_value(part));
        else
            (void)snprintf(out + n, size - n, "%s%g", i ? "\\" : "", json_number_value(part));
        n = strlen(out);
    }
    if (json_is_string(want)) {
        (void)snprintf(out, size, "%s", json_string_value(want));
        unquote(out);
        for (char *comma; (comma = strstr(out, ", ")) != NULL;) {
            *comma = '\\';
            memmove(comma + 1, comma + 2, strlen(comma + 2) + 1);
        }
    }
}

static void check_value(const char *where, const mrse_dicom_item *item, const json_t *want)
{
    char text[512], mine[512];
    if (item == NULL) {
        print_error("%s: not read\n", where);
        fail();
        return;
    }
    if (json_is_number(want)) {
        assert_int_equal(item->n, 1);
        assert_rel(item->number[0], json_number_value(want), 0);
        return;
    }
    joined(want, text, sizeof text);
    (void)snprintf(mine, sizeof mine, "%s", item->text);
    if (item->n > 0 && strchr(text, '\\') == NULL) {
        unquote(mine);
        assert_string_equal(mine, text);
    } else if (strcmp(where, "(0018,1020) Software Versions") == 0 && json_is_array(want)) {
        /* pydicom took "30.0" or "30" for a number; the words after it are what counts */
        assert_string_equal(strrchr(mine, '\\'), strrchr(text, '\\'));
    } else if (item->n > 1) {
        const char *part = text;
        for (size_t i = 0; i < item->n; i++) {
            assert_rel(item->number[i], strtod(part, NULL), 0);
            part += strcspn(part, "\\");
            part += *part == '\\';
        }
        assert_int_equal(*part, 0);
    } else {
        unquote(mine);
        assert_string_equal(mine, text);
    }
}

static size_t check_csa(const mrse_dicom *d, const json_t *csa)
{
    const char *name;
    json_t *want;
    size_t n = 0;
    json_object_foreach ((json_t *)(uintptr_t)csa, name, want) {
        if (json_is_object(want)) {
            n += check_csa(d, want);
            continue;
        }
        char prefixed[80];
        (void)snprintf(prefixed, sizeof prefixed, "CSA %s", name);
        const mrse_dicom_item *item = mrse_dicom_find(d, prefixed);
        if (item == NULL)
            item = mrse_dicom_find(d, name);
        /* The golden file was searched for "lScanTimeSec = ", which lTotalScanTimeSec ends with. */
        if (strcmp(name, "lScanTimeSec") == 0)
            item = mrse_dicom_find(d, "lTotalScanTimeSec");
        char text[512], mine[512];
        if (item == NULL)
            print_error("CSA %s: not read\n", name);
        assert_non_null(item);
        joined(want, text, sizeof text);
        if (json_is_string(want)) {
            (void)snprintf(text, sizeof text, "%s", json_string_value(want));
            unquote(text);
        }
        (void)snprintf(mine, sizeof mine, "%s", item->text);
        unquote(mine);
        assert_string_equal(mine, text);
        n++;
    }
    return n;
}

static void load__real_headers__every_listed_value_is_the_golden_one(void **state)
{
    size_t i, values = 0, most = 0, mine = 0, kept = 0;
    json_t *entry;
    (void)state;
    json_array_foreach (golden, i, entry) {
        const char *key;
        json_t *want;
        mrse_dicom *d = load(json_string_value(json_object_get(entry, "file")));
        json_object_foreach (json_object_get(entry, "tags"), key, want) {
            check_value(key, at_key(d, key), want);
            values++;
        }
        values += check_csa(d, json_object_get(entry, "csa"));
        assert_int_equal(d->bytes, (uint64_t)json_integer_value(json_object_get(entry, "bytes")));
        const char *hash = json_string_value(json_object_get(entry, "sha256_16"));
        assert_memory_equal(d->sha256, hash, 16);
        for (size_t k = 0; k < d->n; k++)
            mine += strncmp(d->item[k].keyword, "Siemens", 7) != 0;
        kept += json_object_size(json_object_get(entry, "tags"));
        most = d->n > most ? d->n : most;
        mrse_dicom_free(d);
    }
    print_message("%zu files, %zu values equal; %zu of %zu elements read are in the golden file; "
                  "at most %zu items a file\n",
                  i, values, kept, mine, most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(load__real_headers__every_listed_value_is_the_golden_one),
    };
    return cmocka_run_group_tests(tests, load_golden, drop_golden);
}

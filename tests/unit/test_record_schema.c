/* The record of every type of worksheet holds to the schema that docs/worksheet.schema.json publishes.
 * A small validator of the part of JSON Schema 2020-12 that the schema uses; a word that it does not
 * know is an error, so that nothing in the schema goes unchecked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "mrse/mrse.h"
#include "support/close.h"

static const char *const example[] = {"tse-b1rms",     "dwi-dbdt",        "cochlear-implant",
                                      "dbs",           "pacemaker",       "loop-recorder",
                                      "airgun-pellet", "dermal-piercing", "guide-wire",
                                      "aneurysm-clip", "siting",          "acceptance"};

enum { EXAMPLES = sizeof example / sizeof example[0] };

static json_t *schema;
static char wrong[1024]; /* the first thing that does not hold */

static bool refuse(const char *path, const char *why)
{
    if (wrong[0] == '\0')
        (void)snprintf(wrong, sizeof wrong, "%.500s: %.100s", path, why);
    return false;
}

/* ---- the validator ---- */

static bool holds(const json_t *rule, const json_t *it, const char *path);

static bool has_type(const json_t *it, const char *name)
{
    static const char *const name_of[] = {
        [JSON_OBJECT] = "object",  [JSON_ARRAY] = "array", [JSON_STRING] = "string",
        [JSON_INTEGER] = "number", [JSON_REAL] = "number", [JSON_TRUE] = "boolean",
        [JSON_FALSE] = "boolean",  [JSON_NULL] = "null"};
    return strcmp(name_of[json_typeof(it)], name) == 0;
}

static bool check_type(const json_t *type, const json_t *it, const char *path)
{
    size_t i;
    json_t *one;
    if (json_is_string(type))
        return has_type(it, json_string_value(type)) || refuse(path, "type");
    json_array_foreach (type, i, one)
        if (has_type(it, json_string_value(one)))
            return true;
    return refuse(path, "type");
}

static bool check_enum(const json_t *allowed, const json_t *it, const char *path)
{
    size_t i;
    json_t *one;
    json_array_foreach (allowed, i, one)
        if (json_equal(one, it))
            return true;
    return refuse(path, "enum");
}

static bool check_pattern(const json_t *pattern, const json_t *it, const char *path)
{
    regex_t regex;
    bool matches;
    if (!json_is_string(it))
        return true;
    assert_int_equal(regcomp(&regex, json_string_value(pattern), REG_EXTENDED | REG_NOSUB), 0);
    matches = regexec(&regex, json_string_value(it), 0, NULL, 0) == 0;
    regfree(&regex);
    return matches || refuse(path, "pattern");
}

static bool check_required(const json_t *names, const json_t *it, const char *path)
{
    size_t i;
    json_t *name;
    json_array_foreach (names, i, name)
        if (json_is_object(it) && json_object_get(it, json_string_value(name)) == NULL)
            return refuse(path, json_string_value(name));
    return true;
}

static bool check_members(const json_t *rule, const json_t *it, const char *path)
{
    const json_t *properties = json_object_get(rule, "properties");
    const char *key;
    json_t *member;
    if (!json_is_object(it))
        return true;
    json_object_foreach ((json_t *)(uintptr_t)it, key, member) {
        const json_t *inner = json_object_get(properties, key);
        char below[512];
        (void)snprintf(below, sizeof below, "%.400s/%.80s", path, key);
        if (inner == NULL && json_is_false(json_object_get(rule, "additionalProperties")))
            return refuse(below, "additionalProperties");
        if (inner != NULL && !holds(inner, member, below))
            return false;
    }
    return true;
}

static bool check_items(const json_t *rule, const json_t *it, const char *path)
{
    for (size_t i = 0; json_is_array(it) && i < json_array_size(it); i++) {
        char below[512];
        (void)snprintf(below, sizeof below, "%.400s/%zu", path, i);
        if (!holds(rule, json_array_get(it, i), below))
            return false;
    }
    return true;
}

static bool check_reference(const json_t *reference, const json_t *it, const char *path)
{
    static const char start[] = "#/$defs/";
    const char *name = json_string_value(reference);
    assert_int_equal(strncmp(name, start, sizeof start - 1), 0);
    const json_t *rule = json_object_get(json_object_get(schema, "$defs"), name + sizeof start - 1);
    assert_non_null(rule);
    return holds(rule, it, path);
}

static bool check_word(const json_t *rule, const char *word, const json_t *value, const json_t *it,
                       const char *path)
{
    static const char *const known[] = {"$schema", "$defs", "title", "description",
                                        "additionalProperties"};
    if (strcmp(word, "type") == 0)
        return check_type(value, it, path);
    if (strcmp(word, "enum") == 0)
        return check_enum(value, it, path);
    if (strcmp(word, "const") == 0)
        return json_equal(value, it) || refuse(path, "const");
    if (strcmp(word, "pattern") == 0)
        return check_pattern(value, it, path);
    if (strcmp(word, "required") == 0)
        return check_required(value, it, path);
    if (strcmp(word, "properties") == 0)
        return check_members(rule, it, path);
    if (strcmp(word, "items") == 0)
        return check_items(value, it, path);
    if (strcmp(word, "$ref") == 0)
        return check_reference(value, it, path);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(word, known[i]) == 0)
            return true;
    fail_msg("the schema's word '%s' is not known to this test", word);
    return false;
}

static bool holds(const json_t *rule, const json_t *it, const char *path)
{
    const char *word;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)rule, word, value)
        if (!check_word(rule, word, value, it, path))
            return false;
    return true;
}

/* ---- the records ---- */

static json_t *record_of(const char *name)
{
    static const char *const argv[] = {"mrse", "worksheet", "case.yaml", NULL};
    const mrse_making making = {.date = "2026-11-22", .date_source = "--date", .argv = argv};
    static mrse_diags diags;
    mrse_assessment *assessment = NULL;
    mrse_record *record = NULL;
    mrse_buf text = {0};
    char path[256];
    (void)snprintf(path, sizeof path, "examples/%s/case.yaml", name);
    mrse_diags_init(&diags);
    if (mrse_assess_case(path, NULL, &assessment, &diags) != MRSE_OK)
        fail_msg("%s: %s", path, diags.n > 0 ? diags.item[0].text : "not assessed");
    assert_int_equal(mrse_record_of_assessment(assessment, &making, &record, &diags), MRSE_OK);
    assert_int_equal(mrse_record_json(record, &text), MRSE_OK);
    json_t *json = json_loads(mrse_buf_text(&text), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    mrse_buf_free(&text);
    mrse_record_free(record);
    mrse_assessment_free(assessment);
    return json;
}

static void assert_refused(const json_t *record, const char *where)
{
    wrong[0] = '\0';
    if (holds(schema, record, ""))
        fail_msg("held, though %s is wrong", where);
    if (strncmp(wrong, where, strlen(where)) != 0)
        fail_msg("%s, not %s", wrong, where);
}

static void record__every_type_of_worksheet__holds_to_the_schema(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        json_t *record = record_of(example[i]);
        wrong[0] = '\0';
        if (!holds(schema, record, ""))
            fail_msg("%s: %s", example[i], wrong);
        json_decref(record);
    }
}

static void schema__what_is_not_a_record__is_refused(void **state)
{
    json_t *record = record_of("cochlear-implant");
    json_t *finding = json_array_get(json_object_get(record, "findings"), 0);
    json_t *exposure = json_object_get(finding, "exposure");
    json_t *kept = json_deep_copy(record);

    (void)state;
    (void)json_object_set_new(finding, "verdict", json_string("PASS"));
    assert_refused(record, "/findings/0/verdict: enum");
    (void)json_object_set_new(finding, "verdict", json_string("MET"));
    (void)json_object_set_new(exposure, "v", json_string("1.5 T"));
    assert_refused(record, "/findings/0/exposure/v: type");
    (void)json_object_set_new(exposure, "v", json_null());
    (void)json_object_del(exposure, "origin");
    assert_refused(record, "/findings/0/exposure: origin");
    (void)json_object_set_new(exposure, "origin", json_string("somebody"));
    assert_refused(record, "/findings/0/exposure/origin: enum");
    json_decref(record);

    record = json_deep_copy(kept);
    (void)json_object_set_new(record, "id", json_string("F9F6CF9362F6"));
    assert_refused(record, "/id: pattern");
    json_decref(record);
    record = json_deep_copy(kept);
    (void)json_object_set_new(record, "surprise", json_true());
    assert_refused(record, "/surprise: additionalProperties");
    json_decref(record);
    record = json_deep_copy(kept);
    (void)json_object_set_new(record, "schema", json_string("mrse/record/2"));
    assert_refused(record, "/schema: const");
    json_decref(record);
    (void)json_object_del(kept, "decision_rule");
    assert_refused(kept, ": decision_rule");
    json_decref(kept);
}

static int begin(void **state)
{
    (void)state;
    schema = json_load_file("docs/worksheet.schema.json", JSON_REJECT_DUPLICATES, NULL);
    return schema != NULL && mrse_init() == MRSE_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    json_decref(schema);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__every_type_of_worksheet__holds_to_the_schema),
        cmocka_unit_test(schema__what_is_not_a_record__is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

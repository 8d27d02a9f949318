/* What the tests of image and RF pulses share: reference JSON, degrees, closed-form rotations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_IMAGE_SUPPORT_H
#define MRSE_TEST_IMAGE_SUPPORT_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "mrse/status.h"
#include "support/close.h"

#define DEG (MRSE_PI / 180.0)

/* sequence/<name> under MRSE_GOLDEN_DIR; NULL, with a line that says "skipped", when it is not there.
 * Free with json_decref. */
static inline json_t *golden_json(const char *name)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[1024];
    json_error_t error;
    json_t *root;
    FILE *file;

    if (!folder || !*folder)
        folder = "../shared/data";
    (void)snprintf(path, sizeof path, "%s/sequence/%s", folder, name);
    file = fopen(path, "rb");
    if (!file) {
        print_message("skipped: no sequence/%s under MRSE_GOLDEN_DIR (%s)\n", name, folder);
        return NULL;
    }
    root = json_loadf(file, 0, &error);
    (void)fclose(file);
    if (!root)
        fail_msg("%s:%d: %s", name, error.line, error.text);
    return root;
}

static inline double number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

static inline double number_at(const json_t *array, size_t i)
{
    const json_t *value = json_array_get(array, i);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* A time in ms to s; null is none, which is infinite. */
static inline double time_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? (double)INFINITY : number_of(object, key) / 1e3;
}

#endif

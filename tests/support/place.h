/* A folder of its own for a test that writes files, and helpers to look at what is there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_PLACE_H
#define MRSE_TEST_PLACE_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "close.h"

static char place_root[64];

static int place_make(void **state)
{
    (void)state;
    (void)snprintf(place_root, sizeof place_root, "/tmp/mrse-place-XXXXXX");
    return mkdtemp(place_root) ? 0 : 1;
}

static int place_remove(void **state)
{
    char command[256];

    (void)state;
    (void)snprintf(command, sizeof command, "chmod -R u+rwx '%s' && rm -rf '%s'", place_root,
                   place_root);
    return system(command) == 0 ? 0 : 1;
}

/* Four paths may be in use at the same time. */
static inline const char *place(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];

    (void)snprintf(path, sizeof paths[0], "%s/%s", place_root, name);
    return path;
}

/* Writes with plain stdio, which is not under test. */
static inline void place_put(const char *name, const char *bytes, size_t n)
{
    FILE *f = fopen(place(name), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* The file's text, or "(none)"; good until the next call. */
static inline const char *place_get(const char *name)
{
    static char text[4096];
    FILE *f = fopen(place(name), "rb");
    size_t n;

    if (!f)
        return "(none)";
    n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    (void)fclose(f);
    return text;
}

/* Entries of a folder, "." and ".." not counted; -1 when there is no such folder. */
static inline int place_count(const char *name)
{
    DIR *dir = opendir(place(name));
    int n = -2;

    if (!dir)
        return -1;
    while (readdir(dir))
        n++;
    (void)closedir(dir);
    return n;
}

/* Open file descriptors of this process; 0 where the system does not say. */
static inline int place_open_files(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int n = 0;

    if (!dir)
        return 0;
    while (readdir(dir))
        n++;
    (void)closedir(dir);
    return n;
}

#endif

/* A scratch folder for one test program. SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/close.h"

enum { PATH_SIZE = 512, N_PATHS = 8 };

static char folder[PATH_SIZE];

int scratch_begin(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/mrse-test-XXXXXX", base != NULL ? base : "/tmp");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static void remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        unlink(path);
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char child[PATH_SIZE];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(child, sizeof child, "%s/%s", path, entry->d_name) < (int)sizeof child)
            remove_tree(child);
    }
    closedir(dir);
    rmdir(path);
}

int scratch_end(void **state)
{
    (void)state;
    remove_tree(folder);
    return 0;
}

const char *scratch_path(const char *name)
{
    static char path[N_PATHS][2 * PATH_SIZE];
    static size_t next;
    char *out = path[next++ % N_PATHS];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

const char *scratch_write(const char *name, const char *text)
{
    const char *path = scratch_path(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    return path;
}

int scratch_count(void)
{
    int n = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n - 2;
}

/* Runs a fuzz target once on every file of its corpus, without libFuzzer: fuzz_NAME reads
 * tests/fuzz/corpus/NAME, or the files named on the command line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    struct stat info;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &info) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    size_t size = (size_t)info.st_size;
    /* Exactly as large as the input: a read past its end is one past the block. */
    uint8_t *data = malloc(size ? size : 1);
    int failed = !data || fread(data, 1, size, file) != size;
    if (!failed)
        (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    if (fclose(file) != 0 || failed) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    return 0;
}

static int replay_folder(const char *folder)
{
    int n = 0, failed = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failed |= length < 0 || (size_t)length >= sizeof path || replay(path);
        n++;
    }
    if (entries)
        (void)closedir(entries);
    if (n == 0)
        fprintf(stderr, "%s: no seeds\n", folder);
    else
        printf("%s: %d inputs\n", folder, n);
    return failed || n == 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    char folder[1024];
    const char *name = strrchr(argv[0], '/');
    name = name ? name + 1 : argv[0];
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            failed |= replay(argv[i]);
        return failed;
    }
    if (strncmp(name, "fuzz_", 5) != 0) {
        fprintf(stderr, "%s: not called fuzz_NAME\n", name);
        return 1;
    }
    int length = snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name + 5);
    if (length < 0 || (size_t)length >= sizeof folder)
        return 1;
    return replay_folder(folder);
}

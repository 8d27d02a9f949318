/* What the parts of the folder writer share: folder.c writes the new folder, folder_replace.c puts it
 * in the place of an old one, folder_stale.c clears away what killed runs left. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FOLDER_INTERNAL_H
#define MRSE_FOLDER_INTERNAL_H

#include "core_internal.h"
#include "mrse/file.h"

typedef struct mrse_names {
    char **name;
    size_t n, cap;
} mrse_names;

/* Descriptors instead of paths: clearing up needs no memory, and survives a change of folder. */
struct mrse_folder {
    int parent, fd;
    char *shown; /* the path as the user wrote it, for messages */
    char final[MRSE_CORE_NAME], temp[MRSE_CORE_NAME];
    bool replace; /* something is there that must be moved out of the way */
    mrse_status failed;
    mrse_names files, dirs; /* made so far; a file in a subfolder is "dir/name" */
};

bool mrse_names_add(mrse_names *names, const char *name);
bool mrse_names_has(const mrse_names *names, const char *name);
void mrse_names_free(mrse_names *names);

/* Remove these files, then these subfolders, then the folder itself. Returns 0 or an errno. */
int mrse_folder_remove(int parent, const char *name, int fd, const mrse_names *files,
                       const mrse_names *dirs);

/* Put the finished new folder in the place of the old one and remove the old one. The old one is
 * removed only when it holds nothing that this program did not write. */
mrse_status mrse_folder_replace(mrse_folder *folder, mrse_diags *diags);

/* Marks an opened folder as being written, for as long as this process keeps it open. */
void mrse_folder_lock(int fd);
/* Removes the hidden folders that killed runs left beside `final`; never one of a running process,
 * never an older folder moved aside. What cannot be removed stays; nothing is reported. */
void mrse_folder_clear_stale(int parent, const char *final);

/* Exchange two names at once where the system can; else ENOTSUP. Returns 0 or an errno. */
int mrse_folder_exchange(int dir, const char *a, const char *b);

#endif

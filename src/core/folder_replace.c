/* Putting a new folder in the place of an old one. The old one goes only when everything in it was
 * written by this program: a signed copy or a note that someone put there is never lost.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder_internal.h"

/* No worksheet has this many entries: a folder that has is surely not one of ours. */
enum { OLD_MAX = 4096 };

enum { SUM_DIGITS = 64 };

static const char sums_name[] = "SHA256SUMS";

typedef struct old_folder {
    int fd;
    mrse_names files, dirs;
    mrse_buf sums;                /* the list that an earlier run left with its files */
    char strange[MRSE_CORE_NAME]; /* the first entry that we did not write; "" */
} old_folder;

/* Lines are "<64 hex digits><space><space or *><name>". */
static bool sums_has(const char *text, const char *name)
{
    size_t n = strlen(name);
    const char *line, *end;

    for (line = text; *line; line = *end ? end + 1 : end) {
        end = line + strcspn(line, "\n");
        if ((size_t)(end - line) == SUM_DIGITS + 2 + n && line[SUM_DIGITS] == ' ' &&
            strspn(line, "0123456789abcdef") == SUM_DIGITS &&
            memcmp(line + SUM_DIGITS + 2, name, n) == 0)
            return true;
    }
    return false;
}

static bool is_ours(const mrse_folder *folder, const old_folder *old, const char *name)
{
    return mrse_names_has(&folder->files, name) || strcmp(name, sums_name) == 0 ||
           sums_has(mrse_buf_text(&old->sums), name);
}

static int list(const mrse_folder *folder, old_folder *old, const char *sub);

static int note_entry(const mrse_folder *folder, old_folder *old, const char *sub, const char *name)
{
    char full[2 * MRSE_CORE_NAME];
    struct stat st;
    bool too_many;

    (void)snprintf(full, sizeof full, "%s%s%s", sub, *sub ? "/" : "", name);
    if (fstatat(old->fd, full, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno;
    too_many = old->files.n + old->dirs.n >= OLD_MAX;
    if (S_ISDIR(st.st_mode) && !*sub && !too_many) {
        if (!mrse_names_add(&old->dirs, full))
            return ENOMEM;
        return list(folder, old, full);
    }
    if (S_ISREG(st.st_mode) && is_ours(folder, old, full) && !too_many)
        return mrse_names_add(&old->files, full) ? 0 : ENOMEM;
    if (!old->strange[0])
        mrse_text_copy(old->strange, sizeof old->strange, full);
    return 0;
}

/* One level of subfolders, as the writer itself makes them: so this calls itself at most once. */
static int list(const mrse_folder *folder, old_folder *old, const char *sub)
{
    int fd = openat(old->fd, *sub ? sub : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int err = 0;
    struct dirent *entry;
    DIR *dir;

    if (fd < 0)
        return errno;
    dir = fdopendir(fd);
    if (!dir) {
        err = errno;
        (void)mrse_core_close(fd);
        return err;
    }
    while (err == 0) {
        errno = 0;
        entry = readdir(dir);
        if (!entry) {
            err = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            err = note_entry(folder, old, sub, entry->d_name);
    }
    (void)closedir(dir);
    return err;
}

static int open_old(const mrse_folder *folder, old_folder *old)
{
    mrse_status status = MRSE_OK;
    int fd;

    old->fd =
        openat(folder->parent, folder->final, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (old->fd < 0)
        return errno;
    fd = openat(old->fd, sums_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0) {
        status = mrse_core_read_fd(fd, folder->shown, MRSE_FILE_MAX, &old->sums, NULL);
        (void)mrse_core_close(fd);
    }
    if (status == MRSE_ERR_NOMEM)
        return ENOMEM;
    if (status != MRSE_OK) /* an unreadable list says nothing about what is ours */
        mrse_buf_free(&old->sums);
    return list(folder, old, "");
}

/* For systems that cannot exchange: for a moment there is neither, but never half a folder. */
static int swap_by_moving(const mrse_folder *folder, char *aside, size_t size)
{
    unsigned attempt;
    int err = EEXIST;

    for (attempt = MRSE_CORE_ATTEMPTS; attempt < 2 * MRSE_CORE_ATTEMPTS && err == EEXIST;
         attempt++) {
        if (!mrse_core_temp_name(aside, size, folder->final, attempt))
            return ENAMETOOLONG;
        err = renameat(folder->parent, folder->final, folder->parent, aside) == 0 ? 0 : errno;
        if (err == ENOTEMPTY)
            err = EEXIST;
    }
    if (err != 0)
        return err;
    if (renameat(folder->parent, folder->temp, folder->parent, folder->final) == 0)
        return 0;
    err = errno;
    (void)renameat(folder->parent, aside, folder->parent, folder->final);
    return err;
}

static int swap(const mrse_folder *folder, char *aside, size_t size)
{
    int err = mrse_folder_exchange(folder->parent, folder->temp, folder->final);

    if (err == ENOSYS || err == EINVAL || err == ENOTSUP)
        return swap_by_moving(folder, aside, size);
    mrse_text_copy(aside, size, folder->temp);
    return err;
}

static mrse_status refuse(const mrse_folder *folder, const char *strange, mrse_diags *diags)
{
    mrse_diag *diag =
        mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_IO,
                      "cannot replace the folder: it holds '%s', which was not written by "
                      "this program",
                      strange);

    mrse_diag_place(diag, folder->shown, 0, 0, NULL,
                    "move that away first, or write to another folder");
    return MRSE_ERR_IO;
}

static mrse_status replace(mrse_folder *folder, old_folder *old, mrse_diags *diags)
{
    char aside[MRSE_CORE_NAME] = "";
    mrse_diag *diag;
    int err = open_old(folder, old);

    if (err == 0 && old->strange[0])
        return refuse(folder, old->strange, diags);
    if (err == 0)
        err = swap(folder, aside, sizeof aside);
    if (err != 0)
        return mrse_core_io_error(diags, folder->shown, "replace the folder", err);
    if (mrse_folder_remove(folder->parent, aside, old->fd, &old->files, &old->dirs) != 0) {
        diag = mrse_diag_add(diags, MRSE_SEV_WARNING, MRSE_ERR_IO,
                             "written, but parts of the previous folder remain, named '%s'", aside);
        mrse_diag_place(diag, folder->shown, 0, 0, NULL, "look at it and remove it by hand");
    }
    return MRSE_OK;
}

mrse_status mrse_folder_replace(mrse_folder *folder, mrse_diags *diags)
{
    old_folder old = {.fd = -1};
    mrse_status status = replace(folder, &old, diags);

    if (old.fd >= 0)
        (void)mrse_core_close(old.fd);
    mrse_names_free(&old.files);
    mrse_names_free(&old.dirs);
    mrse_buf_free(&old.sums);
    return status;
}

/* A folder that appears whole: written beside its final name and renamed at the end, so that
 * whatever stops the program, nobody finds half of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder_internal.h"
#include "mrse/alloc.h"

bool mrse_names_add(mrse_names *names, const char *name)
{
    size_t cap = names->cap ? 2 * names->cap : 16;
    char **grown, *copy;

    if (names->n == names->cap) {
        grown = mrse_realloc(names->name, cap, sizeof *grown);
        if (!grown)
            return false;
        names->name = grown;
        names->cap = cap;
    }
    copy = mrse_strdup(name);
    if (!copy)
        return false;
    names->name[names->n++] = copy;
    return true;
}

bool mrse_names_has(const mrse_names *names, const char *name)
{
    size_t i;

    for (i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

void mrse_names_free(mrse_names *names)
{
    while (names->n > 0)
        mrse_free(names->name[--names->n]);
    mrse_free(names->name);
    memset(names, 0, sizeof *names);
}

int mrse_folder_remove(int parent, const char *name, int fd, const mrse_names *files,
                       const mrse_names *dirs)
{
    size_t i;
    int err = 0;

    for (i = 0; i < files->n; i++)
        if (unlinkat(fd, files->name[i], 0) != 0 && errno != ENOENT)
            err = errno;
    for (i = 0; i < dirs->n; i++)
        if (unlinkat(fd, dirs->name[i], AT_REMOVEDIR) != 0 && errno != ENOENT)
            err = errno;
    if (unlinkat(parent, name, AT_REMOVEDIR) != 0)
        err = errno;
    return err;
}

/* Frees the object only; what is on the disk stays. */
static void release(mrse_folder *folder)
{
    if (folder->fd >= 0)
        (void)mrse_core_close(folder->fd);
    if (folder->parent >= 0)
        (void)mrse_core_close(folder->parent);
    mrse_names_free(&folder->files);
    mrse_names_free(&folder->dirs);
    mrse_free(folder->shown);
    mrse_free(folder);
}

void mrse_folder_abandon(mrse_folder *folder)
{
    if (!folder)
        return;
    if (folder->fd >= 0)
        (void)mrse_folder_remove(folder->parent, folder->temp, folder->fd, &folder->files,
                                 &folder->dirs);
    release(folder);
}

static int is_empty(int parent, const char *name, bool *empty)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), err;
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
    *empty = true;
    errno = 0;
    while ((entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *empty = false;
    err = errno;
    (void)closedir(dir);
    return err;
}

/* Is something there already? Gives its mode, or 0. */
static int look(mrse_folder *folder, bool force, mode_t *mode)
{
    struct stat st;
    bool empty = true;
    int err;

    if (fstatat(folder->parent, folder->final, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : errno;
    if (!S_ISDIR(st.st_mode))
        return ENOTDIR;
    *mode = st.st_mode & 0777;
    err = is_empty(folder->parent, folder->final, &empty);
    if (err == 0 && !empty && !force)
        err = ENOTEMPTY;
    folder->replace = !empty;
    return err;
}

static int make_temp(mrse_folder *folder, mode_t mode)
{
    unsigned attempt;
    int err = EEXIST;

    for (attempt = 0; attempt < MRSE_CORE_ATTEMPTS && err == EEXIST; attempt++) {
        if (!mrse_core_temp_name(folder->temp, sizeof folder->temp, folder->final, attempt))
            return ENAMETOOLONG;
        err = mkdirat(folder->parent, folder->temp, 0777) == 0 ? 0 : errno;
    }
    if (err != 0)
        return err == EEXIST ? EBUSY : err;
    folder->fd =
        openat(folder->parent, folder->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder->fd < 0)
        err = errno;
    else
        mrse_folder_lock(folder->fd);
    if (err == 0 && mode != 0 && fchmod(folder->fd, mode) != 0 && errno != EPERM)
        err = errno;
    if (err != 0)
        (void)unlinkat(folder->parent, folder->temp, AT_REMOVEDIR);
    return err;
}

static int begin(mrse_folder *folder, const char *path, bool force)
{
    const char *base;
    size_t n = strlen(path);
    mode_t mode = 0;
    int err;

    folder->shown = mrse_strdup(path);
    if (!folder->shown)
        return ENOMEM;
    while (n > 1 && folder->shown[n - 1] == '/')
        folder->shown[--n] = '\0';
    base = mrse_path_base(folder->shown);
    if (*base == '\0' || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
        return EBUSY;
    if (strlen(base) >= sizeof folder->final)
        return ENAMETOOLONG;
    mrse_text_copy(folder->final, sizeof folder->final, base);
    folder->parent = mrse_core_open_parent(folder->shown);
    if (folder->parent < 0)
        return errno;
    err = look(folder, force, &mode);
    if (err == 0)
        mrse_folder_clear_stale(folder->parent, folder->final);
    return err ? err : make_temp(folder, mode);
}

mrse_status mrse_folder_begin(const char *path, bool force, mrse_folder **out, mrse_diags *diags)
{
    mrse_folder *folder;
    int err;

    if (out)
        *out = NULL;
    if (!path || !out || !*path)
        return MRSE_ERR_ARG;
    folder = mrse_alloc(1, sizeof *folder);
    if (!folder)
        return mrse_core_io_error(diags, path, "make the folder", ENOMEM);
    folder->parent = folder->fd = -1;
    err = begin(folder, path, force);
    if (err != 0) {
        release(folder);
        return mrse_core_io_error(diags, path, "make the folder", err);
    }
    *out = folder;
    return MRSE_OK;
}

static bool part_is_plain(const char *part, size_t n)
{
    return n > 0 && n < 200 && !(n == 1 && part[0] == '.') &&
           !(n == 2 && part[0] == '.' && part[1] == '.') && !memchr(part, '/', n);
}

/* "name" or "folder/name", going nowhere else. */
static bool name_is_plain(const char *name)
{
    const char *slash = strchr(name, '/');

    if (!slash)
        return part_is_plain(name, strlen(name));
    return part_is_plain(name, (size_t)(slash - name)) &&
           part_is_plain(slash + 1, strlen(slash + 1));
}

static int make_subfolder(mrse_folder *folder, const char *name)
{
    const char *slash = strchr(name, '/');
    char sub[MRSE_CORE_NAME];

    if (!slash)
        return 0;
    (void)snprintf(sub, sizeof sub, "%.*s", (int)(slash - name), name);
    if (mrse_names_has(&folder->dirs, sub))
        return 0;
    /* noted before it is made, so that nothing is ever made that is not noted */
    if (!mrse_names_add(&folder->dirs, sub))
        return ENOMEM;
    return mkdirat(folder->fd, sub, 0777) == 0 ? 0 : errno;
}

static int write_one(mrse_folder *folder, const char *name, const void *bytes, size_t n)
{
    int err, closed, fd;

    if (mrse_names_has(&folder->files, name))
        return EEXIST;
    err = make_subfolder(folder, name);
    if (err != 0)
        return err;
    if (!mrse_names_add(&folder->files, name))
        return ENOMEM;
    fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    err = mrse_core_write_all(fd, bytes, n);
    if (err == 0)
        err = mrse_core_sync(fd);
    closed = mrse_core_close(fd);
    return err ? err : closed;
}

mrse_status mrse_folder_write(mrse_folder *folder, const char *name, const void *bytes, size_t n,
                              mrse_diags *diags)
{
    char shown[512];
    int err;

    if (!folder || !name || (!bytes && n > 0) || !name_is_plain(name)) {
        if (folder)
            folder->failed = MRSE_ERR_ARG;
        return MRSE_ERR_ARG;
    }
    err = write_one(folder, name, bytes, n);
    if (err == 0)
        return MRSE_OK;
    (void)snprintf(shown, sizeof shown, "%s/%s", folder->shown, name);
    folder->failed = mrse_core_io_error(diags, shown, "write", err);
    return folder->failed;
}

static int sync_folders(const mrse_folder *folder)
{
    size_t i;
    int err = mrse_core_sync(folder->fd), fd;

    for (i = 0; err == 0 && i < folder->dirs.n; i++) {
        fd = openat(folder->fd, folder->dirs.name[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            return errno;
        err = mrse_core_sync(fd);
        (void)mrse_core_close(fd);
    }
    return err;
}

mrse_status mrse_folder_commit(mrse_folder *folder, mrse_diags *diags)
{
    mrse_status status;
    int err;

    if (!folder)
        return MRSE_ERR_ARG;
    status = folder->failed;
    if (status == MRSE_OK) {
        err = sync_folders(folder);
        if (err == 0 && !folder->replace &&
            renameat(folder->parent, folder->temp, folder->parent, folder->final) != 0)
            err = errno;
        if (err != 0)
            status = mrse_core_io_error(diags, folder->shown, "finish the folder", err);
    }
    if (status == MRSE_OK && folder->replace)
        status = mrse_folder_replace(folder, diags);
    if (status != MRSE_OK) {
        mrse_folder_abandon(folder);
        return status;
    }
    err = mrse_core_sync(folder->parent);
    if (err != 0)
        mrse_core_warn_unsynced(diags, folder->shown, err);
    release(folder);
    return MRSE_OK;
}

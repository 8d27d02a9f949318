/* Clearing away what killed runs left beside a folder. A killed run cannot clear up after itself, and
 * on a full disk its hidden folder would stay in the way for good.
 *
 * Only what this program named so (".final.tmp-PID-N") is looked at, and only the names that new
 * folders are written under: a name from MRSE_CORE_ATTEMPTS on holds an older folder that was moved
 * aside, and such a one is never removed. The writer holds a lock as long as it lives; the number of
 * the process alone would not do, for on a shared disk or in a container it may be another machine's.
 * Whatever cannot be told or removed is left. SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder_internal.h"

enum { STALE_MAX = 10000 }; /* entries of a folder that is ours: it has a few dozen */

void mrse_folder_lock(int fd)
{
    /* Where folders cannot be locked, nothing is ever taken for stale. */
    (void)flock(fd, LOCK_EX | LOCK_NB);
}

/* The digits at *text as a number, which is then passed over; -1 when there are none or too many. */
static long take_number(const char **text)
{
    size_t n = strspn(*text, "0123456789");
    long value = n > 0 && n < 10 ? strtol(*text, NULL, 10) : -1;
    *text += n;
    return value;
}

/* ".final.tmp-PID-N" of a process that is no more, N that of a folder being written. */
static bool is_left_behind(const char *name, const char *final)
{
    size_t n = strlen(final);
    long pid, attempt;

    if (name[0] != '.' || strncmp(name + 1, final, n) != 0 ||
        strncmp(name + 1 + n, ".tmp-", 5) != 0)
        return false;
    name += 1 + n + 5;
    pid = take_number(&name);
    if (pid <= 0 || *name++ != '-')
        return false;
    attempt = take_number(&name);
    return *name == '\0' && attempt >= 0 && attempt < MRSE_CORE_ATTEMPTS &&
           kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* Files, and folders of files when `deep`; anything else is left, and so is then the folder. */
static void empty_folder(int fd, bool deep)
{
    struct dirent *entry;
    struct stat st;
    DIR *dir = fdopendir(fd);

    if (!dir) {
        (void)mrse_core_close(fd);
        return;
    }
    for (int i = 0; i < STALE_MAX && (entry = readdir(dir)) != NULL; i++) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(st.st_mode)) {
            (void)unlinkat(dirfd(dir), name, 0);
        } else if (S_ISDIR(st.st_mode) && deep) {
            int sub = openat(dirfd(dir), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (sub >= 0)
                empty_folder(sub, false);
            (void)unlinkat(dirfd(dir), name, AT_REMOVEDIR);
        }
    }
    (void)closedir(dir);
}

static void remove_stale(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int inside;

    if (fd < 0)
        return;
    inside = flock(fd, LOCK_EX | LOCK_NB) == 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
    if (inside >= 0) {
        empty_folder(inside, true);
        (void)unlinkat(parent, name, AT_REMOVEDIR);
    }
    (void)mrse_core_close(fd);
}

void mrse_folder_clear_stale(int parent, const char *final)
{
    int fd = fcntl(parent, F_DUPFD_CLOEXEC, 0);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;

    if (!dir) {
        if (fd >= 0)
            (void)mrse_core_close(fd);
        return;
    }
    rewinddir(dir); /* the copy shares its place with the original */
    while ((entry = readdir(dir)) != NULL)
        if (is_left_behind(entry->d_name, final))
            remove_stale(parent, entry->d_name);
    (void)closedir(dir);
}

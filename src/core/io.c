/* What the file functions share: reasons in words, whole writes, names for temporary files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core_internal.h"

typedef struct reason {
    int err;
    const char *text, *hint;
} reason;

static const reason reasons[] = {
    {ENOENT, "no such file or folder", "check the spelling, and that the folder exists"},
    {EACCES, "permission denied", "ask for access, or use another folder"},
    {EPERM, "the system does not permit it", "use another folder"},
    {EROFS, "the disk can only be read", "write to another folder"},
    {ENOSPC, "no space left on the device", "make room, or write to another disk"},
    {EDQUOT, "your disk quota is used up", "make room, or write to another disk"},
    {EFBIG, "the file is too large for this disk", NULL},
    {EIO, "the device reports an input/output error", "copy the files to another disk"},
    {EISDIR, "it is a folder", "name a file"},
    {ENOTDIR, "a part of the path is not a folder", "check the path"},
    {EEXIST, "it already exists", "use another name, or --force to replace it"},
    {ENOTEMPTY, "the folder is not empty", "use another name, or --force to replace it"},
    {EBUSY, "it is in use", "close it in the other program, or use another name"},
    {ETXTBSY, "it is a program that is running", "use another name"},
    {ENAMETOOLONG, "the name is too long", "use a shorter name"},
    {ELOOP, "too many symbolic links", NULL},
    {EMFILE, "too many files are open", NULL},
    {ENFILE, "too many files are open on this computer", NULL},
    {EPIPE, "the reader of the output has gone", NULL},
    {ENXIO, "no such device", NULL},
    {ENODEV, "no such device", NULL},
    {EXDEV, "it is on another disk", "name a folder on the same disk"},
    {ENOMEM, "out of memory", NULL},
};

static const reason *find(int err)
{
    size_t i;

    for (i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].err == err)
            return &reasons[i];
    return NULL;
}

const char *mrse_core_reason(int err, char *buf, size_t size)
{
    const reason *known = find(err);

    if (known)
        return known->text;
    if (strerror_r(err, buf, size) != 0)
        (void)snprintf(buf, size, "error %d", err);
    return buf;
}

mrse_status mrse_core_io_error(mrse_diags *diags, const char *path, const char *action, int err)
{
    const reason *known = find(err);
    mrse_status status = err == ENOMEM ? MRSE_ERR_NOMEM : MRSE_ERR_IO;
    char buf[128];
    mrse_diag *diag = mrse_diag_add(diags, MRSE_SEV_ERROR, status, "cannot %s: %s", action,
                                    mrse_core_reason(err, buf, sizeof buf));

    mrse_diag_place(diag, path, 0, 0, NULL, known ? known->hint : NULL);
    return status;
}

void mrse_core_warn_unsynced(mrse_diags *diags, const char *path, int err)
{
    char buf[128];
    mrse_diag *diag = mrse_diag_add(diags, MRSE_SEV_WARNING, MRSE_ERR_IO,
                                    "written, but its name may not survive a power cut: %s",
                                    mrse_core_reason(err, buf, sizeof buf));

    mrse_diag_place(diag, path, 0, 0, NULL, NULL);
}

int mrse_core_write_all(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    ssize_t done;

    while (n > 0) {
        done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        if (done == 0)
            return EIO;
        at += done;
        n -= (size_t)done;
    }
    return 0;
}

int mrse_core_sync(int fd)
{
    while (fsync(fd) != 0) {
        if (errno == EINVAL || errno == ENOTSUP || errno == EROFS)
            return 0;
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

int mrse_core_close(int fd)
{
    /* after EINTR the descriptor is gone on Linux: a second close could hit another thread's */
    return close(fd) != 0 && errno != EINTR ? errno : 0;
}

bool mrse_core_temp_name(char *out, size_t size, const char *final, unsigned attempt)
{
    int n = snprintf(out, size, ".%s.tmp-%ld-%u", final, (long)getpid(), attempt);
    return n > 0 && (size_t)n < size;
}

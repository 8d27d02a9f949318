/* Bounded reading, and writing of single files that leaves the whole file or nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core_internal.h"
#include "mrse/alloc.h"

static bool is_dash(const char *path)
{
    return strcmp(path, "-") == 0;
}

static mrse_status refuse(mrse_diags *diags, const char *path, mrse_status code, const char *text,
                          const char *hint)
{
    mrse_diag *diag = mrse_diag_add(diags, MRSE_SEV_ERROR, code, "%s", text);

    mrse_diag_place(diag, path, 0, 0, NULL, hint);
    return code;
}

static mrse_status too_large(mrse_diags *diags, const char *path, size_t max_bytes)
{
    mrse_diag *diag =
        mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_LIMIT,
                      "the file is larger than %zu bytes, the most that is read", max_bytes);

    mrse_diag_place(diag, path, 0, 0, NULL, "check that this is the file you mean");
    return MRSE_ERR_LIMIT;
}

static mrse_status check_readable(const char *path, const struct stat *st, size_t max_bytes,
                                  mrse_diags *diags)
{
    if (S_ISDIR(st->st_mode))
        return mrse_core_io_error(diags, path, "read", EISDIR);
    if (!S_ISREG(st->st_mode))
        return refuse(diags, path, MRSE_ERR_IO, "cannot read: it is a device or a pipe, not a file",
                      "'-' reads standard input");
    if (st->st_size > 0 && (unsigned long long)st->st_size > max_bytes)
        return too_large(diags, path, max_bytes);
    return MRSE_OK;
}

/* Grows as the bytes arrive: standard input and some system files do not tell their size. */
mrse_status mrse_core_read_fd(int fd, const char *path, size_t max_bytes, mrse_buf *buf,
                              mrse_diags *diags)
{
    char chunk[16384];
    ssize_t got;

    for (;;) {
        got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return mrse_core_io_error(diags, path, "read", errno);
        if (got == 0)
            break;
        if ((size_t)got > max_bytes - buf->len)
            return too_large(diags, path, max_bytes);
        mrse_buf_addn(buf, chunk, (size_t)got);
        if (buf->status != MRSE_OK)
            break;
    }
    mrse_buf_addn(buf, "", 0); /* an empty file still needs its NUL */
    if (buf->status != MRSE_OK)
        return mrse_core_io_error(diags, path, "read", ENOMEM);
    return MRSE_OK;
}

static mrse_status read_path(const char *path, size_t max_bytes, mrse_buf *buf, mrse_diags *diags)
{
    struct stat st;
    mrse_status status;
    int fd;

    /* asked before opening, because opening a device can do something; and again after */
    if (stat(path, &st) != 0)
        return mrse_core_io_error(diags, path, "read", errno);
    status = check_readable(path, &st, max_bytes, diags);
    if (status != MRSE_OK)
        return status;
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return mrse_core_io_error(diags, path, "read", errno);
    if (fstat(fd, &st) != 0)
        status = mrse_core_io_error(diags, path, "read", errno);
    else
        status = check_readable(path, &st, max_bytes, diags);
    if (status == MRSE_OK)
        status = mrse_core_read_fd(fd, path, max_bytes, buf, diags);
    (void)mrse_core_close(fd); /* nothing was written: a failing close loses nothing */
    return status;
}

mrse_status mrse_file_read(const char *path, size_t max_bytes, char **bytes, size_t *n,
                           mrse_diags *diags)
{
    mrse_buf buf = {0};
    mrse_status status;

    if (bytes)
        *bytes = NULL;
    if (n)
        *n = 0;
    if (!path || !bytes || !n)
        return MRSE_ERR_ARG;
    if (is_dash(path))
        status = mrse_core_read_fd(STDIN_FILENO, path, max_bytes, &buf, diags);
    else
        status = read_path(path, max_bytes, &buf, diags);
    if (status != MRSE_OK) {
        mrse_buf_free(&buf);
        return status;
    }
    *bytes = buf.data;
    *n = buf.len;
    return MRSE_OK;
}

static mrse_status check_text(const char *path, const char *text, size_t n, mrse_diags *diags)
{
    static const char save[] = "save it as plain text in UTF-8";
    mrse_diag *diag;
    size_t i, len;
    int line = 1;

    if (n >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
        return refuse(diags, path, MRSE_ERR_INPUT, "the text is in UTF-16, not in UTF-8", save);
    if (memchr(text, '\0', n))
        return refuse(diags, path, MRSE_ERR_INPUT, "looks like a binary file, not like text", save);
    for (i = 0; i < n; i += len) {
        len = mrse_core_utf8(text + i, n - i, NULL);
        if (len == 0)
            break;
        line += text[i] == '\n';
    }
    if (i == n)
        return MRSE_OK;
    diag = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                         "byte 0x%02X is not UTF-8 text (an older character set, or a binary file)",
                         (unsigned)(unsigned char)text[i]);
    mrse_diag_place(diag, path, line, 0, NULL, save);
    mrse_diag_excerpt(diag, text, n);
    return MRSE_ERR_INPUT;
}

mrse_status mrse_file_read_text(const char *path, size_t max_bytes, char **text, size_t *n,
                                mrse_diags *diags)
{
    mrse_status status = mrse_file_read(path, max_bytes, text, n, diags);

    if (status != MRSE_OK || !*text)
        return status;
    status = check_text(path, *text, *n, diags);
    if (status != MRSE_OK) {
        mrse_free(*text);
        *text = NULL;
        *n = 0;
        return status;
    }
    if (*n >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
        *n -= 3;
        memmove(*text, *text + 3, *n + 1);
    }
    return MRSE_OK;
}

static mrse_status write_in_place(const char *path, const void *bytes, size_t n, mrse_diags *diags)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), err, closed;

    if (fd < 0)
        return mrse_core_io_error(diags, path, "write", errno);
    err = mrse_core_write_all(fd, bytes, n);
    if (err == 0)
        err = mrse_core_sync(fd);
    closed = mrse_core_close(fd);
    if (err == 0)
        err = closed;
    return err ? mrse_core_io_error(diags, path, "write", err) : MRSE_OK;
}

static mrse_status write_stdout(const void *bytes, size_t n, mrse_diags *diags)
{
    int err = 0;

    /* what the program has printed so far comes first */
    if (fflush(stdout) != 0)
        err = errno;
    if (err == 0)
        err = mrse_core_write_all(STDOUT_FILENO, bytes, n);
    return err ? mrse_core_io_error(diags, "standard output", "write", err) : MRSE_OK;
}

/* The new file under a temporary name: written, flushed, closed. Returns 0 or an errno; then
 * nothing is left. */
static int write_temp(int dir, const char *temp, mode_t mode, const void *bytes, size_t n)
{
    int fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), err = 0, closed;

    if (fd < 0)
        return errno;
    if (mode != 0 && fchmod(fd, mode) != 0 && errno != EPERM)
        err = errno;
    if (err == 0)
        err = mrse_core_write_all(fd, bytes, n);
    if (err == 0)
        err = mrse_core_sync(fd);
    closed = mrse_core_close(fd);
    if (err == 0)
        err = closed;
    if (err != 0)
        (void)unlinkat(dir, temp, 0);
    return err;
}

/* Without force a file that another program makes meanwhile must win: a link never replaces. File
 * systems without links fall back to looking first. */
static int put_in_place(int dir, const char *temp, const char *final, bool force)
{
    struct stat st;
    int err;

    if (!force) {
        if (linkat(dir, temp, dir, final, 0) == 0) {
            (void)unlinkat(dir, temp, 0); /* the file is in place, whatever this says */
            return 0;
        }
        err = errno;
        if (err == EEXIST)
            return err;
        if (fstatat(dir, final, &st, AT_SYMLINK_NOFOLLOW) == 0)
            return EEXIST;
    }
    return renameat(dir, temp, dir, final) == 0 ? 0 : errno;
}

static int write_whole(int dir, const char *final, mode_t mode, const void *bytes, size_t n,
                       bool force)
{
    char temp[MRSE_CORE_NAME];
    unsigned attempt;
    int err = EEXIST;

    for (attempt = 0; attempt < MRSE_CORE_ATTEMPTS && err == EEXIST; attempt++) {
        if (!mrse_core_temp_name(temp, sizeof temp, final, attempt))
            return ENAMETOOLONG;
        err = write_temp(dir, temp, mode, bytes, n);
    }
    if (err != 0)
        return err == EEXIST ? EBUSY : err;
    err = put_in_place(dir, temp, final, force);
    if (err != 0)
        (void)unlinkat(dir, temp, 0);
    return err;
}

static mrse_status write_path(const char *path, mode_t mode, const void *bytes, size_t n,
                              bool force, mrse_diags *diags)
{
    const char *final = mrse_path_base(path);
    int dir, err, synced;

    dir = mrse_core_open_parent(path);
    if (dir < 0)
        return mrse_core_io_error(diags, path, "write", errno);
    err = write_whole(dir, final, mode, bytes, n, force);
    synced = err == 0 ? mrse_core_sync(dir) : 0;
    (void)mrse_core_close(dir);
    if (err != 0)
        return mrse_core_io_error(diags, path, "write", err);
    if (synced != 0)
        mrse_core_warn_unsynced(diags, path, synced);
    return MRSE_OK;
}

mrse_status mrse_file_write(const char *path, const void *bytes, size_t n, bool force,
                            mrse_diags *diags)
{
    struct stat st, target;
    mode_t mode = 0;

    if (!path || (!bytes && n > 0))
        return MRSE_ERR_ARG;
    if (is_dash(path))
        return write_stdout(bytes, n, diags);
    if (*mrse_path_base(path) == '\0')
        return mrse_core_io_error(diags, path, "write", *path ? EISDIR : ENOENT);
    if (lstat(path, &st) == 0) {
        if (stat(path, &target) == 0 && (S_ISCHR(target.st_mode) || S_ISFIFO(target.st_mode)))
            return write_in_place(path, bytes, n, diags);
        if (S_ISDIR(st.st_mode))
            return mrse_core_io_error(diags, path, "write", EISDIR);
        if (!S_ISREG(st.st_mode))
            return refuse(diags, path, MRSE_ERR_IO, "cannot write: it is a link or a device",
                          "name the file itself; '-' writes to standard output");
        if (!force)
            return mrse_core_io_error(diags, path, "write", EEXIST);
        mode = st.st_mode & 0777;
    } else if (errno != ENOENT) {
        return mrse_core_io_error(diags, path, "write", errno);
    }
    return write_path(path, mode, bytes, n, force, diags);
}

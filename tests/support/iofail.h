/* Failing every input/output call in turn. Include in one file of a test program: it replaces the C
 * library's functions by ones that count, fail when told to, and else ask the system.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_IOFAIL_H
#define MRSE_TEST_IOFAIL_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

long syscall(long number, ...);
int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);

enum {
    IO_READ,
    IO_WRITE,
    IO_FSYNC,
    IO_CLOSE,
    IO_OPEN,
    IO_MKDIR,
    IO_UNLINK,
    IO_RENAME,
    IO_EXCHANGE,
    IO_LINK,
    IO_CHMOD,
    IO_KINDS
};

static struct {
    size_t seen[IO_KINDS], total;
    size_t fail_at;       /* the n-th call of all fails; 0: none */
    int failed_kind;      /* which kind that was; -1: it has not come */
    int error;            /* with this errno */
    int always[IO_KINDS]; /* this kind always fails with this errno; 0: not */
    bool short_writes;    /* a write takes one byte at a time */
    size_t kill_at;       /* before the n-th call the process is killed; 0: not */
} io;

static void io_reset(void)
{
    static const int none[IO_KINDS];
    size_t i;

    for (i = 0; i < IO_KINDS; i++) {
        io.seen[i] = 0;
        io.always[i] = none[i];
    }
    io.total = io.fail_at = io.kill_at = 0;
    io.failed_kind = -1;
    io.error = EIO;
    io.short_writes = false;
}

static bool io_fails(int kind)
{
    io.seen[kind]++;
    io.total++;
    if (io.kill_at != 0 && io.total == io.kill_at)
        (void)kill(getpid(), SIGKILL);
    if (io.always[kind]) {
        errno = io.always[kind];
        return true;
    }
    if (io.fail_at != 0 && io.total == io.fail_at) {
        io.failed_kind = kind;
        errno = io.error;
        return true;
    }
    return false;
}

ssize_t read(int fd, void *buf, size_t n)
{
    return io_fails(IO_READ) ? -1 : (ssize_t)syscall(SYS_read, fd, buf, n);
}

ssize_t write(int fd, const void *buf, size_t n)
{
    if (io_fails(IO_WRITE))
        return -1;
    return (ssize_t)syscall(SYS_write, fd, buf, io.short_writes && n > 1 ? (size_t)1 : n);
}

int fsync(int fd)
{
    return io_fails(IO_FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

/* A failing close still closes, as on Linux. */
int close(int fd)
{
    int err = io_fails(IO_CLOSE) ? errno : 0, result = (int)syscall(SYS_close, fd);

    if (err == 0)
        return result;
    errno = err;
    return -1;
}

int openat(int dir, const char *path, int flags, ...)
{
    unsigned mode = 0;
    va_list args;

    if (flags & O_CREAT) {
        va_start(args, flags);
        mode = va_arg(args, unsigned);
        va_end(args);
    }
    return io_fails(IO_OPEN) ? -1 : (int)syscall(SYS_openat, dir, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    unsigned mode = 0;
    va_list args;

    if (flags & O_CREAT) {
        va_start(args, flags);
        mode = va_arg(args, unsigned);
        va_end(args);
    }
    return io_fails(IO_OPEN) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
    return io_fails(IO_MKDIR) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int unlinkat(int dir, const char *path, int flags)
{
    return io_fails(IO_UNLINK) ? -1 : (int)syscall(SYS_unlinkat, dir, path, flags);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return io_fails(IO_RENAME) ? -1 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    return io_fails(IO_EXCHANGE) ? -1
                                 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    return io_fails(IO_LINK) ? -1 : (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
}

int fchmod(int fd, mode_t mode)
{
    return io_fails(IO_CHMOD) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

#endif

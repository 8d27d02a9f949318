/* DICOM files: opened once, hashed, and read at the places the parser asks for. No buffer of the C
 * library stands in between, because it would keep what is not to be kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/dicom.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 16384 };
#define LARGEST (UINT64_C(2) << 30)

static mrse_status refuse(mrse_diags *diags, mrse_status status, const char *text, const char *hint)
{
    mrse_diag_place(mrse_diag_add(diags, MRSE_SEV_ERROR, status, "%s", text), NULL, 0, 0, NULL,
                    hint);
    return status;
}

static mrse_status cannot_read(mrse_diags *diags, int err)
{
    (void)mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_IO, "cannot read: %s", strerror(err));
    return MRSE_ERR_IO;
}

static mrse_status read_at(void *context, uint64_t offset, void *to, size_t n)
{
    const int *fd = context;
    unsigned char *at = to;
    while (n > 0) {
        ssize_t got = pread(*fd, at, n, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) /* 0: the file has become shorter meanwhile */
            return MRSE_ERR_IO;
        at += got;
        offset += (uint64_t)got;
        n -= (size_t)got;
    }
    return MRSE_OK;
}

/* The one place where every byte of the file passes through: a buffer on the stack, wiped. */
static mrse_status hash_file(int fd, uint64_t size, char out[MRSE_SHA256_HEX])
{
    unsigned char chunk[CHUNK], hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    mrse_status status = MRSE_OK;
    (void)crypto_hash_sha256_init(&state);
    for (uint64_t at = 0; at < size && status == MRSE_OK;) {
        size_t n = size - at < sizeof chunk ? (size_t)(size - at) : sizeof chunk;
        status = read_at(&fd, at, chunk, n);
        if (status == MRSE_OK)
            (void)crypto_hash_sha256_update(&state, chunk, n);
        at += n;
    }
    (void)crypto_hash_sha256_final(&state, hash);
    (void)sodium_bin2hex(out, MRSE_SHA256_HEX, hash, sizeof hash);
    sodium_memzero(chunk, sizeof chunk);
    sodium_memzero(&state, sizeof state);
    return status;
}

static mrse_status check(const struct stat *st, mrse_diags *diags)
{
    if (S_ISDIR(st->st_mode))
        return cannot_read(diags, EISDIR);
    if (!S_ISREG(st->st_mode))
        return refuse(diags, MRSE_ERR_IO, "cannot read: it is a device or a pipe, not a file",
                      "save it as a file first");
    if (st->st_size > 0 && (uint64_t)st->st_size > LARGEST)
        return refuse(diags, MRSE_ERR_LIMIT, "the file is larger than 2 GiB, the most that is read",
                      "choose one image of the series");
    return MRSE_OK;
}

static mrse_status read_open(int fd, mrse_dicom **out, mrse_diags *diags)
{
    struct stat st, after;
    char sha256[MRSE_SHA256_HEX];
    if (fstat(fd, &st) != 0)
        return cannot_read(diags, errno);
    mrse_status status = check(&st, diags);
    if (status != MRSE_OK)
        return status;
    uint64_t size = (uint64_t)st.st_size;
    if (hash_file(fd, size, sha256) != MRSE_OK)
        return refuse(diags, MRSE_ERR_IO, "cannot read the whole file", NULL);
    mrse_dicom_source source = {&fd, size, read_at};
    status = mrse_dicom_read(&source, sha256, out, diags);
    /* the hash must be that of what was read */
    if (status == MRSE_OK &&
        (fstat(fd, &after) != 0 || after.st_size != st.st_size || after.st_mtime != st.st_mtime)) {
        mrse_dicom_free(*out);
        *out = NULL;
        return refuse(diags, MRSE_ERR_IO, "the file changed while it was read", NULL);
    }
    return status;
}

mrse_status mrse_dicom_load(const char *path, mrse_dicom **out, mrse_diags *diags)
{
    struct stat st;
    if (out != NULL)
        *out = NULL;
    if (path == NULL || out == NULL)
        return MRSE_ERR_ARG;
    size_t first = diags != NULL ? diags->n : 0;
    mrse_status status = MRSE_OK;
    int fd = -1;
    if (stat(path, &st) != 0)
        status = cannot_read(diags, errno);
    else
        status = check(&st, diags); /* before opening: opening a device can do something */
    if (status == MRSE_OK) {
        fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        status = fd < 0 ? cannot_read(diags, errno) : read_open(fd, out, diags);
    }
    if (fd >= 0)
        (void)close(fd); /* nothing was written: a failing close loses nothing */
    for (size_t i = first; diags != NULL && i < diags->n; i++)
        mrse_diag_place(&diags->item[i], path, 0, 0, NULL, NULL);
    return status;
}

/* Path names. SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "core_internal.h"
#include "mrse/file.h"

const char *mrse_path_base(const char *path)
{
    const char *slash;

    if (!path)
        return "";
    slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

mrse_status mrse_path_beside(const char *file, const char *name, char **out)
{
    mrse_buf buf = {0};
    mrse_status status;

    if (out)
        *out = NULL;
    if (!file || !name || !out || !*name)
        return MRSE_ERR_ARG;
    if (name[0] != '/')
        mrse_buf_addn(&buf, file, (size_t)(mrse_path_base(file) - file));
    mrse_buf_add(&buf, name);
    status = buf.status;
    if (status == MRSE_OK)
        *out = buf.data;
    else
        mrse_buf_free(&buf);
    return status;
}

int mrse_core_open_parent(const char *path)
{
    static const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    size_t n = (size_t)(mrse_path_base(path) - path);
    mrse_buf buf = {0};
    int fd = -1, err;

    if (n == 0)
        return open(".", flags);
    mrse_buf_addn(&buf, path, n);
    if (buf.status == MRSE_OK)
        fd = open(buf.data, flags);
    else
        errno = ENOMEM;
    err = errno;
    mrse_buf_free(&buf);
    errno = err;
    return fd;
}

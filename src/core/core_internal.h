/* What the files of core share and nobody else sees.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CORE_INTERNAL_H
#define MRSE_CORE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/diag.h"
#include "mrse/status.h"

/* Length of the well-formed UTF-8 sequence at text[0..n), 0 when it is malformed; its code point
 * goes to *point unless that is NULL. */
size_t mrse_core_utf8(const char *text, size_t n, unsigned long *point);

/* Drop a sequence that a fixed-size buffer has cut in two. */
void mrse_core_utf8_trim(char *text);

/* A phrase for an errno, safe with threads; the buffer serves the rare ones. */
const char *mrse_core_reason(int err, char *buf, size_t size);

/* Report "cannot <action>: <reason>" for a path, with a hint where one helps. Returns the status
 * that fits: MRSE_ERR_NOMEM for ENOMEM, else MRSE_ERR_IO. */
mrse_status mrse_core_io_error(mrse_diags *diags, const char *path, const char *action, int err);

/* The contents are safe, but the folder that names them could not be flushed. */
void mrse_core_warn_unsynced(mrse_diags *diags, const char *path, int err);

/* All of an open file, at most max_bytes; `path` is for the diagnostic. */
mrse_status mrse_core_read_fd(int fd, const char *path, size_t max_bytes, mrse_buf *buf,
                              mrse_diags *diags);

/* Each returns 0 or an errno. Sync counts "this file system has no such thing" as success. */
int mrse_core_write_all(int fd, const void *bytes, size_t n);
int mrse_core_sync(int fd);
int mrse_core_close(int fd);

/* The folder that holds `path`, opened; -1 and errno on failure. */
int mrse_core_open_parent(const char *path);

/* A name beside `final` that no other running process uses: ".final.tmp-PID-N". Written to `out`;
 * false when it does not fit. */
bool mrse_core_temp_name(char *out, size_t size, const char *final, unsigned attempt);

enum { MRSE_CORE_ATTEMPTS = 100, MRSE_CORE_NAME = 256 };

#endif

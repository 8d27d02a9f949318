/* Files: bounded reading, and writing that leaves either the whole file (folder) or nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FILE_H
#define MRSE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/diag.h"
#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MRSE_FILE_MAX = 1 << 20 }; /* largest text file that a user writes: 1 MiB */

/** Read a whole regular file (or "-", standard input) of at most `max_bytes`.
 *  Returned  bytes        NUL-terminated copy, owned by the caller (mrse_free); n without the NUL
 *  Status    MRSE_OK | MRSE_ERR_IO | MRSE_ERR_LIMIT (larger; nothing is read) | MRSE_ERR_NOMEM;
 *            each with one diagnostic that names the file and the reason */
mrse_status mrse_file_read(const char *path, size_t max_bytes, char **bytes, size_t *n,
                           mrse_diags *diags) MRSE_MUST_USE;

/** The same for text that a user writes: a UTF-8 byte order mark is dropped; NUL bytes, UTF-16 and
 *  anything else that is not UTF-8 are refused with MRSE_ERR_INPUT, naming the line. */
mrse_status mrse_file_read_text(const char *path, size_t max_bytes, char **text, size_t *n,
                                mrse_diags *diags) MRSE_MUST_USE;

/** Write a whole file under a temporary name in the same folder, flush, fsync, close, rename.
 *  An existing file is refused unless `force`. "-" writes to standard output; a device such as
 *  /dev/full or /dev/null is written in place. On failure nothing is left behind.
 *  Status    MRSE_OK | MRSE_ERR_IO (also: exists and not force) | MRSE_ERR_NOMEM */
mrse_status mrse_file_write(const char *path, const void *bytes, size_t n, bool force,
                            mrse_diags *diags) MRSE_MUST_USE;

/* A folder that appears whole: files are written beside it and it is renamed at the end. */
typedef struct mrse_folder mrse_folder;

/** Begin a folder that will be called `path`; refused when it exists and is not empty, unless
 *  `force` (the old one is then replaced at commit, and kept when anything fails before). */
mrse_status mrse_folder_begin(const char *path, bool force, mrse_folder **folder,
                              mrse_diags *diags) MRSE_MUST_USE;
/** Write one file; `name` is relative and may hold one '/' (a subfolder is made). */
mrse_status mrse_folder_write(mrse_folder *folder, const char *name, const void *bytes, size_t n,
                              mrse_diags *diags) MRSE_MUST_USE;
/** fsync and rename into place; the folder object is freed whatever happens. */
mrse_status mrse_folder_commit(mrse_folder *folder, mrse_diags *diags) MRSE_MUST_USE;
/** Remove everything written so far and free; NULL is fine. */
void mrse_folder_abandon(mrse_folder *folder);

const char *mrse_path_base(const char *path); /* text after the last '/', borrowed */
/** `name` beside `file` ("a/b.yaml", "../c.yaml" -> "a/../c.yaml"); absolute names are kept. */
mrse_status mrse_path_beside(const char *file, const char *name, char **out) MRSE_MUST_USE;

enum { MRSE_SHA256_HEX = 65 };
/** SHA-256 as lower-case hex (libsodium). */
void mrse_sha256_hex(const void *bytes, size_t n, char out[MRSE_SHA256_HEX]);

#ifdef __cplusplus
}
#endif
#endif

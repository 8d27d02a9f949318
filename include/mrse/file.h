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
 *  Returned  bytes     NUL-terminated copy, owned by the caller (mrse_free); n without the NUL
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO (also: folder, device, pipe) | MRSE_ERR_LIMIT
 *            (larger; a file is then not even opened) | MRSE_ERR_NOMEM; all but MRSE_ERR_ARG with
 *            one diagnostic that names the file and the reason
 *  Tests     tests/unit/test_file.c */
mrse_status mrse_file_read(const char *path, size_t max_bytes, char **bytes, size_t *n,
                           mrse_diags *diags) MRSE_MUST_USE;

/** The same for text that a user writes: a UTF-8 byte order mark is dropped.
 *  Status    as mrse_file_read | MRSE_ERR_INPUT (NUL bytes, UTF-16, anything else that is not
 *            UTF-8; names the line)
 *  Tests     tests/unit/test_file.c */
mrse_status mrse_file_read_text(const char *path, size_t max_bytes, char **text, size_t *n,
                                mrse_diags *diags) MRSE_MUST_USE;

/** Write a whole file under a temporary name in the same folder, flush, fsync, close, rename. On
 *  failure nothing is left behind; a killed process leaves at most a file ".NAME.tmp-PID-N".
 *  Given     path      "-" is standard output; a character device or pipe is written in place;
 *                      links to files are refused
 *            force     replace an existing file, keeping its permissions
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO (also: exists and not force) | MRSE_ERR_NOMEM;
 *            all but MRSE_ERR_ARG with one diagnostic
 *  Tests     tests/unit/test_file.c, where each call fails in turn */
mrse_status mrse_file_write(const char *path, const void *bytes, size_t n, bool force,
                            mrse_diags *diags) MRSE_MUST_USE;

/* A folder that appears whole: files are written beside it and it is renamed at the end. */
typedef struct mrse_folder mrse_folder;

/** Begin a folder that will be called `path`.
 *  Given     force     replace at commit a folder that is not empty; it stays until then, and
 *                      whenever something fails
 *  Returned  folder    ends with mrse_folder_commit or mrse_folder_abandon
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO (also: not empty and not force; a link; ".") |
 *            MRSE_ERR_NOMEM; all but MRSE_ERR_ARG with one diagnostic
 *  Tests     tests/unit/test_folder.c */
mrse_status mrse_folder_begin(const char *path, bool force, mrse_folder **folder,
                              mrse_diags *diags) MRSE_MUST_USE;

/** Write one file; after a failure the folder can no longer be committed.
 *  Given     name      relative, new in this folder; may hold one '/' (a subfolder is made)
 *  Status    MRSE_OK | MRSE_ERR_ARG (also: a name that leads elsewhere) | MRSE_ERR_IO |
 *            MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_folder.c */
mrse_status mrse_folder_write(mrse_folder *folder, const char *name, const void *bytes, size_t n,
                              mrse_diags *diags) MRSE_MUST_USE;

/** fsync and rename into place, replacing an old folder in one step where the system can. The old
 *  one must hold nothing but files of the new one's names and files that its own SHA256SUMS lists:
 *  what someone else put there is never taken away. Frees the object whatever happens.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO | MRSE_ERR_NOMEM, or that of the first write
 *            that failed; what was there before is then unchanged
 *  Tests     tests/unit/test_folder.c, where each call fails in turn, and the process is killed */
mrse_status mrse_folder_commit(mrse_folder *folder, mrse_diags *diags) MRSE_MUST_USE;

/** Remove everything written so far and free; NULL is fine. */
void mrse_folder_abandon(mrse_folder *folder);

/** The text after the last '/', borrowed; "" for NULL. */
const char *mrse_path_base(const char *path);

/** `name` beside `file` ("a/b.yaml", "../c.yaml" gives "a/../c.yaml"); absolute names are kept.
 *  Returned  out       owned by the caller (mrse_free)
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_file.c */
mrse_status mrse_path_beside(const char *file, const char *name, char **out) MRSE_MUST_USE;

enum { MRSE_SHA256_HEX = 65 };

/** SHA-256 as lower-case hex (libsodium).
 *  Source    NIST FIPS 180-4
 *  Tests     tests/unit/test_file.c, the standard's example values */
void mrse_sha256_hex(const void *bytes, size_t n, char out[MRSE_SHA256_HEX]);

enum { MRSE_MD5_HEX = 33 };

/** MD5 as lower-case hex: for the signatures of Pulseq files only, never as proof of origin.
 *  Source    RFC 1321
 *  Tests     tests/unit/test_file.c, the RFC's example values */
void mrse_md5_hex(const void *bytes, size_t n, char out[MRSE_MD5_HEX]);

#ifdef __cplusplus
}
#endif
#endif

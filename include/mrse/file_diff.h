/* What differs between two files of ours: two revisions of a label, two versions of a protocol.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FILE_DIFF_H
#define MRSE_FILE_DIFF_H

#include "mrse/diag.h"
#include "mrse/file.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MRSE_DIFF_PATH = 160 };

typedef struct mrse_file_change {
    char path[MRSE_DIFF_PATH]; /* "branches[1.5 T].limits[b1-rms].limit" */
    char *before, *after;      /* as written; NULL: not there */
    int line_before, line_after; /* 0: not there */
} mrse_file_change;

typedef struct mrse_file_diff {
    mrse_file_change *change;
    size_t n;
    char sha256_before[MRSE_SHA256_HEX], sha256_after[MRSE_SHA256_HEX];
} mrse_file_diff;

/** Compare two YAML files key by key. Order and comments do not count; entries of a list are matched by
 *  what names them (id, name, quantity, topic, ...), else by their place.
 *  Given     before, after   file names; both are read as text, whatever their format
 *  Returned  out             free with mrse_file_diff_free; in the order of `before`, then what is new
 *  Status    MRSE_OK (also when nothing differs) | MRSE_ERR_ARG | that of reading, with diagnostics |
 *            MRSE_ERR_NOMEM
 *  Valid     texts are compared as they stand: "720 G/cm" and "7.2 T/m" differ
 *  Tests     tests/unit/test_file_diff.c */
mrse_status mrse_file_diff_run(const char *before, const char *after, mrse_file_diff **out,
                               mrse_diags *diags) MRSE_MUST_USE;
void mrse_file_diff_free(mrse_file_diff *diff);

#ifdef __cplusplus
}
#endif
#endif

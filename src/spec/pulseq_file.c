/* Reading a Pulseq file from disk. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/pulseq.h"

mrse_status mrse_pulseq_load(const char *path, mrse_pulseq **out, char sha256[MRSE_SHA256_HEX],
                             mrse_diags *diags)
{
    char *bytes = NULL;
    size_t n = 0;
    mrse_status status;

    if (!out)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (!path)
        return MRSE_ERR_ARG;
    status = mrse_file_read(path, MRSE_PULSEQ_FILE_MAX, &bytes, &n, diags);
    if (status == MRSE_OK)
        status = mrse_pulseq_read(bytes, n, path, out, diags);
    if (status == MRSE_OK && sha256)
        mrse_sha256_hex(bytes, n, sha256);
    mrse_free(bytes);
    return status;
}

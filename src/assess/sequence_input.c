/* One sequence, from whichever file states it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "mrse/alloc.h"
#include "mrse/protocol_dicom.h"
#include "sequence_internal.h"

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), k = strlen(ending);
    return n >= k && strcasecmp(path + n - k, ending) == 0;
}

static mrse_sequence_kind form_of(const char *path)
{
    if (ends_with(path, ".seq") || strcmp(path, "-") == 0)
        return MRSE_SEQUENCE_PULSEQ;
    if (ends_with(path, ".yaml") || ends_with(path, ".yml"))
        return MRSE_SEQUENCE_PROTOCOL;
    return MRSE_SEQUENCE_DICOM;
}

static mrse_status load_protocol(mrse_sequence_input *in, mrse_diags *diags)
{
    char *bytes = NULL;
    size_t n = 0;
    mrse_status status = mrse_protocol_load(in->path, &in->protocol, diags);
    if (status == MRSE_OK)
        status = mrse_file_read(in->path, MRSE_FILE_MAX, &bytes, &n, diags);
    if (status == MRSE_OK)
        mrse_sha256_hex(bytes, n, in->sha256);
    mrse_free(bytes);
    if (status == MRSE_OK)
        mrse_text_copy(in->name, sizeof in->name, in->protocol->name);
    return status;
}

/* The file's own name stays out of every document: names of image files often are names of people. */
static mrse_status load_dicom(mrse_sequence_input *in, mrse_diags *diags)
{
    mrse_status status = mrse_dicom_load(in->path, &in->dicom, diags);
    if (status != MRSE_OK)
        return status;
    memcpy(in->sha256, in->dicom->sha256, sizeof in->sha256);
    (void)snprintf(in->name, sizeof in->name, "DICOM header %.12s", in->sha256);
    return mrse_protocol_from_dicom(in->dicom, &in->protocol, diags);
}

static mrse_status load_played(mrse_sequence_input *in, const mrse_sequence_options *o,
                               mrse_diags *diags)
{
    double gamma_Hz_T = o->gamma_Hz_T > 0.0 ? o->gamma_Hz_T : MRSE_GAMMA_PULSEQ_HZ_T;
    const mrse_gradient_system *system = o->scanner != NULL ? &o->scanner->gradients : NULL;
    mrse_status status =
        mrse_sequence_exposure_run(in->path, gamma_Hz_T, o->coil, system, &in->played, diags);
    if (status != MRSE_OK)
        return status;
    memcpy(in->sha256, in->played->sha256, sizeof in->sha256);
    mrse_text_copy(in->name, sizeof in->name, mrse_path_base(in->path));
    return mrse_protocol_gradient_played(system, &in->played->gradient, &in->gradient);
}

mrse_status mrse_sequence_input_load(const char *path, const mrse_sequence_options *options,
                                     mrse_sequence_input *out, mrse_diags *diags)
{
    mrse_status status = MRSE_OK;

    memset(out, 0, sizeof *out);
    out->path = mrse_strdup(path);
    if (out->path == NULL)
        return MRSE_ERR_NOMEM;
    out->form = form_of(path);
    if (out->form == MRSE_SEQUENCE_PULSEQ)
        return load_played(out, options, diags);
    status =
        out->form == MRSE_SEQUENCE_PROTOCOL ? load_protocol(out, diags) : load_dicom(out, diags);
    if (status == MRSE_OK)
        status = mrse_protocol_rf_of(out->protocol, &out->rf);
    if (status == MRSE_OK)
        status =
            mrse_protocol_gradient(options->scanner != NULL ? &options->scanner->gradients : NULL,
                                   out->protocol, &out->gradient);
    return status;
}

void mrse_sequence_input_clear(mrse_sequence_input *input)
{
    mrse_free(input->path);
    mrse_protocol_rf_clear(&input->rf);
    mrse_protocol_free(input->protocol);
    mrse_dicom_free(input->dicom);
    mrse_sequence_exposure_free(input->played);
    memset(input, 0, sizeof *input);
}

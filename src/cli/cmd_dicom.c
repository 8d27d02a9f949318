/* mrse dicom: the acquisition parameters in DICOM headers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

enum { FILES = 16 };

static struct {
    bool all, json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_FLAG(
        "all", 'a', &opt.all,
        "also weight, size, age and sex of the person, and the texts typed at the console: "
        "personal data, look before passing on"),
    CLI_OPT_FLAG("json", 0, &opt.json,
                 "print as JSON: values in SI units with kind and source, tags, notes"),
};

static const char *const examples[] = {
    "mrse dicom examples/dicom/tse-180.dcm",
    "TR, flip angle, SAR, B1+rms, dB/dt, operating mode of one image, with what to know of each",
    "mrse dicom examples/dicom/tse-180.dcm examples/dicom/tse-120.dcm",
    "the same of two images, and which parameters differ",
    "mrse dicom examples/dicom/tse-180.dcm --json",
    "the same for another program",
    NULL,
};

static const char *const about[] = {
    "Only the elements of a fixed list are read: acquisition parameters, exposure as the console "
    "states it, scanner and software. Name, identifiers, dates and pixels are never read into the "
    "program, save to make the file's SHA-256. The output names a file by that hash, because names "
    "of image files often are names of people.",
    "Numbers that stand for 'not filled' (-9999, dB/dt 0) are not known; gauss, values with the "
    "unit of another quantity, and what TR means for the manufacturer are told in notes. Enhanced "
    "MR: the values of the first frame.",
    NULL,
};

static mrse_status load_all(cli_run *run, mrse_dicom **d)
{
    mrse_status first = MRSE_OK;
    size_t i;

    for (i = 0; i < run->n_args; i++) {
        mrse_status status = mrse_dicom_load(run->arg[i], &d[i], &run->diags);

        if (first == MRSE_OK)
            first = status;
    }
    return first;
}

static int run_dicom(cli_run *run)
{
    mrse_dicom *d[FILES] = {NULL};
    mrse_status status = load_all(run, d);
    size_t i;
    int code;

    if (status == MRSE_OK && opt.json)
        status = mrse_dicom_json((const mrse_dicom *const *)d, run->n_args, opt.all, &run->out);
    else if (status == MRSE_OK)
        status = mrse_dicom_text((const mrse_dicom *const *)d, run->n_args, opt.all, &run->out);
    code = cli_code(run, status);
    for (i = 0; i < run->n_args; i++)
        mrse_dicom_free(d[i]);
    return code;
}

const cli_command cli_dicom = {
    .name = "dicom",
    .purpose = "show the acquisition parameters of DICOM headers, and what differs between two",
    .usage = "FILE... [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = FILES,
    .source = "DICOM PS3.3, C.8.13; include/mrse/dicom.h",
    .run = run_dicom,
};

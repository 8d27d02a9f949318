/* mrse sequence: what one sequence does. SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

static struct {
    const char *coil, *gamma, *author, *date;
    bool json;
} opt;

static const cli_opt options[] = {
    CLI_OPT_TEXT("coil", 0, &opt.coil, "NAME",
                 "also predict stimulation by the convolution model for this gradient coil: xrmw "
                 "xrm whole zoom hrmb hrmw magnus"),
    CLI_OPT_TEXT("gamma", 0, &opt.gamma, "WHICH",
                 "which proton turns Hz into tesla: pulseq (42.576 MHz/T, the default) or codata "
                 "(42.57748 MHz/T)"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who asks; without it the record is UNATTRIBUTED"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the record, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON, in SI units with 9 digits"),
};

static const char *const examples[] = {
    "mrse sequence examples/sequence/gre.seq",
    "B1+rms over any 10 s, slew rates and predicted stimulation of a Pulseq file",
    "mrse sequence examples/sequence/gre.seq --coil xrm --json",
    "the same with the convolution model, for another program",
    NULL,
};

static const char *const about[] = {
    "FILE is a Pulseq text file (.seq) of version 1.2 to 1.5. Extensions that are not known are "
    "passed over with a warning, unless the file requires them; a signature that does not hold is "
    "a warning.",
    "B1+rms is taken over the 10 s with the most RF energy, wherever they begin; a sequence "
    "shorter than that is taken as repeated back to back, and the output says so. Files for "
    "parallel transmission do not hold B1+, and get no RF figures.",
    NULL,
};

static int choose(cli_run *run, double *gamma_Hz_T, const mrse_gradient_coil **coil)
{
    static const char *const gammas[] = {"pulseq", "codata"};
    static const char *const coils[] = {"xrmw", "xrm", "whole", "zoom", "hrmb", "hrmw", "magnus"};

    *gamma_Hz_T = MRSE_GAMMA_PULSEQ_HZ_T;
    if (mrse_text_equal(opt.gamma, gammas[1]))
        *gamma_Hz_T = MRSE_GAMMA_CODATA_HZ_T;
    else if (opt.gamma && !mrse_text_equal(opt.gamma, gammas[0]))
        return cli_unknown(run, "value of --gamma:", opt.gamma, gammas, 2);
    *coil = mrse_gradient_coil_find(opt.coil);
    if (opt.coil && !*coil)
        return cli_unknown(run, "gradient coil", opt.coil, coils, sizeof coils / sizeof coils[0]);
    return CLI_DONE;
}

static int run_sequence(cli_run *run)
{
    mrse_sequence_exposure *exposure = NULL;
    mrse_record *record = NULL;
    const mrse_gradient_coil *coil;
    double gamma_Hz_T;
    mrse_status status;
    cli_now now;
    int code = choose(run, &gamma_Hz_T, &coil);

    if (code != CLI_DONE)
        return code;
    status = cli_making(run, opt.author, opt.date, &now);
    if (status == MRSE_OK)
        status =
            mrse_sequence_exposure_run(run->arg[0], gamma_Hz_T, coil, NULL, &exposure, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_of_sequence(exposure, &now.making, &record, &run->diags);
    if (status == MRSE_OK)
        status =
            opt.json ? mrse_record_json(record, &run->out) : mrse_record_text(record, &run->out);
    mrse_record_free(record);
    mrse_sequence_exposure_free(exposure);
    return cli_code(run, status);
}

const cli_command cli_sequence = {
    .name = "sequence",
    .purpose = "show what a sequence does: B1+rms over any 10 s, slew rates, stimulation",
    .usage = "FILE.seq [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source = "mrse methods pulseq-rf, pulseq-gradient, safe-model, gradient-convolution",
    .run = run_sequence,
};

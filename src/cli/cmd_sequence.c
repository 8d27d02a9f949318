/* mrse sequence: what one sequence does, or what a modification changes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "cli_internal.h"

static struct {
    const char *scanner, *at, *coil, *gamma, *author, *date;
    double u_m;
    bool same_exam, json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("scanner", 0, &opt.scanner, "FILE",
                 "the scanner file: its gradients, and the site's pairs of B1+rms and SAR"),
    CLI_OPT_TEXT("at", 0, &opt.at, "\"X, Y, Z\"",
                 "an implant's place in the magnet, from isocentre: across, up, along the bore (m, "
                 "cm, mm); for dB/dt there"),
    CLI_OPT_QUANTITY("u", MRSE_KIND_LENGTH, &opt.u_m, "LENGTH",
                     "standard uncertainty of each of X, Y, Z (mm, cm)"),
    CLI_OPT_FLAG("same-exam", 0, &opt.same_exam,
                 "A and B were prepared in one examination of one patient in one position: only "
                 "then does SAR follow by ratio; files may say it themselves"),
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
    CLI_OPT_EXPLAIN(&opt.explain),
};

static const char *const examples[] = {
    "mrse sequence examples/tse-b1rms/before.yaml examples/tse-b1rms/after.yaml",
    "what a modification changes: parameters, RF, SAR, gradients, image quality",
    "mrse sequence examples/dwi-dbdt/after.yaml --scanner scanners/example-data-sheet.yaml --at "
    "\"10 cm, 5 cm, 20 cm\" --u \"5 mm\"",
    "one sequence, with dB/dt at the place of an implant",
    "mrse sequence examples/sequence/gre.seq --coil xrm --json",
    "a Pulseq file: B1+rms over any 10 s, slew rates, stimulation, for another program",
    NULL,
};

static const char *const about[] = {
    "A and B are sequence files of mrse (.yaml), Pulseq text files (.seq, version 1.2 to 1.5), or "
    "DICOM images, of which only the header's technical parameters are read. With B, A is the "
    "sequence before the modification and B after it.",
    "A value that the console shows goes before one that is computed, and both are listed. SAR is "
    "never made up from B1+rms alone. What cannot be told is listed with the reason.",
    "B1+rms is taken over the 10 s with the most RF energy; a sequence shorter than that is taken "
    "as repeated back to back. Pulseq files for parallel transmission do not hold B1+, and get no "
    "RF figures. An extension that is not known, and a signature that does not hold, are warnings.",
    NULL,
};

typedef struct work {
    cli_now now;
    mrse_scanner *scanner;
    mrse_sequence_study *study;
    mrse_record *record;
    mrse_sequence_options options;
} work;

static int choose(cli_run *run, mrse_sequence_options *o)
{
    static const char *const gammas[] = {"pulseq", "codata"};
    static const char *const coils[] = {"xrmw", "xrm", "whole", "zoom", "hrmb", "hrmw", "magnus"};

    o->gamma_Hz_T = MRSE_GAMMA_PULSEQ_HZ_T;
    if (mrse_text_equal(opt.gamma, gammas[1]))
        o->gamma_Hz_T = MRSE_GAMMA_CODATA_HZ_T;
    else if (opt.gamma && !mrse_text_equal(opt.gamma, gammas[0]))
        return cli_unknown(run, "value of --gamma:", opt.gamma, gammas, 2);
    o->coil = mrse_gradient_coil_find(opt.coil);
    if (opt.coil && !o->coil)
        return cli_unknown(run, "gradient coil", opt.coil, coils, sizeof coils / sizeof coils[0]);
    o->same_exam = opt.same_exam;
    return CLI_DONE;
}

static int read_place(cli_run *run, mrse_sequence_options *o)
{
    if (!opt.at)
        return CLI_DONE;
    int code = cli_magnet_place(run, opt.at, opt.u_m, opt.scanner, o->place_m, o->u_place_m);
    o->has_place = code == CLI_DONE;
    return code;
}

static mrse_status compute(cli_run *run, work *w)
{
    const char *after = run->n_args > 1 ? run->arg[1] : NULL;
    mrse_status status = cli_making(run, opt.author, opt.date, &w->now);

    if (status == MRSE_OK && opt.scanner)
        status = mrse_scanner_load(opt.scanner, &w->scanner, &run->diags);
    w->options.scanner = w->scanner;
    if (status == MRSE_OK)
        status = mrse_sequence_study_run(run->arg[0], after, &w->options, &w->study, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_of_sequences(w->study, &w->now.making, &w->record, &run->diags);
    if (status == MRSE_OK)
        status = cli_print_record(run, w->record, opt.json, opt.explain);
    return status;
}

static int run_sequence(cli_run *run)
{
    work w = {0};
    int code = choose(run, &w.options);

    if (code == CLI_DONE)
        code = read_place(run, &w.options);
    if (code != CLI_DONE)
        return code;
    mrse_status status = compute(run, &w);
    mrse_record_free(w.record);
    mrse_sequence_study_free(w.study);
    mrse_scanner_free(w.scanner);
    return cli_code(run, status);
}

const cli_command cli_sequence = {
    .name = "sequence",
    .purpose = "show what a sequence does, or what a modification changes: RF, SAR, gradients, "
               "stimulation, image quality",
    .usage = "A [B] [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 2,
    .source = "mrse methods protocol-b1rms, sar-ratio, dbdt-position, pulseq-rf, pulseq-gradient, "
              "safe-model",
    .run = run_sequence,
};

/* mrse object: the hazards of a thing without a label on its ride into a scanner.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli_internal.h"

static struct {
    const char *scanner, *author, *date;
    cli_places path;
    double u_m, couch_m_s, dbdt_T_s, frequency_Hz, duration_s, bandwidth_Hz, echo_time_s, voxel_m;
    bool json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("scanner", 0, &opt.scanner, "FILE", "the scanner file; required"),
    CLI_OPT_PLACE(
        "path", &opt.path, "\"R, Z_END\"",
        "its ride: at distance R from the axis, from z = 4 m to Z_END (m, cm, mm); required"),
    CLI_OPT_QUANTITY("u", MRSE_KIND_LENGTH, &opt.u_m, "LENGTH",
                     "standard uncertainty of R and of Z_END (mm, cm); default 1 cm"),
    CLI_OPT_QUANTITY("speed", MRSE_KIND_SPEED, &opt.couch_m_s, "SPEED",
                     "of the couch (m/s, cm/s), for drag; default 0.2 m/s. Walking is 1.5 m/s"),
    CLI_OPT_QUANTITY("dbdt", MRSE_KIND_DBDT_RMS, &opt.dbdt_T_s, "RMS",
                     "rms dB/dt of the gradients at the object (T/s); else their heating is "
                     "UNDETERMINED"),
    CLI_OPT_QUANTITY("frequency", MRSE_KIND_FREQUENCY, &opt.frequency_Hz, "FREQUENCY",
                     "its main frequency (Hz, kHz)"),
    CLI_OPT_QUANTITY("duration", MRSE_KIND_TIME, &opt.duration_s, "TIME",
                     "how long it acts (s, min), for the bound on the temperature rise"),
    CLI_OPT_QUANTITY("bandwidth", MRSE_KIND_FREQUENCY, &opt.bandwidth_Hz, "FREQUENCY",
                     "per pixel (Hz), for the artefact"),
    CLI_OPT_QUANTITY("te", MRSE_KIND_TIME, &opt.echo_time_s, "TIME",
                     "echo time of gradient echoes (ms), for the artefact"),
    CLI_OPT_QUANTITY("voxel", MRSE_KIND_LENGTH, &opt.voxel_m, "LENGTH",
                     "largest edge of the voxel (mm), for the artefact"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who asks; without it the record is UNATTRIBUTED"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the record, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON, in SI units with 9 digits"),
};

static const char *const examples[] = {
    "mrse object examples/aneurysm-clip/object.yaml --scanner " CLI_SCANNER
    " --path \"6 cm, 0 cm\" --u \"1 cm\"",
    "what pulls, turns and heats a clip of unknown make, by what it may be made of",
    "mrse object examples/dermal-piercing/object.yaml --scanner " CLI_SCANNER
    " --path \"12 cm, 0 cm\" --dbdt \"20 T/s\" --frequency \"1 kHz\" --duration \"10 min\" "
    "--bandwidth \"200 Hz\"",
    "with the gradients of a sequence, and the artefact",
    NULL,
};

static const char *const about[] = {
    "OBJECT is an object/1 file: shape and sizes with their uncertainties, what it may be made of "
    "and "
    "why, how it lies when that is known. R is its distance from the axis of the bore; a case file "
    "takes its place from the patient instead.",
    "Each hazard has a median and a 95 % interval over all that is not known, and the input that "
    "decides most: what to find out next. A hazard outside the validity of its method, or without "
    "what it needs, is UNDETERMINED, with the question to ask.",
    "Nothing here is a verdict. Force below the weight and torque below weight times longest "
    "dimension are points of reference of ASTM F2052 and F2213 and no acceptance criteria.",
    NULL,
};

typedef struct work {
    mrse_scanner *scanner;
    mrse_study *study;
    mrse_object_file *object;
    mrse_object_study *hazards;
    mrse_record *record;
    cli_now now;
} work;

static double or_unknown(double given)
{
    return given > 0.0 ? given : (double)NAN;
}

static mrse_object_setting setting(void)
{
    mrse_object_setting s = mrse_object_setting_default();

    if (opt.couch_m_s > 0.0)
        s.couch_m_s = opt.couch_m_s;
    s.dbdt_rms_T_s = or_unknown(opt.dbdt_T_s);
    s.dbdt_frequency_Hz = or_unknown(opt.frequency_Hz);
    s.duration_s = or_unknown(opt.duration_s);
    s.bandwidth_Hz = or_unknown(opt.bandwidth_Hz);
    s.echo_time_s = or_unknown(opt.echo_time_s);
    s.voxel_m = or_unknown(opt.voxel_m);
    return s;
}

/* Feet first, the couch frame and the magnet frame point the same way: z is Z_END itself. */
static mrse_position position(void)
{
    const double DEFAULT_U_M = 0.01;
    double u_m = opt.u_m > 0.0 ? opt.u_m : DEFAULT_U_M;

    return (mrse_position){.x_m = opt.path.r_m[0],
                           .z_m = opt.path.z_m[0],
                           .u_x_m = u_m,
                           .u_z_m = u_m,
                           .entry = MRSE_ENTRY_FEET_FIRST};
}

static mrse_status explain_ride(cli_run *run, mrse_status status)
{
    if (status == MRSE_ERR_RANGE && run->diags.errors == 0)
        mrse_diag_place(mrse_diag_add(&run->diags, MRSE_SEV_ERROR, MRSE_ERR_RANGE,
                                      "no ride through the bore, or the place is known so badly "
                                      "that it may lie in the covers or a winding"),
                        NULL, 0, 0, "--path", "nearer to the axis, or a smaller --u");
    return status;
}

static mrse_status compute(cli_run *run, work *w)
{
    const mrse_study_options study = {0};
    const mrse_object_setting with = setting();
    const mrse_position at = position();
    mrse_status status = cli_making(run, opt.author, opt.date, &w->now);

    if (status == MRSE_OK)
        status = mrse_object_load(run->arg[0], &w->object, &run->diags);
    if (status == MRSE_OK)
        status = mrse_scanner_load(opt.scanner, &w->scanner, &run->diags);
    if (status == MRSE_OK)
        status = mrse_study_run(w->scanner, &study, &w->study, &run->diags);
    if (status == MRSE_OK)
        status =
            explain_ride(run, mrse_object_study_run(w->study, w->object, &at, &with, &w->hazards));
    if (status == MRSE_OK)
        status = mrse_record_of_object(w->hazards, &w->now.making, &w->record, &run->diags);
    return status;
}

static int run_object(cli_run *run)
{
    work w = {0};

    if (!opt.scanner)
        return cli_usage(run, "--scanner", "add --scanner " CLI_SCANNER, "a scanner is needed");
    if (opt.path.n != 1)
        return cli_usage(run, "--path", "add --path \"6 cm, 0 cm\"", "one ride is needed");
    if (fabs(opt.path.z_m[0]) >= MRSE_RIDE_START_M)
        return cli_usage(run, "--path", NULL,
                         "the ride begins at z = 4 m and must end before 4 m on either side");
    mrse_status status = compute(run, &w);
    if (status == MRSE_OK)
        status = cli_print_record(run, w.record, opt.json, opt.explain);
    int code = cli_code(run, status);
    mrse_record_free(w.record);
    mrse_object_study_free(w.hazards);
    mrse_object_file_free(w.object);
    mrse_study_free(w.study);
    mrse_scanner_free(w.scanner);
    return code;
}

const cli_command cli_object = {
    .name = "object",
    .purpose = "estimate the hazards of an object without a label on its ride, and what to find "
               "out next",
    .usage = "OBJECT --scanner FILE --path \"R, Z_END\" [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source =
        "mrse methods hazard-monte-carlo, object-force, object-torque, lenz-disc, eddy-power, "
        "rf-length, artefact-dipole",
    .run = run_object,
};

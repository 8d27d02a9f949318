/* mrse object: the hazards of a thing without a label on its ride into a scanner.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli_internal.h"

static struct {
    const char *scanner, *author, *date;
    cli_places path;
    cli_texts sequence;
    double u_m, couch_m_s, dbdt_T_s, frequency_Hz, duration_s, bandwidth_Hz, echo_time_s, voxel_m;
    bool json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("scanner", 0, &opt.scanner, "FILE", "the scanner file; required"),
    CLI_OPT_PLACE(
        "path", &opt.path, "\"R, Z_END\"",
        "its ride: at distance R from the axis, from z = 4 m to Z_END (m, cm, mm); required. "
        "Given again: other rides that it could have, for comparison"),
    CLI_OPT_QUANTITY("u", MRSE_KIND_LENGTH, &opt.u_m, "LENGTH",
                     "standard uncertainty of R and of Z_END (mm, cm); default 1 cm"),
    CLI_OPT_QUANTITY("speed", MRSE_KIND_SPEED, &opt.couch_m_s, "SPEED",
                     "of the couch (m/s, cm/s), for drag; default 0.2 m/s. Walking is 1.5 m/s"),
    CLI_OPT_TEXTS(
        "sequence", &opt.sequence, "FILE",
        "a sequence to be run (sequence/1, .seq, image header); may be given again. dB/dt at "
        "the object, its frequency and duration, B1+rms and what the artefact needs are taken "
        "from it"),
    CLI_OPT_QUANTITY("dbdt", MRSE_KIND_DBDT_RMS, &opt.dbdt_T_s, "RMS",
                     "rms dB/dt of the gradients at the object (T/s), instead of the sequences'; "
                     "without either their heating is UNDETERMINED"),
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
    "mrse object examples/airgun-pellet/object.yaml --scanner " CLI_SCANNER
    " --path \"8 cm, -10 cm\" --path \"2 cm, -10 cm\" --path \"8 cm, 60 cm\" --sequence "
    "examples/dwi-dbdt/after.yaml",
    "with a sequence file, and two other rides to compare",
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
    mrse_sequence_study *played[CLI_LIST];
    mrse_object_play play[CLI_LIST];
    mrse_object_lever other[CLI_LIST];
    size_t n_others;
    mrse_record *record;
    cli_now now;
} work;

static double or_unknown(double given)
{
    return given > 0.0 ? given : (double)NAN;
}

static mrse_object_setting setting(const work *w)
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
    s.play = w->play;
    s.n_plays = opt.sequence.n;
    return s;
}

/* Feet first, the couch frame and the magnet frame point the same way: z is Z_END itself. */
static mrse_position position(size_t i)
{
    const double DEFAULT_U_M = 0.01;
    double u_m = opt.u_m > 0.0 ? opt.u_m : DEFAULT_U_M;

    return (mrse_position){.x_m = opt.path.r_m[i],
                           .z_m = opt.path.z_m[i],
                           .u_x_m = u_m,
                           .u_z_m = u_m,
                           .entry = MRSE_ENTRY_FEET_FIRST};
}

static mrse_status read_sequences(cli_run *run, work *w)
{
    const mrse_sequence_options with = {.scanner = w->scanner};
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < opt.sequence.n && status == MRSE_OK; i++) {
        status =
            mrse_sequence_study_run(opt.sequence.text[i], NULL, &with, &w->played[i], &run->diags);
        if (status == MRSE_OK)
            w->play[i] =
                (mrse_object_play){&w->played[i]->before, w->played[i]->before.name, (double)NAN};
    }
    return status;
}

/* Drawn alike, so that what differs is no chance. Rides that are no rides are shown as that. */
static mrse_status compare_rides(work *w)
{
    enum { SAMPLES = 10000 };
    mrse_object_setting with = setting(w);
    mrse_status status = MRSE_OK;

    with.samples = SAMPLES;
    for (size_t i = 0; opt.path.n > 1 && i < opt.path.n && status == MRSE_OK; i++) {
        const mrse_position at = position(i);
        mrse_object_lever *other = &w->other[w->n_others++];
        mrse_buf what = {0};
        mrse_buf_add(&what, i == 0 ? "as planned, at " : "at ");
        mrse_quantity_print(&what, opt.path.r_m[i], MRSE_KIND_LENGTH, 3, 0);
        mrse_buf_add(&what, " from the axis, to z = ");
        mrse_quantity_print(&what, opt.path.z_m[i], MRSE_KIND_LENGTH, 3, 0);
        mrse_text_copy(other->what, sizeof other->what, mrse_buf_text(&what));
        status = what.status;
        mrse_buf_free(&what);
        if (status == MRSE_OK)
            status = mrse_object_study_run(w->study, w->object, &at, &with, &other->study);
        if (status == MRSE_ERR_RANGE || status == MRSE_ERR_ARG)
            status = MRSE_OK;
    }
    return status;
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
    const mrse_position at = position(0);
    mrse_status status = cli_making(run, opt.author, opt.date, &w->now);

    if (status == MRSE_OK)
        status = mrse_object_load(run->arg[0], &w->object, &run->diags);
    if (status == MRSE_OK)
        status = mrse_scanner_load(opt.scanner, &w->scanner, &run->diags);
    if (status == MRSE_OK)
        status = mrse_study_run(w->scanner, NULL, &w->study, &run->diags);
    if (status == MRSE_OK)
        status = read_sequences(run, w);
    const mrse_object_setting with = setting(w);
    if (status == MRSE_OK)
        status =
            explain_ride(run, mrse_object_study_run(w->study, w->object, &at, &with, &w->hazards));
    if (status == MRSE_OK)
        status = compare_rides(w);
    if (status == MRSE_OK)
        status = mrse_record_of_object(w->hazards, w->other, w->n_others, &w->now.making,
                                       &w->record, &run->diags);
    return status;
}

static void clear(work *w)
{
    mrse_record_free(w->record);
    for (size_t i = 0; i < w->n_others; i++)
        mrse_object_study_free(w->other[i].study);
    mrse_object_study_free(w->hazards);
    for (size_t i = 0; i < opt.sequence.n; i++)
        mrse_sequence_study_free(w->played[i]);
    mrse_object_file_free(w->object);
    mrse_study_free(w->study);
    mrse_scanner_free(w->scanner);
}

static int run_object(cli_run *run)
{
    work w = {0};

    if (!opt.scanner)
        return cli_usage(run, "--scanner", "add --scanner " CLI_SCANNER, "a scanner is needed");
    if (opt.path.n == 0)
        return cli_usage(run, "--path", "add --path \"6 cm, 0 cm\"", "a ride is needed");
    for (size_t i = 0; i < opt.path.n; i++)
        if (fabs(opt.path.z_m[i]) >= MRSE_RIDE_START_M)
            return cli_usage(run, "--path", NULL,
                             "the ride begins at z = 4 m and must end before 4 m on either side");
    mrse_status status = compute(run, &w);
    if (status == MRSE_OK)
        status = cli_print_record(run, w.record, opt.json, opt.explain);
    int code = cli_code(run, status);
    clear(&w);
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

/* mrse field: the static field of one scanner.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "cli_internal.h"

static struct {
    cli_numbers levels, radii;
    cli_places at, path;
    double limit_T_m;
    const char *folder, *author, *date, *plan;
    bool force, json, csv, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_NUMBERS("levels", MRSE_KIND_FIELD, false, &opt.levels, "\"B, B...\"",
                    "isocontour levels (T, mT, G); default 0.5 0.9 1 3 5 10 20 40 200 mT"),
    CLI_OPT_NUMBERS("radii", MRSE_KIND_LENGTH, true, &opt.radii, "\"R, R...\"",
                    "radii of the cylinders searched (m, cm, mm); default every 5 cm, the bore "
                    "wall, and those of "
                    "the data sheet"),
    CLI_OPT_PLACE(
        "at", &opt.at, "\"R, Z\"",
        "field at a point: distance from the axis, place along it (m, cm, mm); may be repeated"),
    CLI_OPT_PLACE(
        "path", &opt.path, "\"R, Z_END\"",
        "maxima on a ride at distance R from the axis, from z = 4 m to Z_END (m, cm, mm)"),
    CLI_OPT_QUANTITY("limit", MRSE_KIND_SFG, &opt.limit_T_m, "GRADIENT",
                     "with --path: where the ride exceeds this spatial gradient (T/m, G/cm)"),
    CLI_OPT_PATH("plan", 0, &opt.plan, "SITE",
                 "a site file: what reaches its walls, rooms, equipment and storeys"),
    CLI_OPT_PATH("out", 'o', &opt.folder, "DIR",
                 "write record.json, contours.csv and the figures to this folder"),
    CLI_OPT_FLAG("force", 'f', &opt.force, "replace the folder when it exists"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who asks; without it the record is UNATTRIBUTED"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the record, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON, in SI units with 9 digits"),
    CLI_OPT_FLAG("csv", 0, &opt.csv, "print the isocontours as CSV: level_T, line, z_m, r_m"),
};

static const char *const examples[] = {
    "mrse field " CLI_SCANNER,
    "extents of the named contours, and gradient and product maxima by cylinder",
    "mrse field " CLI_SCANNER " --at \"0.2 m, 0.9 m\" --json",
    "|B|, gradient and product at one point, for another program",
    "mrse field " CLI_SCANNER " --path \"20 cm, 30 cm\" --limit \"2.5 T/m\"",
    "what a point 20 cm from the axis meets on its way in, and where it exceeds a limit",
    "mrse field " CLI_SCANNER " --plan examples/siting/site.yaml -o out/room --force",
    "the room that it stands in, with a figure of the plan",
    NULL,
};

static const char *const about[] = {
    "Frame: origin isocentre, z along the bore, positive where the couch enters; R is the distance "
    "from the axis. Places given here are taken as exact; a case file carries the uncertainty of a "
    "position.",
    "The field is computed from the coil set in the scanner file, or else from a model calibrated "
    "on "
    "the numbers of its data sheet: static, in air, rotationally symmetric, no iron. Uncertainties "
    "are standard uncertainties (k = 1). Where the sheet states a number, it stands before the "
    "model's.",
    NULL,
};

/* Everything that one run owns. */
typedef struct work {
    mrse_scanner *scanner;
    mrse_study *study;
    mrse_point_row point[CLI_LIST];
    mrse_ride ride;
    bool has_ride;
    mrse_site *site;
    mrse_site_study *room;
    mrse_picture *picture;
    char *image; /* path of the picture */
    cli_now now;
    mrse_record *record;
    mrse_buf json, csv;
} work;

static void release(work *w)
{
    mrse_buf_free(&w->csv);
    mrse_buf_free(&w->json);
    mrse_record_free(w->record);
    mrse_ride_clear(&w->ride);
    mrse_picture_free(w->picture);
    mrse_free(w->image);
    mrse_site_study_free(w->room);
    mrse_site_free(w->site);
    mrse_study_free(w->study);
    mrse_scanner_free(w->scanner);
}

static mrse_status ride(work *w)
{
    mrse_position position = {0};

    if (opt.path.n == 0)
        return MRSE_OK;
    /* feet first, the couch frame and the magnet frame point the same way: z is Z_END itself */
    position.entry = MRSE_ENTRY_FEET_FIRST;
    position.x_m = opt.path.r_m[0];
    position.z_m = opt.path.z_m[0];
    w->has_ride = true;
    return mrse_study_ride(w->study, &position, opt.limit_T_m > 0 ? opt.limit_T_m : (double)NAN,
                           &w->ride);
}

static mrse_status room(cli_run *run, work *w)
{
    mrse_status status;

    if (!opt.plan)
        return MRSE_OK;
    status = mrse_site_load(opt.plan, &w->site, &run->diags);
    if (status == MRSE_OK && w->site->image.file)
        status = mrse_path_beside(opt.plan, w->site->image.file, &w->image);
    if (status == MRSE_OK && w->image)
        status = mrse_picture_load(w->image, &w->picture, &run->diags);
    if (status == MRSE_OK)
        status = mrse_site_study_run(w->study, w->site, &w->room);
    return status;
}

/* The library says that a place is outside the validity of a method; only here is it known which
 * option named the place. */
static mrse_status explain(cli_run *run, mrse_status status, const char *option, const char *text)
{
    if (status != MRSE_ERR_RANGE && status != MRSE_ERR_ARG)
        return status;
    if (run->diags.errors == 0)
        mrse_diag_place(mrse_diag_add(&run->diags, MRSE_SEV_ERROR, MRSE_ERR_RANGE, "%s", text),
                        NULL, 0, 0, option, NULL);
    return MRSE_ERR_RANGE;
}

static mrse_status compute(cli_run *run, work *w)
{
    mrse_study_options study = {0};
    mrse_status status;
    size_t i;

    study.level_T = opt.levels.n ? opt.levels.si : NULL;
    study.n_levels = opt.levels.n;
    study.radius_m = opt.radii.n ? opt.radii.si : NULL;
    study.n_radii = opt.radii.n;
    status = cli_making(run, opt.author, opt.date, &w->now);
    if (status == MRSE_OK)
        status = mrse_scanner_load(run->arg[0], &w->scanner, &run->diags);
    if (status == MRSE_OK)
        status =
            explain(run, mrse_study_run(w->scanner, &study, &w->study, &run->diags),
                    "--levels and --radii", "a level or radius is outside what can be computed");
    for (i = 0; status == MRSE_OK && i < opt.at.n; i++)
        status =
            explain(run, mrse_study_point(w->study, opt.at.r_m[i], opt.at.z_m[i], &w->point[i]),
                    "--at", "a point is on a winding, or too far away to compute");
    if (status == MRSE_OK)
        status = explain(run, ride(w), "--path", "the ride goes through the covers or a winding");
    if (status == MRSE_OK)
        status = room(run, w);
    if (status == MRSE_OK)
        status = mrse_record_of_study(w->study, w->point, opt.at.n, w->has_ride ? &w->ride : NULL,
                                      w->room, w->image, &w->now.making, &w->record, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_json(w->record, &w->json);
    return status;
}

static mrse_status write_folder(cli_run *run, work *w)
{
    char *parent = cli_parent_make(opt.folder);
    mrse_folder *folder = NULL;
    mrse_status status;

    status = mrse_contours_csv(w->study, &w->csv);
    if (status == MRSE_OK)
        status = mrse_study_maps(w->study);
    if (status == MRSE_OK)
        status = mrse_folder_begin(opt.folder, opt.force, &folder, &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "record.json", mrse_buf_text(&w->json), w->json.len,
                                   &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "contours.csv", mrse_buf_text(&w->csv), w->csv.len,
                                   &run->diags);
    if (status == MRSE_OK)
        status = mrse_study_figures(w->study, w->has_ride ? &w->ride : NULL, w->room, w->picture,
                                    &w->now.making, mrse_record_id(w->record), folder, &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_commit(folder, &run->diags);
    else
        mrse_folder_abandon(folder);
    cli_parent_settle(parent, status == MRSE_OK);
    return status;
}

static int run_field(cli_run *run)
{
    work w = {0};
    mrse_status status;
    int code = CLI_DONE;

    if (opt.json && opt.csv)
        return cli_usage(run, "--csv", NULL, "either --json or --csv");
    if (opt.path.n > 1)
        return cli_usage(run, "--path", NULL, "one ride at a time");
    if (opt.path.n == 1 && fabs(opt.path.z_m[0]) >= MRSE_RIDE_START_M)
        return cli_usage(run, "--path", NULL,
                         "the ride begins at z = 4 m and must end before 4 m "
                         "on either side");
    if (opt.limit_T_m > 0 && opt.path.n == 0)
        return cli_usage(run, "--limit", "add --path \"20 cm, 30 cm\"", "needs a ride");
    status = compute(run, &w);
    if (status == MRSE_OK && opt.folder)
        status = write_folder(run, &w);
    if (status != MRSE_OK)
        code = cli_code(run, status);
    else if (opt.json)
        mrse_buf_add(&run->out, mrse_buf_text(&w.json));
    else if (opt.csv)
        code = cli_code(run, mrse_contours_csv(w.study, &run->out));
    else if (opt.folder)
        mrse_buf_addf(&run->out, "record %s written to %s\n", mrse_record_id(w.record), opt.folder);
    else
        code = cli_code(run, cli_print_record(run, w.record, false, opt.explain));
    release(&w);
    return code;
}

const cli_command cli_field = {
    .name = "field",
    .purpose = "show the static field of a scanner: contours, gradient and product maxima, points "
               "and rides",
    .usage = "SCANNER [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 1,
    .max_args = 1,
    .source = "mrse methods field-coil-gauss, field-calibration, contour-continuation, "
              "cylinder-maximum, reach-maximum, path-maximum, site-maximum",
    .run = run_field,
};

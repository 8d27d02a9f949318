/* mrse survey: a measured fringe field against the field model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli_internal.h"

static struct {
    const char *folder, *author, *date;
    bool force, json, explain;
} opt;

static const cli_opt options[] = {
    CLI_OPT_PATH("out", 'o', &opt.folder, "DIR",
                 "write record.json, the text and the figure to this folder"),
    CLI_OPT_FLAG("force", 'f', &opt.force, "replace the folder when it exists"),
    CLI_OPT_TEXT("author", 0, &opt.author, "NAME",
                 "who asks; without it the record is UNATTRIBUTED"),
    CLI_OPT_TEXT("date", 0, &opt.date, "DATE",
                 "date of the record, UTC (2026-11-22); default SOURCE_DATE_EPOCH, then the clock"),
    CLI_OPT_EXPLAIN(&opt.explain),
    CLI_OPT_FLAG("json", 0, &opt.json, "print the record as JSON, in SI units with 9 digits"),
};

#define POINTS "tests/cli/input/survey-m15.csv"

static const char *const examples[] = {
    "mrse survey " CLI_SCANNER " " POINTS,
    "where the magnet stands, which points do not belong, and whether each measured line lies "
    "within the drawn one",
    "mrse survey " CLI_SCANNER " " POINTS " -o out/survey",
    "the same as a folder, with the plan of the room",
    NULL,
};

static const char *const about[] = {
    "POINTS is CSV: above the points lines '# key: value' (instrument, calibrated, surveyed, "
    "surveyor, position_u: 5 mm, field_u: 2 %, background_u: 0.05 mT, tolerance: 5 cm, isocentre: "
    "3.20 m, 2.90 m, 1.05 m, isocentre_u, azimuth: 90 deg, azimuth_u, comment), then the names of "
    "the columns with their units (name,x [m],y [m],z [m],B [mT]; u_B [mT] and u_pos [mm] where "
    "they differ), then a point on each line. Any order, any unit of `mrse units`, ',' or ';' "
    "between, '.' as decimal mark.",
    "Room frame: x, y, z right-handed, z up, origin anywhere. Isocentre and azimuth (of +z of the "
    "magnet, from +x towards +y) are found; given without an uncertainty they are only where to "
    "begin, with 0 they are held. Points in one horizontal plane need the height of the isocentre.",
    "Without instrument and calibration date the points are unverified, and no verdict rests on "
    "them. 'tolerance' is how far outside the drawn line the measured one may lie; without it, "
    "nowhere.",
    NULL,
};

typedef struct work {
    mrse_scanner *scanner;
    mrse_survey *survey;
    mrse_study *study;
    mrse_survey_study *result;
    cli_now now;
    mrse_record *record;
    mrse_buf json, text;
} work;

static void release(work *w)
{
    mrse_buf_free(&w->text);
    mrse_buf_free(&w->json);
    mrse_record_free(w->record);
    mrse_survey_study_free(w->result);
    mrse_study_free(w->study);
    mrse_survey_free(w->survey);
    mrse_scanner_free(w->scanner);
}

/* Both files are read before anything is computed, so that the errors of both are seen. */
static mrse_status load(cli_run *run, work *w)
{
    mrse_status status = mrse_scanner_load(run->arg[0], &w->scanner, &run->diags);
    mrse_status second = mrse_survey_load(run->arg[1], &w->survey, &run->diags);

    return status != MRSE_OK ? status : second;
}

static mrse_status compute(cli_run *run, work *w)
{
    mrse_status status = cli_making(run, opt.author, opt.date, &w->now);

    if (status == MRSE_OK)
        status = load(run, w);
    if (status == MRSE_OK)
        status = mrse_study_run(w->scanner, NULL, &w->study, &run->diags);
    if (status == MRSE_OK)
        status = mrse_survey_study_run(w->study, w->survey, &w->result, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_of_survey(w->result, &w->now.making, &w->record, &run->diags);
    if (status == MRSE_OK)
        status = mrse_record_json(w->record, &w->json);
    if (status == MRSE_OK)
        status = mrse_record_text(w->record, &w->text);
    return status;
}

static mrse_status write_folder(cli_run *run, work *w)
{
    char *parent = cli_parent_make(opt.folder);
    mrse_folder *folder = NULL;
    mrse_status status = mrse_folder_begin(opt.folder, opt.force, &folder, &run->diags);

    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "record.json", mrse_buf_text(&w->json), w->json.len,
                                   &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_write(folder, "survey.txt", mrse_buf_text(&w->text), w->text.len,
                                   &run->diags);
    if (status == MRSE_OK)
        status = mrse_survey_figures(w->result, &w->now.making, mrse_record_id(w->record), folder,
                                     &run->diags);
    if (status == MRSE_OK)
        status = mrse_folder_commit(folder, &run->diags);
    else
        mrse_folder_abandon(folder);
    cli_parent_settle(parent, status == MRSE_OK);
    return status;
}

static int run_survey(cli_run *run)
{
    work w = {0};
    mrse_status status = compute(run, &w);
    int code = CLI_DONE;

    if (status == MRSE_OK && opt.folder)
        status = write_folder(run, &w);
    if (status != MRSE_OK)
        code = cli_code(run, status);
    else if (opt.json)
        mrse_buf_add(&run->out, mrse_buf_text(&w.json));
    else if (opt.folder)
        mrse_buf_addf(&run->out, "record %s written to %s\n", mrse_record_id(w.record), opt.folder);
    else
        code = cli_code(run, cli_print_record(run, w.record, false, opt.explain));
    release(&w);
    return code;
}

const cli_command cli_survey = {
    .name = "survey",
    .purpose = "compare a measured fringe field with the field model: where the magnet stands, "
               "what does not belong, and whether the measured lines lie within the drawn ones",
    .usage = "SCANNER POINTS.csv [OPTION]...",
    .example = examples,
    .about = about,
    .opt = options,
    .n_opts = sizeof options / sizeof options[0],
    .min_args = 2,
    .max_args = 2,
    .source = "mrse methods survey-alignment, decision-rule",
    .run = run_survey,
};

/* The head of a survey file: who measured, with what, how well, and where the magnet is thought to
 * stand. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "spec_internal.h"
#include "survey_internal.h"

/* What a tape measure and a Hall probe held by hand do, where the file does not say. */
static const double USUAL_POSITION_U_M = 5e-3, USUAL_FIELD_U = 0.02;

bool survey_quantity(csv_reader *r, const csv_cell *cell, const char *field, const char *text,
                     mrse_kind kind, double min, double max, double *si)
{
    mrse_buf why = {0}, hint = {0};
    mrse_quantity q;
    const bool comma = strchr(text, ',') != NULL;
    mrse_status status = mrse_quantity_read(text, kind, &q, &why, &hint);
    if (why.status != MRSE_OK || hint.status != MRSE_OK) {
        csv_nomem(r);
    } else if (status != MRSE_OK) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, field,
                      comma ? "the decimal mark is a point: 1.5, not 1,5" : mrse_buf_text(&hint),
                      "%s", mrse_buf_text(&why));
    } else if (!(q.si >= min && q.si <= max)) {
        mrse_buf range = {0};
        mrse_quantity_print(&range, min, kind, 3, 0);
        mrse_buf_add(&range, " to ");
        mrse_quantity_print(&range, max, kind, 3, 0);
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, field,
                      "check the number and its unit", "'%.60s' is outside the sensible range, %s",
                      text, mrse_buf_text(&range));
        mrse_buf_free(&range);
    } else {
        *si = q.si;
        mrse_buf_free(&why);
        mrse_buf_free(&hint);
        return true;
    }
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    return false;
}

/* ---- one function for each sort of key ---- */

static void take_value(csv_reader *r, const csv_cell *cell, const char *key, mrse_kind kind,
                       double max, mrse_survey *survey, mrse_value *out)
{
    double si;
    if (!survey_quantity(r, cell, key, cell->text, kind, 0.0, max, &si))
        return;
    *out = mrse_value_missing(kind);
    out->v = si;
    out->u = 0.0;
    out->origin = MRSE_ORIGIN_ASSUMED; /* the author's word */
    out->basis = MRSE_BASIS_DECLARED;
    out->line = cell->line;
    mrse_text_copy(out->src, sizeof out->src, "survey");
    mrse_text_copy(out->file, sizeof out->file, mrse_path_base(survey->path));
    mrse_text_copy(out->printed, sizeof out->printed, cell->text);
}

static void take_text(csv_reader *r, const csv_cell *cell, char **out)
{
    mrse_buf text = {0};
    if (*out != NULL)
        mrse_buf_addf(&text, "%s ", *out);
    mrse_buf_add(&text, cell->text);
    mrse_free(*out);
    *out = text.status == MRSE_OK ? mrse_strdup(mrse_buf_text(&text)) : NULL;
    mrse_buf_free(&text);
    if (*out == NULL)
        csv_nomem(r);
}

static void take_date(csv_reader *r, const csv_cell *cell, const char *key, mrse_date *out)
{
    mrse_date date;
    if (mrse_date_read(cell->text, &date) == MRSE_OK && !date.has_time)
        *out = date;
    else
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, key,
                      "write year-month-day with two digits each: '2026-11-22'",
                      "'%.60s' is not a date of the calendar", cell->text);
}

/* "3.20 m, 2.90 m, 1.05 m": three lengths, or two where the height is not known. */
static void take_place(csv_reader *r, const csv_cell *cell, mrse_placement *out)
{
    double place[3] = {(double)NAN, (double)NAN, (double)NAN};
    size_t n = 0;
    bool good = true;
    for (const char *from = cell->text; from != NULL && good; n++) {
        char part[CSV_CELL];
        const char *comma = strpbrk(from, ",;");
        const size_t length = comma != NULL ? (size_t)(comma - from) : strlen(from);
        const char *begins = from + strspn(from, " \t");
        size_t used = length > (size_t)(begins - from) ? length - (size_t)(begins - from) : 0;
        while (used > 0 && strchr(" \t", begins[used - 1]) != NULL)
            used--;
        memcpy(part, begins, used);
        part[used] = '\0';
        good = n < 3 && survey_quantity(r, cell, "isocentre", part, MRSE_KIND_LENGTH, -100.0, 100.0,
                                        &place[n]);
        from = comma != NULL ? comma + 1 : NULL;
    }
    if (n == 1 || n > 3) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, "isocentre",
                      "write 'isocentre: 3.20 m, 2.90 m, 1.05 m'",
                      "the isocentre is three lengths: x, y and its height z");
        good = false;
    }
    if (!good)
        return;
    out->x_m = place[0];
    out->y_m = place[1];
    out->z_m = place[2];
}

/* The keys: what the reader takes, what messages list, what docs/formats.md says. */
static const struct {
    const char *name, *form, *doc;
} keys[] = {
    {"instrument", "text", "which one; without it no verdict rests on the points"},
    {"calibrated", "date",
     "when it was last calibrated; without it no verdict rests on the points"},
    {"position_u", "length",
     "standard uncertainty of each coordinate of a point; left out: 5 mm, with a warning"},
    {"field_u", "ratio, such as `2 %`",
     "relative standard uncertainty of a reading; left out: 2 %, with a warning"},
    {"background_u", "magnetic field", "standard uncertainty that is the same at every reading"},
    {"tolerance", "length",
     "how far outside the drawn line the measured one may lie; left out: nowhere"},
    {"isocentre", "`3.20 m, 2.90 m, 1.05 m`",
     "where the magnet is thought to stand; two lengths where its height is not known"},
    {"isocentre_u", "length",
     "standard uncertainty of that; left out: only where to begin; 0: it is held"},
    {"azimuth", "angle", "of +z of the magnet, from +x of the room towards +y"},
    {"azimuth_u", "angle", "as isocentre_u"},
    {"surveyed", "date", "when the points were measured"},
    {"surveyor", "text", "who measured"},
    {"comment", "text", "a remark; may be given again"},
};
enum { KEYS = sizeof keys / sizeof keys[0] };

void mrse_spec_survey_rows(mrse_buf *out)
{
    for (size_t i = 0; i < KEYS; i++)
        mrse_buf_addf(out, "| `# %s:` | %s | %s |\n", keys[i].name, keys[i].form, keys[i].doc);
}

static void take(csv_reader *r, const char *key, const csv_cell *value, mrse_survey *s)
{
    mrse_placement_prior *prior = &s->prior;
    if (mrse_text_equal(key, "instrument"))
        take_text(r, value, &s->instrument);
    else if (mrse_text_equal(key, "surveyor"))
        take_text(r, value, &s->surveyor);
    else if (mrse_text_equal(key, "comment"))
        take_text(r, value, &s->comment);
    else if (mrse_text_equal(key, "calibrated"))
        take_date(r, value, key, &s->calibrated);
    else if (mrse_text_equal(key, "surveyed"))
        take_date(r, value, key, &s->surveyed);
    else if (mrse_text_equal(key, "position_u"))
        take_value(r, value, key, MRSE_KIND_LENGTH, 1.0, s, &s->position_u);
    else if (mrse_text_equal(key, "field_u"))
        take_value(r, value, key, MRSE_KIND_RATIO, 0.5, s, &s->field_u);
    else if (mrse_text_equal(key, "background_u"))
        take_value(r, value, key, MRSE_KIND_FIELD, 0.1, s, &s->background_u);
    else if (mrse_text_equal(key, "tolerance"))
        take_value(r, value, key, MRSE_KIND_LENGTH, 10.0, s, &s->tolerance);
    else if (mrse_text_equal(key, "isocentre"))
        take_place(r, value, &prior->at);
    else if (mrse_text_equal(key, "isocentre_u"))
        (void)survey_quantity(r, value, key, value->text, MRSE_KIND_LENGTH, 0.0, 10.0,
                              &prior->u_position_m);
    else if (mrse_text_equal(key, "azimuth"))
        (void)survey_quantity(r, value, key, value->text, MRSE_KIND_ANGLE, -2.0 * MRSE_PI,
                              2.0 * MRSE_PI, &prior->at.azimuth_rad);
    else
        (void)survey_quantity(r, value, key, value->text, MRSE_KIND_ANGLE, 0.0, MRSE_PI,
                              &prior->u_azimuth_rad);
}

static size_t key_of(const char *name)
{
    size_t i = 0;
    while (i < KEYS && strcmp(keys[i].name, name) != 0)
        i++;
    return i;
}

static void say_unknown(csv_reader *r, const csv_cell *key)
{
    mrse_buf hint = {0};
    const char *names[KEYS];
    for (size_t i = 0; i < KEYS; i++)
        names[i] = keys[i].name;
    const char *near = mrse_text_nearest(key->text, names, KEYS);
    if (near != NULL)
        mrse_buf_addf(&hint, "did you mean '%s'? ", near);
    mrse_buf_add(&hint, "a remark is 'comment: ...'; known here: ");
    for (size_t i = 0; i < KEYS; i++)
        mrse_buf_addf(&hint, "%s%s", i ? ", " : "", names[i]);
    (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, key, NULL, mrse_buf_text(&hint),
                  "unknown key '%.60s'", key->text);
    if (hint.status != MRSE_OK)
        csv_nomem(r);
    mrse_buf_free(&hint);
}

void survey_head_line(csv_reader *r, const csv_cell *text, mrse_survey *survey)
{
    csv_cell key = *text, value = *text;
    const char *colon = strchr(text->text, ':');
    if (text->text[0] == '\0' || text->cut)
        return;
    if (colon == NULL) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, text, NULL,
                      "write '# key: value'; for a remark '# comment: ...'",
                      "this line of the head has no key");
        return;
    }
    key.text[colon - text->text] = '\0';
    csv_trim(&key);
    mrse_text_copy(value.text, sizeof value.text, colon + 1);
    value.col += (int)(colon + 1 - text->text); /* keys are ASCII, or unknown */
    csv_trim(&value);
    const size_t k = key_of(key.text);
    if (k == KEYS) {
        say_unknown(r, &key);
    } else if (value.text[0] == '\0') {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &key, keys[k].name,
                      "write its value, or leave the line out", "there is nothing after the colon");
    } else if (strcmp(keys[k].name, "comment") != 0 && (r->seen & (1u << k)) != 0) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &key, keys[k].name, "keep one of the two",
                      "'%s' stands here a second time", keys[k].name);
    } else {
        r->seen |= 1u << k;
        take(r, keys[k].name, &value, survey);
    }
}

/* ---- what the whole head says ---- */

/* What is there and wrong has been reported; it is not missing. */
static bool is_absent(const csv_reader *r, const char *key)
{
    return (r->seen & (1u << key_of(key))) == 0;
}

static void warn(csv_reader *r, const char *field, const char *hint, const char *text)
{
    (void)csv_say(r, MRSE_SEV_WARNING, MRSE_ERR_INPUT, NULL, field, hint, "%s", text);
}

static mrse_value usual(double v, mrse_kind kind)
{
    mrse_value value = mrse_value_missing(kind);
    value.v = v;
    value.u = 0.0;
    value.origin = MRSE_ORIGIN_ASSUMED;
    value.basis = MRSE_BASIS_DECLARED;
    mrse_text_copy(value.src, sizeof value.src, "not stated: what is usual");
    return value;
}

static void check_calibration(csv_reader *r, const mrse_survey *s)
{
    const mrse_date *from = &s->calibrated, *to = &s->surveyed;
    if (from->year == 0)
        return;
    if (to->year == 0 && is_absent(r, "surveyed"))
        warn(r, "surveyed", "add '# surveyed: 2026-11-22'",
             "the day of the survey is not said, so the age of the calibration is not known");
    else if (to->year != 0 && mrse_date_seconds(from) > mrse_date_seconds(to))
        warn(r, "calibrated", "give the calibration that held when it was measured",
             "the instrument was calibrated after the survey");
    else if (mrse_date_months(from, to) > MRSE_CALIBRATION_MONTHS)
        warn(r, "calibrated", "have the instrument calibrated, and say so",
             "the calibration was more than 24 months old at the survey");
}

void survey_head_finish(csv_reader *r, mrse_survey *s)
{
    s->origin = MRSE_ORIGIN_MEASURED;
    if (!isfinite(s->position_u.v)) {
        s->position_u = usual(USUAL_POSITION_U_M, MRSE_KIND_LENGTH);
        s->origin = MRSE_ORIGIN_ASSUMED;
        if (is_absent(r, "position_u"))
            warn(r, "position_u", "add '# position_u: 5 mm', as it was in this survey",
                 "not said how well the positions are known: 5 mm is assumed");
    }
    if (!isfinite(s->field_u.v)) {
        s->field_u = usual(USUAL_FIELD_U, MRSE_KIND_RATIO);
        s->origin = MRSE_ORIGIN_ASSUMED;
        if (is_absent(r, "field_u"))
            warn(r, "field_u", "add '# field_u: 2 %', from the certificate of the instrument",
                 "not said how well the field is known: 2 % is assumed");
    }
    if (s->instrument == NULL || s->calibrated.year == 0) {
        s->origin = MRSE_ORIGIN_UNVERIFIED;
        if (is_absent(r, s->instrument == NULL ? "instrument" : "calibrated"))
            warn(r, s->instrument == NULL ? "instrument" : "calibrated",
                 "add '# instrument: ...' and '# calibrated: 2026-01-31'",
                 "unverified: without instrument and calibration date no verdict can rest on the "
                 "points");
    }
    if (isfinite(s->prior.u_position_m) && !isfinite(s->prior.at.x_m) && r->status == MRSE_OK)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, NULL, "isocentre_u", "add the isocentre",
                      "an uncertainty of an isocentre that is not said");
    if (isfinite(s->prior.u_azimuth_rad) && !isfinite(s->prior.at.azimuth_rad) &&
        r->status == MRSE_OK)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, NULL, "azimuth_u", "add the azimuth",
                      "an uncertainty of an azimuth that is not said");
    check_calibration(r, s);
}

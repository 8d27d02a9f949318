/* A survey file: head, names of the columns with their units, points.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/survey_file.h"

#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "survey_internal.h"

typedef enum column_kind {
    COLUMN_X,
    COLUMN_Y,
    COLUMN_Z,
    COLUMN_B,
    COLUMN_U_B,
    COLUMN_U_POS,
    COLUMN_NAME,
    COLUMNS
} column_kind;

static const struct {
    const char *name;
    mrse_kind kind;
    double min, max;
    const char *example;
} known[COLUMNS] = {
    [COLUMN_X] = {"x", MRSE_KIND_LENGTH, -100.0, 100.0, "x [m]"},
    [COLUMN_Y] = {"y", MRSE_KIND_LENGTH, -100.0, 100.0, "y [m]"},
    [COLUMN_Z] = {"z", MRSE_KIND_LENGTH, -100.0, 100.0, "z [m]"},
    [COLUMN_B] = {"B", MRSE_KIND_FIELD, 1e-9, 30.0, "B [mT]"},
    [COLUMN_U_B] = {"u_B", MRSE_KIND_FIELD, 0.0, 30.0, "u_B [mT]"},
    [COLUMN_U_POS] = {"u_pos", MRSE_KIND_LENGTH, 0.0, 10.0, "u_pos [mm]"},
    [COLUMN_NAME] = {"name", MRSE_KIND_NONE, 0.0, 0.0, "name"},
};

enum { NOWHERE = MRSE_SURVEY_COLUMNS, UNIT = 24 };

typedef struct columns {
    size_t n, at[COLUMNS]; /* NOWHERE: the file has no such column */
    char unit[COLUMNS][UNIT];
} columns;

/* ---- names of the columns ---- */

static column_kind kind_of(const char *name)
{
    int k = 0;
    while (k < COLUMNS && strcmp(known[k].name, name) != 0)
        k++;
    return (column_kind)k;
}

static void say_unknown(csv_reader *r, const csv_cell *cell, const char *name)
{
    static const char *const names[COLUMNS] = {"x", "y", "z", "B", "u_B", "u_pos", "name"};
    mrse_buf hint = {0};
    const char *near = mrse_text_nearest(name, names, COLUMNS);
    if (near != NULL)
        mrse_buf_addf(&hint, "did you mean '%s'? ", near);
    mrse_buf_add(&hint, "columns: name, x [m], y [m], z [m], B [mT], u_B [mT], u_pos [mm]");
    (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, NULL, mrse_buf_text(&hint),
                  "unknown column '%.60s'", name);
    mrse_buf_free(&hint);
}

static bool take_unit(csv_reader *r, const csv_cell *cell, column_kind k, const char *unit)
{
    char probe[UNIT + 4];
    mrse_buf text = {0};
    double si;
    mrse_buf_addf(&text, "1 %s", unit);
    if (text.status != MRSE_OK) {
        csv_nomem(r);
        return false;
    }
    mrse_text_copy(probe, sizeof probe, mrse_buf_text(&text));
    mrse_buf_free(&text);
    /* A number of the unit must read as the column's quantity; only the unit can be wrong here. */
    return survey_quantity(r, cell, known[k].name, probe, known[k].kind, -1e30, 1e30, &si);
}

/* "x [m]" in two. */
static void take_column(csv_reader *r, const csv_cell *cell, size_t at, columns *c)
{
    char name[CSV_CELL];
    const char *open = strchr(cell->text, '['), *close = open ? strchr(open, ']') : NULL;
    size_t length = open != NULL ? (size_t)(open - cell->text) : strlen(cell->text);
    while (length > 0 && strchr(" \t", cell->text[length - 1]) != NULL)
        length--;
    memcpy(name, cell->text, length);
    name[length] = '\0';
    const column_kind k = kind_of(name);
    if (k == COLUMNS) {
        say_unknown(r, cell, name);
        return;
    }
    if (c->at[k] != NOWHERE) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, name, "keep one of the two",
                      "this column stands here a second time");
        return;
    }
    c->at[k] = at;
    if (k == COLUMN_NAME)
        return;
    if (close == NULL || close[1] != '\0' || close - open - 1 >= UNIT || close == open + 1) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, name, known[k].example,
                      "the column has no unit in brackets behind its name");
        return;
    }
    memcpy(c->unit[k], open + 1, (size_t)(close - open - 1));
    c->unit[k][close - open - 1] = '\0';
    if (!take_unit(r, cell, k, c->unit[k]))
        c->unit[k][0] = '\0';
}

static void read_columns(csv_reader *r, csv_cell *cell, columns *c)
{
    static const columns nothing = {
        0, {NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE}, {""}};
    csv_cell here = {.line = r->line, .col = r->col};
    *c = nothing;
    csv_find_separator(r);
    if (!csv_row(r, cell, &c->n)) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &here, NULL,
                      "after the head: 'name,x [m],y [m],z [m],B [mT]', then the points",
                      "the file has no points");
        return;
    }
    here = cell[0];
    for (size_t i = 0; i < c->n; i++)
        take_column(r, &cell[i], i, c);
    for (int k = COLUMN_X; k <= COLUMN_B; k++) {
        if (c->at[k] == NOWHERE)
            (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &here, known[k].name,
                          "a survey needs x [m], y [m], z [m] and B [mT], in any order and unit",
                          "there is no column '%s'", known[k].name);
    }
}

/* ---- points ---- */

static bool read_number(csv_reader *r, const csv_cell *cell, const columns *c, column_kind k,
                        double *si)
{
    char text[CSV_CELL + UNIT + 1];
    mrse_buf both = {0};
    if (c->unit[k][0] == '\0')
        return false; /* reported */
    if (cell->text[0] == '\0') {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, known[k].name,
                      "write the number, or leave the whole point out", "the cell is empty");
        return false;
    }
    if (strchr(cell->text, ',') != NULL) {
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, cell, known[k].name,
                      "the decimal mark is a point: 1.5, not 1,5", "'%.60s' has a comma",
                      cell->text);
        return false;
    }
    mrse_buf_addf(&both, "%s %s", cell->text, c->unit[k]);
    if (both.status != MRSE_OK) {
        csv_nomem(r);
        return false;
    }
    mrse_text_copy(text, sizeof text, mrse_buf_text(&both));
    mrse_buf_free(&both);
    return survey_quantity(r, cell, known[k].name, text, known[k].kind, known[k].min, known[k].max,
                           si);
}

/* The row's own uncertainty, or that of the head. */
static bool read_u(csv_reader *r, const csv_cell *cell, const columns *c, column_kind k,
                   double usual, double *u)
{
    *u = usual;
    return c->at[k] == NOWHERE || cell[c->at[k]].text[0] == '\0' ||
           read_number(r, &cell[c->at[k]], c, k, u);
}

static bool grow(csv_reader *r, mrse_survey *s, size_t *room)
{
    if (s->n < *room)
        return true;
    const size_t more = *room > 0 ? 2 * *room : 64;
    void *point = mrse_realloc(s->point, more, sizeof *s->point);
    s->point = point != NULL ? point : s->point;
    void *name = mrse_realloc(s->name, more, sizeof *s->name);
    s->name = name != NULL ? name : s->name;
    void *line = mrse_realloc(s->line, more, sizeof *s->line);
    s->line = line != NULL ? line : s->line;
    if (point == NULL || name == NULL || line == NULL) {
        csv_nomem(r);
        return false;
    }
    *room = more;
    return true;
}

static char *name_of(const csv_cell *cell, const columns *c, size_t number)
{
    mrse_buf text = {0};
    if (c->at[COLUMN_NAME] != NOWHERE && cell[c->at[COLUMN_NAME]].text[0] != '\0')
        mrse_buf_add(&text, cell[c->at[COLUMN_NAME]].text);
    else
        mrse_buf_addf(&text, "%zu", number);
    char *name = text.status == MRSE_OK ? mrse_strdup(mrse_buf_text(&text)) : NULL;
    mrse_buf_free(&text);
    return name;
}

static bool has_columns(csv_reader *r, const csv_cell *cell, size_t n, const columns *c)
{
    if (n == c->n)
        return true;
    (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &cell[0], NULL,
                  n > c->n ? "a decimal comma? Write 1.5, or separate the cells by ';'"
                           : "write a cell for each column; an empty one is allowed for name, u_B "
                             "and u_pos only",
                  "%zu cells where the columns are %zu", n, c->n);
    return false;
}

static void read_point(csv_reader *r, const csv_cell *cell, const columns *c, mrse_survey *s,
                       size_t number)
{
    mrse_survey_point q;
    double *const to[] = {&q.x_m, &q.y_m, &q.z_m, &q.b_T};
    bool good = true;
    for (int k = COLUMN_X; k <= COLUMN_B; k++)
        good = read_number(r, &cell[c->at[k]], c, (column_kind)k, to[k]) && good;
    good =
        good && read_u(r, cell, c, COLUMN_U_POS, s->position_u.v, &q.u_position_m) &&
        read_u(r, cell, c, COLUMN_U_B,
               hypot(s->field_u.v * q.b_T, isfinite(s->background_u.v) ? s->background_u.v : 0.0),
               &q.u_b_T);
    if (!good || r->status != MRSE_OK)
        return;
    s->point[s->n] = q;
    s->line[s->n] = cell[0].line;
    s->name[s->n] = name_of(cell, c, number);
    if (s->name[s->n++] == NULL)
        csv_nomem(r);
}

static void read_points(csv_reader *r, csv_cell *cell, const columns *c, mrse_survey *s)
{
    const bool usable = r->status == MRSE_OK;
    size_t room = 0, n, number = 0;
    csv_cell comment;
    for (;;) {
        csv_skip_empty(r);
        if (csv_comment(r, &comment)) {
            (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, &comment, NULL,
                          "write it above the names of the columns",
                          "a line of the head among the points");
            continue;
        }
        if (!csv_row(r, cell, &n))
            return;
        if (++number > MRSE_SURVEY_POINTS) {
            (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_LIMIT, &cell[0], NULL, "divide the survey",
                          "more than %d points", MRSE_SURVEY_POINTS);
            return;
        }
        /* With columns that are not understood, messages about cells would be noise. */
        if (r->status == MRSE_ERR_NOMEM || !grow(r, s, &room))
            return;
        if (usable && has_columns(r, cell, n, c))
            read_point(r, cell, c, s, number);
    }
}

/* ---- the file ---- */

static mrse_survey *make(const char *path)
{
    mrse_survey *s = mrse_alloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->path = mrse_strdup(path);
    s->position_u = s->tolerance = mrse_value_missing(MRSE_KIND_LENGTH);
    s->field_u = mrse_value_missing(MRSE_KIND_RATIO);
    s->background_u = mrse_value_missing(MRSE_KIND_FIELD);
    s->prior = (mrse_placement_prior){
        {(double)NAN, (double)NAN, (double)NAN, (double)NAN, 0.0}, (double)NAN, (double)NAN, 0.0};
    if (s->path != NULL)
        return s;
    mrse_survey_free(s);
    return NULL;
}

static void read_all(csv_reader *r, csv_cell *cell, mrse_survey *s)
{
    columns c;
    csv_skip_empty(r);
    while (csv_comment(r, &cell[0])) {
        survey_head_line(r, &cell[0], s);
        csv_skip_empty(r);
    }
    survey_head_finish(r, s);
    const mrse_status head = r->status;
    r->status = MRSE_OK;
    read_columns(r, cell, &c);
    read_points(r, cell, &c, s);
    if (r->status == MRSE_OK && s->n == 0)
        (void)csv_say(r, MRSE_SEV_ERROR, MRSE_ERR_INPUT, NULL, NULL,
                      "write the points below the names of the columns", "the file has no points");
    if (head != MRSE_OK && r->status != MRSE_ERR_NOMEM)
        r->status = head;
}

mrse_status mrse_survey_read(const char *path, const char *text, size_t n, mrse_survey **out,
                             mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (path == NULL || (text == NULL && n > 0) || (n > 0 && !mrse_text_is_utf8(text, n)))
        return MRSE_ERR_ARG;
    csv_reader r = {.file = path, .text = text, .n = n, .line = 1, .col = 1, .diags = diags};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        r.at = 3;
    mrse_survey *s = make(path);
    csv_cell *cell = mrse_alloc(MRSE_SURVEY_COLUMNS, sizeof *cell);
    if (s == NULL || cell == NULL)
        csv_nomem(&r);
    else
        read_all(&r, cell, s);
    mrse_free(cell);
    if (r.status != MRSE_OK)
        mrse_survey_free(s);
    else
        *out = s;
    return r.status;
}

mrse_status mrse_survey_load(const char *path, mrse_survey **out, mrse_diags *diags)
{
    char *text = NULL;
    size_t n = 0;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (path == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_file_read_text(path, MRSE_FILE_MAX, &text, &n, diags);
    if (status == MRSE_OK)
        status = mrse_survey_read(path, text, n, out, diags);
    mrse_free(text);
    return status;
}

void mrse_survey_free(mrse_survey *survey)
{
    if (survey == NULL)
        return;
    for (size_t i = 0; i < survey->n; i++)
        mrse_free(survey->name[i]);
    mrse_free(survey->name);
    mrse_free(survey->point);
    mrse_free(survey->line);
    mrse_free(survey->instrument);
    mrse_free(survey->surveyor);
    mrse_free(survey->comment);
    mrse_free(survey->path);
    mrse_free(survey);
}

/* Reading a survey file: cells with their places, and messages about them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_SURVEY_INTERNAL_H
#define MRSE_SPEC_SURVEY_INTERNAL_H

#include "mrse/survey_file.h"

enum { CSV_CELL = 256 }; /* bytes of a cell, of a key and of a value of the head */

/* A cell without its quotes, spaces at both ends taken away, and where it begins. */
typedef struct csv_cell {
    char text[CSV_CELL];
    int line, col, span;
    bool cut; /* longer than CSV_CELL */
} csv_cell;

typedef struct csv_reader {
    const char *file, *text;
    size_t n, at;
    int line, col; /* of text[at], 1-based, col in characters */
    char separator;
    unsigned seen; /* keys of the head */
    mrse_diags *diags;
    mrse_status status; /* the first error's; no memory outranks it */
} csv_reader;

/* csv.c. The next line's cells, at most MRSE_SURVEY_COLUMNS of them (more is an error, reported);
 * false at the end. */
bool csv_row(csv_reader *r, csv_cell *cell, size_t *n);
/* A line of comment, without '#' and what a spreadsheet adds (quotes, empty cells): true when there
 * was one. A line that begins otherwise stays. */
bool csv_comment(csv_reader *r, csv_cell *text);
/* Past lines that are empty. */
void csv_skip_empty(csv_reader *r);
/* ';' when the line has one outside quotes, else ','. */
void csv_find_separator(csv_reader *r);
void csv_trim(csv_cell *cell);

mrse_diag *csv_say(csv_reader *r, mrse_sev sev, mrse_status status, const csv_cell *cell,
                   const char *field, const char *hint, const char *format, ...) MRSE_PRINTF(7, 8);
void csv_nomem(csv_reader *r);

/* survey_head.c: one line of the head; afterwards what is missing and what follows from it. */
void survey_head_line(csv_reader *r, const csv_cell *text, mrse_survey *survey);
void survey_head_finish(csv_reader *r, mrse_survey *survey);
/* A quantity of a kind within its range; errors are reported. */
bool survey_quantity(csv_reader *r, const csv_cell *cell, const char *field, const char *text,
                     mrse_kind kind, double min, double max, double *si);

#endif

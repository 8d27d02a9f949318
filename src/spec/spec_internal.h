/* What the files of spec share: the tree of a user's file, the tables that say which keys a file
 * may hold, and the one engine that loads, frees and documents by those tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SPEC_INTERNAL_H
#define MRSE_SPEC_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mrse/case.h"
#include "mrse/diag.h"
#include "mrse/scanner.h"
#include "mrse/source.h"
#include "mrse/text.h"
#include "mrse/value.h"

#define MRSE_HZ_PER_T 42.577478518e6 /* proton, CODATA 2018, gamma / 2 pi */

enum {
    MRSE_SPEC_DEPTH = 16,    /* maps and lists inside each other */
    MRSE_SPEC_LIST = 10000,  /* entries of one list or map */
    MRSE_SPEC_NAME = 64,     /* characters of a key, an id or a name */
    MRSE_SPEC_FIELDS = 40,   /* keys of one table */
    MRSE_SPEC_PATH = 160,    /* field path in messages */
    MRSE_SPEC_EXCERPTS = 128 /* messages of a file that quote the line: finding it costs time */
};

/* ---- the tree: everything is text until a field asks for it (tree.c) ---- */

typedef enum mrse_node_shape {
    MRSE_SHAPE_BAD = 0, /* reported already: nothing more is said about it */
    MRSE_SHAPE_TEXT,
    MRSE_SHAPE_MAP,
    MRSE_SHAPE_LIST,
} mrse_node_shape;

typedef struct mrse_place {
    int line, col, span; /* 1-based, in characters */
} mrse_place;

typedef struct mrse_node {
    mrse_node_shape shape;
    bool bad_key;       /* its key was reported already */
    bool plain;         /* text without quotes */
    size_t text, key;   /* offsets into mrse_tree.words */
    size_t child, next; /* node numbers; 0: none, because node 0 is the root */
    size_t n;           /* children */
    mrse_place at, key_at;
} mrse_node;

typedef struct mrse_tree {
    mrse_node *node;
    size_t n, cap;
    mrse_buf words;
} mrse_tree;

/* One file being read. */
typedef struct mrse_reader {
    const char *file;
    const char *text;
    size_t n;
    mrse_diags *diags;  /* may be NULL */
    mrse_status status; /* of the first error; MRSE_ERR_NOMEM wins over all */
    size_t told;
    mrse_tree tree;
    char path[MRSE_SPEC_PATH];
    const mrse_sources *sources;
    const mrse_document_source *source; /* inherited by numbers that name none */
    char quote[4][56];
    unsigned quoted;
} mrse_reader;

/* Parse r->text into r->tree; false after an error that makes the rest unreadable. */
bool mrse_spec_parse(mrse_reader *r);
void mrse_spec_close(mrse_reader *r);
const char *mrse_spec_text(const mrse_reader *r, const mrse_node *node);
const char *mrse_spec_key(const mrse_reader *r, const mrse_node *node);
const mrse_node *mrse_spec_first(const mrse_reader *r, const mrse_node *node);
const mrse_node *mrse_spec_next(const mrse_reader *r, const mrse_node *node);
/* The entry of a map, NULL when it has none (or `node` is NULL or no map). */
const mrse_node *mrse_spec_child(const mrse_reader *r, const mrse_node *node, const char *key);

/* ---- messages (say.c) ---- */

void mrse_spec_error(mrse_reader *r, mrse_status code, mrse_place at, const char *hint,
                     const char *format, ...) MRSE_PRINTF(5, 6);
void mrse_spec_warn(mrse_reader *r, mrse_place at, const char *hint, const char *format, ...)
    MRSE_PRINTF(4, 5);
/* Put the messages from number `first` on into the order of their lines. */
void mrse_spec_sort_messages(mrse_reader *r, size_t first);
void mrse_spec_nomem(mrse_reader *r);
/* Go into a part of the file: ".key", or "[3]" when key is NULL. Returns what pop needs. */
size_t mrse_spec_push(mrse_reader *r, const char *key, size_t index);
void mrse_spec_pop(mrse_reader *r, size_t mark);
/* Words of the user for a message, cut to a readable length; valid for the next three calls. */
const char *mrse_spec_quote(mrse_reader *r, const char *text);
char *mrse_spec_strdup(mrse_reader *r, const char *text);
/* The key when there is one, else the thing itself: where a message about it points. */
mrse_place mrse_spec_where(const mrse_node *node);

/* ---- tables ---- */

typedef enum mrse_field_type {
    MRSE_FIELD_TEXT = 0, /* char *: any words */
    MRSE_FIELD_NAME,     /* char *: letters, digits, '.', '_', '-' */
    MRSE_FIELD_WORD,     /* char *: one of choice[] */
    MRSE_FIELD_CHOICE,   /* enum: place in choice[] */
    MRSE_FIELD_FLAG,     /* bool: choice[1] is true */
    MRSE_FIELD_SET,      /* uint64_t: bit n for choice[n - first]; one word, or a list of words */
    MRSE_FIELD_DATE,     /* mrse_date */
    MRSE_FIELD_NUMBER,   /* double, SI: a bare scalar */
    MRSE_FIELD_COUNT,    /* double: a whole number without a unit; NaN when not given */
    MRSE_FIELD_FACTOR,   /* double: a number without a unit, '6/8', '75 %'; NaN when not given */
    MRSE_FIELD_THREE,    /* double[3]: a list of three; kind NONE: factors */
    MRSE_FIELD_VALUE,    /* mrse_value: a scalar, or a map with source and u */
    MRSE_FIELD_SOURCE,   /* char *: id of the source in force, "" when none; inherited below */
    MRSE_FIELD_RAW,      /* a scalar that the table's `finish` reads */
    MRSE_FIELD_TEXTS,    /* char **, counted */
    MRSE_FIELD_VALUES,   /* mrse_value *, counted */
    MRSE_FIELD_PLACES,   /* mrse_site_place *, counted: [[x, y], ...] */
    MRSE_FIELD_MAP,      /* a map loaded by `child` into the same struct, at `at` */
    MRSE_FIELD_LIST,     /* array of `child` structs, counted */
    MRSE_FIELD_SOURCES,  /* mrse_sources */
} mrse_field_type;

#define MRSE_NOWHERE SIZE_MAX /* checked, but kept in no struct */

struct mrse_schema;

typedef struct mrse_field_spec {
    const char *key;
    mrse_field_type type;
    bool required;
    size_t at, count;          /* offsets in the struct */
    mrse_kind kind;            /* NUMBER, VALUE, VALUES, THREE */
    double min, max;           /* sensible range, SI, both ends included */
    const char *const *choice; /* ends with NULL */
    unsigned first;            /* CHOICE, SET: number of choice[0]; what is not given stays 0 */
    size_t longest;            /* TEXT: characters; 0: any */
    const struct mrse_schema *child;
    const char *form; /* RAW: how to write it, for the reference */
    const char *doc;  /* one line */
} mrse_field_spec;

typedef struct mrse_schema {
    const char *name; /* "a winding" */
    const char *doc;
    const mrse_field_spec *field;
    size_t n;
    size_t size; /* of the struct, for lists */
    size_t line; /* offset of an int for the line number; MRSE_NOWHERE: none */
    bool apart;  /* the reference gives it a table of its own, once for all that hold it */
    /* checks between fields; runs even when fields are bad: look before using */
    void (*finish)(mrse_reader *r, const mrse_node *node, void *base);
} mrse_schema;

#define MRSE_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- the engine (engine.c, scalar.c, value.c) ---- */

void mrse_spec_load(mrse_reader *r, const mrse_schema *schema, const mrse_node *node, void *base);
void mrse_spec_defaults(const mrse_schema *schema, void *base);
void mrse_spec_free(const mrse_schema *schema, void *base);

/* The text of a scalar, or NULL when it is none or empty; without a word, and reporting it. */
const char *mrse_spec_peek(const mrse_reader *r, const mrse_node *node);
const char *mrse_spec_scalar(mrse_reader *r, const mrse_node *node);
void mrse_spec_load_scalar(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                           char *base);
/* A word, or a list of words, as bits. */
void mrse_spec_load_set(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                        char *base);
/* Read a quantity and check its range; false after the error is reported. */
bool mrse_spec_quantity(mrse_reader *r, const mrse_field_spec *field, const mrse_place *at,
                        const char *text, mrse_quantity *out);
void mrse_spec_load_value(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_value *out);
/* A standard uncertainty: a quantity of the value's kind, or a percentage of |v|. That `node` is
 * text was checked before (MRSE_FIELD_RAW). */
bool mrse_spec_u(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node, double v,
                 double *u);
/* [[x, y], ...] into the array and count of `field` (places.c). */
void mrse_spec_load_places(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                           void *base);
/* A number without a unit, in the range of `field` (plain.c); false after the error is reported. */
bool mrse_spec_plain(mrse_reader *r, const mrse_field_spec *field, const mrse_place *at,
                     const char *text, double *out);
/* Such a number for people: "16", "0.750". */
void mrse_spec_plain_text(char out[MRSE_NUM_MAX], double v);
/* [a, b, c] into the three numbers of `field`. */
void mrse_spec_load_three(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          void *base);
/* Origin, source and place of a number written at `node`. */
void mrse_spec_provenance(mrse_reader *r, const mrse_node *node, const char *printed,
                          mrse_value *out);
/* The source in force inside a map: its own, else the inherited one; NULL: none. */
const mrse_document_source *mrse_spec_source(const mrse_reader *r, const mrse_schema *schema,
                                             const mrse_node *node);
void mrse_spec_load_sources(mrse_reader *r, const mrse_node *node, mrse_sources *out);
/* Letters, digits, '.', '_', '-'; a letter or digit first. */
bool mrse_spec_is_name(const char *text);
/* survey_head.c: the keys of a survey's head, as rows of a table of Markdown. */
void mrse_spec_survey_rows(mrse_buf *out);
/* Names in a message: "a, b, c", and "..." for those that no longer fit. */
void mrse_spec_list_names(char *out, size_t size, const char *const *name, size_t n);
/* "did you mean 'x'? <known>: a, b, c" */
void mrse_spec_suggest(char *out, size_t size, const char *word, const char *known,
                       const char *const *name, size_t n);

extern const mrse_schema mrse_spec_value_schema, mrse_spec_source_schema;

/* ---- the formats ---- */

typedef struct mrse_format {
    const char *kind; /* "scanner": the stamp is "scanner/1" */
    const char *doc;
    const mrse_schema *schema;
    size_t path; /* offset of char *path */
} mrse_format;

extern const mrse_format mrse_spec_scanner, mrse_spec_label, mrse_spec_case, mrse_spec_site,
    mrse_spec_sequence, mrse_spec_portfolio, mrse_spec_rules, mrse_spec_object;
/* The sections of MHRA guidelines that a case or a piece of evidence refers to (case.c). */
extern const mrse_schema mrse_spec_mhra_schema;

/* Read an object of `format` from text; NULL `format`: whatever the stamp says.
 *  Returned  out      NULL on failure; free with mrse_spec_object_free
 *            used     the format found; may be NULL */
mrse_status mrse_spec_read_text(const mrse_format *format, const char *name, const char *text,
                                size_t n, void **out, const mrse_format **used,
                                mrse_diags *diags) MRSE_MUST_USE;
mrse_status mrse_spec_read_file(const mrse_format *format, const char *path, void **out,
                                const mrse_format **used, mrse_diags *diags) MRSE_MUST_USE;
void mrse_spec_object_free(const mrse_format *format, void *object);

/* A limit as labels write it: "<= 25 T/m" (limit.c). */
extern const mrse_schema mrse_spec_limit_schema;
extern const char *const mrse_spec_no_yes[];
/* The tables of a label that the reference shows apart; the last is NULL (label_terms.c). */
extern const mrse_schema *const mrse_spec_label_tables[];
/* The same from a scalar, of the kind and range of `field`: with any operator, or an upper bound
 * only. False, and missing, when it is not given or after the error is reported. */
bool mrse_spec_read_limit(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_limit *out);
bool mrse_spec_read_upper(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          mrse_limit *out);
/* The same from a scalar, for a quantity that is known; an upper bound only. False after the error
 * is reported. */
bool mrse_spec_upper_limit(mrse_reader *r, mrse_kind kind, const mrse_node *node, mrse_limit *out);
/* Checks of a scanner's coil set (magnet.c). */
extern const mrse_schema mrse_spec_static_field_schema;
void mrse_spec_check_magnet(mrse_reader *r, const mrse_node *root, const mrse_scanner *scanner);
/* The numbers of a data sheet (sheet.c), and what contradicts itself in them (sheet_check.c). */
extern const mrse_schema mrse_spec_contours_schema, mrse_spec_cylinders_schema,
    mrse_spec_accessible_schema;
extern const mrse_schema mrse_spec_point_schema, mrse_spec_event_schema;
void mrse_spec_check_sheet(mrse_reader *r, const mrse_node *root, const mrse_scanner *scanner);

#endif

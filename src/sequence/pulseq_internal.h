/* Inside the Pulseq reader: rows of tokens, tables under construction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PULSEQ_INTERNAL_H
#define MRSE_PULSEQ_INTERNAL_H

#include "mrse/pulseq.h"

enum {
    SEQ_TOKENS = 32,
    SEQ_ERRORS = 32,       /* then the rest of the file is not looked at */
    SEQ_SAMPLES = 1 << 26, /* of one shape: a minute at 1 us */
    SEQ_POINTS = 1 << 24,  /* of all distinct gradients */
    SEQ_V14 = 4,           /* blocks state durations, shapes may be uncompressed */
    SEQ_V15 = 5,           /* gradients state their ends */
    SEQ_RASTER_MAX_NS = 1000000000
};

typedef struct seq_token {
    const char *s;
    size_t n;
} seq_token;

typedef struct seq_row_block { /* ids as written; 0: none */
    double duration;           /* from 1.4 on in block rasters, before an id of a delay */
    uint32_t rf, gradient[3], adc, extension, line;
} seq_row_block;

typedef struct seq_delay {
    uint32_t id, line;
    double ns;
} seq_delay;

typedef struct seq_adc {
    uint32_t id, line;
    double end_ns;
} seq_adc;

typedef struct seq_event { /* a reference of an extension list */
    uint32_t id, line, type, ref, next;
    int32_t rotation; /* what its list comes to; set by seq_link_extensions */
    uint8_t state, shim;
} seq_event;

typedef enum seq_extension_kind {
    SEQ_EXT_UNKNOWN = 0,
    SEQ_EXT_HARMLESS, /* known, and without effect on what is transmitted */
    SEQ_EXT_ROTATIONS,
    SEQ_EXT_SHIMS,
} seq_extension_kind;

typedef struct seq_extension {
    uint32_t id, line;
    seq_extension_kind kind;
    char name[40];
    bool used;
} seq_extension;

/* A growing array. */
typedef struct seq_list {
    void *item;
    size_t n, cap;
} seq_list;

typedef enum seq_section {
    SEQ_NOWHERE = 0,
    SEQ_VERSION,
    SEQ_DEFINITIONS,
    SEQ_BLOCKS,
    SEQ_RF,
    SEQ_GRADIENTS,
    SEQ_TRAP,
    SEQ_ADC,
    SEQ_DELAYS,
    SEQ_EXTENSIONS,
    SEQ_SPECIFICATION, /* rows after "extension NAME id" */
    SEQ_SHAPES,
    SEQ_SIGNATURE,
    SEQ_OTHER,
} seq_section;

typedef struct seq_reader {
    const char *text, *name;
    size_t n, at; /* at: where the next line begins */
    uint32_t line;
    mrse_diags *diags;
    mrse_status status; /* the first failure */
    size_t errors;
    seq_token token[SEQ_TOKENS];
    size_t n_tokens; /* of this line, also those beyond SEQ_TOKENS */
    const char *row; /* where this line begins */
    seq_section section;
    mrse_pulseq *seq;
    seq_list block, rf, gradient, adc, delay, event, extension, rotation, shape, run, point;
    seq_list value; /* of the shape being read */
    uint32_t shape_id, shape_line, shape_n;
    bool in_shape;
    double total_ns; /* TotalDuration as stated; NaN */
    uint32_t total_line;
    char required[256]; /* RequiredExtensions */
    uint32_t required_line;
    char signature[40], signature_type[16];
    size_t signature_at; /* where "[SIGNATURE]" begins; 0: there is none */
    bool warned_columns;
} seq_reader;

/* pulseq_text.c */
bool seq_next_line(seq_reader *r); /* false at the end; blank lines and comments are passed over */
bool seq_token_is(const seq_reader *r, size_t i, const char *word);
void seq_error(seq_reader *r, size_t token, const char *field, const char *hint, const char *format,
               ...) MRSE_PRINTF(5, 6);
void seq_error_at(seq_reader *r, uint32_t line, const char *field, const char *hint,
                  const char *format, ...) MRSE_PRINTF(5, 6);
void seq_warn(seq_reader *r, uint32_t line, const char *field, const char *hint, const char *format,
              ...) MRSE_PRINTF(5, 6);
void seq_fail(seq_reader *r, mrse_status status); /* without a message of its own */
/* The number in a token, times 10^exp10; false, after a message, when it is none. */
bool seq_number(seq_reader *r, size_t i, int exp10, const char *field, double *value);
bool seq_positive(seq_reader *r, size_t i, int exp10, const char *field, double *value); /* >= 0 */
bool seq_id(seq_reader *r, size_t i, const char *field, uint32_t *id); /* 0 to 2^31 - 1 */
bool seq_columns(seq_reader *r, size_t least, size_t most, const char *field, const char *order);
void *seq_push(seq_reader *r, seq_list *list, size_t size); /* NULL: no memory */
/* Rows begin with a uint32_t id; sorted by it. -1: there is none. */
int32_t seq_find(const seq_list *list, size_t size, uint32_t id);
void seq_sort(seq_reader *r, seq_list *list, size_t size, const char *field);

/* pulseq_event.c: one row each */
void seq_row_rf(seq_reader *r);
void seq_row_gradient(seq_reader *r);
void seq_row_trap(seq_reader *r);
void seq_row_adc(seq_reader *r);
void seq_row_delay(seq_reader *r);

/* pulseq_extension.c */
void seq_row_extension(seq_reader *r);
void seq_begin_specification(seq_reader *r);
void seq_row_specification(seq_reader *r);
void seq_link_extensions(seq_reader *r);

/* pulseq_shape.c */
void seq_row_shape(seq_reader *r);
void seq_end_shape(seq_reader *r);

/* pulseq_link.c: from ids to indices, durations, points of gradients */
void seq_link(seq_reader *r);
/* pulseq_points.c */
void seq_link_gradients(seq_reader *r);

#endif

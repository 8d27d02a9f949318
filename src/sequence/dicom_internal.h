/* What the files of the DICOM reader share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DICOM_INTERNAL_H
#define MRSE_DICOM_INTERNAL_H

#include "mrse/dicom.h"

enum { DICOM_DEPTH = 16, DICOM_ELEMENTS = 100000, DICOM_BLOCKS = 64, DICOM_VALUE = 512 };

/* Who reserved a block of private elements; DICOM_PUBLIC for the standard's own. */
typedef enum dicom_creator {
    DICOM_PUBLIC = 0,
    DICOM_GE_ACQU,
    DICOM_GE_PARM,
    DICOM_PHILIPS_FRAME,
    DICOM_SIEMENS_CSA,
    DICOM_STRANGER,
} dicom_creator;

/* A line of the allow-list. Of a private element the low byte only: the block varies. */
typedef struct dicom_tag {
    uint16_t group, element;
    dicom_creator creator;
    char vr[3]; /* "SQ": its items are read */
    const char *keyword;
    const char *same_as; /* keyword that it is compared under; NULL: its own */
    const char *unit;
    int exp10; /* stored number times 10^exp10 is SI */
    mrse_kind kind;
    mrse_dicom_privacy privacy;
} dicom_tag;

const dicom_tag *dicom_tag_find(uint16_t group, uint16_t element, dicom_creator creator);
dicom_creator dicom_creator_of(const char *text);
bool dicom_csa_listed(const char *name);
bool dicom_protocol_listed(const char *name);

/* How elements are written. */
typedef struct dicom_code {
    bool implicit, big;
} dicom_code;

typedef struct dicom_element {
    uint16_t group, element;
    char vr[3];
    uint64_t at; /* of its value */
    uint32_t length;
    bool undefined; /* the length is not stated */
} dicom_element;

typedef struct dicom_block {
    uint16_t group;
    uint8_t block;
    dicom_creator creator;
} dicom_block;

/* One read. The first failure sticks in `status`; `stop` also ends a read that is complete. */
typedef struct dicom_parse {
    const mrse_dicom_source *in;
    mrse_dicom *out;
    mrse_diags *diags;
    size_t cap;
    unsigned elements;
    bool stop;
    mrse_status status;
    char path[MRSE_DICOM_NAME];
    dicom_block block[DICOM_BLOCKS];
    size_t n_blocks;
} dicom_parse;

/* dicom_walk.c */
void dicom_walk_top(dicom_parse *p, uint64_t at, dicom_code code);
bool dicom_header(dicom_parse *p, uint64_t at, uint64_t end, dicom_code code, dicom_element *e);
/* Ends the read: with an error, or because the rest of the file makes no sense. */
void dicom_fail(dicom_parse *p, mrse_status status, const char *text);
void dicom_damaged(dicom_parse *p, uint64_t at, const char *text);
bool dicom_get(dicom_parse *p, uint64_t at, void *to, size_t n);

/* dicom_value.c: a listed element becomes an item. */
void dicom_value_read(dicom_parse *p, const dicom_element *e, const dicom_tag *tag,
                      dicom_code code);
mrse_dicom_item *dicom_item_add(dicom_parse *p); /* zeroed; NULL when the read has failed */
void dicom_item_text(mrse_dicom_item *item, const char *bytes, size_t n);
void dicom_item_numbers(mrse_dicom_item *item); /* out of its text, when all parts are numbers */
/* Bytes of a value that is not to stay in memory. */
void dicom_wipe(void *bytes, size_t n);

/* dicom_csa.c: the listed values of a Siemens CSA header. */
void dicom_csa_read(dicom_parse *p, const dicom_element *e);

/* dicom_meaning.c: units, kinds and notes, once everything has been read; dicom_field.c: those of
 * single elements. */
void dicom_understand(dicom_parse *p);
void dicom_mean(const mrse_dicom *d, mrse_dicom_item *item);
void dicom_keep(mrse_dicom_item *item, double si, mrse_kind kind);
void dicom_missing(mrse_dicom_item *item, const char *note);
void dicom_note(mrse_dicom_item *item, const char *note);
/* The item of this tag beside `item` (same path); NULL. Text of it, or "". */
const mrse_dicom_item *dicom_beside(const mrse_dicom *d, const mrse_dicom_item *item,
                                    uint16_t group, uint16_t element);
const char *dicom_text_of(const mrse_dicom *d, const char *name);
bool dicom_has_word(const char *text, const char *word); /* one of the '\'-separated values */

#endif

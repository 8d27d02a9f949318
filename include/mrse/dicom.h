/* DICOM headers of MR images: the acquisition parameters of an allow-list, and nothing else.
 * Privacy by construction: the bytes of any other value are never read into the program by the
 * parser; a hash of the whole file is made through a small buffer that is wiped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DICOM_H
#define MRSE_DICOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mrse/diag.h"
#include "mrse/file.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MRSE_DICOM_TEXT = 192,
    MRSE_DICOM_NAME = 64,
    MRSE_DICOM_NOTE = 256,
    MRSE_DICOM_NUMBERS = 8,
    MRSE_DICOM_ITEMS = 512, /* most that one file may give */
};

typedef enum mrse_dicom_privacy {
    MRSE_DICOM_TECHNICAL = 0,
    MRSE_DICOM_FREE_TEXT, /* typed by people at the console: look before passing on */
    MRSE_DICOM_PERSON,    /* weight, size, age, sex: for the discussion of SAR only */
} mrse_dicom_privacy;

/* One allow-listed element as the file has it, and what it means. */
typedef struct mrse_dicom_item {
    uint16_t group, element;
    char vr[3];                 /* of the file; of the dictionary where the file names none */
    const char *keyword;        /* "RepetitionTime"; static */
    char name[MRSE_DICOM_NAME]; /* what is compared: keyword, or keyword and what it is about
                                 * ("SpecificAbsorptionRateValue IEC_HEAD"); unique but for
                                 * repetitions */
    char path[MRSE_DICOM_NAME]; /* "(5200,9229)[0].(0018,9112)[0]"; "" at the top level */
    const char *unit;           /* that the number has in the file: "ms"; "" for none; static */
    mrse_dicom_privacy privacy;
    char text[MRSE_DICOM_TEXT]; /* as in the file, several values separated by '\'; '?' for what is
                                 * neither ASCII nor UTF-8 */
    bool cut;                   /* the text is longer than fits */
    size_t n;                   /* numbers in it, as stored and in `unit`; 0 for words */
    double number[MRSE_DICOM_NUMBERS];
    mrse_value value; /* SI of its kind, origin console, basis declared; v is NaN when it is words,
                       * several numbers, or a number that means nothing (the note says why) */
    char note[MRSE_DICOM_NOTE]; /* "" when there is nothing to say */
} mrse_dicom_item;

typedef enum mrse_dicom_vendor {
    MRSE_DICOM_VENDOR_OTHER = 0,
    MRSE_DICOM_SIEMENS,
    MRSE_DICOM_PHILIPS,
    MRSE_DICOM_GE,
    MRSE_DICOM_CANON, /* and Toshiba */
} mrse_dicom_vendor;

/* What (0018,0080) Repetition Time stands for in this file. */
typedef enum mrse_dicom_tr {
    MRSE_DICOM_TR_UNKNOWN = 0, /* not to be compared with anything */
    MRSE_DICOM_TR_EXCITATION,  /* between excitations of one slice */
    MRSE_DICOM_TR_CYCLE,       /* from inversion to inversion */
    MRSE_DICOM_TR_ECHO,        /* between the small-angle pulses inside one shot */
} mrse_dicom_tr;

typedef struct mrse_dicom {
    mrse_dicom_item *item; /* in the order of the file, then those split off by number */
    size_t n;
    char sha256[MRSE_SHA256_HEX]; /* of the whole file; "" when not known */
    uint64_t bytes;
    char syntax[MRSE_DICOM_NAME]; /* transfer syntax UID; "" when the file names none */
    mrse_dicom_vendor vendor;
    mrse_dicom_tr tr;
    bool enhanced;  /* values of the first frame only */
    bool cut_short; /* the header is damaged or ends early: what is absent may only be lost */
} mrse_dicom;

/* Where bytes come from: exactly n of them, from offset on, within size. */
typedef struct mrse_dicom_source {
    void *context;
    uint64_t size;
    mrse_status (*read)(void *context, uint64_t offset, void *to, size_t n);
} mrse_dicom_source;

/** Read the allow-listed elements of a DICOM file: Part 10, or a data set without preamble;
 *  implicit and explicit little endian, explicit big endian, encapsulated pixels; classic and
 *  Enhanced MR (shared groups, groups of the first frame); Siemens CSA, GE and Philips private
 *  elements that the list names.
 *  Given     source    is asked for headers of elements and for values on the list, never for other
 *                      values
 *            sha256    of the file, 64 hex digits, becomes the source of each value; may be NULL
 *  Returned  out       free with mrse_dicom_free; NULL on failure
 *            diags     a warning when the header is damaged (out->cut_short)
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (no DICOM, no MR, deflated or unknown transfer
 *            syntax, no parameter found) | MRSE_ERR_LIMIT (more than 100 000 elements or 512
 *            values, nested deeper than 16) | MRSE_ERR_NOMEM | that of source->read
 *  Valid     missing is missing: -9999, a zero that stands for "not filled", a unit that cannot be
 *            told, are NaN with a note
 *  Source    DICOM PS3.3 2024 C.8.13, PS3.5, PS3.6, PS3.10
 *  Tests     tests/unit/test_dicom.c, tests/fuzz/fuzz_dicom.c */
mrse_status mrse_dicom_read(const mrse_dicom_source *source, const char *sha256, mrse_dicom **out,
                            mrse_diags *diags) MRSE_MUST_USE;

/** The same from a regular file, with its SHA-256. The file's name is kept nowhere but in
 *  diagnostics: names of image files often are names of people.
 *  Status    as mrse_dicom_read | MRSE_ERR_IO (also: folder, device, pipe) | MRSE_ERR_LIMIT (larger
 *            than 2 GiB); all but MRSE_ERR_ARG with one diagnostic
 *  Tests     tests/unit/test_dicom.c, tests/cli */
mrse_status mrse_dicom_load(const char *path, mrse_dicom **out, mrse_diags *diags) MRSE_MUST_USE;

void mrse_dicom_free(mrse_dicom *dicom); /* NULL is fine */

/* The first item of this name, or NULL. */
const mrse_dicom_item *mrse_dicom_find(const mrse_dicom *dicom, const char *name);

const char *mrse_dicom_vendor_text(mrse_dicom_vendor vendor);
const char *mrse_dicom_tr_text(mrse_dicom_tr tr);

/* A parameter that is not the same in two files. */
typedef struct mrse_dicom_difference {
    const mrse_dicom_item *a, *b; /* borrowed from the two; NULL: not in that file */
    bool comparable;              /* both state the same quantity, and neither is missing */
    char note[MRSE_DICOM_NOTE];   /* why not; "" otherwise */
} mrse_dicom_difference;

/** Which parameters differ between two files. Numbers are compared by what they mean (the SI value;
 *  a relative difference below 1e-6 is rounding), words as they are, SAR with SAR of the same
 *  definition; the names of files and people play no part.
 *  Returned  out       n rows in the order of `a`, then what only `b` has; free with mrse_free; good
 *                      as long as a and b
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Valid     repetition times that do not mean the same are differences that are not comparable,
 *            even when the numbers are equal
 *  Tests     tests/unit/test_dicom.c */
mrse_status mrse_dicom_compare(const mrse_dicom *a, const mrse_dicom *b,
                               mrse_dicom_difference **out, size_t *n) MRSE_MUST_USE;

/** What was read, as JSON or as text for a terminal; of two files also what differs. Files are named
 *  by their hash.
 *  Given     d         n of them, 1 or more
 *            all       also weight, size, age and sex, and texts typed at the console; without it
 *                      they are withheld, and only that they are there is said
 *  Returned  out       appended to
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_dicom.c, tests/cli */
mrse_status mrse_dicom_json(const mrse_dicom *const *d, size_t n, bool all,
                            mrse_buf *out) MRSE_MUST_USE;
mrse_status mrse_dicom_text(const mrse_dicom *const *d, size_t n, bool all,
                            mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif

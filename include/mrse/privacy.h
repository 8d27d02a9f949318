/* Identifiers of patients in text: found before a document leaves the computer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PRIVACY_H
#define MRSE_PRIVACY_H

#include <stddef.h>

#include "mrse/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_identifier {
    MRSE_IDENTIFIER_NHS = 0,  /* NHS number, England, Wales, Isle of Man */
    MRSE_IDENTIFIER_CHI,      /* Community Health Index, Scotland: begins with a date of birth */
    MRSE_IDENTIFIER_HC,       /* Health and Care number, Northern Ireland */
    MRSE_IDENTIFIER_HOSPITAL, /* hospital, unit or accession number */
    MRSE_IDENTIFIER_BIRTH,    /* date of birth */
    MRSE_IDENTIFIER_NAME,     /* a name after Mr, Mrs, Miss ..., or after the word patient */
    MRSE_IDENTIFIER_UID,      /* DICOM UID of a study, series or image */
    MRSE_IDENTIFIER_EMAIL,    /* private e-mail address */
    MRSE_IDENTIFIER_COUNT
} mrse_identifier;

typedef struct mrse_privacy_hit {
    mrse_identifier what;
    int line, col, span; /* 1-based, in characters */
} mrse_privacy_hit;

enum { MRSE_PRIVACY_MAX = 64 };

typedef struct mrse_privacy {
    size_t n;    /* kept in `hit` */
    size_t seen; /* found, kept or not */
    mrse_privacy_hit hit[MRSE_PRIVACY_MAX];
} mrse_privacy;

/** Look for identifiers in text.
 *  Given     text, n   UTF-8, or bytes: what is not text is passed over
 *  Returned  out       in the order of the text
 *  Valid     a net with holes: names without a title, free descriptions and pictures are not found;
 *            a person reads what is sent. Ten digits count as an NHS number only with their check
 *            digit and either the word beside them or the grouping 3-3-4, because one serial number
 *            in eleven has a valid check digit
 *  Source    NHS Data Model and Dictionary, "NHS number" (modulus 11); Public Health Scotland, "CHI
 *            number"; HSC Business Services Organisation, "Health and Care number": formats from
 *            memory of these pages, checked against published test numbers
 *  Tests     tests/unit/test_privacy.c */
void mrse_privacy_scan(const char *text, size_t n, mrse_privacy *out);

/** Scan a text and report each finding as an error with its place; the identifier is not repeated.
 *  Given     name     what messages call the text: a file name, "command line"
 *  Returned  how many were found
 *  Tests     tests/unit/test_privacy.c */
size_t mrse_privacy_report(const char *name, const char *text, size_t n, mrse_diags *diags);

const char *mrse_identifier_text(mrse_identifier what); /* "an NHS number" */

#ifdef __cplusplus
}
#endif
#endif

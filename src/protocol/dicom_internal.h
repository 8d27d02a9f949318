/* What the files from header to protocol share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_DICOM_INTERNAL_H
#define MRSE_PROTOCOL_DICOM_INTERNAL_H

#include "mrse/protocol_dicom.h"

/* dicom_family.c */
mrse_family dicom_family(const mrse_dicom *d);

/* Text of the item of this name, or ""; its number in SI, NaN when missing. */
const char *dicom_words(const mrse_dicom *d, const char *name);
double dicom_number(const mrse_dicom *d, const char *name);
bool dicom_says(const char *text, const char *word);     /* one of the '\'-separated values */
bool dicom_contains(const char *text, const char *word); /* anywhere, in any case */

/* dicom_reported.c: exposure as the console states it. */
void dicom_reported(const mrse_dicom *d, mrse_reported *to, mrse_diags *diags);
/* The item's value when it is of this kind and known. */
void dicom_take(const mrse_dicom *d, const char *name, mrse_kind kind, mrse_value *to);

#endif

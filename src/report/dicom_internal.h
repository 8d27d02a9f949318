/* The record of DICOM headers, from which JSON and text are made.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_REPORT_DICOM_INTERNAL_H
#define MRSE_REPORT_DICOM_INTERNAL_H

#include <jansson.h>

#include "mrse/dicom.h"

/* {"schema": "mrse/dicom/1", "files": [...], "differences": [...]}; the caller drops it. */
mrse_status mrse_record_dicom(const mrse_dicom *const *d, size_t n, bool all,
                              json_t **out) MRSE_MUST_USE;

#endif

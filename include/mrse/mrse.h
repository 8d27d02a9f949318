/* libmrse: everything in one header, and the two calls a program makes first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_MRSE_H
#define MRSE_MRSE_H

#include "mrse/acoustic.h"
#include "mrse/activity.h"
#include "mrse/alloc.h"
#include "mrse/anatomy.h"
#include "mrse/artefact.h"
#include "mrse/assess.h"
#include "mrse/b1.h"
#include "mrse/calibrate.h"
#include "mrse/case.h"
#include "mrse/clock.h"
#include "mrse/contour.h"
#include "mrse/contrast.h"
#include "mrse/data_sheet.h"
#include "mrse/date.h"
#include "mrse/dbdt.h"
#include "mrse/diag.h"
#include "mrse/dicom.h"
#include "mrse/document.h"
#include "mrse/eddy_heating.h"
#include "mrse/epg.h"
#include "mrse/field.h"
#include "mrse/figure.h"
#include "mrse/file.h"
#include "mrse/file_diff.h"
#include "mrse/gradient_exposure.h"
#include "mrse/hazard.h"
#include "mrse/hazard_mc.h"
#include "mrse/iec.h"
#include "mrse/label.h"
#include "mrse/label_rules.h"
#include "mrse/lenz.h"
#include "mrse/magnet_function.h"
#include "mrse/magnetisation.h"
#include "mrse/material.h"
#include "mrse/method.h"
#include "mrse/model.h"
#include "mrse/needs.h"
#include "mrse/object.h"
#include "mrse/object_file.h"
#include "mrse/object_study.h"
#include "mrse/path.h"
#include "mrse/pdf.h"
#include "mrse/picture.h"
#include "mrse/portfolio.h"
#include "mrse/position.h"
#include "mrse/privacy.h"
#include "mrse/protocol.h"
#include "mrse/protocol_dicom.h"
#include "mrse/protocol_gradient.h"
#include "mrse/protocol_image.h"
#include "mrse/protocol_rf.h"
#include "mrse/protocol_search.h"
#include "mrse/psf.h"
#include "mrse/pulseq.h"
#include "mrse/rf_length.h"
#include "mrse/rf_pulse.h"
#include "mrse/rf_system.h"
#include "mrse/ride_hazard.h"
#include "mrse/sar.h"
#include "mrse/scan_time.h"
#include "mrse/scanner.h"
#include "mrse/search_record.h"
#include "mrse/sequence_exposure.h"
#include "mrse/sequence_study.h"
#include "mrse/signal.h"
#include "mrse/site.h"
#include "mrse/site_study.h"
#include "mrse/source.h"
#include "mrse/status.h"
#include "mrse/step.h"
#include "mrse/stimulation.h"
#include "mrse/study.h"
#include "mrse/survey.h"
#include "mrse/survey_file.h"
#include "mrse/survey_study.h"
#include "mrse/text.h"
#include "mrse/tissue.h"
#include "mrse/units.h"
#include "mrse/value.h"
#include "mrse/verdict.h"
#include "mrse/worksheet.h"
#include "mrse/zone.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Prepare the libraries underneath: GSL's aborting error handler off, libsodium started, jansson
 *  on our allocator.
 *  Status    MRSE_OK | MRSE_ERR_IO (the system gives libsodium no random numbers)
 *  Valid     call once before anything else; calling again is harmless
 *  Tests     tests/unit/test_init.c */
mrse_status mrse_init(void) MRSE_MUST_USE;

/* "0.1.0". */
const char *mrse_version(void);

/* The commit it was built from, abbreviated, with "-dirty" after it when files had been changed;
 * "" when not built from a checkout. */
const char *mrse_commit(void);

/** Name the libraries underneath with the versions found at run time.
 *  Returned  out      "GSL 2.7.1, jansson 2.14, ..." is added
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_init.c */
mrse_status mrse_libraries(mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
